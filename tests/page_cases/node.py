"""JavaScript of the page, run by Node.js, for tests that hold it and Python together."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.draw.rules import rules
from graph.words import for_page

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="needs node")
_SCRIPTS = Path(__file__).resolve().parent.parent / "page"


def run(script: str, given: Any) -> str:
    """What a script of `tests/page` writes when it is given JSON on standard input; it fails the test when it fails."""
    told = subprocess.run(
        [str(NODE), str(_SCRIPTS / script)], input=given if isinstance(given, str) else json.dumps(given),
        capture_output=True, text=True, check=False, env={**os.environ, "PAGE_WORDS": _words()},
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-4000:]
    return told.stdout


@cache
def _words() -> str:
    """A file with what `tests/words.js` asks Python for otherwise, which takes longer than most scripts."""
    handle, name = tempfile.mkstemp(prefix="page-words-", suffix=".json")
    atexit.register(os.unlink, name)
    os.close(handle)
    Path(name).write_text(json.dumps([for_page("page"), for_page("editor"), rules()]), "utf-8")
    return name
