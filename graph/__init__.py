"""actorgraph: sourced statements in, a graph of who says what about whom, and who denies it, out.

>>> import graph
>>> case = graph.load("cases/us-el-salvador-prison-deal")  # or .trig, .ttl, a store's folder, an address
>>> case  # doctest: +NORMALIZE_WHITESPACE
<ActorGraph The US-El Salvador prison agreement, March 2025: 1 document, 44 actors, 239 relationships, 251 statements,
2 disputed>
>>> len(set(case.graph.subjects(graph.AG.stance, graph.ST.denied)))  # rdflib.Graph: everything
2
>>> len(case.dataset) == len(case.graph)  # rdflib.Dataset: the same, in named graphs
True
>>> case.query("disputed")[0].who  # a named query, or SPARQL; to_pandas() and to_csv()
'not stated'
>>> case.statements()[0].speaker  # one row for each statement; to_pandas() and to_csv()
'bne IntelliNews'
>>> case.network.nodes["nayib-bukele"]["kind"]  # networkx.MultiDiGraph: safe to compute with
'person'
>>> "nayib-bukele" in case.cast  # networkx.MultiDiGraph: whom the page opens with
True
>>> case.pyvis().get_node("nayib-bukele")["label"]  # pyvis.network.Network: what the page is drawn from
'Nayib Bukele'
>>> case.draw("out.html")
PosixPath('out.html')
>>> case.figures.unattributed, case.check()
(13, [])
>>> case.paths("Boasberg", "Cristosal")
[]

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
