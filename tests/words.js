// The words and the rules of the pages for tests in node: both come from Python, as in a page.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { takeRules } from "../graph/draw/page/model/rules.js";
import { speak } from "../graph/draw/page/words.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const local = `${root}.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(local) ? local : "python3");
const code = `import json
from graph.draw.rules import rules
from graph.words import for_page
print(json.dumps([for_page("page"), for_page("editor"), rules()]))`;
// Who runs many scripts asks Python once, and says where the answer is.
const kept = process.env.PAGE_WORDS;
const told = kept ? readFileSync(kept, "utf8") : execFileSync(python, ["-c", code], { cwd: root, encoding: "utf8" });
const [page, editor, settled] = JSON.parse(told);

/** The words of the drawing and of the editor, by language and key. */
export const words = { page, editor };

/** From now on `word` speaks as the drawing does. */
export const speakAsPage = () => speak(page);

/** From now on `word` speaks as the editor does. */
export const speakAsEditor = () => speak(editor);

/** The tables of graph/draw/rules.py, which count from here on. */
export const settledRules = settled;
takeRules(settled);
