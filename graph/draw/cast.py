"""The cast as it is drawn: who and what has a place.

In: a network and its cast. Out: boxes, frames and lines with their places, and with their words (`castwords`), as the
page and the still picture draw them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from ..network.cast import Cast, choose_cast
from ..words import languages
from .castwords import NAME, Name, Wording, Words
from .data import CastData, CastTieData
from .measure import width
from .sheet import Block, Box, Group, Line, Ribbon, Slid, covered, line_between, slid

if TYPE_CHECKING:
    from .arrange import Arranged

#: The sheet that a full cast is laid out for: the drawing's part of a window of 1440 by 900.
SHEET = (1176.0, 738.0)
#: How much a sheet grows on which words would cover something.
GROWN = 1.2
#: So many relationships are loaded with a cast, and so many of each who is on it.
TOLD, OF_EACH = 160, 12

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Placed:
    """A cast with its words and places: all that the page and the still picture draw. Pixels, from the top left."""

    cast: Cast
    size: tuple[float, float]
    names: Mapping[str, Name]
    #: Node → middle of its box, with its name.
    at: Mapping[str, tuple[float, float]]
    #: Frame → left, top, right, bottom.
    frames: Mapping[str, tuple[float, float, float, float]]
    #: For each tie: its words, how far along the line they stand, how far to the side the line begins and ends, and how
    #: far to the side of that it bends to its words.
    words: Sequence[Words]
    along: Sequence[float]
    aside: Sequence[float]
    bend: Sequence[float]
    #: What each tie's words are kept by: the proposition written on it, or the statement by which somebody answers.
    keys: Sequence[str] = ()

    def lines(self) -> list[Line]:
        """Both ends of each tie, on the borders of what it joins, three pixels out."""
        boxes: dict[str, Box] = {}
        for member in self.cast.members:
            wide, high = self.names[member.node].size()
            boxes[member.node] = self.at[member.node], (wide / 2, high / 2)
        for node, (left, top, right, bottom) in self.frames.items():
            boxes[node] = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
        found: list[Line] = []
        for tie, words, along, aside, bend in zip(
            self.cast.ties, self.words, self.along, self.aside, self.bend, strict=True
        ):
            line = line_between(boxes[tie.source], boxes[tie.target], aside)
            found.append(line)
            if tie.kind != "denial":
                wide, high = words.size()
                boxes.setdefault(tie.propositions[0], (line.words(along, bend), (wide / 2, high / 2)))
        return found

    def spots(self) -> dict[str, tuple[float, float]]:
        """What is kept with a case: where nodes stand, and the words of lines by what is written on them."""
        rows = zip(self.keys, self.lines(), self.along, self.bend, strict=True)
        return {**{key: line.words(along, bend) for key, line, along, bend in rows}, **self.at}


def sheet(cast: Cast) -> tuple[float, float]:
    """Width and height for a cast: the whole drawing for a full one, less for a small one."""
    load = len(cast.members) + len(cast.ties)
    share = min(1.0, max(0.5, (load / 50) ** 0.5))
    return SHEET[0] * share, SHEET[1] * share


def place_cast(
    network: nx.MultiDiGraph,
    cast: Cast,
    kept: Mapping[str, tuple[float, float]] | None = None,
    *,
    beginnings: int = 0,
    again: int = 2,
) -> Placed:
    """Places for a cast; what was kept with the case stays where it was, when every node was.

    `beginnings` and `again` say how long new places are looked for, as for `arrange`.
    """
    if not cast.members:
        return Placed(cast, sheet(cast), {}, {}, {}, [], [], [], [])
    wording = Wording(network)
    names = {member.node: wording.name(member) for member in cast.members}
    words = [wording.of(tie) for tie in cast.ties]
    keys: list[str] = []
    for tie in cast.ties:
        key = wording.key(tie)
        keys.append(f"{key} {tie.kind} {tie.source}" if key in keys else key)
    index = {member.node: number for number, member in enumerate(cast.members)}
    frames = {frame.node: len(index) + number for number, frame in enumerate(cast.frames)}
    blocks = [Block(*names[member.node].size()) for member in cast.members]
    heads = [max(width(wording.label(f.node, tag), NAME, bold=True) for tag in languages()) for f in cast.frames]
    groups = [
        Group(tuple(index[m] for m in frame.members), wide, 22.0)
        for frame, wide in zip(cast.frames, heads, strict=True)
    ]
    ends = index | frames
    # An answer leads to the first line on which the dispute is written, as `Placed.lines` has it.
    disputes = {tie.propositions[0]: n for n, tie in reversed([*enumerate(cast.ties)]) if tie.kind != "denial"}
    ribbons = [
        Ribbon(
            ends[tie.source], -1 if tie.kind == "denial" else ends[tie.target], *said.size(),
            onto=disputes[tie.target] if tie.kind == "denial" else -1,
        )
        for tie, said in zip(cast.ties, words, strict=True)
    ]  # fmt: skip
    size = sheet(cast)
    if kept is not None and all(member.node in kept for member in cast.members):
        words_at = {number: kept[key] for number, key in enumerate(keys) if key in kept}
        found: Slid | Arranged = slid(blocks, groups, ribbons, [kept[m.node] for m in cast.members], words_at)
    else:
        # numpy is needed only where something is placed.
        from .arrange import arrange  # noqa: PLC0415

        found = arrange(blocks, groups, ribbons, size, beginnings=beginnings, again=again)
        # A small sheet may have too little room for what is written on its lines.
        for grown in (GROWN, GROWN**2):
            wider = min(SHEET[0], sheet(cast)[0] * grown), min(SHEET[1], sheet(cast)[1] * grown)
            if wider == size or not covered(blocks, ribbons, list(found.blocks), list(found.words)):
                break
            size, found = wider, arrange(blocks, groups, ribbons, wider, beginnings=beginnings, again=again)
    return Placed(
        cast,
        size,
        names,
        {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(index, found.blocks, strict=True)},
        {node: tuple(round(float(v), 1) for v in box) for node, box in zip(frames, found.frames, strict=True)},  # type: ignore[misc]
        words,
        [round(float(value), 3) for value in found.along],
        [round(float(value), 1) for value in found.aside],
        [round(float(value), 1) for value in found.bend],
        keys,
    )


def record(placed: Placed, identify: Callable[[str], str]) -> CastData:
    """A placed cast as the page's data, its nodes, frames and propositions by the page's own ids."""
    ties: list[CastTieData] = []
    for tie, said, along, aside, bend in zip(
        placed.cast.ties, placed.words, placed.along, placed.aside, placed.bend, strict=True
    ):
        ties.append(
            {
                "kind": tie.kind,
                "line": tie.line,
                "source": identify(tie.source),
                "target": identify(tie.target),
                "props": [identify(each) for each in tie.propositions],
                "verb": said.verb,
                "who": said.who,
                "unnamed": said.unnamed,
                "begins": said.begins,
                "size": [round(value, 1) for value in said.size()],
                "along": along,
                "aside": aside,
                "bend": bend,
            }
        )
    return {
        "size": [round(value) for value in placed.size],
        "nodes": [
            {
                "id": identify(member.node),
                "at": placed.at[member.node],
                "size": [round(value, 1) for value in placed.names[member.node].size()],
                "actor": member.actor,
                "title": placed.names[member.node].title,
                "below": placed.names[member.node].below,
                "post": identify(member.post_said_in) if member.post_said_in else "",
                "statements": member.statements,
            }
            for member in placed.cast.members
        ],
        "frames": [
            {
                "id": identify(frame.node),
                "box": placed.frames[frame.node],
                "members": [identify(member) for member in frame.members],
            }
            for frame in placed.cast.frames
        ],
        "ties": ties,
        "listed": [identify(node) for node in placed.cast.listed],
    }


def told_with(network: nx.MultiDiGraph, cast: Cast) -> list[str]:
    """The relationships that a page needs for a cast: what is drawn of them, and then what is said of who is drawn."""
    nodes = [member.node for member in cast.members] + [frame.node for frame in cast.frames]
    return list(dict.fromkeys([*_drawn(cast), *_said_of(network, nodes)]))[:TOLD]


def _drawn(cast: Cast) -> Iterator[str]:
    """What stands on lines, and who is said to hold which post."""
    for tie in cast.ties:
        yield from tie.propositions
    yield from (member.post_said_in for member in cast.members if member.post_said_in)


def _said_of(network: nx.MultiDiGraph, nodes: Sequence[str]) -> Iterator[str]:
    """What most is said of, of each of these: the card of whoever is drawn opens with it."""
    for node in nodes:
        edges = [*network.out_edges(node, data=True), *network.in_edges(node, data=True)]
        said = [attributes for *_, attributes in edges if attributes["type"] == "relationship"]
        said.sort(key=lambda each: (not each["disputed"], -len(each["claims"]), each["proposition"]))
        yield from (each["proposition"] for each in said[:OF_EACH])


__all__ = ["Placed", "Wording", "choose_cast", "place_cast", "record", "sheet", "told_with"]
