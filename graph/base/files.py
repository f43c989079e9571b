"""Files written whole or not at all: to a temporary file beside the place, then renamed; several files together."""

from __future__ import annotations

import os
import re
import secrets
import socket
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO
from zlib import crc32

from .errors import OutputError

#: A temporary file: whose it was to become, and which process of which machine wrote it.
_LEFT = re.compile(r"\.(?P<name>.+)\.(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}\.part")


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all. `OutputError` when that cannot be; what stood there is untouched."""
    write_by(path, _writing(data))


def write_by(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` fill a file that takes its place only when it is complete.

    A file that is replaced keeps its permissions; a link stays a link, and the file it points at is replaced.
    """
    with _prepared(path, write) as put:
        put()


@contextmanager
def written_together(files: Mapping[Path, bytes | str]) -> Iterator[None]:
    """Several files that take their places when the block has ended well, none of them when it raises.

    All of them are written before the block begins: a full disk or a folder in the way shows before anything changed.

    >>> with written_together({Path("a.txt"): "a", Path("b.txt"): "b"}):
    ...     pass  # what else has to go well
    """
    with ExitStack() as stack:
        puts = [stack.enter_context(_prepared(path, _writing(data))) for path, data in files.items()]
        yield
        for put in puts:
            put()


def _writing(data: bytes | str) -> Callable[[IO[bytes]], object]:
    return lambda file: file.write(_bytes(data))


def _bytes(data: bytes | str) -> bytes:
    return data.encode() if isinstance(data, str) else data


@contextmanager
def _prepared(path: Path, write: Callable[[IO[bytes]], object]) -> Iterator[Callable[[], None]]:
    """What puts a complete file in its place; when it was not called, nothing is left."""
    with _told(path):
        place = _place(path)
        made = [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(place)
        work = place.with_name(f".{_begun(place)}.{_host()}-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        # What nobody has set otherwise is as the user's umask has it.
        with _told(path), work.open("xb") as file:
            if place.exists():
                # Of what is open, and not of what has its name by now; Windows knows names only.
                opened = file.fileno() if os.chmod in os.supports_fd else work
                os.chmod(opened, stat.S_IMODE(place.stat().st_mode))  # noqa: PTH101 - a Path has no number
            write(file)
            file.flush()
            os.fsync(file.fileno())

        def put() -> None:
            with _told(path):
                work.replace(place)

        yield put
    finally:
        # No more is left of what was not put in its place than of what was: a folder with something in it stays.
        with suppress(OSError):
            work.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()


def _place(path: Path) -> Path:
    """Where a file of this name is written: at the end of its links. `OutputError` when nothing can be there."""
    try:
        place = path.resolve() if path.is_symlink() else path
        if path.is_symlink() and not place.exists():
            raise OutputError(f"{path}: is a link that leads to nothing. Remove it, or make what it leads to.")
    except RuntimeError as error:
        raise OutputError(f"{path}: is a link that leads to itself. Remove it.") from error
    if place.is_dir():
        raise OutputError(f"{path}: is a directory; give a file path.")
    return place


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of the system as an `OutputError` that names the output."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason}). Free some space, or choose another folder."
        ) from error


def clear_leftovers(place: Path) -> None:
    """Remove what processes of this machine left of this file that were ended before they were through."""
    for entry in place.parent.glob(f".{_literal(_begun(place))}.*.part"):
        found = _LEFT.fullmatch(entry.name)
        if found and (found["name"], found["host"]) == (_begun(place), _host()) and _is_gone(int(found["pid"])):
            with suppress(OSError):
                entry.unlink()


def _is_gone(pid: int) -> bool:
    if os.name != "posix":
        import psutil  # noqa: PLC0415 - seldom wanted, and slow to import

        return not psutil.pid_exists(pid)
    # Asked of the system, since psutil asks `/proc`, which need not be there. Nothing is sent.
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass  # somebody else's
    return False


def _begun(place: Path) -> str:
    """As much of a name as leaves room for what a temporary file adds."""
    return place.name[:150]


def _host() -> str:
    """This machine, for a disk that several share."""
    return f"{crc32(socket.gethostname().encode()):08x}"


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)
