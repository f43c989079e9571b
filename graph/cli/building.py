"""The command build, as a job whose steps `build_graph.py` spells out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.errors import CaseError
from ..base.garbage import paused
from ..base.names import many
from ..pipeline import CaseGraph
from .group import examples
from .options import (
    LANGUAGES,
    cases_argument,
    internal_option,
    publish_option,
    read_cases,
    redact_option,
    since_option,
    split,
)  # fmt: skip
from .progress import Progress
from .stores import opened, put

if TYPE_CHECKING:
    from pyvis.network import Network


@dataclass(frozen=True)
class Job:
    """What build was asked for, and its steps as far as the options change them or the user is told of them."""

    cases: tuple[str, ...]
    out: Path
    internal: bool
    redact: tuple[str, ...]
    publish: bool
    since: str | None
    lang: str
    as_json: bool
    store: str | None
    progress: Progress

    def load(self) -> CaseGraph:
        """Reads the cases. Raises `CaseError` when one is wrong."""
        self.progress.step()
        return read_cases(self.cases, internal=self.internal, withhold=split(self.redact))

    def check(self, case: CaseGraph) -> None:
        """Raises `CaseError` when the dataset breaks a rule, or may not be published though it was asked for."""
        self.progress.step()
        if self.publish:
            case.refuse_unfair()
        errors = [finding for finding in case.shapes if finding.severity == "error"]
        if errors:
            raise CaseError(errors)
        self.progress.step()

    def draw(self, case: CaseGraph, network: Network) -> str:
        """The page, drawn from a network of pyvis."""
        self.progress.step()
        return case.page(self.lang, self.since, network)

    def write(self, case: CaseGraph, dataset: bytes, page: str) -> None:
        """Writes the dataset in both forms, the page, and the store when there is one, whole or not at all."""
        from ..base.files import written_together
        from ..dataset.opening import opening

        self.progress.step()
        files: dict[Path, bytes | str] = {
            self.out / "dataset.trig": opening(graphs=True) + dataset,
            self.out / "dataset.ttl": opening(graphs=False) + case.turtle,
            self.out / "graph.html": page,
            self.out / "graph.svg": case.svg(self.lang),
        }
        with written_together(files):
            if self.store:
                with opened(self.store, "build") as store:
                    put(case, store)

    def report(self, case: CaseGraph) -> str:
        """What was made, for the terminal."""
        page, data = self.out / "graph.html", self.out / "dataset.trig"
        if self.as_json:
            files = {"dataset": str(data), "page": str(page)} | ({"store": self.store} if self.store else {})
            return json.dumps({**asdict(case.figures), **files, "warnings": len(case.shapes)}, indent=1)
        lines = [_summary_text(case, self.cases)]
        if case.shapes:
            lines.append(f"{'Warnings':<18} {len(case.shapes):>5}   listed by actorgraph check")
        lines += ["", f"Open  {page.resolve().as_uri()}", f"Data  {data}"]
        return "\n".join([*lines, *([f"Store {self.store}"] if self.store else [])])


def steps(job: Job) -> CaseGraph:
    """The main job: load, check, dataset, network, draw."""
    case = job.load()
    job.check(case)
    dataset = case.trig
    network = case.pyvis(job.lang)
    page = job.draw(case, network)
    job.write(case, dataset, page)
    return case


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
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--store", metavar="STORE", help="Also write the cases to this store (folder or address).")
@click.pass_context
def build(context: click.Context, /, **asked: Any) -> None:
    """Check cases and write the dataset and the page.

    Writes dataset.trig, dataset.ttl, graph.html and graph.svg. Several cases become one dataset. If there is an
    error, nothing is written. With --store, the cases' documents replace their earlier versions in the store; other
    documents stay.
    """
    do: Callable[[Job], CaseGraph] = context.obj or steps
    with paused(), Progress("reading", "checking", "making the dataset", "drawing", "writing") as progress:
        job = Job(**asked, progress=progress)
        case = do(job)
    click.echo(job.report(case))


def _summary_text(case: CaseGraph, named: Sequence[str]) -> str:
    """The figures as lines; `named` are the cases as the user named them, for the queries that list more."""
    from ..yaml.forms import in_language

    n = case.figures
    ask = " ".join(["actorgraph query", *named])
    mentions = f"; also {many(n.mentions, 'mention')}" if n.mentions else ""
    unattributed = f"{many(n.unattributed, 'statement')} with no named speaker"
    accusations = f"including {many(n.unanswered_accusations, 'accusation')}"
    lines = [
        ("Actors", n.actors, f"and {n.things} events, sums, places, texts and ideas"),
        ("Relationships", n.relationships, f"{n.accepted or 'none'} confirmed by the editors"),
        ("Statements", n.statements, f"in {many(n.documents, 'document')}{mentions}"),
        ("Speakers", n.speakers, unattributed if n.unattributed else "every statement has one"),
        ("Denied", n.denied, f"somebody denies or disputes it: {ask} denied"),
        ("Not yet so", n.not_yet, f"planned, expected, possible, required or conditional: {ask} planned"),
        ("Single source", n.single_source, f"rest on one independent source: {ask} single-origin"),
        ("Without an answer", n.unanswered, f"{accusations}: {ask} unanswered"),
    ]
    title = in_language(case.case.title, "en")
    return "\n".join([title, *(f"{name:<18} {count:>5,}   {words}" for name, count, words in lines)])
