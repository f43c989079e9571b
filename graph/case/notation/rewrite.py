"""A file of format 1 in, the same in format 2 out, with what a person must decide. Pure.

Each YAML document is rewritten as a whole or not at all: one that says something for which format 2 has no words, or
for which only a person can tell the words, stays in format 1 and is named, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...base.errors import CaseError, Finding
from ...vocabulary.reader import standard
from ...yaml.reader import Row, Table, Text, Value, parse
from ..lines import ANSWERING, SECTIONS, STATEMENT, UNSTATED
from ..model import Modality
from ..tables import FIELDS, blocks_of, format_of
from .files import DESK, SOMEBODY
from .fold import Said, folded, told_once, without
from .grammar import ID, NAME, RESERVED
from .tokens import LineError, tokens
from .words import NAMED_AGAIN
from .written import field_lines, flow, scalar, spoken_lines, summary_lines

_VERBS = {
    "asserts": "says",
    "confirms": "says",
    "asks": "says",
    "alleges": "alleges",
    "presumes": "supposes",
    "denies": "denies",
    "contests": "doubts",
    "declines": "declines",
}
_CASE = ("title", "id", "editor", "licence", "corrections", "version", "cast")
_KEPT = ("kinds", "relations", "units", "folds", "accept", "reject")
#: Fields of a block or a line that have no words in format 2.
_NO_WORDS = ("confidential", "confirms")
#: Modalities whose word in format 2 is another.
_STATUSES = {"counterfactual": "would-have"}
_MODALITIES = {modality.value for modality in Modality}
_FRONT = ("headline", "subtitle", "caption")
_WIDTH = 118


class UndecidedError(Exception):
    """Something that only a person can put into words: the line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


@dataclass(slots=True)
class Rewritten:
    """The text of a file in format 2, and what stayed in format 1."""

    text: str
    findings: list[Finding] = field(default_factory=list)


def named_elsewhere(files: Mapping[str, str]) -> set[str]:
    """Ids of statements that another line, a decision or an editor names, in any of these texts."""
    found: set[str] = set()
    for text in files.values():
        for table in parse(text, "")[0]:
            for section in ("accept", "reject"):
                value = table.get(Text(section))
                for key, decision in value.items() if isinstance(value, Table) else ():
                    over = _list(decision.get(Text("over"))) if isinstance(decision, Table) else []
                    found |= {name.partition("@")[0].rpartition("/")[2] for name in (key, *over)}
            for block in blocks_of(table):
                for section in SECTIONS:
                    value = block.get(Text(section))
                    for sid, line in value.items() if isinstance(value, Table) else ():
                        words = _words(line, repeats=str(block.get(Text("at"), "")) in _FRONT)
                        found |= {word.partition("@")[0].rpartition("/")[2] for word in words if word != sid}
                        if isinstance(line, Table) and any(Text(key) in line for key in DESK):
                            found.add(str(sid))
    return found


def rewritten(source: str, shown: str, named: set[str], events: Mapping[str, str] | None = None) -> Rewritten:
    """The text of a file in format 2. `CaseError` when the file is no YAML.

    `named` are the ids that must stay, `events` the frames that lines may begin with, as `frames_of` finds them.
    """
    tables, found = parse(source, shown)
    if found:
        raise CaseError(found)
    made = Rewritten("")
    parts = []
    lines = source.splitlines(keepends=True)
    for number, table in enumerate(tables):
        end = tables[number + 1].line - 1 if number + 1 < len(tables) else len(lines)
        own = "".join(lines[table.line - 1 : end]).rstrip().removesuffix("---").rstrip()
        if format_of(table) != FIELDS:
            parts.append(own)
            continue
        try:
            parts.append("\n".join(_Writer(table, named, events or {}).lines()))
        except UndecidedError as error:
            made.findings.append(Finding(shown, error.line, error.why, "It stays in format 1.", "warning"))
            parts.append(own)
    first = source[: source.find("format:")].rstrip() if tables else source
    comments = [line for line in first.splitlines() if line.startswith("#")]
    made.text = "\n".join([*comments, "\n---\n".join(parts)]).rstrip() + "\n"
    return made


def _words(value: Value, *, repeats: bool = False) -> Iterator[str]:
    """The words of a line that may be ids; what a headline `repeats` of the body is found without them."""
    if isinstance(value, Text):
        yield str(value)
    elif isinstance(value, Row):
        for member in value:
            yield from _words(member)
    else:
        for key in ("fact", "of", "counters", "confirms", "alternative_of", *([] if repeats else ["depends_on"])):
            yield from _words(value[Text(key)]) if Text(key) in value else ()


class _Writer:
    """Writes one YAML document."""

    def __init__(self, table: Table, named: set[str], events: Mapping[str, str]) -> None:
        self.table, self.named, self.events = table, named, events
        self.editorial: dict[str, list[str]] = {}
        self.mentions: dict[str, Row] = {}
        self.publisher, self.language = "", "en"
        self.status = ""

    def lines(self) -> Iterator[str]:
        """The document in format 2. Raises `UndecidedError`."""
        yield "format: 2"
        for key in _CASE:
            if (value := self.table.get(Text(key))) is not None:
                yield from field_lines(key, self._with_contact(value) if key == "editor" else value)
        if (value := self.table.get(Text("shared"))) is not None:
            yield from field_lines("uses", value)
        yield from self._names()
        for key in _KEPT:
            if (value := self.table.get(Text(key))) is not None:
                yield from field_lines(key, value)
        yield from self._document()
        for key, entries in self.editorial.items():
            yield f"{key}:"
            yield from entries

    def _with_contact(self, editor: Value) -> Value:
        contact = self.table.get(Text("contact"))
        if not isinstance(contact, Text) or not isinstance(editor, Text):
            return editor
        text = Text(f"{editor} <{contact}>")
        text.plain, text.line = False, editor.line
        return text

    # --- names

    def _names(self) -> Iterator[str]:
        kinds: dict[str, list[str]] = {}
        languages: set[str] = set()
        for section in ("actors", "things"):
            value = self.table.get(Text(section))
            for id_, fields in value.items() if isinstance(value, Table) else ():
                if not isinstance(fields, Table):
                    raise UndecidedError(id_.line, f"{id_} has no fields.")
                name, tags = self._name(id_, fields)
                languages |= tags
                kinds.setdefault(str(fields.get(Text("kind"), "")), []).append(f"    {id_}: {scalar(name)}")
        if kinds:
            if languages:
                yield "language: [en, es]"
            yield "names:"
        for kind, names in kinds.items():
            yield f"  {kind}:"
            yield from names

    def _name(self, id_: Text, fields: Table) -> tuple[str, set[str]]:
        if not ID.fullmatch(id_) or id_ in RESERVED:
            raise UndecidedError(id_.line, f"{id_} cannot be an id in format 2.")
        name = fields.get(Text("name"), Text(""))
        texts = {str(tag): str(text) for tag, text in name.items()} if isinstance(name, Table) else {}
        words = [texts.get("en") or str(name) if not texts or "en" in texts else ""]
        if not words[0]:
            raise UndecidedError(id_.line, f"{id_} has no English name; say in which language the case is.")
        words += [f"es {texts['es']}"] if texts.get("es") not in (None, texts.get("en")) else []
        words += [f"called {alias}" for alias in _list(fields.get(Text("aliases")))]
        if any(";" in word for word in words):
            raise UndecidedError(id_.line, f"{id_} has a name with a semicolon.")
        words += [f"{word} {said}" for word in NAMED_AGAIN if (said := fields.get(Text(word))) is not None]
        for flag in ("plural", "confidential"):
            if (said := fields.get(Text(flag))) is not None:
                if said != "true":
                    raise UndecidedError(id_.line, f"{id_} says {flag}: {said}.")
                words.append(flag)
        same = fields.get(Text("same_as"))
        if isinstance(same, Table):
            words.append(f"wikidata {same.get(Text('wikidata'))} (checked {same.get(Text('on'))})")
        return "; ".join(words), {tag for tag in texts if tag != "en" and texts[tag] != texts.get("en")}

    # --- a document

    def _document(self) -> Iterator[str]:
        card = self.table.get(Text("document"))
        if not isinstance(card, Table):
            return
        inherited = {
            key: value
            for key, value in card.items()
            if key in ("by", "for", "via", "said", "verb", "reported", "hedge")
        }
        if inherited:
            first = next(iter(inherited))
            raise UndecidedError(first.line, f"the document gives `{first}` for all that it says.")
        self.publisher = str(card.get(Text("publisher"), ""))
        self.language = str(card.get(Text("language"), "en"))
        yield "document:"
        for key, value in card.items():
            yield from (f"  {line}" for line in field_lines(str(key), value))
        places: dict[str, tuple[list[str], list[Said]]] = {}
        blocks = list(blocks_of(self.table))
        for block in blocks:
            self._gather_mentions(block)
        for place, summary, said, at in (found for block in blocks for found in self._places(block)):
            known, every = places.setdefault(place, (summary, []))
            if known != summary:
                raise UndecidedError(
                    at.line, f"{place} stands twice with two summaries: add a few words of the source."
                )
            every.append(said)
        shared = told_once([said for _, every in places.values() for said in every])
        if shared:
            yield "speakers:"
            yield from (f"  {speaker}: {scalar('; '.join(clauses))}" for speaker, clauses in shared.items())
        for place, (summary, every) in places.items():
            yield f"{scalar(place)}:"
            yield from summary
            for speaker, spoken in folded([without(said, shared) for said in every], self.events):
                yield from spoken_lines(speaker, spoken)

    def _gather_mentions(self, block: Table) -> None:
        value = block.get(Text("mentions"))
        for sid, line in value.items() if isinstance(value, Table) else ():
            if not isinstance(line, Row) or len(line) != 3:
                raise UndecidedError(sid.line, f"{sid} is only mentioned, and says more than three words.")
            if str(sid) not in self.named:
                raise UndecidedError(sid.line, f"{sid} is only mentioned: write who says what of it.")
            self.mentions[str(sid)] = line

    def _places(self, block: Table) -> Iterator[tuple[str, list[str], Said, Table]]:
        """The place of a block, and one for each statement that has a place or a summary of its own."""
        for section in SECTIONS:
            value = block.get(Text(section))
            if section == "mentions" or value is None or value == "":
                continue
            if not isinstance(value, Table):
                raise UndecidedError(block.line, f"{section} has statements without ids: run ground first.")
            for sid, line in value.items():
                form = line if isinstance(line, Table) else Table()
                # A line with a place of its own does not take the block's offsets and words.
                at = (form, block)
                found = next((level for level in at if set(level) & {"cue", "chars", "at"}), block)
                where = _level(at, "at")
                if not isinstance(where, Text):
                    raise UndecidedError(block.line, "a passage has no place.")
                parts = [str(found[Text(key)]) for key in ("chars", "cue") if Text(key) in found]
                summary = _level(at, "summary")
                words = list(summary_lines(summary)) if summary is not None else []
                yield " ".join([where, *parts]), words, self._statement(block, section, sid, line), block

    def _statement(self, block: Table, section: str, sid: Text, line: Value) -> Said:
        """The speaker's key, and what is said."""
        form = line if isinstance(line, Table) else Table()
        self._refuse(block, form, sid, section)
        value = form.get(Text("fact"), form.get(Text("of"))) if form else line
        assert value is not None  # the case was read without a finding
        levels = (form, block)
        names = _list(_level(levels, "by")) or [self.publisher]
        key = ", ".join(SOMEBODY if name == UNSTATED else name for name in names) + f" {_VERBS.get(section, '')}"
        # A line with a speaker of its own does not take the block's verb.
        if verb := _level(levels[:1] if Text("by") in form else levels, "verb"):
            key += f" ({verb})"
        implied = form.get(Text("implied")) == "true"
        if implied and section != "asserts":
            raise UndecidedError(sid.line, f"{sid} is implied, and no plain statement.")
        if implied and names == [UNSTATED]:
            key = "implied" + (f" ({verb})" if verb else "")
        main = self._main(section, sid, value)
        clauses = [*self._fields(sid, section, levels, form)]
        clauses += ["implied"] if implied and names != [UNSTATED] else []
        hedge = ", ".join(_list(_level(levels, "hedge")))
        if "(" in hedge or ")" in hedge:
            raise UndecidedError(sid.line, f"{sid} has a hedge with parentheses.")
        own = _own_id(sid) if str(sid) in self.named else ""
        said = Said(key, *main, id=own, hedge=hedge, clauses=tuple(clauses))
        try:
            tokens(said.line)
        except LineError as error:
            raise UndecidedError(sid.line, f"{sid} {error.what}") from error
        return said

    def _refuse(self, block: Table, form: Table, sid: Text, section: str) -> None:
        for key in _NO_WORDS:
            for level in (form, block):
                if Text(key) in level and (level is form or key not in SECTIONS):
                    raise UndecidedError(sid.line, f"{sid} has `{key}`.")
        if Text("counters") in form and section in ("denies", "contests", "confirms"):
            raise UndecidedError(sid.line, f"{sid} has `counters` beside what it answers.")
        if Text("depends_on") in form and str(block.get(Text("at"), "")) not in _FRONT:
            raise UndecidedError(sid.line, f"{sid} depends on another statement.")

    def _main(self, section: str, sid: Text, value: Value) -> tuple[str, str, str]:
        """Subject, relation and third place; what is said again stands in the subject's place."""
        words = [value] if isinstance(value, Text) else [word for word in value if isinstance(word, Text)]
        answers = section in ANSWERING and (isinstance(value, Text) or (all(STATEMENT.fullmatch(word) for word in words)
                                            and section not in ("asks", "declines") and len(words) != 3))  # fmt: skip
        if answers:
            return ", ".join(_reference(word, sid) for word in words), "", ""
        status = str(words[-1]) if len(words) > 2 and str(words[-1]) in _MODALITIES else ""
        words = words[:-1] if status else words
        if status == Modality.HYPOTHETICAL:
            raise UndecidedError(sid.line, f"{sid} is hypothetical: on a condition, or contrary to fact?")
        third = self._third(words[2], sid, words[1]) if len(words) > 2 else ""
        if section == "asks" and status not in ("", "actual"):
            raise UndecidedError(sid.line, f"{sid} asks whether something is {status}.")
        status = "open" if section == "asks" else status
        self.status = _STATUSES.get(status, status)
        return _reference(words[0], sid), str(words[1]), third

    def _third(self, word: Text, sid: Text, relation: Text) -> str:
        known = standard().relations.get(relation)
        if word in ("unknown", "withheld"):
            return str(word)
        if str(word) in self.mentions:
            inner = self.mentions[str(word)]
            parts = [part for part in inner if isinstance(part, Text)]
            return f"that {_reference(parts[0], sid)} {parts[1]} {self._third(parts[2], sid, parts[1])}"
        text = known is not None and known.takes == {"text"}
        if not text and NAME.fullmatch(word.lower()) and re.fullmatch(r"[A-Za-z][\w./-]*", word):
            return _reference(word, sid)
        if not text and re.match(
            r"[0-9-]|(?:about|around|approximately|roughly|nearly|almost|some|at|up|more|less) ", word
        ):
            return str(word)
        if '"' in word:
            raise UndecidedError(sid.line, f"{sid} has quotation marks in its words.")
        return f'"{word}"'

    def _fields(self, sid: Text, section: str, levels: Sequence[Table], form: Table) -> Iterator[str]:
        if self.status and isinstance(form.get(Text("fact"), Row()), Row) and section != "confirms":
            yield self.status
        self.status = ""
        if modality := form.get(Text("modality")):
            yield _STATUSES.get(str(modality), str(modality))
        yield from _times(form)
        if many := form.get(Text("many")):
            yield f"degree {many}"
        if form.get(Text("sensitive")) == "true":
            yield "sensitive"
        if others := _list(form.get(Text("alternative_of"))):
            yield f"or {', '.join(_own_id(Text(other)) for other in others)}"
        if (words := _level(levels, "words")) is not None:
            yield f'words {_level(levels, "language") or self.language} "{words}"'
        elif _level(levels, "language") is not None:
            raise UndecidedError(sid.line, f"{sid} has a language of its own, and no words in it.")
        if countered := _list(form.get(Text("counters"))):
            yield f"counters {', '.join(_reference(Text(word), sid) for word in countered)}"
        yield from self._chain(sid, levels)
        if Text("withheld_by") in form:
            raise UndecidedError(sid.line, f"{sid} is withheld: write who withholds what.")
        for key in DESK:
            if Text(key) in form:
                self.editorial.setdefault(key, []).append(f"  {_own_id(sid)}: {flow(form[Text(key)])}")

    def _chain(self, sid: Text, levels: Sequence[Table]) -> Iterator[str]:
        own_speaker = Text("by") in levels[0]
        inherit = levels[:1] if own_speaker else levels
        if (for_ := _level(inherit, "for")) is not None:
            yield f"for {for_}"
        steps = []
        via = _level(inherit, "via")
        for step in via if isinstance(via, Row) else [via] if via else []:
            if isinstance(step, Table):
                if set(step) - {"who", "implied", "verb"}:
                    raise UndecidedError(sid.line, f"{sid} was passed on on a day of its own.")
                verb = f" ({step[Text('verb')]})" if Text("verb") in step else ""
                guess = "probably " if step.get(Text("implied")) == "true" else ""
                steps.append(f"{guess}{step[Text('who')]}{verb}")
            else:
                steps.append(str(step))
        if _level(inherit, "reported") == "true":
            steps.append(SOMEBODY)
        if steps:
            yield f"via {', '.join(steps)}"
        if (said := _level(inherit, "said")) is not None:
            yield f"said {said}"


def _times(form: Table) -> Iterator[str]:
    if when := form.get(Text("when")):
        yield f"when {when}"
    bounds = [f"{key} {form[Text(key)]}" for key in ("from", "until") if Text(key) in form]
    if bounds:
        yield f"when {' '.join(bounds)}"


def _level(levels: Sequence[Table], key: str) -> Value | None:
    return next((level[Text(key)] for level in levels if Text(key) in level), None)


def _list(value: Value | None) -> list[str]:
    if value is None or value == "":
        return []
    return [str(value)] if isinstance(value, Text) else [str(word) for word in value]


def _own_id(sid: Text) -> str:
    return sid.partition("@")[0].lower().replace("_", "-")


def _reference(word: Text, sid: Text) -> str:
    if "@" in word:
        raise UndecidedError(sid.line, f"{sid} answers a stamped statement of another document.")
    own = word.lower().replace("_", "-")
    if own in RESERVED:
        raise UndecidedError(sid.line, f'{sid} names "{word}", which is a word of format 2.')
    return own
