"""Two editions compared, whatever they were made into, and the marks in a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from page_cases.pages import unplaced
from sampled import sampled

import graph
from graph.base.errors import StoreError
from graph.cli import main
from graph.diff.compare import compare
from graph.diff.snapshot import Snapshot, of_network, of_store
from graph.diff.text import record
from graph.diff.text import text as in_words
from graph.draw import html as draw
from graph.draw.payload import About, payload
from graph.draw.positions import Places
from graph.draw.since import mark, of_page
from graph.network import projection as network
from graph.store import read_files

pytestmark = pytest.mark.usefixtures("hasty")

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
OLD = """
format: 1
title: {en: Editions, es: Ediciones}
version: 2031-06-01
actors:
  post: {name: Valley Post, kind: media}
  ana: {name: Ana Ferrer, kind: person}
  luis: {name: Luis Ortega, kind: person}
  corvena: {name: Corvena, kind: company}
  selmo: {name: Selmo, kind: company}
---
format: 1
document: {id: d1, title: One, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    by: ana
    summary: Ana speaks.
    asserts:
      s01: [corvena, owns, selmo]
      s02: [luis, works-for, selmo]
      s03: [luis, advises, corvena]
"""
NEW = (
    OLD.replace("2031-06-01", "2031-07-01")
    .replace(
        "    asserts:\n      s01: [corvena, owns, selmo]\n",
        "    alleges:\n      s01: [corvena, owns, selmo]\n    asserts:\n",
    )
    .replace("      s03: [luis, advises, corvena]\n", "      s04: [luis, heads, gala]\n")
    .replace(
        "s02: [luis, works-for, selmo]", "s02: {fact: [luis, works-for, selmo], withdrawn: {by: Ana, on: 2031-06-20}}"
    )
    .replace("name: Selmo", "name: Selmo Ltd")
    .replace("  corvena:", "  gala: {name: Gala, kind: company}\n  corvena:")
    + "  - at: p2\n    by: corvena\n    summary: Corvena denies it.\n    denies: {s05: s01}\n"
)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    paths = (tmp_path / "old" / "editions.yaml", tmp_path / "new" / "editions.yaml")
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.parent.mkdir()
        path.write_text(text)
    return paths


def snapshot(path: Path) -> Snapshot:
    return of_store(graph.load(path).store)


def test_what_came_went_and_changed(two: tuple[Path, Path]) -> None:
    found = compare(*map(snapshot, two))
    assert [said.sid for said in found.came] == ["s04", "s05"]
    assert [said.sid for said in found.went] == ["s03"]
    assert {change.after.sid: set(change.what) for change in found.changed} == {
        "s01": {"stance"}, "s02": {"retraction"},
    }  # fmt: skip
    assert [(change.before.line, change.after.line) for change in found.standing] == [
        ("said", "disputed"), ("said", "mentioned"),
    ]  # fmt: skip
    assert [name["en"] for name in found.actors_came] == ["Gala"]
    assert found.actors_went == ()
    assert [(before["en"], after["en"]) for before, after in found.renamed] == [("Selmo", "Selmo Ltd")]
    assert (found.old, found.new) == ("2031-06-01", "2031-07-01")


@pytest.mark.parametrize("path", sampled(sorted(CASES.glob("*.yaml"))))
def test_a_case_is_the_same_as_the_files_made_of_it(path: Path, tmp_path: Path) -> None:
    e = graph.load(path)
    net = network.project(e.store)
    case = of_network(net, e.case.version)
    (tmp_path / "x.trig").write_bytes(e.trig)
    assert not compare(case, of_store(read_files([tmp_path / "x.trig"])))
    about = About(e.case.title, e.case.version, places=Places(*[dict.fromkeys(net, (0.0, 0.0))] * 3))
    page = of_page(draw.draw(net, payload(net, about)), "page")
    assert not compare(case, page)
    assert page.version == e.case.version


def test_two_builds_of_a_case_with_somebody_withheld_do_not_differ() -> None:
    for name in ("confidential-speaker", "confidential-document"):
        one, other = (snapshot(CASES / f"{name}.yaml") for _ in range(2))
        assert one != other
        assert in_words(compare(one, other)) == "No changes."


def test_the_text(two: tuple[Path, Path]) -> None:
    found = compare(*map(snapshot, two))
    text = in_words(found)
    assert text.startswith(
        "Changes from the version of 2031-06-01 to that of 2031-07-01:\n\nNew statements: 2\n  + Ana Ferrer says"
    )
    assert "- Ana Ferrer says that Luis Ortega advises Corvena. (Valley Post, 2 May 2031, s03)" in text
    assert "changed: position" in text
    assert "was: Ana Ferrer says that Corvena owns Selmo" in text
    assert "Declaraciones modificadas: 2" in in_words(found, "es")
    assert json.loads(json.dumps(record(found)))["changed"][0]["what"]


def test_marks_in_a_page(two: tuple[Path, Path]) -> None:
    e = graph.load(two[1])
    data = unplaced(e.projection)
    marked = mark(data, snapshot(two[0]))
    since = {claim["sid"]: claim.get("since") for claim in marked["claims"].values()}
    assert since == {"s01": "changed", "s02": "changed", "s04": "new", "s05": "new"}
    assert next(c for c in marked["claims"].values() if c["sid"] == "s01")["sinceWhat"] == ["stance"]
    assert [gone["sid"] for gone in marked["since"]["gone"]] == ["s03"]
    assert marked["since"]["version"] == "2031-06-01"
    assert marked["since"]["counts"] == {"new": 2, "changed": 2, "gone": 1, "standing": 2, "untold": 0}
    assert sorted(p["since"] for p in marked["props"].values() if "since" in p) == ["said", "said"]
    assert "since" not in data
    assert not any("since" in claim for claim in data["claims"].values())


def test_what_is_gone_is_not_told_when_it_names_somebody_withheld(two: tuple[Path, Path]) -> None:
    """An older page that still had the names, a newer one in which they are withheld."""
    e = graph.load(two[1], withhold=["luis"])
    assert e.redaction is not None
    data = unplaced(e.projection)
    marked = mark(data, snapshot(two[0]), e.redaction.conceals)
    text = json.dumps(marked, ensure_ascii=False)
    assert "Luis" not in text
    assert "Ortega" not in text
    assert marked["since"]["counts"]["untold"] > 0
    assert e.redaction.found_in([text]) == []


def test_what_is_no_page_is_refused() -> None:
    for text in ("", "<html>", '<script id="data">{}</script>', '<script id="data">{"claims":[]}</script>'):
        with pytest.raises(StoreError, match="is not a page made by actorgraph"):
            of_page(text, "x.html")


def test_the_command(two: tuple[Path, Path], tmp_path: Path) -> None:
    run = CliRunner()
    old, new = map(str, two)
    assert run.invoke(main, ["diff", old, old]).output == "No changes.\n"
    done = run.invoke(main, ["diff", old, new])
    assert done.exit_code == 1
    assert "Removed statements: 1" in done.output
    assert json.loads(run.invoke(main, ["diff", old, new, "--json"]).output)["differs"] is True
    for wrong in (
        ["diff", old],
        ["diff", old, str(tmp_path / "none.yaml")],
        ["diff", old, str(tmp_path / "none.html")],
    ):
        assert run.invoke(main, wrong).exit_code == 2, wrong
    out = tmp_path / "out"
    assert run.invoke(main, ["build", old, "--out", str(out)]).exit_code == 0
    assert run.invoke(main, ["diff", str(out / "graph.html"), str(out / "dataset.trig")]).exit_code == 0
    assert run.invoke(main, ["diff", str(out / "graph.html"), new]).exit_code == 1
    page = tmp_path / "since.html"
    assert run.invoke(main, ["draw", new, "--since", str(out / "graph.html"), "--out", str(page)]).exit_code == 0
    assert '"since":"new"' in page.read_text("utf-8")
