"""The settings of the service: name, default, unit and meaning, in one table, from which the command line is made."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from . import limits as fixed

_OFF = "the connection is dropped"
_DAY = 24 * 3600.0


def _setting(
    default: Any, meaning: str, metavar: str = "", told: str = "", between: tuple[float, float] | None = None
) -> Any:
    """`told`: of a limit, what whoever meets it is told. `between`: the least and the most that a number may be."""
    return field(default=default, metadata={"meaning": meaning, "metavar": metavar, "told": told, "between": between})


@dataclass(frozen=True, slots=True)
class Settings:
    """What `actorgraph serve` may be told. Times are seconds, sizes megabytes."""

    host: str = _setting("127.0.0.1", "Address to listen on; 0.0.0.0 for every address of this machine.", "ADDRESS")
    port: int = _setting(8000, "Port to listen on; 0 for any free one.", "NUMBER", between=(0, 65535))
    workers: int = _setting(
        4, "Queries that run at the same time, each in its own process.", "NUMBER", between=(1, 256)
    )
    timeout: float = _setting(
        30.0, "Time limit for one query, in seconds.", "SECONDS", told=f"504, or {_OFF}", between=(0.01, _DAY)
    )
    answer: float = _setting(
        300.0,
        "Time limit for sending one answer, in seconds.",
        "SECONDS",
        told=f"504, or {_OFF}",
        between=(0.01, _DAY),
    )
    memory: int = _setting(
        1024,
        "Memory limit for one query, in megabytes, not counting the store.",
        "MB",
        told=f"413, or {_OFF}",
        between=(16, 1 << 20),
    )
    queue: int = _setting(
        32, "Queries that may wait for a free worker.", "NUMBER", told="503 with Retry-After", between=(0, 10_000)
    )
    max_query: int = _setting(1024, "Longest query text, in kilobytes.", "KB", told="413", between=(1, 1 << 20))
    max_body: int = _setting(
        64,
        "Largest body of an update or upload, in megabytes.",
        "MB",
        told="413, or 503 if all bodies together exceed it",
        between=(1, 1 << 20),
    )
    max_rows: int = _setting(
        0,
        "Most rows in one answer, stated in the header Row-Limit; 0 for no limit.",
        "NUMBER",
        told=f"413, or {_OFF}",
        between=(0, 10**12),
    )
    patience: float = _setting(
        20.0,
        "Time limit for receiving a request, in seconds.",
        "SECONDS",
        told="408, or the connection is closed",
        between=(0.01, _DAY),
    )
    grace: float = _setting(
        10.0,
        "Time that running queries get when the service is stopped, in seconds.",
        "SECONDS",
        told=_OFF,
        between=(0, _DAY),
    )
    default_graph: str = _setting(
        "", "What a query without a graph name reads: all graphs (union), or the default graph (own). "
        "Default: own for RDF in other vocabularies that has triples outside named graphs, else union.", "union|own",
    )  # fmt: skip
    cors: str = _setting("", 'Origins of other pages that may query, separated by commas, or "*" for all.', "ORIGIN")
    base: str = _setting("", "Public address of this service, where the dataset's IRIs are answered.", "URL")
    log_queries: bool = _setting(False, "Write query texts into the access log.")
    log_clients: bool = _setting(False, "Write client addresses into the access log.")
    writable: bool = _setting(False, "Allow SPARQL Update and Graph Store writes to whoever has the token.")
    token: str = _setting("", "Token for writing. Prefer ACTORGRAPH_TOKEN, which no list of processes shows.", "TEXT")
    allow_load: tuple[str, ...] = _setting(
        (), "File that an update may LOAD by its file:///… address; repeatable.", "FILE"
    )
    allow_service: tuple[str, ...] = _setting((), "Address that a query may use in SERVICE; repeatable.", "URL")

    def __post_init__(self) -> None:
        for each in fields(self):
            flag, value = f"--{each.name.replace('_', '-')}", getattr(self, each.name)
            if (between := each.metadata["between"]) and not between[0] <= value <= between[1]:
                raise ValueError(f"{flag} must be from {between[0]:,g} to {between[1]:,.0f}, not {value:,}")
        if self.default_graph not in ("", "union", "own"):
            raise ValueError("--default-graph must be union or own")
        if not self.host.strip():
            raise ValueError("--host is empty: name an address of this machine, or leave it out")
        for flag, addresses in (("--base", [self.base] if self.base else []), ("--allow-service", self.allow_service)):
            for address in addresses:
                if not _is_address(address):
                    raise ValueError(f"{flag} {address}: is not an address. Write https://…")
        for origin in self.origins:
            if origin != "*" and not (_is_address(origin) and origin.count("/") == 2):
                raise ValueError(f"--cors {origin}: is not an origin. Write https://example.org, without a path")
        if self.writable and not self.token:
            raise ValueError("--writable needs a token: set ACTORGRAPH_TOKEN")

    @property
    def origins(self) -> list[str]:
        """The origins of other pages that may ask."""
        return [origin.strip() for origin in self.cors.split(",") if origin.strip()]


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and text.isprintable()
    except ValueError:
        return False


def table() -> list[tuple[str, Any, str, str]]:
    """Every setting: name, default, meaning with what is told past a limit, and how its value is written."""
    found = []
    for each in fields(Settings):
        told = each.metadata["told"]
        meaning = each.metadata["meaning"] + (f" If exceeded: {told}." if told else "")
        found.append((each.name, each.default, meaning, each.metadata["metavar"]))
    return found


def limits() -> list[tuple[str, str, str, str]]:
    """Every limit: what, the option that sets it, how much it is when nothing is said, what is told past it."""
    found = []
    for each in fields(Settings):
        if each.metadata["told"]:
            unit = {"SECONDS": " seconds", "MB": " megabytes", "KB": " kilobytes"}.get(each.metadata["metavar"], "")
            much = f"{each.default:g}{unit}" if each.default else "none"
            flag = f"`--{each.name.replace('_', '-')}`"
            found.append((each.metadata["meaning"].rstrip("."), flag, much, each.metadata["told"]))
    return found + [(what, "", much, told) for what, much, told in fixed.TABLE]
