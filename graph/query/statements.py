"""A dataset in, one `Statement` for each thing that somebody said out."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ..store import Store
from .sparql import find, run
from .table import Table, rows


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said, once, in one place. Not a finding: `speaker`, `stance` and `denied_by` belong to it.

    Attributes
    ----------
    id : str
        Document and statement: "bne-2025-03-17/s01".
    statement : str
        The sentence that says who says what.
    summary : str or None
        The case's own summary of it.
    relationship : str
        The heading of the relationship that it is about, in a phrase for how that stands.
    standing : str
        How the relationship stands: "accepted", "said", "soft", "notyet", "disputed", "denied", "open", "rejected" or
        "mentioned".
    subject, relation, object : str
        The three parts of the relationship, by name. Never quote them without speaker and stance.
    speaker : str
        Who says it, by name; "not stated" when the document does not tell.
    speaks_for, via : str or None
        For whom, and who passed it on.
    stance, modality : str
        The speaker's position ("asserted", "denied", "alleged", …), and whether it is done ("actual") or "planned",
        "expected", "required", "possible", "conditional", "hypothetical", "counterfactual".
    hedge : str or None
        Words that qualify it.
    firm : bool or None
        Whether it is said without reserve; None where that is no question.
    denied_by : str or None
        Who denies or disputes the relationship, by name.
    retracted : str or None
        "withdrawn" or "corrected".
    number : float or None
        The value of a sum or figure, in `currency` (ISO 4217) or `unit`.
    currency, unit : str or None
        Of `number`.
    earliest, latest : str or None
        First and last day that a date can mean, in ISO 8601.
    place, document, published, url, chain : str or None
        Where it stands, in what, of when (as printed), at which address, and how it reached us.

    Examples
    --------
    >>> case = graph.load("cases/us-el-salvador-prison-deal")
    >>> [s.speaker for s in case.statements() if s.stance == "denied"]
    ['White House', 'Relative of a deportee']
    """

    id: str
    statement: str
    summary: str | None
    relationship: str
    standing: str
    subject: str
    relation: str
    object: str
    speaker: str
    speaks_for: str | None
    via: str | None
    stance: str
    modality: str
    hedge: str | None
    firm: bool | None
    denied_by: str | None
    retracted: str | None
    number: float | None
    currency: str | None
    unit: str | None
    earliest: str | None
    latest: str | None
    place: str | None
    document: str | None
    published: str | None
    url: str | None
    chain: str | None


#: Field → variable of the named query `statements`, where they differ.
_CALLED = {
    "id": "statementId", "standing": "line", "object": "third", "speaker": "who", "speaks_for": "for",
    "denied_by": "deniedBy",
}  # fmt: skip


def statements(store: Store, language: str = "en") -> Table[Statement]:
    """Every statement, in the order of documents and places."""
    names = [field.name for field in fields(Statement)]
    found = rows(run(store, find("statements").ordered, {"lang": language}))

    def statement(row: dict[str, object]) -> Statement:
        # What is empty in the answer is what is not known.
        values = {name: None if (value := row[_CALLED.get(name, name)]) == "" else value for name in names}
        for day in ("earliest", "latest", "published"):
            values[day] = None if values[day] is None else str(values[day])
        if values["number"] is not None:
            values["number"] = float(str(values["number"]))
        return Statement(**values)  # type: ignore[arg-type]

    return Table(names, map(statement, found))
