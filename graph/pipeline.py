"""One edition of what was named: the case, its dockets, its quads, its network. The documented way in.

>>> import graph
>>> edition = graph.load("cases/us-el-salvador-prison-deal")
>>> edition.dataset.query("SELECT …")
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from .base.errors import CaseError
from .base.garbage import paused
from .case import reader as reading
from .case.model import Case
from .dataset import build, prefixes_used
from .redaction.redact import Redaction, redact
from .standing import Dockets, review, settle
from .store import in_memory, trig


@dataclass(frozen=True)
class Edition:
    """A case and everything that follows from it, each made when it is first asked for."""

    case: Case
    internal: bool = False
    #: What was withheld, with a report for the editor; None when nothing was.
    redaction: Redaction | None = None
    #: Where it was read.
    paths: tuple[Path, ...] = ()

    @cached_property
    def dockets(self) -> Dockets:
        with paused():
            return settle(self.case)

    @cached_property
    def quads(self) -> list[Quad]:
        with paused():
            return build(self.case, self.dockets, internal=self.internal)

    @cached_property
    def store(self) -> Store:
        """The quads in an Oxigraph store in memory."""
        return in_memory(self.quads)

    @cached_property
    def dataset(self) -> Any:
        """The quads as an `rdflib.Dataset` whose default graph is the union of all graphs."""
        # No command needs rdflib, and importing it takes longer than building a case.
        from .store.rdflib_view import as_dataset  # noqa: PLC0415

        return as_dataset(self.store, prefixes_used(self.case))

    @cached_property
    def trig(self) -> bytes:
        """The dataset as TriG, the same bytes for the same input."""
        return trig(self.quads, prefixes_used(self.case))


@paused()
def load(*paths: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = ()) -> Edition:
    """Read one case, or several together; `withhold` names people, bodies and documents by id or name.

    What is confidential is withheld in any case. Raises `CaseError` with every finding that stops a build.
    """
    case = reading.load(*paths)
    read_from = tuple(map(Path, paths))
    whole = Edition(case, internal, None, read_from)
    errors = [finding for finding in review(case, whole.dockets) if finding.severity == "error"]
    if errors:
        raise CaseError(errors)
    redaction = redact(case, withhold)
    return Edition(redaction.case, internal, redaction, read_from) if redaction else whole
