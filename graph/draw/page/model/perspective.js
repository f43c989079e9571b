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

// A statement is a speaker's own, or made for them.
/** @param {Claim} claim @param {string} speaker */
function isTold(claim, speaker) {
  return claim.speaker === speaker || claim.for === speaker;
}

/**
 * What a speaker, or several as one, affirms, opposes and leaves open: {speaker, affirms, opposes, open}, each a Map
 * relationship → statements.
 * @param {Records} records @param {string | string[]} speaker
 */
export function accordingTo(records, speaker) {
  const speakers = [speaker].flat();
  const own = new Set(
    [...records.claims]
      .filter(([, claim]) => counts(claim) && speakers.some((each) => isTold(claim, each)))
      .map(([id]) => id),
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
 * Whether a statement is told by anybody on the sides of a question.
 * @param {Claim} claim @param {Question} ask
 */
export function isAsked(claim, { a, b, alsoA = [], alsoB = [] }) {
  return [a, ...alsoA, ...(b ? [b, ...alsoB] : [])].some((id) => id && isTold(claim, id));
}

/**
 * The speakers on both sides of a question: [ids, ids], those of the case only.
 * @param {Records} records @param {Question} ask
 */
export function sidesAsked(records, { a, b, alsoA = [], alsoB = [] }) {
  const known = (ids) => [...new Set(ids)].filter((id) => id && records.nodes.has(id));
  return [a ? known([a, ...alsoA]) : [], b ? known([b, ...alsoB]) : []].map((ids) => (ids.length ? ids : null));
}

/**
 * Who speaks for a body, and so stands with it: ids, those with the most statements for it first.
 * @param {Records} records @param {string[]} speakers
 */
export function voicesOf(records, speakers) {
  const found = new Map();
  for (const claim of records.claims.values())
    if (
      counts(claim) &&
      claim.speaker &&
      claim.for &&
      speakers.includes(claim.for) &&
      !speakers.includes(claim.speaker)
    )
      found.set(claim.speaker, (found.get(claim.speaker) ?? 0) + 1);
  return [...found].sort((x, y) => y[1] - x[1]).map(([id]) => id);
}

/**
 * Two sides of speakers for reading beside each other, each statement once: {contradict, rivals, both: rows of {a, b,
 * shared}, a, b: {says, opposes, open}}, all of them lists of statements. What a side denies is never among what it
 * says.
 * @param {Records} records @param {string[]} a @param {string[]} b
 */
export function besideEachOther(records, a, b) {
  const two = compareTwo(records, a, b);
  const views = [accordingTo(records, a), accordingTo(records, b)];
  const [one, other] = views;
  const used = new Set();
  const own = (view, id) => ["affirms", "opposes"].flatMap((side) => view[side].get(id) ?? []);
  const row = (mine, theirs) => {
    const shared = mine.filter((id) => theirs.includes(id) && !used.has(id));
    const rest = (list) => [...new Set(list)].filter((id) => !shared.includes(id) && !used.has(id));
    const made = { a: rest(mine), b: rest(theirs), shared };
    for (const id of [...mine, ...theirs]) used.add(id);
    return made;
  };
  const rows = (list) =>
    list.map(([mine, theirs]) => row(mine, theirs)).filter((each) => Object.values(each).flat().length);
  const contradict = rows(two.contradict.map((id) => [own(one, id), own(other, id)]));
  const rivals = rows(two.rivals.map(([mine, theirs]) => [one.affirms.get(mine), other.affirms.get(theirs)]));
  const both = rows(two.both.map((id) => [own(one, id), own(other, id)]));
  const left = (view, side) => {
    const told = new Set([...view[side].values()].flat());
    return records.order.filter((id) => told.has(id) && !used.has(id) && SIDE_OF[records.claims.get(id).side] === side);
  };
  const rest = (view) => ({ says: left(view, "affirms"), opposes: left(view, "opposes"), open: left(view, "open") });
  return { contradict, rivals, both, a: rest(one), b: rest(other) };
}

// By its own stance a statement stands under one heading only, whatever follows from it for other relationships.
const SIDE_OF = { affirm: "affirms", oppose: "opposes", neither: "open" };

/**
 * Two speakers, or sides of several, as lists of relationships: {a, b, both, onlyA, onlyB, contradict, rivals: [[what a
 * says, what b says]]}.
 * @template {string | string[]} S
 * @param {Records} records @param {S} a @param {S} b
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
