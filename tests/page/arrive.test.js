// Nodes that arrive later: nobody who stands moves, nobody overlaps, and the same again gives the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeArriving } from "../../graph/draw/page/model/arrive.js";

const size = (id) => ({ w: 60 + (id.length % 5) * 24, h: 34 });
function apart(at, ids) {
  for (const [index, a] of ids.entries())
    for (const b of ids.slice(index + 1)) {
      const [one, other] = [at.get(a), at.get(b)];
      const clear =
        Math.abs(one.x - other.x) >= (size(a).w + size(b).w) / 2 ||
        Math.abs(one.y - other.y) >= (size(a).h + size(b).h) / 2;
      assert.ok(clear, `${a} lies on ${b}`);
    }
}
const placed = new Map([
  ["hub", { x: 0, y: 0 }],
  ["far", { x: 900, y: -300 }],
  ["other", { x: 160, y: 20 }],
]);

test("neighbours range round their node without touching, and what stood stays", () => {
  const before = JSON.stringify([...placed]);
  const arriving = Array.from({ length: 120 }, (_, at) => ({
    id: `n${at}${"x".repeat(at % 7)}`,
    near: at % 3 ? ["hub"] : ["far"],
  }));
  const found = placeArriving(placed, arriving, size);
  assert.equal(JSON.stringify([...placed]), before);
  assert.equal(found.size, 120);
  apart(new Map([...placed, ...found]), [...placed.keys(), ...found.keys()]);
  const reach = arriving
    .filter(({ near }) => near[0] === "far")
    .map(({ id }) => Math.hypot(found.get(id).x - 900, found.get(id).y + 300));
  assert.ok(Math.max(...reach) < 600, "they stay near whom they belong to");
});

test("the order in which they arrive does not matter, and the same again gives the same", () => {
  const arriving = ["a", "bb", "ccc", "dddd"].map((id) => ({ id, near: ["hub"] }));
  const once = placeArriving(placed, arriving, size);
  assert.deepEqual([...placeArriving(placed, [...arriving].reverse(), size)].sort(), [...once].sort());
});

test("a second wave leaves the first where it is", () => {
  const first = placeArriving(
    placed,
    [
      { id: "a", near: ["hub"] },
      { id: "b", near: ["a"] },
    ],
    size,
  );
  const all = new Map([...placed, ...first]);
  const second = placeArriving(
    all,
    [
      { id: "c", near: ["a"] },
      { id: "d", near: [] },
    ],
    size,
  );
  apart(new Map([...all, ...second]), [...all.keys(), ...second.keys()]);
  assert.deepEqual([...second.keys()].sort(), ["c", "d"]);
});

test("newcomers that hang on each other alone are placed, too, and so are the first of all", () => {
  const found = placeArriving(
    new Map(),
    [
      { id: "a", near: ["b"] },
      { id: "b", near: ["a"] },
      { id: "c", near: ["nobody"] },
    ],
    size,
  );
  apart(found, ["a", "b", "c"]);
});

test("two thousand are placed before a reader would wait", () => {
  const arriving = Array.from({ length: 2000 }, (_, at) => ({ id: `n${at}`, near: ["hub"] }));
  const begun = process.cpuUsage();
  assert.equal(placeArriving(placed, arriving, size).size, 2000);
  assert.ok(process.cpuUsage(begun).user < 20_000_000);
});
