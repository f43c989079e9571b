// How a relationship stands, in words: who denies it by name, what is planned, what nobody has answered.
import { capital, contracted, inLanguage, isolate, joinNames, readableDate } from "./text.js";
import { word } from "../words.js";

const NAME_LIMIT = 3;

/**
 * A node's name in `lang`.
 * @param {Records} records @param {string | null} id @param {Lang} lang
 */
export function nameOf(records, id, lang) {
  const node = records.nodes.get(id);
  return node ? inLanguage(node.label, lang) || node.id : "";
}

/**
 * A node's name as it stands in a sentence: "the White House".
 * @param {Records} records @param {string | null} id @param {Lang} lang
 */
export function nameInside(records, id, lang) {
  const node = records.nodes.get(id);
  return node ? inLanguage(node.name, lang) || inLanguage(node.label, lang) || node.id : "";
}

/**
 * Who speaks in a statement: the name, or "not stated".
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function speakerName(records, claim, lang) {
  return claim.speaker === null ? word(lang, "notStated") : nameOf(records, claim.speaker, lang);
}

/**
 * Who speaks, for whom, and who passed it on: "Karoline Leavitt for White House", "Cristosal via Associated Press".
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function voiceName(records, claim, lang) {
  let name = speakerName(records, claim, lang);
  if (claim.speaker !== null && claim.for && claim.for !== claim.speaker)
    name = word(lang, "cast.for", { name, body: nameInside(records, claim.for, lang) });
  const [relay] = claim.via;
  return contracted(relay ? word(lang, "cast.via", { name, relay: nameInside(records, relay, lang) }) : name, lang);
}

/**
 * Whether a speaker takes a plural verb (groups of people do).
 * @param {Records} records @param {string | null} id
 */
export function isMany(records, id) {
  const node = records.nodes.get(id);
  return Boolean(node?.plural) || node?.kind === "people";
}

/**
 * "says", "alleges", "denies": the verb of a stance, for one or many.
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function stanceVerb(records, claim, lang) {
  const key = {
    asserted: "asserted",
    alleged: "alleged",
    presumed: "presumed",
    denied: "denies",
    contested: "contests",
    asked: "asked",
    declined: "declined",
    mentioned: "mentioned",
  }[claim.stance];
  const many = isMany(records, claim.speaker) && key !== "asked";
  return word(lang, many ? `${key}Many` : key);
}

/**
 * The word of a stance in a filter.
 * @param {string} value @param {Lang} lang
 */
export function stanceWord(value, lang) {
  const key = { denied: "denies", contested: "contests" }[value] ?? value;
  return word(lang, key);
}

/**
 * "the White House denies it": who opposes a relationship, those who deny before those who dispute.
 * @param {Records} records @param {string} propId @param {Lang} lang
 */
export function opposition(records, propId, lang) {
  const prop = records.props.get(propId);
  const parts = [];
  for (const stance of ["denied", "contested"]) {
    const claims = prop.claims
      .map((id) => records.claims.get(id))
      .filter((claim) => claim && claim.stance === stance && !claim.withdrawn);
    const speakers = [...new Set(claims.filter((claim) => claim.speaker !== null).map((claim) => claim.speaker))];
    const names = speakers.map((id) => nameInside(records, id, lang));
    const verb = stance === "denied" ? "deniesIt" : "contestsIt";
    if (names.length) {
      const many = speakers.length > 1 || isMany(records, speakers[0]);
      parts.push(word(lang, many ? `${verb}Many` : verb, { name: atMost(names, NAME_LIMIT, lang) }));
    } else if (claims.length) parts.push(word(lang, stance === "denied" ? "notStatedDenies" : "notStatedContests"));
  }
  return parts.join("; ");
}

/**
 * So many names, and how many more there are.
 * @param {string[]} names @param {number} most @param {Lang} lang
 */
export function atMost(names, most, lang) {
  if (names.length <= most) return joinNames(names, lang);
  return word(lang, "cast.others", { names: names.slice(0, most).map(isolate).join(", "), n: names.length - most });
}

/**
 * The modalities that are not "actual" among the affirming statements, in words.
 * @param {Records} records @param {string} propId @param {Lang} lang
 */
export function notYetWords(records, propId, lang) {
  const prop = records.props.get(propId);
  const found = prop.claims
    .map((id) => records.claims.get(id))
    .filter((claim) => claim && claim.side === "affirm" && claim.modality !== "actual");
  return [...new Set(found.map((claim) => claim.modality))].map((modality) => word(lang, modality)).join(", ");
}

/**
 * The standing of a relationship as one phrase: never without its denier, never stronger than its line.
 * @param {Records} records @param {string} propId @param {Lang} lang @param {Line|undefined} [line]
 */
export function standingWords(records, propId, lang, line) {
  const words = wholeStanding(records, propId, lang, line);
  const { deniedInPart, line: own } = records.props.get(propId);
  return deniedInPart && own !== "disputed" ? `${words}; ${word(lang, "deniedInPart")}` : words;
}

/** @param {Records} records @param {string} propId @param {Lang} lang @param {Line|undefined} [line] */
function wholeStanding(records, propId, lang, line) {
  const prop = records.props.get(propId);
  const how = line ?? prop.line;
  const against = opposition(records, propId, lang);
  if (how === "accepted") {
    const words = word(lang, "standAccepted", { date: readableDate(prop.accepted?.on ?? "", lang) });
    return against ? `${words}; ${against}` : words;
  }
  if (how === "disputed") return word(lang, "standDisputed", { who: against || word(lang, "notStatedDenies") });
  if (how === "denied")
    return against ? `${capital(against)}. ${capital(word(lang, "standDenied"))}` : word(lang, "standDenied");
  if (how === "notyet")
    return word(lang, "standNotyet", { word: notYetWords(records, propId, lang) || word(lang, "planned") });
  if (how === "said" && prop.sign === "notyet")
    return word(lang, "standMixed", { word: notYetWords(records, propId, lang) });
  if (how === "said" && prop.sign !== "said") return word(lang, `stand${capital(prop.sign)}`);
  return word(
    lang,
    { said: "standSaid", soft: "standSoft", open: "standOpen", rejected: "standRejected", mentioned: "standMentioned" }[
      how
    ] ?? "standSaid",
  );
}

/**
 * What the filters hide of a relationship that still shows: ["1 denial hidden by your filter"].
 * @param {Partial<Seen> | undefined} seen @param {Lang} lang
 */
export function hiddenWords(seen, lang) {
  if (!seen) return [];
  const list = [];
  if (seen.hiddenAnswers) list.push(word(lang, "denialHidden", { n: seen.hiddenAnswers }));
  if (seen.hiddenAffirming) list.push(word(lang, "affirmHidden", { n: seen.hiddenAffirming }));
  if (seen.hiddenOther) list.push(word(lang, "otherHidden", { n: seen.hiddenOther }));
  for (const key of ["laterAnswers", "laterOther", "outsideAnswers", "outsideAffirming", "outsideOther"])
    if (seen[key]) list.push(word(lang, key, { n: seen[key] }));
  return list;
}

/**
 * Who affirms, who denies and who disputes, by name, for the label of a disputed line; "" where nobody does.
 * @param {Records} records @param {string} propId @param {Lang} lang
 */
export function sidesOf(records, propId, lang) {
  /** @param {(claim: Claim) => boolean} wanted */
  const named = (wanted) => {
    const claims = records.props
      .get(propId)
      .claims.map((id) => records.claims.get(id))
      .filter((claim) => claim && wanted(claim) && !claim.withdrawn);
    const names = [...new Set(claims.map((claim) => speakerName(records, claim, lang)))];
    return atMost(names, 2, lang);
  };
  return {
    affirm: named((claim) => claim.side === "affirm") || word(lang, "notStated"),
    deny: named((claim) => claim.stance === "denied"),
    dispute: named((claim) => claim.stance === "contested"),
  };
}

/**
 * The title of a "speaks about" edge.
 * @param {Records} records @param {EdgeRecord} edge @param {Lang} lang
 */
export function speaksTitle(records, edge, lang) {
  const target = records.nodes.get(edge.to);
  const about =
    target.type === "statement"
      ? `“${inLanguage(records.props.get(target.prop)?.title ?? target.label, lang)}”`
      : isolate(nameInside(records, edge.to, lang));
  return speaksWordsOf(records, edge.from, about, lang);
}

/**
 * "X speaks about …", as a sentence begins.
 * @param {Records} records @param {string} speaker @param {string} about @param {Lang} lang
 */
export function speaksWordsOf(records, speaker, about, lang) {
  return capital(
    contracted(
      word(lang, isMany(records, speaker) ? "speaksAboutMany" : "speaksAbout", {
        a: isolate(nameInside(records, speaker, lang)),
        b: about,
      }),
      lang,
    ),
  );
}

// How the weakest part of a folded line stands, in the words for being in one event together.
const BOTH_IN = {
  accepted: "bothIn",
  said: "bothInSaid",
  soft: "bothInSoft",
  notyet: "bothInNotyet",
  disputed: "bothInSaid",
  denied: "bothInDenied",
  open: "bothInOpen",
  rejected: "bothInRejected",
  mentioned: "bothInMentioned",
};

/**
 * "both said to be in: …": two in one event, never stronger than the weakest of the parts.
 * @param {Records} records @param {EdgeRecord} edge @param {string} name @param {Lang} lang
 */
export function bothInWords(records, edge, name, lang) {
  const how = [
    ...new Set(
      (edge.parts ?? [])
        .map((id) => notYetWords(records, id, lang))
        .filter(Boolean)
        .flatMap((words) => words.split(", ")),
    ),
  ].join(", ");
  return word(lang, BOTH_IN[edge.line] ?? "bothInSaid", { name, how: how || word(lang, "planned") });
}

/**
 * The title of an edge with parts: who is in it together, and no verb.
 * @param {Records} records @param {EdgeRecord} edge @param {Lang} lang
 */
export function partsTitle(records, edge, lang) {
  const ends = [edge.from, edge.to].map((id) => nameOf(records, id, lang));
  const names = joinNames(ends, lang);
  const line = edge.line === "disputed" || edge.line === "denied" ? `; ${disputedParts(records, edge, lang)}` : "";
  if (edge.type === "folded")
    return `${names}; ${bothInWords(records, edge, isolate(nameOf(records, edge.event ?? null, lang)), lang)}${line}`;
  return `${word(lang, "relationships", { n: (edge.parts ?? []).length })}: ${names}${line}`;
}

/**
 * Who denies parts of an edge, for its words: "1 disputed: the port authority denies it".
 * @param {Records} records @param {EdgeRecord} edge @param {Lang} lang
 */
export function disputedParts(records, edge, lang) {
  const against = (edge.parts ?? []).map((id) => opposition(records, id, lang)).filter(Boolean);
  return against.length
    ? word(lang, "partsDisputed", { n: against.length, who: [...new Set(against)].slice(0, 2).join("; ") })
    : "";
}

/**
 * The names of those who affirm a relationship, each once; what was withdrawn does not count.
 * @param {Records} records @param {string} id @param {Lang} lang
 */
export function affirmersOf(records, id, lang) {
  const claims = records.props
    .get(id)
    .claims.map((each) => records.claims.get(each))
    .filter((claim) => claim && claim.side === "affirm" && !claim.withdrawn);
  return [...new Set(claims.map((claim) => voiceName(records, claim, lang)))];
}
