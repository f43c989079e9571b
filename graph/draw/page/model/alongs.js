// Words that run along their line, as the name of a street does on a map: for a line whose words found no room beside
// it. Where there is no room along it either, they stand near by, and a thin lead goes from them to a dot on the line.
import { angleAt, pointAt, samples } from "./geometry.js";

const ALONG_PARTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
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
// Where words with a lead are tried: round these parts of the line, so far out, in so many directions; and how a lead
// is tried for what it would cross.
const LED_PARTS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92];
const LED_OUT = [10, 16, 24, 34, 48, 66, 90, 125];
const LED_ROUND = 16;
const LED_TAGS = 2;
const LED_STEP = 5;
const LED_FREE = 9;
const LED_COST = { out: 0.5, line: 6, through: 9, shorter: 5, part: 1 };
const ALONG_COST = { step: 1, beside: 6, over: 4, level: 10, hidden: 12, line: 4, shorter: 4 };

/**
 * Item → {x, y, angle, lines, boxes, …} for those of some items that have a place: {id, curve, tags}, of which the
 * longest is first: {lines, w, h, …}. `crowd` is what they keep off, `lines` what they rather do. Those that found no
 * place are tried first in the next round.
 * @param {any[]} items @param {Crowd} crowd @param {Crowd} lines @param {Box | null} [bounds]
 */
export function placeAlong(items, crowd, lines, bounds = null) {
  // The shortest line has the fewest places.
  let order = items.map((item) => ({ item, long: lengthOf(item.curve) })).sort((a, b) => a.long - b.long);
  let best = new Map();
  // Those that found no place even with a lead: they choose first, whatever place.
  const stubborn = new Set();
  for (let round = 0; round < ALONG_ROUNDS; round += 1) {
    const taken = crowd.copy();
    const found = attemptAlong(order, taken, lines, { led: stubborn, bounds });
    const missed = order.filter(({ item }) => !found.has(item));
    const led = attemptAlong(missed, taken, lines, { led: new Set(items), bounds });
    for (const [item, spot] of led) found.set(item, spot);
    if (found.size > best.size || !round) best = found;
    if (best.size === items.length) break;
    for (const { item } of missed) if (!led.has(item)) stubborn.add(item);
    order = [...missed, ...order.filter(({ item }) => !missed.some((each) => each.item === item))];
    order.sort((a, b) => Number(stubborn.has(b.item)) - Number(stubborn.has(a.item)));
  }
  return best;
}

/**
 * @param {{ item: any; long: number }[]} order @param {Crowd} crowd @param {Crowd} lines
 * @param {{ led: Set<any>; bounds: Box | null }} how `led`: those that may stand apart, with a lead
 */
function attemptAlong(order, crowd, lines, { led, bounds }) {
  const found = new Map();
  for (const { item, long } of order) {
    const spot =
      bestSpot(item, { long, crowd, lines, bounds }) ??
      (led.has(item) ? ledSpot(item, { crowd, lines, bounds }) : null);
    if (!spot) continue;
    for (const box of spot.boxes) crowd.add(box);
    found.set(item, spot);
  }
  return found;
}

// Level words off their line, with the point on it that they belong to as `lead`: nothing lies between.
/** @param {any} item @param {{ crowd: Crowd; lines: Crowd; bounds: Box | null }} how */
function ledSpot({ id, curve, tags }, { crowd, lines, bounds }) {
  let best = null;
  // The shortest: the nearer to their line, the surer they are its own.
  for (const [shorter, tag] of tags.slice(-LED_TAGS).entries())
    for (const [step, part] of LED_PARTS.entries()) {
      const lead = pointAt(curve, part);
      for (const out of LED_OUT)
        for (let turn = 0; turn < LED_ROUND; turn += 1) {
          const least = shorter * LED_COST.shorter + step * LED_COST.part + out * LED_COST.out;
          if (best && best.cost <= least) break;
          const angle = (turn / LED_ROUND) * Math.PI * 2;
          const x = lead.x + Math.cos(angle) * (out + tag.w / 2);
          const y = lead.y + Math.sin(angle) * (out + tag.h / 2);
          const box = { x, y, w: tag.w, h: tag.h - 3, owner: id };
          if (!isWithin(box, bounds) || crowd.hits(box)) continue;
          const beads = beadsOf(lead, box);
          if (beads.some((bead) => isPastDot(bead, lead) && crowd.covered(bead))) continue;
          const cost =
            least + strangersOf(lines, [box], id) * LED_COST.line + strangersOf(lines, beads, id) * LED_COST.through;
          if (!best || cost < best.cost) best = { ...tag, x, y, angle: 0, boxes: [box, ...beads], lead, cost };
        }
    }
  return best;
}

/** @param {Box} box @param {Box | null} bounds */
function isWithin({ x, y, w, h }, bounds) {
  return !bounds || (Math.abs(x - bounds.x) * 2 + w <= bounds.w && Math.abs(y - bounds.y) * 2 + h <= bounds.h);
}

// At its dot a lead may touch the nodes that its line joins.
/** @param {Point} bead @param {Point} lead */
function isPastDot(bead, lead) {
  return Math.hypot(bead.x - lead.x, bead.y - lead.y) > LED_FREE;
}

// Small boxes along a lead, from its dot to the words.
/** @param {Point} lead @param {Box} box */
function beadsOf(lead, { x, y, w, h, owner }) {
  const long = Math.hypot(x - lead.x, y - lead.y);
  const count = Math.ceil(long / LED_STEP);
  return Array.from({ length: count }, (_, index) => ({
    x: lead.x + ((x - lead.x) * index) / count,
    y: lead.y + ((y - lead.y) * index) / count,
    w: 2,
    h: 2,
    owner,
  })).filter((bead) => Math.abs(bead.x - x) * 2 > w || Math.abs(bead.y - y) * 2 > h);
}

// What the other lines weigh that boxes meet, or come so near to.
/** @param {Crowd} lines @param {Box[]} boxes @param {string} id @param {number} [near] */
function strangersOf(lines, boxes, id, near = 1) {
  const met = new Map(boxes.flatMap((box) => [...lines.owners(box, near)]));
  met.delete(id);
  return [...met.values()].reduce((sum, weight) => sum + weight, 0);
}

/** @param {any} item @param {{ long: number; crowd: Crowd; lines: Crowd; bounds: Box | null }} how */
function bestSpot({ id, curve, tags }, { long, crowd, lines, bounds }) {
  let best = null;
  for (const [shorter, tag] of tags.entries()) {
    const base = shorter * ALONG_COST.shorter;
    if (best && best.cost <= base) break;
    for (const [step, part] of ALONG_PARTS.entries()) {
      for (const way of waysAt(curve, part, long, tag)) {
        const least = base + step * ALONG_COST.step + way.cost;
        if (best && best.cost <= least) continue;
        const boxes = boxesOn(way, tag, id);
        if (boxes.some((box) => !isWithin(box, bounds) || crowd.hits(box))) continue;
        const cost = least + strangersOf(lines, boxes, id, way.near) * ALONG_COST.line;
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
