"""An event is told as a whole where its parts share whose they are and how they are held; no part is told otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from sampled import sampled

import graph
from graph.case.model import AFFIRMING, Claim
from graph.pipeline import CaseGraph
from graph.standing import Docket
from graph.wording import Wording

ROOT = Path(__file__).resolve().parent
CASES = [ROOT.parent / "cases" / "us-el-salvador-prison-deal", *sorted((ROOT / "cases").glob("*.yaml"))]
LANGUAGES = ("en", "es")


@cache
def told(name: str = "events-as-wholes") -> tuple[CaseGraph, Wording]:
    case = graph.load(ROOT / "cases" / f"{name}.yaml")
    assert isinstance(case, CaseGraph)
    return case, Wording(case.case, case.dockets)


def event(case: CaseGraph, slug: str) -> str:
    return next(iri for iri, actor in case.case.actors.items() if actor.slug == slug)


def occurred(case: CaseGraph, slug: str) -> Docket:
    """The relationship that says that an event took place."""
    subject = event(case, slug)
    found = (p.iri for p in case.case.propositions.values() if (p.subject, p.relation) == (subject, "occurred"))
    return case.dockets.by_proposition[next(found)]


WHOLES: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "events.yaml").read_text("utf-8"))


@pytest.mark.parametrize("slug", WHOLES)
def test_an_event_is_told_in_one_sentence(slug: str) -> None:
    case, words = told()
    docket = occurred(case, slug)
    for language, due in WHOLES[slug].items():
        assert words.whole(event(case, slug), language)[0] == due
        assert (words.title(docket, language), words.summary(docket, language)) == (due, f"{due}.")


def test_what_is_only_supposed_is_told_by_itself_and_is_in_no_name() -> None:
    case, words = told()
    assert words.whole(event(case, "fee"), "en") == [
        "The Coast Wire says that Norvik made the payment to Nils Holm on 15 January 2032",
        "The Coast Wire believes that the payment by Norvik to Nils Holm amounts to €240,000",
    ]
    assert "240" not in words.title(occurred(case, "fee"), "en")


def test_a_denial_of_one_part_stands_beside_the_whole_and_says_which() -> None:
    case, words = told()
    assert words.title(occurred(case, "gift"), "en") == (
        "The dockers allege that Norvik made the payment to Iván Pardo through Vidal Hermanos; "
        "Norvik denies having made the payment"
    )
    assert words.title(occurred(case, "gift"), "es") == (
        "Los estibadores acusan a Norvik de haber hecho el pago a Iván Pardo a través de Vidal Hermanos; "
        "Norvik niega haber hecho el pago"
    )


def test_a_body_that_attends_with_others_sends_somebody() -> None:
    case, words = told("political-scandal")
    told_here = words.whole(event(case, "dinner"), "en")
    assert any("Owen Pryce and representatives of Bluewake Ferries attended the harbour dinner" in t for t in told_here)


def test_who_did_not_answer_for_a_part_stands_beside_the_whole() -> None:
    case, words = told("contratos-de-riomar")
    told_here = words.summary(occurred(case, "pago"), "en")
    assert "; Bastán's lawyer denies that Bastán received the March payment; " in told_here
    assert told_here.endswith("; the company did not answer when asked whether it had made the March payment.")


def test_who_goes_on_speaking_is_not_taken_for_whom_they_speak_of() -> None:
    """Spanish `Ferrer supone que se reunió` would say that Ferrer met him."""
    case, words = told("two-readings")
    met = next(claim for claim in case.case.claims if claim.sid == "t1")
    summary = words.summary(case.dockets.by_proposition[met.proposition], "es")
    assert "Ferrer supone que representantes de Corvena se reunieron con Ortega" in summary


def test_what_somebody_denies_altogether_is_not_told_as_a_whole() -> None:
    """`Ruiz denies this` would deny its place and its day as well."""
    case, words = told()
    assert words.title(occurred(case, "trip"), "en") == "The visit is said to have taken place; Ana Ruiz denies this"


def test_another_speaker_s_part_is_told_as_theirs() -> None:
    case, words = told()
    assert words.whole(event(case, "concession"), "en")[1:] == [
        "The Coast Wire says that the ferry licence will be awarded to Norvik for 10 years"
    ]


def test_who_says_only_that_it_took_place_says_no_more() -> None:
    case, words = told("ferry-line")
    assert words.title(occurred(case, "deal"), "en") == (
        "The Coast Wire says that Norrland Shipping bought the Lindwall ferry line on 28 February 2032; "
        "Norrland and the Lindwall ferry line say that the purchase went ahead"
    )


def test_an_explanation_begins_with_the_event_as_a_whole() -> None:
    case, _ = told()
    first, *rest = case.explained("bought").split("\n\n")
    assert first == f"as a whole    {WHOLES['bought']['en']}"
    assert len(rest) > 1 and all("sentence" in paragraph for paragraph in rest)
    assert not case.explained("ruiz").startswith("as a whole")


def alike(words: Wording, claim: Claim) -> tuple[object, ...]:
    modality = words.dockets.modality[claim.iri]
    return (claim.originator, claim.speaks_for, claim.stance, modality, claim.chain, claim.said, claim.document,
            claim.reportedly, tuple(words._left_to_say(claim, modality)))  # fmt: skip


@pytest.mark.parametrize("path", sampled(CASES), ids=lambda path: path.stem)
def test_no_sentence_mixes_speakers_stances_times_or_hedges(path: Path) -> None:
    case = graph.load(path)
    assert isinstance(case, CaseGraph)
    words = Wording(case.case, case.dockets)
    for subject in words.parts:
        for language in LANGUAGES:
            wholes = words.wholes(subject, language)
            claims = [iri for whole in wholes for iri in whole.claims]
            assert len(claims) == len(set(claims)), "no statement is told in two sentences"
            for whole in wholes:
                those = [words.claims[iri] for iri in whole.claims]
                assert len({alike(words, claim) for claim in those}) == 1, whole
                assert all(claim.stance in AFFIRMING and not claim.retraction for claim in those)
                assert not any(claim.implied or claim.inferred or claim.quantifier for claim in those)
                assert not {claim.iri for claim in those} & words.readings.keys()
            # Whatever no sentence tells stands by itself, in its own words.
            texts = words.whole(subject, language)
            left = [claim for claim in words._of(subject) if claim.iri not in claims]
            assert {words.sentence(claim, language) for claim in left} <= {*texts}


@pytest.mark.parametrize("path", sampled(CASES), ids=lambda path: path.stem)
def test_no_heading_of_an_event_leaves_out_who_denies_a_part_of_it(path: Path) -> None:
    case = graph.load(path)
    assert isinstance(case, CaseGraph)
    words = Wording(case.case, case.dockets)
    for docket in case.dockets.by_proposition.values():
        proposition = case.case.propositions[docket.proposition]
        if proposition.relation != "occurred" or not isinstance(proposition.subject, str):
            continue
        for language in LANGUAGES:
            texts, _, _ = words._as_wholes(docket, language)
            told_here = [w for w in words.wholes(proposition.subject, language) if {*w.claims} & {*docket.affirmed_by}]
            assert bool(texts) is bool(told_here) or not texts
            for whole in told_here if texts else ():
                for iri in whole.claims:
                    part = case.dockets.by_proposition[words.claims[iri].proposition]
                    for denial in part.opposed_by:
                        name = words.name(words.claims[denial].originator or "", language)
                        assert name.split()[-1] in words.summary(docket, language)
