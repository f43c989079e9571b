// A path in words that can be quoted: what it stands on and what it does not say, its steps, the weakest, a note for
// each statement.
import { colophon, footnote } from "./docket.js";
import { needsOf } from "./paths.js";
import { nameInside, nameOf, speaksWordsOf } from "./standing.js";
import { inLanguage, isolate, joinNames } from "./text.js";
import { word } from "../words.js";

const MOST_NOTES = 6;
const LEFT_OUT = { sensitive: "leftSensitive", disputed: "leftDisputed", notyet: "leftNotyet" };

/**
 * "4 separate statements by 3 speakers; no source here states a connection between A and B."
 * @param {Records} records @param {Path} path @param {Direct} direct @param {Lang} lang
 */
export function pathHead(records, path, direct, lang) {
  const ends = [path.hops[0].source, path.hops[path.hops.length - 1].target];
  const by = path.speakers.length ? word(lang, "bySpeakers", { n: path.speakers.length }) : "";
  const nobody = path.unnamed ? word(lang, "byUnnamed", { n: path.unnamed }) : "";
  const walked = path.hops.map((hop) => hop.prop).filter(Boolean);
  const said = connection(records, direct, ends, walked, path.leftOut, lang);
  return `${word(lang, "separate", { n: path.statements })}${by}${nobody}; ${said}.`;
}

/**
 * What is said when no path is found.
 * @param {Records} records @param {any} a @param {any} b @param {Direct} direct @param {any} leftOut @param {Lang} lang
 */
export function pathNothing(records, a, b, direct, leftOut, lang) {
  const first = word(lang, "noPath", { a: nameInside(records, a, lang), b: nameInside(records, b, lang) });
  return [
    `${first}; ${connection(records, direct, [a, b], null, leftOut, lang)}.`,
    ...(leftOut.length ? [leftOutWords(leftOut, lang)] : []),
  ].join("\n");
}

/**
 * One step as a sentence: the relationship's own, or "X speaks about Y."
 * @param {Records} records @param {Hop} hop @param {Lang} lang
 */
export function hopSentence(records, hop, lang) {
  if (hop.prop) return inLanguage(records.props.get(hop.prop).summary, lang);
  const about = nameInside(records, hop.speaker === hop.target ? hop.source : hop.target, lang);
  return `${speaksWordsOf(records, hop.speaker, isolate(about), lang)}.`;
}

/**
 * "The weakest step is 2: only softly said."
 * @param {Records} records @param {Path} path @param {Lang} lang
 */
export function weakestWords(records, path, lang) {
  const hop = path.hops[path.weakest];
  const how =
    hop.prop === null
      ? word(lang, "stepSpeaks")
      : hop.line === "said"
        ? word(lang, "stepSaid", { n: records.props.get(hop.prop).origins })
        : word(
            lang,
            { accepted: "stepAccepted", disputed: "stepDisputed", soft: "stepSoft", notyet: "stepNotyet" }[hop.line],
          );
  const why = hop.prop && records.props.get(hop.prop).sensitive ? `${how}, ${word(lang, "stepSensitive")}` : how;
  return word(lang, path.hops.length > 1 ? "weakestStep" : "onlyStep", { n: path.weakest + 1, why });
}

/**
 * "Not walked: sensitive, disputed relationships."
 * @param {any} leftOut @param {Lang} lang
 */
export function leftOutWords(leftOut, lang) {
  return word(lang, "notWalked", { list: leftOut.map((each) => word(lang, LEFT_OUT[each])).join(", ") });
}

/**
 * The path as text with footnotes.
 * @param {Records} records @param {Path} path @param {Direct} direct @param {Lang} lang
 */
export function pathText(records, path, direct, lang) {
  const notes = new Map();
  /** @param {string} id */
  const mark = (id) => {
    if (!notes.has(id)) notes.set(id, notes.size + 1);
    return `[${notes.get(id)}]`;
  };
  const steps = path.hops.map((hop, index) => {
    const shown = hop.prop ? hop.claims : hop.claims.slice(0, MOST_NOTES);
    const rest = hop.claims.length - shown.length;
    const beside = hop.beside
      .map((id) => ` ${word(lang, "alsoBetween", { sentence: inLanguage(records.props.get(id).summary, lang) })}`)
      .join("");
    const more = rest ? ` (${word(lang, "andMore", { n: rest })})` : "";
    return `${index + 1}. ${hopSentence(records, hop, lang)} ${shown.map(mark).join("")}${more}${beside}`;
  });
  return [
    pathHead(records, path, direct, lang),
    "",
    ...steps,
    "",
    weakestWords(records, path, lang),
    word(lang, "pathRule"),
    ...(path.leftOut.length ? [leftOutWords(path.leftOut, lang)] : []),
    "",
    ...[...notes].map(([id, number]) => `[${number}] ${footnote(records, records.claims.get(id), lang)}`),
  ].join("\n");
}

/**
 * The path as it is copied: with the version, the filters and what a line is.
 * @param {Page} page @param {Path} path @param {Direct} direct
 */
export function pathCopy(page, path, direct) {
  return [
    pathText(page.records, path, direct, page.lang),
    "",
    ...colophon(page.records, page.lens, page.lang, page.unticked),
  ].join("\n");
}

// Whether a source connects the two itself. `walked`: the relationships of a path; null when there is no path.
/**
 * @param {Records} records @param {Direct} direct @param {any} ends @param {any} walked @param {any} leftOut
 * @param {Lang} lang
 */
function connection(records, direct, ends, walked, leftOut, lang) {
  const names = { a: nameInside(records, ends[0], lang), b: nameInside(records, ends[1], lang) };
  if (walked?.length === 1 && direct.stated.includes(walked[0])) return word(lang, "connStated", names);
  if (direct.stated.length) {
    const off = leftOut.filter((each) => direct.stated.every((id) => needsOf(records, null, id).includes(each)));
    const why = off.length
      ? word(lang, "connLeftOut", { list: off.map((each) => word(lang, LEFT_OUT[each])).join(", ") })
      : "";
    return `${word(lang, walked ? "connElsewhere" : "connStated", names)}${why}`;
  }
  if (direct.joint.length) {
    const [node, speaker] = direct.joint[0];
    return word(lang, "connJoint", {
      ...names,
      who: speaker ? nameInside(records, speaker, lang) : word(lang, "somebody"),
      where: nameOf(records, node, lang),
    });
  }
  return word(lang, direct.unaffirmed.length ? "connUnaffirmed" : "connNone", names);
}

/**
 * Several names as a heading: "A and B".
 * @param {Records} records @param {string[]} ids @param {Lang} lang
 */
export function namesTitle(records, ids, lang) {
  return joinNames(
    ids.map((id) => nameOf(records, id, lang)),
    lang,
  );
}
