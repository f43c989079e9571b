// The shortest by which somebody is known, for where there is room for no more: a person's surname, an abbreviation
// that the case has, else how the name begins.
import { inLanguage } from "./text.js";

const SHORT = 4;
const CUT = 8;

/** @type {WeakMap<Map<string, NodeRecord>, Record<string, Map<string, string>>>} */
const known = new WeakMap();

/**
 * The short name of a speaker, which no other speaker of the case bears; the whole name where there is no such.
 * @param {Pick<Records, "nodes">} records @param {string} id @param {Lang} lang
 */
export function shortName({ nodes }, id, lang) {
  const all = known.get(nodes) ?? {};
  known.set(nodes, all);
  all[lang] ??= shortNames(nodes, lang);
  return all[lang].get(id) ?? inLanguage(nodes.get(id)?.label, lang);
}

/** @param {Map<string, NodeRecord>} nodes @param {Lang} lang */
function shortNames(nodes, lang) {
  const speakers = [...nodes.values()].filter(({ says }) => says?.length);
  /** @type {Map<string, string[]>} */
  const bearers = new Map();
  for (const node of speakers) {
    const short = shortOf(node, lang);
    bearers.set(short, [...(bearers.get(short) ?? []), node.id]);
  }
  return new Map([...bearers].flatMap(([short, ids]) => (ids.length === 1 ? [[ids[0], short]] : [])));
}

/** @param {NodeRecord} node @param {Lang} lang */
function shortOf({ label, kind, aliases }, lang) {
  const name = inLanguage(label, lang);
  const words = name.split(/[\s-]+/).filter(Boolean);
  const alias = aliases?.find((each) => each.length > 1 && each.length <= SHORT + 1 && each === each.toUpperCase());
  if (alias) return alias;
  if (kind === "person" && words.length > 1 && words.length < SHORT) return words[words.length - 1];
  if (words.length > 1 && words[0].length <= SHORT && words[0].length > 2) return words[0];
  if (words.length < 2 && words[0].length <= CUT) return name;
  return `${words[0].slice(0, CUT)}…`;
}
