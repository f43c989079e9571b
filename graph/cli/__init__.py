"""The command line. Each command imports what it runs when it runs it, which keeps the others quick.

Exit codes: 0 when all is well, 1 for findings or an error that the user can mend, 2 for a command that was written
wrongly, 130 when it was interrupted. What was asked for goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import click

from ..base.errors import ActorgraphError, CaseError, Finding
from ..base.garbage import paused
from ..pipeline import Edition

CASES = Path("cases")
LANGUAGE = click.Choice(["en", "es"])


class _Commands(click.Group):
    """The commands, in the order in which one needs them. Errors a user can mend are lines, never a traceback."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        code = 0
        try:
            super().invoke(ctx)
            # A full disk or a closed pipe shows here, not while Python shuts down.
            sys.stdout.flush()
        except ActorgraphError as error:
            click.echo(str(error), err=True)
            code = 1
        except KeyboardInterrupt:
            click.echo("Interrupted. Nothing is half written.", err=True)
            code = 130
        except BrokenPipeError:
            _close_output()
        except OSError as error:
            _close_output()
            where = error.filename or "standard output"
            click.echo(f"{where}: {error.strerror or error}. Check the path, its permissions and the space.", err=True)
            code = 1
        if code:
            ctx.exit(code)


def _close_output() -> None:
    """What is still to be written has nowhere to go: without this, Python would say so when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  actorgraph {line}" for line in lines)


class _Progress:
    """Shows where a long job is: a bar on a terminal, plain lines elsewhere, and nothing in the first second."""

    PATIENCE = 1.0

    def __init__(self, *steps: str) -> None:
        self.steps = steps
        self.at = -1
        self.shown = False
        self.bar = sys.stderr.isatty()
        self.timer = threading.Timer(self.PATIENCE, self._begin)
        self.timer.daemon = True
        self.lock = threading.Lock()

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        with self.lock:
            if self.shown and self.bar:
                click.echo("\r\x1b[2K", nl=False, err=True)
            self.shown = False

    def step(self) -> None:
        """The next step begins."""
        with self.lock:
            self.at += 1
            if self.shown:
                self._show()

    def _begin(self) -> None:
        with self.lock:
            self.shown = True
            self._show()

    def _show(self) -> None:
        done, of = max(self.at, 0), len(self.steps)
        if self.bar:
            click.echo(f"\r\x1b[2K[{'█' * (20 * done // of):20}] {self.steps[done]}", nl=False, err=True)
        else:
            click.echo(f"{done + 1}/{of} {self.steps[done]}", err=True)


class _Counting:
    """Says how many quads there are so far: one line, renewed, on a terminal; elsewhere a line now and then."""

    def __init__(self) -> None:
        self.bar = sys.stderr.isatty()
        self.pause = 0.5 if self.bar else 10.0
        self.begun = self.said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar and self.said > self.begun:
            click.echo("\r\x1b[2K", nl=False, err=True)

    def __call__(self, count: int) -> None:
        now = time.monotonic()
        if now - self.said < self.pause:
            return
        self.said = now
        words = f"{count:,} quads, {count / (now - self.begun):,.0f} a second"
        click.echo(f"\r\x1b[2K{words}" if self.bar else words, nl=not self.bar, err=True)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_examples("new harbour", "check cases/harbour", "build", 'query said-of --set actor="Port Authority"'),
)
@click.version_option(package_name="actorgraph", message="%(package)s %(version)s")
def main() -> None:
    """From sourced statements to a checked dataset and a drawn network: who said what about whom, and where.

    A case is a folder of YAML files. Without a case, commands take those under cases/.
    """


# --- reading


def _named(paths: Sequence[str]) -> list[Path]:
    """The cases that were named; a folder of cases stands for all in it. Without any, those under cases/."""
    from ..case.reader import find_cases

    if not paths and not CASES.is_dir():
        raise CaseError([Finding(str(CASES), 0, "is not here.", "Name a case, or make one: actorgraph new NAME.")])
    found = [case for path in paths or [str(CASES)] for case in find_cases(Path(path))]
    if not found:
        raise CaseError([Finding(str(CASES), 0, "holds no case.", "Make one: actorgraph new NAME.")])
    return list(dict.fromkeys(found))


def _edition(paths: Sequence[str], *, internal: bool = False, withhold: Sequence[str] = ()) -> Edition:
    """What was named, read together. A case with confidential parts is read only when it is named.

    `withhold`: whom or what to leave out, by id or name; what was done is told on standard error.
    """
    from ..pipeline import load
    from ..redaction.protection import is_confidential

    cases = _named(paths)
    edition = load(*cases, internal=internal, withhold=withhold)
    if paths or not is_confidential(edition.case):
        return _reported(edition, withhold)
    # Which of them it is shows when each is read by itself.
    public = [case for case in cases if not is_confidential(load(case).case)]
    for case in cases:
        if case not in public:
            click.echo(f"{case}: left out, it has confidential parts. Name it to have it built.", err=True)
    if not public:
        raise CaseError([Finding(str(CASES), 0, "holds confidential cases only.", "Name the case.")])
    return _reported(load(*public, internal=internal, withhold=withhold), withhold)


def _reported(edition: Edition, withhold: Sequence[str]) -> Edition:
    """Refuses what still holds a trace of what was to be withheld; tells what was done when it was asked for."""
    if edition.redaction is not None:
        edition.redaction.refuse_leaks(edition.quads)
        if withhold:
            click.echo(str(edition.redaction.report), err=True)
    return edition


def _network(edition: Edition) -> Any:
    from ..network.projection import project

    return project(edition.store)


def _page(edition: Edition, language: str, since: str | None = None) -> str:
    from ..draw.html import draw

    if since is None:
        return draw(_network(edition), _about(edition), language, trig=edition.trig)
    from ..diff import mark

    old = _snapshot(since)
    names = edition.redaction.names.stand_in if edition.redaction else lambda _: False
    return draw(_network(edition), _about(edition), language, lambda data: mark(data, old, names), edition.trig)


def _about(edition: Edition) -> Any:
    """What the page says of the edition, and the places that its case keeps; several together have none."""
    from ..draw import positions
    from ..draw.payload import About

    case = edition.case
    kept = positions.Kept()
    if len(edition.paths) == 1:
        kept = positions.placed(case, positions.read(positions.path_of(edition.paths[0])))
    return About(
        case.title, case.version, case.editor, case.licence, case.corrections, case.ids, kept.all, kept.opening,
        edition.internal,
    )  # fmt: skip


def _snapshot(source: str) -> Any:
    """What `diff` compares of a page, an RDF file or a case."""
    from .. import diff as comparing
    from ..store import format_of, read_files

    path = Path(source)
    if path.suffix in (".html", ".htm") and path.is_file():
        return comparing.of_page(path.read_text("utf-8", errors="replace"), source)
    if format_of(path) and path.is_file():
        return comparing.of_store(read_files([path]))
    return comparing.of_store(_edition([source]).store)


def _publishable(edition: Edition) -> None:
    """Raises `CaseError` while an accusation of somebody identifiable lacks our request for a reply, or a reason."""
    from ..legal import findings

    if found := findings(edition.case, edition.dockets):
        raise CaseError(found)


def _split(words: Sequence[str]) -> list[str]:
    """`--redact a,b --redact c` → a, b, c."""
    return [word.strip() for words_ in words for word in words_.split(",") if word.strip()]


def _shapes(edition: Edition) -> Sequence[Finding]:
    from ..validate import validate

    return validate(edition.store, edition.case.places()).findings


cases_argument = click.argument("cases", nargs=-1, metavar="[CASE]...")
texts_option = click.option(
    "--texts", type=click.Path(path_type=Path), metavar="FOLDER", help="Where local copies of the sources are."
)
internal_option = click.option(
    "--internal", is_flag=True, help="With our own grades, notes and requests for reply. Not for publication."
)
redact_option = click.option(
    "--redact", multiple=True, metavar="ID,ID…", help="Withhold these people, bodies or documents, by id or name."
)
since_option = click.option(
    "--since", metavar="OLD", help="Mark what came, went or changed since an older page, RDF file or case."
)
store_argument = click.argument("store", metavar="STORE")
yes_option = click.option(
    "--yes", is_flag=True, help="Also remove graphs of a SPARQL server that the new content does not have."
)
publish_option = click.option(
    "--publish", is_flag=True, help="Refuse while an accusation lacks a request for a reply, or a reason."
)


# --- build


@main.command(
    epilog=_examples(
        "build", "build cases/harbour --lang es", "build cases/a cases/b --out both", "build --store stores/all"
    )
)
@cases_argument
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder to write to.")
@internal_option
@redact_option
@publish_option
@since_option
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language in which the page opens.")
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

    with paused(), _Progress("reading", "checking", "making the dataset", "drawing", "writing") as progress:
        progress.step()
        edition = _edition(cases, internal=internal, withhold=_split(redact))
        progress.step()
        if publish:
            _publishable(edition)
        findings = _shapes(edition)
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise CaseError(errors)
        progress.step()
        dataset = edition.trig
        progress.step()
        page = _page(edition, lang, since)
        progress.step()
        if keep["store"]:
            with _store(keep["store"], "build", may_remove=keep["yes"]) as store:
                store.replace(edition.quads)
        write_whole(out / "dataset.trig", dataset)
        write_whole(out / "graph.html", page)
    counted = summary(edition)
    if as_json:
        files = {"dataset": str(out / "dataset.trig"), "page": str(out / "graph.html")}
        files |= {"store": keep["store"]} if keep["store"] else {}
        click.echo(json.dumps({**counted, **files, "warnings": len(findings)}, indent=1))
        return
    click.echo(_summary_text(edition, counted, cases))
    if findings:
        click.echo(f"{'Warnings':<18} {len(findings):>5}   actorgraph check lists them")
    click.echo(f"\nOpen  {(out / 'graph.html').resolve().as_uri()}\nData  {out / 'dataset.trig'}")
    if keep["store"]:
        click.echo(f"Store {keep['store']}")


def summary(edition: Edition) -> dict[str, int]:
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


def _summary_text(edition: Edition, counted: dict[str, int], cases: Sequence[str]) -> str:
    from ..yaml.forms import in_language

    n = counted
    ask = " ".join(["actorgraph query", *cases])
    unstated = f"{_many(n['unstated'], 'statement')} without a named speaker"
    accusations = f"{_many(n['accusations'], 'accusation')} among them"
    lines = [
        ("Actors", n["actors"], f"and {n['things']} events, sums, places, texts and ideas"),
        ("Relationships", n["relationships"], f"{n['accepted'] or 'none'} confirmed by the editors"),
        ("Statements", n["statements"], f"in {_many(n['documents'], 'document')}"),
        ("Speakers", n["speakers"], unstated if n["unstated"] else "every statement has one"),
        ("Denied", n["denied"], f"somebody denies or disputes it: {ask} denied"),
        ("Single source", n["single_source"], f"one independent source: {ask} single-origin"),
        ("Without an answer", n["unanswered"], f"{accusations}: {ask} unanswered"),
    ]
    title = in_language(edition.case.title, "en")
    return "\n".join([title, *(f"{name:<18} {count:>5,}   {words}" for name, count, words in lines)])


# --- check


@main.command(epilog=_examples("check cases/harbour", "check cases/harbour --cover --strict", "check --json"))
@cases_argument
@click.option("--cover", is_flag=True, help="Also the sentences of a local text at which no statement points.")
@texts_option
@click.option("--stamp", is_flag=True, help="First write the digests of what decisions and answers rely on.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def check(cases: tuple[str, ...], cover: bool, texts: Path | None, stamp: bool, strict: bool, as_json: bool) -> None:
    """Say everything that is wrong, all at once.

    One line each: file:line: what, remedy. Form, names, references, fairness and the shapes of the dataset.
    """
    paths = _named(cases)
    with _Progress("reading", "checking") as progress:
        progress.step()
        stamped = _stamp(paths) if stamp else None
        progress.step()
        findings, counts = _findings(paths, cover=cover, texts=texts)
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = [finding for finding in findings if finding.severity == "warning"]
    if as_json:
        rows = [{name: getattr(finding, name) for name in ("file", "line", "severity", "what", "remedy")}
                for finding in (*errors, *warnings)]  # fmt: skip
        click.echo(json.dumps({"errors": len(errors), "warnings": len(warnings), "findings": rows}, indent=1))
    else:
        if stamped is not None:
            click.echo(f"{_many(stamped, 'digest')} written.")
        for name, group in (("error", errors), ("warning", warnings)):
            if group:
                click.echo(f"{_many(len(group), name)}:")
                click.echo("\n".join(map(str, group)))
        if not findings:
            click.echo(f"Nothing to mend: {counts}.")
    if errors or (strict and warnings):
        raise click.exceptions.Exit(1)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count != 1 else ''}"


def _stamp(paths: Sequence[Path]) -> int:
    from ..case.ground import stamp

    return stamp(paths)


def _findings(paths: Sequence[Path], *, cover: bool, texts: Path | None) -> tuple[list[Finding], str]:
    """Every finding, sorted; and what was read, in words."""
    from ..case import ground
    from ..case.reader import examine
    from ..standing import review

    case, findings = examine(*paths)
    if case is None:
        return findings, ""
    wrong = any(finding.severity == "error" for finding in findings)
    try:
        edition = Edition(case)
        # One mistake is told once, by whoever knows most of it: the reader, then fairness, then the shapes.
        for further in (review(case, edition.dockets), _shapes(edition)):
            told = {(finding.file, finding.line) for finding in findings if finding.severity == "error"}
            findings += [finding for finding in further if (finding.file, finding.line) not in told]
    except (KeyError, ValueError):
        if not wrong:
            raise
        click.echo("Fairness and shapes are checked when these errors are mended.", err=True)
    if cover:
        findings += ground.cover(case, texts)
    counts = f"{_many(len(case.claims), 'statement')}, {_many(len(case.actors), 'actor or thing')}"
    return sorted(set(findings)), counts.replace("actor or things", "actors and things")


# --- writing a case


@main.command(epilog=_examples("new harbour", "new harbour --in drafts"))
@click.argument("name")
@click.option("--in", "folder", type=click.Path(path_type=Path), help="Folder for it.  [default: cases, else here]")
def new(name: str, folder: Path | None) -> None:
    """Write a starter case that builds."""
    from ..case.starter import create

    place = create(name, folder or (CASES if CASES.is_dir() else Path()))
    click.echo(f"{place}: a case to start from. Then: actorgraph check {place}, actorgraph build {place}")


@main.command(
    epilog=_examples("ground cases/harbour", "ground cases/harbour --check", "ground cases/harbour --show gazette/s06")
)
@click.argument("case")
@click.option("--drop-words", is_flag=True, help="Take quoted words out, before it is published.")
@click.option("--show", "statement", metavar="ID", help="Print the source's words for one statement, change nothing.")
@texts_option
@click.option("--check", "dry", is_flag=True, help="Only say what would be written.")
def ground(case: str, drop_words: bool, statement: str | None, texts: Path | None, dry: bool) -> None:
    """Find a case's cues in its local texts.

    Ids, places and the SHA-256 of the text are written into the case; nothing else in its files changes.
    """
    from ..case import ground as grounding
    from ..case.reader import load

    paths = _named([case])
    if statement is not None:
        click.echo(grounding.show(load(*paths), statement, texts))
        return
    report = grounding.ground(paths, drop_words=drop_words, check=dry, texts=texts)
    for finding in report.findings:
        click.echo(str(finding), err=True)
    for document in report.missing:
        click.echo(f"{document}: its text is not here; its places stay as they are.", err=True)
    written = (
        (report.ids, "id"),
        (report.spans, "place"),
        (report.digests, "digest"),
        (report.dropped, "quote dropped"),
    )
    words = ", ".join(_many(count, word) for count, word in written if count).replace(
        "quote droppeds", "quotes dropped"
    )
    verb = "would change" if dry else "changed"
    click.echo(f"{_many(len(report.changed), 'file')} {verb}{': ' + words if words else ''}.")
    if report.errors or (dry and report.changed):
        raise click.exceptions.Exit(1)


# --- asking


@main.command(
    epilog=_examples(
        "query --list",
        "query denied",
        'query cases/harbour said-of --set actor="Port Authority"',
        "query out/dataset.trig money --format csv",
        "query https://example.org/sparql denied",
        "query 'SELECT ?name { ?a ag:kind kind:person ; rdfs:label ?name }'",
    )
)
@click.argument("words", nargs=-1, metavar="[SOURCE]... QUERY")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Value of a parameter of the query.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "turtle"]), default="table", show_default=True,
    help="Of the answer. A table fits the terminal; elsewhere each row is one line.",
)  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="The named queries, with their parameters.")
@internal_option
def query(words: tuple[str, ...], settings: tuple[str, ...], form: str, listing: bool, internal: bool) -> None:
    """Ask in SPARQL. QUERY is the name of a query, a .rq file, - for standard input, or SPARQL itself.

    SOURCE is a case, an RDF file, the folder of a store, or the address of a SPARQL server; left out: the cases under
    cases/.
    """
    from ..query import sparql as asking

    if listing:
        click.echo(_listing(asking.named().values()))
        return
    if not words:
        raise click.UsageError("Which query? actorgraph query --list names them.")
    parameters = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f'--set {setting} has no value. Write --set {name}="…".')
        parameters[name.removeprefix("?")] = value
    text = _query_text(words[-1])
    store, prefixes = _opened(words[:-1], internal=internal)
    with closing(store):
        result = asking.run(store, text, parameters)
    if (most := asking.limit(text)) and len(result.rows) >= most:
        click.echo(f"At most {most:,} were looked at: there may be more. Set a parameter to narrow it.", err=True)
    if form == "table":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        if result.variables and not result.rows:
            click.echo("No answer. actorgraph query search lists the names that there are.", err=True)
            return
        click.echo(asking.as_table(result, width, prefixes), nl=False)
    else:
        writers: dict[str, Callable[[asking.Result], str]] = {
            "csv": asking.as_csv, "json": asking.as_json, "turtle": asking.as_turtle,
        }  # fmt: skip
        click.echo(writers[form](result), nl=False)


def _query_text(word: str) -> str:
    from ..query import sparql as asking

    if word == "-":
        return sys.stdin.read()
    if word.endswith(".rq"):
        return asking.read(Path(word)).text
    return word if any(c.isspace() or c == "{" for c in word) else asking.find(word).text


def _opened(sources: Sequence[str], *, internal: bool) -> tuple[Any, dict[str, str]]:
    """A store with what was named, and the prefixes to show it with."""
    from ..base.terms import PREFIXES
    from ..dataset import prefixes_used
    from ..store import Memory, format_of, read_files
    from ..store.folder import is_folder
    from ..store.location import is_address, open_store

    paths = [Path(source) for source in sources]
    if len(sources) == 1 and (is_address(sources[0]) or is_folder(paths[0])):
        return open_store(sources[0]), PREFIXES
    if paths and all(map(format_of, paths)):
        return Memory(read_files(paths)), PREFIXES
    edition = _edition(sources, internal=internal)
    return Memory(edition.store), prefixes_used(edition.case)


def _listing(queries: Any) -> str:
    lines = []
    for one in queries:
        lines.append(f"{one.name:<18} {one.title}")
        lines += [
            f"{'':<18}   --set {parameter.name}={'|'.join(parameter.choices) or '…'}  {parameter.meaning}"
            for parameter in one.parameters
            if parameter.name != "lang"
        ]
    return "\n".join([*lines, "", "Each also takes --set lang=es for an answer in Spanish."])


# --- stores


@contextmanager
def _store(name: str, command: str, *, may_remove: bool = False) -> Iterator[Any]:
    """The store of this name, to be changed or copied. Says so when a change was not whole at once."""
    from ..store.location import open_store

    if name == "memory":
        raise click.UsageError("A store in memory ends with the command. Name a folder or an address.")
    store = open_store(name, f"actorgraph {command}", may_remove=may_remove)
    try:
        yield store
    finally:
        store.close()
    if (requests := getattr(store, "requests", 1)) > 1:
        click.echo(f"The change took {requests} requests: until the last, others could see a part of it.", err=True)


@main.command(
    epilog=_examples("load stores/harbour harbour.trig", "load stores/all *.ttl.gz --graph https://example.org/g")
)
@store_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--replace", is_flag=True, help="Hold these files and nothing else.")
@click.option("--graph", metavar="IRI", help="Put Turtle, N-Triples and RDF/XML into this graph.")
@yes_option
def load(store: str, files: tuple[Path, ...], replace: bool, graph: str | None, yes: bool) -> None:
    """Load RDF files of any size into a store, all of them or nothing.

    STORE is a folder, made when it is not there, or the address of a SPARQL server. Files: Turtle, TriG, N-Triples,
    N-Quads, RDF/XML, JSON-LD, also with .gz.
    """
    with _store(store, "load", may_remove=yes) as place:
        with _Counting() as counting:
            added = place.load(files, replace=replace, graph=graph, progress=counting)
        click.echo(f"{store}: {added:,} quads {'in all' if replace else f'added, {place.count():,} in all'}")


@main.command(epilog=_examples("backup stores/harbour harbour.nq.gz", "backup https://example.org/sparql all.nq"))
@store_argument
@click.argument("file", type=click.Path(path_type=Path))
def backup(store: str, file: Path) -> None:
    """Write all that a store holds into one file of N-Quads, whole or not at all. With .gz it is packed."""
    import gzip
    import io

    from ..base.files import write_by

    if not file.name.endswith((".nq", ".nq.gz")):
        raise click.UsageError(f"{file} is to be N-Quads. Name it {file.name.partition('.')[0]}.nq.gz.")
    quads = 0

    def write(raw: Any) -> None:
        nonlocal quads
        if file.suffix != ".gz":
            quads = place.dump(raw)
            return
        with gzip.GzipFile("", "wb", 6, raw, 0) as packed, io.BufferedWriter(packed, 1 << 20) as out:
            quads = place.dump(out)

    with _store(store, "backup") as place:
        write_by(file, write)
    click.echo(f"{file}: {quads:,} quads")


@main.command(epilog=_examples("restore stores/harbour harbour.nq.gz"))
@store_argument
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
def restore(store: str, file: Path, yes: bool) -> None:
    """Replace all that a store holds by a backup, whole or not at all."""
    with _store(store, "restore", may_remove=yes) as place, _Counting() as counting:
        quads = place.load([file], replace=True, progress=counting)
    click.echo(f"{store}: {quads:,} quads in all")


@main.command(
    epilog=_examples(
        "path cristosal bukele", 'path "Port Authority" Norvik cases/harbour --sensitive', "path a b --through state"
    )
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@cases_argument
@click.option("--sensitive", is_flag=True, help="Also over what can defame.")
@click.option("--disputed", is_flag=True, help="Also over what somebody denies.")
@click.option("--not-yet", is_flag=True, help="Also over what is planned, possible, required or hypothetical.")
@click.option(
    "--through", multiple=True, type=click.Choice(["state", "place", "post", "document", "concept", "speaker"]),
    help="Also through these; a speaker: through who speaks about both.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many paths.")
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="The paths as JSON.")
def path(first: str, second: str, cases: tuple[str, ...], lang: str, limit: int, as_json: bool, **walk: Any) -> None:
    """Say how two hang together, each step with its statements.

    A and B are ids, names or aliases. What is denied by all who speak of it, asked or rejected is never walked.
    """
    from ..network import paths

    net = _network(_edition(cases))
    a, b = paths.named(net, first), paths.named(net, second)
    found = paths.find(net, a, b, limit=limit, **walk)
    if as_json:
        click.echo(json.dumps([paths.record(net, one) for one in found], ensure_ascii=False, indent=1))
        return
    off = [word for word, on in (("sensitive", "sensitive"), ("disputed", "disputed"), ("notyet", "not_yet"))
           if not walk[on]]  # fmt: skip
    texts = [paths.text(net, one, lang) for one in found] or [paths.no_path(net, a, b, off, lang)]
    click.echo(f"\n\n{'-' * 60}\n\n".join(texts))


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


@main.command(
    epilog=_examples(
        "serve",
        "serve cases/harbour --port 8080",
        "serve data.ttl",
        "serve stores/harbour --timeout 10",
        "serve https://example.org/sparql",
    )
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@internal_option
@_setting_options
def serve(sources: tuple[str, ...], internal: bool, **told: Any) -> None:
    """Answer SPARQL, and show the page, until stopped with Ctrl-C.

    SOURCE is the folder of a store, the address of a SPARQL server, RDF files, or cases; left out: the cases under
    cases/. Reading only, unless --writable is given with a token.
    """
    from ..serve.server import run
    from ..serve.settings import Settings

    if internal and told["cors"] == "*":
        told["cors"] = ""
    try:
        settings = Settings(**told)
    except ValueError as error:
        raise click.UsageError(str(error)) from error

    def ready(address: str) -> None:
        click.echo(f"{address} is the page, {address}sparql the SPARQL endpoint. Stop with Ctrl-C.")
        sys.stdout.flush()

    with _as_store(sources, internal=internal) as store:
        run(store, settings, ready)


@contextmanager
def _as_store(sources: Sequence[str], *, internal: bool) -> Iterator[str]:
    """What was named as a folder or an address that can be served; a case or a file as a folder of its own, for now."""
    from ..store.folder import Editions, is_folder
    from ..store.location import is_address

    if len(sources) == 1 and (is_address(sources[0]) or is_folder(Path(sources[0]))):
        yield sources[0]
        return
    with tempfile.TemporaryDirectory(prefix="actorgraph-") as place:
        folder = Path(place) / "store"
        with Editions(folder).writing(keep=False, command="actorgraph serve") as store:
            _fill(store, sources, internal=internal)
        yield str(folder)


def _fill(store: Any, sources: Sequence[str], *, internal: bool) -> None:
    """The content of cases or RDF files into a new store."""
    from ..store import format_of
    from ..store.files import read
    from ..store.oxigraph import fill

    paths = [Path(source) for source in sources]
    files = [path for path in paths if path.is_file() and format_of(path)]
    if files and len(files) < len(paths):
        raise click.UsageError("Name either cases or RDF files.")
    fill(store, read(files) if files else _edition(sources, internal=internal).quads)


@main.command(epilog=_examples("diff out/old.html out/graph.html", "diff old.trig cases/harbour --json"))
@click.argument("old")
@click.argument("new")
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="The difference as JSON.")
def diff(old: str, new: str, lang: str, as_json: bool) -> None:
    """Say what differs between two editions.

    Pages, RDF files or cases: which statements came, went or changed, which relationships stand otherwise.
    Exit code 0 when nothing differs, 1 when something does, 2 when one of them cannot be read.
    """
    from .. import diff as comparing

    try:
        difference = comparing.compare(_snapshot(old), _snapshot(new))
    except ActorgraphError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(2) from error
    if as_json:
        click.echo(json.dumps(comparing.record(difference), ensure_ascii=False, indent=1))
    else:
        click.echo(comparing.text(difference, lang))
    if difference:
        raise click.exceptions.Exit(1)


# --- before it is published


@main.command(epilog=_examples("legal cases/harbour", "legal cases/harbour --lang es | lp"))
@cases_argument
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")
def legal(cases: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Print what can defame, for a lawyer.

    Each with its sentence, who says it, how it reached us, who denies it, our request for a reply, and its basis.
    """
    from .. import legal as law

    edition = _edition(cases)
    rows = law.sheet(edition.case, edition.dockets)
    if as_json:
        click.echo(json.dumps([law.record(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        click.echo(law.text(edition.case, rows, lang))


@main.command(epilog=_examples("positions cases/harbour --write", "positions cases/harbour --from positions.json"))
@click.argument("case")
@click.option("--write", is_flag=True, help="Keep the places of everything with the case.")
@click.option("--from", "source", type=click.Path(path_type=Path), help="Take in places that the page saved.")
def positions(case: str, write: bool, source: Path | None) -> None:
    """Keep where everything stands with a case.

    What was placed before then stays where it is, in every build, when the case grows.
    """
    from ..base.files import write_whole
    from ..draw import positions as keeping
    from ..draw.layout import positions as settled
    from ..draw.opening import choose
    from ..draw.payload import BUDGET

    cases = _named([case])
    if len(cases) != 1:
        raise click.UsageError("Places are kept with one case. Name one.")
    place = keeping.path_of(cases[0])
    edition, kept = _edition([str(cases[0])]), keeping.read(place)
    moved = keeping.Kept()
    if source is not None:
        moved = keeping.from_page(edition.case, keeping.text_of(source), str(source))
    net, about = _network(edition), _about(edition)
    shown = choose(net, BUDGET)
    if not write and source is None:
        known = len(net.nodes & about.positions.keys())
        click.echo(f"{place}: {known} of {_many(len(net), 'place')} kept. --write keeps them all.")
        return
    found = settled(net, shown, about.positions, about.opening)
    everything = keeping.keyed(edition.case, keeping.Kept(found.all, found.opening))
    write_whole(place, keeping.dumps(kept.updated(everything).updated(moved)))
    click.echo(
        f"{place}: {_many(len(everything.all), 'place')} kept, {len(moved.all) + len(moved.opening)} of them moved."
    )


# --- drawing and handing on


@main.command(epilog=_examples("draw", "draw cases/harbour --lang es --out harbour.html", "draw people.ttl"))
@cases_argument
@click.option("--out", type=click.Path(path_type=Path), default="out/graph.html", show_default=True, help="File.")
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language in which the page opens.")
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
    from ..store import format_of

    files = [Path(case) for case in cases]
    if files and all(format_of(file) and not file.is_dir() for file in files):
        if internal or redact or publish or since:
            raise click.UsageError("--internal, --redact, --publish and --since are for cases, not for RDF files.")
        write_whole(out, _page_of_files(files, lang))
        click.echo(f"Open  {out.resolve().as_uri()}")
        return
    with _Progress("reading", "drawing", "writing") as progress:
        progress.step()
        edition = _edition(cases, internal=internal, withhold=_split(redact))
        if publish:
            _publishable(edition)
        progress.step()
        page = _page(edition, lang, since)
        progress.step()
        write_whole(out, page)
    click.echo(f"Open  {out.resolve().as_uri()}")


def _page_of_files(files: Sequence[Path], language: str) -> str:
    """The page of RDF files: in our vocabulary as they are, others lifted into it. Their own triples ride in it."""
    from ..draw.html import draw as drawn
    from ..draw.payload import About
    from ..foreign import conversion as lift
    from ..network.projection import project
    from ..store import trig

    foreign = lift.read(files)
    told = lift.described(foreign)
    about = About(told["title"], told["version"], told["editor"], told["licence"], told["corrections"])
    if foreign.ours:
        return drawn(project(foreign.store), about, language, trig=trig(foreign.store))
    store = lift.lifted(foreign)
    return drawn(project(store), about, language, lambda data: lift.mark(store, data), trig(foreign.store))


_FORMATS = ("trig", "nquads", "turtle", "jsonld", "rdf12", "graphml", "node-link", "gexf", "csv")


@main.command(
    epilog=_examples(
        "export --format csv --out statements.csv",
        "export cases/harbour --out harbour.graphml",
        "export cases/harbour --format rdf12 | less",
    )
)
@cases_argument
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Left out: by the suffix of --out.")
@click.option(
    "--out", type=click.Path(path_type=Path, allow_dash=True), default="-", help="File. Left out: standard output."
)
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="Language of csv and of labels in gexf.")
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
            raise click.UsageError(f"Which format? Write --format with one of {', '.join(_FORMATS)}.")
    with _Progress("reading", "exporting", "writing") as progress:
        progress.step()
        edition = _edition(cases, internal=internal, withhold=_split(redact))
        progress.step()
        data = _exported(edition, form, out.suffix, lang)
        progress.step()
        if str(out) == "-":
            sys.stdout.buffer.write(data)
        else:
            write_whole(out, data)
    if form in exporting.LOST:
        click.echo(exporting.LOST[form], err=True)


def _exported(edition: Edition, form: str, suffix: str, language: str) -> bytes:
    from .. import export as exporting
    from ..dataset import prefixes_used

    version = edition.case.version
    if form == "csv":
        return exporting.table(edition.store, version, language)
    if form not in ("graphml", "node-link", "gexf"):
        return exporting.rdf(edition.quads, form, prefixes_used(edition.case), suffix)
    from ..network import projection as network

    if form == "gexf":
        return exporting.gexf(_network(edition), version, language).encode()
    found = _network(edition)
    return (network.to_graphml(found) if form == "graphml" else network.to_node_link(found)).encode()


# --- the vocabulary


@main.command(epilog=_examples("vocabulary | less", "vocabulary --write"))
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
