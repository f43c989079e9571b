"""Cases are read, and made into a dataset, with what is confidential taken out on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from .. import figures
from ..base.errors import CaseError, Finding, StoreError
from ..base.garbage import paused
from ..case import reader
from ..case.model import Case
from ..dataset import Published, build, indexed_in, rank_quads, ranked_in
from ..figures import Figures
from ..redaction.redact import Redaction, redact
from ..standing import Dockets, review, settle
from ..store import format_of
from ..store.files import unknown
from ..store.folder import is_folder


@dataclass(frozen=True, slots=True)
class Read:
    """Cases without an error, and without what is withheld."""

    case: Case
    dockets: Dockets
    redaction: Redaction | None
    #: Where they were read from.
    sources: tuple[Path, ...]
    warnings: tuple[Finding, ...]


@paused()
def read(*paths: Path, withhold: Collection[str] = ()) -> Read:
    """Cases, together. Raises `CaseError` with all that is wrong."""
    sources = tuple(dict.fromkeys(found for path in paths for found in _cases(path)))
    case, found = reader.examine(*sources)
    if case is None:
        raise CaseError(found)
    _refuse(found)
    dockets = settle(case)
    _refuse(review(case, dockets))
    redaction = redact(case, withhold)
    if redaction is not None:
        case, dockets = redaction.case, settle(redaction.case)
    return Read(case, dockets, redaction, sources, tuple(found))


def _refuse(found: Iterable[Finding]) -> None:
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        raise CaseError(errors)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A store of the quads with its indexes, and the figures: counted there, then stated in it."""

    store: pyoxigraph.Store
    figures: Figures

    @property
    def quads(self) -> Published:
        """What is published of it: all but the indexes."""
        return Published(self.store)


def dataset(case: Case, dockets: Dockets, redaction: Redaction | None = None, *, internal: bool = False) -> Dataset:
    """The dataset of cases. Raises `CaseError` when a trace of what was to be withheld is left in it."""
    with paused():
        store = build(case, dockets, internal=internal)
    if redaction is not None:
        redaction.refuse_leaks(store)
    with paused():
        counted = figures.of(store)
        store.extend([*figures.quads(counted), *indexed_in(store), *rank_quads(ranked_in(store))])
    return Dataset(store, counted)


def _cases(path: Path) -> Sequence[Path]:
    """The cases under a folder, or the case itself. Raises `CaseError` when there is none."""
    refuse_other_files([path])
    found = reader.find_cases(path)
    if not found:
        raise CaseError([Finding(str(path), 0, "contains no case.", "Create one: actorgraph new NAME.")])
    return found


def refuse_other_files(paths: Iterable[Path]) -> None:
    """`StoreError` for what is no case: a store, or a file that is no YAML but RDF, or nothing we know."""
    for path in paths:
        if is_folder(path):
            raise StoreError(f"{path}: is a store, and cases are wanted here. serve draws it, and query asks it.")
        if path.is_file() and path.suffix.lower() not in (".yaml", ".yml"):
            if format_of(path) is None:
                raise unknown(path)
            raise StoreError(
                f"{path}: is an RDF file, and cases are wanted here. draw, serve, query, path, diff and load take it."
            )
