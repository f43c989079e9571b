// The drawing: vis-network holds nodes, edges and the view; lines, shapes and words are drawn by our own pen.
import {boundsOf, placeAll, placeOpening, placeStatements} from "../model/place.js";
import {Arrangement, isClipped, nodeWords, radiusOf} from "./arrange.js";
import {paintLines, paintNode, paintWords} from "./paint.js";
import {Type} from "./type.js";

const SMALL_WIDTH = 560;
const HIT = { mouse: 9, touch: 16 };
const SCALES = { least: 0.05, most: 4, fit: 1.3 };
const MOTION_MS = 140;
const LARGE_EDGES = 1500;
const REST_MS = 160;
const ROOM = { large: { margin: 60, x: 24, y: 40 }, small: { margin: 30, x: 10, y: 26 } };

const OPTIONS = {
  autoResize: true,
  physics: { enabled: false },
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { hover: false, dragNodes: true, dragView: true, zoomView: true, selectConnectedEdges: false, keyboard: false, navigationButtons: false, multiselect: false },
  edges: { smooth: false, hidden: true, physics: false },
  nodes: { physics: false },
};

/** on: {choose(thing|null), hover(thing|null, point), moved({id: [x, y]}), resized(), still()}. */
export class Drawing {
  constructor(vis, place, records, on) {
    this.records = records;
    this.on = on;
    this.place = place;
    this.type = new Type();
    this.at = new Map();
    this.version = 0;
    this.moving = false;
    this.nodeSet = new vis.DataSet();
    this.edgeSet = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodeSet, edges: this.edgeSet }, OPTIONS);
    const frame = place.firstElementChild;
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    this.listen();
  }

  /** Colours and type of the theme; called again when it changes. */
  setTheme(theme) {
    this.theme = theme;
    this.touch();
  }

  /** Draws a scene. insets: pixels that other things cover {top, right, bottom, left}; refit: look at all of it. */
  show(scene, { state, lang, insets, refit }) {
    const other = this.state?.shown !== state.shown;
    Object.assign(this, { scene, state, lang, insets, opening: state.shown === "opening" });
    this.type.set({ sans: this.theme.sans, small: this.isSmall() });
    this.lay();
    const ids = new Set(scene.nodes);
    this.nodeSet.remove(this.nodeSet.getIds().filter((id) => !ids.has(id)));
    this.nodeSet.update(scene.nodes.map((id) => this.visNode(id)));
    const edges = new Set(scene.edges.map((item) => item.edge.id));
    this.edgeSet.remove(this.edgeSet.getIds().filter((id) => !edges.has(id)));
    this.edgeSet.update(scene.edges.map(({ edge }) => ({ id: edge.id, from: edge.from, to: edge.to })));
    this.touch();
    if (refit || other) this.fit(false);
  }

  /** The thing walked to by keyboard, ringed. */
  point(key) {
    this.pointed = key;
    this.network.redraw();
  }

  /** All of the drawing in the part of the screen that nothing covers; the opening at its own size. */
  fit(animate = true) {
    const room = this.room();
    const box = boundsOf([...this.at.values()]);
    const wide = this.opening ? { w: room.w + 2 * room.margin, h: room.h + 40, most: 1 } : { w: room.w - 40, h: room.h, most: SCALES.fit };
    const scale = Math.min(wide.most, wide.w / Math.max(1, box.w), wide.h / Math.max(1, box.h));
    const centre = this.opening && scale === 1 ? { x: 0, y: 0 } : box;
    const { top, right, bottom, left } = this.insets;
    this.look({ x: centre.x - (left - right) / 2 / scale, y: centre.y - (top - bottom) / 2 / scale }, scale, animate);
  }

  /** Closer or further by a factor, round the middle. */
  zoom(factor) {
    this.look(this.network.getViewPosition(), this.network.getScale() * factor, true);
  }

  /** Moves the view only as far as needed for a thing to be seen; with `covered` pixels below, to the middle of the rest. */
  seek(key, covered = 0) {
    const at = this.arranged().placeOf(key);
    if (!at) return;
    const scale = this.network.getScale();
    const there = this.network.canvasToDOM({ x: at.x / scale, y: at.y / scale });
    const { clientWidth: w, clientHeight: h } = this.place;
    const { top, right, bottom, left } = this.insets;
    const view = this.network.getViewPosition();
    if (covered) {
      this.look({ x: view.x + (there.x - w / 2) / scale, y: view.y + (there.y - (h - covered) / 2) / scale }, scale, true);
      return;
    }
    const dx = there.x < left + 40 ? there.x - left - 80 : there.x > w - right - 40 ? there.x - (w - right - 80) : 0;
    const dy = there.y < top + 24 ? there.y - top - 60 : there.y > h - bottom - 24 ? there.y - (h - bottom - 70) : 0;
    if (!dx && !dy) return;
    this.look({ x: view.x + dx / scale, y: view.y + dy / scale }, scale, true);
  }

  /** Everything that can be walked to, in reading order. */
  things() {
    return this.arranged().things();
  }

  // ---- events

  listen() {
    const { network } = this;
    network.on("beforeDrawing", (ctx) => this.inPixels(ctx, () => paintLines(ctx, this.arranged(), this.theme)));
    network.on("afterDrawing", (ctx) => this.inPixels(ctx, () => paintWords(ctx, this.arranged(), this)));
    network.on("click", (event) => {
      const touch = event.event?.srcEvent?.pointerType === "touch";
      this.on.choose(this.under(event.pointer.DOM, touch ? HIT.touch : HIT.mouse));
    });
    network.on("dragStart", () => this.on.hover(null));
    network.on("dragging", (event) => this.dragged(event.nodes));
    network.on("dragEnd", (event) => this.dropped(event.nodes[0]));
    network.on("zoom", () => {
      this.rest();
      const scale = network.getScale();
      if (scale < SCALES.least || scale > SCALES.most) this.look(network.getViewPosition(), scale, false);
    });
    network.on("resize", ({ width, oldWidth, height, oldHeight }) => {
      if (this.state && (Math.abs(width - oldWidth) > 1 || Math.abs(height - oldHeight) > 1)) this.on.resized();
    });
    this.place.addEventListener("mousemove", (event) => this.hovered(event));
    this.place.addEventListener("mouseleave", () => this.on.hover(null));
  }

  // A large drawing shows no words while it is zoomed; they come back when it rests.
  rest() {
    if (this.scene.edges.length < LARGE_EDGES) return;
    this.moving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.moving = false;
      this.network.redraw();
    }, REST_MS);
  }

  hovered(event) {
    if (event.buttons) return;
    if (this.waiting) cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => {
      const box = this.place.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const thing = this.under(at, HIT.mouse);
      this.place.classList.toggle("over", Boolean(thing));
      this.on.hover(thing, at);
    });
  }

  dragged(ids) {
    if (!ids.length) return;
    for (const id of ids) if (this.records.nodes.get(id)?.type !== "statement") this.at.set(id, this.network.getPosition(id));
    placeStatements(this.records, this.scene.statements, this.at, this.opening);
    for (const id of this.scene.statements) this.network.moveNode(id, this.at.get(id).x, this.at.get(id).y);
    this.touch();
  }

  dropped(id) {
    this.network.unselectAll();
    if (id === undefined || !this.at.has(id) || this.records.nodes.get(id).type === "statement") return;
    const { x, y } = this.at.get(id);
    this.on.moved({ [id]: [Math.round(x), Math.round(y)] });
  }

  under(dom, reach) {
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    return this.arranged().hit({ x: dom.x - origin.x, y: dom.y - origin.y }, reach);
  }

  // ---- drawing

  visNode(id) {
    const { x, y } = this.at.get(id);
    return { id, x, y, shape: "custom", fixed: this.records.nodes.get(id).type === "statement", ctxRenderer: (given) => this.renderNode(given) };
  }

  renderNode({ ctx, id, x, y }) {
    const scale = this.network.getScale();
    const radius = radiusOf(this.records.nodes.get(id), { opening: this.opening, scale, small: this.isSmall() });
    const drawNode = () => {
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(1 / scale, 1 / scale);
      paintNode(ctx, this.arranged(), id, radius, this.theme);
      ctx.restore();
    };
    return { drawNode, nodeDimensions: { width: (radius * 2) / scale, height: (radius * 2) / scale } };
  }

  // The context is moved to pixels of the screen, its origin where the drawing's is.
  inPixels(ctx, run) {
    if (!this.theme || !this.state) return;
    const matrix = ctx.getTransform();
    const ratio = matrix.a / this.network.getScale();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, matrix.e, matrix.f);
    run();
    ctx.restore();
  }

  // ---- positions

  // Anew only when the scale or the drawing changed; moving the view keeps it.
  arranged() {
    const scale = this.network.getScale();
    if (this.kept?.version !== this.version || this.kept.scale !== scale || this.kept.wordless !== this.moving) {
      const { records, scene, at, state, lang, opening, type } = this;
      const arrangement = new Arrangement({ records, scene, at, scale, selected: state.selected, lang, opening, small: this.isSmall(), type, bounds: opening ? this.bounds() : null, wordless: this.moving });
      this.kept = { version: this.version, scale, wordless: this.moving, arrangement };
    }
    return this.kept.arrangement;
  }

  lay() {
    const { records, scene, state } = this;
    this.at = this.opening
      ? placeOpening(records, scene.nodes, state.moved, this.room(), (id) => this.footprint(id))
      : placeAll(records, scene.nodes, state.moved);
    placeStatements(records, scene.statements, this.at, this.opening);
  }

  footprint(id) {
    const ways = nodeWords(this.records, id, this.lang, this.isSmall());
    const lines = ways.find((way) => !isClipped(way)) ?? ways[0];
    const size = this.type.sizeOf(lines, "node");
    const r = radiusOf(this.records.nodes.get(id), { opening: true, scale: 1, small: this.isSmall() });
    return { w: Math.max(size.w, r * 2), h: r * 2 + 5 + size.h, dy: (5 + size.h) / 2, r };
  }

  isSmall() {
    return this.place.clientWidth < SMALL_WIDTH;
  }

  room() {
    const { top, right, bottom, left } = this.insets;
    const { margin, x, y } = this.isSmall() ? ROOM.small : ROOM.large;
    return { w: Math.max(120, this.place.clientWidth - left - right - 2 * (margin + x)), h: Math.max(120, this.place.clientHeight - top - bottom - 2 * y), margin };
  }

  // What of the paper shows at the opening, as a box round the drawing's origin; null when something stands outside it.
  bounds() {
    const { top, right, bottom, left } = this.insets;
    const box = { x: 0, y: 0, w: this.place.clientWidth - left - right - 8, h: this.place.clientHeight - top - bottom };
    return [...this.at.values()].every((at) => Math.abs(at.x) * 2 < box.w && Math.abs(at.y) * 2 < box.h) ? box : null;
  }

  look(position, scale, animate) {
    const bounded = Math.max(SCALES.least, Math.min(SCALES.most, scale));
    const still = !animate || this.on.still();
    this.network.moveTo({ position, scale: bounded, animation: still ? false : { duration: MOTION_MS, easingFunction: "easeOutQuad" } });
  }

  touch() {
    this.version += 1;
    this.network.redraw();
  }
}
