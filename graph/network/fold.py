"""A network in, the network of its actors out: events and agreements become edges between those who take part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import networkx as nx

from ..words import languages, message
from ..yaml.forms import in_language
from .records import Folded, Proposition, edges_in, is_mixed, node_of

#: A part that is disputed is never hidden behind one that is only soft.
WEAKEST = ("rejected", "denied", "mentioned", "open", "disputed", "notyet", "soft", "said", "accepted")


def fold(network: nx.MultiDiGraph, pairs: Iterable[tuple[str, str]]) -> nx.MultiDiGraph:
    """The `actors` projection: events and agreements become edges between those whose roles the vocabulary pairs.

    A folded edge has no verb and no direction; `parts` leads back to its propositions, and its line is the weakest of
    theirs. Other edges between actors stay; nodes that were folded away are left out. An event of which only one such
    role is known stays a node.
    """
    roles: dict[str, list[tuple[str, str, Proposition]]] = defaultdict(list)
    paired = {frozenset(pair) for pair in pairs}
    words = {word for pair in paired for word in pair}
    for source, target, _, attributes in edges_in(network):
        if attributes["type"] == "relationship" and attributes["relation"] in words:
            roles[source].append((attributes["relation"], target, attributes))
    couples: dict[tuple[str, str, str], dict[str, Proposition]] = defaultdict(dict)
    for event, found in roles.items():
        for (role, actor, one), (other_role, other_actor, other) in combinations(found, 2):
            if frozenset((role, other_role)) in paired and actor != other_actor:
                ends = (min(actor, other_actor), max(actor, other_actor))
                couples[event, *ends] |= {one["proposition"]: one, other["proposition"]: other}
    folded: nx.MultiDiGraph = nx.MultiDiGraph()
    gone = {event for event, *_ in couples}
    keep = [node for node in network if node not in gone]
    folded.add_nodes_from((node, network.nodes[node]) for node in keep)
    for source, target, key, attributes in edges_in(network):
        if source in folded and target in folded:
            folded.add_edge(source, target, key, **attributes)
    for (event, first, second), parts in sorted(couples.items()):
        if first in folded and second in folded:
            ordered = [part for _, part in sorted(parts.items())]
            folded.add_edge(first, second, f"{event}>{first}>{second}", **_folded(network, event, ordered))
    return folded


def _folded(network: nx.MultiDiGraph, event: str, parts: Sequence[Proposition]) -> Folded:
    label = node_of(network, event)["label"]
    line = min(("notyet" if is_mixed(part) else part["line"] for part in parts), key=WEAKEST.index)
    return {
        "type": "folded",
        "event": event,
        "directed": False,
        "line": line,
        "sensitive": any(part["sensitive"] for part in parts),
        # In words that are never stronger than the weakest of the parts.
        "label": {tag: message(tag, f"bothIn.{line}", name=in_language(label, tag)) for tag in languages()},
        "parts": [part["proposition"] for part in parts],
        "claims": [claim["id"] for part in parts for claim in part["claims"]],
    }
