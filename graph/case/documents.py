"""The documents of case files: what was published where and when, and the passages that are read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..base.terms import ID
from ..vocabulary.model import SLUG
from ..yaml.forms import Findings, Form
from ..yaml.reader import Row, Table
from .lines import date_at
from .model import Document, Place
from .sources import Source, check_address
from .tables import DOCUMENT_KEYS

_DEFAULTS = ("by", "for", "via", "said", "verb", "reported", "hedge", "confidential")


@dataclass(frozen=True, slots=True)
class Passages:
    """What is read of one document: what holds for all of its statements, and the passages with these."""

    source: Source
    document: Document
    defaults: Form
    blocks: list[Form]


class Documents:
    """Every document of the cases that are read together."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.by_iri: dict[str, Document] = {}
        self.passages: list[Passages] = []

    def read(self, source: Source, form: Form) -> None:
        """The document of one form, if it has any."""
        if "document" not in form:
            if "passages" in form:
                form.error("passages", "has passages without a `document`.", "Add document: {id: …, publisher: …}.")
            return
        fields = form.form("document", DOCUMENT_KEYS)
        if fields is None:
            return
        fields.name = "the document"
        id_ = fields.required("id", "Write an id such as gazette-2024-05-02.")
        if id_ and not SLUG.fullmatch(id_):
            fields.error("id", f'has the id "{id_}".', "Use small letters, digits and hyphens.")
        fields.name = f"document {id_}" if id_ else fields.name
        iri = f"{ID}{source.id}/doc/{id_}"
        known = next((doc for doc in self.by_iri.values() if doc.id == id_), None)
        if known is not None:
            fields.error("id", f"is declared in {known.place.file}:{known.place.line} already.", "Give it another id.")
            return
        publisher = source.named(fields, "publisher", 1)
        if "publisher" not in fields:
            fields.error(None, "has no publisher.", "Write publisher: and the id of a name.")
        digest_ = fields.text("sha256").lower()
        if digest_ and (len(digest_) != 64 or set(digest_) - set("0123456789abcdef")):
            fields.error("sha256", "has a sha256 that is none.", "Write 64 hexadecimal digits, or run ground.")
        for key in ("url", "archived"):
            check_address(fields, key)
        document = Document(
            iri=iri,
            id=id_,
            case=source.id,
            title=fields.text("title"),
            publisher=publisher[0] if publisher else "",
            place=Place.of(fields.file, fields.at()),
            published=date_at(fields, "published"),
            authors=source.named(fields, "author", 20),
            language=fields.language("en"),
            url=fields.text("url"),
            archived=fields.text("archived"),
            accessed=date_at(fields, "accessed"),
            text=fields.text("text"),
            sha256=digest_,
            body_from=fields.text("body_from"),
            confidential=fields.flag("confidential"),
        )
        self.by_iri[iri] = document
        defaults = Form(_defaults(fields.table), fields.file, fields.name, self.findings)
        self.passages.append(Passages(source, document, defaults, list(_blocks(form))))


def _blocks(form: Form) -> Iterator[Form]:
    value = form.get("passages")
    if value is None or value == "":
        return
    if not isinstance(value, Row):
        form.error("passages", "needs a list at `passages`.", "Begin each passage with `- at: p1`.")
        return
    for number, block in enumerate(value, 1):
        if isinstance(block, Table):
            yield Form(block, form.file, f"passage {number}", form.findings)
        else:
            form.findings.error(form.file, block, f"passage {number} is no passage.", "Write - at: p1.")


def _defaults(table: Table) -> Table:
    """What a document says for all of its statements."""
    part = Table({key: value for key, value in table.items() if key in _DEFAULTS})
    part.line, part.column, part.end = table.line, table.column, table.end
    return part
