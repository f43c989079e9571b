// Theme and language of a page that is read: both are the reader's, kept under the same names as on the drawing.
(() => {
  const root = document.documentElement;
  /** @param {string} key @param {string} [value] */
  const kept = (key, value) => {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      // A browser may refuse storage; the page then forgets, and nothing else changes.
      return null;
    }
  };
  const [THEME, LANGUAGE] = ["actorgraph-theme", "actorgraph-language"];
  const dark = () =>
    (kept(THEME) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const paint = () => {
    root.dataset.theme = dark() ? "dark" : "light";
  };
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  const address = new URL(location.href);
  const wanted = kept(LANGUAGE);
  const spoken = (root.dataset.languages ?? "").split(" ");
  if (!address.searchParams.has("lang") && wanted && spoken.includes(wanted) && wanted !== root.lang) {
    address.searchParams.set("lang", wanted);
    location.replace(address);
  }
  addEventListener("click", (event) => {
    const link = /** @type {HTMLElement | null} */ (
      /** @type {HTMLElement} */ (event.target).closest?.("[data-lang], [data-theme-switch]")
    );
    if (link?.dataset.lang) kept(LANGUAGE, link.dataset.lang);
    else if (link) {
      kept(THEME, dark() ? "light" : "dark");
      paint();
    }
  });
})();
