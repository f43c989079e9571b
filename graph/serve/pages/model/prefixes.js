// Prefixes: which a query declares, which it uses, and where a line goes that it lacks.
import { meaningful, tokens } from "./tokens.js";

/**
 * prefix → namespace, as the query declares them.
 * @param {string} text
 */
export function declared(text) {
  const parts = meaningful(text);
  const found = new Map();
  parts.forEach((part, at) => {
    if (part.text.toLowerCase() !== "prefix" || part.type !== "keyword") return;
    const [name, iri] = [parts[at + 1], parts[at + 2]];
    if (name?.type === "name" && iri?.type === "iri")
      found.set(name.text.slice(0, name.text.indexOf(":")), iri.text.slice(1, -1));
  });
  return found;
}

/**
 * The known prefixes that the query uses and does not declare, in the order of use.
 * @param {string} text @param {Record<string, string>} known
 */
export function missing(text, known) {
  const here = declared(text);
  const used = meaningful(text)
    .filter(({ type }) => type === "name")
    .map((part) => part.text.slice(0, part.text.indexOf(":")));
  return [...new Set(used)].filter((prefix) => Object.hasOwn(known, prefix) && !here.has(prefix));
}

/**
 * {at, words}: the lines that declare these prefixes, and where they belong: after the last PREFIX, else below the
 * header's comments.
 * @param {string} text @param {string[]} prefixes @param {Record<string, string>} known
 */
export function prologueLines(text, prefixes, known) {
  const words = prefixes.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join("");
  const last = lastDeclaration(text);
  if (last >= 0) {
    const end = text.indexOf("\n", last);
    return end < 0 ? { at: text.length, words: `\n${words.trimEnd()}` } : { at: end + 1, words };
  }
  const header = /^(?:#[^\n]*\n)+\n*/.exec(text)?.[0] ?? "";
  const above = header && !header.endsWith("\n\n") ? "\n" : "";
  const below = text.slice(header.length).trim() ? "\n" : "";
  return { at: header.length, words: above + words + below };
}

/** @param {string} text */
function lastDeclaration(text) {
  const parts = meaningful(text);
  let last = -1;
  parts.forEach((part, at) => {
    if (part.type === "keyword" && part.text.toLowerCase() === "prefix" && parts[at + 2]?.type === "iri")
      last = parts[at + 2].to;
  });
  return last;
}

/**
 * The prefix whose colon was typed just before the caret, when it is known and the query lacks it; else null.
 * @param {string} text @param {number} caret @param {Record<string, string>} known
 */
export function justTyped(text, caret, known) {
  if (text[caret - 1] !== ":") return null;
  const part = tokens(text).find(({ from, to }) => from < caret && caret <= to);
  // Just after a `<` an IRI is being written.
  if (part?.type !== "name" || text[part.from - 1] === "<") return null;
  const prefix = text.slice(part.from, caret - 1);
  const before = text.slice(0, part.from).trimEnd();
  if (/\bprefix$/i.test(before)) return null;
  return Object.hasOwn(known, prefix) && !declared(text).has(prefix) ? prefix : null;
}

/**
 * An IRI as people read it: by the longest known prefix, else in angle brackets.
 * @param {string} iri @param {Record<string, string>} known
 */
export function shortIri(iri, known) {
  let best = null;
  for (const [prefix, namespace] of Object.entries(known)) {
    if (iri.startsWith(namespace) && iri !== namespace && (!best || namespace.length > known[best].length))
      best = prefix;
  }
  return best === null ? `<${iri}>` : `${best}:${iri.slice(known[best].length)}`;
}
