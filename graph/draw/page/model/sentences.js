// The statements as a text: each document in its order, its places, and in each the statements that stand there.
import { inLanguage, readableDate } from "./text.js";

/**
 * [{id, label, places: [{place, claims: [id]}], count}] of the statements that `keep` lets through.
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {Set<string> | null} [keep]
 */
export function readSentences(records, lens, lang, keep = null) {
  const found = new Map();
  for (const id of records.order) {
    if (!lens.shown.has(id) || (keep && !keep.has(records.claims.get(id).prop))) continue;
    const claim = records.claims.get(id);
    const document = records.documents.get(claim.document);
    let part = found.get(claim.document);
    if (!part) {
      part = {
        id: claim.document,
        label: inLanguage(document?.label, lang) || claim.document,
        published: document ? readableDate(document.published, lang) : "",
        places: [],
        count: 0,
      };
      found.set(claim.document, part);
    }
    let place = part.places[part.places.length - 1];
    if (place?.at !== claim.at) {
      place = { at: claim.at, place: inLanguage(claim.place, lang) || claim.at, claims: [] };
      part.places.push(place);
    }
    place.claims.push(id);
    part.count += 1;
  }
  return [...found.values()];
}
