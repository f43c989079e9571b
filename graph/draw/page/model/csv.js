// Statements as CSV: one row each, in the order of the documents, with who answers and how it stands; no cell can be
// a formula.
import { legendText, footing } from "./footing.js";
import { answersWords } from "./docket.js";
import { modalityCell } from "./rows.js";
import { hiddenWords, nameOf, opposition, speakerName, stanceVerb, standingWords } from "./standing.js";
import { inLanguage } from "./text.js";
import { word } from "../words.js";

// What a spreadsheet would take for a formula, full-width forms included.
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]/;
const CSV_COLUMNS = [
  "colDocument",
  "colPlace",
  "csvId",
  "colWho",
  "csvFor",
  "colPosition",
  "colModality",
  "colStatement",
  "csvSummary",
  "csvRelationship",
  "csvStanding",
  "colAnswer",
  "csvAnswers",
  "colChain",
  "csvQualified",
  "csvSaid",
  "csvPublished",
  "csvSensitive",
  "csvSince",
  "csvNote",
];

/**
 * One cell: quoted when it must be, and never read as a formula.
 * @param {any} value
 */
export function csvCell(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The statements the filters show as CSV, with what every file carries below them.
 * @param {Page} page
 */
export function csvOf(page) {
  const { records, lens, lang } = page;
  const note = footing(page).slice(1).join(" ");
  const rows = records.order.filter((id) => lens.shown.has(id)).map((id) => csvRow(page, records.claims.get(id), note));
  const below = [[""], ...[...footing(page), legendText(lang)].map((line) => [line])];
  const text = [CSV_COLUMNS.map((key) => word(lang, key)), ...rows, ...below]
    .map((cells) => cells.map(csvCell).join(","))
    .join("\r\n");
  // The mark at the front tells a spreadsheet that this is UTF-8.
  return `\ufeff${text}\r\n`;
}

/** @param {Pick<Page, "records" | "lens" | "lang">} page @param {Claim} claim @param {string} note */
function csvRow({ records, lens, lang }, claim, note) {
  const prop = records.props.get(claim.prop);
  const document = records.documents.get(claim.document);
  const seen = lens.props.get(claim.prop);
  return [
    document ? inLanguage(document.label, lang) : claim.document,
    inLanguage(claim.place, lang) || claim.at,
    claim.sid,
    speakerName(records, claim, lang),
    claim.for ? nameOf(records, claim.for, lang) : "",
    stanceVerb(records, claim, lang),
    modalityCell(claim, lang),
    inLanguage(claim.sentence, lang),
    inLanguage(claim.summary, lang),
    inLanguage(prop.title, lang),
    [standingWords(records, claim.prop, lang, seen?.line), ...hiddenWords(seen, lang)].join("; "),
    claim.side === "oppose"
      ? word(lang, "answersOther")
      : opposition(records, claim.prop, lang) || word(lang, "notAnswered"),
    answersWords(records, claim, lang).join("; "),
    inLanguage(claim.chain, lang),
    claim.hedges.map((hedge) => inLanguage(hedge, lang)).join("; "),
    inLanguage(claim.said, lang),
    document?.published ?? "",
    prop.sensitive ? word(lang, "yes") : "",
    claim.since ? word(lang, claim.since === "new" ? "sinceNew" : "sinceChanged") : "",
    note,
  ];
}
