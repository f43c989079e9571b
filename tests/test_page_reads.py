"""Nothing on the page reads as established: crops of the drawing, rows, lists; and what an editor missed on a walk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_cases.pages import data_of
from page_cases.steps import Data, assert_fits, assert_harmless, click, disputed, key, language, rest
from page_cases.watched import Watched, painted, still, until

import graph

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
QUOTES = "“”"


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open()
    assert watched.problems == []


@pytest.fixture
def open_file(browser: Any) -> Iterator[Callable[..., Any]]:
    opened: list[Watched] = []

    def opens(file: Path, **options: Any) -> Any:
        opened.append(Watched(browser, file, **options))
        return opened[-1].open()

    yield opens
    problems = [problem for each in opened for problem in each.problems]
    for each in opened:
        each.close()
    assert problems == []


def show_all(page: Any) -> list[str]:
    """The words painted when everything is drawn."""
    page.locator("[data-key='shown:all']").click()
    return painted(page)


def test_a_line_without_its_words_bears_quotation_marks_and_the_legend_says_why(page: Any) -> None:
    assert QUOTES not in painted(page), "at the opening every line has its words"
    show_all(page)
    # With words and posts drawn as well there is not room for all.
    page.locator("[data-key='words']").click()
    assert QUOTES in painted(page)
    assert "somebody says so (name does not fit)" in page.inner_text(".legend")
    page.locator(".legend-rule button").first.click()
    help_ = page.get_by_role("dialog")
    assert "quotation marks mean that somebody says so" in help_.inner_text()
    assert help_.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    rows = help_.locator("li").evaluate_all(
        "(all) => all.filter((each) => each.getBoundingClientRect().right > each.closest('dialog').clientWidth"
        " + each.closest('dialog').getBoundingClientRect().left).length"
    )
    assert rows == 0, "no row of shapes reaches over the edge"
    page.keyboard.press("Escape")
    page.click(key("save"))
    with page.expect_download() as given:
        page.click(key("save:svg"))
    svg = Path(given.value.path()).read_text("utf-8")
    assert "somebody says so (name does not fit)" in svg and svg.count(QUOTES) > 5
    page.keyboard.press("Escape")


#: What stands where a speaker would, and names nobody, in full and in short.
NOBODY = ("by whom is not", "implied", "inferred", "our inference", "who?")
#: The words painted in one drawing: [[text, x, y of its place, whether it is in the colour of who speaks], …].
PAINTED = """() => {
    const found = [];
    const fill = CanvasRenderingContext2D.prototype.fillText;
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
    const accent = pen.fillStyle;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const {e, f} = this.getTransform();
        found.push([text, `${x} ${e} ${f}`, this.fillStyle === accent]);
        return fill.call(this, text, x, y);
    };
    __network.redraw();
    CanvasRenderingContext2D.prototype.fillText = fill;
    return found;
}"""


def speaking(page: Any) -> tuple[int, int]:
    """How many lines the legend counts, and how many labels say who says so or that nobody is named."""
    still(page)
    words = page.evaluate(PAINTED)
    places = {place for text, place, accent in words if accent or text.startswith(NOBODY)}
    entries = page.locator(".legend-lines .aside").all_inner_texts()
    return sum(map(int, entries)), len(places)


def test_lines_say_who_says_so(page: Any) -> None:
    lines, told = speaking(page)
    assert lines == told == 20, "at the opening of the disputes every one"
    show_all(page)
    lines, told = speaking(page)
    assert lines == 93 and told >= 87, "in everything, without a choice or a step nearer, all but a few"
    for _ in range(3):
        page.click(".zoom button")
    # Closer, whatever line is without it bears quotation marks; part of the drawing is outside by now.
    _, told = speaking(page)
    assert told >= 80


def test_words_used_of_somebody_are_no_attributes_of_ours(page: Any, data: Data) -> None:
    assert "novel" not in show_all(page), "it stands in the card of what it is used of"
    page.locator("[data-key='words']").click()
    for _ in range(4):
        page.locator(".zoom button").first.click()
    words = painted(page)
    notions = [node for node in data["nodes"] if node["kind"] == "concept" and node["label"]["en"] == "Novel"]
    assert len(notions) == 1 and "novel" in words and "Novel" not in words
    fonts = page.evaluate(
        """() => {
            const fill = CanvasRenderingContext2D.prototype.fillText, fonts = {};
            CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
                fonts[text] = this.font;
                return fill.call(this, text, ...at);
            };
            __network.redraw();
            CanvasRenderingContext2D.prototype.fillText = fill;
            return fonts;
        }"""
    )
    assert fonts["novel"].startswith("italic") and not fonts["El Salvador"].startswith("italic")
    assert page.locator(".legend .as-used").inner_text().startswith("in the words: notion")


@pytest.mark.parametrize("strip", [False, True], ids=["opening", "dates"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desktop", "phone"])
def test_a_denial_never_stands_without_what_is_denied_and_who_says_it(
    open_file: Callable[..., Any], file: Path, data: Data, size: dict[str, int], strip: bool
) -> None:
    page = open_file(file, viewport=size)
    if strip:
        page.click(key("strip"))
        page.locator(".slot").first.wait_for()
    words = " ".join(painted(page))
    # In the order in which they are painted: what is said, by whom, and who denies it.
    whole = re.findall(r"× (?:defied|called) by whom is not said × denied by:", words)
    assert len(whole) == len(disputed(data)) == 2


@pytest.mark.parametrize(("tag", "said"), [("en", "both said to be in:"), ("es", "se dice que ambos")])
def test_a_folded_line_says_how_it_stands(page: Any, tag: str, said: str) -> None:
    language(page, tag)
    page.locator(key("fold")).check()
    words = " ".join(painted(page))
    assert said in words
    bare = {"en": r"(?<!: )both in", "es": r"(?<!: )\bambos en:"}[tag]
    assert not re.search(bare, words)


def test_a_row_shows_the_position_of_its_own_statement(page: Any, data: Data) -> None:
    click(page, "view:table")
    heads = page.locator("#statements thead th").all_inner_texts()
    assert [head.split(" ")[0] for head in heads].index("Position") < heads.index("Statement")
    denial = next(claim for claim, each in data["claims"].items() if each["stance"] == "denied")
    row = page.locator("#statements tr", has=page.locator(key(f"row:{denial}")))
    assert row.locator(".col-position").inner_text() == "denies"
    assert "said to be so" not in row.inner_text()
    harmful = next(
        claim
        for claim, each in data["claims"].items()
        if each["stance"] == "asserted" and data["props"][each["prop"]]["sensitive"]
    )
    row = page.locator("#statements tr", has=page.locator(key(f"row:{harmful}")))
    assert row.locator(".col-position").inner_text().startswith("? ")


def test_a_sum_has_each_ones_certainty_and_its_sources_counted_alike(page: Any) -> None:
    one, heading = "1 independent source: Associated Press", "bne IntelliNews says that the payment amounts to $6mn"
    start = page.locator("#docket li", has_text=heading).first
    assert one in start.inner_text()
    click(page, "view:figures")
    row = page.locator("#figures tr", has_text=heading).first.inner_text()
    assert "said to be so: bne IntelliNews" in row and "planned: Associated Press" in row and one in row


def test_an_accusation_in_a_list_has_its_speaker(page: Any) -> None:
    part = page.locator("#docket .part", has_text="Accusations with no answer")
    rows = part.locator(".rows > li")
    assert rows.count() > 5
    assert all("said by: " in text for text in rows.evaluate_all("(all) => all.map((each) => each.textContent)"))


@pytest.mark.parametrize("size", [(981, 800), (980, 800), (390, 844)], ids=lambda size: str(size[0]))
def test_who_denies_is_never_cut_from_a_row(open_file: Callable[..., Any], file: Path, size: tuple[int, int]) -> None:
    page = open_file(file, viewport={"width": size[0], "height": size[1]})
    rows = page.locator("#docket .row-link bdi", has_text=re.compile("(den(y|ies)|disputes?) this"))
    assert rows.count() >= 2
    # However long the sentence and narrow the row: every row of it shows.
    cut = rows.evaluate_all(
        """(all) => all.filter((each) => {
          each.closest("ul").style.width = "130px";
          return each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
        }).map((each) => each.textContent)"""
    )
    assert cut == []


def test_a_statement_names_its_document_with_a_link(
    root: Path, tmp_path: Path, open_file: Callable[..., Any], page: Any
) -> None:
    page.locator("#docket .row-link").first.click()
    claims = page.locator("#docket article.claim")
    assert claims.count() and all(
        "bne IntelliNews, 17 March 2025, paragraph" in each for each in claims.all_inner_texts()
    )
    assert all("This file does not contain the article's text." in each for each in claims.all_inner_texts())
    text = (root / "tests/cases/denial-of-occurrence.yaml").read_text("utf-8")
    assert text.count("document: {id: post,") == 1
    text = text.replace("document: {id: post,", 'document: {id: post, url: "https://paper.example/story?a=1&b=2",')
    case = tmp_path / "linked.yaml"
    case.write_text(text, "utf-8")
    html = tmp_path / "linked.html"
    html.write_text(graph.load(case).page(), "utf-8")
    linked = open_file(html)
    click(linked, "view:table", f"row:{next(iter(data_of(html.read_text('utf-8'))['claims']))}")
    link = linked.locator("#docket article.claim a").first
    assert link.is_visible() and "https://paper.example/story?a=1&b=2" in link.inner_text()
    assert link.get_attribute("rel") == "noreferrer noopener" and link.get_attribute("target") == "_blank"
    assert_harmless(linked)


def test_what_is_found_by_keys_is_read_at_once_and_lists_scroll(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bukele")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('#docket h2')")
    for view, place in (("figures", "figures"), ("table", "statements"), ("sentences", "sentences")):
        click(page, f"view:{view}")
        assert page.get_attribute(f"#{place}", "aria-label")
        page.focus(f"#{place}")
        page.keyboard.press("ArrowDown")
        until(page, f"document.getElementById('{place}').scrollTop > 0")
        page.keyboard.press("PageDown")
        until(page, f"document.getElementById('{place}').scrollTop > 150")


def test_the_lines_are_explained_in_one_tap_on_a_phone(open_file: Callable[..., Any], file: Path) -> None:
    page = open_file(file, viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True)
    lines = page.locator(".legend .legend-lines")
    assert lines.is_hidden()
    page.locator(key("legend")).tap()
    lines.wait_for()
    assert "disputed" in lines.inner_text()
    assert page.get_attribute(key("legend"), "aria-expanded") == "true"
    rest(page)
    assert_fits(page)
    page.locator(key("legend")).tap()
    lines.wait_for(state="hidden")


@pytest.mark.parametrize("kind", ["lawyer", "print"])
def test_one_click_is_one_print_and_no_entry_is_split(page: Any, kind: str) -> None:
    page.evaluate("() => { window.prints = 0; window.print = () => { window.prints += 1; }; }")
    page.click(key("save"))
    # The second click of two comes while the picture for the first is being made, however busy the machine.
    clicks = "(each) => { each.click(); each.click(); }" if kind == "print" else "(each) => each.click()"
    page.locator(key(f"save:{kind}")).evaluate(clicks)
    page.locator(".save-status", has_text=re.compile(".")).wait_for()
    assert page.evaluate("window.prints") == 1
    page.emulate_media(media="print")
    entries = page.locator("#sheet .sheet-entry, #sheet li")
    assert entries.count() and set(
        entries.evaluate_all("(all) => all.map((e) => getComputedStyle(e).breakInside)")
    ) == {"avoid"}
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
