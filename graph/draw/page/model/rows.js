// The rows of the table of statements: one for each statement the filters show, sorted by any column.
import { fold, inLanguage } from "./text.js";
import { hiddenWords, opposition, stanceVerb, voiceName } from "./standing.js";
import { word } from "../words.js";

/** Columns in order; a column that would say the same in every row is left out (see columnsFor). */
const COLUMNS = ["place", "who", "position", "statement", "modality", "answer", "chain", "document"];

/**
 * The rows the filters show, sorted: [{id, prop, cells, line}]; every cell is text that names who says so.
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {{ column: string; descending: boolean }} sort
 * @param {Set<string> | null} [keep]
 */
export function readRows(records, lens, lang, sort, keep = null) {
  const rows = [];
  records.order.forEach((id, index) => {
    if (!lens.shown.has(id)) return;
    const claim = records.claims.get(id);
    if (keep && !keep.has(claim.prop)) return;
    const document = records.documents.get(claim.document);
    rows.push({
      id,
      index,
      prop: claim.prop,
      side: claim.side,
      answered:
        claim.side !== "oppose" &&
        records.props.get(claim.prop).claims.some((other) => records.claims.get(other)?.side === "oppose"),
      line: lens.props.get(claim.prop)?.line ?? "said",
      cells: {
        place: inLanguage(claim.place, lang) || claim.at,
        who: voiceName(records, claim, lang),
        statement: inLanguage(claim.sentence, lang),
        position: `${softMark(records, claim)}${stanceVerb(records, claim, lang)}`,
        modality: modalityCell(claim, lang),
        answer: answerCell(records, lens, claim, lang),
        chain: inLanguage(claim.chain, lang),
        document: document ? inLanguage(document.label, lang) : claim.document,
      },
    });
  });
  return sortRows(rows, sort);
}

/**
 * The columns that can differ here.
 * @param {Records} records
 */
export function columnsFor(records) {
  const modalities = new Set([...records.claims.values()].map((claim) => claim.modality));
  return COLUMNS.filter((column) =>
    column === "document" ? records.documents.size > 1 : column === "modality" ? modalities.size > 1 : true,
  );
}

/**
 * Rows by a column; "place" is the order of the documents. Equal rows keep the order of the documents.
 * @param {any[]} rows @param {{ column: string; descending: boolean }} given
 */
function sortRows(rows, { column, descending }) {
  const way = descending ? -1 : 1;
  const keys = column === "place" ? null : new Map(rows.map((row) => [row.id, fold(row.cells[column] ?? "")]));
  return [...rows].sort((a, b) => {
    if (!keys) return way * (a.index - b.index);
    return way * keys.get(a.id).localeCompare(keys.get(b.id)) || a.index - b.index;
  });
}

// The mark of the drawing: said only softly, or of a kind that could harm a reputation.
/** @param {Records} records @param {Claim} claim */
function softMark(records, claim) {
  return claim.side === "affirm" && (claim.firm === false || records.props.get(claim.prop)?.sensitive) ? "? " : "";
}

/**
 * Whether it is so or planned, as who says so says; a denial or a question has the plan it is about, and nothing
 * "said to be so".
 * @param {{ side: string; modality: string }} given @param {Lang} lang
 */
export function modalityCell({ side, modality }, lang) {
  if (side === "affirm") return word(lang, modality);
  return modality === "actual" ? "–" : word(lang, "ofWhatIs", { how: word(lang, modality) });
}

/** @param {Records} records @param {Lens} lens @param {Claim} claim @param {Lang} lang */
function answerCell(records, lens, claim, lang) {
  if (claim.side === "oppose") return word(lang, "answersOther");
  const against = opposition(records, claim.prop, lang);
  const hidden = hiddenWords({ hiddenAnswers: lens.props.get(claim.prop)?.hiddenAnswers ?? 0 }, lang);
  return against ? [`× ${against}`, ...hidden].join("; ") : word(lang, "notAnswered");
}

/**
 * "new", or "changed: our summary", since the older version; "" for neither.
 * @param {Claim} claim @param {Lang} lang
 */
export function sinceWords(claim, lang) {
  if (claim.since !== "new" && claim.since !== "changed") return "";
  const what = (claim.sinceWhat ?? []).map((field) => word(lang, `field_${field}`)).join(", ");
  const text = word(lang, claim.since === "new" ? "sinceNew" : "sinceChanged");
  return what ? `${text}: ${what}` : text;
}
