"""The lawyer's sheet, and what may not be published yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import graph
from graph import legal
from graph.base.errors import CaseError
from graph.case.model import Stance
from graph.cli import main
from graph.export.network import graphml, node_link
from graph.network import projection as network
from graph.vocabulary.model import suggested
from graph.vocabulary.reader import standard

CASES = Path(__file__).resolve().parent / "cases"
CASE = """
format: 1
title: {{en: Accused, es: Acusados}}
actors:
  post: {{name: Valley Post, kind: media}}
  luis: {{name: Luis Ortega, kind: person}}
  corvena: {{name: Corvena, kind: company}}
  front: {{name: {{en: the Hill Front, es: el Frente de la Colina}}, kind: organisation}}
  sent: {{name: {{en: the people sent away, es: las personas expulsadas}}, kind: people}}
  relative: {{name: {{en: a relative, es: un familiar}}, kind: person}}
  land: {{name: Landia, kind: state}}
  court: {{name: {{en: the court, es: el tribunal}}, kind: court}}
things:
  theft: {{name: {{en: theft, es: robo}}, kind: accusation}}
---
format: 1
document: {{id: d1, title: One, published: 2031-05-02, publisher: post}}
passages:
  - at: p1
    summary: The paper says it.
    asserts:
      s01: {0}
"""


def written(folder: Path, line: str, more: str = "") -> Path:
    path = folder / "accused.yaml"
    path.write_text(CASE.format(line) + more)
    return path


def findings(path: Path) -> list[str]:
    e = graph.load(path)
    return [str(finding) for finding in legal.findings(e.case, e.dockets)]


@pytest.mark.parametrize(
    ("fact", "about"),
    [
        ("[luis, member-of, front]", "Luis Ortega"),
        ("[corvena, charged-with, theft]", "Corvena"),
        ("[court, investigates, corvena]", "Corvena"),
        ("[front, characterised-as, theft]", "Hill Front"),
        ("[sent, member-of, front]", None),  # an unnamed group
        ("[relative, member-of, front]", None),  # somebody who is not named
        ("[land, contravenes, theft]", None),  # a state
        ("[court, works-for, land]", None),  # not sensitive at all
    ],
)
def test_who_is_identifiable_needs_a_reply(fact: str, about: str | None, tmp_path: Path) -> None:
    path = written(tmp_path, fact)
    found = findings(path)
    if about is None:
        assert found == []
    else:
        what = f"{path}:22:7: statement s01 may defame {about}, and nobody was asked for a reply."
        assert found == [f"{what} Ask, and write reply: {{by: …, asked_on: …}}; or write no_reply_because: …"]


def test_a_reply_or_a_reason_clears_it(tmp_path: Path) -> None:
    for more in ("reply: {by: desk, asked_on: 2031-05-03}", "no_reply_because: a judgment says so"):
        path = written(tmp_path, f"{{fact: [luis, member-of, front], {more}}}")
        assert findings(path) == []


def test_a_reply_to_one_period_is_a_reply_to_all(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "{fact: [luis, member-of, front], from: 2020, reply: {by: desk, asked_on: 2031-05-03}}",
        "      s02: [luis, member-of, front]\n",
    )
    e = graph.load(path)
    assert [row.cleared for row in legal.sheet(e.case, e.dockets)] == [True, True]


def test_an_accusation_that_is_only_denied_is_on_the_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, "{fact: [luis, member-of, front], withdrawn: {by: post, on: 2031-05-04}}")
    e = graph.load(path)
    (row,) = legal.sheet(e.case, e.dockets)
    assert row.statements[0].withdrawn
    assert "since withdrawn or corrected" in legal.text(e.case, [row], e.figures)


def test_the_sheet_says_who_says_it_who_answers_and_whom_we_asked() -> None:
    e = graph.load(CASES / "reply.yaml")
    rows = legal.sheet(e.case, e.dockets)
    text = legal.text(e.case, rows, e.figures)
    assert "About somebody identifiable: 1, of which 1 with our request for a reply" in text
    assert "May defame: Luis Ortega" in text
    assert "Stands as: only alleged, supposed or reported" in text
    assert "Answer: nobody in these documents denies it" in text
    assert "Did not answer: Luis Ortega did not answer when asked whether" in text
    assert "asked on 20 May 2031 by desk of the editors; deadline 27 May 2031; answer: He sent no answer." in text
    assert "Basis: not checked by us" in text
    assert "Our request for a reply: asked" in text
    spanish = legal.text(e.case, rows, e.figures, "es")
    assert "pedida el 20 de mayo de 2031" in spanish
    assert "Fundamento: sin verificar" in spanish


def test_a_denial_stands_beside_what_it_denies(tmp_path: Path) -> None:
    more = "  - at: p2\n    by: luis\n    summary: He denies it.\n    denies: {s02: s01}\n"
    e = graph.load(written(tmp_path, "[luis, member-of, front]", more))
    (row,) = legal.sheet(e.case, e.dockets)
    assert [said.id for said in row.denials] == ["d1/s02"]
    assert "Answer: Luis Ortega denies " in legal.text(e.case, [row], e.figures)


def test_a_decision_is_told_with_its_basis() -> None:
    e = graph.load(CASES / "accepted.yaml")
    text = legal.text(e.case, legal.sheet(e.case, e.dockets), e.figures)
    assert "Basis: confirmed by us: judgment (" in text


def test_reasons_and_replies_leave_no_trace_in_any_output(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "{fact: [luis, member-of, front], no_reply_because: Zanzibar, reply: {by: Quagga, asked_on: 2031-05-03}}",
    )
    e = graph.load(path)
    net = network.project(e.store)
    for text in (e.trig.decode(), node_link(net), graphml(net)):
        assert "Zanzibar" not in text
        assert "Quagga" not in text


def test_commands(tmp_path: Path) -> None:
    run = CliRunner()
    path = written(tmp_path, "[luis, member-of, front]")
    done = run.invoke(main, ["legal", str(path)])
    assert done.exit_code == 0
    assert "May defame: Luis Ortega" in done.output
    (row,) = json.loads(run.invoke(main, ["legal", str(path), "--json"]).output)
    assert row["cleared"] is False
    assert row["line_number"] == 22
    done = run.invoke(main, ["build", str(path), "--publish", "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "accused.yaml:22:7: statement s01 may defame Luis Ortega" in done.stderr
    assert not (tmp_path / "out").exists()
    assert run.invoke(main, ["draw", str(path), "--publish", "--out", str(tmp_path / "x.html")]).exit_code == 1
    path = written(tmp_path, "{fact: [luis, member-of, front], no_reply_because: A judgment says so.}")
    done = run.invoke(main, ["build", str(path), "--publish", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.stderr
    assert "judgment says so" not in (tmp_path / "out" / "graph.html").read_text("utf-8")


BRIBE = """
format: 1
title: {en: The envelope, es: El sobre}
actors:
  post: {name: Valley Post, kind: media}
  luis: {name: Luis Ortega, kind: person}
  corvena: {name: Corvena, kind: company}
  ana: {name: Ana Ferrer, kind: person}
things:
  envelope: {name: {en: the envelope, es: el sobre}, kind: payment}
  grant: {name: {en: the grant, es: la subvención}, kind: payment}
  bribe: {name: {en: a bribe, es: un soborno}, kind: accusation}
---
format: 1
document: {id: d1, title: One, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    summary: The paper says it.
    asserts:
      met: {fact: [ana, met-with, luis], sensitive: true}
      received: [envelope, payee, luis]
      paid: [envelope, payer, corvena]
      harmless: [grant, payee, luis]
  - at: p2
    by: ana
    summary: She calls it a bribe.
    asserts:
      called: [envelope, characterised-as, bribe]
"""


def test_whoever_takes_part_in_what_is_called_a_crime_may_be_defamed(tmp_path: Path) -> None:
    path = tmp_path / "envelope.yaml"
    path.write_text(BRIBE)
    e = graph.load(path)
    rows = {row.statements[0].id.rpartition("/")[2]: row for row in legal.sheet(e.case, e.dockets)}
    assert set(rows) == {"received", "paid", "called", "met"}, "the grant is nobody's crime"
    about = {sid: sorted(name["en"] for name in row.about) for sid, row in rows.items()}
    assert about["received"] == ["Luis Ortega"] and about["paid"] == ["Corvena"]
    assert about["called"] == ["Corvena", "Luis Ortega"], "the money is a bribe: of whoever gave and got it"
    # The gravest first, wherever they stand in the document.
    assert list(rows)[-1] == "met" and rows["met"].gravity == 0
    assert {rows[sid].gravity for sid in ("received", "paid", "called")} == {3}
    assert not any(e.dockets.firm[c.iri] for c in e.case.claims if c.sid in ("received", "paid"))
    assert len(legal.findings(e.case, e.dockets)) == 4


def test_what_unmasks_may_harm() -> None:
    e = graph.load(CASES / "nobody-merged.yaml")
    (row,) = legal.sheet(e.case, e.dockets)
    assert sorted(name["en"] for name in row.about) == ["L. Ortega", "Luis Ortega Ruiz"]


@pytest.mark.parametrize(
    ("word", "never"),
    [("acquired", "acquitted"), ("state-owned", "threatened"), ("charge", "charged"), ("aresst", "arrested")],
)
def test_no_suggestion_accuses(word: str, never: str) -> None:
    assert never not in suggested(word, standard())


def test_a_slip_in_an_accusing_word_is_understood() -> None:
    assert suggested("charged-wiht", standard()) == "Did you mean charged-with?"
    assert suggested("ownes", standard()) == "Did you mean owns?"


def test_hearsay_names_who_is_said_to_have_said_it_and_what_speaks_against_it() -> None:
    """Third-hand words are on the sheet, with whoever did not answer and what counters them."""
    e = graph.load(CASES / "hearsay-and-belief.yaml")
    (row,) = legal.sheet(e.case, e.dockets)
    assert [name["en"] for name in row.about] == ["Norvik Terminals", "Lumen Quays", "Iván Pardo"]
    assert [s.speaker["en"] for s in (*row.countering, *row.declined)] == ["Noreen Vale", "Ana Ruiz"]


HARMED = """
format: 2
title: The quay
language: en
names:
  media: {post: Valley Post}
  person: {luis: Luis Ortega, ana: Ana Ferrer}
relations: {chased: chased; sensitive, pushed-by: "was pushed by; sensitive; accused object",
  plotted-with: "plotted with; sensitive; accused subject, object"}
document: {publisher: post, published: 2031-05-02, title: One}
p1 here:
  summary: The paper tells it.
  post says:
"""


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("luis chased ana", ["Luis Ortega"]),
        ("ana pushed-by luis", ["Luis Ortega"]),
        ("luis plotted-with ana", ["Luis Ortega", "Ana Ferrer"]),
        ("luis attacked ana", ["Luis Ortega"]),
        ("ana investigates luis", ["Luis Ortega"]),
        ("ana demands that luis chased ana", ["Ana Ferrer", "Luis Ortega"]),
    ],
)
def test_whoever_is_harmed_or_investigates_is_not_accused(line: str, about: list[str], tmp_path: Path) -> None:
    path = tmp_path / "quay.yaml"
    path.write_text(f"{HARMED}    - {line}\n")
    e = graph.load(path)
    row = next(row for row in legal.sheet(e.case, e.dockets) if row.statements[0].stance is not Stance.MENTIONED)
    assert [name["en"] for name in row.about] == about


def test_whoever_is_robbed_or_pays_under_threat_is_not_accused() -> None:
    """Of a robbery and of extortion those who suffer them are left out; of a bribe, who pays it is in."""
    e = graph.load(CASES / "who-is-accused.yaml")

    def name(end: object) -> str:
        return end.rpartition("/")[2] if isinstance(end, str) else ""

    told = {}
    for iri, docket in e.dockets.by_proposition.items():
        said = e.case.propositions[iri]
        told[f"{name(said.subject)} {said.relation} {name(said.third)}".strip()] = list(map(name, docket.accused))
    assert told == {
        "raid occurred": [],
        "raid operator luis": ["luis"],
        "raid affected ana": [],
        "raid characterised-as robbery": ["luis"],
        "police investigates luis": ["luis"],
        "fee occurred": ["luis"],
        "fee payer corvena": [],
        "fee payee luis": ["luis"],
        "fee characterised-as extortion": ["luis"],
        **{
            f"{gift} {said}": accused
            for gift in ("gift", "tip")
            for said, accused in {
                "occurred": ["corvena", "luis"],
                "payer corvena": ["corvena"],
                "payee luis": ["luis"],
                "characterised-as bribe": ["corvena", "luis"],
            }.items()
        },
        "corvena paid luis": ["corvena", "luis"],
    }


def test_an_end_that_no_relation_has_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "quay.yaml"
    path.write_text(HARMED.replace("accused object", "accused victim") + "    - luis chased ana\n")
    with pytest.raises(CaseError, match=r'names "victim"\. Write object or subject, or both'):
        graph.load(path)
