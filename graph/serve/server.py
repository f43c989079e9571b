"""The service, running: a server on one port until it is asked to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from ..base.errors import StoreError
from ..base.offline import process_control
from ..store.folder import Editions
from ..store.interface import is_address
from .app import application
from .connection import connection
from .limits import LONGEST_QUERY_LINE, MOST_HEADERS
from .metrics import Watch
from .pool import Pool
from .proxy import Proxy
from .service import Service
from .settings import Settings
from .system import limits_data, raise_connections
from .writes import Writer


def run(
    store: str,
    settings: Settings,
    ready: Callable[[str], None],
    warn: Callable[[str], None],
    places: Mapping[str, tuple[float, float]] | None = None,
) -> None:
    """Serve a store, a folder or the address of a SPARQL server, until SIGINT or SIGTERM.

    `places`: where who is on the cast stays, by IRI.

    `ready` is called with the service's address once it answers, `warn` with what this system does not enforce.
    `StoreError` when it cannot begin.
    """
    watch = Watch(queries=settings.log_queries, clients=settings.log_clients)
    service = Service(_backend(store, settings, watch.log.write), settings, watch, places=places or {})
    if missing := [file for file in settings.allow_load if not Path(file).is_file()]:
        raise StoreError(f"{missing[0]}: is not a file. Check --allow-load.")
    if settings.writable:
        if isinstance(service.backend, Proxy):
            raise StoreError("--writable: works on a folder only. Write to the other server directly.")
        service.writer = Writer(Path(store), settings)
    bound = _bound(settings)
    raise_connections()
    host, port = bound.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    config = uvicorn.Config(
        application(service), http=connection(settings.patience), log_config=None, access_log=False, lifespan="on",
        server_header=False, timeout_keep_alive=15, timeout_graceful_shutdown=int(settings.grace),
        h11_max_incomplete_event_size=LONGEST_QUERY_LINE + 2 * MOST_HEADERS, ws="none",
    )  # fmt: skip
    # What breaks an answer off is no error of the server's; what is one is in the access log as 500.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = _Server(config)

    def told() -> None:
        for words in weaker(service.backend, settings):
            warn(words)
        ready(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/")

    server.tell = told
    try:
        asyncio.run(_serve(server, service, bound))
    finally:
        bound.close()
        watch.log.close()
    if not server.started:
        raise StoreError(f"{store}: cannot be served. Check the store.")


def weaker(backend: Pool | Proxy, settings: Settings) -> list[str]:
    """What this system does not enforce, of what docs/service.md says that Linux does."""
    workers = backend.reader if isinstance(backend, Proxy) else backend
    found = []
    if not workers.is_watched:
        found.append("Memory: this system tells no program how much a query takes. Only its time is limited.")
    elif not workers.limited:
        found.append("Memory: this system sets a query no limit. What it takes is checked ten times a second.")
    if not workers.offline and workers is backend:
        found.append(
            "Network: this system cannot keep the workers offline. SERVICE is refused from the query's text alone."
        )
    if process_control() is None:
        found.append("Processes: if the service is killed, each of its workers goes on until its query ends.")
    if settings.writable and not limits_data():
        found.append("Updates: this system does not limit the memory of an update. Its time and size are limited.")
    return found


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
            try:
                loop.add_signal_handler(number, stop)
            except NotImplementedError:  # on Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        yield


async def _serve(server: uvicorn.Server, service: Service, bound: socket.socket) -> None:
    # Before uvicorn does it again as the application's lifespan, so that an error is ours to tell.
    try:
        await service.backend.open()
    except StoreError:
        await service.backend.close()
        raise
    await server.serve(sockets=[bound])


def _backend(store: str, settings: Settings, log: Callable[[str], None]) -> Pool | Proxy:
    if is_address(store):
        return Proxy(store, settings)
    editions = Editions(Path(store))
    editions.current()
    return Pool(editions, settings, log)


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
        where, other = f"{settings.host}:{settings.port}", "port"
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            other = "host"
        why = error.strerror or error
        raise StoreError(f"{where}: cannot be used ({why}). Choose another --{other}.") from error
    bound.setblocking(False)
    return bound
