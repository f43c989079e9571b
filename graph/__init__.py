"""actorgraph: sourced statements in, a graph of who says what about whom, and who denies it, out.

>>> import graph
>>> case = graph.load("cases/us-el-salvador-prison-deal")
>>> case.graph          # rdflib.Graph: everything
>>> case.query("denied").to_pandas()
>>> case.network        # networkx.MultiDiGraph: safe to compute with
>>> case.draw("out.html")

`import graph` imports nothing further: each name below is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module

# Not from `typing`: until the command line answers Ctrl-C, as little as can be is imported.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rdflib import Namespace

    from .base.errors import ActorgraphError, CaseError, Finding, OutputError, QueryError, StoreError
    from .network.connection import Connection, Connections
    from .pipeline import ActorGraph, load
    from .query.statements import Statement
    from .query.table import Row, Table

    AG: Namespace
    ALLEGED: Namespace
    BASIS: Namespace
    BOUND: Namespace
    DENIED: Namespace
    ID: Namespace
    KIND: Namespace
    MO: Namespace
    NOTYET: Namespace
    PS: Namespace
    ROLE: Namespace
    SAID: Namespace
    SL: Namespace
    ST: Namespace
    UNIT: Namespace

__all__ = [
    "AG",
    "ALLEGED",
    "BASIS",
    "BOUND",
    "DENIED",
    "ID",
    "KIND",
    "MO",
    "NOTYET",
    "PS",
    "ROLE",
    "SAID",
    "SL",
    "ST",
    "UNIT",
    "ActorGraph",
    "ActorgraphError",
    "CaseError",
    "Connection",
    "Connections",
    "Finding",
    "OutputError",
    "QueryError",
    "Row",
    "Statement",
    "StoreError",
    "Table",
    "load",
]

_HOMES = {
    ".base.errors": ("ActorgraphError", "CaseError", "Finding", "OutputError", "QueryError", "StoreError"),
    ".network.connection": ("Connection", "Connections"),
    ".pipeline": ("ActorGraph", "load"),
    ".query.statements": ("Statement",),
    ".query.table": ("Row", "Table"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        found = getattr(import_module(_HOME[name], __name__), name)
    elif name in __all__:
        found = import_module(".store.namespaces", __name__).namespace(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
