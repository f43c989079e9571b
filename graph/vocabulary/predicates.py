"""Spanish predicates as an author writes them: `no se retira` in, how it agrees and its infinitive out.

Only what tells its verb is inflected. Of what does not (`rige`, of a verb that no list has) no form is made up: it
stays as printed, behind `es cierto que`.
"""

from __future__ import annotations

import re
from functools import cache

from .grammar import (
    AS_PRINTED,
    BEFORE,
    FUTURES,
    PARTICIPLES,
    PRETERITES,
    PRONOUNS,
    STRONG,
    compound,
    spanish_imperfect,
    third_preterite,
)  # fmt: skip
from .stems import PRESENT_STEMS

#: Regular verbs whose third person does not tell whether they are in -er or -ir: `debe`, `recibe`, `recibió`.
_REGULAR = """
    absorber acceder acoger acometer anteceder aprender arder arremeter barrer beber ceder coger comer cometer
    comprender comprometer conceder convencer correr corresponder corromper coser creer deber depender desprender
    ejercer emerger emprender encoger entrometer esconder escoger exceder interceder lamer leer mecer meter
    ofender poseer preceder prender pretender proceder prometer proteger proveer recoger recorrer repeler
    reprender responder retroceder revender romper socorrer someter sorprender suceder suspender tejer temer
    toser vencer vender
    abatir abolir abrir aburrir acudir admitir adscribir afligir agredir aludir añadir aplaudir asistir asumir batir
    circunscribir coexistir coincidir combatir compartir comprimir concurrir confundir consistir consumir convivir
    cubrir cumplir debatir decidir definir delinquir deprimir describir descubrir desistir difundir dimitir dirigir
    dirimir discutir distinguir disuadir dividir eludir emitir encubrir erigir escindir escribir escupir esgrimir
    evadir exhibir exigir eximir existir exprimir extinguir fingir fundir hundir impartir imprimir incidir incumplir
    incurrir infligir infundir inhibir inscribir insistir interrumpir invadir irrumpir latir nutrir ocurrir omitir
    oprimir partir percibir percutir permitir persistir persuadir prescindir prescribir presidir presumir pulir recibir
    recurrir redimir reincidir remitir repartir repercutir reprimir rescindir residir resistir restringir resumir
    resurgir sacudir sobrevivir subir subsistir sucumbir sufrir sumergir suprimir surgir suscribir transcribir
    transcurrir transgredir transmitir unir urgir vivir
    caer traer oír nacer placer yacer
""".split()
#: Verbs in -iar, of which `denunció` would else be taken for one in -er or -ir; all others in -ciar are by rule.
_IN_IAR = """
    abreviar afiliar agobiar agraviar aliviar apreciar apropiar asediar auxiliar cambiar conciliar contagiar copiar
    custodiar depreciar desapropiar despreciar elogiar estudiar expropiar incendiar injuriar intercambiar intermediar
    limpiar mediar obviar odiar plagiar privilegiar reconciliar refugiar remediar repudiar
""".split()
#: Verbs in -ar of whose forms the rules would take a piece for an ending, or a vowel for a changed one.
_IN_AR = """
    acabar alabar grabar menoscabar recabar trabar
    ambientar amueblar aquietar cuestionar deshuesar encuestar frecuentar impacientar inquietar orientar secuestrar
""".split()
#: Third person of the present that no rule gives → its infinitive.
_PRESENTS = {
    "es": "ser", "va": "ir", "ha": "haber", "hay": "haber", "ve": "ver", "da": "dar", "está": "estar",
    "tiene": "tener", "viene": "venir", "dice": "decir", "prevé": "prever", "sale": "salir", "oye": "oír",
    "era": "ser", "iba": "ir", "había": "haber", "veía": "ver", "preveía": "prever", "fue": "ser",
    "conoce": "conocer", "reconoce": "reconocer", "desconoce": "desconocer", "nace": "nacer", "hace": "hacer",
}  # fmt: skip


@cache
def _third_persons() -> dict[str, str]:
    """Third person singular, present or past, of verbs that are listed → infinitive."""
    found: dict[str, str] = {}
    listed = (*_REGULAR, *_IN_IAR, *_IN_AR, *PRESENT_STEMS, *FUTURES, *STRONG, *PRETERITES, *PARTICIPLES)
    for verb in dict.fromkeys(listed):
        stem = verb[:-2]
        # Between a vowel and -ía there is an accent as well: `leía`, `caía`.
        past = f"{stem}aba" if verb.endswith("ar") else f"{stem}ía"
        present = f"{PRESENT_STEMS.get(verb, stem)}{'a' if verb.endswith('ar') else 'e'}"
        for form in (present, third_preterite(verb)[0], past):
            found.setdefault(form, verb)
    return {**found, **_PRESENTS}


#: Endings that tell the infinitive; the longest first.
_ENDINGS = (("dujo", "ducir"), ("duce", "ducir"), ("ducía", "ducir"), ("uyó", "uir"), ("uye", "uir"),
            ("ece", "ecer"), ("eció", "ecer"), ("ecía", "ecer"), ("oció", "ocer"), ("ocía", "ocer"),
            ("ció", "ciar"), ("aba", "ar"))  # fmt: skip
#: The end of a stem whose vowel may have changed: `gobiern`, `prueb`; not `qued`, `entreg`.
_MAY_HAVE_CHANGED = re.compile(r"(?:ie|(?<![gq])ue|üe)[^aeiouáéíóú]*$")


def spanish_infinitive(verb: str) -> str:
    """`ver` for `vio`, `impedir` for `impide`, `gobernar` for `gobierna`; empty where the form does not tell."""
    if known := compound(verb, _third_persons()):
        return known
    for ending, infinitive in _ENDINGS:
        if verb.endswith(ending):
            return verb.removesuffix(ending) + infinitive
    if verb.endswith("ó") and not verb.endswith("ió"):
        return f"{verb[:-1]}ar"
    plain = verb.endswith("a") and len(verb) > 2 and not _MAY_HAVE_CHANGED.search(verb[:-1])
    return f"{verb[:-1]}ar" if plain else ""


_PAIR = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}(.*)")


def spanish_predicate(label: str) -> tuple[str, str, bool]:
    """Of a predicate in the singular, `vio en`: how it agrees with its subject, its infinitive, whether it is past."""
    before, rest = _before(label)
    pair = _PAIR.fullmatch(rest)
    if pair and (inside := _before(pair[1])[0]) and _before(pair[2])[0] == inside:
        # `{no es|no son} de` is `no {es|son} de`
        before, rest = [*before, *inside], f"{{{_before(pair[1])[1]}|{_before(pair[2])[1]}}}{pair[3]}"
        pair = _PAIR.fullmatch(rest)
    one, tail = (pair[1] + pair[3], pair[3]) if pair else (rest, "")
    verb, _, behind = one.partition(" ")
    infinitive = spanish_infinitive(verb)
    preterite = bool(infinitive) and verb == third_preterite(infinitive)[0]
    if pair:
        agreeing = " ".join((*before, rest))
        several = (pair[2] + pair[3]).partition(" ")[2]
        if several != behind:
            ours, theirs = (words.removesuffix(tail) for words in (behind, several))
            behind = f"{{{ours}|{theirs}}}{tail}"
    else:
        agreeing = " ".join(filter(None, (*before, _agreeing(verb, infinitive, preterite=preterite), behind)))
    pronouns = "".join(word for word in before if word in PRONOUNS)
    told = infinitive and pronouns in ("", *PRONOUNS)
    adverbs = [word for word in before if word not in PRONOUNS]
    past = preterite or _past(verb, infinitive)
    if not told:
        return agreeing, f"{AS_PRINTED}{agreeing}", past
    return agreeing, " ".join(filter(None, (*adverbs, f"{infinitive}{pronouns}", behind))), past


def _past(verb: str, infinitive: str) -> bool:
    """Whether a form that is no preterite states what was so: `sabía`, `iba`; not `envía`, `acaba`."""
    if infinitive:
        return spanish_imperfect(infinitive).startswith(f"{{{verb}|")
    return verb.endswith(("ió", "ía"))


def _before(label: str) -> tuple[list[str], str]:
    """The adverbs and pronouns that a predicate begins with, and the rest: `no se` and `retira`."""
    words, found = label.split(" "), list[str]()
    while len(words) > 1 and words[0] in (*BEFORE, *PRONOUNS):
        found.append(words.pop(0))
    return found, " ".join(words)


def _agreeing(verb: str, infinitive: str, *, preterite: bool) -> str:
    if preterite:
        several = third_preterite(infinitive)[1]
    elif verb == "es":
        several = "son"
    elif verb.endswith("ió") and not infinitive:
        several = f"{verb[:-1]}eron"
    else:
        several = f"{verb}n" if verb[-1:] in "aeáé" else verb
    return f"{{{verb}|{several}}}" if several != verb else verb
