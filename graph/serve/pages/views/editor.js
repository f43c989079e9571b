// The editor: a plain textarea, its colours on a sheet behind it, line numbers beside it, the place of an error marked.
import { inFocus, make } from "../../../draw/page/views/dom.js";
import { tokens } from "../model/tokens.js";

// Past this the text stays plain: colouring would slow the typing.
const COLOURED_MOST = 30000;
const UNCOLOURED = new Set(["space", "word", "mark"]);

/** on: input(), caret(), key(event) → true when it was handled. */
export class Editor {
  /** @param {any} on */
  constructor(on) {
    this.on = on;
    this.mark = null;
    this.area = make("textarea", {
      class: "code-area",
      id: "query",
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      autocorrect: "off",
      wrap: "off",
      rows: "14",
      "aria-autocomplete": "list",
      "aria-describedby": "editor-help",
      "aria-controls": "options",
    });
    this.sheet = make("pre", { class: "code-sheet", "aria-hidden": "true" });
    this.numbers = make("pre", { class: "code-numbers", "aria-hidden": "true" });
    this.element = make("div", { class: "code" }, [
      this.numbers,
      make("div", { class: "code-frame" }, [this.sheet, this.area]),
    ]);
    this.area.addEventListener("input", () => {
      this.mark = null;
      this.paint();
      on.input();
    });
    this.area.addEventListener("scroll", () => this.follow());
    this.area.addEventListener("keydown", (event) => {
      if (!on.key(event)) this.pressed(event);
    });
    for (const event of ["click", "keyup", "blur"]) this.area.addEventListener(event, (given) => on.caret(given));
    this.paint();
  }

  get text() {
    return this.area.value;
  }

  get caret() {
    return this.area.selectionStart;
  }

  /**
   * Replaces a part as if it was typed, so that it can be taken back with Ctrl-Z; the caret stays where it was in the
   * text around, or goes to `to`.
   * @param {number} from @param {number} end @param {any} words @param {{ caret?: number; focus?: boolean }} [given]
   */
  replace(from, end, words, { caret = null, focus = true } = {}) {
    const { selectionStart, selectionEnd, scrollTop, scrollLeft } = this.area;
    const before = inFocus();
    if (words === this.text.slice(from, end)) return;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(from, end);
    // The older call is the only one that keeps the browser's own undo.
    const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!done) {
      this.area.setRangeText(words, from, end, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    /** @param {number} at */
    const shift = (at) => (at >= end ? at + words.length - (end - from) : Math.min(at, from + words.length));
    if (caret === null) this.area.setSelectionRange(shift(selectionStart), shift(selectionEnd));
    else this.area.setSelectionRange(caret, caret);
    this.area.scrollTop = scrollTop;
    this.area.scrollLeft = scrollLeft;
    if (!focus && before !== this.area) before?.focus?.({ preventScroll: true });
    this.follow();
  }

  /**
   * Another text in place of all of it.
   * @param {string} text @param {{ focus?: boolean }} [given]
   */
  set(text, { focus = false } = {}) {
    this.replace(0, this.text.length, text, { caret: 0, focus });
    this.area.scrollTop = 0;
    this.area.scrollLeft = 0;
    this.follow();
  }

  /**
   * Marks a place, or takes the mark away.
   * @param {number} offset
   */
  setMark(offset) {
    this.mark = offset;
    this.paint();
  }

  /**
   * Puts the caret at a place and brings it into sight.
   * @param {number} offset
   */
  go(offset) {
    this.area.focus();
    this.area.setSelectionRange(offset, offset);
    const line = this.text.slice(0, offset).split("\n").length;
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTop = Math.max(0, line * height - this.area.clientHeight / 2);
    this.area.scrollLeft = 0;
    this.follow();
  }

  /**
   * Where the character at `offset` stands, seen from the frame's corner: {x, y, height}.
   * @param {number} offset
   */
  placeOf(offset) {
    const walk = document.createTreeWalker(this.sheet, NodeFilter.SHOW_TEXT);
    const frame = this.area.getBoundingClientRect();
    let left = offset;
    while (walk.nextNode()) {
      const node = /** @type {CharacterData} */ (walk.currentNode);
      if (left < node.data.length) {
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left + 1);
        const box = range.getBoundingClientRect();
        return { x: box.left - frame.left, y: box.top - frame.top, height: box.height };
      }
      left -= node.data.length;
    }
    return { x: 0, y: 0, height: 18 };
  }

  /** @param {any} event */
  pressed(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // A new line begins as deep as the one before.
    const { selectionStart, selectionEnd } = this.area;
    const line = this.text.slice(this.text.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
    const depth = /^[ \t]*/.exec(line)[0] + (/[{(]\s*$/.test(line) ? "  " : "");
    if (!depth) return;
    event.preventDefault();
    this.replace(selectionStart, selectionEnd, `\n${depth}`, { caret: selectionStart + 1 + depth.length });
    this.area.scrollLeft = 0;
  }

  follow() {
    const { scrollTop, scrollLeft } = this.area;
    this.sheet.scrollTop = scrollTop;
    this.sheet.scrollLeft = scrollLeft;
    this.numbers.scrollTop = scrollTop;
  }

  paint() {
    const { text } = this;
    const lines = text.split("\n").length;
    const marked = this.mark === null ? 0 : text.slice(0, this.mark).split("\n").length;
    this.numbers.replaceChildren(...numberLines(lines, marked));
    // The sheet ends as the textarea does, one line below a last line break.
    this.sheet.replaceChildren(...(text.length > COLOURED_MOST ? [text] : painted(text, this.mark)), "\n ");
    this.area.classList.toggle("plain", text.length > COLOURED_MOST);
    this.area.setAttribute("aria-invalid", String(this.mark !== null));
    this.follow();
  }
}

/** @param {number} count @param {any} marked */
function numberLines(count, marked) {
  /** @param {number} from @param {any} to */
  const lines = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at + 1).join("\n");
  if (!marked) return [lines(0, count)];
  const [above, below] = [lines(0, marked - 1), lines(marked, count)];
  return [above && `${above}\n`, make("b", { text: String(marked) }), below && `\n${below}`].filter(Boolean);
}

/** @param {string} text @param {any} mark */
function painted(text, mark) {
  const found = [];
  for (const { type, from, to, text: words } of tokens(text)) {
    const hit = mark !== null && ((from <= mark && mark < to) || (mark >= text.length && to === text.length));
    if (hit)
      found.push(
        make("span", {
          class: `t-${type} marked`,
          text: words.trim() ? words : words.replace(/^[^\n]?/, (first) => first || " "),
        }),
      );
    else if (UNCOLOURED.has(type)) found.push(words);
    else found.push(make("span", { class: `t-${type}`, text: words }));
  }
  if (mark !== null && !text) found.push(make("span", { class: "marked", text: " " }));
  return found;
}
