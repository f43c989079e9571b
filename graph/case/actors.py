"""The actors and things of case files: who is who, and who is one with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..base.errors import did_you_mean
from ..base.terms import ID
from ..vocabulary.model import SLUG, Vocabulary
from ..yaml.forms import Findings, Form
from ..yaml.reader import Text
from .lines import UNSTATED, date_at
from .model import PRONOUNS, Actor, Place, SameAs
from .sources import Source

KEYS = ("name", "kind", "aliases", "short", "pronoun", "plural", "same_as", "confidential", "comment")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


class Actors:
    """Every actor and thing of the cases that are read together."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.by_iri: dict[str, Actor] = {}
        #: Nodes whose kind is not known, so that nothing is said of the places they may stand in.
        self.unsure: set[str] = set()

    def read(self, form: Form, section: str, scope: str, nodes: dict[str, str], vocabulary: Vocabulary) -> None:
        """Those of one section of a file, into `nodes` by what the file calls them."""
        for slug, fields in form.forms(section, section.removesuffix("s")):
            fields.only(KEYS)
            if not SLUG.fullmatch(slug) or slug in (UNSTATED, "unknown", "withheld"):
                what = f"{fields.name} has an id that cannot be one."
                self.findings.error(fields.file, slug, what, "Use small letters, digits and hyphens.")
            actor = self._actor(fields, slug, scope, vocabulary)
            if slug in nodes:
                other = self.by_iri[nodes[slug]].place
                fields.error(None, f"is declared in {other.file}:{other.line} already.", "Two people need two ids.")
                continue
            known = self.by_iri.get(actor.iri)
            if known is not None and (known.case == actor.case or known.kind != actor.kind):
                fields.error(
                    None,
                    f"has the identifier of {known.slug} ({known.place.file}:{known.place.line}).",
                    "One of the two is wrong, or they are one: give them one id.",
                )
            self.by_iri.setdefault(actor.iri, actor)
            nodes[str(slug)] = actor.iri

    def _actor(self, fields: Form, slug: Text, scope: str, vocabulary: Vocabulary) -> Actor:
        kind = fields.required("kind", f"Write a kind such as {', '.join(list(vocabulary.kinds)[:3])}.")
        if kind and kind not in vocabulary.kinds:
            # In format 2 the kind stands above its names.
            at, what = fields.table[Text("kind")], f'{fields.name} has the unknown kind "{kind}".'
            self.findings.unknown(fields.file, at, what, did_you_mean(kind, vocabulary.kinds))
            kind = ""
        name = fields.texts("name")
        if not name:
            fields.error("name" if "name" in fields else None, "has no name.", "Write name: {en: …, es: …}.")
        if "comment" in fields:
            fields.error(
                "comment",
                "has a description.",
                "Say it as statements with a speaker; actors have no free description.",
            )
        same_as = _same_as(fields)
        wikidata = next((link.identifier for link in same_as if link.register == "wikidata"), None)
        iri = f"{ID}wikidata/{wikidata}" if wikidata else f"{ID}{scope}/{slug}"
        if not kind:
            self.unsure.add(iri)
            kind = next(iter(vocabulary.kinds))
        default = vocabulary.kinds[kind].plural
        short = str(fields.text("short"))
        aliases = tuple(map(str, fields.words("aliases")))
        return Actor(
            iri=iri,
            slug=str(slug),
            case=scope,
            name=name or {"en": str(slug)},
            kind=kind,
            place=Place.of(fields.file, slug),
            aliases=(*aliases, short) if short and short not in aliases else aliases,
            plural=fields.flag("plural", default),
            same_as=same_as,
            confidential=fields.flag("confidential"),
            short=short,
            pronoun=_pronoun(fields),
        )

    def check_ids(self, sources: Iterable[Source]) -> None:
        """Equal ids in two cases are one only by a shared file or a shared identifier; else both are shown."""
        seen: dict[str, Actor] = {}
        for source in sources:
            for slug, iri in sorted(source.nodes.items()):
                actor = self.by_iri[iri]
                other = seen.setdefault(slug, actor)
                if other.iri != iri:
                    self.findings.error(
                        actor.place.file,
                        actor.place,
                        f'has the id "{slug}", and so has {other.place.file}:{other.place.line}.',
                        "If they are one, share an actors file or a checked identifier; else rename one.",
                    )


def _pronoun(fields: Form) -> str:
    word = str(fields.text("pronoun"))
    if word and word not in PRONOUNS:
        fields.error("pronoun", f'has the pronoun "{word}".', f"Write one of {', '.join(PRONOUNS)}.")
        return ""
    return word


def _same_as(fields: Form) -> tuple[SameAs, ...]:
    inner = fields.form("same_as", ("wikidata", "checked_by", "on"))
    if inner is None:
        return ()
    identifier = inner.required("wikidata", "Write wikidata: Q42.")
    if identifier and not _WIKIDATA.fullmatch(identifier):
        inner.error("wikidata", f'has the identifier "{identifier}".', "Write Q and digits, such as Q42.")
        return ()
    by = inner.required("checked_by", "Name who checked it; only checked identifiers count.")
    on = date_at(inner, "on")
    if on is None and "on" not in inner:
        inner.error(None, "does not say when it was checked.", "Write on: 2026-11-24.")
    return (SameAs("wikidata", identifier, by, on.printed if on else ""),) if identifier else ()
