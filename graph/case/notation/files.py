"""The YAML of format 2 in, its places, speakers and lines out, each line already in its parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...base.errors import did_you_mean
from ...yaml.forms import Findings, Form
from ...yaml.reader import Row, Table, Text, Value
from ..model import Place
from .grammar import TAG, Line, parse
from .marks import table as made
from .tokens import LineError, place_in

#: What a speaker does, and the section of format 1 that it is.
VERBS = {
    "says": "asserts",
    "alleges": "alleges",
    "supposes": "presumes",
    "denies": "denies",
    "says not": "denies",
    "doubts": "contests",
    "declines": "declines",
}
#: What stands without a speaker.
SPEAKERLESS = ("implied", "inferred")
SOMEBODY = "somebody"
CASE_KEYS = (
    "title", "id", "language", "languages", "editor", "contact", "licence", "corrections", "version", "cast", "uses",
)  # fmt: skip
SECTIONS = (
    "format", *CASE_KEYS, "names", "relations", "frames", "kinds", "units", "folds", "document", "speakers", "accept",
    "reject", "reply", "no_reply_because", "withdrawn", "corrected", "grade", "note",
)  # fmt: skip
#: The editors' own fields of a statement, by its id.
DESK = ("reply", "no_reply_because", "withdrawn", "corrected", "grade", "note")
PLACE = re.compile(
    r"(headline|subtitle|byline|caption|heading|p\d{1,6}|(?:page|line|par\.|art\.) \d{1,6}|§ ?\d{1,6}"
    r"|(?:\d{1,3}:)?\d{1,3}:\d\d)(?: (\d{1,9}-\d{1,9}))?(?: (.+))?"
)
#: The verb that is read for one as printed: it says no more than that somebody says it.
_PLAIN = {"says not": "says"}
_SPEAKING = re.compile(r"(.+?) (" + "|".join(sorted(VERBS, reverse=True)) + r")(?: \((.*)\))?")
_SPEAKERLESS = re.compile("(" + "|".join(SPEAKERLESS) + r")(?: \((.*)\))?")
_SPEAKER = re.compile(r"(?:[a-z0-9][a-z0-9.-]*/)?[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a document: where, the offsets that `ground` wrote, a few of its words, and what it says."""

    at: str
    chars: str
    cue: str
    key: Text
    summary: Value | None = None


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks, and how: `ruiz denies (rejects):`. Without speakers it is implied or inferred."""

    speakers: tuple[str, ...]
    verb: str
    section: str
    key: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line under its speaker and place."""

    part: Part
    spot: Spot
    speaking: Speaking
    line: Line
    text: Text


@dataclass(slots=True)
class Part:
    """One YAML document: the card of a source with all that is said there, or words and names of the case."""

    form: Form
    source: Sequence[str]
    #: The id of its document, empty when it has none.
    document: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def findings(self) -> Findings:
        return self.form.findings

    @property
    def table(self) -> Table:
        return self.form.table

    @property
    def publisher(self) -> str:
        card = self.form.get("document")
        return str(card.get(Text("publisher"), "")) if isinstance(card, Table) else ""

    def error(self, text: Text, offset: int, what: str, remedy: str, *, unknown: bool = False) -> None:
        """A finding at a character of a scalar."""
        tell = self.findings.unknown if unknown else self.findings.error
        tell(self.form.file, Place(self.form.file, *place_in(text, self.source, offset)), what, remedy)

    def at_key(self, key: Text, what: str, remedy: str) -> None:
        """A finding at a key."""
        self.error(key, 0, what, remedy)


def read_entries(part: Part, frames: Collection[str]) -> None:
    """Fill a part with its lines. A finding for each line that is none, and for each key that is not known."""
    for key, value in part.table.items():
        if key in SECTIONS:
            continue
        match = PLACE.fullmatch(key)
        if not match:
            known = [*SECTIONS, "headline", "caption", "p1"]
            part.at_key(key, f'has "{key}", which is neither a place nor a key of this form.', did_you_mean(key, known))
        elif not isinstance(value, Table):
            part.at_key(key, f'has nothing said at "{key}".', "Write below it who speaks: gazette says: …")
        elif not part.document and "document" not in part.table:
            part.at_key(key, f'has the place "{key}" without a document.', "Write document: {publisher: …} above it.")
        else:
            spot = Spot(match[1], match[2] or "", match[3] or "", key, _summary(part, value))
            for speaking, lines in _speaking(part, value):
                part.entries += _entries(part, spot, speaking, lines, frames)


def _summary(part: Part, place: Table) -> Value | None:
    """What a place says: `summary`, or in a case of several languages a text for each, by its tag."""
    tagged: dict[str, Value | str] = {str(key): text for key, text in place.items() if TAG.fullmatch(key)}
    summary = place.get(Text("summary"))
    if tagged and summary is not None:
        part.at_key(next(iter(place)), "has a summary, and one by language as well.", "Keep one of the two.")
    return made(tagged, place) if tagged else summary


def _speaking(part: Part, table: Table) -> Iterator[tuple[Speaking, Value]]:
    for key, value in table.items():
        if key == "summary" or TAG.fullmatch(key):
            continue
        if alone := _SPEAKERLESS.fullmatch(key):
            yield Speaking((), alone[2] or "", alone[1], key), value
            continue
        match = _SPEAKING.fullmatch(key)
        names = [name.strip() for name in match[1].split(",")] if match else []
        if not match or not all(map(_SPEAKER.fullmatch, names)):
            part.at_key(
                key,
                f'has "{key}" where a speaker with a verb is due.',
                f"Write an id and one of {', '.join(VERBS)}, such as: gazette says.",
            )
        elif len(set(names)) != len(names):
            part.at_key(key, "names a speaker twice.", "Name each of them once.")
        else:
            yield Speaking(tuple(names), match[3] or _PLAIN.get(match[2], ""), match[2], key), value


def _entries(part: Part, spot: Spot, speaking: Speaking, value: Value, frames: Collection[str]) -> Iterator[Entry]:
    for text in value if isinstance(value, Row) else [value]:
        if isinstance(text, Table):
            first = next(iter(text), speaking.key)
            part.at_key(
                first,
                f'reads "{first}" as a key, because of the colon behind it.',
                "A line is text: put all of it in single quotes, or take the colon out.",
            )
        elif isinstance(text, Row):
            part.findings.error(part.form.file, text, "has a list where a line is due.", "Write one line of text.")
        elif not text.strip():
            part.at_key(speaking.key, f'has nothing below "{speaking.key}".', "Write what is said.")
        else:
            try:
                yield Entry(part, spot, speaking, parse(text, frames), text)
            except LineError as error:
                part.error(text, error.at, error.what, error.remedy)


def speaker_lines(part: Part) -> Mapping[str, Text]:
    """`speakers:`, by id: `for norvik; via wire; said 2032-03-01`."""
    value = part.table.get(Text("speakers"))
    if value is None:
        return {}
    if not isinstance(value, Table):
        part.form.error("speakers", "needs a line for each speaker at `speakers`.", "Write lawyer: for norvik.")
        return {}
    found = {}
    for key, text in value.items():
        if isinstance(text, Text) and text:
            found[str(key)] = text
        else:
            part.at_key(key, f"says nothing of {key}.", "Write for, via or said: for norvik; via wire.")
    return found
