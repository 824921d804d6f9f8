"""From a model's numbers to answers: logits to probabilities, and windows of a long text back to one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def softmax(logits: Floats) -> Floats:
    """Turn logits into probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True, initial=-np.inf))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def pool(rows: Floats, owners: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    """Average the rows of each of `count` owners, weighted. ``(windows, columns)`` -> ``(count, columns)``."""
    totals = np.zeros((count, rows.shape[1]))
    np.add.at(totals, owners, rows * weights[:, None])
    mean: Floats = totals / np.bincount(owners, weights=weights, minlength=count)[:, None]
    return mean
