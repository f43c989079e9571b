"""Strict YAML: everything is a string with a line, and nothing hostile gets further than a finding."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.yaml.reader import Row, Table, Text, Value, parse, read


def plain(value: Value) -> object:
    if isinstance(value, Text):
        return str(value)
    return [plain(v) for v in value] if isinstance(value, Row) else {str(k): plain(v) for k, v in value.items()}


def lines_of(text: str) -> list[str]:
    return [str(finding) for finding in parse(text, "case.yaml")[1]]


def test_every_scalar_is_a_string() -> None:
    tables, findings = parse("a: NO\nb: 22:30\nc: 2024-05-02\nd: 0x1F\ne: 1_000\nf: ~\ng:\nh: on\n", "case.yaml")
    assert findings == []
    assert plain(tables[0]) == {
        "a": "NO", "b": "22:30", "c": "2024-05-02", "d": "0x1F", "e": "1_000", "f": "~", "g": "", "h": "on",
    }  # fmt: skip


def test_values_know_where_they_stand() -> None:
    table = parse("a: [x,\n  'é😀 y']\nb:\n  - c: d\n", "case.yaml")[0][0]
    row = table[Text("a")]
    assert isinstance(row, Row)
    first, second = row
    assert isinstance(first, Text) and isinstance(second, Text)
    assert (row.line, row.column, row.end) == (1, 4, (2, 10))
    assert (first.line, first.column, first.end, first.plain) == (1, 5, (1, 6), True)
    assert (second.line, second.column, second.end, second.plain) == (2, 3, (2, 9), False)
    assert table.line_of("b") == 3
    assert table.line_of("missing") == 1


def test_several_documents_stand_in_one_file() -> None:
    tables, findings = parse("a: 1\n---\nb: 2\n---\n---\nc: 3\n", "case.yaml")
    assert [plain(table) for table in tables] == [{"a": "1"}, {"b": "2"}, {"c": "3"}]
    assert findings == []


def test_a_key_that_stands_twice_names_both_lines() -> None:
    assert " ".join(lines_of("a: 1\nb: 2\na: 3\n")) == (
        'case.yaml:3:1: the key "a" stands here a second time, first on line 1. '
        "Keep one of them, with what is below both."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\n", "case.yaml:1:4: uses the anchor &x. Write the value out."),
        ("a: *x\n", "case.yaml:1:4: uses the alias *x. Write the value out."),
        ("a: !!int 1\n", "case.yaml:1:4: uses the tag tag:yaml.org,2002:int. Write the value out."),
        ("a: !python/name:os.system x\n", "case.yaml:1:4: uses the tag !python/name:os.system. Write the value out."),
        ("? [a, b]\n: 1\n", "case.yaml:1:3: uses a list or a mapping as a key. Write a word before the colon."),
        ("- a\n", "case.yaml:1:1: is not a list of `key: value` lines. Begin with `format: 2`."),
        ("a: 1\nb: \x07\n", "case.yaml:2:4: holds a control character. Take it out."),
        (
            "a: 1\nb: [1, 2\nc: 3\n",
            (
                "case.yaml:3:2: is not YAML: while parsing a flow sequence from line 2 did not find expected "
                "',' or ']'. "
                "Correct the line, or quote the text on it."
            ),
        ),
        (
            '- a\n- "a pier" collapsed\n',
            (
                "case.yaml:2:12: is not YAML: while parsing a block collection from line 1 did not find expected "
                "'-' indicator. "
                "What begins with a quotation mark and goes on behind the next one needs single quotes round all of it."
            ),
        ),
        (
            "[" * 10_000,
            (
                "case.yaml:1:1001: is not YAML: while increasing flow level exceeded maximum nesting depth. "
                "Correct the line, or quote the text on it."
            ),
        ),
        (
            "- " * 10_000,
            (
                "case.yaml:1:1999: is not YAML: while increasing block level exceeded maximum nesting depth. "
                "Correct the line, or quote the text on it."
            ),
        ),
    ],
)
def test_what_is_refused(text: str, line: str) -> None:
    begun = time.process_time()
    assert lines_of(text)[0] == line
    assert time.process_time() - begun < 2


def test_billion_laughs_stay_quiet() -> None:
    text = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(50))
    assert len(lines_of(text)) == 1 + 50 * 4


def test_half_a_file_is_no_file() -> None:
    tables, findings = parse("a: 1\n---\nb: [\n", "case.yaml")
    assert tables == []
    assert len(findings) == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def first(name: str, content: bytes | None = None) -> str:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        tables, findings = read(path, name)
        assert tables == []
        assert len(findings) == 1
        return str(findings[0])

    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert first("empty.yaml", b"") == "empty.yaml: is empty. Begin with `format: 2`."
    assert first("blank.yaml", b" \n\n") == "blank.yaml: is empty. Begin with `format: 2`."
    assert first("latin.yaml", b"a: 1\nb: \xe9\n") == "latin.yaml:2: is not UTF-8 (byte 8). Save it as UTF-8."
    assert first("utf16.yaml", "a: 1".encode("utf-16")) == "utf16.yaml:1: is not UTF-8 (byte 0). Save it as UTF-8."
    assert first("nul.yaml", b"a: \x00") == "nul.yaml:1:4: holds a control character. Take it out."
    assert first("folder.yaml") == "folder.yaml: is a directory. Give a file path."
    assert first("pipe.yaml") == "pipe.yaml: is no plain file. Name a file."
    remedy = "Check the path and its permissions."
    assert first("none.yaml") == f"none.yaml: cannot be read: No such file or directory. {remedy}"
    assert first("loop.yaml") == f"loop.yaml: cannot be read: Too many levels of symbolic links. {remedy}"
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert first("large.yaml") == "large.yaml: has 50 MB, the limit is 16. Split it by document."


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "shut.yaml"
    path.write_text("a: 1\n")
    path.chmod(stat.S_IWUSR)
    assert str(read(path, "shut.yaml")[1][0]) == (
        "shut.yaml: cannot be read: Permission denied. Check the path and its permissions."
    )


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    tables, findings = read(path, "bom.yaml")
    assert plain(tables[0]) == {"a": "1", "b": "2"}
    assert findings == []


#: Letters that YAML gives a meaning to come up often.
YAMLISH = st.text(st.one_of(st.sampled_from("[]{}:,-?&*!|>'\"%@`#~ \n\r\t\x85\u2028"), st.characters()), max_size=80)


@given(YAMLISH)
def test_any_text_gives_values_or_findings(text: str) -> None:
    # A lone surrogate is not a text that a file can hold.
    tables, findings = parse(text.encode("utf-8", "replace").decode(), "case.yaml")
    assert all(str(finding).startswith("case.yaml:") and "\n" not in str(finding) for finding in findings)
    assert all(isinstance(table, Table) for table in tables)
