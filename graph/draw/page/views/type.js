// The type of the canvas: fonts, and how much room a label takes, measured once for each text.
// A notion or an accusing word is what somebody calls somebody: in italics, so that it does not stand there as an
// attribute.
const STYLES = {
  node: { size: 13, height: 15.5, weight: 500 },
  notion: { size: 13, height: 15.5, weight: 400, italic: true },
  edge: { size: 12, height: 14.5, weight: 400 },
  // Who says so, along a line.
  along: { size: 11, height: 13.5, weight: 400 },
  // Words of the lines of the cast, which is drawn at the size it was laid out for.
  cast: { size: 13, height: 16, weight: 400, fixed: true },
  castName: { size: 13.5, height: 17, weight: 600, fixed: true },
};

/** Measures labels in the fonts of the theme; `small` is a phone. */
export class Type {
  constructor() {
    this.pen = document.createElement("canvas").getContext("2d");
    this.widths = new Map();
    this.sets = new Map();
    this.sans = "sans-serif";
    this.small = false;
  }

  /**
   * A new theme or another size of screen; what was measured is forgotten when it no longer holds.
   * @param {{ sans: any; small: any }} given
   */
  set({ sans, small }) {
    if (sans === this.sans && small === this.small) return;
    this.sans = sans;
    this.small = small;
    this.widths.clear();
    this.sets.clear();
    this.last = null;
  }

  /**
   * What `make` answered for `key` the first time, while the type stays.
   * @param {any} key @param {any} run
   */
  kept(key, run) {
    if (!this.sets.has(key)) this.sets.set(key, run());
    return this.sets.get(key);
  }

  /**
   * The same for the latest key alone: for what is large and seldom asked for twice.
   * @param {any} key @param {any} run
   */
  latest(key, run) {
    if (this.last?.key !== key) this.last = { key, made: run() };
    return this.last.made;
  }

  /** @param {string} style */
  font(style) {
    const { size, weight, italic, fixed } = STYLES[style];
    return `${italic ? "italic " : ""}${weight} ${this.small && !fixed ? size - 1.5 : size}px ${this.sans}`;
  }

  /** @param {string} style */
  height(style) {
    return STYLES[style].height - (this.small ? 1.5 : 0);
  }

  /**
   * {w, h, lines} of lines of text.
   * @param {any} lines @param {string} style
   */
  sizeOf(lines, style) {
    return {
      w: Math.max(...lines.map((text) => this.widthOf(text, style))),
      h: lines.length * this.height(style),
      lines,
    };
  }

  /** @param {any} text @param {string} style */
  widthOf(text, style) {
    const key = `${style}\n${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = this.font(style);
      this.widths.set(key, this.pen.measureText(text).width);
    }
    return this.widths.get(key);
  }
}
