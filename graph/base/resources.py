"""The one place that finds the files shipped beside the code: the vocabulary, the named queries, the page.

A wheel carries `ontology/` inside the package as `_ontology`; an editable install and a plain checkout have it beside
the package. Both work from any folder.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def ontology() -> Path:
    """The folder with vocabulary.yaml, actors.ttl, shapes.ttl, axioms.ttl, context.jsonld and queries/."""
    shipped = _PACKAGE / "_ontology"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "ontology"


def page() -> Path:
    """The folder with the page's template, style and modules."""
    return _PACKAGE / "draw" / "page"


def pages() -> Path:
    """The folder with the SPARQL editor and the pages to be read beside it."""
    return _PACKAGE / "serve" / "pages"
