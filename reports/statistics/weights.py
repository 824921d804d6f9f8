"""Weights: how much two labels agree, from 0 (not at all) to 1 (they are the same label).

Source: Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), chapter 3; Krippendorff, Computing Krippendorff's
Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43, for the ordinal metric.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from reports.judgements.table import Floats

Weighting = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
WEIGHTINGS: tuple[Weighting, ...] = (
    "identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar",
)  # fmt: skip


def weights(weighting: Weighting, values: Floats) -> Floats:
    r"""The weight matrix, shape ``(labels, labels)``, symmetric, 1 on the diagonal.

    Each is one minus a distance ``d`` over the largest distance between two labels; ``x, y`` are their values,
    ``lo, hi`` the least and the greatest value.

    ========= ======================================= ===========================================================
    identity  1 where x and y differ                  any difference is a full disagreement
    linear    \|x - y\|                               twice the distance, twice the disagreement
    quadratic (x - y)^2                               far misses count much more than near ones
    ordinal   s (s + 1), s the steps between ranks    only ranks count; far misses count more
    radical   \|x - y\|^(1/2)                         near misses count nearly as much as far ones
    ratio     ((x - y) / (x + y))^2                   proportions count; for values with a true zero
    circular  sin^2(pi (x - y) / (hi - lo + 1))       the scale closes on itself, as the hours do
    bipolar   (x-y)^2 / ((x+y-2lo) (2hi-x-y))         misses near the two ends count more
    ========= ======================================= ===========================================================

    With one label: ``[[1.]]``.
    """
    distance = _distance(weighting, values) if len(values) else np.zeros((0, 0))
    largest = distance.max(initial=0.0)
    matrix: Floats = 1 - distance / largest if largest > 0 else np.ones_like(distance)
    return matrix


def _distance(weighting: Weighting, values: Floats) -> Floats:
    ranks = np.argsort(np.argsort(values)).astype(np.float64)
    scale = ranks if weighting == "ordinal" else values.astype(np.float64)
    low, high = scale.min(), scale.max()
    apart, added = np.abs(scale[:, None] - scale[None, :]), scale[:, None] + scale[None, :]
    if weighting == "ratio":
        return _over(apart, np.abs(added)) ** 2
    if weighting == "circular":
        return np.asarray(np.sin(np.pi * apart / (high - low + 1)) ** 2)
    if weighting == "bipolar":
        return _over(apart**2, (added - 2 * low) * (2 * high - added))
    plain: dict[str, Floats] = {
        "identity": (apart > 0).astype(np.float64),
        "linear": apart,
        "quadratic": apart**2,
        "ordinal": apart * (apart + 1),
        "radical": np.sqrt(apart),
    }
    return plain[weighting]


def _over(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def ordinal_distances(margins: Floats) -> Floats:
    """Krippendorff's ordinal metric: squared number of judgements that lie between two labels.

    ``delta(k, l) = (sum of n_g for g from k to l - (n_k + n_l) / 2) ^ 2``, where ``n_g`` is how often label g was used
    on units that two or more annotators judged. `margins` has shape ``(n, labels)``; returns ``(n, labels, labels)``.
    It depends on the data, so it differs from Gwet's ordinal weights, which count ranks.
    """
    middle = np.cumsum(margins, axis=-1) - margins / 2
    distances: Floats = (middle[:, :, None] - middle[:, None, :]) ** 2
    return distances
