"""Another edition, to be compared with: of a page, an RDF file or a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..store import Faults, format_of, read_files
from .cases import dataset, read

if TYPE_CHECKING:
    from ..diff.snapshot import Snapshot

# What draws, and what reads other people's RDF, is imported where it is used: a case needs none of it.
# ruff: noqa: PLC0415


def snapshot(source: str, *, alike: bool = False) -> Snapshot:
    """What `diff` compares of a page, an RDF file or a case; `alike`: whatever an RDF file is called."""
    from ..diff.snapshot import of_network, of_store
    from ..draw.since import of_page
    from ..foreign import conversion, reading

    path = Path(source)
    if path.suffix in (".html", ".htm") and path.is_file():
        return of_page(path.read_text("utf-8", errors="replace"), source)
    if format_of(path) and path.is_file():
        from ..network.projection import project

        if reading.are_ours([path]):
            return of_store(read_files([path]))
        foreign = reading.read([path], Faults(), alike=alike)
        return of_network(project(conversion.lifted(foreign)), foreign.version)
    found = read(path)
    return of_store(dataset(found.case, found.dockets, found.redaction).store)
