"""The whole way from a recipe to a model folder with its card."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate.classification import (
    ClassificationScores,
    evaluate_sentiment,
    evaluate_stance,
)
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.calibrate import fit_temperatures
from pipeline.train.fit import Progress, train
from pipeline.train.publish import export, quantise, write_config
from pipeline.train.recipe import Recipe


def make_model(recipe: Recipe, data: Path, out: Path, progress: Progress | None = None) -> Path:
    """Train, export, quantise and calibrate the model of a recipe. Returns ``out/embedded``, the folder to use.

    Beside it stand ``out/trained`` (safetensors, to go on training from) and ``out/float32``, the same model in 32-bit
    floating point. Training goes on from where it was stopped; what follows takes a minute or two and is done anew.
    """
    trained = train(recipe, data, out, progress)
    calibrate(export(trained, out / "float32", recipe), recipe, data)
    return calibrate(quantise(trained, data, out / "embedded", recipe), recipe, data)


def calibrate(folder: Path, recipe: Recipe, data: Path) -> Path:
    """Fit the temperatures of a model folder whose own are 1, write them into it, and return it."""
    write_config(folder, recipe, fit_temperatures(recipe, data, OnnxClassifier(folder)))
    return folder


def measure(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, ClassificationScores]:
    """Score a classifier on every gold file that the recipe measures on, by the recipe's names for them."""
    judges = {"stance": evaluate_stance, "sentiment": evaluate_sentiment}
    return {name: judges[gold.kind](data / gold.path, classifier) for name, gold in recipe.measures.items()}
