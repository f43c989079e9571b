"""Commands for stores of any size: load, add, remove, settle, backup, restore, serve."""

from __future__ import annotations

import sys
import tempfile
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click
from pyoxigraph import Quad

from ..base.errors import CaseError
from ..base.names import many
from ..base.terms import ID
from ..pipeline import CaseGraph
from ..store import Faults
from .group import examples
from .options import (
    internal_option,
    named_cases,
    publish_option,
    read_cases,
    redact_option,
    refuse_unsettled,
    split,
    store_argument,
    strict_option,
    tell,
    tell_unranked,
    yes_option,
)
from .progress import Counting

#: Where who is on a cast stays, by IRI.
Spots = Mapping[str, tuple[float, float]]


@contextmanager
def opened(name: str, command: str, *, may_remove: bool = False) -> Iterator[Any]:
    """The store of this name, to be changed or copied. Says so when a change was not whole at once."""
    from ..store.location import open_store

    if name == "memory":
        raise click.UsageError("A store in memory would end with this command. Name a folder or an address.")
    store = open_store(name, f"actorgraph {command}", may_remove=may_remove)
    try:
        yield store
    finally:
        store.close()
    if (requests := getattr(store, "requests", 1)) > 1:
        click.echo(f"The change took {requests} requests. Until the last one, others could see part of it.", err=True)


@click.command(
    epilog=examples("load stores/harbour harbour.trig", "load stores/all *.ttl.gz --graph https://example.org/g")
)
@store_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--replace", is_flag=True, help="Replace the store's content with these files.")
@click.option("--graph", metavar="IRI", help="Named graph for Turtle, N-Triples and RDF/XML.")
@strict_option
@yes_option
def load(store: str, files: tuple[Path, ...], replace: bool, graph: str | None, strict: bool, yes: bool) -> None:
    """Load RDF files of any size into a store, all of them or none.

    STORE is a folder, which is created if needed, or the address of a SPARQL server. FILE is Turtle, TriG, N-Triples,
    N-Quads, RDF/XML or JSON-LD, optionally compressed (.gz, .bz2, .xz). If several datasets of ours meet in the store,
    how their relationships stand is computed again from all statements.
    """
    from .. import ingest

    faults = Faults()
    with opened(store, "load", may_remove=yes) as place:
        with Counting() as counting:
            added, settled = ingest.load(
                place, files, replace=replace, graph=graph, progress=counting, faults=None if strict else faults
            )
        tell(faults)
        click.echo(f"{store}: {added:,} quads {'in all' if replace else f'added, {place.count():,} in all'}")
        if settled:
            click.echo("How relationships stand was computed again from all statements.")


@click.command(epilog=examples("add stores/all cases/harbour", "add stores/all cases/harbour cases/airfield"))
@store_argument
@click.argument("cases", nargs=-1, required=True, metavar="CASE...")
@internal_option
@redact_option
@publish_option
def add(store: str, cases: tuple[str, ...], internal: bool, redact: tuple[str, ...], publish: bool) -> None:
    """Add cases to a store, or replace their documents in it.

    Other documents stay. Only the relationships affected by the new statements are computed again. If the command is
    interrupted, the store is unchanged. Several cases are read in parallel, on all cores.
    """
    from .. import ingest

    with opened(store, "add") as place:
        parts = _parts(cases, internal=internal, publish=publish, withhold=split(redact))
        added = ingest.add_each(place, parts)
    click.echo(
        f"{store}: {many(len(added.documents), 'document')} added, {len(added.replaced)} of them replacing an earlier "
        f"version; {many(added.touched, 'relationship')} updated"
    )


def _parts(
    names: Sequence[str], *, internal: bool, publish: bool, withhold: Sequence[str]
) -> Iterator[Mapping[str, Collection[Quad]]]:
    """The evidence of cases: of each by itself, and of all together where one answers another or something is asked of
    all."""
    from .. import ingest
    from ..pipeline.side_by_side import evidence

    found = named_cases(names)
    if len(found) > 1 and not publish and not withhold:
        stamps: dict[str, Quad] = {}
        try:
            for part in evidence(found, internal=internal):
                # The last quad of a graph is its digest. Two cases of one id are a mistake, which is told below.
                if any(stamps.setdefault(graph, quads[-1]) != quads[-1] for graph, quads in part.items()):
                    break
                yield part
            else:
                return
        except CaseError:
            # It answers another one by the id of a statement, or is wrong: together, all that is wrong is told.
            pass
    case = read_cases(names, internal=internal, withhold=withhold)
    if publish:
        case.refuse_unfair()
    yield ingest.graphs_of(case.quads)


def put(case: CaseGraph, store: Any) -> None:
    """Let a store hold a case as it is now: its documents replaced, those that it has no more withdrawn."""
    from .. import ingest

    ingest.add(store, ingest.graphs_of(case.quads), instead=[f"{ID}{id_}/doc/" for id_ in case.case.ids])


@click.command(epilog=examples("remove stores/all bne-2025-03-17", 'remove stores/all "Harbour Gazette, 2 May 2024"'))
@store_argument
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
def remove(store: str, documents: tuple[str, ...]) -> None:
    """Remove documents from a store, by id, name or IRI.

    Their statements are removed, and what followed from them. Answers to them in other documents stay.
    """
    from .. import ingest
    from ..base.names import find

    with opened(store, "remove") as place:
        known = ingest.documents(place).values()
        gone = sorted({find(word, known, whole=True) for word in documents})
        left = ingest.answered(place, gone)
        change = ingest.add(place, {}, gone)
    click.echo(
        f"{store}: {many(len(gone), 'document')} removed; {many(change.touched, 'relationship')} updated"
        + (f"; {many(left, 'statement')} in other documents answered them" if left else "")
    )


@click.command(epilog=examples("settle stores/all"))
@store_argument
def settle(store: str) -> None:
    """Recompute how relationships stand.

    For a store that another program changed.
    """
    from .. import ingest

    with opened(store, "settle") as place:
        done = place.edit(ingest.settle)
    click.echo(f"{store}: {'computed again' if done else 'up to date'}")


@click.command(epilog=examples("backup stores/harbour harbour.nq.gz", "backup https://example.org/sparql all.nq"))
@store_argument
@click.argument("file", type=click.Path(path_type=Path))
def backup(store: str, file: Path) -> None:
    """Export a whole store as one N-Quads file.

    A file name that ends in .gz compresses it.
    """
    import gzip
    import io

    from ..base.files import write_by
    from ..store.files import count_line

    if not file.name.endswith((".nq", ".nq.gz")):
        raise click.UsageError(f"{file}: a backup is N-Quads. Name it {file.name.partition('.')[0]}.nq.gz.")
    quads = 0

    def dump(out: Any) -> None:
        nonlocal quads
        quads = place.dump(out)
        out.write(count_line(quads))

    def write(raw: Any) -> None:
        if file.suffix != ".gz":
            dump(raw)
            return
        with gzip.GzipFile("", "wb", 6, raw, 0) as packed, io.BufferedWriter(packed, 1 << 20) as out:
            dump(out)

    with opened(store, "backup") as place:
        write_by(file, write)
    click.echo(f"{file}: {quads:,} quads")


@click.command(epilog=examples("restore stores/harbour harbour.nq.gz"))
@store_argument
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
def restore(store: str, file: Path, yes: bool) -> None:
    """Replace the content of a store with a backup.

    An incomplete backup is refused, and so is an empty one unless you pass --yes.
    """
    from ..store.files import read_backup

    with opened(store, "restore", may_remove=yes) as place, Counting() as counting:
        quads = place.replace(read_backup(file, may_be_empty=yes, progress=counting))
    click.echo(f"{store}: {quads:,} quads in all")


def _setting_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each setting of the service, from its table."""
    from ..serve.settings import table

    for name, default, meaning, metavar in reversed(table()):
        flag = f"--{name.replace('_', '-')}"
        if isinstance(default, bool):
            command = click.option(flag, name, is_flag=True, help=meaning)(command)
        elif isinstance(default, tuple):
            command = click.option(flag, name, multiple=True, metavar=metavar, help=meaning)(command)
        else:
            command = click.option(
                flag, name, type=type(default), default=default, metavar=metavar, help=meaning,
                show_default=default not in ("", 0), envvar="ACTORGRAPH_TOKEN" if name == "token" else None,
            )(command)  # fmt: skip
    return command


def _fixed_limits() -> str:
    """The limits of the service that no option sets, for its help."""
    from ..serve.limits import TABLE

    lines = (f"{what}: {much}. If exceeded: {told}." for what, much, told in TABLE)
    wrapped = (textwrap.fill(line, 78, initial_indent="  ", subsequent_indent="    ") for line in lines)
    return "\b\nLimits that cannot be set:\n" + "\n".join(wrapped)


@click.command(
    epilog=_fixed_limits()
    + "\n\n"
    + examples(
        "serve",
        "serve cases/harbour --port 8080",
        "serve data.ttl",
        "serve stores/harbour --timeout 10",
        "serve https://example.org/sparql",
    )
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@internal_option
@strict_option
@_setting_options
def serve(sources: tuple[str, ...], internal: bool, strict: bool, **told: Any) -> None:
    """Serve SPARQL and the page until stopped with Ctrl-C.

    SOURCE is a store's folder, the address of a SPARQL server, RDF files, or cases. Without a SOURCE, the cases under
    cases/ are served. The service is read-only, unless you pass --writable and set a token.
    """
    from ..serve.server import run
    from ..serve.settings import Settings

    try:
        settings = Settings(**told)
    except ValueError as error:
        raise click.UsageError(str(error)) from error

    def ready(address: str) -> None:
        click.echo(f"Serving the page at {address} and SPARQL at {address}sparql. Press Ctrl-C to stop.")
        sys.stdout.flush()

    with _as_store(sources, internal=internal, strict=strict) as (store, places):
        run(store, settings, ready, lambda words: click.echo(words, err=True), places)


@contextmanager
def _as_store(sources: Sequence[str], *, internal: bool, strict: bool) -> Iterator[tuple[str, Spots]]:
    """What was named as a folder or an address that can be served; a case or a file as a folder of its own, for now.

    With it the places that cases keep for who is on their cast.
    """
    from ..store import Folder
    from ..store.folder import is_folder
    from ..store.interface import is_address
    from ..store.location import open_store

    if len(sources) == 1 and (is_address(sources[0]) or is_folder(Path(sources[0]))):
        if not is_address(sources[0]):
            with closing(open_store(sources[0])) as kept:
                refuse_unsettled(kept, sources[0])
                tell_unranked(kept, sources[0])
        yield sources[0], {}
        return
    with tempfile.TemporaryDirectory(prefix="actorgraph-") as place:
        folder = Path(place) / "store"
        places = _fill(Folder(folder, "actorgraph serve"), sources, internal=internal, strict=strict)
        yield str(folder), places


def _fill(store: Any, sources: Sequence[str], *, internal: bool, strict: bool) -> Spots:
    """The content of cases or RDF files into a new store; of files that are not ours, what is drawn of them.

    What comes back are the places of `_as_store`.
    """
    from .. import ingest
    from ..foreign.reading import are_ours, quads
    from ..network.part import WHOLE
    from ..store import format_of

    paths = [Path(source) for source in sources]
    files = [path for path in paths if path.is_file() and format_of(path)]
    if files and len(files) < len(paths):
        raise click.UsageError("Name either cases or RDF files, not both.")
    if not files:
        read = read_cases(sources, internal=internal)
        store.replace(read.store)
        if len(read.case.propositions) > WHOLE:
            ingest.indexed(store)
        return read.about.places.cast
    faults = Faults()
    asked = None if strict else faults
    if are_ours(files):
        ingest.load(store, files, replace=False, graph=None, progress=None, faults=asked)
    else:
        store.replace(quads(files, asked))
    tell(faults)
    return {}
