"""A dataset in, its bare network out: who stands to whom, for measures and paths over millions of statements."""

from __future__ import annotations

import networkx as nx
from pyoxigraph import Literal, Store

from ..base.garbage import paused
from ..base.terms import PREFIXES
from .resources import local


@paused()
def outline(store: Store) -> nx.MultiDiGraph:
    """Who stands to whom how, and no more: for measures, paths and frames over millions of statements.

    Nodes are IRIs. An edge is a proposition between two of them, keyed by its IRI, with nine attributes: `relation`
    (its IRI), `line`, `status`, `disputed`, `denied_in_part`, `sensitive`, `origins`, `statements` and
    an English `label`.
    """
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    rows = store.query(_OUTLINE, use_default_graph_as_union=True, prefixes=PREFIXES)
    words: dict[str, str] = {}

    def once(text: str) -> str:
        return words.setdefault(text, text)

    network.add_edges_from(
        (
            once(source.value),
            once(target.value),
            proposition.value,
            {
                "relation": once(relation.value),
                "line": once(line.value),
                "status": local(once(status.value)) if status else "open",
                "disputed": _holds(disputed),
                "denied_in_part": _holds(in_part),
                "sensitive": _holds(sensitive),
                # One is the rule, and left out of a dataset.
                "origins": int(origins.value) if origins else 1,
                "statements": int(statements.value) if statements else 1,
                "label": label.value,
            },
        )
        for (
            source, target, proposition, relation, line, status, disputed, in_part, sensitive, origins, statements,
            label,
        ) in rows  # type: ignore[union-attr]
    )  # fmt: skip
    return network


_OUTLINE = """SELECT ?source ?target ?p ?relation ?line ?status ?disputed ?inPart ?sensitive ?origins ?statements ?label
WHERE {
  ?p rdf:subject ?source ; rdf:object ?target ; rdf:predicate ?relation ; ag:line ?line ;
     rdfs:label ?label .
  FILTER(isIRI(?target) && LANG(?label) = "en")
  OPTIONAL { ?p ag:origins ?origins } OPTIONAL { ?p ag:statements ?statements }
  OPTIONAL { ?p ag:status ?status } OPTIONAL { ?p ag:disputed ?disputed }
  OPTIONAL { ?p ag:deniedInPart ?inPart } OPTIONAL { ?p ag:sensitive ?sensitive } }"""


def _holds(value: Literal | None) -> bool:
    """What a dataset says of nothing that it holds for is left out of it."""
    return value is not None and value.value == "true"
