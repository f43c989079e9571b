// Grouping by kind: a closed group is one node, "group of 12", never named after a member.
import { partsEdge } from "./fold.js";
import { inLanguage } from "./text.js";
import { byLanguage, word } from "../words.js";

const LEAST = 2;
const GROUP_ID = "group:";
const SPREAD = { turns: 120, apart: 0.17, low: 0.6 };

/**
 * Whether an id is that of a closed group.
 * @param {string} id
 */
export function isGroup(id) {
  return id.startsWith(GROUP_ID);
}

/**
 * The key of the group that a node belongs to.
 * @param {NodeRecord} node @param {string} by
 */
export function groupKey(node, by) {
  return `${GROUP_ID}${by}:${node.kind}`;
}

/**
 * Closed groups among drawn nodes: Map key → members. by: "kind"; `opened` keys and the nodes in
 * `apart` stay as they are.
 * @param {Records} records @param {string[]} ids @param {string} by @param {string[]} opened @param {Set<string>} apart
 */
export function groupsOf(records, ids, by, opened, apart) {
  const found = new Map();
  for (const id of ids) {
    const node = records.nodes.get(id);
    const key = groupKey(node, by);
    if (opened.includes(key) || apart.has(id)) continue;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(id);
  }
  return new Map([...found].filter(([, members]) => members.length >= LEAST));
}

/**
 * A closed group as a node, in the middle of its members.
 * @param {Records} records @param {string} key @param {string[]} members
 * @returns {NodeRecord}
 */
export function groupNode(records, key, members) {
  const nodes = members.map((id) => records.nodes.get(id));
  const opening = nodes.filter((node) => node.opening && Number.isFinite(node.ox));
  /** @param {NodeRecord[]} list @param {"x" | "y" | "ox" | "oy"} axis */
  const mean = (list, axis) => list.reduce((sum, node) => sum + (node[axis] ?? 0), 0) / list.length;
  /** @param {Lang} lang */
  const label = (lang) => {
    const name = word(lang, "groupOf", { n: members.length });
    return `${name} (${inLanguage(records.data.kinds[nodes[0].kind]?.label, lang)})`;
  };
  return {
    id: key,
    type: "group",
    kind: nodes[0].kind,
    members,
    label: byLanguage(label),
    subtitle: null,
    aliases: [],
    x: mean(nodes, "x"),
    y: mean(nodes, "y"),
    ox: opening.length ? mean(opening, "ox") : null,
    oy: opening.length ? mean(opening, "oy") : null,
    opening: opening.length > 0,
    degree: members.length,
    prop: null,
    facts: [],
    props: [],
    says: [],
  };
}

/**
 * Moves closed groups apart, from each other and from what stands still; always in the same order. nodes: of the
 * drawing.
 * @param {NodeRecord[]} nodes
 */
export function spreadGroups(nodes) {
  const wide = Math.max(1, ...nodes.map((node) => node.x)) - Math.min(0, ...nodes.map((node) => node.x));
  const apart = wide * SPREAD.apart;
  const groups = nodes.filter((node) => node.type === "group");
  for (let turn = 0; turn < SPREAD.turns; turn += 1) {
    let moved = false;
    for (const [index, a] of groups.entries())
      for (const b of nodes) {
        if (a === b || (b.type === "group" && groups.indexOf(b) < index)) continue;
        const free = b.type === "group" ? [a, b] : [a];
        const dx = b.x - a.x || 0.01 * (index + 1);
        const dy = (b.y - a.y || 0.01) / SPREAD.low;
        const far = Math.hypot(dx, dy);
        if (far >= apart) continue;
        moved = true;
        const push = (apart - far) / far / free.length / 2;
        for (const node of free) {
          const way = node === a ? -1 : 1;
          node.x += way * dx * push;
          node.y += way * dy * push * SPREAD.low;
        }
      }
    if (!moved) break;
  }
}

/**
 * Drawn edges led to the groups their ends are in: those that stay between the same two become one with parts;
 * what lies within a group goes. items: as sceneOf makes them. Answers items.
 * @param {Lens} lens @param {SceneItem[]} items @param {Map<string, string[]>} groups
 * @returns {SceneItem[]}
 */
export function grouped(lens, items, groups) {
  const home = new Map([...groups].flatMap(([key, members]) => members.map((id) => [id, key])));
  /** @param {string} id */
  const at = (id) => home.get(id) ?? id;
  const kept = [];
  const bundles = new Map();
  for (const item of items) {
    const ends = [at(item.edge.from), at(item.edge.to)];
    if (ends[0] === item.edge.from && ends[1] === item.edge.to) {
      kept.push(item);
      continue;
    }
    if (ends[0] === ends[1] || item.speaks) continue;
    const key = [...ends].sort().join(">");
    if (!bundles.has(key)) bundles.set(key, { ends: [...ends].sort(), parts: new Set() });
    for (const part of item.edge.parts ?? [item.edge.prop]) bundles.get(key).parts.add(part);
  }
  for (const [key, { ends, parts }] of bundles) {
    const edge = partsEdge(lens, {
      id: `bundle:${key}`,
      type: "bundle",
      from: ends[0],
      to: ends[1],
      parts: [...parts],
    });
    kept.push({ edge, line: edge.line, seen: null, speaks: false, bend: 0 });
  }
  return kept;
}
