"""A dataset in, CSV out: one row for each statement."""

from __future__ import annotations

import csv
import io

from pyoxigraph import Store

from ..query.sparql import find, harmless, plain, run
from ..words import message


def table(store: Store, version: str, language: str = "en") -> bytes:
    """CSV, one row for each statement. Each row carries the date of this version and says what a row is."""
    result = run(store, find("statements").ordered, {"lang": language})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["note", *result.variables])
    note = f"{message(language, 'note.row')} {version}".strip()
    for row in result.rows:
        writer.writerow([note, *("" if term is None else harmless(plain(term)) for term in row)])
    # The mark tells spreadsheets that it is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()
