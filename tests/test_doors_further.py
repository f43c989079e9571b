"""Several files at once, what a page says of them, and what is too large or holds what no format can."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from page_cases.pages import data_of
from processes import run, written_after

import graph
from graph.cli.stores import _as_store
from graph.foreign import about, part, reading
from graph.store.folder import Editions

E = "http://example.org/"
PREFIXES = """
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
"""  # noqa: E501
written = partial(written_after, PREFIXES)


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two files of one name, each with somebody who has no address."""
    return [
        written(tmp_path, f"{place}/staff.ttl", f'[] a foaf:Person ; foaf:name "{name}" ; ex:{verb} ex:{what} .')
        for place, name, verb, what in (("north", "Ida", "leads", "port"), ("south", "Olaf", "stole", "boat"))
    ]


# --- nobody becomes somebody else


def test_a_query_of_two_files_keeps_their_people_apart(two: list[Path]) -> None:
    told = run("query", *two, "SELECT ?s ?n { ?s <http://xmlns.com/foaf/0.1/name> ?n }", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert ({row["n"] for row in rows}, len({row["s"] for row in rows})) == ({"Ida", "Olaf"}, 2)


def test_a_path_over_two_files_joins_nobody(two: list[Path]) -> None:
    assert "leads" in run("path", "Ida", "port", *two).stdout
    told = run("path", "Ida", "boat", *two)
    assert "stole" not in told.stdout and told.stdout


def test_two_files_are_served_apart(two: list[Path]) -> None:
    with (
        _as_store(list(map(str, two)), internal=False, strict=False) as (place, _),
        Editions(place).reading() as served,
    ):
        graphs = {str(quad.graph_name) for quad in served.store}
        people = {str(quad.subject) for quad in served.store if quad.predicate.value.endswith("/name")}
    assert (len(graphs), len(people)) == (2, 2)


def test_a_drawn_page_of_two_files_has_two_documents(two: list[Path], tmp_path: Path) -> None:
    assert run("draw", *two, "--out", tmp_path / "page.html").exit_code == 0
    data = data_of((tmp_path / "page.html").read_text("utf-8"))
    assert {document["label"]["en"] for document in data["documents"]} == {"north/staff.ttl", "south/staff.ttl"}
    assert data["edition"]["title"]["en"] == "north/staff.ttl, south/staff.ttl"


@pytest.mark.parametrize(
    ("text", "title", "editor"),
    [
        ('ex:a a void:Dataset ; dct:title "Ours" ; dct:creator "Me" .', "Ours", "Me"),
        ('ex:a a void:Dataset ; dct:title "One" . ex:b a void:Dataset ; dct:title "Two" ; dct:creator "B" .', "", ""),
        ('ex:c a dcat:Catalog ; dcat:dataset ex:a . ex:a a dcat:Dataset ; dct:title "One" ; dct:creator "A" .', "", ""),
        ('ex:a a void:Dataset ; dct:title "Whole" ; void:subset ex:b . ex:b a void:Dataset ; dct:creator "B" .',
         "Whole", ""),
    ],
)  # fmt: skip
def test_descriptions_of_datasets_are_not_mixed(tmp_path: Path, text: str, title: str, editor: str) -> None:
    file = written(tmp_path, "data.ttl", f"{text} ex:ida ex:owns ex:boat .")
    told = about.described(reading.read([file]))
    assert (told["title"]["en"], told["editor"]) == (title or "data.ttl", editor)


# --- what the page says of data that nobody wrote for us


@pytest.mark.parametrize(
    ("name", "text", "en", "es"),
    [
        ("a.ttl", "ex:a ex:p ex:b .", "1 statement, as it stands in a.ttl.", "1 declaración"),
        ("a.trig", "ex:g { ex:a ex:p ex:b } ex:h { ex:b ex:p ex:c , ex:d }",
         "3 statements, as they stand in 2 files or graphs.", "3 declaraciones"),
        ("b.trig", "ex:g { ex:a ex:p ex:b } ex:g dct:source ex:gazette .",
         "A source is named for 1.", "Se nombra una fuente"),
    ],
)  # fmt: skip
def test_the_page_speaks_of_files_and_graphs(tmp_path: Path, name: str, text: str, en: str, es: str) -> None:
    file = written(tmp_path, name, text)
    assert run("draw", file, "--out", tmp_path / "page.html").exit_code == 0
    opening = data_of((tmp_path / "page.html").read_text("utf-8"))["opening"]
    assert en in opening["en"] and es in opening["es"]
    assert "a fact" in opening["en"] and "answer" not in opening["en"]


# --- what no format can hold, and what is too large


@pytest.mark.parametrize("sign", ["\\u000B", "\\u0001", "\\u001F"])
def test_a_control_character_breaks_no_page(tmp_path: Path, sign: str) -> None:
    file = written(tmp_path, "data.ttl", f'ex:a foaf:name "Nor{sign}vik" ; foaf:knows ex:b .')
    assert run("draw", file, "--out", tmp_path / "page.html").exit_code == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
    assert any(node["label"]["en"].startswith("Nor") for node in data_of(page)["nodes"])
    assert run("draw", file, "--svg", "--out", tmp_path / "page.svg").exit_code == 0
    assert ElementTree.parse(tmp_path / "page.svg").getroot().tag.endswith("svg")


def test_more_than_a_page_draws_is_told_with_the_names_of_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "MOST_NODES", 30)
    monkeypatch.setattr(part, "SHOWN_NODES", 10)
    files = []
    for number in range(2):
        rows = "".join(f"<{E}n{number}-{i}> <{E}p> <{E}n{number}-{i % 4}> .\n" for i in range(20))
        files.append(tmp_path / f"{number}.nt")
        files[-1].write_text(rows, "utf-8")
    told = graph.load(*files).shortened
    assert re.fullmatch(r"0\.nt, 1\.nt: only \d+ of 40 triples are shown, .* use actorgraph serve\.", told)
