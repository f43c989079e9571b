"""A lock on a file, shared or exclusive, that works alike on Linux, macOS and Windows.

The lock is SQLite's, on an empty database: the operating system keeps it for the process that took it and lets go of
it when that process ends, however it ends. No file left behind keeps anybody out.
"""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

#: How long a shared lock is waited for, in seconds: an exclusive one is held for moments while something is removed.
_PATIENCE = 60.0


class BusyError(Exception):
    """Somebody else has a lock that does not go together with this one."""


class Lock:
    """A lock, held until `close`. It is not to be carried over a fork."""

    def __init__(self, path: Path, *, shared: bool) -> None:
        """Take the lock on a file, which is made for an exclusive one and otherwise has to be there.

        Parameters: `shared` for a lock that others may share, which is waited for; an exclusive one is not.
        Raises `BusyError` when others hold theirs, and `OSError` when the disk or the file takes no lock.
        """
        mode = "ro" if shared else "rwc"
        address = f"{path.resolve().as_uri()}?mode={mode}"
        try:
            self._held = sqlite3.connect(
                address, uri=True, isolation_level=None, timeout=_PATIENCE if shared else 0.0, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise _failed(error) from error
        try:
            if shared:
                # A transaction that reads keeps its lock until it ends.
                self._held.execute("BEGIN")
                self._held.execute("SELECT 1 FROM sqlite_master").fetchall()
            else:
                self._held.execute("PRAGMA journal_mode=MEMORY")
                self._held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            self._held.close()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise BusyError from error
            raise _failed(error) from error

    def close(self) -> None:
        """Let go of it. Closing twice is no mistake."""
        self._held.close()


def _failed(error: sqlite3.Error) -> OSError:
    number = errno.ENOLCK if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR else errno.EACCES
    return OSError(number, str(error))
