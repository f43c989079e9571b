// Filters: each value with its count as a small bar; what can change nothing here is not shown.
import {facetCounts, ON_REQUEST, readDimensions} from "../model/lens.js";
import {untickedCount} from "../model/state.js";
import {valueName} from "../model/stats.js";
import {inLanguage} from "../model/text.js";
import {nameOf} from "../model/standing.js";
import {word} from "../words.js";
import {bdi, button, make} from "./dom.js";

const FIRST_VALUES = 7;
const REQUEST_WORDS = { denied: "drawDenied", open: "drawOpen", rejected: "drawRejected", mentioned: "drawMentioned" };

/** The sections of filters, remade at each change; which were unfolded is kept in `unfolded` (a Set). */
export function renderFilters(place, page, on, unfolded) {
  const { records, lens, lang, state } = page;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const sections = readDimensions(records).map((each) => filterSection(page, each, on, unfolded));
  const any = untickedCount(state.off) > 0;
  place.replaceChildren(
    any ? make("p", { class: "hidden-note", role: "note" }, [word(lang, "hiddenStatements", { n: lens.hidden }), " ", button(word(lang, "resetFilters"), on.reset, { class: "link", data: { key: "reset" } })]) : "",
    ...sections,
    alsoDraw(page, on),
    ...throughAll(page),
  );
  if (focused) [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused)?.focus();
}

function filterSection(page, { dimension, counts }, on, unfolded) {
  const { records, lang, state } = page;
  const title = word(lang, dimension);
  const now = facetCounts(records, state.off, dimension);
  const most = Math.max(...counts.values());
  const values = [...counts.keys()];
  const open = unfolded.has(dimension) || values.length <= FIRST_VALUES + 1;
  const listed = open ? values : values.slice(0, FIRST_VALUES);
  const rows = listed.map((value) => valueRow(page, dimension, value, { total: counts.get(value), now: now.get(value) ?? 0, most }, on));
  const more = values.length > FIRST_VALUES + 1 ? button(open ? word(lang, "showFewer") : word(lang, "showMore", { n: values.length - FIRST_VALUES }), () => {
    if (open) unfolded.delete(dimension);
    else unfolded.add(dimension);
    on.redraw();
  }, { class: "link more", "aria-expanded": String(open), data: { key: `more:${dimension}` } }) : null;
  return make("div", { class: "filter", role: "group", "aria-label": title }, [
    make("div", { class: "filter-head" }, [make("h3", { text: title }), make("span", { class: "all-none" }, [
      button(word(lang, "all"), () => on.set(dimension, []), { class: "link", "aria-label": word(lang, "allOf", { name: title }), data: { key: `all:${dimension}` } }),
      make("span", { text: "·", "aria-hidden": "true" }),
      button(word(lang, "none"), () => on.set(dimension, values), { class: "link", "aria-label": word(lang, "noneOf", { name: title }), data: { key: `none:${dimension}` } }),
    ])]),
    make("ul", {}, rows), more,
  ]);
}

function valueRow({ records, lang, state }, dimension, value, { total, now, most }, on) {
  const ticked = !state.off[dimension].includes(value);
  const box = make("input", { type: "checkbox", checked: ticked, data: { key: `${dimension}:${value}` }, on: { change: () => on.tick(dimension, value, box.checked) } });
  const label = make("label", { class: ticked ? "" : "off" }, [box, bdi(valueName(records, dimension, value, lang), { class: "value" }), make("span", { class: "count", text: String(now) })]);
  const bar = make("span", { class: "meter", "aria-hidden": "true" });
  bar.style.setProperty("--part", `${Math.round((now / most) * 100)}%`);
  bar.style.setProperty("--whole", `${Math.round((total / most) * 100)}%`);
  if (dimension === "position" && ["denied", "contested"].includes(value)) bar.classList.add("against");
  return make("li", {}, [label, bar]);
}

function alsoDraw({ records, lens, lang, state }, on) {
  const counts = Object.fromEntries(ON_REQUEST.map((line) => [line, [...lens.props.entries()].filter(([id, seen]) => seen.line === line && records.edgesOfProp.has(id)).length]));
  const speaks = [...records.edges.values()].filter((edge) => edge.type === "speaks").length;
  const rows = [["speaks", "drawSpeaks", speaks], ...ON_REQUEST.map((line) => [line, REQUEST_WORDS[line], counts[line]])].filter(([key, , count]) => count || state.draw[key] && key !== "speaks");
  if (!rows.length) return "";
  return make("div", { class: "filter", role: "group", "aria-label": word(lang, "alsoDraw") }, [make("div", { class: "filter-head" }, [make("h3", { text: word(lang, "alsoDraw") })]), make("ul", {}, rows.map(([key, text, count]) => {
    const box = make("input", { type: "checkbox", checked: state.draw[key], data: { key: `draw:${key}` }, on: { change: () => on.draw(key, box.checked) } });
    return make("li", {}, [make("label", {}, [box, make("span", { class: "value", text: word(lang, text) }), make("span", { class: "count", text: String(count) })])]);
  }))]);
}

// A source that every statement passes through cannot be unticked, and says so.
function throughAll({ records, lang }) {
  const publishers = new Set([...records.documents.values()].map((document) => document.publisher));
  if (publishers.size !== 1 || !records.order.length) return [];
  const [only] = publishers;
  const name = nameOf(records, only, lang) || inLanguage([...records.documents.values()][0].label, lang);
  return [make("p", { class: "aside through-all", text: word(lang, "allThrough", { name }) })];
}
