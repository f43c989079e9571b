"""How the service starts processes of its own: apart from the current folder, and without its secrets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
#: The package without what it offers to users, of which such a process needs nothing: importing it takes longer than
#: anything else that the process does before it can answer.
_START = """
import sys, types
package = sys.modules["graph"] = types.ModuleType("graph")
package.__path__ = [{package!r}]
from graph.serve.{module} import main
main()
"""


def command(module: str, *arguments: str) -> list[str]:
    """What starts a module of this package. `-I`: nothing is imported from the current folder or by the environment."""
    return [sys.executable, "-I", "-c", _START.format(package=str(_PACKAGE), module=module), *arguments]


def environment() -> dict[str, str]:
    """The environment without what is set for us, such as the token."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ACTORGRAPH_")}
