// A labelled field to choose one name among many, by typing part of it; what was typed and not yet taken outlives a
// new panel.
import { pickFor } from "../model/search.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { Combo } from "./combo.js";
import { inFocus, make } from "./dom.js";

const SETTLE_MS = 200;

/**
 * @typedef {object} Pool Whom a field can hold.
 * @property {(id: string) => boolean} fits
 * @property {string[]} [first] whom it proposes before anything is typed, in place of those that most is said of
 * @property {(id: string) => string} [aside] what stands below each name
 */

/**
 * The field for `title`, its value a node's id or null. run(id or null). page: {records, index, lang}.
 * @param {Pick<Page, "records" | "index" | "lang">} page @param {any} title @param {any} value @param {Pool} pool
 * @param {Acts} on @param {any} run
 */
export function picker({ records, index, lang }, title, value, { fits, first, aside }, on, run) {
  const name = value ? nameOf(records, value, lang) : "";
  const input = make("input", {
    type: "text",
    class: "picker",
    value: name,
    placeholder: word(lang, "typeName"),
    "aria-label": word(lang, title),
    data: { key: `choice:${title}` },
  });
  const combo = new Combo({
    records,
    lang: () => lang,
    name: `names-${title}`,
    input,
    say: on.say,
    further: on.further,
    take: run,
    hits: (typed) => pickFor(index, typed, fits, first).map((hit) => (aside ? { ...hit, by: aside(hit.id) } : hit)),
  });
  combo.list.setAttribute("aria-label", word(lang, title));
  input.defaultValue = name;
  combo.settled = () => isSettled(input);
  combo.reset = () => {
    input.value = name;
  };
  const settle = () => {
    if (combo.settled()) return;
    const typed = input.value;
    const best = typed.trim() ? pickFor(index, typed, fits)[0] : null;
    combo.reset();
    if (best?.whole) run(best.id);
    else if (!typed.trim() && value) run(null);
  };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => {
    if (!combo.open) combo.look(true);
  });
  input.addEventListener("keydown", (event) => {
    // Tab takes what is chosen at once, so that what is typed next falls into the next field.
    if (event.key === "Tab" && combo.open && combo.at >= 0 && !combo.settled()) combo.choose(combo.at);
    else if ((event.key === "Tab" || event.key === "Enter") && !input.value.trim() && value) run(null);
  });
  // A name typed in full counts when the focus leaves, anything else falls back; later, so that a click on its way
  // arrives.
  input.addEventListener("blur", () =>
    setTimeout(() => {
      if (inFocus().dataset.key !== input.dataset.key) settle();
    }, SETTLE_MS),
  );
  return make("div", { class: "choice pick" }, [
    make("span", { text: word(lang, title), "aria-hidden": "true" }),
    make("div", { class: "pick-field" }, [input, combo.list]),
  ]);
}

// The field holds its value, and nothing else was typed.
/** @param {any} input */
function isSettled(input) {
  return input.value === input.defaultValue;
}

/**
 * What somebody is typing in `place` and has not taken: {key, value, from, to}, or null.
 * @param {any} place
 */
export function typedIn(place) {
  const field = /** @type {HTMLInputElement} */ (inFocus());
  if (!place.contains(field) || !field.matches("input.picker") || isSettled(field)) return null;
  return { key: field.dataset.key, value: field.value, from: field.selectionStart, to: field.selectionEnd };
}

/**
 * Puts it back into the new field of the same name, which has the focus.
 * @param {ReturnType<typeof typedIn>} typed
 */
export function typeAgain(typed) {
  const field = /** @type {HTMLInputElement} */ (inFocus());
  if (!typed || field?.dataset.key !== typed.key) return;
  field.value = typed.value;
  field.setSelectionRange(typed.from, typed.to);
  field.dispatchEvent(new Event("input"));
}
