"""One stage, once, in a process of its own: seconds, peak memory and what came out, as one line of JSON.

    python bench/stage.py NAME ARGUMENT...

Ours run in the project's environment, peers in `bench/.venv`; a stage imports what it measures before the clock starts.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Found = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
STAGES: dict[str, Callable[..., Found]] = {}


def stage(function: Callable[..., Found]) -> Callable[..., Found]:
    STAGES[function.__name__] = function
    return function


def _cpu() -> float:
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


class Clock:
    """Seconds that passed, and seconds that processors worked: on a shared machine only the second is steady."""

    seconds = 0.0
    cpu = 0.0

    def found(self, n: int = 0, what: str = "", **more: Any) -> Found:
        return {"seconds": self.seconds, "cpu": self.cpu, "n": n, "what": what, **more}


@contextmanager
def timed() -> Iterator[Clock]:
    clock = Clock()
    begun, worked = time.perf_counter(), _cpu()
    yield clock
    clock.seconds, clock.cpu = time.perf_counter() - begun, _cpu() - worked


@contextmanager
def uncollected() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def _store(path: str) -> Any:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
    return store


# --- cases → dataset


@stage
def build(case: str) -> Found:
    import graph

    with timed() as clock:
        edition = graph.load(case)
        quads = len(edition.quads)
    return clock.found(quads, "quads")


@stage
def build_floor(case: str) -> Found:
    """libyaml's events of the same files, and nothing made of them."""
    import yaml

    files = sorted(Path(case).rglob("*.yaml"))
    with timed() as clock:
        count = sum(1 for file in files for _ in yaml.parse(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
    return clock.found(count, "events")


@stage
def build_quads_floor(path: str) -> Found:
    """The same quads, made as Python objects by the parser of Oxigraph."""
    import pyoxigraph

    with timed() as clock, uncollected():
        quads = list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_QUADS))
    return clock.found(len(quads), "quads")


# --- files → store


@stage
def parse(path: str) -> Found:
    import pyoxigraph

    with timed() as clock:
        count = sum(1 for _ in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_QUADS))
    return clock.found(count, "quads")


@stage
def memory(path: str) -> Found:
    from graph.store import read_files

    with timed() as clock:
        store = read_files([Path(path)])
    return clock.found(len(store), "quads")


@stage
def memory_pyoxigraph(path: str) -> Found:
    import pyoxigraph  # noqa: F401 - imported before the clock starts

    with timed() as clock:
        store = _store(path)
    return clock.found(len(store), "quads")


@stage
def memory_rdflib(path: str) -> Found:
    import rdflib

    dataset = rdflib.Dataset()
    with timed() as clock:
        dataset.parse(path, format="nquads")
    return clock.found(len(dataset), "quads")


@stage
def memory_kglab(path: str) -> Found:
    """kglab reads triples, so the graph names are taken off first, outside the clock."""
    import kglab
    import pyoxigraph

    with tempfile.TemporaryDirectory() as folder:
        triples = Path(folder) / "triples.nt"
        with triples.open("wb") as out:
            quads = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
            pyoxigraph.serialize((quad.triple for quad in quads), out, format=pyoxigraph.RdfFormat.N_TRIPLES)
        with timed() as clock:
            known = kglab.KnowledgeGraph().load_rdf(str(triples), format="nt")
    return clock.found(len(known.rdf_graph()), "triples")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@stage
def disk(path: str, folder: str) -> Found:
    from graph.store import Folder

    shutil.rmtree(folder, ignore_errors=True)
    with timed() as clock:
        store = Folder(folder)
        store.load([Path(path)])
        store.close()
    return clock.found(disk=_size(Path(folder)))


@stage
def disk_pyoxigraph(path: str, folder: str) -> Found:
    import pyoxigraph

    shutil.rmtree(folder, ignore_errors=True)
    with timed() as clock:
        store = pyoxigraph.Store(folder)
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
        store.flush()
        del store
    return clock.found(disk=_size(Path(folder)))


@stage
def disk_oxigraph(path: str, folder: str) -> Found:
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("oxigraph")), "load", "--location", folder, "--file", path]
    with timed() as clock:
        subprocess.run(command, check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return clock.found(disk=_size(Path(folder)), memory=used * 1024)


# --- dataset → checked


@stage
def check(path: str) -> Found:
    from graph.validate import validate

    store = _store(path)
    with timed() as clock:
        report = validate(store)
    return clock.found(len(report.results), "findings")


@stage
def check_disk(folder: str) -> Found:
    from graph.validate import validate

    store = _opened(folder)
    with timed() as clock:
        report = validate(store)
    return clock.found(len(report.results), "findings")


@stage
def check_case(case: str) -> Found:
    import graph
    from graph.validate import validate

    store = graph.load(case).store
    with timed() as clock:
        report = validate(store)
    return clock.found(len(report.results), "findings")


@stage
def check_pyshacl(path: str) -> Found:
    import pyshacl
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    data = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        data.add(triple)
    with timed() as clock:
        pyshacl.validate(data, shacl_graph=str(ROOT / "ontology" / "shapes.ttl"), advanced=True)
    return clock.found(len(data), "triples")


# --- dataset → network


@stage
def network(path: str) -> Found:
    from graph.network.projection import project

    store = _store(path)
    with timed() as clock:
        found = project(store)
    return clock.found(found.number_of_edges(), "edges")


@stage
def outline(path: str) -> Found:
    from graph.network.outline import outline as made

    store = _store(path)
    with timed() as clock:
        found = made(store)
    return clock.found(found.number_of_edges(), "edges")


@stage
def network_floor(path: str) -> Found:
    import networkx

    from graph.network.outline import outline as made

    ready = list(made(_store(path)).edges(keys=True, data=True))
    with timed() as clock, uncollected():
        found = networkx.MultiDiGraph()
        found.add_edges_from(ready)
    return clock.found(found.number_of_edges(), "edges")


_SELECT = """PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT * WHERE {
  ?p rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?relation ; ag:line ?line ; rdfs:label ?label .
  FILTER(isIRI(?o) && LANG(?label) = "en")
  OPTIONAL { ?p ag:origins ?origins } OPTIONAL { ?p ag:statements ?statements }
  OPTIONAL { ?p ag:status ?status } OPTIONAL { ?p ag:disputed ?disputed }
  OPTIONAL { ?p ag:deniedInPart ?part } OPTIONAL { ?p ag:sensitive ?sensitive } }"""


def _rdflib(path: str) -> Any:
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    return dataset


@stage
def network_rdflib_select(path: str) -> Found:
    import networkx

    dataset = _rdflib(path)
    with timed() as clock:
        found = networkx.MultiDiGraph()
        for row in dataset.query(_SELECT):
            values = row.asdict()
            found.add_edge(
                str(row.s), str(row.o), str(row.p), **{k: str(v) for k, v in values.items() if k not in "spo"}
            )
    return clock.found(found.number_of_edges(), "edges")


@stage
def network_rdflib_all(path: str) -> Found:
    import rdflib
    from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

    data = rdflib.Graph()
    for triple in _rdflib(path).triples((None, None, None)):
        data.add(triple)
    with timed() as clock:
        found = rdflib_to_networkx_multidigraph(data)
    return clock.found(found.number_of_edges(), "edges, triples as they are")


# --- network → measures → positions → page


def _projected(path: str) -> Any:
    from graph.network.projection import project

    return project(_store(path))


@stage
def measure(path: str) -> Found:
    from graph.network.measures import measure as measured

    found = _projected(path)
    with timed() as clock:
        measured(found)
    return clock.found(found.number_of_nodes(), "nodes")


@stage
def measure_networkx(path: str) -> Found:
    import networkx

    from graph.network.measures import skeleton

    plain = skeleton(_projected(path))
    with timed() as clock:
        networkx.betweenness_centrality(plain)
        networkx.community.louvain_communities(plain, seed=1)
    return clock.found(plain.number_of_nodes(), "nodes")


def _about() -> Any:
    from graph.draw.payload import About

    return About({"en": "A made-up case"}, "2026-11-01")


@stage
def place(path: str) -> Found:
    from graph.draw import opening
    from graph.draw.layout.place import place as placed
    from graph.draw.payload import BUDGET

    found = _projected(path)
    with timed() as clock:
        placed(found, opening.choose(found, BUDGET))
    edges = found.number_of_edges()
    return clock.found(found.number_of_nodes(), f"nodes, {edges:,} edges")


@stage
def place_networkx(path: str) -> Found:
    import networkx

    from graph.network.measures import skeleton

    plain = skeleton(_projected(path))
    with timed() as clock:
        networkx.forceatlas2_layout(plain, seed=1)  # spring_layout needs scipy
    edges = plain.number_of_edges()
    return clock.found(plain.number_of_nodes(), f"nodes, {edges:,} edges")


@stage
def page(path: str) -> Found:
    """Positions are given, as they are kept with a case."""
    from graph.draw import html as draw
    from graph.draw.layout import positions
    from graph.draw.opening import choose
    from graph.draw.payload import BUDGET, About, payload
    from graph.draw.positions import Places

    found = _projected(path)
    about = _about()
    placed = positions(found, choose(found, BUDGET), Places())
    kept = About(about.title, about.version, places=placed)
    with timed() as clock:
        text = draw.draw(found, payload(found, kept))
    return clock.found(len(text.encode()), "bytes")


@stage
def page_pyvis(path: str) -> Found:
    from pyvis.network import Network

    found = _projected(path)
    import networkx

    plain = networkx.MultiDiGraph()
    plain.add_nodes_from((node, {"label": data["label"].get("en", "")}) for node, data in found.nodes(data=True))
    plain.add_edges_from((source, target) for source, target in found.edges())
    with timed() as clock:
        holder = Network(directed=True, cdn_resources="in_line")
        holder.from_nx(plain)
        text = holder.generate_html()
    return clock.found(len(text.encode()), "bytes")


# --- queries in process


def parameters(store: Any) -> dict[str, str]:
    """Somebody well known and somebody of whom little is said, for the queries that ask of somebody."""
    import pyoxigraph

    rows = store.query(
        """PREFIX ag: <https://w3id.org/actorgraph/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?a ?l (COUNT(*) AS ?n) WHERE { ?p rdf:subject|rdf:object ?a . ?a rdfs:label ?l FILTER(LANG(?l) = "en") }
        GROUP BY ?a ?l ORDER BY DESC(?n) ?a LIMIT 301""",
        use_default_graph_as_union=True,
    )
    found = [(row[0].value, row[1].value) for row in rows if isinstance(row[0], pyoxigraph.NamedNode)]
    one, other = found[min(300, len(found) - 1)], found[0]
    return {"actor": one[0], "one": one[0], "other": other[0], "source": one[0], "relay": other[0], "text": one[1]}


def asked(values: dict[str, str]) -> dict[str, str]:
    """Each named query as it is sent, with its parameters filled in."""
    from graph.query import sparql as query

    return {
        name: query._with_parameters(  # noqa: SLF001 - the very text that `query.run` answers
            known.text, {p.name: values[p.name] for p in known.parameters if p.name in values}
        )
        for name, known in query.named().items()
    }


@stage
def queries(path: str, runs: str, limit: str) -> Found:
    """Every named query in process, each in a fork that is ended when it takes too long."""
    store = _opened(path)
    texts = asked(parameters(store))
    times: dict[str, Any] = {}
    for name, text in texts.items():
        times[name] = _forked(store, text, int(runs), float(limit))
        print(f"  {name}: {times[name]}", file=sys.stderr)
    return {"seconds": sum(t["seconds"] for t in times.values() if t), "times": times, "texts": texts}


def _opened(path: str) -> Any:
    import pyoxigraph

    if Path(path).is_dir():
        from graph.store.folder import Editions

        return pyoxigraph.Store.read_only(str(Editions(path).reading().path))
    return _store(path)


def _forked(store: Any, text: str, runs: int, limit: float) -> Found | None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 1))
        times, rows = [], 0
        for _ in range(runs):
            with timed() as clock:
                rows = sum(1 for _ in store.query(text, use_default_graph_as_union=True))
            times.append(clock.seconds)
            if sum(times) > limit / 2:
                break
        os.write(writing, json.dumps({"seconds": statistics.median(times), "rows": rows}).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else None


@stage
def queries_rdflib(path: str, texts: str, limit: str) -> Found:
    dataset = _rdflib(path)
    times: dict[str, Any] = {}
    for name, text in json.loads(Path(texts).read_text("utf-8")).items():
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_CPU, (int(float(limit)) + 1, int(float(limit)) + 1))
            with timed() as clock:
                rows = len(dataset.query(text))
            os.write(writing, json.dumps({"seconds": clock.seconds, "rows": rows}).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(child, 0)
        times[name] = json.loads(answer) if answer else None
        print(f"  {name}: {times[name]}", file=sys.stderr)
    return {"seconds": sum(t["seconds"] for t in times.values() if t), "times": times}


@stage
def rows(path: str, text: str) -> Found:
    """A large answer as JSON, in process, counted and thrown away."""
    import pyoxigraph

    store = _opened(path)
    with timed() as clock:
        answer = store.query(text, use_default_graph_as_union=True)
        data = answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    return clock.found(len(data), "bytes")


@stage
def held(path: str) -> Found:
    """What a store on disk holds, and counting it."""
    store = _opened(path)
    with timed() as clock:
        quads = len(store)
    return clock.found(quads, "quads", disk=_size(Path(path)))


@stage
def content(path: str) -> Found:
    """What tells one content of a store from another: how many quads, and a sum over them that no order changes."""
    store = _opened(path)
    total = 0
    with timed() as clock:
        for quad in store:
            total += hash(quad)
    return clock.found(len(store), "quads", digest=f"{total % 2**128:032x}")


# --- one article more, and out of it again


def _articles(store: Any, statements: int) -> list[str]:
    """The first documents that together say so much, or a little more."""
    rows = store.query(
        """PREFIX ag: <https://w3id.org/actorgraph/ns#>
        SELECT ?d (COUNT(*) AS ?n) WHERE { GRAPH ?d { ?statement ag:claims|ag:mentions ?relationship } }
        GROUP BY ?d ORDER BY ?d"""
    )
    found: list[str] = []
    for document, n in rows:
        if statements <= 0:
            break
        found.append(document.value)
        statements -= int(n.value)
    return found


@stage
def article(folder: str, path: str, statements: str) -> Found:
    """What the first documents of a store hold that say so much, as N-Quads: the evidence, nothing that follows."""
    import pyoxigraph

    store = _opened(folder)
    with timed() as clock:
        graphs = [pyoxigraph.NamedNode(iri) for iri in _articles(store, int(statements))]
        quads = [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]
        Path(path).write_bytes(pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    return clock.found(len(quads), "quads", documents=[graph.value for graph in graphs])


def _graphs(path: str) -> dict[str, list[Any]]:
    import pyoxigraph

    from graph import ingest

    return ingest.graphs_of(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_QUADS))  # type: ignore[arg-type]


@stage
def article_out(folder: str, path: str) -> Found:
    from graph import ingest
    from graph.store import Folder

    gone = list(_graphs(path))
    with timed() as clock:
        store = Folder(Path(folder))
        change = ingest.add(store, {}, gone)
        store.close()
    return clock.found(change.touched, "relationships settled anew")


@stage
def article_in(folder: str, path: str) -> Found:
    from graph import ingest
    from graph.store import Folder

    with timed() as clock:
        store = Folder(Path(folder))
        change = ingest.add(store, _graphs(path))
        store.close()
    return clock.found(change.touched, "relationships settled anew")


def main() -> None:
    name, *given = sys.argv[1:]
    if (ROOT / "graph").is_dir():
        sys.path.insert(0, str(ROOT))
    found = STAGES[name](*given)
    found.setdefault("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
