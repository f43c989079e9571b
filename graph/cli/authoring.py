"""Commands for who writes a case: check, new, ground, format, positions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from ..base.errors import Finding, StoreError
from ..base.names import many
from .group import examples
from .options import CASES, cases_argument, named_cases, read_cases, refuse_unsettled, texts_option
from .progress import Progress

#: Places that are kept for good are looked for longer than in a build.
BEGINNINGS, AGAIN = 4, 10


@click.command(
    epilog=examples(
        "check cases/harbour",
        "check cases/harbour --cover --strict",
        "check --json",
        "check --explain breach",
        "check archive",
    )
)
@cases_argument
@click.option("--cover", is_flag=True, help="Also list sentences of the local texts that no statement cites.")
@texts_option
@click.option("--stamp", is_flag=True, help="First write the digests that tie decisions and replies to statements.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--explain", metavar="ID", help="Only print how a statement, a line or a name was understood.")
def check(
    cases: tuple[str, ...],
    cover: bool,
    texts: Path | None,
    stamp: bool,
    strict: bool,
    as_json: bool,
    explain: str | None,
) -> None:
    """Report every problem in one run.

    Each problem is one line: file:line:column: what is wrong, how to fix it. Checks syntax, names,
    references, fairness, and the SHACL shapes of the dataset. The folder of a store is checked as a
    whole, by the shapes.
    """
    from ..store.folder import is_folder

    if any(is_folder(Path(case)) for case in cases):
        if len(cases) > 1 or cover or stamp or explain is not None:
            raise click.UsageError("A store is checked alone, with no option but --strict and --json. Name one store.")
        _report(*_findings_of_store(Path(cases[0])), [], strict=strict, as_json=as_json)
        return
    paths = named_cases(cases)
    if explain is not None:
        click.echo(_explained(paths, explain))
        return
    with Progress("reading", "checking") as progress:
        progress.step()
        stamped = _stamp(paths) if stamp else None
        progress.step()
        findings, statements, proposed = _findings(paths, cover=cover, texts=texts)
    if stamped is not None and not as_json:
        click.echo(f"{many(stamped, 'digest')} written.")
    _report(findings, statements, proposed, strict=strict, as_json=as_json)


def _report(
    findings: Sequence[Finding], statements: int, proposed: Sequence[str], *, strict: bool, as_json: bool
) -> None:
    """Print what was found; exit with 1 for an error, with `strict` for a warning, too."""
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = [finding for finding in findings if finding.severity == "warning"]
    if as_json:
        names = ("file", "line", "column", "severity", "what", "remedy")
        rows = [{name: getattr(finding, name) for name in names} for finding in (*errors, *warnings)]
        click.echo(json.dumps({"errors": len(errors), "warnings": len(warnings), "findings": rows}, indent=1))
    else:
        for name, group in (("error", errors), ("warning", warnings)):
            if group:
                click.echo(f"{many(len(group), name)}:")
                click.echo("\n".join(map(str, group)))
        if not findings:
            click.echo(f"No problems found in {many(statements, 'statement')}.")
        if proposed:
            click.echo("In format 2 one line would say as much; actorgraph rewrite writes it:")
            click.echo("\n".join(proposed))
    if errors or (strict and warnings):
        raise click.exceptions.Exit(1)


def _findings_of_store(folder: Path) -> tuple[Sequence[Finding], int]:
    """What the shapes find in all that a store holds, and how many statements that is."""
    from .. import figures
    from ..store.folder import Editions
    from ..store.oxigraph import Memory
    from ..validate import validate

    with Progress("reading", "checking") as progress:
        progress.step()
        with Editions(folder).reading() as reading:
            refuse_unsettled(Memory(reading.store), str(folder))
            statements = figures.read(reading.store).statements
            if not statements:
                raise StoreError(f"{folder}: holds no statements: nothing to check. Add some: actorgraph add.")
            progress.step()
            return validate(reading.store, shown=str(folder)).findings, statements


def _explained(paths: Sequence[Path], name: str) -> str:
    """How a statement was understood: its sentence, how it stands, what it answers and what answers it."""
    from ..pipeline import load_cases

    return load_cases(*paths).explained(name)


def _stamp(paths: Sequence[Path]) -> int:
    from ..case.ground import stamp

    return stamp(paths)


def _findings(paths: Sequence[Path], *, cover: bool, texts: Path | None) -> tuple[list[Finding], int, list[str]]:
    """Every finding, sorted; how many statements were read; and the frames that would say what several lines say."""
    from ..case import ground
    from ..case.notation.proposed import proposals
    from ..pipeline import findings

    found, read, complete = findings(paths)
    if not complete:
        click.echo("Fairness and shapes are checked once these errors are fixed.", err=True)
    if read is None:
        return found, 0, []
    proposed = [
        f"{first.place.file}:{first.place.line}: {many(lines, 'line')}: {line}"
        for first, lines, line in proposals(read.case)
    ]
    if cover:
        found += ground.cover(read.case, texts)
    if found:
        return sorted(set(found)), 0, proposed
    return [], read.figures.statements, proposed


@click.command(epilog=examples("new harbour", "new harbour --in drafts"))
@click.argument("name")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder to create it in.  [default: cases, if it exists]",
)
def new(name: str, folder: Path | None) -> None:
    """Create a small case that builds, to start from."""
    from ..case.starter import create

    place = create(name, folder or (CASES if CASES.is_dir() else Path()))
    click.echo(f"Created {place}. Next: actorgraph check {place}, then actorgraph build {place}")


@click.command(
    epilog=examples("ground cases/harbour", "ground cases/harbour --check", "ground cases/harbour --show breach")
)
@click.argument("case")
@click.option("--drop-words", is_flag=True, help="Remove quoted words before publication.")
@click.option("--show", "statement", metavar="ID", help="Only print the source's words for one statement.")
@texts_option
@click.option("--check", "dry", is_flag=True, help="Only show what would be written.")
def ground(case: str, drop_words: bool, statement: str | None, texts: Path | None, dry: bool) -> None:
    """Find a case's statements in local copies of its sources.

    Writes ids, character offsets and the SHA-256 of each text into the case files, and changes nothing else in them.
    """
    from ..case import ground as grounding
    from ..case.reader import load

    paths = named_cases([case])
    if statement is not None:
        click.echo(grounding.show(load(*paths), statement, texts))
        return
    report = grounding.ground(paths, drop_words=drop_words, check=dry, texts=texts)
    for finding in report.findings:
        click.echo(str(finding), err=True)
    for document in report.missing:
        click.echo(f"{document}: there is no local copy of its text; its places are unchanged.", err=True)
    written = (
        (report.ids, "id"),
        (report.spans, "place"),
        (report.digests, "digest"),
        (report.dropped, "quote dropped"),
    )
    words = ", ".join(many(count, word) for count, word in written if count).replace("quote droppeds", "quotes dropped")
    verb = "would change" if dry else "changed"
    click.echo(f"{many(len(report.changed), 'file')} {verb}{': ' + words if words else ''}.")
    if report.errors or (dry and report.changed):
        raise click.exceptions.Exit(1)


@click.command("format", epilog=examples("format", "format cases/harbour", "format cases/harbour --check"))
@cases_argument
@click.option(
    "--check", "dry", is_flag=True, help="Only list the files that would change, and exit with 1 if any would."
)
def format_(cases: tuple[str, ...], dry: bool) -> None:
    """Format the lines of cases in format 2.

    Changes spaces, commas and line breaks only. The meaning of a line, comments and everything else stay the same.
    """
    from ..base.files import write_whole
    from ..case.notation.layout import laid_out
    from ..case.reader import files_of
    from ..yaml.reader import read_text

    changed = []
    for path in (file for case in named_cases(cases) for file in files_of(case)):
        before = read_text(path, str(path))
        after = laid_out(before, str(path))
        if after != before:
            changed.append(path)
            if not dry:
                write_whole(path, after)
    for path in changed:
        click.echo(str(path))
    click.echo(f"{many(len(changed), 'file')} {'would change' if dry else 'changed'}.")
    if dry and changed:
        raise click.exceptions.Exit(1)


@click.command(epilog=examples("rewrite cases/harbour --check", "rewrite cases/harbour"))
@click.argument("case")
@click.option("--check", "dry", is_flag=True, help="Only list what would stay in format 1.")
def rewrite(case: str, dry: bool) -> None:
    """Convert a case from format 1 to format 2.

    The meaning stays the same, and saved positions move to the new ids. Documents that need a person's decision are
    left in format 1 and listed.
    """
    from ..base.files import write_whole, written_together
    from ..case.notation.fold import frames_of
    from ..case.notation.layout import laid_out
    from ..case.notation.renamed import renamed, with_names
    from ..case.notation.rewrite import named_elsewhere, rewritten
    from ..case.reader import files_of, load
    from ..draw import positions as keeping
    from ..yaml.reader import read_text

    paths = [file for path in named_cases([case]) for file in files_of(path)]
    old = load(*named_cases([case]))
    events = frames_of(old)
    texts = {path: read_text(path, str(path)) for path in paths}
    named = named_elsewhere({str(path): text for path, text in texts.items()})
    made = {path: rewritten(text, str(path), named, events) for path, text in texts.items()}
    changed: dict[Path, bytes | str] = {
        path: laid_out(one.text, str(path)) for path, one in made.items() if one.text != texts[path]
    }
    if not dry:
        with written_together(changed):
            pass
        names = renamed(old, load(*named_cases([case])))
        for place in filter(Path.is_file, map(keeping.path_of, named_cases([case]))):
            write_whole(place, with_names(place.read_text("utf-8"), names))
    for finding in sorted(finding for one in made.values() for finding in one.findings):
        click.echo(str(finding), err=True)
    before, after = (sum(len(text.splitlines()) for text in all_) for all_ in (
        [texts[path] for path in changed], [str(text) for text in changed.values()]))  # fmt: skip
    verb = "would change" if dry else "changed"
    click.echo(f"{many(len(changed), 'file')} {verb}: {many(before, 'line')} became {after}.")


@click.command(epilog=examples("positions cases/harbour --write", "positions cases/harbour --from positions.json"))
@click.argument("case")
@click.option("--write", is_flag=True, help="Save the position of every node.")
@click.option("--from", "source", type=click.Path(path_type=Path), help="Read positions that were saved from the page.")
def positions(case: str, write: bool, source: Path | None) -> None:
    """Save node positions with a case.

    Nodes with a saved position keep it in every build, however much the case grows.
    """
    from ..base.files import write_whole
    from ..draw import positions as keeping
    from ..draw.cast import choose_cast, place_cast
    from ..draw.layout import positions as settled
    from ..draw.opening import choose
    from ..draw.payload import BUDGET

    cases = named_cases([case])
    if len(cases) != 1:
        raise click.UsageError("Positions are saved with a single case. Name one.")
    place = keeping.path_of(cases[0])
    drawn, kept = read_cases([str(cases[0])]), keeping.read(place)
    moved = keeping.Places()
    if source is not None:
        moved = keeping.from_page(drawn.case, keeping.text_of(source), str(source))
    net, about = drawn.projection, drawn.about
    shown = choose(net, BUDGET)
    if not write and source is None:
        known = len(net.nodes & about.places.all.keys())
        click.echo(f"{place}: {known} of {many(len(net), 'position')} saved. Use --write to save all of them.")
        return
    cast = place_cast(net, choose_cast(net), about.places.cast, beginnings=BEGINNINGS, again=AGAIN).spots()
    found = replace(settled(net, shown, about.places), cast=cast)
    everything = keeping.keyed(drawn.case, found)
    write_whole(place, keeping.dumps(kept.updated(everything).updated(moved)))
    click.echo(f"{place}: {many(len(everything.all), 'position')} saved, {sum(map(len, moved.parts))} of them changed.")
