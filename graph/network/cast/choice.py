"""Who and what is on the cast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log1p

import networkx as nx

from .model import Cast, Frame, Member, Tie
from .story import DESCRIBING, TIED, Edge, Story
from .ties import ties_of

#: At most so many actors and things. Disputes and whoever a case names come first.
ACTORS, THINGS, DISPUTES = 24, 8, 4
#: Times that it makes room for others: each looks at everything, and who comes later is hardly spoken of.
ROUNDS = 12


def choose_cast(network: nx.MultiDiGraph) -> Cast:
    """The cast of a network that `project` made.

    Parameters
    ----------
    network
        With all that was said. Whom the case names (`network.graph["cast"]`) is on the cast in any case, tied or not.

    Returns
    -------
    Cast
        At most some 24 actors, 8 things and 24 ties, disputes with all who answer them first.
    """
    story = Story(network)
    named = [node for node in network.graph.get("cast", ()) if node in network]
    disputes = [edge for edge in story.edges if edge.line == "disputed"][:DISPUTES]
    must = list(dict.fromkeys([*named, *_disputing(story, disputes)]))
    actors = [node for node in must if story.is_actor(node)]
    words = [node for node in must if not story.is_actor(node)]
    waiting = _waiting(story, must)
    cast = _assembled(story, named, actors, *_tied(story, actors, words, disputes))
    # Who turns out to be tied to nobody drawn makes room for the next.
    for _ in range(ROUNDS):
        if not waiting or (room := ACTORS - cast.actors) <= 0:
            break
        actors += waiting[:room]
        waiting = waiting[room:]
        cast = _assembled(story, named, actors, *_tied(story, actors, words, disputes))
    return Cast((), (), (), ()) if _hides_most(story, cast) else cast


def _hides_most(story: Story, cast: Cast) -> bool:
    """Whether data of another vocabulary would fit whole, and is mostly of classes that nobody knows."""
    nodes = sum(node["type"] == "node" for _, node in story.network.nodes(data=True))
    return story.is_other and nodes <= ACTORS and 2 * len(cast.members) < nodes


def _waiting(story: Story, must: Sequence[str]) -> list[str]:
    """Actors that may come, in order; where there are many, only those of whom more is said than in passing."""
    silent = {node for node in story.actors if story.only_reports(node)}
    waiting = [node for node in story.actors if node not in must and node not in silent]
    if len(waiting) + len(must) <= ACTORS:
        return waiting
    worth = {node: story.worth(node) for node in waiting}
    return [n for n in waiting if worth[n] >= 5.0 or (worth[n] >= 3.5 and story.statements(n) >= 2)]


def _disputing(story: Story, disputes: Sequence[Edge]) -> Iterator[str]:
    """Both ends of each dispute and everybody who answers it."""
    for edge in disputes:
        yield from (end for end in edge.ends if story.network.nodes[end]["type"] != "statement")
        yield from filter(None, (story.denier(edge, claim) for claim in edge.proposition["claims"]))


def _tied(
    story: Story, actors: Sequence[str], words: Sequence[str], disputes: Sequence[Edge]
) -> tuple[list[str], list[Tie]]:
    things = [*_things(story, actors, words), *words]
    return things, ties_of(story, actors, things, disputes)


def _things(story: Story, actors: Sequence[str], words: Sequence[str]) -> list[str]:
    """What joins the actors, one by one: first what ties those who are tied least."""
    chosen = [node for node in words if story.is_thing(node)]
    among = set(actors)
    tied = Counter(
        end for edge in story.edges for end in edge.ends
        if edge.line in TIED and edge.relation not in DESCRIBING and set(edge.ends) <= among
    )  # fmt: skip
    for node in chosen:
        tied.update(story.joined(node, among).keys())
    waiting = _joining(story, among, chosen)
    while waiting and len(chosen) < THINGS:
        best = max(sorted(waiting), key=lambda node: _pull(story, node, waiting[node], tied, chosen))
        chosen.append(best)
        tied.update(waiting.pop(best).keys())
    return [node for node in chosen if node not in words]


def _joining(story: Story, actors: set[str], chosen: Sequence[str]) -> dict[str, Mapping[str, float]]:
    """Things in which two actors take part, or of which they speak; or that join somebody who has no other tie."""
    found: dict[str, Mapping[str, float]] = {}
    for node in story.network:
        if not story.is_thing(node) or node in chosen or story.payment(node, actors):
            continue
        joined = story.joined(node, actors)
        if _is_told_by_a_line(story, node, joined):
            continue
        needed = any(weight >= 0.8 and story.is_lonely(actor) for actor, weight in joined.items())
        weight = sum(min(each, 1.0) for each in joined.values()) + story.things_near(node, actors)
        if weight >= (1.2 if needed else 2.0):
            found[node] = joined
    return found


def _is_told_by_a_line(story: Story, node: str, joined: Mapping[str, float]) -> bool:
    """Whether all that a thing does is to join two who are tied already: `searched` says what the search would."""
    if len(joined) != 2 or any(story.is_thing(edge.other(node)) for edge in story.at[node]):
        return False
    one, other = joined
    ties = (edge for edge in story.at[one] if edge.other(one) == other)
    return any(edge.line in TIED and edge.relation not in DESCRIBING for edge in ties)


def _pull(story: Story, node: str, joined: Mapping[str, float], tied: Counter[str], chosen: Sequence[str]) -> float:
    def need(actor: str, weight: float) -> float:
        # To speak of something ties less than to take part in it.
        part = weight >= 0.8
        return (
            log1p(story.worth(actor))
            * (weight if part else weight / 2)
            * (2 if part and not tied[actor] else 1 / (1 + 0.7 * tied[actor]))
        )

    links = len({edge.other(node) for edge in story.at[node] if edge.line in TIED} & set(chosen))
    return sum(need(*row) for row in joined.items()) + 0.8 * links + 0.6 * log1p(story.about[node])


# --- assembling


def _assembled(
    story: Story, named: Sequence[str], actors: Sequence[str], things: Sequence[str], ties: Sequence[Tie]
) -> Cast:
    bound = {end for tie in ties for end in (tie.source, tie.target)}
    kept = [node for node in (*actors, *things) if node in bound or node in named]
    framed = _frames(story, kept, actors)
    inside = {member: frame for frame, members in framed.items() for member in members}
    members = [_member(story, node) for node in kept if node not in framed]
    alive = {member.node for member in members} | set(framed)

    def is_drawn(tie: Tie) -> bool:
        ends = {tie.source} if tie.kind == "denial" else {tie.source, tie.target}
        return ends <= alive and inside.get(tie.source) != tie.target and inside.get(tie.target) != tie.source

    return Cast(
        tuple(members),
        tuple(Frame(node, tuple(found)) for node, found in sorted(framed.items())),
        tuple(filter(is_drawn, ties)),
        tuple(node for node in story.actors if node not in alive),
    )


def _member(story: Story, node: str) -> Member:
    home = story.home(node)
    post, said_in = (home.post, home.said_in) if home.post else ("", "")
    return Member(node, story.is_actor(node), story.statements(node), post, said_in)


def _frames(story: Story, kept: Sequence[str], actors: Sequence[str]) -> dict[str, list[str]]:
    """State, body or group → who of the drawn belongs to it. A state is a frame for one, a body for two or more."""
    inside: dict[str, list[str]] = defaultdict(list)
    for node in kept:
        if frame := story.frame_of(node, actors):
            inside[frame].append(node)
    nested = {member for members in inside.values() for member in members}
    return {
        frame: sorted(members)
        for frame, members in inside.items()
        if frame not in nested and len(members) >= (1 if story.kind(frame) == "state" else 2)
    }
