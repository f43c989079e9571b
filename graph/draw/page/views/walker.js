// Walking the drawing by keyboard: arrows to the nearest name or line, page keys through all, Enter opens, and what
// is read out.
import { kindName } from "../model/stats.js";
import { hiddenWords, nameOf, speaksTitle, standingWords } from "../model/standing.js";
import { inLanguage } from "../model/text.js";
import { nearestThat, nextOf } from "../model/walk.js";
import { word } from "../words.js";
import { titleOf } from "./panel.js";

/** One step of zooming. */
export const ZOOM_STEP = 1.35;
const PAGE_KEYS = { PageDown: 1, PageUp: -1 };

/** on: {page(), open(thing, {more: whether Shift was held}), menu(thing, point), around(id), say(text)}. */
export class Walker {
  /** @param {any} place @param {import("./canvas.js").Drawing} drawing @param {Acts} on */
  constructor(place, drawing, on) {
    this.drawing = drawing;
    this.on = on;
    this.key = null;
    place.addEventListener("keydown", (event) => this.press(event));
    // The Menu key is heard below; the browser's own menu would cover the drawing.
    place.addEventListener("contextmenu", (event) => event.preventDefault());
    place.addEventListener("blur", () => drawing.point(null));
    place.addEventListener("focus", () => {
      if (this.key && place.matches(":focus-visible")) drawing.point(this.key);
    });
  }

  /** @param {any} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const things = this.drawing.things();
    const here = things.find((thing) => thing.key === this.key);
    const { key } = event;
    if (key.startsWith("Arrow")) this.go(here ? nearestThat(things, here, key) : things[0]);
    else if (key in PAGE_KEYS) this.go(nextOf(things, this.key, PAGE_KEYS[key]));
    else if (key === "Home") this.go(things[0]);
    else if (key === "End") this.go(things[things.length - 1]);
    else if ((key === "Enter" || key === " ") && here)
      this.on.open({ type: here.type, id: here.id }, { more: event.shiftKey });
    else if (here && (key === "ContextMenu" || (key === "F10" && event.shiftKey))) this.menu(here);
    else if (here?.type === "node" && key === "o") this.on.around(here.id);
    else if (key === "+" || key === "=") this.drawing.zoom(ZOOM_STEP);
    else if (key === "-") this.drawing.zoom(1 / ZOOM_STEP);
    else if (key === "0") this.drawing.fit();
    else return;
    event.preventDefault();
  }

  /** @param {any} thing */
  menu(thing) {
    this.on.menu(thing, this.drawing.onScreen(thing.key));
  }

  /** @param {any} thing */
  go(thing) {
    if (!thing) {
      this.on.say(word(this.on.page().lang, "readNothing"));
      return;
    }
    this.key = thing.key;
    this.drawing.point(thing.key);
    this.drawing.seek(thing.key);
    this.on.say(readout(this.on.page(), thing));
  }
}

/** @param {Page} page @param {any} thing */
function readout(page, thing) {
  const { records, lens, lang } = page;
  if (thing.type === "group" || thing.type === "parts") return titleOf(page, thing);
  if (thing.type === "node") {
    const node = records.nodes.get(thing.id);
    const counts = {
      relationships: word(lang, "relationships", { n: node.props.length }),
      statements: word(lang, "statementsOwn", { n: node.says.length }),
    };
    return word(lang, "readNode", {
      name: nameOf(records, thing.id, lang),
      kind: kindName(records, node.kind, lang),
      ...counts,
    });
  }
  if (thing.type === "speaks") {
    const edge = records.edges.get(thing.id);
    return word(lang, "readSpeaks", {
      title: speaksTitle(records, edge, lang),
      statements: word(lang, "statements", { n: edge.claims.length }),
    });
  }
  const seen = lens.props.get(thing.id);
  const standing = [standingWords(records, thing.id, lang, seen?.line), ...hiddenWords(seen, lang)].join(". ");
  return word(lang, "readEdge", { title: inLanguage(records.props.get(thing.id).title, lang), standing });
}
