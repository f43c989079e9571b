"""A case of format 2 in, the same written as format 1 out: names and words first, then documents with their statements.

The two steps are `heads` and `bodies`, because the second has to know which names the files of the whole case declare.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ...base.errors import did_you_mean
from ...vocabulary.frames import Frame, frames, read_tie
from ...vocabulary.model import SLUG, Vocabulary
from ...yaml.forms import Findings, Form
from ...yaml.reader import Table, Text
from ...yaml.reader import Value as Written
from ..model import Actor
from ..tables import DOCUMENT_KEYS, id_of
from ..values import Date, parse_date
from .emit import Emitter
from .files import DESK, Entry, Part, read_entries, speaker_lines
from .grammar import FrameLine, parse
from .marks import marked, row, table
from .reading import Reading
from .things import Things
from .ties import follow
from .tokens import LineError
from .words import editor_of, frame_parts, name_table, relation_table

#: Parts that a case's own frames may have, with their relations.
OWN_PARTS = {"by": "operator", "what": "subject-matter", "to": "addressed-to", "sum": "amount", "on": "aimed-at",
             "against": "aimed-at", "term": "term"}  # fmt: skip
#: As they are in format 1.
_PASSED = ("id", "licence", "corrections", "version", "contact", "kinds", "units", "folds", "accept", "reject")


class Notation:
    """The files of one case that are written in format 2."""

    def __init__(self, forms: Iterable[tuple[Form, Sequence[str]]], findings: Findings) -> None:
        self.findings = findings
        self.parts = [Part(form, source) for form, source in forms]
        self.languages = self._languages()
        for part in self.parts:
            self._document_id(part)

    # --- words and names

    def heads(self) -> list[Form]:
        """What each file says of the case: its card, names, own words, decisions."""
        return [Form(self._head(part), part.form.file, part.form.name, self.findings) for part in self.parts]

    def _head(self, part: Part) -> Table:
        form, source = part.form, part.table
        fields: dict[str, Written | str] = {"format": "1"}
        for key in _PASSED:
            if (value := form.get(key)) is not None:
                fields[key] = value
        if "title" in form:
            fields["title"] = source[Text("title")]
        editor, contact = editor_of(form.text("editor"))
        if editor:
            fields["editor"] = marked(editor, source[Text("editor")])
        if contact:
            fields["contact"] = marked(contact, source[Text("editor")])
        for key, word in (("cast", "cast"), ("uses", "shared")):
            if words := form.words(key):
                fields[word] = row(words, source[Text(key)])
        fields["relations"] = self._relations(part)
        fields["actors"] = self._names(part)
        return _keyed({key: value for key, value in fields.items() if value not in ("", {})}, source)

    def _languages(self) -> tuple[str, ...]:
        """The languages of the case, the first being that of its names."""
        for part in self.parts:
            for key in ("language", "languages"):
                if words := part.form.words(key):
                    return tuple(map(str, words))
        return ("en",)

    def _names(self, part: Part) -> Table:
        """`names:` by kind."""
        found: dict[str, Written | str] = {}
        kinds = part.form.get("names")
        if kinds is not None and not isinstance(kinds, Table):
            part.form.error("names", "needs names by kind at `names`.", "Write company: {norvik: Norvik Terminals}.")
        for kind, names in kinds.items() if isinstance(kinds, Table) else ():
            if not isinstance(names, Table):
                part.at_key(kind, f"has no names at {kind}.", "Write id: name below it.")
                continue
            for id_, text in names.items():
                if not isinstance(text, Text) or not text:
                    part.at_key(id_, f"has no name for {id_}.", _one_line(id_, text, self.languages[0]))
                elif id_ in found:
                    part.at_key(id_, f"declares {id_} twice.", "Two people need two ids.")
                else:
                    found[id_] = name_table(part, text, kind, self.languages, editor_of(self._text("editor"))[0])
        return _keyed(found, part.table)

    def _text(self, key: str) -> str:
        return next((part.form.text(key) for part in self.parts if key in part.form), "")

    def _relations(self, part: Part) -> Table:
        value = part.form.get("relations")
        found: dict[str, Written | str] = {}
        for key, text in value.items() if isinstance(value, Table) else ():
            found[key] = relation_table(part, text, self.languages[0]) if isinstance(text, Text) else text
        if value is not None and not isinstance(value, Table):
            part.form.error("relations", "needs a label for each relation.", "Write moored-beside: lies moored beside.")
        return _keyed(found, part.table)

    # --- documents

    def _document_id(self, part: Part) -> None:
        value = part.form.get("document")
        if not isinstance(value, Table):
            return
        part.document = id_of(value) or "document"

    def bodies(self, nodes: Mapping[str, str], actors: Mapping[str, Actor], vocabulary: Vocabulary) -> list[Form]:
        """The documents with their statements, and the things that these are about."""
        # A name that is the word of a frame takes its place in this case.
        every = {**frames(), **self._own_frames(vocabulary)}
        known = {key: frame for key, frame in every.items() if key not in nodes}
        for part in self.parts:
            read_entries(part, known)
        cards = {id(part): self._card(part) for part in self.parts}

        def days(entry: Entry) -> Mapping[str, Date | None]:
            published = _date(cards[id(entry.part)].get(Text("published")))
            return {"published": published, "said": self._said(entry) or published}

        def declared(id_: str) -> str:
            actor = actors.get(nodes.get(id_, ""))
            return actor.kind if actor else ""

        reading = Reading(known, vocabulary, days, declared)
        for part in self.parts:
            part.entries = [_as_frame(entry, every, reading) for entry in part.entries]
        reading.frames = every
        entries = [entry for part in self.parts for entry in part.entries]
        reading.register(entries)
        for entry in entries:
            reading.read(entry)
        follow(reading)
        unnamed = Things(reading, nodes, actors, vocabulary, self.languages, self._editorial())
        emitter = Emitter(unnamed)
        for part in self.parts:
            emitter.speakers(part, speaker_lines(part))
        blocks = emitter.blocks()
        self._decided(emitter.named)
        made = []
        for part in self.parts:
            fields: dict[str, Written | str] = {"format": "1"}
            if part.document:
                fields["document"] = cards[id(part)]
                fields["passages"] = row(blocks.get(id(part), []), part.table)
            made.append(Form(_keyed(fields, part.table), part.form.file, part.form.name, self.findings))
        if self.parts:
            first = self.parts[0]
            words: dict[str, Written | str] = {"format": "1"}
            words |= {key: value for key, value in (("things", unnamed.things()), ("units", unnamed.units())) if value}
            made.insert(0, Form(_keyed(words, first.table), first.form.file, first.form.name, self.findings))
        return made

    def _card(self, part: Part) -> Table:
        """The card of a document, as format 1 has it."""
        value = part.form.get("document")
        if not isinstance(value, Table):
            if value is not None:
                part.form.error("document", "needs a card at `document`.", "Write {publisher: …, published: …}.")
            return _keyed({}, part.table)
        for key, text in value.items():
            if key not in DOCUMENT_KEYS and text == "":
                what = f'reads "{key}" as a key, because of the comma in front of it.'
                part.at_key(key, what, "Put the whole text in quotation marks, or take the comma out.")
        fields: dict[str, Written | str] = dict(value.items())
        if Text("id") not in value:
            fields["id"] = part.document
        if Text("language") not in value:
            fields["language"] = self.languages[0]
        return _keyed(fields, value)

    def _said(self, entry: Entry) -> Date | None:
        """When the only speaker of a line said it, as far as a plain date says so."""
        lines = speaker_lines(entry.part)
        words = [entry.line.raw("said")]
        for name in entry.speaking.speakers[:1]:
            words += [
                piece.strip().removeprefix("said ") for piece in lines.get(name, "").split(";") if "said" in piece
            ]
        return next((day for day in map(_parsed, words) if day), None)

    def _own_frames(self, vocabulary: Vocabulary) -> dict[str, Frame]:
        found = {}
        for part in self.parts:
            value = part.form.get("frames")
            if value is not None and not isinstance(value, Table):
                part.form.error(
                    "frames", "needs parts for each frame.", 'Write salvage: "by, what; tie by salvaged what".'
                )
            for key, text in value.items() if isinstance(value, Table) else ():
                if not isinstance(text, Text) or not SLUG.fullmatch(key) or key in frames():
                    part.at_key(
                        key, f"has the frame {key}, which cannot be one.", "Take another word, and write its parts."
                    )
                    continue
                parts, ties = frame_parts(part, key, text, OWN_PARTS)
                fields = Form(_keyed({}, part.table), part.form.file, f"frame {key}", self.findings)
                fields.table.line = key.line
                relations = {*vocabulary.relations, *vocabulary.inverses()}
                common = frames()["event"].parts
                every = {**common, **parts}
                found[str(key)] = Frame(
                    str(key), "event", every, {"en": f"the {key}[ by {{by}}]", "es": f"{key}[ de {{by}}]"},
                    tuple(read_tie(tie, every, fields, relations) for tie in ties),
                )  # fmt: skip
        return found

    def _decided(self, named: Collection[str]) -> None:
        """What editors decide of a statement that there is not would change nothing, without a word."""
        documents = {part.document for part in self.parts}
        for part in self.parts:
            for key in DESK:
                value = part.form.get(key)
                for sid in value if isinstance(value, Table) else ():
                    document = sid.rpartition("/")[0]
                    if str(sid) not in named and (not document or document in documents):
                        part.at_key(sid, f'has "{sid}" under `{key}`, which is the id of no statement.',
                                    did_you_mean(sid, named))  # fmt: skip

    def _editorial(self) -> dict[str, dict[str, Written]]:
        """The editors' fields, by the id of a statement."""
        found: dict[str, dict[str, Written]] = {}
        for part in self.parts:
            for key in DESK:
                value = part.form.get(key)
                for sid, field in value.items() if isinstance(value, Table) else ():
                    found.setdefault(str(sid), {})[key] = field
        return found


def _one_line(id_: str, value: Written, language: str) -> str:
    """How a name is written; one that was given as a mapping of languages is shown."""
    given = {str(tag): str(name) for tag, name in value.items()} if isinstance(value, Table) else {}
    first = given.pop(language, "")
    if not first or not all(map(str.isalpha, given)):
        return "Write it behind the colon, on one line."
    line = "; ".join([first, *(f"{tag} {name}" for tag, name in given.items())])
    return f"Write it on one line, the first language of the case in front: {id_}: {line}"


def _as_frame(entry: Entry, every: Mapping[str, Frame], reading: Reading) -> Entry:
    """A line that begins with a name whose id is the word of a frame: what only a frame can mean is read as one.

    `order; by court` is the name itself, where it is of the frame's kind.
    """
    word = re.split(r"[ ;]", entry.text, maxsplit=1)[0]
    if word not in every or word in reading.frames:
        return entry
    try:
        line = parse(entry.text, every)
    except LineError:
        return entry
    shared = frames()["event"].parts.keys() - {"by"}
    own = {clause.word for clause in line.clauses} & {*every[word].parts} - shared
    main = line.main
    if not isinstance(main, FrameLine) or not (own or (main.id and not reading.relation_known(main.id))):
        return entry
    kind = reading.declared(word)
    if not main.id and kind and reading.vocabulary.is_a(kind, {every[word].kind}):
        main = replace(main, id=word)
    return replace(entry, line=replace(line, main=main))


def _keyed(fields: Mapping[str, Written | str], like: Table) -> Table:
    """A table whose own keys keep their places."""
    places = {str(key): key for key in like}
    return table({places.get(str(key), key): value for key, value in fields.items()}, like)


def _parsed(words: str) -> Date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None


def _date(value: Written | None) -> Date | None:
    return _parsed(value) if isinstance(value, Text) else None
