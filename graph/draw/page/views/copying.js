// The page as a file of its own, with the story that was written in it: what was put into the document since it was
// opened is left out, and the rest is written as it came.
const KEPT_IN_BODY = ["skips", "bar", "side", "stage", "panel", "foot", "live"];

/**
 * The page's own HTML with a story in it, or without one.
 * @param {Document} document @param {string} story as JSON; "" for none
 */
export function pageWith(document, story) {
  const copy = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
  for (const name of [...copy.attributes].map((each) => each.name)) if (name !== "lang") copy.removeAttribute(name);
  const [head, body] = [copy.querySelector("head"), copy.querySelector("body")];
  for (const style of [...head.querySelectorAll("style")].slice(1)) style.remove();
  for (const name of [...body.attributes].map((each) => each.name)) body.removeAttribute(name);
  for (const each of [...body.children]) {
    if (KEPT_IN_BODY.includes(each.id)) each.replaceChildren();
    else if (!["SCRIPT", "NOSCRIPT"].includes(each.tagName)) each.remove();
  }
  for (const name of ["side", "stage", "panel", "bar", "skips", "foot"])
    body.querySelector(`#${name}`).removeAttribute("aria-label");
  head.querySelector('meta[name="actorgraph-story"]')?.remove();
  if (story) {
    const meta = document.createElement("meta");
    meta.setAttribute("name", "actorgraph-story");
    meta.setAttribute("content", story);
    head.append(meta);
  }
  return `<!doctype html>\n${copy.outerHTML}\n`;
}

/**
 * The story that was saved in the page, as JSON; "" for none.
 * @param {Document} document
 */
export function storyInPage(document) {
  return document.querySelector('meta[name="actorgraph-story"]')?.getAttribute("content") ?? "";
}
