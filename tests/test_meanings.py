"""The smallest cases in which a sentence meant something else than what was written, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph
from graph.base.errors import CaseError
from graph.pipeline import CaseGraph
from graph.wording import Wording

HEAD = """format: 2
title: The scanners; es Los escáneres
languages: [en, es]
editor: The desk <desk@example.org>
names:
  media: {courier: the Courier; es El Correo; short the Courier}
  person: {pellow: Graham Pellow, strand: Helen Strand, ruiz: Ana Ruiz; pronoun she}
  authority: {board: the Health Board; es la Junta de Salud, police: the police; es la policía}
  company: {norwick: Norwick}
  court: {tribunal: the labour court; es el tribunal laboral}
  union: {dockers: the dockers; es los estibadores; plural}
"""
DOCUMENT = "document: {publisher: courier, published: 2024-03-14, title: T}\n"
LANGUAGES = ("en", "es")


def edition(folder: Path, said: str, head: str = "", desk: str = "") -> CaseGraph:
    """A case whose only document says this: speaker's key → lines."""
    file = folder / "small.yaml"
    words = "".join(f"  {line}\n" for line in said.strip().splitlines())
    desk = f"---\nformat: 2\n{desk}" if desk else ""
    file.write_text(f"{HEAD}{head}{DOCUMENT}p1:\n  en: A.\n  es: A.\n{words}{desk}", "utf-8")
    case = graph.load(file)
    assert isinstance(case, CaseGraph)
    return case


def told(case: CaseGraph) -> dict[str, list[str]]:
    """Every statement as a sentence, and every relationship's heading, by language."""
    words = Wording(case.case, case.dockets)
    return {
        language: [words.sentence(claim, language) for claim in case.case.claims]
        + [words.title(docket, language) for docket in case.dockets.by_proposition.values()]
        for language in LANGUAGES
    }


# --- names of events

PAID = "board says: payment pay; by board; to norwick; sum 6.8 million GBP"
CORRECTED = "corrected:\n  courier-2024-03-14/wrong: {by: the Courier}\n"


@pytest.mark.parametrize(
    ("more", "desk"),
    [
        ("courier says: wrong = pay sum 8.6 million GBP", CORRECTED),
        ("courier says: wrong = pay sum 8.6 million GBP", CORRECTED.replace("corrected", "withdrawn")),
        ("courier says: pay sum 8.6 million GBP", ""),
        ("strand says: pay number 11 payments", ""),
        ("strand says: pay described-as theft", ""),
        ("strand says: board dismissed pellow; because pay", ""),
    ],
)
def test_the_name_of_a_payment_has_no_sum_that_not_all_who_speak_of_it_give(
    tmp_path: Path, more: str, desk: str
) -> None:
    head = "  accusation: {theft: theft; es robo}\n"
    case = edition(tmp_path, f"{PAID}\n{more}", head, desk)
    name = next(actor.name for actor in case.case.actors.values() if actor.slug == "pay")
    assert name == {"en": "the payment by the Health Board to Norwick", "es": "el pago de la Junta de Salud a Norwick"}


def test_the_name_of_a_payment_has_the_sum_that_all_who_speak_of_it_give(tmp_path: Path) -> None:
    sentences = told(edition(tmp_path, PAID))
    assert "The Health Board says that Norwick received the payment of £6.8mn" in sentences["en"]
    assert any("el pago de 6,8 millones de libras" in one for one in sentences["es"]), sentences["es"]


# --- who has a part, by when, and what is free to somebody


@pytest.mark.parametrize(
    ("line", "en", "es"),
    [
        (
            "event affair; by board; who pellow",
            "Helen Strand says that the event concerns Graham Pellow",
            "Helen Strand afirma que el acontecimiento se refiere a Graham Pellow",
        ),
        (
            "event affair; who pellow",
            "Helen Strand says that Graham Pellow took part in the event",
            "Helen Strand afirma que Graham Pellow participó en el acontecimiento",
        ),
        (
            'norwick sells "a mill"; expected; when by 2024-06',
            "Helen Strand expects Norwick to sell a mill by the end of June 2024",
            "Helen Strand prevé que Norwick venderá a mill a más tardar en junio de 2024",
        ),
        (
            "norwick appealed-against refusal; possible; when by 2024-03-25",
            "Helen Strand says that Norwick may appeal against the refusal by 25 March 2024",
            "Helen Strand afirma que Norwick puede recurrir la negativa a más tardar el 25 de marzo de 2024",
        ),
        (
            "norwick appealed-against refusal; possible",
            "Helen Strand says that Norwick could appeal against the refusal",
            "Helen Strand afirma que Norwick podría recurrir la negativa",
        ),
    ],
)
def test_no_sentence_says_more_of_a_part_or_a_day(tmp_path: Path, line: str, en: str, es: str) -> None:
    sentences = told(edition(tmp_path, f"strand says: {line}", "  order: {refusal: the refusal; es la negativa}\n"))
    assert en in sentences["en"]
    assert es in sentences["es"]


# --- own labels, and words where somebody is due


@pytest.mark.parametrize(
    ("label", "sentence", "heading"),
    [
        ("{was|were} held up by", "was held up by a strike", "Norwick is said to have been held up by a strike"),
        ("{has|have} not left", "has not left a strike", "Norwick is said not to have left a strike"),
        ("{was|were} not hit by", "was not hit by a strike", "Norwick is said not to have been hit by a strike"),
    ],
)
def test_a_label_with_both_forms_of_its_verb_is_inflected(
    tmp_path: Path, label: str, sentence: str, heading: str
) -> None:
    head = f'relations: {{own-tie: "{label}"}}\n'
    sentences = told(edition(tmp_path, 'strand says: norwick own-tie "a strike"', head))["en"]
    assert f"Helen Strand says that Norwick {sentence}" in sentences
    assert heading in sentences


@pytest.mark.parametrize("words", ["not to be named", "that he resign", "que dimita"])
def test_words_that_name_nobody_do_not_stand_for_somebody(tmp_path: Path, words: str) -> None:
    with pytest.raises(CaseError, match=r"small\.yaml:16:27: .*needs somebody.*request; by"):
        edition(tmp_path, f'strand says: ruiz asked "{words}"')
    assert told(edition(tmp_path, 'strand says: ruiz asked "two officials"'))


# --- what is demanded, and what is rated

CALLS = """relations:
  called-for: called for; es {abogó|abogaron} por; takes node, statement
  recalls: recalls; es recuerda; takes node, statement
"""


@pytest.mark.parametrize(
    ("lines", "en", "es"),
    [
        (
            "ruiz says: dockers called-for that required board suspended pellow; when 2023",
            "Ana Ruiz says that the dockers called in 2023 for the Health Board to suspend Graham Pellow",
            "Ana Ruiz afirma que los estibadores abogaron en 2023 por que la Junta de Salud suspenda a Graham Pellow",
        ),
        (
            "ruiz denies: ruiz recalls that required board suspended pellow",
            "Ana Ruiz denies recalling the demand that the Health Board suspend Graham Pellow",
            "Ana Ruiz niega recordar la exigencia de que la Junta de Salud suspenda a Graham Pellow",
        ),
        (
            "ruiz says: ruiz demands that required board suspended pellow",
            "Ana Ruiz speaks of the demand that the Health Board suspend Graham Pellow",
            "Ana Ruiz habla de la exigencia de que la Junta de Salud suspenda a Graham Pellow",
        ),
    ],
)
def test_what_is_demanded_is_never_told_as_done(tmp_path: Path, lines: str, en: str, es: str) -> None:
    sentences = told(edition(tmp_path, lines, CALLS))
    assert en in sentences["en"], sentences["en"]
    assert es in sentences["es"], sentences["es"]
    for sentence in [*sentences["en"], *sentences["es"]]:
        assert "suspended" not in sentence and "suspendió" not in sentence and "suspendido" not in sentence


RATED = "act = board suspended pellow"


def test_who_rates_what_they_say_was_done_rates_the_deed_and_who_does_not_rates_the_claim(tmp_path: Path) -> None:
    head = "  concept: {neutral: a neutral act; es un acto neutral}\n"
    own = told(edition(tmp_path, f"board says:\n  - {RATED}\n  - act described-as neutral", head))
    assert "The Health Board says that it is a neutral act that the Health Board suspended Graham Pellow" in own["en"]
    assert (
        "La Junta de Salud afirma que es un acto neutral que la Junta de Salud haya suspendido a Graham Pellow"
        in own["es"]
    )
    others = told(edition(tmp_path, f"board says: {RATED}\nruiz says: act described-as neutral", head))
    assert "Ana Ruiz says that the claim that the Health Board suspended Graham Pellow is a neutral act" in others["en"]


@pytest.mark.parametrize(("offence", "accuses"), [("", False), ("; offence theft", True)])
def test_who_sues_accuses_only_where_an_offence_is_named(tmp_path: Path, offence: str, accuses: bool) -> None:
    head = "  accusation: {theft: theft; es robo}\n"
    case = edition(tmp_path, f"courier says: charge suit; by ruiz; against norwick; before tribunal{offence}", head)
    assert any(p.relation == "accuses" for p in case.case.propositions.values()) is accuses
    sentences = told(case)
    assert any("accusation against" in one for one in sentences["en"]) is accuses
    assert any("acusa a" in one for one in sentences["es"]) is accuses
    assert "The Courier says that Ana Ruiz filed the complaint" in sentences["en"]


def test_a_negative_label_is_what_somebody_says(tmp_path: Path) -> None:
    head = 'relations: {not-arrived: "{has|have} not arrived; es no {llegó|llegaron}; takes none"}\n'
    sentences = told(edition(tmp_path, "strand says: dockers not-arrived", head))
    assert "Helen Strand says that the dockers have not arrived" in sentences["en"]
    assert "The dockers are said not to have arrived" in sentences["en"]
    assert "Helen Strand afirma que los estibadores no llegaron" in sentences["es"]
