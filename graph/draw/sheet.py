"""What stands on the sheet of a cast, and where its lines run: plain geometry, without numerics to import.

Blocks are nodes with their names, ribbons are lines with their words, groups are frames. `slid` finds places for words
when the nodes are kept where they were; `arrange` looks for places for everything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import dist, hypot, sqrt

Point = tuple[float, float]
#: Middle and half of width and height.
Box = tuple[Point, Point]

#: Pixels between rectangles, and between a frame and what is inside.
GAP, PAD = 9.0, 12.0
#: Words may reach so many pixels into what stands beside them.
TOUCH = 2.0
#: Pixels between lines that join the same two.
BESIDE = 34.0
#: How far out of a box a line begins.
LEAVE = 3.0
#: Words that stand farther beside their line than this are not its own.
FARTHEST_BENT = 150.0
_TRIED = tuple((0.18 + 0.04 * step, bend) for bend in (0.0, 24.0, -24.0) for step in range(17))
_ROUNDS = 4


@dataclass(frozen=True)
class Block:
    """A node with its words: width and height in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class Ribbon:
    """A line between two blocks or frames (by index; frames follow the blocks), with the size of its words."""

    source: int
    target: int
    width: float
    height: float
    #: A line that ends on the words of another: the index of that line. `target` is then not looked at.
    onto: int = -1


@dataclass(frozen=True)
class Group:
    """A frame: who stands inside, and the size of its heading."""

    members: tuple[int, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Slid:
    """Middles of blocks, frames as (left, top, right, bottom); for each line, where its words are."""

    blocks: Sequence[Point]
    frames: Sequence[tuple[float, float, float, float]]
    along: Sequence[float]
    aside: Sequence[float]
    bend: Sequence[float]


def apart(ribbons: Sequence[Ribbon]) -> list[float]:
    """How far to the side each of several lines between the same two runs, in pixels, seen from the lower end."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for number, ribbon in enumerate(ribbons):
        if ribbon.onto < 0:
            ends = sorted((ribbon.source, ribbon.target))
            pairs.setdefault((ends[0], ends[1]), []).append(number)
    found = [0.0] * len(ribbons)
    for lines in pairs.values():
        for place, number in enumerate(lines):
            side = BESIDE * (place - (len(lines) - 1) / 2)
            found[number] = side if ribbons[number].source <= ribbons[number].target else -side
    return found


def border(box: Box, towards: Point, aside: float) -> Point:
    """Where a line from the middle of a box, or from `aside` of it, leaves it."""
    (x, y), (half_x, half_y) = box
    dx, dy = towards[0] - x, towards[1] - y
    length = hypot(dx, dy) or 1.0
    reach_x, reach_y = max(half_x - abs(aside) + LEAVE, 4.0), max(half_y - abs(aside) + LEAVE, 4.0)
    share = min(reach_x / (abs(dx) or 1e-9), reach_y / (abs(dy) or 1e-9), 1.0)
    return x - dy / length * aside + dx * share, y + dx / length * aside + dy * share


@dataclass(frozen=True)
class Line:
    """Both ends of a line, and one pixel to its side."""

    first: Point
    second: Point
    side: Point

    def words(self, along: float, bend: float) -> Point:
        """Where its words stand: so far along the way from end to end, and so far to the side."""
        (x, y), (to_x, to_y) = self.first, self.second
        return x + (to_x - x) * along + self.side[0] * bend, y + (to_y - y) * along + self.side[1] * bend

    def place(self, spot: Point) -> tuple[float, float]:
        """How far along the line, and how far to its side, a spot is."""
        (x, y), (to_x, to_y) = self.first, self.second
        dx, dy = spot[0] - x, spot[1] - y
        long = (to_x - x) ** 2 + (to_y - y) ** 2
        along = (dx * (to_x - x) + dy * (to_y - y)) / long if long > 1 else 0.5
        return along, dx * self.side[0] + dy * self.side[1]


def line_between(source: Box, target: Box, aside: float) -> Line:
    """The line between two boxes that runs `aside` of their middles."""
    dx, dy = target[0][0] - source[0][0], target[0][1] - source[0][1]
    length = hypot(dx, dy) or 1.0
    side = -dy / length, dx / length
    return Line(border(source, target[0], aside), border(target, source[0], -aside), side)


def met(parts: Sequence[Box], start: Point, end: Point) -> Point:
    """Where a line from `start` that ends near boxes meets the first of them: before `end`, or farther on.

    A name's box is as wide as its longest row, and the end of a line that runs far to the side of a frame's middle lies
    in the frame; what is painted begins elsewhere. A line that passes all boxes by ends at the point of them nearest to
    its end; without boxes it ends where it did.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    found = []
    for (x, y), (half_x, half_y) in parts:
        across = _within(x - start[0], half_x + LEAVE, dx)
        down = _within(y - start[1], half_y + LEAVE, dy)
        enter, leave = max(across[0], down[0]), min(across[1], down[1])
        if 0.0 < enter <= leave:
            found.append(enter)
    if found:
        return start[0] + dx * min(found), start[1] + dy * min(found)
    return min((_nearest(part, end) for part in parts), key=lambda at: dist(at, end), default=end)


def _nearest(box: Box, spot: Point) -> Point:
    """The point of a box nearest to a spot, with a little room."""
    (x, y), (half_x, half_y) = box
    return (
        max(x - half_x - LEAVE, min(x + half_x + LEAVE, spot[0])),
        max(y - half_y - LEAVE, min(y + half_y + LEAVE, spot[1])),
    )


def _within(middle: float, half: float, way: float) -> tuple[float, float]:
    """The shares of a way, on one axis, between which it is inside a box."""
    ends = ((middle - half) / (way or 1e-9), (middle + half) / (way or 1e-9))
    return min(ends), max(ends)


def framed(groups: Sequence[Group], boxes: Sequence[Box]) -> list[Box]:
    """The frame round each group's members, with room for its heading."""
    found = []
    for group in groups:
        inside = [boxes[member] for member in group.members]
        left = min(x - half for (x, _), (half, _) in inside) - PAD
        right = max(x + half for (x, _), (half, _) in inside) + PAD
        top = min(y - half for (_, y), (_, half) in inside) - PAD - group.height
        bottom = max(y + half for (_, y), (_, half) in inside) + PAD
        wide = max(right - left, group.width + 2 * PAD)
        found.append((((left + right) / 2, (top + bottom) / 2), (wide / 2, (bottom - top) / 2)))
    return found


def slid(
    blocks: Sequence[Block],
    groups: Sequence[Group],
    ribbons: Sequence[Ribbon],
    at: Sequence[Point],
    kept: Mapping[int, Point],
) -> Slid:
    """Places for the words of lines while every block stays where it is: where they were kept, or cover least.

    `kept` has the middle of the words of some lines, by the line's number.
    """
    boxes: list[Box] = [
        ((float(x), float(y)), (block.width / 2, block.height / 2)) for block, (x, y) in zip(blocks, at, strict=True)
    ]
    frames = framed(groups, boxes)
    aside = apart(ribbons)
    ends = [*boxes, *frames]
    heads: list[Box] = [
        ((x - w + PAD + group.width / 2, y - h + group.height / 2), (group.width / 2, group.height / 2))
        for group, ((x, y), (w, h)) in zip(groups, frames, strict=True)
    ]
    places = [(0.5, 0.0)] * len(ribbons)
    words: list[Box] = [((0.0, 0.0), (ribbon.width / 2, ribbon.height / 2)) for ribbon in ribbons]

    def line(number: int) -> Line:
        ribbon = ribbons[number]
        target = words[ribbon.onto] if ribbon.onto >= 0 else ends[ribbon.target]
        return line_between(ends[ribbon.source], target, aside[number])

    def put(number: int, place: tuple[float, float]) -> None:
        places[number] = place
        words[number] = line(number).words(*place), words[number][1]

    # Words whose line was moved away from them are placed anew. What a line ends at comes before it.
    loose = []
    for number in sorted(range(len(ribbons)), key=lambda each: ribbons[each].onto >= 0):
        if number in kept and _is_near(place := line(number).place(kept[number])):
            put(number, place)
        else:
            loose.append(number)
    # So are words that have grown since, in whichever language, where they would cover a name or other words.
    for number in range(len(ribbons)):
        if number not in loose and _covers(words[number], [*boxes, *heads, *_without(words, {*loose, number})]):
            loose.append(number)
    for _ in range(_ROUNDS if loose else 0):
        for number in loose:
            mine, half = line(number), words[number][1]
            others = [*boxes, *heads, *(box for other, box in enumerate(words) if other != number)]

            def cost(place: tuple[float, float], mine: Line = mine, half: Point = half,
                     others: Sequence[Box] = others) -> float:  # fmt: skip
                box = mine.words(*place), half
                covered = sum(overlap(box, other) for other in others)
                return covered + 8 * (place[0] - 0.5) ** 2 + 0.02 * abs(place[1])

            put(number, min(_TRIED, key=cost))
    sides = [(x - w, y - h, x + w, y + h) for (x, y), (w, h) in frames]
    return Slid([box[0] for box in boxes], sides, [p[0] for p in places], aside, [p[1] for p in places])


def covered(blocks: Sequence[Block], ribbons: Sequence[Ribbon], at: Sequence[Point], words: Sequence[Point]) -> bool:
    """Whether the words of any line lie on a block or on other words."""
    half = [*((b.width / 2, b.height / 2) for b in blocks), *((r.width / 2, r.height / 2) for r in ribbons)]
    boxes = [((float(x), float(y)), size) for (x, y), size in zip((*at, *words), half, strict=True)]
    return any(_covers(box, boxes[:number]) for number, box in enumerate(boxes) if number >= len(blocks))


def _without(boxes: Sequence[Box], left_out: Collection[int]) -> list[Box]:
    return [box for number, box in enumerate(boxes) if number not in left_out]


def _covers(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box lies on another, by more than the edges of their letters."""
    return any(
        box[1][0] + other[1][0] - abs(box[0][0] - other[0][0]) > TOUCH
        and box[1][1] + other[1][1] - abs(box[0][1] - other[0][1]) > TOUCH
        for other in others
    )


def _is_near(place: tuple[float, float]) -> bool:
    return 0.05 < place[0] < 0.95 and abs(place[1]) < FARTHEST_BENT


def overlap(one: Box, other: Box) -> float:
    """The root of the area that two boxes share, with the gap that should be between them."""
    wide = one[1][0] + other[1][0] + GAP - abs(one[0][0] - other[0][0])
    high = one[1][1] + other[1][1] + GAP - abs(one[0][1] - other[0][1])
    return sqrt(wide * high) if wide > 0 and high > 0 else 0.0
