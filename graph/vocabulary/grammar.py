"""Verb forms by rule, with the irregular ones listed: what a relation's infinitive becomes in another tense.

In: an English or Spanish infinitive with what follows it (`hold the post of`, `encontrarse en`). Out: the predicate in
another tense or mood, as a participle or a gerund, with `{singular|plural}` where the two differ. The lists hold
the verbs of newspapers; a verb that is missing is inflected as a regular one.
"""

from __future__ import annotations

import re
from functools import cache

#: A language with rules of its own; every other one is inflected as English.
SPANISH = "es"


def derived(accepted: str, infinitive: str, language: str) -> tuple[str, str]:
    """The phrases for what is said and what is denied that follow from the plain one, where nobody wrote others."""
    if language == SPANISH:
        return f"según se dice, {accepted}", f"no {accepted}"
    head, _, rest = accepted.partition(" ")
    if head == "{is|are}":
        return f"{{is|are}} said to be {rest}".rstrip(), f"{{is|are}} not {rest}".rstrip()
    if head == "{was|were}":
        return f"{{is|are}} said to have been {rest}".rstrip(), f"{{was|were}} not {rest}".rstrip()
    if accepted.startswith("{"):
        return f"{{is|are}} said to {infinitive}", f"{{does|do}} not {infinitive}"
    participle = english_perfect(infinitive)
    return f"{{is|are}} said to have {participle}", f"did not {infinitive}"


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
    lose lost|make made|mean meant|meet met|overtake overtook overtaken|pay paid|put put|read read|rise rose risen
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
    verb, _, rest = infinitive.partition(" ")
    if verb == "be" and not participle:
        form = "{was|were}"
    elif verb in _ENGLISH:
        form = _ENGLISH[verb][participle]
    elif verb.endswith("e"):
        form = f"{verb}d"
    elif re.search(rf"[^{_VOWELS}]y$", verb):
        form = f"{verb[:-1]}ied"
    else:
        form = f"{verb}{verb[-1] if _doubles(verb) else ''}ed"
    return f"{form} {rest}".rstrip()


_INFINITIVES = {form: verb for verb, forms in _ENGLISH.items() for form in forms}
#: Past of an irregular verb → its infinitive: `withdrew`, `put`.
IRREGULAR = {past: verb for verb, (past, _) in _ENGLISH.items()}


def english_infinitive(form: str) -> str:
    """`buy` for `bought`; the word itself where it is no irregular form."""
    return _INFINITIVES.get(form, form)


def english_present(infinitive: str) -> str:
    """`{holds|hold} the post of`, `{is|are} issued`."""
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
    """`holding the post of`, `controlling`, `being in the custody of`."""
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


_PARTICIPLES = {
    "abrir": "abierto", "cubrir": "cubierto", "decir": "dicho", "disolver": "disuelto", "escribir": "escrito",
    "hacer": "hecho", "imprimir": "impreso", "ir": "ido", "morir": "muerto", "poner": "puesto", "prever": "previsto",
    "resolver": "resuelto", "romper": "roto", "satisfacer": "satisfecho", "ver": "visto", "volver": "vuelto",
}  # fmt: skip
_FUTURES = {
    "caber": "cabr", "decir": "dir", "haber": "habr", "hacer": "har", "poder": "podr", "poner": "pondr",
    "querer": "querr", "saber": "sabr", "salir": "saldr", "tener": "tendr", "valer": "valdr", "venir": "vendr",
}  # fmt: skip
#: Infinitive → the stem of a strong preterite, to which `-o` and `-ieron` are added.
_STRONG = {
    "andar": "anduv", "caber": "cup", "decir": "dij", "estar": "estuv", "haber": "hub", "hacer": "hic", "poder": "pud",
    "poner": "pus", "querer": "quis", "saber": "sup", "tener": "tuv", "traer": "traj", "venir": "vin",
}  # fmt: skip
_PRETERITES = {"ser": ("fue", "fueron"), "ir": ("fue", "fueron"), "dar": ("dio", "dieron"), "ver": ("vio", "vieron"),
               "prever": ("previó", "previeron"), "hacer": ("hizo", "hicieron")}  # fmt: skip
#: Verbs in -ir whose stem changes in the third person: `pidió`, `siguió`, `murió`.
_NARROWED = {
    "pedir": "pid", "seguir": "sigu", "elegir": "elig", "invertir": "invirt", "sentir": "sint", "preferir": "prefir",
    "referir": "refir",
    "servir": "sirv", "vestir": "vist", "repetir": "repit", "medir": "mid", "morir": "mur", "dormir": "durm",
    "herir": "hir", "corregir": "corrig", "advertir": "advirt", "convertir": "convirt", "transferir": "transfir",
}  # fmt: skip


def spanish_preterite(infinitive: str) -> str:
    """`{tuvo|tuvieron} la sede en` for `tener la sede en`: what was over by then."""
    verb, reflexive, rest = _spanish(infinitive)
    return _conjugated(*_preterite(verb), reflexive, rest)


def _preterite(verb: str) -> tuple[str, str]:
    if verb in _PRETERITES:
        return _PRETERITES[verb]
    strong = f"{verb[:-4]}uj" if verb.endswith("ducir") else _compound(verb, _STRONG)
    if strong:
        return f"{'hiz' if strong.endswith('hic') else strong}o", f"{strong}{'eron' if strong[-1] == 'j' else 'ieron'}"
    stem = _compound(verb, _NARROWED) or unaccented_ending(verb)[:-2]
    if verb.endswith("ar"):
        return f"{stem}ó", f"{stem}aron"
    # Between vowels i is y: `leyó`, `destituyó`; but `siguió`.
    between = stem[-1:] in ("a", "e", "o") or (stem.endswith("u") and not stem.endswith(("gu", "qu")))
    return (f"{stem}yó", f"{stem}yeron") if between else (f"{stem}ió", f"{stem}ieron")


def spanish_conditional(infinitive: str, *, perfect: bool = False) -> str:
    """`{recibiría|recibirían}` for `recibir`; `perfect`: `{habría|habrían} recibido`."""
    verb, reflexive, rest = _spanish(infinitive)
    if perfect:
        return _conjugated("habría", "habrían", reflexive, f"{spanish_participle(verb)} {rest}".rstrip())
    stem = _compound(verb, _FUTURES) or unaccented_ending(verb)
    return _conjugated(f"{stem}ía", f"{stem}ían", reflexive, rest)


def spanish_future(infinitive: str) -> str:
    """`{recibirá|recibirán}` for `recibir`."""
    verb, reflexive, rest = _spanish(infinitive)
    stem = _compound(verb, _FUTURES) or unaccented_ending(verb)
    return _conjugated(f"{stem}á", f"{stem}án", reflexive, rest)


def english_perfect(infinitive: str) -> str:
    """What follows `would have`: `owned` for `own`, `moved to` for `have moved to`."""
    verb, _, rest = infinitive.partition(" ")
    first = rest.partition(" ")[0]
    done = verb == "have" and (first.endswith("ed") or first in _DONE)
    return rest if done else english_past(infinitive, participle=True)


_DONE = frozenset(participle for _, participle in _ENGLISH.values())


def spanish_unreal(infinitive: str, *, denied: bool = False) -> str:
    """`{habría|habrían} recibido`: contrary to fact; `denied`: `{hubiera|hubieran} recibido`."""
    verb, reflexive, rest = _spanish(infinitive)
    done = rest if verb == "haber" else f"{spanish_participle(verb)} {rest}".rstrip()
    one = "hubiera" if denied else "habría"
    return _conjugated(one, f"{one}n", reflexive, done)


_IMPERFECTS = {"ser": "era", "ir": "iba", "ver": "veía", "prever": "preveía"}


def spanish_imperfect(infinitive: str) -> str:
    """`{poseía|poseían}` for `poseer`: what was so at the time that is told of, as after `dijo que`."""
    verb, reflexive, rest = _spanish(infinitive)
    stem = unaccented_ending(verb)[:-2]
    one = _IMPERFECTS.get(verb) or f"{stem}{'aba' if verb.endswith('ar') else 'ía'}"
    return _conjugated(one, f"{one}n", reflexive, rest)


def spanish_pluperfect(infinitive: str) -> str:
    """`{había|habían} recibido`: what was over by the time that is told of."""
    verb, reflexive, rest = _spanish(infinitive)
    return _conjugated("había", "habían", reflexive, f"{spanish_participle(verb)} {rest}".rstrip())


#: Infinitive → the singular of the present subjunctive, where its stem is not that of the third person.
_SUBJUNCTIVES = {
    "ser": "sea", "estar": "esté", "ir": "vaya", "haber": "haya", "dar": "dé", "saber": "sepa", "ver": "vea",
    "tener": "tenga", "poner": "ponga", "hacer": "haga", "decir": "diga", "venir": "venga", "salir": "salga",
    "valer": "valga", "traer": "traiga", "caer": "caiga", "oír": "oiga", "prever": "prevea", "caber": "quepa",
}  # fmt: skip
_SPELLED = (("gar", "gue"), ("car", "que"), ("zar", "ce"), ("guir", "ga"), ("uir", "uya"), ("ger", "ja"), ("gir", "ja"),
            ("ecer", "ezca"), ("ocer", "ozca"), ("acer", "azca"), ("ucir", "uzca"))  # fmt: skip


#: Where the stem of the present changes: what `-a` or `-e` follows.
_STEMS = {
    "cerrar": "cierr", "perder": "pierd", "promover": "promuev", "mover": "muev", "volver": "vuelv", "contar": "cuent",
    "resolver": "resuelv", "pedir": "pid", "elegir": "elij", "seguir": "sig", "invertir": "inviert", "morir": "muer",
    "empezar": "empiec", "sentar": "sient", "mostrar": "muestr", "demostrar": "demuestr", "disolver": "disuelv",
    "sentir": "sient", "referir": "refier", "encontrar": "encuentr", "reforzar": "refuerc",
    "concordar": "concuerd", "costar": "cuest", "entender": "entiend", "defender": "defiend", "acordar": "acuerd",
    "pensar": "piens", "confesar": "confies", "comenzar": "comienc",
    "ampliar": "amplí", "prohibir": "prohíb", "reunir": "reún", "recordar": "recuerd",
}  # fmt: skip


def spanish_perfect_infinitive(infinitive: str) -> str:
    """`haber recibido`, `haberse reunido con`: what somebody denies having done."""
    verb, reflexive, rest = _spanish(infinitive)
    return f"haber{'se' if reflexive else ''} {spanish_participle(verb)} {rest}".rstrip()


def spanish_subjunctive(infinitive: str, *, perfect: bool = False) -> str:
    """`{tenga|tengan} la sede en`, as after `niega que`; `perfect`: `{haya|hayan} recibido`."""
    verb, reflexive, rest = _spanish(infinitive)
    if perfect:
        return _conjugated("haya", "hayan", reflexive, f"{spanish_participle(verb)} {rest}".rstrip())
    one = _compound(verb, _SUBJUNCTIVES) or _regular_subjunctive(verb)
    return _conjugated(one, "den" if one == "dé" else f"{one}n", reflexive, rest)


def spanish_imperfect_subjunctive(infinitive: str) -> str:
    """`{supiera|supieran}` for `saber`: what was so for some time, as after `niega que`."""
    verb, reflexive, rest = _spanish(infinitive)
    stem = _preterite(verb)[1].removesuffix("ron")
    return _conjugated(f"{stem}ra", f"{stem}ran", reflexive, rest)


def in_imperfect(spanish: str) -> bool:
    """Whether a predicate states what was so for some time: `{sabía|sabían}`, `{estaba|estaban} en`."""
    return bool(re.match(r"\{\w+(?:ía|aba)\|", spanish))


def shifted(accepted: str, infinitive: str, language: str, *, present: bool) -> str:
    """The tense behind a verb of saying in the past: `knew that it owned`, `sabía que había pagado`."""
    if language == SPANISH:
        if in_imperfect(accepted):
            return accepted
        return spanish_imperfect(infinitive) if present else spanish_pluperfect(infinitive)
    if present:
        return english_past(infinitive)
    return f"had {english_past(infinitive, participle=True)}"


def _regular_subjunctive(verb: str) -> str:
    vowel = "e" if verb.endswith("ar") else "a"
    if verb in _STEMS:
        return _STEMS[verb] + vowel
    spelled = next(((end, form) for end, form in _SPELLED if verb.endswith(end)), None)
    return verb.removesuffix(spelled[0]) + spelled[1] if spelled else unaccented_ending(verb)[:-2] + vowel


def spanish_participle(verb: str) -> str:
    """`hecho` for `hacer`, `leído` for `leer`, `cobrado` for `cobrar`."""
    known = _compound(verb, _PARTICIPLES)
    if known:
        return known
    stem, ending = unaccented_ending(verb)[:-2], unaccented_ending(verb)[-2:]
    if ending == "ar":
        return f"{stem}ado"
    return f"{stem}{'ído' if stem[-1:] in ('a', 'e', 'o') else 'ido'}"


def unaccented_ending(verb: str) -> str:
    """`oir` for `oír`: no form that is made from it keeps that accent."""
    return f"{verb[:-2]}ir" if verb.endswith("ír") else verb


def _spanish(infinitive: str) -> tuple[str, bool, str]:
    verb, _, rest = infinitive.partition(" ")
    return verb.removesuffix("se"), verb.endswith("rse"), rest


def _conjugated(one: str, several: str, reflexive: bool, rest: str) -> str:
    se = "se " if reflexive else ""
    return f"{se}{{{one}|{several}}} {rest}".rstrip()


#: Verbs in -ir whose third person alone does not tell them from those in -er: `recibe`, `recibió`.
_IN_IR = (
    "abrir acudir admitir agredir aludir asistir asumir coincidir compartir consistir cubrir cumplir decidir definir "
    "descubrir difundir dimitir dirigir discutir dividir emitir escribir evadir exigir existir fundir impartir "
    "imprimir insistir interrumpir invadir ocurrir omitir partir permitir presidir prohibir recibir recurrir remitir "
    "repartir residir resistir reunir subir sufrir suprimir transmitir unir vivir"
).split()
#: Third person of the present that no rule gives → its infinitive.
_PRESENTS = {
    "es": "ser", "va": "ir", "ha": "haber", "hay": "haber", "ve": "ver", "da": "dar", "está": "estar",
    "tiene": "tener", "viene": "venir", "dice": "decir", "puede": "poder", "quiere": "querer",
    "sale": "salir", "oye": "oír", "niega": "negar", "era": "ser", "iba": "ir", "había": "haber", "veía": "ver",
}  # fmt: skip


@cache
def _third_persons() -> dict[str, str]:
    """Third person singular, present or past, of verbs that are listed here → infinitive."""
    found: dict[str, str] = {}
    for verb in dict.fromkeys((*_IN_IR, *_STEMS, *_NARROWED, *_FUTURES, *_STRONG, *_PRETERITES, *_PARTICIPLES)):
        stem, ending = verb[:-2], "a" if verb.endswith("ar") else "e"
        forms = [_preterite(verb)[0], f"{stem}aba" if ending == "a" else f"{stem}ía"]
        changed = _NARROWED.get(verb) if verb in ("pedir", "seguir", "elegir", "servir", "vestir", "repetir",
                                                  "medir", "corregir") else _STEMS.get(verb)  # fmt: skip
        spelled = {"j": "g", "c": "z"}
        if changed and verb[-3] in "gz" and changed[-1] in spelled:
            changed = changed[:-1] + spelled[changed[-1]]
        forms.append(f"{changed or stem}{ending}")
        for form in forms:
            found.setdefault(form, verb)
    return {**found, **_PRESENTS, "fue": "ser", "dirige": "dirigir"}


def spanish_infinitive(verb: str) -> str:
    """`ver` for `vio`, `impedir` for `impide`, `poner` for `ponía`: of a third person, as far as it tells."""
    if known := _compound(verb, _third_persons()):
        return known
    for ending, infinitive in (("dujo", "ducir"), ("duce", "ducir"), ("uyó", "uir"), ("uye", "uir"), ("yó", "er"),
                               ("aba", "ar"), ("ía", "er"), ("ió", "er"), ("ó", "ar"), ("a", "ar"),
                               ("e", "er")):  # fmt: skip
        if verb.endswith(ending):
            return verb.removesuffix(ending) + infinitive
    return verb


def spanish_predicate(label: str) -> tuple[str, str, bool]:
    """Of a predicate in the singular, `vio en`: how it agrees with its subject, its infinitive, whether it is past."""
    verb, _, rest = label.partition(" ")
    reflexive, tail = verb == "se", f" {rest}" if rest else ""
    if reflexive:
        verb, _, rest = rest.partition(" ")
        tail = f" {rest}" if rest else ""
    pair = re.fullmatch(r"\{([^{}|]+)\|([^{}|]+)\}", verb)
    one = pair[1] if pair else verb
    infinitive = spanish_infinitive(one)
    known = infinitive[-2:] in ("ar", "er", "ir", "ír")
    preterite = known and one == _preterite(infinitive)[0]
    if pair:
        several = pair[2]
    elif preterite:
        several = _preterite(infinitive)[1]
    elif one == "es":
        several = "son"
    else:
        several = f"{one}n" if one[-1:] in "aeáé" else one
    se = "se " if reflexive else ""
    agreeing = f"{{{one}|{several}}}" if several != one else one
    past = preterite or (known and bool(re.search("(?:ía|aba|era|iba)$", one)))
    return f"{se}{agreeing}{tail}", f"{infinitive}{'se' if reflexive else ''}{tail}", past


#: What makes a compound of an irregular verb: `obtener`, `proponer`, `deshacer`.
_PREFIXES = ("", "ob", "man", "con", "de", "re", "sos", "abs", "com", "dis", "ex", "im", "o", "pro", "su", "des",
             "contra", "inter", "pre", "en", "trans", "sobre", "a", "equi")  # fmt: skip


def _compound(verb: str, known: dict[str, str]) -> str:
    for prefix in _PREFIXES:
        base = verb.removeprefix(prefix)
        if verb.startswith(prefix) and base in known:
            return prefix + known[base]
    return ""
