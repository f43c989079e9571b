// One statement in the panel: who says it and for whom, the verb, our summary, the way it came, what qualifies it,
// the place.
import { sinceWords } from "../model/rows.js";
import { inLanguage } from "../model/text.js";
import { answersWords, placeWords } from "../model/docket.js";
import { nameOf, speakerName, stanceVerb } from "../model/standing.js";
import { word } from "../words.js";
import { documentLink } from "./doclink.js";
import { bdi, button, make } from "./dom.js";

/**
 * A statement as an article, in the panel of `propId`. on.node(id) opens its speaker, on.prop(id) what it is said of.
 * @param {Page} page @param {Claim} claim @param {string} propId @param {Acts} on
 */
export function renderClaim(page, claim, propId, on) {
  const { records, lang } = page;
  const soft = claim.side === "affirm" && claim.firm === false;
  const text = inLanguage(claim.summary, lang) || inLanguage(claim.sentence, lang);
  return make("article", { class: `claim ${claim.side}${soft ? " weak" : ""}${claim.withdrawn ? " withdrawn" : ""}` }, [
    make("p", { class: "who" }, whoSays(page, claim, on)),
    make("p", { class: "words-of-ours", text }),
    chainLine(claim, lang),
    chips(records, claim, lang),
    claim.prop === propId ? null : narrower(page, claim.prop, on),
    make("p", { class: "aside", text: placeLine(records, claim, lang) }),
    documentLink(records.documents.get(claim.document), lang),
    claim.words ? wordsToggle(claim, lang) : make("p", { class: "aside no-words", text: word(lang, "noWordsHere") }),
    records.data.internal ? checkedMark(page, claim, on) : null,
  ]);
}

// Our own mark that somebody looked a statement up; only in a page that is not for publication.
/** @param {Pick<Page, "records" | "lang" | "state">} page @param {Claim} claim @param {Acts} on */
function checkedMark({ records, lang, state }, claim, on) {
  const id = [...records.props.get(claim.prop).claims].find((each) => records.claims.get(each) === claim);
  const box = make("input", {
    type: "checkbox",
    checked: state.checked.includes(id),
    data: { key: `checked:${id}` },
    on: { change: () => on.check(id, box.checked) },
  });
  return make("label", { class: "checked-mark" }, [box, make("span", { text: word(lang, "checkedMark") })]);
}

/** @param {Pick<Page, "records" | "lang">} page @param {Claim} claim @param {Acts} on */
function whoSays({ records, lang }, claim, on) {
  if (claim.speaker === null) {
    const verb = claim.side === "affirm" && claim.stance === "asserted" ? null : stanceVerb(records, claim, lang);
    return verb
      ? [make("b", { text: word(lang, "notStated") }), ` ${verb}`]
      : [make("b", { text: word(lang, "reported") }), `, ${word(lang, "byWhom")}`];
  }
  const name = bdi(speakerName(records, claim, lang));
  const who = button("", () => on.node(claim.speaker), { class: "name" });
  who.append(name);
  const forWhom = claim.for
    ? make("span", { class: "for-whom" }, [` (${word(lang, "forWhom", { name: nameOf(records, claim.for, lang) })})`])
    : null;
  return [who, forWhom, make("span", { class: "verb", text: ` ${stanceVerb(records, claim, lang)}` })];
}

/** @param {Claim} claim @param {Lang} lang */
function chainLine(claim, lang) {
  const steps = inLanguage(claim.chain, lang)
    .split("›")
    .map((step) => step.trim())
    .filter(Boolean);
  const parts = steps.flatMap((step, index) =>
    index ? [make("i", { text: "›", "aria-hidden": "true" }), bdi(step)] : [bdi(step)],
  );
  return make("p", { class: "chain" }, [make("span", { class: "unseen", text: `${word(lang, "chain")}: ` }), ...parts]);
}

// A statement about a narrower or wider relationship, or the event behind it, counts here and says what it was said of.
/** @param {Pick<Page, "records" | "lang">} page @param {string} id @param {Acts} on */
function narrower({ records, lang }, id, on) {
  const link = button("", () => on.prop(id), { class: "link" });
  link.append(bdi(inLanguage(records.props.get(id)?.title, lang)));
  return make("p", { class: "aside" }, [`${word(lang, "saidOfNarrower")} `, link]);
}

/** @param {Records} records @param {Claim} claim @param {Lang} lang */
function chips(records, claim, lang) {
  const list = [sinceWords(claim, lang)].filter(Boolean);
  if (claim.modality !== "actual") list.push(word(lang, claim.modality));
  for (const hedge of claim.hedges) list.push(word(lang, "qualified", { words: inLanguage(hedge, lang) }));
  if (claim.reportedly && !claim.hedges.some((hedge) => /reportedly/i.test(inLanguage(hedge, lang))))
    list.push(word(lang, "reportedly"));
  if (claim.implied) list.push(word(lang, claim.inferred ? "inferred" : "implied"));
  list.push(...answersWords(records, claim, lang));
  if (claim.alternatives.length) list.push(word(lang, "alternative"));
  if (claim.withdrawn) list.push(word(lang, "withdrawn"));
  if (claim.corrected) list.push(word(lang, "corrected", { words: inLanguage(claim.corrected, lang) }));
  return list.length
    ? make(
        "ul",
        { class: "chips" },
        list.map((text) => make("li", { text })),
      )
    : null;
}

/** @param {Records} records @param {Claim} claim @param {Lang} lang */
function placeLine(records, claim, lang) {
  const parts = [placeWords(records, claim, lang)];
  if (claim.start !== null && claim.end !== null && claim.start !== undefined)
    parts.push(word(lang, "characters", { a: claim.start, b: claim.end }));
  if (claim.said) parts.push(word(lang, "saidOn", { date: inLanguage(claim.said, lang) }));
  return parts.join(" · ");
}

/** @param {Claim} claim @param {Lang} lang */
function wordsToggle(claim, lang) {
  const quote = make("blockquote", { class: "quote", hidden: true, text: claim.words });
  const toggle = button(
    word(lang, "showWords"),
    () => {
      quote.hidden = !quote.hidden;
      toggle.textContent = word(lang, quote.hidden ? "showWords" : "hideWords");
      toggle.setAttribute("aria-expanded", String(!quote.hidden));
    },
    { class: "link", "aria-expanded": "false" },
  );
  return make("div", {}, [toggle, quote]);
}
