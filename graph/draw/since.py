"""What changed since an older edition, marked in the data of a page; and a page read back for comparing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from ..base.errors import StoreError
from ..diff.compare import Difference, compare
from ..diff.snapshot import Said, Snapshot, Stands, in_each_language, place
from .data import ClaimData, GoneData, PageData, SinceData

_DATA = re.compile(r'<script\b[^>]*\bid="data"[^>]*>(.*?)</script>', re.DOTALL)


def of_page(text: str, shown: str) -> Snapshot:
    """What is compared of a page's HTML. `StoreError` when it is none of ours."""
    found = _DATA.search(text)
    try:
        return of_payload(json.loads(found[1] if found else "{}"))
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise StoreError(
            f"{shown}: is not a page made by actorgraph. Name graph.html, dataset.trig or a case."
        ) from error


def of_payload(data: PageData) -> Snapshot:
    """What is compared of a page's data (`payload`)."""
    documents = {document["id"]: document for document in data["documents"]}
    statements = {}
    for key, claim in data["claims"].items():
        document = documents.get(claim["document"])
        statements[key] = Said(
            id=key,
            sid=claim["sid"],
            sentence=dict(claim["sentence"]),
            document=dict(document["label"]) if document else {},
            relationship=claim["prop"],
            stance=claim["stance"],
            modality=claim["modality"],
            speaker=claim["speaker"] or "",
            speaks_for=claim["for"] or "",
            chain=tuple(claim["via"]),
            hedges=tuple(claim["hedges"]),
            place=place(claim["at"], claim["start"], claim["end"]),
            said=claim["saidAt"][0] if claim["saidAt"] else "",
            summary=in_each_language(claim["summary"] or {}),
            retraction="withdrawn" if claim["withdrawn"] else "corrected" if claim["corrected"] else "",
        )
    relationships = {
        key: Stands(key, dict(p["title"]), p["line"], p["disputed"], p["sensitive"], p["origins"])
        for key, p in data["props"].items()
    }
    actors = {node["id"]: dict(node["label"]) for node in data["nodes"] if node["type"] == "node"}
    return Snapshot(data["edition"]["version"], statements, relationships, actors)


def mark(
    data: PageData,
    old: Snapshot,
    conceals: Callable[[Iterable[str], Iterable[str]], bool] = lambda _ids, _texts: False,
) -> PageData:
    """A page's data with what changed since an older edition.

    `claims[id].since` is "new" or "changed" (`sinceWhat`: which fields), `props[id].since` how it stood before. `since`
    holds the old version's date, what is gone (sentence, sid, document), the counts, and how many are not told.

    `conceals` says of ids and texts whether they tell what is withheld: that is counted, never told. Nor is a statement
    whose place is withheld marked, since nothing tells whether it was there before.
    """
    difference = compare(old, of_payload(data))
    claims, hidden = _marked(data["claims"], difference)
    gone = [_gone(said) for said in difference.went if not conceals(*_tells(said))]
    props = dict(data["props"])
    for restood in difference.standing:
        props[restood.after.id] = {**props[restood.after.id], "since": restood.before.line}
    since: SinceData = {
        "version": "" if conceals((), (old.version,)) else old.version,
        "gone": gone,
        "counts": {
            "new": len(difference.came) - hidden,
            "changed": len(difference.changed),
            "gone": len(gone),
            "standing": len(difference.standing),
            "untold": hidden + len(difference.went) - len(gone),
        },
    }
    return {**data, "claims": claims, "props": props, "since": since}


def _marked(claims: Mapping[str, ClaimData], difference: Difference) -> tuple[dict[str, ClaimData], int]:
    """The statements with a mark on what is new and changed, and how many new ones are not marked."""
    marked, hidden = dict(claims), 0
    for said in difference.came:
        if said.place == "withheld":
            hidden += 1
        else:
            marked[said.id] = {**marked[said.id], "since": "new"}
    for change in difference.changed:
        key = change.after.id
        marked[key] = {**marked[key], "since": "changed", "sinceWhat": list(change.what)}
    return marked, hidden


def _gone(said: Said) -> GoneData:
    return {"sentence": dict(said.sentence), "sid": said.sid, "document": dict(said.document)}


def _tells(said: Said) -> tuple[Iterable[str], Iterable[str]]:
    """The ids and the texts of a statement."""
    ids = (said.id, said.relationship, said.speaker, said.speaks_for, *said.chain)
    return ids, (said.sid, said.said, *said.sentence.values(), *said.document.values())
