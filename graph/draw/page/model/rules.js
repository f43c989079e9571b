// The tables by which the library settles what stands, folds and is walked (graph/draw/rules.py). They come with the
// page's data; the page goes by the same ones and has none of its own.

/** Empty until takeRules() has them, which comes first. @type {Rules} */
export const rules = /** @type {Rules} */ ({});

/**
 * From now on these tables count.
 * @param {Rules} given
 */
export function takeRules(given) {
  Object.assign(rules, given);
}

/** What may be walked through when it is asked for: kinds of nodes, and "speaker", a third who speaks about both. */
export function throughAsked() {
  return [...rules.stops.map(([word]) => word), "speaker"];
}

/**
 * The kinds that such a word means.
 * @param {string} wanted
 */
export function stopsBy(wanted) {
  return rules.stops.find(([word]) => word === wanted)?.[1] ?? [];
}
