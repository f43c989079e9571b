"""A service in a process of its own, on a free port, for tests that ask it as a client would."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import TypeVar

import httpx
from processes import ACTORGRAPH, PATIENCE, ROOT, started

Result = TypeVar("Result")


def in_a_loop(asked: Coroutine[object, object, Result]) -> Result:
    """What a coroutine returns, run in a thread of its own: playwright keeps a loop running in the main one."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, asked).result()


class Served:
    """A running service: its address, its log, and what to ask it with."""

    def __init__(self, process: subprocess.Popen[str], url: str, log: Queue[str], warned: list[str]) -> None:
        self.process = process
        self.url = url
        self.sparql = f"{url}sparql"
        # No connection is used again that the service may be closing at the same moment.
        fresh = httpx.Limits(keepalive_expiry=1.0)
        self.client = httpx.Client(timeout=PATIENCE, trust_env=False, limits=fresh)
        self._log = log
        #: What it said on standard error beside its access log.
        self.warned = warned

    def get(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> httpx.Response:
        return self.client.get(self.sparql, params={"query": query, **more}, headers={"Accept": accept})

    def rows(self, query: str) -> list[dict[str, str]]:
        found = self.get(query).raise_for_status().json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]

    def logged(self) -> list[dict[str, object]]:
        """The lines of the access log since the last call, of all that was answered until now."""
        # The service answers one after another: what it logs of this comes after what it logged of all before.
        self.client.head(f"{self.url}healthz")
        found = []
        while True:
            line = self._log.get(timeout=PATIENCE)
            if not line.startswith("{"):
                continue
            told = json.loads(line)
            if (told["method"], told["route"]) == ("HEAD", "/healthz"):
                return found
            found.append(told)

    def running(self) -> int:
        """How many queries are being evaluated."""
        told = self.client.get(f"{self.url}metrics").text
        found = re.search(r"^actorgraph_queries_running (\d+)", told, re.MULTILINE)
        assert found is not None
        return int(found[1])

    def children(self) -> list[int]:
        """The processes of its workers."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(number) for number in listed.split()]

    def resident(self) -> int:
        """Memory of the service and its workers, in bytes."""
        pages = 0
        for number in (self.process.pid, *self.children()):
            try:
                pages += int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def serving(*arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Iterator[Served]:
    """`actorgraph serve ARGUMENTS --port 0`, stopped at the end."""
    environment = {**os.environ, **(env or {})}
    with started([*ACTORGRAPH, "serve", *arguments, "--port", "0"], cwd=cwd, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        first = process.stdout.readline()
        watchdog.cancel()
        found = re.match(r"Serving the page at (http://\S+/) ", first)
        if found is None:
            process.kill()
            raise AssertionError(f"did not start: {first}{process.stderr.read()}")
        log: Queue[str] = Queue()
        warned: list[str] = []
        pump = threading.Thread(target=_pump, args=(process.stderr, log, warned), daemon=True)
        pump.start()
        served = Served(process, found[1], log, warned)
        try:
            yield served
        finally:
            served.client.close()
            process.send_signal(signal.SIGINT)
            process.wait(timeout=PATIENCE)
            pump.join()


def _pump(lines: Iterable[str], log: Queue[str], warned: list[str]) -> None:
    for line in lines:
        log.put(line)
        if not line.startswith("{"):
            warned.append(line)
