"""The other views of the page, in a browser, and all that leaves it: pictures, prints, tables, data, links."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import struct
from collections.abc import Callable, Iterator
from html import unescape
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from page_cases.bare import Bare
from page_cases.pages import data_of
from page_cases.steps import (
    Data,
    assert_fits,
    assert_harmless,
    click,
    counted,
    disputed,
    key,
    label,
    language,
    one_denier,
    opposing,
    rest,
    show_prop,
)
from page_cases.watched import Watched, drawn, still, texts, until

import graph
from graph.cli import main
from graph.draw import positions
from graph.pipeline import CaseGraph
from graph.store import read_files

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: 1440 by 900 at a zoom of 200 %.
ZOOMED = {"width": 720, "height": 450}
RULE = {
    "en": "A line is a statement by somebody, not a finding.",
    "es": "Una línea es una declaración de alguien, no una conclusión.",
}
VERSION = {"en": "Version of 24 November 2026.", "es": "Versión del 24 de noviembre de 2026."}
NO_FILTER = {"en": "No filters.", "es": "Sin filtros."}
LEGEND = {"en": "disputed: both are named", "es": "en disputa: se nombra a ambos"}
FORMULA = tuple("=+-@\t\r")


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    """The first case at 1440 by 900, as it opens, in English and light."""
    watched.problems.clear()
    yield watched.open()
    assert watched.problems == []


@pytest.fixture
def open_file(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens another file, or the same one otherwise, under the same watch."""
    opened: list[Watched] = []

    def opens(file: Path, **options: Any) -> Any:
        opened.append(Watched(browser, file, accept_downloads=True, **options))
        return opened[-1].open()

    yield opens
    problems = [problem for watched in opened for problem in watched.problems]
    for watched in opened:
        watched.close()
    assert problems == []


@pytest.fixture
def open_case(open_file: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    def opens(case: Path, **options: Any) -> Any:
        file = tmp_path / "graph.html"
        file.write_text(graph.load(case).page(), "utf-8")
        return open_file(file, **options)

    return opens


def view(page: Any, name: str) -> None:
    page.click(key(f"view:{name}"))


def save(page: Any, kind: str, folder: Path) -> bytes:
    """What the page saves as a file, as a person gets it. The dialog stays open."""
    if not page.locator("dialog.save").count():
        page.click(key("save"))
    with page.expect_download() as given:
        page.click(key(f"save:{kind}"))
    name = given.value.suggested_filename
    given.value.save_as(folder / name)
    status = page.locator(".save-status")
    status.filter(has_text=name).wait_for()
    return (folder / name).read_bytes()


def without(page: Any, speaker: str) -> tuple[str, int]:
    """Unticks a speaker; what the page then says of its filters, and how many statements they hide."""
    click(page, f"speaker:{speaker}")
    note = page.inner_text("#filters .hidden-note")
    return note, int(re.search(r"\d+", note)[0])


def speaker_named(data: Data, name: str) -> str:
    return next(node["id"] for node in data["nodes"] if node["label"]["en"] == name)


def assert_carries(text: str, tag: str = "en", *, hidden: int = 0, unticked: str = "", legend: bool = True) -> None:
    """What every file carries: the version, what a line is, the filters, how many statements they hide, the legend."""
    text = " ".join(text.split())
    assert RULE[tag] in text and VERSION[tag] in text
    if legend:
        assert LEGEND[tag] in text
    if hidden:
        assert f"The filters hide {hidden} statement" in text
        assert re.search(rf"Filters: [^.]*without {re.escape(unticked)}", text), text[:600]
    else:
        assert NO_FILTER[tag] in text


def words_of(picture: str) -> str:
    """The words that stand in an SVG."""
    return " ".join(unescape(" ".join(re.findall(r"<text\b[^>]*>([^<]*)", picture))).split())


def assert_denier_named(words: str, data: Data, tag: str = "en") -> None:
    """Every disputed relationship of the drawing has a denier's name behind its ×."""
    words = " ".join(words.split())
    for prop in disputed(data):
        names = [label(data, data["claims"][claim]["speaker"], tag) for claim in opposing(data, prop)]
        named = rf"× (?:denied by: |disputed by: |lo niega: |lo cuestiona: )?(?:{'|'.join(map(re.escape, names))})"
        assert re.search(named, words, re.IGNORECASE), (names, words)


# --- sentences


def test_sentences_stand_in_the_documents_order(page: Any, data: Data, edition: CaseGraph) -> None:
    view(page, "sentences")
    said = page.locator("#sentences .said").all_text_contents()
    claims = sorted(data["claims"].values(), key=lambda claim: claim["order"])
    assert [line.rstrip(".") for line in said] == [claim["sentence"]["en"].rstrip(".") for claim in claims]
    assert page.inner_text("#sentences .list-note span").startswith(counted(data))
    assert RULE["en"] in page.inner_text("#sentences .list-note")
    assert "× the White House denies it" in page.text_content("#sentences")
    for tag in ("en", "es"):
        language(page, tag)
        assert Bare(edition, tag).stated(texts(page)) == []
    assert RULE["es"] in page.inner_text("#sentences .list-note")
    assert_harmless(page)


def test_what_is_chosen_in_one_view_is_chosen_in_all(page: Any, data: Data) -> None:
    view(page, "sentences")
    prop = disputed(data)[0]
    claim = data["props"][prop]["claims"][0]
    page.locator(key(f"said:{claim}")).press("Enter")
    chosen = page.locator("#sentences [aria-current=true]")
    assert chosen.count() == len(data["props"][prop]["claims"])
    heading = page.inner_text("#docket h2")
    assert heading == data["props"][prop]["summary"]["en"]
    view(page, "table")
    assert page.locator("#statements tbody tr[aria-current=true]").count() == len(data["props"][prop]["claims"])
    view(page, "drawing")
    assert page.inner_text("#docket h2") == heading


def test_sentences_and_figures_obey_the_filters_and_keep_the_answer(page: Any, data: Data) -> None:
    prop, denier = one_denier(data)
    without(page, denier)
    view(page, "sentences")
    theirs = [iri for iri, claim in data["claims"].items() if claim["speaker"] == denier]
    assert page.inner_text("#sentences .list-note span") == counted(data, theirs)
    row = page.locator("#sentences li", has=page.locator(key(f"said:{data['props'][prop]['claims'][0]}")))
    said = row.text_content()
    assert "hidden by your filter" in said and label(data, denier) in said
    click(page, "none:speaker")
    view(page, "figures")
    assert "No figures to show." in page.inner_text("#figures")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert page.locator("#figures .figure-value").count() > 0


# --- figures


def test_a_sum_stands_with_who_pays_who_gets_and_what_for(page: Any, edition: CaseGraph) -> None:
    view(page, "figures")
    row = page.locator("#figures tbody tr", has_text="$15mn")
    text = row.inner_text()
    for words in (
        "qualified as “may”",
        "Could be made by the United States",
        "Could go to El Salvador",
        "Could go towards ",
    ):
        assert words in text
    assert "possible: Document from the US State Department" in text
    assert "spoken of as possible; not checked by us" in text
    row.locator(".part-link", has_text="made by the United States").click()
    assert "the United States" in page.inner_text("#docket h2")
    row.locator(".row-link").press("Enter")
    assert row.get_attribute("aria-current") == "true"
    assert "$15mn" in page.inner_text("#docket")
    language(page, "es")
    assert "Importes" in page.inner_text("#figures") and "no se dice quién" in page.inner_text("#figures")
    assert Bare(edition, "es").stated(texts(page, "#figures")) == []


def test_every_figure_is_listed_and_counted(page: Any, data: Data) -> None:
    view(page, "figures")
    kinds = ("money", "figure", "date")
    every = [prop for prop in data["props"].values() if prop["value"] and prop["value"]["kind"] in kinds]
    listed = page.locator("#figures table:not(.figures-days) .figure-value")
    assert listed.count() == len(every)
    assert page.inner_text("#figures .list-note span") == f"{len(every)} of {len(every)} figures"
    shown = listed.all_inner_texts()
    assert sorted(shown) == sorted(prop["literal"]["en"] for prop in every)


def test_figures_that_do_not_fit_stand_together(open_case: Callable[..., Any], root: Path) -> None:
    case = root / "tests/cases/rivals.yaml"
    page = open_case(case)
    view(page, "figures")
    for tag, words in (("en", "figures that do not agree:"), ("es", "cifras que no concuerdan:")):
        language(page, tag)
        notes = page.locator("#figures .rival-note")
        assert notes.count() >= 1
        for note in notes.all():
            count = int(note.inner_text().split()[0])
            assert note.inner_text() == f"{count} {words}"
            assert count >= 2
    found = page.evaluate(
        """() => [...document.querySelectorAll("#figures tbody")].map((body) =>
            [...body.rows].map((row) => [row.className, row.querySelector(".rival-note")?.textContent ?? ""]))"""
    )
    for rows in found:
        for at, (_, note) in enumerate(rows):
            if note:
                group = rows[at : at + int(note.split()[0])]
                assert [name for name, _ in group] == ["rival"] * len(group)
                assert not any(other for _, other in group[1:]), "one note a group"


# --- dates


def test_the_strip_has_a_slot_a_date_and_writes_gaps_out(page: Any, data: Data) -> None:
    assert page.inner_text(key("strip")).split("\n")[-1].endswith("6 dates, 1798 – 17 March 2025")
    assert page.locator(".slot").count() == 0
    page.locator(key("strip")).press("Enter")
    assert page.get_attribute(key("strip"), "aria-expanded") == "true"
    assert page.evaluate("document.activeElement.dataset.key") == "strip"
    assert page.locator(".slot-date").all_inner_texts() == [
        "1798", "2023", "February 2025", "14 March 2025", "15 March 2025", "17 March 2025",
    ]  # fmt: skip
    assert page.locator(".slot-gap").all_inner_texts() == ["224 years", "13 months", "13 days"]
    assert "relationships have no date." in page.inner_text(".strip-note")
    said = page.locator("[data-key^='slot:said:']")
    assert sum(int(count) for count in said.all_inner_texts()) == len(data["claims"])
    for mark in page.locator(".slot-mark").all():
        assert re.search(r": \d+ (statements?|relationships?) ", mark.get_attribute("aria-label"))
    language(page, "es")
    assert page.locator(".slot-gap").all_inner_texts() == ["224 años", "13 meses", "13 días"]
    assert "17 de marzo de 2025" in page.locator(".slot-date").all_inner_texts()


def test_a_chosen_date_narrows_the_lists_and_can_be_left(page: Any, data: Data) -> None:
    page.click(key("strip"))
    mark = page.locator(key("slot:happened:2025-03-15"))
    count = int(mark.inner_text())
    mark.press("Enter")
    assert mark.get_attribute("aria-pressed") == "true"
    assert page.inner_text(".strip-chosen") == "Only what is said to have happened, or to be due, then: 15 March 2025"
    for name in ("sentences", "table"):
        view(page, name)
        note = page.inner_text(f".{name}-view .list-note")
        assert "Only: 15 March 2025." in note
        shown = int(note.split()[0])
        assert count <= shown < len(data["claims"])
    view(page, "figures")
    assert "Only: 15 March 2025." in page.inner_text("#figures .list-note")
    page.locator(f"#figures {key('all-dates')}").click()
    assert "Only:" not in page.inner_text("#figures .list-note")
    page.go_back()
    page.locator("#figures .list-note", has_text="Only: 15 March 2025.").wait_for()
    mark.click()
    assert mark.get_attribute("aria-pressed") == "false", "choosing it again leaves it"


def test_the_dates_are_one_stop_for_tab_and_arrows_walk_them(page: Any) -> None:
    at = "document.activeElement.dataset.key"
    page.focus(key("strip"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.evaluate(at)
    assert first.startswith("slot:")
    assert page.get_by_role("toolbar", name=re.compile("^Dates")).locator("[tabindex='0']").count() == 1
    page.keyboard.press("End")
    assert page.evaluate(at) == "slot:happened:2025-03-15"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(at) == "slot:happened:2025-03-14"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(at) == "slot:said:2025-03-17"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert page.evaluate(at) == "slot:happened:1798"
    page.keyboard.press("Tab")
    assert not page.evaluate(at + " ?? ''").startswith("slot:"), "one Tab leaves them"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(at) == "slot:happened:1798", "and comes back to where one was"
    edge = page.locator(".slots").bounding_box()
    last = page.locator(".slot-date").last.bounding_box()
    assert last["x"] + last["width"] <= edge["x"] + edge["width"], "the last date is not cut off"


@pytest.mark.parametrize("row", ["happened:2025-03-15", "said:2025-03-17"])
def test_a_chosen_date_lists_its_statements_in_the_panel(page: Any, data: Data, row: str) -> None:
    page.click(key("strip"))
    mark = page.locator(key(f"slot:{row}"))
    mark.press("Enter")
    count = int(mark.inner_text())
    listed = page.locator("#docket .part", has_text="Statements" if row.startswith("said") else "Said to have happened")
    assert listed.first.locator(".row-link").count() == count
    title = page.inner_text("#docket h2")
    assert ("15 March 2025" if "15" in row else "17 March 2025") in title
    listed.first.locator(".row-link").first.click()
    assert page.inner_text("#docket h2") != title
    page.keyboard.press("Escape")
    assert page.inner_text("#docket h2") == title
    page.keyboard.press("Escape")
    assert page.inner_text("#docket h2") == "Start here"
    assert page.locator(".slot-mark[aria-pressed=true]").count() == 0


def test_a_date_becomes_a_clock(page: Any, open_case: Callable[..., Any], root: Path) -> None:
    page.click(key("strip"))
    page.click(key("slot:happened:2025-03-15"))
    page.click(key("clock-between"))
    note = page.inner_text("#filters .hidden-note")
    assert "Only what happened" in note
    left = re.search(r"\d+ relationships without a date are left out\.", note)[0]
    assert left in page.inner_text(".strip-note"), "told in one way, with one number"
    assert not re.search(r"\d+ \w+ (has|have) no date", page.inner_text("body"))
    assert page.locator(key("clock-between")).count() == 0
    page.click(key("undo"))
    assert page.locator("#filters .hidden-note").count() == 0
    other = open_case(root / "tests/cases/political-scandal.yaml")
    other.click(key("strip"))
    other.locator("[data-key^='slot:said:']").first.click()
    other.click(key("clock-known"))
    assert "Only what had been said by 3 September 2032." in other.inner_text("#filters .hidden-note")


# --- pictures


@pytest.mark.parametrize("tag", ["en", "es"])
def test_an_svg_carries_all_that_goes_with_it(page: Any, data: Data, tmp_path: Path, tag: str) -> None:
    language(page, tag)
    picture = save(page, "svg", tmp_path).decode("utf-8")
    assert (tmp_path / "us-el-salvador-prison-deal_2026-11-24_drawing.svg").is_file()
    words = words_of(picture)
    assert_carries(words, tag)
    assert_denier_named(words, data, tag)
    assert data["edition"]["title"][tag] in words
    assert not re.search(r"<script|<image|<foreignObject|\bon\w+=|href=|url\(", picture), "nothing that runs or loads"
    assert picture.startswith("<svg ")


def test_a_png_carries_the_filters_and_the_deniers(page: Any, data: Data, tmp_path: Path) -> None:
    _, hidden = without(page, speaker_named(data, "Cristosal"))
    page.click(key("save"))
    page.evaluate("window.__painted.length = 0")
    picture = save(page, "png", tmp_path)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert min(width, height) >= 1280, "twice as sharp as the screen"
    words = " ".join(text for text, _ in page.evaluate("__painted"))
    assert_carries(words, hidden=hidden, unticked="Cristosal")
    assert_denier_named(words, data)


def test_a_picture_keeps_the_denier_whom_a_filter_hides(page: Any, data: Data, tmp_path: Path) -> None:
    prop, denier = one_denier(data)
    _, hidden = without(page, denier)
    picture = save(page, "svg", tmp_path).decode("utf-8")
    words = words_of(picture)
    assert_carries(words, hidden=hidden, unticked=label(data, denier))
    assert_denier_named(words, data)
    assert data["props"][prop]["line"] == "disputed"


# --- tables and data


def rows_of(file: bytes) -> list[list[str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_csv_has_what_is_shown_and_says_what_is_not(page: Any, data: Data, tmp_path: Path) -> None:
    prop, denier = one_denier(data)
    _, hidden = without(page, denier)
    head, *rows = rows_of(save(page, "csv", tmp_path))
    statements = [row for row in rows if len(row) == len(head)]
    assert len(statements) == len(data["claims"]) - hidden
    at = {name: number for number, name in enumerate(head)}
    claim = data["claims"][data["props"][prop]["claims"][0]]
    row = next(row for row in statements if row[at["Statement no."]] == claim["sid"])
    assert label(data, denier) in row[at["Answer"]] and "hidden by your filter" in row[at["How it stands"]]
    for one in statements:
        assert_carries(one[at["Note"]], hidden=hidden, unticked=label(data, denier), legend=False)
        assert one[at["Answer"]]
    below = " ".join(row[0] for row in rows[len(statements) :] if row)
    assert_carries(below, hidden=hidden, unticked=label(data, denier))


FORMULAS = """\
format: 1
title: {en: "=1+1", es: "=1+1"}
actors:
  one: {name: "=HYPERLINK(0)", kind: person}
  two: {name: "+cmd", kind: person}
  three: {name: "-2+3", kind: person}
  four: {name: "@SUM(A1)", kind: person}
---
format: 1
document: {id: d, title: "-title", published: 2031-05-06, publisher: two}
passages:
  - {at: "=p1", by: one, summary: "\\t=A1", asserts: {s1: [one, met-with, two]}}
  - {at: "+p2", by: three, summary: "@x, \\"y\\"", asserts: {s2: [three, met-with, four]}, denies: {s3: s1}}
  - {at: "-p3", by: four, summary: "-z", asserts: {s4: [four, met-with, one]}}
"""


def test_no_cell_of_the_csv_is_a_formula(open_case: Callable[..., Any], tmp_path: Path) -> None:
    case = tmp_path / "formulas.yaml"
    case.write_text(FORMULAS, "utf-8")
    page = open_case(case)
    file = save(page, "csv", tmp_path)
    rows = rows_of(file)
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA)] == []
    for name in ("=HYPERLINK(0)", "-2+3", "@SUM(A1)"):
        assert f"'{name}" in cells, "the name is whole behind the mark"
    assert any(cell.startswith("'@x, ") and '"y"' in cell for cell in cells)


def test_trig_is_the_whole_dataset_and_is_read_back(page: Any, data: Data, edition: CaseGraph, tmp_path: Path) -> None:
    without(page, speaker_named(data, "Cristosal"))
    page.click(key("save"))
    digest = hashlib.sha256(edition.trig).hexdigest()
    page.locator(".save .hash", has_text=digest).wait_for()
    saved = save(page, "trig", tmp_path)
    comments, _, body = saved.partition(b"\n\n")
    assert body == edition.trig, "the dataset is as it was built, whatever the filters hide"
    heading = comments.decode("utf-8")
    assert all(line.startswith("# ") for line in heading.splitlines())
    assert f"SHA-256 {digest}" in heading
    assert_carries(heading)
    back = read_files([next(tmp_path.glob("*.trig"))])
    assert set(back) == set(edition.quads)
    done = CliRunner().invoke(main, ["diff", str(next(tmp_path.glob("*.trig"))), str(edition.sources[0])])
    assert done.exit_code == 0, done.output


def test_what_the_reader_left_out_of_the_drawing_stands_in_its_files(page: Any, tmp_path: Path) -> None:
    """A name hidden, only what stands round one, events folded: no file of it passes for the whole."""

    def assert_left(words: str) -> None:
        files = words_of(save(page, "svg", tmp_path).decode("utf-8")), save(page, "csv", tmp_path).decode("utf-8-sig")
        dataset = save(page, "trig", tmp_path).decode("utf-8")
        for file in files:
            assert words in " ".join(file.split())
            assert whole not in file
        assert whole in dataset and words not in dataset
        page.keyboard.press("Escape")
        page.locator("dialog.save").wait_for(state="detached")

    whole = "This is the whole dataset; no filter is applied to it."
    page.fill("#find", "Prison agreement")
    page.keyboard.press("Enter")
    page.click(key("hops:1"))
    assert_left("Only what is connected to the prison agreement is shown.")
    page.click(key("focus-end"))
    page.click(key("hide"))
    assert_left("1 name is hidden by the reader.")
    page.click(key("undo"))
    page.locator(key("fold")).check()
    assert_left("Events are shown as lines.")


def drag(page: Any, node: str, by: tuple[float, float] = (36, 28)) -> None:
    still(page)
    area, (x, y) = page.locator(".canvas").bounding_box(), drawn(page)[node]
    page.mouse.move(area["x"] + x, area["y"] + y)
    page.mouse.down()
    page.mouse.move(area["x"] + x + by[0], area["y"] + y + by[1], steps=4)
    page.mouse.up()
    until(page, "!document.querySelector('[data-key=undo]').disabled")


def test_positions_of_the_page_are_taken_in(open_case: Callable[..., Any], root: Path, tmp_path: Path) -> None:
    case = tmp_path / "scandal.yaml"
    case.write_text((root / "tests/cases/political-scandal.yaml").read_text("utf-8"), "utf-8")
    page = open_case(case)
    if page.locator("[data-key='shown:all']").count():
        page.locator("[data-key='shown:all']").click()
    node = speaker_named(data_of((tmp_path / "graph.html").read_text("utf-8")), "Owen Pryce")
    drag(page, node)
    saved = save(page, "positions", tmp_path)
    note = " ".join(json.loads(saved)["note"])
    assert RULE["en"] in note and LEGEND["en"] in note and NO_FILTER["en"] in note
    assert "Pryce" not in saved.decode("utf-8"), "ids are opaque"
    name = next(tmp_path.glob("*positions.json"))
    done = CliRunner().invoke(main, ["positions", str(case), "--from", str(name)])
    assert done.exit_code == 0, done.output
    kept = positions.read(positions.path_of(case))
    taken = positions.from_page(graph.load(case).case, saved.decode("utf-8"), "saved")
    for key_, at in {**taken.all}.items():
        assert kept.all[key_] == pytest.approx(at, abs=0.1)
    assert "owen-pryce" in {**taken.all, **taken.opening}


# --- prints


def put_on_paper(page: Any, kind: str) -> str:
    page.evaluate("window.print = () => {}")
    page.click(key("save"))
    page.click(key(f"save:{kind}"))
    page.locator(".save-status", has_text=re.compile(".")).wait_for()
    page.emulate_media(media="print")
    assert page.locator("#sheet").is_visible() and page.locator("#filters").is_hidden()
    assert page.locator("#drawing").is_hidden()
    return page.inner_text("#sheet")


def after_print(page: Any) -> None:
    """As the browser says when the paper is out."""
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.keyboard.press("Escape")
    page.locator("dialog.save").wait_for(state="detached")
    assert page.locator("#sheet").is_hidden()
    page.locator("#docket").wait_for()


def test_a_print_of_what_is_shown(page: Any, data: Data, edition: CaseGraph) -> None:
    _, hidden = without(page, speaker_named(data, "Cristosal"))
    text = put_on_paper(page, "print")
    assert_carries(text, hidden=hidden, unticked="Cristosal")
    # Of the opening only what stands behind its lines, and how much that is.
    behind = page.locator("#sheet .sheet-said").count()
    every = sum(claim["stance"] != "mentioned" for claim in data["claims"].values())
    assert 0 < behind < 100 and f"{behind} of {every - hidden} statements" in text
    after_print(page)
    view(page, "table")
    text = put_on_paper(page, "print")
    assert_carries(text, hidden=hidden, unticked="Cristosal")
    for prop in disputed(data):
        for claim in opposing(data, prop):
            assert label(data, data["claims"][claim]["speaker"]).casefold() in text.casefold()
    assert "× the White House denies it" in text
    assert page.locator("#sheet .sheet-said").count() == len(data["claims"]) - hidden
    assert page.locator("#sheet img").evaluate("(each) => each.naturalWidth") > 600
    assert page.locator("#sheet img").get_attribute("alt").startswith("Drawing of ")
    assert Bare(edition, "en").stated(texts(page, "#sheet")) == []
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and len(pdf) > 20_000
    assert len(re.findall(rb"/Type /Page\b", pdf)) <= 9, "an editor prints it: 250 statements took eighteen sheets"
    after_print(page)


@pytest.mark.parametrize("tag", ["en", "es"])
def test_a_print_for_the_lawyer_has_all_that_could_harm(page: Any, data: Data, edition: CaseGraph, tag: str) -> None:
    language(page, tag)
    click(page, f"speaker:{one_denier(data)[1]}")
    text = put_on_paper(page, "lawyer")
    harmful = [prop for prop, each in data["props"].items() if each["sensitive"] and each["claims"]]
    assert page.locator("#sheet .sheet-entry").count() == len(harmful)
    assert {"en": "All of them, whatever the filters hide.", "es": "Están todas, aunque los filtros oculten algunas."}[
        tag
    ] in text
    assert RULE[tag] in text and VERSION[tag] in text and LEGEND[tag] in text
    words = " ".join(text.split())
    for prop in harmful:
        for claim in data["props"][prop]["claims"]:
            assert " ".join(data["claims"][claim]["sentence"][tag].split()) in words
    assert text.count({"en": "Basis: ", "es": "Fundamento: "}[tag]) == len(harmful)
    assert text.count({"en": "Our request for a reply: ", "es": "Nuestra petición de respuesta: "}[tag]) == len(harmful)
    assert "--internal" not in text
    assert Bare(edition, tag).stated(texts(page, "#sheet")) == []
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    after_print(page)


def test_saving_by_keys_alone(page: Any) -> None:
    page.focus(key("save"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Save")
    dialog.wait_for()
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    for words in ("PNG", "SVG", "CSV", "TriG", "Positions", "Link to this", "Print for the lawyer"):
        assert dialog.get_by_role("button", name=words, exact=True).count() == 1
    assert RULE["en"] in dialog.inner_text() and VERSION["en"] in dialog.inner_text()
    with page.expect_download() as given:
        dialog.get_by_role("button", name="CSV", exact=True).press("Enter")
    assert given.value.suggested_filename == "us-el-salvador-prison-deal_2026-11-24_statements.csv"
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog')")
    until(page, "document.activeElement.dataset.key === 'save'")


# --- links


def link_of(page: Any) -> str:
    page.click(key("save"))
    page.click(key("save:link"))
    page.locator(".save-status", has_text=re.compile(".")).wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog.save").wait_for(state="detached")
    return page.evaluate("__copied.at(-1)")


def seen(page: Any) -> list[Any]:
    return [
        page.evaluate("document.documentElement.lang"),
        page.locator(
            "[data-key^='view:'][aria-pressed=true], [data-key^='view:'][aria-selected=true]"
        ).all_inner_texts(),
        page.inner_text("#docket h2"),
        page.locator("#filters .hidden-note").all_inner_texts(),
        page.locator("#sentences .list-note").all_inner_texts(),
        page.locator(".strip-chosen").all_inner_texts(),
    ]


def test_a_link_shows_the_same_in_another_browser(
    page: Any, data: Data, file: Path, open_file: Callable[..., Any]
) -> None:
    click(page, f"speaker:{speaker_named(data, 'Cristosal')}")
    page.click(key("strip"))
    page.click(key("slot:happened:2025-03-15"))
    view(page, "sentences")
    page.locator("#sentences .said").nth(1).click()
    language(page, "es")
    link = link_of(page)
    assert link.startswith(f"{file.as_uri()}#v1.")
    assert not re.search("Cristosal|Bukele|speaker", link)
    other = open_file(file)
    other.goto(link)
    until(other, "document.documentElement.classList.contains('ready') && document.documentElement.lang === 'es'")
    assert seen(other) == seen(page)


def test_the_back_button_goes_back_view_by_view(page: Any, data: Data) -> None:
    first = page.url
    view(page, "sentences")
    page.locator("#sentences .said").nth(20).click()
    chosen = page.inner_text("#docket h2")
    view(page, "figures")
    page.go_back()
    until(page, "document.body.dataset.view === 'sentences'")
    assert page.inner_text("#docket h2") == chosen
    page.go_back()
    page.locator("#docket h2", has_text="Start here").wait_for()
    assert page.locator("#sentences").is_visible()
    page.go_back()
    page.locator("#sentences").wait_for(state="hidden")
    assert page.url == first
    page.go_forward()
    page.locator("#sentences").wait_for()


@pytest.mark.parametrize(
    "fragment",
    [
        "v1.zzz",
        "nothing",
        "v1.eyJsYW5nIjoiZW4iLCJ2aWV3IjoiPGI-IiwiX19wcm90b19fIjp7fX0",
        "v1.eyJzZWxlY3RlZCI6eyJ0eXBlIjoibm9kZSIsImlkIjoiZ29uZSJ9fQ",
    ],
)
def test_a_broken_link_opens_the_page_and_says_so(page: Any, file: Path, fragment: str) -> None:
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{fragment}")
    until(page, "document.documentElement.classList.contains('ready')")
    assert page.inner_text(".quiet-line") == "Part of the link does not match this version and was ignored."
    assert page.inner_text("#docket h2") == "Start here"
    assert len(drawn(page)) > 10
    assert_harmless(page)


# --- the hint, what is new


def test_the_hint_is_dismissed_for_good(page: Any) -> None:
    hint = page.locator(".hint")
    assert "Click one to see who says so and who denies it." in hint.inner_text()
    hint.get_by_role("button", name="How to read this").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    language(page, "es")
    assert "Pulse una para ver quién lo dice y quién lo niega." in hint.inner_text()
    page.get_by_role("button", name="Cerrar este consejo").press("Enter")
    assert hint.is_hidden()
    assert page.evaluate("document.activeElement.id") == "drawing", "the focus is not lost"
    view(page, "sentences")
    view(page, "drawing")
    language(page, "en")
    assert hint.is_hidden()


def test_what_is_new_changed_or_gone_is_marked(root: Path, tmp_path: Path, open_file: Callable[..., Any]) -> None:
    text = (root / "tests/cases/political-scandal.yaml").read_text("utf-8")
    before, now = tmp_path / "before" / "scandal.yaml", tmp_path / "now" / "scandal.yaml"
    came = "    presumes:\n      r3: {fact: [mara-dunne, resigned-from, minister-post, possible], by: coast-radio}\n"
    for place in (before, now):
        place.parent.mkdir()
    old = text.replace(came, "").replace(
        "r2: [mara-dunne", "r9: [owen-pryce, met-with, mara-dunne]\n      r2: [mara-dunne"
    )
    assert came in text and old.count("r9:") == 1
    before.write_text(old.replace("chart/c8, required", "chart/c8, planned"), "utf-8")
    now.write_text(text, "utf-8")
    run = CliRunner()
    for case, more in ((before, []), (now, ["--since", str(before.with_suffix(".html"))])):
        done = run.invoke(main, ["draw", str(case), "--out", str(case.with_suffix(".html")), *more])
        assert done.exit_code == 0, done.output
    page = open_file(now.with_suffix(".html"))
    view(page, "sentences")
    new = page.locator("#sentences li", has=page.locator(".since-mark", has_text=re.compile("^new$")))
    assert new.count() == 1 and "resign" in new.text_content()
    assert page.locator("#sentences .since-mark", has_text="hanged").count() >= 1
    part = page.inner_text("#sentences .since")
    assert part.startswith("Since the version of ") and "1 new statement" in part and "1 removed" in part
    assert "Owen Pryce" in page.inner_text("#sentences .gone-list")
    language(page, "es")
    assert "1 declaración nueva" in page.inner_text("#sentences .since")
    assert page.locator("#sentences .since-mark", has_text="nuevo").count() == 1
    view(page, "table")
    assert page.locator("tbody .since-mark").count() >= 2


# --- the drawing under hand and key


def test_a_drag_is_undone_and_redone(page: Any, data: Data) -> None:
    at = drawn(page)
    node = speaker_named(data, "Prison agreement")
    drag(page, node)
    moved = drawn(page)[node]
    assert moved != pytest.approx(at[node], abs=10)
    page.keyboard.press("Control+z")
    assert drawn(page)[node] == pytest.approx(at[node], abs=2)
    page.keyboard.press("Control+y")
    assert drawn(page)[node] == pytest.approx(moved, abs=2)
    others = [other for other in at if other != node]
    assert all(drawn(page)[other] == pytest.approx(at[other], abs=2) for other in others), "the rest stays"


def test_keys_zoom_and_fit(open_file: Callable[..., Any], file: Path) -> None:
    page = open_file(file, reduced_motion="reduce")
    scale = "__network.getScale()"
    page.focus("#drawing")
    page.keyboard.press("0")
    whole = page.evaluate(scale)
    page.keyboard.press("+")
    near = page.evaluate(scale)
    assert near > whole, "at once, where motion is not wanted"
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate(scale) < near
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(whole, rel=0.01)


@pytest.mark.parametrize("size", [ZOOMED, PHONE], ids=["zoomed", "phone"])
def test_every_view_fits_a_small_screen(open_file: Callable[..., Any], file: Path, size: dict[str, int]) -> None:
    touch = {"has_touch": True, "is_mobile": True} if size is PHONE else {}
    page = open_file(file, viewport=size, device_scale_factor=2, **touch)
    for name in ("drawing", "sentences", "figures", "table"):
        view(page, name)
        assert_fits(page)
    view(page, "drawing")
    page.locator(key("strip")).click()
    page.locator(".slot-mark").first.click()
    rest(page)
    assert_fits(page)
    page.click(key("save"))
    box = page.locator("dialog.save").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"] and box["height"] <= size["height"]
    page.locator(key("save:link")).click()
    page.locator(".save-status", has_text="Link copied.").wait_for()


def test_calm_where_motion_is_not_wanted(open_file: Callable[..., Any], file: Path, data: Data) -> None:
    page = open_file(file, reduced_motion="reduce")
    show_prop(page, data, disputed(data)[0])
    page.click(key("strip"))
    page.click(key("save"))
    assert page.evaluate("document.getAnimations().length") == 0
    page.keyboard.press("Escape")


# --- axe


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def test_axe_finds_nothing_in_the_new_views(
    open_case: Callable[..., Any], root: Path, size: dict[str, int], theme: str
) -> None:
    # A small case with every kind of row; their number adds nothing.
    page = open_case(root / "tests/cases/rivals.yaml", viewport=size, color_scheme=theme)
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8") + "; undefined")
    found: dict[str, list[str]] = {}

    def look(what: str) -> None:
        rest(page)
        run = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"
        for each in page.evaluate(run):
            found.setdefault(what, []).extend(f"{each['id']}: {node['target']}" for node in each["nodes"])

    for name in ("sentences", "figures", "table"):
        view(page, name)
        look(name)
    page.click(key("save"))
    look("save")
    page.keyboard.press("Escape")
    view(page, "drawing")
    if page.locator(key("strip")).is_visible():
        page.click(key("strip"))
        page.locator(".slot-mark").first.click()
        look("strip")
    assert found == {}
