r"""The whole analysis as one JSON-able dict: what ``report.json`` holds and every page of the report is made from.

Every estimate (written E below) is ``{"value", "low", "high"}``, numbers, with a 95 % interval that counts articles as
drawn; or ``{"undefined": reason}``, a reason in words. Where a value is known and its spread is not, `low` and `high`
are None and ``"no_interval"`` says why. A section that cannot be had is ``{"undefined": reason}`` as a whole. Names
(labels, annotators, speakers, sentences) are raw text from the user: escape them.

::

    format          1
    input           source, judgements, units, annotators, clusters, clustered_by ("article" | "unit" | ...),
                    questions [name], digest (of the cleaned table), resamples, seed, method "bca",
                    level .95, weighted (bool: inclusion probabilities used), model_labels (rows of predictions)
    cleaning        read, kept, left_out [{reason, count, examples [{where, what}]}], notes [str]
    questions       {question: Q}
    chain           see reports/statistics/chain.py, or undefined
    conclusions     {question: see reports/statistics/conclusions.py, or undefined}
    machine         see reports/statistics/described.py; None where people have judged
    models          {question: see reports/statistics/models.py}: pairs of models, where predictions are by several

    Q.level         "nominal" | "ordinal";  Q.labels [name], in the order of the scale;  Q.instruction str
    Q.headline      key of the coefficient that judges the question: "alpha_nominal" | "alpha_ordinal"
    Q.design        units, judgements, annotators, clusters, paired_units, judgements_per_unit {"1": units, "2": ...},
                    arms {arm: {units, judgements}},
                    coverage [{annotator, judgements, units, shared_units}]
    Q.distribution  everyone {label: E}, annotators {name: {label: {count, share}}},
                    arms {arm: {label: {count, share}}}, model {label: {count, share}} | undefined
    Q.agreement     {percent, cohen, conger, fleiss, scott, brennan_prediger, ac1, ac2, alpha_nominal, alpha_ordinal,
                    alpha_interval: E}     (what `onrecord agree --json` prints beside labels)
    Q.verdict       key, estimate E, below_667 p | None, below_800 p | None, level "reliable" | "tentative" |
                    "not reliable" | "unknown" (judged on the lower limit), sentence str
    Q.with_annotators_drawn  E for the headline that also counts annotators as drawn; error_clusters, error_annotators
    Q.analytic      {ac1: {value, low, high, error, bootstrap_error}} | undefined: Gwet's variance as a cross-check
    Q.weighted      {weighting: {percent, conger, fleiss, brennan_prediger, gwet, alpha: E}} | undefined (nominal)
    Q.paradox       prevalence {label, share}, prevalence_index, bias_index | None, pabak E, spread [lowest, highest of
                    the chance-corrected values], sentence str
    Q.per_category  {label: {alpha E, specific_agreement E, judgements n}}
    Q.coincidences  labels [name], matrix [[float]]
    Q.per_group     {"target" | "speaker" | "outlet": [{name, units, judgements, percent E, <headline> E}]}; the
                    question who speaks is not grouped by the speaker
    Q.rounds        [{round, judgements, <headline> E}] | undefined;  Q.round_difference E | undefined
    Q.pairs         [{annotators [a, b], units, percent E, cohen E, <headline> E}]
    Q.annotators    {name: see reports/statistics/annotators.py}
    Q.anchoring     see reports/statistics/anchoring.py, or undefined
    Q.model         see reports/statistics/model.py, or undefined
    Q.consensus     see reports/statistics/consensus.py
    Q.specification see reports/statistics/specification.py
    Q.disagreements see reports/statistics/disagreements.py
    Q.precision     now {clusters, half_width}, curve [{clusters, half_width}], needed {half_width: clusters}
                    | undefined
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from reports.judgements.table import Judgements
from reports.statistics.agreement import difference, headline_key, measure
from reports.statistics.anchoring import anchoring
from reports.statistics.annotators import profiles
from reports.statistics.breakdown import coincidences, per_category, per_group, per_pair
from reports.statistics.chain import chain
from reports.statistics.conclusions import conclusions
from reports.statistics.consensus import summary
from reports.statistics.describe import design, distribution, input_of, paradox
from reports.statistics.described import described
from reports.statistics.disagreements import disagreements
from reports.statistics.intervals import Draws
from reports.statistics.model import model_against_people
from reports.statistics.models import compare_models
from reports.statistics.ratings import ratings
from reports.statistics.specification import specification_curve
from reports.statistics.variance import analytic, with_annotators_drawn
from reports.statistics.verdict import precision, verdict
from reports.statistics.weighted import weighted


def analyse(
    judgements: Judgements,
    predictions: Judgements | None = None,
    *,
    seed: int = 0,
    resamples: int = 2000,
    epsilon: float = 0.15,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Everything that can be said of `judgements`, and of the corpus that `predictions` cover.

    Args:
        judgements: from `reports.judgements.reading.read_judgements`.
        predictions: the model's labels of the whole corpus, with the model as annotator, from
            `reports.judgements.run_tables.read_predictions`.
        seed: fixes every resample: the same judgements and seed give the same numbers.
        resamples: of the bootstrap; the specification curve takes a quarter of them.
        epsilon: for the alternative annotator test: .2 for experts, .15 for skilled annotators, .1 for a crowd.
        progress: called with the name of each part as it starts.

    Returns the dict that the module's docstring describes.
    """
    say = progress or _quiet
    draws = Draws(resamples=resamples, seed=seed)
    questions = {}
    for name in judgements.question.names:
        say(name)
        questions[name] = _question(judgements, name, epsilon, draws)
    say("chain")
    return {
        "format": 1,
        "input": {**input_of(judgements, predictions), **asdict(draws), "level": 0.95, "digest": judgements.digest()},
        "cleaning": _account(judgements),
        "questions": questions,
        "chain": chain(judgements, draws=draws),
        "models": _models(judgements, predictions, draws),
        "conclusions": {name: conclusions(judgements, name, predictions) for name in judgements.question.names},
        "machine": described(predictions) if predictions is not None and not len(judgements) else None,
    }


def _quiet(_: str) -> None:
    return None


def _question(judgements: Judgements, name: str, epsilon: float, draws: Draws) -> dict[str, Any]:
    rated = ratings(judgements, name)
    rows = judgements.of(name).first_looks()
    scheme = judgements.scheme_of(name)
    agreement = measure(rated, draws=draws)
    key = headline_key(rated)
    return {
        "level": scheme.level,
        "labels": list(scheme.label_names),
        "instruction": scheme.instruction,
        "headline": key,
        "design": design(rows, rated),
        "distribution": distribution(rows, rated, draws=draws),
        "agreement": agreement,
        "verdict": verdict(rated, agreement[key], draws=draws),
        "with_annotators_drawn": with_annotators_drawn(rated, key, draws=draws),
        "analytic": analytic(rated, draws=draws),
        "weighted": weighted(rated, draws=draws),
        "paradox": paradox(rated, agreement),
        "per_category": per_category(rated, draws=draws),
        "coincidences": coincidences(rated),
        "per_group": {
            group: per_group(rated, rows.factors[group], draws=draws)
            for group in ("target", "speaker", "outlet")
            if group != name and group in rows.factors and (rows.factors[group].codes >= 0).any()
        },
        **_rounds(rows, name, key, draws),
        "pairs": per_pair(rated, draws=draws),
        "annotators": profiles(judgements, name, draws=draws),
        "anchoring": anchoring(judgements, name, draws=draws),
        "model": model_against_people(judgements, name, epsilon=epsilon, draws=draws),
        "consensus": summary(rated),
        "specification": specification_curve(judgements, name, replace(draws, resamples=max(1, draws.resamples // 4))),
        "disagreements": disagreements(judgements, name),
        "precision": precision(rated, agreement[key]),
    }


def _models(judgements: Judgements, predictions: Judgements | None, draws: Draws) -> dict[str, Any]:
    if predictions is None:
        return {}
    both = [name for name in judgements.question.names if name in predictions.question.names]
    return {name: compare_models(judgements, name, predictions, draws) for name in both}


def _rounds(rows: Judgements, name: str, key: str, draws: Draws) -> dict[str, Any]:
    """Agreement in each round of annotation, and last minus first."""
    column = rows.factors.get("round")
    used = np.unique(column.codes[column.codes >= 0]) if column is not None else np.empty(0, dtype=np.int64)
    if column is None or len(used) < 2:
        reason = {"undefined": "there was one round only (column `round`)"}
        return {"rounds": reason, "round_difference": reason}
    order = sorted(used, key=lambda code: column.names[code])
    parts = [ratings(rows.where(column.codes == code), name, like=rows) for code in order]
    rounds = [
        {"round": column.names[code], "judgements": len(part.unit), **measure(part, (key,), draws=draws)}
        for code, part in zip(order, parts, strict=True)
    ]
    last_minus_first = difference(parts[-1], parts[0], key, draws=draws)["difference"]
    return {"rounds": rounds, "round_difference": last_minus_first}


def _account(judgements: Judgements) -> dict[str, Any]:
    account = judgements.account
    left_out = [
        {
            "reason": each.reason,
            "count": each.count,
            "examples": [{"where": where, "what": what} for where, what in each.examples],
        }
        for each in account.left_out
    ]
    return {"read": account.read, "kept": account.kept, "left_out": left_out, "notes": list(account.notes)}
