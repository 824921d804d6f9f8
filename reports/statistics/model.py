"""The model against people, on items that people judged without seeing its label."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from reports.judgements.table import Bools, Floats, Ints, Judgements
from reports.statistics.against import one_against_rest
from reports.statistics.agreement import headline_key, measure
from reports.statistics.alternative import alternative_annotator_test
from reports.statistics.calibration import calibration
from reports.statistics.consensus import MODEL_LABELS, majority
from reports.statistics.gold import saw_output
from reports.statistics.intervals import DRAWS, Draws, Estimate, bootstrap
from reports.statistics.ratings import Ratings, ratings
from reports.statistics.sums import histogram


def model_against_people(
    judgements: Judgements, question: str, *, epsilon: float = 0.15, draws: Draws = DRAWS
) -> dict[str, Any]:
    """How good the model is, by blind items alone; ``{"undefined": reason}`` where no model label is known.

    ::

        name, seen          the model; "recorded", or "not recorded": then nobody is taken to have seen its labels
        score               {units, weighted, ties, reference, accuracy E, macro_f1 E, labels {label: {precision E,
                            recall E, f1 E, support n}}} | undefined: refused without blind items
        corrected           {units, accuracy E, macro_f1 E} | undefined: the same where annotators saw the label: no
                            score of the model, shown because others publish it
        inflation           {accuracy E, macro_f1 E} | undefined: corrected minus score
        confusion           {labels, matrix}: rows people's majority, columns the model | undefined, also with more
                            than 30 labels
        calibration         {error E, brier E, bins [{low, high, units, confidence, accuracy}],
                            risk_coverage [{coverage, confidence, risk}]} | undefined
        as_annotator        {model {percent E, kappa E}, people {name: {percent E, kappa E}}} | undefined
        agreement_with      {<headline> E} alpha of people and model together on the blind items | undefined
        alternative         see reports/statistics/alternative.py | undefined

    Where the probabilities of being drawn were logged (`weighted`), units count ``1 / probability`` in score, corrected
    and inflation, so that they speak of the corpus and not of a sample that may favour what the model is unsure of; all
    else counts the units as they are.
    """
    rows = judgements.of(question).first_looks()
    column = rows.factors.get("model_label")
    if column is None or (column.codes < 0).all():
        return {"undefined": "no model's labels of these units are known (column `model_label`)"}
    name = _name(rows)
    seen = saw_output(rows, name) if name else saw_output(rows, "")
    recorded = "arm" in rows.factors or "shown" in rows.factors
    blind, corrected = (_Sides(rows.where(mask), question, rows, draws) for mask in (~seen, seen))
    return {
        "name": name or "the model",
        "seen": "recorded" if recorded else "not recorded",
        "score": blind.score() or {"undefined": _refusal(bool(seen.any()))},
        "corrected": corrected.totals() or {"undefined": "no item was judged with the model's label in sight"},
        "inflation": _inflation(blind, corrected, draws),
        **blind.rest(epsilon),
    }


def _refusal(shown: bool) -> str:
    if shown:
        return (
            "every judged item showed the model's label: a score from corrected items alone is inflated by anchoring, "
            "and is refused; send out a blind share"
        )
    return "no unit that the model labelled has a majority among people"


def _name(rows: Judgements) -> str | None:
    column = rows.factors.get("model")
    known = column.codes[column.codes >= 0] if column is not None else np.empty(0, dtype=np.int64)
    return column.names[np.bincount(known).argmax()] if column is not None and len(known) else None


class _Sides:
    """People's judgements of one kind (blind, or corrected) beside the model's labels of the same units."""

    def __init__(self, rows: Judgements, question: str, base: Judgements, draws: Draws) -> None:
        self.rated: Ratings = ratings(rows, question, weigh=False, like=base)
        self.model = per_unit_label(base, question, "model_label")
        self.confidence = _per_unit_number(base, "model_confidence")
        self.people = majority(self.rated.counts())
        self.judged: Bools = np.bincount(self.rated.unit, minlength=self.rated.units) > 0
        self.usable: Bools = (self.people >= 0) & (self.model >= 0)
        self.draws = draws
        self.weight: Floats = ratings(base, question).weight

    def table(self) -> dict[str, Any]:
        """The confusion of people (rows) and model, in units; empty, with a reason, where there are many labels."""
        size = len(self.rated.labels)
        if size > MODEL_LABELS:
            reason = f"{size} labels are too many for a matrix that one could read"
            return {"undefined": reason, "labels": [], "matrix": []}
        people, model = self.people[self.usable], self.model[self.usable]
        matrix = histogram(people, model, np.ones(len(people)), (size, size))
        return {"labels": list(self.rated.labels), "matrix": matrix.astype(int).tolist()}

    def cells(self) -> Floats:
        """In each cluster, the weight of the units that are right, truly, and by the model of each label.

        Shape ``(clusters, 3 labels)``, weights of the labels side by side.
        """
        shape = (self.rated.clusters, len(self.rated.labels))
        right = self.usable & (self.people == self.model)
        sides = ((right, self.people), (self.usable, self.people), (self.usable, self.model))
        return np.hstack(
            [histogram(self.rated.cluster[rows], label[rows], self.weight[rows], shape) for rows, label in sides]
        )

    def totals(self) -> dict[str, Any] | None:
        """Accuracy and macro-F1."""
        if not self.usable.any():
            return None
        spread = bootstrap(self.cells(), _accuracy_and_f1, draws=self.draws)
        return {"units": int(self.usable.sum()), "accuracy": spread.estimate(0), "macro_f1": spread.estimate(1)}

    def score(self) -> dict[str, Any] | None:
        """`totals`, with precision, recall and F1 of each label."""
        totals = self.totals()
        if totals is None:
            return None
        spread = bootstrap(self.cells(), _label_scores, draws=self.draws)
        size = len(self.rated.labels)
        names = ("precision", "recall", "f1")
        labels = {
            label: {
                **{name: spread.estimate(part * size + place) for part, name in enumerate(names)},
                "support": int((self.usable & (self.people == place)).sum()),
            }
            for place, label in enumerate(self.rated.labels)
        }
        ties = int((self.judged & (self.people < 0)).sum())
        return {
            **totals,
            "weighted": bool((self.weight != self.weight[0]).any()),
            "ties": ties,
            "reference": "majority of the annotators who did not see it",
            "labels": labels,
        }

    def rest(self, epsilon: float) -> dict[str, Any]:
        """Confusion, calibration, the model as an annotator, and the alternative annotator test."""
        if not self.usable.any():
            reason = {"undefined": "no blind item with a majority among people and a label of the model"}
            return dict.fromkeys(("confusion", "calibration", "as_annotator", "agreement_with", "alternative"), reason)
        return {
            "confusion": self.table(),
            "calibration": self._calibrated(),
            **self.as_annotator(),
            "alternative": alternative_annotator_test(self.rated, self.model, epsilon=epsilon),
        }

    def _calibrated(self) -> dict[str, Any]:
        known = self.usable & ~np.isnan(self.confidence)
        right = (self.people == self.model)[known].astype(np.float64)
        return calibration(self.confidence[known], right, self.rated.cluster[known], self.draws)

    def as_annotator(self) -> dict[str, Any]:
        """The model, and each person, against all (other) people; and alpha with the model as one more annotator."""
        units = np.flatnonzero(self.judged & (self.model >= 0))
        place = len(self.rated.annotators)
        joined = replace(
            self.rated,
            unit=np.concatenate([self.rated.unit, units]),
            annotator=np.concatenate([self.rated.annotator, np.full(len(units), place)]),
            label=np.concatenate([self.rated.label, self.model[units]]),
            annotators=(*self.rated.annotators, "the model"),
        )
        people = {
            name: one_against_rest(self.rated, other, self.draws) for other, name in enumerate(self.rated.annotators)
        }
        return {
            "as_annotator": {"model": one_against_rest(joined, place, self.draws), "people": people},
            "agreement_with": measure(joined, (headline_key(joined),), self.draws),
        }


def per_unit_label(rows: Judgements, question: str, factor: str) -> Ints:
    """The label that a column of names gives each unit, in the numbering of `ratings`; -1 where it gives none."""
    labels = rows.factors[factor].coded(rows.scheme_of(question).label_names)
    units, place = np.unique(rows.unit.codes, return_inverse=True)
    found = np.full(len(units), -1, dtype=np.int64)
    np.maximum.at(found, place, labels)
    return found


def _per_unit_number(rows: Judgements, number: str) -> Floats:
    units, place = np.unique(rows.unit.codes, return_inverse=True)
    found = np.full(len(units), np.nan)
    if (column := rows.numbers.get(number)) is not None:
        found[place] = column
    return found


def _inflation(blind: _Sides, corrected: _Sides, draws: Draws) -> dict[str, Estimate] | dict[str, str]:
    if not blind.usable.any() or not corrected.usable.any():
        return {"undefined": "it takes blind items and corrected ones"}
    cells = blind.cells()
    width = cells.shape[1]

    def minus(sums: Floats) -> Floats:
        return _accuracy_and_f1(sums[:, width:]) - _accuracy_and_f1(sums[:, :width])

    spread = bootstrap(np.hstack([cells, corrected.cells()]), minus, draws=draws)
    return {"accuracy": spread.estimate(0), "macro_f1": spread.estimate(1)}


def _accuracy_and_f1(cells: Floats) -> Floats:
    right, true, _ = np.split(cells, 3, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        accuracy = right.sum(axis=1) / true.sum(axis=1)
    f1 = np.split(_label_scores(cells), 3, axis=1)[2]
    known = ~np.isnan(f1)
    total = np.where(known, f1, 0.0).sum(axis=1)
    macro = np.divide(total, known.sum(axis=1), out=np.full(len(cells), np.nan), where=known.any(axis=1))
    return np.column_stack([accuracy, macro])


def _label_scores(cells: Floats) -> Floats:
    """Precision, recall and F1 of each label: ``(n, 3 labels)``; nan for a label that neither side gave."""
    right, true, given = np.split(cells, 3, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.hstack([right / given, right / true, 2 * right / (given + true)])
