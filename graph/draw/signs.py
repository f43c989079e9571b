"""The sign by which a line is drawn: how it stands, and of what is plainly said, whether anybody says it as a fact."""

from __future__ import annotations

from ..network.records import Proposition, is_mixed

#: Signs of lines that stand as plainly said: nobody says it, since the text implies it or we infer it; and it is how
#: somebody sees or rates something.
IMPLIED, JUDGEMENT, NOT_YET = "implied", "judgement", "notyet"


def sign_of(proposition: Proposition) -> str:
    """The sign of a relationship's line: its standing, or what tells it from a fact that somebody states.

    Returns
    -------
    str
        `notyet` where what some say is done others only plan, `IMPLIED` where no speaker affirms what stands as said,
        `JUDGEMENT` where its relation judges, else its `line`.
    """
    if proposition["line"] != "said":
        return proposition["line"]
    if is_mixed(proposition):
        return NOT_YET
    affirming = set(proposition["affirmed_by"])
    claims = [claim for claim in proposition["claims"] if claim["id"] in affirming]
    # What follows from narrower statements is said by whoever makes them.
    if len(claims) == len(affirming) and claims and all(claim["implied"] for claim in claims):
        return IMPLIED
    return JUDGEMENT if proposition["judgement"] else "said"
