"""A line of format 2 in, its words out: quotations, parentheses, semicolons, commas and plain words, each with its
offset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...yaml.reader import Text

Kind = Literal["word", "quoted", "printed", ";", ",", "="]
_TOKEN = re.compile(r'\s*(?:"([^"]*)"|([;,])|([^\s;,"(]+)|(["(]))')
#: Clauses whose value is a text: what looks like a mark in it is none.
AS_WRITTEN = ("title", "called")
#: So many parentheses inside each other are no printed words.
_DEEPEST = 20


class LineError(Exception):
    """Something in a line that the grammar does not know: where, what was understood, and what is due."""

    def __init__(self, at: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.at, self.what, self.remedy = at, what, remedy


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line; `at` and `end` count characters of the line's text from 0."""

    kind: Kind
    text: str
    at: int
    end: int


def tokens(line: str) -> list[Token]:
    """The words of a line. Raises `LineError` for a quotation or a parenthesis that does not end."""
    found: list[Token] = []
    at = 0
    while match := _TOKEN.match(line, at):
        quoted, mark, word, opening = match.groups()
        start = match.start(match.lastindex or 0)
        at = match.end()
        if quoted is not None:
            found.append(Token("quoted", quoted.strip(), start - 1, at))
        elif opening == '"':
            raise LineError(start, "has a quotation that does not end.", 'Close it with ".')
        elif opening:
            at = _closed(line, start)
            found.append(Token("printed", line[start + 1 : at - 1].strip(), start, at))
        elif mark:
            found.append(Token(";" if mark == ";" else ",", mark, start, at))
        else:
            found.append(Token("=" if word == "=" else "word", word, start, at))
    return found


def canonical(line: str) -> str:
    """A line with single spaces, and none before a comma or a semicolon. Names and titles stay as they are written.

    Raises `LineError` as `tokens` does.
    """
    parts: list[str] = []
    words = tokens(line)
    begins = [0, *(at + 1 for at, word in enumerate(words) if word.kind == ";")]
    for first, after in zip(begins, [*begins[1:], len(words) + 1], strict=True):
        part = words[first : after - 1]
        if part and part[0].text in AS_WRITTEN and len(part) > 1:
            parts.append(" ".join(line[part[0].at : part[-1].end].split()))
        else:
            parts.append(" ".join(line[word.at : word.end] for word in part).replace(" ,", ","))
    return "; ".join(parts)


def _closed(line: str, start: int) -> int:
    """Where a parenthesis that opens at `start` is closed, exclusive."""
    depth = 0
    for at in range(start, len(line)):
        depth += {"(": 1, ")": -1}.get(line[at], 0)
        if depth == 0:
            return at + 1
        if depth > _DEEPEST:
            break
    raise LineError(start, "has a parenthesis that does not end.", "Close it with ).")


def place_in(text: Text, source: Sequence[str], offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of a scalar; `source` are the lines of its file.

    A plain scalar that goes on below is folded: its lines are joined by single spaces.
    """
    if text.end[0] <= text.line or text.line > len(source):
        return text.line, text.column + offset + (0 if text.plain else 1)
    left = offset
    for number in range(text.line, min(text.end[0], len(source)) + 1):
        whole = source[number - 1]
        begins = text.column - 1 if number == text.line else len(whole) - len(whole.lstrip())
        length = len(whole[begins:].strip()) + 1
        if left < length:
            return number, begins + 1 + left
        left -= length
    return text.end
