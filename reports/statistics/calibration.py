"""Calibration: whether a model that is sure of p is right in p of the cases."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics.intervals import DRAWS, Draws, bootstrap
from reports.statistics.sums import add_up

BINS = 10


def calibration(confidence: Floats, right: Floats, cluster: Ints, draws: Draws = DRAWS) -> dict[str, Any]:
    """How far confidence and accuracy lie apart, and what abstaining on unsure items would gain.

    ``error`` is the expected calibration error over ten bins, ``sum_b n_b / n |accuracy_b - confidence_b|``; ``brier``
    the mean squared distance of the confidence from 1 (right) or 0 (wrong). All arrays have shape ``(units,)``. Source:
    Guo et al., ICML 2017, https://arxiv.org/abs/1706.04599. On few units the error is biased upwards: read the bins.
    """
    if not len(right):
        return {"undefined": "the model's confidence is not known (column `model_confidence`)"}
    place = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    flat = np.zeros((len(right), BINS + 2))
    flat[np.arange(len(right)), place] = confidence - right
    flat[:, BINS] = (confidence - right) ** 2
    flat[:, BINS + 1] = 1
    used, dense = np.unique(cluster, return_inverse=True)
    spread = bootstrap(add_up(flat, dense, len(used)), _error_and_brier, draws)
    return {
        "error": spread.estimate(0),
        "brier": spread.estimate(1),
        "bins": _bins(place, confidence, right),
        "risk_coverage": _risk_coverage(confidence, right),
    }


def _error_and_brier(sums: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        total = sums[:, BINS + 1]
        return np.column_stack([np.abs(sums[:, :BINS]).sum(axis=1) / total, sums[:, BINS] / total])


def _bins(place: Ints, confidence: Floats, right: Floats) -> list[dict[str, Any]]:
    return [
        {
            "low": step / BINS,
            "high": (step + 1) / BINS,
            "units": int((place == step).sum()),
            "confidence": float(confidence[place == step].mean()),
            "accuracy": float(right[place == step].mean()),
        }
        for step in np.unique(place)
    ]


def _risk_coverage(confidence: Floats, right: Floats) -> list[dict[str, float]]:
    """The error rate on the most confident share of the items, at twenty shares."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(1 - right[order])
    ends = np.unique(np.ceil(np.linspace(0.05, 1, 20) * len(order)).astype(np.int64))
    return [
        {
            "coverage": float(end / len(order)),
            "confidence": float(confidence[order[end - 1]]),
            "risk": float(wrong[end - 1] / end),
        }
        for end in ends
    ]
