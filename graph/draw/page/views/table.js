// The table of statements: sortable by every column, filtered and in step with the drawing.
import { carried } from "../model/docket.js";
import { columnsFor, readRows } from "../model/rows.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { bringIntoSight, keepFocus, listCount, noteAbove, sinceMark } from "./listing.js";

const FIRST_ROWS = 400;
const COLUMN_TITLES = {
  place: "colPlace",
  who: "colWho",
  statement: "colStatement",
  position: "colPosition",
  modality: "colModality",
  answer: "colAnswer",
  chain: "colChain",
  document: "colDocument",
};

/**
 * Fills the table; the chosen relationship's rows are marked. on: prop(id), sort(column), allDates(), more(n);
 * on.room: how many rows.
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderTable(place, page, on) {
  const { records, lens, lang, state } = page;
  const columns = columnsFor(records);
  const rows = readRows(records, lens, lang, state.sort, page.keep);
  const room = on.room ?? FIRST_ROWS;
  const left = Math.max(0, rows.length - room);
  const chosen = state.selected?.type === "prop" ? state.selected.id : null;
  const count = listCount(records, new Set(rows.map((row) => row.id)), lang);
  keepFocus(place, () =>
    place.replaceChildren(
      noteAbove(page, count, on),
      make("table", { class: "statements" }, [
        make("caption", { class: "unseen", text: count }),
        make("thead", {}, [
          make(
            "tr",
            {},
            columns.map((column) => headCell(column, lang, state.sort, on)),
          ),
        ]),
        make("tfoot", { class: "print-only" }, [
          make("tr", {}, [
            make("td", { colspan: columns.length, text: carried(records, lens, lang, page.unticked).join(" ") }),
          ]),
        ]),
        make(
          "tbody",
          {},
          rows.slice(0, room).map((row) => tableRow(page, row, columns, chosen, on)),
        ),
      ]),
      left
        ? button(word(lang, "showMore", { n: left }), () => on.more(room + FIRST_ROWS * 2), {
            class: "link more-rows",
            data: { key: "more-rows" },
          })
        : "",
      rows.length ? "" : make("p", { class: "quiet", text: word(lang, "noRows") }),
    ),
  );
  bringIntoSight(place, place.querySelector("tr[aria-current]"));
}

/** @param {any} column @param {Lang} lang @param {any} sort @param {Acts} on */
function headCell(column, lang, sort, on) {
  const title = word(lang, COLUMN_TITLES[column]);
  const here = sort.column === column;
  const arrow = here ? (sort.descending ? " ↓" : " ↑") : "";
  return make(
    "th",
    { scope: "col", class: `col-${column}`, "aria-sort": here ? (sort.descending ? "descending" : "ascending") : null },
    [
      button("", () => on.sort(column), {
        data: { key: `sort:${column}` },
        title: word(lang, "sortBy", { name: title }),
      }),
    ].map((each) => {
      each.append(title, make("span", { text: arrow, "aria-hidden": "true" }));
      return each;
    }),
  );
}

/**
 * @param {Pick<Page, "records" | "lang">} page @param {any} row @param {any} columns @param {any} chosen
 * @param {Acts} on
 */
function tableRow({ records, lang }, row, columns, chosen, on) {
  const cells = columns.map((column) => {
    if (column === "statement") {
      const open = button("", () => on.prop(row.prop), { class: "row-link", data: { key: `row:${row.id}` } });
      open.append(bdi(row.cells.statement));
      return make("th", { scope: "row", class: "col-statement" }, [open, sinceMark(records.claims.get(row.id), lang)]);
    }
    return make(
      "td",
      { class: `col-${column}${column === "answer" ? ` ${row.answered ? "answered" : "no-answer"}` : ""}` },
      [bdi(row.cells[column])],
    );
  });
  return make(
    "tr",
    {
      class: `row-${row.side}`,
      "aria-current": chosen === row.prop ? "true" : null,
      on: {
        click: (event) => {
          if (!event.target.closest("button")) on.prop(row.prop);
        },
      },
    },
    cells,
  );
}
