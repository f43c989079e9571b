"""A path in words, in which nothing is stated that was only said; and a path as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx

from ..wording import capital
from ..words import contracted, languages, message
from ..yaml.forms import in_language
from .paths import Direct, Hop, Path, direct, needs
from .records import Claim, node_of

#: So many footnotes a "speaks about" hop gets.
_MOST_NOTES = 6


def text(network: nx.MultiDiGraph, path: Path, language: str = "en") -> str:
    """The path in words: what it stands on and what it does not say, its hops, the weakest, a note for each statement.

    Lines end without a line break at the end of the text.
    """
    notes: dict[str, int] = {}
    lines = [_head(network, path, language), ""]
    for number, hop in enumerate(path.hops, 1):
        shown = hop.claims if hop.proposition else hop.claims[:_MOST_NOTES]
        marks = "".join(f"[{notes.setdefault(claim['id'], len(notes) + 1)}]" for claim in shown)
        rest = len(hop.claims) - len(shown)
        more = f" ({_text(language, 'andMore', n=rest)})" if rest else ""
        others = (in_language(other["summary"], language) for other in hop.beside)
        beside = "".join(f" {_text(language, 'alsoBetween', sentence=other)}" for other in others)
        lines.append(f"{number}. {_sentence(network, hop, language)} {marks}{more}{beside}")
    lines += ["", _weakest(path, language), _text(language, "pathRule")]
    if path.left_out:
        lines.append(_off(path.left_out, language))
    claims = {claim["id"]: claim for claim in path.claims}
    lines += ["", *(f"[{number}] {note(network, claims[iri], language)}" for iri, number in notes.items())]
    return "\n".join(lines)


def no_path(network: nx.MultiDiGraph, a: str, b: str, left_out: Iterable[str] = (), language: str = "en") -> str:
    """What is said when `find` finds nothing."""
    off = tuple(left_out)
    first = _text(language, "noPath", a=_inline(network, a, language), b=_inline(network, b, language))
    said = _connection(network, direct(network, a, b), (a, b), None, off, language)
    return "\n".join([f"{first}; {said}.", *([_off(off, language)] if off else [])])


def note(network: nx.MultiDiGraph, claim: Claim, language: str) -> str:
    """A footnote: what was said, how it reached us, and where it stands."""
    chain = " › ".join(_name(network, hop, language) or message(language, "statement.unnamed") for hop in claim["hops"])
    parts = [in_language(claim["sentence"], language), chain, in_language(claim["place"], language)]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def record(network: nx.MultiDiGraph, path: Path) -> dict[str, Any]:
    """The path as JSON values, with its text in every language."""
    return {
        "from": path.ends[0],
        "to": path.ends[1],
        "statements": path.statements,
        "speakers": list(path.speakers),
        "weakest": path.weakest + 1,
        "direct": [p["proposition"] for p in path.direct.stated],
        "hops": [
            {
                "from": hop.source,
                "to": hop.target,
                "type": "relationship" if hop.proposition else "speaks",
                "proposition": hop.proposition["proposition"] if hop.proposition else None,
                "line": hop.line,
                "title": dict(hop.proposition["title"]) if hop.proposition else None,
                "summary": {tag: _sentence(network, hop, tag) for tag in languages()},
                "beside": [other["proposition"] for other in hop.beside],
                "claims": [
                    {
                        "id": claim["id"],
                        "speaker": claim["speaker"] or None,
                        "for": claim["for"] or None,
                        "stance": claim["stance"],
                        "modality": claim["modality"],
                        "document": claim["document"],
                        "note": {tag: note(network, claim, tag) for tag in languages()},
                    }
                    for claim in hop.claims
                ],
            }
            for hop in path.hops
        ],
        "text": {tag: text(network, path, tag) for tag in languages()},
    }


def _name(network: nx.MultiDiGraph, node: str, language: str) -> str:
    return in_language(node_of(network, node)["label"], language) if node in network else ""


def _inline(network: nx.MultiDiGraph, node: str, language: str) -> str:
    """The name as it stands in a sentence: `the White House`."""
    if node not in network:
        return ""
    attributes = node_of(network, node)
    return in_language(attributes["name"] or attributes["label"], language)


def _text(language: str, key: str, **values: object) -> str:
    """What the page says of a path, too."""
    return message(language, f"page.path.{key}", **values)


def _head(network: nx.MultiDiGraph, path: Path, language: str) -> str:
    unnamed = sum(not claim["speaker"] for claim in path.claims)
    by = _text(language, "bySpeakers", n=len(path.speakers)) if path.speakers else ""
    nobody = _text(language, "byUnnamed", n=unnamed) if unnamed else ""
    walked = tuple(hop.proposition["proposition"] for hop in path.hops if hop.proposition)
    said = _connection(network, path.direct, path.ends, walked, path.left_out, language)
    return f"{_text(language, 'separate', n=path.statements)}{by}{nobody}; {said}."


def _connection(
    network: nx.MultiDiGraph,
    said: Direct,
    ends: tuple[str, str],
    walked: Sequence[str] | None,
    left_out: Iterable[str],
    language: str,
) -> str:
    """Whether a source connects the two itself. `walked`: the relationships of a path; None when there is no path."""
    a, b = (_inline(network, end, language) for end in ends)
    if walked and len(walked) == 1 and any(p["proposition"] in walked for p in said.stated):
        return _text(language, "connStated", a=a, b=b)
    if said.stated:
        off = [word for word in left_out if all(word in needs(p) for p in said.stated)]
        why = _text(language, "connLeftOut", list=_kinds(off, language)) if off else ""
        return _text(language, "connStated" if walked is None else "connElsewhere", a=a, b=b) + why
    if said.joint:
        node, speaker = said.joint[0]
        who = _inline(network, speaker, language) or _text(language, "somebody")
        return _text(language, "connJoint", a=a, b=b, who=who, where=_name(network, node, language))
    return _text(language, "connUnaffirmed" if said.unaffirmed else "connNone", a=a, b=b)


def _sentence(network: nx.MultiDiGraph, hop: Hop, language: str) -> str:
    if hop.proposition is not None:
        return in_language(hop.proposition["summary"], language)
    about = hop.source if hop.speaker == hop.target else hop.target
    key = "speaksAboutMany" if node_of(network, hop.speaker)["plural"] else "speaksAbout"
    names = {"a": _inline(network, hop.speaker, language), "b": _inline(network, about, language)}
    return capital(contracted(f"{message(language, f'page.standing.{key}', **names)}.", language))


def _weakest(path: Path, language: str) -> str:
    hop = path.hops[path.weakest]
    if hop.proposition is None:
        why = _text(language, "stepSpeaks")
    else:
        why = _text(language, f"step{hop.line.capitalize()}", n=hop.proposition["origins"])
    if hop.proposition is not None and hop.proposition["sensitive"]:
        why += f", {_text(language, 'stepSensitive')}"
    return _text(language, "weakestStep" if len(path.hops) > 1 else "onlyStep", n=path.weakest + 1, why=why)


def _off(left_out: Iterable[str], language: str) -> str:
    return _text(language, "notWalked", list=_kinds(left_out, language))


def _kinds(left_out: Iterable[str], language: str) -> str:
    return ", ".join(_text(language, f"left{kind.capitalize()}") for kind in left_out)
