"""The alternative annotator test: may the model stand in for one of the people?

Source: Calderon, Reichart & Dror, The Alternative Annotator Test for LLM-as-a-Judge (ACL 2025),
https://arxiv.org/abs/2501.10970.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import Bools, Floats, Ints
from reports.statistics.ratings import Ratings
from reports.statistics.student import student_below
from reports.statistics.weights import weights


def alternative_annotator_test(
    rated: Ratings, model: Ints, *, epsilon: float = 0.15, rate: float = 0.05, least: int = 30
) -> dict[str, Any]:
    """Whether the model is as good a colleague to the others as each of the annotators is.

    Args:
        rated: people's judgements, made without the model's in sight.
        model: the model's label of each unit, shape ``(units,)``; -1 where it has none.
        epsilon: what a person's greater cost is worth: .2 for experts, .15 for skilled annotators, .1 for a crowd.
        rate: the false discovery rate, by Benjamini and Yekutieli.
        least: annotators with fewer shared units are not tested.

    For annotator j, each unit asks who is closer to the remaining annotators: j or the model; at a tie both are.
    ``rho_f``, ``rho_h``: shares of units won by the model and by j. Tested is H0: ``rho_f <= rho_h - epsilon``, by a
    t-test on the differences, clustered by article (with one unit an article it is the paper's paired t-test).
    Closeness is the share of the others with the same label, weighted by Gwet's ordinal weights for ordered labels.

    Returns ``{epsilon, rate, winning_rate, passes, advantage, annotators {name: {units, rho_model, rho_person,
    difference, p, rejected} | {"undefined": reason}}, sentence}``. Read ``winning_rate``: the share of annotators
    whom the model could stand in for; .5 or more passes. ``advantage``: the mean ``rho_f``, to compare models by.
    """
    if len(rated.annotators) < 3:
        return {"undefined": f"the test needs three annotators, and there are {len(rated.annotators)}"}
    found = {name: _compare(rated, place, model, epsilon, least) for place, name in enumerate(rated.annotators)}
    tested = [name for name, row in found.items() if "p" in row]
    if not tested:
        return {"undefined": f"no annotator shares {least} units or more with others and the model"}
    rejected = benjamini_yekutieli(np.array([found[name]["p"] for name in tested]), rate)
    for name, verdict in zip(tested, rejected, strict=True):
        found[name]["rejected"] = bool(verdict)
    winning = float(np.mean(rejected))
    advantage = float(np.mean([found[name]["rho_model"] for name in tested]))
    return {
        "epsilon": epsilon,
        "rate": rate,
        "winning_rate": winning,
        "passes": winning >= 0.5,
        "advantage": advantage,
        "annotators": found,
        "sentence": f"The model could stand in for {sum(map(bool, rejected))} of {len(tested)} annotators "
        f"(winning rate {winning:.2f}, epsilon {epsilon}).",
    }


def _compare(rated: Ratings, place: int, model: Ints, epsilon: float, least: int) -> dict[str, Any]:
    own = rated.annotator == place
    unit, label = rated.unit[own], rated.label[own]
    others = rated.counts()[unit]
    others[np.arange(len(unit)), label] -= 1
    usable = (others.sum(axis=1) > 0) & (model[unit] >= 0)
    if usable.sum() < least:
        return {"undefined": f"{int(usable.sum())} units shared with others and the model, fewer than {least}"}
    unit, label, others = unit[usable], label[usable], others[usable]
    matrix = np.eye(len(rated.labels)) if rated.values is None else weights("ordinal", rated.scale)
    closeness = others @ matrix / others.sum(axis=1, keepdims=True)
    rows = np.arange(len(unit))
    person, machine = closeness[rows, label], closeness[rows, model[unit]]
    model_wins, person_wins = machine >= person - 1e-12, person >= machine - 1e-12
    gap = person_wins.astype(np.float64) - model_wins
    return {
        "units": len(unit),
        "rho_model": float(model_wins.mean()),
        "rho_person": float(person_wins.mean()),
        "difference": float(gap.mean()),
        "p": _p_below(gap, rated.cluster[unit], epsilon),
    }


def _p_below(values: Floats, cluster: Ints, bound: float) -> float:
    """One-sided p-value of H0: the mean is `bound` or more; t-test with cluster-robust error."""
    mean = float(values.mean())
    by_cluster = np.bincount(np.unique(cluster, return_inverse=True)[1], weights=values - mean)
    clusters = len(by_cluster)
    if clusters < 2:
        return 1.0
    error = float(np.sqrt(clusters / (clusters - 1) * (by_cluster**2).sum())) / len(values)
    if error == 0:
        return 0.0 if mean < bound else 1.0
    return student_below((mean - bound) / error, clusters - 1)


def benjamini_yekutieli(p: Floats, rate: float) -> Bools:
    """Which hypotheses to reject so that, under any dependence, `rate` of the rejections are false on average.

    ``p_(i) <= i rate / (m sum_j 1 / j)`` up to the largest such i. Shape as `p`, boolean. Source: Benjamini &
    Yekutieli, Annals of Statistics 29 (2001), https://doi.org/10.1214/aos/1013699998.
    """
    count = len(p)
    order = np.argsort(p, kind="stable")
    bounds = np.arange(1, count + 1) * rate / (count * (1 / np.arange(1, count + 1)).sum())
    passing = np.flatnonzero(p[order] <= bounds)
    rejected: Bools = np.zeros(count, dtype=np.bool_)
    if len(passing):
        rejected[order[: passing[-1] + 1]] = True
    return rejected
