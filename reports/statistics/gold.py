"""Gold: settled labels that know where they come from.

Each carries the models whose output any of its annotators had seen, and for the evaluation of a model whatever was made
with that model's output in sight is refused.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from pipeline.errors import InputError
from reports.judgements.table import Bools, Floats, Ints, Judgements
from reports.statistics.consensus import Ties, dawid_skene, majority, soft_labels
from reports.statistics.ratings import Ratings, ratings


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
