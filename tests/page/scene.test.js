// What is drawn: the opening, everything, what a selection reveals; small nodes on their edges; stillness.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { litBy } from "../../graph/draw/page/model/lit.js";
import { placeOpening, placeStatements } from "../../graph/draw/page/model/place.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { sceneOf } from "../../graph/draw/page/model/scene.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const records = readRecords(sampleData());
const lens = lookThrough(records, freshState().off);
const scene = (more) => sceneOf(records, lens, { ...freshState(), ...more });
const room = { w: 600, h: 400, margin: 60 };
const footprint = () => ({ w: 80, h: 50, dy: 10, r: 15 });

test("the opening shows what is marked for it and counts it", () => {
  const opening = scene({});
  assert.deepEqual([opening.drawn, opening.total], [5, 7]);
  assert.deepEqual(opening.edges.map((item) => item.edge.id).sort(), ["e1", "e2", "k1", "k2"]);
});

test("everything is drawn on request", () => {
  const all = scene({ shown: "all" });
  assert.equal(all.drawn, 7);
  assert.ok(all.edges.some((item) => item.edge.id === "e3"));
});

test("a chosen relationship brings its ends, and nothing else", () => {
  const chosen = scene({ selected: { type: "prop", id: "p3" } });
  assert.ok(chosen.nodes.includes("ilse"));
  assert.ok(chosen.edges.some((item) => item.edge.id === "e3"));
  assert.equal(chosen.nodes.includes("paper"), false);
});

test("choosing a node of the opening changes no line", () => {
  const ids = (drawn) => drawn.edges.map((item) => item.edge.id).sort();
  assert.deepEqual(ids(scene({ selected: { type: "node", id: "norvik" } })), ids(scene({})));
});

test("what is denied by all, asked or rejected is drawn only on request", () => {
  const data = sampleData();
  data.props.p2.line = "open";
  const other = readRecords(data);
  const look = lookThrough(other, freshState().off);
  const has = (state) => sceneOf(other, look, state).edges.some((item) => item.edge.id === "e2");
  assert.equal(has(freshState()), false);
  assert.equal(has({ ...freshState(), draw: { ...freshState().draw, open: true } }), true);
  assert.equal(has({ ...freshState(), selected: { type: "prop", id: "p2" } }), true);
});

test("an office under a name is not drawn as a line, unless it is disputed", () => {
  const data = sampleData();
  data.edges[1].subtitle = true;
  data.props.p2.line = "said";
  const other = readRecords(data);
  assert.equal(
    sceneOf(other, lookThrough(other, freshState().off), freshState()).edges.some((item) => item.edge.id === "e2"),
    false,
  );
});

test("a statement node stands on the middle of its edge", () => {
  const at = new Map([
    ["contract", { x: 0, y: 0 }],
    ["order", { x: 100, y: 0 }],
  ]);
  placeStatements(records, ["s:p1"], at, true);
  assert.deepEqual(at.get("s:p1"), { x: 50, y: 0 });
});

test("the same screen gives the same places, and a filter moves nothing", () => {
  const ids = scene({}).nodes;
  const first = placeOpening(records, ids, {}, room, footprint);
  const fewer = placeOpening(
    records,
    ids.filter((id) => id !== "port"),
    {},
    room,
    footprint,
  );
  assert.deepEqual([...placeOpening(records, ids, {}, room, footprint)], [...first]);
  for (const [id, spot] of fewer) assert.deepEqual(spot, first.get(id));
});

test("nothing stands on anything else at the opening", () => {
  const at = [...placeOpening(records, scene({ added: ["ilse", "paper"] }).nodes, {}, room, footprint)];
  for (const [a, p] of at)
    for (const [b, q] of at) if (a < b) assert.ok(Math.abs(p.x - q.x) > 70 || Math.abs(p.y - q.y) > 45, `${a} on ${b}`);
});

test("what was dragged stays where it was put", () => {
  const at = placeOpening(records, scene({}).nodes, { port: [11, 22] }, room, footprint);
  assert.deepEqual(at.get("port"), { x: 11, y: 22 });
});

test("selecting a dispute lights its ends and those who speak of it", () => {
  const lit = litBy(records, scene({ selected: { type: "prop", id: "p1" } }), { type: "prop", id: "p1" });
  assert.deepEqual([...lit.edges].sort(), ["e1", "k1", "k2"]);
  assert.ok(["contract", "order", "union", "port", "s:p1"].every((id) => lit.nodes.has(id)));
  assert.equal(lit.nodes.has("norvik"), false);
});

test("parallel lines without a curve of their own are fanned out", () => {
  const data = sampleData();
  data.edges.push({ ...data.edges[1], id: "e9" }, { ...data.edges[1], id: "e8", from: "norvik", to: "contract" });
  const { bends } = readRecords(data);
  const seen = ["e2", "e9", "e8"].map((id) => bends.get(id) * (id === "e8" ? -1 : 1));
  assert.equal(new Set(seen).size, 3);
});
