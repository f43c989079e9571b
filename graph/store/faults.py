"""What could not be read of RDF files: how much, and where it begins.

One wrong token does not refuse a file, but nothing is left out in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..base.names import many

#: Most addresses: they need no second look.
_PLAIN = re.compile(r"(?:https?://[A-Za-z0-9.-]+/|urn:[a-z0-9]+:)[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~/-]*)?")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(slots=True)
class Faults:
    """Counts what was left out, for whoever reads files without refusing them for it.

    Examples
    --------
    >>> faults = graph.load("cases/us-el-salvador-prison-deal").faults
    >>> faults.left_out, faults.cut, faults.untagged, faults.first
    (0, False, 0, '')
    """

    #: Statements that are missing.
    left_out: int = 0
    #: Texts that were read without the language that the file gives them.
    untagged: int = 0
    #: The first fault: `people.ttl:10:22: Invalid IRI code point ' '`.
    first: str = ""
    #: Whether all that follows such a statement is missing, because its end was not found.
    cut: bool = False

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.left_out or self.untagged)

    def __str__(self) -> str:
        """One line: the first place, how much, and the remedy."""
        beyond = ", and what follows one of them," if self.cut else ""
        lost = [f"{many(self.left_out, 'statement')}{beyond} left out"] if self.left_out else []
        lost += [f"{many(self.untagged, 'text')} read without a language"] if self.untagged else []
        return f"{self.first}. {', '.join(lost)}. Correct the file, or refuse such files with --strict."


class Sieve:
    """Lets through what is valid RDF; `wrong` is the first token that is not, and `why` says what is wrong with it."""

    def __init__(self, faults: Faults, base: str = "") -> None:
        self.faults = faults
        #: What relative addresses are read against, where the parser does not do so.
        self.base = base
        self.wrong = self.why = ""
        self._tags: set[str] = {""}

    def __call__(self, quad: Quad) -> Quad | None:
        """The quad, or without the language that it cannot have, or None."""
        if self.base:
            quad = Quad(
                self._whole(quad.subject), quad.predicate, self._whole(quad.object), self._whole(quad.graph_name)
            )
        third = quad.object
        if isinstance(third, Literal) and (third.language or "") not in self._tags and not self._tag(third):
            quad = Quad(quad.subject, quad.predicate, Literal(third.value), quad.graph_name)
        terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if all(map(self._valid, terms)):
            return quad
        self.faults.left_out += 1
        return None

    def _whole(self, term: Any) -> Any:
        """A relative address against that of the file."""
        if isinstance(term, NamedNode) and not _SCHEME.match(term.value):
            try:
                return NamedNode(urljoin(self.base, term.value))
            except ValueError:
                return term  # which is found wrong
        return term

    def _tag(self, text: Literal) -> bool:
        tag = text.language or ""
        try:
            Literal("", language=tag)
        except ValueError as error:
            self._found(tag, error)
            self.faults.untagged += 1
            return False
        self._tags.add(tag)
        return True

    def _found(self, token: str, error: ValueError) -> None:
        if not self.wrong:
            self.wrong, self.why = token, str(error)

    def _valid(self, term: object) -> bool:
        if isinstance(term, Literal):
            return self._valid(term.datatype)
        if isinstance(term, Triple):
            return all(map(self._valid, (term.subject, term.predicate, term.object)))
        if not isinstance(term, NamedNode):
            return isinstance(term, BlankNode | pyoxigraph.DefaultGraph)
        if _PLAIN.fullmatch(term.value):
            return True
        try:
            NamedNode(term.value)
        except ValueError as error:
            self._found(term.value, error)
            return False
        return True
