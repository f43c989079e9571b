// SPARQL text as pieces, each with its class: for colours, and so that comments, texts and IRIs are never taken for
// code.
const LONG_TEXT = /"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*(?:"""|$)|'''(?:[^'\\]|\\[\s\S]|'{1,2}(?!'))*(?:'''|$)/;
const SHORT_TEXT = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/;
/** @type {[string, RegExp][]} */
const RULES = [
  ["comment", /#[^\n]*/y],
  ["iri", /<[^<>"{}|^`\\\s]*>/y],
  ["text", new RegExp(`${LONG_TEXT.source}|${SHORT_TEXT.source}`, "y")],
  ["variable", /[?$][\p{L}\p{N}_]+/uy],
  ["tag", /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/y],
  [
    "name",
    /(?:[\p{L}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:(?:(?:[\p{L}\p{N}_:%-]|\\[^\s]|\.(?=[\p{L}\p{N}_:%\\-]))*)/uy,
  ],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["space", /\s+/y],
  ["mark", /[\s\S]/uy],
];
const KEYWORDS = new Set(
  [
    "a add all as asc ask base bind by clear construct copy create data default delete desc describe distinct drop",
    "exists filter from graph group having in insert into limit load minus move named not offset optional order",
    "prefix reduced select separator service silent to undef union using values version where with true false",
  ]
    .join(" ")
    .split(" "),
);
const FORMS = new Set(["select", "ask", "construct", "describe"]);

/**
 * [{type, from, to, text}] in order; together they are the text. Types: comment, iri, text, variable, tag, name,
 * number, keyword, call, word, space, mark.
 * @param {string} text
 */
export function tokens(text) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    found.push(token);
    at = token.to;
  }
  return found;
}

/** @param {string} text @param {number} at */
function tokenAt(text, at) {
  for (const [type, pattern] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match?.[0])
      return {
        type: type === "word" ? wordType(text, match[0], pattern.lastIndex) : type,
        from: at,
        to: at + match[0].length,
        text: match[0],
      };
  }
  return { type: "mark", from: at, to: at + 1, text: text[at] };
}

/** @param {string} text @param {string} word @param {any} after */
function wordType(text, word, after) {
  if (KEYWORDS.has(word.toLowerCase())) return "keyword";
  return /^\s*\(/.test(text.slice(after, after + 40)) ? "call" : "word";
}

/**
 * The pieces that mean something: without spaces and comments.
 * @param {string} text
 */
export function meaningful(text) {
  return tokens(text).filter(({ type }) => type !== "space" && type !== "comment");
}

/**
 * "select", "ask", "construct" or "describe"; "" when the text is none of them.
 * @param {string} text
 */
export function formOf(text) {
  const parts = meaningful(text);
  let at = 0;
  while (at < parts.length) {
    const word = parts[at].text.toLowerCase();
    if (word === "prefix") at += 3;
    else if (word === "base" || word === "version") at += 2;
    else return FORMS.has(word) ? word : "";
  }
  return "";
}

/**
 * The IRIs that a DESCRIBE names in full; none for another query.
 * @param {string} text
 */
export function described(text) {
  if (formOf(text) !== "describe") return [];
  const parts = meaningful(text);
  const from = parts.findIndex((part) => part.type === "keyword" && part.text.toLowerCase() === "describe");
  const rest = parts.slice(from + 1);
  const end = rest.findIndex((part) => part.type !== "iri" && part.type !== "name" && part.type !== "variable");
  return (end < 0 ? rest : rest.slice(0, end))
    .filter(({ type }) => type === "iri")
    .map((part) => part.text.slice(1, -1));
}
