// A field that finds names as one types: a combobox with a list below. Arrows choose, Enter takes, Escape shuts; a
// tap does all of it.
import { kindName } from "../model/stats.js";
import { inLanguage } from "../model/text.js";
import { nameOf } from "../model/standing.js";
import { word } from "../words.js";
import { bdi, make } from "./dom.js";
import { shapeGlyph } from "./glyph.js";

const SHUT_MS = 120;
// A server is asked when typing pauses, about so many letters at least.
const ASK_MS = 180;
const LEAST_ASKED = 2;

/**
 * The field and its list; who uses it places `input` and `list`. given: {records, lang(), name: part of its ids,
 * input: an element, hits(typed) → [{id, by}], take(id), say(text), further(typed): asks for more to be found, and
 * answers whether there is}.
 */
export class Combo {
  /** @param {any} given */
  constructor(given) {
    this.records = given.records;
    this.lang = given.lang;
    this.name = given.name;
    this.input = given.input;
    this.hits = given.hits;
    this.take = given.take;
    this.say = given.say;
    this.further = given.further;
    /** Whether what is typed needs no list. @type {() => boolean} */
    this.settled = () => false;
    this.found = [];
    this.at = -1;
    // Whether arrows chose what is chosen: it stays so while more is found; else the best is.
    this.walked = false;
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": this.name,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
    }))
      this.input.setAttribute(key, value);
    this.list = make("ul", { id: this.name, class: "hits", role: "listbox", hidden: true });
    this.input.addEventListener("input", () => {
      this.walked = false;
      this.look();
    });
    // A tap on a row must not take the focus from the field; it closes by itself when the focus goes elsewhere.
    this.input.addEventListener("blur", () =>
      setTimeout(() => {
        if (document.activeElement !== this.input) this.shut();
      }, SHUT_MS),
    );
    this.input.addEventListener("keydown", (event) => this.press(event));
  }

  get open() {
    return !this.list.hidden;
  }

  /**
   * Lists what fits what is typed, the first of it chosen; with `all`, what is proposed when nothing is typed.
   * @param {any} [all]
   */
  look(all = false) {
    const typed = all ? "" : this.input.value;
    if (!typed.trim() && !all) {
      this.shut();
      return;
    }
    const chosen = this.walked ? this.found[this.at]?.id : undefined;
    this.found = this.hits(typed);
    const again = this.found.findIndex(({ id }) => id === chosen);
    this.at = this.found.length && !all ? Math.max(0, again) : -1;
    const asking = !all && this.askFurther(typed);
    const nothing = word(this.lang(), asking ? "searchAsking" : "searchNone");
    const none = make("li", {
      class: "no-hits",
      role: "option",
      "aria-disabled": "true",
      "aria-selected": "false",
      text: nothing,
    });
    this.list.replaceChildren(...(this.found.length ? this.found.map((hit, index) => this.row(hit, index)) : [none]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
    this.say(this.found.length ? word(this.lang(), "searchHits", { n: this.found.length }) : nothing);
  }

  // Whoever is not here yet may be in the store; answers whether it is asked now. Each text is asked for once.
  /** @param {string} typed */
  askFurther(typed) {
    if (!this.further || typed.trim().length < LEAST_ASKED || this.askedFor === typed) return false;
    this.askedFor = typed;
    clearTimeout(this.later);
    this.later = setTimeout(async () => {
      await this.further(typed);
      if (this.input.value === typed && document.activeElement === this.input) this.look();
    }, ASK_MS);
    return true;
  }

  /** @param {{ id: string; by: any }} given @param {any} index */
  row({ id, by }, index) {
    const { records } = this;
    const lang = this.lang();
    const node = records.nodes.get(id);
    const name = nameOf(records, id, lang);
    const aside = by && by !== name ? by : inLanguage(node.subtitle, lang) || kindName(records, node.kind, lang);
    /** @param {any} event */
    const take = (event) => {
      event.preventDefault();
      this.choose(index);
    };
    return make("li", { role: "option", id: `${this.name}-${index}`, on: { mousedown: take } }, [
      shapeGlyph(records.data.kinds[node.kind]),
      bdi(name, { class: "hit-name" }),
      bdi(aside, { class: "hit-aside" }),
    ]);
  }

  mark() {
    if (this.found.length)
      for (const [index, row] of [...this.list.children].entries())
        row.setAttribute("aria-selected", String(index === this.at));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", `${this.name}-${this.at}`);
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  /**
   * Answers whether the key was its own.
   * @param {any} event
   */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.open) this.look(!this.input.value.trim() || this.settled());
      if (!this.found.length) return;
      this.walked = true;
      this.at =
        this.at < 0 ? (step > 0 ? 0 : this.found.length - 1) : (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.open && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape" && (this.open || !this.settled())) {
      event.stopPropagation();
      this.reset();
      this.shut();
    }
  }

  // Whether the field holds nothing of its own that Escape could take back.
  settled() {
    return !this.input.value;
  }

  reset() {
    this.input.value = "";
  }

  /** @param {any} index */
  choose(index) {
    const hit = this.found[index];
    if (!hit) return;
    this.reset();
    this.shut();
    this.take(hit.id);
  }

  shut() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
