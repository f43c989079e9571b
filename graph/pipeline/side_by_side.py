"""Cases in, the evidence of each out: read side by side in processes of their own, one case in memory for each.

A statement means what its own document makes it mean, so the evidence of a case is the same whether it is read alone or
with others, here or on another machine. Only what follows from all of it together is settled in one place, the store.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from ..base.errors import CaseError, Finding
from ..dataset import build
from ..dataset import evidence as evidence_of
from ..ingest import graphs_of
from . import cases

#: Bytes of case files for which starting processes takes longer than it saves.
_SMALL = 200_000


@dataclass(frozen=True, slots=True)
class _Made:
    """The evidence of a case as N-Quads, or what keeps it from being read alone."""

    evidence: bytes = b""
    findings: tuple[Finding, ...] = ()


def evidence(
    sources: Sequence[Path], *, internal: bool = False, jobs: int | None = None
) -> Iterator[Mapping[str, Sequence[Quad]]]:
    """The graphs of evidence of each case, in the order of the cases; of a few cases at a time, however many there are.

    Parameters:
        sources: Files or folders, one case each.
        internal: With our own grades, notes and requests for reply.
        jobs: How many processes; left out, one for each core, or none for a few small cases.

    Raises:
        CaseError: A case cannot be read by itself, as when it answers a statement of another one by its id. Such cases
            are to be read together.
        OutputError: A trace is left of what a case withholds.
    """
    tasks = [(path, internal) for path in sources]
    workers = _workers(sources) if jobs is None else jobs
    with ExitStack() as stack:
        if workers > 1:
            # Started anew, and not forked: a copy of this process would hold its locks and its open store.
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
            waiting = iter(tasks)
            running = [pool.submit(_made, task) for task in islice(waiting, 2 * workers)]
            while running:
                made = running.pop(0).result()
                running += [pool.submit(_made, task) for task in islice(waiting, 1)]
                yield _graphs(made)
        else:
            yield from map(_graphs, map(_made, tasks))


def _workers(sources: Sequence[Path]) -> int:
    files = (file for path in sources for file in ([path] if path.is_file() else path.glob("*.yaml")))
    return min(os.cpu_count() or 1, len(sources)) if sum(file.stat().st_size for file in files) > _SMALL else 1


def _made(task: tuple[Path, bool]) -> _Made:
    path, internal = task
    try:
        read = cases.read(path)
    except CaseError as error:
        return _Made(findings=tuple(error.findings))
    if read.redaction is not None:
        read.redaction.refuse_leaks(build(read.case, read.dockets, internal=internal))
    graphs = evidence_of(read.case, read.dockets.modality, internal=internal)
    lines = pyoxigraph.serialize((quad for graph in graphs.values() for quad in graph), format=RdfFormat.N_QUADS)
    assert lines is not None  # without a place to write to, it is handed back
    return _Made(lines)


def _graphs(made: _Made) -> Mapping[str, Sequence[Quad]]:
    if made.findings:
        raise CaseError(made.findings)
    return graphs_of(pyoxigraph.parse(made.evidence, format=RdfFormat.N_QUADS))
