"""Agreement under every weighting: how the verdict hangs on what counts as a near miss."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import Floats
from reports.statistics import coefficients
from reports.statistics.agreement import why_undefined
from reports.statistics.intervals import DRAWS, Draws, bootstrap
from reports.statistics.ratings import Ratings
from reports.statistics.sums import cluster_sums, layout
from reports.statistics.weights import WEIGHTINGS, Weighting

WEIGHTED = ("percent", "conger", "fleiss", "brennan_prediger", "gwet", "alpha")


def weighted(
    rated: Ratings, weightings: tuple[Weighting, ...] = WEIGHTINGS[:4], draws: Draws = DRAWS
) -> dict[str, Any]:
    """``{weighting: {percent, conger, fleiss, brennan_prediger, gwet, alpha}}``, or why not.

    Under ``identity`` all misses count alike; the others forgive near misses in their ways (`weights`). Alpha
    here takes one minus the weight as its distance; with ``ordinal`` that is Gwet's, not Krippendorff's.
    """
    if rated.values is None:
        return {"undefined": "the labels have no order, so no miss is nearer than another"}
    if reason := why_undefined(rated, "fleiss"):
        return {"undefined": reason}
    arranged = layout(rated)

    def statistic(sums: Floats) -> Floats:
        read = arranged.read(sums)
        columns = []
        for weighting in weightings:
            columns.append(coefficients.percent(read, weighting))
            for name in WEIGHTED[1:]:
                columns.append(_FUNCTIONS[name](read, weighting, rated.values))
        return np.column_stack(columns)

    spread = bootstrap(cluster_sums(rated), statistic, draws=draws)
    return {
        weighting: {
            name: spread.estimate(row * len(WEIGHTED) + place, "chance alone would always agree")
            for place, name in enumerate(WEIGHTED)
        }
        for row, weighting in enumerate(weightings)
    }


_FUNCTIONS = {
    "conger": coefficients.conger,
    "fleiss": coefficients.fleiss,
    "brennan_prediger": coefficients.brennan_prediger,
    "gwet": coefficients.gwet,
    "alpha": coefficients.weighted_alpha,
}
