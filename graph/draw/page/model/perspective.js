// "According to X": the world as one speaker tells it, and two speakers side by side. The same rules as graph/lens.py.
import { counts, propsInOrder } from "./knockout.js";

/**
 * Who can be asked: [{id, n}] with how many statements of theirs, or made for them, the most first.
 * @param {Records} records
 */
export function speakersOf(records) {
  const found = new Map();
  for (const claim of records.claims.values()) {
    if (!counts(claim)) continue;
    for (const id of new Set([claim.speaker, claim.for]))
      if (id && records.nodes.has(id)) found.set(id, (found.get(id) ?? 0) + 1);
  }
  return [...found]
    .map(([id, n]) => ({ id, n }))
    .sort((a, b) => b.n - a.n || records.rank.get(a.id) - records.rank.get(b.id));
}

/**
 * Whether a statement is a speaker's own, or made for them.
 * @param {Claim} claim @param {string} speaker
 */
export function isTold(claim, speaker) {
  return claim.speaker === speaker || claim.for === speaker;
}

/**
 * What a speaker affirms, opposes and leaves open: {speaker, affirms, opposes, open}, each a Map relationship →
 * statements.
 * @param {Records} records @param {string} speaker
 */
export function accordingTo(records, speaker) {
  const own = new Set(
    [...records.claims].filter(([, claim]) => counts(claim) && isTold(claim, speaker)).map(([id]) => id),
  );
  const view = { speaker, affirms: new Map(), opposes: new Map(), open: new Map() };
  for (const id of propsInOrder(records)) {
    const prop = records.props.get(id);
    /** @param {string} side @param {any} claims */
    const put = (side, claims) => {
      if (claims.length) view[side].set(id, claims);
    };
    put(
      "affirms",
      prop.affirmedBy.filter((claim) => own.has(claim)),
    );
    put(
      "opposes",
      prop.opposedBy.filter((claim) => own.has(claim)),
    );
    put(
      "open",
      prop.claims.filter(
        (claim) =>
          own.has(claim) &&
          records.claims.get(claim).prop === id &&
          ["asked", "declined"].includes(records.claims.get(claim).stance),
      ),
    );
  }
  return view;
}

/**
 * Two speakers side by side, as lists of relationships: {a, b, both, onlyA, onlyB, contradict, rivals: [[what a says,
 * what b says]]}.
 * @param {Records} records @param {string} a @param {string} b
 */
export function compareTwo(records, a, b) {
  const one = accordingTo(records, a);
  const other = accordingTo(records, b);
  /** @param {any} claims */
  const ways = (claims) => new Set(claims.map((id) => records.claims.get(id).modality));
  const contradict = new Set();
  for (const [yes, no] of [
    [one.affirms, other.opposes],
    [other.affirms, one.opposes],
  ]) {
    for (const [id, claims] of yes) {
      const against = no.has(id) ? ways(no.get(id)) : new Set();
      if ([...ways(claims)].some((modality) => against.has(modality))) contradict.add(id);
    }
  }
  /** @param {any} view @param {string} id */
  const told = (view, id) => view.affirms.has(id) || view.opposes.has(id);
  const all = propsInOrder(records).filter((id) => told(one, id) || told(other, id));
  return {
    a,
    b,
    both: all.filter(
      (id) =>
        !contradict.has(id) &&
        ((one.affirms.has(id) && other.affirms.has(id)) || (one.opposes.has(id) && other.opposes.has(id))),
    ),
    onlyA: all.filter((id) => told(one, id) && !told(other, id)),
    onlyB: all.filter((id) => told(other, id) && !told(one, id)),
    contradict: all.filter((id) => contradict.has(id)),
    rivals: all
      .filter((id) => one.affirms.has(id) && !other.affirms.has(id))
      .flatMap((id) =>
        records.props
          .get(id)
          .rivals.filter((rival) => other.affirms.has(rival))
          .map((rival) => [id, rival]),
      ),
  };
}
