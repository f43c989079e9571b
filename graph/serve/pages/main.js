// The SPARQL editor: wires the query, the cookbook, the completion and the answer; alone touches window.
import { fold, inLanguage } from "../../draw/page/model/text.js";
import { KEPT, remember, remembered, startLanguage } from "../../draw/page/views/remember.js";
import { firstIn, focusKey } from "../../draw/page/views/dom.js";
import { addressOf, readAddress } from "./model/address.js";
import { readAnswer } from "./model/answer.js";
import { differenceOf } from "./model/difference.js";
import { completionAt, readTerms } from "./model/complete.js";
import { DRAWN_MOST, drawable, drawingAddress, widened } from "./model/drawing.js";
import { headerOf, withValue } from "./model/parameters.js";
import { declared, justTyped, missing, prologueLines } from "./model/prefixes.js";
import { offsetOf } from "./model/problem.js";
import { formOf } from "./model/tokens.js";
import { Asking } from "./views/asking.js";
import { renderAnswer } from "./views/answer.js";
import { renderBar } from "./views/bar.js";
import { Completion } from "./views/completion.js";
import { renderCookbook, renderOpened } from "./views/cookbook.js";
import { Editor } from "./views/editor.js";
import { offerFile } from "./views/file.js";
import { buildShell, nameShell, renderError } from "./views/shell.js";
import { speak, word } from "../../draw/page/words.js";
import { secondsIn, sizeIn } from "./amounts.js";

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const PHONE = window.matchMedia("(max-width: 900px)");
// More than this in one answer would stop the page; a file may be larger.
const SHOWN_BYTES = 48e6;
const ROWS_JSON = "application/sparql-results+json";
const FILES = {
  CSV: ["csv", "text/csv"],
  TSV: ["tsv", "text/tab-separated-values"],
  JSON: ["json", ROWS_JSON],
  XML: ["xml", "application/sparql-results+xml"],
  Turtle: ["ttl", "text/turtle"],
  "N-Triples": ["nt", "application/n-triples"],
  "JSON-LD": ["jsonld", "application/ld+json"],
  "RDF/XML": ["rdf", "application/rdf+xml"],
};
const WAITS = { header: 160, address: 400 };

speak(JSON.parse(document.getElementById("words").textContent));
const data = JSON.parse(document.getElementById("data").textContent);
const terms = readTerms(data.terms, data.mirrors);
const known = data.prefixes;
const vocabularies = Object.entries(known)
  .filter(([prefix]) => prefix !== "id")
  .map(([, namespace]) => namespace);

let theme = remembered(KEPT.theme);
let lang = startLanguage(data.lang, new URLSearchParams(window.location.search).get("lang"));
let chosen = "";
let find = "";
let answer = null;
let sort = null;
let at = 0;
let everAsked = false;
let filling = false;
const timers = {};

// ---- what is shown

function page() {
  const meanings = Object.fromEntries(
    Object.entries(data.meanings).map(([column, values]) => [
      column,
      Object.fromEntries(Object.entries(values).map(([key, both]) => [key, inLanguage(both, lang)])),
    ]),
  );
  return {
    lang,
    prefixes: { ...known, ...Object.fromEntries(declared(answer?.query ?? "")) },
    meanings,
    sort,
    at,
    everAsked,
  };
}

function showAll() {
  document.documentElement.lang = lang;
  document.title = word(lang, "title");
  applyTheme();
  nameShell(shell, editor.area, { lang, count: data.queries.length });
  showCookbook();
  showOpened();
  showAnswer();
}

function showCookbook() {
  const focused = focusKey(shell.recipes);
  renderCookbook(
    shell.recipes,
    { queries: data.queries, lang, chosen, find },
    { open: (name) => openNamed(name, {}, { focus: true }) },
  );
  if (focused) firstIn(shell.recipes, `[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function showOpened() {
  renderOpened(shell.opened, { header: headerOf(editor.text), lang, said }, { value: setValue, run });
}

function showAnswer() {
  renderAnswer(shell.answer, answer, page(), {
    sort: (column) => {
      sort =
        sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true };
      at = 0;
      showAnswer();
    },
    page: (to) => {
      at = to;
      showAnswer();
      shell.answer.querySelector(".table-frame")?.scrollTo(0, 0);
    },
    save,
    draw,
  });
}

// The words of a query's header in the reader's language; what somebody wrote of their own stays as it is.
/** @param {string} text */
function said(text) {
  return lang === "en" ? text : (data.said[lang]?.[text] ?? text);
}

// ---- the query

/** @param {string} name @param {any} [values] @param {{ focus?: boolean }} [given] */
function openNamed(name, values = {}, { focus = false } = {}) {
  const query = data.queries.find((each) => each.name === name);
  if (!query) {
    tell(word(lang, "badLink"));
    return;
  }
  chosen = name;
  let text = query.text;
  for (const [key, value] of Object.entries({ lang, ...values })) text = withValue(text, key, value) ?? text;
  fill(() => editor.set(text));
  answer = null;
  clearError();
  showCookbook();
  showOpened();
  showAnswer();
  keepAddress();
  if (PHONE.matches) shell.cookbook.open = false;
  tell(word(lang, "cookbookChosen", { title: inLanguage(query.title, lang) }));
  if (!focus) return;
  (PHONE.matches ? shell.run : (shell.opened.querySelector("input") ?? shell.run)).focus({ preventScroll: true });
  if (PHONE.matches) shell.opened.scrollIntoView({ block: "start" });
}

/** @param {string} name @param {any} value */
function setValue(name, value) {
  const text = withValue(editor.text, name, value);
  const field = document.getElementById(`value-${name}`);
  field?.setAttribute("aria-invalid", String(text === null));
  if (text === null) {
    tell(
      word(lang, "badValue", {
        like: headerOf(editor.text).parameters.find((each) => each.name === name)?.value ?? "",
      }),
    );
    return;
  }
  fill(() => spliced(text));
  later("address", keepAddress);
}

// Only what differs is replaced, so that the rest keeps its place.
/** @param {string} text */
function spliced(text) {
  const { from, to, insert } = differenceOf(editor.text, text);
  editor.replace(from, to, insert, { focus: false });
}

// Changes the text without being taken for typing.
/** @param {any} change */
function fill(change) {
  filling = true;
  try {
    change();
  } finally {
    filling = false;
  }
}

function typed() {
  if (filling) return;
  clearError();
  const prefix = justTyped(editor.text, editor.caret, known);
  if (prefix !== null) {
    addPrefixes([prefix]);
    tell(word(lang, "prefixAdded", { name: prefix }));
  }
  offer(false);
  later("header", showOpened);
  later("address", keepAddress);
}

/** @param {string[]} prefixes */
function addPrefixes(prefixes) {
  if (!prefixes.length) return;
  const { at: place, words: lines } = prologueLines(editor.text, prefixes, known);
  fill(() => editor.replace(place, place, lines));
}

function tidy() {
  addPrefixes(missing(editor.text, known));
  tell(word(lang, "prefixesAdded"));
  keepAddress();
  editor.area.focus();
}

// ---- completion

let offered = null;

/** @param {any} wanted */
function offer(wanted) {
  const { selectionStart, selectionEnd } = editor.area;
  offered =
    selectionStart === selectionEnd
      ? completionAt(editor.text, selectionStart, { terms, prefixes: known, lang, asked: wanted })
      : null;
  if (!offered) {
    completion.hide();
    if (wanted) tell(word(lang, "noOptions"));
    return;
  }
  completion.show(offered.options, editor.placeOf(offered.from), lang);
  tell(word(lang, "options", { n: offered.options.length }));
}

/** @param {any} option */
function take(option) {
  const { from, to } = offered;
  fill(() => editor.replace(from, to, option.insert, { caret: from + option.insert.length }));
  addPrefixes(missing(editor.text, known).filter((prefix) => option.insert.startsWith(`${prefix}:`)));
  if (option.group === "prefix") offer(false);
  later("header", showOpened);
  later("address", keepAddress);
}

/** @param {any} event */
function pressedInEditor(event) {
  if (completion.pressed(event)) return true;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") run();
  else if (event.ctrlKey && event.code === "Space") offer(true);
  else if (event.key === "Escape" && asking.running) asking.stop();
  else return false;
  event.preventDefault();
  return true;
}

/** @param {any} event */
function caretMoved(event) {
  if (event.type === "keyup" && !/^(?:Arrow(?:Left|Right)|Home|End)$/.test(event.key)) return;
  completion.hide();
}

// ---- asking

async function run() {
  completion.hide();
  addPrefixes(missing(editor.text, known));
  const query = editor.text;
  if (!query.trim()) {
    tell(word(lang, "notAsked"));
    editor.area.focus();
    return;
  }
  keepAddress();
  clearError();
  everAsked = true;
  answer = null;
  sort = null;
  at = 0;
  showAnswer();
  const triples = ["construct", "describe"].includes(formOf(query));
  const got = await asking.ask(query, triples ? "text/turtle" : ROWS_JSON, { most: SHOWN_BYTES });
  if (!got) return;
  const text = await got.blob.text();
  try {
    answer = {
      ...(got.type.includes("json") && !got.type.includes("ld+json") ? readAnswer(text) : { text }),
      ms: got.ms,
      bytes: got.bytes,
      because: got.because,
      query,
    };
  } catch (error) {
    fail(word(lang, "notRead", { why: error.message }));
    return;
  }
  showAnswer();
  tell(`${summary()}, ${word(lang, "took", { seconds: secondsIn(lang, got.ms) })}`);
  shell.answer.querySelector(".answer-head")?.scrollIntoView({ block: "nearest" });
}

function summary() {
  if (answer.boolean !== undefined) return word(lang, answer.boolean ? "yes" : "no");
  return answer.text === undefined ? word(lang, "rows", { n: answer.rows.length }) : word(lang, "triples");
}

// The reason in one line, its place marked when the text is still the one that was asked.
/** @param {{ kind: string; problem: any }} given @param {string} query */
function told({ kind, problem }, query) {
  if (kind !== "problem") {
    fail(
      word(lang, { none: "noServer", broken: "brokenOff", large: "tooMuch" }[kind], {
        size: sizeIn(lang, SHOWN_BYTES),
      }),
    );
    return;
  }
  const { title, detail, line, column, again } = problem;
  const text = detail && !detail.startsWith(title) ? [title, detail].filter(Boolean).join(": ") : detail || title;
  const wait = again ? ` ${word(lang, "again", { n: again })}` : "";
  if (!line) {
    fail(text + wait);
    return;
  }
  const place = offsetOf(query, line, column ?? 1);
  if (editor.text === query) editor.setMark(place);
  // The place says that it cannot be read; the title would say so again.
  fail(word(lang, "errorAt", { line: String(line), column: String(column ?? 1), text: detail || title }) + wait, () =>
    editor.go(place),
  );
}

/** @param {string} text @param {any} [go] */
function fail(text, go = null) {
  renderError(shell, text, lang, go);
  tell(text);
  shell.error.scrollIntoView({ block: "nearest" });
}

function clearError() {
  renderError(shell, "", lang);
  if (editor.mark !== null) editor.setMark(null);
}

// ---- what leaves the page

/** @param {string} kind */
async function save(kind) {
  const [ending, type] = FILES[kind];
  const { query } = answer;
  const got = await asking.ask(query, type, { doing: (bytes) => word(lang, "saving", { size: sizeIn(lang, bytes) }) });
  if (!got) return;
  const name = `${fileStem(query)}.${ending}`;
  offerFile(name, got.blob);
  tell(word(lang, "saved", { name }), true);
}

/** @param {string} query */
function fileStem(query) {
  const named = data.queries.find((each) => headerOf(each.text).title === headerOf(query).title);
  return (
    named?.name ??
    (fold(headerOf(query).title)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) ||
      "answer")
  );
}

async function draw() {
  let iris = drawable(answer.rows, vocabularies);
  if (!iris.length) iris = await behind(answer.query);
  if (!iris) return;
  if (!iris.length) {
    tell(word(lang, "drawNothing"), true);
    return;
  }
  if (iris.length > DRAWN_MOST) tell(word(lang, "drawMost", { n: DRAWN_MOST, m: iris.length }), true);
  window.location.assign(drawingAddress(iris));
}

// The rows of the cookbook are words; the same query with all its variables says what they are about. null when it
// was not answered.
/** @param {string} query */
async function behind(query) {
  const wide = widened(query);
  if (!wide) return [];
  const got = await asking.ask(wide, ROWS_JSON, { most: SHOWN_BYTES, doing: () => word(lang, "drawLooking") });
  if (!got) return null;
  const { rows } = readAnswer(await got.blob.text());
  const relationships = drawable(rows, vocabularies, { only: "relationship" });
  return relationships.length ? relationships : drawable(rows, vocabularies);
}

async function copyLink() {
  keepAddress();
  try {
    await navigator.clipboard.writeText(window.location.href);
    tell(word(lang, "linkCopied"), true);
  } catch {
    // Over plain http a browser may have no clipboard; the address bar holds the same.
    tell(word(lang, "linkByHand"), true);
  }
}

// ---- address, theme and language

function keepAddress() {
  const fragment = addressOf(editor.text);
  if (fragment !== window.location.hash.slice(1))
    window.history.replaceState(
      null,
      "",
      fragment ? `#${fragment}` : window.location.pathname + window.location.search,
    );
}

function arrived() {
  const read = readAddress(window.location.hash);
  if (!read) return;
  if (read.name !== undefined) openNamed(read.name, read.values);
  else if (read.query !== editor.text) {
    chosen = "";
    fill(() => editor.set(read.query));
    answer = null;
    clearError();
    showCookbook();
    showOpened();
    showAnswer();
  }
}

function isDark() {
  return theme ? theme === "dark" : DARK.matches;
}

function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  renderBar(
    shell.bar,
    { lang, dark: isDark() },
    {
      theme: () => {
        theme = isDark() ? "light" : "dark";
        remember(KEPT.theme, theme);
        applyTheme();
      },
      language: switchTo,
    },
  );
}

// A query whose answer was in the page's language goes along.
/** @param {string} language */
function switchTo(language) {
  const parameter = headerOf(editor.text).parameters.find((each) => each.name === "lang");
  if (parameter?.value === lang && parameter.choices.includes(language)) setValue("lang", language);
  lang = language;
  remember(KEPT.language, language);
  showAll();
}

// Read out, and shown beside the buttons when `shown`.
/** @param {string} text @param {boolean} [shown] */
function tell(text, shown = false) {
  document.getElementById("live").textContent = text;
  if (shown) shell.state.textContent = text;
}

/** @param {string} what @param {any} action */
function later(what, action) {
  clearTimeout(timers[what]);
  timers[what] = setTimeout(action, WAITS[what]);
}

// ---- begin

const editor = new Editor({ input: typed, caret: caretMoved, key: pressedInEditor });
const completion = new Completion(editor.area, { take });
const shell = buildShell(
  { editor: editor.element, options: completion.list },
  {
    find: (text) => {
      find = text;
      showCookbook();
    },
    run,
    stop: () => asking.stop(),
    tidy,
    link: copyLink,
  },
);
const asking = new Asking(shell, { lang: () => lang, tell, told });
shell.cookbook.open = !PHONE.matches;
showAll();
arrived();
PHONE.addEventListener("change", () => {
  shell.cookbook.open = !PHONE.matches;
});
DARK.addEventListener("change", applyTheme);
window.addEventListener("hashchange", arrived);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && asking.running && event.target !== editor.area) asking.stop();
});
document.documentElement.classList.add("ready");
