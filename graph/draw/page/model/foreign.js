// A store without our vocabulary: the same questions answered from its own triples, lifted as they come by
// ontology/lift/*.rq.
import { batches, EndpointError, unlikeIris } from "./endpoint.js";
import { liftedRows, rowsOfNTriples } from "./lifted.js";
import { sha256Hex } from "./opaque.js";
import { byCodePoint, iriOf, Triples } from "./projection.js";
import { askable, iriTerm, likePatternOf } from "./sparql.js";

const LIFT_STATEMENTS = ["triples", "reified", "wikibase", "nary", "held", "valued", "restrictions", "reifiers"];
// What a store has that makes such statements; each of a Wikibase has a rank.
const STATEMENT_SIGNS = {
  reified: iriOf("rdf:subject"),
  reifiers: iriOf("rdf:reifies"),
  wikibase: "http://wikiba.se/ontology#rank",
  restrictions: "http://www.w3.org/2002/07/owl#onProperty",
};
const TRIPLE_BATCH = 100;
const NAME_BATCH = 150;
const SAMPLED = 1500;
const OPENING_TRIPLES = 24;
const OPENING_AT_ONE = 6;
const MOST_TRIED = 300;
// What statements of a Wikibase say, as its direct properties would: a file may have the statements alone.
const STATED =
  "SELECT ?s ?p ?o WHERE { ?st ?holds ?o . " +
  'FILTER(STRSTARTS(STR(?holds), "http://www.wikidata.org/prop/statement/P")) ' +
  'BIND(REPLACE(STR(?holds), "/prop/statement/", "/prop/") AS ?name) BIND(IRI(?name) AS ?has) ?s ?has ?st . ' +
  'FILTER(isIRI(?s) && isIRI(?o)) BIND(IRI(REPLACE(STR(?holds), "/prop/statement/", "/prop/direct/")) AS ?p) } ' +
  `LIMIT ${MOST_TRIED}`;
const MOST_FOREIGN_HITS = 40;
const WAY_ROWS = 3000;
const WAY_NODES = 120;
const LONGEST_FOREIGN = 5;
const FEW_TRIPLES = 12000;
const ONLY_HERE = /# only: (\([^)]*\))/;
const OUR_IDS = "https://w3id.org/actorgraph/id/";
const SOURCE_DOCUMENT = `${OUR_IDS}source`;
const NAMING = [
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
  "http://www.w3.org/2000/01/rdf-schema#label",
  "http://www.w3.org/2004/02/skos/core#prefLabel",
  "http://www.w3.org/2004/02/skos/core#altLabel",
  "http://xmlns.com/foaf/0.1/name",
  "http://xmlns.com/foaf/0.1/nick",
  "https://schema.org/name",
  "https://schema.org/alternateName",
  "http://schema.org/name",
  "http://schema.org/alternateName",
  "http://purl.org/dc/terms/title",
  "http://purl.org/dc/elements/1.1/title",
];
const SEARCHED = NAMING.slice(1);
const STATES_RDF = ["subject", "predicate", "object"].map((name) => `<${iriOf(`rdf:${name}`)}>`);
// Neither what names a thing nor what a statement about a statement consists of is a relationship; as
// ontology/lift/triples.rq has it.
const NAMES_OR_STATES = [...NAMING.map((iri) => `<${iri}>`), ...STATES_RDF, `<${iriOf("rdf:reifies")}>`].join(", ");
const NOT_NAMING =
  `FILTER(?p NOT IN (${NAMES_OR_STATES})) ` +
  'FILTER(!REGEX(STR(?p), "/prop/(P[0-9]+$|statement/|qualifier/|reference/)"))';

/** Answers as Source of endpoint.js does. A relationship goes by its key: its three terms. */
export class ForeignSource {
  /** @param {Endpoint} endpoint @param {any} texts @param {string} name */
  constructor(endpoint, texts, name) {
    this.endpoint = endpoint;
    this.texts = texts;
    this.name = name;
    this.found = new Triples();
    this.called = new Triples();
    this.triples = new Triples();
    this.nodes = new Set();
    this.loaded = new Set();
    this.named = new Set();
    this.keys = new Map();
    // Node that stands for a tie → the tie.
    this.ties = new Map();
    this.refused = new Set();
    this.totals = new Map();
    this.claimsOf = new Map();
    this.documents = new Map([[SOURCE_DOCUMENT, name]]);
  }

  /** Statements have no names of their own here: whatever is named is a node. */
  relationshipsOf() {
    return Promise.resolve(new Map());
  }

  /** @param {AbortSignal|undefined} [signal] */
  async edition(signal) {
    /** @param {string} pattern @param {string} [what] */
    const count = async (pattern, what = "*") => {
      try {
        return await this.endpoint.number(`SELECT (COUNT(${what}) AS ?n) WHERE { ${pattern} }`, signal);
      } catch (error) {
        if (error instanceof EndpointError && error.kind !== "unreachable") return null;
        throw error;
      }
    };
    const triples = await count("?s ?p ?o");
    const few = triples !== null && triples <= FEW_TRIPLES;
    const [relationships, nodes] = few
      ? await Promise.all([
          count(`?s ?p ?o . ${NOT_NAMING} FILTER(isIRI(?s) && !isBLANK(?o))`),
          count(`{ ?x ?p ?o } UNION { ?s ?p ?x } ${NOT_NAMING} FILTER(isIRI(?x))`, "DISTINCT ?x"),
        ])
      : [null, null];
    // Of what is only named, all that has a name is counted.
    const actors = nodes === 0 ? await count("?x ?p ?o FILTER(isIRI(?x))", "DISTINCT ?x") : nodes;
    return {
      titles: { en: this.name, es: this.name },
      version: "",
      editor: "",
      licence: "",
      corrections: null,
      counts: { statements: triples, relationships, actors, things: 0, accepted: 0 },
    };
  }

  /**
   * Which ways of making statements about statements the store uses: only these are asked for.
   * @param {AbortSignal|undefined} [signal]
   */
  async readVocabulary(signal) {
    await Promise.all(
      Object.entries(STATEMENT_SIGNS).map(async ([name, sign]) => {
        const rows = await this.endpoint.select(`SELECT ?s WHERE { ?s <${sign}> ?o } LIMIT 1`, signal);
        if (!rows.length) this.refused.add(name);
      }),
    );
  }

  // Of the triples the store comes upon first, those between the nodes that have most of them.
  /** @param {string[]} kinds @param {any} _limit @param {AbortSignal|undefined} [signal] */
  async judged(kinds, _limit, signal) {
    const lists = Object.fromEntries(kinds.map((kind) => [kind, []]));
    if (!kinds.includes("said")) return lists;
    const met = await this.endpoint.select(
      `SELECT ?s ?p ?o WHERE { ?s ?p ?o . ${NOT_NAMING} FILTER(isIRI(?s) && isIRI(?o)) } LIMIT ${SAMPLED}`,
      signal,
    );
    // What only keeps a record of the data opens no drawing, unless there is nothing else.
    const plain = met.filter(({ p }) => !this.keepsRecord(p.value));
    const rows = plain.length ? plain : met;
    const degree = new Map();
    for (const { s, o } of rows) for (const { value } of [s, o]) degree.set(value, (degree.get(value) ?? 0) + 1);
    /** @param {{ s: any; o: any }} given */
    const worth = ({ s, o }) => Math.min(degree.get(s.value), 40) + Math.min(degree.get(o.value), 40);
    const at = new Map();
    const ordered = rows
      .map((row) => ({ row, key: this.keyOf(row) }))
      .sort((a, b) => worth(b.row) - worth(a.row) || byCodePoint(a.key, b.key));
    for (const { row, key } of ordered) {
      const ends = [row.s.value, row.o.value];
      if (lists.said.length >= OPENING_TRIPLES || ends.some((end) => (at.get(end) ?? 0) >= OPENING_AT_ONE)) continue;
      for (const end of ends) at.set(end, (at.get(end) ?? 0) + 1);
      lists.said.push(key);
    }
    const every = ordered.map(({ key }) => key).slice(0, MOST_TRIED);
    lists.said = await this.drawable(lists.said, every, signal);
    return lists;
  }

  /** @param {string} relation */
  keepsRecord(relation) {
    const { relations, spaces } = this.texts.keeping;
    return relations.includes(relation) || spaces.some((space) => relation.startsWith(space));
  }

  // What a store comes upon first may only make up ties, or statements that no triple says: then what these are.
  /** @param {any[]} chosen @param {any[]} every @param {AbortSignal|undefined} [signal] */
  async drawable(chosen, every, signal) {
    /** @param {any} key */
    const drawn = (key) => this.triples.subjects.has(this.iriFor(key));
    for (const keys of [chosen, every]) {
      await this.loadProps(keys, signal);
      if (keys.some(drawn)) return keys.filter(drawn).slice(0, OPENING_TRIPLES);
    }
    const stated = (await this.endpoint.select(STATED, signal)).map((row) => this.keyOf(row));
    if (stated.length) this.refused.delete("wikibase");
    await this.loadProps(stated, signal);
    // Of what is only named, the names are what there is to show.
    if (!stated.length) await this.search("", signal);
    return stated.filter(drawn).slice(0, OPENING_TRIPLES);
  }

  /** @param {TripleRow} row */
  keyOf({ s, p, o }) {
    return JSON.stringify([s.value, p.value, o.type === "uri" ? `<${o.value}>` : literalTerm(o)]);
  }

  /**
   * Lifts triples, by their keys, with all that is said of them.
   * @param {string[]} keys @param {AbortSignal|undefined} [signal] @param {boolean} [lifting]
   */
  async loadProps(keys, signal, lifting = true) {
    const fresh = unlikeIris(keys).filter((key) => !this.loaded.has(key));
    for (const key of fresh) this.loaded.add(key);
    const groups = Array.from({ length: Math.ceil(fresh.length / TRIPLE_BATCH) }, (_, at) =>
      fresh.slice(at * TRIPLE_BATCH, (at + 1) * TRIPLE_BATCH),
    );
    await Promise.all(
      groups.flatMap((group) =>
        LIFT_STATEMENTS.map(async (name) => {
          this.found.add(await this.lifted(name, group, signal));
        }),
      ),
    );
    await this.readNames(signal);
    if (lifting) this.lift();
  }

  /** @param {string} name @param {string[]} keys @param {AbortSignal|undefined} [signal] */
  async lifted(name, keys, signal) {
    if (this.refused.has(name) || !this.texts[name]) return [];
    const rows = keys
      .map((key) => JSON.parse(key))
      .filter(([s, p]) => askable([s, p]).length === 2)
      .map(([s, p, o]) => `(${iriTerm(s)} ${iriTerm(p)} ${o})`);
    if (!rows.length) return [];
    const text = this.texts[name].replace(ONLY_HERE, (_, variables) => `VALUES ${variables} { ${rows.join(" ")} }`);
    try {
      return rowsOfNTriples(await this.endpoint.ask(text, "application/n-triples", signal));
    } catch (error) {
      // A server that does not know SPARQL 1.2, or takes a query amiss, still shows the rest.
      if (!(error instanceof EndpointError) || error.kind === "unreachable" || name === "triples") throw error;
      this.refused.add(name);
      return [];
    }
  }

  /** @param {AbortSignal|undefined} [signal] */
  async readNames(signal) {
    const wanted = new Set();
    /** @param {any} values */
    const uris = (values) => {
      for (const value of values ?? []) if (value.type === "uri") wanted.add(value.value);
    };
    for (const [, record] of this.found.subjects)
      for (const name of ["rdf:subject", "rdf:predicate", "rdf:object", "ag:speaker", "ag:document"])
        uris(record.get(iriOf(name)));
    for (const iri of this.nodes) wanted.add(iri);
    for (let turn = 0; turn < 4; turn += 1) {
      const fresh = [...wanted].filter(
        (iri) => !this.named.has(iri) && (!iri.startsWith(OUR_IDS) || iri.startsWith(`${OUR_IDS}file/`)),
      );
      for (const iri of fresh) this.named.add(iri);
      // A property of a Wikibase is called as its entity is.
      const entities = fresh
        .filter((iri) => /\/prop\/direct\/P\d+$/.test(iri))
        .map((iri) => iri.replace("/prop/direct/", "/entity/"));
      await Promise.all(
        [this.texts.names, this.texts.kinds].flatMap((query) =>
          batches([...fresh, ...entities], NAME_BATCH).map(async (batch) => {
            const text = query.replace(
              ONLY_HERE,
              (_, variables) => `VALUES ${variables} { ${batch.map((iri) => `(${iriTerm(iri)})`).join(" ")} }`,
            );
            this.called.add(rowsOfNTriples(await this.endpoint.ask(text, "application/n-triples", signal)));
          }),
        ),
      );
      for (const [, record] of this.called.subjects)
        for (const name of ["rdf:type", "rdfs:subClassOf"]) uris(record.get(iriOf(name)));
    }
  }

  // All of it anew: what one triple is called may hang on another that came later.
  lift() {
    this.triples = new Triples();
    this.triples.add(liftedRows(this.found, this.called, this.documents, this.texts.tables, [...this.nodes]));
    for (const key of this.loaded) this.keys.set(propIri(key), key);
    for (const [iri, record] of this.found.subjects)
      for (const node of record.get(iriOf("ag:reifiedBy")) ?? []) this.ties.set(node.value, iri);
  }

  /**
   * What stands for a relationship in an address.
   * @param {string} iri
   */
  keyFor(iri) {
    return this.keys.get(iri) ?? iri;
  }

  /**
   * The IRI that a key's relationship gets: of a triple of a node that stands for a tie, the tie's.
   * @param {any} key
   */
  iriFor(key) {
    const own = propIri(key);
    if (this.triples.subjects.has(own)) return own;
    const [s, , o] = JSON.parse(key);
    return this.ties.get(s) ?? this.ties.get(o.slice(1, -1)) ?? own;
  }

  /** @param {string[]} iris @param {AbortSignal|undefined} [signal] */
  async loadActors(iris, signal) {
    for (const iri of iris) this.nodes.add(iri);
    await this.readNames(signal);
    this.lift();
  }

  /** @param {any} told @param {AbortSignal|undefined} [signal] */
  async loadEverything(told, signal) {
    const rows = await this.endpoint.select(
      `SELECT ?s ?p ?o WHERE { ?s ?p ?o . ${NOT_NAMING} FILTER(isIRI(?s) && !isBLANK(?o)) } LIMIT ${FEW_TRIPLES}`,
      signal,
    );
    const keys = rows.map((row) => this.keyOf(row));
    const part = TRIPLE_BATCH * 6;
    for (let at = 0; at < keys.length; at += part) {
      await this.loadProps(keys.slice(at, at + part), signal, false);
      told(Math.min(1, (at + part) / keys.length));
    }
    this.lift();
  }

  /** @param {string} typed @param {AbortSignal|undefined} [signal] */
  async search(typed, signal) {
    const words = typed.trim().split(/\s+/).filter(Boolean).slice(0, 6);
    /** @param {string} variable @param {string} [lead] */
    const like = (variable, lead = "") =>
      words
        .map((each) => `FILTER(REGEX(STR(${variable}), ${JSON.stringify(lead + likePatternOf(each))}, "i"))`)
        .join(" ");
    const named = SEARCHED.map((iri) => `{ ?n <${iri}> ?name }`).join(" UNION ");
    let found = await this.endpoint.column(
      `SELECT DISTINCT ?n ?name WHERE { ${named} ${like("?name")} FILTER(isIRI(?n)) } LIMIT ${MOST_FOREIGN_HITS}`,
      "n",
      signal,
    );
    // What has no name is called by the end of its address.
    if (!found.length)
      found = await this.endpoint.column(
        `SELECT DISTINCT ?n WHERE {
  { ?n ?p ?o } UNION { ?s ?p ?n } FILTER(isIRI(?n)) ${like("?n", "[^/#]*")}
} LIMIT ${MOST_FOREIGN_HITS}`,
        "n",
        signal,
      );
    await this.loadActors(found, signal);
    return found;
  }

  /**
   * A page of a node's triples: what it is the subject of, then what it is the object of.
   * @param {string} node @param {number} limit @param {number} offset @param {AbortSignal|undefined} [signal]
   */
  async neighbours(node, limit, offset, signal) {
    const n = iriTerm(node);
    const round = `{ BIND(${n} AS ?s) ${n} ?p ?o . FILTER(!isBLANK(?o)) }
  UNION { BIND(${n} AS ?o) ?s ?p ${n} . FILTER(isIRI(?s)) }`;
    const stated = `{ ?st ${STATES_RDF[0]} ${n} } UNION { ?st ${STATES_RDF[2]} ${n} }
  ?st ${STATES_RDF[0]} ?s ; ${STATES_RDF[1]} ?p ; ${STATES_RDF[2]} ?o .
  FILTER(isIRI(?s) && isIRI(?p) && !isBLANK(?o))`;
    if (!this.totals.has(node))
      this.totals.set(
        node,
        await this.endpoint.number(`SELECT (COUNT(*) AS ?n) WHERE { ${round} ${NOT_NAMING} }`, signal),
      );
    const rows = await this.endpoint.select(
      `SELECT ?s ?p ?o WHERE { ${round} ${NOT_NAMING} } LIMIT ${limit} OFFSET ${offset}`,
      signal,
    );
    if (!offset)
      rows.push(...(await this.endpoint.select(`SELECT ?s ?p ?o WHERE { ${stated} } LIMIT ${limit}`, signal)));
    return { props: unlikeIris(rows.map((row) => this.keyOf(row))), total: this.totals.get(node), ranked: false };
  }

  told() {
    return Promise.resolve({ props: [], total: 0 });
  }

  /**
   * The triples on the shortest ways between two, over any property: {props, complete}.
   * @param {any} a @param {any} b @param {AbortSignal|undefined} [signal]
   */
  async ways(a, b, signal) {
    const sides = [a, b].map((node) => ({ reached: new Map([[node, []]]), frontier: [node], depth: 0 }));
    const met = () => [...sides[0].reached.keys()].filter((node) => sides[1].reached.has(node));
    let complete = true;
    while (!met().length && sides[0].depth + sides[1].depth < LONGEST_FOREIGN) {
      const side = sides[0].frontier.length <= sides[1].frontier.length ? sides[0] : sides[1];
      if (!side.frontier.length) break;
      const nodes = askable(side.frontier).slice(0, WAY_NODES).map(iriTerm).join(" ");
      const rows = await this.endpoint.select(
        `SELECT ?s ?p ?o ?n WHERE {
  { VALUES ?s { ${nodes} } ?s ?p ?o . BIND(?s AS ?n) } UNION { VALUES ?o { ${nodes} } ?s ?p ?o . BIND(?o AS ?n) }
  FILTER(isIRI(?s) && isIRI(?o)) ${NOT_NAMING}
} LIMIT ${WAY_ROWS}`,
        signal,
      );
      complete &&= rows.length < WAY_ROWS && side.frontier.length <= WAY_NODES;
      side.depth += 1;
      const fresh = new Map();
      for (const row of rows) {
        const other = row.n.value === row.s.value ? row.o.value : row.s.value;
        if (side.reached.has(other)) continue;
        fresh.set(other, [...(fresh.get(other) ?? []), [row.n.value, this.keyOf(row)]]);
      }
      for (const [node, from] of fresh) side.reached.set(node, from);
      side.frontier = [...fresh.keys()].sort(byCodePoint);
    }
    const props = new Set();
    for (const side of sides) {
      let nodes = met();
      while (nodes.length) {
        const steps = nodes.flatMap((node) => side.reached.get(node));
        for (const [, key] of steps) props.add(key);
        nodes = unlikeIris(steps.map(([node]) => node));
      }
    }
    return { props: [...props].slice(0, 200), complete };
  }
}

// As the lift queries name a relationship: so that what an address keeps leads back to its triple.
/** @param {any} key */
function propIri(key) {
  const [s, p, o] = JSON.parse(key);
  const literal = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/s.exec(o);
  const datatype =
    literal &&
    (literal[3] ??
      (literal[2]
        ? "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
        : "http://www.w3.org/2001/XMLSchema#string"));
  const third = literal ? `${JSON.parse(`"${literal[1]}"`)} ${literal[2] ?? ""} ${datatype}` : o.slice(1, -1);
  return `https://w3id.org/actorgraph/id/p/${sha256Hex(`${s} ${p} ${third}`).slice(0, 24)}`;
}

/** @param {any} term */
function literalTerm(term) {
  const tail = term["xml:lang"] ? `@${term["xml:lang"]}` : term.datatype ? `^^<${term.datatype}>` : "";
  return JSON.stringify(term.value) + tail;
}
