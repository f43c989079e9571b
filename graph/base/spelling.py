"""Names found in whichever spelling they are written: with or without accents, in other letters of the same sound.

In: a text, or a name. Out: the text in plain small letters with the way back to where each stood, and a pattern that
finds the name in such a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

#: Letters that lose no accent when they are taken apart, as they are written without them.
# ruff: noqa: RUF001 - letters that look alike are the matter here
_PLAIN = {
    "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ħ": "h",
    "ŧ": "t", "ĸ": "k", "ə": "e", "ƒ": "f", "ς": "σ", "ٱ": "ا", "ى": "ي", "ک": "ك", "ی": "ي", "ة": "ه",
}  # fmt: skip
#: What such letters, and others with an accent, are also written as: a pattern over plain letters.
_OTHERWISE = {
    "ä": "ae?", "ö": "oe?", "ü": "ue?", "ø": "oe?", "å": "aa?", "æ": "ae?", "œ": "oe?", "ß": "(?:ss?|sz)",
    "þ": "(?:th?|p)", "ð": "(?:dh?|th)", "đ": "dj?", "ñ": "n[iy]?", "ł": "[lw]",
}  # fmt: skip
#: Two plain letters that may stand for one: `Mueller` is written `Müller`, too.
_PAIRS = (("ae", "ae?"), ("oe", "oe?"), ("ue", "ue?"), ("aa", "aa?"), ("ss", "ss?"), ("th", "th?"))
#: What may follow a name, and stays: `the Ferrers`, `Ferrer's`.
_ENDING = "(?:['’]?s|es|s['’])?"
#: What may stand before a word without a space, in Arabic and Hebrew.
_BEGINNING = {"ARABIC": "[وفبكلس]{0,2}(?:ال|ل)?", "HEBREW": "[והבכלמש]{0,3}"}
#: Scripts that write without spaces.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_EDGE = r"[^\W_]"


@cache
def _plain(character: str) -> str:
    """A character in plain small letters: none for a mark or a soft hyphen, two for a ligature."""
    found = []
    for part in unicodedata.normalize("NFKD", character).lower():
        if part in _PLAIN:
            found.append(_PLAIN[part])
        elif unicodedata.category(part) not in ("Mn", "Me", "Cf") and part != "ـ":
            found.append(unicodedata.normalize("NFD", part)[0])
    return "".join(found)


def folded(text: str) -> tuple[str, list[int]]:
    """The text in plain small letters, and for each of them where it stood; one place more for the end.

    >>> folded("Ærø")
    ('aero', [0, 0, 1, 2, 3])
    """
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    parts = [_plain(character) for character in text]
    places = [at for at, part in enumerate(parts) for _ in part]
    return "".join(parts), [*places, len(text)]


def scripts(text: str) -> set[str]:
    """The scripts of its letters, as Unicode calls them: LATIN, ARABIC, CJK, …"""
    return {_script(c) for c in set(text) if c.isalpha()}


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]


def pattern(name: str) -> str:
    """What finds a name in a folded text, as whole words, whatever stands between its words; `""` for no letters.

    >>> bool(re.search(pattern("Jürgen Müller"), folded("says JUERGEN  MULLER's aunt")[0]))
    True
    """
    # What stands for letters is taken apart as it is in the text: `㈱` is `(株)`, a radical of Kangxi is its character.
    words = re.findall(rf"{_EDGE}+", unicodedata.normalize("NFKC", name).replace("\u00ad", ""))
    inner = r"[\W_]*".join("".join(_spellings(word)) for word in words)
    if not inner:
        return ""
    written = scripts(name)
    if written & set(_UNSPACED):
        return inner
    before = next((_BEGINNING[script] for script in sorted(written) if script in _BEGINNING), "")
    after = _ENDING if written <= {"LATIN"} and len(words[-1]) > 2 else ""
    return rf"(?<!{_EDGE}){before}{inner}(?={after}(?!{_EDGE}))"


def _spellings(word: str) -> Iterator[str]:
    letters = list(word.lower())
    at = 0
    while at < len(letters):
        pair = "".join(letters[at : at + 2])
        otherwise = next((each for two, each in _PAIRS if two == pair and len(word) > 3), "")
        if otherwise:
            yield otherwise
            at += 2
            continue
        yield _OTHERWISE.get(letters[at]) or re.escape(_plain(letters[at]))
        at += 1


def any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for all of these names, the longest first; None for none."""
    found = sorted({each for each in map(pattern, names) if each}, key=lambda each: (-len(each), each))
    return re.compile("|".join(found)) if found else None
