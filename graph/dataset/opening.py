"""The comment with which a dataset's files begin: what a statement looks like, and five queries to start with."""

from __future__ import annotations

from ..base.terms import PREFIXES

#: What somebody asks first → the query, without its prefixes.
FIRST_QUERIES: dict[str, str] = {
    "Who says what: one row for each statement, true of its speaker": """\
SELECT ?speaker ?word ?subject ?relation ?object {
  ?s a ag:Claim ; ag:word ?word ; ag:originator/rdfs:label ?speaker ; ag:subject/rdfs:label ?subject ;
     ag:relation/rdfs:label ?relation ; ag:object ?o . OPTIONAL { ?o rdfs:label ?name FILTER(LANG(?name) = "en") }
  BIND(COALESCE(STR(?name), STR(?o)) AS ?object)
  FILTER(LANG(?speaker) = "en" && LANG(?subject) = "en" && LANG(?relation) = "en") }""",
    "Who is in it, and what each is": """SELECT ?name ?kind {
  ?x ag:kind/rdfs:label ?kind ; rdfs:label ?name FILTER(LANG(?kind) = "en" && LANG(?name) = "en") }""",
    "Who denies or disputes what": """SELECT ?who ?word ?statement {
  VALUES ?word { "denies" "disputes" } ?s ag:word ?word ; ag:originator/rdfs:label ?who ; rdfs:label ?statement
  FILTER(LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "What is said of somebody or something, by any of its names in small letters": """SELECT ?statement {
  ?x ag:nameKey "NAME" . ?s ag:subject|ag:object ?x ; rdfs:label ?statement FILTER(LANG(?statement) = "en") }""",
    "What somebody says, or is said for them": """SELECT ?statement {
  ?x ag:nameKey "NAME" . ?s ag:originator|ag:speaksFor ?x ; rdfs:label ?statement FILTER(LANG(?statement) = "en") }""",
}


def opening(*, graphs: bool) -> bytes:
    """The comment in Turtle; `graphs`: whether the file keeps documents apart, as TriG does."""
    lines = [
        "Who says what about whom. Nothing here is a fact because it was printed.",
        "A statement (ag:Claim) is one speaker's one position. ag:originator says it, ag:speaksFor whom,",
        "through ag:via, in ag:document: of ag:subject the ag:relation to ag:object.",
        "ag:word tells how this speaker holds it: says, says planned, alleges, supposes, denies, disputes, asks;",
        "presupposed: nobody says it. A denial ag:counters what it answers. The relation tells how it is held, too:",
        "said:, alleged:, notyet:, denied:, presupposed:, spoken:. A plain relation is one that an editor accepted.",
        "A relationship as a whole (ag:Proposition, by ag:claims) has ag:line: said, soft, disputed, denied, notyet …",
        'Every label is there in English and in Spanish: FILTER(LANG(?x) = "en").',
        *(
            ("Each document has a graph of its own: query the union of all graphs.",)
            if graphs
            else (
                "Everything is in one graph here; dataset.trig keeps the documents apart, and is what a store loads.",
            )
        ),
    ]
    for asked, query in FIRST_QUERIES.items():
        lines += ["", f"{asked}:", *query.splitlines()]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines).encode() + b"\n"


def declared(query: str) -> str:
    """A first query with its prefixes, as any program takes it."""
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in query}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in used.items()) + query
