"""How long a plain query waits while one stranger attacks the service, beside the same without an attack.

    .venv/bin/python bench/attack.py

Each attack is made by a process of its own for some seconds, and before each of them nobody attacks: what the machine
makes everybody wait at that time is told from what the attack does. `--busy 2` keeps two cores busy besides. Exits with
1 when an attack stopped the service.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad
from serving import Server, ours, running

from graph.store import Folder

E = "http://example.org/"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNTING = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: A text in quotes that does not end, and could begin anew on each line.
UNCLOSED = b"ASK { ?s ?p '''" + b"\\'''\n" * 130_000
#: How many connections the attacker has: more than there are workers, than may be at work beside them, and may wait.
MANY = 60
#: One stranger is one address; every address of 127.0.0.0/8 is this machine.
ATTACKER = ("127.0.0.2", 0)
PLAIN = f"/sparql?query={quote('ASK { ?s ?p ?o }')}"

Send = Callable[[int], None]


def sent(port: int, data: bytes, *, slowly: float = 0.0) -> None:
    """Send these bytes and read what comes, bit by bit when slowly."""
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=ATTACKER) as line:
        if slowly:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with suppress(OSError):
            line.sendall(data)
            while line.recv(4096 if slowly else 1 << 16):
                time.sleep(slowly)


def asked(query: str) -> bytes:
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


def got(path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/n-triples\r\n\r\n".encode()
    )


def body(type_: str, data: bytes) -> bytes:
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type_}\r\n"
    return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


def heads(port: int) -> None:
    for head in (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + b";" * 1_000_000,
        b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a/b," * 480_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"a:b\r\n" * 400_000,
        b"GET /describe?iri=urn:" + b"a" * 1_900_000 + b" HTTP/1.1\r\nHost: localhost",
    ):
        sent(port, head + b"\r\n\r\n")


def leaving(port: int) -> None:
    """Ask for everything, and leave when it begins to come."""
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=ATTACKER) as line:
        line.sendall(got(f"/data?graph={quote(E)}g"))
        line.recv(1)


#: What one stranger does again and again, many at once.
ATTACKS: dict[str, Send] = {
    "updates of 60 MB": lambda port: sent(port, body("application/sparql-update", b"x" * 60_000_000)),
    "texts that do not end": lambda port: sent(port, body("application/sparql-query", UNCLOSED)),
    "large heads": heads,
    "slow readers": lambda port: sent(port, asked(ENDLESS), slowly=0.02),
    "descriptions of a large node": lambda port: sent(port, got(f"/describe?iri={quote(E)}hub&format=nt")),
    "whole graphs": lambda port: sent(port, got(f"/data?graph={quote(E)}g")),
    "clients that leave": leaving,
    "pages of a large node": lambda port: sent(port, got(f"/describe?iri={quote(E)}hub&format=html")),
    "queries without end": lambda port: sent(port, asked(COUNTING)),
}


def attacking(name: str, port: int) -> None:
    """The attack, without an end."""

    def again() -> None:
        while True:
            with suppress(OSError):
                ATTACKS[name](port)

    threads = [threading.Thread(target=again, daemon=True) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def spinning() -> None:
    while True:
        pass


@contextmanager
def beside(target: Callable[..., None], *arguments: object) -> Iterator[None]:
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


def waits(port: int, seconds: float) -> list[tuple[float, int]]:
    """How long each plain query waited in these seconds, and the status of its answer (0 for none)."""
    found = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun, status = time.perf_counter(), 0
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", PLAIN, headers={"Accept": "application/sparql-results+json"})
            answer = line.getresponse()
            answer.read()
            status = answer.status
            line.close()
        found.append((time.perf_counter() - begun, status))
        time.sleep(0.05)
    return found


def peak(server: Server, *, afresh: bool = False) -> int:
    """The most memory that the web process has had in use, in megabytes, since it was asked `afresh`."""
    place = Path(f"/proc/{server.process.pid}")
    if afresh:
        (place / "clear_refs").write_text("5", "ascii")
    return int((place / "status").read_text("ascii").partition("VmHWM:")[2].split()[0]) >> 10


def row(name: str, found: list[tuple[float, int]], memory: int) -> tuple[str, bool]:
    took = sorted(seconds for seconds, _ in found)
    others = sum(status != 200 for _, status in found)
    line = f"{name:30} {len(took):7} {took[len(took) // 2]:8.3f} {took[-1]:8.3f} {others:7} {memory:7} MB"
    return line, not others


def store(folder: Path, many: int) -> Path:
    """A node of very many triples, in a graph of its own."""
    hub, predicate, graph = NamedNode(f"{E}hub"), NamedNode(f"{E}p"), NamedNode(f"{E}g")
    Folder(folder).replace(Quad(hub, predicate, Literal(f"{n} {'x' * 100}"), graph) for n in range(many))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(ATTACKS))
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--busy", type=int, default=0, metavar="CORES")
    parser.add_argument("--triples", type=int, default=150_000)
    told = parser.parse_args()
    well = True
    with tempfile.TemporaryDirectory() as folder:
        command, port, path = ours(store(Path(folder) / "store", told.triples))
        with running(command, port, path) as server:
            print(f"{'attack':30} {'queries':>7} {'median s':>8} {'worst s':>8} {'not 200':>7} {'web memory':>10}")
            for name in [told.only] if told.only else ATTACKS:
                for what, attack in (("  nobody attacks", ""), (name, name)):
                    peak(server, afresh=True)
                    with _all_beside([(spinning, ())] * told.busy + ([(attacking, (attack, port))] if attack else [])):
                        line, fine = row(what, waits(port, told.seconds if attack else told.seconds / 2), peak(server))
                    print(line, flush=True)
                    well = well and fine
    sys.exit(not well)


@contextmanager
def _all_beside(jobs: list[tuple[Callable[..., None], tuple[object, ...]]]) -> Iterator[None]:
    if not jobs:
        yield
        return
    with beside(jobs[0][0], *jobs[0][1]), _all_beside(jobs[1:]):
        yield


if __name__ == "__main__":
    main()
