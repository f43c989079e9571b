// Boxes and lines that are on the paper already, found quickly by where they are.
import { samples } from "./geometry.js";

// Pixels between any two words.
export const GAP = 3;
// Words of a line that stand nearer than this to somebody who is no end of it read as if they were about them, and a
// name as near to another's shape reads as theirs. Cells reach that far.
export const APART = 12;
const CELL = 64;

/**
 * Boxes on the paper, found quickly. A box is {x, y, w, h} round its middle, with an owner; words of
 * a line that keep apart from all but its two ends have those as `ends`.
 */
export class Crowd {
  constructor() {
    this.cells = new Map();
  }

  /** @param {Box} box */
  add(box) {
    for (const key of cellsOf(box)) {
      const list = this.cells.get(key);
      if (list) list.push(box);
      else this.cells.set(key, [box]);
    }
  }

  copy() {
    const other = new Crowd();
    for (const [key, list] of this.cells) other.cells.set(key, [...list]);
    return other;
  }

  /**
   * Whether `box` touches one that is there.
   * @param {Box} box
   */
  hits(box) {
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        const strange = isStrange(box, other) || isStrange(other, box);
        const [wide, high] = strange ? [APART * 2, APART] : [GAP * 2, GAP];
        if (
          Math.abs(other.x - box.x) * 2 < other.w + box.w + wide &&
          Math.abs(other.y - box.y) * 2 < other.h + box.h + high
        )
          return true;
      }
    }
    return false;
  }

  /**
   * How much of `box` is covered already, in square pixels.
   * @param {Box} box
   */
  covered(box) {
    const seen = new Set();
    let sum = 0;
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        const wide = (other.w + box.w) / 2 - Math.abs(other.x - box.x);
        const high = (other.h + box.h) / 2 - Math.abs(other.y - box.y);
        if (wide > 0 && high > 0) sum += wide * high;
      }
    }
    return sum;
  }

  /**
   * Owner → weight of what lies in `box`, grown by `grow`: of lines, when this is a crowd of lines.
   * @param {Box} box @param {number} [grow]
   */
  owners(box, grow = 1) {
    const seen = new Map();
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (Math.abs(other.x - box.x) * 2 < box.w + grow * 2 && Math.abs(other.y - box.y) * 2 < box.h + grow * 2)
          seen.set(other.owner, other.weight ?? 1);
      }
    }
    return seen;
  }
}

// Whether one is words of a line and the other belongs to somebody who is no end of it.
/** @param {Box} words @param {Box} other */
function isStrange({ ends }, other) {
  return Boolean(ends) && !other.ends && !ends.includes(other.owner) && !other.owner?.startsWith("mark:");
}

/**
 * Points of every curve, so that labels can keep off other people's lines. curves: [{id, curve, weight}].
 * @param {any[]} curves
 */
export function crowdOfLines(curves) {
  const lines = new Crowd();
  for (const { id, curve, weight } of curves)
    for (const point of samples(curve, 28)) lines.add({ ...point, w: 1, h: 1, owner: id, weight });
  return lines;
}

/** @param {Box} box */
function* cellsOf(box) {
  const left = Math.floor((box.x - box.w / 2 - 6) / CELL);
  const right = Math.floor((box.x + box.w / 2 + 6) / CELL);
  const top = Math.floor((box.y - box.h / 2 - 6) / CELL);
  const bottom = Math.floor((box.y + box.h / 2 + 6) / CELL);
  for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) yield x * 65536 + y;
}
