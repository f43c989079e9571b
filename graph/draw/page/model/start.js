// "Start here": what needs judgement first, as the data lists it, without what the filters hide.
const START_KINDS = ["disputed", "unanswered", "figures", "open", "most"];

/**
 * [{kind, props, nodes, late}] in the order of START_KINDS; parts with nothing in them are left out, unless a server
 * did not answer in time what is in them (`late`).
 * @param {Records} records @param {Lens} lens
 */
export function readStart(records, lens) {
  return records.data.start
    .map((part) => ({
      kind: part.kind,
      props: (part.props ?? []).filter((id) => records.props.has(id) && lens.props.has(id)),
      nodes: (part.nodes ?? []).filter((id) => records.nodes.has(id)),
      late: Boolean(part.late),
    }))
    .filter((part) => part.props.length || part.nodes.length || part.late)
    .sort((a, b) => rank(a.kind) - rank(b.kind));
}

// Parts that list what a figure counts.
const START_FIGURES = {
  disputed: "denied",
  unanswered: "unanswered_accusations",
  figures: "single_source_figures",
  open: "open_questions",
};

/**
 * How many a part stands for: of a store, all that it has, not only the first ones; under filters, what is left.
 * @param {Records} records @param {Lens} lens @param {any} part
 */
export function startCount(records, lens, part) {
  const whole = records.data.figures.values?.[START_FIGURES[part.kind]];
  return records.data.served && !lens.filtered && whole ? whole : part.props.length || part.nodes.length;
}

/**
 * How many shown statements touch a node, as it is said of or as it says.
 * @param {Records} records @param {Lens} lens @param {string} id
 */
export function statementsAt(records, lens, id) {
  const node = records.nodes.get(id);
  const found = new Set(node.says.filter((claim) => lens.shown.has(claim)));
  for (const prop of new Set([...node.props, ...node.facts]))
    for (const claim of records.props.get(prop)?.claims ?? []) if (lens.shown.has(claim)) found.add(claim);
  return found.size;
}

/** @param {any} kind */
function rank(kind) {
  const at = START_KINDS.indexOf(kind);
  return at < 0 ? START_KINDS.length : at;
}
