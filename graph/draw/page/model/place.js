// Where nodes stand: as the data says; at the opening stretched to the shape of the screen and eased apart for their
// words.
import { placeArriving } from "./arrive.js";
import { castKey } from "./cast.js";
import { curveBetween, pointAt, samples } from "./geometry.js";

const STRETCH_LIMIT = 4;
const EASE_TURNS = 80;
const EASE_GAP = 14;
const LINE_GAP = 13;
const LINE_PUSH = 5;
// So many at most, and so small a part of all; how far gaps are closed, and how much room there is round names.
const COMPACT = { most: 60, part: 0.75, rank: 0.7, air: 3.2 };
const SPOT_RINGS = 14;
const SPOT_STEP = 46;

/**
 * Positions of the opening in pixels round (0, 0), filling `room` {w, h, margin, drop}: pixels for names beside and
 * below. footprint(id) → {w, h, dy, r} of a node with its label. Filters and selection do not move what the opening
 * shows; what it does not know finds a free spot.
 * @param {Records} records @param {string[]} ids @param {Record<string, [number, number]>} moved @param {any} room
 * @param {(id: string) => Footprint} footprint
 */
export function placeOpening(records, ids, moved, room, footprint) {
  const known = [...records.nodes.values()]
    .filter((node) => node.opening && node.type !== "statement" && Number.isFinite(node.ox))
    .map((node) => node.id);
  const others = ids.filter((id) => !known.includes(id) && records.nodes.get(id).type !== "statement");
  const at = new Map();
  const { x: midX, y: midY, kx, ky } = stageOf(records, room);
  for (const id of known) {
    const node = records.nodes.get(id);
    at.set(id, { x: (node.ox - midX) * kx, y: (node.oy - midY) * ky });
  }
  const lines = [...records.edges.values()].filter(
    (edge) => edge.opening && edge.from !== edge.to && at.has(edge.from) && at.has(edge.to),
  );
  ease(
    at,
    lines.map((edge) => ({ edge, bend: records.bends.get(edge.id) })),
    footprint,
    room,
  );
  if (records.data.served) placeNewcomers(records, others, at, footprint);
  else for (const id of others) at.set(id, freeSpot(records, id, at, footprint, room));
  for (const [id, [x, y]] of Object.entries(moved)) if (at.has(id)) at.set(id, { x, y });
  const drawn = new Set(ids);
  return new Map([...at].filter(([id]) => drawn.has(id)));
}

// Over a server: who has been placed keeps the place, and who comes now ranges round whom it belongs to.
/**
 * @param {Records} records @param {string[]} others @param {Map<string, Point>} at
 * @param {(id: string) => Footprint} footprint
 */
function placeNewcomers(records, others, at, footprint) {
  /** @param {string} id */
  const size = (id) => {
    const { w, h, dy } = footprint(id);
    return { w, h: h + Math.abs(dy) * 2 };
  };
  for (const id of others) if (records.nodes.get(id).at) at.set(id, records.nodes.get(id).at);
  /** @param {string} id */
  const near = (id) => (records.edgesOf.get(id) ?? []).map((edge) => (edge.from === id ? edge.to : edge.from));
  const arriving = others.filter((id) => !at.has(id)).map((id) => ({ id, near: near(id) }));
  for (const [id, point] of placeArriving(at, arriving, size)) at.set(id, point);
}

/**
 * How the opening's own stage is stretched to a room: {x, y, kx, ky}, the middle of the stage and the two scales.
 * @param {Records} records @param {any} room
 */
export function stageOf(records, room) {
  const known = [...records.nodes.values()].filter(
    (node) => node.opening && node.type !== "statement" && Number.isFinite(node.ox),
  );
  const box = boundsOf(known.map((node) => ({ x: node.ox, y: node.oy })));
  const sx = box.w ? room.w / box.w : 1;
  const sy = box.h ? room.h / box.h : 1;
  const least = Math.min(sx, sy) * STRETCH_LIMIT;
  return { x: box.x, y: box.y, kx: Math.min(sx, least), ky: Math.min(sy, least) };
}

/**
 * Where everything stands after dragging, by opaque id, as `actorgraph positions` reads it: {format, all, opening}.
 * @param {Records} records @param {{ shown: any; moved: Record<string, [number, number]> }} given @param {Stage} stage
 */
export function positionsOf(records, { shown, moved }, stage) {
  /** @param {number} value */
  const tenth = (value) => Math.round(value * 10) / 10;
  const all = {};
  const opening = {};
  for (const node of records.nodes.values()) {
    const at = moved[node.id];
    const here = at && shown !== "opening" ? at : [node.x, node.y];
    all[node.id] = here.map(tenth);
    if (!node.opening || !Number.isFinite(node.ox)) continue;
    const there =
      at && shown === "opening" ? [at[0] / stage.kx + stage.x, at[1] / stage.ky + stage.y] : [node.ox, node.oy];
    opening[node.id] = there.map(tenth);
  }
  return { format: 1, all, opening, cast: placesInCast(records.data.cast, moved) };
}

// Places in the cast on its own sheet, once something was dragged there.
function placesInCast(cast, moved) {
  const nodes = cast?.nodes ?? [];
  if (!nodes.some(({ id }) => moved[castKey(id)])) return {};
  const [wide, high] = cast.size;
  return Object.fromEntries(
    nodes.map(({ id, at }) => {
      const to = moved[castKey(id)];
      return [id, to ? [to[0] + wide / 2, to[1] + high / 2] : at];
    }),
  );
}

/**
 * Positions of everything, as the data has them.
 * @param {Records} records @param {string[]} ids @param {Record<string, [number, number]>} moved
 */
export function placeAll(records, ids, moved) {
  const at = new Map();
  for (const id of ids) {
    const node = records.nodes.get(id);
    if (node.type !== "statement")
      at.set(id, moved[id] ? { x: moved[id][0], y: moved[id][1] } : { x: node.x, y: node.y });
  }
  return at;
}

/**
 * Whether what is drawn is laid out for itself: a world or a neighbourhood that leaves few of all that there is.
 * @param {Scene} scene @param {PageState} state
 */
export function isCompact(scene, state) {
  const world =
    (state.ask?.kind === "without" && state.ask.source) ||
    (state.ask?.kind === "according" && state.ask.a) ||
    state.shown === "focus";
  return (
    Boolean(world) &&
    state.shown !== "opening" &&
    !state.group &&
    scene.drawn <= COMPACT.most &&
    scene.drawn < scene.total * COMPACT.part
  );
}

/**
 * Positions of a part of everything, spread over `room` as at the opening: in the order in which they stand in the
 * whole, from left to right and from above to below, with the gaps between them closed; what would lie on somebody
 * else's line is moved a little aside.
 * @param {Scene} scene @param {Record<string, [number, number]>} nudged @param {any} room
 * @param {(id: string) => Footprint} footprint
 */
export function placeCompact(scene, nudged, room, footprint) {
  const { records } = scene;
  const drawn = scene.nodes.filter((id) => records.nodes.get(id).type !== "statement").sort();
  const across = closed(drawn.map((id) => [id, records.nodes.get(id).x]));
  const down = closed(drawn.map((id) => [id, records.nodes.get(id).y]));
  const needed = drawn.reduce((sum, id) => sum + footprint(id).w * footprint(id).h, 0) * COMPACT.air;
  const grow = Math.max(1, Math.sqrt(needed / (room.w * room.h)));
  const stage = { ...room, w: room.w * grow, h: room.h * grow };
  const at = new Map(drawn.map((id) => [id, { x: across.get(id) * stage.w, y: down.get(id) * stage.h }]));
  ease(
    at,
    scene.edges.filter(({ edge }) => edge.from !== edge.to && at.has(edge.from) && at.has(edge.to)),
    footprint,
    stage,
  );
  for (const [id, [x, y]] of Object.entries(nudged)) if (at.has(id)) at.set(id, { x, y });
  return at;
}

// Each value as a part of the way from -½ to ½: between its rank and where it stood. Never two the other way round.
/** @param {any} pairs */
function closed(pairs) {
  const sorted = [...pairs].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0]));
  const [least, most] = [sorted[0]?.[1] ?? 0, sorted[sorted.length - 1]?.[1] ?? 0];
  const last = Math.max(1, sorted.length - 1);
  return new Map(
    sorted.map(([id, value], rank) => [
      id,
      COMPACT.rank * (sorted.length > 1 ? rank / last : 0.5) +
        (1 - COMPACT.rank) * (most > least ? (value - least) / (most - least) : 0.5) -
        0.5,
    ]),
  );
}

/**
 * Statement nodes stand on the middle of the edge they are about; one without an edge stands between its ends, or as
 * the data says.
 * @param {Records} records @param {string[]} ids @param {Map<string, Point>} at @param {any} opening
 */
export function placeStatements(records, ids, at, opening) {
  const waiting = ids.filter((id) => records.nodes.get(id).type === "statement");
  for (let turn = 0; turn < 4; turn += 1) {
    for (const id of waiting) {
      const carrier = records.edges.get(records.carrierOf.get(id));
      const node = records.nodes.get(id);
      const a = carrier && at.get(carrier.from);
      const b = carrier && at.get(carrier.to);
      if (a && b) at.set(id, pointAt(curveBetween(a, b, records.bends.get(carrier.id)), 0.5));
      else if (!at.has(id) && turn > 1) at.set(id, aside(records, node, at, opening));
    }
  }
  return at;
}

/**
 * {x, y, w, h}: the middle and the size of the smallest box round points.
 * @param {any} points
 */
export function boundsOf(points) {
  if (!points.length) return { x: 0, y: 0, w: 0, h: 0 };
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const right = Math.max(...xs);
  const bottom = Math.max(...ys);
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
}

// Pushes footprints apart, a little each turn, always in the same order: the same screen gives the same drawing.
/** @param {Map<string, Point>} at @param {any} lines @param {(id: string) => Footprint} footprint @param {any} room */
function ease(at, lines, footprint, room) {
  const ids = [...at.keys()].sort();
  for (let turn = 0; turn < EASE_TURNS; turn += 1) {
    let pushed = false;
    for (let i = 0; i < ids.length; i += 1) {
      for (let j = i + 1; j < ids.length; j += 1) {
        const a = at.get(ids[i]);
        const b = at.get(ids[j]);
        const fa = footprint(ids[i]);
        const fb = footprint(ids[j]);
        const dx = b.x - a.x || 0.01 * (i - j);
        const dy = b.y + fb.dy - a.y - fa.dy || 0.01 * (i - j);
        const over = (fa.w + fb.w) / 2 + EASE_GAP - Math.abs(dx);
        const down = (fa.h + fb.h) / 2 + EASE_GAP - Math.abs(dy);
        if (over <= 0 || down <= 0) continue;
        pushed = true;
        if (over < down) shift(a, b, (Math.sign(dx) * Math.min(over, 24)) / 2, 0);
        else shift(a, b, 0, (Math.sign(dy) * Math.min(down, 24)) / 2);
      }
    }
    if (turn < EASE_TURNS - 20) pushed = offLines(ids, at, lines, footprint) || pushed;
    for (const id of ids) {
      const point = at.get(id);
      const { w, h, r } = footprint(id);
      const reach = Math.max(0, room.w / 2 + room.margin - w / 2);
      point.x = Math.max(-reach, Math.min(reach, point.x));
      // Below a node there must be room for its name.
      const deep = room.drop === undefined ? room.h / 2 : Math.min(room.h / 2, room.h / 2 + room.drop - (h - r));
      point.y = Math.max(-room.h / 2, Math.min(deep, point.y));
    }
    if (!pushed) break;
  }
}

// A node that lies on somebody else's line would read as part of it: it is moved aside.
/**
 * @param {string[]} ids @param {Map<string, Point>} at @param {any} lines @param {(id: string) => Footprint} footprint
 */
function offLines(ids, at, lines, footprint) {
  let pushed = false;
  for (const { edge, bend } of lines) {
    const points = samples(curveBetween(at.get(edge.from), at.get(edge.to), bend), 16);
    for (const id of ids) {
      if (id === edge.from || id === edge.to) continue;
      const point = at.get(id);
      const reach = footprint(id).r + LINE_GAP;
      const near = points.reduce((best, each) =>
        Math.hypot(each.x - point.x, each.y - point.y) < Math.hypot(best.x - point.x, best.y - point.y) ? each : best,
      );
      const far = Math.hypot(near.x - point.x, near.y - point.y);
      if (far >= reach) continue;
      const way = far < 0.5 ? { x: 1, y: 0 } : { x: (point.x - near.x) / far, y: (point.y - near.y) / far };
      const step = Math.min(LINE_PUSH, reach - far);
      point.x += way.x * step;
      point.y += way.y * step;
      pushed = true;
    }
  }
  return pushed;
}

/** @param {any} a @param {any} b @param {number} x @param {number} y */
function shift(a, b, x, y) {
  a.x -= x;
  a.y -= y;
  b.x += x;
  b.y += y;
}

// A place for a node the opening does not know: near those it is related to, in the first gap of a widening ring.
/**
 * @param {Records} records @param {string} id @param {Map<string, Point>} at
 * @param {(id: string) => Footprint} footprint @param {any} room
 */
function freeSpot(records, id, at, footprint, room) {
  const near = (records.edgesOf.get(id) ?? [])
    .flatMap((edge) => [edge.from, edge.to])
    .filter((end) => end !== id && at.has(end))
    .map((end) => at.get(end));
  const middle = near.length
    ? { x: near.reduce((sum, p) => sum + p.x, 0) / near.length, y: near.reduce((sum, p) => sum + p.y, 0) / near.length }
    : { x: 0, y: 0 };
  const own = footprint(id);
  /** @param {any} point */
  const free = (point) =>
    [...at].every(([other, there]) => {
      const size = footprint(other);
      return (
        Math.abs(there.x - point.x) * 2 > size.w + own.w + EASE_GAP ||
        Math.abs(there.y + size.dy - point.y - own.dy) * 2 > size.h + own.h + EASE_GAP
      );
    });
  /** @param {any} point */
  const inside = (point) => Math.abs(point.x) <= room.w / 2 && Math.abs(point.y) <= room.h / 2;
  for (const must of [inside, () => true]) {
    for (let ring = 1; ring <= SPOT_RINGS; ring += 1) {
      for (let turn = 0; turn < ring * 8; turn += 1) {
        const angle = (turn / (ring * 8)) * Math.PI * 2;
        const point = {
          x: middle.x + Math.cos(angle) * ring * SPOT_STEP,
          y: middle.y + Math.sin(angle) * ring * SPOT_STEP,
        };
        if (must(point) && free(point)) return point;
      }
    }
  }
  return { x: middle.x + SPOT_STEP * SPOT_RINGS, y: middle.y };
}

/** @param {Records} records @param {any} node @param {Map<string, Point>} at @param {any} opening */
function aside(records, node, at, opening) {
  const prop = records.props.get(node.prop);
  const ends = [prop?.subject, prop?.third]
    .map((end) => at.get(end) ?? at.get(records.statementOf.get(end)))
    .filter(Boolean);
  if (ends.length > 1) return { x: (ends[0].x + ends[1].x) / 2, y: (ends[0].y + ends[1].y) / 2 };
  if (ends.length) return { x: ends[0].x + 52, y: ends[0].y - 40 };
  return opening && node.ox !== null ? { x: node.ox, y: node.oy } : { x: node.x, y: node.y };
}
