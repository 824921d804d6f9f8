"""One question's judgements as numbers: what every coefficient is counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reports.judgements.table import Bools, Floats, Ints, Judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """The judgements on one question, coded from 0; one judgement per unit and annotator.

    Attributes:
        labels: the categories; also those that nobody used, when the scheme knows them.
        values: shape ``(labels,)``, where each label stands on the scale; None where the labels have no order.
        unit, annotator, label: shape ``(judgements,)``.
        cluster: shape ``(units,)``, the cluster of each unit.
        weight: shape ``(units,)``, inclusion weights, of mean 1 (all 1 where none were logged).
        annotators: the annotators' names.
    """

    labels: tuple[str, ...]
    values: Floats | None
    unit: Ints
    annotator: Ints
    label: Ints
    cluster: Ints
    weight: Floats
    annotators: tuple[str, ...]

    @property
    def units(self) -> int:
        """How many units there are, judged or not."""
        return len(self.cluster)

    @property
    def clusters(self) -> int:
        """How many clusters the units lie in."""
        return int(self.cluster.max()) + 1 if len(self.cluster) else 0

    @property
    def scale(self) -> Floats:
        """`values`, or 0, 1, 2 ... where the labels have no order (and a place on a scale does not matter)."""
        return np.arange(len(self.labels), dtype=np.float64) if self.values is None else self.values

    def counts(self) -> Floats:
        """Shape ``(units, labels)``: how many annotators gave each unit each label."""
        size = len(self.labels)
        flat = np.bincount(self.unit * size + self.label, minlength=self.units * size)
        return flat.reshape(self.units, size).astype(np.float64)

    def keep(self, rows: Bools) -> Ratings:
        """The judgements in `rows` alone, over the same units, clusters, labels and annotators."""
        return replace(self, unit=self.unit[rows], annotator=self.annotator[rows], label=self.label[rows])

    def overlap(self) -> Bools:
        """Which judgements are of units that at least two annotators judged."""
        mask: Bools = np.bincount(self.unit, minlength=self.units)[self.unit] >= 2
        return mask

    def only(self, annotators: tuple[int, ...]) -> Ratings:
        """The judgements of some annotators alone, and only they count as annotators."""
        places = np.full(len(self.annotators), -1, dtype=np.int64)
        places[list(annotators)] = np.arange(len(annotators))
        kept = self.keep(places[self.annotator] >= 0)
        names = tuple(self.annotators[place] for place in annotators)
        return replace(kept, annotator=places[kept.annotator], annotators=names)

    def merged(self, into: Ints, labels: tuple[str, ...]) -> Ratings:
        """The same judgements with label ``c`` read as label ``into[c]`` of `labels`; -1 drops the judgement."""
        kept = self.keep(into[self.label] >= 0)
        values = None if self.values is None else np.arange(len(labels), dtype=np.float64)
        return replace(kept, label=into[kept.label], labels=labels, values=values)


def ratings(judgements: Judgements, question: str, *, weigh: bool = True, like: Judgements | None = None) -> Ratings:
    """The first looks at one question, coded.

    Args:
        judgements: any number of questions.
        question: which of them; raises KeyError where it was never asked.
        weigh: use the logged inclusion probabilities: each unit counts ``1 / probability``, scaled to mean 1.
        like: number units, clusters and annotators as in these judgements, so that subsets can be compared cluster by
            cluster. By default, as in `judgements` itself.

    Units are numbered in the order of their names' first appearance, clusters and annotators too.
    """
    scheme = judgements.scheme_of(question)
    rows = judgements.of(question).first_looks()
    base = (like or judgements).of(question).first_looks()
    units, base_unit = np.unique(base.unit.codes, return_inverse=True)
    clusters = np.zeros(len(units), dtype=np.int64)
    clusters[base_unit] = base.cluster.codes
    people = base.annotator.compact()
    return Ratings(
        labels=scheme.label_names,
        values=values_of(scheme.label_names) if scheme.level == "ordinal" else None,
        unit=np.searchsorted(units, rows.unit.codes),
        annotator=rows.annotator.coded(people.names),
        label=rows.label.coded(scheme.label_names),
        cluster=np.unique(clusters, return_inverse=True)[1],
        weight=_weights(base, base_unit, len(units)) if weigh else np.ones(len(units)),
        annotators=people.names,
    )


def values_of(labels: tuple[str, ...]) -> Floats:
    """Where labels stand on a scale: the numbers themselves where all are numbers, else 0, 1, 2 ... in order."""
    try:
        return np.array([float(label) for label in labels])
    except ValueError:
        return np.arange(len(labels), dtype=np.float64)


def _weights(rows: Judgements, unit: Ints, units: int) -> Floats:
    probability = rows.numbers.get("probability")
    weight = np.ones(units)
    if probability is None or not len(probability) or np.isnan(probability).any():
        return weight
    weight[unit] = 1 / probability
    scaled: Floats = weight / weight.mean()
    return scaled
