"""Files as they are read, nested no deeper than their parsers take.

RDF/XML takes time that grows with the square of its depth; JSON-LD and triple terms overflow the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat

from ..base.errors import StoreError

#: How deep a file may be nested: elements of XML, objects and lists of JSON, terms in terms of the others.
MOST = {RdfFormat.RDF_XML: 2000, RdfFormat.JSON_LD: 300}
MOST_TERMS = 100
_TERM = re.compile(rb"<<\(|\)>>")
_STRING_END = re.compile(rb'(?:[^"\\]|\\.)*"', re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_LONGEST_TAG = 1 << 16
_TAG = re.compile(rb"</|/>|<(?![/!?])")
_ASIDE_BEGUN = re.compile(rb"<!--|<!\[CDATA\[")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


class Bounded:
    """A file that is read, and refused where it is nested too deeply."""

    def __init__(self, path: Path, file: IO[bytes], form: RdfFormat) -> None:
        self._path = path
        self._file = file
        self._most = MOST.get(form, MOST_TERMS)
        look: dict[RdfFormat, Callable[[bytes], bytes]] = {
            RdfFormat.RDF_XML: self._elements, RdfFormat.JSON_LD: self._brackets,
        }  # fmt: skip
        self._look = look.get(form, self._terms)
        self._depth = 0
        self._rest = b""
        #: Whether it is within a string, and what ends the comment that it is within.
        self._inside, self._closing = False, b""

    def read(self, size: int = -1) -> bytes:
        """As a file reads. `StoreError` where it is nested too deeply."""
        part = self._file.read(size)
        self._rest = self._look(self._rest + part)
        return part

    def _step(self, deeper: int) -> None:
        self._depth = max(0, self._depth + deeper)
        if self._depth > self._most:
            raise StoreError(f"{self._path}: is nested more than {self._most:,} deep. Write it flat, as N-Quads.")

    def _elements(self, text: bytes) -> bytes:
        if self._closing:
            before, found, text = text.partition(self._closing)
            if not found:
                return before[-2:]
            self._closing = b""
        text = _ASIDE.sub(b"", text)
        if begun := _ASIDE_BEGUN.search(text):
            self._closing = b"-->" if begun[0] == b"<!--" else b"]]>"
            text, rest = text[: begun.start()], text[begun.end() :][-2:]
        else:
            text, rest = _split(text)
        if self._depth + text.count(b"<") <= self._most:
            closed = text.count(b"</")
            opened = text.count(b"<") - text.count(b"<!") - text.count(b"<?") - closed
            self._step(opened - closed - text.count(b"/>"))
        else:
            for tag in _TAG.finditer(text):
                self._step(1 if tag[0] == b"<" else -1)
        return rest

    def _brackets(self, text: bytes) -> bytes:
        if self._inside:
            end = _STRING_END.match(text)
            if end is None:
                return _escape(text)
            text = text[end.end() :]
        text, quote, rest = _STRING.sub(b"", text).partition(b'"')
        self._inside = bool(quote)
        for sign in text.translate(None, _NOT_BRACKETS):
            self._step(1 if sign in b"{[" else -1)
        return _escape(rest)

    def _terms(self, text: bytes) -> bytes:
        end = 0
        for sign in _TERM.finditer(text):
            self._step(1 if sign[0] == b"<<(" else -1)
            end = sign.end()
        return text[max(end, len(text) - 2) :]


def _escape(text: bytes) -> bytes:
    """The backslash at the end of a text that is for what comes next."""
    return text[-1:] if (len(text) - len(text.rstrip(b"\\"))) % 2 else b""


def _split(text: bytes) -> tuple[bytes, bytes]:
    """What is whole, and the beginning of a tag that is not."""
    whole, found, rest = text.rpartition(b"<")
    return (whole, found + rest) if found and b">" not in rest and len(rest) < _LONGEST_TAG else (text, b"")
