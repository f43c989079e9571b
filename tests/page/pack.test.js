// The modules can be joined into one: names declared once, only plain named imports, no circle, nothing that calls out.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../graph/draw/page");
const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)";$/gm;
const DECLARED = /^(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+([A-Za-z_$][\w$]*)/gm;
const EXPORTED = /^export\s+(?:async\s+)?(?:function\*?|class|const|let)\s+([A-Za-z_$][\w$]*)/gm;

const paths = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? paths(path) : path.endsWith(".js") ? [path] : [];
  });
const sources = new Map(paths(ROOT).map((path) => [resolve(path), readFileSync(path, "utf8")]));
const names = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1]);

test("each module starts with what it is", () => {
  for (const [path, text] of sources) assert.match(text, /^\/\/ \S/, path);
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

test("every import is plain, exists, and is used", () => {
  for (const [path, text] of sources) {
    const lines = text.split("\n").filter((line) => /^\s*import\b/.test(line));
    assert.equal(lines.length, [...text.matchAll(IMPORT)].length, path);
    const rest = text.replace(IMPORT, "");
    for (const [, list, from] of text.matchAll(IMPORT)) {
      const exported = names(sources.get(resolve(dirname(path), from)) ?? "", EXPORTED);
      for (const name of list
        .split(",")
        .map((each) => each.trim())
        .filter(Boolean)) {
        assert.ok(exported.includes(name), `${path}: ${name} is not in ${from}`);
        assert.match(rest, new RegExp(`\\b${name}\\b`), `${path}: ${name} is not used`);
      }
    }
  }
});

test("no module is exported from and never used", () => {
  const used = new Set(
    [...sources.values()].flatMap((text) =>
      [...text.matchAll(IMPORT)].flatMap(([, list]) => list.split(",").map((each) => each.trim())),
    ),
  );
  const tests = readdirSync(dirname(fileURLToPath(import.meta.url)))
    .filter((name) => name.endsWith(".test.js"))
    .map((name) => readFileSync(join(dirname(fileURLToPath(import.meta.url)), name), "utf8"))
    .join("\n");
  for (const [path, text] of sources)
    for (const name of names(text, EXPORTED)) assert.ok(used.has(name) || tests.includes(name), `${path}: ${name}`);
});

test("no circle of imports", () => {
  const done = new Set();
  const visit = (path, open) => {
    assert.equal(open.includes(path), false, [...open, path].join(" → "));
    if (done.has(path)) return;
    for (const [, , from] of sources.get(path).matchAll(IMPORT)) visit(resolve(dirname(path), from), [...open, path]);
    done.add(path);
  };
  visit(resolve(ROOT, "main.js"), []);
  const file = new Set(done);
  // A page from a file carries nothing that could ask a server.
  for (const name of [
    "server.js",
    "model/endpoint.js",
    "model/sparql.js",
    "model/served.js",
    "model/foreign.js",
    "views/serving.js",
  ])
    assert.equal(file.has(resolve(ROOT, name)), false, name);
  visit(resolve(ROOT, "served.js"), []);
  assert.equal(done.size, sources.size, "a module that nothing imports");
});

// What of the window the modules beside main.js touch: nothing, but for these.
const TOUCHED = {
  "views/covered.js": ["window.innerHeight"],
  "views/exporter.js": ["window.addEventListener", "window.location", "window.print"],
  "views/remember.js": ["window.localStorage"],
};

test("model knows no document, and nothing makes markup or asks the network but a page that was served", () => {
  const opening = /async function openedStore\(given, words\) \{[\s\S]*?\n\}\n/;
  const opener = sources.get(resolve(ROOT, "views/openstore.js"));
  const main = sources.get(resolve(ROOT, "main.js"));
  assert.match(main, /given\.served && store\.open \? await openedStore\(given, startLanguage\(given\.lang\)\) : null/);
  assert.equal(opener.match(opening)[0].split("window.fetch(").length, 2);
  for (const [path, text] of sources) {
    const code = text.replace(/^\s*\/\/.*$/gm, "").replace(opening, "");
    if (path.includes("/model/"))
      assert.doesNotMatch(code, /\b(document|window)\.(?!index|label|title|publisher|published|author|url|id)\w/, path);
    assert.doesNotMatch(
      code,
      /innerHTML|outerHTML\s*=[^=]|insertAdjacentHTML|document\.write|setAttribute\("style"/,
      path,
    );
    assert.doesNotMatch(code, /\beval\(|new Function|fetch\(|XMLHttpRequest/, path);
    if (path === resolve(ROOT, "main.js")) continue;
    const touched = [...new Set(code.match(/\bwindow\b(?:\.\w+)?|(?<!window\.)\blocalStorage\b/g))].sort();
    assert.deepEqual(touched, TOUCHED[relative(ROOT, path)] ?? [], path);
  }
});
