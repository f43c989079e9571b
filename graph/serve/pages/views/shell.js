// The frame of the editor's page: cookbook at the left, the query above its answer; its names in the language.
import { button, make } from "../../../draw/page/views/dom.js";
import { word } from "../../../draw/page/words.js";

/**
 * Makes the frame once. editor, options: elements; acts: {find(text), run, stop, tidy, link}. Answers its parts by
 * name.
 * @param {{ editor: any; options: any }} given @param {any} acts
 */
export function buildShell({ editor, options }, acts) {
  /** @param {string} id */
  const at = (id) => document.getElementById(id);
  const parts = {
    skips: at("skips"),
    bar: at("bar"),
    side: at("side"),
    main: at("main"),
    find: make("input", {
      type: "search",
      class: "find",
      id: "find",
      autocomplete: "off",
      spellcheck: "false",
      on: { input: (event) => acts.find(event.target.value) },
    }),
    recipes: make("ul", { class: "recipes", id: "recipes" }),
    summary: make("summary", { class: "side-title" }),
    lead: make("p", { class: "side-lead" }),
    opened: make("div", { class: "opened" }),
    help: make("p", { class: "unseen", id: "editor-help" }),
    run: button("", acts.run, { class: "run", "aria-keyshortcuts": "Control+Enter", data: { key: "run" } }),
    stop: button("", acts.stop, { class: "way stop", disabled: true, data: { key: "stop" } }),
    tidy: button("", acts.tidy, { class: "way", data: { key: "tidy" } }),
    link: button("", acts.link, { class: "way", data: { key: "link" } }),
    state: make("p", { class: "state" }),
    keys: make("p", { class: "keys" }),
    error: make("div", { class: "error", hidden: true }),
    answer: make("section", { class: "answer", id: "answer", tabindex: "-1" }),
  };
  parts.cookbook = make("details", { class: "cookbook", open: true }, [
    parts.summary,
    parts.lead,
    parts.find,
    parts.recipes,
  ]);
  parts.side.append(parts.cookbook);
  parts.question = make("section", { class: "question" }, [
    parts.opened,
    make("div", { class: "code-box" }, [editor, options]),
    parts.help,
    make("div", { class: "tools" }, [parts.run, parts.stop, parts.tidy, parts.link, parts.state, parts.keys]),
    parts.error,
  ]);
  parts.main.append(parts.question, parts.answer);
  return parts;
}

/**
 * Names every landmark and control. count: how many queries the cookbook has.
 * @param {any} shell @param {any} area @param {{ lang: Lang; count: number }} given
 */
export function nameShell(shell, area, { lang, count }) {
  /** @param {string} id @param {string} key */
  const skip = (id, key) =>
    make("a", {
      href: `#${id}`,
      text: word(lang, key),
      on: {
        click: (event) => {
          event.preventDefault();
          document.getElementById(id)?.focus();
        },
      },
    });
  shell.skips.replaceChildren(skip("query", "skipEditor"), skip("answer", "skipAnswer"), skip("find", "skipCookbook"));
  shell.skips.setAttribute("aria-label", word(lang, "skips"));
  shell.side.setAttribute("aria-label", word(lang, "cookbook"));
  shell.question.setAttribute("aria-label", word(lang, "query"));
  shell.answer.setAttribute("aria-label", word(lang, "answer"));
  shell.summary.replaceChildren(
    make("span", { class: "wide", text: word(lang, "cookbook") }),
    make("span", { class: "narrow", text: word(lang, "cookbookOpen", { n: count }) }),
  );
  shell.lead.textContent = word(lang, "cookbookLead");
  shell.find.setAttribute("aria-label", word(lang, "cookbookFind"));
  shell.find.placeholder = word(lang, "cookbookFind");
  area.setAttribute("aria-label", word(lang, "editorName"));
  area.placeholder = word(lang, "placeholder");
  shell.help.textContent = word(lang, "editorHelp");
  shell.run.replaceChildren(word(lang, "run"), make("kbd", { "aria-hidden": "true", text: word(lang, "runKeys") }));
  for (const key of ["stop", "tidy", "link"]) shell[key].textContent = word(lang, key);
  shell.keys.textContent = word(lang, "keys");
}

/**
 * Why there is no answer, in one line; go() leads to the place when there is one.
 * @param {any} shell @param {string} text @param {Lang} lang @param {null} [go]
 */
export function renderError(shell, text, lang, go = null) {
  shell.error.hidden = !text;
  shell.error.replaceChildren(
    ...(text ? [make("p", { class: "error-text", text })] : []),
    ...(text && go ? [button(word(lang, "errorGo"), go, { class: "link", data: { key: "error-go" } })] : []),
  );
}
