"""Grounding a case in its sources: what nobody should have to count or compute is written into the case files.

In: case files, and a local copy of a document's text. Out: the same files with ids for statements that have none, the
offsets of each cue, the SHA-256 of the text, the digests of what decisions rely on; and findings for what does not fit.
Only these marks are written: comments, order, quoting and line ends stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..base.errors import CaseError, Finding
from ..base.files import write_whole
from ..yaml.edit import Patch
from ..yaml.reader import Row, Table, Text, Value, parse, read_text
from .lines import SECTIONS
from .model import Case, Claim, Document, digest, statement_name
from .reader import examine
from .texts import FRONT, RUN, Paragraph, SourceText, Span

_CHARS = re.compile(r"(\d+)-(\d+)")
_PARAGRAPHS = re.compile(r"p(\d+)(?:-p?(\d+))?")
_NUMBERED = re.compile(r"s(\d+)")
#: Sections whose lists hold facts only: there, a list of words is one fact.
_FACTS = ("asserts", "alleges", "presumes", "mentions")
_ANSWERS = ("denies", "contests", "confirms")
#: What may be ground's own in a file: the rest must read the same before and after.
_WRITTEN = frozenset({"chars", "sha256", "at", "words"})
#: How far up from a case file a folder of texts is looked for.
_LEVELS = 5
#: What follows is a source's own text, and may be large; a case file may not.
_LARGEST_TEXT = 64 * 1024 * 1024


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
    tally = _Tally()
    for file in _case_files(paths):
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


@dataclass(slots=True)
class _Tally:
    findings: list[Finding] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    ids: int = 0
    spans: int = 0
    digests: int = 0
    dropped: int = 0
    missing: set[str] = field(default_factory=set)


def _case_files(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]


def _shown(path: Path) -> str:
    """The path as findings show it: from here when it lies below, else in full."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# --- one file


def _ground_file(file: Path, tally: _Tally, *, drop_words: bool, check: bool, texts: Path | None) -> None:
    shown = _shown(file)
    try:
        before = read_text(file, shown)
    except CaseError as error:
        tally.findings += error.findings
        return
    tables, found = parse(before, shown)
    if found:
        tally.findings += found
        return
    own = _Tally()

    def locate(patch: Patch, table: Table) -> None:
        _Grounding(file, table, patch, own, texts).run()

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
        str(key): _members(inner) if key in SECTIONS else _bare(inner)
        for key, inner in value.items()
        if key not in _WRITTEN
    }


def _members(value: Value) -> object:
    """The statements of a section, whether they have ids yet or not."""
    if isinstance(value, Table):
        return [_bare(member) for member in value.values()]
    if isinstance(value, Row) and value and all(isinstance(member, Text) for member in value):
        return [_bare(value)] if len(value) > 1 else [_bare(member) for member in value]
    return [_bare(member) for member in value] if isinstance(value, Row) else _bare(value)


def _blocks(table: Table) -> Iterator[Table]:
    passages = table.get(Text("passages"))
    if isinstance(passages, Row):
        yield from (block for block in passages if isinstance(block, Table))


def _lines(block: Table) -> Iterator[tuple[Text, Table]]:
    """The statements of a block that are written in the long form."""
    for section in SECTIONS:
        lines = block.get(Text(section))
        if isinstance(lines, Table):
            yield from ((sid, line) for sid, line in lines.items() if isinstance(line, Table))


def _key(table: Table, name: str) -> Text | None:
    return next((key for key in table if key == name), None)


def _text(table: Table, name: str) -> str:
    value = table.get(Text(name))
    return value.strip() if isinstance(value, Text) else ""


# --- ids


def _name_statements(patch: Patch, table: Table, shown: str, tally: _Tally) -> None:
    """Ids for statements that are written as a list: the next free numbers, in the file's order."""
    taken = [0]
    width = 2
    waiting: list[tuple[Text, Row]] = []
    for block in _blocks(table):
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


def _drop_words(patch: Patch, table: Table, tally: _Tally) -> None:
    for block in _blocks(table):
        for form in (block, *(line for _, line in _lines(block))):
            key = _key(form, "words")
            if key is not None:
                patch.drop(form, key)
                tally.dropped += 1


# --- offsets


class _Grounding:
    """One document's cues looked up in its text."""

    def __init__(self, file: Path, table: Table, patch: Patch, tally: _Tally, texts: Path | None) -> None:
        self.file, self.shown, self.table, self.patch, self.tally = file, _shown(file), table, patch, tally
        document = table.get(Text("document"))
        self.document = document if isinstance(document, Table) else None
        self.texts = texts
        self.name = f"document {_text(self.document, 'id')}" if self.document else ""

    def run(self) -> None:
        if self.document is None:
            return
        source = self._source(self.document)
        if source is None:
            return
        for number, block in enumerate(_blocks(self.table), 1):
            self._form(source, f"passage {number}", block, None)
            for sid, line in _lines(block):
                self._form(source, f"statement {sid}", line, block)

    def _find(self, at: Text | Table | int, what: str, remedy: str, warn: bool = False) -> None:
        line = at if isinstance(at, int) else at.line
        self.tally.findings.append(Finding(self.shown, line, what, remedy, "warning" if warn else "error"))

    def _source(self, document: Table) -> SourceText | None:
        """The text, when it is here and is the one that the case means."""
        key, name = _key(document, "text"), _text(document, "text")
        if key is None or not name:
            if _text(document, "id"):
                self.tally.missing.add(_text(document, "id"))
            return None
        if Path(name).is_absolute():
            self._find(key, f"{self.name} names its text by a full path.", "Write it from the case's folder.")
            return None
        path = find_text(self.file, name, self.texts)
        if path is None:
            self.tally.missing.add(_text(document, "id"))
            return None
        try:
            data = _read_bytes(path)
            text = data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._find(key, f"{self.name} has a text that cannot be read: {_reason(error)}.", "Save it as UTF-8.")
            return None
        if not self._digest(document, key, path, sha256(data).hexdigest()):
            return None
        source = SourceText(text, _text(document, "body_from"))
        if not source.found:
            self._find(
                _key(document, "body_from") or key,
                f"{self.name} has a `body_from` that is not in its text.",
                "Write the words with which paragraph 1 begins.",
            )
            return None
        return source

    def _digest(self, document: Table, key: Text, path: Path, found: str) -> bool:
        """Whether the text is the one whose characters the case counts; a document without a digest gets it."""
        said = _text(document, "sha256").lower()
        if said == found:
            return True
        if said:
            self._find(
                _key(document, "sha256") or key,
                f"{self.name} has the sha256 {said[:12]}…, but {_shown(path)} has {found[:12]}….",
                "Use the text that was read; or take `sha256` out, ground again and read every place anew.",
            )
            return False
        if (empty := document.get(Text("sha256"))) is not None and isinstance(empty, Text):
            self.patch.replace(empty, found)
        else:
            self.patch.add(document, key, "sha256", found)
        self.tally.digests += 1
        return True

    def _form(self, source: SourceText, name: str, form: Table, block: Table | None) -> None:
        self._copied(source, name, form)
        at = _text(form, "at") or (_text(block, "at") if block else "")
        region = self._region(source, name, form, at) if "at" in form or "cue" in form or "words" in form else None
        cue_key = _key(form, "cue") or _key(form, "words")
        chars_key = _key(form, "chars")
        cue = _text(form, cue_key) if cue_key is not None else ""
        if cue_key is not None and cue and (region is not None or not at):
            self._cue(source, name, form, cue_key, at, region)
        elif chars_key is not None:
            self._chars(source, name, form, chars_key, region)

    def _copied(self, source: SourceText, name: str, form: Table) -> None:
        for key in ("summary", "cue"):
            value = form.get(Text(key))
            for words in value.values() if isinstance(value, Table) else [value]:
                if isinstance(words, Text) and (run := source.copied(words)):
                    self._find(
                        words,
                        f'{name} repeats {RUN} words of its source in a row at `{key}`: "{run}".',
                        "Say it in words of your own." if key == "summary" else "A few words are enough to find it.",
                        warn=True,
                    )

    def _region(self, source: SourceText, name: str, form: Table, at: str) -> list[Paragraph] | None:
        """The paragraphs that a place means; all of them when the text does not show it (`page 4`); None if none."""
        if not at:
            return source.paragraphs
        match = _PARAGRAPHS.fullmatch(at)
        if match:
            first, last = int(match[1]), int(match[2] or match[1])
            found = [p for p in source.paragraphs if p.at in {f"p{number}" for number in range(first, last + 1)}]
            if found and last <= source.last and first <= last:
                return found
            # A line that takes its place from its block leaves the complaint to the block.
            if "at" in form:
                self._find(
                    _key(form, "at") or form,
                    f"{name} stands at {at}, but the text has the paragraphs p1 to p{source.last}.",
                    "Write the right one, or take `at` out: ground writes it.",
                )
            return None
        if at == "headline":
            return source.paragraphs[:1]
        if at in FRONT:
            return [p for p in source.paragraphs[1:] if not p.at and not source.repeats(p)]
        return source.paragraphs

    def _cue(
        self, source: SourceText, name: str, form: Table, key: Text, at: str, region: Sequence[Paragraph] | None
    ) -> None:
        """Look a cue up and write where it stands."""
        value = form[key]
        cue = _text(form, key)
        everywhere = [
            (span, paragraph)
            for span in source.find(cue)
            if (paragraph := source.paragraph_at(span.start)) is not None and not source.repeats(paragraph)
        ]
        within = [(s, p) for s, p in everywhere if region is None or p in region]
        line = value.line
        if not everywhere:
            self._find(line, f'{name} has the cue "{cue}", which is not in the text.', "Copy a few words from it.")
        elif not within:
            places = ", ".join(dict.fromkeys(p.at or "what precedes the body" for _, p in everywhere))
            self._find(line, f'{name} says {at}, but its cue "{cue}" stands in {places}.', "Mend `at`, or the cue.")
        elif len(within) > 1:
            places = ", ".join(dict.fromkeys(p.at or "what precedes the body" for _, p in within))
            self._find(
                line,
                f'{name} has the cue "{cue}", which is found {len(within)} times ({places}).',
                "Add the words beside it.",
            )
        else:
            self._write(source, name, form, key, at, *within[0])

    def _write(
        self, source: SourceText, name: str, form: Table, key: Text, at: str, found: Span, paragraph: Paragraph
    ) -> None:
        if not at:
            if not paragraph.at:
                self._find(
                    form[key].line, f"{name} stands before the body.", f"Write at: {', '.join(FRONT[1:-1])} or caption."
                )
                return
            empty = form.get(Text("at"))
            if isinstance(empty, Text):
                self.patch.replace(empty, paragraph.at)
            else:
                self.patch.add(form, key, "at", paragraph.at)
            self.tally.spans += 1
        # Quoted words are the place itself; a cue stands for its sentence.
        span = found if key == "words" else source.widened(found)
        old = form.get(Text("chars"))
        if old is None:
            self.patch.add(form, key, "chars", str(span))
        elif isinstance(old, Text) and not _covering(old, found, source):
            if old:
                self._find(
                    old, f'{name} had the offsets {old}, which do not hold its cue "{_text(form, key)}".',
                    f"Now they are {span}.", warn=True,
                )  # fmt: skip
            self.patch.replace(old, str(span))
        else:
            return
        self.tally.spans += 1

    def _chars(self, source: SourceText, name: str, form: Table, key: Text, region: Sequence[Paragraph] | None) -> None:
        match = _CHARS.fullmatch(_text(form, key))
        if match is None:
            return
        span = Span(int(match[1]), int(match[2]))
        if span.start >= span.end or span.end > len(source.text):
            self._find(
                key,
                f"{name} has the offsets {span}, but the text has {len(source.text)} characters.",
                "Give it a cue instead: ground writes the offsets.",
            )
        elif region is not None and not any(p.span.meets(span) for p in region):
            paragraph = source.paragraph_at(span.start)
            where = paragraph.at if paragraph and paragraph.at else "what precedes the body"
            self._find(key, f"{name} says {_text(form, 'at')}, but {span} is in {where}.", "Mend one of the two.")


def _covering(old: Text, found: Span, source: SourceText) -> bool:
    """Whether offsets that are there already hold the cue: an author may have widened them."""
    match = _CHARS.fullmatch(old.strip())
    return match is not None and int(match[2]) <= len(source.text) and Span(int(match[1]), int(match[2])).covers(found)


# --- texts


def find_text(file: Path, name: str, texts: Path | None = None) -> Path | None:
    """The local copy that a case file names: in `texts`, beside the case, or in a folder `texts` further up.

    None for a name that leads out of these folders, by `..`, from the root of the disk or over a link: a case may come
    from somebody else, and its texts are shown.
    """
    if ".." in Path(name).parts or Path(name).is_absolute() or name.startswith(("/", "\\")):
        return None
    folders = [file.absolute().parent, *file.absolute().parents[1:]][:_LEVELS]
    places = [(texts, texts / name), (texts, texts / Path(name).name)] if texts else []
    for folder in folders:
        if folder == folders[0] or Path(name).parts[:1] == ("texts",):
            places.append((folder, folder / name))
        places.append((folder / "texts", folder / "texts" / Path(name).name))
    return next((place for within, place in places if place.is_file() and _is_within(place, within)), None)


def _is_within(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def _read_bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_TEXT:
        raise OSError(f"it is larger than {_LARGEST_TEXT // 1024 // 1024} MB")
    return path.read_bytes()


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 (byte {error.start})"
    return error.strerror or str(error)


def _source_of(document: Document, texts: Path | None) -> tuple[Path, SourceText]:
    """A document's text. `CaseError` when it is not here, cannot be read, or is another one."""

    def refuse(what: str, remedy: str) -> CaseError:
        place = document.place
        return CaseError([Finding(place.file, place.line, f"document {document.id} {what}", remedy)])

    path = find_text(Path(document.place.file), document.text, texts) if document.text else None
    if path is None:
        raise refuse("has no local text here.", "Write text: and its path, or name the folder that holds it.")
    try:
        data = _read_bytes(path)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"has a text that cannot be read: {_reason(error)}.", "Save it as UTF-8.") from error
    found = sha256(data).hexdigest()
    if document.sha256 and document.sha256 != found:
        raise refuse(
            f"has the sha256 {document.sha256[:12]}…, but {_shown(path)} has {found[:12]}….",
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
        findings += _untouched(_shown(path), source, touched)
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
    for file in _case_files(paths):
        text = read_text(file, _shown(file))
        patch = Patch(text)
        count = sum(_stamp(patch, table, case) for table in parse(text, _shown(file))[0])
        if count:
            mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
            write_whole(file, mark + patch.applied())
        written += count
    return written


def _stamp(patch: Patch, table: Table, case: Case) -> int:
    names = [name for section in ("accept", "reject") for name in _keys(table.get(Text(section)))]
    for block in _blocks(table):
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
