// Asks a SPARQL server as the page does, by jobs given on standard input, and writes what came; test_endpoint.py runs
// it.
import { readFileSync } from "node:fs";
import { waysBetween } from "../../graph/draw/page/model/between.js";
import { Endpoint, Source } from "../../graph/draw/page/model/endpoint.js";
import { ForeignSource } from "../../graph/draw/page/model/foreign.js";
import { opaqueId } from "../../graph/draw/page/model/opaque.js";
import { directBetween, findPaths } from "../../graph/draw/page/model/paths.js";
import { projectTriples } from "../../graph/draw/page/model/projection.js";
import { openServed } from "../../graph/draw/page/model/served.js";
import { readRecords } from "../../graph/draw/page/model/records.js";
import { speakAsPage } from "../words.js";

speakAsPage();

const given = JSON.parse(readFileSync(0, "utf8"));
const endpoint = new Endpoint(given.address, (...sent) => fetch(...sent));
const STOPS = ["state", "place", "post", "document", "law", "concept"];

function recordsOf(source) {
  const { iris, ...parts } = projectTriples(source.triples);
  const nodes = parts.nodes.map((node) => ({
    ...node,
    x: 0,
    y: 0,
    ox: null,
    oy: null,
    degree: 0,
    opening: false,
  }));
  return readRecords({
    ...parts,
    nodes,
    edges: parts.edges.map((edge) => ({ ...edge, opening: false, curve: 0 })),
    start: [],
  });
}

const jobs = {
  edition: (source, rules) => source.edition(undefined, rules),
  ours: (source) => source.isOurs(),
  async load(source, props) {
    await source.readVocabulary();
    await source.loadProps(props);
    const { iris, ...parts } = projectTriples(source.triples);
    return parts;
  },
  judged: (source, kinds, limit) => source.judged(kinds, limit),
  neighbours: (source, node, limit, offset) => source.neighbours(node, limit, offset),
  search: (source, typed) => source.search(typed),
  told: (source, speaker, limit, offset) => source.told(speaker, limit, offset),
  async paths(source, a, b, asked, through) {
    await source.readVocabulary();
    const { kinds } = projectTriples(source.triples);
    const stops = (iri) => {
      for (let kind = iri.split("/").pop(); kind; kind = kinds[kind]?.broader)
        if (STOPS.includes(kind)) return !through.includes(kind);
      return false;
    };
    const { props, complete } = await waysBetween(source, a, b, { asked, stops });
    await source.loadProps(props);
    await source.loadActors([a, b]);
    const records = recordsOf(source);
    const ends = [opaqueId(a), opaqueId(b)];
    const found = findPaths(records, ...ends, { asked, through, limit: 50 });
    return {
      complete,
      stated: [...directBetween(records, ...ends).stated].sort(),
      paths: found.map((path) => path.hops.map(({ source: from, target, prop }) => [from, target, prop])),
    };
  },
};

// The same of a store that is not of our vocabulary: what a node is called, its page, and the ways to another.
// What a drawing of such a store opens with.
async function opening(lift) {
  const source = new ForeignSource(endpoint, lift, "a store");
  await source.readVocabulary();
  const { said } = await source.judged(["said"], 24);
  await source.loadProps(said);
  return Object.values(projectTriples(source.triples).props).map((prop) => prop.title.en);
}

// What the page opens with when its service answers so when it is asked for the cast.
async function opens(rules, cast) {
  const sent = [];
  const send = (url, how) => {
    sent.push(url);
    return url === "cast" ? Promise.resolve(Response.json(cast)) : fetch(url, how);
  };
  const served = { endpoint: given.address, cast: "cast", lift: {} };
  const store = await openServed({ lang: "en", served, figures: { rules } }, send, "a store");
  return { data: store.data(), sent };
}

async function foreign(lift, node, other, typed) {
  const source = new ForeignSource(endpoint, lift, "a store");
  await source.readVocabulary();
  const edition = await source.edition();
  const hits = await source.search(typed);
  const page = await source.neighbours(node, 50, 0);
  await source.loadProps(page.props);
  const ways = await source.ways(node, other);
  await source.loadProps(ways.props);
  const { props, claims, nodes } = projectTriples(source.triples);
  const known = new Set(page.props.map((key) => opaqueId(source.iriFor(key))));
  return {
    edition,
    hits,
    total: page.total,
    props: Object.values(props).map((prop) => prop.title.en),
    missing: [...known].filter((id) => !props[id]),
    hedges: Object.values(claims).flatMap((claim) => claim.hedges),
    names: nodes.map((each) => each.label.en),
    ways: ways.props.map((key) => JSON.parse(key)),
  };
}

const told = [];
for (const [name, ...rest] of given.jobs) {
  const source = new Source(endpoint);
  const begun = Date.now();
  try {
    told.push({
      answer:
        name === "foreign"
          ? await foreign(...rest)
          : name === "opening"
            ? await opening(...rest)
            : name === "opens"
              ? await opens(...rest)
              : await jobs[name](source, ...rest),
      ms: Date.now() - begun,
    });
  } catch (error) {
    told.push({ error: error.kind ?? String(error.stack), detail: error.message });
  }
}
process.stdout.write(JSON.stringify({ told, asked: endpoint.asked }));
