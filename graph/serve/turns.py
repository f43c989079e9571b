"""Who is answered at the moment, for how long, who comes next, and who makes way when others wait."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Iterable
from types import TracebackType
from typing import Generic, Self, TypeVar

from .limits import QUICK
from .problem import Problem

T = TypeVar("T")


class Free(Generic[T]):
    """What is free for the next question: a worker, or leave to ask a server.

    Who has least of it comes first, then who has waited longest. The last one free is kept for whoever has none: what
    one client asks for, however much, does not make another wait.
    """

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._free = deque(things)
        self._waiting: list[tuple[str, asyncio.Future[T]]] = []
        #: How many each client has of them.
        self._had: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many are free."""
        return len(self._free)

    def has(self, client: str) -> bool:
        """Whether this client would not wait."""
        return len(self._free) > (self._had[client] > 0)

    def get_now(self, client: str) -> T | None:
        """One of them, if nobody waits and this client need not; afterwards `left` has to be called.

        It is the one that was used last, whose memory is warm.
        """
        if any(not coming.done() for _, coming in self._waiting) or not self.has(client):
            return None
        self._had[client] += 1
        return self._free.pop()

    def take_all(self) -> list[T]:
        """All that are free, for something else than a question."""
        found = list(self._free)
        self._free.clear()
        return found

    def put(self, thing: T) -> None:
        """It is free now."""
        self._free.append(thing)
        self._hand_out()

    def left(self, client: str) -> None:
        """A client has one less than before; whether it is free again is told by `put`."""
        self._had[client] -= 1
        if self._had[client] <= 0:
            del self._had[client]
        # Whoever has none may take the last one, which was kept from them until now.
        self._hand_out()

    async def get(self, client: str) -> T:
        """One of them, when it is this client's turn. Afterwards `left` has to be called, whatever happens."""
        coming: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, coming))
        self._hand_out()
        try:
            return await coming
        except asyncio.CancelledError:
            if coming.done() and not coming.cancelled() and coming.exception() is None:
                # It came in the moment in which it was no longer waited for.
                self.left(client)
                self.put(coming.result())
            raise

    def displace(self, client: str, why: Exception) -> bool:
        """For one more of this client: who came last of a client that has more waiting is told why not.

        Returns
        -------
        bool
            Whether there is such a client. Otherwise this one is who fills the queue.
        """
        waiting = Counter(each for each, coming in self._waiting if not coming.done())
        most = max(waiting, key=lambda each: waiting[each], default=client)
        if waiting[most] <= waiting[client] + 1:
            return False
        last = next(coming for each, coming in reversed(self._waiting) if each == most and not coming.done())
        last.set_exception(why)
        return True

    def _hand_out(self) -> None:
        self._waiting = [each for each in self._waiting if not each[1].done()]
        while self._free and self._waiting:
            next_ = min(self._waiting, key=lambda each: self._had[each[0]])
            if not self.has(next_[0]):
                return
            self._waiting.remove(next_)
            client, coming = next_
            self._had[client] += 1
            coming.set_result(self._free.popleft())


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
