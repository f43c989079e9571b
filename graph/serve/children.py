"""How the service starts processes of its own: apart from the current folder, and without its secrets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: Where the package is, which alone is added to what Python itself knows.
_FOLDER = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {folder!r}); from graph.serve.{module} import main; main()"


def command(module: str, *arguments: str) -> list[str]:
    """What starts a module of this package. `-I`: nothing is imported from the current folder or by the environment."""
    return [sys.executable, "-I", "-c", _START.format(folder=str(_FOLDER), module=module), *arguments]


def environment() -> dict[str, str]:
    """The environment without what is set for us, such as the token."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ACTORGRAPH_")}
