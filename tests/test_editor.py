"""The editor, the cookbook, the vocabulary and the descriptions: what they hold, and how they are used in a browser.

Every browser test runs under a watch: a request to anywhere but the server, an error or a dialog, and it fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import html5rdf
import httpx
import pytest
from editor_cases.server import EditorServer, serving
from page_cases.hostile import HOSTILE
from page_cases.steps import rest
from page_cases.watched import PATIENCE, until
from processes import eventually
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple
from serving import serving as serving_all

from graph.base.errors import QueryError
from graph.base.terms import BASE, ID, PREFIXES, expand
from graph.pipeline import CaseGraph
from graph.query import sparql as query
from graph.serve import describe, editor
from graph.store.remote import Remote
from graph.vocabulary import reader as vocabulary

LANGUAGES = ("en", "es")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DEAL = f"{ID}us-el-salvador-prison-deal/deal"
LABEL = NamedNode(PREFIXES["rdfs"] + "label")


def text_of(html: str) -> str:
    """What a reader reads."""
    page = html5rdf.parse(html, namespaceHTMLElements=False)
    return " ".join(" ".join(page.find("body").itertext()).split())


def links_of(html: str) -> list[str]:
    return [each.get("href") for each in html5rdf.parse(html, namespaceHTMLElements=False).iter("a")]


def known(store: Store, iri: str, most: int | None = None) -> list[Triple]:
    """What the query brings, by way of N-Triples as the service has it."""
    answer = store.query(describe.describe_query(iri, most), use_default_graph_as_union=True)
    return describe.read_triples(answer.serialize(format=RdfFormat.N_TRIPLES))  # type: ignore[union-attr]


def rows(store: Store, sparql: str) -> list[dict[str, str]]:
    return query.run(store, sparql).values()


# --- the files


def every_page(store: Store) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        found[f"editor {lang}"] = editor.editor_page(lang)
        found[f"queries {lang}"] = editor.queries_page(lang)
        found[f"vocabulary {lang}"] = editor.vocabulary_page(lang)
        found[f"deal {lang}"] = describe.description_page(DEAL, known(store, DEAL), lang)
        found[f"unknown {lang}"] = describe.unknown_page("urn:x:</script>", lang)
    return found


def test_every_page_is_sound_html_with_a_policy_of_hashes(edition: CaseGraph) -> None:
    for name, html in every_page(edition.store).items():
        html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        page = html5rdf.parse(html, namespaceHTMLElements=False)
        assert page.get("lang") == name.split()[1]
        (policy,) = [each.get("content") for each in page.iter("meta") if each.get("http-equiv")]
        assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe" not in policy
        assert ("connect-src 'self'" in policy) == name.startswith("editor")
        asked = [each.get("src") for each in page.iter() if each.get("src")]
        assert asked == [] and [each.get("href") for each in page.iter("link") if each.get("rel") == "icon"] == [
            "data:,"
        ]
        # Siblings of each other, wherever they are served.
        near = [each for each in links_of(html) if each and not each.startswith("#")]
        assert [each for each in near if each.startswith(("/", "http"))] == []


def test_an_unknown_language_is_english() -> None:
    assert editor.editor_page("xx") == editor.editor_page("en")
    assert editor.queries_page("xx") == editor.queries_page("en")
    assert editor.vocabulary_page("xx") == editor.vocabulary_page("en")


def test_the_cookbook_is_there_whole_and_in_both_languages() -> None:
    queries = query.named()
    assert len(queries) >= 20
    assert [each["name"] for each in json.loads(editor.queries_json())] == list(queries)
    first = json.loads(editor.queries_json())[0]
    assert set(first) == {"name", "title", "description", "parameters", "text", "order"}
    english, spanish = text_of(editor.queries_page("en")), text_of(editor.queries_page("es"))
    words = {text for each in queries.values() for text in (each.title, each.description)}
    words |= {parameter.meaning for each in queries.values() for parameter in each.parameters}
    for text in words:
        assert text in english and editor.told(text, "es") != text and editor.told(text, "es") in spanish
    links = links_of(editor.queries_page("en"))
    for name in queries:
        assert f"sparql#name={name}" in links and f"queries/{name}.rq" in links


def test_every_term_is_listed_with_its_meaning() -> None:
    standard = vocabulary.standard()
    for lang in LANGUAGES:
        html = editor.vocabulary_page(lang)
        ids = {each.get("id") for each in html5rdf.parse(html, namespaceHTMLElements=False).iter("tr")}
        read = text_of(html)
        for relation in standard.relations.values():
            assert relation.label[lang] in read and relation.gloss[lang] in read
        assert {"Claim", "opposedBy", "kind:person", "st:denied", "unit:year"} <= ids
        assert [name for name, *_ in editor.terms(standard) if name.removeprefix("ag:") not in ids] == []


def test_completion_knows_every_term_and_each_name_once() -> None:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', editor.editor_page(), re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    names = [entry[0] for entry in data["terms"]]
    assert len(names) == len(set(names)) and data["prefixes"] == PREFIXES
    for name, label, _, group in data["terms"]:
        assert expand(name).startswith("http") and set(label) == set(LANGUAGES) and group
    assert {"ag:Claim", "ag:opposedBy", "kind:person", "org:memberOf", "st:denied", "rdf:predicate"} <= set(names)


# --- descriptions


def test_whatever_is_described_comes_with_who_says_so_and_who_denies_it(edition: CaseGraph) -> None:
    disputed = rows(
        edition.store,
        """SELECT DISTINCT ?p ?end ?denier {
             ?p ag:disputed true ; ag:opposedBy/ag:speaker/rdfs:label ?denier ; rdf:subject|rdf:object ?end .
             ?end ag:kind ?kind FILTER(LANG(?denier) = "en") }""",
    )
    assert disputed
    for row in disputed:
        for iri in (row["p"], row["end"]):
            read = text_of(describe.description_page(iri, known(edition.store, iri)))
            assert row["denier"] in read and "not a finding" in read


def test_each_claim_of_the_case_is_described_with_everybody_on_the_same(edition: CaseGraph) -> None:
    claims = rows(
        edition.store,
        """SELECT ?claim ?sentence ?who ?other {
             ?claim ag:claims ?p ; rdfs:label ?sentence ; ag:speaker/rdfs:label ?who .
             OPTIONAL { ?p ag:opposedBy/rdfs:label ?other FILTER(LANG(?other) = "es") }
             FILTER(LANG(?sentence) = "es" && LANG(?who) = "es") }""",
    )
    for row in claims[:: max(1, len(claims) // 25)] + [each for each in claims if "other" in each]:
        html = describe.description_page(row["claim"], known(edition.store, row["claim"]), "es")
        read = text_of(html)
        assert all(" ".join(row[name].split()) in read for name in ("sentence", "who", "other") if name in row)
        assert f"<h1><bdi>{row['sentence'][:12]}"[:20] in html


@pytest.mark.parametrize("most", [None, 3])
def test_one_query_brings_claims_and_chain_and_can_be_bounded(most: int | None, edition: CaseGraph) -> None:
    triples = known(edition.store, DEAL, most)
    predicates = {triple.predicate.value.rpartition("#")[2].rpartition("/")[2] for triple in triples}
    assert {"stance", "speaker", "document", "passage", "hop", "agent", "hasSource", "claims"} <= predicates
    relationships = {triple.subject for triple in triples if triple.predicate.value == expand("ag:line")}
    whole = int(rows(edition.store, f"SELECT (COUNT(?p) AS ?n) {{ ?p rdf:subject|rdf:object <{DEAL}> }}")[0]["n"])
    # One more than the page shows, so that it can say that there is more.
    assert len(relationships) == (whole if most is None else most + 1)
    html = describe.description_page(DEAL, triples, most=most or 200)
    assert ("first 3 relationships" in html) == (most == 3)
    assert html.count('<article class="relationship">') == (whole if most is None else most)


def test_the_disputed_come_first_when_there_are_too_many(edition: CaseGraph) -> None:
    document = rows(edition.store, "SELECT ?d { ?d a ag:Document }")[0]["d"]
    disputed = {row["p"] for row in rows(edition.store, "SELECT ?p { ?p a ag:Proposition ; ag:disputed true }")}
    brought = {triple.subject.value for triple in known(edition.store, document, 5)
               if triple.predicate.value == expand("ag:line")}  # type: ignore[union-attr]  # fmt: skip
    assert disputed <= brought or brought <= disputed


def test_terms_documents_dates_and_the_dataset_answer_too(edition: CaseGraph) -> None:
    for iri, expected in (
        (expand("st:denied"), "The originator says that it is not so."),
        (expand("ag:payer"), "payer"),
        (f"{ID}t/2023", "2023"),
        (f"{ID}us-el-salvador-prison-deal/doc/bne-2025-03-17", "source document"),
        (f"{ID}dataset", "dataset"),
    ):
        read = text_of(describe.description_page(iri, known(edition.store, iri)))
        assert expected in read
    assert known(edition.store, "urn:nothing") == []
    assert "no triples about this address" in describe.unknown_page("urn:nothing")


@pytest.mark.virtuoso
def test_another_engine_brings_the_same(edition: CaseGraph, virtuoso: str) -> None:
    with closing(Remote(virtuoso.replace("http://", "http://dba:dba@"), may_remove=True)) as remote:
        remote.replace(iter(edition.store))
    claim = rows(edition.store, "SELECT ?c { ?c ag:counters ?other ; ag:via ?who } LIMIT 1")[0]["c"]
    for iri in (DEAL, claim, expand("ag:payer"), expand("st:denied"), "urn:nothing"):
        for most in (None, 5):
            sparql = describe.describe_query(iri, most)
            answer = httpx.post(
                virtuoso, data={"query": sparql}, headers={"Accept": "application/n-triples"}, trust_env=False
            ).raise_for_status()
            assert set(describe.read_triples(answer.content)) == set(known(edition.store, iri, most))


def test_data_without_claims_says_that_nobody_is_named() -> None:
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:owns"), NamedNode("urn:b"), NamedNode("urn:g")))
    store.add(Quad(NamedNode("urn:a"), LABEL, Literal("Ana"), NamedNode("urn:g")))
    for iri in ("urn:a", "urn:b"):
        read = text_of(describe.description_page(iri, known(store, iri)))
        assert "The data does not say who says so" in read and "urn:owns" in read
    assert "Ana" in text_of(describe.description_page("urn:b", known(store, "urn:b")))


@pytest.mark.parametrize("iri", ["", "no iri", "urn:x> ?p ?o } #", 'urn:"x', "urn:{x}", "urn:a b", "urn:x\\u003e", "x"])
def test_what_is_no_iri_is_refused_in_one_line(iri: str) -> None:
    with pytest.raises(QueryError, match=r"^describe: .* is not an IRI\. Write one in full") as caught:
        describe.describe_query(iri)
    assert "\n" not in str(caught.value)


def test_hostile_names_are_text() -> None:
    store = Store()
    subject = NamedNode("urn:x")
    for at, name in enumerate(HOSTILE):
        store.add(Quad(subject, NamedNode(f"urn:p{at}"), Literal(name), NamedNode("urn:g")))
        store.add(Quad(NamedNode(f"urn:y{at}"), LABEL, Literal(name), NamedNode("urn:g")))
        store.add(Quad(NamedNode(f"urn:y{at}"), NamedNode("urn:to"), subject, NamedNode("urn:g")))
        store.add(Quad(subject, LABEL, Literal(name), NamedNode("urn:g")))
    html = describe.description_page("urn:x", known(store, "urn:x"))
    page = html5rdf.parse(html, namespaceHTMLElements=False)
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1
    assert [each.tag for each in page.iter() if each.tag in ("img", "svg", "iframe", "object")] == []
    assert [each for each in links_of(html) if ":" in each.partition("?")[0]] == []
    assert all(" ".join(name.split()) in text_of(html) for name in HOSTILE[:6])


# --- in a browser


class Guest:
    """A browser in the editor; `problems` lists what should not happen, but for answers that a test makes fail."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.url = url
        self.problems: list[str] = []
        settings = {"viewport": DESKTOP, "locale": "en-GB", "color_scheme": "light", "accept_downloads": True}
        self.context = browser.new_context(**{**settings, **options})
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._requested)
        self.context.on("console", self._told)
        self.context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))

    def _requested(self, request: Any) -> None:
        if not request.url.startswith(self.url):
            self.problems.append(f"request: {request.url[:200]}")

    def _told(self, message: Any) -> None:
        if "Failed to load resource" not in message.text:
            self.problems.append(f"{message.type}: {message.text}")

    def open(self, path: str = "sparql") -> Any:
        self.page.goto("about:blank")
        self.page.goto(self.url + path)
        if path.startswith("sparql"):
            assert self.page.locator("html.ready").count() == 1, self.problems
        return self.page


@pytest.fixture(scope="module")
def server(edition: CaseGraph) -> Iterator[EditorServer]:
    with serving(edition.store) as server:
        yield server


@pytest.fixture
def visit(browser: Any, server: EditorServer) -> Iterator[Callable[..., Guest]]:
    guests: list[Guest] = []
    server.behaviour = ""
    server.asked.clear()
    server.left.clear()

    def visit(**options: Any) -> Guest:
        guests.append(Guest(browser, server.url, **options))
        return guests[-1]

    yield visit
    for guest in guests:
        assert guest.problems == []
        guest.context.close()


def key(name: str) -> str:
    return f'[data-key="{name}"]'


def ask(page: Any, sparql: str | None = None) -> None:
    """Asks, and waits for the answer or the reason why there is none."""
    if sparql is not None:
        page.fill("#query", sparql)
    page.click(key("run"))
    page.wait_for_selector(".answer-head, .error:not([hidden])")


def follow(page: Any, selector: str) -> None:
    """Follows the first of the links, and waits until the page behind it is whole: a click does not."""
    here = page.url
    page.locator(selector).first.click()
    page.wait_for_url(lambda url: url != here)


def cells(page: Any, column: int = 1) -> list[str]:
    return page.locator(f"tbody tr > :nth-child({column + 1})").all_inner_texts()


pages = pytest.mark.browser


@pages
def test_the_page_comes_in_one_request(visit: Callable[..., Guest]) -> None:
    guest = visit()
    seen: list[str] = []
    guest.context.on("request", lambda request: seen.append(request.url))
    page = guest.open()
    page.wait_for_load_state("networkidle")
    assert [url for url in seen if url != "about:blank"] == [f"{guest.url}sparql"]
    assert page.title() == "SPARQL query editor"


@pages
def test_typing_a_prefix_adds_its_line_and_offers_its_terms(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    page.click("#query")
    page.keyboard.type("SELECT ?who WHERE { ?c ag:speake")
    assert page.input_value("#query").startswith(f"PREFIX ag: <{PREFIXES['ag']}>\n")
    assert page.locator("#options li").first.inner_text().startswith("ag:speaker")
    assert page.get_attribute("#query", "aria-activedescendant") == "option-0"
    assert "suggestion" in page.inner_text("#live")
    page.keyboard.press("Enter")
    assert page.input_value("#query").endswith("?c ag:speaker")
    assert page.locator("#options").is_hidden()
    page.keyboard.type(" ?who }")
    assert page.input_value("#query").endswith("{ ?c ag:speaker ?who }")
    # What was filled in can be taken back as what was typed.
    for _ in range(4):
        page.keyboard.press("Control+z")
    assert "ag:speaker ?who" not in page.input_value("#query")


@pages
def test_completion_by_keyboard_and_by_mouse(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    page.click("#query")
    page.keyboard.type("{ ?x ?y denies")
    page.keyboard.press("Control+Space")
    assert page.locator("#options [aria-selected=true]").inner_text().startswith("st:denied")
    page.keyboard.press("Tab")
    assert "?y st:denied" in page.input_value("#query")
    assert f"PREFIX st: <{PREFIXES['st']}>" in page.input_value("#query")
    page.keyboard.type(" . ?x ag:opp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.locator("#options").is_hidden()
    page.keyboard.press("Control+Space")
    page.locator("#options li", has_text="ag:opposedBy").click()
    assert page.input_value("#query").endswith("?x ag:opposedBy")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.press("Control+Space")
    assert page.locator("#options").is_visible()
    shown = page.locator("#options").bounding_box()
    page.mouse.click(shown["x"] + shown["width"] + 9, shown["y"] + 9)
    assert page.locator("#options").is_hidden()


@pages
def test_the_cookbook_is_one_click_away_and_takes_values(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open()
    page.click(key("recipe:said-of"))
    assert page.inner_text(".opened-title") == "What is said about an actor?"
    assert server.asked == [], "it is not asked before the reader says so"
    page.fill("#value-actor", 'CECOT" } #')
    assert '"CECOT\\" } #"' in page.input_value("#query")
    page.fill("#value-actor", "CECOT")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer-head")
    expected = query.run(server.store, query.named()["said-of"].text, {"actor": "CECOT"}).rows
    assert page.inner_text(".answer-facts").startswith(f"{len(expected)} rows · ")
    assert page.input_value("#value-actor") == "CECOT"
    assert len(cells(page)) == len(expected)
    page.fill("#find", "CONTRADICT each")
    assert page.locator(".recipe").count() == 1
    page.fill("#find", "zzz")
    assert "No query" in page.inner_text(".recipes")


@pages
def test_each_query_of_the_cookbook_answers(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open()
    for name, named in list(query.named().items())[::4]:
        page.click(key(f"recipe:{name}"))
        ask(page)
        expected = query.run(server.store, named.text)
        assert page.inner_text(".answer-facts").startswith(f"{len(expected.rows):,} row"), name
        heads = page.locator("thead .sort").all_inner_texts()
        assert heads == (list(expected.variables) if expected.rows else [])
        told = "A row is a statement by somebody, not a finding." in page.inner_text(".answer")
        # Counts are nobody's statements.
        assert told == (bool(expected.rows) and name != "counts")


@pages
def test_who_speaks_and_who_denies_stand_out(visit: Callable[..., Guest]) -> None:
    page = visit().open("sparql#name=disputed")
    ask(page)
    denied = page.locator("tbody tr.is-denied")
    assert denied.count() > 0
    for at in range(denied.count()):
        row = denied.nth(at)
        against = row.locator('[data-name="deniedBy"]')
        assert against.inner_text().strip()
        # Beside the number, which never leaves the screen.
        assert against.inner_text().replace("× ", "").split("\n")[0] in row.locator(".row-number").inner_text()
    ground = "(each) => getComputedStyle(each).backgroundColor"
    assert denied.first.locator('[data-name="who"]').evaluate(ground) != denied.first.locator(
        '[data-name="relationship"]'
    ).evaluate(ground)
    ask(page, "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?label { ?x rdfs:label ?label } LIMIT 3")
    assert "do not tell who says so" in page.inner_text(".rule.warning")


@pages
def test_a_table_sorts_pages_and_links(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    values = " ".join(f"({n} {str(n * 7 % 250)!r} <urn:x:{n}>)" for n in range(250)).replace("'", '"')
    ask(page, f"SELECT ?n ?word ?iri {{ VALUES (?n ?word ?iri) {{ {values} }} }}")
    assert page.inner_text(".answer-facts").startswith("250 rows")
    assert len(cells(page)) == 100 and page.inner_text(".pager span") == "1–100 of 250"
    page.click(key("page:last"))
    assert page.inner_text(".pager span") == "201–250 of 250" and len(cells(page)) == 50
    head = page.locator("thead .sort", has_text="word")
    head.click()
    assert page.inner_text(".pager span") == "1–100 of 250"
    assert cells(page, 2)[:4] == ["0", "1", "2", "3"]
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("word")
    page.locator("thead .sort", has_text="word").click()
    assert cells(page, 2)[0] == "249"
    page.locator("thead .sort", has_text="word").click()
    assert page.locator("th[aria-sort]").count() == 0 and cells(page, 1)[0] == "0"
    href = page.locator("tbody a.iri").first.get_attribute("href")
    assert href == "describe?iri=" + quote("urn:x:0", safe="")


@pages
def test_language_types_and_yes_and_no_and_triples(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    ask(
        page, 'SELECT ?a ?b { VALUES (?a ?b) { ("uno"@es <https://w3id.org/actorgraph/ns#Claim>) (UNDEF "<b>x</b>") } }'
    )
    assert page.inner_text("tbody .tongue") == "es" and page.inner_text("tbody a.iri") == "ag:Claim"
    assert "<b>x</b>" in cells(page, 2)[1] and page.locator("tbody b").count() == 0
    ask(page, "ASK { ?a ?b ?c }")
    page.wait_for_selector(".yes-no")
    assert page.inner_text(".yes-no") == "Yes"
    ask(page, f"CONSTRUCT WHERE {{ <{DEAL}> ?p ?o }}")
    page.wait_for_selector(".answer-text")
    assert DEAL in page.inner_text(".answer-text") and page.locator(key("save:Turtle")).count() == 1
    ask(page, f"DESCRIBE <{DEAL}>")
    page.wait_for_selector(".answer-text")
    assert "but not who says what" in page.inner_text(".rule.warning")
    page.click(".rule.warning a")
    page.wait_for_url("**/describe?*")
    assert page.inner_text("h1") == "Prison agreement"


@pages
def test_an_error_is_one_line_and_marked(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    ask(page, "SELECT ?x WHERE {\n  ?x ?y\n  '💥' , ) }")
    told = page.inner_text(".error-text")
    assert told.startswith("Line 3, column 12: ") and "\n" not in told
    assert page.inner_text(".code-numbers b") == "3"
    assert page.locator(".code-sheet .marked").count() == 1
    assert page.get_attribute("#query", "aria-invalid") == "true"
    page.click(key("error-go"))
    assert page.evaluate("document.activeElement.selectionStart") == len("SELECT ?x WHERE {\n  ?x ?y\n  '💥' , ) }") + 1
    page.keyboard.type("x")
    assert page.locator(".error").is_hidden() and page.locator(".marked").count() == 0
    ask(page, "SELECT ?x {")
    assert page.locator(".code-numbers b").count() == 1


@pages
def test_stop_ends_the_query_at_the_server(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open()
    server.behaviour = "slow"
    page.fill("#query", "SELECT * { ?a ?b ?c }")
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('.state').textContent.startsWith('Running')")
    # What has not reached the server yet would be stopped without its knowing.
    eventually(lambda: len(server.asked) == 1)
    assert not server.left.is_set()
    page.click(key("stop"))
    assert server.left.wait(PATIENCE / 1000), "the connection is dropped"
    until(page, "document.querySelector('.state').textContent.startsWith('Stopped after')")
    assert page.locator(key("stop")).is_disabled() and page.locator(".answer-head").count() == 0
    # So does Escape in the editor, and asking anew.
    for end in (lambda: page.keyboard.press("Escape"), lambda: page.keyboard.press("Control+Enter")):
        server.left.clear()
        server.asked.clear()
        page.focus("#query")
        page.keyboard.press("Control+Enter")
        eventually(lambda: len(server.asked) == 1)
        end()
        assert server.left.wait(PATIENCE / 1000)
    # What was asked anew is heard and stopped, too: nothing of it comes when others ask.
    eventually(lambda: len(server.asked) == 2)
    server.left.clear()
    page.click(key("stop"))
    assert server.left.wait(PATIENCE / 1000)


@pages
def test_half_an_answer_is_none(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open()
    ask(page, "SELECT ?x { ?x ?y ?z } LIMIT 2")
    server.behaviour = "broken"
    ask(page)
    page.wait_for_selector(".error:not([hidden])")
    assert "closed before the end" in page.inner_text(".error-text")
    assert page.locator(".answer-table").count() == 0, "nor does the answer before stay"


@pages
def test_a_busy_server_says_when_to_ask_again(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open()
    server.behaviour = "busy"
    ask(page, "ASK {}")
    assert page.inner_text(".error-text") == "Too busy: All workers are taken. Try again in 7 seconds."


@pages
def test_answers_are_saved_as_the_server_writes_them(visit: Callable[..., Guest], server: EditorServer) -> None:
    page = visit().open("sparql#name=money")
    ask(page)
    for kind, ending, accept in (
        ("CSV", "csv", "text/csv"),
        ("TSV", "tsv", "text/tab-separated-values"),
        ("JSON", "json", "application/sparql-results+json"),
        ("XML", "xml", "application/sparql-results+xml"),
    ):
        with page.expect_download() as caught:
            page.click(key(f"save:{kind}"))
        assert caught.value.suggested_filename == f"money.{ending}"
        assert server.asked[-1][1] == accept
        saved = Path(caught.value.path()).read_text("utf-8")
        assert "El Salvador" in saved
    assert "Saved as money.xml" in page.inner_text(".state")


@pages
def test_a_link_brings_the_query_back_and_asks_nothing(visit: Callable[..., Guest], server: EditorServer) -> None:
    guest = visit()
    page = guest.open()
    text = "SELECT ?x { ?x ?y 'é + & # % 💥' }\n# end"
    page.fill("#query", text)
    until(page, "location.hash.length > 5")
    address = page.evaluate("location.href")
    assert unquote(urlsplit(address).fragment.removeprefix("query=")) == text
    again = guest.open("sparql#" + urlsplit(address).fragment)
    assert again.input_value("#query") == text and server.asked == []
    # A link followed on the page itself does the same.
    again.evaluate("location.hash = 'name=pair&one=CECOT'")
    until(again, "document.querySelector('#value-one')?.value === 'CECOT'")
    assert server.asked == []
    broken = guest.open("sparql#name=no-such-query")
    assert "a query that does not exist" in broken.inner_text("#live")


@pages
def test_from_the_answer_to_the_drawing(visit: Callable[..., Guest], server: EditorServer) -> None:
    guest = visit()
    page = guest.open()
    ask(page, f"SELECT ?x {{ VALUES ?x {{ <{DEAL}> <{ID}p/abc> <{ID}p/abc/actual> <{PREFIXES['ag']}Claim> }} }}")
    page.click(key("draw"))
    page.wait_for_url("**/#iri=*")
    assert parse_qs(urlsplit(page.url).fragment)["iri"] == [DEAL, f"{ID}p/abc"]
    page.go_back()
    page.wait_for_selector("#query")
    # The rows of the cookbook are words: what they are about is asked for.
    guest.open("sparql#name=disputed")
    ask(page)
    page.click(key("draw"))
    page.wait_for_url("**/#iri=*")
    drawn = parse_qs(urlsplit(page.url).fragment)["iri"]
    assert set(drawn) == {
        row["p"]
        for row in rows(server.store, "SELECT DISTINCT ?p { ?p a ag:Proposition ; ag:disputed|ag:deniedInPart true }")
    }
    assert urlsplit(page.url).path == "/"
    guest.open()
    ask(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }")
    page.click(key("draw"))
    until(page, "document.querySelector('.state').textContent.includes('can be drawn')")


@pages
def test_theme_and_language_are_kept_and_shared_with_the_other_pages(visit: Callable[..., Guest]) -> None:
    guest = visit()
    page = guest.open("sparql#name=money")
    page.click(key("lang:es"))
    page.click(key("theme"))
    assert page.inner_text(".opened-title") == "¿Qué importes se dan?"
    assert page.input_value("#value-lang") == "es" and 'VALUES ?lang { "es" }' in page.input_value("#query")
    assert page.get_attribute("html", "lang") == "es" and page.get_attribute("html", "data-theme") == "dark"
    ask(page)
    assert "no una comprobación" in page.inner_text(".rule")
    kept = page.evaluate("Object.entries(localStorage)")
    assert sorted(kept) == [["actorgraph-language", "es"], ["actorgraph-theme", "dark"]]
    for path in ("queries", "ontology", "describe?iri=" + quote(DEAL, safe="")):
        # The page sends itself on to the reader's language, perhaps before it has loaded.
        page.goto(guest.url + path, wait_until="commit")
        page.wait_for_url("**lang=es*")
        assert page.get_attribute("html", "lang") == "es" and page.get_attribute("html", "data-theme") == "dark"
    page.click("[data-lang=en]")
    page.wait_for_url("**lang=en*")
    assert "Prison agreement" in page.inner_text("h1") and "iri=" in page.url
    page.click("[data-theme-switch]")
    assert page.get_attribute("html", "data-theme") == "light"
    page = guest.open()
    assert page.get_attribute("html", "lang") == "en" and page.get_attribute("html", "data-theme") == "light"
    page.click(key("recipe:money"))
    assert page.input_value("#value-lang") == "en"


@pages
def test_the_pages_that_are_read_need_no_script(visit: Callable[..., Guest]) -> None:
    guest = visit(java_script_enabled=False)
    page = guest.open("queries?lang=es")
    assert page.inner_text("h1") == "Recetario"
    page.click("[data-lang=en]")
    page.wait_for_url("**/queries?*lang=en*")
    assert page.inner_text("h1") == "Cookbook"
    page = guest.open("describe?iri=" + quote(DEAL, safe=""))
    follow(page, ".relationship h3 a")
    assert page.locator(".claim").count() > 0
    guest.page.goto(guest.url + "sparql")
    assert "needs JavaScript" in guest.page.inner_text("body")


@pages
def test_hostile_answers_are_text(visit: Callable[..., Guest]) -> None:
    guest = visit()
    page = guest.open()
    literals = " ".join(f"({Literal(name)})" for name in HOSTILE)
    ask(page, f"SELECT ?x {{ VALUES (?x) {{ {literals} }} }}")
    assert page.inner_text(".answer-facts").startswith(f"{len(HOSTILE)} rows")
    assert page.evaluate("window.__pwned") is None
    assert page.locator(".answer img, .answer script, .answer svg").count() == 0
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)
    ask(page, 'SELECT ?x { VALUES ?x { "javascript:alert(1)"^^<http://www.w3.org/2001/XMLSchema#anyURI> } }')
    assert page.locator("tbody a").count() == 0
    guest.open("sparql#name=__proto__&constructor=x")
    assert "a query that does not exist" in page.inner_text("#live")


@pages
def test_all_of_it_by_keyboard(visit: Callable[..., Guest]) -> None:
    page = visit().open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Go to the query"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.insert_text("SELECT ?a { ?a ?b ?c } LIMIT 120")
    # The editor is no trap.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.key") == "run"
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer-head")
    reached = set()
    for _ in range(24):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.key ?? document.activeElement.className"))
    assert {"tidy", "link", "draw", "save:CSV", "page:after", "table-frame", "sort:0"} <= reached
    page.focus(key("sort:0"))
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "sort:0", "focus stays where it was"


@pytest.fixture(scope="module")
def axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(f"{axe}; undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']][:3]}" for each in found]


@pages
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    size: str, theme: str, visit: Callable[..., Guest], axe: str
) -> None:
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if size == "phone" else {}
    guest = visit(color_scheme=theme, **phone)
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"

    def look(page: Any) -> None:
        rest(page)
        assert violations(page, axe) == []
        assert page.evaluate(fits)

    page = guest.open()
    look(page)
    page.fill("#query", "PREFIX ag: <https://w3id.org/actorgraph/ns#> SELECT ?x { ?x ag:opp")
    page.focus("#query")
    page.evaluate("document.querySelector('#query').setSelectionRange(999, 999)")
    page.keyboard.press("Control+Space")
    look(page)
    page.keyboard.press("Escape")
    ask(page)
    look(page)
    page = guest.open("sparql#name=said-of")
    ask(page)
    look(page)
    for path in ("queries", "ontology?lang=es", "describe?iri=" + quote(DEAL, safe=""), "describe?iri=urn:none"):
        look(guest.open(path))


@pages
def test_nothing_moves_for_whom_motion_is_a_trouble(visit: Callable[..., Guest]) -> None:
    page = visit(reduced_motion="reduce").open("sparql#name=money")
    ask(page)
    slow = """() => [...document.querySelectorAll("*")].flatMap((each) => {
        const {transitionDuration, animationDuration} = getComputedStyle(each);
        return [transitionDuration, animationDuration].flatMap((all) => all.split(",").map(parseFloat));
    }).reduce((most, each) => Math.max(most, each), 0)"""
    assert page.evaluate(slow) == 0


@pages
def test_a_phone_has_the_cookbook_folded_and_rows_as_cards(visit: Callable[..., Guest]) -> None:
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True).open()
    assert page.locator(".recipe").first.is_hidden()
    page.tap(".side-title")
    page.tap(key("recipe:disputed"))
    page.locator(".recipe").first.wait_for(state="hidden")
    ask(page)
    who = page.locator('tbody [data-name="who"]').first
    statement = page.locator('tbody [data-name="statement"]').first
    assert who.bounding_box()["y"] > statement.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


# --- as the service serves it


@pages
def test_the_service_serves_all_of_it(browser: Any) -> None:
    with serving_all("cases/us-el-salvador-prison-deal", "--timeout", "20") as served:
        guest = Guest(browser, served.url)
        page = guest.open("sparql#name=disputed")
        ask(page)
        assert page.locator("tbody tr.is-denied").count() == len(served.rows(query.named()["disputed"].text))
        ask(page, "SELECT ?x {\n  ?x ?y ?z\n  }}")
        assert page.inner_text(".error-text").startswith("Line 3, column ")
        ask(page, f"CONSTRUCT WHERE {{ <{DEAL}> ?p ?o }}")
        page.wait_for_selector(".answer-text")
        with page.expect_download() as caught:
            page.click(key("save:JSON-LD"))
        assert json.loads(Path(caught.value.path()).read_text("utf-8"))
        # Stop ends it there, too: the only worker that is busy is free at once.
        served.logged()
        page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        page.click(key("run"))
        eventually(lambda: served.running() == 1)
        page.click(key("stop"))
        until(page, "document.querySelector('.state').textContent.startsWith('Stopped')")
        ended: list[dict[str, object]] = []

        def stopped() -> bool:
            ended.extend(line for line in served.logged() if line["route"] == "/sparql")
            return bool(ended)

        eventually(stopped)
        assert ended[0]["outcome"] != "ok"
        page = guest.open(DEAL.removeprefix(BASE))
        assert page.inner_text("h1") == "Prison agreement" and page.locator(".claim").count() > 20
        follow(page, ".relationship h3 a")
        assert page.locator(".claim").count() >= 1
        assert "Cookbook" in guest.open("queries").inner_text("h1")
        assert served.client.get(f"{served.url}queries/money.rq").text == query.named()["money"].text
        assert guest.open("ontology").locator("#Claim").count() == 1
        answer = page.goto(f"{served.url}describe?iri=urn%3Anobody")
        assert answer.status == 404 and "no triple" in page.inner_text("main")
        assert guest.problems == []
        guest.context.close()
