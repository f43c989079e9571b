"""The main job from end to end, owned by one object: load, check, dataset, network, draw.

The command line, `build_graph.py` and notebooks all use it.

    cases/*.yaml ─┐
    RDF files    ─┼─ load → ActorGraph → check, dataset, network, draw
    a store      ─┘
"""

from __future__ import annotations

import html
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from . import figures
from .base.errors import CaseError, Finding, StoreError
from .base.files import write_whole
from .base.garbage import paused
from .base.names import many
from .base.terms import PREFIXES
from .case import reader as reading
from .case.model import Case
from .dataset import build, prefixes_used
from .figures import Figures
from .ingest import settle as settle_evidence
from .redaction.redact import Redaction, redact
from .standing import Dockets, review, settle
from .store import Faults, Memory, dumped, format_of, in_memory, read_files, trig
from .store.files import unknown
from .yaml.forms import in_language

if TYPE_CHECKING:
    import networkx as nx
    import rdflib
    from pyvis.network import Network

    from .diff.snapshot import Snapshot
    from .draw.payload import About
    from .foreign.conversion import Foreign
    from .network.connection import Connections
    from .query.statements import Statement
    from .query.table import Row, Table

# What draws, and rdflib, are imported where they are used: importing any of them takes longer than building a case.
# ruff: noqa: PLC0415


class ActorGraph:
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

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign

    # --- what the rest is made from

    @cached_property
    def _dataset(self) -> pyoxigraph.Store:
        """Everything in our vocabulary: the dataset itself, or what was made of somebody else's."""
        from .foreign import conversion

        return self._foreign.store if self._foreign.ours else conversion.lifted(self._foreign)

    @cached_property
    def everything(self) -> pyoxigraph.Store:
        """The dataset, and somebody else's own triples where it was made of them.

        Examples
        --------
        >>> len(graph.load("cases/us-el-salvador-prison-deal").everything) > 5000
        True
        """
        if self._foreign.ours:
            return self._dataset
        return in_memory([*self._foreign.store, *self._dataset])

    @property
    def _prefixes(self) -> Mapping[str, str]:
        return PREFIXES

    @property
    def faults(self) -> Faults:
        """What could not be read of RDF files: how many statements are missing, and the first place.

        Examples
        --------
        >>> bool(graph.load("cases/us-el-salvador-prison-deal").faults)
        False
        """
        return self._foreign.faults

    @cached_property
    def about(self) -> About:
        """Title, version, editor and licence, and positions that are kept with a case."""
        from .draw.payload import About
        from .foreign.conversion import described

        told = described(self._foreign)
        return About(told["title"], told["version"], told["editor"], told["licence"], told["corrections"])

    @cached_property
    def projection(self) -> nx.MultiDiGraph:
        """The network as our own modules read it: nodes are IRIs, attributes are structured. Not to be changed."""
        from .network.projection import project

        return project(self._dataset)

    # --- RDF

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
        from .store.rdflib_view import as_graph

        return as_graph(self.everything, self._prefixes)

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
        from .store.rdflib_view import as_dataset

        return as_dataset(self.everything, self._prefixes)

    @cached_property
    def trig(self) -> bytes:
        """The dataset as TriG in UTF-8, the same bytes for the same input.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").trig.startswith(b"@prefix ")
        True
        """
        return trig(self._foreign.store, self._prefixes)

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
            with `answer`, CONSTRUCT one row a triple.

        Raises
        ------
        QueryError
            For a wrong query, an unknown name or parameter: one line, with line and column where there is one.

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> [row.who for row in case.query("denied")]
        ['White House', 'Family members who spoke out', 'Relative who wrote on social media']
        >>> case.query("SELECT (COUNT(*) AS ?n) { ?claim ag:stance st:denied }")[0].n
        2
        """
        from .query import sparql
        from .query.table import rows

        named = not any(character.isspace() or character == "{" for character in name_or_sparql)
        text = sparql.find(name_or_sparql).text if named else name_or_sparql
        # The named queries ask for statements; somebody else's own triples would only add names to names.
        store = self._dataset if named else self.everything
        return rows(sparql.run(store, text, parameters))

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
        ('bne IntelliNews', 'asserted', 'payer')
        """
        from .query.statements import statements

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

    # --- networks

    @property
    def network(self) -> nx.MultiDiGraph:
        """Actors and things, and each relationship that somebody affirms and nobody denies: safe to compute with.

        Returns
        -------
        networkx.MultiDiGraph
            A new copy each time, to be changed freely. Nodes are names to type ("nayib-bukele"); every attribute is a
            str, an int or a bool; `graph.network.simple` lists them. Not in it: what is denied or disputed, also in
            part; what is asked, rejected or only mentioned; who only speaks about whom; relationships about
            relationships; sums, dates and other values. `evidence` has all but the values, `statements()` all.

        Examples
        --------
        >>> import networkx
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> networkx.shortest_path(case.network.to_undirected(), "nayib-bukele", "donald-trump")
        ['nayib-bukele', 'donald-trump']
        """
        from .network.simple import safe

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
        from .network.simple import everything

        return everything(self.projection)

    @property
    def cast(self) -> nx.MultiDiGraph:
        """The actors, tied directly and through the events they took part in; as safe as `network`.

        Returns
        -------
        networkx.MultiDiGraph
            A new copy each time. Every actor is a node, tied or not. An edge that stands for an event has
            `relation="folded"`, no verb, and the weakest standing of its parts.

        Examples
        --------
        >>> cast = graph.load("cases/us-el-salvador-prison-deal").cast
        >>> all(actor for _, actor in cast.nodes(data="actor"))
        True
        """
        from .network.simple import cast

        return cast(self.projection)

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
            Also over what can defame; what somebody denies; what is planned, possible, required or hypothetical. What
            is denied by all who speak of it, asked or rejected is never walked.
        through : collection of str
            Also through these, of "state", "place", "post", "document", "concept"; "speaker": through who speaks about
            both.
        limit : int
            At most so many paths.

        Returns
        -------
        Connections
            A list, the shortest first, each with `nodes`, `statements`, `speakers` and `text()`. Empty when there is
            none: `text()` of the whole then says what there is instead.

        Raises
        ------
        QueryError
            When a name means nobody, or several; when `through` has another word.

        Examples
        --------
        >>> paths = graph.load("cases/us-el-salvador-prison-deal").paths("Bukele", "Donald Trump")
        >>> paths[0].nodes
        ('nayib-bukele', 'donald-trump')
        """
        from .network.connection import connections

        return connections(
            self.projection, a, b, sensitive=sensitive, disputed=disputed, not_yet=not_yet, through=through, limit=limit
        )

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
        from .validate import validate

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

        Examples
        --------
        >>> case = graph.load("cases/us-el-salvador-prison-deal")
        >>> net = case.pyvis()
        >>> net.get_node("nayib-bukele")["shape"] = "star"
        >>> case.draw("out/graph.html", network=net).name
        'graph.html'
        """
        from .draw.html import view_of

        return view_of(self.projection, self._placed, language)

    @cached_property
    def _placed(self) -> About:
        """With the position of everything, so that the layout is computed once."""
        from .draw.html import placed

        return placed(self.projection, self.about)

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
        OutputError
            When something in `network` cannot be drawn: an unknown shape, a colour that is none.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").page("es")[:15]
        '<!doctype html>'
        """
        from .draw.html import draw

        return draw(self.projection, self._placed, language, self._mark(since), self.trig, network)

    def _mark(self, since: str | None) -> Any:
        from .foreign import conversion

        if since is not None:
            from .draw.since import mark

            old = snapshot(since)
            return lambda data: mark(data, old, self._conceals)
        if self._foreign.ours:
            return None
        opening = conversion.opening_lines(self._dataset, self._foreign.faults)
        return lambda data: {**data, "lifted": True, "opening": opening}

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
            When it cannot be drawn or written; what stood there is untouched.

        Examples
        --------
        >>> graph.load("cases/us-el-salvador-prison-deal").draw("out/graph.html").name
        'graph.html'
        """
        write_whole(Path(path), self.page(language, since, network))
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


@dataclass(frozen=True, eq=False, repr=False)
class CaseGraph(ActorGraph):
    """An `ActorGraph` of cases that we write ourselves, with what the dataset is made from."""

    case: Case
    internal: bool = False
    #: What was withheld, with a report for the editor; None when nothing was.
    redaction: Redaction | None = None
    #: The cases it was read from.
    sources: tuple[Path, ...] = ()
    #: What was noticed on reading.
    warnings: tuple[Finding, ...] = ()

    @cached_property
    def dockets(self) -> Dockets:
        """How each relationship stands."""
        with paused():
            return settle(self.case)

    @cached_property
    def _counted(self) -> tuple[tuple[Quad, ...], pyoxigraph.Store, Figures]:
        """The quads, a store of them, and the figures: counted in the store, then stated in both."""
        with paused():
            quads = build(self.case, self.dockets, internal=self.internal)
        if self.redaction is not None:
            self.redaction.refuse_leaks(quads)
        with paused():
            store = in_memory(quads)
            counted = figures.of(store)
            stated = list(figures.quads(counted))
            store.extend(stated)
        return (*quads, *stated), store, counted

    @property
    def quads(self) -> tuple[Quad, ...]:
        """Every quad of the dataset. Raises `CaseError` when a trace of what was to be withheld is left in them."""
        return self._counted[0]

    @property
    def store(self) -> pyoxigraph.Store:
        """The quads in an Oxigraph store in memory."""
        return self._counted[1]

    @property
    def figures(self) -> Figures:
        return self._counted[2]

    @property
    def _dataset(self) -> pyoxigraph.Store:
        return self.store

    @property
    def everything(self) -> pyoxigraph.Store:
        return self.store

    @property
    def faults(self) -> Faults:
        return Faults()

    @property
    def _prefixes(self) -> Mapping[str, str]:
        return prefixes_used(self.case)

    @cached_property
    def trig(self) -> bytes:
        return trig(self.quads, prefixes_used(self.case))

    @cached_property
    def turtle(self) -> bytes:
        """The dataset as Turtle in UTF-8: everything in one graph, for tools that read no named graphs."""
        triples = (Quad(quad.subject, quad.predicate, quad.object) for quad in self.quads)
        return dumped(triples, RdfFormat.TURTLE, prefixes_used(self.case))

    @cached_property
    def about(self) -> About:
        from .draw import positions
        from .draw.payload import About

        case = self.case
        kept = positions.Kept()
        if len(self.sources) == 1:
            kept = positions.placed(case, positions.read(positions.path_of(self.sources[0])))
        return About(
            case.title, case.version, case.editor, case.licence, case.corrections, case.ids, kept.all, kept.opening,
            kept.cast, self.internal,
        )  # fmt: skip

    @cached_property
    def shapes(self) -> Sequence[Finding]:
        """What is wrong with the dataset by `ontology/shapes.ttl`, with the author's file and line."""
        return self._shapes(self.case.places())

    def check(self) -> list[Finding]:
        return _told_once([*self.warnings], (review(self.case, self.dockets), self.shapes))

    def refuse_unfair(self) -> None:
        """Raise `CaseError` while an accusation of somebody identifiable lacks our request for a reply, or a reason."""
        from .legal import findings

        if found := findings(self.case, self.dockets):
            raise CaseError(found)

    def _mark(self, since: str | None) -> Any:
        return super()._mark(since) if since is not None else None

    def _conceals(self, ids: Iterable[str], texts: Iterable[str]) -> bool:
        return self.redaction is not None and self.redaction.conceals(ids, texts)

    def exported(self, form: str, suffix: str, language: str) -> bytes:
        """Everything in a format of `export.FORMATS`; `suffix` tells N-Quads from TriG where a format has both."""
        if form == "csv":
            from .export.table import table

            return table(self.store, self.case.version, language)
        if form in ("gexf", "graphml", "node-link"):
            from .export.network import gexf, graphml, node_link

            if form == "gexf":
                return gexf(self.projection, self.case.version, language).encode()
            return (graphml if form == "graphml" else node_link)(self.projection).encode()
        from .export.rdf import rdf

        return rdf(self.quads, form, prefixes_used(self.case), suffix)


def load(
    *sources: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = (), strict: bool = False
) -> ActorGraph:
    """Read cases, RDF, a store or a SPARQL server.

    Parameters
    ----------
    *sources : str or path
        Cases (several become one dataset, a folder of cases stands for all in it); or RDF files, ours or anybody's; or
        the folder of a store; or the address of a SPARQL server, of which everything is copied.
    internal : bool
        With our own grades, notes and requests for reply. Cases only.
    withhold : collection of str
        People, bodies and documents to leave out, by id or name. Cases only: what is confidential is always left out.
    strict : bool
        Refuse RDF files that are not valid. Otherwise what can be read of them is read, and `faults` has the rest.

    Returns
    -------
    ActorGraph
        The data, to be asked, drawn and computed with.

    Raises
    ------
    CaseError
        When a case is wrong: `findings` has every finding that stops a build.
    StoreError
        When a file, a store or a server cannot be read, or holds nothing.

    Examples
    --------
    >>> import graph
    >>> graph.load("cases/us-el-salvador-prison-deal").query("money")[0].sum
    '15,000,000 USD'
    """
    stored = _stored(list(map(str, sources)), strict=strict)
    if stored is None:
        return load_cases(*sources, internal=internal, withhold=withhold)
    if internal or withhold:
        raise StoreError(f"{sources[0]}: is no case: internal and withhold are for cases. Leave them out.")
    return ActorGraph(stored)


@paused()
def load_cases(*paths: str | os.PathLike[str], internal: bool = False, withhold: Collection[str] = ()) -> CaseGraph:
    """`load` for cases alone."""
    read_from = tuple(dict.fromkeys(found for path in paths for found in _cases(Path(path))))
    case, found = reading.examine(*read_from)
    errors = [finding for finding in found if finding.severity == "error"]
    if case is None or errors:
        raise CaseError(errors)
    whole = CaseGraph(case, internal, None, read_from, tuple(found))
    errors = [finding for finding in review(case, whole.dockets) if finding.severity == "error"]
    if errors:
        raise CaseError(errors)
    redaction = redact(case, withhold)
    return CaseGraph(redaction.case, internal, redaction, read_from, tuple(found)) if redaction else whole


def _cases(path: Path) -> Sequence[Path]:
    """The cases under a folder, or the case itself. Raises `CaseError` when there is none."""
    refuse_other_files([path])
    found = reading.find_cases(path)
    if not found:
        raise CaseError([Finding(str(path), 0, "holds no case.", "Make one: actorgraph new NAME.")])
    return found


def refuse_other_files(paths: Iterable[Path]) -> None:
    """`StoreError` for a file that is no case, for it is no YAML: RDF, or nothing we know."""
    for path in paths:
        if path.is_file() and path.suffix.lower() not in (".yaml", ".yml"):
            if format_of(path) is None:
                raise unknown(path)
            raise StoreError(
                f"{path}: is an RDF file, and cases are wanted here. draw, serve, query, path, diff and load take it."
            )


def _stored(sources: Sequence[str], *, strict: bool) -> Foreign | None:
    """The quads of files, a store or a server; None when the sources are cases."""
    from .foreign.conversion import Foreign, are_ours, read
    from .store.folder import is_folder
    from .store.interface import is_address

    paths = list(map(Path, sources))
    places = [name for name, path in zip(sources, paths, strict=True) if is_address(name) or is_folder(path)]
    files = [path for path in paths if format_of(path) and path.is_file()]
    if not places and not files:
        return None
    if len(sources) > 1 and len(files) < len(sources):
        raise StoreError(f"{', '.join(sources)}: name one store, or RDF files, or cases, not several kinds together.")
    if files:
        faults = Faults()
        asked = None if strict else faults
        if not are_ours(files):
            return read(files, asked)
        ours = read_files(files, asked)
        settle_evidence(Memory(ours))
        return Foreign(ours, {}, "", faults)
    from .store.location import open_store

    store = open_store(places[0])
    try:
        # A file that is closed between writing and reading: not every system opens one twice.
        with tempfile.TemporaryDirectory(prefix="actorgraph-") as folder:
            copy = Path(folder) / "all.nq"
            with copy.open("wb") as out:
                store.dump(out)
            kept = read_files([copy])
        settle_evidence(Memory(kept))
        return Foreign(kept, {}, "")
    finally:
        store.close()


def snapshot(source: str, *, alike: bool = False) -> Snapshot:
    """What `diff` compares of a page, an RDF file or a case; `alike`: whatever an RDF file is called."""
    from .diff.snapshot import of_network, of_store
    from .draw.since import of_page

    path = Path(source)
    if path.suffix in (".html", ".htm") and path.is_file():
        return of_page(path.read_text("utf-8", errors="replace"), source)
    if format_of(path) and path.is_file():
        from .foreign.conversion import are_ours, lifted, read
        from .network.projection import project

        if are_ours([path]):
            return of_store(read_files([path]))
        foreign = read([path], Faults(), alike=alike)
        return of_network(project(lifted(foreign)), foreign.version)
    return of_store(load_cases(path).store)


def findings(paths: Sequence[Path]) -> tuple[list[Finding], CaseGraph | None, bool]:
    """Every finding of cases that may be broken; the cases as far as they can be read; whether all could be checked."""
    case, found = reading.examine(*paths)
    if case is None:
        return found, None, True
    whole = CaseGraph(case)
    try:
        return _told_once(found, (review(case, whole.dockets), whole.shapes)), whole, True
    except (KeyError, ValueError):
        if not any(finding.severity == "error" for finding in found):
            raise
        return found, whole, False


def _told_once(found: Sequence[Finding], further: Sequence[Sequence[Finding]]) -> list[Finding]:
    """One mistake is told once, by whoever knows most of it: the reader, then fairness, then the shapes."""
    told = list(found)
    for more in further:
        wrong = {(finding.file, finding.line) for finding in told if finding.severity == "error"}
        told += [finding for finding in more if (finding.file, finding.line) not in wrong]
    return sorted(set(told))
