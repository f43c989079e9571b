"""How edges bow, so that those which share both ends do not overprint."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

#: Steps between edges that share both ends, as a share of their length.
_FAN = 0.3


def curves(network: nx.MultiDiGraph) -> dict[str, float]:
    """Edge key → bow, positive to the right on the way from source to target.

    The control point of the quadratic curve from a to b is (a + b) / 2 + bow * (-dy, dx). Relationships between the
    same two nodes get …, -0.3, 0, 0.3, … seen from one side: opposite ones do not overprint. A lone one gets 0.
    Who speaks about whom runs outside of them.
    """
    groups: dict[tuple[str, str], list[tuple[bool, str, bool]]] = defaultdict(list)
    for source, target, key, kind in network.edges(keys=True, data="type"):
        groups[min(source, target), max(source, target)].append((kind == "speaks", key, source <= target))
    found: dict[str, float] = {}
    for group in groups.values():
        group.sort()
        plain = sum(not speaks for speaks, _, _ in group) or len(group)
        for index, (_, key, forward) in enumerate(group):
            # The first outside is on its own right, so that two who speak of each other keep apart.
            bow = _FAN * (index - (plain - 1) / 2) if index < plain else _FAN * (plain + 1) / 2
            found[key] = round(bow if forward or index >= plain else -bow, 4) + 0.0
    return dict(sorted(found.items()))
