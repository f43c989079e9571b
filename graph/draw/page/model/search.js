// Search as you type over names, aliases and subtitles, without accents; the best first.
import { isNotionKind } from "./notions.js";
import { kindName } from "./stats.js";
import { fold, inLanguage } from "./text.js";
import { languages, word } from "../words.js";

const HIT_LIMIT = 12;
const PLACES = { whole: 0, start: 1, word: 2, inside: 3 };
// A name counts before a post, a post before a kind, a kind before a figure that is said of somebody.
const ASIDE_COST = 10;
const KIND_COST = 14;
const FACT_COST = 20;
// People come before bodies and groups, these before what happens and what is there, all before words.
const CLASSES = { person: 0, actor: 1, thing: 2, notion: 3 };

/**
 * What search reads, folded once: names in every language, aliases, subtitles, and the figures said of a node.
 * @param {Records} records
 */
export function readIndex(records) {
  const rows = [];
  for (const node of records.nodes.values()) {
    if (node.type === "statement") continue;
    const names = languages()
      .map((lang) => inLanguage(node.label, lang))
      .concat(node.aliases.map((alias) => inLanguage(alias, "en")));
    const asides = languages().map((lang) => inLanguage(node.subtitle, lang));
    const facts = node.facts.flatMap((id) =>
      languages().map((lang) => inLanguage(records.props.get(id)?.literal, lang)),
    );
    rows.push({
      id: node.id,
      degree: node.degree,
      rank: classOf(records, node.kind),
      names: unique(names),
      asides: unique(asides),
      kinds: unique(kindTexts(records, node.kind)),
      facts: unique(facts),
    });
  }
  return rows;
}

/** @param {Records} records @param {string} kind */
function isPersonKind(records, kind) {
  const seen = new Set();
  for (let each = kind; each && !seen.has(each); each = records.data.kinds[each]?.broader) {
    if (each === "person") return true;
    seen.add(each);
  }
  return false;
}

/** @param {Records} records @param {string} kind */
function classOf(records, kind) {
  if (isPersonKind(records, kind)) return CLASSES.person;
  if (records.data.kinds[kind]?.agent) return CLASSES.actor;
  return isNotionKind(kind) ? CLASSES.notion : CLASSES.thing;
}

/**
 * What a kind is called, in every language: its name, and words that people look for it by ("gang" finds what we call
 * an organisation, without calling anybody so).
 * @param {Records} records @param {string} kind
 */
export function kindTexts(records, kind) {
  return languages().flatMap((lang) => {
    const also = word(lang, "kindsAlso")
      .split(";")
      .map((each) => each.split(":").map((part) => part.trim()))
      .find(([name]) => name === kind);
    return [kindName(records, kind, lang), ...(also ? also[1].split(",").map((each) => each.trim()) : [])];
  });
}

/**
 * The ids of the nodes that match every word typed, and the name that matched: [{id, by}].
 * @param {SearchRow[]} index @param {string} typed
 */
export function searchFor(index, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = [];
  for (const row of index) {
    const texts = [
      ...row.names.map((name) => [name, 0]),
      ...row.asides.map((aside) => [aside, ASIDE_COST]),
      ...row.kinds.map((kind) => [kind, KIND_COST]),
      ...row.facts.map((fact) => [fact, FACT_COST]),
    ];
    const isActor = row.rank <= CLASSES.actor;
    const whole = row.names.some(({ folded }) => isWhole(folded, words, isActor));
    let best = null;
    for (const [text, cost] of texts) {
      const scores = words.map((each) => placeOf(text.folded, each));
      if (scores.includes(null)) continue;
      const score = cost + Math.max(...scores);
      if (!best || score < best.score) best = { score, by: text.shown };
    }
    if (best) hits.push({ id: row.id, by: best.by, score: best.score, whole, rank: row.rank, degree: row.degree });
  }
  return hits
    .sort(
      (a, b) =>
        Number(b.whole) - Number(a.whole) ||
        a.rank - b.rank ||
        a.score - b.score ||
        b.degree - a.degree ||
        a.id.localeCompare(b.id),
    )
    .slice(0, HIT_LIMIT);
}

// Whether what is typed is a name, or all words of one of somebody's: "trump" is whole in "Donald Trump", not in
// "Trump's visit", nor "gang" in "Gang violence".
/** @param {string} name @param {string[]} words @param {boolean} isActor */
function isWhole(name, words, isActor) {
  if (name === words.join(" ")) return true;
  const parts = name.split(/[\s-]+/);
  return isActor && words.every((each) => parts.includes(each)) && parts.length <= SHORT_NAME;
}

/**
 * The same for a field that holds one name, among those that `fits`; nothing typed proposes `first`, or those that most
 * is said of. `whole`: nothing else is meant.
 * @param {SearchRow[]} index @param {string} typed @param {(id: string) => boolean} [fits] @param {string[]} [first]
 */
export function pickFor(index, typed, fits = () => true, first = undefined) {
  const rows = index.filter(({ id }) => fits(id));
  if (!typed.trim()) {
    const most = first ?? [...rows].sort((a, b) => b.degree - a.degree || a.id.localeCompare(b.id)).map(({ id }) => id);
    return most.slice(0, HIT_LIMIT).map((id) => ({ id, by: "", whole: false }));
  }
  const exact = rows
    .filter((row) => row.names.some(({ folded }) => folded === fold(typed)))
    .map(({ id }) => ({ id, by: "" }));
  const hits = searchFor(rows, typed).filter(({ id }) => exact.every((each) => each.id !== id));
  const all = [...exact, ...hits].slice(0, HIT_LIMIT);
  return all.map(({ id, by }, place) => ({ id, by, whole: (place === 0 && exact.length === 1) || all.length === 1 }));
}

/** @param {string} text @param {string} piece */
function placeOf(text, piece) {
  const at = text.indexOf(piece);
  if (at < 0) return null;
  if (text === piece) return PLACES.whole;
  if (at === 0) return PLACES.start;
  return /[\s(«“"'-]/.test(text[at - 1]) ? PLACES.word : PLACES.inside;
}

/** @param {string[]} texts */
function unique(texts) {
  return [...new Set(texts.filter(Boolean))].map((shown) => ({ shown, folded: fold(shown) }));
}

const ARTICLE = /^(?:the|an?|el|la|los|las|un|una) /;
const PIECE = /[\p{L}\p{N}_'.-]+/gu;
const SHORT_NAME = 3;
const SHOWN_MEANT = 5;

/**
 * Who of a pasted list is here: [{name, ids}] in its order, each name once; no id: not here, several: it may mean each.
 * A name is found whole, else as a surname, else by words of one name only; as the library does.
 * @param {SearchRow[]} index @param {string} text
 */
export function namesIn(index, text) {
  const rows = index.map(({ id, names }) => ({ id, names: names.map(({ shown }) => bare(shown)) }));
  return splitNames(text).map((name) => {
    const wanted = bare(name);
    const parts = wanted.match(PIECE) ?? [];
    const ways = [
      (known) => known === wanted,
      (known) => known.endsWith(` ${wanted}`) && known.split(" ").length <= SHORT_NAME,
      (known) => parts.length > 0 && parts.every((part) => (known.match(PIECE) ?? []).includes(part)),
    ];
    for (const fits of ways) {
      const ids = rows.filter((row) => row.names.some(fits)).map((row) => row.id);
      if (ids.length) return { name, ids: ids.slice(0, SHOWN_MEANT) };
    }
    return { name, ids: [] };
  });
}

/**
 * The names of a pasted list: one a line, or between semicolons or tabs; commas only when there is one line.
 * @param {string} text
 */
function splitNames(text) {
  const lines = text
    .split(/[\n\r;\t]+/)
    .map((each) => each.trim())
    .filter(Boolean);
  const names = lines.length === 1 ? lines[0].split(",") : lines;
  const seen = new Set();
  return names
    .map((name) => name.replace(/^[\s\-*•\d.)]+(?=\p{L})/u, "").trim())
    .filter((name) => name && !seen.has(bare(name)) && seen.add(bare(name)));
}

/** @param {string} name */
function bare(name) {
  return fold(name).replace(/\s+/g, " ").replace(ARTICLE, "");
}
