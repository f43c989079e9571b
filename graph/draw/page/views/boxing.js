// A box drawn over the drawing with Shift held: whoever stands in it is selected.
import { make } from "./dom.js";

const SMALLEST_BOX = 6;

/** Listens on a place; done({left, top, right, bottom, click}) in its pixels, `click` for a box without size. */
export class BoxSelection {
  /** @param {HTMLElement} place @param {(box: any) => void} done */
  constructor(place, done) {
    this.place = place;
    this.done = done;
    // Before the drawing hears of it: with Shift the view stays where it is.
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
      place.addEventListener(name, (event) => this.heard(/** @type {PointerEvent} */ (event)), { capture: true });
  }

  /** @param {PointerEvent} event */
  heard(event) {
    if (event.type === "pointerdown" && event.shiftKey && event.button === 0 && event.pointerType === "mouse")
      this.begin(event);
    else if (!this.from) return;
    else if (event.type === "pointermove") this.draw(event);
    else this.end(event);
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  begin(event) {
    this.from = this.at(event);
    this.shape = make("div", { class: "box-selection", "aria-hidden": "true" });
    this.place.append(this.shape);
    this.place.setPointerCapture(event.pointerId);
    this.draw(event);
  }

  /** @param {PointerEvent} event */
  draw(event) {
    const { left, top, right, bottom } = this.box(event);
    for (const [name, value] of Object.entries({ left, top, width: right - left, height: bottom - top }))
      this.shape.style.setProperty(name, `${value}px`);
  }

  /** @param {PointerEvent} event */
  end(event) {
    const box = this.box(event);
    this.shape.remove();
    this.from = null;
    if (event.type === "pointerup")
      this.done({ ...box, click: box.right - box.left < SMALLEST_BOX && box.bottom - box.top < SMALLEST_BOX });
  }

  /** @param {PointerEvent} event */
  at(event) {
    const { left, top } = this.place.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** @param {PointerEvent} event */
  box(event) {
    const to = this.at(event);
    return {
      left: Math.min(this.from.x, to.x),
      top: Math.min(this.from.y, to.y),
      right: Math.max(this.from.x, to.x),
      bottom: Math.max(this.from.y, to.y),
    };
  }
}
