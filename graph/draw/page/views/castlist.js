// The cast list in the left column: every actor with its kind, its statements and its disputes. A click finds one in
// the drawing and opens its card; a click on a column's name sorts by it.
import { readCastList, sortedList } from "../model/castlist.js";
import { nameOf } from "../model/standing.js";
import { kindName } from "../model/stats.js";
import { word } from "../words.js";
import { bdi, button, focusKey, make } from "./dom.js";
import { shapeGlyph } from "./glyph.js";

// A longer list comes in parts, so that a case of thousands of actors stays quick.
const FIRST_ACTORS = 60;
const NUMBERS = [
  ["by", "listBy", "listByLong"],
  ["about", "listAbout", "listAboutLong"],
  ["disputes", "listDisputes", "listDisputesLong"],
];
// Numbers are sorted from the highest, words from the first.
const FROM_HIGHEST = ["by", "about", "disputes"];

/** What a list remembers of itself between two drawings of the page: its order, and what is typed into it. */
export function freshList() {
  return { order: "rank", descending: false, typed: "", room: FIRST_ACTORS, open: true };
}

/**
 * Fills the list. how: freshList(); on.node(id), on.redraw().
 * @param {any} place @param {Page} page @param {Acts} on @param {ReturnType<typeof freshList>} how
 */
export function renderCastList(place, page, on, how) {
  const { records, lens, lang } = page;
  const rows = readCastList(records, lens);
  place.hidden = rows.length === 0;
  if (!rows.length) return;
  const focused = focusKey(place);
  const field = place.querySelector("input");
  const typing = field && field === document.activeElement ? field.selectionStart : null;
  const { scrollTop } = place.querySelector(".cast-rows") ?? { scrollTop: 0 };
  const found = sortedList(records, rows, lang, how);
  place.replaceChildren(
    listHead(page, rows.length, on, how),
    how.open
      ? make("div", { class: "cast-rows" }, [
          searchField(page, on, how),
          listTable(page, found.slice(0, how.room), on, how),
          found.length ? null : make("p", { class: "quiet", text: word(lang, "searchNone") }),
          found.length > how.room
            ? button(
                word(lang, "showMore", { n: found.length - how.room }),
                () => {
                  how.room += FIRST_ACTORS;
                  on.redraw();
                },
                { class: "link more", data: { key: "cast-more" } },
              )
            : null,
        ])
      : "",
  );
  if (how.open) place.querySelector(".cast-rows").scrollTop = scrollTop;
  if (focused) {
    const again = [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused);
    again?.focus({ preventScroll: true });
    if (typing !== null) again?.setSelectionRange?.(typing, typing);
  }
}

/** @param {Page} page @param {number} count @param {Acts} on @param {ReturnType<typeof freshList>} how */
function listHead({ lang }, count, on, how) {
  const fold = button(
    "",
    () => {
      how.open = !how.open;
      on.redraw();
    },
    { class: "fold-head", "aria-expanded": String(how.open), data: { key: "cast-list" } },
  );
  fold.append(
    make("span", { class: "fold-mark", text: how.open ? "▾" : "▸", "aria-hidden": "true" }),
    make("span", { text: word(lang, "castList") }),
    make("span", { class: "count", text: String(count) }),
  );
  return make("h2", { class: "column-head" }, [fold]);
}

/** @param {Page} page @param {Acts} on @param {ReturnType<typeof freshList>} how */
function searchField({ lang }, on, how) {
  const field = make("input", {
    type: "search",
    class: "cast-find",
    value: how.typed,
    placeholder: word(lang, "listFind"),
    "aria-label": word(lang, "listFind"),
    data: { key: "cast-find" },
    on: {
      input: () => {
        how.typed = field.value;
        on.redraw();
      },
    },
  });
  return field;
}

/** @param {Page} page @param {any[]} rows @param {Acts} on @param {ReturnType<typeof freshList>} how */
function listTable(page, rows, on, how) {
  const { lang } = page;
  return make("table", { class: "cast-table" }, [
    make("caption", { class: "unseen", text: word(lang, "castList") }),
    make("thead", {}, [
      make("tr", {}, [
        make("th", { scope: "col", class: "cast-who", "aria-sort": sortOf(how, ["name", "kind"]) }, [
          sorter(page, "name", "listName", null, on, how),
          " ",
          sorter(page, "kind", "kind", null, on, how),
        ]),
        ...NUMBERS.map(([order, short, long]) =>
          make("th", { scope: "col", class: "cast-number", "aria-sort": sortOf(how, [order]) }, [
            sorter(page, order, short, order === "disputes" ? disputesTitle(page) : long, on, how),
          ]),
        ),
      ]),
    ]),
    make(
      "tbody",
      {},
      rows.map((row) => listRow(page, row, on)),
    ),
  ]);
}

// A store counts the statements of everybody, and not their disputes: of these, those that were loaded are known.
/** @param {Page} page */
function disputesTitle(page) {
  return isPart(page) ? "listDisputesLoaded" : "listDisputesLong";
}

/** @param {Pick<Page, "records">} page */
function isPart({ records: { data } }) {
  return Boolean(data.served && !data.served.whole);
}

/** @param {ReturnType<typeof freshList>} how @param {string[]} orders */
function sortOf({ order, descending }, orders) {
  return orders.includes(order) ? (descending ? "descending" : "ascending") : "none";
}

// The second click turns the order round, the third goes back to who belongs to the story most.
/**
 * @param {Page} page @param {string} order @param {string} text @param {string | null} long @param {Acts} on
 * @param {ReturnType<typeof freshList>} how
 */
function sorter({ lang }, order, text, long, on, how) {
  const first = FROM_HIGHEST.includes(order);
  const chosen = how.order === order;
  return button(
    `${word(lang, text)}${chosen ? (how.descending ? " ↓" : " ↑") : ""}`,
    () => {
      if (!chosen) Object.assign(how, { order, descending: first });
      else if (how.descending === first) how.descending = !first;
      else Object.assign(how, { order: "rank", descending: false });
      on.redraw();
    },
    {
      class: "cast-sort",
      title: word(lang, "sortBy", { name: word(lang, long ?? text) }),
      "aria-label": word(lang, "sortBy", { name: word(lang, long ?? text) }),
      "aria-pressed": String(chosen),
      data: { key: `cast-sort:${order}` },
    },
  );
}

/**
 * @param {Page} page @param {{ id: string; by: number; about: number; disputes: number; part: boolean }} row
 * @param {Acts} on
 */
function listRow({ records, lang, state, scene }, { id, by, about, disputes, part }, on) {
  const { kind } = records.nodes.get(id);
  const open = button("", () => on.node(id), { class: "cast-name", data: { key: `cast:${id}` } });
  open.append(
    shapeGlyph(records.data.kinds[kind]),
    make("span", {}, [
      bdi(nameOf(records, id, lang), { class: "name" }),
      make("span", { class: "aside", text: kindName(records, kind, lang) }),
    ]),
  );
  const chosen = state.selected?.type === "node" && state.selected.id === id;
  /** @param {number} n @param {string} [mark] */
  const number = (n, mark = "") => make("td", { class: "cast-number", text: n ? `${mark}${n}` : "–" });
  // Of what was not loaded no dash may say that there is none, and no number that there are no more.
  const least = disputes ? `×${disputes}+` : "";
  const disputed = part ? make("td", { class: "cast-number", text: least }) : number(disputes, "×");
  return make(
    "tr",
    {
      class: scene.nodes.includes(id) ? "" : "away",
      "aria-current": chosen ? "true" : null,
      on: {
        click: (event) => {
          if (!event.target.closest("button")) on.node(id);
        },
      },
    },
    [make("th", { scope: "row", class: "cast-who" }, [open]), number(by), number(about), disputed],
  );
}
