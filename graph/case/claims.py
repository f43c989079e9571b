"""Lines in, claims out: one for each speaker of a line and, when it answers several statements, for each of them."""

from __future__ import annotations

import re

from ..base.errors import did_you_mean
from ..yaml.forms import Form
from ..yaml.reader import Row, Table, Text, Value
from .facts import Facts
from .hearsay import heard_from
from .lines import ANSWERING, OF_FACTS, UNSTATED, Line, Lines, date_at, node_at, node_named
from .model import AFFIRMING, OPPOSING, Claim, Hop, Modality, Passage, Place, Proposition, Reply, Retraction, Stance

_GRADE = re.compile(r"[A-F][1-6]?|[1-6]")
_CHARS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_PARAGRAPH = re.compile(r"(?:p|§|¶|page |line |par\. |art\. )(\d{1,6})", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)", re.ASCII)
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


class Claims:
    """Makes the claims of lines whose propositions are known."""

    def __init__(self, lines: Lines, facts: Facts) -> None:
        self.lines = lines
        self.facts = facts
        #: Place → the quotations there, in their order: each is a place of its own.
        self.quoted: dict[str, list[str]] = {}

    def of(self, line: Line) -> list[Claim]:
        """The claims of a line: one for each speaker and, when it answers several statements, for each of them."""
        answering = self.lines.answers(line)
        targets = [t for t in self.lines.targets(line) if t.proposition] if answering else []
        if answering and not targets:
            return []
        if not answering and line.proposition is None:
            return []
        speakers = self._speakers(line)
        passage = self._passage(line)
        claims = []
        for target in targets or [line]:
            proposition = target.proposition if target is line else self.facts.answered(line, target.proposition)
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
            return OF_FACTS[line.section]
        if line.section == "confirms" and self.lines.answers(target):
            inner = self._stance(target, self.lines.first(target))
            return inner if inner in OPPOSING else ANSWERING[line.section]
        return ANSWERING[line.section]

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
        own = line.form or Form(Table(), line.file, line.name, line.findings)
        grade = own.text("grade")
        if grade and not _GRADE.fullmatch(grade):
            own.error("grade", f'has the grade "{grade}".', "Write a letter A-F, a digit 1-6, or both: B2.")
        reported = line.level("reported")
        inferred = own.flag("inferred")
        implied = inferred or own.flag("implied")
        summary_at = line.level("summary")
        language = line.language()
        speaks = line.level("for")
        speaks_for = node_at(line, speaks, "for") if speaks else None
        chain = self._chain(line, speaker)
        heard = heard_from(chain, line.scope.actors, line.scope.vocabulary)
        return Claim(
            iri=f"{line.document.iri}/{line.sid}{suffix}",
            sid=str(line.sid),
            document=line.document.iri,
            proposition=proposition.iri,
            stance=stance,
            modality=self._modality(line, target),
            stated_actual=self._says_actual(line),
            chain=chain,
            passage=passage,
            place=Place.of(line.file, line.sid),
            speaks_for=speaks_for if speaks_for != speaker else None,
            hedges=_hedges(line),
            approximate=bool(line.approximate),
            quantifier=own.text("many"),
            implied=implied,
            inferred=inferred,
            reportedly=bool(reported and reported.flag("reported")),
            # Words that reached us by several mouths may never have been said.
            sensitive=own.flag("sensitive") or (len(heard) > 1 and stance in AFFIRMING),
            said=date_at(line.level("said"), "said"),
            summary=summary_at.texts("summary", language if language in ("en", "es") else "en") if summary_at else {},
            retraction=self._retraction(own),
            reply=self._reply(own),
            no_reply_because=own.text("no_reply_because"),
            grade=grade,
            note=own.text("note"),
            confidential=any(level.flag("confidential") for level in line.levels if "confidential" in level),
        )

    def _modality(self, line: Line, target: Line) -> Modality:
        """The fourth word of the fact; an answer has the modality of what it answers, unless it says another."""
        if line.form and (word := line.form.text("modality")):
            return self._modality_word(line, word, line.form.table[Text("modality")])
        if target is not line:
            return self._modality(target, self.lines.first(target))
        row = line.value
        proposition = line.proposition
        assert isinstance(row, Row) and proposition is not None  # a fact, resolved
        relation = line.scope.vocabulary.relations[proposition.relation]
        place = 2 if relation.takes == {"none"} else 3
        if len(row) <= place:
            return Modality.ACTUAL
        word_ = row[place]
        assert isinstance(word_, Text)  # `_fact` has seen to it
        return self._modality_word(line, word_, word_)

    def _says_actual(self, line: Line) -> bool:
        """Whether the author wrote `actual`, and does not leave it to what the event is held to be."""
        if line.form and line.form.text("modality"):
            return line.form.text("modality") == Modality.ACTUAL
        last = line.value[-1] if isinstance(line.value, Row) and len(line.value) > 2 else None
        return isinstance(last, Text) and str(last) == Modality.ACTUAL.value

    def _modality_word(self, line: Line, word: str, at: Value) -> Modality:
        try:
            return Modality(word)
        except ValueError:
            line.error(at, f'has the unknown modality "{word}".', did_you_mean(word, list(Modality)))
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
            node = None if name == UNSTATED else node_named(line, form, name)
            if node in found:
                form.error("by", f'names "{name}" twice.', "Name each speaker once.")
            else:
                found.append(node)
        return found

    def _chain(self, line: Line, speaker: str | None) -> tuple[Hop, ...]:
        """Originator, relays, publisher. The publisher who speaks itself is a chain of one."""
        verb_at, said_at = line.level("verb"), line.level("said")
        verb = verb_at.text("verb") if verb_at else ""
        first = Hop(speaker, "originator", verb, date_at(said_at, "said"))
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
                node = node_named(line, form, step)
                relays += [Hop(node, "relay")] if node else []
            elif isinstance(step, Table):
                inner = Form(step, line.file, f"{line.name}, via,", line.findings)
                inner.only(("who", "verb", "on", "implied"))
                who = inner.words("who")
                node = node_named(line, inner, who[0]) if who else None
                if not who:
                    inner.error(None, "has a gap: a step without `who`.", "Name who passed it on.")
                if node:
                    hop = Hop(node, "relay", inner.text("verb"), date_at(inner, "on"), inner.flag("implied"))
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
            line.error(line.sid, "has no place.", "Write `at: p2`, headline, caption, or page 4.")
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
        words = words_form.text("words") if words_form else ""
        if words:
            # What was quoted for one statement is not quoted for all that the place says.
            quoted = self.quoted.setdefault(iri, [])
            quoted += [words] if words not in quoted else []
            iri += f"/words-{quoted.index(words) + 1}"
        return Passage(
            iri=iri,
            document=line.document.iri,
            at=at,
            order=place_order(at),
            cue=cue_form.text("cue") if cue_form else "",
            start=start,
            end=end,
            words=words,
            language=line.language(),
        )

    def _retraction(self, own: Form) -> Retraction | None:
        for kind in ("withdrawn", "corrected"):
            inner = own.form(kind, ("by", "on", "where"))
            if inner is not None:
                by = inner.required("by", "Say who took it back.")
                return Retraction(kind, by, date_at(inner, "on"), inner.text("where"))
        return None

    def _reply(self, own: Form) -> Reply | None:
        inner = own.form("reply", ("by", "asked_on", "deadline", "answer"))
        if inner is None:
            return None
        asked = date_at(inner, "asked_on")
        if asked is None:
            inner.error(None, "does not say when we asked.", "Write asked_on: 2025-03-20.")
            return None
        return Reply(inner.required("by", "Say who asked."), asked, date_at(inner, "deadline"), inner.texts("answer"))


def _hedges(line: Line) -> tuple[str, ...]:
    hedging = line.level("hedge")
    hedges = [str(word) for word in hedging.words("hedge")] if hedging else []
    # The word in front of a figure is a word as printed only in an English text, and only when no other is given.
    if line.approximate and not hedges and line.document.language == "en":
        hedges.append(line.approximate)
    return tuple(hedges)


def _slug_of(node: str | None) -> str:
    return UNSTATED if node is None else node.rpartition("/")[2]
