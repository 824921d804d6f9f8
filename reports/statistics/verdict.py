"""What the headline coefficient allows one to say, and how much more work would say it more surely."""

from __future__ import annotations

from math import ceil
from typing import Any

from reports.statistics.agreement import headline_key, resampled, why_undefined
from reports.statistics.intervals import DRAWS, FEW, Draws, Estimate
from reports.statistics.ratings import Ratings

THRESHOLDS = (0.667, 0.8)
"""Krippendorff's: alpha from .800 on is reliable, from .667 on good enough for tentative conclusions."""

_WIDTHS = (0.1, 0.05, 0.025)


def verdict(rated: Ratings, estimate: Estimate, draws: Draws = DRAWS) -> dict[str, Any]:
    """What the headline coefficient allows one to say, by its lower limit, and how sure that is."""
    key = headline_key(rated)
    if why_undefined(rated, key) or "undefined" in estimate:
        sentence = f"Agreement cannot be judged: {estimate['undefined']}."
        return {
            "key": key,
            "estimate": estimate,
            "below_667": None,
            "below_800": None,
            "level": "unknown",
            "sentence": sentence,
        }
    spread = resampled(rated, (key,), draws=draws)
    below = [spread.share_below(0, threshold) for threshold in THRESHOLDS]
    level = "unknown" if _too_few_to_differ(estimate, rated) else _level(estimate["low"])
    return {
        "key": key,
        "estimate": estimate,
        "below_667": below[0],
        "below_800": below[1],
        "level": level,
        "sentence": _FULL if _too_few_to_differ(estimate, rated) else _SENTENCES[level],
    }


_FULL = (
    "No disagreement was seen, in so few clusters that some would be likely among others: by the rule of three, up to "
    "3 in every n clusters may hold one."
)


def _too_few_to_differ(estimate: Estimate, rated: Ratings) -> bool:
    """Whether agreement is full in few clusters, which proves nothing."""
    return estimate["low"] is None and bool(estimate["value"] == 1) and rated.clusters < FEW


_SENTENCES = {
    "reliable": "The lower limit of the interval reaches .800: the labels are reliable.",
    "tentative": "The lower limit of the interval lies between .667 and .800: good enough for tentative conclusions.",
    "not reliable": "The lower limit of the interval lies below .667: the labels alone do not carry a conclusion.",
    "unknown": "The interval cannot be computed, so the value is not judged.",
}


def _level(low: float | None) -> str:
    if low is None:
        return "unknown"
    return "reliable" if low >= THRESHOLDS[1] else "tentative" if low >= THRESHOLDS[0] else "not reliable"


def precision(rated: Ratings, estimate: Estimate) -> dict[str, Any]:
    """How wide the interval would be with more articles like these: its width falls with the square root of them.

    ``{now {clusters, half_width}, curve [{clusters, half_width}], needed {half_width: clusters}}``.
    """
    if estimate.get("low") is None:
        return {"undefined": estimate.get("undefined") or estimate.get("no_interval")}
    half, clusters = (estimate["high"] - estimate["low"]) / 2, rated.clusters
    if half <= 0:
        return {"undefined": "the interval has no width: no disagreement was seen"}
    return {
        "now": {"clusters": clusters, "half_width": half},
        "curve": [{"clusters": clusters * more, "half_width": half / more**0.5} for more in (1, 2, 3, 4, 6, 8)],
        "needed": {str(width): ceil(clusters * (half / width) ** 2) for width in _WIDTHS},
    }
