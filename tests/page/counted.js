// Reads pages' data and tells what the page counts of them: by each rule, in its bar and in its lists;
// test_figures.py runs it.
import { readFileSync } from "node:fs";
import { countFigure, statementsAmong } from "../../graph/draw/page/model/counts.js";
import { lookThrough } from "../../graph/draw/page/model/lens.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { judgedAsked } from "../../graph/draw/page/model/sparql.js";
import { readStart, startCount } from "../../graph/draw/page/model/start.js";
import { freshState } from "../../graph/draw/page/model/state.js";
import { factsLine } from "../../graph/draw/page/model/stats.js";
import { speakAsPage } from "../words.js";

const MOST = 500;
speakAsPage();
const told = JSON.parse(readFileSync(0, "utf8")).map((data) => {
  const records = readRecords(data);
  const lens = lookThrough(records, freshState().off);
  const names = Object.keys(data.figures.rules);
  const among = { statement: lens.shown, relationship: lens.props };
  const unfiltered = (name) => countFigure(records, name, among[data.figures.rules[name].of] ?? null);
  const first = new Set(records.order.slice(0, 1));
  return {
    counted: Object.fromEntries(names.map((name) => [name, countFigure(records, name)])),
    unfiltered: Object.fromEntries(names.map((name) => [name, unfiltered(name)])),
    bar: Object.fromEntries(["en", "es"].map((lang) => [lang, factsLine(records, lang)])),
    start: Object.fromEntries(readStart(records, lens).map((part) => [part.kind, startCount(records, lens, part)])),
    one: statementsAmong(records, first).n + countFigure(records, "mentions", first),
  };
});
const judged = ["disputed", "unanswered", "figures", "open"].map((kind) => [kind, judgedAsked(kind, MOST)]);
process.stdout.write(JSON.stringify({ told, judged: Object.fromEntries(judged) }));
