"""Writes over HTTP: who may, and one at a time, each in a process that can be ended without harm."""

from __future__ import annotations

import asyncio
import hmac
import json
from pathlib import Path
from typing import Any

from .children import command, environment
from .problem import Problem
from .settings import Settings
from .write_worker import FORMATS


class Writer:
    """Writes to the folder of a service that was started with `--writable`."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self.one = asyncio.Lock()

    def check(self, authorization: str) -> None:
        """`Problem` unless the header is `Bearer` and the token."""
        scheme, _, token = authorization.partition(" ")
        told = {"WWW-Authenticate": 'Bearer realm="actorgraph"'}
        if scheme.lower() != "bearer":
            raise Problem(401, "Writing requires authentication", "Send Authorization: Bearer TOKEN.", headers=told)
        if not hmac.compare_digest(token.strip().encode(), self.settings.token.encode()):
            raise Problem(403, "Invalid token", headers=told)

    async def update(self, text: str, base: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
        """A SPARQL Update, whole or not at all. `default`, `named`: the dataset that the request names."""
        await self._run({"what": "update", "base": base, "default": default, "named": named}, text.encode())

    async def graph(self, method: str, graph: str, body: bytes, type_: str) -> bool:
        """PUT, POST or DELETE of one graph, `""` for the default one; whether it was made."""
        if method != "DELETE" and type_ not in FORMATS:
            raise Problem(415, "The graph is of an unknown type", f"Send one of {', '.join(FORMATS)}.")
        told = {"what": method, "graph": graph, "type": type_, "base": graph or None}
        return bool((await self._run(told, body)).get("made"))

    async def _run(self, told: dict[str, Any], body: bytes) -> dict[str, Any]:
        told |= {
            "path": str(self.path),
            "memory": 4 * self.settings.memory,
            "allow_service": self.settings.allow_service,
            "allow_load": [Path(file).resolve().as_uri() for file in self.settings.allow_load],
        }
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        async with self.one:
            process = await asyncio.create_subprocess_exec(
                *command("write_worker"), env=environment(), stdin=pipe, stdout=pipe, stderr=nothing
            )
            assert process.stdin is not None
            try:
                async with asyncio.timeout(self.settings.timeout):
                    process.stdin.write(json.dumps(told).encode() + b"\n")
                    out, _ = await process.communicate(body)
            except TimeoutError:
                detail = f"It was ended after {self.settings.timeout:g} seconds; the store is as it was."
                raise Problem(504, "The update ran out of time", detail) from None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode or not out:
            raise Problem(413, "The update failed", "It needs too much memory, or is nested too deeply.")
        answer: dict[str, Any] = json.loads(out)
        if "status" in answer:
            where = answer.get("line", 0), answer.get("column", 0)
            raise Problem(answer["status"], answer["title"], answer["detail"], *where)
        return answer
