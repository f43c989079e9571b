"""The lines of a cast: who is tied to whom, one line for each standing, and a line of speech for who has no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import log1p

from ..records import Proposition, is_mixed
from .model import Tie
from .story import DESCRIBING, TIED, Edge, Story

#: At most so many ties between what is drawn. Disputes, their answers and lines of speech come on top.
MOST = 24
_STRENGTH = ("accepted", "said", "notyet", "soft")
#: Relations that say where somebody is or is from: they tie less than what somebody does.
_PLACING = frozenset({"comes-from", "outside", "located-in", "took-place-in", "resides-in"})
#: Relations that say who made an agreement: without them nobody can tell what it is.
_MAKING = frozenset({"party", "signatory"})


def ties_of(story: Story, actors: Sequence[str], things: Sequence[str], disputes: Sequence[Edge]) -> list[Tie]:
    """The ties among actors and things, the most telling first. Everybody is tied once before anybody is tied again."""
    drawn = {*actors, *things}
    shown = list(_disputed(story, drawn, disputes))
    rest = _once(story, _payments(story, actors), _grouped(story, drawn, {tie.propositions[0] for tie in shown}))
    # What an end of a dispute has to do with others is what the dispute is about.
    contested = {end for edge in disputes for end in edge.ends if not story.is_actor(end)}

    def rank(tie: Tie) -> tuple[float, tuple[str, ...]]:
        return -_weight(story, tie) - bool(contested & {tie.source, tie.target}), tie.propositions

    ranked = sorted(rest, key=rank)
    bound = Counter(end for tie in shown for end in (tie.source, tie.target))
    most = MOST + len(shown)

    def show(tie: Tie) -> None:
        shown.append(tie)
        bound.update((tie.source, tie.target))

    # What joins two is drawn with both.
    for node, least in (*((actor, 1) for actor in actors), *((thing, 2) for thing in things)):
        waiting = (tie for tie in ranked if node in (tie.source, tie.target) and tie not in shown)
        for tie in islice(waiting, max(0, least - bound[node])):
            show(tie)
    for tie in ranked:
        if len(shown) < most and tie not in shown:
            show(tie)
    for actor in actors:
        told = {each for tie in shown for each in tie.propositions[: None if tie.kind == "payment" else 1]}
        if not bound[actor] and (speech := _speech(story, actor, drawn, told)):
            show(speech)
    return [_no_firmer_than_all_say(story, tie) for tie in shown]


def _no_firmer_than_all_say(story: Story, tie: Tie) -> Tie:
    """What one says is done and another only plans is drawn as not yet done: a line has no room to weigh the two."""
    if tie.kind not in ("tie", "payment") or tie.line != "said":
        return tie
    return replace(tie, line="notyet") if is_mixed(story.by_id[tie.propositions[0]].proposition) else tie


def _disputed(story: Story, drawn: Collection[str], disputes: Sequence[Edge]) -> Iterator[Tie]:
    for edge in disputes:
        if edge.source in drawn and edge.target in drawn:
            yield Tie("tie", *edge.ends, "disputed", (edge.id,))
            deniers = dict.fromkeys(story.denier(edge, claim) for claim in edge.proposition["claims"])
            yield from (Tie("denial", one, edge.id, "disputed", (edge.id,)) for one in deniers if one in drawn)


# --- ties between two


def _stands_for(story: Story, node: str, drawn: Collection[str]) -> str:
    """The drawn node that one stands for: itself, or the thing that it is part of. Nobody stands for somebody else."""
    if node in drawn or story.is_actor(node):
        return node if node in drawn else ""
    return next((whole for whole in story.wholes.get(node, ()) if whole in drawn), "")


def _is_told_otherwise(story: Story, edge: Edge, drawn: Collection[str]) -> bool:
    """Whether a relationship is shown by a frame, a second line or a card and not by a line."""
    if edge.relation in ("holds-post", "post-in", "part-of", "located-in"):
        return not set(edge.ends) <= set(drawn) or story.home(edge.source).body == edge.target
    described = edge.relation in DESCRIBING and not story.is_actor(edge.target)
    return described and story.kind(edge.target) not in ("accusation", "coercion")


def _grouped(story: Story, drawn: Collection[str], taken: Collection[str]) -> list[Tie]:
    """Ties of one standing between the same two, and one for all members of a frame that share it."""
    groups: dict[tuple[str, str, str], list[tuple[Edge, str]]] = defaultdict(list)
    for edge in story.edges:
        if edge.line not in TIED - {"disputed"} or edge.id in taken or _is_told_otherwise(story, edge, drawn):
            continue
        source, target = (_stands_for(story, end, drawn) for end in edge.ends)
        if source and target and source != target:
            matter = edge.target if target != edge.target else edge.source if source != edge.source else ""
            groups[min(source, target), max(source, target), edge.line].append((edge, matter))
    ties = []
    for (_, _, line), found in groups.items():
        found.sort(key=_telling)
        edge, matter = found[0]
        source, target = (_stands_for(story, end, drawn) for end in edge.ends)
        ties.append(Tie("tie", source, target, line, tuple(each.id for each, _ in found), matter))
    return _shared(story, _within(story, ties))


def _telling(row: tuple[Edge, str]) -> tuple[bool, bool, int, str]:
    """Which of several relationships is written on a line: one between what is drawn, what is done, what many say."""
    edge, matter = row
    return bool(matter), edge.relation in _PLACING, -len(edge.proposition["claims"]), edge.id


def _within(story: Story, ties: list[Tie]) -> list[Tie]:
    """What is said of a frame need not be drawn again for each of its members."""

    def relation(tie: Tie) -> str:
        return story.by_id[tie.propositions[0]].relation

    said = {(tie.source, tie.target, relation(tie), tie.line): tie for tie in ties}
    merged: dict[Tie, list[str]] = defaultdict(list)
    covered = set()
    for tie in ties:
        source, target = story.home(tie.source).body, story.home(tie.target).body
        rest = (relation(tie), tie.line)
        wider = said.get((tie.source, target, *rest)) or said.get((source, tie.target, *rest))
        if wider is not None and wider is not tie:
            merged[wider] += tie.propositions
            covered.add(tie)
    return [replace(t, propositions=(*t.propositions, *merged[t])) for t in ties if t not in covered]


def _shared(story: Story, ties: list[Tie]) -> list[Tie]:
    """One line from a group for what all of its members are said to do, in the same standing."""
    alike: dict[tuple[str, str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        body, edge = story.home(tie.source).body, story.by_id[tie.propositions[0]]
        if body and story.kind(body) == "people" and edge.source == tie.source and tie.target != body:
            alike[body, tie.target, edge.relation, tie.line].append(tie)
    for (body, target, _, line), found in alike.items():
        members = {node for node, home in story.homes.items() if home.body == body}
        if len(found) >= 2 and {tie.source for tie in found} == members:
            said = tuple(dict.fromkeys(each for tie in found for each in tie.propositions))
            one = Tie("tie", body, target, line, said, found[0].matter, shared=True)
            ties = [*(tie for tie in ties if tie not in found), one]
    return ties


def _payments(story: Story, actors: Sequence[str]) -> list[Tie]:
    """A payment with one payer and one payee is a line between them, in the weaker standing of the two."""
    found = []
    for node in sorted(story.network):
        if parts := story.payment(node, actors):
            line = max((part.line for part in parts), key=_STRENGTH.index)
            facts = story.network.nodes[node]["facts"]
            amounts = [fact["proposition"] for fact in facts if fact["relation"] == "amount"]
            ids = (*(part.id for part in parts), *amounts)
            found.append(Tie("payment", parts[0].target, parts[1].target, line, ids, node))
    return found


def _once(story: Story, paid: Sequence[Tie], ties: Sequence[Tie]) -> list[Tie]:
    """Payments and ties; a tie that only says that one paid the other is part of the payment's line."""
    ways = {(tie.source, tie.target, tie.line): tie for tie in paid}
    again: dict[Tie, tuple[str, ...]] = {}
    rest = []
    for tie in ties:
        only_paid = all(story.by_id[each].relation == "paid" for each in tie.propositions)
        if only_paid and (payment := ways.get((tie.source, tie.target, tie.line))):
            again[payment] = tie.propositions
        else:
            rest.append(tie)
    return [*(replace(tie, propositions=(*tie.propositions, *again.get(tie, ()))) for tie in paid), *rest]


def _weight(story: Story, tie: Tie) -> float:
    """How telling a tie is: how many say it, what hurts, actors before things, what much is said of."""
    said = [story.by_id[each].proposition for each in tie.propositions if each in story.by_id]
    weight: float = 0.5 * log1p(sum(len(each["claims"]) for each in said))
    weight += 0.7 * max((each["origins"] - 1 for each in said), default=0)
    weight += 2.0 * said[0]["sensitive"] + {"soft": 0.8, "notyet": 0.2}.get(tie.line, 0.0)
    weight += {2: 1.2, 1: 0.6, 0: 0.0}[story.is_actor(tie.source) + story.is_actor(tie.target)]
    weight -= 1.2 * (said[0]["relation"] in _PLACING)
    weight += 1.0 * (said[0]["relation"] in _MAKING)
    weight += 0.25 * (log1p(story.about[tie.source]) + log1p(story.about[tie.target]))
    return float(weight) + (1.0 if tie.kind == "payment" else -0.8 if tie.matter else 0.0)


# --- speech


def _speech(story: Story, actor: str, drawn: Collection[str], told: Collection[str]) -> Tie | None:
    """A line from a speaker to what its statements concern most, rather than to a whole state.

    What is `told` on other lines already is said again only when there is nothing else.
    """
    concerned: dict[str, list[Proposition]] = defaultdict(list)
    for proposition in story.said_by.get(actor, ()):
        claims = [c for c in proposition["claims"] if actor in (c["speaker"], c["for"])]
        if any(claim["stance"] not in ("mentioned", "declined") for claim in claims):
            for node in dict.fromkeys(_reached(story, proposition, drawn)):
                concerned[node].append(proposition)
    concerned.pop(actor, None)
    if not concerned:
        return None
    new = {node: [each for each in said if each["proposition"] not in told] for node, said in concerned.items()}

    def importance(node: str) -> tuple[bool, int, bool]:
        return bool(new[node]), len(concerned[node]), story.kind(node) != "state"

    target = max(sorted(concerned), key=importance)
    said = new[target] or concerned[target]
    line = said[0]["line"] if said[0]["line"] in TIED - {"disputed"} else "said"
    return Tie("speech", actor, target, line, tuple(dict.fromkeys(each["proposition"] for each in said)))


def _reached(story: Story, proposition: Proposition, drawn: Collection[str]) -> Iterator[str]:
    """Drawn nodes that a proposition concerns: its ends, or what these ends take part in."""
    ends = [end for end in (proposition["subject"], proposition["third"]) if end in story.network]
    if near := [end for end in ends if end in drawn]:
        yield from near
        return
    for end in ends:
        for edge in story.at[end]:
            if edge.line in TIED and (other := edge.other(end)) in drawn and not story.is_actor(other):
                yield other
