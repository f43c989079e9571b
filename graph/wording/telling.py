"""How a proposition is told: which words of its relation, what stands for its ends, whose sentence it is in."""

from __future__ import annotations

from dataclasses import dataclass

from ..case.model import Modality

#: The parts of `Phrases` that a telling may name.
PARTS = ("accepted", "said", "denied")
#: The moods of the verb after an accusation, and after a denial or a doubt.
MOODS = ("alleged", "opposed")


@dataclass(frozen=True, slots=True)
class Telling:
    """How a proposition is told.

    `phrase` is a part of `Phrases`, a mood or a modality; `subject` what stands for the subject that was named just
    before (`it`; nothing in Spanish), None for its name; `third` the same for the third place, and
    `named` the shorter name that it goes by; `asking` leaves the
    third place to the question; `speaker` is who was just named as the one who says it; `past` puts it behind a verb
    of saying in the past: `knew that it owned`; `many` tells that `subject` names several; `stated` that somebody says
    it, and nobody denies it, asks or alleges it: only then `it is not known who` does not turn it round.
    """

    phrase: str = "accepted"
    asking: bool = False
    subject: str | None = None
    quantifier: str = ""
    about: str = ""
    modality: Modality = Modality.ACTUAL
    speaker: str = ""
    third: str = ""
    named: str = ""
    past: bool = False
    many: bool = False
    stated: bool = False


PLAIN = Telling()
