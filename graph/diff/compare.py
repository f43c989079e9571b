"""Two snapshots in, what differs out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..yaml.forms import Texts, in_language
from .snapshot import Said, Snapshot, Stands

#: Fields of a statement that count as a change, in the order in which they are told.
FIELDS = (
    "relationship", "stance", "modality", "speaker", "speaks_for", "chain", "hedges", "place", "said", "summary",
    "retraction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement before and after, and which of `FIELDS` changed."""

    before: Said
    after: Said
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restood:
    """A relationship that stands otherwise than before."""

    before: Stands
    after: Stands


@dataclass(frozen=True, slots=True)
class Difference:
    """From an old edition to a new one. Relationships that came or went are told by their statements."""

    old: str
    new: str
    came: tuple[Said, ...]
    went: tuple[Said, ...]
    changed: tuple[Changed, ...]
    standing: tuple[Restood, ...]
    actors_came: tuple[Texts, ...]
    actors_went: tuple[Texts, ...]
    renamed: tuple[tuple[Texts, Texts], ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.came or self.went or self.changed or self.standing or self.actors_came or self.actors_went
                    or self.renamed)  # fmt: skip


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """What is new, gone and changed between two editions, sorted by document and sentence."""
    same = {key: key for key in old.statements.keys() & new.statements.keys()}
    same |= _matched(
        [said for key, said in old.statements.items() if key not in same],
        [said for key, said in new.statements.items() if key not in same],
    )
    changed = []
    for before, after in same.items():
        one, other = old.statements[before], new.statements[after]
        what = tuple(name for name in FIELDS if _differs(name, one, other, old.actors, new.actors))
        if before == after and what:
            changed.append(Changed(one, other, what))
    met = set(same.values())
    stands = old.relationships.keys() & new.relationships.keys()
    standing = [
        Restood(old.relationships[key], new.relationships[key])
        for key in stands
        if _standing(old.relationships[key]) != _standing(new.relationships[key])
    ]
    came, went = (
        {key: one.actors[key] for key in one.actors.keys() - other.actors.keys()}
        for one, other in ((new, old), (old, new))
    )
    for name in _common(came.values(), went.values()):
        # Somebody withheld has another id in every build.
        for side in (came, went):
            side.pop(next(key for key, label in side.items() if label == name))
    both = old.actors.keys() & new.actors.keys()
    return Difference(
        old=old.version,
        new=new.version,
        came=_ordered(said for key, said in new.statements.items() if key not in met),
        went=_ordered(said for key, said in old.statements.items() if key not in same),
        changed=tuple(sorted(changed, key=lambda change: _order(change.after))),
        standing=tuple(sorted(standing, key=lambda change: _first(change.after.title))),
        actors_came=tuple(sorted(came.values(), key=_first)),
        actors_went=tuple(sorted(went.values(), key=_first)),
        renamed=tuple(
            sorted(
                ((old.actors[key], new.actors[key]) for key in both if old.actors[key] != new.actors[key]),
                key=lambda pair: _first(pair[1]),
            )
        ),
    )


def _differs(field: str, one: Said, other: Said, old: Mapping[str, Texts], new: Mapping[str, Texts]) -> bool:
    """Whether a field says something else. Whoever is withheld has another id in each build, but says the same."""
    before, after = getattr(one, field), getattr(other, field)
    if field == "relationship":
        return bool(before != after) and one.sentence != other.sentence
    if field in ("speaker", "speaks_for"):
        return bool(before != after) and old.get(before, before) != new.get(after, after)
    if field == "chain":
        return bool(before != after) and [old.get(i, i) for i in before] != [new.get(i, i) for i in after]
    return bool(before != after)


def _matched(old: Iterable[Said], new: Iterable[Said]) -> dict[str, str]:
    """Statements without a common id that say the same at the same place of a document."""
    waiting: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for said in sorted(new, key=lambda said: said.id):
        waiting[said.content].append(said.id)
    found = {}
    for said in sorted(old, key=lambda said: said.id):
        if waiting[said.content]:
            found[said.id] = waiting[said.content].pop(0)
    return found


def _common(one: Iterable[Texts], other: Iterable[Texts]) -> list[Texts]:
    rest = list(other)
    found = []
    for name in one:
        if name in rest:
            rest.remove(name)
            found.append(name)
    return found


def _standing(stands: Stands) -> tuple[object, ...]:
    return (stands.line, stands.disputed, stands.sensitive, stands.origins)


def _ordered(statements: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(statements, key=_order))


def _order(said: Said) -> tuple[str, str, str]:
    return (_first(said.document), re.sub(r"\d+", lambda match: match[0].zfill(6), said.sid), said.id)


def _first(texts: Texts) -> str:
    return in_language(texts, "en")
