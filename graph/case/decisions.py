"""What editors decided, as case files have it: a statement accepted or rejected, on what basis, by whom and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..base.errors import did_you_mean
from ..yaml.forms import Findings, Form
from ..yaml.reader import Text
from .lines import Lines, date_at
from .model import BASES, Basis, Decision, Place, digest
from .sources import Source
from .values import parse_date

KEYS = ("basis", "record", "by", "on", "over", "because")


def decisions_of(sources: Iterable[Source], lines: Lines, findings: Findings) -> tuple[Decision, ...]:
    """The decisions of all cases, sorted by what they are on; a finding for each that cannot stand."""
    decisions: list[Decision] = []
    for source in sources:
        for form in source.forms:
            for section in ("accept", "reject"):
                for name, fields in form.forms(section, section):
                    fields.only(KEYS)
                    found = _decision(lines, name, fields, section == "accept")
                    decisions += [replace(found, case=source.id)] if found else []
    twice = Counter(decision.proposition for decision in decisions)
    for decision in decisions:
        if twice[decision.proposition] > 1:
            place = decision.place
            findings.error(place.file, place, f"{decision.statement} is decided twice.", "Keep one.")
    return tuple(sorted(decisions, key=lambda decision: decision.proposition))


def _decision(lines: Lines, name: Text, fields: Form, accepted: bool) -> Decision | None:
    statement, _, stamp = name.partition("@")
    document, _, sid = statement.rpartition("/")
    found = [line for key, line in lines.by_key.items() if key[1] == sid and document in ("", key[0])]
    proposition = found[0].proposition if len(found) == 1 else None
    if proposition is None:
        remedy = "Write document/s01." if found else did_you_mean(sid, [key[1] for key in lines.by_key])
        if len(found) == 1:
            return None  # its own line has the finding
        fields.unknown(None, "names no statement." if not found else "names several statements.", remedy)
        return None
    line = found[0]
    if not stamp:
        fields.error(None, "is not stamped.", "Run `actorgraph check --stamp`: it writes what was decided on.")
    elif stamp not in map(digest, line.claims):
        fields.error(None, "has changed since it was decided.", "Read it again, then run `actorgraph check --stamp`.")
    basis = BASES.get(fields.required("basis", f"Write one of {', '.join(BASES)}."))
    if basis is None:
        if fields.text("basis"):
            word = fields.text("basis")
            fields.error("basis", f'has the unknown basis "{word}".', did_you_mean(word, BASES))
        basis = Basis.INDEPENDENT
    on = date_at(fields, "on")
    if on is None and "on" not in fields:
        fields.error(None, "has no date.", "Write on: 2026-11-24.")
    over = tuple(
        claim.iri
        for word in fields.words("over")
        if (answered := lines.find(line, word, "is decided over")) is not None
        for claim in answered.claims
    )
    if over and not fields.text("because"):
        fields.error("over", "is decided over a denial without a reason.", "Write because: …")
    return Decision(
        statement=str(name),
        proposition=proposition.iri,
        accepted=accepted,
        basis=basis,
        record=fields.required("record", "Name the record that supports it."),
        by=fields.required("by", "Name the editor."),
        on=on or parse_date("1970-01-01"),
        place=Place.of(fields.file, name),
        over=over,
        because=fields.text("because"),
    )
