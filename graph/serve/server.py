"""The service, running: a server on one port until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..base.errors import StoreError
from ..store.folder import Editions
from ..store.location import is_address
from .app import Service, application
from .metrics import Watch
from .pool import Pool
from .proxy import Distant
from .settings import Settings
from .writes import Writer


def patient(seconds: float) -> type[H11Protocol]:
    """Uvicorn's protocol, which closes a connection on which no whole request head comes within so many seconds."""

    class Patient(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._since = self.loop.time()
            self._look()

        def on_response_complete(self) -> None:
            self._since = self.loop.time()
            super().on_response_complete()

        def _look(self) -> None:
            # Until the first request's head has come there is no cycle.
            idle = getattr(self.cycle, "response_complete", True)
            if idle and self.loop.time() - self._since >= seconds:
                self.transport.close()
            else:
                self._timer = self.loop.call_later(seconds / 2, self._look)

        def connection_lost(self, exc: Exception | None) -> None:
            self._timer.cancel()
            super().connection_lost(exc)

    return Patient


def run(store: str, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve a store, a folder or the address of a SPARQL server, until SIGINT or SIGTERM.

    `ready` is called with the service's address once it answers. `StoreError` when it cannot begin.
    """
    watch = Watch(queries=settings.log_queries, clients=settings.log_clients)
    service = Service(_backend(store, settings), settings, watch)
    if missing := [file for file in settings.allow_load if not Path(file).is_file()]:
        raise StoreError(f"{missing[0]}: is no file to be loaded. Check --allow-load.")
    if settings.writable:
        if isinstance(service.backend, Distant):
            raise StoreError("--writable: works on a folder only. Write to the other server directly.")
        service.writer = Writer(service.backend.editions, settings)
    bound = _bound(settings)
    _many_connections()
    host, port = bound.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    config = uvicorn.Config(
        application(service), http=patient(settings.patience), log_config=None, access_log=False, lifespan="on",
        server_header=False, timeout_keep_alive=15, timeout_graceful_shutdown=int(settings.grace),
        h11_max_incomplete_event_size=(settings.max_query << 11) + 65536, ws="none",
    )  # fmt: skip
    # What breaks an answer off is no error of the server's; what is one is in the access log as 500.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = _Server(config)
    server.tell = lambda: ready(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/")
    try:
        asyncio.run(_serve(server, service, bound))
    finally:
        bound.close()
    if not server.started:
        raise StoreError(f"{store}: cannot be served. Check the store.")


class _Server(uvicorn.Server):
    tell: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.tell()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM stop the service, which then ends well; a second one does not wait."""
        loop = asyncio.get_running_loop()

        def stop() -> None:
            self.force_exit = self.should_exit
            self.should_exit = True

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        yield


async def _serve(server: uvicorn.Server, service: Service, bound: socket.socket) -> None:
    # Before uvicorn does it again as the application's lifespan, so that an error is ours to tell.
    await service.backend.open()
    await server.serve(sockets=[bound])


def _backend(store: str, settings: Settings) -> Pool | Distant:
    if is_address(store):
        return Distant(store, settings)
    editions = Editions(Path(store))
    editions.current()
    return Pool(editions, settings)


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, for only then does asyncio send small pieces at once.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
        bound.listen(1024)
    except OSError as error:
        bound.close()
        where = f"{settings.host}:{settings.port}"
        raise StoreError(
            f"{where}: cannot be listened on ({error.strerror or error}). Choose another --port."
        ) from error
    bound.setblocking(False)
    return bound


def _many_connections() -> None:
    """Idle connections cost a descriptor each: take as many as the machine gives."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
