"""What is wrong with a cast as it is placed: counts, for tests and for whoever compares layouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import dist

from graph.draw.cast import Placed
from graph.draw.castwords import NAME, SMALL, WORDS
from graph.draw.measure import width

Point = tuple[float, float]
Box = tuple[float, float, float, float]
#: Pixels by which boxes may touch.
SLACK = 1.0


@dataclass(frozen=True)
class Faults:
    """Pairs of boxes that overlap, texts that are cut or leave the sheet, names that are missing; and two measures."""

    overlaps: int
    cut: int
    dropped: int
    strangers: int
    through: int
    leaning: int
    stacked: int
    crossings: int
    ink: float


def faults(placed: Placed) -> Faults:
    """Counts of a placed cast.

    `strangers`: lines that run through a frame they have nothing to do with; `through`: those that run through
    somebody's shape or name, who then seems to be part of what they say; `leaning`: lines of a frame that begin or end
    closer to the name of somebody inside than need be, so that they seem to be theirs; `stacked`: words through which
    the line of other words runs.
    """
    nodes, words = dict(node_boxes(placed)), list(word_boxes(placed))
    solid = [*nodes.values(), *words, *heads(placed)]
    inside = {member: frame.node for frame in placed.cast.frames for member in frame.members}
    foreign = sum(
        meet(around, box)
        for frame, around in placed.frames.items() for node, box in nodes.items()
        if inside.get(node) != frame
    )  # fmt: skip
    frames = sum(meet(a, b) for a, b in combinations(placed.frames.values(), 2))
    return Faults(
        sum(meet(a, b) for a, b in combinations(solid, 2)) + foreign + frames,
        cut(placed),
        sum(not name.title[tag] for name in placed.names.values() for tag in name.title),
        strangers(placed, inside),
        sum(1 for _ in passed(placed, nodes)),
        len(leaning(placed, nodes)),
        len(stacked(placed, words)),
        sum(cross(*one, *two) for one, two in pairs_of_pieces(placed)),
        sum((r - le) * (b - t) for le, t, r, b in solid) / (placed.size[0] * placed.size[1]),
    )


#: Nearer than this to a name, a line of its frame seems to be theirs; words may be touched by so much.
CLOSE, TOUCHED = 16.0, 3.0


def leaning(placed: Placed, nodes: dict[str, Box]) -> set[tuple[int, str]]:
    """Lines of frames by number, with whoever inside they seem to lead to.

    A frame of one is a name with a border: whatever leads to it ends near that name.
    """
    frames = {frame.node: frame.members for frame in placed.cast.frames if len(frame.members) > 1}
    return {
        (number, member)
        for number, (tie, line) in enumerate(zip(placed.cast.ties, placed.lines(), strict=True))
        for node, (x, y) in ((tie.source, line.first), (tie.target, line.second))
        for member in frames.get(node, ())
        if member in nodes and away(nodes[member], (x, y)) < CLOSE
    }


def away(box: Box, spot: Point) -> float:
    """Pixels from a box to a spot outside it."""
    left, top, right, bottom = box
    return dist((max(left, min(spot[0], right)), max(top, min(spot[1], bottom))), spot)


def stacked(placed: Placed, words: list[Box]) -> set[tuple[int, int]]:
    """Words by number, with the number of another line that runs through them, but for one that ends there."""
    found = set()
    for number, first, second in pieces(placed):
        for other, (left, top, right, bottom) in enumerate(words):
            tie = placed.cast.ties[number]
            if other == number or (tie.kind == "denial" and tie.target in placed.cast.ties[other].propositions):
                continue
            if placed.cast.ties[other].kind == "denial" and placed.cast.ties[other].target in tie.propositions:
                continue
            shrunk = (left + TOUCHED, top + TOUCHED, right - TOUCHED, bottom - TOUCHED)
            if runs_through(first, second, shrunk):
                found.add((other, number))
    return found


def seen(placed: Placed, number: int) -> float:
    """Pixels of a line that its own words leave free."""
    line, (wide, high) = placed.lines()[number], placed.words[number].size()
    middle = line.words(placed.along[number], placed.bend[number])

    def free(end: Point) -> float:
        across, down = abs(end[0] - middle[0]), abs(end[1] - middle[1])
        covered = min(wide / 2 / across if across else 1.0, high / 2 / down if down else 1.0, 1.0)
        return dist(end, middle) * (1 - covered)

    return free(line.first) + free(line.second)


def node_boxes(placed: Placed) -> Iterator[tuple[str, Box]]:
    for node, (x, y) in placed.at.items():
        wide, high = placed.names[node].size()
        yield node, (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def word_boxes(placed: Placed) -> Iterator[Box]:
    for said, line, along, bend in zip(placed.words, placed.lines(), placed.along, placed.bend, strict=True):
        x, y = line.words(along, bend)
        wide, high = said.size()
        yield x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def heads(placed: Placed) -> Iterator[Box]:
    """The line of a frame's heading, as far as it is sure to reach."""
    for left, top, _, _ in placed.frames.values():
        yield left + 12, top + 6, left + 40, top + 22


def meet(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK


def cut(placed: Placed) -> int:
    """Boxes that leave the sheet, and rows of text wider than their box."""
    wide, high = placed.size
    boxes = [box for _, box in node_boxes(placed)] + list(word_boxes(placed)) + list(placed.frames.values())
    out = sum(le < -SLACK or t < -SLACK or r > wide + SLACK or b > high + SLACK for le, t, r, b in boxes)
    names = [
        width(row, NAME, bold=True) > name.size()[0]
        for name in placed.names.values() for rows in name.title.values() for row in rows
    ]  # fmt: skip
    words = [
        width(row, size) > said.size()[0]
        for said in placed.words
        for rows, size in ((said.verb, WORDS), (said.who, SMALL)) for each in rows.values() for row in each
    ]  # fmt: skip
    return out + sum(names) + sum(words)


def pieces(placed: Placed) -> Iterator[tuple[int, Point, Point]]:
    """Both straight parts of each line, with the line's number."""
    for number, (line, along, bend) in enumerate(zip(placed.lines(), placed.along, placed.bend, strict=True)):
        middle = line.words(along, bend)
        yield number, line.first, middle
        yield number, middle, line.second


def pairs_of_pieces(placed: Placed) -> Iterator[tuple[tuple[Point, Point], tuple[Point, Point]]]:
    for (one, *first), (two, *second) in combinations(pieces(placed), 2):
        if one != two:
            yield (first[0], first[1]), (second[0], second[1])


def strangers(placed: Placed, inside: dict[str, str]) -> int:
    found = 0
    for number, first, second in pieces(placed):
        tie = placed.cast.ties[number]
        ends = {tie.source, tie.target, inside.get(tie.source), inside.get(tie.target)}
        found += any(runs_through(first, second, box) for frame, box in placed.frames.items() if frame not in ends)
    return found


def passed(placed: Placed, nodes: dict[str, Box]) -> Iterator[tuple[int, str]]:
    """Lines by number, with each node they run through that is no end of them."""
    for number, first, second in pieces(placed):
        tie = placed.cast.ties[number]
        for node, (left, top, right, bottom) in nodes.items():
            shrunk = (left + 4, top + 2, right - 4, bottom - 2)
            if node not in (tie.source, tie.target) and runs_through(first, second, shrunk):
                yield number, node


def runs_through(first: Point, second: Point, box: Box) -> bool:
    left, top, right, bottom = box
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    return any(cross(first, second, a, b) for a, b in sides)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def turn(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
