"""A line of format 2 in, its parts out; or a `LineError` that says where, what was understood and what is due.

    line    = [id " = "] main [" (" as printed ")"] {"; " clause}
    main    = frame [id]  |  id {", " id}  |  id {", " id} relation [value {", " value}]
    clause  = status  |  word value {", " value} [" (" as printed ")"]
    value   = id | id.part | "words" [es "palabras"] | figure [noun] | date | that [status] line [if line | unless line]
            | unknown | withheld | none
    A line inside another may end in its own time: that a owns b when 2032; if a owns b when by 2032-03-01

Nothing here knows which names there are: that is asked later, when all files are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal

from ..values import APPROXIMATE, BOUNDS
from .tokens import AS_WRITTEN, LineError, Token, canonical, tokens

STATUSES = ("planned", "expected", "possible", "required", "open", "would-have", "actual")
#: Clauses of one word.
FLAGS = ("sensitive", "no-tie", "implied", "plural", "confidential")
#: Clauses whose value is a line, or ids.
LINKS = ("because", "if", "unless", "or")
#: Words before that on which something depends, with the relations that say so.
CONDITIONS = {"if": "on-condition", "unless": "unless"}
#: Clauses whose value is read as it is written, to the end of the clause.
RAW = ("title", "called", "when", "said", "degree")
#: Words that are no ids.
RESERVED = frozenset(
    {*STATUSES, *FLAGS, *LINKS, *RAW, "names", "document", "speakers", "summary", "says", "alleges", "supposes",
     "denies", "doubts", "declines", "implied", "inferred", "somebody", "for", "via", "probably", "that", "words",
     "wikidata", "unknown", "withheld", "none", "counters"}
)  # fmt: skip
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: `deal`, `deal.by`, `gazette-2032-03-04/busy`
NAME = re.compile(r"(?:[a-z0-9][a-z0-9.-]*/)?[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?")
_FIGURE = re.compile(r"-?[0-9]")
#: The tag of a language.
TAG = re.compile(r"[a-z]{2,3}")
#: A line in a line in a line …: nobody follows more.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a place of a line. `text` is an id, quoted words, or a figure as written."""

    kind: Literal["name", "words", "figure", "line", "missing"]
    text: str
    at: int
    #: Quoted words in other languages.
    other: tuple[tuple[str, str], ...] = ()
    #: What a figure counts, in quotation marks.
    noun: str = ""
    line: Tie | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """`a, b relation c, d`"""

    subjects: tuple[Value, ...]
    relation: str
    relation_at: int
    objects: tuple[Value, ...]
    #: Of a line inside another: `that planned a buys b when 2032`.
    status: str = ""
    when: Clause | None = None


@dataclass(frozen=True, slots=True)
class FrameLine:
    """`acquisition deal`; the id may be left out."""

    frame: str
    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Again:
    """Ids alone: another's line, said again."""

    names: tuple[Value, ...]


Main = Tie | FrameLine | Again


@dataclass(frozen=True, slots=True)
class Clause:
    """What follows a semicolon. `raw` is all that stands after the word, `tie` a line after one of `LINKS`."""

    word: str
    at: int
    values: tuple[Value, ...] = ()
    raw: str = ""
    tie: Tie | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in its parts; `text` is the line itself, in its canonical layout."""

    text: str
    main: Main
    id: str = ""
    id_at: int = 0
    printed: str = ""
    status: str = ""
    clauses: tuple[Clause, ...] = field(default=())

    def flag(self, word: str) -> bool:
        return any(clause.word == word for clause in self.clauses)

    def all(self, word: str) -> list[Clause]:
        """The clauses that begin with a word."""
        return [clause for clause in self.clauses if clause.word == word]

    def raw(self, word: str) -> str:
        """The text of the first clause that begins with a word."""
        return next((clause.raw for clause in self.clauses if clause.word == word), "")


def parse(text: str, frames: Collection[str]) -> Line:
    """A line in its parts; `frames` are the words that begin a frame. Raises `LineError`."""
    parts = _split(tokens(text), ";")
    if not parts[0]:
        raise LineError(0, "says nothing before the first semicolon.", "Write what is said, such as: a owns b.")
    first, printed = _printed(parts[0])
    id_, id_at = "", 0
    if len(first) > 1 and first[1].kind == "=":
        id_, id_at = _id(first[0]), first[0].at
        first = first[2:]
    if not first:
        raise LineError(len(text), "says nothing.", "Write what is said, such as: a owns b.")
    main = _main(text, first, frames)
    statuses: list[str] = []
    clauses: list[Clause] = []
    for part in parts[1:]:
        if not part:
            raise LineError(len(text), "has a semicolon with nothing behind it.", "Take it out.")
        if part[0].text in STATUSES and part[0].kind == "word":
            # `possible (may)`: the words are those of the line.
            bare, words = _printed(part)
            statuses.append(_alone(bare))
            printed = ", ".join(filter(None, (printed, words)))
            if len(statuses) > 1:
                raise LineError(part[0].at, f"is {statuses[0]} and {statuses[1]} at once.", "Keep one of the two.")
        else:
            clauses.append(_clause(text, part, frames))
    return Line(canonical(text), main, id_, id_at, printed, next(iter(statuses), ""), tuple(clauses))


def _split(words: Sequence[Token], mark: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for word in words:
        if word.kind == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _printed(part: list[Token]) -> tuple[list[Token], str]:
    """A part without the printed words in parentheses at its end, and these."""
    if part and part[-1].kind == "printed":
        return part[:-1], part[-1].text
    return part, ""


def _id(word: Token) -> str:
    if word.kind != "word" or not ID.fullmatch(word.text):
        raise LineError(
            word.at, f'has the id "{word.text}".', "An id begins with a letter: small letters, digits and hyphens."
        )
    if word.text in RESERVED:
        raise LineError(word.at, f'has "{word.text}" as an id, which is a word of this form.', "Take another word.")
    return word.text


def _alone(part: Sequence[Token]) -> str:
    if len(part) > 1:
        raise LineError(
            part[1].at, f'has "{part[1].text}" after {part[0].text}, which stands alone.', "Put a semicolon between."
        )
    return part[0].text


def _main(text: str, part: list[Token], frames: Collection[str]) -> Main:
    head = part[0]
    if head.kind == "word" and head.text in frames:
        if len(part) > 2:
            raise LineError(
                part[2].at,
                f'reads "{head.text} {part[1].text}" as a frame and its id, and then meets "{part[2].text}".',
                f"Put a semicolon before each part: {head.text} {part[1].text}; by …",
            )
        return FrameLine(head.text, _id(part[1]) if len(part) == 2 else "", head.at)
    return _tie(text, part, frames)


def _tie(text: str, part: list[Token], frames: Collection[str], depth: int = 0) -> Again | Tie:
    subjects = [_value(part[:1], text)]
    at = 1
    while at + 1 < len(part) and part[at].kind == ",":
        subjects.append(_value([part[at + 1]], text))
        at += 2
    if at >= len(part):
        strays = [value for value in subjects if value.kind != "name"]
        if strays:
            raise LineError(strays[0].at, f'says "{strays[0].text}" and no more.', "Add a relation, or name an id.")
        return Again(tuple(subjects))
    relation = part[at]
    if relation.kind != "word":
        raise LineError(
            relation.at, f'has "{relation.text}" where a relation is due.', "Write subject, relation, object."
        )
    rest = part[at + 1 :]
    if rest and rest[0].kind == "word" and rest[0].text == "that":
        objects: tuple[Value, ...] = (_that(text, rest, frames, depth),)
    else:
        objects = _values(text, rest) if rest else ()
    return Tie(tuple(subjects), relation.text, relation.at, objects)


def _inner(text: str, part: list[Token], frames: Collection[str], depth: int = 0) -> Again | Tie:
    """A line inside another, with its own time behind it."""
    at = next((n for n, word in enumerate(part) if n and word.kind == "word" and word.text == "when"), len(part))
    tie = _tie(text, part[:at], frames, depth)
    if at == len(part):
        return tie
    head, body = part[at], part[at + 1 :]
    if not isinstance(tie, Tie) or not body:
        raise LineError(head.at, "has when with nothing beside it.", "Write: a owns b when 2032-03-01.")
    raw = " ".join(text[body[0].at : body[-1].end].split())
    return replace(tie, when=Clause("when", head.at, raw=raw))


def _that(text: str, rest: list[Token], frames: Collection[str], depth: int) -> Value:
    if depth >= _DEEPEST:
        raise LineError(rest[0].at, f"has more than {_DEEPEST} lines inside each other.", "Say it more simply.")
    at = 2 if len(rest) > 1 and rest[1].kind == "word" and rest[1].text in STATUSES else 1
    # The condition of what is only spoken of stands with it: `promised that a owns b if c agrees`.
    end = next((n for n, word in enumerate(rest) if word.kind == "word" and word.text in CONDITIONS), len(rest))
    inner = _inner(text, rest[at:end], frames, depth + 1) if end > at else None
    if not isinstance(inner, Tie):
        raise LineError(rest[0].at, "has no line after that.", "Write: that a owns b.")
    whole = Value("line", "", rest[0].at, line=replace(inner, status=rest[1].text if at == 2 else ""))
    if end == len(rest):
        return whole
    given = _inner(text, rest[end + 1 :], frames, depth + 1) if len(rest) > end + 1 else None
    if not isinstance(given, Tie):
        raise LineError(rest[end].at, f"has no line after {rest[end].text}.", f"Write: {rest[end].text} a owns b.")
    condition = Value("line", "", rest[end].at, line=given)
    tie = Tie((whole,), CONDITIONS[rest[end].text], rest[end].at, (condition,))
    return Value("line", "", rest[0].at, line=tie)


def _values(text: str, part: list[Token]) -> tuple[Value, ...]:
    found: list[Value] = []
    for piece in _split(part, ","):
        if piece and found and found[-1].kind == "figure" and re.fullmatch(r"\d{3}", piece[0].text):
            whole = f"{found[-1].text},{piece[0].text}"
            raise LineError(
                found[-1].at,
                f'has "{whole}", whose comma divides two values.',
                f"Write digits without separators: {whole.replace(',', '')}.",
            )
        if not piece:
            at = part[0].at if part else len(text)
            raise LineError(at, "has a comma with nothing beside it.", "Take it out.")
        found.append(_value(piece, text))
    return tuple(found)


def _value(piece: Sequence[Token], text: str) -> Value:
    head = piece[0]
    if head.kind == "quoted":
        return _quoted(piece)
    if head.kind != "word":
        raise LineError(head.at, f'has "{head.text}" where a name is due.', "Write an id, or words in quotation marks.")
    if _FIGURE.match(head.text) or head.text in APPROXIMATE or _bound(piece):
        return _figure(piece)
    if len(piece) > 1:
        words = text[head.at : piece[-1].end]
        raise LineError(
            piece[1].at,
            f'reads "{head.text}" as a name, and then meets "{piece[1].text}".',
            f'Put a semicolon between, or quotation marks round words: "{words}".'
            if '"' not in words
            else "Put a semicolon between.",
        )
    if head.text in ("unknown", "withheld", "none"):
        return Value("missing", head.text, head.at)
    if not NAME.fullmatch(head.text):
        raise LineError(
            head.at,
            f'has "{head.text}" where a name is due.',
            f'Write an id in small letters, or put it in quotation marks: "{head.text}".',
        )
    return Value("name", head.text, head.at)


def _bound(piece: Sequence[Token]) -> bool:
    return len(piece) > 1 and f"{piece[0].text} {piece[1].text}" in BOUNDS


def _quoted(piece: Sequence[Token]) -> Value:
    head, other = piece[0], []
    for tag, words in zip(piece[1::2], piece[2::2], strict=False):
        if tag.kind != "word" or not TAG.fullmatch(tag.text) or words.kind != "quoted":
            break
        other.append((tag.text, words.text))
    if len(piece) != 1 + 2 * len(other):
        extra = piece[1 + 2 * len(other)]
        raise LineError(
            extra.at, f'has "{extra.text}" after a quotation.', 'Put a comma or a semicolon between, or: es "…".'
        )
    if not head.text:
        raise LineError(head.at, "has empty quotation marks.", "Write the words, or take them out.")
    return Value("words", head.text, head.at, tuple(other))


def _figure(piece: Sequence[Token]) -> Value:
    """A figure as written; what it counts may stand in quotation marks, as may what it is a share of."""
    first = next((at for at, word in enumerate(piece) if word.kind == "quoted"), len(piece))
    # The same in other languages: `39 "case files" es "expedientes"`.
    other, at = [], first + 1
    while at + 1 < len(piece) and TAG.fullmatch(piece[at].text) and piece[at + 1].kind == "quoted":
        other.append((piece[at].text, piece[at + 1].text))
        at += 2
    piece = [*piece[: first + 1], *piece[at:]]
    nouns = [word for word in piece if word.kind == "quoted"]
    strays = [word for word in piece if word.kind not in ("word", "quoted")]
    if strays or len(nouns) > 1:
        word = (strays or nouns)[-1]
        raise LineError(word.at, f'has "{word.text}" inside a figure.', "Write a number and what it counts.")
    words = " ".join("\x00" if word.kind == "quoted" else word.text for word in piece)
    return Value("figure", words, piece[0].at, tuple(other), noun=nouns[0].text if nouns else "")


def _clause(text: str, part: list[Token], frames: Collection[str]) -> Clause:
    head = part[0]
    if head.kind != "word":
        raise LineError(
            head.at, f'has "{head.text}" where a clause begins.', "Begin it with a part, a relation or a keyword."
        )
    if head.text in FLAGS:
        return Clause(_alone(part), head.at)
    if head.text == "words":
        return _quotation(part)
    if len(part) == 1:
        near = get_close_matches(head.text, (*STATUSES, *FLAGS), 1, 0.8)
        near = near or [word for word in STATUSES if len(head.text) > 3 and word.startswith(head.text)]
        remedy = f"Did you mean {near[0]}?" if near else f"Write what: {head.text} …"
        raise LineError(head.at, f"has {head.text} with nothing behind it.", remedy)
    raw = text[part[1].at : part[-1].end]
    if head.text in AS_WRITTEN:
        return Clause(head.text, head.at, raw=" ".join(raw.split()).strip('"'))
    if head.text == "via":
        # How each passed it on may follow in parentheses: `via posts (wrote), bbc (reported)`.
        body = [word for word in part[1:] if word.text != "probably" and word.kind != "printed"]
        return Clause("via", head.at, _values(text, body), raw=raw)
    body, printed = _printed(part[1:])
    if not body:
        raise LineError(head.at, f"has {head.text} with nothing behind it.", f"Write what: {head.text} …")
    raw = " ".join(text[body[0].at : body[-1].end].split())
    if head.text in RAW:
        return Clause(head.text, head.at, raw=raw, printed=printed)
    if head.text in LINKS and any(len(piece) > 1 for piece in _split(body, ",")):
        tie = _inner(text, body, frames)
        if isinstance(tie, Tie):
            return Clause(head.text, head.at, tie=tie, raw=raw, printed=printed)
    if body[0].kind == "word" and body[0].text == "that":
        return Clause(head.text, head.at, (_that(text, body, frames, 0),), raw, printed=printed)
    return Clause(head.text, head.at, _values(text, body), raw, printed=printed)


def _quotation(part: Sequence[Token]) -> Clause:
    """`words en "…"`"""
    if len(part) != 3 or part[1].kind != "word" or not TAG.fullmatch(part[1].text) or part[2].kind != "quoted":
        raise LineError(part[0].at, "has a quotation without its language.", 'Write: words en "…".')
    return Clause("words", part[0].at, (Value("words", part[2].text, part[2].at),), raw=part[1].text)
