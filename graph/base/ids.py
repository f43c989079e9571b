"""Opaque ids: what the page, its links and its saved files call a thing by, so that no address carries a name."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256


@lru_cache(maxsize=1 << 18)
def short(iri: str) -> str:
    """10 hexadecimal digits, the same in every build, telling nothing of the name behind it.

    An IRI that can be guessed can be guessed back from this, too: withheld ones are minted at random first.
    """
    return sha256(iri.encode()).hexdigest()[:10]
