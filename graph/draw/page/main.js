// Wires model and views; the one module that touches window, storage, the clipboard and the address.
import { addressOf, idsIn, keysInAddress, namedInAddress, readAddress } from "./model/address.js";
import { answerTo } from "./model/ask.js";
import { statementsAmong } from "./model/counts.js";
import { csvOf } from "./model/csv.js";
import { hasStory, readStory, stepTo, storyOf } from "./model/story.js";
import { gexfOf, graphmlOf, jsonOf } from "./model/graphfile.js";
import { fileName, footing, legendText } from "./model/footing.js";
import { litByProps } from "./model/lit.js";
import { positionsOf } from "./model/place.js";
import { propsOfSlot, slotDate } from "./model/timeline.js";
import { bytesOf, gunzipped, sha256Of, trigFile } from "./model/trig.js";
import { lookThrough } from "./model/lens.js";
import { untickedNames } from "./model/docket.js";
import { readRecords } from "./model/records.js";
import { sceneOf } from "./model/scene.js";
import { readIndex } from "./model/search.js";
import { hasCast } from "./model/cast.js";
import {
  change,
  freshHistory,
  freshState,
  openWith,
  openWithStory,
  redo,
  ticked,
  toggled,
  undo,
} from "./model/state.js";
import { valueName } from "./model/stats.js";
import { store } from "./model/store.js";
import { inLanguage } from "./model/text.js";
import { languages, speak, speakOfData, word } from "./words.js";
import { renderBar } from "./views/bar.js";
import { Drawing } from "./views/canvas.js";
import { askSaid } from "./views/asking.js";
import { allIn, button, firstIn, inFocus, make } from "./views/dom.js";
import { Finder } from "./views/finder.js";
import { freshList, renderCastList } from "./views/castlist.js";
import { renderFilters } from "./views/filters.js";
import { openHelp, openKeys, renderLegend } from "./views/legend.js";
import { pageWith, storyInPage } from "./views/copying.js";
import { Telling } from "./views/telling.js";
import { openMenu } from "./views/menu.js";
import { renderPanel, titleOf } from "./views/panel.js";
import { buildShell, nameSheets, nameShell, renderFoot, renderHonest, showTip } from "./views/shell.js";
import { buildPages, quietLine, renderPages } from "./views/pages.js";
import { lawyerSheet, shownSheet } from "./views/printing.js";
import { download, openSave } from "./views/save.js";
import { sheetOf } from "./views/sheet.js";
import { SvgPen } from "./views/svgpen.js";
import { readTheme } from "./views/theme.js";
import { tipOf } from "./views/tip.js";
import { Walker, ZOOM_STEP } from "./views/walker.js";
import { takeRules } from "./model/rules.js";

const KEPT = { theme: "actorgraph-theme", language: "actorgraph-language", folded: "actorgraph-folded" };
const PHONE = window.matchMedia("(max-width: 760px)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");

// Heights of the sheet of the panel on a phone, as in page.css: half open as a part of the screen, closed in pixels.
const SHEET_HALF = 0.48;
const SHEET_PEEK = 46;
const PNG_MOST = 24e6;
const QUIET_MS = 9000;

/** @param {string} id */
const byId = (id) => document.getElementById(id);
speak(JSON.parse(byId("words").textContent));
const given = JSON.parse(byId("data").textContent);
takeRules(given.tables);
const served = given.served && store.open ? await openedStore() : null;
const brought = served ? await called().catch(() => null) : null;
if (given.lifted || served?.isForeign()) speakOfData();
const records = readRecords(served ? served.data() : given);
// A phone opens with the cast as a list; the drawing is a tap away.
openWith(
  given.opens ?? (hasCast(records) ? "cast" : "opening"),
  hasCast(records) && PHONE.matches ? "cast" : "drawing",
);
const savedStory = readStory(storyInPage(document), records);
if (savedStory) openWithStory(savedStory);
const unfolded = new Set();
const castHow = freshList();
const arrival = arrivalOf(brought);
let history = freshHistory(arrival.state);
let lang = arrival.lang ?? startLanguage();
let hintGone = false;
let startOpen = false;
const columns = Object.fromEntries(
  ["left", "right"].map((side) => [side, (remembered(KEPT.folded) ?? "").split(" ").includes(side)]),
);
let rooms = {};
let theme = remembered(KEPT.theme);
let page = null;

// ---- the state and what follows from it

// What a link or a step has chosen: its card is open, and it stands where nothing covers it.
function lookAt() {
  const { selected, ask: question, slot, step, view } = history.now;
  // On a phone a step leaves the drawing its room: the card is a tap away.
  const away = PHONE.matches && step !== null;
  document.body.dataset.panel = (selected || question || slot) && !away ? "half" : "peek";
  startOpen = false;
  if (selected && view === "drawing") frame(selected);
}

/** @param {any} patch @param {{ refit?: boolean }} [given] */
function update(patch, { refit = false } = {}) {
  history = change(history, patch);
  refresh({ refit });
}

/** @param {{ refit?: boolean }} [given] */
function refresh({ refit = false } = {}) {
  const state = history.now;
  const lens = lookThrough(records, state.off, state);
  const answer = answerTo(records, lens, state);
  const scene = sceneOf(records, lens, state, answer?.marks);
  const keep = propsOfSlot(records, lens, state.slot);
  if (keep && !scene.lit && !state.selected) scene.lit = litByProps(records, scene, keep);
  page = {
    records,
    lens,
    scene,
    dataOf,
    state,
    answer,
    index,
    history,
    lang,
    dark: isDark(),
    unticked: untickedNames(records, state.off, lang, valueName),
    keep,
    slotWords: state.slot ? slotDate(state.slot.key, lang) : "",
    phone: PHONE.matches,
  };
  document.documentElement.lang = lang;
  document.title = inLanguage(records.data.edition.title, lang);
  document.body.dataset.view = state.view;
  document.body.dataset.beside = answer?.two && !state.selected ? "yes" : "";
  layColumns(scene, state);
  document.body.dataset.card = state.selected || state.ask || state.slot || startOpen ? "open" : "away";
  renderBar(shell.bar, page, barActs);
  finder.setLanguage(lang);
  renderCastList(shell.castList, page, castActs, castHow);
  renderFilters(shell.filters, page, filterActs, unfolded);
  renderPanel(shell.docket, page, panelActs);
  renderLegend(shell.legend, page, { ...filterActs, help: () => openHelp(page) });
  renderHonest(shell, page, { ...filterActs, drawing: showDrawing, start: toggleStart });
  nameShell(shell, page, frameActs);
  renderPages(pages, page, { ...pageActs, room: rooms[state.view] });
  telling.tell();
  if (state.view === "drawing") {
    drawing.show(scene, { state, lang, insets: insets(), refit });
    keepSpots();
  }
  telling.hang();
  renderFoot(shell, page);
  keepAddress();
  serving?.need(state, answer);
}

// Which drawing has the middle, and where the card is: over the drawing's edge beside the cast and everything, and
// wherever its column is folded away.
/** @param {Scene} scene @param {PageState} state */
function layColumns(scene, state) {
  const marks = document.body.dataset;
  const kind = scene.cast ? "cast" : state.shown === "opening" ? "opening" : "whole";
  if (state.view === "drawing") marks.drawing = kind;
  else delete marks.drawing;
  marks.left = columns.left ? "folded" : "";
  marks.right = columns.right ? "folded" : "";
  marks.cardLies = columns.right || ["cast", "whole"].includes(marks.drawing) ? "over" : "beside";
}

/** @param {"left" | "right"} side @param {boolean} fold */
function foldColumn(side, fold) {
  columns[side] = fold;
  remember(
    KEPT.folded,
    Object.keys(columns)
      .filter((each) => columns[each])
      .join(" "),
  );
  refresh({ refit: true });
  const next = { left: shell.foldLeft, right: fold ? shell.unfoldRight : shell.foldRight }[side];
  next.focus();
}

// ---- a page over a server

// A page that was served begins with what its store answers; a page from a file never comes here.
async function openedStore() {
  const words = startLanguage();
  const note = make("p", { class: "loading-store", role: "status", text: word(words, "loading") });
  byId("stage").append(note);
  try {
    return await store.open({ ...given, lang: words }, (url, how) => window.fetch(url, how), window.location.host);
  } catch (error) {
    const failure = store.failure(error);
    if (!failure) throw error;
    note.replaceChildren(
      word(words, failure, { why: error.message }),
      " ",
      button(word(words, "tryAgain"), () => window.location.reload()),
    );
    // What follows needs what did not come: the page stands still until it is loaded again.
    return await new Promise(() => undefined);
  } finally {
    if (note.childElementCount === 0) note.remove();
  }
}

// What the address names is loaded; answers what is to be drawn when it names IRIs, as the editor does.
async function called() {
  const named = namedInAddress(window.location.hash);
  if (named.length) return served.bring(named);
  await served.recall(keysInAddress(window.location.hash));
  return null;
}

// The list of the cast is a phone's view: elsewhere it stands beside the drawing.
/** @param {string} view */
function viewHere(view) {
  return view === "cast" && !(PHONE.matches && hasCast(records)) ? "drawing" : view;
}

/** @param {any} found */
function arrivalOf(found) {
  if (!found) {
    const read = readAddress(window.location.hash, records);
    // A page that was saved with a story opens on its first step.
    const begins = !window.location.hash && read.state.steps.length > 0;
    const state = begins ? { ...read.state, ...stepTo(read.state, 0) } : read.state;
    return { ...read, state: { ...state, view: viewHere(state.view) } };
  }
  return {
    state: { ...freshState(), view: "drawing", added: found.nodes, selected: found.selected },
    lang: null,
    broken: !found.nodes.length,
  };
}

// More has come from the server: everything reads it from the same records.
/** @param {{ refit?: boolean }} [given] */
function grown({ refit = false } = {}) {
  Object.assign(records, readRecords(served.data()));
  index.splice(0, index.length, ...readIndex(records));
  refresh({ refit });
}

// Newcomers at the opening keep the places they were given.
function keepSpots() {
  if (!served || drawing.state?.shown !== "opening") return;
  const fresh = [...drawing.at].filter(
    ([id]) => !records.nodes.get(id)?.opening && records.nodes.get(id)?.type !== "statement",
  );
  for (const [id, point] of fresh) records.nodes.get(id).at = point;
  served.keepSpots(fresh);
}

function forgetSpots() {
  served?.forgetSpots();
  if (served) for (const node of records.nodes.values()) delete node.at;
}

const dataOf = served ? (id) => (served.iri(id) ? `describe?iri=${encodeURIComponent(served.iri(id))}` : "") : null;
const keysOf = served ? (ids) => served.keysOf(ids) : null;

/** @param {any} thing @param {{ focus?: boolean }} given */
function choose(thing, { focus = false }) {
  leave();
  update({ selected: thing });
  document.body.dataset.panel = "half";
  document.body.dataset.side = "";
  if (history.now.view === "drawing") frame(thing);
  say(word(lang, "opened", { title: titleOf(page, thing) }));
  if (focus) shell.docket.querySelector("h2")?.focus();
}

// Looks at a thing with its lines, in the part of the drawing that nothing covers.
/** @param {any} thing */
function frame(thing) {
  const framed =
    ["node", "many"].includes(thing.type) && drawing.frameLit({ right: coveredRight(), bottom: coveredBelow() });
  if (!framed) drawing.seek(keyOf(thing), coveredBelow());
}

// How much of the drawing the card lies over.
function coveredRight() {
  const { cardLies, card } = document.body.dataset;
  return !PHONE.matches && cardLies === "over" && card === "open" ? shell.panel.offsetWidth : 0;
}

// From which item of which panel (or of the filters) something was opened, so that going back returns to it.
const left = new Map();

function leave() {
  const { selected, ask: question, slot } = history.now;
  const base = slot ? "slot:" : question ? `ask:${question.kind}` : "start";
  const item = inFocus();
  const place = [shell.docket, shell.filters, pages.strip].find((each) => each.contains(item));
  // What is opened from the drawing or a list beside it leads back there.
  if (!place) left.delete(base);
  if (!place || selected || !item.dataset.key) return;
  const alike = allIn(place, "[data-key]").filter((each) => each.dataset.key === item.dataset.key);
  left.set(base, { place, key: item.dataset.key, nth: alike.indexOf(item), top: shell.docket.scrollTop });
}

// Whether the focus went to the item that what was just closed had been opened from.
function comeBack() {
  const from = left.get(shell.docket.dataset.subject);
  left.delete(shell.docket.dataset.subject);
  const item = from && allIn(from.place, "[data-key]").filter((each) => each.dataset.key === from.key)[from.nth];
  if (!item) return false;
  // It may stand in a list that is folded again.
  if (item.closest("li[hidden]")) firstIn(item.closest("ul").parentElement, ".more")?.click();
  if (from.place === shell.docket) shell.docket.scrollTop = from.top;
  item.focus();
  return document.activeElement === item;
}

function back() {
  if (!history.now.selected) {
    if (history.now.slot) pageActs.slot(null);
    else if (history.now.ask) ask(null);
    if (!history.now.ask) document.body.dataset.panel = "peek";
    return;
  }
  update({ selected: null });
  drawing.unframe();
  if (history.now.ask || history.now.slot) return;
  document.body.dataset.panel = "peek";
  say(word(lang, "closed"));
}

const panelActs = {
  prop: (id) => choose({ type: "prop", id }, { focus: true }),
  node: (id) => choose({ type: "node", id }, { focus: true }),
  back: () => {
    back();
    if (!comeBack()) shell.docket.querySelector("h2")?.focus();
  },
  thing: (thing) => choose(thing, { focus: true }),
  ask,
  set: (patch, how = {}) => update("focus" in patch ? { ...patch, nudged: {} } : patch, how),
  pick,
  keep: (patch) => {
    history = change(history, patch);
  },
  say,
  check: (id, on) => update({ checked: toggled(history.now.checked, id, on) }),
  copy,
  note: (id) => telling.write(id),
  further: null,
  names: null,
  more: (id) => serving.more(id),
  moreTold: (id) => serving.moreTold(id),
};

// A question stands in the panel until it is ended; what is chosen meanwhile leads back to it.
/** @param {any} asked */
function ask(asked) {
  const now = history.now;
  const question = typeof asked === "function" ? asked(now.ask) : asked;
  if (question === now.ask) return;
  const other = question?.kind !== now.ask?.kind;
  if (question && other) leave();
  // Another world is drawn whole; when it ends, what was drawn before comes back.
  const world = Boolean(question?.source || (question?.kind === "according" && question.a));
  const before = now.ask?.before ?? (world ? now.shown : null);
  const shown = world ? "all" : (now.ask?.before ?? now.shown);
  update(
    { ask: question && world ? { ...question, before } : question, shown, nudged: {}, slot: null, selected: null },
    { refit: shown !== now.shown || world || ["path", "join"].includes(question?.kind) },
  );
  // While names are typed a phone's keyboard takes half the screen.
  const typing = (question?.kind === "path" && !(question.a && question.b)) || question?.kind === "names";
  document.body.dataset.panel = question ? (typing ? "full" : "half") : document.body.dataset.panel;
  document.body.dataset.side = "";
  if (question && page.answer?.marks && history.now.view === "drawing")
    drawing.frameLit({ right: coveredRight(), bottom: coveredBelow() });
  if (question) say(askSaid(page));
  if (other) shell.docket.querySelector("h2")?.focus();
}

/** @param {string} id @param {boolean} [on] */
function pick(id, on) {
  update({ picked: toggled(history.now.picked, id, on) });
  say(word(lang, "picked", { n: history.now.picked.length }));
}

// With Shift a name joins those that are selected together; without, it is opened.
/** @param {any} thing @param {{ more?: any; focus?: boolean }} [given] */
function chooseOrPick(thing, { more = false, focus = false } = {}) {
  if (more && thing?.type === "node") pick(thing.id);
  else if (thing) choose(thing, { focus });
  else back();
}

// What the hands do in the drawing: more round a node, only round it, pinned, hidden, walked from.
const handActs = {
  ...panelActs,
  // Drawn in the drawing that is looked at, which stays as it is, and looked at.
  expand: (id, ids) => {
    const { added, hidden } = history.now;
    update({ added: [...new Set([...added, id, ...ids])], hidden: hidden.filter((each) => !ids.includes(each)) });
    choose({ type: "node", id }, { focus: false });
    say(word(lang, "expanded", { n: ids.length }));
  },
  around: (id, hops) => {
    const { focus, shown } = history.now;
    update({ shown: "focus", focus: { id, hops, before: focus?.before ?? shown } }, { refit: true });
    say(word(lang, "focusNow", { name: titleOf(page, { type: "node", id }), n: hops }));
  },
  path: (id) => ask({ kind: "path", a: id }),
  hide: (id) => {
    const { hidden, added, picked } = history.now;
    const others = (list) => list.filter((each) => each !== id);
    update({ hidden: [...others(hidden), id], added: others(added), picked: others(picked), selected: null });
  },
  pin: (id, yes) => {
    const { x, y } = drawing.unstretched(drawing.at.get(id));
    const key = drawing.compact ? "nudged" : "moved";
    const { [drawing.pinKey(id)]: _, ...others } = history.now[key];
    update({ [key]: yes ? { ...others, [drawing.pinKey(id)]: [Math.round(x), Math.round(y)] } : others });
    say(word(lang, yes ? "pinned" : "unpinned"));
  },
};

// A double click: only round it; again: a step further, at most three, and then as it was.
/** @param {string} id */
function goRound(id) {
  const { focus } = history.now;
  const hops = focus?.id === id ? focus.hops + 1 : 1;
  if (hops <= 3) handActs.around(id, hops);
  else update({ shown: focus.before ?? "opening", focus: null }, { refit: true });
}

/** @param {any} thing @param {Point} at in the drawing's pixels */
function menuOf(thing, at) {
  const box = shell.canvas.getBoundingClientRect();
  drawing.on.hover(null);
  if (thing?.type === "node")
    openMenu(page, thing.id, { x: box.left + at.x, y: box.top + at.y }, drawing.isPinned(thing.id), handActs);
  else if (thing) choose(thing, { focus: false });
}

const filterActs = {
  tick: (dimension, value, on) => filter(ticked(history.now.off, dimension, value, on)),
  set: (dimension, values) => filter({ ...history.now.off, [dimension]: values }),
  reset: () => {
    update({ off: freshState().off, clock: freshState().clock });
    say(word(lang, "filtered", statementsAmong(page.records, page.lens.shown)));
  },
  clock: (clock) => {
    update({ clock });
    say(word(lang, "filtered", statementsAmong(page.records, page.lens.shown)));
  },
  patch: (patch, how = {}) => update(patch, how),
  ask,
  draw: (key, on) => update({ draw: { ...history.now.draw, [key]: on } }),
  redraw: () => refresh(),
};

const castActs = {
  ...panelActs,
  unfolded: new Set(),
  how: castHow,
  redraw: () => {
    renderCastList(shell.castList, page, castActs, castHow);
    if (history.now.view === "cast") renderPages(pages, page, { ...pageActs, room: rooms.cast });
  },
  drawing: (id) => {
    update({ view: "drawing", shown: "cast" });
    choose({ type: "node", id }, { focus: false });
  },
};

const frameActs = {
  skip: skipTo,
  zoomIn: () => drawing.zoom(ZOOM_STEP),
  zoomOut: () => drawing.zoom(1 / ZOOM_STEP),
  fit: () => drawing.fit(),
};

const barActs = {
  view: (view) => {
    update({ view });
    if (view === "drawing") drawing.fit(false);
  },
  story: () => telling.open(),
  save: () =>
    openSave(page, saveActs, {
      has: canSave,
      hash: byId("trig") ? dataset().then(({ hash }) => hash) : null,
    }),
  undo: () => {
    history = undo(history);
    refresh();
    say(word(lang, "undone"));
  },
  redo: () => {
    history = redo(history);
    refresh();
    say(word(lang, "redone"));
  },
  theme: () => {
    theme = isDark() ? "light" : "dark";
    remember(KEPT.theme, theme);
    applyTheme();
    refresh();
  },
  language: (each) => {
    lang = each;
    remember(KEPT.language, each);
    refresh({ refit: true });
  },
};

const pageActs = {
  cast: castActs,
  prop: (id) => choose({ type: "prop", id }, { focus: false }),
  sort: sortBy,
  more: (n) => {
    rooms = { ...rooms, [history.now.view]: n };
    refresh();
  },
  open: (yes) => update({ strip: yes }),
  // The date's statements stand in the panel, until it is left.
  slot: (slot) => {
    if (slot && !history.now.slot) leave();
    update(slot ? { slot, selected: null } : { slot });
    if (slot) document.body.dataset.panel = "half";
    say(slot ? word(lang, "onlyDate", { date: page.slotWords }) : word(lang, "allDates"));
  },
  allDates: () => pageActs.slot(null),
  known: (day) => {
    update({ slot: null, clock: { ...history.now.clock, known: day } });
    say(word(lang, "filtered", statementsAmong(page.records, page.lens.shown)));
  },
  between: (from, to) => {
    update({ slot: null, shown: "all", clock: { ...history.now.clock, from, to, undated: false } });
    say(word(lang, "filtered", statementsAmong(page.records, page.lens.shown)));
  },
  hint: {
    get dismissed() {
      return hintGone;
    },
    dismiss: () => {
      hintGone = true;
      refresh();
      shell.walk.focus();
    },
    help: () => openHelp(page),
  },
};

// Where the card lies over the drawing "Start here" is opened and closed by hand.
function toggleStart() {
  startOpen = document.body.dataset.card !== "open";
  if (!startOpen) update({ selected: null, ask: null, slot: null });
  else refresh();
  /** @type {HTMLElement} */ (shell.honest.querySelector(".start-toggle"))?.focus();
}

function showDrawing(shown) {
  update({ shown, focus: null, added: [] }, { refit: true });
}

/** @param {any} off */
function filter(off) {
  update({ off }, { refit: history.now.shown !== "opening" });
  say(word(lang, "filtered", statementsAmong(page.records, page.lens.shown)));
}

/** @param {any} column */
function sortBy(column) {
  const { sort } = history.now;
  update({ sort: { column, descending: sort.column === column ? !sort.descending : false } });
}

// ---- the frame of the page

// What has the middle of the page: the drawing, or a list.
function viewPlace() {
  const { cast, sentences, figures } = pages;
  return { cast, drawing: shell.walk, table: shell.table, sentences, figures }[history.now.view];
}

function insets() {
  if (PHONE.matches)
    return {
      top: shell.honest.offsetHeight + 8,
      right: 0,
      bottom: Math.max(50, shell.legend.offsetHeight + 4),
      left: 0,
    };
  return {
    top: shell.honest.offsetHeight + 10,
    right: 0,
    bottom: Math.min(130, Math.max(shell.legend.offsetHeight, shell.zoom.offsetHeight + 14)),
    left: 0,
  };
}

// How much of the drawing a half-open sheet covers on a phone.
function coveredBelow() {
  if (!PHONE.matches || document.body.dataset.panel === "peek") return 0;
  return Math.max(0, window.innerHeight * SHEET_HALF - SHEET_PEEK);
}

/** @param {boolean} open */
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

/** @param {any} event @param {string} id */
function skipTo(event, id) {
  event.preventDefault();
  if (id === "find") finder.focus();
  else if (id === "docket") shell.docket.querySelector("h2")?.focus();
  else if (id === "filters") {
    if (PHONE.matches) sheet(true);
    firstIn(shell.filters, "[data-key^='ask:']")?.focus();
  } else viewPlace().focus();
}

// ---- what leaves the page

// Whether the page has something to be saved as `kind`.
/** @param {string} kind */
function canSave(kind) {
  if (kind === "trig") return Boolean(byId("trig"));
  if (kind === "story") return hasStory(history.now);
  return !["positions", "page"].includes(kind) || !served;
}

const saveActs = {
  png: savePng,
  svg: () =>
    saved(
      "drawing",
      "svg",
      [String(drawnBy((drawn) => new SvgPen(drawn.width, drawn.height, drawing.theme.paper, drawn.notes)))],
      "image/svg+xml",
    ),
  csv: () => saved("statements", "csv", [csvOf(page)], "text/csv;charset=utf-8"),
  graphml: () => saved("network", "graphml", [graphmlOf(page)], "application/graphml+xml"),
  gexf: () => saved("network", "gexf", [gexfOf(page)], "application/gexf+xml"),
  json: () => saved("network", "json", [jsonOf(page)], "application/json"),
  trig: async () => {
    const { bytes, hash } = await dataset();
    const lines = [
      ...footing({
        ...page,
        lens: { ...page.lens, hidden: 0, filtered: false, clock: null, ask: null },
        unticked: [],
        slotWords: "",
        state: null,
      }),
      word(lang, "leftWhole"),
      legendText(lang),
      `SHA-256 ${hash}`,
    ];
    return saved("dataset", "trig", [trigFile(bytes, lines)], "application/trig");
  },
  positions: () =>
    saved(
      "positions",
      "json",
      [
        JSON.stringify(
          { note: [...footing(page), legendText(lang)], ...positionsOf(records, history.now, drawing.whole().stage) },
          null,
          1,
        ),
      ],
      "application/json",
    ),
  write: () => {
    /** @type {HTMLDialogElement} */ (document.querySelector("dialog.save")).close();
    telling.open();
  },
  page: () => {
    const { now } = history;
    const story = hasStory(now) ? JSON.stringify(storyOf(now, records)) : "";
    return saved(now.steps.length ? "story" : "page", "html", [pageWith(document, story)], "text/html;charset=utf-8");
  },
  story: () => {
    const story = storyOf(history.now, records);
    return saved("story", "json", [JSON.stringify({ ...story, iris: irisOf(story) }, null, 1)], "application/json");
  },
  print: async () => putOnPaper("shown", shownSheet(page, await drawingImage())),
  lawyer: () => putOnPaper("lawyer", lawyerSheet(page)),
  link: async () => {
    const url = `${window.location.href.split("#")[0]}#${addressOf(history.now, lang, true, keysOf)}`;
    return (await copy(url)) ? word(lang, "linkCopied") : word(lang, "linkByHand", { url });
  },
};

/** @param {any} what @param {string} ending @param {any} parts @param {any} type */
function saved(what, ending, parts, type) {
  const name = fileName(records, what, ending);
  download(name, parts, type);
  return word(lang, "saved", { name });
}

// Painted by a pen made for the sheet's size: the whole drawing, with what goes with it.
/** @param {any} makePen */
function drawnBy(makePen) {
  if (history.now.view !== "drawing")
    drawing.show(page.scene, { state: history.now, lang, insets: insets(), refit: false });
  const whole = drawing.whole();
  const probe = make("canvas").getContext("2d");
  /** @param {any} text @param {string} font */
  const measure = (text, font) => {
    probe.font = font;
    return probe.measureText(text).width;
  };
  const paper = sheetOf({ page, ...whole, measure });
  const pen = makePen(paper);
  paper.paint(pen);
  return pen;
}

function pngCanvas() {
  return drawnBy(({ width, height }) => {
    const ratio = Math.min(2, Math.sqrt(PNG_MOST / (width * height)));
    const pen = make("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) }).getContext(
      "2d",
    );
    pen.scale(ratio, ratio);
    return pen;
  }).canvas;
}

async function savePng() {
  const blob = await new Promise((done) => {
    pngCanvas().toBlob(done, "image/png");
  });
  return saved("drawing", "png", [blob], "image/png");
}

async function drawingImage() {
  const image = make("img", {
    src: pngCanvas().toDataURL("image/png"),
    alt: word(lang, "drawingName", { n: page.scene.drawn }),
  });
  await image.decode();
  return image;
}

/** @param {any} kind @param {any} parts */
function putOnPaper(kind, parts) {
  pages.sheet.replaceChildren(...parts.filter(Boolean));
  document.body.dataset.sheet = kind;
  window.addEventListener(
    "afterprint",
    () => {
      delete document.body.dataset.sheet;
      pages.sheet.replaceChildren();
    },
    { once: true },
  );
  window.print();
  return word(lang, "printReady");
}

// The dataset that rides in the page, opened once.
let opened = null;
function dataset() {
  opened ??= (async () => {
    const bytes = await gunzipped(bytesOf(byId("trig").textContent));
    return { bytes, hash: await sha256Of(bytes) };
  })();
  return opened;
}

// ---- the address

// Of a page over a server: what the ids of a story stand for, so that they are loaded again.
/** @param {any} story */
function irisOf(story) {
  return keysOf?.(idsIn(JSON.stringify(story)));
}

let noted = "";

// What is looked at gets a step of its own for the back button; the rest only keeps the address in step.
function keepAddress() {
  const fragment = addressOf(history.now, lang, false, keysOf);
  const { view, shown, selected, ask: question, slot } = history.now;
  const step = JSON.stringify([view, shown, selected, question, slot]);
  if (fragment === window.location.hash.slice(1)) {
    noted = step;
    return;
  }
  const url = fragment ? `#${fragment}` : window.location.href.split("#")[0];
  try {
    if (noted && step !== noted) window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  } catch {
    // Some browsers refuse this for files; the page then has no address for its state, and "Link to this" still makes
    // one.
  }
  noted = step;
}

async function arrived() {
  let named = null;
  if (served)
    await serving.run(window.location.hash, async () => {
      named = await called();
    });
  const read = arrivalOf(named);
  history = change(history, read.state);
  if (read.lang) lang = read.lang;
  noted = "";
  const inside = document.activeElement === document.body || shell.panel.contains(document.activeElement);
  refresh({ refit: true });
  if (inside && !history.now.selected) comeBack();
  if (read.broken) tellBroken();
}

function tellBroken() {
  quietLine(pages, word(lang, "brokenLink"));
  setTimeout(() => quietLine(pages, ""), QUIET_MS);
}

// ---- keyboard, pointer, print

function listen() {
  document.addEventListener("keydown", (event) => pressed(event));
  DARK.addEventListener("change", () => {
    applyTheme();
    refresh();
  });
  PHONE.addEventListener("change", () => {
    if (history.now.view === "cast") history = change(history, { view: "drawing" });
    refresh({ refit: true });
  });
  window.addEventListener("beforeprint", () => {
    if (!document.body.dataset.sheet)
      renderPages(pages, { ...page, state: { ...page.state, view: "table" } }, { ...pageActs, room: Infinity });
  });
  window.addEventListener("popstate", arrived);
}

/** @param {any} event */
function pressed(event) {
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    finder.focus();
  } else if (event.key === "?" && !typing && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    openKeys(page);
  } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (document.body.dataset.side === "open") sheet(false);
    else {
      const inside = shell.panel.contains(document.activeElement);
      back();
      if (inside && !comeBack()) viewPlace().focus();
    }
  } else if (!typing && !document.querySelector("dialog[open]") && telling.press(event)) {
    event.preventDefault();
  } else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "z") {
    event.preventDefault();
    if (event.shiftKey) barActs.redo();
    else barActs.undo();
  } else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "y") {
    event.preventDefault();
    barActs.redo();
  }
}

/** @param {any} thing */
function keyOf(thing) {
  if (thing.type === "node") return `node:${thing.id}`;
  if (thing.type === "group") return `node:${thing.id}`;
  if (thing.type === "speaks" || thing.type === "parts") return `edge:${thing.id}`;
  const edge = (records.edgesOfProp.get(thing.id) ?? [])[0];
  return edge ? `edge:${edge.id}` : `node:${records.props.get(thing.id).subject}`;
}

/** @param {any} text */
function say(text) {
  byId("live").textContent = text;
}

/** @param {any} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(word(lang, "copied"));
    return true;
  } catch {
    const done = copyByHand(text);
    say(word(lang, done ? "copied" : "copyFailed"));
    return done;
  }
}

// From a file some browsers refuse the clipboard; the older way still works there.
/** @param {any} text */
function copyByHand(text) {
  const field = make("textarea", { class: "unseen", value: text, "aria-hidden": "true" });
  (document.querySelector("dialog[open]") ?? document.body).append(field);
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
  const wanted = [
    remembered(KEPT.language),
    ...(navigator.languages ?? []).map((each) => each.slice(0, 2)),
    given.lang,
  ];
  return wanted.find((each) => languages().includes(each)) ?? "en";
}

/** @param {any} key */
function remembered(key) {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {any} key @param {any} value */
function remember(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // A page from disk may be refused storage; it then forgets, and nothing else changes.
  }
}

// ---- begin

const shell = buildShell({ sheet, grip: gripped, fold: foldColumn });
const index = readIndex(records);
const serving = served
  ? new store.Serving(served, {
      records: () => records,
      grown,
      waiting: (n) => {
        document.body.dataset.waiting = n ? "yes" : "";
      },
      tell: (key, values) => {
        quietLine(pages, word(lang, key, values));
        setTimeout(() => quietLine(pages, ""), QUIET_MS);
      },
    })
  : null;
if (serving) {
  panelActs.further = (typed) => serving.search(typed);
  panelActs.names = (list) => {
    serving.names(list);
  };
}
const finder = new Finder(records, index, {
  choose: (id) => choose({ type: "node", id }, { focus: true }),
  say,
  further: panelActs.further,
});
shell.side.prepend(finder.element);
const pages = buildPages(shell);
export const drawing = new Drawing(vis, shell.canvas, records, {
  choose: (thing, how) => chooseOrPick(thing, how),
  around: goRound,
  menu: menuOf,
  box: (ids) => {
    update({ picked: [...new Set([...history.now.picked, ...ids])] });
    say(word(lang, "picked", { n: history.now.picked.length }));
  },
  hover: (thing, at) => showTip(shell, thing ? tipOf(page, thing) : "", at),
  moved: (moved) =>
    update(
      drawing.compact ? { nudged: { ...history.now.nudged, ...moved } } : { moved: { ...history.now.moved, ...moved } },
    ),
  resized: () => {
    forgetSpots();
    if (history.now.view === "drawing")
      drawing.show(page.scene, { state: history.now, lang, insets: insets(), refit: true });
    if (history.now.view === "drawing" && history.now.selected) frame(history.now.selected);
  },
  still: () => CALM.matches,
});

const telling = new Telling(shell, drawing, {
  page: () => page,
  update,
  say,
  viewHere,
  looked: lookAt,
  rest: () => viewPlace().focus(),
  has: canSave,
  save: async (kind) => saveActs[kind](),
  load: served ? (keys) => serving.run(JSON.stringify(keys), () => served.recall(keys)) : null,
});

new Walker(shell.walk, drawing, {
  page: () => page,
  menu: menuOf,
  around: goRound,
  open: (thing, how) => chooseOrPick(thing, { ...how, focus: true }),
  say,
});

applyTheme();
listen();
refresh({ refit: true });
if (history.now.step !== null) lookAt();
if (arrival.broken) tellBroken();
document.documentElement.classList.add("ready");
if (document.fonts?.ready)
  document.fonts.ready.then(() => {
    drawing.setTheme(readTheme(document.documentElement));
  });
