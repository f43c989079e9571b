// From an answer to the drawing: which of its IRIs can be drawn, and the same query with everything that it knows of
// each row.
import { meaningful } from "./tokens.js";

/** At most so many are opened at once. */
export const DRAWN_MOST = 200;
const ID = "https://w3id.org/actorgraph/id/";
const OURS = "https://w3id.org/actorgraph/";
// Parts of the bookkeeping under id:, none of which is drawn.
const BOOKKEEPING = /^(?:q|t|step|graph)\/|^dataset$|\/doc\/|#|^p\/[^/]+\//;

/**
 * "relationship", "node" or "" for an IRI. vocabularies: namespaces whose terms are words, not things.
 * @param {string} iri @param {any} vocabularies
 */
function drawnAs(iri, vocabularies) {
  if (iri.startsWith(ID)) {
    const rest = iri.slice(ID.length);
    if (BOOKKEEPING.test(rest)) return "";
    return rest.startsWith("p/") ? "relationship" : "node";
  }
  if (iri.startsWith(OURS) || !/^[a-z][a-z0-9+.-]*:/i.test(iri)) return "";
  return vocabularies.some((namespace) => iri.startsWith(namespace)) ? "" : "node";
}

/**
 * The IRIs of an answer that can be drawn, each once: all of them, or the relationships alone.
 * @param {any} rows @param {any} vocabularies @param {{ only?: string }} [given]
 */
export function drawable(rows, vocabularies, { only = "" } = {}) {
  const found = new Set();
  for (const row of rows) {
    for (const term of row) {
      const kind = term?.type === "uri" ? drawnAs(term.value, vocabularies) : "";
      if (kind && (!only || kind === only)) found.add(term.value);
    }
  }
  return [...found];
}

/**
 * The address that opens these in the drawing.
 * @param {string[]} iris
 */
export function drawingAddress(iris) {
  return `./#${iris
    .slice(0, DRAWN_MOST)
    .map((iri) => `iri=${encodeURIComponent(iri)}`)
    .join("&")}`;
}

/**
 * The query with every variable of each row, or null when its rows are made by grouping, or it is no SELECT.
 * @param {string} text
 */
export function widened(text) {
  const parts = meaningful(text);
  let depth = 0;
  let select = null;
  let end = null;
  for (const part of parts) {
    if (part.text === "{") {
      if (depth === 0 && select && !end) end = part;
      depth += 1;
    } else if (part.text === "}") depth -= 1;
    else if (depth === 0) {
      const word = part.type === "keyword" ? part.text.toLowerCase() : "";
      if (word === "select" && !select) select = part;
      else if (["where", "from"].includes(word) && select && !end) end = part;
      else if (word === "group" || word === "having") return null;
      else if (part.text === "(" && select && !end) return null;
    }
  }
  return select && end ? `${text.slice(0, select.to)} *\n${text.slice(end.from)}` : null;
}
