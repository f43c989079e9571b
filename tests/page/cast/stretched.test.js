// The sheet of the cast in a room of another shape: things move apart, nothing grows, and words stay at their lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeCast, reachInto, stretched, tieLine } from "../../../graph/draw/page/model/cast.js";
import { positionsOf } from "../../../graph/draw/page/model/place.js";

const NODES = [
  { id: "a", at: [100, 100], size: [80, 40] },
  { id: "b", at: [400, 100], size: [80, 40] },
  { id: "c", at: [400, 300], size: [80, 40] },
];
const TIES = [
  { kind: "tie", source: "a", target: "b", props: ["p"], size: [60, 30], along: 0.4, aside: 0, bend: 12 },
  { kind: "denial", source: "c", target: "p", props: ["p"], size: [50, 30], along: 0.5, aside: 0, bend: 0 },
  { kind: "tie", source: "a", target: "f", props: ["q"], size: [50, 30], along: 0.5, aside: 0, bend: -8 },
];
/** @type {any} */
const CAST = {
  size: [500, 400],
  nodes: NODES,
  frames: [{ id: "f", box: [340, 46, 452, 132], members: ["b"] }],
  ties: TIES,
  listed: [],
};

test("a room of the sheet's own shape changes nothing", () => {
  const same = stretched(CAST, { w: 1000, h: 800 });
  assert.deepEqual(same.size, CAST.size);
  assert.deepEqual(
    same.nodes.map(({ at }) => at),
    NODES.map(({ at }) => at),
  );
  for (const [index, tie] of same.ties.entries()) {
    assert.ok(Math.abs(tie.along - TIES[index].along) < 1e-9);
    assert.ok(Math.abs(tie.bend - TIES[index].bend) < 1e-9);
  }
});

test("a wider room moves things and words apart by one factor, and a much wider one no further", () => {
  const wide = stretched(CAST, { w: 600, h: 400 });
  assert.deepEqual(wide.size, [600, 400]);
  assert.deepEqual(wide.nodes[1].at, [480, 100]);
  assert.deepEqual(wide.frames[0].box, [420, 46, 532, 132]);
  const box = ({ at, size }) => ({ x: at[0], y: at[1], w: size[0], h: size[1] });
  const before = tieLine(box(NODES[0]), box(NODES[1]), TIES[0]).middle;
  const after = tieLine(box(wide.nodes[0]), box(wide.nodes[1]), wide.ties[0]).middle;
  assert.ok(Math.abs(after.x - before.x * 1.2) < 1e-6 && Math.abs(after.y - before.y) < 1e-6);
  assert.deepEqual(stretched(CAST, { w: 4000, h: 400 }).by, { x: 1.25, y: 1 });
  assert.deepEqual(stretched(CAST, { w: 500, h: 4000 }).by, { x: 1, y: 1.25 });
});

test("a line ends on the border of what it joins, also where it runs far to the side of its middle", () => {
  const frame = { x: 400, y: 100, w: 200, h: 120 };
  const from = { x: 0, y: 60 };
  const aside = tieLine({ x: 0, y: 100, w: 40, h: 40 }, frame, { along: 0.5, aside: 40, bend: 0 }).end;
  assert.ok(aside.x > 300 + 3);
  const end = reachInto([frame], from, aside);
  assert.ok(Math.abs(end.x - (300 - 3)) < 1e-6);
  const name = { x: 400, y: 100, w: 60, h: 20 };
  assert.ok(Math.abs(reachInto([name], { x: 0, y: 100 }, { x: 300, y: 100 }).x - (370 - 3)) < 1e-6);
});

test("what was dragged stands where it was dragged to, in a room of any shape", () => {
  const scene = /** @type {any} */ ({ cast: stretched(CAST, { w: 600, h: 400 }) });
  const at = placeCast(scene, { "cast:a": [-200, 50] });
  assert.deepEqual(at.get("a"), { x: -240, y: 50 });
  assert.deepEqual(at.get("b"), { x: 180, y: -100 });
});

test("once something was dragged, all places of the cast are saved as on its own sheet", () => {
  const records = /** @type {any} */ ({ nodes: new Map(), data: { cast: CAST } });
  const stage = /** @type {any} */ ({});
  assert.deepEqual(positionsOf(records, /** @type {any} */ ({ shown: "cast", moved: {} }), stage).cast, {});
  const moved = { "cast:a": [-200, 50] };
  const { cast } = positionsOf(records, /** @type {any} */ ({ shown: "cast", moved }), stage);
  assert.deepEqual(cast, { a: [50, 250], b: [400, 100], c: [400, 300] });
});
