"""A query's result or the statements of a dataset in, a list of rows out, for Python, pandas and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import Literal

from ..base.files import write_whole
from ..base.terms import expand
from .sparql import Result, Term, harmless, plain

if TYPE_CHECKING:
    import pandas as pd

_INTEGERS = frozenset(
    map(expand, ("xsd:integer", "xsd:int", "xsd:long", "xsd:short", "xsd:nonNegativeInteger", "xsd:positiveInteger"))
)
_NUMBERS = frozenset(map(expand, ("xsd:decimal", "xsd:double", "xsd:float")))
_BOOLEAN, _DATE = expand("xsd:boolean"), expand("xsd:date")

R = TypeVar("R")


class Table(list[R]):
    """A list of rows that knows its columns, also when it is empty.

    Attributes
    ----------
    columns : tuple of str
        The names of the columns, in order.
    why : str
        Why there is no row, where that can be known: no such name, no such word, a relation that nobody accepted.

    Examples
    --------
    >>> statements = graph.load("cases/us-el-salvador-prison-deal").statements()
    >>> statements.columns[:3]
    ('id', 'statement', 'summary')
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[R] = (), why: str = "") -> None:
        super().__init__(rows)
        self.columns = tuple(columns)
        self.why = why

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas table.

        Returns
        -------
        pandas.DataFrame
            One row for each row, one column for each of `columns`.

        Raises
        ------
        ImportError
            When pandas is not installed.

        Examples
        --------
        >>> table = graph.load("cases/us-el-salvador-prison-deal").statements().to_pandas()
        >>> len(table), table.stance.value_counts()["denied"]
        (253, np.int64(2))
        """
        # Only who asks for a DataFrame needs pandas.
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame(self._records(), columns=list(self.columns))

    def to_csv(self, path: str | Path | None = None) -> str:
        """The rows as CSV; a cell that a spreadsheet would run as a formula gets a `'` in front.

        Parameters
        ----------
        path : str or Path, optional
            A file to write as well, in UTF-8, whole or not at all.

        Returns
        -------
        str
            A line with the names of the columns, then one line for each row. What is not known is empty.

        Raises
        ------
        OutputError
            When the file cannot be written.

        Examples
        --------
        >>> rows = graph.load("cases/us-el-salvador-prison-deal").query("denied")
        >>> rows.to_csv().splitlines()[0]
        'statement,answers,affirmedBy,who,for,via,stance,modality,hedge,deniedBy,retracted,place'
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for record in self._records():
            writer.writerow([_cell(record.get(name)) for name in self.columns])
        if path is not None:
            write_whole(Path(path), out.getvalue())
        return out.getvalue()

    def _records(self) -> list[Mapping[str, Any]]:
        return [asdict(row) if is_dataclass(row) and not isinstance(row, type) else row for row in self]  # type: ignore[misc]


class Row(dict[str, Any]):
    """One row of an answer: a dict by variable, whose values are attributes, too.

    Texts, IRIs and other terms are `str`, numbers `int` or `float`, truth values `bool`, whole days `datetime.date`;
    what is not bound is None. A variable that is called like a method of dict (`items`) or a keyword (`for`) is read as
    `row["for"]`.

    Examples
    --------
    >>> row = graph.load("cases/us-el-salvador-prison-deal").query("denied")[0]
    >>> row.who, row["stance"]
    ('White House', 'denied')
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the row has no {name}. Use one of {', '.join(self)}.") from None


def rows(result: Result, why: str = "") -> Table[Row]:
    """The rows of an answer, and why there is none.

    ASK gives one with `answer`, CONSTRUCT and DESCRIBE give subject, predicate and object.
    """
    if result.boolean is not None:
        return Table(["answer"], [Row(answer=result.boolean)], why)
    if result.triples is not None:
        parts = ("subject", "predicate", "object")
        return Table(
            parts, (Row({part: value(getattr(triple, part)) for part in parts}) for triple in result.triples), why
        )
    return Table(
        result.variables,
        (Row(zip(result.variables, map(value, row), strict=True)) for row in result.rows),
        why,
    )


def value(term: Term | None) -> Any:
    """A term as Python's own value."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return plain(term)
    text, datatype = term.value, term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _NUMBERS:
            return float(text)
        if datatype == _DATE:
            return date.fromisoformat(text)
    except ValueError:  # a wrong or an unusual value of its datatype stays the text that it is
        return text
    return text == "true" if datatype == _BOOLEAN else text


def _cell(found: Any) -> str:
    if found is None:
        return ""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, tuple):
        return "; ".join(found)
    return harmless(str(found))
