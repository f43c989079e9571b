"""How wide a text will be, told without a browser: what is laid out in Python has to fit where it is drawn.

Advance widths of the printable ASCII characters of DejaVu Sans, in hundredths of the type size: the widest of the
fonts that the page's style sheet asks for, so that no reader's font needs more room.
"""

from __future__ import annotations

from functools import lru_cache

_REGULAR = (
    "32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 70 "
    "77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 63 "
    "63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84"
)
_BOLD = (
    "35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 "
    "73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 "
    "44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84"
)
_WIDTHS = {False: tuple(map(int, _REGULAR.split())), True: tuple(map(int, _BOLD.split()))}
#: What every other character is taken to need: as much as a capital.
_OTHER, _WIDE = 80, 105


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a line of text takes at a type size in pixels."""
    return _hundredths(text, bold) * size / 100


@lru_cache(maxsize=4096)
def _hundredths(text: str, bold: bool) -> int:
    """The same words are measured many times while they are wrapped."""
    return sum(_advance(ord(char), bold) for char in text)


@lru_cache(maxsize=4096)
def _advance(code: int, bold: bool) -> int:
    if 32 <= code < 127:
        return _WIDTHS[bold][code - 32]
    # East Asian characters fill a square.
    return _WIDE if code >= 0x1100 else _OTHER


def wrapped(text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """A text broken at its spaces into lines of at most `most` pixels, as even as can be; words stay whole."""
    words = text.split()
    if not words:
        return []
    lines = _filled(words, size, most, bold)
    # The narrowest room that takes as many lines: no last line of one short word.
    low, high = most / 2, most
    for _ in range(6):
        middle = (low + high) / 2
        tried = _filled(words, size, middle, bold)
        if len(tried) == len(lines):
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _filled(words: list[str], size: float, most: float, bold: bool) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer, size, bold=bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
