// What is asked of the whole case, in the panel: a path, without a source, according to somebody, a list of names,
// what joins several.
import { rules, stopsBy, throughAsked } from "../model/rules.js";
import {
  hopSentence,
  leftOutWords,
  namesTitle,
  pathCopy,
  pathHead,
  pathNothing,
  weakestWords,
} from "../model/pathwords.js";
import { listCopy } from "../model/listwords.js";
import { footnote, sourceName } from "../model/docket.js";
import { sourcesOf } from "../model/knockout.js";
import { speakersOf } from "../model/perspective.js";
import { namesIn } from "../model/search.js";
import { nameOf, speakerName, standingWords } from "../model/standing.js";
import { loadedWords } from "../model/stats.js";
import { inLanguage, joinNames } from "../model/text.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph } from "./glyph.js";
import { askTitle, choice, copyButton, heading, listed, section } from "./askparts.js";
import { renderAccording } from "./beside.js";
import { claimList, nodeList, propList } from "./lists.js";
import { picker } from "./picker.js";

const WALK_WORDS = { sensitive: "walkSensitive", disputed: "walkDisputed", notyet: "walkNotyet" };
const THROUGH_WORDS = {
  state: "throughState",
  place: "throughPlace",
  post: "throughPost",
  document: "throughDocument",
  concept: "throughConcept",
  speaker: "throughSpeaker",
};
const LISTED = 6;

/**
 * The panel of the question that stands: page.answer is its answer. on.ask(question, or what makes it of the one that
 * stands) changes it, on.ask(null) ends it.
 * @param {Page} page @param {Acts} on
 */
export function renderAsk(page, on) {
  const parts = {
    path: renderPath,
    without: renderWithout,
    according: renderAccording,
    names: renderNames,
    join: renderJoin,
  }[page.state.ask.kind](page, on);
  return [
    make("p", { class: "crumb" }, [
      button(`← ${word(page.lang, "back")}`, on.back, { class: "link", data: { key: "back" } }),
    ]),
    ...askedPart(page, on),
    ...parts,
  ];
}

// Over a server: what is answered is answered of what is loaded, and more of what somebody says can be.
/** @param {Pick<Page, "records" | "lang" | "state">} page @param {Acts} on */
function askedPart({ records, lang, state }, on) {
  const loaded = loadedWords(records, lang);
  if (!loaded) return [];
  const { kind, a, b } = state.ask;
  const of = kind === "according" && a ? records.nodes.get(a)?.says.length : null;
  const cut = kind === "path" && a && b && records.data.served.cut.includes([a, b].sort().join(" "));
  return [
    make("p", { class: "aside" }, [
      loaded,
      " ",
      cut ? word(lang, "servedCut") : "",
      of
        ? button(word(lang, "servedMoreTold"), () => on.moreTold(a), { class: "link", data: { key: "more-told" } })
        : "",
    ]),
  ];
}

/**
 * The ways to ask, as a list of buttons with what each answers.
 * @param {Pick<Page, "records" | "lang">} page @param {Acts} on @param {boolean} long
 */
export function askButtons({ records, lang }, on, long) {
  const kinds = [
    ["path", "askPath"],
    ["without", "askWithout"],
    ["according", "askAccording"],
    ["names", "askNames"],
  ].filter(([kind]) => kind !== "according" || speakersOf(records).length > 1);
  return make(
    "ul",
    { class: long ? "asks long" : "asks" },
    kinds.map(([kind, text]) =>
      make("li", {}, [
        button(word(lang, text), () => on.ask({ kind }), { class: "link", data: { key: `ask:${kind}` } }),
        long ? make("span", { class: "aside", text: word(lang, `${text}Long`) }) : null,
      ]),
    ),
  );
}

// ---- paths

/** @param {Page} page @param {Acts} on */
function renderPath(page, on) {
  const { records, lang, state, answer } = page;
  const { ask } = state;
  const form = make("div", { class: "ask-form" }, [
    picker(page, "pathFrom", ask.a, { fits: (id) => id !== ask.b }, on, (a) => on.ask((now) => patched(now, { a }))),
    picker(page, "pathTo", ask.b, { fits: (id) => id !== ask.a }, on, (b) => on.ask((now) => patched(now, { b }))),
    ask.a && ask.b
      ? button(`⇅ ${word(lang, "swap")}`, () => on.ask({ ...ask, a: ask.b, b: ask.a, at: 0 }), {
          class: "link",
          data: { key: "swap" },
        })
      : null,
    walkMore(page, ask, on),
  ]);
  if (!ask.a || !ask.b || ask.a === ask.b)
    return [heading(page), form, make("p", { class: "quiet", text: word(lang, "pathPick") })];
  const limits = page.lens.filtered ? make("p", { class: "hidden-note", text: word(lang, "underFilters") }) : null;
  const { path, paths, direct } = answer;
  if (!path)
    return [
      heading(page),
      form,
      limits,
      // A way there is comes before the news that none was found without it.
      answer.offers.length ? offered(page, on) : null,
      ...nothingFound(page).map((text, index) => make("p", { class: index ? "note" : "answer", text })),
      answer.offers.length ? null : offered(page, on),
    ];
  return [
    heading(page),
    form,
    limits,
    make("p", { class: "answer", text: pathHead(records, path, direct, lang) }),
    paths.length > 1 ? ways(page, on) : null,
    ...pathSteps(page, path, on),
    make("div", { class: "actions" }, [
      button(word(lang, "copyPath"), () => on.copy(pathCopy(page, path, direct)), {
        class: "link",
        data: { key: "copy" },
      }),
    ]),
  ];
}

// A field may settle after another question was asked.
/** @param {any} now @param {any} ends */
function patched(now, ends) {
  return now?.kind === "path" ? { ...now, ...ends, at: 0 } : now;
}

/** @param {Pick<Page, "records" | "lang" | "state" | "answer">} page */
function nothingFound({ records, lang, state: { ask }, answer }) {
  return pathNothing(
    records,
    ask.a,
    ask.b,
    answer.direct,
    rules.asked.filter((each) => !(ask.asked ?? []).includes(each)),
    lang,
  ).split("\n");
}

// What there is with more ticks: how long, by way of whom, how weak, what it needs; one click shows it.
/** @param {Pick<Page, "records" | "lang" | "state" | "answer">} page @param {Acts} on */
function offered({ records, lang, state: { ask }, answer }, on) {
  if (!answer.offers.length) return make("p", { class: "note", text: word(lang, "offerNone") });
  return make("section", { class: "part offers" }, [
    make("h3", { text: word(lang, "offerTitle") }),
    ...answer.offers.map(({ path, asked, through, needs }, index) =>
      make("div", { class: "offer" }, [
        make("p", { text: `${wayWords(records, path, lang)}.` }),
        make("p", { class: "note" }, [
          make("b", {
            text: word(lang, "offerNeeds", {
              list: needs.map((each) => word(lang, WALK_WORDS[each] ?? THROUGH_WORDS[each])).join(", "),
            }),
          }),
          ` ${weakestWords(records, path, lang)} `,
          button(word(lang, "offerShow"), () => on.ask({ ...ask, asked, through, at: 0 }), {
            class: "link",
            data: { key: `offer:${index}` },
          }),
        ]),
      ]),
    ),
  ]);
}

/** @param {Records} records @param {any} path @param {Lang} lang */
function wayWords(records, path, lang) {
  const between = path.hops
    .slice(0, -1)
    .map((hop) =>
      records.nodes.get(hop.target).type === "statement"
        ? `“${nameOf(records, hop.target, lang)}”`
        : nameOf(records, hop.target, lang),
    );
  const how = between.length ? word(lang, "pathVia", { names: joinNames(between, lang) }) : word(lang, "pathStraight");
  return `${word(lang, "pathCount", { n: path.hops.length })}, ${how}`;
}

// What is walked only when it is ticked: folded away until something is; when nothing is found, what it takes is
// offered.
/** @param {Pick<Page, "records" | "lang">} page @param {any} ask @param {Acts} on */
function walkMore({ records, lang }, ask, on) {
  const ticked = (ask.asked ?? []).length + (ask.through ?? []).length;
  const lists = [
    ticks(
      lang,
      "alsoWalk",
      rules.asked
        .filter((each) => [...records.props.values()].some((prop) => prop.needs.includes(each)))
        .map((each) => [each, word(lang, WALK_WORDS[each])]),
      ask.asked ?? [],
      (asked) => on.ask({ ...ask, asked, at: 0 }),
    ),
    ticks(
      lang,
      "walkThrough",
      throughAsked()
        .filter((each) => each === "speaker" || occurs(records, stopsBy(each)))
        .map((each) => [each, word(lang, THROUGH_WORDS[each])]),
      ask.through ?? [],
      (through) => on.ask({ ...ask, through, at: 0 }),
    ),
  ];
  return make("details", { class: "walk-more", open: ticked > 0 }, [
    make("summary", {
      text: ticked ? `${word(lang, "walkMore")} · ${ticked}` : word(lang, "walkMore"),
      data: { key: "walk-more" },
    }),
    ...lists,
  ]);
}

// The alternatives, each by the names it passes.
/** @param {Pick<Page, "records" | "lang" | "state" | "answer">} page @param {Acts} on */
function ways({ records, lang, state, answer }, on) {
  const at = answer.paths.indexOf(answer.path);
  return make(
    "div",
    { class: "ways", role: "group", "aria-label": word(lang, "pathOther", { n: answer.paths.length }) },
    [
      make("h3", { text: word(lang, "pathOther", { n: answer.paths.length }) }),
      make(
        "ul",
        {},
        answer.paths.map((path, index) =>
          make("li", {}, [
            button(wayWords(records, path, lang), () => on.ask({ ...state.ask, at: index }), {
              class: "way",
              "aria-pressed": String(index === at),
              data: { key: `way:${index}` },
            }),
          ]),
        ),
      ),
    ],
  );
}

/** @param {Page} page @param {any} path @param {Acts} on */
function pathSteps(page, path, on) {
  const { records, lang } = page;
  const notes = new Map();
  /** @param {string} id */
  const mark = (id) => {
    if (!notes.has(id)) notes.set(id, notes.size + 1);
    return `[${notes.get(id)}]`;
  };
  const steps = path.hops.map((hop, index) => {
    const open = () => (hop.prop ? on.prop(hop.prop) : on.thing({ type: "speaks", id: speaksEdge(records, hop).id }));
    const link = button("", open, { class: "row-link", data: { key: `step:${index}` } });
    const marks = hop.claims
      .slice(0, hop.prop ? hop.claims.length : LISTED)
      .map(mark)
      .join("");
    link.append(
      make("span", { class: "step-number", text: `${index + 1}. ` }),
      lineGlyph(hop.line, 26),
      make("bdi", {}, [hopSentence(records, hop, lang), make("sup", { text: ` ${marks}` })]),
    );
    return make("li", { class: index === path.weakest ? "weakest" : "" }, [link]);
  });
  return [
    make("ol", { class: "steps rows" }, steps),
    make("p", { class: "standing", text: weakestWords(records, path, lang) }),
    make("p", { class: "note", text: word(lang, "pathRule") }),
    path.leftOut.length ? make("p", { class: "note", text: leftOutWords(path.leftOut, lang) }) : null,
    make(
      "ol",
      { class: "footnotes" },
      [...notes.keys()].map((id) => make("li", { text: footnote(records, records.claims.get(id), lang) })),
    ),
  ];
}

/** @param {Records} records @param {any} hop */
function speaksEdge(records, hop) {
  const about = hop.speaker === hop.target ? hop.source : hop.target;
  return records.edgesOf
    .get(hop.speaker)
    .find((edge) => edge.type === "speaks" && edge.from === hop.speaker && edge.to === about);
}

/** @param {Records} records @param {string[]} kinds */
function occurs(records, kinds) {
  /** @param {any} kind */
  const broader = (kind) => (kind && !kinds.includes(kind) ? broader(records.data.kinds[kind]?.broader) : kind);
  return [...records.nodes.values()].some((node) => node.type !== "statement" && broader(node.kind));
}

// ---- without a source

/** @param {Page} page @param {Acts} on */
function renderWithout(page, on) {
  const { records, lens, lang, state, answer } = page;
  const all = sourcesOf(records);
  const options = all.map(({ id, n, all: every }) => [
    id,
    word(lang, every ? "allPass" : "sourceCount", { name: sourceName(records, id, lang), n }),
    every,
  ]);
  const form = make("div", { class: "ask-form" }, [
    choice(lang, "withoutSource", options, state.ask.source, (source) => on.ask({ kind: "without", source }), true),
  ]);
  const { left } = answer;
  if (!left) return [heading(page), form, make("p", { class: "quiet", text: word(lang, "withoutPick") })];
  const lists = [
    ["leftRelationships", left.relationships],
    ["leftWeaker", left.weaker.map(([id]) => id)],
    ["leftUnanswered", left.unanswered],
  ];
  const now = new Map(left.weaker);
  const vanished = left.relationships
    .map((id) => records.props.get(id))
    .filter((prop) => prop.value)
    .map((prop) => inLanguage(prop.literal, lang));
  const nothing = !left.actors.length && !left.denials.length && lists.every(([, ids]) => !ids.length);
  return [
    heading(page),
    form,
    make("p", { class: "answer", text: withoutWords(records, left, lang) }),
    vanished.length
      ? make("p", { class: "note vanished", text: word(lang, "leftFigures", { list: vanished.join("; ") }) })
      : null,
    left.allGone ? make("p", { class: "quiet", text: word(lang, "withoutAll") }) : null,
    listed(
      lang,
      "leftRelationships",
      left.relationships,
      propList(page, left.relationships, on, LISTED, (id) => lostWords(records, id, left, lang)),
    ),
    listed(lang, "leftActors", left.actors, nodeList(page, left.actors, on)),
    listed(lang, "leftDenials", left.denials, claimList(page, left.denials, on, LISTED)),
    listed(lang, "leftUnanswered", left.unanswered, propList(page, left.unanswered, on, LISTED)),
    listed(
      lang,
      "leftWeaker",
      [...now.keys()],
      propList(page, [...now.keys()], on, LISTED, (id) =>
        word(lang, "nowStands", { standing: standingWords(records, id, lang, now.get(id)) }),
      ),
    ),
    nothing ? make("p", { class: "quiet", text: word(lang, "leftNothing") }) : null,
    copyButton(page, on, [
      withoutWords(records, left, lang),
      ...(vanished.length ? [word(lang, "leftFigures", { list: vanished.join("; ") })] : []),
      { title: word(lang, "leftRelationships"), props: left.relationships },
      { title: word(lang, "leftActors"), nodes: left.actors },
      { title: word(lang, "leftDenials"), claims: left.denials },
      { title: word(lang, "leftUnanswered"), props: left.unanswered },
      { title: word(lang, "leftWeaker"), props: [...now.keys()] },
    ]),
    lens.filtered ? null : make("p", { class: "quiet", text: word(lang, "noFilters") }),
  ];
}

// How many are gone of how many, which of them are its own, and what is not counted: the filter counts only its own,
// the bar all.
/** @param {Records} records @param {{ source: any; gone: any; of: any }} given @param {Lang} lang */
function withoutWords(records, { source, gone, of }, lang) {
  const own = gone.filter((id) => records.claims.get(id).speaker === source).length;
  const rest = records.claims.size - of;
  return [
    word(lang, "withoutHead", { n: gone.length, m: of }),
    own ? word(lang, "withoutOwn", { n: own }) : "",
    gone.length > own ? word(lang, "withoutVia", { n: gone.length - own }) : "",
    rest ? word(lang, "withoutRest", { n: rest }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

// Why a relationship is left without a source: who said so, and that they had it from there.
/** @param {Records} records @param {string} id @param {{ source: any }} given @param {Lang} lang */
function lostWords(records, id, { source }, lang) {
  const claims = records.props
    .get(id)
    .affirmedBy.map((each) => records.claims.get(each))
    .filter(Boolean);
  const others = [
    ...new Set(claims.filter((claim) => claim.speaker !== source).map((claim) => speakerName(records, claim, lang))),
  ];
  const own = claims.some((claim) => claim.speaker === source);
  return [
    own ? word(lang, "lostOwn") : "",
    others.length
      ? word(lang, "lostFrom", { names: joinNames(others, lang), name: sourceName(records, source, lang) })
      : "",
  ]
    .filter(Boolean)
    .join("; ");
}

// ---- names

/** @param {Page} page @param {Acts} on */
function renderNames(page, on) {
  const { lang, state, index } = page;
  const result = make("div", { class: "names-result", "aria-live": "polite" });
  const field = make("textarea", {
    class: "names-field",
    rows: 6,
    "aria-label": word(lang, "namesField"),
    placeholder: word(lang, "namesHint"),
    value: state.ask.text ?? "",
    spellcheck: "false",
    data: { key: "names" },
    on: {
      input: () => {
        on.keep({ ask: { kind: "names", text: field.value } });
        show(field.value);
      },
    },
  });
  /** @param {any} text */
  const show = (text) => {
    const found = namesIn(index, text);
    on.names?.(found.filter((each) => !each.ids.length).map((each) => each.name));
    const here = found.filter((each) => each.ids.length === 1).map((each) => each.ids[0]);
    const several = found.filter((each) => each.ids.length > 1);
    const gone = found.filter((each) => !each.ids.length);
    result.replaceChildren(
      ...(found.length
        ? [
            make("p", {
              class: "answer",
              text: [
                word(lang, "namesFound", { n: here.length, m: found.length }),
                several.length ? word(lang, "namesUnclear", { n: several.length }) : "",
              ]
                .filter(Boolean)
                .join(" "),
            }),
            here.length
              ? make("div", { class: "actions" }, [
                  button(
                    word(lang, "namesSelect"),
                    () =>
                      on.set({
                        picked: [...new Set([...state.picked, ...here])],
                        ask: here.length > 1 ? { kind: "join" } : { kind: "names", text },
                      }),
                    { class: "link", data: { key: "names-select" } },
                  ),
                ])
              : "",
            ...several.map((each) =>
              section(word(lang, "namesWhich", { name: each.name }), each.ids, nodeList(page, each.ids, on)),
            ),
            listed(lang, "namesHere", here, nodeList(page, [...new Set(here)], on)) ?? "",
            gone.length
              ? section(
                  word(lang, "namesGone"),
                  gone,
                  make(
                    "ul",
                    { class: "plain-list" },
                    gone.map((each) => make("li", {}, [bdi(each.name)])),
                  ),
                )
              : "",
          ]
        : [make("p", { class: "quiet", text: word(lang, "namesEmpty") })]),
    );
  };
  show(state.ask.text ?? "");
  return [heading(page), field, result];
}

// ---- what joins several

/** @param {Page} page @param {Acts} on */
function renderJoin(page, on) {
  const { records, lang, state, answer } = page;
  const list = make("section", { class: "part" }, [nodeList(page, state.picked, on)]);
  if (state.picked.length < 2)
    return [
      heading(page),
      make("p", { class: "quiet", text: word(lang, "joinPick") }),
      state.picked.length ? list : null,
      make("p", { class: "aside", text: word(lang, "pickedHint") }),
    ];
  const { direct, unaffirmed, shared, speakers } = answer;
  const lists = [
    { title: word(lang, "joinDirect"), props: direct },
    ...shared.map((each) => ({
      title: `${word(lang, "joinShared")}: ${nameOf(records, each.node, lang)}`,
      props: each.props,
    })),
    { title: word(lang, "joinUnaffirmed"), props: unaffirmed },
  ];
  return [
    heading(page),
    page.lens.filtered ? make("p", { class: "hidden-note", text: word(lang, "underFilters") }) : null,
    make("p", {
      class: "answer",
      text:
        direct.length || shared.length ? `${word(lang, "joinHead", { n: direct.length })}.` : word(lang, "joinNothing"),
    }),
    list,
    listed(lang, "joinDirect", direct, propList(page, direct, on, LISTED)),
    shared.length
      ? section(
          word(lang, "joinShared"),
          shared,
          make(
            "div",
            {},
            shared.map((each) =>
              make("div", { class: "shared" }, [
                nodeList(page, [each.node], on),
                make("p", {
                  class: "aside",
                  text: word(lang, "joinSharedOf", {
                    names: joinNames(
                      each.of.map((id) => nameOf(records, id, lang)),
                      lang,
                    ),
                  }),
                }),
                propList(page, each.props, on, 3),
              ]),
            ),
          ),
        )
      : null,
    listed(
      lang,
      "joinSpeakers",
      speakers,
      nodeList(
        page,
        speakers.map((each) => each.node),
        on,
      ),
    ),
    listed(lang, "joinUnaffirmed", unaffirmed, propList(page, unaffirmed, on, LISTED)),
    ticks(lang, "walkThrough", [["wide", word(lang, "joinWide")]], state.ask.wide ? ["wide"] : [], (on_) =>
      on.ask({ kind: "join", wide: on_.includes("wide") }),
    ),
    make("div", { class: "actions" }, [
      state.picked.length === 2
        ? button(word(lang, "pickedPath"), () => on.ask({ kind: "path", a: state.picked[0], b: state.picked[1] }), {
            class: "link",
            data: { key: "join-path" },
          })
        : null,
      button(word(lang, "copyList"), () => on.copy(listCopy(page, askTitle(page), lists)), {
        class: "link",
        data: { key: "copy" },
      }),
    ]),
  ];
}

// ---- pieces

/**
 * A row of boxes to tick. options: [[value, name]]; run(list of ticked values).
 * @param {Lang} lang @param {any} title @param {any} options @param {any} ticked @param {any} run
 */
function ticks(lang, title, options, ticked, run) {
  if (!options.length) return null;
  return make("div", { class: "ticks", role: "group", "aria-label": word(lang, title) }, [
    make("span", { class: "ticks-title", text: word(lang, title) }),
    ...options.map(([value, name]) => {
      const box = make("input", {
        type: "checkbox",
        checked: ticked.includes(value),
        data: { key: `tick:${title}:${value}` },
        on: { change: () => run(box.checked ? [...ticked, value] : ticked.filter((each) => each !== value)) },
      });
      return make("label", {}, [box, make("span", { text: name })]);
    }),
  ]);
}

/**
 * What is selected together, and what can be asked of it; nothing when nothing is.
 * @param {Pick<Page, "records" | "lang" | "state">} page @param {Acts} on
 */
export function pickedBar({ records, lang, state }, on) {
  const { picked } = state;
  if (!picked.length || state.ask?.kind === "join") return null;
  return make("div", { class: "picked-bar", role: "group", "aria-label": word(lang, "picked", { n: picked.length }) }, [
    make("p", {}, [
      make("b", { text: word(lang, "picked", { n: picked.length }) }),
      ": ",
      bdi(namesTitle(records, picked, lang)),
    ]),
    make("div", { class: "actions" }, [
      picked.length > 1
        ? button(word(lang, "askJoin"), () => on.ask({ kind: "join" }), { class: "link", data: { key: "picked-join" } })
        : null,
      picked.length === 2
        ? button(word(lang, "pickedPath"), () => on.ask({ kind: "path", a: picked[0], b: picked[1] }), {
            class: "link",
            data: { key: "picked-path" },
          })
        : null,
      button(
        word(lang, "pickedHide"),
        () => on.set({ hidden: [...new Set([...state.hidden, ...picked])], picked: [] }),
        { class: "link", data: { key: "picked-hide" } },
      ),
      button(word(lang, "pickedNone"), () => on.set({ picked: [] }), { class: "link", data: { key: "picked-none" } }),
    ]),
  ]);
}

/**
 * The title of a list of steps as it is read out.
 * @param {Pick<Page, "records" | "lang" | "state" | "answer">} page
 */
export function askSaid({ records, lang, state, answer }) {
  if (state.ask.kind === "path" && answer.path) return pathHead(records, answer.path, answer.direct, lang);
  if (state.ask.kind === "path" && answer.offers)
    return [
      ...nothingFound({ records, lang, state, answer }),
      answer.offers.length ? word(lang, "offerTitle") : word(lang, "offerNone"),
    ].join(" ");
  if (state.ask.kind === "without" && answer.left)
    return [
      `${askTitle({ records, lang, state })}.`,
      withoutWords(records, answer.left, lang),
      `${word(lang, "leftRelationships")}: ${answer.left.relationships.length}.`,
    ].join(" ");
  return inLanguage(askTitle({ records, lang, state }), lang);
}
