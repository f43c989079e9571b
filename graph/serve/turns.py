"""Who is answered at the moment, for how long, and who makes way when others wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from .limits import QUICK
from .problem import Problem


class Turn:
    """The time in which one question is answered, from when it is taken up to the last byte that its client takes.

    A context manager, to be left in the task that entered it. When it was ended meanwhile, leaving it raises why.
    """

    def __init__(self, client: str, longest: float) -> None:
        """`client`: whose it is, `""` for our own. `longest`: how long it may last, in seconds."""
        self.client = client
        self.longest = longest
        self.since = 0.0
        self._why = Problem(
            504, "The answer took too long", f"It was ended after {longest:g} seconds. Ask for less, or read faster."
        )
        self._limit = asyncio.timeout(longest)

    @property
    def is_long(self) -> bool:
        """Whether it has lasted long enough to make way for others."""
        return asyncio.get_running_loop().time() - self.since >= QUICK

    def make_way(self, busy: Problem) -> None:
        """End it now, for others."""
        if not self._limit.expired():
            self._why = busy
            self._limit.reschedule(0.0)

    async def __aenter__(self) -> Self:
        self.since = asyncio.get_running_loop().time()
        await self._limit.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._limit.__aexit__(kind, error, trace)
        except TimeoutError:
            raise self._why from None


def who_makes_way(turns: Iterable[Turn]) -> Turn | None:
    """Of those that have lasted long, one of the client that has most, the eldest; None when there is none."""
    long = [turn for turn in turns if turn.is_long]
    number = Counter(turn.client for turn in long)
    return min(long, key=lambda turn: (-number[turn.client], turn.since), default=None)
