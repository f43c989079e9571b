"""Grounding: what is written into an author's file is right, and nothing else in it changes."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.base.errors import CaseError, OutputError
from graph.case.ground import cover, ground, show, stamp
from graph.case.places import find_text
from graph.case.reader import examine
from graph.case.texts import SourceText, Span, flatten
from graph.yaml.edit import Patch
from graph.yaml.reader import Row, Table, Text, parse

SOURCE = """Port pays Norvik for night work

Port pays Norvik for night work
The quay at night. / A. Photographer
By Jane Doe

The port\u00a0authority has hired Norvik. It wouldn\u2019t say for how much \u2013 a spokeswoman kept silent.

The union, led by Mr. J. Smith of the U.S. branch, puts back the night. "It is wrong," it said. Nobody signed.

After the first shift the order came out. The union will appeal.
"""
HEAD = """format: 1
title: Night work
actors:
  paper: {name: Paper, kind: media}
  union: {name: the union, kind: union}
  norvik: {name: Norvik, kind: company}
things:
  deal: {name: the deal, kind: agreement}
document: {id: d, publisher: paper, published: 2024-05-02, text: texts/d.txt, body_from: The port authority}
passages:
"""
DIGEST = hashlib.sha256(SOURCE.encode()).hexdigest()
GROUNDED = HEAD.replace("texts/d.txt", f"texts/d.txt, sha256: {DIGEST}")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case file that is yet to be written, beside its text."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d.txt").write_bytes(SOURCE.encode())
    monkeypatch.chdir(tmp_path)
    return Path("case.yaml")


def after(case: Path, passages: str, head: str = HEAD, **options: bool) -> tuple[str, list[str]]:
    """The passages as ground leaves them, and its findings."""
    case.write_bytes((head + passages).encode())
    report = ground([case], **options)
    text = case.read_bytes().decode()
    return text.partition("passages:\n")[2], [str(finding) for finding in report.findings]


# --- cues and offsets


def test_a_cue_gets_the_sentence_around_it(case: Path) -> None:
    text, findings = after(case, "  - at: p2\n    cue: puts back the night\n    by: union   # who\n")
    assert findings == []
    start = SOURCE.index("The union, led")
    end = SOURCE.index(' "It is wrong')
    assert text == f"  - at: p2\n    cue: puts back the night\n    chars: {start}-{end}\n    by: union   # who\n"
    assert SOURCE[start:end] == "The union, led by Mr. J. Smith of the U.S. branch, puts back the night."


def test_the_place_is_written_when_it_is_missing(case: Path) -> None:
    text, findings = after(case, "  - cue: order came out\n    asserts: {s01: [deal, occurred]}\n")
    assert findings == []
    assert re.fullmatch(
        r"  - cue: order came out\n    at: p3\n    chars: \d+-\d+\n    asserts: \{s01: \[deal, occurred\]\}\n", text
    )


def test_a_statement_in_brackets_is_grounded_in_brackets(case: Path) -> None:
    line = "{fact: [deal, party, union], cue: will appeal} # c\n"
    text, findings = after(case, f"  - at: p3\n    asserts:\n      s01: {line}")
    assert findings == []
    start = SOURCE.index("The union will")
    assert f"{{fact: [deal, party, union], cue: will appeal, chars: {start}-{start + 22}}} # c\n" in text


def test_printed_spaces_quotes_and_dashes_match_plain_ones(case: Path) -> None:
    text, findings = after(
        case,
        "  - {at: p1, cue: port authority has}\n"
        '  - {at: p1, cue: "wouldn\'t say for how much - a"}\n'
        "  - {at: p2, cue: '“It is wrong,” it'}\n",
    )
    assert findings == []
    spans = [Span(int(a), int(b)) for a, b in re.findall(r"chars: (\d+)-(\d+)", text)]
    assert [SOURCE[span.start : span.end].split(maxsplit=1)[0] for span in spans] == ["The", "It", '"It']


def test_a_cue_of_two_ends_takes_in_all_between(case: Path) -> None:
    text, findings = after(case, "  - at: p2\n    cue: puts back … Nobody\n")
    assert findings == []
    match = re.search(r"chars: (\d+)-(\d+)", text)
    assert match is not None
    assert SOURCE[int(match[1]) : int(match[2])].endswith("Nobody signed.")


def test_quoted_words_are_the_place_themselves(case: Path) -> None:
    text, findings = after(case, "  - at: p2\n    words: puts back the night\n")
    start = SOURCE.index("puts back")
    assert findings == []
    assert text.endswith(f"    chars: {start}-{start + len('puts back the night')}\n")


def test_what_precedes_the_body(case: Path) -> None:
    text, findings = after(
        case,
        "  - {at: headline, cue: Port pays Norvik}\n  - {at: caption, cue: The quay}\n  - {at: byline, cue: Jane Doe}\n"
        "  - {cue: at night}\n",
    )
    assert text.count("chars:") == 3
    assert f"chars: 0-{SOURCE.index(chr(10))}" in text
    assert findings == [
        "case.yaml:14:11: passage 4 stands before the body. Write at: subtitle, byline or caption."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "line"),
    [
        (
            "{at: p1, cue: never printed}",
            'passage 1 has the cue "never printed", which is not in the text. Copy a few words from it.',
        ),
        (
            "{cue: The union}",
            'passage 1 has the cue "The union", which is found 2 times (p2, p3). Add the words beside it.',
        ),
        (
            "{at: p2, cue: it}",
            None,
        ),
        (
            "{at: p1, cue: order came out}",
            'passage 1 says p1, but its cue "order came out" stands in p3. Correct `at`, or the cue.',
        ),
        (
            "{at: p9, cue: order came out}",
            (
                "passage 1 stands at p9, but the text has the paragraphs p1 to p3. "
                "Write the right one, or take `at` out: ground writes it."
            ),
        ),
        (
            "{at: p1, chars: 10-99999}",
            (
                f"passage 1 has the offsets 10-99999, but the text has {len(SOURCE)} characters. "
                "Give it a cue instead: ground writes the offsets."
            ),
        ),
        ("{at: p2, chars: 0-10}", "passage 1 says p2, but 0-10 is in headline. Correct one of the two."),
    ],
)
def test_what_does_not_fit(case: Path, block: str, line: str | None) -> None:
    text, findings = after(case, f"  - {block}\n")
    assert all(re.match(r"case\.yaml:11:\d+: ", finding) for finding in findings)
    assert [finding.partition(": ")[2] for finding in findings] == ([line] if line else [])
    assert line is None or text == f"  - {block}\n"


def test_the_stated_paragraph_settles_a_cue_that_stands_twice(case: Path) -> None:
    text, findings = after(case, "  - {at: p3, cue: The union}\n")
    assert findings == []
    assert f"chars: {SOURCE.index('The union will')}-" in text


def test_a_place_that_the_text_does_not_show(case: Path) -> None:
    text, findings = after(case, "  - {at: page 4, cue: order came out}\n")
    assert findings == []
    assert "chars: " in text


def test_wrong_offsets_are_mended_aloud_and_wider_ones_kept(case: Path) -> None:
    wide = f"  - {{at: p3, cue: order came out, chars: {SOURCE.index('After')}-{len(SOURCE) - 1}}}\n"
    assert after(case, wide) == (wide, [])
    text, findings = after(case, "  - {at: p3, cue: order came out, chars: 1-5}\n")
    start = SOURCE.index("After")
    span = f"{start}-{start + len('After the first shift the order came out.')}"
    assert findings == [
        (
            'case.yaml:11:42: passage 1 had the offsets 1-5, which do not hold its cue "order came out". '
            f"Now they are {span}."
        )
    ]
    assert f"chars: {span}}}" in text


# --- the text


def test_the_digest_is_written_and_kept(case: Path) -> None:
    after(case, "  - at: p1\n")
    assert case.read_text() == GROUNDED + "  - at: p1\n"
    case.write_text(HEAD.replace("{id: d,", "{id: d, sha256: ,") + "  - at: p1\n")
    ground([case])
    assert f"sha256: {DIGEST}," in case.read_text()


def test_a_text_that_differs_is_named_by_both_digests(case: Path) -> None:
    other = "0" * 64
    head = HEAD.replace("texts/d.txt", f"texts/d.txt, sha256: {other}")
    text, findings = after(case, "  - {at: p1, cue: has hired}\n", head)
    assert text == "  - {at: p1, cue: has hired}\n"
    assert findings == [
        (
            f"case.yaml:9:79: document d has the sha256 {other[:12]}…, but texts/d.txt has {DIGEST[:12]}…. "
            "Use the text that was read; or take `sha256` out, ground again and read every place anew."
        )
    ]


def test_texts_that_cannot_be_used(case: Path) -> None:
    block = "  - {at: p1, cue: has hired}\n"
    assert after(case, block, HEAD.replace("The port authority", "Never said"))[1] == [
        (
            "case.yaml:9:79: document d has a `body_from` that is not in its text. "
            "Write the words with which paragraph 1 begins."
        )
    ]
    assert after(case, block, HEAD.replace("texts/d.txt", "/etc/hostname"))[1] == [
        "case.yaml:9:60: document d names its text by a full path. Write it from the case's folder."
    ]
    Path("texts/d.txt").write_bytes(b"caf\xe9")
    assert after(case, block)[1] == [
        "case.yaml:9:60: document d has a text that cannot be read: it is not UTF-8 (byte 3). Save it as UTF-8."
    ]


def test_a_text_that_is_not_here_is_no_finding(case: Path) -> None:
    case.write_text(HEAD.replace("texts/d.txt", "texts/gone.txt") + "  - {at: p1, cue: has hired}\n")
    report = ground([case])
    assert (report.findings, report.changed, report.missing) == ((), (), ("d",))


def test_where_texts_are_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "cases" / "one" / "documents" / "d.yaml"
    file.parent.mkdir(parents=True)
    chosen = tmp_path / "elsewhere" / "d.txt"
    # Each is preferred to those before it.
    for place in (tmp_path / "texts" / "d.txt", tmp_path / "cases" / "one" / "texts" / "d.txt", chosen):
        place.parent.mkdir()
        place.write_text("x")
        assert find_text(file, "texts/d.txt", chosen.parent) == place
    assert find_text(file, "texts/none.txt", chosen.parent) is None


# --- ids


def test_statements_get_ids_in_the_order_of_the_file(case: Path) -> None:
    text, findings = after(
        case,
        "  - at: p1\n"
        "    asserts:\n"
        "    # first\n"
        "    - [deal, occurred]   # one\n"
        "    - fact: [deal, party, union]\n"
        "      hedge: so to speak\n"
        "    - {fact: [deal, party, norvik]}\n"
        "    denies: [s20]\n"
        "  - at: p2\n"
        "    asserts: {s20: [deal, party, union]}\n"
        "    presumes: [[deal, party, norvik], [norvik, owns, deal]]\n"
        "    alleges: [norvik, owns, deal]\n",
    )
    assert findings == []
    assert text == (
        "  - at: p1\n"
        "    asserts:\n"
        "    # first\n"
        "      s21: [deal, occurred]   # one\n"
        "      s22:\n"
        "        fact: [deal, party, union]\n"
        "        hedge: so to speak\n"
        "      s23: {fact: [deal, party, norvik]}\n"
        "    denies: {s24: s20}\n"
        "  - at: p2\n"
        "    asserts: {s20: [deal, party, union]}\n"
        "    presumes: {s25: [deal, party, norvik], s26: [norvik, owns, deal]}\n"
        "    alleges: {s27: [norvik, owns, deal]}\n"
    )
    assert [str(finding) for finding in examine(case)[1]] == []


def test_lists_that_may_mean_two_things_are_left(case: Path) -> None:
    block = "  - at: p1\n    asks: [deal, occurred]\n    asserts:\n      - deal\n      - occurred\n"
    assert after(case, block) == (
        block,
        [
            (
                "case.yaml:12: has a list at `asks` that may be one fact or several answers. "
                "Write [[a, relation, b]], or one id: statement line for each."
            ),
            "case.yaml:14: has one fact without an id at `asserts`. Write - [a, relation, b].",
        ],
    )


# --- words


def test_quoted_words_are_dropped_with_their_lines(case: Path) -> None:
    text, findings = after(
        case,
        "  - words: puts back the night\n"
        "    at: p2\n"
        "    asserts: {s01: {words: Nobody signed, fact: [deal, occurred]}}   # kept\n"
        "  - at: p3\n"
        "    words: |\n"
        "      order came\n"
        "      out\n"
        "\n"
        "    # kept, too\n"
        "    asserts:\n"
        "      s02: {fact: [deal, occurred], words: 'will appeal'}\n",
        drop_words=True,
    )
    assert findings == []
    assert re.sub(r"\d+-\d+", "N", text) == (
        "  - chars: N\n"
        "    at: p2\n"
        "    asserts: {s01: {chars: N, fact: [deal, occurred]}}   # kept\n"
        "  - at: p3\n"
        "    chars: N\n"
        "\n"
        "    # kept, too\n"
        "    asserts:\n"
        "      s02: {fact: [deal, occurred], chars: N}\n"
    )


def test_a_summary_that_copies_the_source(case: Path) -> None:
    _, findings = after(
        case, "  - {at: p3, cue: came out, summary: After the first shift the order came out the union will stay.}\n"
    )
    assert findings == [
        (
            "case.yaml:11:38: passage 1 repeats 9 words of its source in a row at `summary`: "
            '"after the first shift the order came out the". Say it in words of your own.'
        )
    ]


# --- the file


def test_grounding_twice_changes_nothing(case: Path) -> None:
    after(case, "  - {at: p2, cue: puts back}\n  - at: p3\n    cue: came out\n    asserts:\n      - [deal, occurred]\n")
    stamp_ = case.stat().st_mtime_ns
    report = ground([case], drop_words=True)
    assert (report.changed, report.findings, case.stat().st_mtime_ns) == ((), (), stamp_)


def test_check_writes_nothing(case: Path) -> None:
    block = "  - at: p2\n    cue: puts back\n"
    case.write_text(HEAD + block)
    report = ground([case], check=True)
    assert (report.changed, report.spans, report.digests) == ((case,), 1, 1)
    assert case.read_text() == HEAD + block


def test_line_ends_mark_and_permissions_stay(case: Path) -> None:
    text = (HEAD + "  - at: p2\n    cue: puts back\n  - at: p3\n    cue: came out").replace("\n", "\r\n")
    case.write_bytes(b"\xef\xbb\xbf" + text.encode())
    case.chmod(0o640)
    ground([case])
    now = case.read_bytes()
    assert now.startswith(b"\xef\xbb\xbfformat")
    assert now.count(b"\n") == now.count(b"\r\n") == text.count("\n") + 2
    assert case.stat().st_mode & 0o777 == 0o640
    assert not list(Path().glob(".case*"))


def test_a_link_stays_a_link(case: Path) -> None:
    Path("real.yaml").write_text(HEAD + "  - {at: p2, cue: puts back}\n")
    case.symlink_to("real.yaml")
    ground([case])
    assert case.is_symlink()
    assert "chars" in Path("real.yaml").read_text()


def test_a_file_that_is_not_yaml_is_left_alone(case: Path) -> None:
    text = HEAD + "  - {at: p2, cue: puts back\n"
    case.write_text(text)
    report = ground([case])
    assert len(report.errors) == 1
    assert case.read_text() == text


def test_a_folder_that_cannot_be_written(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    text = HEAD + "  - {at: p2, cue: puts back}\n"
    case.write_text(text)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        ground([case])
    assert str(caught.value) == (
        "case.yaml: cannot be written (No space left on device). Free some space, or choose another folder."
    )
    assert case.read_text() == text
    assert not list(Path().glob(".case*"))


SECTIONS = (
    "asserts: [[deal, occurred]]",
    "asserts:\n    - [deal, occurred]\n    # c\n    - fact: [deal, party, union]\n      hedge: x",
    "asserts:\n      -\n        [deal, occurred]\n      - - deal\n        - party\n        - union",
    "denies:\n      - s1\n      - {of: s1, cue: came out}",
    "asserts: {}",
    "words: Nobody signed",
    "summary: x",
)
LAYOUTS = st.lists(
    st.tuples(
        st.sampled_from(["{0}", "'{0}'", '"{0}"', "{0}  # a # comment", "\n      {0}"]),
        st.sampled_from(["has hired", "puts back", "Nobody signed", "came out", "will appeal", "kept silent"]),
        st.booleans(),
        st.sampled_from(SECTIONS),
        st.sampled_from(["\n", "\n\n", "\n    # note\n"]),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@settings(deadline=None)
@given(LAYOUTS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_any_layout_says_the_same_afterwards(
    layouts: list[tuple[str, str, bool, str, str]], drop: bool, end: str
) -> None:
    blocks = ""
    for value, cue, first, more, gap in layouts:
        field, place = f"cue: {value.format(cue)}", "by: union"
        one, other = (field, place) if first else (place, field)
        blocks += f"  - {one}{gap}    {other}{gap}    {more}\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "texts").mkdir()
        (Path(folder) / "texts" / "d.txt").write_text(SOURCE)
        case = Path(folder) / "case.yaml"
        case.write_bytes((HEAD + blocks).replace("\n", end).encode())
        before = case.read_bytes().decode()
        report = ground([case], drop_words=drop)
        now = case.read_bytes().decode()
        assert not report.errors, report.findings
        assert parse(now, "case.yaml")[1] == []
        assert _said(now) == _said(before)
        assert now.count("# ") >= before.count("# ")
        assert ground([case], drop_words=drop).changed == ()
        assert (end == "\r\n") == ("\r\n" in now) and (end == "\n" or now.count("\n") == now.count("\r\n"))


def _said(text: str) -> list[object]:
    """The passages without what ground writes."""

    def plain(value: object) -> object:
        if isinstance(value, Row):
            return [plain(member) for member in value]
        if isinstance(value, Table):
            return {
                str(k): list(map(plain, v.values() if isinstance(v, Table) else v))
                if k in ("asserts", "denies")
                else plain(v)
                for k, v in value.items()
                if k not in ("at", "chars", "words", "sha256")
            }
        return str(value)

    return [plain(table) for table in parse(text, "case.yaml")[0]]


def test_edits_keep_quotes_and_flow() -> None:
    source = "a: 'x'\nb: {c: \"y\", d: z}\ne:\n"
    table = parse(source, "f.yaml")[0][0]
    patch = Patch(source)
    inner = table[Text("b")]
    assert isinstance(inner, Table)
    for value, words in ((table[Text("a")], "1"), (inner[Text("c")], "2"), (table[Text("e")], "3")):
        assert isinstance(value, Text)
        patch.replace(value, words)
    assert patch.applied() == "a: '1'\nb: {c: \"2\", d: z}\ne: 3\n"


# --- reading a text


def test_sentences() -> None:
    text = (
        'Mr. J. Smith of the U.S. branch paid $1.5mn. "Is it so?" he asked. «No», dijo el Sr. Ruiz… Después calló. '
        "¿Quién pagó? ¡Nadie! It ended at 5 p.m. on Monday."
    )
    source = SourceText("Head\n" + text)
    assert [source.text[s.start : s.end] for s in source.sentences(source.paragraphs[1])] == [
        "Mr. J. Smith of the U.S. branch paid $1.5mn.", '"Is it so?" he asked.', "«No», dijo el Sr. Ruiz…",
        "Después calló.",
        "¿Quién pagó?", "¡Nadie!", "It ended at 5 p.m. on Monday.",
    ]  # fmt: skip


def test_a_text_with_decomposed_letters_is_searched_as_well() -> None:
    source = SourceText("Titular\nDijo que la accio\u0301n fue legal.\n")
    assert len(source.find("la acción fue")) == 1


@given(st.text())
def test_flattening_keeps_every_offset(text: str) -> None:
    assert len(flatten(text)) == len(text)


@given(
    st.text(st.one_of(st.sampled_from(" \n\r.!?\"'AB12éñ…"), st.characters(exclude_categories=["Cs"])), max_size=200)
)
def test_sentences_never_overlap_and_lose_no_letter(text: str) -> None:
    source = SourceText(text)
    spans = [span for paragraph in source.paragraphs for span in source.sentences(paragraph)]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    kept = "".join(text[span.start : span.end] for span in spans)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


@settings(deadline=None)  # a busy machine is no fault of the text
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_can_be_looked_up(text: str, words: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in SourceText(text).find(words))


# --- show, cover, stamp


def test_show_gives_the_words_of_a_statement(case: Path) -> None:
    after(
        case,
        "  - at: p2\n    cue: puts back\n    asserts: {s01: [deal, occurred]}\n"
        "  - at: p3\n    by: union\n    asserts: {s02: [deal, party, union]}\n"
        "  - at: page 9\n    asserts: {s03: [deal, party, norvik]}\n",
    )
    loaded, _ = examine(case)
    assert loaded is not None
    assert show(loaded, "s01") == "The union, led by Mr. J. Smith of the U.S. branch, puts back the night."
    assert show(loaded, "d/s02") == "After the first shift the order came out. The union will appeal."
    for name, line in {
        "s09": "s09: is the id of no statement. Write document/s01.",
        "s03": "case.yaml:19: statement s03 has no place in the text. Give it a cue, then run `actorgraph ground`.",
    }.items():
        with pytest.raises(CaseError) as caught:
            show(loaded, name)
        assert str(caught.value) == line
    Path("texts/d.txt").write_text("Another text.")
    with pytest.raises(
        CaseError, match=r"case.yaml:9:11: document d has the sha256 \w{12}…, but texts/d.txt has \w{12}…\."
    ):
        show(loaded, "s01")
    Path("texts/d.txt").unlink()
    with pytest.raises(CaseError, match="document d has no local text here"):
        show(loaded, "s01")


def test_cover_lists_what_no_statement_points_at(case: Path) -> None:
    after(
        case,
        "  - at: p2\n    cue: puts back\n    asserts: {s01: [deal, occurred]}\n"
        "  - at: p3\n    asserts: {s02: [deal, party, union]}\n",
    )
    loaded, _ = examine(case)
    assert loaded is not None
    found = cover(loaded)
    wrong = SOURCE.index('"It is wrong')
    assert [str(finding).partition("-")[0] for finding in found] == [
        "texts/d.txt:1: headline, 0",
        f"texts/d.txt:4: the front, {SOURCE.index('The quay')}",
        f"texts/d.txt:7: p1, {SOURCE.index('The port')}",
        f"texts/d.txt:7: p1, {SOURCE.index('It wouldn')}",
        f"texts/d.txt:9: p2, {wrong}",
    ]
    start = SOURCE.index("The port")
    assert str(found[2]) == (
        f"texts/d.txt:7: p1, {start}-{SOURCE.index(' It wouldn')}: "
        'no statement points at "The port authority has hired…". '
        "Write what it says, or leave it when it says nothing."
    )
    assert {finding.severity for finding in found} == {"warning"}


def test_stamp_writes_what_decisions_and_denials_rely_on(case: Path) -> None:
    text = (
        HEAD
        + "  - at: p1\n    asserts: {s01: [deal, occurred]}\n"
        + "accept:\n  d/s01: {basis: judgment, record: r, by: us, on: 2024-06-01}   # kept\n"
        + "---\nformat: 1\ndocument: {id: e, publisher: paper}\npassages:\n  - at: p1\n    by: union\n    denies:\n"
        + '      s01: d/s01@00000000\n      s02: {of: ["d/s01"]}\n'
    )
    case.write_text(text)
    assert stamp([case]) == 3
    now = case.read_text()
    match = re.search(r"d/s01@([0-9a-f]{8}): \{basis", now)
    assert match is not None
    assert now == text.replace("d/s01: {", f"d/s01@{match[1]}: {{").replace("@00000000", f"@{match[1]}").replace(
        '"d/s01"', f'"d/s01@{match[1]}"'
    )
    assert [str(finding) for finding in examine(case)[1]] == []
    assert stamp([case]) == 0
    case.write_text(now.replace("asserts: {s01: [deal, occurred]}", "asserts: {s01: [deal, occurred, planned]}"))
    places = [str(finding).partition(": ")[0] for finding in examine(case)[1]]
    assert places == ["case.yaml:14:19", "case.yaml:22:12", "case.yaml:23:18"]


def test_stamp_leaves_a_case_with_errors(case: Path) -> None:
    text = (
        HEAD
        + "  - at: p1\n    asserts: {s01: [deal, occured]}\n"
        + "accept:\n  d/s01: {basis: judgment, record: r, by: us, on: 2024}\n"
    )
    case.write_text(text)
    with pytest.raises(CaseError) as caught:
        stamp([case])
    assert str(caught.value) == (
        'case.yaml:12:27: statement s01 uses the relation "occured", which is not declared. Did you mean occurred?'
    )
    assert case.read_text() == text


# --- format 2

LINES = """format: 2
title: Night work
names:
  media: {paper: Paper}
  union: {union: the union}
  company: {norvik: Norvik}
document: {id: d, publisher: paper, published: 2024-05-02, text: texts/d.txt, body_from: The port authority}
"""


def test_offsets_stand_in_the_key_of_a_place(case: Path) -> None:
    said = "  summary: Said.   # a comment\n  union says: norvik owns norvik\n"
    case.write_text(
        f"{LINES}p2 puts back the night:\n{said}p3 nowhere:\n{said}'p1 wouldn''t say':\n{said}", encoding="utf-8"
    )
    report = ground([case])
    assert [str(finding) for finding in report.findings] == [
        'case.yaml:11:1: place p3 has the cue "nowhere", which is not in the text. Copy a few words from it.'
    ]
    assert (report.spans, report.digests) == (2, 1)
    text = case.read_text("utf-8")
    start, end = SOURCE.index("The union, led"), SOURCE.index(' "It is wrong')
    assert f"p2 {start}-{end} puts back the night:\n{said}" in text
    assert re.search(r"^'p1 \d+-\d+ wouldn''t say':$", text, re.MULTILINE)
    assert f"sha256: {DIGEST}" in text
    assert ground([case]).changed == ()
    case_, _ = examine(case)
    assert case_ is not None
    assert (start, end) in {(claim.passage.start, claim.passage.end) for claim in case_.claims}
    case.write_text(text.replace(f"p2 {start}-{end}", "p2 1-5"), encoding="utf-8")
    again = ground([case])
    assert any(f"Now they are {start}-{end}." in str(finding) for finding in again.findings)
    assert f"p2 {start}-{end} puts back" in case.read_text("utf-8")


def test_a_byline_is_no_paragraph() -> None:
    lines = [
        "A head",
        "By Ann Lee, The Gazette, 4 March 2032",
        "4 de marzo de 2032",
        "By Monday the quay was shut.",
        "It rained.",
    ]
    places = [paragraph.at for paragraph in SourceText("\n".join(lines)).paragraphs]
    assert places == ["headline", "", "", "p1", "p2"]
