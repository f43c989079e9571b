// The state of the page in the address's fragment: what differs from a fresh page, packed, with opaque ids alone.
import { alike, fitted, isPlain, onlyChanged } from "./fitted.js";
import { freshState } from "./state.js";
import { languages } from "../words.js";

const ADDRESS_MARK = "v1.";
const LONGEST = 250000;
const OPAQUE = /\b[0-9a-f]{10}\b/g;
const MOST_KEYS = 300;
// Not worth an address, nor a step: questions that hold what somebody typed stay on this screen.
const KEEPS = {
  ask: (value) => value?.kind !== "names",
  selected: (value) => !value || ["node", "prop", "speaks", "group", "parts"].includes(value.type),
};

/**
 * Whether a value of the state is kept beyond this screen.
 * @param {string} key @param {any} value
 */
export function addressKeeps(key, value) {
  return !KEEPS[key] || KEEPS[key](value);
}

/**
 * The ids in a text, each once, so many as an address holds.
 * @param {string} text
 */
export function idsIn(text) {
  return [...new Set(text.match(OPAQUE) ?? [])].slice(0, MOST_KEYS);
}

/**
 * The fragment for a state, without "#"; "" for a fresh page, unless it is to be copied (`always`). A page over a
 * server keeps the addresses of what its ids stand for in it, too: keysOf(ids) answers [kind, IRI] of each.
 * @param {PageState} state @param {Lang} lang @param {boolean} [always] @param {any} [keysOf]
 */
export function addressOf(state, lang, always = false, keysOf = null) {
  const fresh = freshState();
  const packed = { lang };
  for (const [key, value] of Object.entries(state)) {
    if (!(key in fresh) || key === "view" || alike(value, fresh[key]) || !addressKeeps(key, value)) continue;
    packed[key] = isPlain(value) && isPlain(fresh[key]) ? onlyChanged(value, fresh[key]) : value;
  }
  if (!always && Object.keys(packed).length === 1 && state.view === fresh.view) return "";
  // A phone opens with another view than a desk: every address says which, or means the drawing.
  if (state.view !== "drawing" || fresh.view !== "drawing") packed.view = state.view;
  if (keysOf) packed.iris = keysOf(idsIn(JSON.stringify(packed))).slice(0, MOST_KEYS);
  return ADDRESS_MARK + toBase64(JSON.stringify(packed));
}

/**
 * What an address names by IRIs: [kind, IRI], "p" for a relationship and "n" for a node.
 * @param {string} fragment
 */
export function keysInAddress(fragment) {
  try {
    const { iris } = JSON.parse(fromBase64(fragment.replace(/^#/, "").slice(ADDRESS_MARK.length)));
    return keysAmong(iris);
  } catch {
    return [];
  }
}

/**
 * Those of a list that are keys, [kind, IRI], so many as an address holds.
 * @param {any} list
 */
export function keysAmong(list) {
  return (Array.isArray(list) ? list : [])
    .filter((each) => Array.isArray(each) && ["p", "n"].includes(each[0]) && typeof each[1] === "string")
    .slice(0, MOST_KEYS);
}

/**
 * What the editor wants drawn, by IRI: `#iri=…&iri=…`.
 * @param {string} fragment
 */
export function namedInAddress(fragment) {
  const text = fragment.replace(/^#/, "");
  return text.startsWith("iri=") ? new URLSearchParams(text).getAll("iri").slice(0, MOST_KEYS) : [];
}

/**
 * {state, lang, broken}: a whole state from a fragment; what does not fit is left out, and `broken` says so.
 * @param {string} fragment @param {Records} records
 */
export function readAddress(fragment, records) {
  const fresh = freshState();
  const text = fragment.replace(/^#/, "");
  if (!text) return { state: fresh, lang: null, broken: false };
  let packed = null;
  try {
    if (text.startsWith(ADDRESS_MARK) && text.length < LONGEST)
      packed = JSON.parse(fromBase64(text.slice(ADDRESS_MARK.length)));
  } catch {
    packed = null;
  }
  if (!isPlain(packed)) return { state: fresh, lang: null, broken: true };
  let broken = false;
  const state = { ...fresh, view: "drawing" };
  for (const [key, value] of Object.entries(packed)) {
    if (key === "lang" || key === "iris") continue;
    const fit = key in fresh ? fitted(key, value, fresh[key], records) : undefined;
    if (fit === undefined) broken = true;
    else {
      state[key] = fit.value;
      broken ||= fit.cut;
    }
  }
  if (state.step !== null && !state.steps[state.step]) state.step = null;
  return { state, lang: languages().includes(packed.lang) ? packed.lang : null, broken };
}

/** @param {string} text */
function toBase64(text) {
  const bytes = new TextEncoder().encode(text);
  let raw = "";
  for (const byte of bytes) raw += String.fromCharCode(byte);
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(raw, (each) => each.charCodeAt(0)));
}
