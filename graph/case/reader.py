"""Case files in, one `Case` out, or every finding at once.

A case is a folder of YAML files or one YAML file; several named together are read together. Nothing here knows RDF.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..base.errors import CaseError, Finding, did_you_mean
from ..base.terms import ID
from ..vocabulary.model import SLUG, Vocabulary
from ..vocabulary.reader import check, read_kinds, read_relations, read_units, standard
from ..words import ENGLISH
from ..yaml.forms import Findings, Form, Texts
from ..yaml.reader import Row, Table, read, read_text
from .actors import Actors
from .decisions import decisions_of
from .documents import Documents
from .lines import Scope, date_at
from .model import Case, CaseInfo
from .notation.lower import Notation
from .sources import Source, check_address
from .statements import Reader
from .tables import FIELDS, LINES, format_of
from .unused import unused
from .values import Date

_CASE_KEYS = ("title", "id", "editor", "contact", "licence", "corrections", "version", "shared", "cast")
_SECTIONS = ("format", *_CASE_KEYS, "kinds", "relations", "units", "folds", "actors", "things", "document", "passages",
             "accept", "reject")  # fmt: skip


def find_cases(path: Path) -> list[Path]:
    """The cases under a folder, or the path itself when it is one."""
    if path.is_dir() and not (path / "case.yaml").exists() and not list(path.glob("*.yaml")):
        return sorted(child for child in path.iterdir() if (child / "case.yaml").is_file())
    return [path]


def files_of(case: Path) -> list[Path]:
    """The YAML files of a case, in the order in which they are read."""
    return sorted(case.rglob("*.yaml")) if case.is_dir() else [case]


def load(*paths: str | os.PathLike[str]) -> Case:
    """Read one case, or several together. Raises `CaseError` with every finding that stops a build."""
    case, findings = examine(*paths)
    errors = [finding for finding in findings if finding.severity == "error"]
    if case is None or errors:
        raise CaseError(errors)
    return case


def examine(*paths: str | os.PathLike[str]) -> tuple[Case | None, list[Finding]]:
    """Read as `load` does, but give back what could be read, and the findings, warnings among them."""
    loader = _Loader()
    for path in paths:
        loader.read_case(Path(path))
    case = loader.case()
    found = set(loader.findings)
    return case, sorted(found - loader.findings.names if loader.broken else found)


class _Loader:
    def __init__(self) -> None:
        self.findings = Findings()
        self.sources: list[Source] = []
        self.actors = Actors(self.findings)
        self.documents = Documents(self.findings)
        #: Lines of the files of format 2, so that findings name a column.
        self.texts: dict[str, list[str]] = {}
        self.shared: dict[Path, dict[str, str]] = {}
        self.vocabulary: Vocabulary = standard()
        #: Whether a file could not be read at all. Names that only it may declare are then no findings.
        self.broken = False

    # --- files

    def read_case(self, path: Path) -> None:
        files = self._files(path)
        forms = [form for file in files for form in self._forms(file)]
        if files and not forms and not self.findings:
            self.findings.error(shown_path(path), None, "says nothing.", "Begin with `format: 2`.")
        lines = [
            (form, self.texts[form.file])
            for form in forms
            if form.file in self.texts and format_of(form.table) == LINES
        ]
        source = Source(path, _slug(path), [form for form in forms if format_of(form.table) != LINES])
        if lines:
            source.notation = Notation(lines, self.findings)
            source.forms += source.notation.heads()
            forms = source.forms
        for form in forms:
            for key in _CASE_KEYS:
                if key in form:
                    first = source.about.setdefault(key, form)
                    if first is not form:
                        form.error(
                            key, f"gives `{key}` again; {first.file}:{first.table.line_of(key)} has it.", "Keep one."
                        )
        if word := source.about_text("id"):
            if SLUG.fullmatch(word):
                source.id = word
            else:
                source.about["id"].error("id", f'has the id "{word}".', "Use small letters, digits and hyphens.")
        if source.about_text("licence").startswith("http"):
            check_address(source.about["licence"], "licence")
        if any(other.id == source.id for other in self.sources):
            what = f"has the case id {source.id}, as another does."
            self.findings.error(shown_path(path), None, what, "Give it an `id:`.")
        self.sources.append(source)

    def _files(self, path: Path) -> list[Path]:
        files = files_of(path)
        if not files:
            remedy = "Name a case, or make one: actorgraph new."
            self.findings.error(shown_path(path), None, "holds no .yaml file.", remedy)
        return files

    def _forms(self, file: Path) -> list[Form]:
        shown = shown_path(file)
        tables, found = read(file, shown)
        self.findings.extend(found)
        self.broken = self.broken or (bool(found) and not tables)
        forms = []
        for table in tables:
            form = Form(table, shown, "the file", self.findings)
            if format_of(form.table) == LINES:
                # A file may hold many documents, and is read once for all of them.
                if shown not in self.texts:
                    self.texts[shown] = read_text(file, shown).splitlines()
            else:
                form.only(_SECTIONS)
                if format_of(form.table) != FIELDS:
                    key = "format" if "format" in form else None
                    remedy = "Begin with that line; an older case says `format: 1`."
                    form.error(key, "does not say `format: 2`.", remedy)
            forms.append(form)
        return forms

    # --- the case

    def case(self) -> Case | None:
        if not any(source.forms for source in self.sources):
            return None
        for source in self.sources:
            self._words(source, source.forms)
        for source in self.sources:
            self._shared(source)
            self._nodes(source, source.forms)
        for source in self.sources:
            self._lines(source)
        self.actors.check_ids(self.sources)
        for source in self.sources:
            for form in source.forms:
                self.documents.read(source, form)
        reader = Reader(self.findings)
        actors, documents = self.actors.by_iri, self.documents.by_iri
        for each in self.documents.passages:
            source = each.source
            scope = Scope(source.id, source.nodes, actors, documents, self.vocabulary, self.actors.unsure)
            reader.lines.gather(scope, each.document, each.defaults, each.blocks)
        claims = reader.resolve()
        first = self.sources[0]
        case = Case(
            ids=tuple(source.id for source in self.sources),
            title=self._title(),
            version=self._version(),
            editor=first.about_text("editor"),
            contact=first.about_text("contact"),
            licence=first.about_text("licence"),
            corrections=first.about_text("corrections"),
            vocabulary=self.vocabulary,
            actors=dict(sorted(actors.items())),
            documents=dict(sorted(documents.items())),
            propositions=dict(sorted(reader.facts.propositions.items())),
            claims=claims,
            decisions=decisions_of(self.sources, reader.lines, self.findings),
            parts=tuple(sorted(map(self._part, self.sources), key=lambda part: part.id)),
        )
        self._unused(case)
        return case

    def _unused(self, case: Case) -> None:
        """A warning for each name and own relation of format 2 that is not used.

        An event or a notion is made where it is used.
        """
        if self.findings.errors:
            return  # what cannot be read may use it
        parts = [part for source in self.sources if source.notation for part in source.notation.parts]
        files = {part.form.file for part in parts}
        said = {proposition.relation for proposition in case.propositions.values()}
        for part in parts:
            own = part.form.get("relations")
            for key in (key for key in own if key not in said) if isinstance(own, Table) else ():
                what = f"declares the relation {key}, which nothing uses."
                self.findings.warning(part.form.file, key, what, "Use it, or take it out.")
        for iri in sorted(unused(case)):
            actor = case.actors[iri]
            if actor.place.file in files:
                what = f"names {actor.slug}, of whom nothing is said, and who says nothing."
                self.findings.warning(actor.place.file, actor.place, what, "Say something of it, or take it out.")

    def _nodes(self, source: Source, forms: Iterable[Form]) -> None:
        for form in forms:
            for section in ("actors", "things"):
                self.actors.read(form, section, source.id, source.nodes, self.vocabulary)

    def _lines(self, source: Source) -> None:
        """What is said in a case's files of format 2, written as format 1; names and words are known by now."""
        if source.notation is None:
            return
        forms = source.notation.bodies(source.nodes, self.actors.by_iri, self.vocabulary)
        self._words(source, forms)
        self._nodes(source, forms)
        source.forms += forms

    def _part(self, source: Source) -> CaseInfo:
        """A case by itself. Its version is what it says, or the latest date of its own documents."""
        dates = _version(source)
        own = (document for document in self.documents.by_iri.values() if document.case == source.id)
        dates = dates or [day for document in own for day in (document.accessed, document.published) if day]
        return CaseInfo(
            id=source.id,
            title=source.about_texts("title"),
            version=max((day.latest for day in dates), default=""),
            editor=source.about_text("editor"),
            contact=source.about_text("contact"),
            licence=source.about_text("licence"),
            corrections=source.about_text("corrections"),
            kinds=tuple(source.kinds),
            relations=tuple(source.relations),
            units=tuple(source.units),
            folds=tuple(source.folds),
            cast=self._cast(source),
        )

    def _cast(self, source: Source) -> tuple[str, ...]:
        """IRIs of those whom a case names under `cast:`: they are drawn at the opening, connected or not."""
        found: dict[str, None] = {}
        for word in source.about["cast"].words("cast") if "cast" in source.about else ():
            iri = source.nodes.get(str(word))
            if iri is None:
                remedy = did_you_mean(str(word), source.nodes)
                source.about["cast"].unknown("cast", f'names "{word}", whom nobody declares.', remedy)
            else:
                found[iri] = None
        return tuple(found)

    def _title(self) -> Texts:
        titles = [source.about_texts("title") for source in self.sources]
        for source, title in zip(self.sources, titles, strict=True):
            if not title and source.forms:
                source.forms[0].error(None, "has no `title` for the case.", "Add title: {en: …, es: …} to case.yaml.")
        return {
            tag: " · ".join(title[tag] for title in titles if title.get(tag))
            for tag in ("en", "es")
            if any(title.get(tag) for title in titles)
        }

    def _version(self) -> str:
        """The latest date that a case gives itself, or that one of its documents bears."""
        dates = []
        for source in self.sources:
            dates += _version(source)
        dates = dates or [d for doc in self.documents.by_iri.values() for d in (doc.accessed, doc.published) if d]
        return max((found.latest for found in dates), default="")

    def _words(self, source: Source, forms: Iterable[Form]) -> None:
        """A case's own kinds, relations and units join the vocabulary; a word that is taken is a finding."""
        for form in forms:
            if not {"kinds", "relations", "units", "folds"} & set(form.table):
                continue
            kinds, relations = read_kinds(form), read_relations(form, f"{ID}{source.id}/ns#")
            units = read_units(form)
            for section, taken in (
                ("kinds", set(self.vocabulary.kinds)),
                ("relations", {*self.vocabulary.relations, *self.vocabulary.inverses()}),
                ("units", set(self.vocabulary.units)),
            ):
                for word, fields in form.forms(section, section.removesuffix("s")):
                    if word in taken:
                        known = self.vocabulary.relations.get(word) if section == "relations" else None
                        gloss = f": {known.gloss[ENGLISH]}" if known else ""
                        fields.error(None, f"is a word that there is already{gloss}.", "Use it, or take another word.")
                    for key in ("iri", "class"):
                        if "://" in fields.text(key):
                            check_address(fields, key)
            folds = form.get("folds")
            pairs = [p for p in folds if isinstance(p, Row) and len(p) == 2] if isinstance(folds, Row) else []
            if folds is not None and (not isinstance(folds, Row) or len(pairs) != len(folds)):
                form.error("folds", "needs pairs of relations at `folds`.", "Write - [payer, payee].")
            source.kinds += kinds
            source.relations += relations
            source.units += units
            own = [(str(pair[0]), str(pair[1])) for pair in pairs]
            source.folds += own
            self.vocabulary = self.vocabulary.extended(kinds, relations, units, own)
            check(self.vocabulary, form)

    def _shared(self, source: Source) -> None:
        form = source.about.get("shared")
        for name in form.words("shared") if form else ():
            path = (source.path if source.path.is_dir() else source.path.parent) / name
            path = Path(os.path.normpath(path))
            if path not in self.shared:
                nodes: dict[str, str] = {}
                for inner in self._forms(path):
                    for key in inner.table:
                        if key not in ("format", "title", "language", "names", "actors", "things"):
                            inner.error(key, f"is shared, but has `{key}`.", "Share names only.")
                    shared = self._head_of(inner)
                    for section in ("actors", "things"):
                        scope = _slug(path.parent if path.stem == "actors" else path)
                        self.actors.read(shared, section, scope, nodes, self.vocabulary)
                self.shared[path] = nodes
            source.nodes.update(self.shared[path])

    def _head_of(self, form: Form) -> Form:
        """A shared file of format 2 as one of format 1."""
        if format_of(form.table) != LINES:
            return form
        return Notation([(form, self.texts[form.file])], self.findings).heads()[0]


def _version(source: Source) -> list[Date]:
    """The date that a case gives itself, if any."""
    found = date_at(source.about.get("version"), "version")
    return [found] if found else []


def _slug(path: Path) -> str:
    """A case's id from its folder or file: `cases/Port Authority.yaml` → port-authority."""
    name = path.resolve().name if path.is_dir() else path.stem
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in name.lower()).split()) or "case"


def shown_path(path: Path) -> str:
    """The path as findings show it: from here when it lies below, else in full."""
    try:
        # Not resolved: a link that leads in a circle is to be named, too.
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
