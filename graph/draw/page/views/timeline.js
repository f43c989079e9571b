// The strip of dates below the drawing: closed it says what it holds, open it has one slot for each date, in two rows.
import { undatedUnder } from "../model/docket.js";
import { gapWords, readTimeline, slotDate } from "../model/timeline.js";
import { word } from "../words.js";
import { button, focusKey, make } from "./dom.js";

const DOT = { least: 7, step: 3.1, most: 20 };

/**
 * Fills the strip. on: open(yes), slot({key, row} | null), known(day), between(from, to).
 * @param {any} place @param {Page} page @param {Acts} on
 */
export function renderTimeline(place, page, on) {
  const { records, lens, lang, state } = page;
  const line = readTimeline(records, lens);
  const { slots } = line;
  place.hidden = slots.length < 2;
  if (place.hidden) return;
  const focused = focusKey(place);
  const scroll = place.querySelector(".slots")?.scrollLeft ?? 0;
  const first = slotDate(slots[0].key, lang).split(" – ")[0];
  const last = slotDate(slots[slots.length - 1].key, lang)
    .split(" – ")
    .pop();
  const toggle = button("", () => on.open(!state.strip), {
    class: "strip-toggle",
    "aria-expanded": String(state.strip),
    "aria-controls": state.strip ? "slots" : null,
    data: { key: "strip" },
  });
  toggle.append(
    make("span", { class: "strip-arrow", text: state.strip ? "▾" : "▸", "aria-hidden": "true" }),
    make("b", { text: word(lang, "timeline") }),
    make("span", {
      class: "strip-what",
      text: word(lang, "timelineHolds", { n: slots.length, from: first, to: last }),
    }),
  );
  const chosen = state.slot ? slots.find((each) => each.key === state.slot.key) : null;
  place.replaceChildren(
    make("div", { class: "strip-head" }, [toggle, state.slot ? chosenActs(page, chosen, on) : null]),
    state.strip
      ? make(
          "div",
          { class: "slots", id: "slots", role: "toolbar", "aria-label": word(lang, "timelineKeys"), tabindex: "-1" },
          [
            make("div", { class: "slot-names", "aria-hidden": "true" }, [
              make("span", { text: word(lang, "rowHappened") }),
              make("span", { text: word(lang, "rowSaid") }),
            ]),
            make(
              "ol",
              { class: "slot-list" },
              slots.flatMap((slot) => slotItems(page, slot, on)),
            ),
          ],
        )
      : "",
    state.strip ? make("p", { class: "strip-note", text: undatedWords(records, lens, line.undated, lang) }) : "",
  );
  if (state.strip) rove(place);
  if (state.strip) place.querySelector(".slots").scrollLeft = scroll;
  if (focused) [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused)?.focus();
}

/** @param {Pick<Page, "lang" | "state">} page @param {any} slot @param {Acts} on */
function slotItems({ lang, state }, slot, on) {
  const gap = gapWords(slot.gap, lang);
  const date = slotDate(slot.key, lang);
  /** @param {any} row @param {any} count @param {any} key */
  const mark = (row, count, key) => {
    if (!count) return make("span", { class: "slot-none" });
    const pressed = state.slot?.key === slot.key && state.slot.row === row;
    const dot = make("span", { class: `slot-dot slot-${row}`, "aria-hidden": "true" });
    const size = Math.min(DOT.most, DOT.least + DOT.step * Math.sqrt(count - 1));
    dot.style.setProperty("width", `${size}px`);
    dot.style.setProperty("height", `${size}px`);
    const choose = button("", () => on.slot(pressed ? null : { key: slot.key, row }), {
      class: "slot-mark",
      "aria-pressed": String(pressed),
      "aria-label": word(lang, key, { date, n: count }),
      title: word(lang, key, { date, n: count }),
      data: { key: `slot:${row}:${slot.key}` },
    });
    choose.append(dot, make("span", { class: "slot-count", text: String(count) }));
    return choose;
  };
  const item = make("li", { class: `slot${state.slot?.key === slot.key ? " chosen" : ""}` }, [
    mark("happened", slot.happened.size, "slotHappened"),
    mark("said", slot.said.size, "slotSaid"),
    make("span", { class: "slot-date", text: date }),
  ]);
  return gap ? [make("li", { class: "slot-gap" }, [make("span", { text: gap })]), item] : [item];
}

// All the dates are one stop for Tab: arrows go from date to date and between the two rows, Home and End to the ends.
/** @param {any} place */
function rove(place) {
  const marks = [...place.querySelectorAll(".slot-mark")];
  /** @param {any} mark */
  const rowOf = (mark) => mark.dataset.key.split(":")[1];
  /** @param {any} mark */
  const inRow = (mark) => marks.filter((each) => rowOf(each) === rowOf(mark));
  /** @param {any} mark */
  const stop = (mark) => {
    for (const each of marks) each.tabIndex = each === mark ? 0 : -1;
    place.dataset.at = mark.dataset.key;
  };
  const first =
    marks.find((each) => each.dataset.key === place.dataset.at) ??
    marks.find((each) => each.getAttribute("aria-pressed") === "true") ??
    marks[0];
  if (first) stop(first);
  for (const mark of marks) {
    mark.addEventListener("focus", () => stop(mark));
    mark.addEventListener("keydown", (event) => {
      const row = inRow(mark);
      const at = row.indexOf(mark);
      const across = () => {
        const others = marks.filter((each) => rowOf(each) !== rowOf(mark));
        const left = mark.getBoundingClientRect().left;
        return others.reduce(
          (best, each) =>
            !best ||
            Math.abs(each.getBoundingClientRect().left - left) < Math.abs(best.getBoundingClientRect().left - left)
              ? each
              : best,
          null,
        );
      };
      const go = {
        ArrowRight: () => row[at + 1],
        ArrowLeft: () => row[at - 1],
        Home: () => row[0],
        End: () => row[row.length - 1],
        ArrowDown: () => rowOf(mark) === "happened" && across(),
        ArrowUp: () => rowOf(mark) === "said" && across(),
      }[event.key];
      if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = go();
      if (!next) return;
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
}

// What a chosen date can be made into: a clock.
/** @param {Pick<Page, "lang" | "state">} page @param {any} slot @param {Acts} on */
function chosenActs({ lang, state }, slot, on) {
  const { row, key } = state.slot;
  return make("div", { class: "strip-acts" }, [
    make("span", {
      class: "strip-chosen",
      text: word(lang, row === "said" ? "chosenSaid" : "chosenHappened", { date: slotDate(key, lang) }),
    }),
    slot && row === "said"
      ? button(word(lang, "clockKnown"), () => on.known(slot.to), { class: "link", data: { key: "clock-known" } })
      : null,
    slot && row === "happened"
      ? button(word(lang, "clockBetween"), () => on.between(slot.from, slot.to), {
          class: "link",
          data: { key: "clock-between" },
        })
      : null,
    button(word(lang, "allDates"), () => on.slot(null), { class: "link", data: { key: "all-dates" } }),
  ]);
}

/** @param {Records} records @param {Lens} lens @param {{ happened: any; said: any }} given @param {Lang} lang */
function undatedWords(records, lens, { happened, said }, lang) {
  const left = lens.clock?.undated ? 0 : undatedUnder(records, lens);
  return [
    left ? word(lang, "undatedOut", { n: left }) : happened ? word(lang, "undatedHappened", { n: happened }) : "",
    said ? word(lang, "undatedSaid", { n: said }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}
