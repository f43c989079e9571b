"""A store by its name: `memory`, the folder it is in, or the address of a SPARQL server."""

from __future__ import annotations

import os

from .interface import Store, is_address
from .oxigraph import Folder, Memory
from .remote import Remote

#: Where updates go, for a server of which that does not follow from its address.
UPDATE_URL = "ACTORGRAPH_UPDATE_URL"


def open_store(name: str, command: str = "", *, may_remove: bool = False) -> Store:
    """A store by its name. Nothing is looked at yet: a store that is not there is told when it is asked.

    `command` is what others who want to write a folder are told. `may_remove`: see `Remote`.
    """
    if name == "memory":
        return Memory()
    if is_address(name):
        return Remote(name, os.environ.get(UPDATE_URL) or None, may_remove=may_remove)
    return Folder(name, command)
