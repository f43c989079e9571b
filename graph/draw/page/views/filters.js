// Filters: each value with its count as a small bar, the clocks, and how the drawing is drawn; what can change
// nothing here is not shown.
import { readCastList } from "../model/castlist.js";
import { clockIsSet, clockStops } from "../model/clocks.js";
import { statementsHidden } from "../model/counts.js";
import { inForce } from "../model/docket.js";
import { facetCounts, NO_CLOCK, ON_REQUEST, readDimensions } from "../model/lens.js";
import { BY_RELATIONSHIP, groupedValues } from "../model/filtergroups.js";
import { filterCount } from "../model/state.js";
import { loadedWords, valueName } from "../model/stats.js";
import { inLanguage, readableDate } from "../model/text.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { askButtons } from "./asking.js";
import { askTitle, choice } from "./askparts.js";
import { bdi, button, focusKey, make } from "./dom.js";

const FIRST_VALUES = 7;
const REQUEST_WORDS = { denied: "drawDenied", open: "drawOpen", rejected: "drawRejected", mentioned: "drawMentioned" };
// The others open when they are asked for, or when something in them is unticked.
const OPEN_AT_FIRST = ["speaker", "position", "standing"];

/**
 * The sections of filters, remade at each change; which were unfolded is kept in `unfolded` (a Set).
 * @param {any} place @param {Page} page @param {Acts} on @param {Set<string>} unfolded
 */
export function renderFilters(place, page, on, unfolded) {
  const { records, state } = page;
  const focused = focusKey(place);
  const counts = facetCounts(records, state.off, state);
  const open = unfolded.has("filters") || readCastList(records, page.lens).length === 0;
  place.replaceChildren(
    loadedWords(records, page.lang) ? make("p", { class: "aside", text: loadedWords(records, page.lang) }) : "",
    askButtons(page, on, false),
    ...inForceNote(page, on),
    filtersHead(page, open, on, unfolded),
    make("div", { class: open ? "filter-body" : "filter-body folded", id: "filter-body" }, [
      drawingSection(page, on),
      ...clockSection(page, on),
      ...readDimensions(records).map((each) => filterSection(page, each, counts.get(each.dimension), on, unfolded)),
      ...throughAll(page),
    ]),
  );
  // A button that its own click took away leaves the focus near by.
  if (focused)
    (
      [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused) ??
      place.querySelector("button, select")
    )?.focus();
}

// Beside a wide drawing the filters are folded beneath the cast list; on a phone their sheet is opened for them.
/** @param {Page} page @param {boolean} open @param {Acts} on @param {Set<string>} unfolded */
function filtersHead({ lang, state }, open, on, unfolded) {
  const n = filterCount(state);
  const head = button(
    "",
    () => {
      if (!unfolded.delete("filters")) unfolded.add("filters");
      on.redraw();
    },
    {
      class: "fold-head",
      "aria-expanded": String(open),
      "aria-controls": "filter-body",
      data: { key: "filters-fold" },
    },
  );
  head.append(
    make("span", { class: "fold-mark", text: open ? "▾" : "▸", "aria-hidden": "true" }),
    make("span", { text: n ? word(lang, "filtersActive", { n }) : word(lang, "filters") }),
  );
  return make("h2", { class: "column-head filters-head" }, [head]);
}

// What is hidden and by what, with a way out of each.
/** @param {Page} page @param {Acts} on */
function inForceNote(page, on) {
  const { records, lens, lang, state } = page;
  const asked = ["without", "according"].includes(state.ask?.kind) && (state.ask.source || state.ask.a);
  if (!filterCount(state) && !asked) return [];
  const hidden = statementsHidden(records, lens);
  const told = inForce(records, lens, lang).map((text) => make("span", { class: "in-force", text }));
  return [
    make("div", { class: hidden ? "hidden-note" : "hidden-note nothing", role: "note" }, [
      make("p", {}, [
        hidden ? word(lang, "hiddenStatements", { n: hidden }) : word(lang, "hiddenNothing"),
        ". ",
        ...told,
      ]),
      make("p", { class: "note-acts" }, [
        filterCount(state)
          ? button(word(lang, "resetFilters"), on.reset, { class: "link", data: { key: "reset" } })
          : null,
        asked
          ? button(`${word(lang, "askClose")}: ${askTitle(page)}`, () => on.ask(null), {
              class: "link",
              data: { key: "ask-close" },
            })
          : null,
      ]),
    ]),
  ];
}

/**
 * @param {Page} page @param {{ dimension: string; counts: any; fixed: any }} given @param {any} now @param {Acts} on
 * @param {Set<string>} unfolded
 */
function filterSection(page, { dimension, counts, fixed }, now, on, unfolded) {
  const { records, lang, state } = page;
  const title = word(lang, dimension === "origins" ? "originsTitle" : dimension);
  const most = Math.max(...counts.values());
  const values = [...counts.keys()];
  const shown = sectionShown(state, dimension, unfolded);
  const head = button(
    "",
    () => {
      unfolded.delete(`shut:${dimension}`);
      unfolded.delete(`open:${dimension}`);
      unfolded.add(`${shown ? "shut" : "open"}:${dimension}`);
      on.redraw();
    },
    { class: "fold-head", "aria-expanded": String(shown), data: { key: `section:${dimension}` } },
  );
  head.append(
    make("span", { class: "fold-mark", text: shown ? "▾" : "▸", "aria-hidden": "true" }),
    make("span", { text: title }),
    shown
      ? make("span", { class: "count", text: word(lang, filterUnit(dimension)) })
      : make("span", { class: "count", text: String(values.length) }),
  );
  const top = make("div", { class: "filter-head" }, [
    make("h3", {}, [head]),
    shown
      ? make("span", { class: "all-none" }, [
          button(word(lang, "all"), () => on.set(dimension, []), {
            class: "link",
            "aria-label": word(lang, "allOf", { name: title }),
            data: { key: `all:${dimension}` },
          }),
          make("span", { text: "·", "aria-hidden": "true" }),
          button(word(lang, "none"), () => on.set(dimension, values), {
            class: "link",
            "aria-label": word(lang, "noneOf", { name: title }),
            data: { key: `none:${dimension}` },
          }),
        ])
      : null,
  ]);
  if (!shown) return make("div", { class: "filter shut", role: "group", "aria-label": title }, [top]);
  const open = unfolded.has(dimension) || values.length <= FIRST_VALUES + 1;
  const listed = open
    ? values
    : values.filter((value, index) => index < FIRST_VALUES || state.off[dimension].includes(value));
  const rows = groupedValues(records, dimension, listed).flatMap(([group, members]) => [
    group ? make("li", { class: "value-group", text: word(lang, group) }) : null,
    ...members.map((value) =>
      valueRow(page, dimension, value, { total: counts.get(value), now: now.get(value) ?? 0, most, values }, on),
    ),
  ]);
  const more =
    values.length > FIRST_VALUES + 1
      ? button(
          open ? word(lang, "showFewer") : word(lang, "showMore", { n: values.length - listed.length }),
          () => {
            if (open) unfolded.delete(dimension);
            else unfolded.add(dimension);
            on.redraw();
          },
          { class: "link more", "aria-expanded": String(open), data: { key: `more:${dimension}` } },
        )
      : null;
  return make("div", { class: "filter", role: "group", "aria-label": title }, [
    top,
    make("ul", {}, [...fixed.map((value) => fixedRow(page, dimension, value)), ...rows]),
    more,
  ]);
}

/** @param {string} dimension */
function filterUnit(dimension) {
  return BY_RELATIONSHIP.includes(dimension) ? "unitRelationships" : "unitStatements";
}

/** @param {any} state @param {string} dimension @param {Set<string>} unfolded */
function sectionShown(state, dimension, unfolded) {
  if (unfolded.has(`open:${dimension}`)) return true;
  if (unfolded.has(`shut:${dimension}`)) return false;
  return OPEN_AT_FIRST.includes(dimension) || state.off[dimension].length > 0;
}

/**
 * @param {Pick<Page, "records" | "lang" | "state">} page @param {string} dimension @param {any} value
 * @param {{ total: any; now: any; most: any; values: string[] }} given @param {Acts} on
 */
function valueRow({ records, lang, state }, dimension, value, { total, now, most, values }, on) {
  const name = valueName(records, dimension, value, lang);
  const ticked = !state.off[dimension].includes(value);
  const box = make("input", {
    type: "checkbox",
    checked: ticked,
    data: { key: `${dimension}:${value}` },
    on: { change: () => on.tick(dimension, value, box.checked) },
  });
  const label = make("label", { class: ticked ? "" : "off" }, [
    box,
    bdi(name, { class: "value" }),
    make("span", { class: "count", text: String(now) }),
  ]);
  const only = button(
    word(lang, "onlyThis"),
    () =>
      on.set(
        dimension,
        values.filter((each) => each !== value),
      ),
    {
      class: "link only-this",
      "aria-label": word(lang, dimension === "kind" ? "onlyAmong" : "onlyNamed", { name }),
      title: word(lang, dimension === "kind" ? "onlyAmong" : "onlyNamed", { name }),
      data: { key: `only:${dimension}:${value}` },
    },
  );
  const bar = make("span", { class: "meter", "aria-hidden": "true" });
  bar.style.setProperty("--part", `${Math.round((now / most) * 100)}%`);
  bar.style.setProperty("--whole", `${Math.round((total / most) * 100)}%`);
  if (dimension === "position" && ["denied", "contested"].includes(value)) bar.classList.add("against");
  return make("li", { class: "value-row" }, [label, only, bar]);
}

// What every statement has cannot be unticked, and says so.
/** @param {Pick<Page, "records" | "lang">} page @param {string} dimension @param {any} value */
function fixedRow({ records, lang }, dimension, value) {
  return make("li", {}, [
    make("label", { class: "fixed" }, [
      make("input", { type: "checkbox", checked: true, disabled: true }),
      make("span", { class: "value" }, [
        bdi(valueName(records, dimension, value, lang)),
        make("span", { class: "aside", text: ` · ${word(lang, "throughOne")}` }),
      ]),
    ]),
  ]);
}

// ---- how the drawing is drawn

/** @param {Page} page @param {Acts} on */
function drawingSection(page, on) {
  const { lang, state } = page;
  const whole = !["opening", "cast"].includes(state.shown);
  const groups = [["kind", word(lang, "groupKind")]];
  return make("div", { class: "filter drawing-how", role: "group", "aria-label": word(lang, "drawingOf") }, [
    make("div", { class: "filter-head" }, [make("h3", { text: word(lang, "drawingOf") })]),
    page.scene.cast
      ? null
      : choice(
          lang,
          "groupBy",
          groups,
          state.group,
          (group) => on.patch({ group: group ?? "", opened: [], selected: null }),
          true,
          "groupNone",
        ),
    make("ul", {}, [...(page.scene.cast ? [] : [foldRow(page, on), eventsLeft(page)]), ...alsoDraw(page, on, whole)]),
  ]);
}

/** @param {Pick<Page, "records" | "lang" | "state">} page @param {Acts} on */
function foldRow({ records, lang, state }, on) {
  if (!records.data.folds.length) return null;
  return row(word(lang, "foldActors"), state.fold, null, "fold", (fold) => on.patch({ fold, selected: null }));
}

// Why something that takes place is still drawn among actors only.
/** @param {Pick<Page, "records" | "scene" | "lang" | "state">} page */
function eventsLeft({ records, scene, lang, state }) {
  if (!state.fold) return null;
  const stay = scene.nodes.filter(
    (id) => records.nodes.get(id)?.type === "node" && isEvent(records.data.kinds[records.nodes.get(id).kind]),
  ).length;
  return stay ? make("li", { class: "state-note", text: word(lang, "eventsStay", { n: stay }) }) : null;
}

// Events and what is like them (an agreement, a payment) are drawn alike; an order is a document.
/** @param {any} kind */
function isEvent(kind) {
  return kind?.hue === "event" && kind.shape === "diamond";
}

/** @param {Pick<Page, "records" | "lens" | "lang" | "state">} page @param {Acts} on @param {any} whole */
function alsoDraw({ records, lens, lang, state }, on, whole) {
  const counts = Object.fromEntries(
    ON_REQUEST.map((line) => [
      line,
      [...lens.props.entries()].filter(([id, seen]) => seen.line === line && records.edgesOfProp.has(id)).length,
    ]),
  );
  const speaks = [...records.edges.values()].filter((edge) => edge.type === "speaks").length;
  const rows = ON_REQUEST.filter((line) => counts[line] || state.draw[line]).map((line) =>
    row(word(lang, REQUEST_WORDS[line]), state.draw[line], counts[line], `draw:${line}`, (ticked) =>
      on.draw(line, ticked),
    ),
  );
  // At the opening who speaks is drawn; in the whole it would bury the rest, and is drawn round what is chosen.
  const key = whole ? "speaksAll" : "speaks";
  return [
    speaks && state.shown !== "cast"
      ? row(
          word(lang, whole ? "drawSpeaksAll" : "drawSpeaks"),
          Boolean(state.draw[key]),
          speaks,
          "draw:speaks",
          (ticked) => on.draw(key, ticked),
        )
      : null,
    ...rows,
  ];
}

/** @param {any} text @param {any} ticked @param {any} count @param {any} key @param {any} run */
function row(text, ticked, count, key, run) {
  const box = make("input", {
    type: "checkbox",
    checked: ticked,
    data: { key },
    on: { change: () => run(box.checked) },
  });
  return make("li", {}, [
    make("label", {}, [
      box,
      make("span", { class: "value", text }),
      count === null ? null : make("span", { class: "count", text: String(count) }),
    ]),
  ]);
}

// ---- the two clocks

/** @param {Pick<Page, "records" | "lang" | "state">} page @param {Acts} on */
function clockSection({ records, lang, state }, on) {
  const stops = clockStops(records);
  if (!stops.said.length && !stops.happened.length) return [];
  const { clock } = state;
  /** @param {string} iso */
  const day = (iso) => readableDate(iso.split("/")[0], lang);
  const since = stops.happened.map((stop) => [stop.from, day(stop.iso)]);
  const till = stops.happened.map((stop) => [stop.to, stop.iso.includes("/") ? day(stop.to) : day(stop.iso)]);
  /** @param {any} patch */
  const set = (patch) => on.clock({ ...clock, ...patch });
  return [
    make("div", { class: "filter clocks", role: "group", "aria-label": word(lang, "clocks") }, [
      make("div", { class: "filter-head" }, [
        make("h3", { text: word(lang, "clocks") }),
        clockIsSet(clock)
          ? button(word(lang, "all"), () => on.clock(NO_CLOCK), {
              class: "link",
              "aria-label": word(lang, "allOf", { name: word(lang, "clocks") }),
              data: { key: "clock-reset" },
            })
          : null,
      ]),
      stops.said.length
        ? choice(
            lang,
            "knownOn",
            stops.said.map((iso) => [iso, day(iso)]),
            clock.known,
            (known) => set({ known }),
            true,
            "anyDay",
          )
        : null,
      stops.happened.length
        ? choice(lang, "happenedSince", unlikeFirst(since), clock.from, (from) => set({ from }), true, "anyTime")
        : null,
      stops.happened.length
        ? choice(lang, "happenedTill", unlikeFirst(till), clock.to, (to) => set({ to }), true, "anyTime")
        : null,
      clock.from || clock.to
        ? make("ul", {}, [row(word(lang, "undated"), clock.undated, null, "undated", (undated) => set({ undated }))])
        : null,
    ]),
  ];
}

/** @param {any} options */
function unlikeFirst(options) {
  const seen = new Set();
  return options.filter(([value]) => !seen.has(value) && seen.add(value)).sort((a, b) => a[0].localeCompare(b[0]));
}

// A source that every statement passes through cannot be unticked, and says so.
/** @param {Pick<Page, "records" | "lang">} page */
function throughAll({ records, lang }) {
  const publishers = new Set([...records.documents.values()].map((document) => document.publisher));
  if (publishers.size !== 1 || !records.order.length) return [];
  const [only] = publishers;
  const name = nameOf(records, only, lang) || inLanguage([...records.documents.values()][0].label, lang);
  return [make("p", { class: "aside through-all", text: word(lang, "allThrough", { name }) })];
}
