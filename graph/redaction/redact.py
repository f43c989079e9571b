"""A copy in which people, bodies or documents are withheld, with a report of what was taken out and what is left.

In: a case and the names or ids of what to withhold. Out: the case without them (`protect`), and for the editor alone
what was done, what may still identify somebody, and a search that finds whatever was missed.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote_plus

from ..base import names as finding
from ..base.errors import OutputError
from ..base.ids import short
from ..base.spelling import folded, scripts
from ..base.terms import BASE, Literal, NamedNode, Quad, Triple
from ..case.model import Case, Claim, third_key
from ..case.places import find_text
from ..case.values import Date, Quantity
from ..standing import settle
from ..vocabulary.owl import quads as vocabulary_quads
from ..vocabulary.reader import standard
from ..wording import Wording, label
from ..words import languages
from ..yaml.forms import in_language
from .names import SHORTEST_SURNAME, Names, last_names
from .protection import Protection
from .withheld import Withheld, is_confidential

#: Where the vocabulary stands: its words are ours, whatever somebody is called.
_VOCABULARY = f"{BASE}ns"
_LARGEST_TEXT = 16 * 1024 * 1024
#: A shorter word is met by chance in any encoding.
_SHORTEST_ENCODED, _SHORTEST_INNER = 5, 7
_OFFICES = (
    "holds-post", "heads", "spokesperson-for", "founded-by", "represents", "spouse-of", "child-of", "sibling-of",
    "written-by", "beneficial-owner-of",
)  # fmt: skip
_DONE = {
    "withheld": ("person, body or document withheld", "people, bodies and documents withheld"),
    "names": ("name taken out of texts", "names taken out of texts"),
    "ids": ("id minted anew for what is called after them", "ids minted anew for what is called after them"),
    "statements": ("statement by or about them, under a new id", "statements by or about them, under new ids"),
    "places": ("place in a document withheld", "places in documents withheld"),
    "addresses": ("address of a public text that names them", "addresses of public texts that name them"),
    "digests": ("digest of a public text that names them", "digests of public texts that name them"),
    "headlines": ("headline that names them", "headlines that name them"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """For the editor, never for an output: it names whom it is about. `done`: a word of what was done → how often."""

    withheld: tuple[str, ...]
    done: Mapping[str, int]
    risks: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"Withheld: {', '.join(self.withheld)}."]
        lines += [f"  {count:>5}  {_DONE[what][count != 1]}" for what, count in self.done.items() if count]
        if self.risks:
            lines += ["What may still say who it is:", *(f"  {risk}" for risk in self.risks)]
        lines.append("Review before publishing: no program knows what a reader knows.")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A case without what is withheld. Everything but `case` stays with the editor."""

    case: Case
    report: Report
    names: Names
    #: The same without single words that the vocabulary's own sentences use: in these they name nobody.
    telling: Names
    #: Small-letter strings that no output may hold: ids, digests, encoded names.
    needles: frozenset[str]
    #: IRIs that no output may hold, nor one that begins with them.
    iris: frozenset[str]
    #: What the documents that are withheld were called.
    documents: frozenset[str] = frozenset()
    #: Days that would tell when one of them was published.
    days: frozenset[str] = frozenset()

    def conceals(self, ids: Iterable[str], texts: Iterable[str]) -> bool:
        """Whether an older edition tells something withheld: by a short id, a document's name or day, or a name."""
        gone = {short(iri) for iri in self.iris}
        return not gone.isdisjoint(ids) or any(
            text in self.documents or text in self.days or self.names.stand_in(text) for text in texts
        )

    def leaks(self, quads: Iterable[Quad]) -> list[str]:
        """What is found in a dataset although it is withheld; nothing, when all is well."""
        return self.found_in(_strings(quads))

    def found_in(self, texts: Iterable[str]) -> list[str]:
        """What of it stands in texts, in the open, encoded for an address, in base64, or as a digest."""
        found: dict[str, None] = {}
        distinct = list(dict.fromkeys(texts))
        # Nearly always none of them is there at all.
        whole = "\n".join(distinct).lower()
        needles = [needle for needle in self.needles if needle in whole]
        for text in distinct:
            plain = unquote_plus(unescape(text))
            if self.telling.stand_in(text) or (plain != text and self.telling.stand_in(plain)):
                found[f"a name in: {text[:80]}"] = None
            low = text.lower()
            begun = {text[:at] for at, c in enumerate(text) if c == "/"} if text.startswith(BASE) else set()
            if any(needle in low for needle in needles) or self.iris & {text, *begun}:
                found[f"an id, an encoded name or a digest in: {text[:80]}"] = None
        return list(found)

    def refuse_leaks(self, quads: Iterable[Quad]) -> None:
        """Raises `OutputError` when a trace is left: nothing is written then."""
        if found := self.leaks(quads):
            raise OutputError(
                f"{len(found)} traces of what is withheld are left, such as {found[0]}. "
                "Nothing was written. Correct the case's words, or withhold that, too."
            )


def redact(case: Case, words: Collection[str] = ()) -> Redaction | None:
    """The case without what is confidential and what these words name; None when there is nothing to withhold.

    Raises `QueryError` for a word that means nothing here, or several things.
    """
    asked = named(case, words)
    if not asked and not is_confidential(case):
        return None
    withheld = Withheld(case, asked, local_texts(case))
    protection = Protection(case, withheld)
    iris = _iris(case, protection)
    return Redaction(
        case=protection.case(),
        report=_report(case, protection),
        names=withheld.names,
        telling=Names(name for name in withheld.given if finding.folded(name) not in _words()),
        needles=_needles(case, protection, iris),
        iris=iris,
        documents=_called(case, withheld),
        days=frozenset(withheld.hidden_days),
    )


def _called(case: Case, withheld: Withheld) -> frozenset[str]:
    """What documents that are withheld are called, in every language."""
    wording = Wording(case, settle(case))
    documents = [case.documents[iri] for iri in withheld.documents]
    return frozenset(wording.document(document, tag) for document in documents for tag in languages())


@cache
def _words() -> frozenset[str]:
    """Single words of the phrases and labels that every sentence is made of."""
    vocabulary = standard()
    said = [words for kind in vocabulary.kinds.values() for words in kind.label.values()]
    for relation in vocabulary.relations.values():
        said += relation.label.values()
        for phrases in relation.phrases.values():
            said += (phrases.accepted, phrases.said, phrases.denied, phrases.infinitive)
    for unit in vocabulary.units.values():
        said += (word for words in unit.label.values() for word in words)
    return frozenset(word for words in said for word in re.findall(r"\w+", finding.folded(words)))


def named(case: Case, words: Collection[str]) -> frozenset[str]:
    """The actors, things and documents that ids or whole names mean."""
    known = [
        finding.Known(actor.iri, (actor.slug,), tuple(dict.fromkeys((*actor.name.values(), *actor.aliases))))
        for actor in case.actors.values()
    ]
    known += [finding.Known(doc.iri, (doc.id,), (doc.title,) if doc.title else ()) for doc in case.documents.values()]
    return frozenset(finding.find(word, known, whole=True) for word in words)


def local_texts(case: Case) -> dict[str, str]:
    """Document → its text, where it is at hand and is the one that the case's places count."""
    found = {}
    for iri, document in case.documents.items():
        path = find_text(Path(document.place.file), document.text) if document.text else None
        if path is None or path.stat().st_size > _LARGEST_TEXT:
            continue
        data = path.read_bytes()
        if not document.sha256 or document.sha256 == sha256(data).hexdigest():
            found[iri] = data.decode("utf-8-sig", errors="replace")
    return found


# --- what was missed


def _strings(quads: Iterable[Quad]) -> Iterator[str]:
    """Every IRI and every text that is not the standard vocabulary's: a case's own words are searched."""
    ours = _ours()
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value == _VOCABULARY and quad.triple in ours:
            continue
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode | Literal):
                yield term.value


@cache
def _ours() -> frozenset[Triple]:
    return frozenset(quad.triple for quad in vocabulary_quads(standard()))


def _iris(case: Case, protection: Protection) -> frozenset[str]:
    """What was minted anew."""
    found = {iri for iri in (*case.actors, *case.documents) if iri in protection.node}
    found |= {claim.iri for claim in case.claims if protection.claims[claim.iri] != claim.iri}
    return frozenset(found | {iri for iri, new in protection.propositions.items() if iri != new})


def _needles(case: Case, protection: Protection, iris: frozenset[str]) -> frozenset[str]:
    withheld = protection.withheld
    actors = [actor for iri, actor in case.actors.items() if iri in protection.node]
    documents = [document for iri, document in case.documents.items() if iri in protection.node]
    words = {name for a in actors if a.iri in withheld.actors for name in (*a.name.values(), *a.aliases)}
    words |= {document.title for document in documents if document.iri in withheld.documents}
    ids = {actor.slug for actor in actors if "-" in actor.slug} | {document.id for document in documents}
    digests = {case.documents[iri].sha256 for iri in withheld.naming | withheld.documents}
    words |= {finding.unaccented(word) for word in words}
    words |= {word.lower() for word in words}
    found = {needle for word in (*words, *ids) for needle in encodings(word)}
    found |= {needle for iri in iris for needle in (sha256(iri.encode()).hexdigest(), short(iri))}
    return frozenset(needle.lower() for needle in (*found, *digests) if needle)


def encodings(word: str) -> set[str]:
    """What a word looks like in addresses, in base64 at any offset, and as a digest; short words are left out."""
    if len(word) < _SHORTEST_ENCODED:
        return set()
    data = word.encode()
    found = {sha256(data).hexdigest(), short(word), data.hex()}
    if not word.isalnum():
        found |= {quote(word), quote_plus(word)} - {word}
    for offset in range(3):
        # The first and the last characters depend on what stands beside the word.
        encoded = base64.b64encode(b"\0" * offset + data).decode().rstrip("=")
        inner = encoded[(0, 2, 3)[offset] : len(encoded) - (1 if (offset + len(data)) % 3 else 0)]
        if len(inner) >= _SHORTEST_INNER:
            found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return found


# --- the report


def _report(case: Case, protection: Protection) -> Report:
    withheld = protection.withheld
    hidden = [claim for claim in case.claims if withheld.is_hidden(claim)]
    counts = Counter(protection.done)
    done = {
        "withheld": len(withheld.actors | withheld.documents),
        "names": counts["names"],
        "ids": len(withheld.renamed),
        "statements": len(hidden),
        **{word: counts[word] for word in ("places", "addresses", "digests", "headlines")},
    }
    who = [f"{label(case.actors[iri], 'en')} ({case.actors[iri].slug})" for iri in sorted(withheld.actors)]
    who += [f"document {case.documents[iri].id}" for iri in sorted(withheld.documents)]
    return Report(tuple(who), done, tuple(dict.fromkeys(_risks(case, withheld, hidden))))


def _risks(case: Case, withheld: Withheld, hidden: Iterable[Claim]) -> Iterator[str]:
    """What a reader may recognise somebody by."""
    wording = Wording(case, settle(case))
    kinds = Counter(actor.kind for actor in case.actors.values())
    for iri in sorted(withheld.actors):
        actor = case.actors[iri]
        if kinds[actor.kind] == 1:
            yield f"{label(actor, 'en')} is the only {actor.kind} here."
    holders = Counter((p.relation, third_key(p.third)) for p in case.propositions.values())
    for proposition in case.propositions.values():
        ends = {end for end in (proposition.subject, proposition.third) if isinstance(end, str)}
        if not ends & withheld.actors:
            continue
        said = wording.core(proposition, "en")
        if proposition.relation in _OFFICES and holders[proposition.relation, third_key(proposition.third)] == 1:
            yield f"Nobody else stands so here: {said}."
        elif isinstance(proposition.third, Quantity | Date):
            yield f"A figure or a date of theirs stays: {said}."
    for iri in sorted(withheld.naming):
        document = case.documents[iri]
        yield f"{wording.document(document, 'en')} is public and names them; publisher and date stay."
    quoted = {word for claim in hidden for word in (*claim.hedges, claim.quantifier) if len(word.split()) > 2}
    for word in sorted(word for word in quoted if not withheld.names.stand_in(word)):
        yield f"Words as printed stay, and can be searched for: “{word}”."
    yield from _first_names(case, withheld)
    yield from _unjudged(case, withheld)
    yield from _joined(case, withheld)


def _unjudged(case: Case, withheld: Withheld) -> Iterator[str]:
    """What no search here can judge."""
    names = [(iri, name) for iri in sorted(withheld.actors) for name in case.actors[iri].name.values()]
    for iri, name in names:
        if case.vocabulary.is_a(case.actors[iri].kind, ("person",)):
            for word in sorted(last_names(name)):
                if len(word) < SHORTEST_SURNAME and word.isalpha() and word.isascii() and " " in name:
                    yield f"The surname {word} is too short to be searched for by itself."
        if "CJK" in scripts(name):
            yield f"{name} is searched for as a whole: a surname with a title stays, as 王先生 for 王小明."
    known = {script for name in withheld.given for script in scripts(name)}
    told = {script for text in _all_texts(case) if not text.isascii() for script in scripts(text) - known}
    for script in sorted(told - {"UNKNOWN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"} if known else ()):
        yield f"Texts in {script.title()} letters are here, in which no name is known: read them."


#: Letters of a name that are fewer than this stand in many words.
_SHORTEST_PART = 5
#: How many such words are told; whoever reads those looks for others.
_MOST_TOLD = 10
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011]\s*(?=\w)")


def _joined(case: Case, withheld: Withheld) -> Iterator[str]:
    """What is no name as it stands, and may be one all the same: a handle, an address, initials, a hyphen at an end."""
    people = [case.actors[iri] for iri in sorted(withheld.actors)]
    whole = [name for actor in people for name in (*actor.name.values(), *actor.aliases)]
    parts = {part for name in whole for word in last_names(name) if len(part := folded(word)[0]) >= _SHORTEST_PART}
    initials = {tuple(word[0].upper() for word in name.split()) for name in whole if 2 <= len(name.split()) <= 4}
    signed = [r"\.\s?".join(map(re.escape, letters)) for letters in sorted(initials) if "".join(letters).isalpha()]
    short = re.compile(rf"(?<!\w)(?:{'|'.join(signed)})(?:\.|(?!\w))") if signed else None
    found: dict[str, None] = {}
    for text in filter(None, _all_texts(case)):
        for word in text.split():
            if any(part in folded(word)[0] for part in parts) and not withheld.names.stand_in(word):
                found[word.strip(".,;:!?()[]«»“”\"'")] = None
        if short is not None:
            found |= dict.fromkeys(match[0] for match in short.finditer(text))
        closed = _HYPHEN.sub("", text)
        if closed != text and withheld.names.stand_in(closed) and not withheld.names.stand_in(text):
            found[text[:80]] = None
    for word in list(found)[:_MOST_TOLD]:
        yield f"“{word}” may be a name of theirs; it stays."


def _all_texts(case: Case) -> Iterator[str]:
    for actor in case.actors.values():
        yield from (*actor.name.values(), *actor.aliases)
    for claim in case.claims:
        yield from (*claim.summary.values(), claim.passage.words, claim.note)
    for document in case.documents.values():
        yield document.title


def _first_names(case: Case, withheld: Withheld) -> Iterator[str]:
    """First names, which are not taken out: too many bear them."""
    shown = " ".join(words for claim in case.claims for words in claim.summary.values())
    for iri in sorted(withheld.actors):
        actor = case.actors[iri]
        name = in_language(actor.name, "en").split()
        if case.vocabulary.is_a(actor.kind, ("person",)) and len(name) > 1:
            alone = rf"\b{re.escape(name[0])}\b(?! {re.escape(name[1])})"
            if re.search(alone, shown):
                yield f"The first name {name[0]} stands alone in summaries."
