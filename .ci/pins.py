"""Write the hashes of pinned requirements anew: `pins.py FILE...`, after a pin was added or changed.

Each pin gets the SHA-256 of every file of its release, so that pip takes no other on any system. The package index is
asked by uv, which is installed into a folder of its own for the while.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HASH = re.compile(r"\s*\\\n\s+--hash=\S+")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==\S+(?: *;.*)?$", re.MULTILINE)


def main(files: list[str]) -> None:
    """Rewrite the files, whole."""
    with tempfile.TemporaryDirectory() as folder:
        install = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--target",
            folder,
            "uv",
        ]
        subprocess.run(install, check=True)
        for file in map(Path, files):
            bare = HASH.sub("", file.read_text("utf-8"))
            pins = [match[0] for match in PIN.finditer(bare)]
            known = hashes(Path(folder), pins)
            written = PIN.sub(lambda match, known=known: match[0] + known[normal(match[1])], bare)
            file.write_text(written, "utf-8")


def hashes(uv: Path, pins: list[str]) -> dict[str, str]:
    """Name → the lines to put after its pin."""
    wanted = uv / "wanted.txt"
    wanted.write_text("\n".join(pins), "utf-8")
    asked = (
        "pip compile --quiet --universal --python-version 3.11 --no-deps --no-annotate --no-header --generate-hashes"
    )
    said = subprocess.run(
        [uv / "bin" / "uv", *asked.split(), wanted], check=True, capture_output=True, text=True
    ).stdout
    found = {}
    for entry in re.split(r"\n(?=\S)", said.strip()):
        name = normal(entry.partition("==")[0])
        found[name] = "".join(f" \\\n    --hash={each}" for each in re.findall(r"--hash=(\S+)", entry))
    return found


def normal(name: str) -> str:
    """A distribution's name as an index has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main(sys.argv[1:])
