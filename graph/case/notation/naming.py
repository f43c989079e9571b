"""Names of events, made by rule from their frame: "the purchase of Lumen by Norvik". In both languages, pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]|\{([a-z-]+)\}")
_AND = {"en": " and ", "es": " y "}


def event_name(pattern: str, parts: Mapping[str, Sequence[str]], language: str) -> str:
    """A pattern such as `the purchase[ of {what}]` filled in; a part in brackets is left out when nobody gives it."""

    def filled(match: re.Match[str]) -> str:
        if match[1] is None:
            return _listed(parts.get(match[2], ()), language)
        wanted = re.findall(r"\{([a-z-]+)\}", match[1])
        if not all(parts.get(word) for word in wanted):
            return ""
        return _OPTIONAL.sub(filled, match[1])

    name = " ".join(_OPTIONAL.sub(filled, pattern).split())
    if language == "es":
        name = re.sub(r"\bde el\b", "del", re.sub(r"\ba el\b", "al", name))
    return name


def _listed(words: Sequence[str], language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    joint = " e " if language == "es" and words[-1].lower().startswith(("i", "hi")) else _AND[language]
    return ", ".join(words[:-1]) + joint + words[-1]
