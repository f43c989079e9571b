// A file for the reader: bytes that came from the server, under a name; the browser asks where.
import { make } from "../../../draw/page/views/dom.js";

const KEPT_MS = 60000;

/**
 * Offers a blob as a file.
 * @param {string} name @param {Blob} blob
 */
export function offerFile(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = make("a", { href: url, download: name, class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
