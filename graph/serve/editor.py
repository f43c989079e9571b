"""The named queries and the vocabulary in; the SPARQL editor, the cookbook and the list of terms out, as HTML and JSON.

The editor is what a person sees at `/sparql`: one file whose only request is the query itself, to the address it came
from. Its modules are in `pages/`, joined as the drawing's are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from ..base import resources
from ..base.terms import BASE, PREFIXES, expand
from ..dataset.shape import LEVELS
from ..draw.pack import embedded, packed, policy
from ..query import sparql as query
from ..vocabulary.model import Relation, Vocabulary
from ..vocabulary.reader import standard
from ..words import ENGLISH, for_page, languages, message, messages, section_of, spoken
from ..yaml.forms import Texts, in_language
from .html import palette, reading

#: A term as the editor completes it: prefixed name, label, meaning in a line, and what sort of word it is.
Entry = tuple[str, Texts, Texts, str]


def editor_page(language: str = "en") -> str:
    """The editor, with cookbook, prefixes and vocabulary inside. A language the reader once chose goes before."""
    return _editor(spoken(language))


@cache
def _editor(language: str) -> str:
    folder = resources.pages()
    css, code = palette() + (folder / "editor.css").read_text("utf-8"), packed(folder / "main.js")
    allowed = policy((code,), (css,), "connect-src 'self'", "img-src data:")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((folder / "index.html").read_text("utf-8"))
    # The policy's quotes must reach the browser as they are; the data's `<` are escaped.
    trusted = {
        "csp": allowed,
        "css": css,
        "words": embedded(for_page("editor")),
        "data": embedded(_editor_data(language)),
        "js": code,
    }
    return template.render(
        lang=language,
        title=message(language, "site.ask"),
        noscript=Markup(" · ").join(_without_script(tag) for tag in languages()),
        **{name: Markup(words) for name, words in trusted.items()},  # noqa: S704 - ours, or escaped just above
    )


def _without_script(language: str) -> Markup:
    link = Markup('<a href="queries?lang={}">{}</a>').format(language, message(language, "editor.noscriptLink"))
    return Markup(message(language, "editor.noscript")).format(link=link)  # noqa: S704 - a text of ours


def queries_json() -> str:
    """The cookbook as JSON: name, title, description, parameters and text of each query."""
    return json.dumps([asdict(each) for each in query.named().values()], ensure_ascii=False, indent=1) + "\n"


def queries_page(language: str = "en") -> str:
    """The cookbook to be read: what each query answers, what it takes, its text, and the way into the editor."""
    return _queries(spoken(language))


@cache
def _queries(language: str) -> str:
    return reading(
        "queries.html",
        language,
        message(language, "site.queries"),
        here="queries",
        queries=[
            {
                "name": each.name,
                "title": told(each.title, language),
                "description": told(each.description, language),
                "parameters": [
                    {"name": p.name, "meaning": told(p.meaning, language), "default": p.default, "choices": p.choices}
                    for p in each.parameters
                ],
                "text": each.text,
            }
            for each in query.named().values()
        ],
    )


def vocabulary_page(language: str = "en") -> str:
    """Every term with its label and meaning; the file itself is Turtle, under the same address."""
    return _vocabulary(spoken(language))


@cache
def _vocabulary(language: str) -> str:
    vocabulary = standard()
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(terms(vocabulary), key=lambda entry: entry[0].lower()):
        groups.setdefault(entry[3], []).append(entry)
    return reading(
        "vocabulary.html",
        language,
        message(language, "site.ontology"),
        here="ontology",
        version=vocabulary.version,
        about=in_language(vocabulary.about.get("description", {}), language),
        groups=[(name, [_row(entry, language) for entry in groups[name]]) for name in _GROUPS],
    )


_GROUPS = ("class", "property", "relation", "concept", "kind", "unit")


def _row(entry: Entry, language: str) -> dict[str, str]:
    name, label, meaning, _ = entry
    return {
        "name": name,
        # `/ns#Claim` leads to the term Claim; the terms of other namespaces are called by their prefixed name.
        "anchor": name.removeprefix("ag:"),
        "iri": expand(name),
        "label": in_language(label, language),
        "meaning": in_language(meaning, language),
    }


# --- the words of the cookbook


def told(words: str, language: str) -> str:
    """A title, description or meaning of the cookbook in a language. The queries' own headers are English."""
    return section_of(language, "cookbook").get(words, words)


# --- the terms


def terms(vocabulary: Vocabulary) -> Iterator[Entry]:
    """Every term under a known prefix. The mirrors are not among them: each relation has the same ones."""
    for term in vocabulary.terms:
        name = _named(term.iri)
        if name is None or term.iri.endswith("/"):
            continue
        yield name, term.label, _first_sentence(term.comment), _group(term.iri, term.types)
    for relation in vocabulary.relations.values():
        yield from _relation(relation)
    for kind in vocabulary.kinds.values():
        yield f"kind:{kind.key}", kind.label, _first_sentence(kind.comment), "kind"
    for unit in vocabulary.units.values():
        yield f"unit:{unit.key}", {tag: words[1] for tag, words in unit.label.items()}, {}, "unit"


def _relation(relation: Relation) -> Iterator[Entry]:
    name = _named(relation.iri)
    if name is not None:
        yield name, relation.label, relation.gloss, "relation"


def _named(iri: str) -> str | None:
    near = max((n for n in PREFIXES.items() if iri.startswith(n[1])), key=lambda n: len(n[1]), default=None)
    return f"{near[0]}:{iri[len(near[1]) :]}" if near else None


def _group(iri: str, types: Iterable[str]) -> str:
    if expand("skos:Concept") in types:
        return "concept"
    return "class" if iri.rpartition("#")[2][:1].isupper() else "property"


def _first_sentence(texts: Texts) -> Texts:
    return {tag: words.partition(". ")[0].rstrip(".") + "." if words else "" for tag, words in texts.items()}


def _editor_data(language: str) -> dict[str, Any]:
    vocabulary = standard()
    entries = {name: [name, label, meaning, group] for name, label, meaning, group in terms(vocabulary)}
    for kind in vocabulary.kinds.values():
        if (name := _named(kind.type)) and name not in entries:
            entries[name] = [name, kind.label, kind.comment, "class"]
    for name in section_of(ENGLISH, "terms"):
        entries.setdefault(name, [name, messages(f"terms.{name}"), {}, "other"])
    return {
        "lang": language,
        "prefixes": PREFIXES,
        "terms": sorted(entries.values(), key=lambda entry: str(entry[0])),
        "mirrors": {level: messages(f"mirror.{level}.short") for level in LEVELS},
        "meanings": {column: _labels(vocabulary, f"{BASE}{column}/") for column in ("stance", "modality")},
        "said": {tag: dict(section_of(tag, "cookbook")) for tag in languages() if tag != ENGLISH},
        "queries": [
            {
                "name": each.name,
                "title": {tag: told(each.title, tag) for tag in languages()},
                "description": {tag: told(each.description, tag) for tag in languages()},
                "text": each.text,
            }
            for each in query.named().values()
        ],
    }


def _labels(vocabulary: Vocabulary, scheme: str) -> dict[str, Texts]:
    return {
        term.iri.removeprefix(scheme): term.label
        for term in vocabulary.terms
        if term.iri.startswith(scheme) and term.iri != scheme
    }
