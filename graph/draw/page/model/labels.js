// Where labels stand so that none overprints another, a node, or (where it can be helped) somebody else's line.
import { pointAt, samples } from "./geometry.js";

const GAP = 3;
const LEAD_FROM = 14;
const CELL = 64;
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];
// Past so many labels each is tried in a few places only, without a look at the lines.
export const BUSY = 400;
// Round the mark of a line that must have its words: how far out they are tried, and in how many directions.
const RINGS = [30, 52, 78, 110, 150, 200];
const ROUND = 12;
// Where few things stand close together, twice as densely.
const FEW = 8;
const FINE_RINGS = [24, 36, 48, 60, 72, 84, 96, 110, 130, 150];
const FINE_ROUND = 28;
// So many of the places of a name count when it is asked whether it keeps one.
const NAME_PLACES = 10;
const THOROUGH = 20;
const SKIPS = [0, 2, 5, 9, 14, 20, 30, 45];
const COST = {
  crossing: 8,
  own: 5,
  step: 4,
  aside: 7,
  away: 14,
  shape: 3,
  corner: 5,
  clipped: 60,
  onLine: 4,
  far: 10,
  led: 60,
  length: 1.1,
  name: 110,
};

/** Boxes on the paper, found quickly by where they are. A box is {x, y, w, h} round its middle, with an owner. */
export class Crowd {
  constructor() {
    this.cells = new Map();
  }

  /** @param {Box} box */
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

  /**
   * Whether `box` touches one that is there.
   * @param {Box} box
   */
  hits(box) {
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (
          Math.abs(other.x - box.x) * 2 < other.w + box.w + GAP * 2 &&
          Math.abs(other.y - box.y) * 2 < other.h + box.h + GAP
        )
          return true;
      }
    }
    return false;
  }

  /**
   * How much of `box` is covered already, in square pixels.
   * @param {Box} box
   */
  covered(box) {
    const seen = new Set();
    let sum = 0;
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        const wide = (other.w + box.w) / 2 - Math.abs(other.x - box.x);
        const high = (other.h + box.h) / 2 - Math.abs(other.y - box.y);
        if (wide > 0 && high > 0) sum += wide * high;
      }
    }
    return sum;
  }

  /**
   * Owner → weight of what lies in `box`, grown by `grow`: of lines, when this is a crowd of lines.
   * @param {Box} box @param {number} [grow]
   */
  owners(box, grow = 1) {
    const seen = new Map();
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (Math.abs(other.x - box.x) * 2 < box.w + grow * 2 && Math.abs(other.y - box.y) * 2 < box.h + grow * 2)
          seen.set(other.owner, other.weight ?? 1);
      }
    }
    return seen;
  }
}

/**
 * Points of every curve, so that labels can keep off other people's lines. curves: [{id, curve, weight}].
 * @param {any[]} curves
 */
export function crowdOfLines(curves) {
  const lines = new Crowd();
  for (const { id, curve, weight } of curves)
    for (const point of samples(curve, 28)) lines.add({ ...point, w: 1, h: 1, owner: id, weight });
  return lines;
}

/**
 * Places the labels of nodes and edges; what fits nowhere is left out, unless it must stand. Items in order of
 * weight: nodes {id, at, radius, sizes, worth}; edges {id, curve, sizes: [{w, h, lines, clipped}], worth, heavy,
 * must}. `bounds` {x, y, w, h} or null. Those left out are tried again earlier, for some `rounds`, and the best
 * attempt is kept. What must stand is tried first, then further out, and in the end stands where it covers least;
 * where its words are not beside its line, `lead` is the point they belong to.
 * @param {any[]} nodes @param {any[]} edges @param {Crowd} crowd @param {Crowd} lines
 * @param {{ bounds?: Box | null; rounds?: number }} [given]
 */
export function placeLabels(nodes, edges, crowd, lines, { bounds = null, rounds = 1 } = {}) {
  const busy = nodes.length + edges.length > BUSY;
  const keyed = [
    ...nodes.map((item) => ({ ...item, key: `node:${item.id}` })),
    ...edges.map((item) => ({ ...item, key: `edge:${item.id}` })),
  ];
  // Of what must stand the largest has the first choice: it fits in the fewest places.
  /** @param {any} item */
  const least = (item) => Math.min(...item.sizes.map(({ w, h }) => w * h));
  const must = keyed.filter((item) => item.must).sort((a, b) => least(b) - least(a));
  const items = [...must, ...keyed.filter((item) => !item.must)];
  for (const item of items)
    item.spots =
      busy && !item.must
        ? fewSpots(item)
        : item.curve
          ? edgeSpots(item, lines, bounds)
          : nodeSpots(item, lines, bounds);
  /** @param {any} item */
  const around = (item) => (item.around ??= roundSpots(item, lines, bounds, items));
  let best = attempts(items, crowd, { around, rounds });
  // What must stand has the first choice; where that costs a name, places further out and the next best are tried.
  if (rounds >= THOROUGH && items[0]?.must && (best.forced || best.left.some((item) => !item.curve))) {
    spareNames(items, crowd, around);
    for (const skip of SKIPS) {
      best = attempts(items, crowd, { around, rounds, skip, best });
      if (!best.left.some((item) => !item.curve)) break;
    }
  }
  for (const [item, spot] of best.placed)
    if (item.must && !isBeside(spot, item.curve)) best.placed.set(item, { ...spot, lead: pointAt(item.curve, 0.5) });
  return {
    nodes: new Map([...best.placed].filter(([item]) => !item.curve).map(([item, box]) => [item.id, box])),
    edges: new Map([...best.placed].filter(([item]) => item.curve).map(([item, box]) => [item.id, box])),
  };
}

// The best of some rounds: what was left out is tried earlier in the next, after what must stand.
/**
 * @param {any[]} items @param {Crowd} crowd @param {{ around: any; rounds: number; skip?: number; best?: any }} given
 */
function attempts(items, crowd, { around, rounds, skip = 0, best = null }) {
  let order = items;
  let found = best;
  for (let round = 0; round < rounds; round += 1) {
    const tried = attempt(order, crowd.copy(), around, skip);
    if (!found || tried.lost < found.lost) found = tried;
    if (!tried.left.length) break;
    const left = new Set(tried.left);
    order = [
      ...order.filter((item) => item.must),
      ...order.filter((item) => left.has(item)),
      ...order.filter((item) => !item.must && !left.has(item)),
    ];
  }
  return found;
}

/** @param {any[]} order @param {Crowd} crowd @param {any} around @param {number} skip */
function attempt(order, crowd, around, skip) {
  const placed = new Map();
  const left = [];
  let lost = 0;
  let forced = 0;
  for (const item of order) {
    let spot = nthFree(item.spots, crowd, item.must ? skip : 0) ?? (item.must ? nthFree(around(item), crowd, 0) : null);
    if (!spot && item.must) {
      forced += 1;
      lost += item.worth;
      spot = leastCovering([...item.spots, ...around(item)], crowd);
    }
    if (spot) {
      crowd.add(spot);
      placed.set(item, spot);
      lost += spot.cost / 100;
    } else {
      left.push(item);
      lost += item.worth;
    }
  }
  return { placed, left, lost, forced };
}

// The first free spot after `skip` others, or the last free one; null for none.
/** @param {any[]} spots @param {Crowd} crowd @param {number} skip */
function nthFree(spots, crowd, skip) {
  let found = null;
  let passed = 0;
  for (const spot of spots) {
    if (crowd.hits(spot)) continue;
    found = spot;
    if (passed === skip) break;
    passed += 1;
  }
  return found;
}

// Below first, then above, then the sides: but rather beside the name of a line than across it.
/**
 * @param {{ id: string; at: Point; radius: number; sizes: LabelSize[] }} given @param {Crowd} lines
 * @param {Box | null} bounds
 */
function nodeSpots({ id, at, radius, sizes }, lines, bounds) {
  const spots = [];
  sizes.forEach((size, shape) => {
    const drop = radius + 5 + size.h / 2;
    const side = radius + 6 + size.w / 2;
    const lean = radius * 0.7 + size.w / 2;
    const offsets = [
      [0, drop, 0],
      [0, -drop, 3],
      [side, 0, 4],
      [-side, 0, 4],
      [lean, drop - 6, COST.corner],
      [-lean, drop - 6, COST.corner],
      [lean, 6 - drop, COST.corner + 2],
      [-lean, 6 - drop, COST.corner + 2],
      [size.w * 0.3, drop, 2],
      [-size.w * 0.3, drop, 2],
      [size.w * 0.3, -drop, 4],
      [-size.w * 0.3, -drop, 4],
      [size.w * 0.15, drop, 1],
      [-size.w * 0.15, drop, 1],
      [size.w * 0.15, -drop, 4],
      [-size.w * 0.15, -drop, 4],
      [size.w * 0.45, drop, 4],
      [-size.w * 0.45, drop, 4],
      [side, size.h / 2, 6],
      [-side, size.h / 2, 6],
      [side, -size.h / 2, 6],
      [-side, -size.h / 2, 6],
    ];
    for (const [dx, dy, cost] of offsets) {
      const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: id, lines: size.lines };
      spots.push({
        ...box,
        cost:
          cost +
          shape * COST.shape +
          (size.clipped ? COST.clipped : 0) +
          crossed(lines.owners(box), null) * COST.crossing,
      });
    }
  });
  return inBounds(spots, bounds).sort((a, b) => a.cost - b.cost);
}

/** @param {{ id: string; at: Point; radius: number; sizes: LabelSize[]; curve: Curve }} given */
function fewSpots({ id, at, radius, sizes, curve }) {
  const [size] = sizes;
  if (!size) return [];
  /** @param {number} x @param {number} y */
  const spot = (x, y) => ({ x, y, w: size.w, h: size.h, owner: id, lines: size.lines, cost: 0 });
  if (!curve) return [spot(at.x, at.y + radius + 5 + size.h / 2), spot(at.x, at.y - radius - 5 - size.h / 2)];
  return [0.5, 0.36, 0.64].map((t) => pointAt(curve, t)).map(({ x, y }) => spot(x, y));
}

/** @param {any} item @param {Crowd} lines @param {Box | null} bounds */
function edgeSpots(item, lines, bounds) {
  const spots = [];
  item.sizes.forEach((size, shape) => {
    ALONG.forEach((t, step) => {
      const at = pointAt(item.curve, t);
      for (const [dx, dy, aside] of asides(size)) {
        const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: item.id, lines: size.lines };
        const owners = lines.owners(box, aside ? 5 : 1);
        const own = aside
          ? owners.has(item.id)
            ? COST.own * (item.heavy ? 4 : 1)
            : 0
          : (size.lines.length - 1) * COST.onLine * (item.heavy ? 3 : 1);
        spots.push({
          ...box,
          cost:
            step * COST.step +
            aside +
            shape * COST.shape +
            costOfSize(size) +
            crossed(owners, item.id) * COST.crossing +
            own,
        });
      }
    });
  });
  return inBounds(spots, bounds).sort((a, b) => a.cost - b.cost);
}

// Where words that must stand can be set round the mark of their line; on the paper where that can be.
/** @param {any} item @param {Crowd} lines @param {Box | null} bounds @param {any[]} items */
function roundSpots(item, lines, bounds, items) {
  const fine = items.filter((each) => each.must).length <= FEW;
  const round = fine ? FINE_ROUND : ROUND;
  const mark = pointAt(item.curve, 0.5);
  const spots = [];
  for (const [shape, size] of item.sizes.entries())
    for (const far of fine ? FINE_RINGS : RINGS)
      for (let turn = 0; turn < round; turn += 1) {
        const angle = ((turn + 0.5) / round) * Math.PI * 2;
        const box = {
          x: mark.x + Math.cos(angle) * (far + size.w / 2),
          y: mark.y + Math.sin(angle) * (far * 0.7 + size.h / 2),
          w: size.w,
          h: size.h,
          owner: item.id,
          lines: size.lines,
        };
        spots.push({
          ...box,
          cost:
            COST.led +
            far * COST.length +
            shape * COST.shape +
            costOfSize(size) +
            crossed(lines.owners(box), item.id) * COST.crossing,
        });
      }
  const within = inBounds(spots, bounds);
  return (within.length ? within : spots).sort((a, b) => a.cost - b.cost);
}

// What must stand rather stands where the names round it keep places of their own.
/** @param {any[]} items @param {Crowd} crowd @param {any} around */
function spareNames(items, crowd, around) {
  const names = items
    .filter((item) => !item.curve)
    .map((item) => item.spots.filter((spot) => !crowd.hits(spot)).slice(0, NAME_PLACES));
  for (const item of items.filter((each) => each.must)) {
    item.spots = [...item.spots, ...around(item)]
      .filter((spot) => !crowd.hits(spot))
      .map((spot) => ({
        ...spot,
        cost: spot.cost + names.reduce((sum, places) => sum + shareTaken(places, spot) ** 2 * COST.name, 0),
      }));
    item.spots.sort((a, b) => a.cost - b.cost);
  }
}

// How large a part of some places a box would take.
/** @param {any} places @param {Box} box */
function shareTaken(places, box) {
  let taken = 0;
  for (const place of places)
    if (
      Math.abs(place.x - box.x) * 2 < place.w + box.w + GAP * 2 &&
      Math.abs(place.y - box.y) * 2 < place.h + box.h + GAP
    )
      taken += 1;
  return taken ? taken / places.length : 0;
}

/** @param {any[]} spots @param {Crowd} crowd */
function leastCovering(spots, crowd) {
  let best = null;
  for (const spot of spots) {
    const covers = crowd.covered(spot);
    if (!best || covers < best.covers) best = { covers, spot };
  }
  return best?.spot ?? null;
}

// Whether words stand so near a curve that nobody wonders whose they are.
/** @param {Box} box @param {Curve} curve */
function isBeside(box, curve) {
  return samples(curve, 24).some(
    (point) => Math.abs(point.x - box.x) < box.w / 2 + LEAD_FROM && Math.abs(point.y - box.y) < box.h / 2 + LEAD_FROM,
  );
}

/** @param {{ clipped: boolean }} given */
function costOfSize({ clipped }) {
  return clipped ? COST.clipped : 0;
}

/** @param {Map<string, number>} owners @param {string} but */
function crossed(owners, but) {
  let sum = 0;
  for (const [owner, weight] of owners) if (owner !== but) sum += weight;
  return sum;
}

/** @param {any[]} spots @param {Box | null} bounds */
function inBounds(spots, bounds) {
  if (!bounds) return spots;
  return spots.filter(
    (box) => Math.abs(box.x - bounds.x) * 2 + box.w <= bounds.w && Math.abs(box.y - bounds.y) * 2 + box.h <= bounds.h,
  );
}

/** @param {{ w: number; h: number }} given */
function asides({ w, h }) {
  const up = h / 2 + 6;
  const out = w / 2 + 8;
  return [
    [0, -up - 8, COST.far],
    [0, up + 8, COST.far],
    [0, 0, 0],
    [0, -up, COST.aside],
    [0, up, COST.aside],
    [out, 0, COST.aside],
    [-out, 0, COST.aside],
    [out, -up, COST.away],
    [-out, -up, COST.away],
    [out, up, COST.away],
    [-out, up, COST.away],
  ];
}

/** @param {Box} box */
function* cellsOf(box) {
  const left = Math.floor((box.x - box.w / 2 - 6) / CELL);
  const right = Math.floor((box.x + box.w / 2 + 6) / CELL);
  const top = Math.floor((box.y - box.h / 2 - 6) / CELL);
  const bottom = Math.floor((box.y + box.h / 2 + 6) / CELL);
  for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) yield x * 65536 + y;
}
