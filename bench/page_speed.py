"""How fast the page is: a made-up page in headless Chromium at 1440x900, figures on the standard output.

python bench/page_speed.py [--nodes 2000] [--edges 10000] [--page some.html] [--runs 3]
python bench/page_speed.py --url http://127.0.0.1:8000/    # of a page that is served: how it opens
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from page import payload

from graph.draw.html import page as html

_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_SIZE: ViewportSize = {"width": 1440, "height": 900}
#: What is asked of 2,000 nodes and 10,000 edges, in seconds or frames a second; `opening` counts from the load event.
GOALS = {"opening": 0.4, "all": 1.2, "pan": 50, "zoom": 50, "sharp": 0.3, "filter": 0.3, "filter all": 0.3}

_WATCH = """
window.__marks = {};
new MutationObserver(() => {
  if (document.documentElement?.classList.contains("ready") && !window.__marks.ready) {
    window.__marks.ready = performance.now();
    requestAnimationFrame(() => setTimeout(() => { window.__marks.drawn = performance.now(); }));
  }
}).observe(document, {subtree: true, attributes: true, childList: true});
"""

# From an act to the end of the second frame after it: what the reader waits for.
_TIMED = """(act) => new Promise((done) => {
  const begin = performance.now();
  new Function(act)();
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done((performance.now() - begin) / 1000))));
})"""

# A gesture with one event a frame for 1.5 seconds; frames that came, and how long until the drawing is sharp again.
_GESTURE = """(kind) => new Promise((done) => {
  const canvas = document.querySelector(".canvas canvas");
  const box = canvas.getBoundingClientRect();
  const at = {x: box.left + box.width / 2 + 3, y: box.top + box.height / 2 + 3};
  const point = () => ({bubbles: true, cancelable: true, clientX: at.x, clientY: at.y});
  const send = (type, buttons) => canvas.dispatchEvent(new PointerEvent(type, {
    ...point(), pointerId: 1, pointerType: "mouse", isPrimary: true, button: type === "pointermove" ? -1 : 0, buttons,
  }));
  const turn = (deltaY) => canvas.dispatchEvent(new WheelEvent("wheel", {...point(), deltaY}));
  if (kind === "pan") send("pointerdown", 1);
  const begin = performance.now();
  let frames = 0, longest = 0, last = begin;
  const step = () => {
    const now = performance.now();
    frames += 1;
    longest = Math.max(longest, now - last);
    last = now;
    if (kind === "pan") {
      at.x += Math.cos(frames / 9) * 9;
      at.y += Math.sin(frames / 9) * 9;
      send("pointermove", 1);
    } else turn(Math.sin(frames / 12) > 0 ? -40 : 40);
    if (now - begin < 1500) return requestAnimationFrame(step);
    const end = performance.now();
    if (kind === "pan") send("pointerup", 0);
    const fps = (frames - 1) / ((end - begin) / 1000);
    const settle = () => {
      if (document.querySelector(".canvas").dataset.moving) return requestAnimationFrame(settle);
      const tell = () => done({fps, longest: longest / 1000, sharp: (performance.now() - end) / 1000});
      return requestAnimationFrame(() => setTimeout(tell));
    };
    return requestAnimationFrame(settle);
  };
  requestAnimationFrame(step);
})"""


def opened(page: Page, address: str) -> dict[str, float]:
    """The figures of the opening, `asked`: how many requests that took beside the page's own."""
    page.goto(address, wait_until="load")
    page.wait_for_function("window.__marks.drawn", timeout=60000)
    found: dict[str, float] = page.evaluate(
        "() => { const n = performance.getEntriesByType('navigation')[0];"
        " return {'file read': n.domInteractive / 1000, 'its code runs': (n.loadEventEnd - n.domInteractive) / 1000,"
        " opening: (window.__marks.drawn - n.loadEventEnd) / 1000, 'in all': window.__marks.drawn / 1000,"
        " asked: performance.getEntriesByType('resource').length}; }"
    )
    return found


def measure(page: Page, address: str) -> dict[str, float]:
    """The figures of one visit."""
    found = opened(page, address)
    tick = "document.querySelectorAll('.filters input[type=checkbox]')[{0}].click()"
    found["filter"] = page.evaluate(_TIMED, tick.format(0))
    page.evaluate(_TIMED, tick.format(0))
    found["all"] = page.evaluate(_TIMED, "document.querySelector('.honest button').click()")
    page.wait_for_timeout(800)
    for kind in ("pan", "zoom"):
        gesture = page.evaluate(_GESTURE, kind)
        found[kind] = gesture["fps"]
        found[f"{kind}: longest frame"] = gesture["longest"]
        found["sharp"] = max(found.get("sharp", 0), gesture["sharp"])
        page.wait_for_timeout(600)
    found["filter all"] = page.evaluate(_TIMED, tick.format(0))
    return dict(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=2000)
    parser.add_argument("--edges", type=int, default=10000)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--url")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = given.page
        if path is None and not given.url:
            path = Path(folder) / "page.html"
            path.write_text(html(payload(given.nodes, given.edges), "A made-up case", "en"), "utf-8")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(_FLAGS))
        runs = []
        for _ in range(given.runs):
            # The page's own policy forbids what a test must do: read the clock from outside.
            context = browser.new_context(viewport=_SIZE, offline=not given.url, bypass_csp=True)
            page = context.new_page()
            page.add_init_script(_WATCH)
            runs.append(opened(page, given.url) if given.url else measure(page, path.resolve().as_uri()))
            context.close()
        browser.close()
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    if given.json:
        print(json.dumps(medians, indent=1))
        return
    for name, value in medians.items():
        goal = GOALS.get(name)
        met = "" if goal is None else ("  met" if (value >= goal if goal > 1.5 else value <= goal) else "  NOT met")
        unit = {"pan": "frames/s", "zoom": "frames/s", "asked": "requests"}.get(name, "s")
        print(f"{name:22} {value:8.3f} {unit:9}{f'goal {goal}' if goal else '':10}{met}")


if __name__ == "__main__":
    main()
