// The drawing: vis-network holds the nodes and the view; lines, shapes and words are drawn by our own pen.
import { castKey, extentOf, placeCast, stretched } from "../model/cast.js";
import { boundsOf, isCompact, placeAll, placeCompact, placeOpening, placeStatements, stageOf } from "../model/place.js";
import { Arrangement, isClipped, nodeWords, radiusOf } from "./arrange.js";
import { paintLines, paintNode, paintWords } from "./paint.js";
import { BoxSelection } from "./boxing.js";
import { CastArrangement } from "./castview.js";
import { Picture } from "./picture.js";
import { Type } from "./type.js";

const SMALL_WIDTH = 560;
const HIT = { mouse: 9, touch: 16 };
const SCALES = { least: 0.05, most: 4, fit: 1.3, cast: 1.6 };
const MOTION_MS = 140;
// Past so many lines a gesture moves a picture of the drawing; it is drawn anew when the gesture rests.
const LARGE_EDGES = 250;
const REST_MS = 90;
// While a finger or a button holds the drawing it may pause for longer: letting go draws it anew at once.
const HOLD_MS = 300;
const NEAR = 1.3;
const READABLE = { cast: 0.8, all: 0.4 };
// Two clicks so soon after each other, and so near, are one double click.
const SECOND_MS = 350;
const SECOND_REACH = 6;
// What is framed keeps off the edges by so much; of everything, names take so much room beside their places.
const FRAME_ROOM = 18;
const NAME_ROOM = { w: 170, h: 90 };
// How far a note reaches from its middle.
const NOTE_REACH = { x: 105, y: 30 };
// The longest side of a picture that is saved, in pixels of the screen.
const SHEET_MOST = 4200;
const ROOM = { large: { margin: 60, x: 24, y: 40 }, small: { margin: 30, x: 10, y: 26 } };

const OPTIONS = {
  autoResize: true,
  physics: { enabled: false },
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: {
    hover: false,
    dragNodes: true,
    dragView: true,
    zoomView: true,
    selectConnectedEdges: false,
    keyboard: false,
    navigationButtons: false,
    multiselect: false,
  },
  nodes: { physics: false },
};

/**
 * on: {choose(thing|null, {more: whether Shift was held}), around(id): a double click, menu(thing|null, point),
 * box(ids), hover(thing|null, point), moved({id: [x, y]}), resized(), still()}.
 */
export class Drawing {
  /** @param {any} vis @param {any} place @param {Records} records @param {any} on */
  constructor(vis, place, records, on) {
    const { interaction } = records.data.options ?? {};
    this.records = records;
    this.on = on;
    this.place = place;
    this.type = new Type();
    this.at = new Map();
    this.version = 0;
    this.held = new Map();
    // Told of each painting: what hangs over the drawing follows it.
    this.painted = () => undefined;
    this.nodeSet = new vis.DataSet();
    this.network = new vis.Network(
      place,
      { nodes: this.nodeSet, edges: new vis.DataSet() },
      {
        ...OPTIONS,
        interaction: { ...OPTIONS.interaction, ...interaction },
      },
    );
    this.emitter = this.network.body.emitter;
    const frame = place.firstElementChild;
    this.picture = new Picture(place, frame.querySelector("canvas"));
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    this.listen();
  }

  /**
   * Colours and type of the theme; called again when it changes.
   * @param {Theme} theme
   */
  setTheme(theme) {
    this.theme = theme;
    this.touch();
  }

  /**
   * Draws a scene. insets: pixels that other things cover {top, right, bottom, left}; refit: look at all of it.
   * @param {Scene} scene @param {{ state: any; lang: Lang; insets: any; refit: any }} given
   */
  show(scene, { state, lang, insets, refit }) {
    const compact = isCompact(scene, state);
    const other = this.state?.shown !== state.shown || this.compact !== compact;
    // What is laid out for itself is drawn as the opening is: at its own size, every line with its words.
    this.records = scene.records;
    this.scene = scene;
    this.state = state;
    this.lang = lang;
    this.insets = insets;
    this.compact = compact;
    this.opening = ["cast", "opening"].includes(state.shown) || compact;
    this.measure();
    if (scene.cast) this.scene = { ...scene, cast: stretched(scene.cast, this.paper()) };
    this.lay();
    this.quietly(() => this.hold());
    this.touch();
    if (refit || other) this.fit(false);
  }

  /**
   * The thing walked to by keyboard, ringed.
   * @param {any} key
   */
  point(key) {
    this.pointed = key;
    this.ask();
  }

  /**
   * All of the drawing in the part of the screen that nothing covers; the opening at its own size.
   * @param {any} [animate]
   */
  fit(animate = true) {
    const room = this.room();
    const box = this.bounded();
    const wide = this.scene.cast
      ? { ...this.paper(), most: SCALES.cast }
      : this.opening
        ? { w: room.w + 2 * room.margin, h: room.h + 40, most: 1 }
        : { w: room.w, h: room.h, most: SCALES.fit };
    const whole = Math.min(wide.most, wide.w / Math.max(1, box.w), wide.h / Math.max(1, box.h));
    const scale = this.small ? Math.max(whole, this.readable(wide.h / Math.max(1, box.h))) : whole;
    const centre = this.opening && scale === 1 && !this.scene.cast ? { x: 0, y: 0 } : box;
    this.before = null;
    const { top, right, bottom, left } = this.insets;
    this.look({ x: centre.x - (left - right) / 2 / scale, y: centre.y - (top - bottom) / 2 / scale }, scale, animate);
  }

  // A phone shows as much of the cast, or of the whole, as can be read, and is moved over the rest. `high`: the scale
  // at which the drawing is as high as the screen.
  /** @param {number} high */
  readable(high) {
    if (this.scene.cast) return Math.min(READABLE.cast, high);
    return this.opening ? 0 : READABLE.all;
  }

  // The part of the screen that nothing covers, edge to edge.
  paper() {
    const { top, bottom } = this.insets;
    return { w: Math.max(120, this.wide - 8), h: Math.max(120, this.high - top - bottom - 8) };
  }

  // The middle and size of all that is drawn: the whole sheet of a cast.
  bounded() {
    const { cast } = this.scene;
    if (!cast) return boundsOf([...this.at.values()]);
    const { x, y, w, h } = extentOf(cast);
    return { x: x + w / 2, y: y + h / 2, w, h };
  }

  /**
   * Looks at what stands out (what is chosen with its lines, a path), all of it in the part that nothing covers;
   * `covered`: pixels {right, bottom}. Answers whether something does. Letting go comes back to the view before.
   * @param {{ right: number; bottom: number }} covered
   */
  frameLit({ right, bottom }) {
    const box = this.withNotes(this.litBox());
    if (!box) return false;
    this.before ??= { position: this.network.getViewPosition(), scale: this.network.getScale() };
    const room = {
      w: this.wide - this.insets.left - right - FRAME_ROOM * 2,
      h: this.high - this.insets.top - Math.max(bottom, this.insets.bottom) - FRAME_ROOM * 2,
    };
    const scale = Math.min(1, room.w / Math.max(1, box.w), room.h / Math.max(1, box.h));
    const x = box.x - (this.insets.left - right) / 2 / scale;
    const y = box.y - (this.insets.top - Math.max(bottom, this.insets.bottom)) / 2 / scale;
    this.look({ x, y }, scale, true);
    return true;
  }

  // The box of what stands out, and of the notes that hang on it.
  /** @param {Box | null} box */
  withNotes(box) {
    const { lit } = this.arranged();
    const hung = this.state.notes.filter(({ by }) => lit?.nodes.has(by) && this.at.has(by));
    if (!box || !hung.length) return box;
    const [left, right] = [box.x - box.w / 2, box.x + box.w / 2];
    const [top, bottom] = [box.y - box.h / 2, box.y + box.h / 2];
    const slips = hung.map(({ by, at }) => ({ x: this.at.get(by).x + at[0], y: this.at.get(by).y + at[1] }));
    const x = [left, right, ...slips.flatMap((slip) => [slip.x - NOTE_REACH.x, slip.x + NOTE_REACH.x])];
    const y = [top, bottom, ...slips.flatMap((slip) => [slip.y - NOTE_REACH.y, slip.y + NOTE_REACH.y])];
    const [w, h] = [Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y)];
    return { x: Math.min(...x) + w / 2, y: Math.min(...y) + h / 2, w, h };
  }

  /** Looks at what was looked at before something was framed, when nobody has moved the view since. */
  unframe() {
    const { before } = this;
    this.before = null;
    if (before) this.look(before.position, before.scale, true);
  }

  // The box of what stands out, in the drawing's own measure; null where nothing does, or where it stays still.
  litBox() {
    const arranged = this.arranged();
    if (arranged.litBox) return arranged.litBox();
    if (this.opening || !arranged.lit?.nodes.size) return null;
    const at = [...arranged.lit.nodes].map((id) => this.at.get(id)).filter(Boolean);
    const box = boundsOf(at);
    return { ...box, w: box.w + NAME_ROOM.w, h: box.h + NAME_ROOM.h };
  }

  /**
   * Closer or further by a factor, round the middle.
   * @param {number} factor
   */
  zoom(factor) {
    this.look(this.network.getViewPosition(), this.network.getScale() * factor, true);
  }

  /**
   * Moves the view only as far as needed for a thing to be seen; with `covered` pixels below, to the middle of the
   * rest.
   * @param {any} key @param {number} [covered]
   */
  seek(key, covered = 0) {
    const at = this.arranged().placeOf(key);
    if (!at) return;
    const scale = this.network.getScale();
    const there = this.network.canvasToDOM({ x: at.x / scale, y: at.y / scale });
    const { clientWidth: w, clientHeight: h } = this.place;
    const { top, right, bottom, left } = this.insets;
    const view = this.network.getViewPosition();
    if (covered) {
      this.look(
        { x: view.x + (there.x - w / 2) / scale, y: view.y + (there.y - (h - covered) / 2) / scale },
        scale,
        true,
      );
      return;
    }
    const dx = there.x < left + 40 ? there.x - left - 80 : there.x > w - right - 40 ? there.x - (w - right - 80) : 0;
    const dy = there.y < top + 24 ? there.y - top - 60 : there.y > h - bottom - 24 ? there.y - (h - bottom - 70) : 0;
    if (!dx && !dy) return;
    this.look({ x: view.x + dx / scale, y: view.y + dy / scale }, scale, true);
  }

  /**
   * Where a thing is, in pixels of the drawing's place; null where it is not drawn.
   * @param {string} key
   */
  onScreen(key) {
    const at = this.arranged().placeOf(key);
    if (!at) return null;
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    return { x: origin.x + at.x, y: origin.y + at.y };
  }

  /** Everything that can be walked to, in reading order. */
  things() {
    return this.arranged().things();
  }

  /** The whole of the drawing for a picture: arranged as it is on the screen, or as large as a picture can be. */
  whole() {
    const box = this.bounded();
    const scale = this.opening ? 1 : Math.min(this.network.getScale(), SHEET_MOST / Math.max(1, box.w, box.h));
    return {
      arranged: this.arrangement({ scale }),
      theme: this.theme,
      type: this.type,
      stage: stageOf(this.records, this.room()),
    };
  }

  // ---- events

  listen() {
    const { network } = this;
    network.on("afterDrawing", (ctx) => this.inPixels(ctx, () => this.paint(ctx)));
    network.on("click", (event) => {
      const touch = event.event?.srcEvent?.pointerType === "touch";
      // vis-network tells a long press as a click and then as "hold", which opens the menu: a finger means only that.
      if (touch && event.event.type === "press") return;
      if (this.isSecond(event.pointer.DOM)) return;
      const thing = this.under(event.pointer.DOM, touch ? HIT.touch : HIT.mouse);
      this.clicked = { thing, at: event.pointer.DOM, when: performance.now() };
      // The card may open under the pointer: a second click is still meant for the drawing.
      document.body.dataset.clicked = "yes";
      setTimeout(() => {
        document.body.dataset.clicked = "";
      }, SECOND_MS);
      this.on.choose(thing, { more: Boolean(event.event?.srcEvent?.shiftKey) });
    });
    this.place.addEventListener("dblclick", () => {
      const { thing } = this.clicked ?? {};
      if (thing?.type === "node") this.on.around(thing.id);
    });
    network.on("oncontext", (event) => {
      event.event.preventDefault();
      this.on.menu(this.under(event.pointer.DOM, HIT.mouse), event.pointer.DOM);
    });
    // A long press of a finger is the other button of a mouse.
    network.on("hold", (event) => {
      if (event.event?.srcEvent?.pointerType !== "touch") return;
      this.on.menu(this.under(event.pointer.DOM, HIT.touch), event.pointer.DOM);
    });
    new BoxSelection(this.place, (box) => this.boxed(box));
    network.on("dragStart", () => this.on.hover(null));
    network.on("dragging", (event) => (event.nodes.length ? this.dragged(event.nodes) : this.slide(HOLD_MS)));
    network.on("dragEnd", (event) => this.dropped(event.nodes[0]));
    network.on("zoom", () => {
      this.before = null;
      const scale = network.getScale();
      const bounded = Math.max(SCALES.least, Math.min(SCALES.most, scale));
      if (bounded !== scale)
        this.quietly(() => network.moveTo({ position: network.getViewPosition(), scale: bounded, animation: false }));
      this.slide();
      this.ask();
    });
    network.on("resize", ({ width, oldWidth, height, oldHeight }) => {
      if (this.state && (Math.abs(width - oldWidth) > 1 || Math.abs(height - oldHeight) > 1)) this.resize();
    });
    this.place.addEventListener("mousemove", (event) => this.hovered(event));
    this.place.addEventListener("mouseleave", () => this.on.hover(null));
  }

  // ---- gestures

  isLarge() {
    return (this.scene?.edges.length ?? 0) > LARGE_EDGES;
  }

  // The view moves: a large drawing follows as a picture, until it rests.
  /** @param {number} [wait] */
  slide(wait = REST_MS) {
    if (!this.isLarge() || !this.drawnView) return;
    if (!this.picture.on) {
      this.emitter.emit("_blockRedraw");
      this.picture.take(this.drawnView);
    }
    if (!this.sliding) {
      this.sliding = requestAnimationFrame(() => {
        this.sliding = null;
        this.picture.follow(this.view());
      });
    }
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), wait);
  }

  // Drawn anew, sharp, where the gesture left it.
  rest() {
    clearTimeout(this.resting);
    if (this.sliding) cancelAnimationFrame(this.sliding);
    this.sliding = null;
    if (!this.picture.on) return;
    this.emitter.emit("_allowRedraw");
    this.network.redraw();
    this.picture.drop();
  }

  view() {
    return { scale: this.network.getScale(), ...this.network.canvasToDOM({ x: 0, y: 0 }) };
  }

  // vis-network puts its own view back after it has told of a new size: ours comes a frame later.
  resize() {
    cancelAnimationFrame(this.resizing);
    this.resizing = requestAnimationFrame(() => this.on.resized());
  }

  /** @param {any} event */
  hovered(event) {
    if (event.buttons || this.picture.on) return;
    if (this.waiting) cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => {
      const box = this.place.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const thing = this.under(at, HIT.mouse);
      this.place.classList.toggle("over", Boolean(thing));
      this.on.hover(thing, at);
    });
  }

  // Of a large drawing only what is dragged, and its lines, are drawn until it is dropped; the rest stands still.
  /** @param {string[]} ids */
  dragged(ids) {
    this.dragging = true;
    for (const id of ids)
      if (this.records.nodes.get(id)?.type !== "statement") this.at.set(id, this.network.getPosition(id));
    placeStatements(this.records, this.scene.statements, this.at, this.opening);
    // A cast is drawn whole while something is dragged, whatever its size: its lines bend, and belong to its sheet.
    if (!this.isLarge() || this.scene.cast) {
      for (const id of this.scene.statements) this.network.moveNode(id, this.at.get(id).x, this.at.get(id).y);
      this.touch();
      return;
    }
    if (!this.picture.on) {
      this.emitter.emit("_blockRedraw");
      this.picture.take(this.view());
    }
    const part = this.arrangement({ scene: sceneAround(this.scene, ids), wordless: true });
    this.picture.draw((ctx) => {
      paintLines(ctx, part, this.theme);
      for (const id of ids) this.paintAt(ctx, part, id);
    }, this.view());
  }

  /** @param {string} id */
  dropped(id) {
    if (this.dragging) this.touch();
    this.dragging = false;
    this.rest();
    this.network.unselectAll();
    if (id === undefined) this.before = null;
    if (id === undefined || !this.at.has(id) || this.records.nodes.get(id).type === "statement") return;
    const { x, y } = this.at.get(id);
    const spot = this.unstretched({ x, y });
    this.on.moved({ [this.pinKey(id)]: [Math.round(spot.x), Math.round(spot.y)] });
  }

  // Whether a click is the second of two: the first may have moved the view, so that something else is under it now.
  /** @param {Point} at */
  isSecond({ x, y }) {
    const { at, when } = this.clicked ?? { at: { x: 0, y: 0 }, when: -SECOND_MS };
    return performance.now() - when < SECOND_MS && Math.hypot(x - at.x, y - at.y) < SECOND_REACH;
  }

  // Whoever stands in a box that was drawn with Shift held is selected; a box without size is a click.
  /** @param {{ left: number; top: number; right: number; bottom: number; click: boolean }} box */
  boxed({ left, top, right, bottom, click }) {
    if (click) {
      this.on.choose(this.under({ x: left, y: top }, HIT.mouse), { more: true });
      return;
    }
    const inside = this.scene.nodes.filter((id) => {
      if (this.records.nodes.get(id)?.type !== "node" || !this.at.has(id)) return false;
      const { x, y } = this.network.canvasToDOM(this.at.get(id));
      return x > left && x < right && y > top && y < bottom;
    });
    if (inside.length) this.on.box(inside);
  }

  /** @param {any} dom @param {any} reach */
  under(dom, reach) {
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    return this.arranged().hit({ x: dom.x - origin.x, y: dom.y - origin.y }, reach);
  }

  // ---- drawing

  // Gives vis-network what came, went or moved, and nothing else.
  hold() {
    const ids = new Set(this.scene.nodes);
    const gone = [...this.held.keys()].filter((id) => !ids.has(id));
    const moved = this.scene.nodes.filter((id) => this.held.get(id) !== spotKey(this.at.get(id)));
    if (gone.length) this.nodeSet.remove(gone);
    for (const id of gone) this.held.delete(id);
    if (moved.length) this.nodeSet.update(moved.map((id) => this.visNode(id)));
    for (const id of moved) this.held.set(id, spotKey(this.at.get(id)));
  }

  /** @param {string} id */
  visNode(id) {
    const { x, y } = this.at.get(id);
    return {
      id,
      x,
      y,
      shape: "custom",
      fixed: this.records.nodes.get(id).type === "statement",
      ctxRenderer: (given) => this.renderNode(given),
    };
  }

  // vis-network wants to know how large a node is, for dragging; all are drawn at once, under the words.
  /** @param {{ id: string }} given */
  renderNode({ id }) {
    const scale = this.network.getScale();
    const sized = this.scene.cast?.nodes.find((node) => node.id === id)?.size;
    if (this.scene.cast)
      return { drawNode: DRAWS_NOTHING, nodeDimensions: { width: sized?.[0] ?? 1, height: sized?.[1] ?? 1 } };
    const radius = radiusOf(this.records.nodes.get(id), { opening: this.opening, scale, small: this.small });
    return { drawNode: DRAWS_NOTHING, nodeDimensions: { width: (radius * 2) / scale, height: (radius * 2) / scale } };
  }

  // All of it, in pixels of the screen round the drawing's origin.
  /** @param {Pen} ctx */
  paint(ctx) {
    const arranged = this.arranged();
    if (this.scene.cast) arranged.paint(ctx, this);
    else {
      paintLines(ctx, arranged, this.theme);
      for (const id of this.scene.nodes) if (arranged.isNear(id)) this.paintAt(ctx, arranged, id);
      paintWords(ctx, arranged, this);
    }
    for (const id of this.scene.nodes) if (this.isPinned(id)) this.paintPin(ctx, arranged, id);
    this.drawnView = this.view();
    this.painted();
  }

  /**
   * Whether a node was dragged to where it stands, or pinned there.
   * @param {string} id
   */
  isPinned(id) {
    const kept = this.compact ? this.state.nudged : this.state.moved;
    return Boolean(kept?.[this.pinKey(id)]) && this.at.has(id);
  }

  /**
   * A place as it is kept: on the sheet of the cast before it was stretched to the screen.
   * @param {Point} at
   */
  unstretched({ x, y }) {
    const { by } = this.scene.cast ?? {};
    return by ? { x: x / by.x, y: y / by.y } : { x, y };
  }

  /**
   * Under which name the place of a pinned node is kept.
   * @param {string} id
   */
  pinKey(id) {
    return this.scene.cast ? castKey(id) : id;
  }

  /** @param {Pen} ctx @param {any} arranged @param {string} id */
  paintPin(ctx, arranged, id) {
    const { x, y } = arranged.spot(id);
    const r = arranged.radius(id);
    const [w, h] = this.scene.cast?.nodes.find((node) => node.id === id)?.size ?? [r * 2, r * 2];
    const scale = this.scene.cast ? this.network.getScale() : 1;
    const at = this.scene.cast ? { x: x + r * 1.3, y: y - (h * scale) / 2 } : { x: x + (w / 2) * 0.8, y: y - h / 2 };
    ctx.beginPath();
    ctx.moveTo(at.x, at.y);
    ctx.lineTo(at.x, at.y + 9);
    ctx.strokeStyle = this.theme.accent;
    ctx.lineWidth = 1.4;
    ctx.setLineDash([]);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(at.x, at.y, 3.4, 0, Math.PI * 2);
    ctx.fillStyle = this.theme.accent;
    ctx.fill();
  }

  /** @param {Pen} ctx @param {Arrangement} arranged @param {string} id */
  paintAt(ctx, arranged, id) {
    const { x, y } = arranged.spot(id);
    ctx.save();
    ctx.translate(x, y);
    paintNode(ctx, arranged, id, arranged.radius(id), this.theme);
    ctx.restore();
  }

  // The context is moved to pixels of the screen, its origin where the drawing's is.
  /** @param {Pen} ctx @param {any} run */
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

  // Anew only when the scale or the drawing changed; moving the view keeps it, unless only what is near is in it.
  arranged() {
    const near = this.near();
    const key = `${this.version} ${this.network.getScale()} ${near ? `${near.x} ${near.y}` : ""}`;
    if (this.kept?.key !== key) this.kept = { key, arrangement: this.arrangement({ near }) };
    return this.kept.arrangement;
  }

  // Of a large drawing words and lines are set only where the paper shows, and a little round it.
  near() {
    if (!this.isLarge() || this.opening) return null;
    const { x, y } = this.network.canvasToDOM({ x: 0, y: 0 });
    return { x: this.wide / 2 - x, y: this.high / 2 - y, w: this.wide * NEAR, h: this.high * NEAR };
  }

  /**
   * An Arrangement, or a CastArrangement, which answers the same questions.
   * @param {any} [more] @returns {any}
   */
  arrangement(more = {}) {
    const { records, scene, at, lang, opening, type, small } = this;
    if (scene.cast) {
      const { selected } = scene;
      return new CastArrangement({ records, scene, at, lang, type, selected, scale: this.network.getScale(), ...more });
    }
    return new Arrangement({
      records,
      scene,
      at,
      scale: this.network.getScale(),
      selected: scene.selected,
      lang,
      opening,
      small,
      type,
      bounds: opening ? this.bounds() : this.frame(),
      hasty: this.dragging,
      ...more,
    });
  }

  lay() {
    const { records, scene, state } = this;
    if (scene.cast) {
      this.at = placeCast(scene, state.moved);
      return;
    }
    this.at = this.compact
      ? placeCompact(scene, state.nudged, this.room(), (id) => this.footprint(id))
      : this.opening
        ? placeOpening(records, scene.nodes, state.moved, this.room(), (id) => this.footprint(id))
        : placeAll(records, scene.nodes, state.moved);
    placeStatements(records, scene.statements, this.at, this.opening);
  }

  /** @param {string} id */
  footprint(id) {
    let size = this.footprints.get(id);
    if (!size) {
      size = this.footprintOf(id);
      this.footprints.set(id, size);
    }
    return size;
  }

  /** @param {string} id */
  footprintOf(id) {
    const ways = nodeWords(this.records, id, this.lang, this.small);
    const lines = ways.find((way) => !isClipped(way)) ?? ways[0];
    const size = this.type.sizeOf(lines, "node");
    const r = radiusOf(this.records.nodes.get(id), { opening: true, scale: 1, small: this.small });
    return { w: Math.max(size.w, r * 2), h: r * 2 + 5 + size.h, dy: (5 + size.h) / 2, r };
  }

  // The size of the paper, read once for each scene: reading it again would lay out the page again.
  measure() {
    this.wide = this.place.clientWidth;
    this.high = this.place.clientHeight;
    this.small = this.wide < SMALL_WIDTH;
    this.type.set({ sans: this.theme.sans, small: this.small });
    const key = `${this.lang} ${this.small}`;
    if (key !== this.footprintsFor) this.footprints = new Map();
    this.footprintsFor = key;
  }

  room() {
    const { top, right, bottom, left } = this.insets;
    const { margin, x, y } = this.small ? ROOM.small : ROOM.large;
    return {
      w: Math.max(120, this.wide - left - right - 2 * (margin + x)),
      h: Math.max(120, this.high - top - bottom - 2 * y),
      margin,
      drop: y - 2,
    };
  }

  // The paper round the whole drawing while all of it shows, so that no word runs off its edge; null when the view is
  // closer.
  frame() {
    const scale = this.network.getScale();
    const box = boundsOf([...this.at.values()]);
    const room = this.room();
    const [w, h] = [room.w + 2 * room.margin, room.h + 40];
    return box.w * scale <= w && box.h * scale <= h ? { x: box.x * scale, y: box.y * scale, w, h } : null;
  }

  // What of the paper shows at the opening, as a box round the drawing's origin; null when something stands outside it.
  bounds() {
    const { top, right, bottom, left } = this.insets;
    const box = { x: 0, y: 0, w: this.wide - left - right - 8, h: this.high - top - bottom };
    return [...this.at.values()].every((at) => Math.abs(at.x) * 2 < box.w && Math.abs(at.y) * 2 < box.h) ? box : null;
  }

  /** @param {any} position @param {number} scale @param {any} animate */
  look(position, scale, animate) {
    const bounded = Math.max(SCALES.least, Math.min(SCALES.most, scale));
    if (this.isLarge() && this.drawnView && animate) {
      this.network.moveTo({ position, scale: bounded, animation: false });
      this.slide();
      return;
    }
    if (!animate || this.on.still()) {
      this.quietly(() => this.network.moveTo({ position, scale: bounded, animation: false }));
      this.ask();
    } else
      this.network.moveTo({
        position,
        scale: bounded,
        animation: { duration: MOTION_MS, easingFunction: "easeOutQuad" },
      });
  }

  touch() {
    this.version += 1;
    this.ask();
  }

  // One drawing for each frame, however often it was asked for.
  ask() {
    this.emitter.emit("_requestRedraw");
  }

  // Changes that ask for no drawing of their own.
  /** @param {any} run */
  quietly(run) {
    this.emitter.emit("_blockRedraw");
    run();
    if (!this.picture.on) this.emitter.emit("_allowRedraw");
  }
}

const DRAWS_NOTHING = () => undefined;

/** @param {{ x: number; y: number }} given */
function spotKey({ x, y }) {
  return `${x} ${y}`;
}

// The part of a scene that moves with some nodes: they, their lines, and where these lead.
/** @param {Scene} scene @param {string[]} ids */
function sceneAround(scene, ids) {
  const edges = scene.edges.filter(({ edge }) => ids.includes(edge.from) || ids.includes(edge.to));
  return { ...scene, edges, nodes: [...new Set([...ids, ...edges.flatMap(({ edge }) => [edge.from, edge.to])])] };
}
