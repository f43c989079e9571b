// Text, search, words, dates: hostile names are text, both languages say the same things.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clip,
  fold,
  inLanguage,
  isolate,
  plain,
  pluralVerb,
  readableDate,
  wrapLines,
} from "../../graph/draw/page/model/text.js";
import { readIndex, searchFor } from "../../graph/draw/page/model/search.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { startAsked } from "../../graph/draw/page/model/sparql.js";
import { word } from "../../graph/draw/page/words.js";
import { sampleData } from "./sample.js";
import { speakAsPage, words } from "../words.js";

speakAsPage();

test("marks that turn or hide text are taken out", () => {
  assert.equal(plain("a\u202eb\u0000c\u2066d\u200be"), "a b c d e");
  assert.equal(plain("</script><script>"), "</script><script>");
  assert.ok(plain("A".repeat(10000)).length <= 4000);
});

test("a label is clipped between characters", () => {
  assert.equal(clip("a".repeat(50)).length, 40);
  assert.ok(clip("💥".repeat(50)).endsWith("💥…"));
});

test("the other language stands in for a missing one", () => {
  assert.equal(inLanguage({ es: "hola" }, "en"), "hola");
  assert.equal(inLanguage(null, "en"), "");
});

test("right-to-left names keep their direction to themselves", () => {
  assert.equal(isolate("שלום"), "\u2068שלום\u2069");
  assert.equal(isolate("Norvik"), "Norvik");
});

test("lines are wrapped and the rest clipped", () => {
  assert.deepEqual(wrapLines("one two three four", 9, 2), ["one two", "three fo…"]);
  assert.ok(wrapLines("A".repeat(300), 18, 2).every((line) => line.length <= 30));
});

test("dates have the precision printed, in the reader's words", () => {
  assert.equal(readableDate("2025-03-15", "en"), "15 March 2025");
  assert.equal(readableDate("2025-03-15", "es"), "15 de marzo de 2025");
  assert.equal(readableDate("2025-02", "en"), "February 2025");
  assert.equal(readableDate("2025", "es"), "2025");
});

test("search needs no accents and reads other names", () => {
  const index = readIndex(readRecords(sampleData()));
  assert.equal(fold("Marán"), "maran");
  assert.deepEqual(
    searchFor(index, "maran").map((hit) => hit.id),
    ["ilse"],
  );
  assert.equal(searchFor(index, "estibadores")[0].id, "union");
  assert.equal(searchFor(index, "malmo")[0].id, "contract");
  assert.equal(searchFor(index, "2,000,000")[0].id, "contract");
  assert.deepEqual(searchFor(index, "  "), []);
});

test("one and many, thousands as the language groups them", () => {
  assert.equal(word("en", "statements", { n: 1 }), "1 statement");
  assert.equal(word("en", "statements", { n: 12000 }), "12,000 statements");
  assert.equal(word("es", "statements", { n: 12000 }), "12.000 declaraciones");
});

test("no word of the code is on the screen", () => {
  const code = /docket|proposition|claim|modality|lens|originator|\bhop\b|relay/i;
  for (const [key, text] of Object.entries(words.page.en)) assert.doesNotMatch(text.replace(/\{\w+\}/g, ""), code, key);
  for (const [key, text] of Object.entries(words.page.es)) assert.doesNotMatch(text, /contestad|presunt/i, key);
});

test("lines are even rather than one word alone", () => {
  assert.deepEqual(wrapLines("planned: is to be made by", 24, 3), ["planned: is", "to be made by"]);
});

test("a store is asked for the names of which a word begins as the longest one typed", () => {
  const asked = startAsked("an Núñez-ab");
  assert.match(asked, /\?n ag:nameStart "nun"/);
  assert.match(asked, /CONTAINS\(\?key, "an"\).*CONTAINS\(\?key, "nunez"\).*CONTAINS\(\?key, "ab"\)/);
  assert.match(startAsked("Núñez", { begins: true }), /STRSTARTS\(\?key, "nunez"\)/);
  assert.equal(startAsked("ab"), "");
  assert.equal(startAsked("  !"), "");
  assert.ok(!startAsked('abc" } DROP').includes('" }'));
});

test("a bare verb agrees with a plural subject, by its article", () => {
  assert.equal(pluralVerb("recluido en", "los deportados", "es"), "recluidos en");
  assert.equal(pluralVerb("recluido en", "las personas", "es"), "recluidas en");
  assert.equal(pluralVerb("recluido en", "el preso", "es"), "recluido en");
  assert.equal(pluralVerb("tuvo lugar", "los vuelos", "es"), "tuvo lugar");
  assert.equal(pluralVerb("held at", "the people", "en"), "held at");
});
