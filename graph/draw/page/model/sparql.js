// What the page asks of a SPARQL 1.1 server, as text. Plain patterns that start from what is known, and bounded
// ranking: no engine has to look through more than some thousand relationships for one answer, however many there
// are.
const ASK_PREFIXES = {
  ag: "https://w3id.org/actorgraph/ns#",
  st: "https://w3id.org/actorgraph/stance/",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  dcterms: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  void: "http://rdfs.org/ns/void#",
};
/** So many relationships of one node are weighed for its first page; of a node with fewer, all. */
export const MOST_RANKED = 1000;
// So many of those that need judgement are weighed for what a page opens with.
const MOST_JUDGED = 500;
/** So many disputes of a whole store are looked at for those of one node. */
const MOST_DISPUTES = 5000;
const MOST_HITS = 60;
// So many letters of each word of a name are kept as its start.
const START_LENGTH = 3;
// Space and whatever comes before it, and the marks that SPARQL does not take between < and >.
const NOT_AN_IRI = /[^!-\uffff]|[<>"{}|^`\\]/;
const ACTOR_PROPERTIES = [
  "rdf:type",
  "ag:kind",
  "rdfs:label",
  "ag:nameInSentence",
  "ag:plural",
  "skos:altLabel",
  "dcterms:identifier",
  "schema:sameAs",
  "ag:statementsByOrAbout",
  "ag:statementsAbout",
];
const EDITION_PROPERTIES = [
  "dcterms:title",
  "dcterms:modified",
  "dcterms:creator",
  "dcterms:license",
  "dcterms:rights",
  "ag:contact",
  "ag:corrections",
];
// A letter as it is typed, and as names write it.
const LIKE_LETTERS = {
  a: "aàáâãäåāăą",
  c: "cçćč",
  d: "dďđð",
  e: "eèéêëēęě",
  g: "gğģ",
  i: "iìíîïīįı",
  l: "lłļľ",
  n: "nñńņň",
  o: "oòóôõöøōő",
  r: "rřŕ",
  s: "sśšşș",
  t: "tťţț",
  u: "uùúûüūůűų",
  y: "yýÿ",
  z: "zźżž",
};

/** @param {string} body */
function withPrefixes(body) {
  const used = Object.entries(ASK_PREFIXES).filter(([prefix]) => new RegExp(`(?<![\\w/])${prefix}:`).test(body));
  return `${used.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join("\n")}\n${body}`;
}

/**
 * An IRI as a term; what cannot be one stops the question.
 * @param {string} iri
 */
export function iriTerm(iri) {
  if (NOT_AN_IRI.test(iri) || iri.startsWith("_:")) throw new RangeError(`not an IRI: ${iri}`);
  return `<${iri}>`;
}

/**
 * Those of some IRIs that can be asked about.
 * @param {string[]} iris
 */
export function askable(iris) {
  return iris.filter((iri) => iri.includes(":") && !iri.startsWith("_:") && !NOT_AN_IRI.test(iri));
}

/** @param {string[]} iris */
const listOf = (iris) => askable(iris).map(iriTerm).join(" ");
/** @param {string} text */
const textTerm = (text) => JSON.stringify(text);

// ---- what there is

/**
 * The dataset's description of itself, with the figures that it states by these properties.
 * @param {any} [terms]
 */
export function editionAsked(terms = []) {
  const properties = [...EDITION_PROPERTIES, ...terms.map(iriTerm)];
  return withPrefixes(`SELECT ?s ?p ?o WHERE { ?s a void:Dataset . ${eachProperty("?s", properties)} }`);
}

/** Whether any relationship in our vocabulary is there. */
export function oursAsked() {
  return withPrefixes("SELECT ?p WHERE { ?p a ag:Proposition } LIMIT 1");
}

/** The words of the vocabulary that the store uses: its kinds and relations, and how these are said, whole. */
export function vocabularyAsked() {
  return withPrefixes(
    "SELECT ?s ?p ?o WHERE { { ?s a ag:Kind } UNION { ?s a ag:RelationProperty } UNION { ?s ag:mirrors ?r } ?s ?p ?o }",
  );
}

// How many statements or origins a relationship has; one is the rule, and left out of a dataset.
/** @param {string} what @param {string} as */
const counted = (what, as) => `OPTIONAL { ?p ag:${what} ${as}s } BIND(COALESCE(${as}s, 1) AS ${as})`;
// What is said of a node, at it.
/** @param {string} node @param {string} [prop] */
const atNode = (node, prop = "?p") => `{ ${prop} rdf:subject ${node} } UNION { ${prop} rdf:object ${node} }`;

const JUDGED_PATTERNS = {
  disputed: "?p ag:opposedBy ?denial",
  // As unanswered_accusations in graph/figures.py, so put that a server can stop after the first ones.
  unanswered: `?p ag:accused ?accused ; ag:affirmedBy ?accusing
    FILTER NOT EXISTS { ?p ag:opposedBy ?denial } FILTER NOT EXISTS { ?p ag:wholeOpposedBy ?denial }
    FILTER NOT EXISTS { ?heard ag:claims ?p ; ag:speaker|ag:speaksFor ?accused ; ag:stance ?taking
      FILTER(?taking != st:declined) FILTER NOT EXISTS { ?heard ag:withdrawn|ag:corrected true } }
    FILTER NOT EXISTS { ?asked ag:claims ?p ; ag:reply/ag:answer ?answer }`,
  notyet: '?p ag:line "notyet"',
  soft: '?p ag:line "soft"',
  open: '?p ag:line "open"',
  said: '?p ag:line "said"',
  // One origin is the rule, and left out of a dataset.
  single: "?p ag:affirmedBy ?any FILTER NOT EXISTS { ?p ag:origins ?several }",
  // From the figures to what they are said of: most relationships have one source, and few a figure.
  figures: `{ SELECT ?q WHERE { ?q a ag:Quantity } LIMIT ${MOST_JUDGED} } ?p rdf:object ?q ; ag:affirmedBy ?any
    FILTER NOT EXISTS { ?p ag:origins ?several }`,
};

/**
 * Relationships that need judgement, those of which most is said first: a key of JUDGED_PATTERNS.
 * @param {string} what @param {number} limit @param {number} [offset]
 */
export function judgedAsked(what, limit, offset = 0) {
  return withPrefixes(`SELECT ?p ?n WHERE {
  { SELECT DISTINCT ?p WHERE { ${JUDGED_PATTERNS[what]} } LIMIT ${MOST_JUDGED} }
  ${counted("statements", "?n")}
} ORDER BY DESC(?n) ?p LIMIT ${limit} OFFSET ${offset}`);
}

// ---- triples about what is known

/**
 * Every triple of some resources.
 * @param {string[]} iris
 */
export function triplesAsked(iris) {
  return `SELECT ?s ?p ?o WHERE { VALUES ?s { ${listOf(iris)} } ?s ?p ?o }`;
}

/**
 * What names and shows some actors, and how many statements a settled store counts of each: not their dockets, which
 * may be endless.
 * @param {string[]} iris
 */
export function actorsAsked(iris) {
  return withPrefixes(
    `SELECT ?s ?p ?o WHERE { ${eachProperty("?s", ACTOR_PROPERTIES, `VALUES ?s { ${listOf(iris)} }`)} }`,
  );
}

// One branch for each property: engines look each up, where a list of properties would make some read the whole store.
/** @param {string} subject @param {string[]} properties @param {string} [known] */
function eachProperty(subject, properties, known = "") {
  return properties.map((name) => `{ ${known} ${subject} ${name} ?o . BIND(${name} AS ?p) }`).join(" UNION ");
}

/**
 * Which statements take a stance on some relationships, or mention them: ?p ?c.
 * @param {string[]} props @param {number} [limit]
 */
export function claimsAsked(props, limit = 5000) {
  return withPrefixes(
    `SELECT ?p ?c WHERE {
  VALUES ?p { ${listOf(props)} } { ?c ag:claims ?p } UNION { ?c ag:mentions ?p }
} LIMIT ${limit}`,
  );
}

/**
 * Which of some resources are relationships or statements: ?s, and the relationship ?p that each is or speaks of.
 * @param {string[]} iris
 */
export function relationshipsAsked(iris) {
  const known = `VALUES ?s { ${listOf(iris)} }`;
  return withPrefixes(
    `SELECT ?s ?p WHERE {
  { ${known} ?s a ag:Proposition . BIND(?s AS ?p) } UNION { ${known} ?s ag:claims ?p }
  UNION { ${known} ?s ag:mentions ?p }
}`,
  );
}

/** Every relationship: ?p. Asked only of a store that has few. */
export function everyPropAsked() {
  return withPrefixes("SELECT ?p WHERE { ?p a ag:Proposition } LIMIT 20000");
}

/**
 * Relationships about some relationships, and those they are about: ?p.
 * @param {string[]} props @param {number} [limit]
 */
export function aboutAsked(props, limit = 200) {
  const known = `VALUES ?known { ${listOf(props)} }`;
  return withPrefixes(
    `SELECT DISTINCT ?p WHERE { { ${known} ?known ag:about ?p } UNION { ${known} ?p ag:about ?known } } LIMIT ${limit}`,
  );
}

// ---- names

// Small letters without accents; "NFKD" as the store's keys are written.
/** @param {string} text @param {string} [form] */
function unaccented(text, form = "NFD") {
  return text
    .normalize(form)
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/**
 * Who has each of the words typed in a name or another name, one of them at the beginning of a word: ?n. "" when none
 * of them is long enough. The store knows how each word of a name starts, so that only the names that can be meant
 * are read.
 * @param {string} typed @param {{ begins?: boolean }} [given]
 */
export function startAsked(typed, { begins = false } = {}) {
  const words = unaccented(typed, "NFKD")
    .split(/[^\p{L}\p{N}_]+/u)
    .filter(Boolean)
    .slice(0, 6);
  const sought = [...words].sort((a, b) => b.length - a.length).find((word) => [...word].length >= START_LENGTH);
  if (!sought) return "";
  const start = [...sought].slice(0, START_LENGTH).join("");
  const filters = words
    .map((word, index) => `FILTER(${begins && !index ? "STRSTARTS" : "CONTAINS"}(?key, ${textTerm(word)}))`)
    .join(" ");
  return withPrefixes(
    `SELECT DISTINCT ?n WHERE {
  ?n ag:nameStart ${textTerm(start)} . ?n ag:nameKey ?key ${filters}
} LIMIT ${MOST_HITS}`,
  );
}

/**
 * Who has each of the words typed anywhere in a name or another name: ?n ?name. Reads every name. Letters match with
 * any accent.
 * @param {string} typed @param {{ begins?: boolean }} [given]
 */
export function searchAsked(typed, { begins = false } = {}) {
  const words = unaccented(typed).split(/\s+/).filter(Boolean).slice(0, 6);
  const filters = words
    .map((word, index) => {
      const pattern = (begins && !index ? "^(the |an? |el |l[ao]s? |una? )?" : "") + likePattern(word);
      return `FILTER(REGEX(STR(?name), ${textTerm(pattern)}, "i"))`;
    })
    .join(" ");
  return withPrefixes(
    `SELECT DISTINCT ?n ?name WHERE {
  { ?n ag:nameInSentence ?name } UNION { ?n skos:altLabel ?name } ${filters}
} LIMIT ${MOST_HITS}`,
  );
}

/**
 * A pattern that finds a word whatever accents it is written with.
 * @param {string} word
 */
export function likePatternOf(word) {
  return likePattern(unaccented(word));
}

/** @param {string} word */
function likePattern(word) {
  return [...word]
    .map((letter) => {
      if (LIKE_LETTERS[letter]) return `[${LIKE_LETTERS[letter]}${LIKE_LETTERS[letter].slice(1).toUpperCase()}]`;
      if (letter === "'") return "['’‘]";
      return letter.replace(/[\\^$.|?*+()[\]{}-]/, "\\$&");
    })
    .join("");
}

// ---- round a node

/**
 * How many relationships are said of a node, at it.
 * @param {string} node
 */
export function docketCountAsked(node) {
  return withPrefixes(`SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ${atNode(iriTerm(node))} }`);
}

/**
 * A page of a node's relationships, ranked whole: disputed first, then those with most statements and origins.
 * @param {string} node @param {number} limit @param {number} [offset]
 */
export function rankedAtAsked(node, limit, offset = 0) {
  return withPrefixes(
    `SELECT DISTINCT ?p ?d ?n ?o WHERE {
  ${atNode(iriTerm(node))} ${counted("statements", "?n")} ${counted("origins", "?o")} OPTIONAL { ?p ag:disputed ?d }
} ORDER BY DESC(?d) DESC(?n) DESC(?o) ?p LIMIT ${limit} OFFSET ${offset}`,
  );
}

/**
 * For a node with more relationships than can be weighed: all of its disputes, those with most statements first. From
 * the disputes to the node, because it may have more relationships than a store has disputes.
 * @param {string} node
 */
export function disputesAtAsked(node) {
  return withPrefixes(
    `SELECT ?p WHERE {
  { SELECT ?p WHERE { ?p ag:line "disputed" } LIMIT ${MOST_DISPUTES} }
  FILTER EXISTS { ?p rdf:subject|rdf:object ${iriTerm(node)} } ${counted("statements", "?n")}
} ORDER BY DESC(?n) ?p`,
  );
}

/**
 * And of the first others that the store comes upon, those with most statements.
 * @param {string} node @param {number} limit @param {number} [offset]
 */
export function othersAtAsked(node, limit, offset = 0) {
  return withPrefixes(
    `SELECT ?p WHERE {
  { SELECT DISTINCT ?p WHERE { ${atNode(iriTerm(node))} } LIMIT ${MOST_RANKED} }
  ?p ag:line ?line FILTER(?line != "disputed") ${counted("statements", "?n")}
} ORDER BY DESC(?n) ?p LIMIT ${limit} OFFSET ${offset}`,
  );
}

/**
 * And past those, as the store has them.
 * @param {string} node @param {number} limit @param {number} [offset]
 */
export function furtherAtAsked(node, limit, offset = 0) {
  return withPrefixes(`SELECT DISTINCT ?p WHERE { ${atNode(iriTerm(node))} } LIMIT ${limit} OFFSET ${offset}`);
}

// ---- according to somebody

/**
 * How many statements somebody makes, or are made for them.
 * @param {string} speaker
 */
export function toldCountAsked(speaker) {
  const who = iriTerm(speaker);
  return withPrefixes(`SELECT (COUNT(*) AS ?n) WHERE { { ?c ag:speaker ${who} } UNION { ?c ag:speaksFor ${who} } }`);
}

/**
 * A page of the relationships they speak of: disputed first, then those with most statements.
 * @param {string} speaker @param {number} limit @param {number} [offset]
 */
export function toldAsked(speaker, limit, offset = 0) {
  const who = iriTerm(speaker);
  return withPrefixes(`SELECT ?p WHERE {
  { SELECT DISTINCT ?p WHERE {
    { ?c ag:speaker ${who} } UNION { ?c ag:speaksFor ${who} } ?c ag:claims ?p
  } LIMIT ${MOST_RANKED} }
  ${counted("statements", "?n")} OPTIONAL { ?p ag:disputed ?d }
} ORDER BY DESC(?d) DESC(?n) ?p LIMIT ${limit} OFFSET ${offset}`);
}

// ---- between two

/**
 * Relationships that stand in both dockets, from the shorter one.
 * @param {any} shorter @param {any} longer
 */
export function directAsked(shorter, longer) {
  return withPrefixes(
    `SELECT DISTINCT ?p WHERE {
  ${atNode(iriTerm(shorter))} FILTER EXISTS { ?p rdf:subject|rdf:object ${iriTerm(longer)} }
} LIMIT 100`,
  );
}

/** So many steps come in one answer; an answer as long was cut. */
export const MOST_WALKED = 1000;

// Each of these starts from what is named and looks up the rest: asked in one piece, some engines read the whole store.
export const WALK_QUESTIONS = {
  /** ?a ?b: a relationship b said of node a. */
  dockets: (nodes) =>
    withPrefixes(
      `SELECT DISTINCT ?a ?b WHERE { VALUES ?a { ${listOf(nodes)} } ${atNode("?a", "?b")} } LIMIT ${MOST_WALKED}`,
    ),
  /** ?a ?b: a relationship b about relationship a. */
  abouts: (props) =>
    withPrefixes(`SELECT ?a ?b WHERE { VALUES ?a { ${listOf(props)} } ?b ag:about ?a } LIMIT ${MOST_WALKED}`),
  /** ?a ?b ?how: a relationship b of which a speaks, and how. */
  tells: (nodes) =>
    withPrefixes(
      `SELECT ?a ?b ?how WHERE {
  VALUES ?a { ${listOf(nodes)} } ?c ag:speaker ?a . ?c ag:claims ?b . ?c ag:stance ?how
} LIMIT ${MOST_WALKED}`,
    ),
  /** ?a ?b ?how: a node b that speaks of relationship a, and how. */
  tellers: (props) =>
    withPrefixes(
      `SELECT ?a ?b ?how WHERE {
  VALUES ?a { ${listOf(props)} } ?c ag:claims ?a . ?c ag:speaker ?b . ?c ag:stance ?how
} LIMIT ${MOST_WALKED}`,
    ),
  /** ?a ?b ?third ?line ?grave: the ends of relationship a, its line, and whether it can defame. */
  ends: (props) =>
    withPrefixes(
      `SELECT ?a ?b ?third ?line ?grave WHERE {
  VALUES ?a { ${listOf(props)} }
  ?a rdf:subject ?b . ?a rdf:object ?third . ?a ag:line ?line . OPTIONAL { ?a ag:sensitive ?grave }
}`,
    ),
  /** ?a ?b: the kind b of node a. */
  kinds: (nodes) => withPrefixes(`SELECT ?a ?b WHERE { VALUES ?a { ${listOf(nodes)} } ?a ag:kind ?b }`),
};
