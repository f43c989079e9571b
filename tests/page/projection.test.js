// Triples that come from a server piece by piece: opaque ids, order, what only half came, what an engine writes
// otherwise.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { opaqueId, sha256Hex } from "../../graph/draw/page/model/opaque.js";
import { byCodePoint, iriOf, projectTriples, Triples } from "../../graph/draw/page/model/projection.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const uri = (value) => ({ type: "uri", value });
const text = (value, lang) => (lang ? { type: "literal", value, "xml:lang": lang } : { type: "literal", value });
const row = (s, p, o) => ({ s: uri(s), p: uri(iriOf(p)), o });
const ID = "https://w3id.org/actorgraph/id/";

const node = (name, label) => [
  row(ID + name, "ag:kind", uri("https://w3id.org/actorgraph/kind/person")),
  row(ID + name, "rdfs:label", text(label, "en")),
];
const prop = (name, subject, object, more = []) => [
  row(ID + name, "rdf:type", uri(iriOf("ag:Proposition"))),
  row(ID + name, "rdf:subject", uri(ID + subject)),
  row(ID + name, "rdf:predicate", uri(`${ID}knows`)),
  row(ID + name, "rdf:object", uri(ID + object)),
  row(ID + name, "ag:line", text("said")),
  ...more,
];
const projected = (...rows) => {
  const triples = new Triples();
  triples.add(rows.flat());
  return projectTriples(triples);
};

test("SHA-256 is what everybody else computes, at every length and in every script", () => {
  for (const piece of ["a", "ñ", "😀"])
    for (let length = 0; length < 140; length += 1) {
      const given = piece.repeat(length);
      assert.equal(sha256Hex(given), createHash("sha256").update(given).digest("hex"));
    }
  assert.equal(
    opaqueId("https://w3id.org/actorgraph/id/x"),
    createHash("sha256").update("https://w3id.org/actorgraph/id/x").digest("hex").slice(0, 10),
  );
});

test("text is in the order of its code points, as the library sorts it", () => {
  assert.deepEqual(["😀", "\uff5e", "z", "a", "é", "ab"].sort(byCodePoint), ["a", "ab", "z", "é", "\uff5e", "😀"]);
});

test("the same triple twice is one, and nothing new is told", () => {
  const triples = new Triples();
  assert.equal(triples.add(node("a", "A")), true);
  assert.equal(triples.add(node("a", "A")), false);
  assert.equal(triples.size, 2);
});

test("a relationship whose end has not come is no edge, and one of which only the name came is nothing yet", () => {
  const made = projected(node("a", "A"), prop("p", "a", "b"), [
    row(`${ID}q`, "rdf:type", uri(iriOf("ag:Proposition"))),
  ]);
  assert.deepEqual(made.edges, []);
  assert.deepEqual(Object.keys(made.props), [opaqueId(`${ID}p`)]);
  assert.deepEqual(made.nodes[0].facts, [opaqueId(`${ID}p`)]);
  assert.equal(projected(node("a", "A"), node("b", "B"), prop("p", "a", "b")).edges.length, 1);
});

test("a statement whose relationship has not come waits", () => {
  const claim = [
    row(`${ID}c`, "rdf:type", uri(iriOf("ag:Claim"))),
    row(`${ID}c`, "ag:claims", uri(`${ID}p`)),
    row(`${ID}c`, "ag:speaker", uri(`${ID}a`)),
  ];
  const waiting = projected(node("a", "A"), claim);
  assert.deepEqual([waiting.claims, waiting.edges, waiting.nodes[0].says], [{}, [], []]);
  const whole = projected(node("a", "A"), node("b", "B"), node("x", "X"), claim, prop("p", "x", "b"));
  assert.deepEqual(
    whole.edges
      .filter((edge) => edge.type === "speaks")
      .map((edge) => edge.to)
      .sort(),
    [`${ID}b`, `${ID}x`].map(opaqueId).sort(),
  );
});

test("a boolean written as a number is one", () => {
  const made = projected(
    node("a", "A"),
    node("b", "B"),
    prop("p", "a", "b", [row(`${ID}p`, "ag:disputed", text("1"))]),
  );
  assert.equal(made.props[opaqueId(`${ID}p`)].disputed, true);
});

test("the address of a record is found by its opaque id", () => {
  const made = projected(node("a", "A"));
  assert.equal(made.iris.get(made.nodes[0].id), `${ID}a`);
});
