"""The small tables by which the library settles what stands, folds and is walked, for the page to go by the same ones.

The page gets everything settled. What it works out itself (what is left under a filter, paths over what is loaded, the
records of a store that it reads over SPARQL) it works out from these tables, which travel in its data as `tables`.
"""

from __future__ import annotations

from typing import Any

from ..case.model import AFFIRMING, OPPOSING
from ..network import fold, paths, sources
from ..standing import IMPLIED
from .marks import MARKS


def rules() -> dict[str, Any]:
    """The tables as JSON values, the same on every page. Where the order says something, they are lists."""
    return {
        "affirming": sorted(stance.value for stance in AFFIRMING),
        "implied": {line: list(standing) for line, standing in IMPLIED.items()},
        "opposing": sorted(stance.value for stance in OPPOSING),
        "weakest": list(fold.WEAKEST),
        "firmness": list(sources.FIRMNESS),
        "strength": list(paths.STRENGTH),
        "asked": list(paths.ASKED),
        "silent": list(paths.SILENT),
        "stops": [[word, sorted(kinds)] for word, kinds in paths.STOPS.items()],
        "longest": paths.LONGEST,
        "many": paths.MANY,
        "weighed": paths.MOST_WEIGHED,
        "marks": MARKS,
    }
