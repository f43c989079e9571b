// A layout made in the page, for what no file has places for: like springs, the same each time for the same input.
const TURNS = { few: 320, many: 90 };
const FEW_NODES = 600;
// How far a push is felt, in lengths of an edge.
const REACH = 6;

/**
 * Map id → {x, y} for nodes and the pairs that edges join, some `length` apart; unjoined nodes stay by the rest.
 * @param {string[]} ids @param {any} pairs @param {any} [length]
 */
export function springLayout(ids, pairs, length = 100) {
  const nodes = [...ids].sort();
  const place = new Map(nodes.map((id, at) => [id, at]));
  const count = nodes.length;
  // Begun on a spiral, which no two share.
  const xs = nodes.map((_, at) => Math.cos(at * 2.399963) * Math.sqrt(at + 1) * length * 0.8);
  const ys = nodes.map((_, at) => Math.sin(at * 2.399963) * Math.sqrt(at + 1) * length * 0.8);
  const joined = [...new Set(pairs.map(([a, b]) => [a, b].sort().join("\n")))]
    .sort()
    .map((pair) => pair.split("\n").map((id) => place.get(id)))
    .filter(([a, b]) => a !== undefined && b !== undefined && a !== b);
  const turns = count > FEW_NODES ? TURNS.many : TURNS.few;
  for (let turn = 0; turn < turns; turn += 1) {
    const heat = length * 0.9 * (1 - turn / turns) + 0.5;
    const pushX = new Float64Array(count);
    const pushY = new Float64Array(count);
    repel(xs, ys, pushX, pushY, length);
    for (const [a, b] of joined) {
      const dx = xs[a] - xs[b];
      const dy = ys[a] - ys[b];
      const far = Math.hypot(dx, dy) || 0.01;
      const pull = far / length;
      pushX[a] -= dx * pull;
      pushY[a] -= dy * pull;
      pushX[b] += dx * pull;
      pushY[b] += dy * pull;
    }
    for (let at = 0; at < count; at += 1) {
      // A light pull to the middle keeps islands in sight.
      pushX[at] -= xs[at] * 0.08;
      pushY[at] -= ys[at] * 0.08;
      const size = Math.hypot(pushX[at], pushY[at]) || 1;
      xs[at] += (pushX[at] / size) * Math.min(size, heat);
      ys[at] += (pushY[at] / size) * Math.min(size, heat);
    }
  }
  return new Map(nodes.map((id, at) => [id, { x: Math.round(xs[at] * 10) / 10, y: Math.round(ys[at] * 10) / 10 }]));
}

// Everybody pushes away everybody near by, less and less with the distance.
/**
 * @param {number[]} xs @param {number[]} ys @param {Float64Array<ArrayBuffer>} pushX
 * @param {Float64Array<ArrayBuffer>} pushY @param {any} length
 */
function repel(xs, ys, pushX, pushY, length) {
  const count = xs.length;
  const square = length * length;
  const reach = square * REACH * REACH;
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const dx = xs[a] - xs[b] || 0.01 * (a - b);
      const dy = ys[a] - ys[b] || 0.01 * (b - a);
      const far = dx * dx + dy * dy;
      if (far > reach) continue;
      const force = (square / Math.max(1, far)) * (1 - far / reach);
      pushX[a] += dx * force;
      pushY[a] += dy * force;
      pushX[b] -= dx * force;
      pushY[b] -= dy * force;
    }
  }
}
