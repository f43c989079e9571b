// What stands in the panel, the table and a copy: nobody's statement becomes a fact, no denial gets lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copyText, readActor, readDocket } from "../../graph/draw/page/model/docket.js";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { csvOf } from "../../graph/draw/page/model/csv.js";
import { columnsFor, readRows } from "../../graph/draw/page/model/rows.js";
import { readStart, statementsAt } from "../../graph/draw/page/model/start.js";
import { opposition, sidesOf, speaksTitle, standingWords, stanceVerb } from "../../graph/draw/page/model/standing.js";
import { factsLine } from "../../graph/draw/page/model/stats.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const records = readRecords(sampleData());
const lens = lookThrough(records, freshState().off);

test("the standing of a dispute names who denies it", () => {
  assert.equal(opposition(records, "p1", "en"), "Port authority denies it");
  assert.equal(standingWords(records, "p1", "en"), "× Port authority denies it");
  assert.equal(standingWords(records, "p1", "es"), "× Port authority lo niega");
  const sides = sidesOf(records, "p1", "en");
  assert.deepEqual([sides.affirm, sides.deny, sides.dispute], ["Union of Dockers", "Port authority", ""]);
});

test("what is planned says so", () => {
  assert.equal(standingWords(records, "p2", "en"), "spoken of as planned; not checked by us");
});

test("verbs follow the stance", () => {
  assert.equal(stanceVerb(records, records.claims.get("c1"), "en"), "alleges");
  assert.equal(stanceVerb(records, records.claims.get("c2"), "es"), "niega");
});

test("an actor's panel: said of it, its figures, what it says, who answers", () => {
  const contract = readActor(records, lens, "contract");
  assert.deepEqual(
    [contract.said, contract.facts, contract.says, contract.answers],
    [["p1", "p2"], ["p4"], [], ["c2"]],
  );
  const union = readActor(records, lens, "union");
  assert.deepEqual([union.says, union.answers], [["c1", "c4"], ["c2"]]);
});

test("a copy carries the denial, the version, the filters and what a line is", () => {
  const off = { ...freshState().off, speaker: ["port"] };
  const text = copyText(records, lookThrough(records, off), "p1", "en", ["Port authority"]);
  assert.match(text, /^summary of contract-order \[1\]\[2\]/);
  assert.match(text, /\[2\] port denied p1\. port › paper\. Harbour Gazette, 2 May 2024, paragraph 1\./);
  assert.match(text, /1 denial hidden by your filter/);
  assert.match(text, /Version of 2 May 2024\. The filters hide 1 statement\. Filters: without Port authority\./);
  assert.match(text, /A line is a statement by somebody, not a finding\.$/);
});

test("no answer is said, and only when there is none", () => {
  assert.equal(readDocket(records, lens, "p3").answered, false);
  assert.match(copyText(records, lens, "p3", "en", []), /No answer in this document\./);
  assert.doesNotMatch(copyText(records, lens, "p1", "en", []), /No answer/);
});

test("rows in the order of the documents, or by a column either way", () => {
  const ids = (sort) => readRows(records, lens, "en", sort).map((row) => row.id);
  assert.deepEqual(ids({ column: "place", descending: false }), ["c1", "c2", "c3", "c4", "c5", "c6"]);
  assert.deepEqual(ids({ column: "place", descending: true })[0], "c6");
  assert.deepEqual(ids({ column: "who", descending: false }), ["c3", "c5", "c6", "c2", "c4", "c1"]);
  assert.equal(columnsFor(records).includes("document"), false);
});

test("every cell about a disputed statement shows the dispute", () => {
  const rows = readRows(records, lens, "en", { column: "place", descending: false });
  assert.equal(rows[0].cells.answer, "× Port authority denies it");
  assert.equal(rows[1].cells.answer, "is an answer");
});

test("a row has its own position first: a denial is never said to be so, what is soft has its mark", () => {
  const data = sampleData();
  data.props.p3.sensitive = true;
  data.claims.c2.modality = "planned";
  const found = readRecords(data);
  const rows = new Map(
    readRows(found, lookThrough(found, freshState().off), "en", { column: "place", descending: false }).map((row) => [
      row.id,
      row.cells,
    ]),
  );
  assert.deepEqual([rows.get("c1").position, rows.get("c1").modality], ["? alleges", "said to be so"]);
  assert.deepEqual([rows.get("c2").position, rows.get("c2").modality], ["denies", "of what is planned"]);
  assert.deepEqual([rows.get("c3").position, rows.get("c3").modality], ["says", "planned"]);
  assert.equal(rows.get("c4").position, "? says", "sensitive");
  const denial = readRows(records, lens, "en", { column: "place", descending: false }).find((row) => row.id === "c2");
  assert.equal(denial.cells.modality, "–");
  const csv = csvOf({ records, lens, lang: "en", unticked: [], slotWords: "", state: freshState() })
    .split("\r\n")
    .find((line) => line.includes("s02"));
  assert.ok(csv.includes(",denies,–,") && !csv.includes("said to be so"), csv);
  const columns = columnsFor(records);
  assert.ok(columns.indexOf("position") < columns.indexOf("statement"));
});

test("start here: disputes first, filtered ones left out", () => {
  assert.deepEqual(
    readStart(records, lens).map((part) => part.kind),
    ["disputed", "most"],
  );
  assert.equal(statementsAt(records, lens, "contract"), 4);
});

test("who speaks speaks about, and states nothing", () => {
  assert.equal(
    speaksTitle(records, records.edges.get("k1"), "en"),
    "Union of Dockers speaks about “title of contract-order”",
  );
});

test("the line of facts", () => {
  assert.deepEqual(factsLine(records, "en"), [
    "6 statements by 3 speakers and 1 with no named speaker",
    "1 denied",
    records.data.documents[0].label.en,
    "version of 2 May 2024",
    "nothing checked by us",
  ]);
});
