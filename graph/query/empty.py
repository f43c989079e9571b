"""Why an answer is empty, where that can be known: a word that there is not, a name that nobody bears, a mirror.

In: a query that nothing answered, and the store that was asked. Out: one line, or "" when the answer may well be that
there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import Literal

from ..base import lexer
from ..base.errors import nearest
from ..base.names import bare
from ..base.terms import BASE, PREFIXES
from ..dataset import MIRRORS
from ..store.interface import Store
from ..vocabulary.owl import quads
from ..vocabulary.reader import standard
from .names import NAMING, bearers, column

#: A word by its prefix, and what is asked to be a name.
_PREFIXED = re.compile(r"(?<![\w:.])(\w+):([\w-]+(?:\.[\w-]+)*)")
_NAMED = re.compile(
    r"""(?:\bag:(nameKey)|\bag:nameInSentence|\brdfs:label|\bskos:altLabel)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
)
#: So many names are compared with one that nobody bears.
_COMPARED = 20_000


def why(store: Store, text: str, parameters: Mapping[str, str] | None = None) -> str:
    """Why nothing answers a query, as one line; "" when that cannot be known.

    Parameters:
        store: What was asked.
        text: The query, without the values of its parameters.
        parameters: Those values.
    """
    if not column(store, "SELECT ?x { ?x a ag:Proposition } LIMIT 1"):
        return "Nothing here is in our vocabulary: ask in the words of the data, or draw it." if _ours(text) else ""
    own = column(
        store, "SELECT ?x { { ?x ag:mirrors ?relation } UNION { ?mirror ag:mirrors ?x } UNION { ?x a ag:Kind } }"
    )
    return at_sight(text, own) or _nobody(store, text, parameters or {}) or _only_mirrored(store, text)


def at_sight(text: str, own: Iterable[str] = ()) -> str:
    """What can be told from the text of a query alone: a word that our vocabulary does not have.

    `own`: IRIs of words beside those of the published vocabulary.
    """
    known = _published() | set(own)
    for name, iri in _words(text):
        prefix = name.partition(":")[0]
        # A standing is made of two words.
        if not iri.startswith(BASE) or prefix in ("id", "sl") or iri in known:
            continue
        space = PREFIXES[prefix]
        near = nearest(
            name.partition(":")[2], tuple(sorted(word.removeprefix(space) for word in known if word.startswith(space)))
        )
        return f"There is no {name}. {f'Did you mean {prefix}:{near}?' if near else 'The vocabulary is at /ontology.'}"
    return ""


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a query that have one of our prefixes: as they are written, and in full."""
    declared = {**PREFIXES, **lexer.prefixes(text)}
    for prefix, local in _PREFIXED.findall(lexer.bare(text)):
        if prefix in PREFIXES and declared[prefix] == PREFIXES[prefix]:
            yield f"{prefix}:{local}", PREFIXES[prefix] + local


def _ours(text: str) -> bool:
    return any(iri.startswith(BASE) for _, iri in _words(text))


@cache
def _published() -> frozenset[str]:
    return frozenset(str(getattr(quad.subject, "value", "")) for quad in quads(standard()))


def _nobody(store: Store, text: str, parameters: Mapping[str, str]) -> str:
    """That nobody is called as the query says."""
    for name, value in parameters.items():
        if name in NAMING and value and ":" not in value and not bearers(store, value):
            return _unknown(store, value)
    for key, literal in _NAMED.findall(text):
        name = _unquoted(literal)
        who = next(iter(bearers(store, name)), "")
        if not who and not _is_text(store, name):
            return _unknown(store, name)
        small = f"Any name is found by ag:nameKey {Literal(name.lower())}."
        if key and who and name != name.lower():
            return f"ag:nameKey has names in small letters. {small}"
        labels = column(store, f"SELECT ?x {{ <{who}> rdfs:label ?x }} ORDER BY LANG(?x)") if who and not key else []
        if labels and name not in labels:
            return f"No label is “{name}”: it is another name of {labels[0]}. {small}"
    return ""


def _is_text(store: Store, words: str) -> bool:
    written = " ".join(f"{Literal(words)}{tag}" for tag in ("", "@en", "@es"))
    return bool(column(store, f"SELECT ?x {{ VALUES ?text {{ {written} }} ?x ?any ?text }} LIMIT 1"))


def _unknown(store: Store, name: str) -> str:
    others = column(store, f"SELECT DISTINCT ?x {{ ?any ag:nameKey ?x }} LIMIT {_COMPARED}")
    near = nearest(bare(name), tuple(others))
    return f"Nobody and nothing is called “{name}”. {f'Did you mean “{near}”?' if near else 'Check its spelling.'}"


def _only_mirrored(store: Store, text: str) -> str:
    """That a relation stands in no plain triple, because no editor accepted one."""
    relations = {relation.iri: relation for relation in standard().relations.values()}
    for name, iri in _words(text):
        if iri not in relations or re.search(rf"\b(rdf:predicate|ag:mirrors)\s+{re.escape(name)}\b", text):
            continue
        if column(store, f"SELECT ?x {{ ?x <{iri}> ?any }} LIMIT 1"):
            continue
        mirrors = (f"{level}:{relations[iri].mirror}" for level in MIRRORS)
        used = [mirror for mirror in mirrors if column(store, f"SELECT ?x {{ ?x {mirror} ?any }} LIMIT 1")]
        said = f"What is said: {', '.join(used)}." if used else "Nobody says so either."
        return f"No triple of {name} is here, for no editor accepted one. {said}"
    return ""


def _unquoted(found: str) -> str:
    return re.sub(r"\\(.)", r"\1", found[1:-1])
