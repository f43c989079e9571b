"""A Virtuoso 7 of one's own: a folder, two free ports on the loopback, small buffers, no checkpoints."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import httpx
from processes import PATIENCE

PROGRAM = shutil.which("virtuoso-t") or ("/usr/bin/virtuoso-t" if Path("/usr/bin/virtuoso-t").exists() else None)
#: What it begins with; nobody else reaches it.
USER = PASSWORD = "dba"
#: How many rows it answers with at most; Debian's has 10,000, and tests would take five times as long.
ROWS = 3_000

INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
DirsAllowed = .
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 2
MaxQueryMem = 200M
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 6
MaxKeepAlives = 6
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those that the system gives out, so that none is given away meanwhile."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            one, port = held.enter_context(closing(socket.socket())), random.randrange(10_000, 32_000)
            with suppress(OSError):
                one.bind(("127.0.0.1", port))
                found.append(port)
    return found


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server over an empty folder; the address of its `/sparql`."""
    assert PROGRAM
    sql, http = _free_ports(2)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "v.ini").write_text(INI.format(sql=sql, http=http, rows=ROWS), "utf-8")
    command = [PROGRAM, "+configfile", "v.ini", "+foreground"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **quiet) as process:  # type: ignore[call-overload]
        try:
            url = f"http://127.0.0.1:{http}/sparql"
            _wait(url, process)
            yield url
        finally:
            process.kill()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    with closing(httpx.Client(trust_env=False)) as client:
        while time.monotonic() < deadline:
            assert process.poll() is None, "Virtuoso ended before it answered"
            try:
                if client.get(url, params={"query": "ASK {}"}).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
    raise AssertionError("Virtuoso did not answer")
