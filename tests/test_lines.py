"""Format 2: what a line means, that any text gives a case or findings with their place, and that both formats agree."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from graph.case.model import Case, Claim, Missing, Nested, Proposition, Words, third_key
from graph.case.notation.files import SECTIONS
from graph.case.notation.fold import frames_of
from graph.case.notation.grammar import RESERVED, FrameLine, Line, Tie, parse
from graph.case.notation.layout import laid_out
from graph.case.notation.naming import event_name
from graph.case.notation.rewrite import named_elsewhere, rewritten
from graph.case.notation.times import parse_time
from graph.case.notation.tokens import LineError
from graph.case.reader import examine, load
from graph.case.values import parse_date
from graph.cli import main
from graph.standing import settle
from graph.vocabulary.frames import frames
from graph.vocabulary.reader import standard
from graph.wording import Wording

CASES = Path(__file__).parent / "cases"

HEAD = """\
format: 2
title: Test
names:
  media: {paper: the Paper}
  person: {ann: Ann, bob: Bob, lawyer: Ann's lawyer}
  company: {acme: Acme, norvik: Norvik}
  accusation: {bribe: a bribe}
document: {publisher: paper, published: 2032-03-04}
"""


def case_of(folder: Path, lines: str, head: str = HEAD) -> Case:
    """A case with these lines at its one place; they are what stands below `p1:`."""
    path = folder / "test.yaml"
    body = "\n".join(f"  {line}" for line in lines.splitlines())
    path.write_text(f"{head}p1 here:\n  summary: Something is said.\n{body}\n", encoding="utf-8")
    return load(path)


def shown(case: Case) -> set[str]:
    """What is said, by whom and how: `ann asserted acme owns norvik`, with the modality when it is not actual."""
    return {words_of(case, claim) for claim in case.claims}


def words_of(case: Case, claim: Claim) -> str:
    who = slug(claim.originator) if claim.originator else "?"
    how = "" if claim.modality.value == "actual" else f" {claim.modality.value}"
    return f"{who} {claim.stance.value}{how} {fact_of(case, case.propositions[claim.proposition])}"


def fact_of(case: Case, proposition: Proposition) -> str:
    ends = [end_of(case, proposition.subject), proposition.relation, end_of(case, proposition.third)]
    if proposition.since or proposition.until:
        ends.append(f"{day(proposition.since)}..{day(proposition.until)}")
    return " ".join(filter(None, ends))


def day(date: object) -> str:
    return getattr(date, "printed", "")


def end_of(case: Case, end: object) -> str:
    match end:
        case None:
            return ""
        case str():
            return slug(end)
        case Nested():
            return f"<{fact_of(case, case.propositions[end.iri])}>"
        case Missing():
            return "withheld" if end.withheld else "unknown"
        case Words():
            return end.text
    return slug(third_key(end))  # type: ignore[arg-type]


def slug(iri: str) -> str:
    return iri.rpartition("/")[2]


# --- the grammar


def test_a_line_in_its_parts() -> None:
    line = parse('busy = ann, bob owns acme, "a barge" (it is said); planned; when 2032; because "a reason"', frames())
    assert isinstance(line.main, Tie)
    assert (line.id, line.printed, line.status) == ("busy", "it is said", "planned")
    assert [value.text for value in line.main.subjects] == ["ann", "bob"]
    assert [(value.kind, value.text) for value in line.main.objects] == [("name", "acme"), ("words", "a barge")]
    assert line.raw("when") == "2032"
    assert line.all("because")[0].values[0].text == "a reason"


def test_a_frame_in_its_parts() -> None:
    line = parse("payment fee (some); by acme; sum about 240000 EUR (some); title the fee (of May)", frames())
    assert line.main == FrameLine("payment", "fee", 0)
    assert [(clause.word, clause.raw, clause.printed) for clause in line.clauses] == [
        ("by", "acme", ""),
        ("sum", "about 240000 EUR", "some"),
        ("title", "the fee (of May)", ""),
    ]


@pytest.mark.parametrize("frame", frames().values(), ids=lambda frame: frame.key)
def test_the_example_of_every_frame_is_one(frame: object) -> None:
    line = parse(frame.example, frames())  # type: ignore[attr-defined]
    assert isinstance(line.main, FrameLine)
    assert line.main.frame == frame.key  # type: ignore[attr-defined]


@settings(max_examples=150, deadline=None)
@given(st.text() | st.text(alphabet='ab 1;,="()\n.-é', max_size=60))
def test_any_text_is_a_line_or_an_error_inside_it(text: str) -> None:
    assert isinstance(parsed(text), Line) or said_where(text)


def parsed(text: str) -> Line | None:
    try:
        return parse(text, frames())
    except LineError:
        return None


def said_where(text: str) -> bool:
    with pytest.raises(LineError) as caught:
        parse(text, frames())
    return bool(0 <= caught.value.at <= len(text) and caught.value.what and caught.value.remedy)


WORDS = st.sampled_from(
    ["ann", "bob", "acme", "owns", "payment", "fee", "by", "to", ";", ",", "=", '"', '"x"', "(", ")", "that", "because",
     "if", "or", "planned", "when", "2032", "until", "12", "EUR", "sum", "unknown", "withheld", "none", "fee.by", "via",
     "paper", "probably", "title", "called", "words", "en", "degree", "sensitive", "no-tie", "post", "knew"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["paper says", "ann denies (rejects)", "bob doubts", "implied", "somebody alleges", "zoe says"]
            ),
            st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_lines_give_a_case_or_findings_with_their_line(tmp_path: Path, lines: list[tuple[str, str]]) -> None:
    path = tmp_path / "any.yaml"
    quoted = [f"p{at}:\n  {who}: '{text}'\n" for at, (who, text) in enumerate(lines, 1)]
    path.write_text(HEAD + "".join(quoted), encoding="utf-8")
    case, findings = examine(path)
    count = len(path.read_text("utf-8").splitlines())
    assert all(0 < finding.line <= count and finding.what and finding.remedy for finding in findings)
    assert findings or (case is not None and case.claims)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=80))
def test_any_file_is_a_case_or_findings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    case, findings = examine(path)
    assert findings or case is not None


def test_a_finding_names_the_column_of_a_folded_line(tmp_path: Path) -> None:
    path = tmp_path / "folded.yaml"
    path.write_text(
        HEAD + "p1 here:\n  ann says:\n    - acme owns norvik; planned;\n      because zoe\n", encoding="utf-8"
    )
    _, findings = examine(path)
    assert [(finding.line, finding.column) for finding in findings] == [(12, 15)]


# --- what lines mean


def test_a_frame_is_an_event_with_its_parts_and_its_plain_tie(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: acquisition deal; by acme; what norvik; when 2032-02-28; planned")
    assert shown(case) == {
        "paper asserted planned deal occurred",
        "paper asserted planned deal buyer acme",
        "paper asserted planned deal subject-matter norvik",
        "paper asserted planned deal happened-on 2032-02-28",
        "paper asserted planned acme owns norvik 2032-02-28..",
    }
    tie = next(claim for claim in case.claims if case.propositions[claim.proposition].relation == "owns")
    occurred = next(claim for claim in case.claims if claim.sid == "deal")
    assert tie.depends_on == (occurred.iri,)
    assert case.actors[occurred.iri.partition("/doc/")[0] + "/deal"].name["en"] == "the purchase of Norvik by Acme"


def test_no_tie_leaves_it_out(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: acquisition deal; by acme; what norvik; no-tie")
    assert not any(" owns " in words for words in shown(case))


def test_a_part_alone_says_nothing_of_the_rest(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: payment fee; by acme\nbob supposes: fee to ann (presumed)")
    assert {words for words in shown(case) if words.startswith("bob")} == {"bob presumed fee payee ann"}
    assert next(c.hedges for c in case.claims if c.originator and slug(c.originator) == "bob") == ("presumed",)


def test_a_denial_hits_the_event_or_one_part_with_its_tie(tmp_path: Path) -> None:
    said = "paper alleges: payment fee; by acme; to bob; sum 9 EUR\n"
    part = case_of(tmp_path, said + "lawyer denies: fee.by")
    assert {words for words in shown(part) if words.startswith("lawyer")} == {
        "lawyer denied fee payer acme",
        "lawyer denied acme paid bob",
    }
    assert all(claim.counters for claim in part.claims if claim.opposing)
    event = case_of(tmp_path, said + "lawyer denies: fee")
    assert {words for words in shown(event) if words.startswith("lawyer")} == {
        "lawyer denied fee occurred",
        "lawyer denied acme paid bob",
    }
    doubt = case_of(tmp_path, said + "lawyer doubts: fee")
    assert {words for words in shown(doubt) if words.startswith("lawyer")} == {"lawyer contested fee occurred"}


def test_an_answer_by_writing_the_line_again(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: acme owns norvik\nann denies: acme owns norvik\nbob denies: bob owns norvik")
    counters = {words_of(case, claim): len(claim.counters) for claim in case.claims if claim.opposing}
    assert counters == {"ann denied acme owns norvik": 1, "bob denied bob owns norvik": 0}


def test_saying_an_id_again_confirms_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: x = acme owns norvik\nann, bob says: x")
    assert sorted(words for words in shown(case) if "paper" not in words) == [
        "ann asserted acme owns norvik",
        "bob asserted acme owns norvik",
    ]
    assert sorted(len(claim.confirms) for claim in case.claims) == [0, 1, 1]


def test_words_behind_a_status_are_those_of_the_line(tmp_path: Path) -> None:
    (claim,) = case_of(tmp_path, "paper says: acme owns norvik (perhaps); possible (may)").claims
    assert (claim.modality, claim.hedges) == ("possible", ("perhaps, may",))


def test_reasons_conditions_and_other_readings(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        "ann says:\n"
        "  - a = acme owns norvik; because bob owns norvik\n"
        "  - ann supports bob; if bob opposes acme\n"
        "  - ann heads acme; or bob heads acme\n"
        'bob doubts: a; because "a reason"',
    )
    assert {
        "ann asserted acme owns norvik",
        "ann asserted bob owns norvik",
        "ann asserted <acme owns norvik> because <bob owns norvik>",
        "ann mentioned bob opposes acme",
        "ann asserted <ann supports bob> on-condition <bob opposes acme>",
        "bob contested acme owns norvik",
        "bob asserted a-reason tells-against <acme owns norvik>",
    } <= shown(case)
    assert sorted(words_of(case, claim) for claim in case.claims if claim.alternative_of) == [
        "ann asserted ann heads acme",
        "ann asserted bob heads acme",
    ]


def test_a_status_is_the_lines_and_not_that_of_what_is_inside_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, "ann says: x = bob knew that ann announced that required acme owns norvik; planned")
    held = {case.propositions[claim.proposition].relation: str(claim.modality) for claim in case.claims}
    assert held == {"knew": "planned", "announced": "actual", "owns": "required"}


def test_what_is_promised_is_yet_to_come(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: bob promised that acme paid ann")
    assert sorted(sentences_of(case)) == [
        "The Paper mentions, without endorsing it, the claim that Acme will pay Ann",
        "The Paper says that Bob promised that Acme would pay Ann",
    ]


def test_what_is_only_spoken_of_is_not_claimed(tmp_path: Path) -> None:
    case = case_of(tmp_path, "ann says: bob knew that acme owns norvik")
    assert shown(case) == {"ann asserted bob knew <acme owns norvik>", "ann mentioned acme owns norvik"}


def test_a_post_makes_no_event(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: post; who ann, bob; title head of licensing; body acme; when until 2029")
    assert shown(case) == {
        "paper asserted ann holds-post head-of-licensing-acme ..2029",
        "paper asserted bob holds-post head-of-licensing-acme ..2029",
        "paper asserted head-of-licensing-acme post-in acme",
    }


def test_an_interview_refused_and_a_part_withheld(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        'paper says:\n  - request ask; by paper; to bob; what "an interview"; answer none\n'
        "  - acquisition deal; by acme\n  - ann withholds deal.sum",
    )
    assert {"paper asserted ask unanswered", "paper asserted deal amount withheld"} <= shown(case)
    missing = next(p.third for p in case.propositions.values() if isinstance(p.third, Missing))
    assert slug(str(missing.by)) == "ann"


def test_speakers_are_told_once(tmp_path: Path) -> None:
    head = HEAD + "speakers: {lawyer: for ann; via probably paper; said 2032-03-01}\n"
    case = case_of(tmp_path, "lawyer says: acme owns norvik\nsomebody says: ann owns norvik; via lawyer", head)
    lawyer, unnamed = sorted(case.claims, key=lambda claim: claim.originator is None)
    assert slug(str(lawyer.speaks_for)) == "ann"
    assert [(slug(str(hop.agent)), hop.implied) for hop in lawyer.chain[1:]] == [("paper", True), ("paper", False)]
    assert day(lawyer.said) == "2032-03-01"
    assert (unnamed.originator, [slug(relay) for relay in unnamed.relays]) == (None, ["lawyer"])


def test_ids_follow_from_what_is_said(tmp_path: Path) -> None:
    """A line that is added changes no id of another one."""
    one = case_of(tmp_path, "paper says: acme owns norvik")
    two = case_of(tmp_path, "paper says:\n  - ann owns norvik\n  - acme owns norvik")
    assert {claim.sid for claim in one.claims} < {claim.sid for claim in two.claims}


def test_both_formats_say_the_same(tmp_path: Path) -> None:
    old = tmp_path / "old" / "test.yaml"
    old.parent.mkdir()
    old.write_text(
        "format: 1\ntitle: Test\nactors:\n  paper: {name: the Paper, kind: media}\n  ann: {name: Ann, kind: person}\n"
        "  bob: {name: Bob, kind: person}\n  lawyer: {name: Ann's lawyer, kind: person}\n"
        "  acme: {name: Acme, kind: company}\n  norvik: {name: Norvik, kind: company}\n"
        "things:\n  bribe: {name: a bribe, kind: accusation}\n  fee: {name: the payment of €9, kind: payment}\n"
        "document: {id: paper-2032-03-04, publisher: paper, published: 2032-03-04}\n"
        "passages:\n"
        "  - at: p1\n    cue: here\n    summary: Something is said.\n    by: ann\n    alleges:\n"
        "      fee: {fact: [fee, occurred]}\n      a2: {fact: [fee, payer, acme]}\n      a3: [fee, payee, bob]\n"
        "      a4: {fact: [fee, amount, about 9 EUR], hedge: some}\n      a5: [fee, characterised-as, bribe]\n"
        "      a6: {fact: [acme, paid, bob], depends_on: fee}\n"
        "  - at: p1\n    cue: here\n    summary: Something is said.\n    by: lawyer\n    for: ann\n    verb: rejects\n"
        "    denies:\n      b1: a2\n      b2: a6\n"
    )  # fmt: skip
    new = case_of(
        tmp_path,
        "ann alleges:\n  - payment fee; by acme; to bob; sum about 9 EUR (some)\n  - fee described-as bribe\n"
        "lawyer denies (rejects): fee.by; for ann",
    )
    assert without_ids(load(old)) == without_ids(new)
    assert load(old).propositions == new.propositions


def without_ids(case: Case) -> set[object]:
    names = {claim.iri: words_of(case, claim) for claim in case.claims}

    def linked(iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names[iri] for iri in iris))

    return {
        (
            words_of(case, claim),
            claim.chain,
            claim.speaks_for,
            claim.hedges,
            claim.approximate,
            claim.passage,
            tuple(claim.summary.items()),
            linked(claim.counters),
            linked(claim.depends_on),
        )
        for claim in case.claims
    }


def test_names_that_nobody_uses_are_a_warning(tmp_path: Path) -> None:
    case_of(tmp_path, "paper says: acme owns norvik")
    _, findings = examine(tmp_path / "test.yaml")
    assert [(finding.severity, finding.line, finding.what.partition(",")[0]) for finding in findings] == [
        ("warning", 5, "names ann"),
        ("warning", 5, "names bob"),
        ("warning", 5, "names lawyer"),
        ("warning", 7, "names bribe"),
    ]


def test_own_relations_that_nobody_uses_are_a_warning(tmp_path: Path) -> None:
    head = HEAD + "relations: {strips: strips, leads-to: leads to}\n"
    case_of(tmp_path, "paper says: acme strips norvik", head)
    _, findings = examine(tmp_path / "test.yaml")
    told = [finding.what for finding in findings if "relation" in finding.what]
    assert told == ["declares the relation leads-to, which nothing uses."]


def test_an_own_relation_may_be_how_somebody_rates_something(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, "paper says: acme outshines norvik", HEAD + "relations: {outshines: outshines; judgement}\n"
    )
    assert case.vocabulary.relations["outshines"].judgement


def test_names_may_be_shared(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("format: 2\nnames:\n  person: {zoe: Zoe, yan: Yan}\n", encoding="utf-8")
    case = case_of(tmp_path, "zoe says: acme owns norvik", HEAD + "uses: shared.yaml\n")
    assert "zoe asserted acme owns norvik" in shown(case)
    assert not any("yan" in finding.what for finding in examine(tmp_path / "test.yaml")[1])


def test_a_headline_is_no_second_source(tmp_path: Path) -> None:
    head = HEAD + "headline:\n  summary: Said.\n  paper says: acme owns norvik\n"
    case = case_of(tmp_path, "paper says: acme owns norvik", head)
    front, body = sorted(case.claims, key=lambda claim: claim.passage.order)
    assert (front.depends_on, body.depends_on) == ((body.iri,), ())


@pytest.mark.parametrize(("named", "reached"), [("arrest", 4), ("test/arrest", 4), ("arrest.who", 1)])
def test_what_is_corrected_of_an_event_is_corrected_of_its_parts(tmp_path: Path, named: str, reached: int) -> None:
    """Whoever was said to be the one arrested is the one who is wronged; what others say of it stays theirs."""
    head = HEAD.replace("accusation:", "authority: {police: the police}\n  accusation:")
    head = head.replace("publisher: paper", "id: test, publisher: paper")
    case_of(tmp_path, "paper says: detention arrest; who bob; by police\nann says: arrest.who", head)
    path = tmp_path / "test.yaml"
    decided = f"corrected:\n  {named}: {{by: the Paper, on: 2032-03-05, where: in a correction}}\n"
    path.write_text(path.read_text("utf-8") + decided, "utf-8")
    case = load(path)
    corrected = [claim for claim in case.claims if claim.retraction]
    assert len(corrected) == reached
    assert {claim.originator for claim in corrected} == {claim.publisher for claim in case.claims}
    affected = [claim for claim in corrected if case.propositions[claim.proposition].relation == "affected"]
    assert len(affected) == 1 and case.actors[str(case.propositions[affected[0].proposition].third)].slug == "bob"


def test_a_line_explains_itself(tmp_path: Path) -> None:
    case_of(tmp_path, "paper alleges: payment fee; by acme; to bob\nlawyer denies: fee.by")
    path = str(tmp_path / "test.yaml")

    def explained(name: str) -> list[str]:
        done = CliRunner().invoke(main, ["check", path, "--explain", name])
        assert done.exit_code == 0, done.stderr
        return done.stdout.splitlines()

    lines = explained("12")
    assert lines[0] == f"{lines[0].split()[0]}  {path}:12"
    assert lines[1].startswith("  sentence    ")
    assert "denied" in lines[2]
    assert any(line.startswith("  answers     ") and line.endswith(f"{path}:11") for line in lines)
    assert sum(line.startswith("  sentence") for line in explained("fee")) == 4
    assert CliRunner().invoke(main, ["check", path, "--explain", "nothing"]).exit_code == 1


def test_a_line_above_statements_explains_them_in_the_language_of_the_case(tmp_path: Path) -> None:
    case_of(tmp_path, "paper says:\n  - acme owns norvik\n  - ann heads acme", HEAD + "language: es\n")
    path = tmp_path / "test.yaml"
    above = path.read_text("utf-8").splitlines().index("  paper says:") + 1
    done = CliRunner().invoke(main, ["check", str(path), "--explain", str(above)])
    sentences = [line for line in done.stdout.splitlines() if line.startswith("  sentence")]
    assert len(sentences) == 2 and all(" afirma que " in line for line in sentences), done.output


# --- layout

UNTIDY = """\
# A comment stays.
p1 here:
  summary: Said   so.
  ann says:
    # So does this one.
    - acquisition   deal ;by acme ,bob; what   norvik;planned; title Head , of  licensing (part); sum   12 million EUR;
      because bob   owns "a  barge"
    - 'acme owns   norvik'
    - acme   owns
      norvik
  bob says:    ann   heads acme
"""


def test_layout_changes_no_meaning_and_settles_at_once(tmp_path: Path) -> None:
    source = HEAD + UNTIDY
    tidy = laid_out(source, "x.yaml")
    assert tidy != source
    assert laid_out(tidy, "x.yaml") == tidy
    assert "# A comment stays." in tidy
    assert (
        "    # So does this one.\n    - acquisition deal; by acme, bob; what norvik; planned; title Head , of" in tidy
    )
    assert "\n    - acme owns norvik\n  bob says: ann heads acme\n" not in source
    assert "    - 'acme owns   norvik'\n    - acme owns norvik\n  bob says:    ann heads acme\n" in tidy
    assert max(map(len, tidy.splitlines())) <= 118
    cases = []
    for name, text in (("before", source), ("after", tidy)):
        path = tmp_path / name / "case.yaml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        case, _ = examine(path)
        assert case is not None
        cases.append({claim.iri: without_ids(case) for claim in case.claims}.keys())
    assert cases[0] == cases[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map("  ".join))
def test_any_line_keeps_its_meaning(text: str) -> None:
    source = f"format: 2\np1 here:\n  ann says:\n    - x {text}\n"
    tidy = laid_out(source, "x.yaml")
    assert laid_out(tidy, "x.yaml") == tidy
    before, after = parsed(f"x {text}"), parsed(" ".join(line.strip() for line in tidy.splitlines()[3:])[2:])
    assert (before is None) == (after is None)
    assert before is None or after is None or before.text == after.text


def test_the_command_lays_out_files(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(HEAD + "p1 here:\n  ann says: acme   owns norvik\n", encoding="utf-8")
    check = CliRunner().invoke(main, ["format", str(path), "--check"])
    assert (check.exit_code, check.stdout) == (1, f"{path}\n1 file would change.\n")
    assert CliRunner().invoke(main, ["format", str(path)]).stdout == f"{path}\n1 file changed.\n"
    assert "  ann says: acme owns norvik\n" in path.read_text("utf-8")
    assert CliRunner().invoke(main, ["format", str(path)]).stdout == "0 files changed.\n"


def test_a_claim_that_is_only_told_with_its_denial_is_not_taken_for_granted(tmp_path: Path) -> None:
    """`rejected claims that …`: the text takes no side, and nobody is named who claims it."""
    case = case_of(tmp_path, "implied (claims): x = ann owns acme\nbob denies (rejected): x")
    settled = settle(case)
    words = Wording(case, settled)
    (docket,) = settled.by_proposition.values()
    told = {tag: {words.sentence(claim, tag) for claim in case.claims} for tag in ("en", "es")}
    assert told == {
        "en": {
            "It is claimed, with no source named, that Ann owns Acme",
            "Bob denies that Ann owns Acme",
        },
        "es": {"Se afirma, sin citar fuentes, que Ann posee Acme", "Bob niega que Ann posea Acme"},
    }
    said = "It is claimed, with no source named, that Ann owns Acme"
    assert words.title(docket, "en") == f"{said}; Bob denies this"


def test_what_we_conclude_is_told_from_what_a_text_takes_for_granted(tmp_path: Path) -> None:
    lines = ("inferred: ann same-as bob", "implied (claims): ann owns acme", "paper says: bob owns acme; implied")
    case = case_of(tmp_path, "\n".join(lines))
    words = Wording(case, settle(case))
    told = {tag: {words.sentence(claim, tag) for claim in case.claims} for tag in ("en", "es")}
    assert told["en"] == {
        "We conclude, though the text does not say so, that Ann is the same person as Bob",
        "The text takes it for granted that Ann owns Acme",
        "The Paper takes it for granted that Bob owns Acme",
    }
    assert "La redacción deduce, sin que el texto lo diga, que Ann es la misma persona que Bob" in told["es"]
    assert {claim.chain[0].verb for claim in case.claims} == {"", "claims"}
    assert sorted((claim.implied, claim.inferred) for claim in case.claims) == [
        (True, False),
        (True, False),
        (True, True),
    ]


def test_each_of_several_facts_is_known_and_a_figure_has_its_words_in_each_language(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, 'ann says:\n  - bob knew that acme owns norvik, bob\n  - acme has 39 "files" es "expedientes"'
    )
    assert sum(" knew " in told for told in shown(case)) == 2
    words = Wording(case, settle(case))
    assert any("39 expedientes" in words.sentence(claim, "es") for claim in case.claims)


def test_a_second_quotation_is_not_lost_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(
        graph.CaseError, match=r":11:\d+: has a second quotation, and a place keeps one\. Keep the words"
    ):
        case_of(tmp_path, 'ann says: acme owns norvik; words en "it is ours"; words es "es nuestra"')


# --- format 1 rewritten

#: Quick ones; the others need their minutes.
FEW = {"claims", "accepted", "chains", "counting", "narrow-denial", "headline", "implied-claim", "two-readings"}
OLD = sorted(path for path in CASES.glob("*.yaml") if path.read_text("utf-8").count("\nformat: 1\n"))


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=() if path.stem in FEW else pytest.mark.slow, id=path.stem) for path in OLD]
)
def test_a_case_that_is_rewritten_says_the_same(path: Path, tmp_path: Path) -> None:
    source = path.read_text("utf-8")
    old = load(path)
    made = rewritten(source, path.name, named_elsewhere({path.name: source}), frames_of(old))
    text = laid_out(made.text, path.name)
    after = tmp_path / path.name
    after.write_text(text, encoding="utf-8")
    new = load(after)
    assert everything(old) == everything(new)
    assert old.propositions == new.propositions
    assert {actor.iri: (actor.name, actor.kind, actor.aliases) for actor in old.actors.values()} == {
        actor.iri: (actor.name, actor.kind, actor.aliases) for actor in new.actors.values()
    }
    assert "format: 2" in text or made.findings
    assert all(finding.line > 0 and finding.severity == "warning" for finding in made.findings)


def everything(case: Case) -> list[tuple[str, ...]]:
    """All that claims say, without their own ids; several hedges are one text."""
    names = {claim.iri: words_of(case, claim) for claim in case.claims}

    def linked(iris: Iterable[str]) -> str:
        return str(sorted(names[iri] for iri in iris))

    return sorted(
        (
            names[claim.iri], str(claim.chain), str(claim.speaks_for), ", ".join(claim.hedges), str(claim.approximate),
            claim.quantifier, str(claim.implied), str(claim.reportedly), str(claim.sensitive), claim.passage.iri,
            claim.passage.cue, str(sorted(claim.summary.items())), linked(claim.counters), linked(claim.confirms),
            linked(claim.depends_on), linked(claim.alternative_of), str(claim.retraction), str(claim.reply),
            claim.passage.words, claim.passage.language, claim.grade, claim.note,
        )
        for claim in case.claims
    )  # fmt: skip


def test_kept_positions_go_by_the_ids_of_the_rewritten_case(tmp_path: Path) -> None:
    case = tmp_path / "moved"
    case.mkdir()
    shutil.copy(CASES / "hedges.yaml", case / "case.yaml")
    old = load(case)
    names = [f"{slug(claim.document)}/{claim.sid}" for claim in old.claims]
    kept = {"format": 1, "all": {name: [float(at), 0.0] for at, name in enumerate(names)}}
    (case / "positions.json").write_text(json.dumps(kept), encoding="utf-8")
    assert CliRunner().invoke(main, ["rewrite", str(case)]).exit_code == 0
    new = load(case)
    said = {f"{slug(claim.document)}/{claim.sid}": words_of(new, claim) for claim in new.claims}
    moved = json.loads((case / "positions.json").read_text("utf-8"))["all"]
    assert moved.keys() == said.keys()
    assert [said[name] for name in moved] == [words_of(old, claim) for claim in old.claims]
    assert set(moved) - set(names), "no id changed"


def test_rewriting_names_what_only_a_person_can_tell(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text((CASES / "stances.yaml").read_text("utf-8"), encoding="utf-8")
    done = CliRunner().invoke(main, ["rewrite", str(path)])
    assert done.exit_code == 0
    assert "mentioned is only mentioned: write who says what of it. It stays in format 1." in done.stderr
    text = path.read_text("utf-8")
    assert text.count("format: 2") == text.count("format: 1") == 1
    assert "1 file changed" in done.stdout
    assert load(path).claims


# --- the guide

GUIDE = (Path(__file__).parent.parent / "docs" / "authoring.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_each_piece_of_the_guide_is_sound(number: int, tmp_path: Path) -> None:
    path = tmp_path / "sale.yaml"
    path.write_text(BLOCKS[0] + (BLOCKS[number] if number else ""), encoding="utf-8")
    assert [*map(str, graph.load(path).check())] == []


def test_what_is_decided_of_a_statement_that_there_is_not_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sale.yaml"
    decided = next(block for block in BLOCKS if "corrected:" in block)
    path.write_text(BLOCKS[0] + decided.replace("/fee:", "/fees:"), encoding="utf-8")
    _, findings = examine(path)
    assert [(finding.what, finding.remedy) for finding in findings] == [
        (
            'has "gazette-2032-03-04/fees" under `corrected`, which is the id of no statement.',
            "Did you mean gazette-2032-03-04/fee?",
        )
    ]


def test_the_index_by_theme_names_words_there_are() -> None:
    index = GUIDE.partition("## By theme")[2].partition("###")[0].partition("|---|")[2]
    words = set(re.findall(r"`([a-z-]+)`", index))
    assert words - {*standard().relations, *frames()} == set()
    assert set(frames()) - words == {"event"}, "a frame that nobody finds by its theme"


def test_the_guide_names_every_word_of_the_form() -> None:
    prose = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    said = set(re.findall(r"[a-z][a-z_-]*", " ".join([*re.findall(r"`([^`]+)`", prose), BLOCKS[0]])))
    as_in_format_1 = {"id", "contact", "corrections", "licence", "version", "languages", "cast", "kinds", "uses"}
    assert ({*RESERVED, *SECTIONS} - as_in_format_1) - said == set()


# --- small parts


@pytest.mark.parametrize(
    ("text", "date", "since", "until", "link"),
    [
        ("2032-03", "2032-03", "", "", None),
        ("about 2032", "about 2032", "", "", None),
        ("from 2029 until 2031-05", "", "2029", "2031-05", None),
        ("until 2029", "", "", "2029", None),
        ("formerly", "before 2032-03-04", "", "", None),
        ("before 2020", "before 2020", "", "", None),
        ("after 2020-02", "after 2020-02", "", "", None),
        ("by 2020", "by 2020", "", "", None),
        ("by published", "by 2032-03-04", "", "", None),
        ("before published", "before 2032-03-04", "", "", None),
        ("shortly before 2020", "before 2020", "", "", "shortly before 2020"),
        ("within 1 year after 2031-02-28", "2031-02-28/2032-02-28", "", "", None),
        ("within 2 weeks before 2031-02-28", "2031-02-14/2031-02-28", "", "", None),
        ("after deal", "", "", "", ("follows", "deal")),
        ("within 1 year after deal", "", "", "", ("follows", "deal")),
        ("during deal", "", "", "", ("during", "deal")),
        ("3 weeks before 2021-03-02", "before 2021-03-02", "", "", "3 weeks before 2021-03-02"),
        ("3 weeks before deal", "", "", "", ("precedes", "deal")),
    ],
)
def test_times(text: str, date: str, since: str, until: str, link: tuple[str, str] | str | None) -> None:
    found = parse_time(text, {"published": parse_date("2032-03-04")})
    assert (found.date, found.since, found.until, found.link or found.words or None) == (date, since, until, link)


@pytest.mark.parametrize("text", ["yesterday", "before said", "within 9999 years before 2032", "from now", ""])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=": "):
        parse_time(text, {"published": parse_date("2032-03-04"), "said": None})


def test_how_long_before_something_else_is_kept_in_words(tmp_path: Path) -> None:
    lines = "paper says:\n  - acquisition deal; by acme; what norvik\n  - ann visited norvik; when 3 weeks before deal"
    claims = [claim for claim in case_of(tmp_path, lines).claims if claim.hedges]
    assert [claim.hedges for claim in claims] == [("3 weeks before",)]


def test_names_of_events() -> None:
    parts = {"what": ["the quays"], "by": ["el Puerto", "Iberia"]}
    assert event_name("the purchase[ of {what}][ by {to}]", parts, "en") == "the purchase of the quays"
    assert event_name("la compra[ de {by}]", parts, "es") == "la compra del Puerto e Iberia"


def test_a_day_that_is_given_for_knowing_is_none_of_what_is_known(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: ann knew that acme owns norvik; when 2032-10")
    assert shown(case) == {
        "paper asserted ann knew <acme owns norvik> 2032-10..2032-10",
        "paper mentioned acme owns norvik",
    }
    words = Wording(case, settle(case))
    told = {words.sentence(claim, "en") for claim in case.claims if claim.affirming}
    assert told == {"The Paper says that Ann knew in October 2032 that Acme owned Norvik"}


def test_a_rough_day_of_a_tie_is_that_day_with_its_reserve(tmp_path: Path) -> None:
    (claim,) = case_of(tmp_path, "paper says: ann visited norvik; when about 2032-10 (some time in October)").claims
    assert claim.hedges == ("some time in October",)
    (claim,) = case_of(tmp_path, "paper says: ann visited norvik; when about 2032-10").claims
    assert claim.hedges == ("about",)


def test_a_document_suggests_what_a_person_believes(tmp_path: Path) -> None:
    head = HEAD.replace("  person:", "  document: {memo: the memo}\n  person:", 1)
    case = case_of(tmp_path, "memo supposes: ann owns acme\nbob supposes: ann owns norvik", head)
    words = Wording(case, settle(case))
    assert {words.sentence(claim, "en") for claim in case.claims} == {
        "The memo suggests that Ann owns Acme",
        "Bob believes that Ann owns Norvik",
    }


def test_check_proposes_the_frame_that_five_lines_make(tmp_path: Path) -> None:
    """What it proposes says what the lines said: the same statements, read from one line."""
    old = """format: 1
title: Test
actors:
  paper: {name: the Paper, kind: media}
  acme: {name: Acme, kind: company}
  norvik: {name: Norvik, kind: company}
things:
  deal: {name: the deal, kind: agreement}
document: {id: d, publisher: paper, published: 2032-03-04}
passages:
  - at: p1
    summary: Acme bought Norvik.
    asserts:
      a: [deal, occurred]
      b: [deal, buyer, acme]
      c: [deal, subject-matter, norvik]
      d: [deal, amount, 12000000 EUR]
      e: [deal, happened-on, 2032-02-28]
"""
    path = tmp_path / "old.yaml"
    path.write_text(old, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path)])
    assert done.exit_code == 0
    said, _, proposed = done.stdout.rpartition(" 5 lines: ")
    assert said.endswith(f"{path}:14:")
    assert proposed.startswith("acquisition deal; by acme; what norvik; ")
    (four := tmp_path / "four.yaml").write_text(old.replace("      e: [deal, happened-on, 2032-02-28]\n", ""), "utf-8")
    assert "line would say" not in CliRunner().invoke(main, ["check", str(four)]).stdout
    head = HEAD.replace("accusation:", "agreement: {deal: the deal}\n  accusation:")
    written = shown(case_of(tmp_path, f"paper says: {proposed.strip()}", head))
    assert written == shown(load(path))


def sentences_of(case: Case) -> list[str]:
    wording = Wording(case, settle(case))
    return [wording.sentence(claim, "en") for claim in case.claims]


def test_what_a_second_article_inverted(tmp_path: Path) -> None:
    case = load(CASES / "written-in-an-hour.yaml")
    told = sentences_of(case)
    # A sum that was corrected is in the name of the payment in nobody's mouth.
    assert not [sentence for sentence in told if "£8.6mn" in sentence and "corrected" not in sentence]
    # `payer board` is `by board`: the tie follows, too.
    assert any(sentence.startswith("Auditors say that the harbour board paid Norvik") for sentence in told)
    # The day of a publication is told with its condition, and the condition with its own day.
    due = "the final report will be published by 30 April 2032 provided that the harbour board hands over the emails"
    assert f"The Gazette says that {due} in April 2032." in {f"{sentence.rstrip('.')}." for sentence in told}
    # A day behind `unless` is the condition's: the suit has none.
    assert any(
        sentence.rstrip(".").endswith("unless Ann Lee withdraws the claim by 22 March 2032") for sentence in told
    )
    assert not any("brought-against" in fact and "2032-03-22" in fact for fact in shown(case))


def test_every_statement_of_a_line_holds_on_its_condition(tmp_path: Path) -> None:
    case = case_of(tmp_path, 'ann says: acme, norvik owns "the quay"; planned; if bob supports "the sale"')
    told = [sentence for sentence in sentences_of(case) if " own the quay" in sentence]
    assert told and all("provided that" in sentence for sentence in told)


def test_what_is_said_of_facts_is_not_said_of_an_actor(tmp_path: Path) -> None:
    with pytest.raises(graph.CaseError, match="on-condition, which would be said of acme itself"):
        case_of(tmp_path, 'ann says: acme suspended bob; on-condition "full pay"')


def test_a_time_inside_needs_its_line(tmp_path: Path) -> None:
    with pytest.raises(LineError, match="has when with nothing beside it"):
        parse("a owns b; if c owns d when", ())
    with pytest.raises(LineError, match="has when with nothing beside it"):
        parse("a owns b; if c when 2032", ())
    line = parse("a knew that b owns c when before 2032 if d owns e when 2031", ())
    assert isinstance(line.main, Tie) and line.main.objects[0].line is not None
    inner = line.main.objects[0].line
    assert [value.line.when.raw for value in (*inner.subjects, *inner.objects) if value.line and value.line.when] == [
        "before 2032",
        "2031",
    ]


def test_a_comma_that_cuts_a_title_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("published: 2032-03-04", "published: 2032-03-04, title: A board, again, suspends")
    with pytest.raises(graph.CaseError) as caught:
        case_of(tmp_path, "ann says: acme owns norvik", head)
    assert [(found.line, found.column) for found in caught.value.findings if "comma" in found.what] == [
        (8, 69),
        (8, 76),
    ]


def test_whom_a_relation_accuses_without_accusing_is_a_warning(tmp_path: Path) -> None:
    head = HEAD + "relations: {fed: fed; accused object}\n"
    case_of(tmp_path, "ann says: acme fed bob", head)
    [found] = [found for found in examine(tmp_path / "test.yaml")[1] if "defame" in found.what]
    assert (found.severity, found.line, found.column) == ("warning", 9, 18)
    assert "whom it may defame" in found.what


def test_each_reading_tells_the_other(tmp_path: Path) -> None:
    case = case_of(tmp_path, 'ann says: bob owns "the boat"; or acme owns "the boat"')
    assert sentences_of(case) == [
        "Ann says that Bob owns the boat or, if the same words are read differently, that Acme owns the boat",
        "Ann says that Acme owns the boat or, if the same words are read differently, that Bob owns the boat",
    ]


def test_who_began_it_is_kept_and_a_town_has_posts(tmp_path: Path) -> None:
    head = HEAD.replace("document:", "  place: {port: Port Calder}\ndocument:")
    case = case_of(tmp_path, "paper says:\n  - bob contacted ann\n  - post; who ann; title mayor; body port", head)
    assert "Paper says that Bob contacted Ann" in " ".join(sentences_of(case))
    assert any("mayor of Port Calder" in sentence for sentence in sentences_of(case))


def test_money_without_a_code_is_counted(tmp_path: Path) -> None:
    with pytest.raises(graph.CaseError, match='count 600 "old pesos"'):
        case_of(tmp_path, 'paper says: payment fee; by ann; to bob; sum 600 "old pesos"')
    case = case_of(tmp_path, 'paper says:\n  - payment fee; by ann; to bob\n  - fee count 600 "old pesos"')
    assert any("600 old pesos" in sentence for sentence in sentences_of(case))


def test_the_beginning_of_a_status_is_met_with_it() -> None:
    with pytest.raises(LineError) as caught:
        parse("a owns b; plan", ())
    assert caught.value.remedy == "Did you mean planned?"


def test_a_pair_in_a_label_is_whole_and_may_be_past(tmp_path: Path) -> None:
    head = HEAD + 'relations: {held-up-by: "{was|were} held up by"}\n'
    case = case_of(
        tmp_path, 'ann says: acme, norvik held-up-by "a strike"\nbob denies: acme held-up-by "a strike"', head
    )
    told = sentences_of(case)
    assert "Ann says that Acme was held up by a strike" in told
    assert "Bob denies that Acme was held up by a strike" in told
    with pytest.raises(graph.CaseError, match="has a brace that is no pair"):
        case_of(tmp_path, 'ann says: acme sees "it"', HEAD + 'relations: {sees: "{is|are seeing"}\n')


def test_two_events_that_their_frame_names_alike_are_told(tmp_path: Path) -> None:
    case_of(tmp_path, "paper says:\n  - event first; by ann\n  - event second; by bob\n  - event third; called fair")
    [found] = [found for found in examine(tmp_path / "test.yaml")[1] if "called" in found.what]
    assert (found.severity, found.line, found.what) == (
        "warning", 13, 'has an event called "the event", as line 12 has another.',
    )  # fmt: skip


def test_who_offers_a_thing_does_not_bid_for_it(tmp_path: Path) -> None:
    lines = 'paper says:\n  - offer; by acme; what "new cranes"; to norvik\n  - bid; by norvik; what "the quay"'
    said = shown(case_of(tmp_path, lines))
    assert {line for line in said if "bid-for" in line} == {"paper asserted norvik bid-for the-quay"}
    assert any("the offer of new cranes to Norvik" in line for line in sentences_of(load(tmp_path / "test.yaml")))


def test_words_of_this_form_are_quoted_as_nobody_s(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: ann visited norvik; when 6 weeks before published")
    assert [claim.hedges for claim in case.claims] == [("6 weeks before",)]


def test_a_name_that_is_the_word_of_a_frame_leaves_the_frame_to_the_case(tmp_path: Path) -> None:
    head = HEAD.replace("document:", "  order: {order: the order}\ndocument:", 1)
    case = case_of(tmp_path, "paper says:\n  - order; by ann\n  - order stay; by bob\n  - order addressed-to bob", head)
    assert {
        "paper asserted order issued-by ann",
        "paper asserted stay issued-by bob",
        "paper asserted order addressed-to bob",
    } <= shown(case)


def test_a_rough_time_is_quoted_from_nobody(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: ann visited norvik; when about 2030")
    [claim] = case.claims
    wording = Wording(case, settle(case))
    assert wording.sentence(claim, "en") == "The Paper says that Ann visited Norvik in 2030, or thereabouts"
    assert wording.sentence(claim, "es").endswith("en 2030, aproximadamente")


def test_what_came_before_an_event_is_told_with_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says:\n  - event crash; by acme\n  - ann visited norvik; when before crash")
    assert "The Paper says that Ann visited Norvik before the event" in sentences_of(case)
    assert not any("the claim that" in sentence for sentence in sentences_of(case))


def test_who_took_part_beside_who_did_it_is_told_to_have(tmp_path: Path) -> None:
    case = case_of(tmp_path, "paper says: event call; by acme; participant ann; who bob")
    assert {"paper asserted call participant ann", "paper asserted call subject-matter bob"} <= shown(case)


def test_nobody_took_place_in_an_event(tmp_path: Path) -> None:
    with pytest.raises(graph.CaseError, match="a person in first place of during"):
        case_of(tmp_path, "paper says:\n  - event bids; by acme\n  - ann contacted bob; during bids")
    case = case_of(tmp_path, "paper says:\n  - event bids; by acme\n  - ann contacted bob; when during bids")
    assert "The Paper says that Ann contacted Bob during the event" in sentences_of(case)


def test_no_name_holds_two_payers_of_two_speakers(tmp_path: Path) -> None:
    case = case_of(tmp_path, "ann says: payment fee; by acme; to bob\nbob says: fee by norvik")
    assert not any("by Acme and Norvik" in sentence for sentence in sentences_of(case))
