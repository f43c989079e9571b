// Triples in, the records of the page out: what the packages graph/network and graph/draw make of a dataset, without
// places and measures.
import { contracted } from "./text.js";
import { opaqueId } from "./opaque.js";
import { byLanguage, hasWord, languages, word, wordIn } from "../words.js";
import { rules } from "./rules.js";

const SPACES = {
  ag: "https://w3id.org/actorgraph/ns#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  dcterms: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  prov: "http://www.w3.org/ns/prov#",
  oa: "http://www.w3.org/ns/oa#",
  said: "https://w3id.org/actorgraph/said/",
};
const PLACE_NAMES = ["headline", "caption", "subtitle", "byline", "withheld"];

/**
 * The full IRI of a prefixed name of the vocabulary.
 * @param {string} name
 */
export function iriOf(name) {
  const at = name.indexOf(":");
  return SPACES[name.slice(0, at)] + name.slice(at + 1);
}

/**
 * Code points in order, as Python sorts text.
 * @param {string} a @param {string} b
 */
export function byCodePoint(a, b) {
  if (a === b) return 0;
  const least = Math.min(a.length, b.length);
  for (let at = 0; at < least; at += 1) {
    const unit = a.charCodeAt(at);
    const other = b.charCodeAt(at);
    if (unit !== other) return aligned(unit) - aligned(other);
  }
  return a.length - b.length;
}

// Halves of a pair stand for code points above all others.
/** @param {number} unit */
function aligned(unit) {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/**
 * A heap of triples that can grow: add() rows of SPARQL JSON results with ?s ?p ?o, each triple counted once.
 */
export class Triples {
  constructor() {
    this.subjects = new Map();
    this.size = 0;
  }

  /**
   * Takes in rows {s, p, o} of terms {type, value, "xml:lang"}; true when there was anything new.
   * @param {TripleRow[]} rows
   */
  add(rows) {
    const before = this.size;
    for (const { s, p, o } of rows) {
      let record = this.subjects.get(s.value);
      if (!record) {
        record = new Map();
        this.subjects.set(s.value, record);
      }
      let values = record.get(p.value);
      if (!values) {
        values = [];
        record.set(p.value, values);
      }
      if (
        values.some((known) => known.value === o.value && known.type === o.type && known["xml:lang"] === o["xml:lang"])
      )
        continue;
      values.push(o);
      this.size += 1;
    }
    return this.size > before;
  }

  /** @param {string} iri */
  has(iri) {
    return this.subjects.has(iri);
  }

  /** @param {string} iri */
  get(iri) {
    return this.subjects.get(iri);
  }

  /**
   * IRI → record of every resource of a class, in order.
   * @param {string} name
   */
  ofType(name) {
    const type = iriOf(name);
    const wanted = iriOf("rdf:type");
    const found = [...this.subjects].filter(([, record]) =>
      (record.get(wanted) ?? []).some((value) => value.value === type),
    );
    return new Map(found.sort(([a], [b]) => byCodePoint(a, b)));
  }
}

/**
 * The rows {s, p, o} of triples that came as numbers of terms, of which each came once.
 * @param {number[]} numbers @param {(string | Term)[]} terms an IRI is its text alone
 * @returns {TripleRow[]}
 */
export function rowsOfNumbers(numbers, terms) {
  const known = terms.map((term) => (typeof term === "string" ? { type: "uri", value: term } : term));
  return Array.from({ length: numbers.length / 3 }, (_, at) => {
    const [s, p, o] = [0, 1, 2].map((part) => known[numbers[3 * at + part]]);
    return { s, p, o };
  });
}

/**
 * {documents, kinds, relations, folds, nodes, edges, props, claims} of the triples, with opaque ids; iris: id → IRI.
 * @param {Triples} triples
 */
export function projectTriples(triples) {
  return new Projection(triples).parts();
}

// Some engines call a literal with a datatype otherwise.
/** @param {Term} term */
function isName(term) {
  return term.type === "uri" || term.type === "bnode";
}

/** @param {TripleRecord | undefined} record @param {string} name */
function valuesIn(record, name) {
  return record?.get(iriOf(name)) ?? [];
}

/** @param {TripleRecord | undefined} record @param {string} name @param {string} [otherwise] */
function one(record, name, otherwise = "") {
  const values = valuesIn(record, name);
  return values.length
    ? values.map((value) => value.value).reduce((a, b) => (byCodePoint(a, b) <= 0 ? a : b))
    : otherwise;
}

/** @param {TripleRecord | undefined} record @param {string} name */
function all(record, name) {
  return valuesIn(record, name)
    .map((value) => value.value)
    .sort(byCodePoint);
}

/** @param {TripleRecord | undefined} record @param {string} name */
function textIn(record, name) {
  const found = {};
  for (const value of valuesIn(record, name)) if (value["xml:lang"]) found[value["xml:lang"]] = value.value;
  return found;
}

// Some engines keep a boolean as a number.
/** @param {TripleRecord | undefined} record @param {string} name */
function flag(record, name) {
  return ["true", "1"].includes(one(record, name));
}

/** @param {string} iri */
function local(iri) {
  return iri
    .slice(iri.lastIndexOf("/") + 1)
    .split("#")
    .pop();
}

/** @param {Texts} texts @param {Lang} tongue */
function inTongue(texts, tongue) {
  return (
    texts[tongue] ||
    languages()
      .map((each) => texts[each])
      .find(Boolean) ||
    ""
  );
}

/** @param {string} iri */
function idOrNull(iri) {
  return iri ? opaqueId(iri) : null;
}

/** @param {any} a @param {any} b */
function byOrder(a, b) {
  return byCodePoint(a.document, b.document) || a.order - b.order || byCodePoint(a.id, b.id);
}

/** @param {any[]} values */
function unlikeBefore(values) {
  return [...new Set(values)];
}

/** @param {Map<string, any>} map */
function sortedMap(map) {
  return new Map([...map].sort(([a], [b]) => byCodePoint(a, b)));
}

/** @param {Map<string, any>} map @param {string} key @param {any} value */
function collected(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

class Projection {
  /** @param {Triples} triples */
  constructor(triples) {
    /** @param {string} name */
    const of = (name) => triples.ofType(name);
    this.triples = triples;
    this.raw = of("ag:Proposition");
    this.times = of("ag:Time");
    this.quantities = of("ag:Quantity");
    this.missing = new Map([...of("ag:Unknown"), ...of("ag:Withheld")]);
    this.relations = of("ag:RelationProperty");
    this.kinds = of("ag:Kind");
    this.documents = of("ag:Document");
    this.unstated = of("ag:UnstatedSource");
    // Relation → what it is called where it is said.
    this.said = new Map(
      [...triples.subjects]
        .filter(([iri, record]) => iri.startsWith(SPACES.said) && record.has(iriOf("ag:mirrors")))
        .map(([, record]) => [one(record, "ag:mirrors"), textIn(record, "rdfs:label")]),
    );
    this.iris = new Map();
    this.claims = new Map();
    this.byProp = new Map();
    this.nodes = new Map();
    this.props = new Map();
  }

  /** @param {string} iri */
  id(iri) {
    const id = opaqueId(iri);
    this.iris.set(id, iri);
    return id;
  }

  parts() {
    this.readClaims();
    this.readNodes();
    this.readProps();
    const edges = this.edges();
    const props = {};
    for (const [iri, prop] of this.props) props[this.id(iri)] = this.shownProp(prop);
    const claims = {};
    for (const [iri, claim] of sortedMap(this.claims))
      if (this.props.has(claim.prop)) claims[this.id(iri)] = this.shownClaim(claim);
    return {
      documents: [...this.documents].map(([iri, record]) => this.document(iri, record)),
      kinds: {
        ...Object.fromEntries([...this.kinds].map(([iri, record]) => [local(iri), this.kind(record)])),
        statement: { label: wordIn("relationship"), shape: "circle", hue: "concept", agent: false },
      },
      relations: Object.fromEntries(
        [...this.props.values()].map((prop) => [prop.relation, { label: prop.relationLabel, bare: prop.relationBare }]),
      ),
      folds: this.folds(),
      nodes: this.shownNodes(),
      edges,
      props: inKeyOrder(props),
      claims: inKeyOrder(claims),
      iris: this.iris,
    };
  }

  // ---- nodes

  readNodes() {
    const kind = iriOf("ag:kind");
    for (const [iri, record] of this.triples.subjects) {
      if (!record.has(kind)) continue;
      this.nodes.set(iri, {
        type: "node",
        kind: local(one(record, "ag:kind")),
        label: textIn(record, "rdfs:label"),
        name: textIn(record, "ag:nameInSentence"),
        plural: flag(record, "ag:plural"),
        aliases: all(record, "skos:altLabel"),
        facts: [],
      });
    }
  }

  /** @param {TripleRecord | undefined} record */
  kind(record) {
    return {
      label: textIn(record, "rdfs:label"),
      shape: one(record, "ag:shape", "circle"),
      hue: one(record, "ag:hue", "concept"),
      agent: flag(record, "ag:agent"),
      broader: local(one(record, "skos:broader")),
    };
  }

  folds() {
    const here = new Set([...this.props.values()].map((prop) => prop.relation));
    const pairs = new Set();
    for (const record of this.relations.values()) {
      for (const other of all(record, "ag:foldsWith")) {
        const pair = [one(record, "dcterms:identifier"), one(this.relations.get(other), "dcterms:identifier")].sort(
          byCodePoint,
        );
        if (pair.every((each) => here.has(each))) pairs.add(JSON.stringify(pair));
      }
    }
    return [...pairs]
      .map((pair) => JSON.parse(pair))
      .sort((a, b) => byCodePoint(a[0], b[0]) || byCodePoint(a[1], b[1]));
  }

  /** @param {string} iri @param {TripleRecord | undefined} record */
  document(iri, record) {
    const authors = all(record, "dcterms:creator").map((author) => this.nameIn(author, "en"));
    return {
      id: this.id(iri),
      label: textIn(record, "rdfs:label"),
      title: one(record, "dcterms:title"),
      publisher: this.id(one(record, "dcterms:publisher")),
      author: authors.join(", ") || null,
      published: this.printed(one(record, "ag:published")),
      language: one(record, "dcterms:language"),
      url: one(record, "schema:url") || null,
    };
  }

  /** @param {string} iri @param {Lang} tongue */
  nameIn(iri, tongue) {
    const node = this.nodes.get(iri);
    return node ? inTongue(node.label, tongue) : "";
  }

  shownNodes() {
    const props = new Map();
    for (const [iri, prop] of this.props)
      for (const end of new Set([prop.subject, prop.third, iri]))
        if (this.nodes.has(end)) collected(props, end, this.id(iri));
    const says = new Map();
    for (const claim of [...this.claims.values()].sort(byOrder))
      if (this.props.has(claim.prop) && this.nodes.has(claim.speaker))
        collected(says, claim.speaker, this.id(claim.id));
    return [...sortedMap(this.nodes)].map(([iri, node]) => ({
      id: this.id(iri),
      type: node.type,
      kind: node.kind,
      label: node.label,
      name: node.name,
      plural: node.plural,
      subtitle: this.subtitle(iri),
      aliases: node.aliases,
      prop: node.type === "statement" ? this.id(iri) : null,
      facts: node.facts.map((fact) => this.id(fact)),
      props: props.get(iri) ?? [],
      says: says.get(iri) ?? [],
    }));
  }

  // An office, a part-of or a place, in the phrase for how it stands; neither a disputed nor a soft one.
  /** @param {string} iri */
  subtitle(iri) {
    const found = (this.outward.get(iri) ?? []).filter(
      (prop) => prop.subtitle && ["accepted", "said"].includes(prop.line),
    );
    if (!found.length) return null;
    const best = found.reduce((a, b) => (byCodePoint(b.third, a.third) < 0 ? b : a));
    const { name } = this.nodes.get(best.third) ?? {};
    return byLanguage((tongue) => contracted(`${best.phrase[tongue] ?? ""} ${inTongue(name ?? {}, tongue)}`, tongue));
  }

  // ---- relationships

  readProps() {
    const about = new Set([...this.raw.values()].flatMap((record) => all(record, "ag:about")));
    for (const [iri, record] of this.raw) {
      // A relationship of which only the name has come so far is none yet.
      if (!valuesIn(record, "rdf:subject").length || !valuesIn(record, "rdf:object").length) continue;
      const prop = this.prop(iri, record);
      this.props.set(iri, prop);
      if (about.has(iri) || prop.line === "disputed")
        this.nodes.set(iri, {
          type: "statement",
          kind: "statement",
          label: prop.title,
          name: prop.title,
          plural: false,
          aliases: [],
          facts: [],
        });
    }
    this.outward = new Map();
    for (const [iri, prop] of this.props) {
      if (this.nodes.has(prop.third)) collected(this.outward, prop.subject, prop);
      else this.nodes.get(prop.subject)?.facts.push(iri);
    }
  }

  /** @param {string} iri @param {TripleRecord | undefined} record */
  prop(iri, record) {
    const relation = this.relations.get(one(record, "rdf:predicate"));
    const [third] = valuesIn(record, "rdf:object");
    const since = one(record, "ag:validFrom");
    const until = one(record, "ag:validUntil");
    return {
      iri,
      subject: one(record, "rdf:subject"),
      third: isName(third) ? third.value : "",
      value: this.value(third),
      relation: one(relation, "dcterms:identifier"),
      relationLabel: textIn(relation, "rdfs:label"),
      relationBare: textIn(
        relation,
        Object.keys(textIn(relation, "ag:bareLabel")).length ? "ag:bareLabel" : "rdfs:label",
      ),
      directed: ["true", "1"].includes(one(relation, "ag:directed", "true")),
      subtitle: flag(relation, "ag:shownAsSubtitle"),
      judgement: flag(relation, "ag:judgement"),
      title: textIn(record, "rdfs:label"),
      summary: this.summary(iri, record),
      phrase: this.phrase(record),
      line: one(record, "ag:line"),
      status: local(one(record, "ag:status")) || "open",
      disputed: flag(record, "ag:disputed"),
      deniedInPart: flag(record, "ag:deniedInPart"),
      wholeOpposed: all(record, "ag:wholeOpposedBy").length > 0,
      sensitive: flag(record, "ag:sensitive"),
      origins: Number(one(record, "ag:origins", "1")),
      standings: all(record, "ag:standing")
        .map((inner) => this.triples.get(inner))
        .filter(Boolean),
      rivals: all(record, "ag:rivals"),
      narrows: one(record, "ag:narrows"),
      accused: all(record, "ag:accused"),
      affirmedBy: all(record, "ag:affirmedBy"),
      opposedBy: all(record, "ag:opposedBy"),
      period: since || until ? [this.printed(since), this.printed(until)] : [],
      decision: one(record, "ag:basis")
        ? {
            basis: local(one(record, "ag:basis")),
            record: one(record, "ag:record"),
            by: one(record, "ag:decidedBy"),
            on: this.printed(one(record, "ag:decidedOn")),
          }
        : null,
    };
  }

  // Where no summary is written, it is the sentence of the only statement.
  /** @param {string} iri @param {TripleRecord | undefined} record */
  summary(iri, record) {
    const [only] = this.byProp.get(iri) ?? [];
    if (record?.has(iriOf("ag:summary")) || !only) return textIn(record, "ag:summary");
    const told = Object.entries(textIn(only.record, "rdfs:label"));
    return Object.fromEntries(told.map(([tongue, text]) => [tongue, /[?.]$/.test(text) ? text : `${text}.`]));
  }

  // Where no phrase is written, it is that of the relation as it is said.
  /** @param {TripleRecord | undefined} record */
  phrase(record) {
    if (record?.has(iriOf("ag:phrase"))) return textIn(record, "ag:phrase");
    return this.said.get(one(record, "rdf:predicate")) ?? {};
  }

  // A value in third place: its kind, its label, and a number or a date where there is one.
  /** @param {Term} third */
  value(third) {
    if (!isName(third))
      return third["xml:lang"]
        ? { kind: "text", label: wordIn("quote.words", { words: third.value }) }
        : { kind: "none", label: {} };
    const record = this.triples.get(third.value);
    if (this.times.has(third.value))
      return {
        kind: "date",
        label: textIn(record, "rdfs:label"),
        printed: one(record, "ag:printed"),
        earliest: one(record, "ag:earliest"),
        latest: one(record, "ag:latest"),
      };
    if (this.quantities.has(third.value)) {
      const currency = one(record, "schema:currency");
      return {
        kind: currency ? "money" : "figure",
        label: textIn(record, "rdfs:label"),
        number: Number(one(record, "schema:value", "0")),
        currency,
        unit: local(one(record, "ag:unit")),
      };
    }
    return this.missing.has(third.value) ? { kind: "missing", label: textIn(record, "rdfs:label") } : null;
  }

  /** @param {string} time */
  printed(time) {
    return this.times.has(time) ? one(this.times.get(time), "ag:printed") : "";
  }

  /** @param {any} prop */
  shownProp(prop) {
    const reached = new Set([
      ...(this.byProp.get(prop.iri) ?? []).map((claim) => claim.id),
      ...prop.affirmedBy,
      ...prop.opposedBy,
    ]);
    const claims = [...reached]
      .map((iri) => this.claims.get(iri))
      .filter(Boolean)
      .sort(byOrder);
    const { value, decision } = prop;
    /** @param {string[]} list */
    const ids = (list) => list.map((each) => this.id(each));
    return {
      relation: prop.relation,
      subject: this.id(prop.subject),
      third:
        this.nodes.has(prop.third) || this.props.has(prop.third) || this.raw.has(prop.third)
          ? this.id(prop.third)
          : null,
      literal: value && value.kind !== "none" ? value.label : null,
      value: bareValue(value),
      line: prop.line,
      sign: signFor(prop, this.byProp.get(prop.iri) ?? []),
      disputed: prop.disputed,
      deniedInPart: prop.deniedInPart,
      wholeOpposed: prop.wholeOpposed,
      sensitive: prop.sensitive,
      title: prop.title,
      phrase: prop.phrase,
      summary: prop.summary,
      claims: claims.map((claim) => this.id(claim.id)),
      rivals: ids(prop.rivals),
      narrows: prop.narrows ? this.id(prop.narrows) : null,
      accused: ids(prop.accused),
      affirmedBy: ids(prop.affirmedBy),
      opposedBy: ids(prop.opposedBy),
      needs: needsFor(prop),
      span: prop.period.length ? prop.period : null,
      origins: prop.origins,
      accepted:
        decision && prop.status === "accepted"
          ? {
              basis: hasWord(`basis.${decision.basis}`) ? wordIn(`basis.${decision.basis}`) : {},
              record: decision.record,
              on: decision.on,
              by: decision.by,
            }
          : null,
    };
  }

  // ---- statements

  readClaims() {
    const steps = this.triples.ofType("ag:AttributionStep");
    for (const type of ["ag:Claim", "ag:Mention"]) {
      for (const [iri, record] of this.triples.ofType(type)) {
        const claim = this.claim(iri, record, steps);
        this.claims.set(iri, claim);
        collected(this.byProp, claim.prop, claim);
      }
    }
    for (const claims of this.byProp.values()) claims.sort(byOrder);
  }

  /** @param {string} iri @param {TripleRecord | undefined} record @param {any} steps */
  claim(iri, record, steps) {
    const originator = one(record, "ag:speaker");
    const hops = all(record, "prov:qualifiedAttribution")
      .filter((step) => steps.has(step))
      .map((step) => steps.get(step))
      .sort((a, b) => Number(one(a, "ag:hop", "0")) - Number(one(b, "ag:hop", "0")));
    return {
      id: iri,
      record,
      prop: one(record, "ag:claims") || one(record, "ag:mentions"),
      stance: local(one(record, "ag:stance")),
      speaker: this.unstated.has(originator) ? "" : originator,
      hops: hops.map((step) => one(step, "prov:agent")),
      via: unlikeBefore(
        hops.filter((step) => local(one(step, "prov:hadRole")) === "relay").map((step) => one(step, "prov:agent")),
      ),
      document: one(record, "ag:document"),
      order: Number(one(record, "ag:order", "0")),
    };
  }

  /**
   * @param {any} given
   */
  shownClaim({ id, record, prop, stance, speaker, hops, via, document, order }) {
    const passage = this.triples.get(one(record, "ag:passage"));
    const selectors = all(passage, "oa:hasSelector")
      .map((iri) => this.triples.get(iri))
      .filter(Boolean);
    const quote = selectors.find((each) => one(each, "oa:exact"));
    const [start, end] = [one(passage, "ag:start"), one(passage, "ag:end")];
    const side = rules.opposing.includes(stance) ? "oppose" : rules.affirming.includes(stance) ? "affirm" : "neither";
    const said = this.times.get(one(record, "ag:saidOn"));
    const at = one(passage, "ag:at");
    const taken = flag(record, "ag:withdrawn") ? "withdrawn" : flag(record, "ag:corrected") ? "corrected" : "";
    const own = textIn(record, "ag:summary");
    const summary = Object.keys(own).length ? own : textIn(passage, "ag:summary");
    /** @param {string} name */
    const ids = (name) => all(record, name).map((iri) => this.id(iri));
    const period = this.props.get(prop).period.filter(Boolean);
    return {
      sid: one(record, "dcterms:identifier") || local(id),
      prop: this.id(prop),
      stance,
      modality: local(one(record, "ag:modality")) || "actual",
      side,
      firm: side === "affirm" ? !flag(record, "ag:soft") : null,
      speaker: idOrNull(speaker),
      for: idOrNull(one(record, "ag:speaksFor")),
      via: via.map((iri) => this.id(iri)),
      chain: byLanguage((tongue) =>
        hops.map((hop) => this.nameIn(hop, tongue) || word(tongue, "statement.unnamed")).join(" › "),
      ),
      hops: hops.map((hop) => (this.nodes.has(hop) ? this.id(hop) : null)),
      origin: idOrNull(one(record, "ag:origin") || one(record, "ag:speaksFor") || one(record, "ag:speaker")),
      document: this.id(document),
      at,
      place: byLanguage((tongue) => placeIn(at, tongue)),
      start: start ? Number(start) : null,
      end: end ? Number(end) : null,
      order,
      hedges: [...all(record, "ag:hedge"), ...all(record, "ag:quantifier")],
      sentence: textIn(record, "rdfs:label"),
      summary: Object.keys(summary).length ? summary : null,
      said: said ? textIn(said, "rdfs:label") : null,
      saidAt: said ? [one(said, "ag:earliest"), one(said, "ag:latest")] : null,
      when: this.props.get(prop).period.length ? byLanguage(() => unlikeBefore(period).join(" – ")) : null,
      implied: flag(record, "ag:implied"),
      inferred: flag(record, "ag:inferred"),
      reportedly: flag(record, "ag:reportedly"),
      withdrawn: taken === "withdrawn",
      corrected: taken ? this.takenBack(record, taken) : null,
      counters: ids("ag:counters"),
      confirms: ids("ag:confirms"),
      alternatives: ids("ag:alternativeOf"),
      words: one(quote, "oa:exact") || null,
      ...this.internal(record),
    };
  }

  /** @param {TripleRecord | undefined} record @param {string} kind */
  takenBack(record, kind) {
    const by = one(record, "ag:retractedBy");
    const on = this.printed(one(record, "ag:retractedOn"));
    const where = one(record, "ag:retractedIn");
    return wordIn(on ? `taken.${kind}` : `taken.${kind}Sometime`, { by, on, where: where ? ` (${where})` : "" });
  }

  // Grade, note and request for reply, when the dataset was built with them.
  /** @param {TripleRecord | undefined} record */
  internal(record) {
    const found = {};
    const grade = this.triples.get(one(record, "ag:assessment"));
    if (grade) found.grade = one(grade, "ag:reliability") + one(grade, "ag:credibility");
    const note = one(record, "ag:note");
    if (note) found.note = note;
    const reply = this.triples.get(one(record, "ag:reply"));
    if (reply)
      found.reply = {
        by: one(reply, "ag:askedBy"),
        asked_on: this.printed(one(reply, "ag:askedOn")),
        deadline: this.printed(one(reply, "ag:deadline")),
        answer: textIn(reply, "ag:answer"),
      };
    return found;
  }

  // ---- lines

  edges() {
    const found = [];
    for (const [iri, prop] of this.props) {
      if (!this.nodes.has(prop.third) || !this.nodes.has(prop.subject)) continue;
      found.push([
        prop.subject,
        prop.third,
        iri,
        {
          type: "relationship",
          prop: this.id(iri),
          claims: [],
          directed: prop.directed,
          subtitle: prop.subtitle,
          label: prop.phrase,
        },
      ]);
    }
    for (const [key, { speaker, end, claims }] of this.speaking()) {
      const ids = unlikeBefore(claims)
        .sort(byCodePoint)
        .map((iri) => this.id(iri));
      found.push([
        speaker,
        end,
        key,
        { type: "speaks", prop: null, claims: ids, directed: true, subtitle: false, label: wordIn("lineSpeaks") },
      ]);
    }
    found.sort((a, b) => byCodePoint(a[0], b[0]) || byCodePoint(a[1], b[1]) || byCodePoint(a[2], b[2]));
    return found.map(([from, to, key, rest]) => ({
      id: opaqueId(`edge ${key}`),
      from: this.id(from),
      to: this.id(to),
      ...rest,
    }));
  }

  // From each originator to each node that its statements concern, with those statements.
  speaking() {
    const found = new Map();
    for (const [iri, claims] of this.byProp) {
      if (!this.props.has(iri)) continue;
      const ends = this.concerns(iri, []);
      for (const { id, speaker } of claims) {
        if (!this.nodes.has(speaker)) continue;
        for (const end of ends) {
          if (end === speaker || !this.nodes.has(end)) continue;
          const key = `speaks:${speaker}>${end}`;
          if (!found.has(key)) found.set(key, { speaker, end, claims: [] });
          found.get(key).claims.push(id);
        }
      }
    }
    return found;
  }

  // The nodes that a relationship concerns: its ends, itself when it is drawn, and what it is about.
  /** @param {string} iri @param {string[]} seen */
  concerns(iri, seen) {
    const prop = this.props.get(iri);
    if (!prop || seen.includes(iri)) return [];
    return unlikeBefore([
      iri,
      ...[prop.subject, prop.third].filter(Boolean).flatMap((end) => [end, ...this.concerns(end, [...seen, iri])]),
    ]);
  }
}

/** @param {any} value */
function bareValue(value) {
  if (!value || value.kind === "none" || value.kind === "text") return null;
  const { label, ...kept } = value;
  return kept;
}

// What must be asked for to walk a relationship, as graph/paths.py has it.
/** @param {any} prop */
function needsFor(prop) {
  if (!rules.strength.includes(prop.line) || !(prop.affirmedBy.length || prop.line === "accepted")) return ["never"];
  const found = prop.sensitive ? ["sensitive"] : [];
  if (prop.line === "accepted") return found;
  if (prop.line === "disputed") found.unshift("disputed");
  /** @param {string} modality @param {string} level */
  const so = (modality, level) => modality === "actual" && level.startsWith("affirmed");
  const told = rules.implied[prop.line];
  const actual =
    (told && so(told[0], told[1])) ||
    prop.standings.some((inner) => so(local(one(inner, "ag:modality")), local(one(inner, "ag:level"))));
  return (actual ? found : [...found, "notyet"]).sort(byCodePoint);
}

// How a relationship's line is drawn, as graph/draw/signs.py has it.
/** @param {any} prop @param {any[]} claims */
function signFor(prop, claims) {
  if (prop.line !== "said") return prop.line;
  const affirming = claims.filter(({ id }) => prop.affirmedBy.includes(id));
  // One line stands for all of them, and is drawn no firmer than the least of them is.
  if (affirming.some(({ record }) => (local(one(record, "ag:modality")) || "actual") !== "actual")) return "notyet";
  const isWhole = affirming.length > 0 && affirming.length === prop.affirmedBy.length;
  if (isWhole && affirming.every(({ record }) => flag(record, "ag:implied"))) return "implied";
  return prop.judgement ? "judgement" : "said";
}

/** @param {string} at @param {Lang} tongue */
function placeIn(at, tongue) {
  if (PLACE_NAMES.includes(at)) return word(tongue, `place.${at}`);
  const [, page, number] = /^(p|page )(\d+)$/.exec(at) ?? [];
  return number ? word(tongue, page === "p" ? "place.paragraph" : "place.page", { n: number }) : at;
}

/**
 * @template V
 * @param {Record<string, V>} record
 */
function inKeyOrder(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => byCodePoint(a, b)));
}
