// What the browser remembers between two visits: the theme, the language and what is folded away.
import { languages } from "../words.js";

export const KEPT = { theme: "actorgraph-theme", language: "actorgraph-language", folded: "actorgraph-folded" };

/**
 * What was remembered under a key, or null.
 * @param {string} key
 */
export function remembered(key) {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // A page from disk may be refused storage; it then forgets, and nothing else changes.
  }
}

/**
 * The language a page begins in: the one the address asks for, the one chosen last time, the first of the browser's
 * that there is, or the page's own.
 * @param {string} own @param {string | null} [asked]
 */
export function startLanguage(own, asked = null) {
  const wanted = [
    asked,
    remembered(KEPT.language),
    ...(navigator.languages ?? []).map((each) => each.slice(0, 2)),
    own,
  ];
  return wanted.find((each) => languages().includes(each)) ?? "en";
}
