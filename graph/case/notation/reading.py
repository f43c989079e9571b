"""Lines in their parts in, drafts of statements out: frames taken apart, reasons beside what they are for.

References stay as they are written: `lower` looks them up when the lines of all documents are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ...vocabulary.finding import proposed
from ...vocabulary.frames import Frame, frames
from ...vocabulary.model import Vocabulary
from ..values import Date
from .drafts import AFFIRMING, Draft, Event, Voice
from .files import SOMEBODY, VERBS, Entry
from .grammar import CONDITIONS, Again, Clause, FrameLine, Line, Tie, Value
from .times import Time, parse_time

#: Clauses that say how something is said, not what.
KEYWORDS = frozenset({"for", "via", "said", "when", "because", "if", "unless", "or", "degree", "words", "called",
                      "sensitive", "no-tie", "implied", "counters", "title"})  # fmt: skip


#: What is said of events and agreements, never of whoever has a part in them.
_OF_EVENTS = ("term", "purpose")
#: What is said of facts alone, with the keyword of a line for it.
_OF_FACTS = {"on-condition": "if", "on-the-ground-that": "because"}
#: What is promised is yet to come, where its line does not say otherwise.
_AHEAD = {"promised": "planned"}


@dataclass(slots=True)
class Reading:
    """All lines of one case, taken apart."""

    frames: Mapping[str, Frame]
    vocabulary: Vocabulary
    #: Dates that `said` and `published` mean for an entry.
    days: Callable[[Entry], Mapping[str, Date | None]]
    #: The kind of a name that the case declares; empty for any other id.
    declared: Callable[[str], str] = lambda _: ""
    drafts: list[Draft] = field(default_factory=list)
    events: dict[str, Event] = field(default_factory=dict)
    lines: dict[tuple[str, str], list[Draft]] = field(default_factory=dict)
    #: Event, document and speaker of lines that say `no-tie`.
    no_ties: set[tuple[str, str, str | None]] = field(default_factory=set)

    # --- events first, since any line may name one

    def register(self, entries: Iterable[Entry]) -> None:
        """Take note of every frame; an id of a name that is no such thing, or of another frame, is a finding."""
        for entry in entries:
            main = entry.line.main
            if not isinstance(main, FrameLine):
                continue
            frame = self.frames[main.frame]
            id_ = self._event_id(entry, main, frame)
            known = self.events.get(id_)
            kind = self.declared(id_)
            if kind and not (self.vocabulary.is_a(kind, {frame.kind}) or self.vocabulary.is_a(frame.kind, {kind})):
                entry.part.error(entry.text, main.at, f'has the id "{id_}", which is a name already.', "Take another.")
                continue
            if frame.key == "post" and not (kind or entry.line.raw("title")):
                entry.part.error(
                    entry.text, main.at, "has a post without a title.", "Write: post; who ruiz; title mayor."
                )
                continue
            if known is not None and known.frame.key != frame.key:
                entry.part.error(
                    entry.text, main.at, f"says {frame.key} {id_}, but {id_} is {known.frame.key}.", "Take another id."
                )
            event = self.events.setdefault(id_, Event(id_, frame, entry, bool(main.id)))
            event.title = event.title or entry.line.raw("title")
            if not event.called:
                event.called = _called(entry.line.raw("called"))

    def _event_id(self, entry: Entry, main: FrameLine, frame: Frame) -> str:
        if frame.key == "post" and not self.declared(main.id):
            # The same title and body are one post, whoever holds it.
            body = [value.text for clause in entry.line.all("body") for value in clause.values]
            return _slug("-".join([entry.line.raw("title") or "post", *body]))
        return main.id or f"{frame.key}-{_digest(entry.part.document, entry.spot.at, entry.line.text)}"

    # --- lines

    def read(self, entry: Entry) -> None:
        """Make the drafts of a line, for each of its speakers."""
        speaking = entry.speaking
        section = VERBS.get(speaking.section, speaking.section)
        main = entry.line.main
        if isinstance(main, FrameLine) and self._event_id(entry, main, self.frames[main.frame]) not in self.events:
            return
        if len(quoted := entry.line.all("words")) > 1:
            # A place keeps one quotation: losing the other without a word is worse than asking.
            entry.part.error(entry.text, quoted[1].at, "has a second quotation, and a place keeps one.",
                             "Keep the words as they were said, and put the translation into the summary.")  # fmt: skip
        for name in speaking.speakers or (SOMEBODY,):
            voice = Voice(entry, None if name == SOMEBODY else name, section, entry.line)
            before = len(self.drafts)
            if isinstance(main, FrameLine):
                mains = self._frame(voice, self._event_id(entry, main, self.frames[main.frame]))
            elif isinstance(main, Tie):
                mains = self._ties(voice, main)
                self._further(voice, mains)
            else:
                mains = self._again(voice, main)
                self._further(voice, mains)
            if entry.line.id:
                self.lines.setdefault((entry.part.document, entry.line.id), []).extend(mains)
            for draft in self.drafts[before:]:
                self.name(draft, mains)

    def _draft(self, voice: Voice, subject: Value, relation: str,
               third: Value | None, piece: str, **more: object) -> Draft:  # fmt: skip
        line, section = voice.line, voice.section
        status = line.status
        if section in AFFIRMING and status == "open":
            section, status = "asks", ""
        elif not status and any(map(line.all, CONDITIONS)):
            status = "conditional"
        hedge = tuple(filter(None, (line.printed,)))
        draft = Draft(voice.entry, voice.speaker, section, subject, relation, third, status, hedge, piece=piece)
        for key, value in more.items():
            setattr(draft, key, value)
        for flag in ("sensitive", "implied"):
            if line.flag(flag):
                draft.fields[flag] = "true"
        if countered := [value for clause in line.all("counters") for value in clause.values]:
            draft.links["counters"] = [self._pointer(voice, value) for value in countered]
        if degree := line.raw("degree"):
            draft.fields["many"] = degree
        for quoted in line.all("words")[:1]:
            draft.fields |= {"words": quoted.values[0].text, "language": quoted.raw}
        self.drafts.append(draft)
        return draft

    def _ties(self, voice: Voice, tie: Tie, piece: str = "", *, timed: bool = True) -> list[Draft]:
        """A draft for each subject and object of a tie; a line inside another is not `timed` by the `when` of both."""
        found = []
        for one in tie.subjects:
            if one.kind == "line" and one.line is not None:
                found += self._conditional(voice, one.line, tie, piece)
                continue
            for number, other in enumerate(tie.objects or (None,)):
                found += self._tie(voice, one, tie, other, f"{piece}{one.text} {number}")
        clause = tie.when or (_when_of(voice.line) if timed else None)
        when = self._time(voice, clause)
        for draft in found:
            self._timed(draft, when, clause)
        return found

    def _conditional(self, voice: Voice, line: Tie, tie: Tie, piece: str) -> list[Draft]:
        """What is so on a condition, inside another line: `promised that a owns b if c agrees`."""
        found = []
        for at, fact in enumerate(self._ties(voice.inside(line), line, f"{piece} of ", timed=False)):
            subject = Value("name", "", tie.relation_at)
            made = self._tie(voice, subject, tie, tie.objects[0], f"{piece}{tie.relation} {at}")
            for draft in made:
                draft.links["subject"] = [fact]
            found += made
        return found

    def _tie(self, voice: Voice, subject: Value, tie: Tie, third: Value | None,
             piece: str) -> list[Draft]:  # fmt: skip
        relation, at = tie.relation, tie.relation_at
        if relation == "withholds" and third is not None and "." in third.text:
            withheld = self._withheld(voice, subject, third, piece)
            return [withheld] if withheld else []
        event = self.events.get(subject.text) if subject.kind == "name" else None
        part = relation if event and relation in event.frame.parts else ""
        if third is not None and third.kind == "line" and third.line is not None:
            inner = self._ties(
                voice.inside(third.line, _ahead(relation, third.line)), third.line, f"{piece} that ", timed=False
            )
            third = Value("name", "", third.at)
            # What is known of each of several facts is a statement of its own.
            found = [self._stated(voice, subject, relation, part, third, f"{piece}{number or ''}", at, event)
                     for number, _ in enumerate(inner)]  # fmt: skip
            for made, fact in zip(found, inner, strict=True):
                if made:
                    made.links["third"] = [fact]
            return [made for made in found if made]
        stated = self._stated(voice, subject, relation, part, third, piece, at, event)
        return [stated] if stated else []

    def _stated(self, voice: Voice, subject: Value, word: str, part: str,
                third: Value | None, piece: str, at: int, event: Event | None) -> Draft | None:  # fmt: skip
        relation = _relation_of(event, part, voice.entry) if event and part else word
        if not self.relation_known(relation) and relation in frames()["event"].parts:
            relation = frames()["event"].parts[relation]
        if third is not None and third.kind == "missing" and third.text == "none":
            if word != "answer":
                voice.error(third.at, f"has {word} none.", "Only an answer can be none.")
                return None
            relation, third = "unanswered", None
        if not relation or not self.relation_known(relation):
            self._unknown_relation(voice, word, at, event)
            return None
        draft = self._draft(voice, subject, relation, third, piece)
        if event is not None:
            draft.event, draft.part = event.id, part or word
            event.parts.setdefault(draft.part, []).append(draft)
            if part in event.frame.harm:
                draft.fields["sensitive"] = "true"
        return draft

    def relation_known(self, word: str) -> bool:
        return word in self.vocabulary.relations or word in self.vocabulary.inverses()

    def _unknown_relation(self, voice: Voice, word: str, at: int, event: Event | None) -> None:
        what = f"part of {event.frame.key} and no relation" if event else "relation"
        voice.error(
            at, f'has "{word}" where a relation is due, and there is no such {what}.',
            proposed(word, self.vocabulary, self.frames, event.frame.parts if event else ()), unknown=True,
        )  # fmt: skip

    def _withheld(self, voice: Voice, subject: Value, third: Value,
                  piece: str) -> Draft | None:  # fmt: skip
        """`ruiz withholds rival-bids.by`: the part is not known, and ruiz keeps it so."""
        id_, _, part = third.text.partition(".")
        event = self.events.get(id_)
        known = event.frame.parts.get(part) if event else self.relation_known(part)
        if not known:
            voice.error(third.at, f'has "{third.text}", which is no part of a frame.', "Name one: deal.by")
            return None
        node, missing = Value("name", id_, third.at), Value("missing", "withheld", third.at)
        draft = self._stated(voice, node, part, part if event else "", missing, piece, third.at, event)
        if draft:
            draft.fields["withheld_by"] = subject.text
        return draft

    def _again(self, voice: Voice, main: Again) -> list[Draft]:
        found = []
        for name in main.names:
            draft = self._draft(voice, name, "", None, f"again {name.text}")
            draft.again = name
            clause = _when_of(voice.line)
            self._timed(draft, self._time(voice, clause), clause)
            found.append(draft)
        return found

    def _further(self, voice: Voice, mains: list[Draft]) -> None:
        """Clauses of a line that is no frame: reasons, conditions, other readings, more relations of its subject."""
        for number, clause in enumerate(voice.line.clauses):
            if clause.word not in KEYWORDS and mains:
                self._more(voice, mains[0], clause, number)
        self._linked(voice, mains, mains)

    def _more(self, voice: Voice, first: Draft, clause: Clause, number: int) -> None:
        if first.again is not None:
            voice.error( clause.at, f'says "{first.again.text}" again, and then has {clause.word}.',
                f"Write it as a line of its own: {first.again.text} {clause.word} …",
            )  # fmt: skip
            return
        kind = self.declared(first.subject.text) if first.subject.kind == "name" else ""
        if clause.word in _OF_FACTS and kind and self.vocabulary.kinds[kind].agent:
            # `board suspended ruiz; on-condition "full pay"`: the board would depend on it.
            voice.error(clause.at, f"has {clause.word}, which would be said of {first.subject.text} itself.",
                        f"Write {_OF_FACTS[clause.word]} …, or give the line an id: x = …, and then: x {clause.word} …"
                        )  # fmt: skip
            return
        if clause.word in _OF_EVENTS and kind and self.vocabulary.kinds[kind].agent:
            # `calder waived interest; term 1 year`: Calder would run for one year.
            voice.error(clause.at, f"has {clause.word}, which would be said of {first.subject.text} itself.",
                        f"Write what happened as a frame, which can have it: event …; by …; {clause.word} …"
                        )  # fmt: skip
            return
        tie = Tie((first.subject,), clause.word, clause.at, clause.values)
        for draft in self._ties(voice, tie, f"clause {number} "):
            draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed)))

    # --- frames

    def _frame(self, voice: Voice, id_: str) -> list[Draft]:
        event, line = self.events[id_], voice.line
        node = Value("name", id_, line.main.at if isinstance(line.main, FrameLine) else 0)
        opposing = voice.section in ("denies", "contests", "declines") or line.status == "open"
        # Who denies an event names its parts to say which one; they are not denied by themselves.
        inner = "mentions" if opposing else voice.section
        mains: list[Draft] = []
        if event.frame.occurs:
            mains.append(self._draft(voice, node, "occurred", None, "occurred", event=id_))
        for number, clause in enumerate(line.clauses):
            if clause.word in KEYWORDS:
                continue
            word = _part_of(event.frame, clause.word) or clause.word
            for at, value in enumerate(clause.values):
                tie = Tie((node,), word, clause.at, (value,))
                if clause.word in event.frame.parts and not event.frame.parts[clause.word]:
                    self._tie_only(voice.turned(inner), event, clause.word, value, node)
                    continue
                made = self._ties_of_frame(voice.turned(inner), tie, f"{clause.word} {number}.{at}")
                for draft in made:
                    draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed)))
                mains += made if not event.frame.occurs and clause.word != "body" else []
        before = len(self.drafts)
        self._when(voice.turned(inner), event, node, mains)
        # Where nothing is said to have happened, each part by itself holds on the condition, its day among them.
        self._linked(voice, mains, [node] if event.frame.occurs else [*mains, *self.drafts[before:]])
        if line.flag("no-tie"):
            self.no_ties.add((id_, voice.entry.part.document, voice.speaker))
        return mains

    def _ties_of_frame(self, voice: Voice, tie: Tie, piece: str) -> list[Draft]:
        subject, third = tie.subjects[0], tie.objects[0]
        return self._tie(voice, subject, tie, third, piece)

    def _tie_only(self, voice: Voice, event: Event, part: str, value: Value,
                  node: Value) -> None:  # fmt: skip
        """A part that is no relation of the event: it is kept for the ties."""
        if voice.section in AFFIRMING:
            ghost = Draft(voice.entry, voice.speaker, voice.section, node, "", value, voice.line.status,
                          event=event.id, part=part)  # fmt: skip
            ghost.hedge = tuple(filter(None, (voice.line.printed,)))
            event.parts.setdefault(part, []).append(ghost)

    def _when(self, voice: Voice, event: Event, node: Value,
              mains: list[Draft]) -> None:  # fmt: skip
        clause = _when_of(voice.line)
        time = self._time(voice, clause)
        if time is None or clause is None:
            return
        if event.frame.key == "post":
            for draft in mains:
                self._timed(draft, time, clause)
            return
        if time.words:
            for draft in mains[:1]:
                draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed or time.words)))
        dated = [
            (event.frame.parts["when"], time.date), ("began-on", time.since), ("ended-on", time.until),
        ]  # fmt: skip
        for relation, day in dated:
            if day:
                third = Value("figure", day, clause.at)
                draft = self._draft(voice, node, relation, third, f"when {relation}")
                draft.event, draft.part = event.id, "when"
                draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed)))
                event.parts.setdefault("when", []).append(draft)
        if time.link:
            relation, id_ = time.link
            third = Value("name", id_, clause.at)
            draft = self._draft(voice, node, relation, third, f"when {relation}")
            draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed)))

    # --- what hangs on a line

    def _linked(self, voice: Voice, mains: list[Draft],
                nodes: Sequence[Value | Draft]) -> None:  # fmt: skip
        """`because`, `if`, `unless` and `or` of a line."""
        if not mains:
            return
        for clause in voice.line.all("or"):
            for draft in self._named_lines(voice, clause, "or"):
                draft.links.setdefault("alternative_of", []).append(mains[0])
                mains[0].links.setdefault("alternative_of", []).append(draft)
        # Who denies what holds on a condition denies the whole, and affirms no part of it.
        held = voice.section if voice.section in ("denies", "contests") else "asserts"
        for word, relation in CONDITIONS.items():
            for clause in voice.line.all(word):
                inner = self._named_lines(voice.turned("mentions"), clause, word)
                self._reasons(voice.turned(held), relation, nodes, inner, clause)
        for clause in voice.line.all("because"):
            inner = self._named_lines(voice.turned("asserts"), clause, "because")
            if voice.section == "declines":
                voice.error(clause.at, "has a reason for giving no answer.", "Write it as a line of its own.")
            elif voice.section in ("denies", "contests"):
                self._grounds(voice, mains[0], inner, clause)
            else:
                self._reasons(voice.turned("asserts"), "because", nodes, inner, clause)

    def _named_lines(self, voice: Voice, clause: Clause, word: str) -> list[Draft]:
        """The statements of a clause that holds a line. Ids and quoted words are none: they are only pointed at."""
        if clause.tie is None:
            if word != "or":
                return []
            return [self._pointer(voice, value) for value in clause.values]
        return self._ties(voice.bare(clause.printed), clause.tie, f"{word} ")

    @staticmethod
    def _pointer(voice: Voice, value: Value) -> Draft:
        """A stand-in for a statement that is named by its id; `lower` puts the statement in its place."""
        return Draft(voice.entry, voice.speaker, "pointer", value, "", again=value)

    def _reasons(self, voice: Voice, relation: str,
                 nodes: Sequence[Value | Draft], inner: list[Draft], clause: Clause) -> None:  # fmt: skip
        bare = voice.bare(clause.printed)
        # One line has one reason; a condition is that of each of its statements.
        for at, node in enumerate(nodes if relation in CONDITIONS.values() else nodes[:1]):
            for number, third in enumerate(_all(inner, clause)):
                piece = f"{relation} {number}" + (f" of {at}" if at else "")
                draft = self._draft(bare, _value_of(node, clause), relation, _value_of(third, clause), piece)
                draft.links |= {end: [of] for end, of in (("subject", node), ("third", third)) if isinstance(of, Draft)}

    def _grounds(self, voice: Voice, denial: Draft, inner: list[Draft], clause: Clause) -> None:
        """Why somebody denies or doubts: the ground tells against what is denied."""
        bare = voice.bare(clause.printed)
        for number, ground in enumerate(_all(inner, clause)):
            draft = self._draft(bare.turned("asserts"), _value_of(ground, clause), "tells-against",
                                _value_of(denial, clause), f"against {number}")  # fmt: skip
            draft.links["third"] = [denial]
            if isinstance(ground, Draft):
                draft.links["subject"] = [ground]

    # --- times

    def _time(self, voice: Voice, clause: Clause | None) -> Time | None:
        if clause is None:
            return None
        try:
            return parse_time(clause.raw, self.days(voice.entry))
        except ValueError as error:
            what, _, remedy = str(error).partition(": ")
            voice.error(clause.at, f"has an impossible time: {what}.", f"{remedy[:1].upper()}{remedy[1:]}.")
            return None

    def _timed(self, draft: Draft, time: Time | None, clause: Clause | None) -> None:
        """When a tie held: its period, or a statement about it and something else that happened."""
        if time is None or clause is None:
            return
        side = {"before": "until", "after": "from"}.get(time.date.partition(" ")[0], "when")
        rough, day = time.rough
        fields = {"from": time.since, "until": time.until, **({side: day} if day else {})}
        draft.fields |= {key: value for key, value in fields.items() if value}
        # How long before or after something else is said with what that is.
        far = "" if clause.printed or not time.link else time.words
        draft.hedge = tuple(filter(None, (*draft.hedge, clause.printed or (not far and time.words) or rough)))
        if time.link:
            bare = Voice(draft.entry, draft.speaker, "mentions" if draft.section == "mentions" else "asserts",
                         draft.entry.line).bare()  # fmt: skip
            third = Value("name", time.link[1], clause.at)
            subject = Value("name", "", clause.at)
            link = self._draft(bare, subject, time.link[0], third, f"{draft.piece} when")
            link.links["subject"] = [draft]
            link.hedge = (far,) if far else ()

    # --- ids

    def name(self, draft: Draft, mains: list[Draft]) -> None:
        """Its id: the one that is written, where it means this statement alone; else place and digest."""
        line = draft.line
        if line.id and len(mains) == 1 and draft is mains[0]:
            draft.sid = line.id
            return
        event = self.events.get(draft.event)
        if event and event.written and draft.piece == "occurred" and not line.id:
            draft.sid = event.id
            return
        at = _slug(draft.entry.spot.at)
        at = at if at[:1].isalpha() else f"at-{at}"
        draft.sid = f"{at}-{_digest(str(draft.speaker), draft.section, line.text, draft.piece)}"


def _ahead(relation: str, inner: Tie) -> str:
    """The status of a line inside one with this relation, where it has none; what it depends on has none either."""
    return "" if inner.relation in CONDITIONS.values() else _AHEAD.get(relation, "")


def _when_of(line: Line) -> Clause | None:
    return next(iter(line.all("when")), None)


def _part_of(frame: Frame, word: str) -> str:
    """The part of a frame that a word is, or whose relation alone it is: `payer` of a payment is its `by`."""
    if word in frame.parts:
        return word
    if word == "participant" and frame.parts.get("by") == "operator":
        return ""  # `who` may have suffered it there
    meant = [part for part, relation in frame.parts.items() if relation == word]
    return meant[0] if len(meant) == 1 else ""


def _relation_of(event: Event, part: str, entry: Entry) -> str:
    """The relation of a part. Beside who did it, who else is named may have suffered it: it only concerned them."""
    parts = event.frame.parts
    done = parts.get("by") == "operator" and (entry.line.all("by") or event.parts.get("by"))
    return "subject-matter" if part == "who" and parts[part] == "participant" and done else parts[part]


def _all(drafts: Iterable[Draft], clause: Clause) -> list[Value | Draft]:
    return [*drafts, *clause.values]


def _value_of(end: Value | Draft, clause: Clause) -> Value:
    """A value as it is; a statement gets its name when all have theirs."""
    return end if isinstance(end, Value) else Value("name", "", clause.at)


def _called(raw: str) -> dict[str, str]:
    """A name that the writer gives holds for every language."""
    return {"": raw} if raw else {}


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:4]


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "place"
