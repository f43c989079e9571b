"""What several commands share: their options, and the reading of the cases that were named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..base.errors import CaseError, Finding, StoreError
from ..pipeline import CaseGraph, refuse_other_files
from ..store import Faults
from ..words import languages

CASES = Path("cases")
LANGUAGES = click.Choice(languages())

cases_argument = click.argument("cases", nargs=-1, metavar="[CASE]...")
texts_option = click.option(
    "--texts", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder with local copies of the sources."
)
internal_option = click.option(
    "--internal", is_flag=True, help="Include our own grades, notes and requests for a reply. Not for publication."
)
redact_option = click.option(
    "--redact",
    multiple=True,
    metavar="ID,ID…",
    help="Withhold these people, organisations or documents, by id or name.",
)
since_option = click.option(
    "--since", metavar="OLD", help="Mark what was added, removed or changed since an older page, RDF file or case."
)
strict_option = click.option(
    "--strict",
    is_flag=True,
    help="Refuse invalid RDF files. By default, what cannot be parsed is left out and counted.",
)
store_argument = click.argument("store", metavar="STORE")
yes_option = click.option(
    "--yes", is_flag=True, help="Also remove graphs from a SPARQL server that are not in the new content."
)
publish_option = click.option(
    "--publish",
    is_flag=True,
    help="Fail if an accusation has neither a request for a reply nor a reason for not making one.",
)


def named_cases(paths: Sequence[str]) -> list[Path]:
    """The cases that were named; a folder of cases stands for all in it. Without any, those under cases/."""
    from ..case.reader import find_cases

    if not paths and not CASES.is_dir():
        raise CaseError([Finding(str(CASES), 0, "does not exist.", "Name a case, or create one: actorgraph new NAME.")])
    refuse_other_files(map(Path, paths))
    found = [case for path in paths or [str(CASES)] for case in find_cases(Path(path))]
    if not found:
        where = str(paths[0] if paths else CASES)
        raise CaseError([Finding(where, 0, "contains no case.", "Create one: actorgraph new NAME.")])
    return list(dict.fromkeys(found))


def read_cases(paths: Sequence[str], *, internal: bool = False, withhold: Sequence[str] = ()) -> CaseGraph:
    """What was named, read together. A case with confidential parts is read only when it is named.

    `withhold`: whom or what to leave out, by id or name; what was done is told on standard error.
    """
    from ..pipeline import load_cases
    from ..redaction.withheld import is_confidential

    cases = named_cases(paths)
    case = load_cases(*cases, internal=internal, withhold=withhold)
    if paths or not is_confidential(case.case):
        return _reported(case, withhold)
    # Which of them it is shows when each is read by itself.
    public = [path for path in cases if not is_confidential(load_cases(path).case)]
    for path in cases:
        if path not in public:
            click.echo(f"{path}: left out, because it has confidential parts. Name it to include it.", err=True)
    if not public:
        raise CaseError([Finding(str(CASES), 0, "contains confidential cases only.", "Name the case to include it.")])
    return _reported(load_cases(*public, internal=internal, withhold=withhold), withhold)


def _reported(case: CaseGraph, withhold: Sequence[str]) -> CaseGraph:
    """Tells what was withheld when it was asked for."""
    if case.redaction is not None and withhold:
        click.echo(str(case.redaction.report), err=True)
    return case


def tell(faults: Faults) -> None:
    """Say on standard error what could not be read."""
    if faults:
        click.echo(str(faults), err=True)


def split(words: Sequence[str]) -> list[str]:
    """`--redact a,b --redact c` → a, b, c. An empty one is refused: it would withhold nobody, and somebody is meant."""
    found = [word.strip() for words_ in words for word in words_.split(",")]
    if not all(found):
        raise click.UsageError("--redact: there is an empty name. Is a variable unset?")
    return found


def tell_unranked(store: Any, name: str) -> None:
    """Say that the cast of a large store cannot be chosen by how much is said of everybody, where it cannot."""
    from ..ingest import is_ranked
    from ..network.part import WHOLE

    if not is_ranked(store, WHOLE):
        click.echo(
            f"{name}: has no count of the statements about each actor, so the page opens only on what is disputed. "
            f"Run actorgraph settle {name}",
            err=True,
        )


def refuse_unsettled(store: Any, name: str) -> None:
    """Raise `StoreError` for a store whose settled graphs are not those of its evidence: a denial may be missing."""
    from ..ingest import is_settled

    if not is_settled(store):
        raise StoreError(
            f"{name}: contains statements that were not settled together, so a denial may be missing. "
            f"Run actorgraph settle {name}"
        )
