"""A request of the SPARQL 1.1 Protocol, to the letter: what is asked, over which dataset, in which format."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from .limits import MOST_PARAMETERS
from .negotiate import GRAPHS, TABLES, best, named
from .problem import Problem
from .settings import Settings

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
#: Parameters of which a request may have one.
_ONCE = ("query", "update")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update with its dataset; `table` and `graph` are the formats to answer in, None for none."""

    text: str
    update: bool
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    table: str | None = "json"
    graph: str | None = "turtle"

    def question(self, base: str | None, rows: int, services: tuple[str, ...]) -> dict[str, object]:
        """As a worker is asked. `services`: the addresses that may be asked by SERVICE."""
        return {
            "query": self.text,
            "base": base,
            "default": self.default,
            "named": self.named,
            "table": self.table,
            "graph": self.graph,
            "rows": rows,
            "allow": services,
        }


class Budget:
    """How many bytes of requests are held at once, of all clients together."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self, size: int) -> None:
        """`Problem` when there is no room for so many more."""
        if size > self.left:
            raise Problem(503, "Too many uploads at once", headers={"Retry-After": "1", "Connection": "close"})
        self.left -= size


async def body_of(request: Request, most: int, patience: float, budget: Budget) -> bytes:
    """The body, of at most so many bytes and within so many seconds.

    A compressed one is refused from its head: how large it becomes is known only when it has been unpacked.
    """
    coding = request.headers.get("content-encoding", "").strip()
    if coding.lower() not in ("", "identity"):
        headers = {"Accept-Encoding": "identity", "Connection": "close"}
        raise Problem(415, "The body is compressed", "Send it without Content-Encoding.", headers=headers)
    told = request.headers.get("content-length", "")
    parts, size = [], 0
    if not told.isdigit() or int(told) <= most:
        try:
            async with asyncio.timeout(patience):
                async for part in request.stream():
                    budget.take(len(part))
                    size += len(part)
                    parts.append(part)
                    if size > most:
                        break
                else:
                    return b"".join(parts)
        except TimeoutError:
            raise Problem(408, "The request did not arrive in time", headers={"Connection": "close"}) from None
        except ClientDisconnect:
            raise Problem(400, "The request was cut off") from None
        finally:
            budget.left += size
    raise Problem(413, "The request is too large", f"At most {most} bytes are read.", headers={"Connection": "close"})


async def read(request: Request, settings: Settings, budget: Budget, may_write: Callable[[], None]) -> Asked:
    """What a request to `/sparql` asks. `Problem` says what is wrong with it.

    `may_write` raises when whoever asks may not: what is refused is not read.
    """
    asked = request.scope["query_string"]
    pairs = _pairs(request.url.query.encode("ascii", "replace"), "the address") if asked else []
    text: str | None = None
    update = False
    if request.method == "POST":
        type_, charset = _type(request)
        update = type_ == UPDATE
        if update:
            may_write()
        if type_ not in (FORM, QUERY, UPDATE):
            raise Problem(415, "The body is of an unknown type", f"Send {FORM}, {QUERY} or {UPDATE}.")
        if charset.lower() not in ("", "utf-8", "utf8") and type_ != FORM:
            raise Problem(415, "The query is not in UTF-8", f"Its character set is {charset[:40]}.")
        most = _most(type_, settings, may_write)
        body = await body_of(request, most, settings.patience, budget)
        if type_ == FORM:
            pairs += _pairs(body, "the body")
        else:
            try:
                text = body.decode()
            except UnicodeDecodeError:
                raise Problem(400, "The query is not UTF-8 text") from None
    return _asked(request, pairs, text, update, settings)


def _most(type_: str, settings: Settings, may_write: Callable[[], None]) -> int:
    """How many bytes of a body are read: a form may hold an update where updates are allowed to whoever sends it."""
    short, long = settings.max_query << 10, settings.max_body << 20
    if type_ != FORM:
        return long if type_ == UPDATE else short
    try:
        may_write()
    except Problem:
        return 3 * short  # where each byte is written as three
    return long


def _asked(request: Request, pairs: list[tuple[str, str]], text: str | None, update: bool, settings: Settings) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    for name in _ONCE:
        if len(given.get(name, ())) > 1:
            raise Problem(400, f"More than one {name}", f"A request has one parameter {name}.")
    if text is None:
        text, update = _text(request.method, given)
    elif "query" in given or "update" in given:
        raise Problem(400, "More than one query", "The body is one; leave the parameter out.")
    if not update and len(text.encode()) > settings.max_query << 10:
        raise Problem(413, "The query is too long", f"At most {settings.max_query} kilobytes are read.")
    prefix = "using-" if update else "default-"
    default = given.get("using-graph-uri" if update else "default-graph-uri", [])
    graphs = given.get("using-named-graph-uri" if update else "named-graph-uri", [])
    # Virtuoso's form and what is modelled on it send these fields empty.
    default, graphs = [iri for iri in default if iri], [iri for iri in graphs if iri]
    if any(not _is_iri(iri) for iri in (*default, *graphs)):
        raise Problem(400, "A graph has no IRI", f"The parameter {prefix}graph-uri needs an absolute IRI.")
    table, graph = _formats(request, given)
    return Asked(text, update, tuple(default), tuple(graphs), table, graph)


def _text(method: str, given: Mapping[str, list[str]]) -> tuple[str, bool]:
    if "query" in given and "update" in given:
        raise Problem(400, "Both a query and an update", "Send one of them.")
    if "query" in given:
        return given["query"][0], False
    if "update" in given:
        if method != "POST":
            raise Problem(405, "An update is not sent by GET", "Send it by POST.", headers={"Allow": "POST, OPTIONS"})
        return given["update"][0], True
    raise Problem(400, "There is no query", "Send the parameter query, or a body of type application/sparql-query.")


def _formats(request: Request, given: Mapping[str, list[str]]) -> tuple[str | None, str | None]:
    """The formats for a table and for a graph: `format` in the address wins over the header, where it names one."""
    wanted = next(iter(given.get("format", given.get("output", ()))), "")
    return _chosen(", ".join(request.headers.getlist("accept")), wanted)


@lru_cache(maxsize=256)
def _chosen(accept: str, wanted: str) -> tuple[str | None, str | None]:
    table, graph = (
        (best(hint, offered) if (hint := named(wanted)) else None) or best(accept, offered)
        for offered in (TABLES, GRAPHS)
    )
    return (TABLES[table] if table else None), (GRAPHS[graph] if graph else None)


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        # Escapes are decoded here, so that bytes that are no UTF-8 are refused and not replaced.
        encoded.decode("ascii")
        return parse_qsl(
            encoded.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError:
        try:
            unquote_to_bytes(encoded).decode()
        except UnicodeDecodeError:
            raise Problem(400, f"Not UTF-8 text in {where}") from None
        return parse_qsl(encoded.decode(), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise Problem(400, f"Too many parameters in {where}") from error


def _type(request: Request) -> tuple[str, str]:
    """The media type of the body and its character set."""
    if (told := request.headers.get("content-type", "")) in (FORM, QUERY, UPDATE):
        return told, ""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    type_ = header.get_content_type() if request.headers.get("content-type") else ""
    return type_, str(header.get_param("charset") or "")


def _is_iri(text: str) -> bool:
    scheme, colon, rest = text.partition(":")
    return bool(colon and scheme and rest) and not any(c in '<>"{}|^`\\' or c <= " " for c in text)
