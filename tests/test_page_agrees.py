"""The page's own rules and the library's are the same: paths, sources, speakers, what folds."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from page_cases.node import needs_node, run
from page_cases.pages import unplaced
from sampled import sampled

import graph
from graph.base.ids import short
from graph.network import path_text, paths, sources, speakers
from graph.network.fold import fold
from graph.network.records import claims_in

ROOT = Path(__file__).parent.parent
CASES = [*sorted((ROOT / "cases").iterdir()), *sorted((ROOT / "tests/cases").glob("*.yaml"))]
ASKED: list[dict[str, Any]] = [
    {},
    {"sensitive": True, "disputed": True, "not_yet": True},
    {"through": ["state", "place", "speaker"]},
    {"sensitive": True, "disputed": True, "not_yet": True, "through": [*paths.THROUGH]},
]
SETTINGS = {"sensitive": "sensitive", "disputed": "disputed", "notyet": "not_yet"}
MOST_PAIRS = 60


def _short(iri: str) -> str | None:
    return short(iri) if iri else None


def _hop(hop: paths.Hop) -> dict[str, Any]:
    return {
        "source": short(hop.source),
        "target": short(hop.target),
        "prop": _short(hop.proposition["proposition"]) if hop.proposition else None,
        "line": hop.line,
        "claims": [short(claim["id"]) for claim in hop.claims],
        "beside": [short(other["proposition"]) for other in hop.beside],
        "speaker": _short(hop.speaker) or "",
    }


def _paths(net: Any) -> list[dict[str, Any]]:
    nodes = [n for n, a in sorted(net.nodes(data=True)) if a["type"] == "node"]
    pairs = list(combinations(nodes, 2))
    found = []
    for at, (a, b) in enumerate(pairs[:: max(1, len(pairs) // MOST_PAIRS)]):
        asked = ASKED[at % len(ASKED)]
        direct = paths.direct(net, a, b)
        found.append(
            {
                "a": short(a),
                "b": short(b),
                "asked": [word for word, setting in SETTINGS.items() if asked.get(setting)],
                "through": asked.get("through", []),
                "stated": sorted(short(p["proposition"]) for p in direct.stated),
                "unaffirmed": sorted(short(p["proposition"]) for p in direct.unaffirmed),
                "joint": [[short(node), _short(speaker) or ""] for node, speaker in direct.joint],
                "none": path_text.no_path(net, a, b, [w for w, setting in SETTINGS.items() if not asked.get(setting)]),
                "paths": [
                    {
                        "hops": [_hop(hop) for hop in path.hops],
                        "weakest": path.weakest,
                        "statements": path.statements,
                        "speakers": [short(speaker) for speaker in path.speakers],
                        "text": {tag: path_text.text(net, path, tag) for tag in ("en", "es")},
                    }
                    for path in paths.find(net, a, b, paths.Walk(**asked))
                ],
            }
        )  # fmt: skip
    return found


def _left(net: Any) -> list[dict[str, Any]]:
    known = {*net, *(document["id"] for document in net.graph["documents"])}
    found = []
    for source in (one for one in sources.sources(net) if one in known):
        left = sources.without(net, source)
        found.append(
            {
                "source": short(source),
                "gone": sorted(map(short, left.statements)),
                "of": left.of,
                "relationships": sorted(map(short, left.relationships)),
                "actors": [short(node) for node in left.actors],
                "weaker": sorted([short(iri), line] for iri, line in left.weaker),
                "denials": sorted(map(short, left.denials)),
                "unanswered": sorted(map(short, left.unanswered)),
            }
        )
    return found


def _views(net: Any) -> list[dict[str, Any]]:
    who = sorted({c["speaker"] for c in claims_in(net) if c["speaker"]})[:12]
    found = []
    for a, b in combinations(who, 2):
        one, both = speakers.according_to(net, a), speakers.compare(net, a, b)
        found.append(
            {
                "a": short(a),
                "b": short(b),
                **{
                    side: {short(iri): sorted(map(short, claims)) for iri, claims in getattr(one, side).items()}
                    for side in ("affirms", "opposes", "open")
                },
                "both": sorted(map(short, both.both)),
                "onlyA": sorted(map(short, both.only_a)),
                "onlyB": sorted(map(short, both.only_b)),
                "contradict": sorted(map(short, both.contradict)),
                "rivals": sorted([short(iri), short(rival)] for iri, rival in both.rivals),
            }
        )
    return found


def _folds(net: Any, pairs: Any) -> dict[str, Any]:
    folded = fold(net, pairs)
    edges = [(u, v, a) for u, v, a in folded.edges(data=True) if a["type"] == "folded"]
    rows = [
        [*sorted([short(u), short(v)]), short(a["event"]), a["line"], sorted(map(short, a["parts"]))]
        for u, v, a in edges
    ]
    return {"gone": sorted(short(node) for node in set(net) - set(folded)), "edges": sorted(rows)}


@needs_node
@pytest.mark.parametrize("case", sampled(CASES))
def test_page_and_library_agree(case: Path) -> None:
    edition = graph.load(case)
    net = edition.projection
    given = {
        "data": unplaced(net),
        "paths": _paths(net),
        "left": _left(net),
        "views": _views(net),
        "folds": _folds(net, edition.case.vocabulary.folds),
    }
    run("agree.js", given)
