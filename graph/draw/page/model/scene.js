// What is drawn: the nodes and edges that the state, the filters and the selection ask for, and nothing they hide.
import { castScene, isCastDrawn } from "./cast.js";
import { foldedOf } from "./fold.js";
import { groupNode, grouped, groupsOf, isGroup, spreadGroups } from "./groups.js";
import { drawnLine, ON_REQUEST } from "./lens.js";
import { isFolded } from "./notions.js";
import { edgeOfProp, endsOfProp, tableOf } from "./records.js";

// Offices, "part of" and "in" stand under a name and are not drawn, unless there is something to judge in them.
const AS_SUBTITLE = ["said", "accepted"];
// So many of the largest nodes have their names in the whole drawing whatever lies under them.
const PRIME = 14;
const FAN = 0.24;
const NOTHING = { nodes: new Set(), props: new Set(), speaks: new Set() };

/**
 * nodes: ids (statement nodes last); edges: {edge, line, seen, speaks, bend}; total and drawn count actors, events
 * and places. `lens` is what lookThrough() answers, `marks` {nodes, props, speaks} what an answer (a path, what
 * joins) draws. `records` are those of the drawing, with closed groups as nodes; `selected` and `lit` what stands
 * out; `prime` whose names come first.
 * @param {Records} records @param {Lens} lens @param {PageState} state @param {Marks | null} [marks]
 * @returns {Scene}
 */
export function sceneOf(records, lens, state, marks = null) {
  if (isCastDrawn(records, state)) return castScene(records, lens, state, marks);
  const forced = marks ?? NOTHING;
  const revealed = new Set([...revealedBy(records, state.selected), ...forced.nodes]);
  // A node of the opening brings no further lines when it is chosen: the drawing stays still.
  const wanted = new Set([...state.added, ...[...revealed].filter((id) => !records.nodes.get(id).opening)]);
  const plainNodes = [...records.nodes.values()].filter((node) => node.type !== "statement");
  const folded = state.fold ? foldedOf(records, lens) : { gone: new Set(), edges: [] };
  const near =
    state.shown === "focus" && state.focus ? nodesWithin(records, lens, state.focus.id, state.focus.hops) : null;
  const hidden = new Set([...state.hidden, ...folded.gone]);
  // In the world of one speaker, or without a source, little is left: its words are drawn.
  const world = ["without", "according"].includes(state.ask?.kind) && Boolean(state.ask.source || state.ask.a);
  const inCards = state.shown === "all" && !state.draw.words && !world;
  /** @param {NodeRecord} node */
  const isDrawn = (node) =>
    revealed.has(node.id) ||
    state.picked.includes(node.id) ||
    (!hidden.has(node.id) &&
      (near
        ? near.has(node.id) || state.added.includes(node.id)
        : (state.shown === "all" && !(inCards && isFolded(records, node))) || node.opening || wanted.has(node.id)));
  /** @type {SceneContext} */
  const context = { records, lens, state, wanted, forced, whole: !["opening", "cast"].includes(state.shown) };
  let drawn = new Set(plainNodes.filter(isDrawn).map((node) => node.id));
  if (lens.filtered) drawn = new Set([...drawn].filter((id) => revealed.has(id) || hasSomething(context, id)));
  const statements = drawnStatements(context, drawn);
  const places = new Set([...drawn, ...statements]);
  /** @type {SceneItem[]} */
  let edges = [];
  for (const edge of records.edges.values()) {
    if (!places.has(edge.from) || !places.has(edge.to)) continue;
    const item = ITEMS[edge.type](context, edge);
    if (item) edges.push(item);
  }
  edges.push(...foldedItems(folded.edges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to))));
  let kept = keptStatements(context, statements, edges);
  edges = edges.filter((item) => !isLost(records, kept, item.edge));
  let nodes = [...drawn];
  let view = records;
  if (state.group) {
    const apart = new Set([...revealed, ...state.picked, ...(state.focus ? [state.focus.id] : [])]);
    const groups = groupsOf(records, nodes, state.group, state.opened, apart);
    const closed = new Set([...groups.values()].flat());
    edges = grouped(lens, edges, groups);
    const carriers = new Set(edges.map((item) => item.edge.prop));
    // A small node goes with its line; one without a line stays as long as what it is about does.
    kept = new Set(
      [...kept].filter(
        (id) =>
          carriers.has(records.nodes.get(id).prop) ||
          (!edgeOfProp(records, records.nodes.get(id).prop) &&
            endsOfProp(records, records.nodes.get(id).prop).every((end) => !closed.has(end))),
      ),
    );
    edges = edges.filter((item) => !isLost(records, kept, item.edge));
    nodes = [...nodes.filter((id) => !closed.has(id)), ...groups.keys()];
    view = {
      ...records,
      nodes: tableOf([
        ...records.nodes,
        ...[...groups].map(
          ([key, members]) => /** @type {[string, NodeRecord]} */ ([key, groupNode(records, key, members)]),
        ),
      ]),
    };
    if (context.whole) spreadGroups(nodes.map((id) => view.nodes.get(id)));
  }
  const drawing = { records: view, nodes: [...nodes, ...kept] };
  /** @type {Scene} */
  const scene = {
    ...drawing,
    folded: inCards ? plainNodes.filter((node) => !drawn.has(node.id) && isFolded(records, node)).length : 0,
    statements: [...kept],
    edges,
    drawn: drawn.size,
    total: plainNodes.length,
    lit: null,
    selected: selectedOf(state, marks),
    shows: lens.shown,
    prime: context.whole ? primeOf(drawing) : new Set(),
  };
  if (marks && (marks.props.size || marks.speaks.size)) scene.lit = lightOf(scene, marks, state.selected);
  return scene;
}

/**
 * The ids a selection needs to be seen: its node, or the ends of its relationship.
 * @param {Records} records @param {Thing | null} selected
 */
function revealedBy(records, selected) {
  if (!selected || selected.type === "group" || selected.type === "parts") return [];
  if (selected.type === "node") return records.nodes.has(selected.id) ? [selected.id] : [];
  if (selected.type === "speaks") {
    const edge = records.edges.get(selected.id);
    return edge
      ? [edge.from, edge.to].flatMap((id) =>
          records.nodes.get(id).type === "statement" ? endsOfProp(records, records.nodes.get(id).prop) : [id],
        )
      : [];
  }
  return endsOfProp(records, selected.id);
}

/**
 * The neighbours of a node by relationships that the filters show.
 * @param {Records} records @param {Lens} lens @param {string} id
 */
export function neighboursOf(records, lens, id) {
  const found = new Set();
  for (const edge of records.edgesOf.get(id) ?? []) {
    if (edge.type !== "relationship" || !lens.props.has(edge.prop)) continue;
    for (const end of [edge.from, edge.to])
      if (end !== id && records.nodes.get(end).type !== "statement") found.add(end);
  }
  return [...found];
}

/**
 * Who speaks about a node of the whole drawing, or whom it speaks about, as far as that is not drawn already: items.
 * @param {Records} records @param {Scene} scene @param {string} id
 */
export function spokenRound(records, scene, id) {
  if (!scene.prime.size) return [];
  const drawn = new Set(scene.nodes);
  const there = new Set(scene.edges.map(({ edge }) => edge.id));
  return (records.edgesOf.get(id) ?? [])
    .filter(
      (edge) =>
        edge.type === "speaks" &&
        drawn.has(edge.from) &&
        drawn.has(edge.to) &&
        !there.has(edge.id) &&
        edge.claims.some((claim) => scene.shows.has(claim)),
    )
    .map((edge) => ({ edge, line: "speaks", seen: null, speaks: true, bend: records.bends.get(edge.id) }));
}

/**
 * Sign → how many of some lines are drawn by it.
 * @param {Pick<SceneItem, "line" | "sign">[]} items
 */
export function countedSigns(items) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { line, sign = line } of items) found.set(sign, (found.get(sign) ?? 0) + 1);
  return found;
}

/**
 * Drawn neighbours of a node that nothing else drawn is joined to: what collapsing it takes away.
 * @param {Records} records @param {Lens} lens @param {Scene} scene @param {string} id
 */
export function leavesOf(records, lens, scene, id) {
  const drawn = new Set(scene.nodes);
  return neighboursOf(records, lens, id).filter(
    (other) => drawn.has(other) && neighboursOf(records, lens, other).every((far) => far === id || !drawn.has(far)),
  );
}

/**
 * Everything within so many hops of a node, by relationships that the filters show; who only speaks about it is none
 * of them.
 * @param {Records} records @param {Lens} lens @param {string} id @param {number} hops
 */
function nodesWithin(records, lens, id, hops) {
  const found = new Set([id]);
  let edge = [id];
  for (let turn = 0; turn < hops; turn += 1) {
    edge = edge
      .flatMap((each) => neighboursOf(records, lens, each))
      .filter((each) => !found.has(each) && found.add(each));
  }
  return found;
}

/**
 * @param {SceneContext} context @param {EdgeRecord} edge
 * @returns {SceneItem | null}
 */
function relationshipItem({ records, lens, state, wanted, forced, whole }, edge) {
  const seen = lens.props.get(edge.prop);
  if (!seen) return null;
  const chosen = forced.props.has(edge.prop) || (state.selected?.type === "prop" && state.selected.id === edge.prop);
  if (!chosen && edge.subtitle && AS_SUBTITLE.includes(seen.line)) return null;
  if (!chosen && ON_REQUEST.includes(seen.line) && !state.draw[seen.line]) return null;
  const asked = ON_REQUEST.includes(seen.line) && state.draw[seen.line];
  if (!chosen && !asked && !whole && !edge.opening && !wanted.has(edge.from) && !wanted.has(edge.to)) return null;
  return { edge, line: drawnLine(seen), sign: seen.sign, seen, speaks: false, bend: records.bends.get(edge.id) };
}

// Who speaks is drawn at the opening; in the whole only round what is chosen, or when it is asked for.
/**
 * @param {SceneContext} context @param {EdgeRecord} edge
 * @returns {SceneItem | null}
 */
function speaksItem({ records, lens, state, wanted, forced, whole }, edge) {
  const { selected } = state;
  const chosen = forced.speaks.has(edge.id) || (selected?.type === "speaks" && selected.id === edge.id);
  const beside =
    whole &&
    selected &&
    (selected.type === "node"
      ? edge.from === selected.id || edge.to === selected.id
      : selected.type === "prop" && records.nodes.get(edge.to).prop === selected.id);
  if (!chosen && !beside && !(whole ? state.draw.speaksAll : state.draw.speaks)) return null;
  if (!edge.claims.some((id) => lens.shown.has(id))) return null;
  if (!chosen && !whole && !edge.opening && !wanted.has(edge.from) && !wanted.has(edge.to)) return null;
  return { edge, line: "speaks", seen: null, speaks: true, bend: records.bends.get(edge.id) };
}

// A line that somebody drew by hand: it rests on no statement, so that no filter hides it.
/** @param {Pick<Page, "records">} page @param {EdgeRecord} edge */
function addedItem({ records }, edge) {
  return { edge, line: "added", seen: null, speaks: false, bend: records.bends.get(edge.id) };
}

const ITEMS = { relationship: relationshipItem, speaks: speaksItem, added: addedItem };

// Several folded edges between the same two fan out.
/**
 * @param {EdgeRecord[]} edges
 * @returns {SceneItem[]}
 */
function foldedItems(edges) {
  const pairs = new Map();
  return edges.map((edge) => {
    const key = `${edge.from} ${edge.to}`;
    const index = (pairs.get(key) ?? 0) + 1;
    pairs.set(key, index);
    return {
      edge,
      line: edge.line,
      seen: null,
      speaks: false,
      bend: (index % 2 ? 1 : -1) * Math.ceil(index / 2) * FAN,
    };
  });
}

/** @param {SceneContext} context @param {Set<string>} drawn */
function drawnStatements(context, drawn) {
  const { records, lens, state, forced, whole } = context;
  const found = new Set();
  for (const [propId, id] of records.statementOf) {
    const seen = lens.props.get(propId);
    if (!seen) continue;
    const node = records.nodes.get(id);
    const chosen =
      forced.nodes.has(id) ||
      forced.props.has(propId) ||
      (state.selected?.type === "prop" && state.selected.id === propId);
    const carrier = edgeOfProp(records, propId);
    const carried = carrier && carrier.from !== id && carrier.to !== id;
    if (carried && !(drawn.has(carrier.from) && drawn.has(carrier.to) && relationshipItem(context, carrier))) continue;
    const ends = endsOfProp(records, propId);
    if (!carried && (!ends.every((end) => drawn.has(end)) || (!whole && !node.opening && !chosen))) continue;
    found.add(id);
  }
  return found;
}

// A small node on an edge is kept when it has something to say: a dispute, or an edge of its own.
/** @param {Pick<Page, "records" | "lens">} page @param {any} statements @param {any} edges */
function keptStatements({ records, lens }, statements, edges) {
  const attached = new Set(edges.flatMap((item) => [item.edge.from, item.edge.to]));
  return new Set(
    [...statements].filter(
      (id) => attached.has(id) || ["disputed", "accepted"].includes(lens.props.get(records.nodes.get(id).prop).line),
    ),
  );
}

/** @param {Records} records @param {any} kept @param {EdgeRecord} edge */
function isLost(records, kept, edge) {
  return [edge.from, edge.to].some((id) => !isGroup(id) && records.nodes.get(id).type === "statement" && !kept.has(id));
}

/** @param {Pick<Page, "records" | "lens">} page @param {string} id */
function hasSomething({ records, lens }, id) {
  const node = records.nodes.get(id);
  return (
    node.props.some((prop) => lens.props.has(prop)) ||
    node.facts.some((prop) => lens.props.has(prop)) ||
    node.says.some((claim) => lens.shown.has(claim))
  );
}

// What stands out: what is chosen, else what an answer draws, else what was selected together.
/** @param {PageState} state @param {any} marks */
function selectedOf(state, marks) {
  if (state.selected) return state.selected;
  if (marks)
    return { type: "many", id: "", nodes: [...marks.nodes], props: [...marks.props], speaks: [...marks.speaks] };
  return state.picked.length ? { type: "many", id: "", nodes: state.picked, props: [], speaks: [] } : null;
}

/** @param {Scene} scene @param {Marks} marks @param {Thing | null} selected */
function lightOf(scene, marks, selected) {
  const nodes = new Set(marks.nodes);
  const edges = new Set();
  for (const { edge } of scene.edges) {
    const chosen = selected && ((selected.type === "prop" && edge.prop === selected.id) || edge.id === selected.id);
    if (!chosen && !marks.props.has(edge.prop) && !marks.speaks.has(edge.id)) continue;
    edges.add(edge.id);
    for (const id of [edge.from, edge.to, scene.records.statementOf.get(edge.prop)]) if (id) nodes.add(id);
  }
  if (selected?.type === "node") nodes.add(selected.id);
  return { nodes, edges };
}

// The nodes with most relationships that are drawn: an accusation has no weight in it.
/** @param {Pick<Scene, "records" | "nodes">} scene */
function primeOf(scene) {
  const { records } = scene;
  const ids = scene.nodes.filter((id) => records.nodes.get(id).type !== "statement");
  const heavy = ids
    .sort((a, b) => records.nodes.get(b).degree - records.nodes.get(a).degree || a.localeCompare(b))
    .slice(0, PRIME);
  return new Set(heavy.filter((id) => records.nodes.get(id).degree > 1));
}
