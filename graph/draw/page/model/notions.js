// Words used of somebody: notions and accusing words, which are never drawn as attributes that we give.
import { inLanguage } from "./text.js";

const NOTIONS = ["concept", "accusation", "coercion"];

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

/**
 * Whether a node stands in the cards of what it describes: words used of somebody, posts, indicators. Everything draws
 * them when that is asked for. What is disputed of them is always drawn: a dispute must be seen.
 * @param {Records} records @param {NodeRecord} node
 */
export function isFolded(records, node) {
  if (node.type !== "node" || records.data.kinds[node.kind]?.hue !== "concept" || !hasActors(records)) return false;
  return !node.props.some((id) => records.props.get(id)?.line === "disputed");
}

// Data in other words, where nobody acts, may have nothing but notions: they are drawn as all else is.
/** @param {Records} records */
function hasActors(records) {
  return Boolean(records.data.cast?.nodes.length);
}
