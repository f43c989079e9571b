// Rows of an answer as a table: sorted by a click, a page at a time, each IRI a link, what says who speaks set apart.
import { emptyTerm, numberOf, plainTerm } from "../model/answer.js";
import { shortIri } from "../model/prefixes.js";
import { plain } from "../../../draw/page/model/text.js";
import { bdi, button, make } from "../../../draw/page/views/dom.js";
import { hasWord, word } from "../../../draw/page/words.js";

/** The columns that say how a statement stands. */
export const STANDING = ["who", "for", "via", "stance", "modality", "hedge", "deniedBy", "retracted", "place"];
const XSD_NAMES = "http://www.w3.org/2001/XMLSchema#";
const [LONG, MIDDLING] = [70, 24];
const SAFE_ADDRESS = /^https?:\/\//i;

/**
 * view: {columns, rows, from, sort: {column, descending} | null}; page: {lang, prefixes, meanings}; on: sort(column).
 * @param {any} view @param {any} page @param {any} on
 */
export function tableOf(view, page, on) {
  const { columns, rows, from, sort } = view;
  const { lang } = page;
  const heads = columns.map((name, at) => {
    const state = sort?.column === at ? (sort.descending ? "descending" : "ascending") : null;
    const about = hasWord(`col_${name}`) ? word(lang, `col_${name}`) : null;
    return make("th", { scope: "col", role: "columnheader", class: classOf(name), "aria-sort": state }, [
      button(name, () => on.sort(at), {
        class: "sort",
        title: [word(lang, "sortBy", { name }), about].filter(Boolean).join(": "),
        data: { key: `sort:${at}` },
      }),
    ]);
  });
  const body = rows.map((row, at) =>
    make("tr", { role: "row", class: deniedIn(columns, row) ? "is-denied" : null }, [
      numberCell(from + at, deniedIn(columns, row), lang),
      ...row.map((term, column) => cellOf(term, columns[column], page)),
    ]),
  );
  return make("table", { class: "answer-table", role: "table" }, [
    make("caption", { class: "unseen", text: word(lang, "sortable") }),
    make("thead", { role: "rowgroup" }, [
      make("tr", { role: "row" }, [make("td", { class: "row-number", role: "cell" }), ...heads]),
    ]),
    make("tbody", { role: "rowgroup" }, body),
  ]);
}

/** @param {string} name */
function classOf(name) {
  return (
    [
      STANDING.includes(name) ? "standing" : "",
      name === "deniedBy" || name === "retracted" ? "against" : "",
      name === "who" ? "speaker" : "",
    ]
      .filter(Boolean)
      .join(" ") || null
  );
}

// Whether it is denied stays in sight however far the table is scrolled to the side.
/** @param {any} number @param {any} denied @param {Lang} lang */
function numberCell(number, denied, lang) {
  const who = denied
    ? make("span", { class: "denied-mark", title: denied }, [
        make("span", { "aria-hidden": "true", text: "×" }),
        make("span", { class: "unseen", text: word(lang, "rowDenied", { who: denied }) }),
      ])
    : null;
  return make("th", { scope: "row", role: "rowheader", class: "row-number" }, [String(number), who]);
}

/** @param {any} columns @param {any} row */
function deniedIn(columns, row) {
  return columns
    .map((name, at) => (name === "deniedBy" || name === "retracted" ? plain(plainTerm(row[at])) : ""))
    .filter(Boolean)
    .join("; ");
}

/** @param {any} term @param {string} name @param {any} page */
function cellOf(term, name, page) {
  const size = term?.type === "literal" ? String(term.value).length : 0;
  const classes =
    [
      classOf(name),
      numberOf(term) === null ? "" : "number",
      emptyTerm(term) ? "empty" : "",
      size > LONG ? "long" : size > MIDDLING ? "middling" : "",
    ]
      .filter(Boolean)
      .join(" ") || null;
  return make("td", { role: "cell", class: classes, data: { name } }, shownTerm(term, name, page));
}

/**
 * @param {any} term @param {string} name @param {{ lang: Lang; prefixes: Record<string, string>; meanings: any }} given
 */
function shownTerm(term, name, { lang, prefixes, meanings }) {
  if (term === null) return [make("span", { class: "unseen", text: word(lang, "unbound") })];
  if (term.type === "uri") return [iriLink(term.value, prefixes)];
  if (term.type === "bnode") return [make("span", { class: "blank", text: `_:${plain(term.value)}` })];
  if (term.type === "triple") return [make("code", {}, [bdi(plain(plainTerm(term)))])];
  const value = plain(term.value);
  const meaning = meanings[name]?.[term.value];
  if (meaning) return [make("span", { text: meaning, title: value })];
  const language = term["xml:lang"];
  const datatype =
    term.datatype && term.datatype !== `${XSD_NAMES}string` && numberOf(term) === null
      ? shortIri(term.datatype, prefixes)
      : null;
  const shown =
    term.datatype === `${XSD_NAMES}anyURI` && SAFE_ADDRESS.test(value)
      ? make("a", { class: "link", href: value, rel: "noreferrer noopener", target: "_blank", text: value })
      : bdi(value, { lang: language ?? null, title: datatype });
  return [shown, language ? make("span", { class: "tongue", text: plain(language) }) : null];
}

/**
 * A link to what the server knows of an IRI.
 * @param {string} iri @param {Record<string, string>} prefixes
 */
export function iriLink(iri, prefixes) {
  return make("a", { class: "iri", href: `describe?iri=${encodeURIComponent(iri)}`, title: plain(iri) }, [
    bdi(plain(shortIri(iri, prefixes))),
  ]);
}

/**
 * The pages of a long answer. at: {from, to, page, pages}; on: page(number).
 * @param {{ from: number; to: number; page: number; pages: number }} at @param {number} count @param {Lang} lang
 * @param {any} on
 */
export function pagerOf(at, count, lang, on) {
  /** @param {string} label @param {string} key @param {any} to @param {boolean} disabled */
  const step = (label, key, to, disabled) =>
    button(label, () => on.page(to), {
      class: "page-step",
      "aria-label": word(lang, key),
      title: word(lang, key),
      disabled,
      data: { key: `page:${key}` },
    });
  const [start, end] = [at.page === 0, at.page === at.pages - 1];
  return make("nav", { class: "pager", "aria-label": word(lang, "pages") }, [
    step("«", "first", 0, start),
    step("‹", "before", at.page - 1, start),
    make("span", { text: word(lang, "shown", { from: at.from, to: at.to, n: count }) }),
    step("›", "after", at.page + 1, end),
    step("»", "last", at.pages - 1, end),
  ]);
}
