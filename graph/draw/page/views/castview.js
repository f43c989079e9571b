// The cast on its sheet: boxes, frames, lines with verb and speaker, and what is under a pointer. Everything is set
// in the sheet's own pixels and drawn at one scale, so that no word leaves its place.
import { extentOf, frameBox, reachInto, tieLine } from "../model/cast.js";
import { distanceTo } from "../model/geometry.js";
import { isChosenEdge, isChosenNode, litBy } from "../model/lit.js";
import { inLanguage } from "../model/text.js";
import { hiddenWords } from "../model/standing.js";
import { drawLines, strokeKey, takesInk } from "./pen.js";
import { traceDetail, traceShape } from "./shapes.js";

// The sizes of type that Python laid the sheet out for.
const CAST_TYPE = { name: [13.5, 17], words: [13, 16], small: [12.5, 15.5] };
const CAST_GLYPH = 11;
const ALONGS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];
const CAST_FADED = 0.24;
const CAST_RING = 5;
const NODE_REACH = 2;

/** {records, scene, at, scale, selected, lang, type}: the same questions as an Arrangement answers. */
export class CastArrangement {
  /** @param {any} given */
  constructor({ records, scene, at, scale, selected, lang, type }) {
    /** @type {Records} */
    this.records = records;
    /** @type {Scene} */
    this.scene = scene;
    /** @type {Map<string, {x: number, y: number}>} */
    this.at = at;
    /** @type {number} */
    this.scale = scale;
    /** @type {Thing | null} */
    this.selected = selected;
    /** @type {Lang} */
    this.lang = lang;
    this.type = type;
    this.cast = this.scene.cast;
    this.lit = litBy(this.records, this.scene, this.selected);
    /** @type {Map<string, {x: number, y: number, w: number, h: number, node?: CastNode, frame?: CastFrame}>} */
    this.boxes = new Map();
    const drawn = new Set(this.scene.nodes);
    for (const node of this.cast.nodes)
      if (drawn.has(node.id))
        this.boxes.set(node.id, { ...this.at.get(node.id), w: node.size[0], h: node.size[1], node });
    this.frames = this.cast.frames.filter(({ id }) => drawn.has(id));
    for (const frame of this.frames) this.boxes.set(frame.id, { ...frameBox(this.cast, frame, this.at), frame });
    /** @type {Map<string, {x: number, y: number, w: number, h: number, verb: string[], who: string[]}>} */
    this.words = new Map();
    this.items = this.scene.edges.map((item) => this.placed(/** @type {TieItem} */ (item))).filter(Boolean);
    this.crosses = [];
    this.quoted = new Map();
    this.nodeLabels = new Map();
    this.edgeLabels = new Map();
  }

  placed(item) {
    const { tie, edge } = item;
    const from = this.boxes.get(tie.source);
    const to = tie.kind === "denial" ? this.words.get(tie.target) : this.boxes.get(tie.target);
    if (!from || !to) return null;
    const words = this.wordsOf(item);
    const along = tie.kind === "beside" ? this.freeAlong(from, to, tie, words) : tie.along;
    const { start, middle, end } = tieLine(from, to, { ...tie, along });
    const pieces = [
      straight(reachInto(this.paintedIn(from), middle, start), middle),
      straight(middle, reachInto(this.paintedIn(to), middle, end)),
    ];
    const box = { ...middle, ...words };
    this.words.set(edge.id, box);
    if (tie.kind !== "denial" && !this.words.has(tie.props[0])) this.words.set(tie.props[0], box);
    return {
      ...item,
      pieces,
      box,
      away: false,
      bare: false,
      markless: true,
      quiet: false,
      directed: edge.directed,
      chosen: isChosenEdge(this.selected, edge),
      faded: Boolean(this.lit) && !this.lit.edges.has(edge.id),
    };
  }

  // What is painted in a box: of an actor the glyph and each row of its name; of words the paper they stand on.
  paintedIn(box) {
    if (box.verb) return this.papers(box);
    if (!box.node?.actor) return [box];
    const { title, below } = box.node;
    const top = box.y - box.h / 2;
    const parts = [{ x: box.x, y: top + 14, w: CAST_GLYPH * 2, h: CAST_GLYPH * 2 }];
    let row = top + 38;
    const add = (lines, style, leading) => {
      for (const text of lines) {
        parts.push({ x: box.x, y: row, w: this.type.widthOf(text, style), h: leading - 3 });
        row += leading;
      }
    };
    add(title[this.lang] ?? title.en, "castName", CAST_TYPE.name[1]);
    add(below[this.lang] ?? below.en, "cast", CAST_TYPE.small[1]);
    return parts;
  }

  // The paper under each row of words: a line behind them goes on beside a shorter row.
  papers(box) {
    const { x, y, h } = this.drawnWords({ box });
    let top = y - h / 2 + 1;
    const strip = (leading) => (text) => {
      top += leading;
      return { x, y: top - leading / 2, w: this.type.widthOf(text, "cast") + 8, h: leading };
    };
    return [...box.verb.map(strip(CAST_TYPE.words[1])), ...box.who.map(strip(CAST_TYPE.small[1]))];
  }

  // Where on a line its words touch no name and no other words; in the middle where there is no such place.
  freeAlong(from, to, tie, { w, h }) {
    const taken = [...[...this.boxes.values()].filter(({ node }) => node), ...this.words.values()];
    const isFree = (part) => {
      const { x, y } = tieLine(from, to, { ...tie, along: part }).middle;
      return taken.every((box) => Math.abs(box.x - x) * 2 >= box.w + w || Math.abs(box.y - y) * 2 >= box.h + h);
    };
    return ALONGS.find(isFree) ?? ALONGS[0];
  }

  // Under a filter a line says how much of it is hidden, in place of names that would no longer be the whole.
  wordsOf({ tie, seen, whole }) {
    const verb = tie.verb[this.lang] ?? tie.verb.en;
    const said = tie.who[this.lang] ?? tie.who.en;
    const told = whole || !seen;
    const who = told ? said : hiddenWords(seen, this.lang).slice(0, 1);
    // The first rows may name nobody ("implied by the text"): they have not the colour of who speaks.
    const unnamed = told ? (tie.unnamed?.[this.lang] ?? 0) : 0;
    return { verb, who, unnamed, w: tie.size[0], h: tie.size[1] };
  }

  spot(id) {
    const { x, y } = this.at.get(id);
    return { x: x * this.scale, y: y * this.scale };
  }

  radius() {
    return CAST_GLYPH * this.scale;
  }

  isFaded(id) {
    if (!this.lit || this.lit.nodes.has(id)) return false;
    const { frame } = this.boxes.get(id) ?? {};
    return !frame?.members.some((member) => this.lit.nodes.has(member));
  }

  isChosen(id) {
    return isChosenNode(this.records, this.selected, id);
  }

  isNear() {
    return true;
  }

  /** The thing at a point: nodes before words before lines before frames; null for paper. */
  hit(point, reach) {
    const p = { x: point.x / this.scale, y: point.y / this.scale };
    for (const [id, box] of this.boxes) if (box.node && holdsPoint(box, p, NODE_REACH)) return { type: "node", id };
    for (const item of this.items) if (holdsPoint(this.drawnWords(item), p, 0)) return tieThing(item.edge);
    let best = null;
    for (const item of this.items) {
      const far = Math.min(...item.pieces.map((piece) => distanceTo(piece, p))) * this.scale;
      if (far < reach && (!best || far < best.far)) best = { item, far };
    }
    if (best) return tieThing(best.item.edge);
    for (const [id, box] of this.boxes) if (box.frame && holdsPoint(box, p, 0)) return { type: "node", id };
    return null;
  }

  /** Everything that can be walked to, in reading order: [{key, type, id, x, y}]. */
  things() {
    const { scale } = this;
    const at = ({ x, y }) => ({ x: x * scale, y: y * scale });
    const nodes = [...this.boxes].map(([id, box]) => ({ key: `node:${id}`, type: "node", id, ...at(box) }));
    const edges = this.items.map((item) => ({ key: `edge:${item.edge.id}`, ...tieThing(item.edge), ...at(item.box) }));
    return [...nodes, ...edges].sort(
      (a, b) => Math.round(a.y / 60) - Math.round(b.y / 60) || a.x - b.x || a.key.localeCompare(b.key),
    );
  }

  placeOf(key) {
    const id = key.slice(key.indexOf(":") + 1);
    const box = key.startsWith("node:") ? this.boxes.get(id) : this.words.get(id);
    return box ? { x: box.x * this.scale, y: box.y * this.scale } : null;
  }

  drawnWords({ box }) {
    const rows = box.verb.length * CAST_TYPE.words[1] + box.who.length * CAST_TYPE.small[1];
    return { x: box.x, y: box.y, w: box.w, h: rows + 2 };
  }

  /** {x, y, w, h} of the whole sheet, and of what stands beside it. */
  extent() {
    return extentOf(this.cast);
  }

  /** {x, y, w, h} round the middle of what is lit: its nodes with their names, its lines with their words. */
  litBox() {
    if (!this.lit?.nodes.size) return null;
    const words = this.items.filter(({ edge }) => this.lit.edges.has(edge.id)).map((item) => this.drawnWords(item));
    const boxes = [...this.boxes].filter(([id]) => this.lit.nodes.has(id)).map(([, box]) => box);
    return boundsOfBoxes([...boxes, ...words]);
  }

  /** Paints all of it. ctx is in pixels of the screen round the drawing's origin. */
  paint(ctx, { theme, pointed }) {
    ctx.save();
    if (this.scale !== 1) ctx.scale(this.scale, this.scale);
    for (const frame of this.frames) this.paintFrame(ctx, frame, theme);
    this.paintLines(ctx, theme);
    for (const frame of this.frames) this.paintHeading(ctx, frame, theme);
    for (const node of this.cast.nodes) if (this.boxes.has(node.id)) this.paintNode(ctx, node, theme);
    for (const item of this.items) this.paintWords(ctx, item, theme);
    if (pointed) this.paintRing(ctx, pointed, theme);
    ctx.restore();
  }

  paintFrame(ctx, { id }, theme) {
    const { x, y, w, h } = this.boxes.get(id);
    const chosen = this.isChosen(id);
    ctx.globalAlpha = this.isFaded(id) ? 0.5 : 1;
    traceCard(ctx, x - w / 2, y - h / 2, w, h, 10);
    ctx.fillStyle = theme.sunk || theme.fill;
    ctx.fill();
    ctx.lineWidth = chosen ? 2.4 : 1;
    ctx.strokeStyle = chosen ? theme.accent : theme.hair;
    ctx.setLineDash([]);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  // Over the lines that lead to whoever is in the frame.
  paintHeading(ctx, { id }, theme) {
    const { x, y, w, h } = this.boxes.get(id);
    ctx.globalAlpha = this.isFaded(id) ? 0.5 : 1;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.font = `600 ${CAST_TYPE.name[0]}px ${theme.sans}`;
    const name = inLanguage(this.records.nodes.get(id).label, this.lang);
    ctx.lineWidth = 4;
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    ctx.strokeStyle = theme.sunk || theme.fill;
    ctx.strokeText(name, x - w / 2 + 12, y - h / 2 + 16);
    ctx.fillStyle = this.isChosen(id) ? theme.accent : theme.state;
    ctx.fillText(name, x - w / 2 + 12, y - h / 2 + 16);
    ctx.globalAlpha = 1;
  }

  paintLines(ctx, theme) {
    const groups = new Map();
    for (const item of this.items) {
      const [first, second] = item.pieces;
      // The words stand where the two meet; the arrowhead or the ring is at the end of the second.
      for (const piece of [
        { ...item, curve: first, directed: false, headless: true },
        { ...item, curve: second },
      ]) {
        const key = strokeKey(piece);
        groups.set(key, [...(groups.get(key) ?? []), piece]);
      }
    }
    for (const alike of groups.values()) drawLines(ctx, alike, theme);
  }

  paintNode(ctx, node, theme) {
    const { x, y, w, h } = this.boxes.get(node.id);
    const { kind, look = {} } = this.records.nodes.get(node.id);
    const { shape: own, hue, mark } = this.records.data.kinds[kind] ?? {};
    const shape = look.shape ?? own;
    const chosen = this.isChosen(node.id);
    ctx.globalAlpha = this.isFaded(node.id) ? CAST_FADED : 1;
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    ctx.strokeStyle = chosen ? theme.accent : (look.stroke ?? theme[hue] ?? theme.ink);
    ctx.fillStyle = look.fill ?? (theme.raised || theme.fill);
    const title = node.title[this.lang] ?? node.title.en;
    const below = node.below[this.lang] ?? node.below.en;
    let row = y - h / 2 + 42;
    if (node.actor) {
      traceShape(ctx, shape, x, y - h / 2 + 14, CAST_GLYPH);
      ctx.fill();
      ctx.lineWidth = chosen ? 3.2 : 2.1;
      ctx.stroke();
      traceDetail(ctx, { shape, mark }, x, y - h / 2 + 14, CAST_GLYPH);
      ctx.lineWidth = 1.4;
      ctx.stroke();
    } else {
      traceCard(ctx, x - w / 2, y - h / 2, w, h, shape === "document" ? 4 : shape === "ellipse" ? h / 2 : 10);
      ctx.fill();
      ctx.lineWidth = chosen ? 2.8 : 1.5;
      ctx.stroke();
      row = y - (title.length * CAST_TYPE.name[1] + below.length * CAST_TYPE.small[1]) / 2 + 8;
    }
    const ink = chosen ? theme.accent : theme.ink;
    row = this.rows(ctx, title, x, node.actor ? row - 4 : row, CAST_TYPE.name, `600`, ink, theme);
    this.rows(ctx, below, x, row, CAST_TYPE.small, `400`, theme.soft, theme);
    ctx.globalAlpha = 1;
  }

  paintWords(ctx, item, theme) {
    const { x, y, h } = this.drawnWords(item);
    const { verb, who, unnamed } = item.box;
    ctx.globalAlpha = item.faded ? CAST_FADED : 1;
    ctx.fillStyle = theme.paper;
    if (!item.faded)
      for (const paper of this.papers(item.box))
        ctx.fillRect(paper.x - paper.w / 2, paper.y - paper.h / 2, paper.w, paper.h + 0.5);
    const ink = item.chosen ? theme.accent : takesInk(item.line) || item.line === "said" ? theme.ink : theme.soft;
    let row = this.rows(ctx, verb, x, y - h / 2 + 9, CAST_TYPE.words, "400", ink, theme);
    row = this.rows(ctx, who.slice(0, unnamed), x, row, CAST_TYPE.small, "400", theme.soft, theme);
    this.rows(ctx, who.slice(unnamed), x, row, CAST_TYPE.small, "400", theme.accent, theme);
    ctx.globalAlpha = 1;
  }

  // Rows of text round a middle; answers where the next would stand.
  /**
   * @param {Pen} ctx @param {string[]} lines @param {number} x @param {number} top @param {number[]} type
   * @param {string} weight @param {string} colour @param {Theme} theme
   */
  rows(ctx, lines, x, top, [size, leading], weight, colour, theme) {
    ctx.font = `${weight} ${size}px ${theme.sans}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.paper;
    ctx.fillStyle = colour;
    for (const [index, line] of lines.entries()) ctx.fillText(line, x, top + index * leading);
    return top + lines.length * leading;
  }

  paintRing(ctx, key, theme) {
    const id = key.slice(key.indexOf(":") + 1);
    const box = key.startsWith("node:") ? this.boxes.get(id) : this.words.get(id);
    if (!box) return;
    traceCard(
      ctx,
      box.x - box.w / 2 - CAST_RING,
      box.y - box.h / 2 - CAST_RING,
      box.w + CAST_RING * 2,
      box.h + CAST_RING * 2,
      8,
    );
    ctx.setLineDash([]);
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = theme.accent;
    ctx.stroke();
  }
}

function straight(a, b) {
  return { x0: a.x, y0: a.y, cx: (a.x + b.x) / 2, cy: (a.y + b.y) / 2, x1: b.x, y1: b.y };
}

function boundsOfBoxes(boxes) {
  if (!boxes.length) return null;
  const left = Math.min(...boxes.map(({ x, w }) => x - w / 2));
  const right = Math.max(...boxes.map(({ x, w }) => x + w / 2));
  const top = Math.min(...boxes.map(({ y, h }) => y - h / 2));
  const bottom = Math.max(...boxes.map(({ y, h }) => y + h / 2));
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
}

function tieThing(edge) {
  if (edge.type === "speaks") return { type: "speaks", id: edge.id };
  return edge.parts ? { type: "parts", id: edge.id } : { type: "prop", id: edge.prop };
}

function holdsPoint(box, p, room) {
  return Math.abs(p.x - box.x) * 2 < box.w + room * 2 && Math.abs(p.y - box.y) * 2 < box.h + room * 2;
}

function traceCard(ctx, x, y, w, h, radius) {
  const r = Math.min(radius, w / 2, h / 2);
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.lineTo(x + w - r, y);
  ctx.quadraticCurveTo(x + w, y, x + w, y + r);
  ctx.lineTo(x + w, y + h - r);
  ctx.quadraticCurveTo(x + w, y + h, x + w - r, y + h);
  ctx.lineTo(x + r, y + h);
  ctx.quadraticCurveTo(x, y + h, x, y + h - r);
  ctx.lineTo(x, y + r);
  ctx.quadraticCurveTo(x, y, x + r, y);
}
