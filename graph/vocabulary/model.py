"""What gives names to what a case says: kinds, relations with their phrases, units, terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, partial

from ..base.errors import did_you_mean
from ..base.terms import BASE, PREFIXES
from ..words import ENGLISH, message
from ..yaml.forms import Texts, in_language
from . import grammar

#: The relations from a fact to that on which it depends.
CONDITIONS = ("on-condition", "unless")
#: The gravest of what may be at stake when a relation accuses.
CRIME = 3
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node can be. Neutral: a kind says nothing that anybody disputes."""

    key: str
    type: str
    label: Texts
    comment: Texts
    shape: str = "circle"
    hue: str = "concept"
    agent: bool = False
    plural: bool = False
    broader: str | None = None
    #: Of an accusing word: the roles of those whom what it is put on harms, who are not accused by it.
    harms: frozenset[str] = frozenset()

    @property
    def iri(self) -> str:
        return PREFIXES["kind"] + self.key


@dataclass(frozen=True, slots=True)
class Phrases:
    """A relation's words in one language, each a predicate between a subject and a third place.

    `{is|are}` is chosen by the subject's number. The not-yet-so phrases, those of a period that has ended and the
    Spanish conditional follow from the infinitive. `present` tells whether the predicate states what is, as `owns`, or
    what happened, as `visited`: only the first has another tense once its period is over. `over` tells that it is.
    """

    accepted: str
    said: str
    denied: str
    infinitive: str
    present: bool = True
    over: bool = False

    @property
    def as_printed(self) -> bool:
        """Whether its verb is not known, so that it is never inflected: `niega que sea cierto que … rige`."""
        return self.infinitive.startswith(grammar.AS_PRINTED)

    def not_yet(self, modality: str, language: str, *, plural: bool = False) -> str:
        """`is to pay`, `may pay`, `would have paid`, by modality; `alleged.planned`, `opposed.planned` in that mood."""
        verb = _form(self.infinitive, modality, language)
        if self.over and modality in ("possible", "possibleBy"):
            # `may have owned`: perhaps it was so; `could own` speaks of what may yet come.
            spanish = language == grammar.SPANISH
            verb = (grammar.spanish_perfect_infinitive if spanish else grammar.english_perfect)(self.infinitive)
            modality = "mayHave"
        elif verb.startswith("not ") and modality.endswith(("possible", "possibleBy")):
            modality = "mightNot"  # `could not back` tells that somebody was not able to
        return message(language, f"phrase.{modality}", n=2 if plural else 1, verb=verb)

    def ended(self, language: str) -> Phrases:
        """The same of a period that is over: `was a member of`, `perteneció a`."""
        if not self.present or self.as_printed:
            return replace(self, over=not self.as_printed)
        past = grammar.spanish_preterite if language == grammar.SPANISH else grammar.english_past
        accepted = past(self.infinitive)
        said, denied = grammar.derived(accepted, self.infinitive, language)
        return replace(self, accepted=accepted, said=said, denied=denied, present=False, over=True)

    def lasting(self, language: str) -> Phrases:
        """The same of what began and goes on: `has owned`, since 2019; Spanish has the present for it."""
        if language == grammar.SPANISH:
            return self
        been = grammar.english_past(self.infinitive, participle=True)
        return replace(
            self,
            accepted=f"{{has|have}} {been}",
            said=f"{{is|are}} said to have {been}",
            denied=f"{{has|have}} not {been}",
            present=False,
        )

    def conditional(self, language: str) -> str:
        """The mood of what is only alleged: Spanish `pertenecería a`, `habría recibido`; English has none."""
        if language != grammar.SPANISH:
            return self.accepted
        return grammar.spanish_conditional(self.infinitive, perfect=not (self.present or self.as_printed))

    def subjunctive(self, language: str) -> str:
        """The mood of what is denied: `niega que pertenezca a`, `que haya recibido`; English has none."""
        if language != grammar.SPANISH:
            return self.accepted
        if grammar.in_imperfect(self.accepted, self.infinitive):
            return grammar.spanish_imperfect_subjunctive(self.infinitive)
        return grammar.spanish_subjunctive(self.infinitive, perfect=not (self.present or self.as_printed))

    def shifted(self, language: str) -> str:
        """The same behind a verb of saying in the past: `knew that it owned`, `sabía que poseía`."""
        if self.as_printed:
            return self.accepted
        return grammar.shifted(self.accepted, self.infinitive, language, present=self.present)

    def gerund(self, language: str) -> str:
        """What somebody denies of itself: `denies owning`, `denies having paid`; `niega haber pagado`."""
        if self.as_printed:
            return f"que {grammar.spanish_subjunctive(self.infinitive)}"
        if language == grammar.SPANISH:
            return self.infinitive if self.present else grammar.spanish_perfect_infinitive(self.infinitive)
        if self.present:
            return grammar.english_gerund(self.infinitive)
        return f"having {grammar.english_perfect(self.infinitive)}"

    def condition(self, language: str) -> str:
        """The mood of a condition: `provided that it is paid`, `a condición de que se pague`."""
        return self.wish(language) if language == grammar.SPANISH else grammar.english_present(self.infinitive)

    def wish(self, language: str) -> str:
        """The mood of what is demanded or a condition: `that it be paid`, `que se pague`."""
        return grammar.spanish_subjunctive(self.infinitive) if language == grammar.SPANISH else self.infinitive


#: By language: in which form the verb stands, where it is not the infinitive, for each modality in each mood.
_FORMS: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "en": dict.fromkeys(
        ("counterfactual", "alleged.counterfactual", "opposed.counterfactual"), grammar.english_perfect
    ),
    "es": {
        **dict.fromkeys(("expected", "foreseen"), grammar.spanish_future),
        **dict.fromkeys(
            ("conditional", "alleged.conditional", "hypothetical", "alleged.hypothetical", "shifted.foreseen"),
            grammar.spanish_conditional,
        ),
        **dict.fromkeys(("counterfactual", "alleged.counterfactual"), grammar.spanish_unreal),
        "opposed.counterfactual": partial(grammar.spanish_unreal, denied=True),
    },
}


@cache
def _form(infinitive: str, modality: str, language: str) -> str:
    made = _FORMS.get(language, {}).get(modality)
    return made(infinitive) if made else infinitive


_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@cache
def numbered(phrase: str, plural: bool, *, personal: bool = True) -> str:
    """A phrase with each `{singular|plural}` settled, and the Spanish `[a]` that only somebody who can act takes."""
    # What is so or not of several stands in the plural, and that it is so does not: `sea cierto que … son dueños de`.
    lead, dots, rest = phrase.rpartition("…")
    settled = _CHOICE.sub(lambda match: match[1], lead) + dots
    settled += _CHOICE.sub(lambda match: match[2] if plural else match[1], rest)
    return settled.replace("[a]", "a" if personal else "").rstrip()


@dataclass(frozen=True, slots=True)
class Relation:
    """A way in which two nodes, or a node and a value, may stand to each other, with all it needs to be shown."""

    key: str
    iri: str
    #: The local name under `said:`, `alleged:`, `notyet:` and `denied:`, such as `memberOf`.
    mirror: str
    label: Texts
    comment: Texts
    gloss: Texts
    #: At most three words that stand on a drawn line beside whoever says so: "held at".
    bare: Texts
    phrases: Mapping[str, Phrases]
    #: Phrases that lead from the third place to the subject, where a sentence reads better: `X received the payment`.
    turned: Mapping[str, Phrases] = field(default_factory=dict)
    #: Other phrases for subjects of a kind: a payment is made, an order is issued.
    by_kind: Mapping[str, Mapping[str, Phrases]] = field(default_factory=dict)
    #: The word before a statement in third place, as in `knew that`; without one it is "the claim that".
    clause: Texts = field(default_factory=dict)
    #: The word between two statements: `because`.
    joins: Texts = field(default_factory=dict)
    #: What an open question asks for: `the reason for`.
    asks: Texts = field(default_factory=dict)
    takes: frozenset[str] = frozenset({"node"})
    subject: frozenset[str] = frozenset()
    third: frozenset[str] = frozenset()
    sensitive: bool | frozenset[str] = False
    #: Which of its ends it may defame: `subject`, `object`. Whoever is robbed or investigates is not accused by that.
    accused: frozenset[str] = frozenset({"subject", "object"})
    directed: bool = True
    inverse: str | None = None
    single: bool = False
    role: bool = False
    subtitle: bool = False
    #: Whether it says how a speaker sees or rates something, and not what happened or was done.
    judgement: bool = False
    counts: str | None = None
    #: What is at stake when it accuses: 3 a crime, 2 death or violence, 1 money, 0 anything else.
    gravity: int = 0
    #: Whether its subject takes part in its third place: who funds a crime is accused with it.
    involves: bool = False
    #: Whether the unit goes without saying: `numbers 238`, not `numbers 238 people`.
    unit_understood: bool = False
    #: Words by which somebody looks for it, by language: `rent`, `alquilar`.
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def phrases_in(self, language: str) -> Phrases:
        """The phrases of a language, or the English ones when the vocabulary does not speak it."""
        return self.phrases.get(language) or self.phrases[ENGLISH]

    @property
    def names_crime(self) -> bool:
        """Whether it may call one of its ends a crime: with an accusing word, or in a charge."""
        return self.gravity == CRIME or (not isinstance(self.sensitive, bool) and "accusation" in self.sensitive)

    @property
    def accuses(self) -> bool:
        """Whether it may accuse by its name, in whatever it says: to be charged, and to be acquitted, too."""
        return self.sensitive is True or self.gravity > 0


def suggested(word: str, vocabulary: Vocabulary, more: Iterable[str] = ()) -> str:
    """`Did you mean owns?` for a relation that is not known.

    No relation that accuses is proposed for a word that only looks a little like it: `acquired` is no `acquitted-of`.
    """
    grave = {key for key, relation in vocabulary.relations.items() if relation.accuses}
    grave |= {name for name, key in vocabulary.inverses().items() if key in grave}
    known = {*vocabulary.relations, *vocabulary.inverses(), *more}
    if alike := get_close_matches(word.lower(), grave, n=1, cutoff=MISSPELT):
        return f"Did you mean {alike[0]}?"
    return did_you_mean(word, known - grave)


#: How like each other two words are when one is the other with a slip of the keyboard: `charged-wiht`.
MISSPELT = 0.85


def mirror_name(iri: str) -> str:
    """The name of the mirrors of a case's own relation: `org_memberOf`, `harbour_moors-at`.

    The prefix or the case stays in it, so that the words of two cases cannot collide.
    """
    for prefix, namespace in PREFIXES.items():
        if prefix != "id" and iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}_{iri[len(namespace) :]}"
    scope, _, name = iri.removeprefix(PREFIXES["id"]).rpartition("#")
    return f"{scope.removesuffix('/ns')}_{name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure counts or is measured in. `label[language]` holds the singular and the plural."""

    key: str
    label: Mapping[str, tuple[str, str]]
    duration: str | None = None

    def named(self, language: str, *, many: bool = False) -> str:
        """`death` or `deaths`."""
        return (self.label.get(language) or self.label[ENGLISH])[many]

    @property
    def iri(self) -> str:
        return PREFIXES["unit"] + self.key


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or a concept of the evidence layer."""

    iri: str
    types: tuple[str, ...]
    label: Texts
    comment: Texts
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that gives names to what a case says. Keys are the words that authors write."""

    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    units: Mapping[str, Unit]
    folds: frozenset[tuple[str, str]]
    terms: tuple[Term, ...] = ()
    about: Mapping[str, Texts] = field(default_factory=dict)
    version: str = ""

    def extended(
        self,
        kinds: Iterable[Kind],
        relations: Iterable[Relation],
        units: Iterable[Unit],
        folds: Iterable[tuple[str, str]] = (),
    ) -> Vocabulary:
        """This vocabulary with a case's own words beside it."""
        return replace(
            self,
            kinds={**self.kinds, **{kind.key: kind for kind in kinds}},
            relations={**self.relations, **{relation.key: relation for relation in relations}},
            units={**self.units, **{unit.key: unit for unit in units}},
            folds=self.folds | set(folds),
        )

    def is_a(self, kind: str, wanted: Iterable[str]) -> bool:
        """Whether a kind, or one broader than it, is among those wanted."""
        allowed = wanted if isinstance(wanted, set | frozenset) else set(wanted)
        return kind in allowed or any(step in allowed for step in self.broadening(kind))

    def broadening(self, kind: str) -> Iterator[str]:
        """A kind, the one broader than it, and so on, each once."""
        seen: set[str] = set()
        step: str | None = kind
        while step is not None and step not in seen:
            yield step
            seen.add(step)
            step = self.kinds[step].broader if step in self.kinds else None

    def harmed_by(self, kind: str) -> frozenset[str]:
        """The roles of those whom a word of this kind, or of one broader, says were harmed by what is called so."""
        steps = (self.kinds[step] for step in self.broadening(kind) if step in self.kinds)
        return frozenset[str]().union(*(step.harms for step in steps))

    def only(self, relations: Iterable[str], kinds: Iterable[str], units: Iterable[str]) -> Vocabulary:
        """The part that a dataset uses: these words, the kinds broader than these, and all terms of evidence."""
        wanted = set(kinds)
        for key in relations:
            # What a relation is sensitive for belongs to it, whether or not the dataset has such a node.
            rule = self.relations[key].sensitive
            wanted |= set() if isinstance(rule, bool) else rule
        wanted = {step for kind in wanted for step in self.broadening(kind)}
        used_relations = set(relations)
        kept = {key: relation for key, relation in self.relations.items() if key in used_relations}
        used = set(units)
        return replace(
            self,
            kinds={key: kind for key, kind in self.kinds.items() if key in wanted},
            relations=kept,
            units={key: unit for key, unit in self.units.items() if key in used},
            folds=frozenset(pair for pair in self.folds if set(pair) <= set(kept)),
        )

    def inverses(self) -> dict[str, str]:
        """Inverse names that authors may write → the relation's key."""
        return {r.inverse: r.key for r in self.relations.values() if r.inverse}

    def label(self, scheme: str, key: str, language: str) -> str:
        """The label of a concept of a scheme, such as (`stance`, `asserted`)."""
        iri = f"{BASE}{scheme}/{key}"
        return next((in_language(term.label, language) or key for term in self.terms if term.iri == iri), key)
