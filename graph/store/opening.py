"""RDF files opened as UTF-8, whatever they are packed in and encoded as; and what a file is that is no RDF."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, cast

from pyoxigraph import RdfFormat

from ..base.errors import StoreError

#: Endings of packed files and what opens them.
PACKED: Mapping[str, Callable[[Path], Any]] = MappingProxyType(
    {".gz": gzip.GzipFile, ".bz2": bz2.BZ2File, ".xz": lzma.LZMAFile}
)
#: As much of a file as tells what it is.
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: UTF-16 without a mark: every other byte of plain text is zero.
_WIDE = ((re.compile(rb"(?:[\t\n\r -~]\0){4}"), "utf-16-le"), (re.compile(rb"(?:\0[\t\n\r -~]){4}"), "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(rb"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")
#: How a file begins → what it is, and the remedy.
_STRANGERS = (
    (re.compile(rb"version https://git-lfs\.github\.com/spec/"),
     "is a pointer of Git's large-file storage, not the file itself. Fetch the file: git lfs pull."),
    (re.compile(rb"(?:\.\./)*\.git/annex/objects/|/annex/objects/"),
     "is a pointer of git-annex, not the file itself. Fetch the file: git annex get."),
    (re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|title|meta)\b[^:])"),
     "is a web page, not RDF. Save the data itself, which the page may link to."),
    (re.compile(rb"%PDF-"), "is a PDF, not RDF. Name the data itself."),
    (re.compile(rb"PK\x03\x04"), "is a ZIP archive. Unpack it, and name the files in it."),
    (re.compile(rb"\x1f\x8b"), "is packed with gzip. Give its name the ending .gz."),
    (re.compile(rb"BZh[1-9]1AY"), "is packed with bzip2. Give its name the ending .bz2."),
    (re.compile(rb"\xfd7zXZ\0"), "is packed with xz. Give its name the ending .xz."),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "is packed with Zstandard. Unpack it first, with zstd."),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "is a picture, not RDF. Name the data itself."),
    (re.compile(rb"\$HDT"), "is HDT, a binary form of RDF. Convert it to N-Triples first, with hdt2rdf."),
    (re.compile(rb"404: Not Found\s*$"), "says that a server did not find the file. Fetch it from its right address."),
    (re.compile(rb"\s*(?:Prefix|Ontology)\s*\("),
     "is OWL in functional syntax. Convert it to Turtle or RDF/XML first, with ROBOT."),
    (re.compile(rb"\s*(?:Prefix:|Ontology:)"),
     "is OWL in Manchester syntax. Convert it to Turtle or RDF/XML first, with ROBOT."),
)  # fmt: skip
_XML = re.compile(rb"\s*(?:<\?xml|<rdf:RDF|<!DOCTYPE rdf)")
#: A text cannot begin what is said of a graph or of an unnamed node, but an object of JSON.
_JSON = re.compile(rb'\s*(?:\[\s*)*\{\s*"')
_TURTLE = re.compile(rb"(?i)\s*(?:#[^\n]*\n\s*)*@?(?:prefix\s+[^\s:<>]*:|base)\s*<")
#: What lines of a table do not have, and lines of RDF do.
_SYNTAX = re.compile(r"<|@prefix|@base|\w:\w|[.;] *$|_:", re.IGNORECASE)
#: RDF-star of 2021 in N-Triples, which Turtle of today reads.
_QUOTED = re.compile(rb"(?m)^\s*<<(?!\()|[>\"]\s+<<(?!\()")


class _After(io.RawIOBase):
    """What was read already, and then the rest of a stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        if not self._head:
            return self._rest.read(-1 if size is None else size)
        if size is None or size < 0:
            data, self._head = self._head + self._rest.read(), b""
            return data
        data, self._head = self._head[:size], self._head[size:]
        return data

    def close(self) -> None:
        self._rest.close()
        super().close()


def opened(path: Path, form: RdfFormat) -> tuple[IO[bytes], RdfFormat]:
    """The content of a file as UTF-8, and the format that it is in, which is not always the one its name tells.

    `StoreError` when it is something that everybody recognizes and that is no RDF.
    """
    # Read through Python, in pieces, so that Ctrl-C is heard.
    pack = PACKED.get(path.suffix.lower())
    file = cast("IO[bytes]", pack(path) if pack else path.open("rb", buffering=1 << 20))
    try:
        file, head = _decoded(path, file)
        _refuse_stranger(path, head)
    except BaseException:
        file.close()
        raise
    return cast("IO[bytes]", _After(head, file)), _actual(form, head)


def _decoded(path: Path, file: IO[bytes]) -> tuple[IO[bytes], bytes]:
    """The rest of the file and its beginning, both UTF-8 without a byte order mark."""
    head = file.read(_HEAD)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", ""))
    encoding = encoding or next((name for begins, name in _WIDE if begins.match(head)), "")
    # A declaration that can be read byte by byte is not in one of the wide encodings, whatever it says.
    if (
        not encoding
        and (declared := _DECLARED.match(head))
        and not declared[1].lower().startswith((b"utf-16", b"utf-32"))
    ):
        encoding = declared[1].decode().lower()
    if encoding and encoding not in ("utf-8", "utf8", "us-ascii"):
        try:
            whole = codecs.EncodedFile(cast("Any", _After(head, file)), "utf-8", encoding)
        except LookupError as error:
            raise StoreError(f"{path}: declares the unknown encoding {encoding}. Save it as UTF-8.") from error
        file, mark = cast("IO[bytes]", whole), b""
        head = file.read(_HEAD)
    return file, _DECLARATION.sub(rb"\1", head.removeprefix(mark).removeprefix(codecs.BOM_UTF8))


def _refuse_stranger(path: Path, head: bytes) -> None:
    for begins, what in _STRANGERS:
        if begins.match(head):
            raise StoreError(f"{path}: {what}")


def _actual(form: RdfFormat, head: bytes) -> RdfFormat:
    if form in (RdfFormat.RDF_XML, RdfFormat.JSON_LD) and _TURTLE.match(head):
        return RdfFormat.TURTLE
    if form != RdfFormat.RDF_XML and _XML.match(head):
        return RdfFormat.RDF_XML
    if form != RdfFormat.JSON_LD and _JSON.match(head):
        return RdfFormat.JSON_LD
    if form == RdfFormat.N_TRIPLES and _QUOTED.search(head):
        return RdfFormat.TURTLE
    return form


def guessed(path: Path, form: RdfFormat) -> str:
    """What a file may be that no parser could read; nothing when that cannot be told."""
    file, _ = opened(path, form)
    with file:
        lines = file.read(_HEAD).decode("utf-8", "replace").splitlines()[:3]
    for mark in (",", ";", "\t"):
        if len(lines) > 1 and lines[0].count(mark) == lines[1].count(mark) > 0 and not _SYNTAX.search(" ".join(lines)):
            return "looks like a table, not RDF. Convert it first"
    if lines and form == RdfFormat.RDF_XML and "<" in lines[0] and "rdf:" not in "".join(lines):
        return "is XML, but not RDF/XML. Convert it first"
    return ""
