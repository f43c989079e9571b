"""Files that somebody else would try: cut, star-shaped, wrongly named, wrongly encoded, and what is read of each."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from pathlib import Path

import pytest
from page_cases.pages import data_of
from processes import run
from rdf_files import KNOWS, XML, E, triples, written

from graph.base.errors import StoreError
from graph.store import Faults

# --- one wrong line among a thousand

LINES = [f"<{E}n{i}> <{E}knows> <{E}n{i % 7}> ." for i in range(1000)]


@pytest.mark.parametrize("ending", ["nt", "nq", "nt.gz"])
@pytest.mark.parametrize(
    "bad",
    [
        f'<{E}x> <{E}name> "no end .',
        f'<{E}x> <{E}name> "no end \\" either .',
        f'<{E}x> <{E}name> "bad \\q escape" .',
        f'<{E}x> <{E}name> "café" .'.encode("latin-1"),
        f'<{E}x> <{E}name> "lone \\uD800" .',
        "not a statement",
    ],
)
def test_one_wrong_line_costs_one_statement(tmp_path: Path, ending: str, bad: str | bytes) -> None:
    rows: list[bytes] = [line.encode() for line in LINES]
    rows[499] = bad.encode() if isinstance(bad, str) else bad
    data = b"\n".join(rows)
    file = written(tmp_path, f"data.{ending}", gzip.compress(data) if ending.endswith(".gz") else data)
    assert len(triples(file, faults := Faults())) == 999
    assert (faults.left_out, faults.cut) == (1, False) and faults.first.startswith(f"{file}:500:")


def test_each_of_several_texts_without_an_end_is_counted(tmp_path: Path) -> None:
    rows = list(LINES)
    for at in (0, 1, 500, 999):
        rows[at] = f'<{E}x> <{E}name> "no end .'
    file = written(tmp_path, "data.nt", "\n".join(rows))
    assert len(triples(file, faults := Faults())) == 996
    assert faults.left_out == 4 and faults.first.startswith(f"{file}:1:")


def test_a_quote_in_a_remark_and_a_text_of_several_lines_are_no_mistakes(tmp_path: Path) -> None:
    text = f'# a 5" pipe\n{KNOWS} # another "\n<{E}a> <{E}name> "one\ntwo" .\n{KNOWS}\n'
    found = triples(written(tmp_path, "data.nt", text), faults := Faults())
    assert found == [KNOWS[:-2], f'<{E}a> <{E}name> "one\\ntwo"', KNOWS[:-2]] and not faults


@pytest.mark.parametrize("size", [1 << 10, 1 << 20])
def test_lines_longer_and_shorter_than_what_is_read_at_once(tmp_path: Path, size: int) -> None:
    rows = [f'<{E}n{i}> <{E}name> "{"x" * size}" .' for i in range(5)]
    rows[2] = rows[2].replace('" .', " .")
    found = triples(written(tmp_path, "data.nt", "\n".join(rows)), faults := Faults())
    assert (len(found), faults.left_out) == (4, 1)


@pytest.mark.parametrize("quote", ['"', '"""'])
def test_where_the_end_of_a_statement_is_not_found_all_that_follows_is_told_missing(tmp_path: Path, quote: str) -> None:
    rows = [*LINES[:10], f"<{E}x> <{E}name> {quote}no end .", *LINES[10:20]]
    file = written(tmp_path, "data.ttl", "\n".join(rows))
    told = run("draw", file, "--out", tmp_path / "page.html")
    assert told.exit_code == 0 and ":11:" in told.stderr
    assert "1 statement, and what follows one of them, left out" in told.stderr
    opening = data_of((tmp_path / "page.html").read_text("utf-8"))["opening"]
    assert "All that follows one of them is missing, too." in opening["en"] and "También falta" in opening["es"]


# --- RDF-star of 2021


@pytest.mark.parametrize(
    ("name", "before", "graph"),
    [("late.nt", 300, ""), ("a.nq", 0, ""), ("b.nq", 0, f" <{E}g>"), ("c.nquads", 200, f" <{E}g>")],
)
def test_quoted_triples_of_2021_are_read_line_by_line(tmp_path: Path, name: str, before: int, graph: str) -> None:
    star = [
        f"<< <{E}a> <{E}b> <{E}c> >> <{E}source> <{E}gazette>{graph} .",
        f'<{E}eve> <{E}says> <<<{E}a> <{E}name> "<< x"@en>>{graph} .',
        f"<< << <{E}a> <{E}b> <{E}d> >> <{E}saidBy> <{E}ann> >> <{E}saidBy> <{E}bob>{graph} .",
    ]
    file = written(tmp_path, name, "\n".join([KNOWS] * before + star))
    found = triples(file, faults := Faults())
    assert not faults and found[:before] == [KNOWS[:-2]] * before
    rows = [re.sub(r"_:\w+", "_:x", row.removesuffix(graph)) for row in found[before:]]
    reifies = "_:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> "
    assert sorted(rows) == sorted([
        f"_:x <{E}source> <{E}gazette>", f"<{E}eve> <{E}says> _:x", f"_:x <{E}saidBy> <{E}bob>",
        f"{reifies}<<( <{E}a> <{E}b> <{E}c> )>>", f'{reifies}<<( <{E}a> <{E}name> "<< x"@en )>>',
        f"{reifies}<<( <{E}a> <{E}b> <{E}d> )>>", f"{reifies}<<( _:x <{E}saidBy> <{E}ann> )>>",
    ])  # fmt: skip
    assert all(row.endswith(graph) for row in found[before:])


@pytest.mark.parametrize("text", [f"<< <{E}a> <{E}b> >> <{E}p> <{E}c> .", f"<< <{E}a> <{E}b> <{E}c> <{E}p> <{E}d> ."])
def test_a_quoted_triple_that_is_none_costs_its_line(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, "a.nq", f"{KNOWS}\n{text}\n{KNOWS}\n")
    assert triples(file, faults := Faults()) == [KNOWS[:-2]] * 2
    assert faults.left_out == 1 and faults.first.startswith(f"{file}:2:")


def test_the_version_that_a_file_names_is_no_statement(tmp_path: Path) -> None:
    file = written(tmp_path, "a.nt", f'# made today\nVERSION "1.2"\n{KNOWS}\n')
    assert triples(file, faults := Faults()) == [KNOWS[:-2]] and not faults
    assert triples(file) == [KNOWS[:-2]]


# --- what a file is, whatever its name and its first line say


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", f'<{E}a> <{E}name> "José" .'.encode("utf-16-le")),
        ("b.nt", f'<{E}a> <{E}name> "José" .'.encode("utf-16-be")),
        ("c.rdf", f'<?xml version="1.0" encoding="UTF-16"?>{XML}'),
        ("d.rdf", f'<?xml version="1.0" encoding="UTF-16LE"?>{XML}'.encode("utf-16-le")),
        ("e.ttl", f'{{"@id": "{E}a", "{E}name": "José"}}'),
        ("f.trig", f'[{{"@id": "{E}a", "{E}name": "José"}}]'),
        ("g.jsonld", f'@prefix ex: <{E}> .\nex:a ex:name "José" .'),
        ("h.jsonld", XML),
    ],
)
def test_a_file_is_read_by_what_is_in_it(tmp_path: Path, name: str, content: str | bytes) -> None:
    file = written(tmp_path, name, content)
    assert triples(file, faults := Faults()) == [f'<{E}a> <{E}name> "José"'] and not faults
    assert triples(file) == [f'<{E}a> <{E}name> "José"']


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.ttl", bz2.compress(KNOWS.encode()), "is packed with bzip2. Give its name the ending .bz2."),
        ("b.ttl", lzma.compress(KNOWS.encode()), "is packed with xz. Give its name the ending .xz."),
        ("c.nt", b"\x28\xb5\x2f\xfd" + b"\0" * 9, "is packed with Zstandard. Unpack it first, with zstd."),
        ("d.ttl.bz2", gzip.compress(KNOWS.encode(), mtime=0), "is not packed with bzip2, as its name says. Rename it."),
        ("e.ttl.gz", KNOWS, "gzip file"),
        ("f.ttl", b"\x89PNG\r\n\x1a\n", "is a picture, not RDF."),
        ("g.ttl", "<head><title>Not found</title></head>", "is a web page, not RDF."),
        ("h.ttl", "404: Not Found", "says that a server did not find the file."),
        ("i.ttl", "name;owner\nAcme;Ana\n", "looks like a table, not RDF."),
        ("j.nt", '"name","owner"\n"Acme","Ana"\n', "looks like a table, not RDF."),
        ("k.ttl", '{"message": "Not Found"}', "contains no triples."),
    ],
)  # fmt: skip
def test_more_files_that_are_told_what_they_are(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    file = written(tmp_path, name, content)
    told = run("draw", file, "--out", tmp_path / "page.html")
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1), told.output
    assert name in told.stderr and what in told.stderr


# --- JSON-LD


def test_without_a_base_the_files_own_is_taken(tmp_path: Path) -> None:
    text = f'{{"@context": {{"@base": null, "ex": "{E}"}}, "@id": "a", "ex:knows": {{"@id": "b"}}}}'
    assert triples(written(tmp_path, "a.jsonld", text)) == [f"<file:///a> <{E}knows> <file:///b>"]
    text = text.replace('"@base": null', '"@base": "http://b.example/x/"')
    assert triples(written(tmp_path, "a.jsonld", text)) == [f"<http://b.example/x/a> <{E}knows> <http://b.example/x/b>"]


@pytest.mark.parametrize(
    ("context", "body"),
    [
        ('{"@import": "https://schema.org"}', '"name": "José"'),
        (f'{{"@import": "https://schema.org/", "ex": "{E}"}}', '"name": "José"'),
        (f'{{"inner": {{"@id": "{E}inner", "@context": "https://schema.org"}}}}', '"inner": {"name": "José"}'),
        (f'{{"Inner": {{"@id": "{E}Inner", "@context": ["https://schema.org"]}}}}', '"@type": "Inner", "name": "José"'),
    ],
)
def test_contexts_within_contexts_are_read(tmp_path: Path, context: str, body: str) -> None:
    found = triples(written(tmp_path, "a.jsonld", f'{{"@context": {context}, "@id": "{E}a", {body}}}'))
    assert any('<http://schema.org/name> "José"' in row for row in found)


def test_an_imported_context_that_is_not_shipped_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, "a.jsonld", '{"@context": {"@import": "https://nowhere.invalid/c"}, "name": "x"}')
    with pytest.raises(StoreError, match=r"names the context https://nowhere\.invalid/c, which is not shipped"):
        triples(file)
