"""RDF files as people have them: any ending, packing and encoding, one wrong token, and files that are no RDF."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest
from page_cases.pages import data_of
from processes import run
from rdf_files import KNOWS, XML, E, triples, written

import graph
from graph.base.errors import StoreError
from graph.store import Faults

# --- endings, packing, encodings


@pytest.mark.parametrize("ending", ["ttl", "turtle", "n3", "nt", "ntriples", "nq", "nquads", "trig", "TTL"])
def test_every_usual_ending_is_read(tmp_path: Path, ending: str) -> None:
    assert triples(written(tmp_path, f"people.{ending}", KNOWS)) == [KNOWS.removesuffix(" .")]


@pytest.mark.parametrize("ending", ["rdf", "owl", "xml", "rdfs"])
def test_rdf_xml_has_several_endings(tmp_path: Path, ending: str) -> None:
    assert triples(written(tmp_path, f"people.{ending}", XML)) == [f'<{E}a> <{E}name> "José"']


@pytest.mark.parametrize("ending", ["json", "jsonld", "json-ld"])
def test_json_ld_has_several_endings(tmp_path: Path, ending: str) -> None:
    file = written(tmp_path, f"people.{ending}", f'{{"@id": "{E}a", "{E}knows": {{"@id": "{E}b"}}}}')
    assert triples(file) == [KNOWS.removesuffix(" .")]


@pytest.mark.parametrize(("ending", "packed"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_packed_file_is_read_and_a_cut_one_refused(tmp_path: Path, ending: str, packed: object) -> None:
    data = packed(KNOWS.encode())  # type: ignore[operator]
    assert triples(written(tmp_path, f"people.ttl.{ending}", data)) == [KNOWS.removesuffix(" .")]
    with pytest.raises(StoreError, match=r"cut\.ttl\.\w+: is an incomplete \w+ file \(.+\)\. Fetch it again\.$"):
        triples(written(tmp_path, f"cut.ttl.{ending}", data[:-8]), Faults())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = f'<{E}a> <{E}name> "José" .'
    assert triples(written(tmp_path, "people.ttl", text.encode(encoding))) == [text.removesuffix(" .")]
    json = f'{{"@id": "{E}a", "{E}name": "José"}}'
    assert triples(written(tmp_path, "people.jsonld", json.encode(encoding))) == [text.removesuffix(" .")]


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "windows-1252", "utf-8"])
def test_xml_declares_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{XML}'
    assert triples(written(tmp_path, "people.rdf", text.encode(encoding))) == [f'<{E}a> <{E}name> "José"']


def test_an_encoding_that_nobody_knows_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, "people.rdf", f'<?xml version="1.0" encoding="klingon"?>{XML}')
    with pytest.raises(StoreError, match=r"declares the unknown encoding klingon\. Save it as UTF-8\.$"):
        triples(file)


def test_a_file_is_read_as_what_it_is_when_its_name_says_otherwise(tmp_path: Path) -> None:
    turtle = f"# people\n@prefix ex: <{E}> . ex:a ex:knows ex:b ."
    assert triples(written(tmp_path, "people.owl", turtle)) == [KNOWS.removesuffix(" .")]
    assert triples(written(tmp_path, "people.ttl", XML)) == [f'<{E}a> <{E}name> "José"']


# --- RDF-star of 2021


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt"])
def test_quoted_triples_of_2021_are_read(tmp_path: Path, ending: str) -> None:
    file = written(tmp_path, f"star.{ending}", f"<< <{E}a> <{E}b> <{E}c> >> <{E}source> <{E}gazette> .\n{KNOWS}\n")
    found = triples(file, faults := Faults())
    assert not faults
    assert [row.partition(" ")[2] for row in found if "gazette" in row] == [f"<{E}source> <{E}gazette>"]
    assert any(row.endswith(f"<<( <{E}a> <{E}b> <{E}c> )>>") for row in found) and KNOWS.removesuffix(" .") in found


# --- one wrong token


@pytest.mark.parametrize(
    ("text", "left_out", "place"),
    [
        (f"{KNOWS}\n<{E}a> <{E}page> <{E}a page> .\n<{E}b> <{E}knows> <{E}c> .", 1, ":2:"),
        (f"{KNOWS}\n<{E}a> <{E}page> <{E}%zz> ; <{E}knows> <{E}c> .", 1, ":2:"),
        (f"{KNOWS}\n<{E}a> <{E}page> <http://[x/> .\n<{E}b> <{E}p> <{E}c|d> , <{E}c> .", 2, ":2:"),
        (f"{KNOWS}\nnot:declared <{E}p> <{E}c> .\n<{E}b> <{E}knows> <{E}c> .", 1, ":2:1"),
    ],
)
def test_a_statement_that_cannot_be_read_is_left_out_and_the_rest_is_there(
    tmp_path: Path, text: str, left_out: int, place: str
) -> None:
    file = written(tmp_path, "people.ttl", text)
    found = triples(file, faults := Faults())
    assert len(found) == 2 and found[0] == KNOWS.removesuffix(" .")
    assert (faults.left_out, faults.untagged) == (left_out, 0)
    assert faults.first.startswith(f"{file}{place}")
    with pytest.raises(StoreError, match=r"people\.ttl:2:.*Correct the file\.$"):
        triples(file)


@pytest.mark.parametrize("tag", ["zh-classical", "en_US", "x", "abcdefghi"])
def test_a_text_whose_language_is_none_is_read_without_it(tmp_path: Path, tag: str) -> None:
    # An underscore ends the token: what follows it is a mistake of its own.
    file = written(tmp_path, "people.nt", f'<{E}a> <{E}name> "one"@{tag} .\n<{E}a> <{E}name> "two"@en .\n')
    found = triples(file, faults := Faults())
    assert f'<{E}a> <{E}name> "two"@en' in found and faults.first.startswith(f"{file}:1:")
    if "_" not in tag:
        assert f'<{E}a> <{E}name> "one"' in found and (faults.left_out, faults.untagged) == (0, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.rdf", XML.replace("<ex:name>", '<ex:page rdf:resource="http://example.org/a page"/>\n<ex:name>')),
        ("people.jsonld", f'[{{"@id": "{E}b c", "{E}name": "x"}},\n{{"@id": "{E}a", "{E}name": "José"}}]'),
    ],
)
def test_xml_and_json_go_on_after_a_wrong_address(tmp_path: Path, name: str, text: str) -> None:
    file = written(tmp_path, name, text)
    assert triples(file, faults := Faults()) == [f'<{E}a> <{E}name> "José"']
    assert faults.left_out == 1 and faults.first.startswith(f"{file}:1: ")
    with pytest.raises(StoreError, match=r"people\.\w+:1: .*Invalid IRI code point ' '\. Correct the file\.$"):
        triples(file)


def test_a_graph_is_never_read_on_outside_of_itself(tmp_path: Path) -> None:
    file = written(tmp_path, "g.trig", f"<{E}g> {{ <{E}a> <{E}p> no:prefix . <{E}a> <{E}stole> <{E}c> . }}")
    with pytest.raises(StoreError, match=r"g\.trig:1:.* has not been declared\. Correct the file\.$"):
        triples(file, Faults())
    file = written(tmp_path, "g.ttl", f"<{E}g> {{ <{E}a> <{E}p> <{E}b> . <{E}a> <{E}stole> <{E}c> . }}")
    with pytest.raises(StoreError, match=r"g\.ttl:1:.*: contains named graphs, which its format does not support\."):
        triples(file, Faults())


def test_what_a_formula_of_n3_holds_is_not_said(tmp_path: Path) -> None:
    file = written(tmp_path, "rules.n3", f"{KNOWS} {{ <{E}a> <{E}owes> <{E}b> }} <{E}saidBy> <{E}c> .")
    found = triples(file, faults := Faults())
    assert not any("owes" in row for row in found) and KNOWS.removesuffix(" .") in found
    assert faults.left_out == 1 and "formula" in faults.first


def test_draw_load_query_and_serve_say_what_is_missing_and_strict_refuses(tmp_path: Path) -> None:
    file = written(tmp_path, "people.ttl", f"{KNOWS}\n<{E}a> <{E}page> <{E}a page> .\n")
    page = tmp_path / "people.html"
    for words in (("draw", file, "--out", page), ("load", tmp_path / "kept", file), ("query", file, "ASK {}")):
        told = run(*words)
        assert told.exit_code == 0, told.output
        assert f"{file}:2:50: Invalid IRI code point ' '. 1 statement left out. " in told.stderr
        strict = run(*words, "--strict")
        assert (strict.exit_code, "Correct the file." in strict.stderr) == (1, True)
    opening = data_of(page.read_text("utf-8"))["opening"]
    assert "1 statement could not be parsed and is missing." in opening["en"] and ":2:" in opening["en"]
    assert str(tmp_path) not in opening["en"] + opening["es"]
    assert "1 declaración no pudo leerse y falta." in opening["es"]
    assert graph.load(file).faults.left_out == 1
    with pytest.raises(StoreError, match="people"):
        graph.load(file, strict=True)


# --- contexts


def test_a_context_by_address_is_the_one_that_is_shipped(tmp_path: Path) -> None:
    for context in ('"https://schema.org"', '["http://schema.org/", {"x": "http://x.example/"}]'):
        text = f'{{"@context": {context}, "@type": "Person", "@id": "{E}a", "name": "Ana", "sameAs": "{E}b"}}'
        rows = triples(written(tmp_path, "person.jsonld", text))
        assert f"<{E}a> <http://schema.org/sameAs> <{E}b>" in rows and f'<{E}a> <http://schema.org/name> "Ana"' in rows


@pytest.mark.parametrize(
    ("context", "more", "expected"),
    [
        ("https://www.w3.org/ns/activitystreams", f'"type": "Create", "actor": "{E}b"',
         f"<{E}a> <https://www.w3.org/ns/activitystreams#actor> <{E}b>"),
        ("http://www.w3.org/ns/anno.jsonld", f'"type": "Annotation", "target": "{E}b"',
         f"<{E}a> <http://www.w3.org/ns/oa#hasTarget> <{E}b>"),
        ("https://w3id.org/security/v1", f'"owner": "{E}b"', f"<{E}a> <https://w3id.org/security#owner> <{E}b>"),
        ("https://linked.art/ns/v1/linked-art.json", f'"type": "HumanMadeObject", "current_owner": {{"id": "{E}b"}}',
         f"<{E}a> <http://www.cidoc-crm.org/cidoc-crm/P52_has_current_owner> <{E}b>"),
    ],
)  # fmt: skip
def test_contexts_of_other_vocabularies_that_are_shipped(
    tmp_path: Path, context: str, more: str, expected: str
) -> None:
    assert expected in triples(written(tmp_path, "a.json", f'{{"@context": "{context}", "id": "{E}a", {more}}}'))


@pytest.mark.parametrize(
    ("context", "more", "expected"),
    [
        ("http://openprovenance.org/prov-jsonld.json", f'"wasAttributedTo": "{E}b"',
         f"<{E}a> <http://www.w3.org/ns/prov#wasAttributedTo> <{E}b>"),
        ("https://w3id.org/ro/crate/1.1/context", f'"author": {{"@id": "{E}b"}}',
         f"<{E}a> <http://schema.org/author> <{E}b>"),
        ("https://w3id.org/ro/terms/workflow-run/context", f'"author": {{"@id": "{E}b"}}',
         f"<{E}a> <http://schema.org/author> <{E}b>"),
        ("https://w3id.org/ro/terms/workflow-run/context", f'"connection": {{"@id": "{E}b"}}',
         f"<{E}a> <https://w3id.org/ro/terms/workflow-run#connection> <{E}b>"),
        ("https://w3id.org/ro/terms/test", f'"runsOn": {{"@id": "{E}b"}}',
         f"<{E}a> <https://w3id.org/ro/terms/test#runsOn> <{E}b>"),
        ("https://semiceu.github.io/CPOV/releases/2.1.0/context/core-public-organisation-ap.jsonld",
         f'"org:unitOf": {{"@id": "{E}b"}}', f"<{E}a> <http://www.w3.org/ns/org#unitOf> <{E}b>"),
    ],
)  # fmt: skip
def test_contexts_that_name_a_thing_by_its_keyword(tmp_path: Path, context: str, more: str, expected: str) -> None:
    assert expected in triples(written(tmp_path, "a.json", f'{{"@context": "{context}", "@id": "{E}a", {more}}}'))


def test_contexts_may_be_named_together_where_one_builds_on_the_other(tmp_path: Path) -> None:
    names = '["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]'
    more = f'"author": {{"@id": "{E}b"}}, "sourceParameter": {{"@id": "{E}c"}}'
    found = triples(written(tmp_path, "a.json", f'{{"@context": {names}, "@id": "{E}a", {more}}}'))
    assert f"<{E}a> <http://schema.org/author> <{E}b>" in found
    assert f"<{E}a> <https://w3id.org/ro/terms/workflow-run#sourceParameter> <{E}c>" in found


def test_another_context_is_told_and_never_fetched(tmp_path: Path) -> None:
    file = written(tmp_path, "a.jsonld", '{"@context": "https://nowhere.invalid/c.jsonld", "name": "x"}')
    told = run("draw", file, "--out", tmp_path / "a.html")
    assert told.exit_code == 1
    assert f"{file}: names the context https://nowhere.invalid/c.jsonld, which is not shipped, and nothing is" in (
        told.stderr
    )


# --- files that are no RDF


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.ttl", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "pointer of Git's large-file"),
        ("b.ttl", "<!DOCTYPE html>\n<html><body>Not found</body></html>", "is a web page, not RDF"),
        ("c.rdf", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "is a web page, not RDF"),
        ("d.ttl", "name,owner,since\nAcme,Ana,2001\n", "looks like a table, not RDF"),
        ("e.nt", "PK\x03\x04rest", "is a ZIP archive"),
        ("f.owl", "Prefix(:=<http://example.org/>)\nOntology()", "OWL in functional syntax"),
        ("g.xml", "<graphml>\n<node/></graphml>", "is XML, but not RDF/XML"),
        ("h.ttl", gzip.compress(b"<a> <b> <c> .", mtime=0), "is packed with gzip. Give its name the ending .gz"),
    ],
)
def test_a_file_that_is_no_rdf_is_told_what_it_is(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    file = written(tmp_path, name, content)
    told = run("draw", file, "--out", tmp_path / "page.html")
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1), told.output
    assert told.stderr.startswith(f"{file}: ") and what in told.stderr


@pytest.mark.parametrize("command", ["draw", "check", "serve", "query"])
def test_an_ending_that_nobody_knows_is_told_with_those_that_are_known(tmp_path: Path, command: str) -> None:
    file = written(tmp_path, "people.graph", KNOWS)
    told = run(command, file, *(["denied"] if command == "query" else []))
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{file}: is of no RDF format we know. Use one of .ttl, .turtle, .n3, ")


def deep(form: str, many: int) -> str:
    """A file that is nested so many deep."""
    inner = {
        "rdf": (f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="{E}">',
                "<rdf:Description><e:p>", "x", "</e:p></rdf:Description>", "</rdf:RDF>"),
        "jsonld": (f'{{"@id": "{E}a", "{E}p": ', f'{{"{E}p": ', '"{{{"', "}", "}"),
        "nt": (f"<{E}a> <{E}p> ", f"<<( <{E}a> <{E}p> ", f"<{E}c>", " )>>", " .\n"),
    }  # fmt: skip
    begin, open_, middle, close, end = inner[form]
    return begin + open_ * many + middle + close * many + end


@pytest.mark.parametrize(("form", "many"), [("rdf", 60_000), ("jsonld", 20_000), ("nt", 50_000)])
@pytest.mark.parametrize("strict", [False, True])
def test_a_file_that_is_nested_too_deeply_is_told_and_ends_nothing(
    tmp_path: Path, form: str, many: int, strict: bool
) -> None:
    """Each would end the process that parses it, or keep it for a minute."""
    file = written(tmp_path, f"deep.{form}", deep(form, many))
    with pytest.raises(StoreError, match=r"deep\.\w+: is nested more than [\d,]+ deep\. Write it flat, as N-Quads\.$"):
        triples(file, None if strict else Faults())


@pytest.mark.parametrize("form", ["rdf", "jsonld", "nt"])
def test_a_file_that_is_nested_as_files_are_is_read(tmp_path: Path, form: str) -> None:
    assert len(triples(written(tmp_path, f"deep.{form}", deep(form, 80)))) == (
        1 if form == "nt" else 80 + (form != "rdf")
    )


def test_what_only_looks_nested_is_read(tmp_path: Path) -> None:
    xml = XML.replace(
        "<ex:name>", "<!-- " + "<p><br> " * 9000 + " --><ex:note><![CDATA[" + "<li>" * 9000 + "]]></ex:note><ex:name>"
    )
    assert len(triples(written(tmp_path, "people.rdf", xml))) == 2
    text = "{[" * 90_000 + '\\\\\\"'
    json = f'{{"@id": "{E}a", "{E}name": "{text}", "{E}other": [{{"@id": "{E}b"}}]}}'
    assert len(triples(written(tmp_path, "people.jsonld", json))) == 2


# --- relative addresses


def test_relative_addresses_are_read_against_the_file_in_every_format(tmp_path: Path) -> None:
    base = "file:///people"
    contents = {
        "ttl": "<#me> <p> <> .",
        "trig": "<#me> <p> <> .",
        "n3": "<#me> <p> <> .",
        "jsonld": '{"@context": {"@vocab": "http://e.org/", "p": {"@type": "@id"}}, "@id": "#me", "p": ""}',
        "rdf": XML.replace("http://example.org/a", "#me"),
    }
    for ending, text in contents.items():
        rows = triples(written(tmp_path, f"people.{ending}", text), faults := Faults())
        assert rows and not faults, ending
        assert rows[0].startswith(f"<{base}.{ending}#me> "), ending


@pytest.mark.parametrize(("ending", "tail"), [("nt", ""), ("nq", " <g>"), ("ntriples", ""), ("nquads", "")])
def test_lines_of_triples_have_the_files_address_as_base_too(tmp_path: Path, ending: str, tail: str) -> None:
    name = f"people.{ending}"
    text = f"<#me> <{E}p> <../b>{tail} .\n<> <{E}p> <c d> .\n<#me> <{E}p> <{E}c> .\n"
    rows = triples(written(tmp_path, name, text), faults := Faults())
    graph_name = " <file:///g>" if tail else ""
    assert rows == [f"<file:///{name}#me> <{E}p> <file:///b>{graph_name}", f"<file:///{name}#me> <{E}p> <{E}c>"]
    assert (faults.left_out, faults.first.startswith(f"{tmp_path / name}:")) == (1, True)


def test_a_key_that_no_context_knows_is_counted(tmp_path: Path) -> None:
    text = f'{{"@context": {{"p": "{E}p"}}, "@id": "{E}a", "p": "x", "lost": "y"}}'
    assert triples(written(tmp_path, "a.jsonld", text), faults := Faults()) == [f'<{E}a> <{E}p> "x"']
    assert faults.left_out == 1


def test_relative_addresses_of_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    one = written(tmp_path, "2023/people.ttl", f'<#me> <{E}name> "Ana" ; <{E}knows> <../2024/people.ttl#me> .')
    two = written(tmp_path, "2024/people.ttl", f'<#me> <{E}name> "Ben" .')
    net = graph.load(one, two).projection
    names = {node for node, known in net.nodes(data=True) if known["type"] == "node"}
    assert names == {"file:///2023/people.ttl#me", "file:///2024/people.ttl#me"}
    assert str(tmp_path) not in " ".join(names)
    run("load", tmp_path / "kept", one)
    run("load", tmp_path / "kept", two)
    told = run("query", tmp_path / "kept", f"SELECT ?s {{ ?s <{E}name> ?n }}", "--format", "csv")
    assert sorted(told.stdout.split()[1:]) == [one.resolve().as_uri() + "#me", two.resolve().as_uri() + "#me"]


# --- nobody becomes somebody else


def test_unnamed_nodes_of_files_of_one_name_are_different_people(tmp_path: Path) -> None:
    foaf = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <http://example.org/> ."
    one = written(tmp_path, "2023/people.ttl", f'{foaf} [] a foaf:Person ; foaf:name "Ana" ; ex:chairs ex:acme .')
    two = written(tmp_path, "2024/people.ttl", f'{foaf} [] a foaf:Person ; foaf:name "Ben" ; ex:guiltyOf ex:fraud .')
    net = graph.load(one, two).projection
    names = {known["label"]["en"] for _, known in net.nodes(data=True) if known["type"] == "node"}
    assert {"Ana", "Ben"} <= names
    assert {document["label"]["en"] for document in net.graph["documents"]} == {"2023/people.ttl", "2024/people.ttl"}
    pairs = {(net.nodes[u]["label"]["en"], net.nodes[v]["label"]["en"]) for u, v, known in net.edges(data=True)
             if known["type"] == "relationship"}  # fmt: skip
    assert pairs == {("Ana", "acme"), ("Ben", "fraud")}


def test_labelled_unnamed_nodes_and_unnamed_graphs_stay_apart_too(tmp_path: Path) -> None:
    one = written(tmp_path, "a/x.nq", f'_:b <{E}name> "Ana" _:g .\n')
    two = written(tmp_path, "b/x.nq", f'_:b <{E}name> "Ben" _:g .\n')
    store = graph.load(one, two).dataset
    assert len(set(store.subjects(None, None))) >= 2
    rows = {(str(s), str(g)) for s, p, _, g in store.quads() if str(p) == f"{E}name"}
    assert len({s for s, _ in rows}) == 2 and len({g for _, g in rows}) == 2


def test_a_file_that_is_named_twice_is_one(tmp_path: Path) -> None:
    file = written(tmp_path, "people.ttl", f'[] <{E}name> "Ana" ; <{E}knows> <{E}b> .')
    assert graph.load(file, file).figures == graph.load(file).figures
