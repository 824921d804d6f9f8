"""Does a classifier know when it is right? Reliability by how sure it was, and what abstaining would gain."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.intervals import (
    Floats,
    Score,
    bootstrap_score,
    draw_clusters,
    percentile_score,
    share_of_sums,
)

BINS = 15
_COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_CURVE_POINTS = 100


class Bin(TypedDict):
    """Answers that were about as sure as each other: their number, mean probability, and share that was right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


class OperatingPoint(TypedDict):
    """What answering only where the probability is at least `threshold` gives: the share answered, and its accuracy."""

    threshold: float
    coverage: float
    n: int
    accuracy: Score


class RiskCoverage(TypedDict):
    """Risk, the share of wrong answers, by coverage, the share of rows answered, surest first.

    `area` is the mean risk over all coverages, from 0 (no error, or all errors among the last) to 1; a model that knows
    nothing of its errors has its overall risk. `curve` holds ``(coverage, risk)``. Source: Geifman and El-Yaniv 2017,
    Selective Classification for Deep Neural Networks.
    """

    area: Score
    points: list[OperatingPoint]
    curve: list[tuple[float, float]]


def bin_of(confidence: Floats) -> NDArray[np.int64]:
    """The bin, of `BINS` equal ones from 0 to 1, that each probability falls into."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def reliability_bins(confidence: Floats, right: NDArray[np.bool_]) -> list[Bin]:
    """The bins that have rows, least sure first. A calibrated model is right as often as it is sure."""
    bins = bin_of(confidence)
    return [
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            n=int((bins == place).sum()),
            confidence=float(confidence[bins == place].mean()),
            accuracy=float(right[bins == place].mean()),
        )
        for place in np.unique(bins).tolist()
    ]


def risk_coverage(confidence: Floats, right: NDArray[np.bool_], clusters: NDArray[np.int64]) -> RiskCoverage:
    """Risk by coverage, with intervals over `clusters` (indices from 0)."""
    order = np.argsort(-confidence, kind="stable")
    coverage, risk = _curve(confidence[order], right[order], np.ones(len(order)))
    thinned = np.unique(np.linspace(0, len(risk) - 1, _CURVE_POINTS).round().astype(np.int64))
    return RiskCoverage(
        area=risk_area(confidence, right, clusters),
        points=[_point(least, confidence, right, clusters) for least in _COVERAGES],
        curve=[(float(coverage[place]), float(risk[place])) for place in thinned],
    )


def risk_area(confidence: Floats, right: NDArray[np.bool_], clusters: NDArray[np.int64]) -> Score:
    """The mean risk over all coverages."""
    return percentile_score(*area_draws(confidence, right, clusters))


def area_draws(confidence: Floats, right: NDArray[np.bool_], clusters: NDArray[np.int64]) -> tuple[float, Floats]:
    """The area of the rows, and of each resample of their clusters (always the same resamples)."""
    order = np.argsort(-confidence, kind="stable")
    sure, good, owner = confidence[order], right[order], clusters[order]
    draws = draw_clusters(int(clusters.max()) + 1)
    return _area(sure, good, np.ones(len(sure))), np.array([_area(sure, good, draw[owner]) for draw in draws])


def _area(sure: Floats, right: NDArray[np.bool_], weights: Floats) -> float:
    if not weights.any():
        return float("nan")
    coverage, risk = _curve(sure, right, weights)
    return float(np.diff(coverage, prepend=0.0) @ risk)


def _curve(sure: Floats, right: NDArray[np.bool_], weights: Floats) -> tuple[Floats, Floats]:
    """Coverage and risk after each distinct probability, surest first; rows that are as sure come together."""
    ends = np.flatnonzero(np.diff(sure, append=-1.0))
    answered = np.cumsum(weights)[ends]
    wrong = np.cumsum(weights * ~right)[ends]
    with np.errstate(invalid="ignore"):
        risk = np.where(answered > 0, wrong / answered, 0.0)
    return answered / answered[-1], risk


def _point(least: float, confidence: Floats, right: NDArray[np.bool_], clusters: NDArray[np.int64]) -> OperatingPoint:
    """The point where at least this share of rows is answered."""
    place = max(0, int(np.ceil(least * len(confidence))) - 1)
    threshold = float(np.sort(confidence)[::-1][place])
    kept = confidence >= threshold
    summed = np.zeros((int(clusters.max()) + 1, 2))
    np.add.at(summed, clusters, np.stack([right & kept, kept], axis=1))
    return OperatingPoint(
        threshold=threshold,
        coverage=float(kept.mean()),
        n=int(kept.sum()),
        accuracy=bootstrap_score(summed, share_of_sums),
    )
