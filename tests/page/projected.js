// Reads a dataset's triples and what the library makes of them, and compares it with the page's own projection;
// test_page_projection.py runs it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { projectTriples, Triples } from "../../graph/draw/page/model/projection.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const given = JSON.parse(readFileSync(0, "utf8"));
const triples = new Triples();
// In parts and out of order, as they come from a server.
const rows = given.rows.results.bindings;
for (let at = 0; at < rows.length; at += 997) triples.add(rows.slice(at, at + 997).reverse());
triples.add(rows.slice(0, 100));
const made = projectTriples(triples);
for (const part of ["documents", "kinds", "relations", "folds", "nodes", "edges", "props", "claims"])
  assert.deepEqual(made[part], given.data[part], part);
for (const part of ["props", "claims"]) assert.deepEqual(Object.keys(made[part]), Object.keys(given.data[part]), part);
const node = given.data.nodes[0];
assert.ok(!node || made.iris.get(node.id).startsWith("http"));
