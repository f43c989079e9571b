// What hands do to the drawing, as changes of the page's state: a node hidden, expanded, or drawn with its surroundings
// alone. The menu of a node, its panel and the double click all use these.

/**
 * Nodes hidden, and no longer added.
 * @param {PageState} state @param {string[]} ids
 */
export function hidePatch({ hidden, added }, ids) {
  return { hidden: [...new Set([...hidden, ...ids])], added: added.filter((each) => !ids.includes(each)) };
}

/**
 * One node hidden by its own button: it is no longer selected either.
 * @param {PageState} state @param {string} id
 */
export function hideNodePatch(state, id) {
  return { ...hidePatch(state, [id]), picked: state.picked.filter((each) => each !== id), selected: null };
}

/**
 * A node and those of its neighbours that were not drawn, added to the drawing.
 * @param {PageState} state @param {string} id @param {string[]} missing
 */
export function expandPatch({ added, hidden }, id, missing) {
  return {
    added: [...new Set([...added, id, ...missing])],
    hidden: hidden.filter((each) => !missing.includes(each)),
  };
}

/**
 * Only what is within some hops of a node.
 * @param {PageState} state @param {string} id @param {number} hops
 */
export function focusPatch({ focus, shown }, id, hops) {
  return { focus: { id, hops, before: focus?.before ?? shown }, shown: "focus" };
}

/**
 * What was drawn before only the surroundings of one node were.
 * @param {PageState} state
 */
export function unfocusPatch({ focus }) {
  return { focus: null, shown: focus?.before ?? "opening" };
}
