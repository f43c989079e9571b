"""One case while it is read: its forms, the names that it declares, and the words that it adds to the vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ..base.errors import did_you_mean
from ..vocabulary.model import Kind, Relation, Unit
from ..yaml.forms import Form, Texts
from .notation.lower import Notation

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


@dataclass(slots=True)
class Source:
    """One case while it is read."""

    path: Path
    id: str
    forms: list[Form]
    about: dict[str, Form] = field(default_factory=dict)
    nodes: dict[str, str] = field(default_factory=dict)
    #: Words that it adds to the vocabulary.
    kinds: list[Kind] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    folds: list[tuple[str, str]] = field(default_factory=list)
    #: Its files of format 2.
    notation: Notation | None = None

    def about_text(self, key: str) -> str:
        return self.about[key].text(key) if key in self.about else ""

    def about_texts(self, key: str) -> Texts:
        return self.about[key].texts(key) if key in self.about else {}

    def named(self, fields: Form, key: str, most: int) -> tuple[str, ...]:
        """IRIs of the nodes that a field names; a finding for each that nobody declares."""
        names = fields.words(key)
        if len(names) > most:
            fields.error(key, f"names {len(names)} at `{key}`.", "Name one.")
        found = []
        for name in names:
            node = self.nodes.get(name)
            if node is None:
                remedy = did_you_mean(name, self.nodes)
                fields.unknown(key, f'says "{name}" as {key}, which is declared nowhere.', remedy)
            else:
                found.append(node)
        return tuple(found)


def check_address(form: Form, key: str) -> None:
    """A finding for an address on the web that is none."""
    if (text := form.text(key)) and not _ADDRESS.fullmatch(text):
        form.error(key, f'has the address "{text}".', "Write https:// and no spaces.")
