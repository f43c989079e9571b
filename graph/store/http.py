"""The line to a SPARQL server: a form out, an answer in, and every way in which that fails said in one line."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, cast
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from ..base.errors import QueryError, StoreError
from .virtuoso import mended

#: For a server whose address does not hold them: user and password, or a bearer token.
USER, PASSWORD, TOKEN = "ACTORGRAPH_STORE_USER", "ACTORGRAPH_STORE_PASSWORD", "ACTORGRAPH_STORE_TOKEN"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_REDIRECTIONS = 5
#: Seconds in which a server has to take a connection.
_CONNECT = 10.0


class Answered:
    """The body of an answer, read like a file while it comes. `StoreError` when it is cut off."""

    def __init__(self, response: httpx.Response, url: str, table: Mapping[bytes, bytes]) -> None:
        """`table`: what is replaced in the body, see `virtuoso.mended`."""
        self.headers = response.headers
        self.type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._url = url
        self._response = response
        self._pieces = mended(response.iter_bytes(), table)
        self._left = b""

    @property
    def body(self) -> IO[bytes]:
        """Itself, as parsers take a file: they only `read`."""
        return cast("IO[bytes]", self)

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; `b""` at the end."""
        if size < 0:
            return self.everything()
        while not self._left:
            piece = self._next()
            if piece is None:
                return b""
            self._left = piece
        taken, self._left = self._left[:size], self._left[size:]
        return taken

    def everything(self) -> bytes:
        """The rest, at once."""
        pieces = [self._left]
        self._left = b""
        while (piece := self._next()) is not None:
            pieces.append(piece)
        return b"".join(pieces)

    def _next(self) -> bytes | None:
        try:
            piece = next(self._pieces, None)
        except httpx.TimeoutException as error:
            raise StoreError(f"{self._url}: timed out while answering. Ask for less, or try again.") from error
        except httpx.HTTPError as error:
            raise StoreError(f"{self._url}: closed the connection before the end of its answer. Try again.") from error
        if piece is None:
            self.close()
        return piece

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()


class OnDemand(httpx.Auth):
    """User and password, in the way the server asks for and only when it asks."""

    def __init__(self, user: str, password: str) -> None:
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if "digest" in asked else self._basic
        yield from self._chosen.auth_flow(request)


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server without a secret, and the secret: from the address or from the environment."""

    url: str
    user: str
    password: str
    token: str

    @property
    def auth(self) -> OnDemand | None:
        """User and password as httpx takes them."""
        return OnDemand(self.user, self.password) if self.user else None

    @property
    def headers(self) -> dict[str, str]:
        """The header that carries the token."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def address(text: str) -> Address:
    """An address as a user writes it. `StoreError`, which tells no secret, when it is none."""
    wrong = StoreError(f"{without_secret(text)}: is not the address of a server. Write https://…")
    try:
        parts = urlsplit(text)
        port = parts.port
        httpx.URL(text)
    except (ValueError, httpx.InvalidURL):
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise wrong
    user = unquote(parts.username or "") or os.environ.get(USER, "")
    password = unquote(parts.password or "") or os.environ.get(PASSWORD, "")
    token = os.environ.get(TOKEN, "") if not user else ""
    host = parts.netloc.rpartition("@")[2]
    return Address(urlunsplit((parts.scheme, host, parts.path, parts.query, "")), user, password, token)


def without_secret(text: str) -> str:
    """An address without user and password, also of a text that is none."""
    scheme, slashes, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"


class Line:
    """Requests to one server. `url` is its address without a secret."""

    def __init__(self, text: str, timeout: float) -> None:
        """The secret is in the address (`https://user:password@…`) or in the environment."""
        given = address(text)
        self.url = given.url
        self.has_secret = bool(given.user or given.token)
        #: What is replaced in the bodies of all answers.
        self.table: Mapping[bytes, bytes] = {}
        self._client = httpx.Client(
            auth=given.auth,
            headers=given.headers,
            timeout=httpx.Timeout(timeout, connect=_CONNECT),
            follow_redirects=False,
            # A proxy that is set for the internet does not reach this machine.
            trust_env=urlsplit(self.url).hostname not in _LOCAL,
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def post(
        self, url: str, form: Mapping[str, str | Sequence[str]], accept: str, *, changing: bool = False
    ) -> Answered:
        """Send a form. `QueryError` when the server finds it wrong, `StoreError` for all else that is no answer."""
        here = urlsplit(url)
        for _ in range(_REDIRECTIONS):
            request = self._client.build_request("POST", url, data=dict(form), headers={"Accept": accept})
            try:
                response = self._client.send(request, stream=True)
            except httpx.TimeoutException as error:
                raise StoreError(f"{self.url}: timed out. Try again, or ask for less.") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                reason = " ".join(str(error).split()) or type(error).__name__
                raise StoreError(f"{self.url}: cannot be reached ({reason}). Check the address.") from error
            answered = Answered(response, self.url, self.table)
            if response.status_code in (307, 308):
                target = httpx.URL(url).join(response.headers.get("location", ""))
                answered.close()
                if (target.scheme, target.netloc.decode()) != (here.scheme, here.netloc):
                    raise StoreError(f"{self.url}: redirects to {target.host}. Give that address if you trust it.")
                url = str(target)
                continue
            if response.status_code >= 300:
                raise self._refusal(response.status_code, answered, changing=changing)
            return answered
        raise StoreError(f"{self.url}: redirects too many times. Give the final address.")

    def _refusal(self, status: int, answered: Answered, *, changing: bool) -> StoreError | QueryError:
        body = answered.everything()[:4000].decode(errors="replace") if answered.type != "text/html" else ""
        answered.close()
        # Servers say it in the first lines, then repeat the query.
        said = " ".join(body.partition("\n\n")[0].split())[:300]
        why = f" ({said})" if said else ""
        if status == 500 and "No permission" in said:  # as Virtuoso says it
            status = 403
        if status == 400:
            what = "update" if changing else "query"
            return QueryError(f"{what}: the server refuses it{why or ' without a reason'}. Correct it.")
        told = {
            401: f"requires authentication. Write https://user:password@…, or set {USER} and {PASSWORD}, or {TOKEN}.",
            403: f"forbids that{why}. Ask whoever keeps it for the right to.",
            404: "has nothing there. Check the address.",
            405: "takes no queries there. Check the address.",
            408: "ran out of time. Ask for less, or try again.",
            413: "was sent too much at once. Send less.",
            429: "has too much to do. Try again later.",
            503: "has too much to do. Try again later.",
            504: "ran out of time. Ask for less, or try again.",
        }
        if status < 400:
            target = answered.headers.get("location", "elsewhere")
            return StoreError(f"{self.url}: redirects to {target}. Give that address if you trust it.")
        return StoreError(f"{self.url}: {told.get(status, f'could not answer: {status}{why}. Try again.')}")
