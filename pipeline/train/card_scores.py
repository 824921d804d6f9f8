"""The model card's tables of scores: on each gold file, and over the seeds."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from pipeline.evaluate.classification import ClassificationScores
from pipeline.evaluate.intervals import Score
from pipeline.train.card_text import SHARED, SHARED_UNSEEN
from pipeline.train.recipe import Measure, Recipe
from pipeline.train.runs import AVERAGE, Scores, choose


def scores_section(
    recipe: Recipe,
    eight: Mapping[str, ClassificationScores],
    exact: Mapping[str, ClassificationScores],
) -> str:
    """How well the 8-bit model does on the recipe's gold files, and the one in 32-bit floats."""
    lines = [score_row(gold, eight[name], _plain(exact[name]["macro_f1"])) for name, gold in recipe.measures.items()]
    return f"""## Scores

With 95 % bootstrap intervals over targets or sentences. Development sets: expect somewhat less on texts of another
kind. Nothing was trained on them; *zero-shot* ones are of kinds that were never trained on, and nothing at all was
fitted or chosen on those held out.

| gold | rows | macro-F1 | in 32-bit floats | accuracy | calibration error |
|---|---|---|---|---|---|
{table_rows(lines)}"""


def score_row(gold: Measure, of: ClassificationScores, exact: str) -> str:
    """A row of the table of scores; `exact` is the macro-F1 in 32-bit floats."""
    return (
        f"| {_title(gold)} | {of['n']:,} | {_score(of['macro_f1'])} "
        f"| {exact} | {_score(of['accuracy'])} | {_score(of['ece'])} |"
    )


def seeds_section(recipe: Recipe, scores: Mapping[str, Scores]) -> str:
    """What each run scored on the gold files and on the fold that it left out, and which weights were taken."""
    runs = [name for name in scores if name != AVERAGE]
    lines = [
        f"| {_title(gold)} | {_of_runs([scores[run]['dev'][name] for run in runs])} "
        f"| {_of_average(scores, 'dev', name)} |"
        for name, gold in recipe.measures.items()
    ]
    lines += [
        f"| {source.title}, left-out fold | {_of_runs([scores[run]['fold'][name] for run in runs])} | |"
        for name, source in recipe.sources.items()
        if all(name in scores[run]["fold"] for run in runs)
    ]
    left_out = (
        " A run's fold is a part of the training sets that it never saw; a stance fold has topics of its own."
        if recipe.schedule.folds
        else ""
    )
    shared = (SHARED_UNSEEN if recipe.schedule.folds else SHARED) if recipe.first_stage else ""
    return f"""### Over seeds

Macro-F1 in 32-bit floats for each run, with the mean and the standard deviation over runs.{left_out} Of the runs and
the average of their weights, whatever scored highest on average over the sets that are neither zero-shot nor held out
was to be taken: it was **{choose(recipe, scores)}**.{shared}

| gold | {" | ".join(runs)} | mean | spread | average of the weights |
|{"---|" * (len(runs) + 4)}
{table_rows(lines)}"""


def _of_runs(values: Sequence[float]) -> str:
    spread = f"{statistics.stdev(values):.3f}" if len(values) > 1 else ""
    return " | ".join([*(f"{value:.3f}" for value in values), f"{statistics.mean(values):.3f}", spread])


def _of_average(scores: Mapping[str, Scores], kind: str, name: str) -> str:
    return f"{scores[AVERAGE][kind][name]:.3f}" if AVERAGE in scores else ""


def _title(gold: Measure) -> str:
    aside = "zero-shot" if gold.zero_shot else "held out" if gold.held_out else ""
    return f"{gold.title}, {aside}" if aside else gold.title


def table_rows(lines: Sequence[str]) -> str:
    """The lines of a table, one below the other."""
    return "\n".join(lines)


def _score(score: Score) -> str:
    if score["value"] is None:
        return "undefined"
    return f"{score['value']:.3f} ({score['low']:.3f} to {score['high']:.3f})"


def _plain(score: Score) -> str:
    return "undefined" if score["value"] is None else f"{score['value']:.3f}"
