// Reads what the lift queries found and what the library makes of it, and compares it with the page's own making;
// test_page_projection.py runs it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { liftedRows, rowsOfNTriples } from "../../graph/draw/page/model/lifted.js";
import { projectTriples, Triples } from "../../graph/draw/page/model/projection.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const given = JSON.parse(readFileSync(0, "utf8"));
const heap = (rows) => {
  const triples = new Triples();
  triples.add(rows);
  return triples;
};
const found = heap(given.found.flatMap(rowsOfNTriples));
const made = projectTriples(
  heap(liftedRows(found, heap(rowsOfNTriples(given.called)), new Map(), given.tables, given.nodes)),
);
for (const part of ["documents", "kinds", "relations", "nodes", "edges", "props", "claims"])
  assert.deepEqual(made[part], given.data[part], part);
