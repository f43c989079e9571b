"""Files written whole or not at all: to a temporary file beside the place, then renamed."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .errors import OutputError


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all. `OutputError` when that cannot be; what stood there is untouched."""
    content = data.encode() if isinstance(data, str) else data
    write_by(path, lambda file: file.write(content))


def write_by(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` fill a file that takes its place only when it is complete.

    A file that is replaced keeps its permissions; a link stays a link, and the file it points at is replaced.
    """
    try:
        place = path.resolve() if path.is_symlink() else path
        if place.is_dir():
            raise OutputError(f"{path}: is a folder, a file is to be written there. Name another output.")
        place.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o644
        number, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        try:
            with os.fdopen(number, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}). Free the space or choose another folder.") from error
