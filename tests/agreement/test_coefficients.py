"""What holds of agreement whatever the data: invariances, and words where there is nothing to say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.agreement import KEYS, measure, point, why_undefined
from reports.statistics.breakdown import coincidences, per_category, per_pair
from reports.statistics.intervals import Draws
from reports.statistics.weights import WEIGHTINGS, weights
from tests.agreement.make import ratings_of, tables

FEW = Draws(resamples=50)


def _close(one, two):
    return all(
        (one[key] is None) == (two[key] is None)
        and (one[key] is None or math.isclose(one[key], two[key], abs_tol=1e-9))
        for key in KEYS
    )


@given(tables(), st.randoms(use_true_random=False))
def test_permuting_units_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert _close(point(ratings_of(rows)), point(ratings_of(shuffled)))


@given(tables(), st.randoms(use_true_random=False))
def test_renaming_annotators_changes_nothing(rows, random):
    order = list(range(len(rows[0])))
    random.shuffle(order)
    assert _close(point(ratings_of(rows)), point(ratings_of([[row[who] for who in order] for row in rows])))


@given(tables())
def test_reversing_the_scale_changes_nothing(rows):
    turned = [[None if cell is None else 10 - cell for cell in row] for row in rows]
    assert _close(point(ratings_of(rows)), point(ratings_of(turned)))


@given(tables())
def test_every_estimate_is_a_number_or_a_reason(rows):
    for estimate in measure(ratings_of(rows), draws=FEW).values():
        if "undefined" in estimate:
            assert len(estimate["undefined"]) > 10
        else:
            assert math.isfinite(estimate["value"])
            assert (estimate["low"] is None) == ("no_interval" in estimate)
            assert estimate["low"] is None or -50 < estimate["low"] <= estimate["high"] <= 1 + 1e-9


@given(tables(least_raters=2, most_raters=2))
def test_two_annotators_have_all_coefficients(rows):
    ratings = ratings_of(rows)
    if why_undefined(ratings, "alpha_nominal") is None:
        assert all(value is not None for value in point(ratings).values())


@pytest.mark.parametrize("ordered", [True, False])
def test_one_annotator_has_nobody_to_agree_with(ordered):
    found = measure(ratings_of([[1], [2], [1]], ordered=ordered), draws=FEW)
    assert {key: each["undefined"] for key, each in found.items()} == dict.fromkeys(
        KEYS, "only one annotator has judged: nobody to agree with"
    )


def test_no_overlap_leaves_nothing_to_compare():
    found = measure(ratings_of([[1, None], [None, 2], [2, None]]), draws=FEW)
    assert all("no unit was judged by two annotators" in each["undefined"] for each in found.values())


def test_one_label_in_use_is_undefined_and_never_one():
    found = measure(ratings_of([[1, 1, 1], [1, 1, None], [1, 1, 1]], labels=[1, 2, 3]), draws=FEW)
    assert found.pop("percent")["value"] == 1
    for key in ("cohen", "scott"):
        assert "is for two annotators" in found.pop(key)["undefined"]
    assert all("every judgement says '1'" in each["undefined"] for each in found.values())


def test_no_judgements_at_all():
    found = measure(ratings_of([[None, None]], labels=[1, 2]), draws=FEW)
    assert all(each["undefined"] == "there are no judgements" for each in found.values())


def test_three_units_give_values_with_wide_intervals():
    found = measure(ratings_of([[1, 1], [2, 1], [2, 2]]), draws=FEW)
    assert found["percent"]["value"] == pytest.approx(2 / 3)
    assert found["percent"]["high"] - found["percent"]["low"] > 0.5


def test_nominal_labels_have_no_ordinal_coefficients():
    found = measure(ratings_of([[1, 1], [2, 1], [2, 2]], ordered=False), draws=FEW)
    assert [key for key in KEYS if "undefined" in found[key]] == ["ac2", "alpha_ordinal", "alpha_interval"]


def test_one_cluster_gives_a_value_without_an_interval():
    found = measure(ratings_of([[1, 1], [2, 1], [2, 2]], cluster=[0, 0, 0]), draws=FEW)
    assert found["percent"] == {
        "value": pytest.approx(2 / 3),
        "low": None,
        "high": None,
        "no_interval": "everything lies in one cluster, so nothing shows how other clusters would differ",
    }


@given(tables())
def test_label_alphas_are_nominal_alphas_after_merging_the_rest(rows):
    ratings = ratings_of(rows)
    for place, (_, found) in enumerate(per_category(ratings, FEW).items()):
        into = (np.arange(len(ratings.labels)) == place).astype(int)
        merged = ratings.merged(into, ("rest", "it"))
        expected = point(merged, ("alpha_nominal",))["alpha_nominal"]
        if expected is None:
            assert "undefined" in found["alpha"]
        else:
            assert found["alpha"]["value"] == pytest.approx(expected, abs=1e-9)


@given(tables())
def test_coincidences_add_up_to_the_paired_judgements(rows):
    ratings = ratings_of(rows)
    matrix = np.array(coincidences(ratings)["matrix"])
    assert np.allclose(matrix, matrix.T)
    assert matrix.sum() == pytest.approx(ratings.overlap().sum())


def test_pairs_come_with_the_most_shared_units_first():
    pairs = per_pair(ratings_of([[1, 1, None], [2, 2, 1], [1, 2, None], [None, 1, 1]]), draws=FEW)
    assert [(pair["annotators"], pair["units"]) for pair in pairs] == [
        (["r0", "r1"], 3),
        (["r1", "r2"], 2),
        (["r0", "r2"], 1),
    ]


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True))
def test_weights_are_symmetric_and_one_on_the_diagonal(weighting, values):
    matrix = weights(weighting, np.array(sorted(values), dtype=float))
    assert np.allclose(matrix, matrix.T)
    assert np.allclose(np.diag(matrix), 1)
    assert matrix.min() >= -1e-12
    assert matrix.max() <= 1 + 1e-12
