"""What differs, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..words import message
from ..yaml.forms import in_language
from .compare import Changed, Difference, Restood
from .snapshot import Said


def text(difference: Difference, language: str = "en") -> str:
    """What differs, listed; no line break at the end."""
    if not difference:
        return _text(language, "same")
    lists: dict[str, list[list[str]]] = {
        "came": [[f"+ {_told(said, language)}"] for said in difference.came],
        "went": [[f"- {_told(said, language)}"] for said in difference.went],
        "changed": [_change(change, language) for change in difference.changed],
        "standing": [_restood(change, language) for change in difference.standing],
        "actorsCame": [[f"+ {in_language(name, language)}"] for name in difference.actors_came],
        "actorsWent": [[f"- {in_language(name, language)}"] for name in difference.actors_went],
        "renamed": [
            [f"~ {in_language(after, language)}", f"  {_text(language, 'was', before=in_language(before, language))}"]
            for before, after in difference.renamed
        ],
    }
    old, new = (date or _text(language, "undated") for date in (difference.old, difference.new))
    lines = [_text(language, "between", old=old, new=new)]
    for key, rows in lists.items():
        if rows:
            lines += ["", _text(language, key, n=len(rows)), *(f"  {line}" for row in rows for line in row)]
    return "\n".join(lines)


def _told(said: Said, language: str) -> str:
    sentence = in_language(said.sentence, language).rstrip(".")
    return f"{sentence}. ({in_language(said.document, language)}, {said.sid})"


def _change(change: Changed, language: str) -> list[str]:
    lines = [f"~ {_told(change.after, language)}"]
    if change.before.sentence != change.after.sentence:
        lines.append(f"  {_text(language, 'was', before=in_language(change.before.sentence, language))}")
    fields = ", ".join(_text(language, f"fields.{name}") for name in change.what)
    return [*lines, f"  {_text(language, 'what', fields=fields)}"]


def _restood(change: Restood, language: str) -> list[str]:
    before, after = in_language(change.before.title, language), in_language(change.after.title, language)
    lines = [f"~ {after}"]
    if before != after:
        lines.append(f"  {_text(language, 'was', before=before)}")
    if change.before.origins != change.after.origins:
        lines.append(f"  {_text(language, 'origins', n=change.after.origins, before=change.before.origins)}")
    return lines


def _text(language: str, key: str, **values: object) -> str:
    return message(language, f"diff.{key}", **values)


def record(difference: Difference) -> dict[str, Any]:
    """The difference as JSON values."""
    return {
        "differs": bool(difference),
        "old": difference.old,
        "new": difference.new,
        "came": [asdict(said) for said in difference.came],
        "went": [asdict(said) for said in difference.went],
        "changed": [
            {"what": list(change.what), "before": asdict(change.before), "after": asdict(change.after)}
            for change in difference.changed
        ],
        "standing": [
            {"before": asdict(change.before), "after": asdict(change.after)} for change in difference.standing
        ],
        "actors": {
            "came": [dict(name) for name in difference.actors_came],
            "went": [dict(name) for name in difference.actors_went],
            "renamed": [{"before": dict(before), "after": dict(after)} for before, after in difference.renamed],
        },
    }
