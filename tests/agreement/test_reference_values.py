"""Every published value, to 1e-9 where it is known in full precision."""

from __future__ import annotations

import numpy as np
import pytest

from reports.statistics import coefficients
from reports.statistics.agreement import KEYS, point
from reports.statistics.variance import gwet_error
from tests.agreement import published
from tests.agreement.make import ratings_of, total

EXACT = 1e-9
FUNCTIONS = {
    "gwet": coefficients.gwet,
    "fleiss": coefficients.fleiss,
    "conger": coefficients.conger,
    "brennan_prediger": coefficients.brennan_prediger,
    "alpha": coefficients.weighted_alpha,
}


@pytest.mark.parametrize("metric", published.KRIPPENDORFF_ALPHA)
def test_alpha_of_krippendorffs_own_example(metric):
    ratings = ratings_of(published.KRIPPENDORFF)
    value = coefficients.alpha(total(ratings), metric, ratings.values)[0]
    assert value == pytest.approx(published.KRIPPENDORFF_ALPHA[metric], abs=EXACT)


@pytest.mark.parametrize("weighting", published.KRIPPENDORFF_WEIGHTED)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_weighted_coefficients_of_irrcac(weighting, name):
    ratings = ratings_of(published.KRIPPENDORFF)
    value = FUNCTIONS[name](total(ratings), weighting, ratings.values)[0]
    assert value == pytest.approx(published.KRIPPENDORFF_WEIGHTED[weighting][name], abs=EXACT)


@pytest.mark.parametrize("metric", published.WIKIPEDIA_ALPHA)
def test_alpha_of_wikipedias_example(metric):
    ratings = ratings_of(published.WIKIPEDIA)
    value = coefficients.alpha(total(ratings), metric, ratings.values)[0]
    assert value == pytest.approx(published.WIKIPEDIA_ALPHA[metric], abs=EXACT)


@pytest.mark.parametrize(
    ("counts", "values"),
    [
        (published.GWET_COUNTS, published.GWET_VALUES),
        (published.FLEISS_COUNTS, published.FLEISS_VALUES),
        (published.RANDOLPH_COUNTS, published.RANDOLPH_VALUES),
    ],
)
def test_tables_of_counts(counts, values):
    ratings = ratings_of(published.rows_of_counts(counts))
    for name, value in values.items():
        assert FUNCTIONS[name](total(ratings), "identity", ratings.values)[0] == pytest.approx(value, abs=EXACT), name


def test_cohens_kappa_printed_by_sas():
    ratings = ratings_of(published.rows_of_table(published.SAS_TABLE))
    assert point(ratings)["cohen"] == pytest.approx(published.SAS_COHEN, abs=EXACT)
    weighted = coefficients.cohen(total(ratings), "linear", ratings.values)[0]
    assert weighted == pytest.approx(published.SAS_COHEN_LINEAR, abs=EXACT)


def test_the_keys_are_read_off_the_same_functions():
    ratings = ratings_of(published.KRIPPENDORFF)
    values = point(ratings)
    assert tuple(values) == KEYS
    expected = published.KRIPPENDORFF_WEIGHTED
    assert values["percent"] == pytest.approx(9 / 11, abs=EXACT)
    assert values["conger"] == pytest.approx(expected["identity"]["conger"], abs=EXACT)
    assert values["ac1"] == pytest.approx(expected["identity"]["gwet"], abs=EXACT)
    assert values["ac2"] == pytest.approx(expected["ordinal"]["gwet"], abs=EXACT)
    assert values["alpha_ordinal"] == pytest.approx(published.KRIPPENDORFF_ALPHA["ordinal"], abs=EXACT)
    assert values["cohen"] is None
    assert values["scott"] is None


def test_gwets_standard_error_is_that_of_irrcac():
    error = gwet_error(ratings_of(published.KRIPPENDORFF))
    assert error == pytest.approx(published.KRIPPENDORFF_AC1_ERROR, abs=5e-6)


def test_many_samples_at_a_time_give_the_same_as_one():
    ratings = ratings_of(published.KRIPPENDORFF)
    one = total(ratings)
    twice = type(one)(**{name: np.concatenate([getattr(one, name)] * 2) for name in one.__slots__})
    for function in FUNCTIONS.values():
        both = function(twice, "quadratic", ratings.values)
        assert both[0] == both[1] == function(one, "quadratic", ratings.values)[0]
