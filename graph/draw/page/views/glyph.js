// Small pictures of lines and shapes for the legend, the lists and the help: the grammar of pen.js in SVG.
import { makeSvg } from "./dom.js";

const WIDTH = 34;
const MIDDLE = 7;

/**
 * A sample of a line, hidden from screen readers: its words stand beside it.
 * @param {string} line @param {number} [width]
 */
export function lineGlyph(line, width = WIDTH) {
  const far = width - 2;
  /** @param {any} d @param {any} [more] */
  const path = (d, more = {}) =>
    makeSvg("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.3, ...more });
  /** @param {number} [x] */
  const head = (x = far) => path(`M${x - 6} ${MIDDLE - 3.4}L${x} ${MIDDLE}L${x - 6} ${MIDDLE + 3.4}`);
  const whole = `M2 ${MIDDLE}H${far}`;
  /** @param {any} glyph */
  const text = (glyph) =>
    makeSvg("text", { x: width / 2 - 1, y: MIDDLE + 4, "text-anchor": "middle", class: "glyph-mark" }, [glyph]);
  const shapes = {
    said: [path(whole, { "stroke-width": 1 }), head()],
    quoted: [
      path(whole, { "stroke-width": 1 }),
      head(),
      makeSvg("text", { x: width / 2 - 1, y: MIDDLE + 8, "text-anchor": "middle", class: "glyph-mark glyph-quotes" }, [
        "“”",
      ]),
    ],
    implied: [path(whole, { "stroke-dasharray": "8 2.5 1.4 2.5" }), head()],
    judgement: [path(`M2 ${MIDDLE}q2-3.4 4 0${"t4 0".repeat(Math.floor((far - 10) / 4))}H${far}`), head()],
    soft: [path(whole, { "stroke-dasharray": "4 3" }), head(), text("?")],
    notyet: [path(whole, { "stroke-dasharray": "0.1 4", "stroke-linecap": "round", "stroke-width": 2 }), head()],
    disputed: [path(`M2 ${MIDDLE - 1.8}H${far - 3}M2 ${MIDDLE + 1.8}H${far - 3}`), head(), text("×")],
    accepted: [path(whole, { "stroke-width": 3 }), head(), text("✓")],
    denied: [path(whole, { "stroke-dasharray": "4 3" }), text("×")],
    rejected: [path(whole, { "stroke-dasharray": "4 3" }), text("×")],
    open: [path(whole, { "stroke-dasharray": "0.1 4", "stroke-linecap": "round", "stroke-width": 2 }), text("?")],
    mentioned: [path(whole, { "stroke-width": 0.8 })],
    speaks: [
      path(`M2 ${MIDDLE}H${far - 6}`, { "stroke-width": 0.8 }),
      makeSvg("circle", { cx: far - 3, cy: MIDDLE, r: 2.6, fill: "none", stroke: "currentColor", "stroke-width": 1.1 }),
    ],
  };
  return makeSvg(
    "svg",
    {
      class: `line-glyph line-${line}`,
      width,
      height: MIDDLE * 2,
      viewBox: `0 0 ${width} ${MIDDLE * 2}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    shapes[line] ?? shapes.said,
  );
}

/**
 * A sample of a node's shape in the hue of its kind.
 * @param {any} kind
 */
export function shapeGlyph(kind) {
  /** @param {any} count @param {number} r @param {number} [start] @param {any} [inner] */
  const points = (count, r, start = -Math.PI / 2, inner = r) =>
    Array.from({ length: count }, (_, index) => {
      const reach = index % 2 ? inner : r;
      const angle = start + (index / count) * Math.PI * 2;
      return `${(9 + Math.cos(angle) * reach).toFixed(1)},${(9 + Math.sin(angle) * reach).toFixed(1)}`;
    }).join(" ");
  const shapes = {
    square: ["rect", { x: 3.2, y: 3.2, width: 11.6, height: 11.6, rx: 1 }],
    diamond: ["polygon", { points: points(4, 7.6) }],
    hexagon: ["polygon", { points: points(6, 7, 0) }],
    pentagon: ["polygon", { points: points(5, 7.2) }],
    triangle: ["polygon", { points: points(3, 7.4) }],
    star: ["polygon", { points: points(10, 7.8, -Math.PI / 2, 4) }],
    ellipse: ["ellipse", { cx: 9, cy: 9, rx: 7.6, ry: 4.8 }],
    document: ["path", { d: "M4 2.4H11L14 5.4V15.6H4ZM6.4 7H11.4M6.4 9.8H11.4M6.4 12.6H9.6" }],
    circle: ["circle", { cx: 9, cy: 9, r: 6.4 }],
  };
  const [tag, attributes] = shapes[kind?.shape] ?? shapes.circle;
  const hue = /^[a-z]+$/.test(kind?.hue ?? "") ? kind.hue : "doc";
  return makeSvg(
    "svg",
    {
      class: `shape-glyph hue-${hue}`,
      width: 18,
      height: 18,
      viewBox: "0 0 18 18",
      "aria-hidden": "true",
      focusable: "false",
    },
    [
      makeSvg(tag, {
        ...attributes,
        fill: "none",
        stroke: "currentColor",
        "stroke-width": 1.6,
        "stroke-linejoin": "round",
      }),
      ...(kind?.mark ?? []).map(markStroke),
    ],
  );
}

// One stroke of a kind's mark, inside the small picture.
/** @param {number[]} stroke */
function markStroke(stroke) {
  const [x, y, third, fourth] = stroke.map((part) => part * 6.4);
  const look = { fill: "none", stroke: "currentColor", "stroke-width": 1.2 };
  if (fourth === undefined) return makeSvg("circle", { cx: 9 + x, cy: 9 + y, r: third, ...look });
  return makeSvg("path", { d: `M${9 + x} ${9 + y}L${9 + third} ${9 + fourth}`, ...look });
}
