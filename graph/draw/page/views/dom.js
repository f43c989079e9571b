// Building elements: text is always text, never markup; styles by class only.
const SVG = "http://www.w3.org/2000/svg";

/** An element. `with_`: class, text, on (listeners), data (data-*), and any attribute; null and false are left out. */
export function make(tag, with_ = {}, children = []) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(with_)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "checked" || key === "value" || key === "disabled") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of [children].flat())
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** An SVG element with presentation attributes (no style attribute: the policy forbids it). */
export function makeSvg(tag, attributes = {}, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(child);
  return element;
}

/** A button with words. */
export function button(text, run, with_ = {}) {
  return make("button", { type: "button", text, on: { click: run }, ...with_ });
}

/** Text that keeps its direction to itself. */
export function bdi(text, with_ = {}) {
  return make("bdi", { text, ...with_ });
}
