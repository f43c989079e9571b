"""Work divided among copies of a process: the same pieces, whoever makes them, and whatever becomes of a copy.

Each runs in a process of its own: a copy is made of one that has a single thread, and pytest's may have more.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are only made on Linux")

_BEGIN = """
import os, signal, sys, time
from graph.base import forked
from graph.base.forked import divided
forked._cores = lambda: 3
own = os.getpid()
"""


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + script], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_pieces_come_in_order_whoever_makes_them() -> None:
    script = """
def make(at):
    time.sleep(0.01)
    return f"{at} {os.getpid()}".encode() * (1 + at % 3 * 10_000)
with divided(make, 60) as pieces:
    made = [piece.split()[:2] for piece in pieces]
numbers = [int(piece[0]) for piece in made]
makers = {int(piece[1].decode()[:len(str(own))]) for piece in made}
print(numbers == [*range(60)], len(makers) > 1)
"""
    assert run(script) == "True True"


def test_what_a_copy_does_not_finish_is_made_again() -> None:
    script = """
def make(at):
    if os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL) if at % 2 else sys.exit("stopped")
    time.sleep(0.01)
    return bytes([at])
with divided(make, 20) as pieces:
    print(b"".join(pieces) == bytes(range(20)))
"""
    assert run(script) == "True"


def test_no_copy_outlives_the_work_that_is_stopped() -> None:
    script = """
def make(at):
    if os.getpid() != own:
        time.sleep(60)
    raise KeyboardInterrupt
begun = time.monotonic()
try:
    with divided(make, 20) as pieces:
        list(pieces)
except KeyboardInterrupt:
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        print("alone", time.monotonic() - begun < 30)
"""
    assert run(script) == "alone True"


def test_a_process_with_threads_is_not_copied() -> None:
    script = """
import threading
done = threading.Event()
threading.Thread(target=done.wait).start()
def copied():
    raise AssertionError("copied")
os.fork = copied
with divided(lambda at: bytes([at]), 5) as pieces:
    print(list(pieces) == [bytes([at]) for at in range(5)])
done.set()
"""
    assert run(script) == "True"


def test_a_case_that_is_settled_by_copies_is_the_same() -> None:
    script = """
import graph, graph.dataset
case = "cases/us-el-salvador-prison-deal"
whole = graph.load(case)
text = whole.trig
graph.dataset._MANY, graph.dataset._PIECE = 0, 7
copies = []
copy = os.fork
def counted():
    copies.append(1)
    return copy()
os.fork = counted
divided_one = graph.load(case)
print(divided_one.trig == text, set(divided_one.store) == set(whole.store), len(copies))
"""
    assert run(script) == "True True 2"
