// Where a page that is served begins: the server's part first, then the page itself.
import { registered } from "./server.js";
import { drawing } from "./main.js";

if (!registered.open || !drawing) throw new Error("The page did not begin.");
