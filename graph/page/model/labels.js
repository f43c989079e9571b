// Where labels stand so that none overprints another, a node, or (where it can be helped) somebody else's line.
import {pointAt, samples} from "./geometry.js";

const GAP = 3;
const CELL = 64;
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];
// Past so many labels each is tried in a few places only, without a look at the lines.
export const BUSY = 400;
const COST = { crossing: 8, own: 5, step: 4, aside: 7, away: 14, shape: 3, corner: 5, clipped: 60, onLine: 4, far: 10 };

/** Boxes on the paper, found quickly by where they are. A box is {x, y, w, h} round its middle, with an owner. */
export class Crowd {
  constructor() {
    this.cells = new Map();
  }

  add(box) {
    for (const key of cellsOf(box)) {
      const list = this.cells.get(key);
      if (list) list.push(box);
      else this.cells.set(key, [box]);
    }
  }

  copy() {
    const other = new Crowd();
    for (const [key, list] of this.cells) other.cells.set(key, [...list]);
    return other;
  }

  /** Whether `box` touches one that is there. */
  hits(box) {
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (Math.abs(other.x - box.x) * 2 < other.w + box.w + GAP * 2 && Math.abs(other.y - box.y) * 2 < other.h + box.h + GAP) return true;
      }
    }
    return false;
  }

  /** Owner → weight of what lies in `box`, grown by `grow`: of lines, when this is a crowd of lines. */
  owners(box, grow = 1) {
    const seen = new Map();
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (Math.abs(other.x - box.x) * 2 < box.w + grow * 2 && Math.abs(other.y - box.y) * 2 < box.h + grow * 2) seen.set(other.owner, other.weight ?? 1);
      }
    }
    return seen;
  }
}

/** Points of every curve, so that labels can keep off other people's lines. curves: [{id, curve, weight}]. */
export function crowdOfLines(curves) {
  const lines = new Crowd();
  for (const { id, curve, weight } of curves) for (const point of samples(curve, 28)) lines.add({ ...point, w: 1, h: 1, owner: id, weight });
  return lines;
}

/**
 * Places the labels of nodes and edges; what fits nowhere is left out. Items in order of weight:
 * nodes {id, at, radius, sizes, worth}; edges {id, curve, sizes: [{w, h, lines, clipped}], worth, heavy}. `bounds` {x, y, w, h} or null.
 * Those left out are tried again earlier, for some `rounds`, and the best attempt is kept.
 */
export function placeLabels(nodes, edges, crowd, lines, { bounds = null, rounds = 1 } = {}) {
  const busy = nodes.length + edges.length > BUSY;
  const items = [...nodes.map((item) => ({ ...item, key: `node:${item.id}` })), ...edges.map((item) => ({ ...item, key: `edge:${item.id}` }))];
  for (const item of items) item.spots = busy ? fewSpots(item) : item.curve ? edgeSpots(item, lines, bounds) : nodeSpots(item, lines, bounds);
  let order = items;
  let best = null;
  for (let round = 0; round < rounds; round += 1) {
    const tried = attempt(order, crowd.copy());
    if (!best || tried.lost < best.lost) best = tried;
    if (!tried.left.length) break;
    const left = new Set(tried.left);
    order = [...order.filter((item) => left.has(item)), ...order.filter((item) => !left.has(item))];
  }
  return {
    nodes: new Map([...best.placed].filter(([item]) => !item.curve).map(([item, box]) => [item.id, box])),
    edges: new Map([...best.placed].filter(([item]) => item.curve).map(([item, box]) => [item.id, box])),
  };
}

function attempt(order, crowd) {
  const placed = new Map();
  const left = [];
  let lost = 0;
  for (const item of order) {
    const spot = item.spots.find((each) => !crowd.hits(each));
    if (spot) {
      crowd.add(spot);
      placed.set(item, spot);
      lost += spot.cost / 100;
    } else {
      left.push(item);
      lost += item.worth;
    }
  }
  return { placed, left, lost };
}

// Below first, then above, then the sides: but rather beside the name of a line than across it.
function nodeSpots({ id, at, radius, sizes }, lines, bounds) {
  const spots = [];
  sizes.forEach((size, shape) => {
    const drop = radius + 5 + size.h / 2;
    const side = radius + 6 + size.w / 2;
    const lean = radius * 0.7 + size.w / 2;
    const offsets = [[0, drop, 0], [0, -drop, 3], [side, 0, 4], [-side, 0, 4], [lean, drop - 6, COST.corner], [-lean, drop - 6, COST.corner], [lean, 6 - drop, COST.corner + 2], [-lean, 6 - drop, COST.corner + 2], [size.w * 0.3, drop, 2], [-size.w * 0.3, drop, 2], [size.w * 0.3, -drop, 4], [-size.w * 0.3, -drop, 4], [size.w * 0.15, drop, 1], [-size.w * 0.15, drop, 1], [size.w * 0.15, -drop, 4], [-size.w * 0.15, -drop, 4], [size.w * 0.45, drop, 4], [-size.w * 0.45, drop, 4], [side, size.h / 2, 6], [-side, size.h / 2, 6], [side, -size.h / 2, 6], [-side, -size.h / 2, 6]];
    for (const [dx, dy, cost] of offsets) {
      const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: id, lines: size.lines };
      spots.push({ ...box, cost: cost + shape * COST.shape + (size.clipped ? COST.clipped : 0) + crossed(lines.owners(box), null) * COST.crossing });
    }
  });
  return inBounds(spots, bounds).sort((a, b) => a.cost - b.cost);
}

function fewSpots({ id, at, radius, sizes, curve }) {
  const [size] = sizes;
  if (!size) return [];
  const spot = (x, y) => ({ x, y, w: size.w, h: size.h, owner: id, lines: size.lines, cost: 0 });
  if (!curve) return [spot(at.x, at.y + radius + 5 + size.h / 2), spot(at.x, at.y - radius - 5 - size.h / 2)];
  return [0.5, 0.36, 0.64].map((t) => pointAt(curve, t)).map(({ x, y }) => spot(x, y));
}

function edgeSpots(item, lines, bounds) {
  const spots = [];
  item.sizes.forEach((size, shape) => {
    ALONG.forEach((t, step) => {
      const at = pointAt(item.curve, t);
      for (const [dx, dy, aside] of asides(size)) {
        const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: item.id, lines: size.lines };
        const owners = lines.owners(box, aside ? 5 : 1);
        const own = aside ? (owners.has(item.id) ? COST.own * (item.heavy ? 4 : 1) : 0) : (size.lines.length - 1) * COST.onLine * (item.heavy ? 3 : 1);
        spots.push({ ...box, cost: step * COST.step + aside + shape * COST.shape + (size.clipped ? COST.clipped : 0) + crossed(owners, item.id) * COST.crossing + own });
      }
    });
  });
  return inBounds(spots, bounds).sort((a, b) => a.cost - b.cost);
}

function crossed(owners, but) {
  let sum = 0;
  for (const [owner, weight] of owners) if (owner !== but) sum += weight;
  return sum;
}

function inBounds(spots, bounds) {
  if (!bounds) return spots;
  return spots.filter((box) => Math.abs(box.x - bounds.x) * 2 + box.w <= bounds.w && Math.abs(box.y - bounds.y) * 2 + box.h <= bounds.h);
}

function asides({ w, h }) {
  const up = h / 2 + 6;
  const out = w / 2 + 8;
  return [[0, -up - 8, COST.far], [0, up + 8, COST.far], [0, 0, 0], [0, -up, COST.aside], [0, up, COST.aside], [out, 0, COST.aside], [-out, 0, COST.aside], [out, -up, COST.away], [-out, -up, COST.away], [out, up, COST.away], [-out, up, COST.away]];
}

function* cellsOf(box) {
  const left = Math.floor((box.x - box.w / 2 - 6) / CELL);
  const right = Math.floor((box.x + box.w / 2 + 6) / CELL);
  const top = Math.floor((box.y - box.h / 2 - 6) / CELL);
  const bottom = Math.floor((box.y + box.h / 2 + 6) / CELL);
  for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) yield x * 65536 + y;
}
