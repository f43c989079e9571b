"""Lines in, propositions out: what each line states, or what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..base.errors import did_you_mean
from ..vocabulary.model import Relation, suggested
from ..yaml.reader import Text, Value
from .lines import DEEPEST, Line, Lines, date_at, node_at
from .model import Missing, Nested, Proposition, Third, Words
from .values import Date, parse_date, parse_quantity

#: Sections whose lines affirm nothing; as a part of another statement they would be read as if they did.
_TAKES_NO_SIDE = frozenset({"denies", "contests", "asks", "declines"})
#: Digits between separators of thousands.
_THOUSANDS = 3


class Facts:
    """The propositions that lines state, each once, resolved at need, since a line may be about another one."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.propositions: dict[str, Proposition] = {}
        self._level = 0

    def of(self, line: Line) -> Proposition | None:
        """The (first) proposition of a line, resolved at need, since a line may be about another one."""
        if line.resolved:
            return line.proposition
        if line.resolving:
            line.about_itself()
            return None
        if self._level > DEEPEST:
            line.too_deep()
            return None
        line.resolving = True
        self._level += 1
        if self.lines.answers(line):
            targets = self.lines.targets(line)
            if targets:
                # All of them, so that a circle is met here and nowhere later.
                found = [self.of(target) for target in targets]
                line.proposition = self.answered(line, found[0])
                line.depth = 1 + max(target.depth for target in targets)
        else:
            line.proposition = self._fact(line)
        self._level -= 1
        line.resolving, line.resolved = False, True
        if line.depth > DEEPEST:
            line.too_deep()
            line.proposition = None
        return line.proposition

    def answered(self, line: Line, proposition: Proposition | None) -> Proposition | None:
        """What an answer is about: what it answers, or a period of it when the answer gives one (`when: 2020`)."""
        since, until = self._period(line)
        if proposition is None or not (since or until):
            return proposition
        return self._mint(replace(proposition, since=since, until=until))

    def _fact(self, line: Line) -> Proposition | None:
        row = line.value
        if isinstance(row, Text) or len(row) < 2 or not all(isinstance(part, Text) for part in row):
            line.error(row, "is not a fact.", "Write [subject, relation, third place].")
            return None
        parts = [part for part in row if isinstance(part, Text)]
        relation, turned = self._relation(line, parts[1])
        if relation is None or not self._shaped(line, relation, parts):
            return None
        subject = self._end(line, parts[0], "subject")
        third: Third = None
        if relation.takes != {"none"} and len(parts) > 2:
            third = self._third(line, relation, parts[2])
            if third is None:
                return None
        if subject is None:
            return None
        if turned:
            if not isinstance(third, str | Nested):
                line.error(row, f'uses the inverse "{parts[1]}" with a value.', f"Use {relation.key}.")
                return None
            subject, third = third, subject
        if not relation.directed and isinstance(third, str) and isinstance(subject, str):
            subject, third = sorted((subject, third))
        self._kinds(line, relation, subject, third, row)
        since, until = self._period(line)
        return self._mint(Proposition(subject, relation.key, third, since, until))

    @staticmethod
    def _shaped(line: Line, relation: Relation, parts: Sequence[Text]) -> bool:
        """Whether a fact has as many parts as its relation takes, with a finding when it has not."""
        none = relation.takes == {"none"}
        most = 3 if none else 4
        least = 2 if "none" in relation.takes else 3
        if len(parts) > 3 and parts[2][-1:].isdigit() and parts[3][:1].isdigit():
            whole = f"{parts[2]},{parts[3]}"
            line.error(
                line.value,
                f'has "{whole}", which YAML cuts in two at its comma.',
                f"Write digits without separators: {parts[2]}{parts[3]}."
                if len(parts[3].partition(" ")[0]) == _THOUSANDS
                else f"Write a point for a fraction: {parts[2]}.{parts[3]}.",
            )
            return False
        if not least <= len(parts) <= most:
            shape = "[subject, relation]" if none else "[subject, relation, third place]"
            line.error(
                line.value,
                f"has {len(parts)} parts with {relation.key}.",
                f"Write {shape}, and perhaps a modality.",
            )
            return False
        return True

    def _mint(self, proposition: Proposition) -> Proposition:
        wide = proposition.wide()
        if wide is not None:
            self.propositions.setdefault(wide.iri, wide)
        return self.propositions.setdefault(proposition.iri, proposition)

    def _relation(self, line: Line, name: Text) -> tuple[Relation | None, bool]:
        relations = line.scope.vocabulary.relations
        if name in relations:
            return relations[name], False
        inverses = line.scope.vocabulary.inverses()
        if name in inverses:
            return relations[inverses[name]], True
        line.unknown(
            name,
            f'uses the relation "{name}", which is not declared.',
            suggested(name, line.scope.vocabulary),
        )
        return None, False

    def _end(self, line: Line, name: Text, what: str) -> str | Nested | None:
        """A node, or a nested proposition."""
        if name in line.scope.nodes:
            return line.scope.nodes[name]
        if self.lines.is_statement(line, name):
            target = self.lines.find(line, name, "is about")
            if target and target.section in _TAKES_NO_SIDE:
                line.error(
                    name,
                    f"is about {name}, which {target.section} something: that would be lost.",
                    "Name the statement it answers, with a relation that says so, such as foretells-denial-of.",
                )
                return None
            inner = self.of(target) if target else None
            line.depth = max(line.depth, target.depth + 1) if target else line.depth
            return Nested(inner.iri) if inner else None
        self._unknown(line, name, what)
        return None

    def _unknown(self, line: Line, name: Text, what: str, *, statement: bool = False) -> None:
        # Where the id is missing is said by the id's own line; the file to mend is named.
        missing = "is no actor, no thing and no statement" if statement else "is declared nowhere"
        line.unknown(name, f'says "{name}" as {what}, which {missing}.', did_you_mean(name, line.scope.nodes))

    def _third(self, line: Line, relation: Relation, name: Text) -> Third:
        takes = relation.takes
        if name in ("unknown", "withheld"):
            by = node_at(line, line.form, "withheld_by") if line.form else None
            return Missing(f"{line.document.iri}/{line.sid}/{name}", name == "withheld", by)
        if takes & {"node", "statement"}:
            known = name in line.scope.nodes
            if (known and "node" in takes) or ("statement" in takes and self.lines.is_statement(line, name)):
                return self._end(line, name, "third place")
            if known or not takes & {"quantity", "date", "text"}:
                if self.lines.is_statement(line, name):
                    line.error(
                        name,
                        f"has a statement in third place of {relation.key}, which takes none.",
                        "Name an actor or a thing.",
                    )
                elif known:
                    self._takes(line, relation, name)
                else:
                    self._unknown(line, name, "third place", statement="statement" in takes)
                return None
        return self._value(line, relation, name)

    def _takes(self, line: Line, relation: Relation, name: Text) -> None:
        line.error(
            name,
            f'has "{name}" in third place of {relation.key}, which takes a {" or ".join(sorted(relation.takes))}.',
            "Put such a value there.",
        )

    def _value(self, line: Line, relation: Relation, name: Text) -> Third:
        problem = ""
        if "date" in relation.takes:
            words = name.split(maxsplit=1)
            soft = words[0] if len(words) == 2 and words[0] in ("about", "around", "circa") else ""
            try:
                found = parse_date(words[1] if soft else name)
            except ValueError as error:
                problem = str(error)
            else:
                line.approximate = soft
                return found
        if "quantity" in relation.takes:
            units = line.scope.vocabulary.units
            try:
                quantity, line.approximate = parse_quantity(name, relation.counts, units, line.scope.nodes.get)
            except ValueError as error:
                problem = problem or str(error)
            else:
                return quantity
        if "text" in relation.takes:
            return Words(str(name), line.language())
        what, _, remedy = problem.partition(": ")
        remedy = remedy[:1].upper() + remedy[1:]
        line.findings.error(
            line.file,
            name,
            f"{line.name}: {what}." if what else f"{line.name} has nothing in third place.",
            remedy + ("" if remedy.endswith(("?", ".")) else ".") if remedy else "Correct it.",
        )
        return None

    def _kinds(self, line: Line, relation: Relation, subject: str | Nested, third: Third, at: Value) -> None:
        for node, wanted, what in ((subject, relation.subject, "first"), (third, relation.third, "third")):
            if not wanted or not isinstance(node, str | Nested):
                continue
            if isinstance(node, Nested):
                if "statement" not in wanted and "statement" not in relation.takes:
                    kind = "statement"
                else:
                    continue
            else:
                kind = line.scope.actors[node].kind
                if node in line.scope.unsure or line.scope.vocabulary.is_a(kind, wanted):
                    continue
            line.error(
                at,
                f"has {'an' if kind[0] in 'aeiou' else 'a'} {kind} in {what} place of {relation.key}.",
                f"Use one of {', '.join(sorted(wanted))}, or another relation.",
            )

    def _period(self, line: Line) -> tuple[Date | None, Date | None]:
        if line.form is None:
            return None, None
        when = date_at(line.form, "when")
        since, until = date_at(line.form, "from"), date_at(line.form, "until")
        if when is not None and (since or until):
            line.form.error("when", "has `when` beside `from` or `until`.", "Keep one of the two ways.")
        if since and until and since.earliest > until.latest:
            line.form.error("until", "ends before it begins.", "Turn `from` and `until` round.")
        return (when, when) if when else (since, until)
