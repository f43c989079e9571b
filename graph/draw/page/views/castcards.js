// The cast as a list to read, which a phone opens with: who is in the story by rank, each with its lines, who says so
// and who denies it. Every row names both ends, so that none of them reads as a fact by itself.
import { castScene } from "../model/cast.js";
import { disputesIn, readCastList, rowCounts, sortedList, tiesOf } from "../model/castlist.js";
import { hiddenWords, nameOf } from "../model/standing.js";
import { kindName } from "../model/stats.js";
import { inLanguage } from "../model/text.js";
import { word } from "../words.js";
import { choice } from "./askparts.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph, shapeGlyph } from "./glyph.js";
import { keepFocus } from "./listing.js";

const FIRST_TIES = 6;

/**
 * Fills the list. on.node(id), on.thing(thing), on.drawing(id): that actor in the drawing; on.unfolded: the actors all
 * of whose lines show; on.how: the order, as of the list beside a drawing.
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderCastCards(place, page, on) {
  const { records, lens, lang, state } = page;
  const { unfolded, how } = on;
  const rows = sortedList(records, readCastList(records, lens), lang, { ...how, typed: "" });
  const scene = castScene(records, lens, state);
  const drawn = rows.filter(({ id }) => scene.nodes.includes(id));
  const others = rows.filter(({ drawn: on_ }) => !on_);
  keepFocus(place, () =>
    place.replaceChildren(
      make("p", {
        class: "list-note",
        text: `${word(lang, "castLead", { n: drawn.length, m: rows.length })} ${word(lang, "lineRule")}`,
      }),
      disputesPart(page, scene, on),
      orderChoice(lang, on),
      make(
        "ul",
        { class: "cards" },
        drawn.map((row) => make("li", { class: "card" }, castCard(page, scene, row, on, unfolded))),
      ),
      others.length
        ? make("section", { class: "cards-rest" }, [
            make("h2", { text: word(lang, "castOthers") }),
            make(
              "ul",
              { class: "rows" },
              others.map((row) => make("li", {}, [actorButton(page, row, on)])),
            ),
          ])
        : "",
    ),
  );
}

// What is disputed, before all else: nobody should have to scroll to find who denies it.
/** @param {Page} page @param {Scene} scene @param {Acts} on */
function disputesPart(page, scene, on) {
  const { lang } = page;
  const disputes = disputesIn(scene, lang);
  if (!disputes.length) return "";
  return make("section", { class: "cards-disputes" }, [
    make("h2", { text: word(lang, "castDisputes", { n: disputes.length }) }),
    make(
      "ul",
      { class: "ties" },
      disputes.map((tie) => make("li", {}, [tieRow(page, scene, tie, on, "disputed")])),
    ),
  ]);
}

const ORDER_WORDS = {
  name: "listName",
  kind: "kind",
  by: "listByLong",
  about: "listAboutLong",
  disputes: "listDisputesLong",
};

/** @param {Lang} lang @param {Acts} on */
function orderChoice(lang, on) {
  const orders = Object.entries(ORDER_WORDS).map(([order, text]) => [order, word(lang, text)]);
  return choice(
    lang,
    "listSort",
    orders,
    on.how.order === "rank" ? null : on.how.order,
    (order) => {
      const descending = ["by", "about", "disputes"].includes(order);
      Object.assign(on.how, { order: order ?? "rank", descending });
      on.redraw();
    },
    true,
    "listRank",
  );
}

/**
 * @param {Page} page @param {Scene} scene @param {ReturnType<typeof readCastList>[number]} row @param {Acts} on
 * @param {Set<string>} unfolded
 */
function castCard(page, scene, row, on, unfolded) {
  const { records, lang } = page;
  const ties = tiesOf(scene, row.id, lang);
  const open = unfolded.has(row.id) || ties.length <= FIRST_TIES + 1;
  const shown = open ? ties : ties.slice(0, FIRST_TIES);
  return [
    make("h2", {}, [actorButton(page, row, on)]),
    make(
      "ul",
      { class: "ties" },
      shown.map((tie) => make("li", {}, [tieRow(page, scene, tie, on)])),
    ),
    ties.length ? null : make("p", { class: "aside", text: word(lang, "castNoTies") }),
    make("p", { class: "card-acts" }, [
      open
        ? null
        : button(
            word(lang, "showMore", { n: ties.length - shown.length }),
            () => {
              unfolded.add(row.id);
              on.redraw();
            },
            { class: "link", data: { key: `more-ties:${row.id}` } },
          ),
      button(word(lang, "castInDrawing"), () => on.drawing(row.id), {
        class: "link",
        "aria-label": word(lang, "castInDrawingOf", { name: nameOf(records, row.id, lang) }),
        data: { key: `in-drawing:${row.id}` },
      }),
    ]),
  ];
}

/** @param {Page} page @param {ReturnType<typeof readCastList>[number]} row @param {Acts} on */
function actorButton({ records, lang }, row, on) {
  const { id } = row;
  const node = records.nodes.get(id);
  const open = button("", () => on.node(id), { class: "card-name", data: { key: `card:${id}` } });
  const what = [kindName(records, node.kind, lang), inLanguage(node.subtitle, lang)].filter(Boolean).join(" · ");
  open.append(
    shapeGlyph(records.data.kinds[node.kind]),
    make("span", {}, [
      bdi(nameOf(records, id, lang), { class: "name" }),
      make("span", { class: "aside" }, [bdi(what)]),
      make("span", { class: "aside counts", text: rowCounts(row, lang).join(" · ") }),
    ]),
  );
  return open;
}

// "23 detainees · ? member of → MS-13", and below who says so.
/**
 * @param {Page} page @param {Scene} scene @param {ReturnType<typeof tiesOf>[number]} tie @param {Acts} on
 * @param {string} [place] where else than on a card it stands
 */
function tieRow({ records, lang }, scene, tie, on, place = tie.from) {
  const open = button("", () => on.thing(tie.thing), { class: "tie", data: { key: `tie:${tie.id}:${place}` } });
  const about = tie.about ? records.props.get(tie.about) : null;
  const who = tie.whole ? tie.who : hiddenWords(tie.seen, lang).slice(0, 1);
  open.append(
    lineGlyph(tie.sign, 26),
    make("span", {}, [
      make("span", { class: "tie-said" }, [
        bdi(nameOf(records, tie.from, lang), { class: "end" }),
        make("span", { class: "verb", text: ` · ${tie.verb}${about ? ": " : tie.line === "speaks" ? " · " : " → "}` }),
        bdi(about ? inLanguage(about.title, lang) : nameOf(scene.records, tie.to, lang), { class: "end" }),
      ]),
      ...who.map((text, index) => {
        const unnamed = tie.whole && tie.unnamed && index === 0;
        return make("span", { class: `tie-who${text.startsWith("×") ? " against" : unnamed ? " unnamed" : ""}`, text });
      }),
    ]),
  );
  return open;
}
