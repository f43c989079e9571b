// How much of the drawing lies under what stands over it: bars, legend, card, and on a phone the sheet of the panel.

// Heights of the sheet of the panel on a phone, as in page.css: half open as a part of the screen, closed in pixels.
const SHEET_HALF = 0.48;
const SHEET_PEEK = 46;

/**
 * The pixels at each side that the drawing leaves free.
 * @param {any} shell @param {boolean} phone
 */
export function insetsOf(shell, phone) {
  if (phone) {
    // An open legend lies over the drawing for a moment: nothing is made small for it.
    const legend = document.body.dataset.legend === "open" ? shell.zoom.offsetHeight : shell.legend.offsetHeight;
    return { top: shell.honest.offsetHeight + 8, right: 0, bottom: Math.max(50, legend + 4), left: 0 };
  }
  return {
    top: shell.honest.offsetHeight + 10,
    right: 0,
    bottom: Math.min(130, Math.max(shell.legend.offsetHeight, shell.zoom.offsetHeight + 14)),
    left: 0,
  };
}

/**
 * {right, bottom}: the pixels that the card covers beside, and a half-open sheet covers below on a phone.
 * @param {any} shell @param {boolean} phone
 */
export function coveredBy(shell, phone) {
  const { cardLies, card, panel } = document.body.dataset;
  const over = !phone && cardLies === "over" && card === "open";
  const below = phone && panel !== "peek";
  return {
    right: over ? shell.panel.offsetWidth : 0,
    bottom: below ? Math.max(0, window.innerHeight * SHEET_HALF - SHEET_PEEK) : 0,
  };
}
