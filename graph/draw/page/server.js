// What a page that is served has beside a page from a file: the code that asks a SPARQL server.
import { EndpointError } from "./model/endpoint.js";
import { openServed } from "./model/served.js";
import { store } from "./model/store.js";
import { failureWord, Serving } from "./views/serving.js";

export const registered = Object.assign(store, {
  open: openServed,
  Serving,
  failure: (error) => (error instanceof EndpointError ? failureWord(error) : null),
});
