"""The code blocks of a Markdown page, fenced or indented, each with its language and the line it begins at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
#: How code begins in a block that is only indented → its language.
BEGINNINGS = {
    "sh": ("actorgraph ", ".venv/bin/", "make ", "curl ", "python3 "),
    "sparql": ("SELECT ", "ASK ", "CONSTRUCT ", "DESCRIBE ", "PREFIX "),
    "python": ("import ", "from "),
}


@dataclass(frozen=True)
class Block:
    """A code block; `language` is empty when neither its fence nor its beginning tells."""

    page: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """All code blocks of a page, in their order."""
    found = MarkdownIt("commonmark").parse(page.read_text("utf-8"))
    return [
        Block(page.name, token.map[0] + 1, token.info.strip() or _guessed(token.content), token.content)
        for token in found
        if token.type in ("fence", "code_block") and token.map
    ]


def _guessed(code: str) -> str:
    return next((language for language, begins in BEGINNINGS.items() if code.startswith(begins)), "")
