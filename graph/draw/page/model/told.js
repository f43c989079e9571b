// What stands on a line: the bare verb with the mark of its standing, and who says so, as on the lines of the cast.
import { atMost, nameInside, voiceName } from "./standing.js";
import { inLanguage, pluralVerb } from "./text.js";
import { word } from "../words.js";

// Three speakers are named on a line where their names are no longer than this together; else two.
const SPEAKERS_SHORT = 64;

// Relationships that are said to be so only on a condition, found once for what is loaded.
const conditions = new WeakMap();

/**
 * The words of a relationship by some of its statements: {verb, says: a row for each modality where speakers differ in
 * it, against: who opposes it, silence: why the first row names no speaker, "" where it does, soft: the word that
 * softens it, "" for none}.
 * @param {Records} records @param {string} id @param {Claim[]} claims @param {{ line: Line; sign?: Sign }} how
 * @param {Lang} lang
 */
export function toldOf(records, id, claims, { line, sign }, lang) {
  const current = claims.filter((claim) => !claim.withdrawn);
  const answered = current.some((claim) => claim.side === "oppose");
  /** @param {Claim[]} some */
  const all = (some) => [...new Set(some.map((claim) => speakerWords(records, claim, answered, lang)))];
  // Of several, for whom each speaks stands in the card.
  /** @param {Claim[]} some */
  const names = (some) =>
    all(some).length > 2 ? all(some.map((claim) => /** @type {Claim} */ ({ ...claim, for: null }))) : all(some);
  const affirming = current.filter((claim) => claim.side === "affirm");
  const neither = current.filter((claim) => claim.side === "neither");
  const opposing = current.filter((claim) => claim.side === "oppose");
  const others = names(neither);
  const silence = silenceOf(affirming.length ? affirming : neither, answered);
  const view = sign === "judgement" && !silence;
  const says = affirmingRows(affirming, (some) => countedNames(names(some), lang), view, lang);
  const against = opposing.length ? [word(lang, "cast.against", { name: countedNames(names(opposing), lang) })] : [];
  if (!says.length && !against.length && others.length) says.push(countedNames(others, lang));
  return {
    verb: bareWords(records, id, affirming, line, lang),
    says,
    against,
    silence: says.length ? silence : "",
    soft: softness(affirming, line),
  };
}

/**
 * At most three by name, and how many more.
 * @param {string[]} list @param {Lang} lang
 */
export function countedNames(list, lang) {
  const isShort = list.length === 3 && list.join("").length <= SPEAKERS_SHORT;
  return atMost(list, isShort ? 3 : 2, lang);
}

// Who says so, in a row for each modality where they differ in it.
/**
 * @param {Claim[]} claims @param {(some: Claim[]) => string} names @param {boolean} view @param {Lang} lang
 */
function affirmingRows(claims, names, view, lang) {
  const modalities = modalitiesOf(claims);
  return modalities.map((modality) => {
    const name = names(claims.filter((claim) => claim.modality === modality));
    if (modalities.length > 1)
      return word(lang, "cast.holds", { modality: word(lang, `cast.modality.${modality}`), name });
    return view ? word(lang, "cast.view", { name }) : name;
  });
}

// The bare word of a relation, with the mark of its standing and the word that softens it, as the cast's lines have it.
/** @param {Records} records @param {string} id @param {Claim[]} affirming @param {Line} line @param {Lang} lang */
function bareWords(records, id, affirming, line, lang) {
  const prop = records.props.get(id);
  // Of what is only required the phrase, `must oppose`, says so as no bare verb does.
  const isRequired =
    line === "notyet" && affirming.length && affirming.every(({ modality }) => modality === "required");
  const { bare, label } = records.data.relations[prop.relation] ?? {};
  const plain = inLanguage(isRequired ? prop.phrase : (bare ?? label), lang) || prop.relation;
  const verb = pluralVerb(plain, nameInside(records, prop.subject, lang), lang);
  const text = softened(verb, affirming, line, lang);
  const weakest = affirming.find(({ modality }) => modality !== "actual")?.modality;
  if (line === "notyet" && weakest) {
    // Where speakers differ, each row of them says how far it has come.
    const told =
      isRequired || modalitiesOf(affirming).length > 1
        ? text
        : word(lang, "cast.notyet", { modality: word(lang, `cast.modality.${weakest}`), text });
    const isTold = weakest === "conditional" || !isConditional(records, id);
    return isTold ? told : word(lang, "cast.conditional", { text: told });
  }
  if (line === "open") return word(lang, "cast.askedMatter", { text });
  return `${{ soft: "? ", disputed: "× ", accepted: "✓ ", denied: "× ", rejected: "× " }[line] ?? ""}${text}`;
}

const CONDITIONS = ["on-condition", "unless"];

// Whether something is said to be so only on a condition, or the event is that it is a part of.
/** @param {Records} records @param {string} id */
function isConditional({ props }, id) {
  if (conditions.get(props)?.size !== props.size) {
    const all = [...props];
    const on = new Set(all.filter(([, each]) => CONDITIONS.includes(each.relation)).map(([, each]) => each.subject));
    const happening = all.filter(
      ([key, each]) => each.relation === "occurred" && (on.has(key) || on.has(each.subject)),
    );
    conditions.set(props, { size: props.size, on, events: new Set(happening.map(([, each]) => each.subject)) });
  }
  const { on, events } = conditions.get(props);
  return on.has(id) || events.has(props.get(id)?.subject);
}

/** @param {string} text @param {Claim[]} affirming @param {Line} line @param {Lang} lang */
function softened(text, affirming, line, lang) {
  const how = softness(affirming, line);
  return how ? word(lang, `cast.${how}`, { text }) : text;
}

/** @param {Claim[]} affirming @param {Line} line */
function softness(affirming, line) {
  if (affirming.some((claim) => claim.stance === "alleged")) return "alleged";
  if (affirming.some((claim) => claim.reportedly)) return "reportedly";
  if (affirming.some((claim) => claim.stance === "presumed")) return "presumed";
  // Plainly said, and able to hurt: nobody's word makes it certain.
  const isNamed = affirming.length > 0 && affirming.every(({ speaker, implied }) => speaker !== null && !implied);
  return line === "soft" && isNamed ? "unconfirmed" : "";
}

// The modalities of statements, what is done last.
/** @param {Claim[]} claims */
function modalitiesOf(claims) {
  const found = [...new Set(claims.map(({ modality }) => modality))];
  return [...found.filter((modality) => modality !== "actual"), ...found.filter((modality) => modality === "actual")];
}

// Why none of some statements that are held alike has a speaker: "implied", "inferred" or "unstated"; "" where one has.
/** @param {Claim[]} claims @param {boolean} answered */
function silenceOf(claims, answered) {
  const why = claims.map((claim) => silenceIn(claim, answered));
  return modalitiesOf(claims).length === 1 && why.every(Boolean) ? why[0] : "";
}

// What is `answered` and nobody named says is a claim that the text tells of; the text does not imply it.
/** @param {Claim} claim @param {boolean} answered */
function silenceIn(claim, answered) {
  if (claim.implied && (claim.speaker !== null || claim.inferred || !answered))
    return claim.inferred ? "inferred" : "implied";
  return claim.speaker === null ? "unstated" : "";
}

/**
 * Whose text implies what a statement says, undefined where that is not known.
 * @param {Records} records @param {Claim} claim
 */
export function implying(records, { speaker, document }) {
  const by = speaker ?? records.documents.get(document)?.publisher;
  return by && records.nodes.has(by) ? by : undefined;
}

/**
 * Who speaks, or why nobody does.
 * @param {Records} records @param {Claim} claim @param {boolean} answered @param {Lang} lang
 */
function speakerWords(records, claim, answered, lang) {
  const silence = silenceIn(claim, answered);
  if (!silence) return voiceName(records, claim, lang);
  const by = silence === "implied" && implying(records, claim);
  return by ? word(lang, "cast.impliedBy", { name: nameInside(records, by, lang) }) : word(lang, `cast.${silence}`);
}
