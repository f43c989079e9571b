"""A request of the SPARQL 1.1 Protocol, to the letter: what is asked, over which dataset, in which format."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from ..base import lexer
from ..base.terms import PREFIXES
from .negotiate import GRAPHS, SHORT, TABLES, best
from .problem import Problem
from .settings import Settings

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
#: Parameters of which a request may have one.
_ONCE = ("query", "update", "format", "output")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update with its dataset; `table` and `graph` are the formats to answer in, None for none."""

    text: str
    update: bool
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    table: str | None = "json"
    graph: str | None = "turtle"

    def question(self, base: str | None, rows: int) -> dict[str, object]:
        """As a worker is asked."""
        return {
            "query": self.text,
            "base": base,
            "default": self.default,
            "named": self.named,
            "from": lexer.names_dataset(self.text),
            "table": self.table,
            "graph": self.graph,
            "prefixes": self.prefixes(),
            "rows": rows,
        }

    def prefixes(self) -> dict[str, str]:
        """What names are written with: what the question declares; DESCRIBE needs none, and gets those of ours."""
        described = lexer.first_word(self.text) == "DESCRIBE"
        return lexer.prefixes(self.text) or (PREFIXES if described else {})


async def body_of(request: Request, most: int, patience: float) -> bytes:
    """The body, of at most so many bytes and within so many seconds."""
    told = request.headers.get("content-length", "")
    parts, size = [], int(told) if told.isdigit() else 0
    if size <= most:
        size = 0
        try:
            async with asyncio.timeout(patience):
                async for part in request.stream():
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        break
        except TimeoutError:
            raise Problem(408, "The request did not arrive in time", headers={"Connection": "close"}) from None
        except ClientDisconnect:
            raise Problem(400, "The request was broken off") from None
    if size > most:
        raise Problem(
            413, "The request is too large", f"At most {most} bytes are read.", headers={"Connection": "close"}
        )
    return b"".join(parts)


async def read(request: Request, settings: Settings) -> Asked:
    """What a request to `/sparql` asks. `Problem` says what is wrong with it."""
    pairs = _pairs(request.url.query.encode("ascii", "replace"), "the address")
    text: str | None = None
    update = False
    if request.method == "POST":
        type_, charset = _type(request)
        most = settings.max_body << 20 if type_ == UPDATE or settings.writable else settings.max_query << 10
        body = await body_of(request, most, settings.patience)
        if type_ == FORM:
            pairs += _pairs(body, "the body")
        elif type_ in (QUERY, UPDATE):
            if charset.lower() not in ("", "utf-8", "utf8"):
                raise Problem(415, "The query is not in UTF-8", f"Its character set is {charset[:40]}.")
            update = type_ == UPDATE
            try:
                text = body.decode()
            except UnicodeDecodeError:
                raise Problem(400, "The query is not UTF-8 text") from None
        else:
            raise Problem(415, "The body is of an unknown type", f"Send {FORM}, {QUERY} or {UPDATE}.")
    return _asked(request, pairs, text, update, settings)


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
    named = given.get("using-named-graph-uri" if update else "named-graph-uri", [])
    if any(not _is_iri(iri) for iri in (*default, *named)):
        raise Problem(400, "A graph has no IRI", f"The parameter {prefix}graph-uri needs an absolute IRI.")
    table, graph = _formats(request, given)
    return Asked(text, update, tuple(default), tuple(named), table, graph)


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
    """The formats for a table and for a graph: `format` in the address wins over the header."""
    wanted = next(iter(given.get("format", given.get("output", ()))), "")
    if wanted:
        accept = SHORT.get(wanted.lower(), wanted.replace(" ", "+"))
    else:
        accept = ", ".join(request.headers.getlist("accept"))
    table, graph = best(accept, TABLES), best(accept, GRAPHS)
    return (TABLES[table] if table else None), (GRAPHS[graph] if graph else None)


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        # Escapes are decoded here, so that bytes that are no UTF-8 are refused and not replaced.
        encoded.decode("ascii")
        return parse_qsl(
            encoded.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=10_000
        )
    except UnicodeDecodeError:
        try:
            unquote_to_bytes(encoded).decode()
        except UnicodeDecodeError:
            raise Problem(400, f"Not UTF-8 text in {where}") from None
        return parse_qsl(encoded.decode(), keep_blank_values=True, max_num_fields=10_000)
    except ValueError as error:
        raise Problem(400, f"Too many parameters in {where}") from error


def _type(request: Request) -> tuple[str, str]:
    """The media type of the body and its character set."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    type_ = header.get_content_type() if request.headers.get("content-type") else ""
    return type_, str(header.get_param("charset") or "")


def _is_iri(text: str) -> bool:
    scheme, colon, rest = text.partition(":")
    return bool(colon and scheme and rest) and not any(c in '<>"{}|^`\\' or c <= " " for c in text)
