"""How a line was understood, for whoever wrote it: each of its statements with sentence, standing and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..base.errors import CaseError, Finding, did_you_mean
from ..case.model import Case, Claim, statement_name
from ..standing import Dockets
from ..words import ENGLISH, languages
from .sentences import Wording


def explained(case: Case, dockets: Dockets, name: str) -> str:
    """The statements that `name` means: an id, `document/id`, the id of an event or a name, or the number of a line.

    Sentences are in the language of the case, in English where it has several. A line without a statement, such
    as that of a speaker, means those that follow it with one speaker. `CaseError` for none.
    """
    claims = sorted(_meant(case, name), key=lambda claim: (claim.place, claim.sid))
    if not claims:
        known = {claim.sid for claim in case.claims} | {actor.slug for actor in case.actors.values()}
        raise CaseError([Finding(name, 0, "names no statement, no line and no name.", did_you_mean(name, known))])
    wording = Wording(case, dockets)
    language = _language(case)
    by_iri = {claim.iri: claim for claim in case.claims}
    paragraphs = [_whole(actor.iri, wording, language) for actor in case.actors.values() if actor.slug == name]
    paragraphs += ["\n".join(_lines(claim, by_iri, dockets, wording, language)) for claim in claims]
    return "\n\n".join(filter(None, paragraphs))


def _language(case: Case) -> str:
    """That of its documents, where its title is the same in every language; what is written in one is so."""
    written = {document.language for document in case.documents.values()}
    one = len(set(case.title.values())) == 1 and len(written) == 1
    return next(iter(written & set(languages())), ENGLISH) if one else ENGLISH


def _whole(event: str, wording: Wording, language: str) -> str:
    """An event as it is told as a whole, where several of its statements make one sentence."""
    texts = wording.whole(event, language) if wording.wholes(event, language) else []
    return "\n".join(f"{'as a whole' if not at else '':<14}{text}" for at, text in enumerate(texts))


def _meant(case: Case, name: str) -> Iterable[Claim]:
    if name.isdecimal():
        return _at(case, int(name))
    nodes = {actor.iri for actor in case.actors.values() if actor.slug == name}
    touching = {iri for iri, p in case.propositions.items() if {p.subject, p.third} & nodes}
    return [
        claim for claim in case.claims if name in (claim.sid, statement_name(claim)) or claim.proposition in touching
    ]


def _at(case: Case, line: int) -> Iterable[Claim]:
    """What stands on a line of any file, or else what the first statement below it and those of its speaker say."""
    found = [claim for claim in case.claims if claim.place.line == line]
    below = [claim for claim in case.claims if claim.place.line > line]
    if found or not below:
        return found
    first = min(below, key=lambda claim: claim.place.line)
    under = (first.passage, first.chain, first.stance)
    return [claim for claim in below if (claim.passage, claim.chain, claim.stance) == under]


def _lines(claim: Claim, by_iri: dict[str, Claim], dockets: Dockets, wording: Wording, language: str) -> Iterator[str]:
    docket = dockets.by_proposition[claim.proposition]
    modality = dockets.modality[claim.iri].value
    words = [claim.stance.value, *([modality] if modality != "actual" else [])]
    if claim.affirming:
        words.append("firm" if dockets.firm[claim.iri] else "soft")
    words += ["can harm somebody"] if docket.sensitive else []
    yield f"{claim.sid}  {claim.place.file}:{claim.place.line}"
    yield f"  sentence    {wording.sentence(claim, language)}"
    yield f"  understood  {', '.join(words)}"
    yield f"  standing    {docket.line}{', disputed' if docket.disputed else ''}"
    for label, iris in (
        ("answers", claim.counters),
        ("confirms", claim.confirms),
        ("depends on", claim.depends_on),
        ("or", claim.alternative_of),
        ("answered by", [one.iri for one in by_iri.values() if claim.iri in one.counters]),
        ("confirmed by", [one.iri for one in by_iri.values() if claim.iri in one.confirms]),
    ):
        for iri in iris:
            other = by_iri[iri]
            yield f"  {label:<12}{other.sid}  {other.place.file}:{other.place.line}"
