// The frame of the page: search and filters, the drawing with what lies on it, the table, the panel; its names and
// sheets.
import { hasCast } from "../model/cast.js";
import { filterCount } from "../model/state.js";
import { saidBy } from "../model/clocks.js";
import { carried } from "../model/docket.js";
import { isAgent } from "../model/records.js";
import { nameOf } from "../model/standing.js";
import { capital, inLanguage, joinNames, readableDate } from "../model/text.js";
import { word } from "../words.js";
import { allIn, button, focusKey, make } from "./dom.js";

const TIP_WIDTH = 280;
const HOPS_ROUND = [1, 2, 3];

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Makes the frame once. acts: {sheet(open), grip(), fold(side, yes)}. Answers its parts by name.
 * @param {Acts} acts
 */
export function buildShell(acts) {
  const parts = {
    bar: place("bar"),
    side: place("side"),
    stage: place("stage"),
    panel: place("panel"),
    foot: place("foot"),
    skips: place("skips"),
    canvas: make("div", { class: "canvas" }),
    honest: make("div", { class: "honest", role: "note" }),
    legend: make("section", { class: "legend" }),
    zoom: make("div", { class: "zoom", role: "group" }),
    tip: make("div", { class: "tip", hidden: true, "aria-hidden": "true" }),
    table: make("div", { class: "table-view", id: "statements", tabindex: "0", role: "region" }),
    castList: make("section", { class: "cast-list", id: "cast-list" }),
    filters: make("div", { class: "filters", id: "filters" }),
    filtersTitle: make("h2", { class: "filters-title" }),
    closeFilters: button("", () => acts.sheet(false), { class: "link sheet-close" }),
    openFilters: button("", () => acts.sheet(document.body.dataset.side !== "open"), {
      class: "sheet-open",
      "aria-controls": "filters",
    }),
    grip: button("", acts.grip, { class: "grip", "aria-controls": "docket" }),
    docket: make("div", { class: "docket", id: "docket" }),
    foldLeft: button("", () => acts.fold("left", document.body.dataset.left !== "folded"), {
      class: "fold-left",
      "aria-controls": "side",
      data: { key: "fold:left" },
    }),
    foldRight: button("»", () => acts.fold("right", true), { class: "fold-right", data: { key: "fold:right" } }),
    unfoldRight: button("«", () => acts.fold("right", false), { class: "unfold-right", data: { key: "unfold:right" } }),
    story: make("section", { class: "story", id: "story", hidden: true }),
    notes: make("section", { class: "notes" }),
    walk: make("div", { class: "walk", tabindex: "0", role: "application", id: "drawing" }),
  };
  parts.walk.append(parts.canvas);
  parts.stage.append(
    make("div", { class: "drawing-view" }, [
      parts.walk,
      parts.notes,
      parts.honest,
      parts.legend,
      parts.zoom,
      parts.tip,
    ]),
    parts.table,
  );
  parts.stage.before(parts.story);
  parts.side.append(
    parts.foldLeft,
    parts.castList,
    parts.openFilters,
    make("div", { class: "filter-sheet" }, [parts.filtersTitle, parts.closeFilters, parts.filters]),
  );
  parts.panel.append(parts.foldRight, parts.grip, parts.docket);
  parts.panel.after(parts.unfoldRight);
  document.body.dataset.panel = "peek";
  document.body.dataset.side = "";
  return parts;
}

/**
 * Names every landmark and control in the language. on: {skip(event, id), zoomIn, zoomOut, fit}.
 * @param {Shell} shell @param {Page} page @param {Acts} on
 */
export function nameShell(shell, page, on) {
  const { lang, state, scene } = page;
  const view = {
    cast: ["cast", "skipCast"],
    table: ["statements", "skipTable"],
    sentences: ["sentences", "skipSentences"],
    figures: ["figures", "skipFigures"],
  }[state.view] ?? ["drawing", "skipDrawing"];
  const links = [["find", "skipSearch"], ["filters", "skipAsk"], view, ["docket", "skipPanel"]];
  shell.skips.replaceChildren(
    ...links.map(([id, text]) =>
      make("a", { href: `#${id}`, text: word(lang, text), on: { click: (event) => on.skip(event, id) } }),
    ),
  );
  const names = {
    skips: "skips",
    side: "filters",
    stage: state.view === "cast" ? "castList" : state.view,
    panel: "panel",
    castList: "castList",
    table: "tableName",
    legend: "legend",
    zoom: "drawing",
  };
  for (const [part, key] of Object.entries(names)) shell[part].setAttribute("aria-label", word(lang, key));
  shell.walk.setAttribute(
    "aria-label",
    `${word(lang, "drawingName", { n: scene.drawn })}. ${word(lang, "drawingHelp")}`,
  );
  if (shell.zoom.dataset.lang !== lang) {
    shell.zoom.dataset.lang = lang;
    /** @param {any} text @param {any} key @param {any} run */
    const tool = (text, key, run) => button(text, run, { "aria-label": word(lang, key), title: word(lang, key) });
    shell.zoom.replaceChildren(
      tool("+", "zoomIn", on.zoomIn),
      tool("−", "zoomOut", on.zoomOut),
      tool("⤢", "fit", on.fit),
    );
  }
  const count = filterCount(state);
  shell.openFilters.textContent = count ? word(lang, "filtersActive", { n: count }) : word(lang, "filtersOpen");
  shell.filtersTitle.textContent = word(lang, "filters");
  shell.closeFilters.textContent = word(lang, "close");
  nameFolds(shell, lang);
  nameSheets(shell, page);
}

/** @param {Shell} shell @param {Lang} lang */
function nameFolds({ foldLeft, foldRight, unfoldRight }, lang) {
  const shut = document.body.dataset.left === "folded";
  foldLeft.textContent = shut ? "»" : "«";
  foldLeft.setAttribute("aria-expanded", String(!shut));
  const named = { unfold: word(lang, "unfoldColumn"), fold: word(lang, "foldColumn") };
  nameControl(foldLeft, shut ? named.unfold : named.fold);
  nameControl(foldRight, named.fold);
  nameControl(unfoldRight, named.unfold);
}

/** @param {HTMLElement} control @param {string} name */
function nameControl(control, name) {
  control.setAttribute("aria-label", name);
  control.title = name;
}

/**
 * Says of both sheets whether they are open.
 * @param {Shell} shell @param {Pick<Page, "lang" | "state">} page
 */
export function nameSheets(shell, { lang, state }) {
  shell.openFilters.setAttribute("aria-expanded", String(document.body.dataset.side === "open"));
  const { panel } = document.body.dataset;
  const title = word(lang, state.selected ? "panel" : "startHere");
  shell.grip.setAttribute("aria-label", `${title}: ${word(lang, panel === "full" ? "sheetLess" : "sheetMore")}`);
  shell.grip.setAttribute("aria-expanded", String(panel !== "peek"));
  shell.grip.replaceChildren(
    make("span", { class: "grip-bar", "aria-hidden": "true" }),
    make("span", { class: "grip-title", "aria-hidden": "true", text: title }),
  );
}

/**
 * The switch between the drawings, and the one honest line: what is drawn of how much. on: {drawing(kind), start(),
 * again()}.
 * @param {Shell} shell @param {Pick<Page, "records" | "lang" | "scene" | "lens" | "state" | "phone">} page
 * @param {any} on
 */
export function renderHonest(shell, page, on) {
  const { records, lang, scene, lens, state } = page;
  const { served } = records.data;
  const all = state.shown === "all";
  const count = { n: scene.drawn, m: scene.total, ...actorsAndThings(records, scene) };
  const asChosen =
    state.shown === "focus" ||
    state.added.length ||
    state.hidden.length ||
    state.fold ||
    state.ask ||
    (all && scene.drawn < scene.total);
  const key = !scene.drawn
    ? "nothingLeft"
    : lens.filtered
      ? "showingFiltered"
      : asChosen
        ? "showingSome"
        : all
          ? "showingAll"
          : scene.cast
            ? served
              ? "servedCast"
              : "showingCast"
            : "showing";
  const focused = focusKey(shell.honest);
  shell.honest.replaceChildren(
    drawingSwitch(page, on.drawing),
    state.shown === "opening" ? "" : startToggle(page, on.start),
    toldAbove(page) ? make("p", { class: "honest-line", text: inLanguage(records.data.opening, lang) }) : "",
    served
      ? servedDrawn(lang, scene, served, { all, opened: state.added.length > 0, key })
      : make("p", { class: "honest-drawn", text: nothingKnown(page) || word(lang, key, count) }),
    records.data.part ? make("p", { class: "honest-note", text: inLanguage(records.data.part, lang) }) : "",
    ...drawingNotes(page, on),
  );
  // A button that its own press took away leaves the focus near by.
  if (focused)
    (
      allIn(shell.honest, "[data-key]").find((each) => each.dataset.key === focused) ?? allIn(shell.honest, "button")[0]
    )?.focus({ preventScroll: true });
}

// How many are drawn of how many: actors, as the list beside the drawing counts them, and all else.
/** @param {Records} records @param {Scene} scene */
function actorsAndThings(records, scene) {
  /** @param {(NodeRecord | undefined)[]} nodes */
  const actors = (nodes) => nodes.filter((node) => node?.type === "node" && isAgent(records, node)).length;
  const [shown, all] = [actors(scene.nodes.map((id) => records.nodes.get(id))), actors([...records.nodes.values()])];
  return { actors: shown, allActors: all, things: scene.drawn - shown, allThings: scene.total - all };
}

// Before the first of what was said nothing is left, whatever else is ticked.
/** @param {Pick<Page, "records" | "lang" | "lens" | "state">} page */
function nothingKnown({ records, lang, lens, state }) {
  const { known } = state.clock;
  if (lens.shown.size || !known) return "";
  const [first] = [...records.claims.values()]
    .map((claim) => saidBy(records, claim))
    .filter(Boolean)
    .sort();
  if (!first || first <= known) return "";
  return word(lang, "nothingKnown", { date: readableDate(known, lang), first: readableDate(first, lang) });
}

// What makes the drawing another than it was, each with the way back: only what is round a name, what is hidden by
// hand, what was opened, and filters.
/** @param {Pick<Page, "records" | "lang" | "state" | "lens" | "scene">} page @param {any} on */
function drawingNotes({ records, lang, state, lens, scene }, on) {
  const note = (text, act, run, key) =>
    make("p", { class: "honest-note" }, [text, " ", button(act, run, { class: "link", data: { key } })]);
  const { focus } = state;
  const { served } = records.data;
  return [
    served && !served.ranked
      ? make("p", { class: "honest-note", text: word(lang, "servedUnranked"), data: { key: "unranked" } })
      : null,
    served?.missing?.length
      ? note(
          word(lang, "servedMissing", {
            what: joinNames(
              served.missing.map((each) => word(lang, `lacks${capital(each)}`)),
              lang,
            ),
          }),
          word(lang, "tryAgain"),
          on.again,
          "missing-again",
        )
      : null,
    served?.failed ? note(word(lang, "servedNoCast"), word(lang, "tryAgain"), on.again, "cast-again") : null,
    state.shown === "focus" && focus
      ? make("p", { class: "honest-note" }, [
          word(lang, "focusNow", { name: nameOf(records, focus.id, lang), n: focus.hops }),
          " ",
          ...HOPS_ROUND.map((hops) =>
            button(String(hops), () => on.patch({ focus: { ...focus, hops } }, { refit: true }), {
              class: "link",
              "aria-label": word(lang, "hopsOf", { n: hops }),
              "aria-pressed": String(hops === focus.hops),
              data: { key: `round:${hops}` },
            }),
          ),
          button(
            word(lang, "endFocus"),
            () => on.patch({ focus: null, shown: focus.before ?? "opening" }, { refit: true }),
            {
              class: "link",
              data: { key: "focus-end" },
            },
          ),
        ])
      : null,
    scene.folded
      ? note(
          word(lang, "wordsInCards", { n: scene.folded }),
          word(lang, "drawThem"),
          () => on.draw("words", true),
          "words",
        )
      : null,
    state.shown === "all" && state.draw.words
      ? note("", word(lang, "foldWords"), () => on.draw("words", false), "words")
      : null,
    state.hidden.length
      ? note(
          word(lang, "hiddenByYou", { n: state.hidden.length }),
          word(lang, "showThem"),
          () => on.patch({ hidden: [] }),
          "hidden-show",
        )
      : null,
    state.added.length && state.shown === "cast"
      ? note(
          word(lang, "addedByYou", { n: state.added.length }),
          word(lang, "takeAway"),
          () => on.patch({ added: [] }, { refit: true }),
          "added-away",
        )
      : null,
    lens.filtered && filterCount(state)
      ? button(word(lang, "resetFilters"), on.reset, { class: "link honest-note", data: { key: "reset-drawn" } })
      : null,
  ].filter(Boolean);
}

// What all of it rests on is told above the disputes; a store tells it above everything it can draw, and a phone has no
// other place for it.
/** @param {Pick<Page, "records" | "scene" | "state" | "phone">} page */
function toldAbove({ records, scene, state, phone }) {
  return !scene.cast && (state.shown === "opening" || Boolean(records.data.served) || phone);
}

// Beside the cast and everything the panel is away until something is chosen, or "Start here" is opened.
/** @param {Pick<Page, "lang" | "state">} page @param {() => void} toggle */
function startToggle({ lang, state }, toggle) {
  const open = document.body.dataset.card === "open";
  return button(word(lang, open && !state.selected ? "close" : "startHere"), toggle, {
    class: "start-toggle",
    "aria-expanded": String(open),
    "aria-controls": "docket",
    data: { key: "start" },
  });
}

// Three drawings: who is in the story, what needs judgement, everything there is.
/** @param {Pick<Page, "records" | "lang" | "state">} page @param {(kind: string) => void} showDrawing */
function drawingSwitch({ records, lang, state }, showDrawing) {
  const { served } = records.data;
  const kinds = [
    ...(hasCast(records) ? [["cast", "drawCast"]] : []),
    ["opening", "drawDisputes"],
    ...(served && !served.fits ? [] : [["all", "drawAll"]]),
  ];
  const buttons = kinds.map(([kind, text]) =>
    button(word(lang, text), () => showDrawing(kind), {
      "aria-pressed": String(state.shown === kind),
      data: { key: `shown:${kind}` },
    }),
  );
  return make("div", { class: "drawings", role: "group", "aria-label": word(lang, "drawing") }, buttons);
}

// Over a server: how much of the store is drawn; what does not fit is searched for.
/**
 * @param {Lang} lang @param {{ drawn: any }} given @param {{ counts: any; fits: any }} served
 * @param {{ all: any; opened: any; key: any }} how
 */
function servedDrawn(lang, { drawn }, { counts, fits }, { all, opened, key }) {
  const count = { n: drawn, m: counts.nodes ?? 0 };
  const known = counts.nodes === null ? "servedDrawnSome" : opened && key === "showingSome" ? "servedDrawn" : key;
  const text = word(lang, known, known === "showingAll" ? { n: drawn, m: drawn } : count);
  return make("p", { class: "honest-drawn" }, [text, " ", all || fits ? "" : word(lang, "servedTooMany")]);
}

/**
 * What every print carries at its head.
 * @param {Shell} shell @param {Pick<Page, "records" | "lens" | "lang" | "unticked">} page
 */
export function renderFoot(shell, { records, lens, lang, unticked }) {
  shell.foot.replaceChildren(...carried(records, lens, lang, unticked).map((text) => make("p", { text })));
}

/**
 * The title of what is under the pointer, beside it; nothing when `text` is empty.
 * @param {Shell} shell @param {string} text @param {Point} at
 */
export function showTip(shell, text, at) {
  shell.tip.hidden = !text;
  if (!text) return;
  shell.tip.textContent = text;
  const wide = shell.canvas.clientWidth;
  const right = at.x > wide - TIP_WIDTH;
  shell.tip.style.setProperty("left", right ? "auto" : `${at.x + 14}px`);
  shell.tip.style.setProperty("right", right ? `${wide - at.x + 14}px` : "auto");
  shell.tip.style.setProperty("top", `${at.y + 16}px`);
}
