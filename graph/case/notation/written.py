"""Values in, the YAML of format 2 out: scalars plain where that is safe, a speaker with its lines, a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...yaml.reader import Row, Table, Text, Value


def spoken_lines(key: str, lines: Sequence[str]) -> Iterator[str]:
    """A speaker with its lines: one stands behind the colon, several below."""
    if len(lines) == 1:
        yield f"  {scalar(key)}: {scalar(lines[0])}"
    else:
        yield f"  {scalar(key)}:"
        yield from (f"    - {scalar(line)}" for line in lines)


def summary_lines(value: Value) -> Iterator[str]:
    """A summary as a place has it: a text for each language stands under its tag."""
    if isinstance(value, Table):
        yield from (f"  {tag}: {flow(text)}" if not isinstance(text, Text) else f"  {tag}: {scalar(text)}"
                    for tag, text in value.items())  # fmt: skip
    else:
        yield from (f"  {text}" for text in field_lines("summary", value))


_PLAIN = re.compile(r"[\w(\u201c\u00ab\u00bf\u00a1][^\n]*")


def scalar(text: str) -> str:
    """A scalar of YAML: plain where that is safe, else in single quotes."""
    unsafe = ": " in text or " #" in text or text.endswith(":") or not _PLAIN.fullmatch(text)
    return "'" + text.replace("'", "''") + "'" if unsafe else text


def field_lines(key: str, value: Value) -> Iterator[str]:
    """A field as lines: mappings and lists below their key."""
    if isinstance(value, Text):
        yield f"{key}: {scalar(value)}"
    elif isinstance(value, Row):
        yield f"{key}: {flow(value)}"
    else:
        yield f"{key}:"
        for inner, member in value.items():
            yield f"  {inner}: {flow(member)}"


def flow(value: Value) -> str:
    if isinstance(value, Row):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, Table):
        return "{" + ", ".join(f"{key}: {flow(member)}" for key, member in value.items()) + "}"
    inside = bool(re.search(r"[,\[\]{}:#'\"]", value)) or not value
    return "'" + value.replace("'", "''") + "'" if inside else scalar(value)
