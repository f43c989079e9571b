// The bar: what this is, the ways to the other pages, theme and language.
import { button, inFocus, make } from "../../../draw/page/views/dom.js";
import { languages, word } from "../../../draw/page/words.js";

/**
 * on: theme, language(lang).
 * @param {any} place @param {{ lang: Lang; dark: any }} given @param {any} on
 */
export function renderBar(place, { lang, dark }, on) {
  const focused = inFocus().dataset.key;
  /** @param {string} href @param {string} key */
  const way = (href, key) => make("a", { href, text: word(lang, key) });
  const change = word(lang, dark ? "toLight" : "toDark");
  place.replaceChildren(
    make("h1", { text: word(lang, "title") }),
    make("nav", { class: "places", "aria-label": word(lang, "places") }, [
      way("./", "toDrawing"),
      way(`queries?lang=${lang}`, "toQueries"),
      way(`ontology?lang=${lang}`, "toVocabulary"),
    ]),
    make("div", { class: "acts" }, [
      button("◐", on.theme, { class: "icon", title: change, "aria-label": change, data: { key: "theme" } }),
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
