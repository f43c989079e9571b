// Filters: which statements are shown. A filter hides relationships, never the answer to one that is still shown.
import { clockIsSet, happensWithin, saidBy } from "./clocks.js";
import { BY_RELATIONSHIP } from "./filtergroups.js";
import { passesThrough } from "./knockout.js";
import { isAsked } from "./perspective.js";
import { endsOfProp, tableOf } from "./records.js";
import { fold } from "./text.js";

export const DIMENSIONS = [
  "speaker",
  "position",
  "standing",
  "modality",
  "origins",
  "hedge",
  "via",
  "document",
  "kind",
  "relation",
];
/** Lines drawn only when asked for. */
export const ON_REQUEST = ["denied", "open", "rejected", "mentioned"];
export const NOBODY = "";
/** Clocks as the page opens: nothing is too late, too early, or left out for having no date. */
export const NO_CLOCK = { known: null, from: null, to: null, undated: true };

// A statement never changes: its values are read once; so are the dimensions of a case.
/** @type {WeakMap<Claim, Record<string, string[]>>} */
const KNOWN_VALUES = new WeakMap();
const KNOWN_DIMENSIONS = new WeakMap();

/** @type {Record<string, (records: Records, claim: Claim) => string[]>} */
const VALUES = {
  speaker: (_, claim) => [claim.speaker ?? NOBODY],
  position: (_, claim) => [
    claim.speaker === null && claim.side === "affirm" && claim.stance === "asserted" ? "unstated" : claim.stance,
  ],
  standing: (records, claim) => [records.props.get(claim.prop).sign],
  modality: (_, claim) => [claim.modality],
  origins: (records, claim) => [String(records.props.get(claim.prop).origins)],
  hedge: (_, claim) =>
    claim.hedges.length
      ? [...new Set(claim.hedges.map((hedge) => fold(String(typeof hedge === "object" ? hedge.en : hedge))))]
      : [NOBODY],
  via: (_, claim) => (claim.via.length ? [...new Set(claim.via)] : [NOBODY]),
  document: (_, claim) => [claim.document],
  kind: (records, claim) => [...new Set(endsOfProp(records, claim.prop).map((id) => records.nodes.get(id).kind))],
  relation: (records, claim) => [records.props.get(claim.prop).relation],
};

/**
 * The values of one statement in one dimension; it is hidden when any of them is unticked.
 * @param {Records} records @param {Claim} claim @param {string} dimension
 */
function valuesOf(records, claim, dimension) {
  let known = KNOWN_VALUES.get(claim);
  if (!known) {
    known = {};
    KNOWN_VALUES.set(claim, known);
  }
  known[dimension] ??= VALUES[dimension](records, claim);
  return known[dimension];
}

/**
 * Every dimension that can change something here: value → how many statements have it (of a relation or a kind, how
 * many relationships); `fixed`: those that all have.
 * @param {Records} records
 */
export function readDimensions(records) {
  if (KNOWN_DIMENSIONS.has(records.claims)) return KNOWN_DIMENSIONS.get(records.claims);
  const found = [];
  for (const dimension of DIMENSIONS) {
    const counts = new Map();
    const isFirst = firstOfEach(dimension);
    let all = 0;
    for (const id of records.order) {
      const claim = records.claims.get(id);
      if (!isFirst(claim)) continue;
      all += 1;
      for (const value of valuesOf(records, claim, dimension)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const fixed = [...counts].filter(([, count]) => count === all).map(([value]) => value);
    const free = [...counts].filter(([, count]) => count < all);
    if (free.length)
      found.push({ dimension, counts: new Map(free.sort(dimension === "origins" ? byNumber : byCount)), fixed });
  }
  KNOWN_DIMENSIONS.set(records.claims, found);
  return found;
}

/**
 * For every dimension how many statements (or relationships) each value would show, the other dimensions as they are:
 * Map dimension → Map.
 * @param {Records} records @param {Off} off @param {Partial<PageState>} [state]
 */
export function facetCounts(records, off, state = {}) {
  const found = new Map(DIMENSIONS.map((dimension) => [dimension, new Map()]));
  const unticked = untickedIn(off);
  const firsts = new Map(DIMENSIONS.map((dimension) => [dimension, firstOfEach(dimension)]));
  for (const id of records.order) {
    const claim = records.claims.get(id);
    if (takenOut(records, claim, state)) continue;
    const against = unticked.filter(([dimension, values]) =>
      valuesOf(records, claim, dimension).some((value) => values.has(value)),
    );
    if (against.length > 1) continue;
    for (const dimension of against.length ? [against[0][0]] : DIMENSIONS) {
      const counts = found.get(dimension);
      if (!counts || !firsts.get(dimension)?.(claim)) continue;
      for (const value of valuesOf(records, claim, dimension)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return found;
}

// Whether a statement counts: each does, or the first of each relationship.
/** @param {string} dimension @returns {(claim: Claim) => boolean} */
function firstOfEach(dimension) {
  if (!BY_RELATIONSHIP.includes(dimension)) return () => true;
  const seen = new Set();
  return ({ prop }) => !seen.has(prop) && Boolean(seen.add(prop));
}

/**
 * What the filters, the clocks and what was asked leave: `shown` (statement ids), `hidden` (how many are not),
 * `reasons` (statement → "filter" | "later" | "outside"), and for each relationship that still shows its line and
 * what is hidden on either side. state: {clock, ask}, as in state.js.
 * @param {Records} records @param {Off} off @param {Partial<PageState>} [state]
 */
export function lookThrough(records, off, state = {}) {
  /** @type {Set<string>} */
  const shown = new Set();
  /** @type {Map<string, string>} */
  const reasons = new Map();
  const unticked = untickedIn(off);
  for (const id of records.order) {
    const claim = records.claims.get(id);
    const why =
      takenOut(records, claim, state) ??
      (unticked.some(([dimension, values]) => valuesOf(records, claim, dimension).some((value) => values.has(value)))
        ? "filter"
        : null);
    if (why) reasons.set(id, why);
    else shown.add(id);
  }
  /** @type {Table<Showing>} */
  const props = tableOf();
  for (const [id, prop] of records.props) {
    const own = prop.claims.filter((claim) => records.claims.has(claim));
    const left = own.filter((claim) => shown.has(claim));
    if (own.length && !left.length) continue;
    const gone = left.length === own.length ? [] : own.filter((claim) => !shown.has(claim));
    const line = lineUnder(records, prop, left, gone.length);
    const weakened = line !== prop.line;
    props.set(id, { line, sign: weakened ? line : prop.sign, weakened, ...hiddenSides(records, prop, gone, reasons) });
  }
  return {
    shown,
    reasons,
    props,
    filtered: shown.size < records.order.length,
    clock: state.clock ?? NO_CLOCK,
    ask: state.ask ?? null,
  };
}

/**
 * As which line a relationship is drawn: what some say is done and others only plan, as not yet so.
 * @param {Pick<Seen, "line" | "sign">} seen @returns {Line}
 */
export function drawnLine({ line, sign }) {
  return line === "said" && sign === "notyet" ? "notyet" : line;
}

// Why a statement is out whatever is ticked: the other world, the other source, not said yet, or not in those days.
/** @param {Records} records @param {Claim} claim @param {Partial<PageState>} state */
function takenOut(records, claim, { clock = NO_CLOCK, ask = null }) {
  if (ask?.kind === "without" && ask.source && passesThrough(records, claim).has(ask.source)) return "outside";
  if (ask?.kind === "according" && ask.a && !isAsked(claim, ask)) return "outside";
  if (!clockIsSet(clock)) return null;
  if (clock.known && (saidBy(records, claim) ?? "") > clock.known) return "later";
  return happensWithin(records, claim.prop, clock) ? null : "filter";
}

/** @param {Records} records @param {Proposition} prop @param {string[]} gone @param {Map<string, string>} reasons */
function hiddenSides(records, prop, gone, reasons) {
  /** @type {Record<string, number>} */
  const found = {
    hiddenAnswers: 0,
    hiddenAffirming: 0,
    hiddenOther: 0,
    laterAnswers: 0,
    laterOther: 0,
    outsideAnswers: 0,
    outsideAffirming: 0,
    outsideOther: 0,
  };
  for (const id of gone) {
    const side = sideOn(records, prop, id);
    const why = reasons.get(id);
    const name = side === "oppose" ? "Answers" : side === "affirm" ? "Affirming" : "Other";
    if (why === "later") found[name === "Answers" ? "laterAnswers" : "laterOther"] += 1;
    else found[`${why === "outside" ? "outside" : "hidden"}${name}`] += 1;
  }
  return found;
}

// A statement about a wider relationship may affirm it and oppose this one: what it does here counts.
/** @param {Records} records @param {Proposition} prop @param {string} id */
function sideOn(records, prop, id) {
  if (prop.opposedBy?.includes(id)) return "oppose";
  if (prop.affirmedBy?.includes(id)) return "affirm";
  return records.claims.get(id).side;
}

// A dispute stays a dispute whoever is unticked; what is only said becomes as weak as what is left of it.
/**
 * @param {Records} records @param {Proposition} prop @param {string[]} left @param {number} gone
 * @returns {Line}
 */
function lineUnder(records, prop, left, gone) {
  if (!gone || !["said", "soft", "notyet"].includes(prop.line)) return prop.line;
  const affirming = left
    .map((id) => records.claims.get(id))
    .filter((claim) => claim.side === "affirm" && !claim.withdrawn);
  if (!affirming.length) return "open";
  const actual = affirming.filter((claim) => claim.modality === "actual");
  if (!actual.length) return "notyet";
  return prop.line === "said" && actual.some((claim) => claim.firm) ? "said" : "soft";
}

/** @param {Off} off */
function untickedIn(off) {
  return DIMENSIONS.filter((dimension) => off[dimension]?.length).map(
    (dimension) => /** @type {const} */ ([dimension, new Set(off[dimension])]),
  );
}

/** @param {[string, number]} a @param {[string, number]} b */
function byCount(a, b) {
  return b[1] - a[1] || String(a[0]).localeCompare(String(b[0]));
}

/** @param {[string, number]} a @param {[string, number]} b */
function byNumber(a, b) {
  return Number(a[0]) - Number(b[0]);
}
