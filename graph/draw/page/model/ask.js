// What an analyst asks of the whole case, its answer, and what of it is drawn. The panel and the drawing share one
// answer.
import { directBetween, findPaths, needsOf } from "./paths.js";
import { withoutSource } from "./knockout.js";
import { offersOf } from "./offers.js";
import { accordingTo, besideEachOther, sidesAsked } from "./perspective.js";
import { propsOfNode } from "./records.js";
import { rules } from "./rules.js";

const PATHS = 6;

/**
 * The answer to state.ask, or null: {kind, …, marks}; `marks` {nodes, props, speaks} is what it draws, or null.
 * @param {Records} records @param {Lens} lens @param {PageState} state
 * @returns {Answer}
 */
export function answerTo(records, lens, state) {
  const { ask } = state;
  if (!ask) return null;
  if (ask.kind === "path") return pathAnswer(records, lens, ask);
  if (ask.kind === "without")
    return { kind: "without", left: ask.source ? withoutSource(records, ask.source) : null, marks: null };
  if (ask.kind === "according") {
    const [a, b] = sidesAsked(records, ask);
    return {
      kind: "according",
      view: a ? accordingTo(records, a) : null,
      two: a && b ? besideEachOther(records, a, b) : null,
      marks: null,
    };
  }
  if (ask.kind === "join") return joinAnswer(records, lens, state.picked, ask.wide);
  return { kind: ask.kind, marks: null };
}

/**
 * @param {Records} records @param {Lens} lens
 * @param {Question} given
 */
function pathAnswer(records, lens, { a, b, asked = [], through = [], at = 0 }) {
  if (!a || !b || a === b)
    return { kind: "path", paths: [], direct: null, path: null, marks: a || b ? marked([a, b]) : null };
  const paths = findPaths(records, a, b, { asked, through, limit: PATHS, lens });
  const path = paths[Math.min(at, paths.length - 1)] ?? null;
  const offers = path ? [] : offersOf(records, a, b, { asked, through, lens });
  return {
    kind: "path",
    paths,
    offers,
    direct: directBetween(records, a, b, lens),
    path,
    marks: path ? marksOf(records, path) : marked([a, b]),
  };
}

/**
 * What a path draws: the nodes it passes, its relationships, and who speaks about whom.
 * @param {Records} records @param {Path} path
 */
function marksOf(records, path) {
  const marks = marked(path.hops.flatMap((hop) => [hop.source, hop.target]));
  for (const hop of path.hops) {
    if (hop.prop) marks.props.add(hop.prop);
    else {
      const about = hop.speaker === hop.target ? hop.source : hop.target;
      const edge = (records.edgesOf.get(hop.speaker) ?? []).find(
        (each) => each.type === "speaks" && each.from === hop.speaker && each.to === about,
      );
      if (edge) marks.speaks.add(edge.id);
    }
  }
  return marks;
}

/**
 * What joins several: `direct` relationships between two of them, `unaffirmed` ones that nobody affirms, `shared`
 * [{node, of, props}]: what two or more of them are said to be related to; `speakers` [{node, of}] who speak about
 * two or more.
 * @param {Records} records @param {Lens} lens @param {string[]} picked @param {boolean} [wide]
 */
function joinAnswer(records, lens, picked, wide = false) {
  const ids = picked.filter((id) => records.nodes.has(id));
  const mine = new Set(ids);
  const direct = new Set();
  const unaffirmed = new Set();
  const around = new Map();
  for (const id of ids) {
    for (const prop of propsOfNode(records, id)) {
      if (!lens.props.has(prop)) continue;
      const { subject, third } = records.props.get(prop);
      const other = subject === id ? third : subject;
      if (!records.nodes.has(other) || other === id) continue;
      const walked = !needsOf(records, lens, prop).includes("never");
      if (mine.has(other)) (walked ? direct : unaffirmed).add(prop);
      else if (walked && records.nodes.get(other).type !== "statement" && (wide || !isStop(records, other))) {
        if (!around.has(other)) around.set(other, { node: other, of: new Set(), props: new Set() });
        around.get(other).of.add(id);
        around.get(other).props.add(prop);
      }
    }
  }
  const shared = [...around.values()]
    .filter((each) => each.of.size > 1)
    .sort((a, b) => b.of.size - a.of.size || records.rank.get(a.node) - records.rank.get(b.node))
    .map(({ node, of, props }) => ({ node, of: [...of], props: [...props] }));
  const heard = new Map();
  for (const id of ids) {
    for (const edge of records.edgesOf.get(id) ?? []) {
      if (edge.type !== "speaks" || edge.to !== id || !edge.claims.some((claim) => lens.shown.has(claim))) continue;
      heard.set(edge.from, [...(heard.get(edge.from) ?? []), id]);
    }
  }
  const speakers = [...heard]
    .filter(([, of]) => of.length > 1)
    .map(([node, of]) => ({ node, of }))
    .sort((a, b) => b.of.length - a.of.length || records.rank.get(a.node) - records.rank.get(b.node));
  const marks = marked([...ids, ...shared.map((each) => each.node)]);
  for (const prop of [...direct, ...shared.flatMap((each) => each.props)]) marks.props.add(prop);
  return {
    kind: "join",
    ids,
    direct: [...direct],
    unaffirmed: [...unaffirmed],
    shared,
    speakers,
    marks: ids.length ? marks : null,
  };
}

/**
 * Whether nodes of a kind are ends of a path only: a function of the kind's IRI. `through`: what may be walked
 * through after all.
 * @param {Records} records @param {string} through
 */
export function isStopKind(records, through) {
  const stops = new Set(rules.stops.filter(([each]) => !through.includes(each)).flatMap(([, kinds]) => kinds));
  return (iri) => {
    let kind = iri.split("/").pop();
    for (let turn = 0; kind && turn < 6; turn += 1) {
      if (stops.has(kind)) return true;
      kind = records.data.kinds[kind]?.broader;
    }
    return false;
  };
}

/** @param {Records} records @param {string} id */
function isStop(records, id) {
  let { kind } = records.nodes.get(id);
  for (let turn = 0; kind && turn < 6; turn += 1) {
    if (rules.stops.flatMap(([, kinds]) => kinds).includes(kind)) return true;
    kind = records.data.kinds[kind]?.broader;
  }
  return false;
}

/** @param {any} nodes */
function marked(nodes) {
  /** @type {Marks} */
  const marks = { nodes: new Set(nodes.filter(Boolean)), props: new Set(), speaks: new Set() };
  return marks;
}
