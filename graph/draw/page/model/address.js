// The state of the page in the address's fragment: what differs from a fresh page, packed, with opaque ids alone.
import { isGroup } from "./groups.js";
import { freshState } from "./state.js";
import { languages } from "../words.js";

const ADDRESS_MARK = "v1.";
const LONGEST = 60000;
const OPAQUE = /\b[0-9a-f]{10}\b/g;
const MOST_KEYS = 300;
// Not worth an address: questions that hold what somebody typed stay on this screen.
const KEEPS = {
  ask: (value) => value?.kind !== "names",
  selected: (value) => !value || ["node", "prop", "speaks", "group", "parts"].includes(value.type),
};

/**
 * The fragment for a state, without "#"; "" for a fresh page, unless it is to be copied (`always`). A page over a
 * server keeps the addresses of what its ids stand for in it, too: keysOf(ids) answers [kind, IRI] of each.
 * @param {PageState} state @param {Lang} lang @param {boolean} [always] @param {any} [keysOf]
 */
export function addressOf(state, lang, always = false, keysOf = null) {
  const fresh = freshState();
  const packed = { lang };
  for (const [key, value] of Object.entries(state)) {
    if (!(key in fresh) || key === "view" || alike(value, fresh[key]) || (KEEPS[key] && !KEEPS[key](value))) continue;
    packed[key] = isPlain(value) && isPlain(fresh[key]) ? onlyChanged(value, fresh[key]) : value;
  }
  if (!always && Object.keys(packed).length === 1 && state.view === fresh.view) return "";
  // A phone opens with another view than a desk: every address says which, or means the drawing.
  if (state.view !== "drawing" || fresh.view !== "drawing") packed.view = state.view;
  if (keysOf) packed.iris = keysOf([...new Set(JSON.stringify(packed).match(OPAQUE) ?? [])]).slice(0, MOST_KEYS);
  return ADDRESS_MARK + toBase64(JSON.stringify(packed));
}

/**
 * What an address names by IRIs: [kind, IRI], "p" for a relationship and "n" for a node.
 * @param {string} fragment
 */
export function keysInAddress(fragment) {
  try {
    const { iris } = JSON.parse(fromBase64(fragment.replace(/^#/, "").slice(ADDRESS_MARK.length)));
    return (Array.isArray(iris) ? iris : [])
      .filter((each) => Array.isArray(each) && ["p", "n"].includes(each[0]) && typeof each[1] === "string")
      .slice(0, MOST_KEYS);
  } catch {
    return [];
  }
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
  return { state, lang: languages().includes(packed.lang) ? packed.lang : null, broken };
}

const VIEWS = ["cast", "drawing", "table", "sentences", "figures"];
const NODE_LISTS = ["added", "hidden", "picked"];

// {value, cut} as it may stand in the state, or undefined for what may not.
/** @param {any} key @param {any} value @param {any} fresh @param {Records} records */
function fitted(key, value, fresh, records) {
  if (key === "view") return VIEWS.includes(value) ? { value, cut: false } : undefined;
  if (key === "shown") return ["cast", "opening", "all", "focus"].includes(value) ? { value, cut: false } : undefined;
  if (key === "selected") return isThing(value, records) ? { value, cut: false } : undefined;
  if (key === "focus")
    return isPlain(value) && records.nodes.has(value.id) && Number.isInteger(value.hops)
      ? { value: { id: value.id, hops: Math.max(1, Math.min(9, value.hops)) }, cut: false }
      : undefined;
  if (key === "slot")
    return isPlain(value) && /^-?\d{4}[\d/-]*$/.test(value.key) && ["happened", "said"].includes(value.row)
      ? { value: { key: value.key, row: value.row }, cut: false }
      : undefined;
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

/** @param {any} value */
function isPlain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** @param {any} value @param {any} fresh */
function onlyChanged(value, fresh) {
  return Object.fromEntries(Object.entries(value).filter(([key, each]) => !alike(each, fresh[key])));
}

/** @param {any} a @param {any} b */
function alike(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
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
