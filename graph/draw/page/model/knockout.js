// "Without this source": what is left without any source when one is taken out. The same rules as graph/lens.py.
import { tableOf } from "./records.js";
import { rules } from "./rules.js";

const KNOWN_SOURCES = new WeakMap();
const KNOWN_ORDERS = new WeakMap();

/**
 * Whether a statement counts: no mention, and none that was taken back.
 * @param {Claim} claim
 */
export function counts(claim) {
  return claim.stance !== "mentioned" && !claim.corrected && !claim.withdrawn;
}

/**
 * The sources a statement passes through: who says it and for whom, who passes it on, publishes it, its document, its
 * origin.
 * @param {Records} records @param {Claim} claim
 */
export function passesThrough(records, claim) {
  let known = KNOWN_SOURCES.get(claim);
  if (!known) {
    const publisher = records.documents.get(claim.document)?.publisher;
    known = new Set([claim.speaker, claim.for, ...claim.hops, publisher, claim.document, claim.origin].filter(Boolean));
    KNOWN_SOURCES.set(claim, known);
  }
  return known;
}

/**
 * Everything that can be taken out: [{id, n, all}], those with the most statements first; `all`: every statement
 * passes through it.
 * @param {Records} records
 */
export function sourcesOf(records) {
  const found = new Map();
  const counted = [...records.claims.values()].filter(counts);
  for (const claim of counted)
    for (const id of passesThrough(records, claim))
      if (records.nodes.has(id) || records.documents.has(id)) found.set(id, (found.get(id) ?? 0) + 1);
  return [...found]
    .map(([id, n]) => ({ id, n, all: n === counted.length }))
    .sort((a, b) => b.n - a.n || rankIn(records, a.id) - rankIn(records, b.id));
}

/**
 * What is left: {source, gone, of, allGone, relationships, actors, weaker: [[relationship, line]], denials,
 * unanswered}. `gone` and `denials` are statements, the others relationships or nodes, in the order of the documents.
 * @param {Records} records @param {string} source
 */
export function withoutSource(records, source) {
  const counted = records.order.filter((id) => counts(records.claims.get(id)));
  const claims = tableOf(counted.map((id) => [id, records.claims.get(id)]));
  const gone = new Set([...claims].filter(([, claim]) => passesThrough(records, claim).has(source)).map(([id]) => id));
  /** @type {WithoutSource} */
  const left = {
    source,
    gone: [...gone],
    of: claims.size,
    allGone: gone.size === claims.size,
    relationships: [],
    actors: [],
    weaker: [],
    denials: [],
    unanswered: [],
  };
  const denials = new Set();
  for (const id of propsInOrder(records)) {
    const prop = records.props.get(id);
    const yes = prop.affirmedBy.filter((claim) => claims.has(claim));
    const no = prop.opposedBy.filter((claim) => claims.has(claim));
    if (!yes.length) continue;
    const still = yes.filter((claim) => !gone.has(claim));
    if (!still.length) {
      left.relationships.push(id);
      continue;
    }
    const now = lineOf(
      prop,
      still.map((claim) => claims.get(claim)),
    );
    if (
      still.length < yes.length &&
      rules.firmness.indexOf(now) >
        rules.firmness.indexOf(
          lineOf(
            prop,
            yes.map((claim) => claims.get(claim)),
          ),
        )
    )
      left.weaker.push([id, now]);
    const lost = no.filter((claim) => gone.has(claim));
    for (const claim of lost) denials.add(claim);
    if (no.length && lost.length === no.length) left.unanswered.push(id);
  }
  left.denials = records.order.filter((id) => denials.has(id));
  const before = concerned(records, [...claims.values()]);
  const after = concerned(
    records,
    [...claims].filter(([id]) => !gone.has(id)).map(([, claim]) => claim),
  );
  left.actors = [...before]
    .filter((id) => !after.has(id) && id !== source)
    .sort((a, b) => rankIn(records, a) - rankIn(records, b));
  return left;
}

/**
 * Relationships in the order in which a reader meets their statements.
 * @param {Records} records
 */
export function propsInOrder(records) {
  if (!KNOWN_ORDERS.has(records.props)) KNOWN_ORDERS.set(records.props, orderedProps(records));
  return KNOWN_ORDERS.get(records.props);
}

/** @param {Records} records */
function orderedProps(records) {
  const place = new Map(records.order.map((id, index) => [id, index]));
  const first = new Map(
    [...records.props].map(([id, prop]) => [
      id,
      Math.min(
        ...prop.claims
          .filter((claim) => place.has(claim) && records.claims.get(claim).prop === id)
          .map((claim) => place.get(claim) ?? Infinity),
      ),
    ]),
  );
  /** @param {string} id */
  const at = (id) => first.get(id) ?? Infinity;
  return [...records.props.keys()].sort((a, b) => (at(a) === at(b) ? a.localeCompare(b) : at(a) - at(b)));
}

// How these statements alone hold it; an editor's acceptance does not hang on them.
/** @param {Proposition} prop @param {Claim[]} affirming */
function lineOf(prop, affirming) {
  if (prop.accepted) return "accepted";
  const actual = affirming.filter((claim) => claim.modality === "actual");
  return !actual.length ? "notyet" : actual.some((claim) => claim.firm) ? "said" : "soft";
}

// Every actor or thing that statements concern or come from.
/** @param {Records} records @param {Claim[]} claims */
function concerned(records, claims) {
  const found = new Set();
  const reached = new Set();
  for (const claim of claims) {
    for (const id of passesThrough(records, claim)) found.add(id);
    const waiting = [claim.prop];
    while (waiting.length) {
      const id = waiting.pop();
      const prop = records.props.get(id);
      if (!prop) found.add(id);
      else if (!reached.has(id)) {
        reached.add(id);
        waiting.push(prop.subject);
        if (prop.third) waiting.push(prop.third);
      }
    }
  }
  return new Set([...found].filter((id) => records.nodes.get(id)?.type === "node"));
}

/** @param {Records} records @param {string} id */
function rankIn(records, id) {
  return records.rank.get(id) ?? records.rank.size + (records.documents.get(id)?.index ?? 0);
}
