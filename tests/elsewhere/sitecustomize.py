"""Takes away what only some systems have: `/proc` and `prctl`, and from this project `fcntl` and `resource`.

Other libraries keep the two modules: psutil imports them wherever it finds Linux.

In the environment as PYTHONPATH. Processes that ours starts isolated do not read it: they are started by `python`,
beside this file, which does the same.
"""

from __future__ import annotations

import builtins
import ctypes
import importlib
import io
import os
import sys
from pathlib import Path
from typing import Any

_GONE = ("fcntl", "resource")
_open, _list, _load = io.open, os.listdir, ctypes.CDLL
_import, _by_name = builtins.__import__, importlib.import_module


def _imported(name: str, globals_: Any = None, *arguments: Any, **named: Any) -> Any:
    relative = (arguments[2:3] or (named.get("level", 0),))[0]
    if name in _GONE and not relative and (globals_ or {}).get("__name__", "").startswith(("graph", "__main__")):
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)
    return _import(name, globals_, *arguments, **named)


def _imported_by_name(name: str, package: str | None = None) -> Any:
    if name in _GONE:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)
    return _by_name(name, package)


def _refuse(path: Any) -> None:
    if isinstance(path, (str, bytes, os.PathLike)) and os.fsdecode(path).startswith("/proc"):
        raise FileNotFoundError(2, "No such file or directory", os.fsdecode(path))


def _opened(file: Any, *arguments: Any, **named: Any) -> Any:
    _refuse(file)
    return _open(file, *arguments, **named)


def _listed(path: Any = ".") -> Any:
    _refuse(path)
    return _list(path)


class _Library:
    """The C library without what Linux alone has."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._whole = _load(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name == "prctl":
            raise AttributeError(name)
        return getattr(self._whole, name)


builtins.__import__, importlib.import_module = _imported, _imported_by_name  # type: ignore[assignment]
builtins.open = io.open = _opened
os.listdir = _listed
ctypes.CDLL = _Library  # type: ignore[assignment,misc]
os.environ["ELSEWHERE_PYTHON"] = os.environ.get("ELSEWHERE_PYTHON", sys.executable)
sys.executable = str(Path(__file__).with_name("python"))
