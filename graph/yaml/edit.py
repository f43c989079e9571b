"""Small edits to a YAML text at the marks that `yaml.reader` gives: what is not edited stays as it was, to the byte.

In: a text and its values. Out: the text with fields added, replaced or taken out. Comments, order, quoting and line
ends are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .reader import Row, Table, Text, Value

#: What libyaml counts as the end of a line.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Patch:
    """Edits gathered for one text, and made all at once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._starts = [0, *(match.end() for match in _BREAK.finditer(source))]
        first = _BREAK.search(source)
        self._newline = first[0] if first else "\n"
        self._edits: list[tuple[int, int, int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._edits)

    def applied(self) -> str:
        """The text with every edit made; at one place, what is put in comes before what is taken out."""
        parts: list[str] = []
        at = 0
        for start, end, _, words in sorted(self._edits):
            parts += [self.source[at:start], words]
            at = end
        return "".join([*parts, self.source[at:]])

    # --- edits

    def add(self, table: Table, after: Text, key: str, words: str) -> None:
        """A field after another one: on a line of its own, or behind a comma in a `{…}`."""
        value = table[after]
        if self.is_flow(table):
            at = self._offset(*value.end)
            self._edit(at, at, f", {key}: {words}")
            return
        at = self._line_end(self._last_line(value))
        indent = " " * (after.column - 1)
        if at == len(self.source) and not self._ends_in_break():
            self._edit(at, at, f"{self._newline}{indent}{key}: {words}")
        else:
            self._edit(at, at, f"{indent}{key}: {words}{self._newline}")

    def replace(self, old: Text, words: str) -> None:
        """Other words for a scalar; quotes around it stay."""
        start, end = self._offset(old.line, old.column), self._offset(*old.end)
        if start == end:
            self._edit(start, end, words if self.source[start - 1] == " " else f" {words}")
        elif self.source[start] in "'\"" and self.source[end - 1] == self.source[start]:
            self._edit(start + 1, end - 1, words)
        else:
            self._edit(start, end, words)

    def drop(self, table: Table, key: Text) -> None:
        """Take a field out, with its line when it has one."""
        keys = list(table)
        at = keys.index(key)
        start, end = self._offset(key.line, key.column), self._offset(*table[key].end)
        if len(keys) == 1:
            if self.is_flow(table):
                self._edit(start, end, "")
            else:
                self._edit(start, end, "{}")
        elif self.is_flow(table):
            if at + 1 < len(keys):
                self._edit(start, self._offset(keys[at + 1].line, keys[at + 1].column), "")
            else:
                self._edit(self._offset(*table[keys[at - 1]].end), end, "")
        elif not self.source[self._starts[key.line - 1] : start].strip(" "):
            self._edit(self._starts[key.line - 1], self._line_end(self._last_line(table[key])), "")
        else:
            # The first field, behind the dash of its block: the next one moves up, or a comment stays between.
            following = self._offset(keys[1].line, keys[1].column)
            line_end = self._line_end(self._last_line(table[key]))
            between = self.source[line_end:following]
            self._edit(start, end if between.strip() else following, "")

    def name(self, row: Row, key: Text, ids: Sequence[str]) -> None:
        """Turn the list under `key` into a mapping: each member behind an id of its own."""
        if self.is_flow(row):
            start, end = self._offset(row.line, row.column), self._offset(*row.end)
            self._edit(start, start + 1, "{")
            for member, id_ in zip(row, ids, strict=True):
                at = self._offset(member.line, member.column)
                self._edit(at, at, f"{id_}: ")
            self._edit(end - 1, end, "}")
            return
        # A list may begin in the column of its key, a mapping may not.
        shift = 2 if row.column <= key.column else 0
        for member, id_ in zip(row, ids, strict=True):
            dash = self._dash(row, member)
            at = self._offset(member.line, member.column)
            inner = isinstance(member, Row | Table) and not self.is_flow(member)
            if inner and self.source[dash + 1 : at].strip(" ") == "":
                self._edit(dash, at, f"{id_}:{self._newline}{' ' * (member.column - 1 + shift)}")
            else:
                self._edit(dash, dash + 1, f"{id_}:")
        if shift:
            for line in range(row.line, self._last_line(row) + 1):
                at = self._starts[line - 1]
                if self.source[at : self._line_end(line)].strip():
                    self._edit(at, at, " " * shift)

    def wrap(self, value: Value, before: str, after: str) -> None:
        """Words before and after a value that stands on one line or in brackets."""
        start, end = self._offset(value.line, value.column), self._offset(*value.end)
        self._edit(start, start, before)
        self._edit(end, end, after)

    # --- where things stand

    def is_flow(self, value: Row | Table) -> bool:
        """Whether it is written in brackets."""
        return self.source[self._offset(value.line, value.column)] in "[{"

    def _edit(self, start: int, end: int, words: str) -> None:
        self._edits.append((start, end, len(self._edits), words))

    def _offset(self, line: int, column: int) -> int:
        return (
            min(self._starts[line - 1] + column - 1, len(self.source))
            if line <= len(self._starts)
            else len(self.source)
        )

    def _line_end(self, line: int) -> int:
        """Where the next line begins."""
        return self._starts[line] if line < len(self._starts) else len(self.source)

    def _ends_in_break(self) -> bool:
        return self._starts[-1] == len(self.source)

    def _last_line(self, value: Value) -> int:
        """The last line that a value stands on. libyaml ends a block only where the next thing begins."""
        if isinstance(value, Row | Table) and not self.is_flow(value):
            members = list(value) if isinstance(value, Row) else [part for pair in value.items() for part in pair]
            return max(map(self._last_line, members), default=value.line)
        line, column = value.end
        line = line - 1 if column == 1 and line > value.line else line
        while line > value.line and not self.source[self._starts[line - 1] : self._line_end(line)].strip():
            line -= 1
        return line

    def _dash(self, row: Row, member: Value) -> int:
        """The dash before a member of a list: the nearest one in the list's column."""
        for line in range(member.line, row.line - 1, -1):
            at = self._starts[line - 1] + row.column - 1
            if self.source[at : at + 1] == "-" and not self.source[self._starts[line - 1] : at].strip(" "):
                return at
        return self._offset(row.line, row.column)
