// What the menu of a node, its panel and a double click change in the state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expandPatch, focusPatch, hideNodePatch, hidePatch, unfocusPatch } from "../../graph/draw/page/model/hands.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { differenceOf } from "../../graph/serve/pages/model/difference.js";

const STATE = { ...freshState(), added: ["ship", "port"], hidden: ["mine"], picked: ["ship", "crew"] };

test("hiding takes a node from what was added; its own button also from what is selected", () => {
  assert.deepEqual(hidePatch(STATE, ["ship", "mine"]), { hidden: ["mine", "ship"], added: ["port"] });
  assert.deepEqual(hideNodePatch(STATE, "ship"), {
    hidden: ["mine", "ship"],
    added: ["port"],
    picked: ["crew"],
    selected: null,
  });
});

test("expanding draws the neighbours again, the hidden ones too", () => {
  assert.deepEqual(expandPatch(STATE, "ship", ["mine"]), { added: ["ship", "port", "mine"], hidden: [] });
});

test("however often only the surroundings are drawn, what was drawn first comes back", () => {
  const once = { ...STATE, shown: "all", ...focusPatch({ ...STATE, shown: "all" }, "ship", 1) };
  const twice = { ...once, ...focusPatch(once, "port", 2) };
  assert.deepEqual(twice.focus, { id: "port", hops: 2, before: "all" });
  assert.deepEqual(unfocusPatch(twice), { focus: null, shown: "all" });
});

test("only what differs between two queries is replaced, and no letter is taken twice", () => {
  for (const [before, after] of [
    ["LIMIT 10", "LIMIT 100"],
    ["aaa", "aa"],
    ["", "x"],
    ["same", "same"],
    ["?a = 1 .", "?a = 23 ."],
  ]) {
    const { from, to, insert } = differenceOf(before, after);
    assert.equal(before.slice(0, from) + insert + before.slice(to), after);
    assert.ok(from <= to);
  }
  assert.deepEqual(differenceOf("?a = 1 .", "?a = 23 ."), { from: 5, to: 6, insert: "23" });
});
