"""Places of a document looked up in its text: each cue's offsets, written into the author's file.

In: one YAML document of a case file, and where its text is looked for. Out: edits, and findings for what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..base.errors import Finding, Severity
from ..yaml.edit import Patch
from ..yaml.reader import Table, Text, Value
from .lines import SECTIONS
from .notation.files import PLACE
from .notation.marks import marked, table
from .reader import shown_path
from .tables import blocks_of, id_of, key_of, text_of
from .texts import FRONT, RUN, Paragraph, SourceText, Span

_CHARS = re.compile(r"(\d+)-(\d+)")
_PARAGRAPHS = re.compile(r"p(\d+)(?:-p?(\d+))?")
#: How far up from a case file a folder of texts is looked for.
_LEVELS = 5
#: What follows is a source's own text, and may be large; a case file may not.
_LARGEST_TEXT = 64 * 1024 * 1024


@dataclass(slots=True)
class Tally:
    """What was found and written, while files are grounded."""

    findings: list[Finding] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    ids: int = 0
    spans: int = 0
    digests: int = 0
    dropped: int = 0
    missing: set[str] = field(default_factory=set)


def lines_of(block: Table) -> Iterator[tuple[Text, Table]]:
    """The statements of a block that are written in the long form."""
    for section in SECTIONS:
        lines = block.get(Text(section))
        if isinstance(lines, Table):
            yield from ((sid, line) for sid, line in lines.items() if isinstance(line, Table))


class Grounding:
    """One document's cues looked up in its text."""

    def __init__(self, file: Path, table: Table, patch: Patch, tally: Tally, texts: Path | None) -> None:
        self.file, self.shown, self.table, self.patch, self.tally = file, shown_path(file), table, patch, tally
        document = table.get(Text("document"))
        self.document = document if isinstance(document, Table) else None
        self.texts = texts
        #: Format 2: the key that a place was made from.
        self.keys: dict[int, Text] = {}
        self.name = f"document {text_of(self.document, 'id')}" if self.document else ""

    def run(self) -> None:
        if self.document is None:
            return
        source = self._source(self.document)
        if source is None:
            return
        for number, block in enumerate(blocks_of(self.table), 1):
            self._form(source, f"passage {number}", block, None)
            for sid, line in lines_of(block):
                self._form(source, f"statement {sid}", line, block)

    def _find(self, at: Value, what: str, remedy: str, warn: bool = False) -> None:
        severity: Severity = "warning" if warn else "error"
        self.tally.findings.append(Finding(self.shown, at.line, what, remedy, severity, at.column))

    def _source(self, document: Table) -> SourceText | None:
        """The text, when it is here and is the one that the case means."""
        key, name = key_of(document, "text"), text_of(document, "text")
        if key is None or not name:
            if id_of(document):
                self.tally.missing.add(id_of(document))
            return None
        if Path(name).is_absolute():
            self._find(key, f"{self.name} names its text by a full path.", "Write it from the case's folder.")
            return None
        path = find_text(self.file, name, self.texts)
        if path is None:
            self.tally.missing.add(id_of(document))
            return None
        try:
            data = read_bytes(path)
            text = data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._find(key, f"{self.name} has a text that cannot be read: {reason_of(error)}.", "Save it as UTF-8.")
            return None
        if not self._digest(document, key, path, sha256(data).hexdigest()):
            return None
        source = SourceText(text, text_of(document, "body_from"))
        if not source.found:
            self._find(
                key_of(document, "body_from") or key,
                f"{self.name} has a `body_from` that is not in its text.",
                "Write the words with which paragraph 1 begins.",
            )
            return None
        return source

    def _digest(self, document: Table, key: Text, path: Path, found: str) -> bool:
        """Whether the text is the one whose characters the case counts; a document without a digest gets it."""
        said = text_of(document, "sha256").lower()
        if said == found:
            return True
        if said:
            self._find(
                key_of(document, "sha256") or key,
                f"{self.name} has the sha256 {said[:12]}…, but {shown_path(path)} has {found[:12]}….",
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
        at = text_of(form, "at") or (text_of(block, "at") if block else "")
        region = self._region(source, name, form, at) if "at" in form or "cue" in form or "words" in form else None
        cue_key = key_of(form, "cue") or key_of(form, "words")
        chars_key = key_of(form, "chars")
        cue = text_of(form, cue_key) if cue_key is not None else ""
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
                    key_of(form, "at") or form,
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
        cue = text_of(form, key)
        everywhere = [
            (span, paragraph)
            for span in source.find(cue)
            if (paragraph := source.paragraph_at(span.start)) is not None and not source.repeats(paragraph)
        ]
        within = [(s, p) for s, p in everywhere if region is None or p in region]
        if not everywhere:
            self._find(value, f'{name} has the cue "{cue}", which is not in the text.', "Copy a few words from it.")
        elif not within:
            places = ", ".join(dict.fromkeys(p.at or "what precedes the body" for _, p in everywhere))
            self._find(value, f'{name} says {at}, but its cue "{cue}" stands in {places}.', "Correct `at`, or the cue.")
        elif len(within) > 1:
            places = ", ".join(dict.fromkeys(p.at or "what precedes the body" for _, p in within))
            self._find(
                value,
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
                    form[key], f"{name} stands before the body.", f"Write at: {', '.join(FRONT[1:-1])} or caption."
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
                    old, f'{name} had the offsets {old}, which do not hold its cue "{text_of(form, key)}".',
                    f"Now they are {span}.", warn=True,
                )  # fmt: skip
            self.patch.replace(old, str(span))
        else:
            return
        self.tally.spans += 1

    def _chars(self, source: SourceText, name: str, form: Table, key: Text, region: Sequence[Paragraph] | None) -> None:
        match = _CHARS.fullmatch(text_of(form, key))
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
            self._find(key, f"{name} says {text_of(form, 'at')}, but {span} is in {where}.", "Correct one of the two.")


class LineGrounding(Grounding):
    """The same for format 2, where place, offsets and cue are one key: `p5 1734-2029 no quay idle:`."""

    def run(self) -> None:
        source = self._source(self.document) if self.document is not None else None
        if source is None:
            return
        for key, value in self.table.items():
            match = PLACE.fullmatch(key)
            if match and isinstance(value, Table):
                fields = {"at": match[1], "chars": match[2] or "", "cue": match[3] or ""}
                made = table(dict(fields), key)
                if (summary := value.get(Text("summary"))) is not None:
                    made[marked("summary", key)] = summary
                self.keys[id(made)] = key
                self._form(source, f"place {match[1]}", made, None)

    def _write(self, source: SourceText, name: str, form: Table, key: Text, at: str, found: Span, _: Paragraph) -> None:
        old = form.get(Text("chars"))
        if isinstance(old, Text) and _covering(old, found, source):
            return
        span = source.widened(found)
        if isinstance(old, Text):
            self._find(
                old, f'{name} had the offsets {old}, which do not hold its cue "{text_of(form, key)}".',
                f"Now they are {span}.", warn=True,
            )  # fmt: skip
        whole = self.keys[id(form)]
        words = f"{at} {span} {text_of(form, key)}"
        self.patch.replace(whole, words if whole.plain else words.replace("'", "''"))
        self.tally.spans += 1


def _covering(old: Text, found: Span, source: SourceText) -> bool:
    """Whether offsets that are there already hold the cue: an author may have widened them."""
    match = _CHARS.fullmatch(old.strip())
    return match is not None and int(match[2]) <= len(source.text) and Span(int(match[1]), int(match[2])).covers(found)


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


def read_bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_TEXT:
        raise OSError(f"it is larger than {_LARGEST_TEXT // 1024 // 1024} MB")
    return path.read_bytes()


def reason_of(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 (byte {error.start})"
    return error.strerror or str(error)
