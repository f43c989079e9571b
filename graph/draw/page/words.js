// What the page says, in the languages of its reader. The texts come with the page; `speak` takes them once, first.
/** @type {Record<string, Record<string, string>>} */
let tables = {};
let unclaimed = false;
/** @type {RegExp} */
let articles = /^$/;

/**
 * Every text by language and key; of a key with several forms ("one|many") `language.plural` names the categories.
 * @param {Record<string, Record<string, string>>} given
 */
export function speak(given) {
  tables = given;
  const each = languages().flatMap((lang) => textOf(lang, "language.articles").split(" "));
  articles = new RegExp(`^(?:${each.join("|")}) `);
}

/**
 * Whether a name begins with an article of any language.
 * @param {string} name
 */
export function hasArticle(name) {
  return articles.test(name);
}

/** The tags of the languages there are, English first. */
export function languages() {
  return Object.keys(tables).sort((a, b) => Number(b === "en") - Number(a === "en") || a.localeCompare(b));
}

/**
 * The text for `key`, {name} filled in from `values`; the form by `values.n`, numbers as the language has them.
 * @param {Lang} lang @param {string} key @param {Record<string, unknown>} [values]
 */
export function word(lang, key, values = {}) {
  const text = (unclaimed && textOf(lang, `data.${key}`)) || textOf(lang, key);
  if (text === undefined) throw new Error(`there is no text "${key}"`);
  return pluralForm(text, values.n, lang).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(localeOf(lang)).format(value) : String(value);
  });
}

/**
 * The text for `key` in every language: {en, es, …}.
 * @param {string} key @param {Record<string, unknown>} [values]
 */
export function wordIn(key, values = {}) {
  return byLanguage((lang) => word(lang, key, values));
}

/**
 * What `make` makes of each language: {en, es, …}.
 * @template V
 * @param {(lang: Lang) => V} make
 * @returns {Record<string, V>}
 */
export function byLanguage(make) {
  return Object.fromEntries(languages().map((lang) => [lang, make(lang)]));
}

/**
 * "a", "a and b", "a, b and c".
 * @param {Lang} lang @param {string[]} names
 */
export function joinedNames(lang, names) {
  if (names.length < 2) return names.join("");
  const [rest, last] = [names.slice(0, -1).join(", "), names[names.length - 1]];
  const before = textOf(lang, "language.listBefore");
  const there = before && new RegExp(`^${before}`, "iu").test(last);
  return word(lang, there ? "language.listThere" : "language.list", { rest, last });
}

/**
 * Whether there is a text for `key`.
 * @param {string} key
 */
export function hasWord(key) {
  return Object.hasOwn(tables.en, key);
}

/**
 * The locale for dates and numbers in a language: English dates are written as in London.
 * @param {Lang} lang
 */
export function localeOf(lang) {
  return textOf(lang, "language.locale") ?? lang;
}

/** From now on the page shows data that is not of our vocabulary: what stands in it is said by nobody. */
export function speakOfData() {
  unclaimed = true;
}

/** @param {Lang} lang @param {string} key */
function textOf(lang, key) {
  return tables[lang]?.[key] ?? tables.en?.[key];
}

/** @param {string} text @param {unknown} n @param {Lang} lang */
function pluralForm(text, n, lang) {
  const forms = text.split("|");
  if (forms.length === 1 || typeof n !== "number") return forms[forms.length - 1];
  const categories = textOf(lang, "language.plural").split(" ");
  const at = categories.indexOf(new Intl.PluralRules(localeOf(lang)).select(n));
  return forms[Math.min(at < 0 ? categories.length : at, forms.length - 1)];
}
