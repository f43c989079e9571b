"""JSON-LD whose contexts are named by an address: read with those that are shipped, and never fetched.

What is shipped is written by hand: how each of these vocabularies maps names to addresses, and which names take an
address rather than a text. A name that is not listed falls under the vocabulary's own namespace.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from ..base.errors import StoreError
from ..base.resources import ontology

_NAMED = re.compile(rb'"@(?:context|import)"\s*:\s*["\[]|"@base"\s*:\s*null')
_STEP = 1 << 20


def shipped() -> dict[str, Any]:
    """The contexts, by address without scheme and ending slash."""
    return {_key(address): told["@context"] for told in _files() for address in told["addresses"]}


def _files() -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((ontology() / "contexts").glob("*.json"))]


def named(file: IO[bytes]) -> bool:
    """Whether a file may name a context by its address. Reads it to its end."""
    before = b""
    while piece := file.read(_STEP):
        if _NAMED.search(before + piece):
            return True
        before = piece[-64:]
    return False


def resolved(path: Path, file: IO[bytes]) -> IO[bytes]:
    """The file with each context that is named by an address replaced by the one that is shipped."""
    try:
        document = json.load(file)
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON: {error}. Correct the file.") from error
    known = shipped()
    return BytesIO(json.dumps(_with(path, document, known), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _with(path: Path, value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_with(path, one, known) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _context(path, one, known) if name == "@context" else _with(path, one, known)
        for name, one in value.items()
    }


def _context(path: Path, context: Any, known: dict[str, Any]) -> Any:
    if isinstance(context, str):
        if (found := known.get(_key(context))) is None:
            have = ", ".join(sorted(_key(told["addresses"][0]) for told in _files()))
            raise StoreError(
                f"{path}: names the context {context}, which is not shipped, and nothing is fetched. Write the context "
                f"into the file, or save it in another format, such as Turtle. Shipped: {have}."
            )
        # One that is shipped may build on another one.
        return _context(path, found, known)
    if isinstance(context, list):
        read = [_context(path, one, known) for one in context]
        return [each for one in read for each in (one if isinstance(one, list) else [one])]
    return _own(path, context, known) if isinstance(context, dict) else context


def _own(path: Path, context: dict[str, Any], known: dict[str, Any]) -> Any:
    """A context that stands in the file, which may build on another, and whose terms may have contexts of their own.

    One without a base would lose what is named relative to the file, without a word.
    """
    own = {
        term: _with(path, told, known)
        for term, told in context.items()
        if term != "@import" and not (term == "@base" and told is None)
    }
    if "@import" not in context:
        return own
    imported = _context(path, context["@import"], known)
    return [*(imported if isinstance(imported, list) else [imported]), own]


def _key(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/#")
