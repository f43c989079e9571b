// A store behind a server as the page's own data: what was loaded so far, in the shape of a page from a file, and how
// it grows.
import { placeArriving } from "./arrive.js";
import { waysBetween } from "./between.js";
import { chosenCast } from "./chosencast.js";
import { countFigure } from "./counts.js";
import { CLAIMS_LOADED, Endpoint, inTime, Source, unlikeIris } from "./endpoint.js";
import { ForeignSource } from "./foreign.js";
import { opaqueId } from "./opaque.js";
import { iriOf, projectTriples } from "./projection.js";
import { springLayout } from "./spring.js";
import { byLanguage, word } from "../words.js";

// So many relationships of a node, or of a speaker, come at a time.
const PAGE_LENGTH = 25;
/** A store with at most so many may be drawn whole. */
const DRAWN_WHOLE = { nodes: 2000, relationships: 10000 };
const OPENING_NODES = 20;
const OPENING_EDGES = 24;
const OPENING_LISTS = { disputed: 14, unanswered: 10, notyet: 8, soft: 8, open: 8, figures: 8 };
const START_LISTS = ["disputed", "unanswered", "figures", "open"];
const FIRST_SAID = 8;
const OPENING_SPEAKERS = { oppose: 3, affirm: 2 };
const OPENING_LINES = ["accepted", "said", "soft", "notyet", "disputed"];
const HEAVY_LINES = ["accepted", "said", "soft", "notyet"];
const ROOM_OF_NODE = () => ({ w: 110, h: 56 });
const OPENING_LENGTH = 150;
const KEPT_CLAIMS = 12;
// So long the page waits for what it opens with before it asks itself, in milliseconds.
const HEAD_START = 400;
// So many nodes named at once bring their relationships.
const MOST_BROUGHT = 12;

/**
 * Opens the store at an address: one with our vocabulary, or any other. given: the page's data; host: what a store
 * without a title is called.
 * @param {any} given @param {typeof fetch} send @param {any} host
 */
export async function openServed(given, send, host) {
  const endpoint = new Endpoint(given.served.endpoint, send);
  const choosing = chosenCast(send, given.served.cast);
  const ready = await soon(choosing);
  const ours = new Source(endpoint);
  const isOurs = Boolean(ready?.opening) || (await ours.isOurs());
  const source = isOurs ? ours : new ForeignSource(endpoint, given.served.lift, host);
  const served = new Served(source, { lang: given.lang, title: host, rules: given.figures.rules });
  if (ready?.opening) await served.beginWith(ready);
  else await served.begin(isOurs ? choosing : null);
  return served;
}

// What a service answers that need not choose any more; null where it takes longer, or fails: that is told later.
/**
 * @template T
 * @param {Promise<T>} answer
 * @returns {Promise<T | null>}
 */
function soon(answer) {
  const later = new Promise((go) => {
    setTimeout(() => go(null), HEAD_START);
  });
  return Promise.race([answer.catch(() => null), later]);
}

/** The page's data, growing. `source` (endpoint.js) asks; ids here are the page's opaque ones. */
class Served {
  /** @param {any} source @param {any} given */
  constructor(source, given) {
    this.source = source;
    this.given = given;
    this.parts = null;
    this.places = new Map();
    this.spots = new Map();
    this.opening = { nodes: new Set(), edges: new Set(), at: new Map() };
    this.lists = {};
    /** The lists of the opening that the service did not answer in time. @type {string[]} */
    this.late = [];
    /** What else did not come in time: "edition", "vocabulary", "relationships". @type {string[]} */
    this.missing = [];
    this.sizes = new Map();
    this.told = new Map();
    this.whole = false;
    /** The drawing of the cast, placed once: who comes later stands beside it. @type {CastData | null} */
    this.cast = null;
    /** Whether it is known of whom most is said, and whether the service could not choose a cast. */
    this.ranked = true;
    this.failed = false;
    this.version = 0;
    this.cut = [];
  }

  /** Grows with everything that is loaded. */
  size() {
    return this.version;
  }

  /**
   * What is shown first, as the service has asked it of the store already.
   * @param {Awaited<ReturnType<typeof chosenCast>>} ready @param {AbortSignal|undefined} [signal]
   */
  async beginWith({ cast, ranked, failed, opening }, signal) {
    const { lists, first, edition } = this.source.takeIn(opening);
    this.edition = (await inTime(this.source.edition(signal, this.given.rules, edition))) ?? this.noEdition();
    Object.assign(this, { lists, first, cast, ranked, failed });
    this.show();
  }

  /**
   * What is shown first: the edition, its counts, and what needs judgement.
   * @param {ReturnType<typeof chosenCast> | null} choosing @param {AbortSignal|undefined} [signal]
   */
  async begin(choosing, signal) {
    const [edition, lists] = await Promise.all([
      inTime(this.source.edition(signal, this.given.rules)),
      this.source.judged(Object.keys(OPENING_LISTS), Math.max(...Object.values(OPENING_LISTS)), signal),
      inTime(this.source.readVocabulary(signal)),
    ]);
    this.edition = edition ?? this.noEdition();
    // One that the server did not answer in time does not keep the page from opening: its place says so.
    this.late = Object.keys(lists).filter((kind) => lists[kind] === null);
    this.lists = Object.fromEntries(
      Object.entries(lists).map(([kind, props]) => [kind, (props ?? []).slice(0, OPENING_LISTS[kind])]),
    );
    if (!(await this.cameInTime(choosing, signal))) this.goWithout();
    if (this.source.words === null) this.missing.push("vocabulary");
    this.show();
  }

  noEdition() {
    this.missing.push("edition");
    return editionUnknown(this.given.rules);
  }

  show() {
    this.read();
    this.chooseOpening();
    this.place();
  }

  // The relationships that are shown first, with those of the cast; false where the server was too slow for them.
  /**
   * @param {ReturnType<typeof chosenCast> | null} choosing @param {AbortSignal|undefined} signal
   */
  async cameInTime(choosing, signal) {
    let first = Object.values(this.lists).flat();
    // Where nothing needs judgement, what most is said of.
    if (!first.length) first = (await this.source.judged(["said"], FIRST_SAID, signal)).said ?? [];
    this.first = first;
    const loading = this.source.loadProps(first, signal).then(() => true);
    if (!(await (this.isForeign() ? loading : inTime(loading)))) return false;
    return !choosing || Boolean(await inTime(this.takeCast(await choosing, signal).then(() => true)));
  }

  // A relationship that came without all that is said of it is not shown: who denies it may be what is lacking.
  goWithout() {
    this.source.forget();
    Object.assign(this, { first: [], lists: {}, cast: null, late: START_LISTS });
    this.missing.push("relationships");
  }

  // Who is on the cast, as the service has chosen; what is said of them comes with them.
  /** @param {Awaited<ReturnType<typeof chosenCast>>} chosen @param {AbortSignal|undefined} signal */
  async takeCast({ cast, props, nodes, ranked, failed }, signal) {
    await Promise.all([this.source.loadProps(props, signal), this.source.loadActors(nodes, signal)]);
    Object.assign(this, { cast, ranked, failed });
  }

  /** Whether all of it may be drawn: {fits, nodes, relationships}; a count that is not known does not fit. */
  fits() {
    const { relationships } = this.edition.counts;
    const nodes = nodesOf(this.edition.counts);
    return (
      nodes !== null &&
      relationships !== null &&
      nodes <= DRAWN_WHOLE.nodes &&
      relationships <= DRAWN_WHOLE.relationships
    );
  }

  /** Whether the store is not of our vocabulary. */
  isForeign() {
    return Boolean(this.source.ways);
  }

  /** @param {string} id */
  iri(id) {
    return this.parts.iris.get(id);
  }

  // ---- questions

  /**
   * A node: its first page of relationships, or a further one, and the first of what it says.
   * @param {string} id @param {{ more?: boolean }} [given] @param {AbortSignal|undefined} [signal]
   */
  async open(id, { more = false } = {}, signal = undefined) {
    const iri = this.iri(id);
    if (!iri || (this.sizes.has(id) && !more)) return;
    const before = this.sizes.get(id) ?? { asked: 0, total: 0 };
    const [page, told] = await Promise.all([
      this.source.neighbours(iri, PAGE_LENGTH, before.asked, signal),
      more ? null : this.source.told(iri, PAGE_LENGTH, 0, signal),
    ]);
    await this.source.loadProps([...page.props, ...(told?.props ?? [])], signal);
    this.sizes.set(id, { asked: before.asked + PAGE_LENGTH, total: page.total, ranked: page.ranked });
    if (told) this.told.set(id, { asked: PAGE_LENGTH, total: told.total });
    this.project();
  }

  /**
   * More of what somebody says: a page, from the first to the last.
   * @param {string} id @param {{ more?: boolean }} [given] @param {AbortSignal|undefined} [signal]
   */
  async according(id, { more = false } = {}, signal = undefined) {
    const iri = this.iri(id);
    const before = this.told.get(id);
    if (!iri || (before && !more)) return;
    const at = before?.asked ?? 0;
    const { props, total } = await this.source.told(iri, PAGE_LENGTH * (more ? 4 : 1), at, signal);
    await this.source.loadProps(props, signal);
    this.told.set(id, { asked: at + PAGE_LENGTH * (more ? 4 : 1), total });
    this.project();
  }

  /**
   * What lies between two nodes, so that the page's own search finds its ways in it.
   * @param {any} a @param {any} b @param {{ asked: string[]; through: string[] }} given @param {any} stops
   * @param {AbortSignal|undefined} [signal]
   */
  async between(a, b, { asked, through }, stops, signal) {
    const [from, to] = [a, b].map((id) => this.iri(id));
    const { props, complete } = this.source.ways
      ? await this.source.ways(from, to, signal)
      : await waysBetween(this.source, from, to, { asked, stops, speakers: through.includes("speaker") }, signal);
    await this.source.loadProps(props, signal);
    const pair = [a, b].sort().join(" ");
    this.cut = complete ? this.cut.filter((each) => each !== pair) : [...this.cut, pair];
    this.project();
    return complete;
  }

  /**
   * Who is called so; answers whether anybody new is known now.
   * @param {string} typed @param {AbortSignal|undefined} [signal]
   */
  async search(typed, signal) {
    const before = this.source.triples.size;
    await this.source.search(typed, signal);
    if (this.source.triples.size === before) return false;
    this.project();
    return true;
  }

  /**
   * The IRIs behind some opaque ids, as an address keeps them: [kind, IRI].
   * @param {string[]} ids
   */
  keysOf(ids) {
    const edges = new Map(this.parts.edges.map((edge) => [edge.id, edge]));
    return ids.flatMap((id) => {
      const edge = edges.get(id);
      if (edge)
        return this.keysOf(
          unlikeIris([
            edge.from,
            edge.to,
            edge.prop ?? "",
            ...edge.claims.slice(0, KEPT_CLAIMS).map((claim) => this.parts.claims[claim].prop),
          ]).filter(Boolean),
        );
      const iri = this.iri(id);
      if (!iri) return [];
      if (this.parts.props[id]) return [["p", this.source.keyFor(iri)]];
      if (this.parts.claims[id]) return [["p", this.source.keyFor(this.iri(this.parts.claims[id].prop))]];
      return [["n", iri]];
    });
  }

  /**
   * Where newcomers stand at the opening is kept, so that they stay there.
   * @param {any} spots
   */
  keepSpots(spots) {
    for (const [id, point] of spots) this.spots.set(id, point);
  }

  /** The room has changed, and everything finds its place anew. */
  forgetSpots() {
    this.spots.clear();
  }

  /**
   * Loads what an address names by keysOf.
   * @param {string[]} keys @param {AbortSignal|undefined} [signal]
   */
  async recall(keys, signal) {
    if (!keys.length) return;
    /** @param {string} kind */
    const of = (kind) => keys.filter(([each]) => each === kind).map(([, iri]) => iri);
    await Promise.all([this.source.loadProps(of("p"), signal), this.source.loadActors(of("n"), signal)]);
    this.project();
  }

  /**
   * Loads what somebody names by IRI, a statement standing for its relationship: {nodes: ids to be drawn, selected:
   * what to open, when it is one}. The first nodes bring what is said of them, so that what they have in common is
   * seen.
   * @param {string[]} iris @param {AbortSignal|undefined} [signal]
   */
  async bring(iris, signal) {
    const told = await this.source.relationshipsOf(iris, signal);
    const props = unlikeIris(iris.filter((iri) => told.has(iri)).map((iri) => told.get(iri)));
    const nodes = unlikeIris(iris.filter((iri) => !told.has(iri)));
    await Promise.all([this.source.loadProps(props, signal), this.source.loadActors(nodes, signal)]);
    const near = await Promise.all(
      nodes.slice(0, MOST_BROUGHT).map((iri) => this.source.neighbours(iri, PAGE_LENGTH, 0, signal)),
    );
    await this.source.loadProps(unlikeIris(near.flatMap((page) => page.props)), signal);
    this.project();
    const known = new Set(this.parts.nodes.map((node) => node.id));
    const chosen = props.map(opaqueId).filter((id) => this.parts.props[id]);
    const ends = chosen.flatMap((id) => [this.parts.props[id].subject, this.parts.props[id].third]);
    const drawn = [...new Set([...nodes.map(opaqueId), ...ends])].filter((id) => known.has(id));
    const one = iris.length === 1;
    return {
      nodes: drawn,
      selected:
        one && chosen.length
          ? { type: "prop", id: chosen[0] }
          : one && drawn.length
            ? { type: "node", id: drawn[0] }
            : null,
    };
  }

  /**
   * Everything, when it fits; `told(part)` hears how far it is, from 0 to 1.
   * @param {any} told @param {AbortSignal|undefined} [signal]
   */
  async everything(told, signal) {
    await this.source.loadEverything(told, signal);
    this.whole = true;
    this.project();
    const ids = this.parts.nodes.filter((node) => node.type !== "statement").map((node) => node.id);
    this.places = springLayout(
      ids,
      heavyEdges(this.parts).map((edge) => [edge.from, edge.to]),
    );
    this.project();
  }

  // ---- the data

  /** @param {{ id: string; props: string[] }} node */
  loadedOf(node) {
    return {
      page: PAGE_LENGTH,
      shown: node.props.length,
      ...this.sizes.get(node.id),
      told: this.told.get(node.id)?.total ?? 0,
    };
  }

  project() {
    this.read();
    this.place();
  }

  read() {
    this.version += 1;
    this.parts = projectTriples(this.source.triples);
  }

  // Places for whoever has none yet, and what else is told of each that is no triple.
  place() {
    const { nodes, edges, props } = this.parts;
    const beside = new Map(nodes.map((node) => [node.id, new Set()]));
    for (const edge of heavyEdges(this.parts)) {
      beside.get(edge.from).add(edge.to);
      beside.get(edge.to).add(edge.from);
    }
    const near = new Map(nodes.map((node) => [node.id, []]));
    for (const edge of edges) {
      near.get(edge.from).push(edge.to);
      near.get(edge.to).push(edge.from);
    }
    const unplaced = nodes
      .filter((node) => !this.places.has(node.id))
      .map((node) => ({ id: node.id, near: near.get(node.id) }));
    for (const [id, at] of placeArriving(this.places, unplaced, ROOM_OF_NODE)) this.places.set(id, at);
    for (const node of nodes) {
      const stage = this.opening.at.get(node.id);
      Object.assign(node, this.places.get(node.id), {
        ox: stage?.x ?? null,
        oy: stage?.y ?? null,
        degree: beside.get(node.id).size,
        opening: this.opening.nodes.has(node.id),
        ...(this.spots.has(node.id) ? { at: this.spots.get(node.id) } : {}),
        ...(this.sizes.has(node.id) ? { of: this.loadedOf(node) } : {}),
        ...settledCounts(this.source.triples.get(this.iri(node.id))),
      });
    }
    for (const [iri, total] of this.source.claimsOf) {
      const prop = props[opaqueId(iri)];
      if (prop && total > CLAIMS_LOADED) prop.of = total;
    }
    for (const edge of edges) Object.assign(edge, { opening: this.opening.edges.has(edge.id), curve: 0 });
    this.counts = { props: Object.keys(props).length, statements: this.statementsLoaded() };
  }

  statementsLoaded() {
    const data = { figures: { rules: this.given.rules } };
    const loaded = { data, claims: new Map(Object.entries(this.parts.claims)) };
    return countFigure(/** @type {Records} */ (/** @type {unknown} */ (loaded)), "statements");
  }

  /** What a page from a file has in its data script. */
  data() {
    const { iris, ...parts } = this.parts;
    const { counts, titles, version, editor, licence, corrections } = this.edition;
    const title = byLanguage((lang) => titles[lang] ?? titles.en ?? Object.values(titles)[0] ?? this.given.title);
    /** @param {any} list */
    const ids = (list) => (list ?? []).map((key) => opaqueId(this.source.iriFor(key))).filter((id) => parts.props[id]);
    const start = START_LISTS.map((kind) => ({
      kind,
      props: ids(this.lists[kind]),
      nodes: null,
      late: this.late.includes(kind),
    })).filter((part) => part.props.length || part.late);
    const loaded = { statements: this.counts.statements, relationships: this.counts.props };
    return {
      ...parts,
      ...(this.cast ? { cast: this.cast } : {}),
      format: 1,
      lang: this.given.lang,
      budget: OPENING_NODES,
      internal: false,
      edition: { title, version, editor, licence, corrections, cases: ["store"] },
      figures: { values: counts, rules: this.given.rules },
      opening: byLanguage((lang) => openingWords(counts, lang, this.isForeign())),
      start: [...start, { kind: "most", props: null, nodes: mostSaid(parts) }],
      served: {
        loaded,
        counts: { nodes: nodesOf(counts), relationships: counts.relationships },
        whole: this.whole || (counts.relationships !== null && loaded.relationships >= counts.relationships),
        fits: this.fits(),
        cut: this.cut,
        ranked: this.ranked,
        failed: this.failed,
        missing: this.missing,
      },
    };
  }

  // What needs judgement, with its ends and its speakers, as far as there is room; as graph/opening.py, in short.
  chooseOpening() {
    const { parts } = this;
    const nodes = new Map(parts.nodes.map((node) => [node.id, node]));
    const lineOfProp = new Map();
    for (const edge of parts.edges) if (edge.type === "relationship") lineOfProp.set(edge.prop, edge);
    const speaks = new Map(
      parts.edges.filter((edge) => edge.type === "speaks").map((edge) => [`${edge.from} ${edge.to}`, edge]),
    );
    const chosen = { nodes: new Set(), edges: new Set() };
    /** @param {any} unit */
    const take = (unit) => {
      const added = [...unit.nodes].filter((id) => !chosen.nodes.has(id));
      if (chosen.nodes.size + added.length > OPENING_NODES || chosen.edges.size + unit.edges.size > OPENING_EDGES)
        return;
      for (const id of unit.nodes) chosen.nodes.add(id);
      for (const id of unit.edges) chosen.edges.add(id);
    };
    const { figures, ...judged } = this.lists;
    for (const id of inTurn(this.first, judged).map((key) => opaqueId(this.source.iriFor(key)))) {
      const unit = unitOf(parts, nodes, lineOfProp, speaks, id);
      if (unit) take(unit);
    }
    for (const edge of heavyEdges(parts)) {
      if (
        chosen.nodes.has(edge.from) &&
        chosen.nodes.has(edge.to) &&
        !edge.subtitle &&
        chosen.edges.size < OPENING_EDGES
      )
        chosen.edges.add(edge.id);
    }
    // Where nothing is tied to anything, whatever has a name.
    if (!chosen.nodes.size) for (const id of [...nodes.keys()].slice(0, OPENING_NODES)) chosen.nodes.add(id);
    const pairs = parts.edges.filter((edge) => chosen.edges.has(edge.id)).map((edge) => [edge.from, edge.to]);
    const actors = [...chosen.nodes].filter((id) => nodes.get(id).type !== "statement");
    this.opening = { ...chosen, at: springLayout(actors, pairs, OPENING_LENGTH) };
    for (const [id, at] of this.opening.at) this.places.set(id, at);
  }
}

// The first of each list, then the second of each, so that each kind has its share.
/** @param {any} first @param {any} lists */
function inTurn(first, lists) {
  const kinds = Object.values(lists).filter((list) => list.length);
  if (!kinds.length) return first;
  const longest = Math.max(...kinds.map((list) => list.length));
  return [
    ...new Set(
      Array.from({ length: longest }, (_, at) => kinds.map((list) => list[at]))
        .flat()
        .filter(Boolean),
    ),
  ];
}

// What the opening takes of a relationship together: its ends, its line, and who speaks of it.
/** @param {any} parts @param {any} nodes @param {any} lines @param {any} speaks @param {string} id */
function unitOf(parts, nodes, lines, speaks, id) {
  const prop = parts.props[id];
  if (!prop || !OPENING_LINES.includes(prop.line)) return null;
  const unit = { nodes: new Set(), edges: new Set() };
  const waiting = [id];
  const seen = new Set();
  while (waiting.length) {
    const at = waiting.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    if (nodes.get(at)?.type === "statement") unit.nodes.add(at);
    if (lines.has(at)) unit.edges.add(lines.get(at).id);
    for (const end of [parts.props[at]?.subject, parts.props[at]?.third].filter(Boolean)) {
      if (parts.props[end]) waiting.push(end);
      else if (nodes.has(end)) unit.nodes.add(end);
    }
  }
  if (![...unit.nodes].some((each) => nodes.get(each).type !== "statement")) return null;
  const targets = [id, ...unit.nodes];
  for (const side of prop.line === "disputed" ? ["oppose", "affirm"] : ["affirm"]) {
    const speakers = [
      ...new Set(
        prop.claims
          .map((claim) => parts.claims[claim])
          .filter((claim) => claim?.side === side && claim.speaker)
          .map((claim) => claim.speaker),
      ),
    ];
    for (const speaker of speakers.slice(0, prop.line === "disputed" ? OPENING_SPEAKERS[side] : 1)) {
      const edge = targets.map((target) => speaks.get(`${speaker} ${target}`)).find(Boolean);
      if (!edge) continue;
      unit.nodes.add(speaker);
      unit.edges.add(edge.id);
    }
  }
  return unit;
}

// What counts for degree and places: nobody is drawn to a gang by an accusation.
/** @param {any} parts */
function heavyEdges(parts) {
  return parts.edges.filter(
    (edge) =>
      edge.type === "relationship" &&
      edge.from !== edge.to &&
      HEAVY_LINES.includes(parts.props[edge.prop].line) &&
      !parts.props[edge.prop].sensitive,
  );
}

/** @param {any} parts */
function mostSaid(parts) {
  const found = parts.nodes
    .filter((node) => node.type !== "statement" && node.props.length)
    .map((node) => ({
      id: node.id,
      n: node.props.reduce((sum, prop) => sum + (parts.props[prop]?.claims.length ?? 0), 0),
    }));
  return found
    .sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .slice(0, 6)
    .map(({ id }) => id);
}

// What is known of a store that did not answer in time: nothing, and no count of it is shown.
/** @param {Record<string, FigureRule>} rules */
function editionUnknown(rules) {
  const counts = Object.fromEntries(Object.keys(rules).map((name) => [name, null]));
  return { titles: {}, version: "", editor: "", licence: "", corrections: null, counts };
}

/** @param {any} counts @param {Lang} lang @param {boolean} foreign */
function openingWords(counts, lang, foreign) {
  const parts = [];
  if (counts.statements === null) parts.push(word(lang, "servedUncounted"));
  else if (foreign) parts.push(word(lang, "servedTriples", { n: counts.statements }));
  else
    parts.push(
      counts.relationships === null
        ? word(lang, "servedUncounted")
        : [
            word(lang, "servedHolds", { n: counts.statements }),
            word(lang, "servedAbout", { n: counts.relationships }),
          ].join(" "),
    );
  if (counts.accepted === null) return parts.join(" ");
  parts.push(counts.accepted ? word(lang, "servedChecked", { n: counts.accepted }) : word(lang, "servedUnchecked"));
  if (counts.disputed) parts.push(word(lang, "servedDisputed", { n: counts.disputed }));
  return parts.join(" ");
}

// How many statements a settled store counts of somebody: {settled: {by, about}}; nothing where it has no count.
/** @param {Map<string, any[]> | undefined} record */
function settledCounts(record) {
  /** @param {string} name */
  const counted = (name) => Number(record?.get(iriOf(name))?.[0]?.value ?? 0);
  const all = counted("ag:statementsByOrAbout");
  const about = counted("ag:statementsAbout");
  return all ? { settled: { by: all - about, about } } : {};
}

// How many nodes there are, actors and things; null where that is not known.
/** @param {{ actors: any; things: any }} given */
function nodesOf({ actors, things }) {
  return actors === null || things === null ? null : actors + things;
}
