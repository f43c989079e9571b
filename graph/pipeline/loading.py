"""Whatever was named — cases, RDF files, a store, a server — becomes an `ActorGraph`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..base.errors import StoreError
from ..ingest import settle, settle_files
from ..store import Faults, Memory, format_of, read_files
from .actor_graph import ActorGraph
from .case_graph import CaseGraph
from .cases import read

if TYPE_CHECKING:
    from ..foreign.reading import Foreign

# What reads other people's RDF, and stores, is imported where it is used: a case needs none of it.
# ruff: noqa: PLC0415


def load(
    *sources: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = (), strict: bool = False
) -> ActorGraph:
    """Read cases, RDF, a store or a SPARQL server.

    Parameters
    ----------
    *sources : str or path
        Cases (several become one dataset, a folder of cases stands for all in it); or RDF files, ours or anybody's; or
        the folder of a store; or the address of a SPARQL server, of which everything is copied.
    internal : bool
        With our own grades, notes and requests for reply. Cases only.
    withhold : collection of str
        People, bodies and documents to leave out, by id or name. Cases only: what is confidential is always left out.
    strict : bool
        Refuse RDF files that are not valid. Otherwise what can be read of them is read, and `faults` has the rest.

    Returns
    -------
    ActorGraph
        The data, to be asked, drawn and computed with.

    Raises
    ------
    CaseError
        When a case is wrong: `findings` has every finding that stops a build.
    QueryError
        When a name in `withhold` means nobody, or several.
    StoreError
        When a file, a store or a server cannot be read, or holds nothing; when nothing is named.

    Examples
    --------
    >>> import graph
    >>> graph.load("cases/us-el-salvador-prison-deal").query("money")[0].sum
    '15,000,000 USD'
    """
    if not sources:
        raise StoreError("load: nothing is named. Name a case, RDF files, the folder of a store or an address.")
    stored = _stored(list(map(str, sources)), strict=strict)
    if stored is None:
        return load_cases(*sources, internal=internal, withhold=withhold)
    if internal or withhold:
        raise StoreError(f"{sources[0]}: is not a case: internal and withhold are for cases. Leave them out.")
    return ActorGraph(stored)


def load_cases(*paths: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = ()) -> CaseGraph:
    """`load` for cases alone."""
    found = read(*map(Path, paths), withhold=[withhold] if isinstance(withhold, str) else withhold)
    return CaseGraph(found.case, internal, found.redaction, found.sources, found.warnings, found.dockets)


def _stored(sources: Sequence[str], *, strict: bool) -> Foreign | None:
    """The quads of files, a store or a server; None when the sources are cases."""
    from ..foreign import reading
    from ..store.folder import is_folder
    from ..store.interface import is_address

    paths = list(map(Path, sources))
    places = [name for name, path in zip(sources, paths, strict=True) if is_address(name) or is_folder(path)]
    files = [path for path in paths if format_of(path) and path.is_file()]
    if not places and not files:
        return None
    if len(sources) > 1 and len(files) < len(sources):
        raise StoreError(f"{', '.join(sources)}: name one store, or RDF files, or cases, not several kinds together.")
    if files:
        faults = Faults()
        asked = None if strict else faults
        if not reading.are_ours(files):
            return reading.read(files, asked)
        ours = read_files(files, asked)
        settle_files(Memory(ours), files)
        return reading.Foreign(ours, {}, "", faults)
    from ..store.location import open_store

    store = open_store(places[0])
    try:
        # A file that is closed between writing and reading: not every system opens one twice.
        with tempfile.TemporaryDirectory(prefix="actorgraph-") as folder:
            copy = Path(folder) / "all.nq"
            with copy.open("wb") as out:
                store.dump(out)
            kept = read_files([copy])
        settle(Memory(kept))
        return reading.Foreign(kept, {}, "")
    finally:
        store.close()
