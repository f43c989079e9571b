"""What goes wrong is one line that says where, what and what to do: no traceback, no success with nothing done."""

from __future__ import annotations

import difflib
import gzip
import http.server
import json
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from processes import ACTORGRAPH, PATIENCE, ROOT, eventually, finished, started
from pyoxigraph import Literal, NamedNode, Quad
from serving import Served, serving

from graph.base.errors import StoreError, nearest
from graph.cli import main
from graph.serve.log import Log
from graph.store import Folder
from graph.store.files import PROLOGUE, read

E = "http://example.org/"
HEAD = """format: 1
title: {en: T, es: T}
id: t
version: 2031-06-01
OWN
actors:
  a: {name: NAME, kind: company}
  b: {name: Bee, kind: company}
  post: {name: Post, kind: media}
---
format: 1
document: {id: d, title: D, published: 2031-05-02, publisher: post, url: "https://x.example/"}
passages:
  - at: p1
    summary: The paper says so.
    asserts:
      k1: [a, headcount, FIGURE]
      k2: [a, owns, b]
"""


def case(folder: Path, own: str = "", name: str = "Aye", figure: str = "3 people") -> str:
    path = folder / "t.yaml"
    path.write_text(HEAD.replace("OWN", own).replace("NAME", name).replace("FIGURE", figure), "utf-8")
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="actorgraph")


def one_line(done: Result) -> str:
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.stderr.splitlines()[-1]


# --- stores


def test_an_empty_backup_does_not_empty_a_store(tmp_path: Path) -> None:
    store, empty = str(tmp_path / "store"), tmp_path / "empty.nq"
    Folder(store).replace([Quad(NamedNode(f"{E}a"), NamedNode(f"{E}b"), Literal("c"))])
    empty.touch()
    assert "empty.nq: is empty, and would empty the store. Use --yes" in one_line(run("restore", store, str(empty)))
    assert Folder(store).count() == 1
    assert run("restore", store, str(empty), "--yes").exit_code == 0
    assert Folder(store).count() == 0


@pytest.mark.parametrize("name", ["all.nq", "all.nq.gz"])
def test_a_backup_that_lacks_quads_is_refused(tmp_path: Path, name: str) -> None:
    store, backup = str(tmp_path / "store"), tmp_path / name
    Folder(store).replace(Quad(NamedNode(f"{E}a"), NamedNode(f"{E}b"), Literal(number)) for number in range(9))
    assert run("backup", store, str(backup)).exit_code == 0
    data = backup.read_bytes()
    lines = (gzip.decompress(data) if name.endswith(".gz") else data).splitlines(keepends=True)
    assert lines[-1] == b"# 9 quads\n"
    short = b"".join(lines[3:])
    backup.write_bytes(gzip.compress(short) if name.endswith(".gz") else short)
    said = one_line(run("restore", store, str(backup)))
    assert said.endswith("has 6 of its 9 quads. Fetch it again; the store is unchanged.")
    assert Folder(store).count() == 9
    backup.write_bytes(data)
    assert run("restore", store, str(backup)).exit_code == 0


# --- files of RDF

RDF = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="{E}"><rdf:Description rdf:about="{E}a"><e:p>VALUE</e:p></rdf:Description></rdf:RDF>'  # noqa: E501
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
DOCTYPES = {
    "entities of entities": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "a parameter": "<!DOCTYPE x [<!ENTITY % a 'b'> %a;]>",
    "an outside text": '<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/passwd">]>',
    "a long text": f'<!DOCTYPE x [<!ENTITY l "{"x" * 5000}">]>',
    "no end": f'<!DOCTYPE x [{" " * PROLOGUE}<!ENTITY l "x">]>',
    "late": f'<!--{"x" * PROLOGUE}--><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_entities_that_make_much_of_little_are_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "x.rdf"
    file.write_text(DOCTYPES[name] + RDF.replace("VALUE", "&l12;"), "utf-8")
    with pytest.raises(StoreError, match=r"x\.rdf: .*its (?:DOCTYPE declares entities|first element does not begin)"):
        list(read([file]))


def test_short_names_of_namespaces_are_read(tmp_path: Path) -> None:
    file = tmp_path / "x.owl"
    prologue = f'<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE rdf:RDF [\n  <!ENTITY e "{E}" >\n]>\n'
    file.write_text(prologue + RDF.replace("VALUE", "&e;x"), "utf-8")
    assert [quad.object for quad in read([file])] == [Literal(f"{E}x")]


def test_a_text_longer_than_the_parser_takes_is_told(tmp_path: Path) -> None:
    file = tmp_path / "big.nt"
    file.write_bytes(b'<urn:a> <urn:b> "' + b"x" * (17 << 20) + b'" .\n')
    assert "big.nt: contains a text longer than the parser takes" in one_line(
        run("load", str(tmp_path / "st"), str(file))
    )
    assert not (tmp_path / "st").exists()


# --- cases


def test_what_a_case_may_not_say_is_a_line(tmp_path: Path) -> None:
    for own, figure in (("units: {x: {}}", "3 x"), ("", "100000000000000000000000 million day"), ("", "9e999 people")):
        done = run("check", case(tmp_path, own, figure=figure))
        assert done.exit_code == 1
        assert "t.yaml:" in done.output
        assert "Traceback" not in done.output
        assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("escape", ["\\x01", "\\e[31m", "\\x7f", "\\x9b", "\\uffff"])
def test_control_characters_are_refused_however_they_are_written(tmp_path: Path, escape: str) -> None:
    done = run("check", case(tmp_path, name=f'"A{escape}B"'))
    assert done.exit_code == 1
    assert "t.yaml:7:13: holds a control character. Take it out." in done.output


def test_thousands_of_unknown_names_are_told_soon() -> None:
    known = tuple(f"Actor number {number}" for number in range(5000))
    assert [nearest(f"Acter number {number}", known) for number in range(200)] == list(known[:200])
    assert nearest("nothing like it", known) == ""


def test_an_unknown_name_is_compared_letter_by_letter_with_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are known: the work of so many words grows with them, and not with both."""
    compared = 0
    set_seq1 = difflib.SequenceMatcher.set_seq1

    def counting(self: difflib.SequenceMatcher[str], word: str) -> None:
        nonlocal compared
        compared += 1
        set_seq1(self, word)

    monkeypatch.setattr(difflib.SequenceMatcher, "set_seq1", counting)
    path = Path(case(tmp_path))
    text = path.read_text("utf-8")
    cast = "".join(f"  person-{n:x}: {{name: Person {n:x}, kind: person}}\n" for n in range(1000))
    said = "".join(f"      x{n}: [persom-{n:x}, owns, b]\n" for n in range(200))
    path.write_text(
        text.replace("  post: {", f"{cast}  post: {{").replace("      k2: [", f"{said}      k2: ["), "utf-8"
    )
    done = run("check", str(path))
    assert done.output.count("Did you mean person-") == 200
    assert compared <= 200 * 25


# --- what goes to a terminal


def test_names_do_not_steer_a_terminal(tmp_path: Path) -> None:
    data = tmp_path / "x.nt"
    name = "\x1b[31mRed\x1b]0;title\x07\r\u202egnp"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    data.write_text(f"<urn:a> {label} {Literal(name)} .\n<urn:a> <urn:knows> <urn:b> .\n", "utf-8")
    asked = ("query", str(data), f"SELECT ?o {{ ?s {label} ?o }}")
    ours, edited = tmp_path / "ours.nq", tmp_path / "edited.nq"
    assert run("export", case(tmp_path), "--out", str(ours), "--format", "nquads").exit_code == 0
    edited.write_text(ours.read_text("utf-8").replace('"Bee"', str(Literal(f"Red{name}"))), "utf-8")
    for words, code in (
        (asked, 0),
        (("diff", str(ours), str(edited)), 1),
        (("path", "urn:a", "urn:b", str(data)), 0),
        (("legal", case(tmp_path, name=f'"{name.encode("unicode_escape").decode()}"')), 1),
    ):
        # As a terminal is answered: the runner takes signs out of what it thinks goes to a file.
        done = CliRunner().invoke(main, list(words), color=True)
        assert done.exit_code == code, done.output
        assert "Red" in done.output or words[0] == "legal"
        assert "\x1b" not in done.output
        assert "\r" not in done.output
        assert "\u202e" not in done.output
    csv = finished([*ACTORGRAPH, "query", str(data), f"SELECT ?o {{ ?s {label} ?o }}", "--format", "json"])
    assert json.loads(csv.stdout)["results"]["bindings"][0]["o"]["value"] == name, "a program gets what is stored"


# --- addresses and servers that answer otherwise


@pytest.mark.parametrize(
    "address", ["https://[::1", "http://127.0.0.1:99999/", "http://u:geheim@127.0.0.1:x/", "http://"]
)
@pytest.mark.parametrize("command", [("query", "ASK {}"), ("load", "x.nt"), ("backup", "x.nq"), ("serve",)])
def test_an_address_that_is_none_is_told_without_its_password(
    tmp_path: Path, address: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    said = one_line(run(command[0], address, *command[1:]))
    assert said.endswith("is not the address of a server. Write https://…")
    assert "geheim" not in said


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    for command in ("serve", "query"):
        words = [command, "http://user:geheim@127.0.0.1:9/sparql", *(["ASK {}"] if command == "query" else [])]
        said = one_line(run(*words))
        assert said.startswith("http://127.0.0.1:9/sparql: ")
        assert "geheim" not in said


JSON = "application/sparql-results+json"
ANSWERS = {
    "no JSON": (JSON, b"{oops"),
    "nothing": (JSON, b""),
    "no UTF-8": (JSON, b'{"head":{},"boolean":\xff}'),
    "a page": ("text/html", b"<html>"),
    "a table for yes or no": (JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'),
    "brackets": (JSON, b"[" * 100_000),
    "half": ("application/sparql-results+xml", b"<sparql>"),
    "yes to everything": (JSON, b'{"head":{},"boolean":true}'),
}


@contextmanager
def answering(type_: str, body: bytes) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(200)
            self.send_header("content-type", type_)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_server_that_answers_otherwise_is_told_in_one_line(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    with answering(*ANSWERS[name]) as address:
        for words in (
            ("query", address, "SELECT * { ?s ?p ?o }"),
            ("backup", address, "x.nq"),
            ("load", address, "x.nt"),
        ):
            one_line(run(*words))
        if name != "nothing":  # what begins to be served is ended by hand
            assert one_line(run("serve", address, "--port", "0"))
    assert not (tmp_path / "x.nq").exists()


#: Presses Ctrl-C when a module is about to be imported.
PRESSED = """
import sys
module, *words = sys.argv[1:]
class Finder:
    def find_spec(self, name, *_):
        if name == module:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from graph.__main__ import run
sys.argv = ["actorgraph", *words]
run()
"""


@pytest.mark.parametrize("module", ["graph.cli", "click", "graph.pipeline", "yaml", "pyoxigraph"])
def test_ctrl_c_is_answered_while_what_a_command_needs_is_imported(tmp_path: Path, module: str) -> None:
    words = ("build", str(ROOT / "tests/cases/accepted.yaml"), "--out", str(tmp_path))
    done = finished([ACTORGRAPH[0], "-c", PRESSED, module, *words])
    assert (done.returncode, done.stderr) == (130, "Interrupted. Nothing is half written.\n")
    assert list(tmp_path.iterdir()) == []


def test_hardly_anything_is_imported_before_ctrl_c_is_answered() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import graph.__main__; print(*sys.modules)"
    loaded = finished([ACTORGRAPH[0], "-I", "-S", "-c", code]).stdout.split()
    assert "graph.__main__" in loaded
    assert {"typing", "re", "click", "graph.cli"}.isdisjoint(loaded)


def test_a_file_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bad\xff.ttl"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that no Path is made of
        file.write(b"<urn:a> <urn:b> <urn:c> .\n")
    done = finished([*ACTORGRAPH, "draw", os.fsdecode(name), "--out", str(tmp_path / "x.html")])
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)


# --- the service


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accident") / "store"
    a, b = NamedNode(f"{E}a"), NamedNode(f"{E}b")
    Folder(path).replace([Quad(a, b, Literal("x\ry")), Quad(a, NamedNode(f"{E}1"), Literal("\x01"))])
    return path


@pytest.fixture(scope="module")
def service(store: Path) -> Iterator[Served]:
    with serving(str(store), "--workers", "2") as served:
        yield served


def test_xml_says_what_is_stored_or_is_not_sent(service: Served) -> None:
    for accept in ("application/sparql-results+xml", "application/rdf+xml"):
        form = "SELECT ?o" if "results" in accept else f"CONSTRUCT {{ ?s <{E}b> ?o }}"
        kept = service.get(f"{form} WHERE {{ ?s <{E}b> ?o }}", accept)
        assert kept.status_code == 200
        assert "x&#13;y" in kept.text
        control = service.get(f"{form} WHERE {{ ?s <{E}1> ?o }}", accept)
        assert (control.status_code, control.json()["title"]) == (406, "The answer cannot be XML")
    number = service.get(f"CONSTRUCT {{ ?s <{E}1> 1 }} WHERE {{ ?s <{E}1> ?o }}", "application/rdf+xml")
    assert (number.status_code, number.json()["title"]) == (406, "The answer cannot be RDF/XML")
    assert service.get(f"CONSTRUCT {{ ?s <{E}1> 1 }} WHERE {{ ?s <{E}1> ?o }}", "text/turtle").status_code == 200


@pytest.mark.slow
def test_the_tag_of_an_answer_tells_how_the_data_is_read(store: Path) -> None:
    tags = []
    for graphs in ("union", "own"):
        with serving(str(store), "--workers", "1", "--default-graph", graphs) as served:
            tags.append(served.get("SELECT * WHERE { ?s ?p ?o }").headers["etag"])
    assert tags[0] != tags[1]


def test_a_store_that_is_gone_is_told_without_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store"
    Folder(path).replace([Quad(NamedNode(f"{E}a"), NamedNode(f"{E}b"), Literal("c"))])
    with serving(str(path), "--workers", "1") as served:
        path.rename(tmp_path / "elsewhere")
        for where in ("sparql?query=ASK+%7B%7D", "healthz", "data?default"):
            answer = served.client.get(f"{served.url}{where}")
            assert answer.status_code == 503
            assert str(tmp_path) not in answer.text
        eventually(lambda: any(str(path) in line for line in served.warned))


def test_nothing_is_run_from_the_current_folder_and_no_child_has_the_token(tmp_path: Path) -> None:
    trap = tmp_path / "json.py"
    trap.write_text("import pathlib; pathlib.Path('ran').touch(); raise SystemExit('trapped')", "utf-8")
    Folder(tmp_path / "store").replace([])
    environment = {**os.environ, "ACTORGRAPH_TOKEN": "geheim"}
    script = f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); import json; os.chdir({str(tmp_path)!r}); from graph.cli import main; main()"  # noqa: E501
    command = [ACTORGRAPH[0], "-c", script, "serve", "store", "--writable", "--port", "0"]
    with started(command, env=environment) as process:
        assert process.stdout is not None
        url = re.findall(r"http://\S+/", process.stdout.readline())[0]
        answer = httpx.post(
            f"{url}sparql", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}, trust_env=False, timeout=PATIENCE,
            headers={"Authorization": "Bearer geheim"},
        )  # fmt: skip
        assert answer.status_code == 204
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        told = []
        for child in children:
            with suppress(FileNotFoundError, ProcessLookupError):  # replaced after the update
                told.append(Path(f"/proc/{child}/environ").read_bytes())
        assert told and not any(b"geheim" in environ for environ in told)
    assert not (tmp_path / "ran").exists()


class Broken:
    """A log whose disk is full, or whose reader is gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    log = Log(Broken())  # type: ignore[arg-type]
    for number in range(20_000):
        log.write(str(number))
    log.close()
    assert log.dropped == 20_000


def test_a_service_whose_log_nobody_reads_answers_on(store: Path) -> None:
    with started([*ACTORGRAPH, "serve", str(store), "--workers", "1", "--port", "0"]) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = re.findall(r"http://\S+/", process.stdout.readline())[0]
        process.stderr.close()
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
            for path in ("", "healthz", f"describe?iri={E}a", "sparql?query=ASK+%7B%7D"):
                for _ in range(3):
                    assert client.get(f"{url}{path}").status_code == 200


def test_a_worker_that_somebody_kills_is_no_lack_of_memory(service: Served) -> None:
    statuses: list[tuple[int, str]] = []
    slow = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(30)) + " }"

    def ask() -> None:
        answer = service.client.post(service.sparql, data={"query": slow})
        statuses.append((answer.status_code, answer.text))

    thread = threading.Thread(target=ask)
    thread.start()
    eventually(lambda: service.running() == 1)
    for number in service.children():
        os.kill(number, signal.SIGKILL)
    thread.join()
    assert statuses[0][0] == 503
    assert "Its process was ended from outside" in statuses[0][1]
