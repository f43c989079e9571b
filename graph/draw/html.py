"""A network in, one HTML file out: the page with its data, style and code inside, asking nothing of any network.

The page is drawn from a pyvis network (`pyvis_network`), and pyvis ships the vis-network file; the page around it is
ours. Everything that a relationship says on the page comes from the dataset's own sentences, so that nothing states
what was only said.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import jinja2
import networkx as nx
import pyvis
from markupsafe import Markup
from pyvis.network import Network

from .. import figures
from ..base import resources
from ..base.garbage import paused
from ..foreign.naming import tables
from ..foreign.queries import queries
from ..network.cast.story import KEEPING, KEEPING_SPACES
from ..words import for_page, messages
from ..yaml.forms import in_language
from . import pyvis_network
from .cast import choose_cast, place_cast
from .data import PageData
from .layout import positions
from .opening import choose
from .pack import embedded, packed, policy
from .payload import BUDGET, About
from .rules import rules

Record = dict[str, Any]


@paused()
def draw(
    projection: nx.MultiDiGraph,
    data: PageData,
    language: str = "en",
    mark: Callable[[PageData], PageData] | None = None,
    trig: bytes = b"",
    view: Network | None = None,
) -> str:
    """The page of a network and its data (`payload`) as HTML: the same bytes for the same. `mark` adds to the data.

    It is drawn from `view`, a network of `view_of` that may have been changed; left out, from an unchanged one.
    The dataset's TriG rides along, gzipped, so that a reader can save it from the page.
    """
    names = pyvis_network.Names.of(projection)
    plain = pyvis_network.network(data, names, language)
    shown = cast(PageData, pyvis_network.applied(data, plain if view is None else view, plain, names))
    title = in_language(data["edition"]["title"], language)
    return page(mark(shown) if mark else shown, title, language, trig)


def placed(projection: nx.MultiDiGraph, about: About) -> About:
    """`about`, whose cast is placed, with a position for everything else: kept with the case, or laid out."""
    opening = choose(projection, BUDGET)
    return replace(about, places=positions(projection, opening, about.places), opening=opening)


def with_cast(projection: nx.MultiDiGraph, about: About) -> About:
    """`about` with a position for everything in the drawing of the cast, which is all that a still picture shows."""
    chosen = choose_cast(projection)
    spots = place_cast(projection, chosen, about.places.cast).spots()
    # From its spots, as a later build finds it that keeps them.
    return replace(about, places=replace(about.places, cast=spots), cast=place_cast(projection, chosen, spots))


@paused()
def view_of(projection: nx.MultiDiGraph, data: PageData, language: str = "en") -> Network:
    """What the page is drawn from, to be changed."""
    return pyvis_network.network(data, pyvis_network.Names.of(projection), language)


def lifting() -> Record:
    """What the served page reads other vocabularies with: queries, and the tables of names and of record-keeping."""
    keeping = {"relations": sorted(KEEPING), "spaces": KEEPING_SPACES}
    return {**queries(), "tables": tables(), "keeping": keeping}


@cache
def served_page(language: str = "en", endpoint: str = "sparql") -> str:
    """The page without any data: it asks SPARQL of `endpoint`, an address relative to its own, and its service.

    The same bytes for the same version of actorgraph, whatever the store holds.
    """
    served = {"endpoint": endpoint, "cast": "cast", "lift": lifting()}
    data = {"format": 1, "lang": language, "budget": BUDGET, "served": served}
    data |= {"figures": figures.as_data(), "tables": rules()}
    return page(data, "actorgraph", language, entry="served.js", connect="'self'")


def page(
    data: Mapping[str, Any], title: str, language: str, trig: bytes = b"", *, entry: str = "main.js", connect: str = ""
) -> str:
    """The template with style, code and data packed in under a Content-Security-Policy of hashes alone.

    `entry`: the module it begins with. `connect`: whom the page may ask; left out: nobody.
    """
    folder = resources.page()
    css = (folder / "page.css").read_text("utf-8")
    code, vis = packed(folder / entry), vis_network()
    allowed = policy((vis, code), (css,), "img-src data: blob:", *([f"connect-src {connect}"] if connect else []))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((folder / "index.html").read_text("utf-8"))
    # The policy's quotes must reach the browser as they are; hashes and keywords are ours alone.
    trusted = {
        "csp": allowed,
        "css": css,
        "vis": vis,
        "words": embedded(for_page("page")),
        "data": embedded(data),
        "js": code,
    }
    return template.render(
        lang=language,
        title=title,
        noscript=" · ".join(messages("page.frame.noscript").values()),
        trig=base64.b64encode(gzip.compress(trig, 6, mtime=0)).decode() if trig else "",
        **{name: Markup(words) for name, words in trusted.items()},  # noqa: S704 - ours, or escaped just above
    )


@cache
def vis_network() -> str:
    """The vis-network file that pyvis ships."""
    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # The comment that names a source map would be the file's only request.
    text = re.sub(r"//# sourceMappingURL=\S*", "", path.read_text("utf-8"))
    # Two raw control characters in it are errors to an HTML parser; in its strings they can be written otherwise.
    return text.replace("</script", "<\\/script").replace("\x85", "\\u0085")
