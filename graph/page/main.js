// Wires model and views; the one module that touches window, storage, the clipboard and the address.
import {lookThrough} from "./model/lens.js";
import {carried, untickedNames} from "./model/docket.js";
import {readRecords} from "./model/records.js";
import {sceneOf} from "./model/scene.js";
import {readIndex} from "./model/search.js";
import {change, freshHistory, freshState, redo, ticked, undo, untickedCount} from "./model/state.js";
import {kindName, valueName} from "./model/stats.js";
import {hiddenWords, nameOf, speaksTitle, standingWords} from "./model/standing.js";
import {inLanguage} from "./model/text.js";
import {nearestThat, nextOf} from "./model/walk.js";
import {LANGUAGES, word} from "./words.js";
import {renderBar} from "./views/bar.js";
import {Drawing} from "./views/canvas.js";
import {button, make} from "./views/dom.js";
import {Finder} from "./views/finder.js";
import {renderFilters} from "./views/filters.js";
import {openHelp, renderLegend} from "./views/legend.js";
import {renderPanel, titleOf} from "./views/panel.js";
import {renderTable} from "./views/table.js";
import {readTheme} from "./views/theme.js";

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
let pointed = null;

// ---- the state and what follows from it

function update(patch, { refit = false } = {}) {
  history = change(history, patch);
  refresh({ refit });
}

function refresh({ refit = false } = {}) {
  const state = history.now;
  const lens = lookThrough(records, state.off);
  const scene = sceneOf(records, lens, state);
  page = { records, lens, scene, state, history, lang, dark: isDark(), unticked: untickedNames(records, state.off, lang, valueName) };
  document.documentElement.lang = lang;
  document.title = inLanguage(records.data.edition.title, lang);
  document.body.dataset.view = state.view;
  renderBar(byId("bar"), page, barActs);
  finder.setLanguage(lang);
  renderFilters(shell.filters, page, filterActs, unfolded);
  renderPanel(shell.docket, page, panelActs);
  renderLegend(shell.legend, page, { help: () => openHelp(page) });
  renderHonest();
  nameThings();
  if (state.view === "table") renderTable(shell.table, page, { prop: (id) => choose({ type: "prop", id }, { focus: false }), sort: sortBy });
  if (state.view === "drawing") drawing.show(scene, { state, lang, insets: insets(), refit });
  renderFoot();
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
    document.body.dataset.panel = "peek";
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
  expand: (ids) => update({ added: [...new Set([...history.now.added, ...ids.filter((id) => !records.nodes.get(id).opening)])] }),
  copy,
};

const filterActs = {
  tick: (dimension, value, on) => filter(ticked(history.now.off, dimension, value, on)),
  set: (dimension, values) => filter({ ...history.now.off, [dimension]: values }),
  reset: () => filter(freshState().off),
  draw: (key, on) => update({ draw: { ...history.now.draw, [key]: on } }),
  redraw: () => refresh(),
};

const barActs = {
  view: (view) => { update({ view }); if (view === "drawing") drawing.fit(false); },
  undo: () => { history = undo(history); refresh(); say(word(lang, "undone")); },
  redo: () => { history = redo(history); refresh(); say(word(lang, "redone")); },
  theme: () => { theme = isDark() ? "light" : "dark"; remember(KEPT.theme, theme); applyTheme(); refresh(); },
  language: (each) => { lang = each; remember(KEPT.language, each); refresh({ refit: true }); },
};

function filter(off) {
  update({ off });
  say(word(lang, "filtered", { n: page.lens.shown.size }));
}

function sortBy(column) {
  const { sort } = history.now;
  update({ sort: { column, descending: sort.column === column ? !sort.descending : false } });
}

// ---- the frame of the page

function buildShell() {
  const canvas = make("div", { class: "canvas" });
  const walk = make("div", { class: "walk", tabindex: "0", role: "application", id: "drawing" }, [canvas]);
  const honest = make("div", { class: "honest", role: "note" });
  const legend = make("section", { class: "legend" });
  const zoom = make("div", { class: "zoom", role: "group" });
  const tip = make("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const table = make("div", { class: "table-view", id: "statements", tabindex: "0", role: "region" });
  byId("stage").append(make("div", { class: "drawing-view" }, [walk, honest, legend, zoom, tip]), table);
  const filters = make("div", { class: "filters", id: "filters" });
  const filtersTitle = make("h2", { class: "filters-title" });
  const closeFilters = button("", () => sheet("side", ""), { class: "link sheet-close" });
  const openFilters = button("", () => sheet("side", document.body.dataset.side === "open" ? "" : "open"), { class: "sheet-open", "aria-controls": "filters" });
  byId("side").append(openFilters, make("div", { class: "filter-sheet" }, [filtersTitle, closeFilters, filters]));
  const grip = button("", gripped, { class: "grip", "aria-controls": "docket" });
  const docket = make("div", { class: "docket", id: "docket" });
  byId("panel").append(grip, docket);
  document.body.dataset.panel = "peek";
  document.body.dataset.side = "";
  return { canvas, walk, honest, legend, zoom, tip, table, filters, filtersTitle, closeFilters, openFilters, grip, docket };
}

function nameThings() {
  const { scene } = page;
  byId("skips").replaceChildren(...[["find", "skipSearch"], history.now.view === "table" ? ["statements", "skipTable"] : ["drawing", "skipDrawing"], ["docket", "skipPanel"]].map(([id, text]) => make("a", { href: `#${id}`, text: word(lang, text), on: { click: (event) => skipTo(event, id) } })));
  byId("side").setAttribute("aria-label", word(lang, "filters"));
  byId("stage").setAttribute("aria-label", word(lang, history.now.view));
  byId("panel").setAttribute("aria-label", word(lang, "panel"));
  byId("skips").setAttribute("aria-label", word(lang, "skips"));
  shell.table.setAttribute("aria-label", word(lang, "tableName"));
  shell.legend.setAttribute("aria-label", word(lang, "legend"));
  shell.walk.setAttribute("aria-label", `${word(lang, "drawingName", { n: scene.drawn })}. ${word(lang, "drawingHelp")}`);
  shell.zoom.setAttribute("aria-label", word(lang, "drawing"));
  if (shell.zoom.dataset.lang !== lang) {
    shell.zoom.dataset.lang = lang;
    const tool = (text, key, run) => button(text, run, { "aria-label": word(lang, key), title: word(lang, key) });
    shell.zoom.replaceChildren(tool("+", "zoomIn", () => drawing.zoom(1.35)), tool("−", "zoomOut", () => drawing.zoom(1 / 1.35)), tool("⤢", "fit", () => drawing.fit()));
  }
  const count = untickedCount(history.now.off);
  shell.openFilters.textContent = count ? word(lang, "filtersActive", { n: count }) : word(lang, "filtersOpen");
  shell.openFilters.setAttribute("aria-expanded", String(document.body.dataset.side === "open"));
  shell.filtersTitle.textContent = word(lang, "filters");
  shell.closeFilters.textContent = word(lang, "close");
  nameGrip();
}

function nameGrip() {
  const full = document.body.dataset.panel === "full";
  const peek = document.body.dataset.panel === "peek";
  const title = word(lang, history.now.selected ? "panel" : "startHere");
  shell.grip.setAttribute("aria-label", `${title}: ${word(lang, full ? "sheetLess" : "sheetMore")}`);
  shell.grip.setAttribute("aria-expanded", String(!peek));
  shell.grip.replaceChildren(make("span", { class: "grip-bar", "aria-hidden": "true" }), make("span", { class: "grip-title", "aria-hidden": "true", text: title }));
}

function renderHonest() {
  const { scene, lens, state } = page;
  const all = state.shown === "all";
  const count = { n: scene.drawn, m: scene.total };
  const text = !scene.drawn ? word(lang, "nothingLeft") : lens.filtered ? word(lang, "showingFiltered", count) : all ? word(lang, "showingAll", count) : word(lang, "showing", count);
  const more = scene.total > scene.drawn || all;
  shell.honest.replaceChildren(
    make("p", { class: "honest-line", text: inLanguage(records.data.opening, lang) }),
    make("p", { class: "honest-drawn" }, [text, " ", more ? button(all ? word(lang, "backToOpening") : word(lang, "showAll", count), () => update({ shown: all ? "opening" : "all", moved: {} }, { refit: true }), { class: "link", data: { key: "show-all" } }) : ""]),
  );
}

function renderFoot() {
  byId("foot").replaceChildren(...carried(records, page.lens, lang, page.unticked).map((text) => make("p", { text })));
}

function insets() {
  if (PHONE.matches) return { top: shell.honest.offsetHeight + 8, right: 0, bottom: 50, left: 0 };
  return { top: shell.honest.offsetHeight + 10, right: 0, bottom: Math.min(130, shell.legend.offsetHeight), left: 0 };
}

// How much of the drawing a half-open sheet covers on a phone.
function coveredBelow() {
  if (!PHONE.matches || document.body.dataset.panel === "peek") return 0;
  return Math.max(0, window.innerHeight * SHEET_HALF - SHEET_PEEK);
}

function sheet(which, value) {
  document.body.dataset[which] = value;
  shell.openFilters.setAttribute("aria-expanded", String(document.body.dataset.side === "open"));
  if (value === "open") shell.closeFilters.focus();
  else shell.openFilters.focus();
}

function gripped() {
  const next = { peek: "half", half: "full", full: "peek" };
  document.body.dataset.panel = next[document.body.dataset.panel] ?? "half";
  nameGrip();
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
  shell.walk.addEventListener("keydown", (event) => walked(event));
  shell.walk.addEventListener("blur", () => drawing.point(null));
  shell.walk.addEventListener("focus", () => { if (pointed && shell.walk.matches(":focus-visible")) drawing.point(pointed); });
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
    if (document.body.dataset.side === "open") sheet("side", "");
    else {
      const inside = byId("panel").contains(document.activeElement);
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

function walked(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const things = drawing.things();
  const here = things.find((thing) => thing.key === pointed);
  const steps = { PageDown: 1, PageUp: -1 };
  if (event.key.startsWith("Arrow")) walkTo(here ? nearestThat(things, here, event.key) : things[0]);
  else if (event.key in steps) walkTo(nextOf(things, pointed, steps[event.key]));
  else if (event.key === "Home") walkTo(things[0]);
  else if (event.key === "End") walkTo(things[things.length - 1]);
  else if ((event.key === "Enter" || event.key === " ") && here) choose({ type: here.type, id: here.id }, { focus: true });
  else if (event.key === "+" || event.key === "=") drawing.zoom(1.35);
  else if (event.key === "-") drawing.zoom(1 / 1.35);
  else if (event.key === "0") drawing.fit();
  else return;
  event.preventDefault();
}

function walkTo(thing) {
  if (!thing) return say(word(lang, "readNothing"));
  pointed = thing.key;
  drawing.point(pointed);
  drawing.seek(pointed);
  return say(readout(thing));
}

function readout(thing) {
  if (thing.type === "node") {
    const node = records.nodes.get(thing.id);
    return word(lang, "readNode", { name: nameOf(records, thing.id, lang), kind: kindName(records, node.kind, lang), relationships: word(lang, "relationships", { n: node.props.length }), statements: word(lang, "statements", { n: node.says.length }) });
  }
  if (thing.type === "speaks") {
    const edge = records.edges.get(thing.id);
    return word(lang, "readSpeaks", { title: speaksTitle(records, edge, lang), statements: word(lang, "statements", { n: edge.claims.length }) });
  }
  const seen = page.lens.props.get(thing.id);
  const standing = [standingWords(records, thing.id, lang, seen?.line), ...hiddenWords(seen, lang)].join(". ");
  return word(lang, "readEdge", { title: inLanguage(records.props.get(thing.id).title, lang), standing });
}

function showTip(thing, at) {
  if (!thing) {
    shell.tip.hidden = true;
    return;
  }
  shell.tip.textContent = titleOf(page, thing);
  shell.tip.hidden = false;
  const right = at.x > shell.canvas.clientWidth - 280;
  shell.tip.style.setProperty("left", right ? "auto" : `${at.x + 14}px`);
  shell.tip.style.setProperty("right", right ? `${shell.canvas.clientWidth - at.x + 14}px` : "auto");
  shell.tip.style.setProperty("top", `${at.y + 16}px`);
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

const shell = buildShell();
const finder = new Finder(records, readIndex(records), { choose: (id) => choose({ type: "node", id }, { focus: false }), say });
byId("side").prepend(finder.element);
const drawing = new Drawing(window.vis, shell.canvas, records, {
  choose: (thing) => (thing ? choose(thing, {}) : back()),
  hover: showTip,
  moved: (moved) => update({ moved: { ...history.now.moved, ...moved } }),
  resized: () => refresh({ refit: true }),
  still: () => CALM.matches,
});

applyTheme();
listen();
refresh({ refit: true });
document.documentElement.classList.add("ready");
if (document.fonts?.ready) document.fonts.ready.then(() => { drawing.setTheme(readTheme(document.documentElement)); });
