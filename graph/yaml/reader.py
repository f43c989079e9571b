"""Strict YAML: text in, plain dicts, lists and strings out, each of which knows the line it stands on.

Every scalar is a string: no YAML rule turns `NO` into false, `22:30` into 1350 or a date into a timestamp. Duplicate
keys, anchors, aliases and tags are findings. libyaml's event stream is read instead of a ready-made loader, because it
gives lines, costs a few microseconds a scalar, and limits its own depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import yaml

from ..base.errors import CaseError, Finding

#: A case file holds one document's statements; a larger one is a mistake (a dump, a binary, the wrong file).
LARGEST_FILE = 16 * 1024 * 1024
#: A line that begins with quoted words and goes on: `- "a pier" collapsed`.
_QUOTED_FIRST = re.compile(r'\s*(?:- |[^"#]*: )"[^"]*" *[^\s"#]')


class Text(str):
    """A scalar with its place. `line` and `column` count from 1; `plain` is true when it was written without quotes."""

    __slots__ = ("column", "end", "line", "plain")
    line: int
    column: int
    end: tuple[int, int]
    plain: bool


class Row(list["Value"]):
    """A sequence with the line it begins on."""

    line: int = 0
    column: int = 0
    end: tuple[int, int] = (0, 0)


class Table(dict[Text, "Value"]):
    """A mapping with the line it begins on; its keys are `Text` and know their own lines."""

    line: int = 0
    column: int = 0
    end: tuple[int, int] = (0, 0)

    def at(self, key: str) -> Text | Table:
        """A key as it was written, or the mapping when the key is not there."""
        return next((k for k in self if k == key), self)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping when the key is not there."""
        return self.at(key).line


Value = Text | Row | Table


def read_text(path: Path, shown: str) -> str:
    """The file's text. `CaseError` with one finding when it is a folder, unreadable, too large, empty or not UTF-8."""

    def refuse(what: str, remedy: str, line: int = 0) -> CaseError:
        return CaseError([Finding(shown, line, what, remedy)])

    try:
        if path.is_dir():
            raise refuse("is a directory.", "Give a file path.")
        if path.exists() and not path.is_file():
            raise refuse("is no plain file.", "Name a file.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            raise refuse(f"has {size / 1024 / 1024:.0f} MB, the limit is {limit}.", "Split it by document.")
        data = path.read_bytes()
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror or error}.", "Check the path and its permissions.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(f"is not UTF-8 (byte {error.start}).", "Save it as UTF-8.", line) from error
    if not text.strip():
        raise refuse("is empty.", "Begin with `format: 2`.")
    return text


def parse(text: str, shown: str) -> tuple[list[Table], list[Finding]]:
    """The YAML documents of a text, and what is wrong with it. A document that is not a mapping is a finding.

    A text that is not YAML gives no documents at all: half a file would be taken for the whole.
    """
    findings: list[Finding] = []
    tables: list[Table] = []
    reader = _Reader(shown, findings)
    try:
        for value in reader.documents(text):
            if isinstance(value, Table):
                tables.append(value)
            elif not (isinstance(value, Text) and value == ""):
                findings.append(
                    Finding(
                        shown,
                        value.line,
                        "is not a list of `key: value` lines.",
                        "Begin with `format: 2`.",
                        column=value.column,
                    )
                )
    except yaml.MarkedYAMLError as error:
        tables.clear()
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        begun = error.context_mark.line + 1 if error.context_mark else line
        context = f"{error.context} from line {begun}" if error.context and begun != line else error.context
        what = " ".join(str(part) for part in (context, error.problem) if part)
        whole = "".join(text.splitlines()[max(line - 1, 0) : line])
        remedy = (
            "What begins with a quotation mark and goes on behind the next one needs single quotes round all of it."
            if _QUOTED_FIRST.match(whole)
            else "Correct the line, or quote the text on it."
        )
        findings.append(Finding(shown, line, f"is not YAML: {what}.", remedy, column=column))
    except yaml.reader.ReaderError as error:
        tables.clear()
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        findings.append(Finding(shown, line, "holds a control character.", "Take it out.", column=column))
    return tables, findings


def read(path: Path, shown: str) -> tuple[list[Table], list[Finding]]:
    """`parse` of a file; a file that cannot be read at all is one finding."""
    try:
        return parse(read_text(path, shown), shown)
    except CaseError as error:
        return [], list(error.findings)


#: What no XML may hold, and no text of ours needs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class _Mark(Protocol):
    """What a parser's mark offers, whichever parser made it; counted from 0."""

    line: int
    column: int


class _Reader:
    """Builds values from libyaml's events with a stack of its own, so that depth never costs Python frames."""

    def __init__(self, shown: str, findings: list[Finding]) -> None:
        self.shown = shown
        self.findings = findings

    def documents(self, text: str) -> Iterator[Value]:
        stack: list[Row | Table] = []
        keys: list[Text | None] = []
        loader = yaml.CSafeLoader(text)
        # Most of what a case costs to read is spent here: one call an event, its class asked for by identity.
        while True:
            # The stubs do not know that libyaml always gives marks.
            event: Any = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
                value: Value = self._scalar(event)
                if stack:
                    self._put(stack[-1], keys, value)
                else:
                    yield value
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._plain(event)
                value = Row() if kind is yaml.SequenceStartEvent else Table()
                value.line, value.column = _at(event.start_mark)
                if stack:
                    self._put(stack[-1], keys, value)
                stack.append(value)
                keys.append(None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = stack.pop()
                keys.pop()
                value.end = _at(event.end_mark)
                if not stack:
                    yield value
            elif kind is yaml.StreamEndEvent:
                return

    def _put(self, parent: Row | Table, keys: list[Text | None], value: Value) -> None:
        if isinstance(parent, Row):
            parent.append(value)
        elif (key := keys[-1]) is not None:
            # The first value of a duplicate key stays: the finding stops the build anyway.
            parent.setdefault(key, value)
            keys[-1] = None
        elif isinstance(value, Text):
            if value in parent:
                first = parent.line_of(value)
                self.findings.append(
                    Finding(
                        self.shown,
                        value.line,
                        f'the key "{value}" stands here a second time, first on line {first}.',
                        "Keep one of them, with what is below both.",
                        column=value.column,
                    )
                )
            keys[-1] = value
        else:
            self._refuse_at(
                (value.line, value.column), "uses a list or a mapping as a key.", "Write a word before the colon."
            )
            keys[-1] = _blank(value.line)

    def _scalar(self, event: Any) -> Text:
        if type(event) is yaml.AliasEvent:
            self._refuse(event, f"uses the alias *{event.anchor}.")
            return _text("", event)
        if event.anchor is not None or event.tag is not None:
            self._plain(event)
        # Written raw, libyaml refuses them; in double quotes they can be escaped.
        if event.style == '"' and _CONTROL.search(event.value):
            self._refuse_at(_at(event.start_mark), "holds a control character.", "Take it out.")
        return _text(event.value, event)

    def _plain(self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, f"uses the anchor &{event.anchor}.")
        if event.tag is not None and event.tag != "!":
            self._refuse(event, f"uses the tag {event.tag}.")

    def _refuse(self, event: yaml.Event, what: str) -> None:
        self._refuse_at(_at(event.start_mark), what, "Write the value out.")

    def _refuse_at(self, place: tuple[int, int], what: str, remedy: str) -> None:
        line, column = place
        self.findings.append(Finding(self.shown, line, what, remedy, column=column))


def _at(mark: _Mark | None) -> tuple[int, int]:
    """Line and column, from 1. libyaml always gives a mark; its stubs do not know that."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _text(value: str, event: Any) -> Text:
    text = Text(value)
    begin, end = event.start_mark, event.end_mark
    text.line, text.column = begin.line + 1, begin.column + 1
    text.end = (end.line + 1, end.column + 1)
    text.plain = type(event) is yaml.ScalarEvent and bool(event.implicit[0])
    return text


def _blank(line: int) -> Text:
    text = Text("")
    text.line, text.column, text.end, text.plain = line, 1, (line, 1), True
    return text
