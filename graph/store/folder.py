"""A store in a folder: editions of Oxigraph, of which one is in force. A change makes the next one.

    STORE/current                 the name of the edition in force, a small text file, replaced atomically
    STORE/write.lock              held by the one who writes
    STORE/lock                    says who that is
    STORE/editions/NAME/          one Oxigraph folder, never written again once it was published
    STORE/editions/NAME.inuse     held, shared, by everybody who reads that edition
    STORE/editions/NAME.opening   what the served page opens with, as computed from that edition; goes with it

Whoever is ended while writing leaves the old content in force; the next who writes clears away what was left. Whoever
reads goes on with the edition that was opened, for as long as wanted: what is in use is not removed.

A folder that Oxigraph itself made (`oxigraph load`) is read as its one edition and never written.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import Store

from ..base.errors import StoreError
from .lock import BusyError, Lock

_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}")
#: What a folder of ours may hold before its first edition is in force.
_OURS = frozenset({"lock", "write.lock", "editions"})
#: An edition of more tables than this, beyond those that its size takes, is put in order before it is published:
#: reading it pays for that. A large store has many when it is in order, and must not be rewritten with each change.
_TABLES = 64
#: One that is new for the most part is so when it has more than these, a table for each of Oxigraph's indexes: it came
#: in several batches, and each query would look into the tables of all of them.
_TABLES_AT_ONCE = 12
#: What a table holds at most, in bytes.
_TABLE_SIZE = 64 << 20
#: Bytes that are read of the file `current`.
_MOST = 80
#: How often a reader looks again when the edition it was about to open was replaced and removed meanwhile.
_TRIES = 100


def is_folder(path: Path) -> bool:
    """Whether a store is in this folder, ours or one that Oxigraph made."""
    return (path / "current").is_file() or (path / "CURRENT").is_file()


class Reading:
    """One edition, open for reading. It stays whole, whatever is written meanwhile, until `close`.

    Open it in the process that reads: neither an open store nor its lock is to be carried over a fork.
    """

    def __init__(self, store: Store, held: Held) -> None:
        self.store = store
        self.name = held.name
        self.path = held.path
        self._held = held

    def close(self) -> None:
        """Let go of the edition, which may then be removed. Closing twice is no mistake."""
        if hasattr(self, "store"):
            del self.store
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Held:
    """An edition that is not removed until `close`. Who lets go of it last removes it when it is no longer in force."""

    def __init__(
        self, name: str, path: Path, lock: Lock | None, let_go: Callable[[str], None] = lambda _: None
    ) -> None:
        self.name = name
        self.path = path
        self._lock = lock
        self._let_go = let_go

    def close(self) -> None:
        """Let go of it. Closing twice is no mistake."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            self._let_go(self.name)


class Editions:
    """The editions in a folder: which is in force, reading it, and writing the next one."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Looks at nothing yet. A folder that is no store is refused when it is read or written."""
        self.path = Path(path)
        self._current = str(self.path / "current")

    # --- what is there

    @property
    def plain(self) -> bool:
        """Whether Oxigraph made this folder itself: one edition, read-only."""
        return (
            not (self.path / "editions").is_dir()
            and (self.path / "CURRENT").is_file()
            and any(self.path.glob("MANIFEST-*"))
        )

    def current(self) -> str:
        """The name of the edition in force, read from one small file. `StoreError` when there is none."""
        # A service asks with every query, so what is usual is read first, without a look at anything else.
        with suppress(OSError, UnicodeDecodeError):
            file = os.open(self._current, os.O_RDONLY)
            try:
                name = os.read(file, _MOST).decode("ascii").strip()
            finally:
                os.close(file)
            if _NAME.fullmatch(name):
                return name
        try:
            if self.plain:
                return self._plain_name()
            name = (self.path / "current").read_text("ascii").strip()
        except FileNotFoundError:
            raise self._no_store() from None
        except (OSError, UnicodeDecodeError) as error:
            raise self._closed(_reason(error)) from error
        if not _NAME.fullmatch(name):
            raise self._closed("its file current names no edition", "Restore a backup.")
        return name

    def _plain_name(self) -> str:
        # Another program may write it: the name follows its journal.
        manifest = self.path / (self.path / "CURRENT").read_text("ascii").strip()
        return f"{manifest.name}-{manifest.stat().st_mtime_ns}"

    def _no_store(self) -> StoreError:
        if not self.path.exists():
            return StoreError(f"{self.path}: does not exist. Create it: actorgraph load {self.path} FILES…")
        if not self.path.is_dir():
            return self._closed("it is a file", "Name a folder.")
        if self._may_write():
            return StoreError(f"{self.path}: is empty. Fill it: actorgraph load {self.path} FILES…")
        return self._closed("other things are in it")

    def _closed(self, why: str, remedy: str = "Check the folder.") -> StoreError:
        return StoreError(f"{self.path}: cannot be opened as a store ({why}). {remedy}")

    def edition_path(self, name: str) -> Path:
        """Where the edition of this name is."""
        return self.path if self.plain else self.path / "editions" / name

    def opening_path(self, name: str) -> Path | None:
        """Where it is kept what a page over this edition opens with; None in a folder that is not written."""
        return None if self.plain else self.path / "editions" / f"{name}.opening"

    def _use(self, name: str) -> Path:
        return self.path / "editions" / f"{name}.inuse"

    # --- reading

    def reading(self) -> Reading:
        """Open the edition in force: `with editions.reading() as reading: …`, or `close` it later."""
        for _ in range(_TRIES):
            name = self.current()
            if self.plain:
                return self._opened(name, None)
            lock = self._share(name)
            try:
                # Between reading the name and taking the lock, the edition may have been replaced and removed.
                if self.current() == name:
                    return self._opened(name, lock)
            except BaseException:
                _close(lock)
                raise
            _close(lock)
        raise StoreError(f"{self.path}: is being replaced faster than it can be opened. Try again.")

    def hold(self) -> Held:
        """Keep the edition in force from being removed, for processes that this one has open it."""
        for _ in range(_TRIES):
            name = self.current()
            lock = None if self.plain else self._share(name)
            if self.current() == name:
                return Held(name, self.edition_path(name), lock, self._sweep)
            _close(lock)
        raise StoreError(f"{self.path}: is being replaced faster than it can be opened. Try again.")

    def _opened(self, name: str, lock: Lock | None) -> Reading:
        path = self.edition_path(name)
        if not path.is_dir():
            raise self._closed(f"edition {name} is missing", "Restore a backup.")
        try:
            return Reading(Store.read_only(str(path)), Held(name, path, lock, self._sweep))
        except OSError as error:
            raise self._closed(_reason(error)) from error
        except RuntimeError as error:  # how the engine tells of a file that is damaged
            raise self._closed(_reason(error).rstrip("."), "Restore a backup.") from error

    def _share(self, name: str) -> Lock | None:
        """A shared lock on an edition; None where there can be none, as on a read-only disk, where nobody removes."""
        use = self._use(name)
        try:
            # A copy of the folder may come without its marks.
            if not use.exists() and self.edition_path(name).is_dir():
                use.touch()
            return Lock(use, shared=True)
        except (OSError, BusyError):
            return None  # or the edition is gone, which the caller sees

    def _sweep(self, name: str) -> None:
        """Remove an edition that was replaced while it was read, so that what was withdrawn is not kept on disk."""
        with suppress(StoreError):
            if self.current() != name:
                self._remove(name)

    # --- writing

    @contextmanager
    def writing(self, keep: bool, command: str = "") -> Iterator[Store]:
        """A store to write: the next edition, with the content of the one in force when `keep`, else empty.

        When the block ends well the edition is put in force, at once and whole. When it raises, or the process is
        ended, everything is as it was. `StoreError` at once when somebody else writes.
        """
        self._refuse_foreign()
        made = not self.path.exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with self._locked(command):
                try:
                    yield from self._next(keep)
                except BaseException:
                    if made:
                        self._unmake()
                    raise
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({_reason(error)}). Free some space, or choose another folder; "
                "the store is as it was."
            ) from error

    def _next(self, keep: bool) -> Iterator[Store]:
        editions = self.path / "editions"
        editions.mkdir(exist_ok=True)
        self._clear()
        name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"
        work = editions / f".{name}"
        try:
            work.mkdir()
            if keep and (self.path / "current").exists():
                _link(self.edition_path(self.current()), work)
            kept = frozenset(_sizes(work))
            store = Store(str(work))
            yield store
            store.flush()
            if _is_out_of_order(work, kept):
                store.optimize()
            # A checkpoint: only what counts, linked, and apart from `work`, which the caller may still hold open.
            store.backup(str(editions / name))
            del store
            _sync(editions / name)
            self._use(name).touch()
            _sync_folder(editions)
            self._put_in_force(name)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            with suppress(OSError, StoreError):
                self._clear()

    def _put_in_force(self, name: str) -> None:
        fresh = self.path / f".current-{name}"
        with fresh.open("w", encoding="ascii") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / "current")
        _sync_folder(self.path)

    def _may_write(self) -> bool:
        """Whether a store is here, or nothing that would be in its way."""
        if not self.path.exists():
            return True
        if not self.path.is_dir() or self.plain:
            return False
        there = {entry.name for entry in self.path.iterdir()}
        return {"current", "editions"} <= there or all(n in _OURS or n.startswith(".current-") for n in there)

    def _refuse_foreign(self) -> None:
        try:
            if self._may_write():
                return
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written ({_reason(error)}). Check the folder.") from error
        if self.plain:
            raise StoreError(
                f"{self.path}: was made by Oxigraph itself and is only read. Dump it and load that into a new folder."
            )
        raise StoreError(f"{self.path}: is neither a store nor empty. Name a new folder.")

    def _clear(self) -> None:
        """Remove what is neither in force nor in use. Only whoever holds the lock may call this."""
        try:
            current = self.current()
        except StoreError:
            if (self.path / "current").exists():
                return  # damaged: nothing of it may be lost
            current = ""
        for left in self.path.glob(".current-*"):
            left.unlink(missing_ok=True)
        for entry in sorted((self.path / "editions").iterdir()):
            name = entry.name.removesuffix(".inuse").removesuffix(".opening")
            if name == current:
                continue
            # A checkpoint is made in a folder whose name ends so, until it is whole.
            if name.startswith(".") or name.endswith(".tmp"):
                _remove_whole(entry)
            elif _NAME.fullmatch(name):
                self._remove(name)

    def _remove(self, name: str) -> None:
        use = self._use(name)
        try:
            lock = Lock(use, shared=False)
        except (BusyError, OSError):
            return  # somebody reads it, or nobody can tell; a later writer removes it
        shutil.rmtree(self.edition_path(name), ignore_errors=True)
        if opening := self.opening_path(name):
            opening.unlink(missing_ok=True)
        lock.close()
        with suppress(PermissionError):  # Windows removes nothing that is open: somebody has just come to read it
            use.unlink(missing_ok=True)

    def _unmake(self) -> None:
        """Leave no empty folder behind when the first writing failed."""
        with suppress(OSError):
            (self.path / "editions").rmdir()
            (self.path / "lock").unlink()
            (self.path / "write.lock").unlink()
            self.path.rmdir()

    # --- the lock

    @contextmanager
    def _locked(self, command: str) -> Iterator[None]:
        lock = self._lock()
        try:
            holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": int(time.time()), "command": command}
            (self.path / "lock").write_text(json.dumps(holder), "utf-8")
            yield
        finally:
            lock.close()

    def _lock(self) -> Lock:
        place = self.path / "write.lock"
        while True:
            place.touch()
            with suppress(FileNotFoundError):
                before = place.stat().st_ino
                try:
                    lock = Lock(place, shared=False)
                except BusyError:
                    raise StoreError(f"{self.path}: {self._holder()}") from None
                with suppress(FileNotFoundError):
                    # Whoever held it may have removed the file with the folder it had made.
                    if place.stat().st_ino == before:
                        return lock
                lock.close()

    def _holder(self) -> str:
        try:
            held = json.loads((self.path / "lock").read_text("utf-8"))
            pid, host, command = int(held["pid"]), str(held["host"]), str(held["command"])
            since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(int(held["since"])))
        except (OSError, ValueError, KeyError, TypeError):
            return "is being written by another process. Wait until that has ended."
        where = "" if host == socket.gethostname() else f" on {host}"
        what = f" ({command})" if command else ""
        return f"is being written by process {pid}{where} since {since}{what}. Wait until it has ended, or end it."


def _remove_whole(path: Path) -> None:
    """A folder or a file."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _is_out_of_order(folder: Path, kept: Collection[str]) -> bool:
    """Whether reading would pay for the number of tables. `kept`: those that the edition before had already."""
    sizes = _sizes(folder)
    whole, new = sum(sizes.values()), sum(size for name, size in sizes.items() if name not in kept)
    return len(sizes) > (_TABLES_AT_ONCE if 2 * new > whole else _TABLES) + whole // _TABLE_SIZE


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each table. The engine may join some in the background and remove them while they are listed."""
    found = {}
    for table in folder.glob("*.sst"):
        with suppress(FileNotFoundError):
            found[table.name] = table.stat().st_size
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOLCK:
        return "the disk knows no locks"
    return " ".join(str(getattr(error, "strerror", None) or error).split())


def _close(lock: Lock | None) -> None:
    if lock is not None:
        lock.close()


def _link(old: Path, new: Path) -> None:
    """The files of one edition as the start of another. Tables are never changed in place, so that a link will do."""
    for file in old.iterdir():
        if file.name in ("LOCK", "LOG") or not file.is_file():
            continue
        target = new / file.name
        if file.suffix == ".sst":
            try:
                os.link(file, target)
            except OSError:
                pass  # a disk without links
            else:
                continue
        shutil.copyfile(file, target)


def _sync(folder: Path) -> None:
    for file in folder.iterdir():
        # Windows writes through only what is open for writing.
        with file.open("r+b") as opened:
            os.fsync(opened.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # it opens no folder, and keeps names safe by itself
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
