"""What people read: one file for each language, all with the same texts, all of them used; numbers, sums and dates."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import graph
from graph.query.sparql import named
from graph.words import contracted, formats, languages, listed, message, plural, section_of, sections


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


def test_a_bare_verb_agrees_with_a_plural_subject() -> None:
    assert plural("recluido en", "los deportados", "es") == "recluidos en"
    assert plural("calificado de", "las personas", "es") == "calificadas de"
    for verb, subject, language in (
        ("recluido en", "el preso", "es"),
        ("tuvo lugar", "los vuelos", "es"),
        ("held at", "the people", "en"),
    ):
        assert plural(verb, subject, language) == verb


# --- the files


ROOT = Path(graph.__file__).parent
#: A language's own grammar and the ways it writes sums; and queries, whose headers are English themselves.
OWN = ("language.", "money.", "cookbook.", "nouns.")
PLACE = re.compile(r"\{(\w+)\}")


def keys(language: str) -> dict[str, str]:
    return {f"{name}.{key}": text for name in sections(language) for key, text in section_of(language, name).items()}


def test_every_language_has_every_text_with_the_same_places() -> None:
    english = keys("en")
    for tag in languages():
        other = keys(tag)
        assert {key for key in other if not key.startswith(OWN)} == {key for key in english if not key.startswith(OWN)}
        for key, text in english.items():
            # An empty text says that a language has no such form.
            if not key.startswith(OWN) and text and other[key]:
                assert set(PLACE.findall(other[key])) == set(PLACE.findall(text)), (tag, key)
        assert all(isinstance(text, str) for text in other.values()), "quote what YAML takes for something else"


def test_every_query_is_told_in_every_language() -> None:
    told = {words for query in named().values() for words in (query.title, query.description)}
    told |= {parameter.meaning for query in named().values() for parameter in query.parameters}
    for tag in languages():
        if tag != "en":
            assert section_of(tag, "cookbook").keys() == told


def in_python(text: str) -> list[str]:
    """Its texts; in those that are put together `{}` stands for each part."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.append("".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values))
    return found


def in_javascript(text: str) -> list[str]:
    return [*re.findall(r'"([^"\n]*)"', text), *re.findall(r"`((?:[\w.]|\$\{[^`{}]*\})*)`", text)]


def literals() -> tuple[set[str], list[re.Pattern[str]]]:
    """The texts in the code, and patterns for those that are put together."""
    found = [each for path in ROOT.rglob("*.py") for each in in_python(path.read_text("utf-8"))]
    found += [each for path in ROOT.rglob("*.js") for each in in_javascript(path.read_text("utf-8"))]
    for path in ROOT.rglob("*.html"):
        found += re.findall(r"\b[TW](?:\.|\[\")([\w-]+)", path.read_text("utf-8"))
    patterns = []
    for each in found:
        pieces = re.split(r"\$?\{[^{}]*\}", each)
        if len(pieces) > 1 and re.fullmatch(r"[\w.]{3,}", "".join(pieces)):
            patterns.append(re.compile("[^.]+".join(map(re.escape, pieces))))
    return set(found), patterns


def test_every_text_is_used() -> None:
    whole, parts = literals()

    def is_used(key: str) -> bool:
        names = [key.split(".", at)[-1] for at in range(key.count(".") + 1)]
        return any(name in whole or any(part.fullmatch(name) for part in parts) for name in names)

    #: Chosen by what stands in the data: a currency, a relation, a term of another vocabulary.
    data = ("money.names.", "printed.", "beside.", "terms.", "description.predicates.", "cookbook.", "data.")
    assert [key for key in keys("en") if not key.startswith(data) and not is_used(key)] == []


def test_no_language_but_english_is_written_in_the_code() -> None:
    """Docstrings and comments may give examples; what search folds, ends a sentence or inflects is none."""
    marks = re.compile(r"[¿¡áéíóúñÁÉÍÓÚÑ«]")
    spared = {
        "case/texts.py",
        "base/names.py",
        "base/spelling.py",
        "redaction/redact.py",
        "vocabulary/grammar.py",
        "vocabulary/predicates.py",
        "vocabulary/stems.py",
        "draw/page/model/sparql.js",
        "draw/page/model/search.js",
    }
    found = []
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            f"{path.relative_to(ROOT)}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if marks.search(node.value)
        ]
    for path in (*ROOT.rglob("*.js"), *ROOT.rglob("*.html"), *ROOT.rglob("*.rq")):
        lines = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE).splitlines()
        found += [f"{path.relative_to(ROOT)}: {line}" for line in lines if marks.search(line.replace('"«"', ""))]
    assert [each for each in found if each.partition(":")[0] not in spared] == []


# --- a third language


def pseudo(value: Any) -> Any:
    """A file of words in a language nobody speaks: each text begins with a mark; forms and places stay."""
    if isinstance(value, dict):
        return {key: pseudo(each) for key, each in value.items()}
    return "|".join(f"⟦{form}" for form in value.split("|"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one file more: xx.yaml."""
    folder = tmp_path_factory.mktemp("third")
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT, folder / "graph", ignore=skipped)
    shutil.copytree(ROOT.parent / "ontology", folder / "ontology", ignore=skipped)
    shutil.copy(ROOT.parent / "tests" / "cases" / "figures.yaml", folder)
    words = yaml.safe_load((ROOT / "words" / "en.yaml").read_text("utf-8"))
    made = {**pseudo(words), "language": {**words["language"], "name": "Xx"}}
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
    (folder / "graph" / "words" / "xx.yaml").write_text(text, "utf-8")
    return folder


def ran(checkout: Path, *code: str) -> str:
    done = subprocess.run([sys.executable, *code], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_third_language_is_one_file(checkout: Path) -> None:
    ran(checkout, "-m", "graph", "build", "figures.yaml", "--out", "out", "--lang", "xx")
    page = (checkout / "out" / "graph.html").read_text("utf-8")
    assert '<html lang="xx">' in page
    said = json.loads(page.partition('id="words">')[2].partition("</script>")[0])
    assert said["xx"]["undo"] == "⟦Undo" and said["xx"]["language.name"] == "Xx"
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert all(claim["sentence"]["xx"].startswith("⟦") for claim in data["claims"].values())
    assert data["opening"]["xx"].startswith("⟦")


def test_the_command_line_speaks_it(checkout: Path) -> None:
    assert "[en|es|xx]" in ran(checkout, "-m", "graph", "build", "--help")
    told = ran(checkout, "-m", "graph", "legal", "figures.yaml", "--lang", "xx")
    assert "⟦Relationships that could defame" in told


def test_the_served_pages_speak_it(checkout: Path) -> None:
    code = """if True:
        from graph.draw.html import served_page
        from graph.serve.editor import editor_page, queries_page, vocabulary_page
        from graph.serve.describe import unknown_page
        pages = editor_page, queries_page, vocabulary_page, served_page
        print(*(page("xx") for page in pages), unknown_page("x:y", "xx"))
    """
    told = ran(checkout, "-c", code)
    assert told.count('lang="xx"') >= 5
    for words in ("⟦SPARQL query editor", "⟦Cookbook", "⟦Vocabulary", "⟦Nothing is known about it", "⟦Go to the text"):
        assert words in told
    assert ">XX</a>" in told, "it can be chosen"
