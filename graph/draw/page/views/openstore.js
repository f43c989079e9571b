// The store behind a page that was served, opened before anything is drawn.
import { store } from "../model/store.js";
import { word } from "../words.js";
import { button, make } from "./dom.js";

// A page that was served begins with what its store answers; a page from a file never comes here.
/** @param {any} given @param {string} words the language of what is said meanwhile */
export async function openedStore(given, words) {
  const note = make("p", { class: "loading-store", role: "status", text: word(words, "loading") });
  document.getElementById("stage").append(note);
  try {
    return await store.open({ ...given, lang: words }, (url, how) => window.fetch(url, how), window.location.host);
  } catch (error) {
    const failure = store.failure(error);
    if (!failure) throw error;
    note.replaceChildren(
      word(words, failure, { why: error.message }),
      " ",
      button(word(words, "tryAgain"), () => window.location.reload()),
    );
    // What follows needs what did not come: the page stands still until it is loaded again.
    return await new Promise(() => undefined);
  } finally {
    if (note.childElementCount === 0) note.remove();
  }
}
