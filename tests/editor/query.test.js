// A query's text: its pieces, its prefixes, its values, what completes it, and the same query with all its variables.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { completionAt, readTerms } from "../../graph/serve/pages/model/complete.js";
import { drawable, drawingAddress, widened } from "../../graph/serve/pages/model/drawing.js";
import { headerOf, withValue } from "../../graph/serve/pages/model/parameters.js";
import { declared, justTyped, missing, prologueLines, shortIri } from "../../graph/serve/pages/model/prefixes.js";
import { described, formOf, tokens } from "../../graph/serve/pages/model/tokens.js";

const QUERIES = join(dirname(fileURLToPath(import.meta.url)), "../../ontology/queries");
const COOKBOOK = readdirSync(QUERIES)
  .filter((name) => name.endsWith(".rq"))
  .map((name) => [name, readFileSync(join(QUERIES, name), "utf8")]);
const KNOWN = {
  ag: "https://w3id.org/actorgraph/ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  st: "https://w3id.org/actorgraph/stance/",
  id: "https://w3id.org/actorgraph/id/",
};
const types = (text) =>
  tokens(text)
    .filter(({ type }) => type !== "space")
    .map(({ type, text: words }) => [type, words]);

test("the pieces of a query together are the query", () => {
  const hostile = [
    "",
    '"',
    "'''",
    '"""a""',
    "<",
    "<a b>",
    "?",
    "@",
    "#",
    "a:b.c. ",
    "\\",
    "💥?é",
    "\u2028{",
    '"\\',
    "ag:",
    ":x",
    "1e",
    "<a>#b",
  ];
  for (const text of [...hostile, ...COOKBOOK.map(([, each]) => each)])
    assert.equal(
      tokens(text)
        .map((part) => part.text)
        .join(""),
      text,
    );
});

test("texts, IRIs and comments are no code", () => {
  assert.deepEqual(types('?a ag:b <x#y> # c ?d\n"""e"f\n"""@en-GB \'g\\\'h\' 1.5 a'), [
    ["variable", "?a"],
    ["name", "ag:b"],
    ["iri", "<x#y>"],
    ["comment", "# c ?d"],
    ["text", '"""e"f\n"""'],
    ["tag", "@en-GB"],
    ["text", "'g\\'h'"],
    ["number", "1.5"],
    ["keyword", "a"],
  ]);
  assert.deepEqual(types("FILTER(?a<?b && CONTAINS (?c, ?d))").slice(0, 6), [
    ["keyword", "FILTER"],
    ["mark", "("],
    ["variable", "?a"],
    ["mark", "<"],
    ["variable", "?b"],
    ["mark", "&"],
  ]);
  assert.deepEqual(types("CONTAINS (?c)")[0], ["call", "CONTAINS"]);
  // A full stop after a name ends the triple.
  assert.deepEqual(
    types("ag:b.").map(([, words]) => words),
    ["ag:b", "."],
  );
});

test("a very long text is read in a moment", () => {
  const begun = performance.now();
  assert.equal(
    tokens('"""'.repeat(1) + '"a'.repeat(50000))
      .map((part) => part.text)
      .join("").length,
    100003,
  );
  assert.ok(performance.now() - begun < 5000);
});

test("the form of a query is told, whatever stands before it", () => {
  assert.equal(formOf("# SELECT\nPREFIX a: <b>\nBASE <c>\nask {}"), "ask");
  assert.equal(formOf("PREFIX construct: <b> CONSTRUCT WHERE {}"), "construct");
  assert.equal(formOf("INSERT DATA {}"), "");
  for (const [name, text] of COOKBOOK) assert.equal(formOf(text), "select", name);
});

test("a DESCRIBE names its IRIs", () => {
  assert.deepEqual(described("PREFIX a: <b>\nDESCRIBE <urn:x> a:y ?z <urn:y> WHERE { ?z ?p <urn:no> }"), [
    "urn:x",
    "urn:y",
  ]);
  assert.deepEqual(described("SELECT * { <urn:x> ?p ?o }"), []);
});

test("prefixes: declared, missing, and where a line goes", () => {
  assert.deepEqual(
    [...declared("PREFIX ag: <x>\nprefix : <y>")],
    [
      ["ag", "x"],
      ["", "y"],
    ],
  );
  assert.deepEqual(missing("SELECT ?x { ?x ag:a 'st:b' ; <id:c> ex:d ; rdfs:e ag:f } # id:g", KNOWN), ["ag", "rdfs"]);
  for (const [name, text] of COOKBOOK) assert.deepEqual(missing(text, { ...KNOWN, prov: "p", role: "r" }), [], name);
  const added = (text, ...prefixes) => {
    const { at, words } = prologueLines(text, prefixes, KNOWN);
    return text.slice(0, at) + words + text.slice(at);
  };
  assert.equal(added("SELECT", "ag"), `PREFIX ag: <${KNOWN.ag}>\n\nSELECT`);
  assert.equal(
    added("# title: A\n\nSELECT", "ag", "st"),
    `# title: A\n\nPREFIX ag: <${KNOWN.ag}>\nPREFIX st: <${KNOWN.st}>\n\nSELECT`,
  );
  assert.equal(added("PREFIX a: <b>\nSELECT", "ag"), `PREFIX a: <b>\nPREFIX ag: <${KNOWN.ag}>\nSELECT`);
  assert.equal(added("PREFIX a: <b>", "ag"), `PREFIX a: <b>\nPREFIX ag: <${KNOWN.ag}>`);
  assert.equal(added("", "ag"), `PREFIX ag: <${KNOWN.ag}>\n`);
});

test("a colon just typed asks for the prefix once, and never in texts, IRIs, comments or declarations", () => {
  const typed = (text) => justTyped(text, text.length, KNOWN);
  assert.equal(typed("SELECT ?x { ?x ag:"), "ag");
  for (const text of ["PREFIX ag: <x> { ?x ag:", "{ 'ag:", "{ <ag:", "# ag:", "PREFIX ag:", "{ ex:", "{ ag", "ag: "])
    assert.equal(typed(text), null, text);
  assert.equal(shortIri("https://w3id.org/actorgraph/ns#Claim", KNOWN), "ag:Claim");
  assert.equal(shortIri("urn:x", KNOWN), "<urn:x>");
  assert.equal(shortIri(KNOWN.ag, KNOWN), `<${KNOWN.ag}>`);
});

const TERMS = readTerms(
  [
    [
      "ag:claims",
      { en: "says this of", es: "se refiere a" },
      { en: "The relationship.", es: "La relación." },
      "property",
    ],
    ["ag:claimCount", { en: "number of statements" }, {}, "property"],
    ["ag:opposedBy", { en: "opposed by", es: "en contra" }, {}, "property"],
    ["ag:payer", { en: "payer" }, { en: "PAYMENT is made by PAYER" }, "relation"],
    ["st:denied", { en: "denies", es: "niega" }, {}, "concept"],
  ],
  { said: { en: "Somebody affirms it." }, denied: { en: "Somebody denies it." } },
);
const offered = (text, how = {}) =>
  completionAt(text, how.caret ?? text.length, { terms: TERMS, prefixes: KNOWN, lang: "en", ...how })?.options.map(
    (option) => option.insert,
  );

test("terms of a prefix are offered as it is typed", () => {
  assert.deepEqual(offered("?x ag:cl"), ["ag:claimCount", "ag:claims"]);
  assert.deepEqual(offered("?x ag:oppo"), ["ag:opposedBy"]);
  // By label, too, and in the reader's language.
  assert.deepEqual(offered("?x ag:contra", { lang: "es" }), ["ag:opposedBy"]);
  assert.deepEqual(offered("?x said:"), ["said:payer"]);
  assert.equal(offered("?x ag:claims"), undefined);
  assert.deepEqual(offered("?x ag:claims", { asked: true }), ["ag:claims"]);
  assert.equal(offered("?x ex:cl"), undefined);
  for (const text of ["'ag:cl", "<ag:cl", "# ag:cl", "?x ag", "SEL"]) assert.equal(offered(text), undefined, text);
});

test("on request prefixes, keywords, variables and terms by their label", () => {
  assert.deepEqual(offered("SEL", { asked: true }), ["SELECT"]);
  assert.deepEqual(offered("{ ?x r", { asked: true })[0], "REGEX");
  assert.ok(offered("{ ?x r", { asked: true }).includes("rdfs:"));
  assert.deepEqual(offered("{ ?x ?y denies", { asked: true }), ["st:denied"]);
  assert.deepEqual(offered("SELECT ?who ?what { ?w", { asked: true }), ["?what", "?who"]);
  const inside = completionAt("{ ?x ag:clXYZ ?y }", 10, { terms: TERMS, prefixes: KNOWN, lang: "en" });
  assert.deepEqual([inside.from, inside.to], [5, 13]);
});

test("the values of a query are read from its header and take new ones as one term", () => {
  const text = [
    "# title: T\n# description: a\n#   b\n# parameter lang: language [en|es]\n# parameter gone: no VALUES\n",
    'SELECT ?x { VALUES ?lang { "en" } VALUES ?k { 2 } { VALUES ?lang { "en" } } VALUES ?two { 1 2 } }',
  ].join("\n");
  assert.deepEqual(headerOf(text), {
    title: "T",
    description: "a b",
    parameters: [{ name: "lang", meaning: "language", choices: ["en", "es"], value: "en" }],
  });
  assert.equal(withValue(text, "lang", "es").split('"es"').length, 3);
  const hostile = 'x" } { ?a ?b ?c } # \\ \n é';
  const made = withValue(text, "lang", hostile);
  assert.equal(headerOf(made).parameters[0].value, hostile);
  assert.equal(
    tokens(made).filter(({ type }) => type === "variable").length,
    tokens(text).filter(({ type }) => type === "variable").length,
  );
  assert.equal(withValue(text, "k", "3").includes("?k { 3 }"), true);
  assert.equal(withValue(text, "k", "} x"), null);
  assert.equal(withValue(text, "two", "3"), null);
  assert.equal(withValue("{ VALUES ?a { <urn:x> } }", "a", "urn:y>"), null);
  assert.equal(withValue("{ VALUES ?a { ag:x } }", "a", "https://y"), "{ VALUES ?a { <https://y> } }");
  assert.equal(withValue("{ VALUES ?a { } }", "a", "q"), '{ VALUES ?a { "q" } }');
});

test("every query of the cookbook has the values its header names", () => {
  for (const [name, text] of COOKBOOK) {
    const { title, parameters } = headerOf(text);
    assert.ok(title, name);
    assert.deepEqual(
      parameters.map((each) => each.name),
      [...text.matchAll(/^# parameter (\w+):/gm)].map((found) => found[1]),
      name,
    );
    for (const each of parameters)
      assert.equal(
        headerOf(withValue(text, each.name, each.choices.at(-1) ?? 'CECOT "x"')).parameters.find(
          (now) => now.name === each.name,
        ).value,
        each.choices.at(-1) ?? 'CECOT "x"',
      );
  }
});

test("a query is widened to all its variables, unless its rows are made by grouping", () => {
  assert.equal(
    widened("PREFIX a: <b> SELECT DISTINCT ?x FROM <g> WHERE { { SELECT ?y { ?y ?p ?o } GROUP BY ?y } } ORDER BY ?x"),
    "PREFIX a: <b> SELECT *\nFROM <g> WHERE { { SELECT ?y { ?y ?p ?o } GROUP BY ?y } } ORDER BY ?x",
  );
  assert.equal(widened("SELECT ?x { ?x ?p ?o }"), "SELECT *\n{ ?x ?p ?o }");
  for (const text of [
    "SELECT (COUNT(*) AS ?n) { ?x ?p ?o }",
    "SELECT ?x { ?x ?p ?o } GROUP BY ?x",
    "ASK { ?x ?p ?o }",
    "CONSTRUCT WHERE { ?x ?p ?o }",
    "",
  ])
    assert.equal(widened(text), null, text);
  // What groups does it in a part of its own.
  for (const [name, text] of COOKBOOK) assert.notEqual(widened(text), null, name);
});

test("what can be drawn: relationships and nodes, no words of a vocabulary and no bookkeeping", () => {
  const uri = (value) => ({ type: "uri", value });
  const id = KNOWN.id;
  const rows = [
    [uri(`${id}p/abc`), uri(`${id}p/abc/actual`), null],
    [uri(`${id}case/deal`), uri(`${id}case/doc/d/s1`), uri(`${id}case/ns#word`)],
    [uri(`${KNOWN.ag}Claim`), { type: "literal", value: `${id}case/x` }, uri(`${id}t/2025`)],
    [uri("urn:other:thing"), uri("http://www.w3.org/2000/01/rdf-schema#label"), uri(`${id}case/deal`)],
  ];
  const words = Object.entries(KNOWN)
    .filter(([prefix]) => prefix !== "id")
    .map(([, each]) => each);
  assert.deepEqual(drawable(rows, words), [`${id}p/abc`, `${id}case/deal`, "urn:other:thing"]);
  assert.deepEqual(drawable(rows, words, { only: "relationship" }), [`${id}p/abc`]);
  assert.equal(drawingAddress(["urn:a&b", "urn:c#d"]), "./#iri=urn%3Aa%26b&iri=urn%3Ac%23d");
  assert.equal(drawingAddress(Array.from({ length: 999 }, (_, at) => `urn:${at}`)).split("iri=").length, 201);
});
