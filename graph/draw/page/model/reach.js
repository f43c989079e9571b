// What can be drawn further round a node: its neighbours that are not drawn, by the kind of tie.
import { nameOf } from "./standing.js";
import { inLanguage } from "./text.js";
import { word } from "../words.js";

/**
 * [{key, text, ids}]: for each relation, in the language's order, the neighbours by it that are not drawn; then those
 * who speak about the node, or about whom it speaks. Only what the filters show.
 * @param {Records} records @param {Lens} lens @param {Scene} scene @param {string} id @param {Lang} lang
 */
export function reachOf(records, lens, scene, id, lang) {
  const drawn = new Set(scene.nodes);
  /** @type {Map<string, { key: string; text: string; ids: Set<string> }>} */
  const found = new Map();
  for (const edge of records.edgesOf.get(id) ?? []) {
    const other = edge.from === id ? edge.to : edge.from;
    if (other === id || drawn.has(other) || records.nodes.get(other)?.type !== "node") continue;
    const kind = kindOfTie(records, lens, edge, lang);
    if (!kind) continue;
    if (!found.has(kind.key)) found.set(kind.key, { ...kind, ids: new Set() });
    found.get(kind.key)?.ids.add(other);
  }
  return [...found.values()]
    .map(({ key, text, ids }) => ({ key, text, ids: byName(records, ids, lang) }))
    .sort((a, b) => Number(a.key === "speaks") - Number(b.key === "speaks") || a.text.localeCompare(b.text, lang));
}

/** @param {Records} records @param {Lens} lens @param {EdgeRecord} edge @param {Lang} lang */
function kindOfTie(records, lens, edge, lang) {
  if (edge.type === "speaks")
    return edge.claims.some((claim) => lens.shown.has(claim))
      ? { key: "speaks", text: word(lang, "drawSpeaks") }
      : null;
  if (edge.type !== "relationship" || !lens.props.has(edge.prop)) return null;
  const { relation } = records.props.get(edge.prop);
  return { key: relation, text: inLanguage(records.data.relations[relation]?.label, lang) || relation };
}

/** @param {Records} records @param {Set<string>} ids @param {Lang} lang */
function byName(records, ids, lang) {
  return [...ids].sort((a, b) => nameOf(records, a, lang).localeCompare(nameOf(records, b, lang), lang));
}
