// The one module that speaks to the server: a query goes out, an answer comes back whole, or there is a problem to
// show.
import { problemOf } from "./model/problem.js";

/** A problem the server told, or why there is no answer: `kind` is "problem", "none", "broken" or "large". */
export class NoAnswer extends Error {
  /** @param {string} kind @param {any} [problem] */
  constructor(kind, problem = null) {
    super(problem?.title ?? kind);
    this.kind = kind;
    this.problem = problem;
  }
}

/**
 * {blob, type, bytes, ms, because}: `because` is why nothing answers, where the server knows. Ends with an AbortError
 * when `signal` aborts, which ends the query on the server, too.
 * progress(bytes) is told as it comes.
 * @param {string} query @param {string} accept
 * @param {{ signal: AbortSignal; most?: number; progress?: (bytes: number) => void }} given
 */
export async function askServer(query, accept, { signal, most = Infinity, progress = () => undefined }) {
  const begun = performance.now();
  const response = await sent(query, accept, signal);
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok) {
    const body = await response.text().catch(() => "");
    const { status, statusText } = response;
    throw new NoAnswer(
      "problem",
      problemOf({ status, statusText, type, retryAfter: response.headers.get("Retry-After") ?? "", body }),
    );
  }
  const parts = await received(response, signal, most, progress);
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const because = response.headers.get("Empty-Because") ?? "";
  return { blob: new Blob(parts, { type }), type, bytes, ms: performance.now() - begun, because };
}

/** @param {string} query @param {string} accept @param {AbortSignal} signal */
async function sent(query, accept, signal) {
  try {
    return await fetch("sparql", {
      method: "POST",
      headers: { Accept: accept, "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: new URLSearchParams({ query }),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NoAnswer("none");
  }
}

/**
 * @param {Response} response @param {AbortSignal} signal @param {number} most @param {(bytes: number) => void} progress
 */
async function received(response, signal, most, progress) {
  const parts = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    let step;
    try {
      step = await reader.read();
    } catch (error) {
      if (signal.aborted) throw error;
      throw new NoAnswer("broken");
    }
    if (step.done) return parts;
    parts.push(step.value);
    bytes += step.value.byteLength;
    progress(bytes);
    if (bytes > most) {
      await reader.cancel();
      throw new NoAnswer("large");
    }
  }
}
