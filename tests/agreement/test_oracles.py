"""The coefficients against independent packages, on 500 random tables with missing judgements."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings

from reports.statistics import coefficients
from reports.statistics.agreement import point, why_undefined
from tests.agreement.make import ratings_of, tables, total

krippendorff = pytest.importorskip("krippendorff")
inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
agreement = pytest.importorskip("nltk.metrics.agreement")

MANY = settings(max_examples=500, derandomize=True, deadline=None)


def _filled(rows):
    return [row for row in rows if None not in row]


@MANY
@given(tables())
def test_alpha_is_that_of_krippendorff(rows):
    ratings = ratings_of(rows)
    assume(why_undefined(ratings, "alpha_nominal") is None)
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in rows]).T
    for level in ("nominal", "ordinal", "interval"):
        ours = coefficients.alpha(total(ratings), level, ratings.values)[0]
        theirs = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
        assert ours == pytest.approx(theirs, abs=1e-9)


@MANY
@given(tables())
def test_alpha_is_that_of_nltk(rows):
    ratings = ratings_of(rows)
    assume(why_undefined(ratings, "alpha_nominal") is None)
    paired = [row for row in rows if sum(cell is not None for cell in row) > 1]
    triples = [(str(who), str(unit), cell) for unit, row in enumerate(paired) for who, cell in enumerate(row) if cell]
    assert point(ratings)["alpha_nominal"] == pytest.approx(agreement.AnnotationTask(triples).alpha(), abs=1e-9)


@MANY
@given(tables(missing=False))
def test_fleiss_and_brennan_prediger_are_those_of_statsmodels(full):
    ratings = ratings_of(full, labels=[1, 2, 3, 4])
    assume(why_undefined(ratings, "fleiss") is None)
    counts = ratings.counts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fleiss = inter_rater.fleiss_kappa(counts, method="fleiss")
        randolph = inter_rater.fleiss_kappa(counts, method="randolph")
    assert point(ratings)["fleiss"] == pytest.approx(fleiss, abs=1e-9)
    assert point(ratings)["brennan_prediger"] == pytest.approx(randolph, abs=1e-9)


@MANY
@given(tables(most_raters=2))
def test_two_raters_are_those_of_nltk_and_statsmodels(rows):
    full = _filled(rows)
    ratings = ratings_of(rows, labels=[1, 2, 3, 4])
    assume(why_undefined(ratings, "cohen") is None)
    triples = [(str(who), str(unit), cell) for unit, row in enumerate(full) for who, cell in enumerate(row)]
    task = agreement.AnnotationTask(triples)
    assert point(ratings)["scott"] == pytest.approx(task.pi(), abs=1e-9)
    table = np.zeros((4, 4))
    for first, second in full:
        table[first - 1, second - 1] += 1
    expected = inter_rater.cohens_kappa(table, return_results=False)
    ours = point(ratings)["cohen"]
    assert ours == pytest.approx(expected, abs=1e-9)
    pair = ratings.keep(ratings.overlap())
    for ours_name, theirs in (("linear", "linear"), ("quadratic", "quadratic")):
        weighted = coefficients.cohen(total(pair), ours_name, pair.values)[0]
        assert weighted == pytest.approx(inter_rater.cohens_kappa(table, wt=theirs, return_results=False), abs=1e-9)


@MANY
@given(tables(missing=False))
def test_conger_is_the_mean_chance_of_all_pairs(full):
    """Conger's chance is the mean of Cohen's over the pairs: computed the slow way."""
    ratings = ratings_of(full)
    assume(why_undefined(ratings, "conger") is None)
    columns = list(zip(*full, strict=True))
    used = {cell for row in full for cell in row}
    pairs = [(one, two) for place, one in enumerate(columns) for two in columns[place + 1 :]]
    chance = np.mean([sum(one.count(c) * two.count(c) for c in used) / len(full) ** 2 for one, two in pairs])
    seen = np.mean([np.mean([a == b for a, b in zip(one, two, strict=True)]) for one, two in pairs])
    assert point(ratings)["conger"] == pytest.approx((seen - chance) / (1 - chance), abs=1e-9)
