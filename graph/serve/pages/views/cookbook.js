// The cookbook beside the editor, and above the editor what is open of it: its title, what it answers, its values as
// fields.
import { fold, inLanguage } from "../../../draw/page/model/text.js";
import { bdi, button, make } from "../../../draw/page/views/dom.js";
import { word } from "../../../draw/page/words.js";

/**
 * The list. state: {queries, lang, chosen, find}; on: open(name), find(text).
 * @param {any} place @param {{ queries: any; lang: Lang; chosen: any; find: any }} given @param {any} on
 */
export function renderCookbook(place, { queries, lang, chosen, find }, on) {
  const wanted = fold(find);
  const shown = queries.filter(
    (query) =>
      !wanted ||
      fold([query.name, inLanguage(query.title, lang), inLanguage(query.description, lang)].join(" ")).includes(wanted),
  );
  const items = shown.map((query) =>
    make("li", {}, [
      button("", () => on.open(query.name), {
        class: "recipe",
        "aria-current": query.name === chosen ? "true" : null,
        data: { key: `recipe:${query.name}` },
      }),
    ]),
  );
  items.forEach((item, at) => {
    const query = shown[at];
    item.firstChild.append(
      make("span", { class: "recipe-title" }, [bdi(inLanguage(query.title, lang))]),
      make("span", { class: "recipe-name", text: query.name }),
      make("span", { class: "recipe-about" }, [bdi(inLanguage(query.description, lang))]),
    );
  });
  place.replaceChildren(
    ...(items.length ? items : [make("li", { class: "recipe-none", text: word(lang, "cookbookNone") })]),
  );
}

/**
 * What is open. header: {title, description, parameters}; said(text): the same in the reader's language; on:
 * value(name, value), run().
 * @param {any} place @param {{ header: any; lang: Lang; said: any }} given @param {any} on
 */
export function renderOpened(place, { header, lang, said }, on) {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : null;
  const head = header.title
    ? [
        make("h2", { class: "opened-title" }, [bdi(said(header.title))]),
        header.description ? make("p", { class: "opened-about" }, [bdi(said(header.description))]) : null,
      ]
    : [make("h2", { class: "opened-title quiet", text: word(lang, "query") })];
  const fields = header.parameters.map((parameter) => field(parameter, { lang, said }, on));
  place.replaceChildren(
    ...head.filter(Boolean),
    ...(fields.length
      ? [make("div", { class: "fields", role: "group", "aria-label": word(lang, "parameters") }, fields)]
      : []),
  );
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {{ name: string; meaning: any; choices: any; value: any }} given @param {{ lang: Lang; said: any }} given
 * @param {any} on
 */
function field({ name, meaning, choices, value }, { lang, said }, on) {
  const id = `value-${name}`;
  const about = said(meaning);
  /** @param {any} event */
  const changed = (event) => on.value(name, event.target.value);
  const options = choices.map((choice) => make("option", { value: choice, text: choice, selected: choice === value }));
  const control = choices.length
    ? make("select", { id, "aria-describedby": `${id}-about`, on: { change: changed } }, options)
    : make("input", {
        id,
        type: "text",
        value,
        placeholder: word(lang, "anyValue"),
        autocomplete: "off",
        spellcheck: "false",
        "aria-describedby": `${id}-about`,
        on: {
          input: changed,
          keydown: (event) => {
            if (event.key === "Enter" && !event.isComposing) on.run();
          },
        },
      });
  return make("div", { class: "field" }, [
    make("label", { for: id, text: name }),
    control,
    make("span", { class: "field-about", id: `${id}-about`, text: about }),
  ]);
}
