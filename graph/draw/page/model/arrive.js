// Where nodes stand that arrive later: those that are there never move, newcomers range round what they belong to.
const ARRIVAL_GAP = 18;
const RING_STEP = 44;
const MOST_RINGS = 160;
const CELL_SIZE = 240;

/**
 * Places for newcomers: Map id → {x, y}. `placed` is a Map id → {x, y} of what stands; `arriving` is [{id, near: ids}];
 * footprint(id) → {w, h} of a node with its name. The same input gives the same places, and nothing overlaps.
 * @param {Map<string, Point>} placed @param {{ id: string; near: string[] }[]} arriving
 * @param {(id: string) => { w: number; h: number }} footprint
 */
export function placeArriving(placed, arriving, footprint) {
  const grid = new Map();
  const found = new Map();
  /** @param {string} id */
  const at = (id) => found.get(id) ?? placed.get(id);
  for (const [id, point] of placed) occupy(grid, point, footprint(id));
  const middle = centreOf([...placed.values()]);
  let waiting = [...arriving].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  while (waiting.length) {
    // First those that are next to something that stands; what hangs on nothing comes last.
    const ready = waiting.filter(({ near }) => near.some(at));
    for (const { id, near } of ready.length ? ready : waiting.slice(0, 1)) {
      const anchors = near.map(at).filter(Boolean);
      const anchor = anchors.length ? centreOf(anchors) : middle;
      const away =
        Math.hypot(anchor.x - middle.x, anchor.y - middle.y) > 1
          ? Math.atan2(anchor.y - middle.y, anchor.x - middle.x)
          : 0;
      const point = firstFree(grid, anchor, away, footprint(id));
      found.set(id, point);
      occupy(grid, point, footprint(id));
    }
    waiting = waiting.filter(({ id }) => !found.has(id));
  }
  return found;
}

// The first free spot of widening rings, looked for outward first, then to both sides in turn.
/**
 * @param {Map<string, any[]>} grid @param {Point} anchor @param {number} away
 * @param {{ w: number; h: number }} size
 */
function firstFree(grid, anchor, away, size) {
  for (let ring = 1; ring <= MOST_RINGS; ring += 1) {
    const radius = ring * RING_STEP + size.h / 2;
    const spots = 6 + ring * 4;
    for (let turn = 0; turn < spots; turn += 1) {
      const swing = (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * ((Math.PI * 2) / spots);
      const point = { x: anchor.x + Math.cos(away + swing) * radius, y: anchor.y + Math.sin(away + swing) * radius };
      if (isFree(grid, point, size)) return { x: Math.round(point.x * 10) / 10, y: Math.round(point.y * 10) / 10 };
    }
  }
  return { x: anchor.x + MOST_RINGS * RING_STEP, y: anchor.y };
}

/** @param {{ x: number; y: number }} given @param {{ w: number; h: number }} given */
function cellsUnder({ x, y }, { w, h }) {
  const cells = [];
  /** @param {number} middle @param {number} length */
  const reach = (middle, length) => [
    Math.floor((middle - length / 2 - ARRIVAL_GAP) / CELL_SIZE),
    Math.floor((middle + length / 2 + ARRIVAL_GAP) / CELL_SIZE),
  ];
  const [left, right] = reach(x, w);
  const [top, bottom] = reach(y, h);
  for (let column = left; column <= right; column += 1)
    for (let row = top; row <= bottom; row += 1) cells.push(`${column} ${row}`);
  return cells;
}

/** @param {Map<string, any[]>} grid @param {any} point @param {{ w: number; h: number }} size */
function occupy(grid, point, size) {
  for (const cell of cellsUnder(point, size)) grid.set(cell, [...(grid.get(cell) ?? []), { ...point, ...size }]);
}

/** @param {Map<string, any[]>} grid @param {any} point @param {{ w: number; h: number }} size */
function isFree(grid, point, size) {
  return cellsUnder(point, size).every((cell) =>
    (grid.get(cell) ?? []).every(
      (other) =>
        Math.abs(other.x - point.x) >= (other.w + size.w) / 2 + ARRIVAL_GAP ||
        Math.abs(other.y - point.y) >= (other.h + size.h) / 2 + ARRIVAL_GAP,
    ),
  );
}

/** @param {Point[]} points */
function centreOf(points) {
  if (!points.length) return { x: 0, y: 0 };
  return {
    x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
    y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
  };
}
