// The cast that the page itself makes of a store behind a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tieLine } from "../../../graph/draw/page/model/cast.js";
import { readRecords } from "../../../graph/draw/page/model/records.js";
import { mostTold, servedCast } from "../../../graph/draw/page/model/servedcast.js";
import { sampleData } from "../sample.js";
import { speakAsPage } from "../../words.js";

speakAsPage();

/** The sample, whose kinds say who acts. */
function made() {
  const data = sampleData();
  for (const kind of ["organisation", "person"]) data.kinds[kind].agent = true;
  return data;
}

const cast = () => servedCast(readRecords(made()));

test("whoever is in a dispute is on it, and each line has who says so and who denies it", () => {
  const data = made();
  const { nodes, ties } = cast();
  const disputes = Object.values(data.props).filter(({ line }) => line === "disputed");
  assert.ok(disputes.length);
  const on = new Set(nodes.map(({ id }) => id));
  for (const { subject, third } of disputes) assert.ok(on.has(subject) && on.has(third));
  for (const tie of ties) {
    assert.ok(on.has(tie.source) && on.has(tie.target) && tie.source !== tie.target);
    for (const lang of ["en", "es"]) assert.ok(tie.verb[lang].length && tie.who[lang].length);
  }
  const disputed = ties.filter(({ line }) => line === "disputed");
  assert.ok(disputed.length && disputed.every(({ who }) => who.en.some((row) => row.startsWith("× "))));
});

test("nothing covers anything, nothing leaves the sheet, and it is the same each time", () => {
  const { nodes, ties, size } = cast();
  assert.deepEqual(cast(), cast());
  const boxes = new Map(nodes.map(({ id, at: [x, y], size: [w, h] }) => [id, { x, y, w, h }]));
  const words = ties.map((tie) => ({
    ...tieLine(boxes.get(tie.source), boxes.get(tie.target), tie).middle,
    w: tie.size[0],
    h: tie.size[1],
  }));
  const all = [...boxes.values(), ...words];
  for (const [index, one] of all.entries()) {
    assert.ok(one.x - one.w / 2 >= 0 && one.x + one.w / 2 <= size[0] && one.y - one.h / 2 >= 0);
    assert.ok(one.y + one.h / 2 <= size[1]);
    for (const other of all.slice(index + 1))
      assert.ok(
        Math.abs(one.x - other.x) * 2 >= one.w + other.w || Math.abs(one.y - other.y) * 2 >= one.h + other.h,
        JSON.stringify([one, other]),
      );
  }
});

test("who published everything is not first for having published", () => {
  const data = made();
  for (const claim of Object.values(data.claims)) claim.speaker = data.documents[0].publisher;
  const told = mostTold(readRecords(data));
  assert.ok(told.length && told[0] !== data.documents[0].publisher);
});

test("where nobody is tied to anybody there is none", () => {
  const data = made();
  data.edges = [];
  assert.equal(servedCast(readRecords(data)), null);
});
