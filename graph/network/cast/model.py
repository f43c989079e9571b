"""What a cast is: members, frames and ties, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """A state, body or group drawn round those who belong to it."""

    node: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """Somebody or something that is drawn. `statements` counts those by or about it."""

    node: str
    actor: bool
    statements: int
    #: The post that is drawn as its second line, with the proposition that says so.
    post: str = ""
    post_said_in: str = ""


@dataclass(frozen=True)
class Tie:
    """One line: the propositions of one standing between two that are drawn, the one that is written on it first.

    `kind` is "tie", "payment" (a payment folded into a line from payer to payee), "speech" (a speaker and what it
    speaks about, for whoever has no other tie) or "denial" (who answers a dispute; `target` is then that proposition).
    """

    kind: str
    source: str
    target: str
    line: str
    propositions: tuple[str, ...]
    #: What a payment's line is about, or the node that the written proposition concerns when it is not drawn itself.
    matter: str = ""
    #: Every member of the frame at its source says the same: one line for all.
    shared: bool = False


@dataclass(frozen=True)
class Cast:
    """Who is drawn at the opening, how they are tied, and which actors stand in the list only."""

    members: tuple[Member, ...] = ()
    frames: tuple[Frame, ...] = ()
    ties: tuple[Tie, ...] = ()
    listed: tuple[str, ...] = ()

    @property
    def actors(self) -> int:
        """How many actors are drawn, those drawn as frames included."""
        return sum(member.actor for member in self.members) + len(self.frames)
