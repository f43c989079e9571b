// What comes back: rows read, sorted and paged; errors with their place; the address; the words of both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, readAddress } from "../../graph/serve/pages/model/address.js";
import {
  emptyTerm,
  numberOf,
  pageOf,
  plainTerm,
  readAnswer,
  sortedRows,
} from "../../graph/serve/pages/model/answer.js";
import { offsetOf, problemOf } from "../../graph/serve/pages/model/problem.js";
import { secondsIn, sizeIn } from "../../graph/serve/pages/amounts.js";
import { word } from "../../graph/draw/page/words.js";
import { speakAsEditor } from "../words.js";

speakAsEditor();

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value) => ({ type: "literal", value });
const number = (value, type = "integer") => ({ type: "literal", value, datatype: XSD + type });

test("rows, yes and no, and what is neither", () => {
  assert.deepEqual(readAnswer('{"head":{},"boolean":false}'), { boolean: false });
  const read = readAnswer(
    '{"head":{"vars":["a","b"]},"results":{"bindings":[{"b":{"type":"uri","value":"urn:x"}},{}]}}',
  );
  assert.deepEqual(read, {
    columns: ["a", "b"],
    rows: [
      [null, { type: "uri", value: "urn:x" }],
      [null, null],
    ],
  });
  for (const broken of ["", "{}", '{"head":{"vars":["a"]}}', "[1]", '{"head":{"vars":["a"]},"results":{"bindings":['])
    assert.throws(() => readAnswer(broken), SyntaxError);
});

test("a column sorts by number where all are, else as a reader would; nothing stands last", () => {
  const sorted = (terms, down = false) =>
    sortedRows(
      terms.map((term) => [term]),
      0,
      down,
      "es",
    ).map(([term]) => plainTerm(term));
  assert.deepEqual(sorted([number("10"), number("9"), number("1.5e1", "double"), null]), ["9", "10", "1.5e1", ""]);
  assert.deepEqual(sorted([number("10"), null, number("9")], true), ["10", "9", ""]);
  assert.deepEqual(sorted([text("Ñu"), text("nota"), text("Álamo"), text("oso"), text("bala")]), [
    "Álamo",
    "bala",
    "nota",
    "Ñu",
    "oso",
  ]);
  assert.deepEqual(sorted([text("paragraph 10"), text("paragraph 9")]), ["paragraph 9", "paragraph 10"]);
  assert.deepEqual(
    sortedRows(
      [
        [text("b"), 1],
        [text("b"), 2],
        [text("a"), 3],
      ],
      0,
      true,
      "en",
    ).map(([, at]) => at),
    [1, 2, 3],
  );
  assert.equal(numberOf(text("5")), null);
  assert.equal(emptyTerm(text("")), true);
  const triple = {
    type: "triple",
    value: { subject: { type: "uri", value: "urn:s" }, predicate: { type: "uri", value: "urn:p" }, object: text("o") },
  };
  assert.equal(plainTerm(triple), "<< urn:s urn:p o >>");
});

test("pages of a long answer", () => {
  const rows = Array.from({ length: 250 }, (_, at) => at);
  assert.deepEqual(pageOf(rows, 2, 100), { rows: rows.slice(200), from: 201, to: 250, page: 2, pages: 3 });
  assert.equal(pageOf(rows, 99, 100).page, 2);
  assert.deepEqual(pageOf([], 0, 100), { rows: [], from: 0, to: 0, page: 0, pages: 1 });
});

test("an error is told by what the server says, with its place", () => {
  assert.deepEqual(
    problemOf({
      status: 400,
      type: "application/problem+json",
      body: '{"title":"T","detail":"a\\n b","line":3,"column":7}',
    }),
    { title: "T", detail: "a b", line: 3, column: 7, again: null, status: 400 },
  );
  assert.deepEqual(
    problemOf({ status: 503, statusText: "Busy", type: "text/plain", retryAfter: "7", body: "wait\nmore" }),
    { title: "Busy", detail: "wait", line: null, column: null, again: 7, status: 503 },
  );
  assert.equal(problemOf({ status: 502, type: "text/html", body: "<h1>nginx" }).detail, "");
  assert.equal(problemOf({ status: 500, type: "application/json", body: "{" }).title, "HTTP 500");
  assert.equal(problemOf({ status: 400, type: "application/json", body: '{"line":"3"}' }).line, null);
});

test("columns count characters, as the server does", () => {
  assert.equal(offsetOf("ab\ncd", 2, 2), 4);
  assert.equal(offsetOf("💥x\n", 1, 2), 2);
  assert.equal(offsetOf("ab", 9, 9), 2);
  assert.equal(offsetOf("", 1, 1), 0);
});

test("the address brings a query back as it was", () => {
  for (const query of ["SELECT ?x { ?x ?p '+ & = # % é 💥' }\n# a", "a+b", "%41"])
    assert.deepEqual(readAddress(`#${addressOf(query)}`), { query });
  assert.deepEqual(readAddress("#name=said-of&actor=El%20Salvador&lang=es"), {
    name: "said-of",
    values: { actor: "El Salvador", lang: "es" },
  });
  assert.equal(readAddress("#"), null);
  assert.equal(addressOf("  \n"), "");
});

test("counts, seconds and sizes are written as the language writes them", () => {
  assert.equal(word("en", "rows", { n: 1 }), "1 row");
  assert.equal(word("es", "rows", { n: 12345 }), "12.345 filas");
  assert.equal(secondsIn("es", 1240), "1,2");
  assert.equal(sizeIn("en", 48e6), "48 MB");
});
