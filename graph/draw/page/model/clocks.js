// Two clocks: when something happened, and when it was said. Days are ISO strings; an unknown day is null.
const KNOWN_DAYS = new WeakMap();
// A law of 1798 is no day on which somebody could have read this.
const FIRST_NEWS = "1900";

/**
 * [first, last] day of a date of the precision printed: "2025-02" is the whole of February 2025. null for no date.
 * @param {string | null | undefined} iso
 * @returns {Days | null}
 */
export function daysOf(iso) {
  const found = /^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso ?? "");
  if (!found) return null;
  const [, year, month, day] = found;
  if (day) return [`${year}-${month}-${day}`, `${year}-${month}-${day}`];
  if (month)
    return [
      `${year}-${month}-01`,
      `${year}-${month}-${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()}`,
    ];
  return [`${year}-01-01`, `${year}-12-31`];
}

/**
 * The day by which a statement was said for certain: its own last day, else the last on which its document can have
 * come out.
 * @param {Records} records @param {Claim} claim
 */
export function saidBy(records, claim) {
  if (claim.saidAt?.[1]) return claim.saidAt[1];
  return daysOf(records.documents.get(claim.document)?.published)?.[1] ?? null;
}

/**
 * [first, last] day on which what a relationship says happened: its own period, or a date it gives. What belongs to an
 * event does not inherit the event's date: no source says that each part of it was of that day.
 * @param {Records} records @param {string} propId
 */
export function happenedOn(records, propId) {
  let known = KNOWN_DAYS.get(records);
  if (!known) {
    known = new Map();
    KNOWN_DAYS.set(records, known);
  }
  if (!known.has(propId)) known.set(propId, spanOf(records.props.get(propId)));
  return known.get(propId);
}

/**
 * What each clock can be set to here: {said: [day], happened: [{iso, from, to}]}; a clock with one hand only is
 * empty.
 * @param {Records} records
 */
export function clockStops(records) {
  const said = new Set();
  for (const claim of records.claims.values()) said.add(saidBy(records, claim));
  said.delete(null);
  const happenedAt = new Map();
  for (const id of records.props.keys()) {
    const days = happenedOn(records, id);
    if (days) happenedAt.set(days.join(" "), { from: days[0], to: days[1], iso: shortestDate(days) });
  }
  const stops = [...happenedAt.values()].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
  return { said: knownStops([...said].sort(), stops), happened: stops.length > 1 ? stops : [] };
}

// Days on which one can ask what was known: each on which something was said, and, before the last of them, each on
// which something is said to have happened. One day alone is no choice.
/** @param {string[]} said @param {{ to: string }[]} happened */
function knownStops(said, happened) {
  const last = said[said.length - 1] ?? "";
  const first = happened.map(({ to }) => to).filter((day) => day < last && day > FIRST_NEWS);
  const stops = [...new Set([...first, ...said])].sort();
  return stops.length > 1 ? stops : [];
}

/**
 * Whether a relationship is let through by the clock of what happened. clock: {from, to, undated}.
 * @param {Records} records @param {string} propId @param {{ from: any; to: any; undated: any }} given
 */
export function happensWithin(records, propId, { from, to, undated }) {
  if (!from && !to) return true;
  const days = happenedOn(records, propId);
  if (!days) return undated;
  return (!from || days[1] >= from) && (!to || days[0] <= to);
}

/**
 * Whether any clock is set.
 * @param {Clock} clock
 */
export function clockIsSet(clock) {
  return Boolean(clock.known || clock.from || clock.to);
}

/** @param {Proposition} prop */
function spanOf(prop) {
  if (prop.span) {
    const since = daysOf(prop.span[0]);
    const until = daysOf(prop.span[1]);
    const first = since ?? until;
    const last = until ?? since;
    if (first && last) return [first[0], last[1]];
  }
  return prop.value?.kind === "date" && prop.value.earliest
    ? [prop.value.earliest, prop.value.latest ?? prop.value.earliest]
    : null;
}

// The shortest ISO date that says the same days.
/** @param {any[]} pair */
function shortestDate([from, to]) {
  for (const length of [4, 7, 10]) {
    const days = daysOf(from.slice(0, length));
    if (days && days[0] === from && days[1] === to) return from.slice(0, length);
  }
  return `${from}/${to}`;
}
