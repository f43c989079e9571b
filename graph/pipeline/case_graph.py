"""An `ActorGraph` of cases, and every finding of cases that may be broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from ..base.errors import CaseError, Finding
from ..base.garbage import paused
from ..case import reader
from ..case.model import Case
from ..dataset import prefixes_used
from ..figures import Figures
from ..redaction.redact import Redaction
from ..standing import Dockets, review, settle
from ..store import Faults, dumped, trig
from . import cases
from .actor_graph import ActorGraph

if TYPE_CHECKING:
    from ..draw.payload import About

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


@dataclass(frozen=True, eq=False, repr=False)
class CaseGraph(ActorGraph):
    """An `ActorGraph` of cases that we write ourselves, with what the dataset is made from."""

    case: Case
    internal: bool = False
    #: What was withheld, with a report for the editor; None when nothing was.
    redaction: Redaction | None = None
    #: The cases it was read from.
    sources: tuple[Path, ...] = ()
    #: What was noticed on reading.
    warnings: tuple[Finding, ...] = ()
    #: How each relationship stands, when whoever read the cases knows already.
    settled: Dockets | None = None

    @cached_property
    def dockets(self) -> Dockets:
        """How each relationship stands."""
        if self.settled is not None:
            return self.settled
        with paused():
            return settle(self.case)

    @cached_property
    def _made(self) -> cases.Dataset:
        return cases.dataset(self.case, self.dockets, self.redaction, internal=self.internal)

    @property
    def quads(self) -> tuple[Quad, ...]:
        """Every quad of the dataset. Raises `CaseError` when a trace of what was to be withheld is left in them."""
        return self._made.quads

    @property
    def store(self) -> pyoxigraph.Store:
        """The quads in an Oxigraph store in memory."""
        return self._made.store

    @property
    def figures(self) -> Figures:
        return self._made.figures

    @property
    def _dataset(self) -> pyoxigraph.Store:
        return self.store

    @property
    def everything(self) -> pyoxigraph.Store:
        return self.store

    @property
    def faults(self) -> Faults:
        return Faults()

    @property
    def _prefixes(self) -> Mapping[str, str]:
        return prefixes_used(self.case)

    @cached_property
    def trig(self) -> bytes:
        return trig(self.quads, self._prefixes)

    @cached_property
    def turtle(self) -> bytes:
        """The dataset as Turtle in UTF-8: everything in one graph, for tools that read no named graphs."""
        triples = (Quad(quad.subject, quad.predicate, quad.object) for quad in self.quads)
        return dumped(triples, RdfFormat.TURTLE, self._prefixes)

    @cached_property
    def about(self) -> About:
        from ..draw import positions
        from ..draw.payload import About

        case = self.case
        kept = positions.Places()
        if len(self.sources) == 1:
            kept = positions.placed(case, positions.read(positions.path_of(self.sources[0])))
        return About(
            case.title, case.version, case.editor, case.licence, case.corrections, case.ids, kept, self.internal
        )

    @cached_property
    def shapes(self) -> Sequence[Finding]:
        """What is wrong with the dataset by `ontology/shapes.ttl`, with the author's file and line."""
        return self._shapes(self.case.places())

    def explained(self, name: str) -> str:
        """How a statement, a line or all that touches a name was understood. `CaseError` when it means none."""
        from ..wording.explained import explained

        return explained(self.case, self.dockets, name)

    def check(self) -> list[Finding]:
        return _told_once([*self.warnings], (review(self.case, self.dockets), self.shapes))

    def refuse_unfair(self) -> None:
        """Raise `CaseError` while an accusation of somebody identifiable lacks our request for a reply, or a reason."""
        from ..legal import findings

        if found := findings(self.case, self.dockets):
            raise CaseError(found)

    def _mark(self, since: str | None) -> Any:
        return super()._mark(since) if since is not None else None

    def _refuse_large(self) -> None:
        """A case is of a size that somebody wrote."""

    def _conceals(self, ids: Iterable[str], texts: Iterable[str]) -> bool:
        return self.redaction is not None and self.redaction.conceals(ids, texts)

    def exported(self, form: str, suffix: str, language: str) -> bytes:
        """Everything in a format of `export.FORMATS`; `suffix` tells N-Quads from TriG where a format has both."""
        if form == "csv":
            from ..export.table import table

            return table(self.store, self.case.version, language)
        if form in ("gexf", "graphml", "node-link"):
            from ..export.network import gexf, graphml, node_link

            if form == "gexf":
                return gexf(self.projection, self.case.version, language).encode()
            return (graphml if form == "graphml" else node_link)(self.projection).encode()
        from ..export.rdf import rdf

        return rdf(self.quads, form, self._prefixes, suffix)


def findings(paths: Sequence[Path]) -> tuple[list[Finding], CaseGraph | None, bool]:
    """Every finding of cases that may be broken; the cases as far as they can be read; whether all could be checked."""
    case, found = reader.examine(*paths)
    if case is None:
        return found, None, True
    whole = CaseGraph(case)
    try:
        return _told_once(found, (review(case, whole.dockets), whole.shapes)), whole, True
    except (KeyError, ValueError):
        if not any(finding.severity == "error" for finding in found):
            raise
        return found, whole, False


def _told_once(found: Sequence[Finding], further: Sequence[Sequence[Finding]]) -> list[Finding]:
    """One mistake is told once, by whoever knows most of it: the reader, then fairness, then the shapes."""
    told = list(found)
    for more in further:
        wrong = {(finding.file, finding.line) for finding in told if finding.severity == "error"}
        told += [finding for finding in more if (finding.file, finding.line) not in wrong]
    return sorted(set(told))
