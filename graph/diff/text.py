"""What differs, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..yaml.forms import in_language
from .compare import Changed, Difference, Restood
from .snapshot import Said

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "same": "Nothing differs.",
        "from": "From the version of {0} to that of {1}:",
        "came": "New statements: {0}",
        "went": "Statements gone: {0}",
        "changed": "Statements changed: {0}",
        "standing": "Relationships that stand otherwise: {0}",
        "actors_came": "New actors and things: {0}",
        "actors_went": "Actors and things gone: {0}",
        "renamed": "Actors and things called otherwise: {0}",
        "was": "was: {0}",
        "what": "changed: {0}",
        "origins": "{0} independent sources, were {1}",
        "undated": "no date",
    },
    "es": {
        "same": "No hay diferencias.",
        "from": "De la versión del {0} a la del {1}:",
        "came": "Declaraciones nuevas: {0}",
        "went": "Declaraciones que ya no están: {0}",
        "changed": "Declaraciones cambiadas: {0}",
        "standing": "Relaciones que constan de otro modo: {0}",
        "actors_came": "Actores y cosas nuevos: {0}",
        "actors_went": "Actores y cosas que ya no están: {0}",
        "renamed": "Actores y cosas que se llaman de otro modo: {0}",
        "was": "antes: {0}",
        "what": "cambia: {0}",
        "origins": "fuentes independientes: {0}; antes {1}",
        "undated": "sin fecha",
    },
}


_FIELDS = {
    "en": {
        "relationship": "what it is about", "stance": "position", "modality": "done or planned",
        "speaker": "who says it", "speaks_for": "for whom",
        "chain": "how it reached us", "hedges": "qualified as", "place": "place",
        "said": "when it was said", "summary": "summary", "retraction": "taken back",
    },
    "es": {
        "relationship": "de qué trata", "stance": "postura", "modality": "hecho o previsto", "speaker": "quién lo dice",
        "speaks_for": "en nombre de quién", "chain": "cómo nos llegó", "hedges": "con la reserva de", "place": "lugar",
        "said": "cuándo se dijo", "summary": "resumen", "retraction": "retirado",
    },
}  # fmt: skip


def text(difference: Difference, language: str = "en") -> str:
    """What differs, listed; no line break at the end."""
    words = _WORDS[language]
    if not difference:
        return words["same"]
    dates = (difference.old or words["undated"], difference.new or words["undated"])
    lists: dict[str, list[list[str]]] = {
        "came": [[f"+ {_told(said, language)}"] for said in difference.came],
        "went": [[f"- {_told(said, language)}"] for said in difference.went],
        "changed": [_change(change, language) for change in difference.changed],
        "standing": [_restood(change, language) for change in difference.standing],
        "actors_came": [[f"+ {in_language(name, language)}"] for name in difference.actors_came],
        "actors_went": [[f"- {in_language(name, language)}"] for name in difference.actors_went],
        "renamed": [
            [f"~ {in_language(after, language)}", f"  {words['was'].format(in_language(before, language))}"]
            for before, after in difference.renamed
        ],
    }
    lines = [words["from"].format(*dates)]
    for key, rows in lists.items():
        if rows:
            lines += ["", words[key].format(len(rows)), *(f"  {line}" for row in rows for line in row)]
    return "\n".join(lines)


def _told(said: Said, language: str) -> str:
    sentence = in_language(said.sentence, language).rstrip(".")
    return f"{sentence}. ({in_language(said.document, language)}, {said.sid})"


def _change(change: Changed, language: str) -> list[str]:
    words = _WORDS[language]
    lines = [f"~ {_told(change.after, language)}"]
    if change.before.sentence != change.after.sentence:
        lines.append(f"  {words['was'].format(in_language(change.before.sentence, language))}")
    return [*lines, f"  {words['what'].format(', '.join(_FIELDS[language][name] for name in change.what))}"]


def _restood(change: Restood, language: str) -> list[str]:
    words = _WORDS[language]
    before, after = in_language(change.before.title, language), in_language(change.after.title, language)
    lines = [f"~ {after}"]
    if before != after:
        lines.append(f"  {words['was'].format(before)}")
    if change.before.origins != change.after.origins:
        lines.append(f"  {words['origins'].format(change.after.origins, change.before.origins)}")
    return lines


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
