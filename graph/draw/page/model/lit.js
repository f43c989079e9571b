// What a selection lights: itself, what it touches, and those who speak of it. Everything else fades.

/**
 * Whether the selection is this node (or the statement node of this relationship).
 * @param {Records} records @param {any} selected @param {string} id
 */
export function isChosenNode(records, selected, id) {
  if (!selected) return false;
  if (selected.type === "node" || selected.type === "group") return selected.id === id;
  if (selected.type === "many") return selected.nodes.includes(id);
  return selected.type === "prop" && records.nodes.get(id).prop === selected.id;
}

/**
 * Whether the selection is this edge.
 * @param {any} selected @param {EdgeRecord} edge
 */
export function isChosenEdge(selected, edge) {
  if (!selected) return false;
  if (selected.type === "many") return selected.props.includes(edge.prop) || selected.speaks.includes(edge.id);
  return (
    (selected.type === "prop" && edge.prop === selected.id) ||
    ((selected.type === "speaks" || selected.type === "parts") && edge.id === selected.id)
  );
}

/**
 * {nodes, edges} that stay, or null when nothing fades. A scene that has its own light (a path) keeps it.
 * @param {Records} records @param {Scene} scene @param {any} selected
 */
export function litBy(records, scene, selected) {
  if (scene.lit) return scene.lit;
  if (!selected || selected.type === "many") return null;
  const nodes = new Set();
  const edges = new Set();
  const statement = selected.type === "prop" ? records.statementOf.get(selected.id) : null;
  for (const { edge } of scene.edges) {
    const touches =
      selected.type === "node" || selected.type === "group"
        ? edge.from === selected.id || edge.to === selected.id
        : isChosenEdge(selected, edge) || (statement && (edge.from === statement || edge.to === statement));
    if (!touches) continue;
    edges.add(edge.id);
    for (const id of [edge.from, edge.to, records.statementOf.get(edge.prop)]) if (id) nodes.add(id);
  }
  if (selected.type === "node" || selected.type === "group") nodes.add(selected.id);
  if (statement) nodes.add(statement);
  const prop = selected.type === "prop" ? records.props.get(selected.id) : null;
  for (const end of [prop?.subject, prop?.third]) if (end && records.nodes.has(end)) nodes.add(end);
  return nodes.size ? { nodes, edges } : null;
}

/**
 * {nodes, edges} of some relationships (a Set of ids): their lines, their ends, and who is drawn as speaking on them.
 * @param {Records} records @param {Scene} scene @param {Set<string>} props
 */
export function litByProps(records, scene, props) {
  const nodes = new Set();
  const edges = new Set();
  for (const { edge } of scene.edges) {
    const own = edge.prop && props.has(edge.prop);
    const carried = edge.type === "speaks" && [edge.from, edge.to].some((id) => props.has(records.nodes.get(id)?.prop));
    if (!own && !carried) continue;
    edges.add(edge.id);
    for (const id of [edge.from, edge.to, records.statementOf.get(edge.prop)]) if (id) nodes.add(id);
  }
  const drawn = new Set(scene.nodes);
  for (const id of props)
    for (const end of [records.props.get(id)?.subject, records.props.get(id)?.third])
      if (drawn.has(end)) nodes.add(end);
  return { nodes, edges };
}
