// Tells the story and hangs the notes: what the strip, the slips of paper and the dialog of the story do.
import { NOTES_AT_MOST } from "../model/fitted.js";
import { keysInStory, readStory, replaced, seenNow, shifted, stepFrom, stepTo } from "../model/story.js";
import { word } from "../words.js";
import { firstIn } from "./dom.js";
import { Notes, openNote } from "./notes.js";
import { openStory, renderStory } from "./story.js";

const STORY_TURNS = { ".": 1, ",": -1, PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
// These turn the steps wherever one is; the others only on the strip, since they have another use in the drawing.
const ANYWHERE = [".", ","];

/**
 * on: page(), update(patch, how), say(text), viewHere(view), looked(): what is chosen has its card and is framed;
 * rest(), has(kind), save(kind), load(keys) over a server or null.
 */
export class Telling {
  /** @param {Shell} shell @param {import("./canvas.js").Drawing} drawing @param {Acts} on */
  constructor(shell, drawing, on) {
    this.on = on;
    this.strip = shell.story;
    this.notes = new Notes(shell.notes, drawing, {
      open: (at) => this.rewrite(at),
      move: (at, place) => on.update({ notes: replaced(this.state().notes, at, { at: place }) }),
    });
  }

  state() {
    return this.on.page().state;
  }

  /** The strip as the state has it. */
  tell() {
    renderStory(this.strip, this.on.page(), {
      turn: (by) => this.turn(by),
      go: (at) => this.go(at),
      write: () => this.open(),
      leave: () => {
        this.on.update({ step: null });
        this.on.rest();
      },
    });
  }

  /** The notes beside what is drawn now. */
  hang() {
    this.notes.show(this.on.page());
  }

  /**
   * Whether a key turned the steps.
   * @param {any} event
   */
  press(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (ctrlKey || metaKey || altKey || !(key in STORY_TURNS) || !this.state().steps.length) return false;
    if (!ANYWHERE.includes(key) && !this.strip.contains(target)) return false;
    this.turn(STORY_TURNS[key]);
    return true;
  }

  /** @param {number} by */
  turn(by) {
    const to = stepFrom(this.state(), by);
    if (to !== null) this.go(to);
  }

  /** @param {number} at */
  go(at) {
    const { lang, state } = this.on.page();
    const patch = stepTo(state, at);
    this.on.update({ ...patch, view: this.on.viewHere(patch.view) }, { refit: true });
    this.on.looked();
    const { title, text } = state.steps[at];
    this.on.say(`${word(lang, "storyAt", { at: at + 1, of: state.steps.length })}. ${title}. ${text}`);
  }

  // ---- writing

  /** The dialog of the story. */
  open() {
    const { on } = this;
    const dialog = openStory({
      ...on,
      seen: () => seenNow(this.state()),
      shifted: (at, by) => shifted(this.state().steps, at, by),
      steps: (steps) => on.update({ steps, step: this.stepAmong(steps) }),
      note: (at, after) => this.rewrite(at, after),
      noteOn: (id, after) => this.write(id, after),
      open: (text) => this.read(text),
      go: (at) => {
        dialog.close();
        this.go(at);
        firstIn(this.strip, "button:not([disabled])")?.focus();
      },
    });
  }

  // Which step is open when the list has changed.
  /** @param {Step[]} steps */
  stepAmong(steps) {
    const { step } = this.state();
    return step === null || !steps.length ? null : Math.min(step, steps.length - 1);
  }

  /**
   * A new note beside a node.
   * @param {string} id @param {() => void} [after]
   */
  write(id, after = () => undefined) {
    openNote(this.on.page(), id, "", {
      keep: (text) => {
        const at = this.notes.freeBeside(id, text);
        this.on.update({ notes: [...this.state().notes, { by: id, at, text }].slice(0, NOTES_AT_MOST) });
        this.on.say(word(this.on.page().lang, "noteKept"));
        after();
      },
    });
  }

  /** @param {number} at @param {() => void} [after] */
  rewrite(at, after = () => undefined) {
    const { by, text } = this.state().notes[at];
    const put = (notes) => {
      this.on.update({ notes });
      after();
    };
    openNote(this.on.page(), by, text, {
      keep: (words) => put(replaced(this.state().notes, at, { text: words })),
      drop: () => put(this.state().notes.filter((_, index) => index !== at)),
    });
  }

  // A story from a file takes the place of the one there is: {read, text}, what is said of it.
  /** @param {string} file */
  async read(file) {
    if (this.on.load) await this.on.load(keysInStory(file));
    const { records, lang, state } = this.on.page();
    const story = readStory(file, records);
    if (!story) return { read: false, text: word(lang, "storyNone") };
    const { notes, steps, moved, cut } = story;
    this.on.update({ notes, steps, moved: { ...state.moved, ...moved }, step: null });
    return { read: true, text: word(lang, cut ? "storyReadPart" : "storyRead", { n: steps.length }) };
  }
}
