"""Commands that write files: build, draw, export, and the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ..base.errors import CaseError
from ..base.garbage import paused
from ..base.names import many
from ..pipeline import CaseGraph
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
    yes_option,
)  # fmt: skip
from .progress import Progress
from .stores import opened


@click.command(
    epilog=examples(
        "build", "build cases/harbour --lang es", "build cases/a cases/b --out both", "build --store stores/all"
    )
)
@cases_argument
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder to write to.")
@internal_option
@redact_option
@publish_option
@since_option
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language in which the page opens.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@click.option("--store", metavar="STORE", help="Also let this folder or SPARQL server hold the dataset, nothing else.")
@yes_option
def build(
    cases: tuple[str, ...],
    out: Path,
    internal: bool,
    redact: tuple[str, ...],
    publish: bool,
    since: str | None,
    lang: str,
    as_json: bool,
    **keep: Any,
) -> None:
    """Build, check and draw into dataset.trig and graph.html.

    Cases named together become one dataset. Nothing is written when anything is wrong.
    """
    from ..base.files import written_together

    with paused(), Progress("reading", "checking", "making the dataset", "drawing", "writing") as progress:
        progress.step()
        case = read_cases(cases, internal=internal, withhold=split(redact))
        progress.step()
        if publish:
            case.refuse_unfair()
        findings = case.shapes()
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise CaseError(errors)
        progress.step()
        dataset = case.trig
        progress.step()
        page = case.page(lang, since)
        progress.step()
        with written_together({out / "dataset.trig": dataset, out / "graph.html": page}):
            if keep["store"]:
                with opened(keep["store"], "build", may_remove=keep["yes"]) as store:
                    store.replace(case.quads)
    if as_json:
        files = {"dataset": str(out / "dataset.trig"), "page": str(out / "graph.html")}
        files |= {"store": keep["store"]} if keep["store"] else {}
        click.echo(json.dumps({**asdict(case.figures), **files, "warnings": len(findings)}, indent=1))
        return
    click.echo(_summary_text(case, cases))
    if findings:
        click.echo(f"{'Warnings':<18} {len(findings):>5}   actorgraph check lists them")
    click.echo(f"\nOpen  {(out / 'graph.html').resolve().as_uri()}\nData  {out / 'dataset.trig'}")
    if keep["store"]:
        click.echo(f"Store {keep['store']}")


def _summary_text(case: CaseGraph, named: Sequence[str]) -> str:
    """The figures as lines; `named` are the cases as the user named them, for the queries that list more."""
    from ..yaml.forms import in_language

    n = case.figures
    ask = " ".join(["actorgraph query", *named])
    mentions = f"; {many(n.mentions, 'mention')} beside them" if n.mentions else ""
    unattributed = f"{many(n.unattributed, 'statement')} with no named speaker"
    accusations = f"{many(n.unanswered_accusations, 'accusation')} among them"
    lines = [
        ("Actors", n.actors, f"and {n.things} events, sums, places, texts and ideas"),
        ("Relationships", n.relationships, f"{n.accepted or 'none'} confirmed by the editors"),
        ("Statements", n.statements, f"in {many(n.documents, 'document')}{mentions}"),
        ("Speakers", n.speakers, unattributed if n.unattributed else "every statement has one"),
        ("Denied", n.denied, f"somebody denies or disputes it: {ask} denied"),
        ("Not yet so", n.not_yet, f"planned, expected, possible, required or conditional: {ask} planned"),
        ("Single source", n.single_source, f"one independent source: {ask} single-origin"),
        ("Without an answer", n.unanswered, f"{accusations}: {ask} unanswered"),
    ]
    title = in_language(case.case.title, "en")
    return "\n".join([title, *(f"{name:<18} {count:>5,}   {words}" for name, count, words in lines)])


@click.command(epilog=examples("draw", "draw cases/harbour --lang es --out harbour.html", "draw people.ttl"))
@cases_argument
@click.option("--out", type=click.Path(path_type=Path), default="out/graph.html", show_default=True, help="File.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language in which the page opens.")
@internal_option
@redact_option
@publish_option
@since_option
def draw(
    cases: tuple[str, ...],
    out: Path,
    lang: str,
    internal: bool,
    redact: tuple[str, ...],
    publish: bool,
    since: str | None,
) -> None:
    """Draw only: one HTML file.

    It opens from disk and asks nothing of any network. RDF files are drawn, too: what stands in one that is not ours is
    shown as standing there, with nobody named as saying so unless the file names a source.
    """
    from ..base.files import write_whole
    from ..pipeline import load
    from ..store import format_of

    files = [Path(case) for case in cases]
    if files and all(format_of(file) and not file.is_dir() for file in files):
        if internal or redact or publish or since:
            raise click.UsageError("--internal, --redact, --publish and --since are for cases, not for RDF files.")
        load(*files).draw(out, language=lang)
        click.echo(f"Open  {out.resolve().as_uri()}")
        return
    with Progress("reading", "drawing", "writing") as progress:
        progress.step()
        case = read_cases(cases, internal=internal, withhold=split(redact))
        if publish:
            case.refuse_unfair()
        progress.step()
        page = case.page(lang, since)
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
@click.option("--format", "form", type=click.Choice(FORMATS), help="Left out: by the suffix of --out.")
@click.option(
    "--out", type=click.Path(path_type=Path, allow_dash=True), default="-", help="File. Left out: standard output."
)
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of csv and of labels in gexf.")
@internal_option
@redact_option
def export(
    cases: tuple[str, ...], form: str | None, out: Path, lang: str, internal: bool, redact: tuple[str, ...]
) -> None:
    """Write everything in another format, for another program.

    \b
    trig       RDF, everything, with named graphs
    nquads     RDF, everything, one quad a line
    turtle     RDF without named graphs
    jsonld     RDF as JSON, with named graphs
    rdf12      RDF 1.2: each proposition reifies its triple term (--out x.nq: N-Quads)
    graphml    the network, for yEd, Gephi, Cytoscape
    node-link  the network as JSON, for networkx and d3
    gexf       the network, for Gephi
    csv        one row a statement, for spreadsheets
    """
    from .. import export as exporting
    from ..base.files import write_whole

    if form is None:
        form = next((name for name, (suffix, _) in exporting.FORMATS.items() if suffix == out.suffix), None)
        if form is None:
            raise click.UsageError(f"Which format? Write --format with one of {', '.join(FORMATS)}.")
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
    """Print or write the vocabulary as Turtle.

    It is made from ontology/vocabulary.yaml.
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
