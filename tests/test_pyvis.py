"""The page is drawn from the pyvis network: what is changed in it is changed on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyvis.network import Network

import graph
from graph.base.ids import short
from graph.pipeline import ActorGraph

CASE = Path(__file__).resolve().parent.parent / "cases" / "us-el-salvador-prison-deal"
CAST = ("nayib-bukele", "donald-trump")


@pytest.fixture(scope="module")
def case() -> ActorGraph:
    return graph.load(CASE)


@pytest.fixture
def net(case: ActorGraph) -> Network:
    return case.pyvis()


def data(page: str) -> dict[str, Any]:
    """What the page was given to draw."""
    found = re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def node(case: ActorGraph, page: dict[str, Any], name: str) -> dict[str, Any]:
    wanted = short(case.evidence.nodes[name]["iri"]) if name in case.evidence else short(f"pyvis {name}")
    return next(each for each in page["nodes"] if each["id"] == wanted)


def test_it_holds_all_that_the_page_draws_by_readable_ids(case: ActorGraph, net: Network) -> None:
    page = data(case.page())
    assert set(net.get_nodes()) == set(case.evidence)
    assert len(net.nodes) == len(page["nodes"]) and len(net.edges) == len(page["edges"])
    bukele = net.get_node("nayib-bukele")
    assert (bukele["label"], bukele["shape"]) == ("Nayib Bukele", "dot") and bukele["title"].startswith("person")
    assert all(edge["label"] and edge["title"] for edge in net.edges)
    denied = [edge for edge in net.edges if edge["width"] == 5.0]
    assert len(denied) == sum(standing == "disputed" for *_, standing in case.evidence.edges(data="standing"))


def test_unchanged_it_gives_the_page_that_is_drawn_without_it(case: ActorGraph, net: Network) -> None:
    assert case.page(network=net) == case.page()
    assert case.page("es", network=net) == case.page("es")


def test_what_is_changed_is_changed_on_the_page(case: ActorGraph, net: Network) -> None:
    before = data(case.page())
    edge = next(edge for edge in net.edges if (edge["from"], edge["to"]) == CAST)
    edge.update(color="#ff0000", width=4, dashes=True, label="ties, says bne")
    net.edges.remove(next(edge for edge in net.edges if edge["from"] == "aligned-leaders"))
    net.get_node("nayib-bukele").update(shape="star", color={"background": "#eeeeee", "border": "#123456"}, size=30)
    net.get_node("donald-trump").update(label="The President", x=before["nodes"][0]["x"] + 1000, y=7)
    net.add_node("newcomer", label="A newcomer", x=10, y=20, color="teal")
    net.add_edge("newcomer", "nayib-bukele", label="writes to")
    net.set_options('{"interaction": {"zoomView": false, "keyboard": true}, "edges": {"width": 2}}')
    after = data(case.page(network=net))
    assert node(case, after, "nayib-bukele")["look"] == {
        "stroke": "#123456", "fill": "#eeeeee", "shape": "star", "size": 2.0,
    }  # fmt: skip
    trump, old = node(case, after, "donald-trump"), node(case, before, "donald-trump")
    assert trump["label"] == {"en": "The President", "es": "The President"} and trump["y"] == 7
    assert trump["oy"] is None or trump["oy"] - old["oy"] == pytest.approx(7 - old["y"])
    newcomer = node(case, after, "newcomer")
    assert (newcomer["x"], newcomer["y"], newcomer["look"]) == (10, 20, {"stroke": "teal", "shape": "circle"})
    assert after["kinds"]["added"]["label"]["en"] == "added by hand"
    assert len(after["edges"]) == len(before["edges"])  # one came, one went
    came = [edge for edge in after["edges"] if edge["type"] == "added"]
    assert [(edge["from"], edge["label"]["en"]) for edge in came] == [(newcomer["id"], "writes to")]
    painted = [edge for edge in after["edges"] if edge.get("look", {}).get("stroke") == "#ff0000"]
    assert [(edge["look"], edge["label"]["en"]) for edge in painted] == [
        ({"stroke": "#ff0000", "width": 4.0, "dashes": [5, 4]}, "ties, says bne")
    ]
    assert sum(edge.get("look", {}).get("width") == 2.0 for edge in after["edges"]) >= len(after["edges"]) - 2
    assert after["options"] == {"interaction": {"zoomView": False}}
    assert (after["props"], after["claims"]) == (before["props"], before["claims"])


def test_a_node_that_is_taken_out_takes_its_lines_along(case: ActorGraph, net: Network) -> None:
    net.nodes.remove(net.get_node("nayib-bukele"))
    net.get_node("donald-trump")["hidden"] = True
    after = data(case.page(network=net))
    gone = {short(case.evidence.nodes[name]["iri"]) for name in CAST}
    assert not gone & {each["id"] for each in after["nodes"]}
    assert not gone & {edge[end] for edge in after["edges"] for end in ("from", "to")}


def wrong_colour(net: Network) -> None:
    net.get_node("nayib-bukele")["color"] = 'red" onload="x'


def wrong_shape(net: Network) -> None:
    net.get_node("nayib-bukele")["shape"] = "image"


def wrong_width(net: Network) -> None:
    net.edges[0]["width"] = "wide"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (wrong_colour, r'node nayib-bukele: "red" onload="x" is not a colour\. Write "#33658f", .* or a name of CSS\.'),
        (wrong_shape, r"node nayib-bukele: the shape image cannot be drawn\. Use one of dot, .*"),
        (wrong_width, r"edge .*: width: wide is not a size in pixels\. Write a number from 0 to 10000\."),
    ],
)
def test_what_cannot_be_drawn_is_one_line(
    case: ActorGraph, net: Network, change: Callable[[Network], None], told: str, tmp_path: Path
) -> None:
    change(net)
    with pytest.raises(graph.OutputError, match=f"^{told}$"):
        case.draw(tmp_path / "page.html", network=net)
    assert not (tmp_path / "page.html").exists()


@pytest.mark.browser
def test_the_browser_draws_it_so(case: ActorGraph, net: Network, browser: Any, tmp_path: Path) -> None:
    """The pixels of a colour that no theme has are there, with the words of the line that was added."""
    hostile = "</script><script>window.hit = 1</script>"
    net.get_node("el-salvador").update(color={"background": "#00ff7f", "border": "#00ff7f"}, size=60)
    net.add_node(hostile, label=hostile, x=40, y=60, color={"background": "#ff00ff", "border": "#ff00ff"}, size=40)
    net.add_edge(hostile, "el-salvador", label="writes to", color="#ff00ff", width=6)
    path = case.draw(tmp_path / "page.html", network=net)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("canvas")
    page.wait_for_function(COUNT, arg=[255, 0, 255])
    page.wait_for_function(COUNT, arg=[0, 255, 127])
    assert page.evaluate("window.hit") is None
    assert (asked, errors) == ([path.as_uri()], [])
    page.close()


#: How many pixels of a colour the canvas holds: enough of them for a node.
COUNT = """([r, g, b]) => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) found += data[i] === r && data[i + 1] === g && data[i + 2] === b;
  return found > 500;
}"""
