"""The cast list beside the drawing, and the cast as a list on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from page_cases.steps import Data, assert_fits, click, key, label, language
from page_cases.watched import Watched, drawn, until

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
#: Those whom the case is about, in either language.
EIGHT = {
    "en": (
        "Nayib Bukele", "Donald Trump", "Marco Rubio", "James E. Boasberg", "Cristosal",
        "Inter-American Commission on Human Rights", "Tren de Aragua", "MS-13",
    ),
    "es": (
        "Nayib Bukele", "Donald Trump", "Marco Rubio", "James E. Boasberg", "Cristosal",
        "Comisión Interamericana de Derechos Humanos", "Tren de Aragua", "MS-13",
    ),
}  # fmt: skip


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open("cast", filters=False)
    assert watched.problems == []


@pytest.fixture
def phone(handheld: Watched) -> Iterator[Any]:
    """A telephone that meets the page for the first time: nothing in its address."""
    handheld.problems.clear()
    yield handheld.open("", filters=False)
    assert handheld.problems == []


def names(page: Any) -> list[str]:
    return page.locator("#cast-list tbody .name").all_inner_texts()


def test_the_cast_list_stands_first_and_the_filters_are_folded(page: Any, data: Data) -> None:
    actors = [node["id"] for node in data["nodes"] if data["kinds"][node["kind"]].get("agent")]
    # What is drawn is counted as the list counts: so many of these actors, and so many of all else.
    drawn_, all_, things, others = map(int, re.findall(r"\d+", page.inner_text(".honest-drawn")))
    assert (all_, all_ + others) == (len(actors), sum(node["type"] == "node" for node in data["nodes"]))
    assert drawn_ + things == len(data["cast"]["nodes"]) + len(data["cast"]["frames"])
    assert page.locator("#cast-list tbody tr").count() == len(actors) > 40
    assert page.locator("#filter-body").is_hidden()
    top = page.locator("#cast-list").bounding_box()["y"]
    assert top < page.locator("#filters").bounding_box()["y"]
    page.click(key("filters-fold"))
    assert page.locator("#filter-body").is_visible()
    assert page.locator(key("cast-list")).is_visible()


#: The words of the names in the list that are broken within themselves.
BROKEN = """[...document.querySelectorAll(".cast-name .name")].flatMap((name) => {
    const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    return [...text.data.matchAll(/\\S+/g)].filter((word) => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return new Set([...range.getClientRects()].map((part) => part.top)).size > 1;
    }).map((word) => word[0]);
})"""


def test_no_word_of_a_name_is_broken_in_either_language(page: Any) -> None:
    assert page.evaluate(BROKEN) == []
    language(page, "es")
    assert "Departamento de Estado estadounidense" in names(page) and page.evaluate(BROKEN) == []


def test_it_is_sorted_and_searched(page: Any) -> None:
    page.click(key("cast-sort:name"))
    found = names(page)
    assert found == sorted(found, key=str.casefold)
    assert page.get_attribute("#cast-list thead th", "aria-sort") == "ascending"
    page.click(key("cast-sort:by"))
    counts = [int(n) for n in page.locator("#cast-list tbody tr td:nth-child(2)").all_inner_texts() if n != "–"]
    assert counts == sorted(counts, reverse=True) and counts[0] > 100
    page.fill(key("cast-find"), "gang")
    assert sorted(names(page)) == ["MS-13", "Tren de Aragua"]
    assert page.evaluate("document.activeElement.dataset.key") == "cast-find"


def test_a_row_opens_the_card_and_finds_the_actor(page: Any, data: Data) -> None:
    row = page.locator("#cast-list tbody tr", has_text="Cristosal")
    row.click()
    assert page.inner_text("#docket h2") == "Cristosal"
    page.locator('#cast-list tr[aria-current="true"]', has_text="Cristosal").wait_for()
    node = next(node["id"] for node in data["nodes"] if label(data, node["id"]) == "Cristosal")
    x, y = drawn(page)[node]
    stage, panel = page.locator(".canvas").bounding_box(), page.locator("#panel").bounding_box()
    assert 0 < x < panel["x"] - stage["x"] and 0 < y < stage["height"]


@pytest.mark.parametrize("tag", ["en", "es"])
def test_a_phone_opens_with_the_cast_its_ties_and_who_denies(phone: Any, tag: str) -> None:
    if tag == "es":
        language(phone, "es")
    assert phone.locator("#cast").is_visible() and phone.locator(".walk").is_hidden()
    assert_fits(phone)
    cards = {card.locator("h2 .name").inner_text(): card for card in phone.locator(".cards .card").all()}
    for name in EIGHT[tag]:
        ties = cards[name].locator(".tie").all()
        assert ties, name
        for tie in ties:
            assert tie.locator(".tie-who").all_inner_texts(), tie.inner_text()
            assert name in tie.inner_text()
    # Who denies is read before anything is scrolled or tapped.
    strip = phone.locator("#strip, .strip").first.bounding_box()["y"]
    against = phone.locator(".cards-disputes .against").all()
    assert len(against) == phone.locator(".cards-disputes .tie").count() == 2
    assert all((seen := row.bounding_box())["y"] + seen["height"] < strip for row in against)
    denied = [tie.inner_text() for tie in phone.locator(".tie").all() if tie.locator(".line-disputed").count()]
    assert denied and all("×" in text.partition("\n")[2] for text in denied)


def test_on_a_phone_the_title_is_whole_and_the_drawing_one_tap_away(phone: Any, data: Data) -> None:
    title = phone.evaluate(
        "(() => { const h = document.querySelector('h1'); return h.scrollHeight - h.clientHeight })()"
    )
    assert title <= 1
    phone.tap(key("view:drawing"))
    until(phone, "document.body.dataset.view === 'drawing'")
    assert {node["id"] for node in data["cast"]["nodes"]} <= set(drawn(phone))
    phone.reload()
    assert phone.evaluate("document.body.dataset.view") == "drawing"
    phone.tap(key("view:cast"))
    phone.locator(".card", has_text="Marco Rubio").locator(".card-name").first.tap()
    assert phone.inner_text("#docket h2") == "Marco Rubio"


def test_a_filter_counts_in_the_list_too(page: Any) -> None:
    before = page.locator("#cast-list tbody tr", has_text="Nayib Bukele").inner_text()
    click(page, "none:position", "position:denied")
    assert page.locator("#cast-list tbody tr", has_text="Nayib Bukele").inner_text() != before
    assert page.locator("#filters .hidden-note").is_visible()
