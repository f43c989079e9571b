"""A network in, a file for other programs out: GEXF, GraphML, node-link JSON. Every proposition keeps its claims.

networkx writes all three. GEXF and GraphML take only scalars: lists and dicts are JSON there, nothing is dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from xml.etree.ElementTree import SubElement, indent, tostring

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from ..words import message, messages
from ..yaml.forms import in_language


def node_link(network: nx.MultiDiGraph) -> str:
    """Node-link JSON, sorted."""
    data = nx.node_link_data(network, edges="edges")
    data["nodes"].sort(key=lambda node: node["id"])
    data["edges"].sort(key=lambda edge: (edge["source"], edge["target"], edge["key"]))
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, default=asdict) + "\n"


def graphml(network: nx.MultiDiGraph) -> str:
    """GraphML, sorted."""
    return "\n".join(nx.generate_graphml(_flat(network))) + "\n"


def gexf(network: nx.MultiDiGraph, version: str, language: str = "en") -> str:
    """GEXF, sorted; edges are labelled by heading, and `version` is the date of the file."""
    flat = _flat(network)
    for node, label in network.nodes(data="label"):
        flat.nodes[node]["label"] = _printable(in_language(label, language)) or node
    for source, target, key, attributes in network.edges(keys=True, data=True):
        edge = flat.edges[source, target, key]
        named = attributes.get("title") or attributes.get("label") or messages("page.lines.lineSpeaks")
        heading = in_language(named, language)
        # To GEXF an edge's `type` is whether it has a direction.
        edge |= {"id": key, "label": _printable(heading), "edge": edge.pop("type")}
    writer = GEXFWriter(flat, version="1.2draft")
    meta = writer.xml.find("meta")
    # The writer's own date is today's.
    meta.attrib.clear()
    meta.attrib |= {"lastmodifieddate": version} if version else {}
    meta.find("creator").text = "actorgraph"
    SubElement(meta, "description").text = message(language, "note.row")
    indent(writer.xml)
    return tostring(writer.xml, encoding="unicode") + "\n"


def _flat(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The network with scalars only, sorted."""
    copy: nx.MultiDiGraph = nx.MultiDiGraph(**_scalars(network.graph))
    copy.add_nodes_from((node, _scalars(attributes)) for node, attributes in sorted(network.nodes(data=True)))
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    copy.add_edges_from((*ends, _scalars(attributes)) for *ends, attributes in edges)
    return copy


def _scalars(attributes: Mapping[str, Any]) -> dict[str, bool | int | float | str]:
    found = {}
    for name, value in attributes.items():
        if value is None:
            continue
        plain = isinstance(value, bool | int | float | str)
        scalar = value if plain else json.dumps(value, ensure_ascii=False, default=asdict)
        found[name] = _printable(scalar) if isinstance(scalar, str) else scalar
    return found


def _printable(text: str) -> str:
    """Without the control characters that XML does not take."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
