// What stands for several: a closed group, a line with parts; and what can be done with one node of the drawing.
import { groupKey } from "../model/groups.js";
import { expandPatch, focusPatch, hideNodePatch, hidePatch, unfocusPatch } from "../model/hands.js";
import { leavesOf, neighboursOf } from "../model/scene.js";
import { passesThrough, counts } from "../model/knockout.js";
import { kindName } from "../model/stats.js";
import { partsTitle } from "../model/standing.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph, shapeGlyph } from "./glyph.js";
import { nodeList, propList } from "./lists.js";

const HOPS = [1, 2, 3];
const MEMBERS = 20;

/**
 * The name of a closed group: how many, and of what kind when it is by kind; never a member's.
 * @param {Pick<Page, "records" | "scene" | "lang">} page @param {string} id
 */
export function groupTitle({ records, scene, lang }, id) {
  const node = scene.records.nodes.get(id);
  if (!node) return word(lang, "groupOf", { n: 0 });
  const name = word(lang, "groupOf", { n: node.members.length });
  return `${name} (${kindName(records, node.kind, lang)})`;
}

/**
 * The panel of a closed group.
 * @param {Page} page @param {string} id @param {Acts} on @param {any} crumb
 */
export function renderGroup(page, id, on, crumb) {
  const { records, scene, lang, state } = page;
  const node = scene.records.nodes.get(id);
  if (!node)
    return [
      crumb(word(lang, "drawingOf")),
      make("h2", { class: "sentence", tabindex: "-1", text: word(lang, "notDrawnNow") }),
    ];
  const by = word(lang, "groupKind");
  return [
    crumb(groupTitle(page, id), shapeGlyph(records.data.kinds[node.kind])),
    make("h2", { class: "sentence", tabindex: "-1", text: groupTitle(page, id) }),
    make("p", { class: "lead", text: word(lang, "groupLead", { by }) }),
    make("div", { class: "actions" }, [
      button(word(lang, "groupOpen"), () => on.set({ opened: [...state.opened, id], selected: null }), {
        class: "link",
        data: { key: "group-open" },
      }),
    ]),
    make("section", { class: "part" }, [nodeList(page, node.members, on, null, MEMBERS)]),
  ];
}

/**
 * The panel of a line with parts: who is in it together, and the relationships it is made of.
 * @param {Page} page @param {string} id @param {Acts} on @param {any} crumb
 */
export function renderParts(page, id, on, crumb) {
  const { scene, lang } = page;
  const item = scene.edges.find((each) => each.edge.id === id);
  if (!item)
    return [
      crumb(word(lang, "drawingOf")),
      make("h2", { class: "sentence", tabindex: "-1", text: word(lang, "notDrawnNow") }),
    ];
  const { edge } = item;
  return [
    crumb(word(lang, "partsOf"), lineGlyph(edge.line, 26)),
    make("h2", { class: "sentence", tabindex: "-1" }, [bdi(partsTitle(scene.records, edge, lang))]),
    make("p", { class: "lead", text: word(lang, edge.type === "folded" ? "foldLead" : "bundleLead") }),
    make("section", { class: "part" }, [
      make("h3", {}, [
        make("span", { text: word(lang, "partsOf") }),
        make("span", { class: "count", text: String(edge.parts.length) }),
      ]),
      propList(page, edge.parts, on, MEMBERS),
    ]),
    edge.event ? make("section", { class: "part" }, [nodeList(page, [edge.event], on)]) : null,
  ];
}

/**
 * From the drawing back to the data: only a service has an address for it.
 * @param {Page} page @param {string} id
 */
export function asData(page, id) {
  const href = page.dataOf?.(id);
  return href ? make("a", { class: "link as-data", href, text: word(page.lang, "asData") }) : null;
}

/**
 * What can be done with a node: select, ask, draw more or less round it.
 * @param {Page} page @param {string} id @param {Acts} on
 */
export function nodeActs(page, id, on) {
  const { records, lens, lang, scene, state } = page;
  const node = records.nodes.get(id);
  const picked = state.picked.includes(id);
  const drawn = new Set(scene.nodes);
  const around = neighboursOf(records, lens, id);
  const missing = around.filter((other) => !drawn.has(other));
  const leaves =
    state.shown === "all" || state.added.length || state.hidden.length || state.focus
      ? leavesOf(records, lens, scene, id)
      : [];
  const claims = [...records.claims.values()].filter(counts);
  const through = claims.filter((claim) => passesThrough(records, claim).has(id)).length;
  /** @param {any} key @param {any} text @param {any} run @param {any} [more] */
  const act = (key, text, run, more = {}) => button(text, run, { class: "link", data: { key }, ...more });
  /** @param {number} hops */
  const focused = (hops) => state.focus?.id === id && state.focus.hops === hops;
  const group = state.group ? groupKey(node, state.group) : null;
  return make("div", { class: "node-acts" }, [
    make("div", { class: "acts-row" }, [
      button(word(lang, picked ? "unpick" : "pick"), () => on.pick(id, !picked), {
        class: "pick-button",
        "aria-pressed": String(picked),
        data: { key: "pick" },
      }),
      act("note", word(lang, "noteWrite"), () => on.note(id), { "aria-haspopup": "dialog" }),
      act("path-here", word(lang, "pathHere"), () => on.ask({ kind: "path", a: id })),
      node.says.length
        ? act("according", word(lang, "accordingToIt"), () => on.ask({ kind: "according", a: id }))
        : null,
      through && through < claims.length
        ? act("without", word(lang, "withoutIt"), () => on.ask({ kind: "without", source: id }))
        : null,
    ]),
    make("div", { class: "acts-row" }, [
      missing.length
        ? act("expand", `${word(lang, "expand")} (${missing.length})`, () => on.set(expandPatch(state, id, missing)))
        : null,
      leaves.length
        ? act("collapse", `${word(lang, "collapse")} (${leaves.length})`, () => on.set(hidePatch(state, leaves)))
        : null,
      act("hide", word(lang, "hideIt"), () => on.set(hideNodePatch(state, id))),
      asData(page, id),
      group && state.opened.includes(group)
        ? act("group-shut", word(lang, "groupShut"), () =>
            on.set({ opened: state.opened.filter((each) => each !== group), selected: null }),
          )
        : null,
      around.length
        ? make("span", { class: "hops", role: "group", "aria-label": word(lang, "focusOn") }, [
            make("span", { text: word(lang, "focusOn") }),
            ...HOPS.map((hops) =>
              button(
                String(hops),
                () => on.set(focused(hops) ? unfocusPatch(state) : focusPatch(state, id, hops), { refit: true }),
                {
                  "aria-label": `${word(lang, "focusOn")}: ${word(lang, "hopsOf", { n: hops })}`,
                  "aria-pressed": String(focused(hops)),
                  data: { key: `hops:${hops}` },
                },
              ),
            ),
          ])
        : null,
    ]),
  ]);
}
