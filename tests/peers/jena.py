"""Apache Jena as Debian has it (libapache-jena-java): a SPARQL 1.1 server of another make, and a client of ours."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from processes import PATIENCE

PROGRAM = Path(__file__).with_name("Jena.java")
JARS = Path("/usr/share/java")
#: What Jena's queries and its client need of the jars that Debian installs with it; all of them together clash.
NEEDED = (
    "jena-arq", "jena-base", "jena-core", "jena-iri", "jena-rdfconnection", "thrift", "protobuf", "dexx.collection",
    "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "guava",
    "slf4j-api", "slf4j-nop", "jackson-core", "jackson-databind", "jackson-annotations", "gson", "httpclient",
    "httpclient-cache", "httpcore", "jcl-over-slf4j", "jsonld-java",
)  # fmt: skip
#: It is run from its source, which takes a compiler besides.
THERE = shutil.which("javac") is not None and (JARS / "jena-arq.jar").exists()
#: Where Debian's Jena 4.5 has the texts of its regular expressions, and where it looks for them: it does not start.
_KEPT, _WANTED = "org/apache/jena/ext/xerces/", "xerces/"


def _command(folder: Path, *words: str) -> list[str]:
    """Jena with words, from a folder of its own in which it finds its texts."""
    with ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_KEPT) and name.endswith(".properties"):
                text = folder / _WANTED / name.removeprefix(_KEPT)
                text.parent.mkdir(parents=True, exist_ok=True)
                text.write_bytes(jar.read(name))
    path = ":".join([str(folder), *(str(JARS / f"{name}.jar") for name in NEEDED)])
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path, str(PROGRAM), *words]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server over an empty dataset; the address of its `/query`, beside which is `/update`."""
    process = subprocess.Popen(
        _command(folder, "serve"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"{process.stdout.readline().strip()}/query"
    finally:
        process.stdin.close()
        process.wait(timeout=PATIENCE)
        process.stdout.close()


def asked(folder: Path, endpoint: str, jobs: Sequence[tuple[str, str, str]]) -> list[bytes]:
    """What Jena read of the answers to queries, each with a method and an `Accept`, its own when that is empty."""
    words: list[str] = []
    for number, (method, accept, query) in enumerate(jobs):
        file = folder / f"{number}.rq"
        file.write_text(query, "utf-8")
        words += [method, accept, str(file)]
    subprocess.run(_command(folder, "ask", endpoint, *words), check=True, timeout=PATIENCE, cwd=folder)
    return [(folder / f"{number}.rq.answer").read_bytes() for number in range(len(jobs))]
