// Curves between two points: where they run, where they leave a node, how far a pointer is from them.
const STEPS = 24;

/**
 * A quadratic curve from a to b, bowed by `bend` (0 = straight, 1 = as far aside as half its length).
 * @param {Point} a @param {Point} b @param {number} [bend]
 */
export function curveBetween(a, b, bend = 0) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return { x0: a.x, y0: a.y, cx: (a.x + b.x) / 2 - dy * bend, cy: (a.y + b.y) / 2 + dx * bend, x1: b.x, y1: b.y };
}

/**
 * A loop above a point, for what relates to itself.
 * @param {Point} a @param {number} radius
 */
export function loopAt(a, radius) {
  return {
    x0: a.x - radius * 0.7,
    y0: a.y - radius * 0.7,
    cx: a.x,
    cy: a.y - radius * 5,
    x1: a.x + radius * 0.7,
    y1: a.y - radius * 0.7,
  };
}

/**
 * The point at t (0..1).
 * @param {Curve} c @param {number} t
 */
export function pointAt(c, t) {
  const u = 1 - t;
  return { x: u * u * c.x0 + 2 * u * t * c.cx + t * t * c.x1, y: u * u * c.y0 + 2 * u * t * c.cy + t * t * c.y1 };
}

/**
 * The direction at t, in radians.
 * @param {Curve} c @param {number} t
 */
export function angleAt(c, t) {
  const u = 1 - t;
  return Math.atan2(u * (c.cy - c.y0) + t * (c.y1 - c.cy), u * (c.cx - c.x0) + t * (c.x1 - c.cx));
}

/**
 * The part of a curve outside circles of radius ra round its start and rb round its end; null when nothing is left.
 * @param {Curve} c @param {number} ra @param {number} rb
 */
export function trimmed(c, ra, rb) {
  const long = Math.hypot(c.x1 - c.x0, c.y1 - c.y0);
  const straight = Math.abs((c.cx - c.x0) * (c.y1 - c.y0) - (c.cy - c.y0) * (c.x1 - c.x0)) < 1e-6 * long * long;
  const from = straight ? Math.min(1, ra / (long || 1)) : leaving(c, ra, 0);
  const to = 1 - (straight ? Math.min(1, rb / (long || 1)) : leaving(reversed(c), rb, 0));
  return to - from < 0.02 ? null : between(c, from, to);
}

/**
 * The part of a curve from t0 to t1, as a curve.
 * @param {Curve} c @param {number} t0 @param {number} t1
 */
export function between(c, t0, t1) {
  const start = pointAt(c, t0);
  const end = pointAt(c, t1);
  /** @param {number} p0 @param {number} p1 @param {number} p2 */
  const mix = (p0, p1, p2) => (1 - t0) * (1 - t1) * p0 + ((1 - t0) * t1 + t0 * (1 - t1)) * p1 + t0 * t1 * p2;
  return { x0: start.x, y0: start.y, cx: mix(c.x0, c.cx, c.x1), cy: mix(c.y0, c.cy, c.y1), x1: end.x, y1: end.y };
}

/**
 * How far a point is from a curve.
 * @param {Curve} c @param {Point} p
 */
export function distanceTo(c, p) {
  let best = Infinity;
  let last = pointAt(c, 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const next = pointAt(c, step / STEPS);
    best = Math.min(best, toSegment(p, last, next));
    last = next;
  }
  return best;
}

/**
 * Points along a curve, for keeping labels off it.
 * @param {Curve} c @param {number} [count]
 */
export function samples(c, count = STEPS) {
  return Array.from({ length: count + 1 }, (_, index) => pointAt(c, index / count));
}

/** @param {Curve} c */
function reversed(c) {
  return { x0: c.x1, y0: c.y1, cx: c.cx, cy: c.cy, x1: c.x0, y1: c.y0 };
}

/** @param {Curve} c @param {number} radius @param {number} start */
function leaving(c, radius, start) {
  if (radius <= 0) return 0;
  let low = start;
  let high = start;
  for (let t = start; t <= 1; t += 0.02) {
    const p = pointAt(c, t);
    high = t;
    if (Math.hypot(p.x - c.x0, p.y - c.y0) >= radius) break;
    low = t;
  }
  for (let turn = 0; turn < 8; turn += 1) {
    const t = (low + high) / 2;
    const p = pointAt(c, t);
    if (Math.hypot(p.x - c.x0, p.y - c.y0) < radius) low = t;
    else high = t;
  }
  return high;
}

/** @param {Point} p @param {Point} a @param {Point} b */
function toSegment(p, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0;
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}
