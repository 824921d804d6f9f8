"""Variance in closed form, to check the bootstrap by: Gwet's for AC1 and AC2, and the jackknife over annotators."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics.agreement import point, resampled, why_undefined
from reports.statistics.intervals import DRAWS, Draws, Estimate
from reports.statistics.ratings import Ratings
from reports.statistics.weights import Weighting, weights


def gwet_error(rated: Ratings, weighting: Weighting = "identity") -> float:
    """Standard error of AC1 (identity) or AC2, over units; over articles where units lie in them.

    ``v = (1 - f) / (n (n - 1)) sum_i (ac_i* - ac)^2`` with ``ac_i* = ac_i - 2 (1 - ac) (p_ei - p_e) / (1 - p_e)``,
    ``ac_i = (n / n') (p_ai - p_e) / (1 - p_e)`` (p_ai 0 below two judgements), ``p_ei = T / (q (q - 1)) sum_k (1 -
    pi_k) r_ik / r_i`` and f = 0. Source: Gwet 2008, eq. 37, https://doi.org/10.1348/000711006X126600; with missing
    data: 2014, section 5.3. In clusters, the deviations are summed over each before they are squared. nan where AC is
    undefined or there are fewer than two units or clusters.
    """
    counts = rated.counts()
    counts = counts[counts.sum(axis=1) > 0]
    return _error(counts, _clusters(rated), weights(weighting, rated.scale))


def _error(counts: Floats, cluster: Ints, matrix: Floats) -> float:
    units, size = counts.shape
    judged = counts.sum(axis=1)
    clusters = len(np.unique(cluster))
    if size < 2 or clusters < 2 or not (judged >= 2).any():
        return float("nan")
    shares = counts / judged[:, None]
    mean = shares.mean(axis=0)
    scale = matrix.sum() / (size * (size - 1))
    expected = scale * (mean * (1 - mean)).sum()
    expected_each = scale * (shares * (1 - mean)).sum(axis=1)
    pairs = np.where(judged >= 2, judged * (judged - 1), np.inf)
    agreed = ((counts * (counts @ matrix)).sum(axis=1) - judged) / pairs * (judged >= 2)
    each = units / (judged >= 2).sum() * (agreed - expected * (judged >= 2)) / (1 - expected)
    ac = each.mean()
    away = each - 2 * (1 - ac) * (expected_each - expected) / (1 - expected) - ac
    by_cluster = np.bincount(np.unique(cluster, return_inverse=True)[1], weights=away)
    return float(np.sqrt(clusters / (clusters - 1) * (by_cluster**2).sum()) / units)


def _clusters(rated: Ratings) -> Ints:
    return rated.cluster[np.bincount(rated.unit, minlength=rated.units) > 0]


def analytic(rated: Ratings, draws: Draws = DRAWS) -> dict[str, Any]:
    """AC1 with its analytic interval beside the bootstrap's standard error: ``{"ac1": {value, low, high, ...}}``.

    The two errors should be within some per cent of each other from about 50 clusters on; where they are not, trust
    neither limit to more than one digit.
    """
    if reason := why_undefined(rated, "ac1"):
        return {"undefined": reason}
    error = gwet_error(rated)
    value = point(rated, ("ac1",))["ac1"]
    if value is None or not np.isfinite(error):
        return {"undefined": "there is one cluster only, so nothing shows how clusters vary"}
    spread = resampled(rated, ("ac1",), draws=draws)
    limits = {"low": value - 1.959964 * error, "high": min(1.0, value + 1.959964 * error)}
    return {"ac1": {"value": value, **limits, "error": error, "bootstrap_error": spread.error(0)}}


def with_annotators_drawn(rated: Ratings, key: str, draws: Draws = DRAWS) -> Estimate:
    """A coefficient with an interval for other articles *and* other annotators of the same kind.

    The variance is the bootstrap's over clusters plus the delete-one jackknife's over annotators, ``(r - 1) / r sum_a
    (c_-a - mean)^2``. Source: Gwet 2014, section 5.4 (unconditional variance). With few annotators this is rough, and
    honest about it: read it when the claim is about *annotators like these* and not about these. Also gives
    ``error_clusters`` and ``error_annotators``.
    """
    if reason := why_undefined(rated, key):
        return {"undefined": reason}
    people = list(np.unique(rated.annotator))
    if len(people) < 3:
        return {"undefined": "with two annotators, leaving one out leaves nobody to agree with"}
    left = [point(rated.keep(rated.annotator != person), (key,))[key] for person in people]
    known = np.array([value for value in left if value is not None])
    if len(known) < len(left):
        return {"undefined": "without some annotator no unit is judged twice"}
    spread = resampled(rated, (key,), draws=draws)
    value, by_cluster = float(spread.value[0]), spread.error(0)
    by_person = float(np.sqrt((len(known) - 1) / len(known) * ((known - known.mean()) ** 2).sum()))
    half = 1.959964 * float(np.hypot(by_cluster, by_person))
    limits = {"low": value - half, "high": min(1.0, value + half)}
    return {"value": value, **limits, "error_clusters": by_cluster, "error_annotators": by_person}
