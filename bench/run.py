"""Every stage beside its peers and its floor, and one table of it: `bench/RESULTS.md`.

    make bench                        # under half an hour
    make bench ARGS="--size 1m"       # hours
    make bench ARGS="--only pages --only queries"

Peers live in `bench/.venv`. The contenders of a row run in turn, A B A B, each in a process of its own; medians are
told, and ratios are of processor seconds, which hold still on a shared machine where seconds do not. What a machine
cannot do, such as installing a peer, is a line in the table. Interrupted, it writes what it has.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402
import serving  # noqa: E402

PEERS = HERE / ".venv" / "bin" / "python"
STAGE = HERE / "stage.py"
CASE = ROOT / "cases" / "us-el-salvador-prison-deal"
SIZES = {"1k": 1_000, "20k": 20_000, "100k": 100_000, "1m": 1_000_000}
USUAL = 20_000
ROUNDS = 3
#: What takes longer runs once.
PATIENT = 20.0
#: Statements of one article more.
ARTICLE = 250
#: Longest time for one process.
LONGEST = 1800.0


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do a stage. `own` runs in the project's environment, else in that of the peers."""

    name: str
    arguments: tuple[str, ...]
    own: bool = True

    def command(self) -> list[str]:
        return [sys.executable if self.own else str(PEERS), str(STAGE), *self.arguments]


@dataclass(slots=True)
class Run:
    """One run of the bench: where data lies, what was measured, and the rows of the table."""

    folder: Path
    size: int
    #: For peers that would take minutes.
    small: int = 2_000
    rounds: int = ROUNDS
    #: Stage → its rows, and the load average while it ran; kept in the data folder between runs.
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    stage: str = ""
    notes: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def begin(self, stage: str) -> None:
        """Rows of another size stand beside those of the usual one."""
        self.stage = stage if self.size == USUAL else f"{stage} {self.size}"
        self.found[self.stage] = {"rows": [], "loads": [], "size": self.size}

    def keep(self) -> None:
        (self.folder.parent / "rows.json").write_text(json.dumps(self.found, ensure_ascii=False, indent=1), "utf-8")

    # --- data

    def rdf(self, statements: int) -> Path:
        path = self.folder / f"{statements}.nq"
        if not path.exists():
            say(f"making {statements:,} statements as N-Quads")
            generate.write_rdf(path, statements, lean=statements > 200_000)
        return path

    def case(self, statements: int) -> Path:
        path = self.folder / f"case-{statements}"
        if not path.exists():
            say(f"making {statements:,} statements as case files")
            generate.write_case(path, statements)
        return path

    def store(self, statements: int) -> Path:
        """A folder of ours with the dataset."""
        path = self.folder / f"store-{statements}"
        if not path.exists():
            once(Contender("", ("disk", str(self.rdf(statements)), str(path))))
        return path

    def peers_store(self, statements: int) -> Path:
        path = self.folder / f"oxigraph-{statements}"
        if not path.exists():
            once(Contender("", ("disk_oxigraph", str(self.rdf(statements)), str(path)), own=False))
        return path

    # --- rows

    def row(self, stage: str, who: str, took: str, ratio: str = "", memory: str = "", note: str = "") -> None:
        self.found[self.stage]["loads"].append(os.getloadavg()[0])
        self.found[self.stage]["rows"].append([stage, who, took, ratio, memory, note])
        say(f"  {who}: {took} {ratio} {memory} {note}")

    def once(self, stage: str, contender: Contender, note: Callable[[dict[str, Any]], str]) -> None:
        """One row for one run."""
        found = once(contender)
        if found is None:
            self.row(stage, contender.name, "–", note="failed, or took too long")
            return
        took = f"{shown(found['seconds'])} ({shown(found['cpu'])})"
        self.row(stage, contender.name, took, "", f"{found['memory'] / 1e6:,.0f} MB", note(found))

    def why(self, name: str) -> str:
        """What to say of a contender that gave nothing."""
        packages = [package for package in self.missing if package.partition("[")[0].lower() in name.lower()]
        return self.missing[packages[0]] if packages else "failed, or took too long"

    def compare(self, stage: str, contenders: Sequence[Contender], against: str = "") -> dict[str, float]:
        """One row for each contender; ratios are to the first, or to the one named."""
        say(stage)
        found = alternating([c for c in contenders if c.own or PEERS.exists()], self.rounds)
        cpu = {name: statistics.median(run["cpu"] for run in runs) for name, runs in found.items() if runs}
        base = cpu.get(against or contenders[0].name)
        for contender in contenders:
            runs = found.get(contender.name, [])
            if not runs:
                self.row(stage, contender.name, "–", note=self.why(contender.name))
                continue
            seconds = statistics.median(run["seconds"] for run in runs)
            last = runs[-1]
            note = f"{last['n']:,} {last['what']}" if last.get("n") else ""
            note += f"{last['disk'] / 1e6:,.0f} MB on disk" if "disk" in last else ""
            note += "" if len(runs) > 1 else ", one run"
            ratio = times(cpu[contender.name] / base) if base else ""
            self.row(
                stage, contender.name, f"{shown(seconds)} ({shown(cpu[contender.name])})", ratio,
                f"{statistics.median(run['memory'] for run in runs) / 1e6:,.0f} MB", note.lstrip(", "),
            )  # fmt: skip
        return cpu


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s" if seconds < 100 else f"{seconds:,.0f} s"


def times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 0.1 else f"{ratio:.2f}"


def once(contender: Contender) -> dict[str, Any] | None:
    """What one process of a stage found; None when it failed. Its errors are shown by their last line."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(
            contender.command(), check=False, capture_output=True, text=True, timeout=LONGEST, env=kept
        )
    except subprocess.TimeoutExpired:
        return None
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        say(f"  {contender.name}: {(done.stderr.strip().splitlines() or ['no answer'])[-1][:200]}")
        return None
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def alternating(contenders: Sequence[Contender], rounds: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {contender.name: [] for contender in contenders}
    slow: set[str] = set()
    for turn in range(rounds):
        for contender in contenders:
            if contender.name in slow:
                continue
            begun = time.monotonic()
            answer = once(contender)
            if answer is not None:
                found[contender.name].append(answer)
            if answer is None or time.monotonic() - begun > PATIENT:
                slow.add(contender.name)
        say(f"  round {turn + 1} of {rounds}")
    return found


# --- peers


def set_up(run: Run) -> None:
    """The peers' environment. Each requirement by itself, so that one which will not install costs its rows only."""
    wanted = (HERE / "requirements.txt").read_text("utf-8")
    stamp = HERE / ".venv" / "installed"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        say("installing the peers into bench/.venv (once, some minutes)")
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(HERE / ".venv")], check=False, capture_output=True, text=True
        )
        if made.returncode:
            run.notes.append("No environment could be made for the peers, so none was measured.")
            return
        for line in wanted.splitlines():
            if line and not line.startswith("#"):
                pip = [str(PEERS), "-m", "pip", "--disable-pip-version-check", "-qq", "install", line]
                done = subprocess.run(pip, check=False, capture_output=True, text=True)
                if done.returncode:
                    run.missing[line.partition("==")[0]] = "would not install"
                    say(f"  {line}: would not install")
        if not run.missing:
            stamp.write_text(wanted, "utf-8")


# --- the stages


def building(run: Run) -> None:
    case, path = str(run.case(run.size)), str(run.rdf(run.size))
    run.compare(
        f"cases → dataset, {run.size:,} statements",
        [
            Contender("actorgraph", ("build", case)),
            Contender("floor: the files' YAML events", ("build_floor", case)),
            Contender("floor: its quads as Python objects", ("build_quads_floor", path)),
        ],
    )


def filling(run: Run) -> None:
    for statements, slow in dict.fromkeys(((run.small, True), (run.size, run.size == run.small))):
        path = str(run.rdf(statements))
        contenders = [
            Contender("pyoxigraph", ("memory_pyoxigraph", path)),
            Contender("actorgraph", ("memory", path)),
            Contender("floor: parsing alone", ("parse", path)),
        ]
        if slow:
            contenders += [
                Contender("rdflib", ("memory_rdflib", path), own=False),
                Contender("kglab", ("memory_kglab", path), own=False),
            ]
        run.compare(f"file → store in memory, {statements:,} statements", contenders)
    path = str(run.rdf(run.size))
    run.compare(
        f"file → store on disk, {run.size:,} statements",
        [
            Contender("oxigraph load", ("disk_oxigraph", path, str(run.folder / f"oxigraph-{run.size}")), own=False),
            Contender("pyoxigraph", ("disk_pyoxigraph", path, str(run.folder / "pyoxigraph"))),
            Contender("actorgraph", ("disk", path, str(run.folder / f"store-{run.size}"))),
        ],
    )


def checking(run: Run) -> None:
    first = run.folder / "first-case.nq"
    if not first.exists():
        import pyoxigraph

        import graph
        from graph.store import dumped

        first.write_bytes(dumped(graph.load(CASE).quads, pyoxigraph.RdfFormat.N_QUADS))
    run.compare(
        "dataset → checked, the first case",
        [
            Contender("actorgraph", ("check", str(first))),
            Contender("pySHACL", ("check_pyshacl", str(first)), own=False),
        ],
    )
    for statements in dict.fromkeys((run.small, run.size)):
        run.compare(
            f"dataset → checked, {statements:,} statements",
            [Contender("actorgraph", ("check", str(run.rdf(statements))))],
        )


def projecting(run: Run) -> None:
    small, large = str(run.rdf(run.small)), str(run.rdf(run.size))
    run.compare(
        f"dataset → network, nine attributes an edge, {run.small:,} statements",
        [
            Contender("floor: add_edges_from", ("network_floor", small)),
            Contender("actorgraph outline", ("outline", small)),
            Contender("actorgraph project, with every claim", ("network", small)),
            Contender("rdflib SELECT", ("network_rdflib_select", small), own=False),
            Contender("rdflib_to_networkx_multidigraph", ("network_rdflib_all", small), own=False),
        ],
    )
    if large == small:
        return
    run.compare(
        f"dataset → network, {run.size:,} statements",
        [
            Contender("floor: add_edges_from", ("network_floor", large)),
            Contender("actorgraph outline", ("outline", large)),
            Contender("actorgraph project, with every claim", ("network", large)),
        ],
    )


def drawing(run: Run) -> None:
    # About 2,000 nodes and 10,000 edges.
    path = str(run.rdf(6_000))
    for title, names in (
        ("network → measures", (("actorgraph", "measure", True), ("networkx", "measure_networkx", True))),
        ("network → positions", (("actorgraph", "place", True), ("networkx ForceAtlas2", "place_networkx", True))),
        ("network → page, positions kept", (("actorgraph", "page", True), ("pyvis from_nx", "page_pyvis", True))),
    ):
        run.compare(title, [Contender(name, (stage, path), own) for name, stage, own in names])


def pages(run: Run) -> None:
    say("the page in Chromium")
    for nodes, edges in ((150, 500), (2_000, 10_000)):
        stage = f"the page, {nodes:,} nodes and {edges:,} edges"
        found = _seen(run, stage, "--nodes", str(nodes), "--edges", str(edges))
        if found is None:
            continue
        run.row(stage, "first drawing", shown(found["opening"]), note="from the load event")
        run.row(stage, "everything drawn", shown(found["all"]))
        run.row(stage, "panning", f"{found['pan']:.0f} frames/s", note=f"zooming {found['zoom']:.0f} frames/s")
        run.row(stage, "sharp again", shown(found["sharp"]))
    # The first of them has about 2,000 nodes and 10,000 edges.
    for statements in sorted({6_000, run.size}):
        _served_page(run, statements)


def _seen(run: Run, stage: str, *arguments: str) -> dict[str, float] | None:
    """What `page_speed.py` measures; None, and a row that says why, when it cannot."""
    command = [sys.executable, str(HERE / "page_speed.py"), "--json", *arguments]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        why = (done.stderr.strip().splitlines() or ["?"])[-1] if done else "took too long"
        run.row(stage, "Chromium", "–", note=f"not measured: {why[:80]}")
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _served_page(run: Run, statements: int) -> None:
    """How the page over a store opens: what the service does for that before anybody asks, and a visit after it."""
    say("the page over a store")
    stage = f"the page served, {statements:,} statements"
    store = run.store(statements)
    for kept in (store / "editions").glob("*.opening"):
        kept.unlink()
    try:
        for what in ("found, from the start of the service", "kept, from its next start"):
            begun = time.perf_counter()
            with serving.running(*serving.ours(store)) as server:
                size, packed = serving.fetched(server, "/cast")
                took = shown(time.perf_counter() - begun)
                note = f"what it opens with: {size / 1e6:.1f} MB, gzipped {packed / 1e6:.2f}"
                run.row(stage, what, f"{took} ({shown(server.cpu())})", note=note)
        with serving.running(*serving.ours(store)) as server:
            found = _seen(run, stage, "--url", f"http://127.0.0.1:{server.port}/")
        if found is not None:
            note = f"from the load event, with {found['asked']:.0f} request"
            run.row(stage, "first drawing", shown(found["opening"]), note=note)
    except (RuntimeError, OSError) as error:
        run.row(stage, "actorgraph serve", "–", note=str(error)[:80])


def queries(run: Run) -> None:
    """The named queries in process and over HTTP."""
    say("named queries in process")
    small = once(Contender("queries", ("queries", str(run.rdf(run.small)), "3", "20")))
    large = once(Contender("queries", ("queries", str(run.store(run.size)), "3", "20")))
    if small is None or large is None:
        run.row("named queries", "actorgraph", "–", note="failed")
        return
    texts = run.folder / "queries.json"
    texts.write_text(json.dumps(small["texts"]), "utf-8")
    run.texts = large["texts"]
    peer = once(Contender("rdflib", ("queries_rdflib", str(run.rdf(run.small)), str(texts), "5"), own=False)) or {}
    over = _over_http(run, run.texts)
    for name in run.texts:
        first, second = small["times"][name], large["times"][name]
        slow = peer.get("times", {}).get(name)
        rows = f"{second['rows']:,} rows" if second else ""
        cells = [
            f"{run.small:,} in memory {_each(first)}",
            f"{run.size:,} on disk {_each(second)}",
            *(f"{who} {shown(times[name][0])}" for who, times in over.items() if name in times),
            f"rdflib at {run.small:,} {_each(slow) if slow else 'over 5 s'}",
        ]
        run.row(f"named queries, {run.size:,} statements", name, " · ".join(cells), note=rows)


def _each(found: dict[str, Any] | None) -> str:
    return shown(found["seconds"]) if found else "over 20 s"


def _over_http(run: Run, texts: dict[str, str]) -> dict[str, dict[str, tuple[float, int, int]]]:
    found: dict[str, dict[str, tuple[float, int, int]]] = {}
    for who, command in (
        ("actorgraph serve", serving.ours(run.store(run.size), "--timeout", "30")),
        ("oxigraph serve", serving.oxigraph(PEERS.with_name("oxigraph"), run.peers_store(run.size))),
    ):
        say(f"named queries over HTTP: {who}")
        try:
            with serving.running(*command) as server:
                for name, text in texts.items():
                    took, status, size = serving.latency(server, text, 3, 35)
                    if status == 200:
                        found.setdefault(who, {})[name] = (took, status, size)
        except (RuntimeError, OSError) as error:
            run.row("named queries over HTTP", who, "–", note=str(error)[:80])
    return found


_PREFIX = """PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 100000"
_PLAIN = (
    _PREFIX
    + """SELECT ?p ?line ?label WHERE {{ ?p rdf:subject|rdf:object <{actor}> ; ag:line ?line ; rdfs:label ?label
  FILTER(LANG(?label) = "en") }} LIMIT 50"""
)
_HOSTILE = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def serving_stage(run: Run) -> None:
    """Large answers, many clients, a hostile query."""
    store = run.store(run.size)
    once(Contender("rows", ("rows", str(store), _ROWS)))  # so that the system has read the files once
    large = once(Contender("rows", ("rows", str(store), _ROWS)))
    if held := once(Contender("held", ("held", str(store)))):
        quads = f"{held['n']:,} quads, {held['disk'] / 1e6:,.0f} MB on disk"
        run.row(f"the store, {run.size:,} statements", "counted", shown(held["seconds"]), note=quads)
    stage = f"100,000 rows as JSON, from disk, {run.size:,} statements"
    if large:
        run.row(stage, "in process", shown(large["seconds"]), "1", note=f"{large['n'] / 1e6:.0f} MB")
    plain = _PLAIN.format(actor=generate.best_known().iri)
    base: dict[str, float] = {}
    for who, command, limited in (
        ("actorgraph serve", serving.ours(store), serving.ours(store, "--timeout", "2")),
        (
            "oxigraph serve",
            serving.oxigraph(PEERS.with_name("oxigraph"), run.peers_store(run.size)),
            serving.oxigraph(PEERS.with_name("oxigraph"), run.peers_store(run.size), "--timeout-s", "2"),
        ),
        ("rdflib-endpoint", serving.rdflib_endpoint(PEERS.with_name("rdflib-endpoint"), run.rdf(1_000)), None),
    ):
        say(f"serving: {who}")
        small = who == "rdflib-endpoint"
        size = f"{1_000 if small else run.size:,} statements"
        try:
            with serving.running(*command) as server:
                if not small:
                    took, status, _ = serving.latency(server, _ROWS, 3)
                    ratio = times(took / large["seconds"]) if large else ""
                    run.row(stage, who, shown(took) if status == 200 else "–", ratio, note="ratio of seconds")
                serving.latency(server, plain, 50)
                before = server.cpu()
                took, _, _ = serving.latency(server, plain, 300)
                worked = (server.cpu() - before) / 300
                ratio = times(worked / base.setdefault(f"query {size}", worked))
                run.row(f"one plain query, {size}", who, f"{shown(took)} ({shown(worked)})", ratio)
                before = server.cpu()
                rate, slowest, failed = serving.together(server, [plain], 8, 100)
                worked = (server.cpu() - before) / 800
                ratio = times(worked / base.setdefault(f"clients {size}", worked))
                memory = f"{server.memory() / 1e6:,.0f} MB"
                note = f"95 of 100 within {shown(slowest)}" + (f", {failed} failed" if failed else "")
                said = f"{rate:,.0f} answers/s ({shown(worked)} each)"
                run.row(f"8 clients at once, {size}", who, said, ratio, memory, note)
            if limited is not None:
                with serving.running(*limited) as server:
                    ended, status, after, before, left = serving.hostile(server, _HOSTILE, plain)
                    said = f"ended after {shown(ended)} with {status}" if status else f"not ended within {shown(ended)}"
                    memory = f"{before / 1e6:,.0f} → {left / 1e6:,.0f} MB"
                    run.row(
                        f"a hostile query, limit 2 s, {size}", who, said, "", memory, f"next plain query {shown(after)}"
                    )
        except (RuntimeError, OSError) as error:
            run.row("serving", who, "–", note=str(error)[:80])


def scaling(run: Run) -> None:
    """What one machine holds, size by size, once each: where it bends."""
    say("scale")
    for statements in sorted({1_000, 5_000, 20_000, 100_000, 1_000_000, run.size}):
        if statements > run.size:
            break
        path, stage = str(run.rdf(statements)), f"scale, {statements:,} statements"
        jobs = [
            Contender("N-Quads → store in memory", ("memory", path)),
            Contender("N-Quads → store on disk", ("disk", path, str(run.folder / f"store-{statements}"))),
            Contender("a store on disk → checked", ("check_disk", str(run.folder / f"store-{statements}"))),
        ]
        if statements <= 100_000:
            jobs.insert(0, Contender("cases → dataset", ("build", str(run.case(statements)))))

        def note(found: dict[str, Any], statements: int = statements) -> str:
            held = f"{found['disk'] / 1e6:,.0f} MB on disk" if "disk" in found else f"{found['n']:,} {found['what']}"
            return f"{held}, {found['cpu'] / statements * 1e6:,.0f} µs a statement"

        for job in jobs:
            run.once(stage, job, note)


def growing(run: Run) -> None:
    """One article out of a store that was made at once, and into it again: seconds, and whether it holds the same."""
    for statements in dict.fromkeys((run.small, run.size)):
        stage = f"one article more, {statements:,} statements"
        say(stage)
        folder, path = str(run.store(statements)), str(run.folder / f"article-{statements}.nq")
        once(Contender("", ("article", folder, path, str(ARTICLE))))
        # A writer's first change of a store makes the index of names and ranks, if it was loaded from a bare file.
        once(Contender("", ("article_out", folder, path)))
        once(Contender("", ("article_in", folder, path)))
        before = once(Contender("", ("content", folder)))
        for name, what in (("taken out", "article_out"), ("added", "article_in")):
            run.once(
                stage,
                Contender(name, (what, folder, path)),
                lambda found: f"{ARTICLE} statements, {found['n']:,} {found['what']}",
            )
        after = once(Contender("", ("content", folder)))
        if before and after:
            same = "the same" if (before["digest"], before["n"]) == (after["digest"], after["n"]) else "NOT the same"
            run.row(stage, "the store, before and after", same, note=f"{after['n']:,} quads")


def virtuoso(run: Run) -> None:
    """Loaded by its own bulk loader and by ours, asked the same named queries."""
    stage = f"Virtuoso, {run.size:,} statements"
    if serving.virtuoso_programs() is None:
        run.row(stage, "Virtuoso", "–", note="not installed on this machine")
        return
    path, small = run.rdf(run.size), run.rdf(run.small)
    asked = run.folder / "queries.json"
    texts: dict[str, str] = run.texts or (json.loads(asked.read_text("utf-8")) if asked.exists() else {})
    with tempfile.TemporaryDirectory(dir=run.folder) as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "data" / "data.nq").symlink_to(path)
        try:
            with serving.virtuoso(folder, 170_000 if run.size <= 200_000 else 800_000) as (server, sql):
                begun = time.perf_counter()
                load = f"ld_dir('{folder}/data','*.nq','urn:data'); rdf_loader_run(); checkpoint;"
                subprocess.run([*sql, f"exec={load}"], check=True, capture_output=True, timeout=LONGEST)
                took, size = time.perf_counter() - begun, (folder / "virtuoso.db").stat().st_size / 1e6
                memory = f"{server.memory() / 1e6:,.0f} MB"
                # It says nothing when it stops at a line, so what it holds is counted, its own few thousand among it.
                counted = subprocess.run(
                    [*sql, "exec=select count(*) from DB.DBA.RDF_QUAD;"], check=True, capture_output=True, text=True
                ).stdout
                quads = next((int(line) for line in counted.splitlines() if line.strip().isdigit()), 0)
                note = f"{quads:,} quads, {size:,.0f} MB on disk"
                run.row(stage, "its own bulk loader", shown(took), "", memory, note)
                for query, text in texts.items():
                    seconds, status, _ = serving.latency(server, text, 1, 20)
                    run.row(f"{stage}, named queries", query, shown(seconds) if status == 200 else "no answer in 20 s")
            with serving.virtuoso(folder / "ours") as (server, _):
                begun = time.perf_counter()
                address = f"http://dba:dba@127.0.0.1:{server.port}/sparql"
                command = [sys.executable, "-m", "graph", "load", address, str(small)]
                subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=LONGEST)
                took = time.perf_counter() - begun
                run.row(stage, f"actorgraph load, {run.small:,} statements", shown(took))
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            run.row(stage, "Virtuoso", "–", note=str(error).splitlines()[0][:80])


def main_job(run: Run) -> None:
    say("the main job, cold")
    jobs = {
        "floor: importing rdflib, networkx and pyvis": ("-c", "import rdflib, networkx, pyvis.network"),
        "build_graph.py": ("build_graph.py", "--out", str(run.folder / "out")),
        "actorgraph check": ("-m", "graph", "check", str(CASE)),
        "actorgraph query denied": ("-m", "graph", "query", str(CASE), "denied"),
    }
    from main_job import measured

    found = measured(jobs, 7)
    base = found["floor: importing rdflib, networkx and pyvis"]
    for name, (seconds, cpu, memory) in found.items():
        took = f"{shown(seconds)} ({shown(cpu)})"
        run.row("the main job on the first case, cold", name, took, times(cpu / base[1]), f"{memory / 1e6:,.0f} MB")


STAGES: dict[str, Callable[[Run], None]] = {
    "main": main_job, "building": building, "filling": filling, "checking": checking, "projecting": projecting,
    "drawing": drawing, "queries": queries, "serving": serving_stage, "pages": pages, "virtuoso": virtuoso,
    "scale": scaling, "growing": growing,
}  # fmt: skip


# --- the table


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}"


def versions() -> str:
    names = ("pyoxigraph", "networkx", "rustworkx", "pyvis")
    own = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)]
    wanted = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    return f"{', '.join(own)}; peers: {', '.join(w.replace('==', ' ') for w in wanted if w and not w.startswith('#'))}"


_EXPLAINED = (
    "Seconds are medians of up to three alternating runs (one where it says so, seven for the main job), in parentheses"
    " the seconds that processors worked. The ratio is of processor seconds to the first line of its stage, or to the"
    " floor. On a shared machine ratios count. Sizes are statements; one makes some 33 quads."
)


def written(run: Run) -> str:
    loads = [load for stage in run.found.values() for load in stage["loads"]] or [0.0]
    day, load = time.strftime("%Y-%m-%d"), f"{min(loads):.1f} to {max(loads):.1f}"
    missing = [name for name in STAGES if name not in run.found]
    lines = [
        "# What `make bench` measured",
        "",
        f"{day}, {machine()}; load average {load} while it ran. {versions()}.",
        "",
        _EXPLAINED,
        "",
        *(f"{note}\n" for note in run.notes),
        *([f"**Not measured: {', '.join(missing)}.**", ""] if missing else []),
        "| stage | what | took | ratio | peak memory | |",
        "|---|---|---|---|---|---|",
    ]
    before = ""
    order = list(STAGES)
    for name in sorted(run.found, key=lambda name: (order.index(name.partition(" ")[0]), run.found[name]["size"])):
        for stage, *cells in run.found[name]["rows"]:
            lines.append(f"| {stage if stage != before else ''} | {' | '.join(cells)} |")
            before = stage
    return "\n".join(lines) + "\n"


#: What the made-up data depends on: files, and packages with all of theirs.
_MADE_BY = ("bench/generate.py", "ontology/vocabulary.yaml")
_MADE_WITH = ("case", "dataset", "standing", "vocabulary", "wording")


def data_folder(parent: Path) -> Path:
    """Where data made by this very code lies; what other code made is removed."""
    code = [path for package in _MADE_WITH for path in sorted((ROOT / "graph" / package).rglob("*.py"))]
    stamp = sha256(b"".join(path.read_bytes() for path in (*(ROOT / name for name in _MADE_BY), *code))).hexdigest()[
        :12
    ]
    folder = parent / f"made-{stamp}"
    for other in parent.glob("made-*"):
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--size", choices=SIZES, default="20k", help="statements of the large case; 20k is a million quads"
    )
    parser.add_argument("--only", action="append", choices=STAGES, help="these stages; rows of the others stay")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each contender runs")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where made-up data is kept between runs")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    given = parser.parse_args()
    run = Run(data_folder(given.data.resolve()), SIZES[given.size], min(2_000, SIZES[given.size]), given.rounds)
    kept = run.folder.parent / "rows.json"
    if given.only and kept.exists():
        run.found = json.loads(kept.read_text("utf-8"))
    try:
        set_up(run)
        for name in [name for name in STAGES if not given.only or name in given.only]:
            run.begin(name)
            try:
                STAGES[name](run)
            except (OSError, RuntimeError, ValueError, KeyError, subprocess.SubprocessError) as error:
                run.row(name, "–", "–", note=f"failed: {error!s:.80}")
            # After each stage, so that whoever ends it keeps what there is.
            run.keep()
            given.out.write_text(written(run), "utf-8")
    except KeyboardInterrupt:
        say("interrupted: stages that were measured are in the table")
        run.found.pop(run.stage, None)
    if run.found:
        given.out.write_text(written(run), "utf-8")
        print(given.out.read_text("utf-8"))


if __name__ == "__main__":
    main()
