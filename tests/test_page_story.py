"""Notes in the drawing and the steps of a story: written, told, saved in the page, in a file and in the address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from page_cases.hostile import HOSTILE
from page_cases.steps import Data, assert_fits, assert_harmless, click, key, label, language
from page_cases.watched import Watched, drawn, painted, still, until

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
STEPS = (("Who holds whom", "A prison, and a president.\nWho says so stands on each line."), ("What is denied", ""))


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open("cast", filters=False)
    assert watched.problems == []


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page that was saved, as somebody who got it does, under the same watch."""
    opened: list[Watched] = []

    def visits(file: Path, fragment: str = "", **options: Any) -> Any:
        watched = Watched(browser, file, accept_downloads=True, **options)
        opened.append(watched)
        watched.page.goto(f"{watched.url}{fragment}")
        assert watched.page.locator("html.ready").count() == 1, watched.problems
        return watched.page

    yield visits
    problems = [problem for watched in opened for problem in watched.problems]
    for watched in opened:
        watched.close()
    assert problems == []


def id_of(data: Data, name: str) -> str:
    return next(node["id"] for node in data["nodes"] if node["type"] == "node" and label(data, node["id"]) == name)


def choose(page: Any, name: str) -> None:
    page.fill("#find", name)
    page.keyboard.press("Enter")


def write_note(page: Any, name: str, text: str) -> None:
    choose(page, name)
    click(page, "note")
    page.fill("#note-text", text)
    click(page, "note:keep")


def write_story(page: Any) -> None:
    """A story of two steps: somebody of the cast, then the disputes."""
    choose(page, "Nayib Bukele")
    for (title, text), drawing in zip(STEPS, ("", "shown:opening"), strict=True):
        if drawing:
            click(page, drawing)
        click(page, "story")
        page.fill("#step-title", title)
        page.fill("#step-text", text)
        click(page, "step:keep")
        page.keyboard.press("Escape")


def told(page: Any) -> str:
    return page.inner_text(".story-title")


def save(page: Any, kind: str, file: Path) -> Path:
    click(page, "save")
    with page.expect_download() as given:
        click(page, f"save:{kind}")
    given.value.save_as(file)
    page.keyboard.press("Escape")
    return file


def axe_finds(page: Any) -> list[str]:
    code = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(f"{code}; undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def test_a_note_is_written_moved_by_mouse_and_keys_rewritten_and_taken_back(page: Any) -> None:
    write_note(page, "Cristosal", "Ask them for the list.")
    slip = page.locator(".note-slip")
    assert slip.inner_text().split() == "Note Ask them for the list.".split(), "marked as what it is"
    assert "Note beside Cristosal" in slip.get_attribute("aria-label")
    still(page)
    before = slip.bounding_box()
    page.mouse.move(before["x"] + 20, before["y"] + 8)
    page.mouse.down()
    page.mouse.move(before["x"] - 30, before["y"] + 40, steps=4)
    page.mouse.up()
    after = page.locator(".note-slip").bounding_box()
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-50, 32)
    assert page.locator("dialog").count() == 0, "a drag opens nothing"
    page.focus(key("note:0"))
    page.keyboard.press("ArrowRight")
    assert page.locator(".note-slip").bounding_box()["x"] > after["x"] + 5
    page.keyboard.press("Enter")
    page.fill("#note-text", "Asked.")
    click(page, "note:keep")
    assert "Asked." in page.inner_text(".note-slip")
    click(page, "note:0", "note:drop")
    assert page.locator(".note-slip").count() == 0
    click(page, "undo")
    assert "Asked." in page.inner_text(".note-slip")


def test_a_note_stays_beside_its_node_and_goes_with_it(page: Any, data: Data) -> None:
    write_note(page, "Cristosal", "Here.")
    page.keyboard.press("Escape")
    still(page)
    far = drawn(page)[id_of(data, "Cristosal")]

    def offset() -> tuple[float, float]:
        still(page)
        area, slip = page.locator(".canvas").bounding_box(), page.locator(".note-slip").bounding_box()
        x, y = drawn(page)[id_of(data, "Cristosal")]
        return slip["x"] + slip["width"] / 2 - area["x"] - x, slip["y"] + slip["height"] / 2 - area["y"] - y

    before = offset()
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -240)
    still(page)
    assert drawn(page)[id_of(data, "Cristosal")] != far
    after = offset()
    grown = page.evaluate("__network.getScale()")
    assert after[0] == pytest.approx(before[0] * grown, abs=26 * grown) and after != before
    click(page, "view:table")
    assert page.locator(".note-slip").count() == 0
    click(page, "view:drawing", "shown:opening")
    assert id_of(data, "Cristosal") in drawn(page) or page.locator(".note-slip").count() == 0


def test_the_menu_of_a_node_writes_a_note_by_keys_alone(page: Any) -> None:
    page.focus("#drawing")
    for _ in range(80):
        page.keyboard.press("PageDown")
        if page.inner_text("#live").startswith("Tren de Aragua"):
            break
    page.keyboard.press("Shift+F10")
    while page.evaluate("document.activeElement.dataset.key") != "menu:note":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("By whom is not said.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "By whom is not said." in page.inner_text(".note-slip")
    assert page.inner_text("#live") == "The note is kept."


def test_a_story_is_written_and_told_forward_and_back(page: Any, data: Data) -> None:
    write_story(page)
    assert "A story in 2 steps" in page.inner_text("#story")
    page.keyboard.press(".")
    assert told(page) == STEPS[0][0] and page.inner_text(".story-text") == STEPS[0][1]
    assert "not by a source" in page.inner_text("#story"), "whose words these are"
    assert page.inner_text("#docket h2") == "Nayib Bukele" and page.evaluate("document.body.dataset.drawing") == "cast"
    still(page)
    x, _ = drawn(page)[id_of(data, "Nayib Bukele")]
    left = page.locator(".canvas").bounding_box()["x"]
    assert left + x < page.locator("#panel").bounding_box()["x"], "what a step looks at is not under its card"
    assert page.inner_text("#live").startswith("Step 1 of 2. Who holds whom.")
    page.focus(key("story:1"))
    page.keyboard.press("PageDown")
    assert told(page) == STEPS[1][0] and page.get_attribute(key("shown:opening"), "aria-pressed") == "true"
    assert page.evaluate("document.querySelector('#story').contains(document.activeElement)")
    page.keyboard.press("ArrowLeft")
    assert told(page) == STEPS[0][0]
    page.keyboard.press(",")
    assert told(page) == STEPS[0][0], "nothing stands before the first"
    click(page, "shown:all", "story:again")
    assert page.evaluate("document.body.dataset.drawing") == "cast", "the view of the step is back"
    click(page, "story:1")
    page.go_back()
    until(page, f"document.querySelector('.story-title').textContent === {json.dumps(STEPS[0][0])}")
    click(page, "story:leave")
    assert page.locator(".story-title").count() == 0 and page.evaluate("document.activeElement.id") == "drawing"


def test_steps_are_ordered_rewritten_looked_at_anew_and_deleted(page: Any) -> None:
    write_story(page)
    click(page, "story", "down:0")
    rows = page.locator("ol.story-list .story-row")
    assert rows.all_inner_texts() == [STEPS[1][0], STEPS[0][0]]
    click(page, "edit:1")
    assert page.input_value("#step-title") == STEPS[0][0]
    page.fill("#step-title", "Another title")
    click(page, "step:keep", "view:1", "step:1")
    assert told(page) == "Another title" and page.get_attribute(key("shown:opening"), "aria-pressed") == "true"
    click(page, "story:write", "drop:0")
    page.keyboard.press("Escape")
    assert "Step 1 of 1" in page.inner_text("#story")
    click(page, "undo")
    assert "of 2" in page.inner_text("#story")
    click(page, "story")
    page.fill("#step-title", "  ")
    click(page, "step:keep")
    assert page.inner_text("#live") == "A step needs a title." and rows.count() == 2


def test_the_saved_page_opens_on_the_story_and_is_whole(page: Any, visit: Any, data: Data, tmp_path: Path) -> None:
    cast = drawn(page).keys()
    write_note(page, "Cristosal", "Ask.")
    write_story(page)
    copy = visit(save(page, "page", tmp_path / "story.html"))
    assert told(copy) == STEPS[0][0] and copy.inner_text("#docket h2") == "Nayib Bukele"
    assert "Ask." in copy.inner_text(".note-slip")
    copy.keyboard.press(".")
    assert told(copy) == STEPS[1][0]
    assert copy.locator("#trig").count() == 1 and copy.locator("style").count() == 1
    # Saved again without a story, it is the page that it was.
    click(copy, "story:write", "drop:1", "drop:0")
    copy.keyboard.press("Escape")
    click(copy, "shown:cast", "note:0", "note:drop")
    plain = save(copy, "page", tmp_path / "plain.html").read_text("utf-8")
    assert "actorgraph-story" not in plain.partition("<script")[0]
    bare = visit(tmp_path / "plain.html")
    assert bare.locator("#story").is_hidden() and drawn(bare).keys() == cast


def test_a_link_holds_the_story_and_a_broken_one_opens(page: Any, visit: Any, watched: Watched, file: Path) -> None:
    write_note(page, "Cristosal", "Ask.")
    write_story(page)
    page.keyboard.press(".")
    click(page, "save", "save:link")
    link = page.evaluate("__copied.at(-1)")
    other = visit(file, "#" + link.partition("#")[2], locale="es-ES")
    assert told(other) == STEPS[0][0] and "Ask." in other.inner_text(".note-slip")
    assert other.evaluate("document.documentElement.lang") == "en", "a link brings its language"


def test_the_story_as_json_is_opened_by_another_copy(page: Any, visit: Any, file: Path, tmp_path: Path) -> None:
    write_note(page, "Cristosal", "Ask.")
    write_story(page)
    story = save(page, "story", tmp_path / "story.json")
    other = visit(file)
    click(other, "story")
    for text, said in (
        ("no JSON", "That file is no story of this page."),
        ("{}", "That file is no story of this page."),
    ):
        (tmp_path / "wrong.json").write_text(text, "utf-8")
        other.set_input_files("#story-file", tmp_path / "wrong.json")
        until(other, f"document.querySelector('.story-body .save-status').textContent === {json.dumps(said)}")
    other.set_input_files("#story-file", story)
    until(other, "document.querySelectorAll('ol.story-list li').length === 2")
    assert other.inner_text(".story-body .save-status") == "Opened: a story in 2 steps."
    other.keyboard.press("Escape")
    assert "Ask." in other.inner_text(".note-slip")
    strange = json.loads(story.read_text("utf-8"))
    strange["notes"].append({"by": "0000000000", "at": [0, 0], "text": "nobody"})
    strange["steps"].append({"title": 7, "see": []})
    strange["steps"][0]["see"]["selected"] = {"type": "node", "id": "__proto__"}
    (tmp_path / "strange.json").write_text(json.dumps(strange), "utf-8")
    click(other, "story")
    other.set_input_files("#story-file", tmp_path / "strange.json")
    until(other, "document.querySelector('.story-body .save-status').textContent.startsWith('Opened, without')")
    click(other, "step:0")
    assert told(other) == STEPS[0][0], "a step stays, without what is not here"


def test_pictures_carry_the_notes_and_say_whose_they_are(page: Any, tmp_path: Path) -> None:
    write_note(page, "Cristosal", "Ask them.")
    page.keyboard.press("Escape")
    svg = save(page, "svg", tmp_path / "drawing.svg").read_text("utf-8")
    assert "Note: Ask them." in svg and "1 note by whoever made this copy, not by a source." in svg
    language(page, "es")
    svg = save(page, "svg", tmp_path / "dibujo.svg").read_text("utf-8")
    assert "Nota: Ask them." in svg and "1 nota de quien hizo esta copia" in svg


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut(
    size: dict[str, int], theme: str, page: Any, visit: Any, tmp_path: Path
) -> None:
    write_note(page, "Nayib Bukele", "A note of some length, so that it takes more than one line of its slip.")
    write_story(page)
    touch = {"has_touch": True, "is_mobile": True} if size is PHONE else {}
    copy = visit(save(page, "page", tmp_path / "story.html"), viewport=size, color_scheme=theme, **touch)
    still(copy)
    assert axe_finds(copy) == []
    assert_fits(copy)
    click(copy, "story:write")
    assert axe_finds(copy) == []
    copy.keyboard.press("Escape")
    click(copy, "note:0")
    assert axe_finds(copy) == []


def test_a_finger_turns_the_steps_and_opens_a_note(page: Any, visit: Any, tmp_path: Path) -> None:
    write_note(page, "Nayib Bukele", "Ask.")
    write_story(page)
    file = save(page, "page", tmp_path / "story.html")
    phone = visit(file, viewport=PHONE, has_touch=True, is_mobile=True, locale="es-ES")
    assert "Paso 1 de 2" in phone.inner_text("#story") and phone.evaluate("document.body.dataset.panel") == "peek"
    still(phone)
    phone.locator(".note-slip").tap()
    assert phone.input_value("#note-text") == "Ask."
    phone.locator(key("note:close")).tap()
    phone.locator(key("story:1")).tap()
    assert told(phone) == STEPS[1][0] and "No" not in phone.inner_text(".story-ways")
    phone.locator(key("save")).tap()
    phone.locator(key("save:write")).tap()
    assert phone.locator("ol.story-list li").count() == 2


def test_hostile_words_are_words(page: Any, visit: Any, tmp_path: Path, data: Data) -> None:
    named = [text for text in HOSTILE if text.strip()]
    story = {
        "format": "actorgraph story 1",
        "notes": [{"by": id_of(data, "Cristosal"), "at": [40 * n, -90], "text": text} for n, text in enumerate(named)],
        "steps": [{"title": text, "text": text, "see": {"view": "drawing", "shown": "cast"}} for text in named],
        "moved": {"__proto__": [1, 2]},
    }
    (tmp_path / "story.json").write_text(json.dumps(story), "utf-8")
    click(page, "story")
    page.set_input_files("#story-file", tmp_path / "story.json")
    until(page, f"document.querySelectorAll('ol.story-list li').length === {len(named)}")
    assert_harmless(page)
    page.keyboard.press("Escape")
    copy = visit(save(page, "page", tmp_path / "story.html"))
    for text in named:
        assert copy.evaluate("document.querySelector('.story-title').textContent") == text[:90]
        assert_harmless(copy)
        copy.keyboard.press(".")
    assert copy.locator(".note-slip").count() == len(named)
    assert painted(copy), "the drawing is there"
