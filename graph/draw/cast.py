"""The cast as it is drawn: who and what has a place, with the words on every line, in every language.

In: a network and its cast. Out: boxes, frames and lines with their places, as the page and the still picture draw them.
Every line carries a bare verb and, below it, who says so; whatever is only alleged, planned or disputed says it in the
same words, because a crop of the drawing must never read as a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import networkx as nx

from ..network.cast import Cast, Member, Tie, choose_cast
from ..network.cast.story import AFFIRMING, OPPOSING
from ..network.records import Claim, Proposition, propositions_in
from ..words import contracted, languages, listed, message
from .data import CastData, CastTieData
from .measure import width, wrapped
from .sheet import Block, Box, Group, Line, Ribbon, Slid, line_between, slid

if TYPE_CHECKING:
    from .arrange import Arranged

#: Sizes of type in pixels: names, the words of lines, and the smaller second lines.
NAME, WORDS, SMALL = 13.5, 13.0, 12.5
NAME_MOST, WORDS_MOST = 142.0, 160.0
LEADING = {NAME: 17.0, WORDS: 16.0, SMALL: 15.5}
GLYPH = 26.0
#: The sheet that a full cast is laid out for: the drawing's part of a window of 1440 by 900.
SHEET = (1176.0, 738.0)
#: Names longer than this give way to an abbreviation that the case knows.
LONG = 30
#: No name takes more of a drawing than so many characters.
LONGEST = 120

Texts = dict[str, list[str]]


@dataclass(frozen=True)
class Words:
    """What stands on a line, broken into rows, for each language: what is said, and who says it."""

    verb: Texts
    who: Texts
    #: How many of the first rows of `who` name nobody ("implied by the text"): no speaker, not coloured as one.
    unnamed: dict[str, int] = field(default_factory=dict)

    def size(self) -> tuple[float, float]:
        """Width and height in pixels that hold the words in any language."""
        wide = max(
            [width(row, WORDS) for rows in self.verb.values() for row in rows]
            + [width(row, SMALL) for rows in self.who.values() for row in rows]
        )
        high = max(len(self.verb[tag]) * LEADING[WORDS] + len(self.who[tag]) * LEADING[SMALL] for tag in self.verb)
        return wide + 8, high + 4


@dataclass(frozen=True)
class Name:
    """A node's name and its second line, the post it holds, broken into rows, for each language."""

    title: Texts
    below: Texts
    actor: bool

    def size(self) -> tuple[float, float]:
        """Width and height in pixels of the node with its name."""
        wide = max(
            [width(row, NAME, bold=True) for rows in self.title.values() for row in rows]
            + [width(row, SMALL) for rows in self.below.values() for row in rows]
        )
        high = max(len(self.title[tag]) * LEADING[NAME] + len(self.below[tag]) * LEADING[SMALL] for tag in self.title)
        return (wide + 8, high + GLYPH + 8) if self.actor else (wide + 26, high + 18)


class Wording:
    """The words of a cast's lines and names."""

    def __init__(self, network: nx.MultiDiGraph) -> None:
        self.network = network
        self.propositions = {record["proposition"]: record for record in propositions_in(network)}
        self.claims = {claim["id"]: claim for record in self.propositions.values() for claim in record["claims"]}

    def _found(self, claims: Iterable[str]) -> list[Claim]:
        return [self.claims[each] for each in claims if each in self.claims]

    # --- names

    def label(self, node: str, language: str) -> str:
        """A node's name in a language, or in the one there is."""
        if node not in self.network:
            return ""
        label: Mapping[str, str] = self.network.nodes[node]["label"]
        name = label.get(language) or next(iter(label.values()), "")
        return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"

    def short(self, node: str, language: str) -> str:
        """The abbreviation that a name's capitals spell, when somebody is known by it; else the name."""
        label = self.label(node, language)
        capitals = "".join(word[0] for word in label.replace("-", " ").split() if word[0].isupper())
        aliases = self.network.nodes[node]["aliases"] if node in self.network else ()
        return capitals if len(capitals) > 1 and capitals in aliases else label

    def name(self, member: Member) -> Name:
        """What stands at a node of the cast."""
        title, below = {}, {}
        for tag in languages():
            full = self.label(member.node, tag)
            short = self.short(member.node, tag) if len(full) > LONG else full
            title[tag] = wrapped(short, NAME, NAME_MOST, bold=True)
            second = self.label(member.post, tag) if member.post else ""
            below[tag] = wrapped(second, SMALL, NAME_MOST)
        return Name(title, below, member.actor)

    # --- who says so

    def speaker(self, claim: Claim, language: str, *, answered: bool = False) -> str:
        """`Karoline Leavitt for White House via AP`; without a speaker, that it is not said who.

        What is `answered` and nobody named says is a claim that the text tells of; the text does not imply it.
        """
        if claim.get("implied") and (claim["speaker"] or claim.get("inferred") or not answered):
            return message(language, "cast.inferred" if claim.get("inferred") else "cast.implied")
        if not claim["speaker"]:
            return message(language, "cast.unstated")
        name = self.short(claim["speaker"], language)
        whom = claim["for"]
        if whom and whom != claim["speaker"]:
            body = self.short(whom, language)
            if body not in name:
                name = message(language, "cast.for", name=name, body=body)
        if claim["via"]:
            name = message(language, "cast.via", name=name, relay=self.short(claim["via"][0], language))
        return contracted(name, language)

    def speakers(self, claims: Sequence[Claim], language: str, said: str = "actual", *, answered: bool = False) -> str:
        """Up to two names, else the first and how many more.

        Whoever speaks in another modality than the line's words, `said`, has it behind the name, and comes last.
        """
        differ = len({claim["modality"] for claim in claims}) > 1
        names = []
        for claim in sorted(claims, key=lambda claim: differ and claim["modality"] != said):
            name = self.speaker(claim, language, answered=answered)
            if differ and claim["modality"] != said:
                name = message(language, "cast.holds", name=name, modality=_modality(claim["modality"], language))
            names.append(name)
        names = list(dict.fromkeys(names))
        if len(names) <= 2:
            return listed(names, language)
        return message(language, "cast.others", name=names[0], n=len(names) - 1)

    def _opponents(self, claims: Sequence[Claim], language: str) -> str:
        """Who answers, by name alone: how it reached us stands on the answer's own line."""
        names = list(dict.fromkeys(self._plain(claim, language) for claim in claims))
        if len(names) <= 2 and sum(map(len, names)) < 2 * LONG:
            return listed(names, language)
        return message(language, "cast.others", name=names[0], n=len(names) - 1)

    def _plain(self, claim: Claim, language: str) -> str:
        speaker = claim["for"] or claim["speaker"]
        return self.short(speaker, language) if speaker else message(language, "cast.unstated")

    # --- what is said

    def bare(self, record: Proposition, language: str) -> str:
        """The relation in a word or two."""
        words: Mapping[str, str] = record["bare"] or record["relation_label"]
        if _is_required(record):
            words = record["phrase"]
        return words.get(language) or next(iter(words.values()), record["relation"])

    def third(self, record: Proposition, language: str) -> str:
        """What stands in third place: a node's name, or a value."""
        if record["third"] in self.network:
            return self.label(record["third"], language)
        value = record["value"]
        return value["label"].get(language, "") if value else ""

    def of(self, tie: Tie) -> Words:
        """What stands on a tie in every language."""
        verb, who, unnamed = {}, {}, {}
        for tag in languages():
            said, names = self._denial(tie, tag) if tie.kind == "denial" else self._said(tie, tag)
            rows = [wrapped(name, SMALL, WORDS_MOST) for name in names]
            verb[tag] = wrapped(said, WORDS, WORDS_MOST)
            who[tag] = [row for broken in rows for row in broken]
            unnamed[tag] = len(rows[0]) if names and names[0] in self._nobody(tag) else 0
        return Words(verb, who, unnamed)

    @staticmethod
    def _nobody(language: str) -> set[str]:
        """What stands where a speaker would, and is none."""
        return {message(language, f"cast.{key}") for key in ("implied", "inferred", "unstated")}

    def key(self, tie: Tie) -> str:
        """By what the place of its words is kept: what is written on it, or the statement by which somebody answers."""
        if tie.kind == "denial":
            return self._answers(tie)[0]["id"]
        return tie.propositions[0]

    def _answers(self, tie: Tie) -> list[Claim]:
        claims = self.propositions[tie.propositions[0]]["claims"]
        return [c for c in claims if c["stance"] in OPPOSING and tie.source in (c["for"], c["speaker"])]

    def _denial(self, tie: Tie, language: str) -> tuple[str, list[str]]:
        claims = self._answers(tie)
        key = "cast.denies" if claims[0]["stance"] == "denied" else "cast.disputes"
        return message(language, key), [self.speakers(claims, language)]

    def _said(self, tie: Tie, language: str) -> tuple[str, list[str]]:
        record = self.written(tie)
        text = self._matter(tie, record, language)
        if tie.shared:
            text = message(language, "cast.shared", text=text)
        # What follows from narrower statements is said, or denied, by those who make them.
        claims = [c for c in record["claims"] if c["stance"] in AFFIRMING] or self._found(record["affirmed_by"])
        opposing = [c for c in record["claims"] if c["stance"] in OPPOSING] or self._found(record["opposed_by"])
        if tie.kind == "speech":
            claims = [claim for claim in record["claims"] if tie.source in (claim["speaker"], claim["for"])]
            if claims and claims[0]["stance"] in (*OPPOSING, "asked"):
                text = message(language, f"cast.{claims[0]['stance']}Matter", text=text)
            opposing = []
        modality = _weakest(claims) if tie.line == "notyet" else "actual"
        text = self._qualified(tie, record, text, claims, language)
        more = len({p for p in tie.propositions if not tie.shared}) - 1
        if more > 0 and tie.kind != "payment":
            text = message(language, "cast.more", text=text, n=more)
        answered = any(claim["stance"] in OPPOSING for claim in record["claims"])
        rows = [self.speakers(claims, language, modality, answered=answered)] if claims else []
        if opposing:
            rows.append(message(language, "cast.against", name=self._opponents(opposing, language)))
        return text, rows

    def _qualified(self, tie: Tie, record: Proposition, text: str, claims: Sequence[Claim], language: str) -> str:
        """With the mark of its standing, and the word that softens it."""
        if any(claim["stance"] == "alleged" for claim in claims):
            text = message(language, "cast.alleged", text=text)
        elif any(claim["reportedly"] for claim in claims):
            text = message(language, "cast.reportedly", text=text)
        elif any(claim["stance"] == "presumed" for claim in claims):
            text = message(language, "cast.presumed", text=text)
        modality = _weakest(claims)
        if tie.line == "notyet" and modality != "actual":
            if tie.kind != "payment" and _is_required(record):
                return text
            return message(language, "cast.notyet", modality=_modality(modality, language), text=text)
        mark = {"soft": "? ", "disputed": "× ", "accepted": "✓ "}.get(tie.line, "")
        return mark + text

    def written(self, tie: Tie) -> Proposition:
        """The proposition whose words stand on a line; of what a speaker says, the shortest that says most."""
        records = [self.propositions[each] for each in tie.propositions]
        if tie.kind != "speech":
            return records[0]
        own = [r for r in records if any(tie.source in (c["speaker"], c["for"]) for c in r["claims"])] or records

        def plainness(record: Proposition) -> tuple[bool, bool, int]:
            figure = _is_figure(record)
            return record["relation"] == "occurred", not figure, len(self._matter(tie, record, "en"))

        return min(own, key=plainness)

    def _matter(self, tie: Tie, record: Proposition, language: str) -> str:
        if tie.kind == "payment":
            amounts = [self.propositions[p] for p in tie.propositions if self.propositions[p]["relation"] == "amount"]
            if not amounts:
                return message(language, "cast.paysSomething")
            return message(language, "cast.pays", what=self.third(amounts[0], language))
        verb = self.bare(record, language)
        if tie.kind == "speech":
            if _is_figure(record):
                return self.third(record, language)
            before = "" if record["subject"] in (tie.target, tie.source) else self.label(record["subject"], language)
            said = verb if record["third"] == tie.target else self._with(verb, record["third"], record, language)
            return contracted(f"{before} {said}".strip(), language)
        return contracted(self._with(verb, tie.matter, record, language) if tie.matter else verb, language)

    def _with(self, verb: str, node: str, record: Proposition, language: str) -> str:
        """A verb with what follows it: `owns Selmo`, `knew that the licence has expired`."""
        if node not in self.network:
            return f"{verb} {self.third(record, language)}".strip()
        name = self.label(node, language)
        if self.network.nodes[node]["type"] != "statement":
            return f"{verb} {name}"
        # Of a statement that nobody affirms the name says so first; here its speaker stands below.
        lead = message(language, "sentence.mentioned", what="\0").partition("\0")[0]
        that = lead.rpartition(": ")[2]
        return f"{verb} {that}{name.removeprefix(lead)}" if name.startswith(lead) else f"{verb}: {name}"


def _is_figure(record: Proposition) -> bool:
    value = record["value"]
    return value is not None and value["kind"] in ("money", "figure")


def _weakest(claims: Sequence[Claim]) -> str:
    """The first modality in which something is said that is not done; "actual" where all say that it is."""
    return next((claim["modality"] for claim in claims if claim["modality"] != "actual"), "actual")


def _is_required(record: Proposition) -> bool:
    """Whether it is only said to be required: its phrase, `must oppose`, says so as no bare verb does."""
    return record["line"] == "notyet" and set(record["modalities"]) == {"required"}


def _modality(modality: str, language: str) -> str:
    return message(language, f"cast.modality.{modality}")


# --- places

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Placed:
    """A cast with its words and places: all that the page and the still picture draw. Pixels, from the top left."""

    cast: Cast
    size: tuple[float, float]
    names: Mapping[str, Name]
    #: Node → middle of its box, with its name.
    at: Mapping[str, tuple[float, float]]
    #: Frame → left, top, right, bottom.
    frames: Mapping[str, tuple[float, float, float, float]]
    #: For each tie: its words, how far along the line they stand, how far to the side the line begins and ends, and how
    #: far to the side of that it bends to its words.
    words: Sequence[Words]
    along: Sequence[float]
    aside: Sequence[float]
    bend: Sequence[float]
    #: What each tie's words are kept by: the proposition written on it, or the statement by which somebody answers.
    keys: Sequence[str] = ()

    def lines(self) -> list[Line]:
        """Both ends of each tie, on the borders of what it joins, three pixels out."""
        boxes: dict[str, Box] = {}
        for member in self.cast.members:
            wide, high = self.names[member.node].size()
            boxes[member.node] = self.at[member.node], (wide / 2, high / 2)
        for node, (left, top, right, bottom) in self.frames.items():
            boxes[node] = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
        found: list[Line] = []
        for tie, words, along, aside, bend in zip(
            self.cast.ties, self.words, self.along, self.aside, self.bend, strict=True
        ):
            line = line_between(boxes[tie.source], boxes[tie.target], aside)
            found.append(line)
            if tie.kind != "denial":
                wide, high = words.size()
                boxes.setdefault(tie.propositions[0], (line.words(along, bend), (wide / 2, high / 2)))
        return found

    def spots(self) -> dict[str, tuple[float, float]]:
        """What is kept with a case: where nodes stand, and the words of lines by what is written on them."""
        rows = zip(self.keys, self.lines(), self.along, self.bend, strict=True)
        return {**{key: line.words(along, bend) for key, line, along, bend in rows}, **self.at}


def sheet(cast: Cast) -> tuple[float, float]:
    """Width and height for a cast: the whole drawing for a full one, less for a small one."""
    load = len(cast.members) + len(cast.ties)
    share = min(1.0, max(0.5, (load / 50) ** 0.5))
    return SHEET[0] * share, SHEET[1] * share


def place_cast(
    network: nx.MultiDiGraph,
    cast: Cast,
    kept: Mapping[str, tuple[float, float]] | None = None,
    *,
    beginnings: int = 0,
    again: int = 2,
) -> Placed:
    """Places for a cast; what was kept with the case stays where it was, when every node was.

    `beginnings` and `again` say how long new places are looked for, as for `arrange`.
    """
    if not cast.members:
        return Placed(cast, sheet(cast), {}, {}, {}, [], [], [], [])
    wording = Wording(network)
    names = {member.node: wording.name(member) for member in cast.members}
    words = [wording.of(tie) for tie in cast.ties]
    keys: list[str] = []
    for tie in cast.ties:
        key = wording.key(tie)
        keys.append(f"{key} {tie.kind} {tie.source}" if key in keys else key)
    index = {member.node: number for number, member in enumerate(cast.members)}
    frames = {frame.node: len(index) + number for number, frame in enumerate(cast.frames)}
    blocks = [Block(*names[member.node].size()) for member in cast.members]
    heads = [max(width(wording.label(f.node, tag), NAME, bold=True) for tag in languages()) for f in cast.frames]
    groups = [
        Group(tuple(index[m] for m in frame.members), wide, 22.0)
        for frame, wide in zip(cast.frames, heads, strict=True)
    ]
    ends = index | frames
    disputes = {tie.propositions[0]: n for n, tie in enumerate(cast.ties) if tie.kind != "denial"}
    ribbons = [
        Ribbon(
            ends[tie.source], -1 if tie.kind == "denial" else ends[tie.target], *said.size(),
            onto=disputes[tie.target] if tie.kind == "denial" else -1,
        )
        for tie, said in zip(cast.ties, words, strict=True)
    ]  # fmt: skip
    size = sheet(cast)
    if kept is not None and all(member.node in kept for member in cast.members):
        words_at = {number: kept[key] for number, key in enumerate(keys) if key in kept}
        found: Slid | Arranged = slid(blocks, groups, ribbons, [kept[m.node] for m in cast.members], words_at)
    else:
        # numpy is needed only where something is placed.
        from .arrange import arrange  # noqa: PLC0415

        found = arrange(blocks, groups, ribbons, size, beginnings=beginnings, again=again)
    return Placed(
        cast,
        size,
        names,
        {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(index, found.blocks, strict=True)},
        {node: tuple(round(float(v), 1) for v in box) for node, box in zip(frames, found.frames, strict=True)},  # type: ignore[misc]
        words,
        [round(float(value), 3) for value in found.along],
        [round(float(value), 1) for value in found.aside],
        [round(float(value), 1) for value in found.bend],
        keys,
    )


def record(placed: Placed, identify: Callable[[str], str]) -> CastData:
    """A placed cast as the page's data, its nodes, frames and propositions by the page's own ids."""
    ties: list[CastTieData] = []
    for tie, said, along, aside, bend in zip(
        placed.cast.ties, placed.words, placed.along, placed.aside, placed.bend, strict=True
    ):
        ties.append(
            {
                "kind": tie.kind,
                "line": tie.line,
                "source": identify(tie.source),
                "target": identify(tie.target),
                "props": [identify(each) for each in tie.propositions],
                "verb": said.verb,
                "who": said.who,
                "unnamed": said.unnamed,
                "size": [round(value, 1) for value in said.size()],
                "along": along,
                "aside": aside,
                "bend": bend,
            }
        )
    return {
        "size": [round(value) for value in placed.size],
        "nodes": [
            {
                "id": identify(member.node),
                "at": placed.at[member.node],
                "size": [round(value, 1) for value in placed.names[member.node].size()],
                "actor": member.actor,
                "title": placed.names[member.node].title,
                "below": placed.names[member.node].below,
                "post": identify(member.post_said_in) if member.post_said_in else "",
                "statements": member.statements,
            }
            for member in placed.cast.members
        ],
        "frames": [
            {
                "id": identify(frame.node),
                "box": placed.frames[frame.node],
                "members": [identify(member) for member in frame.members],
            }
            for frame in placed.cast.frames
        ],
        "ties": ties,
        "listed": [identify(node) for node in placed.cast.listed],
    }


__all__ = ["Placed", "Wording", "choose_cast", "place_cast", "record", "sheet"]
