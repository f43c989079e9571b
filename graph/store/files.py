"""RDF files in, quads out, as they are read: no file is ever held in memory as a whole.

A file's blank nodes get fresh names, so that those of two files never merge.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeAlias, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from ..base.errors import StoreError

#: Called with the number of quads so far.
Progress: TypeAlias = Callable[[int], None]

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
#: Formats that know no graphs, so that their triples may be put into one.
_TRIPLES = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)
#: Quads between two calls of `Progress`: seldom enough to cost nothing.
_STEP = 10_000
_PLACE = re.compile(r"^Parser error (?:at|between) line .*?\d: ")


def format_of(path: Path) -> RdfFormat | None:
    """The format that a name tells, also of a file packed with gzip; None when it tells none."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def check(paths: Iterable[Path], graph: str | None = None) -> None:
    """`StoreError` for a file of no known format or that is not there, before anything is done."""
    for path in paths:
        form = format_of(path)
        if form is None:
            known = ", ".join(FORMATS)
            raise StoreError(f"{path}: is of no RDF format we know. Use one of {known}, or one of these with .gz.")
        if graph is not None and form not in _TRIPLES:
            raise StoreError(f"{path}: has graphs of its own. Put only Turtle, N-Triples and RDF/XML into a graph.")
        if not path.exists():
            raise StoreError(f"{path}: cannot be read (No such file or directory). Check the path.")
    if graph is not None:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise StoreError(f"{graph}: is no IRI to name a graph. Write https://…") from error


def read(paths: Iterable[Path], graph: str | None = None, progress: Progress | None = None) -> Iterator[Quad]:
    """The quads of RDF files, in their order; `graph` takes the triples. `StoreError` names file, line and column."""
    count = 0
    for path in paths:
        for quad in _read(path, graph):
            count += 1
            if progress is not None and count % _STEP == 0:
                progress(count)
            yield quad
    if progress is not None:
        progress(count)


def _read(path: Path, graph: str | None) -> Iterator[Quad]:
    check([path], graph)
    try:
        with _open(path) as file:
            quads = pyoxigraph.parse(file, format_of(path), rename_blank_nodes=True)
            if graph is None:
                yield from quads
            else:
                name = NamedNode(graph)
                for quad in quads:
                    yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise StoreError(f"{path}{place(error)}: {told(error)}. Mend the file.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreError(f"{path}: is no whole gzip file ({error}). Fetch it again.") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error


def _open(path: Path) -> IO[bytes]:
    # Read through Python, in pieces, so that Ctrl-C is heard.
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb", buffering=1 << 20)


def place(error: SyntaxError) -> str:
    """`:line:column` of an error in a file, as far as the parser tells them."""
    return "".join(f":{number}" for number in (error.lineno, error.offset) if number)


def told(error: SyntaxError) -> str:
    """What the parser says, without the place, which it says again; one line."""
    words = " ".join(str(error.msg).split())
    return _PLACE.sub("", words).rstrip(".")
