// The cast of a store behind a server, as its service has chosen and placed it: as that of a page from a file.
import { EndpointError } from "./endpoint.js";

const EMPTY_CAST = { cast: null, props: [], nodes: [] };

/**
 * The cast at an address: {cast: CastData or null, props, nodes: the IRIs of what is to be loaded for it}. Nobody is on
 * it where there is no address, or where the service cannot tell.
 * @param {typeof fetch} send @param {string | undefined} address @param {AbortSignal|undefined} [signal]
 * @returns {Promise<{ cast: CastData | null; props: string[]; nodes: string[] }>}
 */
export async function chosenCast(send, address, signal) {
  if (!address) return EMPTY_CAST;
  try {
    const answer = await send(address, { headers: { Accept: "application/json" }, signal, credentials: "same-origin" });
    return answer.ok ? await answer.json() : EMPTY_CAST;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new EndpointError("unreachable", error.message);
  }
}
