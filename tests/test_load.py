"""Case files in, one case out, or every finding at once, each as one whole line."""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import graph
from graph.case import actors, decisions, documents
from graph.case import lines as statements
from graph.case.model import Claim
from graph.case.notation import files as notation
from graph.case.reader import examine
from graph.standing import review, settle
from graph.vocabulary import reader as vocabulary
from graph.yaml.reader import Row, Table, Value, read

# `graph.load` is the function that people call; this is the room behind it.
reading = sys.modules["graph.case.reader"]

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
BAD = sorted((CASES / "bad").glob("*.yaml"))
GUIDE = (ROOT / "docs" / "format-1.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
HARBOUR = BLOCKS[0]

HEAD = """format: 1
title: Test
actors:
  paper: {name: Paper, kind: media}
  ann: {name: Ann, kind: person}
  acme: {name: Acme, kind: company}
things:
  deal: {name: the deal, kind: agreement}
document: {id: d, publisher: paper, published: 2024-05-02}
passages:
  - at: p1
    asserts:
      s01: [deal, occurred]
"""


def lines_of(*paths: Path) -> list[str]:
    return [str(finding) for finding in examine(*paths)[1]]


def plain(value: Value) -> object:
    """A value as plain YAML 1.2 reads it, in an editor for instance."""
    if isinstance(value, Row):
        return [plain(member) for member in value]
    if isinstance(value, Table):
        return {str(key): plain(member) for key, member in value.items()}
    if value.plain and value in ("true", "false"):
        return value == "true"
    if value.plain and not value:
        return None
    if value.plain and re.fullmatch(r"[0-9]+", value):
        return int(value)
    return float(value) if value.plain and re.fullmatch(r"[0-9]+\.[0-9]+", value) else str(value)


# --- bad input


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file ends with the lines it must be met with, all of them: `#! :LINE: what is wrong, what to do`."""
    monkeypatch.chdir(ROOT)
    name = str(path.relative_to(ROOT))
    due = [line[3:] for line in path.read_text("utf-8").splitlines() if line.startswith("#! ")]
    assert due
    # A finding about another file names it in full.
    assert lines_of(Path(name)) == [line if line.startswith("tests/") else f"{name}{line}" for line in due]
    with pytest.raises(graph.CaseError) as caught:
        graph.load(name)
    assert str(caught.value).splitlines() == lines_of(Path(name))


def test_names_of_a_file_that_cannot_be_read_are_no_findings(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text("format: 1\ntitle: Test\n")
    (case / "actors.yaml").write_text("format: 1\nactors:\n  ann: {name: Ann, kind: [}\n")
    (case / "document.yaml").write_text(
        "format: 1\ndocument: {id: d, publisher: paper}\n"
        "passages: [{at: p1, by: ann, asserts: {s01: [deal, signed-on, 2024-02-30], s02: [ann, owns, acme]}}]\n"
    )
    assert lines_of(case) == [
        (
            f"{case}/actors.yaml:3:27: is not YAML: while parsing a flow node did not find expected node content. "
            "Correct the line, or quote the text on it."
        ),
        f'{case}/document.yaml:3:63: statement s01: "2024-02-30" is not a date. That month has 29 days.',
    ]


def test_places_that_hold_no_case(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    remedy = "Name a case, or make one: actorgraph new."
    assert lines_of(tmp_path / "empty") == [f"{tmp_path}/empty: holds no .yaml file. {remedy}"]
    remedy = "Check the path and its permissions."
    assert lines_of(tmp_path / "none") == [f"{tmp_path}/none: cannot be read: No such file or directory. {remedy}"]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_two_cases_with_equal_ids(tmp_path: Path) -> None:
    one = write(tmp_path / "one.yaml", "format: 1\ntitle: One\nactors:\n  ann: {name: Ann, kind: person}\n")
    two = write(tmp_path / "two.yaml", "format: 1\ntitle: Two\nactors:\n  ann: {name: Ann, kind: person}\n")
    assert lines_of(one, two) == [
        (
            f'{two}:4:3: has the id "ann", and so has {one}:4. '
            "If they are one, share an actors file or a checked identifier; else rename one."
        )
    ]


def test_two_cases_joined_by_a_shared_file(tmp_path: Path) -> None:
    write(tmp_path / "shared" / "people.yaml", "format: 1\nactors:\n  ann: {name: Ann, kind: person}\n")
    one = write(tmp_path / "one.yaml", "format: 1\ntitle: One\nshared: shared/people.yaml\n")
    two = write(tmp_path / "two" / "case.yaml", "format: 1\ntitle: Two\nshared: [../shared/people.yaml]\n").parent
    case, findings = examine(one, two)
    assert findings == []
    assert case is not None
    assert [actor.iri for actor in case.actors.values()] == ["https://w3id.org/actorgraph/id/people/ann"]


def test_two_cases_joined_by_a_checked_identifier(tmp_path: Path) -> None:
    same = "same_as: {wikidata: Q42, checked_by: us, on: 2026-11-24}"
    one = write(tmp_path / "one.yaml", f"format: 1\ntitle: One\nactors:\n  ann: {{name: Ann, kind: person, {same}}}\n")
    two = write(tmp_path / "two.yaml", f"format: 1\ntitle: Two\nactors:\n  ann: {{name: Ann, kind: person, {same}}}\n")
    case, findings = examine(one, two)
    assert findings == []
    assert case is not None
    assert list(case.actors) == ["https://w3id.org/actorgraph/id/wikidata/Q42"]
    write(two, f"format: 1\ntitle: Two\nactors:\n  bob: {{name: Bob, kind: company, {same}}}\n")
    assert lines_of(one, two) == [
        (
            f"{two}:4:8: actor bob has the identifier of ann ({one}:4). "
            "One of the two is wrong, or they are one: give them one id."
        )
    ]


def test_two_cases_with_one_name(tmp_path: Path) -> None:
    one = write(tmp_path / "a" / "same.yaml", "format: 1\ntitle: One\n")
    two = write(tmp_path / "b" / "same.yaml", "format: 1\ntitle: Two\n")
    assert lines_of(one, two) == [f"{two}: has the case id same, as another does. Give it an `id:`."]


def test_a_shared_file_shares_names_only(tmp_path: Path) -> None:
    write(tmp_path / "people.yaml", "format: 1\nkinds: {}\nactors: {}\n")
    one = write(tmp_path / "one" / "case.yaml", "format: 1\ntitle: One\nshared: ../people.yaml\n").parent
    assert lines_of(one) == [f"{tmp_path}/people.yaml:2:1: the file is shared, but has `kinds`. Share names only."]


def test_a_denial_elsewhere_whose_claim_has_changed(tmp_path: Path) -> None:
    answer = "---\nformat: 1\ndocument: {id: e, publisher: paper}\npassages:\n  - at: p1\n    by: ann\n    denies:\n"
    path = write(tmp_path / "case.yaml", f"{HEAD}{answer}      s01: d/s01@00000000\n")
    assert lines_of(path) == [
        (
            f"{path}:21:12: statement s01 answers d/s01@00000000, which has changed since. "
            "Read it again, then run `actorgraph check --stamp`."
        )
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "".join(f"      a{n}: [a{n + 1}, because, deal]\n" for n in range(3000)),
        "".join(f"      a{n}: [{f'a{n - 1}' if n else 's01'}, because, deal]\n" for n in range(3000)),
        "    confirms:\n" + "".join(f"      a{n}: a{n + 1}\n" for n in range(3000)),
        "      a1: [deal, signed-on, " + "2024/" * 9999 + "2024]\n",
        "      a1: [acme, cost, " + "9" * 99_999 + " EUR]\n",
        "  - at: p" + "9" * 9999 + "\n    asserts: {a1: [a, b, c]}\n",
        "  - at: p2\n    chars: 1-" + "9" * 9999 + "\n    asserts: {a1: [deal, party, ann]}\n",
    ],
    ids=["deep", "deep backwards", "confirmed", "interval", "digits", "paragraph", "offsets"],
)
def test_hostile_lengths(lines: str, tmp_path: Path) -> None:
    path = write(tmp_path / "case.yaml", HEAD + lines)
    begun = time.process_time()
    found = lines_of(path)
    assert time.process_time() - begun < 5
    assert found and all(line.startswith(f"{path}:") and len(line) < 1000 for line in found)


# --- properties

WORDS = sorted(set(re.findall(r"[\w-]+", HARBOUR)))
PIECES = "[ ] { } : , - \n \" ' s01 s06 unknown withheld true planned of fact by denies null about & * !! | > ? # @ / %"
BITS = st.one_of(
    st.sampled_from([*PIECES.split(" "), "\n  ", "\u2028", "é"]), st.sampled_from(WORDS), st.text(max_size=5)
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(HARBOUR)), st.integers(0, 20), BITS), min_size=1, max_size=4))
def test_any_text_is_built_or_refused(edits: list[tuple[int, int, str]]) -> None:
    text = HARBOUR
    for at, length, bit in edits:
        text = text[:at] + bit + text[at + length :]
    _built_or_refused(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_words_are_built_or_refused(text: str) -> None:
    _built_or_refused(text)
    _built_or_refused(HEAD + "      s02: " + text)


def _built_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.yaml")
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            edition = graph.load(path)
        except graph.CaseError as error:
            lines = str(error).split("\n")
        else:
            assert edition.trig
            return
    assert all(": " in line for line in lines)


SHUFFLED = [CASES / name for name in ("ownership-deal.yaml", "political-scandal.yaml", "contratos-de-riomar.yaml")]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("path", SHUFFLED, ids=lambda path: path.stem)
def test_order_never_changes_the_dataset(path: Path, seed: int) -> None:
    """Of files, documents, passages, statements and keys."""
    parts = [plain(table) for table in read(path, path.name)[0]]
    due = _built(parts, path.stem)
    order = random.Random(seed)
    mixed = [_mixed(part, order) for part in parts]
    order.shuffle(mixed)
    assert _built(mixed, path.stem) == due


def _mixed(value: object, order: random.Random, key: str = "") -> object:
    if isinstance(value, dict):
        pairs = list(value.items())
        order.shuffle(pairs)
        return {name: _mixed(inner, order, name) for name, inner in pairs}
    if isinstance(value, list) and key == "passages":
        return [_mixed(inner, order) for inner in order.sample(value, len(value))]
    return value


def _built(parts: list[object], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, name)
        for number, part in enumerate(parts):
            # JSON is YAML.
            write(case / f"{number}.yaml", json.dumps(part, ensure_ascii=False))
        return graph.load(case).trig


GOOD = sorted(path for path in CASES.glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_every_statement_becomes_a_claim_and_stays_one(path: Path) -> None:
    case, findings = examine(path)
    assert case is not None
    assert [f for f in findings if f.severity == "error"] == []
    written = set()
    for table in read(path, path.name)[0]:
        part = plain(table)
        assert isinstance(part, dict)
        if part["format"] == 2:
            return  # its ids follow by themselves: tests/test_lines.py
        for block in part.get("passages") or []:
            for section in statements.SECTIONS:
                written |= {(part["document"]["id"], sid) for sid in block.get(section) or {}}
    assert {(claim.document.rpartition("/")[2], claim.sid) for claim in case.claims} == written
    edition = graph.load(path)
    kept = {q.subject for q in edition.quads if q.predicate.value.endswith("ns#document")}
    assert len(kept) == len(case.claims)


# --- what a case may say


def claims_of(text: str, tmp_path: Path) -> dict[str, Claim]:
    case, findings = examine(write(tmp_path / "case.yaml", text))
    assert [f for f in findings if f.severity == "error"] == []
    assert case is not None
    return {claim.iri.rpartition("/")[2]: claim for claim in case.claims}


def test_who_confirms_a_denial_denies(tmp_path: Path) -> None:
    claims = claims_of(
        f"{HEAD}  - at: p2\n    by: ann\n    denies: {{s02: s01}}\n"
        "  - at: p3\n    by: acme\n    confirms: {s03: s02, s04: s01}\n",
        tmp_path,
    )
    assert (claims["s03"].stance, claims["s04"].stance) == ("denied", "asserted")
    assert claims["s03"].confirms == (claims["s02"].iri,)


def test_several_answers_in_one_line_are_several_claims(tmp_path: Path) -> None:
    head = "---\nformat: 1\ndocument: {id: e, publisher: paper}\n"
    other = f"{head}passages: [{{at: p1, asserts: {{s09: [deal, party, ann]}}}}]\n"
    claims = claims_of(
        f"{HEAD}  - at: p2\n    by: [ann, acme]\n    denies: {{s02: [s01, e/s09]}}\n"
        f"  - at: p3\n    by: ann\n    declines: {{s03: [s01, e/s09]}}\n{other}",
        tmp_path,
    )
    assert sorted(claims) == [
        "s01", "s02.acme.e.s09", "s02.acme.s01", "s02.ann.e.s09", "s02.ann.s01", "s03.e.s09", "s03.s01", "s09",
    ]  # fmt: skip


def test_a_line_with_a_place_of_its_own_leaves_the_offsets_of_its_passage(tmp_path: Path) -> None:
    claims = claims_of(
        f"{HEAD}  - at: p2\n    chars: 10-20\n    asserts:\n      s02: [deal, party, ann]\n"
        "      s03: {fact: [deal, party, acme], at: p3}\n",
        tmp_path,
    )
    assert (claims["s02"].passage.start, claims["s03"].passage.start) == (10, None)


# --- the schema for editors

SCHEMA = json.loads((ROOT / "ontology" / "case.schema.json").read_text("utf-8"))
LINES = json.loads((ROOT / "ontology" / "lines.schema.json").read_text("utf-8"))
VALIDATORS = {1: Draft202012Validator(SCHEMA), 2: Draft202012Validator(LINES)}


def complaints(part: object) -> list[str]:
    validator = VALIDATORS[2 if isinstance(part, dict) and part.get("format") == 2 else 1]
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(part)]


def test_the_schema_is_sound() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator.check_schema(LINES)


EVERY = sorted({*GOOD, *CASES.glob("two-cases/**/*.yaml"), *(ROOT / "cases").rglob("*.yaml")})


@pytest.mark.parametrize("path", EVERY, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_case_is_valid_in_an_editor(path: Path) -> None:
    for table in read(path, path.name)[0]:
        assert complaints(plain(table)) == []


@pytest.mark.parametrize("name", ["unknown-keys", "no-format", "wrong-format", "actors", "not-a-mapping", "lines"])
def test_bad_files_are_marked_in_an_editor(name: str) -> None:
    tables = read(CASES / "bad" / f"{name}.yaml", name)[0]
    assert tables == [] or any(complaints(plain(table)) for table in tables)


def test_the_schema_knows_every_key_and_no_other() -> None:
    def keys(name: str) -> set[str]:
        return set((SCHEMA["$defs"][name] if name else SCHEMA)["properties"])

    assert keys("") == set(reading._SECTIONS)
    assert set(LINES["properties"]) == set(notation.SECTIONS)
    assert set(LINES["properties"]["document"]["properties"]) | {
        "by",
        "for",
        "via",
        "said",
        "verb",
        "reported",
        "hedge",
    } == set(documents.DOCUMENT_KEYS)
    assert keys("actor") == set(actors.KEYS)
    assert keys("document") == set(documents.DOCUMENT_KEYS)
    assert keys("decision") == set(decisions.KEYS)
    assert keys("passage") == set(statements.BLOCK_KEYS)
    assert keys("line") == set(statements.LINE_KEYS)
    assert keys("kind") == set(vocabulary._KIND_KEYS)
    assert keys("relation") == set(vocabulary._RELATION_KEYS)
    assert keys("unit") == set(vocabulary._UNIT_KEYS)
    assert set(SCHEMA["$defs"]["takes"]["enum"]) == vocabulary.TAKES
    assert set(SCHEMA["$defs"]["kind"]["properties"]["shape"]["enum"]) == vocabulary.SHAPES
    assert set(SCHEMA["$defs"]["kind"]["properties"]["hue"]["enum"]) == vocabulary.HUES
    for part in SCHEMA["$defs"].values():
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False


@pytest.mark.parametrize("name", ["", "actor", "document", "passage", "line", "decision", "kind", "relation", "unit"])
def test_an_unknown_key_is_marked(name: str) -> None:
    part = SCHEMA["$defs"][name] if name else SCHEMA
    validator = Draft202012Validator({**SCHEMA, **part, "$defs": SCHEMA["$defs"]})
    assert any("unheard-of" in error.message for error in validator.iter_errors({"unheard-of": 1}))


# --- the guide


def _with_harbour(block: str) -> str:
    if block.startswith("format: 1"):
        return block
    if block.startswith("- at:"):
        head = "document: {id: extra, publisher: port-times, published: 2024-05-03}\npassages:\n"
        return f"{HARBOUR}---\nformat: 1\n{head}{block}"
    return f"{HARBOUR}---\nformat: 1\n{block}"


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_each_piece_of_the_guide_is_built(number: int, tmp_path: Path) -> None:
    write(tmp_path / "shared" / "people.yaml", "format: 1\nactors: {}\n")
    path = write(tmp_path / "case" / "case.yaml", _with_harbour(BLOCKS[number])).parent
    case, findings = examine(path)
    assert [*map(str, findings)] == []
    assert case is not None
    assert [*map(str, review(case, settle(case)))] == []
    assert graph.load(path).trig
    for table in read(path / "case.yaml", "case.yaml")[0]:
        assert complaints(plain(table)) == []


def test_the_guide_names_every_key() -> None:
    said = set(re.findall(r"`([a-z_0-9]+)`", GUIDE)) | set(re.findall(r"\b([a-z_0-9]+):", GUIDE))
    due = {
        *reading._SECTIONS, *actors.KEYS, *documents.DOCUMENT_KEYS, *decisions.KEYS,
        *statements.BLOCK_KEYS, *statements.LINE_KEYS, *vocabulary._KIND_KEYS, *vocabulary._RELATION_KEYS,
        *vocabulary._UNIT_KEYS,
    } - {"comment"}  # fmt: skip
    assert due - said == set()


def test_links_inside_the_guide_lead_somewhere() -> None:
    titles = re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]*)\)", GUIDE)) <= anchors


def test_findings_come_in_the_order_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for path in BAD:
        found = [finding.line for finding in examine(Path(os.path.relpath(path)))[1]]
        assert all(one <= other for one, other in pairwise(found)) or path.stem == "shared"
