"""Verb forms by rule, with the irregular ones listed: what a relation's infinitive becomes in another tense.

In: an English or Spanish infinitive with what follows it (`hold the post of`, `encontrarse en`). Out: the predicate in
another tense or mood, as a participle or a gerund, with `{singular|plural}` where the two differ. The lists hold
the verbs of newspapers; a verb that is missing is inflected as a regular one.
"""

from __future__ import annotations

import re

from .stems import NARROWED, PRESENT_STEMS, respelled

#: A language with rules of its own; every other one is inflected as English.
SPANISH = "es"


def derived(accepted: str, infinitive: str, language: str) -> tuple[str, str]:
    """The phrases for what is said and what is denied that follow from the plain one, where nobody wrote others."""
    if language == SPANISH:
        # What denies a denial says that it is so.
        denied = accepted.replace("no ", "sí ", 1) if infinitive.startswith("no ") else f"no {accepted}"
        return f"según se dice, {accepted}", denied
    if infinitive.startswith("not "):
        return _derived_from_not(accepted, infinitive)
    head, _, rest = accepted.partition(" ")
    if head == "{is|are}":
        return f"{{is|are}} said to be {rest}".rstrip(), f"{{is|are}} not {rest}".rstrip()
    if head == "{was|were}":
        return f"{{is|are}} said to have been {rest}".rstrip(), f"{{was|were}} not {rest}".rstrip()
    if accepted.startswith("{"):
        return f"{{is|are}} said to {infinitive}", f"{{does|do}} not {infinitive}"
    participle = english_perfect(infinitive)
    return f"{{is|are}} said to have {participle}", f"did not {infinitive}"


def _derived_from_not(accepted: str, infinitive: str) -> tuple[str, str]:
    """The same of `{does|do} not back`, `did not back`, `{is|are} not part of`; what denies them says that it is so."""
    positive = accepted.replace("cannot ", "can ", 1) if "cannot " in accepted else accepted.replace(" not", "", 1)
    if in_present(accepted):
        return f"{{is|are}} said {infinitive.replace('not ', 'not to ', 1)}", positive
    return f"{{is|are}} said not to have {english_past(infinitive[4:], participle=True)}", positive


def in_present(english: str) -> bool:
    """Whether an English predicate states what is: only the present agrees with its subject, but for `was`."""
    return english.startswith("{") and not english.startswith("{was|")


_VOWELS = "aeiou"
#: Infinitive → past, participle.
_ENGLISH = {
    line.split()[0]: (line.split()[1], line.split()[-1])
    for line in """
    be was been|become became become|begin began begun|bid bid bid|break broke broken|bring brought|build built
    buy bought|catch caught|choose chose chosen|come came come|cost cost|cut cut|deal dealt|do did done|draw drew drawn
    drive drove driven|fall fell fallen|feel felt|fight fought|find found|flee fled|fly flew flown
    forbid forbade forbidden|foresee foresaw foreseen|foretell foretold
    get got|give gave given|go went gone|grow grew grown|have had|hear heard
    hide hid hidden|hit hit|hold held|keep kept|know knew known|lead led|leave left|lend lent|let let|lie lay lain
    lose lost|make made|mean meant|meet met|mislead misled|overtake overtook overtaken|pay paid|put put|read read
    rise rose risen
    run ran run|say said|see saw seen|seek sought|sell sold|send sent|set set|shoot shot|show showed shown
    speak spoke spoken|spend spent|spread spread|stand stood|steal stole stolen|strike struck|swear swore sworn
    take took taken|teach taught
    tell told|think thought|throw threw thrown|undertake undertook undertaken|win won|withdraw withdrew withdrawn
    withhold withheld|write wrote written
    """.replace("\n", "|").split("|")
    if line.strip()
}  # fmt: skip
_DOUBLED = frozenset(
    (
        "admit ban bar beg bet chat commit compel confer defer deter drag drop emit equip fit grab incur infer jam log "
        "map nod occur omit permit plan plot prefer rebut recur refer regret rob rub ship shop skip slip snap stop "
        "strip submit swap tap transfer transmit trap trim wrap"
    ).split()
)


def english_past(infinitive: str, *, participle: bool = False) -> str:
    """`held the post of` for `hold the post of`; with `participle`, `been` for `be`."""
    if _is_perfect(infinitive) and not participle:
        return f"had not {infinitive[9:]}"
    if infinitive.startswith("not "):
        return (
            _english_not(infinitive[4:], "did", "{was|were}")
            if not participle
            else (f"not {english_past(infinitive[4:], participle=True)}")
        )
    verb, _, rest = infinitive.partition(" ")
    if verb == "be" and not participle:
        form = "{was|were}"
    elif verb == "lie" and f"{rest} ".startswith("to "):
        form = "lied"  # who lies to somebody tells lies; what lies somewhere lay there
    elif verb in _ENGLISH:
        form = _ENGLISH[verb][participle]
    elif verb.endswith("e"):
        form = f"{verb}d"
    elif re.search(rf"[^{_VOWELS}]y$", verb):
        form = f"{verb[:-1]}ied"
    else:
        form = f"{verb}{verb[-1] if _doubles(verb) else ''}ed"
    return f"{form} {rest}".rstrip()


def _is_perfect(infinitive: str) -> bool:
    """`not have signed`, and not `not have a seat`."""
    word = infinitive.removeprefix("not have ").partition(" ")[0]
    return infinitive.startswith("not have ") and (word.endswith("ed") or word in _DONE)


def _english_not(infinitive: str, auxiliary: str, of_be: str) -> str:
    """`did not back`, `{was|were} not part of`."""
    verb, _, rest = infinitive.partition(" ")
    if verb == "be":
        return f"{of_be} not {rest}".rstrip()
    return f"{auxiliary} not {infinitive}"


_INFINITIVES = {form: verb for verb, forms in _ENGLISH.items() for form in forms}
#: Past of an irregular verb → its infinitive: `withdrew`, `put`.
IRREGULAR = {past: verb for verb, (past, _) in _ENGLISH.items()}


def english_infinitive(form: str) -> str:
    """`buy` for `bought`; the word itself where it is no irregular form."""
    return _INFINITIVES.get(form, form)


def english_present(infinitive: str) -> str:
    """`{holds|hold} the post of`, `{is|are} issued`, `{does|do} not back`."""
    if _is_perfect(infinitive):
        return f"{{has|have}} not {infinitive[9:]}"
    if infinitive.startswith("not "):
        return _english_not(infinitive[4:], "{does|do}", "{is|are}")
    verb, _, rest = infinitive.partition(" ")
    known = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in known:
        form = known[verb]
    elif re.search(rf"[^{_VOWELS}]y$", verb):
        form = f"{verb[:-1]}ies"
    else:
        form = f"{verb}{'es' if re.search('(?:s|sh|ch|x|z)$', verb) else 's'}"
    return f"{{{form}|{'are' if verb == 'be' else verb}}} {rest}".rstrip()


def english_gerund(infinitive: str) -> str:
    """`holding the post of`, `controlling`, `being in the custody of`, `not backing`."""
    if infinitive.startswith("not "):
        return f"not {english_gerund(infinitive[4:])}"
    verb, _, rest = infinitive.partition(" ")
    if verb.endswith("ie"):
        form = f"{verb[:-2]}ying"
    elif verb.endswith("e") and verb != "be" and not verb.endswith("ee"):
        form = f"{verb[:-1]}ing"
    else:
        doubled = verb in _DOUBLED_BEFORE_ING or _doubles(verb)
        form = f"{verb}{verb[-1] if doubled else ''}ing"
    return f"{form} {rest}".rstrip()


#: Irregular in the past, so that only the gerund doubles their end.
_DOUBLED_BEFORE_ING = frozenset(
    {"begin", "bid", "cut", "forbid", "get", "hit", "let", "put", "run", "set", "sit", "win"}
)


def _doubles(verb: str) -> bool:
    """British spelling: controlled, signalled, but failed."""
    return verb in _DOUBLED or bool(re.search(rf"[^{_VOWELS}][{_VOWELS}]l$", verb))


PARTICIPLES = {
    "abrir": "abierto", "cubrir": "cubierto", "decir": "dicho", "disolver": "disuelto", "escribir": "escrito",
    "inscribir": "inscrito", "hacer": "hecho", "imprimir": "impreso", "ir": "ido", "morir": "muerto",
    "poner": "puesto", "prever": "previsto", "resolver": "resuelto", "romper": "roto",
    "satisfacer": "satisfecho", "ver": "visto", "volver": "vuelto",
}  # fmt: skip
FUTURES = {
    "caber": "cabr", "decir": "dir", "haber": "habr", "hacer": "har", "poder": "podr", "poner": "pondr",
    "querer": "querr", "saber": "sabr", "salir": "saldr", "tener": "tendr", "valer": "valdr", "venir": "vendr",
}  # fmt: skip
#: Infinitive → the stem of a strong preterite, to which `-o` and `-ieron` are added.
STRONG = {
    "andar": "anduv", "caber": "cup", "decir": "dij", "estar": "estuv", "haber": "hub", "hacer": "hic", "poder": "pud",
    "poner": "pus", "querer": "quis", "saber": "sup", "tener": "tuv", "traer": "traj", "venir": "vin",
}  # fmt: skip
PRETERITES = {"ser": ("fue", "fueron"), "ir": ("fue", "fueron"), "dar": ("dio", "dieron"), "ver": ("vio", "vieron"),
               "prever": ("previó", "previeron"), "hacer": ("hizo", "hicieron")}  # fmt: skip


def spanish_preterite(infinitive: str) -> str:
    """`{tuvo|tuvieron} la sede en` for `tener la sede en`: what was over by then."""
    verb, lead, rest = _spanish(infinitive)
    return _conjugated(*third_preterite(verb), lead, rest)


def third_preterite(verb: str) -> tuple[str, str]:
    if verb in PRETERITES:
        return PRETERITES[verb]
    strong = f"{verb[:-4]}uj" if verb.endswith("ducir") else compound(verb, STRONG)
    if strong:
        return f"{'hiz' if strong.endswith('hic') else strong}o", f"{strong}{'eron' if strong[-1] == 'j' else 'ieron'}"
    stem = compound(verb, NARROWED) or unaccented_ending(verb)[:-2]
    if verb.endswith("ar"):
        return f"{stem}ó", f"{stem}aron"
    # Between vowels i is y: `leyó`, `destituyó`; but `siguió`.
    between = stem[-1:] in ("a", "e", "o") or (stem.endswith("u") and not stem.endswith(("gu", "qu")))
    return (f"{stem}yó", f"{stem}yeron") if between else (f"{stem}ió", f"{stem}ieron")


def spanish_conditional(infinitive: str, *, perfect: bool = False) -> str:
    """`{recibiría|recibirían}` for `recibir`; `perfect`: `{habría|habrían} recibido`."""
    verb, lead, rest = _spanish(infinitive)
    if perfect and verb != "haber":
        return _conjugated("habría", "habrían", lead, f"{spanish_participle(verb)} {rest}".rstrip())
    stem = compound(verb, FUTURES) or unaccented_ending(verb)
    return _conjugated(f"{stem}ía", f"{stem}ían", lead, rest)


def spanish_future(infinitive: str) -> str:
    """`{recibirá|recibirán}` for `recibir`."""
    verb, lead, rest = _spanish(infinitive)
    stem = compound(verb, FUTURES) or unaccented_ending(verb)
    return _conjugated(f"{stem}á", f"{stem}án", lead, rest)


def english_perfect(infinitive: str) -> str:
    """What follows `would have`: `owned` for `own`, `moved to` for `have moved to`."""
    if infinitive.startswith("not "):
        return f"not {english_perfect(infinitive[4:])}"
    verb, _, rest = infinitive.partition(" ")
    first = rest.partition(" ")[0]
    done = verb == "have" and (first.endswith("ed") or first in _DONE)
    return rest if done else english_past(infinitive, participle=True)


_DONE = frozenset(participle for _, participle in _ENGLISH.values())


def spanish_unreal(infinitive: str, *, denied: bool = False) -> str:
    """`{habría|habrían} recibido`: contrary to fact; `denied`: `{hubiera|hubieran} recibido`."""
    verb, lead, rest = _spanish(infinitive)
    done = rest if verb == "haber" else f"{spanish_participle(verb)} {rest}".rstrip()
    one = "hubiera" if denied else "habría"
    return _conjugated(one, f"{one}n", lead, done)


_IMPERFECTS = {"ser": "era", "ir": "iba", "ver": "veía", "prever": "preveía"}


def spanish_imperfect(infinitive: str) -> str:
    """`{poseía|poseían}` for `poseer`: what was so at the time that is told of, as after `dijo que`."""
    verb, lead, rest = _spanish(infinitive)
    stem = unaccented_ending(verb)[:-2]
    one = _IMPERFECTS.get(verb) or f"{stem}{'aba' if verb.endswith('ar') else 'ía'}"
    return _conjugated(one, f"{one}n", lead, rest)


def spanish_pluperfect(infinitive: str) -> str:
    """`{había|habían} recibido`: what was over by the time that is told of."""
    verb, lead, rest = _spanish(infinitive)
    return _conjugated("había", "habían", lead, f"{spanish_participle(verb)} {rest}".rstrip())


#: Infinitive → the singular of the present subjunctive, where its stem is not that of the third person.
_SUBJUNCTIVES = {
    "ser": "sea", "estar": "esté", "ir": "vaya", "haber": "haya", "dar": "dé", "saber": "sepa", "ver": "vea",
    "tener": "tenga", "poner": "ponga", "hacer": "haga", "decir": "diga", "venir": "venga", "salir": "salga",
    "valer": "valga", "traer": "traiga", "caer": "caiga", "oír": "oiga", "prever": "prevea", "caber": "quepa",
}  # fmt: skip
_SPELLED = (("gar", "gue"), ("car", "que"), ("zar", "ce"), ("guir", "ga"), ("uir", "uya"), ("ger", "ja"), ("gir", "ja"),
            ("rcer", "rza"), ("ncer", "nza"), ("ecer", "ezca"), ("ocer", "ozca"), ("acer", "azca"),
            ("ucir", "uzca"))  # fmt: skip


def spanish_perfect_infinitive(infinitive: str) -> str:
    """`haber recibido`, `haberse reunido con`: what somebody denies having done."""
    verb, lead, rest = _spanish(infinitive)
    before, pronoun = lead
    if verb == "haber":
        return infinitive  # `haber visto` is perfect as it is
    return f"{before} haber{pronoun} {spanish_participle(verb)} {rest}".strip()


def spanish_subjunctive(infinitive: str, *, perfect: bool = False) -> str:
    """`{tenga|tengan} la sede en`, as after `niega que`; `perfect`: `{haya|hayan} recibido`."""
    verb, lead, rest = _spanish(infinitive)
    if perfect and verb != "haber":
        return _conjugated("haya", "hayan", lead, f"{spanish_participle(verb)} {rest}".rstrip())
    one = compound(verb, _SUBJUNCTIVES) or _regular_subjunctive(verb)
    return _conjugated(one, "den" if one == "dé" else f"{one}n", lead, rest)


def spanish_imperfect_subjunctive(infinitive: str) -> str:
    """`{supiera|supieran}` for `saber`: what was so for some time, as after `niega que`."""
    verb, lead, rest = _spanish(infinitive)
    stem = third_preterite(verb)[1].removesuffix("ron")
    return _conjugated(f"{stem}ra", f"{stem}ran", lead, rest)


def in_imperfect(spanish: str, infinitive: str) -> bool:
    """Whether a predicate states what was so for some time: `{sabía|sabían}`, `{estaba|estaban} en`; not `envía`."""
    match = re.match(r"(?:\w+ )*\{(\w+(?:ía|aba))\|", spanish)
    return match is not None and f"{{{match[1]}|" in spanish_imperfect(infinitive)


def shifted(accepted: str, infinitive: str, language: str, *, present: bool) -> str:
    """The tense behind a verb of saying in the past: `knew that it owned`, `sabía que había pagado`."""
    if language == SPANISH:
        if in_imperfect(accepted, infinitive):
            return accepted
        return spanish_imperfect(infinitive) if present else spanish_pluperfect(infinitive)
    if present:
        return english_past(infinitive)
    return f"had {english_past(infinitive, participle=True)}"


def _regular_subjunctive(verb: str) -> str:
    vowel = "e" if verb.endswith("ar") else "a"
    if verb in PRESENT_STEMS:
        return respelled(PRESENT_STEMS[verb], verb) + vowel
    spelled = next(((end, form) for end, form in _SPELLED if verb.endswith(end)), None)
    return verb.removesuffix(spelled[0]) + spelled[1] if spelled else unaccented_ending(verb)[:-2] + vowel


def spanish_participle(verb: str) -> str:
    """`hecho` for `hacer`, `leído` for `leer`, `cobrado` for `cobrar`."""
    known = compound(verb, PARTICIPLES)
    if known:
        return known
    stem, ending = unaccented_ending(verb)[:-2], unaccented_ending(verb)[-2:]
    if ending == "ar":
        return f"{stem}ado"
    return f"{stem}{'ído' if stem[-1:] in ('a', 'e', 'o') else 'ido'}"


def unaccented_ending(verb: str) -> str:
    """`oir` for `oír`: no form that is made from it keeps that accent."""
    return f"{verb[:-2]}ir" if verb.endswith("ír") else verb


#: What begins the infinitive of a predicate whose verb is not known: it stands as printed behind `es cierto que`, and
#: what stands for the dots is its subject.
AS_PRINTED = "ser cierto que … "
#: What may stand before the verb of a predicate: `no`, `ya no`.
BEFORE = ("no", "ya", "nunca", "jamás", "tampoco", "también", "solo", "sólo", "aún", "todavía", "siempre", "apenas")
#: Pronouns that stand before the verb and at the end of the infinitive: `se retira`, `retirarse`.
PRONOUNS = ("se", "le", "les", "lo", "la", "los", "las")
_WITH_PRONOUN = re.compile(rf"(\w*?[aeií]r)({'|'.join(PRONOUNS)})?")


def _spanish(infinitive: str) -> tuple[str, tuple[str, str], str]:
    """The verb, what stands before it (adverbs, a pronoun), and the rest: `no retirarse de`."""
    words = infinitive.split(" ")
    count = next((at for at, word in enumerate(words) if word not in BEFORE), 0)
    verb, pronoun = words[count], ""
    if match := _WITH_PRONOUN.fullmatch(verb):
        verb, pronoun = match[1], match[2] or ""
    return verb, (" ".join(words[:count]), pronoun), " ".join(words[count + 1 :])


def _conjugated(one: str, several: str, lead: tuple[str, str], rest: str) -> str:
    return " ".join(filter(None, (*lead, f"{{{one}|{several}}}", rest)))


#: What makes a compound of an irregular verb: `obtener`, `proponer`, `deshacer`.
_PREFIXES = ("", "ob", "man", "con", "de", "re", "sos", "abs", "com", "dis", "ex", "im", "o", "pro", "su", "des",
             "contra", "inter", "pre", "en", "trans", "sobre", "a", "equi")  # fmt: skip

#: As many letters as a verb has of which others are made.
_SHORTEST = 4


def compound(verb: str, known: dict[str, str]) -> str:
    for prefix in _PREFIXES:
        base = verb.removeprefix(prefix)
        # `mandar` is no compound of `dar`.
        if verb.startswith(prefix) and base in known and (not prefix or len(base) >= _SHORTEST):
            return prefix + known[base]
    return ""
