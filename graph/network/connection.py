"""Two names in, the paths between them out, with readable node ids: `paths` for who works in Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from ..base.names import many
from ..words import known, languages
from ..yaml.forms import in_language
from . import path_text, paths
from .simple import ids


@dataclass(frozen=True, eq=False)
class Connection:
    """A way from one actor to another. No source states the connection: each step is somebody's own statement.

    Attributes
    ----------
    nodes : tuple of str
        The ids on the way, both ends among them; as in `ActorGraph.network`.
    statements : int
        How many separate statements it stands on.
    speakers : tuple of str
        Who makes them, by name, in English.

    Examples
    --------
    >>> way = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")[0]
    >>> way.nodes, way.statements, way.speakers
    (('nayib-bukele', 'donald-trump'), 1, ('bne IntelliNews',))
    """

    nodes: tuple[str, ...]
    statements: int
    speakers: tuple[str, ...]
    _network: nx.MultiDiGraph
    _path: paths.Path

    def text(self, language: str = "en") -> str:
        """The path in words with a footnote for each statement, beginning with what it does not say.

        Parameters
        ----------
        language : str
            "en" or "es".

        Returns
        -------
        str
            Several lines, without a line break at the end.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> way = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")[0]
        >>> "[1]" in way.text()
        True
        """
        return path_text.text(self._network, self._path, known(language))

    def record(self) -> dict[str, Any]:
        """The path as JSON values, with IRIs.

        Returns
        -------
        dict
            What `actorgraph path --json` writes.

        Examples
        --------
        >>> way = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")[0]
        >>> len(way.record()["hops"])
        1
        """
        return path_text.record(self._network, self._path)

    def __repr__(self) -> str:
        return f"<Connection {' – '.join(self.nodes)}: {many(self.statements, 'statement')}>"


class Connections(list[Connection]):
    """The paths between two, the shortest first; `text` says what there is when there is none.

    Examples
    --------
    >>> found = graph.load("cases/us-el-salvador-prison-deal").paths("Boasberg", "Cristosal")
    >>> print(found.text())  # doctest: +ELLIPSIS
    No path found between James E. Boasberg and Cristosal; ...
    """

    def __init__(self, found: Iterable[Connection], otherwise: dict[str, str]) -> None:
        super().__init__(found)
        self._otherwise = otherwise

    def text(self, language: str = "en") -> str:
        """All of them in words, a rule between two; or that there is none.

        Parameters
        ----------
        language : str
            "en" or "es".

        Returns
        -------
        str
            Several lines, without a line break at the end.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> found = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")
        >>> found.text("es") == found[0].text("es")
        True
        """
        rule = f"\n\n{'-' * 60}\n\n"
        return rule.join(one.text(language) for one in self) or self._otherwise[known(language)]


def connections(network: nx.MultiDiGraph, first: str, second: str, walk: paths.Walk) -> Connections:
    """The paths between two who are named by id, name or alias. `QueryError` as for `paths.find`."""
    readable = ids(network)
    named = {name: iri for iri, name in readable.items()}
    a, b = (named.get(name) or paths.named(network, name) for name in (first, second))
    made = [
        Connection(
            tuple(readable[node] for node in path.nodes),
            path.statements,
            tuple(in_language(network.nodes[speaker]["label"], "en") for speaker in path.speakers),
            network,
            path,
        )
        for path in paths.find(network, a, b, walk)
    ]
    return Connections(made, {tag: path_text.no_path(network, a, b, walk.left_out, tag) for tag in languages()})
