"""Two editions compared: which statements came, went or changed, which relationships stand otherwise, who came or went.

Everything is keyed by the page's opaque ids, which cases, TriG files and pages have in common. A statement is the same
when it has the same IRI, which holds its document and its id. One whose IRI was minted at random because something is
withheld is matched by what it says instead.
"""
