"""A template of `pages/` and its values in, one HTML page to be read out: nothing of it is fetched, nothing asks back.

The pages beside the editor (the cookbook, the vocabulary, the description of one resource) work without JavaScript; the
one script only keeps the reader's theme and language, as the drawing does. Links are relative to one level, so that the
pages live under any path, as siblings: `sparql`, `queries`, `ontology`, `describe?iri=…`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from ..base import resources
from ..draw.pack import policy
from ..words import languages, section, spoken


def reading(template: str, language: str, title: str, *, carry: str = "", **values: Any) -> str:
    """A page in a language. `carry` is the part of the address that a change of language keeps, such as `iri=…`."""
    language = spoken(language)
    css, script = palette() + _text("reading.css"), _text("reading.js")
    return (
        _templates()
        .get_template(template)
        .render(
            lang=language,
            languages=languages(),
            W=section(language, "site"),
            T=section(language, template.removesuffix(".html")),
            title=title,
            carry=f"{carry}&" if carry else "",
            # The policy's quotes must reach the browser as they are; these three are ours alone.
            csp=Markup(policy((script,), (css,), "img-src data:")),  # noqa: S704
            css=Markup(css),  # noqa: S704
            script=Markup(script),  # noqa: S704
            **values,
        )
    )


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.pages()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _text(name: str) -> str:
    return (resources.pages() / name).read_text("utf-8")


@cache
def palette() -> str:
    """The colours and type of the page, whose one home is the beginning of `page.css`, up to its first empty line."""
    return (resources.page() / "page.css").read_text("utf-8").partition("\n\n")[0] + "\n"
