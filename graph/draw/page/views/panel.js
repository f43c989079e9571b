// The panel, "Who says what": a relationship with both sides, an actor, or one who speaks; "Start here" when nothing
// is chosen.
import { copyText, readActor, readDocket, saidBetween, silenceWords } from "../model/docket.js";
import { capital, inLanguage, isolate, joinNames, readableDate } from "../model/text.js";
import { kindName } from "../model/stats.js";
import { saidIn } from "../model/timeline.js";
import { nameOf, partsTitle, speakerName, speaksTitle, standingWords } from "../model/standing.js";
import { word } from "../words.js";
import { pickedBar, renderAsk } from "./asking.js";
import { askTitle } from "./askparts.js";
import { renderClaim } from "./claim.js";
import { bdi, button, focusKey, make } from "./dom.js";
import { shapeGlyph } from "./glyph.js";
import { claimList, propList } from "./lists.js";
import { typeAgain, typedIn } from "./picker.js";
import { renderStart } from "./start.js";
import { asData, groupTitle, nodeActs, renderGroup, renderParts } from "./together.js";

const SLOT_ROWS = 12;
const HIDDEN_WORDS = {
  later: { denialHidden: "laterAnswers", affirmHidden: "laterOther", otherHidden: "laterOther" },
  outside: { denialHidden: "outsideAnswers", affirmHidden: "outsideAffirming", otherHidden: "outsideOther" },
};

/**
 * Fills the panel for what is selected, else for what is asked. page: {records, lens, lang, state, unticked, answer};
 * on: what its buttons do.
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderPanel(place, page, on) {
  const { selected, slot, ask } = page.state;
  /** @param {any} text @param {any} glyph */
  const crumbed = (text, glyph) => crumb(page, on, text, glyph);
  const parts = !selected
    ? slot
      ? renderSlot(page, on)
      : ask
        ? renderAsk(page, on)
        : renderStart(page, on)
    : selected.type === "prop"
      ? renderProp(page, selected.id, on)
      : selected.type === "node"
        ? renderNode(page, selected.id, on)
        : selected.type === "group"
          ? renderGroup(page, selected.id, on, crumbed)
          : selected.type === "parts"
            ? renderParts(page, selected.id, on, crumbed)
            : renderSpeaks(page, selected.id, on);
  // What is shown of the same thing keeps its place and the focus in it.
  const subject = selected ? `${selected.type}:${selected.id}` : slot ? "slot:" : ask ? `ask:${ask.kind}` : "start";
  const same = place.dataset.subject === subject;
  const top = same ? place.scrollTop : 0;
  const focused = same ? focusKey(place) : null;
  const typed = same ? typedIn(place) : null;
  place.dataset.subject = subject;
  place.replaceChildren(...[pickedBar(page, on), ...parts].filter(Boolean));
  place.scrollTop = top;
  if (focused)
    [...place.querySelectorAll("[data-key]")]
      .find((each) => each.dataset.key === focused)
      ?.focus({ preventScroll: true });
  typeAgain(typed);
}

/**
 * The title of a thing, for the live readout.
 * @param {Page} page @param {any} thing
 */
export function titleOf(page, thing) {
  const { records, scene, lang } = page;
  if (thing.type === "group") return groupTitle(page, thing.id);
  if (thing.type === "parts") {
    const item = scene.edges.find(({ edge }) => edge.id === thing.id);
    return item ? partsTitle(scene.records, item.edge, lang) : word(lang, "partsOf");
  }
  if (thing.type === "prop") return inLanguage(records.props.get(thing.id).title, lang);
  if (thing.type === "node") return nameOf(records, thing.id, lang);
  return speaksTitle(records, records.edges.get(thing.id), lang);
}

/** @param {Page} page @param {string} id @param {Acts} on */
function renderProp(page, id, on) {
  const { records, lens, lang } = page;
  const docket = readDocket(records, lens, id);
  const { prop, seen } = docket;
  const line = seen?.line ?? prop.line;
  return [
    crumb(page, on, word(lang, "relationship")),
    make("h2", { class: "sentence", tabindex: "-1" }, [
      bdi(inLanguage(prop.summary, lang) || inLanguage(prop.title, lang)),
    ]),
    make("p", { class: `standing standing-${line}`, text: standingWords(records, id, lang, line) }),
    prop.sensitive ? make("p", { class: "note", text: capital(word(lang, "standSensitive")) }) : null,
    prop.accepted
      ? make("p", {
          class: "note",
          text: word(lang, "basis", {
            basis: inLanguage(prop.accepted.basis, lang),
            record: inLanguage(prop.accepted.record, lang),
            by: inLanguage(prop.accepted.by, lang),
            date: readableDate(prop.accepted.on, lang),
          }),
        })
      : null,
    facts([
      word(lang, "statements", { n: docket.affirm.length + docket.oppose.length + docket.neither.length }),
      prop.origins ? word(lang, "origins", { n: prop.origins }) : word(lang, "noOrigin"),
      saidBetween(records, id, lang),
    ]),
    prop.of
      ? make("p", { class: "hidden-note", text: word(lang, "servedClaims", { n: prop.claims.length, m: prop.of }) })
      : null,
    make("div", { class: docket.affirm.length && docket.oppose.length ? "sides two" : "sides" }, [
      side(page, id, "saysSo", docket.affirm, "affirmHidden", on),
      side(page, id, "opposes", docket.oppose, "denialHidden", on),
      side(page, id, "neither", docket.neither, "otherHidden", on),
    ]),
    docket.answered ? null : make("p", { class: "quiet", text: silenceWords(records, lang) }),
    ...docket.declined.map(({ claim }) =>
      make("p", {
        class: "quiet",
        text: word(lang, "declinedNote", { name: isolate(speakerName(records, claim, lang)) }),
      }),
    ),
    beside(page, "rivals", docket.rivals, on),
    beside(page, "narrows", docket.narrows ? [docket.narrows] : [], on),
    beside(page, "aboutOf", docket.inside, on),
    beside(page, "about", docket.about, on),
    make("div", { class: "actions" }, [
      button(word(lang, "copy"), () => on.copy(copyText(records, lens, id, lang, page.unticked)), { class: "link" }),
      asData(page, id),
    ]),
  ];
}

// A side keeps its place when the filter hides all of it: how many it hides is said, with a way to show them.
/**
 * @param {Page} page @param {string} propId @param {any} title @param {any} list @param {string} hiddenKey
 * @param {Acts} on
 */
function side(page, propId, title, list, hiddenKey, on) {
  if (!list.length) return null;
  const { lang } = page;
  const gone = list.filter((each) => !each.shown);
  const reason = gone.every((each) => each.why === "later")
    ? "later"
    : gone.every((each) => each.why === "outside")
      ? "outside"
      : "filter";
  const key = reason === "filter" ? hiddenKey : (HIDDEN_WORDS[reason][hiddenKey] ?? hiddenKey);
  const parts = list.filter((each) => each.shown).map((each) => renderClaim(page, each.claim, propId, on));
  const extra = gone.map((each) => {
    const claim = renderClaim(page, each.claim, propId, on);
    claim.hidden = true;
    return claim;
  });
  const notice = gone.length
    ? make("p", { class: "hidden-note" }, [
        word(lang, key, { n: gone.length }),
        " ",
        button(
          word(lang, "showIt"),
          () => {
            extra.forEach((each) => {
              each.hidden = false;
            });
            notice.remove();
          },
          { class: "link" },
        ),
      ])
    : null;
  return make("section", { class: `side-of ${title}` }, [
    make("h3", {}, [
      make("span", { text: word(lang, title) }),
      make("span", { class: "count", text: String(list.length) }),
    ]),
    ...parts,
    notice,
    ...extra,
  ]);
}

/** @param {Page} page @param {any} title @param {string[]} ids @param {Acts} on */
function beside(page, title, ids, on) {
  if (!ids.length) return null;
  return make("section", { class: "part" }, [make("h3", { text: word(page.lang, title) }), propList(page, ids, on)]);
}

/** @param {Page} page @param {string} id @param {Acts} on */
function renderNode(page, id, on) {
  const { records, lens, lang } = page;
  const actor = readActor(records, lens, id);
  const { node } = actor;
  const aliases = node.aliases.map((alias) => inLanguage(alias, lang)).filter(Boolean);
  return [
    crumb(page, on, kindName(records, node.kind, lang), shapeGlyph(records.data.kinds[node.kind])),
    make("h2", { class: "sentence", tabindex: "-1" }, [bdi(nameOf(records, id, lang))]),
    node.subtitle ? make("p", { class: "lead" }, [bdi(inLanguage(node.subtitle, lang))]) : null,
    ...wholesOf(page, actor.facts, on),
    aliases.length
      ? make("p", { class: "aside", text: word(lang, "alsoCalled", { names: joinNames(aliases, lang) }) })
      : null,
    facts([
      word(lang, "relationships", { n: actor.said.length + actor.facts.length }),
      actor.says.length ? word(lang, "statementsOwn", { n: actor.says.length }) : "",
    ]),
    restOfNode(page, node, on),
    nodeActs(page, id, on),
    part(lang, "saidOfIt", actor.said, propList(page, actor.said, on, 8), actor.facts.length ? null : "saidNothing"),
    part(lang, "figuresOfIt", actor.facts, propList(page, actor.facts, on, 8), null),
    part(lang, "saysIt", actor.says, claimList(page, actor.says, on, 8), "saysNothing"),
    part(
      lang,
      "answersBy",
      actor.answers,
      claimList(page, actor.answers, on, 8),
      actor.said.length + actor.facts.length ? "nobodyAnswers" : null,
    ),
  ];
}

// An event is told whole before its parts: who did what, to whom, when, as each tells it, and who denies it.
/** @param {Page} page @param {string[]} ids @param {Acts} on */
function wholesOf({ records, lang }, ids, on) {
  return ids
    .filter((id) => records.props.get(id).relation === "occurred")
    .map((id) => {
      const { summary, title } = records.props.get(id);
      const open = button("", () => on.prop(id), { class: "row-link", data: { key: `whole:${id}` } });
      open.append(bdi(inLanguage(summary, lang) || inLanguage(title, lang)));
      return make("p", { class: "lead whole" }, [open]);
    });
}

// Over a server: how much of what is said of it is here, with the way to more.
/** @param {Pick<Page, "records" | "lang">} page @param {any} node @param {Acts} on */
function restOfNode({ records, lang }, node, on) {
  if (!records.data.served || records.data.served.whole) return null;
  const { of } = node;
  if (!of) return make("p", { class: "quiet loading", text: word(lang, "serverAsking") });
  const shown = Math.min(of.shown, of.total);
  return make("div", { class: "rest-of" }, [
    make("p", {
      class: "aside",
      text: [
        word(lang, "servedOfNode", { n: of.total, k: shown }),
        shown < of.total ? word(lang, of.ranked ? "servedRanked" : "servedSampled") : "",
      ]
        .filter(Boolean)
        .join(" "),
    }),
    shown < of.total
      ? button(word(lang, "servedMore", { n: Math.min(of.page, of.total - shown) }), () => on.more(node.id), {
          class: "link",
          data: { key: "served-more" },
        })
      : null,
    of.told > 0 ? make("p", { class: "aside", text: word(lang, "servedSays", { n: of.told }) }) : null,
  ]);
}

/** @param {Lang} lang @param {any} title @param {string[]} ids @param {any} list @param {any} empty */
function part(lang, title, ids, list, empty) {
  if (!ids.length && !empty) return null;
  return make("section", { class: "part" }, [
    make("h3", {}, [
      make("span", { text: word(lang, title) }),
      ids.length ? make("span", { class: "count", text: String(ids.length) }) : null,
    ]),
    ids.length ? list : make("p", { class: "quiet", text: word(lang, empty) }),
  ]);
}

/** @param {Page} page @param {string} id @param {Acts} on */
function renderSpeaks(page, id, on) {
  const { records, lens, lang } = page;
  const edge = records.edges.get(id);
  const shown = edge.claims.filter((claim) => lens.shown.has(claim));
  const gone = edge.claims.length - shown.length;
  return [
    crumb(page, on, word(lang, "lineSpeaks")),
    make("h2", { class: "sentence", tabindex: "-1" }, [bdi(speaksTitle(records, edge, lang))]),
    make("p", { class: "lead", text: word(lang, "speaksLead") }),
    facts([word(lang, "statements", { n: edge.claims.length })]),
    make("section", { class: "part" }, [claimList(page, shown, on, 12)]),
    gone ? make("p", { class: "hidden-note", text: word(lang, "otherHidden", { n: gone }) }) : null,
  ];
}

// One date of the strip: what is said to be of it, or what was said on it.
/** @param {Page} page @param {Acts} on */
function renderSlot(page, on) {
  const { records, lens, lang, state, keep, slotWords } = page;
  const said = state.slot.row === "said";
  const claims = records.order.filter(
    (id) =>
      lens.shown.has(id) && (said ? saidIn(records, lens, state.slot).has(id) : keep.has(records.claims.get(id).prop)),
  );
  const props = said ? [] : [...new Set(claims.map((id) => records.claims.get(id).prop))];
  return [
    make("p", { class: "crumb" }, [
      button(`← ${state.ask ? askTitle(page) : word(lang, "back")}`, on.back, { class: "link", data: { key: "back" } }),
      make("span", { text: "·", "aria-hidden": "true" }),
      make("span", { text: word(lang, "timeline") }),
    ]),
    make("h2", {
      class: "sentence",
      tabindex: "-1",
      text: word(lang, said ? "chosenSaid" : "chosenHappened", { date: slotWords }),
    }),
    make("p", { class: "lead", text: word(lang, said ? "slotSaidLead" : "slotLead") }),
    props.length ? part(lang, "slotRelations", props, propList(page, props, on, SLOT_ROWS), null) : null,
    part(lang, "slotStatements", claims, claimList(page, claims, on, SLOT_ROWS), null),
  ];
}

/** @param {Page} page @param {Acts} on @param {any} text @param {any} [glyph] */
function crumb(page, on, text, glyph = null) {
  const to = page.state.slot ? page.slotWords : page.state.ask ? askTitle(page) : word(page.lang, "back");
  return make("p", { class: "crumb" }, [
    button(`← ${to}`, on.back, { class: "link" }),
    make("span", { text: "·", "aria-hidden": "true" }),
    glyph,
    make("span", { text }),
  ]);
}

/** @param {any} list */
function facts(list) {
  return make(
    "ul",
    { class: "facts" },
    list.filter(Boolean).map((text) => make("li", { text })),
  );
}
