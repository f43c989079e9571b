"""RDF files in, quads out, as they are read: no file is ever held in memory as a whole.

A file's blank nodes get fresh names, so that those of two files never merge.
"""

from __future__ import annotations

import gzip
import lzma
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TypeAlias, cast
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from ..base.errors import StoreError
from . import contexts
from .faults import Faults, Sieve
from .lines import Lines
from .nesting import Bounded
from .opening import PACKED, guessed, opened

#: Called with the number of quads so far.
Progress: TypeAlias = Callable[[int], None]

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".n3": RdfFormat.N3,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".ntriples": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".nquads": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".rdfs": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json-ld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
#: Formats that know no graphs, so that their triples may be put into one.
_TRIPLES = (RdfFormat.TURTLE, RdfFormat.N3, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)
#: Formats that can be read on after a mistake: the next statement is whole, and in no other graph than it says.
_GO_ON = (RdfFormat.TURTLE, RdfFormat.N3, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
#: Formats of one statement in a line.
_BY_LINE = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
#: Quads between two calls of `Progress`: seldom enough to cost nothing.
_STEP = 10_000
_PLACE = re.compile(r"^Parser error (?:at|between) line .*?\d: ")


def format_of(path: Path) -> RdfFormat | None:
    """The format that a name tells, also of a packed file; None when it tells none."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] and suffixes[-1] in PACKED:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def check(paths: Iterable[Path], graph: str | None = None) -> None:
    """`StoreError` for a file of no known format or that is not there, before anything is done."""
    for path in paths:
        form = format_of(path)
        if form is None:
            raise unknown(path)
        if graph is not None and form not in _TRIPLES:
            raise StoreError(f"{path}: has graphs of its own. Put only Turtle, N-Triples and RDF/XML into a graph.")
        if not path.exists():
            raise StoreError(f"{path}: cannot be read (No such file or directory). Check the path.")
    if graph is not None:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise StoreError(f"{graph}: is not an IRI. Write https://…") from error


def unknown(path: Path) -> StoreError:
    """What is said of a file whose name tells no format."""
    return StoreError(
        f"{path}: is of no RDF format we know. Use one of {', '.join(FORMATS)}, or one of these with "
        f"{', '.join(PACKED)}."
    )


def names(paths: Sequence[Path]) -> list[str]:
    """What tells files apart: the path of each from the folder that they have in common, as `2023/people.ttl`."""
    whole = [path.resolve() for path in paths]
    common = Path(os.path.commonpath([path.parent for path in whole])) if whole else Path()
    return [path.relative_to(common).as_posix() for path in whole]


def address(name: str) -> str:
    """The address against which relative ones are read, of a file that is told apart by this name.

    It holds no more of the path, so that a published page does not tell the folders of whoever made it.
    """
    return f"file:///{quote(name)}"


def read(
    paths: Iterable[Path],
    graph: str | None = None,
    progress: Progress | None = None,
    faults: Faults | None = None,
    bases: Sequence[str] | None = None,
) -> Iterator[Quad]:
    """The quads of RDF files, in their order.

    `graph` takes the triples. `faults` is told what could not be read; without it, that is refused. `bases` are the
    addresses of the files, against which relative ones are read; left out: where they are on this machine.
    `StoreError` names file, line and column.
    """
    count = 0
    every = list(paths)
    for path, base in zip(every, bases or [path.resolve().as_uri() for path in every], strict=True):
        for quad in _read(path, graph, faults, base):
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
        raise StoreError(f"{path}: has {count} of its {expected} quads. Fetch it again; the store is unchanged.")
    if not count and not may_be_empty:
        raise StoreError(f"{path}: is empty, and would empty the store. Use --yes if that is intended.")


def _counted(path: Path) -> int | None:
    """How many quads a backup says that it has; None for a file that does not say so, or cannot be read."""
    last = b""
    try:
        with opened(path, RdfFormat.N_QUADS)[0] as file:
            while part := file.read(1 << 20):
                last = (last + part)[-100:]
    except (StoreError, OSError, EOFError, zlib.error, lzma.LZMAError):
        return None  # which is told when it is read
    found = re.search(rb"(?:^|\n)# (\d+) quads\n$", last)
    return int(found[1]) if found else None


def _read(path: Path, graph: str | None, faults: Faults | None, base: str) -> Iterator[Quad]:
    check([path], graph)
    try:
        quads = _parsed(path, base) if faults is None else _tolerated(path, base, faults)
        if graph is None:
            yield from quads
        else:
            name = NamedNode(graph)
            for quad in quads:
                yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise _refused(path, error) from error
    except MemoryError as error:
        raise StoreError(f"{path}: contains a text longer than the parser takes ({error}). Shorten it.") from error
    except UnicodeError as error:
        encoding = getattr(error, "encoding", error)
        raise StoreError(f"{path}: is not encoded as it says ({encoding}). Save it as UTF-8.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise StoreError(f"{path}: is an incomplete {_packing(path)} file ({error}). Fetch it again.") from error
    except OSError as error:
        if error.errno is None:  # what unpacks a file found no such content
            raise StoreError(f"{path}: is not packed with {_packing(path)}, as its name says. Rename it.") from error
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error


def _packing(path: Path) -> str:
    return {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}.get(path.suffix.lower(), "packed")


def _refused(path: Path, error: SyntaxError) -> StoreError:
    if what := guessed(path, format_of(path) or RdfFormat.TURTLE):
        return StoreError(f"{path}: {what} (line {error.lineno or 1}: {told(error)}).")
    if told(error).startswith("{ is not"):
        return StoreError(
            f"{path}{place(error)}: contains named graphs, which its format does not support. Name it ….trig."
        )
    return StoreError(f"{path}{place(error)}: {told(error)}. Correct the file.")


def _opened(path: Path) -> tuple[IO[bytes], RdfFormat]:
    """A file, ready for the parser, with the format that it is in."""
    form = format_of(path)
    assert form is not None  # `check` refuses such a file
    file, form = opened(path, form)
    if form != RdfFormat.JSON_LD:
        return file, form
    with file:
        by_address = contexts.named(cast("IO[bytes]", Bounded(path, file, form)))
    file, form = opened(path, form)
    if not by_address:
        return file, form
    with file:
        return contexts.resolved(path, file), form


def _parsed(path: Path, base: str) -> Iterator[Quad]:
    """The quads of a valid file; the first mistake ends them with a `SyntaxError`."""
    file, form = _opened(path)
    # JSON-LD drops an address that is none without a word, RDF/XML does not tell its line: let through, both are found.
    sieve = Sieve(Faults()) if form in (RdfFormat.JSON_LD, RdfFormat.RDF_XML) else None
    with file:
        for quad in pyoxigraph.parse(
            _harmless(path, _by_line(file, form), form),
            form,
            base_iri=base,
            rename_blank_nodes=True,
            lenient=sieve is not None,
        ):
            if sieve is not None and (sieve(quad) is None or sieve.wrong):
                raise SyntaxError(sieve.why, (str(path), _line_of(path, sieve.wrong), None, None))
            # A formula of N3 is quoted, not said.
            if form != RdfFormat.N3 or isinstance(quad.graph_name, DefaultGraph):
                yield quad


def _tolerated(path: Path, base: str, faults: Faults) -> Iterator[Quad]:
    """The quads that can be read; `faults` is told of the others. A file of which nothing can be read is refused."""
    count, broken, wrong = 0, None, set()
    file, form = _opened(path)
    # Triples line by line have no base of their own.
    sieve = Sieve(faults, base if form in _BY_LINE else "")
    with file:
        lines = _by_line(file, form, mend=True)
        quads = pyoxigraph.parse(
            _harmless(path, lines, form), form, base_iri=base, rename_blank_nodes=True, lenient=True
        )
        while True:
            try:
                quad = next(quads, None)
            except SyntaxError as error:
                if form not in _GO_ON or told(error).startswith("{ is not"):
                    raise
                broken = broken or error
                # A parser may stumble twice over one line.
                faults.left_out += form not in _BY_LINE or error.lineno not in wrong
                wrong.add(error.lineno)
                faults.cut = faults.cut or (error.end_lineno or 0) > (error.lineno or 0) + 1
                continue
            if quad is None:
                break
            if form == RdfFormat.N3 and not isinstance(quad.graph_name, DefaultGraph):
                faults.left_out += 1
                faults.first = faults.first or f"{path}: a formula states nothing"
            elif (clean := sieve(quad)) is not None:
                count += 1
                yield clean
    unended = lines.left_out if isinstance(lines, Lines) else 0
    faults.left_out += unended
    if broken is not None and not count:
        raise broken
    if not faults.first and (broken is not None or sieve.wrong or unended):
        faults.first = _first(path, base, sieve)


def _first(path: Path, base: str, sieve: Sieve) -> str:
    """Where the first mistake of a file is, which only a strict parser tells, and what is wrong."""
    try:
        for _ in _parsed(path, base):
            pass
    except SyntaxError as error:
        if where := place(error):
            return f"{path}{where}: {told(error)}"
    line = _line_of(path, sieve.wrong)
    return f"{path}{f':{line}' if line else ''}: {sieve.why}"


def _line_of(path: Path, wrong: str) -> int | None:
    """The line that holds a token, for formats whose parser does not tell."""
    file, _ = _opened(path)
    with file:
        for number, line in enumerate(file.read().split(b"\n"), 1):
            if wrong.encode() in line:
                return number
    return None


def _by_line(file: IO[bytes], form: RdfFormat, *, mend: bool = False) -> IO[bytes]:
    return cast("IO[bytes]", Lines(file, mend=mend)) if form in _BY_LINE else file


def _harmless(path: Path, file: IO[bytes], form: RdfFormat) -> IO[bytes]:
    bounded = cast("IO[bytes]", Bounded(path, file, form))
    return cast("IO[bytes]", Harmless(bounded)) if form == RdfFormat.RDF_XML else bounded


class Harmless:
    """A file of RDF/XML as it is read, without declarations that make much of little: see `refuse_entities`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        """As a file reads. `SyntaxError` at its beginning when that declares what it may not."""
        if self._head is None:
            self._head = b""
            # A packed file gives less than it is asked for before its end.
            while part := self._file.read(PROLOGUE - len(self._head)) if len(self._head) < PROLOGUE else b"":
                self._head += part
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
