"""Queries: the named ones, in two engines; parameters as terms; errors in one line; docs/sparql.md, written from them.

`ACTORGRAPH_WRITE=1 pytest tests/test_query.py` writes the page anew.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Dataset

import graph
from graph import QueryError
from graph.base.terms import ID
from graph.pipeline import CaseGraph
from graph.query import sparql as asking
from graph.query.sparql import NamedQuery, Result
from graph.store import Memory, in_memory

ROOT = Path(__file__).resolve().parent.parent
QUERIES = asking.named()
#: What every named query tells of a statement beside its own answer.
CORE = ("who", "for", "via", "stance", "modality", "hedge", "deniedBy", "retracted", "place")

#: One small case with something for every query.
CASE = """\
format: 1
title: {en: Harbour nights, es: Noches del puerto}
actors:
  gazette: {name: Harbour Gazette, kind: media}
  tribune: {name: the Tribune, kind: media}
  wire: {name: the Wire Agency, kind: media}
  local-wire: {name: the Local Wire, kind: media}
  union: {name: {en: the Dockers' Union, es: el Sindicato}, kind: union, aliases: [SEP, Estibadores]}
  authority: {name: {en: the port authority, es: la autoridad portuaria}, kind: authority}
  speaker: {name: {en: the spokeswoman, es: la portavoz}, kind: person}
  norvik: {name: Norvik, kind: company}
  ana: {name: Ana Ruiz, kind: person}
things:
  deal: {name: {en: the night contract, es: el contrato}, kind: contract}
  order: {name: {en: the court order, es: la orden}, kind: order}
  fee: {name: {en: the fee, es: el pago}, kind: payment}
  shift: {name: {en: the second shift, es: el segundo turno}, kind: event}
---
format: 1
document: {id: gazette-1, title: Port pays, published: 2024-05-02, publisher: gazette, language: en}
passages:
  - at: p1
    asserts:
      s01: [deal, occurred]
      s02: [order, occurred]
      s03: {fact: [shift, occurred, planned]}
      s04: {fact: [deal, awarded-to, norvik], when: 2024-04-09}
      s05: {fact: [deal, began-on, 2024-04]}
      s19: [fee, occurred]
  - at: p2
    by: union
    via: [wire, local-wire]
    summary: {en: The union speaks of two million., es: El sindicato habla de dos millones.}
    alleges:
      s06: {fact: [deal, contravenes, order], hedge: in effect}
      s07: [ana, suspected-of, s06]
    asserts:
      s08: [fee, payer, authority]
      s09: [fee, payee, norvik]
      s10: [fee, amount, about 2000000 EUR]
      s11: [norvik, count, at least 300 employees]
      s12: {fact: [union, member-of, norvik], withdrawn: {by: union, on: 2024-05-03, where: its website}}
  - at: p4
    by: speaker
    for: authority
    denies: {s13: s06}
    asserts:
      s14: {fact: [fee, amount, withheld], withheld_by: authority}
    asks: {s15: [deal, signatory, unknown]}
  - at: p5
    by: ana
    declines: {s16: s07}
---
format: 1
document: {id: tribune-1, title: Again, published: 2024-05-03, publisher: tribune, language: en}
passages:
  - at: p1
    asserts:
      s17: [fee, payer, authority]
      s18: [deal, awarded-to, norvik]
accept:
  tribune-1/s18@STAMP: {basis: official record, record: register 7, by: the editors, on: 2024-06-01}
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> CaseGraph:
    from graph.case.ground import stamp

    path = tmp_path_factory.mktemp("case") / "harbour.yaml"
    path.write_text(CASE.replace("STAMP", "00000000"), encoding="utf-8")
    assert stamp([path]) == 1
    return graph.load(path)


def ask(edition: CaseGraph, name: str, **parameters: str) -> list[dict[str, str]]:
    return asking.run(edition.store, QUERIES[name].text, parameters).values()


def parsed(edition: CaseGraph) -> Dataset:
    dataset = Dataset(default_union=True)
    dataset.parse(data=edition.trig, format="trig")
    return dataset


@cache
def core() -> str:
    """The lines that every named query shares."""
    text = QUERIES["who-says"].text
    start = text.index("  # Who says it, for whom")
    return text[start : text.rindex("}\nORDER BY")]


# --- the named queries


def test_every_query_of_the_brief_is_there() -> None:
    assert set(QUERIES) == set(
        "who-says said-of said-by denied disputed unanswered single-origin via money figures timeline open-questions "
        "planned by-source perspective rivals neighbours pair search chain corrections accepted vocabulary-in-use "
        "statements counts".split()
    )


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_tells_who_says_it_how_and_who_denies_it(name: str) -> None:
    query = QUERIES[name]
    if name == "counts":
        # Numbers alone: nobody says them.
        assert query.title.endswith("?") and query.description.endswith(".")
        return
    selected = re.search(r"^SELECT (.*?)^WHERE", query.text, re.MULTILINE | re.DOTALL)
    assert selected is not None
    names = re.findall(r"\?(\w+)", selected[1])
    assert [word for word in CORE if word not in names] == []
    # By the same lines: one that drifts away from the others is a mistake.
    assert core() in query.text
    assert "ORDER BY" in query.ordered.rsplit("}", 1)[1]
    # Nobody can wait for a million rows to be sorted.
    assert ("ORDER BY" in query.text) == (name != "statements")
    assert query.title.endswith(("?", "one row each")) and query.description.endswith(".")
    assert [p.name for p in query.parameters][-1] == "lang"
    assert all(len(line) <= 120 for line in query.text.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("name", QUERIES)
def test_rdflib_and_oxigraph_give_the_same_rows_in_the_same_order(name: str, edition: CaseGraph) -> None:
    dataset = parsed(edition)
    for lang in ("en", "es") if name in ("said-of", "money", "search", "statements") else ("en",):
        text = QUERIES[name].ordered.replace('VALUES ?lang { "en" }', f'VALUES ?lang {{ "{lang}" }}')
        ours = asking.run(edition.store, text)
        theirs = [tuple(None if term is None else str(term) for term in row) for row in dataset.query(text)]
        assert theirs == [tuple(None if term is None else asking.plain(term) for term in row) for row in ours.rows]
        assert ours.rows, f"{name} has nothing to say about the small case"
        assert ours.rows == asking.run(edition.store, QUERIES[name].ordered, {"lang": lang}).rows


@pytest.mark.slow
def test_the_first_case_gets_the_same_answers_in_both_engines() -> None:
    edition = first_case()
    dataset = parsed(edition)
    for name in ("money", "figures", "via"):
        ours = asking.run(edition.store, QUERIES[name].text)
        theirs = [
            tuple(None if term is None else str(term) for term in row) for row in dataset.query(QUERIES[name].text)
        ]
        assert theirs == [tuple(None if term is None else asking.plain(term) for term in row) for row in ours.rows]


def test_all_of_a_statement_comes_with_it(edition: CaseGraph) -> None:
    (row,) = ask(edition, "who-says", text="alleges that the night contract")
    assert row == {
        "statement": "According to the Local Wire, citing the Wire Agency, the Dockers' Union alleges that the night "
        "contract contravenes the court order, “in effect”",
        "summary": "The union speaks of two million.",
        "who": "Dockers' Union",
        "via": "Wire Agency, Local Wire",
        "stance": "alleged",
        "modality": "actual",
        "hedge": "in effect",
        "deniedBy": "Spokeswoman",
        "place": "Harbour Gazette, 2 May 2024, paragraph 2",
    }


@pytest.mark.parametrize("called", ["Dockers' Union", "dockers' union", "Sindicato", "SEP", "union"])
def test_somebody_is_found_by_name_alias_and_id(called: str, edition: CaseGraph) -> None:
    assert {row["speaker"] for row in ask(edition, "said-by", actor=called)} == {"Dockers' Union"}


def test_what_is_said_of_somebody_holds_statements_about_such_statements(edition: CaseGraph) -> None:
    rows = ask(edition, "said-of", actor="court order")
    assert any("suspected" in row["statement"] for row in rows)


def test_a_spokeswoman_speaks_for_somebody(edition: CaseGraph) -> None:
    rows = ask(edition, "said-by", actor="port authority")
    assert {(row["who"], row["for"]) for row in rows} == {("Spokeswoman", "Port authority")}


def test_both_sides_of_a_dispute(edition: CaseGraph) -> None:
    sides = {(row["side"], row["who"]) for row in ask(edition, "disputed")}
    assert sides == {("for", "Dockers' Union"), ("against", "Spokeswoman")}
    (denial,) = ask(edition, "denied")
    assert denial["affirmedBy"] == "Dockers' Union"
    assert denial["answers"].startswith(
        "According to the Local Wire, citing the Wire Agency, the Dockers' Union alleges"
    )


def test_who_gave_no_answer_has_not_answered(edition: CaseGraph) -> None:
    rows = ask(edition, "unanswered", only="accusations")
    assert [(row["about"], row["accusation"]) for row in rows] == [("Ana Ruiz", "true")]
    assert "Norvik" in {row["about"] for row in ask(edition, "unanswered")}


def test_each_part_of_a_sum_says_who_names_it(edition: CaseGraph) -> None:
    rows = ask(edition, "money")
    assert [row.get("number") for row in rows] == ["2000000", None]
    assert rows[0]["payer"] == "Port authority, according to Dockers' Union, Tribune"
    assert rows[0]["payee"] == "Norvik, according to Dockers' Union"
    assert rows[0]["hedge"] == "about"
    spanish = ask(edition, "money", lang="es")
    assert spanish[0]["payee"] == "Norvik, según Sindicato"


def test_what_would_be_left_without_a_source(edition: CaseGraph) -> None:
    rows = {row["relationship"]: row["without"] for row in ask(edition, "by-source", source="wire")}
    assert rows["The port authority is said to have paid the fee"] == "1"
    assert next(n for what, n in rows.items() if what.endswith("says that Norvik received the fee")) == "0"


def test_two_values_that_do_not_meet_are_rivals(edition: CaseGraph) -> None:
    assert {(row["who"], row["rivalBy"]) for row in ask(edition, "rivals")} == {
        ("Dockers' Union", "Spokeswoman"),
        ("Spokeswoman", "Dockers' Union"),
    }


def test_what_lies_between_two(edition: CaseGraph) -> None:
    rows = ask(edition, "pair", one="norvik", other="authority")
    assert {row["through"] for row in rows} == {"Fee"}
    assert {row["who"] for row in rows} == {"Dockers' Union", "Tribune"}


def test_how_it_reached_us(edition: CaseGraph) -> None:
    rows = ask(edition, "chain", text="two million") or ask(edition, "chain", text="norvik received the fee")
    assert [(row["hop"], row["agent"], row["did"]) for row in rows] == [
        ("0", "Dockers' Union", "originator"),
        ("1", "Wire Agency", "relay"),
        ("2", "Local Wire", "relay"),
        ("3", "Harbour Gazette", "publisher"),
    ]


def test_what_was_taken_back_stays(edition: CaseGraph) -> None:
    (row,) = ask(edition, "corrections")
    assert (row["by"], row["on"], row["where"], row["retracted"]) == ("union", "3 May 2024", "its website", "withdrawn")


def test_decisions_come_with_every_statement(edition: CaseGraph) -> None:
    rows = ask(edition, "accepted")
    assert {(row["decision"], row["basis"], row["record"], row["by"]) for row in rows} == {
        ("accepted", "officialRecord", "register 7", "the editors")
    }
    assert {row["who"] for row in rows} >= {"Tribune"}


def test_names_are_found_with_or_without_statements(edition: CaseGraph) -> None:
    (row,) = ask(edition, "search", text="local wire")
    assert row == {"name": "Local Wire", "kind": "news organisation", "aliases": ""} | row
    assert "statement" not in row
    for text in ("estibadores", "Estib", "se", "SEP", "dockers' un", "Unión", "ockers"):
        found = {row["name"] for row in ask(edition, "search", text=text)}
        assert ("Dockers' Union" in found) == (text not in ("Unión", "ockers")), text


# --- running


@pytest.fixture(scope="module")
def small() -> Store:
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("A"),
                   NamedNode("urn:g")))  # fmt: skip
    return store


def test_all_graphs_are_one_and_prefixes_may_be_left_out(small: Store) -> None:
    assert asking.run(small, "SELECT ?a { ?a rdfs:label 'A' }").values() == [{"a": "urn:a"}]
    assert asking.run(small, "PREFIX rdfs: <urn:> ASK { ?a rdfs:label 'A' }") == Result(boolean=False)
    assert len(asking.run(small, "CONSTRUCT WHERE { ?a ?b ?c }").triples or ()) == 1


@pytest.mark.parametrize(
    ("sparql", "line"),
    [
        ("SELECT ?x {", "query:1:12: ends too early. Close its brackets and quotes."),
        ("", "query:1:1: ends too early. Close its brackets and quotes."),
        (
            "SELECT ?x\nWHERE ?x ag:p ?y }",
            'query:2:7: cannot be read from "?x ag:p ?y }" on. Correct the query there.',
        ),
        (
            "SELECT ?x { ?x ex:p ?y }",
            "query:1:16: the prefix ex: is not declared. Write PREFIX ex: <…> on top.",
        ),
        (
            "SELECT ?x { ?x ?p ?y } GROUP BY ?p",
            "query:1:35: ends too early. A variable is selected that is neither bound nor grouped.",
        ),
        (
            "SELECT (<urn:f>(?x) AS ?y) { ?x ?p ?o }",
            "query: cannot be answered: The custom function <urn:f> is not supported. Change the query.",
        ),
    ],
)  # fmt: skip
def test_a_wrong_query_is_one_line(sparql: str, line: str, small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        asking.run(small, sparql)
    assert str(caught.value) == line


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { SERVICE <http://localhost:9/> { ?s ?p ?o } }",
        "ASK { service silent ?x { ?s ?p ?o } }",
        "ASK { \\u0053ERVICE <http://localhost:9/> { ?s ?p ?o } }",
        "ASK { ?s ?p ?o.SERVICE<http://localhost:9/>{ ?s ?p ?o } }",
    ],
)
def test_no_query_asks_another_server(sparql: str, small: Store) -> None:
    with pytest.raises(QueryError, match=r"^query: SERVICE would ask another server\. Leave it out"):
        asking.run(small, sparql)


@pytest.mark.parametrize("word", ["LOAD <http://localhost:9/>", "INSERT DATA { <urn:x> <urn:y> 1 }", "clear all"])
def test_no_query_changes_data(word: str, small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        asking.run(small, f"PREFIX ex: <urn:x#> # INSERT\n{word}")
    verb = word.split(maxsplit=1)[0].upper()
    assert str(caught.value) == f"query: {verb} would change data. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE."
    assert len(small) == 1


def test_the_word_service_in_texts_and_names_is_no_service(small: Store) -> None:
    asking.run(small, 'SELECT ?service { ?service rdfs:label "SERVICE" ; <urn:SERVICE> ag:SERVICE } # SERVICE')


def test_a_parameter_is_one_term_whatever_it_holds(small: Store) -> None:
    hostile = 'x" } { ?a ?b ?c } # \\ \n é'
    (row,) = asking.run(small, 'SELECT ?k { VALUES ?k { "A" } }', {"k": hostile}).values()
    assert row == {"k": hostile}
    query = "SELECT ?a { VALUES ?p { rdfs:label } ?a ?p 'A' }"
    assert len(asking.run(small, query, {"p": "rdfs:label"}).rows) == 1
    assert asking.run(small, query, {"p": "<urn:other>"}).rows == ()


@pytest.mark.parametrize(
    ("parameters", "line"),
    [
        ({"actr": "x"}, 'query: has no parameter "actr". Did you mean actor?'),
        ({"lang": "fr"}, 'query: the parameter lang cannot be "fr". Use en or es.'),
    ],
)
def test_a_wrong_parameter_is_one_line(parameters: dict[str, str], line: str, small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        asking.run(small, QUERIES["said-of"].text, parameters)
    assert str(caught.value) == line


@pytest.mark.parametrize(
    ("default", "value", "line"),
    [
        ("2", "two", 'query: the parameter k needs a value like 2, not "two".'),
        ("<urn:a>", "no iri", 'query: the parameter k needs an IRI, not "no iri". Write <https://…>.'),
    ],
)
def test_a_value_of_the_wrong_kind_is_one_line(default: str, value: str, line: str, small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        asking.run(small, f"SELECT ?k {{ VALUES ?k {{ {default} }} }}", {"k": value})
    assert str(caught.value) == line


def test_a_query_without_parameters_says_so(small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        asking.run(small, "ASK { ?a ?b ?c }", {"k": "x"})
    assert str(caught.value) == 'query: has no parameter "k". It has none: write VALUES ?name { … } in it.'


# --- showing


def rows(*cells: str) -> Result:
    return Result(tuple(f"c{i}" for i in range(len(cells))), (tuple(map(Literal, cells)),))


def test_a_table_is_aligned_and_never_cut() -> None:
    assert asking.as_table(rows("a", "long " * 3)) == "c0  c1\n──  ───────────────\na   long long long\n"
    wide = rows("one two three four five six seven", "x")
    narrow = asking.as_table(wide, 24)
    assert narrow == ("c0                  c1\n──────────────────  ──\none two three four  x\nfive six seven\n")
    assert asking.as_table(rows("one two three four five six seven", "eight nine ten eleven"), 30) == (
        "c0  one two three four five\n    six seven\nc1  eight nine ten eleven\n"
    )


def test_iris_are_short_in_tables_and_whole_elsewhere() -> None:
    result = Result(("x",), ((NamedNode("https://w3id.org/actorgraph/ns#Claim"),), (None,)))
    assert asking.as_table(result).splitlines()[2:] == ["ag:Claim", ""]
    assert asking.as_csv(result) == 'x\r\nhttps://w3id.org/actorgraph/ns#Claim\r\n""\r\n'


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-x", "@sum", "\tx", "\r"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert asking.harmless(cell) == f"'{cell}"
    assert f"'{cell}" in asking.as_csv(rows(cell, "x"))


@pytest.mark.parametrize("cell", ["-5", "+5.25", "5 - 4", ""])
def test_numbers_stay_numbers(cell: str) -> None:
    assert asking.harmless(cell) == cell


def test_json_is_the_standard_one() -> None:
    term = Literal("x", language="en")
    number = Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    result = Result(("a", "b", "c", "d"), ((NamedNode("urn:a"), term, number, None),))
    assert json.loads(asking.as_json(result)) == {
        "head": {"vars": ["a", "b", "c", "d"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "urn:a"},
                    "b": {"type": "literal", "value": "x", "xml:lang": "en"},
                    "c": {
                        "type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    },
                }
            ]
        },
    }  # fmt: skip
    assert json.loads(asking.as_json(Result(boolean=True))) == {"head": {}, "boolean": True}
    assert asking.as_csv(Result(boolean=True)) == "answer\r\ntrue\r\n"
    assert asking.as_table(Result(boolean=False)) == "no\n"


# --- docs/sparql.md


PAGE = ROOT / "docs" / "sparql.md"
MARK = "<!-- From here on written by tests/test_query.py. -->\n"


#: How many rows of each answer the page shows.
SHOWN = 2


@cache
def first_case() -> CaseGraph:
    return graph.load(ROOT / "cases" / "us-el-salvador-prison-deal")


def answer(query: NamedQuery) -> str:
    """How the first case answers, as the command prints it: how many rows, and the first of them."""
    result = asking.run(first_case().store, query.ordered)
    if not result.rows:
        return "The first case has no answer to it.\n"
    rows = f"{len(result.rows)} row" + ("s" if len(result.rows) > 1 else "")
    lead = f"The first case answers with {rows}" + ("; the first:" if len(result.rows) > SHOWN else ":")
    table = asking.as_table(Result(result.variables, result.rows[:SHOWN]), 110)
    return f"{lead}\n\n```text\n{table}```\n"


def entry(query: NamedQuery) -> str:
    own = query.text.split("\n\n", 2)[2].replace(core(), "  # … who says it, and how: the lines above\n")
    settings = "".join(
        f"- `--set {p.name}={'|'.join(p.choices) or '…'}`: {p.meaning}\n" for p in query.parameters if p.name != "lang"
    )
    parts = [
        f"### {query.name}\n",
        f"**{query.title}** {query.description}\n",
        settings,
        f"```sparql\n{own}```\n",
        answer(query),
    ]
    return "\n".join(part for part in parts if part)


def test_the_cookbook_is_written_from_the_queries() -> None:
    written = PAGE.read_text(encoding="utf-8")
    head = written.partition(MARK)[0]
    shared = f"## The lines that every query shares\n\n```sparql\n{core()}```\n"
    expected = "\n".join([head + MARK, shared, "## The queries\n", *map(entry, QUERIES.values())])
    if os.environ.get("ACTORGRAPH_WRITE"):
        PAGE.write_text(expected, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == expected


NAMESAKE = """format: 1
id: {case}
title: {{en: A case}}
actors:
  ana-{case}: {{name: Ana Ruiz, kind: person}}
  {firm}: {{name: the {firm} firm, kind: company}}
  paper-{case}: {{name: Paper of {case}, kind: media}}
---
format: 1
document: {{id: page-{case}, title: Page, published: 2031-05-02, publisher: paper-{case}}}
passages:
  - at: p1
    asserts:
      s01: [ana-{case}, owns, {firm}]
"""


def test_both_who_bear_a_name_are_asked_and_told_apart(tmp_path: Path) -> None:
    """Two cases have an Ana Ruiz each, and nothing says that they are one."""
    for case, firm in (("harbour", "norvik"), ("airfield", "corvena")):
        (tmp_path / f"{case}.yaml").write_text(NAMESAKE.format(case=case, firm=firm))
    case = graph.load(tmp_path / "harbour.yaml", tmp_path / "airfield.yaml")
    asked = case.query("said-of", actor="ana ruiz")
    assert [(row.actor, row.statement) for row in asked] == [
        (f"{ID}airfield/ana-airfield", "Paper of airfield says that Ana Ruiz owns the corvena firm"),
        (f"{ID}harbour/ana-harbour", "Paper of harbour says that Ana Ruiz owns the norvik firm"),
    ]
    # Who is named alone, or by IRI, needs no such column.
    assert [row.statement for row in case.query("said-of", actor="the Norvik firm")] == [asked[1].statement]
    assert [list(row) for row in case.query("said-of", actor=f"{ID}harbour/ana-harbour")] == [list(asked[1])[1:]]
    without = Memory(in_memory(case.quads))  # the index is missing, as in a store that another program filled
    assert (
        asking.run(without, asking.find("said-of").text, {"actor": "Ana Ruiz"}).rows
        == asking.run(case.store, asking.find("said-of").text, {"actor": "Ana Ruiz"}).rows
    )
