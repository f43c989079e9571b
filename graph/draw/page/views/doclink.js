// The way to a document that a statement stands in: only http and https, its address shown, and only on a click.
import { word } from "../words.js";
import { make } from "./dom.js";

/**
 * A link that says where it leads, or null when the document has no address that may be opened.
 * @param {any} document @param {Lang} lang
 */
export function documentLink(document, lang) {
  const url = safeUrl(document?.url);
  return url
    ? make(
        "a",
        {
          class: "document-link",
          href: url,
          rel: "noreferrer noopener",
          target: "_blank",
          title: word(lang, "opens", { url }),
        },
        [make("span", { text: word(lang, "openDocument") }), make("span", { class: "address", text: url })],
      )
    : null;
}

/** @param {any} text */
function safeUrl(text) {
  if (!text) return null;
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
