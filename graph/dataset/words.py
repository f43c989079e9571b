"""A case's own kinds, relations and units as text, and back.

In a dataset such a word is described as every other one is; what only its author's form holds (plural phrases, the
infinitive, which third places it takes) stands beside it as JSON, so that the case can be read back.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..vocabulary.model import Kind, Phrases, Relation, Unit


def written(word: Kind | Relation | Unit) -> str:
    """The word as one line of JSON, the same for the same word."""
    return json.dumps(_plain(asdict(word)), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        # Whether a period is over is a proposition's, never a word's.
        return {key: _plain(inner) for key, inner in value.items() if key != "over"}
    return list(map(_plain, value)) if isinstance(value, tuple | list) else value


def kind(line: str) -> Kind:
    """The kind that `written` wrote."""
    found = json.loads(line)
    return Kind(**found | {"harms": frozenset(found.get("harms", ()))})


def relation(line: str) -> Relation:
    """The relation that `written` wrote."""
    found = json.loads(line)
    for key in ("phrases", "turned"):
        found[key] = _phrases(found.get(key, {}))
    found["by_kind"] = {kind: _phrases(phrases) for kind, phrases in found.get("by_kind", {}).items()}
    for key in ("takes", "subject", "third"):
        found[key] = frozenset(found[key])
    if "accused" in found:
        found["accused"] = frozenset(found["accused"])
    if not isinstance(found["sensitive"], bool):
        found["sensitive"] = frozenset(found["sensitive"])
    return Relation(**found)


def _phrases(written: dict[str, Any]) -> dict[str, Phrases]:
    return {language: Phrases(**phrases) for language, phrases in written.items()}


def unit(line: str) -> Unit:
    """The unit that `written` wrote."""
    found = json.loads(line)
    found["label"] = {language: (words[0], words[1]) for language, words in found["label"].items()}
    return Unit(**found)
