"""Names as they stand in texts: whole words, in whichever spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..base.spelling import any_of, folded

#: A surname shorter than this would take out common words: it is told instead.
SHORTEST_SURNAME = 3
#: Up to so many capitals are an abbreviation: `US` is not `us`.
_LONGEST_ABBREVIATION = 4
_NOT_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Names:
    """The names of somebody or something, found as whole words in whichever spelling: see `base.spelling`."""

    def __init__(self, names: Iterable[str]) -> None:
        plain: set[str] = set()
        short: set[str] = set()
        for name in names:
            words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name))
            if len(words) == 1 and words[0].isupper() and len(words[0]) <= _LONGEST_ABBREVIATION:
                short.add(words[0])
            elif sum(map(len, words)) > 1:
                plain.add(name)
        self._plain = any_of(plain)
        self._short = _capitals(short)

    def __bool__(self) -> bool:
        return bool(self._plain or self._short)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in a text in NFC, from the left, none inside another."""
        found: list[tuple[int, int]] = []
        if self._plain:
            low, places = folded(text)
            found += [(places[m.start()], places[m.end() - 1] + 1) for m in self._plain.finditer(low) if m[0]]
        if self._short:
            plain, at = _compatible(text)
            found += [(at[m.start()], at[m.end() - 1] + 1) for m in self._short.finditer(plain)]
        apart: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return apart

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return bool(self) and bool(self.spans(unicodedata.normalize("NFC", text)))


def _capitals(words: Iterable[str]) -> re.Pattern[str] | None:
    """Abbreviations, in capitals only: `US` is not `us`."""
    found = "|".join(sorted(re.escape(word) for word in words))
    return re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])") if found else None


def _compatible(text: str) -> tuple[str, Sequence[int]]:
    """The text with letters of full width, raised or bold ones as plain ones, and where each of them stood."""
    if text.isascii():
        return text, range(len(text))
    plain = [(letter, at) for at, sign in enumerate(text) for letter in unicodedata.normalize("NFKC", sign)]
    return "".join(letter for letter, _ in plain), [at for _, at in plain]


def surnames(name: str) -> set[str]:
    return {word for word in last_names(name) if len(re.sub(r"[\W_]", "", word)) >= SHORTEST_SURNAME}


def last_names(name: str) -> set[str]:
    """The last word of a name and, of three or more, the one before; parts of `Ruiz-Marsh` each."""
    words = [word for word in re.split(r"\s+", name.strip()) if word.strip(".").lower() not in _NOT_SURNAMES]
    last = words[-2:] if len(words) > 2 else words[-1:]
    return {part for word in last for part in (word, *re.split(r"[-–]", word))}
