// Words used of somebody: notions and accusing words, which are never drawn as attributes that we give.
import { inLanguage } from "./text.js";

const NOTIONS = ["concept", "accusation"];

/**
 * Whether a kind is one of words that somebody uses of another.
 * @param {string} kind
 */
export function isNotionKind(kind) {
  return NOTIONS.includes(kind);
}

/**
 * Whether a node is only a word that somebody uses of another.
 * @param {NodeRecord|undefined} [node]
 */
export function isNotion(node) {
  return node?.type === "node" && isNotionKind(node.kind);
}

/**
 * Its name as a word in a sentence, not as a title: "controversial". A name that is written large stays so.
 * @param {NodeRecord} node @param {Lang} lang
 */
export function asUsed(node, lang) {
  const label = inLanguage(node.label, lang);
  const inside = inLanguage(node.name, lang);
  const end = inside.slice(-label.length);
  return end.toLowerCase() === label.toLowerCase() ? end : label;
}
