"""The command line: each command, what it says when something is wrong, and docs/commands.md, written from its help.

`ACTORGRAPH_WRITE=1 pytest tests/test_cli.py` writes the page anew.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from processes import ACTORGRAPH, PATIENCE, PYTHON, finished, started

import graph
from graph.case.starter import create
from graph.cli import main, outputs, progress
from graph.dataset.opening import opening
from graph.query import sparql as query
from graph.serve.settings import limits

pytestmark = pytest.mark.usefixtures("hasty")

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = tuple(main.commands)

SECRET = """\
format: 1
title: A secret
actors:
  gazette: {name: Gazette, kind: media}
  source: {name: Somebody Hidden, kind: person, confidential: true}
  acme: {name: Acme, kind: company}
  rival: {name: Rival, kind: company}
---
format: 1
document: {id: d1, title: T, published: 2024-05-02, publisher: gazette, language: en}
passages:
  - at: p1
    by: source
    asserts: {s01: [acme, owns, rival]}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one case, `cases/harbour`, to work in."""
    monkeypatch.chdir(tmp_path)
    create("harbour", tmp_path / "cases")
    return tmp_path


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No progress within this process, however slow the machine is."""
    monkeypatch.setattr(progress.Progress, "PATIENCE", 600.0)


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=given, prog_name="actorgraph")


def fine(*words: str, given: str | None = None) -> str:
    result = run(*words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- build


def test_build_writes_dataset_and_page_and_says_what_an_editor_wants(here: Path) -> None:
    out = fine("build")
    assert out.splitlines() == [
        "Harbour",
        "Actors                 6   and 4 events, sums, places, texts and ideas",
        "Relationships         12   none confirmed by the editors",
        "Statements            14   in 1 document",
        "Speakers               3   every statement has one",
        "Denied                 1   somebody denies or disputes it: actorgraph query denied",
        "Not yet so             2   planned, expected, possible, required or conditional: actorgraph query planned",
        "Single source         11   rest on one independent source: actorgraph query single-origin",
        "Without an answer      6   including 0 accusations: actorgraph query unanswered",
        "",
        f"Open  {(here / 'out' / 'graph.html').as_uri()}",
        f"Data  {Path('out/dataset.trig')}",
    ]
    edition = graph.load(here / "cases" / "harbour")
    assert (here / "out" / "dataset.trig").read_bytes() == opening(graphs=True) + edition.trig
    assert (here / "out" / "dataset.ttl").read_bytes() == opening(graphs=False) + edition.turtle
    assert (here / "out" / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    fine("build", "--out", "one")
    fine("build", "--out", "two", "cases/harbour")
    assert contents(here / "one") == contents(here / "two")


def test_build_as_json(here: Path) -> None:
    counted = json.loads(fine("build", "--json", "--lang", "es"))
    assert counted == {
        "documents": 1, "actors": 6, "things": 4, "relationships": 12, "statements": 14, "mentions": 0,
        "speakers": 3, "unattributed": 0, "own_statements": 4, "retracted": 0, "accepted": 0, "rejected": 0,
        "denied": 1, "disputed": 1, "not_yet": 2, "open_questions": 1, "single_source": 11, "unanswered": 6,
        "sensitive": 1, "accusations": 0, "unanswered_accusations": 0, "sums": 1, "counts": 0, "dates": 0,
        "single_source_figures": 1,
        "dataset": "out/dataset.trig", "page": "out/graph.html", "warnings": 0,
    }  # fmt: skip
    assert '<html lang="es"' in (here / "out" / "graph.html").read_text(encoding="utf-8")


def test_what_the_summary_counts_is_what_the_queries_list() -> None:
    edition = graph.load(ROOT / "cases" / "us-el-salvador-prison-deal")
    counted = asdict(edition.figures)

    def count(name: str, variable: str = "p", **parameters: str) -> int:
        text = query.find(name).text
        start, end = text.index("SELECT"), text.index("\nWHERE")
        asked = f"{text[:start]}SELECT (COUNT(DISTINCT ?{variable}) AS ?n){text[end:]}".rpartition("ORDER BY")[0]
        return int(query.run(edition.store, asked, parameters).values()[0]["n"])

    assert counted["single_source"] == count("single-origin")
    assert counted["unanswered"] == count("unanswered")
    assert counted["unanswered_accusations"] == count("unanswered", only="accusations")
    assert counted["statements"] + counted["mentions"] == count("who-says", "claim")
    assert counted["speakers"] + counted["unattributed"] == count("said-by", "originator")


def test_a_confidential_case_is_built_only_when_it_is_named(here: Path) -> None:
    (here / "cases" / "secret").mkdir()
    (here / "cases" / "secret" / "case.yaml").write_text(SECRET, encoding="utf-8")
    result = run("build")
    assert result.exit_code == 0
    assert result.stderr == "cases/secret: left out, because it has confidential parts. Name it to include it.\n"
    assert "Norvik" in (here / "out" / "dataset.trig").read_text(encoding="utf-8")
    assert "A secret" not in (here / "out" / "dataset.trig").read_text(encoding="utf-8")
    fine("build", "cases/secret", "--out", "secret")
    text = (here / "secret" / "dataset.trig").read_text(encoding="utf-8")
    assert "A secret" in text and "Hidden" not in text


def test_only_confidential_cases(here: Path) -> None:
    for file in (here / "cases" / "harbour").rglob("*.yaml"):
        file.unlink()
    (here / "cases" / "harbour" / "case.yaml").write_text(SECRET, encoding="utf-8")
    result = run("build")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        1,
        "cases: contains confidential cases only. Name the case to include it.",
    )


def test_nothing_is_written_when_anything_is_wrong(here: Path) -> None:
    fine("build")
    before = contents(here / "out")
    names = here / "cases" / "harbour" / "case.yaml"
    names.write_text(names.read_text(encoding="utf-8") + "  compny: {x: X}\n", encoding="utf-8")
    line = len(names.read_text(encoding="utf-8").splitlines())
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr == (
        f'cases/harbour/case.yaml:{line}:3: actor x has the unknown kind "compny". Did you mean company?\n'
    )
    assert contents(here / "out") == before


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda out: out.write_text("x"), "out/dataset.trig: cannot be written (File exists). "),
        (lambda out: (out / "dataset.trig").mkdir(parents=True), "out/dataset.trig: is a directory; give a file path"),
        (lambda out: out.symlink_to("/proc"), "out/dataset.trig: cannot be written (No such file or directory). "),
    ],
)
def test_an_output_that_cannot_be_written(make: Callable[[Path], object], line: str, here: Path) -> None:
    make(here / "out")
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith(line) and result.stderr.count("\n") == 1


def test_no_cases_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert (result.exit_code, result.stderr) == (
        1, "cases: does not exist. Name a case, or create one: actorgraph new NAME.\n",
    )  # fmt: skip
    (tmp_path / "cases").mkdir()
    assert run("build").stderr == "cases: contains no case. Create one: actorgraph new NAME.\n"
    assert run("build", "nowhere").stderr == (
        "nowhere: cannot be read: No such file or directory. Check the path and its permissions.\n"
    )


def test_build_graph_py_is_the_main_job(here: Path) -> None:
    done = finished([PYTHON, str(ROOT / "build_graph.py"), "--out", "made"])
    assert done.returncode == 0, done.stderr
    assert sorted(contents(here / "made")) == ["dataset.trig", "dataset.ttl", "graph.html", "graph.svg"]


# --- interrupted, full, closed


@pytest.mark.slow
def test_an_interruption_leaves_what_stood_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine("build")
    before = contents(here)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    result = run("build")
    assert (result.exit_code, result.stderr) == (130, "Interrupted. Nothing is half written.\n")
    assert contents(here) == before


def test_control_c_is_one_line_and_130(here: Path) -> None:
    code = (
        "import os, threading; from graph.cli import main\n"
        "os.fsync = lambda _: (print('half way', flush=True), threading.Event().wait())\n"
        "main(['build'])"
    )
    with started([PYTHON, "-c", code]) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half way\n"
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=PATIENCE)
    # A slow machine is told which step it is at.
    told = [line for line in errors.splitlines() if not re.match(r"\d/\d ", line)]
    assert (child.returncode, told) == (130, ["Interrupted. Nothing is half written."])
    assert not any(path.is_file() for path in (here / "out").rglob("*"))


@pytest.mark.slow
def test_a_full_disk_leaves_what_stood_there(here: Path) -> None:
    fine("build")
    before = contents(here)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    done = finished([*ACTORGRAPH, "build"], preexec_fn=limit)
    errors = done.stderr
    assert done.returncode == 1
    assert errors.splitlines()[-1] == (
        "out/dataset.trig: cannot be written (File too large). Free some space, or choose another folder."
    )
    assert contents(here) == before


def test_a_full_standard_output_is_one_line(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = finished([*ACTORGRAPH, "export", "--format", "nquads"], stdout=full)
    errors = done.stderr
    assert done.returncode == 1
    assert errors.splitlines()[-1] == (
        "standard output: No space left on device. Check the path, its permissions and the space."
    )
    assert "Traceback" not in errors and "Exception" not in errors


def test_a_closed_pipe_is_quiet(here: Path) -> None:
    with started([*ACTORGRAPH, "export", "--format", "nquads"]) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.wait(PATIENCE) == 0
        # On a busy machine the job is long enough to say where it is.
        assert [line for line in child.stderr if not re.match(r"\d/\d \w+$", line)] == []


# --- check


def test_nothing_to_mend(here: Path) -> None:
    assert fine("check") == "No problems found in 14 statements.\n"
    assert json.loads(fine("check", "cases/harbour", "--json")) == {"errors": 0, "warnings": 0, "findings": []}


def test_every_finding_at_once(here: Path) -> None:
    document = next((here / "cases" / "harbour" / "documents").glob("*.yaml"))
    text = document.read_text(encoding="utf-8").replace("to norvik\n", "to norvk\n")
    document.write_text(text.replace("contravenes", "contravens"), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "2 errors:"
    where = f"cases/harbour/documents/{document.name}"
    wrong = ("norvk", "contravenes")
    numbers = [at for at, line in enumerate(text.splitlines(), 1) if any(word in line for word in wrong)]
    assert lines[1].startswith(f'{where}:{numbers[0]}:69: names "norvk", which is neither a name nor a line.')
    assert lines[2].startswith(f'{where}:{numbers[1]}:50: has "contravens" where a relation is due')
    found = json.loads(run("check", "--json").stdout)
    assert (found["errors"], [row["line"] for row in found["findings"]]) == (2, numbers)
    assert set(found["findings"][0]) == {"file", "line", "column", "severity", "what", "remedy"}


def test_fairness_and_shapes_are_told_beside_what_cannot_be_read(here: Path) -> None:
    document = next((here / "cases" / "harbour" / "documents").glob("*.yaml"))
    text = document.read_text(encoding="utf-8").replace("to norvik\n", "to norvk\n")
    document.write_text(text, encoding="utf-8")
    case = here / "cases" / "harbour" / "case.yaml"
    names = case.read_text(encoding="utf-8")
    union = "union: {dockers-union: the Dockers' Union}"
    assert union in names
    case.write_text(names.replace(union, "people: {dockers-union: the suspects}"), encoding="utf-8")
    lines = run("check").stdout.splitlines()
    assert lines[0] == "2 errors:"
    assert 'the label "Suspects" says' in "".join(lines)
    (here / "broken.yaml").write_text(SECRET.replace("id: d1", "id: d 1"), encoding="utf-8")
    result = run("check", "broken.yaml")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "1 error:")
    assert result.stderr == "Fairness and shapes are checked once these errors are fixed.\n"


def test_warnings_fail_only_when_strict(here: Path) -> None:
    with_warning(here)
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 warnings:\ncases/harbour/")
    assert run("check", "--strict").exit_code == 1


def with_warning(here: Path) -> None:
    """An accepted relationship beside a denial."""
    document = next((here / "cases" / "harbour" / "documents").glob("*.yaml"))
    decision = "\naccept:\n  breach@00000000: {basis: judgment, record: r 1, by: us, on: 2024-06-01}\n"
    document.write_text(document.read_text(encoding="utf-8") + decision, encoding="utf-8")
    assert fine("check", "--stamp").startswith("1 digest written.\n2 warnings:\n")


def test_cover_lists_what_no_statement_points_at(here: Path) -> None:
    case = here / "cases" / "harbour"
    (case / "texts").mkdir()
    name = "harbour-gazette-2024-05-02.txt"
    (case / "texts" / name).write_text("Port pays\nThe port authority has hired Norvik. It rained a lot there.\n")
    document = next((case / "documents").glob("*.yaml"))
    text = document.read_text(encoding="utf-8").replace("  # text: texts/", "  text: texts/")
    document.write_text(text.replace("  # body_from:", "  body_from:"), encoding="utf-8")
    run("ground", "cases/harbour")
    result = run("check", "--cover")
    assert "no statement points at" in result.stdout


# --- new, ground


def test_a_new_case_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert fine("new", "port-deal") == (
        "Created port-deal. Next: actorgraph check port-deal, then actorgraph build port-deal\n"
    )
    fine("check", "port-deal", "--strict")
    fine("build", "port-deal")
    (tmp_path / "cases").mkdir()
    assert fine("new", "two").startswith("Created cases/two.")
    assert fine("new", "three", "--in", "drafts").startswith("Created drafts/three.")
    result = run("new", "port-deal", "--in", ".")
    assert result.exit_code == 1
    assert result.stderr == "port-deal: exists already. Choose another name; nothing was changed.\n"
    assert run("new", "Port Deal").stderr == (
        '"Port Deal" cannot name a case. Use small letters, digits and hyphens, such as port-deal.\n'
    )


@pytest.fixture
def text(here: Path) -> Path:
    case = here / "cases" / "harbour"
    (here / "texts").mkdir()
    words = (
        "Port pays\nThe port authority has hired Norvik.\nThe contract puts back the night shift, in effect.\n"
        "Nothing here.\nIt came after the first shift, she said.\nWho signed it is open; she declined to say.\n"
    )
    (here / "texts" / "harbour-gazette-2024-05-02.txt").write_text(words, encoding="utf-8")
    document = next((case / "documents").glob("*.yaml"))
    old = document.read_text(encoding="utf-8").replace("  # text:", "  text:").replace("  # body_from:", "  body_from:")
    document.write_text(old.replace("p5 who signed:", "p5 Who signed:"), encoding="utf-8")
    return document


def test_ground_writes_places_and_shows_words(here: Path, text: Path) -> None:
    before = text.read_text(encoding="utf-8")
    result = run("ground", "cases/harbour", "--check")
    assert (result.exit_code, text.read_text(encoding="utf-8")) == (1, before), result.output
    assert result.stdout.startswith("1 file would change: ")
    assert fine("ground", "cases/harbour").startswith("1 file changed: ")
    assert fine("ground", "cases/harbour") == "0 files changed.\n"
    assert re.search(r"^p4 \d+-\d+ after the first shift:", text.read_text(encoding="utf-8"), re.MULTILINE)
    assert "Who signed it is open" in fine("ground", "cases/harbour", "--show", "signing")
    assert "Who signed it is open" in fine("ground", "cases/harbour", "--show", "signing", "--texts", "texts")
    result = run("ground", "cases/harbour", "--show", "s99")
    assert (result.exit_code, result.stderr) == (1, "s99: is the id of no statement. Write document/s01.\n")


def test_ground_without_a_text_says_so(here: Path) -> None:
    document = next((here / "cases" / "harbour" / "documents").glob("*.yaml"))
    document.write_text(document.read_text(encoding="utf-8").replace("  # text:", "  text:"), encoding="utf-8")
    result = run("ground", "cases/harbour")
    assert result.exit_code == 0
    assert (
        "harbour-gazette-2024-05-02: there is no local copy of its text; its places are unchanged.\n" in result.stderr
    )


# --- query


def test_a_named_query_with_a_parameter(here: Path) -> None:
    out = fine("query", "said-by", "--set", "actor=dockers-union", "--format", "csv")
    assert out.splitlines()[0].startswith(
        "speaker,statement,who,for,via,stance,modality,hedge,deniedBy,retracted,place"
    )
    assert out.count("Dockers' Union") >= 7
    table = fine("query", "cases/harbour", "denied")
    assert table.splitlines()[0].split() == [
        "statement", "answers", "affirmedBy", "who", "for", "via", "stance", "modality", "hedge", "deniedBy",
        "retracted", "place",
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["case", "trig", "nq", "ttl", "jsonld", "store"])
def test_a_case_a_file_and_a_store_answer_alike(source: str, here: Path) -> None:
    edition = graph.load(here / "cases" / "harbour")
    if source == "store":
        from pyoxigraph import Store

        store = Store("kept")
        store.bulk_extend(edition.quads)
        store.flush()
        del store
        name = "kept"
    elif source == "case":
        name = "cases/harbour"
    else:
        name = f"data.{source}"
        fine("export", "--out", name)
    for asked in ("denied", "money"):
        assert fine("query", name, asked, "--format", "csv") == fine("query", asked, "--format", "csv")


def test_text_file_and_standard_input(here: Path) -> None:
    text = "SELECT ?name { ?a ag:kind kind:person ; rdfs:label ?name FILTER(LANG(?name) = 'en') }"
    (here / "people.rq").write_text(text, encoding="utf-8")
    wanted = "name\n──────────────────\nPort's spokeswoman\n"
    assert fine("query", text) == fine("query", "people.rq") == fine("query", "-", given=text) == wanted


def test_forms_of_an_answer(here: Path) -> None:
    assert fine("query", "ASK { ?a ag:claims ?b }") == "yes\n"
    assert json.loads(fine("query", "ASK { ?a ag:claims ?b }", "--format", "json")) == {"head": {}, "boolean": True}
    construct = "CONSTRUCT { ?a a ag:Claim } WHERE { ?a a ag:Claim }"
    assert fine("query", construct, "--format", "turtle").count("a ag:Claim") == 14
    assert len(json.loads(fine("query", construct, "--format", "json"))) == 14
    result = run("query", "SELECT ?x { ?x a ag:Claim, ag:Mention }")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No results. Use actorgraph query search to find names.\n"


def test_the_named_queries_are_listed() -> None:
    out = fine("query", "--list")
    for name, one in query.named().items():
        assert f"{name:<18} {one.title}" in out


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("denid",), 1, 'query: there is no query "denid". Did you mean denied?'),
        (("xyz",), 1, 'query: there is no query "xyz". actorgraph query --list names them.'),
        (("none.rq",), 1, "none.rq: cannot be read (No such file or directory). Check the path."),
        (("denied", "--set", "actor=x"), 1, 'query: has no parameter "actor". Use one of lang.'),
        (("SELECT ?x {",), 1, "query:1:12: ends too early. Close its brackets and quotes."),
        (("denied", "--format", "turtle"), 1,
         "query: has no triples to write as Turtle. Ask with CONSTRUCT, or use table, csv or json."),
        (("none.trig", "denied"), 1, None),
        (("bad.ttl", "denied"), 1, None),
        (("broken", "denied"), 1, None),
        ((), 2, "Error: No query given. Use actorgraph query --list to see the named ones."),
        (("denied", "--set", "actor"), 2, 'Error: --set actor has no value. Write --set actor="…".'),
        (("denied", "--format", "xml"), 2,
         "Error: Invalid value for '--format': 'xml' is not one of 'table', 'csv', 'json', 'turtle'."),
    ],
)  # fmt: skip
def test_a_wrong_question_is_one_line(words: tuple[str, ...], code: int, line: str | None, here: Path) -> None:
    (here / "bad.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    (here / "broken").mkdir()
    (here / "broken" / "CURRENT").write_text("nonsense", encoding="utf-8")
    result = run("query", *words)
    assert result.exit_code == code
    last = result.stderr.splitlines()[-1]
    if line is None:
        assert last.startswith(("none.trig: cannot be read (", "bad.ttl:1:", "broken: cannot be opened as a store ("))
    else:
        assert last == line
    assert code == 2 or result.stderr.count("\n") == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)


# --- draw, export, vocabulary


@pytest.mark.slow
def test_draw_only(here: Path) -> None:
    assert fine("draw", "--out", "x.html") == f"Open  {(here / 'x.html').as_uri()}\n"
    fine("build")
    assert (here / "x.html").read_bytes() == (here / "out" / "graph.html").read_bytes()


@pytest.mark.parametrize("form", outputs.FORMATS)
def test_every_format_goes_to_a_file_and_to_standard_output(form: str, here: Path) -> None:
    from graph.export import FORMATS, LOST

    suffix = FORMATS[form][0]
    result = run("export", "--format", form, "--out", f"x{suffix}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (f"{LOST[form]}\n" if form in LOST else "")
    assert run("export", "--format", form).stdout_bytes == (here / f"x{suffix}").read_bytes()
    if form != "rdf12":
        fine("export", "--out", f"y{suffix}")
        assert (here / f"y{suffix}").read_bytes() == (here / f"x{suffix}").read_bytes()


def test_formats_are_named_alike_everywhere() -> None:
    from graph.export import FORMATS

    assert tuple(FORMATS) == outputs.FORMATS
    words = " ".join((main.commands["export"].help or "").split())
    assert [name for name, (_, meaning) in FORMATS.items() if f"{name} {meaning}" not in words] == []


def test_an_unknown_suffix_is_wrong_use(here: Path) -> None:
    result = run("export", "--out", "x.doc")
    assert result.exit_code == 2
    assert (
        result.stderr.splitlines()[-1]
        == f"Error: No format given. Use --format with one of {', '.join(outputs.FORMATS)}."
    )


def test_the_vocabulary_as_turtle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyoxigraph import RdfFormat, parse

    from graph.base import resources

    out = fine("vocabulary")
    assert "ag:Proposition a " in out
    monkeypatch.setattr(resources, "ontology", lambda: tmp_path)
    (tmp_path / "vocabulary.yaml").write_bytes((ROOT / "ontology" / "vocabulary.yaml").read_bytes())
    fine("vocabulary", "--write")
    files = ("actors.ttl", "mirrors.ttl")
    parts = [set(parse((tmp_path / name).read_bytes(), format=RdfFormat.TURTLE)) for name in files]
    assert parts[0] | parts[1] == set(parse(out, format=RdfFormat.TURTLE)) and not parts[0] & parts[1]
    # What is published is what the vocabulary says: `actorgraph vocabulary --write` after each change.
    for name in files:
        assert (tmp_path / name).read_bytes() == (ROOT / "ontology" / name).read_bytes(), name


# --- progress and help


def test_a_long_job_shows_where_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.Progress, "PATIENCE", 0.0)
    with progress.Progress("reading", "drawing") as shown:
        shown.timer.join()
        shown.step()
        shown.step()
    assert capsys.readouterr().err.splitlines()[-2:] == ["1/2 reading", "2/2 drawing"]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.Progress("reading", "drawing") as shown:
        shown.timer.join()
        shown.step()
        shown.step()
    assert capsys.readouterr().err.endswith(f"\r\x1b[2K[{'█' * 10:20}] drawing\r\x1b[2K")


def test_a_quick_job_is_silent(here: Path) -> None:
    assert run("check").stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_by_example(name: str) -> None:
    out = fine(name, "--help")
    examples = out.partition("Examples:\n")[2].splitlines()
    assert examples and all(line.strip().startswith(f"actorgraph {name}") for line in examples)


def test_wrong_use_is_2() -> None:
    result = run("biuld")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: No such command 'biuld'. Did you mean 'build'?",
    )
    assert run("new").exit_code == 2
    assert run("--version").stdout.startswith("actorgraph ")


@pytest.mark.parametrize("words", [["check"], ["query", "denied"], ["export", "--format", "csv"], ["query", "--list"]])
def test_what_does_not_draw_imports_nothing_that_draws(words: list[str], here: Path) -> None:
    code = (
        f"import sys; from graph.cli import main; main({words!r}, standalone_mode=False); "
        "print(sorted({'networkx', 'pyvis', 'numpy', 'jinja2'} & set(sys.modules)), file=sys.stderr)"
    )
    done = finished([PYTHON, "-c", code])
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (0, ["[]"]), done.stderr


# --- docs/commands.md


PAGE = ROOT / "docs" / "commands.md"


def page() -> str:
    def shown(command: click.Command, name: str, parent: click.Context | None) -> str:
        settings = {**main.context_settings, "terminal_width": 100}
        context = click.Context(command, info_name=name, parent=parent, **settings)
        return f"```text\n{command.get_help(context)}\n```\n"

    top = click.Context(main, info_name="actorgraph", terminal_width=100)
    parts = [
        "# Commands\n",
        "<!-- Written by tests/test_cli.py from the commands' own help. -->\n",
        "Exit codes: 0 success; 1 findings, or an error that you can correct; 2 wrong usage; 130 interrupted.\n",
        "Files are written whole or not at all.\n",
        shown(main, "actorgraph", None),
    ]
    for name in main.list_commands(top):
        parts += [f"## {name}\n", shown(main.commands[name], name, top)]
    return "\n".join(parts)


def test_the_page_of_commands_is_written_from_their_help() -> None:
    if os.environ.get("ACTORGRAPH_WRITE"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_limit_of_ones_own_is_no_news(here: Path) -> None:
    asked = "SELECT ?s WHERE {{ ?s ?p ?o }} LIMIT {0}"
    cut = run("query", "cases/harbour", asked.format(3))
    assert cut.stderr == "", "a limit that somebody wrote is no news"
    assert run("query", "cases/harbour", "SELECT (1 AS ?x) {} LIMIT 3").stderr == ""


def test_the_table_of_limits_is_written_from_the_settings() -> None:
    rows = [f"| {what} | {flag} | {much} | {told} |" for what, flag, much, told in limits()]
    table = "\n".join(["| what | set by | how much | past it |", "|---|---|---|---|", *rows])
    page = (ROOT / "docs" / "service.md").read_text("utf-8")
    head, _, rest = page.partition("<!-- limits -->\n")
    _, _, tail = rest.partition("<!-- end of limits -->")
    written = f"{head}<!-- limits -->\n{table}\n<!-- end of limits -->{tail}"
    if os.environ.get("ACTORGRAPH_WRITE"):
        (ROOT / "docs" / "service.md").write_text(written, encoding="utf-8")
    assert (ROOT / "docs" / "service.md").read_text("utf-8") == written
