// The cast of a store behind a server: who is in what was loaded at first and how they are tied, in the words of the
// lines of any cast, and placed here, since no file has places for it.
import { tieLine } from "./cast.js";
import { besideItems, castNodeOf } from "./castmore.js";
import { lookThrough } from "./lens.js";
import { isNotionKind } from "./notions.js";
import { isAgent } from "./records.js";
import { springLayout } from "./spring.js";
import { freshState } from "./state.js";

const CAST_MOST = { actors: 20, things: 8, ties: 30, between: 2 };
// The sheet of a full cast, as Python lays it out.
const SERVED_SHEET = { w: 1176, h: 738 };
const TIES_APART = 34;
const SHEET_EDGE = 6;
const BOX_ROOM = 8;
const SHEET_COST = { overlap: 9, through: 500, crossing: 55, length: 0.2, outside: 30, short: 4 };
const SHEET_STEPS = 150;
const SHEET_HOT = 900;

/**
 * The cast of what is known of a store; null where nobody is tied to anybody.
 * @param {Records} records @returns {CastData | null}
 */
export function servedCast(records) {
  const state = freshState();
  const lens = lookThrough(records, state.off, state);
  /** @param {string} id */
  const isActor = (id) => isAgent(records, records.nodes.get(id));
  const disputed = [...lens.props].filter(([, { line }]) => line === "disputed").map(([id]) => id);
  const ends = disputed.flatMap((id) => [records.props.get(id).subject, records.props.get(id).third]);
  const isDrawn = (id) => records.nodes.get(id)?.type === "node";
  const first = [...new Set(ends)].filter(isDrawn);
  const actors = [...new Set([...first.filter(isActor), ...mostTold(records)])].slice(0, CAST_MOST.actors);
  const things = [...new Set([...first.filter((id) => !isActor(id)), ...sharedThings(records, actors)])].slice(
    0,
    CAST_MOST.things,
  );
  const ids = new Set([...actors, ...things]);
  const items = besideItems(records, lens, state, null, [...ids], ids, new Set());
  const ties = chosenTies(items);
  const tied = new Set(ties.flatMap(({ source, target }) => [source, target]));
  const nodes = [...ids].filter((id) => tied.has(id)).map((id) => castNodeOf(records, id));
  if (!nodes.length) return null;
  arrangeSheet(nodes, ties);
  return { size: [SERVED_SHEET.w, SERVED_SHEET.h], nodes, frames: [], ties, listed: [] };
}

/**
 * Actors, those first of whom or by whom there are most statements: their ids.
 * @param {Records} records
 */
export function mostTold(records) {
  const told = toldCounts(records);
  return [...told.keys()]
    .filter((id) => isAgent(records, records.nodes.get(id)))
    .sort((a, b) => told.get(b) - told.get(a) || (a < b ? -1 : 1));
}

// How many statements are about somebody or theirs; who published everything counts by what is said of them alone.
/** @param {Records} records */
function toldCounts(records) {
  const publishers = new Set(records.data.documents.map(({ publisher }) => publisher));
  const told = new Map();
  for (const claim of records.claims.values()) {
    if (claim.withdrawn || claim.stance === "mentioned") continue;
    const { subject, third } = records.props.get(claim.prop) ?? {};
    const speakers = [claim.speaker, claim.for].filter((id) => id && !publishers.has(id));
    for (const id of new Set([subject, third, ...speakers])) if (id) told.set(id, (told.get(id) ?? 0) + 1);
  }
  return told;
}

// Events, agreements, laws and places in which two or more of some actors have a part: those with most of them first.
/** @param {Records} records @param {string[]} actors */
function sharedThings(records, actors) {
  const among = new Set(actors);
  const joined = new Map();
  for (const { from, to, type } of records.edges.values()) {
    if (type !== "relationship") continue;
    for (const [thing, actor] of [
      [from, to],
      [to, from],
    ]) {
      const node = records.nodes.get(thing);
      if (!among.has(actor) || among.has(thing) || node?.type !== "node" || isNotionKind(node.kind)) continue;
      if (isAgent(records, node)) continue;
      joined.set(thing, (joined.get(thing) ?? new Set()).add(actor));
    }
  }
  return [...joined]
    .filter(([, who]) => who.size > 1)
    .sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1))
    .map(([id]) => id);
}

// The lines that are drawn: disputes first, then those that most is said of; few between the same two.
/** @param {any[]} items @returns {any[]} */
function chosenTies(items) {
  const worth = ({ line, edge }) => (line === "disputed" ? 1e6 : 0) + edge.claims.length;
  const sorted = items
    .filter(({ speaks }) => !speaks)
    .sort((a, b) => worth(b) - worth(a) || (a.edge.id < b.edge.id ? -1 : 1));
  const between = new Map();
  const chosen = [];
  for (const { tie } of sorted) {
    const pair = [tie.source, tie.target].sort().join(" ");
    const there = between.get(pair) ?? [];
    if (there.length >= CAST_MOST.between || chosen.length >= CAST_MOST.ties) continue;
    const placed = { ...tie, kind: "tie", along: 0.5, aside: 0, bend: 0 };
    between.set(pair, [...there, placed]);
    chosen.push(placed);
  }
  // Beside each other, seen from the lower end.
  for (const pair of between.values())
    for (const [at, tie] of pair.entries()) tie.aside = TIES_APART * (at - (pair.length - 1) / 2) * sideOfTie(tie);
  return chosen;
}

/** @param {any} tie */
function sideOfTie({ source, target }) {
  return source < target ? 1 : -1;
}

// ---- places

// Finds places in which nothing covers anything: as in Python, one thing at a time is tried elsewhere, and cools down.
// Each change is priced by what it touches.
/** @param {any[]} nodes @param {any[]} ties */
function arrangeSheet(nodes, ties) {
  spreadOut(nodes, ties);
  const random = numbersFrom(7);
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  const ends = ties.map(({ source, target }) => [place.get(source), place.get(target)]);
  const tiesAt = nodes.map((_, index) => [...ties.keys()].filter((at) => ends[at].includes(index)));
  const sheet = { nodes, ties, ends, boxes: [], lines: [] };
  setAnew(
    sheet,
    nodes.map((_, index) => index),
    ties.map((_, index) => index),
  );
  let spent = 0;
  let best = { spent, kept: placesOf(nodes, ties) };
  const steps = SHEET_STEPS * (nodes.length + ties.length);
  for (let step = 0; step < steps; step += 1) {
    const heat = 1 - step / steps;
    const { moved, slid, make, undo } = proposed(nodes, ties, random, heat);
    const lines = [...new Set([...slid, ...moved.flatMap((index) => tiesAt[index])])];
    const before = costOfPart(sheet, moved, lines);
    make();
    setAnew(sheet, moved, lines);
    const more = costOfPart(sheet, moved, lines) - before;
    if (more <= 0 || random() < Math.exp(-more / (SHEET_HOT * heat ** 3 + 0.05))) spent += more;
    else {
      undo();
      setAnew(sheet, moved, lines);
    }
    if (spent < best.spent - 1e-6) best = { spent, kept: placesOf(nodes, ties) };
  }
  for (const [index, at] of best.kept.nodes.entries()) nodes[index].at = at;
  for (const [index, along] of best.kept.ties.entries()) ties[index].along = along;
}

/** @param {any[]} nodes @param {any[]} ties */
function placesOf(nodes, ties) {
  return { nodes: nodes.map(({ at }) => at), ties: ties.map(({ along }) => along) };
}

// The boxes of some nodes, and the lines of some ties with the boxes of their words, as they stand now. Boxes: those of
// the nodes, then those of words.
/** @param {any} sheet @param {number[]} moved @param {number[]} drawn */
function setAnew({ nodes, ties, ends, boxes, lines }, moved, drawn) {
  for (const index of moved) {
    const { at, size } = nodes[index];
    boxes[index] = { x: at[0], y: at[1], w: size[0], h: size[1] };
  }
  for (const index of drawn) {
    const [from, to] = ends[index];
    const { start, end, middle } = tieLine(boxes[from], boxes[to], ties[index]);
    lines[index] = { start, end };
    const [w, h] = ties[index].size;
    boxes[nodes.length + index] = { x: middle.x, y: middle.y, w, h };
  }
}

// Near where their lines lead, spread over the sheet.
/** @param {any[]} nodes @param {any[]} ties */
function spreadOut(nodes, ties) {
  const spots = springLayout(
    nodes.map(({ id }) => id),
    ties.map(({ source, target }) => [source, target]),
  );
  const all = [...spots.values()];
  for (const [axis, side] of /** @type {[("x" | "y"), number][]} */ ([
    ["x", SERVED_SHEET.w],
    ["y", SERVED_SHEET.h],
  ])) {
    const least = Math.min(...all.map((spot) => spot[axis]));
    const wide = Math.max(...all.map((spot) => spot[axis])) - least || 1;
    for (const node of nodes) {
      const share = (spots.get(node.id)[axis] - least) / wide;
      node.at[axis === "x" ? 0 : 1] = (0.1 + 0.8 * share) * side;
    }
  }
  for (const node of nodes) node.at = onSheet(node, node.at);
}

/** @param {any} node @param {number[]} at */
function onSheet({ size: [w, h] }, [x, y]) {
  return [
    Math.max(w / 2 + SHEET_EDGE, Math.min(SERVED_SHEET.w - w / 2 - SHEET_EDGE, x)),
    Math.max(h / 2 + SHEET_EDGE, Math.min(SERVED_SHEET.h - h / 2 - SHEET_EDGE, y)),
  ];
}

// One thing elsewhere: {moved: nodes, slid: ties, make, undo}.
/** @param {any[]} nodes @param {any[]} ties @param {() => number} random @param {number} heat */
function proposed(nodes, ties, random, heat) {
  const kind = random();
  if (kind < 0.3) {
    const index = Math.floor(random() * ties.length);
    const before = ties[index].along;
    const along = 0.2 + 0.6 * random();
    /** @param {number} share */
    const slide = (share) => () => Object.assign(ties[index], { along: share });
    return { moved: [], slid: [index], make: slide(along), undo: slide(before) };
  }
  const [one, other] = [Math.floor(random() * nodes.length), Math.floor(random() * nodes.length)];
  const before = [nodes[one].at, nodes[other].at];
  /** @param {number[][]} spots */
  const put = (spots) => () => {
    nodes[other].at = spots[1];
    nodes[one].at = spots[0];
  };
  if (kind < 0.45 && one !== other) {
    const swapped = [onSheet(nodes[one], before[1]), onSheet(nodes[other], before[0])];
    return { moved: [one, other], slid: [], make: put(swapped), undo: put(before) };
  }
  const far = 12 + 0.3 * heat * SERVED_SHEET.w;
  const [x, y] = before[0];
  const to =
    kind < 0.6
      ? [random() * SERVED_SHEET.w, random() * SERVED_SHEET.h]
      : [x + (random() - 0.5) * far, y + (random() - 0.5) * far];
  const spot = onSheet(nodes[one], to);
  return { moved: [one], slid: [], make: put([spot, one === other ? spot : before[1]]), undo: put(before) };
}

// What some nodes and lines cost with each other and with all else.
/** @param {any} sheet @param {number[]} moved @param {number[]} drawn */
function costOfPart({ nodes, ties, ends, boxes, lines }, moved, drawn) {
  const touched = [...moved, ...drawn.map((index) => nodes.length + index)];
  const isTouched = new Set(touched);
  const isDrawn = new Set(drawn);
  let sum = 0;
  for (const one of touched) {
    sum += outsideOf(boxes[one]) * SHEET_COST.outside;
    for (let other = 0; other < boxes.length; other += 1)
      if (other !== one && (other > one || !isTouched.has(other)))
        sum += overlapOf(boxes[one], boxes[other]) * SHEET_COST.overlap;
  }
  /** @param {number} line @param {number} box */
  const passes = (line, box) =>
    box !== nodes.length + line && !ends[line].includes(box) && runsThrough(lines[line], boxes[box]);
  for (const line of drawn) {
    const { start, end } = lines[line];
    const long = Math.hypot(end.x - start.x, end.y - start.y);
    sum += long * SHEET_COST.length + Math.max(0, ties[line].size[0] * 0.5 + 26 - long) * SHEET_COST.short;
    for (let box = 0; box < boxes.length; box += 1) if (passes(line, box)) sum += SHEET_COST.through;
  }
  for (let line = 0; line < lines.length; line += 1) {
    if (!isDrawn.has(line)) for (const box of touched) if (passes(line, box)) sum += SHEET_COST.through;
    for (const other of drawn)
      if (other !== line && (other > line || !isDrawn.has(line)) && linesCross(lines[line], lines[other]))
        sum += SHEET_COST.crossing;
  }
  return sum;
}

/** @param {Box} one @param {Box} other */
function overlapOf(one, other) {
  const wide = (one.w + other.w) / 2 + BOX_ROOM - Math.abs(one.x - other.x);
  const high = (one.h + other.h) / 2 + BOX_ROOM - Math.abs(one.y - other.y);
  return wide > 0 && high > 0 ? Math.sqrt(wide * high) : 0;
}

/** @param {Box} box */
function outsideOf({ x, y, w, h }) {
  return (
    Math.max(0, w / 2 - x) +
    Math.max(0, x + w / 2 - SERVED_SHEET.w) +
    Math.max(0, h / 2 - y) +
    Math.max(0, y + h / 2 - SERVED_SHEET.h)
  );
}

// Whether a line runs through a box: some of it is inside on both axes at once.
/** @param {any} line @param {Box} box */
function runsThrough({ start, end }, box) {
  let enter = 0;
  let leave = 1;
  for (const [from, to, middle, half] of [
    [start.x, end.x, box.x, box.w / 2],
    [start.y, end.y, box.y, box.h / 2],
  ]) {
    const way = to - from || 1e-9;
    const sides = [(middle - half - from) / way, (middle + half - from) / way];
    enter = Math.max(enter, Math.min(...sides));
    leave = Math.min(leave, Math.max(...sides));
  }
  return enter < leave;
}

/** @param {any} one @param {any} other */
function linesCross({ start: a, end: b }, { start: c, end: d }) {
  /** @param {Point} p @param {Point} q @param {Point} r */
  const turn = (p, q, r) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

// The same numbers each time (a linear congruential generator): the same store has the same drawing.
/** @param {number} seed */
function numbersFrom(seed) {
  let at = seed;
  return () => {
    at = (at * 1664525 + 1013904223) % 4294967296;
    return at / 4294967296;
  };
}
