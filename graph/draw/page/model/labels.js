// Where labels stand so that none overprints another, a node, or (where it can be helped) somebody else's line.
import { APART, GAP } from "./crowd.js";
import { pointAt, samples } from "./geometry.js";

const LEAD_FROM = 14;
const OUT = 10;
// So many square pixels of something may lie under a name that would else be missing: shapes do not fill their boxes.
const CORNER = 130;
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
  out: 14,
  name: 110,
  neighbour: 40,
  stranger: 10,
};

/**
 * Places the labels of nodes and edges; what fits nowhere is left out, unless it must stand. Items in order of
 * weight: nodes {id, at, radius, sizes, worth, keep}; edges {id, curve, sizes: [{w, h, lines, clipped}], worth, heavy,
 * must, ends}. `bounds` {x, y, w, h} or null; `apart`: names keep off the shapes of others; `keep`: a name that rather
 * touches something than be missing. Those left out are tried again earlier, for some `rounds`, and the best attempt
 * is kept. What must stand is tried first, then further out, and in the end stands where it covers least; where its
 * words are not beside its line, `lead` is the point they belong to.
 * @param {any[]} nodes @param {any[]} edges @param {Crowd} crowd @param {Crowd} lines
 * @param {{ bounds?: Box | null; rounds?: number; apart?: boolean }} [given]
 */
export function placeLabels(nodes, edges, crowd, lines, { bounds = null, rounds = 1, apart = false } = {}) {
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
          : nodeSpots(item, lines, bounds, apart ? crowd : null);
  for (const item of items) item.all = item.spots;
  /** @param {any} item */
  const around = (item) => (item.around ??= roundSpots(item, lines, bounds, items));
  if (apart && !busy) spareNames(items, crowd, around, (item) => !item.must && !item.curve);
  let best = attempts(items, crowd, { around, rounds });
  // What must stand has the first choice; where that costs a name, places further out and the next best are tried.
  if (rounds >= THOROUGH && items[0]?.must && (best.forced || best.left.some((item) => !item.curve))) {
    spareNames(items, crowd, around, (item) => item.must);
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

// The best of some rounds: what was left out most often is tried first in the next, after what must stand.
/**
 * @param {any[]} items @param {Crowd} crowd @param {{ around: any; rounds: number; skip?: number; best?: any }} given
 */
function attempts(items, crowd, { around, rounds, skip = 0, best = null }) {
  const missed = new Map(items.map((item) => [item, item.must ? Infinity : 0]));
  let order = items;
  let found = best;
  for (let round = 0; round < rounds; round += 1) {
    const tried = attempt(order, crowd.copy(), around, skip);
    if (!found || tried.lost < found.lost) found = tried;
    if (!tried.left.length) break;
    for (const item of tried.left) missed.set(item, missed.get(item) + 1);
    order = [...items].sort((a, b) => (missed.get(a) === missed.get(b) ? 0 : missed.get(b) - missed.get(a)));
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
    if (!spot && item.keep) spot = item.all.find((each) => crowd.covered(each) <= CORNER);
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
 * @param {Box | null} bounds @param {Crowd | null} strangers
 */
function nodeSpots({ id, at, radius, sizes }, lines, bounds, strangers) {
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
      // A little farther out, where there is no place beside it.
      ...[lean, -lean, 0].flatMap((dx) => [drop + OUT, -drop - OUT].map((dy) => [dx, dy, COST.out])),
      ...[side + OUT, -side - OUT].flatMap((dx) => [size.h / 2, 0, -size.h / 2].map((dy) => [dx, dy, COST.out])),
    ];
    for (const [dx, dy, cost] of offsets) {
      const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: id, ...rowsOf(size) };
      spots.push({
        ...box,
        cost:
          cost +
          shape * COST.shape +
          (size.clipped ? COST.clipped : 0) +
          crossed(lines.owners(box), null) * COST.crossing +
          (strangers ? crossed(strangers.owners(box, APART), id) * COST.stranger : 0),
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
  const spot = (x, y) => ({ x, y, w: size.w, h: size.h, owner: id, ...rowsOf(size), cost: 0 });
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
        const { id, ends } = item;
        const box = { x: at.x + dx, y: at.y + dy, w: size.w, h: size.h, owner: id, ends, ...rowsOf(size) };
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
          ...rowsOf(size),
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

// What is chosen for it rather stands where the names round it keep places of their own.
/** @param {any[]} items @param {Crowd} crowd @param {any} around @param {(item: any) => boolean} isSparing */
function spareNames(items, crowd, around, isSparing) {
  const names = items
    .filter((item) => !item.curve)
    .map((item) => ({ item, places: item.spots.filter((spot) => !crowd.hits(spot)).slice(0, NAME_PLACES) }));
  /** @param {any} item @param {any} spot */
  const taken = (item, spot) =>
    names.reduce((sum, name) => sum + (name.item === item ? 0 : shareTaken(name.places, spot) ** 2), 0);
  for (const item of items.filter(isSparing)) {
    const weight = item.must ? COST.name : COST.neighbour;
    item.spots = [...item.spots, ...(item.must ? around(item) : [])]
      .filter((spot) => !crowd.hits(spot))
      .map((spot) => ({ ...spot, cost: spot.cost + taken(item, spot) * weight }));
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

// What is painted in a box: its rows, from which of them on who says so stands, and how many of these name nobody.
/** @param {LabelSize} size */
function rowsOf({ lines, who, nobody }) {
  return { lines, who, nobody };
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
