"""A document of a case file as YAML gives it, asked for what each module that reads or edits such files needs."""

from __future__ import annotations

from collections.abc import Iterator

from ..yaml.reader import Row, Table, Text

#: What `format:` says: statements field by field, or as lines.
FIELDS, LINES = "1", "2"

#: What the card of a document may say.
DOCUMENT_KEYS = (
    "id", "title", "published", "publisher", "author", "language", "url", "archived", "accessed", "text", "sha256",
    "body_from", "confidential", "by", "for", "via", "said", "verb", "reported", "hedge",
)  # fmt: skip


def format_of(table: Table) -> str:
    """What a document says after `format:`, or nothing."""
    return text_of(table, "format")


def text_of(table: Table, name: str) -> str:
    """The text at a key, or nothing."""
    value = table.get(Text(name))
    return value.strip() if isinstance(value, Text) else ""


def id_of(document: Table) -> str:
    """The id of a document: as written, or in format 2 made of publisher and date."""
    return text_of(document, "id") or "-".join(
        filter(None, (text_of(document, "publisher"), text_of(document, "published")))
    )


def key_of(table: Table, name: str) -> Text | None:
    """A key as it is written, with its line."""
    return next((key for key in table if key == name), None)


def blocks_of(table: Table) -> Iterator[Table]:
    """The passages of a document, without what is none."""
    passages = table.get(Text("passages"))
    if isinstance(passages, Row):
        yield from (block for block in passages if isinstance(block, Table))
