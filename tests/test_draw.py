"""The page as a file: what its data holds, the same bytes every time, packed whole, asking for nothing."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import html5rdf
import networkx as nx
import pytest
from page_cases.bare import Bare
from page_cases.pages import data_of, unplaced

import graph
from graph.base import resources
from graph.base.ids import short
from graph.draw import html as draw
from graph.draw import pack
from graph.draw.marks import MARKS
from graph.draw.payload import payload
from graph.draw.rules import rules
from graph.network import paths
from graph.network.records import claims_in
from graph.pipeline import CaseGraph
from graph.words import for_page

LANGUAGES = ("en", "es")
CASES = (
    "about-relationships", "absence", "accepted", "claims", "contratos-de-riomar", "declined", "denial-one-part",
    "denied-alone", "modalities", "ownership-deal", "political-scandal", "stances", "three-times", "two-readings",
    "withdrawn",
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn(edition: CaseGraph) -> nx.MultiDiGraph:
    return edition.projection


@pytest.fixture(scope="module")
def data(edition: CaseGraph) -> Any:
    return payload(edition.projection, edition.about)


@pytest.fixture(scope="module")
def html(edition: CaseGraph) -> str:
    return edition.page()


def scripts(html: str) -> list[tuple[str, str]]:
    """Every script of a page: its type and its text."""
    found = html5rdf.parse(html, namespaceHTMLElements=False).iter("script")
    return [(element.get("type", ""), element.text or "") for element in found]


# --- the data


def test_every_id_leads_somewhere(data: dict[str, Any]) -> None:
    nodes = {node["id"] for node in data["nodes"]}
    edges = {edge["id"] for edge in data["edges"]}
    documents = {document["id"] for document in data["documents"]}
    props, claims = data["props"], data["claims"]
    assert len(nodes) == len(data["nodes"]) and len(edges) == len(data["edges"])
    for node in data["nodes"]:
        assert node["kind"] in data["kinds"]
        assert {*node["facts"], *node["props"]} <= props.keys() and set(node["says"]) <= claims.keys()
        assert node["prop"] in props if node["type"] == "statement" else node["prop"] is None
    for edge in data["edges"]:
        assert {edge["from"], edge["to"]} <= nodes and set(edge["claims"]) <= claims.keys()
        assert (edge["prop"] in props) == (edge["type"] == "relationship")
    for prop in props.values():
        assert {prop["subject"], prop["third"]} - {None} <= nodes
        assert prop["relation"] in data["relations"]
        assert set(prop["claims"]) <= claims.keys() and set(prop["rivals"]) <= props.keys()
        assert prop["narrows"] is None or prop["narrows"] in props
        # An end is written, or it is a node: never neither.
        assert prop["third"] or prop["literal"] or prop["value"] is None
    for claim in claims.values():
        assert claim["prop"] in props and claim["document"] in documents
        assert {claim["speaker"], claim["for"], claim["origin"], *claim["via"]} - {None} <= nodes
        assert {*claim["counters"], *claim["confirms"], *claim["alternatives"]} <= claims.keys()
    for document in data["documents"]:
        assert document["publisher"] in nodes
    for part in data["start"]:
        assert set(part["props"] or ()) <= props.keys() and set(part["nodes"] or ()) <= nodes


def test_nothing_of_the_network_is_lost(data: dict[str, Any], drawn: nx.MultiDiGraph, edition: CaseGraph) -> None:
    held = {short(claim["id"]) for claim in claims_in(drawn)}
    assert data["claims"].keys() == held == {short(claim.iri) for claim in edition.case.claims}
    assert len(data["props"]) == len(edition.case.propositions)
    assert len(data["nodes"]) == drawn.number_of_nodes() and len(data["edges"]) == drawn.number_of_edges()
    stand = Counter(claim for prop in data["props"].values() for claim in prop["claims"])
    assert stand.keys() == data["claims"].keys(), "every statement stands with a relationship"
    for iri, claim in data["claims"].items():
        assert iri in data["props"][claim["prop"]]["claims"]


def test_kinds_that_share_a_shape_and_a_hue_are_told_apart_by_a_mark(data: dict[str, Any]) -> None:
    looks: dict[str, list[str]] = {}
    for kind, look in data["kinds"].items():
        if look["agent"]:
            looks.setdefault(f"{look['shape']} {look['hue']} {MARKS.get(kind)}", []).append(kind)
    # A body is an organisation of which no more is said.
    assert [kinds for kinds in looks.values() if len(kinds) > 1 and set(kinds) != {"body", "organisation"}] == []
    assert len({look for look, kinds in looks.items() if set(kinds) & {"organisation", "media", "ngo"}}) == 3


def test_its_figures_are_the_datasets(edition: CaseGraph, data: dict[str, Any]) -> None:
    counted = edition.figures
    assert data["figures"]["values"] == asdict(counted)
    opening = [node for node in data["nodes"] if node["opening"]]
    assert 0 < len(opening) <= data["budget"] + 4, "some twenty"
    assert all(node["ox"] is not None and node["oy"] is not None for node in opening)
    lists = {part["kind"]: len(part["props"] or ()) for part in data["start"]}
    assert lists["disputed"] == counted.denied and lists["open"] == counted.open_questions
    assert lists["unanswered"] == counted.unanswered_accusations and lists["figures"] == counted.single_source_figures
    told = (counted.statements, counted.speakers, counted.unattributed, counted.own_statements, counted.denied)
    for language in LANGUAGES:
        figures = {int(figure) for figure in re.findall(r"\d+", data["opening"][language])}
        assert {*told, counted.unanswered_accusations} <= figures


def test_whoever_is_denied_at_the_opening_has_the_denier_there(data: dict[str, Any]) -> None:
    shown = {node["id"] for node in data["nodes"] if node["opening"]}
    for prop in data["props"].values():
        if prop["line"] == "disputed" and prop["subject"] in shown:
            speakers = {data["claims"][c]["speaker"] for c in prop["claims"] if data["claims"][c]["side"] == "oppose"}
            assert speakers <= shown


def texts(value: Any, language: str, *, leave: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text of one language in the data, except under the keys to leave."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == language and isinstance(inner, str):
                yield inner
            elif key not in leave:
                yield from texts(inner, language, leave=leave)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, language, leave=leave)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_data_states_what_was_only_said(language: str, data: dict[str, Any], edition: CaseGraph) -> None:
    assert Bare(edition, language).stated(texts(data, language)) == []


@pytest.mark.parametrize("name", CASES)
def test_nor_does_any_small_case(name: str, root: Path) -> None:
    edition = graph.load(root / f"tests/cases/{name}.yaml")
    data = unplaced(edition.projection)
    # What an editor writes of a passage is the editor's.
    data["claims"] = {iri: {**claim, "summary": None} for iri, claim in data["claims"].items()}
    for language in LANGUAGES:
        bare = Bare(edition, language)
        assert bare.stated(texts(data, language)) == []
        for edge in data["edges"]:
            if edge["prop"] and data["props"][edge["prop"]]["line"] != "accepted":
                assert edge["label"].get(language, "") not in bare.phrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_carries_the_phrase_of_what_is_accepted(
    language: str, data: dict[str, Any], edition: CaseGraph
) -> None:
    accepted = Bare(edition, language).phrases
    for edge in data["edges"]:
        if edge["prop"] and data["props"][edge["prop"]]["line"] != "accepted":
            assert edge["label"].get(language, "") not in accepted, data["props"][edge["prop"]]["title"][language]


def test_the_rule_itself_finds_what_it_should(edition: CaseGraph) -> None:
    """The rule these tests lean on sees a bare sentence, and lets an owned one pass."""
    bare = Bare(edition, "en")
    core = "the prison agreement is unprecedented"
    bare.pattern = re.compile(re.escape(core))
    owned = (
        f"Cristosal says that {core}.", f"Cristosal, for Nayib Bukele, says that {core}",
        f"It is reported without attribution that {core}",
        f"Nayib Bukele says that x; Cristosal denies that {core}",
        f"According to Cristosal, citing a clerk, Nayib Bukele says that {core}",
    )  # fmt: skip
    stated = (core, core.capitalize(), f"In fact {core}.", f"Everybody says that {core}", f"Cristosal: {core}",
              f"According to Cristosal, {core}", f"According to everybody, Nayib Bukele says that {core}")  # fmt: skip
    assert bare.stated(owned) == []
    assert bare.stated(stated) == sorted(stated)


# --- the file


def test_the_same_bytes_every_time(html: str, edition: CaseGraph, root: Path) -> None:
    assert edition.page() == html
    code = (
        "import sys, graph\nsys.stdout.buffer.write(graph.load('cases/us-el-salvador-prison-deal').page().encode())\n"
    )
    seed = "7" if os.environ.get("PYTHONHASHSEED") != "7" else "8"
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert sha256(elsewhere.stdout).hexdigest() == sha256(html.encode()).hexdigest()


def test_its_data_reads_back_and_has_no_angle_bracket(html: str, data: dict[str, Any]) -> None:
    words, text = (text for kind, text in scripts(html) if kind == "application/json")
    for each in (words, text):
        assert "<" not in each and "\u2028" not in each and "\u2029" not in each
    assert json.loads(words) == for_page("page")
    read = json.loads(text)
    assert {key: read[key] for key in data if key not in ("nodes", "edges")} == json.loads(
        json.dumps({key: data[key] for key in data if key not in ("nodes", "edges")})
    )
    for name in ("nodes", "edges"):
        for ours, theirs in zip(data[name], read[name], strict=True):
            assert {**theirs, **ours} == theirs, "what pyvis holds changes nothing of ours"


def test_it_is_valid_html_of_data_two_scripts_and_one_style(html: str) -> None:
    document = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert html.startswith("<!doctype html>\n")
    page = document if document.tag == "html" else document.find("html")
    assert page.get("lang") == "en"
    assert [kind for kind, _ in scripts(html)] == [*["application/json"] * 2, "application/gzip", "", "module"]
    assert len(list(page.iter("style"))) == 1 and not [e for e in page.iter() if e.get("style") or e.get("src")]
    assert not [key for e in page.iter() for key in e.keys() if key.startswith("on")]  # noqa: SIM118 - an element


def test_its_policy_trusts_what_is_in_it_and_nothing_else(html: str) -> None:
    page = html5rdf.parse(html, namespaceHTMLElements=False)
    policy = next(e.get("content") for e in page.iter("meta") if e.get("http-equiv") == "Content-Security-Policy")
    directives = {name: sources for name, *sources in (part.split() for part in policy.split("; "))}

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"

    assert directives == {
        "default-src": ["'none'"],
        "script-src": [digest(text) for kind, text in scripts(html) if not kind.startswith("application/")],
        "style-src": [digest(next(page.iter("style")).text)],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }


VIS_NAMES = {"w3.org", "github.com", "visjs.org", "visjs.github.io", "almende.com", "apache.org", "opensource.org"}


def test_it_names_no_address_but_those_of_its_documents(html: str, data: dict[str, Any]) -> None:
    edition = data["edition"]
    ours = {document["url"] for document in data["documents"] if document["url"]}
    ours |= {text for text in (edition["licence"], edition["corrections"]) if text and text.startswith("http")}
    # Namespaces of the files that it saves.
    names = {"http://www.w3.org/2000/svg", "http://graphml.graphdrawing.org/xmlns", "http://www.gexf.net/1.2draft"}
    for kind, text in scripts(html):
        found = set(re.findall(r"""https?://[^\s"'`<>\\)]+""", text))
        if kind == "application/json":
            assert found <= ours
        elif kind == "module":
            assert found <= names
        else:
            # vis-network names namespaces and its makers' pages, in strings and comments; it loads none of them.
            assert {re.sub(r"https?://(?:www\.)?([^/]+).*", r"\1", address) for address in found} <= VIS_NAMES
            assert "sourceMappingURL" not in text
    (style,) = html5rdf.parse(html, namespaceHTMLElements=False).iter("style")
    assert "url(" not in style.text and "@import" not in style.text
    outside = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)
    # A hash in the policy may happen to have two slashes.
    assert "//" not in re.sub(r"'sha256-[^']*'", "", outside)


def test_another_language_is_another_lang_and_title(edition: CaseGraph) -> None:
    page = html5rdf.parse(edition.page("es"), namespaceHTMLElements=False)
    assert page.get("lang") == "es"
    assert next(page.iter("title")).text == edition.case.title["es"]


def test_a_title_is_text(data: dict[str, Any]) -> None:
    title = "</title><script>alert(1)</script>{{7*7}}\"'&amp;"
    html = draw.page(data, title, 'en" onload="alert(1)')
    page = html5rdf.parse(html, namespaceHTMLElements=False)
    assert next(page.iter("title")).text == title
    assert page.get("lang") == 'en" onload="alert(1)' and page.get("onload") is None
    assert len(scripts(html)) == 4


def test_an_edition_without_a_dispute_or_an_opening_is_drawn(tmp_path: Path) -> None:
    case = tmp_path / "one.yaml"
    case.write_text(
        "format: 1\ntitle: One line\neditor: tests\nactors:\n  a: {name: Ann, kind: person}\n"
        "things:\n  e: {name: {en: the night, es: la noche}, kind: event}\n---\nformat: 1\n"
        "document: {id: d, title: A note, published: 2031-01-01, publisher: a}\n"
        "passages:\n  - {at: p1, asserts: {s0: [e, occurred], s1: [e, happened-on, 2031]}}\n"
    )
    edition = graph.load(case)
    html = edition.page()
    assert len(scripts(html)) == 5


# --- the modules


DECLARED = re.compile(r"^(?:async\s+)?(?:function\*?|class|const|let|var)\s+([A-Za-z_$][\w$]*)", re.MULTILINE)


def test_every_module_of_the_page_is_in_it_once() -> None:
    folder = resources.page()
    code = pack.packed(folder / "served.js")
    names = DECLARED.findall(code)
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert not re.search(r"^\s*(?:import|export)\b", code, re.MULTILINE)
    files = {path.resolve() for path in folder.rglob("*.js")}
    # A page from a file has all but what asks a server.
    assert set(pack.modules(folder / "main.js")) < set(pack.modules(folder / "served.js")) == files
    for path in files:
        assert code.count(f"// {path.name}\n") >= 1
    assert "</script" not in code.lower() and "<!--" not in code


def modules(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "main.js"


def test_modules_come_after_what_they_import(tmp_path: Path) -> None:
    entry = modules(
        tmp_path,
        main='import {a} from "./a.js";\nimport {\n  b,\n  c,\n} from "./b.js";\nimport "./d.js";\nrun(a, b, c);\n',
        a='import {c} from "./b.js";\nexport const a = c;\n',
        b='import "./d.js"\nexport function b() {}\nexport async function c() {}\nexport class D {}\nlet e = "x";\n',
        d="// import nothing\nconst d = 1;\n",
    )
    assert [path.name for path in pack.modules(entry)] == ["d.js", "b.js", "a.js", "main.js"]
    assert pack.packed(entry) == (
        "// d.js\n// import nothing\nconst d = 1;\n\n"
        '// b.js\nfunction b() {}\nasync function c() {}\nclass D {}\nlet e = "x";\n\n'
        "// a.js\nconst a = c;\n\n"
        "// main.js\nrun(a, b, c);\n"
    )


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({"main": 'import "./a.js";', "a": 'import "./b.js";', "b": 'import "./a.js";'}, "a.js"),
        ({"main": 'import "./main.js";'}, "main.js"),
    ],
)
def test_a_circle_of_modules_is_refused(texts: dict[str, str], named: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        pack.packed(modules(tmp_path, **texts))


def test_packing_drops_doc_comments_and_nothing_between_them(tmp_path: Path) -> None:
    (tmp_path / "part.js").write_text("/**\n * @param {string} a\n */\nexport const f = (a) => a;\n")
    code = '  /** @type {X} */ (y).z; // kept\n  const text = "/** kept */";\n'
    (tmp_path / "main.js").write_text('import { f } from "./part.js";\n/** gone */\n' + code + "/** gone */\nf();\n")
    assert (
        pack.packed(tmp_path / "main.js")
        == "// part.js\nconst f = (a) => a;\n\n// main.js\n" + code.lstrip() + "f();\n"
    )


def test_both_pages_go_by_the_library_s_tables(edition: CaseGraph) -> None:
    given = json.loads(json.dumps(rules()))
    assert given["strength"] == list(paths.STRENGTH) and dict(given["stops"])["document"] == ["document", "law"]
    data = unplaced(edition.projection)
    assert data["tables"] == given
    assert data_of(draw.served_page())["tables"] == given
    # The page has no second copy of any: its modules name none of their lists.
    code = "".join(path.read_text("utf-8") for path in resources.page().rglob("*.js"))
    for name in ("affirming", "opposing", "weakest", "strength", "asked"):
        listed = r",\s*".join(f'"{word}"' for word in given[name])
        assert not re.search(rf"\[\s*{listed}\s*,?\s*\]", code), name


def test_a_second_line_has_the_name_as_a_sentence_has_it(data: Any) -> None:
    told = {node["label"]["en"]: node["subtitle"] for node in data["nodes"] if node["subtitle"]}
    assert told["Colorado"]["en"] == "is said to be in the United States"
    assert told["White House Press Secretary"]["es"] == "según se dice, depende de la Casa Blanca"
