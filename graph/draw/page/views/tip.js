// What stands beside the pointer: who says so and how it stands; of somebody, how much. Never the name again.
import { readCastList, rowCounts } from "../model/castlist.js";
import { affirmersOf, hiddenWords, standingWords } from "../model/standing.js";
import { capital, inLanguage, joinNames } from "../model/text.js";
import { kindName } from "../model/stats.js";
import { word } from "../words.js";
import { titleOf } from "./panel.js";

const SPEAKERS_NAMED = 3;
const PARTS_NAMED = 3;

/**
 * The words for a thing under the pointer.
 * @param {Page} page @param {Thing} thing
 */
export function tipOf(page, thing) {
  const { records, lens, lang } = page;
  if (thing.type === "node") return nodeTip(page, thing.id);
  if (thing.type === "parts") return partsTip(page, thing);
  if (thing.type !== "prop") return titleOf(page, thing);
  const seen = lens.props.get(thing.id);
  const standing = [standingWords(records, thing.id, lang, seen?.line), ...hiddenWords(seen, lang)].join(". ");
  return `${speakersWords(page, thing.id)}. ${capital(standing)}.`;
}

// A line that stands for several relationships says which.
/** @param {Page} page @param {Thing} thing */
function partsTip(page, thing) {
  const { records, scene, lens, lang } = page;
  const parts = scene.edges.find(({ edge }) => edge.id === thing.id)?.edge.parts ?? [];
  const titles = parts.filter((id) => lens.props.has(id)).map((id) => inLanguage(records.props.get(id).title, lang));
  const more = titles.length > PARTS_NAMED ? [`+${titles.length - PARTS_NAMED}`] : [];
  return [titleOf(page, thing), ...titles.slice(0, PARTS_NAMED), ...more].join(". ");
}

/** @param {Page} page @param {string} id */
function nodeTip({ records, lens, lang }, id) {
  const node = records.nodes.get(id);
  if (node.type === "statement") return inLanguage(node.label, lang);
  const row = readCastList(records, lens).find((each) => each.id === id);
  const kind = capital(kindName(records, node.kind, lang));
  const about = node.props.filter((prop) => lens.props.has(prop)).length;
  const counts = row ? rowCounts(row, lang) : [word(lang, "relationships", { n: about })];
  return [kind, inLanguage(node.subtitle, lang), ...counts].filter(Boolean).join(" · ");
}

/** @param {Page} page @param {string} id */
function speakersWords({ records, lang }, id) {
  const names = affirmersOf(records, id, lang);
  const more = names.length > SPEAKERS_NAMED ? [`+${names.length - SPEAKERS_NAMED}`] : [];
  const named = joinNames([...names.slice(0, SPEAKERS_NAMED), ...more], lang);
  return capital(word(lang, "sideSays", { name: named || word(lang, "notStated") }));
}
