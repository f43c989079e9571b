"""Of all servers, a process connects to those alone that it was allowed to: Linux's kernel asks at each connection.

What a query asks in `SERVICE` is judged by its text; this is the second wall, for a text that was read wrongly. The
kernel stops the call that connects and tells a thread of the same process, which was started before. That thread looks
where the call leads, and connects in its place or refuses.
"""

from __future__ import annotations

import ctypes
import errno
import ipaddress
import socket
import struct
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from ..base.offline import ask_about_connections

_RECEIVE, _SEND = 0xC0502100, 0xC0182101  # SECCOMP_IOCTL_NOTIF_RECV, _SEND
_ASKED = struct.Struct("=QIIiIQ6Q")
_ANSWERED = struct.Struct("=QqiI")
_PORTS = {"http": 80, "https": 443}
#: What the system's own library asks where a name leads, beside the servers in `resolv.conf`.
_RESOLVERS = (b"/var/run/nscd/socket", b"/run/systemd/resolve/io.systemd.Resolve")

Place = tuple[str, int]


class Gate:
    """The addresses that may be connected to. Names are looked up again when an address is new."""

    def __init__(self, urls: Iterable[str]) -> None:
        self.servers = [_server(url) for url in urls]
        self.known = set(_nameservers())
        self._look_up()

    def _look_up(self) -> None:
        for host, port in self.servers:
            with suppress(OSError):
                self.known |= {_plain(found[4][0], port) for found in socket.getaddrinfo(host, port)}

    def lets_through(self, address: bytes) -> bool:
        """Whether a connection to what the kernel was given as an address may be made."""
        family = struct.unpack_from("=H", address.ljust(2, b"\0"))[0]
        if family == socket.AF_UNIX:
            return address[2:].rstrip(b"\0") in _RESOLVERS
        sizes = {socket.AF_INET: (4, 4), socket.AF_INET6: (8, 16)}
        if family not in sizes:
            return False
        start, length = sizes[family]
        if len(address) < start + length:
            return False
        place = _plain(str(ipaddress.ip_address(address[start : start + length])), int.from_bytes(address[2:4], "big"))
        if place not in self.known:
            self._look_up()
        return place in self.known


def _server(url: str) -> Place:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme]


def _plain(address: object, port: int) -> Place:
    """An address, written in one way: as IPv4 where IPv6 only wraps it."""
    number = ipaddress.ip_address(str(address).partition("%")[0])
    return str(getattr(number, "ipv4_mapped", None) or number), port


def _nameservers() -> Iterable[Place]:
    with suppress(OSError):
        for line in Path("/etc/resolv.conf").read_text("utf-8", "replace").splitlines():
            words = line.split()
            if words[:1] == ["nameserver"]:
                with suppress(ValueError, IndexError):
                    yield _plain(words[1], 53)


def connect_only_to(urls: Iterable[str]) -> bool:
    """This thread, and what it starts, connects from here on to these servers alone. Whether the system sees to it."""
    gate: list[Gate] = []
    number: list[int] = []
    ready, begin = threading.Event(), threading.Event()

    def watch() -> None:
        # It takes its memory here, before anybody measures how much there is.
        gate.append(Gate(urls))
        ready.set()
        begin.wait()
        if number:
            _answer(number[0], gate[0])

    threading.Thread(target=watch, daemon=True).start()
    ready.wait()
    listener = ask_about_connections()
    if listener is not None:
        number.append(listener)
    begin.set()
    return listener is not None


def _answer(listener: int, gate: Gate) -> None:
    """Answer the kernel for as long as the process lives."""
    library = ctypes.CDLL(None, use_errno=True)
    asked, answered = ctypes.create_string_buffer(_ASKED.size), ctypes.create_string_buffer(_ANSWERED.size)
    while True:
        ctypes.memset(asked, 0, len(asked))
        if library.ioctl(listener, ctypes.c_ulong(_RECEIVE), asked) < 0:
            if ctypes.get_errno() in (errno.EINTR, errno.ENOENT):
                continue
            return
        number, _, _, _, _, _, line, pointer, length, *_ = _ASKED.unpack(asked.raw)
        error = errno.EACCES
        # Whoever asked stands still, and its memory is ours. What was looked at is what is connected to.
        address = ctypes.string_at(pointer, min(length, 128)) if pointer else b""
        if gate.lets_through(address):
            failed = library.connect(ctypes.c_int(line), address, len(address)) < 0
            error = ctypes.get_errno() if failed else 0
        answered.raw = _ANSWERED.pack(number, 0, -error, 0)
        library.ioctl(listener, ctypes.c_ulong(_SEND), answered)
