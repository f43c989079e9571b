// What leaves the page, and the other views: CSV, address, figures, sentences, dates, positions, the dataset.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { addressOf, readAddress } from "../../graph/draw/page/model/address.js";
import { csvCell, csvOf } from "../../graph/draw/page/model/csv.js";
import { originsWords, readFigures } from "../../graph/draw/page/model/figures.js";
import {
  disputesBeside,
  fileName,
  footing,
  lawyerEntry,
  legendText,
  sensitiveProps,
} from "../../graph/draw/page/model/footing.js";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { litByProps } from "../../graph/draw/page/model/lit.js";
import { positionsOf } from "../../graph/draw/page/model/place.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { readRows, sinceWords } from "../../graph/draw/page/model/rows.js";
import { readSentences } from "../../graph/draw/page/model/sentences.js";
import { freshState, ticked } from "../../graph/draw/page/model/state.js";
import { gapWords, propsOfSlot, readTimeline, slotDate } from "../../graph/draw/page/model/timeline.js";
import { bytesOf, gunzipped, sha256Of, trigFile } from "../../graph/draw/page/model/trig.js";
import { SvgPen } from "../../graph/draw/page/views/svgpen.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const T = (text) => ({ en: text, es: text });

function pageOf(data = sampleData(), off = freshState().off, lang = "en") {
  const records = readRecords(data);
  const state = { ...freshState(), off };
  return { records, lens: lookThrough(records, off, state), lang, state, unticked: [], slotWords: "" };
}

// ---- CSV

test("a cell can be no formula", () => {
  for (const bad of ["=1+1", "+1", "-1", "@x", "\tx", " =cmd", "＝1"])
    assert.ok(csvCell(bad).replace(/^"/, "").startsWith("'"), bad);
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell("plain"), "plain");
});

test("each statement is a row that names its denier, and the file says what it is", () => {
  const page = pageOf();
  const rows = csvOf(page).split("\r\n");
  assert.ok(rows[0].startsWith("\ufeffDocument,Place"));
  assert.match(rows[1], /Port authority denies it/);
  for (const row of rows.slice(1, 7)) assert.match(row, /A line is a statement by somebody, not a finding/);
  assert.match(csvOf(page), /Version of 2 May 2024/);
  assert.match(csvOf(page), /Legend: /);
});

test("a filter hides rows, never the denial of one that stays", () => {
  const off = ticked(freshState().off, "speaker", "port", false);
  const rows = csvOf(pageOf(sampleData(), off)).split("\r\n");
  assert.equal(rows.filter((row) => row.includes("s02")).length, 0);
  assert.match(rows[1], /denies it.*1 denial hidden by your filter/);
  assert.match(rows.join("\n"), /The filters hide 1 statement/);
});

// ---- names and footing

test("a file is named after case and version, and nobody", () => {
  const records = readRecords(sampleData());
  assert.equal(fileName(records, "drawing", "png"), "harbour_2024-05-02_drawing.png");
  records.data.edition.cases = ["../../etc", "b"];
  assert.equal(fileName(records, "drawing", "svg"), "2-cases_2024-05-02_drawing.svg");
});

test("every file carries title, version, filters and the rule, in both languages", () => {
  for (const lang of ["en", "es"]) {
    const page = { ...pageOf(), lang, slotWords: "2024" };
    const text = footing(page).join("\n");
    assert.match(text, lang === "en" ? /A line is a statement by somebody/ : /Una línea es una declaración de alguien/);
    assert.match(text, /2024/);
    assert.ok(legendText(lang).length > 100);
  }
});

test("a disputed line without words has its denier written beside", () => {
  const { records, lens } = pageOf();
  assert.deepEqual(disputesBeside(records, lens, new Set(["p1", "p2"]), "en"), [
    "title of contract-order: × Port authority denies it",
  ]);
});

test("the lawyer gets every sensitive relationship, whatever the filters", () => {
  const data = sampleData();
  data.props.p1.sensitive = true;
  const { records } = pageOf(data);
  assert.deepEqual(sensitiveProps(records), ["p1"]);
  const entry = lawyerEntry(records, "p1", "en");
  assert.equal(entry.affirm.length, 1);
  assert.equal(entry.oppose.length, 1);
  assert.match(entry.basis, /not checked/);
});

// ---- the address

test("a state comes back from its address", () => {
  const records = readRecords(sampleData());
  const state = {
    ...freshState(),
    view: "figures",
    shown: "all",
    selected: { type: "prop", id: "p1" },
    moved: { norvik: [3, 4] },
    added: ["ilse"],
    off: ticked(freshState().off, "speaker", "port", false),
    slot: { key: "2024-05", row: "said" },
  };
  const fragment = addressOf(state, "es");
  const back = readAddress(`#${fragment}`, records);
  assert.deepEqual(back.state, state);
  assert.equal(back.lang, "es");
  assert.equal(back.broken, false);
  assert.match(fragment, /^v1\.[\w-]+$/);
});

test("a fresh page has no address, unless it is asked for", () => {
  assert.equal(addressOf(freshState(), "en"), "");
  assert.match(addressOf(freshState(), "en", true), /^v1\./);
  assert.deepEqual(readAddress("", readRecords(sampleData())), { state: freshState(), lang: null, broken: false });
});

test("a group and a line with parts come back from the address", () => {
  const records = readRecords(sampleData());
  for (const selected of [
    { type: "group", id: "group:kind:organisation" },
    { type: "group", id: "group:kind:person" },
    { type: "parts", id: "fold:contract>norvik>port" },
    { type: "parts", id: "bundle:group:kind:organisation>contract" },
  ]) {
    const state = { ...freshState(), group: "kind", selected };
    const back = readAddress(`#${addressOf(state, "en")}`, records);
    assert.deepEqual([back.state.selected, back.broken], [selected, false]);
  }
  for (const selected of [
    { type: "group", id: "group:kind:gone" },
    { type: "group", id: "union" },
    { type: "parts", id: "fold:contract>norvik>gone" },
    { type: "parts", id: "bundle:contract" },
    { type: "parts", id: 7 },
  ]) {
    const back = readAddress(`#${addressOf({ ...freshState(), selected }, "en")}`, records);
    assert.deepEqual([back.state.selected, back.broken], [null, true], JSON.stringify(selected));
  }
});

test("what somebody typed is in no address", () => {
  assert.equal(addressOf({ ...freshState(), ask: { kind: "names", text: "Somebody" } }, "en"), "");
});

test("a broken address is left out and said so", () => {
  const records = readRecords(sampleData());
  const pack = (value) => `v1.${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
  for (const bad of [
    "nonsense",
    "v1.%%%",
    pack([1]),
    pack("x"),
    pack({ selected: { type: "node", id: "gone" } }),
    pack({ view: "<img>" }),
    pack({ __proto__x: 1 }),
    pack({ moved: { norvik: ["a", 1] } }),
    pack({ added: ["gone"] }),
    pack({ ask: { kind: "path", a: "gone" } }),
    pack({ off: { speaker: "port" } }),
    pack({ clock: 3 }),
    pack({ focus: { id: "gone", hops: 1 } }),
    pack({ group: "community" }),
  ]) {
    const read = readAddress(bad, records);
    assert.equal(read.broken, true, bad);
    assert.deepEqual(read.state, freshState(), bad);
  }
  const half = readAddress(pack({ view: "table", selected: { type: "node", id: "gone" } }), records);
  assert.equal(half.state.view, "table");
  assert.equal(half.state.selected, null);
});

// ---- sentences and figures

test("statements stand in the order of their documents, by place", () => {
  const { records, lens } = pageOf();
  const [part] = readSentences(records, lens, "en");
  assert.equal(part.count, 6);
  assert.deepEqual(
    part.places.map((each) => each.claims),
    [["c1", "c2", "c3", "c4", "c5", "c6"]],
  );
  assert.equal(readSentences(records, lens, "en", new Set(["p2"]))[0].count, 1);
  assert.equal(readRows(records, lens, "en", freshState().sort, new Set(["p2"])).length, 1);
});

function withSums() {
  const data = sampleData();
  data.props.p4.value = { kind: "money", number: 2e6, currency: "EUR" };
  data.props.p4.rivals = ["p5"];
  data.props.p5 = { ...data.props.p4, literal: T("3,000,000 EUR"), rivals: ["p4"], claims: ["c7"] };
  data.props.p6 = {
    ...data.props.p3,
    relation: "payer",
    subject: "contract",
    third: "port",
    phrase: T("is said to be paid by"),
    claims: ["c8"],
    line: "said",
  };
  data.claims.c7 = { ...data.claims.c6, sid: "s07", prop: "p5", order: 7, speaker: "union" };
  data.claims.c8 = { ...data.claims.c6, sid: "s08", prop: "p6", order: 8 };
  return data;
}

test("a sum stands with who is said to pay it and with its rivals", () => {
  const { records, lens } = pageOf(withSums());
  const [{ kind, rows }] = readFigures(records, lens, "en");
  assert.equal(kind, "sums");
  assert.deepEqual(
    rows.map((row) => row.figure),
    ["2,000,000 EUR", "3,000,000 EUR"],
  );
  assert.deepEqual(
    rows.map((row) => [row.rivalsHere, row.first]),
    [
      [2, true],
      [2, false],
    ],
  );
  assert.equal(rows[0].payer[0].text, "Is said to be paid by Port authority");
  assert.deepEqual(rows[1].said, [{ how: "said to be so", names: ["Union of Dockers"] }]);
});

test("who only plans a payment stands behind who is said to make it, and the cell is no longer for it", () => {
  const data = withSums();
  data.props.p6.phrase = T("is said to be paid by (planned: AP)");
  const { records, lens } = pageOf(data);
  const [{ rows }] = readFigures(records, lens, "en");
  assert.equal(rows[0].payer[0].text, "Is said to be paid by Port authority (planned: AP)");
});

test("a sum one says is so and another says is planned: each one's certainty, its sources counted once", () => {
  const data = withSums();
  data.claims.c9 = {
    ...data.claims.c7,
    sid: "s09",
    order: 9,
    speaker: "port",
    modality: "planned",
    origin: "union",
    stance: "alleged",
  };
  data.props.p5 = { ...data.props.p5, claims: ["c7", "c9"], affirmedBy: ["c7", "c9"], origins: 1 };
  data.claims.c7.origin = "union";
  const { records, lens } = pageOf(data);
  const [{ rows }] = readFigures(records, lens, "en");
  const row = rows.find(({ id }) => id === "p5");
  assert.deepEqual(row.said, [
    { how: "said to be so", names: ["Union of Dockers"] },
    { how: "planned, alleges", names: ["Port authority"] },
  ]);
  assert.equal(row.sources, "1 independent source: Union of Dockers");
  assert.equal(originsWords(records, "p5", "es"), "1 fuente independiente: Union of Dockers");
});

// ---- dates

test("one slot for each date, at the precision printed, gaps written out", () => {
  const data = sampleData();
  data.props.p4.value = { kind: "date", earliest: "1798-01-01", latest: "1798-12-31", printed: "1798" };
  data.props.p2.span = ["2024-02", "2024-02"];
  data.claims.c1.saidAt = ["2024-04-30", "2024-04-30"];
  const { records, lens } = pageOf(data);
  const { slots, undated } = readTimeline(records, lens);
  assert.deepEqual(
    slots.map((slot) => slot.key),
    ["1798", "2024-02", "2024-04-30", "2024-05-02"],
  );
  assert.deepEqual([...slots[0].happened], ["p4"]);
  assert.deepEqual([...slots[2].said], ["c1"]);
  assert.equal(slots[3].said.size, 5);
  assert.equal(gapWords(slots[1].gap, "en"), "225 years");
  assert.equal(gapWords(slots[2].gap, "en"), "9 weeks");
  assert.equal(gapWords(slots[3].gap, "en"), "");
  assert.equal(undated.happened, 2);
  assert.equal(slotDate("2024-02", "en"), "February 2024");
  assert.equal(slotDate("2024-02-01/2024-02-03", "es"), "1 de febrero de 2024 – 3 de febrero de 2024");
  assert.deepEqual([...propsOfSlot(records, lens, { key: "2024-04-30", row: "said" })], ["p1"]);
  assert.equal(propsOfSlot(records, lens, null), null);
});

test("a chosen date lights its lines, their ends, and who speaks on them", () => {
  const { records } = pageOf();
  const scene = { nodes: [...records.nodes.keys()], edges: [...records.edges.values()].map((edge) => ({ edge })) };
  const lit = litByProps(records, scene, new Set(["p1"]));
  assert.deepEqual([...lit.edges].sort(), ["e1", "k1", "k2"]);
  assert.ok(["contract", "order", "union", "port", "s:p1"].every((id) => lit.nodes.has(id)));
  assert.ok(!lit.nodes.has("norvik"));
});

// ---- positions and the dataset

test("positions are written as the build reads them", () => {
  const records = readRecords(sampleData());
  const stage = { x: 10, y: 20, kx: 2, ky: 4 };
  const dragged = positionsOf(records, { shown: "opening", moved: { norvik: [100, 40] } }, stage);
  assert.equal(dragged.format, 1);
  assert.deepEqual(dragged.opening.norvik, [60, 30]);
  assert.deepEqual(dragged.all.norvik, [0, 0]);
  assert.equal("ilse" in dragged.opening, false);
  assert.deepEqual(positionsOf(records, { shown: "all", moved: { norvik: [100, 40] } }, stage).all.norvik, [100, 40]);
});

test("the dataset comes out as it went in, with a heading that readers pass over", async () => {
  const text = "<a> <b> <c> .\n";
  const bytes = await gunzipped(bytesOf(gzipSync(text).toString("base64")));
  assert.equal(new TextDecoder().decode(bytes), text);
  assert.equal(await sha256Of(bytes), createHash("sha256").update(text).digest("hex"));
  const file = new TextDecoder().decode(trigFile(bytes, ["one", "two\nthree"]));
  assert.equal(file, `# one\n# two three\n\n${text}`);
});

test("what is new since an older version says so", () => {
  assert.equal(sinceWords({ since: "new" }, "en"), "new");
  assert.equal(
    sinceWords({ since: "changed", sinceWhat: ["stance", "summary"] }, "es"),
    "cambiado: postura, nuestro resumen",
  );
  assert.equal(sinceWords({}, "en"), "");
});

test("the pen that writes SVG keeps hostile text as text", () => {
  const pen = new SvgPen(100, 50, "#fff", ["</title><script>alert(1)</script>", "a & b"]);
  pen.font = "600 13px serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText('"><img onerror=x>\u0000\u0008', 10, 20);
  pen.save();
  pen.translate(5, 5);
  pen.beginPath();
  pen.arc(0, 0, 3, 0, Math.PI * 2);
  pen.globalAlpha = 0.5;
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.restore();
  const text = String(pen);
  assert.doesNotMatch(text, /<script|<img/);
  assert.ok(!text.includes("\0") && !text.includes("\b"));
  assert.match(text, /&lt;script&gt;/);
  assert.match(text, /font-weight="600".*text-anchor="middle"/);
  assert.match(text, /d="M8 5A3 3 0 0 1 2 5A3 3 0 0 1 8 5Z"[^>]*stroke-dasharray="5 4"[^>]*opacity="0.5"/);
  assert.equal((text.match(/<svg/g) ?? []).length, 1);
});
