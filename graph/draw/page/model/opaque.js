// Opaque ids as graph/base/ids.py makes them: ten digits of an IRI's SHA-256. Computed at once, because
// crypto.subtle is asynchronous and is missing from pages that were not served over a secure connection.
const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number += 1) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
/** @param {number} root */
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
const START_WORDS = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND_WORDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const KNOWN_IDS = new Map();
const OPAQUE_DIGITS = 10;

/**
 * The opaque id of an IRI.
 * @param {string} iri
 */
export function opaqueId(iri) {
  let id = KNOWN_IDS.get(iri);
  if (id === undefined) {
    id = sha256Hex(iri).slice(0, OPAQUE_DIGITS);
    KNOWN_IDS.set(iri, id);
  }
  return id;
}

/**
 * SHA-256 of a text in UTF-8, as 64 hexadecimal digits.
 * @param {string} text
 */
export function sha256Hex(text) {
  const bytes = new TextEncoder().encode(text);
  const length = bytes.length;
  const padded = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const state = Int32Array.from(START_WORDS);
  const words = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) oneBlock(view, at, state, words);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** @param {DataView} view @param {number} at @param {Int32Array} state @param {Int32Array} words */
function oneBlock(view, at, state, words) {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const early = words[i - 15];
    const late = words[i - 2];
    words[i] =
      (words[i - 16] +
        words[i - 7] +
        (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
        (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10))) |
      0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const first =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND_WORDS[i] + words[i]) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] + word) | 0;
  });
}

/** @param {number} word @param {number} by */
function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}
