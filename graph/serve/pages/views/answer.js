// The answer: how many rows and how long it took, what a row is, the table or the text, ways out of the page; or why
// there is none.
import { pageOf, sortedRows } from "../model/answer.js";
import { described, formOf } from "../model/tokens.js";
import { button, focusKey, make } from "../../../draw/page/views/dom.js";
import { word } from "../../../draw/page/words.js";
import { secondsIn, sizeIn } from "../amounts.js";
import { STANDING, iriLink, pagerOf, tableOf } from "./table.js";

const PAGE_SIZE = 100;
const TEXT_MOST = 200000;
const SPEAKS = ["who", "stance", "deniedBy"];
const ROW_FILES = ["CSV", "TSV", "JSON", "XML"];
const TRIPLE_FILES = ["Turtle", "N-Triples", "JSON-LD", "RDF/XML"];

/**
 * answer: null, or {boolean | columns, rows | text, ms, bytes, query}; page: {lang, prefixes, meanings, sort, at,
 * everAsked}; on: sort, page, save(kind), draw.
 * @param {any} place @param {any} answer @param {any} page @param {any} on
 */
export function renderAnswer(place, answer, page, on) {
  const key = focusKey(place);
  place.replaceChildren(...parts(answer, page, on).filter(Boolean));
  if (key)
    [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key)?.focus({ preventScroll: true });
}

/** @param {any} answer @param {any} page @param {any} on */
function parts(answer, page, on) {
  const { lang } = page;
  if (!answer) return page.everAsked ? [] : [make("p", { class: "nothing-yet", text: word(lang, "notAsked") })];
  if (answer.boolean !== undefined)
    return [
      head([word(lang, "took", { seconds: secondsIn(lang, answer.ms) })], exits(answer, page, on), lang),
      make("p", { class: "yes-no", text: word(lang, answer.boolean ? "yes" : "no") }),
      make("p", { class: "rule", text: word(lang, answer.boolean ? "yesNote" : "noNote") }),
    ];
  if (answer.text !== undefined) return ofText(answer, page, on);
  return ofRows(answer, page, on);
}

/** @param {any} facts @param {any} ways @param {Lang} lang */
function head(facts, ways, lang) {
  return make("div", { class: "answer-head" }, [
    make("h2", { class: "answer-title", text: word(lang, "answer") }),
    make("p", { class: "answer-facts", text: facts.join(" · ") }),
    ways,
  ]);
}

/** @param {any} answer @param {{ lang: Lang }} given @param {any} on */
function exits(answer, { lang }, on) {
  const files = answer.text !== undefined ? TRIPLE_FILES : ROW_FILES;
  return make("div", { class: "ways" }, [
    answer.rows?.length ? button(word(lang, "draw"), on.draw, { class: "way strong", data: { key: "draw" } }) : null,
    make("span", { class: "ways-name", id: "save-as", text: word(lang, "saveAs") }),
    make(
      "div",
      { class: "ways-files", role: "group", "aria-labelledby": "save-as" },
      files.map((kind) =>
        button(kind, () => on.save(kind), {
          class: "way",
          title: word(lang, "saveNote"),
          data: { key: `save:${kind}` },
        }),
      ),
    ),
  ]);
}

/** @param {any} answer @param {any} page @param {any} on */
function ofText(answer, page, on) {
  const { lang } = page;
  const cut = answer.text.length > TEXT_MOST;
  return [
    head(
      [word(lang, "triples"), sizeIn(lang, answer.bytes), word(lang, "took", { seconds: secondsIn(lang, answer.ms) })],
      exits(answer, page, on),
      lang,
    ),
    make("p", { class: "rule", text: word(lang, "rule") }),
    formOf(answer.query) === "describe"
      ? make("p", { class: "rule warning" }, [
          word(lang, "describeNote"),
          ...described(answer.query).flatMap((iri) => [" ", iriLink(iri, page.prefixes)]),
        ])
      : null,
    answer.text.trim()
      ? make("pre", {
          class: "answer-text",
          tabindex: "0",
          role: "region",
          "aria-label": word(lang, "triples"),
          text: answer.text.slice(0, TEXT_MOST),
        })
      : make("p", { class: "no-rows", text: word(lang, "noTriples") }),
    cut ? make("p", { class: "rule", text: word(lang, "cutText", { n: TEXT_MOST }) }) : null,
  ];
}

/** @param {any} answer @param {any} page @param {any} on */
function ofRows(answer, page, on) {
  const { lang, sort } = page;
  const facts = [
    word(lang, "rows", { n: answer.rows.length }),
    word(lang, "took", { seconds: secondsIn(lang, answer.ms) }),
    sizeIn(lang, answer.bytes),
  ];
  if (!answer.rows.length)
    return [
      head(facts, exits(answer, page, on), lang),
      make("p", { class: "no-rows", text: word(lang, "noRows") }),
      answer.because ? make("p", { class: "rule", lang: "en", text: answer.because }) : null,
    ];
  const rows = sort ? sortedRows(answer.rows, sort.column, sort.descending, lang) : answer.rows;
  const view = pageOf(rows, page.at, PAGE_SIZE);
  const told = SPEAKS.some((name) => answer.columns.includes(name));
  const table = make(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": word(lang, "sortable") },
    [tableOf({ columns: answer.columns, rows: view.rows, from: view.from, sort }, page, on)],
  );
  const pager = () => (view.pages > 1 ? pagerOf(view, answer.rows.length, lang, on) : null);
  return [
    head(facts, exits(answer, page, on), lang),
    make("p", {
      class: told ? "rule" : "rule warning",
      text: told
        ? [
            word(lang, "rule"),
            answer.columns.some((name) => STANDING.includes(name)) ? word(lang, "standingColumns") : "",
          ].join(" ")
        : word(lang, "whoMissing"),
    }),
    pager(),
    table,
    view.pages > 1 && view.rows.length > PAGE_SIZE / 2
      ? make("p", {
          class: "page-foot",
          text: word(lang, "shown", { from: view.from, to: view.to, n: answer.rows.length }),
        })
      : null,
  ];
}
