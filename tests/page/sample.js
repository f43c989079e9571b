// A small case for the tests of the page's model: one dispute, one plan, one accusation, one figure, two who only
// speak.
const T = (en, es) => ({ en, es: es ?? en });

function node(id, kind, label, more = {}) {
  return {
    id,
    type: "node",
    kind,
    label: T(label),
    subtitle: null,
    aliases: [],
    x: 0,
    y: 0,
    degree: 1,
    opening: true,
    ox: 0,
    oy: 0,
    prop: null,
    facts: [],
    props: [],
    says: [],
    ...more,
  };
}

function prop(subject, third, line, claims, more = {}) {
  return {
    relation: "r",
    subject,
    third,
    literal: null,
    value: null,
    line,
    sign: line,
    sensitive: false,
    title: T(`title of ${subject}-${third}`),
    summary: T(`summary of ${subject}-${third}`),
    claims,
    rivals: [],
    narrows: null,
    origins: 1,
    accepted: null,
    needs: { disputed: ["disputed"], notyet: ["notyet"] }[line] ?? [],
    span: null,
    affirmedBy: claims,
    opposedBy: [],
    ...more,
  };
}

function claim(sid, of, speaker, stance, more = {}) {
  const side =
    { denied: "oppose", contested: "oppose", asked: "neither", declined: "neither", mentioned: "neither" }[stance] ??
    "affirm";
  return {
    sid,
    prop: of,
    stance,
    modality: "actual",
    side,
    firm: side === "affirm" ? stance === "asserted" && speaker !== null : null,
    speaker,
    for: null,
    via: [],
    chain: T(`${speaker} › paper`),
    hops: [speaker, "paper"].filter((each, index, all) => all.indexOf(each) === index),
    origin: speaker,
    document: "d1",
    at: "p1",
    place: T("paragraph 1", "párrafo 1"),
    start: 1,
    end: 9,
    order: Number(sid.slice(1)),
    hedges: [],
    sentence: T(`${speaker} ${stance} ${of}`),
    summary: null,
    said: null,
    when: null,
    implied: false,
    inferred: false,
    reportedly: false,
    withdrawn: false,
    corrected: null,
    counters: [],
    confirms: [],
    alternatives: [],
    words: null,
    ...more,
  };
}

function edge(id, from, to, of, more = {}) {
  return {
    id,
    from,
    to,
    type: of ? "relationship" : "speaks",
    prop: of,
    claims: [],
    opening: true,
    directed: true,
    curve: 0,
    label: T("is said to"),
    ...more,
  };
}

/** A fresh copy each time. */
export function sampleData() {
  return {
    format: 1,
    lang: "en",
    budget: 20,
    edition: {
      title: T("Harbour nights", "Noches del puerto"),
      version: "2024-05-02",
      editor: "Editors",
      licence: "",
      corrections: null,
      cases: ["harbour"],
    },
    documents: [
      {
        id: "d1",
        label: T("Harbour Gazette, 2 May 2024", "Harbour Gazette, 2 de mayo de 2024"),
        title: "Night shifts",
        publisher: "paper",
        author: null,
        published: "2024-05-02",
        language: "en",
        url: null,
      },
    ],
    kinds: {
      organisation: { label: T("organisation", "organización"), shape: "square", hue: "org" },
      agreement: { label: T("agreement", "acuerdo"), shape: "diamond", hue: "event" },
      person: { label: T("person", "persona"), shape: "circle", hue: "person" },
      statement: { label: T("relationship", "relación"), shape: "circle", hue: "concept" },
    },
    relations: { r: { label: T("relation") } },
    folds: [
      ["payee", "payer"],
      ["party", "party"],
    ],
    internal: false,
    nodes: [
      node("union", "organisation", "Union of Dockers", {
        says: ["c1", "c4"],
        aliases: ["Sindicato de Estibadores"],
        props: [],
      }),
      node("port", "organisation", "Port authority", { says: ["c2"] }),
      node("contract", "agreement", "Night-shift contract", {
        props: ["p1", "p2"],
        facts: ["p4"],
        subtitle: T("in Malmö"),
      }),
      node("order", "agreement", "Labour-court order", { props: ["p1"] }),
      node("norvik", "organisation", "Norvik", { props: ["p2", "p3"] }),
      node("ilse", "person", "Ilse Marán", { props: ["p3"], opening: false, ox: null, oy: null }),
      node("paper", "organisation", "Harbour Gazette", { says: ["c3", "c5"], opening: false, ox: null, oy: null }),
      node("s:p1", "statement", "the contract breaks the order", { type: "statement", prop: "p1" }),
    ],
    edges: [
      edge("e1", "contract", "order", "p1"),
      edge("e2", "contract", "norvik", "p2"),
      edge("e3", "ilse", "norvik", "p3", { opening: false }),
      edge("k1", "union", "s:p1", null, { claims: ["c1"] }),
      edge("k2", "port", "s:p1", null, { claims: ["c2"] }),
    ],
    props: {
      p1: prop("contract", "order", "disputed", ["c1", "c2"], { affirmedBy: ["c1"], opposedBy: ["c2"] }),
      p2: prop("contract", "norvik", "notyet", ["c3"]),
      p3: prop("ilse", "norvik", "said", ["c4", "c5"]),
      p4: prop("contract", null, "said", ["c6"], { literal: T("2,000,000 EUR") }),
    },
    claims: {
      c1: claim("s01", "p1", "union", "alleged", { via: ["paper"] }),
      c2: claim("s02", "p1", "port", "denied", { counters: ["c1"] }),
      c3: claim("s03", "p2", "paper", "asserted", { modality: "planned" }),
      c4: claim("s04", "p3", "union", "asserted"),
      c5: claim("s05", "p3", "paper", "alleged"),
      c6: claim("s06", "p4", null, "asserted"),
    },
    figures: {
      values: { documents: 1, statements: 6, speakers: 3, unattributed: 1, mentions: 0, denied: 1, accepted: 0 },
      rules: {
        statements: { of: "statement", where: { mention: [false] }, distinct: "reading" },
        mentions: { of: "statement", where: { mention: [true] } },
        sums: { of: "relationship", where: { value: ["sum"] } },
        counts: { of: "relationship", where: { value: ["count"] } },
        dates: { of: "relationship", where: { value: ["date"] } },
      },
    },
    opening: T("1 article."),
    start: [
      { kind: "most", props: null, nodes: ["contract"] },
      { kind: "disputed", props: ["p1"], nodes: null },
    ],
  };
}

/** The same with a cast: the union and a company at the ends of a dispute, and the port authority, which denies it. */
export function castData() {
  const data = sampleData();
  for (const kind of ["organisation", "person"]) data.kinds[kind].agent = true;
  const member = (id, x, actor = true) => ({
    id,
    at: [x, 100],
    size: [100, 60],
    actor,
    title: { en: [id] },
    below: { en: [] },
    post: "",
    statements: 2,
  });
  const tie = (kind, line, source, target, props, verb, who, begins = [0]) => ({
    kind,
    line,
    source,
    target,
    props,
    verb: { en: [verb] },
    who: { en: who },
    begins: { en: begins },
    size: [80, 34],
    along: 0.5,
    aside: 0,
  });
  data.cast = {
    size: [600, 300],
    nodes: [member("union", 80), member("norvik", 300), member("port", 520), member("contract", 300, false)],
    frames: [],
    ties: [
      tie(
        "tie",
        "disputed",
        "union",
        "norvik",
        ["p1"],
        "× breaks",
        ["Union of", "Dockers", "× Port authority"],
        [0, 2],
      ),
      tie("denial", "disputed", "port", "p1", ["p1"], "× denies", ["Port authority"]),
      tie("tie", "notyet", "contract", "norvik", ["p2"], "planned: party", ["Harbour Gazette"]),
    ],
    listed: ["ilse", "paper"],
  };
  return data;
}
