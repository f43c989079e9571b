// Filters hide relationships, never the answer to one that still shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { facetCounts, lookThrough, readDimensions } from "../../graph/draw/page/model/lens.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { sceneOf } from "../../graph/draw/page/model/scene.js";
import { readRows } from "../../graph/draw/page/model/rows.js";
import { readDocket } from "../../graph/draw/page/model/docket.js";
import { statementsHidden } from "../../graph/draw/page/model/counts.js";
import { hiddenWords } from "../../graph/draw/page/model/standing.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const records = readRecords(sampleData());
const off = (more) => ({ ...freshState().off, ...more });

test("nothing is hidden at first", () => {
  const lens = lookThrough(records, off({}));
  assert.equal(statementsHidden(records, lens), 0);
  assert.equal(lens.filtered, false);
  assert.deepEqual([...lens.props.keys()].sort(), ["p1", "p2", "p3", "p4"]);
});

test("a denier who is unticked leaves the mark and a count of the denial", () => {
  const lens = lookThrough(records, off({ speaker: ["port"] }));
  const seen = lens.props.get("p1");
  assert.equal(seen.line, "disputed");
  assert.equal(seen.hiddenAnswers, 1);
  assert.deepEqual(hiddenWords(seen, "en"), ["1 denial hidden by your filter"]);
  assert.deepEqual(hiddenWords(seen, "es"), ["1 negación oculta por su filtro"]);
  const docket = readDocket(records, lens, "p1");
  assert.equal(docket.oppose.length, 1);
  assert.equal(docket.oppose[0].shown, false);
  const row = readRows(records, lens, "en", { column: "place", descending: false }).find((each) => each.prop === "p1");
  assert.equal(row.cells.answer, "× Port authority denies it; 1 denial hidden by your filter");
});

test("the position of a denial cannot be filtered away from what it answers", () => {
  const seen = lookThrough(records, off({ position: ["denied", "contested"] })).props.get("p1");
  assert.equal(seen.line, "disputed");
  assert.equal(seen.hiddenAnswers, 1);
});

test("a relationship goes when every statement about it is hidden", () => {
  const lens = lookThrough(records, off({ speaker: ["union", "port"] }));
  assert.equal(lens.props.has("p1"), false);
  assert.equal(statementsHidden(records, lens), 3);
});

test("what is left of a firm statement is no firmer than who is left", () => {
  assert.equal(lookThrough(records, off({ speaker: ["union"] })).props.get("p3").line, "soft");
  assert.equal(lookThrough(records, off({ speaker: ["paper"] })).props.get("p3").line, "said");
});

test("a way through which a statement came hides it", () => {
  const lens = lookThrough(records, off({ via: ["paper"] }));
  assert.equal(lens.shown.has("c1"), false);
  assert.equal(lens.props.get("p1").hiddenAffirming, 1);
});

test("only what can change something here is a filter", () => {
  const dimensions = readDimensions(records).map((each) => each.dimension);
  assert.deepEqual(dimensions, ["speaker", "position", "standing", "modality", "via", "kind"]);
});

test("counts show what the other filters leave", () => {
  const counts = facetCounts(records, off({ modality: ["actual"] })).get("speaker");
  assert.deepEqual([...counts], [["paper", 1]]);
});

test("a filter takes nodes with nothing left out of the drawing, and keeps a disputed line whole", () => {
  const lens = lookThrough(records, off({ speaker: ["port"] }));
  const scene = sceneOf(records, lens, { ...freshState(), off: off({ speaker: ["port"] }) });
  assert.ok(scene.edges.some((item) => item.edge.id === "e1" && item.line === "disputed"));
  assert.ok(scene.statements.includes("s:p1"));
  assert.equal(scene.nodes.includes("port"), false);
});
