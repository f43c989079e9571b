"""A log that no answer waits for: lines are written by a thread of its own, and dropped when nobody takes them."""

from __future__ import annotations

import queue
import threading
import time
from typing import TextIO

#: Lines that may wait to be written.
_WAITING = 10_000
#: For so many seconds lines are gathered before they are written together: being woken for each costs the answers time.
_GATHERED = 0.02
#: How long the last lines are waited for when the service stops, in seconds.
_LAST = 2.0


class Log:
    """Where lines go. Its reader may be slow or gone, its disk full: neither stops or slows an answer."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        #: Lines that could not be written.
        self.dropped = 0
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Take a line to be written soon."""
        if self._lines.qsize() < _WAITING:
            self._lines.put(line)
        else:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits, as far as it is taken within moments."""
        self._lines.put(None)
        self._thread.join(_LAST)

    def _write(self) -> None:
        line: str | None = ""
        while line is not None:
            lines, line = [], self._lines.get()
            if line is not None:
                time.sleep(_GATHERED)
            while line is not None:
                lines.append(line)
                try:
                    line = self._lines.get_nowait()
                except queue.Empty:
                    break
            try:
                self.stream.write("".join(f"{each}\n" for each in lines))
                self.stream.flush()
            except (OSError, ValueError):
                self.dropped += len(lines)
