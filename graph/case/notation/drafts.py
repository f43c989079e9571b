"""One statement while format 2 is read: who says what of what, with references that are not yet looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...vocabulary.frames import Frame
from ...yaml.reader import Value as Written
from .files import Entry
from .grammar import Line, Tie, Value

#: From the firmest to the softest.
AFFIRMING = ("asserts", "alleges", "presumes")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who states something, how, and with which line's status and printed words."""

    entry: Entry
    speaker: str | None
    section: str
    line: Line

    def turned(self, section: str) -> Voice:
        """The same speaker, in another way."""
        return replace(self, section=section)

    def bare(self, printed: str = "") -> Voice:
        """For what hangs on the line: its status and words are not those of the line."""
        return replace(self, line=replace(self.line, clauses=(), printed=printed, status="", id=""))

    def inside(self, tie: Tie, status: str = "") -> Voice:
        """For a line inside another: of the outer one it shares only that it could defame. `status` if it has none."""
        clauses = tuple(clause for clause in self.line.clauses if clause.word == "sensitive")
        return replace(
            self.turned("mentions"), line=replace(self.bare().line, clauses=clauses, status=tie.status or status)
        )

    def error(self, at: int, what: str, remedy: str, *, unknown: bool = False) -> None:
        """A finding at a character of the line."""
        self.entry.part.error(self.entry.text, at, what, remedy, unknown=unknown)


@dataclass(slots=True)
class Event:
    """What a frame's line stands for: its node, with what its name is made of."""

    id: str
    frame: Frame
    entry: Entry
    written: bool
    called: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    #: Part → its values, with the drafts that give them.
    parts: dict[str, list[Draft]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Draft:
    """A fact of one speaker. `subject`, `third` are values as written; `event` and `part` say what of a frame it is."""

    entry: Entry
    speaker: str | None
    section: str
    subject: Value
    relation: str
    third: Value | None = None
    status: str = ""
    hedge: tuple[str, ...] = ()
    fields: dict[str, Written | str] = field(default_factory=dict)
    event: str = ""
    part: str = ""
    #: What its id is made of, beside the line: `by 1`.
    piece: str = ""
    sid: str = ""
    #: Statements that this one answers; empty when it states a fact.
    answers: tuple[Draft, ...] = ()
    #: Statements that it names: `alternative_of`, `depends_on`, by field.
    links: dict[str, list[Draft]] = field(default_factory=dict)
    #: An id that is said again, to be looked up when all lines are known.
    again: Value | None = None

    @property
    def line(self) -> Line:
        return self.entry.line

    @property
    def affirms(self) -> bool:
        return self.section in AFFIRMING and self.again is None
