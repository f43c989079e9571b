"""Relations and frames found by a word: a verb, a name, a part of what they mean, in every language.

In: a word such as `buy` or `compró`. Out: what may be meant, the likeliest first, and its description as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from ..base.names import folded
from ..words import message
from ..yaml.forms import in_language
from .frames import Frame
from .grammar import english_infinitive
from .model import MISSPELT, Relation, Vocabulary, suggested

#: What is left of a word without its ending has at least this many letters: `own` of `owned`.
_SHORTEST_STEM = 3
#: Letters from which a beginning stands for longer words too: `negoci` finds `negociador`, `mat` (matar) no `materia`.
_SHORTEST_START = 4
#: What verbs and plurals end in, longer endings first.
_ENDINGS = ("ieron", "aron", "ando", "iendo", "arse", "erse", "irse", "ing", "ado", "ido", "aba", "ia", "ed", "es",
            "ar", "er", "ir", "io", "s", "o", "a", "e")  # fmt: skip
#: What English doubles before an ending: `banned`, `robbing`.
_DOUBLED = re.compile(r"(?<=[aeiou])([bdgmnprt])\1$")
#: How near a text is to the name of what it belongs to.
_BY_NAME, _BY_PHRASE, _BY_MEANING = 3, 2, 1
#: So many are proposed at most.
_FEW = 3
#: A word of so many letters is short, and one letter of it so much.
_SHORT, _ONE_LETTER = 5, 0.75


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame or a relation that a word may mean; `weight` is higher the likelier."""

    weight: int
    found: Frame | Relation


def search(word: str, vocabulary: Vocabulary, frames: Mapping[str, Frame]) -> list[Hit]:
    """What a word may mean, the likeliest first; empty when nothing holds it. Of several words, all must be held."""
    stems = [{_stem(each), _stem(english_infinitive(each))} for each in _words(word)]
    weighed = [Hit(_weight(stems, _frame_texts(frame)), frame) for frame in frames.values()]
    weighed += [Hit(_weight(stems, _relation_texts(each)), each) for each in vocabulary.relations.values()]
    # A comment has words of every kind (`of its own`): it is read only where no name and no phrase has the word.
    told = [hit for hit in weighed if hit.weight >= 2 * _BY_PHRASE] or [hit for hit in weighed if hit.weight]
    # A frame says in one line what takes several relations.
    return sorted(
        told,
        key=lambda hit: (-hit.weight, isinstance(hit.found, Relation), hit.found.key),
    )


def proposed(word: str, vocabulary: Vocabulary, frames: Mapping[str, Frame], more: Iterable[str] = ()) -> str:
    """What to write for a relation that is not known: `Use delivery or handed-over, …`, for `delivers`.

    A slip of the keyboard is told as one. Nothing that accuses is proposed by its meaning.
    """
    known = {*vocabulary.relations, *vocabulary.inverses(), *more}
    # One letter of four is a slip, too; `sued` is none for `issued`.
    near = [name for name in known if abs(len(name) - len(word)) <= 1]
    if get_close_matches(word.lower(), near, n=1, cutoff=MISSPELT if len(word) > _SHORT else _ONE_LETTER):
        return suggested(word, vocabulary, more)
    for words in dict.fromkeys((word.replace("-", " "), word.partition("-")[0])):
        hits = [hit for hit in search(words, vocabulary, frames) if hit.weight >= 2 * _BY_NAME]
        best = [hit.found.key for hit in hits if hit.weight == hits[0].weight and not _accuses(hit.found)]
        if best:
            return f"Use {' or '.join(best[:_FEW])}, or declare a word of your own."
    return f"Look for it (actorgraph relations {word}), or declare a word of your own."


def _accuses(found: Frame | Relation) -> bool:
    return bool(found.harm) if isinstance(found, Frame) else found.accuses


def _frame_texts(frame: Frame) -> Iterator[tuple[int, str]]:
    yield _BY_NAME, frame.key
    for verbs in frame.verbs.values():
        yield from ((_BY_NAME, verb) for verb in verbs)


def _relation_texts(relation: Relation) -> Iterator[tuple[int, str]]:
    yield from ((_BY_NAME, name) for name in (relation.key, relation.inverse or ""))
    for verbs in relation.verbs.values():
        yield from ((_BY_NAME, verb) for verb in verbs)
    yield from ((_BY_PHRASE, text) for text in (*relation.label.values(), *relation.bare.values()))
    for phrases in (*relation.phrases.values(), *relation.turned.values()):
        yield from ((_BY_PHRASE, text) for text in (phrases.accepted, phrases.infinitive))
    yield from ((_BY_PHRASE, text) for text in relation.gloss.values())
    yield from ((_BY_MEANING, text) for text in relation.comment.values())


def _weight(stems: Sequence[AbstractSet[str]], texts: Iterable[tuple[int, str]]) -> int:
    """How well the best text holds all the stems: a name that begins with them goes before one that has them within."""
    best = 0
    for weight, text in texts:
        words = _words(text)
        begins = weight == _BY_NAME
        if stems and all(any(_same(stem, word, begins) for word in words) for stem in stems):
            best = max(best, 2 * weight + _same(stems[0], words[0], begins))
    return best


def _same(stems: AbstractSet[str], word: str, begins: bool) -> bool:
    """Whether a word has one of the stems; `begins`: or only begins with it, as `negociador` does."""
    long = (stem for stem in stems if begins and len(stem) >= _SHORTEST_START)
    return _stem(word) in stems or any(map(word.startswith, long))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))


@cache
def _stem(word: str) -> str:
    """The word without an ending that a verb or a plural takes."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            left = word.removesuffix(ending)
            return left[:-1] if ending in ("ing", "ed") and _DOUBLED.search(left) else left
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
