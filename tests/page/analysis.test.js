// What an analyst asks: clocks, without a source, according to, paths, names, what joins, groups, the actors
// projection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo } from "../../graph/draw/page/model/ask.js";
import { clockStops, daysOf, happenedOn, saidBy } from "../../graph/draw/page/model/clocks.js";
import { carried, undatedUnder } from "../../graph/draw/page/model/docket.js";
import { foldedOf, weakestOf } from "../../graph/draw/page/model/fold.js";
import { isGroup } from "../../graph/draw/page/model/groups.js";
import { sourcesOf, withoutSource } from "../../graph/draw/page/model/knockout.js";
import { facetCounts, lookThrough, NO_CLOCK, readDimensions } from "../../graph/draw/page/model/lens.js";
import { listCopy } from "../../graph/draw/page/model/listwords.js";
import { directBetween, findPaths } from "../../graph/draw/page/model/paths.js";
import { pathCopy, pathHead, pathNothing, pathText } from "../../graph/draw/page/model/pathwords.js";
import { accordingTo, besideEachOther, compareTwo, speakersOf } from "../../graph/draw/page/model/perspective.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { leavesOf, sceneOf, spokenRound } from "../../graph/draw/page/model/scene.js";
import { namesIn, pickFor, readIndex } from "../../graph/draw/page/model/search.js";
import { bothInWords, hiddenWords, partsTitle } from "../../graph/draw/page/model/standing.js";
import { change, filterCount, freshHistory, freshState, toggled, undo } from "../../graph/draw/page/model/state.js";
import { sampleData } from "./sample.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const records = readRecords(sampleData());
const look = (state = {}) => lookThrough(records, state.off ?? freshState().off, { ...freshState(), ...state });
const whole = look();

/** The sample with a second document of a week later, in which the denial stands. */
function twoDocuments() {
  const data = sampleData();
  data.documents.push({
    ...data.documents[0],
    id: "d2",
    label: { en: "Harbour Gazette, 9 May 2024", es: "Harbour Gazette, 9 de mayo de 2024" },
    published: "2024-05-09",
  });
  data.claims.c2.document = "d2";
  return readRecords(data);
}

test("a date means all the days it can", () => {
  assert.deepEqual(daysOf("2024-02"), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(daysOf("1798"), ["1798-01-01", "1798-12-31"]);
  assert.equal(daysOf("soon"), null);
});

test("a statement is known by its own day, else by that of its document", () => {
  assert.equal(saidBy(records, records.claims.get("c1")), "2024-05-02");
  assert.equal(saidBy(records, { ...records.claims.get("c1"), saidAt: ["2024-04-01", "2024-04-30"] }), "2024-04-30");
});

test("with the clock set back a denial came later, and the dispute stays", () => {
  const two = twoDocuments();
  assert.deepEqual(clockStops(two).said, ["2024-05-02", "2024-05-09"]);
  const lens = lookThrough(two, freshState().off, { clock: { ...NO_CLOCK, known: "2024-05-02" } });
  const seen = lens.props.get("p1");
  assert.equal(seen.line, "disputed");
  assert.equal(lens.reasons.get("c2"), "later");
  assert.deepEqual(hiddenWords(seen, "en"), ["denied later: 1 denial"]);
  assert.match(carried(two, lens, "en", [])[0], /Only what had been said by 2 May 2024\./);
});

test("a clock that can change nothing is not there", () => {
  assert.deepEqual(clockStops(records), { said: [], happened: [] });
});

test("what happened: a period or date of its own, never its event's; what has none is kept", () => {
  const data = sampleData();
  data.props.p2.span = ["2024-03", "2024-04-05"];
  data.props.p4.value = { kind: "date", earliest: "2024-05-01", latest: "2024-05-01" };
  const dated = readRecords(data);
  assert.deepEqual(happenedOn(dated, "p2"), ["2024-03-01", "2024-04-05"]);
  assert.equal(happenedOn(dated, "p3"), null);
  const shown = (clock) =>
    [...lookThrough(dated, freshState().off, { clock: { ...NO_CLOCK, ...clock } }).props.keys()].sort();
  // p1 is of the agreement, which has a date by its fact p4: nobody dates p1 itself.
  assert.deepEqual(shown({ to: "2024-04-30" }), ["p1", "p2", "p3"]);
  assert.deepEqual(shown({ to: "2024-04-30", undated: false }), ["p2"]);
  assert.deepEqual(shown({ from: "2024-04-06", undated: false }), ["p4"]);
  assert.deepEqual(clockStops(dated).said, ["2024-04-05", "2024-05-01", "2024-05-02"]);
});

test("every dimension that can change something is a filter, and its counts heed the others", () => {
  const data = sampleData();
  data.claims.c5.hedges = ["reportedly"];
  data.props.p3.origins = 2;
  data.props.p2.relation = "s";
  const more = readRecords(data);
  assert.deepEqual(
    readDimensions(more).map(({ dimension }) => dimension),
    ["speaker", "position", "standing", "modality", "origins", "hedge", "via", "kind", "relation"],
  );
  assert.deepEqual(
    [...facetCounts(more, { ...freshState().off, origins: ["1"] }).get("hedge")],
    [
      ["", 1],
      ["reportedly", 1],
    ],
  );
});

test("what every statement passes through cannot be taken out", () => {
  assert.deepEqual(
    sourcesOf(records)
      .filter(({ all }) => all)
      .map(({ id }) => id),
    ["paper", "d1"],
  );
  assert.equal(withoutSource(records, "paper").allGone, true);
});

test("without the denier the dispute loses its only answer", () => {
  const left = withoutSource(records, "port");
  assert.deepEqual([left.relationships, left.denials, left.unanswered, left.actors], [[], ["c2"], ["p1"], []]);
  const lens = look({ ask: { kind: "without", source: "port" } });
  assert.equal(lens.props.get("p1").line, "disputed");
  assert.deepEqual(hiddenWords(lens.props.get("p1"), "en"), ["1 denial left out of this view"]);
});

test("without the union its accusation has no source left", () => {
  assert.deepEqual(withoutSource(records, "union").relationships, ["p1"]);
});

test("according to one, and two side by side", () => {
  assert.deepEqual(
    speakersOf(records).map(({ id, n }) => [id, n]),
    [
      ["union", 2],
      ["paper", 2],
      ["port", 1],
    ],
  );
  assert.deepEqual([...accordingTo(records, "port").opposes.keys()], ["p1"]);
  const two = compareTwo(records, "union", "port");
  assert.deepEqual([two.contradict, two.onlyA, two.onlyB, two.both], [["p1"], ["p3"], [], []]);
  assert.deepEqual(compareTwo(records, "union", "paper").both, ["p3"]);
  const lens = look({ ask: { kind: "according", a: "union" } });
  assert.deepEqual([...lens.shown].sort(), ["c1", "c4"]);
  const both = look({ ask: { kind: "according", a: "union", alsoA: ["paper"], b: "port" } });
  assert.ok(both.shown.size > lens.shown.size && both.shown.has("c2"));
});

test("beside each other a statement stands once, and nothing that is denied among what is said", () => {
  const two = besideEachOther(records, ["union"], ["port"]);
  assert.deepEqual(two.contradict, [{ a: ["c1"], b: ["c2"], shared: [] }]);
  assert.deepEqual([two.a.says, two.a.opposes, two.b.says, two.b.opposes], [["c4"], [], [], []]);
  const all = besideEachOther(records, ["union", "paper"], ["port"]);
  const told = [all.contradict, all.rivals, all.both].flat().flatMap((row) => [...row.a, ...row.b, ...row.shared]);
  const rest = [all.a, all.b].flatMap((side) => Object.values(side).flat());
  assert.equal(new Set([...told, ...rest]).size, told.length + rest.length);
  for (const id of [...all.a.says, ...all.b.says]) assert.equal(records.claims.get(id).side, "affirm");
});

test("paths: never over what is not yet so or disputed until that is ticked, the weakest step named", () => {
  assert.deepEqual(findPaths(records, "ilse", "contract"), []);
  const [path] = findPaths(records, "ilse", "contract", { asked: ["notyet"] });
  assert.deepEqual(
    path.hops.map((hop) => hop.prop),
    ["p3", "p2"],
  );
  assert.equal(path.weakest, 1);
  const direct = directBetween(records, "ilse", "contract");
  assert.equal(
    pathHead(records, path, direct, "en"),
    "3 separate statements by 2 speakers; " +
      "no source here states a connection between Ilse Marán and Night-shift contract, figures such as a share aside.",
  );
  const steps = "1. summary of ilse-norvik [1][2]\n2. summary of contract-norvik [3]\n";
  assert.ok(pathText(records, path, direct, "en").includes(`${steps}\nThe weakest step is 2: planned or possible.`));
  const nothing = pathNothing(records, "ilse", "contract", direct, ["notyet"], "en");
  assert.match(
    nothing,
    /^No path found between Ilse Marán and Night-shift contract; no source here states a connection.*\n/,
  );
  assert.match(nothing, /\nNot followed: planned or possible relationships\.$/);
});

test("a path heeds the filters, and its copy tells them", () => {
  const lens = look({ off: { ...freshState().off, speaker: ["union", "paper"] } });
  assert.deepEqual(findPaths(records, "ilse", "norvik", { lens }), []);
  const part = look({ off: { ...freshState().off, speaker: ["port"] } });
  const [path] = findPaths(records, "ilse", "norvik", { lens: part });
  const copy = pathCopy(
    { records, lens: part, lang: "en", unticked: ["Port authority"] },
    path,
    directBetween(records, "ilse", "norvik", part),
  );
  assert.match(
    copy,
    /^2 separate statements by 2 speakers; a source here states a connection between Ilse Marán and Norvik directly\./,
  );
  assert.match(copy, /Filters: without Port authority\.\nA line is a statement by somebody, not a finding\.$/);
});

test("what is denied by all, asked or held false is never walked", () => {
  const data = sampleData();
  data.props.p3.needs = ["never"];
  const other = readRecords(data);
  assert.deepEqual(findPaths(other, "ilse", "norvik", { asked: ["sensitive", "disputed", "notyet"] }), []);
  assert.deepEqual(directBetween(other, "ilse", "norvik").unaffirmed, ["p3"]);
});

test("an answer says what it draws, and draws it over the opening", () => {
  const state = { ...freshState(), ask: { kind: "path", a: "ilse", b: "contract", asked: ["notyet"] } };
  const answer = answerTo(records, whole, state);
  const scene = sceneOf(records, whole, state, answer.marks);
  assert.ok(scene.nodes.includes("ilse"));
  assert.deepEqual([...scene.lit.edges].sort(), ["e2", "e3"]);
  assert.deepEqual(scene.selected.props.sort(), ["p2", "p3"]);
});

test("a list of names: here, not here, or several", () => {
  const index = readIndex(records);
  assert.deepEqual(namesIn(index, "Ilse Maran\nMarán\nthe port authority\nNobody At All\nunion"), [
    { name: "Ilse Maran", ids: ["ilse"] },
    { name: "Marán", ids: ["ilse"] },
    { name: "the port authority", ids: ["port"] },
    { name: "Nobody At All", ids: [] },
    { name: "union", ids: ["union"] },
  ]);
  assert.deepEqual(
    namesIn(index, "1. Norvik, Ilse Marán").map((each) => each.ids[0]),
    ["norvik", "ilse"],
  );
});

test("what joins several: said between them, and by a third", () => {
  const answer = answerTo(records, whole, { ...freshState(), picked: ["order", "norvik"], ask: { kind: "join" } });
  assert.deepEqual(answer.direct, []);
  assert.deepEqual(answer.shared, [{ node: "contract", of: ["order", "norvik"], props: ["p1", "p2"] }]);
  const text = listCopy({ records, lens: whole, lang: "en", unticked: [] }, "What joins", [
    { title: "by a third", props: answer.shared[0].props },
  ]);
  assert.match(text, /– summary of contract-order \[1\]\[2\] \(× Port authority denies it\)/);
});

test("a closed group is never named after a member, and keeps the dispute with its denier", () => {
  const state = { ...freshState(), shown: "all", group: "kind" };
  const scene = sceneOf(records, whole, state);
  const groups = scene.nodes.filter(isGroup);
  assert.deepEqual(groups.map((id) => scene.records.nodes.get(id).label.en).sort(), [
    "group of 2 (agreement)",
    "group of 4 (organisation)",
  ]);
  assert.equal(
    scene.edges.some(({ edge }) => edge.prop === "p1"),
    false,
  );
  const apart = sceneOf(records, whole, { ...state, opened: ["group:kind:organisation"] });
  assert.ok(apart.nodes.includes("union"));
  const bundle = {
    ...apart.edges.find(({ edge }) => edge.parts)?.edge,
    parts: ["p1"],
    line: "disputed",
    type: "bundle",
    from: "contract",
    to: "order",
  };
  assert.match(partsTitle(records, bundle, "en"), /1 disputed: Port authority denies it/);
});

test("only paired roles fold; a folded edge has no verb, no arrow, and the weakest standing", () => {
  const data = sampleData();
  data.props.p2.relation = "party";
  data.props.p1.relation = "party";
  const folding = readRecords(data);
  const { gone, edges } = foldedOf(folding, lookThrough(folding, freshState().off));
  assert.deepEqual([...gone], ["contract"]);
  assert.deepEqual(
    [edges.length, edges[0].line, edges[0].directed, [...edges[0].parts].sort()],
    [1, "disputed", false, ["p1", "p2"]],
  );
  assert.equal(weakestOf(["said", "soft"]), "soft");
  const scene = sceneOf(folding, lookThrough(folding, freshState().off), { ...freshState(), shown: "all", fold: true });
  assert.equal(scene.nodes.includes("contract"), false);
  assert.ok(scene.edges.some(({ edge }) => edge.type === "folded"));
  assert.equal(
    partsTitle(folding, edges[0], "en"),
    "Norvik and Labour-court order; both said to be in: Night-shift contract; 1 disputed: Port authority denies it",
  );
});

test("both in one event: with the standing of the weakest part, in both languages", () => {
  const edge = { parts: ["p2"], line: "notyet" };
  assert.equal(bothInWords(records, edge, "the talks", "en"), "planned: both in: the talks");
  assert.equal(bothInWords(records, edge, "las conversaciones", "es"), "previsto: ambos en: las conversaciones");
  for (const line of ["said", "soft", "disputed", "denied", "open", "rejected", "mentioned"])
    for (const lang of ["en", "es"]) {
      assert.doesNotMatch(bothInWords(records, { parts: [], line }, "X", lang), /^(both in|ambos en): /, line);
    }
});

test("in the whole who speaks is drawn only round what is chosen or walked to", () => {
  const speaks = (scene) => scene.edges.filter((item) => item.speaks).map((item) => item.edge.id);
  const all = sceneOf(records, whole, { ...freshState(), shown: "all" });
  assert.deepEqual(speaks(all), []);
  assert.deepEqual(
    speaks(sceneOf(records, whole, { ...freshState(), shown: "all", selected: { type: "node", id: "union" } })),
    ["k1"],
  );
  assert.deepEqual(
    speaks(
      sceneOf(records, whole, { ...freshState(), shown: "all", draw: { ...freshState().draw, speaksAll: true } }),
    ).sort(),
    ["k1", "k2"],
  );
  assert.deepEqual(
    spokenRound(records, { ...all, prime: new Set(["contract"]) }, "port").map((item) => item.edge.id),
    ["k2"],
  );
});

test("focus, hide, and what hangs on one alone", () => {
  const drawn = (more) =>
    sceneOf(records, whole, { ...freshState(), ...more })
      .nodes.filter((id) => records.nodes.get(id).type !== "statement")
      .sort();
  assert.deepEqual(drawn({ shown: "focus", focus: { id: "ilse", hops: 1 } }), ["ilse", "norvik"]);
  assert.deepEqual(drawn({ shown: "focus", focus: { id: "ilse", hops: 2 } }), ["contract", "ilse", "norvik"]);
  assert.equal(drawn({ shown: "all", hidden: ["norvik"] }).includes("norvik"), false);
  const all = sceneOf(records, whole, { ...freshState(), shown: "all" });
  assert.deepEqual(leavesOf(records, whole, all, "norvik"), ["ilse"]);
});

test("asking, grouping, hiding, checking are steps that can be undone", () => {
  let history = freshHistory();
  for (const patch of [
    { ask: { kind: "path" } },
    { group: "kind" },
    { hidden: ["a"] },
    { checked: toggled([], "c1") },
    { clock: { ...NO_CLOCK, known: "2024-05-02" } },
    { fold: true },
  ])
    history = change(history, patch);
  assert.equal(history.past.length, 6);
  assert.equal(filterCount(history.now), 1);
  for (let step = 0; step < 6; step += 1) history = undo(history);
  assert.deepEqual(history.now, freshState());
});

test("a field for one name finds by accents and other names, proposes something, and leaves the other end out", () => {
  const index = readIndex(records);
  assert.deepEqual(
    pickFor(index, "ilse maran").map((found) => [found.id, found.whole]),
    [["ilse", true]],
  );
  assert.deepEqual(
    pickFor(index, "estiba").map(({ id }) => id),
    ["union"],
  );
  assert.equal(pickFor(index, "union of dockers")[0].whole, true);
  assert.ok(pickFor(index, "").length > 3);
  assert.ok(!pickFor(index, "", (id) => id !== "union").some(({ id }) => id === "union"));
  assert.deepEqual(
    pickFor(index, "", undefined, ["port"]).map(({ id }) => id),
    ["port"],
  );
  assert.deepEqual(pickFor(index, "nobody"), []);
});

test("when nothing joins two as it is ticked, the shortest way is offered with the ticks it needs and no more", () => {
  const plain = answerTo(records, whole, { ...freshState(), ask: { kind: "path", a: "order", b: "ilse" } });
  assert.equal(plain.path, null);
  const [offer] = plain.offers;
  assert.deepEqual([offer.needs, offer.path.hops.length], [["disputed", "notyet"], 3]);
  const again = answerTo(records, whole, {
    ...freshState(),
    ask: { kind: "path", a: "order", b: "ilse", asked: offer.asked, through: offer.through },
  });
  assert.deepEqual(again.path.hops, offer.path.hops);
  assert.deepEqual(again.offers, []);
  assert.deepEqual(
    answerTo(records, whole, { ...freshState(), ask: { kind: "path", a: "order", b: "ilse", asked: ["disputed"] } })
      .offers[0].needs,
    ["notyet"],
    "what is ticked already is not asked for again",
  );
});

test("what has no date is counted once and told in one way", () => {
  const clock = { ...NO_CLOCK, from: "2024-01-01", undated: false };
  const lens = look({ clock });
  const without = [...records.props].filter(([id]) => !happenedOn(records, id)).length;
  assert.equal(undatedUnder(records, lens), without);
  assert.ok(carried(records, lens, "en", [])[0].includes(`${without} relationships without a date are left out.`));
  assert.equal(undatedUnder(records, look({ clock: { ...clock, undated: true } })), without);
  assert.equal(undatedUnder(records, look({ clock: NO_CLOCK })), 0);
});

test("two speakers take a verb for two", () => {
  const told = (ask, lang) => carried(records, look({ ask }), lang, [])[0];
  assert.match(told({ kind: "according", a: "union" }, "en"), /Only what [^.]* says\./);
  assert.match(told({ kind: "according", a: "union", b: "paper" }, "en"), /Only what [^.]* and [^.]* say\./);
  assert.match(told({ kind: "according", a: "union", b: "paper" }, "es"), /Solo lo que dicen /);
});
