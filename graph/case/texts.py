"""A document's local text: its paragraphs, its sentences, and where given words stand in it.

In: the text, and the words with which its body begins. Out: spans, which count characters from 0, end exclusive. Words
are looked up in a copy flattened one character to one (spaces, quotes, dashes), so that offsets stay right. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

#: Places before the body. Only the headline is known by where it stands.
FRONT = ("headline", "subtitle", "byline", "caption")
#: So many words in a row are somebody else's sentence.
RUN = 9

_FLAT = str.maketrans(
    dict.fromkeys("\t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                  "\u2028\u2029\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)  # fmt: skip
_LINE = re.compile(r"[^\r\n]+")
#: Who wrote it, or when: a line under the headline that is no paragraph.
_BYLINE = re.compile(r"(?:By|Por) [A-ZÁÉÍÓÚÑ](?:\S+ ?){1,9}(?<![.!?])|\d{1,2} (?:de )?\w+ (?:de )?\d{4}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[\u3002\uff01\uff1f]+[\u300d\u300f”]*")
_OPENING = "\"'“‘«([¿¡—– "
_ABBREVIATED = frozenset(
    """mr mrs ms dr st vs no nos gen sen rep gov lt col sgt capt jr sr prof inc ltd co corp rev hon e.g i.e u.s u.k a.m
    p.m sra srta dña ud uds art arts núm pág págs av avda cía ee.uu jan feb mar apr aug sept oct nov dec""".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a text, end exclusive."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that is not empty. `at` is `headline`, `p1`, or empty for what else precedes the body."""

    at: str
    span: Span
    line: int


def flatten(text: str) -> str:
    """The text with plain spaces, quotes and dashes: as long as before."""
    return text.translate(_FLAT)


class SourceText:
    """A text in which places are looked up. `body_from` is how paragraph 1 begins; without it, it follows the headline.

    `found` is false when `body_from` does not stand in the text.
    """

    def __init__(self, text: str, body_from: str = "") -> None:
        self.text = text
        self.flat = flatten(text)
        lines = [match for match in _LINE.finditer(text) if match[0].strip()]
        first = self._body(lines, body_from)
        self.found = first is not None
        self.paragraphs: list[Paragraph] = []
        number = 0
        for at, match in enumerate(lines):
            place = "headline" if at == 0 else ""
            if at >= (1 if first is None else first):
                number += 1
                place = f"p{number}"
            line = text.count("\n", 0, match.start()) + 1
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            self.paragraphs.append(Paragraph(place, Span(start, match.start() + len(match[0].rstrip())), line))
        self.last = number

    def _body(self, lines: list[re.Match[str]], body_from: str) -> int | None:
        """Which line is paragraph 1; None when no line begins with, or holds, these words."""
        words = " ".join(flatten(body_from).split())
        if not words:
            return next((at for at, line in enumerate(lines[1:], 1) if not _BYLINE.fullmatch(line[0].strip())), 1)
        plain = [" ".join(flatten(match[0]).split()) for match in lines]
        begins = [at for at, line in enumerate(plain) if line.startswith(words)]
        return next(iter(begins or [at for at, line in enumerate(plain) if words in line]), None)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that a character stands in."""
        return next((p for p in self.paragraphs if p.span.start <= offset < p.span.end), None)

    def sentences(self, paragraph: Paragraph) -> Iterator[Span]:
        """The sentences of a paragraph. In doubt two stay together: a span is rather too long than cut."""
        start, end = paragraph.span.start, paragraph.span.end
        for match in _END.finditer(self.text, start, end):
            if self._ends(start, match, end):
                yield Span(start, match.start() + len(match[0].rstrip()))
                start = match.end()
        if start < end:
            yield Span(start, end)

    def _ends(self, start: int, match: re.Match[str], end: int) -> bool:
        if match[0][0] in "\u3002\uff01\uff1f":
            return match.end() < end
        following = self.text[match.end() : end].lstrip(_OPENING)[:1]
        if not following or not (following.isupper() or following.isdigit()):
            return False
        if match[0][0] != ".":
            return True
        before = self.text[start : match.start()].split()
        word = before[-1].lstrip(_OPENING).lower() if before else ""
        return not (word in _ABBREVIATED or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(\w\.)+\w", word))

    def widened(self, span: Span) -> Span:
        """The whole sentences that a span touches."""
        touched = [s for p in self.paragraphs if p.span.meets(span) for s in self.sentences(p) if s.meets(span)]
        return Span(touched[0].start, touched[-1].end) if touched else span

    def find(self, words: str) -> list[Span]:
        """Every place at which words stand. `a … b` stands for all from a to the next b."""
        for form in dict.fromkeys((words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words))):
            if found := self._find(form):
                return found
        first, dots, last = re.sub(r"\s*(?:…|\.\.\.|\[…\])\s*", "\n", words.strip()).partition("\n")
        if not dots or not first or not last:
            return []
        ends = self.find(last)
        pairs = [(start, next((end for end in ends if end.start >= start.end), None)) for start in self.find(first)]
        return [Span(start.start, end.end) for start, end in pairs if end is not None]

    def _find(self, words: str) -> list[Span]:
        parts = [re.escape(word) for word in flatten(words).split()]
        if not parts:
            return []
        inner = " +".join(parts)
        # Whole words first; a language that writes without spaces has none.
        for pattern in (rf"(?<!\w){inner}(?!\w)", inner):
            if found := [Span(*match.span()) for match in re.finditer(pattern, self.flat)]:
                return found
        return []

    def repeats(self, paragraph: Paragraph) -> bool:
        """Whether it prints the headline once more, as pages saved from a browser do."""
        first = self.paragraphs[0]
        return paragraph is not first and self._words_of(paragraph) == self._words_of(first)

    def _words_of(self, paragraph: Paragraph) -> list[str]:
        return self.flat[paragraph.span.start : paragraph.span.end].split()

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        """Every nine words in a row, without those of the headline, which may be cited."""
        words = _words(self.text)
        head = self.paragraphs[0].span if self.paragraphs else Span(0, 0)
        title = _words(self.text[head.start : head.end])
        return frozenset(_runs(words)) - frozenset(_runs(title))

    def copied(self, text: str) -> str:
        """The first nine words in a row of `text` that stand in this one as well; empty when there are none."""
        return next((" ".join(run) for run in _runs(_words(text)) if run in self._runs), "")


def _words(text: str) -> list[str]:
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
