"""What was judged: design, coverage, label shares, and what prevalence does to the coefficients."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import Factor, Floats, Judgements
from reports.statistics.intervals import DRAWS, Draws, Estimate, bootstrap
from reports.statistics.ratings import Ratings
from reports.statistics.sums import add_up


def input_of(judgements: Judgements, predictions: Judgements | None) -> dict[str, Any]:
    """The size of what came in."""
    probability = judgements.numbers.get("probability")
    return {
        "source": judgements.source,
        "judgements": len(judgements),
        "units": len(np.unique(judgements.unit.codes)),
        "annotators": len(np.unique(judgements.annotator.codes)),
        "clusters": len(np.unique(judgements.cluster.codes)),
        "clustered_by": judgements.clustered_by,
        "questions": list(judgements.question.names),
        "weighted": probability is not None and len(probability) > 0 and not bool(np.isnan(probability).any()),
        "model_labels": len(predictions) if predictions is not None else 0,
    }


def design(rows: Judgements, rated: Ratings) -> dict[str, Any]:
    """Units, overlap, arms, and who covered what."""
    judged = np.bincount(rated.unit, minlength=rated.units)
    sizes, units = np.unique(judged[judged > 0], return_counts=True)
    arm = rows.factors.get("arm")
    return {
        "units": int((judged > 0).sum()),
        "judgements": len(rated.unit),
        "annotators": len(np.unique(rated.annotator)),
        "clusters": rated.clusters,
        "paired_units": int((judged >= 2).sum()),
        "judgements_per_unit": {str(size): int(count) for size, count in zip(sizes, units, strict=True)},
        "arms": _arms(rows, arm) if arm is not None else {},
        "coverage": [_coverage(rated, judged, place) for place in range(len(rated.annotators))],
    }


def _arms(rows: Judgements, arm: Factor) -> dict[str, dict[str, int]]:
    return {
        name: {
            "units": len(np.unique(rows.unit.codes[arm.codes == code])),
            "judgements": int((arm.codes == code).sum()),
        }
        for code, name in enumerate(arm.names)
    }


def _coverage(rated: Ratings, judged: Any, place: int) -> dict[str, Any]:  # noqa: ANN401 - an array
    own = rated.unit[rated.annotator == place]
    return {
        "annotator": rated.annotators[place],
        "judgements": len(own),
        "units": len(np.unique(own)),
        "shared_units": int((judged[own] >= 2).sum()),
    }


def distribution(rows: Judgements, rated: Ratings, draws: Draws = DRAWS) -> dict[str, Any]:
    """Label shares: of everyone (each unit counts once, with an interval), by annotator, by arm, and of the model."""
    model = rows.factors.get("model_label")
    arm = rows.factors.get("arm")
    return {
        "everyone": everyone(rated, draws=draws),
        "annotators": {
            name: _shares(rated.label[rated.annotator == place], rated.labels)
            for place, name in enumerate(rated.annotators)
        },
        "arms": {}
        if arm is None
        else {name: _shares(rated.label[arm.codes == code], rated.labels) for code, name in enumerate(arm.names)},
        "model": {"undefined": "no model's labels are known"} if model is None else _model(rows, model, rated.labels),
    }


def everyone(rated: Ratings, draws: Draws = DRAWS) -> dict[str, Estimate]:
    """The share of each label, averaged over units, with inclusion weights where they were logged."""
    counts = rated.counts()
    judged = counts.sum(axis=1)
    rows = np.column_stack([judged > 0, counts / np.maximum(judged, 1)[:, None]]) * rated.weight[:, None]

    def shares(sums: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio: Floats = sums[:, 1:] / sums[:, :1]
        return ratio

    spread = bootstrap(add_up(rows, rated.cluster, rated.clusters), shares, draws=draws)
    return {label: spread.estimate(place) for place, label in enumerate(rated.labels)}


def _shares(labels: Any, names: tuple[str, ...]) -> dict[str, dict[str, float]]:  # noqa: ANN401 - an array
    counts = np.bincount(labels, minlength=len(names))
    total = max(int(counts.sum()), 1)
    return {
        name: {"count": int(count), "share": float(count / total)} for name, count in zip(names, counts, strict=True)
    }


def _model(rows: Judgements, model: Factor, names: tuple[str, ...]) -> dict[str, dict[str, float]]:
    _, first = np.unique(rows.unit.codes, return_index=True)
    places = np.array([*(names.index(name) if name in names else -1 for name in model.names), -1], dtype=np.int64)
    labels = places[model.codes[first]]
    return _shares(labels[labels >= 0], names)


def paradox(rated: Ratings, agreement: dict[str, Estimate]) -> dict[str, Any]:
    """Why percent may be high and alpha low: the share of the most frequent label, and the coefficients' spread.

    ``prevalence_index`` and ``bias_index`` are those of Byrt, Bishop & Carlin, J. Clinical Epidemiology 46 (1993),
    https://doi.org/10.1016/0895-4356(93)90018-V, for two annotators and two labels; else None. ``pabak`` is Brennan
    and Prediger's kappa.
    """
    counts = np.bincount(rated.label, minlength=len(rated.labels))
    top = int(counts.argmax()) if len(counts) else 0
    share = float(counts[top] / counts.sum()) if counts.sum() else 0.0
    beyond = [each["value"] for key, each in agreement.items() if key != "percent" and "value" in each]
    return {
        "prevalence": {"label": rated.labels[top] if rated.labels else None, "share": share},
        **_indices(rated),
        "pabak": agreement["brennan_prediger"],
        "spread": [min(beyond), max(beyond)] if beyond else None,
        "sentence": _reading(rated.labels[top] if rated.labels else "", share, agreement, beyond),
    }


def _indices(rated: Ratings) -> dict[str, float | None]:
    pair = rated.keep(rated.overlap())
    if len(rated.labels) != 2 or len(rated.annotators) != 2 or not len(pair.unit):
        return {"prevalence_index": None, "bias_index": None}
    shares = [float(pair.label[pair.annotator == place].mean()) for place in (0, 1)]
    return {"prevalence_index": abs(sum(shares) - 1), "bias_index": abs(shares[0] - shares[1])}


def _reading(label: str, share: float, agreement: dict[str, Estimate], beyond: list[float]) -> str:
    if not beyond or "undefined" in agreement["percent"]:
        return "Nothing beyond percent agreement can be said."
    start = f"{100 * share:.0f} % of the judgements are {label!r}; "
    if max(beyond) - min(beyond) > 0.15:
        return start + (
            f"chance-corrected values run from {min(beyond):.2f} to {max(beyond):.2f}, since the coefficients differ "
            "in what they take chance to be. Report the choice before the value, and the agreement per label beside it."
        )
    return start + "the coefficients lie close together, so the choice between them changes little."
