// A pen that writes SVG: it takes what a canvas takes, as far as our drawing asks for, so that one hand draws both.
import { xmlText } from "../model/xml.js";

/** @param {any} value */
const NUMBER = (value) => String(Math.round(value * 100) / 100);

/** Draws like a 2D context; toString() is the whole file. `notes` are lines for its title and description. */
export class SvgPen {
  /** @param {number} width @param {any} height @param {any} paper @param {any[]} pair */
  constructor(width, height, paper, [title, ...notes]) {
    const [w, h] = [NUMBER(width), NUMBER(height)];
    this.head = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">`,
      `<title>${xmlText(title)}</title><desc>${xmlText(notes.join("\n"))}</desc>`,
      `<rect width="100%" height="100%" fill="${xmlText(paper)}"/>`,
    ].join("");
    this.parts = [];
    this.path = "";
    this.stack = [];
    this.at = { x: 0, y: 0, k: 1, turn: 0 };
    this.fillStyle = "#000";
    this.strokeStyle = "#000";
    this.lineWidth = 1;
    this.globalAlpha = 1;
    this.lineCap = "butt";
    this.lineJoin = "miter";
    this.font = "13px sans-serif";
    this.textAlign = "start";
    this.textBaseline = "alphabetic";
    this.dash = [];
  }

  save() {
    const {
      fillStyle,
      strokeStyle,
      lineWidth,
      globalAlpha,
      lineCap,
      lineJoin,
      font,
      textAlign,
      textBaseline,
      dash,
      at,
    } = this;
    this.stack.push({
      fillStyle,
      strokeStyle,
      lineWidth,
      globalAlpha,
      lineCap,
      lineJoin,
      font,
      textAlign,
      textBaseline,
      dash,
      at: { ...at },
    });
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.at = { ...this.at, x: this.at.x + x * this.at.k, y: this.at.y + y * this.at.k };
  }

  /** @param {any} k */
  scale(k) {
    this.at = { ...this.at, k: this.at.k * k };
  }

  /**
   * Turns text that is written round the origin; nothing else of our drawing is ever turned.
   * @param {number} angle
   */
  rotate(angle) {
    this.at = { ...this.at, turn: this.at.turn + angle };
  }

  /** @param {any} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${this.xy(x, y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${this.xy(x, y)}`;
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.path += `Q${this.xy(cx, cy)} ${this.xy(x, y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** @param {number} x @param {number} y @param {any} radius @param {any} from @param {number} to */
  arc(x, y, radius, from, to) {
    this.ellipse(x, y, radius, radius, 0, from, to);
  }

  /**
   * @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} _turn @param {any} from
   * @param {number} to
   */
  ellipse(x, y, rx, ry, _turn, from, to) {
    /** @param {number} angle */
    const spot = (angle) => this.xy(x + Math.cos(angle) * rx, y + Math.sin(angle) * ry);
    const size = `${NUMBER(rx * this.at.k)} ${NUMBER(ry * this.at.k)} 0`;
    const join = this.path && !/[MZ]$/.test(this.path) ? "L" : "M";
    const turn = Math.abs(to - from);
    if (turn >= Math.PI * 2 - 1e-6)
      this.path += `M${spot(from)}A${size} 0 1 ${spot(from + Math.PI)}A${size} 0 1 ${spot(from)}Z`;
    else this.path += `${join}${spot(from)}A${size} ${turn > Math.PI ? 1 : 0} ${to > from ? 1 : 0} ${spot(to)}`;
  }

  // Corners are cut as a curve through the corner: at our radii nobody sees the difference.
  /** @param {number} x1 @param {number} y1 @param {any} x2 @param {any} y2 @param {any} radius */
  arcTo(x1, y1, x2, y2, radius) {
    const far = Math.hypot(x2 - x1, y2 - y1) || 1;
    this.path += `L${this.xy(x1, y1)}`;
    this.path += `L${this.xy(x1 + ((x2 - x1) / far) * radius, y1 + ((y2 - y1) / far) * radius)}`;
  }

  stroke() {
    const dash = this.dash.length
      ? ` stroke-dasharray="${this.dash.map((each) => NUMBER(each * this.at.k)).join(" ")}"`
      : "";
    const cap = this.lineCap === "butt" ? "" : ` stroke-linecap="${this.lineCap}"`;
    const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`;
    this.draw(`<path d="${this.path}" fill="none"${this.ink()}${dash}${cap}${join}${this.faded()}/>`);
  }

  fill() {
    this.draw(`<path d="${this.path}" fill="${xmlText(this.fillStyle)}"${this.faded()}/>`);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) {
    const path = `M${this.xy(x, y)}H${this.x(x + w)}V${this.y(y + h)}H${this.x(x)}Z`;
    this.draw(`<path d="${path}" fill="${xmlText(this.fillStyle)}"${this.faded()}/>`);
  }

  /** @param {any} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${xmlText(this.fillStyle)}"`);
  }

  /** @param {any} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(text, x, y, `fill="none"${this.ink()} stroke-linejoin="round"`);
  }

  /** @param {any} text @param {number} x @param {number} y @param {string} paint */
  text(text, x, y, paint) {
    const [, style, weight, size, family] = /^(italic )?(?:(\d+) )?([\d.]+)px(?:\/[\d.]+)? (.*)$/.exec(this.font) ?? [
      null,
      "",
      "400",
      "13",
      "sans-serif",
    ];
    const anchor = { center: "middle", end: "end", right: "end" }[this.textAlign] ?? "start";
    // The middle of a line stands a third of its size above its foot.
    const drop = this.textBaseline === "middle" ? Number(size) * 0.34 : 0;
    const slope = style ? ' font-style="italic"' : "";
    const { x: left, y: top, turn } = this.at;
    const turned = turn ? ` transform="rotate(${NUMBER((turn * 180) / Math.PI)} ${NUMBER(left)} ${NUMBER(top)})"` : "";
    this.draw(
      [
        `<text x="${this.x(x)}" y="${this.y(y + drop)}" font-family="${xmlText(family)}"`,
        ` font-size="${NUMBER(Number(size) * this.at.k)}" font-weight="${weight ?? 400}"${slope}`,
        ` text-anchor="${anchor}" ${paint}${this.faded()}${turned}>${xmlText(text)}</text>`,
      ].join(""),
    );
  }

  toString() {
    return `${this.head}${this.parts.join("")}</svg>\n`;
  }

  /** @param {string} element */
  draw(element) {
    this.parts.push(element);
  }

  faded() {
    return this.globalAlpha < 1 ? ` opacity="${NUMBER(this.globalAlpha)}"` : "";
  }

  ink() {
    return ` stroke="${xmlText(this.strokeStyle)}" stroke-width="${NUMBER(this.lineWidth * this.at.k)}"`;
  }

  /** @param {number} x */
  x(x) {
    return NUMBER(this.at.x + x * this.at.k);
  }

  /** @param {number} y */
  y(y) {
    return NUMBER(this.at.y + y * this.at.k);
  }

  /** @param {number} x @param {number} y */
  xy(x, y) {
    return `${this.x(x)} ${this.y(y)}`;
  }
}
