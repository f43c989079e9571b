// The one line of facts in the bar, and the names of filter values.
import { inLanguage, isolate, readableDate } from "./text.js";
import { nameOf, stanceWord } from "./standing.js";
import { NOBODY } from "./lens.js";
import { word } from "../words.js";

/**
 * "251 statements by 18 speakers and 13 with no named speaker; 2 mentions · 2 denied · bne IntelliNews, 17 March 2025 ·
 * version of 24 November 2026 · nothing checked by us": the dataset's own figures, of the whole of it whatever is
 * loaded or shown.
 * @param {{ data: PageData }} given @param {Lang} lang
 */
export function factsLine({ data: { figures, edition, documents } }, lang) {
  const { values } = figures;
  // Whose text it is: the title beside it says nothing of that.
  const only = values.documents === 1 && documents.length === 1 ? inLanguage(documents[0].label, lang) : "";
  return [
    statementsWords(values, lang),
    values.denied ? word(lang, "denied", { n: values.denied }) : "",
    values.documents ? only || word(lang, "documents", { n: values.documents }) : "",
    edition.version ? word(lang, "versionOf", { date: readableDate(edition.version, lang) }) : "",
    values.accepted ? word(lang, "checkedByUs", { n: values.accepted }) : word(lang, "nothingChecked"),
  ].filter(Boolean);
}

// "251 statements by 18 speakers and 13 with no named speaker; 2 mentions": what is not known or not there is left out.
/** @param {Record<string, number>} figures @param {Lang} lang */
function statementsWords({ statements, speakers, unattributed, mentions }, lang) {
  if (statements === null) return "";
  const words = [word(lang, "statements", { n: statements })];
  if (speakers) words.push(word(lang, "saidBySpeakers", { n: speakers }));
  if (unattributed) words.push(word(lang, speakers ? "andUnattributed" : "unattributed", { n: unattributed }));
  const told = words.join(" ");
  return mentions ? `${told}; ${word(lang, "mentionsToo", { n: mentions })}` : told;
}

/**
 * "of what is loaded: 60 of 1,000,000 statements", or "" where everything is here.
 * @param {Records} records @param {Lang} lang
 */
export function loadedWords(records, lang) {
  const { served, figures } = records.data;
  if (!served || served.whole) return "";
  return figures.values.statements === null
    ? word(lang, "servedLoadedSome", { n: served.loaded.statements })
    : word(lang, "servedLoaded", { n: served.loaded.statements, m: figures.values.statements });
}

const LINE_WORDS = {
  said: "shortSaid",
  implied: "shortImplied",
  judgement: "shortJudgement",
  soft: "shortSoft",
  notyet: "shortNotyet",
  disputed: "shortDisputed",
  accepted: "shortAccepted",
  denied: "drawDenied",
  open: "drawOpen",
  rejected: "drawRejected",
  mentioned: "drawMentioned",
};

/**
 * The name of one value of a filter.
 * @param {Records} records @param {string} dimension @param {string} value @param {Lang} lang
 */
export function valueName(records, dimension, value, lang) {
  if (dimension === "position") return stanceWord(value, lang);
  if (dimension === "modality") return word(lang, value);
  if (dimension === "document") return inLanguage(records.documents.get(value)?.label, lang) || value;
  if (dimension === "kind") return kindName(records, value, lang);
  if (dimension === "standing") return word(lang, LINE_WORDS[value] ?? "shortSaid");
  if (dimension === "origins")
    return Number(value) ? word(lang, "origins", { n: Number(value) }) : word(lang, "noOrigin");
  if (dimension === "hedge") return value === NOBODY ? word(lang, "unqualified") : `“${value}”`;
  if (dimension === "relation") return inLanguage(records.data.relations[value]?.label, lang) || value;
  if (value === NOBODY) return word(lang, dimension === "via" ? "direct" : "notStated");
  return isolate(nameOf(records, value, lang)) || value;
}

/**
 * The label of a kind of node.
 * @param {Records} records @param {any} kind @param {Lang} lang
 */
export function kindName(records, kind, lang) {
  return inLanguage(records.data.kinds[kind]?.label, lang) || kind;
}
