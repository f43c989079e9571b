// What can stand at the caret: terms of a prefix while it is typed; on request also prefixes, keywords, variables,
// and terms by their label.
import { fold, inLanguage } from "../../../draw/page/model/text.js";
import { tokens } from "./tokens.js";

const OPTIONS_MOST = 60;
const LOCAL = /^(?:[\p{L}\p{N}_-]|\.(?=[\p{L}\p{N}_-]))+$/u;
const WORDS_OFFERED = [
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION GRAPH MINUS VALUES BIND EXISTS ASK CONSTRUCT DESCRIBE COUNT",
  "GROUP_CONCAT LIMIT OFFSET LANG STR REGEX CONTAINS LCASE COALESCE STRAFTER",
]
  .join(" ")
  .split(" ")
  .concat("GROUP BY", "ORDER BY", "NOT EXISTS");

/**
 * The vocabulary made fit for searching: [{name, prefix, local, label, meaning, group}]. terms: [[prefixed name,
 * label, meaning, group]]; mirrors: level → meaning, for each relation says how it stands.
 * @param {any} terms @param {any} [mirrors]
 */
export function readTerms(terms, mirrors = {}) {
  const read = terms.map(([name, label, meaning, group]) => termOf(name, label, meaning, group));
  const relations = read.filter(({ group }) => group === "relation");
  const reflected = Object.entries(mirrors).flatMap(([level, meaning]) =>
    relations.map(({ local, label }) => termOf(`${level}:${local}`, label, meaning, "mirror")),
  );
  return [...read, ...reflected];
}

/** @param {string} name @param {any} label @param {any} meaning @param {string} group */
function termOf(name, label, meaning, group) {
  const colon = name.indexOf(":");
  return { name, prefix: name.slice(0, colon), local: name.slice(colon + 1), label, meaning, group };
}

/**
 * {from, to, options: [{insert, name, label, meaning, group}]} for the caret, or null. asked: the reader pressed
 * Ctrl-Space.
 * @param {string} text @param {number} caret
 * @param {{ terms: any; prefixes: Record<string, string>; lang: Lang; asked?: any }} given
 */
export function completionAt(text, caret, { terms, prefixes, lang, asked = false }) {
  const part = tokens(text).find(({ from, to }) => from < caret && caret <= to);
  if (part?.type === "name" && text.slice(part.from, caret).includes(":") && text[part.from - 1] !== "<")
    return ofPrefix(text, caret, part, { terms, lang, asked });
  if (!asked || ["comment", "text", "iri"].includes(part?.type)) return null;
  if (part?.type === "variable" || text[caret - 1] === "?") return variables(text, caret);
  return words(text, caret, { terms, prefixes, lang });
}

/**
 * @param {string} text @param {number} caret @param {any} part @param {{ terms: any; lang: Lang; asked: any }} given
 */
function ofPrefix(text, caret, part, { terms, lang, asked }) {
  const [prefix, typed] = split(text.slice(part.from, caret));
  const mine = terms.filter((term) => term.prefix === prefix);
  if (!mine.length) return null;
  const wanted = fold(typed);
  const options = ranked(mine, wanted, lang);
  // What is there already needs no offer.
  if (!options.length || (!asked && mine.some(({ local }) => local === typed))) return null;
  return { from: part.from, to: part.to, options: options.map((term) => option(term, lang)) };
}

/** @param {string} name */
function split(name) {
  const colon = name.indexOf(":");
  return [name.slice(0, colon), name.slice(colon + 1)];
}

// First what begins with what was typed, then what holds it, then what is called so.
/** @param {any} terms @param {any} wanted @param {Lang} lang */
function ranked(terms, wanted, lang) {
  if (!wanted) return [...terms].sort((a, b) => a.name.localeCompare(b.name)).slice(0, OPTIONS_MOST);
  const scored = [];
  for (const term of terms) {
    const local = fold(term.local);
    const label = fold(inLanguage(term.label, lang));
    const rank = local.startsWith(wanted)
      ? 0
      : label.startsWith(wanted)
        ? 1
        : local.includes(wanted)
          ? 2
          : label.includes(wanted)
            ? 3
            : -1;
    if (rank >= 0) scored.push({ rank, term });
  }
  scored.sort((a, b) => a.rank - b.rank || a.term.name.localeCompare(b.term.name));
  return scored.slice(0, OPTIONS_MOST).map(({ term }) => term);
}

/** @param {any} term @param {Lang} lang */
function option(term, lang) {
  return {
    insert: nameOrIri(term),
    name: term.name,
    label: inLanguage(term.label, lang),
    meaning: inLanguage(term.meaning, lang),
    group: term.group,
  };
}

// A local name with other marks than these would need backslashes.
/** @param {any} term */
function nameOrIri(term) {
  return LOCAL.test(term.local) ? term.name : `${term.prefix}:${term.local.replace(/[^\p{L}\p{N}_-]/gu, "\\$&")}`;
}

/** @param {string} text @param {number} caret */
function variables(text, caret) {
  const start = text.slice(0, caret).search(/[?$][\p{L}\p{N}_]*$/u);
  const typed = text.slice(start + 1, caret);
  const known = [
    ...new Set(
      tokens(text)
        .filter(({ type, from }) => type === "variable" && from !== start)
        .map((part) => part.text.slice(1)),
    ),
  ];
  const options = known
    .filter((name) => name.startsWith(typed))
    .sort()
    .map((name) => ({ insert: `?${name}`, name: `?${name}`, label: "", meaning: "", group: "variable" }));
  const rest = /^[\p{L}\p{N}_]*/u.exec(text.slice(caret))[0];
  return options.length ? { from: start, to: caret + rest.length, options } : null;
}

/**
 * @param {string} text @param {number} caret
 * @param {{ terms: any; prefixes: Record<string, string>; lang: Lang }} given
 */
function words(text, caret, { terms, prefixes, lang }) {
  const typed = /[\p{L}\p{N}_-]*$/u.exec(text.slice(0, caret))[0];
  const wanted = fold(typed);
  /** @param {string} insert @param {string} name @param {string} meaning @param {string} group */
  const plainOption = (insert, name, meaning, group) => ({ insert, name, label: "", meaning, group });
  const names = Object.keys(prefixes)
    .filter((prefix) => prefix.startsWith(typed))
    .sort()
    .map((prefix) => plainOption(`${prefix}:`, `${prefix}:`, prefixes[prefix], "prefix"));
  const keywords = WORDS_OFFERED.filter((word) => wanted && word.toLowerCase().startsWith(wanted)).map((word) =>
    plainOption(word, word, "", "keyword"),
  );
  const called =
    wanted.length > 1
      ? ranked(
          terms.filter(({ group }) => group !== "mirror"),
          wanted,
          lang,
        ).map((term) => option(term, lang))
      : [];
  const options = [...keywords, ...names, ...called].slice(0, OPTIONS_MOST);
  return options.length ? { from: caret - typed.length, to: caret, options } : null;
}
