// Lines that are opened beside the cast: the same words as on it, and never a bare verb for what is only required.
import assert from "node:assert/strict";
import { test } from "node:test";
import { besideItems } from "../../../graph/draw/page/model/castmore.js";
import { lookThrough } from "../../../graph/draw/page/model/lens.js";
import { readRecords } from "../../../graph/draw/page/model/records.js";
import { freshState } from "../../../graph/draw/page/model/state.js";
import { sampleData } from "../sample.js";
import { speakAsPage } from "../../words.js";

speakAsPage();

/** What stands on the line of `p2` in English, when its statements are of a modality and its relation is "opposes". */
function wordsOf(modality, stance = "asserted", condition = false) {
  const data = sampleData();
  data.relations = { r: { label: { en: "opposes" }, bare: { en: "opposes", es: "se opone a" } } };
  const prop = Object.keys(data.props).find((id) => data.props[id].line === "notyet");
  data.props[prop].phrase = { en: "must oppose", es: "debe oponerse a" };
  for (const id of data.props[prop].claims) Object.assign(data.claims[id], { modality, stance });
  if (condition) {
    const other = Object.keys(data.props).find((id) => id !== prop);
    Object.assign(data.props[other], { relation: "on-condition", subject: prop });
  }
  const records = readRecords(data);
  const state = { ...freshState(), selected: { type: "prop", id: prop } };
  const lens = lookThrough(records, state.off, state);
  const ends = [data.props[prop].subject, data.props[prop].third];
  const [item] = besideItems(records, lens, state, null, ends, new Set(ends), new Set());
  return { en: item.tie.verb.en.join(" "), es: item.tie.verb.es.join(" ") };
}

test("what is only required is said in its phrase, without a label before it", () => {
  assert.deepEqual(wordsOf("required"), { en: "must oppose", es: "debe oponerse a" });
  assert.equal(wordsOf("required", "alleged").en, "must oppose, alleged");
});

test("what is required only on a condition says so", () => {
  assert.equal(wordsOf("required", "asserted", true).en, "must oppose, on a condition");
  assert.equal(wordsOf("conditional", "asserted", true).en, "on a condition: opposes");
});

test("what is planned bears its word", () => {
  assert.deepEqual(wordsOf("planned"), { en: "planned: opposes", es: "previsto: se opone a" });
});
