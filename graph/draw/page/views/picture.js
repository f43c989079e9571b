// A picture of the drawing, moved over it while a gesture lasts: the browser moves pixels, and nothing is drawn anew.
import { make } from "./dom.js";

/**
 * Over `canvas`, in `place`; views are {scale, x, y}: the scale and where the drawing's origin stands on the screen.
 */
export class Picture {
  /** @param {any} place @param {any} canvas */
  constructor(place, canvas) {
    this.place = place;
    this.canvas = canvas;
    this.on = false;
    this.copy = make("canvas", { class: "picture", "aria-hidden": "true", hidden: true });
    this.over = make("canvas", { class: "picture", "aria-hidden": "true", hidden: true });
    place.append(this.copy, this.over);
  }

  /**
   * Copies what is drawn, as it was drawn for `view`, and shows the copy instead.
   * @param {any} view
   */
  take(view) {
    this.on = true;
    this.view = view;
    this.fill(this.copy).drawImage(this.canvas, 0, 0);
    this.copy.style.setProperty("transform", "none");
    this.copy.hidden = false;
    this.place.dataset.moving = "yes";
  }

  /**
   * Moves the copy to where `view` has it.
   * @param {{ scale: number; x: number; y: number }} given
   */
  follow({ scale, x, y }) {
    if (!this.on) return;
    const part = scale / this.view.scale;
    this.copy.style.setProperty(
      "transform",
      `matrix(${part}, 0, 0, ${part}, ${x - this.view.x * part}, ${y - this.view.y * part})`,
    );
  }

  /**
   * Draws over the copy: run(ctx), in pixels of the screen round the drawing's origin.
   * @param {any} run @param {{ x: number; y: number }} given
   */
  draw(run, { x, y }) {
    const ctx = this.fill(this.over);
    const ratio = this.canvas.width / this.canvas.clientWidth;
    ctx.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
    run(ctx);
    this.over.hidden = false;
  }

  /** Away with it. */
  drop() {
    this.on = false;
    this.copy.hidden = true;
    this.over.hidden = true;
    delete this.place.dataset.moving;
  }

  /** @param {any} canvas */
  fill(canvas) {
    canvas.width = this.canvas.width;
    canvas.height = this.canvas.height;
    canvas.style.setProperty("width", `${this.canvas.clientWidth}px`);
    canvas.style.setProperty("height", `${this.canvas.clientHeight}px`);
    return canvas.getContext("2d");
  }
}
