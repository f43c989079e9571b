// How a page that was served reaches its store: empty in a page from a file, which carries none of the code that asks.

/**
 * open(given, send, host) → what model/served.js makes; Serving: views/serving.js; failure(error): its word, or null.
 */
export const store = { open: null, Serving: null, failure: null };
