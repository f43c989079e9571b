// The hint of a first visit: one small note on the drawing, away for good once it is dismissed in this visit.
import { word } from "../words.js";
import { button, make } from "./dom.js";

/**
 * Shows the hint in `place` until it is dismissed. on: dismiss(), help().
 * @param {any} place @param {Pick<Page, "lang">} page @param {{ dismissed: any; dismiss: any; help: any }} given
 */
export function renderHint(place, { lang }, { dismissed, dismiss, help }) {
  place.hidden = dismissed;
  if (dismissed || place.dataset.lang === lang) return;
  place.dataset.lang = lang;
  place.replaceChildren(
    make("p", { class: "hint-short", text: word(lang, "hintShort") }),
    make("p", { class: "hint-long" }, [
      word(lang, "hint"),
      " ",
      button(word(lang, "howToRead"), help, { class: "link" }),
    ]),
    button("×", dismiss, {
      class: "hint-close",
      "aria-label": word(lang, "hintClose"),
      title: word(lang, "hintClose"),
    }),
  );
}
