"""Places in the drawing that are kept with a case, so that what was placed before never moves.

In: a case, and the small JSON file beside it, written by `actorgraph positions` or saved from the page. Out: IRI →
(x, y). The file is the author's own: actors are named by their ids, relationships by the statement that makes them.
Whoever is withheld is neither written nor found there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from ..base.errors import CaseError, Finding
from ..base.ids import short
from ..base.terms import ID
from ..case.model import Case, Claim, statement_name
from ..wording import position

Point = tuple[float, float]

NAME = "positions.json"
FORMAT = 1
#: The drawings whose places are kept, by the names that the file gives them.
DRAWINGS = ("all", "opening", "cast")
_LARGEST = 4 * 1024 * 1024
#: What `protect` mints: no key is made of it.
_WITHHELD = f"{ID}withheld/"
_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class Places:
    """Places by key or by IRI, of each drawing on its own sheet: everything, the disputes, the cast. Pixels, y down."""

    all: Mapping[str, Point] = field(default_factory=dict)
    opening: Mapping[str, Point] = field(default_factory=dict)
    cast: Mapping[str, Point] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Mapping[str, Point], ...]:
        """The places of each drawing, in the order of `DRAWINGS`."""
        return tuple(getattr(self, name) for name in DRAWINGS)

    def __bool__(self) -> bool:
        return any(self.parts)

    def updated(self, other: Places) -> Places:
        """These places, but those of `other` where it has any."""
        return Places(*({**mine, **its} for mine, its in zip(self.parts, other.parts, strict=True)))

    def renamed(self, names: Mapping[str, str]) -> Places:
        """The same places under other names; what has no other name is left out."""
        return Places(*({names[key]: at for key, at in part.items() if key in names} for part in self.parts))


def path_of(case: Path) -> Path:
    """Where a case keeps its places: in its folder, or beside its one file."""
    return case / NAME if case.is_dir() else case.with_name(f"{case.stem}.{NAME}")


def keys(case: Case) -> dict[str, str]:
    """IRI → what the file calls it: an actor's id, a relationship's first statement (`gazette/s01`)."""
    found = {iri: actor.slug for iri, actor in case.actors.items() if not iri.startswith(_WITHHELD)}
    taken: set[str] = set()
    # The statement that makes a relationship comes before those that answer it.
    for claim in sorted(case.claims, key=_stating):
        if claim.proposition in found or _hidden(case, claim):
            continue
        name = statement_name(claim)
        found[claim.proposition] = f"p/{claim.proposition.rpartition('/')[2]}" if name in taken else name
        taken.add(name)
    # Answers have places of their own in the drawing of the cast.
    for claim in case.claims:
        if claim.counters and not _hidden(case, claim) and (name := statement_name(claim)) not in taken:
            found[claim.iri] = name
            taken.add(name)
    # The whole of which only a period is stated has no statement of its own; its IRI is a digest of its content.
    hidden = {claim.proposition for claim in case.claims}
    for iri in case.propositions:
        if iri not in found and iri not in hidden:
            found[iri] = f"p/{iri.rpartition('/')[2]}"
    return found


def _stating(claim: Claim) -> tuple[object, ...]:
    return (bool(claim.counters or claim.confirms), claim.document, *position(claim))


def _hidden(case: Case, claim: Claim) -> bool:
    return claim.iri.startswith(_WITHHELD) or case.documents[claim.document].confidential


# --- between IRIs and keys


def placed(case: Case, kept: Places) -> Places:
    """Places by IRI; what the case does not have (any more) is left out."""
    return kept.renamed({key: iri for iri, key in keys(case).items()})


def keyed(case: Case, places: Places) -> Places:
    """Places by key, to be written."""
    return places.renamed(keys(case))


def from_page(case: Case, text: str, shown: str) -> Places:
    """Places by key from what the page saved, which calls everything by opaque ids. Raises `CaseError`."""
    saved = parse(text, shown)
    names = {short(iri): key for iri, key in keys(case).items()}
    kept = saved.renamed(names)
    if saved and not kept:
        raise CaseError([Finding(shown, 0, "has the positions of another case.", "Save them from this case's page.")])
    return kept


# --- the file


def read(path: Path) -> Places:
    """What a case's file keeps, by key; nothing when there is no such file. Raises `CaseError`."""
    return parse(text_of(path), str(path)) if path.exists() else Places()


def text_of(path: Path) -> str:
    """The file's text; raises `CaseError` when it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CaseError([Finding(str(path), 0, "is too large.", "Write it again: actorgraph positions --write.")])
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise CaseError([Finding(str(path), 0, f"cannot be read: {reason}.", "Check the path.")]) from error


def parse(text: str, shown: str) -> Places:
    """`{"format": 1, "all": {key: [x, y]}, "opening": {…}, "cast": {…}}`; raises `CaseError` for anything else."""

    def refuse(what: str, line: int = 0) -> CaseError:
        return CaseError([Finding(shown, line, what, "Write it again: actorgraph positions --write.")])

    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise refuse("is not JSON.", getattr(error, "lineno", 0)) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise refuse(f'does not say "format": {FORMAT}.')
    parts: list[dict[str, Point]] = []
    for name in DRAWINGS:
        part = data.get(name, {})
        if not isinstance(part, dict):
            raise refuse(f'has no places at "{name}".')
        wrong = next((key for key, at in part.items() if not _is_point(at)), None)
        if wrong is not None:
            raise refuse(f'has no place [x, y] for "{wrong[:80]}".')
        parts.append({key: (float(at[0]), float(at[1])) for key, at in part.items()})
    return Places(*parts)


def _is_point(at: Any) -> bool:
    return isinstance(at, list) and len(at) == 2 and all(map(_is_length, at))


def _is_length(number: Any) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return isfinite(number) and abs(number) < _FARTHEST


def dumps(kept: Places) -> str:
    """The file's text: sorted, one place a line, so that a change is a line of a diff."""
    parts = (f' "{name}": {{{_lines(part)}}}' for name, part in zip(DRAWINGS, kept.parts, strict=True))
    return f'{{\n "format": {FORMAT},\n' + ",\n".join(parts) + "\n}\n"


def _lines(part: Mapping[str, Point]) -> str:
    rows: Iterable[str] = (
        f"\n  {json.dumps(key, ensure_ascii=False)}: [{round(x, 1)}, {round(y, 1)}]"
        for key, (x, y) in sorted(part.items())
    )
    return ",".join(rows) + ("\n " if part else "")
