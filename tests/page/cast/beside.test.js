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

/** The item of `p2` when its statements are changed by `edit`, as somebody opens it. */
function itemOf(edit) {
  const data = sampleData();
  data.relations = { r: { label: { en: "opposes" }, bare: { en: "opposes", es: "se opone a" } } };
  const prop = Object.keys(data.props).find((id) => data.props[id].line === "notyet");
  edit(data, prop);
  const records = readRecords(data);
  const state = { ...freshState(), selected: { type: "prop", id: prop } };
  const lens = lookThrough(records, state.off, state);
  const ends = [data.props[prop].subject, data.props[prop].third];
  return besideItems(records, lens, state, null, ends, new Set(ends), new Set())[0];
}

/** What stands on the line of `p2` in English, when its statements are of a modality and its relation is "opposes". */
function wordsOf(modality, stance = "asserted", condition = false) {
  const item = itemOf((data, prop) => {
    data.props[prop].phrase = { en: "must oppose", es: "debe oponerse a" };
    for (const id of data.props[prop].claims) Object.assign(data.claims[id], { modality, stance });
    if (!condition) return;
    const other = Object.keys(data.props).find((id) => id !== prop);
    Object.assign(data.props[other], { relation: "on-condition", subject: prop });
  });
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

test("a judgement is a view of whoever holds it, and what can hurt is unconfirmed", () => {
  const judged = itemOf((data, prop) => {
    Object.assign(data.props[prop], { line: "said", sign: "judgement" });
    for (const id of data.props[prop].claims) data.claims[id].modality = "actual";
  });
  assert.equal(judged.sign, "judgement");
  assert.match(judged.tie.who.en.join(" "), /^view of \S/);
  assert.match(judged.tie.who.es.join(" "), /^opinión de \S/);
  const grave = itemOf((data, prop) => {
    Object.assign(data.props[prop], { line: "soft", sign: "soft" });
    for (const id of data.props[prop].claims) data.claims[id].modality = "actual";
  });
  assert.equal(grave.tie.verb.en.join(" "), "? opposes, unconfirmed");
});

test("where one says that it is done and another plans it, each says so in a row of its own", () => {
  const item = itemOf((data, prop) => {
    const [first] = data.props[prop].claims;
    data.claims.other = { ...data.claims[first], speaker: data.props[prop].subject, modality: "actual" };
    data.props[prop].claims = [first, "other"];
  });
  assert.equal(item.tie.verb.en.join(" "), "opposes");
  assert.match(item.tie.who.en.join(" "), /^planned: .+ done: .+/);
});
