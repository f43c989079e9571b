// Reads what the library says of a case and compares it with what the page's model says of the same data;
// test_page_agrees.py runs it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { foldedOf } from "../../graph/draw/page/model/fold.js";
import { sourcesOf, withoutSource } from "../../graph/draw/page/model/knockout.js";
import { directBetween, findPaths } from "../../graph/draw/page/model/paths.js";
import { accordingTo, compareTwo } from "../../graph/draw/page/model/perspective.js";
import { pathNothing, pathText } from "../../graph/draw/page/model/pathwords.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const given = JSON.parse(readFileSync(0, "utf8"));
const records = readRecords(given.data);
const lens = lookThrough(records, freshState().off);
// The page says "step"; its notes may add a reservation.
const onPage = (text) =>
  text
    .replace(/\bspeak about\b/g, "speaks about")
    .replace(/\bhablan (del?)\b/g, "habla $1")
    .replace(/\bhop\b/g, "step")
    .replace(/\bHop\b/g, "Step")
    .split("\n")
    .map((line) => line.replace(/^(\[\d+\]) .*/, "$1"));
const flat = (map) => Object.fromEntries([...map].map(([id, claims]) => [id, [...claims].sort()]));

for (const expected of given.paths) {
  const { a, b, asked, through } = expected;
  const direct = directBetween(records, a, b);
  assert.deepEqual(
    [[...direct.stated].sort(), [...direct.unaffirmed].sort(), direct.joint],
    [expected.stated, expected.unaffirmed, expected.joint],
    `${a} ${b}`,
  );
  for (const look of [null, lens]) {
    const found = findPaths(records, a, b, { asked, through, lens: look });
    assert.deepEqual(
      found.map((path) => ({
        hops: path.hops,
        weakest: path.weakest,
        statements: path.statements,
        speakers: path.speakers,
      })),
      expected.paths.map(({ text, ...path }) => path),
      `${a} ${b} ${asked} ${through}`,
    );
    found.forEach((path, index) => {
      for (const lang of ["en", "es"])
        assert.deepEqual(onPage(pathText(records, path, direct, lang)), onPage(expected.paths[index].text[lang]));
    });
  }
  if (!expected.paths.length)
    assert.equal(
      pathNothing(
        records,
        a,
        b,
        direct,
        ["sensitive", "disputed", "notyet"].filter((each) => !asked.includes(each)),
        "en",
      ),
      expected.none,
    );
}
assert.deepEqual(
  sourcesOf(records)
    .map(({ id }) => id)
    .sort(),
  given.left.map(({ source }) => source).sort(),
);
for (const expected of given.left) {
  const left = withoutSource(records, expected.source);
  assert.deepEqual(
    {
      source: left.source,
      gone: [...left.gone].sort(),
      of: left.of,
      relationships: [...left.relationships].sort(),
      actors: left.actors,
      weaker: [...left.weaker].sort(),
      denials: [...left.denials].sort(),
      unanswered: [...left.unanswered].sort(),
    },
    expected,
  );
}
for (const expected of given.views) {
  const { a, b } = expected;
  const view = accordingTo(records, a);
  const two = compareTwo(records, a, b);
  assert.deepEqual(
    {
      a,
      b,
      affirms: flat(view.affirms),
      opposes: flat(view.opposes),
      open: flat(view.open),
      both: [...two.both].sort(),
      onlyA: [...two.onlyA].sort(),
      onlyB: [...two.onlyB].sort(),
      contradict: [...two.contradict].sort(),
      rivals: [...two.rivals].sort(),
    },
    expected,
  );
}
const folded = foldedOf(records, lens);
assert.deepEqual(
  {
    gone: [...folded.gone].sort(),
    edges: folded.edges
      .map(({ from, to, event, line, parts }) => [...[from, to].sort(), event, line, [...parts].sort()])
      .sort(),
  },
  given.folds,
);
