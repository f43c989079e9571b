"""Nothing that was only said is stated: every relation, in both languages, in every way it can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from sampled import sampled

import graph
from graph.base.terms import PREFIXES
from graph.case.model import Actor, Basis, Claim, Decision, Missing, Modality, Place, Proposition, Stance, Third, Words
from graph.case.values import parse_date, parse_quantity
from graph.pipeline import CaseGraph
from graph.standing import settle
from graph.vocabulary.model import Relation, numbered
from graph.vocabulary.reader import standard
from graph.wording import Wording, capital, place_name
from graph.words import contracted, listed

CASES = Path(__file__).resolve().parent / "cases"
LANGUAGES = ("en", "es")
NOT_YET = [modality for modality in Modality if modality is not Modality.ACTUAL]
PLACE = Place("here", 1)


@cache
def base() -> CaseGraph:
    return graph.load(CASES / "proposition.yaml")


def person(slug: str, en: str, es: str, plural: bool = False) -> Actor:
    return Actor(
        f"https://w3id.org/actorgraph/id/x/{slug}", slug, "x", {"en": en, "es": es}, "person", PLACE, (), plural
    )


ONE = person("one", "the harbour board", "el consejo del puerto")
MANY = person("many", "the two pilots", "los dos prácticos", plural=True)
#: Begins with the article that Spanish contracts.
THIRD = person("third", "the north quay", "el muelle norte")
SPEAKER = person("speaker", "Ana Ferrer", "Ana Ferrer")
DENIER = person("denier", "Luis Ortega", "Luis Ortega")


def thirds(relation: Relation) -> Iterator[Third]:
    """One third place for each sort that the relation takes."""
    units = standard().units
    for sort in sorted(relation.takes):
        if sort in ("node", "statement"):
            yield THIRD.iri
        elif sort == "quantity":
            number = "12 EUR" if relation.counts == "money" else "12 people"
            yield parse_quantity(number, relation.counts, units, {}.get)[0]
        elif sort == "date":
            yield from map(parse_date, ("2031", "2031-05", "2031-05-02"))
        elif sort == "text":
            yield Words("Korvena", "en")
        else:
            yield None
    if "none" not in relation.takes:
        yield Missing("https://w3id.org/actorgraph/id/x/m", True, ONE.iri)


@dataclass(frozen=True)
class Shown:
    """Everything that is shown of one relationship in one language."""

    line: str
    language: str
    bare: str
    title: str
    phrase: str
    texts: tuple[str, ...]


def claimed(sid: str, proposition: Proposition, stance: Stance, speaker: Actor, **more: object) -> Claim:
    first = base().case.claims[0]
    iri = f"https://w3id.org/actorgraph/id/x/{sid}"
    chain = (replace(first.chain[0], agent=speaker.iri), *first.chain[1:])
    return replace(
        first, iri=iri, sid=sid, proposition=proposition.iri, stance=stance, chain=chain, counters=(), **more
    )


def show(proposition: Proposition, claims: list[Claim], decision: bool | None = None) -> Iterator[Shown]:
    case = base().case
    actors = {actor.iri: actor for actor in (ONE, MANY, THIRD, SPEAKER, DENIER)}
    decisions = ()
    if decision is not None:
        day = parse_date("2031-05-20")
        decisions = (Decision("d/s", proposition.iri, decision, Basis.JUDGMENT, "r", "us", day, PLACE),)
    case = replace(
        case,
        actors={**case.actors, **actors},
        propositions={proposition.iri: proposition},
        claims=tuple(claims),
        decisions=decisions,
        vocabulary=standard(),
    )
    dockets = settle(case)
    words, docket = Wording(case, dockets), dockets.by_proposition[proposition.iri]
    for language in LANGUAGES:
        title, phrase = words.title(docket, language), words.phrase(docket, language)
        sentences = [words.sentence(claim, language) for claim in claims]
        yield Shown(
            docket.line,
            language,
            words.core(proposition, language),
            title,
            phrase,
            (title, phrase, words.summary(docket, language), *sentences),
        )


def lines(relation: Relation) -> Iterator[Shown]:
    """The relation in every way it can stand, with each sort of third place, and with a subject in the plural."""
    every = list(thirds(relation))
    for subject, third in (*((ONE, third) for third in every), (MANY, every[0])):
        p = Proposition(subject.iri, relation.key, third)
        says = claimed("a", p, Stance.ASSERTED, SPEAKER)
        denies = claimed("b", p, Stance.DENIED, DENIER)
        yield from show(p, [says])
        yield from show(p, [claimed("a", p, Stance.ALLEGED, SPEAKER)])
        yield from show(p, [claimed("a", p, Stance.PRESUMED, MANY, reportedly=True)])
        for modality in NOT_YET:
            yield from show(p, [replace(says, modality=modality)])
        yield from show(p, [says, denies])
        yield from show(p, [replace(says, modality=Modality.PLANNED), replace(denies, stance=Stance.CONTESTED)])
        yield from show(p, [denies])
        yield from show(p, [claimed("a", p, Stance.ASKED, SPEAKER)])
        yield from show(p, [claimed("a", p, Stance.DECLINED, DENIER)])
        yield from show(p, [claimed("a", p, Stance.MENTIONED, SPEAKER)])
        yield from show(p, [says, denies], decision=True)
        yield from show(p, [says], decision=False)


RELATIONS = sorted(standard().relations)


@pytest.mark.parametrize("key", RELATIONS)
def test_no_relation_states_what_was_only_said(key: str) -> None:
    relation = standard().relations[key]
    met = set()
    for shown in lines(relation):
        met.add(shown.line)
        bare = numbered(relation.phrases[shown.language].accepted, False).rstrip(",")
        several = numbered(relation.phrases[shown.language].accepted, True).rstrip(",")
        if shown.line != "accepted":
            # The heading is never the bare indicative, and does not begin as one; nor does the label of an edge.
            begun = capital(shown.bare)
            assert not shown.title.startswith(begun), shown
            assert shown.phrase not in (bare, several), shown
        else:
            assert shown.title.startswith(capital(shown.bare)), shown
            assert DENIER.slug and "Luis Ortega" in shown.title  # a denial is never cropped off
        for text in shown.texts:
            assert not re.search(r"[{}|]|  | ,| ;|,,|\(\)|None", text), (shown.line, text)
            assert text == text.strip()
            if shown.language == "es":
                assert not re.search(r"\b(?:a|de) el\b", text), text
            else:
                assert " el " not in text
        assert shown.title[:1] == shown.title[:1].upper()
        assert not shown.phrase.endswith(",")
    firmly = {"said"} if relation.sensitive is not True else set()  # what can defame is never said firmly
    assert met == {"soft", "notyet", "disputed", "denied", "open", "mentioned", "accepted", "rejected"} | firmly


@pytest.mark.parametrize("key", RELATIONS)
def test_the_phrases_of_a_relation_differ(key: str) -> None:
    for language in LANGUAGES:
        phrases = standard().relations[key].phrases[language]
        for plural in (False, True):
            texts = {numbered(p, plural) for p in (phrases.accepted, phrases.said, phrases.denied)}
            texts |= {numbered(phrases.not_yet(modality, language), plural) for modality in map(str, NOT_YET)}
            assert len(texts) == 3 + len(NOT_YET), (key, language, texts)
            for text in texts:
                assert not re.search(r"[{}|]|  |\.$", text), text
        said = {"en": ("said to",), "es": ("según se dice",)}[language]
        assert any(word in phrases.said for word in said), phrases.said


@pytest.mark.parametrize(
    ("line", "stances", "en", "es"),
    [
        ("said", ["asserted"], "The harbour board is said to own the north quay",
         "Según Ana Ferrer, el consejo del puerto es dueño del muelle norte"),
        ("soft", ["alleged"], "The harbour board is alleged to own the north quay",
         "Ana Ferrer acusa al consejo del puerto de ser dueño del muelle norte"),
        ("disputed", ["asserted", "denied"], "The harbour board is said to own the north quay; Luis Ortega denies this",
         "Según Ana Ferrer, el consejo del puerto es dueño del muelle norte; Luis Ortega lo niega"),
        ("disputed", ["asserted", "contested"],
         "The harbour board is said to own the north quay; Luis Ortega disputes this",
         "Según Ana Ferrer, el consejo del puerto es dueño del muelle norte; Luis Ortega lo cuestiona"),
        ("denied", ["denied"], "Luis Ortega denies that the harbour board owns the north quay",
         "Luis Ortega niega que el consejo del puerto sea dueño del muelle norte"),
        ("open", ["asked"], "Open question: whether the harbour board owns the north quay",
         "Queda por saber si el consejo del puerto es dueño del muelle norte"),
        ("mentioned", ["mentioned"],
         "Ana Ferrer mentions, without endorsing it, the claim that the harbour board owns the north quay",
         ("Ana Ferrer alude, sin darla por cierta, a la afirmación de que el consejo del puerto es dueño "
          "del muelle norte")),
    ],
)  # fmt: skip
def test_the_heading_of_each_line(line: str, stances: list[str], en: str, es: str) -> None:
    p = Proposition(ONE.iri, "owns", THIRD.iri)
    speakers = {"denied": DENIER, "contested": DENIER}
    claims = [claimed(s, p, Stance(s), speakers.get(s, SPEAKER)) for s in stances]
    assert [(shown.line, shown.title) for shown in show(p, claims)] == [(line, en), (line, es)]


@pytest.mark.parametrize(
    ("modality", "en", "es"),
    [
        ("planned", "will own", "será dueño de"),
        ("possible", "could own", "podría ser dueño de"),
        ("required", "must own", "debe ser dueño de"),
        ("hypothetical", "would in theory own", "en un caso hipotético, sería dueño de"),
        ("expected", "is expected to own", "previsiblemente será dueño de"),
        ("conditional", "would, under certain conditions, own", "llegado el caso, sería dueño de"),
        ("counterfactual", "would in other circumstances have owned", "en otras circunstancias, habría sido dueño de"),
    ],
)
def test_what_is_not_yet_so_says_who_says_so(modality: str, en: str, es: str) -> None:
    p = Proposition(ONE.iri, "owns", THIRD.iri)
    one, other = show(p, [claimed("a", p, Stance.ASSERTED, SPEAKER, modality=Modality(modality))])
    assert one.title == f"The harbour board {en} the north quay, according to Ana Ferrer"
    comma = "," if "," in es else ""
    assert other.title == f"El consejo del puerto{comma} {es.removesuffix(' de')} del muelle norte, según Ana Ferrer"
    # Behind "according to" a plan `will be`; on a line, where nobody is named, it `is to be`.
    line = ("is to own", "va a ser dueño de") if modality == "planned" else (en, es)
    assert (one.phrase, other.phrase) == line


def test_a_dispute_names_both_sides_on_its_edge() -> None:
    p = Proposition(MANY.iri, "owns", THIRD.iri)
    claims = [claimed("a", p, Stance.ASSERTED, SPEAKER), claimed("b", p, Stance.DENIED, DENIER)]
    one, other = show(p, claims)
    assert one.phrase == "are said to own (Ana Ferrer × Luis Ortega)"
    assert other.phrase == "según se dice, son dueños de (Ana Ferrer × Luis Ortega)"


def test_braces_in_a_name_are_text() -> None:
    hostile = replace(ONE, name={"en": "a {0} {is|are} b", "es": "a {0} {es|son} b"})
    e = base()
    (claim, *_), (proposition,) = e.case.claims, e.case.propositions.values()
    actors = {**e.case.actors, str(proposition.subject): replace(hostile, iri=str(proposition.subject))}
    actors[str(claim.originator)] = replace(hostile, iri=str(claim.originator))
    case = replace(e.case, actors=actors)
    words = Wording(case, settle(case))
    for docket in words.dockets.by_proposition.values():
        for text in (words.title(docket, "en"), words.summary(docket, "en"), words.sentence(claim, "en")):
            assert "{0} {is|are} b" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pertenece a el puerto", "pertenece al puerto"),
        ("cargo de el puerto", "cargo del puerto"),
        ("viaja a El Salvador", "viaja a El Salvador"),
        ("ministro de El Salvador", "ministro de El Salvador"),
        ("cerca de ella", "cerca de ella"),
    ],
)
def test_spanish_contractions(text: str, shown: str) -> None:
    assert contracted(text, "es") == shown
    assert contracted(text, "en") == text


def test_spanish_and_changes_before_an_i() -> None:
    assert listed(["Ana", "Inés"], "es") == "Ana e Inés"
    assert listed(["Ana", "Hilario"], "es") == "Ana e Hilario"
    assert listed(["agua", "hielo"], "es") == "agua y hielo"
    assert listed(["A", "B", "C"], "en") == "A, B and C"


def test_places_in_both_languages() -> None:
    assert [place_name(at, "es") for at in ("p2", "headline", "page 4", "2:15")] == [
        "párrafo 2",
        "titular",
        "página 4",
        "2:15",
    ]


@pytest.mark.parametrize("path", sampled(sorted(CASES.glob("*.yaml"))))
def test_every_sentence_of_every_case(path: Path) -> None:
    e = graph.load(path)
    for quad in e.quads:
        value, language = quad.object.value, getattr(quad.object, "language", None)
        made = quad.subject.value.startswith("https://w3id.org/actorgraph/id/")
        if language in LANGUAGES and made and quad.predicate.value != PREFIXES["dcterms"] + "description":
            assert not re.search(r"[{}|]|  | ,| ;|\(\)", value), value
            if language == "es":
                assert not re.search(r"\b(?:a|de) el\b", value), value


@pytest.mark.parametrize(
    ("speaker", "sentence"),
    [
        ("unstated", "It is thought, without attribution, that Ana Ruiz owns the Norvik firm"),
        ("report", "The report suggests that Ana Ruiz owns the Norvik firm"),
        ("ana", "Ana Ruiz believes that Ruiz owns the Norvik firm"),
    ],
)
def test_who_presumes_it_may_be_nobody_or_a_document(speaker: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(f"""format: 1
id: presumed
title: {{en: Who presumes it}}
actors:
  ana: {{name: Ana Ruiz, kind: person}}
  norvik: {{name: the Norvik firm, kind: company}}
  paper: {{name: Harbour Gazette, kind: media}}
things:
  report: {{name: the report, kind: document}}
---
format: 1
document: {{id: page, title: Page, published: 2031-05-02, publisher: paper}}
passages:
  - at: p1
    by: {speaker}
    presumes:
      s01: [ana, owns, norvik]
""")
    [statement] = graph.load(tmp_path / "case.yaml").statements()
    assert statement.statement == sentence


def test_what_joins_two_is_told_from_whoever_says_so(tmp_path: Path) -> None:
    case = page_of(
        tmp_path,
        "ben: {name: Ben Ode, kind: person}",
        """  - at: p1
    by: ben
    asserts:
      s01: [ana, met-with, ben]
""",
    )
    [statement] = case.statements()
    assert statement.statement == "Ben Ode says that Ode met Ana Ruiz"


def page_of(folder: Path, actor: str, passages: str) -> CaseGraph:
    """A case of one page of the Harbour Gazette, on which Ana Ruiz and one more actor are named."""
    (folder / "case.yaml").write_text(f"""format: 1
id: page-of
title: {{en: One page}}
actors:
  ana: {{name: Ana Ruiz, kind: person}}
  {actor}
  paper: {{name: Harbour Gazette, kind: media}}
---
format: 1
document: {{id: page, title: Page, published: 2031-05-02, publisher: paper}}
passages:
{passages}""")
    case = graph.load(folder / "case.yaml")
    assert isinstance(case, CaseGraph)
    return case


def test_what_nobody_named_confirms_is_told_beside_what_others_say(tmp_path: Path) -> None:
    e = page_of(
        tmp_path,
        "norvik: {name: the Norvik firm, kind: company}",
        """  - at: p1
    alleges:
      s01: [ana, owns, norvik]
  - at: p2
    by: unstated
    confirms:
      s02: s01
""",
    )
    [docket] = e.dockets.by_proposition.values()
    summary = Wording(e.case, e.dockets).summary(docket, "en")
    assert summary.startswith("Harbour Gazette alleges that Ana Ruiz owns the Norvik firm; ")
    assert "also reported without attribution that" in summary


def test_who_disputes_a_tie_that_is_told_from_its_other_end(tmp_path: Path) -> None:
    case = page_of(
        tmp_path,
        "bo: {name: Bo Lund, kind: person}",
        """  - at: p1
    asserts:
      s01: [ana, met-with, bo]
  - at: p2
    by: bo
    contests:
      s02: s01
""",
    )
    assert case.statements()[-1].statement == "Bo Lund disputes the claim that Lund met Ana Ruiz"


def test_who_denies_what_only_the_text_implies_has_not_said_it(tmp_path: Path) -> None:
    case = page_of(
        tmp_path,
        "norvik: {name: Norvik, kind: company}",
        """  - at: p1
    by: ana
    asserts:
      s01: {fact: [ana, owns, norvik], implied: true}
  - at: p2
    by: ana
    denies:
      s02: s01
""",
    )
    relationship = case.statements()[-1].relationship
    assert relationship == "Ana Ruiz takes it for granted that Ruiz owns Norvik; Ruiz denies this"
