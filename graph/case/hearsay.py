"""Who passed a statement on by word of mouth: its speaker is then only said to have said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..vocabulary.model import Vocabulary
from .model import Actor, Hop


def heard_from(chain: Sequence[Hop], actors: Mapping[str, Actor], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Those who retell what its speaker said, the nearest first: people, not the press that quotes, nor a record.

    A paper that somebody hands over still says itself what it says.
    """
    speaker = chain[0].agent or ""
    if speaker not in actors or not vocabulary.kinds[actors[speaker].kind].agent:
        return ()
    heard = dict.fromkeys(hop.agent for hop in chain if hop.role == "relay" and hop.agent and hop.agent != speaker)
    return tuple(agent for agent in heard if vocabulary.is_a(actors[agent].kind, {"person", "people"}))
