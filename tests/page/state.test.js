// Undo and redo, walking, labels and curves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { curveBetween, distanceTo, pointAt, trimmed } from "../../graph/draw/page/model/geometry.js";
import { Crowd, crowdOfLines } from "../../graph/draw/page/model/crowd.js";
import { placeLabels } from "../../graph/draw/page/model/labels.js";
import { change, freshHistory, redo, ticked, undo, untickedCount } from "../../graph/draw/page/model/state.js";
import { nearestThat, nextOf } from "../../graph/draw/page/model/walk.js";
import { speakAsPage } from "../words.js";

speakAsPage();

test("filters are undone and done again; selecting is not a step", () => {
  let history = freshHistory();
  history = change(history, { off: ticked(history.now.off, "speaker", "port", false) });
  history = change(history, { selected: { type: "node", id: "port" } });
  assert.equal(history.past.length, 1);
  assert.equal(untickedCount(history.now.off), 1);
  history = undo(history);
  assert.equal(untickedCount(history.now.off), 0);
  assert.deepEqual(history.now.selected, { type: "node", id: "port" });
  history = redo(history);
  assert.deepEqual(history.now.off.speaker, ["port"]);
  assert.equal(redo(history), history);
});

test("ticking what is ticked is no step", () => {
  const history = freshHistory();
  assert.equal(change(history, { off: ticked(history.now.off, "speaker", "port", true) }).past.length, 0);
});

test("arrows go to the nearest in their direction; page keys pass through everything", () => {
  const things = [
    { key: "a", x: 0, y: 0 },
    { key: "b", x: 100, y: 10 },
    { key: "c", x: 40, y: 90 },
    { key: "d", x: -50, y: 0 },
  ];
  assert.equal(nearestThat(things, things[0], "ArrowRight").key, "b");
  assert.equal(nearestThat(things, things[0], "ArrowDown").key, "c");
  assert.equal(nearestThat(things, things[0], "ArrowUp"), null);
  assert.equal(nextOf(things, "d", 1).key, "a");
  assert.equal(nextOf(things, null, -1).key, "d");
});

test("a curve begins and ends outside its nodes", () => {
  for (const bend of [0, 0.4]) {
    const cut = trimmed(curveBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, bend), 10, 20);
    assert.ok(Math.abs(Math.hypot(cut.x0, cut.y0) - 10) < 0.6);
    assert.ok(Math.abs(Math.hypot(cut.x1 - 100, cut.y1) - 20) < 0.6);
  }
  assert.equal(trimmed(curveBetween({ x: 0, y: 0 }, { x: 20, y: 0 }, 0), 15, 15), null);
});

test("the distance to a curve", () => {
  const curve = curveBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 0.5);
  assert.deepEqual(pointAt(curve, 0.5), { x: 50, y: 25 });
  assert.ok(distanceTo(curve, { x: 50, y: 30 }) < 5.1);
});

test("labels never stand on one another, nor outside the screen", () => {
  const size = (w) => [{ w, h: 30, lines: ["x"] }];
  const nodes = Array.from({ length: 9 }, (_, index) => ({
    id: `n${index}`,
    at: { x: (index % 3) * 110 - 110, y: Math.floor(index / 3) * 110 - 110 },
    radius: 15,
    sizes: size(90),
    worth: 50,
  }));
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    curve: curveBetween(nodes[index].at, node.at, 0.2),
    sizes: size(60),
    worth: 5,
  }));
  const crowd = new Crowd();
  for (const node of nodes) crowd.add({ ...node.at, w: 30, h: 30, owner: node.id });
  const placed = placeLabels(nodes, edges, crowd, crowdOfLines(edges), {
    bounds: { x: 0, y: 0, w: 420, h: 420 },
    rounds: 20,
  });
  const boxes = [...placed.nodes.values(), ...placed.edges.values()];
  assert.equal(placed.nodes.size, 9);
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      assert.ok(Math.abs(a.x - b.x) * 2 >= a.w + b.w || Math.abs(a.y - b.y) * 2 >= a.h + b.h);
  for (const box of boxes) assert.ok(Math.abs(box.x) * 2 + box.w <= 420 && Math.abs(box.y) * 2 + box.h <= 420);
});
