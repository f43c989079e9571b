"""What people read on the pages and in written files: one YAML file for each language, for Python and the page.

In: a key such as `path.connNone`, a language, and what fills the text's `{places}`. Out: the text. The first word of
a key is a section of the file, where the text is shown; a section is parsed when one of its texts is first asked for,
so that starting a command costs nothing. A further language is a further file: whatever `*.yaml` lies here is spoken.

A text may have several forms, divided by `|`, one for each plural category that the file names under
`language: plural:` ("1 document|{n} documents"); the number given as `n` chooses. A text that a language does not have
is given in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from ..base.errors import QueryError

#: The language that every text is in, and that stands in for any other.
ENGLISH = "en"
_FOLDER = Path(__file__).resolve().parent
_PLACE = re.compile(r"\{(\w+)\}")
_SECTION = re.compile(r"^(?=\w+:)", re.MULTILINE)


@cache
def languages() -> tuple[str, ...]:
    """The tags of the languages that have a file, English first: `("en", "es")`."""
    return (ENGLISH, *sorted({path.stem for path in _FOLDER.glob("*.yaml")} - {ENGLISH}))


@cache
def spoken(language: str) -> str:
    """The language when it has a file, else English. `es-MX` is spoken as `es`."""
    return next((tag for tag in (language, language.partition("-")[0]) if tag in languages()), ENGLISH)


def known(language: str) -> str:
    """The language itself. Raises `QueryError` when it has no file, so that no text is half in another language."""
    if language not in languages():
        raise QueryError(f'there is no language "{language}". Use {" or ".join(languages())}.')
    return language


def message(language: str, key: str, **values: object) -> str:
    """A text with its `{places}` filled in; numbers are written as the language writes them.

    KeyError when English has no such text. A place that is given no value stays as it is.
    """
    number = values.get("n")
    if number is None or type(number) is int:
        divided = _ready(language, key, number)
    else:
        divided = _divided(_formed(language, key, number))
    if len(divided) == 1:
        return divided[0]
    parts = list(divided)
    for at in range(1, len(parts), 2):
        value = values.get(parts[at])
        parts[at] = value if type(value) is str else _filled(parts[at], value, language)
    return "".join(parts)


@cache
def words_of(language: str, key: str) -> tuple[str, ...]:
    """The words of a text that is a list of them, such as `language.prepositions`."""
    return tuple(message(language, key).split())


@cache
def phrases_of(language: str, key: str) -> tuple[str, ...]:
    """The parts of a text that is a list divided by commas, such as `language.leading`."""
    return tuple(filter(None, message(language, key).split(", ")))


def listed(names: Sequence[str], language: str) -> str:
    """`A, B and C`; in Spanish `y` becomes `e` before an i sound."""
    if len(names) < 2:
        return "".join(names)
    language = spoken(language)
    before = _text(language, "language.listBefore")
    there = before and re.match(before, names[-1], re.IGNORECASE)
    key = "language.listThere" if there else "language.list"
    return message(language, key, rest=", ".join(names[:-1]), last=names[-1])


def contracted(text: str, language: str) -> str:
    """Words that a language draws together before a noun: Spanish `a el` and `de el` become `al` and `del`."""
    for apart, pattern, together in _contractions(spoken(language)):
        if apart in text:
            text = pattern.sub(together, text)
    return text


def plural(verb: str, subject: str, language: str) -> str:
    """A bare verb as a plural subject needs it: `recluidos en` behind `los deportados`; other subjects leave it so."""
    article, _, name = subject.partition(" ")
    ending = dict(_pairs("language.plurals", language)).get(article) if name else None
    first, _, rest = verb.partition(" ")
    before = rest.partition(" ")[0]
    if not ending or not first.endswith("o") or before not in words_of(language, "language.pluralBefore"):
        return verb
    return f"{first[:-1]}{ending} {rest}"


@cache
def articles() -> tuple[str, ...]:
    """The articles of every language, each with the space after it."""
    return tuple(f"{each} " for language in languages() for each in _text(language, "language.articles").split())


def messages(key: str, **values: object) -> dict[str, str]:
    """A text in every language: `{"en": "not stated", "es": "no se dice quién"}`."""
    return {language: message(language, key, **values) for language in languages()}


def has(key: str, language: str = ENGLISH) -> bool:
    """Whether a language has a text of that name itself."""
    section, _, rest = key.partition(".")
    return rest in section_of(language, section)


@cache
def section_of(language: str, section: str) -> Mapping[str, str]:
    """The texts of one section by the rest of their keys, as the file writes them; none without such a section."""
    text = _sections(language).get(section)
    return dict(_flat(yaml.load(text, Loader=_LOADER)[section])) if text else {}  # noqa: S506 - a safe loader


def section(language: str, name: str) -> dict[str, str]:
    """The texts of one section by the rest of their keys, English where a language has none; for a template."""
    return {**section_of(ENGLISH, name), **section_of(spoken(language), name)}


def sections(language: str) -> tuple[str, ...]:
    """The names of the file's sections."""
    return tuple(_sections(language))


def for_page(page: str) -> dict[str, dict[str, str]]:
    """What one of the pages says by itself, in every language: its own file is all that a page can read.

    Texts of its own section are known there by the last word of their keys, those it shares by the whole key.
    """
    own = {f"{page}.{rest}": rest.rpartition(".")[2] for rest in section_of(ENGLISH, page)}
    shared = {f"{name}.{rest}" for name in _SHARED[page] for rest in section_of(ENGLISH, name)}
    keys = own | {key: key for key in shared}
    if len(set(keys.values())) != len(keys):
        raise ValueError(f"{ENGLISH}.yaml: two texts under {page} have the same name")
    return {language: {short: _text(language, key) for key, short in keys.items()} for language in languages()}


#: The sections that a page has beside its own.
_SHARED = {
    "page": ("language", "data", "statement", "place", "basis", "taken", "quote", "foreign", "cast"),
    "editor": ("language",),
}


#: libyaml's loader, ten times as fast, wherever PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _sections(language: str) -> dict[str, str]:
    """The file's text cut before each key that begins a line."""
    text = (_FOLDER / f"{language}.yaml").read_text("utf-8")
    return {part.partition(":")[0]: part for part in _SECTION.split(text) if _SECTION.match(part)}


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{before}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return found


@cache
def _text(language: str, key: str) -> str:
    section, _, rest = key.partition(".")
    found = section_of(language, section).get(rest)
    return section_of(ENGLISH, section)[rest] if found is None else found


@lru_cache(maxsize=1 << 14)
def _ready(language: str, key: str, number: int | None) -> tuple[str, ...]:
    """The form of a text that goes with a number, divided by its places."""
    return _divided(_formed(language, key, number))


def _formed(language: str, key: str, number: object) -> str:
    text = _text(spoken(language), key)
    return _form(text, number, spoken(language)) if "|" in text else text


def _form(text: str, number: object, language: str) -> str:
    forms, categories = text.split("|"), _text(language, "language.plural").split()
    if not isinstance(number, int | Decimal):
        return forms[-1]
    category = _category(number, language) if type(number) is int else _formats().plural_category(number, language)
    at = categories.index(category) if category in categories else len(categories)
    return forms[min(at, len(forms) - 1)]


@lru_cache(maxsize=1024)
def _category(number: int, language: str) -> str:
    return str(_formats().plural_category(number, language))


@lru_cache(maxsize=4096)
def _divided(text: str) -> tuple[str, ...]:
    """What stands before its first place, then the name of each place and what follows it."""
    return tuple(_PLACE.split(text))


@cache
def _contractions(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    pairs = _pairs("language.contractions", language)
    return tuple((apart, re.compile(rf"\b{re.escape(apart)} (?=\S)"), f"{together} ") for apart, together in pairs)


def _pairs(key: str, language: str) -> list[tuple[str, str]]:
    """A table that is written as `a el=al, de el=del`."""
    pairs = (pair.partition("=") for pair in _text(spoken(language), key).split(", ") if pair)
    return [(apart, together) for apart, _, together in pairs]


def _formats() -> ModuleType:
    # Babel takes 20 ms to import: what only asks for languages or plain texts, as `--help` does, does without.
    from . import formats  # noqa: PLC0415

    return formats


def _filled(name: str, value: object, language: str) -> str:
    if value is None:
        return f"{{{name}}}"
    return _formats().number(value, language) if type(value) in (int, Decimal) else str(value)
