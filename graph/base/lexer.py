"""What the text of a SPARQL query or update says of itself, read without evaluating or parsing it.

Enough to know whether it changes data, reaches another server, or names its own dataset, before anything runs it.
Oxigraph asks for no space after a keyword: `SERVICESILENT<…>` and `LOADex:file` are read as two words and three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

#: What no name holds, of ASCII alone. What lies beyond and no name may have is a mistake anywhere else, too.
_OTHER = "".join(c for c in map(chr, range(128)) if not (c.isalnum() or c == "_"))


def _name(also: str = "") -> str:
    """One character of a name. By what it is not: a set of a million characters takes `re` milliseconds to compile."""
    return f"[^{re.escape(''.join(c for c in _OTHER if c not in also))}]"


_N = _name()
_D = _name("-")
#: Signs that may follow each other in one token, such as `!=` and `||`.
_SIGN = "[" + re.escape("".join(c for c in _OTHER if c > " " and c not in "<>()[]{};?$@#:'\"\\")) + "]"
#: One character of a local name; escaped, it may be what otherwise begins a text or a comment.
_L = rf"""(?:{_name(":")}|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"""
#: Nothing here is tried twice (`*+` gives nothing back), so that time grows with the text, whatever it holds, and
#: memory does not. A text in quotes that does not end goes on to the end of its line, or of all.
_TOKEN = re.compile(
    rf"""
      (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)   # it may hold a number sign
    | (?P<comment>\#[^\n\r]*+)
    | (?P<string>
          "{{3}}(?:[^"\\]++|\\.|"{{1,2}}(?!"))*+"{{3}} | '{{3}}(?:[^'\\]++|\\.|'{{1,2}}(?!'))*+'{{3}}
        | (?!"{{3}})"(?:[^"\\\n\r]++|\\.)*+" | (?!'{{3}})'(?:[^'\\\n\r]++|\\.)*+' )
    | (?P<unclosed>(?:"{{3}}|'{{3}}).*+|["'][^\n\r]*+)
    | (?P<variable>[?$]{_N}++)
    | (?P<language>@[A-Za-z]++(?:-++[A-Za-z0-9]++)*+)
    | (?P<name>{_N}{_D}*+(?:\.++{_D}++)*+)?(?P<local>:(?:{_L}(?:{_L}|-|\.++(?={_L}|-))*+)?)  # with a prefix
    | (?P<word>{_N}{_D}*+(?:\.++{_D}++)*+)                        # keywords, numbers
    | (?P<sign>{_SIGN}++|[^\x00-\x20])
    """,
    re.VERBOSE | re.DOTALL,
)
_VISIBLE = re.compile(r"[^\r\n]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\\]*$")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Keywords an update begins with.
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
#: How many tokens a declaration of the prologue has, beside its keyword.
_PROLOGUE = {"PREFIX": 2, "BASE": 1, "VERSION": 1}
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID", "BNODE")
_SERVICE = re.compile(r"SERVICE(?:SILENT)?$")
_FROM = re.compile(r"FROM(?:NAMED)?$")
#: After these a name with a prefix is the name of a graph.
_BEFORE_GRAPH = ("GRAPH", "FROM", "NAMED")
#: What in the shape of an IRI is a comparison with more after it: `?a<?b#>`.
_MORE = re.compile(r"[#()\[\]']")
#: Words whose braces hold data alone: nothing is compared in them.
_BEFORE_DATA = ("VALUES", "DATA")


class Token(NamedTuple):
    """A piece of a text that is neither space nor comment."""

    #: `iri`, `string`, `unclosed` (a text that does not end), `variable`, `language`, `name` (one with a prefix),
    #: `word` or `sign`.
    kind: str
    text: str
    #: A word in capitals, or the prefix of a name.
    word: str
    start: int
    end: int
    #: How many braces are open before it.
    depth: int
    #: The bracket it stands in, "" for none; "data" and "list" where nothing is compared.
    inside: str


_NONE = Token("", "", "", 0, 0, 0, "")


def _read(text: str) -> Iterator[Token]:
    """Tokens as they come: a long text may have a million, and the service waits for them."""
    brackets: list[str] = []
    depth, inside, data = 0, "", False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        found = match[0]
        word = ""
        if kind == "comment":
            continue
        if kind == "sign":
            if found in ")}]" and brackets:
                depth -= brackets.pop() in ("{", "data")
                inside = brackets[-1] if brackets else ""
        elif kind == "local":
            kind, word = "name", (match["name"] or "").upper()
        elif kind == "word":
            word = found.upper()
            data = word.endswith(_BEFORE_DATA)
        yield Token(kind, found, word, match.start(), match.end(), depth, inside)
        if kind == "sign" and found in "({[":
            if (inside in ("data", "list") or data) and found != "{":
                inside = "list"  # what is in brackets among data is data, too, and so are the variables before it
            else:
                inside = "data" if data and found == "{" else found
                data = False
            brackets.append(inside)
            depth += found == "{"


def token_at(text: str, start: int, end: int) -> bool:
    """Whether exactly one IRI or text stands there."""
    match = _TOKEN.fullmatch(text, start, end)
    return match is not None and match.lastgroup in ("iri", "string")


_BLANKED = ("iri", "comment", "string", "unclosed")


def bare(text: str) -> str:
    """The text with IRIs, comments and strings blanked out, every character in its place."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0]) if match.lastgroup in _BLANKED else match[0]

    return _TOKEN.sub(blank, text)


def unescaped(text: str) -> str:
    """The text as some engines read it: they take \\u0053 for S anywhere, in keywords, too."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number <= 0x10FFFF else " "

    return _CODEPOINT.sub(character, text)


class Said(NamedTuple):
    """What a text says of itself."""

    first: str
    services: tuple[str, ...]
    loads: bool
    dataset: bool
    changing: bool
    #: Where a text in quotes begins that does not end; -1 for nowhere.
    unclosed: int


@lru_cache(maxsize=8)
def said(text: str) -> Said:
    """All of it at once, read once. A text of a megabyte may take seconds."""
    services: list[str] = []
    first, fresh, skip, unclosed = "", True, 0, -1
    uncertain = loads = dataset = changing = False
    for before, token, after, second in _in_line(text):
        kind, word = token.kind, token.word
        if kind == "sign":
            fresh = token.text == ";" and not token.depth
            continue
        if kind == "iri":
            uncertain = uncertain or _is_uncertain(before, token)
        elif kind == "unclosed":
            unclosed = token.start if unclosed < 0 else unclosed
        elif kind == "word":
            if "SERVICE" in word and _SERVICE.search(word):
                services += _asked(second if _is_word(after, "SILENT") else after)
            dataset = dataset or (not token.depth and _FROM.search(word) is not None)
            loads = loads or (not token.depth and word.startswith("LOAD"))
            changing = changing or (after.text == "(" and word.endswith(_CHANGING))
        # SERVICEex:name { … }, where no name of a graph may stand.
        elif kind == "name" and "SERVICE" in word and after.text == "{" and not _is_word(before, *_BEFORE_GRAPH):
            services.append("")
        # LOADex:name, where no name of a graph may stand.
        elif kind == "name" and not token.depth and word.startswith("LOAD") and before.kind != "word":
            loads = True
        if skip:
            skip -= 1
        elif fresh:
            skip = _PROLOGUE.get(word, 0) if kind == "word" else 0
            fresh = bool(skip)
            first = first or ("" if fresh else word)
    if uncertain:
        services.append("")
    return Said(first, tuple(services), loads or uncertain, dataset, changing, unclosed)


def _in_line(text: str) -> Iterator[tuple[Token, Token, Token, Token]]:
    """Each token with the one before it and the two after it."""
    before = token = after = _NONE
    for second in chain(_read(text), (_NONE, _NONE)):
        if token is not _NONE:
            yield before, token, after, second
        before, token, after = token, after, second


def _is_word(token: Token, *ends: str) -> bool:
    """Whether it is a keyword, or ends in one: a prefix that is called so is none."""
    return token.kind == "word" and token.word.endswith(ends)


def _asked(target: Token) -> list[str]:
    """The address that SERVICE names; `""` for one that is not written out in full. Else it is no SERVICE."""
    if target.kind == "iri":
        return [target.text[1:-1]]
    return [""] if target.kind in ("variable", "name") else []


def _is_uncertain(before: Token, token: Token) -> bool:
    """Whether it may be an IRI or a comparison, and what follows a comment or a text in one reading only.

    It is an IRI after an operator, an opening bracket or a comma, and where nothing is compared.
    """
    operand = before.kind != "sign" or before.text in (")", "}", "]")
    return token.inside == "(" and operand and _MORE.search(token.text) is not None


def services(text: str) -> list[str]:
    """The addresses that a text asks by SERVICE; `""` for one that is a variable or a name with a prefix."""
    return [address for reading in _readings(text, "SERVICE") for address in said(reading).services]


def loads(text: str) -> bool:
    """Whether an update has a LOAD, which would fetch an address."""
    return any(said(reading).loads for reading in _readings(text, "LOAD"))


def _readings(text: str, word: str) -> list[str]:
    """The text as engines may read it; none when the word is not in it."""
    return [reading for reading in dict.fromkeys((text, unescaped(text))) if word in reading.upper()]


def update_word(text: str) -> str:
    """The keyword by which a text changes data, `""` for a query."""
    word = first_word(text)
    return word if word in UPDATES else ""


def first_word(text: str) -> str:
    """The keyword after the prologue, in capitals: what kind of query or update it is."""
    return said(text).first


class Load(NamedTuple):
    """A LOAD of an update; `graph` is None for the default graph."""

    source: str
    graph: str | None
    silent: bool


def steps(text: str) -> Iterator[str | Load]:
    """The operations of an update in order: each LOAD, and the others as texts that keep every character's place.

    A LOAD whose addresses are not written out in full is a text, too.
    """
    # Declarations of the prologue hold for all that follows.
    declared: list[tuple[int, int]] = []
    operation: list[Token] = []
    tokens = (token for token in _read(text) if not token.depth)
    for token in chain(tokens, (_NONE,)):
        if operation and (token.text == ";" or token is _NONE):
            yield _load(operation) or _only(text, [*declared, (operation[0].start, operation[-1].end)])
            operation = []
        elif not operation and token.word in _PROLOGUE:
            last = [next(tokens, _NONE) for _ in range(_PROLOGUE[token.word])][-1]
            declared.append((token.start, last.end))
        elif token.text != ";":
            operation.append(token)


def _load(operation: list[Token]) -> Load | None:
    iris = [token.text[1:-1] for token in operation if token.kind == "iri"]
    words = ["<>" if token.kind == "iri" else token.word for token in operation]
    silent = words[:2] == ["LOAD", "SILENT"]
    if words[0] == "LOAD" and words[1 + silent :] in (["<>"], ["<>", "INTO", "GRAPH", "<>"]):
        return Load(iris[0], iris[1] if len(iris) > 1 else None, silent)
    return None


def _only(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [_VISIBLE.sub(" ", text[at:start]), text[start:end]]
        at = end
    return "".join(parts)


def prefixes(text: str) -> dict[str, str]:
    """The prefixes that a query declares, by what it says in full; relative and escaped IRIs are left out."""
    found: dict[str, str] = {}
    tokens = _read(text)
    for token in tokens:
        following = [next(tokens, _NONE) for _ in range(_PROLOGUE.get(token.word, 0))]
        if not following:
            break
        name, iri = following[0].text.removesuffix(":"), following[-1].text[1:-1]
        if token.word == "PREFIX" and _ABSOLUTE.match(iri):
            found[name] = iri
    return found


def names_dataset(text: str) -> bool:
    """Whether a query has FROM or FROM NAMED."""
    return said(text).dataset


def changes_by_itself(text: str) -> bool:
    """Whether the same query may answer otherwise over the same data: it asks for the time, for chance, or for ids."""
    return said(text).changing


def clearing(text: str) -> str:
    """An update whose CLEAR GRAPH is no mistake when there is no such graph: it is as empty as was wanted."""
    pairs = pairwise(token for token in _read(text) if not token.depth)
    spots = [token.end for token, after in pairs if token.word == "CLEAR" and after.word == "GRAPH"]
    return _with(text, spots, " SILENT")


def with_dataset(text: str, default: list[str], named: list[str]) -> str | None:
    """An update whose WHERE reads these graphs (the Protocol's `using-graph-uri`); None when it names its own."""
    tokens = [token for token in _read(text) if not token.depth]
    if any(token.kind == "word" and token.word.endswith(("USING", "USINGNAMED", "WITH")) for token in tokens):
        return None
    clauses = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named)
    # DELETE WHERE { … } takes no USING: it has no template before its pattern.
    spots = [token.start for before, token in pairwise(tokens) if before.text == "}" and token.word == "WHERE"]
    return _with(text, spots, f"{clauses} ")


def _with(text: str, spots: list[int], more: str) -> str:
    for spot in reversed(spots):
        text = text[:spot] + more + text[spot:]
    return text
