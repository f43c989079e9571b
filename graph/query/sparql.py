"""A SPARQL query in, a small result out: rows, triples, or yes and no. Also the named queries of `ontology/queries/`.

Every query reads the union of all graphs, may leave out the standard prefixes, reaches no network and changes nothing.
A parameter is a variable to which the query gives a value in `VALUES ?name { … }`; another value takes its place as one
RDF term, so that no value is ever read as a part of the query.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from ..base import lexer
from ..base.errors import QueryError, StoreError, did_you_mean
from ..base.resources import ontology
from ..base.syntax import explained
from ..base.terms import PREFIXES
from ..store import Memory, Solutions, Store
from ..store.oxigraph import refuse_services
from .names import as_borne

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one query. `boolean` is set for ASK, `triples` for CONSTRUCT and DESCRIBE, the rest for SELECT."""

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[Triple, ...] | None = None
    boolean: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, or the answer is no."""
        return not self.rows and not self.triples and not self.boolean

    def values(self) -> list[dict[str, str]]:
        """Each row as name → text; what is not bound is left out."""
        return [
            {name: plain(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query can be asked with. `choices` is empty when any text will do."""

    name: str
    meaning: str
    default: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `ontology/queries/`, with what its header says."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    #: By what its rows are to be sorted, where the text leaves that out so that the first come at once.
    order: str = ""

    @property
    def ordered(self) -> str:
        """The text with its rows in order, for whoever waits for all of them anyway."""
        return f"{self.text}ORDER BY {self.order}\n" if self.order else self.text


# --- running


def run(store: Store | pyoxigraph.Store, sparql: str, parameters: Mapping[str, str] | None = None) -> Result:
    """Answer a query over the union of all graphs. Raises `QueryError`, one line with line and column.

    A name that several bear is asked for each of them, whose IRI then stands in a first column of each row.
    """
    asked = Memory(store) if isinstance(store, pyoxigraph.Store) else store
    borne = as_borne(asked, parameters or {})
    ways = [dict(zip(borne, values, strict=True)) for values in product(*borne.values())]
    answers = [_answered(asked, _with_parameters(sparql, way)) for way in ways]
    shared = [name for name, values in borne.items() if len(values) > 1]
    return _apart(shared, ways, answers) if shared else answers[0]


def _apart(names: Sequence[str], ways: Sequence[Mapping[str, str]], answers: Sequence[Result]) -> Result:
    """The answers of all who bear one name, each row with whom it is of."""
    if answers[0].boolean is not None:
        return Result(boolean=any(answer.boolean for answer in answers))
    if answers[0].triples is not None:
        triples = {triple for answer in answers for triple in answer.triples or ()}
        return Result(triples=tuple(sorted(triples, key=str)))
    rows = (
        (*(NamedNode(way[name]) for name in names), *row)
        for way, answer in zip(ways, answers, strict=True)
        for row in answer.rows
    )
    return Result((*names, *answers[0].variables), tuple(rows))


def _answered(asked: Store, text: str) -> Result:
    _refuse(text)
    try:
        answer = asked.query(text)
    except SyntaxError as error:
        raise QueryError(_syntax(text, str(error))) from error
    except QueryError:
        _check(text)  # which tells line and column, where a server does not
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise _unanswered(error) from error
    try:
        if isinstance(answer, bool):
            return Result(boolean=answer)
        if isinstance(answer, Solutions):
            return Result(answer.variables, tuple(map(tuple, answer)))
        return Result(triples=tuple(sorted(answer, key=str)))
    except SyntaxError as error:
        raise StoreError(f"store: its answer is incomplete ({' '.join(str(error).split())}). Ask again.") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise _unanswered(error) from error


def _unanswered(error: Exception) -> QueryError:
    return QueryError(f"query: cannot be answered: {' '.join(str(error).split())}. Change the query.")


def _check(text: str) -> None:
    """`QueryError` with the place for a query that is not SPARQL."""
    try:
        Memory().query(text)
    except SyntaxError as error:
        raise QueryError(_syntax(text, str(error))) from error


def _refuse(text: str) -> None:
    """Nothing that changes data or reaches another server."""
    refuse_services(text)
    if word := lexer.update_word(text):
        raise QueryError(f"query: {word} would change data. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.")


_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}", re.IGNORECASE)


def _given(sparql: str) -> dict[str, list[tuple[int, int]]]:
    """Where the query gives values to its parameters: name → spans between the braces."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _VALUES.finditer(lexer.bare(sparql)):
        start, end = match.span(2)
        # Several values are a part of the query, not a parameter.
        if lexer.token_at(sparql, *_trimmed(sparql, start, end)) or len(sparql[start:end].split()) == 1:
            found.setdefault(match[1], []).append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))


def _with_parameters(sparql: str, parameters: Mapping[str, str]) -> str:
    given = _given(sparql)
    for parameter in _described(sparql):
        value = parameters.get(parameter.name, parameter.default)
        if parameter.choices and value not in parameter.choices:
            raise QueryError(
                f'query: the parameter {parameter.name} cannot be "{value}". Use {" or ".join(parameter.choices)}.'
            )
    edits: list[tuple[int, int, str]] = []
    for name, value in parameters.items():
        if name not in given:
            remedy = did_you_mean(name, given) if given else "It has none: write VALUES ?name { … } in it."
            raise QueryError(f'query: has no parameter "{name}". {remedy}')
        edits += [(start, end, f" {_term(name, value, sparql[start:end].strip())} ") for start, end in given[name]]
    for start, end, words in sorted(edits, reverse=True):
        sparql = sparql[:start] + words + sparql[end:]
    return sparql


def _term(name: str, value: str, default: str) -> str:
    """A value as a term of the kind that stands there now: a text, an IRI or a number."""
    if default.startswith(('"', "'")) or not default:
        return str(Literal(value))
    if re.match(r"[<\w-]*[<:]", default):
        prefix, _, local = value.strip("<>").partition(":")
        try:
            return str(NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else value.strip("<>")))
        except ValueError as error:
            raise QueryError(f'query: the parameter {name} needs an IRI, not "{value}". Write <https://…>.') from error
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?|true|false", value):
        raise QueryError(f'query: the parameter {name} needs a value like {default}, not "{value}".')
    return value


def _syntax(sparql: str, message: str) -> str:
    """Oxigraph's syntax error as one line."""
    line, column, what = explained(sparql, message, PREFIXES)
    return f"query:{line}:{column}: {what}" if line else f"query: {what}"


# --- the named queries


def named() -> dict[str, NamedQuery]:
    """Every query of `ontology/queries/`, by name."""
    return {path.stem: read(path) for path in sorted((ontology() / "queries").glob("*.rq"))}


def read(path: Path) -> NamedQuery:
    """A query file. `QueryError` when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from error
    header = _header(text)
    title, description = header.get("title", [path.stem])[0], " ".join(header.get("description", []))
    order = " ".join(header.get("order", []))
    return NamedQuery(path.stem, title, description, tuple(_described(text)), text, order)


def is_name(word: str) -> bool:
    """Whether it can be the name of a query: SPARQL has a space or a brace."""
    return not any(c.isspace() or c == "{" for c in word)


def find(name: str) -> NamedQuery:
    """A named query. `QueryError` for a name that there is not."""
    queries = named()
    if name not in queries:
        near = did_you_mean(name, queries)
        remedy = near if near.startswith("Did") else "actorgraph query --list names them."
        raise QueryError(f'query: there is no query "{name}". {remedy}')
    return queries[name]


def _header(text: str) -> dict[str, list[str]]:
    """`# key: value` lines at the top of a query; a line without a key goes on with the one above."""
    header: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = re.match(r"# (title|description|order|parameter \w+): (.*)", line)
        key, words = (found[1], found[2]) if found else (key, line.removeprefix("#"))
        header.setdefault(key, []).append(words.strip())
    return header


def _described(text: str) -> Iterator[Parameter]:
    """The parameters of a header: `# parameter lang: language of the labels [en|es]`; the query holds the default."""
    given = _given(text)
    for key, lines in _header(text).items():
        _, _, name = key.partition(" ")
        if name in given:
            start, end = given[name][0]
            meaning, _, choices = " ".join(lines).partition(" [")
            default = text[start:end].strip().strip("\"'")
            yield Parameter(name, meaning, default, tuple(choices.rstrip("]").split("|")) if choices else ())


def limit(text: str) -> int:
    """How many a query looks at in its selection; 0 when it sets no limit."""
    return min((int(number) for number in re.findall(r"\bLIMIT\s+(\d+)", lexer.bare(text), re.IGNORECASE)), default=0)


# --- showing


def plain(term: Term) -> str:
    """A term as text, in full."""
    return str(term) if isinstance(term, Triple) else term.value


def short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term as people read it: IRIs by prefix, one line, nothing unprintable."""
    if term is None:
        return ""
    text = plain(term)
    if isinstance(term, NamedNode):
        near = max((n for n in prefixes.items() if text.startswith(n[1])), key=lambda n: len(n[1]), default=None)
        text = f"{near[0]}:{text[len(near[1]) :]}" if near and text != near[1] else f"<{text}>"
    return "".join(c if c.isprintable() else " " for c in text)


def as_table(result: Result, width: int | None = None, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """An aligned table. Within `width` columns long cells are wrapped, or each row becomes a block; nothing is cut."""
    if result.boolean is not None:
        return "yes\n" if result.boolean else "no\n"
    if result.triples is not None:
        return as_turtle(result)
    cells = [[short(term, prefixes) for term in row] for row in result.rows]
    names = list(result.variables)
    widths = [max(len(line[i]) for line in [names, *cells]) for i in range(len(names))]
    if width is not None and sum(widths) + 2 * len(widths) > width:
        fitted = _fit(widths, [len(name) for name in names], width)
        if fitted is None:
            return _blocks(names, cells, width)
        widths = fitted
    lines = [*_wrapped(names, widths), "  ".join("─" * size for size in widths)]
    for cell_row in cells:
        lines += _wrapped(cell_row, widths)
    return "\n".join(lines) + "\n"


_NARROWEST = 18


def _fit(widths: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Column widths that fit, the widest narrowed first; None when a cell would get too narrow to be read."""
    fitted = list(widths)
    over = sum(fitted) + 2 * len(fitted) - width
    while over > 0:
        widest = max(range(len(fitted)), key=fitted.__getitem__)
        if fitted[widest] <= max(_NARROWEST, least[widest]):
            return None
        fitted[widest] -= 1
        over -= 1
    return fitted


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [textwrap.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, parts), default=0)
    return [
        "  ".join(
            (part[i] if i < len(part) else "").ljust(size) for part, size in zip(parts, widths, strict=True)
        ).rstrip()
        for i in range(height)
    ]


def _blocks(names: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> str:
    """Each row as a block of `name  value` lines, without what is empty."""
    margin = max(map(len, names)) + 2
    blocks = []
    for row in rows:
        lines = []
        for name, cell in zip(names, row, strict=True):
            if cell:
                first, *more = textwrap.wrap(cell, max(width - margin, _NARROWEST)) or [""]
                lines += [name.ljust(margin) + first, *(" " * margin + line for line in more)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: `'` before = + - @ and tab, except in a plain number."""
    risky = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if risky and not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", cell) else cell


def as_csv(result: Result) -> str:
    """CSV with every value in full; a cell that a spreadsheet would run as a formula gets a `'` in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if result.boolean is not None:
        writer.writerows([["answer"], [str(result.boolean).lower()]])
    elif result.triples is not None:
        writer.writerow(["subject", "predicate", "object"])
        for triple in result.triples:
            writer.writerow([harmless(plain(part)) for part in (triple.subject, triple.predicate, triple.object)])
    else:
        writer.writerow(result.variables)
        for row in result.rows:
            writer.writerow(["" if term is None else harmless(plain(term)) for term in row])
    return out.getvalue()


def as_json(result: Result) -> str:
    """SPARQL 1.1 query results as JSON; triples as JSON-LD."""
    if result.triples is not None:
        return _serialized(result.triples, RdfFormat.JSON_LD)
    if result.boolean is not None:
        data: dict[str, Any] = {"head": {}, "boolean": result.boolean}
    else:
        bindings = [
            {name: _json_term(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
        data = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        found["datatype"] = term.datatype.value
    return found


def as_turtle(result: Result) -> str:
    """Triples as Turtle. `QueryError` for a result that has none."""
    if result.triples is None:
        raise QueryError("query: has no triples to write as Turtle. Ask with CONSTRUCT, or use table, csv or json.")
    return _serialized(result.triples, RdfFormat.TURTLE)


def _serialized(triples: Sequence[Triple], form: RdfFormat) -> str:
    data = pyoxigraph.serialize(triples, format=form, prefixes=PREFIXES)
    assert data is not None  # only a given output makes it None
    return data.decode()
