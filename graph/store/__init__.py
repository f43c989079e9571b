"""Where quads are kept and queried: memory, a folder (Oxigraph), or a SPARQL 1.1 server by its address.

`location.open_store` opens any of them by its name; it is apart, because only who asks a server pays for importing
HTTP.
"""

from .faults import Faults
from .files import FORMATS, Progress, format_of
from .interface import Answer, Solutions, Store
from .memory import dumped, in_memory, read_files, trig
from .oxigraph import Folder, Memory

__all__ = [
    "FORMATS",
    "Answer",
    "Faults",
    "Folder",
    "Memory",
    "Progress",
    "Solutions",
    "Store",
    "dumped",
    "format_of",
    "in_memory",
    "read_files",
    "trig",
]
