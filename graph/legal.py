"""For the lawyer: every relationship that can defame, with who says it, who answers, and whom we asked.

In: a case and its dockets. Out: rows, their text, and findings for what may not be published yet. Requests for reply
and reasons are internal: they stand here and nowhere else unless asked for with `--internal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from .base.errors import Finding
from .case.model import Actor, Case, Claim, Decision, Nested, Place, Reply, Stance, statement_name
from .case.values import Date
from .figures import Figures
from .standing import Docket, Dockets
from .wording import Wording, both, label, place_name, position
from .words import languages
from .yaml.forms import Texts, in_language

#: Kinds that can be defamed; a state, an authority, a court or an unnamed group cannot.
IDENTIFIABLE = ("person", "company", "organisation", "ngo", "union", "political-party", "media")
#: Kinds in third place that a relation itself names as those it is about: `investigates`, `brought-against`.
_THIRD = ("person", "company")
#: A name that begins so describes somebody who is not named: "a relative who wrote on social media".
_UNNAMED = re.compile(r"^(?:an?|un[ao]?|unos|unas) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement on a sensitive relationship. Texts are in every language."""

    id: str
    place: Place
    stance: Stance
    speaker: Texts
    sentence: Texts
    chain: Texts
    where: Texts
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One sensitive relationship. `about`: those it may defame, by name; empty when nobody is identifiable.

    `replies` are our own requests; `reasons`, why nobody was asked. `place` is the first statement's in the case files.
    """

    proposition: str
    sentence: Texts
    line: str
    about: tuple[Texts, ...]
    statements: tuple[Statement, ...]
    denials: tuple[Statement, ...]
    declined: tuple[Statement, ...]
    replies: tuple[Reply, ...]
    reasons: tuple[str, ...]
    decision: Decision | None
    place: Place

    @property
    def cleared(self) -> bool:
        """Whether it may be published: nobody identifiable, or somebody asked, or a reason is written."""
        return not self.about or bool(self.replies or self.reasons)


def sheet(case: Case, dockets: Dockets) -> list[Row]:
    """Every sensitive relationship that somebody speaks of, in the order of the documents."""
    wording = Wording(case, dockets)
    claims = {claim.iri: claim for claim in case.claims}
    family = _families(case, dockets)
    rows: list[tuple[tuple[object, ...], Row]] = []
    for iri, docket in sorted(dockets.by_proposition.items()):
        own = sorted((claims[claim] for claim in docket.claims), key=_position)
        if docket.sensitive and own:
            asked = sorted((claims[one] for other in family[iri] for one in dockets.by_proposition[other].claims),
                           key=_position)  # fmt: skip
            opposing = sorted((claims[one] for one in docket.opposed_by), key=_position)
            rows.append((_position(own[0]), _row(case, wording, docket, own, opposing, asked)))
    return [row for _, row in sorted(rows, key=lambda row: (row[0], row[1].proposition))]


def findings(case: Case, dockets: Dockets) -> list[Finding]:
    """What stops `build --publish`: an accusation of somebody identifiable, and nobody was asked for a reply."""
    return [
        Finding(
            row.place.file,
            row.place.line,
            f"statement {row.statements[0].id.rpartition('/')[2]} may defame "
            f"{', '.join(in_language(name, 'en') for name in row.about)}, and nobody was asked for a reply.",
            "Ask, and write reply: {by: …, asked_on: …}; or write no_reply_because: …",
        )
        for row in sheet(case, dockets)
        if not row.cleared
    ]


def _families(case: Case, dockets: Dockets) -> dict[str, frozenset[str]]:
    """Each accusation with its other periods: a reply to one is a reply to all."""
    found: dict[str, set[str]] = {}
    for iri, proposition in case.propositions.items():
        wide = proposition.wide()
        found.setdefault(wide.iri if wide else iri, set()).add(iri)
    return {iri: frozenset(members & dockets.by_proposition.keys()) for members in found.values() for iri in members}


def _row(
    case: Case, wording: Wording, docket: Docket, own: Sequence[Claim], opposing: Sequence[Claim],
    asked: Sequence[Claim],
) -> Row:  # fmt: skip
    told = [claim for claim in own if not claim.opposing and claim.stance is not Stance.DECLINED]
    # What counts for it from elsewhere (a period of it), without its own.
    others = [claim for claim in asked if claim.iri in docket.affirmed_by and claim not in told]
    statements = tuple(_statement(case, wording, claim) for claim in (*told, *others) or own)
    return Row(
        proposition=docket.proposition,
        sentence=both(lambda language: wording.summary(docket, language)),
        line=docket.line,
        about=_about(case, docket),
        statements=statements,
        denials=tuple(_statement(case, wording, claim) for claim in opposing),
        declined=tuple(_statement(case, wording, claim) for claim in own if claim.stance is Stance.DECLINED),
        replies=_each(claim.reply for claim in asked),
        reasons=tuple(dict.fromkeys(claim.no_reply_because for claim in asked if claim.no_reply_because)),
        decision=docket.decision,
        place=own[0].place,
    )


def _each(replies: Iterable[Reply | None]) -> tuple[Reply, ...]:
    """Every request once; a line with two speakers has it twice."""
    found: list[Reply] = []
    for reply in replies:
        if reply is not None and reply not in found:
            found.append(reply)
    return tuple(found)


def _position(claim: Claim) -> tuple[object, ...]:
    return (claim.document, *position(claim))


def _statement(case: Case, wording: Wording, claim: Claim) -> Statement:
    document = case.documents[claim.document]

    def speaker(language: str) -> str:
        return wording.name(claim.originator, language) if claim.originator else _WORDS[language]["nobody"]

    return Statement(
        id=statement_name(claim),
        place=claim.place,
        stance=claim.stance,
        speaker=both(speaker),
        sentence=both(lambda language: wording.sentence(claim, language)),
        chain=both(lambda language: wording.chain(claim, language)),
        where=both(lambda lang: f"{wording.document(document, lang)}, {place_name(claim.passage.at, lang)}"),
        withdrawn=claim.retraction is not None,
    )


# --- who may be defamed


def _about(case: Case, docket: Docket) -> tuple[Texts, ...]:
    """The identifiable ends of an accusation.

    Whoever stands first; in third place whom the relation itself is about (a person or company under investigation); at
    either end when the relation always may defame, or the line is marked so; in a nested relationship, all of it.
    """
    proposition = case.propositions[docket.proposition]
    rule = case.vocabulary.relations[proposition.relation].sensitive
    third = proposition.third
    found: list[Actor] = []
    if isinstance(proposition.subject, Nested):
        found += _inside(case, proposition.subject.iri)
    else:
        found.append(case.actors[proposition.subject])
    if isinstance(third, Nested):
        found += _inside(case, third.iri)
    elif isinstance(third, str):
        actor = case.actors[third]
        by_kind = not isinstance(rule, bool) and case.vocabulary.is_a(actor.kind, rule)
        if not by_kind or case.vocabulary.is_a(actor.kind, _THIRD):
            found.append(actor)
    names = (both(partial(label, actor)) for actor in found if _identifiable(case, actor))
    return tuple({tuple(name.items()): name for name in names}.values())


def _inside(case: Case, iri: str) -> Iterator[Actor]:
    """The actors of a nested relationship."""
    for end in (case.propositions[iri].subject, case.propositions[iri].third):
        if isinstance(end, Nested):
            yield from _inside(case, end.iri)
        elif isinstance(end, str):
            yield case.actors[end]


def _identifiable(case: Case, actor: Actor) -> bool:
    return case.vocabulary.is_a(actor.kind, IDENTIFIABLE) and not _UNNAMED.match(in_language(actor.name, "en"))


# --- in words

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "head": "Relationships that can defame: {0}. About somebody identifiable: {1}; of these {2} with our request "
        "for a reply, {3} with a written reason why not, {4} with neither. Accusations: {5}; without an answer: {6}.",
        "for": "For a lawyer; it holds requests for reply and reasons, which are internal.",
        "about": "May defame",
        "nobody named": "nobody identifiable",
        "line": "Stands as",
        "says": "Said",
        "denial": "Answer",
        "none": "nobody in these documents denies it",
        "declined": "Gave no answer",
        "reply": "Our request for a reply",
        "asked": "asked on {0} by {1}",
        "deadline": "deadline {0}",
        "answer": "answer: {0}",
        "silent": "no answer yet",
        "no request": "no request",
        "reason": "no request: {0}",
        "basis": "Basis",
        "unchecked": "not checked by us",
        "accepted": "confirmed by us: {0} ({1}), {2}, {3}",
        "rejected": "held false by us: {0} ({1}), {2}, {3}",
        "over": "over the denial, because {0}",
        "withdrawn": "withdrawn or corrected since",
        "nobody": "by whom is not said",
    },
    "es": {
        "head": "Relaciones que pueden difamar: {0}. Sobre alguien identificable: {1}; de ellas, {2} con nuestra "
        "petición de respuesta, {3} con un motivo escrito para no pedirla, {4} sin nada. Acusaciones: {5}; sin "
        "respuesta: {6}.",
        "for": "Para un abogado; contiene peticiones de respuesta y motivos, que son internos.",
        "about": "Puede difamar a",
        "nobody named": "nadie identificable",
        "line": "Cómo consta",
        "says": "Se dice",
        "denial": "Respuesta",
        "none": "nadie lo niega en estos documentos",
        "declined": "No respondió",
        "reply": "Nuestra petición de respuesta",
        "asked": "pedida el {0} por {1}",
        "deadline": "plazo: {0}",
        "answer": "respuesta: {0}",
        "silent": "todavía sin respuesta",
        "no request": "sin petición",
        "reason": "sin petición: {0}",
        "basis": "Base",
        "unchecked": "sin verificar",
        "accepted": "confirmado por la redacción: {0} ({1}), {2}, {3}",
        "rejected": "descartado por la redacción: {0} ({1}), {2}, {3}",
        "over": "pese a la negación, porque {0}",
        "withdrawn": "retirado o corregido después",
        "nobody": "no se dice quién",
    },
}
_LINES = {
    "en": {
        "accepted": "confirmed by us", "rejected": "held false by us", "disputed": "disputed",
        "denied": "only denied", "said": "said", "soft": "only softly said", "notyet": "not yet so",
        "open": "an open question", "mentioned": "only mentioned, or taken back",
    },
    "es": {
        "accepted": "confirmado por la redacción", "rejected": "descartado por la redacción", "disputed": "en disputa",
        "denied": "solo negado", "said": "se dice", "soft": "solo se dice con reserva", "notyet": "todavía no es así",
        "open": "pregunta abierta", "mentioned": "solo mencionado, o retirado",
    },
}  # fmt: skip


def text(case: Case, rows: Sequence[Row], figures: Figures, language: str = "en") -> str:
    """The sheet to be printed; no line break at its end. `figures` are those of the case's dataset."""
    words = _WORDS[language]
    about = [row for row in rows if row.about]
    asked = [row for row in about if row.replies]
    reasoned = [row for row in about if row.reasons and not row.replies]
    counts = (
        figures.sensitive, len(about), len(asked), len(reasoned), len(about) - len(asked) - len(reasoned),
        figures.accusations, figures.unanswered_accusations,
    )  # fmt: skip
    lines = [in_language(case.title, language), words["head"].format(*counts), words["for"]]
    for number, row in enumerate(rows, 1):
        lines += ["", f"{number}. {in_language(row.sentence, language)}"]
        lines += [f"   {words[key]}: {said}" for key, said in _said(case, row, language)]
    return "\n".join(lines)


def _said(case: Case, row: Row, language: str) -> Iterator[tuple[str, str]]:
    words = _WORDS[language]
    yield "about", ", ".join(in_language(name, language) for name in row.about) or words["nobody named"]
    yield "line", _LINES[language][row.line]
    for statement in row.statements:
        yield "says", _line(statement, language)
    for statement in row.denials:
        yield "denial", _line(statement, language)
    if not row.denials:
        yield "denial", words["none"]
    for statement in row.declined:
        yield "declined", _line(statement, language)
    for reply in row.replies:
        yield "reply", _reply(reply, language)
    if not row.replies:
        yield "reply", words["reason"].format("; ".join(row.reasons)) if row.reasons else words["no request"]
    yield "basis", _basis(case, row, language)


def _line(statement: Statement, language: str) -> str:
    taken = f" ({_WORDS[language]['withdrawn']})" if statement.withdrawn else ""
    place = f"{statement.place.file}:{statement.place.line}"
    parts = (f"{statement.sentence[language]}{taken}", statement.chain[language], statement.where[language],
             f"{statement.id}, {place}")  # fmt: skip
    return ". ".join(parts)


def _reply(reply: Reply, language: str) -> str:
    words = _WORDS[language]
    parts = [words["asked"].format(_day(reply.asked_on, language), reply.by)]
    if reply.deadline:
        parts.append(words["deadline"].format(_day(reply.deadline, language)))
    answer = in_language(reply.answer, language)
    return "; ".join([*parts, words["answer"].format(answer) if answer else words["silent"]])


def _basis(case: Case, row: Row, language: str) -> str:
    words, decision = _WORDS[language], row.decision
    if decision is None:
        return words["unchecked"]
    basis = case.vocabulary.label("basis", decision.basis.value, language)
    said = words["accepted" if decision.accepted else "rejected"].format(
        basis, decision.record, decision.by, _day(decision.on, language)
    )
    return f"{said}; {words['over'].format(decision.because)}" if decision.because else said


def _day(day: Date, language: str) -> str:
    return day.label(language)


def record(row: Row) -> dict[str, Any]:
    """A row as JSON values."""

    def told(statement: Statement) -> dict[str, Any]:
        return {
            "id": statement.id,
            "file": statement.place.file,
            "line": statement.place.line,
            "stance": statement.stance.value,
            "speaker": dict(statement.speaker),
            "sentence": dict(statement.sentence),
            "chain": dict(statement.chain),
            "where": dict(statement.where),
            "withdrawn": statement.withdrawn,
        }

    decision = row.decision
    return {
        "proposition": row.proposition,
        "sentence": dict(row.sentence),
        "line": row.line,
        "words": {tag: _LINES[tag][row.line] for tag in languages()},
        "about": [dict(name) for name in row.about],
        "statements": [told(statement) for statement in row.statements],
        "denials": [told(statement) for statement in row.denials],
        "declined": [told(statement) for statement in row.declined],
        "replies": [
            {
                "by": reply.by,
                "asked_on": reply.asked_on.printed,
                "deadline": reply.deadline.printed if reply.deadline else None,
                "answer": dict(reply.answer),
            }
            for reply in row.replies
        ],
        "reasons": list(row.reasons),
        "basis": {
            "accepted": decision.accepted,
            "basis": decision.basis.value,
            "record": decision.record,
            "by": decision.by,
            "on": decision.on.printed,
            "because": decision.because,
        }
        if decision
        else None,
        "cleared": row.cleared,
        "file": row.place.file,
        "line_number": row.place.line,
    }
