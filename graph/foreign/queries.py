"""The queries of `ontology/lift/`, with what several of them share written into them."""

from __future__ import annotations

from ..base import resources

#: Queries that find statements; the last needs SPARQL 1.2.
STATEMENTS = ("triples", "reified", "wikibase", "nary", "held", "valued", "restrictions", "reifiers")
#: What leads from a graph, a statement or a tie to its source, in one step and in two.
_SOURCED = (
    "prov:wasAttributedTo", "prov:hadPrimarySource", "prov:wasDerivedFrom", "prov:wasQuotedFrom",
    *(f"{space}:{name}" for space in ("dcterms", "dc") for name in ("source", "creator", "publisher")),
    *(
        f"{space}:{name}"
        for space in ("schema", "sdo")
        for name in ("author", "creator", "publisher", "citation", "isBasedOn")
    ),
    "pav:authoredBy", "pav:createdBy", "pav:providedBy", "pav:importedFrom", "pav:retrievedFrom", "pav:derivedFrom",
    "foaf:maker",
)  # fmt: skip
_SOURCED_BY_NODE = (
    "prov:wasGeneratedBy/prov:wasAssociatedWith", "prov:qualifiedAttribution/prov:agent",
    "prov:qualifiedPrimarySource/prov:entity",
)  # fmt: skip


def queries() -> dict[str, str]:
    """The lifting queries by name, as the served page gets them, too.

    `held` is `nary` for a tie that is named by whom it joins, as `org:hasMembership` names it, instead of naming them.
    `lift:sourced` is a path to a source, `lift:graphSourced` that of a graph, which its dataset may have, and
    `lift:sourcedBy` the list of properties that tell one.
    """
    path_to_source = "|".join([*_SOURCED, *(f"({path})" for path in _SOURCED_BY_NODE)])
    telling = ", ".join([*_SOURCED, *(path.partition("/")[0] for path in _SOURCED_BY_NODE)])
    of_graph = f"{path_to_source}|((void:inDataset|^void:subset|^dcat:distribution)/({path_to_source}))"
    texts = {
        path.stem: path.read_text("utf-8")
        .replace("lift:graphSourced", of_graph)
        .replace("lift:sourcedBy", telling)
        .replace("lift:sourced", path_to_source)
        for path in sorted((resources.ontology() / "lift").glob("*.rq"))
    }
    return {**texts, "held": texts["nary"].replace("(?st ?from ?s)", "(?s ?from ?st)").replace(
        "?st a ?kind ; ?from ?s ; ?to ?o .", "?s ?from ?st . ?st a ?kind ; ?to ?o ."
    ).replace("{ ?st ?from ?s }", "{ ?s ?from ?st }")}  # fmt: skip
