"""What becomes of a name in a sentence: articles, agreement, and what the sentence says already is not said twice.

In: a name as it stands in a sentence, such as `the payment of $6mn by Norvik`. Out: as much of it as is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import product, takewhile

from ..case.model import Actor, Nested, Third
from ..case.values import Quantity
from ..vocabulary.grammar import BEFORE, PRONOUNS, SPANISH, derived, english_past, spanish_preterite
from ..vocabulary.model import Phrases
from ..words import articles, contracted, has, message, phrases_of, words_of
from ..yaml.forms import in_language
from .names import label, prepositions, quoted


def article_of(name: str, language: str) -> str:
    """The article that a name begins with: `the`, `la`."""
    first = name.partition(" ")[0]
    return first if first in words_of(language, "language.articles") and " " in name else ""


def without_its_article(name: str, language: str) -> str:
    """The name without the article that it begins with: `White House`."""
    return name.removeprefix(f"{article_of(name, language)} ")


def agreeing(text: str, article: str, language: str) -> str:
    """The form that agrees with an article: of `presunto/presunta/presuntos/presuntas`, `presunta` after `la`."""
    forms = text.split("/")
    order = words_of(language, "language.articles")
    return forms[order.index(article) % len(forms) if article else len(forms) // 2]


def indefinite(name: str, language: str) -> str:
    """`a Secretary of State`, `an envoy`; Spanish `tiene presidente` has no article."""
    if not message(language, "language.indefinite"):
        return name
    consonant, vowel = words_of(language, "language.indefinite")
    first = name.partition(" ")[0]
    if first.isupper() and len(first) > 1:
        sounds = first[0] in "AEFHILMNORSX"
    else:
        sounds = bool(re.match(r"[aeio]|u(?!ni|s[aeiou]|tili)|hou?r|honest|heir", first, re.IGNORECASE))
        sounds = sounds and not re.match(r"eu|one\b", first, re.IGNORECASE)
    return f"{vowel if sounds else consonant} {name}"


def a_post(name: str, owner: str, language: str) -> str:
    """`a press secretary`, of a post that its owner has; `the office of the treasurer` has its article."""
    short = unrepeated(name, [owner], language)
    if article_of(name, language):
        return short
    bare = without_its_article(owner, language)
    # `US Secretary of State` of the United States.
    for whose in (bare, "".join(word[0] for word in bare.split())):
        short = short.removeprefix(f"{whose} ")
    return indefinite(short, language)


def family_name(actor: Actor, language: str) -> str:
    """What a person is called when named again: `Leavitt`, `Ortega Ruiz`; empty where the name is a description."""
    words = label(actor, language).split()
    proper = len(words) > 1 and all(word[:1].isupper() or word in _PARTICLES for word in words)
    if actor.kind != "person" or not proper or in_language(actor.name, language).casefold().startswith(articles()):
        return ""
    return " ".join(word for word in words[1:] if not re.fullmatch(r"[A-Z]\.", word))


_PARTICLES = frozenset("de la del los las da do dos di van von der den ter y al bin ibn".split())


def unrepeated(name: str, said: Iterable[str], language: str) -> str:
    """The name without what the sentence says beside it: `the visit`, where El Salvador is named as its place."""
    for other in said:
        name = _without(name, other, language)
    return name


def without_end_of(text: str, name: str, language: str) -> str:
    """`82% of the GDP`, said of the debt of El Salvador, for `82% of the GDP of El Salvador`."""
    for preposition in words_of(language, "language.prepositions"):
        before, found, last = name.rpartition(f" {preposition} ")
        end = f"{found}{last}"
        if found and len(before.split()) > 1 and last[:1].isupper() and text.endswith(end):
            return text.removesuffix(end)
    return text


def own_name(name: str, owner: str, language: str) -> str:
    """What its owner makes or has: `a visit` for `Rubio's visit`, where Rubio is who made it."""
    short = unrepeated(name, [owner], language)
    return name if short == name else _as_one(short, "oneOf", language)


def made_new(name: str, language: str) -> str:
    """What comes about is not yet known: `a model of cross-border incarceration`, for `the model`."""
    return _as_one(name, "indefiniteNow", language)


def new_now(name: str, several: bool, language: str) -> str:
    """What readers have not heard of: `a search`, for `the search`; several have no article."""
    if not several:
        return made_new(name, language)
    return without_its_article(name, language)


def known_now(name: str, language: str) -> str:
    """What was named just before: `the memo`, for `a memo`."""
    article = article_of(name, language)
    known = _articles_for("definite", language).get(article)
    return f"{known} {name.removeprefix(f'{article} ')}" if known else name


def owned(name: str, language: str) -> str:
    """What somebody is known for is theirs: Spanish `su enfoque`, for `un enfoque`."""
    article = article_of(name, language)
    whose = _articles_for("owned", language).get(article)
    return f"{whose} {name.removeprefix(f'{article} ')}" if whose else name


def _as_one(name: str, table: str, language: str) -> str:
    """The name as that of one among others, where the table has another article for its own."""
    article = article_of(name, language)
    one = _articles_for(table, language).get(article)
    if one is None:
        return name
    bare = name.removeprefix(f"{article} ")
    return indefinite(bare, language) if message(language, "language.indefinite") else f"{one} {bare}"


@cache
def _articles_for(table: str, language: str) -> dict[str, str]:
    """Article → what stands in its place."""
    return dict(pair.split("=") for pair in message(language, f"language.{table}").split(", ") if pair)


@lru_cache(maxsize=1 << 12)
def possessive(owner: str, language: str) -> str:
    """`Rubio's `, `the deportees' `; empty in Spanish."""
    return message(language, "language.possessive", who=owner).replace("s's ", "s' ")


def without_name(name: str, other: str, language: str) -> str:
    """`the CECOT` of `the Terrorism Confinement Centre (CECOT)`, of which it is said that it is known by that name."""
    article = article_of(name, language)
    full = re.fullmatch(r"(.+) \((\S+)\)", name.removeprefix(f"{article} "))
    if full is None:
        return name
    said = {full[2]: full[1], full[1]: full[2]}.get(other, full[2])
    alone = said == full[2] and message(language, "language.acronymAlone")
    return said if alone else f"{article} {said}".lstrip()


def known_by(text: str, name: str, language: str) -> str:
    """The words by which something is known, with its article where they are its full name: `the “Audit Office”`."""
    article = article_of(name, language)
    whole = article and name.removeprefix(f"{article} ").startswith(f"{text} (")
    words = quoted(text, language)
    return f"{article} {words}" if whole and message(language, "language.acronymAlone") else words


def behind(verb: str, pronoun: str, language: str) -> tuple[str, str] | None:
    """A verb and a pronoun in third place: `owns it`, `la posee`, `podría poseerla`; None where it has no place."""
    if not pronoun or not message(language, "language.dropsSubject"):
        return (verb, pronoun) if pronoun else None
    plain = verb.removesuffix(" a")
    last = plain.rpartition(" ")[2]
    if " " in verb and last in prepositions(language):
        return None
    words = plain.split(" ")
    if any(word.startswith(words_of(language, "language.datives")) for word in words):
        pronoun = message(language, "sentence.pronounTo")
    before = next((at for at, word in enumerate(words) if word not in BEFORE), 0)
    done = last.endswith(_OF_VERBS)
    if words[before] in PRONOUNS or len(words) - before > 2 or (len(words) - before == 2 and not done):
        return None
    if last.endswith(("ar", "er", "ir")):
        return f"{plain}{pronoun}", ""
    return " ".join([*words[:before], pronoun, *words[before:]]), ""


#: How the last word ends of a predicate that is all verb: `podría poseer`, `ha visto`; not `es dueña`.
_OF_VERBS = ("ar", "er", "ir", "ado", "ido", "sto", "rto", "cho", "ito")


def at_facility(verb: str, language: str) -> str:
    """`took place at` for `took place in`, before a building."""
    within, _, at = message(language, "language.atFacility").partition(" ")
    return f"{verb.removesuffix(within)}{at}" if at and verb.endswith(f" {within}") else verb


@lru_cache(maxsize=1 << 14)
def _without(name: str, other: str, language: str) -> str:
    last = other.rpartition(" ")[2]
    others = dict.fromkeys((other, last if last[:1].isupper() or len(other.split()) <= _BARE else other))
    for each in others:
        whose = possessive(each, language)
        if whose and name.startswith(whose):
            return f"{words_of(language, 'language.articles')[0]} {name.removeprefix(whose)}"
    joints = words_of(language, "language.prepositions")
    plain = contracted(name, language)
    for preposition, each in product(joints, others):
        before, found, behind = plain.rpartition(contracted(f" {preposition} {each}", language))
        # Not the beginning of a longer name or of a list.
        ends = not behind or (behind[:1] == " " and behind.split()[0] in _leads(language))
        if found and len(before.split()) > bool(article_of(before, language)) and ends:
            return f"{before}{behind}"
    return name


@cache
def _leads(language: str) -> frozenset[str]:
    """The words that a further part of a name begins with: `de`, and `del` for `de el`."""
    before = product(prepositions(language), words_of(language, "language.articles"))
    drawn = (contracted(f"{preposition} {article} -", language).split()[0] for preposition, article in before)
    return prepositions(language) | frozenset(drawn)


def without_preposition(verb: str, language: str) -> str:
    """`believes` for `believes in`: no preposition stands before `that`."""
    head, _, last = verb.rpartition(" ")
    return head if head and last in prepositions(language) else verb


def between_commas(first: str, verb: str, language: str) -> tuple[str, str]:
    """A subject before a verb that begins with words between commas: `el puerto, llegado el caso, poseería`."""
    for words in phrases_of(language, "language.commaBefore"):
        if verb.startswith(f"{words},"):
            return (f"{first},", verb) if first else ("", f", {verb}")
    return first, verb


def led(verb: str, language: str) -> tuple[str, str]:
    """What says how it is known, which stands before the subject, and the verb: `según se dice, ` and `posee`.

    So does `es cierto que` of a predicate that is told as printed.
    """
    lead, dots, printed = verb.partition("… ")
    if dots:
        return lead, printed
    for words in phrases_of(language, "language.leading"):
        if verb.startswith(f"{words}, "):
            return f"{words}, ", verb.removeprefix(f"{words}, ")
    return "", verb


def quantified(quantifier: str, name: str, language: str) -> str:
    """`many of the people`, `many people`; `muchas de las personas`."""
    article = article_of(name, language)
    words = agreeing(message(language, f"quantifier.{quantifier}"), article, language)
    return f"{words if article else without_preposition(words, language)} {name}"


def light_verb(name: str, relation: str, language: str) -> Phrases | None:
    """The verb that goes with a noun: a payment `was made`, a complaint `was filed`, who took an action `took` it.

    None where the relation's own phrase does. The nouns are those of the file of words, before any preposition; some
    have a verb for one relation alone: a country `has` a debt, a detention `applies to` people.
    """
    own = _own_verbs(relation, language)
    if noun := _noun_among(own, name, language):
        return _as_written(own[noun], language)
    use = _USES.get(relation)
    if use is None:
        return None
    happens, following = use
    verbs = _verbs(language)
    for word in before_prepositions(name, language):
        if word in verbs:
            if relation == "took-place-in" and len(verbs[word]) > _PLACED:
                return _in_the_past(verbs[word][_PLACED], language)
            return _in_the_past(f"{verbs[word][not happens]}{following.get(language, '')}", language)
    return None


def _noun_among(own: Mapping[str, str], name: str, language: str) -> str:
    """The noun of a name, where it is one of these; else empty. Few relations have nouns of their own."""
    return next((word for word in before_prepositions(name, language) if word in own), "") if own else ""


@lru_cache(maxsize=1 << 12)
def before_prepositions(name: str, language: str) -> tuple[str, ...]:
    """The words of a name before any preposition, its noun first: it is the last one in English."""
    ends = prepositions(language)
    words = tuple(takewhile(lambda word: word not in ends, name.casefold().split()))
    return words[::-1] if message(language, "language.nounLast") else words


def noun_of(name: str, language: str) -> str:
    """What a name is about: `payment`, of `the payment of March`."""
    return next(iter(before_prepositions(without_its_article(name, language), language)), "")


def taken(name: str, relation: str, language: str) -> Phrases | None:
    """What those do whom an event is for, and who are named first: they `take up` the places."""
    return light_verb(name, f"{relation}-taken", language)


@lru_cache(maxsize=1 << 10)
def _as_written(verbs: str, language: str) -> Phrases:
    """The phrases of a verb in the file of words: `apply to` has happened, `have / has / have` states what is."""
    infinitive, *present = verbs.split(" / ")
    if present:
        return _stating(f"{{{'|'.join(present)}}}", infinitive, language)
    return _in_the_past(infinitive, language)


def existing(language: str) -> Phrases:
    """That there were some: `there were three requests`."""
    return _in_the_past(message(language, "nouns.existing"), language)


def undisclosed(name: str, relation: str, language: str) -> Phrases | None:
    """How it is said of a sum that it is not known: a purchase `was for an undisclosed sum`, and amounts to none."""
    own = _own_verbs(f"{relation}-unknown", language)
    noun = _noun_among(own, name, language) or _ANY
    return _as_written(own[noun], language) if noun in own else None


def for_third(third: Third, relation: str, language: str, *, own: bool = False) -> Phrases | None:
    """The verb that goes with a third place: whoever opposes a claim `rejects` it, or `denies` what is their `own`."""
    verbs = _own_verbs(f"{relation}-{'own' if own else 'that'}", language) if isinstance(third, Nested) else {}
    if isinstance(third, Quantity) and third.counts:
        verbs = _own_verbs(f"{relation}-of", language)
    return _as_written(verbs[_ANY], language) if verbs else None


def for_object(name: str, relation: str, language: str) -> Phrases | None:
    """The verb that goes with the noun in third place: nobody obtains a profit, but `makes` one."""
    own = _own_verbs(f"{relation}-what", language)
    noun = _noun_among(own, name, language)
    return _as_written(own[noun], language) if noun else None


def with_gender(article: str, relation: str, language: str) -> Phrases | None:
    """The phrases that agree with their subject, whose article tells its gender: Spanish `es dueña de`."""
    own = _own_verbs(f"{relation}-agreeing", language)
    return _as_written(own[article], language) if article in own else None


#: Stands for every noun that has no line of its own.
_ANY = "*"


def dealing(event: str, relation: str, language: str) -> Phrases | None:
    """What whoever is the buyer in a purchase does: `bought`."""
    own = _own_verbs(f"{relation}-of", language)
    noun = _noun_among(own, event, language)
    return _in_the_past(own[noun], language) if noun else None


def dealt_in(event: str, relation: str, language: str) -> str:
    """`the stake` of `the sale of the stake`, which its buyer bought; empty where the name says more, or less."""
    if dealing(event, relation, language) is None:
        return ""
    for preposition in words_of(language, "language.objects"):
        before, found, what = event.partition(f" {preposition} ")
        if not found or len(before.split()) > _BARE:
            continue
        agent, to = f" {message(language, 'language.agents')} ", f" {message(language, 'language.recipients')} "
        if relation == "seller" and not what.startswith(agent.lstrip()):
            return what.replace(agent, to, 1)  # who bought it is whom it was sold to
        if agent not in f" {what} ":
            return what
    return ""


#: As many words as an article and a noun are.
_BARE = 2


def dated_before(verb: str, when: str, language: str) -> tuple[str, str]:
    """The verb with its date, and what is left to stand behind a thing: `agreed on 14 March to the flights`.

    Behind the name of an event a date would be the date of that event.
    """
    on, within = message(language, "language.onDay"), message(language, "language.inPeriod")
    if not when.startswith((f" {on} ", f" {within} ")):
        return verb, when
    head, _, last = verb.rpartition(" ")
    if head and last in prepositions(language):
        return f"{head}{when} {last}", ""
    return (f"{verb}{when}", "") if message(language, "language.dateFirst") and " " not in verb else (verb, when)


def journey(event: str, gender: str, relation: str, language: str) -> Phrases | None:
    """What those did or underwent whom an event moved: `were transferred to El Salvador` in `the transfer to it`.

    What an acquisition is about `was bought by Norvik`. None where the name of the event says more than its noun and
    where it led; in Spanish also where no article tells how the participle ends: `gender` is that of the people.
    """
    article = article_of(event, language)
    noun, _, where = event.removeprefix(f"{article} ").partition(" ")
    verbs = _own_verbs(f"{relation}-told", language).get(noun, "")
    led = where and where.partition(" ")[0] not in prepositions(language)
    if not verbs or led or not (gender or "/" not in verbs):
        return None
    known = gender if gender in words_of(language, "language.articles") else ""
    return _in_the_past(
        f"{agreeing(verbs, known or 'el', language) if '/' in verbs else verbs} {where}".rstrip(), language
    )


@cache
def verbal(language: str) -> dict[str, str]:
    """Relation → what leads from the verb of a noun to its third place."""
    return dict(pair.split("=") for pair in message(language, "nouns.verbal").split(", "))


def possible(phrase: str, phrases: Phrases, language: str) -> Phrases | None:
    """`are possible`, `are needed`, of events whose verb says only that they take place; None for all else."""
    if phrase not in ("possible", "required"):
        return None
    generic = phrases.infinitive in phrases_of(language, "nouns.generic")
    return _as_written(message(language, f"nouns.{phrase}"), language) if generic else None


def tells(relation: str, how: str, language: str) -> bool:
    """Whether a relation has verbs of its own: `told` of a journey, `agreeing` with its subject. Few have."""
    return bool(_own_verbs(f"{relation}-{how}", language))


@cache
def _own_verbs(relation: str, language: str) -> dict[str, str]:
    """Noun → its verb for one relation, and its present where it states what is: `have / has / have`."""
    key = f"nouns.{relation}"
    rows = message(language, key).split("; ") if has(key, language) else []
    return {noun.strip(): verb.strip("; ") for noun, _, verb in (row.partition(" = ") for row in rows)}


@cache
def _verbs(language: str) -> dict[str, list[str]]:
    """Noun → how it is said that it happens, that somebody does it, and where: `take place`, `make`, `be to`."""
    rows = (row.split(" = ") for row in message(language, "nouns.verbs").split("; "))
    return {noun: verbs.split(" / ") for noun, verbs in rows}


#: Where in a noun's verbs the place is told.
_PLACED = 2


@lru_cache(maxsize=1 << 10)
def _in_the_past(infinitive: str, language: str) -> Phrases:
    accepted = spanish_preterite(infinitive) if language == SPANISH else english_past(infinitive)
    return _stating(accepted, infinitive, language, present=False)


def _stating(accepted: str, infinitive: str, language: str, *, present: bool = True) -> Phrases:
    said, denied = derived(accepted, infinitive, language)
    return Phrases(accepted, said, denied, infinitive, present=present)


#: Relation → whether the event happens in it or somebody does it, and what follows the verb.
_USES: dict[str, tuple[bool, dict[str, str]]] = {
    "occurred": (True, {}),
    "happened-on": (True, {"en": " on", "es": " en"}),
    "operator": (False, {}),
    "payer": (False, {}),
    "issued-by": (False, {}),
    "offeror": (False, {}),
    "brought-by": (False, {}),
    "took-place-in": (True, {"en": " in", "es": " en"}),
    "during": (True, {"en": " during", "es": " durante"}),
}
