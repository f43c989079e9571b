"""Commands that write files: draw, export, and the vocabulary. `building` has the largest, build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..base.errors import QueryError
from ..words import message
from .group import examples, write_data
from .options import (
    LANGUAGES,
    cases_argument,
    internal_option,
    publish_option,
    read_cases,
    redact_option,
    since_option,
    split,
    strict_option,
    tell,
)  # fmt: skip
from .progress import Progress


@click.command(
    epilog=examples("draw", "draw cases/harbour --lang es --out harbour.html", "draw --svg", "draw people.ttl")
)
@cases_argument
@click.option("--out", type=click.Path(path_type=Path), help="File to write.  [default: out/graph.html or .svg]")
@click.option("--svg", is_flag=True, help="Draw a still picture of the cast instead of the page.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language in which the page opens.")
@internal_option
@redact_option
@publish_option
@since_option
@strict_option
def draw(
    cases: tuple[str, ...], out: Path | None, svg: bool, lang: str, since: str | None, strict: bool, **asked: Any
) -> None:
    """Draw only the page, or a still picture.

    The page is one HTML file; --svg draws the picture instead. The page opens from disk and makes no network
    requests. RDF files can be drawn, too: triples of files in other vocabularies are shown as standing in the file,
    with a speaker only where the file names a source.
    """
    from ..base.files import write_whole
    from ..pipeline import load
    from ..store import format_of

    if svg and since:
        raise click.UsageError("--since marks changes in the page and cannot be used with --svg.")
    out = out or Path("out/graph.svg" if svg else "out/graph.html")
    files = [Path(case) for case in cases]
    if files and all(format_of(file) and not file.is_dir() for file in files):
        if since or any(asked.values()):
            raise click.UsageError("--internal, --redact, --publish and --since are for cases, not for RDF files.")
        with Progress("reading", "drawing", "writing") as progress:
            progress.step()
            drawn = load(*files, strict=strict)
            progress.step()
            page = drawn.svg(lang) if svg else drawn.page(lang)
            progress.step()
            write_whole(out, page)
        tell(drawn.faults)
        if drawn.shortened:
            click.echo(drawn.shortened, err=True)
        click.echo(f"Open  {out.resolve().as_uri()}")
        return
    with Progress("reading", "drawing", "writing") as progress:
        progress.step()
        case = read_cases(cases, internal=asked["internal"], withhold=split(asked["redact"]))
        if asked["publish"]:
            case.refuse_unfair()
        progress.step()
        page = case.svg(lang) if svg else case.page(lang, since)
        progress.step()
        write_whole(out, page)
    click.echo(f"Open  {out.resolve().as_uri()}")


FORMATS = ("trig", "nquads", "turtle", "jsonld", "rdf12", "graphml", "node-link", "gexf", "csv")


@click.command(
    epilog=examples(
        "export --format csv --out statements.csv",
        "export cases/harbour --out harbour.graphml",
        "export cases/harbour --format rdf12 | less",
    )
)
@cases_argument
@click.option("--format", "form", type=click.Choice(FORMATS), help="Output format.  [default: by the suffix of --out]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="File to write.  [default: standard output]",
)
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of csv and of labels in gexf.")
@internal_option
@redact_option
def export(
    cases: tuple[str, ...], form: str | None, out: Path, lang: str, internal: bool, redact: tuple[str, ...]
) -> None:
    """Export a case to another format.

    \b
    trig       RDF, everything, with named graphs
    nquads     RDF, everything, one quad per line
    turtle     RDF without named graphs
    jsonld     RDF as JSON, with named graphs
    rdf12      RDF 1.2, where each proposition reifies its triple term (--out x.nq: N-Quads)
    graphml    the network, for yEd, Gephi, Cytoscape
    node-link  the network as JSON, for networkx and d3
    gexf       the network, for Gephi
    csv        one row per statement, for spreadsheets
    """
    from .. import export as exporting
    from ..base.files import write_whole

    if form is None:
        form = next((name for name, (suffix, _) in exporting.FORMATS.items() if suffix == out.suffix), None)
        if form is None:
            raise click.UsageError(f"No format given. Use --format with one of {', '.join(FORMATS)}.")
    with Progress("reading", "exporting", "writing") as progress:
        progress.step()
        case = read_cases(cases, internal=internal, withhold=split(redact))
        progress.step()
        data = case.exported(form, out.suffix, lang)
        progress.step()
        if str(out) == "-":
            write_data(data)
        else:
            write_whole(out, data)
    if form in exporting.LOST:
        click.echo(exporting.LOST[form], err=True)


@click.command(epilog=examples("vocabulary | less", "vocabulary --write"))
@click.option("--write", is_flag=True, help="Write ontology/actors.ttl and mirrors.ttl instead of printing it.")
def vocabulary(write: bool) -> None:
    """Print the vocabulary as Turtle.

    The vocabulary is defined in ontology/vocabulary.yaml.
    """
    from ..base.files import write_whole
    from ..base.resources import ontology
    from ..export.rdf import turtle
    from ..vocabulary.owl import is_mirror, quads
    from ..vocabulary.reader import standard

    every = list(quads(standard()))
    if not write:
        write_data(turtle(every))
        return
    for name, mirrors in (("actors.ttl", False), ("mirrors.ttl", True)):
        path = ontology() / name
        write_whole(path, turtle(quad for quad in every if is_mirror(quad.subject) is mirrors))
        click.echo(f"{path}: written.")


#: As many as fit on a screen.
MOST_HITS = 12


@click.command(epilog=examples("relations buy", "relations detener --lang es"))
@click.argument("word")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the text.")
def relations(word: str, lang: str) -> None:
    """Find the frame or relation for a word.

    WORD is a verb, a name or part of a meaning. Shows the parts of each, its direction, an example, and whether it
    could defame somebody. Searches English and Spanish.
    """
    from ..vocabulary.finding import described, search
    from ..vocabulary.frames import frames
    from ..vocabulary.reader import standard

    hits = search(word, standard(), frames())
    if not hits:
        raise QueryError(message(lang, "relations.none", word=word))
    click.echo("\n".join(described(hit, lang) for hit in hits[:MOST_HITS]))
