"""What the hands do in the drawing of the cast: by mouse, by keys, by touch; each acts in the drawing one is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from page_cases.steps import Data, click, key, label, show_node
from page_cases.watched import Watched, drawn, painted, still, until

pytestmark = pytest.mark.browser


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open("cast", filters=False)
    assert watched.problems == []


def id_of(data: Data, name: str) -> str:
    return next(node["id"] for node in data["nodes"] if label(data, node["id"]) == name and node["type"] == "node")


def spot(page: Any, data: Data, name: str) -> tuple[float, float]:
    """Where somebody is drawn, in pixels of the window."""
    still(page)
    area = page.locator(".canvas").bounding_box()
    x, y = drawn(page)[id_of(data, name)]
    return area["x"] + x, area["y"] + y


def test_a_click_opens_the_card_and_frames_the_ties_where_nothing_covers_them(page: Any, data: Data) -> None:
    before = drawn(page)
    page.mouse.click(*spot(page, data, "Nayib Bukele"))
    assert page.inner_text("#docket h2") == "Nayib Bukele"
    still(page)
    stage, panel = page.locator(".canvas").bounding_box(), page.locator("#panel").bounding_box()
    me = id_of(data, "Nayib Bukele")
    ends = {me} | {
        end
        for tie in data["cast"]["ties"]
        if me in (tie["source"], tie["target"])
        for end in (tie["source"], tie["target"])
    }
    places = drawn(page)
    for end in ends & {node["id"] for node in data["cast"]["nodes"]}:
        x, y = places[end]
        assert 0 < x < panel["x"] - stage["x"] and 0 < y < stage["height"], label(data, end)
    page.keyboard.press("Escape")
    still(page)
    assert all(abs(drawn(page)[each][0] - before[each][0]) < 8 for each in before), "and the view comes back"


def test_the_other_button_draws_by_kind_of_tie_beside_the_cast(page: Any, data: Data) -> None:
    cast = drawn(page)
    page.mouse.click(*spot(page, data, "Marco Rubio"), button="right")
    items = page.locator(".node-menu [role=menuitem]").all_inner_texts()
    kinds = [text for text in items if text.startswith("Show: ")]
    assert kinds and all(text.endswith(")") for text in kinds), items
    page.locator('.node-menu [data-key^="menu:expand:"]').first.click()
    more = drawn(page)
    assert more.keys() > cast.keys() and page.evaluate("document.body.dataset.drawing") == "cast"
    names = {label(data, each) for each in more.keys() - cast.keys()}
    words = " ".join(painted(page))
    assert all(name.split()[0].strip("“”").casefold() in words.casefold() for name in names)
    click(page, "added-away")
    assert drawn(page).keys() == cast.keys()


def test_the_menu_by_keys_hides_pins_and_gives_the_focus_back(page: Any, data: Data) -> None:
    page.focus("#drawing")
    for _ in range(80):
        page.keyboard.press("PageDown")
        if page.inner_text("#live").startswith("Cristosal"):
            break
    page.keyboard.press("Shift+F10")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "menuitem"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "drawing"
    before = drawn(page).keys()
    press_in_menu(page, "menu:pin")
    assert "Unpin" in press_in_menu(page, "menu:pin")
    assert "Unpin" not in press_in_menu(page, "menu:around:1"), "what was pinned is loose again"
    assert drawn(page).keys() < before and "Only Cristosal" in page.inner_text(".honest")
    page.focus(key("focus-end"))
    page.keyboard.press("Enter")
    assert drawn(page).keys() == before
    page.focus("#drawing")
    for _ in range(80):
        if page.inner_text("#live").startswith("Cristosal"):
            break
        page.keyboard.press("PageDown")
    page.keyboard.press("Shift+F10")
    click(page, "menu:hide")
    assert id_of(data, "Cristosal") not in drawn(page)
    assert "1 hidden by you" in page.inner_text(".honest")
    click(page, "hidden-show")
    assert id_of(data, "Cristosal") in drawn(page)


def press_in_menu(page: Any, name: str) -> str:
    """Opens the menu of what the keys stand on and presses an entry, found by arrows; answers what the menu offered."""
    page.keyboard.press("Shift+F10")
    offered = page.locator(".node-menu").inner_text()
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.key") == name:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    return offered


def test_both_columns_fold_to_a_strip_and_stay_folded(page: Any) -> None:
    def wide() -> float:
        return page.locator(".canvas").bounding_box()["width"] / 1440

    assert wide() > 0.6
    click(page, "shown:opening")
    beside = wide()
    page.click(key("fold:right"))
    assert page.evaluate("document.activeElement.dataset.key") == "unfold:right" and wide() > beside
    page.keyboard.press("Enter")
    assert wide() == beside
    page.click(key("fold:right"))
    page.click(key("fold:left"))
    assert wide() > 0.9
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    assert wide() > 0.9 and not page.is_visible("#cast-list")
    page.keyboard.press("Tab")
    page.click(key("fold:left"))
    assert page.is_visible("#cast-list")
    page.evaluate("localStorage.clear()")


def test_filters_are_grouped_counted_by_relationships_and_have_only_this(page: Any, data: Data) -> None:
    click(page, "filters-fold", "section:kind", "section:relation", "more:relation")
    groups = page.locator(".value-group").all_inner_texts()
    assert {"Actors", "Between actors", "Sums, figures, dates and texts"} <= set(groups)
    assert "relationships" in page.inner_text(key("section:relation"))
    assert "statements" in page.inner_text(key("section:speaker"))
    relation = next(prop["relation"] for prop in data["props"].values() if len(prop["claims"]) > 1)
    click(page, f"only:relation:{relation}")
    shown = {prop for prop in data["props"] if data["props"][prop]["relation"] == relation}
    count = page.locator("label", has=page.locator(key(f"relation:{relation}"))).locator(".count").inner_text()
    assert int(count) == len(shown)
    claims = {claim for prop in shown for claim in data["props"][prop]["claims"]}
    click(page, "view:table")
    rows = page.evaluate(
        "[...document.querySelectorAll('tbody [data-key^=\"row:\"]')].map((e) => e.dataset.key.slice(4))"
    )
    assert set(rows) == claims


def test_a_double_click_draws_only_what_is_round_somebody_and_ends(page: Any, data: Data) -> None:
    cast = drawn(page).keys()
    page.mouse.dblclick(*spot(page, data, "Donald Trump"))
    until(page, "document.querySelector('[data-key=\"focus-end\"]')")
    assert "Only Donald Trump, and what is 1 step away" in page.inner_text(".honest")
    near = drawn(page).keys()
    click(page, "round:2")
    assert drawn(page).keys() > near
    click(page, "focus-end")
    assert drawn(page).keys() == cast


def test_a_box_selects_and_the_legend_is_made_of_switches(page: Any, data: Data) -> None:
    x, y = spot(page, data, "Donald Trump")
    page.keyboard.down("Shift")
    page.mouse.move(x - 60, y - 60)
    page.mouse.down()
    page.mouse.move(x, y)
    page.mouse.move(x + 60, y + 60)
    page.mouse.up()
    page.keyboard.up("Shift")
    assert "Donald Trump" in page.inner_text(".picked-bar")
    for sign, words in (("judgement", "serves"), ("implied", "has ties with"), ("soft", "? member of")):
        assert any(text.startswith(words) for text in painted(page))
        click(page, f"legend:{sign}")
        assert page.get_attribute(key(f"legend:{sign}"), "aria-pressed") == "false"
        assert not any(text.startswith(words) for text in painted(page))
    assert "filters" in page.inner_text(".honest")
    # The same by keys.
    page.focus(key("legend:soft"))
    page.keyboard.press("Enter")
    assert page.get_attribute(key("legend:soft"), "aria-pressed") == "true"


def test_what_was_dragged_is_pinned_and_the_other_button_lets_it_go(page: Any, data: Data) -> None:
    x, y = spot(page, data, "Tren de Aragua")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10)
    page.mouse.move(x + 40, y + 20)
    page.mouse.up()
    for offered in ("Unpin", "Pin"):
        page.mouse.click(*spot(page, data, "Tren de Aragua"), button="right")
        entry = page.locator(key("menu:pin"))
        assert entry.inner_text().startswith(offered)
        entry.click()


def test_by_touch_a_long_press_is_the_other_button(handheld: Watched, data: Data) -> None:
    handheld.problems.clear()
    phone = handheld.open("cast", filters=False)
    # What the lines mean, and which of them are drawn: a tap each.
    phone.locator(key("legend")).tap()
    for pressed in ("false", "true"):
        phone.locator(key("legend:soft")).tap()
        assert phone.get_attribute(key("legend:soft"), "aria-pressed") == pressed
    phone.locator(key("legend")).tap()
    cast = drawn(phone).keys()
    x, y = spot(phone, data, "Marco Rubio")
    finger = handheld.context.new_cdp_session(phone)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    phone.locator(".node-menu").wait_for()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.locator(key("menu:around:1")).tap()
    until(phone, "document.querySelector('[data-key=\"focus-end\"]')")
    assert id_of(data, "Marco Rubio") in drawn(phone) and drawn(phone).keys() != cast
    phone.locator(key("undo")).tap()
    assert drawn(phone).keys() == cast
    assert handheld.problems == []


def test_somebody_found_who_is_not_on_the_cast_comes_with_ties(page: Any, data: Data) -> None:
    cast = drawn(page).keys()
    show_node(page, data, id_of(data, "Chile"))
    found = drawn(page).keys() - cast
    assert id_of(data, "Chile") in found
    assert page.evaluate("document.body.dataset.drawing") == "cast"


def test_a_question_mark_shows_the_keys_and_hovering_says_who_and_how(page: Any, data: Data) -> None:
    page.focus("#drawing")
    page.keyboard.press("?")
    assert "Double click" in page.locator("dialog.keys").inner_text()
    page.keyboard.press("Escape")
    page.mouse.move(*spot(page, data, "Nayib Bukele"))
    tip = page.locator(".tip")
    tip.wait_for()
    assert "statements" in tip.inner_text() and "Bukele" not in tip.inner_text()


# --- by keys alone


def tab_to(page: Any, name: str, most: int = 12) -> None:
    """Presses Tab until the control of that key or text has the focus; a few presses have to do."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("(({dataset, textContent}) => [dataset.key, textContent])(document.activeElement)"):
            return
    raise AssertionError(f"{name} is more than {most} stops away")


def test_by_keys_another_drawing_is_chosen_and_the_focus_stays(page: Any) -> None:
    tab_to(page, "Go to the drawing")
    page.keyboard.press("Enter")
    tab_to(page, "shown:opening")
    for kind in ("opening", "all", "cast"):
        page.focus(key(f"shown:{kind}"))
        page.keyboard.press("Enter")
        until(page, f"document.querySelector('[data-key=\"shown:{kind}\"]').ariaPressed === 'true'")
        assert page.evaluate("document.activeElement.dataset.key") == f"shown:{kind}"


def test_by_keys_a_choice_is_taken_when_tab_leaves_it(page: Any) -> None:
    tab_to(page, "Go to the questions")
    page.keyboard.press("Enter")
    tab_to(page, "ask:according")
    page.keyboard.press("Enter")
    tab_to(page, "choice:accordingA", 3)
    page.keyboard.type("White House")
    # The field for whoever stands beside is there only now.
    tab_to(page, "choice:accordingB", 2)
    page.keyboard.type("Government of V")
    page.keyboard.press("Tab")
    heads = page.locator(".beside-heads").inner_text()
    assert "White House" in heads and "Government of Venezuela" in heads
