"""Passages in, propositions and claims out.

A block of a document says where (`at`), who (`by`, `for`, `via`), how (`hedge`, `reported`) and, under a stance, the
statements with their ids. What a line does not say itself it takes from its block, and a block from its document. A
line that names its own speaker begins a chain of its own: whom the block's speaker speaks for, its verb, relays and
date stay with that speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from ..base.errors import did_you_mean
from ..vocabulary.model import Relation, Vocabulary
from ..yaml.forms import Findings, Form
from ..yaml.reader import Row, Table, Text
from .model import (
    OPPOSING,
    Actor,
    Claim,
    Document,
    Hop,
    Missing,
    Modality,
    Nested,
    Passage,
    Place,
    Proposition,
    Reply,
    Retraction,
    Stance,
    Third,
    Words,
    digest,
    relinked,
)
from .values import Date, parse_date, parse_quantity

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
CONTEXT_KEYS = (
    "at", "cue", "chars", "by", "for", "via", "said", "verb", "reported", "hedge", "language", "summary",
    "confidential", "words",
)  # fmt: skip
BLOCK_KEYS = (*CONTEXT_KEYS, *SECTIONS)
LINE_KEYS = (
    *CONTEXT_KEYS, "fact", "of", "modality", "when", "from", "until", "many", "sensitive", "implied", "alternative_of",
    "confirms", "counters", "depends_on", "reply", "no_reply_because", "withdrawn", "corrected", "grade",
    "note", "withheld_by",
)  # fmt: skip
_OWN_TO_A_SPEAKER = frozenset({"for", "verb", "via", "said", "reported"})
_STATEMENT = re.compile(r"(?:([a-z0-9][a-z0-9.-]*)/)?([A-Za-z][\w-]*)(?:@([0-9a-f]{8}))?")
_GRADE = re.compile(r"[A-F][1-6]?|[1-6]")
_CHARS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_PARAGRAPH = re.compile(r"(?:p|§|¶|page |line |par\. |art\. )(\d{1,6})", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)", re.ASCII)
#: A statement about a statement about a statement …: nobody follows more.
_DEEPEST = 20
UNSTATED = "unstated"
#: Sections whose lines affirm nothing; as a part of another statement they would be read as if they did.
_TAKES_NO_SIDE = frozenset({"denies", "contests", "asks", "declines"})
#: Digits between separators of thousands.
_THOUSANDS = 3
_LINKS = {
    "counters": "counters",
    "confirms": "confirms",
    "depends_on": "depends on",
    "alternative_of": "is an alternative of",
}
_FRONT = {"headline": 0, "subtitle": 1, "byline": 2, "caption": 3}


def place_order(at: str) -> int:
    """Where a place stands in its document: headline and caption first, then by number."""
    if at in _FRONT:
        return _FRONT[at]
    if match := _PARAGRAPH.match(at):
        return 10 + int(match[1])
    if match := _CLOCK.fullmatch(at):
        return 10 + int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    return 1_000_000


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
    proposition: Proposition | None = None
    resolving: bool = False
    resolved: bool = False
    depth: int = 0
    approximate: str = ""
    claims: list[Claim] = field(default_factory=list)

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


class Reader:
    """Reads the statements of all documents named together, in two rounds: first the lines, then what they point at."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.lines: dict[tuple[str, str], Line] = {}
        self.propositions: dict[str, Proposition] = {}
        self._level = 0

    # --- first round

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
            self.findings.error(file, sid.line, f"{name} states nothing.", "Write [a, relation, b].")
            return
        if not _STATEMENT.fullmatch(sid) or "/" in sid or "@" in sid:
            self.findings.error(file, sid.line, f"{name} has an id that cannot be one.", "Write a word such as s01.")
            return
        levels = (form, *outer) if form else outer
        line = Line(scope, document, sid, section, form, value, levels, file)
        other = self.lines.setdefault(line.key, line)
        if other is not line:
            self.findings.error(
                file,
                sid.line,
                f"{name} stands in {other.file}:{other.sid.line} already.",
                "Give one of the two another id.",
            )

    # --- second round

    def resolve(self) -> tuple[Claim, ...]:
        """All claims. Findings are left for whatever does not resolve."""
        for line in self.lines.values():
            self._propositions(line)
        for line in self.lines.values():
            line.claims = self._claims(line)
        by_key = {line.key: [claim.iri for claim in line.claims] for line in self.lines.values()}
        claims = [self._linked(line, claim, by_key) for line in self.lines.values() for claim in line.claims]
        self._no_cycles(claims)
        return tuple(sorted(claims, key=lambda claim: claim.iri))

    def find(self, line: Line, name: Text, what: str) -> Line | None:
        """The line that a name such as `s01` or `gazette/s01@5f3a9c1e` means; a finding when there is none."""
        match = _STATEMENT.fullmatch(name)
        found = self.lines.get((match[1] or line.document.id, match[2])) if match else None
        if found is None:
            ids = [sid for document, sid in self.lines if document == line.document.id]
            self.findings.unknown(
                line.file,
                name.line,
                f'{line.name} {what} "{name}", which is no statement.',
                did_you_mean(name.partition("@")[0], ids),
            )
        return found

    def is_statement(self, line: Line, name: str) -> bool:
        match = _STATEMENT.fullmatch(name)
        return bool(match) and (match[1] or line.document.id, match[2]) in self.lines  # type: ignore[index]

    def _targets(self, line: Line) -> list[Line]:
        """The lines that an answering line answers."""
        names = [line.value] if isinstance(line.value, Text) else [n for n in line.value if isinstance(n, Text)]
        if isinstance(line.value, Row) and len(names) != len(line.value):
            self.findings.error(
                line.file, line.sid.line, f"{line.name} {line.section} something without an id.", "Name it: s01."
            )
        verb = line.section
        if len(names) > 1 and names[1] in line.scope.vocabulary.relations and not self.is_statement(line, names[1]):
            self.findings.error(
                line.file,
                line.sid.line,
                f"{line.name} {verb} a fact, where the id of a statement is due.",
                "State the fact by itself (implied: true when the text only presupposes it), and name its id here.",
            )
            return []
        targets = [target for name in names if (target := self.find(line, name, verb)) is not None]
        if len(targets) != len({target.key for target in targets}):
            self.findings.error(
                line.file, line.sid.line, f"{line.name} {verb} a statement twice.", "Name each of them once."
            )
        return targets

    def _answers(self, line: Line) -> bool:
        if line.section in ("denies", "contests", "confirms"):
            return True
        if line.section not in ANSWERING or isinstance(line.value, Text):
            return line.section in ANSWERING
        # [s01, s02] answers two statements, [s01, because, s02] states a fact.
        relations = {*line.scope.vocabulary.relations, *line.scope.vocabulary.inverses()}
        return all(
            isinstance(name, Text) and self.is_statement(line, name) and name not in relations for name in line.value
        )

    def _propositions(self, line: Line) -> Proposition | None:
        """The (first) proposition of a line, resolved at need, since a line may be about another one."""
        if line.resolved:
            return line.proposition
        if line.resolving:
            self._about_itself(line)
            return None
        if self._level > _DEEPEST:
            self._too_deep(line)
            return None
        line.resolving = True
        self._level += 1
        if self._answers(line):
            targets = self._targets(line)
            if targets:
                # All of them, so that a circle is met here and nowhere later.
                found = [self._propositions(target) for target in targets]
                line.proposition = self._answered(line, found[0])
                line.depth = 1 + max(target.depth for target in targets)
        else:
            line.proposition = self._fact(line)
        self._level -= 1
        line.resolving, line.resolved = False, True
        if line.depth > _DEEPEST:
            self._too_deep(line)
            line.proposition = None
        return line.proposition

    def _answered(self, line: Line, proposition: Proposition | None) -> Proposition | None:
        """What an answer is about: what it answers, or a period of it when the answer gives one (`when: 2020`)."""
        since, until = self._period(line)
        if proposition is None or not (since or until):
            return proposition
        return self._mint(replace(proposition, since=since, until=until))

    def _fact(self, line: Line) -> Proposition | None:
        row = line.value
        if isinstance(row, Text) or len(row) < 2 or not all(isinstance(part, Text) for part in row):
            self.findings.error(
                line.file, row.line, f"{line.name} is not a fact.", "Write [subject, relation, third place]."
            )
            return None
        parts = [part for part in row if isinstance(part, Text)]
        relation, turned = self._relation(line, parts[1])
        if relation is None:
            return None
        none = relation.takes == {"none"}
        most = 3 if none else 4
        least = 2 if "none" in relation.takes else 3
        if len(parts) > 3 and parts[2][-1:].isdigit() and parts[3][:1].isdigit():
            whole = f"{parts[2]},{parts[3]}"
            self.findings.error(
                line.file,
                row.line,
                f'{line.name} has "{whole}", which YAML cuts in two at its comma.',
                f"Write digits without separators: {parts[2]}{parts[3]}."
                if len(parts[3].partition(" ")[0]) == _THOUSANDS
                else f"Write a point for a fraction: {parts[2]}.{parts[3]}.",
            )
            return None
        if not least <= len(parts) <= most:
            shape = "[subject, relation]" if none else "[subject, relation, third place]"
            self.findings.error(
                line.file,
                row.line,
                f"{line.name} has {len(parts)} parts with {relation.key}.",
                f"Write {shape}, and perhaps a modality.",
            )
            return None
        subject = self._end(line, parts[0], "subject")
        third: Third = None
        if not none and len(parts) > 2:
            third = self._third(line, relation, parts[2])
            if third is None:
                return None
        if subject is None:
            return None
        if turned:
            if not isinstance(third, str | Nested):
                self.findings.error(
                    line.file,
                    row.line,
                    f'{line.name} uses the inverse "{parts[1]}" with a value.',
                    f"Use {relation.key}.",
                )
                return None
            subject, third = third, subject
        if not relation.directed and isinstance(third, str) and isinstance(subject, str):
            subject, third = sorted((subject, third))
        self._kinds(line, relation, subject, third, row.line)
        since, until = self._period(line)
        return self._mint(Proposition(subject, relation.key, third, since, until))

    def _mint(self, proposition: Proposition) -> Proposition:
        wide = proposition.wide()
        if wide is not None:
            self.propositions.setdefault(wide.iri, wide)
        return self.propositions.setdefault(proposition.iri, proposition)

    def _relation(self, line: Line, name: Text) -> tuple[Relation | None, bool]:
        relations = line.scope.vocabulary.relations
        if name in relations:
            return relations[name], False
        inverses = line.scope.vocabulary.inverses()
        if name in inverses:
            return relations[inverses[name]], True
        self.findings.unknown(
            line.file,
            name.line,
            f'{line.name} uses the relation "{name}", which is not declared.',
            did_you_mean(name, [*relations, *inverses]),
        )
        return None, False

    def _end(self, line: Line, name: Text, what: str) -> str | Nested | None:
        """A node, or a nested proposition."""
        if name in line.scope.nodes:
            return line.scope.nodes[name]
        if self.is_statement(line, name):
            target = self.find(line, name, "is about")
            if target and target.section in _TAKES_NO_SIDE:
                self.findings.error(
                    line.file,
                    name.line,
                    f"{line.name} is about {name}, which {target.section} something: that would be lost.",
                    "Name the statement it answers, with a relation that says so, such as foretells-denial-of.",
                )
                return None
            inner = self._propositions(target) if target else None
            line.depth = max(line.depth, target.depth + 1) if target else line.depth
            return Nested(inner.iri) if inner else None
        self._unknown(line, name, what)
        return None

    def _unknown(self, line: Line, name: Text, what: str, *, statement: bool = False) -> None:
        # Where the id is missing is said by the id's own line; the file to mend is named.
        missing = "is no actor, no thing and no statement" if statement else "is not in actors.yaml or things.yaml"
        self.findings.unknown(
            line.file,
            name.line,
            f'{line.name} says "{name}" as {what}, which {missing}.',
            did_you_mean(name, line.scope.nodes),
        )

    def _third(self, line: Line, relation: Relation, name: Text) -> Third:
        takes = relation.takes
        if name in ("unknown", "withheld"):
            by = self._node(line, line.form, "withheld_by") if line.form else None
            return Missing(f"{line.document.iri}/{line.sid}/{name}", name == "withheld", by)
        if takes & {"node", "statement"}:
            known = name in line.scope.nodes
            if (known and "node" in takes) or ("statement" in takes and self.is_statement(line, name)):
                return self._end(line, name, "third place")
            if known or not takes & {"quantity", "date", "text"}:
                if self.is_statement(line, name):
                    self.findings.error(
                        line.file,
                        name.line,
                        f"{line.name} has a statement in third place of {relation.key}, which takes none.",
                        "Name an actor or a thing.",
                    )
                elif known:
                    self._takes(line, relation, name)
                else:
                    self._unknown(line, name, "third place", statement="statement" in takes)
                return None
        return self._value(line, relation, name)

    def _takes(self, line: Line, relation: Relation, name: Text) -> None:
        self.findings.error(
            line.file,
            name.line,
            f'{line.name} has "{name}" in third place of {relation.key}, which takes a '
            f"{' or '.join(sorted(relation.takes))}.",
            "Put such a value there.",
        )

    def _value(self, line: Line, relation: Relation, name: Text) -> Third:
        problem = ""
        if "date" in relation.takes:
            words = name.split(maxsplit=1)
            soft = words[0] if len(words) == 2 and words[0] in ("about", "around", "circa") else ""
            try:
                found = parse_date(words[1] if soft else name)
            except ValueError as error:
                problem = str(error)
            else:
                line.approximate = soft
                return found
        if "quantity" in relation.takes:
            units = line.scope.vocabulary.units
            try:
                quantity, line.approximate = parse_quantity(name, relation.counts, units, line.scope.nodes.get)
            except ValueError as error:
                problem = problem or str(error)
            else:
                return quantity
        if "text" in relation.takes:
            return Words(str(name), self._language(line))
        what, _, remedy = problem.partition(": ")
        remedy = remedy[:1].upper() + remedy[1:]
        self.findings.error(
            line.file,
            name.line,
            f"{line.name}: {what}." if what else f"{line.name} has nothing in third place.",
            remedy + ("" if remedy.endswith(("?", ".")) else ".") if remedy else "Mend it.",
        )
        return None

    def _kinds(self, line: Line, relation: Relation, subject: str | Nested, third: Third, at: int) -> None:
        for node, wanted, what in ((subject, relation.subject, "first"), (third, relation.third, "third")):
            if not wanted or not isinstance(node, str | Nested):
                continue
            if isinstance(node, Nested):
                if "statement" not in wanted and "statement" not in relation.takes:
                    kind = "statement"
                else:
                    continue
            else:
                kind = line.scope.actors[node].kind
                if node in line.scope.unsure or line.scope.vocabulary.is_a(kind, wanted):
                    continue
            self.findings.error(
                line.file,
                at,
                f"{line.name} has {'an' if kind[0] in 'aeiou' else 'a'} {kind} in {what} place of {relation.key}.",
                f"Use one of {', '.join(sorted(wanted))}, or another relation.",
            )

    def _period(self, line: Line) -> tuple[Date | None, Date | None]:
        if line.form is None:
            return None, None
        when = self._date(line.form, "when")
        since, until = self._date(line.form, "from"), self._date(line.form, "until")
        if when is not None and (since or until):
            line.form.error("when", "has `when` beside `from` or `until`.", "Keep one of the two ways.")
        if since and until and since.earliest > until.latest:
            line.form.error("until", "ends before it begins.", "Turn `from` and `until` round.")
        return (when, when) if when else (since, until)

    def _date(self, form: Form | None, key: str) -> Date | None:
        text = form.text(key) if form else ""
        if form is None or not text:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            what, _, remedy = str(error).partition(": ")
            form.error(key, f"has an impossible `{key}`: {what}.", f"{remedy[:1].upper()}{remedy[1:]}.")
            return None

    # --- claims

    def _claims(self, line: Line) -> list[Claim]:
        """The claims of a line: one for each speaker and, when it answers several statements, for each of them."""
        answering = self._answers(line)
        targets = [t for t in self._targets(line) if t.proposition] if answering else []
        if answering and not targets:
            return []
        if not answering and line.proposition is None:
            return []
        speakers = self._speakers(line)
        passage = self._passage(line)
        claims = []
        for target in targets or [line]:
            proposition = target.proposition if target is line else self._answered(line, target.proposition)
            assert proposition is not None  # both branches above have seen to it
            stance = self._stance(line, target)
            # s01 of one document and s01 of another are two.
            name = str(target.sid) if target.document is line.document else f"{target.document.id}.{target.sid}"
            for speaker in speakers:
                suffix = f".{_slug_of(speaker)}" if len(speakers) > 1 else ""
                suffix += f".{name}" if len(targets) > 1 else ""
                claims.append(self._claim(line, target, speaker, suffix, proposition, stance, passage))
        return claims

    def _stance(self, line: Line, target: Line) -> Stance:
        """A line's stance on its proposition. Who confirms a denial denies as well."""
        if target is line:
            return STATING[line.section]
        if line.section == "confirms" and self._answers(target):
            inner = self._stance(target, self._first(target))
            return inner if inner in OPPOSING else ANSWERING[line.section]
        return ANSWERING[line.section]

    def _first(self, line: Line) -> Line:
        """The statement that an answer takes its proposition from; a fact takes it from itself."""
        return self._targets(line)[0] if self._answers(line) else line

    def _claim(
        self,
        line: Line,
        target: Line,
        speaker: str | None,
        suffix: str,
        proposition: Proposition,
        stance: Stance,
        passage: Passage,
    ) -> Claim:
        form = line.form
        empty = Form(Table(), line.file, line.name, self.findings)
        own = form or empty
        hedging = line.level("hedge")
        hedges = [str(word) for word in hedging.words("hedge")] if hedging else []
        # The word in front of a figure is a word as printed only in an English text, and only when no other is given.
        if line.approximate and not hedges and line.document.language == "en":
            hedges.append(line.approximate)
        grade = own.text("grade")
        if grade and not _GRADE.fullmatch(grade):
            own.error("grade", f'has the grade "{grade}".', "Write a letter A-F, a digit 1-6, or both: B2.")
        reported = line.level("reported")
        implied = own.flag("implied")
        summary_at = line.level("summary")
        language = self._language(line)
        speaks = line.level("for")
        speaks_for = self._node(line, speaks, "for") if speaks else None
        return Claim(
            iri=f"{line.document.iri}/{line.sid}{suffix}",
            sid=str(line.sid),
            document=line.document.iri,
            proposition=proposition.iri,
            stance=stance,
            modality=self._modality(line, target),
            stated_actual=self._says_actual(line),
            chain=self._chain(line, speaker),
            passage=passage,
            place=Place(line.file, line.sid.line),
            speaks_for=speaks_for if speaks_for != speaker else None,
            hedges=tuple(hedges),
            approximate=bool(line.approximate),
            quantifier=own.text("many"),
            implied=implied,
            reportedly=bool(reported and reported.flag("reported")),
            sensitive=own.flag("sensitive"),
            said=self._date(line.level("said"), "said"),
            summary=summary_at.texts("summary", language if language in ("en", "es") else "en") if summary_at else {},
            retraction=self._retraction(own),
            reply=self._reply(own),
            no_reply_because=own.text("no_reply_because"),
            grade=grade,
            note=own.text("note"),
            confidential=any(level.flag("confidential") for level in line.levels if "confidential" in level),
        )

    def _language(self, line: Line) -> str:
        form = line.level("language")
        return form.language(line.document.language) if form else line.document.language

    def _modality(self, line: Line, target: Line) -> Modality:
        """The fourth word of the fact; an answer has the modality of what it answers, unless it says another."""
        if line.form and (word := line.form.text("modality")):
            return self._modality_word(line, word, line.form.line("modality"))
        if target is not line:
            return self._modality(target, self._first(target))
        row = line.value
        proposition = line.proposition
        assert isinstance(row, Row) and proposition is not None  # a fact, resolved
        relation = line.scope.vocabulary.relations[proposition.relation]
        place = 2 if relation.takes == {"none"} else 3
        if len(row) <= place:
            return Modality.ACTUAL
        word_ = row[place]
        assert isinstance(word_, Text)  # `_fact` has seen to it
        return self._modality_word(line, word_, word_.line)

    def _says_actual(self, line: Line) -> bool:
        """Whether the author wrote `actual`, and does not leave it to what the event is held to be."""
        if line.form and line.form.text("modality"):
            return line.form.text("modality") == Modality.ACTUAL
        last = line.value[-1] if isinstance(line.value, Row) and len(line.value) > 2 else None
        return isinstance(last, Text) and str(last) == Modality.ACTUAL.value

    def _modality_word(self, line: Line, word: str, at: int) -> Modality:
        try:
            return Modality(word)
        except ValueError:
            self.findings.error(
                line.file, at, f'{line.name} has the unknown modality "{word}".', did_you_mean(word, list(Modality))
            )
            return Modality.ACTUAL

    def _speakers(self, line: Line) -> list[str | None]:
        form = line.level("by")
        if form is None:
            return [line.document.publisher]
        names = form.words("by")
        if not names:
            form.error("by", "has an empty `by`.", "Name who says so, or write unstated.")
            return [None]
        found: list[str | None] = []
        for name in names:
            node = None if name == UNSTATED else self._node_named(line, form, name)
            if node in found:
                form.error("by", f'names "{name}" twice.', "Name each speaker once.")
            else:
                found.append(node)
        return found

    def _node(self, line: Line, form: Form, key: str) -> str | None:
        words = form.words(key)
        if len(words) > 1:
            form.error(key, f"names {len(words)} at `{key}`.", "Name one.")
        return self._node_named(line, form, words[0]) if words else None

    def _node_named(self, line: Line, form: Form, name: Text) -> str | None:
        node = line.scope.nodes.get(name)
        if node is None:
            who = line.name if line.form is form else f"{form.name}, used by {line.name},"
            self.findings.unknown(
                line.file,
                name.line,
                f'{who} says "{name}", which is not in actors.yaml.',
                did_you_mean(name, [*line.scope.nodes, UNSTATED]),
            )
        return node

    def _chain(self, line: Line, speaker: str | None) -> tuple[Hop, ...]:
        """Originator, relays, publisher. The publisher who speaks itself is a chain of one."""
        verb_at, said_at = line.level("verb"), line.level("said")
        verb = verb_at.text("verb") if verb_at else ""
        first = Hop(speaker, "originator", verb, self._date(said_at, "said"))
        relays = self._relays(line)
        publisher = line.document.publisher
        if speaker == publisher and not relays:
            return (first,)
        return (first, *relays, Hop(publisher, "publisher", "", line.document.published))

    def _relays(self, line: Line) -> list[Hop]:
        form = line.level("via")
        value = form.get("via") if form else None
        if form is None or value is None:
            return []
        relays: list[Hop] = []
        for step in value if isinstance(value, Row) else [value]:
            if isinstance(step, Text) and step:
                node = self._node_named(line, form, step)
                relays += [Hop(node, "relay")] if node else []
            elif isinstance(step, Table):
                inner = Form(step, line.file, f"{line.name}, via,", self.findings)
                inner.only(("who", "verb", "on", "implied"))
                who = inner.words("who")
                node = self._node_named(line, inner, who[0]) if who else None
                if not who:
                    inner.error(None, "has a gap: a step without `who`.", "Name who passed it on.")
                if node:
                    hop = Hop(node, "relay", inner.text("verb"), self._date(inner, "on"), inner.flag("implied"))
                    relays.append(hop)
            else:
                form.error(
                    "via", "has a gap in the chain.", "Name each who passed it on, nearest to the speaker first."
                )
        return relays

    def _passage(self, line: Line) -> Passage:
        at_form = line.level("at")
        at = at_form.text("at") if at_form else ""
        if not at:
            self.findings.error(
                line.file, line.sid.line, f"{line.name} has no place.", "Write `at: p2`, headline, caption, or page 4."
            )
            at = "p0"
        # A line with a cue or a place of its own does not take the block's offsets.
        cue_form = next((form for form in line.levels if "cue" in form or "chars" in form or "at" in form), None)
        chars = cue_form.text("chars") if cue_form else ""
        start = end = None
        if cue_form and chars:
            match = _CHARS.fullmatch(chars)
            if match and int(match[1]) < int(match[2]):
                start, end = int(match[1]), int(match[2])
            else:
                cue_form.error(
                    "chars", f'has the offsets "{chars}".', "Write start-end, such as 812-941, or run ground."
                )
        slug = re.sub(r"[^a-z0-9]+", "-", at.lower()).strip("-") or "place"
        iri = f"{line.document.iri}/at/{slug}" + (f"/{start}-{end}" if start is not None else "")
        words_form = line.level("words")
        return Passage(
            iri=iri,
            document=line.document.iri,
            at=at,
            order=place_order(at),
            cue=cue_form.text("cue") if cue_form else "",
            start=start,
            end=end,
            words=words_form.text("words") if words_form else "",
            language=self._language(line),
        )

    def _retraction(self, own: Form) -> Retraction | None:
        for kind in ("withdrawn", "corrected"):
            inner = own.form(kind, ("by", "on", "where"))
            if inner is not None:
                by, on = inner.required("by", "Say who took it back."), self._date(inner, "on")
                if on is None:
                    inner.error(None, "has no date.", "Write on: 2025-03-20.")
                    return None
                return Retraction(kind, by, on, inner.text("where"))
        return None

    def _reply(self, own: Form) -> Reply | None:
        inner = own.form("reply", ("by", "asked_on", "deadline", "answer"))
        if inner is None:
            return None
        asked = self._date(inner, "asked_on")
        if asked is None:
            inner.error(None, "does not say when we asked.", "Write asked_on: 2025-03-20.")
            return None
        return Reply(
            inner.required("by", "Say who asked."), asked, self._date(inner, "deadline"), inner.texts("answer")
        )

    # --- links between claims

    def _linked(self, line: Line, claim: Claim, by_key: Mapping[tuple[str, str], list[str]]) -> Claim:
        """The claim with its links to other claims."""
        links: dict[str, list[str]] = {"counters": [], "confirms": [], "depends_on": [], "alternative_of": []}
        if self._answers(line) and line.section in ("denies", "contests", "confirms"):
            kind = "confirms" if line.section == "confirms" else "counters"
            for target in self._targets(line):
                links[kind] += [
                    iri
                    for iri, other in zip(by_key[target.key], target.claims, strict=True)
                    if self._same(other.proposition, claim.proposition)
                    and not (kind == "counters" and (other.opposing or other.stance is Stance.MENTIONED))
                ]
                self._stamped(line, target)
            if kind == "counters" and not links[kind]:
                self._denies_nothing(line, any(t.section in ("denies", "contests") for t in self._targets(line)))
        for kind in links:
            if line.form is not None:
                for name in line.form.words(kind):
                    found = self.find(line, name, _LINKS[kind])
                    if found is line:
                        self._about_itself(line)
                    elif found is not None:
                        links[kind] += by_key[found.key]
        changed = {kind: tuple(sorted(set(iris) - {claim.iri})) for kind, iris in links.items()}
        return relinked(claim, changed)

    def _same(self, iri: str, narrower: str) -> bool:
        """Whether a proposition is another one, or the whole of which that is a period."""
        one, other = self.propositions[iri], self.propositions[narrower]
        return (one.wide() or one) == (other.wide() or other)

    def _too_deep(self, line: Line) -> None:
        self.findings.error(
            line.file,
            line.sid.line,
            f"{line.name} stands on more than {_DEEPEST} statements, each about the next.",
            "Say it more simply.",
        )

    def _about_itself(self, line: Line) -> None:
        self.findings.error(
            line.file, line.sid.line, f"{line.name} is about itself, by a circle.", "Take one link out."
        )

    def _denies_nothing(self, line: Line, denial: bool) -> None:
        if denial:
            self.findings.error(
                line.file,
                line.sid.line,
                f"{line.name} {line.section} a denial.",
                "Write what it holds instead: `confirms`, with the statement that was denied.",
            )
            return
        self.findings.error(
            line.file,
            line.sid.line,
            f"{line.name} {line.section} what nobody claims.",
            "Name the claim it answers; one that the text presupposes is written with implied: true.",
        )

    def _stamped(self, line: Line, target: Line) -> None:
        """A denial of another document's statement relies on what that says: its digest is compared."""
        names = [line.value] if isinstance(line.value, Text) else [n for n in line.value if isinstance(n, Text)]
        for name in names:
            match = _STATEMENT.fullmatch(name)
            if match and match[3] and match[2] == target.sid and match[3] not in map(digest, target.claims):
                self.findings.error(
                    line.file,
                    name.line,
                    f"{line.name} answers {name}, which has changed since.",
                    "Read it again, then run `actorgraph check --stamp`.",
                )

    def _no_cycles(self, claims: list[Claim]) -> None:
        links = {claim.iri: claim.depends_on for claim in claims}
        by_iri = {claim.iri: claim for claim in claims}
        done: set[str] = set()
        for start in links:
            if start in done:
                continue
            stack, on_path = [(start, iter(links[start]))], {start}
            while stack:
                node, rest = stack[-1]
                step = next(rest, None)
                if step is None:
                    stack.pop()
                    on_path.discard(node)
                    done.add(node)
                elif step in on_path:
                    claim = by_iri[step]
                    self.findings.error(
                        claim.place.file,
                        claim.place.line,
                        f"statement {claim.sid} depends on itself, by a circle.",
                        "Take one `depends_on` out.",
                    )
                elif step not in done and step in links:
                    stack.append((step, iter(links[step])))
                    on_path.add(step)


def _slug_of(node: str | None) -> str:
    return UNSTATED if node is None else node.rpartition("/")[2]
