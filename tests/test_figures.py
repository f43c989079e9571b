"""Each published figure is one figure everywhere: terminal, check, page, served page, lawyer's sheet, queries, dataset.

An independent count over the case, `by_hand`, says what is right; every face is held to it on every case here. Each
rule is then changed, and the change has to be seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from click.testing import CliRunner
from page_cases.node import needs_node, run
from page_cases.pages import unplaced
from sampled import sampled

import graph
from graph import figures, legal
from graph.base.terms import expand
from graph.case.model import Claim, Stance
from graph.case.values import Date, Quantity
from graph.cli import building, main
from graph.dataset import DATASET
from graph.figures import FEATURES, RULES, Figures, Rule
from graph.network.records import propositions_in
from graph.pipeline import ActorGraph
from graph.query import sparql as query
from graph.standing import IDENTIFIABLE, hearsay
from graph.store import in_memory
from graph.vocabulary.reader import standard
from graph.wording import label, unnamed

ROOT = Path(__file__).resolve().parent.parent
CASES = [
    *sorted((ROOT / "cases").iterdir()),
    *sorted((ROOT / "tests/cases").glob("*.yaml")),
    ROOT / "tests/cases/two-cases/harbour.yaml",
]
each_case = pytest.mark.parametrize("path", sampled(CASES))
#: What the page lists first and the named queries list: the figure that each stands for.
LISTED = {
    "disputed": "denied",
    "unanswered": "unanswered_accusations",
    "figures": "single_source_figures",
    "open": "open_questions",
}


@cache
def read(path: Path, internal: bool = False) -> ActorGraph:
    return graph.load(path, internal=internal)


# --- what is right, counted over the case as its author wrote it


def by_hand(read: ActorGraph) -> Figures:
    """Every figure, counted without the store, the rules or SPARQL."""
    case, dockets = read.case, read.dockets.by_proposition
    agents = {iri for iri, actor in case.actors.items() if case.vocabulary.kinds[actor.kind].agent}
    stated = [claim for claim in case.claims if claim.stance is not Stance.MENTIONED]
    first = read.dockets.reading
    claims = {claim.iri: claim for claim in case.claims}
    own: dict[str, list[Claim]] = {iri: [] for iri in dockets}
    for claim in case.claims:
        own[claim.proposition].append(claim)

    def sentences(some: list[Claim]) -> int:
        return len({first[claim.iri] for claim in some})

    def unheard(iri: str, ends: set[str]) -> bool:
        spoke = [c for c in own[iri] if c.counted and c.stance is not Stance.DECLINED]
        replied = read.internal and any(claim.reply is not None and claim.reply.answer for claim in own[iri])
        return not replied and bool((ends & agents) - {end for c in spoke for end in (c.originator, c.speaks_for)})

    def ends(iri: str) -> set[str]:
        return {end for end in (case.propositions[iri].subject, case.propositions[iri].third) if isinstance(end, str)}

    alone = {iri for iri, d in dockets.items() if d.affirmed_by and not d.opposed_by and not d.whole_opposed_by}
    accusing = {iri: set(docket.accused) for iri, docket in dockets.items() if docket.affirmed_by and docket.accused}
    for iri in accusing:
        alleged = any(claims[claim].stance == "alleged" for claim in dockets[iri].affirmed_by)
        assert dockets[iri].sensitive or alleged, "an accusation can defame or is alleged"
    silent = {iri for iri in alone if unheard(iri, ends(iri) | set(dockets[iri].accused))}
    periods = {iri: whole.iri for iri, p in case.propositions.items() if (whole := p.wide())}
    by_period = {whole for iri, whole in periods.items() if dockets[iri].disputed and not own[whole]}
    quantities = {iri: p.third for iri, p in case.propositions.items() if isinstance(p.third, Quantity)}
    lines = [docket.line for docket in dockets.values()]
    return Figures(
        documents=len(case.documents),
        actors=len(agents),
        things=len(case.actors) - len(agents),
        relationships=len(case.propositions),
        statements=sentences(stated),
        mentions=sum(claim.stance is Stance.MENTIONED for claim in case.claims),
        speakers=len({claim.originator for claim in stated} - {None}),
        unattributed=sentences([claim for claim in stated if claim.originator is None]),
        own_statements=sentences([claim for claim in stated if claim.originator == claim.publisher]),
        retracted=sentences([claim for claim in stated if claim.retraction]),
        accepted=lines.count("accepted"),
        rejected=lines.count("rejected"),
        denied=sum(bool(docket.opposed_by) for docket in dockets.values()),
        disputed=sum(
            bool(d.affirmed_by) and (d.disputed or d.denied_in_part) and iri not in by_period
            for iri, d in dockets.items()
        ),
        not_yet=lines.count("notyet"),
        open_questions=lines.count("open"),
        single_source=sum(len(docket.origins) == 1 for docket in dockets.values()),
        unanswered=len(silent),
        sensitive=sum(docket.sensitive and bool(own[iri]) for iri, docket in dockets.items()),
        accusations=len(accusing),
        unanswered_accusations=sum(unheard(iri, accusing[iri]) for iri in accusing.keys() & alone),
        sums=sum(bool(quantity.currency) for quantity in quantities.values()),
        counts=sum(not quantity.currency for quantity in quantities.values()),
        dates=sum(isinstance(p.third, Date) for p in case.propositions.values()),
        single_source_figures=sum(len(dockets[iri].origins) == 1 for iri in quantities),
    )


# --- the faces


@each_case
def test_who_is_accused_is_settled_once_and_read_by_all(path: Path) -> None:
    """In the store, the page's data, the lawyer's sheet and the query for who has not answered."""
    case = read(path)
    dockets = case.dockets.by_proposition
    accused = {iri: set(docket.accused) for iri, docket in dockets.items() if docket.accused}
    rows = query.run(case.store, "SELECT ?p ?a { ?p ag:accused ?a }").values()
    assert {(row["p"], row["a"]) for row in rows} == {(iri, one) for iri, all_ in accused.items() for one in all_}
    records = {record["proposition"]: record for record in propositions_in(case.projection)}
    assert {iri: set(record["accused"]) for iri, record in records.items() if record["accused"]} == accused
    for row in asked_of(case):
        assert (row["accusation"] == "true") == (row["node"] in accused.get(row["p"], ())), row
    names = {actor.iri: label(actor, "en") for actor in case.case.actors.values()}
    for line in legal.sheet(case.case, case.dockets):
        about = {name["en"] for name in line.about}
        heard = {
            claim.originator for claim in case.case.claims
            if claim.iri in dockets[line.proposition].affirmed_by and hearsay(case.case, claim)
        }  # fmt: skip
        found = [case.case.actors[iri] for iri in accused.get(line.proposition, ())]
        able = [one for one in found if case.case.vocabulary.is_a(one.kind, IDENTIFIABLE)]
        identifiable = {names[one.iri] for one in able if not unnamed(one)}
        # Nobody says that the relative's relative is accused; a reader can tell who is meant.
        ends = {*accused.get(line.proposition, ()), case.case.propositions[line.proposition].third}
        described = " ".join(names[end] for end in ends if isinstance(end, str) and end in names)
        told = {name for name in names.values() if name in described and name != described}
        assert identifiable <= about <= identifiable | told | {names[iri] for iri in heard if iri}


def asked_of(case: ActorGraph) -> list[dict[str, str]]:
    """The rows of `unanswered`, with the relationship and whom it is about."""
    text = query.find("unanswered").text
    start, end = text.index("SELECT ?about"), text.index("\nWHERE")
    asked = f"{text[:start]}SELECT DISTINCT ?p ?node ?accusation{text[end:]}".rpartition("ORDER BY")[0]
    return query.run(case.store, asked).values()


@each_case
@pytest.mark.parametrize("internal", [False, True])
def test_counted_and_stored(path: Path, internal: bool) -> None:
    case = read(path, internal)
    right = by_hand(case)
    assert case.figures == right
    assert figures.of(case.store) == right, "counted again over the stored figures"
    store = pyoxigraph.Store()
    store.load(case.trig, format=pyoxigraph.RdfFormat.TRIG)
    assert figures.stored(store) == figures.read(store) == right, "read back from the file"


@each_case
def test_python(path: Path) -> None:
    case = read(path)
    right = by_hand(case)
    told = re.search(
        r": (\d+) documents?, (\d+) actors?, (\d+) relationships?, (\d+) statements?, (\d+) disputed>$", repr(case)
    )
    assert told and tuple(map(int, told.groups())) == (
        right.documents, right.actors, right.relationships, right.statements, right.disputed,
    )  # fmt: skip
    rows = case.statements()
    readings = len(case.case.claims) - right.statements - right.mentions
    assert len(rows) == right.statements + right.mentions + readings
    assert sum(row.stance == "mentioned" for row in rows) == right.mentions
    assert (len(case.network), len(case.query("SELECT DISTINCT ?p { ?p a ag:Proposition }"))) == (
        right.actors + right.things, right.relationships,
    )  # fmt: skip


@each_case
def test_terminal_check_and_lawyers_sheet(path: Path) -> None:
    case = read(path)
    right = by_hand(case)
    lines = building._summary_text(case, ()).splitlines()[1:]
    told = [int(re.search(r" ([\d,]+) {3}", line)[1].replace(",", "")) for line in lines]
    assert told == [
        right.actors, right.relationships, right.statements, right.speakers, right.denied, right.not_yet,
        right.single_source, right.unanswered,
    ]  # fmt: skip
    text = "\n".join(lines)
    assert f"{right.unanswered_accusations} accusation" in text and f"and {right.things} events" in text
    checked = CliRunner().invoke(main, ["check", str(path)]).output
    found = re.search(r"^No problems found in (\d+) statements?\.$", checked, re.MULTILINE)
    assert (found is None) == bool(case.check()), checked
    assert found is None or int(found[1]) == right.statements
    head = legal.text(case.case, rows := legal.sheet(case.case, case.dockets), case.figures).splitlines()[1]
    numbers = [int(number) for number in re.findall(r"\d+", head)]
    assert numbers[0] == len(rows) == right.sensitive
    assert numbers[-2:] == [right.accusations, right.unanswered_accusations]


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """What the page makes of every case, and what the served page asks for its lists."""
    given = [unplaced(case.projection) for case in map(read, CASES)]
    found: dict[str, Any] = json.loads(run("counted.js", given))
    return found | {"values": [data["figures"]["values"] for data in given]}


@pytest.mark.slow
@needs_node
@each_case
def test_the_page(page: dict[str, Any], path: Path) -> None:
    at = CASES.index(path)
    right, told = by_hand(read(path)), page["told"][at]
    assert page["values"][at] == told["counted"] == told["unfiltered"] == asdict(right)
    # One document is named instead of counted.
    documents = right.documents if right.documents > 1 else 0
    said = [right.statements, right.speakers, right.unattributed, right.mentions, right.denied]
    for line in told["bar"].values():
        facts = " ".join(part for part in line if "20" not in part)
        numbers = [int(number) for number in re.findall(r"\d+", facts)]
        assert numbers == [number for number in (*said, documents, right.accepted) if number]
    assert {kind: told["start"].get(kind, 0) for kind in LISTED} == {
        kind: getattr(right, figure) for kind, figure in LISTED.items()
    }
    assert told["one"] == min(1, len(read(path).case.claims)), "a filter counts what it leaves"


@pytest.mark.slow
@needs_node
@each_case
def test_the_served_page(page: dict[str, Any], path: Path) -> None:
    store, right = read(path).store, by_hand(read(path))
    for name, rule in figures.as_data()["rules"].items():
        (row,) = query.run(store, rule["query"]).values()
        assert int(row["n"]) == getattr(right, name), name
        stated = f"SELECT ?n WHERE {{ ?d <{rule['term']}> ?n }}"
        assert [int(row["n"]) for row in query.run(store, stated).values()] == [getattr(right, name)]
    for kind, figure in LISTED.items():
        assert len(query.run(store, page["judged"][kind]).values()) == getattr(right, figure), kind


@each_case
def test_the_named_queries(path: Path) -> None:
    store, right = read(path).store, by_hand(read(path))
    stated = [int(row["number"]) for row in query.run(store, query.find("counts").text, {"lang": "es"}).values()]
    assert sorted(stated) == sorted(asdict(right).values())

    def count(name: str, variable: str = "p", **parameters: str) -> int:
        text = query.find(name).text
        start, end = text.index("SELECT"), text.index("\nWHERE")
        asked = f"{text[:start]}SELECT (COUNT(DISTINCT ?{variable}) AS ?n){text[end:]}".rpartition("ORDER BY")[0]
        return int(query.run(store, asked, parameters).values()[0]["n"])

    assert count("single-origin") == right.single_source
    assert count("disputed") == right.disputed
    assert count("unanswered") == right.unanswered
    assert count("unanswered", only="accusations") == right.unanswered_accusations
    ambiguous = len(read(path).case.claims) - right.statements - right.mentions
    assert count("who-says", "claim") == right.statements + right.mentions + ambiguous
    for name in RULES:
        assert len(figures.listed(store, name)) == getattr(right, name), name


def test_the_first_case() -> None:
    counted = asdict(read(CASES[0]).figures)
    assert counted == {
        "documents": 1, "actors": 44, "things": 111, "relationships": 239, "statements": 251, "mentions": 2,
        "speakers": 18, "unattributed": 13, "own_statements": 168, "retracted": 0, "accepted": 0, "rejected": 0,
        "denied": 2, "disputed": 2, "not_yet": 41, "open_questions": 1, "single_source": 232, "unanswered": 106,
        "sensitive": 10, "accusations": 10, "unanswered_accusations": 7, "sums": 7, "counts": 8, "dates": 5,
        "single_source_figures": 15,
    }  # fmt: skip


@pytest.mark.slow
@needs_node
def test_the_bar_of_the_first_case(page: dict[str, Any]) -> None:
    bar = page["told"][0]["bar"]
    assert bar["en"][0] == "251 statements by 18 speakers and 13 with no named speaker; 2 mentions"
    assert bar["es"][0] == "251 declaraciones de 18 fuentes y 13 sin fuente nombrada; 2 menciones"


# --- stored or not


def test_figures_that_do_not_add_up_are_counted() -> None:
    store = in_memory(read(CASES[0]).quads)
    one = read(CASES[0]).figures
    other = Figures(**{name: value + 1 for name, value in asdict(one).items()})
    assert figures.stored(store) == one
    store.extend(figures.quads(other))
    assert figures.stored(store) is None and figures.read(store) == one
    lacking = [quad for quad in read(CASES[0]).quads if quad.predicate.value != expand("ag:mentionCount")]
    assert figures.stored(in_memory(lacking)) is None
    assert figures.read(pyoxigraph.Store()) == Figures(**dict.fromkeys(RULES, 0))


def test_the_dataset_states_each_figure_once_and_says_what_it_means() -> None:
    stated = [q for q in read(CASES[0]).quads if q.subject == DATASET]
    meaning = {term.iri: term.comment for term in standard().terms}
    for name, rule in RULES.items():
        assert sum(q.predicate.value == expand(rule.term) for q in stated) == 1, name
        assert rule.unit and (rule.term == "void:documents" or {"en", "es"} <= meaning[expand(rule.term)].keys())
    assert {each.name for each in fields(Figures)} == RULES.keys()


# --- every rule matters


def changes(name: str, rule: Rule) -> dict[str, Rule]:
    """The rule with each of its conditions left out, or turned round, and with everything counted for itself."""
    found = {}
    for feature, values in rule.where.items():
        rest = {other: wanted for other, wanted in rule.where.items() if other != feature}
        found[f"{name} without {feature}"] = replace(rule, where=rest)
        if isinstance(values[0], bool):
            found[f"{name} not {feature}"] = replace(rule, where=rest | {feature: (not values[0],)})
    if rule.distinct:
        found[f"{name}, each {rule.of}"] = replace(rule, distinct="")
    return found


CHANGES = {label: (name, changed) for name, rule in RULES.items() for label, changed in changes(name, rule).items()}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_rule_is_seen(change: str) -> None:
    name, rule = CHANGES[change]
    text = figures.query(name, {name: rule})
    assert any(int(query.run(read(path, True).store, text).values()[0]["n"]) != getattr(by_hand(read(path, True)), name)
               for path in CASES), f"{change}: every case under tests/cases counts as before"  # fmt: skip


#: Of a feature's pattern: what to find, what to put there.
FEATURE_CHANGES = {
    "an answer that was refused": ("silent", "FILTER(?accusedTaking != st:declined) ", ""),
    "an answer that was taken back": ("silent", "MINUS { ?accusedHeard ag:withdrawn|ag:corrected true } ", ""),
    "an answer given for a body": ("silent", "ag:speaker|ag:speaksFor", "ag:speaker"),
    "an answer to our own request": (
        "silent", "MINUS { ?accusedAsked ag:claims ?x ; ag:reply/ag:answer ?accusedAnswer }", "",
    ),
    "whom it accuses beyond its ends": ("unheard", "|ag:accused", ""),
    "who is harmed": (
        "silent", "?x ag:accused ?accused ", "?x rdf:subject|rdf:object ?accused . ?accused ag:kind/ag:agent true ",
    ),
    "what nobody affirms": ("accusation", "ag:affirmedBy ?accusing ; ", ""),
    "who is accused": ("accusation", " ; ag:accused ?anybody", ""),
    "denied in part": ("disputed", "|ag:deniedInPart", ""),
    "a disputed period": ("disputed", "?period ag:narrows ?x ; ag:disputed true ", "?x ag:narrows ?x "),
    "only mentioned": ("spoken", "|ag:mentions", ""),
    "money": ("value", "MINUS { ?third a schema:MonetaryAmount } ", ""),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("change", FEATURE_CHANGES)
def test_a_changed_feature_is_seen(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feature, old, new = FEATURE_CHANGES[change]
    patterns: Mapping[str, str] = FEATURES["relationship"]
    assert old in patterns[feature]
    changed = {**patterns, feature: patterns[feature].replace(old, new)}
    # Built before the change: the cases are shared with the other tests here.
    cases = [(read(path, True).store, by_hand(read(path, True))) for path in CASES]
    monkeypatch.setitem(FEATURES, "relationship", changed)
    assert any(figures.of(store) != right for store, right in cases)
