"""A starter case: two short files that build at once and show, by their comments, how one is written.

In: a name and a folder. Out: the new case's folder. Also the lists of words for the authors' guide, made from the
vocabulary.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..base.errors import OutputError
from ..base.files import write_whole
from ..vocabulary.frames import Frame, frames, themes
from ..vocabulary.model import SLUG, Relation, Vocabulary

_CASE = """\
# What the case is, who answers for it, and who is in it. `actorgraph check` reads it; `actorgraph build` draws it.
format: 2
title: __TITLE__
language: en                                             # [en, es] for a case in two languages
editor: your name or newsroom
contact: newsroom@example.org
licence: https://creativecommons.org/licenses/by/4.0/    # of what you write here, not of the sources
corrections: corrections@example.org                     # where a reader sends one

# Everybody who acts or speaks, by kind, the news outlets too; then what they meet in. The id on the left is what you
# write everywhere else. A name is only a name: whatever is said of somebody stands in a line, with its speaker.
names:
  media: {harbour-gazette: the Harbour Gazette, wire-agency: the Wire Agency}
  union: {dockers-union: the Dockers' Union}
  authority: {port-authority: the Port Authority; short the port}
  person: {port-spokeswoman: the port's spokeswoman}
  company: {norvik: Norvik}
  contract: {night-contract: the night-shift contract}
  order: {court-order: the labour-court order}
  event: {second-shift: the second night shift}
"""

_DOCUMENT = """\
# One file for each source. Everything here is invented: overwrite it.
format: 2
document:
  publisher: harbour-gazette
  published: 2024-05-02
  title: Port authority pays Norvik to run night shifts
  # text: texts/harbour-gazette-2024-05-02.txt    # a local copy, not to be published: `actorgraph ground` then finds
  # body_from: The port authority has hired       # each place in it, and paragraph 1 begins with these words
speakers:
  dockers-union: via wire-agency                  # who passed on what it says
  port-spokeswoman: for port-authority            # on whose behalf she speaks

# A place, with a few words to find it by; in your own words what it says; then who says what, one line for each.
p1 has hired Norvik:
  summary: The paper reports that the port authority gave Norvik the night-shift contract.
  # Nobody is named: the paper says so itself. An event with its parts stands in one line.
  harbour-gazette says: award night-contract; by port-authority; to norvik

# As firmly as the source has it: says, alleges, supposes, denies, doubts. In brackets, a reserve as printed.
p2 puts back the night:
  summary: The union says that the contract breaks the court's order, and that it cost some two million euros.
  dockers-union alleges: breach = night-contract contravenes court-order (in effect)
  dockers-union says:
    - payment fee; by port-authority; to norvik; sum about 2000000 EUR
    - event second-shift; by norvik; planned      # one word for what is not so yet

# A denial names the line that it answers, or a part of an event: fee.to.
p4 after the first shift:
  summary: The authority's spokeswoman denies that the contract breaks the order.
  port-spokeswoman denies: breach

# An open question, and somebody who was asked and gave no answer.
p5 who signed:
  summary: The paper could not find out who signed the contract; asked about it, the spokeswoman gave no answer.
  harbour-gazette says: signing = night-contract signatory unknown; open
  port-spokeswoman declines: signing
"""

_GITIGNORE = """\
# The sources' own words stay with you.
texts/
"""

_FILES = {
    "case.yaml": _CASE,
    "documents/example.yaml": _DOCUMENT,
    ".gitignore": _GITIGNORE,
}


def create(name: str, folder: Path) -> Path:
    """A new starter case `folder/name`, whole or not at all. `OutputError` when the name or the place will not do."""
    if not SLUG.fullmatch(name):
        slug = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())
        remedy = f"such as {slug}" if slug else "such as port-deal-2024"
        raise OutputError(f'"{name}" cannot name a case. Use small letters, digits and hyphens, {remedy}.')
    place = folder / name
    if place.exists() or place.is_symlink():
        raise OutputError(f"{place}: exists already. Choose another name; nothing was changed.")
    title = name.replace("-", " ").replace(".", " ").capitalize()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder))
        try:
            draft.chmod(0o755)
            for file, text in _FILES.items():
                write_whole(draft / file, text.replace("__TITLE__", f'"{title}"'))
            draft.rename(place)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{place}: cannot be written ({reason}). Free some space, or choose another folder."
        ) from error
    return place


# --- the lists of words in docs/authoring.md

_TAKES = {
    "node": "any",
    "statement": "a statement",
    "quantity": "a figure",
    "date": "a date",
    "text": "words",
    "none": "nothing",
}


def kinds_table(vocabulary: Vocabulary) -> str:
    """Every kind with its meaning, as a Markdown table."""
    rows = [
        f"| `{kind.key}` | {_cell(kind.comment.get('en', ''))} | {_code(kind.broader)} |"
        for kind in vocabulary.kinds.values()
    ]
    return "\n".join(["| kind | for | is also a |", "|---|---|---|", *rows]) + "\n"


def relations_table(vocabulary: Vocabulary) -> str:
    """Every relation with its gloss, what may stand at its ends, its inverse and whether it can defame."""
    rows = [
        "| relation | means | first place | third place | role | inverse | can defame |",
        "|---|---|---|---|---|---|---|",
    ]
    for relation in vocabulary.relations.values():
        cells = (
            f"`{relation.key}`",
            _cell(relation.gloss.get("en", "")),
            _kinds(relation.subject) or "any",
            " or ".join(_third(relation, key) for key in _TAKES if key in relation.takes),
            "of its event" if relation.role else "",
            _code(relation.inverse) if relation.directed else "itself",
            "yes" if relation.sensitive is True else f"with {_kinds(relation.sensitive)}" if relation.sensitive else "",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def frames_table(frames: Mapping[str, Frame]) -> str:
    """Every frame with its parts, ties, verbs and an example."""
    shared = set(frames["event"].parts) - {"by"}
    rows = ["| frame | its parts | plain tie | can harm | verbs | example |", "|---|---|---|---|---|---|"]
    for frame in frames.values():
        parts = " ".join(f"`{part}`" for part in frame.parts if part not in shared)
        ties = ", ".join(f"`{tie}`" for tie in frame.ties)
        verbs = "; ".join(", ".join(frame.verbs.get(tag, ())) for tag in ("en", "es"))
        harm = ", ".join(f"`{part}`" for part in sorted(frame.harm))
        rows.append(f"| `{frame.key}` | {parts} | {ties} | {harm} | {verbs} | `{frame.example}` |")
    return "\n".join(rows) + "\n"


def themes_table(vocabulary: Vocabulary) -> str:
    """What recurs in news by theme: each frame and relation with the words by which somebody looks for it."""
    rows = ["| theme | write | to say, for example | para decir, por ejemplo |", "|---|---|---|---|"]
    known: dict[str, Frame | Relation] = {**vocabulary.relations, **frames()}
    for theme, names in themes().items():
        for number, name in enumerate(names):
            verbs = known[name].verbs
            cells = (
                "" if number else theme,
                f"`{name}`",
                ", ".join(verbs.get("en", ())),
                ", ".join(verbs.get("es", ())),
            )
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _third(relation: Relation, key: str) -> str:
    """What stands in third place: `agent`, a figure of people, a date."""
    if key == "node" and relation.third:
        return _kinds(relation.third)
    if key == "quantity" and relation.counts:
        return "a sum" if relation.counts == "money" else f"a figure of `{relation.counts}`"
    return _TAKES[key]


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(f"`{kind}`" for kind in sorted(kinds))


def units_list(vocabulary: Vocabulary) -> str:
    """Every unit, as authors may write it."""
    return ", ".join(f"`{'%' if key == 'percent' else key}`" for key in vocabulary.units) + ".\n"


def _code(word: str | None) -> str:
    return f"`{word}`" if word else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
