"""What a page says of RDF files as a whole: their title and editor, and above the drawing what is true of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, cast

import pyoxigraph
from pyoxigraph import Literal

from ..base.terms import expand
from ..figures import Figures
from ..words import languages, message
from .reading import Foreign

#: Datasets that are described and are no part of another.
_DATASETS = f"""
SELECT DISTINCT ?d {{
  ?d a <{expand("void:Dataset")}>
  FILTER NOT EXISTS {{ ?other <{expand("void:subset")}>|<{expand("dcterms:hasPart")}> ?d }}
}}
"""
_FOLDER = re.compile(r"^(?:[A-Za-z]:)?[^:]*[/\\]")


def described(foreign: Foreign) -> dict[str, Any]:
    """Title, version, editor, licence and where to send corrections, as files of ours say; else the files' names."""
    told: dict[str, list[Literal]] = defaultdict(list)
    rows: Any = foreign.store.query(_DATASETS, use_default_graph_as_union=True)
    found = [row["d"] for row in rows]
    # Of several, none is the one that is drawn: each describes what somebody else has published.
    for quad in foreign.store.quads_for_pattern(found[0], None, None) if len(found) == 1 else ():
        told[quad.predicate.value].append(cast("Literal", quad.object))
    titles = {value.language: value.value for value in told[expand("dcterms:title")] if getattr(value, "language", "")}

    plain = next((value.value for value in told[expand("dcterms:title")] if not getattr(value, "language", "x")), "")
    plain = plain or titles.get("en", "")

    def first(name: str) -> str:
        return min((value.value for value in told[expand(name)]), default="")

    return {
        "title": {language: titles.get(language) or plain or foreign.names for language in languages()},
        "version": first("dcterms:modified") or foreign.version,
        "editor": first("dcterms:creator"),
        "licence": first("dcterms:license") or first("dcterms:rights"),
        "corrections": first("ag:corrections"),
    }


def opening_line(store: pyoxigraph.Store, counted: Figures, foreign: Foreign, language: str) -> str:
    """One honest line above the drawing."""
    documents = sorted(
        row["name"].value
        for row in store.query(
            f"SELECT ?name WHERE {{ ?d a <{expand('ag:Document')}> ; <{expand('rdfs:label')}> ?name "
            f'FILTER(LANG(?name) = "{language}") }}'
        )  # type: ignore[union-attr]
    )
    where = documents[0] if len(documents) == 1 else message(language, "foreign.graphs", n=len(documents))
    held = message(language, "foreign.statements", n=counted.statements, where=where)
    named = message(language, "foreign.named", n=counted.statements - counted.unattributed)
    faults = foreign.faults
    missing = [
        message(language, f"foreign.{name}", n=int(count))
        for name, count in (("leftOut", faults.left_out), ("cut", faults.cut), ("untagged", faults.untagged))
        if count
    ]
    # A page is for others: they get the file's name, not the folder that it was in.
    first = [_FOLDER.sub("", faults.first) + "."] if missing else []
    return " ".join([held, named, *missing, *first, message(language, "foreign.rule")])


def opening_lines(store: pyoxigraph.Store, counted: Figures, foreign: Foreign) -> dict[str, str]:
    """What is true of any RDF, in each language, for the head of its page."""
    return {language: opening_line(store, counted, foreign, language) for language in languages()}
