"""A path in words, in which nothing is stated that was only said; and a path as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx

from ..wording import capital, contracted
from ..words import languages
from ..yaml.forms import in_language
from .paths import Direct, Hop, Path, direct, needs
from .records import Claim, node_of

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "none": "no source here states a connection between {0} and {1}",
        "stated": "a source here states a connection between {0} and {1} directly",
        "elsewhere": "apart from this path a source here states a connection between {0} and {1} directly",
        "left out": " ({0}, left out here)",
        "unaffirmed": "no source here affirms a connection between {0} and {1}; one is spoken of, "
        "but only denied, asked, mentioned or held false by us",
        "joint": "no source here states a connection between {0} and {1} but this: {2} names both in “{3}”",
        "nobody": "somebody not named",
        "speaks": "{0} speaks about {1}.",
        "speak": "{0} speak about {1}.",
        "beside": " Also between the two: {0}",
        "weakest": "The weakest step is {0}: {1}.",
        "only": "Its only step: {1}.",
        "accepted": "confirmed by us",
        "disputed": "disputed",
        "soft": "only softly said",
        "notyet": "not yet so",
        "says": "statements about it, not a relationship",
        "sensitive": "sensitive",
        "no path": "No path is found here between {0} and {1}",
        "off": "Not walked: {0} relationships.",
        "rule": "Each step is what somebody says, not a finding; a path of them is no finding either.",
    },
    "es": {
        "none": "ninguna fuente afirma aquí una conexión entre {0} y {1}",
        "stated": "una fuente afirma aquí directamente una conexión entre {0} y {1}",
        "elsewhere": "aparte de este camino, una fuente afirma aquí directamente una conexión entre {0} y {1}",
        "left out": " ({0}; aquí se deja fuera)",
        "unaffirmed": "ninguna fuente afirma aquí una conexión entre {0} y {1}; se habla de una, "
        "pero solo negada, preguntada, mencionada o descartada por la redacción",
        "joint": "ninguna fuente afirma aquí otra conexión entre {0} y {1} que esta: {2} menciona a ambos en «{3}»",
        "nobody": "alguien sin nombrar",
        "speaks": "{0} habla de {1}.",
        "speak": "{0} hablan de {1}.",
        "beside": " También entre ambos: {0}",
        "weakest": "El paso más débil es el {0}: {1}.",
        "only": "Su único paso: {1}.",
        "accepted": "confirmado por la redacción",
        "disputed": "en disputa",
        "soft": "solo se dice con reserva",
        "notyet": "todavía no es así",
        "says": "declaraciones sobre ello, no una relación",
        "sensitive": "sensible",
        "no path": "No se encuentra aquí ningún camino entre {0} y {1}",
        "off": "No se recorren las relaciones: {0}.",
        "rule": "Cada paso es lo que alguien dice, no un hecho comprobado; tampoco lo es un camino hecho de ellos.",
    },
}  # fmt: skip


#: For one, and for several.
_COUNTED = {
    "en": {
        "statements": ("1 separate statement", "{0} separate statements"),
        "speakers": (" by 1 speaker", " by {0} speakers"),
        "unnamed": (", of which 1 does not say who speaks", ", of which {0} do not say who speaks"),
        "more": ("and 1 more statement", "and {0} more statements"),
        "said": ("said by 1 independent source", "said by {0} independent sources"),
    },
    "es": {
        "statements": ("1 declaración separada", "{0} declaraciones separadas"),
        "speakers": (" de 1 fuente que habla", " de {0} fuentes que hablan"),
        "unnamed": (", de las que 1 no dice quién habla", ", de las que {0} no dicen quién habla"),
        "more": ("y 1 declaración más", "y {0} declaraciones más"),
        "said": ("lo dice 1 fuente independiente", "lo dicen {0} fuentes independientes"),
    },
}


_LEFT_OUT = {
    "en": {"sensitive": "sensitive", "disputed": "disputed", "notyet": "not yet so"},
    "es": {"sensitive": "sensibles", "disputed": "en disputa", "notyet": "que todavía no son así"},
}


#: So many footnotes a "speaks about" hop gets.
_MOST_NOTES = 6


def text(network: nx.MultiDiGraph, path: Path, language: str = "en") -> str:
    """The path in words: what it stands on and what it does not say, its hops, the weakest, a note for each statement.

    Lines end without a line break at the end of the text.
    """
    words = _WORDS[language]
    notes: dict[str, int] = {}
    lines = [_head(network, path, language), ""]
    for number, hop in enumerate(path.hops, 1):
        shown = hop.claims if hop.proposition else hop.claims[:_MOST_NOTES]
        marks = "".join(f"[{notes.setdefault(claim['id'], len(notes) + 1)}]" for claim in shown)
        rest = len(hop.claims) - len(shown)
        more = f" ({_count(language, 'more', rest)})" if rest else ""
        beside = "".join(words["beside"].format(in_language(other["summary"], language)) for other in hop.beside)
        lines.append(f"{number}. {_sentence(network, hop, language)} {marks}{more}{beside}")
    lines += ["", _weakest(path, language), words["rule"]]
    if path.left_out:
        lines.append(_off(path.left_out, language))
    claims = {claim["id"]: claim for claim in path.claims}
    lines += ["", *(f"[{number}] {note(network, claims[iri], language)}" for iri, number in notes.items())]
    return "\n".join(lines)


def no_path(network: nx.MultiDiGraph, a: str, b: str, left_out: Iterable[str] = (), language: str = "en") -> str:
    """What is said when `find` finds nothing."""
    off = tuple(left_out)
    first = _WORDS[language]["no path"].format(_inline(network, a, language), _inline(network, b, language))
    said = _connection(network, direct(network, a, b), (a, b), None, off, language)
    return "\n".join([f"{first}; {said}.", *([_off(off, language)] if off else [])])


def note(network: nx.MultiDiGraph, claim: Claim, language: str) -> str:
    """A footnote: what was said, how it reached us, and where it stands."""
    chain = " › ".join(_name(network, hop, language) or _nobody(language) for hop in claim["hops"])
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


def _nobody(language: str) -> str:
    return {"en": "not stated", "es": "no se dice quién"}[language]


def _count(language: str, what: str, number: int) -> str:
    return _COUNTED[language][what][number != 1].format(number)


def _head(network: nx.MultiDiGraph, path: Path, language: str) -> str:
    unnamed = sum(not claim["speaker"] for claim in path.claims)
    by = _count(language, "speakers", len(path.speakers)) if path.speakers else ""
    nobody = _count(language, "unnamed", unnamed) if unnamed else ""
    walked = tuple(hop.proposition["proposition"] for hop in path.hops if hop.proposition)
    said = _connection(network, path.direct, path.ends, walked, path.left_out, language)
    return f"{_count(language, 'statements', path.statements)}{by}{nobody}; {said}."


def _connection(
    network: nx.MultiDiGraph,
    said: Direct,
    ends: tuple[str, str],
    walked: Sequence[str] | None,
    left_out: Iterable[str],
    language: str,
) -> str:
    """Whether a source connects the two itself. `walked`: the relationships of a path; None when there is no path."""
    words = _WORDS[language]
    names_ = [_inline(network, end, language) for end in ends]
    if walked and len(walked) == 1 and any(p["proposition"] in walked for p in said.stated):
        return words["stated"].format(*names_)
    if said.stated:
        off = [word for word in left_out if all(word in needs(p) for p in said.stated)]
        why = words["left out"].format(", ".join(_LEFT_OUT[language][word] for word in off)) if off else ""
        return words["stated" if walked is None else "elsewhere"].format(*names_) + why
    if said.joint:
        node, speaker = said.joint[0]
        return words["joint"].format(*names_, _inline(network, speaker, language) or words["nobody"],
                                     _name(network, node, language))  # fmt: skip
    return words["unaffirmed" if said.unaffirmed else "none"].format(*names_)


def _sentence(network: nx.MultiDiGraph, hop: Hop, language: str) -> str:
    if hop.proposition is not None:
        return in_language(hop.proposition["summary"], language)
    about = hop.source if hop.speaker == hop.target else hop.target
    verb = "speak" if node_of(network, hop.speaker)["plural"] else "speaks"
    words = _WORDS[language][verb].format(_inline(network, hop.speaker, language), _inline(network, about, language))
    return capital(contracted(words, language))


def _weakest(path: Path, language: str) -> str:
    words = _WORDS[language]
    hop = path.hops[path.weakest]
    if hop.proposition is None:
        why = words["says"]
    elif hop.line == "said":
        why = _count(language, "said", hop.proposition["origins"])
    else:
        why = words[hop.line]
    if hop.proposition is not None and hop.proposition["sensitive"]:
        why += f", {words['sensitive']}"
    return words["weakest" if len(path.hops) > 1 else "only"].format(path.weakest + 1, why)


def _off(left_out: Iterable[str], language: str) -> str:
    return _WORDS[language]["off"].format(", ".join(_LEFT_OUT[language][word] for word in left_out))
