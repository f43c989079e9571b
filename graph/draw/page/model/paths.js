// How two actors are connected, hop by hop, each hop with the statements that carry it: the rules of network/paths.py.
import { propsOfNode } from "./records.js";
import { rules } from "./rules.js";

/** How strong it is that somebody speaks about somebody. */
const speaking = () => [-rules.strength.indexOf("speaks"), 0, 0];

/**
 * What must be ticked to walk a relationship, as the filters show it; ["never"] when it is not walked at all.
 * @param {Records} records @param {Lens | null} lens @param {string} propId
 */
export function needsOf(records, lens, propId) {
  const prop = records.props.get(propId);
  const seen = lens ? lens.props.get(propId) : prop;
  if (!seen || prop.needs.includes("never") || !rules.strength.includes(seen.line)) return ["never"];
  return seen.line === "notyet" && !prop.needs.includes("notyet") ? [...prop.needs, "notyet"] : prop.needs;
}

/**
 * At most `limit` paths from node a to node b, the shortest first, of those the strongest: [{hops, weakest, claims,
 * statements, speakers, leftOut}]. A hop: {source, target, prop, line, claims, beside, speaker}; `prop` is null where
 * somebody only speaks about somebody.
 * @param {Records} records @param {string} a @param {string} b
 * @param {{ asked?: any; through?: any; limit?: number; lens?: Lens | null }} [given]
 */
export function findPaths(records, a, b, { asked = [], through = [], limit = 5, lens = null } = {}) {
  if (a === b || !records.nodes.has(a) || !records.nodes.has(b)) return [];
  const leftOut = rules.asked.filter((each) => !asked.includes(each));
  return new PathSearch(records, lens, a, b, asked, through).paths(limit).map((hops) => pathOf(records, hops, leftOut));
}

/**
 * What is said of a connection between two, whatever a path may walk: {stated, unaffirmed, joint: [[node, speaker]]}.
 * @param {Records} records @param {string} a @param {string} b @param {Lens | null} [lens]
 */
export function directBetween(records, a, b, lens = null) {
  /** @param {string} id */
  const shows = (id) => !lens || lens.props.has(id);
  /** @param {string} id */
  const walks = (id) => !needsOf(records, lens, id).includes("never");
  const between = propsOfNode(records, a).filter((id) => {
    const { subject, third } = records.props.get(id);
    return shows(id) && ((subject === a && third === b) || (subject === b && third === a));
  });
  const joint = [];
  for (const node of records.nodes.values()) {
    if (node.type === "statement") continue;
    const own = node.props.filter((id) => records.props.get(id)?.subject === node.id && walks(id));
    /** @param {any} end */
    const voices = (end) =>
      new Set(
        own
          .filter((id) => records.props.get(id).third === end)
          .flatMap((id) => records.props.get(id).affirmedBy.map((claim) => records.claims.get(claim)?.speaker ?? "")),
      );
    const other = voices(b);
    const both = [...voices(a)]
      .filter((speaker) => other.has(speaker))
      .sort((x, y) => (records.rank.get(x) ?? -1) - (records.rank.get(y) ?? -1));
    if (both.length) joint.push([node.id, both[0]]);
  }
  return { stated: between.filter(walks), unaffirmed: between.filter((id) => !walks(id)), joint };
}

/**
 * How many separate statements these are; readings of one ambiguous sentence are one.
 * @param {Records} records @param {any} claims
 */
export function separate(records, claims) {
  let groups = [];
  for (const id of claims) {
    let group = new Set([id, ...records.claims.get(id).alternatives]);
    const touched = groups.filter((each) => [...each].some((other) => group.has(other)));
    for (const each of touched) group = new Set([...group, ...each]);
    groups = [...groups.filter((each) => !touched.includes(each)), group];
  }
  return groups.length;
}

/** @param {Records} records @param {any} hops @param {any} leftOut */
function pathOf(records, hops, leftOut) {
  const claims = [...new Set(hops.flatMap((hop) => hop.claims))];
  const strengths = hops.map((hop) => (hop.prop ? strengthOf(records, hop.prop, hop.line) : speaking()));
  let weakest = 0;
  strengths.forEach((each, index) => {
    if (compared(each, strengths[weakest]) < 0) weakest = index;
  });
  const speakers = [...new Set(claims.map((id) => records.claims.get(id).speaker).filter((id) => id !== null))];
  return {
    hops,
    weakest,
    claims,
    statements: separate(records, claims),
    speakers,
    unnamed: claims.filter((id) => records.claims.get(id).speaker === null).length,
    leftOut,
  };
}

/** @param {Records} records @param {string} propId @param {Line} line */
function strengthOf(records, propId, line) {
  const prop = records.props.get(propId);
  return [-rules.strength.indexOf(line), prop.sensitive ? 0 : 1, Math.min(prop.origins, rules.many)];
}

// Below nought: the first is the weaker.
/** @param {any} one @param {any} other */
function compared(one, other) {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return one[at] - other[at];
  return 0;
}

/** What may be walked, as lists of possible hops for each pair of nodes. */
class PathSearch {
  /**
   * @param {Records} records @param {Lens | null} lens @param {string} a @param {string} b @param {any} asked
   * @param {any} through
   */
  constructor(records, lens, a, b, asked, through) {
    this.records = records;
    this.lens = lens;
    this.a = a;
    this.b = b;
    this.asked = asked;
    this.through = through;
    this.walked = new Set(
      [...records.props.keys()].filter((id) => needsOf(records, lens, id).every((need) => asked.includes(need))),
    );
    this.relations = new Map();
    this.speaking = new Map();
    this.read();
    this.beside = this.readBeside();
  }

  /** @param {string} id */
  lineOf(id) {
    return this.lens?.props.get(id)?.line ?? this.records.props.get(id).line;
  }

  /** @param {string} id */
  strength(id) {
    return strengthOf(this.records, id, this.lineOf(id));
  }

  read() {
    const { records } = this;
    const place = new Map(records.order.map((id, index) => [id, index]));
    for (const edge of records.edges.values()) {
      if (edge.type === "speaks") {
        const told = edge.claims.filter((id) => this.speaks(id)).sort((x, y) => place.get(x) - place.get(y));
        if (!told.length) continue;
        if (!this.speaking.has(edge.from)) this.speaking.set(edge.from, new Map());
        this.speaking.get(edge.from).set(edge.to, told);
      } else if (this.walked.has(edge.prop) && edge.from !== edge.to) this.join(edge.from, edge.to, edge.prop);
    }
    for (const node of records.nodes.values()) {
      if (node.type !== "statement" || !this.walked.has(node.prop)) continue;
      const { subject, third } = records.props.get(node.prop);
      for (const end of new Set([subject, third])) {
        const at = records.nodes.has(end) ? end : records.statementOf.get(end);
        if (at && at !== node.id) this.join(node.id, at, node.prop);
      }
    }
  }

  /** @param {any} one @param {any} other @param {string} id */
  join(one, other, id) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      if (!this.relations.has(from)) this.relations.set(from, new Map());
      const others = this.relations.get(from);
      if (!others.has(to)) others.set(to, []);
      others.get(to).push(id);
    }
  }

  /** @param {string} id */
  speaks(id) {
    const claim = this.records.claims.get(id);
    return (
      claim &&
      this.walked.has(claim.prop) &&
      !rules.silent.includes(claim.stance) &&
      (!this.lens || this.lens.shown.has(id))
    );
  }

  // Whether a node is an end only; broader kinds count.
  /** @param {string} id */
  stops(id) {
    if (id === this.a || id === this.b) return false;
    const table = this.records.data.kinds;
    const kinds = new Set([this.records.nodes.get(id).kind]);
    for (let turn = 0; turn < 6; turn += 1)
      for (const kind of [...kinds]) if (table[kind]?.broader) kinds.add(table[kind].broader);
    return rules.stops.some(([word, meant]) => !this.through.includes(word) && meant.some((kind) => kinds.has(kind)));
  }

  // Node → [[neighbour, who speaks: "" for a relationship]], the strongest hop first.
  readBeside() {
    const { records } = this;
    const found = new Map();
    /** @param {any} node @param {any} way @param {any} speaker @param {any} strength */
    const put = (node, way, speaker, strength) => {
      if (!found.has(node)) found.set(node, new Map());
      found.get(node).set(`${way}\n${speaker}`, { way: [way, speaker], strength });
    };
    for (const [one, others] of this.relations)
      for (const [other, ids] of others)
        put(
          one,
          other,
          "",
          ids.map((id) => this.strength(id)).reduce((best, each) => (compared(each, best) > 0 ? each : best)),
        );
    for (const [speaker, others] of this.speaking) {
      for (const other of others.keys()) {
        if (records.nodes.get(other).type === "statement" && other !== this.a && other !== this.b) continue;
        put(speaker, other, speaker, speaking());
        put(other, speaker, speaker, speaking());
      }
    }
    const ends = new Set([...found.keys()].filter((node) => this.stops(node)));
    /** @param {string} id */
    const rank = (id) => records.rank.get(id) ?? -1;
    /** @param {any} ways */
    const sorted = (ways) =>
      [...ways.values()]
        .sort(
          (x, y) =>
            compared(y.strength, x.strength) || rank(x.way[0]) - rank(y.way[0]) || rank(x.way[1]) - rank(y.way[1]),
        )
        .map(({ way }) => way)
        .filter(([node]) => !ends.has(node));
    return new Map([...found].filter(([node]) => !ends.has(node)).map(([node, ways]) => [node, sorted(ways)]));
  }

  // Where one can go; who was reached because they speak goes on by a relationship only.
  /** @param {any} node @param {any} told */
  ways(node, told) {
    const free = !told || this.through.includes("speaker") || node === this.a || node === this.b;
    return (this.beside.get(node) ?? []).filter(([, speaker]) => free || speaker !== node);
  }

  // "Node, whether it was reached as one who speaks" → hops to b at least.
  distances() {
    const before = new Map();
    /** @param {any} node @param {any} told */
    const key = (node, told) => `${told ? 1 : 0}${node}`;
    for (const node of this.beside.keys()) {
      for (const told of [false, true]) {
        for (const [other, speaker] of this.ways(node, told)) {
          const to = key(other, speaker === other);
          if (!before.has(to)) before.set(to, []);
          before.get(to).push(key(node, told));
        }
      }
    }
    const distance = new Map([
      [key(this.b, false), 0],
      [key(this.b, true), 0],
    ]);
    const waiting = [...distance.keys()];
    for (let at = 0; at < waiting.length; at += 1) {
      for (const earlier of before.get(waiting[at]) ?? []) {
        if (distance.has(earlier)) continue;
        distance.set(earlier, distance.get(waiting[at]) + 1);
        waiting.push(earlier);
      }
    }
    return (node, told) => distance.get(key(node, told)) ?? rules.longest + 1;
  }

  /** @param {number} limit */
  paths(limit) {
    const distance = this.distances();
    const found = [];
    /** @param {string} id */
    const rank = (id) => this.records.rank.get(id);
    for (let length = distance(this.a, false); length <= rules.longest && found.length < limit; length += 1) {
      const same = this.walks(length, distance).map((walk) => {
        const hops = this.hops(walk);
        return { hops, strengths: hops.map((hop) => (hop.prop ? this.strength(hop.prop) : speaking())).sort(compared) };
      });
      same.sort((x, y) => {
        for (let at = 0; at < x.strengths.length; at += 1) {
          const way = compared(y.strengths[at], x.strengths[at]);
          if (way) return way;
        }
        for (let at = 0; at < x.hops.length; at += 1)
          if (x.hops[at].target !== y.hops[at].target) return rank(x.hops[at].target) - rank(y.hops[at].target);
        return 0;
      });
      found.push(...same.map((each) => each.hops));
    }
    return found.slice(0, limit);
  }

  // Every way of that many hops as [[node, by whose speaking], …], a relationship used once.
  /** @param {any} length @param {any} distance */
  walks(length, distance) {
    const found = [];
    const stack = [{ walk: [[this.a, ""]], ways: this.ways(this.a, false), at: 0 }];
    while (stack.length && found.length < rules.weighed) {
      const top = stack[stack.length - 1];
      if (top.at >= top.ways.length) {
        stack.pop();
        continue;
      }
      const way = top.ways[top.at];
      top.at += 1;
      const [other, speaker] = way;
      const left = length - top.walk.length;
      if (distance(other, speaker === other) > left || top.walk.some(([node]) => node === other)) continue;
      const longer = [...top.walk, way];
      if (!this.once(longer)) continue;
      if (other === this.b) {
        if (left === 0) found.push(longer);
      } else if (left) stack.push({ walk: longer, ways: this.ways(other, speaker === other), at: 0 });
    }
    return found;
  }

  // Whether the last hop is not just the other half of the one before it.
  /** @param {any} walk */
  once(walk) {
    const [one, two, three] = walk.slice(-3);
    if (walk.length < 3 || three[1] || two[1]) return true;
    return new Set([...this.relations.get(one[0]).get(two[0]), ...this.relations.get(two[0]).get(three[0])]).size > 1;
  }

  /** @param {any} walk */
  hops(walk) {
    const used = new Set();
    return walk.slice(1).map(([target, speaker], index) => {
      const [source] = walk[index];
      if (speaker)
        return {
          source,
          target,
          prop: null,
          line: "speaks",
          claims: this.speaking.get(speaker).get(speaker === target ? source : target),
          beside: [],
          speaker,
        };
      const all = this.relations.get(source).get(target);
      const fresh = all.filter((id) => !used.has(id));
      const places = new Map((this.records.nodes.get(source).props ?? []).map((id, at) => [id, at]));
      const [best, ...others] = [...(fresh.length ? fresh : all)].sort(
        (x, y) => compared(this.strength(y), this.strength(x)) || (places.get(x) ?? 0) - (places.get(y) ?? 0),
      );
      used.add(best);
      const claims = this.records.props
        .get(best)
        .claims.filter((id) => this.records.claims.has(id) && this.records.claims.get(id).stance !== "mentioned");
      return { source, target, prop: best, line: this.lineOf(best), claims, beside: others, speaker: "" };
    });
  }
}
