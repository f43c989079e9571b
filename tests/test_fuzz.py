"""Whatever is read from outside gives a value or an error that a user can mend, never anything else.

A short run, the same each time. For a long one: `python -m pytest tests/test_fuzz.py --hypothesis-profile=long`.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.base import lexer, spelling, syntax
from graph.base.errors import StoreError
from graph.case import values
from graph.redaction.names import Names
from graph.serve.connection import refusal
from graph.serve.negotiate import GRAPHS, TABLES, best, named
from graph.store.files import FORMATS, read
from graph.store.http import address, without_secret
from graph.vocabulary.reader import standard
from graph.yaml.reader import parse

settings.register_profile("long", max_examples=200_000, deadline=None)
SHORT = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
#: Text in which the signs of a notation come often.
SPARQL = st.lists(st.sampled_from([*"{}()[]<>'\"#\\?$@:;.,=&|!^", "SERVICE", "'''", '"""', "\n", "a:b", "LOAD "])).map(
    "".join
)
YAML = st.lists(st.sampled_from([*"{}[]:,-#&*!|>'\"%@`\n \t", "a", "format: 1\n", "\\x01", "---\n", "? "])).map("".join)
FIGURE = st.lists(
    st.sampled_from(["about", "1", "9" * 30, "million", "%", "..", "USD", "people", "per", "day", "-", "e9", "of"])
)


@SHORT
@given(st.one_of(ANY, SPARQL))
@example("'" * 3)
@example("\\" * 7 + "'")
def test_any_text_of_a_query_is_read(text: str) -> None:
    said = lexer.said(text)
    assert len(lexer.bare(text)) == len(text)
    lexer.services(text)
    lexer.loads(text)
    list(lexer.steps(text))
    lexer.prefixes(text)
    assert lexer.clearing(text).replace(" SILENT", "") == text.replace(" SILENT", "")
    if said.unclosed >= 0:
        line, column, _ = syntax.unclosed(text, said.unclosed)
        assert line >= 1
        assert column >= 1


@SHORT
@given(st.one_of(ANY, YAML))
def test_any_text_of_a_case_is_read(text: str) -> None:
    _, findings = parse(text, "x.yaml")
    assert all("\n" not in str(finding) for finding in findings)


@SHORT
@given(st.one_of(ANY, FIGURE.map(" ".join)))
def test_any_figure_and_any_date_is_read(text: str) -> None:
    with suppress(ValueError):
        values.parse_quantity(text, None, standard().units, lambda _: None)
    with suppress(ValueError):
        values.parse_date(text)


@SHORT
@given(ANY, st.sampled_from(["", "http://", "https://", "http://[", "http://u:p@", "http://h:"]))
def test_any_address_is_one_or_none(text: str, start: str) -> None:
    with suppress(StoreError):
        assert address(start + text).url.startswith(("http://", "https://"))
    assert "geheim" not in without_secret(f"http://user:geheim@{text.replace('@', '').replace('geheim', '')}")


@SHORT
@given(st.binary(max_size=200), st.sampled_from(sorted(FORMATS)))
def test_any_file_of_rdf_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path: Path = tmp_path_factory.getbasetemp() / f"x{suffix}"
    path.write_bytes(data)
    with suppress(StoreError):
        list(read([path]))


@SHORT
@given(st.binary(max_size=300), ANY)
def test_any_head_of_a_request_is_judged(head: bytes, text: str) -> None:
    assert refusal(head) is None or refusal(head)[0] in (414, 431)  # type: ignore[index]
    for offered in (TABLES, GRAPHS):
        assert best(text, offered) in (None, *offered)
    named(text)


@SHORT
@given(ANY)
@example("ß")
@example("İstanbul")
@example("ﬁ")
@example("王")
def test_any_name_is_found_where_it_stands(name: str) -> None:
    low, places = spelling.folded(name)
    assert len(places) == len(low) + 1
    assert places == sorted(places)
    names = Names([name])
    text = unicodedata.normalize("NFC", f"so says {name}, who knows")
    if names and not name.isupper() and len(name) > 1:
        for start, end in names.spans(text):
            assert 0 <= start < end <= len(text)
        assert names.stand_in(name), name
