"""What can go wrong, and how it is said: where, what, remedy.

Every error a user can cause is an `ActorgraphError`; its text is one line, or one line for each finding.

    ActorgraphError
    ├── CaseError      a case has findings that stop it: bad YAML, an unknown name, a missing basis
    ├── StoreError     a store or an RDF file cannot be read or written
    ├── QueryError     a SPARQL query is wrong or names a query that does not exist
    └── OutputError    an output cannot be written; what stood there before is untouched
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in one place: `file:line: what, remedy`.

    Attributes
    ----------
    file : str
        Its path as it was named.
    line, column : int
        From 1; 0 means the whole file, or the whole line.
    what, remedy : str
        What is wrong, and what to do about it.
    severity : str
        "error" or "warning".

    Examples
    --------
    >>> print(graph.Finding("case.yaml", 3, "has no title.", "Write title: …."))
    case.yaml:3: has no title. Write title: ….
    """

    file: str
    line: int
    what: str
    remedy: str
    severity: Severity = "error"
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        where = ":".join([self.file, *numbers])
        # A name out of a file may hold a line break or a control character: the report stays one line.
        text = f"{where}: {self.what} {self.remedy}".rstrip()
        return "".join(c if c.isprintable() else "·" for c in text)


class ActorgraphError(Exception):
    """The root of every error that a user can cause and mend; its text is one line, or one line for each finding.

    Examples
    --------
    >>> try:
    ...     graph.load("nothing.yaml")
    ... except graph.ActorgraphError as error:
    ...     print(error)
    nothing.yaml: cannot be read: No such file or directory. Check the path and its permissions.
    """


class CaseError(ActorgraphError):
    """A case cannot be built; `findings` says why, one line each.

    Examples
    --------
    >>> try:
    ...     graph.load("nothing.yaml")
    ... except graph.CaseError as error:
    ...     print(len(error.findings))
    1
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: Sequence[Finding] = tuple(sorted(set(findings)))
        super().__init__("\n".join(map(str, self.findings)))


class StoreError(ActorgraphError):
    """A store or an RDF file cannot be read or written, or a read-only graph was to be changed.

    Examples
    --------
    >>> try:
    ...     graph.load("cases/us-el-salvador-prison-deal").graph.remove((None, None, None))
    ... except graph.StoreError as error:
    ...     print(error)
    This graph is read-only. Copy it to change it: changed = rdflib.Graph() + case.graph.
    """


class QueryError(ActorgraphError):
    """A query cannot be run, or a name means nobody.

    Examples
    --------
    >>> try:
    ...     graph.load("cases/us-el-salvador-prison-deal").query("disputd")
    ... except graph.QueryError as error:
    ...     print(error)
    query: there is no query "disputd". Did you mean disputed?
    """


class OutputError(ActorgraphError):
    """An output cannot be drawn or written; what stood there before is untouched.

    Examples
    --------
    >>> try:
    ...     graph.load("cases/us-el-salvador-prison-deal").draw("cases")
    ... except graph.OutputError as error:
    ...     print(error)
    cases: is a directory; give a file path.
    """


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean X?` for the nearest known word, else a pointer to all of them (at most eight)."""
    names = tuple(sorted(known))
    if near := nearest(word, names):
        return f"Did you mean {near}?"
    if not names:
        return "None is declared yet."
    if len(names) <= 8:
        return f"Use one of {', '.join(names)}."
    return "Check its spelling, or declare it."


#: Words that are compared letter by letter with one that is not known: those that share most pairs of letters with it.
_COMPARED = 20


def nearest(word: str, names: tuple[str, ...]) -> str:
    """The known name that a word most likely means, `""` when none is near. Quick for thousands of either."""
    lower = word.lower()
    pairs = _pairs(names)
    shared: Counter[int] = Counter()
    for pair in _pairs_of(lower):
        shared.update(pairs.get(pair, ()))
    compared = {names[at].lower(): names[at] for at, _ in reversed(shared.most_common(_COMPARED))}
    near = get_close_matches(lower, compared, n=1, cutoff=0.6)
    return compared[near[0]] if near else ""


@lru_cache(maxsize=8)
def _pairs(names: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for pair in _pairs_of(name.lower()):
            found.setdefault(pair, []).append(at)
    return found


def _pairs_of(word: str) -> set[str]:
    """Pairs of letters, with the word's two ends: `{"^a", "ab", "b$"}`."""
    marked = f"^{word}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}
