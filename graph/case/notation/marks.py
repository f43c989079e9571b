"""Values of the YAML reader, made by us: they know the place of what they were made from, so that findings name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...yaml.reader import Row, Table, Text, Value


def marked(word: str, like: Value, line: int = 0) -> Text:
    """A scalar that stands where another value does, or on another line of it."""
    text = Text(word)
    text.line, text.column = line or like.line, like.column
    text.end, text.plain = like.end, True
    return text


def row(values: Iterable[Value | str], like: Value) -> Row:
    """A list; plain strings in it get a place."""
    made = Row(_placed(value, like) for value in values)
    made.line, made.column, made.end = like.line, like.column, like.end
    return made


def table(fields: Mapping[str, Value | str], like: Value) -> Table:
    """A mapping; its keys, and plain strings in it, get a place. Fields with an empty string are left out."""
    made = Table(
        (key if isinstance(key, Text) else marked(key, like), _placed(value, like))
        for key, value in fields.items()
        if value != ""
    )
    made.line, made.column, made.end = like.line, like.column, like.end
    return made


def _placed(value: Value | str, like: Value) -> Value:
    return value if isinstance(value, Text | Row | Table) else marked(value, like)
