// The menu of a node, by the other mouse button, a long press or the Menu key: what can be drawn round it, and what
// can be done with it.
import { reachOf } from "../model/reach.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { allIn, button, inFocus, make } from "./dom.js";

const HOPS_OFFERED = [1, 2, 3];
const MENU_EDGE = 8;

/**
 * Opens the menu at a point of the screen. on: node(id), expand(id, ids), around(id, hops), path(id), hide(id),
 * pin(id, yes), pick(id, yes), note(id); pinned: whether the node has been pinned.
 * @param {Page} page @param {string} id @param {Point} at @param {boolean} pinned @param {Acts} on
 */
export function openMenu(page, id, at, pinned, on) {
  document.querySelector(".node-menu")?.remove();
  const from = inFocus();
  const list = make("div", {
    class: "node-menu",
    role: "menu",
    "aria-label": nameOf(page.records, id, page.lang),
  });
  /** @param {boolean} [back] */
  const shut = (back = true) => {
    document.removeEventListener("pointerdown", outside, true);
    list.remove();
    if (back) from.focus();
  };
  /** @param {Event} event */
  const outside = (event) => {
    if (!list.contains(/** @type {Node} */ (event.target))) shut(false);
  };
  for (const { text, run, key } of itemsOf(page, id, pinned, on))
    list.append(
      button(
        text,
        () => {
          shut();
          run();
        },
        { role: "menuitem", tabindex: "-1", data: { key: `menu:${key}` } },
      ),
    );
  unlessPressedElsewhere(list);
  list.addEventListener("keydown", (event) => pressedIn(list, event, shut));
  list.addEventListener("contextmenu", (event) => event.preventDefault());
  document.body.append(list);
  const { width, height } = list.getBoundingClientRect();
  list.style.setProperty(
    "left",
    `${Math.max(MENU_EDGE, Math.min(at.x, document.documentElement.clientWidth - width - MENU_EDGE))}px`,
  );
  list.style.setProperty(
    "top",
    `${Math.max(MENU_EDGE, Math.min(at.y, document.documentElement.clientHeight - height - MENU_EDGE))}px`,
  );
  document.addEventListener("pointerdown", outside, true);
  allIn(list, "button")[0].focus();
}

// The finger whose long press opened the menu lies on it: lifted, it would choose what happens to be beneath.
/** @param {HTMLElement} list */
function unlessPressedElsewhere(list) {
  let pressed = false;
  list.addEventListener("pointerdown", () => {
    pressed = true;
  });
  const choose = (event) => {
    // Chosen by keys, a click counts none.
    if (event.detail && !pressed) event.stopPropagation();
  };
  list.addEventListener("click", choose, true);
}

/** @param {Page} page @param {string} id @param {boolean} pinned @param {Acts} on */
function itemsOf(page, id, pinned, on) {
  const { records, lens, scene, lang, state } = page;
  const reach = reachOf(records, lens, scene, id, lang);
  const all = [...new Set(reach.flatMap(({ ids }) => ids))];
  const picked = state.picked.includes(id);
  return [
    { key: "open", text: word(lang, "menuOpen"), run: () => on.node(id) },
    ...(reach.length > 1
      ? [{ key: "expand", text: `${word(lang, "expand")} (${all.length})`, run: () => on.expand(id, all) }]
      : []),
    ...reach.map(({ key, text, ids }) => ({
      key: `expand:${key}`,
      text: word(lang, "menuExpand", { kind: text, n: ids.length }),
      run: () => on.expand(id, ids),
    })),
    ...HOPS_OFFERED.map((hops) => ({
      key: `around:${hops}`,
      text: `${word(lang, "focusOn")}: ${word(lang, "hopsOf", { n: hops })}`,
      run: () => on.around(id, hops),
    })),
    { key: "path", text: word(lang, "pathHere"), run: () => on.path(id) },
    { key: "pin", text: word(lang, pinned ? "menuUnpin" : "menuPin"), run: () => on.pin(id, !pinned) },
    { key: "pick", text: word(lang, picked ? "menuUnpick" : "pick"), run: () => on.pick(id, !picked) },
    { key: "note", text: word(lang, "noteWrite"), run: () => on.note(id) },
    { key: "hide", text: word(lang, "hideIt"), run: () => on.hide(id) },
  ];
}

/** @param {HTMLElement} list @param {any} event @param {(back?: boolean) => void} shut */
function pressedIn(list, event, shut) {
  const all = allIn(list, "button");
  const here = all.indexOf(inFocus());
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) all[(here + step + all.length) % all.length].focus();
  else if (event.key === "Home") all[0].focus();
  else if (event.key === "End") all[all.length - 1].focus();
  else if (event.key === "Escape" || event.key === "Tab") shut();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
