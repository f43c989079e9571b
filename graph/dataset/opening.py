"""The comment with which a dataset's files begin: what a statement looks like, and queries to start with."""

from __future__ import annotations

from ..base.terms import PREFIXES

#: What somebody asks first → the query, without its prefixes.
FIRST_QUERIES: dict[str, str] = {
    "Who says what: one row for each statement, true of its speaker": """\
SELECT ?speaker ?word ?subject ?relation ?object ?line ?statement {
  ?s a ag:Claim ; ag:word ?word ; ag:speaker/rdfs:label ?speaker ; ag:subject/rdfs:label ?subject ;
     ag:relation/rdfs:label ?relation ; ag:object ?o ; ag:claims/ag:line ?line ; rdfs:label ?statement .
  OPTIONAL { ?o rdfs:label ?name FILTER(LANG(?name) = "en") } OPTIONAL { ?s ag:approximate ?rounded }
  BIND(CONCAT(IF(BOUND(?rounded), "about ", ""), COALESCE(STR(?name), STR(?o))) AS ?object)
  FILTER(LANG(?speaker) = "en" && LANG(?subject) = "en" && LANG(?relation) = "en" && LANG(?statement) = "en") }""",
    "Who is in it, and what each is": """SELECT ?name ?kind {
  ?x ag:kind/rdfs:label ?kind ; rdfs:label ?name FILTER(LANG(?kind) = "en" && LANG(?name) = "en") }""",
    "Who denies or disputes what, and what that answers": """SELECT ?who ?word ?statement ?answered {
  VALUES ?word { "denies" "disputes" } ?s ag:word ?word ; ag:speaker/rdfs:label ?who ; rdfs:label ?statement
  OPTIONAL { ?s ag:counters/rdfs:label ?answered FILTER(LANG(?answered) = "en") }
  FILTER(LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "What is said of somebody or something, by a part of its name in small letters": """\
SELECT DISTINCT ?name ?statement {
  ?x rdfs:label|skos:altLabel ?called ; rdfs:label ?name . ?s ag:subject|ag:object ?x ; rdfs:label ?statement
  FILTER(CONTAINS(LCASE(STR(?called)), "NAME") && LANG(?name) = "en" && LANG(?statement) = "en") }""",
    "What somebody says, or is said for them": """SELECT DISTINCT ?name ?statement {
  ?x rdfs:label|skos:altLabel ?called ; rdfs:label ?name . ?s ag:speaker|ag:speaksFor ?x ; rdfs:label ?statement
  FILTER(CONTAINS(LCASE(STR(?called)), "NAME") && LANG(?name) = "en" && LANG(?statement) = "en") }""",
    "Every sum, and who states it": """SELECT ?sum ?who ?word ?statement {
  ?s ag:object ?o ; ag:word ?word ; ag:speaker/rdfs:label ?who ; rdfs:label ?statement .
  ?o a schema:MonetaryAmount ; rdfs:label ?figure . OPTIONAL { ?s ag:approximate ?rounded }
  BIND(CONCAT(IF(BOUND(?rounded), "about ", ""), STR(?figure)) AS ?sum)
  FILTER(LANG(?figure) = "en" && LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "Every other figure, of what, and who states it": """SELECT ?of ?figure ?who ?word ?statement {
  ?s a ag:Claim ; ag:object ?o ; ag:word ?word ; ag:subject/rdfs:label ?of ; ag:speaker/rdfs:label ?who ;
     rdfs:label ?statement . ?o a ag:Quantity ; rdfs:label ?number . OPTIONAL { ?s ag:approximate ?rounded }
  BIND(CONCAT(IF(BOUND(?rounded), "about ", ""), STR(?number)) AS ?figure)
  FILTER NOT EXISTS { ?o a schema:MonetaryAmount }
  FILTER(LANG(?of) = "en" && LANG(?number) = "en" && LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "What can defame somebody, who says it, and what is said against it": """SELECT ?who ?word ?statement ?answer {
  ?s a ag:Claim ; ag:claims/ag:sensitive true ; ag:word ?word ; ag:speaker/rdfs:label ?who ; rdfs:label ?statement
  OPTIONAL { ?s ^ag:counters|ag:claims/ag:wholeOpposedBy ?a . ?a rdfs:label ?answer FILTER(LANG(?answer) = "en") }
  FILTER(?word NOT IN ("denies", "disputes") && LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "What is not yet so, or would have been": """SELECT ?modality ?who ?statement {
  ?s a ag:Claim ; ag:modality/rdfs:label ?modality ; ag:speaker/rdfs:label ?who ; rdfs:label ?statement
  FILTER(LANG(?modality) = "en" && LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "Which relations there are, and in how many statements": """\
SELECT ?relation ?name (COUNT(DISTINCT ?s) AS ?statements) {
  ?s a ag:Claim ; ag:claims/rdf:predicate ?relation . ?relation rdfs:label ?name FILTER(LANG(?name) = "en")
} GROUP BY ?relation ?name ORDER BY DESC(?statements)""",
    "Every date, and what is said of it, the earliest first": """SELECT ?date ?statement {
  ?s ag:object|ag:since ?t ; rdfs:label ?statement .
  ?t a ag:Time ; rdfs:label ?date ; ag:earliest ?earliest FILTER(LANG(?date) = "en" && LANG(?statement) = "en")
} ORDER BY ?earliest""",
}


def opening(*, graphs: bool) -> bytes:
    """The comment in Turtle; `graphs`: whether the file keeps documents apart, as TriG does."""
    lines = [
        "Who says what about whom. Nothing here is a fact because it was printed.",
        "A statement (ag:Claim) is one speaker's one position. ag:speaker says it, ag:speaksFor whom,",
        "in ag:document: of ag:subject the ag:relation to ag:object. Its rdfs:label is the whole sentence.",
        "ag:via: who passed it on, in no order; ag:relayNames has them in order, in each language. Each link is a",
        "prov:qualifiedAttribution: prov:agent, ag:hop (0 the speaker, 1 the next), ag:speechVerb, ag:saidOn, and",
        "ag:implied true where we infer that link.",
        'ag:word tells how this speaker holds it, in one of these texts: "says", "alleges", "supposes", "denies",',
        '"disputes", "asks", "gave no answer", "says of some"; of what is not yet so or not so "says planned",',
        '"says expected", "says possible", "says required", "says conditional", "says counterfactual"; of what nobody',
        'says "presupposed" (the text takes it for granted, or tells of it with an answer), "presupposed planned" …,',
        '"inferred" (by us). By parts: ag:stance st:asserted …; ag:modality mo:planned …, absent where it is so.',
        '"says hypothetical": on a condition or contrary to fact, the author leaves open which; its prefix is notyet:.',
        "An ag:Mention repeats something without affirming it. ag:kind/ag:agent true: an actor, not a thing.",
        "ag:counters: what a statement tells against; a denial does, and so may any other statement.",
        "The relation tells how it is held, too: said:, alleged:, notyet:, counterfactual: (would have been so),",
        "denied:, presupposed:, spoken:. However it is held: ag:claims/rdf:predicate ag:heldAt, without such a prefix.",
        "A plain relation from one thing to another is one that an editor accepted.",
        "What somebody did, or only plans, is a node of its own (ag:kind kind:event, a sem:Event; kind:payment,",
        "kind:order, kind:agreement …): what is said of a visit is said about the visit, which other statements tie",
        "to those who made it. A tie between two may be a kind:concept, with both names in its label alone.",
        "People are ag:kind kind:person and, as a group, kind:people; only the former are a foaf:Person.",
        "A date belongs to one statement alone: as ag:object to its relation (opened, enacted), as ag:since and",
        "ag:until to the time for which that statement holds. Only ag:happenedOn dates an event as a whole, and many",
        "events have no date: never carry one over to what else is said of a node.",
        "A relationship as a whole (ag:Proposition, by ag:claims) has ag:line, all speakers taken together: said,",
        "soft (only alleged, supposed, by nobody named, or grave for somebody), disputed, denied, notyet …; show it",
        "beside ag:word, which alone says how one speaker holds it. ag:sensitive true: it can harm a person's name",
        "or a body's. Blame for a deed or a policy, and a figure, as of deaths, has no such mark.",
        "ag:wholeOpposedBy: a statement denying it of a group of which they are part. Nobody answered:",
        "FILTER NOT EXISTS { ?s ^ag:counters|ag:claims/ag:wholeOpposedBy ?d }.",
        "A payment's parts (payer, payee, amount, purpose) are statements of their own: join them by ag:subject and",
        "ag:speaker; where nobody is named, by ag:subject alone, for each such statement has a speaker of its own.",
        "An amount has schema:value, schema:currency and ag:per (a person, a year). Write the statement first, then",
        "labels, then OPTIONAL, and BIND at the very end: rdflib follows the order in which you write,",
        "and is slow with | in a path: write UNION.",
        "A statement may have ag:hedge and ag:quantifier (printed words of reserve; ag:reserve has both),",
        "ag:approximate (its speaker rounds the figure), ag:origin (with whom it begins, if not its speaker).",
        "ag:passage is where it stands: ag:at has the paragraph, ag:summary our own words for it.",
        "A speaker who is not named is an ag:UnstatedSource, one known only as a group an ag:UnnamedGroup, one person",
        "who is only described an ag:UnnamedPerson (and a foaf:Person).",
        "The words of the source are not here, except short quotations (oa:exact) and each document's title, which",
        "is its publisher's. ag:published: when it came out. Nothing here rates a source.",
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
