"""Reading a YAML mapping as a form: each field is asked for by name, and whatever is wrong becomes a finding.

In: a `Table` of `yamlfile`. Out: plain values. Every complaint names the file and the line; reading goes on, so that an
author sees all findings at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from ..base.errors import Finding, did_you_mean
from ..words import languages
from .reader import Row, Table, Text, Value

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

_LONGEST = 300

#: A text in one or more languages: language tag → words. Shown with a fall-back to any language that is there.
Texts = Mapping[str, str]


class Located(Protocol):
    """What stands at a place of a file: a scalar, a list, a mapping, an actor's place."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def column(self) -> int:
        """From 1."""


class Findings(list[Finding]):
    """The findings of one reading. Those of unknown names may only follow from a file that could not be read."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        super().__init__(findings)
        self.names: set[Finding] = set()

    def unknown(self, file: str, at: Located, what: str, remedy: str) -> None:
        """A name that is declared nowhere."""
        self.names.add(Finding(file, at.line, _short(what), remedy, column=at.column))
        self.error(file, at, what, remedy)

    def error(self, file: str, at: Located | None, what: str, remedy: str) -> None:
        """`at`: what is wrong; None for the whole file."""
        line, column = (at.line, at.column) if at is not None else (0, 0)
        self.append(Finding(file, line, _short(what), remedy, column=column))

    def warning(self, file: str, at: Located, what: str, remedy: str) -> None:
        self.append(Finding(file, at.line, what, remedy, "warning", at.column))

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self if finding.severity == "error"]


def _short(what: str) -> str:
    """A finding repeats what the file says: a line of it, not a megabyte."""
    return what if len(what) <= _LONGEST else f"{what[:_LONGEST]}…"


class Form:
    """One mapping of a case file, read field by field. `name` says what it is, for the findings: `actor bukele`."""

    def __init__(self, table: Table, file: str, name: str, findings: Findings) -> None:
        self.table, self.file, self.name, self.findings = table, file, name, findings

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def at(self, key: str | None = None) -> Text | Table:
        """Where a field is written, or the whole form."""
        return self.table if key is None else self.table.at(key)

    def error(self, key: str | None, what: str, remedy: str) -> None:
        self.findings.error(self.file, self.at(key), f"{self.name} {what}", remedy)

    def unknown(self, key: str | None, what: str, remedy: str) -> None:
        self.findings.unknown(self.file, self.at(key), f"{self.name} {what}", remedy)

    def only(self, known: Iterable[str]) -> None:
        """A finding for each key that is not known."""
        allowed = set(known)
        for key in self.table:
            if key not in allowed:
                remedy = did_you_mean(key, allowed)
                if not remedy.startswith(("Did", "Use")):
                    remedy = "docs/authoring.md lists the keys that there are."
                self.findings.error(self.file, key, f'{self.name} has the unknown key "{key}".', remedy)

    def get(self, key: str) -> Value | None:
        return self.table.get(Text(key))

    def text(self, key: str, default: str = "") -> str:
        """A plain text. A list or a mapping there is a finding."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, Text):
            self.error(key, f"needs one text at `{key}`.", "Write it on one line.")
            return default
        return value.strip()

    def language(self, default: str) -> str:
        """The language of a document, a passage or a statement: a tag such as `es` or `pt-BR`."""
        tag = self.text("language", default)
        if LANGUAGE_TAG.fullmatch(tag):
            return tag
        self.error("language", f'has the language "{tag}".', "Write a tag such as en, es or pt-BR.")
        return default

    def required(self, key: str, remedy: str) -> str:
        """A text that must be there and must not be empty."""
        value = self.text(key)
        if not value:
            self.error(key if key in self else None, f"has no `{key}`.", remedy)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`."""
        word = self.text(key)
        if word in ("", "true", "false"):
            return default if word == "" else word == "true"
        self.error(key, f'says "{word}" at `{key}`.', "Write true or false.")
        return default

    def words(self, key: str) -> tuple[Text, ...]:
        """One text or a list of texts."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, Text):
            return (value,) if value else ()
        found = tuple(part for part in value if isinstance(part, Text)) if isinstance(value, Row) else ()
        if not isinstance(value, Row) or len(found) != len(value):
            self.error(key, f"needs one text, or a list of texts, at `{key}`.", "Write [a, b].")
        return found

    def texts(self, key: str, language: str = "") -> dict[str, str]:
        """A text by language: `{en: …, es: …}`; one string counts for `language`, or for every language."""
        value = self.get(key)
        if value is None:
            return {}
        if isinstance(value, Text):
            word = value.strip()
            return dict.fromkeys((language,) if language else languages(), word) if word else {}
        if not isinstance(value, Table):
            self.error(key, f"needs a text at `{key}`.", "Write one text, or {en: …, es: …}.")
            return {}
        inner = Form(value, self.file, f"{self.name}, {key},", self.findings)
        inner.only(languages())
        return {tag: inner.text(tag) for tag in languages() if inner.text(tag)}

    def form(self, key: str, known: Iterable[str]) -> Form | None:
        """A mapping inside this one, its keys checked; None when it is not there or not a mapping."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, Table):
            keys = ", ".join(known)
            self.error(key, f"needs `key: value` pairs at `{key}`.", f"Use the keys {keys}.")
            return None
        inner = Form(value, self.file, f"{self.name}, {key},", self.findings)
        inner.only(known)
        return inner

    def forms(self, key: str, what: str) -> list[tuple[Text, Form]]:
        """A mapping of names to forms: `actors: {bukele: {…}}`."""
        value = self.get(key)
        if value is None or (isinstance(value, Text) and not value):
            return []
        if not isinstance(value, Table):
            self.error(key, f"needs names with their fields at `{key}`.", "Write `name: {…}` lines below it.")
            return []
        found: list[tuple[Text, Form]] = []
        for name, fields in value.items():
            if isinstance(fields, Table):
                found.append((name, Form(fields, self.file, f"{what} {name}", self.findings)))
            else:
                self.findings.error(
                    self.file, name, f"{what} {name} has no fields.", "Write its fields as `key: value` lines."
                )
        return found


def in_language(texts: Texts, language: str) -> str:
    """The words in a language, else in any other."""
    return texts.get(language) or next((texts[tag] for tag in languages() if texts.get(tag)), "")
