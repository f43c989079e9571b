"""Dates and figures: one canonical form, and one IRI, for everything that means the same."""

from __future__ import annotations

import calendar
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.base.terms import ID
from graph.case.values import Date, Quantity, date_of, parse_date, parse_quantity, plain
from graph.vocabulary.reader import standard

UNITS = standard().units
NODES = {"gdp": f"{ID}c/gdp", "acme": f"{ID}c/acme"}


def figure(text: str, counts: str | None = None) -> Quantity:
    return parse_quantity(text, counts, UNITS, NODES.get)[0]


years = st.integers(1, 9999).map(lambda year: f"{year:04}")
months = st.tuples(years, st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02}")


@st.composite
def days(draw: st.DrawFn) -> str:
    month = draw(months)
    return f"{month}-{draw(st.integers(1, calendar.monthrange(int(month[:4]), int(month[5:]))[1])):02}"


dates = st.one_of(years, months, days())


@given(dates)
def test_a_date_is_kept_as_printed(text: str) -> None:
    found = parse_date(text)
    assert found.printed == text
    assert found.earliest.startswith(text) and found.latest.startswith(text)
    assert found.earliest <= found.latest
    assert parse_date(found.printed) == found
    assert found.iri == f"{ID}t/{text}"
    for language in ("en", "es"):
        assert str(int(text[:4])) in found.label(language)


@given(dates, dates)
def test_an_interval_runs_forward(one: str, other: str) -> None:
    begins, ends = parse_date(one), parse_date(other)
    if begins.earliest > ends.latest:
        with pytest.raises(ValueError, match="ends before it begins: turn it round"):
            parse_date(f"{one}/{other}")
    else:
        found = parse_date(f"{one}/{other}")
        assert (found.earliest, found.latest) == (begins.earliest, ends.latest)
        assert parse_date(found.printed) == found


def test_a_time_of_day() -> None:
    assert parse_date("2025-03-15T22:30") == parse_date("2025-03-15T22:30:59") == Date(
        "2025-03-15T22:30:00", "2025-03-15", "2025-03-15"
    )  # fmt: skip
    assert parse_date("2025-03-15T22:30").datatype == "xsd:dateTime"
    assert [parse_date(t).datatype for t in ("2025", "2025-03", "2025-03-15")] == [
        "xsd:gYear", "xsd:gYearMonth", "xsd:date",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", '"2024-02-30" is not a date: that month has 29 days'),
        ("2023-02-29", '"2023-02-29" is not a date: that month has 28 days'),
        ("2024-13", '"2024-13" is not a date: a month is 01 to 12'),
        ("0000", '"0000" is not a date: there is no year 0'),
        ("2 May 2024", '"2 May 2024" is not a date: write 2025, 2025-02 or 2025-02-28'),
        ("02/05/2024", '"02/05/2024" is not an interval: write two dates, 2025-01/2025-03'),
        ("2024/" * 5000, None),
        ("2024-05-02T24:00", '"2024-05-02T24:00" is not a time: write hours 00 to 23 and minutes 00 to 59'),
        ("٢٠٢٤", '"٢٠٢٤" is not a date: write 2025, 2025-02 or 2025-02-28'),
        ("", '"" is not a date: write 2025, 2025-02 or 2025-02-28'),
    ],
)
def test_impossible_dates(text: str, message: str | None) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_date(text)
    assert message is None or str(caught.value) == message


# Four places: a point and three digits may mean thousands, and is refused.
numbers = st.decimals(min_value=-(10**9), max_value=10**15, places=4, allow_nan=False)
measures = st.sampled_from(["USD", "EUR", "%", "people", "tonnes", "hectares", "of acme", "% of gdp", "USD per year"])


def written(value: Decimal) -> str:
    """As short as it may be written: three digits after a point might be thousands, so a fourth follows."""
    text = plain(value)
    return text + "0" if len(text.partition(".")[2]) == 3 else text


@given(numbers, measures)
def test_equal_figures_are_one_node(value: Decimal, measure: str) -> None:
    short, long = written(value), f"{value:.5f}"
    assert figure(f"{short} {measure}") == figure(f"{long} {measure}")
    assert figure(f"{short} {measure}").iri == figure(f"{long} {measure}").iri
    assert figure(f"{short} {measure}").value == value
    assert Decimal(plain(figure(f"{short} {measure}").value)) == value
    assert "E" not in plain(figure(f"{short} {measure}").value)


@pytest.mark.parametrize("text", ["240.000 EUR", "1.234.567 EUR", "-12.500 USD", "about 3.000..4.000 people"])
def test_a_point_and_three_digits_is_not_guessed_at(text: str) -> None:
    with pytest.raises(ValueError, match="may be read in two ways: write"):
        figure(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1.5 million EUR", "1500000 EUR"),
        ("2..3 billion USD", "2000000000..3000000000 USD"),
        ("0.125 % of gdp", "0.1250 % of gdp"),
    ],
)
def test_multiples_and_small_fractions(text: str, same: str) -> None:
    assert figure(text) == figure(same)


@given(numbers, numbers, measures)
def test_figures_that_differ_are_two_nodes(one: Decimal, other: Decimal, measure: str) -> None:
    assume(one != other)
    assert figure(f"{written(one)} {measure}").iri != figure(f"{written(other)} {measure}").iri


@given(numbers, measures, measures)
def test_measures_that_differ_are_two_nodes(value: Decimal, one: str, other: str) -> None:
    assume(one != other)
    assert figure(f"{written(value)} {one}").iri != figure(f"{written(value)} {other}").iri


@given(st.integers(1, 10_000))
def test_durations_are_told_in_the_largest_whole_unit(count: int) -> None:
    assert figure(f"{12 * count} month") == figure(f"{count} year")
    assert figure(f"{24 * count} hour") == figure(f"{count} day")
    assert figure(f"{7 * count} day") == figure(f"{count} week")
    assert figure("12 month").iri == figure("1 year").iri == f"{ID}q/1-year"
    assert figure("12 month").duration == "P1Y"
    assert figure("18 month").duration == "P18M"


def test_what_stands_around_a_number() -> None:
    assert parse_quantity("about 300 people", None, UNITS, NODES.get) == (
        Quantity(Decimal(300), unit="people"), "about",
    )  # fmt: skip
    assert figure("300", "people") == figure("300 people") == figure("300 person")
    assert figure("up to 5 USD").bound == figure("at most 5 USD").bound == "atMost"
    assert figure("10..20 USD") == Quantity(Decimal(10), Decimal(20), currency="USD")
    assert figure("82% of gdp") == figure("82 % of gdp") == Quantity(
        Decimal(82), unit="percent", share_of=NODES["gdp"]
    )  # fmt: skip
    assert figure("20000 USD per prisoner per year") == figure("20000 USD per year per prisoner")
    assert figure("20000 USD per prisoner per year").per == ("prisoner", "year")


def test_figures_that_do_not_meet() -> None:
    assert figure("at least 5 USD").interval() == (Decimal(5), Decimal("Infinity"))
    assert figure("up to 5 USD").interval() == (Decimal("-Infinity"), Decimal(5))
    assert figure("5..6 USD").interval() == (Decimal(5), Decimal(6))
    assert figure("5 USD").measure() != figure("5 EUR").measure() != figure("5 EUR per year").measure()


@pytest.mark.parametrize(
    ("text", "counts", "message"),
    [
        ("6000000", "money", '"6000000" does not say what it counts: add a currency such as USD'),
        ("6000000", None, '"6000000" does not say what it counts: add a unit, or `of` and an id'),
        (
            "300 people",
            "money",
            (
                '"300 people" is a sum without a currency: add an ISO 4217 code such as USD; what has none is '
                'counted by itself, fee count 600 "old pesos"'
            ),
        ),
        ("20 pesos", "money", '"20 pesos" has the currency "pesos" without its code: write MXN, COP, ARS, CLP …'),
        ("20 €", None, '"20 €" has the currency "€" without its code: write EUR'),
        ("6000000 EURO", "money", '"6000000 EURO" has the currency "EURO" without its code: write EUR'),
        ("1.500,50 EUR", None, '"1.500,50 EUR" is not a figure: write digits without separators, such as 1500 or 0.5'),
        ("$6mn", "money", '"$6mn" is not a figure: write digits without separators, such as 1500 or 0.5'),
        ("1e6 EUR", None, '"1e6 EUR" is not a figure: write digits without separators, such as 1500 or 0.5'),
        ("9..5 EUR", None, 'the range "9..5" ends below its beginning: turn it round'),
        ("5 % of gpd", None, '"5 % of gpd" counts "gpd", which is declared nowhere: add it to the names'),
        ("5 EUR a year", None, '"5 EUR a year" has "a" where `of ID` or `per UNIT` is due: mend it'),
        ("5 EUR per", None, '"5 EUR per" has "per" where `of ID` or `per UNIT` is due: mend it'),
        ("about", None, '"about" is not a figure: write a number and what it counts'),
        ("1" * 25 + " EUR", None, f'"{"1" * 25} EUR" has more than 24 digits: round it'),
    ],
)
def test_figures_that_are_none(text: str, counts: str | None, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        figure(text, counts)
    assert str(caught.value) == message


@given(st.text(max_size=40), st.sampled_from([None, "money", "people"]))
def test_any_words_are_a_figure_or_a_message(text: str, counts: str | None) -> None:
    try:
        found = figure(text, counts)
    except ValueError as error:
        assert str(error)  # noqa: PT017
    else:
        assert found.iri.startswith(f"{ID}q/")


@given(st.text("0123456789-/T:", max_size=20))
def test_any_digits_are_a_date_or_a_message(text: str) -> None:
    try:
        found = parse_date(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017
    else:
        assert parse_date(found.printed) == found


@pytest.mark.parametrize(
    ("printed", "earliest", "latest", "en", "es"),
    [
        ("before 2020", "", "2019-12-31", "before 2020", "antes de 2020"),
        ("before 2020-03-01", "", "2020-02-29", "before 1 March 2020", "antes del 1 de marzo de 2020"),
        ("by 2020-02", "", "2020-02-29", "by the end of February 2020", "a más tardar en febrero de 2020"),
        ("by 2020-02-01", "", "2020-02-01", "by 1 February 2020", "a más tardar el 1 de febrero de 2020"),
        ("after 2020-02", "2020-03-01", "", "after February 2020", "después de febrero de 2020"),
    ],
)
def test_a_time_that_is_open_on_one_side_has_one_bound(
    printed: str, earliest: str, latest: str, en: str, es: str
) -> None:
    day = parse_date(printed)
    assert (day.printed, day.earliest, day.latest, day.datatype) == (printed, earliest, latest, "xsd:string")
    assert (day.label("en"), day.label("es")) == (en, es)
    assert date_of(day.iri) == day


@pytest.mark.parametrize(
    "text", ["before 2020/2021", "before after 2020", "2020/before 2021", "before 0001", "after 9999"]
)
def test_a_time_that_is_open_and_none(text: str) -> None:
    with pytest.raises(ValueError, match=": "):
        parse_date(text)
