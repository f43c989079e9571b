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
from .case.model import Actor, Case, Claim, Decision, Nested, Place, Proposition, Reply, Stance, statement_name
from .figures import Figures
from .standing import ACCUSING, IDENTIFIABLE, Docket, Dockets, called_crimes, hearsay
from .vocabulary.model import CRIME
from .wording import Wording, both, label, place_name, position, unnamed
from .words import message, messages
from .yaml.forms import Texts, in_language


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
    #: What is said against it without denying it.
    countering: tuple[Statement, ...]
    declined: tuple[Statement, ...]
    replies: tuple[Reply, ...]
    reasons: tuple[str, ...]
    decision: Decision | None
    place: Place
    gravity: int = 0

    @property
    def cleared(self) -> bool:
        """Whether it may be published: nobody identifiable, or somebody asked, or a reason is written."""
        return not self.about or bool(self.replies or self.reasons)


def sheet(case: Case, dockets: Dockets) -> list[Row]:
    """Every sensitive relationship that somebody speaks of: the gravest first, those about somebody identifiable before
    the others, then in the order of the documents."""
    wording = Wording(case, dockets)
    claims = {claim.iri: claim for claim in case.claims}
    family = _families(case, dockets)
    crimes = called_crimes(case)
    against: dict[str, list[Claim]] = {}
    for claim in case.claims:
        for other in claim.counters if not claim.opposing else ():
            against.setdefault(other, []).append(claim)
    rows: list[tuple[tuple[object, ...], Row]] = []
    for iri, docket in sorted(dockets.by_proposition.items()):
        own = sorted((claims[claim] for claim in docket.claims), key=_position)
        if docket.sensitive and own:
            asked = sorted((claims[one] for other in family[iri] for one in dockets.by_proposition[other].claims),
                           key=_position)  # fmt: skip
            opposing = sorted((claims[one] for one in (*docket.opposed_by, *docket.whole_opposed_by)), key=_position)
            met = sorted({one.iri: one for claim in own for one in against.get(claim.iri, ())}.values(), key=_position)
            answers = (opposing, met, asked)
            rows.append((_position(own[0]), _row(case, wording, docket, own, answers, crimes)))
    rows.sort(key=lambda row: (-row[1].gravity, not row[1].about, row[0], row[1].proposition))
    return [row for _, row in rows]


def _gravity(case: Case, proposition: Proposition, crimes: frozenset[str]) -> int:
    """3 for a crime, 2 for death or violence, 1 for money, 0 for anything else; of what is inside it, the gravest."""
    vocabulary = case.vocabulary
    relation = vocabulary.relations[proposition.relation]
    ends = (proposition.subject, proposition.third)
    inner = [_gravity(case, case.propositions[end.iri], crimes) for end in ends if isinstance(end, Nested)]
    named = any(isinstance(end, str) and case.vocabulary.is_a(case.actors[end].kind, (ACCUSING,)) for end in ends)
    return max([relation.gravity, CRIME if named or crimes & set(ends) else 0, *inner])


def findings(case: Case, dockets: Dockets) -> list[Finding]:
    """What stops `build --publish`: an accusation of somebody identifiable, and nobody was asked for a reply."""
    return [
        row.place.finding(
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
    case: Case, wording: Wording, docket: Docket, own: Sequence[Claim],
    answers: tuple[Sequence[Claim], Sequence[Claim], Sequence[Claim]], crimes: frozenset[str],
) -> Row:  # fmt: skip
    """`answers`: what opposes it, what counters it, and all on which our requests for a reply stand."""
    opposing, countering, asked = answers
    about = _about(case, wording, docket)
    told = [claim for claim in own if not claim.opposing and claim.stance is not Stance.DECLINED]
    # What counts for it from elsewhere (a period of it), without its own.
    others = [claim for claim in asked if claim.iri in docket.affirmed_by and claim not in told]
    statements = tuple(_statement(case, wording, claim) for claim in (*told, *others) or own)
    return Row(
        proposition=docket.proposition,
        sentence=both(lambda language: wording.summary(docket, language)),
        line=docket.line,
        about=about,
        gravity=_gravity(case, case.propositions[docket.proposition], crimes),
        statements=statements,
        denials=tuple(_statement(case, wording, claim) for claim in opposing),
        countering=tuple(_statement(case, wording, claim) for claim in countering),
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
        return wording.name(claim.originator, language) if claim.originator else _text(language, "unnamed")

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


def _about(case: Case, wording: Wording, docket: Docket) -> tuple[Texts, ...]:
    """Whoever is identifiable among those whom a relationship accuses; and of what was passed on by word of mouth,
    whoever is said to have said it, who may never have."""
    told = (wording.claims[iri] for iri in docket.affirmed_by)
    heard = [claim.originator for claim in told if hearsay(case, claim)]
    found = [case.actors[iri] for iri in (*_in_order(case, docket), *heard) if iri]
    found += [actor for described in _described(case, docket, found) for actor in _named_in(case, described)]
    names = (both(partial(label, actor)) for actor in found if _identifiable(case, actor))
    return tuple({tuple(name.items()): name for name in names}.values())


def _described(case: Case, docket: Docket, accused: Iterable[Actor]) -> Iterator[Actor]:
    """Those who are accused and have no name, only a description, and what a relation accuses in words alone."""
    yield from filter(unnamed, accused)
    proposition = case.propositions[docket.proposition]
    relation = case.vocabulary.relations[proposition.relation]
    if isinstance(proposition.third, str) and relation.accused == {"object"}:
        third = case.actors[proposition.third]
        if not case.vocabulary.kinds[third.kind].agent:
            yield third


def _named_in(case: Case, described: Actor) -> Iterator[Actor]:
    """Whoever can be told from a description: `a relative of Ana Ruiz` accuses Ana Ruiz in the eyes of readers."""
    words = " ".join(described.name.values())
    for actor in case.actors.values():
        names = {*actor.name.values(), *actor.aliases}
        read = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names if name)
        if read and actor is not described and _identifiable(case, actor):
            yield actor


def _in_order(case: Case, docket: Docket) -> list[str]:
    """Whom it accuses: subject and third place first, then the others by their ids."""
    proposition = case.propositions[docket.proposition]
    ends = (proposition.subject, proposition.third)
    return sorted(docket.accused, key=lambda iri: (ends.index(iri) if iri in ends else len(ends), iri))


def _identifiable(case: Case, actor: Actor) -> bool:
    return case.vocabulary.is_a(actor.kind, IDENTIFIABLE) and not unnamed(actor)


# --- in words


def text(case: Case, rows: Sequence[Row], figures: Figures, language: str = "en") -> str:
    """The sheet to be printed; no line break at its end. `figures` are those of the case's dataset."""
    about = [row for row in rows if row.about]
    asked = [row for row in about if row.replies]
    reasoned = [row for row in about if row.reasons and not row.replies]
    head = _text(
        language,
        "head",
        n=figures.sensitive,
        about=len(about),
        asked=len(asked),
        reasoned=len(reasoned),
        left=len(about) - len(asked) - len(reasoned),
        accusations=figures.accusations,
        unanswered=figures.unanswered_accusations,
    )
    lines = [in_language(case.title, language), head, _text(language, "readers")]
    for number, row in enumerate(rows, 1):
        lines += ["", f"{number}. {in_language(row.sentence, language)}"]
        lines += [f"   {_text(language, key)}: {said}" for key, said in _said(case, row, language)]
    return "\n".join(lines)


def _said(case: Case, row: Row, language: str) -> Iterator[tuple[str, str]]:
    yield "about", ", ".join(in_language(name, language) for name in row.about) or _text(language, "noOneNamed")
    yield "standing", _text(language, f"lines.{row.line}")
    for statement in row.statements:
        yield "says", _line(statement, language)
    for statement in row.denials:
        yield "denial", _line(statement, language)
    if not row.denials:
        yield "denial", _text(language, "none")
    for statement in row.countering:
        yield "countering", _line(statement, language)
    for statement in row.declined:
        yield "declined", _line(statement, language)
    for reply in row.replies:
        yield "reply", _reply(reply, language)
    if not row.replies:
        reasons = "; ".join(row.reasons)
        yield "reply", _text(language, "reason", reasons=reasons) if reasons else _text(language, "noRequest")
    yield "basis", _basis(case, row, language)


def _line(statement: Statement, language: str) -> str:
    taken = f" ({_text(language, 'withdrawn')})" if statement.withdrawn else ""
    place = f"{statement.place.file}:{statement.place.line}"
    parts = (f"{statement.sentence[language]}{taken}", statement.chain[language], statement.where[language],
             f"{statement.id}, {place}")  # fmt: skip
    return ". ".join(parts)


def _reply(reply: Reply, language: str) -> str:
    parts = [_text(language, "asked", date=reply.asked_on.label(language), by=reply.by)]
    if reply.deadline:
        parts.append(_text(language, "deadline", date=reply.deadline.label(language)))
    answer = in_language(reply.answer, language)
    return "; ".join([*parts, _text(language, "answer", answer=answer) if answer else _text(language, "silent")])


def _basis(case: Case, row: Row, language: str) -> str:
    decision = row.decision
    if decision is None:
        return _text(language, "unchecked")
    basis = case.vocabulary.label("basis", decision.basis.value, language)
    said = _text(
        language,
        "accepted" if decision.accepted else "rejected",
        basis=basis,
        record=decision.record,
        by=decision.by,
        date=decision.on.label(language),
    )
    return f"{said}; {_text(language, 'over', reason=decision.because)}" if decision.because else said


def _text(language: str, key: str, **values: object) -> str:
    return message(language, f"legal.{key}", **values)


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
        "words": messages(f"legal.lines.{row.line}"),
        "about": [dict(name) for name in row.about],
        "statements": [told(statement) for statement in row.statements],
        "denials": [told(statement) for statement in row.denials],
        "countering": [told(statement) for statement in row.countering],
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
