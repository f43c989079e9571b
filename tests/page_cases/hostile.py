"""Names that try to be more than text, for every place where a case holds text."""

from __future__ import annotations

import itertools
from typing import Any

LONG = "x" * 10_000
MANY_WORDS = "word " * 2_000
HOSTILE = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "\"'`><svg onload=window.__pwned=1>",
    "<!--<script>",
    "]]><style>*{display:none}</style>",
    "{{7*7}}${window.__pwned=1}{0}{n}{name}%s",
    "javascript:window.__pwned=1",
    "data:text/html,<script>window.__pwned=1</script>",
    "\u202egnirts denrut\u202c \u2067x\u2069 \u200fعربي עברית",
    "a|b × c › d · e\u2028f\u2029g\u200bh\ufeff",
    "__proto__",
    "constructor",
    LONG,
    MANY_WORDS,
    "",
)

#: Keys of the page's data whose text comes, directly or by way of a sentence, from what an author wrote.
_WRITTEN = frozenset(
    "author title editor licence corrections url at sid words printed record by note grade cases currency unit".split()
)
_LISTS = frozenset({"aliases", "hedges"})


def poisoned(value: Any, turn: list[int] | None = None, key: str = "") -> Any:
    """The page's data with every text that somebody wrote replaced, by one hostile name after another."""
    turn = turn if turn is not None else [0]
    if isinstance(value, dict):
        return {name: poisoned(inner, turn, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_next(turn) if key in _LISTS else poisoned(inner, turn, key) for inner in value]
    if isinstance(value, str) and (key in ("en", "es") or key in _WRITTEN):
        return _next(turn)
    return value


def _next(turn: list[int]) -> str:
    turn[0] += 1
    # The long ones are rare, or the file would be of a size that no case has.
    usual = len(HOSTILE) - 3
    return HOSTILE[turn[0] % usual] if turn[0] % 97 else HOSTILE[usual + turn[0] // 97 % 3]


def hostile_case() -> str:
    """A case, as JSON (which is YAML), in which every field that holds free text holds something hostile."""
    import json

    names = [text for text in HOSTILE if text.strip() and "\u2028" not in text and "\ufeff" not in text]
    actors = {f"actor-{n}": {"name": {"en": name, "es": name}, "kind": "person"} for n, name in enumerate(names)}
    for n, actor in enumerate(actors.values()):
        actor["aliases"] = [names[(n + 1) % len(names)]]
    ids = list(actors)
    lines = {f"s{n}": [one, "met-with", two] for n, (one, two) in enumerate(itertools.pairwise(ids))}
    passages = [
        {"at": names[0], "by": ids[0], "via": [ids[1]], "verb": names[2], "summary": names[3], "hedge": [names[1]],
         "words": names[0], "asserts": lines},
        {"at": names[4], "by": ids[2], "summary": names[0], "denies": {"d1": "s1"}, "contests": {"d2": "s2"}},
        {"at": names[5], "by": ids[3], "summary": {"en": names[1], "es": names[2]},
         "asserts": {"w1": [ids[0], "known-as", names[0]]}},
    ]  # fmt: skip
    parts = [
        {"format": 1, "title": {"en": names[0], "es": names[1]}, "editor": names[2], "actors": actors},
        {
            "format": 1,
            "document": {
                "id": "d",
                "title": names[1],
                "published": "2031-05-06",
                "publisher": ids[4],
                "author": ids[5],
            },
            "passages": passages,
        },
    ]
    return "\n---\n".join(json.dumps(part) for part in parts)
