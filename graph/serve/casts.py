"""The cast of the store behind the service, chosen as that of a page from a file, and once for each edition."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256

from ..network.part import Part, part_for_cast
from .children import command, environment
from .describe import read_triples
from .problem import Problem
from .settings import Settings
from .system import TOO_MUCH


class Casts:
    """Asks the store, has the cast chosen in a process of its own, and keeps the last one."""

    def __init__(
        self,
        triples: Callable[[str], Awaitable[bytes]],
        settings: Settings,
        places: Mapping[str, tuple[float, float]],
    ) -> None:
        """`triples` answers a CONSTRUCT with N-Triples. `places`: where who is on the cast stays, by IRI."""
        self.triples = triples
        self.settings = settings
        self.places = places
        #: Edition, digest of what it was chosen from, and the answer.
        self.kept = "", "", b""
        self.choosing: asyncio.Task[bytes] | None = None

    async def of(self, edition: str) -> bytes:
        """The cast of an edition as JSON. Who asks while it is being chosen waits for the same one."""
        if edition and edition == self.kept[0]:
            return self.kept[2]
        if self.choosing is None or self.choosing.done():
            self.choosing = asyncio.create_task(self._of(edition))
        return await asyncio.shield(self.choosing)

    async def close(self) -> None:
        """End the choice that is being made."""
        if self.choosing is not None:
            self.choosing.cancel()
            await asyncio.gather(self.choosing, return_exceptions=True)

    async def _of(self, edition: str) -> bytes:
        """Of a store without editions it is asked each time whether it is still the same."""
        _, digest, answer = self.kept
        part = await self._part()
        triples = "".join(sorted(f"{triple} .\n" for triple in part.triples)).encode()
        if (new := sha256(triples).hexdigest()) != digest:
            digest, answer = new, await self._chosen(triples, part.ranked)
        self.kept = edition, digest, answer
        return answer

    async def _part(self) -> Part:
        """What the cast is chosen from."""
        asking = part_for_cast()
        try:
            question = next(asking)
            while True:
                question = asking.send(read_triples(await self.triples(question)))
        except StopIteration as whole:
            part: Part = whole.value
            return part

    async def _chosen(self, triples: bytes, ranked: bool) -> bytes:
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *command("cast_worker"), env=environment(), stdin=pipe, stdout=pipe, stderr=nothing
        )
        try:
            async with asyncio.timeout(self.settings.answer):
                told = {"memory": self.settings.memory, "places": dict(self.places), "ranked": ranked}
                out, _ = await process.communicate(json.dumps(told).encode() + b"\n" + triples)
        except TimeoutError:
            raise Problem(504, "The cast took too long to be chosen") from None
        finally:
            if process.returncode is None:
                process.kill()
            code = await process.wait()
        # The system ends a process that takes too much, too.
        if code == TOO_MUCH or code < 0:
            raise Problem(413, "The cast needs too much memory")
        if code or not out:
            raise Problem(500, "The cast cannot be chosen", "The store lacks what a cast is chosen from.")
        return out
