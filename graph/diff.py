"""Two editions compared: which statements came, went or changed, which relationships stand otherwise, who came or went.

In: snapshots, made of a network or of a page's own data. Everything is keyed by the page's opaque ids, which cases,
TriG files and pages have in common. Out: a `Difference`, its text, and marks in the data of a page.

A statement is the same when it has the same IRI, which holds its document and its id. One whose IRI was minted at
random because something is withheld is matched by what it says instead.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx
from pyoxigraph import Store

from .base.errors import StoreError
from .base.ids import short
from .base.terms import expand
from .network.projection import project
from .network.records import claims_in, propositions_in
from .words import languages
from .yaml.forms import Texts, in_language

Record = Mapping[str, Any]

#: Fields of a statement that count as a change, in the order in which they are told.
FIELDS = (
    "relationship", "stance", "modality", "speaker", "speaks_for", "chain", "hedges", "place", "said", "summary",
    "retraction",
)  # fmt: skip
_DATA = re.compile(r'<script\b[^>]*\bid="data"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement. `sentence` and `document` are to be shown; the rest is compared. Ids are opaque."""

    id: str
    sid: str
    sentence: Texts
    document: Texts
    relationship: str
    stance: str
    modality: str
    speaker: str
    speaks_for: str
    chain: tuple[str, ...]
    hedges: tuple[str, ...]
    place: str
    said: str
    summary: tuple[str, ...]
    retraction: str

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, for matching without its id."""
        return (tuple(sorted(self.sentence.items())), tuple(sorted(self.document.items())), self.stance, self.modality)


@dataclass(frozen=True, slots=True)
class Stands:
    """A relationship: its heading, how it stands, and what it is about."""

    id: str
    title: Texts
    line: str
    disputed: bool
    sensitive: bool
    origins: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is compared of one edition, each by opaque id. `actors` holds names."""

    version: str
    statements: Mapping[str, Said]
    relationships: Mapping[str, Stands]
    actors: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement before and after, and which of `FIELDS` changed."""

    before: Said
    after: Said
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restood:
    """A relationship that stands otherwise than before."""

    before: Stands
    after: Stands


@dataclass(frozen=True, slots=True)
class Difference:
    """From an old edition to a new one. Relationships that came or went are told by their statements."""

    old: str
    new: str
    came: tuple[Said, ...]
    went: tuple[Said, ...]
    changed: tuple[Changed, ...]
    standing: tuple[Restood, ...]
    actors_came: tuple[Texts, ...]
    actors_went: tuple[Texts, ...]
    renamed: tuple[tuple[Texts, Texts], ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.came or self.went or self.changed or self.standing or self.actors_came or self.actors_went
                    or self.renamed)  # fmt: skip


# --- snapshots


def of_network(network: nx.MultiDiGraph, version: str = "") -> Snapshot:
    """What is compared of a network (`network.project`)."""
    documents = {document["id"]: document for document in network.graph["documents"]}
    statements = {}
    for claim in claims_in(network):
        document = documents.get(claim["document"], {"label": {}})
        taken = claim["retraction"]
        statements[short(claim["id"])] = Said(
            id=short(claim["id"]),
            sid=claim["sid"],
            sentence=dict(claim["sentence"]),
            document=dict(document["label"]),
            relationship=short(claim["proposition"]),
            stance=claim["stance"],
            modality=claim["modality"],
            speaker=_short(claim["speaker"]),
            speaks_for=_short(claim["for"]),
            chain=tuple(map(short, claim["via"])),
            hedges=tuple(claim["hedges"]),
            place=_place(claim),
            said=str(claim["said"].get("earliest", "")),
            summary=_texts(claim["summary"]),
            retraction=taken["kind"] if taken else "",
        )
    relationships = {short(p["proposition"]): _stands(short(p["proposition"]), p) for p in propositions_in(network)}
    actors = {
        short(node): dict(attributes["label"])
        for node, attributes in network.nodes(data=True)
        if attributes["type"] == "node"
    }
    return Snapshot(version, statements, relationships, actors)


def of_store(store: Store) -> Snapshot:
    """What is compared of a dataset; its version is the date that it was last modified."""
    query = f"SELECT ?d {{ ?s a <{expand('void:Dataset')}> ; <{expand('dcterms:modified')}> ?d }}"
    rows = store.query(query, use_default_graph_as_union=True)
    dates = sorted(row[0].value for row in rows)  # type: ignore[union-attr]
    return of_network(project(store), dates[-1] if dates else "")


def of_payload(data: Record) -> Snapshot:
    """What is compared of a page's data (`draw.payload`)."""
    documents = {document["id"]: document for document in data["documents"]}
    statements = {}
    for key, claim in data["claims"].items():
        document = documents.get(claim["document"], {"label": {}})
        statements[key] = Said(
            id=key,
            sid=claim["sid"],
            sentence=dict(claim["sentence"]),
            document=dict(document["label"]),
            relationship=claim["prop"],
            stance=claim["stance"],
            modality=claim["modality"],
            speaker=claim["speaker"] or "",
            speaks_for=claim["for"] or "",
            chain=tuple(claim["via"]),
            hedges=tuple(claim["hedges"]),
            place=_place(claim),
            said=claim["saidAt"][0] if claim["saidAt"] else "",
            summary=_texts(claim["summary"] or {}),
            retraction="withdrawn" if claim["withdrawn"] else "corrected" if claim["corrected"] else "",
        )
    relationships = {key: _stands(key, p) for key, p in data["props"].items()}
    actors = {node["id"]: dict(node["label"]) for node in data["nodes"] if node["type"] == "node"}
    return Snapshot(data["edition"]["version"], statements, relationships, actors)


def of_page(text: str, shown: str) -> Snapshot:
    """What is compared of a page's HTML. `StoreError` when it is none of ours."""
    found = _DATA.search(text)
    try:
        return of_payload(json.loads(found[1]) if found else {})
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise StoreError(f"{shown}: is no page of ours. Name graph.html, dataset.trig or a case.") from error


def _stands(key: str, p: Record) -> Stands:
    return Stands(key, dict(p["title"]), p["line"], p["disputed"], p["sensitive"], p["origins"])


def _short(iri: str) -> str:
    return short(iri) if iri else ""


def _place(claim: Record) -> str:
    return claim["at"] if claim["start"] is None else f"{claim['at']} {claim['start']}-{claim['end']}"


def _texts(texts: Texts) -> tuple[str, ...]:
    return tuple(texts[tag] for tag in languages() if texts.get(tag))


# --- comparing


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """What is new, gone and changed between two editions, sorted by document and sentence."""
    same = {key: key for key in old.statements.keys() & new.statements.keys()}
    same |= _matched(
        [said for key, said in old.statements.items() if key not in same],
        [said for key, said in new.statements.items() if key not in same],
    )
    changed = []
    for before, after in same.items():
        one, other = old.statements[before], new.statements[after]
        what = tuple(name for name in FIELDS if _differs(name, one, other, old.actors, new.actors))
        if before == after and what:
            changed.append(Changed(one, other, what))
    met = set(same.values())
    stands = old.relationships.keys() & new.relationships.keys()
    standing = [
        Restood(old.relationships[key], new.relationships[key])
        for key in stands
        if _standing(old.relationships[key]) != _standing(new.relationships[key])
    ]
    came, went = (
        {key: one.actors[key] for key in one.actors.keys() - other.actors.keys()}
        for one, other in ((new, old), (old, new))
    )
    for name in _common(came.values(), went.values()):
        # Somebody withheld has another id in every build.
        for side in (came, went):
            side.pop(next(key for key, label in side.items() if label == name))
    both = old.actors.keys() & new.actors.keys()
    return Difference(
        old=old.version,
        new=new.version,
        came=_ordered(said for key, said in new.statements.items() if key not in met),
        went=_ordered(said for key, said in old.statements.items() if key not in same),
        changed=tuple(sorted(changed, key=lambda change: _order(change.after))),
        standing=tuple(sorted(standing, key=lambda change: _first(change.after.title))),
        actors_came=tuple(sorted(came.values(), key=_first)),
        actors_went=tuple(sorted(went.values(), key=_first)),
        renamed=tuple(
            sorted(
                ((old.actors[key], new.actors[key]) for key in both if old.actors[key] != new.actors[key]),
                key=lambda pair: _first(pair[1]),
            )
        ),
    )


def _differs(field: str, one: Said, other: Said, old: Mapping[str, Texts], new: Mapping[str, Texts]) -> bool:
    """Whether a field says something else. Whoever is withheld has another id in each build, but says the same."""
    before, after = getattr(one, field), getattr(other, field)
    if field == "relationship":
        return bool(before != after) and one.sentence != other.sentence
    if field in ("speaker", "speaks_for"):
        return bool(before != after) and old.get(before, before) != new.get(after, after)
    if field == "chain":
        return bool(before != after) and [old.get(i, i) for i in before] != [new.get(i, i) for i in after]
    return bool(before != after)


def _matched(old: Iterable[Said], new: Iterable[Said]) -> dict[str, str]:
    """Statements without a common id that say the same at the same place of a document."""
    waiting: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for said in sorted(new, key=lambda said: said.id):
        waiting[said.content].append(said.id)
    found = {}
    for said in sorted(old, key=lambda said: said.id):
        if waiting[said.content]:
            found[said.id] = waiting[said.content].pop(0)
    return found


def _common(one: Iterable[Texts], other: Iterable[Texts]) -> list[Texts]:
    rest = list(other)
    found = []
    for name in one:
        if name in rest:
            rest.remove(name)
            found.append(name)
    return found


def _standing(stands: Stands) -> tuple[object, ...]:
    return (stands.line, stands.disputed, stands.sensitive, stands.origins)


def _ordered(statements: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(statements, key=_order))


def _order(said: Said) -> tuple[str, str, str]:
    return (_first(said.document), re.sub(r"\d+", lambda match: match[0].zfill(6), said.sid), said.id)


def _first(texts: Texts) -> str:
    return in_language(texts, "en")


# --- in words

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "same": "Nothing differs.",
        "from": "From the version of {0} to that of {1}:",
        "came": "New statements: {0}",
        "went": "Statements gone: {0}",
        "changed": "Statements changed: {0}",
        "standing": "Relationships that stand otherwise: {0}",
        "actors_came": "New actors and things: {0}",
        "actors_went": "Actors and things gone: {0}",
        "renamed": "Actors and things called otherwise: {0}",
        "was": "was: {0}",
        "what": "changed: {0}",
        "origins": "{0} independent sources, were {1}",
        "undated": "no date",
    },
    "es": {
        "same": "No hay diferencias.",
        "from": "De la versión del {0} a la del {1}:",
        "came": "Declaraciones nuevas: {0}",
        "went": "Declaraciones que ya no están: {0}",
        "changed": "Declaraciones cambiadas: {0}",
        "standing": "Relaciones que constan de otro modo: {0}",
        "actors_came": "Actores y cosas nuevos: {0}",
        "actors_went": "Actores y cosas que ya no están: {0}",
        "renamed": "Actores y cosas que se llaman de otro modo: {0}",
        "was": "antes: {0}",
        "what": "cambia: {0}",
        "origins": "fuentes independientes: {0}; antes {1}",
        "undated": "sin fecha",
    },
}
_FIELDS = {
    "en": {
        "relationship": "what it is about", "stance": "position", "modality": "done or planned",
        "speaker": "who says it", "speaks_for": "for whom",
        "chain": "how it reached us", "hedges": "qualified as", "place": "place",
        "said": "when it was said", "summary": "summary", "retraction": "taken back",
    },
    "es": {
        "relationship": "de qué trata", "stance": "postura", "modality": "hecho o previsto", "speaker": "quién lo dice",
        "speaks_for": "en nombre de quién", "chain": "cómo nos llegó", "hedges": "con la reserva de", "place": "lugar",
        "said": "cuándo se dijo", "summary": "resumen", "retraction": "retirado",
    },
}  # fmt: skip


def text(difference: Difference, language: str = "en") -> str:
    """What differs, listed; no line break at the end."""
    words = _WORDS[language]
    if not difference:
        return words["same"]
    dates = (difference.old or words["undated"], difference.new or words["undated"])
    lists: dict[str, list[list[str]]] = {
        "came": [[f"+ {_told(said, language)}"] for said in difference.came],
        "went": [[f"- {_told(said, language)}"] for said in difference.went],
        "changed": [_change(change, language) for change in difference.changed],
        "standing": [_restood(change, language) for change in difference.standing],
        "actors_came": [[f"+ {in_language(name, language)}"] for name in difference.actors_came],
        "actors_went": [[f"- {in_language(name, language)}"] for name in difference.actors_went],
        "renamed": [
            [f"~ {in_language(after, language)}", f"  {words['was'].format(in_language(before, language))}"]
            for before, after in difference.renamed
        ],
    }
    lines = [words["from"].format(*dates)]
    for key, rows in lists.items():
        if rows:
            lines += ["", words[key].format(len(rows)), *(f"  {line}" for row in rows for line in row)]
    return "\n".join(lines)


def _told(said: Said, language: str) -> str:
    sentence = in_language(said.sentence, language).rstrip(".")
    return f"{sentence}. ({in_language(said.document, language)}, {said.sid})"


def _change(change: Changed, language: str) -> list[str]:
    words = _WORDS[language]
    lines = [f"~ {_told(change.after, language)}"]
    if change.before.sentence != change.after.sentence:
        lines.append(f"  {words['was'].format(in_language(change.before.sentence, language))}")
    return [*lines, f"  {words['what'].format(', '.join(_FIELDS[language][name] for name in change.what))}"]


def _restood(change: Restood, language: str) -> list[str]:
    words = _WORDS[language]
    before, after = in_language(change.before.title, language), in_language(change.after.title, language)
    lines = [f"~ {after}"]
    if before != after:
        lines.append(f"  {words['was'].format(before)}")
    if change.before.origins != change.after.origins:
        lines.append(f"  {words['origins'].format(change.after.origins, change.before.origins)}")
    return lines


def record(difference: Difference) -> dict[str, Any]:
    """The difference as JSON values."""
    return {
        "differs": bool(difference),
        "old": difference.old,
        "new": difference.new,
        "came": [asdict(said) for said in difference.came],
        "went": [asdict(said) for said in difference.went],
        "changed": [
            {"what": list(change.what), "before": asdict(change.before), "after": asdict(change.after)}
            for change in difference.changed
        ],
        "standing": [
            {"before": asdict(change.before), "after": asdict(change.after)} for change in difference.standing
        ],
        "actors": {
            "came": [dict(name) for name in difference.actors_came],
            "went": [dict(name) for name in difference.actors_went],
            "renamed": [{"before": dict(before), "after": dict(after)} for before, after in difference.renamed],
        },
    }


# --- marks in a page


def mark(
    data: Record,
    old: Snapshot,
    conceals: Callable[[Iterable[str], Iterable[str]], bool] = lambda _ids, _texts: False,
) -> dict[str, Any]:
    """A page's data with what changed since an older edition.

    `claims[id].since` is "new" or "changed" (`sinceWhat`: which fields), `props[id].since` how it stood before. `since`
    holds the old version's date, what is gone (sentence, sid, document), the counts, and how many are not told.

    `conceals` says of ids and texts whether they tell what is withheld: that is counted, never told. Nor is a statement
    whose place is withheld marked, since nothing tells whether it was there before.
    """
    new = of_payload(data)
    difference = compare(old, new)
    untold = 0
    claims = dict(data["claims"])
    for said in difference.came:
        if said.place == "withheld":
            untold += 1
        else:
            claims[said.id] = {**claims[said.id], "since": "new"}
    for change in difference.changed:
        key = change.after.id
        claims[key] = {**claims[key], "since": "changed", "sinceWhat": list(change.what)}
    gone = []
    for said in difference.went:
        ids = (said.id, said.relationship, said.speaker, said.speaks_for, *said.chain)
        if conceals(ids, (said.sid, said.said, *said.sentence.values(), *said.document.values())):
            untold += 1
        else:
            gone.append({"sentence": dict(said.sentence), "sid": said.sid, "document": dict(said.document)})
    props = dict(data["props"])
    standing = 0
    for restood in difference.standing:
        standing += 1
        props[restood.after.id] = {**props[restood.after.id], "since": restood.before.line}
    return {
        **data,
        "claims": claims,
        "props": props,
        "since": {
            "version": "" if conceals((), (old.version,)) else old.version,
            "gone": gone,
            "counts": {
                "new": sum(claim.get("since") == "new" for claim in claims.values()),
                "changed": len(difference.changed),
                "gone": len(gone),
                "standing": standing,
                "untold": untold,
            },
        },
    }
