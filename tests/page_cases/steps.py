"""How a test finds its way on the page, and what it checks wherever it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from .watched import drawn, still, texts, until

Data = dict[str, Any]

CONTROLS = """() => [...document.querySelectorAll("a[href], button:not([disabled]), input, [tabindex='0']")]
    .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length)"""
NAME = """(each) => each.dataset.key || each.id || each.getAttribute("aria-label") || each.textContent.trim()"""


def key(name: str) -> str:
    return f'[data-key="{name}"]'


def click(page: Any, *names: str) -> None:
    """Clicks controls by their keys, as fast as the page allows; unfolds what hides them."""
    for name in names:
        page.evaluate(
            """(name) => {
                const find = (each) => document.querySelector(`[data-key="${CSS.escape(each)}"]`);
                const dimension = name.split(":")[name.startsWith("all:") || name.startsWith("none:") ? 1 : 0];
                const section = find(`section:${dimension}`);
                if (!find(name) && section?.ariaExpanded === "false") section.click();
                if (!find(name)) find(`more:${dimension}`)?.click();
                find(name).click();
            }""",
            name,
        )


def unfold(page: Any) -> None:
    """Opens every section of the filters, and every list in them."""
    page.evaluate(
        """() => {
            for (const part of ["section", "more"]) {
                const heads = [...document.querySelectorAll(`#filters [data-key^="${part}:"]`)];
                for (const name of heads.map((each) => each.dataset.key)) {
                    const head = document.querySelector(`[data-key="${name}"]`);
                    if (head.getAttribute("aria-expanded") === "false") head.click();
                }
            }
        }"""
    )


def views(page: Any) -> list[str]:
    """The keys of the buttons that lead to each view, the drawing first."""
    return page.evaluate("[...document.querySelectorAll('[data-key^=\"view:\"]')].map((each) => each.dataset.key)")


def language(page: Any, tag: str) -> None:
    page.click(key(f"lang:{tag}"))


def show_prop(page: Any, data: Data, prop: str) -> None:
    """Opens a relationship from the table, and goes back to the drawing."""
    click(page, "view:table", f"row:{data['props'][prop]['claims'][0]}", "view:drawing")


def show_node(page: Any, data: Data, node: str, tag: str = "en") -> None:
    """Opens a node by searching for its name."""
    page.evaluate(
        """([name]) => {
            const find = document.getElementById("find");
            find.value = name;
            find.dispatchEvent(new Event("input"));
            const hits = [...document.querySelectorAll("#hits [role=option]")];
            const hit = hits.find((each) => each.querySelector(".hit-name").textContent === name);
            hit.dispatchEvent(new MouseEvent("mousedown", {bubbles: true, cancelable: true}));
        }""",
        [label(data, node, tag)],
    )


def label(data: Data, node: str, tag: str = "en") -> str:
    return next(each["label"][tag] for each in data["nodes"] if each["id"] == node)


def shown_claims(page: Any) -> set[str]:
    """The statements in the table, by id."""
    return set(
        page.evaluate("[...document.querySelectorAll('tbody [data-key^=\"row:\"]')].map((e) => e.dataset.key.slice(4))")
    )


def opposing(data: Data, prop: str) -> list[str]:
    return [claim for claim in data["props"][prop]["claims"] if data["claims"][claim]["side"] == "oppose"]


def disputed(data: Data) -> list[str]:
    return sorted(prop for prop in data["props"] if data["props"][prop]["line"] == "disputed")


def mark(data: Data, prop: str) -> str | None:
    """The small node that stands for a relationship in the drawing."""
    return next((node["id"] for node in data["nodes"] if node["prop"] == prop), None)


def one_denier(data: Data) -> tuple[str, str]:
    """A relationship that exactly one speaker opposes, with one statement; and that speaker."""
    for prop in disputed(data):
        claims = opposing(data, prop)
        if len(claims) == 1 and data["claims"][claims[0]]["speaker"]:
            return prop, data["claims"][claims[0]]["speaker"]
    raise AssertionError("the case has no such relationship")


def box(page: Any, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


def honest(page: Any) -> tuple[int, int]:
    """How many the honest line says are drawn, and of how many."""
    figures = [int(figure) for figure in re.findall(r"\d+", page.inner_text(".honest-drawn"))]
    return figures[0], max(figures)


def each_panel(page: Any, claims: list[str], nodes: list[str]) -> list[str]:
    """The texts of the panel and the readout for relationships (by a claim of each) and for nodes (by name)."""
    click(page, "view:table")
    # Not laid out, the table costs nothing at each step.
    page.evaluate("document.getElementById('statements').hidden = true")
    found: set[str] = set()
    for claim in claims:
        click(page, f"row:{claim}")
        found.update(texts(page, "#docket, #live"))
    for name in nodes:
        page.evaluate(
            """(name) => {
                const find = document.getElementById("find");
                find.value = name;
                find.dispatchEvent(new Event("input"));
                const hits = [...document.querySelectorAll("#hits [role=option]")];
                hits.find((each) => each.querySelector(".hit-name")?.textContent === name)
                    ?.dispatchEvent(new MouseEvent("mousedown", {bubbles: true, cancelable: true}));
            }""",
            name,
        )
        found.update(texts(page, "#docket, #live"))
    page.evaluate("document.getElementById('statements').hidden = false")
    return sorted(found)


def rest(page: Any) -> None:
    """Waits until sheets have come to rest."""
    until(page, "document.getAnimations().every((each) => each.playState !== 'running')")


def assert_fits(page: Any) -> None:
    """The page scrolls in no direction (on a low screen only downwards), and no control reaches over its edge."""
    over = page.evaluate(
        f"""() => {{
            const out = ({CONTROLS})().filter((each) => {{
                const box = each.getBoundingClientRect();
                const outside = box.width && (box.left < -1 || box.right > innerWidth + 1);
                return outside && !each.closest(".skips, .table-view, .slots");
            }}).map({NAME});
            const root = document.scrollingElement;
            const wide = Math.max(root.scrollWidth, document.body.scrollWidth);
            return [wide > innerWidth, innerHeight > 600 && root.scrollHeight > innerHeight, out];
        }}"""
    )
    assert over == [False, False, []]


def assert_drawn(page: Any, data: Data) -> None:
    """What the honest line counts is held by vis-network, stands inside the canvas, and has left ink there."""
    still(page)
    actors = {node["id"] for node in data["nodes"] if node["type"] == "node"}
    count, total = honest(page)
    there = {node: at for node, at in drawn(page).items() if node in actors}
    assert len(there) == count and total == len(actors)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    empty = page.evaluate(
        """([places, reach]) => {
            const shown = document.querySelector(".canvas canvas");
            const ratio = shown.width / shown.clientWidth;
            const canvas = document.createElement("canvas");
            Object.assign(canvas, {width: shown.width, height: shown.height});
            const pen = canvas.getContext("2d", {willReadFrequently: true});
            pen.drawImage(shown, 0, 0);
            const light = (data, at) => data[at] + data[at + 1] + data[at + 2] + (255 - data[at + 3]) * 3;
            return Object.entries(places).filter(([, [x, y]]) => {
                if (x < 0 || y < 0 || x > shown.clientWidth || y > shown.clientHeight) return true;
                const [left, top, side] = [x - reach, y - reach, 2 * reach].map((each) => each * ratio);
                const {data} = pen.getImageData(left, top, Math.floor(side), Math.floor(side));
                const wide = Math.floor(side);
                for (let at = 0; at < data.length; at += 4) {
                    const [across, down] = [(at / 4) % wide, Math.floor(at / 4 / wide)];
                    if (Math.hypot(across - side / 2, down - side / 2) > side / 2) continue;
                    if (light(data, at) < 510) return false;
                }
                return true;
            }).map(([id]) => id);
        }""",
        # Within so many pixels there is the node itself, and neither its name nor the end of a line.
        # Where all is drawn, the larger ones are those that most is joined to.
        [there, 16 if count < total else 26],
    )
    assert [label(data, node) for node in empty] == []


def assert_harmless(page: Any) -> None:
    found = page.evaluate(
        """() => ({
            ran: window.__pwned ?? null,
            scripts: document.querySelectorAll("script:not(#trig)").length,
            strange: [...document.querySelectorAll("iframe, object, embed, form, base, body style, img, [onload]")]
                .filter((each) => !each.src?.startsWith("data:image/png;"))
                .map((each) => each.outerHTML.slice(0, 100)),
            links: [...document.querySelectorAll("a[href]")].map((each) => each.getAttribute("href"))
                .filter((each) => !/^(#|https?:)/.test(each)),
        })"""
    )
    assert found == {"ran": None, "scripts": 4, "strange": [], "links": []}
    wide = page.evaluate("[document.scrollingElement.scrollWidth, document.body.scrollWidth, innerWidth]")
    assert max(wide[:2]) <= wide[2]


def counted(data: Data, hidden: Collection[str] = ()) -> str:
    """What a list says of its length with these claims hidden: mentions are no statements, and are counted apart."""
    mentions = {iri for iri, claim in data["claims"].items() if claim["stance"] == "mentioned"}
    parts = []
    for every, word in ((data["claims"].keys() - mentions, "statements"), (mentions, "mentions")):
        if every:
            parts.append(f"{len(every - set(hidden))} of {len(every)} {word}")
    return "; ".join(parts)
