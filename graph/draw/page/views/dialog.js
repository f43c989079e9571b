// A dialog over the page: its head with a title and a way out; it leaves no trace when it is closed.
import { word } from "../words.js";
import { button, make } from "./dom.js";

/**
 * Opens a dialog and answers it. `name`: its class, and the beginning of its title's id.
 * @param {Lang} lang @param {string} name @param {string} title @param {any[]} children
 */
export function openDialog(lang, name, title, children) {
  const dialog = make("dialog", { class: `help ${name}`, "aria-labelledby": `${name}-title` });
  dialog.append(
    make("div", { class: "help-head" }, [
      make("h2", { id: `${name}-title`, text: title }),
      button(word(lang, "close"), () => dialog.close(), { class: "link", data: { key: `${name}:close` } }),
    ]),
    ...children,
  );
  dialog.addEventListener("close", () => dialog.remove());
  // "close" is told later: until then a field of the closed dialog would keep the focus, and eat the next key.
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return; // a choice of files that was left
    dialog.close();
    dialog.remove();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
