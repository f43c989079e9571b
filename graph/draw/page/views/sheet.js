// A picture of the drawing that can go alone: under its title the drawing, its legend, who denies what, the filters,
// and what a line is.
import { disputesBeside, footing, legendPairs } from "../model/footing.js";
import { countedSigns } from "../model/scene.js";
import { inLanguage } from "../model/text.js";
import { kindName } from "../model/stats.js";
import { word } from "../words.js";
import { isClipped } from "./arrange.js";
import { NOTE_WIDTH, noteBoxes, paintNotes } from "./notes.js";
import { paintLines, paintNode, paintWords } from "./paint.js";
import { drawLines, drawMark, drawQuotes } from "./pen.js";
import { traceDetail, traceShape } from "./shapes.js";

const EDGE = 28;
const LEAST_WIDTH = 640;
const TYPE = { title: [20, 27], text: [13, 18.5], small: [12, 17] };
const SAMPLE = 34;

/**
 * {width, height, paint(ctx), notes}: a sheet to be painted by any pen. given: {page, arranged, theme, type,
 * measure(text, font)}. `arranged` is the whole of the drawing, round its own origin.
 * @param {{ page: Page; arranged: any; theme: Theme; type: any; measure: any }} given
 */
export function sheetOf({ page, arranged, theme, type, measure }) {
  const small = `400 ${TYPE.small[0]}px ${theme.sans}`;
  const notes = noteBoxes(page.state.notes, arranged, word(page.lang, "note"), (text) =>
    filled(text, NOTE_WIDTH, (each) => measure(each, small)),
  );
  const box = around([extent(arranged), ...notes.map(({ x, y, w, h }) => ({ x: x - w / 2, y: y - h / 2, w, h }))]);
  const width = Math.max(LEAST_WIDTH, Math.ceil(box.w) + EDGE * 2);
  const inner = width - EDGE * 2;
  const serif = theme.serif || "serif";
  const fonts = {
    title: `600 ${TYPE.title[0]}px ${serif}`,
    text: `400 ${TYPE.text[0]}px ${theme.sans}`,
    small,
    bold: `600 ${TYPE.text[0]}px ${theme.sans}`,
  };
  /** @param {any} text @param {string} font @param {any} size @param {string} colour */
  const set = (text, font, size, colour) =>
    filled(text, inner, (each) => measure(each, font)).map((line) => ({ line, font, high: TYPE[size][1], colour }));
  const { records, lang, scene, lens } = page;
  const above = [
    ...set(inLanguage(records.data.edition.title, lang), fonts.title, "title", theme.ink),
    ...set(inLanguage(records.data.opening, lang), fonts.text, "text", theme.soft),
    ...set(word(lang, "sheetDrawn", { n: scene.drawn, m: scene.total }), fonts.small, "small", theme.soft),
  ];
  const lost = [...arranged.items, ...arranged.crosses]
    .filter((item) => item.edge.prop && hasLost(arranged, item))
    .map((item) => item.edge.prop);
  const beside = disputesBeside(records, lens, new Set(lost), lang);
  const [, ...carriedLines] = footing(page);
  const rule = word(lang, "lineRule");
  const below = [
    ...(beside.length ? set(word(lang, "sheetDisputed"), fonts.bold, "text", theme.ink) : []),
    ...beside.flatMap((text) => set(`× ${text}`, fonts.small, "small", theme.ink)),
    ...set(rule, fonts.bold, "text", theme.ink),
    ...carriedLines.filter((text) => text !== rule).flatMap((text) => set(text, fonts.small, "small", theme.soft)),
  ];
  const samples = flowed(legendItems(page, arranged), inner, (each) => measure(each, fonts.small));
  /** @param {any} lines */
  const tall = (lines) => lines.reduce((sum, each) => sum + each.high, 0);
  const top = EDGE + tall(above) + 12;
  const legendAt = top + box.h + 18;
  const belowAt = legendAt + samples.rows * 22 + 10;
  const height = Math.ceil(belowAt + tall(below) + EDGE);
  /** @param {Pen} ctx */
  const paint = (ctx) => {
    ctx.fillStyle = theme.paper;
    ctx.fillRect(0, 0, width, height);
    write(ctx, above, EDGE, EDGE);
    ctx.save();
    ctx.translate(EDGE + (inner - box.w) / 2 - box.x, top - box.y);
    if (arranged.cast) arranged.paint(ctx, { theme, pointed: null });
    else paintAll(ctx, arranged, theme, type);
    paintNotes(ctx, notes, theme, small);
    ctx.restore();
    for (const item of samples.items)
      sample(ctx, item, EDGE + item.x, legendAt + item.row * 22 + 8, theme, fonts.small);
    write(ctx, below, EDGE, belowAt);
  };
  return { width, height, paint, notes: [above[0].line, ...footing(page)] };
}

// The box round several, each from its upper left corner.
/** @param {Box[]} boxes */
function around(boxes) {
  const [x, y] = [Math.min(...boxes.map((each) => each.x)), Math.min(...boxes.map((each) => each.y))];
  const [right, bottom] = [Math.max(...boxes.map((b) => b.x + b.w)), Math.max(...boxes.map((b) => b.y + b.h))];
  return { x, y, w: right - x, h: bottom - y };
}

function paintAll(ctx, arranged, theme, type) {
  paintLines(ctx, arranged, theme);
  for (const id of arranged.scene.nodes) {
    const { x, y } = arranged.spot(id);
    ctx.save();
    ctx.translate(x, y);
    paintNode(ctx, arranged, id, arranged.radius(id), theme);
    ctx.restore();
  }
  paintWords(ctx, arranged, { theme, type, pointed: null });
}

// A disputed line without its words, or with words cut short, has its denier written below.
/** @param {any} arranged @param {any} item */
function hasLost(arranged, item) {
  if (arranged.cast) return item.faded;
  const label = arranged.edgeLabels.get(item.edge.id);
  return !label || isClipped(label.lines) || item.faded;
}

/** @param {any} arranged */
function extent(arranged) {
  if (arranged.cast) return arranged.extent();
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  const reach = (x, y, w, h) => {
    left = Math.min(left, x - w / 2);
    right = Math.max(right, x + w / 2);
    top = Math.min(top, y - h / 2);
    bottom = Math.max(bottom, y + h / 2);
  };
  for (const id of arranged.scene.nodes) {
    const { x, y } = arranged.spot(id);
    const size = arranged.radius(id) * 2.6 + 4;
    reach(x, y, size, size);
  }
  for (const label of [...arranged.nodeLabels.values(), ...arranged.edgeLabels.values()])
    reach(label.x, label.y, label.w + 8, label.h + 6);
  for (const { curve } of arranged.items)
    reach(curve.x0 * 0.25 + curve.cx * 0.5 + curve.x1 * 0.25, curve.y0 * 0.25 + curve.cy * 0.5 + curve.y1 * 0.25, 8, 8);
  return left > right ? { x: 0, y: 0, w: 100, h: 40 } : { x: left, y: top, w: right - left, h: bottom - top };
}

/** @param {Pick<Page, "records" | "lang" | "scene">} page @param {Arrangement} arranged */
function legendItems({ records, lang, scene }, arranged) {
  const signs = countedSigns(arranged.items);
  const lines = legendPairs(lang, new Set(signs.keys())).map(([line, text]) => ({
    line,
    quotes: false,
    text: `${text} (${signs.get(line)})`,
  }));
  if (arranged.quoted.size) lines.push({ line: "said", quotes: true, text: word(lang, "shortQuoted") });
  const kinds = new Map();
  for (const id of scene.nodes) {
    const node = arranged.records.nodes.get(id);
    if (node?.type !== "node") continue;
    const kind = records.data.kinds[node.kind];
    const key = `${kind?.shape} ${kind?.hue}`;
    if (!kinds.has(key)) kinds.set(key, { kind, names: new Set() });
    kinds.get(key).names.add(kindName(records, node.kind, lang));
  }
  return [...lines, ...[...kinds.values()].map(({ kind, names }) => ({ kind, text: [...names].join(", ") }))];
}

/** @param {any[]} items @param {number} width @param {any} measure */
function flowed(items, width, measure) {
  let x = 0;
  let row = 0;
  const placed = items.map((item) => {
    const wide = (item.line ? SAMPLE + 8 : 24) + Math.min(measure(item.text), width - SAMPLE) + 20;
    if (x && x + wide > width) {
      x = 0;
      row += 1;
    }
    const here = { ...item, x, row };
    x += wide;
    return here;
  });
  return { items: placed, rows: placed.length ? row + 1 : 0 };
}

/** @param {Pen} ctx @param {any} item @param {number} x @param {number} y @param {Theme} theme @param {string} font */
function sample(ctx, item, x, y, theme, font) {
  if (item.line) {
    const curve = { x0: x, y0: y, cx: x + SAMPLE / 2, cy: y, x1: x + SAMPLE, y1: y };
    const drawn = {
      line: ["implied", "judgement"].includes(item.line) ? "said" : item.line,
      sign: item.line,
      curve,
      directed: item.line !== "speaks",
      chosen: false,
      faded: false,
      quiet: false,
      markless: false,
    };
    drawLines(ctx, [drawn], theme);
    drawMark(ctx, drawn, theme, 0.7);
    if (item.quotes) drawQuotes(ctx, drawn, { x: x + SAMPLE / 2, y }, theme);
  } else {
    ctx.lineJoin = "round";
    traceShape(ctx, item.kind.shape, x + 8, y, 7);
    ctx.fillStyle = theme.fill;
    ctx.fill();
    ctx.strokeStyle = theme[item.kind.hue] ?? theme.ink;
    ctx.lineWidth = 1.7;
    ctx.stroke();
    traceDetail(ctx, item.kind, x + 8, y, 7);
    ctx.stroke();
  }
  write(ctx, [{ line: item.text, font, high: 0, colour: theme.soft }], x + (item.line ? SAMPLE + 8 : 22), y - 9);
}

/** @param {Pen} ctx @param {any} lines @param {number} x @param {number} y */
function write(ctx, lines, x, y) {
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  let at = y;
  for (const { line, font, high, colour } of lines) {
    ctx.font = font;
    ctx.fillStyle = colour;
    ctx.globalAlpha = 1;
    ctx.fillText(line, x, at + (high || 18) / 2);
    at += high;
  }
}

/** @param {any} text @param {number} width @param {any} measure */
function filled(text, width, measure) {
  const lines = [];
  let line = "";
  for (const piece of text.split(" ")) {
    const longer = line ? `${line} ${piece}` : piece;
    if (line && measure(longer) > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  if (line) lines.push(line);
  return lines;
}
