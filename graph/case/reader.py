"""Case files in, one `Case` out, or every finding at once.

A case is a folder of YAML files or one YAML file; several named together are read together. Nothing here knows RDF.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..base.errors import CaseError, Finding, did_you_mean
from ..base.terms import ID
from ..vocabulary.model import SLUG, Kind, Relation, Unit, Vocabulary
from ..vocabulary.reader import check, read_kinds, read_relations, read_units, standard
from ..yaml.forms import Findings, Form, Texts
from ..yaml.reader import Row, Table, Text, read, read_text
from .lines import UNSTATED, Scope
from .model import BASES, Actor, Basis, Case, CaseInfo, Decision, Document, Place, SameAs, digest
from .notation.lower import Notation
from .statements import Reader
from .unused import unused
from .values import Date, parse_date

FORMAT = "1"
LINES = "2"
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_CASE_KEYS = ("title", "id", "editor", "contact", "licence", "corrections", "version", "shared", "cast")
_SECTIONS = ("format", *_CASE_KEYS, "kinds", "relations", "units", "folds", "actors", "things", "document", "passages",
             "accept", "reject")  # fmt: skip
_ACTOR_KEYS = ("name", "kind", "aliases", "plural", "same_as", "confidential", "comment")
_DOCUMENT_KEYS = (
    "id", "title", "published", "publisher", "author", "language", "url", "archived", "accessed", "text", "sha256",
    "body_from", "confidential", "by", "for", "via", "said", "verb", "reported", "hedge",
)  # fmt: skip
_DEFAULT_KEYS = ("by", "for", "via", "said", "verb", "reported", "hedge", "confidential")
_DECISION_KEYS = ("basis", "record", "by", "on", "over", "because")


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


@dataclass(slots=True)
class _Source:
    """One case while it is read."""

    path: Path
    id: str
    forms: list[Form]
    about: dict[str, Form] = field(default_factory=dict)
    nodes: dict[str, str] = field(default_factory=dict)
    #: Words that it adds to the vocabulary.
    kinds: list[Kind] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    folds: list[tuple[str, str]] = field(default_factory=list)
    #: Its files of format 2.
    notation: Notation | None = None

    def about_text(self, key: str) -> str:
        return self.about[key].text(key) if key in self.about else ""

    def about_texts(self, key: str) -> Texts:
        return self.about[key].texts(key) if key in self.about else {}


class _Loader:
    def __init__(self) -> None:
        self.findings = Findings()
        self.sources: list[_Source] = []
        self.actors: dict[str, Actor] = {}
        self.documents: dict[str, Document] = {}
        #: Lines of the files of format 2, so that findings name a column.
        self.texts: dict[str, list[str]] = {}
        self.document_blocks: list[tuple[_Source, Document, Form, Form]] = []
        self.shared: dict[Path, dict[str, str]] = {}
        self.vocabulary: Vocabulary = standard()
        #: Whether a file could not be read at all. Names that only it may declare are then no findings.
        self.broken = False
        #: Nodes whose kind is not known, so that nothing is said of the places they may stand in.
        self.unsure: set[str] = set()

    # --- files

    def read_case(self, path: Path) -> None:
        files = self._files(path)
        forms = [form for file in files for form in self._forms(file)]
        if files and not forms and not self.findings:
            self.findings.error(shown_path(path), 0, "says nothing.", "Begin with `format: 2`.")
        lines = [(form, self.texts[form.file]) for form in forms if form.file in self.texts and _format(form) == LINES]
        source = _Source(path, _slug(path), [form for form in forms if _format(form) != LINES])
        if lines:
            source.notation = Notation(lines, self.findings)
            source.forms += source.notation.heads()
            forms = source.forms
        for form in forms:
            for key in _CASE_KEYS:
                if key in form:
                    first = source.about.setdefault(key, form)
                    if first is not form:
                        form.error(key, f"gives `{key}` again; {first.file}:{first.line(key)} has it.", "Keep one.")
        if word := source.about_text("id"):
            if SLUG.fullmatch(word):
                source.id = word
            else:
                source.about["id"].error("id", f'has the id "{word}".', "Use small letters, digits and hyphens.")
        licence = source.about_text("licence")
        if licence.startswith("http") and not _IRI.fullmatch(licence):
            source.about["licence"].error("licence", f'has the address "{licence}".', "Write https:// and no spaces.")
        if any(other.id == source.id for other in self.sources):
            what = f"has the case id {source.id}, as another does."
            self.findings.error(shown_path(path), 0, what, "Give it an `id:`.")
        self.sources.append(source)

    def _files(self, path: Path) -> list[Path]:
        files = files_of(path)
        if not files:
            remedy = "Name a case, or make one: actorgraph new."
            self.findings.error(shown_path(path), 0, "holds no .yaml file.", remedy)
        return files

    def _forms(self, file: Path) -> list[Form]:
        shown = shown_path(file)
        tables, found = read(file, shown)
        self.findings.extend(found)
        self.broken = self.broken or (bool(found) and not tables)
        forms = []
        for table in tables:
            form = Form(table, shown, "the file", self.findings)
            if _format(form) == LINES:
                # A file may hold many documents, and is read once for all of them.
                if shown not in self.texts:
                    self.texts[shown] = read_text(file, shown).splitlines()
            else:
                form.only(_SECTIONS)
                if _format(form) != FORMAT:
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
        self._same_ids()
        for source in self.sources:
            for form in source.forms:
                self._document(source, form)
        reader = Reader(self.findings)
        for source, document, defaults, form in self.document_blocks:
            scope = Scope(source.id, source.nodes, self.actors, self.documents, self.vocabulary, self.unsure)
            reader.lines.gather(scope, document, defaults, self._blocks(form))
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
            actors=dict(sorted(self.actors.items())),
            documents=dict(sorted(self.documents.items())),
            propositions=dict(sorted(reader.facts.propositions.items())),
            claims=claims,
            decisions=self._decisions(reader),
            parts=tuple(sorted(map(self._part, self.sources), key=lambda part: part.id)),
        )
        self._unused(case)
        return case

    def _unused(self, case: Case) -> None:
        """A warning for each name of format 2 that is not used: an event or a notion is made where it is used."""
        if self.findings.errors:
            return  # what cannot be read may use it
        files = {part.form.file for source in self.sources if source.notation for part in source.notation.parts}
        for iri in sorted(unused(case)):
            actor = case.actors[iri]
            if actor.place.file in files:
                what = f"names {actor.slug}, of whom nothing is said, and who says nothing."
                self.findings.warning(actor.place.file, actor.place.line, what, "Say something of it, or take it out.")

    def _nodes(self, source: _Source, forms: Iterable[Form]) -> None:
        for form in forms:
            for section in ("actors", "things"):
                self._actors(form, section, source.id, source.nodes)

    def _lines(self, source: _Source) -> None:
        """What is said in a case's files of format 2, written as format 1; names and words are known by now."""
        if source.notation is None:
            return
        forms = source.notation.bodies(source.nodes, self.actors, self.vocabulary)
        self._words(source, forms)
        self._nodes(source, forms)
        source.forms += forms

    def _part(self, source: _Source) -> CaseInfo:
        """A case by itself. Its version is what it says, or the latest date of its own documents."""
        written = source.about_text("version")
        dates = self._dates(source.about["version"], "version", written) if written else []
        own = (document for document in self.documents.values() if document.case == source.id)
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

    def _cast(self, source: _Source) -> tuple[str, ...]:
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
            if text := source.about_text("version"):
                dates += self._dates(source.about["version"], "version", text)
        dates = dates or [d for doc in self.documents.values() for d in (doc.accessed, doc.published) if d]
        return max((found.latest for found in dates), default="")

    def _dates(self, form: Form, key: str, text: str) -> list[Date]:
        try:
            return [parse_date(text)]
        except ValueError as error:
            what, _, remedy = str(error).partition(": ")
            form.error(key, f"has an impossible `{key}`: {what}.", f"{remedy[:1].upper()}{remedy[1:]}.")
            return []

    def _date(self, form: Form, key: str) -> Date | None:
        text = form.text(key)
        return next(iter(self._dates(form, key, text)), None) if text else None

    def _words(self, source: _Source, forms: Iterable[Form]) -> None:
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
                        fields.error(None, "is a word that there is already.", "Use it, or take another word.")
                    for key in ("iri", "class"):
                        if "://" in fields.text(key) and not _IRI.fullmatch(fields.text(key)):
                            fields.error(key, f'has the address "{fields.text(key)}".', "Write https:// and no spaces.")
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

    def _shared(self, source: _Source) -> None:
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
                        self._actors(shared, section, _slug(path.parent if path.stem == "actors" else path), nodes)
                self.shared[path] = nodes
            source.nodes.update(self.shared[path])

    def _head_of(self, form: Form) -> Form:
        """A shared file of format 2 as one of format 1."""
        if _format(form) != LINES:
            return form
        return Notation([(form, self.texts[form.file])], self.findings).heads()[0]

    # --- actors and things

    def _actors(self, form: Form, section: str, scope: str, nodes: dict[str, str]) -> None:
        for slug, fields in form.forms(section, section.removesuffix("s")):
            fields.only(_ACTOR_KEYS)
            if not SLUG.fullmatch(slug) or slug in (UNSTATED, "unknown", "withheld"):
                fields.error(None, "has an id that cannot be one.", "Use small letters, digits and hyphens.")
            actor = self._actor(fields, slug, scope)
            if slug in nodes:
                other = self.actors[nodes[slug]].place
                fields.error(None, f"is declared in {other.file}:{other.line} already.", "Two people need two ids.")
                continue
            known = self.actors.get(actor.iri)
            if known is not None and (known.case == actor.case or known.kind != actor.kind):
                fields.error(
                    None,
                    f"has the identifier of {known.slug} ({known.place.file}:{known.place.line}).",
                    "One of the two is wrong, or they are one: give them one id.",
                )
            self.actors.setdefault(actor.iri, actor)
            nodes[str(slug)] = actor.iri

    def _actor(self, fields: Form, slug: Text, scope: str) -> Actor:
        kind = fields.required("kind", f"Write a kind such as {', '.join(list(self.vocabulary.kinds)[:3])}.")
        if kind and kind not in self.vocabulary.kinds:
            fields.unknown("kind", f'has the unknown kind "{kind}".', did_you_mean(kind, self.vocabulary.kinds))
            kind = ""
        name = fields.texts("name")
        if not name:
            fields.error("name" if "name" in fields else None, "has no name.", "Write name: {en: …, es: …}.")
        if "comment" in fields:
            fields.error(
                "comment",
                "has a description.",
                "Say it as statements with a speaker; actors have no free description.",
            )
        same_as = self._same_as(fields)
        wikidata = next((link.identifier for link in same_as if link.register == "wikidata"), None)
        iri = f"{ID}wikidata/{wikidata}" if wikidata else f"{ID}{scope}/{slug}"
        if not kind:
            self.unsure.add(iri)
            kind = next(iter(self.vocabulary.kinds))
        default = self.vocabulary.kinds[kind].plural
        return Actor(
            iri=iri,
            slug=str(slug),
            case=scope,
            name=name or {"en": str(slug)},
            kind=kind,
            place=Place(fields.file, slug.line),
            aliases=tuple(map(str, fields.words("aliases"))),
            plural=fields.flag("plural", default),
            same_as=same_as,
            confidential=fields.flag("confidential"),
        )

    def _same_as(self, fields: Form) -> tuple[SameAs, ...]:
        inner = fields.form("same_as", ("wikidata", "checked_by", "on"))
        if inner is None:
            return ()
        identifier = inner.required("wikidata", "Write wikidata: Q42.")
        if identifier and not _WIKIDATA.fullmatch(identifier):
            inner.error("wikidata", f'has the identifier "{identifier}".', "Write Q and digits, such as Q42.")
            return ()
        by = inner.required("checked_by", "Name who checked it; only checked identifiers count.")
        on = self._date(inner, "on")
        if on is None and "on" not in inner:
            inner.error(None, "does not say when it was checked.", "Write on: 2026-11-24.")
        return (SameAs("wikidata", identifier, by, on.printed if on else ""),) if identifier else ()

    def _same_ids(self) -> None:
        """Equal ids in two cases are one only by a shared file or a shared identifier; else both are shown."""
        seen: dict[str, Actor] = {}
        for source in self.sources:
            for slug, iri in sorted(source.nodes.items()):
                actor = self.actors[iri]
                other = seen.setdefault(slug, actor)
                if other.iri != iri:
                    self.findings.error(
                        actor.place.file,
                        actor.place.line,
                        f'has the id "{slug}", and so has {other.place.file}:{other.place.line}.',
                        "If they are one, share an actors file or a checked identifier; else rename one.",
                    )

    # --- documents

    def _document(self, source: _Source, form: Form) -> None:
        if "document" not in form:
            if "passages" in form:
                form.error("passages", "has passages without a `document`.", "Add document: {id: …, publisher: …}.")
            return
        fields = form.form("document", _DOCUMENT_KEYS)
        if fields is None:
            return
        fields.name = "the document"
        id_ = fields.required("id", "Write an id such as gazette-2024-05-02.")
        if id_ and not SLUG.fullmatch(id_):
            fields.error("id", f'has the id "{id_}".', "Use small letters, digits and hyphens.")
        fields.name = f"document {id_}" if id_ else fields.name
        iri = f"{ID}{source.id}/doc/{id_}"
        known = next((doc for doc in self.documents.values() if doc.id == id_), None)
        if known is not None:
            fields.error("id", f"is declared in {known.place.file}:{known.place.line} already.", "Give it another id.")
            return
        publisher = self._named(source, fields, "publisher", 1)
        if "publisher" not in fields:
            fields.error(None, "has no publisher.", "Write publisher: and its id in actors.yaml.")
        digest_ = fields.text("sha256").lower()
        if digest_ and (len(digest_) != 64 or set(digest_) - set("0123456789abcdef")):
            fields.error("sha256", "has a sha256 that is none.", "Write 64 hexadecimal digits, or run ground.")
        for key in ("url", "archived"):
            if fields.text(key) and not _IRI.fullmatch(fields.text(key)):
                fields.error(key, f'has the address "{fields.text(key)}".', "Write https:// and no spaces.")
        document = Document(
            iri=iri,
            id=id_,
            case=source.id,
            title=fields.text("title"),
            publisher=publisher[0] if publisher else "",
            place=Place(fields.file, fields.line()),
            published=self._date(fields, "published"),
            authors=self._named(source, fields, "author", 20),
            language=fields.language("en"),
            url=fields.text("url"),
            archived=fields.text("archived"),
            accessed=self._date(fields, "accessed"),
            text=fields.text("text"),
            sha256=digest_,
            body_from=fields.text("body_from"),
            confidential=fields.flag("confidential"),
        )
        self.documents[iri] = document
        defaults = Form(_part(fields.table, _DEFAULT_KEYS), fields.file, fields.name, self.findings)
        self.document_blocks.append((source, document, defaults, form))

    def _named(self, source: _Source, fields: Form, key: str, most: int) -> tuple[str, ...]:
        names = fields.words(key)
        if len(names) > most:
            fields.error(key, f"names {len(names)} at `{key}`.", "Name one.")
        found = []
        for name in names:
            node = source.nodes.get(name)
            if node is None:
                fields.unknown(
                    key, f'says "{name}" as {key}, which is not in actors.yaml.', did_you_mean(name, source.nodes)
                )
            else:
                found.append(node)
        return tuple(found)

    def _blocks(self, form: Form) -> Iterable[Form]:
        value = form.get("passages")
        if value is None or value == "":
            return
        if not isinstance(value, Row):
            form.error("passages", "needs a list at `passages`.", "Begin each passage with `- at: p1`.")
            return
        for number, block in enumerate(value, 1):
            if isinstance(block, Table):
                yield Form(block, form.file, f"passage {number}", self.findings)
            else:
                self.findings.error(form.file, block.line, f"passage {number} is no passage.", "Write - at: p1.")

    # --- decisions

    def _decisions(self, reader: Reader) -> tuple[Decision, ...]:
        decisions: list[Decision] = []
        for source in self.sources:
            for form in source.forms:
                for section in ("accept", "reject"):
                    for name, fields in form.forms(section, section):
                        fields.only(_DECISION_KEYS)
                        found = self._decision(reader, name, fields, section == "accept")
                        decisions += [replace(found, case=source.id)] if found else []
        twice = Counter(decision.proposition for decision in decisions)
        for decision in decisions:
            if twice[decision.proposition] > 1:
                self.findings.error(
                    decision.place.file, decision.place.line, f"{decision.statement} is decided twice.", "Keep one."
                )
        return tuple(sorted(decisions, key=lambda decision: decision.proposition))

    def _decision(self, reader: Reader, name: Text, fields: Form, accepted: bool) -> Decision | None:
        statement, _, stamp = name.partition("@")
        document, _, sid = statement.rpartition("/")
        lines = [line for key, line in reader.lines.by_key.items() if key[1] == sid and document in ("", key[0])]
        proposition = lines[0].proposition if len(lines) == 1 else None
        if proposition is None:
            remedy = "Write document/s01." if lines else did_you_mean(sid, [key[1] for key in reader.lines.by_key])
            if lines and len(lines) == 1:
                return None  # its own line has the finding
            fields.unknown(None, "names no statement." if not lines else "names several statements.", remedy)
            return None
        line = lines[0]
        if not stamp:
            fields.error(None, "is not stamped.", "Run `actorgraph check --stamp`: it writes what was decided on.")
        elif stamp not in map(digest, line.claims):
            fields.error(
                None, "has changed since it was decided.", "Read it again, then run `actorgraph check --stamp`."
            )
        basis = BASES.get(fields.required("basis", f"Write one of {', '.join(BASES)}."))
        if basis is None:
            if fields.text("basis"):
                word = fields.text("basis")
                fields.error("basis", f'has the unknown basis "{word}".', did_you_mean(word, BASES))
            basis = Basis.INDEPENDENT
        on = self._date(fields, "on")
        if on is None and "on" not in fields:
            fields.error(None, "has no date.", "Write on: 2026-11-24.")
        over = tuple(
            claim.iri
            for word in fields.words("over")
            if (answered := reader.lines.find(line, word, "is decided over")) is not None
            for claim in answered.claims
        )
        if over and not fields.text("because"):
            fields.error("over", "is decided over a denial without a reason.", "Write because: …")
        return Decision(
            statement=str(name),
            proposition=proposition.iri,
            accepted=accepted,
            basis=basis,
            record=fields.required("record", "Name the record that supports it."),
            by=fields.required("by", "Name the editor."),
            on=on or parse_date("1970-01-01"),
            place=Place(fields.file, name.line),
            over=over,
            because=fields.text("because"),
        )


def _format(form: Form) -> str:
    value = form.get("format")
    return value.strip() if isinstance(value, Text) else ""


def _part(table: Table, keys: Sequence[str]) -> Table:
    part = Table({key: value for key, value in table.items() if key in keys})
    part.line, part.column, part.end = table.line, table.column, table.end
    return part


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
