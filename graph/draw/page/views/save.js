// Everything that leaves the page: pictures, prints, tables, data and a link, in one dialog that says what each
// carries.
import { footing } from "../model/footing.js";
import { word } from "../words.js";
import { openDialog } from "./dialog.js";
import { button, make } from "./dom.js";

const CHOICES = [
  [
    "savePicture",
    [
      ["png", "savePng"],
      ["svg", "saveSvg"],
    ],
  ],
  [
    "savePrint",
    [
      ["print", "savePrintShown"],
      ["lawyer", "savePrintLawyer"],
    ],
  ],
  [
    "saveData",
    [
      ["csv", "saveCsv"],
      ["trig", "saveTrig"],
      ["positions", "savePositions"],
    ],
  ],
  [
    "saveNetwork",
    [
      ["graphml", "saveGraphml"],
      ["gexf", "saveGexf"],
      ["json", "saveJson"],
    ],
  ],
  [
    "saveStory",
    [
      ["write", "saveWrite"],
      ["page", "savePage"],
      ["story", "saveStoryFile"],
    ],
  ],
  ["saveLink", [["link", "saveLinkTo"]]],
];

/**
 * The dialog. on[kind]() does it and may answer a promise; `has` says which kinds there are; hash: a promise of the
 * dataset's SHA-256.
 * @param {Page} page @param {Acts} on @param {{ has: any; hash: any }} given
 */
export function openSave(page, on, { has, hash }) {
  const { lang } = page;
  const status = make("p", { class: "save-status", role: "status", "aria-live": "polite" });
  const digest = make("code", { class: "hash" });
  // One click is one file or one print, also while a picture is still being made for it.
  let busy = false;
  /** @param {any} kind */
  const run = async (kind) => {
    if (busy) return;
    busy = true;
    status.textContent = "";
    try {
      const done = await on[kind]();
      status.textContent = done ?? "";
    } catch (error) {
      status.textContent = word(lang, "saveFailed", { why: error?.message ?? String(error) });
    }
    busy = false;
  };
  /** @param {any[]} pair */
  const group = ([title, choices]) => {
    const rows = choices
      .filter(([kind]) => has(kind))
      .map(([kind, key]) =>
        make("li", {}, [
          button(word(lang, key), () => run(kind), { class: "save-act", data: { key: `save:${kind}` } }),
          make("span", { class: "aside" }, [
            word(lang, `${key}What`),
            ...(kind === "trig" ? [" ", make("span", { class: "hash-line" }, ["SHA-256 ", digest])] : []),
          ]),
        ]),
      );
    return rows.length
      ? make("section", {}, [make("h3", { text: word(lang, title) }), make("ul", { class: "save-list" }, rows)])
      : "";
  };
  const dialog = openDialog(lang, "save", word(lang, "save"), [
    ...CHOICES.map(group),
    status,
    make("section", { class: "carries" }, [
      make("h3", { text: word(lang, "saveCarries") }),
      make("p", { class: "aside", text: [...footing(page).slice(1), word(lang, "saveLegend")].join(" ") }),
    ]),
  ]);
  hash?.then(
    (text) => {
      digest.textContent = text;
    },
    () => {
      digest.textContent = "?";
    },
  );
  return dialog;
}

/**
 * Offers bytes or text as a file; the browser asks where.
 * @param {any} name @param {any} parts @param {any} type
 */
export function download(name, parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = make("a", { href: url, download: name, class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
