"""Which of several models agrees better with people."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from reports.judgements.table import Floats, Ints, Judgements
from reports.statistics.consensus import majority
from reports.statistics.gold import saw_output
from reports.statistics.intervals import DRAWS, Draws, bootstrap
from reports.statistics.ratings import ratings
from reports.statistics.sums import add_up


def compare_models(
    judgements: Judgements, question: str, predictions: Judgements, draws: Draws = DRAWS
) -> list[dict[str, Any]]:
    """Every two models of `predictions` on the units that people judged without seeing either's label.

    ``[{models [a, b], units, accuracy {first E, second E, difference E}}]``, first minus second, paired over the same
    units and articles. Where the interval of the difference holds 0, neither is shown to be better.
    """
    rows, machine = judgements.of(question).first_looks(), predictions.of(question)
    names = [machine.annotator.names[code] for code in np.unique(machine.annotator.codes)]
    found = []
    for one, two in combinations(names, 2):
        blind = rows.where(~saw_output(rows, one) & ~saw_output(rows, two))
        if not len(blind):
            continue
        people = majority(ratings(blind, question, weigh=False).counts())
        codes, first = np.unique(blind.unit.codes, return_index=True)
        units = [blind.unit.names[code] for code in codes]
        labels = [_labels_of(machine, name, units, rows.scheme_of(question).label_names) for name in (one, two)]
        usable = (people >= 0) & (labels[0] >= 0) & (labels[1] >= 0)
        right = [np.column_stack([usable, usable & (label == people)]).astype(np.float64) for label in labels]
        cluster = np.unique(blind.cluster.codes[first], return_inverse=True)[1]
        sums = add_up(np.hstack(right), cluster, int(cluster.max()) + 1)
        spread = bootstrap(sums, _two_accuracies, draws)
        parts = ("first", "second", "difference")
        accuracy = {part: spread.estimate(place, "no unit in common") for place, part in enumerate(parts)}
        found.append({"models": [one, two], "units": int(usable.sum()), "accuracy": accuracy})
    return found


def _two_accuracies(sums: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        one, two = sums[:, 1] / sums[:, 0], sums[:, 3] / sums[:, 2]
    return np.column_stack([one, two, one - two])


def _labels_of(machine: Judgements, model: str, units: list[str], labels: tuple[str, ...]) -> Ints:
    rows = machine.where(machine.annotator.codes == machine.annotator.names.index(model))
    both = zip(rows.unit.codes, rows.label.codes, strict=True)
    said = {rows.unit.names[unit]: rows.label.names[label] for unit, label in both}
    places = {label: place for place, label in enumerate(labels)}
    return np.array([places.get(said.get(unit, ""), -1) for unit in units], dtype=np.int64)
