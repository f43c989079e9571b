"""Which of the formats we write a client wants: `Accept` with its q-values (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Media type → format, in our order of preference: the first is sent to whoever takes anything.
TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/x-turtle": "turtle",
    "application/xml": "rdfxml",
    "application/json": "jsonld",
    "text/plain": "ntriples",
}
#: Names for a format in a link, where no header can be set: `&format=csv`.
TABLE_NAMES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_NAMES = {
    "json": "application/ld+json",
    "xml": "application/rdf+xml",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "n3": "text/turtle",
    "ntriples": "application/n-triples",
    "nt": "application/n-triples",
    "n-triples": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "n-quads": "application/n-quads",
    "nq": "application/n-quads",
}
#: The media type under which a format is sent, with its character set where the type has one.
SENT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nquads": "application/n-quads",
}
_RANGE = re.compile(r"([\w!#$&^+.*-]+)/([\w!#$&^+.*-]+)(.*)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def best(accept: str, offered: Mapping[str, str]) -> str | None:
    """The media type to send: of those with the highest quality, the one named most exactly, then ours first.

    `accept` is the header as it came, empty for none. None when nothing that is offered is acceptable.
    """
    ranges = _ranges(accept) or [("*", "*", 1.0)]
    found = []
    for place, type_ in enumerate(offered):
        fitting = [(_exact(major, minor), quality) for major, minor, quality in ranges if _fits(type_, major, minor)]
        if fitting:
            exact, quality = max(fitting)
            if quality > 0:
                found.append((-quality, -exact, place, type_))
    return min(found)[3] if found else None


def names_first(accept: str, type_: str) -> bool:
    """Whether `Accept` names a media type, and names none that we write before it.

    >>> names_first("text/html, */*;q=0.8", "text/html")
    True
    """
    named = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return type_ in named and not any(one in TABLES or one in GRAPHS for one in named[: named.index(type_)])


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match:
            quality = _QUALITY.search(match[3])
            found.append((match[1].lower(), match[2].lower(), min(1.0, float(quality[1])) if quality else 1.0))
    return found


def _fits(type_: str, major: str, minor: str) -> bool:
    ours, _, rest = type_.partition("/")
    return major in ("*", ours) and minor in ("*", rest)


def _exact(major: str, minor: str) -> int:
    return (major != "*") + (minor != "*")


def named(name: str) -> str:
    """What a format's name in a link asks for, as `Accept` would; `""` for a name that is none of ours.

    `xml` and `json` are names of a table and of a graph alike: which it is shows when the query is read.
    """
    name = name.lower()
    if "/" in name:
        name = name.replace(" ", "+")
        return name if name in TABLES or name in GRAPHS else ""
    return ", ".join(names[name] for names in (TABLE_NAMES, GRAPH_NAMES) if name in names)
