"""Commands that read and answer: query, path, diff, legal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from ..base.errors import ActorgraphError, QueryError
from .group import examples, json_text, write_data
from .options import LANGUAGES, cases_argument, internal_option, read_cases, refuse_unsettled, strict_option, tell

#: A relationship of ours, if there is any.
_OURS = "SELECT ?p { ?p a ag:Proposition } LIMIT 1"


@click.command(
    epilog=examples(
        "query --list",
        "query denied",
        'query cases/harbour said-of --set actor="Port Authority"',
        "query out/dataset.trig money --format csv",
        "query https://example.org/sparql denied",
        "query 'SELECT ?name { ?a ag:kind kind:person ; rdfs:label ?name }'",
    )
)
@click.argument("words", nargs=-1, metavar="[SOURCE]... QUERY")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter; repeatable.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "turtle"]), default="table", show_default=True,
    help="Format of the answer. In a terminal, a table is fitted to its width.",
)  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="List the named queries and their parameters.")
@internal_option
@strict_option
def query(
    words: tuple[str, ...], settings: tuple[str, ...], form: str, listing: bool, internal: bool, strict: bool
) -> None:
    """Run a SPARQL query.

    QUERY is the name of a query, a .rq file, - for standard input, or the text of a query. SOURCE is a case, an RDF
    file, a store's folder, or the address of a SPARQL server. Without a SOURCE, the cases under cases/ are queried.
    """
    from ..base.offline import is_walled
    from ..query import sparql as asking
    from ..query.empty import why

    if listing:
        click.echo(_listing(asking.named().values()))
        return
    if not words:
        raise click.UsageError("No query given. Use actorgraph query --list to see the named ones.")
    parameters = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f'--set {setting} has no value. Write --set {name}="…".')
        parameters[name.removeprefix("?")] = value
    text = _query_text(words[-1])
    named = not (words[-1] == "-" or words[-1].endswith(".rq") or text is words[-1])
    if not named and not is_walled():
        click.echo(
            "Network: this system cannot keep the query offline. SERVICE is refused from the query's text alone.",
            err=True,
        )
    store, prefixes = _opened(words[:-1], internal=internal, strict=strict, named=named)
    with closing(store):
        result = asking.run(store, text, parameters)
        if named and not result.rows and not asking.run(store, _OURS, {}).rows:
            raise QueryError(
                f"{' '.join(words[:-1])}: contains no data in our vocabulary, which {words[-1]} needs. Use SPARQL."
            )
        reason = why(store, text, parameters) if result.is_empty else ""
    # A limit that the user wrote is no news.
    if named and (most := asking.limit(text)) and len(result.rows) >= most:
        click.echo(f"Stopped after {most:,} rows; there may be more. Set a parameter to narrow the query.", err=True)
    if form == "table":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        if result.variables and not result.rows:
            click.echo(f"No results. {reason or 'Use actorgraph query search to find names.'}", err=True)
            return
        click.echo(asking.as_table(result, width, prefixes), nl=False)
    else:
        writers: dict[str, Callable[[asking.Result], str]] = {
            "csv": asking.as_csv, "json": asking.as_json, "turtle": asking.as_turtle,
        }  # fmt: skip
        write_data(writers[form](result))
    if reason:
        click.echo(reason, err=True)


def _query_text(word: str) -> str:
    from ..query import sparql as asking

    if word == "-":
        return sys.stdin.read()
    if word.endswith(".rq"):
        return asking.read(Path(word)).text
    return asking.find(word).ordered if asking.is_name(word) else word


def _opened(sources: Sequence[str], *, internal: bool, strict: bool, named: bool) -> tuple[Any, dict[str, str]]:
    """A store with what was named, and the prefixes to show it with."""
    from .. import ingest
    from ..base.terms import PREFIXES
    from ..dataset import prefixes_used
    from ..foreign.reading import are_ours
    from ..pipeline import load
    from ..store import Faults, Memory, format_of, read_files
    from ..store.folder import is_folder
    from ..store.interface import is_address
    from ..store.location import open_store

    paths = [Path(source) for source in sources]
    if len(sources) == 1 and (is_address(sources[0]) or is_folder(paths[0])):
        store = open_store(sources[0])
        refuse_unsettled(store, sources[0])
        return store, PREFIXES
    if named and paths and all(map(format_of, paths)) and not are_ours(paths):
        read = load(*paths, strict=strict)
        tell(read.faults)
        click.echo(f"{' '.join(sources)}: not in our vocabulary; querying what was converted from it.", err=True)
        return Memory(read.everything), PREFIXES
    if paths and all(map(format_of, paths)):
        faults = Faults()
        files = Memory(read_files(paths, None if strict else faults))
        tell(faults)
        ingest.settle_files(files, paths)
        return files, PREFIXES
    case = read_cases(sources, internal=internal)
    return Memory(case.store), prefixes_used(case.case)


def _listing(queries: Any) -> str:
    lines = []
    for one in queries:
        lines.append(f"{one.name:<18} {one.title}")
        lines += [
            f"{'':<18}   --set {parameter.name}={'|'.join(parameter.choices) or '…'}  {parameter.meaning}"
            for parameter in one.parameters
            if parameter.name != "lang"
        ]
    return "\n".join([*lines, "", "For answers in Spanish, add --set lang=es to any of them."])


@click.command(
    epilog=examples(
        "path cristosal bukele", 'path "Port Authority" Norvik cases/harbour --sensitive', "path a b --through state"
    )
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@cases_argument
@click.option("--sensitive", is_flag=True, help="Also follow relationships that could defame somebody.")
@click.option("--disputed", is_flag=True, help="Also follow relationships that somebody denies.")
@click.option("--not-yet", is_flag=True, help="Also follow what is planned, expected, possible or required.")
@click.option(
    "--through", multiple=True, type=click.Choice(["state", "place", "post", "document", "concept", "speaker"]),
    help="Also pass through these; speaker means whoever speaks about both.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Maximum number of paths.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths as JSON.")
def path(first: str, second: str, cases: tuple[str, ...], lang: str, limit: int, as_json: bool, **walk: Any) -> None:
    """Show how two actors are connected.

    Shows the statements behind each step. A and B are ids, names or aliases. Relationships that are only denied,
    asked about or rejected are never followed.
    """
    from ..pipeline import load
    from ..store import format_of

    files = [Path(case) for case in cases]
    if files and all(map(format_of, files)):
        read = load(*files)
        tell(read.faults)
        found = read.paths(first, second, limit=limit, **walk)
    else:
        found = read_cases(cases).paths(first, second, limit=limit, **walk)
    if as_json:
        click.echo(json_text([one.record() for one in found]))
    else:
        click.echo(found.text(lang))


@click.command(epilog=examples("diff out/old.html out/graph.html", "diff old.trig cases/harbour --json"))
@click.argument("old")
@click.argument("new")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
def diff(old: str, new: str, lang: str, as_json: bool) -> None:
    """Show what changed between two versions.

    OLD and NEW are pages, RDF files or cases. Lists the statements that were added, removed or changed, and the
    relationships whose status changed. Exit code: 0 if nothing changed, 1 if something did, 2 if one cannot be read.
    """
    from ..diff.compare import compare
    from ..diff.text import record, text
    from ..pipeline import snapshot
    from ..store import format_of

    try:
        alike = all(format_of(Path(name)) for name in (old, new))
        difference = compare(snapshot(old, alike=alike), snapshot(new, alike=alike))
    except ActorgraphError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(2) from error
    if as_json:
        click.echo(json_text(record(difference)))
    else:
        click.echo(text(difference, lang))
    if difference:
        raise click.exceptions.Exit(1)


@click.command(epilog=examples("legal cases/harbour", "legal cases/harbour --lang es | lp"))
@cases_argument
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def legal(cases: tuple[str, ...], lang: str, as_json: bool) -> None:
    """List what could defame somebody, for a lawyer.

    Shows every such relationship with its sentence, who says it, how it reached us, who denies it, our request for a
    reply, and the basis.
    """
    from .. import legal as law

    case = read_cases(cases)
    if as_json:
        click.echo(json_text([law.record(row) for row in law.sheet(case.case, case.dockets)]))
    else:
        click.echo(case.legal(lang))
