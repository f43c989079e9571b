// What stands on a line: the bare verb with the mark of its standing, and who says so, as on the lines of the cast.
import { nameInside, voiceName } from "./standing.js";
import { inLanguage, pluralVerb } from "./text.js";
import { word } from "../words.js";

// What stands where a speaker would, and is none.
const NO_VOICES = ["implied", "inferred", "unstated"];
const SPEAKERS_SHOWN = 2;

// Relationships that are said to be so only on a condition, found once for what is loaded.
const conditions = new WeakMap();

/**
 * The words of a relationship by some of its statements: {verb, says: a row for each modality where speakers differ in
 * it, against: who opposes it, nobody: whether the first row names no speaker}.
 * @param {Records} records @param {string} id @param {Claim[]} claims @param {{ line: Line; sign?: Sign }} how
 * @param {Lang} lang
 */
export function toldOf(records, id, claims, { line, sign }, lang) {
  const current = claims.filter((claim) => !claim.withdrawn);
  const answered = current.some((claim) => claim.side === "oppose");
  /** @param {Claim[]} some */
  const names = (some) => [...new Set(some.map((claim) => speakerWords(records, claim, answered, lang)))];
  const affirming = current.filter((claim) => claim.side === "affirm");
  const opposing = current.filter((claim) => claim.side === "oppose");
  const others = names(current.filter((claim) => claim.side === "neither"));
  const says = affirmingRows(affirming, (some) => countedNames(names(some), lang), sign, lang);
  const against = opposing.length ? [word(lang, "cast.against", { name: countedNames(names(opposing), lang) })] : [];
  if (!says.length && !against.length && others.length) says.push(countedNames(others, lang));
  return {
    verb: bareWords(records, id, affirming, line, lang),
    says,
    against,
    nobody: says.length > 0 && namesNobody(says[0], lang),
  };
}

// At most two by name.
/** @param {string[]} list @param {Lang} lang */
function countedNames(list, lang) {
  return list.length > SPEAKERS_SHOWN
    ? word(lang, "cast.others", { name: list[0], n: list.length - 1 })
    : list.join(", ");
}

// Who says so, in a row for each modality where they differ in it.
/**
 * @param {Claim[]} claims @param {(some: Claim[]) => string} names @param {Sign | undefined} sign @param {Lang} lang
 */
function affirmingRows(claims, names, sign, lang) {
  const modalities = modalitiesOf(claims);
  return modalities.map((modality) => {
    const name = names(claims.filter((claim) => claim.modality === modality));
    if (modalities.length > 1)
      return word(lang, "cast.holds", { modality: word(lang, `cast.modality.${modality}`), name });
    return sign === "judgement" && !namesNobody(name, lang) ? word(lang, "cast.view", { name }) : name;
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
  if (affirming.some((claim) => claim.stance === "alleged")) return word(lang, "cast.alleged", { text });
  if (affirming.some((claim) => claim.reportedly)) return word(lang, "cast.reportedly", { text });
  if (affirming.some((claim) => claim.stance === "presumed")) return word(lang, "cast.presumed", { text });
  // Plainly said, and able to hurt: nobody's word makes it certain.
  const isNamed = affirming.length > 0 && affirming.every(({ speaker, implied }) => speaker !== null && !implied);
  if (line === "soft" && isNamed) return word(lang, "cast.unconfirmed", { text });
  return text;
}

// The modalities of statements, what is done last.
/** @param {Claim[]} claims */
function modalitiesOf(claims) {
  const found = [...new Set(claims.map(({ modality }) => modality))];
  return [...found.filter((modality) => modality !== "actual"), ...found.filter((modality) => modality === "actual")];
}

/** @param {string} who @param {Lang} lang */
function namesNobody(who, lang) {
  return silenceIn(who, lang) !== undefined;
}

/**
 * Which of the words it is that stand where a speaker would: `implied`; undefined for any other.
 * @param {string} who @param {Lang} lang
 */
export function silenceIn(who, lang) {
  return NO_VOICES.find((key) => word(lang, `cast.${key}`) === who);
}

/**
 * Who speaks, or that nobody does. What is `answered` and nobody named says is a claim that the text tells of.
 * @param {Records} records @param {Claim} claim @param {boolean} answered @param {Lang} lang
 */
function speakerWords(records, claim, answered, lang) {
  const told = claim.speaker === null && !claim.inferred && answered;
  if (claim.implied && !told) return word(lang, claim.inferred ? "cast.inferred" : "cast.implied");
  if (claim.speaker === null) return word(lang, "cast.unstated");
  return voiceName(records, claim, lang);
}
