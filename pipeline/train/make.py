"""The whole way from a recipe to a model folder."""

from __future__ import annotations

from pathlib import Path

from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.calibrate import fit_calibrations
from pipeline.train.fit import Progress
from pipeline.train.publish import export, quantise, write_config
from pipeline.train.recipe import Recipe
from pipeline.train.runs import train_runs


def make_model(recipe: Recipe, data: Path, out: Path, progress: Progress | None = None) -> Path:
    """Train, choose, export, quantise and calibrate the model of a recipe. Returns ``out/embedded``, the folder to use.

    Beside it stand ``out/trained`` (safetensors, to go on training from), ``out/float32``, the same model in 32-bit
    floating point, and a folder for each seed. Training goes on from where it was stopped; what follows takes a minute
    or two and is done anew.
    """
    trained = train_runs(recipe, data, out, progress)
    calibrate(export(trained, out / "float32", recipe), recipe, data)
    return calibrate(quantise(trained, data, out / "embedded", recipe), recipe, data)


def calibrate(folder: Path, recipe: Recipe, data: Path) -> Path:
    """Calibrate a model folder that is not, and return it."""
    write_config(folder, recipe, fit_calibrations(recipe, data, OnnxClassifier(folder)))
    return folder
