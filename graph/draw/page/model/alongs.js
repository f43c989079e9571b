// Words that run along their line, as the name of a street does on a map: for a line whose words found no room beside
// it.
import { angleAt, pointAt, samples } from "./geometry.js";

const ALONG_PARTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
// Pixels that stay free at each end of a line: its head, and the node it meets.
const ALONG_ROUNDS = 4;
const ALONG_ENDS = 3;
// Words on their line hide it: longer ones stand beside it.
const MOST_HIDDEN = 0.62;
const ALONG_BESIDE = 8;
// Beside a line words may reach over its ends by so much.
const ALONG_OVER = 14;
// Words beside their line rather keep so far from others, or they would seem to be theirs.
const ALONG_NEAR = 6;
const ALONG_STEEP = 0.7;
const ALONG_PIECE = 9;
const ALONG_COST = { step: 1, beside: 6, over: 4, level: 10, hidden: 12, line: 4, shorter: 4 };

/**
 * Item → {x, y, angle, lines, boxes, …} for those of some items that have a place: {id, curve, tags}, of which the
 * longest is first: {lines, w, h, …}. `crowd` is what they keep off, `lines` what they rather do. Those that found no
 * place are tried first in the next round.
 * @param {any[]} items @param {Crowd} crowd @param {Crowd} lines
 */
export function placeAlong(items, crowd, lines) {
  // The shortest line has the fewest places.
  let order = items.map((item) => ({ item, long: lengthOf(item.curve) })).sort((a, b) => a.long - b.long);
  let best = new Map();
  for (let round = 0; round < ALONG_ROUNDS; round += 1) {
    const found = attemptAlong(order, crowd.copy(), lines);
    if (found.size > best.size || !round) best = found;
    if (best.size === items.length) break;
    const missed = order.filter(({ item }) => !found.has(item));
    order = [...missed, ...order.filter(({ item }) => found.has(item))];
  }
  return best;
}

/** @param {{ item: any; long: number }[]} order @param {Crowd} crowd @param {Crowd} lines */
function attemptAlong(order, crowd, lines) {
  const found = new Map();
  for (const { item, long } of order) {
    const spot = bestSpot(item, long, crowd, lines);
    if (!spot) continue;
    for (const box of spot.boxes) crowd.add(box);
    found.set(item, spot);
  }
  return found;
}

/** @param {any} item @param {number} long @param {Crowd} crowd @param {Crowd} lines */
function bestSpot({ id, curve, tags }, long, crowd, lines) {
  let best = null;
  for (const [shorter, tag] of tags.entries()) {
    const base = shorter * ALONG_COST.shorter;
    if (best && best.cost <= base) break;
    for (const [step, part] of ALONG_PARTS.entries()) {
      for (const way of waysAt(curve, part, long, tag)) {
        const least = base + step * ALONG_COST.step + way.cost;
        if (best && best.cost <= least) continue;
        const boxes = boxesOn(way, tag, id);
        if (boxes.some((box) => crowd.hits(box))) continue;
        const others = new Map(boxes.flatMap((box) => [...lines.owners(box, way.near)]));
        others.delete(id);
        const cost = least + [...others.values()].reduce((sum, weight) => sum + weight, 0) * ALONG_COST.line;
        if (!best || cost < best.cost) best = { ...tag, x: way.x, y: way.y, angle: way.angle, boxes, cost };
      }
    }
  }
  return best;
}

// Ways to set words at a part of a line: on it where it is long enough to be seen on both sides of them, beside it,
// or level beside a line that is steep. Words never stand on their head.
/** @param {Curve} curve @param {number} part @param {number} long @param {{ w: number }} tag */
function waysAt(curve, part, long, { w }) {
  const on = pointAt(curve, part);
  const way = angleAt(curve, part);
  const angle = Math.abs(way) > Math.PI / 2 ? way - Math.PI * Math.sign(way) : way;
  const free = 2 * Math.min(part, 1 - part) * long;
  const ways = [];
  if (w + 2 * ALONG_ENDS < free)
    ways.push({ ...on, angle, near: 1, cost: w > long * MOST_HIDDEN ? ALONG_COST.hidden : 0 });
  if (w < free + 2 * ALONG_OVER)
    for (const off of [-ALONG_BESIDE, ALONG_BESIDE])
      ways.push({
        x: on.x - Math.sin(angle) * off,
        y: on.y + Math.cos(angle) * off,
        angle,
        near: ALONG_NEAR,
        cost: ALONG_COST.beside + (w > free ? ALONG_COST.over : 0),
      });
  if (Math.abs(Math.sin(way)) > ALONG_STEEP)
    for (const side of [1, -1])
      ways.push({
        x: on.x + side * (w / 2 + ALONG_BESIDE),
        y: on.y,
        angle: 0,
        near: ALONG_NEAR,
        cost: ALONG_COST.level,
      });
  return ways;
}

/** @param {{ x: number; y: number; angle: number }} spot @param {{ w: number; h: number }} tag @param {string} owner */
function boxesOn({ x, y, angle }, { w, h }, owner) {
  const count = Math.max(2, Math.ceil(w / ALONG_PIECE));
  return Array.from({ length: count }, (_, index) => {
    const out = w * ((index + 0.5) / count - 0.5);
    return { x: x + Math.cos(angle) * out, y: y + Math.sin(angle) * out, w: ALONG_PIECE - 4, h: h - 6, owner };
  });
}

/** @param {Curve} curve */
function lengthOf(curve) {
  const points = samples(curve, 8);
  return points.slice(1).reduce((sum, { x, y }, at) => sum + Math.hypot(x - points[at].x, y - points[at].y), 0);
}
