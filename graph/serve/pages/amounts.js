// Seconds and sizes, as people read them.
import { localeOf } from "../../draw/page/words.js";

/**
 * Seconds as people read them: 0.04, 1.2, 14.
 * @param {Lang} lang @param {number} milliseconds
 */
export function secondsIn(lang, milliseconds) {
  const seconds = milliseconds / 1000;
  const digits = seconds < 1 ? 2 : seconds < 10 ? 1 : 0;
  return new Intl.NumberFormat(localeOf(lang), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    seconds,
  );
}

/**
 * A number of bytes as people read it.
 * @param {Lang} lang @param {number} bytes
 */
export function sizeIn(lang, bytes) {
  const [unit, size] = bytes < 1e6 ? /** @type {const} */ (["kB", 1e3]) : /** @type {const} */ (["MB", 1e6]);
  const number = new Intl.NumberFormat(localeOf(lang), { maximumFractionDigits: bytes < 1e4 ? 1 : 0 });
  return `${number.format(bytes / size)} ${unit}`;
}
