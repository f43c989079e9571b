"""A page's parts in, what one HTML file needs out: its modules joined into one, its data, its Content-Security-Policy.

A page is one file that loads nothing further: scripts and styles stand in it, and the policy names them by hash.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

_IMPORT = re.compile(r"""^import\s+(?:[^"';]*?\sfrom\s+)?["'](\.{1,2}/[^"']+)["'];?[ \t]*$""", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|class|const|let)\b)", re.MULTILINE)

# A comment that begins a line and ends one: what a module's names mean and of which type they are, for who reads it.
_COMMENT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def packed(entry: Path) -> str:
    """A page's modules joined in order of dependency into one; imports, the word `export` and doc comments fall away.

    Modules do not load from `file://`, so they travel as one inline module. No two of them may declare the same
    top-level name, which a test checks.
    """
    return "\n".join(f"// {path.name}\n{_stripped(text)}" for path, text in modules(entry).items())


def modules(entry: Path) -> dict[Path, str]:
    """Path → text of the modules an entry needs, each after those it imports. ValueError for a circle."""
    done: dict[Path, str] = {}
    open_: list[Path] = []

    def visit(path: Path) -> None:
        if path in done:
            return
        if path in open_:
            raise ValueError(f"{path.name} imports itself, by a circle")
        open_.append(path)
        text = path.read_text("utf-8")
        for name in _IMPORT.findall(text):
            visit(Path(os.path.normpath(path.parent / name)))
        open_.pop()
        done[path] = text

    visit(entry.resolve())
    return done


def _stripped(text: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", text))).strip() + "\n"


def embedded(data: Any) -> str:
    """JSON that can stand in a script element, the same text for the same data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A script element ends at `</script`, whatever its type; in JSON a `<` can be written otherwise.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def policy(scripts: Iterable[str], styles: Iterable[str], *more: str) -> str:
    """A Content-Security-Policy of hashes alone: these scripts and styles, and nothing from anywhere else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            *more,
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
