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
        named = tuple({**unless_given, **more}.items())
        key: tuple[Any, ...] = (name, given, named)
        kept = self.remembered
        try:
            answer: Answer | None = kept.get(key)
        except TypeError:
            key = (name, tuple(tuple(each) if isinstance(each, list) else each for each in given), named)
            answer = kept.get(key)
        if answer is None:
            answer = kept[key] = method(self, *given, **more)
        return answer

    return known
