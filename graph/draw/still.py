"""The cast as a still picture: an SVG for a README, a notebook or an article, with its legend and its date inside.

A picture travels without its page. So it says by itself who says what, what the lines mean, when it was made, that a
line is a statement and no finding, and who is not drawn. Colours are attributes, so that any program shows them, and a
style sheet changes them where the reader's theme is dark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from math import hypot

import networkx as nx

from ..network.cast import Tie
from ..network.records import documents_in
from ..words import message
from ..yaml.forms import in_language
from .cast import Placed, choose_cast, place_cast
from .castwords import LEADING, NAME, SMALL, WORDS
from .marks import MARKS
from .measure import width, wrapped
from .payload import About
from .sheet import Box, Point, met
from .signs import JUDGEMENT

#: What is drawn in which colour, light and dark: the palette of the page.
_COLOURS = {
    "ink": ("#1b1d1f", "#eae8e2"), "soft": ("#53575b", "#aeb1b5"), "hair": ("#7b7f84", "#81868c"),
    "paper": ("#fbfaf6", "#15171a"), "raised": ("#fffefc", "#1b1e22"), "sunk": ("#f2efe7", "#101214"),
    "line": ("#d5cfc0", "#30343a"), "accent": ("#0a519c", "#86bdf2"), "person": ("#33658f", "#8bb8e2"),
    "org": ("#7a5a22", "#d3ac6e"), "state": ("#5d4a8c", "#b9aae4"), "event": ("#28695a", "#82c6b3"),
    "doc": ("#5e6266", "#b0b3b6"), "place": ("#7b4a5e", "#dda5ba"), "concept": ("#4c6637", "#a9c58f"),
}  # fmt: skip
_FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
_SERIF = "Charter, 'Bitstream Charter', Georgia, 'Noto Serif', 'DejaVu Serif', serif"
_STROKES = {
    "said": ("soft", 1.2, ""), "implied": ("soft", 1.2, "9 3 1.5 3"), "judgement": ("soft", 1.2, ""),
    "soft": ("ink", 1.4, "5 4"), "notyet": ("ink", 1.8, "0.1 4.4"),
    "accepted": ("ink", 3.0, ""), "disputed": ("ink", 4.2, ""),
}  # fmt: skip
_SPEAKING = ("hair", 1.0, "")
#: What a line gains with each independent origin after the first.
_WIDER = 0.7
#: Half the length of a wave, its height, and how far before the head it runs out straight.
_WAVE, _WAVE_HIGH, _STRAIGHT = 5.0, 2.6, 9.0
_TOP, _MARGIN = 54.0, 12.0
_LISTED, _SOURCES = 8, 3
#: Characters that XML does not allow, not even written as numbers.
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


def picture(network: nx.MultiDiGraph, about: About, language: str) -> str:
    """The cast of a network that `project` made, where it is placed, as SVG text."""
    placed = about.cast or place_cast(network, choose_cast(network), about.places.cast)
    return still(network, placed, language, title=in_language(about.title, language), date=about.version)


def still(network: nx.MultiDiGraph, placed: Placed, language: str, *, title: str, date: str) -> str:
    """The picture as SVG text.

    Parameters
    ----------
    network, placed
        What `project` and `place_cast` made.
    language
        The language of its words.
    title, date
        What it is called, and its version's date.
    """
    wide, high = placed.size
    wide = max(wide, 560.0)
    notes = [row for note in _notes(network, placed, language, date) for row in wrapped(note, SMALL, wide - 24)]
    titles = wrapped(title, 17, wide - 24, bold=True)
    head = wrapped(_head(placed, language), SMALL, wide - 24)
    top = _TOP + 22 * max(0, len(titles) - 1) + 16 * max(0, len(head) - 1)
    legend = list(_legend(placed, language, wide))
    foot = top + high + 20 + 22 * (1 + max(row for row, *_ in legend))
    said = " ".join([message(language, "cast.legend.line"), *_sentences(placed, language)])
    parts = [
        _opening_tag(wide, foot + 16 * len(notes) + 12),
        f"<title>{_safe(title)}</title>",
        f"<desc>{_safe(said)}</desc>",
        f"<style>{_dark()}</style>",
        f'<rect width="100%" height="100%" {_fill("paper")}/>',
        *(_text(_MARGIN, 24 + 22 * n, row, 17, font_weight="600", font_family=_SERIF) for n, row in enumerate(titles)),
        *(
            _text(_MARGIN, 22 * len(titles) + 22 + 16 * n, row, SMALL, colour="soft")
            for n, row in enumerate(head)
        ),
        f'<g transform="translate({(wide - placed.size[0]) / 2:.0f} {top:.0f})">',
        *_frames(placed),
        *_lines(placed, language),
        *_headings(network, placed, language),
        *_nodes(network, placed, language),
        *_words(placed, language),
        "</g>",
        *_drawn_legend(legend, top + high + 20),
        *(_text(_MARGIN, foot + 16 * n, row, SMALL, colour="soft") for n, row in enumerate(notes)),
        "</svg>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _opening_tag(wide: float, high: float) -> str:
    size = f'width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">'


def _dark() -> str:
    rules = "".join(
        f".f-{name}{{fill:{dark}}}.s-{name}{{stroke:{dark}}}" for name, (_, dark) in sorted(_COLOURS.items())
    )
    return f"@media (prefers-color-scheme: dark){{{rules}}}"


def _painted(fill: str = "", stroke: str = "") -> str:
    """Attributes for a fill and a stroke by the names of their colours."""
    classes = " ".join([*([f"f-{fill}"] if fill else []), *([f"s-{stroke}"] if stroke else [])])
    colours = [f'fill="{_COLOURS[fill][0] if fill else "none"}"']
    colours += [f'stroke="{_COLOURS[stroke][0]}"'] if stroke else []
    return f'class="{classes}" {" ".join(colours)}'


def _fill(name: str) -> str:
    return _painted(fill=name)


def _safe(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))


def _head(placed: Placed, language: str) -> str:
    things = sum(not member.actor for member in placed.cast.members)
    return message(language, "cast.head", actors=placed.cast.actors, things=things)


def _sentences(placed: Placed, language: str) -> Iterator[str]:
    """Every line in words, for whoever does not see the picture."""
    names = {node: " ".join(name.title[language]) for node, name in placed.names.items()}
    for tie, words in zip(placed.cast.ties, placed.words, strict=True):
        ends = [names.get(tie.source, ""), " ".join(words.verb[language]), names.get(tie.target, "")]
        yield f"{' – '.join(filter(None, ends))} ({' '.join(words.who[language])})."


def _notes(network: nx.MultiDiGraph, placed: Placed, language: str, date: str) -> list[str]:
    """The rule for reading it, who is not drawn, where it is from and of which date."""
    names = [in_language(network.nodes[node]["label"], language) for node in placed.cast.listed[:_LISTED]]
    left = len(placed.cast.listed) - len(names)
    listed = ", ".join(names) + (message(language, "cast.andMore", n=left) if left > 0 else "")
    checked = any(tie.line == "accepted" for tie in placed.cast.ties)
    documents = [in_language(document["label"], language) for document in documents_in(network)]
    sources = "; ".join(documents[:_SOURCES])
    if len(documents) > _SOURCES:
        sources += message(language, "cast.andMore", n=len(documents) - _SOURCES)
    found = [
        message(language, "cast.legend.line"),
        message(language, "cast.sourceChecked" if checked else "cast.source", sources=sources, date=date),
    ]
    return [*found, message(language, "cast.listed", names=listed)] if names else found


def _text(x: float, y: float, text: str, size: float, *, colour: str = "ink", **more: str) -> str:
    """A row of text. `more`: attributes of SVG, with an underscore for a hyphen; `halo` keeps lines off the letters."""
    halo = more.pop("halo", "")
    written = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    written += ' stroke-width="3" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" {_painted(colour, halo)}{written}>{_safe(text)}</text>'


# --- frames and nodes


def _frames(placed: Placed) -> Iterator[str]:
    for left, top, right, bottom in placed.frames.values():
        yield (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" rx="10" '
            f"{_painted('sunk', 'line')}/>"
        )


def _headings(network: nx.MultiDiGraph, placed: Placed, language: str) -> Iterator[str]:
    """The names of frames, over the lines that lead to whoever is in them."""
    for node, (left, top, _, _) in placed.frames.items():
        name = in_language(network.nodes[node]["label"], language)
        yield _text(left + 12, top + 20, name, NAME, colour="state", font_weight="600", halo="sunk")


def _nodes(network: nx.MultiDiGraph, placed: Placed, language: str) -> Iterator[str]:
    for member in placed.cast.members:
        x, y = placed.at[member.node]
        name = placed.names[member.node]
        wide, high = name.size()
        kind = network.graph["kinds"].get(network.nodes[member.node]["kind"], {})
        hue = kind.get("hue", "")
        hue, shape = hue if hue in _COLOURS else "ink", kind.get("shape", "circle")
        if member.actor:
            yield _glyph(shape, x, y - high / 2 + 14, hue)
            yield from _mark(network.nodes[member.node]["kind"], x, y - high / 2 + 14, hue)
            row = y - high / 2 + 42
        else:
            rounded = 4 if shape == "document" else high / 2 if shape == "ellipse" else 10
            yield (
                f'<rect x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" '
                f'rx="{rounded:.0f}" {_painted("raised", hue)} stroke-width="1.5"/>'
            )
            row = y - (len(name.title[language]) * LEADING[NAME] + len(name.below[language]) * LEADING[SMALL]) / 2 + 13
        middle = {"text_anchor": "middle", "halo": "paper" if member.actor else ""}
        for text in name.title[language]:
            yield _text(x, row, text, NAME, font_weight="600", **middle)
            row += LEADING[NAME]
        for text in name.below[language]:
            yield _text(x, row - 1, text, SMALL, colour="soft", **middle)
            row += LEADING[SMALL]


def _mark(kind: str, x: float, y: float, hue: str) -> Iterator[str]:
    """What tells a kind from others of its shape."""
    for stroke in MARKS.get(kind, ()):
        across, down, *rest = (part * 11 for part in stroke)
        if len(rest) == 1:
            ring = f'{_painted(stroke=hue)} stroke-width="1.4"'
            yield f'<circle cx="{x + across:.1f}" cy="{y + down:.1f}" r="{rest[0]:.1f}" {ring}/>'
        else:
            yield _stroke([(x + across, y + down), (x + rest[0], y + rest[1])], hue, 1.4, "")


def _glyph(shape: str, x: float, y: float, hue: str) -> str:
    style = f'{_painted("raised", hue)} stroke-width="2"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" {style}/>'
    shapes: dict[str, list[Point]] = {
        "hexagon": [(-12, 0), (-6, -10.5), (6, -10.5), (12, 0), (6, 10.5), (-6, 10.5)],
        "diamond": [(0, -13), (13, 0), (0, 13), (-13, 0)],
        "triangle": [(0, -12), (12, 9), (-12, 9)],
        "pentagon": [(0, -12), (11.4, -3.7), (7.1, 9.7), (-7.1, 9.7), (-11.4, -3.7)],
    }
    corners = shapes.get(shape, [(-10, -10), (10, -10), (10, 10), (-10, 10)])
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {style} stroke-linejoin="round"/>'


# --- lines


def _painted_at(placed: Placed, node: str, language: str) -> list[Box]:
    """What is painted of a node or a frame: of an actor its glyph and each row of its name, else the whole box."""
    if node in placed.frames:
        left, top, right, bottom = placed.frames[node]
        return [(((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2))]
    (x, y), name = placed.at[node], placed.names[node]
    wide, high = name.size()
    if not name.actor:
        return [((x, y), (wide / 2, high / 2))]
    parts: list[Box] = [((x, y - high / 2 + 14), (11.0, 11.0))]
    row = y - high / 2 + 38
    for rows, size in ((name.title[language], NAME), (name.below[language], SMALL)):
        for text in rows:
            parts.append(((x, row), (width(text, size, bold=size == NAME) / 2, LEADING[size] / 2 - 2)))
            row += LEADING[size]
    return parts


def _lines(placed: Placed, language: str) -> Iterator[str]:
    papers = {tie.propositions[0]: rows for tie, rows in _papers(placed, language) if tie.kind != "denial"}
    rows = zip(placed.cast.ties, placed.words, placed.lines(), placed.along, placed.bend, strict=True)
    for tie, said, line, along, bend in rows:
        speaking = said.sign == "speaks"
        colour, thick, dash = _SPEAKING if speaking else _STROKES[said.sign]
        thick += _WIDER * (said.origins - 1)
        words = line.words(along, bend)
        first = met(_painted_at(placed, tie.source, language), words, line.first)
        onto = papers[tie.target] if tie.kind == "denial" else _painted_at(placed, tie.target, language)
        points = [first, words, met(onto, words, line.second)]
        yield _wave(points, colour, thick) if said.sign == JUDGEMENT else _stroke(points, colour, thick, dash)
        if said.sign == "disputed":
            yield _stroke(points, "paper", 2.0, "")
        if speaking:
            x, y = points[2]
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" {_painted("paper", colour)}/>'
        else:
            yield _arrow(points[1], points[2], colour)


def _stroke(points: list[Point], colour: str, thick: float, dash: str) -> str:
    dashed = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" {_painted(stroke=colour)} stroke-width="{thick:g}"{dashed}/>'


def _wave(points: list[Point], colour: str, thick: float) -> str:
    """A wavy line, which runs out straight before its head."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for number, (first, second) in enumerate(pairwise(points)):
        dx, dy = second[0] - first[0], second[1] - first[1]
        length = hypot(dx, dy) or 1.0
        waved = max(0.0, length - _STRAIGHT) if number == len(points) - 2 else length
        halves = 2 * int(waved / _WAVE / 2)
        for half in range(halves):
            middle, end = ((half + part) * waved / halves / length for part in (0.5, 1.0))
            off = (-_WAVE_HIGH if half % 2 else _WAVE_HIGH) / length
            path += (
                f"Q{first[0] + dx * middle - dy * off:.1f} {first[1] + dy * middle + dx * off:.1f} "
                f"{first[0] + dx * end:.1f} {first[1] + dy * end:.1f}"
            )
        path += f"L{second[0]:.1f} {second[1]:.1f}"
    return f'<path d="{path}" {_painted(stroke=colour)} stroke-width="{thick:g}"/>'


def _arrow(first: Point, second: Point, colour: str) -> str:
    dx, dy = second[0] - first[0], second[1] - first[1]
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    left, right = ((second[0] - 8 * ux + side * 4 * uy, second[1] - 8 * uy - side * 4 * ux) for side in (1, -1))
    return _stroke([left, second, right], colour, 1.4, "")


def _papers(placed: Placed, language: str) -> Iterator[tuple[Tie, list[Box]]]:
    """Each line with the paper under each row of its words: a line that goes on beside a shorter row is seen there."""
    rows = zip(placed.cast.ties, placed.words, placed.lines(), placed.along, placed.bend, strict=True)
    for tie, words, line, along, bend in rows:
        verb, who = words.verb[language], words.who[language]
        x, y = line.words(along, bend)
        top = y - (len(verb) * LEADING[WORDS] + len(who) * LEADING[SMALL]) / 2
        found: list[Box] = []
        for text, size in (*((row, WORDS) for row in verb), *((row, SMALL) for row in who)):
            high = LEADING[size]
            found.append(((x, top + high / 2), (width(text, size) / 2 + 3, high / 2)))
            top += high
        yield tie, found


def _words(placed: Placed, language: str) -> Iterator[str]:
    for words, (_, papers) in zip(placed.words, _papers(placed, language), strict=True):
        verb, who = words.verb[language], words.who[language]
        for (x, y), (wide, high) in papers:
            yield (
                f'<rect x="{x - wide:.1f}" y="{y - high:.1f}" width="{2 * wide:.1f}" height="{2 * high + 0.5:.1f}" '
                f"{_fill('paper')}/>"
            )
        (x, y), (_, high) = papers[0]
        row = y - high + 12
        for text in verb:
            yield _text(x, row, text, WORDS, text_anchor="middle")
            row += LEADING[WORDS]
        for number, text in enumerate(who):
            colour = "soft" if number < words.unnamed.get(language, 0) else "accent"
            yield _text(x, row - 1, text, SMALL, colour=colour, text_anchor="middle")
            row += LEADING[SMALL]


# --- legend


def _legend(placed: Placed, language: str, wide: float) -> Iterator[tuple[int, float, str, str]]:
    """Row, place, sign and text of each entry with how many lines it is, as they fit the sheet."""
    x, row = _MARGIN, 0
    counts = Counter(words.sign for words in placed.words)
    for line in _STROKES:
        if line != "said" and not counts[line]:
            continue
        text = f"{message(language, f'cast.legend.{line}')} ({counts[line]})"
        long = 42 + width(text, SMALL)
        if x + long > wide - _MARGIN and x > _MARGIN:
            x, row = _MARGIN, row + 1
        yield row, x, line, text
        x += long + 24
    # What stands for several says so in its words, and a payment by its sum.
    if any(len(set(tie.propositions)) > 1 and not tie.shared and tie.kind != "payment" for tie in placed.cast.ties):
        yield row + 1, _MARGIN - 42, "", message(language, "cast.legend.more")


def _drawn_legend(legend: list[tuple[int, float, str, str]], y: float) -> Iterator[str]:
    for row, x, line, text in legend:
        at = y + 22 * row
        if not line:
            yield _text(x + 42, at + 4, text, SMALL)
            continue
        colour, thick, dash = _STROKES[line]
        ends = [(x, at), (x + 34, at)]
        yield _wave(ends, colour, thick) if line == JUDGEMENT else _stroke(ends, colour, thick, dash)
        if line == "disputed":
            yield _stroke(ends, "paper", 2.0, "")
        yield _text(x + 42, at + 4, text, SMALL)
