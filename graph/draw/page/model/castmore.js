// What is drawn beside the cast: whom somebody opens by hand, who is on a path, who was searched for. The cast stays
// where it is; newcomers take free places next to whom they belong to, with verb and speaker on each line.
import { placeArriving } from "./arrive.js";
import { drawnLine, ON_REQUEST } from "./lens.js";
import { edgeOfProp, endsOfProp, isAgent } from "./records.js";
import { nameOf } from "./standing.js";
import { toldOf } from "./told.js";
import { byLanguage, word } from "../words.js";

// So many neighbours come at once with somebody who is chosen; the others stand in the card.
const MOST_NEIGHBOURS = 12;
const PLAINLY_SAID = ["said", "accepted"];
// How wide letters are at most, in the sheet's pixels: names are bold.
const LETTER = { name: 8, words: 7.2 };
const BROKEN_AT = { name: 20, words: 24 };
const LEADING = { name: 17, words: 16, small: 15.5 };
const GLYPH_HIGH = 34;
// More independent origins make no line wider still.
const MOST_ORIGINS = 3;

/**
 * The nodes that are drawn beside the cast: [ids], those opened first first. `on`: who is on the cast.
 * @param {Records} records @param {Lens} lens @param {PageState} state @param {Marks | null} marks
 * @param {Set<string>} on
 */
export function besideIds(records, lens, state, marks, on) {
  const chosen = chosenIds(records, lens, state, on);
  const hidden = new Set(state.hidden);
  const wanted = [...state.added, ...state.picked, ...(marks?.nodes ?? []), ...chosen];
  return [...new Set(wanted)].filter(
    (id) => !on.has(id) && records.nodes.get(id)?.type === "node" && (!hidden.has(id) || id === state.selected?.id),
  );
}

// Somebody off the cast who is chosen comes with those it is tied to; a relationship with its ends.
/** @param {Records} records @param {Lens} lens @param {PageState} state @param {Set<string>} on */
function chosenIds(records, lens, { selected }, on) {
  if (selected?.type === "prop") return endsOfProp(records, selected.id);
  if (selected?.type !== "node" || on.has(selected.id) || !records.nodes.has(selected.id)) return [];
  const around = new Set();
  for (const edge of records.edgesOf.get(selected.id) ?? [])
    if (isShown(lens, edge)) around.add(edge.from === selected.id ? edge.to : edge.from);
  return [selected.id, ...[...around].slice(0, MOST_NEIGHBOURS)];
}

/** @param {Lens} lens @param {EdgeRecord} edge */
function isShown(lens, edge) {
  return edge.type === "speaks" ? edge.claims.some((id) => lens.shown.has(id)) : lens.props.has(edge.prop);
}

/**
 * The lines of those beside the cast, and those that a path or a choice draws between members of it: as items of a
 * scene. `told`: the relationships that lines of the cast carry.
 * @param {Records} records @param {Lens} lens @param {PageState} state @param {Marks | null} marks
 * @param {string[]} beside @param {Set<string>} drawn @param {Set<string>} told
 */
export function besideItems(records, lens, state, marks, beside, drawn, told) {
  const { selected } = state;
  const forced = new Set([...(marks?.props ?? []), ...(selected?.type === "prop" ? [selected.id] : [])]);
  const edges = new Set(beside.flatMap((id) => records.edgesOf.get(id) ?? []));
  for (const id of forced) if (edgeOfProp(records, id)) edges.add(edgeOfProp(records, id));
  for (const id of marks?.speaks ?? []) if (records.edges.has(id)) edges.add(records.edges.get(id));
  const chosen = selected?.type === "node" && beside.includes(selected.id) ? selected.id : "";
  const found = [];
  for (const edge of edges) {
    if (!drawn.has(edge.from) || !drawn.has(edge.to) || edge.from === edge.to || !isShown(lens, edge)) continue;
    if (edge.type === "speaks") {
      const asked = marks?.speaks.has(edge.id) || edge.from === chosen || edge.to === chosen;
      if (asked) found.push(speakingItem(records, lens, edge));
    } else if (edge.type === "relationship" && !told.has(edge.prop) && isWanted(lens, state, edge, forced))
      found.push(statedItem(records, lens, edge));
  }
  return found;
}

/** @param {Lens} lens @param {PageState} state @param {EdgeRecord} edge @param {Set<string>} forced */
function isWanted(lens, state, edge, forced) {
  if (forced.has(edge.prop)) return true;
  const { line } = lens.props.get(edge.prop);
  if (ON_REQUEST.includes(line)) return Boolean(state.draw[line]);
  return !(edge.subtitle && PLAINLY_SAID.includes(line));
}

/**
 * On how many independent origins a line rests, at most three: of several relationships the one that rests on fewest.
 * @param {Pick<Records, "props">} records @param {string[]} props
 */
export function originsOf(records, props) {
  const fewest = Math.min(...props.map((id) => records.props.get(id).origins));
  return Math.min(MOST_ORIGINS, Math.max(1, fewest));
}

/** @param {Records} records @param {Lens} lens @param {EdgeRecord} edge @returns {any} */
function statedItem(records, lens, edge) {
  const prop = records.props.get(edge.prop);
  const seen = lens.props.get(edge.prop);
  const claims = prop.claims.map((id) => records.claims.get(id)).filter(Boolean);
  const line = drawnLine(seen);
  const told = byLanguage((lang) => toldOf(records, edge.prop, claims, { line, sign: seen.sign }, lang));
  const verb = byLanguage((lang) => broken(told[lang].verb, "words"));
  const who = byLanguage((lang) => [...told[lang].says, ...told[lang].against].map((text) => broken(text, "words")));
  const unnamed = byLanguage((lang) => (told[lang].silence ? broken(told[lang].says[0], "words").length : 0));
  const whole = prop.claims.every((id) => lens.shown.has(id));
  const tie = { ...tieBeside(edge, [edge.prop], line, verb, who), unnamed };
  const origins = originsOf(records, [edge.prop]);
  return { edge, tie, line, sign: seen.sign, origins, seen, speaks: false, bend: 0, whole };
}

/** @param {Records} records @param {Lens} lens @param {EdgeRecord} edge @returns {any} */
function speakingItem(records, lens, edge) {
  const shown = edge.claims.filter((id) => lens.shown.has(id));
  const verb = byLanguage((lang) => [word(lang, "statements", { n: shown.length })]);
  const who = byLanguage((lang) => [broken(nameOf(records, edge.from, lang), "words")]);
  const tie = tieBeside(edge, [], "speaks", verb, who);
  return { edge, tie, line: "speaks", seen: null, speaks: true, bend: 0, whole: true };
}

// `told`: for each language, what each says, broken into rows.
/**
 * @param {EdgeRecord} edge @param {string[]} props @param {string} line @param {any} verb
 * @param {Record<string, string[][]>} told
 */
function tieBeside(edge, props, line, verb, told) {
  const who = byLanguage((lang) => told[lang].flat());
  const begins = byLanguage((lang) => told[lang].map((_, number) => told[lang].slice(0, number).flat().length));
  const rows = [...Object.values(verb), ...Object.values(who)].flat();
  const wide = Math.max(...rows.map((row) => row.length)) * LETTER.words + 8;
  const high = Math.max(
    ...Object.keys(verb).map((lang) => verb[lang].length * LEADING.words + who[lang].length * LEADING.small),
  );
  return {
    id: edge.id,
    kind: "beside",
    line,
    source: edge.from,
    target: edge.to,
    props,
    verb,
    who,
    begins,
    size: [wide, high + 4],
    along: 0.5,
    aside: 0,
    bend: 0,
  };
}

/**
 * The cast with those beside it as further nodes, each at a free place: a CastData, in the sheet's pixels. `at` are the
 * middles of what stands, round the middle of the sheet.
 * @param {Records} records @param {CastData} cast @param {string[]} beside @param {any[]} items
 * @param {Map<string, Point>} at
 */
export function withBeside(records, cast, beside, items, at) {
  if (!beside.length) return cast;
  const nodes = beside.map((id) => castNodeOf(records, id));
  const [wide, high] = cast.size;
  const sizes = new Map([...cast.nodes, ...nodes].map(({ id, size: [w, h] }) => [id, { w, h }]));
  const placed = new Map([...at].filter(([id]) => sizes.has(id)));
  // A frame is taken as a whole: who came later never stands in it as if it belonged there.
  for (const frame of cast.frames) {
    const [left, top, right, bottom] = frame.box;
    sizes.set(frame.id, { w: right - left, h: bottom - top });
    placed.set(frame.id, { x: (left + right - wide) / 2, y: (top + bottom - high) / 2 });
  }
  for (const [index, tie] of cast.ties.entries()) {
    const [from, to] = [at.get(tie.source), at.get(tie.target)];
    if (!from || !to) continue;
    const id = `words:${index}`;
    sizes.set(id, { w: tie.size[0], h: tie.size[1] });
    placed.set(id, { x: from.x + (to.x - from.x) * tie.along, y: from.y + (to.y - from.y) * tie.along });
  }
  for (const node of nodes) {
    const near = items
      .filter(({ tie }) => tie.source === node.id || tie.target === node.id)
      .map(({ tie }) => (tie.source === node.id ? tie.target : tie.source));
    const spot = placeArriving(placed, [{ id: node.id, near }], (id) => sizes.get(id)).get(node.id);
    placed.set(node.id, spot);
    node.at = [spot.x + wide / 2, spot.y + high / 2];
  }
  return { ...cast, nodes: [...cast.nodes, ...nodes] };
}

/**
 * Somebody as a node of a cast, not yet placed.
 * @param {Records} records @param {string} id @returns {CastNode}
 */
function castNodeOf(records, id) {
  const node = records.nodes.get(id);
  const actor = isAgent(records, node);
  const title = byLanguage((lang) => broken(nameOf(records, id, lang), "name"));
  const rows = Object.values(title);
  const wide = Math.max(...rows.flat().map((row) => row.length)) * LETTER.name;
  const high = Math.max(...rows.map((each) => each.length)) * LEADING.name;
  return {
    id,
    at: [0, 0],
    size: actor ? [wide + 8, high + GLYPH_HIGH] : [wide + 26, high + 18],
    actor,
    title,
    below: byLanguage(() => []),
    post: "",
    statements: 0,
  };
}

// A text in rows that are about as wide as those of the cast.
/** @param {string} text @param {"name" | "words"} what @returns {string[]} */
function broken(text, what) {
  const rows = [""];
  for (const piece of text.split(/\s+/).filter(Boolean)) {
    const last = rows[rows.length - 1];
    if (last && last.length + piece.length >= BROKEN_AT[what]) rows.push(piece);
    else rows[rows.length - 1] = last ? `${last} ${piece}` : piece;
  }
  return rows.filter(Boolean);
}
