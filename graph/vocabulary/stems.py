"""Spanish verbs whose stem changes: what the endings of the present and of the preterite follow.

In: nothing but the lists. Out: infinitive → stem, for the third person and for the moods that are made from it.
"""

from __future__ import annotations

_E_TO_IE = """
    acertar alentar apretar arrendar asentar atravesar calentar cegar cerrar comenzar concertar confesar desconcertar
    desalentar despertar desplegar desterrar emparentar empezar encerrar encomendar enmendar enterrar fregar gobernar
    helar herrar invernar manifestar merendar negar denegar renegar nevar pensar plegar replegar quebrar recomendar
    regar remendar reventar segar sembrar sentar serrar sosegar temblar tentar tropezar
    ascender atender condescender defender descender desatender encender entender extender perder querer tender
    trascender verter
    advertir arrepentir adherir conferir consentir controvertir convertir deferir desmentir diferir digerir disentir
    divertir herir hervir inferir ingerir interferir invertir malherir mentir pervertir preferir presentir proferir
    referir requerir resentir revertir sentir subvertir sugerir transferir
""".split()
_O_TO_UE = """
    acordar acostar almorzar apostar aprobar colar colgar comprobar concordar consolar contar costar degollar demostrar
    desaprobar descolgar descontar desacordar despoblar encontrar esforzar forzar mostrar poblar probar recontar
    recordar reforzar renovar reprobar rodar rogar soldar soltar sonar soñar tostar trocar volar volcar revolcar
    absolver cocer conmover devolver disolver doler envolver llover moler morder mover poder promover remover resolver
    revolver soler torcer retorcer volver
    dormir morir
""".split()
_E_TO_I = """
    concebir competir conseguir corregir derretir despedir elegir expedir gemir impedir investir medir pedir perseguir
    proseguir reelegir regir rendir repetir revestir seguir servir vestir
""".split()
_ACCENTED = """
    ampliar averiar confiar contrariar criar desafiar desconfiar desviar enfriar enviar espiar fiar fotografiar guiar
    liar reenviar rociar vaciar variar
    acentuar actuar atenuar continuar efectuar evaluar exceptuar graduar habituar insinuar perpetuar puntuar situar
    aislar prohibir reunir
""".split()


def _changed(verb: str, vowel: str, to: str) -> str:
    """The stem with its last `vowel` changed: `gobiern` of `gobernar`."""
    before, _, after = verb[:-2].rpartition(vowel)
    return before + to + after


_ACCENTS = {"i": "í", "u": "ú"}


def _accented(verb: str) -> str:
    """`amplí` of `ampliar`, `reún` of `reunir`."""
    at = max(verb[:-2].rfind(vowel) for vowel in _ACCENTS)
    return f"{verb[:at]}{_ACCENTS[verb[at]]}{verb[at + 1 : -2]}"


#: Infinitive → the stem of the third person of the present: `gobiern`, `mueve` without its ending, `pid`, `amplí`.
PRESENT_STEMS = {
    **{verb: _changed(verb, "e", "ie") for verb in _E_TO_IE},
    **{verb: _changed(verb, "o", "ue") for verb in _O_TO_UE},
    **{verb: _changed(verb, "e", "i") for verb in _E_TO_I},
    **{verb: _accented(verb) for verb in _ACCENTED},
    "avergonzar": "avergüenz", "jugar": "jueg", "adquirir": "adquier", "inquirir": "inquier",
}  # fmt: skip
#: Verbs in -ir whose stem changes in the third person of the preterite: `pidió`, `siguió`, `murió`.
NARROWED = {
    **{verb: _changed(verb, "e", "i") for verb in (*_E_TO_I, *_E_TO_IE) if verb.endswith("ir")},
    "dormir": "durm", "morir": "mur",
}  # fmt: skip


def respelled(stem: str, verb: str) -> str:
    """The stem before the vowel of the subjunctive, as it is spelled there: `niegu`, `comienc`, `elij`, `sig`."""
    spelled = (("g", "gu"), ("c", "qu"), ("z", "c")) if verb.endswith("ar") else (("gu", "g"), ("g", "j"), ("c", "z"))
    return next((stem.removesuffix(end) + form for end, form in spelled if stem.endswith(end)), stem)
