"""N-Triples and N-Quads as they are read, so that a line that is wrong costs no other line.

A text that does not end would take all that follows for its own, and quoted triples as RDF-star wrote them in 2021 are
unknown to N-Quads of today: such lines are mended or left out before they reach the parser. Line numbers stay.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO

#: Bytes that are looked at together.
_STEP = 1 << 20
_ESCAPE = re.compile(rb"\\.")
_BUT_QUOTES = bytes(set(range(256)) - set(b'"\n'))
_ODD = re.compile(rb'(?m)^(?:"")*"$')
_STATEMENT = re.compile(rb"\s*(?:<|_:|#|$)")
_REMARK = re.compile(rb"\s*#|.*?\.\s*#")
_VERSION = re.compile(rb"""((?:\s*#[^\n]*\n)*\s*)VERSION\s+["'][^"'\n]*["']""")
_STAR = re.compile(rb"<<(?!\()")
_TOKEN = re.compile(
    rb"""\s*(?:(<<(?!\()|>>|\.\s*(?:\#.*)?$)|(<[^<>"{}|^`\\\s]*>|_:[^\s<>"]+"""
    rb"""|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^\s*<[^<>]*>)?))"""
)
_REIFIES = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"


def _may_not_end(text: bytes) -> bool:
    """Whether a line has an odd number of quotes that are none of its text's."""
    plain = _ESCAPE.sub(b"", text) if b"\\" in text else text
    return _ODD.search(plain.translate(None, _BUT_QUOTES)) is not None


class Lines:
    """A file of N-Triples or N-Quads, with each text ended on its line, and with quoted triples as of RDF 1.2."""

    def __init__(self, file: IO[bytes], *, mend: bool) -> None:
        self._file = file
        #: Whether a text that does not end is left out, with its line.
        self._mend = mend
        #: How many lines were.
        self.left_out = 0
        self._ready, self._rest = BytesIO(), b""
        self._within, self._begun, self._ended = False, False, False
        #: What the quoted triples stand for. It comes last, so that no line changes its number.
        self._reifiers: list[bytes] = []

    def read(self, size: int = -1) -> bytes:
        """As a file reads."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_STEP), b""))
        while not (part := self._ready.read(size)) and not self._ended:
            more = self._file.read(_STEP)
            self._ended = not more
            self._ready = BytesIO(self._looked_at(more))
        return part

    def _looked_at(self, more: bytes) -> bytes:
        text = self._rest + more
        # The last line may be cut, and whether a text ends with the one before it is told by what follows.
        cut = len(text) if self._ended else text.rfind(b"\n", 0, max(0, text.rfind(b"\n"))) + 1
        text, self._rest = text[:cut], text[cut:]
        if not self._begun and text:
            self._begun = True
            text = _VERSION.sub(rb"\1", text, count=1)
        if self._mend and (self._within or _may_not_end(text)):
            text = b"\n".join(self._ended_texts(text.split(b"\n"), self._rest.partition(b"\n")[0]))
        if b"<<" in text:
            text = b"\n".join(self._as_of_today(line) if b"<<" in line else line for line in text.split(b"\n"))
        return b"\n".join([text, *self._reifiers]) if self._ended else text

    def _ended_texts(self, lines: list[bytes], after: bytes) -> list[bytes]:
        """The lines, without those whose text does not end. A text that goes on over lines is left as it is."""
        for at, line in enumerate(lines):
            if not _may_not_end(line):
                continue
            if self._within:
                self._within = False
            elif not _REMARK.match(line):
                # What follows the last line break is not known yet, and empty.
                following = lines[at + 1] if at + 2 < len(lines) else after
                if _STATEMENT.match(following):
                    lines[at] = b""
                    self.left_out += 1
                else:
                    self._within = True
        return lines

    def _as_of_today(self, line: bytes) -> bytes:
        """A line whose quoted triples are named by nodes that stand for them; others as they are."""
        if not _STAR.search(line):
            return line
        stack: list[list[bytes]] = [[]]
        made: list[tuple[bytes, list[bytes]]] = []
        end = 0
        while token := _TOKEN.match(line, end):
            end = token.end()
            if token[2]:
                stack[-1].append(token[2])
            elif token[1] == b"<<":
                stack.append([])
            elif token[1] == b">>" and len(stack) > 1 and len(stack[-1]) == 3:
                name = b"_:quoted-in-2021-%d" % (len(self._reifiers) + len(made))
                made.append((name, stack.pop()))
                stack[-1].append(name)
            else:
                break
        (terms, *open_) = stack
        if line[end:].strip() or open_ or len(terms) not in (3, 4) or not made:
            return line  # which the parser tells what is wrong with
        for name, (one, two, three) in made:
            self._reifiers.append(b" ".join([name, _REIFIES, b"<<(", one, two, three, b")>>", *terms[3:], b"."]))
        return b" ".join([*terms, b"."])
