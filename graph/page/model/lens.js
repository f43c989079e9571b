// Filters: which statements are shown. A filter hides relationships, never the answer to one that is still shown.
import {endsOfProp} from "./records.js";

export const DIMENSIONS = ["speaker", "position", "modality", "via", "document", "kind"];
/** Lines drawn only when asked for. */
export const ON_REQUEST = ["denied", "open", "rejected", "mentioned"];
export const NOBODY = "";

// A statement never changes: its values are read once.
const KNOWN = new WeakMap();

const VALUES = {
  speaker: (records, claim) => [claim.speaker ?? NOBODY],
  position: (records, claim) => [claim.speaker === null && claim.side === "affirm" && claim.stance === "asserted" ? "unstated" : claim.stance],
  modality: (records, claim) => [claim.modality],
  via: (records, claim) => (claim.via.length ? [...new Set(claim.via)] : [NOBODY]),
  document: (records, claim) => [claim.document],
  kind: (records, claim) => [...new Set(endsOfProp(records, claim.prop).map((id) => records.nodes.get(id).kind))],
};

/** The values of one statement in one dimension; it is hidden when any of them is unticked. */
function valuesOf(records, claim, dimension) {
  let known = KNOWN.get(claim);
  if (!known) KNOWN.set(claim, known = {});
  return known[dimension] ??= VALUES[dimension](records, claim);
}

/** Every dimension that can change something here: value → how many statements have it. */
export function readDimensions(records) {
  const found = [];
  for (const dimension of DIMENSIONS) {
    const counts = new Map();
    for (const id of records.order) {
      for (const value of valuesOf(records, records.claims.get(id), dimension)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const all = records.order.length;
    const fixed = [...counts].filter(([, count]) => count === all).map(([value]) => value);
    const free = [...counts].filter(([, count]) => count < all);
    if (free.length) found.push({ dimension, counts: new Map(free.sort(byCount)), fixed });
  }
  return found;
}

/** How many statements each value would show, the other dimensions as they are. */
export function facetCounts(records, off, dimension) {
  const others = { ...off, [dimension]: [] };
  const counts = new Map();
  for (const id of records.order) {
    const claim = records.claims.get(id);
    if (!passes(records, claim, others)) continue;
    for (const value of valuesOf(records, claim, dimension)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Whether a statement is let through by every dimension. `off`: dimension → unticked values. */
function passes(records, claim, off) {
  for (const dimension of DIMENSIONS) {
    const unticked = off[dimension];
    if (!unticked || !unticked.length) continue;
    if (valuesOf(records, claim, dimension).some((value) => unticked.includes(value))) return false;
  }
  return true;
}

/**
 * What the filters leave: `shown` (statement ids), `hidden` (how many are not), and for each relationship that still
 * shows its line and how many statements on either side the filter hides.
 */
export function lookThrough(records, off) {
  const shown = new Set();
  for (const id of records.order) if (passes(records, records.claims.get(id), off)) shown.add(id);
  const props = new Map();
  for (const [id, prop] of records.props) {
    const own = prop.claims.filter((claim) => records.claims.has(claim));
    const left = own.filter((claim) => shown.has(claim));
    if (own.length && !left.length) continue;
    const gone = own.filter((claim) => !shown.has(claim)).map((claim) => records.claims.get(claim));
    props.set(id, {
      line: lineUnder(records, prop, left, gone.length),
      hiddenAnswers: gone.filter((claim) => claim.side === "oppose").length,
      hiddenAffirming: gone.filter((claim) => claim.side === "affirm").length,
      hiddenOther: gone.filter((claim) => claim.side === "neither").length,
      weakened: false,
    });
    const seen = props.get(id);
    seen.weakened = seen.line !== prop.line;
  }
  return { shown, hidden: records.order.length - shown.size, props, filtered: shown.size < records.order.length };
}

// A dispute stays a dispute whoever is unticked; what is only said becomes as weak as what is left of it.
function lineUnder(records, prop, left, gone) {
  if (!gone || !["said", "soft", "notyet"].includes(prop.line)) return prop.line;
  const affirming = left.map((id) => records.claims.get(id)).filter((claim) => claim.side === "affirm" && !claim.withdrawn);
  if (!affirming.length) return "open";
  const actual = affirming.filter((claim) => claim.modality === "actual");
  if (!actual.length) return "notyet";
  return prop.line === "said" && actual.some((claim) => claim.firm) ? "said" : "soft";
}

function byCount(a, b) {
  return b[1] - a[1] || String(a[0]).localeCompare(String(b[0]));
}
