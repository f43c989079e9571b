"""Who says what about whom, as everything a user may want of it: the face for Python."""

from __future__ import annotations

import html
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.errors import Finding, StoreError
from ..base.files import write_whole
from ..base.names import many
from ..yaml.forms import in_language
from .networks import Networks

if TYPE_CHECKING:
    from pyvis.network import Network

    from ..draw.data import PageData
    from ..draw.payload import About
    from ..foreign.reading import Foreign

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


class ActorGraph(Networks):
    """Who says what about whom, and who denies it: as RDF, as rows, as a network and as a page.

    `graph.load` makes it, from a case, an RDF file, a store or a SPARQL server. It never changes: graphs and datasets
    are read-only, and networks are handed out as copies that one may change.

    Examples
    --------
    >>> import graph
    >>> case = graph.load("cases/us-el-salvador-prison-deal")
    >>> case.network.number_of_nodes() > 100
    True
    """

    @cached_property
    def about(self) -> About:
        """Title, version, editor and licence, and positions that are kept with a case.

        Returns
        -------
        graph.draw.payload.About
            `title` by language, the others as texts, "" where they are not stated.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").about.title["es"]
        'El acuerdo carcelario entre Estados Unidos y El Salvador, marzo de 2025'
        """
        return self._described()

    def _described(self) -> About:
        from ..draw.payload import About
        from ..foreign.about import described

        told = described(self._foreign)
        return About(told["title"], told["version"], told["editor"], told["licence"], told["corrections"])

    # --- checking

    def check(self) -> list[Finding]:
        """Every problem, the errors among them: form, names, references, fairness, and the shapes of the dataset.

        Returns
        -------
        list of Finding
            Sorted by file and line; empty when there is nothing to mend. `str` of a finding is one line.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").check()
        []
        """
        return list(self._shapes())

    def _shapes(self, places: Mapping[str, tuple[str, int]] | None = None) -> Sequence[Finding]:
        from ..validate import validate

        return validate(self._dataset, places or {}).findings

    # --- drawing

    def pyvis(self, language: str = "en") -> Network:
        """What the page is drawn from, as a `pyvis.network.Network` to change and to show.

        Parameters
        ----------
        language : str
            "en" or "es", for names and hover texts.

        Returns
        -------
        pyvis.network.Network
            A new one each time, with everything: nodes and edges by the ids of `network` and `evidence`, their names,
            shapes, colours, widths, dashes, hover texts, and positions in pixels. `draw(path, network=net)` takes from
            it which nodes and edges there are, their `label`, `shape`, `color`, `size`, `width` and `dashes`, where
            nodes stand (`x`, `y`), and from its options the same and how one moves about (`dragNodes`, `dragView`,
            `zoomView`, `zoomSpeed`). What is added is drawn as added by hand.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> net = case.pyvis()
        >>> net.get_node("nayib-bukele")["shape"] = "star"
        >>> case.draw("out/graph.html", network=net).name
        'graph.html'
        """
        from ..draw.html import view_of

        if self._shown is not self:
            return self._shown.pyvis(language)
        return view_of(self.projection, self._data(language), language)

    def _data(self, language: str) -> PageData:
        """What the page shows, made once for each language; nobody changes it."""
        from ..draw.payload import payload
        from ..words import known

        language = known(language)
        if language not in self._drawn:
            self._drawn[language] = payload(self.projection, self._placed, language)
        return self._drawn[language]

    @cached_property
    def _drawn(self) -> dict[str, PageData]:
        return {}

    @cached_property
    def _placed(self) -> About:
        """With the position of everything, so that the layout is computed once."""
        from ..draw.html import placed

        return placed(self.projection, self._with_cast)

    @cached_property
    def _with_cast(self) -> About:
        """With the position of the cast: a still picture lays nothing else out."""
        from ..draw.html import with_cast

        return with_cast(self.projection, self.about)

    def page(self, language: str = "en", since: str | None = None, network: Network | None = None) -> str:
        """The page as HTML: one file that works offline.

        Parameters
        ----------
        language : str
            "en" or "es": the language in which it opens.
        since : str, optional
            An older page, RDF file or case: what came, went or changed since is marked.
        network : pyvis.network.Network, optional
            A network of `pyvis()`, changed, to draw the page from.

        Returns
        -------
        str
            HTML, the same bytes for the same input.

        Raises
        ------
        CaseError
            When `since` cannot be read.
        QueryError
            For another language.
        OutputError
            When something in `network` cannot be drawn: an unknown shape, a colour that is none.
        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").page("es")[:15]
        '<!doctype html>'
        """
        from ..draw.html import draw

        if self._shown is not self:
            return self._shown.page(language, since, network)
        return draw(self.projection, self._data(language), language, self._mark(since), self.trig, network)

    @property
    def shortened(self) -> str:
        """That a page shows only a part of the data, how large a part, and what shows all of it.

        Returns
        -------
        str
            One line for RDF files in other vocabularies with more than 10,000 nodes or triples, of which a page shows
            what surrounds the nodes with the most ties; "" for all else.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").shortened
        ''
        """
        return "" if self._shown is self else self._drawable.part["en"]

    @cached_property
    def _shown(self) -> ActorGraph:
        """What a page shows: all, or of other data that is too much for a page the part that it draws."""
        return self if self._drawable is self._foreign else ActorGraph(self._drawable)

    @cached_property
    def _drawable(self) -> Foreign:
        from ..foreign.part import drawable

        return drawable(self._foreign)

    def _mark(self, since: str | None) -> Any:
        from ..foreign.about import opening_lines

        if since is not None:
            from ..draw.since import mark
            from .snapshots import snapshot

            old = snapshot(since)
            return lambda data: mark(data, old, self._conceals)
        if self._foreign.ours:
            return None
        if not any(known["type"] == "node" for _, known in self.projection.nodes(data=True)):
            raise StoreError(
                f"{self._foreign.names}: has nothing to draw: no names, values or ties between things, only triples "
                "such as empty lists. Use actorgraph query to see them."
            )
        opening = opening_lines(self._dataset, self.projection.graph["figures"], self._foreign)
        part = {"part": told} if (told := self._foreign.part) else {}
        return lambda data: {**data, "lifted": True, "opening": opening, **part}

    def _conceals(self, _ids: Iterable[str], _texts: Iterable[str]) -> bool:
        """Whether ids or texts of an older edition tell what is withheld."""
        return False

    def draw(
        self,
        path: str | os.PathLike[str],
        *,
        language: str = "en",
        since: str | None = None,
        network: Network | None = None,
    ) -> Path:
        """Write the page to a file, whole or not at all.

        Parameters
        ----------
        path : str or path
            The file; folders that are not there are made.
        language, since, network
            As for `page`.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        OutputError
            When it cannot be drawn or written; what stood there is untouched. For the rest, see `page`.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").draw("out/graph.html").name
        'graph.html'
        """
        write_whole(Path(path), self.page(language, since, network))
        return Path(path)

    def svg(self, language: str = "en") -> str:
        """The cast as a still picture: who is in the story and how they are tied, with who says so on each line.

        Parameters
        ----------
        language : str
            "en" or "es".

        Returns
        -------
        str
            SVG, the same bytes for the same input. It carries its title, date, sources and legend, takes the reader's
            light or dark theme, and asks nothing of any network.

        Raises
        ------
        QueryError
            For another language.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").svg()[:4]
        '<svg'
        """
        from ..draw.still import picture
        from ..words import known

        if self._shown is not self:
            return self._shown.svg(language)
        return picture(self.projection, self._with_cast, known(language))

    def still(self, path: str | os.PathLike[str], *, language: str = "en") -> Path:
        """Write the still picture of the cast to a file, whole or not at all.

        Parameters
        ----------
        path : str or path
            The file; folders that are not there are made.
        language : str
            As for `svg`.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        QueryError
            For another language.
        OutputError
            When it cannot be written; what stood there is untouched.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").still("out/graph.svg").name
        'graph.svg'
        """
        write_whole(Path(path), self.svg(language))
        return Path(path)

    def __repr__(self) -> str:
        """One line: title, documents, actors, relationships, statements, disputed."""
        n = self.figures
        counted = [
            many(n.documents, "document"), many(n.actors, "actor"), many(n.relationships, "relationship"),
            many(n.statements, "statement"), f"{n.disputed:,} disputed",
        ]  # fmt: skip
        return f"<ActorGraph {in_language(self.about.title, 'en')}: {', '.join(counted)}>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, for a notebook: offline, apart from the notebook's own scripts."""
        title = html.escape(in_language(self.about.title, "en"))
        page = html.escape(self.page())
        return (
            f'<iframe title="{title}" srcdoc="{page}" sandbox="allow-scripts allow-downloads allow-popups" '
            'style="width: 100%; height: 640px; border: 0"></iframe>'
        )
