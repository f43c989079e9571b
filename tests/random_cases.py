"""Random cases of a few documents, for properties that hold whatever is written.

A case is drawn as a list of small numbers and written as an author would: two cases that share their actors, with
denials, parts of groups, periods, rival sums, roles of events, events that are called crimes, statements about
statements, and repetitions, also across documents.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from graph.base.errors import CaseError
from graph.case.model import Case
from graph.case.reader import load

ACTORS = """format: 1
actors:
  ana: {name: Ana Ruiz, kind: person}
  bo: {name: Bo Lund, kind: person, aliases: [Bosse]}
  norvik: {name: {en: the Norvik company, es: la empresa Norvik}, kind: company}
  gang: {name: Quay Nine, kind: organisation}
  gazette: {name: Harbour Gazette, kind: media}
  wire: {name: Wire agency, kind: media}
  crew: {name: the crew, kind: people}
  sailors: {name: the sailors, kind: people}
things:
  fee: {name: {en: the fee, es: la tasa}, kind: payment}
  strike: {name: {en: the strike, es: la huelga}, kind: event}
  extortion: {name: {en: extortion, es: extorsión}, kind: accusation}
  ransom: {name: {en: a ransom, es: un rescate}, kind: coercion}
"""
FACTS = (
    "ana, owns, norvik", "bo, owns, norvik", "ana, member-of, gang", "bo, works-for, norvik", "ana, close-to, bo",
    "fee, amount, 2000 EUR", "fee, amount, 1500 EUR", "fee, amount, at least 3000 EUR", "fee, amount, withheld",
    "fee, payer, norvik", "fee, payee, bo", "strike, organiser, gang", "strike, participant, ana",
    "norvik, known-as, Night Norvik", "bo, supports, strike",
    "ana, part-of, crew", "crew, member-of, gang", "crew, part-of, sailors", "sailors, member-of, gang",
    "strike, characterised-as, extortion", "bo, characterised-as, extortion", "ana, charged-with, strike",
    "gang, finances, strike", "fee, characterised-as, ransom", "fee, characterised-as, extortion",
    "strike, affected, bo",
)  # fmt: skip
STANCES = ("asserts", "asserts", "alleges", "presumes", "asks", "mentions")
MODALITIES = ("", "", "", "planned", "possible", "actual")
PERIODS = ("", "", "from: 2019, until: 2021", "from: 2020, until: 2020", "when: 2024-05")
SPEAKERS = ("", "", "ana", "bo", "norvik", "unstated", "wire")

#: One statement: document, what it is, a number for what is said, and one each for how.
LINE = st.tuples(
    st.integers(0, 3), st.sampled_from("fffffoodcnra"), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)
)
#: Two cases of four documents.
drawn = st.lists(LINE, min_size=2, max_size=14)


def written(folder: Path, lines: list[tuple[int, str, int, int, int]]) -> tuple[Path, Path]:
    """The two cases as files."""
    (folder / "actors.yaml").write_text(ACTORS)
    blocks: dict[int, list[str]] = {0: [], 1: [], 2: [], 3: []}
    stated: list[tuple[str, str]] = []
    for at, (document, what, first, second, third) in enumerate(lines):
        sid = f"s{at:02}"
        section, text = _line(what, sid, first, second, third, stated)
        speaker = SPEAKERS[third % len(SPEAKERS)]
        by = f"    by: {speaker}\n" if speaker else ""
        by += "    via: [wire]\n" if third % 5 == 0 and speaker != "wire" else ""
        blocks[document].append(f"  - at: p{1 + at % 3}\n{by}    {section}:\n      {sid}: {text}\n")
        stated.append((f"d{document}/{sid}", section if what in "fo" else "other"))
    for case, documents in (("north", (0, 1)), ("south", (2, 3))):
        texts = [f"format: 1\nid: {case}\ntitle: {{en: {case}, es: {case}}}\nshared: actors.yaml\n"]
        for number in documents:
            head = (
                f"document: {{id: d{number}, title: T{number}, published: 2031-05-0{number + 1}, publisher: gazette}}\n"
            )
            texts.append(f"format: 1\n{head}" + ("passages:\n" + "".join(blocks[number]) if blocks[number] else ""))
        (folder / f"{case}.yaml").write_text("---\n".join(texts))
    return folder / "north.yaml", folder / "south.yaml"


def _line(what: str, sid: str, first: int, second: int, third: int, stated: list[tuple[str, str]]) -> tuple[str, str]:
    """Section and text of a statement; what answers another is a plain fact when there is nothing to answer."""
    affirmed = [name for name, section in stated if section in ("asserts", "alleges", "presumes")]
    target = affirmed[first % len(affirmed)] if affirmed else ""
    if what == "d" and target:
        return ("denies", "contests")[second % 2], target
    if what == "c" and target:
        return "confirms", target
    if what == "n" and target:
        return "asserts", f"[{('bo, knew', 'strike, on-condition')[second % 2]}, {target}]"
    if what == "o":
        return STANCES[second % 3], f"[{('strike', 'fee')[first % 2]}, occurred{', planned' if third % 3 == 0 else ''}]"
    fact = FACTS[first % len(FACTS)]
    modality = MODALITIES[third % len(MODALITIES)]
    more = [f"fact: [{fact}{f', {modality}' if modality else ''}]"]
    if (period := PERIODS[(first + third) % len(PERIODS)]) and what == "f":
        more.append(period)
    if what == "r" and target:
        more.append(f"depends_on: {target}")
    if what == "a" and target:
        more.append(f"alternative_of: {target}")
    if second % 11 == 0:
        more.append("sensitive: true")
    if second % 13 == 0:
        more.append("withdrawn: {by: editors, on: 2031-06-01}")
    return STANCES[second % len(STANCES)], f"{{{', '.join(more)}}}"


def case_of(folder: Path, lines: list[tuple[int, str, int, int, int]]) -> Case | None:
    """The two cases, read together; None when what was drawn is no case."""
    try:
        return load(*written(folder, lines))
    except CaseError:
        return None
