// The one line of facts in the bar, and the names of filter values.
import { inLanguage, isolate, readableDate } from "./text.js";
import { nameOf, stanceWord } from "./standing.js";
import { NOBODY } from "./lens.js";
import { word } from "../words.js";

/** "1 document · 160 statements by 14 · 2 denied · nothing checked by us · version of 24 November 2026". */
export function factsLine(records, lang) {
  const { stats, edition, served } = records.data;
  if (served) return servedFacts(records.data, lang);
  const accepted = [...records.props.values()].filter((prop) => prop.line === "accepted").length;
  return [
    word(lang, "documents", { n: stats.documents }),
    word(lang, "statementsBy", { n: stats.statements, m: stats.voices }),
    stats.denied ? word(lang, "denied", { n: stats.denied }) : "",
    word(lang, "versionOf", { date: readableDate(edition.version, lang) }),
    accepted ? word(lang, "checkedByUs", { n: accepted }) : word(lang, "nothingChecked"),
  ].filter(Boolean);
}

// Of a store: what is known of the whole of it, not of what is loaded.
function servedFacts({ stats, edition }, lang) {
  return [
    stats.documents ? word(lang, "documents", { n: stats.documents }) : "",
    stats.statements !== null ? word(lang, "statements", { n: stats.statements }) : "",
    stats.denied ? word(lang, "disputedCount", { n: stats.denied }) : "",
    edition.version ? word(lang, "versionOf", { date: readableDate(edition.version, lang) }) : "",
    stats.accepted ? word(lang, "checkedByUs", { n: stats.accepted }) : word(lang, "nothingChecked"),
  ].filter(Boolean);
}

/** "of what is loaded: 60 of 1,000,000 statements", or "" where everything is here. */
export function loadedWords(records, lang) {
  const { served, stats } = records.data;
  if (!served || served.whole) return "";
  return stats.statements === null
    ? word(lang, "servedLoadedSome", { n: served.loaded.statements })
    : word(lang, "servedLoaded", { n: served.loaded.statements, m: stats.statements });
}

const LINE_WORDS = {
  said: "shortSaid",
  soft: "shortSoft",
  notyet: "shortNotyet",
  disputed: "shortDisputed",
  accepted: "shortAccepted",
  denied: "drawDenied",
  open: "drawOpen",
  rejected: "drawRejected",
  mentioned: "drawMentioned",
};

/** The name of one value of a filter. */
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

/** The label of a kind of node. */
export function kindName(records, kind, lang) {
  return inLanguage(records.data.kinds[kind]?.label, lang) || kind;
}
