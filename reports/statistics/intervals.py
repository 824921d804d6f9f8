"""Intervals by the cluster bootstrap: draw articles, not judgements, since what stands in one article is alike.

Sources: Davison & Hinkley, Bootstrap Methods and their Application (1997), section 3.8 (clusters); Efron, Better
Bootstrap Confidence Intervals, JASA 82 (1987), https://doi.org/10.2307/2289144 (BCa); Field & Welsh, Bootstrapping
clustered data, JRSS B 69 (2007), https://doi.org/10.1111/j.1467-9868.2007.00593.x; Hesterberg, What Teachers Should
Know About the Bootstrap, The American Statistician 69 (2015), https://doi.org/10.1080/00031305.2015.1089789 (few
clusters).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics.student import student_point

Method = Literal["bca", "percentile"]
Statistic = Callable[[Floats], Floats]
"""Takes sums of shape ``(n, columns)``, returns values of shape ``(n, statistics)``; nan where one is undefined."""

Estimate = dict[str, Any]
"""``{"value", "low", "high"}`` or ``{"undefined": reason}``; where a value is known but its spread is not, `low` and
`high` are None and ``"no_interval"`` says why."""

FEW = 30
"""Fewer clusters than this that are all alike prove little: by the rule of three, up to 3 in every n may be others."""
_ALIKE = 1e-12
_NORMAL = NormalDist()
_DRAWS_AT_ONCE = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How to resample: how often, from which seed, and how to read the interval off the resamples.

    2,000 resamples keep the limits of a 95 % interval steady to about a hundredth of its width.
    """

    resamples: int = 2000
    seed: int = 0
    method: Method = "bca"


DRAWS = Draws()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Statistics of the whole, of each resample, and with each cluster left out.

    `value` has shape ``(statistics,)``, `replicates` ``(resamples, statistics)``. `left_out` has shape
    ``(kinds, statistics)`` and `times` ``(kinds,)``: clusters with the same sums are one kind, met `times` times.
    """

    value: Floats
    replicates: Floats
    left_out: Floats
    times: Ints
    method: Method = "bca"

    def interval(self, place: int, level: float = 0.95) -> tuple[float, float] | None:
        """The interval of one statistic; None where fewer than two clusters or half of the resamples give one.

        A statistic that is undefined without one of the clusters hangs on that cluster alone; and where fewer than
        `FEW` are all alike, no resample shows how others would differ. Neither has one.

        ``percentile`` takes the outer points of the resamples; ``bca`` shifts them for bias and skewness, and falls
        back on ``percentile`` where all resamples lie on one side of the value (at perfect agreement, for example).
        Both reach a little further out when clusters are few: resamples vary less than samples, and their spread is
        known less well than the normal distribution has it, so its points give way to ``sqrt(n / (n - 1)) t``.
        """
        spread = self.replicates[:, place]
        spread = spread[~np.isnan(spread)]
        few = self.times.sum() < 2 or len(spread) * 2 < len(self.replicates)
        if few or np.isnan(self.value[place]) or self._one_cluster_knows(place) or self._all_alike(place):
            return None
        clusters = int(self.times.sum())
        reach = student_point((1 + level) / 2, clusters - 1) * (clusters / (clusters - 1)) ** 0.5
        bias, skew = (0.0, 0.0)
        if self.method == "bca":
            bias, skew = _bias_and_skew(self.value[place], spread, self.left_out[:, place], self.times)
        low, high = np.quantile(spread, [_tail(point, bias, skew) for point in (-reach, reach)])
        return float(low), float(high)

    def estimate(self, place: int, reason: str = "there is nothing to count") -> Estimate:
        """One statistic as JSON: ``{"value", "low", "high"}``, or ``{"undefined": reason}``."""
        value = float(self.value[place])
        if np.isnan(value):
            return {"undefined": reason}
        interval = self.interval(place)
        if interval is None:
            return {"value": value, "low": None, "high": None, "no_interval": self._no_interval(place)}
        return {"value": value, "low": interval[0], "high": interval[1]}

    def _one_cluster_knows(self, place: int) -> bool:
        return bool(np.isnan(self.left_out[self.times == 1, place]).any())

    def _all_alike(self, place: int) -> bool:
        spread = self.replicates[:, place]
        spread = spread[~np.isnan(spread)]
        return bool(self.times.sum() < FEW and len(spread) and np.ptp(spread) < _ALIKE)

    def _no_interval(self, place: int) -> str:
        if self.times.sum() < 2:
            return "everything lies in one cluster, so nothing shows how other clusters would differ"
        if self._one_cluster_knows(place):
            return "only one cluster tells of it, so nothing shows how other clusters would differ"
        if self._all_alike(place):
            return "all clusters are alike, and so few that by the rule of three up to 3 in every n may be others"
        return "in most resamples the value is undefined: too few clusters carry information"

    def share_below(self, place: int, threshold: float) -> float | None:
        """Share of resamples below `threshold`: read it as the probability that the true value is; None if unknown."""
        spread = self.replicates[:, place]
        spread = spread[~np.isnan(spread)]
        return float((spread < threshold).mean()) if len(spread) and self.times.sum() > 1 else None

    def error(self, place: int) -> float:
        """Standard error of one statistic; nan where no resample gives it."""
        spread = self.replicates[:, place]
        spread = spread[~np.isnan(spread)]
        return float(spread.std(ddof=1)) if len(spread) > 1 else float("nan")


def bootstrap(sums: Floats, statistic: Statistic, draws: Draws = DRAWS) -> Spread:
    """Resample clusters, with replacement, and see how the statistics vary.

    Args:
        sums: shape ``(clusters, columns)``, what each cluster adds; see `reports.statistics.sums`.
        statistic: from sums to statistics, many rows at a time.
        draws: how often, and the seed, which fixes the draw: the same seed gives the same numbers on every machine.

    Statistics of the same call share their draws, so a difference of two is paired cluster by cluster. Cost:
    O(resamples clusters columns), or O(resamples kinds columns) where many clusters have the same sums.
    """
    kinds, times = distinct(sums)
    total = sums.sum(axis=0, keepdims=True)
    drawn = _drawn_sums(sums, kinds, times, draws)
    return Spread(
        value=statistic(total)[0],
        replicates=statistic(drawn),
        left_out=statistic(total - kinds),
        times=times,
        method=draws.method,
    )


def distinct(rows: Floats) -> tuple[Floats, Ints]:
    """The different rows of a table and how often each is met; the rows themselves where most differ."""
    if len(rows) < 2:
        return rows, np.ones(len(rows), dtype=np.int64)
    mark = rows @ np.random.default_rng(0).standard_normal(rows.shape[1])
    _, first, inverse, times = np.unique(mark, return_index=True, return_inverse=True, return_counts=True)
    kinds = rows[first]
    if len(kinds) * 4 > len(rows) or not np.array_equal(kinds[inverse], rows):
        return rows, np.ones(len(rows), dtype=np.int64)
    return kinds, times


def _drawn_sums(sums: Floats, kinds: Floats, times: Ints, draws: Draws) -> Floats:
    """Sums of so many samples of as many clusters as there are: shape ``(resamples, columns)``."""
    random, resamples = np.random.default_rng(draws.seed), draws.resamples
    count = len(sums)
    if not count:
        return np.zeros((resamples, sums.shape[1]))
    step = max(1, _DRAWS_AT_ONCE // len(kinds))
    drawn = []
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        if len(kinds) < count:
            times_drawn = random.multinomial(count, times / count, size=rows)
        else:
            picks = random.integers(0, count, size=(rows, count), dtype=np.int64)
            picks += np.arange(rows)[:, None] * count
            times_drawn = np.bincount(picks.ravel(), minlength=rows * count).reshape(rows, count)
        drawn.append(times_drawn.astype(np.float64) @ kinds)
    return np.vstack(drawn)


def _bias_and_skew(value: float, spread: Floats, left_out: Floats, times: Ints) -> tuple[float, float]:
    """Efron's bias correction and acceleration; zeros where all resamples lie on one side of the value."""
    below = float((spread < value).mean() + (spread == value).mean() / 2)
    if not 0 < below < 1:
        return 0.0, 0.0
    known = ~np.isnan(left_out)
    centre = np.average(left_out[known], weights=times[known]) if known.any() else 0.0
    away = centre - left_out[known]
    squares = float((times[known] * away**2).sum())
    skew = float((times[known] * away**3).sum()) / (6 * squares**1.5) if squares > 0 else 0.0
    return _NORMAL.inv_cdf(below), skew


def _tail(point: float, bias: float, skew: float) -> float:
    """The share of resamples below the limit that lies at `point` standard errors from the value."""
    shifted = bias + point
    bend = 1 - skew * shifted
    if bend <= 0:
        return 1.0 if shifted > 0 else 0.0
    return _NORMAL.cdf(bias + shifted / bend)
