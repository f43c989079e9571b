"""The starter case, and the lists of words in the authors' guide."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import graph
from graph.base.errors import OutputError
from graph.case.model import Modality, Stance
from graph.case.starter import create, frames_table, kinds_table, relations_table, themes_table, units_list
from graph.standing import review, settle
from graph.vocabulary.frames import frames
from graph.vocabulary.reader import standard

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "authoring.md"


def test_the_starter_builds_at_once_and_shows_what_matters(tmp_path: Path) -> None:
    case = create("port-deal", tmp_path / "cases")
    assert case == tmp_path / "cases" / "port-deal"
    assert sorted(str(file.relative_to(case)) for file in case.rglob("*.yaml")) == [
        "case.yaml", "documents/example.yaml",
    ]  # fmt: skip
    assert all("\nformat: 2\n" in file.read_text("utf-8") for file in case.rglob("*.yaml"))
    edition = graph.load(case)
    assert review(edition.case, settle(edition.case)) == []
    assert edition.trig
    claims = edition.case.claims
    assert {claim.stance for claim in claims} == {
        Stance.ASSERTED, Stance.ALLEGED, Stance.DENIED, Stance.ASKED, Stance.DECLINED,
    }  # fmt: skip
    assert any(claim.relays for claim in claims)
    assert any(claim.speaks_for for claim in claims)
    assert any("in effect" in claim.hedges for claim in claims)
    assert any(claim.approximate for claim in claims)
    assert any(claim.modality is Modality.PLANNED for claim in claims)
    assert edition.case.title == {"en": "Port deal", "es": "Port deal"}
    assert all(claim.summary for claim in claims)


def test_every_file_teaches(tmp_path: Path) -> None:
    for file in create("x", tmp_path).rglob("*.yaml"):
        text = file.read_text("utf-8")
        assert text.startswith("# ")
        assert max(map(len, text.splitlines())) <= 120


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "case.yaml").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("mine", "link"):
        with pytest.raises(OutputError) as caught:
            create(name, tmp_path)
        assert str(caught.value) == (
            f"{tmp_path}/{name}: exists already. Choose another name; nothing was changed."
        )  # fmt: skip
    assert (tmp_path / "mine" / "case.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Port Deal 2024", "such as port-deal-2024"),
        ("../x", "such as x"),
        ("-", "such as port-deal-2024"),
        ("", "such as port-deal-2024"),
        ("año", "such as a-o"),
        ("a/b", "such as a-b"),
    ],
)
def test_a_name_that_will_not_do(name: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        create(name, tmp_path)
    assert str(caught.value) == f'"{name}" cannot name a case. Use small letters, digits and hyphens, {remedy}.'
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot be written \((File exists|Not a directory)\)\. Free some space"):
        create("x", tmp_path / "file")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        create("x", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


MARKED = {
    "themes": themes_table,
    "relations": relations_table,
    "kinds": kinds_table,
    "units": units_list,
    "frames": lambda _: frames_table(frames()),
}


def test_the_guide_lists_every_word() -> None:
    """`ACTORGRAPH_WRITE=1 python -m pytest tests/test_starter.py` writes the lists anew."""
    text = GUIDE.read_text("utf-8")
    due = text
    for name, table in MARKED.items():
        inner = f"<!-- {name} -->\n\n{table(standard())}\n<!-- /{name} -->"
        due = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, inner=inner: inner, due, flags=re.DOTALL)
    if os.environ.get("ACTORGRAPH_WRITE") == "1":
        GUIDE.write_text(due, "utf-8")
        text = due
    assert text == due, "docs/authoring.md is behind the vocabulary: run with ACTORGRAPH_WRITE=1"
