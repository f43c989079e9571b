// Text put on the clipboard.
import { make } from "./dom.js";

/**
 * Whether the text is on the clipboard now.
 * @param {string} text
 */
export async function onClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

// From a file some browsers refuse the clipboard; the older way still works there.
/** @param {any} text */
function copyByHand(text) {
  const field = make("textarea", { class: "unseen", value: text, "aria-hidden": "true" });
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
