// What the table, the sentences and the figures have in common: the note above them, the mark of what is new, keeping
// the place and the focus.
import { countFigure, statementsAmong } from "../model/counts.js";
import { sinceWords } from "../model/rows.js";
import { loadedWords } from "../model/stats.js";
import { word } from "../words.js";
import { button, focusKey, make } from "./dom.js";

const HEAD_ROOM = 70;

/**
 * How many are listed, and, when a date is chosen, which, with the way back to all.
 * @param {Pick<Page, "records" | "lang" | "slotWords">} page @param {any} count @param {Acts} on
 */
export function noteAbove({ records, lang, slotWords }, count, on) {
  const loaded = loadedWords(records, lang);
  return make("div", { class: "list-note" }, [
    make("span", { text: count }),
    loaded ? make("span", { class: "list-loaded", text: ` · ${loaded}` }) : null,
    slotWords
      ? make("span", { class: "list-date" }, [
          ` · ${word(lang, "onlyDate", { date: slotWords })} `,
          button(word(lang, "allDates"), on.allDates, { class: "link", data: { key: "all-dates" } }),
        ])
      : null,
    make("span", { class: "list-rule", text: ` ${word(lang, "lineRule")}` }),
  ]);
}

/**
 * "251 of 251 statements; 2 of 2 mentions": how many of some claims, of all that are here.
 * @param {Records} records @param {any} claims @param {Lang} lang
 */
export function listCount(records, claims, lang) {
  const told = word(lang, "tableCount", statementsAmong(records, claims));
  const mentions = countFigure(records, "mentions");
  if (!mentions) return told;
  return `${told}; ${word(lang, "mentionCount", { n: countFigure(records, "mentions", claims), m: mentions })}`;
}

/**
 * The mark of what is new or changed since the older version, or null.
 * @param {Claim} claim @param {Lang} lang
 */
export function sinceMark(claim, lang) {
  const text = sinceWords(claim, lang);
  return text ? make("span", { class: "since-mark", text }) : null;
}

/**
 * Runs a change of `place` and gives the focus back to what had it.
 * @param {any} place @param {any} run
 */
export function keepFocus(place, run) {
  const key = focusKey(place);
  const { scrollTop } = place;
  run();
  place.scrollTop = scrollTop;
  if (key)
    [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key)?.focus({ preventScroll: true });
}

/**
 * Scrolls up and down only, and only when the row is out of sight.
 * @param {any} place @param {any} row
 */
export function bringIntoSight(place, row) {
  if (!row) return;
  const box = row.getBoundingClientRect();
  const frame = place.getBoundingClientRect();
  if (box.top < frame.top + HEAD_ROOM || box.bottom > frame.bottom)
    place.scrollTop += box.top - frame.top - place.clientHeight / 3;
}
