"""The cast as a still picture: an SVG for a README, a notebook or an article, with its legend and its date inside.

A picture travels without its page. So it says by itself who says what, what the lines mean, when it was made, that a
line is a statement and no finding, and who is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import hypot

import networkx as nx

from ..words import message
from .cast import LEADING, NAME, SMALL, WORDS, Placed
from .measure import width, wrapped
from .sheet import Point, between, border

#: Ink and paper; the same calm palette as the page's light theme.
_INK, _SOFT, _FAINT, _PAPER, _ACCENT = "#1c1b19", "#5f5b54", "#8a857b", "#fcfbf8", "#0b4f94"
_HUES = {
    "person": "#2b5f8f", "org": "#8a5a17", "state": "#5b4a8a", "event": "#1d6b52", "doc": "#4b5560", "place": "#4b6b2a",
    "concept": "#5a5f3a",
}  # fmt: skip
_FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
_STROKES = {
    "said": (_FAINT, 1.2, ""), "soft": (_INK, 1.4, "5 4"), "notyet": (_INK, 1.6, "0.1 4.4"),
    "accepted": (_INK, 3.0, ""), "disputed": (_INK, 4.2, ""),
}  # fmt: skip
_FOOT = 62.0


def still(network: nx.MultiDiGraph, placed: Placed, language: str, *, title: str, date: str, sources: str) -> str:
    """The picture as SVG text.

    Parameters
    ----------
    network, placed
        What `project` and `place_cast` made.
    language
        The language of its words.
    title, date, sources
        What it is called, its version's date and its documents, as a reader is told.
    """
    wide, high = placed.size
    top = 54.0
    notes = _notes(network, placed, language, date, sources)
    rows = [row for note in notes for row in wrapped(note, SMALL, wide - 24)]
    bottom = _FOOT + 16 * len(rows)
    parts = [
        _opening_tag(wide, top + high + bottom),
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
        _text(12, 24, title, 17, weight="600", family="Georgia, 'Noto Serif', 'DejaVu Serif', serif"),
        _text(12, 44, _head(placed, language), SMALL, fill=_SOFT),
        f'<g transform="translate(0 {top:.0f})">',
        *_frames(network, placed, language),
        *_lines(placed),
        *_nodes(network, placed, language),
        *_words(placed, language),
        "</g>",
        *_legend(language, top + high + 20),
        *(_text(12, top + high + _FOOT + 16 * n, row, SMALL, fill=_SOFT) for n, row in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening_tag(wide: float, high: float) -> str:
    size = f'width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">'


def _head(placed: Placed, language: str) -> str:
    things = sum(not member.actor for member in placed.cast.members)
    return message(language, "cast.head", actors=placed.cast.actors, things=things)


def _notes(network: nx.MultiDiGraph, placed: Placed, language: str, date: str, sources: str) -> list[str]:
    names = [network.nodes[node]["label"].get(language, "") for node in placed.cast.listed[:8]]
    left = len(placed.cast.listed) - len(names)
    listed = ", ".join(filter(None, names)) + (message(language, "cast.andMore", n=left) if left > 0 else "")
    checked = any(tie.line == "accepted" for tie in placed.cast.ties)
    found = [message(language, "cast.sourceChecked" if checked else "cast.source", sources=sources, date=date)]
    return [message(language, "cast.listed", names=listed), *found] if names else found


def _text(
    x: float, y: float, text: str, size: float, *, fill: str = _INK, weight: str = "400", anchor: str = "start",
    family: str = "",
) -> str:  # fmt: skip
    extra = f' font-family="{family}"' if family else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}"{extra}>{escape(text)}</text>'
    )


# --- frames and nodes


def _frames(network: nx.MultiDiGraph, placed: Placed, language: str) -> Iterator[str]:
    for node, (left, top, right, bottom) in placed.frames.items():
        yield (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" rx="10" '
            f'fill="#f3f0e8" stroke="#d5cfc0"/>'
        )
        name = network.nodes[node]["label"].get(language, "")
        yield _text(left + 12, top + 20, name, NAME, fill=_HUES["state"], weight="600")


def _nodes(network: nx.MultiDiGraph, placed: Placed, language: str) -> Iterator[str]:
    for member in placed.cast.members:
        x, y = placed.at[member.node]
        name = placed.names[member.node]
        wide, high = name.size()
        kind = network.graph["kinds"].get(network.nodes[member.node]["kind"], {})
        hue = _HUES.get(kind.get("hue", ""), _INK)
        if member.actor:
            yield _glyph(kind.get("shape", "circle"), x, y - high / 2 + 14, hue)
            row = y - high / 2 + 42
        else:
            rounded = 4 if kind.get("shape") == "document" else high / 2 if kind.get("shape") == "ellipse" else 10
            yield (
                f'<rect x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" '
                f'rx="{rounded:.0f}" fill="#fff" stroke="{hue}" stroke-width="1.5"/>'
            )
            row = y - (len(name.title[language]) * LEADING[NAME] + len(name.below[language]) * LEADING[SMALL]) / 2 + 13
        for text in name.title[language]:
            yield _halo(_text(x, row, text, NAME, weight="600", anchor="middle"))
            row += LEADING[NAME]
        for text in name.below[language]:
            yield _halo(_text(x, row - 1, text, SMALL, fill=_SOFT, anchor="middle"))
            row += LEADING[SMALL]


def _halo(text: str) -> str:
    return text.replace("<text ", f'<text stroke="{_PAPER}" stroke-width="3" paint-order="stroke" ', 1)


def _glyph(shape: str, x: float, y: float, hue: str) -> str:
    style = f'fill="#fff" stroke="{hue}" stroke-width="2"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" {style}/>'
    shapes: dict[str, list[Point]] = {
        "hexagon": [(-12, 0), (-6, -10.5), (6, -10.5), (12, 0), (6, 10.5), (-6, 10.5)],
        "diamond": [(0, -13), (13, 0), (0, 13), (-13, 0)],
        "triangle": [(0, -12), (12, 9), (-12, 9)],
    }
    corners = shapes.get(shape, [(-11, -11), (11, -11), (11, 11), (-11, 11)])
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {style} stroke-linejoin="round"/>'


# --- lines


def _lines(placed: Placed) -> Iterator[str]:
    for tie, (first, second) in zip(placed.cast.ties, line_ends(placed), strict=True):
        speaking = tie.kind in ("speech", "denial")
        colour, thick, dash = _STROKES["said" if tie.kind == "denial" else tie.line if tie.line in _STROKES else "said"]
        yield _stroke(first, second, colour, thick, dash)
        if tie.line == "disputed" and not speaking:
            yield _stroke(first, second, _PAPER, 1.8, "")
        if speaking:
            yield f'<circle cx="{second[0]:.1f}" cy="{second[1]:.1f}" r="3" fill="{_PAPER}" stroke="{colour}"/>'
        else:
            yield _arrow(first, second, colour)


def _stroke(first: Point, second: Point, colour: str, thick: float, dash: str) -> str:
    dashed = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash else ""
    return (
        f'<line x1="{first[0]:.1f}" y1="{first[1]:.1f}" x2="{second[0]:.1f}" y2="{second[1]:.1f}" stroke="{colour}" '
        f'stroke-width="{thick}"{dashed}/>'
    )


def _arrow(first: Point, second: Point, colour: str) -> str:
    dx, dy = second[0] - first[0], second[1] - first[1]
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    points = " ".join(
        f"{second[0] - 8 * ux + side * 4 * uy:.1f},{second[1] - 8 * uy - side * 4 * ux:.1f}" for side in (1, -1)
    ).split()
    return (
        f'<polyline points="{points[0]} {second[0]:.1f},{second[1]:.1f} {points[1]}" fill="none" stroke="{colour}" '
        f'stroke-width="1.4"/>'
    )


def _words(placed: Placed, language: str) -> Iterator[str]:
    for words, (first, second), along in zip(placed.words, line_ends(placed), placed.along, strict=True):
        verb, who = words.verb[language], words.who[language]
        x, y = between(first, second, along)
        wide = max([width(row, WORDS) for row in verb] + [width(row, SMALL) for row in who]) + 6
        high = len(verb) * LEADING[WORDS] + len(who) * LEADING[SMALL] + 2
        yield (
            f'<rect x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="3" '
            f'fill="{_PAPER}" fill-opacity="0.9"/>'
        )
        row = y - high / 2 + 13
        for text in verb:
            yield _text(x, row, text, WORDS, anchor="middle")
            row += LEADING[WORDS]
        for text in who:
            yield _text(x, row - 1, text, SMALL, fill=_ACCENT, anchor="middle")
            row += LEADING[SMALL]


def _legend(language: str, y: float) -> Iterator[str]:
    x = 12.0
    for line in ("said", "soft", "notyet", "disputed", "accepted"):
        colour, thick, dash = _STROKES[line]
        yield _stroke((x, y), (x + 34, y), colour, thick, dash)
        if line == "disputed":
            yield _stroke((x, y), (x + 34, y), _PAPER, 1.8, "")
        text = message(language, f"cast.legend.{line}")
        yield _text(x + 42, y + 4, text, SMALL)
        x += 42 + width(text, SMALL) + 24
    yield _text(12, y + 22, message(language, "cast.legend.line"), SMALL, fill=_SOFT)
