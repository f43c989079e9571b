// The dataset that rides in the page: opened, hashed, and given its heading. Runs wherever the web's streams and
// crypto are.

/**
 * The bytes of base64 text.
 * @param {string} base64
 */
export function bytesOf(base64) {
  const raw = atob(base64.replace(/\s+/g, ""));
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

/**
 * Gunzipped bytes.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function gunzipped(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * SHA-256 in hexadecimal digits.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function sha256Of(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The dataset with a heading of comments, which TriG's readers pass over: what it is, its hash, and that it is whole.
 * @param {Uint8Array<ArrayBuffer>} bytes @param {any} lines
 */
export function trigFile(bytes, lines) {
  const heading = new TextEncoder().encode(
    `${lines.map((line) => `# ${line.replace(/[\r\n]+/g, " ")}`).join("\n")}\n\n`,
  );
  const whole = new Uint8Array(heading.length + bytes.length);
  whole.set(heading);
  whole.set(bytes, heading.length);
  return whole;
}
