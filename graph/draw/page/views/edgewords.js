// The words on a line, as lines of text: those of the data, never put together from a relation and two names.
import { clip, inLanguage, readableDate, wrapLines } from "../model/text.js";
import {
  bothInWords,
  disputedParts,
  nameOf,
  notYetWords,
  sidesOf,
  stanceVerb,
  standingWords,
} from "../model/standing.js";
import { word } from "../words.js";

const SIDE_LIMIT = 34;
const DENIER_LIMIT = 60;
const EDGE_LIMIT = 64;
/** That somebody denies is itself only said: a crop of the drawing must not state it. */
const LINE_VERBS = { denied: "lineDenies", contested: "lineContests" };
const WIDTHS = [
  [24, 3],
  [17, 4],
];

/**
 * Ways to set the words of one drawn edge, widest first: [[line, …], …]; none for an edge without words.
 * @param {Records} records @param {any} item @param {Lang} lang
 */
export function edgeWords(records, item, lang) {
  if (item.edge.parts) return partsWords(records, item.edge, lang);
  if (item.speaks) return [[speaksWords(records, item.edge, lang)]];
  if (item.line === "added") {
    const added = inLanguage(records.data.kinds.added.label, lang);
    return wrapped([inLanguage(item.edge.label, lang), `(${added})`].join(" ").trim());
  }
  const label = worded(records, item, inLanguage(item.edge.label, lang), lang);
  if (item.line === "disputed") return disputedWords(records, item.edge.prop, label, lang);
  if (item.line === "accepted")
    return unlike(
      WIDTHS.map(([width, most]) => [
        ...wrapLines(clip(label, EDGE_LIMIT), width, most),
        acceptedOn(records, item.edge.prop, lang),
      ]),
    );
  return wrapped(label);
}

/** @param {any} label */
function wrapped(label) {
  return label ? unlike(WIDTHS.map(([width, most]) => wrapLines(clip(label, EDGE_LIMIT), width, most))) : [];
}

/**
 * The shortest ways to say what a line that bears × says, who says so and who denies it, for where its words find no
 * room: [[line, …], …].
 * @param {Records} records @param {any} item @param {Lang} lang
 */
export function crossWords(records, item, lang) {
  const lines = item.edge.parts
    ? [`× ${disputedParts(records, item.edge, lang)}`]
    : item.line === "rejected"
      ? [`× ${word(lang, "lineRejected")}`]
      : answersOf(records, item.edge.prop, lang);
  // A denial never stands without what is denied, and by whom that is said.
  const said = item.edge.parts ? "" : clip(saidPart(inLanguage(item.edge.label, lang)), SIDE_LIMIT);
  const says =
    item.line === "disputed" && !item.edge.parts
      ? [word(lang, "sideSays", { name: clip(sidesOf(records, item.edge.prop, lang).affirm, SIDE_LIMIT) })]
      : [];
  const wide = [[said, ...says].filter(Boolean).join("; "), ...lines].filter(Boolean);
  return unlike([
    ...[
      [36, 2],
      [28, 3],
    ].map(([width, most]) => wide.flatMap((line) => wrapLines(line, width, most))),
    ...[
      [20, 4],
      [14, 6],
    ].map(([width, most]) => [
      ...(said ? wrapLines(said, width, 2) : []),
      ...[...says, ...lines].flatMap((line) => wrapLines(line, width, most)),
    ]),
  ]);
}

// Who denies and who disputes, each by name; who is not named is said not to be.
/** @param {Records} records @param {string} propId @param {Lang} lang */
function answersOf(records, propId, lang) {
  const { deny, dispute } = sidesOf(records, propId, lang);
  /** @param {any} key @param {any} name */
  const side = (key, name) => (name ? [word(lang, key, { name: clip(name, DENIER_LIMIT) })] : []);
  const answers = [...side("sideDenies", deny), ...side("sideDisputes", dispute)];
  return answers.length ? answers : [standingWords(records, propId, lang, "disputed")];
}

// A line with parts has no verb; who denies one of them stays on it.
/** @param {Records} records @param {EdgeRecord} edge @param {Lang} lang */
function partsWords(records, edge, lang) {
  const what =
    edge.type === "folded"
      ? bothInWords(records, edge, nameOf(records, edge.event, lang), lang)
      : word(lang, "relationships", { n: edge.parts.length });
  const against = ["disputed", "denied"].includes(edge.line) ? `× ${disputedParts(records, edge, lang)}` : "";
  return unlike(
    WIDTHS.map(([width, most]) => [
      ...wrapLines(clip(what, EDGE_LIMIT), width, most),
      ...(against ? wrapLines(against, width, most) : []),
    ]),
  );
}

// Who says so and who answers stay whatever has to go; each is cut by itself, and each has its own verb.
/** @param {Records} records @param {string} propId @param {any} label @param {Lang} lang */
function disputedWords(records, propId, label, lang) {
  const said = clip(saidPart(label), SIDE_LIMIT);
  const { affirm } = sidesOf(records, propId, lang);
  const answers = answersOf(records, propId, lang);
  const says = [word(lang, "sideSays", { name: clip(affirm, SIDE_LIMIT) })];
  const full = WIDTHS.map(([width]) =>
    [...wrapLines(said, width, 2), ...[...says, ...answers].flatMap((line) => wrapLines(line, width + 4, 2))].filter(
      Boolean,
    ),
  );
  return unlike([
    ...full,
    [...wrapLines(said, 17, 2), ...[...says, ...answers].flatMap((line) => wrapLines(line, 20, 2))],
  ]);
}

// The label may bring the names itself, as "is said to … (A × B)"; they are set apart from what is said.
/** @param {any} label */
function saidPart(label) {
  const bracketed = /^(.*?)\s*\([^()]*×[^()]*\)$/.exec(label);
  return bracketed ? bracketed[1] : label.split("×")[0].trim();
}

// A heavy line says since when we hold it so.
/** @param {Records} records @param {string} propId @param {Lang} lang */
function acceptedOn(records, propId, lang) {
  const { accepted } = records.props.get(propId);
  return `✓ ${readableDate(accepted?.on ?? records.data.edition.version, lang)}`;
}

// To the statement it answers, the line says how: "denies". To anything else only that somebody speaks about it.
/** @param {Records} records @param {EdgeRecord} edge @param {Lang} lang */
function speaksWords(records, edge, lang) {
  const target = records.nodes.get(edge.to);
  if (target.type !== "statement") return word(lang, "lineSpeaks");
  const claims = edge.claims.map((id) => records.claims.get(id)).filter((claim) => claim && claim.prop === target.prop);
  return (
    [
      ...new Set(
        claims.map((claim) =>
          LINE_VERBS[claim.stance] ? word(lang, LINE_VERBS[claim.stance]) : stanceVerb(records, claim, lang),
        ),
      ),
    ]
      .slice(0, 2)
      .join(", ") || word(lang, "lineSpeaks")
  );
}

// A dotted line carries its word: "planned: is to pay". When a filter left only that much of it, the word alone.
/** @param {Records} records @param {any} item @param {any} label @param {Lang} lang */
function worded(records, item, label, lang) {
  if (item.line !== "notyet") return label;
  const how = notYetWords(records, item.edge.prop, lang);
  if (item.seen.weakened || !label) return how;
  return label.toLowerCase().includes(how.toLowerCase()) ? label : `${how}: ${label}`;
}

/** @param {any} ways */
function unlike(ways) {
  const seen = new Set();
  return ways.filter((lines) => lines.length && !seen.has(lines.join("\n")) && seen.add(lines.join("\n")));
}
