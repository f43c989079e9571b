// The cast list: who is in it, what is counted of each, how it is sorted and searched, and the rows of ties.
import assert from "node:assert/strict";
import { test } from "node:test";
import { castScene } from "../../graph/draw/page/model/cast.js";
import { disputesIn, readCastList, sortedList, tiesOf } from "../../graph/draw/page/model/castlist.js";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { speakAsPage } from "../words.js";
import { castData } from "./sample.js";

speakAsPage();

const records = readRecords(castData());
const lens = lookThrough(records, freshState().off);
const rows = readCastList(records, lens);
const of = (id, among = rows) => among.find((row) => row.id === id);
const how = (more) => ({ order: "rank", descending: false, typed: "", ...more });

test("every actor is in it, those on the cast first, and nothing that is no actor", () => {
  assert.deepEqual(
    rows.map(({ id }) => id),
    ["norvik", "union", "port", "ilse", "paper"],
  );
});

test("statements by and about it and disputes are counted as the filters show them", () => {
  const { by, about, disputes } = of("union");
  assert.deepEqual([by, about, disputes], [2, 0, 0]);
  assert.deepEqual([of("port").by, of("port").disputes], [1, 1]);
  const other = lookThrough(records, { ...freshState().off, speaker: ["union"] });
  assert.equal(of("union", readCastList(records, other)).by, 0);
});

test("it is sorted by any column, either way, and searched by name and kind", () => {
  const ids = (given) => sortedList(records, rows, "en", how(given)).map(({ id }) => id);
  assert.deepEqual(ids({ order: "name" }), ["paper", "ilse", "norvik", "port", "union"]);
  assert.equal(ids({ order: "by", descending: true })[0], "union");
  assert.deepEqual(ids({ order: "kind" }).slice(-1), ["ilse"]);
  assert.deepEqual(ids({ typed: "person" }), ["ilse"]);
  assert.equal(ids({ typed: "gang" }).includes("norvik"), true);
  assert.equal(ids({ typed: "gang" }).includes("ilse"), false);
  assert.deepEqual(ids({ typed: "marán" }), ["ilse"]);
  assert.deepEqual(ids({ typed: "estibadores" }), ["union"]);
});

test("each row of a tie names both ends and who says so; a denial stands with who denies", () => {
  const scene = castScene(records, lens, freshState());
  const [denial] = tiesOf(scene, "port", "en");
  assert.deepEqual([denial.about, denial.verb, denial.who], ["p1", "× denies", ["Port authority"]]);
  const [dispute] = tiesOf(scene, "union", "en");
  assert.deepEqual([dispute.from, dispute.to, dispute.line], ["union", "norvik", "disputed"]);
  assert.deepEqual(dispute.who, ["Union of Dockers", "× Port authority"]);
});

test("disputes stand by themselves, each once, with how the answer goes", () => {
  const disputes = disputesIn(castScene(records, lens, freshState()), "en");
  assert.deepEqual(
    disputes.map(({ from, to, who }) => [from, to, who]),
    [["union", "norvik", ["Union of Dockers", "× Port authority denies it"]]],
  );
});

test("under a filter a row says what is hidden in place of names that are no longer the whole", () => {
  const off = { ...freshState().off, speaker: ["union"] };
  const scene = castScene(records, lookThrough(records, off), freshState());
  const [dispute] = tiesOf(scene, "norvik", "en");
  assert.equal(dispute.whole, false);
  assert.equal(dispute.seen.hiddenAffirming, 1);
});

test("whoever holds it to have come further, and whoever denies it, begins a row of its own", () => {
  const tie = {
    kind: "tie",
    line: "notyet",
    source: "a",
    target: "b",
    verb: { en: ["pays $6mn"], es: ["paga 6 millones"] },
    who: { en: ["planned: AP and", "the paper", "done: bne", "× a bank"], es: ["previsto: AP", "hecho: bne"] },
    begins: { en: [0, 2, 3], es: [0, 1] },
  };
  const scene = { edges: [{ tie, edge: { id: "tie:0", prop: "p1" }, line: "notyet", whole: true }] };
  assert.deepEqual(tiesOf(scene, "a", "en")[0].who, ["planned: AP and the paper", "done: bne", "× a bank"]);
  assert.deepEqual(tiesOf(scene, "a", "es")[0].who, ["previsto: AP", "hecho: bne"]);
});
