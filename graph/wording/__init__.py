"""The sentences people read, in English and Spanish.

In: a case and its dockets. Out: names, headings, and sentences in which nothing that was only said is stated. Whatever
is shown of a relationship is made here, from the phrases of the vocabulary, so that there is one place to read through.
"""

from __future__ import annotations

from .names import capital, inline, label, place_name, unnamed, without_article
from .sentences import Wording, both
from .telling import Telling
from .told import position

__all__ = [
    "Telling",
    "Wording",
    "both",
    "capital",
    "inline",
    "label",
    "place_name",
    "position",
    "unnamed",
    "without_article",
]
