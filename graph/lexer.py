"""What the text of a SPARQL query or update says of itself, read without evaluating or parsing it.

Enough to know whether it changes data, reaches another server, or names its own dataset, before anything runs it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\\\s]*>                                  # an IRI, which may hold a number sign
    | \#[^\n\r]*                                          # a comment
    | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'       # a text
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Keywords an update begins with.
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


def _keyword(word: str) -> re.Pattern[str]:
    # Neither a part of a name with a prefix nor of a variable.
    return re.compile(rf"(?<![\w?$:@]){word}(?![\w:-])", re.IGNORECASE)


_SERVICE, _FROM, _LOAD = _keyword("SERVICE"), _keyword("FROM"), _keyword("LOAD")
_USING, _WHERE, _WITH = _keyword("USING"), _keyword("WHERE"), _keyword("WITH")
_CHANGING = re.compile(r"(?<![\w?$:@])(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_PROLOGUE = re.compile(r"\b(?:PREFIX\s+[^\s:]*:|BASE|VERSION)", re.IGNORECASE)


def token_at(text: str, start: int, end: int) -> bool:
    """Whether exactly one IRI or text stands there."""
    return _TOKEN.fullmatch(text, start, end) is not None


def bare(text: str) -> str:
    """The text with IRIs, comments and strings blanked out, every character in its place."""
    return _TOKEN.sub(lambda match: " " * len(match[0]), text)


def unescaped(text: str) -> str:
    """The text as an engine reads it: SPARQL takes \\u0053 for S anywhere, in keywords, too."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number <= 0x10FFFF else " "

    return _CODEPOINT.sub(character, text)


@lru_cache(maxsize=4)
def _blank(text: str) -> str:
    """Keywords and names alone, as an engine reads them. Kept, for one query is asked about more than once."""
    return bare(unescaped(text))


def services(text: str) -> list[str]:
    """The addresses that a text asks by SERVICE; `""` for one that is a variable or a name with a prefix."""
    blank, found = _blank(text), []
    text = unescaped(text)
    for match in _SERVICE.finditer(blank):
        target = re.compile(r"\s*(?:SILENT\b)?\s*<([^<>]*)>", re.IGNORECASE).match(text, match.end())
        found.append(target[1] if target else "")
    return found


def loads(text: str) -> bool:
    """Whether an update has a LOAD, which would fetch an address."""
    return _LOAD.search(_blank(text)) is not None


def update_word(text: str) -> str:
    """The keyword by which a text changes data, `""` for a query."""
    word = first_word(text)
    return word if word in UPDATES else ""


def first_word(text: str) -> str:
    """The keyword after the prologue, in capitals: what kind of query or update it is."""
    body = _PROLOGUE.sub(" ", _blank(text)).split(maxsplit=1)
    first = re.match(r"\w*", body[0]) if body else None
    return first[0].upper() if first else ""


def names_dataset(text: str) -> bool:
    """Whether a query has FROM or FROM NAMED."""
    return _FROM.search(_blank(text)) is not None


def changes_by_itself(text: str) -> bool:
    """Whether the same query may answer otherwise over the same data: it asks for the time, for chance, or for ids."""
    return _CHANGING.search(_blank(text)) is not None


def with_dataset(text: str, default: list[str], named: list[str]) -> str | None:
    """An update whose WHERE reads these graphs (the Protocol's `using-graph-uri`); None when it names its own."""
    blank = _blank(text)
    text = unescaped(text)
    if _USING.search(blank) or _WITH.search(blank):
        return None
    clauses = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named)
    depth, spots = 0, []
    wheres = {match.start() for match in _WHERE.finditer(blank)}
    for place, character in enumerate(blank):
        depth += (character == "{") - (character == "}")
        # DELETE WHERE { … } takes no USING: it has no template before its pattern.
        if place in wheres and depth == 0 and blank[:place].rstrip().endswith("}"):
            spots.append(place)
    for place in reversed(spots):
        text = f"{text[:place]}{clauses} {text[place:]}"
    return text
