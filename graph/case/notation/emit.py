"""Drafts in, the blocks and things of format 1 out: here references are looked up, and answers find their claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from ...base.errors import did_you_mean
from ...vocabulary.model import Relation
from ...yaml.reader import Table, Text
from ...yaml.reader import Value as Written
from ..lines import UNSTATED, Numbered
from ..texts import FRONT
from ..values import Date, parse_date
from .drafts import AFFIRMING, Draft
from .files import SOMEBODY, Entry, Part
from .grammar import Value
from .marks import marked, row, table
from .reading import KEYWORDS
from .things import OPPOSING, TAKEN_BACK, Things
from .times import parse_time
from .tokens import LineError, place_in, tokens

#: Statuses whose modality has another name.
_MODALITIES = {"would-have": "counterfactual"}


class Emitter:
    """Writes the statements of one case as blocks of format 1."""

    def __init__(self, made: Things) -> None:
        self.made, self.editorial = made, made.editorial
        self.reading, self.nodes, self.actors = made.reading, made.nodes, made.actors
        self.vocabulary = made.vocabulary
        self._inverses = made.vocabulary.inverses()
        self._documents = {draft.entry.part.document for draft in made.reading.drafts}
        self._keys: dict[str, list[Draft]] = defaultdict(list)
        self._words: dict[tuple[str, str], str] = {}
        self._speakers: dict[int, dict[str, dict[str, Written | str]]] = {}
        self._told: set[tuple[int, str]] = set()
        self._extra: list[Draft] = []
        #: Document and id of a statement → who makes it.
        self._tellers: dict[tuple[str, str], str | None] = {}
        #: By which names editors may decide on statements.
        self.named: set[str] = set()
        self._number = 0
        #: Drafts that name what there is not: what is said of them is not told as one more mistake.
        self._failed: set[int] = set()

    # --- speakers

    def speakers(self, part: Part, lines: Mapping[str, Text]) -> None:
        """Take in `speakers:` of a document."""
        found: dict[str, dict[str, Written | str]] = {}
        for id_, text in lines.items():
            if not self.made.is_node(id_) and id_ != SOMEBODY:
                self._nobody(part, text, id_, 0)
            fields: dict[str, Written | str] = {}
            for piece in text.split(";"):
                self._spoken(part, text, piece.strip(), fields)
            found[id_] = fields
        self._speakers[id(part)] = found

    def _spoken(self, part: Part, text: Text, piece: str, fields: dict[str, Written | str]) -> None:
        """`for norvik`, `via probably wire, ap`, `said 2032-03-01`."""
        at = max(text.find(piece), 0)
        word, _, rest = piece.partition(" ")
        rest = rest.strip()
        if word == "for" and rest:
            fields["for"] = self._speaker(part, text, rest, at)
        elif word == "via" and rest:
            names = [name.strip() for name in re.split(r",(?![^()]*\))", rest)]
            # Passed on by nobody who is named: reportedly.
            fields |= {"reported": "true"} if SOMEBODY in names else {}
            fields["via"] = row([self._step(part, text, name, at) for name in names if name != SOMEBODY], text)
        elif word == "said" and rest:
            try:
                bare = " ".join(token.text for token in tokens(rest) if token.kind != "printed")
                fields |= {"said": parse_time(bare.removeprefix("probably "), self._published(part)).date}
            except LineError as error:
                part.error(text, at + error.at, error.what, error.remedy)
            except ValueError as error:
                what, _, remedy = str(error).partition(": ")
                part.error(text, at, f"has an impossible time: {what}.", f"{remedy[:1].upper()}{remedy[1:]}.")
        else:
            part.error(text, at, f'has "{piece}" where for, via or said is due.', "Write: for norvik; via wire.")

    def _published(self, part: Part) -> Mapping[str, Date | None]:
        card = part.form.get("document")
        day = card.get(Text("published")) if isinstance(card, Table) else None
        try:
            return {"published": parse_date(day) if isinstance(day, Text) else None}
        except ValueError:
            return {"published": None}

    def _step(self, part: Part, text: Text, name: str, at: int) -> Written | str:
        """`bbc`, `probably bbc`, `bbc (reported)`: who passed it on, and how."""
        bare, _, verb = name.partition(" (")
        guess = bare.startswith("probably ")
        id_ = self._speaker(part, text, bare.removeprefix("probably ").strip(), at)
        if not guess and not verb:
            return id_
        return table({"who": id_, "implied": "true" if guess else "", "verb": verb.removesuffix(")")}, text)

    def _speaker(self, part: Part, text: Text, id_: str, at: int) -> str:
        if not self.made.is_node(id_):
            self._nobody(part, text, id_, at)
        return id_

    def _nobody(self, part: Part, text: Text, id_: str, at: int) -> None:
        # A name that is missing is told once for each line that needs it.
        if (id(text), id_) in self._told:
            return
        self._told.add((id(text), id_))
        known = [*self.nodes, *(event.id for event in self.reading.events.values() if event.written)]
        part.error(
            text, at, f'names "{id_}", which is neither a name nor a line.', did_you_mean(id_, known), unknown=True
        )

    # --- blocks

    def blocks(self) -> dict[int, list[Table]]:
        """The blocks of each part, by its identity."""
        self._unique()
        drafts = list(self.reading.drafts)
        self._tellers = {(draft.entry.part.document, draft.sid): draft.speaker for draft in drafts}
        for draft in drafts:
            if draft.again is None:
                self._keys[self._key(draft)].append(draft)
        made: dict[int, list[Table]] = defaultdict(list)
        # What only an answer speaks of is added while these are written, and comes last.
        for draft in chain(drafts, self._extra):
            for section, sid, fields in self._statements(draft):
                made[id(draft.entry.part)].append(self._block(draft, section, sid, fields))
        return made

    def _unique(self) -> None:
        """Ids that digests share get a number; ids that two lines share are a finding."""
        seen: dict[tuple[str, str], Draft] = {}
        for draft in self.reading.drafts:
            part = draft.entry.part
            base, number = draft.sid, 1
            while (part.document, draft.sid) in seen:
                number += 1
                first = seen[part.document, draft.sid]
                if base == draft.line.id and base == first.line.id and first.entry.text is not draft.entry.text:
                    line = first.entry.text.line
                    part.error(draft.entry.text, draft.line.id_at, f'has the id "{base}", as line {line} has.',
                               "Give one of the two another id.")  # fmt: skip
                draft.sid = f"{base}-{number}"
            seen[part.document, draft.sid] = draft

    def _block(self, draft: Draft, section: str, sid: str, fields: dict[str, Written | str]) -> Table:
        spot, entry = draft.entry.spot, draft.entry
        block: dict[str, Written | str] = {"at": spot.at, "chars": spot.chars, "cue": spot.cue}
        block["by"] = draft.speaker or UNSTATED
        block["verb"] = entry.speaking.verb
        block |= self._speakers.get(id(entry.part), {}).get(draft.speaker or SOMEBODY, {})
        for clause in entry.line.clauses:
            if clause.word in ("for", "via", "said"):
                self._spoken(entry.part, entry.text, f"{clause.word} {clause.raw}", block)
                if clause.word == "for" and draft.speaker == entry.part.publisher:
                    self._for_nobody(entry, clause.at)
        if draft.speaker and not self.made.is_node(draft.speaker):
            self._nobody(entry.part, entry.speaking.key, draft.speaker, 0)
            block["by"] = UNSTATED
        if spot.summary is not None:
            block["summary"] = spot.summary
        name = Numbered(sid)
        self._number += 1
        name.number, name.end, name.plain = self._number, entry.text.end, True
        name.line, name.column = place_in(entry.text, entry.part.source, draft.subject.at)
        block[section] = table({name: table(fields, entry.text)}, entry.text)
        return table(block, entry.text)

    def _for_nobody(self, entry: Entry, at: int) -> None:
        """For whom something is done is easily taken for whom it is said for; a paper prints on nobody's behalf."""
        if (id(entry.text), entry.speaking.key) not in self._told:
            self._told.add((id(entry.text), entry.speaking.key))
            entry.part.error(entry.text, at, "has `for` behind what the paper itself says, on nobody's behalf.",
                             "For whom or what something was done is purpose, or a line of its own.")  # fmt: skip

    def _mark(self, draft: Draft, word: str, at: int) -> Text:
        text = marked(word, draft.entry.text)
        text.line, text.column = place_in(draft.entry.text, draft.entry.part.source, at)
        return text

    # --- statements

    def _statements(self, draft: Draft) -> Iterable[tuple[str, str, dict[str, Written | str]]]:
        if draft.again is not None:
            yield from self._said_again(draft)
            return
        section = draft.section
        if section in OPPOSING:
            groups = self._groups(
                other for other in self._keys[self._key(draft)] if other.affirms and other is not draft
            )
            if groups:
                yield from self._answers(draft, groups, written=True)
                return
        fact = self._fact(draft)
        if not fact:
            self._failed.add(id(draft))
        else:
            fields: dict[str, Written | str] = {"fact": row(fact, draft.entry.text), **self._common(draft)}
            if section in ("implied", "inferred"):
                if section == "inferred":
                    fields["inferred"] = "true"
                section, fields["implied"] = "asserts", "true"
            yield section, draft.sid, fields

    def _said_again(self, draft: Draft) -> Iterable[tuple[str, str, dict[str, Written | str]]]:
        name = draft.again
        assert name is not None  # asked for by the caller
        targets = self._named(draft, name)
        groups = self._groups(other for other in targets if other.sid)
        if groups:
            if draft.section in (*OPPOSING, "asserts", "declines"):
                groups = groups + self._groups(self._ties_of(name)) if draft.section == "denies" else groups
                yield from self._answers(draft, groups)
            else:
                yield from self._restated(draft, groups)
        elif self.made.is_node(name.text):
            if not self._can_occur(name.text):
                if any(clause.word not in KEYWORDS for clause in draft.line.clauses):
                    return  # What follows it was told to be a line of its own.
                draft.entry.part.error(draft.entry.text, name.at, f'says "{name.text}" and no more.', "Add a relation.")
                return
            fields = {"fact": row([self._mark(draft, name.text, name.at), "occurred"], draft.entry.text)}
            yield draft.section, draft.sid, {**fields, **self._common(draft)}
        elif self._elsewhere(name):
            section = "confirms" if draft.section == "asserts" else draft.section
            named: Written = self._mark(draft, name.text, name.at)
            yield section, draft.sid, {**self._common(draft), "of": named}
        elif (draft.entry.part.document, name.text) not in self.reading.lines:
            self._nobody(draft.entry.part, draft.entry.text, name.text, name.at)

    def _can_occur(self, id_: str) -> bool:
        """Whether a name alone says something: that what is named so took place."""
        actor = self.actors.get(self.nodes.get(id_, ""))
        return actor is None or self.vocabulary.is_a(actor.kind, self.vocabulary.relations["occurred"].subject)

    def _ties_of(self, name: Value) -> Iterable[Draft]:
        """Plain ties that fall with what is denied: with the event, or with one of the two ends."""
        id_, _, part = name.text.partition(".")
        event = self.reading.events.get(id_)
        if event is None or part == "tie":
            return []
        ends = {tie.relation for tie in event.frame.ties if not part or part in (tie.first, tie.second)}
        return [tie for tie in event.parts.get("tie", ()) if tie.relation in ends]

    def _answers(
        self, draft: Draft, groups: list[list[Draft]], *, written: bool = False
    ) -> Iterable[tuple[str, str, dict[str, Written | str]]]:
        """An answer for each relationship that is answered, linked to everybody who states it.

        What is `written` again may mean what it says and no more (`_denies_the_fact_alone`). A part of an event is held
        as the event is.
        """
        section = "confirms" if draft.section == "asserts" else draft.section
        link = "confirms" if section == "confirms" else "counters"
        for number, group in enumerate(groups):
            alike = {id(other): written and other.status != draft.status for other in group}
            first, *others = sorted(
                group, key=lambda other: (alike[id(other)], other.entry.part is not draft.entry.part)
            )
            fields: dict[str, Written | str] = {"of": self._mark(draft, self._name_of(draft, first), draft.subject.at)}
            if others and section != "declines":
                fields[link] = row([self._name_of(draft, other) for other in others], draft.entry.text)
            if draft.status and draft.status != first.status:
                fields["modality"] = _modality(draft.status)
            elif written and not draft.status and self._denies_the_fact_alone(draft, first):
                fields["modality"] = "actual"
            yield section, _numbered(draft, number), {**self._common(draft, status=False), **fields}

    def _denies_the_fact_alone(self, draft: Draft, first: Draft) -> bool:
        """Whether a denial without a status leaves standing what is said with one.

        What others plan or call possible is denied as they say it. Whoever only expects something does not say that it
        is so; and nobody is taken to deny what they say themselves.
        """
        relation, _ = self._relation(draft)
        own = first.speaker == draft.speaker
        return bool(first.status) and (own or first.status == "expected") and not (relation and relation.role)

    def _restated(self, draft: Draft, groups: list[list[Draft]]) -> Iterable[tuple[str, str, dict[str, Written | str]]]:
        """Alleging or guessing what another said: the same relationship, in the speaker's own way."""
        for number, group in enumerate(groups):
            fact = self._fact(group[0])
            confirms = row([self._name_of(draft, other) for other in group if other.affirms], draft.entry.text)
            if fact:
                fields = {"fact": row(fact, draft.entry.text), "confirms": confirms, **self._common(draft)}
                yield draft.section, _numbered(draft, number), fields

    def _groups(self, drafts: Iterable[Draft]) -> list[list[Draft]]:
        """Drafts by what they state."""
        groups: dict[str, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(self._key(draft), []).append(draft)
        return list(groups.values())

    def _named(self, draft: Draft, name: Value) -> list[Draft]:
        """The statements that an id means: a line's, an event's, a part's."""
        reading = self.reading
        document, _, sid = name.text.rpartition("/")
        found = reading.lines.get((document or draft.entry.part.document, sid))
        if found:
            return [one for one in found if one.again is None or one is not draft]
        id_, dot, part = name.text.partition(".")
        event = reading.events.get(id_)
        if event is None:
            return self._parts_of_line(draft, id_, part) if dot else []
        if dot:
            made = [one for one in event.parts.get(part, ()) if one.sid and one is not draft]
            return made or self._parts_of_line(draft, id_, part)
        every = [one for one in reading.drafts if one.event == id_ and one.again is None and one is not draft]
        occurred = [one for one in every if one.piece == "occurred"]
        kept = occurred if event.frame.occurs else [one for one in every if one.part != "tie"]
        return [one for one in kept if one.affirms] or [one for one in kept if one.section == "implied"] or []

    def _parts_of_line(self, draft: Draft, id_: str, part: str) -> list[Draft]:
        """`busy.because`: what was said of a line itself."""
        lines = set(self.reading.lines.get((draft.entry.part.document, id_), []))
        return [
            one
            for one in self.reading.drafts
            if one.relation == part and (one.subject.text == id_ or lines & set(one.links.get("subject", ())))
        ]

    def _name_of(self, draft: Draft, other: Draft) -> str:
        same = other.entry.part.document == draft.entry.part.document
        return other.sid if same else f"{other.entry.part.document}/{other.sid}"

    # --- facts

    def _key(self, draft: Draft) -> str:
        """What a draft states, so that who says the same is found; an inverse is turned."""
        relation, turned = self._relation(draft)
        ends = [self._end_key(draft, "subject", draft.subject), self._end_key(draft, "third", draft.third)]
        undirected = relation is not None and not relation.directed
        ends = sorted(ends) if undirected else ends[::-1] if turned else ends
        return "\x1f".join([ends[0], relation.key if relation else draft.relation, ends[1]])

    def _end_key(self, draft: Draft, end: str, value: Value | None) -> str:
        if draft.links.get(end):
            return self._key(draft.links[end][0])
        return "" if value is None else f"{value.kind} {value.text} {value.noun}"

    def _relation(self, draft: Draft) -> tuple[Relation | None, bool]:
        relations = self.vocabulary.relations
        if draft.relation in self._inverses:
            return relations[self._inverses[draft.relation]], True
        return relations.get(draft.relation), False

    def _fact(self, draft: Draft) -> list[Written | str]:
        """Subject, relation and third place, looked up; empty, with a finding, when something is not known."""
        relation, turned = self._relation(draft)
        if relation is None:
            return []
        wanted = (relation.third, relation.subject) if turned else (relation.subject, relation.third)
        if draft.third is None and "none" not in relation.takes:
            told = f"{draft.subject.text} {draft.relation} …".strip()
            draft.entry.part.error(draft.entry.text, draft.subject.at, f"has {draft.relation} with nothing behind it.",
                                   f"Write what: {told}")  # fmt: skip
            return []
        subject = self._end(draft, "subject", draft.subject, relation, wanted[0])
        fact: list[Written | str] = [subject, draft.relation] if subject else []
        if draft.third is not None and fact:
            third = self._end(draft, "third", draft.third, relation, wanted[1])
            fact = [*fact, third] if third else []
        return fact

    def _end(self, draft: Draft, end: str, value: Value, relation: Relation, wanted: Iterable[str]) -> Text | None:
        if linked := draft.links.get(end):
            inner: Draft | None = linked[0]
            assert inner is not None
            if id(inner) in self._failed:
                return None
            if inner.again is not None or inner.section in (*OPPOSING, "asks"):
                inner = self._spoken_of(inner)
            return self._mark(draft, self._name_of(draft, inner), value.at) if inner is not None else None
        if value.kind == "name":
            return self._known(draft, value)
        if value.kind == "words":
            takes = relation.takes if end == "third" else frozenset({"node"})
            plain = "text" in takes and "node" not in takes
            return self._mark(draft, value.text if plain else self.made.notion(draft, value, wanted), value.at)
        if value.kind == "figure":
            if not relation.takes & {"quantity", "date", "text"}:
                return self._counted(draft, value, wanted)
            if not self.made.is_figure(draft, value, relation):
                return None
            return self._mark(draft, self.made.figure(draft, value), value.at)
        return self._mark(draft, value.text, value.at)

    def _counted(self, draft: Draft, value: Value, wanted: Iterable[str]) -> Text | None:
        """A figure where a node is due: `issued 0 "fines"` is about what it counts."""
        if not value.noun:
            part, text = draft.entry.part, draft.entry.text
            remedy = f'Put what it counts in quotation marks: {value.text} "…".'
            part.error(text, value.at, f'has the figure "{value.text}" where {draft.relation} needs a name.', remedy)
            return None
        told = tuple((tag, value.text.replace("\x00", noun)) for tag, noun in value.other)
        words = Value("words", value.text.replace("\x00", value.noun), value.at, told)
        return self._mark(draft, self.made.notion(draft, words, wanted), value.at)

    def _known(self, draft: Draft, value: Value) -> Text | None:
        if self.made.is_node(value.text):
            return self._mark(draft, value.text, value.at)
        named = self._named(draft, value)
        if named:
            if all(one.section in OPPOSING for one in named):
                draft.entry.part.error(
                    draft.entry.text, value.at, f'is about "{value.text}", which denies something: that would be lost.',
                    f"Name what it denies; or write counters {value.text}, if it speaks against the denial.",
                )  # fmt: skip
                return None
            first = next((one for one in named if one.affirms), named[0])
            inner = first if first.section in (*AFFIRMING, "mentions", "implied") else self._spoken_of(first)
            return self._mark(draft, self._name_of(draft, inner), value.at) if inner else None
        if self._elsewhere(value):
            return self._mark(draft, value.text, value.at)
        if (draft.entry.part.document, value.text) not in self.reading.lines:
            self._nobody(draft.entry.part, draft.entry.text, value.text, value.at)
        return None

    def _elsewhere(self, value: Value) -> bool:
        """Whether it names a statement of a document that is not written in this form: it is looked up with those."""
        document, slash, _ = value.text.partition("/")
        return bool(slash) and document not in self._documents

    def _spoken_of(self, denial: Draft) -> Draft | None:
        """What a denial denies, as a statement that others can be about: one that affirms it, else a mention."""
        if denial.again is not None:
            named = self._named(denial, denial.again)
            return next((one for one in named if one.affirms), named[0] if named else None)
        for other in self._keys[self._key(denial)]:
            if other.affirms or other.section == "mentions":
                return other
        mention = Draft(denial.entry, denial.speaker, "mentions", denial.subject, denial.relation, denial.third,
                        denial.status, sid=f"{denial.sid}-m", links=dict(denial.links))  # fmt: skip
        mention.links.pop("alternative_of", None)
        self._keys[self._key(mention)].append(mention)
        self._extra.append(mention)
        return mention

    def _common(self, draft: Draft, *, status: bool = True) -> dict[str, Written | str]:
        """The fields of a statement, beside what it states."""
        fields: dict[str, Written | str] = dict(draft.fields)
        if status and draft.status and draft.status != "open":
            fields["modality"] = _modality(draft.status)
        if draft.hedge:
            fields["hedge"] = row(draft.hedge, draft.entry.text)
        if draft.entry.spot.at in FRONT and draft.affirms and "depends_on" not in draft.links:
            draft.links["depends_on"] = self._body_of(draft)
        for key in ("alternative_of", "depends_on", "counters"):
            names = []
            for other in draft.links.get(key, ()):
                pointed = self._named(draft, other.again) if other.again else [other]
                pointed = pointed if key == "counters" else pointed[:1]
                if not pointed and other.again:
                    self._nobody(draft.entry.part, draft.entry.text, other.again.text, other.again.at)
                names += [self._name_of(draft, one) for one in pointed]
            if names:
                fields[key] = row(names, draft.entry.text)
        return fields | self._by_editors(draft)

    def _by_editors(self, draft: Draft) -> dict[str, Written]:
        """What editors say of a statement by its id, or of a part of an event by `fee.by`.

        What is taken back of an event is taken back with the parts of it that the same speaker tells in that document.
        """
        fields: dict[str, Written] = {}
        document = draft.entry.part.document
        own = [draft.sid]
        if draft.event and self._tellers.get((document, draft.event), "") == draft.speaker:
            own += [f"{draft.event}.{draft.part}"] if draft.part else []
            for name in (draft.event, f"{document}/{draft.event}"):
                told = self.editorial.get(name, {})
                fields |= {key: told[key] for key in TAKEN_BACK if key in told}
        for name in (*own, *(f"{document}/{name}" for name in own)):
            self.named |= {name}
            fields |= self.editorial.get(name, {})
        return fields

    def _body_of(self, draft: Draft) -> list[Draft]:
        """The statement of the body that a headline or a caption repeats: it is no second source."""
        same = self._keys[self._key(draft)]
        part = draft.entry.part
        return [one for one in same if one.affirms and one.entry.part is part and one.entry.spot.at not in FRONT][:1]


def _numbered(draft: Draft, number: int) -> str:
    return draft.sid + (f"-{number + 1}" if number else "")


def _modality(status: str) -> str:
    return _MODALITIES.get(status, status)
