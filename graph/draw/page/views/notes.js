// Notes in the drawing: slips of paper that hang on a node, read and moved by mouse, finger and keys; and the same
// slips painted into a picture. They are the reader's own words, and say so.
import { NOTE_LENGTH } from "../model/fitted.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { openDialog } from "./dialog.js";
import { bdi, button, focusKey, allIn, make, makeSvg } from "./dom.js";

// Below this scale a note is one line, so that it covers little.
const SMALL_SCALE = 0.6;
const DRAG_LEAST = 4;
const KEY_STEP = 14;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAINTED = { width: 190, line: 16, pad: 8 };

// Where a new note is tried, from its node: nearest first, above before beside before below.
const SPOTS = [90, 130, 180, 240, 310].flatMap((far) =>
  [-90, -50, -130, 0, 180, 50, 130, 90].map((turn) => [
    Math.round(far * 1.5 * Math.cos((turn * Math.PI) / 180)),
    Math.round(far * Math.sin((turn * Math.PI) / 180)),
  ]),
);

/** The layer of notes over the drawing. on: open(index), move(index, [x, y]). */
export class Notes {
  /** @param {HTMLElement} place @param {import("./canvas.js").Drawing} drawing @param {Acts} on */
  constructor(place, drawing, on) {
    this.place = place;
    this.drawing = drawing;
    this.on = on;
    this.made = "";
    /** @type {{ note: Note; slip: HTMLElement; line: Element }[]} */
    this.hung = [];
    drawing.painted = () => this.hang();
  }

  /**
   * Makes the slips of notes whose node is drawn.
   * @param {Pick<Page, "records" | "lang" | "state" | "scene">} page
   */
  show({ records, lang, state, scene }) {
    const drawn = state.view === "drawing" ? new Set(scene.nodes) : new Set();
    const here = state.notes.map((note, index) => ({ note, index })).filter(({ note }) => drawn.has(note.by));
    const key = JSON.stringify([lang, here]);
    if (key !== this.made) {
      this.made = key;
      const focused = focusKey(this.place);
      this.hung = here.map(({ note, index }) => ({ note, slip: this.slip(records, lang, note, index), line: lead() }));
      this.place.setAttribute("aria-label", word(lang, "notes"));
      this.place.replaceChildren(
        ...(here.length
          ? [
              makeSvg(
                "svg",
                { "aria-hidden": "true" },
                this.hung.map(({ line }) => line),
              ),
            ]
          : []),
        ...this.hung.map(({ slip }) => slip),
      );
      if (focused)
        allIn(this.place, "button")
          .find((each) => each.dataset.key === focused)
          ?.focus();
    }
    this.hang();
  }

  /** Puts each slip beside its node, wherever that is on the screen now. */
  hang() {
    if (!this.hung.length) return;
    const scale = this.drawing.network.getScale();
    this.place.classList.toggle("small", scale < SMALL_SCALE);
    for (const { note, slip, line } of this.hung) {
      const at = this.drawing.onScreen(`node:${note.by}`);
      slip.hidden = !at;
      line.toggleAttribute("hidden", !at);
      if (!at) continue;
      const [x, y] = [at.x + note.at[0] * scale, at.y + note.at[1] * scale];
      slip.style.setProperty("transform", `translate(${x}px, ${y}px) translate(-50%, -50%)`);
      for (const [name, value] of Object.entries({ x1: at.x, y1: at.y, x2: x, y2: y }))
        line.setAttribute(name, String(Math.round(value)));
    }
  }

  /**
   * Where a new note hangs: near its node, where it covers no name, no words and no other note of it.
   * @param {string} id @param {string} text
   */
  freeBeside(id, text) {
    const arranged = this.drawing.arranged();
    const me = arranged.placeOf(`node:${id}`);
    // The sheet of a cast is measured in its own pixels, any other drawing in those of the screen.
    const [unit, scale] = arranged.scene.cast ? [arranged.scale, 1] : [1, arranged.scale];
    const from = { x: (me?.x ?? 0) / unit, y: (me?.y ?? 0) / unit };
    const size = slipSize(text);
    const others = this.hung.filter(({ note }) => note.by === id);
    const taken = [
      ...[...(arranged.boxes ?? arranged.nodeLabels).values()].filter((box) => !box.frame),
      ...(arranged.words ?? arranged.edgeLabels).values(),
      ...others.map(({ note: { at } }) => ({ x: from.x + at[0] * scale, y: from.y + at[1] * scale, ...size })),
    ];
    const isFree = (spot) => {
      const [x, y] = [from.x + spot[0] * scale, from.y + spot[1] * scale];
      return taken.every(
        (box) => Math.abs(box.x - x) * 2 >= box.w + size.w || Math.abs(box.y - y) * 2 >= box.h + size.h,
      );
    };
    return SPOTS.find(isFree) ?? SPOTS[others.length % SPOTS.length];
  }

  /** @param {Records} records @param {Lang} lang @param {Note} note @param {number} index */
  slip(records, lang, note, index) {
    const name = nameOf(records, note.by, lang);
    const slip = button("", () => !slip.dataset.dragged && this.on.open(index), {
      class: "note-slip",
      "aria-label": word(lang, "noteBeside", { name, text: note.text }),
      title: word(lang, "noteHands"),
      data: { key: `note:${index}` },
    });
    slip.append(make("span", { class: "note-mark", text: word(lang, "note") }), " ", bdi(note.text, { dir: "auto" }));
    slip.addEventListener("pointerdown", (event) => this.grab(event, note, index, slip));
    slip.addEventListener("keydown", (event) => {
      const step = ARROWS[event.key];
      if (!step) return;
      event.preventDefault();
      this.on.move(index, [note.at[0] + step[0] * KEY_STEP, note.at[1] + step[1] * KEY_STEP]);
    });
    return slip;
  }

  // Dragged with a mouse or a finger; a press without way is a click, and opens it.
  /** @param {PointerEvent} event @param {Note} note @param {number} index @param {HTMLElement} slip */
  grab(event, note, index, slip) {
    const from = { x: event.clientX, y: event.clientY };
    const scale = this.drawing.network.getScale();
    const was = note.at;
    slip.dataset.dragged = "";
    slip.setPointerCapture(event.pointerId);
    const follow = ({ clientX, clientY }) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > DRAG_LEAST) slip.dataset.dragged = "yes";
      if (!slip.dataset.dragged) return;
      note.at = [was[0] + (clientX - from.x) / scale, was[1] + (clientY - from.y) / scale];
      this.hang();
    };
    const drop = () => {
      slip.removeEventListener("pointermove", follow);
      const at = note.at.map(Math.round);
      note.at = was;
      if (slip.dataset.dragged) this.on.move(index, at);
    };
    slip.addEventListener("pointermove", follow);
    slip.addEventListener("lostpointercapture", drop, { once: true });
  }
}

// What a slip takes on the screen, roughly: it is set by the browser.
/** @param {string} text */
function slipSize(text) {
  return { w: 206, h: 14 + 17 * Math.ceil((text.length + 6) / 30) };
}

function lead() {
  return makeSvg("line", { class: "note-lead" });
}

/**
 * The dialog in which a note is written, or written anew. on: keep(text), and drop() when there is one to be deleted.
 * @param {Pick<Page, "records" | "lang">} page @param {string} by @param {string} text @param {Acts} on
 */
export function openNote({ records, lang }, by, text, on) {
  const field = make("textarea", {
    class: "story-field",
    id: "note-text",
    rows: 4,
    maxlength: NOTE_LENGTH,
    value: text,
    dir: "auto",
    data: { key: "note:text" },
  });
  const keep = () => {
    dialog.close();
    if (field.value.trim()) on.keep(field.value.trim());
  };
  const dialog = openDialog(lang, "note", word(lang, "noteOn", { name: nameOf(records, by, lang) }), [
    make("label", { for: "note-text", class: "aside", text: word(lang, "noteYours") }),
    field,
    make("div", { class: "actions" }, [
      button(word(lang, "noteKeep"), keep, { class: "save-act", data: { key: "note:keep" } }),
      on.drop
        ? button(
            word(lang, "storyDelete"),
            () => {
              dialog.close();
              on.drop();
            },
            { class: "link", data: { key: "note:drop" } },
          )
        : null,
    ]),
  ]);
  field.focus();
}

/**
 * The notes of a picture as boxes with their lines, for those whose node is in it. `arranged` is the whole of the
 * drawing; measure(text) answers a width.
 * @param {Note[]} notes @param {any} arranged @param {string} mark @param {(text: string) => string[]} filled
 */
export function noteBoxes(notes, arranged, mark, filled) {
  return notes.flatMap((note) => {
    const at = arranged.scene.nodes.includes(note.by) ? arranged.placeOf(`node:${note.by}`) : null;
    if (!at) return [];
    const lines = filled(`${mark}: ${note.text}`);
    const h = lines.length * PAINTED.line + PAINTED.pad * 2;
    const x = at.x + note.at[0] * arranged.scale;
    const y = at.y + note.at[1] * arranged.scale;
    return [{ at, x, y, w: PAINTED.width + PAINTED.pad * 2, h, lines }];
  });
}

/** How wide the words of a painted note may be, in pixels. */
export const NOTE_WIDTH = PAINTED.width;

/**
 * Paints the boxes of `noteBoxes`, each with a line to its node.
 * @param {Pen} ctx @param {ReturnType<typeof noteBoxes>} boxes @param {Theme} theme @param {string} font
 */
export function paintNotes(ctx, boxes, theme, font) {
  for (const { at, x, y, w, h, lines } of boxes) {
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 1;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(at.x, at.y);
    ctx.lineTo(x, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.paper;
    ctx.beginPath();
    ctx.moveTo(x - w / 2, y - h / 2);
    ctx.lineTo(x + w / 2, y - h / 2);
    ctx.lineTo(x + w / 2, y + h / 2);
    ctx.lineTo(x - w / 2, y + h / 2);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
    ctx.font = font;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = theme.ink;
    for (const [row, line] of lines.entries())
      ctx.fillText(line, x - w / 2 + PAINTED.pad, y - h / 2 + PAINTED.pad + (row + 0.5) * PAINTED.line);
  }
}
