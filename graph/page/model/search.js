// Search as you type over names, aliases and subtitles, without accents; the best first.
import {fold, inLanguage} from "./text.js";

const HIT_LIMIT = 12;
const PLACES = { start: 0, word: 1, inside: 2 };

/** What search reads, folded once: names in both languages, aliases, subtitles, and the figures said of a node. */
export function readIndex(records) {
  const rows = [];
  for (const node of records.nodes.values()) {
    if (node.type === "statement") continue;
    const names = ["en", "es"].map((lang) => inLanguage(node.label, lang)).concat(node.aliases.map((alias) => inLanguage(alias, "en")));
    const asides = ["en", "es"].map((lang) => inLanguage(node.subtitle, lang));
    const facts = node.facts.flatMap((id) => ["en", "es"].map((lang) => inLanguage(records.props.get(id)?.literal, lang)));
    rows.push({ id: node.id, degree: node.degree, names: unique(names), asides: unique(asides), facts: unique(facts) });
  }
  return rows;
}

/** The ids of the nodes that match every word typed, and the name that matched: [{id, by}]. */
export function searchFor(index, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = [];
  for (const row of index) {
    const texts = [...row.names.map((name) => [name, 0]), ...row.asides.map((aside) => [aside, 10]), ...row.facts.map((fact) => [fact, 20])];
    let best = null;
    for (const [text, cost] of texts) {
      const scores = words.map((each) => placeOf(text.folded, each));
      if (scores.includes(null)) continue;
      const score = cost + Math.max(...scores);
      if (!best || score < best.score) best = { score, by: text.shown };
    }
    if (best) hits.push({ id: row.id, by: best.by, score: best.score, degree: row.degree });
  }
  return hits.sort((a, b) => a.score - b.score || b.degree - a.degree || a.id.localeCompare(b.id)).slice(0, HIT_LIMIT);
}

function placeOf(text, piece) {
  const at = text.indexOf(piece);
  if (at < 0) return null;
  if (at === 0) return PLACES.start;
  return /[\s(«“"'-]/.test(text[at - 1]) ? PLACES.word : PLACES.inside;
}

function unique(texts) {
  return [...new Set(texts.filter(Boolean))].map((shown) => ({ shown, folded: fold(shown) }));
}
