"""What people read: one file for each language, all with the same texts, all of them used; numbers, sums and dates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.words import contracted, formats, listed, message


@pytest.mark.parametrize(
    ("value", "currency", "english", "spanish"),
    [
        ("20000", "USD", "$20,000", "20.000 dólares"),
        ("1", "EUR", "€1", "1 euro"),
        ("80.7", "USD", "$80.70", "80,70 dólares"),
        ("1000000", "USD", "$1mn", "1 millón de dólares"),
        ("4760000", "USD", "$4.76mn", "4,76 millones de dólares"),
        ("31000000000", "USD", "$31bn", "31.000 millones de dólares"),
        ("1500000000000", "EUR", "€1.5tn", "1,5 billones de euros"),
        ("1234567", "GBP", "£1,234,567", "1.234.567 libras"),
        ("5000", "SVC", "SVC\u00a05,000", "5000 colones salvadoreños"),
    ],
)
def test_sums_are_written_as_in_a_newspaper_and_stay_exact(
    value: str, currency: str, english: str, spanish: str
) -> None:
    assert formats.money(Decimal(value), currency, "en") == english
    assert formats.money(Decimal(value), currency, "es") == spanish


@pytest.mark.parametrize(
    ("printed", "english", "spanish"),
    [
        ("1798", "1798", "1798"),
        ("2025-02", "February 2025", "febrero de 2025"),
        ("2025-03-15", "15 March 2025", "15 de marzo de 2025"),
        ("2025-03-15T22:30:00", "15 March 2025, 22:30", "15 de marzo de 2025, 22:30"),
    ],
)
def test_dates_have_the_precision_printed(printed: str, english: str, spanish: str) -> None:
    assert (formats.date_words(printed, "en"), formats.date_words(printed, "es")) == (english, spanish)


def test_numbers_are_grouped_and_never_rounded() -> None:
    assert formats.number(6000000, "en") == "6,000,000"
    assert formats.number(6000000, "es") == "6.000.000"
    assert formats.number(1798, "es") == "1798"
    assert formats.number(Decimal("80.7"), "es") == "80,7"
    assert formats.number(Decimal("-1234567.5"), "en") == "-1,234,567.5"
    assert formats.number(Decimal("0.123456789"), "en") == "0.123456789"
    assert formats.percent(Decimal("22.5"), "en") == "22.5%"
    assert formats.percent(Decimal("22.5"), "es") == "22,5\u00a0%"


def test_currencies_are_codes() -> None:
    assert {"USD", "EUR", "VES", "MXN"} <= formats.currencies()
    assert all(len(code) == 3 and code.isupper() for code in formats.currencies())


def test_a_number_chooses_the_form_and_names_are_never_filled_in_twice() -> None:
    assert message("en", "page.standing.documents", n=1) == "1 document"
    assert message("es", "page.standing.documents", n=1200) == "1200 documentos"
    assert message("en", "page.standing.deniesIt", name="{n} | x") == "{n} | x denies it"


def test_names_are_joined_as_each_language_does() -> None:
    assert listed(["A", "B", "C"], "en") == "A, B and C"
    assert listed(["España", "Italia"], "es") == "España e Italia"
    assert listed(["agua", "hielo"], "es") == "agua y hielo"
    assert contracted("la visita de el juez a el CECOT", "es") == "la visita del juez al CECOT"
    assert contracted("of el juez", "en") == "of el juez"
