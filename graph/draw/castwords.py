"""The words of a cast: the name in every box and the words on every line, in every language, broken into rows.

Every line carries a bare verb and, below it, who says so; whatever is only alleged, planned or disputed says it in the
same words, because a crop of the drawing must never read as a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from ..network.cast import Member, Tie
from ..network.cast.story import AFFIRMING, OPPOSING
from ..network.records import Claim, Proposition, propositions_in
from ..vocabulary.model import CONDITIONS
from ..words import contracted, languages, listed, message, plural
from .measure import width, wrapped
from .signs import JUDGEMENT, sign_of

#: Sizes of type in pixels: names, the words of lines, and the smaller second lines.
NAME, WORDS, SMALL = 13.5, 13.0, 12.5
NAME_MOST, WORDS_MOST = 142.0, 160.0
LEADING = {NAME: 17.0, WORDS: 16.0, SMALL: 15.5}
GLYPH = 26.0
#: Names longer than this give way to an abbreviation that the case knows.
LONG = 30
#: No name takes more of a drawing than so many characters.
LONGEST = 120
#: As many speakers are named on a line, where their names are no longer than this together; else two.
NAMED, NAMED_MOST = 3, 64
#: More independent origins make no line wider still.
MOST_ORIGINS = 3

Texts = dict[str, list[str]]


@dataclass(frozen=True)
class Words:
    """What stands on a line, broken into rows, for each language: what is said, and who says it."""

    verb: Texts
    who: Texts
    #: How many of the first rows of `who` name nobody ("implied by the text"): no speaker, not coloured as one.
    unnamed: dict[str, int] = field(default_factory=dict)
    #: Which rows of `who` begin what somebody else says, or says otherwise ("done: AP"); the others go on.
    begins: dict[str, list[int]] = field(default_factory=dict)
    #: How its line is drawn, see `signs`.
    sign: str = "said"
    #: By how many independent origins it rests, at most `MOST_ORIGINS`: its line is as much wider.
    origins: int = 1

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
        #: What is said only on a condition, which has no room on a line.
        self.conditional = self._conditional()

    def _conditional(self) -> set[str]:
        """What is said to be so on a condition: of an event with its parts, and with the ties that follow from it."""
        records = self.propositions.values()
        held = {record["subject"] for record in records if record["relation"] in CONDITIONS}
        happening = [r for r in records if r["relation"] == "occurred" and {r["proposition"], r["subject"]} & held]
        events = {record["subject"] for record in happening}
        first = {claim["id"] for record in happening for claim in record["claims"]}
        return held | {
            record["proposition"]
            for record in records
            if record["relation"] not in CONDITIONS
            and (record["subject"] in events or any(first & set(claim["depends_on"]) for claim in record["claims"]))
        }

    def _found(self, claims: Iterable[str]) -> list[Claim]:
        return [self.claims[each] for each in claims if each in self.claims]

    # --- names

    def label(self, node: str, language: str) -> str:
        """A node's name in a language, or in the one there is."""
        if node not in self.network:
            return ""
        label: Mapping[str, str] = self.network.nodes[node]["label"]
        name = label.get(language) or next(iter(label.values()), "")
        return _cut(name)

    def _inside(self, node: str, language: str) -> str:
        """A node's name as it stands in a sentence, with its article; nothing for what is no node."""
        if node not in self.network:
            return ""
        name: Mapping[str, str] = self.network.nodes[node]["name"] or {}
        return name.get(language, "")

    def short(self, node: str, language: str) -> str:
        """The abbreviation that a name's capitals spell, when somebody is known by it; else the name."""
        label = self.label(node, language)
        return self._initials(node, label) or label

    def _initials(self, node: str, label: str) -> str:
        capitals = "".join(word[0] for word in label.replace("-", " ").split() if word[0].isupper())
        aliases = self.network.nodes[node]["aliases"] if node in self.network else ()
        # A kind may stand before a name: `Agencia Associated Press` is AP.
        spelt = (capitals[skipped:] for skipped in range(2))
        return next((each for each in spelt if len(each) > 1 and each in aliases), "")

    def within(self, node: str, language: str) -> str:
        """Its abbreviation, or its name as it stands in a sentence: `via posts on social media`, `for the port`."""
        label = self.label(node, language)
        return self._initials(node, label) or _cut(self._inside(node, language)) or label

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

    def speaker(self, claim: Claim, language: str, *, answered: bool = False, alone: bool = False) -> str:
        """`Karoline Leavitt for White House via AP`; without a speaker, that it is not said who.

        What is `answered` and nobody named says is a claim that the text tells of; the text does not imply it. `alone`:
        without for whom they speak.
        """
        if silence := _silence(claim, answered=answered):
            text = self.within(claim["speaker"] or claim["publisher"], language) if silence == "implied" else ""
            return message(language, "cast.impliedBy", name=text) if text else message(language, f"cast.{silence}")
        name = self.short(claim["speaker"], language)
        whom = claim["for"]
        if whom and not alone and whom != claim["speaker"] and self.short(whom, language) not in name:
            name = message(language, "cast.for", name=name, body=self.within(whom, language))
        if claim["via"]:
            name = message(language, "cast.via", name=name, relay=self.within(claim["via"][0], language))
        return contracted(name, language)

    def saying(self, claims: Sequence[Claim], language: str, *, answered: bool = False) -> list[str]:
        """Who says so, in rows: one for all, or one for each modality where speakers differ in it, `planned: AP`."""
        by_modality: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_modality[claim["modality"]].append(claim)
        rows = {
            modality: self.speakers(some, language, answered=answered)
            for modality, some in sorted(by_modality.items(), key=lambda row: row[0] == "actual")
        }
        if len(rows) < 2:
            return list(rows.values())
        return [message(language, "cast.holds", name=n, modality=_modality(m, language)) for m, n in rows.items()]

    def speakers(self, claims: Sequence[Claim], language: str, *, answered: bool = False) -> str:
        """Up to three names, else two and how many more. Of several, for whom each speaks stands in the card."""
        names = [self.speaker(claim, language, answered=answered) for claim in claims]
        if len(set(names)) > 2:
            names = [self.speaker(claim, language, answered=answered, alone=True) for claim in claims]
        return _few(names, language)

    def _opponents(self, claims: Sequence[Claim], language: str) -> str:
        """Who answers, by name alone: how it reached us stands on the answer's own line."""
        return _few([self._plain(claim, language) for claim in claims], language)

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
        verb, who, unnamed, begins = {}, {}, {}, {}
        for tag in languages():
            said, names, silent = self._denial(tie, tag) if tie.kind == "denial" else self._said(tie, tag)
            rows = [wrapped(name, SMALL, WORDS_MOST) for name in names]
            verb[tag] = wrapped(said, WORDS, WORDS_MOST)
            who[tag] = [row for broken in rows for row in broken]
            unnamed[tag] = len(rows[0]) if silent else 0
            begins[tag] = [sum(map(len, rows[:number])) for number in range(len(rows))]
        return Words(verb, who, unnamed, begins, self.sign(tie), self.origins(tie))

    def origins(self, tie: Tie) -> int:
        """On how many independent origins a tie rests: of several relationships the one that rests on fewest."""
        if tie.kind in ("speech", "denial"):
            return 1
        fewest = min(self.propositions[each]["origins"] for each in tie.propositions)
        return min(MOST_ORIGINS, max(1, fewest))

    def sign(self, tie: Tie) -> str:
        """How a tie is drawn: as what is written on it stands, and no firmer than the tie as a whole."""
        if tie.kind in ("speech", "denial"):
            return "speaks"
        return sign_of(self.written(tie)) if tie.line == "said" else tie.line

    def key(self, tie: Tie) -> str:
        """By what the place of its words is kept: what is written on it, or the statement by which somebody answers."""
        if tie.kind == "denial":
            return self._answers(tie)[0]["id"]
        return tie.propositions[0]

    def _answers(self, tie: Tie) -> list[Claim]:
        claims = self.propositions[tie.propositions[0]]["claims"]
        return [c for c in claims if c["stance"] in OPPOSING and tie.source in (c["for"], c["speaker"])]

    def _denial(self, tie: Tie, language: str) -> tuple[str, list[str], bool]:
        claims = self._answers(tie)
        key = "cast.denies" if claims[0]["stance"] == "denied" else "cast.disputes"
        return message(language, key), [self.speakers(claims, language)], False

    def _said(self, tie: Tie, language: str) -> tuple[str, list[str], bool]:
        """What is said, who says it, and whether the first of these names nobody."""
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
            elif opposing:
                text = f"× {text}"
        text = self._qualified(tie, record, text, claims, language)
        more = len({p for p in tie.propositions if not tie.shared}) - 1
        if more > 0 and tie.kind != "payment":
            text = message(language, "cast.more", text=text, n=more)
        answered = any(claim["stance"] in OPPOSING for claim in record["claims"])
        rows = self.saying(claims, language, answered=answered)
        silent = len(rows) == 1 and all(_silence(claim, answered=answered) for claim in claims)
        if rows and self.sign(tie) == JUDGEMENT and not silent:
            rows[0] = message(language, "cast.view", name=rows[0])
        if opposing:
            rows.append(message(language, "cast.against", name=self._opponents(opposing, language)))
        return text, rows, silent

    def _qualified(self, tie: Tie, record: Proposition, text: str, claims: Sequence[Claim], language: str) -> str:
        """With the mark of its standing, and the word that softens it."""
        if any(claim["stance"] == "alleged" for claim in claims):
            text = message(language, "cast.alleged", text=text)
        elif any(claim["reportedly"] for claim in claims):
            text = message(language, "cast.reportedly", text=text)
        elif any(claim["stance"] == "presumed" for claim in claims):
            text = message(language, "cast.presumed", text=text)
        elif tie.line == "soft" and claims and all(c["speaker"] and not c.get("implied") for c in claims):
            # Plainly said, and able to hurt: nobody's word makes it certain.
            text = message(language, "cast.unconfirmed", text=text)
        modality = _weakest(claims)
        if tie.line == "notyet" and modality != "actual":
            # Where speakers differ, each row of them says how far it has come.
            differ = len({claim["modality"] for claim in claims}) > 1
            if not differ and (tie.kind == "payment" or not _is_required(record)):
                text = message(language, "cast.notyet", modality=_modality(modality, language), text=text)
            if record["proposition"] in self.conditional and modality != "conditional":
                text = message(language, "cast.conditional", text=text)
            return text
        mark = {"soft": "? ", "disputed": "× ", "accepted": "✓ "}.get(tie.line, "")
        return mark + text

    def written(self, tie: Tie) -> Proposition:
        """The proposition whose words stand on a line; of what a speaker says, the shortest that says most."""
        records = [self.propositions[each] for each in tie.propositions]
        if tie.kind != "speech":
            return records[0]
        own = [r for r in records if any(tie.source in (c["speaker"], c["for"]) for c in r["claims"])] or records

        def plainness(record: Proposition) -> tuple[bool, bool, bool, bool, int]:
            # What is written stands as the line does, and says whole what it says.
            other, open_ended = record["line"] != tie.line, record["third"] == tie.target
            length = len(self._matter(tie, record, "en"))
            return record["relation"] == "occurred", other, not _is_figure(record), open_ended, length

        return min(own, key=plainness)

    def _matter(self, tie: Tie, record: Proposition, language: str) -> str:
        if tie.kind == "payment":
            amounts = [self.propositions[p] for p in tie.propositions if self.propositions[p]["relation"] == "amount"]
            if not amounts:
                return message(language, "cast.paysSomething")
            return message(language, "cast.pays", what=self.third(amounts[0], language))
        subject = tie.source if tie.shared else record["subject"]
        verb = plural(self.bare(record, language), self._inside(subject, language), language)
        if tie.kind == "speech":
            if _is_figure(record):
                return self.third(record, language)
            # Of whom it is said stands first, or it would seem to be the speaker.
            before = "" if record["subject"] == tie.source else self.label(record["subject"], language)
            said = verb if record["third"] == tie.target else self._with(verb, record["third"], record, language)
            return contracted(f"{before} {said}".strip(), language)
        return contracted(self._with(verb, tie.matter, record, language) if tie.matter else verb, language)

    def _with(self, verb: str, node: str, record: Proposition, language: str) -> str:
        """A verb with what follows it: `owns Selmo`, `knew that the licence has expired`."""
        if node not in self.network:
            return f"{verb} {self.third(record, language)}".strip()
        name = self.label(node, language)
        if self.network.nodes[node]["type"] != "statement":
            return f"{verb} {_within(name, record, language)}"
        # The name of a statement says first how it stands; here it is only what the speaker below holds.
        found = _clause(verb, record, language) or _claimed(
            self.network.nodes[node]["label"].get(language, ""), language
        )
        return f"{verb} {_cut(found)}" if found else f"{verb}: {name}"


def _silence(claim: Claim, *, answered: bool) -> str:
    """Why no speaker is named: `inferred`, `implied` or `unstated`; empty where one is."""
    if claim.get("implied") and (claim["speaker"] or claim.get("inferred") or not answered):
        return "inferred" if claim.get("inferred") else "implied"
    return "" if claim["speaker"] else "unstated"


def _few(names: Iterable[str], language: str) -> str:
    """As many names as a line has room for, two at least, and how many more there are."""
    each = list(dict.fromkeys(names))
    if len(each) <= 2 or (len(each) == NAMED and sum(map(len, each)) <= NAMED_MOST):
        return listed(each, language)
    return message(language, "cast.others", names=", ".join(each[:2]), n=len(each) - 2)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _within(name: str, record: Proposition, language: str) -> str:
    """A name as it stands within a sentence, `renewed repatriation flights`: as the record's own sentences have it."""
    small = name[:1].lower() + name[1:]
    told = [claim["sentence"].get(language, "") for claim in record["claims"]]
    return small if told and all(small in each for each in told) else name


def _clause(verb: str, record: Proposition, language: str) -> str:
    """`that Pryce took part in the dinner`, as the sentence of a statement on `knew that ...` goes on; else nothing."""
    that = message(language, "cast.that")
    for claim in record["claims"]:
        _, found, what = claim["sentence"].get(language, "").partition(f" {verb} {that} ")
        if found and claim["stance"] in AFFIRMING:
            return f"{that} {what.removesuffix('.')}"
    return ""


def _claimed(name: str, language: str) -> str:
    """`that the licence has expired`, of a name that says somebody refers to this claim; empty for others."""
    lead, _, tail = message(language, "sentence.mentioned", what="\0").partition("\0")
    words = lead.split()
    # Who refers to it may stand first: the end of the lead is the same for all.
    for begun in range(len(words) - 1):
        _, found, what = name.partition(f"{' '.join(words[begun:])} ")
        if found:
            return f"{words[-1]} {what.removesuffix(tail)}"
    return ""


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
