// Where two texts differ: the smallest part of the first to be replaced so that it becomes the second.

/**
 * {from, to, insert}: what stands between from and to is replaced with insert.
 * @param {string} before @param {string} after
 */
export function differenceOf(before, after) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
