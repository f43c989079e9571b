"""The frames of format 2: an event with its parts, the relation that each part is, and the plain ties that follow.

In: `ontology/frames.yaml`, and what a case declares itself. Out: `Frame` records, by the word that begins a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from ..base import resources
from ..base.errors import CaseError, did_you_mean
from ..yaml.forms import Findings, Form, Texts
from ..yaml.reader import Table, read
from .model import Vocabulary
from .reader import read_verbs, standard

_KEYS = ("kind", "occurs", "parts", "ties", "since", "when", "harm", "name", "verbs", "example")
_TIE = re.compile(r"(?:(each) )?([a-z-]+) ([a-z-]+) ([a-z-]+)(?: if ([a-z-]+))?")
EACH = "each"


@dataclass(frozen=True, slots=True)
class FrameTie:
    """A plain tie that follows from two parts; of one part with itself when both ends are the same.

    It follows only where the speaker gives the part `needs`, too, unless that is empty.
    """

    first: str
    relation: str
    second: str
    needs: str = ""

    def __str__(self) -> str:
        return f"{self.first} {self.relation} {self.second}" + (f" if {self.needs}" if self.needs else "")


@dataclass(frozen=True, slots=True)
class Frame:
    """An event that recurs in news. `parts` maps each word to a relation, `""` for one that only ties need."""

    key: str
    kind: str
    parts: Mapping[str, str]
    name: Texts
    ties: tuple[FrameTie, ...] = ()
    occurs: bool = True
    since: bool = False
    harm: frozenset[str] = frozenset()
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    example: str = ""


@cache
def frames() -> Mapping[str, Frame]:
    """The frames that ship with actorgraph. `CaseError` when the file was broken by hand."""
    form = _file()
    shared = _mapping(form, "common")
    known = {str(key): _frame(str(key), fields, shared, standard()) for key, fields in form.forms("frames", "frame")}
    if form.findings.errors:
        raise CaseError(form.findings.errors)
    return known


@cache
def themes() -> Mapping[str, tuple[str, ...]]:
    """What recurs in news: each theme with the names of its frames and relations. `CaseError` as for `frames`."""
    form = _file()
    known = {*frames(), *standard().relations}
    table = form.get("themes")
    inner = form.form("themes", map(str, table) if isinstance(table, Table) else ())
    found = {str(theme): tuple(map(str, inner.words(theme))) for theme in inner.table} if inner else {}
    for word in sorted({word for words in found.values() for word in words} - known):
        form.error("themes", f'names the unknown word "{word}".', did_you_mean(word, known))
    if form.findings.errors:
        raise CaseError(form.findings.errors)
    return found


def _file() -> Form:
    path = resources.ontology() / "frames.yaml"
    tables, found = read(path, path.name)
    form = Form(tables[0] if tables else Table(), path.name, "the frames", Findings(found))
    form.only(("format", "common", "frames", "themes"))
    return form


def _frame(key: str, fields: Form, common: Mapping[str, str], vocabulary: Vocabulary) -> Frame:
    fields.only(_KEYS)
    parts = {**common, **({"when": fields.text("when")} if "when" in fields else {}), **_mapping(fields, "parts")}
    relations = {*vocabulary.relations, *vocabulary.inverses(), ""}
    for word, relation in parts.items():
        if relation not in relations:
            fields.error(
                "parts", f'has the part {word} with the relation "{relation}".', did_you_mean(relation, relations)
            )
    kind = fields.required("kind", "Write a kind.")
    if kind not in vocabulary.kinds:
        fields.error("kind", f'has the unknown kind "{kind}".', did_you_mean(kind, vocabulary.kinds))
    return Frame(
        key=key,
        kind=kind,
        parts=parts,
        name=fields.texts("name"),
        ties=tuple(read_tie(str(tie), parts, fields, relations) for tie in fields.words("ties")),
        occurs=fields.flag("occurs", True),
        since=fields.flag("since"),
        harm=frozenset(map(str, fields.words("harm"))),
        verbs=read_verbs(fields),
        example=fields.text("example"),
    )


def _mapping(form: Form, key: str) -> dict[str, str]:
    """A mapping of words to words, whatever its keys."""
    value = form.get(key)
    inner = form.form(key, map(str, value)) if isinstance(value, Table) else None
    return {str(word): inner.text(word) for word in inner.table} if inner else {}


def read_tie(text: str, parts: Mapping[str, str], fields: Form, relations: Collection[str]) -> FrameTie:
    """`by owns what`, or `each between agreed-with each`."""
    match = _TIE.fullmatch(text)
    first, relation, second = (match[2], match[3], match[4]) if match else ("", "", "")
    second = first if match and match[1] and second == EACH else second
    needs = (match[5] or "") if match else ""
    if {first, second, needs or first} - {*parts} or relation not in relations:
        fields.error(
            "ties" if "ties" in fields else None,
            f'has the tie "{text}".',
            "Write a part, a relation and a part: by owns what.",
        )
    return FrameTie(first, relation, second, needs)
