// Statements found in any RDF, as ontology/lift/*.rq finds them, made into what graph/foreign/conversion.py makes of
// them: names, kinds, values, sentences.
import { bestName, Classes, isKey, localName, nameOfFile, siteOf, tellingName } from "./naming.js";
import { opaqueId } from "./opaque.js";
import { byCodePoint, iriOf } from "./projection.js";
import { byLanguage, languages, joinedNames, word, wordIn } from "../words.js";

const LIFT_ID = "https://w3id.org/actorgraph/id/";
const LIFT_BASE = "https://w3id.org/actorgraph/";
const XSD_SPACE = "http://www.w3.org/2001/XMLSchema#";
// How many statements are quoted within each other in a name.
const QUOTED_WITHIN = 3;
// Stance → how it is told, where that does not depend on who says it.
/** @type {{ [stance: string]: string }} */
const TOLD_AS = { mentioned: "quoted", denied: "denied" };
const CLAIMED_DIRECTLY = "http://wikiba.se/ontology#directClaim";
const NUMBER_TYPES = [
  "integer",
  "decimal",
  "double",
  "float",
  "int",
  "long",
  "short",
  "byte",
  "nonNegativeInteger",
  "positiveInteger",
  "negativeInteger",
  "nonPositiveInteger",
  "unsignedInt",
  "unsignedLong",
  "unsignedShort",
].map((name) => XSD_SPACE + name);
const DATE_TYPES = ["date", "dateTime", "gYear", "gYearMonth", "dateTimeStamp"].map((name) => XSD_SPACE + name);
const WHOLE_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE_DATE = new RegExp(
  "^((\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?)" +
    "(?:(?<=-\\d\\d-\\d\\d)T(?:([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?))?" +
    "(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?$",
);
/** @param {any} value */
const iriTermOf = (value) => ({ type: "uri", value });
/** @param {any} value @param {Lang} [lang] */
const textTermOf = (value, lang) => (lang ? { type: "literal", value, "xml:lang": lang } : { type: "literal", value });
/** @param {string} s @param {string} p @param {Term} o */
const rowOf = (s, p, o) => ({ s: iriTermOf(s), p: iriTermOf(iriOf(p)), o });
/** @param {any} term */
const langOf = (term) => term["xml:lang"] ?? "";
/** @param {any} term */
const isWord = (term) => term.type === "literal" || term.type === "typed-literal";

/**
 * Rows of triples in our vocabulary. found: a Triples heap of what the lift queries gave; called: a Triples heap of
 * names and kinds; named: Map document IRI → what it is called; tables: ontology/lift/naming.json; nodes: further IRIs
 * to show.
 * @param {any} found @param {any} called @param {any} named @param {any} tables @param {any} [nodes]
 */
export function liftedRows(found, called, named, tables, nodes = []) {
  return new Lift(found, called, named, tables).rows(nodes);
}

class Lift {
  /** @param {any} found @param {any} called @param {any} named @param {any} tables */
  constructor(found, called, named, tables) {
    this.called = called.subjects;
    this.tables = tables;
    this.classes = new Classes(this.called, tables);
    /** @type {Map<string, string>} */
    this.quoted = new Map();
    // The statements within whose names a name is asked for.
    /** @type {string[]} */
    this.quoting = [];
    /** @type {Map<string, Set<string>>} */
    this.beside = new Map();
    this.named = named;
    this.props = new Map();
    this.claims = new Map();
    this.sources = new Map();
    this.values = new Map();
    this.kinds = new Map();
    this.direct = new Map();
    for (const [entity, record] of called.subjects)
      for (const value of record.get(CLAIMED_DIRECTLY) ?? []) this.direct.set(value.value, entity);
    this.read(found);
    this.predicates = new Set([...this.props.values()].map((prop) => prop.predicate));
    this.graphs = new Set([...this.claims.values()].map((claim) => claim.document));
    this.byProp = new Map([...this.props.keys()].map((iri) => [iri, []]));
    for (const iri of [...this.claims.keys()].sort(byCodePoint)) this.byProp.get(this.claims.get(iri).prop)?.push(iri);
  }

  /** @param {any} found */
  read(found) {
    /** @param {TripleRecord} record @param {string} name */
    const values = (record, name) => (record.get(iriOf(name)) ?? []).map((each) => each.value).sort(byCodePoint);
    const nobody = new Set(
      [...found.subjects]
        .filter(([, record]) => values(record, "rdf:type").includes(iriOf("ag:UnstatedSource")))
        .map(([iri]) => iri),
    );
    for (const [iri, record] of found.subjects) {
      const third = record.get(iriOf("rdf:object"));
      if (third) {
        const [subject, predicate] = [values(record, "rdf:subject")[0], values(record, "rdf:predicate")[0]];
        this.props.set(iri, { subject, predicate, third: third[0] });
        for (const node of values(record, "ag:reifiedBy")) this.quoted.set(node, iri);
        if (!isWord(third[0])) this.join(subject, third[0].value);
      } else if (record.has(iriOf("ag:stance"))) {
        const who = values(record, "ag:speaker")[0];
        this.claims.set(iri, {
          prop: values(record, "ag:claims")[0] ?? values(record, "ag:mentions")[0],
          stance: values(record, "ag:stance")[0],
          who,
          stated: !nobody.has(who),
          document: values(record, "ag:document")[0],
          at: values(record, "ag:at")[0],
          hedges: values(record, "ag:hedge"),
        });
      } else if (values(record, "rdf:type").includes(iriOf("ag:Source")))
        this.sources.set(iri, values(record, "rdfs:label")[0] ?? "");
    }
  }

  // ---- names

  /** @param {string} one @param {string} other */
  join(one, other) {
    for (const [at, beside] of [
      [one, other],
      [other, one],
    ])
      this.beside.set(at, (this.beside.get(at) ?? new Set()).add(beside));
  }

  /** @param {string} iri @param {Lang} lang @returns {string} */
  label(iri, lang) {
    return (
      nameOfFile(iri) ??
      this.named.get(iri) ??
      (this.sources.get(iri) ||
        bestName(this.called.get(this.direct.get(iri) ?? iri), lang, this.tables) ||
        this.classes.name(iri, lang) ||
        this.calledByPlace(iri, lang))
    );
  }

  // The name of what has none: what it quotes, the end of its address, or its kind and whom it joins.
  /** @param {string} iri @param {Lang} lang */
  calledByPlace(iri, lang) {
    const quoted = this.quoted.get(iri);
    if (quoted) {
      const ended = this.quoting.includes(quoted) || this.quoting.length === QUOTED_WITHIN;
      this.quoting.push(quoted);
      const words = ended ? "…" : this.core(quoted, lang);
      this.quoting.pop();
      return word(lang, "quote.words", { words });
    }
    if (this.graphs.has(iri) && iri.includes("/unnamed/")) return this.label(iri.split("/unnamed/")[0], lang);
    if (this.predicates.has(iri)) return tellingName(iri) || localName(iri);
    const kind = this.classes.of(iri);
    const telling = iri.includes("/unnamed/") ? "" : tellingName(iri);
    if (telling && !(kind && isKey(telling))) return telling;
    if (!kind && this.sources.has(iri) && siteOf(iri)) return siteOf(iri);
    const words = kind ? this.label(kind, lang) : word(lang, "foreign.unnamed");
    const joined = [...new Set([...(this.beside.get(iri) ?? [])].map((other) => this.ownName(other, lang)))];
    const first = joined.filter(Boolean).sort(byCodePoint).slice(0, 2);
    return first.length ? `${words} (${first.join(", ")})` : words;
  }

  /** @param {string} iri @param {Lang} lang */
  ownName(iri, lang) {
    return bestName(this.called.get(iri), lang, this.tables) || (iri.includes("/unnamed/") ? "" : tellingName(iri));
  }

  /** @param {any} prop @param {Lang} lang */
  core(prop, lang) {
    const { subject, predicate, third } = this.props.get(prop);
    return [
      this.label(subject, lang),
      this.label(predicate, lang),
      isWord(third) ? third.value : this.label(third.value, lang),
    ].join(" · ");
  }

  // Where it stands, and according to whom, if anybody is named.
  /** @param {any} prop @param {any[]} claims @param {Lang} lang */
  sentence(prop, claims, lang) {
    const groups = new Map();
    for (const claim of claims) {
      const how = TOLD_AS[claim.stance.split("/").pop()] ?? (claim.stated ? "sourced" : "held");
      if (!groups.has(how)) groups.set(how, [new Set(), new Set()]);
      groups.get(how)[0].add(this.label(claim.document, lang));
      if (claim.stated) groups.get(how)[1].add(this.label(claim.who, lang));
    }
    const told = ["sourced", "held", "denied", "quoted"].filter((how) => groups.has(how));
    return (told.length > 1 ? told.filter((how) => how !== "quoted") : told)
      .map((how) =>
        word(lang, `foreign.${how}`, {
          what: this.core(prop, lang),
          where: sortedNames(groups.get(how)[0], lang),
          who: sortedNames(groups.get(how)[1], lang),
          n: groups.get(how)[1].size,
        }),
      )
      .join(" ");
  }

  // ---- rows

  /** @param {any} more */
  rows(more) {
    const rows = [];
    const nodes = new Set([...this.sources.keys(), ...more]);
    for (const [iri, prop] of this.props) {
      nodes.add(prop.subject);
      if (!isWord(prop.third)) nodes.add(prop.third.value);
      rows.push(...this.propRows(iri, prop));
    }
    for (const iri of nodes) rows.push(...this.nodeRows(iri));
    for (const [kind, about] of this.kinds) rows.push(...this.kindRows(kind, about));
    for (const predicate of this.predicates) rows.push(...this.relationRows(predicate));
    const order = new Map();
    const ordered = [...this.claims].sort(
      ([a, one], [b, other]) =>
        byCodePoint(one.document, other.document) || byCodePoint(one.prop, other.prop) || byCodePoint(a, b),
    );
    for (const [iri, claim] of ordered) {
      order.set(claim.document, (order.get(claim.document) ?? 0) + 1);
      if (this.props.has(claim.prop)) rows.push(...this.claimRows(iri, claim, order.get(claim.document)));
    }
    for (const document of this.graphs) rows.push(...this.documentRows(document));
    for (const [iri, value] of this.values) rows.push(...valueRows(iri, value));
    return rows;
  }

  /** @param {string} iri @param {{ subject: any; predicate: any; third: any }} given */
  propRows(iri, { subject, predicate, third }) {
    const every = this.byProp.get(iri);
    const affirming = every.filter((claim) => this.claims.get(claim).stance.endsWith("/asserted"));
    const named = new Set(
      affirming
        .map((claim) => this.claims.get(claim))
        .filter((claim) => claim.stated)
        .map((claim) => claim.who),
    );
    const denied = every.some((claim) => this.claims.get(claim).stance.endsWith("/denied"));
    const disputed = String(denied && affirming.length > 0);
    const unsaid = denied ? "denied" : "mentioned";
    const line = affirming.length ? (denied ? "disputed" : "said") : unsaid;
    const rows = [
      rowOf(iri, "rdf:type", iriTermOf(iriOf("ag:Proposition"))),
      rowOf(iri, "rdf:subject", iriTermOf(subject)),
      rowOf(iri, "rdf:predicate", iriTermOf(predicate)),
      rowOf(iri, "rdf:object", this.thirdTerm(third)),
      rowOf(iri, "ag:line", textTermOf(line)),
      rowOf(iri, "ag:disputed", textTermOf(disputed)),
      rowOf(iri, "ag:status", iriTermOf(`${LIFT_BASE}status/open`)),
      // Graphs are no independent sources: nobody knows who put it there. Only who is named counts.
      ...(named.size === 1 ? [] : [rowOf(iri, "ag:origins", textTermOf(String(named.size)))]),
      ...affirming.map((claim) => rowOf(iri, "ag:affirmedBy", iriTermOf(claim))),
      ...every
        .filter((claim) => this.claims.get(claim).stance.endsWith("/denied"))
        .map((claim) => rowOf(iri, "ag:opposedBy", iriTermOf(claim))),
    ];
    for (const lang of languages()) {
      rows.push(rowOf(iri, "rdfs:label", textTermOf(word(lang, "quote.words", { words: this.core(iri, lang) }), lang)));
      rows.push(
        rowOf(
          iri,
          "ag:summary",
          textTermOf(
            this.sentence(
              iri,
              every.map((claim) => this.claims.get(claim)),
              lang,
            ),
            lang,
          ),
        ),
      );
      rows.push(
        rowOf(iri, "ag:phrase", textTermOf(word(lang, "quote.words", { words: this.label(predicate, lang) }), lang)),
      );
    }
    if (denied)
      rows.push(
        rowOf(iri, "ag:standing", iriTermOf(`${iri}/actual`)),
        rowOf(`${iri}/actual`, "ag:modality", iriTermOf(`${LIFT_BASE}modality/actual`)),
        rowOf(
          `${iri}/actual`,
          "ag:level",
          iriTermOf(`${LIFT_BASE}standing/${affirming.length ? "affirmedFirmly" : "denied"}`),
        ),
        rowOf(`${iri}/actual`, "ag:disputed", textTermOf(disputed)),
      );
    return rows;
  }

  // A literal as our vocabulary writes values: a figure, a date, or words in a language.
  /** @param {any} third */
  thirdTerm(third) {
    if (!isWord(third) || langOf(third)) return third;
    const lexical = third.value.trim();
    const kind =
      NUMBER_TYPES.includes(third.datatype) && WHOLE_NUMBER.test(lexical)
        ? "quantity"
        : DATE_TYPES.includes(third.datatype) && printedDate(lexical)
          ? "time"
          : "";
    if (!kind) return textTermOf(third.value, "und");
    const iri = `${LIFT_ID}${kind}/${opaqueId(lexical)}`;
    this.values.set(iri, { kind, lexical });
    return iriTermOf(iri);
  }

  /** @param {string} iri */
  nodeRows(iri) {
    const type = this.classes.of(iri);
    const kind = type ? kindOf(type) : `${LIFT_ID}kind/${this.sources.has(iri) ? "source" : "thing"}`;
    if (!this.kinds.has(kind)) this.kinds.set(kind, type);
    const names = languages().map((lang) => this.label(iri, lang));
    const rows = [rowOf(iri, "ag:kind", iriTermOf(kind))];
    for (const [index, lang] of languages().entries())
      rows.push(
        rowOf(iri, "rdfs:label", textTermOf(names[index], lang)),
        rowOf(iri, "ag:nameInSentence", textTermOf(names[index], lang)),
      );
    const others = new Set(
      [...(this.called.get(iri) ?? [])].flatMap(([property, values]) =>
        property === iriOf("rdf:type")
          ? []
          : values.filter((value) => isWord(value) && value.value.trim()).map((value) => value.value),
      ),
    );
    for (const other of [...others].filter((each) => !names.includes(each)).sort(byCodePoint))
      rows.push(rowOf(iri, "skos:altLabel", textTermOf(other)));
    return rows;
  }

  /** @param {any} kind @param {any} about */
  kindRows(kind, about) {
    const { shape, hue, agent } = this.classes.look(about);
    const words = about
      ? byLanguage((lang) => this.label(about, lang))
      : wordIn(kind.endsWith("/source") ? "foreign.source" : "foreign.thing");
    return [
      rowOf(kind, "rdf:type", iriTermOf(iriOf("ag:Kind"))),
      ...languages().map((lang) => rowOf(kind, "rdfs:label", textTermOf(words[lang], lang))),
      rowOf(kind, "ag:shape", textTermOf(shape)),
      rowOf(kind, "ag:hue", textTermOf(hue)),
      rowOf(kind, "ag:agent", textTermOf(String(agent))),
    ];
  }

  /** @param {any} predicate */
  relationRows(predicate) {
    return [
      rowOf(predicate, "rdf:type", iriTermOf(iriOf("ag:RelationProperty"))),
      rowOf(predicate, "dcterms:identifier", textTermOf(opaqueId(predicate))),
      ...languages().map((lang) => rowOf(predicate, "rdfs:label", textTermOf(this.label(predicate, lang), lang))),
    ];
  }

  /** @param {string} iri @param {any} claim @param {any} order */
  claimRows(iri, claim, order) {
    const mention = claim.stance.endsWith("/mentioned");
    const rows = [
      rowOf(iri, "rdf:type", iriTermOf(iriOf(mention ? "ag:Mention" : "ag:Claim"))),
      rowOf(iri, mention ? "ag:mentions" : "ag:claims", iriTermOf(claim.prop)),
      rowOf(iri, "ag:stance", iriTermOf(claim.stance)),
      rowOf(iri, "ag:speaker", iriTermOf(claim.who)),
      ...(claim.stated ? [] : [rowOf(iri, "ag:origin", iriTermOf(claim.document))]),
      rowOf(iri, "ag:document", iriTermOf(claim.document)),
      rowOf(iri, "dcterms:identifier", textTermOf(String(order))),
      rowOf(iri, "ag:order", textTermOf(String(order))),
      rowOf(iri, "prov:qualifiedAttribution", iriTermOf(`${iri}/step`)),
      rowOf(`${iri}/step`, "rdf:type", iriTermOf(iriOf("ag:AttributionStep"))),
      rowOf(`${iri}/step`, "ag:hop", textTermOf("0")),
      rowOf(`${iri}/step`, "prov:agent", iriTermOf(claim.who)),
      rowOf(iri, "ag:passage", iriTermOf(`${iri}/place`)),
      rowOf(`${iri}/place`, "ag:at", textTermOf(claim.at)),
      ...claim.hedges.map((hedge) => rowOf(iri, "ag:hedge", textTermOf(hedge))),
      ...languages().map((lang) =>
        rowOf(iri, "rdfs:label", textTermOf(this.sentence(claim.prop, [claim], lang), lang)),
      ),
    ];
    if (!claim.stated) rows.push(rowOf(claim.who, "rdf:type", iriTermOf(iriOf("ag:UnstatedSource"))));
    return rows;
  }

  /** @param {string} iri */
  documentRows(iri) {
    return [
      rowOf(iri, "rdf:type", iriTermOf(iriOf("ag:Document"))),
      rowOf(iri, "dcterms:publisher", iriTermOf(iri)),
      ...languages().map((lang) => rowOf(iri, "rdfs:label", textTermOf(this.label(iri, lang), lang))),
    ];
  }
}

/** @param {string} iri @param {{ kind: any; lexical: any }} given */
function valueRows(iri, { kind, lexical }) {
  const printed = kind === "time" ? printedDate(lexical) : lexical;
  const rows = languages().map((lang) => rowOf(iri, "rdfs:label", textTermOf(printed, lang)));
  if (kind === "quantity")
    return [
      ...rows,
      rowOf(iri, "rdf:type", iriTermOf(iriOf("ag:Quantity"))),
      rowOf(iri, "schema:value", textTermOf(lexical)),
    ];
  const first = printed.length === 4 ? `${printed}-01-01` : printed.length === 7 ? `${printed}-01` : printed;
  const last =
    printed.length === 4
      ? `${printed}-12-31`
      : printed.length === 7
        ? `${printed}-${new Date(Date.UTC(Number(printed.slice(0, 4)), Number(printed.slice(5, 7)), 0)).getUTCDate()}`
        : printed;
  return [
    ...rows,
    rowOf(iri, "rdf:type", iriTermOf(iriOf("ag:Time"))),
    rowOf(iri, "ag:printed", textTermOf(printed)),
    rowOf(iri, "ag:earliest", textTermOf(first)),
    rowOf(iri, "ag:latest", textTermOf(last)),
  ];
}

/** @param {string} type */
function kindOf(type) {
  const safe = (type.split(/[/#]/).filter(Boolean).pop() ?? "thing").replace(/[^A-Za-z0-9-]/g, "-");
  return `${LIFT_ID}kind/${safe === "statement" ? "statement-" : safe}`;
}

/** @param {string[]} names @param {Lang} lang */
function sortedNames(names, lang) {
  return joinedNames(lang, [...names].sort(byCodePoint));
}

// The day, month or year of a date that there is; nothing for others, which stay texts.
/** @param {string} lexical */
function printedDate(lexical) {
  const found = WHOLE_DATE.exec(lexical);
  if (!found) return "";
  const [year, month, day] = [Number(found[2]), Number(found[3] ?? 1), Number(found[4] ?? 1)];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? found[1] : "";
}

const NT_LITERAL = /"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/;
const NT_LINE = new RegExp(`^(<[^>]*>|_:\\S+)\\s+<([^>]*)>\\s+(?:<([^>]*)>|(_:\\S+)|${NT_LITERAL.source})\\s*\\.\\s*$`);
const NT_ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/**
 * Rows {s, p, o} of N-Triples, as SPARQL's JSON has them; what is no such line is passed over.
 * @param {string} text
 */
export function rowsOfNTriples(text) {
  /** @param {string} part */
  const plainOf = (part) =>
    part.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, mark) =>
      mark ? (NT_ESCAPES[mark] ?? mark) : String.fromCodePoint(Number.parseInt(short ?? long, 16)),
    );
  return text
    .split("\n")
    .map((line) => NT_LINE.exec(line))
    .filter(Boolean)
    .map(([, subject, predicate, iri, blank, literal, lang, datatype]) => {
      const o =
        iri !== undefined
          ? iriTermOf(plainOf(iri))
          : blank
            ? { type: "bnode", value: blank }
            : { ...textTermOf(plainOf(literal), lang), ...(datatype ? { datatype } : {}) };
      return {
        s: subject.startsWith("<") ? iriTermOf(plainOf(subject.slice(1, -1))) : { type: "bnode", value: subject },
        p: iriTermOf(plainOf(predicate)),
        o,
      };
    });
}
