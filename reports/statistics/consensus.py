"""One label per unit from many annotators: majority, and Dawid and Skene's model of who errs how.

A consensus knows where it comes from: each carries the models whose output any of its annotators had seen, and
`gold` refuses, for the evaluation of a model, whatever was made with that model's output in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from pipeline.errors import InputError
from reports.judgements.table import Bools, Floats, Ints, Judgements
from reports.statistics.ratings import Ratings, ratings

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


def gold(
    judgements: Judgements,
    question: str,
    *,
    method: Literal["majority", "dawid-skene"] = "majority",
    ties: Ties = "none",
    for_model: str | None = None,
    least: int = 1,
) -> list[dict[str, Any]]:
    """Consensus labels, one row per unit: ``{unit, label, support, ...}``.

    Args:
        judgements: any number of questions.
        question: the one to settle; KeyError where it was never asked.
        method: ``majority``, or ``dawid-skene`` (the most probable label).
        ties: what a tie gives under ``majority``; units without a label are left out.
        for_model: the model that the gold is to evaluate: judgements made with its output in sight, or with any output
            whose model was not recorded, do not count.
        least: units with fewer judgements are left out.

    ``support`` is the share of annotators behind the label; ``saw`` the models whose output annotators had seen;
    ``inclusion_probability`` the one that was logged, where all judgements have theirs.
    Raises InputError where nothing is left: corrected pre-labels cannot evaluate the model that made them.
    """
    rows = judgements.of(question).first_looks()
    if for_model is not None:
        _check_model(rows, for_model)
        rows = rows.where(~saw_output(rows, for_model))
        if not len(rows):
            raise InputError(
                f"every judgement on {question} was made with the output of {for_model} in sight: no gold for it.",
                fix="annotate a blind share (items without a pre-label), or leave out --for.",
            )
    rated = ratings(rows, question, weigh=False)
    counts = rated.counts()
    scores = dawid_skene(rated).posterior if method == "dawid-skene" else soft_labels(counts)
    label = scores.argmax(axis=1) if method == "dawid-skene" else majority(counts, ties)
    kept = np.flatnonzero((label >= 0) & (counts.sum(axis=1) >= least))
    return _gold_rows(rows, rated, label, scores, kept)


def _check_model(rows: Judgements, model: str) -> None:
    """Raise InputError for a model named without its revision, *m* for *m@1*: what it showed would count as unseen."""
    known = rows.factors.get("model")
    meant = [name for name in (known.names if known is not None else ()) if name.startswith(f"{model}@")]
    if meant and not rows.is_("model", model).any():
        raise InputError(
            f"the judgements know no model {model}, and some that begin so: {', '.join(meant)}.",
            fix=f"name the revision: --for {meant[0]}.",
        )


def was_shown(rows: Judgements) -> Bools:
    """Which judgements of one question were made with a model's output in sight; nothing that the file calls blind was.

    Where labels that were shown are recorded, and none of these, there was none to show: the question is for people.
    """
    shown = rows.is_("arm", "shown")
    if (given := rows.factors.get("shown")) is not None:
        shown = shown & (given.codes >= 0).any() | (given.codes >= 0)
    mask: Bools = shown & ~rows.is_("arm", "blind")
    return mask


def saw_output(rows: Judgements, model: str) -> Bools:
    """Which judgements were made with the output of `model` in sight, or of a model nobody recorded."""
    column = rows.factors.get("model")
    unknown = column.codes < 0 if column is not None else np.ones(len(rows), dtype=np.bool_)
    mask: Bools = was_shown(rows) & (unknown | rows.is_("model", model))
    return mask


def _gold_rows(rows: Judgements, rated: Ratings, label: Ints, scores: Floats, kept: Ints) -> list[dict[str, Any]]:
    counts, order = rated.counts(), np.argsort(rated.unit, kind="stable")
    ends = np.searchsorted(rated.unit[order], np.arange(rated.units + 1))
    shown = was_shown(rows)
    found = []
    for unit in kept:
        members = order[ends[unit] : ends[unit + 1]]
        name = rows.unit.names[rows.unit.codes[members[0]]]
        found.append(
            {
                "unit": name,
                "question": rows.question.value(int(members[0])),
                "label": rated.labels[label[unit]],
                "support": float(counts[unit, label[unit]] / counts[unit].sum()),
                "judgements": int(counts[unit].sum()),
                "scores": {each: float(score) for each, score in zip(rated.labels, scores[unit], strict=True)},
                "annotators": sorted(rated.annotators[place] for place in rated.annotator[members]),
                "saw": _seen(rows, members, shown),
                **_about(rows, int(members[0]), name),
            }
        )
    return found


def _about(rows: Judgements, row: int, name: str) -> dict[str, Any]:
    """What is known of a unit, under the names that `onrecord evaluate` reads: text, target, sentence, speaker.

    And with what probability it was drawn, where that is known of all.
    """
    known = {
        factor: rows.factors[factor].value(row)
        for factor in ("target", "sentence", "speaker")
        if factor in rows.factors
    }
    chance = rows.numbers.get("probability")
    drawn = float(chance[row]) if chance is not None and not np.isnan(chance).any() else None
    found = {"text": rows.texts.get(name), **known, "inclusion_probability": drawn}
    return {key: value for key, value in found.items() if value is not None}


def _seen(rows: Judgements, members: Ints, shown: Bools) -> list[str]:
    model = rows.factors.get("model")
    seen = members[shown[members]]
    return sorted({(model.value(int(row)) if model is not None else None) or "unknown" for row in seen})
