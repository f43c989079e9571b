"""How far a long job is, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from typing import Self

import click


def _draw(text: str) -> None:
    """Send the terminal what draws a line anew, past what keeps names from doing that."""
    stream = getattr(sys.stderr, "unfiltered", sys.stderr)
    stream.write(text)
    stream.flush()


class Progress:
    """Shows where a long job is: a bar on a terminal, plain lines elsewhere, and nothing in the first second."""

    PATIENCE = 1.0

    def __init__(self, *steps: str) -> None:
        self.steps = steps
        self.at = -1
        self.shown = False
        self.bar = sys.stderr.isatty()
        self.timer = threading.Timer(self.PATIENCE, self._begin)
        self.timer.daemon = True
        self.lock = threading.Lock()

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        with self.lock:
            if self.shown and self.bar:
                _draw("\r\x1b[2K")
            self.shown = False

    def step(self) -> None:
        """The next step begins."""
        with self.lock:
            self.at += 1
            if self.shown:
                self._show()

    def _begin(self) -> None:
        with self.lock:
            self.shown = True
            self._show()

    def _show(self) -> None:
        done, of = max(self.at, 0), len(self.steps)
        if self.bar:
            _draw(f"\r\x1b[2K[{'█' * (20 * done // of):20}] {self.steps[done]}")
        else:
            click.echo(f"{done + 1}/{of} {self.steps[done]}", err=True)


class Counting:
    """Says how many quads there are so far: one line, renewed, on a terminal; elsewhere a line now and then."""

    def __init__(self) -> None:
        self.bar = sys.stderr.isatty()
        self.pause = 0.5 if self.bar else 10.0
        self.begun = self.said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar and self.said > self.begun:
            _draw("\r\x1b[2K")

    def __call__(self, count: int) -> None:
        now = time.monotonic()
        if now - self.said < self.pause:
            return
        self.said = now
        words = f"{count:,} quads, {count / (now - self.begun):,.0f} a second"
        if self.bar:
            _draw(f"\r\x1b[2K{words}")
        else:
            click.echo(words, err=True)
