// The state of the page as plain data, with undo and redo. Selection and view are not undone; filters and drawing are.
import {DIMENSIONS} from "./lens.js";

const UNDO_LIMIT = 200;
const UNDONE_KEYS = ["shown", "added", "off", "draw", "moved"];

/** How the page opens. */
export function freshState() {
  return {
    view: "drawing",
    shown: "opening",
    added: [],
    off: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, []])),
    draw: { speaks: true, denied: false, open: false, rejected: false, mentioned: false },
    moved: {},
    selected: null,
    sort: { column: "place", descending: false },
  };
}

/** A state with a past and a future. */
export function freshHistory(state = freshState()) {
  return { now: state, past: [], future: [] };
}

/** The history after `patch`; only what can be undone is remembered, and only when it changed. */
export function change(history, patch) {
  const next = { ...history.now, ...patch };
  const changed = UNDONE_KEYS.some((key) => key in patch && !same(patch[key], history.now[key]));
  if (!changed) return { ...history, now: next };
  return { now: next, past: [...history.past, kept(history.now)].slice(-UNDO_LIMIT), future: [] };
}

/** One step back, or the same history. */
export function undo(history) {
  if (!history.past.length) return history;
  const back = history.past[history.past.length - 1];
  return { now: { ...history.now, ...back }, past: history.past.slice(0, -1), future: [kept(history.now), ...history.future] };
}

/** One step forward again, or the same history. */
export function redo(history) {
  if (!history.future.length) return history;
  const [next, ...future] = history.future;
  return { now: { ...history.now, ...next }, past: [...history.past, kept(history.now)], future };
}

/** `off` with one value of one dimension ticked or unticked. */
export function ticked(off, dimension, value, on) {
  const others = off[dimension].filter((each) => each !== value);
  return { ...off, [dimension]: on ? others : [...others, value] };
}

/** How many values are unticked in all. */
export function untickedCount(off) {
  return DIMENSIONS.reduce((sum, dimension) => sum + (off[dimension]?.length ?? 0), 0);
}

function kept(state) {
  return Object.fromEntries(UNDONE_KEYS.map((key) => [key, state[key]]));
}

function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
