"""An `ActorGraph` of cases, and every finding of cases that may be broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from ..base.errors import CaseError, Finding, QueryError, did_you_mean
from ..base.garbage import paused
from ..case import reader
from ..case.model import Case
from ..dataset import prefixes_used
from ..figures import Figures
from ..redaction.redact import Redaction
from ..standing import Dockets, review, settle
from ..store import Faults, dumped
from . import cases
from .actor_graph import ActorGraph

if TYPE_CHECKING:
    from ..draw.payload import About

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


@dataclass(frozen=True, eq=False, repr=False)
class CaseGraph(ActorGraph):
    """An `ActorGraph` of cases that we write ourselves, with what the dataset is made from.

    Attributes
    ----------
    case : graph.case.model.Case
        What was read, without what is withheld.
    internal : bool
        Whether our own grades, notes and requests for reply are in the dataset.
    redaction : graph.redaction.redact.Redaction or None
        What was withheld, with a `report` for the editor; None when nothing was.
    sources : tuple of pathlib.Path
        The cases it was read from.
    warnings : tuple of Finding
        What was noticed on reading.
    settled : graph.standing.Dockets or None
        How each relationship stands, when whoever read the cases knows already; `dockets` has it in any case.

    Examples
    --------
    >>> case = graph.load("cases/us-el-salvador-prison-deal")
    >>> len(case.case.claims), [path.name for path in case.sources]
    (253, ['us-el-salvador-prison-deal'])
    """

    case: Case
    internal: bool = False
    redaction: Redaction | None = None
    sources: tuple[Path, ...] = ()
    warnings: tuple[Finding, ...] = ()
    settled: Dockets | None = None

    @cached_property
    def dockets(self) -> Dockets:
        """How each relationship stands: who affirms it, who opposes it, how firmly, and what the editors decided.

        Returns
        -------
        graph.standing.Dockets
            `by_proposition`: a `Docket` for the IRI of each relationship.

        Examples
        --------
        >>> dockets = graph.load("cases/us-el-salvador-prison-deal").dockets
        >>> sum(docket.disputed for docket in dockets.by_proposition.values())
        2
        """
        if self.settled is not None:
            return self.settled
        with paused():
            return settle(self.case)

    @cached_property
    def _made(self) -> cases.Dataset:
        return cases.dataset(self.case, self.dockets, self.redaction, internal=self.internal)

    @property
    def quads(self) -> Collection[Quad]:
        """Every quad of the dataset.

        Returns
        -------
        collection of pyoxigraph.Quad
            In no order that means anything. They are read from `store` each time: none is held twice.

        Raises
        ------
        CaseError
            When a trace of what was to be withheld is left in them.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> {quad.graph_name for quad in case.quads} <= set(case.store.named_graphs())
        True
        """
        return self._made.quads

    @property
    def store(self) -> pyoxigraph.Store:
        """The quads in an Oxigraph store in memory.

        Returns
        -------
        pyoxigraph.Store
            Read it, and change a copy.

        Raises
        ------
        CaseError
            As for `quads`.

        Examples
        --------
        >>> import pyoxigraph
        >>> store = graph.load("cases/us-el-salvador-prison-deal").store
        >>> store.contains_named_graph(pyoxigraph.NamedNode("https://w3id.org/actorgraph/id/graph/dataset"))
        True
        """
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

    @property
    def _written(self) -> Collection[Quad]:
        return self.quads

    @cached_property
    def turtle(self) -> bytes:
        """The dataset as Turtle: everything in one graph, for tools that read no named graphs.

        Returns
        -------
        bytes
            Turtle in UTF-8, the same bytes for the same input.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").turtle.startswith(b"@prefix ")
        True
        """
        triples = (Quad(quad.subject, quad.predicate, quad.object) for quad in self.quads)
        return dumped(triples, RdfFormat.TURTLE, self._prefixes)

    def _described(self) -> About:
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
        """What is wrong with the dataset by `ontology/shapes.ttl`.

        Returns
        -------
        sequence of Finding
            With the author's file and line; errors and warnings. `check` has these and all others.

        Examples
        --------
        >>> len(graph.load("cases/us-el-salvador-prison-deal").shapes)
        0
        """
        return self._shapes(self.case.places())

    def explained(self, name: str) -> str:
        """How statements were understood: sentence, stance, standing, and what answers or confirms them.

        Parameters
        ----------
        name : str
            The id of a statement or of a name, which means all that touches it; or the number of a line in the case.

        Returns
        -------
        str
            A paragraph for each statement, without a line break at the end.

        Raises
        ------
        CaseError
            When it means none.

        Examples
        --------
        >>> text = graph.load("cases/us-el-salvador-prison-deal").explained("nayib-bukele")
        >>> text.splitlines()[2].split()
        ['understood', 'asserted,', 'firm']
        """
        from ..wording.explained import explained

        return explained(self.case, self.dockets, name)

    def check(self) -> list[Finding]:
        return _told_once([*self.warnings], (review(self.case, self.dockets), self.shapes))

    def refuse_unfair(self) -> None:
        """Stop what is not ready to be published; `actorgraph build --publish` asks it.

        Raises
        ------
        CaseError
            While an accusation of somebody identifiable lacks our request for a reply, or a reason why there is none.

        Examples
        --------
        >>> try:
        ...     graph.load("cases/us-el-salvador-prison-deal").refuse_unfair()
        ... except graph.CaseError as error:
        ...     print(error.findings[0].severity)
        error
        """
        from ..legal import findings

        if found := findings(self.case, self.dockets):
            raise CaseError(found)

    def legal(self, language: str = "en") -> str:
        """The sheet for a lawyer: every relationship that could defame somebody, the gravest first.

        Parameters
        ----------
        language : str
            "en" or "es".

        Returns
        -------
        str
            Each with its sentence, who says it and how it reached us, who denies it, our request for a reply, and the
            basis. Several lines, without a line break at the end.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> print(graph.load("cases/us-el-salvador-prison-deal").legal().splitlines()[0])
        The US-El Salvador prison agreement, March 2025
        """
        from .. import legal
        from ..words import known

        rows = legal.sheet(self.case, self.dockets)
        return legal.text(self.case, rows, self.figures, known(language))

    def _mark(self, since: str | None) -> Any:
        return super()._mark(since) if since is not None else None

    @property
    def _shown(self) -> ActorGraph:
        """A case is of a size that somebody wrote."""
        return self

    def _conceals(self, ids: Iterable[str], texts: Iterable[str]) -> bool:
        return self.redaction is not None and self.redaction.conceals(ids, texts)

    def exported(self, form: str, suffix: str = "", language: str = "en") -> bytes:
        """Everything in another format.

        Parameters
        ----------
        form : str
            A name of `graph.export.FORMATS`: "trig", "nquads", "turtle", "jsonld", "rdf12", "graphml", "node-link",
            "gexf" or "csv".
        suffix : str
            ".nq" for N-Quads where a format has both; the format's own otherwise.
        language : str
            "en" or "es", for csv and the labels of gexf.

        Returns
        -------
        bytes
            UTF-8, the same bytes for the same input.

        Raises
        ------
        QueryError
            For another format or language.

        Examples
        --------
        >>> len(graph.load("cases/us-el-salvador-prison-deal").exported("csv").splitlines()) > 250
        True
        """
        from ..export import FORMATS
        from ..words import known

        language = known(language)
        if form not in FORMATS:
            raise QueryError(f'export: there is no format "{form}". {did_you_mean(form, FORMATS)}')
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
