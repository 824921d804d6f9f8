"""The gate: on the lower limit, and nothing undefined gets through."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from reports.document.gate import Gate
from tests.report.made import report_on


@pytest.mark.parametrize("words", ["alpha", "alpha=", "alpha=x", "alpha=2", "alpha=nan", "kappa=.6", ""])
def test_a_gate_that_is_none(words):
    with pytest.raises(ConfigError) as caught:
        Gate.parse(words)
    assert caught.value.fix


def test_a_gate_reads_bounds_as_they_are_written():
    assert Gate.parse("alpha=.667") == Gate(key="alpha", bound=0.667)
    assert Gate.parse("ac1 = 0.5").key == "ac1"


@pytest.mark.parametrize(
    ("name", "failing"), [("perfect", 0), ("full", 2), ("one annotator", 1), ("one label", 1), ("one article", 1)]
)
def test_the_lower_limit_decides(name, failing):
    assert len(Gate.parse("alpha=.667").failures(report_on(name))) == failing


def test_the_value_above_the_bound_is_not_enough():
    report = {"questions": {"q": {"headline": "alpha_nominal", "agreement": {
        "alpha_nominal": {"value": 0.7, "low": 0.6, "high": 0.8}}}}}  # fmt: skip
    assert Gate(key="alpha", bound=0.667).failures(report) == [
        "q: alpha is .700 [.60, .80]; its lower limit does not reach .667."
    ]
    assert Gate(key="alpha", bound=0.6).failures(report) == []


def test_nothing_judged_does_not_pass():
    assert Gate(key="alpha", bound=0.0).failures({"questions": {}})
