// Paints an arrangement: lines under the nodes, nodes, then marks and words over them, and the ring of the keyboard.
import { spokenRound } from "../model/scene.js";
import {
  drawAlong,
  drawLead,
  drawLines,
  drawMark,
  drawQuotes,
  drawStatement,
  drawText,
  strokeKey,
  takesInk,
} from "./pen.js";
import { traceDetail, traceShape } from "./shapes.js";

// So many lines of a kind go into one stroke: fewer cost more calls, more cost more in each.
const ONE_STROKE = 10;
const FADED_NODE = 0.26;
const GROUP_RIM = 4;
const RING = { node: 24, edge: 15 };

/**
 * Lines, the chosen last. ctx is in pixels of the screen round the drawing's origin.
 * @param {Pen} ctx @param {Arrangement} arranged @param {Theme} theme
 */
export function paintLines(ctx, arranged, theme) {
  let alike = [];
  for (const item of arranged.items) {
    if (item.away) continue;
    if (alike.length === ONE_STROKE || (alike.length && strokeKey(alike[0]) !== strokeKey(item))) {
      drawLines(ctx, alike, theme);
      alike = [];
    }
    alike.push(item);
  }
  if (alike.length) drawLines(ctx, alike, theme);
}

/**
 * One node at (0, 0).
 * @param {Pen} ctx @param {Arrangement} arranged @param {string} id @param {any} radius @param {Theme} theme
 */
export function paintNode(ctx, arranged, id, radius, theme) {
  const { records } = arranged;
  const node = records.nodes.get(id);
  const chosen = arranged.isChosen(id);
  ctx.globalAlpha = arranged.isFaded(id) ? FADED_NODE : 1;
  if (node.type === "statement") {
    const line = arranged.lineOf.get(node.prop) ?? records.props.get(node.prop)?.line;
    drawStatement(ctx, 0, 0, radius, line, chosen ? theme.accent : theme.ink, theme);
    return;
  }
  const kind = { ...records.data.kinds[node.kind], ...node.look };
  const colour = chosen ? theme.accent : (kind.stroke ?? theme[kind.hue] ?? theme.ink);
  ctx.lineJoin = "round";
  if (node.type === "group") {
    // A closed group looks like a pile: one outline behind another.
    traceShape(ctx, kind.shape, 0, 0, radius + GROUP_RIM);
    ctx.fillStyle = theme.paper;
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
  traceShape(ctx, kind.shape, 0, 0, radius);
  ctx.fillStyle = kind.fill ?? theme.fill;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = chosen ? 3.2 : radius < 8 ? 1.6 : 2.1;
  ctx.stroke();
  if (radius <= 8) return;
  traceDetail(ctx, kind, 0, 0, radius);
  ctx.lineWidth = 1.4;
  ctx.stroke();
}

// Who says so stands in the accent; what stands in its place and names nobody does not.
/** @param {{ nobody: any }} given @param {Theme} theme */
function voiceColour({ nobody }, theme) {
  return nobody ? theme.soft : theme.accent;
}

/** @param {any} box @param {string} colour @param {boolean} chosen @param {Theme} theme */
function rowColours({ lines, who = lines.length, nobody = 0 }, colour, chosen, theme) {
  return lines.map((text, row) =>
    row < who || text.startsWith("✓") ? colour : voiceColour({ nobody: row < who + nobody && !chosen }, theme),
  );
}

/**
 * Marks, words of lines, names of nodes, and a ring round the thing of key `pointed`.
 * @param {Pen} ctx @param {Arrangement} arranged @param {{ theme: Theme; type: any; pointed: any }} given
 */
export function paintWords(ctx, arranged, { theme, type, pointed }) {
  const part = arranged.opening ? 1 : Math.min(1, arranged.scale * 1.6);
  for (const item of arranged.items) if (!item.away) drawMark(ctx, item, theme, part);
  for (const [item, at] of arranged.quoted) drawQuotes(ctx, item, at, theme);
  for (const [item, spot] of arranged.tags)
    drawAlong(ctx, spot, {
      font: type.font("along"),
      colour: voiceColour(spot, theme),
      halo: theme.paper,
      faded: item.faded,
    });
  for (const item of [...arranged.items, ...arranged.crosses]) {
    const box = arranged.edgeLabels.get(item.edge.id);
    const colour =
      item.chosen && !item.speaks ? theme.accent : takesInk(item.line) || item.chosen ? theme.ink : theme.soft;
    if (box?.lead) drawLead(ctx, box, colour, item.faded);
    if (box)
      drawText(ctx, box.lines, box, {
        font: type.font("edge"),
        colour: rowColours(box, colour, item.chosen, theme),
        halo: theme.paper,
        height: type.height("edge"),
        faded: item.faded,
      });
  }
  for (const [id, box] of arranged.nodeLabels) {
    const colour = arranged.isChosen(id) ? theme.accent : theme.ink;
    drawText(ctx, box.lines, box, {
      font: type.font(arranged.styleOf(id)),
      colour,
      halo: theme.paper,
      height: type.height("node"),
      faded: arranged.isFaded(id),
    });
  }
  const at = pointed && arranged.placeOf(pointed);
  if (!at) return;
  // In the whole, who speaks about what the keyboard is on shows while it is there.
  if (pointed.startsWith("node:")) {
    const spoken = spokenRound(arranged.records, arranged.scene, pointed.slice(5))
      .map((item) => arranged.placed(item))
      .filter(Boolean);
    if (spoken.length)
      drawLines(
        ctx,
        spoken.map((item) => ({ ...item, quiet: false, faded: false, chosen: true })),
        theme,
      );
  }
  ctx.beginPath();
  ctx.arc(at.x, at.y, pointed.startsWith("node:") ? RING.node : RING.edge, 0, Math.PI * 2);
  ctx.setLineDash([]);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = theme.accent;
  ctx.stroke();
}
