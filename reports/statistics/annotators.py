"""Each annotator: how much, how fast, how like the others, how like themselves, and which labels they mix up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from reports.judgements.table import Bools, Factor, Ints, Judgements
from reports.statistics.against import against_others, gaps, one_against_rest
from reports.statistics.agreement import headline_key, measure
from reports.statistics.consensus import MODEL_LABELS, dawid_skene
from reports.statistics.intervals import DRAWS, Draws, Estimate
from reports.statistics.ratings import Ratings, ratings

_THIRDS = 3


def profiles(judgements: Judgements, question: str, draws: Draws = DRAWS) -> dict[str, Any]:
    """Every annotator of a question, by name.

    ``{name: {judgements, units, one_against_rest {percent E, kappa E}, gap E,
    intra {percent E, <headline> E} | undefined, competence p | None, confusion {labels, matrix} | None,
    seconds {median, quartiles} | undefined, drift [{third, judgements, agreement E}] | undefined}}``.

    ``one_against_rest.kappa``: agreement beyond chance with a randomly drawn other annotator of the same unit;
    ``gap``: that kappa minus the mean of the other annotators' (`against`). ``competence`` and ``confusion``
    (rows: the truth) come from Dawid and Skene's model. ``drift``: agreement with the others in the first, second and
    last third of the annotator's own work, in the order of the file.
    """
    rated = ratings(judgements, question)
    rows = judgements.of(question).first_looks()
    fits = rated.overlap().any() and len(rated.labels) <= MODEL_LABELS
    fit = dawid_skene(rated) if fits else None
    apart = gaps(rated, draws)
    found = {}
    for place, name in enumerate(rated.annotators):
        own = rated.annotator == place
        found[name] = {
            "judgements": int(own.sum()),
            "units": len(np.unique(rated.unit[own])),
            "one_against_rest": one_against_rest(rated, place, draws=draws),
            "gap": apart[name],
            "intra": intra(judgements, question, name, draws=draws),
            "competence": float(fit.competence[place]) if fit else None,
            "confusion": {"labels": list(rated.labels), "matrix": fit.confusion[place].tolist()} if fit else None,
            "seconds": _seconds(rows, own),
            "drift": _drift(rated, place, draws),
        }
    return found


def intra(
    judgements: Judgements, question: str, name: str, draws: Draws = DRAWS
) -> dict[str, Estimate] | dict[str, str]:
    """An annotator's first look against the second at the same units: percent and alpha, or why not.

    The two occasions take the place of two annotators. Read it as the ceiling: nobody can agree with others more than
    with themselves. Source: Krippendorff 2018, section 12.2 (stability).
    """
    occasion = judgements.numbers.get("occasion")
    rows = judgements.of(question)
    again = None if occasion is None else rows.numbers["occasion"] > 0
    if again is None or not (again & rows_of(rows, name)).any():
        return {"undefined": "no unit went out twice to this annotator (column `occasion`)"}
    mine = rows.where(rows_of(rows, name) & ~(rows.numbers["occasion"] > 1))
    looks = mine.numbers["occasion"] > 0
    as_two = _occasions_as_annotators(mine, question, looks.astype(np.int64))
    alpha = headline_key(as_two)
    return measure(as_two, ("percent", alpha), draws=draws)


def rows_of(rows: Judgements, name: str) -> Bools:
    """Which judgements are by the annotator called `name`."""
    mask: Bools = rows.annotator.codes == rows.annotator.names.index(name)
    return mask


def _occasions_as_annotators(rows: Judgements, question: str, looks: Ints) -> Ratings:
    as_two = replace(
        rows,
        annotator=Factor(codes=looks, names=("first look", "second look")),
        numbers={name: column for name, column in rows.numbers.items() if name != "occasion"},
    )
    return ratings(as_two, question)


def _seconds(rows: Judgements, own: Bools) -> dict[str, Any]:
    seconds = rows.numbers.get("seconds")
    known = seconds[own & ~np.isnan(seconds)] if seconds is not None else np.empty(0)
    if not len(known):
        return {"undefined": "no times were recorded"}
    low, median, high = np.percentile(known, [25, 50, 75])
    return {"median": float(median), "quartiles": [float(low), float(high)]}


def _drift(rated: Ratings, place: int, draws: Draws) -> list[dict[str, Any]] | dict[str, str]:
    mine = np.flatnonzero(rated.annotator == place)
    if len(mine) < _THIRDS * 10:
        return {"undefined": f"fewer than {_THIRDS * 10} judgements: thirds would be too small to compare"}
    found = []
    for third, part in enumerate(np.array_split(mine, _THIRDS)):
        own = np.zeros(len(rated.unit), dtype=np.bool_)
        own[part] = True
        against = against_others(rated, own, draws)
        found.append({"third": third + 1, "judgements": len(part), "agreement": against["percent"]})
    return found
