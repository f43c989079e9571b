"""Every line of what keeps the graph honest, each shown by the smallest case that can break it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

import graph
from graph import CaseError
from graph.base.terms import ID, PREFIXES, expand
from graph.case.model import Claim, Modality, Proposition, Stance
from graph.pipeline import CaseGraph
from graph.standing import Docket, review, settle
from graph.wording import Wording

CASES = Path(__file__).resolve().parent / "cases"
HEADER = "\n".join(f"PREFIX {name}: <{namespace}>" for name, namespace in PREFIXES.items())
MIRRORS = ("said", "alleged", "notyet", "counterfactual", "denied")


@cache
def edition(name: str, internal: bool = False) -> CaseGraph:
    return graph.load(CASES / f"{name}.yaml", internal=internal)


def claim(e: CaseGraph, sid: str) -> Claim:
    """The one claim of a statement; `document/sid` where two documents use the id."""
    document, _, short = sid.rpartition("/")
    found = [c for c in e.case.claims if c.sid == short and c.document.endswith(document)]
    assert len(found) == 1, (sid, [c.iri for c in found])
    return found[0]


def docket(e: CaseGraph, sid: str) -> Docket:
    return e.dockets.by_proposition[claim(e, sid).proposition]


def wide(e: CaseGraph, sid: str) -> Docket:
    """The docket of the same relationship without its period."""
    proposition = e.case.propositions[claim(e, sid).proposition].wide()
    assert proposition is not None
    return e.dockets.by_proposition[proposition.iri]


def rows(e: CaseGraph, query: str) -> list[list[str]]:
    """The values of a SELECT over the union of all graphs, sorted."""
    solutions: Any = e.store.query(f"{HEADER}\n{query}", use_default_graph_as_union=True)
    return sorted(["" if value is None else value.value for value in row] for row in solutions)


def ask(e: CaseGraph, query: str) -> bool:
    return bool(e.store.query(f"{HEADER}\nASK {{ {query} }}", use_default_graph_as_union=True))


def plain(e: CaseGraph) -> set[tuple[str, str, str]]:
    """The plain relation triples, wherever they stand."""
    relations = {relation.iri for relation in e.case.vocabulary.relations.values()}
    nodes = {*e.case.actors, *e.case.propositions}
    return {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in e.quads
        if quad.predicate.value in relations and quad.subject.value in nodes
    }


def levels(found: Docket) -> dict[str, str]:
    return {standing.modality.value: standing.level for standing in found.standings}


def title(e: CaseGraph, found: Docket, language: str = "en") -> str:
    return Wording(e.case, e.dockets).title(found, language)


def summary(e: CaseGraph, found: Docket, language: str = "en") -> str:
    return Wording(e.case, e.dockets).summary(found, language)


def sentence(e: CaseGraph, sid: str, language: str = "en") -> str:
    return Wording(e.case, e.dockets).sentence(claim(e, sid), language)


# --- the words


def test_a_proposition_is_by_itself_neither_true_nor_false() -> None:
    e = edition("proposition")
    assert len(e.case.propositions) == 1
    assert len(e.case.claims) == 2
    found = docket(e, "s01")
    assert (found.line, found.mirrors, found.disputed) == ("disputed", ("said", "denied"), True)
    assert not plain(e)
    assert title(e, found) == "Luis Ortega is said to head Corvena, which he denies"
    assert title(e, found, "es").endswith("; Ortega lo niega")


def test_a_block_is_shorthand_for_several_claims() -> None:
    e = edition("claims")
    # Two speakers and two statements; one denial of two statements.
    assert sum(c.stance is Stance.ASSERTED for c in e.case.claims) == 4
    assert sum(c.stance is Stance.DENIED for c in e.case.claims) == 2
    assert len({c.iri for c in e.case.claims}) == 6
    for c in e.case.claims:
        if c.stance is Stance.DENIED:
            assert len(c.counters) == 2  # both unions' claims, on this proposition only
            assert {e.case.claims[0].proposition, c.proposition} <= set(e.case.propositions)


@pytest.mark.parametrize(
    ("sid", "stance", "line", "mirrors"),
    [
        ("asserted", "asserted", "said", ("said",)),
        ("alleged", "alleged", "soft", ("alleged",)),
        ("presumed", "presumed", "soft", ("alleged",)),
        ("asked", "asked", "open", ()),
        ("mentioned", "mentioned", "mentioned", ()),
        ("denied", "denied", "disputed", ("said", "denied")),
        ("contested", "contested", "disputed", ("said", "denied")),
        ("declined", "declined", "said", ("said",)),
    ],
)
def test_every_stance(sid: str, stance: str, line: str, mirrors: tuple[str, ...]) -> None:
    e = edition("stances")
    assert claim(e, sid).stance == stance
    assert (docket(e, sid).line, docket(e, sid).mirrors) == (line, mirrors)
    kind = "Mention" if stance == "mentioned" else "Claim"
    assert ask(e, f"<{claim(e, sid).iri}> a ag:{kind} ; ag:stance st:{stance}")


def test_one_calls_planned_what_another_calls_done() -> None:
    e = edition("modalities")
    found = docket(e, "planned")
    assert found == docket(e, "done") == docket(e, "no-plan")
    assert levels(found) == {"actual": "affirmedFirmly", "planned": "affirmedFirmly"}
    # The denial is of the plan: what is called done stays undenied.
    assert [s.modality for s in found.standings if s.disputed] == [Modality.PLANNED]
    assert found.mirrors == ("said",)
    text = "Selmo denies that Corvena will control it"
    assert text in title(e, found)
    assert text in summary(e, found)
    assert "Selmo denies it" not in summary(e, found)
    for sid in ("possible", "required", "hypothetical", "conditional"):
        assert (docket(e, sid).line, docket(e, sid).mirrors) == ("notyet", ("notyet",))
    # What would have been so is no plan.
    assert docket(e, "counterfactual").mirrors == ("counterfactual",)
    words = rows(e, "SELECT ?l { ?claim ag:relation ?mirror . ?mirror rdfs:label ?l FILTER(CONTAINS(?l, 'fact')) }")
    assert {row[0] for row in words} == {"would in other circumstances have controlled (contrary to fact)"}
    forecast = summary(e, docket(e, "expected"))
    assert forecast == "Corvena expects to control Arlen; Selmo does not expect this."
    (refused,) = (claim for claim in e.case.claims if claim.sid == "no-forecast")
    wording = Wording(e.case, e.dockets)
    assert wording.sentence(refused, "en") == "Selmo does not expect Corvena to control Arlen"
    assert wording.sentence(refused, "es") == "Selmo no prevé que Corvena vaya a controlar Arlen"
    assert (
        wording.summary(docket(e, "counterfactual"), "es")
        == "Corvena afirma que, en otras circunstancias, habría controlado Castra."
    )


def test_originators() -> None:
    e = edition("originators")
    speakers = {c.sid: c.originator and c.originator.rpartition("/")[2] for c in e.case.claims}
    assert speakers == {
        "publisher": "valley-post",
        "person": "ana-ferrer",
        "group": "close-sources",
        "document": "audit-memo",
        "body": "port-authority",
        "spokeswoman": "port-spokeswoman",
        "nobody": None,
        "nobody-else": None,
    }
    # Unstated is one node for each claim, never a shared one.
    assert len(rows(e, "SELECT ?u { ?u a ag:UnstatedSource . ?c ag:speaker ?u }")) == 2
    # A spokesperson speaks for a body: one origin. Unstated: the publisher's.
    origin = {c.sid: e.dockets.origin[c.iri].rpartition("/")[2] for c in e.case.claims}
    assert origin["spokeswoman"] == origin["body"] == "port-authority"
    assert origin["nobody"] == origin["nobody-else"] == origin["publisher"] == "valley-post"
    assert len(docket(e, "body").origins) == 5
    assert ask(e, "?c ag:speaksFor ?b ; ag:speaker ?w . ?b rdfs:label 'Port authority'@en")
    assert sentence(e, "spokeswoman").startswith("A spokeswoman for the port authority says that")
    assert sentence(e, "spokeswoman", "es").startswith("Una portavoz, en nombre de la autoridad portuaria, afirma que")
    assert sentence(e, "nobody").startswith("It is reported without attribution that")


def test_firm_and_soft() -> None:
    e = edition("firm-soft")
    firm = {c.sid: e.dockets.firm[c.iri] for c in e.case.claims}
    assert firm == {
        "firm": True,
        "sensitive": False,
        "reported": False,
        "unstated": False,
        "alleged": False,
        "presumed": False,
    }
    for sid, is_firm in firm.items():
        assert docket(e, sid).mirrors == (("said",) if is_firm else ("alleged",))
    assert sentence(e, "reported").startswith("Ana Ferrer ")
    for sid, word in (("alleged", "is alleged to"), ("presumed", "is thought to"), ("reported", "is reported to")):
        assert word in title(e, docket(e, sid))


def test_softening_words_belong_to_the_claim() -> None:
    e = edition("hedges")
    assert docket(e, "s01") == docket(e, "g01")
    assert claim(e, "s01").hedges == ("in effect",)
    assert claim(e, "s01").approximate
    assert claim(e, "s01").approximate
    assert not claim(e, "g01").approximate
    assert claim(e, "s02").hedges == ("it seems", "perhaps")
    assert claim(e, "s02").quantifier == "many of"
    assert e.dockets.firm[claim(e, "s01").iri]  # a hedge on a figure qualifies the figure
    assert "“it seems”" in sentence(e, "s02")
    assert "afirma que, al parecer, muchos" in sentence(e, "s02", "es")
    # What is said of many of them is nowhere shown as said of all.
    assert title(e, docket(e, "s02")).startswith("Many of the people at the fair are said to")
    assert "muchos de los asistentes a la feria" in summary(e, docket(e, "s02"), "es")


def test_sensitive_by_kind_and_by_mark() -> None:
    e = edition("sensitive")
    assert not docket(e, "office").sensitive
    assert docket(e, "front").sensitive
    assert wide(e, "front").sensitive  # the same accusation without its period
    assert docket(e, "meeting").sensitive
    assert docket(e, "meeting").mirrors == ("alleged",)
    assert docket(e, "office").mirrors == ("said",)
    marked = {c.proposition for c in e.case.claims if c.sid in ("front", "meeting")} | {wide(e, "front").proposition}
    assert {row[0] for row in rows(e, "SELECT ?p { ?p ag:sensitive true }")} == marked


def test_papers_with_one_agency_are_one_origin() -> None:
    e = edition("one-origin")
    assert [origin.rpartition("/")[2] for origin in docket(e, "p1").origins] == ["wire"]
    assert [origin.rpartition("/")[2] for origin in docket(e, "p2").origins] == ["corvena"]
    # Unstated: the nearest named relay, else the publisher.
    assert [origin.rpartition("/")[2] for origin in docket(e, "p3").origins] == ["gazette", "wire"]
    for sid in ("p1", "p2", "p3"):
        assert len(docket(e, sid).claims) == 2


def test_a_headline_is_no_second_source() -> None:
    e = edition("headline")
    found = docket(e, "h01")
    assert found == docket(e, "s01")
    assert len(found.claims) == 2
    assert [origin.rpartition("/")[2] for origin in found.origins] == ["ana-ferrer"]
    assert ask(e, "?h ag:dependsOn ?s ; ag:origin ?o . ?s ag:speaker ?o")


# --- the same proposition


@pytest.mark.parametrize("sid", ["owner", "meeting", "price", "term", "name", "knew"])
def test_same_key_same_iri_in_every_document(sid: str) -> None:
    e = edition("same-proposition")
    one, other = claim(e, f"post/{sid}"), claim(e, f"gazette/{sid}")
    assert one.proposition == other.proposition
    assert len(docket(e, f"post/{sid}").claims) == 2


def test_the_bound_is_the_objects_and_about_is_the_claims() -> None:
    e = edition("same-proposition")
    assert docket(e, "bound") != docket(e, "post/price")
    assert claim(e, "gazette/price").approximate
    assert not claim(e, "post/price").approximate


def test_equal_names_in_two_cases_join_through_a_shared_file() -> None:
    both = graph.load(CASES / "two-cases" / "harbour.yaml", CASES / "two-cases" / "airfield.yaml")
    assert both.case.ids == ("harbour", "airfield")
    found = docket(both, "s01")
    assert (found.line, found.opposed_by) == ("disputed", (claim(both, "g02").iri,))
    assert sum(actor.slug == "corvena" for actor in both.case.actors.values()) == 1


def test_equal_names_in_two_cases_are_not_merged() -> None:
    with pytest.raises(CaseError) as stopped:
        graph.load(CASES / "two-cases" / "harbour.yaml", CASES / "two-cases" / "strangers.yaml")
    text = str(stopped.value)
    assert "strangers.yaml" in text
    assert "actors.yaml" in text
    assert '"corvena"' in text


def test_affirmations_count_upward_and_denials_downward() -> None:
    e = edition("narrowing")
    whole = wide(e, "y2030")
    assert whole.affirmed_by == tuple(sorted((claim(e, "y2029").iri, claim(e, "y2030").iri)))
    assert whole.opposed_by == ()  # a narrower denial does not deny the whole …
    assert whole.denied_in_part  # … but marks it
    assert (whole.line, whole.disputed, whole.mirrors) == ("disputed", False, ("said",))
    assert docket(e, "y2029").line == "said"
    assert (docket(e, "y2030").line, docket(e, "y2030").disputed) == ("disputed", True)
    # Who denies the whole denies every period of it.
    assert docket(e, "selmo").opposed_by == (claim(e, "never").iri,)
    assert docket(e, "selmo").line == "disputed"
    narrow, broad = claim(e, "y2030").proposition, whole.proposition
    assert ask(e, f"<{narrow}> ag:narrows <{broad}> . <{broad}> ag:deniedInPart true")
    assert "Ortega denies this in part" in title(e, whole)
    assert "Ortega lo niega en parte" in summary(e, whole, "es")


def test_the_whole_is_always_minted() -> None:
    e = edition("narrowing")
    for proposition in list(e.case.propositions.values()):
        whole = proposition.wide()
        if whole is not None:
            assert whole.iri in e.case.propositions
            assert ask(e, f"<{whole.iri}> a ag:Proposition")


def test_denied_and_affirmed_by_nobody() -> None:
    e = edition("denied-alone")
    found = docket(e, "s01")
    assert (found.line, found.mirrors, found.disputed) == ("denied", ("denied",), False)
    assert levels(found) == {"actual": "denied"}
    assert title(e, found) == "Luis Ortega denies heading Corvena"
    # A denied period is no dispute about a whole that nobody affirms.
    whole = wide(e, "s02")
    assert whole.denied_in_part
    assert (whole.line, whole.mirrors) == ("mentioned", ())
    assert "said" not in title(e, whole)


# --- rivals


def test_rivals() -> None:
    e = edition("rivals")

    def rivals(sid: str) -> set[str]:
        found = docket(e, sid).rivals
        return {c.sid for c in e.case.claims if c.proposition in found}

    assert rivals("price") == {"low", "secret"}
    assert rivals("low") == {"price", "least", "secret"}
    assert "dollars" not in rivals("price")  # another currency is no rival
    assert rivals("secret") >= {"price", "least", "low", "dollars"}  # a secret value is one
    assert rivals("unknown") <= {"secret"}
    assert rivals("day") == {"other-day"}  # a month and a day in it meet
    assert rivals("same-day") == {"other-day"}
    assert rivals("buyer") == set()  # a relation that takes several
    assert rivals("staff") == rivals("staff-2031") == set()  # another year
    assert wide(e, "staff").rivals == wide(e, "staff-2031").rivals == ()
    assert not any(found.disputed for found in e.dockets.by_proposition.values())
    assert sentence(e, "secret") == "Corvena does not disclose the amount of the sale"


# --- the three levels


def test_three_levels_of_reading() -> None:
    e = edition("levels")
    owns = PREFIXES["schema"] + "owns"
    assert not plain(e)
    found = {
        name: {row[0].rpartition("/")[2] for row in rows(e, f"SELECT ?o {{ ?s {name}:owns ?o }}")} for name in MIRRORS
    }
    assert found == {
        "said": {"said", "disputed"},
        "alleged": {"soft"},
        "notyet": {"plan"},
        "counterfactual": set(),
        "denied": {"disputed"},
    }
    # A mirror has a label and a link to its relation, and nothing by which a reasoner makes new ones.
    for name in (name for name in MIRRORS if found[name]):
        mirror = f"<{PREFIXES[name]}owns>"
        assert ask(e, f"{mirror} rdfs:label ?l ; ag:mirrors <{owns}>")
        for spread in ("rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf"):
            assert not ask(e, f"{mirror} {spread} ?x")
    # All that is said of an actor leads to it, with who says so.
    assert len(rows(e, f"SELECT ?p {{ ?p rdf:subject|rdf:object <{ID}levels/corvena> }}")) == 4
    assert ask(e, "?p ag:opposedBy ?c . ?c ag:speaker ?who ; ag:counters ?other")


# --- rules that keep it honest


def test_nodes_carry_identity_only() -> None:
    e = edition("identity-only")
    names = ("rdfs:label", "ag:nameInSentence", "ag:plural", "skos:altLabel")
    allowed = {expand(name) for name in ("rdf:type", "ag:kind", "dcterms:identifier", *names)}
    for node in ("deal", "first-payment", "second-payment"):
        iri = f"{ID}identity-only/{node}"
        for quad in e.quads:
            if quad.subject.value == iri and quad.graph_name != NamedNode(ID + "graph/said"):
                mirror = quad.predicate.value.startswith(tuple(PREFIXES[name] for name in MIRRORS))
                assert mirror or quad.predicate.value in allowed
        assert ask(e, f"?p rdf:subject <{iri}> ; rdf:predicate ag:occurred ; rdf:object true")


def test_each_sum_is_a_payment_of_its_own() -> None:
    e = edition("identity-only")
    found = rows(
        e,
        """SELECT ?payee ?value {
          ?p rdf:subject ?payment ; rdf:predicate ag:amount ; rdf:object/schema:value ?value .
          ?q rdf:subject ?payment ; rdf:predicate ?role ; rdf:object ?payee . ?role dcterms:identifier 'payee' .
          ?r rdf:subject ?payment ; rdf:object <https://w3id.org/actorgraph/id/identity-only/deal> }""",
    )
    assert [(payee.rpartition("/")[2], value) for payee, value in found] == [("dorva", "300000"), ("selmo", "4000000")]


def test_nobody_has_to_say_that_an_event_took_place_that_is_only_spoken_of(tmp_path: Path) -> None:
    text = (CASES / "identity-only.yaml").read_text().replace("      o2: [first-payment, occurred]\n", "")
    (tmp_path / "identity-only.yaml").write_text(text)
    case = graph.load(tmp_path / "identity-only.yaml").case
    assert "o2" not in {claim.sid for claim in case.claims}


def test_a_negative_of_ones_own_answers_nobody(tmp_path: Path) -> None:
    """Who denies what nobody says states a negative: nobody is made to say it, and nothing is disputed."""
    (tmp_path / "own.yaml").write_text(
        "format: 1\ntitle: Own\nactors:\n  post: {name: Post, kind: media}\n  ann: {name: Ann, kind: person}\n"
        "things:\n  calm: {name: calm, kind: concept}\n  deal: {name: the deal, kind: agreement}\n"
        "document: {id: d, publisher: post}\npassages:\n  - at: p1\n    by: ann\n    summary: Ann expects no calm.\n"
        "    denies:\n      s1: [deal, brings-about, calm, possible]\n      s2: {fact: [ann, supports, deal]}\n"
    )
    case = graph.load(tmp_path / "own.yaml").case
    assert [(c.sid, c.stance.value, c.counters) for c in sorted(case.claims, key=lambda c: c.sid)] == [
        ("s1", "denied", ()),
        ("s2", "denied", ()),
    ]
    dockets = settle(case).by_proposition.values()
    assert not any(docket.disputed or docket.affirmed_by for docket in dockets)


def test_the_modality_of_an_event_is_a_ceiling_for_its_roles() -> None:
    e = edition("modality-ceiling")
    modality = {c.sid: e.dockets.modality[c.iri].value for c in e.case.claims}
    assert modality == {
        "planned": "planned",
        "organiser": "planned",  # whoever only plans the strike only plans its organiser
        "where": "possible",  # what is less than planned stays so
        "happened": "actual",
        "led": "actual",  # and who says that it happened is not bound by the other's plan
    }
    assert docket(e, "organiser").mirrors == ("notyet",)
    assert docket(e, "led").mirrors == ("said",)


def test_denying_that_it_happened_denies_every_role() -> None:
    e = edition("denial-of-occurrence")
    for sid in ("s02", "s03"):
        found = docket(e, sid)
        assert found.opposed_by == (claim(e, "s06").iri,)
        assert found.line == "disputed"
    assert docket(e, "s02").mirrors == wide(e, "s03").mirrors == ("said", "denied")
    # A mirror has no period, so a period has none of its own.
    assert docket(e, "s03").mirrors == ()
    assert wide(e, "s03").opposed_by == (claim(e, "s06").iri,)
    # Denying that the dinner happened does not deny that it was planned.
    plan = docket(e, "s04")
    assert levels(plan) == {"planned": "affirmedFirmly", "actual": "denied"}
    assert not plan.disputed
    assert (
        title(e, plan)
        == "The council dinner will be held, according to Ana Ferrer; Luis Ortega denies that it was held"
    )
    assert not docket(e, "s05").disputed


def test_denying_a_role_leaves_the_event() -> None:
    e = edition("denial-one-part")
    assert docket(e, "s02").disputed
    assert docket(e, "s01").line == docket(e, "s03").line == "said"
    assert docket(e, "s01").opposed_by == docket(e, "s03").opposed_by == ()


def test_unknown_and_withheld() -> None:
    e = edition("unknown-withheld")
    assert len(rows(e, "SELECT ?n { ?n a ag:Unknown }")) == 2
    assert [row[0].rpartition("/")[2] for row in rows(e, "SELECT ?by { ?n a ag:Withheld ; ag:withheldBy ?by }")] == [
        "corvena"
    ]
    assert not ask(e, "?n a ag:Unknown, ag:Withheld")
    assert docket(e, "u1") != docket(e, "u2")


def test_an_absence_that_is_stated_is_a_relation() -> None:
    e = edition("absence")
    assert {docket(e, sid).line for sid in ("s01", "s02")} == {"said"}
    assert not any(found.opposed_by for found in e.dockets.by_proposition.values())
    assert sentence(e, "s01") == "Ana Ferrer says that Hill House lacks windows"


def test_a_denial_answers_a_claim_or_an_implied_one(tmp_path: Path) -> None:
    e = edition("implied-claim")
    found = docket(e, "s01")
    assert (found.line, found.mirrors) == ("disputed", ("alleged", "denied"))
    assert claim(e, "s01").implied
    assert ask(e, "?c ag:implied true ; ag:stance st:alleged")
    lonely = (CASES / "implied-claim.yaml").read_text().replace("alleges:", "mentions:").replace(", implied: true", "")
    (tmp_path / "lonely.yaml").write_text(lonely)
    with pytest.raises(CaseError, match="implied: true"):
        graph.load(tmp_path / "lonely.yaml")


def test_a_mention_has_no_stance_and_makes_no_mirror() -> None:
    e = edition("mentions")
    found = docket(e, "m01")
    assert (found.line, found.mirrors, found.origins, found.standings) == ("mentioned", (), (), ())
    assert ask(e, f"?m a ag:Mention ; ag:mentions <{found.proposition}>")
    assert not ask(e, f"?c ag:claims <{found.proposition}>")
    assert ask(e, f"?p ag:about <{found.proposition}> ; ag:line 'said'")
    assert title(e, found).startswith("Ana Ferrer mentions, without endorsing it, the claim that ")
    assert title(e, found, "es").startswith("Ana Ferrer alude, sin darla por cierta, a la afirmación de que ")


def test_three_times_are_kept_apart() -> None:
    e = edition("three-times")
    # When it happened, at the precision printed: a month stays a month.
    assert rows(
        e,
        """SELECT ?printed ?first ?last (DATATYPE(?printed) AS ?type) {
        ?p rdf:predicate ?r ; rdf:object ?t . ?r dcterms:identifier 'signed-on' .
        ?t ag:printed ?printed ; ag:earliest ?first ; ag:latest ?last }""",
    ) == [["2031-02", "2031-02-01", "2031-02-28", PREFIXES["xsd"] + "gYearMonth"]]
    # When it was said, and published, by whom.
    said = rows(
        e,
        """SELECT DISTINCT ?who ?on { ?c a ?sort FILTER(STRENDS(STR(?c), '/s01')) ?c prov:qualifiedAttribution ?s .
        ?s prov:agent ?agent BIND(REPLACE(STR(?agent), '.*/', '') AS ?who) ?s ag:saidOn/ag:printed ?on }""",
    )
    assert said == [["ana-ferrer", "2031-03-14"], ["valley-post", "2031-03-15"], ["wire", "2031-03-14"]]
    # From when to when it held.
    assert rows(e, "SELECT ?from { ?p ag:validFrom/ag:printed ?from }") == [["2027"]]
    assert not ask(e, "?p ag:validUntil ?t")
    # Every time compares, whatever its precision.
    assert not ask(e, "?t a ag:Time FILTER NOT EXISTS { ?t ag:earliest ?a ; ag:latest ?b }")
    assert rows(e, "SELECT ?t { ?t a ag:Time ; ag:latest ?l FILTER(?l < '2031-03-01'^^xsd:date) }") == [
        [f"{ID}t/2027"],
        [f"{ID}t/2031-02"],
    ]


@pytest.mark.parametrize(
    ("sid", "en", "es"),
    [
        ("rate", "$20,000 per prisoner a year", "20.000 dólares por recluso al año"),
        ("part", "49.5% in Selmo", "49,5\u00a0% en Selmo"),
        ("share", "82% of the valley budget", "82\u00a0% del presupuesto del valle"),
        ("least", "at least 261", "al menos 261"),
        ("range", "between 200 and 300 people", "entre 200 y 300 personas"),
        (
            "counted",
            "1,500 households of pensioners",
            "1500 hogares de pensionistas",
        ),
        ("term", "up to two years", "hasta dos años"),
        ("more", "more than €0.50", "más de 0,50 euros"),
        ("about", "€6mn", "6 millones de euros"),
    ],
)
def test_a_figure_keeps_all_that_it_says(sid: str, en: str, es: str) -> None:
    e = edition("figures")
    assert en in sentence(e, sid)
    assert es in sentence(e, sid, "es")


def test_figures_in_rdf() -> None:
    e = edition("figures")
    assert rows(e, "SELECT ?c ?u { ?q schema:currency ?c ; ag:per ?u } ") == [
        ["USD", PREFIXES["unit"] + "prisoner"],
        ["USD", PREFIXES["unit"] + "year"],
    ]
    assert rows(e, "SELECT ?v ?u { ?q schema:value ?v ; ag:upperValue ?u }") == [["200", "300"]]
    assert ask(e, "?q schema:value 261.0 ; ag:bound bound:atLeast ; ag:unit unit:people")
    assert ask(e, "?q schema:value 49.5 ; ag:shareOf ?of . ?of rdfs:label 'Selmo'@en")
    assert ask(e, "?q schema:value 1500.0 ; ag:counts ?of ; ag:unit unit:household")
    assert ask(e, "?q ag:duration 'P2Y'^^xsd:duration ; ag:bound bound:atMost")
    # Nobody adds up what no source adds up: every value stands in the case.
    values = {row[0] for row in rows(e, "SELECT ?v { ?q a ag:Quantity ; schema:value ?v }")}
    assert values == {"20000", "49.5", "82", "261", "200", "1500", "2", "0.5", "6000000"}


@pytest.mark.parametrize("wrong", ["6000000 EURO", "6000000", "12,000 EUR", "5..3 EUR"])
def test_a_sum_without_a_currency_is_refused(tmp_path: Path, wrong: str) -> None:
    text = (CASES / "identity-only.yaml").read_text().replace("4000000 EUR", wrong)
    (tmp_path / "identity-only.yaml").write_text(text)
    with pytest.raises(CaseError, match="statement a4"):
        graph.load(tmp_path / "identity-only.yaml")


def test_names_and_kinds_say_nothing_that_is_disputed(tmp_path: Path) -> None:
    e = edition("fair-names")
    found = docket(e, "s01")
    assert found.sensitive
    assert (found.line, found.mirrors) == ("disputed", ("alleged", "denied"))
    # The headline stands as the title of its document and nowhere else.
    title_of = [q for q in e.quads if isinstance(q.object, Literal) and "Gangsters" in q.object.value]
    assert [quad.predicate.value for quad in title_of] == [PREFIXES["dcterms"] + "title"]
    assert ask(e, "?d a ag:Document ; rdfs:label 'Valley Post, 2 May 2031'@en, 'Valley Post, 2 de mayo de 2031'@es")
    # No actor has a description of its own.
    assert not ask(e, "?a ag:kind ?k ; rdfs:comment|dcterms:description|skos:note ?text")
    described = (
        (CASES / "fair-names.yaml").read_text().replace("kind: organisation}", "kind: organisation, comment: x}")
    )
    (tmp_path / "fair-names.yaml").write_text(described)
    with pytest.raises(CaseError, match="no free description"):
        graph.load(tmp_path / "fair-names.yaml")


def test_nobody_is_merged() -> None:
    e = edition("nobody-merged")
    slugs = {actor.slug for actor in e.case.actors.values()}
    assert {"l-ortega", "luis-ortega-ruiz"} <= slugs
    assert not ask(e, "?a owl:sameAs ?b")
    found = docket(e, "s03")
    assert found.mirrors == ("alleged", "denied")
    # What one owns is not said of the other.
    assert len(rows(e, "SELECT ?s ?o { ?s said:owns ?o }")) == 2


def test_only_checked_identifiers_link() -> None:
    e = edition("checked-identifier")
    assert rows(e, "SELECT ?a ?w ?by { ?a schema:sameAs ?w ; ag:identifierCheckedBy ?by }") == [
        [f"{ID}wikidata/Q40469", "http://www.wikidata.org/entity/Q40469", "the editors"]
    ]


def test_withdrawn_and_corrected_count_for_nothing_and_stay() -> None:
    e = edition("withdrawn")
    found = docket(e, "s01")
    assert (found.line, found.mirrors, found.origins, found.disputed) == ("mentioned", (), (), False)
    assert len(found.claims) == 2  # it never leaves the docket
    assert title(e, found) == (
        "In a statement withdrawn on 9 May 2031, the Valley Post said that Corvena owned Selmo; "
        "in a statement withdrawn in June 2031, Corvena denied owning Selmo"
    )
    assert "denies" not in summary(e, found)  # the denial was taken back, too
    assert ask(e, "?c ag:withdrawn true ; ag:retractedBy 'Valley Post' ; ag:retractedIn 'page 2'")
    assert ask(e, "?c ag:withdrawn true ; ag:retractedOn/ag:printed ?on FILTER(STR(?on) = '2031-06')")
    other = docket(e, "s02")
    assert other.affirmed_by == (claim(e, "g01").iri,)
    assert other.mirrors == ("said",)
    assert sentence(e, "s01").startswith("In a statement withdrawn on 9 May 2031, the Valley Post said that ")
    assert sentence(e, "s02", "es").startswith("En una declaración que se corrigió el 9 de mayo de 2031, Valley Post ")


@pytest.mark.parametrize("trace", ["reply", "note", "assessment"])
def test_what_is_ours_is_internal(trace: str) -> None:
    assert not ask(edition("reply"), f"?c ag:{trace} ?x")
    assert ask(edition("reply", internal=True), f"?c ag:{trace} ?x")


def test_our_request_is_not_what_a_document_reports() -> None:
    shown, inside = edition("reply").trig.decode(), edition("reply", internal=True)
    for word in ("desk of the editors", "2029 interview", "He sent no answer", "2031-05-27"):
        assert word not in shown
        assert word in inside.trig.decode()
    assert docket(inside, "s01").line == "soft"
    assert claim(inside, "s02").stance is Stance.DECLINED
    assert ask(inside, "?c ag:assessment [ ag:reliability 'B' ; ag:credibility 3 ]")
    assert not ask(inside, "?c ag:stance st:declined ; ag:reply ?r")


# --- what an editor decides


def test_accepted_and_rejected() -> None:
    e = edition("accepted")
    assert {sid: docket(e, sid).line for sid in ("plain", "over", "beside", "ended", "false", "front")} == {
        "plain": "accepted",
        "over": "accepted",
        "beside": "accepted",
        "ended": "accepted",
        "false": "rejected",
        "front": "accepted",
    }
    owns, member = PREFIXES["schema"] + "owns", PREFIXES["org"] + "memberOf"
    case = f"{ID}accepted/"
    # Not beside a denial without a reason, not for a period that has ended, not what was rejected.
    assert plain(e) == {
        (case + "corvena", owns, case + "a"),
        (case + "corvena", owns, case + "b"),
        (case + "luis-ortega", member, case + "hill-front"),
    }
    accepted = {q.graph_name.value for q in e.quads if q.predicate.value == owns and q.subject.value.startswith(case)}
    assert accepted == {ID + "graph/accepted"}
    # Acceptance and denial remove no mirror.
    assert docket(e, "over").mirrors == docket(e, "beside").mirrors == ("said", "denied")
    assert docket(e, "false").mirrors == ("said",)
    assert docket(e, "front").mirrors == ("alleged",)
    assert ask(e, "?p ag:basis basis:officialRecord ; ag:decidedBy 'Eva Lund' ; ag:decidedOver ?c ; ag:because ?why")


def test_accepted_words() -> None:
    e = edition("accepted")
    assert title(e, docket(e, "plain")) == "Corvena owns Alfa (confirmed by us on 20 May 2031)"
    assert title(e, docket(e, "over"), "es") == (
        "Corvena es dueña de Beta (confirmado por la redacción el 20 de mayo de 2031); Corvena lo niega"
    )
    assert title(e, docket(e, "false")).startswith("Rejected by us: Corvena is said to own Delta")


def test_a_denial_beside_an_acceptance_is_a_finding_not_an_error() -> None:
    e = edition("accepted")
    found = review(e.case, settle(e.case))
    assert [(finding.severity, "post/beside" in finding.what) for finding in found] == [("warning", True)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("basis: judgment, record", "basis: independent sources, record", "sensitive"),
        ("basis: official record, record: pension register", "basis: independent sources, record: x", "only one"),
        ("over: [post/no-b]", "over: [post/no-c]", "do not oppose it"),
        ("because: The register lists Corvena as owner since 2028.", "because: ''", "without a reason"),
        ("basis: own act", "basis: hearsay", "unknown basis"),
        ("plain: [corvena, owns, a]", "plain: [corvena, owns, hill-front]", "changed since"),
        ("record: pension register, ", "", "record"),
        ("post/plain@", "post/nowhere@", "names no statement"),
    ],
)
def test_a_decision_that_does_not_hold_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (CASES / "accepted.yaml").read_text()
    assert old in text
    (tmp_path / "accepted.yaml").write_text(text.replace(old, new))
    with pytest.raises(CaseError, match=says):
        graph.load(tmp_path / "accepted.yaml")


# --- properties of standing

SMALL = [
    "proposition",
    "stances",
    "modalities",
    "narrowing",
    "denial-of-occurrence",
    "modality-ceiling",
    "two-readings",
]


@pytest.mark.parametrize("name", [*SMALL, "accepted", "rivals", "political-scandal"])
def test_the_order_of_statements_changes_nothing(name: str) -> None:
    e = edition(name)
    for seed in range(5):
        shuffled = list(e.case.claims)
        random.Random(seed).shuffle(shuffled)
        propositions = list(e.case.propositions.items())
        random.Random(seed).shuffle(propositions)
        other = replace(e.case, claims=tuple(shuffled), propositions=dict(propositions))
        assert settle(other) == e.dockets


def _added(e: CaseGraph, target: Claim, stance: Stance, modality: Modality) -> CaseGraph:
    """The case with one more claim by the publisher on the proposition of another claim."""
    counters = (target.iri,) if stance in (Stance.DENIED, Stance.CONTESTED) and target.affirming else ()
    new = replace(
        target,
        iri=target.iri + "x",
        sid="x",
        stance=stance,
        modality=modality,
        chain=target.chain[-1:],
        speaks_for=None,
        counters=counters,
        retraction=None,
        alternative_of=(),
        depends_on=(),
    )
    return CaseGraph(replace(e.case, claims=tuple(sorted((*e.case.claims, new), key=lambda c: c.iri))))


modalities = st.sampled_from(list(Modality))
names = st.sampled_from(SMALL)


@settings(max_examples=60, deadline=None)
@given(names, st.integers(0, 99), st.sampled_from([Stance.DENIED, Stance.CONTESTED]), modalities)
def test_a_denial_removes_no_affirmation(name: str, at: int, stance: Stance, modality: Modality) -> None:
    e = edition(name)
    after = _added(e, e.case.claims[at % len(e.case.claims)], stance, modality)
    for iri, before in e.dockets.by_proposition.items():
        now = after.dockets.by_proposition[iri]
        kept = set(before.mirrors) - {"denied"}
        assert kept <= set(now.mirrors)
        assert before.affirmed_by == now.affirmed_by
        assert set(before.opposed_by) <= set(now.opposed_by)
        for one, other in zip(
            (s for s in before.standings if s.affirming), (s for s in now.standings if s.affirming), strict=True
        ):
            assert (one.modality, one.level, one.affirming) == (other.modality, other.level, other.affirming)


@settings(max_examples=60, deadline=None)
@given(names, st.integers(0, 99), modalities)
def test_an_affirmation_removes_no_denial(name: str, at: int, modality: Modality) -> None:
    e = edition(name)
    after = _added(e, e.case.claims[at % len(e.case.claims)], Stance.ASSERTED, modality)
    for iri, before in e.dockets.by_proposition.items():
        now = after.dockets.by_proposition[iri]
        assert before.opposed_by == now.opposed_by
        assert set(before.affirmed_by) <= set(now.affirmed_by)
        assert {"said"} & set(before.mirrors) <= set(now.mirrors)  # a firm affirmation is never weakened


@settings(max_examples=60, deadline=None)
@given(names, st.integers(0, 99), st.sampled_from(list(Stance)), modalities)
def test_narrowing_is_monotone(name: str, at: int, stance: Stance, modality: Modality) -> None:
    e = edition(name)
    after = _added(e, e.case.claims[at % len(e.case.claims)], stance, modality)
    for iri, proposition in after.case.propositions.items():
        whole = proposition.wide()
        if whole is None:
            continue
        narrow, broad = after.dockets.by_proposition[iri], after.dockets.by_proposition[whole.iri]
        assert set(narrow.affirmed_by) <= set(broad.affirmed_by)
        assert set(broad.opposed_by) <= set(narrow.opposed_by)
        assert set(narrow.origins) <= set(broad.origins)
        if "said" in narrow.mirrors:
            assert "said" in broad.mirrors


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8), st.booleans())
def test_a_key_is_one_to_one(one: str, other: str, nested: bool) -> None:
    first = Proposition(f"{ID}x/{one}", "owns", f"{ID}x/{other}")
    second = Proposition(f"{ID}x/{other}", "owns", f"{ID}x/{one}")
    assert (first.key == second.key) == (one == other)
    assert first.iri.startswith(f"{ID}p/")
    assert len(first.iri) == len(f"{ID}p/") + 24


def test_a_denial_may_hit_a_period() -> None:
    e = edition("narrow-denial")
    denial = claim(e, "s04").iri
    # The longer period and the one within it are denied; the whole is denied in part; another year stands.
    assert docket(e, "s04").opposed_by == docket(e, "s02").opposed_by == (denial,)
    assert docket(e, "s02").line == "disputed"
    whole = docket(e, "s01")
    assert (whole.opposed_by, whole.denied_in_part, whole.mirrors) == ((), True, ("said",))
    assert docket(e, "s03").line == "said"
    assert claim(e, "s04").counters == (claim(e, "s01").iri,)


def test_softness_is_a_ceiling() -> None:
    e = edition("soft-ceiling")
    assert docket(e, "s02").mirrors == ("alleged",)
    assert not e.dockets.firm[claim(e, "s02").iri]


def test_knowing_of_an_accusation_is_sensitive() -> None:
    e = edition("soft-ceiling")
    assert docket(e, "s03").sensitive and docket(e, "s04").sensitive


def test_a_doubt_about_an_event_is_none_about_its_parts() -> None:
    e = edition("event-doubted")
    assert docket(e, "paid-back").disputed
    assert not docket(e, "by-corvena").opposed_by
    assert docket(e, "visited").disputed and docket(e, "visitor").disputed
    assert summary(e, docket(e, "by-corvena")) == "The Valley Post says that Corvena made the repayment."
    assert summary(e, docket(e, "by-corvena"), "es") == "Valley Post afirma que Corvena llevó a cabo la devolución."
    assert summary(e, docket(e, "paid-back"), "es") == (
        "Valley Post afirma que la devolución se llevó a cabo; Ana Ferrer lo cuestiona."
    )
