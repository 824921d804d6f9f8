"""Agreement broken down: by label, by pair of annotators, by target, speaker or outlet."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from reports.judgements.table import Factor, Floats
from reports.statistics.agreement import headline_key, measure, why_undefined
from reports.statistics.coefficients import category_alphas, specific_agreement
from reports.statistics.consensus import MODEL_LABELS
from reports.statistics.intervals import DRAWS, Draws, bootstrap
from reports.statistics.ratings import Ratings
from reports.statistics.sums import add_up


def per_category(ratings: Ratings, draws: Draws = DRAWS) -> dict[str, dict[str, Any]]:
    """Each label against all others: ``{label: {"alpha", "specific_agreement", "judgements"}}``."""
    counts = ratings.counts()
    judged = counts.sum(axis=1, keepdims=True)
    paired = counts * (judged >= 2) * ratings.weight[:, None]
    apart = paired * (judged - counts) / np.maximum(judged - 1, 1)
    size = len(ratings.labels)

    def statistic(sums: Floats) -> Floats:
        margins, split = sums[:, :size], sums[:, size:]
        alphas = category_alphas(margins, split)
        return np.hstack([alphas, specific_agreement(margins, split)])

    sums = add_up(np.hstack([paired, apart]), ratings.cluster, ratings.clusters)
    spread = bootstrap(sums, statistic, draws=draws)
    reason = why_undefined(ratings, "percent")
    return {
        label: {
            "alpha": spread.estimate(place, reason or _category_reason(label, paired[:, place].sum())),
            "specific_agreement": spread.estimate(size + place, reason or f"nobody gave {label!r} to a shared unit"),
            "judgements": int(counts[:, place].sum()),
        }
        for place, label in enumerate(ratings.labels)
    }


def _category_reason(label: str, used: float) -> str:
    return f"every shared unit is {label!r}" if used else f"nobody gave {label!r} to a shared unit"


def coincidences(ratings: Ratings) -> dict[str, Any]:
    """Krippendorff's coincidence matrix: how often two annotators of a unit gave it labels k and l.

    ``{"labels", "matrix"}``; row sums are the judgements in paired units. Off the diagonal stand the confusions. With
    more than 30 labels (names of speakers) both are empty, and ``"undefined"`` says so.
    """
    if len(ratings.labels) > MODEL_LABELS:
        reason = f"{len(ratings.labels)} labels are too many for a matrix that one could read"
        return {"undefined": reason, "labels": [], "matrix": []}
    counts = ratings.counts()
    judged = counts.sum(axis=1)
    scaled = counts / np.where(judged >= 2, judged - 1, np.inf)[:, None]
    matrix = scaled.T @ counts - np.diag(scaled.sum(axis=0))
    return {"labels": list(ratings.labels), "matrix": [[float(cell) for cell in row] for row in matrix]}


def per_pair(ratings: Ratings, *, most: int = 66, draws: Draws = DRAWS) -> list[dict[str, Any]]:
    """Each pair of annotators on the units both judged, most shared units first; `most` pairs at most.

    ``[{"annotators": [a, b], "units", "percent", "cohen", <headline alpha>}]``.
    """
    judged = np.zeros((len(ratings.annotators), ratings.units), dtype=np.float32)
    judged[ratings.annotator, ratings.unit] = 1
    shared = judged @ judged.T
    pairs = [pair for pair in combinations(range(len(shared)), 2) if shared[pair] > 0]
    keys = ("percent", "cohen", headline_key(ratings))
    return [
        {
            "annotators": [ratings.annotators[place] for place in pair],
            "units": int(shared[pair]),
            **measure(ratings.only(pair), keys, draws=draws),
        }
        for pair in sorted(pairs, key=lambda pair: (-shared[pair], pair))[:most]
    ]


def per_group(ratings: Ratings, groups: Factor, *, most: int = 40, draws: Draws = DRAWS) -> list[dict[str, Any]]:
    """Agreement within each group of units (a target, a speaker, an outlet), most judged first; `most` at most.

    `groups` gives each judgement its group. ``[{"name", "units", "judgements", "percent", <headline alpha>}]``. A low
    alpha in one group may mean a hard target, or merely one prevailing label there: read percent beside it.
    """
    keys = ("percent", headline_key(ratings))
    sizes = np.bincount(groups.codes[groups.codes >= 0], minlength=len(groups.names))
    rows = []
    for code in np.argsort(-sizes, kind="stable")[:most]:
        part = ratings.keep(groups.codes == code)
        if not len(part.unit):
            break
        about = {"name": groups.names[code], "units": len(np.unique(part.unit)), "judgements": len(part.unit)}
        rows.append({**about, **measure(part, keys, draws=draws)})
    return rows
