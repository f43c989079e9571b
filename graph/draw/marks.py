"""The small mark inside a glyph, which tells apart kinds that share a shape and a hue.

Strokes in the glyph's own measure: lines `[x, y, x, y]`, parts of its radius from its middle; `[x, y, r]` is a circle.
An organisation, a public body, a person and an actor of no known kind are plain.
"""

from __future__ import annotations

#: Kind → strokes.
MARKS: dict[str, list[list[float]]] = {
    "people": [[0.0, 0.0, 0.5]],
    "media": [[-0.5, -0.36, 0.5, -0.36], [-0.5, 0.0, 0.5, 0.0], [-0.5, 0.36, 0.1, 0.36]],
    "ngo": [[-0.45, 0.0, 0.45, 0.0], [0.0, -0.45, 0.0, 0.45]],
    "company": [[-0.35, 0.45, -0.35, 0.0], [0.0, 0.45, 0.0, -0.4], [0.35, 0.45, 0.35, -0.15]],
    "union": [[0.0, 0.0, 0.4]],
    "political-party": [[-0.3, 0.5, -0.3, -0.45], [-0.3, -0.45, 0.4, -0.2], [0.4, -0.2, -0.3, 0.05]],
    "court": [[-0.45, -0.4, 0.45, -0.4], [0.0, -0.4, 0.0, 0.45]],
    "international-body": [[0.0, 0.0, 0.45], [-0.45, 0.0, 0.45, 0.0]],
}
