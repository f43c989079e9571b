"""Every case under `tests/`, of which one in six runs each time: whoever works on the code waits for no more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest


def sampled(cases: Iterable[Path | str]) -> list[Any]:
    """Parameters of a test: the first and every sixth case in `make test`, all in `make test-all`; paths or names."""
    return [
        pytest.param(case, id=Path(case).stem, marks=[pytest.mark.slow] if number % 6 else [])
        for number, case in enumerate(cases)
    ]
