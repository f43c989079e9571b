// Lists of relationships, statements and nodes as links, used by the panel and by "Start here".
import { inLanguage } from "../model/text.js";
import { kindName } from "../model/stats.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph, shapeGlyph } from "./glyph.js";

const FIRST = 6;
const MADE_AT_ONCE = 400;

/**
 * Relationships by their titles, each with the sample of its line, and what noteOf(id) adds.
 * @param {Page} page @param {string[]} ids @param {Acts} on @param {any} [most] @param {any} [noteOf]
 */
export function propList(page, ids, on, most = FIRST, noteOf = null) {
  return folded(page, ids, most, (id) => {
    const { sign } = page.lens.props.get(id) ?? page.records.props.get(id);
    const item = button("", () => on.prop(id), { class: "row-link", data: { key: `prop:${id}` } });
    item.append(lineGlyph(sign, 26), bdi(inLanguage(page.records.props.get(id).title, page.lang)));
    return noteOf ? make("div", {}, [item, make("p", { class: "row-note", text: noteOf(id) })]) : item;
  });
}

/**
 * Statements by their sentences; each opens the relationship it is about.
 * @param {Page} page @param {string[]} ids @param {Acts} on @param {any} [most]
 */
export function claimList(page, ids, on, most = FIRST) {
  return folded(page, ids, most, (id) => {
    const claim = page.records.claims.get(id);
    const item = button("", () => on.prop(claim.prop), { class: "row-link", data: { key: `claim:${id}` } });
    item.append(bdi(inLanguage(claim.sentence, page.lang)));
    // Who passed it on is told where the sentence names only who speaks.
    if (claim.via.length) {
      const relay = nameOf(page.records, claim.via[0], page.lang);
      item.append(make("span", { class: "count", text: word(page.lang, "viaAlone", { relay }) }));
    }
    return item;
  });
}

/**
 * Nodes by name, with a box that selects them and a count of statements.
 * @param {Page} page @param {string[]} ids @param {Acts} on @param {((id: string) => number) | null} [countOf]
 * @param {any} [most]
 */
export function nodeList(page, ids, on, countOf = null, most = FIRST) {
  return folded(page, ids, most, (id) => {
    const node = page.records.nodes.get(id);
    const item = button("", () => on.node(id), { class: "row-link", data: { key: `node:${id}` } });
    item.append(
      shapeGlyph(page.records.data.kinds[node.kind]),
      bdi(nameOf(page.records, id, page.lang)),
      make("span", { class: "unseen", text: `, ${kindName(page.records, node.kind, page.lang)}` }),
    );
    if (countOf) item.append(make("span", { class: "count", text: word(page.lang, "statements", { n: countOf(id) }) }));
    const box = make("input", {
      type: "checkbox",
      class: "pick-box",
      checked: page.state.picked.includes(id),
      "aria-label": word(page.lang, "pickNamed", { name: nameOf(page.records, id, page.lang) }),
      data: { key: `pick:${id}` },
      on: { change: () => on.pick(id, box.checked) },
    });
    return make("div", { class: "pick-row" }, [item, box]);
  });
}

// The first rows of a list, and the others behind a button. Of a very long list they are made when they are asked for:
// a panel that nobody looks into would else take longer than the drawing.
/** @param {Page} page @param {string[]} ids @param {any} most @param {any} row */
function folded(page, ids, most, row) {
  /** @param {string[]} some */
  const made = (some) => some.map((id) => make("li", {}, [row(id)]));
  if (ids.length <= most + 1) return make("ul", { class: "rows" }, made(ids));
  const list = make("ul", { class: "rows" }, made(ids.slice(0, most)));
  /** @type {HTMLElement[]} */
  let rest = [];
  /** @param {boolean} open */
  const unfold = (open) => {
    if (!rest.length) {
      rest = made(ids.slice(most));
      list.append(...rest);
    }
    for (const each of rest) each.hidden = !open;
  };
  if (ids.length < MADE_AT_ONCE) unfold(false);
  const fewer = word(page.lang, "showFewer");
  const others = word(page.lang, "showMore", { n: ids.length - most });
  const more = button(
    others,
    () => {
      const open = more.getAttribute("aria-expanded") !== "true";
      unfold(open);
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? fewer : others;
    },
    { class: "link more", "aria-expanded": "false" },
  );
  return make("div", {}, [list, more]);
}
