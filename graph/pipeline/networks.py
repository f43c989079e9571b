"""Who stands to whom: networks to compute with, paths through them, and speakers compared."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from ..words import known
from .data import Data

if TYPE_CHECKING:
    import networkx as nx

    from ..network.connection import Connections

# networkx is imported where it is used: importing it takes longer than reading a case.
# ruff: noqa: PLC0415


class Networks(Data):
    """The part of `ActorGraph` that is networks."""

    @cached_property
    def projection(self) -> nx.MultiDiGraph:
        """The network with everything as the page and the exports read it. Not to be changed: it is not a copy.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes are IRIs, and so are the keys of edges; attributes are the records of `graph.network.records`, with
            texts in every language. To compute with, take `network` or `evidence`.

        Examples
        --------
        >>> nodes = graph.load("cases/us-el-salvador-prison-deal").projection.nodes(data=True)
        >>> sorted(data["label"]["es"] for _, data in nodes if data["slug"] in ("el-salvador", "united-states"))
        ['El Salvador', 'Estados Unidos']
        """
        from ..network.projection import project

        return project(self._dataset)

    @property
    def network(self) -> nx.MultiDiGraph:
        """Actors and things, and each relationship that somebody affirms and nobody denies: safe to compute with.

        Returns
        -------
        networkx.MultiDiGraph
            A new copy each time, to be changed freely. Nodes are names to type ("nayib-bukele"); every attribute is a
            str, an int or a bool; `graph.network.simple` lists them. Not in it: what is denied or disputed, also in
            part or of a whole group; what is asked, rejected or only mentioned; who only speaks about whom;
            relationships about relationships; sums, dates and other values. `evidence` has all but the values,
            `statements()` all.

        Examples
        --------
        >>> import networkx
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> networkx.shortest_path(case.network.to_undirected(), "nayib-bukele", "donald-trump")
        ['nayib-bukele', 'donald-trump']
        """
        from ..network.simple import safe

        return safe(self.projection)

    @property
    def evidence(self) -> nx.MultiDiGraph:
        """The network with everything: also what is denied, asked, rejected, and who speaks about whom.

        Returns
        -------
        networkx.MultiDiGraph
            A new copy each time. As `network`, and with nodes of kind "statement" for relationships that another one is
            about. Look at `standing` before an edge counts for anything.

        Examples
        --------
        >>> edges = graph.load("cases/us-el-salvador-prison-deal").evidence.edges(data="standing")
        >>> sum(standing == "disputed" for *_, standing in edges)
        2
        """
        from ..network.simple import everything

        return everything(self.projection)

    @property
    def cast(self) -> nx.MultiDiGraph:
        """Whom the page opens with, and how they are tied: the part of `network` that its lines stand for.

        Returns
        -------
        networkx.MultiDiGraph
            A new copy each time: the actors of whom most is said, whom the case names among them, and what joins them.
            It is as safe as `network`: nothing that is denied, nothing that is only speech. A payment is one edge
            between payer and payee with `relation="folded"`, no verb, and the weakest standing of its parts.

        Examples
        --------
        >>> cast = graph.load("cases/us-el-salvador-prison-deal").cast
        >>> "nayib-bukele" in cast
        True
        """
        from ..network.simple import cast

        return cast(self.projection)

    @cached_property
    def outline(self) -> nx.MultiDiGraph:
        """Who stands to whom how, and no more: for measures over millions of statements.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes are IRIs. An edge is a relationship between two of them, keyed by its IRI, with `relation`, `line`
            (how it stands), `status`, `disputed`, `denied_in_part`, `sensitive`, `origins`, `statements` and `label`.
            Also what is denied: look at `line` before an edge counts for anything.

        Examples
        --------
        >>> edges = graph.load("cases/us-el-salvador-prison-deal").outline.edges(data="line")
        >>> sum(line == "disputed" for *_, line in edges)
        2
        """
        from ..network.outline import outline

        return outline(self._dataset)

    def paths(
        self,
        a: str,
        b: str,
        *,
        sensitive: bool = False,
        disputed: bool = False,
        not_yet: bool = False,
        through: Collection[str] = (),
        limit: int = 5,
    ) -> Connections:
        """How two actors are connected, step by step, each step with its statements.

        Parameters
        ----------
        a, b : str
            Ids, names or aliases: "Boasberg".
        sensitive, disputed, not_yet : bool
            Also over what can defame; what somebody denies; what is not so, or not yet. What
            is denied by all who speak of it, asked or rejected is never walked.
        through : collection of str
            Also through these, of "state", "place", "post", "document", "concept"; "speaker": through who speaks about
            both.
        limit : int
            At most so many paths, from 1.

        Returns
        -------
        Connections
            A list, the shortest first, each with `nodes`, `statements`, `speakers` and `text()`. Empty when there is
            none: `text()` of the whole then says what there is instead.

        Raises
        ------
        QueryError
            When a name means nobody, or several; when `through` has another word or `limit` is below 1.

        Examples
        --------
        >>> paths = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")
        >>> paths[0].nodes
        ('nayib-bukele', 'donald-trump')
        """
        from ..network.connection import connections
        from ..network.paths import Walk

        return connections(self.projection, a, b, Walk(sensitive, disputed, not_yet, through, limit))

    def without(self, source: str, language: str = "en") -> str:
        """What rests on one source alone: what is left without any when everything that passed through it is taken out.

        Parameters
        ----------
        source : str
            A speaker, a relay, a publisher or a document, by id, name or alias.
        language : str
            "en" or "es".

        Returns
        -------
        str
            How many statements disappear, and which relationships, actors, denials and answers with them.

        Raises
        ------
        QueryError
            When the name means nothing, or several things; when no statement passes through it; for another language.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> print(case.without("Cristosal").partition(":")[0])
        Without Cristosal
        """
        from ..network import sources

        lost = sources.without(self.projection, self._named(source))
        return sources.text(self.projection, lost, known(language))

    def compare(self, a: str, b: str, language: str = "en") -> str:
        """Two speakers side by side: where they contradict each other, what both say, and what only one does.

        Parameters
        ----------
        a, b : str
            Ids, names or aliases: "Boasberg".
        language : str
            "en" or "es".

        Returns
        -------
        str
            Relationships in their own sentences, under what the two say of them.

        Raises
        ------
        QueryError
            When a name means nobody, or several; for another language.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> print(case.compare("Bukele", "Cristosal").splitlines()[0])
        Nayib Bukele and Cristosal side by side
        """
        from ..network import speakers

        compared = speakers.compare(self.projection, self._named(a), self._named(b))
        return speakers.text(self.projection, compared, known(language))

    def _named(self, word: str) -> str:
        """The node or document that a word means."""
        from ..network import simple, sources

        known = {name: iri for iri, name in simple.ids(self.projection).items()}
        return known.get(word) or sources.named(self.projection, word)
