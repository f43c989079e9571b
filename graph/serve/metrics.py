"""What the service tells of itself: an access log, a line of JSON for each request, and figures for Prometheus.

A log records what a newsroom is looking into. So it holds neither queries nor addresses unless both were asked for.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any, TextIO

from .log import Log

#: Upper ends of the classes of a duration, in seconds.
BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)


class Watch:
    """Counts and logs; one for each service."""

    def __init__(self, log: TextIO = sys.stderr, *, queries: bool = False, clients: bool = False) -> None:
        self.log = Log(log)
        self.queries = queries
        self.clients = clients
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.buckets: Counter[float] = Counter()
        self.seconds = 0.0
        self.rows = 0
        self.bytes = 0
        self.since = time.time()

    def note(self, entry: dict[str, Any], query: str, client: str) -> None:
        """One request: `route`, `method`, `status`, `outcome`, `seconds`, `rows`, `bytes`."""
        seconds = entry["seconds"]
        self.outcomes[entry["route"], entry["outcome"]] += 1
        if entry["route"] == "/sparql":
            self.seconds += seconds
            self.buckets.update(top for top in BUCKETS if seconds <= top)
        self.rows += entry["rows"]
        self.bytes += entry["bytes"]
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry, "seconds": round(seconds, 4)}
        if self.queries and query:
            line["query"] = query
        if self.clients and client:
            line["client"] = client
        self.log.write(json.dumps(line, ensure_ascii=False))

    def metrics(self, gauges: dict[str, tuple[str, float]]) -> str:
        """The text format of Prometheus. `gauges`: name → meaning and value."""
        lines = ["# HELP actorgraph_requests_total Requests, by route and outcome.",
                 "# TYPE actorgraph_requests_total counter"]  # fmt: skip
        for (route, outcome), count in sorted(self.outcomes.items()):
            lines.append(f'actorgraph_requests_total{{route="{route}",outcome="{outcome}"}} {count}')
        queries = sum(count for (route, _), count in self.outcomes.items() if route == "/sparql")
        lines += ["# HELP actorgraph_query_seconds Time from a query's arrival to the end of its answer.",
                  "# TYPE actorgraph_query_seconds histogram"]  # fmt: skip
        lines += [f'actorgraph_query_seconds_bucket{{le="{top:g}"}} {self.buckets[top]}' for top in BUCKETS]
        lines += [f'actorgraph_query_seconds_bucket{{le="+Inf"}} {queries}',
                  f"actorgraph_query_seconds_sum {self.seconds:.6f}",
                  f"actorgraph_query_seconds_count {queries}"]  # fmt: skip
        counters = {"rows": ("Rows sent.", self.rows), "bytes": ("Bytes of answers before compression.", self.bytes),
                    "log_dropped": ("Lines that the log could not take.", self.log.dropped)}  # fmt: skip
        for name, (meaning, value) in counters.items():
            lines += [f"# HELP actorgraph_{name}_total {meaning}", f"# TYPE actorgraph_{name}_total counter",
                      f"actorgraph_{name}_total {value}"]  # fmt: skip
        gauges = {"start_time_seconds": ("When the service was started, in Unix time.", self.since), **gauges}
        for name, (meaning, number) in gauges.items():
            lines += [f"# HELP actorgraph_{name} {meaning}", f"# TYPE actorgraph_{name} gauge",
                      f"actorgraph_{name} {number:g}"]  # fmt: skip
        return "\n".join(lines) + "\n"
