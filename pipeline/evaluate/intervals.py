"""Intervals for scores, by resampling whole clusters (articles, topics) rather than single rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Score(TypedDict):
    """A score and its 95 % interval; ``None`` where it is not defined (nothing to count)."""

    value: float | None
    low: float | None
    high: float | None


def bootstrap_score(
    counts: Floats, statistic: Callable[[Floats], Floats], *, resamples: int = 1000, seed: int = 0
) -> Score:
    """A score with its 95 % percentile interval by the cluster bootstrap.

    Args:
        counts: shape ``(clusters, counts)``: what each article adds to each count the score is made of.
        statistic: takes sums of shape ``(n, counts)`` and returns the score of each row, shape ``(n,)``; nan where
            it is not defined.
        resamples: how often the clusters are drawn, with replacement.
        seed: fixes the draw; the same seed gives the same interval on every machine.

    Returns:
        The score of the whole, and the 2.5 and 97.5 per cent points of the resampled scores. Read it as: with other
        articles of the same kind, the score would in 95 of 100 cases lie about in this range. With one cluster there
        is no spread to see, and low = value = high.

    Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; clusters: Davison & Hinkley,
    Bootstrap Methods and their Application (1997), section 3.8.
    """
    if not len(counts):
        return Score(value=None, low=None, high=None)
    value = float(statistic(counts.sum(axis=0, keepdims=True))[0])
    return percentile_score(value, statistic(draw_clusters(len(counts), resamples=resamples, seed=seed) @ counts))


@lru_cache(maxsize=1)
def draw_clusters(clusters: int, *, resamples: int = 1000, seed: int = 0) -> Floats:
    """How often each cluster is drawn in each resample: ``(resamples, clusters)``, rows adding up to `clusters`.

    Kept for the next score of the same file, and not to be written to.
    """
    shares = np.full(clusters, 1 / clusters)
    drawn = np.random.default_rng(seed).multinomial(clusters, shares, size=resamples).astype(np.float64)
    drawn.flags.writeable = False
    return drawn


def percentile_score(value: float, spread: Floats) -> Score:
    """A score with the 2.5 and 97.5 per cent points of what it was in resamples; undefined where it is nan."""
    spread = spread[~np.isnan(spread)]
    if np.isnan(value) or not len(spread):
        return Score(value=None, low=None, high=None)
    low, high = np.percentile(spread, [2.5, 97.5])
    return Score(value=value, low=float(low), high=float(high))


def f1_of_sums(sums: Floats) -> Floats:
    """F1 from sums of (found right, found, true), shape ``(n, 3)``; nan where nothing was found nor true."""
    right, found, true = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        f1: Floats = 2 * right / (found + true)
    return f1


def share_of_sums(sums: Floats) -> Floats:
    """A share from sums of (right, all), shape ``(n, 2)``; nan where there is nothing to count."""
    right, total = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        share: Floats = right / total
    return share
