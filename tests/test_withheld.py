"""What an editor withholds does not come out: by a case's own words, another spelling, an old edition, an accident."""

# ruff: noqa: RUF001 - letters that look alike are the matter here

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from processes import eventually
from pyoxigraph import Literal, NamedNode, Quad
from serving import serving

import graph
from graph.base import spelling
from graph.base.errors import CaseError
from graph.case import ground
from graph.cli import main
from graph.pipeline import CaseGraph
from graph.redaction import protection
from graph.redaction.names import Names
from graph.store import Folder
from graph.store.folder import Editions

CASE = """
format: 1
title: {en: Boats, es: Barcos}
id: boats
version: 2031-06-01
OWN
actors:
  ana-ferrer: {name: Ana Ferrer, kind: person}
  port: {name: Port Authority, kind: organisation}
  post: {name: Valley Post, kind: media}
---
format: 1
document: {id: d1, title: Boats, published: 2031-05-02, publisher: post, url: "https://post.example/boats"}
passages:
  - at: p1
    summary: The paper says that the port has three boats.
    asserts:
      k1: [port, headcount, 3 people]
"""
OWN = {
    "a unit": "units: {ferrer-boat: {label: {en: [Ferrer boat, Ferrer boats], es: [barco Ferrer, barcos Ferrer]}}}",
    "a kind": "kinds: {yacht: {label: {en: a Ferrer yacht, es: un yate}, class: asset, broader: asset}}",
}


def write(folder: Path, own: str = "") -> Path:
    path = folder / "boats.yaml"
    path.write_text(CASE.replace("OWN", own), "utf-8")
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="actorgraph")


def test_a_cases_own_words_may_hold_no_name(tmp_path: Path) -> None:
    path = write(tmp_path, OWN["a unit"])
    done = run("build", str(path), "--out", str(tmp_path / "out"), "--redact", "ana-ferrer")
    assert done.exit_code == 1
    assert "the unit ferrer-boat holds a name that is to be withheld. Give it another one first." in done.stderr
    assert not (tmp_path / "out").exists()
    assert run("build", str(path), "--out", str(tmp_path / "out")).exit_code == 0


def test_the_final_search_reads_a_cases_own_words_and_not_the_standard_ones(tmp_path: Path) -> None:
    made = graph.load(write(tmp_path), withhold=["ana-ferrer"])
    assert made.redaction is not None
    vocabulary = NamedNode("https://w3id.org/actorgraph/ns")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    own = Quad(NamedNode("https://w3id.org/actorgraph/id/boats/ns#x"), label, Literal("the Ferrers' boat"), vocabulary)
    assert made.redaction.leaks([own])
    assert made.redaction.leaks(made.quads) == []


@pytest.mark.parametrize("words", [("",), ("ana-ferrer,",), (",ana-ferrer",), ("ana-ferrer", "")])
@pytest.mark.parametrize("command", ["build", "draw", "export"])
def test_an_unset_variable_withholds_nothing_and_is_refused(
    tmp_path: Path, command: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = [option for word in words for option in ("--redact", word)]
    more = ["--format", "csv"] if command == "export" else []
    done = run(command, str(write(tmp_path)), *options, *more)
    assert done.exit_code == 2
    assert "--redact: there is an empty name. Is a variable unset?" in done.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["boats.yaml"]


SPELLINGS = [
    ("Søren Ørsted", ["Soren Orsted", "SØREN ØRSTED", "Soeren Oersted", "S\u00f8ren\u00a0\u00d8rsted"]),
    ("Łukasz Wałęsa", ["Lukasz Walesa", "Walesa's aunt"]),
    ("Jürgen Müller", ["Juergen Mueller", "Jurgen Muller", "J\u00adürgen M\u00adüller", "the Müllers", "MÜLLER"]),
    ("Juergen Mueller", ["Jürgen Müller"]),
    ("Anna Groß", ["Anna Gross", "ANNA GROSS", "Groß"]),
    ("Đorđe Þór", ["Dorde Thor", "Djordje Thor"]),
    ("Guðrún Sæmundsdóttir", ["Gudrun Saemundsdottir", "Gudhrun Saemundsdóttir"]),
    ("Işıl Kılıç", ["Isil Kilic", "IŞIL KILIÇ"]),
    ("Sofía Ferrer", ["the Ferrers", "Ferrer's boat", "the Ferrers' boat", "Ｆｅｒｒｅｒ", "FERRER"]),
    ("Ada Sheffield", ["She\ufb03eld", "Ada She\u00adf\u00adfield"]),
    ("Γιώργος Παππάς", ["ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ", "Γιωργος Παππας", "ο ΠΑΠΠΆΣ"]),
    ("王小明", ["记者说王小明来了"]),
    ("أحمد الفرر", ["وأحمد الفرر", "لأحمد الفرر", "احمد الفرر", "أحمـد الفرر", "قال والفرر", "بالفرر"]),
]


@pytest.mark.parametrize(("name", "texts"), SPELLINGS)
def test_a_name_is_found_in_other_spellings(name: str, texts: list[str]) -> None:
    surname = name.rsplit(maxsplit=1)[-1]
    names = Names([name, surname] if surname != name else [name])
    assert [text for text in [name, *texts] if not names.stand_in(text)] == []


def test_an_abbreviation_in_other_letters_is_found() -> None:
    text = "Says \uff35\uff33, \u1d41\u02e2 no, \U0001d414\U0001d412 and us; not \uff35\uff33\uff21"
    found = [text[start:end] for start, end in Names(["US"]).spans(text)]
    assert found == ["\uff35\uff33", "\U0001d414\U0001d412"]


def test_what_only_looks_like_a_name_stays() -> None:
    names = Names(["Ferrer", "Müller", "US"])
    assert [text for text in ("Ferrero", "offerers", "Mullet", "us", "muelle", "bus") if names.stand_in(text)] == []
    assert spelling.folded("Ærø") == ("aero", [0, 0, 1, 2, 3])


@pytest.mark.parametrize(
    "words",
    ["aferrer@port.example", "ferrer2031", "@AnaFerrerP", "Ferrerista", "A.F.", "A. F.", "Fer-rer", "Fer\u2011rer"],
)
def test_the_editor_is_told_what_may_be_a_name_all_the_same(tmp_path: Path, words: str) -> None:
    path = tmp_path / "boats.yaml"
    said = f"The paper says that the port has three boats, and {words} too."
    path.write_text(CASE.replace("OWN", "").replace("The paper says that the port has three boats.", said), "utf-8")
    made = graph.load(path, withhold=["ana-ferrer"])
    assert made.redaction is not None
    told = [risk for risk in made.redaction.report.risks if "may be a name of theirs" in risk]
    assert len(told) == 1
    assert words in told[0]
    plain = graph.load(write(tmp_path), withhold=["ana-ferrer"]).redaction
    assert plain is not None and not [risk for risk in plain.report.risks if "may be a name" in risk]


def test_a_name_written_for_html_is_found_by_the_last_search(tmp_path: Path) -> None:
    made = graph.load(write(tmp_path), withhold=["ana-ferrer"])
    assert made.redaction is not None
    assert made.redaction.found_in(["so says Ana &#70;errer"])
    assert made.redaction.found_in(["Fe&shy;rrer"])


def test_the_editor_is_told_what_no_search_can_judge(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text("utf-8").replace("name: Ana Ferrer", "name: Ana Li, aliases: [安娜]")
    path.write_text(text.replace("Port Authority", "Портовое управление"), "utf-8")
    done = run("build", str(path), "--out", str(tmp_path / "out"), "--redact", "ana-ferrer")
    assert done.exit_code == 0, done.output
    assert "The surname Li is too short to be searched for by itself." in done.stderr
    assert "Texts in Cyrillic letters are here, in which no name is known: read them." in done.stderr


def test_what_has_become_confidential_is_not_told_as_gone(tmp_path: Path) -> None:
    second = """---
format: 1
document: {id: d2, title: Inner circular, published: 2031-05-09, publisher: post, url: "https://post.example/inner"}
passages:
  - at: p1
    summary: A circular says that the port has forty people.
    asserts:
      k9: [port, headcount, 40 people]
"""
    path = write(tmp_path)
    public = path.read_text("utf-8") + second
    path.write_text(public, "utf-8")
    assert run("build", str(path), "--out", str(tmp_path / "old")).exit_code == 0
    # Now it is confidential; its publisher still has a public document.
    path.write_text(public.replace("{id: d2, title", "{id: d2, confidential: true, title"), "utf-8")
    for old in ("old/graph.html", "old/dataset.trig"):
        out = tmp_path / "new"
        done = run("build", str(path), "--out", str(out), "--since", str(tmp_path / old))
        assert done.exit_code == 0, done.output
        page = (out / "graph.html").read_text("utf-8")
        found = page[page.index('id="data">') :].partition("</script>")[0]
        assert "2031-05-09" not in found
        assert "k9" not in found
        assert '"gone":[]' in found.replace(" ", "")


@pytest.mark.slow
def test_who_is_withheld_shows_in_the_order_of_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether their name and id come first or last by the alphabet, every output is the same."""
    riomar = Path("tests/cases/contratos-de-riomar.yaml").read_text("utf-8")
    # Called after them, the lawyer would be withheld, too: two are minted in the order of their ids, by chance alone.
    riomar = riomar.replace("Hilario Bastán's lawyer", "the lawyer").replace(
        "el abogado de Hilario Bastán", "el abogado"
    )
    made: list[dict[str, bytes]] = []
    for slug, name in (("aaa-abbatex", "Aaa Abbatex"), ("zzz-zyxwvut", "Zzz Zyxwvut")):
        path = tmp_path / slug / "riomar.yaml"
        path.parent.mkdir()
        path.write_text(riomar.replace("hilario-bastan", slug).replace("Hilario Bastán", name), "utf-8")
        # Only what is minted by chance would differ.
        tokens = count()
        monkeypatch.setattr(protection.secrets, "token_hex", lambda _, tokens=tokens: f"{next(tokens):020x}")
        case = graph.load(path, withhold=[slug])
        assert isinstance(case, CaseGraph)
        made.append({form: case.exported(form, "", "en") for form in ("trig", "graphml", "csv")})
        made[-1]["page"] = case.page("en").encode()
    assert made[0] == made[1]
    assert b"Hilario" not in b"".join(made[0].values()) and b"withheld" in made[0]["trig"]


def test_an_edition_that_was_replaced_is_gone_when_nobody_reads_it(tmp_path: Path) -> None:
    def content(name: str) -> list[Quad]:
        return [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(name))]

    folder = Folder(tmp_path / "store")
    folder.replace(content("Ana Ferrer"))
    reading = Editions(folder.path).reading()
    folder.replace(content("somebody"))
    assert reading.path.is_dir()
    reading.close()
    assert not reading.path.exists()


@pytest.mark.slow
def test_a_service_lets_go_of_an_edition_that_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store"
    Folder(path).replace([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("Ana Ferrer"))])
    with serving(str(path), "--workers", "2"):
        old = Editions(path).current()
        Folder(path).replace([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("somebody"))])
        # Nobody asks anything.
        eventually(lambda: not (path / "editions" / old).exists())


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "texts/../../secret.txt", "link.txt", ".."])
def test_a_case_names_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    case = tmp_path / "cases" / "boats"
    case.mkdir(parents=True)
    (tmp_path / "cases" / "secret.txt").write_text("secret", "utf-8")
    (case / "link.txt").symlink_to(tmp_path / "cases" / "secret.txt")
    (case / "own.txt").write_text("own", "utf-8")
    assert ground.find_text(case / "boats.yaml", name) is None
    assert ground.find_text(case / "boats.yaml", "own.txt") == case / "own.txt"


def test_a_text_outside_is_told_as_not_here(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8").replace('url: "https', 'text: ../../../etc/passwd, url: "https'), "utf-8")
    done = run("ground", str(path), "--show", "k1")
    assert done.exit_code == 1
    assert "root:" not in done.output
    with pytest.raises(CaseError, match="has no local text here"):
        ground.show(graph.load(path).case, "k1", None)
