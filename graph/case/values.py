"""Dates and figures, as printed and in one canonical form.

In: the words an author writes in third place (`about 300 people`, `2025-02`). Out: a `Date` or a `Quantity` with the
IRI that its canonical form gives it, so that the same figure is the same node in every document, and the softening
words in front, which belong to the claim. Raises `ValueError` with one sentence: what is wrong, what to do.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..base.errors import did_you_mean
from ..base.terms import ID
from ..vocabulary.model import Unit
from ..words import contracted, formats, has, message

APPROXIMATE = ("about", "around", "approximately", "roughly", "nearly", "almost", "some")
BOUNDS = {
    "at least": "atLeast",
    "at most": "atMost",
    "up to": "atMost",
    "more than": "moreThan",
    "less than": "lessThan",
}


@dataclass(frozen=True, slots=True)
class Date:
    """A time at the precision printed. `earliest` and `latest` are ISO dates, so that all times compare.

    `before 2020`, `by 2020` (not later) and `after 2020` are open on one side, which is then empty: no day is made up.
    """

    printed: str
    earliest: str
    latest: str

    @property
    def iri(self) -> str:
        return ID + "t/" + self.printed.replace("/", "--").replace(":", ".").replace(" ", "_")

    @property
    def open(self) -> bool:
        """Whether it gives one bound only."""
        return self.printed.startswith(BOUNDS_OF_TIME)

    @property
    def datatype(self) -> str:
        """The XML Schema type of the printed form, as a prefixed name."""
        if "/" in self.printed or self.open:
            return "xsd:string"
        kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
        return kinds.get(len(self.printed), "xsd:dateTime")

    def label(self, language: str) -> str:
        """`15 March 2025`, `febrero de 2025`, `before 2020`."""
        if self.open:
            word, _, day = self.printed.partition(" ")
            # `by June` is before it begins for some readers: its end is meant.
            word = "byEnd" if word == "by" and len(day) < _DAY else word
            article = message(language, "date.article") if len(day) >= _DAY else ""
            shown = f"{article}{formats.date_words(day, language)}"
            return contracted(message(language, f"date.{word}", date=shown), language)
        parts = [formats.date_words(part, language) for part in self.printed.split("/")]
        return message(language, "date.interval", since=parts[0], until=parts[1]) if len(parts) == 2 else parts[0]


#: As many characters as a date with its day has.
_DAY = 10
#: What makes a time open on one side.
BOUNDS_OF_TIME = ("before ", "after ", "by ")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2})?)?)?)?", re.ASCII)


def parse_date(text: str) -> Date:
    """`2025`, `2025-02`, `2025-03-15`, `2025-03-15T22:30`, `A/B` from A to B, or `before`, `by` or `after` a day."""
    if text.startswith(BOUNDS_OF_TIME):
        return _one_sided(*text.split(" ", 1))
    if "/" in text:
        return _interval(text)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not a date: write 2025, 2025-02 or 2025-02-28')
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    if year is None or year == 0:
        raise ValueError(f'"{text}" is not a date: there is no year 0')
    if month is None:
        return Date(text, f"{year:04}-01-01", f"{year:04}-12-31")
    if not 1 <= month <= 12:
        raise ValueError(f'"{text}" is not a date: a month is 01 to 12')
    last_day = calendar.monthrange(year, month)[1]
    if day is None:
        return Date(text, f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last_day}")
    if not 1 <= day <= last_day:
        raise ValueError(f'"{text}" is not a date: that month has {last_day} days')
    if match[4] is not None:
        if int(match[4]) > 23 or int(match[5]) > 59:
            raise ValueError(f'"{text}" is not a time: write hours 00 to 23 and minutes 00 to 59')
        text = f"{text[:10]}T{match[4]}:{match[5]}:00"
    whole = date(year, month, day).isoformat()
    return Date(text, whole, whole)


def _interval(text: str) -> Date:
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != 2 or any(part.startswith(BOUNDS_OF_TIME) for part in parts):
        raise ValueError(f'"{text}" is not an interval: write two dates, 2025-01/2025-03')
    first, last = map(parse_date, parts)
    if first.earliest > last.latest:
        raise ValueError(f'the interval "{text}" ends before it begins: turn it round')
    return Date(f"{first.printed}/{last.printed}", first.earliest, last.latest)


def _one_sided(word: str, text: str) -> Date:
    day = parse_date(text)
    if day.open or "/" in day.printed:
        raise ValueError(f'"{text}" is not a date: write one day, month or year after {word}')
    if word == "by":
        return Date(f"by {day.printed}", "", day.latest)
    edge = date.fromisoformat(day.earliest if word == "before" else day.latest)
    if edge in (date.min, date.max):
        raise ValueError(f'"{word} {text}" leads beyond the calendar: write another year')
    if word == "before":
        return Date(f"{word} {day.printed}", "", (edge - timedelta(days=1)).isoformat())
    return Date(f"{word} {day.printed}", (edge + timedelta(days=1)).isoformat(), "")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with all that keeps it from being mistaken for another one.

    `unit` is a unit's key; `counts` and `share_of` are node IRIs; `per` holds unit keys or node IRIs, in order of size
    of words; `duration` is an xsd:duration when the unit is one of time.
    """

    value: Decimal
    upper: Decimal | None = None
    bound: str = "exact"
    currency: str | None = None
    unit: str | None = None
    counts: str | None = None
    share_of: str | None = None
    per: tuple[str, ...] = ()
    duration: str | None = None

    @property
    def iri(self) -> str:
        parts = [plain(self.value)]
        if self.upper is not None:
            parts.append("to-" + plain(self.upper))
        if self.bound != "exact":
            parts.insert(0, re.sub("([A-Z])", r"-\1", self.bound).lower())
        parts += [word for word in (self.currency, self.unit) if word]
        parts += ["of-" + _last(node) for node in (self.counts, self.share_of) if node]
        parts += ["per-" + _last(word) for word in self.per]
        return ID + "q/" + "-".join(parts)

    def measure(self) -> tuple[str | None, ...]:
        """What must be equal for two figures to be rivals."""
        return (self.currency, self.unit, self.counts, self.share_of, *self.per)

    def interval(self) -> tuple[Decimal, Decimal]:
        """The values it allows, as a closed interval; rivals are figures whose intervals do not meet."""
        top = self.upper if self.upper is not None else self.value
        if self.bound in ("atLeast", "moreThan"):
            return self.value, Decimal("Infinity")
        if self.bound in ("atMost", "lessThan"):
            return Decimal("-Infinity"), top
        return self.value, top

    def label(
        self,
        language: str,
        units: Mapping[str, Unit],
        names: Mapping[str, str],
        *,
        inside: bool = False,
        about: str = "",
        unit: bool = True,
    ) -> str:
        """`at least 261 deaths`, `$20,000 per prisoner per year`, in the reader's language.

        `inside` a sentence Spanish says `el 30 %`; `about` is how its speaker rounds it, "about" or "nearly"; without
        `unit` it stands alone, where what it counts has been named.
        """
        named = self.unit if unit and self.unit != "percent" else None
        what = units[self.unit].named(language) if inside and self.unit and self.unit in units else ""
        figure = self._number(self.value, language, what, counting=named is not None)
        if self.upper is not None:
            high = self._number(self.upper, language, what, counting=named is not None)
            key = "figure.rangeInside" if inside else "figure.range"
            figure = message(language, key, low=_shortened(figure, high), high=high)
        if inside and self.unit == "percent":
            figure = message(language, "figure.percentInside", figure=figure)
        if self.bound != "exact":
            figure = message(language, f"figure.{self.bound}", figure=figure)
        elif about:
            figure = message(language, f"figure.{about}", figure=figure)
        parts = [figure]
        if named:
            parts.append(units[named].named(language, many=self.value != 1 or self.upper is not None))
        counted = [node for node in (self.counts, self.share_of) if node]
        parts += [message(language, "figure.of", what=names.get(node, node)) for node in counted]
        return " ".join([*parts, *self._rates(language, units, names)])

    def _rates(self, language: str, units: Mapping[str, Unit], names: Mapping[str, str]) -> list[str]:
        """`per prisoner`, `a year`: what is not a time stands first."""
        found: list[str] = []
        for each in sorted(self.per, key=lambda per: has(f"figure.perTime.{per}")):
            if has(f"figure.perTime.{each}"):
                found.append(message(language, f"figure.perTime.{each}"))
                continue
            what = units[each].named(language) if each in units else names.get(each, each)
            found.append(message(language, "figure.perPer" if found else "figure.per", what=what))
        return found

    def _number(self, value: Decimal, language: str, what: str, *, counting: bool) -> str:
        """The number; inside a sentence what it counts is `what`, and a number below ten is a word."""
        if self.currency:
            return formats.money(value, self.currency, language)
        if self.unit == "percent":
            return formats.percent(value, language)
        if what and value in _SPELLED:
            return formats.spelled(int(value), what, language)
        return formats.counted(value, language) if counting else formats.number(value, language)


#: What a newspaper writes as a word: `two years`, but `12 years`.
_SPELLED = range(10)


def _shortened(low: str, high: str) -> str:
    """The lower end without the words that the upper one ends in, too: `310`, before `330 millones de euros`."""
    words, others = low.split(" "), high.split(" ")
    while len(words) > 1 and len(others) > 1 and words[-1] == others[-1]:
        words.pop()
        others.pop()
    return " ".join(words)


def _last(iri: str) -> str:
    return iri.removeprefix(ID).replace("/", ".")


def written(quantity: Quantity) -> str:
    """A figure as one line that `read_written` reads back: `atLeast 261 death of https://…`."""
    number = plain(quantity.value) + (f"..{plain(quantity.upper)}" if quantity.upper is not None else "")
    named = (("of", quantity.counts), ("share", quantity.share_of), *(("per", per) for per in quantity.per))
    words = [quantity.bound, number, quantity.currency or quantity.unit or "-"]
    words += [f"{name} {node}" for name, node in (*named, ("lasting", quantity.duration)) if node]
    return " ".join(words)


def read_written(text: str) -> Quantity:
    """The figure that `written` wrote."""
    bound, number, counted, *rest = text.split(" ")
    first, _, last = number.partition("..")
    named: dict[str, list[str]] = {}
    for name, node in zip(rest[::2], rest[1::2], strict=True):
        named.setdefault(name, []).append(node)
    return Quantity(
        value=Decimal(first),
        upper=Decimal(last) if last else None,
        bound=bound,
        # Codes of currencies are capitals, keys of units small letters.
        currency=counted if counted.isupper() else None,
        unit=counted if counted.islower() else None,
        counts=next(iter(named.get("of", ())), None),
        share_of=next(iter(named.get("share", ())), None),
        per=tuple(sorted(named.get("per", ()))),
        duration=next(iter(named.get("lasting", ())), None),
    )


def date_of(iri: str) -> Date:
    """The time that an IRI names: the printed form stands in it."""
    return parse_date(iri.removeprefix(f"{ID}t/").replace("--", "/").replace(".", ":").replace("_", " "))


def plain(value: Decimal) -> str:
    """The canonical xsd:decimal: no exponent, no zeros at the end, no point without a fraction."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
#: Decimal keeps 28 digits: a longer number would be rounded.
_MOST_DIGITS = 24
#: A point and three digits: thousands to one reader, a fraction to another.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_MULTIPLES = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
#: No figure of a report is as large; past this, decimals are no longer exact.
_TOO_MUCH = 10**24
_TIME_UNITS = {"hour": (24, "day"), "month": (12, "year"), "day": (7, "week")}
_DURATION = {"year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H", "minute": "PT{}M"}


def parse_quantity(
    text: str, counts: str | None, units: Mapping[str, Unit], node: Callable[[str], str | None]
) -> tuple[Quantity, str]:
    """A figure and the approximating word in front of it (empty when there is none).

    `counts` is what the relation counts: a unit's key for a bare number, or `money` when a sum is due. `node` gives
    the IRI of a declared actor or thing, or None.
    """
    words = text.split()
    soft = words.pop(0) if words and words[0] in APPROXIMATE else ""
    bound = BOUNDS.get(" ".join(words[:2]), "exact")
    if bound != "exact":
        del words[:2]
    if not words:
        raise ValueError(f'"{text}" is not a figure: write a number and what it counts')
    number = words.pop(0)
    if number.endswith("%") and number != "%":
        number, words = number[:-1], ["%", *words]
    value, upper = _numbers(number, text)
    if words and words[0] in _MULTIPLES:
        times = _MULTIPLES[words.pop(0)]
        value, upper = value * times, upper * times if upper is not None else None
    if abs(value) >= _TOO_MUCH or (upper is not None and abs(upper) >= _TOO_MUCH):
        raise ValueError(f'"{text}" is more than any figure here may be: write fewer digits, or a larger unit')
    currency, unit, rest = _unit(words, counts, units, text)
    counted, share, per = _tail(rest, unit, units, node, text)
    if currency is None and unit is None and counted is None:
        remedy = "add a currency such as USD" if counts == "money" else "add a unit, or `of` and an id"
        raise ValueError(f'"{text}" does not say what it counts: {remedy}')
    if counts == "money" and currency is None:
        codes = ", ".join(formats.currencies_called(unit or "")[:_SHOWN]) or "USD"
        remedy = f'add an ISO 4217 code such as {codes}; what has none is counted by itself, fee count 600 "old pesos"'
        raise ValueError(f'"{text}" is a sum without a currency: {remedy}')
    duration = None
    if unit in _DURATION and not per and upper is None and value == value.to_integral_value():
        while unit in _TIME_UNITS and value % _TIME_UNITS[unit][0] == 0 and value:
            size, unit = _TIME_UNITS[unit]
            value = value / size
        duration = _DURATION[unit].format(plain(value))
    return Quantity(value, upper, bound, currency, unit, counted, share, per, duration), soft


def _numbers(number: str, text: str) -> tuple[Decimal, Decimal | None]:
    first, dots, last = number.partition("..")
    for part in (first, last) if dots else (first,):
        if _GROUPED.fullmatch(part):
            fraction = f", {part}0 for a fraction" if part.count(".") == 1 else ""
            plain_ = part.replace(".", "")
            raise ValueError(f'"{text}" may be read in two ways: write {plain_} for thousands{fraction}')
        if not _NUMBER.fullmatch(part):
            raise ValueError(f'"{text}" is not a figure: write digits without separators, such as 1500 or 0.5')
        if len(part) > _MOST_DIGITS:
            raise ValueError(f'"{text}" has more than {_MOST_DIGITS} digits: round it')
    value, upper = Decimal(first).normalize(), Decimal(last).normalize() if dots else None
    if upper is not None and upper < value:
        raise ValueError(f'the range "{number}" ends below its beginning: turn it round')
    return value + 0, upper


#: So many codes are named when a word means several currencies.
_SHOWN = 4


def _unit(
    words: list[str], counts: str | None, units: Mapping[str, Unit], text: str
) -> tuple[str | None, str | None, list[str]]:
    """Currency, unit and the words after them."""
    if not words or words[0] in ("of", "per"):
        # "39 of the complaints" says what is counted: they are no people.
        return None, counts if counts in units and words[:1] != ["of"] else None, words
    word, rest = words[0], words[1:]
    if word in formats.currencies():
        return word, None, rest
    if word == "%":
        return None, "percent", rest
    key = unit_key(word, units)
    if key is None:
        if codes := formats.currencies_called(word):
            given = ", ".join(codes[:_SHOWN]) + (" …" if len(codes) > _SHOWN else "")
            raise ValueError(f'"{text}" has the currency "{word}" without its code: write {given}')
        known = [*units, *_MULTIPLES, *(formats.currencies() if word.isupper() else ())]
        raise ValueError(f'"{text}" has the unknown unit or currency "{word}": {did_you_mean(word, known)}')
    return None, key, rest


def unit_key(word: str, units: Mapping[str, Unit]) -> str | None:
    """The key of a unit, written as its key or in English, singular or plural."""
    if word in units:
        return word
    return next((unit.key for unit in units.values() if word in unit.label["en"]), None)


def _tail(
    words: list[str], unit: str | None, units: Mapping[str, Unit], node: Callable[[str], str | None], text: str
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """What is counted, what it is a share of, and per what."""
    counted = share = None
    per: list[str] = []
    while words:
        word, name, words = words[0], words[1] if len(words) > 1 else "", words[2:]
        if word not in ("of", "per") or not name:
            raise ValueError(f'"{text}" has "{word}" where `of ID` or `per UNIT` is due: mend it')
        key, iri = unit_key(name, units), node(name)
        if word == "per":
            if key is None and iri is None:
                raise ValueError(f'"{text}" has the unknown unit "{name}": {did_you_mean(name, units)}')
            per.append(key or str(iri))
        elif iri is None:
            raise ValueError(f'"{text}" counts "{name}", which is declared nowhere: add it to the names')
        elif unit == "percent":
            share = iri
        else:
            counted = iri
    return counted, share, tuple(sorted(per))
