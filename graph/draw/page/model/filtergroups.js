// The values of a filter in groups: kinds by what they are kinds of, relations by what they tie. Read from the records
// themselves, so that data in other words are grouped as ours are.
import { endsOfProp } from "./records.js";

/** Dimensions of a relationship, not of a statement: their values are counted by relationships. */
export const BY_RELATIONSHIP = ["kind", "relation"];

const GROUPS = {
  kind: ["groupActors", "groupEvents", "groupPlaces", "groupTexts", "groupWords", "groupOthers"],
  relation: ["groupAmong", "groupInEvents", "groupAtPlaces", "groupOfWords", "groupValues", "groupThings"],
};
/** @type {Record<string, string>} */
const OF_HUE = { event: "groupEvents", place: "groupPlaces", doc: "groupTexts", concept: "groupWords" };
/** @type {Record<string, string>} */
const WITH_ACTOR = {
  groupActors: "groupAmong",
  groupEvents: "groupInEvents",
  groupTexts: "groupInEvents",
  groupPlaces: "groupAtPlaces",
  groupWords: "groupOfWords",
};

/**
 * Values of a dimension in their groups, as [name of the group, values]; in one nameless group where there are none.
 * @param {Records} records @param {string} dimension @param {string[]} values
 * @returns {[string, string[]][]}
 */
export function groupedValues(records, dimension, values) {
  const names = GROUPS[dimension];
  if (!names) return [["", values]];
  const groupOf = dimension === "kind" ? (kind) => groupOfKind(records, kind) : groupsOfRelations(records);
  const found = new Map(names.map((name) => [name, []]));
  for (const value of values) found.get(groupOf(value)).push(value);
  return [...found].filter(([, each]) => each.length);
}

/** @param {Records} records @param {string} kind */
function groupOfKind(records, kind) {
  const { agent, hue } = records.data.kinds[kind] ?? {};
  return agent ? "groupActors" : (OF_HUE[hue] ?? "groupOthers");
}

// What a relation ties most often here.
/** @param {Records} records */
function groupsOfRelations(records) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  for (const [id, { relation, value }] of records.props) {
    const group = value && !["none", "missing"].includes(value.kind) ? "groupValues" : groupOfEnds(records, id);
    const own = counts.get(relation) ?? new Map();
    counts.set(relation, own.set(group, (own.get(group) ?? 0) + 1));
  }
  /** @param {string} relation */
  return (relation) =>
    [...(counts.get(relation) ?? [])].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? "groupThings";
}

/** @param {Records} records @param {string} id */
function groupOfEnds(records, id) {
  const groups = endsOfProp(records, id).map((end) => groupOfKind(records, records.nodes.get(end)?.kind));
  const actor = groups.indexOf("groupActors");
  if (actor < 0 || groups.length < 2) return "groupThings";
  return WITH_ACTOR[groups[1 - actor]] ?? "groupThings";
}
