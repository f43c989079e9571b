"""Pages for the browser tests: built as `actorgraph build` does, and their data read back."""

from __future__ import annotations

import json
from typing import Any

from graph.draw import html as draw
from graph.draw.payload import About
from graph.network import projection as network
from graph.pipeline import CaseGraph


def build(edition: CaseGraph, *, internal: bool = False) -> str:
    case = edition.case
    about = About(case.title, case.version, case.editor, case.licence, case.corrections, case.ids, internal=internal)
    return draw.draw(network.project(edition.store), about, "en", trig=edition.trig)


def data_of(html: str) -> dict[str, Any]:
    return json.loads(html.partition('<script type="application/json" id="data">')[2].partition("</script>")[0])
