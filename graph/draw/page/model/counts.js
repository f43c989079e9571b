// The published figures over what the page shows. How each is counted comes with the data (graph/figures.py); what a
// record is like is read here.
import { isAgent } from "./records.js";

/** @type {Record<string, string>} */
const VALUE_KINDS = { money: "sum", figure: "count", date: "date" };
const NO_ANSWERS = ["declined", "mentioned"];

// What a rule may ask of a record, by the names that the rules have for it.
/** @type {Record<string, Record<string, (records: Records, record: any, id: string) => unknown>>} */
const FEATURES = {
  document: {},
  actor: { agent: isAgent },
  statement: {
    mention: (_, claim) => claim.stance === "mentioned",
    named: (_, claim) => claim.speaker !== null,
    own: (records, claim) =>
      claim.speaker !== null && claim.speaker === records.documents.get(claim.document)?.publisher,
    retracted: (_, claim) => isRetracted(claim),
    speaker: (_, claim) => claim.speaker,
    reading: (_, claim, id) => [id, ...claim.alternatives].sort()[0],
  },
  relationship: {
    line: (_, prop) => prop.line,
    origins: (_, prop) => prop.origins,
    affirmed: (_, prop) => prop.affirmedBy.length > 0,
    opposed: (_, prop) => prop.opposedBy.length > 0,
    answered: (_, prop) => prop.opposedBy.length > 0 || prop.wholeOpposed,
    disputed: (records, prop, id) => (prop.disputed || prop.deniedInPart) && !isItsPeriods(records, prop, id),
    sensitive: (_, prop) => prop.sensitive,
    spoken: (records, prop, id) => ownClaims(records, prop, id).length > 0,
    accusation: (_, prop) => prop.affirmedBy.length > 0 && prop.accused.length > 0,
    unheard: (records, prop, id) => isUnheard(records, prop, id, [prop.subject, prop.third, ...prop.accused]),
    silent: (records, prop, id) => isUnheard(records, prop, id, prop.accused),
    value: (_, prop) => VALUE_KINDS[prop.value?.kind] ?? null,
  },
};
/** @type {Record<string, (records: Records) => Map<string, any>>} */
const RECORDS = {
  document: (records) => records.documents,
  actor: (records) => new Map([...records.nodes].filter(([, node]) => node.type === "node")),
  statement: (records) => records.claims,
  relationship: (records) => records.props,
};

/**
 * How many a figure counts among some records: a Set or a Map of their ids, or null for all that are here. What a
 * record is like stays as it is in the whole: a filter makes no answered accusation an unanswered one.
 * @param {Records} records @param {string} name @param {Set<string> | null} [among]
 */
export function countFigure(records, name, among = null) {
  const { of, where, distinct } = records.data.figures.rules[name];
  const features = FEATURES[of];
  const wanted = Object.entries(where);
  const found = new Set();
  for (const [id, record] of RECORDS[of](records)) {
    if (among && !among.has(id)) continue;
    if (wanted.every(([feature, values]) => values.includes(features[feature](records, record, id))))
      found.add(distinct ? features[distinct](records, record, id) : id);
  }
  return found.size;
}

/**
 * {n, m}: how many statements are among some, and how many there are here.
 * @param {Records} records @param {Set<string>} among
 */
export function statementsAmong(records, among) {
  return { n: countFigure(records, "statements", among), m: countFigure(records, "statements") };
}

/**
 * How many statements the filters hide.
 * @param {Records} records @param {Lens} lens
 */
export function statementsHidden(records, lens) {
  const { n, m } = statementsAmong(records, lens.shown);
  return m - n;
}

/**
 * {n, m}: how many sums, quantities and dates are among some relationships, and how many there are here.
 * @param {Records} records @param {Set<string>} among
 */
export function valuesAmong(records, among) {
  /** @param {Set<string> | null} ids */
  const sum = (ids) => ["sums", "counts", "dates"].reduce((total, name) => total + countFigure(records, name, ids), 0);
  return { n: sum(among), m: sum(null) };
}

/** @param {Records} records @param {Proposition} prop @param {string} id */
function ownClaims(records, prop, id) {
  return prop.claims.map((each) => records.claims.get(each)).filter((claim) => claim?.prop === id);
}

// Whether nobody speaks of it as a whole, and a period of it is disputed: the dispute is then the period's.
/** @param {Records} records @param {Proposition} prop @param {string} id */
function isItsPeriods(records, prop, id) {
  return (
    !ownClaims(records, prop, id).length &&
    [...records.props.values()].some((each) => each.narrows === id && each.disputed)
  );
}

// Whether an actor among some has not spoken of it; what was answered to us is an answer, too.
/** @param {Records} records @param {Proposition} prop @param {string} id @param {(string | null)[]} among */
function isUnheard(records, prop, id, among) {
  const own = ownClaims(records, prop, id);
  if (own.some((claim) => Object.values(claim.reply?.answer ?? {}).some(Boolean))) return false;
  const heard = new Set(
    own
      .filter((claim) => !NO_ANSWERS.includes(claim.stance) && !isRetracted(claim))
      .flatMap((claim) => [claim.speaker, claim.for]),
  );
  return among.some((end) => isAgent(records, records.nodes.get(end)) && !heard.has(end));
}

/** @param {Claim} claim */
function isRetracted(claim) {
  return claim.withdrawn || Boolean(claim.corrected);
}
