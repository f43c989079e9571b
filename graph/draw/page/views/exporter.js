// What leaves the page: each kind of file, the sheets for paper, the link.
import { addressOf, idsIn } from "../model/address.js";
import { csvOf } from "../model/csv.js";
import { fileName, footing, legendText } from "../model/footing.js";
import { gexfOf, graphmlOf, jsonOf } from "../model/graphfile.js";
import { positionsOf } from "../model/place.js";
import { hasStory, storyOf } from "../model/story.js";
import { bytesOf, gunzipped, sha256Of, trigFile } from "../model/trig.js";
import { word } from "../words.js";
import { pageWith } from "./copying.js";
import { make } from "./dom.js";
import { lawyerSheet, shownSheet } from "./printing.js";
import { download } from "./save.js";
import { sheetOf } from "./sheet.js";
import { SvgPen } from "./svgpen.js";

const PNG_MOST = 24e6;

/** Saves, prints and copies what the page shows. `acts` has a function for each kind; it answers what was done. */
export class Exporter {
  /**
   * paper: where a sheet for printing is put. on: page() as it was last drawn, state() now, show() draws the drawing
   * when a list has its place, copy(text), write() opens the writing of a story; keysOf: of a page over a server, what
   * the ids of a link stand for, else null.
   * @param {any} drawing @param {HTMLElement} paper @param {Acts} on
   */
  constructor(drawing, paper, on) {
    this.drawing = drawing;
    this.paper = paper;
    this.on = on;
    this.opened = null;
    this.acts = {
      png: () => this.png(),
      svg: () => this.svg(),
      csv: () => this.saved("statements", "csv", csvOf(on.page()), "text/csv;charset=utf-8"),
      graphml: () => this.saved("network", "graphml", graphmlOf(on.page()), "application/graphml+xml"),
      gexf: () => this.saved("network", "gexf", gexfOf(on.page()), "application/gexf+xml"),
      json: () => this.saved("network", "json", jsonOf(on.page()), "application/json"),
      trig: () => this.trig(),
      positions: () => this.positions(),
      write: () => {
        /** @type {HTMLDialogElement} */ (document.querySelector("dialog.save")).close();
        on.write();
      },
      page: () => this.wholePage(),
      story: () => this.story(),
      print: async () => this.putOnPaper("shown", shownSheet(on.page(), await this.image())),
      lawyer: () => this.putOnPaper("lawyer", lawyerSheet(on.page())),
      link: () => this.link(),
    };
  }

  /**
   * Whether the page has something to be saved as `kind`.
   * @param {string} kind
   */
  has(kind) {
    if (kind === "trig") return Boolean(document.getElementById("trig"));
    if (kind === "story") return hasStory(this.on.state());
    return !["positions", "page"].includes(kind) || !this.on.keysOf;
  }

  /** The SHA-256 of the dataset that rides in the page, or null. */
  hash() {
    return this.has("trig") ? this.dataset().then(({ hash }) => hash) : null;
  }

  // The dataset that rides in the page, opened once.
  dataset() {
    this.opened ??= (async () => {
      const bytes = await gunzipped(bytesOf(document.getElementById("trig").textContent));
      return { bytes, hash: await sha256Of(bytes) };
    })();
    return this.opened;
  }

  /** @param {string} what @param {string} ending @param {any} content @param {string} type */
  saved(what, ending, content, type) {
    const { records, lang } = this.on.page();
    const name = fileName(records, what, ending);
    download(name, [content], type);
    return word(lang, "saved", { name });
  }

  async trig() {
    const { bytes, hash } = await this.dataset();
    const page = this.on.page();
    const lines = [
      ...footing({
        ...page,
        lens: { ...page.lens, hidden: 0, filtered: false, clock: null, ask: null },
        unticked: [],
        slotWords: "",
        state: null,
      }),
      word(page.lang, "leftWhole"),
      legendText(page.lang),
      `SHA-256 ${hash}`,
    ];
    return this.saved("dataset", "trig", trigFile(bytes, lines), "application/trig");
  }

  positions() {
    const page = this.on.page();
    const content = {
      note: [...footing(page), legendText(page.lang)],
      ...positionsOf(page.records, this.on.state(), this.drawing.whole().stage),
    };
    return this.saved("positions", "json", JSON.stringify(content, null, 1), "application/json");
  }

  wholePage() {
    const now = this.on.state();
    const story = hasStory(now) ? JSON.stringify(storyOf(now, this.on.page().records)) : "";
    const what = now.steps.length ? "story" : "page";
    return this.saved(what, "html", pageWith(document, story), "text/html;charset=utf-8");
  }

  story() {
    const story = storyOf(this.on.state(), this.on.page().records);
    // Of a page over a server: what the ids of a story stand for, so that they are loaded again.
    const iris = this.on.keysOf?.(idsIn(JSON.stringify(story)));
    return this.saved("story", "json", JSON.stringify({ ...story, iris }, null, 1), "application/json");
  }

  async link() {
    const { lang } = this.on.page();
    const fragment = addressOf(this.on.state(), lang, true, this.on.keysOf);
    const url = `${window.location.href.split("#")[0]}#${fragment}`;
    return (await this.on.copy(url)) ? word(lang, "linkCopied") : word(lang, "linkByHand", { url });
  }

  // Painted by a pen made for the sheet's size: the whole drawing, with what goes with it.
  /** @param {any} makePen */
  drawnBy(makePen) {
    if (this.on.state().view !== "drawing") this.on.show();
    const whole = this.drawing.whole();
    const probe = make("canvas").getContext("2d");
    /** @param {any} text @param {string} font */
    const measure = (text, font) => {
      probe.font = font;
      return probe.measureText(text).width;
    };
    const sheet = sheetOf({ page: this.on.page(), ...whole, measure });
    const pen = makePen(sheet);
    sheet.paint(pen);
    return pen;
  }

  svg() {
    const { paper } = this.drawing.theme;
    const pen = this.drawnBy((drawn) => new SvgPen(drawn.width, drawn.height, paper, drawn.notes));
    return this.saved("drawing", "svg", String(pen), "image/svg+xml");
  }

  canvas() {
    return this.drawnBy(({ width, height }) => {
      const ratio = Math.min(2, Math.sqrt(PNG_MOST / (width * height)));
      const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
      const pen = make("canvas", size).getContext("2d");
      pen.scale(ratio, ratio);
      return pen;
    }).canvas;
  }

  async png() {
    const blob = await new Promise((done) => {
      this.canvas().toBlob(done, "image/png");
    });
    return this.saved("drawing", "png", blob, "image/png");
  }

  async image() {
    const { lang, scene } = this.on.page();
    const alt = word(lang, "drawingName", { n: scene.drawn });
    const image = make("img", { src: this.canvas().toDataURL("image/png"), alt });
    await image.decode();
    return image;
  }

  /** @param {string} kind @param {any[]} parts */
  putOnPaper(kind, parts) {
    this.paper.replaceChildren(...parts.filter(Boolean));
    document.body.dataset.sheet = kind;
    window.addEventListener(
      "afterprint",
      () => {
        delete document.body.dataset.sheet;
        this.paper.replaceChildren();
      },
      { once: true },
    );
    window.print();
    return word(this.on.page().lang, "printReady");
  }
}
