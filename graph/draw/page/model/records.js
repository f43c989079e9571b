// The network index: the data of the page as maps, read once, with the ways between nodes, relationships and
// statements.
import { rules } from "./rules.js";

const PARALLEL_BEND = 0.28;

/**
 * A map of which the asker knows that it has the keys, or handles their absence with `?.`.
 * @template V @param {[string, V][]} [pairs] @returns {Table<V>}
 */
export function tableOf(pairs = []) {
  return /** @type {Table<V>} */ (new Map(pairs));
}

/**
 * What #data holds, indexed. Everything else in model/ and views/ reads this and changes nothing in it.
 * @param {PageData} data
 */
export function readRecords(data) {
  for (const [kind, strokes] of Object.entries(rules.marks ?? {}))
    if (data.kinds[kind]) data.kinds[kind].mark = strokes;
  const nodes = tableOf(data.nodes.map((node) => [node.id, node]));
  const props = tableOf(Object.entries(data.props));
  const claims = tableOf(Object.entries(data.claims));
  const documents = tableOf(data.documents.map((document, index) => [document.id, { ...document, index }]));
  const edges = tableOf(
    data.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to)).map((edge) => [edge.id, edge]),
  );
  /** @type {Table<string>} */
  const statementOf = tableOf();
  for (const node of nodes.values()) if (node.type === "statement" && node.prop) statementOf.set(node.prop, node.id);
  /** @type {Table<string>} */
  const carrierOf = tableOf();
  /** @type {Table<EdgeRecord[]>} */
  const edgesOf = tableOf([...nodes.keys()].map((id) => [id, []]));
  /** @type {Table<EdgeRecord[]>} */
  const edgesOfProp = tableOf();
  for (const edge of edges.values()) {
    edgesOf.get(edge.from).push(edge);
    if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
    if (!edge.prop) continue;
    pushTo(edgesOfProp, edge.prop, edge);
    const own = statementOf.get(edge.prop);
    if (edge.type === "relationship" && own && own !== edge.from && own !== edge.to) carrierOf.set(own, edge.id);
  }
  /** @type {Table<string[]>} */
  const aboutProp = tableOf();
  for (const [id, prop] of props) {
    for (const end of [prop.subject, prop.third]) if (end && props.has(end)) pushTo(aboutProp, end, id);
  }
  const order = [...claims.keys()].sort((a, b) => compareClaims(claims.get(a), claims.get(b), documents));
  const rank = tableOf([...nodes.keys()].map((id, index) => [id, index]));
  return {
    data,
    nodes,
    props,
    claims,
    documents,
    edges,
    statementOf,
    carrierOf,
    edgesOf,
    edgesOfProp,
    aboutProp,
    order,
    rank,
    bends: bendsOf(edges),
  };
}

/**
 * The relationships said of a node, each once, those it has an edge for first.
 * @param {Records} records @param {string} id
 */
export function propsOfNode(records, id) {
  const node = records.nodes.get(id);
  const found = new Set(node?.props ?? []);
  for (const fact of node?.facts ?? []) found.add(fact);
  return [...found].filter((prop) => records.props.has(prop));
}

/**
 * The edge that stands for a proposition in the drawing, or null (a figure or date stands on its node).
 * @param {Records} records @param {string} propId
 */
export function edgeOfProp(records, propId) {
  return (records.edgesOfProp.get(propId) ?? []).find((edge) => edge.type === "relationship") ?? null;
}

/**
 * The node ids a proposition touches, through nested propositions, too.
 * @param {Records} records @param {string} propId @param {number} [depth]
 * @returns {string[]}
 */
export function endsOfProp(records, propId, depth = 0) {
  const prop = records.props.get(propId);
  if (!prop || depth > 4) return [];
  const ends = prop.third ? [prop.subject, prop.third] : [prop.subject];
  return ends.flatMap((end) =>
    records.props.has(end) ? endsOfProp(records, end, depth + 1) : records.nodes.has(end) ? [end] : [],
  );
}

/** @param {Map<string, any>} map @param {string} key @param {any} value */
function pushTo(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** @param {Claim} a @param {Claim} b @param {Table<DocumentRecord>} documents */
function compareClaims(a, b, documents) {
  const first = documents.get(a.document)?.index ?? 0;
  const second = documents.get(b.document)?.index ?? 0;
  return first - second || a.order - b.order || a.sid.localeCompare(b.sid);
}

// Parallel edges that come without a curve of their own are fanned out here; a curve given in the data stays.
/** @param {any} edges */
function bendsOf(edges) {
  const pairs = new Map();
  for (const edge of edges.values()) pushTo(pairs, [edge.from, edge.to].sort().join("\n"), edge);
  const bends = new Map();
  for (const group of pairs.values()) {
    const taken = new Set();
    group.forEach((edge, index) => {
      const turned = edge.from < edge.to ? 1 : -1;
      let bend = edge.curve || 0;
      /** @param {any} value */
      const key = (value) => Math.round(value * turned * 20);
      if (group.length > 1 && taken.has(key(bend))) bend = turned * fanned(index);
      for (let step = 1; taken.has(key(bend)) && step < 40; step += 1) bend = turned * fanned(index + step);
      taken.add(key(bend));
      bends.set(edge.id, bend);
    });
  }
  return bends;
}

/** @param {number} index */
function fanned(index) {
  return (index % 2 ? 1 : -1) * Math.ceil(index / 2) * PARALLEL_BEND;
}

/**
 * Whether a node is an actor: of a kind that can act.
 * @param {Records} records @param {NodeRecord | undefined} node
 */
export function isAgent(records, node) {
  return Boolean(node && records.data.kinds[node.kind]?.agent);
}
