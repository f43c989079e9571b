"""What the page over a store opens with: chosen as for a page from a file, once for each edition, before anybody asks.

Of a folder a process of its own reads the edition in force, when the service starts and after each change, and keeps
what it found beside it. Another server is asked through `triples`, when somebody asks.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from ..base.errors import StoreError
from ..network.part import Part, part_for_cast
from ..store.folder import Editions
from .children import command, environment
from .describe import read_triples
from .problem import Problem
from .settings import Settings
from .system import TOO_MUCH

#: Seconds between two looks at which edition is in force.
_LOOK = 3.0


class Casts:
    """Has the cast chosen in a process of its own, and keeps the last one."""

    def __init__(
        self,
        triples: Callable[[str], Awaitable[bytes]],
        settings: Settings,
        places: Mapping[str, tuple[float, float]],
        editions: Editions | None = None,
    ) -> None:
        """`triples` answers a CONSTRUCT with N-Triples. `places`: where who is on the cast stays, by IRI."""
        self.triples = triples
        self.settings = settings
        self.places = places
        self.editions = editions
        #: Edition, digest of what it was chosen from, and the answer, gzipped.
        self.kept = "", "", b""
        self.choosing: asyncio.Task[bytes] | None = None
        #: The edition that is being chosen for.
        self.chosen_for = ""
        self.watching: asyncio.Task[None] | None = None

    async def of(self, edition: str) -> bytes:
        """The cast of an edition as gzipped JSON. Who asks while it is being chosen waits for the same one."""
        if edition and edition == self.kept[0]:
            return self.kept[2]
        while self.choosing is not None and not self.choosing.done() and self.chosen_for != edition:
            # That of an edition before: what comes of it is nobody's any more.
            await asyncio.wait([self.choosing])
            if edition and edition == self.kept[0]:
                return self.kept[2]
        if self.choosing is None or self.choosing.done():
            self.chosen_for = edition
            self.choosing = asyncio.create_task(self._of(edition))
        return await asyncio.shield(self.choosing)

    def begin(self) -> None:
        """Choose before anybody asks, now and after each change of a store in a folder."""
        if self.editions is not None:
            self.watching = asyncio.create_task(self._watch(self.editions))

    async def close(self) -> None:
        """End the choice that is being made."""
        for task in (self.watching, self.choosing):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _watch(self, editions: Editions) -> None:
        tried = before = ""
        while True:
            with suppress(StoreError, Problem, OSError):
                edition = editions.current()
                # Of many changes one after another only the last one counts.
                calm, before = before in ("", edition), edition
                if calm and edition not in (tried, self.kept[0]):
                    tried = edition
                    await self.of(edition)
            await asyncio.sleep(_LOOK)

    async def _of(self, edition: str) -> bytes:
        """Of a store without editions it is asked each time whether it is still the same."""
        if self.editions is not None:
            return await self._of_folder(self.editions)
        _, digest, answer = self.kept
        part = await self._part()
        triples = "".join(sorted(f"{triple} .\n" for triple in part.triples)).encode()
        if (new := sha256(triples).hexdigest()) != digest:
            digest, answer = new, await self._chosen({"ranked": part.ranked}, triples)
        self.kept = edition, digest, answer
        return answer

    async def _of_folder(self, editions: Editions) -> bytes:
        held = editions.hold()
        try:
            keep = editions.opening_path(held.name)
            answer = await self._chosen({"path": str(held.path), "keep": str(keep or "")})
            self.kept = held.name, "", answer
            return answer
        finally:
            held.close()

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

    async def _chosen(self, what: Mapping[str, Any], triples: bytes = b"") -> bytes:
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *command("cast_worker"), env=environment(), stdin=pipe, stdout=pipe, stderr=nothing
        )
        try:
            async with asyncio.timeout(self.settings.answer):
                told = {"memory": self.settings.memory, "places": dict(self.places), **what}
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
