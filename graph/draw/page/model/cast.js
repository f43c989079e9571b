// The cast: who is in the story and how they are tied, as Python chose, worded and placed it. Filters take lines away,
// never the answer to one that stays.
import { besideIds, besideItems, originsOf, withBeside } from "./castmore.js";
import { weakestOf } from "./fold.js";

/**
 * Whether the cast is drawn: it is asked for, and there is one.
 * @param {Records} records @param {PageState} state
 */
export function isCastDrawn(records, state) {
  return state.shown === "cast" && hasCast(records);
}

/** Whether the data have a cast with anybody on it. */
export function hasCast(records) {
  return Boolean(records.data.cast?.nodes.length);
}

/**
 * The scene of the cast: its nodes, frames and lines, as far as the filters show them, and what was opened, searched
 * for or walked to beside it. `cast` is what is placed; `marks` what an answer (a path, what joins) draws.
 * @param {Records} records @param {Lens} lens @param {PageState} state @param {Marks | null} [marks] @returns {any}
 */
export function castScene(records, lens, state, marks = null) {
  const { cast } = records.data;
  const hidden = new Set(state.hidden.filter((id) => id !== state.selected?.id && !marks?.nodes.has(id)));
  const known = [...cast.nodes, ...cast.frames].filter(({ id }) => records.nodes.has(id) && !hidden.has(id));
  const ids = known.map(({ id }) => id);
  const drawn = new Set(ids);
  const ties = cast.ties.map((tie, index) => ({ ...tie, id: `tie:${index}` }));
  const edges = ties.map((tie) => tieItem(records, lens, tie, drawn)).filter(Boolean);
  // Who answers a dispute is drawn as long as the dispute is.
  const disputes = new Set(edges.filter(({ tie }) => tie.kind !== "denial").map(({ tie }) => tie.props[0]));
  const kept = edges.filter(({ tie }) => tie.kind !== "denial" || disputes.has(tie.target));
  const told = new Set(kept.filter(({ speaks }) => !speaks).flatMap(({ tie }) => tie.props));
  const onCast = new Set([...cast.nodes, ...cast.frames].map(({ id }) => id));
  const beside = besideIds(records, lens, state, marks, onCast);
  for (const id of beside) drawn.add(id);
  const more = besideItems(records, lens, state, marks, beside, drawn, told);
  const at = placeCast({ cast: { ...cast, by: UNSTRETCHED } }, state.moved);
  const scene = {
    records,
    nodes: [...ids, ...beside],
    statements: [],
    edges: [...kept, ...more],
    drawn: ids.length + beside.length,
    total: [...records.nodes.values()].filter((node) => node.type !== "statement").length,
    lit: null,
    selected: state.selected ?? chosenTogether(state, marks),
    shows: lens.shown,
    prime: new Set(),
    cast: withBeside(records, cast, beside, more, at),
  };
  if (marks && (marks.props.size || marks.speaks.size)) scene.lit = lightOfMarks(scene, marks);
  return scene;
}

// What stands out beside what is chosen: what an answer draws, else what was selected together.
function chosenTogether({ picked }, marks) {
  if (marks)
    return { type: "many", id: "", nodes: [...marks.nodes], props: [...marks.props], speaks: [...marks.speaks] };
  return picked.length ? { type: "many", id: "", nodes: picked, props: [], speaks: [] } : null;
}

function lightOfMarks(scene, marks) {
  const nodes = new Set(marks.nodes);
  const edges = new Set();
  for (const { edge, tie, speaks } of scene.edges) {
    const own = speaks ? marks.speaks.has(edge.id) : tie.props.some((id) => marks.props.has(id));
    if (!own) continue;
    edges.add(edge.id);
    nodes.add(edge.from).add(edge.to);
  }
  return { nodes, edges };
}

function tieItem(records, lens, tie, drawn) {
  const props = tie.props.filter((id) => lens.props.has(id));
  if (!props.length || !drawn.has(tie.source)) return null;
  const answers = tie.kind === "denial";
  if (!answers && !drawn.has(tie.target)) return null;
  const speaks = answers || tie.kind === "speech";
  const claims = props.flatMap((id) => records.props.get(id).claims);
  if (speaks && !saysAny(records, lens, tie, claims)) return null;
  const lines = props.map((id) => lens.props.get(id).line);
  const whole = props.length === tie.props.length && claims.every((id) => lens.shown.has(id));
  /** @type {any} */
  const edge = {
    id: tie.id,
    look: (records.edgesOfProp.get(props[0]) ?? [])[0]?.look,
    type: "relationship",
    prop: props[0],
    parts: !answers && tie.props.length > 1 ? props : undefined,
    from: tie.source,
    to: answers ? tie.source : tie.target,
    directed: !speaks,
    claims,
    line: tie.line,
    opening: false,
    subtitle: false,
    curve: 0,
    label: null,
  };
  const line = castLine(tie, lines, speaks);
  const seen = lens.props.get(props[0]);
  // What is written on a line of what is plainly said tells how it is drawn.
  const sign = line === "said" ? seen.sign : line;
  return { edge, tie, line, sign, origins: speaks ? 1 : originsOf(records, props), seen, speaks, bend: 0, whole };
}

// A filter may leave a line in a weaker standing than the whole has, never in a stronger one.
function castLine(tie, lines, speaks) {
  if (speaks) return "speaks";
  return tie.line === "disputed" ? "disputed" : weakestOf([...lines, tie.line]);
}

function saysAny(records, lens, tie, claims) {
  return claims.some((id) => {
    const claim = records.claims.get(id);
    return lens.shown.has(id) && (claim?.speaker === tie.source || claim?.for === tie.source);
  });
}

const UNSTRETCHED = { x: 1, y: 1 };
// A sheet grows by at most this much to fill a window of another shape.
const MOST_STRETCHED = 1.25;

/**
 * The cast on a sheet that has the shape of the room it is drawn in: what stands on it moves apart, and nothing grows.
 * @param {CastData} cast @param {{w: number, h: number}} room @returns {any}
 */
export function stretched(cast, room) {
  const [wide, high] = cast.size;
  const shape = room.w / Math.max(1, room.h) / (wide / high);
  const by = { x: Math.min(MOST_STRETCHED, Math.max(1, shape)), y: Math.min(MOST_STRETCHED, Math.max(1, 1 / shape)) };
  const nodes = cast.nodes.map((node) => ({ ...node, at: [node.at[0] * by.x, node.at[1] * by.y] }));
  const before = new Map(cast.nodes.map((node) => [node.id, node]));
  const after = new Map(nodes.map((node) => [node.id, node]));
  const frames = cast.frames.map((frame) => {
    const old = boundsAround(frame.members.map((id) => before.get(id)));
    const now = boundsAround(frame.members.map((id) => after.get(id)));
    return { ...frame, box: frame.box.map((edge, side) => edge + now[side] - old[side]) };
  });
  const ties = tiesBetween(cast.ties, boxesOf(cast.nodes, cast.frames), boxesOf(nodes, frames), by);
  return { ...cast, size: [wide * by.x, high * by.y], nodes, frames, ties, by };
}

function boxesOf(nodes, frames) {
  const boxes = nodes.map(({ id, at, size }) => [id, { x: at[0], y: at[1], w: size[0], h: size[1] }]);
  const around = frames.map(({ id, box: [left, top, right, bottom] }) => [
    id,
    { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top },
  ]);
  return new Map([...boxes, ...around]);
}

// Words move as all else does: what did not touch before does not touch now.
function tiesBetween(ties, before, after, by) {
  return ties.map((tie) => {
    const [from, to] = [tie.source, tie.target].map((id) => before.get(id));
    const old = tieLine(from, to, tie).middle;
    const spot = { x: old.x * by.x, y: old.y * by.y };
    const [newFrom, newTo] = [tie.source, tie.target].map((id) => after.get(id));
    const { start, end, side } = tieLine(newFrom, newTo, tie);
    if (tie.kind !== "denial") {
      const [w, h] = tie.size;
      if (!before.has(tie.props[0])) before.set(tie.props[0], { ...old, w, h });
      if (!after.has(tie.props[0])) after.set(tie.props[0], { ...spot, w, h });
    }
    const way = { x: end.x - start.x, y: end.y - start.y };
    const off = { x: spot.x - start.x, y: spot.y - start.y };
    const long = way.x ** 2 + way.y ** 2;
    const along = long > 1 ? (off.x * way.x + off.y * way.y) / long : 0.5;
    return { ...tie, along, bend: off.x * side.x + off.y * side.y };
  });
}

function boundsAround(members) {
  return [
    Math.min(...members.map(({ at, size }) => at[0] - size[0] / 2)),
    Math.min(...members.map(({ at, size }) => at[1] - size[1] / 2)),
    Math.max(...members.map(({ at, size }) => at[0] + size[0] / 2)),
    Math.max(...members.map(({ at, size }) => at[1] + size[1] / 2)),
  ];
}

/**
 * Where the nodes of the cast stand, round the middle of their sheet: id → {x, y}. `moved` holds what was dragged, as
 * on the sheet before it was stretched.
 * @param {Pick<Scene, "cast">} scene @param {Record<string, [number, number]>} moved
 */
export function placeCast({ cast }, moved) {
  const [wide, high] = cast.size;
  const at = new Map();
  for (const { id, at: spot } of cast.nodes) {
    const to = moved[castKey(id)];
    at.set(id, to ? { x: to[0] * cast.by.x, y: to[1] * cast.by.y } : { x: spot[0] - wide / 2, y: spot[1] - high / 2 });
  }
  for (const frame of cast.frames) {
    const box = frameBox(cast, frame, at);
    at.set(frame.id, { x: box.x, y: box.y });
  }
  return at;
}

/**
 * {x, y, w, h} of a cast's sheet and of what stands beside it; x and y are its left and top, round the middle of the
 * sheet.
 * @param {CastData} cast
 */
export function extentOf({ size: [wide, high], nodes }) {
  const left = Math.min(0, ...nodes.map(({ at, size }) => at[0] - size[0] / 2));
  const right = Math.max(wide, ...nodes.map(({ at, size }) => at[0] + size[0] / 2));
  const top = Math.min(0, ...nodes.map(({ at, size }) => at[1] - size[1] / 2));
  const bottom = Math.max(high, ...nodes.map(({ at, size }) => at[1] + size[1] / 2));
  return { x: left - wide / 2, y: top - high / 2, w: right - left, h: bottom - top };
}

/** Under which name a place that was dragged to is kept: the same node stands elsewhere in other drawings. */
export function castKey(id) {
  return `cast:${id}`;
}

/**
 * The box of a frame round its members as they stand: {x, y, w, h} of its middle.
 * @param {CastData} cast @param {CastFrame} frame @param {Map<string, {x: number, y: number}>} at
 */
export function frameBox(cast, frame, at) {
  const [wide, high] = cast.size;
  const [left, top, right, bottom] = frame.box;
  const grown = { left: left - wide / 2, top: top - high / 2, right: right - wide / 2, bottom: bottom - high / 2 };
  const sizes = new Map(cast.nodes.map((node) => [node.id, node]));
  const homes = frame.members.map((id) => sizes.get(id)).filter(Boolean);
  const still = homes.every(({ id, at: spot }) => {
    const { x, y } = at.get(id);
    return Math.abs(x - spot[0] + wide / 2) < 1 && Math.abs(y - spot[1] + high / 2) < 1;
  });
  const box = still || !homes.length ? grown : aroundMembers(homes, at);
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2,
    w: box.right - box.left,
    h: box.bottom - box.top,
  };
}

const FRAME_PAD = 12;
const FRAME_HEAD = 22;

function aroundMembers(homes, at) {
  const edges = homes.map(({ id, size: [w, h] }) => {
    const { x, y } = at.get(id);
    return { left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 };
  });
  return {
    left: Math.min(...edges.map(({ left }) => left)) - FRAME_PAD,
    right: Math.max(...edges.map(({ right }) => right)) + FRAME_PAD,
    top: Math.min(...edges.map(({ top }) => top)) - FRAME_PAD - FRAME_HEAD,
    bottom: Math.max(...edges.map(({ bottom }) => bottom)) + FRAME_PAD,
  };
}

const LEAVE = 3;

/** @typedef {{x: number, y: number, w: number, h: number}} Sized */

/**
 * Where a line between two boxes begins and ends, where its words stand, and one pixel to its side.
 * @param {Sized} from @param {Sized} to @param {{along: number, aside: number, bend: number}} tie
 */
export function tieLine(from, to, { along, aside, bend }) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const far = Math.hypot(dx, dy) || 1;
  const side = { x: -dy / far, y: dx / far };
  const start = borderOf(from, to, aside);
  const end = borderOf(to, from, -aside);
  const middle = {
    x: start.x + (end.x - start.x) * along + side.x * bend,
    y: start.y + (end.y - start.y) * along + side.y * bend,
  };
  return { start, middle, end, side };
}

/**
 * Where a line ends that comes from `from` and meets a box at `at`: where the first of its `parts` begins, which are
 * what is painted in it. A box is as wide as its longest row, and a line that ended at its edge would end beside
 * nothing; one that runs far to the side of a frame's middle meets it at a spot inside, and goes back to its border.
 * @param {Sized[]} parts @param {Point} from @param {Point} at
 */
export function reachInto(parts, from, at) {
  const far = Math.hypot(at.x - from.x, at.y - from.y);
  if (far < 1) return at;
  const way = { x: (at.x - from.x) / far, y: (at.y - from.y) / far };
  const steps = parts.map((part) => stepsTo(part, at, way)).filter(Number.isFinite);
  if (!steps.length) return nearestOn(parts, at);
  const step = Math.max(-far, Math.min(...steps));
  return { x: at.x + way.x * step, y: at.y + way.y * step };
}

// The nearest point of some boxes, with a little room.
/** @param {Sized[]} parts @param {Point} at */
function nearestOn(parts, at) {
  const points = parts.map(({ x, y, w, h }) => ({
    x: Math.max(x - w / 2 - LEAVE, Math.min(x + w / 2 + LEAVE, at.x)),
    y: Math.max(y - h / 2 - LEAVE, Math.min(y + h / 2 + LEAVE, at.y)),
  }));
  /** @param {Point} point */
  const far = (point) => Math.hypot(point.x - at.x, point.y - at.y);
  return points.reduce((best, each) => (far(each) < far(best) ? each : best), points[0] ?? at);
}

// How far it is along a way to where a box begins, with a little room; infinite where the way passes it by.
/** @param {Sized} box @param {Point} at @param {Point} way */
function stepsTo({ x, y, w, h }, at, way) {
  let enter = -Infinity;
  let leave = Infinity;
  for (const [middle, half, from, speed] of [
    [x, w / 2 + LEAVE, at.x, way.x],
    [y, h / 2 + LEAVE, at.y, way.y],
  ]) {
    if (Math.abs(speed) < 1e-9 && Math.abs(from - middle) > half) return Infinity;
    const ends = [(middle - half - from) / speed, (middle + half - from) / speed];
    if (Math.abs(speed) < 1e-9) continue;
    enter = Math.max(enter, Math.min(...ends));
    leave = Math.min(leave, Math.max(...ends));
  }
  return enter <= leave && leave >= 0 ? enter : Infinity;
}

// Where a line leaves a box on its way, `aside` pixels to the side of its middle.
function borderOf(box, towards, aside) {
  const dx = towards.x - box.x;
  const dy = towards.y - box.y;
  const far = Math.hypot(dx, dy) || 1;
  const reachX = Math.max(box.w / 2 - Math.abs(aside) + LEAVE, 4);
  const reachY = Math.max(box.h / 2 - Math.abs(aside) + LEAVE, 4);
  const share = Math.min(reachX / (Math.abs(dx) || 1e-9), reachY / (Math.abs(dy) || 1e-9), 1);
  return { x: box.x - (dy / far) * aside + dx * share, y: box.y + (dx / far) * aside + dy * share };
}
