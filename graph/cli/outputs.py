"""Commands that write files: build, draw, export, and the vocabulary."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..base.errors import CaseError
from ..base.garbage import paused
from ..pipeline import ActorGraph
from .group import examples
from .options import (
    LANGUAGES,
    cases_argument,
    internal_option,
    many,
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
    from ..base.files import write_whole

    with paused(), Progress("reading", "checking", "making the dataset", "drawing", "writing") as progress:
        progress.step()
        case = read_cases(cases, internal=internal, withhold=split(redact))
        progress.step()
        if publish:
            case.refuse_unfair()
        findings = case.check()
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise CaseError(errors)
        progress.step()
        dataset = case.trig
        progress.step()
        page = case.page(lang, since)
        progress.step()
        if keep["store"]:
            with opened(keep["store"], "build", may_remove=keep["yes"]) as store:
                store.replace(case.quads)
        write_whole(out / "dataset.trig", dataset)
        write_whole(out / "graph.html", page)
    counted = summary(case)
    if as_json:
        files = {"dataset": str(out / "dataset.trig"), "page": str(out / "graph.html")}
        files |= {"store": keep["store"]} if keep["store"] else {}
        click.echo(json.dumps({**counted, **files, "warnings": len(findings)}, indent=1))
        return
    click.echo(_summary_text(case, counted, cases))
    if findings:
        click.echo(f"{'Warnings':<18} {len(findings):>5}   actorgraph check lists them")
    click.echo(f"\nOpen  {(out / 'graph.html').resolve().as_uri()}\nData  {out / 'dataset.trig'}")
    if keep["store"]:
        click.echo(f"Store {keep['store']}")


def summary(edition: ActorGraph) -> dict[str, int]:
    """What an editor wants to know of an edition, counted. The named queries of the same names list what is counted."""
    case, dockets = edition.case, edition.dockets.by_proposition
    agents = {iri for iri, actor in case.actors.items() if case.vocabulary.kinds[actor.kind].agent}
    claims = [claim for claim in case.claims if claim.stance != "mentioned"]
    heard: dict[str, set[str | None]] = {}
    answered: set[str] = set()
    for claim in claims:
        if claim.stance != "declined":
            heard.setdefault(claim.proposition, set()).update((claim.originator, claim.speaks_for))
        if claim.reply is not None and claim.reply.answer and edition.internal:
            answered.add(claim.proposition)
    alleging = {claim.iri for claim in claims if claim.stance == "alleged"}
    unanswered = []
    for iri, docket in dockets.items():
        proposition = case.propositions[iri]
        about = {end for end in (proposition.subject, proposition.third) if isinstance(end, str)} & agents
        if docket.affirmed_by and not docket.opposed_by and iri not in answered and about - heard.get(iri, set()):
            unanswered.append(docket)
    return {
        "actors": len(agents),
        "things": len(case.actors) - len(agents),
        "relationships": len(dockets),
        "statements": len(claims),
        "documents": len(case.documents),
        "speakers": len({claim.originator for claim in claims if claim.originator}),
        "unstated": sum(claim.originator is None for claim in claims),
        "denied": sum(bool(docket.opposed_by) for docket in dockets.values()),
        "single_source": sum(len(docket.origins) == 1 for docket in dockets.values()),
        "unanswered": len(unanswered),
        "accusations": sum(d.sensitive or any(c in alleging for c in d.affirmed_by) for d in unanswered),
        "accepted": sum(docket.line == "accepted" for docket in dockets.values()),
    }


def _summary_text(edition: ActorGraph, counted: dict[str, int], cases: Sequence[str]) -> str:
    from ..yaml.forms import in_language

    n = counted
    ask = " ".join(["actorgraph query", *cases])
    unstated = f"{many(n['unstated'], 'statement')} without a named speaker"
    accusations = f"{many(n['accusations'], 'accusation')} among them"
    lines = [
        ("Actors", n["actors"], f"and {n['things']} events, sums, places, texts and ideas"),
        ("Relationships", n["relationships"], f"{n['accepted'] or 'none'} confirmed by the editors"),
        ("Statements", n["statements"], f"in {many(n['documents'], 'document')}"),
        ("Speakers", n["speakers"], unstated if n["unstated"] else "every statement has one"),
        ("Denied", n["denied"], f"somebody denies or disputes it: {ask} denied"),
        ("Single source", n["single_source"], f"one independent source: {ask} single-origin"),
        ("Without an answer", n["unanswered"], f"{accusations}: {ask} unanswered"),
    ]
    title = in_language(edition.case.title, "en")
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
    from ..pipeline import page_of_files
    from ..store import format_of

    files = [Path(case) for case in cases]
    if files and all(format_of(file) and not file.is_dir() for file in files):
        if internal or redact or publish or since:
            raise click.UsageError("--internal, --redact, --publish and --since are for cases, not for RDF files.")
        write_whole(out, page_of_files(files, lang))
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
            sys.stdout.buffer.write(data)
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
    from ..export import turtle
    from ..vocabulary import is_mirror, quads, standard

    every = list(quads(standard()))
    if not write:
        sys.stdout.buffer.write(turtle(every))
        return
    for name, mirrors in (("actors.ttl", False), ("mirrors.ttl", True)):
        path = ontology() / name
        write_whole(path, turtle(quad for quad in every if is_mirror(quad.subject) is mirrors))
        click.echo(f"{path}: written.")
