// The list of the cast: every actor with its statements and its disputes, and how each is tied.
import { word } from "../words.js";
import { hasCast } from "./cast.js";
import { isAgent } from "./records.js";
import { kindTexts } from "./search.js";
import { nameOf, opposition } from "./standing.js";
import { kindName } from "./stats.js";
import { fold, inLanguage } from "./text.js";

const DISPUTED = ["disputed", "denied"];

/** @type {WeakMap<Lens, ReturnType<typeof countActors>>} */
const COUNTED = new WeakMap();

/**
 * Every actor, whoever belongs to the story most first: [{id, by, about, disputes, part, drawn}]. `by` counts the shown
 * statements that it makes or that are made for it, `about` those by others on relationships it is an end of,
 * `disputes` the disputed or denied relationships it is an end of or answers, of those that were loaded when it is a
 * `part`; `drawn` says whether it is on the cast.
 * Over a settled store `by` and `about` count all that it has, not only what was loaded, until a filter is on.
 * @param {Records} records @param {Lens} lens
 */
export function readCastList(records, lens) {
  let rows = COUNTED.get(lens);
  if (!rows) {
    rows = countActors(records, lens);
    COUNTED.set(lens, rows);
  }
  return rows;
}

/** @param {Records} records @param {Lens} lens */
function countActors(records, lens) {
  const told = spokenBy(records, lens);
  const { cast } = records.data;
  const drawn = new Set(hasCast(records) ? [...cast.nodes, ...cast.frames].map(({ id }) => id) : []);
  const all = publisherOfAll(records);
  return [...records.nodes.values()]
    .filter((node) => node.type === "node" && isAgent(records, node))
    .map((node) => actorCounts(records, lens, node, told.get(node.id) ?? new Set(), drawn.has(node.id)))
    .sort(
      (a, b) =>
        Number(b.drawn) - Number(a.drawn) ||
        weightOf(b, all) - weightOf(a, all) ||
        records.rank.get(a.id) - records.rank.get(b.id),
    );
}

/**
 * @param {Records} records @param {Lens} lens @param {NodeRecord} node @param {Set<string>} own
 * @param {boolean} drawn
 */
function actorCounts(records, lens, node, own, drawn) {
  const about = new Set();
  const disputes = new Set();
  for (const id of new Set([...node.props, ...node.facts])) {
    const seen = lens.props.get(id);
    if (!seen) continue;
    if (DISPUTED.includes(seen.line)) disputes.add(id);
    for (const claim of records.props.get(id).claims) if (lens.shown.has(claim) && !own.has(claim)) about.add(claim);
  }
  for (const id of own) {
    const claim = records.claims.get(id);
    if (claim.side === "oppose" && lens.props.has(claim.prop)) disputes.add(claim.prop);
  }
  const { by, about: on } = ofWhole(node, lens, { by: own.size, about: about.size });
  const { served } = records.data;
  // A store counts the statements of everybody, and not their disputes: there may be more than were loaded.
  return { id: node.id, by, about: on, disputes: disputes.size, part: Boolean(served && !served.whole), drawn };
}

// What the whole store has of an actor, where it counts it and no filter hides a part; a source that is not named has
// no count of what it says.
/** @param {NodeRecord} node @param {Lens} lens @param {{ by: number; about: number }} loaded */
function ofWhole({ settled }, { filtered }, loaded) {
  if (!settled || filtered) return loaded;
  return { by: Math.max(settled.by, loaded.by), about: Math.max(settled.about, loaded.about) };
}

// Speaker, or on whose behalf it is → the statements that are shown.
/** @param {Records} records @param {Lens} lens */
function spokenBy(records, lens) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const id of lens.shown) {
    const claim = records.claims.get(id);
    for (const one of new Set([claim.speaker, claim.for])) {
      if (!one) continue;
      if (!found.has(one)) found.set(one, new Set());
      found.get(one).add(id);
    }
  }
  return found;
}

/**
 * Whoever published every document here: having published is not to belong to the story. "" when there are several.
 * @param {Records} records
 */
function publisherOfAll(records) {
  const publishers = new Set([...records.documents.values()].map(({ publisher }) => publisher));
  return publishers.size === 1 ? [...publishers][0] : "";
}

/** @param {{ id: string; by: number; about: number }} row @param {string} publisher */
function weightOf({ id, by, about }, publisher) {
  return (id === publisher ? 0 : by) + about;
}

/**
 * Rows in another order, and only those whose name, other name or kind holds what is typed. How they belong to the
 * story decides between equals.
 * @param {Records} records @param {ReturnType<typeof readCastList>} rows @param {Lang} lang
 * @param {{ order: string; descending: boolean; typed: string }} how
 */
export function sortedList(records, rows, lang, { order, descending, typed }) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  // Every refresh comes by here, and mostly nothing is typed.
  const found = words.length
    ? rows.filter(({ id }) => {
        const text = fold(actorTexts(records, id, lang).join(" "));
        return words.every((each) => text.includes(each));
      })
    : rows;
  const turn = descending ? -1 : 1;
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  /** @type {(a: any, b: any) => number} */
  const compare =
    order === "name"
      ? (a, b) => nameOf(records, a.id, lang).localeCompare(nameOf(records, b.id, lang), lang)
      : order === "kind"
        ? (a, b) => kindWords(records, a.id, lang).localeCompare(kindWords(records, b.id, lang), lang)
        : order === "rank"
          ? (a, b) => places.get(a.id) - places.get(b.id)
          : (a, b) => a[order] - b[order];
  return [...found].sort((a, b) => turn * compare(a, b) || places.get(a.id) - places.get(b.id));
}

/** @param {Records} records @param {string} id @param {Lang} lang */
function actorTexts(records, id, lang) {
  const node = records.nodes.get(id);
  return [
    nameOf(records, id, lang),
    ...node.aliases.map((alias) => inLanguage(alias, lang)),
    ...kindTexts(records, node.kind),
    inLanguage(node.subtitle, lang),
  ];
}

/** @param {Records} records @param {string} id @param {Lang} lang */
function kindWords(records, id, lang) {
  return kindName(records, records.nodes.get(id).kind, lang);
}

/**
 * The lines of the cast at an actor, as rows to read: [{id, thing, line, sign, from, to, verb, who, about}]. Every row
 * names both ends and who says so, so that none reads as a fact by itself; a denial has the relationship it answers in
 * `about` in place of `to`.
 * @param {Scene} scene the scene of the cast @param {string} id @param {Lang} lang
 */
export function tiesOf(scene, id, lang) {
  const items = /** @type {TieItem[]} */ (scene.edges);
  const own = items.filter(({ tie }) => tie.source === id || (tie.kind !== "denial" && tie.target === id));
  return own.map((item) => tieToRead(item, lang));
}

/**
 * The disputed lines of the cast as rows to read, as those of `tiesOf`, with who denies each and who disputes it.
 * @param {Scene} scene the scene of the cast @param {Lang} lang
 */
export function disputesIn(scene, lang) {
  const items = /** @type {TieItem[]} */ (scene.edges);
  const disputes = items.filter(({ tie, line }) => line === "disputed" && tie.kind !== "denial");
  return disputes.map((item) => {
    const row = tieToRead(item, lang);
    const against = opposition(scene.records, item.edge.prop, lang);
    return { ...row, who: [...row.who.filter((text) => !text.startsWith("×")), `× ${against}`] };
  });
}

/** @param {TieItem} item @param {Lang} lang */
function tieToRead({ tie, edge, line, sign = line, seen, whole }, lang) {
  return {
    id: edge.id,
    thing: edge.parts ? { type: "parts", id: edge.id } : { type: "prop", id: edge.prop },
    line,
    sign,
    seen,
    whole,
    from: tie.source,
    to: tie.kind === "denial" ? "" : tie.target,
    about: tie.kind === "denial" ? tie.target : "",
    verb: rowsIn(tie.verb, lang).join(" "),
    who: joinedRows(rowsIn(tie.who, lang), rowsIn(tie.begins, lang)),
    unnamed: (tie.unnamed?.[lang] ?? 0) > 0,
  };
}

/** @template T @param {Record<string, T[]>} rows @param {Lang} lang */
function rowsIn(rows, lang) {
  return rows[lang] ?? rows.en ?? Object.values(rows)[0] ?? [];
}

// Rows that were broken to fit the drawing, joined again.
/** @param {string[]} rows @param {number[]} begins which of them begin something of their own */
function joinedRows(rows, begins) {
  return begins.map((from, number) => rows.slice(from, begins[number + 1]).join(" "));
}

/**
 * How much there is of an actor, in words: what it says, what is said of it, what of that is disputed.
 * @param {{ by: number; about: number; disputes: number; part?: boolean }} row @param {Lang} lang
 */
export function rowCounts({ by, about, disputes, part }, lang) {
  return [
    by ? word(lang, "countBy", { n: by }) : "",
    about ? word(lang, "countAbout", { n: about }) : "",
    disputes ? word(lang, part ? "disputedLoaded" : "disputedCount", { n: disputes }) : "",
  ].filter(Boolean);
}
