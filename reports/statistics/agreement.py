"""How much annotators agree on one question: every coefficient with its interval, or why it cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics import coefficients
from reports.statistics.intervals import DRAWS, Draws, Estimate, Spread, bootstrap
from reports.statistics.ratings import Ratings
from reports.statistics.sums import Layout, Sums, cluster_sums, layout
from reports.statistics.weights import Weighting

KEYS = (
    "percent", "cohen", "conger", "fleiss", "scott", "brennan_prediger", "ac1", "ac2",
    "alpha_nominal", "alpha_ordinal", "alpha_interval",
)  # fmt: skip
"""The coefficients of a report, as keys of its JSON."""

_LARGEST = 50_000_000
_TWO = ("cohen", "scott")
_ORDERED = ("ac2", "alpha_ordinal", "alpha_interval")
_CHANCE: dict[str, Callable[..., Floats]] = {
    "cohen": coefficients.cohen,
    "conger": coefficients.conger,
    "fleiss": coefficients.fleiss,
    "scott": coefficients.scott,
    "brennan_prediger": coefficients.brennan_prediger,
    "ac1": coefficients.gwet,
    "ac2": coefficients.gwet,
}


def headline_key(ratings: Ratings) -> str:
    """The coefficient that a question is judged by: alpha, with the distance that the question's level chooses."""
    return "alpha_nominal" if ratings.values is None else "alpha_ordinal"


def why_undefined(ratings: Ratings, key: str) -> str | None:
    """Why a coefficient cannot be said of these ratings, in words; None where it can."""
    people = len(np.unique(ratings.annotator))
    if people < 2:
        return "there are no judgements" if not people else "only one annotator has judged: nobody to agree with"
    overlap = ratings.overlap()
    if not overlap.any():
        return "no unit was judged by two annotators, so there is nothing to compare"
    if key in _TWO and people > 2:
        name, wider = ("Cohen's kappa", "Conger's") if key == "cohen" else ("Scott's pi", "Fleiss'")
        return f"{name} is for two annotators, and there are {people}: read {wider} kappa, or each pair"
    if key in _ORDERED and ratings.values is None:
        return "the labels have no order, so no difference is larger than another"
    used = np.unique(ratings.label if key in ("ac1", "fleiss", "brennan_prediger") else ratings.label[overlap])
    if key != "percent" and len(used) < 2:
        label = ratings.labels[used[0]]
        return f"every judgement says {label!r}: with one label in use, agreement beyond chance cannot be told"
    return None


def measure(
    ratings: Ratings,
    keys: Sequence[str] = KEYS,
    draws: Draws = DRAWS,
) -> dict[str, Estimate]:
    """Coefficients with their 95 % intervals: ``{key: {"value", "low", "high"} | {"undefined": reason}}``.

    An interval says where the coefficient would lie with other articles of the same kind and the same annotators.
    """
    spread = resampled(ratings, keys, draws=draws)
    return {key: _estimate(ratings, key, spread, place) for place, key in enumerate(keys)}


def point(ratings: Ratings, keys: Sequence[str] = KEYS) -> dict[str, float | None]:
    """Coefficients without intervals; None where one is undefined."""
    view = _View(ratings, keys)
    values = view.statistic(view.sums.sum(axis=0, keepdims=True))[0]
    known = [None if why_undefined(ratings, key) else float(value) for key, value in zip(keys, values, strict=True)]
    return dict(zip(keys, known, strict=True))


def resampled(ratings: Ratings, keys: Sequence[str] = KEYS, draws: Draws = DRAWS) -> Spread:
    """The bootstrap behind `measure`; statistics in the order of `keys`."""
    view = _View(ratings, keys)
    return bootstrap(view.sums, view.statistic, draws=draws)


def difference(first: Ratings, second: Ratings, key: str, draws: Draws = DRAWS) -> dict[str, Estimate]:
    """A coefficient in two sets of judgements, and first minus second: ``{"first", "second", "difference"}``.

    Both must number the same clusters (`reports.ratings.ratings` with `like`): each resample draws the same articles
    for both, so that what they share falls out of the difference. Where its interval holds 0, no difference is shown.
    """
    views = _View(first, (key,)), _View(second, (key,))
    width = views[0].sums.shape[1]

    def both(sums: Floats) -> Floats:
        one, two = views[0].statistic(sums[:, :width]), views[1].statistic(sums[:, width:])
        return np.hstack([one, two, one - two])

    spread = bootstrap(np.hstack([view.sums for view in views]), both, draws=draws)
    reasons = [why_undefined(ratings, key) for ratings in (first, second)]
    named = {"first": reasons[0], "second": reasons[1], "difference": reasons[0] or reasons[1]}
    return {
        name: {"undefined": reason} if reason else spread.estimate(place)
        for place, (name, reason) in enumerate(named.items())
    }


class _View:
    """Ratings as one table of cluster sums, and the statistic that reads `keys` off it."""

    def __init__(self, ratings: Ratings, keys: Sequence[str]) -> None:
        people = bool({"conger", *_TWO} & set(keys)) and _size(ratings) <= _LARGEST
        self.keys = keys
        self.values = ratings.values
        present: Ints = np.unique(ratings.annotator)
        pair = len(present) == 2 and bool(set(_TWO) & set(keys))
        parts = [ratings.only(tuple(present)), *([_both(ratings, present)] if pair else [])]
        self.layouts: list[Layout] = [layout(part, people=people) for part in parts]
        self.sums: Floats = np.hstack([cluster_sums(part, people=people) for part in parts])

    def statistic(self, sums: Floats) -> Floats:
        """Shape ``(n, keys)``."""
        first = sum(self.layouts[0].widths)
        everyone = self.layouts[0].read(sums[:, :first])
        two = self.layouts[1].read(sums[:, first:]) if len(self.layouts) > 1 else None
        columns = [self._one(key, two if key in _TWO else everyone) for key in self.keys]
        unknown = np.full(len(sums), np.nan)
        return np.column_stack([unknown if column is None else column for column in columns])

    def _one(self, key: str, sums: Sums | None) -> Floats | None:
        if sums is None or not self.layouts[0].labels:
            return None
        if (key in _ORDERED and self.values is None) or (key == "conger" and not sums.people.size):
            return None
        if key == "percent":
            return coefficients.percent(sums)
        if key.startswith("alpha_"):
            return coefficients.alpha(sums, key.removeprefix("alpha_"), self.values)  # type: ignore[arg-type]
        weighting: Weighting = "ordinal" if key == "ac2" else "identity"
        return _CHANCE[key](sums, weighting, self.values)


def _size(ratings: Ratings) -> int:
    return ratings.clusters * len(ratings.annotators) * len(ratings.labels)


def _both(ratings: Ratings, present: Ints) -> Ratings:
    pair = ratings.only(tuple(present))
    return pair.keep(pair.overlap())


def _estimate(ratings: Ratings, key: str, spread: Spread, place: int) -> Estimate:
    reason = why_undefined(ratings, key)
    if reason is None and key == "conger" and _size(ratings) > _LARGEST:
        reason = f"{len(ratings.annotators)} annotators and {len(ratings.labels)} labels are too many to count it"
    return {"undefined": reason} if reason else spread.estimate(place, "chance alone would always agree")
