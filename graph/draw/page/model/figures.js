// Every sum, count and date with who is said to pay whom, what for, how certain it is, and the rivals that do not
// fit, together.
import { nameInside, nameOf, stanceVerb, standingWords, voiceName } from "./standing.js";
import { capital, inLanguage, joinNames } from "./text.js";
import { slotDate } from "./timeline.js";
import { word } from "../words.js";

// Relations of the same subject that say who pays, who gets, and what for: the vocabulary's names for them.
const PARTS = {
  payer: ["payer", "sender", "debtor", "offeror", "donor", "buyer", "lender"],
  payee: ["payee", "receiver", "creditor", "offered-to", "recipient", "seller", "borrower"],
  purpose: ["purpose", "in-return-for", "subject-matter"],
};
const KINDS_OF_FIGURE = [
  ["sums", ["money"]],
  ["counts", ["figure"]],
  ["dates", ["date"]],
];
// Days that a source gives for a relationship itself, which is no figure of its own.
const DATED = "days";

/**
 * [{kind, rows: [{id, rows…}]}]: kinds in order; in each, rows in the order of the documents, rivals next to each
 * other.
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {any} [keep]
 */
export function readFigures(records, lens, lang, keep = null) {
  const place = new Map();
  records.order.forEach((id, index) => {
    const { prop } = records.claims.get(id);
    if (!place.has(prop)) place.set(prop, index);
  });
  const shown = [...records.props]
    .filter(([id, prop]) => prop.value && lens.props.has(id) && (!keep || keep.has(id)))
    .sort(([a], [b]) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity));
  const siblings = siblingsOf(records);
  const dated = [...records.props]
    .filter(([id, prop]) => prop.span && !prop.value && lens.props.has(id) && (!keep || keep.has(id)))
    .map(([id]) => ({ id, rivalsHere: 0, first: true }));
  const parts = KINDS_OF_FIGURE.map(([kind, kinds]) => ({
    kind,
    rows: besideRivals(
      records,
      shown.filter(([, prop]) => kinds.includes(prop.value.kind)).map(([id]) => id),
    ),
  }));
  return [...parts, { kind: DATED, rows: dated }]
    .filter((part) => part.rows.length)
    .map(({ kind, rows }) => ({ kind, rows: rows.map((row) => figureRow(records, lens, lang, siblings, row)) }));
}

/**
 * The two or more figures that do not fit with one, that are figures, too.
 * @param {Records} records @param {string} id
 */
function rivalsOf(records, id) {
  return records.props.get(id).rivals.filter((rival) => records.props.get(rival)?.value);
}

// Rivals stand together where the first of them stands, under one number.
/** @param {Records} records @param {string[]} ids */
function besideRivals(records, ids) {
  const rows = [];
  const done = new Set();
  for (const id of ids) {
    if (done.has(id)) continue;
    const group = [id];
    for (const each of group)
      for (const rival of rivalsOf(records, each)) if (ids.includes(rival) && !group.includes(rival)) group.push(rival);
    for (const each of group) {
      done.add(each);
      rows.push({ id: each, rivalsHere: group.length > 1 ? group.length : 0, first: each === id });
    }
  }
  return rows;
}

/** @param {Records} records */
function siblingsOf(records) {
  const found = new Map();
  for (const [id, prop] of records.props) {
    for (const [part, relations] of Object.entries(PARTS)) {
      if (!relations.includes(prop.relation)) continue;
      const list = found.get(prop.subject);
      if (list) list.push([part, id]);
      else found.set(prop.subject, [[part, id]]);
    }
  }
  return found;
}

/**
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {any} siblings
 * @param {{ id: string; rivalsHere: number; first: boolean }} given
 */
function figureRow(records, lens, lang, siblings, { id, rivalsHere, first }) {
  const prop = records.props.get(id);
  const beside = { payer: [], payee: [], purpose: [] };
  for (const [part, other] of siblings.get(prop.subject) ?? []) {
    if (other !== id && lens.props.has(other))
      beside[part].push({ id: other, text: partWords(records, other, lang), line: lens.props.get(other).line });
  }
  const claims = prop.claims.map((each) => records.claims.get(each)).filter(Boolean);
  const hedges = [...new Set(claims.flatMap((claim) => claim.hedges.map((hedge) => inLanguage(hedge, lang))))];
  return {
    id,
    ...beside,
    rivalsHere,
    first,
    figure: inLanguage(prop.literal, lang) || slotDate([...new Set(prop.span.filter(Boolean))].join("/"), lang),
    title: inLanguage(prop.title, lang),
    said: figureSaidBy(records, claims, lang),
    sources: originsWords(records, id, lang),
    standing: standingWords(records, id, lang, lens.props.get(id)?.line),
    line: lens.props.get(id)?.line ?? prop.line,
    sign: lens.props.get(id)?.sign ?? prop.sign,
    hedges,
    changed: claims.some((claim) => claim.since) ? claims.find((claim) => claim.since).since : null,
  };
}

/**
 * "1 independent source: Associated Press": how many, and with whom what affirms it began, so that two who speak are
 * not taken for two sources.
 * @param {Records} records @param {string} id @param {Lang} lang
 */
export function originsWords(records, id, lang) {
  const prop = records.props.get(id);
  const claims = prop.affirmedBy.map((each) => records.claims.get(each)).filter(Boolean);
  const names = [...new Set(claims.map((claim) => claim.origin))].map((each) =>
    records.documents.has(each) ? inLanguage(records.documents.get(each).label, lang) : nameOf(records, each, lang),
  );
  if (!prop.origins) return word(lang, "noOrigin");
  const count = word(lang, "origins", { n: prop.origins });
  return names.length === prop.origins && names.every(Boolean) ? `${count}: ${joinNames(names, lang)}` : count;
}

// Who says the figure and how sure: [{how, names}], those who agree in it together; what is opposed or asked among
// them.
/** @param {Records} records @param {Claim[]} claims @param {Lang} lang */
function figureSaidBy(records, claims, lang) {
  const found = new Map();
  for (const claim of claims) {
    if (claim.withdrawn || claim.stance === "mentioned") continue;
    const soft = claim.side === "affirm" && claim.stance === "asserted" ? "" : stanceVerb(records, claim, lang);
    const how = [claim.side === "affirm" || claim.modality !== "actual" ? word(lang, claim.modality) : "", soft]
      .filter(Boolean)
      .join(", ");
    if (!found.has(how)) found.set(how, new Set());
    found.get(how).add(claim.speaker === null ? word(lang, "figByNobody") : voiceName(records, claim, lang));
  }
  return [...found].map(([how, names]) => ({ how, names: [...names] }));
}

// "Is said to be made by the United States": the phrase for how it stands and the name, never the bare name.
/** @param {Records} records @param {string} id @param {Lang} lang */
function partWords(records, id, lang) {
  const prop = records.props.get(id);
  const third = records.props.has(prop.third)
    ? `“${inLanguage(records.props.get(prop.third).title, lang)}”`
    : prop.third
      ? nameInside(records, prop.third, lang)
      : inLanguage(prop.literal, lang);
  // Where others see it otherwise, the phrase ends with their names, which stand behind what it leads to.
  const phrase = inLanguage(prop.phrase, lang);
  const at = phrase.endsWith(")") ? phrase.indexOf(" (") : phrase.length;
  return capital(`${phrase.slice(0, at)} ${third}`.trim()) + phrase.slice(at);
}
