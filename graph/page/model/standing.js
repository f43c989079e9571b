// How a relationship stands, in words: who denies it by name, what is planned, what nobody has answered.
import {capital, inLanguage, isolate, joinNames, readableDate} from "./text.js";
import {word} from "../words.js";

const NAME_LIMIT = 3;

/** A node's name in `lang`. */
export function nameOf(records, id, lang) {
  const node = records.nodes.get(id);
  return node ? inLanguage(node.label, lang) || node.id : "";
}

/** Who speaks in a statement: the name, or "not stated". */
export function speakerName(records, claim, lang) {
  return claim.speaker === null ? word(lang, "notStated") : nameOf(records, claim.speaker, lang);
}

/** Whether a speaker takes a plural verb (groups of people do). */
function isMany(records, id) {
  return records.nodes.get(id)?.kind === "people";
}

/** "says", "alleges", "denies": the verb of a stance, for one or many. */
export function stanceVerb(records, claim, lang) {
  const key = { asserted: "asserted", alleged: "alleged", presumed: "presumed", denied: "denies", contested: "contests", asked: "asked", declined: "declined", mentioned: "mentioned" }[claim.stance];
  const many = isMany(records, claim.speaker) && key !== "asked";
  return word(lang, many ? `${key}Many` : key);
}

/** The word of a stance in a filter. */
export function stanceWord(value, lang) {
  const key = { denied: "denies", contested: "contests" }[value] ?? value;
  return word(lang, key);
}

/** "the White House denies it": who opposes a relationship, those who deny before those who dispute. */
export function opposition(records, propId, lang) {
  const prop = records.props.get(propId);
  const parts = [];
  for (const stance of ["denied", "contested"]) {
    const claims = prop.claims.map((id) => records.claims.get(id)).filter((claim) => claim && claim.stance === stance && !claim.withdrawn);
    const speakers = [...new Set(claims.filter((claim) => claim.speaker !== null).map((claim) => claim.speaker))];
    const names = speakers.slice(0, NAME_LIMIT).map((id) => nameOf(records, id, lang));
    const verb = stance === "denied" ? "deniesIt" : "contestsIt";
    if (names.length) {
      const many = speakers.length > 1 || isMany(records, speakers[0]);
      const rest = speakers.length - names.length;
      parts.push(word(lang, many ? `${verb}Many` : verb, { name: joinNames(rest ? [...names, `+${rest}`] : names, lang) }));
    } else if (claims.length) parts.push(word(lang, stance === "denied" ? "notStatedDenies" : "notStatedContests"));
  }
  return parts.join("; ");
}

/** The modalities that are not "actual" among the affirming statements, in words. */
export function notYetWords(records, propId, lang) {
  const prop = records.props.get(propId);
  const found = prop.claims.map((id) => records.claims.get(id)).filter((claim) => claim && claim.side === "affirm" && claim.modality !== "actual");
  return [...new Set(found.map((claim) => claim.modality))].map((modality) => word(lang, modality)).join(", ");
}

/** The standing of a relationship as one phrase: never without its denier, never stronger than its line. */
export function standingWords(records, propId, lang, line) {
  const words = wholeStanding(records, propId, lang, line);
  const { deniedInPart, line: own } = records.props.get(propId);
  return deniedInPart && own !== "disputed" ? `${words}; ${word(lang, "deniedInPart")}` : words;
}

function wholeStanding(records, propId, lang, line) {
  const prop = records.props.get(propId);
  const how = line ?? prop.line;
  const against = opposition(records, propId, lang);
  if (how === "accepted") {
    const words = word(lang, "standAccepted", { date: readableDate(prop.accepted?.on ?? "", lang) });
    return against ? `${words}; ${against}` : words;
  }
  if (how === "disputed") return word(lang, "standDisputed", { who: against || word(lang, "notStatedDenies") });
  if (how === "denied") return against ? `${capital(against)}. ${capital(word(lang, "standDenied"))}` : word(lang, "standDenied");
  if (how === "notyet") return word(lang, "standNotyet", { word: notYetWords(records, propId, lang) || word(lang, "planned") });
  return word(lang, { said: "standSaid", soft: "standSoft", open: "standOpen", rejected: "standRejected", mentioned: "standMentioned" }[how] ?? "standSaid");
}

/** What the filters hide of a relationship that still shows: ["1 denial hidden by your filter"]. */
export function hiddenWords(seen, lang) {
  if (!seen) return [];
  const list = [];
  if (seen.hiddenAnswers) list.push(word(lang, "denialHidden", { n: seen.hiddenAnswers }));
  if (seen.hiddenAffirming) list.push(word(lang, "affirmHidden", { n: seen.hiddenAffirming }));
  if (seen.hiddenOther) list.push(word(lang, "otherHidden", { n: seen.hiddenOther }));
  return list;
}

/** Those who affirm and those who oppose, by name, for the label of a disputed line: "A × B". */
export function bothNames(records, propId, lang) {
  const side = (which) => {
    const claims = records.props.get(propId).claims.map((id) => records.claims.get(id)).filter((claim) => claim && claim.side === which && !claim.withdrawn);
    const names = [...new Set(claims.map((claim) => speakerName(records, claim, lang)))];
    return names.length > 1 ? `${isolate(names[0])} +${names.length - 1}` : names.map(isolate).join("");
  };
  return `${side("affirm") || word(lang, "notStated")} × ${side("oppose") || word(lang, "notStated")}`;
}

/** The title of a "speaks about" edge. */
export function speaksTitle(records, edge, lang) {
  const target = records.nodes.get(edge.to);
  const about = target.type === "statement" ? `“${inLanguage(records.props.get(target.prop)?.title ?? target.label, lang)}”` : isolate(nameOf(records, edge.to, lang));
  return word(lang, isMany(records, edge.from) ? "speaksAboutMany" : "speaksAbout", { a: isolate(nameOf(records, edge.from, lang)), b: about });
}
