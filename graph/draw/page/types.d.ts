// The types that the page's modules share: its data as graph/draw/payload.py writes it, its state, and what the models
// make of both. Only the type checker reads this; nothing of it is in a page.

// ---- the data

/** Language tag → text. */
type Texts = Record<string, string>;
type Lang = string;
/** A text by language, or one that is the same in all. */
type Said = Texts | string | null | undefined;
/** How a relationship stands, which settles how its line is drawn. */
type Line = "accepted" | "said" | "disputed" | "soft" | "notyet" | "denied" | "open" | "rejected" | "mentioned";
/** How a line is drawn: its standing; of what is plainly said also that nobody says it, or that it is a judgement. */
type Sign = Line | "implied" | "judgement";
type Side = "affirm" | "oppose" | "neither";
type Point = { x: number; y: number };
/** First and last day, ISO. */
type Days = [string, string];

/** A map that is only asked for keys it has, or for those whose absence the asker handles with `?.`. */
interface Table<V> extends Map<string, V> {
  get(key: string | null | undefined): V;
  has(key: string | null | undefined): boolean;
}

interface Kind {
  label: Texts;
  shape: string;
  hue: string;
  agent: boolean;
  broader?: string;
  /** What stands inside its glyph: lines [x, y, x, y] and circles [x, y, r], in parts of its radius. */
  mark?: number[][];
}

interface DocumentRecord {
  id: string;
  label: Texts;
  title: string;
  publisher: string;
  author: string | null;
  published: string;
  language: string;
  url: string | null;
  index: number;
}

/** What somebody changed of a node or an edge in the pyvis network (graph/draw/pyvis_network.py). */
interface Look {
  shape?: string;
  size?: number;
  fill?: string;
  stroke?: string;
  width?: number;
  dashes?: number[];
}

interface NodeRecord {
  look?: Look;
  id: string;
  type: "node" | "statement" | "group";
  kind: string;
  label: Texts;
  /** As it stands in a sentence; a closed group has none. */
  name?: Texts;
  plural?: boolean;
  subtitle: Texts | null;
  aliases: string[];
  x: number;
  y: number;
  ox: number | null;
  oy: number | null;
  degree: number;
  opening: boolean;
  prop: string | null;
  facts: string[];
  props: string[];
  says: string[];
  /** Of a closed group: what is in it. */
  members?: string[];
  /** Of a page over a server: how much of what there is of it was loaded. */
  of?: { page: number; shown: number; told: number; total?: number };
  /** Of a page over a settled store: how many statements the whole store has by it, and about it by others. */
  settled?: { by: number; about: number };
  /** Where a node that came from a server was put. */
  at?: Point;
}

interface EdgeRecord {
  look?: Look;
  id: string;
  from: string;
  to: string;
  type: "relationship" | "speaks" | "folded" | "bundle" | "added";
  prop: string | null;
  claims: string[];
  opening: boolean;
  directed: boolean;
  subtitle: boolean;
  curve: number;
  label: Texts;
  /** Of a folded edge or a bundle: its relationships, the weakest line of theirs, and the event that was folded. */
  parts?: string[];
  line?: Line;
  event?: string;
}

interface Value {
  kind: "date" | "money" | "figure" | "missing";
  number?: number;
  currency?: string;
  unit?: string;
  printed?: string;
  earliest?: string;
  latest?: string;
}

interface Proposition {
  relation: string;
  subject: string;
  third: string | null;
  literal: Texts | null;
  value: Value | null;
  line: Line;
  sign: Sign;
  disputed: boolean;
  deniedInPart: boolean;
  wholeOpposed: boolean;
  sensitive: boolean;
  title: Texts;
  phrase: Texts;
  summary: Texts;
  claims: string[];
  rivals: string[];
  narrows: string | null;
  accused: string[];
  affirmedBy: string[];
  opposedBy: string[];
  needs: string[];
  span: Days | null;
  origins: number;
  accepted: { basis: Texts; record: string; on: string; by: string } | null;
  /** Since an older version: "new" or "changed". */
  since?: string;
  /** Of a page over a server: of how many statements those loaded are. */
  of?: number;
}

interface Claim {
  sid: string;
  prop: string;
  stance: string;
  modality: string;
  side: Side;
  firm: boolean | null;
  speaker: string | null;
  for: string | null;
  via: string[];
  chain: Texts;
  hops: (string | null)[];
  origin: string | null;
  document: string;
  at: string;
  place: Texts;
  start: number | null;
  end: number | null;
  order: number;
  hedges: (Texts | string)[];
  sentence: Texts;
  summary: Texts | null;
  said: Texts | null;
  saidAt: [string | null, string | null] | null;
  when: Texts | null;
  implied: boolean;
  inferred: boolean;
  reportedly: boolean;
  withdrawn: boolean;
  corrected: Texts | null;
  counters: string[];
  confirms: string[];
  alternatives: string[];
  words: string | null;
  /** Of a page built for the newsroom. */
  grade?: string;
  note?: string;
  reply?: Record<string, Texts | string>;
  /** Since an older version: "new" or "changed", and which fields. */
  since?: string;
  sinceWhat?: string[];
}

/** How a published figure is counted (graph/figures.py): of what, those that are so, each once by what. */
interface FigureRule {
  of: string;
  where: Record<string, unknown[]>;
  distinct: string | null;
  term: string;
  query?: string;
}

/** The tables of graph/draw/rules.py. */
interface Rules {
  /** Kind → what stands inside its glyph. */
  marks?: Record<string, number[][]>;
  affirming: string[];
  implied: Record<string, [string, string, boolean]>;
  opposing: string[];
  weakest: Line[];
  firmness: Line[];
  strength: string[];
  asked: string[];
  silent: string[];
  stops: [string, string[]][];
  longest: number;
  many: number;
  weighed: number;
}

type Rows = Record<string, string[]>;
interface CastNode {
  id: string;
  at: [number, number];
  size: [number, number];
  actor: boolean;
  title: Rows;
  below: Rows;
  post: string;
  statements: number;
}
interface CastFrame {
  id: string;
  box: [number, number, number, number];
  members: string[];
}
interface CastTie {
  kind: "tie" | "payment" | "speech" | "denial" | "beside";
  line: Line;
  source: string;
  target: string;
  props: string[];
  verb: Rows;
  who: Rows;
  /** For each language, how many of the first rows of `who` name nobody. */
  unnamed?: Record<string, number>;
  /** For each language, which rows of `who` begin what somebody else says, or says otherwise. */
  begins: Record<string, number[]>;
  size: [number, number];
  along: number;
  aside: number;
  bend: number;
}
interface CastData {
  size: [number, number];
  nodes: CastNode[];
  frames: CastFrame[];
  ties: CastTie[];
  listed: string[];
  by?: { x: number; y: number };
}
interface PageData {
  cast?: CastData;
  tables: Rules;
  figures: { values: Record<string, number> | null; rules: Record<string, FigureRule> };
  format: number;
  lang: Lang;
  budget: number;
  edition: {
    title: Texts;
    version: string;
    editor: string;
    licence: string;
    corrections: string | null;
    cases: string[];
  };
  documents: Omit<DocumentRecord, "index">[];
  kinds: Record<string, Kind>;
  relations: Record<string, { label: Texts; bare?: Texts }>;
  /** Pairs of roles that fold an event into an edge between two actors. */
  folds: [string, string][];
  internal: boolean;
  nodes: NodeRecord[];
  edges: EdgeRecord[];
  props: Record<string, Proposition>;
  claims: Record<string, Claim>;
  stats: Record<string, number | null>;
  opening: Texts;
  start: { kind: string; props: string[] | null; nodes: string[] | null; late?: boolean }[];
  // biome-ignore lint/suspicious/noExplicitAny: as graph/diff.py writes it
  since?: any;
  /** Of a page over a server: what was loaded of what there is. */
  // biome-ignore lint/suspicious/noExplicitAny: as model/served.js writes it
  served?: any;
  lifted?: boolean;
  /** That the page holds only a part of a file, and how to see all. */
  part?: Texts;
  // biome-ignore lint/suspicious/noExplicitAny: vis-network's own
  options?: any;
  opens?: string;
}

// ---- what the page keeps

type Off = Record<string, string[]>;
type Clock = { known: string | null; from: string | null; to: string | null; undated: boolean };
type Slot = { key: string; row: string };

/** What is selected: a node, a relationship, who speaks about whom, an edge with parts, a closed group, or several. */
type Thing = {
  type: string;
  id: string;
  nodes?: string[];
  props?: string[];
  speaks?: string[];
};

/** What the panel answers. */
interface Question {
  kind: string;
  a?: string | null;
  b?: string | null;
  source?: string | null;
  /** Who else stands on each side of "according to". */
  alsoA?: string[];
  alsoB?: string[];
  asked?: string[];
  through?: string[];
  text?: string;
  at?: number;
  /** What was drawn before the question. */
  before?: string | null;
  wide?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: what the panel remembers of its fields
  [more: string]: any;
}

/** What somebody wrote beside a node: where it hangs, in the drawing's own measure from the node's middle. */
type Note = { by: string; at: number[]; text: string };
/** A view with a title and a sentence or two; `see`: what of the state it looks at, where that differs. */
// biome-ignore lint/suspicious/noExplicitAny: parts of the state
type Step = { title: string; text: string; see: Record<string, any> };
type Story = { notes: Note[]; steps: Step[]; moved: Record<string, [number, number]> };

interface PageState {
  view: string;
  shown: string;
  added: string[];
  hidden: string[];
  picked: string[];
  group: string;
  opened: string[];
  fold: boolean;
  focus: { id: string; hops: number; before?: string } | null;
  off: Off;
  clock: Clock;
  ask: Question | null;
  checked: string[];
  draw: Record<string, boolean>;
  moved: Record<string, [number, number]>;
  nudged: Record<string, [number, number]>;
  notes: Note[];
  steps: Step[];
  step: number | null;
  selected: Thing | null;
  sort: { column: string; descending: boolean };
  slot: Slot | null;
  strip: boolean;
}

type StateHistory = { now: PageState; past: Partial<PageState>[]; future: Partial<PageState>[] };

// ---- what the models make of it

type Records = ReturnType<typeof import("./model/records.js").readRecords>;
type Lens = ReturnType<typeof import("./model/lens.js").lookThrough>;
/** What the filters leave of a relationship: its line, and how many statements they hide on either side. */
type Showing = { line: Line; sign: Sign; weakened: boolean } & Record<string, number | boolean | string>;
type Seen = Showing;
/** A line of the drawing. `seen`: what the filters hide of its relationship; `bend`: how far it bows. */
interface SceneItem {
  edge: EdgeRecord;
  line: Line | "speaks";
  /** How it is drawn, where that differs from its line. */
  sign?: Sign | "speaks";
  /** On how many independent origins it rests, at most three; one when left out. */
  origins?: number;
  seen: Showing | null;
  speaks: boolean;
  bend: number;
}
type Lit = { nodes: Set<string>; edges: Set<string> };
interface Scene {
  /** Those of the drawing, with closed groups as nodes. */
  records: Records;
  nodes: string[];
  statements: string[];
  edges: SceneItem[];
  drawn: number;
  total: number;
  /** How many words and posts stand in the cards of what they describe. */
  folded?: number;
  lit: Lit | null;
  selected: Thing | null;
  shows: Set<string>;
  prime: Set<string>;
  /** The sheet of the cast, where that is drawn. */
  cast?: CastData;
}
/** A line of the cast with what it was made from; `whole`: whether the filters show all of its statements. */
type TieItem = SceneItem & { tie: CastTie & { id: string }; whole: boolean };
/** What decides which lines are drawn. */
interface SceneContext {
  records: Records;
  lens: Lens;
  state: PageState;
  wanted: Set<string>;
  forced: Marks;
  whole: boolean;
}
/** What an answer draws. */
type Marks = { nodes: Set<string>; props: Set<string>; speaks: Set<string> };
type Answer = {
  kind: string;
  marks: Marks | null;
  paths?: Path[];
  path?: Path | null;
  /** Of a path; of several names, the relationships that join them directly. */
  // biome-ignore lint/suspicious/noExplicitAny: one or the other
  direct?: any;
  offers?: ReturnType<typeof import("./model/offers.js").offersOf>;
  left?: WithoutSource | null;
  view?: ReturnType<typeof import("./model/perspective.js").accordingTo> | null;
  two?: ReturnType<typeof import("./model/perspective.js").besideEachOther> | null;
  // biome-ignore lint/suspicious/noExplicitAny: what joins several, as model/ask.js makes it
  [more: string]: any;
} | null;
type SearchRow = ReturnType<typeof import("./model/search.js").readIndex>[number];
type Path = ReturnType<typeof import("./model/paths.js").findPaths>[number];
type Hop = Path["hops"][number];
type Direct = ReturnType<typeof import("./model/paths.js").directBetween>;
type Row = ReturnType<typeof import("./model/rows.js").readRows>[number];
type Unticked = ReturnType<typeof import("./model/docket.js").untickedNames>;

/** Everything that a view reads. */
interface Page {
  records: Records;
  lens: Lens;
  scene: Scene;
  dataOf: ((id: string) => string) | null;
  state: PageState;
  answer: Answer;
  index: SearchRow[];
  history: StateHistory;
  lang: Lang;
  dark: boolean;
  unticked: Unticked;
  keep: Set<string> | null;
  slotWords: string;
  /** Whether the screen is a phone's. */
  phone: boolean;
}

/** What buttons of a view do. */
// biome-ignore lint/suspicious/noExplicitAny: each view calls those it needs
type Acts = Record<string, any>;

// ---- the drawing

type Curve = { x0: number; y0: number; cx: number; cy: number; x1: number; y1: number };
/** A box round its middle. */
type Box = { x: number; y: number; w: number; h: number; owner?: string; ends?: string[]; weight?: number };
type Footprint = { w: number; h: number; dy: number; r: number };
type Stage = { x: number; y: number; kx: number; ky: number };
/** A way to set the words of a line: its rows, from which of them on who says so stands, how many of those name nobody. */
type EdgeWay = { lines: string[]; who: number; nobody: number };
type LabelSize = { w: number; h: number; lines: string[]; clipped: boolean; who?: number; nobody?: number };
type Crowd = import("./model/crowd.js").Crowd;
type Arrangement = import("./views/arrange.js").Arrangement;
type Theme = Record<string, string>;
type Shell = ReturnType<typeof import("./views/shell.js").buildShell>;
/** What a canvas and model/svgpen.js have in common. */
type Pen = CanvasRenderingContext2D;

// ---- SPARQL

type Term = { type: string; value: string; datatype?: string; "xml:lang"?: string };
type TripleRow = { s: Term; p: Term; o: Term };
type TripleRecord = Map<string, Term[]>;
type Triples = import("./model/projection.js").Triples;
type Endpoint = import("./model/endpoint.js").Endpoint;

// ---- what the page stands in

// biome-ignore lint/suspicious/noExplicitAny: vis-network ships its types apart from the file that pyvis carries
declare const vis: any;

// ---- what a view is given

interface Arranging {
  records: Records;
  scene: Scene;
  at: Map<string, Point>;
  scale: number;
  selected: Thing | null;
  lang: Lang;
  opening: boolean;
  small: boolean;
  type: import("./views/type.js").Type;
  bounds: Box | null;
  /** While a name is dragged. */
  hasty?: boolean;
  wordless?: boolean;
  /** The box of paper that shows, or null for all of it. */
  near?: Box | null;
}

/** What is left when a source is taken out: `gone` and `denials` are statements, the others relationships or nodes. */
interface WithoutSource {
  source: string;
  gone: string[];
  of: number;
  allGone: boolean;
  relationships: string[];
  actors: string[];
  weaker: [string, Line][];
  denials: string[];
  unanswered: string[];
}
