// Walking the drawing by keyboard: the nearest thing in a direction, and an order that passes through every one.
const WIDE = Math.PI / 2.4;
const WAYS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 };

/**
 * The thing nearest to `here` in the direction of an arrow key, or null. things: [{key, x, y}].
 * @param {any[]} things @param {any} here @param {any} arrow
 */
export function nearestThat(things, here, arrow) {
  const way = WAYS[arrow];
  /** @type {{ thing: any; cost: number } | null} */
  let best = null;
  for (const thing of things) {
    if (thing.key === here.key) continue;
    const dx = thing.x - here.x;
    const dy = thing.y - here.y;
    const far = Math.hypot(dx, dy);
    if (far < 1) continue;
    const off = Math.abs(Math.atan2(Math.sin(Math.atan2(dy, dx) - way), Math.cos(Math.atan2(dy, dx) - way)));
    if (off > WIDE) continue;
    const cost = far * (1 + off * 1.6);
    if (!best || cost < best.cost) best = { thing, cost };
  }
  return best?.thing ?? null;
}

/**
 * The next (or, with -1, the one before) in reading order, round and round.
 * @param {any[]} things @param {string | null} key @param {number} step
 */
export function nextOf(things, key, step) {
  if (!things.length) return null;
  const index = things.findIndex((thing) => thing.key === key);
  if (index < 0) return step > 0 ? things[0] : things[things.length - 1];
  return things[(index + step + things.length) % things.length];
}
