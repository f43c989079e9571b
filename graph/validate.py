"""Quads in, findings out: what `ontology/shapes.ttl` asks of a dataset, with the author's file and line.

The shapes are plain SHACL, and pySHACL reads them too: a test holds both findings against each other, shape by shape.
Here each constraint becomes one SPARQL query over all focus nodes at once, because every SHACL engine we tried takes
node after node: minutes for a hundred thousand statements, and more than in proportion. Only the constraints that our
shapes use are known; another one stops with an error instead of being passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from .base import resources
from .base.errors import Finding, Severity, StoreError
from .base.terms import ID, PREFIXES, expand

SH = "http://www.w3.org/ns/shacl#"

Node = NamedNode | BlankNode
#: Where a node is written: IRI → file as shown, and line.
Places = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One node that breaks one constraint. `values` are the words that the message asks for, by variable."""

    focus: str
    message: str
    severity: Severity
    shape: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What has to be so in the whole dataset before a constraint on one property can be broken by any node.

    `how`: somebody `lacks` it, has `several`, or several of one `language`; a value is not of the `class` `value`. The
    rest of all constraints is a `pattern`, which is asked of everything that has the property.
    """

    how: str
    path: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint of one shape, as a query that selects `?this` for each node that breaks it.

    A query costs a join over all targets. Where there is a `doubt`, it need not be asked as long as that is unfounded:
    most of a dataset is in order, and one look at all values of a property tells so for several checks at once.
    """

    shape: str
    message: str
    severity: Severity
    query: str
    targets: tuple[str, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Report:
    """What came out, as results about nodes and as findings for the author."""

    results: tuple[Result, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def validate(
    dataset: Store, places: Places | None = None, *, shown: str = "dataset", shapes: Path | None = None
) -> Report:
    """Check a dataset, read as the union of its graphs, against the shapes (by default those that ship with us).

    `places` says where nodes are written. A node that has no place takes that of the nearest one that points at it, a
    quantity that of a statement; when there is none, the finding names `shown` and no line. Raises `StoreError` when
    the shapes themselves cannot be used.
    """
    path = shapes or resources.ontology() / "shapes.ttl"
    results = sorted({result for check in _founded(checks(path), dataset) for result in _run(check, dataset)})
    author = _Author(dataset, places or {}, shown)
    return Report(tuple(results), tuple(sorted({author.finding(result) for result in results})))


def _run(check: Check, dataset: Store) -> Iterator[Result]:
    rows = dataset.query(check.query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(rows, QuerySolutions)
    names = [variable.value for variable in rows.variables if variable.value != "this"]
    for row in rows:
        values = ((name, row[name]) for name in names)
        told = tuple((name, value.value) for name, value in values if isinstance(value, NamedNode | Literal))
        focus = row["this"]
        yield Result(str(getattr(focus, "value", focus)), check.message, check.severity, check.shape, told)


def _founded(every: Iterable[Check], dataset: Store) -> list[Check]:
    """The checks that may find something; those of one property follow each other, so that it is looked at once."""
    doubts = _Doubts(dataset)
    by_property = sorted(every, key=lambda check: check.doubt.path if check.doubt else "")
    return [check for check in by_property if check.doubt is None or doubts.founded(check.doubt, check.targets)]


class _Doubts:
    """Whether a check can find anything. A doubt may be founded and the query find nothing; never the reverse."""

    def __init__(self, dataset: Store) -> None:
        self.dataset = dataset
        self.targets: dict[tuple[str, ...], frozenset[object]] = {}
        self.path = ""
        self.seen = _Seen(())

    def founded(self, doubt: Doubt, targets: tuple[str, ...]) -> bool:
        if doubt.how == "pattern":
            return self._asked(doubt.value)
        if doubt.path != self.path:
            quads = self.dataset.quads_for_pattern(None, NamedNode(doubt.path), None, None)
            self.path, self.seen = doubt.path, _Seen(quads)
        match doubt.how:
            case "several":
                return self.seen.quads > len(self.seen.subjects)
            case "language":
                return any(count > len(subjects) for count, subjects in self.seen.languages.values())
            case "lacks":
                return not self._these(targets) <= self.seen.subjects.keys()
            case _:
                wanted = self._these((f"?this a/rdfs:subClassOf* {doubt.value} .",))
                return self.seen.literals or not self.seen.objects <= wanted

    def _asked(self, pattern: str) -> bool:
        rows = self.dataset.query(
            f"SELECT * WHERE {{ {pattern} }} LIMIT 1", use_default_graph_as_union=True, prefixes=PREFIXES
        )
        assert isinstance(rows, QuerySolutions)
        return next(rows, None) is not None

    def _these(self, targets: tuple[str, ...]) -> frozenset[object]:
        """The nodes that a shape is about."""
        known = self.targets.get(targets)
        if known is None:
            query = f"SELECT ?this WHERE {{ {_either(targets)} }}"
            rows = self.dataset.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
            assert isinstance(rows, QuerySolutions)
            known = self.targets[targets] = frozenset(row["this"] for row in rows)
        return known


class _Seen:
    """All values of a property: how many quads have it, and what stands at its ends."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = 0
        #: As a set that gives back the very node: each is in memory once.
        self.subjects: dict[object, object] = {}
        self.objects: set[object] = set()
        self.literals = False
        #: How many texts there are in each language, and of how many nodes.
        self.languages: dict[str, tuple[int, set[object]]] = {}
        for quad in quads:
            self._take(quad.subject, quad.object)

    def _take(self, subject: object, value: object) -> None:
        self.quads += 1
        subject = self.subjects.setdefault(subject, subject)
        if not isinstance(value, Literal):
            self.objects.add(value)
            return
        self.literals = True
        if value.language:
            count, subjects = self.languages.get(value.language, (0, set()))
            subjects.add(subject)
            self.languages[value.language] = (count + 1, subjects)


# --- from shapes to queries


@cache
def checks(path: Path) -> tuple[Check, ...]:
    """Every constraint of a shapes file as a query. `StoreError` for what is not SHACL, or not known here."""
    shapes = Store()
    try:
        shapes.load(path=str(path), format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise StoreError(f"{path}:{error.lineno or 1}: {error.msg}. Correct the file.") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error
    return _Shapes(shapes, path).checks()


class _Shapes:
    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path

    def checks(self) -> tuple[Check, ...]:
        rdf_type, shape_type = NamedNode(expand("rdf:type")), NamedNode(SH + "NodeShape")
        nodes = [quad.subject for quad in self.store.quads_for_pattern(None, rdf_type, shape_type)]
        shapes = sorted((node for node in nodes if isinstance(node, NamedNode)), key=lambda node: node.value)
        return tuple(check for shape in shapes for check in self._shape(shape))

    def _all(self, node: Node, name: str) -> list[Node | Literal]:
        quads = self.store.quads_for_pattern(node, NamedNode(SH + name), None)
        return [quad.object for quad in quads if isinstance(quad.object, Node | Literal)]

    def _one(self, node: Node, name: str) -> Node | Literal | None:
        return next(iter(self._all(node, name)), None)

    def _text(self, node: Node, name: str, default: str = "") -> str:
        value = self._one(node, name)
        return value.value if isinstance(value, Literal | NamedNode) else default

    def _list(self, head: Node | Literal | None) -> Iterator[str]:
        while isinstance(head, BlankNode):
            pair = {quad.predicate.value: quad.object for quad in self.store.quads_for_pattern(head, None, None)}
            yield str(pair[expand("rdf:first")])
            rest = pair[expand("rdf:rest")]
            head = rest if isinstance(rest, BlankNode) else None

    def _shape(self, shape: NamedNode) -> Iterator[Check]:
        targets = list(self._targets(shape))
        for part in self._all(shape, "property"):
            assert isinstance(part, Node)
            for broken, doubt in self._property(part, shape):
                # Whoever has the property that the pattern reads is a target already.
                within = "" if targets == [broken.partition(" .")[0].replace("?value", "?target") + " ."] else targets
                query = f"SELECT DISTINCT ?this WHERE {{ {_either(within)} {broken} }}"
                yield replace(self._check(shape, part, part, query), targets=tuple(targets), doubt=doubt)
        for part in self._all(shape, "sparql"):
            assert isinstance(part, Node)
            select = _limited(self._text(part, "select"), targets)
            yield self._check(shape, part, shape, self._prefixes() + select)

    def _check(self, shape: NamedNode, part: Node, owner: Node, query: str) -> Check:
        """`owner` is the shape whose severity counts: a property shape has its own, a query that of its node shape."""
        warns = self._text(owner, "severity") == SH + "Warning"
        return Check(shape.value, self._text(part, "message"), "warning" if warns else "error", query)

    def _targets(self, shape: NamedNode) -> Iterator[str]:
        for one in self._all(shape, "targetClass"):
            yield f"?this a/rdfs:subClassOf* {one} ."
        for one in self._all(shape, "targetSubjectsOf"):
            yield f"?this {one} ?target ."
        for one in self._all(shape, "targetObjectsOf"):
            yield f"?target {one} ?this ."

    def _prefixes(self) -> str:
        declared = self.store.quads_for_pattern(None, NamedNode(SH + "prefix"), None)
        return "".join(
            f"PREFIX {quad.object.value}: <{self._text(quad.subject, 'namespace')}> "
            for quad in declared
            if isinstance(quad.object, Literal) and isinstance(quad.subject, Node)
        )

    def _property(self, part: Node, shape: NamedNode) -> Iterator[tuple[str, Doubt | None]]:
        """For each constraint of a property shape, a pattern that holds for `?this` when it is broken; its doubt."""
        path = self._one(part, "path")
        back = self._one(path, "inversePath") if isinstance(path, BlankNode) else None
        here = f"?value {back} ?this ." if back else f"?this {path} ?value ."
        allowed = []

        def broken(pattern: str, how: str, value: str = "") -> tuple[str, Doubt | None]:
            return pattern, Doubt(how, path.value, value) if isinstance(path, NamedNode) else None

        for quad in self.store.quads_for_pattern(part, None, None):
            name, value = quad.predicate.value.removeprefix(SH), quad.object
            match name:
                case "path" | "message" | "severity":
                    continue
                case "minCount" if str(getattr(value, "value", "")) == "1":
                    # MINUS looks at all who have the property, once: more than the targets when everything has it.
                    without = "FILTER NOT EXISTS" if str(path) in _EVERYWHERE else "MINUS"
                    yield broken(f"{without} {{ {here} }}", "lacks")
                case "maxCount" if str(getattr(value, "value", "")) == "0":
                    yield broken(here, "pattern", here)
                case "maxCount" if str(getattr(value, "value", "")) == "1":
                    yield broken(_several(here, ""), "several")
                case "uniqueLang":
                    yield broken(_several(here, "LANG(?value)"), "language")
                case "class":
                    yield broken(f"{here} MINUS {{ ?value a/rdfs:subClassOf* {value} }}", "class", str(value))
                case "lessThan" | "lessThanOrEquals":
                    sign = "<" if name == "lessThan" else "<="
                    wrong = f"{here} ?this {value} ?other . FILTER(!COALESCE(?value {sign} ?other, false))"
                    yield broken(wrong, "pattern", wrong)
                case _:
                    allowed.append(f"({self._holds(name, value, shape)})")
        if allowed:
            # An error, such as comparing a word with a number, is a breach.
            wrong = f"{here} FILTER(!COALESCE({' && '.join(sorted(allowed))}, false))"
            yield broken(wrong, "pattern", wrong)

    def _holds(self, name: str, value: object, shape: NamedNode) -> str:
        """An expression that is true of a `?value` that a constraint allows."""
        match name:
            case "nodeKind" if str(value) in (f"<{SH}IRI>", f"<{SH}Literal>"):
                return f"is{str(value).removeprefix(f'<{SH}').removesuffix('>')}(?value)"
            case "datatype" if isinstance(value, NamedNode):
                # A cast that fails shows a word that is none of its type, such as the 30th of February.
                cast = f" && COALESCE({value}(STR(?value)) = ?value, false)"
                checked = value.value in {expand(f"xsd:{kind}") for kind in ("integer", "decimal", "boolean", "date")}
                return f"DATATYPE(?value) = {value}{cast if checked else ''}"
            case "in" if isinstance(value, BlankNode):
                return " || ".join(f"sameTerm(?value, {one})" for one in self._list(value))
            case "pattern":
                return f"REGEX(STR(?value), {value})"
            case "minInclusive":
                return f"?value >= {value}"
        raise StoreError(
            f"{self.path}: {shape.value} uses sh:{name} {value}, which is not known. Write it as sh:sparql."
        )


#: Properties that nodes of every class have.
_EVERYWHERE = frozenset({f"<{expand('rdf:type')}>", f"<{expand('rdfs:label')}>"})


def _several(here: str, alike: str) -> str:
    """A pattern for what has more than one value, or more than one of a language. Grouped, so that each is met once."""
    by = f"({alike} AS ?alike)" if alike else ""
    kept = f'FILTER({alike} != "")' if alike else ""
    return f"{{ SELECT ?this WHERE {{ {here} {kept} }} GROUP BY ?this {by} HAVING(COUNT(DISTINCT ?value) > 1) }}"


def _limited(select: str, targets: Iterable[str]) -> str:
    """A query that looks at targets only: joined once, where an EXISTS would be asked row by row."""
    return select.replace("WHERE {", f"WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {_either(targets)} }} }} ", 1)


def _either(targets: Iterable[str]) -> str:
    return " UNION ".join(f"{{ {target} }}" for target in targets)


# --- from results to findings


class _Author:
    """Says a result in the author's terms: which file and line, which statement or actor."""

    def __init__(self, dataset: Store, places: Places, shown: str) -> None:
        self.dataset = dataset
        self.places = places
        self.shown = shown

    def finding(self, result: Result) -> Finding:
        values = dict(result.values)
        message = re.sub(r"\{\?(\w+)\}", lambda match: self._named(values.get(match[1], "")), result.message)
        what, _, remedy = message.partition(": ")
        file, line = self._place([result.focus, *values.values()])
        return Finding(
            file,
            line,
            f"{self._named(result.focus)}: {_small(what)}.",
            remedy[:1].upper() + remedy[1:],
            result.severity,
        )

    def _place(self, nodes: Iterable[str]) -> tuple[str, int]:
        """The place of the first of these nodes that has one, else of the nearest node that points at one of them."""
        ring = [node for node in nodes if ":" in node]
        seen = set(ring)
        for node in ring:
            if node in self.places:
                return self.places[node]
        for _ in range(3):
            ring = [near for node in ring for near in self._pointing(node) if near not in seen]
            seen.update(ring)
            spots = [self.places[node] for node in ring if node in self.places]
            if spots:
                return min(spots)
        return self.shown, 0

    def _pointing(self, node: str) -> Iterator[str]:
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$", node):
            return
        for quad in self.dataset.quads_for_pattern(None, None, NamedNode(node), None):
            if isinstance(quad.subject, NamedNode) and quad.predicate.value not in _MEMBERSHIP:
                yield quad.subject.value

    def _named(self, node: str) -> str:
        """`statement s12`, `"El Salvador"`, or the end of the IRI; words that are no IRI stay as they are."""
        if not node.startswith(("http://", "https://")):
            return node
        literals = self._literals(node)
        if _STANCE in literals:
            return f"statement {literals.get(_IDENTIFIER) or node.rpartition('/')[2]}"
        if _LINE in literals:
            # A relationship is known to its author by the statement that is written first.
            claims = [near for near in self._pointing(node) if near in self.places and _STANCE in self._literals(near)]
            if claims:
                return self._named(min(claims, key=lambda claim: (self.places[claim], claim)))
        label = literals.get(_LABEL)
        return f'"{label}"' if label else node.removeprefix(ID)

    def _literals(self, node: str) -> Mapping[str, str]:
        """What a node has, by predicate; of texts in several languages the English one."""
        quads = self.dataset.quads_for_pattern(NamedNode(node), None, None, None)
        return {
            quad.predicate.value: getattr(quad.object, "value", "")
            for quad in quads
            if getattr(quad.object, "language", None) in (None, "en")
        }


_STANCE, _LINE = expand("ag:stance"), expand("ag:line")
_IDENTIFIER, _LABEL = expand("dcterms:identifier"), expand("rdfs:label")
#: Edges that thousands share say nothing of where a node is written.
_MEMBERSHIP = frozenset({expand("rdf:type"), expand("ag:kind"), expand("rdf:predicate")})


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
