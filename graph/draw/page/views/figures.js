// Every sum, count and date: the figure with who says so, who is said to pay whom and what for, how it stands; rivals
// together.
import { valuesAmong } from "../model/counts.js";
import { readFigures } from "../model/figures.js";
import { joinNames } from "../model/text.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph } from "./glyph.js";
import { bringIntoSight, keepFocus, noteAbove } from "./listing.js";

const FIGURE_TITLES = { sums: "figSums", counts: "figCounts", dates: "figDates", days: "figDays" };

/**
 * Fills the figures; the chosen one is marked. on.prop(id), on.allDates().
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderFigures(place, page, on) {
  const { records, lens, lang, keep } = page;
  const parts = readFigures(records, lens, lang, keep);
  const among = new Set(parts.flatMap((part) => part.rows.map((row) => row.id)));
  const count = parts.reduce((sum, part) => sum + part.rows.length, 0);
  keepFocus(place, () =>
    place.replaceChildren(
      noteAbove(page, word(lang, "figCount", valuesAmong(records, among)), on),
      ...parts.map((part) => figurePart(page, part, on)),
      count ? "" : make("p", { class: "quiet", text: word(lang, "noFigures") }),
    ),
  );
  bringIntoSight(place, place.querySelector("[aria-current]"));
}

/** @param {Page} page @param {{ kind: any; rows: any }} given @param {Acts} on */
function figurePart(page, { kind, rows }, on) {
  const { lang } = page;
  const beside = rows.some((row) => row.payer.length || row.payee.length || row.purpose.length);
  const shown = [
    "figFigure",
    "figSaid",
    ...(beside ? [kind === "sums" ? "figParties" : "figPurpose"] : []),
    "csvStanding",
  ];
  return make("table", { class: `statements figures figures-${kind}` }, [
    make("caption", {}, [make("h2", { class: "text-head", text: word(lang, FIGURE_TITLES[kind]) })]),
    make("thead", {}, [
      make(
        "tr",
        {},
        shown.map((head) => make("th", { scope: "col", class: head, text: word(lang, head) })),
      ),
    ]),
    make(
      "tbody",
      {},
      rows.map((row) => figureRowOf(page, row, shown, on)),
    ),
  ]);
}

/** @param {Page} page @param {any} row @param {string[]} heads @param {Acts} on */
function figureRowOf(page, row, heads, on) {
  const { lang, state } = page;
  const chosen = state.selected?.type === "prop" && state.selected.id === row.id;
  const cells = {
    figFigure: () =>
      make("td", { class: "figFigure" }, [
        row.rivalsHere && row.first
          ? make("p", { class: "rival-note", text: word(lang, "figRivals", { n: row.rivalsHere }) })
          : null,
        make("bdi", { class: "figure-value", text: row.figure }),
        ...row.hedges.map((hedge) => make("p", { class: "aside", text: word(lang, "qualified", { words: hedge }) })),
        ...row.said.map(({ how, names }) =>
          make("p", { class: "aside figure-said", text: word(lang, "figHow", { how, names: joinNames(names, lang) }) }),
        ),
        make("p", { class: "aside", text: row.sources }),
        row.changed
          ? make("span", { class: "since-mark", text: word(lang, row.changed === "new" ? "sinceNew" : "sinceChanged") })
          : null,
      ]),
    figSaid: () => {
      const open = button("", () => on.prop(row.id), { class: "row-link", data: { key: `figure:${row.id}` } });
      open.append(bdi(row.title));
      return make("th", { scope: "row", class: "col-statement" }, [open]);
    },
    figParties: () => make("td", { class: "figParties" }, [partList([...row.payer, ...row.payee, ...row.purpose], on)]),
    figPurpose: () => make("td", {}, [partList(row.purpose, on)]),
    csvStanding: () =>
      make("td", { class: ["disputed", "denied"].includes(row.line) ? "answered" : "" }, [
        lineGlyph(row.sign, 26),
        " ",
        bdi(row.standing),
      ]),
  };
  return make(
    "tr",
    {
      class: row.rivalsHere ? "rival" : "",
      "aria-current": chosen ? "true" : null,
      on: {
        click: (event) => {
          if (!event.target.closest("button")) on.prop(row.id);
        },
      },
    },
    heads.map((head) => cells[head]()),
  );
}

/** @param {any} parts @param {Acts} on */
function partList(parts, on) {
  if (!parts.length) return make("span", { class: "no-answer", text: "–" });
  return make(
    "ul",
    { class: "figure-parts" },
    parts.map((part) => {
      const open = button("", () => on.prop(part.id), { class: "part-link", data: { key: `part:${part.id}` } });
      open.append(bdi(part.text));
      return make("li", {}, [open]);
    }),
  );
}
