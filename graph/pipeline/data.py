"""What is held, as RDF, as rows and as figures: the half of an `ActorGraph` that needs no network and no page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from .. import figures
from ..base.terms import PREFIXES
from ..dataset import published
from ..figures import Figures
from ..store import Faults, Memory, in_memory, trig

if TYPE_CHECKING:
    import rdflib

    from ..foreign.reading import Foreign
    from ..query.statements import Statement
    from ..query.table import Row, Table

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


class Data:
    """What was read, to be asked; see `ActorGraph`, which also draws it."""

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign

    # --- what the rest is made from

    @cached_property
    def _dataset(self) -> pyoxigraph.Store:
        """Everything in our vocabulary: the dataset itself, or what was made of somebody else's."""
        from ..foreign import conversion

        return self._foreign.store if self._foreign.ours else conversion.lifted(self._foreign)

    @cached_property
    def everything(self) -> pyoxigraph.Store:
        """The dataset, and somebody else's own triples where it was made of them.

        Returns
        -------
        pyoxigraph.Store
            Quads, in memory; read it, and change a copy.

        Examples
        --------
        >>> len(graph.load("cases/us-el-salvador-prison-deal").everything) > 5000
        True
        """
        if self._foreign.ours:
            return self._dataset
        return in_memory([*self._foreign.store, *self._dataset])

    @cached_property
    def _published(self) -> pyoxigraph.Store:
        """Everything but the indexes of names and ranks, which are in no file."""
        return in_memory(published(self.everything))

    @property
    def _prefixes(self) -> Mapping[str, str]:
        return PREFIXES

    @property
    def faults(self) -> Faults:
        """What could not be read of RDF files: how many statements are missing, and the first place.

        Returns
        -------
        graph.store.Faults
            `left_out` and `untagged` count statements and texts; `first` is where it begins; false when all was read.

        Examples
        --------
        >>> bool(graph.load("cases/us-el-salvador-prison-deal").faults)
        False
        """
        return self._foreign.faults

    @cached_property
    def graph(self) -> rdflib.Graph:
        """Everything as one `rdflib.Graph`, read-only.

        Returns
        -------
        rdflib.Graph
            Every triple of the dataset, whichever named graph it is in. SPARQL on it is answered by Oxigraph, with the
            prefixes known. To change it, copy it: `rdflib.Graph() + case.graph`.

        Raises
        ------
        StoreError
            When it is changed.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> sum(1 for _ in case.graph.subjects(graph.AG.stance, graph.ST.denied))
        2
        """
        from ..store.rdflib_view import as_graph

        return as_graph(self._published, self._prefixes)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same triples as an `rdflib.Dataset` with named graphs, read-only.

        Returns
        -------
        rdflib.Dataset
            Its default graph is the union of all graphs, so that queries see everything.

        Raises
        ------
        StoreError
            When it is changed.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> len(case.dataset) == len(case.graph)
        True
        """
        from ..store.rdflib_view import as_dataset

        return as_dataset(self._published, self._prefixes)

    @cached_property
    def trig(self) -> bytes:
        """The dataset as TriG, the same bytes for the same input.

        Returns
        -------
        bytes
            TriG in UTF-8.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").trig.startswith(b"@prefix ")
        True
        """
        return trig(self._written, self._prefixes)

    @property
    def _written(self) -> Iterable[Quad]:
        return published(self._foreign.store)

    # --- rows

    def query(self, name_or_sparql: str, **parameters: str) -> Table[Row]:
        """Ask a named query, or SPARQL in which the usual prefixes are known.

        Parameters
        ----------
        name_or_sparql : str
            A name of `actorgraph query --list`, or SPARQL 1.1 that reads. It sees the union of all graphs and
            reaches no network.
        **parameters : str
            Values for the query's parameters: `actor="Boasberg"`, `lang="es"`.

        Returns
        -------
        Table of Row
            A list; each row is read by name (`row.who`), the whole with `to_pandas()` or `to_csv()`. ASK gives one row
            with `answer`, CONSTRUCT one row a triple. `why` says why there is none, where that can be known.

        Raises
        ------
        QueryError
            For a wrong query, an unknown name or parameter: one line, with line and column where there is one.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> [row.who for row in case.query("denied")]
        ['White House', "Deportees' supporters", 'Relative of a deportee']
        >>> case.query("SELECT (COUNT(*) AS ?n) { ?claim ag:stance st:denied }")[0].n
        2
        """
        from ..query import sparql
        from ..query.empty import why
        from ..query.table import rows

        named = sparql.is_name(name_or_sparql)
        text = sparql.find(name_or_sparql).ordered if named else name_or_sparql
        # The named queries ask for statements; somebody else's own triples would only add names to names.
        store = self._dataset if named else self.everything
        result = sparql.run(store, text, parameters)
        return rows(result, why(Memory(store), text, parameters) if result.is_empty else "")

    def statements(self, language: str = "en") -> Table[Statement]:
        """Every statement, one row each, in the order of documents and places.

        Parameters
        ----------
        language : str
            "en" or "es", for sentences and names.

        Returns
        -------
        Table of Statement
            A list of frozen dataclasses; `to_pandas()` and `pandas.DataFrame(...)` make a table of it.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> first = graph.load("cases/us-el-salvador-prison-deal").statements()[0]
        >>> first.speaker, first.stance, first.relation
        ('bne IntelliNews', 'asserted', 'took place')
        """
        from ..query.statements import statements

        return statements(Memory(self._dataset), language)

    @cached_property
    def figures(self) -> Figures:
        """Every published count, each defined once.

        Returns
        -------
        graph.figures.Figures
            Whole numbers by name; `Figures.RULES[name].unit` says of what: statements, relationships, speakers, …

        Examples
        --------
        >>> figures = graph.load("cases/us-el-salvador-prison-deal").figures
        >>> figures.statements, figures.speakers, figures.unattributed, figures.mentions
        (251, 18, 13, 2)
        """
        return figures.read(self._dataset)
