// A × never stands without the name of who denies: at the opening, in the whole, on a phone, under a selection,
// however crowded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { isCompact, placeAll, placeCompact, placeOpening, placeStatements } from "../../graph/draw/page/model/place.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { sceneOf } from "../../graph/draw/page/model/scene.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { asUsed } from "../../graph/draw/page/model/notions.js";
import { Arrangement, nodeWords } from "../../graph/draw/page/views/arrange.js";
import { countedNames } from "../../graph/draw/page/model/told.js";
import { speakerTags } from "../../graph/draw/page/views/edgewords.js";
import { drawQuotes } from "../../graph/draw/page/views/pen.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

// As wide as letters are, more or less.
const type = {
  kept: (_, run) => run(),
  latest: (_, run) => run(),
  sizeOf: (lines) => ({ w: Math.max(...lines.map((line) => line.length)) * 6.2, h: lines.length * 14, lines }),
};
const footprint = () => ({ w: 80, h: 50, dy: 10, r: 15 });

function crowdedData(others) {
  const data = sampleData();
  for (const [at, node] of data.nodes.entries())
    Object.assign(node, { x: 40 + (at % 3) * 95, y: 30 + Math.floor(at / 3) * 90 });
  for (let at = 0; at < others; at += 1)
    data.nodes.push({
      ...data.nodes[4],
      id: `n${at}`,
      label: { en: `Neighbour number ${at}`, es: `Vecino ${at}` },
      props: [],
      facts: [],
      says: [],
      x: (at % 9) * 30,
      y: Math.floor(at / 9) * 24,
      ox: (at % 9) * 30,
      oy: Math.floor(at / 9) * 24,
    });
  return data;
}

function arranged(data, state, { small = false, w = 620, h = 500, lang = "en" } = {}) {
  const records = readRecords(data);
  const lens = lookThrough(records, state.off, state);
  const scene = sceneOf(records, lens, state);
  const opening = state.shown === "opening";
  const room = { w: w - 80, h: h - 40, margin: 30, drop: 24 };
  const at = opening ? placeOpening(records, scene.nodes, {}, room, footprint) : placeAll(records, scene.nodes, {});
  placeStatements(records, scene.statements, at, opening);
  return new Arrangement({
    records: scene.records,
    scene,
    at,
    scale: opening ? 1 : 0.3,
    selected: scene.selected,
    lang,
    opening,
    small,
    type,
    bounds: opening ? { x: 0, y: 0, w, h } : null,
  });
}

function wordsOf(arrangement, prop) {
  const item = [...arrangement.items, ...arrangement.crosses].find(({ edge }) => edge.prop === prop);
  return arrangement.edgeLabels.get(item.edge.id)?.lines.join(" ") ?? "";
}

for (const lang of ["en", "es"]) {
  const named = lang === "en" ? /× denied by: Port authority/ : /× lo niega: Port authority/;
  const said =
    lang === "en" ? /× relation, alleged Union of Dockers/ : /× relation, según acusaciones Union of Dockers/;
  test(`who denies is named wherever the × is drawn (${lang})`, () => {
    for (const others of [0, 20, 120]) {
      for (const small of [false, true]) {
        for (const state of [
          {},
          { shown: "all" },
          { shown: "all", selected: { type: "node", id: "ilse" } },
          { selected: { type: "node", id: "norvik" } },
        ]) {
          const found = wordsOf(
            arranged(
              crowdedData(others),
              { ...freshState(), ...state },
              { small, ...(small ? { w: 382, h: 400 } : {}), lang },
            ),
            "p1",
          );
          assert.match(found, named, JSON.stringify([others, small, state]));
          assert.match(
            found,
            said,
            `never without what is denied, and by whom it is said: ${JSON.stringify([others, small, state])}`,
          );
        }
      }
    }
  });
}

test("so it is on a small node without a line of its own", () => {
  const data = sampleData();
  data.edges = data.edges.filter(({ prop }) => prop !== "p1");
  data.props.p1.third = null;
  const found = arranged(data, { ...freshState(), shown: "all", draw: { ...freshState().draw, speaksAll: true } });
  assert.match(wordsOf(found, "p1"), /× denied by: Port authority/);
});

test("a line without its words and without who says so bears quotation marks, and no other", () => {
  const bare = arranged(crowdedData(0), { ...freshState(), shown: "all" });
  // As if who says so had found no room on one of them.
  const crowded = bare.items.find((item) => bare.tags.has(item));
  bare.tags.delete(crowded);
  bare.quoted.clear();
  bare.quote();
  assert.ok(bare.quoted.has(crowded));
  const plain = bare.items.filter(({ line }) => line === "said");
  assert.ok(plain.length);
  for (const item of plain)
    assert.notEqual(bare.quoted.has(item), bare.edgeLabels.has(item.edge.id) || bare.tags.has(item), item.edge.id);
  const drawn = [];
  const pen = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given) => {
          if (name === "fillText") drawn.push(given[0]);
        },
      set: () => true,
    },
  );
  for (const [item, at] of bare.quoted)
    drawQuotes(pen, { ...item, curve: { ...item.curve, x1: item.curve.x0 + 60 } }, at, {});
  assert.deepEqual([...new Set(drawn)], ["“”"]);
});

test("a notion is set as a word somebody uses, an actor as a name", () => {
  const data = sampleData();
  data.kinds.concept = { label: { en: "notion", es: "noción" }, shape: "ellipse", hue: "concept" };
  data.nodes[4] = {
    ...data.nodes[4],
    kind: "concept",
    label: { en: "Vital source", es: "Fuente vital" },
    name: { en: "a vital source", es: "una fuente vital" },
  };
  const found = arranged(data, freshState());
  assert.deepEqual(
    ["norvik", "port"].map((id) => found.styleOf(id)),
    ["notion", "node"],
  );
  assert.equal(nodeWords(found.records, "norvik", "en", false)[0].join(" "), "vital source");
  assert.equal(asUsed({ label: { en: "GDP" }, name: { en: "the GDP" } }, "en"), "GDP");
});

test("words that do not stand beside their line are led to its mark", () => {
  const tight = arranged(crowdedData(120), { ...freshState(), shown: "all" }, { small: true });
  const item = tight.items.find(({ edge }) => edge.prop === "p1");
  const box = tight.edgeLabels.get(item.edge.id);
  const beside = Math.abs(box.x - item.curve.cx) < box.w / 2 + 40 && Math.abs(box.y - item.curve.cy) < box.h / 2 + 40;
  assert.ok(box.lead || beside);
});

test("a part that few are left in is laid out anew, in the same order, the same each time", () => {
  const data = crowdedData(20);
  const records = readRecords(data);
  const state = { ...freshState(), shown: "all", ask: { kind: "according", a: "union" } };
  const lens = lookThrough(records, state.off, state);
  const scene = sceneOf(records, lens, state);
  assert.ok(isCompact(scene, state) && scene.drawn < scene.total);
  assert.ok(
    !isCompact(sceneOf(records, lookThrough(records, state.off, freshState()), { ...freshState(), shown: "all" }), {
      ...freshState(),
      shown: "all",
    }),
    "all of it keeps its places",
  );
  const place = () => placeCompact(scene, {}, { w: 600, h: 400, margin: 60 }, footprint);
  assert.deepEqual(place(), place());
  const at = place();
  const ids = [...at.keys()];
  for (const a of ids)
    for (const b of ids)
      if (records.nodes.get(a).x + 20 < records.nodes.get(b).x) assert.ok(at.get(a).x < at.get(b).x + 40, `${a} ${b}`);
  assert.deepEqual(
    placeCompact(scene, { [ids[0]]: [5, 6] }, { w: 600, h: 400, margin: 60 }, footprint).get(ids[0]),
    { x: 5, y: 6 },
    "what was dragged stays",
  );
});

test("who alleges along a line says that it is alleged, and the line bears no mark beside that", () => {
  const data = crowdedData(0);
  const [said] = data.edges.filter(({ prop }) => data.props[prop]?.line === "said");
  Object.assign(data.props[said.prop], { line: "soft", sign: "soft" });
  for (const id of data.props[said.prop].claims) Object.assign(data.claims[id], { stance: "alleged", firm: false });
  const records = readRecords(data);
  const lens = lookThrough(records, freshState().off, freshState());
  const soft = records.edges.get(said.id);
  const item = { edge: soft, line: "soft", sign: "soft" };
  const tags = speakerTags(records, item, "en", lens.shown).map(({ text }) => text);
  assert.match(tags[0], /^(alleged|reported|supposed|unconfirmed): /);
  assert.ok(tags.length > 1 && !tags[tags.length - 1].includes(":"), tags.join("|"));
  const found = arranged(data, { ...freshState(), shown: "all" });
  for (const each of found.items.filter(({ line }) => line === "soft"))
    assert.equal(each.markless, found.edgeLabels.has(each.edge.id) || Boolean(found.tags.get(each)?.soft));
});

test("two who speak are named before anybody is counted", () => {
  assert.equal(countedNames(["a", "b"], "en"), "a and b");
  assert.equal(countedNames(["a", "b", "c"], "en"), "a, b and c");
  assert.equal(countedNames(["a", "b", "c", "d"], "en"), "a, b and 2 others");
  assert.equal(countedNames(["a", "b", "c", "d"], "es"), "a, b y 2 más");
});
