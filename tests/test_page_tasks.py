"""Eight things that somebody wants to know of the first case: by mouse, by keys alone and by touch, counted.

A step is a click, a tap, a key, or a letter that is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from page_cases.steps import Data, key
from page_cases.watched import Watched, drawn, painted, still, until

pytestmark = pytest.mark.browser

KINDS = ("mouse", "keys", "touch")
FOCUS = """(({dataset, id, textContent}) => [dataset.key ?? "", id, textContent.trim()])(document.activeElement)"""
#: So many presses of Tab lead to what is looked for, or it counts as out of reach.
FAR = 60


class Hands:
    """Somebody at the page with one kind of hands; `steps` counts what they did."""

    def __init__(self, page: Any, kind: str) -> None:
        self.page, self.kind, self.steps = page, kind, 0

    def press(self, name: str) -> None:
        self.steps += 1
        self.page.keyboard.press(name)

    def write(self, text: str) -> None:
        for letter in text:
            self.press(letter if letter != " " else "Space")

    def tab_to(self, name: str, by: str = "Tab") -> None:
        for _ in range(FAR):
            self.press(by)
            if name in self.page.evaluate(FOCUS):
                return
        raise AssertionError(f"{name} is more than {FAR} stops away")

    def use(self, name: str, *, by: str = "") -> None:
        """Uses the control of a key, which with keys alone is reached behind the skip link `by`."""
        if self.kind == "keys":
            if by:
                self.tab_to(by)
                self.press("Enter")
            if name not in self.page.evaluate(FOCUS):
                self.tab_to(name)
            self.press("Enter")
            return
        self.steps += 1
        self._point(self.page.locator(f"{key(name)}:visible").first)

    def _point(self, found: Any) -> None:
        if self.kind == "touch":
            found.tap()
        else:
            found.click()

    def open_questions(self) -> None:
        """On a phone, the sheet with questions and filters."""
        self.steps += 1
        self.page.locator(".sheet-open").tap()

    def actor(self, data: Data, name: str) -> None:
        """Opens an actor's card: in the drawing, by the search, or in the list."""
        if self.kind == "keys":
            self.press("/")
            self.write(name.casefold()[:7])
            self.press("Enter")
        elif self.kind == "touch":
            self.steps += 1
            self.page.locator(".cards .card-name", has_text=name).first.tap()
        else:
            self.steps += 1
            still(self.page)
            node = next(node["id"] for node in data["nodes"] if node["label"]["en"] == name)
            x, y = drawn(self.page)[node]
            box = self.page.locator(".canvas").bounding_box()
            self.page.mouse.click(box["x"] + x, box["y"] + y)
        until(self.page, f"document.querySelector('#docket h2')?.textContent.includes({name!r})")

    def name(self, field: str, text: str, *, back: bool = False) -> None:
        """Writes a name into a field that proposes some, and takes the first; `back`: the field is before this one."""
        if self.kind == "keys":
            if f"choice:{field}" not in self.page.evaluate(FOCUS):
                self.tab_to(f"choice:{field}", "Shift+Tab" if back else "Tab")
        else:
            self.steps += 1
            self._point(self.page.locator(key(f"choice:{field}")))
        self.write(text)
        self.press("Enter")


def main_actors(hands: Hands, data: Data) -> None:
    """Who are the main actors, and how are they tied?"""
    page = hands.page
    if hands.kind == "mouse":
        words = painted(page)
        for name in ("Nayib Bukele", "Donald Trump", "Marco Rubio", "Cristosal", "MS-13"):
            assert any(word.startswith(name) for word in words), name
        assert any(word.startswith("? member of") for word in words)
    elif hands.kind == "touch":
        cards = page.locator(".cards .card").all_inner_texts()
        assert len(cards) > 20 and all("→" in card or "·" in card for card in cards)
    else:
        hands.tab_to("Go to the drawing")
        hands.press("Enter")
        heard = []
        for _ in range(12):
            hands.press("PageDown")
            heard.append(page.inner_text("#live"))
        assert len(set(heard)) > 8 and any(" said " in text for text in heard), heard


def all_of_bukele(hands: Hands, data: Data) -> None:
    """All ties of Bukele."""
    hands.actor(data, "Nayib Bukele")
    node = next(node["id"] for node in data["nodes"] if node["label"]["en"] == "Nayib Bukele")
    about = [prop for prop in data["props"].values() if node in (prop["subject"], prop["third"])]
    text = hands.page.inner_text("#docket")
    assert len(about) > 5 and "crackdown" in text and "Donald Trump" in text


def from_judge_to_cristosal(hands: Hands, data: Data) -> None:
    """Boasberg to Cristosal."""
    if hands.kind == "touch":
        hands.open_questions()
    hands.use("ask:path", by="Go to the questions")
    hands.name("pathFrom", "boasb")
    hands.name("pathTo", "cristo")
    page = hands.page
    page.locator("#docket .offer").first.wait_for()
    hands.use("offer:0")
    assert page.locator("#docket .steps > li").count() == 5


def sums(hands: Hands, data: Data) -> None:
    """Each sum, and who pays whom."""
    hands.use("view:figures")
    rows = [row for row in hands.page.locator("#figures tr").all_inner_texts() if "$6mn" in row]
    assert any("United States" in row and "El Salvador" in row for row in rows), rows
    assert "$15mn" in hands.page.inner_text("#figures")


def denied(hands: Hands, data: Data) -> None:
    """What is denied, and by whom?"""
    page = hands.page
    if hands.kind == "touch":
        text = page.inner_text(".cards-disputes")
    else:
        hands.use("shown:opening", by="Go to the drawing")
        assert page.evaluate("document.body.dataset.drawing") == "opening"
        text = " ".join(painted(page))
    for who in ("White House", "elative of a deportee", "eportees' supporters"):
        assert who in text


def all_of_cristosal(hands: Hands, data: Data) -> None:
    """All that Cristosal says, and through whom."""
    hands.actor(data, "Cristosal")
    rows = hands.page.locator("#docket [data-key^='claim:']").all_inner_texts()
    assert len(rows) == 8 and all("via Associated Press" in row for row in rows)


def known_on_a_day(hands: Hands, data: Data) -> None:
    """What was known on 15 March?"""
    page = hands.page
    if hands.kind == "touch":
        hands.open_questions()
    else:
        hands.use("filters-fold", by="Go to the questions")
    field = page.locator(key("choice:knownOn"))
    if hands.kind == "keys":
        hands.tab_to("choice:knownOn")
        hands.write("15")
        hands.press("Tab")
    else:
        # The browser's own list: one step opens it, one takes an entry.
        hands.steps += 2
        field.select_option("2025-03-15")
    until(page, "document.body.textContent.includes('the first that is known of is of 17 March 2025')")


def beside(hands: Hands, data: Data) -> None:
    """What the White House, the State Department and Trump say, beside what Venezuela says."""
    page = hands.page
    if hands.kind == "touch":
        hands.open_questions()
    hands.use("ask:according", by="Go to the questions")
    hands.name("accordingA", "white")
    hands.name("accordingB", "venez")
    hands.name("accordingAnd", "state", back=True)
    hands.name("accordingAnd", "donald")
    heads = page.locator(".beside-heads").inner_text()
    for name in ("White House", "US State Department", "Donald Trump", "Government of Venezuela"):
        assert name in heads, heads
    left, right = (page.locator(".beside-heads .beside-cell").nth(side).bounding_box() for side in (0, 1))
    assert left["x"] + left["width"] < right["x"] and abs(left["y"] - right["y"]) < 2


#: Each task, with the most steps it may take by mouse, by keys and by touch; whoever makes one longer sees it here.
TASKS: dict[Callable[[Hands, Data], None], tuple[int, int, int]] = {
    main_actors: (0, 16, 0),
    all_of_bukele: (1, 9, 1),
    from_judge_to_cristosal: (17, 24, 18),
    sums: (1, 10, 1),
    denied: (1, 8, 0),
    all_of_cristosal: (1, 9, 1),
    known_on_a_day: (3, 14, 3),
    beside: (30, 35, 31),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_it_is_found_out_in_few_steps(
    request: pytest.FixtureRequest,
    data: Data,
    task: Callable[[Hands, Data], None],
    kind: str,
    record_property: Callable[[str, object], None],
) -> None:
    watched: Watched = request.getfixturevalue("handheld" if kind == "touch" else "watched")
    watched.problems.clear()
    hands = Hands(watched.open("", filters=False), kind)
    task(hands, data)
    record_property("steps", hands.steps)
    assert hands.steps <= TASKS[task][KINDS.index(kind)]
    assert watched.problems == []
