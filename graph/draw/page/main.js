// Wires model and views, and keeps the state and the address.
import { addressOf, keysInAddress, namedInAddress, readAddress } from "./model/address.js";
import { answerTo } from "./model/ask.js";
import { statementsAmong } from "./model/counts.js";
import { readStory, stepTo } from "./model/story.js";
import { litByProps } from "./model/lit.js";
import { propsOfSlot, slotDate } from "./model/timeline.js";
import { expandPatch, focusPatch, hideNodePatch, unfocusPatch } from "./model/hands.js";
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
import { speak, speakOfData, word } from "./words.js";
import { renderBar } from "./views/bar.js";
import { Drawing } from "./views/canvas.js";
import { askSaid } from "./views/asking.js";
import { firstIn } from "./views/dom.js";
import { onClipboard } from "./views/clipboard.js";
import { coveredBy, insetsOf } from "./views/covered.js";
import { Exporter } from "./views/exporter.js";
import { Finder } from "./views/finder.js";
import { freshList, renderCastList } from "./views/castlist.js";
import { renderFilters } from "./views/filters.js";
import { openHelp, openKeys, renderLegend } from "./views/legend.js";
import { storyInPage } from "./views/copying.js";
import { Telling } from "./views/telling.js";
import { openMenu } from "./views/menu.js";
import { renderPanel, titleOf } from "./views/panel.js";
import { buildShell, nameSheets, nameShell, renderFoot, renderHonest, showTip } from "./views/shell.js";
import { buildPages, quietLine, renderPages } from "./views/pages.js";
import { openSave } from "./views/save.js";
import { openedStore } from "./views/openstore.js";
import { KEPT, remember, remembered, startLanguage } from "./views/remember.js";
import { WayBack } from "./views/wayback.js";
import { readTheme } from "./views/theme.js";
import { tipOf } from "./views/tip.js";
import { Walker, ZOOM_STEP } from "./views/walker.js";
import { takeRules } from "./model/rules.js";

const PHONE = window.matchMedia("(max-width: 760px)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");

const QUIET_MS = 9000;

/** @param {string} id */
const byId = (id) => document.getElementById(id);
speak(JSON.parse(byId("words").textContent));
const given = JSON.parse(byId("data").textContent);
takeRules(given.tables);
const served = given.served && store.open ? await openedStore(given, startLanguage(given.lang)) : null;
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
let lang = arrival.lang ?? startLanguage(given.lang);
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
  renderHonest(shell, page, { ...filterActs, drawing: showDrawing, start: toggleStart, again });
  nameShell(shell, page, frameActs);
  renderPages(pages, page, { ...pageActs, room: rooms[state.view] });
  telling.tell();
  if (state.view === "drawing") {
    redraw(refit);
    keepSpots();
  }
  telling.hang();
  renderFoot(shell, page);
  keepAddress();
  serving?.need(state, answer);
}

/** @param {boolean} refit */
function redraw(refit) {
  drawing.show(page.scene, { state: history.now, lang, insets: insetsOf(shell, PHONE.matches), refit });
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
  way.leave(history.now);
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
  const framed = ["node", "many"].includes(thing.type) && drawing.frameLit(coveredBy(shell, PHONE.matches));
  if (!framed) drawing.seek(keyOf(thing), coveredBy(shell, PHONE.matches).bottom);
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
  again,
  prop: (id) => choose({ type: "prop", id }, { focus: true }),
  node: (id) => choose({ type: "node", id }, { focus: true }),
  back: () => {
    back();
    if (!way.comeBack()) shell.docket.querySelector("h2")?.focus();
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
  if (question && other) way.leave(history.now);
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
    drawing.frameLit(coveredBy(shell, PHONE.matches));
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
    update(expandPatch(history.now, id, ids));
    choose({ type: "node", id }, { focus: false });
    say(word(lang, "expanded", { n: ids.length }));
  },
  around: (id, hops) => {
    update(focusPatch(history.now, id, hops), { refit: true });
    say(word(lang, "focusNow", { name: titleOf(page, { type: "node", id }), n: hops }));
  },
  path: (id) => ask({ kind: "path", a: id }),
  hide: (id) => update(hideNodePatch(history.now, id)),
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
  else update(unfocusPatch(history.now), { refit: true });
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
  save: () => openSave(page, exporter.acts, { has: (kind) => exporter.has(kind), hash: exporter.hash() }),
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
    if (slot && !history.now.slot) way.leave(history.now);
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

// The page opens anew, as its service may answer by now what it could not.
function again() {
  window.location.reload();
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

// ---- the address

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
  if (inside && !history.now.selected) way.comeBack();
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
      if (inside && !way.comeBack()) viewPlace().focus();
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
  const done = await onClipboard(text);
  say(word(lang, done ? "copied" : "copyFailed"));
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
const way = new WayBack(shell.docket, [shell.filters, pages.strip]);
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
    if (history.now.view === "drawing") redraw(true);
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
  has: (kind) => exporter.has(kind),
  save: async (kind) => exporter.acts[kind](),
  load: served ? (keys) => serving.run(JSON.stringify(keys), () => served.recall(keys)) : null,
});

const exporter = new Exporter(drawing, pages.sheet, {
  page: () => page,
  state: () => history.now,
  show: () => redraw(false),
  copy,
  write: () => telling.open(),
  keysOf,
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
