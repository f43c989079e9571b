"""The page makes the same records of a dataset's triples as the library: whole, to the last text, in the same order."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat

import graph
from graph import network
from graph.draw import About, payload

ROOT = Path(__file__).parent.parent
CASES = [*sorted((ROOT / "cases").iterdir()), *sorted((ROOT / "tests/cases").glob("*.yaml"))]
NODE = shutil.which("node")
#: What is measured or placed elsewhere.
MEASURED = {"nodes": ("x", "y", "ox", "oy", "degree", "community", "opening"), "edges": ("opening", "curve")}


def rows(store: Any) -> Any:
    """Every triple of a store as SPARQL's JSON results."""
    found = store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    return json.loads(found.serialize(format=QueryResultsFormat.JSON))


def unmeasured(data: dict[str, Any]) -> dict[str, Any]:
    for part, names in MEASURED.items():
        data[part] = [{key: value for key, value in each.items() if key not in names} for each in data[part]]
    return data


@pytest.mark.skipif(NODE is None, reason="needs node")
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_page_and_library_project_alike(case: Path) -> None:
    edition = graph.load(case, internal=True)
    data = unmeasured(payload(network.project(edition.store), About(edition.case.title, edition.case.version)))
    # As the page gets it: through the file's own text, keys sorted.
    given = json.dumps({"data": data, "rows": rows(edition.store)}, sort_keys=True)
    script = [str(NODE), str(ROOT / "tests/page/projected.js")]
    told = subprocess.run(script, input=given, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-4000:]
