"""What readers of the page stumbled over: search, dates, figures, paths, who passed something on, the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from page_cases.steps import Data, click, key, label, language
from page_cases.watched import Watched, texts, until

from graph.network import paths
from graph.pipeline import CaseGraph

pytestmark = pytest.mark.browser

CASTS = ("Nayib Bukele", "Donald Trump", "Marco Rubio", "James E. Boasberg", "Cristosal", "Tren de Aragua", "MS-13")


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open("cast", filters=False)
    assert watched.problems == []


def hits(page: Any, typed: str) -> list[str]:
    page.fill("#find", typed)
    return page.locator("#hits .hit-name").all_inner_texts()


def path_between(page: Any, a: str, b: str) -> None:
    page.locator(key("ask:path")).first.click()
    for field, name in (("pathFrom", a), ("pathTo", b)):
        page.fill(key(f"choice:{field}"), name)
        page.keyboard.press("Enter")


def test_search_ranks_people_then_bodies_then_things_then_words(page: Any) -> None:
    found = hits(page, "trump")
    assert found[0] == "Donald Trump"
    assert found.index("Trump administration") < found.index("Trump's alliance strategy")
    assert hits(page, "tru")[0] == "Donald Trump"
    assert set(hits(page, "gang")[:2]) == {"Tren de Aragua", "MS-13"}, "a kind is understood, before words that hold it"
    assert hits(page, "Bukele's crackdown")[0] == "Bukele's crackdown", "a whole name first"


def test_a_path_through_places_is_offered_before_no_path_and_none_by_the_publisher_of_everything(
    page: Any, data: Data, edition: CaseGraph
) -> None:
    path_between(page, "Boasberg", "Cristosal")
    text = page.inner_text("#docket")
    assert text.index("It needs: places") < text.index("No path found")
    assert "bne IntelliNews" not in text
    page.locator("#docket .offer .link").first.click()
    assert page.locator("#docket .steps > li").count() == 5
    publishers = {document["publisher"] for document in data["documents"]}
    slugs = {node["id"]: node for node in data["nodes"] if node["id"] in publishers}
    assert slugs, "the case has one publisher of everything"
    net = edition.projection
    named = {name: paths.named(net, name) for name in CASTS}
    publisher = paths.named(net, "bne IntelliNews")
    for one, other in combinations(CASTS, 2):
        for path in paths.find(net, named[one], named[other]):
            assert publisher not in path.nodes[1:-1], (one, other)


def test_every_day_a_source_gives_stands_in_figures_and_says_nothing_twice(page: Any) -> None:
    click(page, "view:figures")
    text = page.inner_text("#figures")
    for day in ("14 March 2025", "15 March 2025", "February 2025", "1798", "2023"):
        assert day in text, day
    assert "Days given for relationships" in text
    for row in page.locator("#figures tbody tr").all():
        words = row.inner_text()
        numbers = re.findall(r"\b\d[\d,.]*\b", words.split("\n\n")[0])
        subject = re.split(r" (?:is|are|may|can|will) ", row.locator("th").inner_text())[0]
        assert not any(number in subject for number in numbers), words
    language(page, "es")
    assert "Días que se dan para relaciones" in page.inner_text("#figures")


def test_a_date_of_an_event_is_not_told_of_its_parts(page: Any, data: Data) -> None:
    dated = {
        prop for prop, each in data["props"].items() if each["span"] or (each["value"] or {}).get("kind") == "date"
    }
    click(page, "view:table", "strip")
    for slot in page.locator('[data-key^="slot:"]').all():
        if "2025-02" in slot.get_attribute("data-key"):
            slot.click()
            break
    rows = page.locator("tbody [data-key^='row:']").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.key.slice(4))"
    )
    assert rows and {data["claims"][row]["prop"] for row in rows} <= dated


def test_what_was_known_on_a_day_leaves_out_what_was_said_later(page: Any, data: Data) -> None:
    click(page, "filters-fold")
    page.select_option(key("choice:knownOn"), "2025-03-15")
    until(page, "document.querySelector('.honest').textContent.includes('15 March 2025')")
    # All of it came out on 17 March: none is known to have been said before, and the page says why nothing is left.
    assert "the first that is known of is of 17 March 2025" in page.inner_text(".honest")
    page.select_option(key("choice:knownOn"), "2025-03-17")
    until(page, "!document.querySelector('.honest').textContent.includes('known to have been said')")
    click(page, "view:table")
    assert page.locator("tbody [data-key^='row:']").count() == len(data["claims"])


def test_who_passed_it_on_stands_in_lists(page: Any, data: Data) -> None:
    click(page, "view:table")
    who = page.locator("#statements .col-who").all_inner_texts()
    assert "Cristosal via the Associated Press" in who and "Karoline Leavitt for the White House" in who
    assert "Cristosal" not in who, "whoever speaks through an agency never stands alone"
    click(page, "view:figures")
    assert "Cristosal via the Associated Press" in page.locator("#figures tr", has_text="261").inner_text()
    page.fill("#find", "Cristosal")
    page.keyboard.press("Enter")
    rows = page.locator("#docket [data-key^='claim:']")
    assert rows.count() == 8 and all("via Associated Press" in row for row in rows.all_inner_texts())


def test_each_docket_leads_to_the_article(page: Any, data: Data) -> None:
    urls = {document["url"] for document in data["documents"] if document["url"]}
    click(page, "view:table")
    for claim in list(data["claims"])[:40:4]:
        click(page, f"row:{claim}")
        assert data["claims"][claim]["place"]["en"] in page.inner_text("#docket"), "the place in the article, always"
        links = page.locator("#docket a[href^='http']").evaluate_all("(links) => links.map((link) => link.href)")
        assert not urls or urls & set(links), "and its address where it has one"


def test_a_person_is_never_it(page: Any, data: Data) -> None:
    people = [label(data, node["id"]) for node in data["nodes"] if node.get("kind") == "person"]
    own = re.compile(r"\b(it|its|itself)\b")
    for name in ("Nayib Bukele", "Marco Rubio", "Karoline Leavitt", "James E. Boasberg"):
        assert name in people
        page.fill("#find", name)
        page.keyboard.press("Enter")
        controls = page.locator(
            "#docket button:not(.row-link), #docket h2, #docket h3, #docket .lead"
        ).all_inner_texts()
        assert [each for each in controls if own.search(each)] == []
        if page.locator(key("hops:1")).count():
            click(page, "hops:1")
            assert not own.search(page.inner_text(".honest"))
            click(page, "focus-end")
        if page.locator(key("without")).count():
            click(page, "without")
            assert [each for each in texts(page, "#docket .answer") if own.search(each)] == []
            page.keyboard.press("Escape")
