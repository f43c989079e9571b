"""actorgraph: sourced statements in, a graph of who says what about whom out.

>>> import graph
>>> edition = graph.load("cases/us-el-salvador-prison-deal")
>>> edition.dataset        # rdflib Dataset: accepted triples, mirrors, dockets
"""

from .base.errors import ActorgraphError, CaseError, Finding, OutputError, QueryError, StoreError
from .pipeline import ActorGraph, load

__all__ = ["ActorGraph", "ActorgraphError", "CaseError", "Finding", "OutputError", "QueryError", "StoreError", "load"]
