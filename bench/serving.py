"""Servers for the bench: started on free ports, asked over one connection a client, measured, stopped."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
JSON = "application/sparql-results+json"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running SPARQL endpoint."""

    process: subprocess.Popen[bytes]
    port: int
    path: str
    extra: dict[str, str] = field(default_factory=dict)

    def connection(self, timeout: float = 120) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, text: str, link: http.client.HTTPConnection | None = None, timeout: float = 120) -> tuple[int, int]:
        """Status and size of an answer, read to its end."""
        link = link or self.connection(timeout)
        body = urllib.parse.urlencode({"query": text, **self.extra})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": JSON}
        link.request("POST", self.path, body, headers)
        answer = link.getresponse()
        size = 0
        while piece := answer.read(1 << 16):
            size += len(piece)
        return answer.status, size

    def processes(self) -> list[int]:
        """The server's process and those below it."""
        found = [self.process.pid]
        for pid in found:
            with suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    found += map(int, (task / "children").read_text().split())
        return found

    def memory(self) -> int:
        """Bytes of memory that are its own (proportional, so that shared pages count once)."""
        total = 0
        for pid in self.processes():
            with suppress(OSError, ValueError, IndexError):
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
                total += int(text.split("Pss:")[1].split()[0]) * 1024
        return total

    def cpu(self) -> float:
        """Seconds that processors worked for it, those of workers that have ended among them."""
        total = 0.0
        for pid in self.processes():
            with suppress(OSError, IndexError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += sum(map(int, fields[11:15])) / _CLOCK_TICKS
        return total


@contextmanager
def running(command: Sequence[str], port: int, path: str, *, patience: float = 120, **extra: str) -> Iterator[Server]:
    """The server once it answers, stopped in the end. RuntimeError when it does not come up."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        server = Server(process, port, path, extra)
        end = time.monotonic() + patience
        while True:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{Path(command[0]).name} did not come up")
            with suppress(OSError, http.client.HTTPException):
                if server.ask("ASK {}", timeout=5)[0] < 500:
                    break
            time.sleep(0.1)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def fetched(server: Server, path: str) -> tuple[int, int]:
    """How large an answer is, and gzipped, which is how it is sent."""
    link = server.connection()
    link.request("GET", path, headers={"Accept-Encoding": "gzip"})
    body = link.getresponse().read()
    return len(gzip.decompress(body)), len(body)


def ours(store: Path, *more: str) -> tuple[list[str], int, str]:
    port = free_port()
    return [sys.executable, "-m", "graph", "serve", str(store), "--port", str(port), *more], port, "/sparql"


def oxigraph(program: Path, store: Path, *more: str) -> tuple[list[str], int, str]:
    port = free_port()
    command = [str(program), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    return [*command, "--union-default-graph", *more], port, "/query"


def rdflib_endpoint(program: Path, file: Path) -> tuple[list[str], int, str]:
    port = free_port()
    return [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(file)], port, "/"


# --- Virtuoso


_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = {port}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ServerThreads = 10
CheckpointInterval = 0
DisableUnixSocket = 1
MaxCheckpointRemap = 2000
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 2
MaxQueryMem = 1G
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""


def virtuoso_programs() -> tuple[str, str] | None:
    server, client = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql")
    return (server, client) if server and client else None


@contextmanager
def virtuoso(folder: Path, buffers: int = 170_000) -> Iterator[tuple[Server, Sequence[str]]]:
    """An empty Virtuoso of its own in a folder, and the command that runs SQL in it. A buffer is some 8.5 kB."""
    programs = virtuoso_programs()
    if programs is None:
        raise RuntimeError("Virtuoso is not here")
    port, http_port = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    ini = folder / "virtuoso.ini"
    filled = _INI.format(folder=folder, port=port, http=http_port, buffers=buffers, dirty=buffers * 3 // 4)
    ini.write_text(filled, "utf-8")
    command = [programs[0], "+foreground", "+configfile", str(ini)]
    with running(command, http_port, "/sparql") as server:
        yield server, [programs[1], f"localhost:{port}", "dba", "dba"]


# --- measuring


def latency(server: Server, text: str, runs: int, timeout: float = 120) -> tuple[float, int, int]:
    """Median seconds, status and bytes of one query over one kept connection."""
    link = server.connection(timeout)
    times: list[float] = []
    status = size = 0
    for _ in range(runs):
        begun = time.perf_counter()
        try:
            status, size = server.ask(text, link)
        except (OSError, http.client.HTTPException):
            return float("nan"), 0, 0
        times.append(time.perf_counter() - begun)
        if sum(times) > timeout / 4:
            break
    return statistics.median(times), status, size


def together(server: Server, texts: Sequence[str], clients: int, each: int) -> tuple[float, float, int]:
    """Answers a second, the 95th percentile of seconds, and failures, with so many clients at once."""
    times: list[float] = []
    failures = [0]

    def client(number: int) -> None:
        link = server.connection()
        for turn in range(each):
            begun = time.perf_counter()
            try:
                status, _ = server.ask(texts[(number + turn) % len(texts)], link)
            except (OSError, http.client.HTTPException):
                status, link = 0, server.connection()
            times.append(time.perf_counter() - begun)
            failures[0] += status != 200

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - begun
    return len(times) / whole, sorted(times)[int(0.95 * (len(times) - 1))], failures[0]


def hostile(server: Server, text: str, plain: str, patience: float = 30) -> tuple[float, int, float, int, int]:
    """Seconds until a hostile query ended and its status, seconds of the next plain one, memory before and after."""
    server.ask(plain)
    before = server.memory()
    begun = time.perf_counter()
    try:
        status, _ = server.ask(text, timeout=patience)
    except (OSError, http.client.HTTPException):
        status = 0
    ended = time.perf_counter() - begun
    begun = time.perf_counter()
    try:
        after = server.ask(plain, timeout=patience)[0]
    except (OSError, http.client.HTTPException):
        after = 0
    next_ = time.perf_counter() - begun if after == 200 else float("nan")
    time.sleep(1)
    return ended, status, next_, before, server.memory()
