"""What a page carries, as types: names are those that the page's own code reads. Ids are opaque, texts by language."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from ..network.records import Look, Reply
from ..yaml.forms import Texts


class EditionData(TypedDict):
    """The edition as a whole."""

    title: Texts
    version: str
    editor: str
    licence: str
    corrections: str | None
    cases: list[str]


class DocumentData(TypedDict):
    """A document that statements stand in."""

    id: str
    label: Texts
    title: str
    publisher: str
    author: str | None
    published: str
    language: str
    url: str | None


class NodeData(TypedDict):
    """A node: where it stands in everything (x, y) and in the opening (ox, oy), and what is said of it and by it."""

    id: str
    type: Literal["node", "statement"]
    kind: str
    label: Texts
    name: Texts
    plural: bool
    subtitle: Texts | None
    aliases: list[str]
    x: float
    y: float
    ox: float | None
    oy: float | None
    degree: int
    opening: bool
    prop: str | None
    facts: list[str]
    props: list[str]
    says: list[str]


_Ends = TypedDict("_Ends", {"from": str, "to": str})


class EdgeData(_Ends):
    """An edge, of a relationship or from who speaks; `curve` is its bow."""

    id: str
    type: Literal["relationship", "speaks"]
    prop: str | None
    claims: list[str]
    opening: bool
    directed: bool
    subtitle: bool
    curve: float
    label: Texts


class ValueData(TypedDict, total=False):
    """A sum, a figure or a time in third place; what it has not is left out."""

    kind: str
    number: float
    currency: str
    unit: str
    printed: str
    earliest: str
    latest: str


class AcceptedData(TypedDict):
    """What an editor's acceptance rests on."""

    basis: Texts
    record: str
    on: str
    by: str


class PropositionData(TypedDict):
    """A relationship. `sign`: how its line is drawn, see `signs`; `needs`: what a path must be allowed to walk it;
    `since`: how it stood in an older edition.
    """

    relation: str
    subject: str
    third: str | None
    literal: Texts | None
    value: ValueData | None
    line: str
    sign: str
    disputed: bool
    deniedInPart: bool
    wholeOpposed: bool
    sensitive: bool
    title: Texts
    phrase: Texts
    summary: Texts
    claims: list[str]
    rivals: list[str]
    narrows: str | None
    accused: list[str]
    affirmedBy: list[str]
    opposedBy: list[str]
    needs: list[str]
    span: list[str] | None
    origins: int
    accepted: AcceptedData | None
    since: NotRequired[str]


_SpeaksFor = TypedDict("_SpeaksFor", {"for": str | None})


class ClaimData(_SpeaksFor):
    """A statement. `since` and `sinceWhat`: whether it is new or changed since an older edition, and in what."""

    sid: str
    prop: str
    stance: str
    modality: str
    side: Literal["oppose", "affirm", "neither"]
    firm: bool | None
    speaker: str | None
    via: list[str]
    chain: Texts
    hops: list[str | None]
    origin: str | None
    document: str
    at: str
    place: Texts
    start: int | None
    end: int | None
    order: int
    hedges: list[str]
    sentence: Texts
    summary: Texts | None
    said: Texts | None
    saidAt: list[str] | None
    when: Texts | None
    implied: bool
    inferred: bool
    reportedly: bool
    withdrawn: bool
    corrected: Texts | None
    counters: list[str]
    confirms: list[str]
    alternatives: list[str]
    words: str | None
    grade: NotRequired[str]
    note: NotRequired[str]
    reply: NotRequired[Reply]
    since: NotRequired[Literal["new", "changed"]]
    sinceWhat: NotRequired[list[str]]


class StartData(TypedDict):
    """A list of `Start here`: relationships or nodes."""

    kind: str
    props: list[str] | None
    nodes: list[str] | None


class GoneData(TypedDict):
    """A statement of an older edition that is gone."""

    sentence: Texts
    sid: str
    document: Texts


class SinceData(TypedDict):
    """What changed since an older edition."""

    version: str
    gone: list[GoneData]
    counts: dict[str, int]


class RelationData(TypedDict):
    """What a relation is called; `bare`: in a word or two, as it stands on a line of the cast."""

    label: Texts
    bare: Texts


class CastNodeData(TypedDict):
    """A node of the cast: the middle and size of its box on the sheet, its name and second line in rows."""

    id: str
    at: tuple[float, float]
    size: list[float]
    actor: bool
    title: dict[str, list[str]]
    below: dict[str, list[str]]
    post: str
    statements: int


class CastFrameData(TypedDict):
    """A frame of the cast: left, top, right and bottom, and who stands inside."""

    id: str
    box: tuple[float, float, float, float]
    members: list[str]


class CastTieData(TypedDict):
    """A line of the cast with its words in rows; `along`, `aside` and `bend` say where on the sheet they stand."""

    kind: str
    line: str
    source: str
    target: str
    props: list[str]
    verb: dict[str, list[str]]
    who: dict[str, list[str]]
    unnamed: dict[str, int]
    begins: dict[str, list[int]]
    size: list[float]
    along: float
    aside: float
    bend: float


class CastData(TypedDict):
    """The cast on its sheet, in pixels from the top left."""

    size: list[int]
    nodes: list[CastNodeData]
    frames: list[CastFrameData]
    ties: list[CastTieData]
    listed: list[str]


class PageData(TypedDict):
    """Everything that a page carries."""

    format: int
    lang: str
    budget: int
    #: What the page goes by where it works something out itself (`rules.rules`).
    tables: dict[str, Any]
    edition: EditionData
    documents: list[DocumentData]
    kinds: dict[str, Look]
    relations: dict[str, RelationData]
    folds: list[list[str]]
    internal: bool
    nodes: list[NodeData]
    edges: list[EdgeData]
    props: dict[str, PropositionData]
    claims: dict[str, ClaimData]
    figures: dict[str, object]
    cast: CastData
    opening: Texts
    start: list[StartData]
    since: NotRequired[SinceData]
    lifted: NotRequired[bool]
    #: That the page holds only a part of a file, and how to see all.
    part: NotRequired[Texts]
    options: NotRequired[dict[str, object]]
    #: The drawing that the page opens with, when it is not the page that chooses.
    opens: NotRequired[str]
