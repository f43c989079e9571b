// The cast of a store behind a server, as its service has chosen and placed it: as that of a page from a file.
import { EndpointError } from "./endpoint.js";

const EMPTY_CAST = { cast: null, props: [], nodes: [], ranked: true, failed: false };

/**
 * The cast at an address: {cast: CastData or null, props, nodes: the IRIs of what is to be loaded for it, ranked:
 * whether the store knows of whom most is said, failed: whether it could not be chosen now}. Nobody is on it where
 * there is no address.
 * @param {typeof fetch} send @param {string | undefined} address @param {AbortSignal|undefined} [signal]
 * @returns {Promise<typeof EMPTY_CAST & { cast: CastData | null; props: string[]; nodes: string[] }>}
 */
export async function chosenCast(send, address, signal) {
  if (!address) return EMPTY_CAST;
  try {
    const answer = await send(address, { headers: { Accept: "application/json" }, signal, credentials: "same-origin" });
    return answer.ok ? { ...EMPTY_CAST, ...(await answer.json()) } : { ...EMPTY_CAST, failed: true };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new EndpointError("unreachable", error.message);
  }
}
