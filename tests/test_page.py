"""The page in a browser, opened from disk with the network cut off: what it says, what it draws, how it is used.

Every test runs under a watch: one request, one message on the console, one error or dialog, and it fails.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import html5rdf
import pytest
from page_cases.bare import Bare
from page_cases.hostile import HOSTILE, hostile_case, poisoned
from page_cases.pages import data_of
from page_cases.steps import (
    CONTROLS,
    NAME,
    Data,
    assert_drawn,
    assert_fits,
    assert_harmless,
    box,
    click,
    counted,
    disputed,
    each_panel,
    honest,
    key,
    label,
    language,
    mark,
    one_denier,
    opposing,
    rest,
    show_node,
    show_prop,
    shown_claims,
    unfold,
    views,
)
from page_cases.watched import Watched, drawn, painted, still, texts, until, walked

import graph
from graph.draw import html as draw
from graph.pipeline import CaseGraph
from graph.words import for_page

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "es")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: 1440 by 900 at a zoom of 200 %.
ZOOMED = {"width": 720, "height": 450}
#: Whether the drawing has as many pixels as its place on the page.
FITTED = """(() => {
    const shown = document.querySelector(".canvas canvas");
    const ratio = devicePixelRatio || 1;
    return Math.abs(shown.width - document.querySelector(".canvas").clientWidth * ratio) <= ratio;
})()"""
SMALL_CASES = ("accepted", "declined", "denial-one-part", "denied-alone", "political-scandal", "withdrawn")


def watch(watched: Watched) -> Iterator[Any]:
    watched.problems.clear()
    yield watched.open()
    assert watched.problems == []


@pytest.fixture
def page(watched: Watched) -> Iterator[Any]:
    """The first case at 1440 by 900, as it opens, in English and light."""
    yield from watch(watched)


@pytest.fixture
def phone(handheld: Watched) -> Iterator[Any]:
    """The same on a telephone."""
    yield from watch(handheld)


@pytest.fixture
def open_file(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens another file, or the same one otherwise, under the same watch."""
    opened: list[Watched] = []

    def opens(file: Path, **options: Any) -> Any:
        opened.append(Watched(browser, file, **options))
        return opened[-1].open()

    yield opens
    problems = [problem for watched in opened for problem in watched.problems]
    for watched in opened:
        watched.close()
    assert problems == []


# --- 1 · the file


def test_it_has_a_language_a_title_one_heading_and_landmarks(page: Any, edition: CaseGraph) -> None:
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.title() == edition.case.title["en"]
    assert page.locator("h1").all_inner_texts() == [edition.case.title["en"]]
    for role, count in (("banner", 1), ("main", 1), ("navigation", 1), ("complementary", 1)):
        assert page.get_by_role(role).count() == count, role
    assert page.get_by_role("region", name="Who says what").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((each) => Number(each.tagName[1]))")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_what_it_makes_of_itself_is_valid_html(page: Any, data: Data) -> None:
    show_prop(page, data, disputed(data)[0])
    click(page, "view:table")
    page.evaluate("document.querySelector('.legend-rule button').click()")
    page.fill("#find", "a")
    rendered = page.evaluate(
        """() => {
            const copy = document.documentElement.cloneNode(true);
            for (const each of copy.querySelectorAll("script, style")) each.remove();
            return copy.outerHTML;
        }"""
    )
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(f"<!doctype html>{rendered}")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        for name in ("aria-controls", "aria-labelledby", "aria-activedescendant"):
            assert set((element.get(name) or "").split()) <= set(ids), f"{name} of {element.attrib}"


def test_its_policy_is_honoured(browser: Any, file: Path) -> None:
    watched = Watched(browser, file)
    page = watched.open()
    assert watched.problems == []
    found = page.evaluate(
        """async () => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (each) => refused.push(each.effectiveDirective));
            const tried = async (run) => { try { await run(); return "done"; } catch (error) { return error.name; } };
            const script = () => {
                const made = document.createElement("script");
                made.textContent = "window.ran = 1";
                document.body.append(made);
            };
            const answers = {
                markup: await tried(() => { document.body.innerHTML += "<b>x</b>"; }),
                script: await tried(script),
                fetched: await tried(() => fetch("https://example.org/")),
                read: await tried(() => fetch(location.href)),
            };
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(image);
            const link = document.createElement("link");
            Object.assign(link, {rel: "stylesheet", href: "https://example.org/x.css"});
            document.head.append(link);
            const frame = document.createElement("iframe");
            frame.src = "https://example.org/";
            document.body.append(frame);
            const styled = document.createElement("p");
            styled.setAttribute("style", "color: red");
            document.body.append(styled);
            const due = ["connect-src", "img-src", "style-src-elem", "style-src-attr", "frame-src"];
            for (let turn = 0; turn < 200 && !due.every((each) => refused.includes(each)); turn += 1) {
                await new Promise((done) => setTimeout(done, 50));
            }
            return {answers, refused, ran: window.ran, colour: styled.style.color};
        }"""
    )
    assert found["answers"] == {
        "markup": "TypeError",
        "script": "TypeError",
        "fetched": "TypeError",
        "read": "TypeError",
    }
    assert {"connect-src", "img-src", "style-src-elem", "style-src-attr", "frame-src"} <= set(found["refused"])
    assert found.get("ran") is None
    assert not [problem for problem in watched.problems if problem.startswith(("socket", "window", "dialog"))]
    watched.close()


def test_nothing_is_kept_but_theme_and_language(page: Any, data: Data) -> None:
    for prop in disputed(data):
        show_prop(page, data, prop)
    click(page, "shown:all")
    click(page, "none:position", "reset", "undo", "view:table", "view:drawing", "theme", "lang:es")
    page.fill("#find", "a")
    page.reload()
    kept = page.evaluate("Object.entries(localStorage).sort()")
    assert kept == [["actorgraph-language", "es"], ["actorgraph-theme", "dark"]]
    others = page.evaluate(
        "(async () => [sessionStorage.length, document.cookie, (await indexedDB.databases()).length])()"
    )
    assert others == [0, "", 0]
    # And both are remembered.
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["es", "dark"]


# --- 1 · the drawing


def test_it_draws_every_node_it_says_it_draws(page: Any, data: Data) -> None:
    assert_drawn(page, data)
    count, _ = honest(page)
    assert 0 < count <= data["budget"]
    click(page, "shown:all", "words")
    assert_drawn(page, data)
    assert honest(page)[0] == len([node for node in data["nodes"] if node["type"] == "node"])
    assert "all 155" in page.inner_text(".honest-drawn")
    # Words and posts stand in cards until they are asked for; a word that is disputed is drawn.
    click(page, "words")
    hue = {node["id"]: data["kinds"][node["kind"]]["hue"] for node in data["nodes"] if node["type"] == "node"}
    words = [node for node in drawn(page) if hue.get(node) == "concept"]
    assert len(words) < 3 and "“criminals”" in [label(data, word) for word in words]
    click(page, "shown:opening")
    assert_drawn(page, data)
    assert honest(page)[0] == count


@pytest.mark.parametrize("tag", ["en", "es"])
def test_everything_names_every_actor(page: Any, data: Data, tag: str) -> None:
    language(page, tag)
    click(page, "shown:all")
    words = painted(page)
    cut = [word.removesuffix("…") for word in words if word.endswith("…")]
    actors = [
        node["label"][tag]
        for node in data["nodes"]
        if node["id"] in drawn(page) and node["type"] == "node" and data["kinds"][node["kind"]]["agent"]
    ]
    unnamed = [name for name in actors if name not in words and not any(name.startswith(word) for word in cut)]
    assert len(actors) > 40 and unnamed == []


def test_a_phone_shows_as_much_of_everything_as_can_be_read(phone: Any, data: Data) -> None:
    click(phone, "view:drawing", "shown:all")
    named = " ".join(painted(phone))
    wide, high = phone.evaluate("[innerWidth, document.querySelector('.canvas').clientHeight]")
    agents = {node["id"]: node for node in data["nodes"] if data["kinds"].get(node["kind"], {}).get("agent")}
    seen = [
        node for node, (x, y) in drawn(phone).items() if node in agents and 40 < x < wide - 40 and 60 < y < high - 60
    ]
    assert len(seen) > 4
    assert [label(data, node) for node in seen if label(data, node).split()[0] not in named] == []


def test_the_opening_names_every_node_in_full_and_every_denier(page: Any, data: Data) -> None:
    words = " ".join(painted(page))
    shown = [node for node in data["nodes"] if node["id"] in drawn(page) and node["type"] == "node"]
    for node in shown:
        first = node["label"]["en"].split()[0]
        assert first in words, f"{node['label']['en']} has no name"
    for prop in disputed(data):
        if mark(data, prop) in drawn(page):
            names = {label(data, data["claims"][claim]["speaker"]) for claim in opposing(data, prop)}
            assert any("×" in each and any(name.split()[0] in each for name in names) for each in painted(page))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_cross_stands_without_the_names_of_those_who_deny(
    open_file: Any, file: Path, data: Data, size: dict[str, int], tag: str
) -> None:
    page = open_file(file, viewport=size, locale=f"{tag}-ES" if tag == "es" else "en-GB")

    def looked(where: str) -> None:
        labels = [each for each in painted(page) if "×" in each]
        for prop in disputed(data):
            names = [label(data, data["claims"][claim]["speaker"], tag) for claim in opposing(data, prop)]
            assert any(all(name in each for name in names) for each in labels), (where, names, labels)

    looked("opening")
    page.click("[data-key='shown:all']")
    looked("all")
    show_node(page, data, next(n["id"] for n in data["nodes"] if n["label"]["en"] == "Cristosal"), tag)
    looked("all, with something else chosen")


def test_going_back_returns_to_what_it_was_opened_from(page: Any) -> None:
    at = "document.activeElement.textContent"
    items = page.locator("#docket .part .row-link:visible")
    for back in ("Escape", "button", "history"):
        item = items.nth(3)
        text = item.text_content()
        item.focus()
        page.keyboard.press("Enter")
        assert page.inner_text("#docket h2") != "Start here"
        if back == "Escape":
            page.keyboard.press("Escape")
        elif back == "button":
            page.focus("#docket .crumb button")
            page.keyboard.press("Enter")
        else:
            page.go_back()
        until(page, "document.querySelector('#docket h2').textContent === 'Start here'")
        assert page.evaluate(at) == text, back
    # One that stands beyond the first of its list, and a question of the filters.
    page.locator("#docket .more").first.click()
    hidden = page.locator("#docket .part .rows").nth(1).locator(".row-link").nth(6)
    text = hidden.text_content()
    hidden.click()
    page.keyboard.press("Escape")
    assert page.evaluate(at) == text
    page.focus(f"#filters {key('ask:path')}")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == "ask:path"
    assert page.evaluate("Boolean(document.activeElement.closest('#filters'))")


@pytest.mark.parametrize(("tag", "told"), [("en", "says that the United States made"), ("es", "afirma que Estados")])
def test_the_card_of_an_event_tells_it_whole(page: Any, tag: str, told: str) -> None:
    """Each who tells it is named, and opens from there."""
    language(page, tag)
    page.fill("#find", "$6mn" if tag == "en" else "pago de 6 millones")
    page.keyboard.press("Enter")
    whole = page.locator("#docket .whole")
    assert told in whole.inner_text() and "Associated Press" in whole.inner_text()
    said = whole.inner_text()
    whole.locator("button").click()
    assert page.inner_text("#docket h2") == said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_header_has_all_facts_in_either_language(page: Any, phone: Any, data: Data, tag: str) -> None:
    language(page, tag)
    facts = page.locator(".bar-facts li")
    frame = box(page, ".bar-facts")
    assert facts.count() >= 4
    for fact in facts.all():
        there = fact.bounding_box()
        assert there["y"] + there["height"] <= frame["y"] + frame["height"] + 1, fact.inner_text()
    assert "24" in page.inner_text(".bar-facts") and "2026" in page.inner_text(".bar-facts")
    language(phone, tag)
    rule = phone.locator(".legend-rule span")
    assert rule.is_visible() and rule.inner_text() in (
        "A line is a statement by somebody, not a finding.",
        "Una línea es una declaración de alguien, no una conclusión.",
    )
    language(phone, "en")


def test_the_keyboard_reads_every_node_and_line_out(page: Any, data: Data) -> None:
    there = drawn(page)
    page.focus("#drawing")
    heard = walked(page)
    names = [node["label"]["en"] for node in data["nodes"] if node["id"] in there and node["type"] == "node"]
    for name in names:
        assert any(each.startswith(f"{name}, ") for each in heard), name
    for prop in data["props"]:
        if mark(data, prop) in there:
            assert any(each.startswith(data["props"][prop]["title"]["en"]) for each in heard)
    titles = {prop["title"]["en"] for prop in data["props"].values()}
    read = [each for each in heard if any(each.startswith(f"{title}. ") for title in titles)]
    speaking = [each for each in heard if " about " in each]
    assert len(read) > 5 and len(speaking) > 1
    assert len(heard) >= len(names) + len(read), "each is passed once on the way round"


# --- 2 · nothing states what was only said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_on_the_page_states_what_was_only_said(page: Any, data: Data, edition: CaseGraph, tag: str) -> None:
    language(page, tag)
    bare = Bare(edition, tag)
    assert bare.stated([page.title(), page.url.rpartition("/")[2], *texts(page)]) == []
    tips: list[str] = []
    still(page)
    for x, y in drawn(page).values():
        area = box(page, ".canvas")
        page.mouse.move(area["x"] + x, area["y"] + y)
        page.evaluate("new Promise(requestAnimationFrame)")
        tips += texts(page, ".tip")
    assert len(set(tips)) > 5 and bare.stated(tips) == []
    page.focus("#drawing")
    assert bare.stated(walked(page)) == []
    for on in ("draw:denied", "draw:open", "draw:rejected", "draw:mentioned"):
        if page.locator(key(on)).count():
            click(page, on)
    labels = painted(page)
    page.click("[data-key='shown:all']")
    for _ in range(3):
        labels += painted(page)
        page.click(".zoom button")
    assert bare.stated(labels) == [] and not bare.phrases & set(labels)
    page.evaluate("document.querySelector('.legend-rule button').click()")
    assert bare.stated(texts(page, "dialog")) == []
    page.keyboard.press("Escape")
    for view in views(page):
        click(page, view)
        assert bare.stated(texts(page)) == [], view
    # One of each relation and standing, whoever speaks, and one of each kind; the data of all are looked at elsewhere.
    seen: dict[Any, str] = {}
    for prop in data["props"].values():
        seen.setdefault((prop["relation"], prop["line"]), prop["claims"][0])
    actors = [node for node in data["nodes"] if node["type"] == "node"]
    kinds = {node["kind"]: node["label"][tag] for node in actors}
    names = list(dict.fromkeys([node["label"][tag] for node in actors if node["says"]] + list(kinds.values())))
    assert bare.stated(each_panel(page, list(seen.values()), names)) == []


@pytest.mark.parametrize("name", SMALL_CASES)
def test_nor_does_the_page_of_a_small_case(open_file: Any, root: Path, tmp_path: Path, name: str) -> None:
    edition = graph.load(root / f"tests/cases/{name}.yaml")
    file = tmp_path / "graph.html"
    file.write_text(edition.page(), "utf-8")
    data = data_of(file.read_text("utf-8"))
    # What an editor writes of a passage is the editor's own.
    written = {text for claim in data["claims"].values() for text in (claim["summary"] or {}).values()}
    page = open_file(file)
    for tag in LANGUAGES:
        language(page, tag)
        bare = Bare(edition, tag)
        found = [*texts(page), *painted(page)]
        click(page, "view:table")
        found += texts(page)
        claims = [prop["claims"][0] for prop in data["props"].values() if prop["claims"]]
        found += each_panel(page, claims, [node["label"][tag] for node in data["nodes"] if node["type"] == "node"])
        click(page, "view:drawing")
        page.keyboard.press("Escape")
        own = [text for text in found if not any(text.endswith(each) or each in text for each in written)]
        assert bare.stated(own) == []


def test_a_relationship_s_heading_names_speaker_and_denier(page: Any, data: Data) -> None:
    for prop in disputed(data):
        show_prop(page, data, prop)
        heading = page.inner_text("#docket h2")
        assert heading == data["props"][prop]["summary"]["en"]
        standing = page.inner_text(".standing")
        assert standing.startswith("× ")
        for claim in opposing(data, prop):
            name = label(data, data["claims"][claim]["speaker"])
            assert name.casefold() in standing.casefold() and name.casefold() in heading.casefold()
            assert page.locator(".opposes").get_by_role("button", name=name).count()


# --- 3 · filters


def test_a_denial_that_is_unticked_leaves_its_mark_and_is_counted(page: Any, data: Data) -> None:
    prop, denier = one_denier(data)
    title = data["props"][prop]["title"]["en"]
    name = label(data, denier)
    assert mark(data, prop) in drawn(page)
    show_prop(page, data, prop)
    click(page, f"speaker:{denier}")
    # In the panel:
    assert name in page.inner_text(".standing") and page.inner_text(".standing").startswith("× ")
    assert "1 denial hidden by your filter" in page.inner_text("#docket .opposes")
    page.locator("#docket .opposes").get_by_role("button", name="Show it").click()
    assert name in page.inner_text("#docket .opposes article")
    # In the drawing:
    assert mark(data, prop) in drawn(page)
    assert any("×" in words and name.split()[0] in words for words in painted(page))
    page.focus("#drawing")
    heard = [each for each in walked(page) if each.startswith(title)]
    assert heard and all("1 denial hidden by your filter" in each and name in each for each in heard)
    # In the table:
    click(page, "view:table")
    rows = page.locator("#statements tbody tr", has_text=name).all_inner_texts()
    assert any("1 denial hidden by your filter" in row for row in rows)
    # And in what is copied.
    page.get_by_role("button", name="Copy with footnotes").click()
    (copied,) = page.evaluate("__copied")
    assert "1 denial hidden by your filter" in copied and f"without {name}" in copied
    assert data["claims"][opposing(data, prop)[0]]["sentence"]["en"] in copied


def test_every_value_has_the_count_of_its_statements(page: Any, data: Data) -> None:
    counts: dict[str, int] = {}
    for claim in data["claims"].values():
        reported = claim["speaker"] is None and claim["side"] == "affirm" and claim["stance"] == "asserted"
        for name in (
            f"speaker:{claim['speaker'] or ''}",
            f"position:{'unstated' if reported else claim['stance']}",
            f"modality:{claim['modality']}",
        ):
            counts[name] = counts.get(name, 0) + 1
    unfold(page)
    for dimension in ("speaker", "position", "modality"):
        rows = page.locator(f'input[data-key^="{dimension}:"]')
        shown = {row.get_attribute("data-key"): row.locator("..").locator(".count").inner_text() for row in rows.all()}
        assert shown == {name: str(count) for name, count in counts.items() if name.startswith(dimension)}
        ordered = [int(count) for count in shown.values()]
        assert ordered == sorted(ordered, reverse=True)


def test_the_filters_count_what_they_leave_and_can_be_taken_back(page: Any, data: Data) -> None:
    publisher = data["documents"][0]["publisher"]
    theirs = {iri for iri, claim in data["claims"].items() if claim["speaker"] == publisher}
    mentions = {iri for iri, claim in data["claims"].items() if claim["stance"] == "mentioned"}
    every = len(data["claims"])
    click(page, "view:table")
    assert page.inner_text("#statements caption") == counted(data)
    click(page, f"speaker:{publisher}")
    assert page.inner_text("#statements caption") == counted(data, theirs)
    assert f"{len(theirs - mentions)} statements hidden by your filters" in page.inner_text("#filters .hidden-note")
    assert page.inner_text("#live") == f"{every - len(theirs | mentions)} statements shown"
    left = shown_claims(page)
    assert left == {iri for iri, claim in data["claims"].items() if claim["speaker"] != publisher}
    # What another filter would still show is counted anew.
    said = sum(data["claims"][iri]["stance"] == "denied" for iri in left)
    assert page.locator(key("position:denied")).locator("..").locator(".count").inner_text() == str(said)
    click(page, "position:denied")
    fewer = shown_claims(page)
    click(page, "undo")
    assert shown_claims(page) == left and page.inner_text("#live") == "Undone"
    page.keyboard.press("Control+z")
    assert len(shown_claims(page)) == every
    assert page.locator(key("undo")).is_disabled()
    page.keyboard.press("Control+y")
    assert shown_claims(page) == left
    click(page, "redo")
    assert shown_claims(page) == fewer and page.locator(key("redo")).is_disabled()
    click(page, "reset")
    assert len(shown_claims(page)) == every and not page.locator("#filters .hidden-note").count()


def test_all_and_none_of_a_filter(page: Any, data: Data) -> None:
    click(page, "none:modality", "view:table")
    assert shown_claims(page) == set()
    assert page.inner_text("#statements").count("Your filters hide every statement.") == 1
    click(page, "view:drawing")
    assert "Your filters hide everything" in page.inner_text(".honest-drawn")
    assert not drawn(page)
    click(page, "all:modality")
    assert drawn(page) and not page.locator("#filters .hidden-note").count()


def test_a_control_that_can_change_nothing_is_absent(page: Any, data: Data) -> None:
    every = len(data["claims"])
    for row in page.locator("#filters input[data-key*=':']:not([data-key^='draw:'])").all():
        count = int(row.locator("..").locator(".count").inner_text())
        assert 0 < count < every, row.get_attribute("data-key")
    # One document: nothing to choose. One publisher, through whom everything came: it says so.
    assert not page.locator('input[data-key^="document:"]').count()
    assert (
        f"passes through {label(data, data['documents'][0]['publisher'])}, so it cannot be switched off"
        in page.inner_text(".through-all")
    )
    for row in page.locator("#filters input[data-key^='draw:']").all():
        assert int(row.locator("..").locator(".count").inner_text()) > 0
    lines_here = {prop["line"] for prop in data["props"].values()}
    for line in ("denied", "rejected"):
        assert (line in lines_here) == bool(page.locator(key(f"draw:{line}")).count())


def assert_no_denial_is_lost(page: Any, data: Data) -> None:
    """Wherever a relationship still shows, a denial of it that does not is counted there."""
    click(page, "view:table")
    shown = shown_claims(page)
    rows = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('#statements tbody tr')].map((row) =>"
        " [row.querySelector('[data-key]').dataset.key.slice(4), row.innerText]))"
    )
    hidden = {prop: len(set(opposing(data, prop)) - shown) for prop in data["props"]}
    for iri in shown:
        claim = data["claims"][iri]
        if hidden[claim["prop"]] and claim["side"] != "oppose":
            assert f"{hidden[claim['prop']]} denial" in rows[iri] and "hidden by your filter" in rows[iri]
            assert "×" in rows[iri]
    click(page, "view:drawing")
    page.focus("#drawing")
    heard = walked(page) if any(hidden.values()) and drawn(page) else []
    for prop in [prop for prop in data["props"] if hidden[prop]]:
        found = [each for each in heard if each.startswith(data["props"][prop]["title"]["en"])]
        assert all(f"{hidden[prop]} denial" in each and "× " in each for each in found)
        if mark(data, prop) in drawn(page):
            assert found, "what is marked in the drawing can be read"
        assert not found or mark(data, prop) in drawn(page), "what is drawn keeps its mark"
    for prop in [prop for prop in data["props"] if hidden[prop] and set(data["props"][prop]["claims"]) & shown]:
        click(page, "view:table", f"row:{next(c for c in data['props'][prop]['claims'] if c in shown)}")
        assert f"{hidden[prop]} denial" in page.inner_text("#docket .opposes .hidden-note")
        page.keyboard.press("Escape")


@pytest.mark.parametrize("seed", range(6))
def test_no_filter_hides_an_answer_without_saying_so(page: Any, data: Data, seed: int) -> None:
    rng = random.Random(seed)
    unfold(page)
    boxes = page.evaluate("[...document.querySelectorAll('#filters input')].map((each) => each.dataset.key)")
    values = [name for name in boxes if not name.startswith("draw:")]
    prop = rng.choice(disputed(data))
    against = data["claims"][rng.choice(opposing(data, prop))]
    # Half of the choices go for an answer on purpose.
    chosen = rng.sample(values, rng.randint(1, 6))
    if seed % 2:
        chosen.append(rng.choice([f"speaker:{against['speaker']}", f"position:{against['stance']}"]))
    click(page, *dict.fromkeys(chosen))
    if rng.random() < 0.5:
        page.evaluate("document.querySelector('[data-key=\"shown:all\"]')?.click()")
    assert_no_denial_is_lost(page, data)


# --- 4 · search


def test_search_finds_without_accents_and_by_other_names(page: Any, data: Data) -> None:
    def hits(typed: str) -> list[str]:
        page.fill("#find", typed)
        return page.locator("#hits .hit-name").all_inner_texts()

    plain = {node["label"]["en"]: node for node in data["nodes"] if node["type"] == "node"}
    accented = next(node for node in plain.values() if re.search("[áéíóúñ]", node["label"]["es"]))
    typed = accented["label"]["es"]
    bare = typed.translate(str.maketrans("áéíóúñÁÉÍÓÚÑ", "aeiounAEIOUN"))
    assert accented["label"]["en"] in hits(typed)
    assert hits(bare) == hits(typed) == hits(bare.upper())
    named, alias = next((node, node["aliases"][0]) for node in plain.values() if node["aliases"])
    assert named["label"]["en"] in hits(alias)
    assert hits("qqqq") == [] and "No results." in page.inner_text("#hits")
    page.keyboard.press("Escape")
    assert page.input_value("#find") == "" and page.locator("#hits").is_hidden()


def test_slash_goes_to_the_search_and_enter_opens(page: Any, data: Data) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find" and page.input_value("#find") == ""
    page.keyboard.type("bukele")
    active = page.get_attribute("#find", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    assert page.inner_text("#live") == f"{page.locator('#hits [role=option]').count()} found"
    page.keyboard.press("ArrowDown")
    name = page.inner_text("#hits [aria-selected=true] .hit-name")
    page.keyboard.press("Enter")
    assert page.inner_text("#docket h2") == name and page.inner_text("#live") == f"Opened: {name}"
    assert page.get_attribute("#find", "aria-expanded") == "false"
    assert page.evaluate("document.activeElement === document.querySelector('#docket h2')"), "there one reads on"
    page.keyboard.press("/")
    page.keyboard.type("/")
    assert page.input_value("#find") == "/", "typed in the search it is a letter"


def test_what_is_found_is_drawn(page: Any, data: Data) -> None:
    absent = next(node for node in data["nodes"] if node["type"] == "node" and not node["opening"])
    assert absent["id"] not in drawn(page)
    show_node(page, data, absent["id"])
    assert absent["id"] in drawn(page)
    assert honest(page)[0] == len([n for n in data["nodes"] if n["type"] == "node" and n["id"] in drawn(page)])


# --- 4 · the panel


def test_the_panel_puts_both_sides_beside_each_other(page: Any, data: Data) -> None:
    for prop in disputed(data):
        show_prop(page, data, prop)
        affirming, denying = box(page, "#docket .saysSo"), box(page, "#docket .opposes")
        assert affirming["x"] + affirming["width"] <= denying["x"], "left and right"
        assert abs(affirming["y"] - denying["y"]) < 4, "side by side"
        against = opposing(data, prop)
        assert page.locator("#docket .opposes article").count() == len(against)
        assert page.locator("#docket .saysSo article").count() == len(data["props"][prop]["claims"]) - len(against)
        assert not page.get_by_text("No answer in this document").count()


def test_a_statement_shows_chain_place_hedge_and_what_it_answers(page: Any, data: Data) -> None:
    claims = data["claims"]
    chosen = {
        "hedge": next(iri for iri, claim in claims.items() if claim["hedges"]),
        "chain": next(iri for iri, claim in claims.items() if claim["chain"]["en"].count("›") >= 2),
        "for": next((iri for iri, claim in claims.items() if claim["for"]), None),
        "planned": next(iri for iri, claim in claims.items() if claim["modality"] == "planned"),
        "answer": next(iri for iri, claim in claims.items() if claim["side"] == "oppose" and claim["counters"]),
    }
    for iri in filter(None, chosen.values()):
        claim = claims[iri]
        show_prop(page, data, claim["prop"])
        articles = [" ".join(text.split()) for text in page.locator("#docket article").all_inner_texts()]
        own = [
            text
            for text in articles
            if claim["place"]["en"] in text and (claim["summary"] or claim["sentence"])["en"] in text
        ]
        assert own, claim["sentence"]["en"]
        for hop in claim["chain"]["en"].split(" › "):
            assert any(hop in text for text in own)
        for hedge in claim["hedges"]:
            assert any(f"qualified as “{hedge}”" in text for text in own)
        if claim["for"]:
            assert any(f"for {label(data, claim['for'])}" in text for text in own)
        if claim["modality"] != "actual":
            assert any(claim["modality"] in text for text in own)
        if claim["counters"]:
            assert any("answers" in text for text in own)


def test_silence_is_said(page: Any, data: Data) -> None:
    answered = {
        claim["prop"] for claim in data["claims"].values() if claim["stance"] in ("denied", "contested", "declined")
    }
    prop = next(iri for iri, prop in data["props"].items() if iri not in answered and prop["line"] == "soft")
    show_prop(page, data, prop)
    assert "No answer in this document." in page.inner_text("#docket")
    assert not page.locator("#docket .opposes").count()


def test_the_panel_of_an_actor(page: Any, data: Data) -> None:
    _, denier = one_denier(data)
    show_node(page, data, denier)
    panel = page.inner_text("#docket")
    assert page.inner_text("#docket h2") == label(data, denier)
    for heading in ("What others say", "Own statements"):
        assert heading in panel
    node = next(node for node in data["nodes"] if node["id"] == denier)
    assert re.search(rf"\b{len(node['says'])} own statements?", panel)
    said = data["claims"][node["says"][0]]
    assert said["sentence"]["en"] in texts(page, "#docket")
    # Whoever is spoken of has an answer where there is one.
    prop = disputed(data)[0]
    show_node(page, data, data["props"][prop]["subject"])
    assert "Who answers" in page.inner_text("#docket")
    assert data["claims"][opposing(data, prop)[0]]["sentence"]["en"] in texts(page, "#docket")


def test_start_here_leads_to_what_needs_judgement(page: Any, data: Data) -> None:
    assert page.inner_text("#docket h2") == "Start here"
    for part in data["start"]:
        for prop in (part["props"] or [])[:1]:
            page.locator("#docket").get_by_role(
                "button", name=data["props"][prop]["title"]["en"], exact=True
            ).first.click()
            assert page.inner_text("#docket h2") == data["props"][prop]["summary"]["en"]
            page.get_by_role("button", name="← Start here").click()
            assert page.inner_text("#docket h2") == "Start here"
        for node in (part["nodes"] or [])[:1]:
            page.locator("#docket .rows").last.get_by_role("button").first.click()
            assert page.inner_text("#docket h2") == label(data, node)


def test_a_copy_has_a_footnote_for_each_statement(page: Any, data: Data) -> None:
    prop = disputed(data)[0]
    show_prop(page, data, prop)
    page.get_by_role("button", name="Copy with footnotes").click()
    until(page, "document.getElementById('live').textContent === 'Copied.'")
    (copied,) = page.evaluate("__copied")
    claims = data["props"][prop]["claims"]
    first = copied.splitlines()[0]
    assert first.startswith(data["props"][prop]["summary"]["en"])
    for number, claim in enumerate(claims, 1):
        assert f"[{number}]" in first
        note = next(line for line in copied.splitlines() if line.startswith(f"[{number}] "))
        of = next(c for c in claims if data["claims"][c]["sentence"]["en"].rstrip(".") in note)
        assert data["claims"][of]["chain"]["en"] in note and data["claims"][of]["place"]["en"] in note
        assert data["documents"][0]["label"]["en"] in note
        for hedge in data["claims"][claim]["hedges"]:
            assert f"“{hedge}”" in copied
    for said in (
        "A line is a statement by somebody, not a finding.",
        "Version of ",
        "No filters.",
        "denies it",
    ):
        assert said in copied


def test_what_the_browser_copies_is_the_same(browser: Any, file: Path, data: Data) -> None:
    """Without our stand-in for the clipboard: the real one, or the older way."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator(key("shown:opening")).click()
    page.evaluate("document.addEventListener('copy', () => { window.__own = document.activeElement.value; })")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.locator("#docket").get_by_role(
        "button", name=data["props"][disputed(data)[0]]["title"]["en"], exact=True
    ).first.click()
    page.get_by_role("button", name="Copy with footnotes").click()
    until(page, "document.getElementById('live').textContent === 'Copied.'")
    assert page.evaluate("window.__own").startswith(data["props"][disputed(data)[0]]["summary"]["en"])
    assert not page.locator("textarea").count()
    context.close()


# --- 4 · the table


def test_the_table_sorts_by_every_column(page: Any, data: Data) -> None:
    click(page, "view:table")
    assert page.locator("#statements th[aria-sort]").count() == 1
    order = page.evaluate(
        "[...document.querySelectorAll('#statements tbody [data-key]')].map((each) => each.dataset.key.slice(4))"
    )
    assert [data["claims"][iri]["order"] for iri in order] == sorted(
        claim["order"] for claim in data["claims"].values()
    )
    columns = page.evaluate(
        "[...document.querySelectorAll('#statements thead [data-key]')].map((each) => each.dataset.key)"
    )
    assert len(columns) >= 6
    for at, column in enumerate(columns):
        for way in ("ascending", "descending"):
            if not (at == 0 and way == "ascending"):
                click(page, column)
            sorted_by = page.evaluate(
                """([at, way]) => {
                    const head = document.querySelectorAll("#statements thead th")[at];
                    const plain = (text) => text.normalize("NFD").replace(/\\p{M}/gu, "").replace(/[‘’']/g, "'");
                    const rows = [...document.querySelectorAll("#statements tbody tr")];
                    const cells = rows.map((row) => plain(row.children[at].textContent).toLowerCase().trim());
                    const ordered = cells.every((cell, index) => {
                        if (!index) return true;
                        const order = cells[index - 1].localeCompare(cell);
                        return way === "ascending" ? order <= 0 : order >= 0;
                    });
                    return {sort: head.getAttribute("aria-sort"), ordered, rows: cells.length};
                }""",
                [at, way],
            )
            assert sorted_by["sort"] == way and sorted_by["rows"] == len(data["claims"])
            assert sorted_by["ordered"] or column == "sort:place", (column, way)
        if at == 0:
            click(page, column)
    assert page.locator("#statements th[aria-sort]").count() == 1


def test_table_and_drawing_keep_in_step(page: Any, data: Data) -> None:
    prop = disputed(data)[0]
    click(page, "view:table", f"row:{data['props'][prop]['claims'][0]}")
    assert page.inner_text("#docket h2") == data["props"][prop]["summary"]["en"]
    marked = page.evaluate(
        "[...document.querySelectorAll('tr[aria-current] [data-key]')].map((each) => each.dataset.key.slice(4))"
    )
    assert set(marked) == {c for c, claim in data["claims"].items() if claim["prop"] == prop}
    click(page, "view:drawing")
    assert page.inner_text("#docket h2") == data["props"][prop]["summary"]["en"]
    page.keyboard.press("Escape")
    still(page)
    area, (x, y) = box(page, ".canvas"), drawn(page)[mark(data, prop)]
    page.mouse.click(area["x"] + x, area["y"] + y)
    until(page, "document.querySelector('#docket h2').textContent !== 'Start here'")
    assert page.inner_text("#docket h2") == data["props"][prop]["summary"]["en"]
    click(page, "view:table")
    row = page.locator("tr[aria-current]").first
    assert row.is_visible()
    table, at = box(page, "#statements"), row.bounding_box()
    assert table["y"] <= at["y"] <= table["y"] + table["height"], "it is brought into sight"


# --- 4 · language and theme


def words() -> dict[str, dict[str, str]]:
    """What the page alone says, by language and key."""
    return {tag: {key: text for key, text in said.items() if "." not in key} for tag, said in for_page("page").items()}


def test_english_is_gone_from_the_spanish_page(page: Any, data: Data) -> None:
    made = words()
    assert made["en"].keys() == made["es"].keys() and len(made["en"]) > 150
    patterns = {}
    for name, english in made["en"].items():
        if english == made["es"][name] or not re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", english)):
            continue
        for form in english.split("|"):
            spanish = {re.sub(r"\{\w+\}", "", each) for each in made["es"][name].split("|")}
            if re.sub(r"\{\w+\}", "", form) not in spanish:
                patterns[re.compile(re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(form)))] = name
    both = [data["edition"]["title"], data["opening"]]
    both += [record["label"] for name in ("nodes", "documents") for record in data[name]]
    both += [record["label"] for record in (*data["kinds"].values(), *data["relations"].values())]
    both += [prop[name] for prop in data["props"].values() for name in ("title", "summary")]
    both += [claim[name] for claim in data["claims"].values() for name in ("sentence", "place")]
    ours = {text["en"] for text in both if text.get("es", text["en"]) != text["en"]}
    # A name is the same in both languages for some: what is Spanish for one thing may stand.
    ours -= {node["label"]["es"] for node in data["nodes"]} | {kind["label"]["es"] for kind in data["kinds"].values()}
    language(page, "es")
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.title() == data["edition"]["title"]["es"]
    found = {*texts(page), page.title()}
    show_prop(page, data, disputed(data)[0])
    found |= {*texts(page)}
    click(page, f"speaker:{one_denier(data)[1]}")
    found |= {*texts(page)}
    page.get_by_role("button", name=made["es"]["copy"]).click()
    found |= {*texts(page), *page.evaluate("__copied[0]").splitlines()}
    show_node(page, data, one_denier(data)[1], "es")
    found |= {*texts(page), *painted(page)}
    page.focus("#drawing")
    found |= {*walked(page)}
    page.click("[data-key='shown:all']")
    page.evaluate("document.querySelector('.legend-rule button').click()")
    found |= {*texts(page)}
    page.keyboard.press("Escape")
    page.fill("#find", "qqqq")
    found |= {*texts(page)}
    click(page, "none:modality", "view:table")
    found |= {*texts(page)}
    click(page, "reset")
    found |= {*texts(page)}
    assert sorted(found & ours) == []
    spanish = {name: form for name, forms in made["es"].items() for form in forms.split("|")}
    left = [
        (text, name)
        for text in found
        for pattern, name in patterns.items()
        if pattern.fullmatch(text.strip(" ·.;")) or pattern.fullmatch(text.strip())
    ]
    known = {*spanish.values(), *(node["label"]["es"] for node in data["nodes"])}
    assert [each for each in left if each[0] not in known] == []
    language(page, "en")
    assert page.get_by_role("button", name="Copy with footnotes").count() == 0
    assert page.inner_text("#docket h2") != "" and page.evaluate("document.documentElement.lang") == "en"


def test_the_language_follows_the_browser(open_file: Any, file: Path) -> None:
    for locale, tag in (("es-SV", "es"), ("fr-FR", "en")):
        page = open_file(file, locale=locale)
        assert page.evaluate("document.documentElement.lang") == tag


def test_the_theme_can_be_switched_and_follows_the_system(page: Any) -> None:
    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = paper()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.click(key("theme"))
    dark = paper()
    assert dark != light and page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_attribute(key("theme"), "aria-label") == "Switch to light"
    assert painted(page)
    page.click(key("theme"))
    assert paper() == light
    page.evaluate("localStorage.clear()")
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert paper() == dark
    page.emulate_media(color_scheme="light")
    until(page, "document.documentElement.dataset.theme === 'light'")
    assert paper() == light


# --- 4 · keyboard, zoom, touch, motion


def test_escape_closes_one_thing_after_another(page: Any, data: Data) -> None:
    show_prop(page, data, disputed(data)[0])
    page.focus("#docket h2")
    page.evaluate("document.querySelector('.legend-rule button').click()")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog')")
    assert page.inner_text("#docket h2") != "Start here"
    page.focus("#find")
    page.keyboard.type("bu")
    page.keyboard.press("Escape")
    assert page.locator("#hits").is_hidden() and page.inner_text("#docket h2") != "Start here"
    page.focus("#docket h2")
    page.keyboard.press("Escape")
    assert page.inner_text("#docket h2") == "Start here" and page.inner_text("#live") == "Closed"
    assert page.evaluate("document.activeElement.id") == "drawing", "the focus is not lost"


@pytest.mark.parametrize("view", ["drawing", "table"])
def test_tab_reaches_every_control_and_shows_where_it_is(page: Any, data: Data, view: str) -> None:
    show_prop(page, data, disputed(data)[0])
    # A table of few rows, which are all alike.
    click(page, "none:position", "position:denied", f"view:{view}")
    page.evaluate("document.activeElement.blur()")
    names = page.evaluate(f"({CONTROLS})().map({NAME})")
    assert len(names) > 60
    page.evaluate("getSelection().removeAllRanges()")
    reached: list[str] = []
    unseen: list[str] = []
    for _ in range(len(names) + 12):
        page.keyboard.press("Tab")
        at = page.evaluate(
            f"""() => {{
                const each = document.activeElement;
                if (each === document.body) return null;
                const style = getComputedStyle(each);
                const around = each.id === "drawing" ? getComputedStyle(each.parentElement, "::after") : null;
                const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                const frame = Boolean(around) && parseFloat(around.borderTopWidth) >= 2;
                const box = each.getBoundingClientRect();
                const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
                let part = each, faint = false;
                while (part) {{ faint ||= Number(getComputedStyle(part).opacity) < 0.5; part = part.parentElement; }}
                const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
                const bare = each.contains(over) || each.closest("label")?.contains(over);
                const seen = bare && (ring || frame) && inside && box.width > 4 && !faint;
                return [({NAME})(each), seen && each.matches(":focus-visible")];
            }}"""
        )
        if at is None:
            break
        reached.append(at[0])
        if not at[1]:
            unseen.append(at[0])
    assert sorted(set(names) - set(reached)) == []
    assert sorted(set(unseen)) == []
    assert reached[0].startswith("Go to"), "the shortcuts come first"


def test_the_shortcuts_lead_where_they_say(page: Any) -> None:
    for presses, where in ((1, "find"), (2, "filters"), (3, "drawing"), (4, "docket")):
        page.reload()
        # A page that has drawn itself takes keys.
        assert painted(page) and page.evaluate("document.activeElement === document.body")
        for _ in range(presses):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert (
            page.evaluate("(document.activeElement.closest('#docket, #filters') ?? document.activeElement).id") == where
        )
        assert where != "filters" or page.evaluate("document.activeElement.dataset.key") == "ask:path"
        assert not page.url.endswith(f"#{where}")


def test_the_focus_stays_when_the_window_changes(open_file: Any, file: Path) -> None:
    page = open_file(file)
    lost = []
    controls = (
        ".skips a",
        "[data-key='view:table']",
        "#find",
        "#filters input",
        "#drawing",
        "#docket button",
        ".zoom button",
    )
    for at, control in enumerate(controls):
        page.focus(control)
        name = page.evaluate(f"({NAME})(document.activeElement)")
        page.set_viewport_size({"width": 1300 + at * 20, "height": 800})
        # The drawing has taken its new size, and was drawn anew a frame later.
        until(page, f"innerWidth === {1300 + at * 20} && {FITTED}")
        still(page)
        if page.evaluate(f"({NAME})(document.activeElement)") != name:
            lost.append(control)
    assert lost == []


def test_arrows_walk_the_drawing_and_enter_opens(page: Any, data: Data) -> None:
    page.focus("#drawing")
    assert page.get_attribute("#live", "aria-live") == "polite"
    assert "Arrow keys" in page.get_attribute("#drawing", "aria-label")
    heard = []
    for arrow in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        page.keyboard.press(arrow)
        heard.append(page.inner_text("#live"))
    assert len(set(heard)) >= 4 and all(heard)
    assert page.evaluate("document.activeElement.id") == "drawing"
    page.keyboard.press("Home")
    first = page.inner_text("#live")
    page.keyboard.press("Enter")
    title = page.inner_text("#docket h2")
    assert page.evaluate("document.activeElement === document.querySelector('#docket h2')")
    names = {node["label"]["en"] for node in data["nodes"]}
    summaries = {prop["summary"]["en"] for prop in data["props"].values()}
    assert title in names | summaries or " speaks about " in title
    if title in names:
        assert first.startswith(f"{title}, ")
    # Back to the drawing, where it was.
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "drawing"
    before = page.evaluate("__network.getScale()")
    page.keyboard.press("+")
    until(page, f"__network.getScale() > {before} * 1.2")
    page.keyboard.press("0")
    until(page, f"__network.getScale() < {before} * 1.15")
    still(page)
    area = box(page, ".canvas")
    assert all(0 < x < area["width"] and 0 < y < area["height"] for x, y in drawn(page).values()), "all fits again"


@pytest.mark.parametrize("small", [ZOOMED, PHONE], ids=["at 200 percent", "on a phone"])
def test_no_control_is_lost(open_file: Any, file: Path, page: Any, small: dict[str, int]) -> None:
    close = open_file(file, viewport=small, device_scale_factor=2)
    # Something can be undone, and something redone.
    for each in (page, close):
        click(each, "position:denied", "position:denied", "undo")
    wide = set(page.evaluate(f"({CONTROLS})().map({NAME})"))
    assert {"undo", "redo"} < wide
    found: set[str] = set(close.evaluate(f"({CONTROLS})().map({NAME})"))
    for opener in (".sheet-open", ".grip"):
        if close.locator(opener).is_visible():
            close.locator(opener).click()
            rest(close)
            assert_fits(close)
            found |= set(close.evaluate(f"({CONTROLS})().map({NAME})"))
            if opener == ".sheet-open":
                close.keyboard.press("Escape")
                rest(close)
    # The cast list of a small screen is a view of its own, with a card for each row.
    click(close, "legend")
    found |= set(close.evaluate(f"({CONTROLS})().map({NAME})"))
    click(close, "view:cast")
    found |= set(close.evaluate(f"({CONTROLS})().map({NAME})"))
    rows = {name for name in wide if name.startswith("cast:")}
    assert len(rows) > 40 and {name.replace("cast:", "card:") for name in rows} <= found
    assert close.locator(key("choice:listSort")).is_visible()
    beside = {name for name in wide if name.startswith("cast-sort:")} | {"cast-list", "cast-find", "filters-fold"}
    # Columns fold where there are columns; a story is put together on a wider screen, and read on any.
    beside |= {"fold:left", "fold:right", "story"}
    assert sorted(wide - found - rows - beside) == []
    assert_fits(close)


def test_sheets_on_a_phone_by_touch(phone: Any, data: Data) -> None:
    assert_fits(phone)
    assert phone.locator("#filters").is_hidden()
    # A tap is a click only after the browser has thought about it.
    phone.tap(".sheet-open")
    phone.locator("#filters").wait_for()
    rest(phone)
    assert phone.get_attribute(".sheet-open", "aria-expanded") == "true"
    assert phone.evaluate("document.activeElement.className").endswith("sheet-close")
    assert_fits(phone)
    phone.locator(key("position:denied")).tap()
    phone.locator(".sheet-open", has_text="Filters · 1").wait_for()
    phone.tap(".sheet-close")
    phone.locator("#filters").wait_for(state="hidden")
    heights = []
    for size in ("half", "full", "peek"):
        phone.tap(".grip")
        until(phone, f"document.body.dataset.panel === '{size}'")
        rest(phone)
        heights.append(box(phone, "#panel")["height"])
    half, full, peek = heights
    assert peek < 60 < half < full <= PHONE["height"]
    assert phone.get_attribute(".grip", "aria-expanded") == "false"
    # A tap on a name opens it.
    names = {node["id"]: node["label"]["en"] for node in data["nodes"] if node["type"] == "node"}
    still(phone)
    area = box(phone, ".canvas")
    ids = [node for node in drawn(phone) if node in names]
    x, y = drawn(phone)[ids[0]]
    phone.touchscreen.tap(area["x"] + x, area["y"] + y)
    until(phone, "document.querySelector('#docket h2').textContent !== 'Start here'")
    assert phone.inner_text("#docket h2") in names.values()
    assert phone.locator("#docket").is_visible()
    assert_fits(phone)


def test_targets_on_a_phone_are_large_enough(phone: Any, data: Data) -> None:
    small = phone.evaluate(
        f"""() => ({CONTROLS})().filter((each) => !each.closest(".skips") && each.id !== "drawing").filter((each) => {{
            const {{width, height}} = (each.closest("label") ?? each).getBoundingClientRect();
            return Math.min(width, height) < 24 && !each.matches("p .link");
        }}).map({NAME})"""
    )
    assert small == []


def test_motion_is_short_or_none(page: Any, open_file: Any, file: Path) -> None:
    slow = """() => [...document.querySelectorAll("*")].flatMap((each) => {
        const {transitionDuration, animationDuration} = getComputedStyle(each);
        return [transitionDuration, animationDuration].flatMap((all) => all.split(",").map(parseFloat));
    }).reduce((most, each) => Math.max(most, each), 0)"""
    assert page.evaluate(slow) <= 0.15
    calm = open_file(file, reduced_motion="reduce", viewport=PHONE)
    assert calm.evaluate(slow) == 0
    before = calm.evaluate("__network.getScale()")
    after = calm.evaluate("(() => { document.querySelector('.zoom button').click(); return __network.getScale(); })()")
    assert after > before, "at once"


def test_a_drag_pins_and_can_be_undone(page: Any, data: Data) -> None:
    node = next(node["id"] for node in data["nodes"] if node["type"] == "node" and node["id"] in drawn(page))
    still(page)
    area, (x, y) = box(page, ".canvas"), drawn(page)[node]
    page.mouse.move(area["x"] + x, area["y"] + y)
    page.mouse.down()
    page.mouse.move(area["x"] + x + 30, area["y"] + y + 20, steps=4)
    page.mouse.up()
    until(page, "!document.querySelector('[data-key=undo]').disabled")
    moved = drawn(page)[node]
    assert abs(moved[0] - x) > 15 or abs(moved[1] - y) > 10
    click(page, "undo")
    assert drawn(page)[node] == pytest.approx((x, y), abs=2)


# --- 5 · axe


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, as a package of the development requirements brings it."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(f"{axe}; undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing(
    request: pytest.FixtureRequest, axe: str, data: Data, tmp_path: Path, size: str, theme: str
) -> None:
    page = request.getfixturevalue("page" if size == "desktop" else "phone")
    if theme == "dark":
        page.click(key("theme"))
    found: dict[str, list[str]] = {}

    def look(what: str) -> None:
        rest(page)
        found[what] = violations(page, axe)
        page.screenshot(path=tmp_path / f"{size}-{theme}-{what}.png")

    look("opening")
    show_prop(page, data, disputed(data)[0])
    click(page, f"speaker:{one_denier(data)[1]}")
    look("relationship")
    show_node(page, data, one_denier(data)[1])
    page.fill("#find", "a")
    look("actor")
    page.keyboard.press("Escape")
    if size == "phone":
        page.click(".grip")
        page.click(".sheet-open")
        look("filters")
        page.click(".sheet-close")
    page.evaluate("document.querySelector('.legend-rule button').click()")
    look("help")
    page.keyboard.press("Escape")
    # Every kind of row; their number adds nothing.
    click(page, "none:speaker", f"speaker:{one_denier(data)[1]}")
    for view in views(page)[1:]:
        click(page, view)
        look(view.removeprefix("view:"))
    assert {what: each for what, each in found.items() if each} == {}


# --- 6 · hostile names


def walk_hostile(page: Any, data: Data, *, most: int) -> None:
    """Opens whatever can be opened; checks after each step."""
    assert_harmless(page)
    page.focus("#drawing")
    walked(page, 40)
    assert_harmless(page)
    page.evaluate("document.querySelector('[data-key=\"shown:all\"]')?.click()")
    painted(page)
    page.evaluate("document.querySelector('.legend-rule button').click()")
    assert_harmless(page)
    page.keyboard.press("Escape")
    for typed in ("<", "script", "{{7*7}}", "x" * 500, "\u202e", "javascript:", "__proto__", "word word"):
        page.fill("#find", typed)
        assert_harmless(page)
    page.keyboard.press("Escape")
    click(page, "view:table")
    assert_harmless(page)
    page.evaluate("document.getElementById('statements').hidden = true")
    rows = page.evaluate("[...document.querySelectorAll('tbody [data-key^=\"row:\"]')].map((e) => e.dataset.key)")
    for at, row in enumerate(rows[:: max(1, len(rows) // most)]):
        click(page, row)
        if at % 8 == 0:
            assert_harmless(page)
            assert (
                page.evaluate(
                    "document.getElementById('docket').scrollWidth - document.getElementById('docket').clientWidth"
                )
                <= 0
            )
        page.evaluate("document.querySelector('#docket article .name')?.click()")
        if at % 8 == 0:
            assert_harmless(page)
            assert (
                page.evaluate(
                    "document.getElementById('docket').scrollWidth - document.getElementById('docket').clientWidth"
                )
                <= 0
            )
    page.evaluate("document.getElementById('statements').hidden = false")
    for name in page.evaluate("[...document.querySelectorAll('#filters input')].map((e) => e.dataset.key)")[:6]:
        click(page, name)
    click(page, "lang:es", "theme", "view:drawing")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert_harmless(page)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_hostile_names_of_a_case_are_text(open_file: Any, tmp_path: Path, viewport: dict[str, int]) -> None:
    case = tmp_path / "hostile.yaml"
    case.write_text(hostile_case(), "utf-8")
    file = tmp_path / "graph.html"
    file.write_text(graph.load(case).page(), "utf-8")
    page = open_file(file, viewport=viewport)
    title = HOSTILE[0]
    assert page.title() == title and page.inner_text("h1") == title
    data = data_of(file.read_text("utf-8"))
    walk_hostile(page, data, most=20)
    for name in HOSTILE[:6]:
        node = next(node for node in data["nodes"] if node["label"]["en"].casefold() == name.casefold())
        language(page, "en")
        show_node(page, data, node["id"])
        assert page.inner_text("#docket h2") == node["label"]["en"], "letter for letter"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_hostile_names_in_every_field_are_text(
    open_file: Any, data: Data, tmp_path: Path, viewport: dict[str, int]
) -> None:
    bad = poisoned(data)
    bad["edition"]["title"] = {"en": HOSTILE[0], "es": HOSTILE[5]}
    bad["documents"] = [
        {**bad["documents"][0], "url": url, "id": document["id"]}
        for document, url in zip([data["documents"][0]] * 1, ["javascript:window.__pwned=1"], strict=True)
    ]
    for at, (kind, record) in enumerate(bad["kinds"].items()):
        if kind != "statement" and at % 3 == 0:
            record.update(shape=HOSTILE[at % 12], hue=HOSTILE[(at + 1) % 12])
    file = tmp_path / "graph.html"
    file.write_text(draw.page(bad, HOSTILE[5], "en"), "utf-8")
    page = open_file(file, viewport=viewport)
    assert page.title() == HOSTILE[0]
    assert not page.locator("a.document-link").count()
    walk_hostile(page, bad, most=30)
    assert page.title() == HOSTILE[5], "{{7*7}} is nobody's template"


def test_only_http_is_ever_a_link(open_file: Any, data: Data, tmp_path: Path) -> None:
    urls = (
        "javascript:window.__pwned=1", " JaVaScRiPt:window.__pwned=1", "java\nscript:window.__pwned=1", "vbscript:x",
        "data:text/html,<script>window.__pwned=1</script>", "file:///etc/passwd", "blob:null/x", "//example.org",
        "not an address", "http://", "#", None,
    )  # fmt: skip
    one = data["documents"][0]
    others = [{**one, "id": f"other{at}", "url": url} for at, url in enumerate(urls)]
    file = tmp_path / "graph.html"
    file.write_text(draw.page({**data, "documents": [one, *others]}, "x", "en"), "utf-8")
    page = open_file(file)
    assert page.locator(".sources li").count() == len(urls) + 1
    assert not page.locator('a:not([href^="#"])').count()


def test_a_link_shows_its_address_and_tells_nobody_where_it_comes_from(
    open_file: Any, data: Data, tmp_path: Path
) -> None:
    made = {**data, "documents": [{**data["documents"][0], "url": "https://example.org/a?b=\"'><i>&c=ñ"}]}
    file = tmp_path / "graph.html"
    file.write_text(draw.page(made, "x", "en"), "utf-8")
    page = open_file(file)
    link = page.locator('a:not([href^="#"])')
    address = "https://example.org/a?b=%22%27%3E%3Ci%3E&c=%C3%B1"
    assert link.get_attribute("href") == address and address in link.inner_text()
    assert address in link.get_attribute("title")
    assert set(link.get_attribute("rel").split()) == {"noreferrer", "noopener"}
    assert page.locator('meta[name="referrer"]').get_attribute("content") == "no-referrer"


# --- whatever else there is


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_clicked_nothing_breaks_and_nothing_is_stated(
    page: Any, data: Data, edition: CaseGraph, seed: int
) -> None:
    """Sixty controls at random, drawn from all there are, in a language of the moment."""
    rng = random.Random(seed)
    bares = {tag: Bare(edition, tag) for tag in LANGUAGES}
    page.evaluate("window.print = () => {}")
    done: list[str] = []
    for step in range(60):
        done.append(
            page.evaluate(
                f"""(chance) => {{
                    const dialog = document.querySelector("dialog[open]");
                    const kinds = "button:not([disabled]), input[type=checkbox]:not([disabled]), select";
                    const all = [...(dialog ?? document).querySelectorAll(kinds)]
                        .filter((each) => each.getClientRects().length && !each.closest(".skips"));
                    // One of a long list is as good as another: rows count for less.
                    const few = all.filter((each, at) => !each.matches(".row-link") || at % 7 === 0);
                    const chosen = few[Math.floor(chance * few.length)];
                    const name = ({NAME})(chosen);
                    if (chosen.tagName === "SELECT") {{
                        chosen.selectedIndex = Math.floor(chance * 1e6) % chosen.options.length;
                        chosen.dispatchEvent(new Event("change", {{bubbles: true}}));
                    }} else chosen.click();
                    return name;
                }}""",
                rng.random(),
            )
        )
        if step % 12 == 11:
            tag = page.evaluate("document.documentElement.lang")
            found = [
                *texts(page),
                *(painted(page) if page.evaluate("document.body.dataset.view === 'drawing'") else []),
            ]
            assert bares[tag].stated(found) == [], done
            assert_harmless(page)
            assert page.locator("h2:visible, h1").count(), done


# --- what it looks like


def test_pictures_are_kept_for_whoever_looks(page: Any, phone: Any, data: Data, tmp_path: Path) -> None:
    for size, shown in (("1440x900", page), ("390x844", phone)):
        for theme in ("light", "dark"):
            shown.screenshot(path=tmp_path / f"{size}-{theme}.png")
            shown.click(key("theme"))
    assert len(list(tmp_path.glob("*.png"))) == 4
