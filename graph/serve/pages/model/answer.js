// The server's JSON as a table: columns, rows of terms, sorted and cut into pages.
const NUMBERS = new Set([
  "integer",
  "decimal",
  "double",
  "float",
  "int",
  "long",
  "short",
  "byte",
  "nonNegativeInteger",
  "positiveInteger",
  "nonPositiveInteger",
  "negativeInteger",
  "unsignedInt",
  "unsignedLong",
  "unsignedShort",
  "unsignedByte",
]);
const XSD = "http://www.w3.org/2001/XMLSchema#";
const KIND_ORDER = ["none", "bnode", "uri", "literal", "triple"];

/**
 * {boolean} or {columns, rows}: each row a list of terms or null, in the order of the columns. Throws when it is no
 * such answer.
 * @param {string} text
 */
export function readAnswer(text) {
  const data = JSON.parse(text);
  if (typeof data?.boolean === "boolean") return { boolean: data.boolean };
  const columns = data?.head?.vars;
  if (!Array.isArray(columns) || !Array.isArray(data?.results?.bindings))
    throw new SyntaxError("neither rows nor yes and no");
  return { columns, rows: data.results.bindings.map((binding) => columns.map((name) => binding[name] ?? null)) };
}

/**
 * The number of a numeric literal, or null.
 * @param {any} term
 */
export function numberOf(term) {
  if (term?.type !== "literal" && term?.type !== "typed-literal") return null;
  if (!term.datatype?.startsWith(XSD) || !NUMBERS.has(term.datatype.slice(XSD.length))) return null;
  const value = Number(term.value);
  return Number.isNaN(value) ? null : value;
}

/**
 * The rows in the order of a column; those without a value stand last, either way.
 * @param {any} rows @param {any} column @param {any} descending @param {Lang} lang
 */
export function sortedRows(rows, column, descending, lang) {
  const collator = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const keyed = rows.map((row, at) => ({ row, at, term: row[column] }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (!emptyTerm(a.term) !== !emptyTerm(b.term)) return emptyTerm(a.term) ? 1 : -1;
    return sign * compared(a.term, b.term, collator) || a.at - b.at;
  });
  return keyed.map(({ row }) => row);
}

/**
 * Whether a cell has nothing to show.
 * @param {any} term
 */
export function emptyTerm(term) {
  return term === null || term === undefined || term.value === "";
}

/** @param {any} a @param {any} b @param {Intl.Collator} collator */
function compared(a, b, collator) {
  if (a === null || b === null) return 0;
  const [first, second] = [numberOf(a), numberOf(b)];
  if (first !== null && second !== null) return first - second;
  const kinds = KIND_ORDER.indexOf(a.type) - KIND_ORDER.indexOf(b.type);
  return kinds || collator.compare(plainTerm(a), plainTerm(b));
}

/**
 * A term as one text.
 * @param {any} term
 */
export function plainTerm(term) {
  if (term === null || term === undefined) return "";
  if (term.type !== "triple") return String(term.value);
  const { subject, predicate, object } = term.value;
  return `<< ${[subject, predicate, object].map(plainTerm).join(" ")} >>`;
}

/**
 * {rows, from, to, page, pages} of a long list.
 * @param {any} rows @param {any} page @param {number} size
 */
export function pageOf(rows, page, size) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(0, page), pages - 1);
  return {
    rows: rows.slice(at * size, (at + 1) * size),
    from: rows.length ? at * size + 1 : 0,
    to: Math.min(rows.length, (at + 1) * size),
    page: at,
    pages,
  };
}
