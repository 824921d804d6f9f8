"""Per-cluster sums: all that the coefficients need, added up over each article, so that resampling articles is adding.

Every coefficient of `coefficients` is a function of sums over units. So a bootstrap over clusters needs the
judgements once, to make one row of sums per cluster; each resample is then a sum of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics.ratings import Ratings
from reports.statistics.weights import WEIGHTINGS, weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums over units, for `n` clusters or resamples at a time. Each unit counts with its inclusion weight.

    Attributes:
        units: ``(n,)``, units with a judgement.
        paired: ``(n,)``, units with two or more.
        agreed: ``(n, weightings)``, over paired units, the share of pairs of judgements that agree, weighted as in
            ``WEIGHTINGS`` (identity alone where labels have no order).
        shares: ``(n, labels)``, the share of each unit's judgements that each label has.
        margins: ``(n, labels)``, judgements with each label, in paired units.
        apart: pairs of judgements with two different labels, each unit's divided by its judgements less one: ``(n, 1)``
            for all pairs of labels together, or ``(n, labels (labels - 1) / 2)`` for each, where labels have an order.
        people: ``(n, annotators, labels)``, judgements by each annotator with each label.
    """

    units: Floats
    paired: Floats
    agreed: Floats
    shares: Floats
    margins: Floats
    apart: Floats
    people: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which columns of a flat table of sums hold what."""

    labels: int
    annotators: int
    weightings: int
    pairs: int

    @property
    def widths(self) -> tuple[int, ...]:
        """How many columns each part has, in the order of `Sums`."""
        return (1, 1, self.weightings, self.labels, self.labels, self.pairs, self.annotators * self.labels)

    def read(self, table: Floats) -> Sums:
        """A flat table, shape ``(n, columns)``, as named sums; they are views, not copies."""
        parts = np.split(table, np.cumsum(self.widths)[:-1], axis=1)
        return Sums(
            units=parts[0][:, 0],
            paired=parts[1][:, 0],
            agreed=parts[2],
            shares=parts[3],
            margins=parts[4],
            apart=parts[5],
            people=parts[6].reshape(len(table), self.annotators, self.labels),
        )


def layout(ratings: Ratings, *, people: bool = True) -> Layout:
    """How the sums of `ratings` are laid out; without `people`, nothing is counted by annotator (Conger needs it)."""
    size = len(ratings.labels)
    ordered = ratings.values is not None
    return Layout(
        labels=size,
        annotators=len(ratings.annotators) if people else 0,
        weightings=len(WEIGHTINGS) if ordered else 1,
        pairs=size * (size - 1) // 2 if ordered else 1,
    )


def cluster_sums(ratings: Ratings, *, people: bool = True) -> Floats:
    """The flat table of sums, shape ``(clusters, columns)``, as `layout` lays it out.

    O(judgements log judgements) where labels have no order: there may be thousands of them, names of speakers.
    """
    judged: Ints = np.bincount(ratings.unit, minlength=ratings.units)
    paired = judged >= 2
    agreed, apart = _nominal(ratings, judged) if ratings.values is None else _ordered(ratings, judged)
    weight: Floats = ratings.weight
    each: Floats = weight / np.maximum(judged, 1)
    first: Floats = np.column_stack([judged > 0, paired, agreed])
    parts = [
        add_up(first * weight[:, None], ratings.cluster, ratings.clusters),
        by_label(ratings, each[ratings.unit]),
        by_label(ratings, (weight * paired)[ratings.unit]),
        add_up(apart * weight[:, None], ratings.cluster, ratings.clusters),
    ]
    return np.hstack([*parts, _people(ratings)] if people else parts)


def by_label(ratings: Ratings, weight: Floats) -> Floats:
    """`weight`, one a judgement, summed over each cluster and label: shape ``(clusters, labels)``."""
    return histogram(ratings.cluster[ratings.unit], ratings.label, weight, (ratings.clusters, len(ratings.labels)))


def histogram(rows: Ints, columns: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    """`weight` summed over the cells of a table of `shape` that ``(rows, columns)`` point to."""
    flat = np.bincount(rows * shape[1] + columns, weights=weight, minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)


def add_up(rows: Floats, groups: Ints, count: int) -> Floats:
    """Sum `rows`, shape ``(n, columns)``, over the groups 0 .. count - 1 that they are in: ``(count, columns)``."""
    summed = [np.bincount(groups, weights=column, minlength=count) for column in rows.T]
    return np.stack(summed, axis=1) if summed else np.zeros((count, 0))


def _nominal(ratings: Ratings, judged: Ints) -> tuple[Floats, Floats]:
    """Per unit: share of pairs with one label, and pairs with two over the judgements less one; a column each."""
    size = max(len(ratings.labels), 1)
    cells, times = np.unique(ratings.unit * size + ratings.label, return_counts=True)
    squares = np.bincount(cells // size, weights=times**2, minlength=ratings.units)
    pairs = np.where(judged >= 2, judged * (judged - 1), np.inf)
    others = np.where(judged >= 2, judged - 1, np.inf)
    return ((squares - judged) / pairs)[:, None], ((judged**2 - squares) / 2 / others)[:, None]


def _ordered(ratings: Ratings, judged: Ints) -> tuple[Floats, Floats]:
    """The same for each weighting, and for each pair of labels."""
    counts = ratings.counts()
    pairs = np.where(judged >= 2, judged * (judged - 1), np.inf)
    matrices = [weights(weighting, ratings.scale) for weighting in WEIGHTINGS]
    alike = [(counts * (counts @ matrix)).sum(axis=1) - judged for matrix in matrices]
    first, second = np.triu_indices(len(ratings.labels), k=1)
    others = np.where(judged >= 2, judged - 1, np.inf)
    return np.column_stack(alike) / pairs[:, None], counts[:, first] * counts[:, second] / others[:, None]


def _people(ratings: Ratings) -> Floats:
    size = len(ratings.annotators) * len(ratings.labels)
    place = ratings.annotator * len(ratings.labels) + ratings.label
    return histogram(ratings.cluster[ratings.unit], place, ratings.weight[ratings.unit], (ratings.clusters, size))
