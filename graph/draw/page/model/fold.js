// The actors projection: events and agreements become edges between those whose roles the vocabulary pairs. As
// network.fold does.
import { drawnLine } from "./lens.js";
import { rules } from "./rules.js";

/**
 * The weakest of some lines.
 * @param {Line[]} lines
 */
export function weakestOf(lines) {
  return rules.weakest.find((line) => lines.includes(line)) ?? "said";
}

/**
 * What folds, of the relationships that `lens` shows: {gone: events folded away, edges}. A folded edge has no verb
 * and no direction; `parts` leads back to its relationships, and its line is the weakest of theirs.
 * @param {Records} records @param {Lens} lens
 */
export function foldedOf(records, lens) {
  const paired = new Set(records.data.folds.map((pair) => [...pair].sort().join("\n")));
  const words = new Set(records.data.folds.flat());
  const roles = new Map();
  for (const edge of records.edges.values()) {
    if (edge.type !== "relationship" || !lens.props.has(edge.prop)) continue;
    const { relation } = records.props.get(edge.prop);
    if (!words.has(relation)) continue;
    if (!roles.has(edge.from)) roles.set(edge.from, []);
    roles.get(edge.from).push({ relation, actor: edge.to, prop: edge.prop });
  }
  const couples = new Map();
  for (const [event, found] of roles) {
    for (const [index, one] of found.entries())
      for (const other of found.slice(index + 1)) {
        if (one.actor === other.actor || !paired.has([one.relation, other.relation].sort().join("\n"))) continue;
        const ends = [one.actor, other.actor].sort();
        const key = [event, ...ends].join(">");
        if (!couples.has(key)) couples.set(key, { event, ends, parts: new Set() });
        couples.get(key).parts.add(one.prop).add(other.prop);
      }
  }
  const gone = new Set([...couples.values()].map(({ event }) => event));
  const edges = [...couples]
    .filter(([, { ends }]) => ends.every((end) => !gone.has(end) && records.nodes.has(end)))
    .map(([key, { event, ends, parts }]) =>
      partsEdge(lens, { id: `fold:${key}`, type: "folded", from: ends[0], to: ends[1], event, parts: [...parts] }),
    );
  return { gone, edges };
}

/**
 * An edge that stands for several relationships: no verb, no arrow, the weakest of their standings.
 * @param {Lens} lens
 * @param {Pick<EdgeRecord, "id" | "type" | "from" | "to" | "event"> & { parts: string[] }} edge
 * @returns {EdgeRecord}
 */
export function partsEdge(lens, edge) {
  return {
    ...edge,
    prop: null,
    claims: [],
    directed: false,
    subtitle: false,
    opening: false,
    curve: 0,
    label: {},
    line: weakestOf(edge.parts.map((id) => (lens.props.has(id) ? drawnLine(lens.props.get(id)) : "said"))),
  };
}
