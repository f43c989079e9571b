"""What `import graph` gives to Python: rdflib, rows, networkx, pyvis and the page of one object."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import io
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
import rdflib
from pyshacl import validate as pyshacl
from pyvis.network import Network
from serving import serving

import graph
from graph.figures import Figures
from graph.pipeline import ActorGraph, CaseGraph
from graph.store import Faults
from graph.validate import validate

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "cases" / "us-el-salvador-prison-deal"
CASES = ROOT / "tests" / "cases"
NAMESPACES = [name for name in graph.__all__ if name.isupper()]


@pytest.fixture(scope="module")
def case() -> ActorGraph:
    return graph.load(FIRST)


def test_import_graph_imports_nothing_until_it_is_used() -> None:
    heavy = "{'rdflib', 'networkx', 'pyvis', 'pyoxigraph', 'yaml', 'numpy', 'IPython'} & set(sys.modules)"
    code = f"import sys, graph; print(sorted({heavy})); graph.load; print('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["[]", "False"]


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert list(graph.__all__) == sorted(graph.__all__, key=lambda name: (not name.isupper(), name))
    assert all(getattr(graph, name) is not None for name in graph.__all__)
    assert set(graph.__all__) <= set(dir(graph))
    with pytest.raises(AttributeError, match="module 'graph' has no attribute 'lode'"):
        graph.lode  # noqa: B018


def test_the_wheel_says_that_it_is_typed() -> None:
    assert (ROOT / "graph" / "py.typed").is_file()
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "graph" in wheel["only-include"]


def test_namespaces_know_their_terms() -> None:
    assert graph.AG.speaker == rdflib.URIRef("https://w3id.org/actorgraph/ns#speaker")
    assert graph.ST.denied in graph.ST
    assert str(graph.ID["x"]) == "https://w3id.org/actorgraph/id/x"
    with pytest.raises(AttributeError, match=r"has no term speeker\. Did you mean speaker\?"):
        graph.AG.speeker  # noqa: B018


# --- RDF


def test_graph_and_dataset_hold_the_same_and_answer_the_same(case: ActorGraph) -> None:
    triples = set(case.graph)
    assert len(case.graph) == len(triples) == len(case.dataset)
    assert triples == {(s, p, o) for s, p, o, _ in case.dataset.quads()}
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a ag:Claim }"
    rows = [int(next(iter(face.query(count)))[0]) for face in (case.graph, case.dataset)]
    assert [*rows, case.query(count)[0].n] == [case.figures.statements] * 3


def test_texts_are_plain_literals(case: ActorGraph) -> None:
    assert not [o for *_, o in case.graph if isinstance(o, rdflib.Literal) and o.datatype == rdflib.XSD.string]
    word = rdflib.Literal("us-el-salvador-prison-deal")
    asked = case.graph.query("SELECT ?x { ?s dcterms:identifier ?x FILTER(?x = 'us-el-salvador-prison-deal') }")
    assert [row.x for row in asked] == [word]
    assert list(case.graph.subjects(rdflib.DCTERMS.identifier, word))
    made = case.dataset.query("CONSTRUCT { ?s dcterms:identifier ?x } { ?s dcterms:identifier ?x }").graph
    assert made is not None and (None, None, word) in made


@pytest.mark.parametrize("face", ["graph", "dataset"])
def test_neither_face_can_be_changed(case: ActorGraph, face: str) -> None:
    held: Any = getattr(case, face)
    before = len(held)
    triple = (graph.ID.x, graph.AG.stance, graph.ST.denied)
    changes = (
        lambda: held.add(triple),
        lambda: held.remove((None, None, None)),
        lambda: held.update("INSERT DATA { id:x ag:stance st:denied }"),
        lambda: held.parse(data="<a:b> <c:d> <e:f> .", format="turtle"),
    )
    for change in changes:
        with pytest.raises(graph.StoreError, match="read-only"):
            change()
    assert len(held) == before
    copy = rdflib.Graph() + case.graph
    copy.add(triple)
    assert len(copy) == len(case.graph) + 1


# pySHACL calls names of rdflib that rdflib has deprecated.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyshacl")
@pytest.mark.filterwarnings("ignore:Dataset.identifier is deprecated")
def test_pyshacl_finds_in_the_graph_what_check_finds(tmp_path: Path) -> None:
    shapes = str(ROOT / "ontology" / "shapes.ttl")
    found = graph.load(CASES / "levels.yaml")
    conforms, _, text = pyshacl(rdflib.Graph() + found.graph, shacl_graph=shapes, advanced=True, allow_warnings=True)
    assert conforms and not [one for one in found.check() if one.severity == "error"], text
    file = tmp_path / "broken.ttl"
    broken = rdflib.Graph() + found.graph
    broken.remove((None, graph.AG.speaker, None))
    broken.serialize(file, format="turtle")
    again = graph.load(file)
    conforms, report, text = pyshacl(rdflib.Graph() + again.graph, shacl_graph=shapes, advanced=True)
    assert not conforms and isinstance(report, rdflib.Graph)
    theirs = {str(node) for node in report.objects(None, rdflib.SH.focusNode)}
    ours = {result.focus for result in validate(again._dataset).results}
    assert ours == theirs and again.check(), text


# --- rows


def test_rows_are_read_by_name_and_become_tables(case: ActorGraph, tmp_path: Path) -> None:
    rows = case.query("disputed", lang="es")
    assert rows[0].who == rows[0]["who"]
    with pytest.raises(AttributeError, match=r"the row has no whom\. Use one of"):
        rows[0].whom  # noqa: B018
    assert rows.to_pandas().shape == pd.DataFrame(rows).shape == (len(rows), len(rows.columns))
    text = rows.to_csv(tmp_path / "rows.csv")
    assert len(text.splitlines()) == len(rows) + 1
    assert (tmp_path / "rows.csv").read_bytes() == text.encode()
    assert case.query("ASK { ?c ag:stance st:denied }") == [{"answer": True}]
    triples = case.query("CONSTRUCT { ?c ag:stance st:denied } { ?c ag:stance st:denied }")
    assert triples.columns == ("subject", "predicate", "object") and len(triples) == 2
    assert case.query("SELECT ?x { ?x ag:stance ag:nothing }").to_pandas().columns.tolist() == ["x"]
    with pytest.raises(graph.QueryError, match=r'there is no query "disputd"\. Did you mean disputed'):
        case.query("disputd")


def test_values_of_an_answer_are_pythons_own(case: ActorGraph) -> None:
    row = case.query('SELECT (1 AS ?a) (1.5 AS ?b) (true AS ?c) ("2025-03-17"^^xsd:date AS ?d) ("x"@en AS ?e) {}')[0]
    assert list(row.values()) == [1, 1.5, True, pd.Timestamp("2025-03-17").date(), "x"]


def test_every_statement_is_a_row(case: ActorGraph) -> None:
    statements = case.statements()
    assert len(statements) == case.figures.statements + case.figures.mentions
    table = pd.DataFrame(statements)
    assert table.equals(statements.to_pandas())
    assert list(table.columns) == list(statements.columns)
    with pytest.raises(AttributeError):
        statements[0].speaker = "somebody else"  # type: ignore[misc]
    assert Counter(s.stance for s in statements)["denied"] == 2
    assert all(s.denied_by for s in statements if s.stance == "denied")
    assert case.statements("es")[0].statement != statements[0].statement


# --- networks


@pytest.mark.parametrize("name", ["network", "cast", "evidence"])
def test_networks_are_written_and_read_by_everybodys_tools(case: ActorGraph, name: str) -> None:
    network = getattr(case, name)
    for write, read in ((nx.write_gexf, nx.read_gexf), (nx.write_graphml, nx.read_graphml)):
        file = io.BytesIO()
        write(network, file)
        file.seek(0)
        again = read(file)
        assert set(again.nodes) == set(network.nodes) and again.number_of_edges() == network.number_of_edges()
    table = nx.to_pandas_edgelist(network)
    assert len(table) == network.number_of_edges() and {"source", "target", "label", "speakers"} <= set(table)
    drawn = Network(directed=True)
    drawn.from_nx(network)
    assert len(drawn.nodes) == len(network) and len(drawn.edges) == network.number_of_edges()
    values = [value for _, data in network.nodes(data=True) for value in data.values()]
    values += [value for *_, data in network.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} <= {str, int, bool}


def test_the_network_is_safe_by_default(case: ActorGraph) -> None:
    against = {s.relationship for s in case.statements() if s.denied_by} | {
        s.relationship for s in case.statements() if s.stance in ("asked", "mentioned")
    }
    assert against
    for network in (case.network, case.cast):
        edges = [data for *_, data in network.edges(data=True)]
        assert {data["standing"] for data in edges} <= {"accepted", "said", "soft", "notyet"}
        assert not against & {data["label"] for data in edges}
        assert all(data["relation"] != "speaks" for data in edges)
        assert all(data["speakers"] for data in edges)
        assert all(data["weight"] == 0 for data in edges if data["sensitive"])
        assert "statement" not in dict(network.nodes(data="kind")).values()
    everything = {data["standing"] for *_, data in case.evidence.edges(data=True)}
    assert {"disputed", "mentioned", "speaks"} <= everything


@pytest.mark.slow
def test_who_is_denied_only_in_part_is_no_tie_either() -> None:
    for path in sorted(CASES.glob("*.yaml")):
        found = graph.load(path)
        denied = {row.p for row in found.query("SELECT ?p { ?p ag:deniedInPart true }")}
        denied |= {row.p for row in found.query("SELECT ?p { ?p ag:opposedBy ?c }")}
        assert not denied & {iri for *_, iri in found.network.edges(data="iri")}, path.name


def test_algorithms_run_on_readable_ids(case: ActorGraph) -> None:
    ranks = nx.pagerank(case.network)
    assert ranks["united-states"] > ranks["chile"]
    assert nx.shortest_path(case.network.to_undirected(), "nayib-bukele", "donald-trump") == [
        "nayib-bukele",
        "donald-trump",
    ]
    assert nx.has_path(case.cast.to_undirected(), "united-states", "el-salvador")


def test_two_cases_that_use_one_id_keep_both_apart(tmp_path: Path) -> None:
    text = (CASES / "levels.yaml").read_text("utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        (tmp_path / f"{name}.trig").write_bytes(graph.load(tmp_path / f"{name}.yaml").trig)
    both = graph.load(tmp_path / "one.trig", tmp_path / "two.trig").network
    alone = graph.load(tmp_path / "one.trig").network
    assert {name.rpartition("/")[2] for name in both} == set(alone)
    assert all(name.startswith(("one/", "two/")) for name in both)


def test_what_is_handed_out_is_a_copy(case: ActorGraph) -> None:
    changed = case.network
    Network().from_nx(changed)
    changed.remove_node("nayib-bukele")
    assert "nayib-bukele" in case.network and "size" not in case.network.nodes["donald-trump"]


def test_paths_by_name(case: ActorGraph) -> None:
    found = case.paths("Bukele", "donald-trump")
    assert found[0].nodes == ("nayib-bukele", "donald-trump")
    assert found.text().startswith(found[0].text())
    nothing = case.paths("Boasberg", "Cristosal")
    assert nothing == [] and "no source here states a connection" in nothing.text()
    with pytest.raises(graph.QueryError):
        case.paths("Zorro", "Bukele")


# --- one line, one page


def test_it_is_one_line_and_in_a_notebook_the_page(case: ActorGraph) -> None:
    n = case.figures
    assert repr(case).count("\n") == 0 and len(repr(case)) < 300
    for count, word in ((n.actors, "actors"), (n.relationships, "relationships"), (n.statements, "statements")):
        assert f"{count} {word}" in repr(case)
    shown = case._repr_html_()
    assert shown.startswith("<iframe ") and "srcdoc=" in shown and "src=" not in shown.split("srcdoc=")[0]


def test_one_figure_on_each_face(case: ActorGraph) -> None:
    n = case.figures
    assert len(case.query("SELECT DISTINCT ?p { ?p a ag:Proposition }")) == n.relationships
    assert sum(actor for _, actor in case.network.nodes(data="actor")) == n.actors
    assert len(case.network) == n.actors + n.things


# --- loading


@pytest.mark.parametrize("suffix", ["trig", "nq", "ttl"])
def test_our_own_files_give_what_the_case_gives(case: ActorGraph, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"all.{suffix}"
    form = {"trig": "trig", "nq": "nquads", "ttl": "turtle"}[suffix]
    file.write_bytes(case.exported(form, f".{suffix}", "en"))  # type: ignore[attr-defined]
    again = graph.load(file)
    assert set(again.graph) == set(case.graph)
    assert again.figures == case.figures
    assert again.statements() == case.statements()
    assert nx.utils.graphs_equal(again.network, case.network)
    assert repr(again) == repr(case)


@pytest.mark.slow
def test_a_store_and_a_server_give_what_the_case_gives(case: ActorGraph, tmp_path: Path) -> None:
    file = tmp_path / "all.trig"
    file.write_bytes(case.trig)
    command = [sys.executable, "-m", "graph", "load", str(tmp_path / "store"), str(file)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with serving(str(tmp_path / "store")) as served:
        for source in (tmp_path / "store", f"{served.url}sparql"):
            again = graph.load(source)
            assert again.figures == case.figures
            assert again.query("denied") == case.query("denied")
            assert nx.utils.graphs_equal(again.network, case.network)


def test_anybodys_rdf_is_asked_drawn_and_computed_with(tmp_path: Path) -> None:
    file = tmp_path / "people.ttl"
    file.write_text(
        '@prefix foaf: <http://xmlns.com/foaf/0.1/> . <http://a.example/ada> a foaf:Person ; foaf:name "Ada" ; '
        'foaf:knows <http://a.example/bob> . <http://a.example/bob> a foaf:Person ; foaf:name "Bob" .',
        "utf-8",
    )
    found = graph.load(file)
    assert (
        rdflib.URIRef("http://a.example/ada"),
        rdflib.FOAF.knows,
        rdflib.URIRef("http://a.example/bob"),
    ) in found.graph
    assert found.query("SELECT ?x { ?x foaf:knows ?y }")[0].x == "http://a.example/ada"
    assert {data["label"] for _, data in found.network.nodes(data=True)} >= {"Ada", "Bob"}
    assert any("Ada" in s.statement for s in found.statements())
    assert found.page().startswith("<!doctype html>")


def test_what_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<a:b> <c:d> <e:f> .", "utf-8")
    with pytest.raises(graph.StoreError, match="name one store, or RDF files, or cases") as error:
        graph.load(tmp_path / "a.ttl", FIRST)
    assert "\n" not in str(error.value)
    with pytest.raises(graph.StoreError, match="internal and withhold are for cases"):
        graph.load(tmp_path / "a.ttl", internal=True)
    with pytest.raises(graph.CaseError):
        graph.load(tmp_path / "nothing-here")


# --- docstrings


def public() -> list[tuple[str, Any]]:
    """Every public name, and every public attribute of public classes, with what holds its docstring.

    Also of the classes of what they hand out, which have no name in `graph` itself.
    """
    found: list[tuple[str, Any]] = []
    things = {name: getattr(graph, name) for name in graph.__all__ if name not in NAMESPACES}
    things |= {each.__name__: each for each in (CaseGraph, Figures, Faults, type(graph.AG))}
    for name, thing in things.items():
        found.append((name, thing))
        if inspect.isclass(thing) and not issubclass(thing, BaseException):
            found += [
                (f"{name}.{key}", value)
                for owner in thing.__mro__
                if owner.__module__.startswith("graph.")
                for key, value in vars(owner).items()
                if not key.startswith("_")
                and owner.__module__ != "graph.store.namespaces"  # rdflib documents what its namespaces do
                and (inspect.isfunction(value) or isinstance(value, property) or hasattr(value, "attrname"))
            ]
    return found


@pytest.mark.parametrize(("name", "thing"), public(), ids=[name for name, _ in public()])
def test_every_public_name_says_what_it_takes_and_gives_with_an_example(name: str, thing: Any) -> None:
    text = inspect.getdoc(thing) or ""
    assert ">>> " in text, f"{name} has no example"
    if inspect.isclass(thing):
        fields = [one.name for one in dataclasses.fields(thing)] if dataclasses.is_dataclass(thing) else []
        explained = "" if thing is Figures else text  # whose fields are a table, each with its unit and rule
        assert not explained or [one for one in fields if one[0] != "_" and not re.search(rf"\b{one}\b", text)] == []
        return
    parameters = inspect.signature(thing).parameters if inspect.isfunction(thing) else {}
    for parameter in parameters.keys() - {"self"}:
        assert re.search(rf"^\W*([\w*]+, )*\W*{parameter}(, \w+)*( : |$)", text, re.MULTILINE), f"{name}: {parameter}"
    assert ("Parameters\n" in text) == (len(parameters.keys() - {"self"}) > 0), name
    assert "Returns\n" in text or inspect.signature(thing).return_annotation == "None", name


#: A public call that cannot succeed, and what it raises.
WRONG: dict[str, Callable[[CaseGraph], object]] = {
    "load": lambda _: graph.load("nothing.yaml"),
    "load ": lambda _: graph.load(),
    "load  ": lambda _: graph.load(FIRST, withhold="Zorro"),
    "ActorGraph.statements": lambda case: case.statements("de"),
    "ActorGraph.query": lambda case: case.query("disputd"),
    "ActorGraph.graph": lambda case: case.graph.remove((None, None, None)),
    "ActorGraph.dataset": lambda case: case.dataset.remove((None, None, None, None)),
    "ActorGraph.paths": lambda case: case.paths("Zorro", "Bukele"),
    "ActorGraph.paths ": lambda case: case.paths("Bukele", "Donald Trump", limit=0),
    "ActorGraph.without": lambda case: case.without("Cristosal", "de"),
    "ActorGraph.compare": lambda case: case.compare("Bukele", "Zorro"),
    "ActorGraph.compare ": lambda case: case.compare("Bukele", "Cristosal", "de"),
    "ActorGraph.pyvis": lambda case: case.pyvis("de"),
    "ActorGraph.page": lambda case: case.page("de"),
    "ActorGraph.page ": lambda case: case.page(since="nothing.html"),
    "ActorGraph.draw": lambda case: case.draw("cases"),
    "ActorGraph.svg": lambda case: case.svg("de"),
    "ActorGraph.still": lambda case: case.still("x.svg", language="de"),
    "CaseGraph.explained": lambda case: case.explained("Zorro"),
    "CaseGraph.refuse_unfair": lambda case: case.refuse_unfair(),
    "CaseGraph.legal": lambda case: case.legal("de"),
    "CaseGraph.exported": lambda case: case.exported("docx"),
    "CaseGraph.exported ": lambda case: case.exported("csv", language="de"),
    "Table.to_csv": lambda case: case.query("denied").to_csv("cases"),
    "Connection.text": lambda case: case.paths("Bukele", "Donald Trump")[0].text("de"),
    "Connections.text": lambda case: case.paths("Boasberg", "Cristosal").text("de"),
}


@pytest.mark.parametrize("called", WRONG)
def test_what_goes_wrong_is_one_line_of_an_error_that_the_docstring_names(called: str, case: ActorGraph) -> None:
    assert isinstance(case, CaseGraph)
    with pytest.raises(graph.ActorgraphError) as error:
        WRONG[called](case)
    assert str(error.value)
    assert isinstance(error.value, graph.CaseError) or "\n" not in str(error.value)
    text = inspect.getdoc(dict(public())[called.strip()]) or ""
    named = set(re.findall(r"^(\w+Error)$", text.partition("Raises\n")[2], re.MULTILINE))
    assert type(error.value).__name__ in named, text


def test_no_other_public_name_says_that_it_raises() -> None:
    """What says so is in the table above; pandas alone is missing there, which is installed."""
    saying = {name for name, thing in public() if inspect.isfunction(thing) and "Raises\n" in (thing.__doc__ or "")}
    covered = {called.strip() for called in WRONG} | {"Table.to_pandas"}
    assert {name.replace("CaseGraph.", "ActorGraph.") for name in saying} - {
        name.replace("CaseGraph.", "ActorGraph.") for name in covered
    } == set()


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner(verbose=False)
    kept: dict[Any, Any] = {}
    read = graph.load

    def load(*sources: Any, **how: Any) -> Any:
        """Each example loads for itself; here the same sources are read once."""
        key = (sources, tuple(how.items()))
        return kept.setdefault(key, None) or kept.update({key: read(*sources, **how)}) or kept[key]

    monkeypatch.setattr(graph, "load", load)
    out = io.StringIO()
    for name, thing in {id(thing): (name, thing) for name, thing in [("graph", graph), *public()]}.values():
        held = thing.fget if isinstance(thing, property) else getattr(thing, "func", thing)
        for test in finder.find(held, name, globs={"graph": graph}):
            runner.run(test, out=out.write)
    assert runner.summarize(verbose=False).failed == 0, out.getvalue()
    assert runner.tries > 100
