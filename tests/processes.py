"""What tests run: commands in this process, and processes of their own, none hurried, each ended with its children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph.cli import main

ROOT = Path(__file__).resolve().parent.parent
# As on another system (`elsewhere`), Python itself is named in the environment.
PYTHON = os.environ.get("ELSEWHERE_PYTHON", sys.executable)
ACTORGRAPH = (PYTHON, "-m", "graph")
#: Seconds after which a test says that it waits in vain, instead of waiting forever. It measures nothing: what comes
#: sooner is not waited for, and however busy the machine, it is never met by what comes at all.
PATIENCE = 600.0


def run(*words: object) -> Result:
    """A command as it is typed, run in this process."""
    return CliRunner().invoke(main, list(map(str, words)))


def written_after(prefixes: str, folder: Path, name: str, text: str) -> Path:
    """A file of RDF in a folder that is made for it: its prefixes, then its text."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(prefixes + text, "utf-8")
    return file


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds that another process or thread brings about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.02)


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process with pipes for output and errors; killed with all its descendants when the block is left.

    It is in a session of its own, so that its descendants can be found when it has ended before them. `graph` is
    imported from the checkout, in whatever folder it runs.
    """
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    environment = options.get("env") or os.environ
    before = environment.get("PYTHONPATH", "")
    options["env"] = {**environment, "PYTHONPATH": f"{before}{os.pathsep}{ROOT}" if before else str(ROOT)}
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell lets what it runs in the background ignore Ctrl-C, and all that is started from there with it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, start_new_session=True, **options) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def finished(command: Sequence[str], *, given: str | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
    """What a process said and its exit code, once it has ended by itself."""
    stdin = subprocess.DEVNULL if given is None else subprocess.PIPE
    with started(command, stdin=stdin, **options) as process:
        said, errors = process.communicate(given, timeout=PATIENCE)
    return subprocess.CompletedProcess(command, process.returncode, said, errors)


@contextmanager
def nobody_comes() -> Iterator[str]:
    """The address of a server on a free port; afterwards, that nobody has tried to connect to it.

    Who connects is queued by the system before the server accepts, so there is nothing to wait for.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()
