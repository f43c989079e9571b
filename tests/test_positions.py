"""Places kept with a case: what was placed before does not move, and no layout is computed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import graph
from graph.base.errors import CaseError
from graph.base.ids import short
from graph.cli import main
from graph.draw import layout, positions
from graph.draw.opening import choose
from graph.draw.payload import BUDGET
from graph.network import projection as network

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
SCANDAL = CASES / "political-scandal.yaml"


@cache
def kept(path: Path) -> positions.Places:
    """What the layout finds, by key."""
    e = graph.load(path)
    net = network.project(e.store)
    found = layout.positions(net, choose(net, BUDGET), positions.Places())
    return positions.keyed(e.case, positions.Places(found.all, found.opening))


@pytest.mark.slow
def test_every_node_has_a_key_of_its_own() -> None:
    for path in (ROOT / "cases" / "us-el-salvador-prison-deal", *sorted(CASES.glob("*.yaml"))):
        e = graph.load(path)
        names = positions.keys(e.case)
        assert len(set(names.values())) == len(names)
        if e.redaction is None:
            assert set(network.project(e.store)) <= names.keys()


def test_keys_are_what_an_author_knows() -> None:
    names = set(kept(SCANDAL).all)
    assert "owen-pryce" in names
    assert any("/" in name and not name.startswith("p/") for name in names)


def test_the_file_is_read_as_it_was_written() -> None:
    text = positions.dumps(kept(SCANDAL))
    assert positions.parse(text, "x") == kept(SCANDAL)
    assert text == positions.dumps(positions.parse(text, "x"))
    assert text.count("\n") > len(kept(SCANDAL).all)  # one place a line
    assert positions.dumps(positions.Places()) == '{\n "format": 1,\n "all": {},\n "opening": {},\n "cast": {}\n}\n'


def test_what_is_kept_does_not_move_when_the_case_grows(tmp_path: Path) -> None:
    grown = tmp_path / "political-scandal.yaml"
    text = SCANDAL.read_text("utf-8")
    publisher = next(a.slug for a in graph.load(SCANDAL).case.actors.values() if a.kind == "media")
    grown.write_text(
        text + "\n---\nformat: 1\nactors:\n  new-one: {name: New One, kind: person}\n"
        "  new-two: {name: New Two, kind: company}\n---\nformat: 1\n"
        f"document: {{id: later, title: Later, published: 2033-01-01, publisher: {publisher}}}\n"
        "passages:\n  - at: p1\n    summary: Later.\n    asserts:\n"
        "      x1: [new-one, works-for, new-two]\n      x2: [owen-pryce, works-for, new-two]\n"
        "    alleges:\n      x3: [new-one, met-with, owen-pryce]\n",
        "utf-8",
    )
    (tmp_path / "political-scandal.positions.json").write_text(positions.dumps(kept(SCANDAL)), "utf-8")
    out = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["draw", str(grown), "--out", str(out)])
    assert done.exit_code == 0, done.stderr
    e = graph.load(grown)
    names = {short(iri): key for iri, key in positions.keys(e.case).items()}
    nodes = {names[node["id"]]: node for node in page_data(out)["nodes"]}
    assert {"new-one", "new-two"} <= nodes.keys()
    for key, at in kept(SCANDAL).all.items():
        if key in nodes:
            assert (nodes[key]["x"], nodes[key]["y"]) == at
    shown = [key for key in kept(SCANDAL).opening if nodes[key]["ox"] is not None]
    assert len(shown) > len(kept(SCANDAL).opening) / 2
    for key in shown:
        assert (nodes[key]["ox"], nodes[key]["oy"]) == kept(SCANDAL).opening[key]


def page_data(path: Path) -> dict[str, list[dict[str, object]]]:
    text = path.read_text("utf-8")
    return json.loads(text.partition('id="data">')[2].partition("</script>")[0])


@pytest.mark.slow
def test_no_layout_is_computed_when_everything_is_kept(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text(SCANDAL.read_text("utf-8"), "utf-8")
    run = CliRunner()
    assert run.invoke(main, ["positions", str(case), "--write"]).exit_code == 0
    assert (case / "positions.json").is_file()
    code = (
        "import sys; from graph.cli import main\n"
        f"try: main(['draw', {str(case)!r}, '--out', {str(tmp_path / 'x.html')!r}])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(sorted(m for m in ('numpy', 'rustworkx', 'graph.draw.layout.place') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.endswith("[]\n"), done.stdout + done.stderr
    # The case file is none of the case's own files.
    assert graph.load(case).trig


def test_the_page_saves_by_opaque_ids_and_the_command_takes_them_in(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text(SCANDAL.read_text("utf-8"), "utf-8")
    e = graph.load(case)
    owen = next(iri for iri, actor in e.case.actors.items() if actor.slug == "owen-pryce")
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps({"format": 1, "all": {short(owen): [12345.6, -7]}, "opening": {}}))
    done = CliRunner().invoke(main, ["positions", str(case), "--from", str(saved)])
    assert done.exit_code == 0, done.stderr
    assert "1 of them changed" in done.output
    found = positions.read(case / "positions.json")
    assert found.all["owen-pryce"] == (12345.6, -7.0)
    assert len(found.all) == len(kept(SCANDAL).all)
    assert CliRunner().invoke(main, ["positions", str(case)]).output.count(f"{len(found.all)} of {len(found.all)}")
    saved.write_text(json.dumps({"format": 1, "all": {"0123456789": [1, 2]}}))
    done = CliRunner().invoke(main, ["positions", str(case), "--from", str(saved)])
    assert done.exit_code == 1
    assert "has the positions of another case" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", '{"format": 2}', '{"format": 1, "all": []}', '{"format": 1, "all": {"a": [1]}}',
        '{"format": 1, "all": {"a": [1, true]}}', '{"format": 1, "all": {"a": [NaN, 1]}}',
        '{"format": 1, "opening": {"a": [1, 1e99]}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_a_finding(text: str, tmp_path: Path) -> None:
    (tmp_path / "positions.json").write_text(text)
    with pytest.raises(CaseError, match=r"positions.json"):
        positions.read(tmp_path / "positions.json")


def test_whoever_is_withheld_is_neither_written_nor_found(tmp_path: Path) -> None:
    path = tmp_path / "confidential-speaker.yaml"
    path.write_text((CASES / "confidential-speaker.yaml").read_text("utf-8"), "utf-8")
    kept_file = tmp_path / "confidential-speaker.positions.json"
    done = CliRunner().invoke(main, ["positions", str(path), "--write"])
    assert done.exit_code == 0, done.stderr
    text = kept_file.read_text("utf-8")
    assert "corvena" in text
    assert not any(trace in text.lower() for trace in ("quibell", "xenia", "z990", "withheld"))
    # Even when the author wrote them in by hand.
    data = json.loads(text)
    data["all"] |= {"xenia-quibell": [771177.5, 5], "quibell-interview/z9901": [771177.5, 6]}
    kept_file.write_text(json.dumps(data))
    out = tmp_path / "x.html"
    assert CliRunner().invoke(main, ["draw", str(path), "--out", str(out)]).exit_code == 0
    assert "771177" not in out.read_text("utf-8")


def test_several_cases_together_have_a_drawing_of_their_own(tmp_path: Path) -> None:
    shutil.copytree(CASES / "two-cases", tmp_path / "two")
    one, other = (tmp_path / "two" / name for name in ("harbour.yaml", "airfield.yaml"))
    slug = next(iter(graph.load(one).case.actors.values())).slug
    positions.path_of(one).write_text(json.dumps({"format": 1, "all": {slug: [99999.5, 1]}}))
    for cases, moved in (([one], True), ([one, other], False)):
        done = CliRunner().invoke(main, ["draw", *map(str, cases), "--out", str(tmp_path / "x.html")])
        assert done.exit_code == 0, done.stderr
        assert ("99999.5" in (tmp_path / "x.html").read_text("utf-8")) is moved
