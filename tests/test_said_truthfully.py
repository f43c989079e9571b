"""What could not be said before is said, drawn and found: a smallest case for each, in both languages.

What is due stands in `said_truthfully.yaml`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import graph
from graph.case.model import Stance
from graph.draw.castwords import Wording as Drawn
from graph.pipeline import CaseGraph
from graph.wording import Wording

CASES = Path(__file__).parent / "cases"
PREFIXES = """
PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX st: <https://w3id.org/actorgraph/stance/>
PREFIX mo: <https://w3id.org/actorgraph/modality/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

#: Case → what is said in it, and what is asked of it.
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "said_truthfully.yaml").read_text(encoding="utf-8")
)


@cache
def edition(name: str) -> CaseGraph:
    return graph.load(CASES / f"{name}.yaml")


@pytest.mark.parametrize("name", EXPECTED)
def test_it_is_said_in_both_languages_and_drawn(name: str) -> None:
    e = edition(name)
    assert [*map(str, e.check())] == []
    words = Wording(e.case, e.dockets)
    said = {claim.sid: claim for claim in e.case.claims}
    for sid, due in EXPECTED[name]["said"].items():
        assert {tag: words.sentence(said[sid], tag) for tag in ("en", "es")} == {tag: due[tag] for tag in ("en", "es")}
        assert e.dockets.by_proposition[said[sid].proposition].line == due["drawn"]


@pytest.mark.parametrize("name", EXPECTED)
def test_it_is_found(name: str) -> None:
    found = edition(name).query(f"{PREFIXES}SELECT ?found WHERE {{ {EXPECTED[name]['question']} }} ORDER BY ?found")
    assert [row.found for row in found] == EXPECTED[name]["rows"]


def test_nobody_is_made_to_affirm_what_somebody_denies() -> None:
    e = edition("own-negative")
    for claim in e.case.claims:
        docket = e.dockets.by_proposition[claim.proposition]
        assert (docket.line, docket.affirmed_by, docket.disputed) == ("denied", (), False)
    assert not e.network.number_of_edges(), "what is only denied is in no network to compute with"


def test_every_part_of_what_is_conditional_is_drawn_so() -> None:
    """The parts of a payment and the tie that follows from it; a promise is made without any condition."""
    e = edition("conditional")
    drawn = Drawn(e.projection)
    told = {record["relation"] for record in drawn.propositions.values() if record["proposition"] in drawn.conditional}
    assert told == {
        "occurred",
        "payer",
        "payee",
        "paid",
        "amount",
        "buyer",
        "subject-matter",
        "owns",
        "demands",
        "heads",
    }


def test_silence_is_the_papers_word_and_nobody_elses() -> None:
    e = edition("silence")
    assert {str(claim.originator).rpartition("/")[2] for claim in e.case.claims} == {"gazette"}


def test_a_denial_of_what_nobody_knows_is_not_turned_round(tmp_path: Path) -> None:
    """`denies that it is not known who received it` would say that somebody knows."""
    path = tmp_path / "unknown.yaml"
    path.write_text(
        """format: 2
title: Unknown
language: en
names:
  media: {gazette: the Gazette}
  company: {norvik: Norvik}
document: {publisher: gazette, published: 2032-03-04, title: A note}
p1:
  summary: A payment.
  gazette says: payment fee; to unknown; sum withheld
  norvik denies: fee.to, fee.sum
""",
        "utf-8",
    )
    case = graph.load(path)
    words = Wording(case.case, case.dockets)
    told = [words.sentence(claim, "en") for claim in case.case.claims if claim.stance is Stance.DENIED]
    assert sorted(told) == [
        "Norvik denies that an unknown party received the payment",
        "Norvik denies that the payment amounts to an undisclosed sum",
    ]
