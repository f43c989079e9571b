"""Relations and frames found by a word: a verb, a name, a part of what they mean, in every language.

In: a word such as `buy` or `compró`. Out: what may be meant, the likeliest first, and its description as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..base.names import folded
from ..words import message
from ..yaml.forms import in_language
from .frames import Frame
from .model import Relation, Vocabulary

#: A word stands for another form of itself when they share this much of their beginning: `owned`, `owns`.
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame or a relation that a word may mean; `weight` is higher the likelier."""

    weight: int
    found: Frame | Relation


def search(word: str, vocabulary: Vocabulary, frames: Mapping[str, Frame]) -> list[Hit]:
    """What a word may mean, the likeliest first; empty when nothing holds it."""
    stem = _stem(folded(word))
    weighed = [Hit(_weight(stem, _frame_texts(frame)), frame) for frame in frames.values()]
    weighed += [Hit(_weight(stem, _relation_texts(each)), each) for each in vocabulary.relations.values()]
    # A frame says in one line what takes several relations.
    return sorted(
        (hit for hit in weighed if hit.weight),
        key=lambda hit: (-hit.weight, isinstance(hit.found, Relation), hit.found.key),
    )


def _frame_texts(frame: Frame) -> Iterator[tuple[int, str]]:
    yield 3, frame.key
    for verbs in frame.verbs.values():
        yield from ((3, verb) for verb in verbs)


def _relation_texts(relation: Relation) -> Iterator[tuple[int, str]]:
    yield from ((3, name) for name in (relation.key, relation.inverse or ""))
    yield from ((2, text) for text in (*relation.label.values(), *relation.bare.values()))
    for phrases in (*relation.phrases.values(), *relation.turned.values()):
        yield from ((2, text) for text in (phrases.accepted, phrases.infinitive))
    yield from ((1, text) for text in (*relation.gloss.values(), *relation.comment.values()))


def _weight(stem: str, texts: Iterable[tuple[int, str]]) -> int:
    said = re.compile(rf"(?<!\w){re.escape(stem)}")
    return max((weight for weight, text in texts if said.search(folded(text))), default=0)


def _stem(word: str) -> str:
    """The word without an ending that a verb or a plural takes."""
    for ending in (
        "ing",
        "aron",
        "ieron",
        "ado",
        "ido",
        "ia",
        "aba",
        "ed",
        "es",
        "ar",
        "er",
        "ir",
        "io",
        "s",
        "o",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def described(hit: Hit, language: str) -> str:
    """The frame or relation in a few lines: its parts or ends, an example, and what can defame."""
    found = hit.found
    lines = _of_frame(found, language) if isinstance(found, Frame) else _of_relation(found, language)
    return "\n".join(lines)


def _of_frame(frame: Frame, language: str) -> Iterator[str]:
    yield _text(language, "frame", name=frame.key, verbs=", ".join(frame.verbs.get(language, ())))
    yield _text(language, "parts", parts=", ".join(frame.parts))
    yield _text(language, "example", example=frame.example)
    if frame.harm:
        yield _text(language, "harm", parts=", ".join(sorted(frame.harm)))


def _of_relation(relation: Relation, language: str) -> Iterator[str]:
    yield _text(language, "relation", name=relation.key, gloss=in_language(relation.gloss, language))
    first = ", ".join(sorted(relation.subject)) or _text(language, "anything")
    yield _text(language, "ends", first=first, third=", ".join(sorted(relation.third or relation.takes)))
    if relation.inverse or not relation.directed:
        yield _text(language, "inverse", name=relation.inverse or relation.key)
    third = "" if "none" in relation.takes else ", b"
    yield _text(language, "example", example=f"[a, {relation.key}{third}]")
    if relation.sensitive is True:
        yield _text(language, "sensitive")
    elif relation.sensitive:
        yield _text(language, "sensitiveWith", kinds=", ".join(sorted(relation.sensitive)))


def _text(language: str, key: str, **values: object) -> str:
    return message(language, f"relations.{key}", **values)
