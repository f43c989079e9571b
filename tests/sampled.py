"""Every case under `tests/`, of which one in four runs each time: whoever works on the code waits for no more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest


def sampled(paths: Iterable[Path]) -> list[Any]:
    """Parameters of a test: the first and every fourth path in `make test`, all of them in `make test-all`."""
    return [
        pytest.param(path, id=path.stem, marks=[pytest.mark.slow] if number % 4 else [])
        for number, path in enumerate(paths)
    ]
