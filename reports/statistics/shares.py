"""Shares and means of rows, in one group or two, with cluster intervals."""

from __future__ import annotations

import numpy as np

from reports.judgements.table import Bools, Floats, Ints
from reports.statistics.intervals import DRAWS, Draws, Estimate, Spread, bootstrap
from reports.statistics.sums import add_up


def two_shares(
    value: Floats | Bools, groups: tuple[Bools, Bools], cluster: Ints, reasons: tuple[str, str], draws: Draws = DRAWS
) -> dict[str, Estimate]:
    """Mean of `value` in two groups of rows, and first minus second: ``{"first", "second", "difference"}``.

    The three share their resamples, so the difference is paired over clusters that hold both. `reasons` says why a
    group may be empty.
    """
    spread = two_shares_spread(value, groups, cluster, draws)
    empty = [None if rows.any() else reason for rows, reason in zip(groups, reasons, strict=True)]
    named = {"first": empty[0], "second": empty[1], "difference": empty[0] or empty[1]}
    return {
        name: {"undefined": reason} if reason else spread.estimate(place)
        for place, (name, reason) in enumerate(named.items())
    }


def two_shares_spread(
    value: Floats | Bools, groups: tuple[Bools, Bools], cluster: Ints, draws: Draws = DRAWS
) -> Spread:
    """The bootstrap behind `two_shares`: statistics first, second, difference."""
    number = np.nan_to_num(np.asarray(value, dtype=np.float64))
    first, second = groups
    rows = np.column_stack([number * first, first, number * second, second]).astype(np.float64)
    used, dense = np.unique(cluster, return_inverse=True)
    return bootstrap(add_up(rows, dense, len(used)), _means, draws=draws)


def _means(sums: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        one = np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan)
        two = np.where(sums[:, 3] > 0, sums[:, 2] / sums[:, 3], np.nan)
    return np.column_stack([one, two, one - two])
