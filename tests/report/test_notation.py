"""How numbers are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import notation


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.743421, ".743"), (1.0, "1.000"), (0.0, ".000"), (-0.12, "−.120"), (-0.0001, ".000"), (0.9999, "1.000")],
)
def test_coefficients_have_no_leading_zero(value, written):
    assert notation.coefficient(value) == written


def test_estimates_carry_their_interval():
    found = {"value": 0.6512, "low": 0.6213, "high": 0.7099}
    assert notation.estimate(found) == ".651 [.62, .71]"
    assert notation.estimate(found, "share") == "65.1% [62.1, 71.0]"


def test_what_is_not_known_is_said_in_words():
    assert notation.estimate({"undefined": "nobody judged"}) == "undefined"
    assert notation.estimate({"value": 0.5, "low": None, "high": None, "no_interval": "one cluster"}) == ".500"
    assert notation.written(None, "count") == "–"


@pytest.mark.parametrize(("value", "written"), [(0.0, "< .001"), (1.0, "> .999"), (0.0312, ".031"), (0.9991, "> .999")])
def test_no_probability_is_certain(value, written):
    assert notation.probability(value) == written


@given(st.floats(-1, 1))
def test_a_written_coefficient_reads_back(value):
    read = float(notation.coefficient(value).replace(notation.MINUS, "-"))
    assert abs(read - value) <= 0.0005 + 1e-12


def test_landis_and_koch():
    assert [notation.landis_koch(value) for value in (-0.1, 0.0, 0.2, 0.21, 0.6, 0.61, 0.9)] == [
        "poor", "poor", "slight", "fair", "moderate", "substantial", "almost perfect",
    ]  # fmt: skip


def test_words_in_a_row():
    assert notation.listed(["a", "b", "c"]) == "a, b and c"
    assert notation.listed([]) == ""
    assert notation.plural(1, "unit") == "1 unit"
    assert notation.plural(14800, "analysis", "analyses") == "14,800 analyses"
