// What things of a foreign dataset are called, and of which kind they are: as graph/foreign/naming.py has it, with the
// same tables, ontology/lift/naming.json.
import { byCodePoint, iriOf } from "./projection.js";

const WIKIDATA_ITEM = /^http:\/\/www\.wikidata\.org\/(?:entity|prop(?:\/direct)?)\/([PQ]\d+)$/;
const SAYS_NOTHING = new RegExp(
  "^(?:(?:me|it|this|self|id|i|thing|n/a|null|undefined|_:\\w+)|[^\\p{L}]*" +
    "|(?:[a-z]{1,10}[-_])?(?=[^-_]*\\d)[0-9a-f]{12,}" +
    "|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}" +
    "|(?=.*\\d)(?=.*[a-z])[0-9a-z_-]{22,})$",
  "iu",
);
// Words and numbers, which are no key, however long they are together.
const PLAIN_WORDS = new RegExp(
  "^(?:(?=(?:.*?(?:^|[-_])[A-Za-z]{3,}(?=[-_]|$)){2})(?:[A-Za-z]+|\\d+)(?:[-_]+(?:[A-Za-z]+|\\d+))*" +
    "|(?=(?:.*?[a-z]{4}){2})(?:[A-Z]+[a-z]*|\\d+)+)$",
);
// Keys of a register, which say nothing where the kind is known. The items of a Wikibase are called by theirs.
const REGISTER_KEY = /^(?![QPL]\d)[a-z]{1,3}\d{3,}$/i;
const CONCEPT_WORD = /\bconcepts?\b/i;
// A page whose file has a number for its name, of which the site says more.
const NUMBERED_PAGE = /^https?:\/\/(?:www\.)?([^/:]+)[^?#]*\/(?=[^/]*\d{3})[^/?#]*\.(?:x?html?|php|aspx?|jsp)$/i;
const BARE_NUMBER = /^\+?[\d.,:_-]*\d[\d.,:_-]*$/;
const CLASS_CODE = /^[A-Z]{1,3}\d+[a-z]{0,2}_(?=[A-Za-z])/;
const NAME_WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const PLAIN_LOOK = { shape: "circle", hue: "concept", agent: false };
const FILE_SPACE = "https://w3id.org/actorgraph/id/file/";

/** @param {any} term */
const tagOf = (term) => term["xml:lang"] ?? "";
/** @param {any} term */
const isLiteralTerm = (term) => term.type === "literal" || term.type === "typed-literal";

/** @param {string} text */
const saysNothing = (text) => SAYS_NOTHING.test(text) && !PLAIN_WORDS.test(text);

/**
 * The host of a web address; nothing for other IRIs.
 * @param {string} iri
 */
export const siteOf = (iri) => /^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(iri)?.[1] ?? "";

/**
 * The name of a file that is a graph; undefined for any other IRI.
 * @param {string} iri
 */
export function nameOfFile(iri) {
  const rest = iri.startsWith(FILE_SPACE) ? iri.slice(FILE_SPACE.length) : "/";
  return rest.includes("/") ? undefined : unescaped(rest);
}

/**
 * The best name: one that says something, in the reader's language, by the best property; else nothing.
 * @param {any} record @param {Lang|string} lang @param {any} tables
 */
export function bestName(record, lang, tables) {
  const found = [];
  for (const [property, values] of record ?? [])
    for (const value of values)
      if (isLiteralTerm(value)) {
        // A name is one line, however it was indented in a file.
        const text = value.value.trim().replace(/\s+/g, " ");
        if (!saysNothing(text)) found.push([...rankOf(property, tables), tongueRank(value, lang), property, text]);
      }
  /** @param {any[]} one @param {any[]} other */
  const compared = ([a, b, c, d, e], [v, w, x, y, z]) =>
    a - v || Number(c > 0) - Number(x > 0) || b - w || c - x || byCodePoint(d, y) || byCodePoint(e, z);
  return found.length ? found.reduce((one, other) => (compared(one, other) <= 0 ? one : other))[4] : "";
}

/** @param {string} property @param {any} tables */
function rankOf(property, { names, others }) {
  if (others.includes(property)) return [1, others.indexOf(property)];
  return [0, names.includes(property) ? names.indexOf(property) : names.length];
}

/** @param {any} value @param {Lang|string} lang */
function tongueRank(value, lang) {
  const [tag] = tagOf(value).split("-");
  return tag === lang ? 0 : !tag ? 1 : tag === "en" ? 2 : 3;
}

/**
 * `works for` of …#worksFor: the last part of an IRI that says something, as words.
 * @param {string} iri
 */
export function localName(iri) {
  const last = iri.split(/[/#]/).filter(Boolean).pop() ?? iri;
  const bare = unescaped(last.split(":").pop() || last)
    .replace(CLASS_CODE, "")
    .replaceAll("_", " ");
  const words = bare.replace(/([a-z])(?=[A-Z])/g, "$1 ").trim();
  return !words.includes(" ") || bare.includes(" ") ? words : words.toLowerCase();
}

/**
 * The last part of an IRI as words, with what stands before a number; the site of a numbered page; else nothing.
 * @param {string} iri
 */
export function tellingName(iri) {
  const page = NUMBERED_PAGE.exec(iri);
  if (page) return page[1];
  const name = localName(iri);
  const last =
    iri
      .replace(/[/#]+$/, "")
      .split(/[/#:]/)
      .at(-1) ?? "";
  if (!saysNothing(name) && !saysNothing(last.replace(CLASS_CODE, ""))) return name;
  const parts = iri.split(/[/#:]/).filter(Boolean);
  const before = parts.length > 1 ? localName(parts[parts.length - 2]) : "";
  return BARE_NUMBER.test(name) && before && !saysNothing(before) && !before.includes(".") ? `${before} ${name}` : "";
}

/** @param {string} name */
export const isKey = (name) => REGISTER_KEY.test(name);

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Classes, as things name them, and those above them. */
export class Classes {
  /** @param {any} called @param {any} tables */
  constructor(called, tables) {
    this.called = called;
    this.tables = tables;
  }

  /**
   * The class that says most about a thing; nothing when it has none that says anything.
   * @param {string} iri
   */
  of(iri) {
    const best = this.linked(iri, iriOf("rdf:type"))
      .map((kind) => ({ kind, worth: this.worth(kind) }))
      .sort((a, b) => a.worth - b.worth || byCodePoint(a.kind, b.kind))[0]?.kind;
    return !best || this.tables.empty.includes(best) ? "" : best;
  }

  /**
   * How instances are drawn.
   * @param {string} kind
   */
  look(kind) {
    return this.found(kind) ?? PLAIN_LOOK;
  }

  // What a class or a property of a well-known vocabulary is called that has no name in the data.
  /** @param {string} iri @param {Lang|string} [lang] */
  name(iri, lang = "en") {
    const item = WIKIDATA_ITEM.exec(iri);
    return (item ? this.tables.wikidata[item[1]]?.[lang] : this.tables.classes[iri]) ?? "";
  }

  /** @param {string} kind */
  worth(kind) {
    if (this.tables.empty.includes(kind)) return 4;
    if (this.tables.weak.includes(kind)) return 3;
    if (!this.found(kind)) return 2;
    // Whoever acts is an agent: a person or an organization says more.
    return Number(this.tables.general.includes(localName(kind).toLowerCase()));
  }

  /** @param {string} kind */
  found(kind) {
    const waiting = [kind];
    const met = new Set(waiting);
    for (const one of waiting) {
      const names = [this.name(one), localName(one), bestName(this.called.get(one), "en", this.tables)];
      // A concept of persons is no person; nor is a record of who took part.
      if (this.tables.records.includes(one) || names.some((words) => CONCEPT_WORD.test(words))) return PLAIN_LOOK;
      for (const words of names) {
        const look = lookOf(words, this.tables);
        if (look) return look;
      }
      for (const above of this.linked(one, iriOf("rdfs:subClassOf")))
        if (!met.has(above)) {
          met.add(above);
          waiting.push(above);
        }
    }
    return null;
  }

  /** @param {string} iri @param {string} property @returns {string[]} */
  linked(iri, property) {
    return (this.called.get(iri)?.get(property) ?? [])
      .filter((/** @type {any} */ value) => value.type === "uri" && !value.value.includes("/unnamed/"))
      .map((/** @type {any} */ value) => value.value)
      .sort(byCodePoint);
  }
}

/** @param {string} name @param {any} tables */
function lookOf(name, { looks, qualified }) {
  const every = (name.match(NAME_WORD) ?? []).map((word) => word.toLowerCase());
  let words = every;
  const of = words.indexOf("of", 1);
  if (of > 0) words = words.slice(0, of);
  const noun = words.at(-1);
  if (!noun) return null;
  for (const look of looks)
    if (look.words.includes(noun) || (noun.endsWith("s") && look.words.includes(noun.slice(0, -1)))) return look;
  for (const known of qualified) {
    const fits = known.before.length ? known.before.includes(words.at(-2)) : every.length === 1;
    if (known.words.includes(noun) && fits) return looks[known.look];
  }
  return null;
}
