"""Plain ties that follow from frames: who bought it owns it. Drafts in, more drafts out.

A tie follows when one speaker gives both of its ends in one document. It is said as the softer of the two is, depends
on the statement that the event took place, and is no second source.
"""

from __future__ import annotations

from itertools import combinations

from ...vocabulary.frames import FrameTie
from .drafts import AFFIRMING, Draft, Event
from .grammar import Value
from .reading import Reading

#: Statuses, from the most to the least so.
_RANKS = ("actual", "planned", "expected", "required", "possible", "conditional", "would-have")


def follow(reading: Reading) -> None:
    """The plain ties of all events: where one speaker gives both ends."""
    said = {(d.speaker, d.entry.part.document, d.subject.text, d.relation, d.third.text)
            for d in reading.drafts if d.third is not None and d.section != "mentions"}  # fmt: skip
    for event in reading.events.values():
        for tie in event.frame.ties:
            for one, other in _pairs(event, tie):
                key = (one.speaker, one.entry.part.document, _end(one).text, tie.relation, _end(other).text)
                needed = {draft.speaker for draft in event.parts.get(tie.needs, ())} if tie.needs else {one.speaker}
                if one.speaker not in needed or _harmed(reading, event, tie, one.speaker):
                    continue
                if key not in said and (event.id, key[1], one.speaker) not in reading.no_ties:
                    said.add(key)
                    _plain(reading, event, tie, one, other)


def _harmed(reading: Reading, event: Event, tie: FrameTie, speaker: str | None) -> bool:
    """Whether its speaker says that one end was forced: who is made to pay is not told to have paid, as others do."""
    words = [d.third.text for d in event.parts.get("described-as", ()) if d.speaker == speaker and d.third]
    harmed = {role for word in words for role in reading.vocabulary.harmed_by(reading.declared(word))}
    return not harmed.isdisjoint({event.frame.parts.get(tie.first), event.frame.parts.get(tie.second)})


def _plain(reading: Reading, event: Event, tie: FrameTie, one: Draft, other: Draft) -> None:
    section = max(one.section, other.section, key=AFFIRMING.index)
    occurred = next((d for d in reading.drafts if d.event == event.id and d.piece == "occurred"
                     and d.speaker == one.speaker and d.entry.part is one.entry.part and d.affirms), None)  # fmt: skip
    section = max(section, occurred.section, key=AFFIRMING.index) if occurred else section
    status = max(one.status, other.status, occurred.status if occurred else "",
                 key=lambda word: _RANKS.index(word) if word in _RANKS else -1)  # fmt: skip
    made = Draft(one.entry, one.speaker, section, _end(one), tie.relation, _end(other), status,
                 tuple(dict.fromkeys([*one.hedge, *other.hedge])), event=event.id, part="tie",
                 piece=f"tie {event.id} {tie.relation} {_end(one).text} {_end(other).text}")  # fmt: skip
    days = [d for d in event.parts.get("when", ()) if d.speaker == one.speaker
            and d.entry.part is one.entry.part and d.third]  # fmt: skip
    if days and days[0].third and not days[0].third.text.startswith(("about ", "around ", "circa ")):
        made.fields["from" if event.frame.since else "when"] = days[0].third.text
    if {tie.first, tie.second} & event.frame.harm:
        made.fields["sensitive"] = "true"
    made.links["depends_on"] = [occurred] if occurred else [d for d in (one,) if d.sid]
    reading.name(made, [])
    event.parts.setdefault("tie", []).append(made)
    reading.drafts.append(made)


def _end(draft: Draft) -> Value:
    assert draft.third is not None  # `_pairs` takes no other
    return draft.third


def _pairs(event: Event, tie: FrameTie) -> list[tuple[Draft, Draft]]:
    """The ends that one speaker gives in one document."""

    def fit(part: str) -> list[Draft]:
        return [d for d in event.parts.get(part, ()) if d.section in AFFIRMING and d.third is not None
                and d.third.kind in ("name", "words") and d.third.text]  # fmt: skip

    first, second = fit(tie.first), fit(tie.second)
    pairs = combinations(first, 2) if tie.first == tie.second else ((a, b) for a in first for b in second)
    return [(a, b) for a, b in pairs if a.speaker == b.speaker and a.entry.part is b.entry.part
            and a.third and b.third and a.third.text != b.third.text]  # fmt: skip
