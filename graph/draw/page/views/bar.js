// The bar: the title over its facts, views, undo, theme, language.
import { languages, word } from "../words.js";
import { hasCast } from "../model/cast.js";
import { factsLine } from "../model/stats.js";
import { inLanguage } from "../model/text.js";
import { bdi, button, inFocus, make } from "./dom.js";

/**
 * Fills the bar. page: {records, lang, state, history, dark}; on: view, undo, redo, save, theme, language.
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderBar(place, page, on) {
  const { records, lang, state, history, dark } = page;
  const focused = inFocus().dataset.key;
  /** @param {any} view */
  const tab = (view) =>
    button(word(lang, view === "cast" ? "castTab" : view), () => on.view(view), {
      "aria-pressed": String(state.view === view),
      data: { key: `view:${view}` },
    });
  place.replaceChildren(
    make("div", { class: "bar-what" }, [
      make("h1", {}, [bdi(inLanguage(records.data.edition.title, lang))]),
      make(
        "ul",
        { class: "bar-facts" },
        factsLine(records, lang).map((text) => make("li", { text })),
      ),
    ]),
    make(
      "div",
      { class: "tabs", role: "group", "aria-label": word(lang, "views") },
      // Beside a wide drawing the list of the cast stands anyway.
      [...(page.phone && hasCast(records) ? ["cast"] : []), "drawing", "table", "sentences", "figures"].map(tab),
    ),
    make(
      "div",
      { class: "acts undoing" },
      [
        button("", on.undo, {
          class: "icon",
          disabled: !history.past.length,
          "aria-label": word(lang, "undo"),
          title: word(lang, "undo"),
          data: { key: "undo" },
          "aria-keyshortcuts": "Control+Z",
        }),
        button("", on.redo, {
          class: "icon",
          disabled: !history.future.length,
          "aria-label": word(lang, "redo"),
          title: word(lang, "redo"),
          data: { key: "redo" },
          "aria-keyshortcuts": "Control+Y",
        }),
      ].map((each, index) => {
        each.textContent = index ? "↷" : "↶";
        return each;
      }),
    ),
    make("div", { class: "acts" }, [
      button(word(lang, "story"), on.story, {
        class: "save-open story-open",
        title: word(lang, "storyAndNotes"),
        "aria-haspopup": "dialog",
        data: { key: "story" },
      }),
      button(word(lang, "save"), on.save, {
        class: "save-open",
        title: word(lang, "saveOpen"),
        "aria-haspopup": "dialog",
        data: { key: "save" },
      }),
    ]),
    make("div", { class: "acts" }, [
      button("◐", on.theme, {
        class: "icon",
        title: word(lang, dark ? "toLightName" : "toDarkName"),
        "aria-label": word(lang, dark ? "toLightName" : "toDarkName"),
        data: { key: "theme" },
      }),
      make(
        "div",
        { class: "languages", role: "group", "aria-label": word(lang, "language") },
        languages().map((each) =>
          button(each.toUpperCase(), () => on.language(each), {
            "aria-pressed": String(each === lang),
            "aria-label": `${each.toUpperCase()}, ${word(each, "language.name")}`,
            data: { key: `lang:${each}` },
          }),
        ),
      ),
    ]),
  );
  if (focused) [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused)?.focus();
}
