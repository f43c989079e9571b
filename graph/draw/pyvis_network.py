"""The data of the page in, a pyvis network that one may change out; and what it then holds back into the page.

The page is always drawn from a pyvis network: which nodes and edges there are, where they stand, their names, shapes,
colours, widths and dashes, and the options of the interaction. What a line says of its standing stays ours: × and "?"
and who denies it come from the dataset, whatever the line is made to look like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network

from ..base import resources
from ..base.errors import OutputError
from ..base.ids import short
from ..base.terms import ID
from ..network.simple import ids
from ..words import languages, message, messages
from ..yaml.forms import in_language

Record = dict[str, Any]

#: Shape of a kind → shape in vis-network that is nearest to it. Ellipse and box would hold the name inside.
_SHAPES = {
    "circle": "dot", "square": "square", "diamond": "diamond", "hexagon": "hexagon", "triangle": "triangle",
    "star": "star", "pentagon": "triangleDown", "ellipse": "dot", "document": "square",
}  # fmt: skip
#: Shape in vis-network → ours, for one that was changed.
_DRAWN = {
    "dot": "circle", "circle": "circle", "ellipse": "ellipse", "square": "square", "box": "square",
    "database": "square", "diamond": "diamond", "hexagon": "hexagon", "triangle": "triangle",
    "triangleDown": "pentagon", "star": "star",
}  # fmt: skip
#: Radius of a node at the opening, in pixels, and widths and dashes of lines: as the page draws them.
_RADIUS = 15
_DASHES = {"soft": [5, 4], "denied": [5, 4], "rejected": [5, 4], "notyet": [2, 4], "open": [2, 4]}
_WIDTHS = {"accepted": 3.2, "disputed": 5.0}
#: What a name of a colour may be in CSS, without anything that could end it.
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]+|(?:rgb|hsl)a?\([\d\s.,%/+-]+\)")
#: What the page takes of the options' `interaction`.
_INTERACTION = ("dragNodes", "dragView", "zoomView", "zoomSpeed")
#: The kind of a node and the type of an edge that somebody added.
ADDED = "added"


@dataclass(frozen=True, slots=True)
class Names:
    """What the pyvis network calls nodes and edges: opaque id of the page → readable name."""

    nodes: Mapping[str, str]
    edges: Mapping[str, str]

    @classmethod
    def of(cls, projection: nx.MultiDiGraph) -> Names:
        """The names that `ActorGraph.network` uses, too."""
        nodes = {short(node): name for node, name in ids(projection).items()}
        return cls(nodes, {short(f"edge {key}"): key.removeprefix(ID) for *_, key in projection.edges(keys=True)})


def network(data: Mapping[str, Any], names: Names, language: str = "en") -> Network:
    """A pyvis network of everything that the page draws, with its names, shapes, colours, line styles and positions."""
    made = Network(directed=True, height="720px", width="100%")
    made.toggle_physics(False)
    for node in data["nodes"]:
        made.add_node(names.nodes[node["id"]], **_node_options(node, data, language))
    # `add_edge` would look for both ends in the list of all nodes, and of each edge there is one already.
    made.edges += [_edge(edge, data, names, language) for edge in data["edges"]]
    return made


def _node_options(node: Record, data: Mapping[str, Any], language: str) -> Record:
    kind = data["kinds"].get(node["kind"], {})
    says = message(language, "pyvis.statements", n=len(node["says"]))
    props = message(language, "pyvis.relationships", n=len(node["props"]))
    words = in_language(kind.get("label", {}), language)
    return {
        "label": in_language(node["label"], language) or " ",
        "title": message(language, "pyvis.node", kind=words, says=says, props=props),
        "shape": _SHAPES[kind.get("shape", "circle")],
        "color": colours().get(kind.get("hue", "concept"), colours()["concept"]),
        "size": _RADIUS,
        "x": node["x"],
        "y": node["y"],
    }


def _edge(edge: Record, data: Mapping[str, Any], names: Names, language: str) -> Record:
    prop = data["props"].get(edge["prop"]) if edge["prop"] else None
    line = prop["line"] if prop else "speaks"
    options: Record = {
        "id": names.edges[edge["id"]],
        "label": in_language(edge["label"], language),
        "title": in_language(prop["title"], language) if prop else in_language(edge["label"], language),
        "color": colours()["speak" if line == "speaks" else "hair" if line in ("said", "mentioned") else "ink"],
        "width": _WIDTHS.get(line, 1.5),
        "dashes": _DASHES.get(line, [1, 3] if line == "speaks" else False),
        "smooth": {"type": "curvedCW", "roundness": edge["curve"]} if edge["curve"] else False,
    }
    if not edge["directed"]:
        options["arrows"] = ""
    made: Record = Edge(
        names.nodes[edge["from"]], names.nodes[edge["to"]], directed=edge["directed"], **options
    ).options
    return made


@cache
def colours() -> Mapping[str, str]:
    """The colours of the light theme by name, read from page.css, which is their one home."""
    css = (resources.page() / "page.css").read_text("utf-8")
    root = css[css.index(":root") : css.index("}", css.index(":root"))]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root))


# --- back into the page


def applied(data: Mapping[str, Any], changed: Network, plain: Network, names: Names) -> Record:
    """The data with the nodes, edges, looks, positions and options of a pyvis network; `plain` is as it was handed out.

    Raises `OutputError` for what cannot be drawn: a colour that is none, an unknown shape, a size that is no number.
    """
    general = _options(changed)
    nodes = _Part("node", plain.nodes, data["nodes"], names.nodes, general.get("nodes", {}))
    edges = _Part("edge", plain.edges, data["edges"], names.edges, general.get("edges", {}))
    drawn_nodes = [_drawn_node(options, nodes) for options in changed.nodes if not options.get("hidden")]
    known = {node["id"] for node in drawn_nodes}
    drawn_edges = [
        edge
        for number, options in enumerate(changed.edges)
        if not options.get("hidden") and (edge := _drawn_edge(options, number, edges, nodes))["from"] in known
        and edge["to"] in known
    ]  # fmt: skip
    added = any(node["kind"] == ADDED for node in drawn_nodes) or any(edge["type"] == ADDED for edge in drawn_edges)
    kinds = {**data["kinds"], ADDED: _added_kind()} if added else data["kinds"]
    interaction = {name: value for name, value in general.get("interaction", {}).items() if name in _INTERACTION}
    drawn = {"kinds": kinds, "nodes": drawn_nodes, "edges": drawn_edges, "options": {"interaction": interaction}}
    # Somebody who changed the network wants to see that network: the cast and the disputes are excerpts of it.
    changes = drawn_nodes != data["nodes"] or drawn_edges != data["edges"]
    return {**data, **drawn, **({"opens": "all"} if changes else {})}


def _added_kind() -> Record:
    return {"label": messages("pyvis.added"), "shape": "circle", "hue": "concept", "agent": False, "broader": ""}


def _options(changed: Network) -> Record:
    """The options as plain values: an object of pyvis, or what `set_options` read."""
    found = changed.options if isinstance(changed.options, dict) else json.loads(changed.options.to_json())
    return found if isinstance(found, dict) else {}


class _Part:
    """The nodes, or the edges, as they were handed out, to find what was changed in them."""

    def __init__(
        self, what: str, plain: Iterable[Record], ours: Iterable[Record], names: Mapping[str, str], general: Record
    ) -> None:
        self.what = what
        self.plain = {options["id"]: options for options in plain}
        ids = {name: opaque for opaque, name in names.items()}
        by_id = {record["id"]: record for record in ours}
        self.ours = {name: by_id[ids[name]] for name in self.plain}
        self.general = general

    def changes(self, options: Record) -> Record:
        """What differs from what was handed out; the general options where the thing itself was not changed."""
        plain = self.plain.get(options["id"], {})
        own = {key: value for key, value in options.items() if plain.get(key) != value}
        return {**{key: value for key, value in self.general.items() if key in _LOOKS}, **own}


_LOOKS = ("color", "shape", "size", "width", "dashes")


def _drawn_node(options: Record, part: _Part) -> Record:
    name = options["id"]
    changes = part.changes(options)
    ours = part.ours.get(name)
    node = dict(ours) if ours else _added_node(name, options, len(part.ours))
    if ours and ("x" in changes or "y" in changes):
        dx, dy = float(options["x"]) - ours["x"], float(options["y"]) - ours["y"]
        node |= {"x": ours["x"] + dx, "y": ours["y"] + dy}
        if ours["ox"] is not None:
            node |= {"ox": ours["ox"] + dx, "oy": ours["oy"] + dy}
    if ours and "label" in changes and changes["label"] not in _labels(ours):
        node |= {key: dict.fromkeys(languages(), str(changes["label"])) for key in ("label", "name")}
    look = _look(changes, f"node {name}")
    return {**node, "look": look} if look else node


def _labels(ours: Record) -> set[str]:
    """What it is called in each language: a network in another language than the page's changes no name."""
    return {in_language(ours["label"], language) or " " for language in languages()}


def _added_node(name: object, options: Record, number: int) -> Record:
    x, y = float(options.get("x", 40.0 * (number % 9))), float(options.get("y", 0.0))
    label = dict.fromkeys(languages(), str(options.get("label", name)))
    return {
        "id": short(f"pyvis {name}"), "type": "node", "kind": ADDED, "label": label, "name": label, "plural": False,
        "subtitle": None, "aliases": [], "x": x, "y": y, "ox": x, "oy": y, "degree": 0,
        "opening": True, "prop": None, "facts": [], "props": [], "says": [],
    }  # fmt: skip


def _drawn_edge(options: Record, number: int, part: _Part, nodes: _Part) -> Record:
    ends = {end: _opaque(options[end], nodes) for end in ("from", "to")}
    named = options.get("id")
    ours = part.ours.get(named) if isinstance(named, str) else None
    keyed = {**options, "id": named if named is not None else f"{options['from']} {options['to']} {number}"}
    changes = part.changes(keyed)
    edge = {**ours, **ends} if ours else _added_edge(keyed, ends)
    if ours and "label" in changes and changes["label"] not in _labels(ours):
        edge["label"] = dict.fromkeys(languages(), str(changes["label"]))
    look = _look(changes if ours else {**changes, **options}, f"edge {keyed['id']}")
    return {**edge, "look": look} if look else edge


def _opaque(name: object, nodes: _Part) -> str:
    ours = nodes.ours.get(name) if isinstance(name, str) else None
    return ours["id"] if ours else short(f"pyvis {name}")


def _added_edge(options: Record, ends: Record) -> Record:
    return {
        "id": short(f"pyvis edge {options['id']}"), **ends, "type": ADDED, "prop": None, "claims": [],
        "opening": True, "directed": bool(options.get("arrows")), "subtitle": False, "curve": 0.0,
        "label": dict.fromkeys(languages(), str(options.get("label", ""))),
    }  # fmt: skip


def _look(changes: Record, what: str) -> Record:
    """How something is drawn, where that was changed: only what the page can draw, checked."""
    look: Record = {}
    if "color" in changes:
        look |= _coloured(changes["color"], what)
    if "shape" in changes:
        if changes["shape"] not in _DRAWN:
            raise OutputError(f"{what}: the shape {changes['shape']} cannot be drawn. Use one of {', '.join(_DRAWN)}.")
        look["shape"] = _DRAWN[changes["shape"]]
    if "size" in changes:
        look["size"] = _number(changes["size"], f"{what}: size") / _RADIUS
    if "width" in changes:
        look["width"] = _number(changes["width"], f"{what}: width")
    if "dashes" in changes:
        dashes = changes["dashes"]
        look["dashes"] = [5, 4] if dashes is True else [_number(each, f"{what}: dashes") for each in dashes or ()]
    return look


def _coloured(colour: Any, what: str) -> Record:
    """`stroke` and, where a background is told apart, `fill`."""
    if isinstance(colour, Mapping):
        found = {"stroke": colour.get("border") or colour.get("color"), "fill": colour.get("background")}
    else:
        found = {"stroke": colour}
    for value in found.values():
        if value is not None and not _COLOUR.fullmatch(str(value)):
            raise OutputError(
                f'{what}: "{value}" is not a colour. Write "#33658f", "rgb(51, 101, 143)" or a name of CSS.'
            )
    return {key: str(value) for key, value in found.items() if value is not None}


def _number(value: Any, what: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < 10_000:
        raise OutputError(f"{what}: {value} is not a size in pixels. Write a number from 0 to 10000.")
    return number
