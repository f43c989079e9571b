"""A page opened from disk with the network cut off, by a browser that notes everything a page should not do."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from typing import Any

#: Milliseconds that anything may take, on however busy a machine; what comes sooner is not waited for.
PATIENCE = 180_000

#: Put into each page before its own code. It keeps vis-network's own object, which says what is drawn and where; the
#: words painted on the canvas; and what is copied.
_HOOK = """
window.__painted = [];
window.__copied = [];
window.vis = {};
Object.defineProperty(window.vis, "Network", {
  configurable: true, enumerable: true,
  set(Network) {
    const Kept = class extends Network { constructor(...given) { super(...given); window.__network = this; } };
    Object.defineProperty(window.vis, "Network", {value: Kept});
  },
});
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  window.__painted.push([text, x]);
  return fillText.call(this, text, x, y);
};
if (navigator.clipboard) navigator.clipboard.writeText = async (text) => { window.__copied.push(text); };
"""

#: The texts of an element and all in it, as a stranger meets them: block by block, and every name of a control.
_TEXTS = """(selector) => {
  const found = new Set();
  const blocks = "h1,h2,h3,h4,p,li,td,th,caption,button,a,label,option,blockquote,article.claim,kbd";
  for (const root of document.querySelectorAll(selector)) {
    for (const element of [root, ...root.querySelectorAll("*")]) {
      if (element.closest("script,style,noscript")) continue;
      for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"]) {
        if (element.getAttribute(name)) found.add(element.getAttribute(name));
      }
      const claim = element.closest("article.claim");
      if (claim && claim !== element) continue;
      const leaf = !element.children.length && !element.parentElement.closest(blocks);
      if (leaf || (element.matches(blocks) && (claim || !element.querySelector(blocks)))) {
        // Parts that stand beside each other on the screen are told apart.
        const parts = [];
        const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const {data, parentElement} = walk.currentNode;
          if (data.trim() && !parentElement.closest("svg")) parts.push(data);
        }
        found.add(parts.join(claim ? " " : ""));
      }
    }
  }
  found.delete("");
  return [...found];
}"""


class Watched:
    """`page` shows `file`; `problems` lists every request, message, error and dialog there was."""

    def __init__(self, browser: Any, file: Path, **options: Any) -> None:
        self.url = file.as_uri()
        self.problems: list[str] = []
        settings = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "color_scheme": "light"}
        self.context = browser.new_context(**{**settings, **options}, offline=True)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(_HOOK)
        self.context.on("request", self._requested)
        self.context.on("console", lambda message: self.problems.append(f"{message.type}: {message.text}"))
        self.context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        self.page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.problems.append(f"socket: {socket.url}"))
        self.page.on("worker", lambda worker: self.problems.append(f"worker: {worker.url}"))
        self.page.on("dialog", self._asked)
        self.page.on("popup", lambda popup: self.problems.append(f"window: {popup.url}"))

    def _requested(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.url:
            self.problems.append(f"request: {request.url[:200]}")

    def _asked(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, drawing: str = "opening", *, filters: bool = True) -> Any:
        """The page as it opens for the first time with a drawing: "cast", "opening" (the disputes) or "all".

        With "" nothing is in its address, as for who meets it. `filters` unfolds those that are folded beneath the cast
        list, as a reader does who wants them.
        """
        packed = base64.urlsafe_b64encode(json.dumps({"shown": drawing}).encode()).decode().rstrip("=")
        url = f"{self.url}#v1.{packed}" if drawing else self.url
        self.page.goto("about:blank")
        self.page.goto(url)
        if self.page.evaluate("localStorage.length"):
            self.page.evaluate("localStorage.clear()")
            self.page.goto("about:blank")
            self.page.goto(url)
        # The module has run when the page has loaded; a page that broke says why, at once.
        assert self.page.locator("html.ready").count() == 1, self.problems
        fold = self.page.locator('[data-key="filters-fold"]')
        if filters and fold.is_visible() and fold.get_attribute("aria-expanded") == "false":
            # Not by a click, which would leave the focus there.
            fold.evaluate("(each) => each.click()")
            self.page.evaluate("document.activeElement.blur()")
        return self.page

    def close(self) -> None:
        self.context.close()


def texts(page: Any, selector: str = "body") -> list[str]:
    """What stands on the page, text by text, with the names of its controls."""
    return page.evaluate(_TEXTS, selector)


def painted(page: Any) -> list[str]:
    """The words on the canvas as it is drawn once it has come to rest, label by label."""
    still(page)
    words = page.evaluate(
        """() => new Promise((done) => {
            window.__painted.length = 0;
            window.__network.redraw();
            requestAnimationFrame(() => requestAnimationFrame(() => done(window.__painted)));
        })"""
    )
    labels: list[str] = []
    before: float | None = None
    for text, x in words:
        # Lines of one label are painted one after another, at the same x.
        if x == before:
            labels[-1] += f" {text}"
        else:
            labels.append(text)
        before = x
    return labels


def drawn(page: Any) -> dict[str, tuple[float, float]]:
    """What vis-network draws: node → where on the canvas, in pixels of the screen."""
    return page.evaluate(
        """() => Object.fromEntries(Object.entries(__network.getPositions()).map(([id, at]) => {
            const {x, y} = __network.canvasToDOM(at);
            return [id, [x, y]];
        }))"""
    )


def walked(page: Any, most: int = 2_000) -> list[str]:
    """What is read out for every node and line of the drawing, each once, as the keyboard walks through them."""
    return page.evaluate(
        """(most) => {
            const drawing = document.getElementById("drawing");
            const press = (key) => {
                drawing.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
                return document.getElementById("live").textContent;
            };
            const heard = [press("Home")];
            const again = () => heard.length > 5 && [0, 1, 2].every((at) => heard[at] === heard[heard.length - 3 + at]);
            while (!again() && heard.length < most) heard.push(press("PageDown"));
            return again() ? heard.slice(0, -3) : heard;
        }""",
        most,
    )


def until(page: Any, condition: str) -> None:
    """Waits until an expression holds. Not the browser's own waiting, which the page's policy forbids."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, f"in vain: {condition}"
        page.wait_for_timeout(30)


def still(page: Any) -> None:
    """Waits until the drawing has come to rest: the view is the same from frame to frame, and nothing covers it."""
    rested = page.evaluate(
        """async () => {
            const frame = () => new Promise(requestAnimationFrame);
            const place = document.querySelector(".canvas");
            const view = () => JSON.stringify([
                __network.getScale(), __network.getViewPosition(), place.clientWidth, place.clientHeight,
            ]);
            let before = null, alike = 0;
            for (let turn = 0; turn < 2000 && alike < 3; turn += 1) {
                await frame();
                const now = view();
                alike = now === before && !place.dataset.moving ? alike + 1 : 0;
                before = now;
            }
            return alike === 3;
        }"""
    )
    assert rested, "the drawing does not come to rest"
