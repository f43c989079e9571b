"""What a drawing of boxes, frames and lines with words costs: one sum of everything that a reader stumbles over.

Rectangles that overlap, lines that run through rectangles or cross each other, length, bends, what leaves the sheet. A
change is priced by what it touches: its own rectangles and lines are set anew, and only pairs that come near each other
are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .crowding import Array, Indices, Mask, Shapes, borders, crossing, inside, meeting, overlapping, side_of, through
from .sheet import PAD, Block, Group, Ribbon, apart

#: What a fault costs, in the cost of some four pixels of line.
OVERLAP, THROUGH, CROSSING, LENGTH, OUTSIDE = 9.0, 150.0, 60.0, 0.22, 30.0
#: To pass through a frame reads as if the line had to do with it, but hides no word.
FRAME = 0.6
#: Names and words through which the line of others runs seem to be part of what that says.
NAMES, WORDS = 2.4, 1.8
#: A line of a frame that begins or ends nearer than this to the name of somebody inside seems to be theirs.
LEANING, NEAR = 350.0, 30.0
#: A bend, by its pixels, and what of it is more than this share of its line.
BEND, BENT, MOST_BENT = 0.12, 2.0, 0.3


@dataclass(frozen=True)
class Part:
    """What one change touches: nodes, frames and lines, their rectangles, and the pairs whose price may change."""

    nodes: Indices
    groups: tuple[int, ...]
    #: Lines that end at rectangles, and those that end at the words of another: (line, other).
    plain: Indices
    attached: tuple[tuple[int, int], ...]
    lines: Indices
    boxes: Indices
    #: Its rectangles, and both straight parts of its lines.
    things: Indices
    #: Which of them cost something with which of all: a pair within the part once.
    counted: Mask
    #: Which ends of its lines at frames are near whom, see `Costs.leaning`.
    leaning: Indices


class Costs:
    """Blocks, frames and lines with words on a sheet, and what they cost where they stand.

    `now` is the layout that changes start from; whoever makes changes keeps it.
    """

    now: Shapes

    def __init__(
        self, blocks: Sequence[Block], groups: Sequence[Group], ribbons: Sequence[Ribbon], size: tuple[float, float]
    ) -> None:  # fmt: skip
        self.size = np.array(size, dtype=float)
        self.n, self.g, self.m = len(blocks), len(groups), len(ribbons)
        # Rectangles in order: nodes, words of lines, frames, headings of frames.
        self.frames, self.heads = self.n + self.m, self.n + self.m + self.g
        self.count = self.heads + self.g
        self.words = slice(self.n, self.frames)
        self.block = np.array([[b.width / 2 for b in blocks], [b.height / 2 for b in blocks]])
        self.word = np.array([[r.width / 2 for r in ribbons], [r.height / 2 for r in ribbons]]).reshape(2, -1)
        self.full = self.word
        self.groups = [np.array(group.members) for group in groups]
        self.head = np.array([[g.width / 2 for g in groups], [g.height / 2 for g in groups]]).reshape(2, -1)
        self.source = np.array([r.source for r in ribbons], dtype=int)
        self.target = np.array([r.target for r in ribbons], dtype=int)
        self.onto = np.array([r.onto for r in ribbons], dtype=int)
        #: The rectangles that lines begin and end at.
        self.begins = np.where(self.source < self.n, self.source, self.source + self.m)
        self.ends = np.where(self.target < self.n, self.target, self.target + self.m)
        self.shift = np.array(apart(ribbons))
        self.home = np.full(self.n, -1)
        for number, members in enumerate(self.groups):
            self.home[members] = number
        # Ends of lines at frames, with each member of the frame: line, whether it is the second end, member.
        rows = [
            (line, second, member)
            for line, ribbon in enumerate(ribbons)
            for second, end in enumerate((ribbon.source, ribbon.target if ribbon.onto < 0 else -1))
            if end >= self.n
            for member in groups[end - self.n].members
        ]
        self.leaning = np.array(rows, dtype=int).reshape(-1, 3).T
        self.need = self.word[0] * 0.5 + 26
        one, other = np.triu_indices(2 * self.m, 1)
        self.every = one[one != other - self.m], other[one != other - self.m]
        self.parts: dict[tuple[int, ...], Part] = {}
        self._price()
        self.everything = self._part_of(range(self.n), range(self.g), range(self.m))

    def _price(self) -> None:
        """What each pair costs: nothing for a frame and what is inside, or for a line and its own ends."""
        frames, heads = self.frames, self.heads
        free = np.eye(self.count, dtype=bool)
        own = np.zeros((self.m, self.count), dtype=bool)
        # A frame keeps its own heading free of what is inside.
        free[frames:, frames:] |= np.eye(2 * self.g, k=self.g, dtype=bool) | np.eye(2 * self.g, k=-self.g, dtype=bool)
        free[heads:] |= np.arange(self.count) < self.n
        free[:, heads:] |= (np.arange(self.count) < self.n)[:, None]
        for number, members in enumerate(self.groups):
            free[frames + number, members] = free[members, frames + number] = True
        for line in range(self.m):
            own[line, self.n + line] = True
            for end in (self.source[line], self.target[line]):
                if end < 0:
                    continue
                own[line, self._box(end)] = True
                if end >= self.n:
                    own[line, self._box(end) + self.g] = True
                # A line from inside a frame leaves through its border; its words may lie over it.
                inside = self.home[end] if end < self.n else -1
                if inside >= 0:
                    own[line, frames + inside] = True
                    free[self.n + line, frames + inside] = free[frames + inside, self.n + line] = True
            if self.onto[line] >= 0:
                own[line, self.n + self.onto[line]] = True
        self.overlap = np.where(free, 0.0, OVERLAP)
        self.through = np.where(own, 0.0, THROUGH)
        self.through[:, frames:heads] *= FRAME
        self.through[:, : self.n] *= NAMES
        self.through[:, self.words] *= WORDS
        self.through = np.concatenate([self.through, self.through])
        # All rectangles, then all straight parts.
        across = np.full((2 * self.m, 2 * self.m), CROSSING)
        same = np.arange(2 * self.m) % self.m
        across[same[:, None] == same] = 0
        self.price = np.block([[self.overlap, self.through.T], [self.through, across]])

    def _box(self, end: int) -> int:
        """The rectangle of a block or a frame."""
        return end if end < self.n else end + self.m

    # --- geometry, for k layouts at once

    def shapes(self, at: Array, slide: Array, part: Part) -> Shapes:
        """The shapes of k layouts that differ from the present one in a part."""
        k = at.shape[1]
        mid, half, first, second = (
            np.repeat(each, k, axis=1) for each in (self.now.mid, self.now.half, self.now.first, self.now.second)
        )
        mid[:, :, part.nodes] = at[:, :, part.nodes]
        for number in part.groups:
            self._frame(number, mid, half)
        if len(line := part.plain):
            source, target = self.begins[line], self.ends[line]
            a, b = mid[:, :, source], mid[:, :, target]
            side = side_of(a, b)
            aside = side * self.shift[line]
            start, end = borders(a, half[:, :, source], b, aside), borders(b, half[:, :, target], a, aside)
            first[:, :, line], second[:, :, line] = start, end
            mid[:, :, self.n + line] = start + (end - start) * slide[0][:, line] + side * slide[1][:, line]
        for each, other in part.attached:
            source = self.begins[each]
            a, end = mid[:, :, source], mid[:, :, self.n + other]
            first[:, :, each] = start = borders(a, half[:, :, source], end)
            second[:, :, each] = stop = borders(end, half[:, :, self.n + other], a)
            bend = side_of(a, end) * slide[1, :, each]
            mid[:, :, self.n + each] = start + (stop - start) * slide[0, :, each] + bend
        return Shapes(mid, half, first, second)

    def _frame(self, number: int, mid: Array, half: Array) -> None:
        members, head = self.groups[number], self.head[:, number, None]
        low = (mid[:, :, members] - half[:, :, members]).min(axis=2) - PAD
        high = (mid[:, :, members] + half[:, :, members]).max(axis=2) + PAD
        low[1] -= 2 * head[1]
        wide = (high - low) / 2
        wide[0] = np.maximum(wide[0], head[0] + PAD)
        mid[:, :, self.frames + number] = middle = (low + high) / 2
        half[:, :, self.frames + number] = wide
        mid[:, :, self.heads + number] = middle - wide + head
        mid[0, :, self.heads + number] += PAD

    def cost(self, shapes: Shapes, slide: Array, part: Part) -> Array:
        """What the rectangles and lines of a part cost in each of k layouts; all else costs the same in each."""
        box, line = part.boxes, part.lines
        first, second = shapes.pieces(self.words)
        low, high = shapes.bounds(first, second)
        met = meeting(low, high, part.things, part.counted)
        total = np.bincount(met[0], self._faults(shapes, first, second, met), low.shape[1]).astype(float)
        if len(line):
            length = np.hypot(*(shapes.second[:, :, line] - shapes.first[:, :, line]))
            total += LENGTH * length.sum(axis=1) + 4 * np.maximum(self.need[line] - length, 0).sum(axis=1)
            along, bend = slide[0][:, line], np.abs(slide[1][:, line])
            total += 30 * ((along - 0.5) ** 2).sum(axis=1)
            total += (BEND * bend + BENT * np.maximum(bend - MOST_BENT * length, 0)).sum(axis=1)
        if len(part.leaning):
            total += LEANING * self._leaning(shapes, part.leaning)
        mine, reach = shapes.mid[:, :, box], shapes.half[:, :, box] + 4
        out = np.maximum(reach - mine, 0) + np.maximum(mine + reach - self.size[:, None, None], 0)
        return np.asarray(total + OUTSIDE * out.sum(axis=(0, 2)))

    def _leaning(self, shapes: Shapes, pairs: Indices) -> Array:
        """How near the ends of lines at frames come to the names inside, summed for each layout."""
        line, second, member = self.leaning[:, pairs]
        end = np.where(second == 1, shapes.second[:, :, line], shapes.first[:, :, line])
        off = np.maximum(np.abs(end - shapes.mid[:, :, member]) - shapes.half[:, :, member], 0)
        return np.asarray(np.maximum(1 - np.hypot(*off) / NEAR, 0).sum(axis=1))

    def _faults(self, shapes: Shapes, first: Array, second: Array, met: tuple[Indices, Indices, Indices]) -> Array:
        """What each pair costs: its layout, and which two things meet there."""
        layout, one, other = met
        mid, half, first, second = (each.reshape(2, -1) for each in (shapes.mid, shapes.half, first, second))
        boxes, pieces = layout * self.count, layout * (2 * self.m) - self.count
        is_box, to_box = one < self.count, other < self.count
        found = self.price[one, other]
        pair = (is_box & to_box).nonzero()[0]
        a, b = (boxes + one)[pair], (boxes + other)[pair]
        found[pair] *= overlapping(_at(mid, a), _at(half, a), _at(mid, b), _at(half, b))
        pair = (~is_box & ~to_box).nonzero()[0]
        a, b = (pieces + one)[pair], (pieces + other)[pair]
        found[pair] *= crossing(_at(first, a), _at(second, a), _at(first, b), _at(second, b))
        pair = (is_box ^ to_box).nonzero()[0]
        a, b = (pieces + np.maximum(one, other))[pair], (boxes + np.minimum(one, other))[pair]
        found[pair] *= through(inside(_at(first, a), _at(second, a), _at(mid, b), _at(half, b)))
        return found

    # --- what a change touches

    def _part(self, *key: int) -> Part:
        """What moves with blocks, or with the words of line -1 - key."""
        if key not in self.parts:
            self.parts[key] = self._moving(key) if key[0] >= 0 else self._sliding(-1 - key[0])
        return self.parts[key]

    def _moving(self, nodes: Sequence[int]) -> Part:
        groups = sorted({int(self.home[node]) for node in nodes if self.home[node] >= 0})
        ends = {*nodes, *(self.n + group for group in groups)}
        lines = [i for i in range(self.m) if self.source[i] in ends or (self.onto[i] < 0 and self.target[i] in ends)]
        return self._part_of(nodes, groups, self._and_onto(lines))

    def _sliding(self, line: int) -> Part:
        return self._part_of((), (), self._and_onto([line]))

    def _and_onto(self, lines: Sequence[int]) -> list[int]:
        """Lines with those that end at their words."""
        return [*lines, *(i for i in range(self.m) if self.onto[i] in lines and i not in lines)]

    def _part_of(self, nodes: Iterable[int], groups: Iterable[int], lines: Iterable[int]) -> Part:
        node, line = np.array(list(nodes), dtype=int), np.array(sorted(lines), dtype=int)
        numbers = tuple(groups)
        group = np.array(numbers, dtype=int)
        box = np.concatenate([node, self.n + line, self.frames + group, self.heads + group])
        ends = self.onto[line]
        attached = tuple((int(i), int(self.onto[i])) for i in line[ends >= 0])
        things = np.concatenate([box, self.count + line, self.count + self.m + line])
        counted = self.price[things] > 0
        counted[:, things] = np.triu(counted[:, things])
        leaning = np.isin(self.leaning[0], line).nonzero()[0]
        return Part(node, numbers, line[ends < 0], attached, line, box, things, counted, leaning)


def _at(places: Array, some: Indices) -> Array:
    return places.take(some, axis=1)
