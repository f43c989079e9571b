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


def count_line(quads: int) -> bytes:
    """The last line of a backup, a comment to all who read N-Quads."""
    return f"# {quads} quads\n".encode()


def read_backup(path: Path, *, may_be_empty: bool, progress: Progress | None = None) -> Iterator[Quad]:
    """The quads of a backup. `StoreError` at its end when it has fewer than it was made with, or none."""
    check([path])
    expected = _counted(path)
    count = 0
    for quad in read([path], None, progress):
        count += 1
        yield quad
    if expected is not None and count != expected:
        raise StoreError(f"{path}: has {count} of its {expected} quads. Fetch it again; the store is as it was.")
    if not count and not may_be_empty:
        raise StoreError(f"{path}: is empty, and would empty the store. Say --yes if that is wanted.")


def _counted(path: Path) -> int | None:
    """How many quads a backup says that it has; None for a file that does not say so, or cannot be read."""
    last = b""
    try:
        with _open(path) as file:
            while part := file.read(1 << 20):
                last = (last + part)[-100:]
    except (OSError, EOFError, zlib.error):
        return None  # which is told when it is read
    found = re.search(rb"(?:^|\n)# (\d+) quads\n$", last)
    return int(found[1]) if found else None


def _read(path: Path, graph: str | None) -> Iterator[Quad]:
    check([path], graph)
    try:
        with _open(path) as opened:
            file = cast("IO[bytes]", Harmless(opened)) if format_of(path) == RdfFormat.RDF_XML else opened
            quads = pyoxigraph.parse(file, format_of(path), rename_blank_nodes=True)
            if graph is None:
                yield from quads
            else:
                name = NamedNode(graph)
                for quad in quads:
                    yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise StoreError(f"{path}{place(error)}: {told(error)}. Mend the file.") from error
    except MemoryError as error:
        raise StoreError(f"{path}: holds a text longer than the parser takes ({error}). Shorten it.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreError(f"{path}: is no whole gzip file ({error}). Fetch it again.") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error


def _open(path: Path) -> IO[bytes]:
    # Read through Python, in pieces, so that Ctrl-C is heard.
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb", buffering=1 << 20)


class Harmless:
    """A file of RDF/XML as it is read, without declarations that make much of little: see `refuse_entities`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        """As a file reads. `SyntaxError` at its beginning when that declares what it may not."""
        if self._head is None:
            self._head = self._file.read(PROLOGUE)
            refuse_entities(self._head)
        if not self._head:
            return self._file.read(size)
        part, self._head = (self._head[:size], self._head[size:]) if size >= 0 else (self._head, b"")
        return part if size >= 0 else part + self._file.read()


#: The bytes of RDF/XML in which its first element has to begin.
PROLOGUE = 1 << 16
_BEFORE = re.compile(rb"(?:\s|\xef\xbb\xbf|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_ENTITY = re.compile(rb"""<!ENTITY\s+[\w.-]+\s+(?:"[^"&%<]{0,300}"|'[^'&%<]{0,300}')\s*>""")


def refuse_entities(head: bytes) -> None:
    """`SyntaxError` for RDF/XML that declares other entities than short names of namespaces.

    An entity stands for a text; one made of others stands for so much that no memory holds it.
    """
    plain = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")  # of UTF-16
    before = _BEFORE.match(plain)
    begin = plain[before.end() if before else 0 :]
    if len(head) >= PROLOGUE and (not begin or begin.startswith((b"<!--", b"<?"))):
        raise SyntaxError(f"its first element does not begin within {PROLOGUE >> 10} kilobytes")
    if not begin.startswith(b"<!DOCTYPE"):
        return
    declared, closed, _ = begin.partition(b"]")
    if b"[" in declared and (not closed or declared.count(b"<!ENTITY") != len(_ENTITY.findall(declared))):
        raise SyntaxError("its DOCTYPE declares entities that are not short names of namespaces")


def place(error: SyntaxError) -> str:
    """`:line:column` of an error in a file, as far as the parser tells them."""
    return "".join(f":{number}" for number in (error.lineno, error.offset) if number)


def told(error: SyntaxError) -> str:
    """What the parser says, without the place, which it says again; one line."""
    words = " ".join(str(error.msg).split())
    return _PLACE.sub("", words).rstrip(".")
