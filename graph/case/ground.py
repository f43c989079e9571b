"""Grounding a case in its sources: what nobody should have to count or compute is written into the case files.

In: case files, and a local copy of a document's text. Out: the same files with ids for statements that have none, the
offsets of each cue, the SHA-256 of the text, the digests of what decisions rely on; and findings for what does not fit.
Only these marks are written: comments, order, quoting and line ends stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from ..base.errors import CaseError, Finding
from ..base.files import write_whole
from ..yaml.edit import Patch
from ..yaml.reader import Row, Table, Text, Value, parse, read_text
from .lines import SECTIONS
from .model import Case, Claim, Document, digest, statement_name
from .notation.files import PLACE
from .places import (
    Grounding,
    LineGrounding,
    Tally,
    find_text,
    lines_of,
    read_bytes,
    reason_of,
)
from .reader import examine, files_of, shown_path
from .tables import LINES, blocks_of, format_of, key_of
from .texts import SourceText, Span

_NUMBERED = re.compile(r"s(\d+)")
#: Sections whose lists hold facts only: there, a list of words is one fact.
_FACTS = ("asserts", "alleges", "presumes", "mentions")
_ANSWERS = ("denies", "contests", "confirms")
#: What may be ground's own in a file: the rest must read the same before and after.
_WRITTEN = frozenset({"chars", "sha256", "at", "words"})


@dataclass(frozen=True, slots=True)
class GroundReport:
    """What was written, or would be with `check`, and what does not fit. `missing`: documents without a text here."""

    findings: tuple[Finding, ...]
    changed: tuple[Path, ...] = ()
    ids: int = 0
    spans: int = 0
    digests: int = 0
    dropped: int = 0
    missing: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def ground(
    paths: Iterable[Path], *, drop_words: bool = False, check: bool = False, texts: Path | None = None
) -> GroundReport:
    """Ground every file of the cases. With `check`, nothing is written. `texts` is a folder to look for texts in first.

    `OutputError` when a file cannot be written; files written before it stay written, each whole.
    """
    tally = Tally()
    for file in chain.from_iterable(map(files_of, paths)):
        _ground_file(file, tally, drop_words=drop_words, check=check, texts=texts)
    return GroundReport(
        findings=tuple(sorted(set(tally.findings))),
        changed=tuple(tally.changed),
        ids=tally.ids,
        spans=tally.spans,
        digests=tally.digests,
        dropped=tally.dropped,
        missing=tuple(sorted(tally.missing)),
    )


# --- one file


def _ground_file(file: Path, tally: Tally, *, drop_words: bool, check: bool, texts: Path | None) -> None:
    shown = shown_path(file)
    try:
        before = read_text(file, shown)
    except CaseError as error:
        tally.findings += error.findings
        return
    tables, found = parse(before, shown)
    if found:
        tally.findings += found
        return
    own = Tally()

    def locate(patch: Patch, table: Table) -> None:
        kind = LineGrounding if format_of(table) == LINES else Grounding
        kind(file, table, patch, own, texts).run()

    rounds: list[Callable[[Patch, Table], None]] = [
        lambda patch, table: _name_statements(patch, table, shown, own),
        locate,
    ]
    if drop_words:
        rounds.append(lambda patch, table: _drop_words(patch, table, own))
    after = before
    for step in rounds:
        # Each round reads anew what the one before has written, so that its marks are right.
        patch = Patch(after)
        for table in parse(after, shown)[0]:
            step(patch, table)
        after = patch.applied()
    tally.findings += own.findings
    tally.missing |= own.missing
    if after == before:
        return
    tables_after, broken = parse(after, shown)
    if broken or list(map(_bare, tables)) != list(map(_bare, tables_after)):
        # Never seen; but an author's file is not to be the place where it is.
        tally.findings.append(
            Finding(shown, 0, "is written in a way that ground cannot edit safely.", "Write its blocks more simply.")
        )
        return
    if not check:
        mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        write_whole(file, mark + after)
    tally.changed.append(file)
    tally.ids += own.ids
    tally.spans += own.spans
    tally.digests += own.digests
    tally.dropped += own.dropped


def _bare(value: Value) -> object:
    """What a file says without anything that is ground's to write: equal before and after."""
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Row):
        return [_bare(member) for member in value]
    return {
        _without_offsets(key): _members(inner) if key in SECTIONS else _bare(inner)
        for key, inner in value.items()
        if key not in _WRITTEN
    }


def _without_offsets(key: Text) -> str:
    """A key as it is; a place of format 2 without the offsets that ground writes into it."""
    match = PLACE.fullmatch(key)
    return f"{match[1]} {match[3] or ''}" if match else str(key)


def _members(value: Value) -> object:
    """The statements of a section, whether they have ids yet or not."""
    if isinstance(value, Table):
        return [_bare(member) for member in value.values()]
    if isinstance(value, Row) and value and all(isinstance(member, Text) for member in value):
        return [_bare(value)] if len(value) > 1 else [_bare(member) for member in value]
    return [_bare(member) for member in value] if isinstance(value, Row) else _bare(value)


# --- ids


def _name_statements(patch: Patch, table: Table, shown: str, tally: Tally) -> None:
    """Ids for statements that are written as a list: the next free numbers, in the file's order."""
    taken = [0]
    width = 2
    waiting: list[tuple[Text, Row]] = []
    for block in blocks_of(table):
        for key, lines in block.items():
            if key not in SECTIONS:
                continue
            if isinstance(lines, Row):
                waiting.append((key, lines))
            elif isinstance(lines, Table):
                numbers = [match[1] for sid in lines if (match := _NUMBERED.fullmatch(sid))]
                taken += map(int, numbers)
                width = max([width, *map(len, numbers)])
    last = max(taken)
    for key, row in waiting:
        alone = bool(row) and all(isinstance(member, Text) for member in row) and len(row) > 1
        if alone and key in _FACTS:
            patch.wrap(row, f"{{s{last + 1:0{width}}: ", "}") if patch.is_flow(row) else tally.findings.append(
                Finding(shown, row.line, f"has one fact without an id at `{key}`.", "Write - [a, relation, b].")
            )
            count = 1 if patch.is_flow(row) else 0
        elif alone and key not in _ANSWERS:
            # [a, relation, b] or [s01, s02]: whoever wrote it knows.
            tally.findings.append(
                Finding(shown, row.line, f"has a list at `{key}` that may be one fact or several answers.",
                        "Write [[a, relation, b]], or one id: statement line for each.")
            )  # fmt: skip
            count = 0
        else:
            count = len(row)
            patch.name(row, key, [f"s{last + number:0{width}}" for number in range(1, count + 1)])
        last += count
        tally.ids += count


# --- words


def _drop_words(patch: Patch, table: Table, tally: Tally) -> None:
    for block in blocks_of(table):
        for form in (block, *(line for _, line in lines_of(block))):
            key = key_of(form, "words")
            if key is not None:
                patch.drop(form, key)
                tally.dropped += 1


def _source_of(document: Document, texts: Path | None) -> tuple[Path, SourceText]:
    """A document's text. `CaseError` when it is not here, cannot be read, or is another one."""

    def refuse(what: str, remedy: str) -> CaseError:
        return CaseError([document.place.finding(f"document {document.id} {what}", remedy)])

    path = find_text(Path(document.place.file), document.text, texts) if document.text else None
    if path is None:
        raise refuse("has no local text here.", "Write text: and its path, or name the folder that holds it.")
    try:
        data = read_bytes(path)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"has a text that cannot be read: {reason_of(error)}.", "Save it as UTF-8.") from error
    found = sha256(data).hexdigest()
    if document.sha256 and document.sha256 != found:
        raise refuse(
            f"has the sha256 {document.sha256[:12]}…, but {shown_path(path)} has {found[:12]}….",
            "Use the text that was read.",
        )
    source = SourceText(text, document.body_from)
    if not source.found:
        raise refuse("has a `body_from` that is not in its text.", "Write the words with which paragraph 1 begins.")
    return path, source


def show(case: Case, statement: str, texts: Path | None = None) -> str:
    """The words of a statement (`s01`, `document/s01`), from the local text. `CaseError` when they are not at hand."""
    claims = _named(case, statement)
    documents = sorted({claim.document for claim in claims})
    if len(documents) != 1:
        what = "is the id of no statement." if not claims else f"is the id of {len(documents)} statements."
        names = ", ".join(sorted({statement_name(claim) for claim in claims}))
        remedy = f"Write one of {names}." if claims else "Write document/s01."
        raise CaseError([Finding(statement, 0, what, remedy)])
    claim = claims[0]
    _, source = _source_of(case.documents[claim.document], texts)
    spans = list(_spans(source, claim))
    if not spans:
        raise CaseError(
            [Finding(claim.place.file, claim.place.line, f"statement {claim.sid} has no place in the text.",
                     "Give it a cue, then run `actorgraph ground`.")]
        )  # fmt: skip
    return "\n".join(source.text[span.start : span.end] for span in spans)


def _named(case: Case, statement: str) -> list[Claim]:
    name = statement.partition("@")[0]
    return [claim for claim in case.claims if name in (claim.sid, statement_name(claim))]


def _spans(source: SourceText, claim: Claim) -> Iterator[Span]:
    """Where a claim points: its offsets, else its paragraph."""
    passage = claim.passage
    if passage.start is not None and passage.end is not None:
        yield Span(passage.start, passage.end)
    else:
        yield from (paragraph.span for paragraph in source.paragraphs if paragraph.at == passage.at)


def cover(case: Case, texts: Path | None = None) -> list[Finding]:
    """The sentences of local texts at which no statement points, as findings in the text's own file and line.

    A statement without offsets points at its whole paragraph. Documents whose text is not here are passed over.
    """
    findings: list[Finding] = []
    for document in case.documents.values():
        if not document.text or find_text(Path(document.place.file), document.text, texts) is None:
            continue
        try:
            path, source = _source_of(document, texts)
        except CaseError as error:
            findings += error.findings
            continue
        claims = [claim for claim in case.claims if claim.document == document.iri]
        touched = sorted({span for claim in claims for span in _spans(source, claim)})
        findings += _untouched(shown_path(path), source, touched)
    return findings


def _untouched(shown: str, source: SourceText, touched: Sequence[Span]) -> Iterator[Finding]:
    for paragraph in source.paragraphs:
        if source.repeats(paragraph):
            continue
        for sentence in source.sentences(paragraph):
            words = source.text[sentence.start : sentence.end].split()
            # A byline or a button is no sentence.
            if len(words) < 3 or (not paragraph.at and words[0].lower() in ("by", "por")):
                continue
            if not any(span.meets(sentence) for span in touched):
                yield Finding(
                    shown,
                    paragraph.line,
                    f'{paragraph.at or "the front"}, {sentence}: no statement points at "{" ".join(words[:5])}…".',
                    "Write what it says, or leave it when it says nothing.",
                    "warning",
                )


# --- digests


def stamp(paths: Iterable[Path]) -> int:
    """Write the digest of what they rely on to decisions and to answers across documents; how many were written.

    `CaseError` when the case has errors of any other sort: nothing is stamped that cannot be read.
    """
    paths = list(paths)
    case, findings = examine(*paths)
    errors = [f for f in findings if f.severity == "error" and "check --stamp" not in f.remedy]
    if case is None or errors:
        raise CaseError(errors or findings)
    written = 0
    for file in chain.from_iterable(map(files_of, paths)):
        text = read_text(file, shown_path(file))
        patch = Patch(text)
        count = sum(_stamp(patch, table, case) for table in parse(text, shown_path(file))[0])
        if count:
            mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
            write_whole(file, mark + patch.applied())
        written += count
    return written


def _stamp(patch: Patch, table: Table, case: Case) -> int:
    names = [name for section in ("accept", "reject") for name in _keys(table.get(Text(section)))]
    for block in blocks_of(table):
        for section in _ANSWERS:
            lines = block.get(Text(section))
            for line in lines.values() if isinstance(lines, Table) else ():
                names += [name for name in _answered(line) if "/" in name]
    count = 0
    for name in names:
        digests = [digest(claim) for claim in _named(case, name)]
        statement, _, old = name.partition("@")
        if digests and old not in digests:
            patch.replace(name, f"{statement}@{digests[0]}")
            count += 1
    return count


def _keys(value: Value | None) -> list[Text]:
    return list(value) if isinstance(value, Table) else []


def _answered(line: Value) -> Iterator[Text]:
    """The statements that an answering line names, in its short or its long form."""
    inner = line.get(Text("of")) or line.get(Text("fact")) if isinstance(line, Table) else line
    if isinstance(inner, Text):
        yield inner
    elif isinstance(inner, Row):
        yield from (name for name in inner if isinstance(name, Text))
