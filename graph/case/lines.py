"""Passages in, their lines out: one for each statement as written, which nothing has resolved yet.

A block of a document says where (`at`), who (`by`, `for`, `via`), how (`hedge`, `reported`) and, under a stance, the
statements with their ids. What a line does not say itself it takes from its block, and a block from its document. A
line that names its own speaker begins a chain of its own: whom the block's speaker speaks for, its verb, relays and
date stay with that speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from ..base.errors import did_you_mean
from ..vocabulary.model import Vocabulary
from ..yaml.forms import Findings, Form
from ..yaml.reader import Row, Table, Text, Value
from .model import Actor, Claim, Document, Proposition, Stance
from .values import Date, parse_date

#: Sections that state a fact, with the stance each gives it.
STATING = {
    "asserts": Stance.ASSERTED,
    "alleges": Stance.ALLEGED,
    "presumes": Stance.PRESUMED,
    "asks": Stance.ASKED,
    "declines": Stance.DECLINED,
    "mentions": Stance.MENTIONED,
}
#: Sections that answer a statement, by its id.
ANSWERING = {
    "denies": Stance.DENIED,
    "contests": Stance.CONTESTED,
    "confirms": Stance.ASSERTED,
    "declines": Stance.DECLINED,
    "asks": Stance.ASKED,
}
SECTIONS = (*STATING, "denies", "contests", "confirms")
#: The stance of a fact under each section. One that is denied is a negative of the speaker's own: it answers nobody.
OF_FACTS = {**STATING, "denies": Stance.DENIED, "contests": Stance.CONTESTED}
CONTEXT_KEYS = (
    "at", "cue", "chars", "by", "for", "via", "said", "verb", "reported", "hedge", "language", "summary",
    "confidential", "words",
)  # fmt: skip
BLOCK_KEYS = (*CONTEXT_KEYS, *SECTIONS)
LINE_KEYS = (
    *CONTEXT_KEYS, "fact", "of", "modality", "when", "from", "until", "many", "sensitive", "implied", "inferred",
    "alternative_of",
    "confirms", "counters", "depends_on", "reply", "no_reply_because", "withdrawn", "corrected", "grade",
    "note", "withheld_by",
)  # fmt: skip
_OWN_TO_A_SPEAKER = frozenset({"for", "verb", "via", "said", "reported"})
STATEMENT = re.compile(r"(?:([a-z0-9][a-z0-9.-]*)/)?([A-Za-z][\w-]*)(?:@([0-9a-f]{8}))?")
#: A statement about a statement about a statement …: nobody follows more.
DEEPEST = 20
UNSTATED = "unstated"


class Numbered(Text):
    """A statement's id in format 2, where the order of writing counts; those of format 1 are sorted by their ids."""

    __slots__ = ("number",)
    number: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What the ids of one case mean: nodes of the case and of the files it shares, and all documents."""

    case: str
    nodes: Mapping[str, str]
    actors: Mapping[str, Actor]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    unsure: AbstractSet[str] = frozenset()


@dataclass(slots=True)
class Line:
    """One statement as written, not yet resolved."""

    scope: Scope
    document: Document
    sid: Text
    section: str
    form: Form | None
    value: Row | Text
    levels: tuple[Form, ...]
    file: str
    findings: Findings
    proposition: Proposition | None = None
    resolving: bool = False
    resolved: bool = False
    depth: int = 0
    approximate: str = ""
    claims: list[Claim] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Which statement it is, as they are written; 0 where that means nothing."""
        return self.sid.number if isinstance(self.sid, Numbered) else 0

    @property
    def name(self) -> str:
        return f"statement {self.sid}"

    @property
    def key(self) -> tuple[str, str]:
        return self.document.id, str(self.sid)

    def level(self, key: str) -> Form | None:
        """The form from which this line takes a field: its own, its block's or its document's."""
        spoken = False
        for form in self.levels:
            if key in form:
                # How the whole document came (a wire story, a rumour) holds for every speaker in it.
                whole = form is self.levels[-1] and key not in ("for", "verb")
                return None if spoken and key in _OWN_TO_A_SPEAKER and not whole else form
            spoken = spoken or "by" in form
        return None

    def language(self) -> str:
        """The language of the words that the line stands for."""
        form = self.level("language")
        return form.language(self.document.language) if form else self.document.language

    def error(self, at: Value, what: str, remedy: str) -> None:
        """A finding at a value of the file."""
        self.findings.error(self.file, at, f"{self.name} {what}", remedy)

    def unknown(self, at: Value, what: str, remedy: str) -> None:
        """A finding for a name that is declared nowhere."""
        self.findings.unknown(self.file, at, f"{self.name} {what}", remedy)

    def too_deep(self) -> None:
        """A finding for a statement about a statement about …"""
        what = f"stands on more than {DEEPEST} statements, each about the next."
        self.error(self.sid, what, "Say it more simply.")

    def about_itself(self) -> None:
        """A finding for a circle."""
        self.error(self.sid, "is about itself, by a circle.", "Take one link out.")


class Lines:
    """The lines of all documents named together, by document and id."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.by_key: dict[tuple[str, str], Line] = {}

    def gather(self, scope: Scope, document: Document, defaults: Form, blocks: Iterable[Form]) -> None:
        """Take in the lines of a document's blocks. Ids are settled, nothing is resolved yet."""
        for block in blocks:
            block.only(BLOCK_KEYS)
            for section in SECTIONS:
                value = block.get(section)
                if value is None or value == "":
                    continue
                if isinstance(value, Row):
                    block.error(section, f"has statements without ids at `{section}`.", "Run `actorgraph ground`.")
                    continue
                if not isinstance(value, Table):
                    example = "s01: [a, relation, b]" if section in STATING else "s02: s01"
                    block.error(section, f"needs `id: statement` lines at `{section}`.", f"Write {example}.")
                    continue
                for sid, line in value.items():
                    self._line(scope, document, section, sid, line, (block, defaults))

    def _line(
        self, scope: Scope, document: Document, section: str, sid: Text, value: object, outer: tuple[Form, ...]
    ) -> None:
        file, name = outer[0].file, f"statement {sid}"
        form = None
        if isinstance(value, Table):
            form = Form(value, file, name, self.findings)
            form.only(LINE_KEYS)
            inner = form.get("fact") or form.get("of")
            if inner is None:
                form.error(None, "has neither `fact` nor `of`.", "Write {fact: [a, relation, b], …} or {of: s01, …}.")
                return
            if "of" in form and section not in ANSWERING:
                form.error("of", f"has `of` under `{section}`.", "Write fact: [a, relation, b].")
                return
            value = inner
        if not isinstance(value, Row | Text) or not value:
            self.findings.error(file, sid, f"{name} states nothing.", "Write [a, relation, b].")
            return
        if not STATEMENT.fullmatch(sid) or "/" in sid or "@" in sid:
            self.findings.error(file, sid, f"{name} has an id that cannot be one.", "Write a word such as s01.")
            return
        levels = (form, *outer) if form else outer
        line = Line(scope, document, sid, section, form, value, levels, file, self.findings)
        other = self.by_key.setdefault(line.key, line)
        if other is not line:
            self.findings.error(
                file,
                sid,
                f"{name} stands in {other.file}:{other.sid.line} already.",
                "Give one of the two another id.",
            )

    def find(self, line: Line, name: Text, what: str) -> Line | None:
        """The line that a name such as `s01` or `gazette/s01@5f3a9c1e` means; a finding when there is none."""
        match = STATEMENT.fullmatch(name)
        found = self.by_key.get((match[1] or line.document.id, match[2])) if match else None
        if found is None:
            ids = [sid for document, sid in self.by_key if document == line.document.id]
            line.unknown(name, f'{what} "{name}", which is no statement.', did_you_mean(name.partition("@")[0], ids))
        return found

    def is_statement(self, line: Line, name: str) -> bool:
        match = STATEMENT.fullmatch(name)
        return bool(match) and (match[1] or line.document.id, match[2]) in self.by_key  # type: ignore[index]

    def targets(self, line: Line) -> list[Line]:
        """The lines that an answering line answers."""
        names = [line.value] if isinstance(line.value, Text) else [n for n in line.value if isinstance(n, Text)]
        if isinstance(line.value, Row) and len(names) != len(line.value):
            line.error(line.sid, f"{line.section} something without an id.", "Name it: s01.")
        verb = line.section
        if self._shaped_as_fact(line):
            line.error(
                line.sid,
                f"{verb} a fact, where the id of a statement is due.",
                "Name the statement that it confirms.",
            )
            return []
        targets = [target for name in names if (target := self.find(line, name, verb)) is not None]
        if len(targets) != len({target.key for target in targets}):
            line.error(line.sid, f"{verb} a statement twice.", "Name each of them once.")
        return targets

    def _shaped_as_fact(self, line: Line) -> bool:
        """Whether it reads `[a, relation, b]`, and not `[s01, s02]`."""
        if not isinstance(line.value, Row) or len(line.value) < 2 or not isinstance(line.value[1], Text):
            return False
        name = line.value[1]
        relations = line.scope.vocabulary
        if line.form is not None and "fact" in line.form:
            return True  # as it says itself: an id may be called as a relation is
        return (name in relations.relations or name in relations.inverses()) and not self.is_statement(line, name)

    def answers(self, line: Line) -> bool:
        """Whether a line answers statements, rather than stating a fact of its own."""
        if line.section in ("denies", "contests"):
            return not self._shaped_as_fact(line)
        if line.section == "confirms":
            return True
        if line.section not in ANSWERING or isinstance(line.value, Text):
            return line.section in ANSWERING
        # [s01, s02] answers two statements, [s01, because, s02] states a fact.
        relations = {*line.scope.vocabulary.relations, *line.scope.vocabulary.inverses()}
        return all(
            isinstance(name, Text) and self.is_statement(line, name) and name not in relations for name in line.value
        )

    def first(self, line: Line) -> Line:
        """The statement that an answer takes its proposition from; a fact takes it from itself."""
        return self.targets(line)[0] if self.answers(line) else line


def node_at(line: Line, form: Form, key: str) -> str | None:
    """The one node that a field names."""
    words = form.words(key)
    if len(words) > 1:
        form.error(key, f"names {len(words)} at `{key}`.", "Name one.")
    return node_named(line, form, words[0]) if words else None


def node_named(line: Line, form: Form, name: Text) -> str | None:
    """The node that a word names; a finding when there is none."""
    node = line.scope.nodes.get(name)
    if node is None:
        who = line.name if line.form is form else f"{form.name}, used by {line.name},"
        line.findings.unknown(
            line.file,
            name,
            f'{who} says "{name}", which is declared nowhere.',
            did_you_mean(name, [*line.scope.nodes, UNSTATED]),
        )
    return node


def date_at(form: Form | None, key: str) -> Date | None:
    """The time that a field gives; a finding when it is none."""
    text = form.text(key) if form else ""
    if form is None or not text:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        what, _, remedy = str(error).partition(": ")
        form.error(key, f"has an impossible `{key}`: {what}.", f"{remedy[:1].upper()}{remedy[1:]}.")
        return None
