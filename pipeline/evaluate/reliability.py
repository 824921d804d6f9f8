"""Whether a confidence means what it says: of all that is given at .8, about 8 in 10 should be right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.evaluate.intervals import Floats, bootstrap_score, share_of_sums

BINS = 10
"""Of equal width, for confidences; for the probabilities of labels there are `pipeline.evaluate.certainty.BINS`."""


class Outcome(NamedTuple):
    """A confidence from 0 to 1, and whether what it was given to turned out right."""

    confidence: float
    right: bool


def reliability(judged: Sequence[Sequence[Outcome]], *, resamples: int = 1000, seed: int = 0) -> dict[str, Any]:
    """How far confidence is from the share that is right.

    Args:
        judged: what was judged, one sequence for each article.
        resamples: how often articles are drawn for the intervals.
        seed: fixes the draw.

    Returns:
        ``calibration_error``: the mean distance between confidence and the share right over ten bins of equal width,
        each weighed by how many it holds; 0 is perfect, and with few articles chance alone makes it larger.
        ``brier``: the mean squared distance between confidence and right (1) or wrong (0); it falls as confidence
        tells right from wrong. ``right`` and ``confidence``: the share right and the mean confidence; where the
        second is larger, confidence is too high. Each with an interval but the last. ``bins``: those that hold
        something, each with its limits, ``n``, mean ``confidence`` and the share ``right`` with its interval.

    Source: Guo et al., On Calibration of Modern Neural Networks (2017), section 2; Brier, Monthly Weather Review 78
    (1950). Intervals resample articles, as for every score here.
    """
    counts = np.array([_counts(each) for each in judged], dtype=float).reshape(len(judged), -1)
    keep: dict[str, Any] = {"resamples": resamples, "seed": seed}
    total, confident, right = (counts[:, k * BINS : (k + 1) * BINS] for k in range(3))
    whole = np.stack([counts[:, 3 * BINS], right.sum(axis=1), total.sum(axis=1)], axis=1)
    everything = float(total.sum())
    return {
        "calibration_error": bootstrap_score(counts, _calibration_error, **keep),
        "brier": bootstrap_score(whole[:, [0, 2]], share_of_sums, **keep),
        "right": bootstrap_score(whole[:, [1, 2]], share_of_sums, **keep),
        "confidence": round(float(confident.sum()) / everything, 4) if everything else None,
        "n": int(everything),
        "bins": [
            _bin(at, total[:, at], confident[:, at], right[:, at], keep) for at in range(BINS) if total[:, at].any()
        ],
    }


def _counts(judged: Sequence[Outcome]) -> Floats:
    """How many, the sum of confidence, how many right: each for every bin; then the sum of squared distances."""
    counts = np.zeros(3 * BINS + 1)
    for confidence, right in judged:
        at = min(int(confidence * BINS), BINS - 1)
        counts[[at, BINS + at, 2 * BINS + at]] += (1, confidence, right)
        counts[3 * BINS] += (confidence - right) ** 2
    return counts


def _calibration_error(sums: Floats) -> Floats:
    """The weighted mean of |confidence - right| over the bins, shape ``(n,)``; nan where nothing was judged."""
    total, confident, right = (sums[:, k * BINS : (k + 1) * BINS] for k in range(3))
    with np.errstate(invalid="ignore", divide="ignore"):
        error: Floats = np.abs(confident - right).sum(axis=1) / total.sum(axis=1)
    return error


def _bin(at: int, total: Floats, confident: Floats, right: Floats, keep: dict[str, Any]) -> dict[str, Any]:
    share = bootstrap_score(np.stack([right, total], axis=1), share_of_sums, **keep)
    return {
        "from": at / BINS,
        "to": (at + 1) / BINS,
        "n": int(total.sum()),
        "confidence": round(float(confident.sum() / total.sum()), 4),
        "right": round(share["value"] or 0.0, 4),
        "low": None if share["low"] is None else round(share["low"], 4),
        "high": None if share["high"] is None else round(share["high"], 4),
    }
