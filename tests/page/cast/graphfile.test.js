// The network that leaves the page: what the filters show, each edge with how it stands, who says so and who denies it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gexfOf, graphmlOf, jsonOf } from "../../../graph/draw/page/model/graphfile.js";
import { lookThrough } from "../../../graph/draw/page/model/lens.js";
import { readRecords } from "../../../graph/draw/page/model/records.js";
import { freshState, ticked } from "../../../graph/draw/page/model/state.js";
import { speakAsPage } from "../../words.js";
import { sampleData } from "../sample.js";

speakAsPage();

/** @returns {any} */
function pageOf(data = sampleData(), off = freshState().off) {
  const records = readRecords(data);
  const state = { ...freshState(), off };
  return { records, lens: lookThrough(records, off, state), lang: "en", state, unticked: [], slotWords: "" };
}

const networkOf = (page) => {
  const { nodes, edges, graph } = JSON.parse(jsonOf(page));
  return { nodes, edges, notes: graph.notes };
};

test("each edge says who says so, and a disputed one who denies it", () => {
  const { nodes, edges, notes } = networkOf(pageOf());
  assert.ok(edges.length > 1);
  const ids = new Set(nodes.map(({ id }) => id));
  for (const edge of edges) {
    assert.ok(ids.has(edge.source) && ids.has(edge.target));
    assert.ok(edge.label && edge.standing && (edge.speakers || edge.deniers));
    assert.match(edge.note, /A line is a statement by somebody, not a finding/);
    if (edge.line === "disputed") assert.ok(edge.deniers);
  }
  assert.ok(edges.some(({ line }) => line === "disputed"));
  assert.match(notes.join(" "), /A line is a statement by somebody, not a finding/);
  assert.match(notes.join(" "), /Legend/);
});

test("a filter takes relationships away, never the denier of one that stays", () => {
  const off = ticked(freshState().off, "speaker", "port", false);
  const before = networkOf(pageOf()).edges.find(({ line }) => line === "disputed");
  const after = networkOf(pageOf(sampleData(), off)).edges.find(({ key }) => key === before?.key);
  assert.equal(after?.deniers, before?.deniers);
  assert.match(after?.standing ?? "", /hidden by your filter/);
});

test("JSON reads as node-link data", () => {
  const data = JSON.parse(jsonOf(pageOf()));
  assert.deepEqual([data.directed, data.multigraph], [true, true]);
  assert.ok(data.edges.every(({ source, target, key }) => source && target && key));
  assert.ok(data.graph.notes.length);
});

test("no name breaks out of the XML", () => {
  const data = sampleData();
  const hostile = `</data><script>x</script>" onload="y" & \u0007\u202e`;
  for (const node of data.nodes) node.label = { en: hostile, es: hostile };
  for (const text of [graphmlOf(pageOf(data)), gexfOf(pageOf(data))]) {
    assert.ok(!text.includes("<script") && !text.includes('onload="y"') && !text.includes("\u0007"));
    assert.ok(text.includes("&lt;/data&gt;&lt;script&gt;"));
    assert.equal(text.match(/<edge /g)?.length, networkOf(pageOf(data)).edges.length);
  }
});
