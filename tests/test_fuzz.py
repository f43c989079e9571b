"""Whatever is read from outside gives a value or an error that a user can mend, never anything else.

A short run of every fuzzer, the same each time. For a long one: `python tests/fuzzers.py NAME --minutes 60`.
"""

from __future__ import annotations

import pytest
from fuzzers import FUZZERS, run, spot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow
#: Those that start a process, or build much of each input, take fewer.
FEWER = {"requests": 150, "edits": 100, "rdf": 100}


@pytest.mark.parametrize("name", FUZZERS)
def test_any_input_is_read_or_told(name: str) -> None:
    fuzzer = FUZZERS[name]
    many = settings(
        max_examples=FEWER.get(name, 300), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    with fuzzer.ready() as check:
        for known in fuzzer.examples:
            check(known)
        many(given(fuzzer.inputs)(check))()


def test_a_long_run_tells_what_it_found_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """A reader that fails for one input in some: found once, and the run is not over."""
    from fuzzers import Fuzzer, at_once

    def check(number: int) -> None:
        assert number != 7, "seven"

    told = run(Fuzzer(st.integers(0, 50), at_once(check)), 1.0, 3)
    assert told["found"] == 1
    assert isinstance(told["inputs"], int) and told["inputs"] > 100
    assert "round 3: AssertionError at test_fuzz.py" in capsys.readouterr().out
    with pytest.raises(AssertionError) as failed:
        check(7)
    assert spot(failed.value).startswith("AssertionError at test_fuzz.py:")
