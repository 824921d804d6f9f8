"""The runs of a recipe, one for each seed; what each scores; and the one set of weights that is made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from pipeline.evaluate.classification import ClassificationScores, evaluate_sentiment, evaluate_stance
from pipeline.files import replace_text
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.claim import claim
from pipeline.train.draw import draw_histories
from pipeline.train.encoded import HEADS
from pipeline.train.fit import Progress, train
from pipeline.train.history import macro_f1
from pipeline.train.publish import copy_model, export, quantise
from pipeline.train.read import read_fold
from pipeline.train.recipe import Recipe
from pipeline.train.restore import is_model_folder
from pipeline.train.sources import Example
from pipeline.train.teach import Teacher

AVERAGE = "average"
"""The candidate whose every weight is the mean of the runs' (Wortsman et al. 2022, Model soups, section 2)."""

KEPT = "kept"
"""The folder, beside a run's own weights, of those weights and a share of what it went on from."""

Scores = dict[str, dict[str, float]]
"""Macro-F1: under ``dev`` by gold file, under ``fold`` by source of what the run left out."""


def train_runs(recipe: Recipe, data: Path, out: Path, progress: Progress | None = None) -> Path:
    """Train the first stage, if there is one, and every seed; score the candidates; return ``out/trained``, the chosen.

    Candidates are the runs and, of several, the average of their weights. The one with the highest mean macro-F1 on
    the gold files that are neither zero-shot nor held out is taken; ``out/candidates.json`` keeps what each scored,
    ``out/training.svg`` shows how training went. What is there from a run that was stopped is not done again.
    """
    claim(out, recipe, data)
    seeds = recipe.schedule.seeds
    candidates = {
        f"seed {seed}": trained for seed, trained in zip(seeds, _each_seed(recipe, data, out, progress), strict=True)
    }
    draw_histories({name: path.parent / "history.json" for name, path in candidates.items()}, out / "training.svg")
    if len(seeds) > 1:
        candidates[AVERAGE] = average(list(candidates.values()), out / AVERAGE / "trained")
    note = out / "candidates.json"
    scores: dict[str, Scores] = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
    for run, (name, trained) in enumerate(candidates.items()):
        if name not in scores:
            classifier = OnnxClassifier(export(trained, trained.parent / "float32", recipe))
            scores[name] = {
                "dev": _dev_scores(recipe, data, classifier),
                "fold": {} if name == AVERAGE else _fold_scores(recipe, data, classifier, run),
            }
            replace_text(note, json.dumps(scores, indent=2) + "\n")
    return copy_model(candidates[choose(recipe, scores)], out / "trained")


def made_by(recipe: Recipe, data: Path, out: Path, progress: Progress | None = None) -> Path:
    """Train what another stage goes on from: the stages before it, its seeds, and of several the average; no scores."""
    trained = _each_seed(recipe, data, out, progress)
    return trained[0] if len(trained) == 1 else average(trained, out / AVERAGE / "trained")


def _each_seed(recipe: Recipe, data: Path, out: Path, progress: Progress | None) -> list[Path]:
    """Train the stages before, then every seed; return the seeds' trained weights, in the order of the recipe."""
    seeds = recipe.schedule.seeds
    first = recipe.first()
    start = made_by(first, data, out / "first", progress) if first else None
    teachers = _teachers(recipe, data, out)
    trained = [
        train(
            recipe,
            data,
            out / f"seed-{seed}",
            _part_of(progress, run, len(seeds)),
            run=run,
            start=start,
            teachers=teachers,
        )
        for run, seed in enumerate(seeds)
    ]
    if not recipe.kept or start is None:
        return trained
    return [average([start, own], own.parent / KEPT, [recipe.kept, 1 - recipe.kept]) for own in trained]


def _teachers(recipe: Recipe, data: Path, out: Path) -> list[Teacher]:
    """What the stages before have made under `out`, in 8-bit integers: three times as fast to ask."""
    teachers = []
    stages = recipe.earlier()
    for number, (stage, weight) in enumerate(zip(stages, recipe.teachers or (), strict=False)):
        folder = out.joinpath(*["first"] * (len(stages) - number))
        if weight:
            eight = folder / "teacher"
            if not is_model_folder(eight):
                quantise(_made(stage, folder), data, eight, stage)
            teachers.append(Teacher(classifier=OnnxClassifier(eight), weight=weight))
    return teachers


def _made(stage: Recipe, folder: Path) -> Path:
    """The weights that a stage has made in its folder."""
    seeds = stage.schedule.seeds
    if len(seeds) > 1:
        return folder / AVERAGE / "trained"
    return folder / f"seed-{seeds[0]}" / (KEPT if stage.kept else "trained")


def choose(recipe: Recipe, scores: Mapping[str, Scores]) -> str:
    """The candidate with the highest mean score on the gold files that may choose; of equals the last."""
    names = [name for name, measure in recipe.measures.items() if not (measure.zero_shot or measure.held_out)]
    return max(reversed(list(scores)), key=lambda name: sum(scores[name]["dev"][gold] for gold in names))


def average(folders: Sequence[Path], out: Path, shares: Sequence[float] | None = None) -> Path:
    """Write a model whose every weight is the mean of those in `folders`, or their sum by `shares`.

    They must have started from the same weights, or one be what the other went on from (between what was before and
    what training made of it: Wortsman et al. 2022, Robust fine-tuning of zero-shot models, equation 1).
    """
    shares = shares or [1 / len(folders)] * len(folders)
    weights = [load_file(folder / "model.safetensors") for folder in folders]
    mean = {name: sum(share * part[name] for share, part in zip(shares, weights, strict=True)) for name in weights[0]}
    copy_model(folders[-1], out)
    save_file(mean, out / "model.safetensors")
    return out


def measure(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, ClassificationScores]:
    """Score a classifier on every gold file that the recipe measures on, by the recipe's names for them."""
    judges = {"stance": evaluate_stance, "sentiment": evaluate_sentiment}
    return {name: judges[gold.kind](recipe.gold(gold, data), classifier) for name, gold in recipe.measures.items()}


def _part_of(progress: Progress | None, run: int, runs: int) -> Progress | None:
    """Progress of one run as a part of all of them."""
    if progress is None:
        return None
    return lambda step, steps, loss: progress(run * steps + step, runs * steps, loss)


def _dev_scores(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, float]:
    return {name: scores["macro_f1"]["value"] or 0.0 for name, scores in measure(recipe, data, classifier).items()}


def _fold_scores(recipe: Recipe, data: Path, classifier: Classifier, run: int) -> dict[str, float]:
    return {
        name: _score(rows, classifier, "sentiment" if recipe.sources[name].kind == "sentiment" else "stance")
        for name, rows in read_fold(recipe, data, run).items()
    }


def _score(examples: Sequence[Example], classifier: Classifier, question: str) -> float:
    gold = np.array([HEADS[question].index(getattr(example, question)) for example in examples])
    return macro_f1(gold, classifier.probabilities([example.pair for example in examples])[question])
