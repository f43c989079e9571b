"""Made-up cases of any size: case files as an author writes them, and the N-Quads that a build makes of them.

    python bench/generate.py OUT --statements 1000          # a folder of case files
    python bench/generate.py OUT.nq --statements 100000     # the dataset, streamed; OUT.nq.gz is compressed
    python bench/generate.py OUT.nq --statements 1000000 --lean

A statement makes some 33 quads. `--lean` leaves a quarter of them out, those that hold nothing together: Spanish texts,
our summaries, the inline names and phrases of the page, the steps of chains, the offsets of passages,
and the second type of a proposition.

The same seed and size always give the same bytes. Everything is invented: names are made of syllables.

A case is a row of *beats* of 500 statements. A beat has its own people, companies, events and documents, and shares
with all other beats the hubs: the few states, offices, papers and persons that everybody speaks of, taken by a power
law, so that degrees are as uneven as in the press. What two beats say of the same two hubs differs by construction, so
no proposition lies in two beats. That is what lets the N-Quads be made beat by beat in little memory, by the very code
that builds a case, and still be the same quads that one build of all the files would give (a test holds them together).
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import IO

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph import figures  # noqa: E402
from graph.base.garbage import paused  # noqa: E402
from graph.base.terms import ID  # noqa: E402
from graph.case.model import Proposition  # noqa: E402
from graph.case.reader import load  # noqa: E402
from graph.dataset import DATASET, DESCRIPTION, SETTLED, evidence, term, whole  # noqa: E402
from graph.dataset.evidence import stamped  # noqa: E402
from graph.dataset.evidence import total as total_digest  # noqa: E402
from graph.dataset.shape import VOCABULARY, case_graph, combined, digest  # noqa: E402
from graph.dataset.shape import text as text_quad  # noqa: E402
from graph.figures import Figures  # noqa: E402
from graph.standing import settle  # noqa: E402

CASE = "made-up"
BEAT = 500
#: Kinds of hubs, by their number modulo the length; a rank says how famous, not what it is.
_HUB_KINDS = (
    "authority", "media", "person", "company", "state", "person", "company", "organisation", "media", "person",
    "authority", "company", "person", "place", "company", "person", "ngo", "company", "person", "authority",
)  # fmt: skip
#: How many of each kind a beat has of its own.
_LOCALS = {
    "person": 38, "company": 26, "organisation": 8, "authority": 5, "media": 3, "facility": 4, "place": 3, "post": 5,
    "concept": 4, "accusation": 2,
}  # fmt: skip
_AGENTS = ("person", "company", "organisation", "authority", "media", "ngo", "state")
_BODIES = ("company", "organisation", "authority", "media", "ngo")
#: Relation, kinds of its subject, kinds of its third place, weight.
_FACTS = (
    ("works-for", ("person",), _BODIES, 10), ("owns", _AGENTS, ("company",), 9), ("heads", ("person",), _BODIES, 5),
    ("holds-post", ("person",), ("post",), 4), ("member-of", ("person",), ("organisation",), 4),
    ("controls", _AGENTS, ("company",), 4), ("finances", _AGENTS, _AGENTS, 6), ("advises", _AGENTS, _AGENTS, 5),
    ("allied-with", _AGENTS, _AGENTS, 5), ("close-to", ("person",), ("person",), 4),
    ("met-with", _AGENTS, _AGENTS, 6), ("criticised", _AGENTS, _AGENTS, 6), ("supports", _AGENTS, _AGENTS, 5),
    ("investigates", ("authority",), _AGENTS, 4), ("based-in", _BODIES, ("place", "state"), 4),
    ("subsidiary-of", ("company",), ("company",), 4), ("invested-in", _AGENTS, ("company",), 4),
    ("charged-with", ("person", "company"), ("accusation",), 2), ("characterised-as", _AGENTS, ("concept",), 4),
    ("relative-of", ("person",), ("person",), 2), ("appointed-by", ("person",), _AGENTS, 2),
    ("held-at", ("person",), ("facility",), 1),
)  # fmt: skip
_UNDIRECTED = frozenset({"allied-with", "close-to", "met-with", "relative-of"})
_VERBS = ("said", "stated", "told reporters", "announced", "wrote", "reported", "insisted", "confirmed")
_HEDGES = ("alleged", "reportedly", "apparently", "is believed to", "according to some", "so-called")
_CLUSTERS = ("event", "payment", "contract")


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or a thing."""

    slug: str
    kind: str
    name: str
    alias: str = ""
    plural: bool = False

    @property
    def iri(self) -> str:
        return f"{ID}{CASE}/{self.slug}"

    def written(self) -> str:
        alias = f", aliases: [{self.alias}]" if self.alias else ""
        return f"  {self.slug}: {{name: {self.name}, kind: {self.kind}{alias}}}\n"


def _name(random: Random, kind: str) -> str:
    """An invented name, such as `Korlu Besten` or `Tavimar Holdings`."""

    def word(least: int = 2) -> str:
        parts = random.choice("b br c d dr f g gr h j k kl l m n p r s st t tr v z".split()) + random.choice("aeiou")
        for _ in range(random.randint(least - 1, 2)):
            parts += random.choice("b d g k l ll m n nd r rt s st t v z".split()) + random.choice("aeiou")
        return parts.capitalize() + random.choice(("", "", "n", "r", "s", "l"))

    if kind == "person":
        return f"{word()} {word()}"
    tails = {
        "company": ("Holdings", "Energy", "Logistics", "Bank", "Partners", "Works"),
        "media": ("Post", "Courier", "News"),
        "authority": ("Ministry", "Agency", "Prosecutor", "Council"), "organisation": ("Front", "Movement", "Circle"),
        "ngo": ("Watch", "Foundation"), "facility": ("Port", "Prison", "Terminal"),
        "place": ("Valley", "Bay", "Province"),
        "state": ("Republic",), "post": ("Directorate", "Chair", "Secretariat"), "accusation": ("Offence",),
        "concept": ("Doctrine", "Model", "Question"), "event": ("Summit", "Raid", "Hearing", "Visit"),
        "payment": ("Transfer", "Fee", "Instalment"), "contract": ("Contract", "Lease", "Concession"),
    }  # fmt: skip
    return f"{word()} {random.choice(tails[kind])}"


def _node(seed: int, label: str, kind: str) -> Node:
    """A node depends on its label alone, so every beat makes the same hub."""
    random = Random(f"{seed}:{label}")
    name = _name(random, kind)
    alias = "".join(word[0] for word in name.split()) + str(random.randint(10, 99)) if random.random() < 0.25 else ""
    return Node(f"{'-'.join(name.lower().split())}-{label}", kind, name, alias)


def best_known(seed: int = 1) -> Node:
    """The hub that most is said of, in a case of any size."""
    return _node(seed, "h0", _HUB_KINDS[0])


@dataclass(slots=True)
class Line:
    """One statement as it is written, with what later lines need to answer it."""

    document: str
    sid: str
    section: str
    text: str
    fact: tuple[Node, str, Node] | None = None
    #: Only a plain statement of the publisher itself is decided on.
    plain: bool = False
    at: str = ""


@dataclass(slots=True)
class _Document:
    id: str
    publisher: Node
    author: Node
    language: str
    published: str
    title: str
    blocks: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def written(self) -> str:
        decided = "".join(self.decisions)
        return (
            "format: 1\n"
            f"document: {{id: {self.id}, title: {self.title}, published: {self.published},\n"
            f"  publisher: {self.publisher.slug}, author: {self.author.slug}, language: {self.language},\n"
            f"  url: https://example.org/{self.id}, accessed: 2026-11-01}}\n"
            "passages:\n" + "".join(self.blocks) + (f"accept:\n{decided}" if decided else "")
        )


class Beat:
    """One beat: 500 statements (the last may have fewer), in some dozen documents."""

    def __init__(self, number: int, statements: int, total: int, seed: int) -> None:
        self.number = number
        self.limit = statements
        self.beats = -(-total // BEAT)
        self.hubs = max(40, total // 100)
        self.seed = seed
        self.random = Random(f"{seed}:beat:{number}")
        self.used: dict[str, Node] = {}
        self.lines: list[Line] = []
        self.seen: set[tuple[str, str, str]] = set()
        self.own = {
            kind: [_node(seed, f"{number}-{kind[:3]}{i}", kind) for i in range(many)] for kind, many in _LOCALS.items()
        }
        self.documents: list[_Document] = []
        while len(self.lines) < self.limit:
            self._document()

    @cached_property
    def _kinds_at(self) -> dict[str, tuple[int, ...]]:
        kinds = set(_HUB_KINDS)
        return {kind: tuple(i for i, k in enumerate(_HUB_KINDS) if k == kind) for kind in kinds}

    # --- who and what

    def _hub(self, kinds: Iterable[str], beside: int | None = None) -> tuple[Node, int] | None:
        """A hub by a power law. `beside` asks for one that only this beat puts beside that hub."""
        wanted = [kind for kind in kinds if kind in self._kinds_at]
        if not wanted:
            return None
        at = int(self.hubs * self.random.random() ** 2.5)
        for step in range(self.hubs):
            index = (at + step) % self.hubs
            if _HUB_KINDS[index % len(_HUB_KINDS)] not in wanted or index == beside:
                continue
            if beside is None or (index + beside) % self.beats == self.number:
                return _node(self.seed, f"h{index}", _HUB_KINDS[index % len(_HUB_KINDS)]), index
        return None

    def _local(self, kinds: Iterable[str]) -> Node | None:
        wanted = [kind for kind in kinds if kind in self.own]
        if not wanted:
            return None
        pool = self.own[self.random.choice(wanted)]
        return pool[int(len(pool) * self.random.random() ** 1.6)]

    def _use(self, node: Node) -> Node:
        self.used[node.slug] = node
        return node

    def _speaker(self) -> Node:
        hub = self._hub(_AGENTS) if self.random.random() < 0.55 else None
        return self._use(hub[0] if hub else self._local(("person", "authority", "company")) or self._hub(_AGENTS)[0])  # type: ignore[index]

    def _fact(self) -> tuple[Node, str, Node]:
        """A subject, a relation and a third place that this beat alone relates, and has not related yet."""
        while True:
            relation, subjects, thirds, _ = self.random.choices(_FACTS, [fact[3] for fact in _FACTS])[0]
            first = self._hub(subjects) if self.random.random() < 0.35 else None
            subject = first[0] if first else self._local(subjects)
            second = None
            if self.random.random() < (0.35 if first else 0.5):
                second = self._hub(thirds, first[1] if first else None)
            third = second[0] if second else self._local(thirds)
            if subject is None or third is None or subject == third:
                continue
            key = (subject.slug, relation, third.slug)
            back = (third.slug, relation, subject.slug)
            if key in self.seen or (relation in _UNDIRECTED and back in self.seen):
                continue
            self.seen.add(key)
            return self._use(subject), relation, self._use(third)

    # --- documents and statements

    def _document(self) -> None:
        random = self.random
        id_ = f"d{self.number}-{len(self.documents)}"
        publisher = self._hub(("media",))
        assert publisher is not None  # one hub in ten is a paper
        language = "es" if random.random() < 0.2 else "en"
        day = f"{random.randint(2019, 2026)}-{random.randint(1, 10):02}-{random.randint(1, 28):02}"
        title = f"{_name(random, 'company')} and the {_name(random, 'concept')}"
        author = self._use(self.own["person"][random.randrange(8)])
        document = _Document(id_, self._use(publisher[0]), author, language, day, title)
        most = min(self.limit, len(self.lines) + int(8 + 80 * random.random() ** 1.5))
        self.documents.append(document)
        paragraph = 0
        while len(self.lines) < most:
            paragraph += 1
            self._block(document, "headline" if paragraph == 1 else f"p{paragraph - 1}", most)

    def _block(self, document: _Document, at: str, most: int) -> None:
        """One passage: a place, perhaps a speaker, our own summary, and one to five statements under one stance."""
        random = self.random
        own = random.random() < 0.4
        speaker = None if own else self._speaker()
        lines, kind = self._stated(document, at, most - len(self.lines), own)
        if not lines:
            return
        head = [f"  - at: {at}", f"    chars: {self._chars(document)}"]
        if speaker is not None and random.random() < 0.06:
            head.append("    by: unstated")
        elif speaker is not None:
            head += [f"    by: {speaker.slug}", f"    verb: {random.choice(_VERBS)}"]
            if random.random() < 0.1:
                head.append(f"    for: {self._speaker().slug}")
            if random.random() < 0.15:
                head.append(
                    f"    via: [{', '.join(dict.fromkeys(self._speaker().slug for _ in range(random.randint(1, 2))))}]"
                )
            if random.random() < 0.3:
                head.append(f"    said: {document.published}")
        if random.random() < 0.05:
            head.append("    reported: true")
        who = speaker.name if speaker else document.publisher.name
        topic = _name(random, "concept")
        head.append(f'    summary: {{en: "{who} speaks about the {topic}, and of what came of it.",')
        head.append(f'      es: "{who} habla de {topic}, y de lo que resultó de ello."}}')
        document.blocks.append("\n".join([*head, f"    {kind}:", *(line.text for line in lines)]) + "\n")
        self.lines += lines
        for line in lines:
            if line.plain and random.random() < 0.02:
                document.decisions.append(self._decided(document, line))

    def _chars(self, document: _Document) -> str:
        begin = 90 * len(document.blocks) + 20
        return f"{begin}-{begin + self.random.randint(30, 85)}"

    def _stated(self, document: _Document, at: str, room: int, own: bool) -> tuple[list[Line], str]:
        random = self.random
        dice = random.random()
        if dice < 0.12 and self.lines:
            return self._answers(document, room), random.choice(("denies", "denies", "denies", "contests", "confirms"))
        if dice < 0.24:
            return self._cluster(document, room), "asserts"
        section = random.choices(
            ("asserts", "alleges", "presumes", "asks", "declines", "mentions"), (78, 10, 4, 3, 2, 3)
        )[0]
        lines: list[Line] = []
        for _ in range(min(room, random.randint(1, 5))):
            fact = self._repeated() or self._fact()
            more = self._more(section, fact[1])
            plain = own and section == "asserts" and not more and fact[1] not in _UNDIRECTED
            lines.append(self._line(document, len(lines), section, fact, more, plain, at))
        return lines, section

    def _repeated(self) -> tuple[Node, str, Node] | None:
        """What another document of this beat said already: a third of all that is said, as in the press."""
        if not self.lines or self.random.random() > 0.3:
            return None
        return self.lines[int(len(self.lines) * self.random.random())].fact

    def _more(self, section: str, relation: str) -> str:
        random = self.random
        more = ""
        if section == "asserts" and random.random() < 0.07:
            more += f", modality: {random.choice(('planned', 'possible', 'required'))}"
        if relation in ("works-for", "owns", "heads", "member-of", "holds-post") and random.random() < 0.12:
            since = random.randint(2008, 2022)
            more += f", from: {since}" + (f", until: {since + random.randint(1, 4)}" if random.random() < 0.5 else "")
        if section in ("alleges", "presumes") or random.random() < 0.06:
            more += f", hedge: {random.choice(_HEDGES)}"
        return more

    def _sid(self, before: int) -> str:
        return f"s{len(self.lines) + before + 1:03}"

    def _line(
        self,
        document: _Document,
        before: int,
        section: str,
        fact: tuple[Node, str, Node],
        more: str,
        plain: bool,
        at: str,
    ) -> Line:
        subject, relation, third = fact
        sid = self._sid(before)
        row = f"[{subject.slug}, {relation}, {third.slug}]"
        text = f"      {sid}: {{fact: {row}{more}}}" if more else f"      {sid}: {row}"
        return Line(document.id, sid, section, text, fact, plain, at)

    def _answers(self, document: _Document, room: int) -> list[Line]:
        """Denials, disputes and repetitions of one or two earlier statements of this beat."""
        stated = [line for line in self.lines[-160:] if line.section in ("asserts", "alleges", "presumes")]
        chosen = self.random.sample(stated, min(len(stated), room, self.random.randint(1, 2)))
        lines = []
        for target in chosen:
            sid = self._sid(len(lines))
            name = target.sid if target.document == document.id else f"{target.document}/{target.sid}"
            lines.append(Line(document.id, sid, "answers", f"      {sid}: {name}"))
        return lines

    def _cluster(self, document: _Document, room: int) -> list[Line]:
        """An event, a payment or a contract with its roles, its day and its sum."""
        random = self.random
        kind = random.choice(_CLUSTERS)
        node = self._use(_node(self.seed, f"{self.number}-{kind[:3]}{len(self.lines)}", kind))
        day = f"{random.randint(2019, 2025)}-{random.randint(1, 12):02}"
        sum_ = (
            f"{random.choice(('about ', '', '', 'at least '))}{random.randint(1, 900) * 10 ** random.randint(3, 6)} USD"
        )
        roles = {
            "event": ("participant", "participant", "organiser"), "payment": ("payer", "payee"),
            "contract": ("party", "party", "awarded-by"),
        }[kind]  # fmt: skip
        rows = [f"[{node.slug}, occurred{', planned' if random.random() < 0.15 else ''}]"]
        ends: set[tuple[str, str]] = set()
        for role in roles:
            agent = self._speaker()
            if (role, agent.slug) not in ends:
                ends.add((role, agent.slug))
                rows.append(f"[{node.slug}, {role}, {agent.slug}]")
        if kind == "event":
            place = self._use(self._local(("place", "facility")) or node)
            rows += [f"[{node.slug}, took-place-in, {place.slug}]", f"[{node.slug}, happened-on, {day}]"]
        elif kind == "payment":
            rows.append(f"[{node.slug}, amount, {sum_}]")
            if random.random() < 0.3:
                rows.append(f"[{node.slug}, amount, {random.randint(1, 900) * 1000} EUR]")
        else:
            rows += [f"[{node.slug}, signed-on, {day}]", f"[{node.slug}, term, {random.randint(2, 30)} years]"]
        return [
            Line(document.id, self._sid(i), "cluster", f"      {self._sid(i)}: {row}")
            for i, row in enumerate(rows[:room])
        ]

    def _decided(self, document: _Document, line: Line) -> str:
        """An editor's acceptance, stamped as `actorgraph check --stamp` would."""
        assert line.fact is not None
        subject, relation, third = line.fact
        proposition = Proposition(subject.iri, relation, third.iri).iri
        parts = [proposition, "asserted", "actual", line.at, "", f"{document.publisher.iri}>originator"]
        stamp = sha256("\x1f".join(parts).encode()).hexdigest()[:8]
        if any(proposition in text for text in document.decisions) or proposition in self._accepted:
            return ""
        self._accepted.add(proposition)
        return (
            f"  {document.id}/{line.sid}@{stamp}: {{basis: official record,"
            f" record: register entry {self.number}-{line.sid}, by: made-up editors, on: 2026-10-01}}\n"
        )

    @cached_property
    def _accepted(self) -> set[str]:
        return set()

    # --- files

    def nodes(self, things: bool) -> Iterator[Node]:
        for _, node in sorted(self.used.items()):
            if (node.kind in _AGENTS or node.kind in ("place", "facility")) != things:
                yield node

    def files(self, known: set[str]) -> Iterator[tuple[str, str]]:
        """Relative names and texts; nodes in `known` are declared elsewhere, the others join it."""
        for section, things in (("actors", False), ("things", True)):
            new = [node for node in self.nodes(things) if node.slug not in known]
            known.update(node.slug for node in new)
            if new:
                yield f"{section}/{self.number:05}.yaml", f"format: 1\n{section}:\n" + "".join(n.written() for n in new)
        for document in self.documents:
            yield f"documents/{self.number:05}/{document.id}.yaml", document.written()


_CASE_FILE = f"""format: 1
id: {CASE}
title: {{en: A made-up case for measuring, es: Un caso inventado para medir}}
version: 2026-11-01
editor: made-up editors
licence: https://creativecommons.org/licenses/by/4.0/
"""


def beats(statements: int) -> list[tuple[int, int]]:
    """Number and size of each beat of a case of so many statements."""
    return [(i, min(BEAT, statements - i * BEAT)) for i in range(-(-statements // BEAT))]


def write_case(folder: Path, statements: int, seed: int = 1) -> None:
    """The case files of a made-up case, into an empty folder."""
    known: set[str] = set()
    _write(folder, "case.yaml", _CASE_FILE)
    for number, size in beats(statements):
        for name, text in Beat(number, size, statements, seed).files(known):
            _write(folder, name, text)


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


# --- the dataset


@dataclass(frozen=True, slots=True)
class _Part:
    """The quads of a beat as N-Quads: its own, and those that other beats may have too, by subject."""

    own: bytes
    #: By subject and graph; with each the digest of what is evidence of it.
    shared: dict[str, tuple[bytes, int]]
    described: list[str]
    #: The digest of the documents' evidence.
    documents: int
    counted: Figures
    #: Figure → digests of what it counts, for those that several beats count the same nodes for.
    shared_counts: dict[str, set[bytes]]


#: What `lean` leaves out, and the classes of the nodes that go with it.
_LEFT_OUT = {
    term(name)
    for name in ("ag:summary", "ag:phrase", "ag:nameInSentence", "prov:qualifiedAttribution", "ag:start", "ag:end")
}
_LEFT_OUT_SUBJECTS = re.compile(rf"{ID}step/")
_STATEMENT = term("rdf:Statement")


def _lean(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        spanish = isinstance(quad.object, Literal) and quad.object.language == "es"
        inner = isinstance(quad.subject, NamedNode) and _LEFT_OUT_SUBJECTS.match(quad.subject.value)
        if not (spanish or inner or quad.predicate in _LEFT_OUT or quad.object == _STATEMENT):
            yield quad


#: Figures that beats do not add up to: nodes are shared.
_SHARED = ("actors", "things", "speakers")
_STAMP, _SETTLED_FOR = term("ag:evidenceDigest"), term("ag:settledFor")
_VALUE = re.compile(rf"{ID}[tq]/")


def _lines(quads: Iterable[Quad]) -> bytes:
    data = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    return data


def _digest(iri: str) -> bytes:
    return sha256(iri.encode()).digest()[:12]


@paused()
def _part(given: tuple[int, int, int, int, bool]) -> _Part:
    number, size, total, seed, lean = given
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, "case.yaml", _CASE_FILE)
        for file, text in Beat(number, size, total, seed).files(set()):
            _write(folder, file, text)
        case = load(folder)
    dockets = settle(case)
    graphs = evidence(case, dockets.modality)
    if lean:
        graphs = {graph: stamped(graph, _lean(quads)) for graph, quads in graphs.items()}
    quads = whole(graphs.items(), case, dockets)
    shared_counts = {name: set(map(_digest, figures.listed(quads, name))) for name in _SHARED}
    own: list[Quad] = []
    shared: dict[str, list[Quad]] = {}
    described: list[Quad] = []
    of_case = case_graph(CASE)
    for quad in _lean(quads) if lean else quads:
        subject = getattr(quad.subject, "value", "")
        named = quad.graph_name == SETTLED
        if quad.predicate == _SETTLED_FOR or (quad.graph_name == of_case and quad.predicate == _STAMP):
            continue
        if quad.graph_name == of_case or (named and (subject in case.actors or _VALUE.match(subject))):
            shared.setdefault(f"{subject} {quad.graph_name}", []).append(quad)
        elif quad.graph_name in (DESCRIPTION, VOCABULARY):
            described.append(quad)
        else:
            own.append(quad)
    texts = {
        key: (_lines(quads), digest(quad for quad in quads if quad.graph_name == of_case))
        for key, quads in shared.items()
    }
    documents = total_digest(quad for graph in case.documents for quad in graphs[graph])
    return _Part(
        _lines(own), texts, _lines(described).decode().splitlines(), documents, figures.of(quads), shared_counts
    )


def rdf(statements: int, seed: int = 1, jobs: int = 2, *, lean: bool = False) -> Iterator[bytes]:
    """The dataset as N-Quads, piece by piece: memory holds a beat for each worker and the names of shared nodes."""
    given = [(number, size, statements, seed, lean) for number, size in beats(statements)]
    seen: set[bytes] = set()
    described: set[str] = set()
    counts = dict.fromkeys(figures.RULES, 0)
    shared: dict[str, set[bytes]] = {name: set() for name in _SHARED}
    documents: list[int] = []
    actors: list[int] = []
    with ExitStack() as stack:
        parts: Iterable[_Part] = (
            stack.enter_context(Pool(jobs)).imap(_part, given) if jobs > 1 and len(given) > 1 else map(_part, given)
        )
        for part in parts:
            yield part.own
            documents.append(part.documents)
            for name, (lines, of_case) in part.shared.items():
                key = _digest(name)
                if key not in seen:
                    seen.add(key)
                    actors.append(of_case)
                    yield lines
            described.update(part.described)
            for name in counts:
                counts[name] += getattr(part.counted, name)
            for name, digests in part.shared_counts.items():
                shared[name] |= digests
    counts |= {name: len(digests) for name, digests in shared.items()}
    yield "".join(f"{line}\n" for line in sorted(described)).encode()
    yield _lines(figures.quads(Figures(**counts)))
    graph = case_graph(CASE)
    yield _lines(
        [
            text_quad(graph, "ag:evidenceDigest", f"{combined(actors):032x}", graph),
            text_quad(DATASET, "ag:settledFor", f"{combined([*documents, *actors]):032x}", DESCRIPTION),
        ]
    )


def write_rdf(
    path: Path, statements: int, seed: int = 1, jobs: int = 2, *, lean: bool = False, progress: bool = False
) -> None:
    """The dataset of a made-up case as one file of N-Quads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    opened: IO[bytes]
    written = 0
    with gzip.open(half, "wb", 3) if path.suffix == ".gz" else half.open("wb") as opened:
        for piece in rdf(statements, seed, jobs, lean=lean):
            opened.write(piece)
            written += len(piece)
            if progress and sys.stderr.isatty():
                print(f"\r{path.name}: {written / 1e6:,.0f} MB", end="", file=sys.stderr)
    half.replace(path)
    if progress and sys.stderr.isatty():
        print(file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a folder for case files, or a file ending in .nq or .nq.gz")
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="how many beats are built at the same time")
    parser.add_argument("--lean", action="store_true", help="leave out what takes a third of the room, see above")
    given = parser.parse_args()
    if given.out.name.endswith((".nq", ".nq.gz")):
        write_rdf(given.out, given.statements, given.seed, given.jobs, lean=given.lean, progress=True)
    elif given.out.exists() and any(given.out.iterdir()):
        sys.exit(f"{given.out}: is not empty. Name a new folder.")
    else:
        write_case(given.out, given.statements, given.seed)


if __name__ == "__main__":
    main()
