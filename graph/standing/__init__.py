"""How each proposition stands: who affirms it, who opposes it, how firmly, and what an editor decided."""

from .dockets import IMPLIED, LEVELS, Docket, Dockets, Standing
from .review import review
from .sensitive import ACCUSING, IDENTIFIABLE, called_crimes
from .settling import hearsay, settle
from .wholes import GROUP, PART_OF, reached

__all__ = [
    "ACCUSING",
    "GROUP",
    "IDENTIFIABLE",
    "IMPLIED",
    "LEVELS",
    "PART_OF",
    "Docket",
    "Dockets",
    "Standing",
    "called_crimes",
    "hearsay",
    "reached",
    "review",
    "settle",
]
