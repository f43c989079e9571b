// The address's fragment: a query in full, or a named one with its values. It never leaves the browser.
/**
 * {query} or {name, values}, or null when the fragment says nothing.
 * @param {string} hash
 */
export function readAddress(hash) {
  const fields = new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B"));
  if (fields.has("query")) return { query: fields.get("query") };
  if (!fields.has("name")) return null;
  return { name: fields.get("name"), values: Object.fromEntries([...fields].filter(([key]) => key !== "name")) };
}

/**
 * The fragment that brings a query back.
 * @param {string} query
 */
export function addressOf(query) {
  return query.trim() ? `query=${encodeURIComponent(query)}` : "";
}
