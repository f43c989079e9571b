// What may stand in the state of the page: an address or a file was written by somebody, and may name what is not here.
import { isGroup } from "./groups.js";
import { freshState } from "./state.js";

/** How long a note and a step's title and text may be, and how many of each a story has. */
export const NOTE_LENGTH = 280;
export const TITLE_LENGTH = 90;
export const TEXT_LENGTH = 360;
export const NOTES_AT_MOST = 60;
export const STEPS_AT_MOST = 30;

/** What of the state makes a view that a step comes back to. */
export const STEP_KEYS = [
  "view",
  "shown",
  "added",
  "hidden",
  "picked",
  "group",
  "opened",
  "fold",
  "focus",
  "off",
  "clock",
  "ask",
  "draw",
  "selected",
  "slot",
];

// How far from its node a note may hang, in the drawing's own measure.
const FARTHEST = 1e5;
// By what somebody said of each. What a calculation puts together says nothing of anybody, and could put a judge into
// one circle with a gang.
const GROUPED_BY = ["", "kind"];
const VIEWS = ["cast", "drawing", "table", "sentences", "figures"];
const NODE_LISTS = ["added", "hidden", "picked"];

/**
 * {value, cut} as it may stand in the state under `key`, or undefined for what may not; `fresh`: what a fresh page has.
 * @param {string} key @param {any} value @param {any} fresh @param {Records} records
 */
export function fitted(key, value, fresh, records) {
  if (key === "view") return VIEWS.includes(value) ? { value, cut: false } : undefined;
  if (key === "shown") return ["cast", "opening", "all", "focus"].includes(value) ? { value, cut: false } : undefined;
  if (key === "group") return GROUPED_BY.includes(value) ? { value, cut: false } : undefined;
  if (key === "selected") return isThing(value, records) ? { value, cut: false } : undefined;
  if (key === "focus")
    return isPlain(value) && records.nodes.has(value.id) && Number.isInteger(value.hops)
      ? { value: { id: value.id, hops: Math.max(1, Math.min(9, value.hops)) }, cut: false }
      : undefined;
  if (key === "slot")
    return isPlain(value) && /^-?\d{4}[\d/-]*$/.test(value.key) && ["happened", "said"].includes(value.row)
      ? { value: { key: value.key, row: value.row }, cut: false }
      : undefined;
  if (key === "notes") return fittedList(value, NOTES_AT_MOST, (note) => fittedNote(note, records));
  if (key === "steps") return fittedList(value, STEPS_AT_MOST, (step) => fittedStep(step, records));
  if (key === "step") return value === null || Number.isInteger(value) ? { value, cut: false } : undefined;
  if (key === "ask") return isQuestion(value, records) ? { value, cut: false } : undefined;
  if (key === "moved" || key === "nudged") {
    if (!isPlain(value)) return undefined;
    const kept = Object.entries(value).filter(
      ([id, at]) =>
        records.nodes.has(id.replace(/^cast:/, "")) &&
        Array.isArray(at) &&
        at.length === 2 &&
        at.every((each) => Number.isFinite(each) && Math.abs(each) < 1e6),
    );
    return { value: Object.fromEntries(kept), cut: kept.length < Object.keys(value).length };
  }
  if (Array.isArray(fresh)) {
    if (!Array.isArray(value)) return undefined;
    const kept = value.filter(
      (each) =>
        typeof each === "string" &&
        (!NODE_LISTS.includes(key) || records.nodes.has(each)) &&
        (key !== "checked" || records.claims.has(each)),
    );
    return { value: kept, cut: kept.length < value.length };
  }
  if (isPlain(fresh)) {
    if (!isPlain(value)) return undefined;
    const known = Object.entries(value).filter(
      ([name, each]) => name in fresh && (fresh[name] === null || sameKind(each, fresh[name])) && isSmall(each),
    );
    return { value: { ...fresh, ...Object.fromEntries(known) }, cut: known.length < Object.keys(value).length };
  }
  return sameKind(value, fresh) ? { value, cut: false } : undefined;
}

// A list of which each entry is made fit, or left out.
/** @param {any} value @param {number} most @param {(entry: any) => any} fit */
function fittedList(value, most, fit) {
  if (!Array.isArray(value)) return undefined;
  const kept = value.slice(0, most).map(fit).filter(Boolean);
  return { value: kept, cut: kept.length < value.length };
}

/** @param {any} note @param {Records} records */
function fittedNote(note, records) {
  const at = Array.isArray(note?.at) && note.at.length === 2 ? note.at : [];
  if (!isPlain(note) || !records.nodes.has(note.by) || !isText(note.text)) return null;
  if (!at.length || !at.every((each) => Number.isFinite(each) && Math.abs(each) < FARTHEST)) return null;
  return { by: note.by, at: at.map(Math.round), text: note.text.slice(0, NOTE_LENGTH) };
}

// What a view names that is not here is left out; the step stays, since its words still tell something.
/** @param {any} step @param {Records} records */
function fittedStep(step, records) {
  if (!isPlain(step) || !isText(step.title) || !isPlain(step.see)) return null;
  const fresh = freshState();
  const see = {};
  for (const key of STEP_KEYS) {
    const fit = key in step.see ? fitted(key, step.see[key], fresh[key], records) : undefined;
    if (fit) see[key] = fit.value;
  }
  const text = typeof step.text === "string" ? step.text : "";
  return { title: step.title.slice(0, TITLE_LENGTH), text: text.slice(0, TEXT_LENGTH), see };
}

/** @param {any} text */
function isText(text) {
  return typeof text === "string" && text.trim() !== "";
}

/** @param {any} value @param {Records} records */
function isThing(value, records) {
  if (value === null) return true;
  if (!isPlain(value)) return false;
  if (value.type === "node") return records.nodes.has(value.id);
  if (value.type === "prop") return records.props.has(value.id);
  if (value.type === "group") return isEnd(value.id, records) && isGroup(value.id);
  // A line with parts is named by its event and its ends: "fold:event>one>other", "bundle:one>other".
  if (value.type === "parts" && /^tie:\d{1,3}$/.test(value.id)) return true;
  if (value.type === "parts")
    return (
      /^(?:fold:[^>]+>[^>]+|bundle:[^>]+)>[^>]+$/.test(value.id) &&
      value.id
        .replace(/^(?:fold|bundle):/, "")
        .split(">")
        .every((each) => isEnd(each, records))
    );
  return value.type === "speaks" && records.edges.has(value.id);
}

// A node, or a closed group by one of our kinds.
/** @param {string} id @param {Records} records */
function isEnd(id, records) {
  if (typeof id !== "string") return false;
  const [, kind] = /^group:kind:(.+)$/.exec(id) ?? [];
  return kind ? kind in records.data.kinds : records.nodes.has(id);
}

/** @param {any} value @param {Records} records */
function isQuestion(value, records) {
  if (value === null) return true;
  if (!isPlain(value) || !["path", "without", "according", "join"].includes(value.kind)) return false;
  return Object.entries(value).every(([key, each]) => {
    if (["a", "b"].includes(key)) return each === null || each === undefined || records.nodes.has(each);
    if (key === "source") return !each || records.nodes.has(each) || records.documents.has(each);
    return isSmall(each);
  });
}

// Words of ours, numbers, and short lists of either.
/** @param {any} value */
function isSmall(value) {
  if (Array.isArray(value))
    return value.length < 5000 && value.every((each) => typeof each === "string" && each.length < 80);
  return (
    value === null || ["boolean", "number"].includes(typeof value) || (typeof value === "string" && value.length < 80)
  );
}

/** @param {any} a @param {any} b */
function sameKind(a, b) {
  return Array.isArray(a) === Array.isArray(b) && typeof a === typeof b;
}

/**
 * Whether a value is an object with keys.
 * @param {any} value
 */
export function isPlain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/**
 * The entries of an object that differ from those of a fresh one.
 * @param {any} value @param {any} fresh
 */
export function onlyChanged(value, fresh) {
  return Object.fromEntries(Object.entries(value).filter(([key, each]) => !alike(each, fresh[key])));
}

/**
 * Whether two values are the same when they are written.
 * @param {any} a @param {any} b
 */
export function alike(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
