// "Who says what": what the panel shows of a relationship, an actor or one who speaks, and the text that is copied.
import { statementsHidden } from "./counts.js";
import { propsOfNode } from "./records.js";
import { inLanguage, isolate, joinNames, readableDate } from "./text.js";
import { happenedOn } from "./clocks.js";
import { hiddenWords, isMany, nameInside, nameOf, standingWords } from "./standing.js";
import { loadedWords } from "./stats.js";
import { sidesAsked } from "./perspective.js";
import { word } from "../words.js";

/**
 * One relationship: its statements by side, those the filter hides counted, what is beside it.
 * @param {Records} records @param {Lens} lens @param {string} propId
 */
export function readDocket(records, lens, propId) {
  const prop = records.props.get(propId);
  const all = prop.claims
    .filter((id) => records.claims.has(id))
    .map((id) => ({
      id,
      claim: records.claims.get(id),
      shown: lens.shown.has(id),
      why: lens.reasons?.get(id) ?? null,
    }));
  /** @param {any} which */
  const side = (which) => all.filter((each) => each.claim.side === which);
  const neither = side("neither");
  return {
    prop,
    seen: lens.props.get(propId) ?? null,
    affirm: side("affirm"),
    oppose: side("oppose"),
    neither,
    declined: neither.filter((each) => each.claim.stance === "declined"),
    answered: side("oppose").length > 0 || neither.some((each) => each.claim.stance === "declined"),
    about: (records.aboutProp.get(propId) ?? []).filter((id) => lens.props.has(id)),
    inside: [prop.subject, prop.third].filter((end) => end && records.props.has(end)),
    rivals: prop.rivals.filter((id) => records.props.has(id)),
    narrows: prop.narrows && records.props.has(prop.narrows) ? prop.narrows : null,
  };
}

/**
 * One actor, event or place: what is said of it, its figures, what it says, and who answers either.
 * @param {Records} records @param {Lens} lens @param {string} id
 */
export function readActor(records, lens, id) {
  const node = records.nodes.get(id);
  const facts = node.facts.filter((prop) => lens.props.has(prop));
  const said = propsOfNode(records, id).filter((prop) => lens.props.has(prop) && !node.facts.includes(prop));
  const says = node.says.filter((claim) => lens.shown.has(claim) && records.claims.has(claim));
  const answers = new Set();
  for (const prop of [...said, ...facts])
    for (const claim of records.props.get(prop).claims)
      if (records.claims.get(claim)?.side === "oppose") answers.add(claim);
  for (const own of says) {
    const stated = records.claims.get(own);
    for (const other of records.props.get(stated.prop).claims) {
      const claim = records.claims.get(other);
      if (claim && claim.side !== stated.side && claim.side !== "neither" && claim.speaker !== id) answers.add(other);
    }
  }
  return { node, facts, said, says, answers: [...answers] };
}

/**
 * The first and last day on which statements about a relationship were said or published.
 * @param {Records} records @param {string} propId @param {Lang} lang
 */
export function saidBetween(records, propId, lang) {
  const claims = records.props
    .get(propId)
    .claims.map((id) => records.claims.get(id))
    .filter(Boolean);
  const told = [...new Set(claims.map((claim) => claim.said && inLanguage(claim.said, lang)).filter(Boolean))];
  if (told.length)
    return word(lang, "saidOn", { date: told.length > 2 ? `${told[0]} – ${told[told.length - 1]}` : told.join(", ") });
  const dates = [
    ...new Set(claims.map((claim) => records.documents.get(claim.document)?.published).filter(Boolean)),
  ].sort();
  if (!dates.length) return "";
  const first = readableDate(dates[0], lang);
  const last = readableDate(dates[dates.length - 1], lang);
  return word(lang, "publishedOn", { date: first === last ? first : `${first} – ${last}` });
}

/**
 * The place of a statement: "bne IntelliNews, 17 March 2025, paragraph 2".
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function placeWords(records, claim, lang) {
  const document = records.documents.get(claim.document);
  return word(lang, "placeIn", {
    doc: document ? inLanguage(document.label, lang) : claim.document,
    place: inLanguage(claim.place, lang) || claim.at,
  });
}

/**
 * The filters in force and the version, as every copy and print carries them.
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {Unticked} unticked
 */
export function carried(records, lens, lang, unticked) {
  const filters = [
    lens.filtered ? word(lang, "someFilters", { n: statementsHidden(records, lens) }) : word(lang, "noFilters"),
  ];
  filters.push(...inForce(records, lens, lang));
  if (unticked.length)
    filters.push(
      word(lang, "filtersAre", {
        list: unticked.map((name) => word(lang, "without", { name: isolate(name) })).join(", "),
      }),
    );
  const loaded = loadedWords(records, lang);
  return [
    word(lang, "printed", {
      date: readableDate(records.data.edition.version, lang) || word(lang, "versionNot"),
      filters: [...filters, loaded].filter(Boolean).join(" "),
    }),
    word(lang, "lineRule"),
  ];
}

/**
 * What is in force besides what is unticked, in words: the clocks, a source taken out, whose world it is.
 * @param {Records} records @param {Lens} lens @param {Lang} lang
 */
export function inForce(records, lens, lang) {
  const { clock, ask } = lens;
  const list = [];
  /** @param {string} iso */
  const date = (iso) => readableDate(iso, lang);
  if (clock?.known) list.push(word(lang, "knownBy", { date: date(clock.known) }));
  if (clock?.from || clock?.to)
    list.push(
      word(lang, clock.from && clock.to ? "happenedBetween" : clock.from ? "happenedFrom" : "happenedUntil", {
        from: date(clock.from),
        to: date(clock.to),
      }),
    );
  const undated = undatedUnder(records, lens);
  if (undated) list.push(word(lang, clock.undated ? "undatedKept" : "undatedOut", { n: undated }));
  if (ask?.kind === "without" && ask.source)
    list.push(word(lang, "takenOut", { name: isolate(sourceName(records, ask.source, lang)) }));
  const told = ask?.kind === "according" ? sidesAsked(records, ask).flat().filter(Boolean) : [];
  if (told.length)
    list.push(
      word(lang, told.length > 1 || isMany(records, ask.a) ? "onlyByMany" : "onlyBy", {
        name: joinNames(
          told.map((id) => nameInside(records, id, lang)),
          lang,
        ),
      }),
    );
  return list;
}

/**
 * How many relationships have no date, where the clock of what happened is set: it leaves them out, or keeps them.
 * @param {Records} records @param {{ clock: Clock }} given
 */
export function undatedUnder(records, { clock }) {
  if (!(clock?.from || clock?.to)) return 0;
  return [...records.props].filter(
    ([id, prop]) => prop.claims.some((claim) => records.claims.has(claim)) && !happenedOn(records, id),
  ).length;
}

/**
 * The name of a source: of a node, or of a document.
 * @param {Records} records @param {string} id @param {Lang} lang
 */
export function sourceName(records, id, lang) {
  return records.nodes.has(id) ? nameOf(records, id, lang) : inLanguage(records.documents.get(id)?.label, lang) || id;
}

/**
 * A footnote: what was said, how it reached us, where it stands, and what qualifies it.
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function footnote(records, claim, lang) {
  const sentence = inLanguage(claim.sentence, lang);
  // Most sentences bring their reservations themselves.
  const hedges = claim.hedges
    .map((hedge) => inLanguage(hedge, lang))
    .filter((hedge) => !sentence.includes(hedge))
    .map((words) => word(lang, "qualified", { words }));
  const parts = [sentence, inLanguage(claim.chain, lang), placeWords(records, claim, lang), ...hedges].filter(Boolean);
  return `${parts.join(". ")}.`.replace(/([.?!])\.(?= |$)/g, "$1");
}

/**
 * "No answer in these 3 documents": of all there are, wherever they are.
 * @param {Records} records @param {Lang} lang
 */
export function silenceWords(records, lang) {
  return word(lang, "noAnswer", {
    n: records.data.served ? (records.data.figures.values.documents ?? records.documents.size) : records.documents.size,
  });
}

/**
 * What every text that leaves the page ends with: the title, the version, the filters, and what a line is.
 * @param {Records} records @param {Lens} lens @param {Lang} lang @param {Unticked} unticked
 */
export function colophon(records, lens, lang, unticked) {
  return [inLanguage(records.data.edition.title, lang), ...carried(records, lens, lang, unticked)];
}

/**
 * A relationship as text with a footnote for each statement; a filter leaves no denial out of it.
 * @param {Records} records @param {Lens} lens @param {string} propId @param {Lang} lang @param {Unticked} unticked
 */
export function copyText(records, lens, propId, lang, unticked) {
  const docket = readDocket(records, lens, propId);
  const listed = [...docket.affirm, ...docket.oppose, ...docket.neither];
  const marks = listed.map((_, index) => `[${index + 1}]`).join("");
  const notes = listed.map(({ claim }, index) => `[${index + 1}] ${footnote(records, claim, lang)}`);
  const silence = docket.answered ? [] : [silenceWords(records, lang)];
  return [
    `${inLanguage(docket.prop.summary, lang)} ${marks}`,
    standingWords(records, propId, lang, docket.seen?.line),
    ...silence,
    ...hiddenWords(docket.seen, lang),
    "",
    ...notes,
    "",
    ...colophon(records, lens, lang, unticked),
  ].join("\n");
}

/**
 * Names of what is unticked, for prints and copies.
 * @param {Records} records @param {Off} off @param {Lang} lang
 * @param {(records: Records, dimension: string, value: string, lang: Lang) => string} nameValue
 */
export function untickedNames(records, off, lang, nameValue) {
  return Object.entries(off).flatMap(([dimension, values]) =>
    values.map((value) => nameValue(records, dimension, value, lang)),
  );
}

/**
 * Whom a statement answers or confirms, by name: "answers Cristosal".
 * @param {Records} records @param {Claim} claim @param {Lang} lang
 */
export function answersWords(records, claim, lang) {
  /** @param {string[]} ids */
  const names = (ids) => [
    ...new Set(
      ids
        .map((id) => records.claims.get(id))
        .filter((other) => other && other.speaker !== null)
        .map((other) => nameOf(records, other.speaker, lang)),
    ),
  ];
  const list = [];
  const countered = names(claim.counters);
  if (claim.counters.length)
    list.push(
      countered.length ? word(lang, "answers", { name: countered.map(isolate).join(", ") }) : word(lang, "answersIt"),
    );
  const confirmed = names(claim.confirms);
  if (confirmed.length) list.push(word(lang, "confirmsIt", { name: confirmed.map(isolate).join(", ") }));
  return list;
}
