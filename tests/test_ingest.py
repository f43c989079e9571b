"""A store stays right as it grows: together, one by one in any order, taken out and put back, it is the same."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from peers import strict
from processes import ACTORGRAPH
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from random_cases import case_of, drawn

import graph
from graph import figures, ingest
from graph.base.terms import ID, expand
from graph.case.model import Case, Modality
from graph.cli import main, progress
from graph.cli.options import tell_unranked
from graph.dataset import DESCRIPTION, build, completed, evidence, index, rank_quads, ranks, read_case
from graph.dataset.shape import RANKS
from graph.ingest import add, changed, is_ranked, is_settled
from graph.network.part import WHOLE
from graph.pipeline import side_by_side
from graph.standing import settle
from graph.store import Folder, Memory, in_memory, oxigraph
from graph.store.folder import Editions
from graph.store.remote import Remote

CASES = Path(__file__).parent / "cases"
#: How many random cases: few, always the same, unless somebody asks for more, which are new ones each time.
EXAMPLES = os.environ.get("ACTORGRAPH_EXAMPLES", "")
THOROUGH = settings(
    max_examples=int(EXAMPLES or 12),
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def graphs(case: Case) -> dict[str, list[Quad]]:
    return evidence(case, settle(case).modality, internal=True)


def counted(quads: list[Quad]) -> set[Quad]:
    """The quads, the figures that are counted in them, and the indexes of names and ranks: what a store holds."""
    if not quads:
        return set()
    return {*quads, *figures.quads(figures.of(in_memory(quads))), *index(quads), *rank_quads(ranks(quads))}


def whole(case: Case) -> set[Quad]:
    return counted(build(case, settle(case), internal=True))


@contextmanager
def random_case(lines: list[tuple[int, str, int, int, int]]) -> Iterator[Case]:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(Path(folder), lines)
    assume(case is not None)
    assert case is not None
    yield case


def differing(store: Store, expected: set[Quad]) -> list[str]:
    """The quads that are too many or missing, as text."""
    return sorted(f"{'+' if quad in expected else '-'} {quad}" for quad in set(store) ^ expected)


@pytest.mark.slow
@THOROUGH
@given(drawn)
def test_a_case_read_back_from_its_evidence_gives_the_same_dataset(lines: list[tuple[int, str, int, int, int]]) -> None:
    with random_case(lines) as case:
        again = read_case(quad for quads in graphs(case).values() for quad in quads)
        assert whole(again) == whole(case)


@pytest.mark.slow
@THOROUGH
@given(drawn, st.randoms(use_true_random=False))
def test_together_is_one_by_one_in_any_order_and_taken_out_and_put_back(
    lines: list[tuple[int, str, int, int, int]], random: Random
) -> None:
    with random_case(lines) as case:
        parts = graphs(case)
        store = Memory()
        order = list(parts)
        random.shuffle(order)
        for name in order:
            changed(store, {name: parts[name]}).apply(store)
            assert is_settled(store)
        assert differing(store.store, whole(case)) == []
        out = random.choice(order)
        changed(store, {}, [out]).apply(store)
        assert NamedNode(out) not in set(store.store.named_graphs())
        changed(store, {out: parts[out]}).apply(store)
        assert differing(store.store, whole(case)) == []


@pytest.mark.slow
@THOROUGH
@given(drawn, st.randoms(use_true_random=False))
def test_after_each_step_a_store_holds_what_follows_from_its_evidence(
    lines: list[tuple[int, str, int, int, int]], random: Random
) -> None:
    with random_case(lines) as case:
        parts = graphs(case)
        store, inside = Memory(), dict[str, list[Quad]]()
        for _ in range(8):
            name = random.choice(sorted(parts))
            if name in inside:
                del inside[name]
                changed(store, {}, [name]).apply(store)
            else:
                inside[name] = parts[name]
                changed(store, {name: parts[name]}).apply(store)
            assert differing(store.store, counted(completed(inside))) == []
        changed(store, {}, list(inside)).apply(store)
        assert len(store.store) == 0


# --- in a folder, on a server, and from several files

TWO = (
    (
        "gazette",
        """format: 1
id: gazette
title: {en: Gazette, es: Gaceta}
shared: people.yaml
---
format: 1
document: {id: says, title: Owner, published: 2031-05-02, publisher: paper}
passages:
  - at: p1
    asserts:
      s01: [ana, owns, norvik]
""",
    ),
    (
        "denial",
        """format: 1
id: denial
title: {en: Denial, es: Desmentido}
shared: people.yaml
---
format: 1
document: {id: answers, title: Not mine, published: 2031-05-03, publisher: wire}
passages:
  - at: p1
    by: ana
    asserts:
      s00: {fact: [ana, owns, norvik], implied: true}
    denies:
      s01: s00
""",
    ),
)
PEOPLE = """format: 1
actors:
  ana: {name: Ana Ruiz, kind: person}
  norvik: {name: Norvik, kind: company}
  paper: {name: Gazette, kind: media}
  wire: {name: Wire agency, kind: media}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two cases that share their people: one says who owns a company, the other denies it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress.Progress, "PATIENCE", 600.0)
    Path("people.yaml").write_text(PEOPLE, "utf-8")
    for name, text in TWO:
        Path(f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="actorgraph")


def fine(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def held(store: str) -> set[Quad]:
    with Folder(store).reading() as reading:
        return set(reading.store)


def together() -> set[Quad]:
    return set(graph.load("gazette.yaml", "denial.yaml").store)


def test_cases_added_one_by_one_are_the_cases_built_together(here: Path) -> None:
    assert fine("add", "kept", "gazette.yaml") == (
        "kept: 1 document added, 0 of them replacing an earlier version; 1 relationship updated\n"
    )
    assert fine("add", "kept", "denial.yaml") == (
        "kept: 1 document added, 0 of them replacing an earlier version; 1 relationship updated\n"
    )
    assert held("kept") == together()
    asked = fine("query", "kept", "disputed", "--format", "csv")
    assert asked == fine("query", "gazette.yaml", "denial.yaml", "disputed", "--format", "csv")
    assert "denies this," in asked
    refused = "kept: is a store, and cases are wanted here. serve draws it, and query asks it.\n"
    assert run("draw", "kept").stderr == refused


def test_a_store_is_checked_as_a_whole(here: Path) -> None:
    fine("add", "right", str(CASES / "reply.yaml"), str(CASES / "ferry-line.yaml"))
    statements = graph.load(CASES / "reply.yaml", CASES / "ferry-line.yaml").figures.statements
    assert fine("check", "right") == f"No problems found in {statements} statements.\n"
    fine("add", "kept", "gazette.yaml", "denial.yaml")
    assert fine("check", "kept") == "No problems found in 3 statements.\n"
    with Editions(Path("kept")).writing(keep=True) as store:
        claim = next(store.quads_for_pattern(None, NamedNode(expand("ag:claims")), None, None))
        for spoken in list(store.quads_for_pattern(claim.subject, NamedNode(expand("ag:speaker")), None, None)):
            store.remove(spoken)
        ingest.settle(Memory(store))
    found = run("check", "kept")
    assert found.exit_code == 1 and found.stdout.startswith("1 error:\nkept: ")
    assert json.loads(run("check", "kept", "--json").stdout)["errors"] == 1
    for wrong in (("kept", "gazette.yaml"), ("kept", "--cover")):
        told = run("check", *wrong)
        assert told.exit_code == 2 and "A store is checked alone" in told.stderr
    with Editions(Path("empty")).writing(keep=False):
        pass
    assert run("check", "empty").stderr == "empty: holds no statements: nothing to check. Add some: actorgraph add.\n"


def test_exports_loaded_one_after_the_other_do_not_lose_the_denial(here: Path) -> None:
    for name, _ in TWO:
        Path(f"{name}.trig").write_bytes(graph.load(f"{name}.yaml").trig)
    assert "Settled anew" not in fine("load", "kept", "gazette.trig")
    assert fine("load", "kept", "denial.trig").endswith(
        "How relationships stand was computed again from all statements.\n"
    )
    assert held("kept") == together()
    # Read together without a store, they are settled as well.
    assert (
        fine("query", "gazette.trig", "denial.trig", "ASK { ?p ag:line 'said' ; rdf:predicate schema:owns }") == "no\n"
    )


def test_what_is_added_again_is_replaced_and_said_to_be(here: Path) -> None:
    fine("add", "kept", "gazette.yaml", "denial.yaml")
    before = held("kept")
    assert "0 of them replacing an earlier version; 0 relationships" in fine(
        "add", "kept", "gazette.yaml", "denial.yaml"
    )
    assert held("kept") == before
    text = Path("gazette.yaml").read_text("utf-8").replace("asserts:", "alleges:")
    Path("gazette.yaml").write_text(text, "utf-8")
    assert "1 of them replacing an earlier version; 1 relationship" in fine("add", "kept", "gazette.yaml")
    assert held("kept") == together() != before


@pytest.mark.slow
def test_a_document_is_removed_by_id_or_name_and_what_others_answered_stays(here: Path) -> None:
    fine("add", "kept", "denial.yaml")
    alone = held("kept")
    fine("add", "kept", "gazette.yaml")
    assert fine("remove", "kept", "says") == "kept: 1 document removed; 1 relationship updated\n"
    gone = alone - held("kept")
    # The case that was added stays known, with its title; nothing that it said does.
    assert {quad.subject.value for quad in gone} <= {ID + "dataset"}
    result = run("remove", "kept", "sayz")
    assert result.exit_code == 1
    assert "“sayz”" in result.stderr
    fine("remove", "kept", "Wire agency, 3 May 2031")
    assert fine("query", "kept", "ASK { ?claim a ag:Claim }") == "no\n"


@pytest.mark.slow
def test_a_store_that_is_not_settled_is_refused_and_mended(here: Path) -> None:
    fine("add", "kept", "gazette.yaml")
    other = graph.load("denial.yaml").quads
    with Folder("kept").writing(keep=True) as store:
        store.extend(other)
    for words in (("query", "kept", "disputed"), ("serve", "kept", "--port", "0")):
        result = run(*words)
        assert result.exit_code == 1
        assert result.stderr == (
            "kept: contains statements that were not settled together, so a denial may be missing. "
            "Run actorgraph settle kept\n"
        )
    assert fine("settle", "kept") == "kept: computed again\n"
    assert held("kept") == together()
    assert fine("settle", "kept") == "kept: up to date\n"


@pytest.mark.slow
def test_a_build_into_a_store_replaces_its_own_documents_and_no_others(here: Path) -> None:
    foreign = Quad(NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), Literal("a"))
    with Folder("kept").writing(keep=False) as store:
        store.add(foreign)
    fine("add", "kept", "denial.yaml")
    fine("build", "gazette.yaml", "--store", "kept")
    assert held("kept") == together() | {foreign}
    text = Path("gazette.yaml").read_text("utf-8").replace("id: says", "id: said-again")
    Path("gazette.yaml").write_text(text, "utf-8")
    fine("build", "gazette.yaml", "--store", "kept")
    assert held("kept") == together() | {foreign}


def test_evidence_without_its_graph_is_refused(here: Path) -> None:
    triples = [quad.triple for quad in graph.load("gazette.yaml").quads]
    serialize(triples, "gazette.ttl", format=RdfFormat.TURTLE)
    result = run("load", "kept", "gazette.ttl")
    assert result.exit_code == 1
    assert "without its graph, so that nobody could withdraw it." in result.stderr
    assert not Path("kept").exists()


@pytest.mark.slow
def test_two_versions_of_a_document_are_never_mixed(here: Path) -> None:
    """Two files claim one document with different words: neither a store nor a reader takes them for one."""
    Path("first.trig").write_bytes(graph.load("gazette.yaml").trig)
    text = Path("gazette.yaml").read_text("utf-8").replace("asserts:", "alleges:")
    Path("gazette.yaml").write_text(text, "utf-8")
    Path("second.trig").write_bytes(graph.load("gazette.yaml").trig)
    fine("load", "kept", "first.trig")
    before = held("kept")
    for words in (
        ("load", "kept", "second.trig"),
        ("load", "new", "first.trig", "second.trig"),
        ("query", "first.trig", "second.trig", "denied"),
    ):
        result = run(*words)
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "second.trig: another version of the document says (https://" in line and "actorgraph remove" in line
    assert held("kept") == before
    assert not Path("new").exists()
    fine("remove", "kept", "says")
    fine("load", "kept", "second.trig")
    assert held("kept") == set(graph.load("gazette.yaml").store)


def test_one_document_id_in_two_cases_is_two_documents(here: Path) -> None:
    text = Path("gazette.yaml").read_text("utf-8").replace("id: gazette", "id: other").replace("asserts:", "alleges:")
    Path("other.yaml").write_text(text, "utf-8")
    assert "2 documents added, 0 of them replacing" in fine("add", "kept", "gazette.yaml", "other.yaml")
    asked = fine("query", "kept", "SELECT ?d ?w { ?s ag:document ?d ; ag:word ?w } ORDER BY ?d", "--format", "csv")
    assert asked == f"d,w\n{ID}gazette/doc/says,says\n{ID}other/doc/says,alleges\n"
    result = run("remove", "kept", "says")
    assert result.exit_code == 1
    assert '"says" may mean 2 here' in result.stderr
    fine("remove", "kept", f"{ID}other/doc/says")
    assert fine("query", "kept", "SELECT ?w { ?s ag:word ?w }", "--format", "csv") == "w\nsays\n"


@pytest.mark.slow
def test_evidence_that_cites_somebody_whom_nobody_describes_is_refused(here: Path) -> None:
    quads = graph.load("gazette.yaml").quads
    files = {"said.nq": "/doc/", "people.nq": "/graph/case/"}
    for name, part in files.items():
        serialize([quad for quad in quads if part in str(quad.graph_name)], name, format=RdfFormat.N_QUADS)
    result = run("load", "kept", "said.nq")
    assert result.exit_code == 1
    assert result.stderr == (
        f"said.nq: the document says cites {ID}people/ana, and nothing says who or what that is. "
        "Load the graph of its case, too, or dataset.trig as a whole.\n"
    )
    assert not Path("kept").exists()
    fine("load", "kept", *files)
    assert held("kept") == set(graph.load("gazette.yaml").store)


def test_answers_to_a_document_that_is_removed_stay_and_are_told(here: Path) -> None:
    text = Path("denial.yaml").read_text("utf-8")
    text = text.replace("      s00: {fact: [ana, owns, norvik], implied: true}\n", "").replace("    asserts:\n", "")
    Path("denial.yaml").write_text(text.replace("s01: s00", "s01: says/s01"), "utf-8")
    fine("add", "kept", "gazette.yaml", "denial.yaml")
    assert fine("remove", "kept", "says") == (
        "kept: 1 document removed; 1 relationship updated; 1 statement in other documents answered them\n"
    )
    left = "SELECT ?answered ?line { ?s ag:word 'denies' ; ag:counters ?answered ; ag:claims/ag:line ?line }"
    assert fine("query", "kept", left, "--format", "csv") == f"answered,line\n{ID}gazette/doc/says/s01,denied\n"


def test_a_disk_that_fills_leaves_the_store_as_it_was(here: Path) -> None:
    fine("add", "kept", "gazette.yaml")
    before = held("kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow beyond this, as on a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        result = run("add", "kept", "denial.yaml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith("kept: cannot be written (") and line.endswith("the store is as it was.")
    assert held("kept") == before
    fine("add", "kept", "denial.yaml")
    assert held("kept") == together()


@pytest.mark.slow
def test_halves_built_by_two_processes_meet_in_one_store(here: Path) -> None:
    for name, _ in TWO:
        subprocess.run([*ACTORGRAPH, "add", f"store-{name}", f"{name}.yaml"], check=True, capture_output=True)
        fine("backup", f"store-{name}", f"{name}.nq")
    fine("load", "both", "denial.nq", "gazette.nq")
    assert held("both") == together()


def test_cases_read_side_by_side_give_the_evidence_of_cases_read_together(here: Path) -> None:
    paths = [Path(f"{name}.yaml") for name, _ in TWO]
    together = graphs(graph.load(*paths).case)
    for jobs in (1, 2):
        apart: dict[str, set[Quad]] = {}
        for part in side_by_side.evidence(paths, internal=True, jobs=jobs):
            apart |= {name: set(quads) for name, quads in part.items()}
        assert apart == {name: set(quads) for name, quads in together.items()}, jobs


def test_a_store_of_an_older_version_gets_the_ranks_when_it_is_settled(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = graph.load(CASES / "contratos-de-riomar.yaml").case
    store = Memory()
    add(store, graphs(case))
    now = set(store.store)
    store.change(frozenset(quad for quad in now if quad.graph_name == RANKS), ())
    # A small store needs none.
    tell_unranked(store, "old")
    assert is_ranked(store, WHOLE) and not capsys.readouterr().err
    monkeypatch.setattr("graph.network.part.WHOLE", 3)
    tell_unranked(store, "old")
    assert not is_ranked(store, 3) and "Run actorgraph settle old" in capsys.readouterr().err
    ingest.settle(store)
    tell_unranked(store, "old")
    assert is_ranked(store, 3) and not capsys.readouterr().err
    assert set(store.store) == now


def test_cases_that_come_one_by_one_are_settled_as_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "BATCH_QUADS", 1)
    # As if each were many quads.
    monkeypatch.setattr(oxigraph, "_MANY", 0)
    assert "2 documents added, 0 of them" in fine("add", "kept", "gazette.yaml", "denial.yaml")
    assert held("kept") == together()


def test_a_case_that_answers_another_by_its_id_is_read_with_it(here: Path) -> None:
    text = Path("denial.yaml").read_text("utf-8")
    text = text.replace("      s00: {fact: [ana, owns, norvik], implied: true}\n", "").replace("    asserts:\n", "")
    Path("denial.yaml").write_text(text.replace("s01: s00", "s01: says/s01"), "utf-8")
    assert run("add", "kept", "denial.yaml").exit_code == 1
    assert not Path("kept").exists()
    fine("add", "kept", "gazette.yaml", "denial.yaml")
    assert held("kept") == together()


def test_of_several_cases_a_wrong_one_keeps_all_out(here: Path) -> None:
    Path("denial.yaml").write_text(Path("denial.yaml").read_text("utf-8").replace("by: ana", "by: anna"), "utf-8")
    result = run("add", "kept", "gazette.yaml", "denial.yaml")
    assert result.exit_code == 1
    assert all(line.startswith("denial.yaml:10:") and '"anna"' in line for line in result.stderr.splitlines())
    assert not Path("kept").exists()


def test_two_cases_of_one_id_are_refused(here: Path) -> None:
    Path("denial.yaml").write_text(Path("denial.yaml").read_text("utf-8").replace("id: denial", "id: gazette"), "utf-8")
    result = run("add", "kept", "gazette.yaml", "denial.yaml")
    assert result.exit_code == 1
    assert "gazette" in result.stderr
    assert not Path("kept").exists()


@pytest.mark.slow
def test_in_a_folder_as_in_memory(tmp_path: Path) -> None:
    parts = graphs(graph.load(CASES / "narrowing.yaml").case) | graphs(graph.load(CASES / "rivals.yaml").case)
    memory, folder = Memory(), Folder(tmp_path / "kept")
    order = sorted(parts)
    for place in (memory, folder):
        for name in (*order, order[0]):
            add(place, {name: parts[name]})
        add(place, {}, [order[1]])
    assert (
        held(str(tmp_path / "kept"))
        == set(memory.store)
        == counted(completed({name: quads for name, quads in parts.items() if name != order[1]}))
    )


@pytest.mark.slow
def test_on_a_server_whose_default_graph_is_no_union_as_in_memory() -> None:
    parts = graphs(graph.load(CASES / "narrowing.yaml").case)
    memory = Memory()
    with strict.running() as server, closing(Remote(f"{server.url}/query", f"{server.url}/update")) as remote:
        for place in (memory, remote):
            for name in sorted(parts):
                add(place, {name: parts[name]})
        assert is_settled(remote)
        assert set(server.store) == set(memory.store)
        assert figures.stored(remote) == figures.stored(memory) is not None
    assert {str(quad.graph_name) for quad in memory.store if "/dataset>" in str(quad.subject)} == {str(DESCRIPTION)}


@pytest.mark.parametrize(
    "kind", [pytest.param(name, marks=getattr(pytest.mark, name)) for name in ("virtuoso", "jena")]
)
def test_on_a_server_of_another_make_as_in_memory(request: pytest.FixtureRequest, kind: str) -> None:
    url: str = request.getfixturevalue(kind)
    parts = graphs(graph.load(CASES / "narrowing.yaml").case) | graphs(
        graph.load(CASES / "denial-of-occurrence.yaml").case
    )
    user = "dba:dba@" if kind == "virtuoso" else ""
    server, memory = Remote(url.replace("://", f"://{user}"), may_remove=True), Memory()
    server.replace(())
    order = sorted(parts)
    for place in (memory, server):
        for name in order:
            add(place, {name: parts[name]})
        add(place, {}, [order[0]])
        add(place, {order[0]: parts[order[0]]})
    assert is_settled(server)
    with closing(server), tempfile.TemporaryFile() as out:
        server.dump(out)
        out.seek(0)
        there = set(parse(out, RdfFormat.N_QUADS))
    assert there == set(memory.store)
    counted = {quad for quad in there if quad.graph_name == RANKS}
    assert counted and counted == set(rank_quads(ranks(there)))


def test_a_statement_means_what_its_own_document_makes_it_mean(here: Path) -> None:
    """Another document that calls the event planned lowers nothing here, and makes nothing soft."""
    Path("north.yaml").write_text(NORTH, "utf-8")
    alone = graph.load("north.yaml")
    Path("north.yaml").write_text(NORTH + SOUTH, "utf-8")
    both = graph.load("north.yaml")
    for sid, modality in (("led", Modality.ACTUAL), ("to-lead", Modality.PLANNED)):
        iri = next(claim.iri for claim in alone.case.claims if claim.sid == sid)
        assert alone.dockets.modality[iri] is both.dockets.modality[iri] is modality
        assert alone.dockets.firm[iri] is both.dockets.firm[iri] is True


#: Found among a thousand: a sum gains a second source from a document that does not name it.
GAINING = [
    (2, "f", 97, 7, 30), (1, "r", 57, 5, 95), (3, "o", 55, 98, 63), (0, "r", 64, 18, 57), (3, "f", 46, 40, 77),
    (0, "c", 1, 80, 3), (1, "d", 93, 97, 38), (0, "r", 64, 18, 17), (2, "r", 97, 7, 30),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_sum_whose_sources_change_without_its_being_named_is_counted(seed: int, tmp_path: Path) -> None:
    case = case_of(tmp_path, GAINING)
    assert case is not None
    parts, store = graphs(case), Memory()
    for name in Random(seed).sample(sorted(parts), len(parts)):
        changed(store, {name: parts[name]}).apply(store)
    assert differing(store.store, whole(case)) == []


def test_a_day_that_another_document_speaks_of_is_counted_as_it_goes(here: Path) -> None:
    """Taken out, a relationship with a day counts no more, though the day is the date of another document."""
    Path("day.yaml").write_text(DAY, "utf-8")
    parts = graphs(graph.load("day.yaml").case)
    store = Memory()
    changed(store, parts).apply(store)
    [dated] = [name for name in parts if name.endswith("/one")]
    for gone in ([dated], []):
        changed(store, {} if gone else {dated: parts[dated]}, gone).apply(store)
        left = {name: quads for name, quads in parts.items() if name not in gone}
        assert differing(store.store, counted(completed(left))) == []


DAY = """format: 1
title: {en: A strike, es: Una huelga}
actors:
  post: {name: Valley Post, kind: media}
things:
  strike: {name: {en: the strike, es: la huelga}, kind: event}
  march: {name: {en: the march, es: la marcha}, kind: event}
---
format: 1
document: {id: one, title: Strike, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    asserts:
      day: [strike, happened-on, 2031-05-01]
---
format: 1
document: {id: two, title: Before, published: 2031-05-01, publisher: post}
passages:
  - at: p1
    asserts:
      it: [march, occurred]
"""
NORTH = """format: 1
title: {en: A strike, es: Una huelga}
actors:
  post: {name: Valley Post, kind: media}
  union: {name: Dockers, kind: union}
things:
  strike: {name: {en: the strike, es: la huelga}, kind: event}
  march: {name: {en: the march, es: la marcha}, kind: event}
---
format: 1
document: {id: one, title: Strike, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    asserts:
      led: [strike, organiser, union]
      coming: [march, occurred, planned]
  - at: p2
    by: union
    asserts:
      took-place: [strike, occurred]
      to-lead: [march, organiser, union]
"""
SOUTH = """---
format: 1
document: {id: two, title: Plans, published: 2031-05-01, publisher: post}
passages:
  - at: p1
    by: union
    alleges:
      planned: [strike, occurred, planned]
      happened: [march, occurred]
"""
