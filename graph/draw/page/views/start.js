// "Start here": what the panel shows when nothing is selected.
import { originsWords } from "../model/figures.js";
import { readStart, startCount, statementsAt } from "../model/start.js";
import { affirmersOf } from "../model/standing.js";
import { inLanguage, joinNames } from "../model/text.js";
import { word } from "../words.js";
import { askButtons } from "./asking.js";
import { documentLink } from "./doclink.js";
import { button, make } from "./dom.js";
import { nodeList, propList } from "./lists.js";
import { renderSince } from "./since.js";

const PART_TITLES = {
  disputed: "startDisputed",
  unanswered: "startUnanswered",
  figures: "startFigures",
  open: "startOpen",
  most: "startMost",
};

/**
 * The parts of "Start here" as sections of links, and the sources with their headlines in quotation marks.
 * @param {Page} page @param {Acts} on
 */
export function renderStart(page, on) {
  const { records, lens, lang } = page;
  const parts = readStart(records, lens);
  return [
    make("h2", { class: "panel-title", tabindex: "-1", text: word(lang, "startHere") }),
    make("p", { class: "lead", text: parts.length ? word(lang, "startLead") : word(lang, "startEmpty") }),
    records.data.internal
      ? make("p", {
          class: "aside",
          text: word(lang, "checkedOf", { n: page.state.checked.length, m: records.claims.size }),
        })
      : null,
    ...parts.map((part) =>
      make("section", { class: "part" }, [
        make("h3", {}, [
          make("span", { text: word(lang, PART_TITLES[part.kind] ?? "startHere") }),
          // How many there are of what did not come is known only where the store says it.
          make("span", { class: "count", text: String(startCount(records, lens, part) || (part.late ? "" : 0)) }),
        ]),
        part.late ? lateLine(lang, part.kind, on) : null,
        part.props.length
          ? propList(
              page,
              part.props,
              on,
              4,
              { unanswered: (id) => whoSaysSo(records, id, lang), figures: (id) => originsWords(records, id, lang) }[
                part.kind
              ] ?? null,
            )
          : nodeList(page, part.nodes, on, (id) => statementsAt(records, lens, id)),
      ]),
    ),
    make("section", { class: "part" }, [make("h3", { text: word(lang, "ask") }), askButtons(page, on, true)]),
    renderSince(page),
    renderSources(page),
  ];
}

/** @param {Lang} lang @param {string} kind @param {Acts} on */
function lateLine(lang, kind, on) {
  return make("p", { class: "quiet" }, [
    word(lang, "startLate"),
    " ",
    button(word(lang, "tryAgain"), on.again, { class: "link", data: { key: `late:${kind}` } }),
  ]);
}

// An accusation never stands in a list without who makes it.
/** @param {Records} records @param {string} id @param {Lang} lang */
function whoSaysSo(records, id, lang) {
  return word(lang, "sideSays", { name: joinNames(affirmersOf(records, id, lang), lang) || word(lang, "notStated") });
}

/** @param {Pick<Page, "records" | "lang">} page */
function renderSources({ records, lang }) {
  const { edition } = records.data;
  const lines = [...records.documents.values()].map((document) => {
    const values = {
      label: inLanguage(document.label, lang),
      title: inLanguage(document.title, lang),
      author: inLanguage(document.author, lang),
    };
    return make("li", {}, [
      make("span", {
        text: values.title ? word(lang, values.author ? "sourceBy" : "sourceLine", values) : values.label,
      }),
      documentLink(document, lang),
    ]);
  });
  return make("section", { class: "part sources" }, [
    make("h3", { text: word(lang, "sources") }),
    make("ul", { class: "plain-list" }, lines),
    make("p", { class: "aside" }, [
      [
        edition.editor ? word(lang, "editor", { editor: inLanguage(edition.editor, lang) }) : "",
        edition.licence ? word(lang, "licence", { licence: inLanguage(edition.licence, lang) }) : "",
        edition.corrections ? word(lang, "corrections", { to: inLanguage(edition.corrections, lang) }) : "",
      ]
        .filter(Boolean)
        .join(" · "),
    ]),
  ]);
}
