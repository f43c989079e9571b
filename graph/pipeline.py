"""The main job from end to end, owned by one object: load, check, dataset, network, draw.

The command line, `build_graph.py` and notebooks all use it.

>>> import graph
>>> case = graph.load("cases/us-el-salvador-prison-deal")
>>> case.dataset.query("SELECT …")
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, Store

from . import figures
from .base.errors import CaseError, Finding
from .base.garbage import paused
from .case import reader as reading
from .case.model import Case
from .dataset import build, prefixes_used
from .figures import Figures
from .redaction.redact import Redaction, redact
from .standing import Dockets, review, settle
from .store import format_of, in_memory, read_files, trig

if TYPE_CHECKING:
    import networkx as nx

    from .draw.payload import About

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


@dataclass(frozen=True)
class ActorGraph:
    """A case and everything that follows from it, each made when it is first asked for."""

    case: Case
    internal: bool = False
    #: What was withheld, with a report for the editor; None when nothing was.
    redaction: Redaction | None = None
    #: Where it was read.
    sources: tuple[Path, ...] = ()

    @cached_property
    def dockets(self) -> Dockets:
        with paused():
            return settle(self.case)

    @cached_property
    def _counted(self) -> tuple[list[Quad], Store, Figures]:
        """The quads, a store of them, and the figures: counted in the store, then stated in both."""
        with paused():
            quads = build(self.case, self.dockets, internal=self.internal)
        if self.redaction is not None:
            self.redaction.refuse_leaks(quads)
        with paused():
            store = in_memory(quads)
            counted = figures.of(store)
            stated = list(figures.quads(counted))
            store.extend(stated)
        return quads + stated, store, counted

    @property
    def quads(self) -> list[Quad]:
        """Every quad of the dataset. Raises `CaseError` when a trace of what was to be withheld is left in them."""
        return self._counted[0]

    @property
    def store(self) -> Store:
        """The quads in an Oxigraph store in memory."""
        return self._counted[1]

    @property
    def figures(self) -> Figures:
        """Every published count, as the dataset states it."""
        return self._counted[2]

    @cached_property
    def dataset(self) -> Any:
        """The quads as an `rdflib.Dataset` whose default graph is the union of all graphs."""
        from .store.rdflib_view import as_dataset

        return as_dataset(self.store, prefixes_used(self.case))

    @cached_property
    def trig(self) -> bytes:
        """The dataset as TriG, the same bytes for the same input."""
        return trig(self.quads, prefixes_used(self.case))

    @cached_property
    def evidence(self) -> nx.MultiDiGraph:
        """The network with all that was said, denied and withdrawn: what the page and the exports are made from."""
        from .network.projection import project

        return project(self.store)

    def check(self) -> Sequence[Finding]:
        """What is wrong with the dataset by the shapes of `ontology/shapes.ttl`."""
        from .validate import validate

        return validate(self.store, self.case.places()).findings

    def refuse_unfair(self) -> None:
        """Raise `CaseError` while an accusation of somebody identifiable lacks our request for a reply, or a reason."""
        from .legal import findings

        if found := findings(self.case, self.dockets):
            raise CaseError(found)

    def about(self) -> About:
        """What the page says of the case, and the places kept with it; several cases together have none."""
        from .draw import positions
        from .draw.payload import About

        case = self.case
        kept = positions.Kept()
        if len(self.sources) == 1:
            kept = positions.placed(case, positions.read(positions.path_of(self.sources[0])))
        return About(
            case.title, case.version, case.editor, case.licence, case.corrections, case.ids, kept.all, kept.opening,
            self.internal,
        )  # fmt: skip

    def page(self, language: str = "en", since: str | None = None) -> str:
        """The page as HTML; `since` is an older page, RDF file or case to mark the changes from."""
        from .draw.html import draw

        if since is None:
            return draw(self.evidence, self.about(), language, trig=self.trig)
        from .diff import mark

        old = snapshot(since)
        names = self.redaction.names.stand_in if self.redaction else lambda _: False
        return draw(self.evidence, self.about(), language, lambda data: mark(data, old, names), self.trig)

    def exported(self, form: str, suffix: str, language: str) -> bytes:
        """Everything in a format of `export.FORMATS`; `suffix` tells N-Quads from Turtle where a format has both."""
        if form == "csv":
            from .export.table import table

            return table(self.store, self.case.version, language)
        if form in ("gexf", "graphml", "node-link"):
            from .export.network import gexf, graphml, node_link

            if form == "gexf":
                return gexf(self.evidence, self.case.version, language).encode()
            return (graphml if form == "graphml" else node_link)(self.evidence).encode()
        from .export.rdf import rdf

        return rdf(self.quads, form, prefixes_used(self.case), suffix)


@paused()
def load(*paths: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = ()) -> ActorGraph:
    """Read one case, or several together; `withhold` names people, bodies and documents by id or name.

    What is confidential is withheld in any case. Raises `CaseError` with every finding that stops a build.
    """
    read_from = tuple(dict.fromkeys(found for path in paths for found in _cases(Path(path))))
    case = reading.load(*read_from)
    whole = ActorGraph(case, internal, None, read_from)
    errors = [finding for finding in review(case, whole.dockets) if finding.severity == "error"]
    if errors:
        raise CaseError(errors)
    redaction = redact(case, withhold)
    return ActorGraph(redaction.case, internal, redaction, read_from) if redaction else whole


def _cases(path: Path) -> Sequence[Path]:
    """The cases under a folder, or the case itself. Raises `CaseError` when there is none."""
    found = reading.find_cases(path)
    if not found:
        raise CaseError([Finding(str(path), 0, "holds no case.", "Make one: actorgraph new NAME.")])
    return found


def snapshot(source: str) -> Any:
    """What `diff` compares of a page, an RDF file or a case."""
    from . import diff

    path = Path(source)
    if path.suffix in (".html", ".htm") and path.is_file():
        return diff.of_page(path.read_text("utf-8", errors="replace"), source)
    if format_of(path) and path.is_file():
        return diff.of_store(read_files([path]))
    return diff.of_store(load(path).store)


def page_of_files(files: Sequence[Path], language: str) -> str:
    """The page of RDF files: in our vocabulary as they are, others lifted into it. Their own triples ride in it."""
    from .draw.html import draw as drawn
    from .draw.payload import About
    from .foreign import conversion as lift
    from .network.projection import project

    foreign = lift.read(files)
    told = lift.described(foreign)
    about = About(told["title"], told["version"], told["editor"], told["licence"], told["corrections"])
    if foreign.ours:
        return drawn(project(foreign.store), about, language, trig=trig(foreign.store))
    store = lift.lifted(foreign)
    return drawn(project(store), about, language, lambda data: lift.mark(store, data), trig(foreign.store))


def findings(paths: Sequence[Path]) -> tuple[list[Finding], ActorGraph | None, bool]:
    """Every finding of cases that may be broken; the case as far as it could be read; whether all could be checked."""
    case, found = reading.examine(*paths)
    if case is None:
        return found, None, True
    whole = ActorGraph(case)
    try:
        # One mistake is told once, by whoever knows most of it: the reader, then fairness, then the shapes.
        for further in (review(case, whole.dockets), whole.check()):
            told = {(finding.file, finding.line) for finding in found if finding.severity == "error"}
            found += [finding for finding in further if (finding.file, finding.line) not in told]
    except (KeyError, ValueError):
        if not any(finding.severity == "error" for finding in found):
            raise
        return found, whole, False
    return found, whole, True
