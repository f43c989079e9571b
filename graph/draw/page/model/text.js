// Text from the data made fit to show: one line, no control marks, folded for search, clipped for labels.
import { hasArticle, joinedNames, localeOf, word } from "../words.js";

const LABEL_LIMIT = 40;
const TEXT_LIMIT = 4000;
// Controls, and the marks that turn text round or hide it: a name may not change what stands beside it.
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;
const ACCENTS = /\p{M}+/gu;
const PLAIN = new WeakMap();
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * One plain line: control and direction marks out, white space single, never longer than TEXT_LIMIT.
 * @param {unknown} value
 */
export function plain(value) {
  if (value === null || value === undefined) return "";
  const text = String(value)
    .slice(0, TEXT_LIMIT * 2)
    .replace(UNSEEN, " ")
    .replace(/\s+/g, " ")
    .trim();
  return clip(text, TEXT_LIMIT);
}

/**
 * At most `limit` characters, an ellipsis for the rest; never half a character.
 * @param {string} text @param {number} [limit]
 */
export function clip(text, limit = LABEL_LIMIT) {
  if (text.length <= limit) return text;
  const marks = Array.from(text.slice(0, limit * 2 + 2));
  if (marks.length <= limit) return text;
  return `${marks
    .slice(0, limit - 1)
    .join("")
    .trimEnd()}…`;
}

/**
 * The text of {en, es, …} in `lang`, or in English or any other that is there; made plain once for each text.
 * @param {Said} both @param {Lang} lang
 */
export function inLanguage(both, lang) {
  if (both === null || both === undefined) return "";
  if (typeof both !== "object") return plain(both);
  let made = PLAIN.get(both);
  if (!made) {
    made = new Map();
    PLAIN.set(both, made);
  }
  if (!made.has(lang)) made.set(lang, plain(both[lang] ?? both.en ?? Object.values(both)[0]));
  return made.get(lang);
}

/**
 * Lower case without accents, for comparing what was typed with what is there.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize("NFD").replace(ACCENTS, "").toLowerCase().replace(/[‘’']/g, "'").trim();
}

/**
 * A name put between marks that keep its direction to itself; plain Latin text stays as it is.
 * @param {string} text
 */
export function isolate(text) {
  return RTL.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * "a", "a and b", "a, b and c" as the language joins names.
 * @param {string[]} names @param {Lang} lang
 */
export function joinNames(names, lang) {
  return joinedNames(lang, names.map(isolate));
}

/**
 * Lines of at most `width` characters, at most `most` of them; what is over is clipped with an ellipsis.
 * @param {string} text @param {number} width @param {number} most
 */
export function wrapLines(text, width, most) {
  let lines = filledLines(text, width);
  // Even lines read better than a last word alone.
  for (let narrower = width - 1; lines.length > 1 && lines.length <= most && narrower > width / 2; narrower -= 1) {
    const tried = filledLines(text, narrower);
    if (tried.length > lines.length || tried.some((line) => line.length > width)) break;
    lines = tried;
  }
  if (lines.length > most) {
    const rest = lines.slice(most - 1).join(" ");
    lines = [...lines.slice(0, most - 1), clip(rest, Math.max(8, width))];
  }
  return lines.map((each) => clip(each, width + 12));
}

/** @param {string} text @param {number} width */
function filledLines(text, width) {
  const lines = [];
  let line = "";
  for (const piece of text.split(" ")) {
    const longer = line ? `${line} ${piece}` : piece;
    if (line && longer.length > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  if (line) lines.push(line);
  return lines;
}

/**
 * A date of the precision printed (2025, 2025-02, 2025-03-15) in the reader's words.
 * @param {Said} iso @param {Lang} lang
 */
export function readableDate(iso, lang) {
  const text = plain(iso);
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text);
  if (!found) return text;
  const [, year, month, day] = found;
  /** @type {Intl.DateTimeFormatOptions | null} */
  const style = day
    ? { day: "numeric", month: "long", year: "numeric" }
    : month
      ? { month: "long", year: "numeric" }
      : null;
  if (!style) return year;
  const when = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  return writerOf(lang, Boolean(day), style).format(when);
}

// Made once: to make one takes longer than to write a hundred dates with it.
/** @type {Map<string, Intl.DateTimeFormat>} */
const dateWriters = new Map();

/** @param {Lang} lang @param {boolean} toDay @param {Intl.DateTimeFormatOptions} style */
function writerOf(lang, toDay, style) {
  const key = `${lang} ${toDay}`;
  const made = dateWriters.get(key) ?? new Intl.DateTimeFormat(localeOf(lang), { ...style, timeZone: "UTC" });
  dateWriters.set(key, made);
  return made;
}

/**
 * The first letter large, as a sentence begins; a name that is written small on purpose ("bne IntelliNews") stays.
 * @param {string} text
 */
export function capital(text) {
  const small =
    /^\p{Ll}/u.test(text) && !hasArticle(text) && text.split(" ", 2).some((piece) => /[a-z][A-Z]/.test(piece));
  return text && !small ? text[0].toUpperCase() + text.slice(1) : text;
}

/**
 * A bare verb as a plural subject needs it, by the article of its name: "recluidos en" behind "los deportados".
 * @param {string} verb @param {string} subject @param {Lang} lang
 */
export function pluralVerb(verb, subject, lang) {
  const [article, ...name] = subject.split(" ");
  const pairs = word(lang, "language.plurals").split(", ").filter(Boolean);
  const [, ending] = pairs.map((pair) => pair.split("=")).find(([each]) => name.length && each === article) ?? [];
  const [first, next] = verb.split(" ");
  if (!ending || !first.endsWith("o") || !word(lang, "language.pluralBefore").split(" ").includes(next)) return verb;
  return `${first.slice(0, -1)}${ending}${verb.slice(first.length)}`;
}

/**
 * Two words that the language draws together before a noun: Spanish "a el" and "de el" become "al" and "del".
 * @param {string} text @param {Lang} lang
 */
export function contracted(text, lang) {
  const pairs = word(lang, "language.contractions").split(", ").filter(Boolean);
  return pairs.reduce((made, pair) => {
    const [apart, together] = pair.split("=");
    return made.replace(new RegExp(`\\b${apart} (?=\\S)`, "g"), `${together} `);
  }, text);
}
