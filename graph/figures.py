"""Every count that is published, defined once: how many statements, speakers, denials, accusations without an answer.

In: a store. Out: `Figures`. A figure is a `Rule`: which records it counts (documents, actors, statements,
relationships) and what each of them must be, in features that the dataset itself shows (`FEATURES`, as SPARQL). So
anybody can count again with `query(name)`. The figures are stored with the dataset's description, one property for
each, and the terminal, `check`, the page, the served page, the lawyer's sheet and the named queries read them there.
The page gets the rules as data and applies them to what its filters leave.

What each figure means is said in English and Spanish by its property in `ontology/vocabulary.yaml`; here stands why.

>>> import graph
>>> from graph import figures
>>> counted = figures.of(graph.load("cases/us-el-salvador-prison-deal").store)
>>> counted.statements, counted.speakers, counted.unattributed, counted.mentions
(251, 18, 13, 2)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any, ClassVar

import pyoxigraph

from .base.terms import PREFIXES, Literal, NamedNode, Quad, expand
from .dataset import DATASET, DESCRIPTION
from .store.interface import Solutions, Store
from .store.oxigraph import Memory

Value = bool | int | str

#: What can be counted: the pattern that finds each record as `?x`.
RECORDS: Mapping[str, str] = {
    "document": "?x a ag:Document",
    "actor": "?x ag:kind ?kind",
    "statement": "{ ?x a ag:Claim } UNION { ?x a ag:Mention }",
    "relationship": "?x a ag:Proposition",
}

#: That somebody has not spoken of it. Declining to answer is no answer; what was answered to us is one.
_SILENT = (
    "MINUS {{ ?{0}Heard ag:claims ?x ; ag:speaker|ag:speaksFor ?{0} ; ag:stance ?{0}Taking "
    "FILTER(?{0}Taking != st:declined) MINUS {{ ?{0}Heard ag:withdrawn|ag:corrected true }} }} "
    "MINUS {{ ?{0}Asked ag:claims ?x ; ag:reply/ag:answer ?{0}Answer }}"
)
#: What a record must be to be counted: the pattern that holds where the feature is true, or that binds its value to a
#: variable of its name. No two features of a record share another variable than `?x`, so that they can be joined.
#: A statement that was taken back is no answer to an accusation, and two readings of one ambiguous sentence are one
#: statement, known by the first of them.
FEATURES: Mapping[str, Mapping[str, str]] = {
    "document": {},
    "actor": {"agent": "?x ag:kind/ag:agent true"},
    "statement": {
        "mention": "?x a ag:Mention",
        "named": "?x ag:speaker ?named MINUS { ?named a ag:UnstatedSource }",
        "own": "?x ag:speaker ?own ; ag:document/dcterms:publisher ?own",
        "retracted": "?x ag:withdrawn|ag:corrected true",
        "speaker": "?x ag:speaker ?speaker",
        "reading": "OPTIONAL { ?x ag:alternativeOf ?first FILTER(STR(?first) < STR(?x)) "
        "FILTER NOT EXISTS { ?first ag:alternativeOf ?earlier FILTER(STR(?earlier) < STR(?first)) } } "
        "BIND(COALESCE(?first, ?x) AS ?reading)",
    },
    "relationship": {
        "line": "?x ag:line ?line",
        "origins": "?x a ag:Proposition OPTIONAL { ?x ag:origins ?several } BIND(COALESCE(?several, 1) AS ?origins)",
        "affirmed": "?x ag:affirmedBy ?affirming",
        "opposed": "?x ag:opposedBy ?opposing",
        "answered": "?x ag:opposedBy|ag:wholeOpposedBy ?answering",
        # Of what nobody speaks of as a whole, the dispute is its period's alone.
        "disputed": "?x ag:disputed|ag:deniedInPart true "
        "MINUS { ?period ag:narrows ?x ; ag:disputed true FILTER NOT EXISTS { ?own ag:claims|ag:mentions ?x } }",
        "sensitive": "?x ag:sensitive true",
        "spoken": "?speaking ag:claims|ag:mentions ?x",
        # Whom it accuses is settled with the dataset (graph/standing/accused.py).
        "accusation": "?x ag:affirmedBy ?accusing ; ag:accused ?anybody",
        "unheard": "?x rdf:subject|rdf:object|ag:accused ?end . ?end ag:kind/ag:agent true " + _SILENT.format("end"),
        "silent": "?x ag:accused ?accused " + _SILENT.format("accused"),
        "value": "?x rdf:object ?third . { ?third a schema:MonetaryAmount BIND('sum' AS ?value) } "
        "UNION { ?third a ag:Quantity BIND('count' AS ?value) MINUS { ?third a schema:MonetaryAmount } } "
        "UNION { ?third a ag:Time BIND('date' AS ?value) }",
    },
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one figure is counted.

    Attributes:
        unit: What one is, in one English word or two: "statement", "relationship".
        term: The property that holds the figure in the dataset's description, as a prefixed name.
        of: Which records are looked at, a key of `RECORDS`.
        where: For each feature, the values that count; a record counts when every feature has one of them.
        distinct: The feature whose different values are counted; empty: the records themselves.
    """

    unit: str
    term: str
    of: str
    where: Mapping[str, tuple[Value, ...]]
    distinct: str = ""


def _counts(unit: str, term: str, of: str, distinct: str = "", /, **where: Value | tuple[Value, ...]) -> Any:
    wanted = {name: values if isinstance(values, tuple) else (values,) for name, values in where.items()}
    return field(metadata={"rule": Rule(unit, term, of, wanted, distinct)})


def _statements(unit: str, term: str, /, **where: Value) -> Any:
    """Readings of one sentence count once."""
    return _counts(unit, term, "statement", "reading", **where)


def _relationships(term: str, unit: str = "relationship", /, **where: Value | tuple[Value, ...]) -> Any:
    return _counts(unit, term, "relationship", "", **where)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a dataset, each a whole number of its unit (`RULES[name].unit`).

    The units: documents; actors (persons, bodies, groups) and things (all other nodes); statements, which are claims,
    one originator's stance at one passage; relationships, which are propositions, one for each subject, relation and
    object that anybody speaks of.

    Examples
    --------
    >>> figures = graph.load("cases/us-el-salvador-prison-deal").figures
    >>> figures.denied, figures.RULES["denied"].unit
    (2, 'relationship')
    """

    RULES: ClassVar[Mapping[str, Rule]]

    #: Publications that were read.
    documents: int = _counts("document", "void:documents", "document")
    #: Nodes whose kind can act and speak. Events, sums, places and ideas are no actors and are counted apart.
    actors: int = _counts("actor", "ag:actorCount", "actor", agent=True)
    #: Nodes that cannot act.
    things: int = _counts("thing", "ag:thingCount", "actor", agent=False)
    #: All, whatever their standing: a relationship that is only asked about is one, too.
    relationships: int = _relationships("ag:propositionCount")
    #: Without mentions: whoever mentions a relationship takes no stance on it. What was withdrawn or corrected is with
    #: them: it was said and stays in the docket, though it counts for no standing.
    statements: int = _statements("statement", "ag:claimCount", mention=False)
    #: Relationships stated without a stance, to be the object of another one.
    mentions: int = _counts("mention", "ag:mentionCount", "statement", mention=True)
    #: Whom statements name as their speaker, each once, the publisher among them where it speaks itself. Groups that
    #: the text calls by what they are ("officials") are named so. Whoever speaks for a body is one speaker.
    speakers: int = _counts("speaker", "ag:speakerCount", "statement", "speaker", mention=False, named=True)
    #: Two sources that are not named are not the same source, so nobody can say how many speakers these have.
    unattributed: int = _statements("statement", "ag:unattributedCount", mention=False, named=False)
    #: What a document says in its own voice.
    own_statements: int = _statements("statement", "ag:ownStatementCount", mention=False, own=True)
    #: Taken back or put right by whoever made them.
    retracted: int = _statements("statement", "ag:retractedCount", mention=False, retracted=True)
    #: By an editor's decision, and nothing else: no number of sources makes a relationship accepted.
    accepted: int = _relationships("ag:acceptedCount", line="accepted")
    #: Held false by an editor's decision.
    rejected: int = _relationships("ag:rejectedCount", line="rejected")
    #: With those that nobody here affirms: a denial can stand alone.
    denied: int = _relationships("ag:deniedCount", opposed=True)
    #: Only where somebody affirms it: what is only denied is in dispute with nobody here. A disputed period counts
    #: once, and not again as a part of a whole that nobody speaks of.
    disputed: int = _relationships("ag:disputedCount", affirmed=True, disputed=True)
    #: By standing: what one calls planned and another done is said, not "not yet so".
    not_yet: int = _relationships("ag:notYetCount", line="notyet")
    #: Somebody only asks, or declined to say.
    open_questions: int = _relationships("ag:openCount", line="open")
    #: By origin, not by statement: ten papers that carry one agency's report are one source.
    single_source: int = _relationships("ag:singleSourceCount", origins=1)
    #: Nobody opposes it, or the same of a group of which its subject is a part, and an actor at one of its ends, or
    #: whom it accuses, has not spoken of it. Declining to answer is no answer; nor is a statement that was taken back.
    #: Where there is no such actor, nobody was there to answer.
    unanswered: int = _relationships("ag:unansweredCount", affirmed=True, answered=False, unheard=True)
    #: What can defame by its relation and object, or because its author marked it: the rows of the lawyer's sheet.
    sensitive: int = _relationships("ag:sensitiveCount", sensitive=True, spoken=True)
    #: Affirmed, and it accuses somebody: it can defame, or is worded as an allegation. One only denied accuses nobody.
    accusations: int = _relationships("ag:accusationCount", "accusation", accusation=True)
    #: Accusations of which somebody whom they accuse has not spoken, all of them among `unanswered`. One that somebody
    #: denies has an answer, whoever gives it; a victim, or whoever investigates, owes none.
    unanswered_accusations: int = _relationships(
        "ag:unansweredAccusationCount", "accusation", accusation=True, answered=False, silent=True
    )
    #: Nobody adds them up; each is a figure that somebody names.
    sums: int = _relationships("ag:sumCount", "sum", value="sum")
    #: Counts, shares, capacities, durations: every quantity that is no money.
    counts: int = _relationships("ag:quantityCount", "quantity", value="count")
    #: Relationships whose object is a date. When something was said or published, or from when it held, is not here.
    dates: int = _relationships("ag:dateCount", "date", value="date")
    #: Sums and other quantities with one independent source.
    single_source_figures: int = _relationships(
        "ag:singleSourceFigureCount", "figure", value=("sum", "count"), origins=1
    )


def _rule(each: Field[Any]) -> Rule:
    rule: Rule = each.metadata["rule"]
    return rule


#: Every figure by its name, in the order in which they are told.
RULES: Mapping[str, Rule] = {each.name: _rule(each) for each in fields(Figures)}
Figures.RULES = RULES


# --- counting


def query(name: str, rules: Mapping[str, Rule] = RULES) -> str:
    """The SPARQL 1.1 query that counts a figure in a dataset, over the union of its graphs; one row, `?n`.

    Raises `KeyError` for a name that `RULES` does not have.
    """
    rule = rules[name]
    counted = f"DISTINCT ?{rule.distinct or 'x'}"
    return _declared(f"SELECT (COUNT({counted}) AS ?n) WHERE {{ {_pattern(rule)} }}")


def listing(name: str) -> str:
    """The query that lists what a figure counts: as many rows, `?each`. `KeyError` as for `query`."""
    rule = RULES[name]
    return _declared(f"SELECT DISTINCT (?{rule.distinct or 'x'} AS ?each) WHERE {{ {_pattern(rule)} }} ORDER BY ?each")


def _pattern(rule: Rule) -> str:
    features = FEATURES[rule.of]
    parts = [RECORDS[rule.of]]
    for name, values in rule.where.items():
        if isinstance(values[0], bool):
            parts.append(f"{'' if values[0] else 'MINUS '}{{ {features[name]} }}")
        else:
            wanted = ", ".join(str(value) if isinstance(value, int) else f'"{value}"' for value in values)
            parts.append(f"{{ {features[name]} }} FILTER(?{name} IN ({wanted}))")
    if rule.distinct:
        parts.append(features[rule.distinct])
    return " . ".join(parts)


def _declared(text: str) -> str:
    used = {prefix: iri for prefix, iri in PREFIXES.items() if re.search(rf"\b{prefix}:", text)}
    return "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in used.items()) + text


def of(store: Store | pyoxigraph.Store, rules: Mapping[str, Rule] = RULES) -> Figures:
    """Count everything anew in a store that holds a dataset; `stored` reads what was counted before.

    Parameters:
        store: The store, in memory, in a folder or on a server.
        rules: How each figure is counted; left out, as published.

    Returns:
        The figures; all are 0 in a store without data of this vocabulary.

    Raises:
        StoreError: The store cannot answer.
    """
    return Figures(**{name: _number(store, query(name, rules)) for name in rules})


def _number(store: Store | pyoxigraph.Store, text: str) -> int:
    rows = (Memory(store) if isinstance(store, pyoxigraph.Store) else store).query(text)
    assert isinstance(rows, Solutions)  # every query here is a SELECT
    return int(next(iter(rows))["n"].value)


def listed(store: Store | pyoxigraph.Store, name: str) -> list[str]:
    """The IRIs of what a figure counts, sorted: as many as it says. `KeyError` as for `query`."""
    rows = (Memory(store) if isinstance(store, pyoxigraph.Store) else store).query(listing(name))
    assert isinstance(rows, Solutions)  # every query here is a SELECT
    return [row["each"].value for row in rows]


# --- with the dataset


def quads(figures: Figures) -> Iterator[Quad]:
    """The figures as the dataset's description states them, in its graph."""
    integer = NamedNode(expand("xsd:integer"))
    for name, rule in RULES.items():
        count = Literal(str(getattr(figures, name)), datatype=integer)
        yield Quad(DATASET, NamedNode(expand(rule.term)), count, DESCRIPTION)


def stored(store: Store | pyoxigraph.Store) -> Figures | None:
    """The figures that a dataset states of itself.

    None where it states none, or not all of them, or where several datasets lie in one store: theirs do not add up,
    since one relationship may stand in each.
    """
    terms = " ".join(f"<{expand(rule.term)}>" for rule in RULES.values())
    text = f"SELECT ?p ?n WHERE {{ VALUES ?p {{ {terms} }} ?d a <{expand('void:Dataset')}> ; ?p ?n }}"
    rows = (Memory(store) if isinstance(store, pyoxigraph.Store) else store).query(text)
    assert isinstance(rows, Solutions)  # every query here is a SELECT
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row["p"].value, set()).add(int(row["n"].value))
    counts = [found.get(expand(rule.term), set()) for rule in RULES.values()]
    if any(len(values) != 1 for values in counts):
        return None
    return Figures(*(values.pop() for values in counts))


def read(store: Store | pyoxigraph.Store) -> Figures:
    """What the dataset states of itself where it states all of it (`stored`), else counted (`of`)."""
    return stored(store) or of(store)


def as_data(figures: Figures | None = None) -> dict[str, Any]:
    """The figures and their rules as JSON values, for the page.

    Parameters:
        figures: The counts; left out for a page that asks a store for them, which then gets each figure's property and
            the query that counts it.

    Returns:
        `values`, figure → count, or None; `rules`, figure → how it is counted, as in `Rule`.
    """
    rules = {
        name: {"of": rule.of, "where": {key: list(values) for key, values in rule.where.items()}}
        | ({"distinct": rule.distinct} if rule.distinct else {})
        | ({} if figures else {"term": expand(rule.term), "query": query(name)})
        for name, rule in RULES.items()
    }
    return {"values": asdict(figures) if figures else None, "rules": rules}
