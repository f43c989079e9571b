// Wires model and views; the one module that touches window, storage, the clipboard and the address.
import {answerTo} from "./model/ask.js";
import {lookThrough} from "./model/lens.js";
import {untickedNames} from "./model/docket.js";
import {readRecords} from "./model/records.js";
import {sceneOf} from "./model/scene.js";
import {readIndex} from "./model/search.js";
import {change, freshHistory, freshState, redo, ticked, toggled, undo} from "./model/state.js";
import {valueName} from "./model/stats.js";
import {inLanguage} from "./model/text.js";
import {LANGUAGES, word} from "./words.js";
import {renderBar} from "./views/bar.js";
import {Drawing} from "./views/canvas.js";
import {askSaid} from "./views/asking.js";
import {make} from "./views/dom.js";
import {Finder} from "./views/finder.js";
import {renderFilters} from "./views/filters.js";
import {openHelp, renderLegend} from "./views/legend.js";
import {renderPanel, titleOf} from "./views/panel.js";
import {buildShell, nameSheets, nameShell, renderFoot, renderHonest, showTip} from "./views/shell.js";
import {renderTable} from "./views/table.js";
import {readTheme} from "./views/theme.js";
import {Walker, ZOOM_STEP} from "./views/walker.js";

const KEPT = { theme: "actorgraph-theme", language: "actorgraph-language" };
const PHONE = window.matchMedia("(max-width: 760px)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");

// Heights of the sheet of the panel on a phone, as in page.css: half open as a part of the screen, closed in pixels.
const SHEET_HALF = 0.48;
const SHEET_PEEK = 46;

const byId = (id) => document.getElementById(id);
const records = readRecords(JSON.parse(byId("data").textContent));
const unfolded = new Set();
let history = freshHistory(freshState());
let lang = startLanguage();
let theme = remembered(KEPT.theme);
let page = null;

// ---- the state and what follows from it

function update(patch, { refit = false } = {}) {
  history = change(history, patch);
  refresh({ refit });
}

function refresh({ refit = false } = {}) {
  const state = history.now;
  const lens = lookThrough(records, state.off, state);
  const answer = answerTo(records, lens, state);
  const scene = sceneOf(records, lens, state, answer?.marks);
  page = { records, lens, scene, state, answer, index, history, lang, dark: isDark(), unticked: untickedNames(records, state.off, lang, valueName) };
  document.documentElement.lang = lang;
  document.title = inLanguage(records.data.edition.title, lang);
  document.body.dataset.view = state.view;
  renderBar(shell.bar, page, barActs);
  finder.setLanguage(lang);
  renderFilters(shell.filters, page, filterActs, unfolded);
  renderPanel(shell.docket, page, panelActs);
  renderLegend(shell.legend, page, { help: () => openHelp(page) });
  renderHonest(shell, page, showOther);
  nameShell(shell, page, frameActs);
  if (state.view === "table") renderTable(shell.table, page, { prop: (id) => choose({ type: "prop", id }, { focus: false }), sort: sortBy });
  if (state.view === "drawing") drawing.show(scene, { state, lang, insets: insets(), refit });
  renderFoot(shell, page);
}

function choose(thing, { focus = false }) {
  update({ selected: thing });
  document.body.dataset.panel = "half";
  document.body.dataset.side = "";
  const key = keyOf(thing);
  if (history.now.view === "drawing") drawing.seek(key, coveredBelow());
  say(word(lang, "opened", { title: titleOf(page, thing) }));
  if (focus) shell.docket.querySelector("h2")?.focus();
}

function back() {
  if (!history.now.selected) {
    if (history.now.ask) ask(null);
    document.body.dataset.panel = "peek";
    return;
  }
  if (history.now.ask) {
    update({ selected: null });
    return;
  }
  update({ selected: null });
  document.body.dataset.panel = "peek";
  say(word(lang, "closed"));
}

const panelActs = {
  prop: (id) => choose({ type: "prop", id }, { focus: true }),
  node: (id) => choose({ type: "node", id }, { focus: true }),
  back: () => { back(); shell.docket.querySelector("h2")?.focus(); },
  thing: (thing) => choose(thing, { focus: true }),
  ask,
  set: (patch, how = {}) => update(patch, how),
  pick,
  keep: (patch) => { history = change(history, patch); },
  check: (id, on) => update({ checked: toggled(history.now.checked, id, on) }),
  copy,
};

// A question stands in the panel until it is ended; what is chosen meanwhile leads back to it.
function ask(question) {
  const now = history.now;
  const other = question?.kind !== now.ask?.kind;
  // Another world is drawn whole; when it ends, what was drawn before comes back.
  const world = Boolean(question?.source || (question?.kind === "according" && question.a));
  const before = now.ask?.before ?? (world ? now.shown : null);
  const shown = world ? "all" : (now.ask?.before ?? now.shown);
  update({ ask: question && world ? { ...question, before } : question, shown, selected: null }, { refit: shown !== now.shown || world || ["path", "join"].includes(question?.kind) });
  document.body.dataset.panel = question ? "half" : document.body.dataset.panel;
  document.body.dataset.side = "";
  if (question) say(askSaid(page));
  if (other) shell.docket.querySelector("h2")?.focus();
}

function pick(id, on) {
  update({ picked: toggled(history.now.picked, id, on) });
  say(word(lang, "picked", { n: history.now.picked.length }));
}

// With Shift a name joins those that are selected together; without, it is opened.
function chooseOrPick(thing, { more = false, focus = false } = {}) {
  if (more && thing?.type === "node") pick(thing.id);
  else if (thing) choose(thing, { focus });
  else back();
}

const filterActs = {
  tick: (dimension, value, on) => filter(ticked(history.now.off, dimension, value, on)),
  set: (dimension, values) => filter({ ...history.now.off, [dimension]: values }),
  reset: () => { update({ off: freshState().off, clock: freshState().clock }); say(word(lang, "filtered", { n: page.lens.shown.size })); },
  clock: (clock) => { update({ clock }); say(word(lang, "filtered", { n: page.lens.shown.size })); },
  patch: (patch, how = {}) => update(patch, how),
  ask,
  draw: (key, on) => update({ draw: { ...history.now.draw, [key]: on } }),
  redraw: () => refresh(),
};

const frameActs = { skip: skipTo, zoomIn: () => drawing.zoom(ZOOM_STEP), zoomOut: () => drawing.zoom(1 / ZOOM_STEP), fit: () => drawing.fit() };

const barActs = {
  view: (view) => { update({ view }); if (view === "drawing") drawing.fit(false); },
  undo: () => { history = undo(history); refresh(); say(word(lang, "undone")); },
  redo: () => { history = redo(history); refresh(); say(word(lang, "redone")); },
  theme: () => { theme = isDark() ? "light" : "dark"; remember(KEPT.theme, theme); applyTheme(); refresh(); },
  language: (each) => { lang = each; remember(KEPT.language, each); refresh({ refit: true }); },
};

function showOther() {
  update({ shown: history.now.shown === "all" ? "opening" : "all", moved: {} }, { refit: true });
}

function filter(off) {
  update({ off });
  say(word(lang, "filtered", { n: page.lens.shown.size }));
}

function sortBy(column) {
  const { sort } = history.now;
  update({ sort: { column, descending: sort.column === column ? !sort.descending : false } });
}

// ---- the frame of the page

function insets() {
  if (PHONE.matches) return { top: shell.honest.offsetHeight + 8, right: 0, bottom: 50, left: 0 };
  return { top: shell.honest.offsetHeight + 10, right: 0, bottom: Math.min(130, shell.legend.offsetHeight), left: 0 };
}

// How much of the drawing a half-open sheet covers on a phone.
function coveredBelow() {
  if (!PHONE.matches || document.body.dataset.panel === "peek") return 0;
  return Math.max(0, window.innerHeight * SHEET_HALF - SHEET_PEEK);
}

function sheet(open) {
  document.body.dataset.side = open ? "open" : "";
  nameSheets(shell, page);
  if (open) shell.closeFilters.focus();
  else shell.openFilters.focus();
}

function gripped() {
  document.body.dataset.panel = { peek: "half", half: "full", full: "peek" }[document.body.dataset.panel];
  nameSheets(shell, page);
}

function skipTo(event, id) {
  event.preventDefault();
  if (id === "find") finder.focus();
  else if (id === "docket") shell.docket.querySelector("h2")?.focus();
  else (history.now.view === "table" ? shell.table : shell.walk).focus();
}

// ---- keyboard, pointer, print

function listen() {
  document.addEventListener("keydown", (event) => pressed(event));
  DARK.addEventListener("change", () => { applyTheme(); refresh(); });
  PHONE.addEventListener("change", () => refresh({ refit: true }));
  window.addEventListener("beforeprint", () => renderTable(shell.table, page, { prop: () => {}, sort: sortBy }));
}

function pressed(event) {
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    finder.focus();
  } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (document.body.dataset.side === "open") sheet(false);
    else {
      const inside = shell.panel.contains(document.activeElement);
      back();
      if (inside) (history.now.view === "table" ? shell.table : shell.walk).focus();
    }
  } else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "z") {
    event.preventDefault();
    if (event.shiftKey) barActs.redo();
    else barActs.undo();
  } else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "y") {
    event.preventDefault();
    barActs.redo();
  }
}

function keyOf(thing) {
  if (thing.type === "node") return `node:${thing.id}`;
  if (thing.type === "speaks") return `edge:${thing.id}`;
  const edge = (records.edgesOfProp.get(thing.id) ?? [])[0];
  return edge ? `edge:${edge.id}` : `node:${records.props.get(thing.id).subject}`;
}

function say(text) {
  byId("live").textContent = text;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(word(lang, "copied"));
  } catch {
    say(word(lang, copyByHand(text) ? "copied" : "copyFailed"));
  }
}

// From a file some browsers refuse the clipboard; the older way still works there.
function copyByHand(text) {
  const field = make("textarea", { class: "unseen", value: text, "aria-hidden": "true" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// ---- theme and language, all that is remembered

function isDark() {
  return theme ? theme === "dark" : DARK.matches;
}

function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  drawing.setTheme(readTheme(document.documentElement));
}

function startLanguage() {
  const wanted = [remembered(KEPT.language), ...(navigator.languages ?? []).map((each) => each.slice(0, 2)), records.data.lang];
  return wanted.find((each) => LANGUAGES.includes(each)) ?? "en";
}

function remembered(key) {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // A page from disk may be refused storage; it then forgets, and nothing else changes.
  }
}

// ---- begin

const shell = buildShell({ sheet, grip: gripped });
const index = readIndex(records);
const finder = new Finder(records, index, { choose: (id) => choose({ type: "node", id }, { focus: false }), say });
shell.side.prepend(finder.element);
const drawing = new Drawing(window.vis, shell.canvas, records, {
  choose: (thing, how) => chooseOrPick(thing, how),
  hover: (thing, at) => showTip(shell, thing ? titleOf(page, thing) : "", at),
  moved: (moved) => update({ moved: { ...history.now.moved, ...moved } }),
  resized: () => refresh({ refit: true }),
  still: () => CALM.matches,
});

new Walker(shell.walk, drawing, { page: () => page, open: (thing, how) => chooseOrPick(thing, { ...how, focus: true }), say });

applyTheme();
listen();
refresh({ refit: true });
document.documentElement.classList.add("ready");
if (document.fonts?.ready) document.fonts.ready.then(() => { drawing.setTheme(readTheme(document.documentElement)); });
