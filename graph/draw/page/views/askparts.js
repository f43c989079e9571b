// What the panels of questions have in common: their titles, choices among names, lists under a heading, copying.
import { sourceName } from "../model/docket.js";
import { listCopy } from "../model/listwords.js";
import { namesTitle } from "../model/pathwords.js";
import { sidesAsked } from "../model/perspective.js";
import { nameOf } from "../model/standing.js";
import { joinNames } from "../model/text.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";

const PAUSE_MS = 600;

/**
 * The title of the question that stands.
 * @param {Pick<Page, "records" | "lang" | "state">} page
 */
export function askTitle({ records, lang, state }) {
  const { ask, picked } = state;
  if (ask.kind === "path")
    return ask.a && ask.b
      ? `${word(lang, "path")}: ${[ask.a, ask.b].map((id) => nameOf(records, id, lang)).join(" → ")}`
      : word(lang, "path");
  if (ask.kind === "without")
    return ask.source
      ? word(lang, "withoutTitle", { name: sourceName(records, ask.source, lang) })
      : word(lang, "askWithout").replace("…", "");
  if (ask.kind === "according") return accordingTitle(records, ask, lang);
  if (ask.kind === "join")
    return picked.length
      ? word(lang, "joinTitle", { names: namesTitle(records, picked, lang) })
      : word(lang, "askJoin");
  return word(lang, "namesTitle");
}

/** @param {Records} records @param {Question} ask @param {Lang} lang */
function accordingTitle(records, ask, lang) {
  const [a, b] = sidesAsked(records, ask).map(
    (ids) =>
      ids &&
      joinNames(
        ids.map((id) => nameOf(records, id, lang)),
        lang,
      ),
  );
  if (a && b) return word(lang, "sideBySide", { a, b });
  return a ? word(lang, "accordingTitle", { name: a }) : word(lang, "askAccording").replace("…", "");
}

/**
 * The title as a heading, which takes the focus when the question is asked.
 * @param {Page} page
 */
export function heading(page) {
  return make("h2", { class: "sentence", tabindex: "-1" }, [bdi(askTitle(page))]);
}

/**
 * The button that copies lists with footnotes, and what every copy carries.
 * @param {Page} page @param {Acts} on @param {any} lists
 */
export function copyButton(page, on, lists) {
  return make("div", { class: "actions" }, [
    button(word(page.lang, "copyList"), () => on.copy(listCopy(page, askTitle(page), lists)), {
      class: "link",
      data: { key: "copy" },
    }),
  ]);
}

/**
 * A list under a word of ours and its count; nothing for an empty one.
 * @param {Lang} lang @param {any} title @param {string[]} ids @param {any} list
 */
export function listed(lang, title, ids, list) {
  return section(word(lang, title), ids, list);
}

/**
 * A list under a title and its count; nothing for an empty one.
 * @param {string} title @param {unknown[]} ids @param {any} list
 */
export function section(title, ids, list) {
  if (!ids.length) return null;
  return make("section", { class: "part" }, [
    make("h3", {}, [make("span", { text: title }), make("span", { class: "count", text: String(ids.length) })]),
    list,
  ]);
}

/**
 * A labelled choice among names; sorted by name unless they come in an order of their own. options: [[value, name,
 * disabled]].
 * @param {Lang} lang @param {any} title @param {any} options @param {any} value @param {any} run
 * @param {boolean} [ordered] @param {string} [empty]
 */
export function choice(lang, title, options, value, run, ordered = false, empty = "chooseOne") {
  const rows = ordered ? options : [...options].sort((a, b) => a[1].localeCompare(b[1], lang));
  // By keys one name after another passes until the right one is there: what follows waits for a pause.
  let typing = 0;
  let waiting = null;
  const settle = () => {
    clearTimeout(waiting);
    if (waiting !== null) run(field.value || null);
    waiting = null;
  };
  const changed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(settle, PAUSE_MS);
    if (Date.now() - typing > PAUSE_MS) settle();
  };
  const field = make(
    "select",
    {
      data: { key: `choice:${title}` },
      on: {
        keydown: ({ key }) => {
          typing = Date.now();
          // What a choice brings is there before Tab looks for the next field.
          if (key === "Tab") settle();
        },
        change: changed,
        blur: () => setTimeout(settle),
      },
    },
    [
      make("option", { value: "", text: word(lang, empty) }),
      ...rows.map(([id, name, off]) => make("option", { value: id, text: name, disabled: off })),
    ],
  );
  field.value = value ?? "";
  return make("label", { class: "choice" }, [make("span", { text: word(lang, title) }), field]);
}
