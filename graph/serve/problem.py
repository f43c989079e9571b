"""What went wrong with a request, in one shape: `application/problem+json` (RFC 9457), or plain text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from .negotiate import best


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - it is what is told, not only what is raised
    """An answer that says what was wrong. `line` and `column` count from 1 and are of the query, 0 when unknown."""

    status: int
    title: str
    detail: str = ""
    line: int = 0
    column: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def body(self, *, plain: bool) -> tuple[bytes, str]:
        """The body and its media type."""
        if plain:
            where = f"{self.line}:{self.column}: " if self.line else ""
            text = f"{self.title}. {where}{self.detail}".strip()
            return f"{text}\n".encode(), "text/plain; charset=utf-8"
        told: dict[str, object] = {"type": "about:blank", "title": self.title, "status": self.status}
        if self.detail:
            told["detail"] = self.detail
        if self.line:
            told |= {"line": self.line, "column": self.column}
        return json.dumps(told, ensure_ascii=False).encode() + b"\n", "application/problem+json"


def problem_response(problem: Problem, request: Request) -> Response:
    """The answer that tells it, as text to whoever prefers text."""
    accept = request.headers.get("accept", "")
    offered = {"application/problem+json": "", "application/json": "", "text/plain": ""}
    body, type_ = problem.body(plain=best(accept, offered) == "text/plain")
    return Response(body, problem.status, {"Vary": "Accept", "Cache-Control": "no-store", **problem.headers}, type_)
