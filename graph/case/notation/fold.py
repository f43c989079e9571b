"""Statements of format 1 in, lines of format 2 out: what one speaker says of one thing stands in one line. Pure.

Nothing is said by a line that the statements do not say: a frame is taken for an event only where its parts are what
was stated, its plain ties are left out, and statements share a line only when reserve, status and clauses are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...vocabulary.frames import Frame, frames
from ..model import Case

OCCURRED = "occurred"
#: Clauses that mean something else behind several statements than behind one.
_ALONE = ("or ", "words ")
#: A third place that may stand in a row with others: an id, or words in quotation marks.
_LISTED = re.compile(r'[a-z][a-z0-9./-]*|"[^"]*"')


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, in words of format 2; `relation` is empty where it only names what another line says."""

    key: str
    subject: str
    relation: str = ""
    third: str = ""
    id: str = ""
    hedge: str = ""
    clauses: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The line that says this and nothing else."""
        words = " ".join(filter(None, (self.subject, self.relation, self.third)))
        words += f" ({self.hedge})" if self.hedge else ""
        text = "; ".join([words, *self.clauses])
        return f"{self.id} = {text}" if self.id else text

    @property
    def way(self) -> tuple[str, tuple[str, ...]]:
        """How it is said, which statements of one line share."""
        return self.hedge, self.clauses

    @property
    def speakers(self) -> list[str]:
        """Who says it; nobody where the text takes it for granted."""
        names = self.key.split(" (")[0].rpartition(" ")[0]
        return names.split(", ") if names else []

    @property
    def spoken(self) -> tuple[str, ...]:
        """For whom, through whom and when it was said."""
        return tuple(clause for clause in self.clauses if clause.startswith(("for ", "via ", "said ")))

    @property
    def shares(self) -> bool:
        """Whether it may stand in one line with others."""
        return bool(self.relation) and not self.id and not any(c.startswith(_ALONE) for c in self.clauses)


def frames_of(case: Case) -> dict[str, str]:
    """Event → the frame that its lines may begin with, by what the case says of it, wherever it says so."""
    names = {iri: iri.rpartition("/")[2] for iri in case.actors}
    said: dict[str, set[str]] = {}
    for proposition in case.propositions.values():
        if isinstance(proposition.subject, str):
            said.setdefault(proposition.subject, set()).add(proposition.relation)
    free = [frame for key, frame in frames().items() if key not in names.values()]
    found = {}
    for iri, relations in said.items():
        actor = case.actors.get(iri)
        if actor is None:
            continue
        fit = [f for f in free if f.occurs and (case.vocabulary.is_a(actor.kind, {f.kind})
               or case.vocabulary.is_a(f.kind, {actor.kind}))]  # fmt: skip
        if OCCURRED in relations and fit:
            found[names[iri]] = _fitting(fit, relations, actor.kind).key
        elif actor.kind == "post" and any(f.key == "post" for f in free):
            found[names[iri]] = "post"
    return found


def _fitting(fit: Sequence[Frame], relations: Iterable[str], kind: str) -> Frame:
    """The frame that alone has one of the relations as a part; else the plainest of its kind."""
    common = set(frames()["event"].parts.values())
    own = {frame.key: {r for part, r in frame.parts.items() if part not in frame.harm} - common for frame in fit}
    for frame in fit:
        others = set().union(*(own[other.key] for other in fit if other is not frame))
        if (own[frame.key] - others) & set(relations) and not _harmful(frame, relations):
            return frame
    return next((f for f in fit if f.key == kind), next((f for f in fit if f.key == "event"), fit[0]))


def _harmful(frame: Frame, relations: Iterable[str]) -> bool:
    return bool({frame.parts[part] for part in frame.harm} & set(relations))


def told_once(said: Iterable[Said]) -> dict[str, tuple[str, ...]]:
    """Speaker → for whom, through whom and when, where it is the same of all that this speaker says, more than once."""
    every: dict[str, list[tuple[str, ...]]] = {}
    for one in said:
        for speaker in one.speakers:
            every.setdefault(speaker, []).append(one.spoken)
    return {name: ways[0] for name, ways in every.items() if ways[0] and len(ways) > 1 and len(set(ways)) == 1}


def without(said: Said, shared: Mapping[str, tuple[str, ...]]) -> Said:
    """The statement without what is told of its speakers once."""
    if not said.speakers or any(shared.get(speaker) != said.spoken for speaker in said.speakers):
        return said
    return replace(said, clauses=tuple(clause for clause in said.clauses if clause not in said.spoken))


def folded(said: Sequence[Said], events: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Speaker's key → its lines, in the order in which each is met first."""
    by_key: dict[str, list[Said]] = {}
    for one in said:
        by_key.setdefault(one.key, []).append(one)
    return [(key, list(_lines(ones, events))) for key, ones in by_key.items()]


def _lines(said: Sequence[Said], events: Mapping[str, str]) -> Iterator[str]:
    groups: dict[object, list[Said]] = {}
    for number, one in enumerate(said):
        groups.setdefault((one.subject, one.way) if one.shares else number, []).append(one)
    posts = _posts(groups.values(), events)
    lines: list[Said] = []
    for group in groups.values():
        first = group[0]
        if group in posts:
            continue
        if post := next((other for other in posts if _holds(group, other)), None):
            holder = replace(first, subject=f"post {first.third}; who {first.subject}", relation="", third="")
            lines.append(_more(holder, [Said("", "", "body", one.third) for one in post]))
        elif whole := framed(group, events):
            lines.append(whole)
        else:
            lines.append(_more(first, group[1:]) if first.relation else first)
    yield from (one.line for one in _together(lines))


def _posts(groups: Iterable[list[Said]], events: Mapping[str, str]) -> list[list[Said]]:
    """Where a post is, when somebody is said here to hold it."""
    every = list(groups)
    return [
        group
        for group in every
        if events.get(group[0].subject) == "post"
        and {one.relation for one in group} == {"post-in"}
        and sum(_holds(other, group) for other in every) == 1
    ]


def _holds(group: list[Said], post: list[Said]) -> bool:
    return len(group) == 1 and group[0].relation == "holds-post" and group[0].third == post[0].subject \
        and group[0].way == post[0].way and group[0].shares  # fmt: skip


def framed(group: list[Said], events: Mapping[str, str]) -> Said | None:
    """The line of a frame, when this group says that the event took place."""
    first = group[0]
    frame = frames().get(events.get(first.subject, ""))
    verb = first.key.split(" (")[0].rpartition(" ")[2]
    plain = not any(clause.startswith("when ") or clause == "open" for clause in first.clauses)
    occurs = [one for one in group if one.relation == OCCURRED]
    if frame is None or not occurs or not first.shares or not plain or verb in ("denies", "doubts"):
        return None
    words = {relation: part for part, relation in reversed(list(frame.parts.items()))
             if relation and part not in (*frame.harm, "because", "when")}  # fmt: skip
    parts = [replace(one, relation=words.get(one.relation, one.relation)) for one in group if one not in occurs]
    given = [one.relation for one in parts]
    ties = any(given.count(tie.first) > (tie.first == tie.second) and tie.second in given for tie in frame.ties)
    head = replace(first, subject=f"{frame.key} {first.subject}", relation="", third="",
                   clauses=(*first.clauses, *(["no-tie"] if ties else [])))  # fmt: skip
    return _more(head, parts)


def _more(first: Said, others: Sequence[Said]) -> Said:
    """One statement with the relations of the others behind it; third places of one relation stand in a row."""
    rows: list[tuple[str, list[str]]] = [(first.relation, [first.third])]
    for one in others:
        row = next((third for word, third in rows if word == one.relation), None)
        if row is not None and all(_LISTED.fullmatch(third) for third in (*row, one.third)):
            row.append(one.third)
        else:
            rows.append((one.relation, [one.third]))
    clauses = tuple(f"{word} {', '.join(third)}".rstrip() for word, third in rows[1:])
    return replace(first, third=", ".join(rows[0][1]), clauses=(*clauses, *first.clauses))


def _together(lines: Sequence[Said]) -> Iterator[Said]:
    """Lines that say the same of several: `a, b owns c`."""
    left = list(lines)
    while left:
        one = left.pop(0)
        same = [other for other in left if one.shares and other.shares and replace(other, subject=one.subject) == one]
        left = [other for other in left if other not in same]
        yield replace(one, subject=", ".join([one.subject, *(other.subject for other in same)]))
