"""Whatever is read from outside gives a value or an error that a user can mend, never anything else.

A short run, the same each time. For a long one: `python -m pytest tests/test_fuzz.py --hypothesis-profile=long`.
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from processes import PATIENCE
from serving import Served, serving

from graph.base import lexer, spelling, syntax
from graph.base.errors import ActorgraphError, StoreError
from graph.case import reader, values
from graph.foreign import conversion, reading
from graph.network.projection import project
from graph.redaction.names import Names
from graph.serve.connection import refusal
from graph.serve.negotiate import GRAPHS, TABLES, best, named
from graph.store import Faults
from graph.store.files import FORMATS, read
from graph.store.http import address, without_secret
from graph.vocabulary.reader import standard
from graph.yaml.reader import parse

pytestmark = pytest.mark.slow
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


#: Lines of heads as clients send them, and as nobody should.
LINES = st.lists(
    st.sampled_from(
        [
            "Host: localhost", "Host: evil.example", "Accept: */*", "Accept: text/turtle;q=x", "Content-Length: 5",
            "Content-Length: -1", "Content-Length: 5, 6", "Transfer-Encoding: chunked", "Expect: 100-continue",
            "Content-Type: application/sparql-query", "Content-Type: ;;;", "Connection: close", "Range: bytes=0-",
            "If-None-Match: *", "Accept-Encoding: gzip;q=0", "Upgrade: websocket", "\x01: \x02", "no colon", ": empty",
        ]
    ),
    max_size=6,
)  # fmt: skip
FIRST = st.tuples(
    st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "BREW", "get", "", "G\x00T"]),
    st.sampled_from(
        [
            "/sparql?query=ASK%20%7B%7D", "/sparql?query=%FF", "/sparql?query=", "/", "*", "http://[::1/sparql", "//x",
            "/id/%00", "/describe?iri=%3C%3E", "/data?graph=a&graph=b", "/queries/..%2f..%2fetc.rq", "/%2e%2e/", "",
        ]
    ),
    st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "HTTP/1.1 x"]),
).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("fuzz") / "one.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    with serving(str(file), "--workers", "1", "--patience", "1") as service:
        yield service


@settings(SHORT, max_examples=150)
@given(FIRST, LINES, st.sampled_from(["", "ASK {}", "5\r\nASK {\r\n0\r\n\r\n", "\x00" * 9]))
def test_any_request_is_answered_or_let_go(served: Served, first: str, lines: list[str], body: str) -> None:
    """Never with an error of the server's own, and never with what names this machine's folders."""
    place = (str(urlsplit(served.url).hostname), int(urlsplit(served.url).port or 0))
    with socket.create_connection(place, timeout=PATIENCE) as line:
        line.sendall("\r\n".join([first, *lines, "", body]).encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        said = b""
        with suppress(ConnectionResetError):
            while part := line.recv(1 << 16):
                said += part
    assert not said or (said.startswith(b"HTTP/1.") and said[9:10] in b"1234"), said[:200]
    assert b"Traceback" not in said and b"/site-packages/" not in said
    assert served.client.get(f"{served.url}healthz").text == "ok\n"


CASE_TEXT = (Path(__file__).parent / "cases" / "denied-alone.yaml").read_text("utf-8")
RDF_TEXT = (
    '@prefix e: <http://e.org/> .\ne:a a e:Person ; e:name "A"@en ; e:knows [ e:at "2020-01-01" ] , ( e:b ) .\n' * 3
)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text in which some of it was cut out, and something put in its place."""
    for anywhere, much, new in edits:
        at = anywhere % (len(text) + 1)
        text = text[:at] + new + text[at + much :]
    return text


def refusal_of(read: Callable[[], object]) -> str:
    """What is said when something is refused; nothing when it is not."""
    try:
        read()
    except ActorgraphError as error:
        return str(error)
    return ""


EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from(
    ["", " ", "\n", ":", "- ", "[", "{", "'", '"', "#", "<", ">", "null", "\t", "\u202e", "é", "&a", "*a", "0", "\\"]
)), max_size=4)  # fmt: skip


@SHORT
@given(EDITS)
def test_any_edit_of_a_case_is_read_or_told_with_its_place(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "edited.yaml"
    path.write_text(edited(CASE_TEXT, edits), "utf-8")
    said = refusal_of(lambda: reader.load(path))
    assert not said or "edited.yaml" in said


@SHORT
@given(EDITS)
def test_any_edit_of_an_rdf_file_is_drawn_or_told(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "edited.ttl"
    path.write_text(edited(RDF_TEXT, edits), "utf-8")
    said = refusal_of(lambda: project(conversion.lifted(reading.read([path], Faults()))))
    assert not said or ("edited.ttl" in said and "\n" not in said)
