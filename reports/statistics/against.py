"""One annotator against all others, and whether somebody stands apart."""

from __future__ import annotations

import numpy as np

from reports.judgements.table import Bools, Floats, Ints
from reports.statistics.intervals import DRAWS, Draws, Estimate, bootstrap
from reports.statistics.ratings import Ratings
from reports.statistics.sums import histogram
from reports.statistics.weights import weights

_MOST = 20


def one_against_rest(rated: Ratings, place: int, draws: Draws = DRAWS) -> dict[str, Estimate]:
    """One annotator against all others on the units they share: ``{"percent", "kappa"}``.

    ``p_a`` is the mean over units of the weighted share of the others' judgements that agree with the annotator's;
    ``p_e = sum_kl w_kl p_k q_l`` from the annotator's label shares and the others'. Weights are identity for nominal
    labels, Gwet's ordinal ones for ordered. Source: Cohen 1968, applied to one against the pool of the others
    (Landis & Koch, Biometrics 33 (1977), https://doi.org/10.2307/2529786). Read it beside the others' values: an
    outlier reads the codebook in another way.
    """
    return against_others(rated, rated.annotator == place, draws)


def against_others(rated: Ratings, own: Bools, draws: Draws = DRAWS) -> dict[str, Estimate]:
    """`one_against_rest` for some of an annotator's judgements, which `own` marks.

    Draws only the articles in which these judgements meet others: the rest say nothing about this annotator.
    """
    sums = _sums(rated, own)
    sums = sums[sums[:, 0] > 0]
    if not len(sums):
        reason = "nobody else judged a unit of this annotator's"
        return {"percent": {"undefined": reason}, "kappa": {"undefined": reason}}
    spread = bootstrap(sums, lambda drawn: _percent_and_kappa(drawn, rated), draws)
    return {"percent": spread.estimate(0), "kappa": spread.estimate(1, "everybody gives one and the same label")}


def gaps(rated: Ratings, draws: Draws = DRAWS) -> dict[str, Estimate]:
    """Each annotator's kappa against the rest minus the mean of the other annotators', by name.

    All are counted on the same resampled articles. Read it as: an interval wholly below 0 says that this annotator
    agrees less with the rest than the others do, and not by chance. Two annotators leave no rest to differ from.
    """
    people = range(len(rated.annotators))
    if not 3 <= len(people) <= _MOST:
        reason = f"it takes 3 to {_MOST} annotators to compare one with the others, and there are {len(people)}"
        return {name: {"undefined": reason} for name in rated.annotators}
    tables = [_sums(rated, rated.annotator == place) for place in people]
    ends = np.cumsum([table.shape[1] for table in tables])[:-1]

    def statistic(drawn: Floats) -> Floats:
        kappas = np.column_stack([_percent_and_kappa(part, rated)[:, 1] for part in np.split(drawn, ends, axis=1)])
        others = (kappas.sum(axis=1, keepdims=True) - kappas) / (len(people) - 1)
        apart: Floats = kappas - others
        return apart

    spread = bootstrap(np.hstack(tables), statistic, draws)
    reason = "somebody shares no unit with the others, or all give one label"
    return {name: spread.estimate(place, reason) for place, name in enumerate(rated.annotators)}


def _percent_and_kappa(sums: Floats, rated: Ratings) -> Floats:
    size = len(rated.labels)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = sums[:, 1:] / sums[:, :1]
        alone, rest = scaled[:, 2 : 2 + size], scaled[:, 2 + size :]
        near = alone if rated.values is None else alone @ weights("ordinal", rated.scale)
        expected = (near * rest).sum(axis=1)
        kappa = np.where(expected < 1 - 1e-12, (scaled[:, 1] - expected) / (1 - expected), np.nan)
    return np.column_stack([scaled[:, 0], kappa])


def _sums(rated: Ratings, own: Bools) -> Floats:
    """Per cluster: units, agreement, weighted agreement, the annotator's labels, the others' (each unit counts 1)."""
    place = int(rated.annotator[own][0]) if own.any() else -1
    mine: Ints = np.full(rated.units, -1, dtype=np.int64)
    mine[rated.unit[own]] = rated.label[own]
    other = (rated.annotator != place) & (mine[rated.unit] >= 0)
    unit, label = rated.unit[other], rated.label[other]
    others = np.bincount(unit, minlength=rated.units)
    weight = rated.weight[unit] / others[unit]
    same = weight * (label == mine[unit])
    near = same if rated.values is None else weight * weights("ordinal", rated.scale)[mine[unit], label]
    cluster = rated.cluster[unit]
    columns = [np.bincount(cluster, weights=each, minlength=rated.clusters) for each in (weight, same, near)]
    shape = (rated.clusters, len(rated.labels))
    alone, rest = histogram(cluster, mine[unit], weight, shape), histogram(cluster, label, weight, shape)
    return np.hstack([np.column_stack(columns), alone, rest])
