// The statements as a text one can read, in the order of the documents, grouped by place: each with who says it, how
// it came, how it stands.
import { countFigure } from "../model/counts.js";
import { readSentences } from "../model/sentences.js";
import { hiddenWords, standingWords } from "../model/standing.js";
import { inLanguage } from "../model/text.js";
import { word } from "../words.js";
import { bdi, button, make } from "./dom.js";
import { lineGlyph } from "./glyph.js";
import { bringIntoSight, keepFocus, listCount, noteAbove, sinceMark } from "./listing.js";

const FIRST_SENTENCES = 400;
/** @param {any} parts */
const claimsOf = (parts) => new Set(parts.flatMap((part) => part.places.flatMap((place) => place.claims)));

/**
 * Fills the text; the chosen relationship's statements are marked. on.prop(id), on.allDates(), on.more(n).
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderSentences(place, page, on) {
  const { records, lens, lang, keep } = page;
  const parts = readSentences(records, lens, lang, keep);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  let room = on.room ?? FIRST_SENTENCES;
  const listed = parts
    .map((part) => {
      if (room <= 0) return null;
      const places = [];
      for (const each of part.places) {
        if (room <= 0) break;
        const claims = each.claims.slice(0, room);
        room -= claims.length;
        places.push(
          make("section", { class: "passage" }, [
            make("h3", { class: "passage-place", text: each.place }),
            make(
              "ul",
              { class: "passage-said" },
              claims.map((id) => sentenceItem(page, id, on)),
            ),
          ]),
        );
      }
      return make("section", { class: "text-part" }, [
        make("h2", { class: "text-head" }, [
          bdi(part.label),
          make("span", {
            class: "count",
            text: ` ${word(lang, "statements", { n: countFigure(records, "statements", claimsOf([part])) })}`,
          }),
        ]),
        ...places,
      ]);
    })
    .filter(Boolean);
  const left = count - Math.min(count, on.room ?? FIRST_SENTENCES);
  keepFocus(place, () =>
    place.replaceChildren(
      noteAbove(page, listCount(records, claimsOf(parts), lang), on),
      ...listed,
      left
        ? button(
            word(lang, "showMore", { n: left }),
            () => on.more((on.room ?? FIRST_SENTENCES) + FIRST_SENTENCES * 2),
            { class: "link more-rows", data: { key: "more-rows" } },
          )
        : "",
      count ? "" : make("p", { class: "quiet", text: word(lang, "noRows") }),
    ),
  );
  bringIntoSight(place, place.querySelector("[aria-current]"));
}

/** @param {Page} page @param {string} id @param {Acts} on */
function sentenceItem(page, id, on) {
  const { records, lens, lang, state } = page;
  const claim = records.claims.get(id);
  const seen = lens.props.get(claim.prop);
  const chosen = state.selected?.type === "prop" && state.selected.id === claim.prop;
  const open = button("", () => on.prop(claim.prop), {
    class: "said",
    "aria-current": chosen ? "true" : null,
    data: { key: `said:${id}` },
  });
  open.append(bdi(`${inLanguage(claim.sentence, lang)}.`.replace(/([.?!…])\.$/, "$1")));
  const line = seen?.line ?? records.props.get(claim.prop).line;
  const standing = [standingWords(records, claim.prop, lang, line), ...hiddenWords(seen, lang)].join("; ");
  return make("li", { class: `said-${claim.side}${claim.withdrawn ? " withdrawn" : ""}` }, [
    open,
    sinceMark(claim, lang),
    make("p", { class: "said-how" }, [
      lineGlyph(line, 26),
      make("span", {
        class: `said-standing${["disputed", "denied"].includes(line) ? " against" : ""}`,
        text: standing,
      }),
      make("span", { class: "said-chain" }, [
        make("span", { class: "unseen", text: `${word(lang, "chain")}: ` }),
        bdi(inLanguage(claim.chain, lang)),
      ]),
    ]),
  ]);
}
