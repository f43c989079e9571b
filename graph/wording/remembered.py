"""Methods whose answers are kept: a clause that stands in a heading, a summary and a statement is made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Remembering(Protocol):
    """Whoever has room for answers: they live as long as it does, so one case never sees those of another."""

    remembered: dict[tuple[Any, ...], Any]


#: As many answers are kept. What is told of one relationship asks for the same few, and soon nobody does any more.
_MOST = 20_000
Self = TypeVar("Self", bound=Remembering)


def remembered(
    method: Callable[Concatenate[Self, Given], Answer],
) -> Callable[Concatenate[Self, Given], Answer]:
    """The method, run once for the same arguments: hashable ones, or lists of such. Its answer must not be changed."""
    name = method.__name__
    #: An argument that is given as it is when left out asks the same.
    unless_given: dict[str, Any] = getattr(method, "__kwdefaults__", None) or {}

    @wraps(method)
    def known(self: Self, /, *given: Given.args, **more: Given.kwargs) -> Answer:
        asked: tuple[Any, ...] = given
        if list in map(type, given):
            asked = tuple([tuple(each) if type(each) is list else each for each in given])
        key: tuple[Any, ...] = (name, asked)
        if unless_given or more:
            key = (name, asked, *{**unless_given, **more}.items())
        kept = self.remembered
        answer: Answer | None = kept.get(key)
        if answer is None:
            answer = method(self, *given, **more)
            if len(kept) >= _MOST:
                kept.clear()
            kept[key] = answer
        return answer

    return known
