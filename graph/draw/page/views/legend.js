// The legend on the drawing, and "How to read this" one click further.
import { isNotionKind } from "../model/notions.js";
import { countedSigns } from "../model/scene.js";
import { kindName } from "../model/stats.js";
import { capital, clip } from "../model/text.js";
import { word } from "../words.js";
import { openDialog } from "./dialog.js";
import { button, make } from "./dom.js";
import { lineGlyph, shapeGlyph } from "./glyph.js";

const LEGEND_LINES = [
  ["said", "Said"],
  ["quoted", "Quoted"],
  ["judgement", "Judgement"],
  ["implied", "Implied"],
  ["soft", "Soft"],
  ["notyet", "Notyet"],
  ["disputed", "Disputed"],
  ["accepted", "Accepted"],
  ["speaks", "Speaks"],
];
// The short legend names the most frequent shapes; "How to read this" names all.
const SHAPE_LIMIT = 8;
const NAME_EACH = 2;
const NAME_LIMIT_SHAPE = 28;

/**
 * The short legend: only lines that are drawn here. on.help() opens the long one.
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderLegend(place, page, on) {
  const { lang, scene, records, state } = page;
  const here = countedSigns(scene.edges);
  // Past the opening not every line has room for its words.
  if (!scene.cast && state.shown !== "opening" && here.has("said")) here.set("quoted", 0);
  const groups = kindsHere(records, scene.nodes.map((id) => records.nodes.get(id)).filter(Boolean)).slice(
    0,
    SHAPE_LIMIT,
  );
  place.replaceChildren(
    make("h2", { class: "unseen", text: word(lang, "legend") }),
    make("ul", { class: "legend-lines" }, [
      ...LEGEND_LINES.filter(([line]) => here.has(line) || isOff(page, line)).map(([line, text]) =>
        make("li", {}, [lineSwitch(page, line, text, here.get(line) ?? 0, on)]),
      ),
      standsForMore(scene) ? make("li", { text: word(lang, "shortMore") }) : "",
    ]),
    make(
      "ul",
      { class: "legend-shapes" },
      groups.map((alike) => shapeRow(page, alike, NAME_EACH)),
    ),
    make("p", { class: "legend-rule" }, [
      make("span", { text: word(lang, "lineRule") }),
      " ",
      ...(state.shown === "all" ? [make("span", { text: word(lang, "lineNames") }), " "] : []),
      button(word(lang, "howToRead"), on.help, { class: "link" }),
      " ",
      legendToggle(lang),
    ]),
  );
}

// Whether words on the cast end in "+2 more": a payment's line has a sum in place of that.
/** @param {Scene} scene */
function standsForMore(scene) {
  const items = /** @type {TieItem[]} */ (scene.cast ? scene.edges : []);
  return items.some(({ edge, tie }) => edge.parts && tie.kind !== "payment");
}

// Lines of a standing are filtered by a click on their sample; who speaks about whom is drawn or not. The switch of
// what is hidden stays.
/** @param {Page} page @param {string} line @param {string} text @param {number} count @param {Acts} on */
function lineSwitch(page, line, text, count, on) {
  const { lang, state } = page;
  const content = [
    lineGlyph(line),
    make("span", { text: word(lang, `short${text}`) }),
    count ? make("span", { class: "aside", text: String(count) }) : "",
  ];
  if (line === "quoted" || (line === "speaks" && page.scene.cast))
    return make("span", { class: "legend-entry" }, content);
  const shown = !isOff(page, line);
  const entry = button(
    "",
    () => (line === "speaks" ? on.draw(speaksKey(state), !shown) : on.tick("standing", line, !shown)),
    {
      class: "legend-entry legend-switch",
      "aria-pressed": String(shown),
      title: `${capital(word(lang, `line${text}`))}. ${word(lang, shown ? "legendHide" : "legendShow")}`,
      data: { key: `legend:${line}` },
    },
  );
  entry.append(...content);
  return entry;
}

/** @param {Pick<Page, "state" | "scene">} page @param {string} line */
function isOff({ state, scene }, line) {
  if (line === "speaks") return !scene.cast && state.shown === "opening" && !state.draw.speaks;
  return state.off.standing.includes(line);
}

/** @param {PageState} state */
function speaksKey(state) {
  return state.shown === "opening" ? "speaks" : "speaksAll";
}

// On a small screen the lines are folded away; one tap shows them over the drawing.
/** @param {Lang} lang */
function legendToggle(lang) {
  const isOpen = () => document.body.dataset.legend === "open";
  const toggle = button(
    word(lang, "legend"),
    () => {
      document.body.dataset.legend = isOpen() ? "" : "open";
      toggle.setAttribute("aria-expanded", String(isOpen()));
    },
    { class: "link legend-toggle", "aria-expanded": String(isOpen()), data: { key: "legend" } },
  );
  return toggle;
}

/**
 * "How to read this" as a dialog; made anew each time it opens.
 * @param {Page} page
 */
export function openHelp(page) {
  const { lang, records } = page;
  /** @param {any} text */
  const heading = (text) => make("h3", { text: word(lang, text) });
  const groups = kindsHere(records, [...records.nodes.values()]);
  openDialog(lang, "reading", word(lang, "howToRead"), [
    make("p", { class: "help-lead", text: word(lang, "readIdea") }),
    make("p", { class: "help-lead", text: word(lang, "lineRule") }),
    heading("readLines"),
    make(
      "ul",
      { class: "legend-lines" },
      LEGEND_LINES.map(([line, text]) =>
        make("li", {}, [lineGlyph(line, 44), make("span", { text: word(lang, `line${text}`) })]),
      ),
    ),
    make("p", { text: word(lang, "readSpeaks2") }),
    make("p", { text: word(lang, "readMarks1") }),
    make("p", { text: `${capital(word(lang, "lineMore"))}.` }),
    make("p", { text: word(lang, "readWider") }),
    make("p", { text: word(lang, "readQuoted") }),
    make("p", { text: word(lang, "readNotDrawn") }),
    make("p", { text: word(lang, "readHide") }),
    heading("readShapes"),
    make(
      "ul",
      { class: "legend-shapes" },
      groups.map((alike) => shapeRow(page, alike, alike.length)),
    ),
    heading("readWords"),
    make("p", { text: word(lang, "readWords1") }),
    heading("readCounts"),
    make("p", { text: word(lang, "readCounts1") }),
    heading("readViews"),
    make("p", { text: word(lang, "readViews1") }),
    make("p", { text: word(lang, "readDrag") }),
    heading("readKeys"),
    make("p", { text: word(lang, "drawingHelp") }),
    make("p", { text: word(lang, "readKeys2") }),
  ]);
}

const KEYS = [
  "keysClick",
  "keysDouble",
  "keysMenu",
  "keysBox",
  "keysArrows",
  "keysEnter",
  "keysZoom",
  "keysFind",
  "keysStory",
  "keysUndo",
  "keysEscape",
];

/**
 * The keys, and what the mouse does, as a dialog: "?" opens it.
 * @param {Page} page
 */
export function openKeys({ lang }) {
  openDialog(lang, "keys", word(lang, "readKeys"), [
    make(
      "dl",
      { class: "key-list" },
      KEYS.flatMap((text) => {
        const [keys, does] = word(lang, text).split(" – ");
        return [make("dt", { text: keys }), make("dd", { text: does })];
      }),
    ),
  ]);
}

/** @param {Pick<Page, "records" | "lang">} page @param {any} alike @param {any} most */
function shapeRow({ records, lang }, alike, most) {
  const names = alike.slice(0, most).map((kind) => clip(kindName(records, kind, lang), NAME_LIMIT_SHAPE));
  const used = alike.some((kind) => isNotionKind(kind));
  return make("li", {}, [
    shapeGlyph(records.data.kinds[alike[0]]),
    make("span", {
      class: used ? "as-used" : null,
      text: used ? word(lang, "wordsUsed", { names: names.join(", ") }) : names.join(", "),
    }),
  ]);
}

// Kinds that are drawn alike share one picture: [[kind, …], …], the most frequent first.
/** @param {Records} records @param {any} nodes */
function kindsHere(records, nodes) {
  const counts = new Map();
  for (const { type, kind } of nodes) {
    if (type !== "statement") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const alike = new Map();
  for (const [kind] of [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))) {
    const { shape, hue, mark } = records.data.kinds[kind] ?? {};
    const key = `${shape} ${hue} ${mark ? kind : ""}`;
    alike.set(key, [...(alike.get(key) ?? []), kind]);
  }
  return [...alike.values()];
}
