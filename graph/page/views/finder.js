// Search as you type: a combobox over names and other names; "/" comes here, arrows choose, Enter opens.
import {searchFor} from "../model/search.js";
import {kindName} from "../model/stats.js";
import {inLanguage} from "../model/text.js";
import {nameOf} from "../model/standing.js";
import {word} from "../words.js";
import {bdi, make} from "./dom.js";
import {shapeGlyph} from "./glyph.js";

/** Makes the search once; setLanguage renames it. on.choose(node id), on.say(text). */
export class Finder {
  constructor(records, index, on) {
    this.records = records;
    this.index = index;
    this.on = on;
    this.hits = [];
    this.at = -1;
    this.input = make("input", { type: "search", id: "find", class: "find", autocomplete: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list" });
    this.list = make("ul", { id: "hits", class: "hits", role: "listbox", hidden: true });
    this.key = make("kbd", { text: "/", "aria-hidden": "true" });
    this.element = make("div", { class: "finder", role: "search" }, [this.input, this.key, this.list]);
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("focus", () => this.look());
    this.input.addEventListener("blur", () => setTimeout(() => this.shut(), 120));
    this.input.addEventListener("keydown", (event) => this.press(event));
  }

  setLanguage(lang) {
    this.lang = lang;
    this.input.placeholder = word(lang, "search");
    this.input.setAttribute("aria-label", word(lang, "searchName"));
    this.list.setAttribute("aria-label", word(lang, "searchName"));
    this.element.setAttribute("aria-label", word(lang, "searchName"));
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  look() {
    const typed = this.input.value;
    this.hits = searchFor(this.index, typed);
    this.at = this.hits.length ? 0 : -1;
    if (!typed.trim()) return this.shut();
    this.list.replaceChildren(...(this.hits.length ? this.hits.map((hit, index) => this.row(hit, index)) : [make("li", { class: "no-hits", role: "option", "aria-disabled": "true", "aria-selected": "false", text: word(this.lang, "searchNone") })]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
    return this.on.say(this.hits.length ? word(this.lang, "searchHits", { n: this.hits.length }) : word(this.lang, "searchNone"));
  }

  row(hit, index) {
    const node = this.records.nodes.get(hit.id);
    const name = nameOf(this.records, hit.id, this.lang);
    const aside = hit.by !== name ? hit.by : inLanguage(node.subtitle, this.lang) || kindName(this.records, node.kind, this.lang);
    return make("li", { role: "option", id: `hit-${index}`, on: { mousedown: (event) => { event.preventDefault(); this.take(index); } } }, [shapeGlyph(this.records.data.kinds[node.kind]), bdi(name, { class: "hit-name" }), bdi(aside, { class: "hit-aside" })]);
  }

  mark() {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", `hit-${this.at}`);
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.hits.length) return;
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === "Enter" && this.at >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Escape" && (!this.list.hidden || this.input.value)) {
      event.stopPropagation();
      this.input.value = "";
      this.shut();
    }
  }

  take(index) {
    const hit = this.hits[index];
    if (!hit) return;
    this.input.value = "";
    this.shut();
    this.on.choose(hit.id);
  }

  shut() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
