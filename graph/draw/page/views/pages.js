// The other views beside drawing and table, the strip of dates, the hint and the sheet for paper: their places, names
// and content.
import { word } from "../words.js";
import { renderCastCards } from "./castcards.js";
import { make } from "./dom.js";
import { renderFigures } from "./figures.js";
import { renderHint } from "./hint.js";
import { renderSentences } from "./sentences.js";
import { renderSince } from "./since.js";
import { renderTable } from "./table.js";
import { renderTimeline } from "./timeline.js";

/**
 * Makes the places once, inside the frame `shell`.
 * @param {Shell} shell
 */
export function buildPages(shell) {
  /** @param {string} id @param {any} kind */
  const region = (id, kind) => make("div", { class: `list-view ${kind}-view`, id, tabindex: "0", role: "region" });
  const places = {
    cast: region("cast", "cards"),
    sentences: region("sentences", "sentences"),
    figures: region("figures", "figures"),
    table: shell.table,
    // It has its height from the start, so that the drawing is laid out once.
    strip: make("section", { class: "strip", id: "strip" }),
    hint: make("div", { class: "hint", role: "note", hidden: true }),
    quiet: make("p", { class: "quiet-line", role: "status", hidden: true }),
    sheet: make("section", { class: "sheet", id: "sheet", "aria-hidden": "true" }),
  };
  shell.stage.append(places.cast, places.sentences, places.figures);
  shell.stage.after(places.strip);
  shell.docket.before(places.hint);
  shell.stage.append(places.quiet);
  document.body.append(places.sheet);
  return places;
}

/**
 * Fills what is seen of them. on: what views/table, sentences, figures, timeline and hint ask for.
 * @param {any} places @param {Page} page @param {Acts} on
 */
export function renderPages(places, page, on) {
  const { lang, state } = page;
  places.cast.setAttribute("aria-label", word(lang, "castList"));
  places.sentences.setAttribute("aria-label", word(lang, "sentencesName"));
  places.figures.setAttribute("aria-label", word(lang, "figuresName"));
  places.strip.setAttribute("aria-label", word(lang, "timeline"));
  if (state.view === "cast") renderCastCards(places.cast, page, on.cast);
  if (state.view === "table") renderTable(places.table, page, on);
  if (state.view === "sentences") {
    renderSentences(places.sentences, page, on);
    const since = renderSince(page);
    if (since) places.sentences.append(since);
  }
  if (state.view === "figures") renderFigures(places.figures, page, on);
  renderTimeline(places.strip, page, on);
  renderHint(places.hint, page, on.hint);
}

/**
 * One quiet line that goes away by itself; "" takes it away.
 * @param {any} places @param {any} text
 */
export function quietLine(places, text) {
  places.quiet.hidden = !text;
  places.quiet.textContent = text;
}
