"""Intervals: the same seed, the same numbers; clusters that are alike count as one kind."""

from __future__ import annotations

import numpy as np
import pytest

from reports.statistics import intervals
from reports.statistics.agreement import difference, measure
from reports.statistics.breakdown import per_category
from reports.statistics.intervals import Draws, bootstrap, distinct
from reports.statistics.variance import analytic, with_annotators_drawn
from tests.agreement.make import ratings_of


def _correlated(articles=80, size=6, raters=4, seed=0):
    random = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(articles), size)
    hard = np.repeat(random.random(articles) < 0.4, size)
    truth = random.integers(1, 4, articles * size)
    wrong = random.random((len(truth), raters)) < np.where(hard, 0.6, 0.1)[:, None]
    rows = np.where(wrong, random.integers(1, 4, wrong.shape), truth[:, None])
    return rows.tolist(), cluster


def _means(sums):
    return sums[:, :1] / sums[:, 1:]


def test_the_same_seed_gives_the_same_interval():
    rows, cluster = _correlated()
    ratings = ratings_of(rows, cluster=cluster)
    one, two, other = (measure(ratings, draws=Draws(resamples=200, seed=seed)) for seed in (7, 7, 8))
    assert one == two != other


def test_clusters_widen_the_interval():
    rows, cluster = _correlated()
    wide = measure(ratings_of(rows, cluster=cluster))["alpha_nominal"]
    narrow = measure(ratings_of(rows))["alpha_nominal"]
    assert wide["value"] == pytest.approx(narrow["value"])
    assert wide["high"] - wide["low"] > 1.3 * (narrow["high"] - narrow["low"])


def test_kinds_of_clusters_give_the_interval_of_the_clusters(monkeypatch):
    random = np.random.default_rng(1)
    sums = np.column_stack([random.integers(0, 3, 400), np.ones(400)]).astype(float)
    assert len(distinct(sums)[0]) == 3
    by_kind = bootstrap(sums, _means, Draws(resamples=4000))
    monkeypatch.setattr(intervals, "distinct", lambda rows: (rows, np.ones(len(rows), dtype=np.int64)))
    one_by_one = bootstrap(sums, _means, Draws(resamples=4000))
    assert by_kind.interval(0) == pytest.approx(one_by_one.interval(0), abs=0.01)
    assert by_kind.error(0) == pytest.approx(one_by_one.error(0), rel=0.1)


@pytest.mark.parametrize("articles", [16, 40])
def test_few_clusters_that_are_all_alike_have_no_interval(articles):
    """Sixteen right of sixteen is no 100.0% [100.0, 100.0]: by the rule of three, up to 3 in 16 may be wrong."""
    sums = np.tile([1.0, 1.0], (articles, 1))
    found = bootstrap(sums, _means).estimate(0)
    assert found["value"] == 1
    assert found["low"] == (1 if articles == 40 else None)
    assert articles == 40 or "rule of three" in found["no_interval"]


def test_what_only_one_cluster_knows_of_has_no_interval():
    """Resamples that draw the one article again and again are alike: they would give 1.000 [1.00, 1.00]."""
    rows = [[1, 1, 1], [1, 2, 1], [2, 2, 2], [2, 1, 2]] * 6 + [[3, 3, 3], [3, 3, 3], [1, 3, 3]]
    ratings = ratings_of(rows, cluster=[*np.repeat(np.arange(12), 2), 12, 12, 12])
    found = per_category(ratings)
    for key in ("alpha", "specific_agreement"):
        assert found["3"][key]["low"] is None
        assert "only one cluster" in found["3"][key]["no_interval"]
        assert found["1"][key]["low"] < found["1"][key]["value"] < found["1"][key]["high"]


@pytest.mark.parametrize("method", ["bca", "percentile"])
def test_the_mean_of_many_values_has_its_known_error(method):
    random = np.random.default_rng(2)
    values = random.normal(5, 2, 500)
    sums = np.column_stack([values, np.ones(500)])
    low, high = bootstrap(sums, _means, Draws(resamples=4000, method=method)).interval(0)
    half = 1.96 * values.std(ddof=1) / np.sqrt(500)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def test_bca_is_that_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    values = np.random.default_rng(3).exponential(1, 60)
    level = 2 * stats.norm.cdf((60 / 59) ** 0.5 * stats.t.ppf(0.975, 59)) - 1
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=20_000, confidence_level=level, method="BCa", random_state=0
    ).confidence_interval
    sums = np.column_stack([values, np.ones(60)])
    assert bootstrap(sums, _means, Draws(resamples=20_000)).interval(0) == pytest.approx(tuple(theirs), abs=0.015)


def test_a_difference_is_paired_over_the_clusters():
    rows, cluster = _correlated()
    ratings = ratings_of(rows, cluster=cluster)
    same = difference(ratings, ratings, "alpha_nominal", Draws(resamples=200))
    assert same["difference"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    without = difference(ratings, ratings.keep(ratings.annotator != 0), "alpha_nominal")["difference"]
    alone = measure(ratings, ("alpha_nominal",))["alpha_nominal"]
    assert without["high"] - without["low"] < (alone["high"] - alone["low"]) / 2


def test_the_analytic_error_is_near_the_bootstraps():
    rows, cluster = _correlated()
    found = analytic(ratings_of(rows, cluster=cluster))["ac1"]
    assert found["error"] == pytest.approx(found["bootstrap_error"], rel=0.1)


def test_drawing_annotators_too_widens_the_interval():
    rows, cluster = _correlated()
    for row in rows:
        row[3] = 1
    ratings = ratings_of(rows, cluster=cluster)
    found = with_annotators_drawn(ratings, "alpha_nominal")
    fixed = measure(ratings, ("alpha_nominal",))["alpha_nominal"]
    assert found["error_annotators"] > found["error_clusters"]
    assert found["high"] - found["low"] > fixed["high"] - fixed["low"]
    assert "undefined" in with_annotators_drawn(ratings.only((0, 1)), "alpha_nominal")


def test_weights_undo_uneven_drawing():
    """Units of one kind drawn three times as often count a third each, and the share is the population's."""
    from dataclasses import replace

    rows = [[1, 1]] * 300 + [[1, 2]] * 100
    ratings = ratings_of(rows)
    uneven = replace(ratings, weight=np.array([1 / 3] * 300 + [1.0] * 100))
    assert measure(ratings, ("percent",), Draws(resamples=50))["percent"]["value"] == pytest.approx(0.75)
    assert measure(uneven, ("percent",), Draws(resamples=50))["percent"]["value"] == pytest.approx(0.5)
