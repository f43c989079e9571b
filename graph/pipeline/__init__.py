"""The main job from end to end, owned by one object: load, check, dataset, network, draw.

The command line, `build_graph.py` and notebooks all use it.

    cases/*.yaml ─┐
    RDF files    ─┼─ load → ActorGraph → check, dataset, network, draw
    a store      ─┘
"""

from .actor_graph import ActorGraph
from .case_graph import CaseGraph, findings
from .cases import refuse_other_files
from .loading import load, load_cases
from .snapshots import snapshot

__all__ = ["ActorGraph", "CaseGraph", "findings", "load", "load_cases", "refuse_other_files", "snapshot"]
