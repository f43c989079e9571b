"""A log that no answer waits for: lines are written by a thread of its own, and dropped when nobody takes them."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from typing import TextIO

#: Lines that may wait to be written.
_WAITING = 10_000
#: How long the last lines are waited for when the service stops, in seconds.
_LAST = 2.0


class Log:
    """Where lines go. Its reader may be slow or gone, its disk full: neither stops or slows an answer."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        #: Lines that could not be written.
        self.dropped = 0
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Take a line to be written soon."""
        try:
            self._lines.put_nowait(line)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits, as far as it is taken within moments."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_LAST)

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                print(line, file=self.stream, flush=True)
            except (OSError, ValueError):
                self.dropped += 1
