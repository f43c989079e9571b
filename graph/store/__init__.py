"""Where quads are kept and queried: memory, a folder (Oxigraph), or a SPARQL 1.1 server by its address."""

from .memory import FORMATS, as_dataset, dumped, in_memory, read_files, trig

__all__ = ["FORMATS", "as_dataset", "dumped", "in_memory", "read_files", "trig"]
