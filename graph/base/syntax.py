"""Oxigraph's messages about the text of a query, as where, what and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import lexer


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def unclosed(text: str, at: int) -> tuple[int, int, str]:
    """The same as `explained` for a text in quotes that does not end."""
    mark = text[at : at + 3] if text[at : at + 3] == 3 * text[at] else text[at]
    return *place(text, at), f"a text in quotes begins here that does not end. Close it with {mark}."


def explained(sparql: str, message: str, prefixes: Iterable[str] = ()) -> tuple[int, int, str]:
    """Oxigraph's syntax error as line and column (from 1; 0 when unknown) and a sentence: what is there, what to do."""
    found = re.match(r"error at (\d+):(\d+): (.*)", " ".join(message.split()))
    if found is None:
        return 0, 0, f"{' '.join(message.split())}. Correct the query."
    if stray := _undeclared(sparql, prefixes):
        line, column = place(sparql, stray.start())
        return line, column, f"the prefix {stray[0]} is not declared. Write PREFIX {stray[0]} <…> on top."
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = sparql.splitlines() or [""]
    rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]]) if line <= len(lines) else ""
    excerpt = " ".join(rest[:200].split())[:30]
    words = list(dict.fromkeys(re.findall(r"(?:of|expected|,) ([A-Z]{2,})(?=,|$)", expected)))[:5]
    if "unbound" in expected:
        remedy = "A variable is selected that is neither bound nor grouped."
    elif not excerpt:
        remedy = "Close its brackets and quotes."
    elif words:
        remedy = f"Expected here: {', '.join(words)}."
    else:
        remedy = "Correct the query there."
    what = f'cannot be read from "{excerpt}" on' if excerpt else "ends too early"
    return line, column, f"{what}. {remedy}"


def _undeclared(sparql: str, prefixes: Iterable[str]) -> re.Match[str] | None:
    """The first prefix that is neither one of these nor the query's. Oxigraph does not always say so."""
    bare = lexer.bare(sparql)
    known = {*prefixes, *re.findall(r"PREFIX\s+([^\s:]*):", bare, re.IGNORECASE)}
    names = re.finditer(r"(?<![\w?$@:.-])([A-Za-z][\w-]*):", bare)
    return next((name for name in names if name[1] not in known), None)
