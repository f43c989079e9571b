"""Numbers, sums, percentages and dates as a newspaper of each language prints them; Babel has the data.

The files of words say what Babel's data leaves open: which locale a language is written in (English as in London) and
how a sum in millions is put. Whatever is shortened stays exact: a sum is put in millions only when that drops nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import (
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_symbol,
    list_currencies,
)

from . import ENGLISH, has, languages, message, spoken

#: From here on a sum is written with a word for its size, where at most two decimals then remain.
_SIZES = ((12, "trillion"), (9, "billion"), (6, "million"))
_DECIMALS = Decimal("0.01")


@cache
def locale(language: str) -> Locale:
    """Babel's locale for a language: British English, the language's own for all others."""
    return Locale.parse(message(language, "language.locale"), sep="-")


@cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217, those withdrawn included."""
    return frozenset(list_currencies())


#: What many texts mean by the name of a currency that several countries have, first.
_COMMON = ("USD", "EUR", "GBP", "CHF", "MXN", "COP", "ARS", "CLP", "CAD", "AUD", "SEK", "NOK", "DKK")
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


def currencies_called(word: str) -> list[str]:
    """The codes of the currencies in use that a word means in any language here: `pesos` → MXN, COP, ARS …"""
    return [_SYMBOLS[word]] if word in _SYMBOLS else list(_currencies_by_word().get(word.lower(), ()))


@cache
def _currencies_by_word() -> dict[str, list[str]]:
    """The first and the last word of each currency's names, singular and plural → codes, the most usual first."""
    territories = get_global("territory_currencies").values()
    current = {code for used in territories for code, _, until, tender in used if until is None and tender}
    found: dict[str, list[str]] = {}
    for code in sorted(current, key=lambda code: (_COMMON.index(code) if code in _COMMON else len(_COMMON), code)):
        names = {get_currency_name(code, many, locale(tag)).lower() for tag in languages() for many in (None, 1, 2)}
        for word in sorted({words[at] for words in map(str.split, names) for at in (0, -1)}):
            found.setdefault(word, []).append(code)
    return found


def plural_category(number: int, language: str) -> str:
    """`one`, `few`, `other`: which form of a noun a number takes."""
    return locale(language).plural_form(number)


def number(value: int | Decimal, language: str) -> str:
    """`6,000,000`, `6.000.000`, `0.5`, never rounded; in Spanish four digits stand undivided."""
    divided = Decimal(value).copy_abs() >= int(message(language, "language.groupedFrom"))
    return format_decimal(value, locale=locale(language), decimal_quantization=False, group_separator=divided)


def percent(value: Decimal, language: str) -> str:
    """`22.5%`, `22,5 %`: of a value that counts in hundredths."""
    return format_percent(value / 100, locale=locale(language), decimal_quantization=False)


def money(value: Decimal, currency: str, language: str) -> str:
    """`$20,000`, `$31bn`, `31.000 millones de dólares`; cents have two digits."""
    size, shown = _sized(value)
    cents = shown != shown.to_integral_value() and shown == shown.quantize(_DECIMALS)
    n = format_decimal(shown, "#,##0.00", locale(language)) if size == "plain" and cents else shown
    named = _currency(currency, value, language)
    return message(language, f"money.{size}", n=n, n000=_plain(shown * 1000), **named)


def counted(value: Decimal, language: str) -> str:
    """The number before what it counts: `6 million` people, `6 millones de` personas; below a million as it is."""
    size, shown = _sized(value)
    if size in ("plain", "trillion"):
        return number(_plain(value), language)
    return message(language, f"money.counted.{size}", n=shown, n000=_plain(shown * 1000))


def spelled(number: int, what: str, language: str) -> str:
    """`two` of `two years`, `una` of `una persona`; from zero to nine."""
    word = message(language, "figure.spelled").split()[number]
    feminine, masculine = (tuple(message(language, f"language.{each}").split()) for each in ("feminine", "masculine"))
    return word.split("/")[-1 if what.endswith(feminine) and not what.endswith(masculine) else 0]


def _sized(value: Decimal) -> tuple[str, Decimal]:
    for digits, size in _SIZES:
        shown = value.scaleb(-digits)
        if abs(shown) >= 1 and shown == shown.quantize(_DECIMALS):
            return size, _plain(shown)
    return "plain", _plain(value)


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end, and without an exponent: both would tell Babel another plural."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _currency(code: str, value: Decimal, language: str) -> dict[str, str]:
    """Its symbol, and its name in the number of the sum. A newspaper's own name for it goes before Babel's."""
    symbol = get_currency_symbol(code, locale=Locale.parse(ENGLISH))
    own = f"money.names.{code}"
    if has(own, spoken(language)):
        name = message(language, own, n=_plain(value))
    else:
        name = get_currency_name(code, count=_plain(value), locale=locale(language))
    return {"symbol": symbol + "\u00a0" if symbol[-1:].isalpha() else symbol, "name": name}


@lru_cache(maxsize=4096)
def date_words(printed: str, language: str) -> str:
    """A date at the precision printed: `2025` stays, `March 2025`, `15 March 2025`, `15 March 2025, 22:30`."""
    day, _, clock = printed.partition("T")
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=locale(language))
    shown = format_date(date(*parts), "long", locale=locale(language))
    return message(language, "date.time", day=shown, clock=clock[:5]) if clock else shown
