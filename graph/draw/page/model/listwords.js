// Lists of relationships, statements and names as text with footnotes, for copying.
import { colophon, footnote } from "./docket.js";
import { nameOf, standingWords } from "./standing.js";
import { inLanguage } from "./text.js";

/**
 * A title and lists [{title, props | claims | nodes}] (or lines of text) with a note for each statement, and what
 * every copy carries.
 * @param {Pick<Page, "records" | "lens" | "lang" | "unticked">} page @param {string} title @param {any} lists
 */
export function listCopy({ records, lens, lang, unticked }, title, lists) {
  const notes = new Map();
  /** @param {string} id */
  const mark = (id) => {
    if (!notes.has(id)) notes.set(id, notes.size + 1);
    return `[${notes.get(id)}]`;
  };
  const lines = [title];
  for (const list of lists) {
    if (typeof list === "string") {
      lines.push(list);
      continue;
    }
    const rows = [
      ...(list.props ?? []).map((id) => {
        const prop = records.props.get(id);
        const claims = prop.claims.filter((claim) => records.claims.has(claim));
        const stands = standingWords(records, id, lang, lens.props.get(id)?.line);
        return `– ${inLanguage(prop.summary, lang)} ${claims.map(mark).join("")} (${stands})`;
      }),
      ...(list.claims ?? []).map((id) => `– ${inLanguage(records.claims.get(id).sentence, lang)}. ${mark(id)}`),
      ...(list.nodes ?? []).map((id) => `– ${nameOf(records, id, lang)}`),
    ];
    if (rows.length) lines.push("", `${list.title} (${rows.length})`, ...rows);
  }
  const foot = [...notes].map(([id, number]) => `[${number}] ${footnote(records, records.claims.get(id), lang)}`);
  return [...lines, "", ...foot, "", ...colophon(records, lens, lang, unticked)].join("\n");
}
