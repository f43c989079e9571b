// The state of the page as plain data, with undo and redo. Selection and view are not undone; filters and drawing are.
import { clockIsSet } from "./clocks.js";
import { DIMENSIONS, NO_CLOCK } from "./lens.js";

const UNDO_LIMIT = 200;
const UNDONE_KEYS = [
  "shown",
  "added",
  "off",
  "draw",
  "moved",
  "nudged",
  "clock",
  "ask",
  "picked",
  "hidden",
  "group",
  "opened",
  "fold",
  "focus",
  "checked",
  "notes",
  "steps",
];

// What the page opens with: the cast, where there is one; on a phone as a list; and the story that was saved in it.
/** @type {{ shown: string; view: string; story: Story }} */
let opensWith = { shown: "opening", view: "drawing", story: { notes: [], steps: [], moved: {} } };

/**
 * Says which drawing the page opens with, "cast" or "opening", and which view: on a phone "cast", the list of it.
 * @param {string} shown @param {string} [view]
 */
export function openWith(shown, view = "drawing") {
  opensWith = { ...opensWith, shown, view };
}

/**
 * Gives the page the notes and steps that are saved in its file.
 * @param {Story} story
 */
export function openWithStory({ notes, steps, moved }) {
  opensWith = { ...opensWith, story: { notes, steps, moved } };
}

/**
 * How the page opens. shown: "cast" | "opening" (the disputes) | "all" | "focus" (then focus: {id, hops}); added,
 * hidden, picked: node ids;
 * group: "" | "kind", with the keys of groups that are opened; fold: events folded away; checked:
 * statement ids; moved: where names were dragged to, nudged: the same where a part is laid out for itself; ask: null
 * or what the panel answers: {kind: "path" | "without" | "according" | "names" | "join", …} as in model/ask.js; notes:
 * [{by: node id, at: [x, y] from it, text}]; steps: [{title, text, see: what of this state it looks at}]; step: which
 * of them is open, or null.
 */
export function freshState() {
  return {
    view: opensWith.view,
    shown: opensWith.shown,
    added: [],
    hidden: [],
    picked: [],
    group: "",
    opened: [],
    fold: false,
    focus: null,
    off: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, []])),
    clock: NO_CLOCK,
    ask: null,
    checked: [],
    draw: {
      words: false,
      speaks: true,
      speaksAll: false,
      denied: false,
      open: false,
      rejected: false,
      mentioned: false,
    },
    moved: opensWith.story.moved,
    nudged: {},
    notes: opensWith.story.notes,
    steps: opensWith.story.steps,
    step: null,
    selected: null,
    sort: { column: "place", descending: false },
    slot: null,
    strip: false,
  };
}

/**
 * A state with a past and a future.
 * @param {PageState} [state]
 */
export function freshHistory(state = freshState()) {
  return { now: state, past: [], future: [] };
}

/**
 * The history after `patch`; only what can be undone is remembered, and only when it changed.
 * @param {StateHistory} history @param {Partial<PageState>} patch
 */
export function change(history, patch) {
  const next = { ...history.now, ...patch };
  const changed = UNDONE_KEYS.some((key) => key in patch && !same(patch[key], history.now[key]));
  if (!changed) return { ...history, now: next };
  return { now: next, past: [...history.past, kept(history.now)].slice(-UNDO_LIMIT), future: [] };
}

/**
 * One step back, or the same history.
 * @param {StateHistory} history
 */
export function undo(history) {
  if (!history.past.length) return history;
  const back = history.past[history.past.length - 1];
  return {
    now: { ...history.now, ...back },
    past: history.past.slice(0, -1),
    future: [kept(history.now), ...history.future],
  };
}

/**
 * One step forward again, or the same history.
 * @param {StateHistory} history
 */
export function redo(history) {
  if (!history.future.length) return history;
  const [next, ...future] = history.future;
  return { now: { ...history.now, ...next }, past: [...history.past, kept(history.now)], future };
}

/**
 * `off` with one value of one dimension ticked or unticked.
 * @param {Off} off @param {string} dimension @param {string} value @param {Acts} on
 */
export function ticked(off, dimension, value, on) {
  const others = off[dimension].filter((each) => each !== value);
  return { ...off, [dimension]: on ? others : [...others, value] };
}

/**
 * A list with a value put in, or taken out when it is there.
 * @param {string[]} list @param {string} value @param {boolean} [on]
 */
export function toggled(list, value, on = !list.includes(value)) {
  const others = list.filter((each) => each !== value);
  return on ? [...others, value] : others;
}

/**
 * How many values are unticked in all.
 * @param {Off} off
 */
export function untickedCount(off) {
  return DIMENSIONS.reduce((sum, dimension) => sum + (off[dimension]?.length ?? 0), 0);
}

/**
 * How many filters are in force, clocks among them.
 * @param {{ off: Off; clock: Clock }} given
 */
export function filterCount({ off, clock }) {
  return untickedCount(off) + Number(Boolean(clock.known)) + Number(clockIsSet({ ...clock, known: null }));
}

/** @param {PageState} state */
function kept(state) {
  return Object.fromEntries(UNDONE_KEYS.map((key) => [key, state[key]]));
}

/** @param {any} a @param {any} b */
function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
