"""Files of RDF for tests of the doors: how one is written, and what is read of it."""

from __future__ import annotations

from pathlib import Path

from graph.store import Faults, files

E = "http://example.org/"
KNOWS = f"<{E}a> <{E}knows> <{E}b> ."
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
    '<rdf:Description rdf:about="http://example.org/a"><ex:name>José</ex:name></rdf:Description></rdf:RDF>'
)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with that content, its folder made where there is none."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def triples(file: Path, faults: Faults | None = None) -> list[str]:
    """The statements of a file, as the commands read them; what is left out is counted in `faults`."""
    [name] = files.names([file])
    return [str(quad) for quad in files.read([file], faults=faults, bases=[files.address(name)])]
