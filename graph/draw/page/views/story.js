// A story: the step that is told, with its way forward and back, over the view it looks at; and the dialog in which
// steps and notes are written, ordered, saved and read.
import { TEXT_LENGTH, TITLE_LENGTH, STEPS_AT_MOST } from "../model/fitted.js";
import { nameOf } from "../model/standing.js";
import { replaced } from "../model/story.js";
import { word } from "../words.js";
import { openDialog } from "./dialog.js";
import { allIn, bdi, button, focusKey, make } from "./dom.js";

/**
 * The strip of the story over the view; nothing where there is no step. on: turn(by), go(index), leave(), write().
 * @param {HTMLElement} place @param {Page} page @param {Acts} on
 */
export function renderStory(place, { lang, state }, on) {
  const { steps, step } = state;
  place.hidden = !steps.length;
  place.setAttribute("aria-label", word(lang, "story"));
  if (!steps.length) {
    place.replaceChildren();
    return;
  }
  const focused = focusKey(place);
  const told = step === null ? null : steps[step];
  const turn = (by, key, sign, disabled) =>
    button(sign, () => on.turn(by), {
      class: "story-turn",
      disabled,
      "aria-label": word(lang, key),
      title: word(lang, key),
      data: { key: `story:${by}` },
    });
  place.replaceChildren(
    make("div", { class: "story-ways" }, [
      turn(-1, "storyBack", "‹", !step),
      told
        ? button(word(lang, "storyAt", { at: step + 1, of: steps.length }), () => on.go(step), {
            class: "story-count",
            title: word(lang, "storyAgain"),
            data: { key: "story:again" },
          })
        : make("span", { class: "story-count", text: word(lang, "storySteps", { n: steps.length }) }),
      turn(1, told ? "storyOn" : "storyBegin", "›", step === steps.length - 1),
    ]),
    make(
      "div",
      { class: "story-told" },
      told
        ? toldStep(told, lang)
        : [button(word(lang, "storyBegin"), () => on.turn(1), { class: "link", data: { key: "story:begin" } })],
    ),
    make("div", { class: "story-acts" }, [
      button(word(lang, "storyWrite"), on.write, {
        class: "link",
        "aria-haspopup": "dialog",
        data: { key: "story:write" },
      }),
      told ? button(word(lang, "storyLeave"), on.leave, { class: "link", data: { key: "story:leave" } }) : null,
    ]),
  );
  if (!focused) return;
  const buttons = allIn(place, "button:not([disabled])");
  (buttons.find((each) => each.dataset.key === focused) ?? buttons[0])?.focus();
}

// What somebody wrote over a view must not pass for what its sources say.
/** @param {Step} step @param {Lang} lang */
function toldStep({ title, text }, lang) {
  return [
    make("h2", { class: "story-title" }, [bdi(title, { dir: "auto" })]),
    text ? make("p", { class: "story-text", dir: "auto", text }) : null,
    make("p", { class: "story-by", text: word(lang, "storyBy") }),
  ];
}

/**
 * Opens the dialog of the story, and answers it. on: page(), seen(): the view that is looked at; go(index),
 * steps(list), shifted(index, by): the list with a step moved; note(index, after), noteOn(id, after), has(kind),
 * save(kind), open(text), say(text).
 * @param {Acts} on
 */
export function openStory(on) {
  const { lang } = on.page();
  const body = make("div", { class: "story-body" });
  const dialog = openDialog(lang, "story-dialog", word(lang, "storyAndNotes"), [body]);
  const writing = { index: /** @type {number | null} */ (null) };
  const fill = () => {
    const focused = focusKey(body);
    body.replaceChildren(
      make("p", { class: "help-lead", text: word(lang, "storyLead") }),
      ...stepsPart(on, writing, fill),
      ...notesPart(on, fill),
      ...filePart(on, fill),
    );
    if (focused)
      allIn(body, "button, input, textarea")
        .find((each) => each.dataset.key === focused)
        ?.focus();
  };
  fill();
  return dialog;
}

/** @param {Acts} on @param {{ index: number | null }} writing @param {() => void} fill */
function stepsPart(on, writing, fill) {
  const { lang, state } = on.page();
  const { steps } = state;
  const act = (key, text, name, run, disabled = false) =>
    button(text, run, { class: "link", disabled, "aria-label": name, title: name, data: { key } });
  const row = ({ title, text }, index) => {
    const named = (key) => word(lang, key, { title });
    const put = (list) => {
      on.steps(list);
      fill();
    };
    return make("li", {}, [
      button("", () => on.go(index), { class: "story-row", data: { key: `step:${index}` } }),
      make("div", { class: "story-row-acts" }, [
        act(`edit:${index}`, word(lang, "storyEdit"), named("storyEditOf"), () => {
          writing.index = index;
          fill();
          allIn(document.body, "[data-key='step:title']")[0].focus();
        }),
        act(`up:${index}`, "↑", named("storyUp"), () => put(on.shifted(index, -1)), index === 0),
        act(`down:${index}`, "↓", named("storyDown"), () => put(on.shifted(index, 1)), index === steps.length - 1),
        act(`view:${index}`, word(lang, "storyView"), named("storyViewOf"), () =>
          put(replaced(steps, index, { see: on.seen() })),
        ),
        act(`drop:${index}`, word(lang, "storyDelete"), named("storyDeleteOf"), () => {
          writing.index = null;
          put(steps.filter((_, at) => at !== index));
        }),
      ]),
      text ? make("p", { class: "aside", dir: "auto", text }) : null,
    ]);
  };
  const rows = steps.map(row);
  for (const [index, each] of rows.entries())
    each.querySelector(".story-row").append(bdi(steps[index].title, { dir: "auto" }));
  return [
    make("h3", { text: word(lang, "storyStepsHead") }),
    steps.length ? make("ol", { class: "story-list" }, rows) : null,
    ...stepFields(on, writing, fill),
  ].filter(Boolean);
}

// Title and text of a new step, or of the one that is written anew.
/** @param {Acts} on @param {{ index: number | null }} writing @param {() => void} fill */
function stepFields(on, writing, fill) {
  const { lang, state } = on.page();
  const { steps } = state;
  const old = writing.index === null ? null : steps[writing.index];
  if (!old && steps.length >= STEPS_AT_MOST)
    return [make("p", { class: "aside", text: word(lang, "storyFull", { n: STEPS_AT_MOST }) })];
  const title = make("input", {
    type: "text",
    class: "story-field",
    id: "step-title",
    maxlength: TITLE_LENGTH,
    value: old?.title ?? "",
    dir: "auto",
    data: { key: "step:title" },
  });
  const text = make("textarea", {
    class: "story-field",
    id: "step-text",
    rows: 3,
    maxlength: TEXT_LENGTH,
    value: old?.text ?? "",
    dir: "auto",
    data: { key: "step:text" },
  });
  const keep = () => {
    const written = { title: title.value.trim(), text: text.value.trim() };
    if (!written.title) {
      title.focus();
      on.say(word(lang, "storyTitleFirst"));
      return;
    }
    on.steps(old ? replaced(steps, writing.index, written) : [...steps, { ...written, see: on.seen() }]);
    writing.index = null;
    fill();
  };
  return [
    make("div", { class: "story-fields" }, [
      make("label", { for: "step-title", class: "aside", text: word(lang, old ? "storyTitle" : "storyTitleNew") }),
      title,
      make("label", { for: "step-text", class: "aside", text: word(lang, "storyText") }),
      text,
      button(word(lang, old ? "storyKeep" : "storyAdd"), keep, { class: "save-act", data: { key: "step:keep" } }),
    ]),
  ];
}

/** @param {Acts} on @param {() => void} fill */
function notesPart(on, fill) {
  const { records, lang, state } = on.page();
  const { notes, selected } = state;
  const name = (id) => nameOf(records, id, lang);
  const rows = notes.map((note, index) =>
    make("li", {}, [
      button("", () => on.note(index, fill), { class: "story-row", data: { key: `note-row:${index}` } }),
      make("p", { class: "aside", text: word(lang, "noteAt", { name: name(note.by) }) }),
    ]),
  );
  for (const [index, each] of rows.entries())
    each.querySelector(".story-row").append(bdi(notes[index].text, { dir: "auto" }));
  return [
    make("h3", { text: word(lang, "notes") }),
    notes.length ? make("ul", { class: "story-list" }, rows) : null,
    selected?.type === "node"
      ? button(word(lang, "noteNew", { name: name(selected.id) }), () => on.noteOn(selected.id, fill), {
          class: "save-act",
          data: { key: "note:new" },
        })
      : make("p", { class: "aside", text: word(lang, "noteHow") }),
  ].filter(Boolean);
}

/** @param {Acts} on @param {() => void} fill */
function filePart(on, fill) {
  const { lang } = on.page();
  const status = make("p", { class: "save-status", role: "status" });
  const file = make("input", {
    type: "file",
    id: "story-file",
    accept: "application/json,.json",
    data: { key: "story:file" },
    on: {
      change: async () => {
        const found = file.files?.[0] ? await on.open(await file.files[0].text()) : null;
        if (found?.read) fill();
        const now = allIn(document.body, ".story-body .save-status")[0];
        if (found && now) now.textContent = found.text;
      },
    },
  });
  return [
    make("h3", { text: word(lang, "storyShare") }),
    make("p", { class: "aside", text: word(lang, "storyShareHow") }),
    make("div", { class: "actions" }, [
      on.has("page")
        ? button(
            word(lang, "savePage"),
            async () => {
              status.textContent = await on.save("page");
            },
            { class: "save-act", data: { key: "story:page" } },
          )
        : null,
      on.has("story")
        ? button(
            word(lang, "saveStoryFile"),
            async () => {
              status.textContent = await on.save("story");
            },
            { class: "save-act", data: { key: "story:json" } },
          )
        : null,
    ]),
    make("div", { class: "story-fields" }, [
      make("label", { for: "story-file", class: "aside", text: word(lang, "storyOpen") }),
      file,
    ]),
    status,
  ];
}
