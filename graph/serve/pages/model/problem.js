// What the server says when it does not answer, as one thing to show: title, detail, line, column, and when to ask
// again.
const TELLING = 600;

/**
 * {title, detail, line, column, again} out of a status, its headers and what came with it.
 * @param {{ status: any; statusText?: string; type?: string; retryAfter?: string; body?: string }} given
 */
export function problemOf({ status, statusText = "", type = "", retryAfter = "", body = "" }) {
  const again = Number.parseInt(retryAfter, 10) || null;
  const said = type.includes("json") ? readJson(body) : null;
  if (said) {
    return {
      title: oneLine(said.title ?? statusText),
      detail: oneLine(said.detail ?? ""),
      line: whole(said.line),
      column: whole(said.column),
      again,
      status,
    };
  }
  const text = type.includes("html") ? "" : oneLine(body.split("\n")[0] ?? "");
  return { title: oneLine(statusText) || `HTTP ${status}`, detail: text, line: null, column: null, again, status };
}

/** @param {string} body */
function readJson(body) {
  try {
    const data = JSON.parse(body);
    return data && typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}

/** @param {string} text */
function oneLine(text) {
  return String(text ?? "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, TELLING);
}

/** @param {any} value */
function whole(value) {
  return Number.isInteger(value) && value > 0 ? value : null;
}

/**
 * Where a line and a column are in the text; the columns count characters, not halves of them.
 * @param {string} text @param {any} line @param {any} column
 */
export function offsetOf(text, line, column) {
  const lines = text.split("\n");
  const at = Math.min(line, lines.length) - 1;
  const before = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
  const within = Array.from(lines[at])
    .slice(0, Math.max(0, (column ?? 1) - 1))
    .join("").length;
  return before + Math.min(within, lines[at].length);
}
