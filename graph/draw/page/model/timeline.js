// The strip of dates: one slot for each date in order, at the precision printed; what happened then, what was said
// then; gaps written out.
import { daysOf, happenedOn } from "./clocks.js";
import { readableDate } from "./text.js";
import { word } from "../words.js";

const DAY_MS = 86400000;
const YEAR_DAYS = 365.2425;
const NO_GAP_DAYS = 1;

// What no filter touches is read once.
const WHOLE = new WeakMap();

/**
 * Slots in order: {key, from, to, gap, happened: Set of relationships, said: Set of statements}; undated: counts of
 * those without.
 * @param {Records} records @param {Lens} lens
 */
export function readTimeline(records, lens) {
  if (lens.filtered) return timelineOf(records, lens);
  if (!WHOLE.has(records)) WHOLE.set(records, timelineOf(records, lens));
  return WHOLE.get(records);
}

/** @param {Records} records @param {Lens} lens */
function timelineOf(records, lens) {
  const slots = new Map();
  const undated = { happened: 0, said: 0 };
  /** @param {Days} days */
  const slot = (days) => {
    const key = printedKey(days);
    if (!slots.has(key)) slots.set(key, { key, from: days[0], to: days[1], happened: new Set(), said: new Set() });
    return slots.get(key);
  };
  for (const id of lens.props.keys()) {
    // What nobody states by itself is no relationship that lacks a date.
    if (!records.props.get(id).claims.some((claim) => lens.shown.has(claim))) continue;
    const days = happenedOn(records, id);
    if (days) slot(days).happened.add(id);
    else undated.happened += 1;
  }
  for (const id of lens.shown) {
    const days = saidDays(records, records.claims.get(id));
    if (days) slot(days).said.add(id);
    else undated.said += 1;
  }
  const ordered = [...slots.values()].sort((a, b) => a.from.localeCompare(b.from) || b.to.localeCompare(a.to));
  let last = null;
  for (const each of ordered) {
    each.gap = last ? Math.max(0, daysBetween(last, each.from) - NO_GAP_DAYS) : 0;
    if (!last || each.to > last) last = each.to;
  }
  return { slots: ordered, undated };
}

/**
 * [first, last] day on which a statement was said, or its document came out.
 * @param {Records} records @param {Claim} claim
 * @returns {Days | null}
 */
function saidDays(records, claim) {
  if (claim.saidAt?.[0]) return [claim.saidAt[0], claim.saidAt[1] ?? claim.saidAt[0]];
  return daysOf(records.documents.get(claim.document)?.published);
}

/**
 * The relationships of a chosen slot {key, row}, those that answer among them, or null when nothing is chosen.
 * @param {Records} records @param {Lens} lens @param {Slot} chosen
 */
export function propsOfSlot(records, lens, chosen) {
  if (!chosen) return null;
  const slot = readTimeline(records, lens).slots.find((each) => each.key === chosen.key);
  if (!slot) return new Set();
  return chosen.row === "said"
    ? new Set([...slot.said].map((id) => records.claims.get(id).prop))
    : new Set(slot.happened);
}

/**
 * The statements made or published on the date of a chosen slot.
 * @param {Records} records @param {Lens} lens @param {Slot} chosen
 */
export function saidIn(records, lens, chosen) {
  return readTimeline(records, lens).slots.find((each) => each.key === chosen.key)?.said ?? new Set();
}

/**
 * The date of a slot in words; of a span, both its ends.
 * @param {string} key @param {Lang} lang
 */
export function slotDate(key, lang) {
  return key
    .split("/")
    .map((iso) => readableDate(iso, lang))
    .join(" – ");
}

/**
 * A gap in words: "2 days", "5 weeks", "3 months", "225 years"; "" for none worth a word.
 * @param {number} days @param {Lang} lang
 */
export function gapWords(days, lang) {
  if (days < 2) return "";
  if (days < 14) return word(lang, "gapDays", { n: days });
  if (days < 70) return word(lang, "gapWeeks", { n: Math.round(days / 7) });
  if (days < YEAR_DAYS * 2) return word(lang, "gapMonths", { n: Math.round(days / (YEAR_DAYS / 12)) });
  return word(lang, "gapYears", { n: Math.round(days / YEAR_DAYS) });
}

/** @param {string} first @param {string} second */
function daysBetween(first, second) {
  return Math.round((dayNumber(second) - dayNumber(first)) / DAY_MS);
}

/** @param {string} iso */
function dayNumber(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const when = new Date(Date.UTC(2000, month - 1, day));
  when.setUTCFullYear(year);
  return when.getTime();
}

// The shortest ISO date that says the same days; of a span that is none, both ends.
/** @param {any[]} pair */
function printedKey([from, to]) {
  for (const length of [4, 7, 10]) {
    const days = daysOf(from.slice(0, length));
    if (days && days[0] === from && days[1] === to) return from.slice(0, length);
  }
  return `${from}/${to}`;
}
