"""How the README begins, and that the links of all pages lead somewhere. Its code blocks run in test_docs.py."""

from __future__ import annotations

import re
from pathlib import Path

from blocks import PAGES, blocks

README = PAGES[0]


def test_the_readme_opens_with_a_picture_and_two_commands() -> None:
    text = README.read_text("utf-8")
    picture = re.match(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert picture and (README.parent / picture[1]).is_file()
    assert [block.code for block in blocks(README)][:2] == ["make graph\n", "make test\n"]


def test_every_link_of_the_docs_leads_somewhere(root: Path) -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
