// One question at a time to the server, with its time running beside a button that stops it.
import { word } from "../../../draw/page/words.js";
import { secondsIn, sizeIn } from "../amounts.js";
import { NoAnswer, askServer } from "../ask.js";

const TICK_MS = 100;

/** Asks the server; a new question stops the one before. */
export class Asking {
  /**
   * on: lang(), tell(text, shown), told(error, query) for an answer that is none.
   * @param {any} shell @param {any} on
   */
  constructor(shell, on) {
    this.shell = shell;
    this.on = on;
    this.running = null;
  }

  stop() {
    this.running?.abort();
  }

  /**
   * What the server answers; null when there is no answer, after telling why. most: bytes; doing(bytes): what is said
   * meanwhile instead of the time.
   * @param {string} query @param {string} accept @param {{ most?: number; doing?: any }} [given]
   */
  async ask(query, accept, { most = Infinity, doing = null } = {}) {
    this.stop();
    const controller = new AbortController();
    const begun = performance.now();
    const spent = () => secondsIn(this.on.lang(), performance.now() - begun);
    let bytes = 0;
    const tick = () => this.tell(spent(), bytes, doing);
    this.begin(controller);
    tick();
    const clock = setInterval(tick, TICK_MS);
    try {
      return await askServer(query, accept, {
        signal: controller.signal,
        most,
        progress: (n) => {
          bytes = n;
        },
      });
    } catch (error) {
      if (controller.signal.aborted) {
        if (this.running === controller) this.on.tell(word(this.on.lang(), "stopped", { seconds: spent() }), true);
      } else if (error instanceof NoAnswer) this.on.told(error, query);
      else throw error;
      return null;
    } finally {
      clearInterval(clock);
      if (this.running === controller) this.end(controller);
    }
  }

  /** @param {string} seconds @param {number} bytes @param {any} doing */
  tell(seconds, bytes, doing) {
    const lang = this.on.lang();
    const received = bytes && !doing ? word(lang, "received", { size: sizeIn(lang, bytes) }) : "";
    this.shell.state.textContent = [doing?.(bytes) ?? word(lang, "asking", { seconds }), received]
      .filter(Boolean)
      .join(" · ");
  }

  /** @param {AbortController} controller */
  begin(controller) {
    this.running = controller;
    this.shell.stop.disabled = false;
    document.body.dataset.asking = "true";
  }

  /** @param {AbortController} controller */
  end(controller) {
    this.running = null;
    if (this.shell.stop === document.activeElement) this.shell.run.focus();
    this.shell.stop.disabled = true;
    delete document.body.dataset.asking;
    if (!controller.signal.aborted) this.shell.state.textContent = "";
  }
}
