"""What Virtuoso 7 does otherwise, and how it is made to keep what it is given.

It changes some values without a word: durations, whole numbers past 64 bits, digits of a double past the sixth, years
before the common era, XML. Such a literal is kept as text, with a datatype of our own, and gets its own datatype back
when it is read. What it only writes otherwise (`007` as `7`, `en-GB` as `en-gb`) stays so. It takes blank nodes in
INSERT DATA by names of its own alone.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ..base.terms import ID, PREFIXES

#: Graphs that it keeps for itself, which are neither counted nor dumped nor ever removed.
SYSTEM = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.openlinksw.com/virtrdf-label#",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "http://localuriqaserver/sparql",
    "urn:activitystreams-owl:map",
    "urn:rules.skos",
    "virtrdf-label",
    "facets",
)

_XSD, _RDF, _GEO = PREFIXES["xsd"], PREFIXES["rdf"], "http://www.opengis.net/ont/geosparql#"
_KEPT = {_XSD: f"{ID}kept/xsd/", _RDF: f"{ID}kept/rdf/", _GEO: f"{ID}kept/geo/"}
_BOOLEAN = f'"datatype": "{_XSD}boolean", "value": '
#: In its answers, what stands there → what is meant.
MENDED: Mapping[bytes, bytes] = {
    **{kept.encode(): own.encode() for own, kept in _KEPT.items()},
    b'"type": "bnode", "value": "nodeID://': b'"type": "bnode", "value": "',
    f'{_BOOLEAN}"1"'.encode(): f'{_BOOLEAN}"true"'.encode(),
    f'{_BOOLEAN}"0"'.encode(): f'{_BOOLEAN}"false"'.encode(),
}

_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_TIMES = frozenset(_XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"))
_CHANGED = frozenset(
    (
        *(_XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration")),
        f"{_RDF}XMLLiteral",
        f"{_GEO}wktLiteral",
    )
)


def as_sent(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads as it has to be sent them."""
    salt = secrets.token_bytes(16)

    def node(blank: BlankNode) -> NamedNode:
        # It counts its own from 10,000 up: a number this large will not be among them.
        number = int.from_bytes(hashlib.sha256(salt + blank.value.encode()).digest()[:6], "big") | 1 << 47
        return NamedNode(f"nodeID://b{number}")

    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode):
            subject = node(subject)
        if isinstance(value, BlankNode):
            value = node(value)
        elif isinstance(value, Literal):
            value = kept(value)
        yield Quad(subject, quad.predicate, value, quad.graph_name)


def kept(literal: Literal) -> Literal:
    """The literal as it is sent, so that it comes back with the same value."""
    own = literal.datatype.value
    if _survives(own, literal.value):
        return literal
    namespace = next((n for n in _KEPT if own.startswith(n)), None)
    if namespace is None:
        return literal
    return Literal(literal.value, datatype=NamedNode(_KEPT[namespace] + own.removeprefix(namespace)))


def _survives(datatype: str, value: str) -> bool:
    if datatype in _CHANGED:
        return False
    if datatype in _INTEGERS:
        return re.fullmatch(r"[+-]?\d+", value) is not None and abs(int(value)) < 2**63
    if datatype in _TIMES:
        return not value.startswith("-")
    if datatype == f"{_XSD}boolean":
        return value in ("true", "false", "1", "0")
    try:
        if datatype == f"{_XSD}decimal":
            number = Decimal(value)
            return (
                re.fullmatch(r"[+-]?\d*\.?\d*", value) is not None and round(number, 15) == number < Decimal(10) ** 18
            )
        if datatype in (f"{_XSD}double", f"{_XSD}float"):
            return value in ("INF", "-INF", "NaN") or float(f"{float(value):.6g}") == float(value)
    except (ValueError, InvalidOperation):
        return False
    return True


def mended(pieces: Iterator[bytes], table: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """The pieces of a body with each key of the table replaced by its value, also where it falls into two pieces."""
    if not table:
        yield from pieces
        return
    found = re.compile(b"|".join(map(re.escape, table)))
    longest = max(map(len, table))
    waiting = b""
    for piece in pieces:
        waiting += piece
        done, rest = _mend(waiting, found, table, len(waiting) - longest + 1)
        waiting = rest
        if done:
            yield done
    yield _mend(waiting, found, table, len(waiting))[0]


def _mend(text: bytes, found: re.Pattern[bytes], table: Mapping[bytes, bytes], until: int) -> tuple[bytes, bytes]:
    """What is mended, and the rest from `until` on, in which a key may have begun."""
    parts: list[bytes] = []
    at = 0
    for match in found.finditer(text):
        parts += (text[at : match.start()], table[match[0]])
        at = match.end()
    end = max(at, until, 0)
    return b"".join((*parts, text[at:end])), text[end:]
