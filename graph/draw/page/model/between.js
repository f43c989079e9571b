// Ways between two nodes of a store that is not here: widened from both ends in turn, by what may be walked alone.
import { batches, unlikeIris } from "./endpoint.js";
import { byCodePoint } from "./projection.js";
import { MOST_WALKED, WALK_QUESTIONS } from "./sparql.js";
import { rules } from "./rules.js";

const WIDEST_FRONTIER = 300;
const MOST_BETWEEN = 200;
const WALK_BATCH = 300;
// Of what one says of another, so much is loaded for a way that runs over it.
const SPOKEN_LOADED = 8;

/**
 * The relationships on the shortest ways between two nodes, and all that stand between them directly: {props,
 * complete}. `asked`: which of sensitive, disputed, notyet may be walked; what is denied by all, asked or rejected
 * never is. Never through a node of a kind that `stops` (kind IRI → true) keeps for ends, nor, unless `speakers`,
 * through somebody who only speaks about both their neighbours. `complete` is false when a node had too much round it
 * to look at all of it.
 * @param {any} source @param {string} a @param {string} b
 * @param {{ asked?: string[]; stops?: any; speakers?: boolean }} [given] @param {AbortSignal|undefined} [signal]
 */
export async function waysBetween(
  source,
  a,
  b,
  { asked = [], stops = () => false, speakers = false } = {},
  signal = undefined,
) {
  const props = new Set(await source.direct(a, b, signal));
  const walk = new Walk(source.endpoint, { ends: [a, b], asked, stops, speakers }, signal);
  for (const prop of await walk.shortest(a, b)) if (props.size < MOST_BETWEEN) props.add(prop);
  return { props: [...props], complete: walk.complete };
}

class Walk {
  /** @param {Endpoint} endpoint @param {any} how @param {AbortSignal|undefined} [signal] */
  constructor(endpoint, how, signal) {
    this.endpoint = endpoint;
    this.how = how;
    this.signal = signal;
    this.lines = ["accepted", "said", "soft", ...how.asked.filter((each) => each !== "sensitive")];
    this.facts = new Map();
    this.kinds = new Map();
    this.looked = new Set();
    this.complete = true;
  }

  /** @param {string} a @param {string} b */
  async shortest(a, b) {
    const sides = [sideFrom(a), sideFrom(b)];
    let met = this.meetings(sides);
    while (!met.length && sides[0].depth + sides[1].depth < rules.longest) {
      const side = sides[0].frontier.length <= sides[1].frontier.length ? sides[0] : sides[1];
      if (!side.frontier.length) break;
      await this.widen(side);
      met = this.meetings(sides);
    }
    return propsThrough(sides, met);
  }

  // One step further from a side. A state is a node, and whether it was reached because it speaks.
  /** @param {any} side */
  async widen(side) {
    const { ends, stops, speakers } = this.how;
    const frontier = side.frontier.slice(0, WIDEST_FRONTIER);
    if (frontier.length < side.frontier.length) this.complete = false;
    const steps = await this.stepsFrom(unlikeIris(frontier.map(({ node }) => node)));
    side.depth += 1;
    side.frontier = [];
    for (const from of frontier) {
      for (const { prop, to, how } of steps.get(from.node) ?? []) {
        const kind = this.kinds.get(to);
        if (kind && stops(kind) && !ends.includes(to)) continue;
        if (how === "speaks" && from.told && !speakers && !ends.includes(from.node)) continue;
        if (!kind && (how !== "relation" || !this.facts.get(to))) continue;
        const told = how === "spoken of";
        const key = `${to} ${told}`;
        const known = side.reached.get(key);
        if (!known) {
          const state = { key, node: to, told, depth: side.depth, from: [[from.key, prop]] };
          side.reached.set(key, state);
          side.frontier.push(state);
        } else if (
          known.depth === side.depth &&
          (how === "relation" || known.from.filter(([other]) => other === from.key).length < SPOKEN_LOADED)
        )
          known.from.push([from.key, prop]);
      }
    }
  }

  /**
   * Node → [{prop, to, how}]. A node may be a relationship that others are about.
   * @param {string[]} nodes
   */
  async stepsFrom(nodes) {
    const [dockets, own, tells] = await Promise.all(
      ["dockets", "abouts", "tells"].map((question) => this.pairs(question, nodes)),
    );
    const said = dockets.map(([, prop]) => prop);
    const outer = await this.pairs("abouts", said);
    const further = await this.pairs(
      "abouts",
      outer.map(([, prop]) => prop),
    );
    const tellers = await this.pairs("tellers", [
      ...said,
      ...outer.map(([, prop]) => prop),
      ...further.map(([, prop]) => prop),
    ]);
    await this.readFacts([
      ...nodes,
      ...[dockets, own, tells, outer, further].flatMap((pairs) => pairs.map(([, prop]) => prop)),
    ]);
    await this.readKinds([...nodes, ...tellers.map(([, node]) => node)]);
    const about = listsByKey([...outer, ...further]);
    const who = listsByKey(tellers.filter(([, , how]) => !rules.silent.includes(how)));
    const steps = new Map(nodes.map((node) => [node, []]));
    /** @param {string} node @param {string} prop @param {string} to @param {string} how */
    const put = (node, prop, to, how) => {
      if (to !== node && this.mayWalk(prop)) steps.get(node).push({ prop, to, how });
    };
    for (const [node, prop] of dockets) {
      for (const end of this.endsOf(prop)) put(node, prop, end, "relation");
      if (about.has(prop)) put(node, prop, prop, "relation");
      const spoken = [
        prop,
        ...(about.get(prop) ?? []),
        ...(about.get(prop) ?? []).flatMap((each) => about.get(each) ?? []),
      ];
      for (const each of unlikeIris(spoken))
        for (const speaker of who.get(each) ?? []) put(node, each, speaker, "spoken of");
    }
    for (const [node, prop] of own) for (const end of this.endsOf(prop)) put(node, prop, end, "relation");
    for (const node of nodes) for (const end of this.endsOf(node)) put(node, node, end, "relation");
    for (const [node, prop, how] of tells)
      if (!rules.silent.includes(how)) for (const end of this.concernedBy(prop)) put(node, prop, end, "speaks");
    for (const list of steps.values()) list.sort((x, y) => byCodePoint(x.prop, y.prop));
    return steps;
  }

  /** @param {string} question @param {string[]} iris */
  async pairs(question, iris) {
    const rows = await Promise.all(
      batches(iris, WALK_BATCH).map((batch) => this.endpoint.select(WALK_QUESTIONS[question](batch), this.signal)),
    );
    if (rows.some((each) => each.length >= MOST_WALKED)) this.complete = false;
    return rows
      .flat()
      .filter((row) => row.b.type === "uri")
      .map((row) => [row.a.value, row.b.value, row.how?.value.split("/").pop()]);
  }

  // Ends of relationships, and of those that stand at their ends; what is no relationship has none.
  /** @param {string[]} iris */
  async readFacts(iris) {
    let fresh = unlikeIris(iris).filter((iri) => !this.facts.has(iri));
    for (let depth = 0; fresh.length && depth < 4; depth += 1) {
      const rows = (
        await Promise.all(
          batches(fresh, WALK_BATCH).map((batch) => this.endpoint.select(WALK_QUESTIONS.ends(batch), this.signal)),
        )
      ).flat();
      for (const iri of fresh) this.facts.set(iri, null);
      for (const { a, b, third, line, grave } of rows)
        this.facts.set(a.value, {
          ends: [b, third].filter((end) => end.type === "uri").map((end) => end.value),
          line: line.value,
          grave: ["true", "1"].includes(grave?.value ?? ""),
        });
      const ends = unlikeIris(rows.flatMap((row) => this.facts.get(row.a.value).ends));
      await this.readKinds(ends);
      fresh = ends.filter((end) => !this.kinds.get(end) && !this.facts.has(end));
    }
  }

  /** @param {string[]} iris */
  async readKinds(iris) {
    const fresh = unlikeIris(iris).filter((iri) => !this.looked.has(iri));
    for (const iri of fresh) this.looked.add(iri);
    for (const [iri, kind] of await this.pairs("kinds", fresh)) this.kinds.set(iri, kind);
  }

  /** @param {string} prop */
  mayWalk(prop) {
    const facts = this.facts.get(prop);
    return Boolean(facts) && this.lines.includes(facts.line) && (this.how.asked.includes("sensitive") || !facts.grave);
  }

  /** @param {string} prop */
  endsOf(prop) {
    return this.facts.get(prop)?.ends ?? [];
  }

  /** @param {string} prop @param {string[]} [seen] */
  concernedBy(prop, seen = []) {
    if (seen.includes(prop)) return [];
    return unlikeIris(this.endsOf(prop).flatMap((end) => [end, ...this.concernedBy(end, [...seen, prop])]));
  }

  // Where both sides met: pairs of states of the least length; who only speaks about both neighbours joins nobody.
  /** @param {any[]} sides */
  meetings(sides) {
    const { ends, speakers } = this.how;
    const pairs = [];
    for (const one of sides[0].reached.values()) {
      for (const told of [false, true]) {
        const other = sides[1].reached.get(`${one.node} ${told}`);
        if (other && (!(one.told && told) || speakers || ends.includes(one.node)))
          pairs.push({ one, other, length: one.depth + other.depth });
      }
    }
    const shortest = Math.min(...pairs.map(({ length }) => length));
    return pairs.filter(({ length }) => length === shortest);
  }
}

/** @param {string[][]} pairs */
function listsByKey(pairs) {
  const found = new Map();
  for (const [key, value] of pairs) found.set(key, [...(found.get(key) ?? []), value]);
  return found;
}

/** @param {string} node */
function sideFrom(node) {
  const start = { key: `${node} false`, node, told: false, depth: 0, from: [] };
  return { reached: new Map([[start.key, start]]), frontier: [start], depth: 0 };
}

// The relationships that the ways through these meetings use.
/** @param {any[]} sides @param {any[]} met */
function propsThrough(sides, met) {
  const found = new Set();
  sides.forEach((side, index) => {
    let states = unlikeIris(met.map((pair) => (index ? pair.other : pair.one)));
    while (states.length) {
      const steps = states.flatMap((state) => state.from);
      for (const [, prop] of steps) found.add(prop);
      states = unlikeIris(steps.map(([key]) => side.reached.get(key)));
    }
  });
  return found;
}
