// The network that the filters show, for other programs: GraphML, GEXF and JSON. An edge is labelled with the
// relationship's heading, never with a bare verb, and carries how it stands, who says so and who denies it.
import { footing, legendText } from "./footing.js";
import { hiddenWords, nameOf, speakerName, standingWords } from "./standing.js";
import { inLanguage } from "./text.js";
import { xmlText } from "./xml.js";
import { word } from "../words.js";

/** @typedef {Record<string, string | number | boolean>} Row */

const GRAPH_NODE_FIELDS = { label: "string", kind: "string", facts: "string" };
const GRAPH_EDGE_FIELDS = {
  label: "string",
  relation: "string",
  standing: "string",
  line: "string",
  sensitive: "boolean",
  speakers: "string",
  deniers: "string",
  statements: "int",
  sources: "int",
  note: "string",
};

/**
 * {notes, nodes, edges} of what the filters show; an answer is never left out. Ids are the page's own.
 * @param {Page} page
 */
function networkOf(page) {
  const { records, lens, lang } = page;
  const edges = [...records.edges.values()].filter((edge) => edge.type === "relationship" && lens.props.has(edge.prop));
  const drawn = new Set(edges.map(({ prop }) => prop));
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const facts = new Map();
  for (const [id] of lens.props) {
    const { subject } = records.props.get(id);
    if (drawn.has(id) || !records.nodes.has(subject)) continue;
    ends.add(subject);
    facts.set(subject, [...(facts.get(subject) ?? []), id]);
  }
  return {
    notes: [...footing(page), legendText(lang)],
    nodes: [...ends].sort().map((id) => ({
      id,
      label: nameOf(records, id, lang),
      kind: records.nodes.get(id).kind,
      facts: (facts.get(id) ?? []).map((prop) => graphFact(page, prop)).join("\n"),
    })),
    edges: edges
      .map((edge) => ({ id: edge.id, source: edge.from, target: edge.to, ...graphEdge(page, edge.prop) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

// Sums and figures have no second node: they stand on their subject, with who says so.
function graphFact(page, prop) {
  const { label, standing, speakers, deniers } = graphEdge(page, prop);
  const against = deniers ? `; × ${deniers}` : "";
  return `${label} (${standing}): ${speakers}${against}`;
}

/** @param {Page} page @param {string} id */
function graphEdge({ records, lens, lang }, id) {
  const prop = records.props.get(id);
  const seen = lens.props.get(id);
  const known = prop.claims.filter((each) => records.claims.has(each));
  const shown = known.filter((each) => lens.shown.has(each));
  /** @param {string[]} those @param {string} side */
  const names = (those, side) => {
    const claims = those.map((each) => records.claims.get(each)).filter((claim) => claim.side === side);
    return [...new Set(claims.map((claim) => speakerName(records, claim, lang)))].join("; ");
  };
  return {
    label: inLanguage(prop.title, lang),
    relation: prop.relation,
    standing: [standingWords(records, id, lang, seen?.line), ...hiddenWords(seen, lang)].join("; "),
    line: seen?.line ?? prop.line,
    sensitive: prop.sensitive,
    speakers: names(shown, "affirm") || names(shown, "neither"),
    deniers: names(known, "oppose"),
    statements: shown.length,
    sources: prop.origins,
    note: word(lang, "lineRule"),
  };
}

/**
 * Node-link JSON, as networkx and d3 read it.
 * @param {Page} page
 */
export function jsonOf(page) {
  const { notes, nodes, edges } = networkOf(page);
  const links = edges.map(({ id, ...edge }) => ({ key: id, ...edge }));
  return `${JSON.stringify({ directed: true, multigraph: true, graph: { notes }, nodes, edges: links }, null, 1)}\n`;
}

/**
 * GraphML, for yEd, Gephi and Cytoscape.
 * @param {Page} page
 */
export function graphmlOf(page) {
  const { notes, nodes, edges } = networkOf(page);
  const keys = [
    ...graphmlKeys("node", GRAPH_NODE_FIELDS),
    ...graphmlKeys("edge", GRAPH_EDGE_FIELDS),
    '  <key id="graph-note" for="graph" attr.name="note" attr.type="string"/>',
  ];
  return xmlFile([
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '  <graph edgedefault="directed">',
    `    <data key="graph-note">${xmlText(notes.join("\n"))}</data>`,
    ...nodes.map((node) => `    <node id="${xmlText(node.id)}">${graphmlData("node", GRAPH_NODE_FIELDS, node)}</node>`),
    ...edges.map((edge) => {
      const ends = `id="${xmlText(edge.id)}" source="${xmlText(edge.source)}" target="${xmlText(edge.target)}"`;
      return `    <edge ${ends}>${graphmlData("edge", GRAPH_EDGE_FIELDS, edge)}</edge>`;
    }),
    "  </graph>",
    "</graphml>",
  ]);
}

/**
 * GEXF, for Gephi.
 * @param {Page} page
 */
export function gexfOf(page) {
  const { notes, nodes, edges } = networkOf(page);
  const { version } = page.records.data.edition;
  return xmlFile([
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
    `  <meta lastmodifieddate="${xmlText(version)}"><creator>actorgraph</creator>`,
    `    <description>${xmlText(notes.join("\n"))}</description></meta>`,
    '  <graph defaultedgetype="directed" mode="static">',
    ...gexfAttributes("node", GRAPH_NODE_FIELDS),
    ...gexfAttributes("edge", GRAPH_EDGE_FIELDS),
    "    <nodes>",
    ...nodes.map((node) => `      <node ${gexfNames(node)}>${gexfValues(GRAPH_NODE_FIELDS, node)}</node>`),
    "    </nodes>",
    "    <edges>",
    ...edges.map((edge) => {
      const ends = `source="${xmlText(edge.source)}" target="${xmlText(edge.target)}"`;
      return `      <edge ${gexfNames(edge)} ${ends}>${gexfValues(GRAPH_EDGE_FIELDS, edge)}</edge>`;
    }),
    "    </edges>",
    "  </graph>",
    "</gexf>",
  ]);
}

function xmlFile(lines) {
  return `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join("\n")}\n`;
}

function graphmlKeys(what, fields) {
  return Object.entries(fields).map(
    ([name, type]) => `  <key id="${what}-${name}" for="${what}" attr.name="${name}" attr.type="${type}"/>`,
  );
}

function graphmlData(what, fields, row) {
  return Object.keys(fields)
    .filter((name) => row[name] !== "")
    .map((name) => `<data key="${what}-${name}">${xmlText(row[name])}</data>`)
    .join("");
}

function gexfNames({ id, label }) {
  return `id="${xmlText(id)}" label="${xmlText(label)}"`;
}

// Labels have a place of their own in GEXF.
function gexfValues(fields, row) {
  const values = Object.keys(fields)
    .filter((name) => name !== "label" && row[name] !== "")
    .map((name) => `<attvalue for="${name}" value="${xmlText(row[name])}"/>`);
  return `<attvalues>${values.join("")}</attvalues>`;
}

function gexfAttributes(what, fields) {
  const rows = Object.entries(fields)
    .filter(([name]) => name !== "label")
    .map(
      ([name, type]) => `      <attribute id="${name}" title="${name}" type="${type === "int" ? "integer" : type}"/>`,
    );
  return [`    <attributes class="${what}">`, ...rows, "    </attributes>"];
}
