// Text inside XML, for every file that the page writes in it.
const XML_ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;" };
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * A text inside XML; whatever XML cannot hold falls away.
 * @param {any} text
 */
export function xmlText(text) {
  return String(text)
    .replace(NOT_XML, "")
    .replace(/[&<>"\n]/g, (letter) => XML_ESCAPED[letter]);
}
