"""What an analyst asks of the page, in a browser: paths, sources, speakers, names, groups, clocks; by mouse and key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from page_cases.bare import Bare
from page_cases.pages import data_of
from page_cases.steps import assert_fits, assert_harmless, click, disputed, key, language, rest, shown_claims
from page_cases.watched import Watched, drawn, painted, still, texts, until, walked

import graph
from graph.network import path_text, paths
from graph.network import projection as network
from graph.pipeline import CaseGraph

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
Data = dict[str, Any]


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open()
    assert watched.problems == []


def ask(page: Any, kind: str) -> None:
    page.locator(f"#filters {key(f'ask:{kind}')}").click()


def choose(page: Any, title: str, name: str) -> None:
    """Chooses by the start of a name, as it is shown."""
    field = page.locator(key(f"choice:{title}"))
    if field.get_attribute("role") == "combobox":
        field.fill(name)
        page.locator(".pick-field [role=option]", has_text=name).first.click()
        return
    names = field.locator("option").all_inner_texts()
    field.select_option(label=next(each for each in names if each.startswith(name)))


def id_of(data: Data, name: str) -> str:
    return next(node["id"] for node in data["nodes"] if node["label"]["en"] == name)


def find(page: Any, name: str) -> None:
    page.fill("#find", name)
    page.keyboard.press("Enter")


def assert_states_nothing(page: Any, edition: CaseGraph) -> None:
    """Neither the page nor the drawing says in its own voice what was only said."""
    bare = Bare(edition, page.evaluate("document.documentElement.lang"))
    assert bare.stated([*texts(page), *painted(page)]) == []
    assert_harmless(page)


# --- paths


def test_a_path_says_what_it_stands_on_and_copies_as_the_library_has_it(page: Any, edition: CaseGraph) -> None:
    ask(page, "path")
    choose(page, "pathFrom", "Cristosal")
    choose(page, "pathTo", "Donald Trump")
    net = network.project(edition.store)
    found = paths.find(net, paths.named(net, "Cristosal"), paths.named(net, "Donald Trump"))
    assert page.locator(".steps li").count() == len(found[0].hops)
    assert page.locator(".way").count() == len(found)
    head = path_text.text(net, found[0]).partition("\n")[0]
    assert page.inner_text("#docket .answer") == head
    assert " separate statements by " in head and "no source here states a connection" in head
    page.locator(key("copy")).click()
    copied = page.evaluate("__copied.at(-1)")
    assert copied.startswith(head)
    assert copied.endswith("A line is a statement by somebody, not a finding.")
    assert "The weakest step is 1" in copied and f"[{len(found[0].claims)}] " in copied
    assert_states_nothing(page, edition)


def test_a_path_is_drawn_and_other_ways_can_be_taken(page: Any, data: Data) -> None:
    ask(page, "path")
    choose(page, "pathFrom", "Cristosal")
    choose(page, "pathTo", "Donald Trump")
    assert {id_of(data, "Cristosal"), id_of(data, "Donald Trump")} <= drawn(page).keys()
    page.locator(key("way:1")).click()
    assert page.get_attribute(key("way:1"), "aria-pressed") == "true"
    assert page.evaluate("document.activeElement.dataset.key") == "way:1"
    page.keyboard.press("Escape")
    assert page.inner_text("#docket h2") == "Start here"
    assert id_of(data, "Cristosal") not in drawn(page)
    page.keyboard.press("Control+z")
    assert page.get_attribute(key("way:1"), "aria-pressed") == "true", "asking can be undone and done again"


def test_what_is_not_walked_is_said_and_ticked(page: Any) -> None:
    ask(page, "path")
    choose(page, "pathFrom", "Karoline Leavitt")
    choose(page, "pathTo", "MS-13")
    assert "No path found" in page.inner_text("#docket .answer")
    assert "Not followed: sensitive, disputed, planned or possible relationships." in page.inner_text("#docket")
    assert page.locator(".offer").count(), "the way to more is in sight"
    page.locator(".walk-more summary").click()
    for box in page.locator(".walk-more input").all():
        page.evaluate("(name) => document.querySelector(`[data-key='${name}']`).click()", box.get_attribute("data-key"))
    assert "Not walked" not in page.inner_text("#docket")


@pytest.mark.parametrize(("theme", "size"), [("light", {"width": 1440, "height": 900}), ("dark", PHONE)])
def test_axe_finds_nothing_in_fields_and_offers(browser: Any, file: Path, theme: str, size: dict[str, int]) -> None:
    watched = Watched(browser, file, viewport=size, color_scheme=theme)
    page = watched.open()
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8") + "; undefined")
    click(page, "ask:path")
    found: list[Any] = []
    for key_, typed in (("choice:pathFrom", "boas"), ("choice:pathTo", "nobody"), ("choice:pathTo", "cristosal")):
        page.fill(key(key_), typed)
        rest(page)
        found += page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((each) => each.violations)")
        page.keyboard.press("Enter")
    assert page.locator(".offer").count()
    found += page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((each) => each.violations)")
    assert [each["id"] for each in found] == [] and watched.problems == []
    watched.close()


def test_when_nothing_is_found_what_exists_is_offered_with_what_it_needs(page: Any, edition: CaseGraph) -> None:
    ask(page, "path")
    choose(page, "pathFrom", "James E. Boasberg")
    choose(page, "pathTo", "Cristosal")
    assert "No path found" in page.inner_text("#docket .answer")
    offers = page.locator(".offer").all_inner_texts()
    assert len(offers) == 1, "nothing leads through who published it all"
    assert "It needs: places." in offers[0] and offers[0].startswith("5 steps")
    assert all("The weakest step is " in offer for offer in offers)
    assert "No path found" in page.inner_text("#live")
    page.locator(key("offer:0")).click()
    assert page.locator(".steps li").count() == 5
    assert page.locator(key("tick:walkThrough:place")).is_checked()
    assert_states_nothing(page, edition)
    page.keyboard.press("Control+z")
    assert page.locator(".offer").count() == 1, "the ticks are taken back in one step"


def test_a_path_by_keys_alone(page: Any) -> None:
    page.focus(f"#filters {key('ask:path')}")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Tab")
    page.keyboard.type("cristó")
    # At once: what is typed into the second field outlives the panel that the first choice makes anew.
    page.keyboard.press("Tab")
    page.keyboard.type("donald")
    assert page.input_value(key("choice:pathFrom")) == "Cristosal"
    assert page.input_value(key("choice:pathTo")) == "donald"
    field = page.locator(key("choice:pathTo"))
    assert field.get_attribute("aria-expanded") == "true"
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("role") == "option" and active.inner_text().startswith("Donald Trump")
    page.keyboard.press("Enter")
    page.locator(".steps").wait_for()
    assert page.locator(".steps li").count() == 3
    heard = page.inner_text("#live")
    assert "no source here states a connection" in heard


def test_a_field_for_a_name_is_a_combobox(page: Any, data: Data) -> None:
    ask(page, "path")
    first, second = page.locator(key("choice:pathFrom")), page.locator(key("choice:pathTo"))
    assert page.get_by_role("combobox", name="From", exact=True).count() == 1
    first.click()
    proposed = page.locator("#names-pathFrom [role=option]")
    assert proposed.count() == 12, "something to choose before anything is typed"
    # By another name, without accents; arrows walk, Escape shuts and the panel stays.
    first.press_sequentially("bukele")
    assert all("ukele" in text for text in proposed.all_inner_texts())
    page.keyboard.press("ArrowDown")
    assert proposed.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert proposed.first.is_hidden() and first.input_value() == "" and page.inner_text("#docket h2") == "Path"
    # A full name counts when the focus leaves, and what is typed elsewhere meanwhile stays.
    first.fill("Cristosal")
    second.focus()
    page.keyboard.type("dona")
    until(page, f"document.querySelector({key('choice:pathFrom')!r}).defaultValue === 'Cristosal'")
    assert first.input_value() == "Cristosal" and second.input_value() == "dona"
    assert page.evaluate("document.activeElement.dataset.key") == "choice:pathTo"
    page.keyboard.press("Enter")
    assert page.locator(".steps li").count() == 3
    # What is nobody falls back; what is emptied ends the path.
    second.fill("nobody of that name")
    page.keyboard.press("Tab")
    until(page, f"document.querySelector({key('choice:pathTo')!r}).value === 'Donald Trump'")
    second.fill("")
    page.keyboard.press("Enter")
    assert page.locator(".steps").count() == 0


# --- without a source, according to


WITHOUT = (
    r"(\d+) of (\d+) statements would disappear\. (\d+) are this source's own\. "
    r"(\d+) more only mention a name or were withdrawn, and are not counted\."
)


def test_a_sum_that_hangs_on_one_source_vanishes_and_why(page: Any) -> None:
    ask(page, "without")
    choose(page, "withoutSource", "Associated Press")
    assert (
        "24 of 251 statements would disappear. 11 are this source's own. 13 by others began with this source"
        in page.inner_text(".answer")
    )
    assert "because they have no other source: $6mn" in page.inner_text("#docket .vanished")
    row = page.locator("#docket li", has_text="bne IntelliNews says that the payment amounts to $6mn").first
    assert "bne IntelliNews: only through Associated Press" in row.inner_text()


def test_without_a_source_counts_and_lists_what_is_left(page: Any, edition: CaseGraph, data: Data) -> None:
    ask(page, "without")
    choose(page, "withoutSource", "Cristosal")
    head = page.inner_text("#docket .answer")
    # What the filter counts, what else goes with it, and what no count here takes in: together all there is.
    gone, of, own, rest = (int(each) for each in re.fullmatch(WITHOUT, head).groups())
    assert gone == own and of + rest == len(data["claims"])
    assert own == sum(claim["speaker"] == id_of(data, "Cristosal") for claim in data["claims"].values())
    title = page.inner_text("#docket .part h3")
    assert "Left without any source" in title
    assert "Without what passes through Cristosal." in page.inner_text("#filters .hidden-note")
    gone = {p for p, prop in data["props"].items() if "Cristosal says" in prop["summary"]["en"]}
    assert gone
    assert_states_nothing(page, edition)
    every = page.locator(f"{key('choice:withoutSource')} option[disabled]")
    assert every.count() and "every statement" in every.first.inner_text(), (
        "what all passes through cannot be taken out"
    )
    page.keyboard.press("Escape")
    assert page.locator("#filters .hidden-note").count() == 0


def test_without_the_denier_the_dispute_is_still_drawn_as_one(page: Any, edition: CaseGraph) -> None:
    ask(page, "without")
    choose(page, "withoutSource", "White House")
    assert "1 denial left out of this view" not in page.inner_text("#docket")
    text = page.inner_text("#docket")
    assert (
        "Relationships that lose their only answer" in text
        and "Denials that disappear, although what they deny is still affirmed" in text
    )
    page.locator("#docket .part .row-link", has_text="the White House denies this").first.click()
    assert "1 denial left out of this view" in page.inner_text("#docket .opposes")
    assert page.inner_text("#docket .standing") == "× the White House denies it"
    assert page.inner_text("#docket .crumb .link") == "← Without White House"
    assert_states_nothing(page, edition)


def test_the_world_according_to_one_and_two_side_by_side(page: Any, edition: CaseGraph, data: Data) -> None:
    ask(page, "according")
    choose(page, "accordingA", "Nayib Bukele")
    bukele = id_of(data, "Nayib Bukele")
    own = [c for c in data["claims"].values() if bukele in (c["speaker"], c["for"])]
    assert page.inner_text("#docket .part .count") == str(len(own))
    assert all("Bukele" in row for row in page.locator("#docket .part .row-link:visible").all_inner_texts())
    assert len(drawn(page)) < 20
    choose(page, "accordingB", "bne IntelliNews")
    assert "Nayib Bukele and bne IntelliNews side by side" in page.inner_text("#docket h2")
    left, right = (page.locator(".beside-heads .beside-cell").nth(side).bounding_box() for side in (0, 1))
    assert left["x"] + left["width"] < right["x"] and abs(left["y"] - right["y"]) < 2, "really beside each other"
    rows = page.locator("#docket .beside-row .row-link").evaluate_all("(rows) => rows.map((row) => row.dataset.key)")
    assert len(rows) == len(set(rows)) > len(own), "each statement once"
    assert_states_nothing(page, edition)
    page.locator(key("ask-close")).click()
    assert len(drawn(page)) >= 17, "what was drawn before comes back"


def test_what_a_speaker_denies_never_stands_among_what_it_says(page: Any, data: Data) -> None:
    ask(page, "according")
    choose(page, "accordingA", "White House")
    choose(page, "accordingB", "Government of Venezuela")
    assert "with Karoline Leavitt speaking for it" in page.inner_text(".beside-heads")
    assert "Karoline Leavitt, speaking for the White House" in page.inner_text("#docket .part:has-text('Says')")
    choose(page, "accordingAnd", "Donald Trump")
    choose(page, "accordingAnd", "US State Department")
    assert page.inner_text(".beside-name").count("State Department") == 1
    sides = {part.split("\n")[0]: part for part in page.locator("#docket .part").all_inner_texts()}
    assert "White House denies" in sides["Denies or disputes"] and "denies" not in sides["Says"]
    click(page, "view:table")
    shown = {data["claims"][each]["speaker"] for each in shown_claims(page)}
    assert {id_of(data, name) for name in ("Donald Trump", "Karoline Leavitt", "Government of Venezuela")} <= shown
    page.locator('[data-key^="alsoA:"]').first.click()
    assert "Donald Trump" not in page.inner_text(".beside-name")


# --- names, several


def test_a_pasted_list_shows_who_is_here_and_what_joins_them(page: Any, edition: CaseGraph, data: Data) -> None:
    ask(page, "names")
    page.fill(key("names"), "Bukele\nDonald Trump\nAngela Merkel\nTrump\nthe white house")
    text = page.inner_text("#docket")
    assert "3 of 5 are here. 1 has several matches." in text and "Which of these is “Trump”?" in text
    meant = page.locator("#docket .part", has_text="Which of these is “Trump”?")
    assert meant.get_by_role("checkbox").count() > 1, "each can be chosen"
    assert "Angela Merkel" in page.locator("#docket .part", has_text="Not here").inner_text()
    page.locator(key("names-select")).click()
    assert page.inner_text("#docket h2").startswith("How ")
    assert "Said between them" in page.inner_text("#docket")
    assert {id_of(data, "Nayib Bukele"), id_of(data, "Donald Trump")} <= drawn(page).keys()
    assert_states_nothing(page, edition)


def test_shift_and_a_click_select_several_and_so_do_boxes_and_keys(page: Any, data: Data) -> None:
    still(page)
    at = drawn(page)
    area = page.locator(".canvas").bounding_box()
    chosen = [id_of(data, "United States"), id_of(data, "El Salvador")]
    for count, node in enumerate(chosen, 1):
        x, y = at[node]
        page.keyboard.down("Shift")
        page.mouse.click(area["x"] + x, area["y"] + y)
        page.keyboard.up("Shift")
        page.locator(".picked-bar b", has_text=f"{count} selected").wait_for()
    page.locator(key("picked-path")).click()
    assert page.locator(".steps li").count() == 0 or page.inner_text("#docket .answer")
    page.keyboard.press("Escape")
    page.locator(key("picked-none")).click()
    assert page.locator(".picked-bar").count() == 0
    page.locator("#docket .pick-box").first.check()
    assert page.inner_text(".picked-bar b") == "1 selected"
    page.keyboard.press("Control+z")
    assert page.locator(".picked-bar").count() == 0
    page.focus("#drawing")
    for _ in range(60):
        page.keyboard.press("PageDown")
        if page.inner_text("#live").startswith("United States, "):
            break
    page.keyboard.press("Shift+Enter")
    assert page.inner_text(".picked-bar b") == "1 selected"


# --- the drawing


def test_who_speaks_is_drawn_in_the_whole_only_round_what_is_chosen(page: Any) -> None:
    page.locator("[data-key='shown:all']").click()

    def speaking() -> int:
        page.focus("#drawing")
        return sum(" speaks about " in heard or " speak about " in heard for heard in walked(page))

    assert speaking() == 0
    find(page, "Cristosal")
    some = speaking()
    assert some > 0
    page.keyboard.press("Escape")
    page.locator(key("draw:speaks")).check()
    assert speaking() > some


def test_round_it_hide_expand_and_collapse_are_undone_one_by_one(page: Any, data: Data) -> None:
    before = drawn(page).keys()
    find(page, "Prison agreement")
    page.locator(key("hops:1")).click()
    near = len(drawn(page))
    assert near > 20 and "Only Prison agreement, and what is 1 step away" in page.inner_text(".honest")
    page.locator(key("hops:2")).click()
    assert len(drawn(page)) > near
    page.locator(key("focus-end")).click()
    assert drawn(page).keys() == before
    page.locator(key("expand")).click()
    more = len(drawn(page))
    assert more > len(before)
    page.locator(key("collapse")).click()
    assert len(drawn(page)) < more
    page.locator(key("hide")).click()
    assert id_of(data, "Prison agreement") not in drawn(page)
    for _ in range(6):
        page.keyboard.press("Control+z")
    assert drawn(page).keys() >= before


def test_groups_are_never_named_after_a_member_and_keep_who_denies(page: Any, edition: CaseGraph, data: Data) -> None:
    ways = page.locator(key("choice:groupBy")).locator("option").evaluate_all("(all) => all.map(({value}) => value)")
    assert ways == ["", "kind"], "never by what a calculation puts together"
    choose(page, "groupBy", "kind")
    words = " ".join(painted(page))
    assert "group of " in words and "White" in words and "denie" in words
    names = {node["label"]["en"] for node in data["nodes"]}
    labels = page.evaluate("Object.keys(__network.body.nodes).filter((id) => id.startsWith('group:'))")
    assert labels and not set(labels) & names
    assert_states_nothing(page, edition)
    page.locator(key("undo")).click()
    assert not page.evaluate("Object.keys(__network.body.nodes).filter((id) => id.startsWith('group:'))")


def test_a_group_that_is_open_in_the_panel_is_in_the_address(page: Any) -> None:
    choose(page, "groupBy", "kind")
    page.focus("#drawing")
    for _ in range(40):
        page.keyboard.press("PageDown")
        if page.inner_text("#live").startswith("group of"):
            break
    page.keyboard.press("Enter")
    title = page.inner_text("#docket h2")
    assert title.startswith("group of ")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    assert page.inner_text("#docket h2") == title and page.locator("#docket .pick-row").count() > 1


def test_the_world_of_one_speaker_has_room_for_its_words(page: Any, data: Data) -> None:
    find(page, "Cristosal")
    page.locator(key("according")).click()
    words = " ".join(painted(page))
    names = [node["label"]["en"] for node in data["nodes"] if node["id"] in drawn(page) and node["type"] == "node"]
    assert 3 < len(names) < 20 and all(name.casefold() in words.casefold() for name in names)
    assert "prohibits Cristosal via" in words and "lacks" in words, "lines have their words"
    xs = [x for x, _ in drawn(page).values()]
    assert max(xs) - min(xs) > 400, "what is left is spread over the paper"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert len(drawn(page)) > 15


def test_the_actors_projection_folds_named_pairs_without_a_verb(page: Any, edition: CaseGraph, data: Data) -> None:
    page.locator(key("fold")).check()
    assert id_of(data, "Prison agreement") not in drawn(page)
    assert "1 event remains: it has no two roles that belong together" in page.inner_text("#filters")
    words = " ".join(painted(page))
    assert not re.search(r"(?<!: )(?<!\w)both in: ", words), "never without how it stands"
    assert re.search("both said to be in: |: both in: ", words)
    page.focus("#drawing")
    for _ in range(80):
        page.keyboard.press("PageDown")
        if "both said to be in: " in page.inner_text("#live"):
            break
    page.keyboard.press("Enter")
    assert "; both said to be in: " in page.inner_text("#docket h2")
    assert "No source here states any other relationship between the two." in page.inner_text("#docket")
    assert_states_nothing(page, edition)
    title = page.inner_text("#docket h2")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    assert page.inner_text("#docket h2") == title, "the address leads back to it"
    click(page, "fold")
    assert id_of(data, "Prison agreement") in drawn(page)


# --- clocks, marks, a phone


def test_what_was_known_on_a_day(browser: Any, root: Path, tmp_path: Path) -> None:
    case = root / "tests/cases/political-scandal.yaml"
    file = tmp_path / "graph.html"
    file.write_text(graph.load(case).page(), "utf-8")
    watched = Watched(browser, file)
    page = watched.open()
    before = page.locator(".bar-facts li").all_inner_texts()
    choose(page, "knownOn", "3 September")
    assert "Only what had been said by 3 September 2032." in page.inner_text("#filters .hidden-note")
    assert page.locator(".bar-facts li").all_inner_texts() == before
    page.locator(key("reset")).click()
    assert page.locator("#filters .hidden-note").count() == 0
    assert watched.problems == []
    watched.close()


LATER = """\
format: 1
title: {en: Denied three days later, es: Negado tres días después}
actors:
  valley-post: {name: Valley Post, kind: media}
  gazette: {name: Gazette, kind: media}
  luis-ortega: {name: Luis Ortega, kind: person}
  corvena: {name: Corvena, kind: company}
---
format: 1
document: {id: post, title: Who heads Corvena, published: 2031-05-01, publisher: valley-post}
passages:
  - at: p1
    summary: Luis Ortega heads Corvena.
    asserts:
      s01: [luis-ortega, heads, corvena]
---
format: 1
document: {id: gazette, title: Ortega answers, published: 2031-05-04, publisher: gazette}
passages:
  - at: p1
    by: luis-ortega
    summary: Luis Ortega denies that he heads Corvena.
    denies:
      s02: post/s01
"""


def test_what_was_denied_only_later_is_not_told_as_unanswered(browser: Any, tmp_path: Path) -> None:
    case, file = tmp_path / "later.yaml", tmp_path / "graph.html"
    case.write_text(LATER, "utf-8")
    file.write_text(graph.load(case).page(), "utf-8")
    watched = Watched(browser, file)
    page = watched.open()
    data = data_of(file.read_text("utf-8"))
    (prop,) = disputed(data)
    choose(page, "knownOn", "1 May")
    assert "Only what had been said by 1 May 2031." in page.inner_text("#filters .hidden-note")
    assert {id_of(data, "Luis Ortega"), id_of(data, "Corvena")} <= drawn(page).keys(), "the relationship stays"
    assert "×" in " ".join(painted(page)), "and its mark says that it is denied"
    (affirmed,) = [c for c in data["props"][prop]["claims"] if data["claims"][c]["side"] == "affirm"]
    click(page, "view:table", f"row:{affirmed}", "view:drawing")
    for tag, later, silent in (
        ("en", "denied later: 1 denial", "No answer"),
        ("es", "negado después: 1 negación", "Sin respuesta"),
    ):
        language(page, tag)
        assert page.inner_text("#docket h2") == data["props"][prop]["summary"][tag]
        assert later in page.inner_text("#docket .opposes")
        assert silent not in " ".join(texts(page))
        assert page.inner_text("#docket .standing").startswith("×")
        page.locator("#docket .actions .link").click()
        copied = page.evaluate("__copied.at(-1)")
        assert later in copied and silent not in copied
    assert watched.problems == []
    watched.close()


def test_the_clocks_say_what_they_hide_and_what_they_leave(page: Any, data: Data) -> None:
    choose(page, "knownOn", "15 March")
    note = page.inner_text("#filters .hidden-note")
    assert int(note.split()[0]) > 200 and "Only what had been said by 15 March 2025" in note
    page.locator(key("clock-reset")).click()
    dated = [prop for prop in data["props"].values() if prop["span"] or (prop["value"] or {}).get("kind") == "date"]
    choose(page, "happenedTill", "15 March")
    # What belongs to an event does not inherit its date: what nobody dates stays, and the note says so.
    assert f"{len(data['props']) - len(dated)} relationships without a date are still shown." in page.inner_text(
        "#filters .hidden-note"
    )
    page.locator(key("clock-reset")).click()
    choose(page, "happenedSince", "14 March")
    assert page.locator(key("undated")).is_checked()
    shown = int(page.inner_text("#filters .hidden-note").split()[0])
    page.locator(key("undated")).uncheck()
    assert int(page.inner_text("#filters .hidden-note").split()[0]) > shown


def test_checked_marks_only_in_a_page_for_ourselves(
    browser: Any, edition: CaseGraph, page: Any, tmp_path: Path
) -> None:
    page.locator(".part .row-link").first.click()
    assert page.locator(".checked-mark").count() == 0
    file = tmp_path / "graph.html"
    file.write_text(graph.load(*edition.sources, internal=True).page(), "utf-8")
    watched = Watched(browser, file)
    inside = watched.open()
    inside.locator(".part .row-link").first.click()
    inside.locator(".checked-mark input").first.check()
    inside.keyboard.press("Escape")
    assert "1 of " in inside.inner_text("#docket") and " checked" in inside.inner_text("#docket")
    watched.close()


def test_on_a_phone_a_path_is_asked_by_touch(browser: Any, file: Path) -> None:
    watched = Watched(browser, file, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    phone = watched.open()
    phone.tap(".sheet-open")
    phone.locator(f"#filters {key('ask:path')}").tap()
    phone.locator("#filters").wait_for(state="hidden")
    rest(phone)
    choose(phone, "pathFrom", "Cristosal")
    choose(phone, "pathTo", "Donald Trump")
    assert phone.locator(".steps li").count() == 3
    assert_fits(phone)
    assert watched.problems == []
    watched.close()
