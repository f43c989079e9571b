"""What a case holds: documents, passages, actors, propositions and claims, as frozen records without any I/O.

`load` makes them from YAML, `build` turns them into RDF. References between records are IRIs, so that a record can be
compared, sorted and hashed by itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from ..base.errors import Finding, Severity
from ..base.terms import ID
from ..vocabulary.model import Kind, Relation, Unit, Vocabulary
from ..yaml.forms import Located, Texts
from .values import Date, Quantity


class Stance(StrEnum):
    """The originator's own attitude to a proposition. `mentioned` is none: the proposition is only spoken of."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    PRESUMED = "presumed"
    DENIED = "denied"
    CONTESTED = "contested"
    ASKED = "asked"
    DECLINED = "declined"
    MENTIONED = "mentioned"

    #: As a string it is asked for a thousand times as often as it is made; that of `Enum` is written in Python.
    __hash__ = str.__hash__


AFFIRMING = frozenset({Stance.ASSERTED, Stance.ALLEGED, Stance.PRESUMED})
OPPOSING = frozenset({Stance.DENIED, Stance.CONTESTED})


class Modality(StrEnum):
    """What the originator holds the relationship to be, from the most to the least so."""

    ACTUAL = "actual"
    PLANNED = "planned"
    EXPECTED = "expected"
    REQUIRED = "required"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    #: On a condition or contrary to fact: format 1 leaves open which.
    HYPOTHETICAL = "hypothetical"
    COUNTERFACTUAL = "counterfactual"

    __hash__ = str.__hash__

    @property
    def rank(self) -> int:
        """0 for actual; a higher rank is further from being so."""
        return _RANKS[self]


_RANKS = {modality: rank for rank, modality in enumerate(Modality)}


class Basis(StrEnum):
    """Why an editor accepted or rejected a proposition."""

    JUDGMENT = "judgment"
    OFFICIAL_RECORD = "officialRecord"
    OWN_ACT = "ownAct"
    INDEPENDENT = "independentSources"

    @property
    def strong(self) -> bool:
        """Whether it can carry a sensitive proposition."""
        return self is not Basis.INDEPENDENT


#: As an author writes them.
BASES = {
    "judgment": Basis.JUDGMENT,
    "official record": Basis.OFFICIAL_RECORD,
    "own act": Basis.OWN_ACT,
    "independent sources": Basis.INDEPENDENT,
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the author's files something is written: the file as shown, the line and the column (from 1)."""

    file: str
    line: int
    column: int = 0

    @classmethod
    def of(cls, file: str, at: Located) -> Place:
        """Where something stands in a file."""
        return cls(file, at.line, at.column)

    def finding(self, what: str, remedy: str, severity: Severity = "error") -> Finding:
        """What is wrong there."""
        return Finding(self.file, self.line, what, remedy, severity, self.column)


@dataclass(frozen=True, slots=True)
class SameAs:
    """A link to another register that somebody checked."""

    register: str
    identifier: str
    checked_by: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor or a thing: identity only. Whatever is disputed about it is a proposition.

    `name` may begin with a small-letter article (`the White House`): sentences use it, labels drop it. Named again in
    the same sentence it is `short`, which is among its aliases, and its `pronoun` is `she` or `he`; both are empty
    where its author did not say.
    """

    iri: str
    slug: str
    case: str
    name: Texts
    kind: str
    place: Place
    aliases: tuple[str, ...] = ()
    plural: bool = False
    same_as: tuple[SameAs, ...] = ()
    confidential: bool = False
    short: str = ""
    pronoun: str = ""


#: How somebody may be spoken of: only an author knows.
PRONOUNS = ("she", "he")


@dataclass(frozen=True, slots=True)
class Words:
    """A text that stands in third place: a name, a phrase."""

    text: str
    language: str

    @property
    def key(self) -> str:
        return f"{unicodedata.normalize('NFC', self.text)}@{self.language}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A third place that nobody fills: `unknown`, or `withheld` by somebody. Fresh for each statement."""

    iri: str
    withheld: bool
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Nested:
    """A proposition in the place of a node."""

    iri: str


#: The third place of a proposition: a node's IRI, a value, another proposition, or nothing.
Third = str | Quantity | Date | Words | Missing | Nested | None


def third_key(third: Third) -> str:
    """The canonical form of a third place, for the proposition's key."""
    match third:
        case None:
            return ""
        case str():
            return third
        case Words():
            return third.key
        case _:
            return third.iri


@dataclass(frozen=True, slots=True)
class Proposition:
    """One relationship: subject, relation, third place, and perhaps a period. By itself neither true nor false."""

    subject: str | Nested
    relation: str
    third: Third
    since: Date | None = None
    until: Date | None = None
    #: Its IRI, from when it was first asked for: a sentence asks many times, and each would hash the key.
    _iri: str = field(default="", init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        # Those that are equal have the same IRI, and a string keeps its hash.
        return hash(self._iri or self.iri)

    @property
    def key(self) -> str:
        """Same key, same proposition, in every document and case."""
        subject = self.subject if isinstance(self.subject, str) else self.subject.iri
        parts = [subject, self.relation, third_key(self.third)]
        if self.since or self.until:
            parts += [self.since.printed if self.since else "", self.until.printed if self.until else ""]
        return "\x1f".join(parts)

    @property
    def iri(self) -> str:
        if not self._iri:
            object.__setattr__(self, "_iri", proposition_iri(self.key))
        return self._iri

    def wide(self) -> Proposition | None:
        """The same without a period, which this one narrows; None when it has no period."""
        return Proposition(self.subject, self.relation, self.third) if self.since or self.until else None


def proposition_iri(key: str) -> str:
    """The IRI that a key gives: 24 hexadecimal digits of its SHA-256, 96 bits."""
    return f"{ID}p/{sha256(key.encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Document:
    """One publication. It is shown as publisher and date; its title stands in quotation marks in lists of sources."""

    iri: str
    id: str
    case: str
    title: str
    publisher: str
    place: Place
    published: Date | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    url: str = ""
    archived: str = ""
    accessed: Date | None = None
    text: str = ""
    sha256: str = ""
    body_from: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document. `at` is `headline`, `caption`, `p3`, or the document's own way of counting.

    `start` and `end` count characters of the local text from 0, end exclusive.
    """

    iri: str
    document: str
    at: str
    order: int
    cue: str = ""
    start: int | None = None
    end: int | None = None
    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain. `agent` is None only for an originator who is not stated."""

    agent: str | None
    role: str
    verb: str = ""
    on: Date | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Retraction:
    """A claim that its own originator or document took back (`withdrawn`) or put right (`corrected`).

    `on`: when, if the sources tell.
    """

    kind: str
    by: str
    on: Date | None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Our own request for an answer. Internal: not what a document reports."""

    by: str
    asked_on: Date
    deadline: Date | None = None
    answer: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One originator's one stance on one proposition at one passage of one document.

    `chain` runs from the originator (first) to the publisher (last). `modality` is what the author wrote; standing
    lowers it where the event it is a role of is itself less than actual, unless the author wrote `actual`.
    """

    iri: str
    sid: str
    document: str
    proposition: str
    stance: Stance
    modality: Modality
    chain: tuple[Hop, ...]
    passage: Passage
    place: Place
    speaks_for: str | None = None
    hedges: tuple[str, ...] = ()
    approximate: bool = False
    quantifier: str = ""
    #: Nobody says it: the text takes it for granted or, when `inferred`, we conclude it.
    implied: bool = False
    inferred: bool = False
    reportedly: bool = False
    sensitive: bool = False
    said: Date | None = None
    stated_actual: bool = False
    summary: Texts = field(default_factory=dict)
    counters: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    alternative_of: tuple[str, ...] = ()
    retraction: Retraction | None = None
    reply: Reply | None = None
    #: Why we asked nobody for a reply. Internal.
    no_reply_because: str = ""
    grade: str = ""
    note: str = ""
    confidential: bool = False
    #: Which statement of its document it is, as they are written.
    order: int = field(default=0, compare=False)

    @property
    def originator(self) -> str | None:
        """Who says so, or None when the text does not tell."""
        return self.chain[0].agent

    @property
    def relays(self) -> tuple[str, ...]:
        return tuple(hop.agent for hop in self.chain if hop.role == "relay" and hop.agent)

    @property
    def publisher(self) -> str:
        return self.chain[-1].agent or ""

    @property
    def origin(self) -> str:
        """The independent beginning of the claim, before `depends_on` is followed."""
        if self.speaks_for:
            return self.speaks_for
        return self.originator or next(iter(self.relays), self.publisher)

    @property
    def affirming(self) -> bool:
        return self.stance in AFFIRMING

    @property
    def opposing(self) -> bool:
        return self.stance in OPPOSING

    @property
    def counted(self) -> bool:
        """Whether it counts for a standing: neither withdrawn nor corrected, and not a mention."""
        return self.retraction is None and self.stance is not Stance.MENTIONED


def relinked(claim: Claim, links: Mapping[str, tuple[str, ...]]) -> Claim:
    """The claim with other links to claims: `counters`, `confirms`, `depends_on`, `alternative_of`."""
    return replace(
        claim,
        counters=links["counters"],
        confirms=links["confirms"],
        depends_on=links["depends_on"],
        alternative_of=links["alternative_of"],
    )


def statement_name(claim: Claim) -> str:
    """`document/s01`, as authors refer to it from elsewhere."""
    return f"{claim.document.rpartition('/')[2]}/{claim.sid}"


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's acceptance or rejection of the proposition of one statement."""

    statement: str
    proposition: str
    accepted: bool
    basis: Basis
    record: str
    by: str
    on: Date
    place: Place
    over: tuple[str, ...] = ()
    because: str = ""
    #: The id of the case that decided.
    case: str = ""


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """What one case says of itself, and the words that it adds to the vocabulary."""

    id: str
    title: Texts
    version: str = ""
    editor: str = ""
    contact: str = ""
    licence: str = ""
    corrections: str = ""
    kinds: tuple[Kind, ...] = ()
    relations: tuple[Relation, ...] = ()
    units: tuple[Unit, ...] = ()
    folds: tuple[tuple[str, str], ...] = ()
    #: IRIs of those who must be drawn at the opening.
    cast: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All that was named together: one case or several. Mappings go from IRI to record, in the order of IRIs."""

    ids: tuple[str, ...]
    title: Texts
    version: str
    editor: str
    contact: str
    licence: str
    corrections: str
    vocabulary: Vocabulary
    actors: Mapping[str, Actor]
    documents: Mapping[str, Document]
    propositions: Mapping[str, Proposition]
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...] = ()
    #: Each case by itself, in the order of ids: what it says does not depend on which others were named with it.
    parts: tuple[CaseInfo, ...] = ()

    def version_of(self, case: str) -> str:
        """The version of one of the cases, or of all when it is none of them."""
        return next((part.version for part in self.parts if part.id == case), self.version)

    def places(self) -> dict[str, tuple[str, int]]:
        """IRI → file and line, for findings about the RDF."""
        found = {iri: (actor.place.file, actor.place.line) for iri, actor in self.actors.items()}
        found |= {iri: (doc.place.file, doc.place.line) for iri, doc in self.documents.items()}
        for claim in reversed(self.claims):
            spot = (claim.place.file, claim.place.line)
            found |= {claim.iri: spot, claim.proposition: spot, claim.passage.iri: spot}
        return found


def digest(claim: Claim) -> str:
    """Eight hexadecimal digits of what a decision or a denial elsewhere relies on: the claim's content."""
    parts = [
        claim.proposition, claim.stance, claim.modality, claim.passage.at, claim.speaks_for or "",
        *(f"{hop.agent}>{hop.role}" for hop in claim.chain), *claim.hedges,
    ]  # fmt: skip
    return sha256("\x1f".join(parts).encode()).hexdigest()[:8]
