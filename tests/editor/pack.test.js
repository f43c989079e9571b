// The modules can be joined into one: names declared once, plain imports only, the network asked from one place, no
// markup made.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../graph/serve/pages");
const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)";$/gm;
const DECLARED = /^(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+([A-Za-z_$][\w$]*)/gm;
const EXPORTED = /^export\s+(?:async\s+)?(?:function\*?|class|const|let)\s+([A-Za-z_$][\w$]*)/gm;
const names = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1]);

// From main.js on, whatever it needs, the drawing's own modules included.
const sources = new Map();
const visit = (path, open = []) => {
  assert.equal(open.includes(path), false, [...open, path].join(" → "));
  if (sources.has(path)) return;
  sources.set(path, readFileSync(path, "utf8"));
  for (const [, , from] of sources.get(path).matchAll(IMPORT)) visit(resolve(dirname(path), from), [...open, path]);
};
visit(resolve(ROOT, "main.js"));
const mine = [...sources].filter(([path]) => path.startsWith(resolve(ROOT)));

test("each module is needed, and starts with what it is", () => {
  const files = readdirSync(ROOT, { recursive: true }).filter((name) => name.endsWith(".js") && name !== "reading.js");
  assert.deepEqual(mine.map(([path]) => relative(ROOT, path)).sort(), files.sort());
  for (const [path, text] of mine) assert.match(text, /^\/\/ \S/, path);
});

test("no two modules declare one name", () => {
  const seen = new Map();
  for (const [path, text] of sources) {
    for (const name of names(text, DECLARED)) {
      assert.equal(seen.has(name), false, `${name} in ${path} and ${seen.get(name)}`);
      seen.set(name, path);
    }
  }
});

test("every import is plain, exists, and is used; every export has a use", () => {
  const tests = readdirSync(HERE)
    .filter((name) => name.endsWith(".test.js"))
    .map((name) => readFileSync(join(HERE, name), "utf8"))
    .join("\n");
  const used = new Set(
    mine.flatMap(([, text]) =>
      [...text.matchAll(IMPORT)].flatMap(([, list]) => list.split(",").map((each) => each.trim())),
    ),
  );
  for (const [path, text] of mine) {
    assert.equal(
      text.split("\n").filter((line) => /^\s*import\b/.test(line)).length,
      [...text.matchAll(IMPORT)].length,
      path,
    );
    const rest = text.replace(IMPORT, "");
    for (const [, list, from] of text.matchAll(IMPORT)) {
      const exported = names(sources.get(resolve(dirname(path), from)), EXPORTED);
      for (const name of list.split(",").map((each) => each.trim())) {
        assert.ok(exported.includes(name), `${path}: ${name} is not in ${from}`);
        assert.match(rest, new RegExp(`\\b${name}\\b`), `${path}: ${name} is not used`);
      }
    }
    for (const name of names(text, EXPORTED)) assert.ok(used.has(name) || tests.includes(name), `${path}: ${name}`);
  }
});

test("models know no document, nothing makes markup, one module asks the network", () => {
  for (const [path, text] of mine) {
    const code = text.replace(/^\s*\/\/.*$/gm, "");
    if (path.includes("/model/")) assert.doesNotMatch(code, /\b(?:document|window|navigator)\.\w/, path);
    assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|setAttribute\("style"/, path);
    assert.doesNotMatch(code, /\beval\(|new Function|XMLHttpRequest|sendBeacon/, path);
    if (!path.endsWith("/ask.js")) assert.doesNotMatch(code, /\bfetch\(/, path);
    if (!path.endsWith("/main.js")) assert.doesNotMatch(code, /\bwindow\b|localStorage/, path);
  }
});
