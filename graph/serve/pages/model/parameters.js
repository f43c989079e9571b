// A query's parameters: `# parameter name: meaning [a|b]` in its header, `VALUES ?name { … }` in its text; a value
// takes its place as one term.
import { meaningful } from "./tokens.js";

const HEAD = /^# (title|description|parameter \w+): (.*)$/;

/**
 * {title, description, parameters: [{name, meaning, choices, value}]} as the text's own header and VALUES say.
 * @param {string} text
 */
export function headerOf(text) {
  const found = new Map();
  let key = "";
  for (const line of text.split("\n")) {
    if (!line.startsWith("#")) break;
    const match = HEAD.exec(line);
    if (match) key = match[1];
    if (key) found.set(key, [...(found.get(key) ?? []), (match ? match[2] : line.slice(1)).trim()]);
  }
  /** @param {string} name */
  const words = (name) => (found.get(name) ?? []).join(" ");
  const given = givenValues(text);
  const parameters = [...found.keys()]
    .filter((each) => each.startsWith("parameter ") && given.has(each.slice(10)))
    .map((each) => {
      const [meaning, choices] = words(each).split(" [");
      const name = each.slice(10);
      return {
        name,
        meaning,
        choices: choices ? choices.replace(/\]$/, "").split("|") : [],
        value: given.get(name).value,
      };
    });
  return { title: words("title"), description: words("description"), parameters };
}

// name → {value, spans}: where exactly one term stands between the braces, or none.
/** @param {string} text */
function givenValues(text) {
  const parts = meaningful(text);
  const found = new Map();
  parts.forEach((part, at) => {
    if (
      part.type !== "keyword" ||
      part.text.toLowerCase() !== "values" ||
      parts[at + 1]?.type !== "variable" ||
      parts[at + 2]?.text !== "{"
    )
      return;
    const [first, second] = [parts[at + 3], parts[at + 4]];
    const term = first?.text === "}" ? null : second?.text === "}" ? first : undefined;
    if (term === undefined) return;
    const name = parts[at + 1].text.slice(1);
    const span = term
      ? { from: term.from, to: term.to, type: term.type }
      : { from: parts[at + 2].to, to: first.from, type: "text" };
    if (!found.has(name)) found.set(name, { value: term ? valueWritten(term) : "", spans: [] });
    found.get(name).spans.push(span);
  });
  return found;
}

const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** @param {{ type: string; text: string }} given */
function valueWritten({ type, text }) {
  if (type === "iri") return text.slice(1, -1);
  if (type !== "text") return text;
  const inner = /^("""|''')/.test(text) ? text.slice(3, -3) : text.slice(1, -1);
  return inner.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(.)/gis, (_, four, eight, mark) =>
    mark ? (ESCAPES[mark] ?? mark) : String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(four ?? eight, 16))),
  );
}

/**
 * The text with another value for a parameter, wherever it is given; null when the value is none of its kind.
 * @param {string} text @param {string} name @param {any} value
 */
export function withValue(text, name, value) {
  const given = givenValues(text).get(name);
  if (!given) return null;
  let made = text;
  for (const span of [...given.spans].reverse()) {
    const term = termFor(value, span.type);
    if (term === null) return null;
    made =
      made.slice(0, span.from) +
      (span.to === span.from || made.slice(span.from, span.to).trim() === "" ? ` ${term} ` : term) +
      made.slice(span.to);
  }
  return made;
}

/** @param {any} value @param {string} type */
function termFor(value, type) {
  if (type === "text")
    return `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
  if (type === "iri") return /^[^<>"{}|^`\\\s]+$/.test(value) ? `<${value}>` : null;
  if (type === "name")
    return /^[\p{L}\p{N}_.-]*:[\p{L}\p{N}_.:-]*$/u.test(value) && !value.startsWith("http")
      ? value
      : termFor(value, "iri");
  return /^[+-]?\d+(?:\.\d+)?$|^true$|^false$/.test(value) ? value : null;
}
