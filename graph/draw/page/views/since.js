// What changed since the older version that this page was built against: the counts, what stands otherwise, and what
// went.
import { inLanguage, readableDate } from "../model/text.js";
import { word } from "../words.js";
import { bdi, make } from "./dom.js";

const FIRST_GONE = 8;
const STOOD = {
  said: "lineSaid",
  soft: "lineSoft",
  notyet: "lineNotyet",
  disputed: "lineDisputed",
  accepted: "lineAccepted",
  denied: "lineDenied",
  open: "lineOpen",
  rejected: "lineRejected",
  mentioned: "drawMentioned",
};

/**
 * A section for the panel and the sentences, or null when the page was not built against an older version.
 * @param {Pick<Page, "records" | "lang">} page
 */
export function renderSince({ records, lang }) {
  const { since } = records.data;
  if (!since) return null;
  const { counts, gone } = since;
  const line = ["new", "changed", "gone", "standing"]
    .filter((key) => counts[key])
    .map((key) => word(lang, `since_${key}`, { n: counts[key] }));
  if (counts.untold) line.push(word(lang, "since_untold", { n: counts.untold }));
  const rows = gone.map((each) =>
    make("li", {}, [
      bdi(inLanguage(each.sentence, lang)),
      make("span", { class: "aside", text: ` ${inLanguage(each.document, lang)}, ${each.sid}` }),
    ]),
  );
  const otherwise = [...records.props.values()]
    .filter((prop) => prop.since)
    .map((prop) =>
      make("li", {}, [
        bdi(inLanguage(prop.title, lang)),
        make("span", {
          class: "aside",
          text: ` ${word(lang, "stoodBefore", { before: word(lang, STOOD[prop.since] ?? "lineSaid") })}`,
        }),
      ]),
    );
  return make("section", { class: "part since" }, [
    make("h3", { text: word(lang, "sinceTitle", { date: readableDate(since.version, lang) }) }),
    make("p", { class: "aside", text: line.length ? `${line.join("; ")}.` : word(lang, "sinceNothing") }),
    otherwise.length
      ? make("details", { open: otherwise.length <= FIRST_GONE }, [
          make("summary", { text: word(lang, "since_standing", { n: otherwise.length }) }),
          make("ul", { class: "plain-list" }, otherwise),
        ])
      : null,
    rows.length
      ? make("details", { open: rows.length <= FIRST_GONE }, [
          make("summary", { text: word(lang, "sinceGone", { n: rows.length }) }),
          make("ul", { class: "plain-list gone-list" }, rows),
        ])
      : null,
  ]);
}
