// What is drawn: the nodes and edges that the state, the filters and the selection ask for, and nothing they hide.
import {ON_REQUEST} from "./lens.js";
import {edgeOfProp, endsOfProp} from "./records.js";

// Offices, "part of" and "in" stand under a name and are not drawn, unless there is something to judge in them.
const AS_SUBTITLE = ["said", "accepted"];

/**
 * nodes: ids (statement nodes last); edges: {edge, line, seen, speaks}; total and drawn count actors, events and places.
 * `lens` is what lookThrough() answers.
 */
export function sceneOf(records, lens, state) {
  const revealed = revealedBy(records, state.selected);
  // A node of the opening brings no further lines when it is chosen: the drawing stays still.
  const wanted = new Set([...state.added, ...revealed.filter((id) => !records.nodes.get(id).opening)]);
  const plainNodes = [...records.nodes.values()].filter((node) => node.type !== "statement");
  let drawn = new Set(plainNodes.filter((node) => state.shown === "all" || node.opening || wanted.has(node.id)).map((node) => node.id));
  const context = { records, lens, state, wanted };
  if (lens.filtered) drawn = new Set([...drawn].filter((id) => revealed.includes(id) || hasSomething(context, id)));
  const statements = drawnStatements(context, drawn);
  const places = new Set([...drawn, ...statements]);
  const edges = [];
  for (const edge of records.edges.values()) {
    if (!places.has(edge.from) || !places.has(edge.to)) continue;
    const item = edge.type === "speaks" ? speaksItem(context, edge) : relationshipItem(context, edge);
    if (item) edges.push(item);
  }
  const kept = keptStatements(context, statements, edges);
  return {
    nodes: [...drawn, ...kept],
    statements: [...kept],
    edges: edges.filter((item) => !isLost(records, kept, item.edge)),
    drawn: drawn.size,
    total: plainNodes.length,
  };
}

/** The ids a selection needs to be seen: its node, or the ends of its relationship. */
function revealedBy(records, selected) {
  if (!selected) return [];
  if (selected.type === "node") return records.nodes.has(selected.id) ? [selected.id] : [];
  if (selected.type === "speaks") {
    const edge = records.edges.get(selected.id);
    return edge ? [edge.from, edge.to].flatMap((id) => (records.nodes.get(id).type === "statement" ? endsOfProp(records, records.nodes.get(id).prop) : [id])) : [];
  }
  return endsOfProp(records, selected.id);
}

/** The neighbours of a node by relationships that the filters show. */
export function neighboursOf(records, lens, id) {
  const found = new Set();
  for (const edge of records.edgesOf.get(id) ?? []) {
    if (edge.type !== "relationship" || !lens.props.has(edge.prop)) continue;
    for (const end of [edge.from, edge.to]) if (end !== id && records.nodes.get(end).type !== "statement") found.add(end);
  }
  return [...found];
}

function relationshipItem({ records, lens, state, wanted }, edge) {
  const seen = lens.props.get(edge.prop);
  if (!seen) return null;
  const chosen = state.selected?.type === "prop" && state.selected.id === edge.prop;
  if (!chosen && edge.subtitle && AS_SUBTITLE.includes(seen.line)) return null;
  if (!chosen && ON_REQUEST.includes(seen.line) && !state.draw[seen.line]) return null;
  const asked = ON_REQUEST.includes(seen.line) && state.draw[seen.line];
  if (!chosen && !asked && state.shown !== "all" && !edge.opening && !wanted.has(edge.from) && !wanted.has(edge.to)) return null;
  return { edge, line: seen.line, seen, speaks: false, bend: records.bends.get(edge.id) };
}

function speaksItem({ records, lens, state, wanted }, edge) {
  const chosen = state.selected?.type === "speaks" && state.selected.id === edge.id;
  if (!chosen && !state.draw.speaks) return null;
  if (!edge.claims.some((id) => lens.shown.has(id))) return null;
  if (!chosen && state.shown !== "all" && !edge.opening && !wanted.has(edge.from) && !wanted.has(edge.to)) return null;
  return { edge, line: "speaks", seen: null, speaks: true, bend: records.bends.get(edge.id) };
}

function drawnStatements(context, drawn) {
  const { records, lens, state } = context;
  const found = new Set();
  for (const [propId, id] of records.statementOf) {
    const seen = lens.props.get(propId);
    if (!seen) continue;
    const node = records.nodes.get(id);
    const chosen = state.selected?.type === "prop" && state.selected.id === propId;
    const carrier = edgeOfProp(records, propId);
    const carried = carrier && carrier.from !== id && carrier.to !== id;
    if (carried && !(drawn.has(carrier.from) && drawn.has(carrier.to) && relationshipItem(context, carrier))) continue;
    const ends = endsOfProp(records, propId);
    if (!carried && (!ends.every((end) => drawn.has(end)) || (state.shown !== "all" && !node.opening && !chosen))) continue;
    found.add(id);
  }
  return found;
}

// A small node on an edge is kept when it has something to say: a dispute, or an edge of its own.
function keptStatements({ records, lens }, statements, edges) {
  const attached = new Set(edges.flatMap((item) => [item.edge.from, item.edge.to]));
  return new Set([...statements].filter((id) => attached.has(id) || ["disputed", "accepted"].includes(lens.props.get(records.nodes.get(id).prop).line)));
}

function isLost(records, kept, edge) {
  return [edge.from, edge.to].some((id) => records.nodes.get(id).type === "statement" && !kept.has(id));
}

function hasSomething({ records, lens }, id) {
  const node = records.nodes.get(id);
  return node.props.some((prop) => lens.props.has(prop)) || node.facts.some((prop) => lens.props.has(prop)) || node.says.some((claim) => lens.shown.has(claim));
}
