// The grammar of lines, drawn so that it reads without colour: who says so, softly, not yet, disputed, accepted,
// speaks about.
import { angleAt, pointAt } from "../model/geometry.js";

const HAIR = 1;
const SPEAKS_WIDTH = 0.9;
const INK = 1.5;
const HEAVY = 3.2;
const DOUBLE = { outer: 4.4, inner: 2 };
const DASH = [5, 4];
// What a line gains with each independent origin after the first.
const WIDER = 0.7;
// What nobody says, the text implying it: a long dash and a dot. What somebody only judges so: a wave.
const DASH_DOT = [9, 3, 1.5, 3];
const WAVE = { half: 5, high: 2.6 };
const DOTS = [0.1, 4.2];
const DOTS_SQUARE = [1.9, 2.4];
const HEAD = 7;
const MARK = 8;
const LEAD_DOT = 2;
const LEAD = 0.8;
// The mark of a line whose words found no room: a pair of quotation marks, for somebody says so. A shorter line is
// all head.
const QUOTE_MARK = "“”";
const QUOTE_HIGH = 12;
const QUOTE_FROM = 16;
// Words set over a line keep it off by so much.
const HALO = 6;
const SMALLEST_MARK = 0.6;
const FADED = 0.22;
// A line shorter than its head is drawn without one; one that bows by less than this is straight.
const SHORTEST_HEADED = 6;
const STRAIGHT = 0.4;
// Where everything is drawn and nothing is chosen, the mass of lines steps back, who speaks about whom furthest.
// A plain line that no word says anything of steps back as far.
const QUIET = { speaks: 0.4, other: 0.75, wordless: 0.4 };

/**
 * Whether a line takes ink; the others stay hairline.
 * @param {any} line
 */
export function takesInk(line) {
  return ["soft", "notyet", "disputed", "accepted", "denied", "rejected", "open"].includes(line);
}

// What somebody plainly says is as easy to see as what is alleged; in a crowd it steps back.
/** @param {any} line @param {boolean} quiet @param {Theme} theme */
function inkOf(line, quiet, theme) {
  if (takesInk(line)) return theme.ink;
  return line === "said" && !quiet ? theme.soft : theme.hair;
}

/**
 * What lines must have in common to be drawn in one stroke.
 * @param {any} item
 */
export function strokeKey(item) {
  return [
    item.sign ?? item.line,
    item.origins ?? 1,
    item.directed,
    Boolean(item.headless),
    item.chosen,
    item.faded,
    item.quiet,
    Boolean(item.wordless),
    JSON.stringify(item.edge?.look),
  ].join(" ");
}

/**
 * Edges of one key, in one stroke for each part of them.
 * @param {Pen} ctx @param {any[]} items @param {Theme} theme
 */
export function drawLines(ctx, items, theme) {
  const [{ line, sign = line, origins = 1, faded, quiet, chosen, directed, edge }] = items;
  const more = WIDER * (origins - 1);
  const look = edge?.look ?? {};
  const strength = faded
    ? FADED
    : quiet
      ? QUIET[line === "speaks" ? "speaks" : items[0].wordless ? "wordless" : "other"]
      : 1;
  ctx.globalAlpha = strength;
  ctx.lineCap = "butt";
  // Who speaks is a kind of its own: chosen, or part of a way, it stays a hairline and is never bold like a
  // relationship.
  const colour =
    line === "speaks"
      ? chosen
        ? theme.soft
        : theme.speak
      : chosen
        ? theme.accent
        : (look.stroke ?? inkOf(line, quiet, theme));
  ctx.strokeStyle = colour;
  ctx.setLineDash([]);
  if (line === "disputed") {
    ctx.lineWidth = DOUBLE.outer + more + (chosen ? 1 : 0);
    strokeCurves(ctx, items);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.paper;
    ctx.lineWidth = DOUBLE.inner;
    strokeCurves(ctx, items);
    ctx.strokeStyle = colour;
    ctx.globalAlpha = strength;
    ctx.lineWidth = INK;
  } else {
    // From afar dashes and dots are one pixel wide: a browser draws such lines many times faster.
    const thin = quiet && items[0].bare;
    ctx.lineWidth =
      (line === "accepted" ? HEAVY : line === "speaks" ? SPEAKS_WIDTH : takesInk(line) && !thin ? INK : HAIR) +
      more +
      (chosen && line !== "speaks" ? 1 : 0);
    if (line === "soft" || line === "denied" || line === "rejected") ctx.setLineDash(DASH);
    if (sign === "implied") ctx.setLineDash(DASH_DOT);
    if (line === "notyet" || line === "open") {
      // In a crowd square dots do; round ones cost twice as much.
      ctx.setLineDash(quiet || faded ? DOTS_SQUARE : DOTS);
      ctx.lineCap = quiet || faded ? "butt" : "round";
      if (!thin) ctx.lineWidth += 0.6;
    }
    if (look.dashes) ctx.setLineDash(look.dashes);
    if (look.width !== undefined) ctx.lineWidth = look.width + (chosen ? 1 : 0);
    if (sign === "judgement" && !thin) strokeWaves(ctx, items);
    else strokeCurves(ctx, items);
    ctx.setLineDash([]);
    ctx.lineCap = "butt";
    ctx.lineWidth = line === "accepted" ? 2.2 : INK - (takesInk(line) || chosen ? 0 : 0.3);
  }
  const long =
    quiet && items[0].bare
      ? []
      : items.filter(({ curve }) => Math.hypot(curve.x1 - curve.x0, curve.y1 - curve.y0) > SHORTEST_HEADED);
  if (items[0].headless) ctx.globalAlpha = 1;
  else if (line === "speaks") endRings(ctx, long, theme);
  else if (directed) openHeads(ctx, long, line === "disputed" || line === "accepted" ? HEAD + 3 : HEAD);
  ctx.globalAlpha = 1;
}

/**
 * The mark of a line on its middle: × ✓ in a ring, ? on paper; where no statement node stands there already. `part`:
 * its size.
 * @param {Pen} ctx @param {any} item @param {Theme} theme @param {any} [part]
 */
export function drawMark(ctx, item, theme, part = 1) {
  const glyph = { disputed: "×", accepted: "✓", soft: "?", denied: "×", rejected: "×", open: "?" }[item.line];
  // Seen from afar the dashes say enough; a page of marks would not.
  if (!glyph || item.markless || (part < SMALLEST_MARK && glyph === "?")) return;
  const at = pointAt(item.curve, 0.5);
  ctx.globalAlpha = item.faded ? FADED : 1;
  const colour = item.chosen ? theme.accent : theme.ink;
  if (item.line === "disputed" || item.line === "accepted")
    disc(ctx, at, MARK * Math.max(SMALLEST_MARK, part), colour, theme.paper);
  drawGlyph(ctx, glyph, at.x, at.y, colour, theme, item.line === "soft" || item.line === "open");
  ctx.globalAlpha = 1;
}

/**
 * The mark of a plain line without its words, at `at`: quotation marks, so that no bare line looks like a fact.
 * @param {Pen} ctx @param {any} item @param {any} at @param {Theme} theme
 */
export function drawQuotes(ctx, item, at, theme) {
  const { x0, y0, x1, y1 } = item.curve;
  if (Math.hypot(x1 - x0, y1 - y0) < QUOTE_FROM) return;
  ctx.globalAlpha = item.faded ? FADED : 1;
  ctx.font = `600 ${QUOTE_HIGH}px ${theme.serif || "serif"}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  ctx.fillStyle = item.chosen ? theme.accent : theme.soft;
  // Quotation marks hang above the middle of their line of type.
  const y = at.y + QUOTE_HIGH * 0.24;
  if (!item.faded) ctx.strokeText(QUOTE_MARK, at.x, y);
  ctx.fillText(QUOTE_MARK, at.x, y);
  ctx.globalAlpha = 1;
}

/**
 * A statement node: a ring on its edge, with × when it is disputed.
 * @param {Pen} ctx @param {number} x @param {number} y @param {any} radius @param {any} line @param {string} colour
 * @param {Theme} theme
 */
export function drawStatement(ctx, x, y, radius, line, colour, theme) {
  disc(ctx, { x, y }, radius, colour, theme.paper);
  if (line === "disputed" || line === "denied") drawGlyph(ctx, "×", x, y, colour, theme, false);
  else if (line === "accepted") drawGlyph(ctx, "✓", x, y, colour, theme, false);
  else {
    ctx.beginPath();
    ctx.arc(x, y, 2, 0, Math.PI * 2);
    ctx.fillStyle = colour;
    ctx.fill();
  }
}

/**
 * Lines of text centred on a box, with a halo of paper so that a line beneath never touches a letter.
 * @param {Pen} ctx @param {any} lines @param {Box} box
 * @param {{ font: string; colour: string | string[]; halo: any; height: any; faded: boolean }} given `colour`: of all,
 *   or of each row
 */
export function drawText(ctx, lines, box, { font, colour, halo, height, faded }) {
  ctx.globalAlpha = faded ? FADED + 0.06 : 1;
  ctx.font = font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = HALO;
  ctx.strokeStyle = halo;
  const top = box.y - ((lines.length - 1) * height) / 2;
  const strength = ctx.globalAlpha;
  ctx.globalAlpha = 1;
  for (const [index, text] of lines.entries()) ctx.strokeText(text, box.x, top + index * height);
  ctx.globalAlpha = strength;
  for (const [index, text] of lines.entries()) {
    ctx.fillStyle = typeof colour === "string" ? colour : colour[index];
    ctx.fillText(text, box.x, top + index * height);
  }
  ctx.globalAlpha = 1;
}

/**
 * Who says so, written along a line, or near it with a lead to a dot on it.
 * @param {Pen} ctx
 * @param {{ x: number; y: number; w: number; angle: number; lines: string[]; h: number; lead?: Point }} spot
 * @param {{ font: string; colour: string; halo: any; faded: boolean }} how
 */
export function drawAlong(ctx, { x, y, w, angle, lines, h, lead }, how) {
  if (lead) drawDottedLead(ctx, { x, y, w, h, lead }, how);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  drawText(ctx, lines, { x: 0, y: 0, w: 0, h }, { ...how, height: h });
  ctx.restore();
}

/**
 * @param {Pen} ctx @param {{ x: number; y: number; w: number; h: number; lead: Point }} spot
 * @param {{ colour: string; faded: boolean }} how
 */
function drawDottedLead(ctx, { x, y, w, h, lead }, { colour, faded }) {
  const way = Math.max(Math.abs(lead.x - x) / (w / 2 + 1), Math.abs(lead.y - y) / (h / 2 - 1));
  ctx.globalAlpha = faded ? FADED : 1;
  ctx.setLineDash([]);
  ctx.lineWidth = LEAD;
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.beginPath();
  if (way > 1) {
    ctx.moveTo(x + (lead.x - x) / way, y + (lead.y - y) / way);
    ctx.lineTo(lead.x, lead.y);
    ctx.stroke();
    ctx.beginPath();
  }
  ctx.arc(lead.x, lead.y, LEAD_DOT, 0, Math.PI * 2);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/**
 * A hairline from words to the mark they belong to, where they do not stand beside it.
 * @param {Pen} ctx @param {{ x: number; y: number; w: number; h: number; lead: any }} given @param {string} colour
 * @param {boolean} faded
 */
export function drawLead(ctx, { x, y, w, h, lead }, colour, faded) {
  const way = Math.max(Math.abs(lead.x - x) / (w / 2 + 3), Math.abs(lead.y - y) / (h / 2 + 2));
  if (way <= 1) return;
  const far = Math.hypot(lead.x - x, lead.y - y);
  ctx.globalAlpha = faded ? FADED : 0.75;
  ctx.setLineDash([]);
  ctx.lineWidth = LEAD;
  ctx.strokeStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x + (lead.x - x) / way, y + (lead.y - y) / way);
  ctx.lineTo(lead.x - ((lead.x - x) / far) * MARK, lead.y - ((lead.y - y) / far) * MARK);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** @param {Pen} ctx @param {any[]} items */
function strokeCurves(ctx, items) {
  ctx.beginPath();
  for (const { curve: c } of items) {
    ctx.moveTo(c.x0, c.y0);
    if (Math.abs(c.cx - (c.x0 + c.x1) / 2) + Math.abs(c.cy - (c.y0 + c.y1) / 2) < STRAIGHT) ctx.lineTo(c.x1, c.y1);
    else ctx.quadraticCurveTo(c.cx, c.cy, c.x1, c.y1);
  }
  ctx.stroke();
}

// A wave along each curve. It runs out straight before the head, so that the head is seen.
/** @param {Pen} ctx @param {any[]} items */
function strokeWaves(ctx, items) {
  ctx.beginPath();
  for (const { curve, directed } of items) {
    const long = Math.hypot(curve.x1 - curve.x0, curve.y1 - curve.y0);
    const share = directed ? Math.max(0, 1 - (HEAD + 2) / Math.max(long, 1)) : 1;
    const halves = 2 * Math.floor((long * share) / WAVE.half / 2);
    ctx.moveTo(curve.x0, curve.y0);
    for (let half = 0; half < halves; half += 1) {
      const middle = pointAt(curve, ((half + 0.5) / halves) * share);
      const end = pointAt(curve, ((half + 1) / halves) * share);
      const angle = angleAt(curve, ((half + 0.5) / halves) * share);
      const off = half % 2 ? -WAVE.high : WAVE.high;
      ctx.quadraticCurveTo(middle.x - Math.sin(angle) * off, middle.y + Math.cos(angle) * off, end.x, end.y);
    }
    ctx.lineTo(curve.x1, curve.y1);
  }
  ctx.stroke();
}

// An open head: two strokes, never a filled triangle, for somebody says so and we do not.
/** @param {Pen} ctx @param {any[]} items @param {any} size */
function openHeads(ctx, items, size) {
  ctx.beginPath();
  for (const { curve: c } of items) {
    const angle = angleAt(c, 1);
    ctx.moveTo(c.x1 - Math.cos(angle - 0.46) * size, c.y1 - Math.sin(angle - 0.46) * size);
    ctx.lineTo(c.x1, c.y1);
    ctx.lineTo(c.x1 - Math.cos(angle + 0.46) * size, c.y1 - Math.sin(angle + 0.46) * size);
  }
  ctx.stroke();
}

/** @param {Pen} ctx @param {any[]} items @param {Theme} theme */
function endRings(ctx, items, theme) {
  ctx.beginPath();
  for (const { curve: c } of items) {
    const angle = angleAt(c, 1);
    const x = c.x1 - Math.cos(angle) * 3;
    const y = c.y1 - Math.sin(angle) * 3;
    ctx.moveTo(x + 3, y);
    ctx.arc(x, y, 3, 0, Math.PI * 2);
  }
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.lineWidth = 1.1;
  ctx.stroke();
}

/** @param {Pen} ctx @param {any} at @param {any} radius @param {string} colour @param {any} paper */
function disc(ctx, at, radius, colour, paper) {
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, Math.PI * 2);
  ctx.fillStyle = paper;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/**
 * @param {Pen} ctx @param {string} glyph @param {number} x @param {number} y @param {string} colour
 * @param {Theme} theme @param {any} halo
 */
function drawGlyph(ctx, glyph, x, y, colour, theme, halo) {
  if (glyph === "×") {
    ctx.beginPath();
    ctx.moveTo(x - 3, y - 3);
    ctx.lineTo(x + 3, y + 3);
    ctx.moveTo(x + 3, y - 3);
    ctx.lineTo(x - 3, y + 3);
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = colour;
    ctx.stroke();
    return;
  }
  ctx.font = `600 13px ${theme.sans}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (halo) {
    ctx.lineWidth = 6;
    ctx.lineJoin = "round";
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(glyph, x, y);
  }
  ctx.fillStyle = colour;
  ctx.fillText(glyph, x, y + 0.5);
}
