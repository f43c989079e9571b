// The words on a line: the bare verb with the mark of its standing, below it who says so, and who denies it. No crop of
// a line is without its speaker.
import { clip, inLanguage, readableDate, wrapLines } from "../model/text.js";
import {
  bothInWords,
  disputedParts,
  nameOf,
  notYetWords,
  sidesOf,
  standingWords,
  voiceName,
} from "../model/standing.js";
import { shortName } from "../model/shortnames.js";
import { countedNames, implying, toldOf } from "../model/told.js";
import { word } from "../words.js";

const DENIER_LIMIT = 60;
const EDGE_LIMIT = 64;
const WITH_CROSS = ["disputed", "denied", "rejected"];
/** Characters of a row, and rows at most of what is said. */
const WIDTHS = [
  [24, 3],
  [17, 4],
];
// Words of a line that bears × must stand: further ways to set them, for where they find no room.
const CROSS_WIDTHS = [
  [36, 2],
  [30, 3],
  [20, 4],
  [14, 5],
];

/**
 * Ways to set the words of one drawn edge, the best first: {lines, who: the first line that names who says so, nobody:
 * how many lines from there name no speaker}; none for an edge without words. `shows`: the statements that the filters
 * show.
 * @param {Records} records @param {any} item @param {Lang} lang @param {{ has: (id: string) => boolean }} shows
 * @returns {EdgeWay[]}
 */
export function edgeWords(records, item, lang, shows) {
  const { verb, says, answers, silence } = saidOn(records, item, lang, shows);
  const widths = WITH_CROSS.includes(item.line) ? [...WIDTHS, ...CROSS_WIDTHS] : WIDTHS;
  return unlike(
    widths.map(([width, most]) => {
      const said = verb ? wrapLines(clip(verb, EDGE_LIMIT), width, most) : [];
      const by = says.flatMap((row) => wrapLines(row, width + 4, 4));
      const first = says.length ? wrapLines(says[0], width + 4, 4).length : 0;
      const against = answers.flatMap((row) => wrapLines(row, width + 4, 4));
      return { lines: [...said, ...by, ...against], who: said.length, nobody: silence ? first : 0 };
    }),
  );
}

/**
 * Who says what a line stands for, as it is written along a line whose words found no room, the longest way first.
 * @param {Records} records @param {any} item @param {Lang} lang @param {{ has: (id: string) => boolean }} shows
 */
export function speakerTags(records, item, lang, shows) {
  const { verb, says, silence, soft, speakers, implied } = saidOn(records, item, lang, shows);
  const [first, ...others] = says;
  if (!first) return [];
  const tags = [says.join("; ")];
  // A line that somebody added to the drawing is said by nobody, and has no shorter word for that.
  if (implied) tags.push(word(lang, "cast.short.impliedBy", { name: shortName(records, implied, lang) }));
  else if (silence && silence !== "added") tags.push(word(lang, `cast.short.${silence}`));
  else if (speakers?.length) {
    const more = speakers.length > 1 ? ` +${speakers.length - 1}` : "";
    // Two are named, whoever else there is.
    const two = speakers.slice(0, 2).map((id) => shortName(records, id, lang));
    if (two.length > 1) tags.push(`${two.join(", ")}${speakers.length > 2 ? ` +${speakers.length - 2}` : ""}`);
    tags.push(`${nameOf(records, speakers[0], lang)}${more}`, `${shortName(records, speakers[0], lang)}${more}`);
  } else if (others.length) tags.push(`${first} +${others.length}`);
  // Who denies or disputes says the contrary: that goes with the name.
  const mark = item.speaks && verb.startsWith("×") ? "× " : "";
  const marked = soft ? tags.map((name) => word(lang, `cast.short.${soft}`, { name })) : [];
  // What is only alleged says so beside the name; where there is no room for that, the line keeps its mark.
  return [...new Set([...marked, ...tags])].map((text, index) => ({
    text: `${mark}${text}`,
    nobody: Boolean(silence),
    soft: index < marked.length,
  }));
}

// What is said, by whom, and who answers: unbroken rows.
/** @param {Records} records @param {any} item @param {Lang} lang @param {{ has: (id: string) => boolean }} shows */
function saidOn(records, item, lang, shows) {
  const { edge, line } = item;
  if (edge.parts) return partsSaid(records, edge, lang, shows);
  if (item.speaks) return speaksSaid(records, edge, lang);
  if (line === "added") {
    const added = inLanguage(records.data.kinds.added.label, lang);
    return { verb: inLanguage(edge.label, lang), says: [`(${added})`], answers: [], silence: "added" };
  }
  const { sign } = item;
  const claims = claimsOn(records, edge.prop, line, shows);
  const told = toldOf(records, edge.prop, claims, { line, sign }, lang);
  // When a filter left only that much of it, the word alone.
  const verb =
    item.said ?? (item.seen?.weakened && line === "notyet" ? notYetWords(records, edge.prop, lang) : told.verb);
  const answers = WITH_CROSS.includes(line) ? answersOf(records, item, lang) : told.against;
  if (line === "accepted") answers.push(acceptedOn(records, edge.prop, lang));
  // Of data that is not of our vocabulary most is said by nobody: no line needs to say so.
  const says = told.silence && records.data.lifted ? told.says.slice(1) : told.says;
  const silence = says.length ? told.silence : "";
  const implied = silence === "implied" ? implying(records, claims.find((claim) => claim.implied) ?? claims[0]) : "";
  return { verb, says, answers, silence, implied, soft: told.soft, speakers: namedBy(claims) };
}

// The statements that a line is written from. What a filter hides is no speaker of what it leaves, but of a dispute
// both sides stay; what follows from narrower statements is said by those who make them.
/** @param {Records} records @param {string} id @param {Line} line @param {{ has: (id: string) => boolean }} shows */
function claimsOn(records, id, line, shows) {
  const { claims, affirmedBy } = records.props.get(id);
  const affirmed = claims.some((each) => records.claims.get(each)?.side === "affirm");
  const all = affirmed ? claims : [...claims, ...affirmedBy];
  const left = WITH_CROSS.includes(line) ? all : all.filter((each) => shows.has(each));
  return (left.length ? left : all).map((each) => records.claims.get(each)).filter(Boolean);
}

// Who is named of those who affirm.
/** @param {Claim[]} claims */
function namedBy(claims) {
  return [...new Set(claims.filter(({ side, speaker }) => side === "affirm" && speaker).map(({ speaker }) => speaker))];
}

// Who denies and who disputes, each by name; who is not named is said not to be.
/** @param {Records} records @param {any} item @param {Lang} lang */
function answersOf(records, { edge, line }, lang) {
  if (line === "rejected") return [`× ${word(lang, "lineRejected")}`];
  const { deny, dispute } = sidesOf(records, edge.prop, lang);
  /** @param {string} key @param {string} name */
  const side = (key, name) => (name ? [word(lang, key, { name: clip(name, DENIER_LIMIT) })] : []);
  const answers = [...side("sideDenies", deny), ...side("sideDisputes", dispute)];
  return answers.length ? answers : [standingWords(records, edge.prop, lang, "disputed")];
}

// A line with parts has no verb; who denies one of them stays on it.
/**
 * @param {Records} records @param {EdgeRecord} edge @param {Lang} lang @param {{ has: (id: string) => boolean }} shows
 */
function partsSaid(records, edge, lang, shows) {
  const verb =
    edge.type === "folded"
      ? bothInWords(records, edge, nameOf(records, edge.event, lang), lang)
      : word(lang, "relationships", { n: edge.parts.length });
  const claims = edge.parts.flatMap((id) => claimsOn(records, id, records.props.get(id).line, shows));
  const voices = new Set(
    edge.parts.flatMap((id) => {
      const { sign, line } = records.props.get(id);
      return toldOf(records, id, claimsOn(records, id, line, shows), { line, sign }, lang).says;
    }),
  );
  const against = WITH_CROSS.includes(edge.line) ? [`× ${disputedParts(records, edge, lang)}`] : [];
  const says = countedNames([...voices].filter(Boolean), lang);
  return { verb, says: says ? [says] : [], answers: against, silence: "", speakers: namedBy(claims) };
}

// Who answers a statement says how; about anything else only that somebody speaks about it.
/** @param {Records} records @param {EdgeRecord} edge @param {Lang} lang */
function speaksSaid(records, edge, lang) {
  const target = records.nodes.get(edge.to);
  const claims = edge.claims.map((id) => records.claims.get(id)).filter(Boolean);
  const own = target.type === "statement" ? claims.filter((claim) => claim.prop === target.prop) : [];
  const stances = new Set(own.map(({ stance }) => stance));
  const verb = stances.has("denied")
    ? word(lang, "cast.denies")
    : stances.has("contested")
      ? word(lang, "cast.disputes")
      : word(lang, "lineSpeaks");
  const voices = new Set((own.length ? own : claims).map((claim) => voiceName(records, claim, lang)));
  const [first = nameOf(records, edge.from, lang), ...others] = voices;
  const says = others.length ? nameOf(records, edge.from, lang) : first;
  return { verb, says: [says], answers: [], silence: "", speakers: [edge.from] };
}

// A heavy line says since when we hold it so.
/** @param {Records} records @param {string} propId @param {Lang} lang */
function acceptedOn(records, propId, lang) {
  const { accepted } = records.props.get(propId);
  return `✓ ${readableDate(accepted?.on ?? records.data.edition.version, lang)}`;
}

/** @param {EdgeWay[]} ways */
function unlike(ways) {
  const seen = new Set();
  return ways.filter(({ lines }) => lines.length && !seen.has(lines.join("\n")) && seen.add(lines.join("\n")));
}
