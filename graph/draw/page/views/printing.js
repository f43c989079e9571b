// What goes on paper: a sheet of what is shown, and one for the lawyer with every relationship that could harm a
// reputation.
import { countFigure, statementsAmong } from "../model/counts.js";
import { placeWords } from "../model/docket.js";
import { footing, lawyerEntry, legendText, sensitiveProps } from "../model/footing.js";
import { speakerName, stanceVerb, standingWords } from "../model/standing.js";
import { inLanguage, readableDate } from "../model/text.js";
import { readSentences } from "../model/sentences.js";
import { word } from "../words.js";
import { bdi, make } from "./dom.js";

/**
 * The sheet of what is shown: the picture (an image element, or null), and the statements behind it.
 * @param {Page} page @param {any} picture
 */
export function shownSheet(page, picture) {
  const { records, lens, lang, state } = page;
  // Of a part that is drawn, what stands behind its lines; of a list, or of all, everything that the filters show.
  const part = state.view === "drawing" && state.shown !== "all";
  const behind = part ? propsDrawn(page.scene) : null;
  const keep = behind && page.keep ? new Set([...behind].filter((id) => page.keep.has(id))) : (behind ?? page.keep);
  const listed = records.order.filter((id) => lens.shown.has(id) && (!keep || keep.has(records.claims.get(id).prop)));
  const behindLines = {
    n: countFigure(records, "statements", new Set(listed)),
    m: statementsAmong(records, lens.shown).n,
  };
  return [
    ...sheetHead(page, inLanguage(records.data.opening, lang)),
    picture,
    make("p", {
      class: "sheet-how",
      text: [
        part ? word(lang, "sheetPart", behindLines) : "",
        word(lang, "sheetPlain", { standing: word(lang, "standSaid") }),
      ]
        .filter(Boolean)
        .join(" "),
    }),
    ...readSentences(records, lens, lang, keep).map((document) =>
      make("section", {}, [
        make("h2", {}, [bdi(document.label)]),
        make(
          "div",
          { class: "sheet-columns" },
          document.places.map((each) =>
            make("section", { class: "sheet-place" }, [
              make("h3", { text: each.place }),
              make(
                "ul",
                {},
                each.claims.map((id) => statementShort(page, records.claims.get(id))),
              ),
            ]),
          ),
        ),
      ]),
    ),
    ...sheetFoot(page),
  ];
}

/** @param {{ records: Records; edges: any; statements: any }} given */
function propsDrawn({ records, edges, statements }) {
  return new Set([
    ...edges.flatMap(({ edge }) => edge.parts ?? (edge.prop ? [edge.prop] : [])),
    ...statements.map((id) => records.nodes.get(id).prop),
  ]);
}

/**
 * The lawyer's sheet: every sensitive relationship, whatever the filters hide.
 * @param {Page} page
 */
export function lawyerSheet(page) {
  const { records, lang } = page;
  const props = sensitiveProps(records);
  const silent = word(lang, "noAnswer", { n: records.documents.size });
  const entries = props.map((id, index) => {
    const entry = lawyerEntry(records, id, lang);
    /** @param {any} title @param {any} claims */
    const list = (title, claims) =>
      claims.length
        ? [
            make("h4", { text: word(lang, title) }),
            make(
              "ul",
              {},
              claims.map((claim) => statementLine(page, claim)),
            ),
          ]
        : [];
    return make("section", { class: "sheet-entry" }, [
      make("h3", {}, [
        `${index + 1}. `,
        bdi(inLanguage(entry.prop.summary, lang) || inLanguage(entry.prop.title, lang)),
      ]),
      make("p", { class: "sheet-standing", text: standingWords(records, id, lang) }),
      ...list("saysSo", entry.affirm),
      ...list("opposes", entry.oppose),
      ...list("neither", entry.other),
      entry.oppose.length ? null : make("p", { text: silent }),
      ...entry.declined.map((claim) =>
        make("p", { text: word(lang, "declinedNote", { name: speakerName(records, claim, lang) }) }),
      ),
      make("p", {}, [make("b", { text: `${word(lang, "lawyerReply")}: ` }), repliesText(records, entry.replies, lang)]),
      make("p", {}, [make("b", { text: `${word(lang, "lawyerBasis")}: ` }), entry.basis]),
    ]);
  });
  return [
    ...sheetHead(page, word(lang, "lawyerLead", { n: props.length })),
    make("p", { text: word(lang, "lawyerAll") }),
    ...(entries.length ? entries : [make("p", { text: word(lang, "lawyerNone") })]),
    ...sheetFoot(page),
  ];
}

/** @param {Page} page @param {any} lead */
function sheetHead(page, lead) {
  const { records, lang } = page;
  return [
    make("h1", {}, [bdi(inLanguage(records.data.edition.title, lang))]),
    make("p", { class: "sheet-rule", text: footing(page).slice(1).join(" ") }),
    make("p", { text: lead }),
  ];
}

/** @param {Page} page */
function sheetFoot(page) {
  return [
    make(
      "footer",
      { class: "sheet-foot" },
      [...footing(page), legendText(page.lang)].map((text) => make("p", { text })),
    ),
  ];
}

/** @param {Pick<Page, "records" | "lang">} page @param {Claim} claim */
function statementLine({ records, lang }, claim) {
  const parts = [
    inLanguage(claim.chain, lang) ? `${word(lang, "chain")}: ${inLanguage(claim.chain, lang)}` : "",
    placeWords(records, claim, lang),
    claim.sid,
    claim.said ? word(lang, "saidOn", { date: inLanguage(claim.said, lang) }) : "",
    ...claim.hedges.map((hedge) => word(lang, "qualified", { words: inLanguage(hedge, lang) })),
    claim.withdrawn ? word(lang, "withdrawn") : "",
    `${speakerName(records, claim, lang)}: ${stanceVerb(records, claim, lang)}`,
  ].filter(Boolean);
  return make("li", {}, [
    make("p", { class: "sheet-said" }, [bdi(inLanguage(claim.sentence, lang)), "."]),
    make("p", { class: "sheet-how", text: `${parts.join(" · ")}.` }),
  ]);
}

// Under the heading of its document and place: only what differs from one statement to the next.
/** @param {Pick<Page, "records" | "lang" | "lens">} page @param {Claim} claim */
function statementShort({ records, lang, lens }, claim) {
  const chain = inLanguage(claim.chain, lang);
  const line = lens.props.get(claim.prop)?.line;
  const standing = standingWords(records, claim.prop, lang, line);
  const parts = [
    chain.includes("›") ? chain : "",
    claim.said ? word(lang, "saidOn", { date: inLanguage(claim.said, lang) }) : "",
    ...claim.hedges.map((hedge) => word(lang, "qualified", { words: inLanguage(hedge, lang) })),
    claim.withdrawn ? word(lang, "withdrawn") : "",
    standing === word(lang, "standSaid") ? "" : standing,
  ].filter(Boolean);
  return make("li", {}, [
    make("p", { class: "sheet-said" }, [
      bdi(inLanguage(claim.sentence, lang)),
      ". ",
      make("span", { class: "sheet-how", text: [claim.sid, ...parts].join(" · ") }),
    ]),
  ]);
}

/** @param {any} value @param {Lang} lang */
function replyPart(value, lang) {
  if (typeof value === "object") return inLanguage(value, lang);
  return /^\d{4}-/.test(value) ? readableDate(value, lang) : value;
}

// Our own requests for reply ride only in a page built for the house.
/** @param {Records} records @param {any} replies @param {Lang} lang */
function repliesText(records, replies, lang) {
  if (!records.data.internal) return word(lang, "lawyerReplyInternal");
  if (!replies.length) return word(lang, "lawyerReplyNone");
  return replies
    .map((reply) =>
      Object.entries(reply)
        .filter(([, value]) => value)
        .map(([key, value]) => `${word(lang, `reply_${key}`)}: ${replyPart(value, lang)}`)
        .join("; "),
    )
    .join(" · ");
}
