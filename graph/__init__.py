"""actorgraph: sourced statements in, a graph of who says what about whom out.

>>> import graph
>>> edition = graph.load("cases/us-el-salvador-prison-deal")
>>> edition.dataset        # rdflib Dataset: accepted triples, mirrors, dockets
"""

from .edition import Edition, load
from .errors import ActorgraphError, CaseError, Finding, OutputError, QueryError, StoreError

__all__ = ["ActorgraphError", "CaseError", "Edition", "Finding", "OutputError", "QueryError", "StoreError", "load"]
