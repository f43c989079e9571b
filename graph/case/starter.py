"""A starter case: a few short files that build at once and show, by their comments, how one is written.

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
# What the case is, and who answers for it. `actorgraph check` reads it; `actorgraph build` draws it.
format: 1
title: {en: __TITLE__, es: __TITLE__}
editor: your name or newsroom
contact: newsroom@example.org
licence: https://creativecommons.org/licenses/by/4.0/    # of what you write here, not of the sources
corrections: corrections@example.org                     # where a reader sends one
"""

_ACTORS = """\
# Everybody who acts or speaks, the news outlets too. The id on the left is what you write everywhere else.
# An actor is a name and a neutral kind, nothing more: whatever is said of it is a statement, with a speaker.
format: 1
actors:
  harbour-gazette: {name: the Harbour Gazette, kind: media}      # one name for both languages
  wire-agency: {name: {en: the Wire Agency, es: la Agencia Wire}, kind: media}
  dockers-union: {name: {en: the Dockers' Union, es: el Sindicato de Estibadores}, kind: union}
  port-authority: {name: {en: the Port Authority, es: la Autoridad Portuaria}, kind: authority}
  port-spokeswoman: {name: {en: the port's spokeswoman, es: la portavoz del puerto}, kind: person}
  norvik: {name: Norvik, kind: company}
"""

_THINGS = """\
# What actors meet in: events, payments, agreements, orders, places, laws. Names only, as with actors;
# who took part, when and for how much are statements in documents/.
format: 1
things:
  night-contract: {name: {en: the night-shift contract, es: el contrato del turno de noche}, kind: contract}
  court-order: {name: {en: the labour-court order, es: la orden del tribunal laboral}, kind: order}
  fee-2024: {name: {en: the 2024 fee, es: el pago de 2024}, kind: payment}      # each sum is a payment of its own
  second-shift: {name: {en: the second night shift, es: el segundo turno de noche}, kind: event}
"""

_DOCUMENT = """\
# One file for each source. Everything here is invented: overwrite it.
format: 1
document:
  id: harbour-gazette-2024-05-02
  title: Port authority pays Norvik to run night shifts
  published: 2024-05-02
  publisher: harbour-gazette
  language: en
  # text: texts/harbour-gazette-2024-05-02.txt    # a local copy, not to be published: `actorgraph ground` then finds
  # body_from: The port authority has hired       # each cue in it, and paragraph 1 begins with these words
passages:
  # A passage: where it stands, who says so, and below that what they say. Nobody named: the paper says so itself.
  - at: p1
    cue: has hired Norvik                # a few words to find the place by
    summary: The paper reports that the port authority gave Norvik the night-shift contract.    # in your own words
    asserts:
      s01: [night-contract, occurred]    # [who or what, relation, who or what]
      s02: [night-contract, awarded-by, port-authority]
      s03: [night-contract, awarded-to, norvik]
      s04: [court-order, occurred]

  # `by` is the speaker, `via` who passed it on, nearest to the speaker first.
  - at: p2
    cue: puts back the night
    by: dockers-union
    via: [wire-agency]
    summary: The union says that the contract breaks the court's order, and that it cost some two million euros.
    alleges:                             # an accusation, and the text marks it as one
      s05: {fact: [night-contract, contravenes, court-order], hedge: in effect}    # the long form, with its words
    asserts:
      s06: [fee-2024, occurred]
      s07: [fee-2024, payer, port-authority]
      s08: [fee-2024, payee, norvik]
      s09: [fee-2024, amount, about 2000000 EUR]    # a figure: digits without separators, and a currency or a unit
      s10: [second-shift, occurred, planned]        # a fourth word when it is not so yet
      s11: [second-shift, operator, norvik, planned]

  # `for` is whom a spokesperson speaks for. A denial names the statement that it answers.
  - at: p4
    cue: after the first shift
    by: port-spokeswoman
    for: port-authority
    summary: The authority's spokeswoman denies that the contract breaks the order.
    denies:
      s12: s05

  # An open question, and somebody who was asked and gave no answer.
  - at: p5
    cue: who signed
    summary: The paper could not find out who signed the contract.
    asks:
      s13: [night-contract, signatory, unknown]
  - at: p5
    cue: declined to say
    by: port-spokeswoman
    for: port-authority
    summary: Asked who signed, the spokeswoman gave no answer.
    declines:
      s14: s13
"""

_GITIGNORE = """\
# The sources' own words stay with you.
texts/
"""

_FILES = {
    "case.yaml": _CASE,
    "actors.yaml": _ACTORS,
    "things.yaml": _THINGS,
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
        ties = ", ".join(f"`{tie.first} {tie.relation} {tie.second}`" for tie in frame.ties)
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
