"""What lines of format 2 bring along without a name of its own: notions, units, and events named by their frames."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from ...base.names import unaccented
from ...vocabulary.model import Relation, Vocabulary
from ...words import ENGLISH
from ...yaml.forms import in_language
from ...yaml.reader import Table, Text
from ...yaml.reader import Value as Written
from ..model import Actor, Place
from ..values import parse_quantity, unit_key
from .drafts import Draft, Event
from .grammar import Value
from .marks import row, table
from .naming import event_name
from .reading import Reading
from .tokens import place_in

_LONGEST_ID = 40
#: How words begin that name nobody, and the way to write what is asked or said.
_NOBODY = re.compile("(?i:not|to|that|whether|if|because|of|for|by|how|why|when|no|que|si|porque|de|para|por) ")
_SOMETHING = 'Name who is meant, or write what is asked as a frame: request; by …; what "anonymity".'
OPPOSING = ("denies", "contests")
#: What editors tell of an event and, with it, of its parts.
TAKEN_BACK = ("withdrawn", "corrected")


class Things:
    """The nodes and units of one case that nobody declares."""

    def __init__(
        self,
        reading: Reading,
        nodes: Mapping[str, str],
        actors: Mapping[str, Actor],
        vocabulary: Vocabulary,
        languages: Sequence[str],
        editorial: Mapping[str, Mapping[str, Written]],
    ) -> None:
        self.reading, self.nodes, self.actors = reading, nodes, actors
        self.vocabulary, self.languages = vocabulary, languages
        #: What the editors tell of a statement, by its id.
        self.editorial = editorial
        self.notions: dict[str, Table] = {}
        self.nouns: dict[str, Table] = {}

    def is_node(self, id_: str) -> bool:
        """Whether an id is a name or an event."""
        return id_ in self.nodes or id_ in self.reading.events

    def notion(self, draft: Draft, value: Value, wanted: Iterable[str]) -> str:
        """The node of quoted words: a notion, or whatever kind alone can stand there. The same words are one node."""
        slug = re.sub(r"[^a-z0-9]+", "-", unaccented(value.text).lower()).strip("-") or "words"
        if len(slug) > _LONGEST_ID or self.is_node(slug):
            slug = f"{slug[:_LONGEST_ID].rstrip('-')}-{sha256(value.text.encode()).hexdigest()[:4]}"
        kinds = sorted(set(wanted) - {"statement"})
        fit = not kinds or self.vocabulary.is_a("concept", kinds)
        kind = (
            "concept"
            if fit
            else "agent"
            if "agent" in kinds
            else next(k for k in [*kinds, "concept"] if k != "statement")
        )
        if kind == "agent" and _NOBODY.match(value.text):
            what = f'has "{value.text}" where {draft.relation} needs somebody.'
            draft.entry.part.error(draft.entry.text, value.at, what, _SOMETHING)
        known = self.notions.get(slug)
        if known is None or (str(known[Text("kind")]) == "concept" and kind != "concept"):
            names = {self.languages[0]: value.text, **dict(value.other)}
            name: Written | str = table(dict(names), draft.entry.text) if value.other else value.text
            self.notions[slug] = table({"name": name, "kind": kind}, draft.entry.text)
        return slug

    def figure(self, draft: Draft, value: Value) -> str:
        """A figure with what it counts: a unit that the case gets of itself, or the notion that it is a share of."""
        if not value.noun:
            return value.text
        if value.text.endswith(("of \x00", "per \x00")):
            return value.text.replace("\x00", self.notion(draft, Value("words", value.noun, value.at, value.other), ()))
        known = unit_key(value.noun, self.vocabulary.units)
        key = known or re.sub(r"[^a-z0-9]+", "-", unaccented(value.noun).lower()).strip("-") or "things"
        if known is None and key not in self.nouns:
            words = dict(value.other)
            both = {tag: row([words.get(tag, value.noun)] * 2, draft.entry.text) for tag in ("en", "es")}
            self.nouns[key] = table({"label": table(dict(both), draft.entry.text)}, draft.entry.text)
        return value.text.replace("\x00", key)

    def is_figure(self, draft: Draft, value: Value, relation: Relation) -> bool:
        """Whether a figure is one; a finding at its place when it is none. Names in it are looked up later."""
        if value.noun or relation.takes & {"date", "text"}:
            return True
        try:
            parse_quantity(value.text, relation.counts, self.vocabulary.units, str)
        except ValueError as error:
            what, _, remedy = str(error).partition(": ")
            draft.entry.part.error(draft.entry.text, value.at, f"{what}.", _sentence(remedy))
            return False
        return True

    def units(self) -> Table | None:
        """The units that figures of the case brought along."""
        return table(dict(self.nouns), next(iter(self.nouns.values()))) if self.nouns else None

    def things(self) -> Table | None:
        """Events with the names that rules give them, and notions."""
        found = {id_: self._event(event) for id_, event in self.reading.events.items() if id_ not in self.nodes}
        self._alike(found)
        found |= self.notions
        return table(dict(found), next(iter(found.values()))) if found else None

    def _alike(self, named: Mapping[str, Table]) -> None:
        """A warning at an event that its frame names as it names an earlier one: nobody could tell them apart."""
        seen: dict[str, Event] = {}
        for id_, event in self.reading.events.items():
            name = event_name(event.frame.name.get(self.languages[0], ""), self._shown(event, self.languages[0]),
                              self.languages[0])  # fmt: skip
            if id_ not in named or event.called:
                continue
            first = seen.setdefault(name, event)
            if first is not event:
                entry, line = event.entry, first.entry.text.line
                at = Place(entry.part.form.file, *place_in(entry.text, entry.part.source, 0))
                entry.part.findings.warning(
                    at.file, at, f'has an event called "{name}", as line {line} has another.',
                    'Give both the same id if they are one; else write what sets it apart: called "…".',
                )  # fmt: skip

    def _event(self, event: Event) -> Table:
        called = event.called.get("")
        names: Written | str = called or table(
            {tag: event_name(event.frame.name.get(tag, ""), self._shown(event, tag), tag) for tag in ("en", "es")},
            event.entry.text,
        )
        return table({"name": names, "kind": event.frame.kind}, event.entry.text)

    def _shown(self, event: Event, language: str) -> dict[str, list[str]]:
        """The parts that a name may hold: stated outright, denied by nobody, and no harm to who stands in them."""
        found: dict[str, list[str]] = {"title": [event.title]} if event.title else {}
        stated = any(draft.section == "asserts" for drafts in event.parts.values() for draft in drafts)
        for part, drafts in event.parts.items():
            # A sum says nothing of anybody, and tells one payment from another; but what is only supposed is in no name
            # by which others say the rest outright.
            sum_alone = part == "sum" and not stated
            safe = [
                draft
                for draft in drafts
                if not self._taken_back(draft)
                if sum_alone
                or (draft.section == "asserts" and part not in event.frame.harm and not self._answered(event, part))
            ]
            words = [(draft, self._word(draft.third, language)) for draft in safe if draft.third]
            if part == "sum" and not self._told_by_all(event, words):
                continue
            # Of two who name two payers each would be made to name both.
            if len({frozenset(w for d, w in words if d.speaker == who) for who in {d.speaker for d, _ in words}}) > 1:
                continue
            if shown := list(dict.fromkeys(word for _, word in words if word)):
                found[part] = shown
        return found

    def _told_by_all(self, event: Event, sums: Sequence[tuple[Draft, str]]) -> bool:
        """Whether all who speak of an event give the same sums: its name puts them into everybody's mouth."""
        by_line: dict[tuple[str | None, int], set[str]] = defaultdict(set)
        for draft, word in sums:
            by_line[draft.speaker, id(draft.entry.text)].add(word)
        agreed = len({frozenset(words) for words in by_line.values()}) == 1
        return agreed and self._tellers(event) <= {speaker for speaker, _ in by_line}

    def _tellers(self, event: Event) -> set[str | None]:
        """Who says anything of an event; who only answers a line about it says no more than that line."""
        return self._speaking[event.id]

    @cached_property
    def _speaking(self) -> dict[str, set[str | None]]:
        found: dict[str, set[str | None]] = defaultdict(set)
        for draft in self.reading.drafts:
            linked = [other for others in draft.links.values() for other in others]
            for id_ in {named for one in (draft, *linked) for named in _named(one)}:
                found[id_].add(draft.speaker)
        return found

    def _taken_back(self, draft: Draft) -> bool:
        document, part = draft.entry.part.document, f"{draft.event}.{draft.part}"
        names = [name for word in (draft.sid, part) for name in (word, f"{document}/{word}")]
        return any(key in self.editorial.get(name, {}) for name in names for key in TAKEN_BACK)

    def _answered(self, event: Event, part: str) -> bool:
        names = {event.id, f"{event.id}.{part}"}
        return any(d.again is not None and d.again.text in names and d.section in OPPOSING for d in self.reading.drafts)

    def _word(self, value: Value, language: str) -> str:
        if value.kind == "words":
            return dict(value.other).get(language, value.text)
        if value.kind == "figure":
            try:
                figure, _ = parse_quantity(value.text, None, self.vocabulary.units, self.nodes.get)
            except ValueError:
                return ""
            return figure.label(language, self.vocabulary.units, {})
        actor = self.actors.get(self.nodes.get(value.text, ""))
        if actor is not None:
            if actor.confidential:
                return ""
            name = in_language(actor.name, language)
            # An English name in another language comes without its article.
            foreign = language != ENGLISH and name == actor.name.get(ENGLISH)
            return name.removeprefix("the ") if foreign else name
        event = self.reading.events.get(value.text)
        if event is None:
            return ""
        return event.called.get("") or event_name(event.frame.name.get(language, ""), {}, language)


def _named(draft: Draft) -> set[str]:
    """The ids in a statement that names its event, or another one in one of its places."""
    if draft.section in OPPOSING and draft.again is not None:
        return set()
    return {draft.event, draft.subject.text, draft.third.text if draft.third else ""}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(("?", ".")) else ".")
