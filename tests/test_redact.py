"""A copy without somebody: everything that rides in every output is unpacked, and its bytes are searched."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import pytest
from click.testing import CliRunner

import graph
from graph.base.errors import CaseError, OutputError, QueryError
from graph.base.terms import ID, Literal, NamedNode, Quad
from graph.case.model import Case
from graph.case.reader import load as read
from graph.cli import main
from graph.diff.snapshot import of_store
from graph.draw import html as draw
from graph.draw.payload import About, payload
from graph.draw.since import mark
from graph.export.network import gexf, graphml, node_link
from graph.export.rdf import rdf
from graph.export.table import table
from graph.network import projection as network
from graph.pipeline import CaseGraph
from graph.redaction import redact
from graph.redaction.names import Names
from graph.standing import settle

pytestmark = pytest.mark.usefixtures("hasty")

ROOT = Path(__file__).resolve().parent.parent
TEXT = """Minister meets the lobbyist

Ruiz Pérez told the paper that Corvena owns Selmo. Nothing else was said.

The lobbyist dined with the minister at noon. Corvena has 40 people.

Nobody would comment.
"""
CASE = """
format: 1
title: {en: The dinner of Jesús Ruiz Pérez, es: La cena de Jesús Ruiz Pérez}
id: dinner
version: 2031-06-01
corrections: Write to the desk about Ruiz.
actors:
  post: {name: Valley Post, kind: media}
  herald: {name: Herald, kind: media}
  jesus-ruiz:
    {name: Jesús Ruiz Pérez, kind: person, aliases: [El Zurdo, JRP], same_as: {wikidata: Q987654, checked_by: desk,
     on: 2031-05-30}}
  eva: {name: Eva Lund, kind: person, aliases: [the Ruiz Pérez ally]}
  corvena: {name: Corvena, kind: company}
  selmo: {name: Selmo, kind: company}
  ruiz-office:
    {name: {en: the Ruiz office, es: la oficina Ruiz}, kind: organisation, same_as: {wikidata: Q555444,
     checked_by: desk, on: 2031-05-30}}
things:
  minister: {name: {en: Minister of Ports, es: ministro de Puertos}, kind: post}
  ruiz-villa: {name: {en: the villa of Jesus Ruiz, es: la villa de Jesús Ruiz}, kind: asset}
---
format: 1
document:
  id: ruiz-perez-2031
  title: Ruiz Perez dines
  published: 2031-05-02
  publisher: post
  author: jesus-ruiz
  url: https://post.example/2031/jesus-ruiz-perez-dines
  text: texts/dinner.txt
  sha256: SHA
passages:
  - at: p1
    cue: Ruiz Pérez told
    chars: 29-79
    by: jesus-ruiz
    summary: JESUS RUIZ PEREZ, el Zurdo, says that Corvena owns Selmo.
    asserts:
      k91:
        {fact: [corvena, owns, selmo], note: Ruiz is shy., hedge: as Ruiz said, reply: {by: El Zurdo's aunt,
         asked_on: 2031-05-03}}
      k92: [jesus-ruiz, holds-post, minister]
      k93: [jesus-ruiz, headcount, 7 people]
  - at: p1
    cue: owns Selmo
    chars: 29-79
    summary: The same sentence says it of Selmo.
    asserts:
      k94: [selmo, headcount, 12 people]
  - at: p2
    cue: dined with
    chars: 104-149
    words: The lobbyist dined
    summary: The paper says that Eva Lund met somebody.
    asserts:
      k95: [eva, met-with, corvena]
      k96: {fact: [corvena, owns, ruiz-villa], cue: Corvena has, chars: 150-172}
  - at: p3
    by: corvena
    summary: Corvena denies what Ruiz-Pérez says.
    denies:
      k97: k91
    asserts:
      k98: {fact: [ruiz-office, works-for, corvena], no_reply_because: Ruiz asked us not to.}
---
format: 1
document: {id: h1, title: Ports, published: 2031-05-04, publisher: herald, url: "https://herald.example/ports"}
passages:
  - at: p1
    by: eva
    summary: Eva Lund says that Corvena owns Selmo.
    asserts:
      e1: [corvena, owns, selmo]
      e2: {fact: [corvena, headcount, 40 people], for: ruiz-office}
"""
#: What may not be met: whole words, in small letters without accents.
WORDS = ("jesus", "ruiz", "perez", "zurdo", "jrp", "q987654", "q555444", "villa-of-jesus", "k91", "k92", "k93")
#: Strings of the author's own, from which anything else might have been derived.
SECRETS = (
    "Jesús Ruiz Pérez", "Jesus Ruiz Perez", "Jesús Ruiz", "El Zurdo", "Ruiz Pérez", "jesus-ruiz", "ruiz-office",
    "ruiz-villa", "ruiz-perez-2031", "https://post.example/2031/jesus-ruiz-perez-dines", "Ruiz Perez dines",
    f"{ID}dinner/jesus-ruiz", f"{ID}wikidata/Q987654", f"{ID}wikidata/Q555444", f"{ID}dinner/ruiz-office",
    f"{ID}dinner/ruiz-villa", f"{ID}dinner/doc/ruiz-perez-2031", f"{ID}dinner/doc/ruiz-perez-2031/k91",
    f"{ID}dinner/doc/ruiz-perez-2031/at/p1/29-79",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dinner")
    (place / "texts").mkdir()
    (place / "texts" / "dinner.txt").write_text(TEXT, "utf-8")
    (place / "dinner.yaml").write_text(CASE.replace("SHA", sha256(TEXT.encode()).hexdigest()), "utf-8")
    return place


@pytest.fixture(scope="module")
def made(folder: Path) -> CaseGraph:
    return graph.load(folder / "dinner.yaml", internal=True, withhold=["Jesus Ruiz Perez"])


def outputs(e: CaseGraph, folder: Path) -> dict[str, str]:
    """Everything that is made of an edition, with what changed since the unredacted one."""
    net = network.project(e.store)
    old = of_store(graph.load(folder / "dinner.yaml", internal=True).store)
    conceals = [e.redaction.conceals] if e.redaction else []
    about = About(e.case.title, e.case.version, corrections=e.case.corrections, cases=e.case.ids)
    page = draw.draw(net, payload(net, about, "es"), "es", lambda data: mark(data, old, *conceals))
    return {
        "TriG": e.trig.decode(),
        "page": page.partition('id="data">')[2].partition("</script>")[0] + page[: page.find("<style")],
        "GraphML": graphml(net),
        "node-link": node_link(net),
        "CSV": table(e.store, e.case.version, "en").decode(),
        "GEXF": gexf(net, e.case.version, "es"),
        "JSON-LD": rdf(e.quads, "jsonld").decode(),
        "RDF 1.2": rdf(e.quads, "rdf12").decode(),
    }


def unpacked(text: str) -> Iterator[str]:
    """A text as it is, and with its escapes undone, one after another and together."""
    escapes = re.sub(r"\\\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    for one in (text, escapes, html.unescape(escapes), unquote(html.unescape(escapes))):
        yield one
        yield bare(one)
        with_slashes = one.replace("\\\\", "")
        yield bare(with_slashes)
    for blob in set(re.findall(r"[A-Za-z0-9+/_-]{24,}={0,2}", text)):
        for alphabet in (b"+/", b"-_"):
            try:
                yield bare(base64.b64decode(blob + "=" * (-len(blob) % 4), alphabet).decode("utf-8", "ignore"))
            except ValueError:
                continue


# The forms of one output are mostly the same text.
@lru_cache(maxsize=4)
def bare(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    marks = {ord(c): None for c in set(apart) if unicodedata.combining(c)}
    return apart.translate(marks).lower()


def traces() -> set[str]:
    """What the author's strings look like hashed, shortened, encoded."""
    found = set()
    for secret in (*SECRETS, *(bare(secret) for secret in SECRETS)):
        data = secret.encode()
        digest = sha256(data).hexdigest()
        found |= {digest[:10], digest[:16], digest[:24], quote(secret), quote_plus(secret), data.hex()}
        found.add(sha256(f"edge {secret}".encode()).hexdigest()[:10])
        for offset in range(3):
            inner = base64.b64encode(b"x" * offset + data)[4 if offset else 0 : -4].decode()
            found |= {inner, inner.replace("+", "-").replace("/", "_")} if len(inner) > 7 else set()
    return {trace for trace in found if trace not in SECRETS or "-" in trace or "/" in trace}


def met(text: str) -> list[str]:
    words = "|".join(WORDS)
    pattern = re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")
    found = []
    for one in unpacked(text):
        found += [one[max(0, m.start() - 60) : m.end() + 60] for m in pattern.finditer(one.lower())][:3]
    low = text.lower()
    return found + [trace for trace in traces() if trace.lower() in low]


def test_no_trace_in_any_output(made: CaseGraph, folder: Path) -> None:
    for name, text in outputs(made, folder).items():
        assert met(text) == [], name


def test_the_search_finds_what_is_there(folder: Path) -> None:
    plain = graph.load(folder / "dinner.yaml", internal=True)
    for name, text in outputs(plain, folder).items():
        assert len(met(text)) > 10, name
    hashed = sha256(f"{ID}dinner/jesus-ruiz".encode()).hexdigest()[:10]
    assert met(f"x {hashed} x")
    assert met(base64.b64encode(b"so says El Zurdo, he does").decode())
    assert met(quote("Jesús Ruiz Pérez"))
    assert met("Jes\\\\u00fas")


def test_the_own_search_finds_them_too(made: CaseGraph, folder: Path) -> None:
    assert made.redaction is not None
    plain = graph.load(folder / "dinner.yaml", internal=True)
    assert len(made.redaction.leaks(plain.quads)) > 20
    assert made.redaction.leaks(made.quads) == []
    for secret in SECRETS[:9]:
        for form in (secret, quote(secret), quote_plus(secret), base64.b64encode(b"abc" + secret.encode()).decode(),
                     sha256(secret.encode()).hexdigest(), secret.upper()):  # fmt: skip
            # Parts of a name are met in the open; encoded or hashed, whole names and ids are.
            if secret not in ("El Zurdo", "Ruiz Pérez", "Jesús Ruiz") or form == secret:
                assert made.redaction.found_in([f"x {form} x"]), (secret, form)
    with pytest.raises(OutputError, match="traces of what is withheld are left"):
        made.redaction.refuse_leaks([Quad(NamedNode("https://x.example"), NamedNode("https://x.example/p"),
                                          Literal("so says Ruiz"))])  # fmt: skip


def tally(case: Case) -> Counter[tuple[object, ...]]:
    dockets = settle(case)
    return Counter(
        (case.propositions[iri].relation, d.line, d.disputed, d.sensitive, len(d.claims), len(d.affirmed_by),
         len(d.opposed_by), len(d.origins), len(d.rivals), d.mirrors)
        for iri, d in dockets.by_proposition.items()
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", [["jesus-ruiz"], ["Valley Post"], ["h1"], ["eva", "corvena"], ["ruiz-office", "Herald"]]
)
def test_counts_and_disputes_do_not_change(words: list[str], folder: Path) -> None:
    before = read(folder / "dinner.yaml")
    after = graph.load(folder / "dinner.yaml", withhold=words).case
    assert tally(before) == tally(after)
    assert (len(before.claims), len(before.propositions), len(before.documents)) == (
        len(after.claims), len(after.propositions), len(after.documents),
    )  # fmt: skip
    assert Counter(a.kind for a in before.actors.values()) == Counter(
        a.kind for a in after.actors.values() if a.slug in {o.slug for o in before.actors.values()} or a.case
    ) or len(after.actors) >= len(before.actors)


def test_a_person_whose_name_is_withheld_still_says_it(made: CaseGraph) -> None:
    text = made.trig.decode()
    assert "A person whose name is withheld says that Corvena owns Selmo" in text
    assert "Corvena denies it" in text or "Corvena denies" in text


def test_places_that_point_at_a_sentence_which_names_them_are_withheld(made: CaseGraph) -> None:
    places = {claim.sid: (claim.passage.at, claim.passage.start) for claim in made.case.claims}
    assert places["k94"] == ("withheld", None)  # another statement of the same sentence
    assert places["k95"] == ("p2", 104)  # a sentence that does not name them
    assert places["k96"] == ("withheld", None)  # what is called after them
    assert places["e1"] == ("p1", None)
    assert not {"k91", "k92", "k93"} & places.keys()


def test_what_leads_to_a_public_text_that_names_them_is_withheld(made: CaseGraph) -> None:
    documents = {document.publisher.rpartition("/")[2]: document for document in made.case.documents.values()}
    named, other = documents["post"], documents["herald"]
    assert (named.url, named.sha256, named.text, named.title) == ("", "", "", "")
    assert named.published is not None
    assert other.url == "https://herald.example/ports"


def test_a_body_is_withheld_with_what_it_published(folder: Path) -> None:
    e = graph.load(folder / "dinner.yaml", withhold=["herald"])
    (document,) = (d for d in e.case.documents.values() if d.confidential)
    assert (document.title, document.url, document.published) == ("", "", None)
    assert "herald" not in e.trig.decode().lower()
    assert "2031-05-04" not in e.trig.decode()


def test_a_document_is_withheld_by_its_id(folder: Path) -> None:
    e = graph.load(folder / "dinner.yaml", withhold=["h1"])
    text = e.trig.decode().lower()
    assert "herald" not in text
    assert "/h1" not in text
    assert "corvena owns selmo" in text


def test_the_report(made: CaseGraph) -> None:
    assert made.redaction is not None
    report = made.redaction.report
    assert report.withheld == ("Jesús Ruiz Pérez (jesus-ruiz)",)
    assert report.done["withheld"] == 1
    assert report.done["addresses"] == 1
    assert report.done["digests"] == 1
    assert report.done["headlines"] == 1
    assert report.done["ids"] == 3
    assert report.done["statements"] == 3
    text = str(report)
    assert "Nobody else stands so here: Jesús Ruiz Pérez is Minister of Ports." in text
    assert "A figure or a date of theirs stays: Jesús Ruiz Pérez" in text
    assert "Valley Post, 2 May 2031 is public and names them" in text
    assert "1  person, body or document withheld" in text


def test_words_of_the_vocabulary_and_ids_of_the_case_are_not_taken_for_granted(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        (folder / "dinner.yaml").read_text("utf-8").replace("id: dinner", "id: ruiz-files")
    )
    with pytest.raises(CaseError, match="the case id ruiz-files holds a name"):
        graph.load(tmp_path / "x.yaml", withhold=["jesus-ruiz"])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("RUIZ", "[x]"), ("ruíz", "[x]"), ("Ruíz", "[x]"), ("Jesús  Ruiz\u00a0Pérez", "[x]"),
        ("jesus_ruiz_perez", "[x]"),
        ("JesusRuizPerez", "[x]"), ("Ruizmo", "Ruizmo"), ("JRP", "[x]"), ("jrp", "jrp"), ("Ruiz's", "[x]'s"),
        ("#ElZurdo!", "#[x]!"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_written(text: str, kept: str) -> None:
    names = Names(["Jesús Ruiz Pérez", "Ruiz", "El Zurdo", "JRP"])
    whole = unicodedata.normalize("NFC", text)
    for start, end in reversed(names.spans(whole)):
        whole = whole[:start] + "[x]" + whole[end:]
    assert whole == kept


def test_a_wrong_name_withholds_nothing(folder: Path) -> None:
    with pytest.raises(QueryError, match="No actor, thing or document matches"):
        graph.load(folder / "dinner.yaml", withhold=["nobody at all"])
    with pytest.raises(QueryError, match="may mean"):
        graph.load(folder / "dinner.yaml", withhold=["Ruiz"])


def test_the_commands(folder: Path, tmp_path: Path) -> None:
    run = CliRunner()
    case = str(folder / "dinner.yaml")
    done = run.invoke(main, ["build", case, "--redact", "jesus-ruiz,eva", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.stderr
    assert "Withheld: " in done.stderr
    assert "Withheld" not in done.stdout
    for name in ("dataset.trig", "graph.html"):
        text = (tmp_path / name).read_text("utf-8")
        assert not re.search(
            r"ruiz|zurdo|lund", text[: text.find("vis-network")] if name.endswith("html") else text, re.IGNORECASE
        )
    done = run.invoke(main, ["export", case, "--format", "csv", "--redact", "jesus-ruiz"])
    assert done.exit_code == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert len(rows) > 10
    assert "ruiz" not in bare(done.stdout)
    done = run.invoke(main, ["draw", case, "--redact", "nobody", "--out", str(tmp_path / "x.html")])
    assert done.exit_code == 1
    assert not (tmp_path / "x.html").exists()


@pytest.mark.slow
def test_a_confidential_case_is_built_only_when_it_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = tmp_path / "cases"
    for name in ("confidential-speaker", "contratos-de-riomar"):
        (cases / name).mkdir(parents=True)
        text = (ROOT / "tests" / "cases" / f"{name}.yaml").read_text("utf-8")
        (cases / name / "case.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    done = run.invoke(main, ["build", "--json"])
    assert done.exit_code == 0, done.stderr
    assert "confidential-speaker: left out, because it has confidential parts" in done.stderr
    assert "whose name is withheld" not in Path("out/dataset.trig").read_text("utf-8")
    done = run.invoke(main, ["build", "cases/confidential-speaker"])
    assert done.exit_code == 0, done.stderr
    assert "whose name is withheld" in Path("out/dataset.trig").read_text("utf-8")


@cache
def first() -> Case:
    return read(ROOT / "cases" / "us-el-salvador-prison-deal")


@pytest.mark.parametrize("slug", ["nayib-bukele", "donald-trump", "cristosal", "associated-press", "white-house"])
def test_anybody_of_the_first_case(slug: str) -> None:
    found = redact.redact(first(), [slug])
    assert found is not None
    e = CaseGraph(found.case)
    assert found.leaks(e.quads) == []
    assert tally(found.case) == tally(first())
    assert json.loads(json.dumps(found.report.done))


def test_a_name_that_is_a_word_of_the_sentences_does_not_stop_the_build(tmp_path: Path) -> None:
    path = tmp_path / "pact.yaml"
    path.write_text(
        "format: 1\ntitle: {en: T, es: T}\nactors:\n  post: {name: Valley Post, kind: media}\n"
        "  party: {name: Party, kind: political-party}\n  land: {name: Landia, kind: state}\n"
        "things:\n  pact: {name: {en: the pact, es: el pacto}, kind: agreement}\n---\nformat: 1\n"
        "document: {id: d, title: Pact, published: 2031-05-02, publisher: post}\npassages:\n"
        "  - at: p1\n    summary: The Party and Landia made a pact.\n    asserts:\n      s1: [pact, occurred]\n"
        "      s2: [pact, party, party]\n      s3: [pact, party, land]\n"
    )
    e = graph.load(path, withhold=["party"])
    assert e.redaction is not None
    assert e.redaction.leaks(e.quads) == []
    assert (
        next(c for c in e.case.claims if c.sid == "s1").summary["en"] == "The [name withheld] and Landia made a pact."
    )
