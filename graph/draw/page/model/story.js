// Notes in the drawing and the steps of a story: both are written by whoever holds the page, never by a source. A step
// is a view with a title and a sentence or two. They are kept in the address, in a saved page, and in a file of their
// own.
import { addressKeeps, keysAmong } from "./address.js";
import { alike, fitted, isPlain, onlyChanged, STEP_KEYS } from "./fitted.js";
import { freshState } from "./state.js";

/** What a file of a story says it is. */
const STORY_FORMAT = "actorgraph story 1";

/**
 * The view that is looked at, as a step keeps it: what differs from a fresh page, and always which view it is.
 * @param {PageState} state
 */
export function seenNow(state) {
  const fresh = freshState();
  const see = { view: state.view, shown: state.shown };
  for (const key of STEP_KEYS) {
    const value = state[key];
    if (!alike(value, fresh[key]) && addressKeeps(key, value))
      see[key] = isPlain(value) && isPlain(fresh[key]) ? onlyChanged(value, fresh[key]) : value;
  }
  return see;
}

/**
 * What to change in the state so that a step is looked at: the whole view, as on a fresh page but for what it names.
 * @param {PageState} state @param {number} index
 */
export function stepTo(state, index) {
  const fresh = freshState();
  const { see } = state.steps[index];
  const view = STEP_KEYS.map((key) => {
    const value = see[key] ?? fresh[key];
    return [key, isPlain(value) && isPlain(fresh[key]) ? { ...fresh[key], ...value } : value];
  });
  return { ...Object.fromEntries(view), step: index };
}

/**
 * The step that many places on from where one is, or null past either end. Outside of the story the first is next.
 * @param {PageState} state @param {number} by
 */
export function stepFrom({ step, steps }, by) {
  const to = step === null ? (by > 0 ? 0 : -1) : step + by;
  return to >= 0 && to < steps.length ? to : null;
}

/**
 * A list with one entry moved by one place, or the same list where it cannot.
 * @template V
 * @param {V[]} list @param {number} index @param {number} by
 */
export function shifted(list, index, by) {
  const to = index + by;
  if (to < 0 || to >= list.length) return list;
  const others = list.filter((_, at) => at !== index);
  return [...others.slice(0, to), list[index], ...others.slice(to)];
}

/**
 * A list with one entry changed.
 * @template V
 * @param {V[]} list @param {number} at @param {Partial<V>} patch
 */
export function replaced(list, at, patch) {
  return list.map((each, index) => (index === at ? { ...each, ...patch } : each));
}

/**
 * Whether there is anything of a story.
 * @param {PageState} state
 */
export function hasStory({ notes, steps }) {
  return notes.length > 0 || steps.length > 0;
}

/**
 * What a file of the story holds: notes, steps, where names were dragged to, and of which version they are; `iris`: of
 * a page over a server, what its ids stand for.
 * @param {PageState} state @param {Records} records @param {any} [iris]
 */
export function storyOf({ notes, steps, moved }, records, iris = undefined) {
  const { version } = records.data.edition;
  return { format: STORY_FORMAT, version, notes, steps, moved, iris };
}

/**
 * {notes, steps, moved, cut} from what a file holds: what does not fit is left out, and `cut` says so. Null for what is
 * no story.
 * @param {string} text @param {Records} records
 */
export function readStory(text, records) {
  const found = storyParsed(text);
  if (!isPlain(found) || found.format !== STORY_FORMAT) return null;
  /** @type {[string, { value: any; cut: boolean } | undefined][]} */
  const fits = ["notes", "steps", "moved"].map((key) => [
    key,
    fitted(key, found[key], key === "moved" ? {} : [], records),
  ]);
  const story = Object.fromEntries(fits.map(([key, fit]) => [key, fit?.value ?? (key === "moved" ? {} : [])]));
  return { notes: story.notes, steps: story.steps, moved: story.moved, cut: fits.some(([, fit]) => !fit || fit.cut) };
}

/**
 * What the ids of a story in a file stand for, as [kind, IRI]: a page over a server loads these before it is read.
 * @param {string} text
 */
export function keysInStory(text) {
  return keysAmong(storyParsed(text)?.iris);
}

/** @param {string} text */
function storyParsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
