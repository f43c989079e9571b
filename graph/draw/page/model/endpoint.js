// The page's one way to a SPARQL server: what it asks, in waves of small questions, and the triples that come back.
import { byCodePoint, iriOf, rowsOfNumbers, Triples } from "./projection.js";
import {
  aboutAsked,
  actorsAsked,
  askable,
  claimsAsked,
  directAsked,
  disputesAtAsked,
  docketCountAsked,
  editionAsked,
  everyPropAsked,
  furtherAtAsked,
  judgedAsked,
  MOST_RANKED,
  othersAtAsked,
  oursAsked,
  rankedAtAsked,
  relationshipsAsked,
  searchAsked,
  startAsked,
  toldAsked,
  toldCountAsked,
  triplesAsked,
  vocabularyAsked,
} from "./sparql.js";

// So many resources in one question: short enough for every server.
const BATCH = 120;
// So many questions under way at once, and how long a busy server is left alone, in milliseconds.
const MOST_AT_ONCE = 4;
const BUSY_STATUS = [429, 503];
const BUSY_PAUSE = 1200;
// A store that is loaded whole comes in parts of so many relationships.
const PART_LENGTH = 240;
/** So many statements of one relationship are loaded; opposing ones first. */
export const CLAIMS_LOADED = 60;

// Whose objects are fetched whole, and whose are actors.
const WHOLE_OBJECTS = [
  "ag:standing",
  "ag:validFrom",
  "ag:validUntil",
  "ag:decidedOn",
  "ag:passage",
  "prov:qualifiedAttribution",
  "ag:saidOn",
  "ag:retractedOn",
  "ag:document",
  "ag:published",
  "oa:hasSelector",
  "ag:assessment",
  "ag:reply",
  "ag:askedOn",
  "ag:deadline",
].map(iriOf);
const ACTOR_OBJECTS = [
  "ag:speaker",
  "ag:speaksFor",
  "ag:origin",
  "prov:agent",
  "dcterms:publisher",
  "dcterms:creator",
  "rdf:subject",
  "rdf:object",
].map(iriOf);
const KIND_IRI = iriOf("ag:kind");
const OBJECT_IRI = iriOf("rdf:object");
const TYPE_IRI = iriOf("rdf:type");

/** What went wrong between the page and its server, in one word for words.js: unreachable, slow, busy, refused. */
export class EndpointError extends Error {
  /** @param {string} kind @param {string} [detail] */
  constructor(kind, detail = "") {
    super(detail || kind);
    this.name = "EndpointError";
    this.kind = kind;
  }
}

/** A SPARQL server at an address. `send` takes and answers what the web's own way of asking does. */
export class Endpoint {
  /** @param {any} address @param {typeof fetch} send */
  constructor(address, send) {
    this.address = address;
    this.send = send;
    this.asked = 0;
    this.running = 0;
    this.waiting = [];
  }

  /**
   * The rows of a SELECT. Throws EndpointError; an aborted question throws what `send` throws (AbortError).
   * @param {string} text @param {AbortSignal|undefined} [signal]
   */
  async select(text, signal) {
    return JSON.parse(await this.ask(text, "application/sparql-results+json", signal)).results.bindings;
  }

  /**
   * The answer as text. Few are under way at once; when the server is busy it is asked once more.
   * @param {string} text @param {string} type @param {AbortSignal|undefined} [signal]
   */
  async ask(text, type, signal) {
    if (this.running >= MOST_AT_ONCE)
      await new Promise((go) => {
        this.waiting.push(go);
      });
    this.running += 1;
    this.asked += 1;
    try {
      let answer = await this.post(text, type, signal);
      if (BUSY_STATUS.includes(answer.status)) {
        await new Promise((go) => {
          setTimeout(go, BUSY_PAUSE);
        });
        answer = await this.post(text, type, signal);
      }
      if (!answer.ok) throw await refusal(answer);
      return await answer.text();
    } catch (error) {
      if (error.name === "AbortError" || error instanceof EndpointError) throw error;
      throw new EndpointError("unreachable", error.message);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  /** @param {string} text @param {string} type @param {AbortSignal|undefined} [signal] */
  post(text, type, signal) {
    return this.send(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: type },
      body: new URLSearchParams({ query: text }).toString(),
      signal,
      credentials: "same-origin",
    });
  }

  /** @param {string} text @param {AbortSignal|undefined} [signal] */
  async number(text, signal) {
    const [row] = await this.select(text, signal);
    return Number(row?.n?.value ?? 0);
  }

  /** @param {string} text @param {string} name @param {AbortSignal|undefined} [signal] */
  async column(text, name, signal) {
    return unlikeIris((await this.select(text, signal)).map((row) => row[name].value));
  }
}

/** @param {any} answer */
async function refusal(answer) {
  let detail = "";
  try {
    const text = await answer.text();
    const problem = text.startsWith("{") ? JSON.parse(text) : null;
    detail = problem ? [problem.title, problem.detail].filter(Boolean).join(": ") : text.slice(0, 200);
  } catch {
    // Without a body the status says it all.
  }
  const kind = { 408: "slow", 504: "slow", 413: "slow", 429: "busy", 503: "busy" }[answer.status] ?? "refused";
  return new EndpointError(kind, `${answer.status} ${detail}`.trim());
}

/**
 * An answer, or null where a server that is there did not give it: too slow, too busy, or against its rules.
 * @template T
 * @param {Promise<T>} answer
 */
export async function inTime(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EndpointError && error.kind !== "unreachable") return null;
    throw error;
  }
}

/**
 * Each once, in the order in which they first come.
 * @template T
 * @param {T[]} iris
 */
export function unlikeIris(iris) {
  return [...new Set(iris)];
}

/**
 * What can be asked about, each once, in lists short enough for one question.
 * @param {string[]} iris @param {number} [size]
 */
export function batches(iris, size = BATCH) {
  const list = askable(unlikeIris(iris));
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

/** A store as far as the page has looked into it: `triples` grow with each question. */
export class Source {
  /** @param {Endpoint} endpoint */
  constructor(endpoint) {
    this.endpoint = endpoint;
    this.triples = new Triples();
    /** Kinds and relations, once they came. @type {any[] | null} */
    this.words = null;
    this.whole = new Set();
    this.actors = new Set();
    this.props = new Set();
    this.claimsOf = new Map();
    this.docketSizes = new Map();
    this.disputes = new Map();
  }

  /**
   * What stands for a relationship in an address, and the IRI of what does: here the IRI itself.
   * @param {string} iri
   */
  keyFor(iri) {
    return iri;
  }

  /** @param {any} key */
  iriFor(key) {
    return key;
  }

  // ---- what there is

  /**
   * Whether the store has our vocabulary.
   * @param {AbortSignal|undefined} [signal]
   */
  async isOurs(signal) {
    return (await this.endpoint.select(oursAsked(), signal)).length > 0;
  }

  /**
   * The dataset's title, version, editor, licence and counts: {titles, version, editor, licence, corrections,
   * counts}. `known`: what it says of itself, where that came already.
   * @param {AbortSignal|undefined} signal @param {Record<string, FigureRule>} rules
   * @param {TripleRow[] | null} [known]
   */
  async edition(signal, rules, known = null) {
    const terms = Object.values(rules).map(({ term }) => term);
    /** @type {any[]} */
    const rows = known ?? (await this.endpoint.select(editionAsked(terms), signal));
    /** @param {string} name */
    const found = (name) =>
      unlikeIris(rows.filter((row) => row.p.value.endsWith(name)).map((row) => row.o.value)).sort(byCodePoint);
    const titles = Object.fromEntries(
      rows
        .filter((row) => row.p.value.endsWith("terms/title") && row.o["xml:lang"])
        .map((row) => [row.o["xml:lang"], row.o.value]),
    );
    const counts = {};
    await Promise.all(
      Object.entries(rules).map(async ([name, { term, query }]) => {
        const said = unlikeIris(rows.filter((row) => row.p.value === term).map((row) => row.o.value));
        // Several descriptions do not add up by themselves: then it is counted.
        counts[name] = said.length === 1 ? Number(said[0]) : await this.countOf(query, signal);
      }),
    );
    return {
      titles,
      version: found("terms/modified").pop() ?? "",
      editor: found("terms/creator").join(", "),
      licence: found("terms/license")[0] ?? found("terms/rights")[0] ?? "",
      corrections: found("#corrections")[0] ?? null,
      counts,
    };
  }

  // A count that takes the server too long is not known, and not shown.
  /** @param {string} query @param {AbortSignal|undefined} [signal] */
  countOf(query, signal) {
    return inTime(this.endpoint.number(query, signal));
  }

  /**
   * Kinds and relations, once.
   * @param {AbortSignal|undefined} [signal]
   */
  async readVocabulary(signal) {
    this.words = await this.endpoint.select(vocabularyAsked(), signal);
    this.triples.add(this.words);
  }

  /**
   * Takes in what the service has asked already; answers {lists, first, edition} of it.
   * @param {any} opening
   */
  takeIn({ terms, words, triples, edition, lists, first, props, whole, actors, claims }) {
    this.words = rowsOfNumbers(words, terms);
    this.triples.add(this.words);
    this.triples.add(rowsOfNumbers(triples, terms));
    this.props = new Set(props);
    this.whole = new Set(whole);
    this.actors = new Set(actors);
    this.claimsOf = new Map(Object.entries(claims));
    return { lists, first, edition: rowsOfNumbers(edition, terms) };
  }

  /** Nothing was loaded but the vocabulary: half of what hangs on a relationship may lack who denies it. */
  forget() {
    this.triples = new Triples();
    this.triples.add(this.words ?? []);
    for (const known of [this.whole, this.actors, this.props, this.claimsOf, this.docketSizes, this.disputes])
      known.clear();
  }

  // ---- relationships and all that hangs on them

  /**
   * Loads relationships with their statements, passages, chains, values and the names of all concerned.
   * @param {string[]} iris @param {AbortSignal|undefined} [signal]
   */
  async loadProps(iris, signal) {
    if (!this.words) await this.readVocabulary(signal);
    let fresh = unlikeIris(iris).filter((iri) => !this.props.has(iri));
    for (let depth = 0; fresh.length && depth < 4; depth += 1) {
      await this.loadWhole(fresh, signal);
      for (const iri of fresh) this.props.add(iri);
      const near = await this.inBatches(fresh, aboutAsked, "p", signal);
      await this.loadClaims(fresh, signal);
      fresh = near.filter((iri) => !this.props.has(iri));
    }
    await this.follow(signal);
  }

  /**
   * Loads every relationship there is, in parts; `told` hears how far it is, from 0 to 1.
   * @param {any} told @param {AbortSignal|undefined} [signal]
   */
  async loadEverything(told, signal) {
    const props = await this.endpoint.column(everyPropAsked(), "p", signal);
    for (let at = 0; at < props.length; at += PART_LENGTH) {
      await this.loadProps(props.slice(at, at + PART_LENGTH), signal);
      told(Math.min(1, (at + PART_LENGTH) / props.length));
    }
  }

  /**
   * Loads the names of some actors.
   * @param {string[]} iris @param {AbortSignal|undefined} [signal]
   */
  async loadActors(iris, signal) {
    if (!this.words) await this.readVocabulary(signal);
    const fresh = unlikeIris(iris).filter((iri) => !this.actors.has(iri));
    await Promise.all(
      batches(fresh).map(async (batch) => {
        this.triples.add(await this.endpoint.select(actorsAsked(batch), signal));
      }),
    );
    for (const iri of fresh) this.actors.add(iri);
  }

  /** @param {string[]} iris @param {AbortSignal|undefined} [signal] */
  async loadWhole(iris, signal) {
    const fresh = unlikeIris(iris).filter((iri) => !this.whole.has(iri));
    await Promise.all(
      batches(fresh).map(async (batch) => {
        this.triples.add(await this.endpoint.select(triplesAsked(batch), signal));
      }),
    );
    for (const iri of fresh) this.whole.add(iri);
  }

  /**
   * @param {string[]} iris @param {(iris: string[]) => string} asked @param {string} name
   * @param {AbortSignal|undefined} [signal]
   */
  async inBatches(iris, asked, name, signal) {
    const found = await Promise.all(batches(iris).map((batch) => this.endpoint.column(asked(batch), name, signal)));
    return unlikeIris(found.flat());
  }

  // Of a relationship with very many statements some are loaded, those that oppose it first.
  /** @param {string[]} props @param {AbortSignal|undefined} [signal] */
  async loadClaims(props, signal) {
    const rows = (
      await Promise.all(batches(props).map((batch) => this.endpoint.select(claimsAsked(batch), signal)))
    ).flat();
    const own = new Map();
    for (const row of rows) own.set(row.p.value, [...(own.get(row.p.value) ?? []), row.c.value]);
    const wanted = [];
    for (const prop of props) {
      const record = this.triples.get(prop);
      /** @param {string} name */
      const stated = (name) => (record?.get(iriOf(name)) ?? []).map((value) => value.value).sort(byCodePoint);
      const every = unlikeIris([
        ...stated("ag:opposedBy"),
        ...stated("ag:affirmedBy"),
        ...(own.get(prop) ?? []).sort(byCodePoint),
      ]);
      this.claimsOf.set(prop, every.length);
      wanted.push(...every.slice(0, CLAIMS_LOADED));
    }
    await this.loadWhole(wanted, signal);
  }

  // Fetches what the triples that are here point at, until nothing new is pointed at.
  /** @param {AbortSignal|undefined} [signal] */
  async follow(signal) {
    for (let turn = 0; turn < 5; turn += 1) {
      const whole = new Set();
      const actors = new Set();
      for (const [, record] of this.triples.subjects) {
        for (const [predicate, into] of new Map([
          ...WHOLE_OBJECTS.map((each) => /** @type {const} */ ([each, whole])),
          ...ACTOR_OBJECTS.map((each) => /** @type {const} */ ([each, actors])),
        ])) {
          for (const value of record.get(predicate) ?? [])
            if (value.type === "uri" && !this.whole.has(value.value) && !this.actors.has(value.value))
              into.add(value.value);
        }
      }
      if (!whole.size && !actors.size) return;
      await Promise.all([this.loadWhole([...whole], signal), this.loadActors([...actors], signal)]);
      // What stands in third place and is no actor is a value: a date, a figure, something unknown, all small.
      const values = [...actors].filter(
        (iri) =>
          !this.triples.get(iri)?.has(KIND_IRI) &&
          (this.triples.get(iri)?.has(TYPE_IRI) ?? false) &&
          !this.props.has(iri),
      );
      await this.loadWhole(
        values.filter((iri) => !isProposition(this.triples.get(iri))),
        signal,
      );
    }
  }

  // ---- questions

  /**
   * What needs judgement first, by kind: {disputed, unanswered, notyet, open, soft, said} of lists of relationships,
   * ranked; null for one that the server did not answer in time.
   * @param {string[]} kinds @param {number} limit @param {AbortSignal|undefined} [signal]
   */
  async judged(kinds, limit, signal) {
    const lists = await Promise.all(
      kinds.map((kind) => inTime(this.endpoint.column(judgedAsked(kind, limit), "p", signal))),
    );
    return Object.fromEntries(kinds.map((kind, index) => [kind, lists[index]]));
  }

  /**
   * IRIs of those who are called so, those whose name begins so first.
   * @param {string} typed @param {AbortSignal|undefined} [signal]
   */
  async search(typed, signal) {
    /** @param {string} text */
    const column = (text) => (text ? this.endpoint.column(text, "n", signal) : []);
    /** @param {any} ask */
    const both = async (ask) =>
      unlikeIris((await Promise.all([column(ask(typed, { begins: true })), column(ask(typed))])).flat());
    let found = await both(startAsked);
    if (!found.length) found = await both(searchAsked);
    await this.loadActors(found, signal);
    return found.filter((iri) => this.triples.get(iri)?.has(KIND_IRI));
  }

  /**
   * Those of some IRIs that are relationships or statements: Map IRI → the relationship.
   * @param {string[]} iris @param {AbortSignal|undefined} [signal]
   */
  async relationshipsOf(iris, signal) {
    const found = await Promise.all(
      batches(iris).map((batch) => this.endpoint.select(relationshipsAsked(batch), signal)),
    );
    return new Map(found.flat().map(({ s, p }) => [s.value, p.value]));
  }

  /** @param {string} node @param {AbortSignal|undefined} [signal] */
  async docketSize(node, signal) {
    if (!this.docketSizes.has(node))
      this.docketSizes.set(node, await this.endpoint.number(docketCountAsked(node), signal));
    return this.docketSizes.get(node);
  }

  /**
   * A page of a node's relationships: {props, total, ranked: whether all were weighed}. Disputed first, then those of
   * which most is said.
   * @param {string} node @param {number} limit @param {number} offset @param {AbortSignal|undefined} [signal]
   */
  async neighbours(node, limit, offset, signal) {
    const total = await this.docketSize(node, signal);
    /** @param {string} text */
    const column = (text) => this.endpoint.column(text, "p", signal);
    if (total <= MOST_RANKED) return { props: await column(rankedAtAsked(node, limit, offset)), total, ranked: true };
    if (!this.disputes.has(node)) this.disputes.set(node, await column(disputesAtAsked(node)));
    const disputes = this.disputes.get(node);
    const props = disputes.slice(offset, offset + limit);
    const past = Math.max(0, offset - disputes.length);
    if (props.length < limit && past < MOST_RANKED)
      props.push(...(await column(othersAtAsked(node, limit - props.length, past))));
    if (props.length < limit) props.push(...(await column(furtherAtAsked(node, limit, past))));
    return { props: unlikeIris(props).slice(0, limit), total, ranked: false };
  }

  /**
   * A page of what somebody tells: {props, total} with how many statements they make.
   * @param {string} speaker @param {number} limit @param {number} offset @param {AbortSignal|undefined} [signal]
   */
  async told(speaker, limit, offset, signal) {
    const [props, total] = await Promise.all([
      this.endpoint.column(toldAsked(speaker, limit, offset), "p", signal),
      this.endpoint.number(toldCountAsked(speaker), signal),
    ]);
    return { props, total };
  }

  /**
   * Relationships that stand in the dockets of both: of the shorter one, those that stand in the other.
   * @param {any} a @param {any} b @param {AbortSignal|undefined} [signal]
   */
  async direct(a, b, signal) {
    const sizes = await Promise.all([a, b].map((node) => this.docketSize(node, signal)));
    return this.endpoint.column(sizes[0] <= sizes[1] ? directAsked(a, b) : directAsked(b, a), "p", signal);
  }
}

/** @param {any} record */
function isProposition(record) {
  return (
    (record?.get(TYPE_IRI) ?? []).some((value) => value.value === iriOf("ag:Proposition")) ||
    Boolean(record?.has(OBJECT_IRI))
  );
}
