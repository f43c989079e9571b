// The shapes of nodes: kind by shape first, hue second.
const TURN = Math.PI * 2;
// Shapes of one area look of one size; these are radii as parts of the node's.
const SCALE = {
  circle: 1,
  square: 0.88,
  diamond: 1.18,
  document: 1,
  hexagon: 1.06,
  triangle: 1.16,
  ellipse: 1,
  star: 1.2,
  pentagon: 1.1,
};

const WRITING = [
  [-0.4, -0.28, 0.36, -0.28],
  [-0.4, 0.1, 0.36, 0.1],
  [-0.4, 0.48, 0.1, 0.48],
];

/**
 * Traces the outline of `shape` round (x, y); the caller fills and strokes.
 * @param {Pen} ctx @param {string} shape @param {number} x @param {number} y @param {any} radius
 */
export function traceShape(ctx, shape, x, y, radius) {
  const r = radius * (SCALE[shape] ?? 1);
  ctx.beginPath();
  if (shape === "square") roundedBox(ctx, x - r, y - r, r * 2, r * 2, 2);
  else if (shape === "diamond") corners(ctx, x, y, r, 4, -TURN / 4);
  else if (shape === "hexagon") corners(ctx, x, y, r, 6, 0);
  else if (shape === "pentagon") corners(ctx, x, y, r, 5, -TURN / 4);
  else if (shape === "triangle") corners(ctx, x, y + r * 0.16, r, 3, -TURN / 4);
  else if (shape === "star") star(ctx, x, y, r);
  else if (shape === "ellipse") ctx.ellipse(x, y, r * 1.22, r * 0.78, 0, 0, TURN);
  else if (shape === "document") leaf(ctx, x, y, r);
  else ctx.arc(x, y, r, 0, TURN);
}

/**
 * What stands inside a shape, stroked after its outline: the lines of writing on a document, and the mark of a kind
 * that shares its shape with others.
 * @param {Pen} ctx @param {{ shape: string; mark?: number[][] }} kind @param {number} x @param {number} y
 * @param {number} r
 */
export function traceDetail(ctx, { shape, mark = [] }, x, y, r) {
  ctx.beginPath();
  for (const stroke of shape === "document" ? WRITING : mark) {
    const [across, down, third, fourth] = stroke.map((part) => part * r);
    ctx.moveTo(x + across + (fourth === undefined ? third : 0), y + down);
    if (fourth === undefined) ctx.arc(x + across, y + down, third, 0, TURN);
    else ctx.lineTo(x + third, y + fourth);
  }
}

/**
 * @param {Pen} ctx @param {number} x @param {number} y @param {number} r @param {number} count @param {number} start
 */
function corners(ctx, x, y, r, count, start) {
  for (let index = 0; index < count; index += 1) {
    const angle = start + (index / count) * TURN;
    ctx.lineTo(x + Math.cos(angle) * r, y + Math.sin(angle) * r);
  }
  ctx.closePath();
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} r */
function star(ctx, x, y, r) {
  for (let index = 0; index < 10; index += 1) {
    const angle = -TURN / 4 + (index / 10) * TURN;
    const reach = index % 2 ? r * 0.52 : r;
    ctx.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  ctx.closePath();
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} r */
function leaf(ctx, x, y, r) {
  const w = r * 0.78;
  const fold = r * 0.45;
  ctx.moveTo(x - w, y - r);
  ctx.lineTo(x + w - fold, y - r);
  ctx.lineTo(x + w, y - r + fold);
  ctx.lineTo(x + w, y + r);
  ctx.lineTo(x - w, y + r);
  ctx.closePath();
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
function roundedBox(ctx, x, y, w, h, r) {
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + w, y, x + w, y + h, r);
  ctx.arcTo(x + w, y + h, x, y + h, r);
  ctx.arcTo(x, y + h, x, y, r);
  ctx.arcTo(x, y, x + w, y, r);
  ctx.closePath();
}
