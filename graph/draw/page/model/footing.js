// What every file that leaves the page carries: title, version, what a line is, the filters in force, how many
// statements they hide.
import { colophon } from "./docket.js";
import { nameInside, opposition, standingWords } from "./standing.js";
import { inLanguage, readableDate } from "./text.js";
import { word } from "../words.js";

const FOOTING_LINES = [
  ["said", "lineSaid"],
  ["implied", "lineImplied"],
  ["judgement", "lineJudgement"],
  ["soft", "lineSoft"],
  ["notyet", "lineNotyet"],
  ["disputed", "lineDisputed"],
  ["accepted", "lineAccepted"],
  ["denied", "lineDenied"],
  ["open", "lineOpen"],
  ["rejected", "lineRejected"],
  ["speaks", "lineSpeaks"],
];

/**
 * The lines every file ends with; `slot` is the date chosen in the strip, in words, or "".
 * @param {Pick<Page, "records" | "lens" | "lang" | "unticked" | "slotWords"> & { state?: PageState | null }} page
 */
export function footing({ records, lens, lang, unticked, slotWords, state = null }) {
  const lines = colophon(records, lens, lang, unticked);
  if (slotWords) lines.push(word(lang, "onlyDate", { date: slotWords }));
  return [...lines, ...leftOut(records, state, lang)];
}

// What the reader did to the drawing besides filters: a file must not pass for the whole.
/** @param {Records} records @param {PageState | null} state @param {Lang} lang */
function leftOut(records, state, lang) {
  if (!state) return [];
  const lines = [];
  if (state.hidden.length) lines.push(word(lang, "leftHidden", { n: state.hidden.length }));
  if (state.shown === "focus" && state.focus)
    lines.push(word(lang, "leftFocus", { name: nameInside(records, state.focus.id, lang) }));
  if (state.notes.length) lines.push(word(lang, "leftNotes", { n: state.notes.length }));
  if (state.fold) lines.push(word(lang, "leftFold"));
  if (state.group) lines.push(word(lang, "leftGroup"));
  return lines;
}

/**
 * The legend as pairs of a line and its words: those of `lines` (a Set of signs), or all.
 * @param {Lang} lang @param {any} [lines]
 */
export function legendPairs(lang, lines = null) {
  return FOOTING_LINES.filter(([line]) => !lines || lines.has(line)).map(([line, key]) => [line, word(lang, key)]);
}

/**
 * The legend as one line of text.
 * @param {Lang} lang
 */
export function legendText(lang) {
  return `${word(lang, "legend")}: ${legendPairs(lang)
    .map(([line, text]) => `${text} (${word(lang, `look_${line}`)})`)
    .join("; ")}.`;
}

/**
 * A file's name: the case and the version, never a person; `what` is one of our own words.
 * @param {Records} records @param {string} what @param {string} ending
 */
export function fileName(records, what, ending) {
  const { cases, version } = records.data.edition;
  const name = cases.length === 1 ? cases[0] : `${cases.length}-cases`;
  /** @param {string} text */
  const safe = (text) =>
    String(text)
      .normalize("NFD")
      .replace(/[^A-Za-z0-9.-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 80);
  return `${[safe(name) || "case", safe(version), safe(what)].filter(Boolean).join("_")}.${ending}`;
}

/**
 * Disputed relationships drawn whose words found no room: [sentence with its denier], so that none leaves alone.
 * @param {Records} records @param {Lens} lens @param {Iterable<string>} props @param {Lang} lang
 */
export function disputesBeside(records, lens, props, lang) {
  return [...props].flatMap((id) => {
    const against = opposition(records, id, lang);
    if (!against) return [];
    const title = inLanguage(records.props.get(id).title, lang);
    return [
      title.includes(against) ? title : `${title}: ${standingWords(records, id, lang, lens.props.get(id)?.line)}`,
    ];
  });
}

/**
 * Every relationship that can harm a reputation, in the order of the documents, whatever the filters hide.
 * @param {Records} records
 */
export function sensitiveProps(records) {
  const seen = new Set();
  for (const id of records.order) {
    const { prop } = records.claims.get(id);
    if (records.props.get(prop)?.sensitive) seen.add(prop);
  }
  return [...seen];
}

/**
 * What the lawyer's sheet says of one relationship.
 * @param {Records} records @param {string} id @param {Lang} lang
 */
export function lawyerEntry(records, id, lang) {
  const prop = records.props.get(id);
  const all = prop.claims.map((claim) => records.claims.get(claim)).filter(Boolean);
  const declined = all.filter((claim) => claim.stance === "declined");
  const replies = all.map((claim) => claim.reply).filter(Boolean);
  const basis = prop.accepted
    ? word(lang, "basis", {
        basis: inLanguage(prop.accepted.basis, lang),
        record: inLanguage(prop.accepted.record, lang),
        by: inLanguage(prop.accepted.by, lang),
        date: readableDate(prop.accepted.on, lang),
      })
    : word(lang, "basisNone");
  return {
    prop,
    affirm: all.filter((claim) => claim.side === "affirm"),
    oppose: all.filter((claim) => claim.side === "oppose"),
    other: all.filter((claim) => claim.side === "neither" && claim.stance !== "declined"),
    declined,
    replies,
    basis,
  };
}
