// The list of completions beside the caret: a listbox led by the textarea, for keyboard and mouse.
import { hasWord, word } from "../../../draw/page/words.js";
import { bdi, make } from "../../../draw/page/views/dom.js";

const LIST_WIDTH = 400;
const PAGE_STEP = 8;

/** on: take(option). The textarea keeps the focus; `aria-activedescendant` says what is chosen. */
export class Completion {
  /** @param {any} area @param {any} on */
  constructor(area, on) {
    this.area = area;
    this.on = on;
    this.options = [];
    this.at = 0;
    this.list = make("ul", { class: "options", id: "options", role: "listbox", hidden: true });
    // What is pressed must not take the focus from the textarea.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = /** @type {HTMLElement | null} */ (
        /** @type {HTMLElement} */ (event.target).closest?.("[role=option]")
      );
      if (item) this.take(Number(item.dataset.at));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  /**
   * Shows options at {x, y, height} of the frame.
   * @param {any} options @param {any} place @param {Lang} lang
   */
  show(options, place, lang) {
    this.options = options;
    this.at = 0;
    this.list.setAttribute("aria-label", word(lang, "optionsName"));
    this.list.replaceChildren(
      ...options.map((option, at) =>
        make(
          "li",
          { role: "option", id: `option-${at}`, data: { at: String(at) }, "aria-selected": String(at === 0) },
          [
            make("span", { class: "option-name", text: option.name }),
            make("span", {
              class: "option-group",
              text: hasWord(`group_${option.group}`) ? word(lang, `group_${option.group}`) : option.group,
            }),
            option.label || option.meaning
              ? make("span", { class: "option-meaning" }, [
                  option.label ? make("b", {}, [bdi(option.label)]) : null,
                  option.label && option.meaning ? " · " : null,
                  option.meaning ? bdi(option.meaning) : null,
                ])
              : null,
          ],
        ),
      ),
    );
    this.list.hidden = false;
    this.put(place);
    this.choose(0);
  }

  /** @param {{ x: number; y: number; height: any }} given */
  put({ x, y, height }) {
    const frame = this.area.parentElement;
    const room = frame.clientWidth - Math.min(LIST_WIDTH, frame.clientWidth);
    this.list.style.setProperty("left", `${Math.max(0, Math.min(x, room))}px`);
    this.list.style.setProperty("top", `${Math.min(y + height + 4, frame.clientHeight)}px`);
  }

  hide() {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.options = [];
    this.list.replaceChildren();
    this.area.removeAttribute("aria-activedescendant");
  }

  /** @param {number} at */
  choose(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = Math.max(0, Math.min(at, this.options.length - 1));
    const item = this.list.children[this.at];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.area.setAttribute("aria-activedescendant", item.id);
  }

  /** @param {number} at */
  take(at) {
    const option = this.options[at];
    this.hide();
    if (option) this.on.take(option);
  }

  /**
   * Keys while the list is open; true when it took one.
   * @param {any} event
   */
  pressed(event) {
    if (!this.open || event.isComposing) return false;
    const last = this.options.length - 1;
    const moves = {
      ArrowDown: this.at === last ? 0 : this.at + 1,
      ArrowUp: this.at === 0 ? last : this.at - 1,
      PageDown: this.at + PAGE_STEP,
      PageUp: this.at - PAGE_STEP,
    };
    if (event.key in moves) this.choose(moves[event.key]);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey))
      this.take(this.at);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
