// Search as you type over names and other names; "/" comes here, Enter opens.
import { searchFor } from "../model/search.js";
import { word } from "../words.js";
import { Combo } from "./combo.js";
import { make } from "./dom.js";

/** Makes the search once; setLanguage renames it. on.choose(node id), on.say(text), on.further(typed) or null. */
export class Finder {
  /** @param {Records} records @param {any} index @param {Acts} on */
  constructor(records, index, on) {
    this.input = make("input", { type: "search", id: "find", class: "find" });
    this.combo = new Combo({
      records,
      lang: () => this.lang,
      name: "hits",
      input: this.input,
      hits: (typed) => searchFor(index, typed),
      take: on.choose,
      say: on.say,
      further: on.further,
    });
    this.list = this.combo.list;
    this.element = make("div", { class: "finder", role: "search" }, [
      this.input,
      make("kbd", { text: "/", "aria-hidden": "true" }),
      this.list,
    ]);
    this.input.addEventListener("focus", () => this.combo.look());
  }

  /** @param {Lang} lang */
  setLanguage(lang) {
    this.lang = lang;
    this.input.placeholder = word(lang, "search");
    for (const each of [this.input, this.list, this.element]) each.setAttribute("aria-label", word(lang, "searchName"));
  }

  focus() {
    this.input.focus();
    this.input.select();
  }
}
