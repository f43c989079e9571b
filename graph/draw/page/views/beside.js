// "According to X": what a speaker says, denies and leaves open; and two sides beside each other, line by line.
import { besideEachOther, sidesAsked, speakersOf, voicesOf } from "../model/perspective.js";
import { nameOf } from "../model/standing.js";
import { joinNames } from "../model/text.js";
import { word } from "../words.js";
import { copyButton, heading, listed } from "./askparts.js";
import { bdi, button, make } from "./dom.js";
import { claimList } from "./lists.js";
import { picker } from "./picker.js";

const TOLD_AT_FIRST = 10;
/** @type {[string, string, string][]} */
const TOLD = [
  ["saysList", "says", "affirms"],
  ["opposesList", "opposes", "opposes"],
  ["leavesOpen", "open", "open"],
];
const PAIRED = [
  ["contradict", "contradict"],
  ["rivalValues", "rivals"],
  ["bothSay", "both"],
];

/**
 * The panel of "According to".
 * @param {Page} page @param {Acts} on
 */
export function renderAccording(page, on) {
  const { lang, answer } = page;
  const form = sidesForm(page, on);
  if (!answer.view) return [heading(page), form, make("p", { class: "quiet", text: word(lang, "accordingPick") })];
  const rule = make("p", { class: "answer", text: word(lang, "accordingRule") });
  return [heading(page), form, rule, ...(answer.two ? sideBySide(page, answer.two, on) : alone(page, on))];
}

// Who stands on each side: one speaker, and more with them.
/** @param {Page} page @param {Acts} on */
function sidesForm(page, on) {
  const { records, lang, state } = page;
  const { ask } = state;
  const [a, b] = sidesAsked(records, ask);
  const taken = new Set([...(a ?? []), ...(b ?? [])]);
  const told = new Map(speakersOf(records).map(({ id, n }) => [id, n]));
  /** @param {string | null} own */
  const pool = (own) => {
    const fits = (id) => id === own || (told.has(id) && !taken.has(id));
    const aside = (id) => word(lang, "statements", { n: told.get(id) ?? 0 });
    return { fits, first: [...told.keys()].filter(fits), aside };
  };
  /** @param {string} title @param {string | null} value @param {(id: string | null) => void} run */
  const field = (title, value, run) => picker(page, title, value, pool(value), on, run);
  const also = (key) => {
    const ids = ask[key] ?? [];
    if (!ids.length && !b) return [];
    const title = key === "alsoA" ? "accordingAnd" : "accordingAndB";
    return [
      field(title, null, (id) => id && on.ask({ ...ask, [key]: [...ids, id] })),
      ...ids.map((id) =>
        make("p", { class: "also" }, [
          bdi(nameOf(records, id, lang)),
          " ",
          button("×", () => on.ask({ ...ask, [key]: ids.filter((each) => each !== id) }), {
            class: "link",
            "aria-label": word(lang, "andNoLonger", { name: nameOf(records, id, lang) }),
            data: { key: `${key}:${id}` },
          }),
        ]),
      ),
    ];
  };
  return make("div", { class: "ask-form" }, [
    field("accordingA", ask.a, (id) => on.ask({ ...ask, a: id })),
    ...(a ? also("alsoA") : []),
    a ? field("accordingB", ask.b, (id) => on.ask({ ...ask, b: id })) : null,
    ...(b ? also("alsoB") : []),
  ]);
}

/** @param {Page} page @param {Acts} on */
function alone(page, on) {
  const { records, lang, answer } = page;
  /** @param {string} side */
  const told = (side) => {
    const mine = new Set([...answer.view[side].values()].flat());
    return records.order.filter((id) => mine.has(id));
  };
  const lists = TOLD.map(([title, , side]) => ({ title: word(lang, title), key: title, claims: told(side) }));
  return [
    ...lists.map(({ key, claims }) => listed(lang, key, claims, claimList(page, claims, on, TOLD_AT_FIRST))),
    copyButton(page, on, lists),
  ];
}

/** @param {Page} page @param {ReturnType<typeof besideEachOther>} two @param {Acts} on */
function sideBySide(page, two, on) {
  const { records, lang, state } = page;
  const sides = sidesAsked(records, state.ask);
  const names = sides.map((ids) =>
    joinNames(
      ids.map((id) => nameOf(records, id, lang)),
      lang,
    ),
  );
  const list = (claims) =>
    claims.length ? claimList(page, claims, on, TOLD_AT_FIRST) : make("p", { class: "no-answer", text: "–" });
  const cell = (name, claims) =>
    make("div", { class: "beside-cell", role: "group", "aria-label": name }, [list(claims)]);
  const pairs = PAIRED.filter(([, key]) => two[key].length).map(([title, key]) =>
    make("section", { class: "part" }, [
      make("h3", { text: word(lang, title) }),
      ...two[key].map((row) =>
        make("div", { class: "beside-row" }, [
          ...(row.a.length || row.b.length ? [cell(names[0], row.a), cell(names[1], row.b)] : []),
          row.shared.length ? make("div", { class: "beside-shared" }, [list(row.shared)]) : null,
        ]),
      ),
    ]),
  );
  const rest = TOLD.filter(([, key]) => two.a[key].length || two.b[key].length).map(([title, key]) =>
    make("section", { class: "part" }, [
      make("h3", { text: word(lang, title) }),
      make("div", { class: "beside-row" }, [cell(names[0], two.a[key]), cell(names[1], two.b[key])]),
    ]),
  );
  return [
    make(
      "div",
      { class: "beside-row beside-heads" },
      sides.map((ids, index) => sideHead(page, ids, names[index])),
    ),
    pairs.length ? null : make("p", { class: "quiet", text: word(lang, "nothingBoth") }),
    ...pairs,
    ...rest,
    copyButton(page, on, copied(page, two, names)),
  ];
}

// A body with those who speak for it: their statements stand under its name.
/** @param {Page} page @param {string[]} ids @param {string} name */
function sideHead({ records, lang }, ids, name) {
  const voices = voicesOf(records, ids).map((id) => nameOf(records, id, lang));
  return make("div", { class: "beside-cell" }, [
    make("p", { class: "beside-name" }, [bdi(name)]),
    voices.length
      ? make("p", { class: "aside", text: word(lang, "withVoices", { names: joinNames(voices, lang) }) })
      : null,
  ]);
}

/** @param {Page} page @param {ReturnType<typeof besideEachOther>} two @param {string[]} names */
function copied({ lang }, two, names) {
  return [
    ...PAIRED.map(([title, key]) => ({
      title: word(lang, title),
      claims: two[key].flatMap((row) => [...row.a, ...row.b, ...row.shared]),
    })),
    ...["a", "b"].flatMap((side, index) =>
      TOLD.map(([title, key]) => ({ title: `${names[index]}: ${word(lang, title)}`, claims: two[side][key] })),
    ),
  ];
}
