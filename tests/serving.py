"""A service in a process of its own, on a free port, for tests that ask it as a client would."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import httpx

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
#: Seconds that anything may take, on however busy a machine; what comes sooner is not waited for.
PATIENCE = 60.0


def eventually(holds: Callable[[], bool]) -> None:
    """Waits until something holds that another process or thread brings about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.02)


class Served:
    """A running service: its address, its log, and what to ask it with."""

    def __init__(self, process: subprocess.Popen[str], url: str, log: Queue[str]) -> None:
        self.process = process
        self.url = url
        self.sparql = f"{url}sparql"
        # No connection is used again that the service may be closing at the same moment.
        fresh = httpx.Limits(keepalive_expiry=1.0)
        self.client = httpx.Client(timeout=PATIENCE, trust_env=False, limits=fresh)
        self._log = log

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
def serving(*arguments: str, env: dict[str, str] | None = None) -> Iterator[Served]:
    """`actorgraph serve ARGUMENTS --port 0`, stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "graph", "serve", *arguments, "--port", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})},
    )  # fmt: skip
    log: Queue[str] = Queue()
    assert process.stdout is not None
    assert process.stderr is not None

    def pump() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            log.put(line)

    thread = threading.Thread(target=pump, daemon=True)
    thread.start()
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    first = process.stdout.readline()
    watchdog.cancel()
    found = re.match(r"(http://\S+/) is the page", first)
    if found is None:
        process.kill()
        process.wait()
        thread.join()
        said = []
        while not log.empty():
            said.append(log.get())
        raise AssertionError(f"did not start: {first}{''.join(said)}")
    served = Served(process, found[1], log)
    try:
        yield served
    finally:
        served.client.close()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        thread.join()
        process.stdout.close()
        process.stderr.close()
