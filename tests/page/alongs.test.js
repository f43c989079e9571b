// Who says so, along a line: on it, beside it, never over what is there, the longest way that fits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAlong } from "../../graph/draw/page/model/alongs.js";
import { Crowd, crowdOfLines } from "../../graph/draw/page/model/crowd.js";

const straight = (x0, y0, x1, y1) => ({ x0, y0, cx: (x0 + x1) / 2, cy: (y0 + y1) / 2, x1, y1 });
const tag = (text) => ({ lines: [text], w: text.length * 6, h: 13 });
const item = (id, curve, ...texts) => ({ id, curve, tags: texts.map(tag) });
const textOn = (found, one) => found.get(one)?.lines[0];

test("a long line has the whole name on it, a short one the short name", () => {
  const [long, short] = [
    item("a", straight(0, 0, 300, 0), "Union of Dockers", "Union…"),
    item("b", straight(0, 60, 46, 60), "Union of Dockers", "Union…"),
  ];
  const found = placeAlong([long, short], new Crowd(), crowdOfLines([]));
  assert.equal(textOn(found, long), "Union of Dockers");
  assert.equal(found.get(long).y, 0);
  assert.equal(textOn(found, short), "Union…");
});

test("it covers nothing that is there, and where there is no room it is left out", () => {
  const line = item("a", straight(0, 0, 120, 0), "Union of Dockers", "Union…");
  const crowd = new Crowd();
  crowd.add({ x: 60, y: 0, w: 30, h: 10, owner: "name" });
  const spot = placeAlong([line], crowd, crowdOfLines([])).get(line);
  assert.ok(spot?.boxes.every((box) => !crowd.hits(box)));
  crowd.add({ x: 60, y: 0, w: 200, h: 80, owner: "name" });
  assert.equal(placeAlong([line], crowd, crowdOfLines([])).size, 0);
});

test("words never stand on their head, whichever way the line runs", () => {
  for (const curve of [straight(0, 0, -200, 40), straight(0, 0, 10, -200), straight(0, 0, -10, 200)]) {
    const line = item("a", curve, "Union of Dockers");
    const { angle } = placeAlong([line], new Crowd(), crowdOfLines([])).get(line);
    assert.ok(Math.abs(angle) <= Math.PI / 2 + 1e-9, String(angle));
  }
});

test("two lines side by side do not write over each other", () => {
  const lines = [0, 9].map((y) => item(`l${y}`, straight(0, y, 200, y), "Union of Dockers"));
  const crowd = crowdOfLines(lines.map(({ id, curve }) => ({ id, curve, weight: 1 })));
  const found = placeAlong(lines, new Crowd(), crowd);
  const [one, two] = lines.map((line) => found.get(line));
  const other = new Crowd();
  for (const box of one.boxes) other.add(box);
  assert.ok(!two || two.boxes.every((box) => !other.hits(box)));
});

test("where a line is too short for words they stand near by, with a lead to the line that crosses no name", () => {
  const line = item("a", straight(0, 0, 8, 0), "Union of Dockers", "Union…");
  const crowd = new Crowd();
  const [left, right, above] = [
    { x: -12, y: 0, w: 20, h: 20, owner: "one" },
    { x: 20, y: 0, w: 20, h: 20, owner: "other" },
    { x: 4, y: -18, w: 120, h: 12, owner: "name" },
  ];
  for (const box of [left, right, above]) crowd.add(box);
  const spot = placeAlong([line], crowd, crowdOfLines([])).get(line);
  assert.ok(spot.lead.x >= 0 && spot.lead.x <= 8 && spot.lead.y === 0);
  assert.ok(spot.y > 0, "on the side where no name is between");
  assert.ok(!crowd.hits(spot.boxes[0]));
});

test("words with a lead stay inside of what shows", () => {
  const line = item("a", straight(0, 0, 8, 0), "Union of Dockers", "Union…");
  const crowd = new Crowd();
  crowd.add({ x: 4, y: 0, w: 20, h: 12, owner: "one" });
  const bounds = { x: 40, y: 0, w: 100, h: 60 };
  const spot = placeAlong([line], crowd, crowdOfLines([]), bounds).get(line);
  assert.ok(spot.boxes.every(({ x, y, w, h }) => x - w / 2 >= -10 && x + w / 2 <= 90 && Math.abs(y) + h / 2 <= 30));
  assert.equal(placeAlong([line], crowd, crowdOfLines([]), { ...bounds, h: 6 }).size, 0);
});
