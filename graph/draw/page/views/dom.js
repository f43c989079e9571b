// Building elements: text is always text, never markup; styles by class only.
const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `with_`: class, text, on (listeners), data (data-*), and any attribute; null and false are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, any>} [with_] @param {any} [children]
 */
export function make(tag, with_ = {}, children = []) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(with_)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "checked" || key === "value" || key === "disabled") Object.assign(element, { [key]: value });
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of [children].flat())
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/**
 * An SVG element with presentation attributes (no style attribute: the policy forbids it).
 * @param {string} tag @param {Record<string, any>} [attributes] @param {any} [children]
 */
export function makeSvg(tag, attributes = {}, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(child);
  return element;
}

/**
 * A button with words.
 * @param {string} text @param {(event: any) => any} run @param {Record<string, any>} [with_]
 */
export function button(text, run, with_ = {}) {
  return make("button", { type: "button", text, on: { click: run }, ...with_ });
}

/**
 * Text that keeps its direction to itself.
 * @param {string} text @param {Record<string, any>} [with_]
 */
export function bdi(text, with_ = {}) {
  return make("bdi", { text, ...with_ });
}

/** What has the focus. */
export function inFocus() {
  return /** @type {HTMLElement} */ (document.activeElement ?? document.body);
}

/**
 * The key of what has the focus within a place, so that it can have it again when the place is made anew.
 * @param {HTMLElement} place
 */
export function focusKey(place) {
  return place.contains(document.activeElement) ? (inFocus().dataset.key ?? null) : null;
}

/**
 * The elements of a place that a selector names, in order.
 * @param {HTMLElement} place @param {string} selector
 */
export function allIn(place, selector) {
  return /** @type {HTMLElement[]} */ ([...place.querySelectorAll(selector)]);
}

/**
 * The first of them, or null.
 * @param {HTMLElement} place @param {string} selector
 */
export function firstIn(place, selector) {
  return allIn(place, selector)[0] ?? null;
}
