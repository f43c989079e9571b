"""The made-up cases of the bench: sound, always the same, and the dataset is what a build makes of the files."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pyoxigraph
import pytest

import graph
from graph.validate import validate

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SIZE = 1_000


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import generate as made
    finally:
        sys.path.pop(0)
    return made


@pytest.fixture(scope="module")
def edition(generate: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> graph.CaseGraph:
    folder = tmp_path_factory.mktemp("made-up")
    generate.write_case(folder, SIZE)
    return graph.load(folder)


def lines(quads: list[pyoxigraph.Quad]) -> set[bytes]:
    data = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    assert data is not None
    return set(data.splitlines())


def test_a_made_up_case_has_so_many_statements_and_nothing_to_mend(edition: graph.CaseGraph) -> None:
    assert len(edition.case.claims) == SIZE
    assert validate(edition.store).errors == ()


def test_the_dataset_of_beats_is_what_one_build_of_the_files_makes(
    generate: ModuleType, edition: graph.CaseGraph
) -> None:
    streamed = b"".join(generate.rdf(SIZE, jobs=1)).splitlines()
    assert len(streamed) == len(set(streamed)), "no quad is written twice"
    assert set(streamed) == lines(edition.quads)


def test_a_lean_dataset_is_a_part_of_the_whole(generate: ModuleType, edition: graph.CaseGraph) -> None:
    lean = set(b"".join(generate.rdf(SIZE, jobs=1, lean=True)).splitlines())
    # What is left out is not in the digests of the evidence either.
    digests = (b"ns#evidenceDigest>", b"ns#settledFor>")
    assert {line for line in lean if not any(name in line for name in digests)} < lines(edition.quads)
    assert not any(line.partition(b'"@es')[1] for line in lean)


def test_the_same_seed_gives_the_same_files_and_another_seed_others(generate: ModuleType, tmp_path: Path) -> None:
    def files(name: str, seed: int) -> dict[str, bytes]:
        folder = tmp_path / name
        generate.write_case(folder, 600, seed)
        return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}

    first = files("one", 1)
    assert files("two", 1) == first
    assert files("three", 2) != first


def test_it_is_as_mixed_and_uneven_as_reporting(edition: graph.CaseGraph) -> None:
    stances = Counter(claim.stance.value for claim in edition.case.claims)
    assert set(stances) >= {"asserted", "alleged", "denied", "presumed", "asked", "declined", "mentioned"}
    kinds = {actor.kind for actor in edition.case.actors.values()}
    assert kinds >= {"person", "company", "event", "payment", "contract"}
    assert any(claim.relays for claim in edition.case.claims)
    assert any(claim.hedges for claim in edition.case.claims)
    assert any(proposition.since for proposition in edition.case.propositions.values())
    assert len(edition.case.documents) > 10
    speakers = Counter(claim.originator for claim in edition.case.claims)
    assert speakers.most_common(1)[0][1] > 5 * sorted(speakers.values())[len(speakers) // 2]
