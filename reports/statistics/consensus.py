"""One label per unit from many annotators: majority, and Dawid and Skene's model of who errs how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from reports.judgements.table import Floats, Ints
from reports.statistics.ratings import Ratings

Ties = Literal["none", "first", "middle"]
"""What a tie gives: no label; the tied label that stands first in the scheme; the middle one of the tied labels."""

MODEL_LABELS = 30
"""More labels than this (names of speakers), and a report fits no model of who errs how."""

_FLOOR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class DawidSkene:
    """Dawid and Skene's model, fitted.

    Attributes:
        posterior: ``(units, labels)``, the probability of each true label; rows of units nobody judged are the prior.
        prior: ``(labels,)``, how frequent the true labels are.
        confusion: ``(annotators, labels, labels)``, what each annotator answers (last axis) when the truth is given.
        log_likelihood: of each iteration; it never falls.
        converged: whether the last step gained less than the tolerance.
    """

    posterior: Floats
    prior: Floats
    confusion: Floats
    log_likelihood: tuple[float, ...]
    converged: bool

    @property
    def competence(self) -> Floats:
        """The probability that each annotator is right, over the true labels: shape ``(annotators,)``."""
        right: Floats = np.einsum("ack,c,ck->a", self.confusion, self.prior, np.eye(len(self.prior)))
        return right


def majority(counts: Floats, ties: Ties = "none") -> Ints:
    """The most frequent label of each unit, shape ``(units,)``; -1 where nobody judged it or a tie gives none.

    `counts` has shape ``(units, labels)``. Ties settled by order favour some labels: report how many there were.
    """
    most = counts.max(axis=1, initial=0.0)
    leading = (counts == most[:, None]) & (most[:, None] > 0)
    number = leading.sum(axis=1)
    first = leading.argmax(axis=1)
    if ties == "middle":
        wanted = (number + 1) // 2
        first = (np.cumsum(leading, axis=1) >= wanted[:, None]).argmax(axis=1)
    label: Ints = np.where((number == 1) | ((number > 1) & (ties != "none")), first, -1)
    return label


def soft_labels(counts: Floats) -> Floats:
    """The share of annotators behind each label, shape ``(units, labels)``; zeros where nobody judged."""
    shares: Floats = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares


def dawid_skene(rated: Ratings, *, most: int = 200, tolerance: float = 1e-8, smoothing: float = 0.01) -> DawidSkene:
    """Fit true labels and each annotator's confusion matrix together, by expectation maximisation.

    ``P(truth = c | judgements) ~ p_c prod_a pi_a[c, label]``, from the shares of the judgements. `smoothing` judgements
    are added to each cell, so that an annotator of few units is not believed to be infallible; the log-likelihood then
    has that prior in it. Source: Dawid & Skene, Applied Statistics 28 (1979), https://doi.org/10.2307/2346806. Read a
    competence as the share of units an annotator gets right *if* errors are independent given the truth.
    """
    size, people = len(rated.labels), len(rated.annotators)
    posterior = soft_labels(rated.counts())
    posterior[posterior.sum(axis=1) == 0] = 1 / size
    cell = rated.annotator * size + rated.label
    judged = np.bincount(rated.unit, minlength=rated.units) > 0
    trace: list[float] = []
    while True:
        prior = posterior[judged].mean(axis=0) if judged.any() else np.full(size, 1 / size)
        confusion = _confusion(posterior, rated, cell, people, smoothing)
        logs = np.log(np.maximum(confusion, _FLOOR)).transpose(0, 2, 1).reshape(people * size, size)[cell]
        joint = np.column_stack([np.bincount(rated.unit, weights=row, minlength=rated.units) for row in logs.T])
        joint = joint + np.log(np.maximum(prior, _FLOOR))
        top = joint.max(axis=1, keepdims=True)
        mass = np.exp(joint - top)
        posterior = mass / mass.sum(axis=1, keepdims=True)
        likelihood = float((top[:, 0] + np.log(mass.sum(axis=1)))[judged].sum())
        penalty = smoothing * float(np.log(np.maximum(confusion, _FLOOR)).sum())
        trace.append(likelihood + penalty)
        settled = len(trace) > 1 and abs(trace[-1] - trace[-2]) <= tolerance * max(1.0, abs(trace[-1]))
        if settled or len(trace) >= most:
            return DawidSkene(
                posterior=posterior, prior=prior, confusion=confusion, log_likelihood=tuple(trace), converged=settled
            )


def _confusion(posterior: Floats, rated: Ratings, cell: Ints, people: int, smoothing: float) -> Floats:
    size = posterior.shape[1]
    given = posterior[rated.unit]
    seen = np.stack([np.bincount(cell, weights=column, minlength=people * size) for column in given.T])
    table = seen.reshape(size, people, size).transpose(1, 0, 2) + smoothing
    total = table.sum(axis=2, keepdims=True)
    shares: Floats = np.divide(table, total, out=np.full_like(table, 1 / size), where=total > 0)
    return shares


def summary(rated: Ratings) -> dict[str, Any]:
    """What the consensus came to: ``{units, unanimous, ties, single, majority {label: n}, dawid_skene}``.

    ``dawid_skene``: ``{iterations, converged, log_likelihood [..], prior {label: p}, differs_from_majority n,
    uncertain n}`` (uncertain: no label reaches .9), or ``{"undefined": reason}``.
    """
    counts = rated.counts()
    judged = counts.sum(axis=1)
    leading = (counts == counts.max(axis=1, keepdims=True)).sum(axis=1)
    label = majority(counts)
    return {
        "units": int((judged > 0).sum()),
        "single": int((judged == 1).sum()),
        "unanimous": int(((judged >= 2) & (counts.max(axis=1) == judged)).sum()),
        "ties": int(((judged > 0) & (leading > 1)).sum()),
        "majority": {name: int((label == place).sum()) for place, name in enumerate(rated.labels)},
        "dawid_skene": _fit_summary(rated, label),
    }


def _fit_summary(rated: Ratings, label: Ints) -> dict[str, Any]:
    if not rated.overlap().any():
        return {"undefined": "no unit was judged by two annotators, so nothing tells who errs"}
    if len(rated.labels) > MODEL_LABELS:
        return {"undefined": f"{len(rated.labels)} labels are too many to tell from so few judgements who errs how"}
    fit = dawid_skene(rated)
    judged = np.bincount(rated.unit, minlength=rated.units) > 0
    best = fit.posterior.argmax(axis=1)
    return {
        "iterations": len(fit.log_likelihood),
        "converged": fit.converged,
        "log_likelihood": list(fit.log_likelihood),
        "prior": dict(zip(rated.labels, map(float, fit.prior), strict=True)),
        "differs_from_majority": int(((label >= 0) & (best != label)).sum()),
        "uncertain": int((judged & (fit.posterior.max(axis=1) < 0.9)).sum()),
    }
