// The cast of a store behind a server, as its service has chosen and placed it, as that of a page from a file; and what
// the service has asked of the store already for the page to open with.
import { EndpointError } from "./endpoint.js";

const EMPTY_CAST = { cast: null, props: [], nodes: [], ranked: true, failed: false, opening: null };
/** So long is waited for it, in milliseconds; a service goes on choosing for whoever asks next. */
const PATIENCE = 30_000;

/**
 * The cast at an address: {cast: CastData or null, props, nodes: the IRIs of what is to be loaded for it, ranked:
 * whether the store knows of whom most is said, failed: whether it could not be chosen now, opening: what is loaded
 * with it, or null where the page has to ask}. Nobody is on it where there is no address.
 * @param {typeof fetch} send @param {string | undefined} address
 * @returns {Promise<typeof EMPTY_CAST & { cast: CastData | null; props: string[]; nodes: string[]; opening: any }>}
 */
export async function chosenCast(send, address) {
  if (!address) return EMPTY_CAST;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await send(address, { headers: { Accept: "application/json" }, signal, credentials: "same-origin" });
    return answer.ok ? { ...EMPTY_CAST, ...(await answer.json()) } : { ...EMPTY_CAST, failed: true };
  } catch (error) {
    if (error.name === "TimeoutError") return { ...EMPTY_CAST, failed: true };
    throw new EndpointError("unreachable", error.message);
  }
}
