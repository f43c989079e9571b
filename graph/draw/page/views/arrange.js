// Where everything of a scene stands at one scale: curves, labels, and what is under a pointer. Pixels round the
// drawing's origin.
import { curveBetween, distanceTo, loopAt, pointAt, trimmed } from "../model/geometry.js";
import { Crowd, crowdOfLines } from "../model/crowd.js";
import { placeAlong } from "../model/alongs.js";
import { BUSY, placeLabels } from "../model/labels.js";
import { isChosenEdge, isChosenNode, litBy } from "../model/lit.js";
import { asUsed, isNotion } from "../model/notions.js";
import { clip, inLanguage, wrapLines } from "../model/text.js";
import { edgeWords, speakerTags } from "./edgewords.js";
import { takesInk } from "./pen.js";

const RADIUS = { most: 15, least: 3.2, small: 11, statement: 8.5, statementLeast: 3.2 };
const SIZE = { least: 0.8, step: 0.2, most: 1.9 };
// So many of the largest have their names first on a small screen.
const PRIME_SMALL = 7;
const NAME_CLIP = 60;
const NODE_WAYS = [
  [20, 2],
  [17, 3],
  [13, 4],
];
const NODE_WAYS_SMALL = [
  [17, 2],
  [14, 3],
  [11, 4],
  [9, 5],
];
const PLAIN_WORDS_FROM = 1.15;
const INK_WORDS_FROM = 0.35;
const RANK = {
  disputed: 0,
  accepted: 1,
  soft: 2,
  notyet: 3,
  denied: 4,
  rejected: 4,
  open: 4,
  said: 5,
  mentioned: 5,
  speaks: 6,
  added: 6,
};
// What is lost when a label finds no room, for choosing among attempts.
const WORTH = {
  node: 80,
  names: [240, 120, 60, 30],
  mostTold: 40,
  disputed: 300,
  denied: 300,
  rejected: 300,
  accepted: 40,
  soft: 16,
  notyet: 16,
  said: 6,
  speaks: 3,
};
// How much it hurts when words stand across a line.
const WEIGHT = { disputed: 3, accepted: 3, soft: 1.4, notyet: 1.4, said: 1, speaks: 0.7 };
// A × never stands without words: unless there are so many that they would bury the drawing.
const CROSSED = ["disputed", "denied", "rejected"];
const MOST_CROSSED = 60;
// A line of these kinds bears a ? unless its words say so.
const MARKED_SOFTLY = ["soft", "open"];
// A line of these kinds looks like any line; without its words it bears quotation marks instead.
const QUOTED = ["said", "mentioned"];
const QUOTE_ROOM = { w: 24, h: 14, along: [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] };
// So many lines at most have their speaker along them, and so much room is kept round the mark of a line.
const MOST_TAGGED = 300;
const MARK_ROOM = 14;
const HEADS_FROM = 0.4;
const CROWDED = 2000;
const EASY_LINES = 40;
const ROUNDS = { opening: 60, zoomed: 4, all: 1, few: 8 };
// In a drawing of so few names and lines those that found no room are tried again.
const FEW_LABELS = 260;

/**
 * The radius of a node at a scale, in pixels.
 * @param {NodeRecord} node @param {{ opening: boolean; scale: number; small: boolean }} how
 */
export function radiusOf(node, how) {
  return plainRadius(node, how) * (node.look?.size ?? 1);
}

/** @param {NodeRecord} node @param {{ opening: boolean; scale: number; small: boolean }} how */
function plainRadius(node, { opening, scale, small }) {
  if (node.type === "statement")
    return opening
      ? RADIUS.statement
      : Math.max(RADIUS.statementLeast, Math.min(RADIUS.statement, RADIUS.statement * scale * 1.2));
  const most = small ? RADIUS.small : RADIUS.most;
  if (opening) return most;
  // In the whole the size tells how much a node is joined to; an accusation has no weight in it.
  const weight = Math.min(SIZE.most, SIZE.least + SIZE.step * Math.sqrt(node.degree));
  return Math.max(RADIUS.least, Math.min(most, most * scale * 1.1)) * weight;
}

/**
 * The ways to set a node's name, widest first: [[line, …], …].
 * @param {Records} records @param {string} id @param {Lang} lang @param {any} small
 */
export function nodeWords(records, id, lang, small) {
  const node = records.nodes.get(id);
  const text = clip(isNotion(node) ? asUsed(node, lang) : inLanguage(node.label, lang), NAME_CLIP);
  const ways = (small ? NODE_WAYS_SMALL : NODE_WAYS).map(([width, most]) => wrapLines(text, width, most));
  return ways.filter((lines, index) => index === 0 || lines.join("\n") !== ways[index - 1].join("\n"));
}

/**
 * Whether words were cut to fit.
 * @param {any} lines
 */
export function isClipped(lines) {
  return lines.some((line) => line.endsWith("…"));
}

/**
 * One arrangement: given {records, scene, at, scale, selected, lang, opening, small, type, bounds, wordless, near}:
 * near is the box of paper that shows, or null; hasty: while a name is dragged.
 */
export class Arrangement {
  /** @param {Arranging} given */
  constructor(given) {
    this.records = given.records;
    this.scene = given.scene;
    this.at = given.at;
    this.scale = given.scale;
    this.selected = given.selected;
    this.lang = given.lang;
    this.opening = given.opening;
    this.small = given.small;
    this.type = given.type;
    this.bounds = given.bounds;
    this.hasty = given.hasty ?? false;
    this.wordless = given.wordless ?? false;
    this.near = given.near ?? null;
    this.crossed = 0;
    const { cast } = this.records.data;
    this.castIds = new Set(
      [...(cast?.nodes ?? []).filter(({ actor }) => actor), ...(cast?.frames ?? [])].map(({ id }) => id),
    );
    this.lit = litBy(this.records, this.scene, this.selected);
    const statements = new Set(this.scene.statements);
    this.marked = new Set([...this.records.statementOf].filter(([, id]) => statements.has(id)).map(([prop]) => prop));
    // In a crowd seen from afar a plain line is drawn without its head: it would be a blot.
    this.afar = !this.opening && this.scale < HEADS_FROM && this.scene.edges.length > CROWDED;
    this.items = this.scene.edges
      .map((item) => this.placed(item))
      .filter(Boolean)
      .sort((a, b) => Number(a.chosen) - Number(b.chosen) || RANK[b.line] - RANK[a.line]);
    this.lineOf = new Map(this.items.map((item) => [item.edge.prop, item.line]));
    this.crosses = this.loneCrosses();
    this.nodeLabels = new Map();
    this.edgeLabels = new Map();
    this.tags = new Map();
    this.quoted = new Map();
    if (!this.wordless) this.label();
  }

  /**
   * Where a node stands.
   * @param {string} id
   */
  spot(id) {
    const { x, y } = this.at.get(id);
    return { x: x * this.scale, y: y * this.scale };
  }

  /** @param {string} id */
  radius(id) {
    return radiusOf(this.records.nodes.get(id), this);
  }

  /** @param {string} id */
  isFaded(id) {
    return Boolean(this.lit) && !this.lit.nodes.has(id);
  }

  /** @param {string} id */
  isChosen(id) {
    return isChosenNode(this.records, this.selected, id);
  }

  /**
   * The thing at a point, nodes before words before lines; null for paper.
   * @param {Point} p @param {any} reach
   */
  hit(p, reach) {
    for (const id of [...this.scene.nodes].reverse()) {
      const spot = this.spot(id);
      const label = this.nodeLabels.get(id);
      if (Math.hypot(spot.x - p.x, spot.y - p.y) < this.radius(id) + reach / 2 || (label && holds(label, p)))
        return nodeThing(this.records.nodes.get(id));
    }
    for (const item of [...this.items, ...this.crosses].filter(isChosenFrom)) {
      const box = this.edgeLabels.get(item.edge.id);
      if (box && holds(box, p)) return edgeThing(item.edge);
    }
    let best = null;
    for (const item of this.items.filter(isChosenFrom)) {
      const far = distanceTo(item.curve, p) + (item.speaks ? 2 : 0);
      if (far < reach && (!best || far < best.far)) best = { item, far };
    }
    return best ? edgeThing(best.item.edge) : null;
  }

  /** Everything that can be walked to, in reading order: [{key, type, id, x, y}]. */
  things() {
    const nodes = this.scene.nodes
      .filter((id) => this.records.nodes.get(id).type !== "statement")
      .map((id) => ({ key: `node:${id}`, ...nodeThing(this.records.nodes.get(id)), ...this.spot(id) }));
    const edges = this.items.filter(isChosenFrom).map((item) => ({
      key: `edge:${item.edge.id}`,
      ...edgeThing(item.edge),
      ...pointAt(item.curve, 0.5),
    }));
    return [...nodes, ...edges].sort(
      (a, b) => Math.round(a.y / 60) - Math.round(b.y / 60) || a.x - b.x || a.key.localeCompare(b.key),
    );
  }

  /**
   * Where the thing of a key stands, or null when it is not drawn.
   * @param {any} key
   */
  placeOf(key) {
    const id = key.slice(key.indexOf(":") + 1);
    if (key.startsWith("node:")) return this.at.has(id) ? this.spot(id) : null;
    const item = this.items.find((each) => each.edge.id === id);
    return item ? pointAt(item.curve, 0.5) : null;
  }

  /** @param {any} item */
  placed(item) {
    const { edge } = item;
    const a = this.spot(edge.from);
    const ra = this.radius(edge.from) + 3;
    const curve =
      edge.from === edge.to
        ? loopAt(a, ra)
        : trimmed(curveBetween(a, this.spot(edge.to), item.bend), ra, this.radius(edge.to) + 4);
    if (!curve) return null;
    const markless = this.marked.has(edge.prop);
    return {
      ...item,
      bare: this.afar,
      away: this.isAway(curve),
      curve,
      markless,
      quiet: (item.speaks || !this.lit) && !this.opening && !this.lit?.edges.has(edge.id),
      directed: edge.directed,
      chosen: isChosenEdge(this.selected, edge),
      faded: Boolean(this.lit) && !this.lit.edges.has(edge.id),
    };
  }

  // Small nodes with × whose relationship has no line of its own ("it is said to have come about"): they need words
  // as a line does.
  loneCrosses() {
    return this.scene.statements
      .map((id) => this.records.nodes.get(id))
      .filter(({ prop }) => !this.lineOf.has(prop) && CROSSED.includes(this.records.props.get(prop)?.line))
      .map(({ id, prop }) => {
        const { x, y } = this.spot(id);
        const curve = { x0: x - 1, y0: y, cx: x, cy: y, x1: x + 1, y1: y };
        const chosen = this.isChosen(id);
        return {
          edge: {
            id: `cross:${id}`,
            type: "relationship",
            prop,
            label: null,
            from: id,
            to: id,
          },
          said: saidTitle(this.records.props.get(prop), this.lang),
          line: this.records.props.get(prop).line,
          curve,
          away: this.isAway(curve),
          markless: true,
          chosen,
          faded: this.isFaded(id),
        };
      });
  }

  // Whether a line that bears × must have its words: all of them, when they are not too many.
  /** @param {any} item */
  mustStand(item) {
    return CROSSED.includes(item.line) && this.crossed <= MOST_CROSSED;
  }

  // Whether a line lies wholly where the paper does not show.
  /** @param {{ x0: number; y0: number; cx: number; cy: number; x1: number; y1: number }} given */
  isAway({ x0, y0, cx, cy, x1, y1 }) {
    const { near } = this;
    if (!near) return false;
    /** @param {any} a @param {any} b @param {any} c @param {number} middle @param {any} size */
    const apart = (a, b, c, middle, size) =>
      Math.min(a, b, c) > middle + size / 2 || Math.max(a, b, c) < middle - size / 2;
    return apart(x0, cx, x1, near.x, near.w) || apart(y0, cy, y1, near.y, near.h);
  }

  /** @param {string} id */
  isNear(id) {
    const { near } = this;
    if (!near) return true;
    const { x, y } = this.spot(id);
    return Math.abs(x - near.x) * 2 < near.w && Math.abs(y - near.y) * 2 < near.h;
  }

  label() {
    const { records, scale, type } = this;
    const crowd = new Crowd();
    // Where everything is drawn, a selection has the words to itself.
    const worded = this.scene.nodes.filter((id) => (this.opening || !this.isFaded(id)) && this.isNear(id));
    for (const id of worded)
      crowd.add({ ...this.spot(id), w: this.radius(id) * 2 + 2, h: this.radius(id) * 2 + 2, owner: id });
    const marked = this.items.filter(
      (item) =>
        !item.away &&
        ((MARKED_SOFTLY.includes(item.line) && !this.isWorded(item)) ||
          (["disputed", "accepted"].includes(item.line) && !item.markless)),
    );
    for (const item of marked) crowd.add({ ...pointAt(item.curve, 0.5), w: 14, h: 16, owner: `mark:${item.edge.id}` });
    /** @param {string} id */
    const weight = (id) => (this.opening ? 0 : this.isChosen(id) ? -2 : this.isFaded(id) ? 1 : 0);
    const nodes = worded
      .filter((id) => records.nodes.get(id).type !== "statement")
      .sort(
        (a, b) =>
          weight(a) - weight(b) ||
          (this.opening ? 0 : this.nameRank(a) - this.nameRank(b)) ||
          records.nodes.get(b).degree - records.nodes.get(a).degree ||
          a.localeCompare(b),
      )
      .map((id) => ({
        id,
        at: this.spot(id),
        radius: this.radius(id),
        worth: this.opening ? WORTH.node : this.worthOf(id),
        keep: !this.opening && this.nameRank(id) < 2,
        sizes: type.kept(`${this.lang} ${id}`, () =>
          nodeWords(records, id, this.lang, this.small).map((words) => ({
            ...type.sizeOf(words, this.styleOf(id)),
            clipped: isClipped(words),
          })),
        ),
      }));
    this.crossed = [...this.items, ...this.crosses].filter((item) => !item.away && CROSSED.includes(item.line)).length;
    const edges = [...this.items, ...this.crosses]
      .filter((item) => this.isWorded(item))
      .sort(
        (a, b) =>
          (this.opening ? 0 : Number(b.chosen) - Number(a.chosen)) ||
          RANK[a.line] - RANK[b.line] ||
          a.edge.id.localeCompare(b.edge.id),
      )
      .map((item) => ({
        id: item.edge.id,
        chosen: item.chosen,
        curve: item.curve,
        worth: WORTH[item.line] ?? WORTH.said,
        heavy: item.line === "disputed" || item.line === "accepted",
        must: this.mustStand(item),
        // In the whole many stand close together: words keep apart from those they are not about.
        ends: this.opening || this.mustStand(item) ? undefined : [item.edge.from, item.edge.to],
        sizes: this.sizesOf(item),
      }));
    const lines = crowdOfLines(
      nodes.length + edges.length > BUSY
        ? []
        : this.items.map((item) => ({ id: item.edge.id, curve: item.curve, weight: WEIGHT[item.line] ?? WEIGHT.said })),
    );
    // Past what an opening has, each line more costs all the others: so many rounds then take seconds.
    const ease = Math.min(1, EASY_LINES / Math.max(1, edges.length)) ** 2;
    const rounds = !this.opening
      ? ROUNDS.all
      : scale === 1 && !this.hasty
        ? Math.max(ROUNDS.zoomed, Math.round(ROUNDS.opening * ease))
        : ROUNDS.zoomed;
    // At the opening a selection moves no word, unless its own found no room.
    const how = { bounds: scale === 1 || !this.opening ? this.bounds : null, rounds, apart: !this.opening };
    const chosen = edges.filter((each) => each.chosen);
    const first = this.opening ? new Map() : this.firstNames(nodes, edges, crowd, lines, how);
    for (const box of first.values()) crowd.add(box);
    const others = nodes.filter(({ id }) => !first.has(id));
    const place = () => placeLabels(others, edges, crowd, lines, first.size ? { ...how, rounds: 1 } : how);
    // A selection moves no word of the opening: they are placed once for each drawing of it.
    let found = this.opening && scale === 1 ? type.latest(this.placesKey(others, edges), place) : place();
    if (chosen.some(({ id }) => !found.edges.has(id)))
      found = placeLabels(others, [...chosen, ...edges.filter((each) => !each.chosen)], crowd, lines, {
        ...how,
        rounds: 1,
      });
    this.nodeLabels = new Map([...first, ...found.nodes]);
    this.edgeLabels = found.edges;
    this.tag(lines, how.bounds);
    // Words that say it is only alleged need no mark beside them.
    for (const item of this.items)
      if (MARKED_SOFTLY.includes(item.line))
        item.markless ||= this.edgeLabels.has(item.edge.id) || Boolean(this.tags.get(item)?.soft);
    this.quote();
  }

  // Whose name comes first where there is not room for all: the cast, other actors, things, words and posts.
  /** @param {string} id */
  nameRank(id) {
    if (this.castIds.has(id)) return 0;
    const { agent, hue } = this.records.data.kinds[this.records.nodes.get(id).kind] ?? {};
    return agent ? 1 : hue === "concept" ? 3 : 2;
  }

  /** @param {string} id */
  worthOf(id) {
    const { props, says } = this.records.nodes.get(id);
    return WORTH.names[this.nameRank(id)] + Math.min(WORTH.mostTold, (props?.length ?? 0) + (says?.length ?? 0)) * 6;
  }

  // In the whole the actors' names come before all others, beside the words that must stand. In a crowd it is the
  // largest that have theirs, whatever small node lies under them: the halo keeps them apart.
  /** @param {any[]} nodes @param {any[]} edges @param {Crowd} crowd @param {Crowd} lines @param {any} how */
  firstNames(nodes, edges, crowd, lines, how) {
    if (nodes.length + edges.length <= FEW_LABELS) {
      const actors = nodes.filter(({ id }) => this.nameRank(id) < 2 || this.isChosen(id));
      const must = edges.filter((each) => each.must);
      const { nodes: names } = placeLabels(actors, must, crowd, lines, { ...how, rounds: ROUNDS.few });
      return names;
    }
    if (this.lit) return new Map();
    const prime = nodes.filter(({ id }) => this.scene.prime.has(id)).slice(0, this.small ? PRIME_SMALL : undefined);
    const bare = new Crowd();
    for (const { id, at, radius } of prime) bare.add({ ...at, w: radius * 2 + 2, h: radius * 2 + 2, owner: id });
    return placeLabels(prime, [], bare, crowdOfLines([]), how).nodes;
  }

  // A line whose words found no room has along it who says so: unless there are so many that nobody could read them.
  /** @param {Crowd} lines @param {Box | null} bounds */
  tag(lines, bounds) {
    const { records, lang, type } = this;
    const bare = this.wordlessLines();
    if (bare.length > MOST_TAGGED) return;
    const names = this.crowdOfNames();
    for (const item of this.items)
      if (hasMark(item)) names.add({ ...pointAt(item.curve, 0.5), w: MARK_ROOM, h: MARK_ROOM, owner: item.edge.id });
    const wanted = bare.map((item) => ({
      id: item.edge.id,
      curve: item.curve,
      item,
      tags: speakerTags(records, item, lang, this.scene.shows).map(({ text, ...how }) => ({
        ...type.sizeOf([text], "along"),
        ...how,
      })),
    }));
    for (const [{ item }, spot] of placeAlong(wanted, names, lines, bounds)) this.tags.set(item, spot);
  }

  wordlessLines() {
    return this.items.filter((item) => !item.away && !item.bare && !this.edgeLabels.has(item.edge.id));
  }

  crowdOfNames() {
    const names = new Crowd();
    for (const box of [...this.nodeLabels.values(), ...this.edgeLabels.values()]) names.add(box);
    for (const id of this.scene.nodes)
      if (this.isNear(id)) names.add({ ...this.spot(id), w: this.radius(id) * 2, h: this.radius(id) * 2 });
    return names;
  }

  // A plain line without any words says by its mark that somebody says so; where it can be, beside names and nodes.
  quote() {
    const bare = this.wordlessLines().filter((item) => QUOTED.includes(item.line) && !this.tags.has(item));
    const names = bare.length < CROWDED ? this.crowdOfNames() : new Crowd();
    for (const spot of this.tags.values()) for (const box of spot.boxes) names.add(box);
    const mark = { w: QUOTE_ROOM.w, h: QUOTE_ROOM.h };
    for (const item of bare) {
      item.wordless = true;
      const spots = QUOTE_ROOM.along.map((t) => pointAt(item.curve, t));
      this.quoted.set(item, spots.find((at) => !names.hits({ ...at, ...mark })) ?? spots[0]);
    }
  }

  /**
   * The style of type in which a node's name is set.
   * @param {string} id
   */
  styleOf(id) {
    return isNotion(this.records.nodes.get(id)) ? "notion" : "node";
  }

  /** @param {any[]} nodes @param {any[]} edges */
  placesKey(nodes, edges) {
    const spots = nodes.map(({ id, at }) => `${id} ${Math.round(at.x)} ${Math.round(at.y)}`);
    return [
      Boolean(this.hasty),
      this.lang,
      this.small,
      JSON.stringify(this.bounds),
      ...spots,
      ...edges.map(({ id, sizes }) => `${id} ${sizes.map((size) => size.lines.join(" ")).join("|")}`),
    ].join("\n");
  }

  /** @param {any} item */
  sizesOf(item) {
    const all = edgeWords(this.records, item, this.lang, this.scene.shows).map(({ lines, who, nobody }) => ({
      ...this.type.sizeOf(lines, "edge"),
      who,
      nobody,
      clipped: isClipped(lines),
    }));
    if (!this.mustStand(item)) return all;
    // Who denies it is named in full wherever a way to set it does so.
    const whole = all.filter(({ clipped }) => !clipped);
    return whole.length ? whole : all;
  }

  // At the opening every line has its words; in the whole, only what takes ink, what is chosen, and what there is
  // room for.
  /** @param {any} item */
  isWorded(item) {
    if (item.away) return false;
    if (this.mustStand(item)) return true;
    if (item.chosen || this.opening || (!this.lit && this.scale >= PLAIN_WORDS_FROM)) return true;
    if (item.faded) return false;
    if (this.lit) return !item.speaks || this.scale > INK_WORDS_FROM;
    return takesInk(item.line) && this.scale > INK_WORDS_FROM;
  }
}

// What is said, as a label has it; who denies it is set apart.
/** @param {Proposition} prop @param {Lang} lang */
function saidTitle(prop, lang) {
  const title = inLanguage(prop.title, lang);
  return title.includes(";") ? title.slice(0, title.lastIndexOf(";")) : title;
}

// Whether a line bears a mark in its middle.
/** @param {any} item */
function hasMark({ line, markless }) {
  return [...MARKED_SOFTLY, ...CROSSED].includes(line) || (line === "accepted" && !markless);
}

// A line that somebody drew by hand has nothing that could open.
/** @param {{ edge: EdgeRecord }} given */
function isChosenFrom({ edge }) {
  return edge.type !== "added";
}

/**
 * What opens when an edge is chosen.
 * @param {EdgeRecord} edge
 */
function edgeThing(edge) {
  if (edge.parts) return { type: "parts", id: edge.id };
  return edge.type === "speaks" ? { type: "speaks", id: edge.id } : { type: "prop", id: edge.prop };
}

/** @param {NodeRecord} node */
function nodeThing(node) {
  if (node.type === "group") return { type: "group", id: node.id };
  return node.type === "statement" ? { type: "prop", id: node.prop } : { type: "node", id: node.id };
}

/** @param {Box} box @param {Point} p */
function holds(box, p) {
  return Math.abs(p.x - box.x) * 2 < box.w + 4 && Math.abs(p.y - box.y) * 2 < box.h + 4;
}
