// From which item of which panel (or of the filters) something was opened, so that going back returns to it.
import { allIn, firstIn, inFocus } from "./dom.js";

/** Remembers, for each thing the panel stands at, the item that was opened from it. */
export class WayBack {
  /** @param {HTMLElement} panel the panel itself @param {HTMLElement[]} others where else things are opened from */
  constructor(panel, others) {
    this.panel = panel;
    this.places = [panel, ...others];
    this.left = new Map();
  }

  /**
   * Something is about to be opened.
   * @param {PageState} state
   */
  leave({ selected, ask: question, slot }) {
    const base = slot ? "slot:" : question ? `ask:${question.kind}` : "start";
    const item = inFocus();
    const place = this.places.find((each) => each.contains(item));
    // What is opened from the drawing or a list beside it leads back there.
    if (!place) this.left.delete(base);
    if (!place || selected || !item.dataset.key) return;
    const alike = allIn(place, "[data-key]").filter((each) => each.dataset.key === item.dataset.key);
    this.left.set(base, { place, key: item.dataset.key, nth: alike.indexOf(item), top: this.panel.scrollTop });
  }

  /** Whether the focus went to the item that what was just closed had been opened from. */
  comeBack() {
    const from = this.left.get(this.panel.dataset.subject);
    this.left.delete(this.panel.dataset.subject);
    const item = from && allIn(from.place, "[data-key]").filter((each) => each.dataset.key === from.key)[from.nth];
    if (!item) return false;
    // It may stand in a list that is folded again.
    if (item.closest("li[hidden]")) firstIn(item.closest("ul").parentElement, ".more")?.click();
    if (from.place === this.panel) this.panel.scrollTop = from.top;
    item.focus();
    return document.activeElement === item;
  }
}
