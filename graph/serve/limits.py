"""Limits of the service that are not set, for no use is known that needs others. Those that are: see `settings`."""

from __future__ import annotations

#: Bytes of a request line: long for a query in a link, else as servers usually have it.
LONGEST_QUERY_LINE, LONGEST_LINE = 256 << 10, 8 << 10
#: Bytes of all headers of a request and of one of them, and how many there may be.
MOST_HEADERS, LONGEST_HEADER, HEADERS = 32 << 10, 8 << 10, 100
#: How many parameters a request may have.
MOST_PARAMETERS = 10_000
#: Largest answer that is held back until it is whole, for a client of HTTP/1.0, in bytes.
MOST_WHOLE = 64 << 20
#: Largest answer that a page is made of, in bytes and in triples.
MOST_READ, PAGE_TRIPLES = 8 << 20, 20_000
#: Seconds after which a query is a long one: it makes way for those that have just come.
QUICK = 0.5

#: What, how much, and what is told past it.
TABLE: tuple[tuple[str, str, str], ...] = (
    ("Request line with a query in it", f"{LONGEST_QUERY_LINE >> 10} kilobytes", "414"),
    ("Any other request line", f"{LONGEST_LINE >> 10} kilobytes", "414"),
    ("All headers of a request", f"{MOST_HEADERS >> 10} kilobytes, {HEADERS} of them", "431"),
    ("One header", f"{LONGEST_HEADER >> 10} kilobytes", "431"),
    ("Parameters of a request", f"{MOST_PARAMETERS:,}", "400"),
    ("Answer to an HTTP/1.0 client, which gets it whole or not at all", f"{MOST_WHOLE >> 20} megabytes", "413"),
    (
        "Data shown on one page",
        f"{MOST_READ >> 20} megabytes, {PAGE_TRIPLES:,} triples",
        "413, or the first of them",
    ),
    ("Time after which a query counts as a long one", f"{QUICK:g} seconds", "503 with Retry-After if others wait"),
)
