"""A file of format 2 in, the same in one layout out: spaces, commas, semicolons and the width of lines. Pure.

Only plain lines under a speaker are laid out anew. Comments, names, summaries and whatever stands in quotes of YAML
stay as they are, to the byte; a line that would read otherwise afterwards stays, too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ...base.errors import CaseError
from ...yaml.edit import Patch
from ...yaml.reader import Row, Table, Text, Value, parse
from ..tables import LINES, format_of
from .files import PLACE, SECTIONS
from .grammar import TAG
from .tokens import LineError, canonical

WIDTH = 118


def laid_out(source: str, shown: str) -> str:
    """The text of a file in one layout; a file of format 1 as it is. `CaseError` when it is no YAML."""
    tables, found = parse(source, shown)
    if found:
        raise CaseError(found)
    patch = Patch(source)
    for table in tables:
        if format_of(table) == LINES:
            for text, indent in _lines(table):
                _lay_out(patch, text, indent)
    after = patch.applied()
    return after if _read(parse(after, shown)[0]) == _read(tables) else source


def _lay_out(patch: Patch, text: Text, indent: int) -> None:
    if not text.plain or "\n" in text:
        return
    try:
        line = canonical(text)
    except LineError:
        return
    wrapped = textwrap.wrap(
        line,
        WIDTH,
        initial_indent=" " * (text.column - 1),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    words = "\n".join(wrapped).lstrip(" ")
    if not any(part.lstrip().startswith(("#", "- ", "? ")) for part in wrapped[1:]):
        patch.replace(text, words)


def _lines(table: Table) -> Iterator[tuple[Text, int]]:
    """Every line with the column in which it goes on below."""
    for place, speaking in table.items():
        if place in SECTIONS or not PLACE.fullmatch(place) or not isinstance(speaking, Table):
            continue
        for key, value in speaking.items():
            if key == "summary" or TAG.fullmatch(key):
                continue
            if isinstance(value, Text):
                yield value, key.column + 1
            elif isinstance(value, Row):
                yield from ((text, text.column + 1) for text in value if isinstance(text, Text))


def _read(value: Value | list[Table]) -> object:
    """What a file says, whatever its layout."""
    if isinstance(value, Table):
        return {str(key): _read(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_read(member) for member in value]
    try:
        return canonical(value)
    except LineError:
        return str(value)
