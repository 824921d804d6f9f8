"""From trained weights to a model folder that needs no torch: graph, tokenizer, configuration."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx

from pipeline.prelabel.calibration import Calibration
from pipeline.prelabel.model_folder import digest
from pipeline.train.encoded import HEADS, encode_examples, padded_batches
from pipeline.train.graph import EncoderShape, Floats, build_graph, layer_inputs
from pipeline.train.model import TargetClassifier, load_model
from pipeline.train.quantise import EightBit, eight_bit_linear, fit_eight_bit, observe
from pipeline.train.read import read_mixture
from pipeline.train.recipe import Recipe

_OBSERVED_TEXTS = 3072
_OBSERVED_ROWS = 12288


def copy_model(trained: Path, out: Path) -> Path:
    """Copy a folder of trained weights to `out`, which it returns."""
    shutil.copytree(trained, out, dirs_exist_ok=True)
    return out


def export(trained: Path, out: Path, recipe: Recipe) -> Path:
    """Write the model folder of trained weights in 32-bit floating point; it is not calibrated. Returns `out`."""
    model = load_model(trained)
    graph = build_graph(_weights(model), _shape(model), _heads())
    return write_folder(graph, trained, out, recipe)


def quantise(trained: Path, data: Path, out: Path, recipe: Recipe) -> Path:
    """Write the model folder of trained weights in 8-bit integers; it is not calibrated. Returns `out`.

    Scales come from texts of the recipe's own mixture, never from what the model is measured on.
    """
    model = load_model(trained)
    graph = build_graph(
        _weights(model),
        _shape(model),
        _heads(),
        linear=eight_bit_linear(fit_products(model, trained, data, recipe)),
        eight_bit_tables=True,
    )
    return write_folder(graph, trained, out, recipe)


def fit_products(model: TargetClassifier, trained: Path, data: Path, recipe: Recipe) -> dict[str, EightBit]:
    """Fit the integers of every matrix of the encoder on texts of the recipe's mixture."""
    examples = read_mixture(recipe, data)[:_OBSERVED_TEXTS]
    encoded = encode_examples(examples, trained / "tokenizer.json", recipe.schedule.max_length)
    inputs = observe(model, padded_batches(encoded), rows=_OBSERVED_ROWS, seed=recipe.schedule.seeds[0])
    weights = layer_inputs(_weights(model), _shape(model).layers)
    return {name: fit_eight_bit(inputs[name], weight) for name, weight in weights.items()}


def write_folder(graph: onnx.ModelProto, trained: Path, out: Path, recipe: Recipe) -> Path:
    """Write graph, tokenizer and configuration into `out`, not calibrated."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(graph.SerializeToString())
    shutil.copyfile(trained / "tokenizer.json", out / "tokenizer.json")
    write_config(out, recipe, dict.fromkeys(HEADS, Calibration()))
    return out


def write_config(folder: Path, recipe: Recipe, calibrations: Mapping[str, Calibration]) -> None:
    """Write ``config.json`` of a model folder, with the revision that its files and settings make."""
    length = recipe.inference_length
    config = {
        "name": recipe.name,
        "base": recipe.base_title,
        "licence": recipe.licence,
        "recipe": recipe.digest,
        "labels": {name: list(labels) for name, labels in HEADS.items()},
        "calibration": {name: calibration.values() for name, calibration in calibrations.items()},
        "max_length": length,
        "revision": digest(folder, HEADS, calibrations, length),
    }
    text = json.dumps(config, indent=2, ensure_ascii=False)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def _weights(model: TargetClassifier) -> dict[str, Floats]:
    return {
        name: np.asarray(tensor.numpy(), dtype=np.float32)
        for name, tensor in model.state_dict().items()
        if tensor.is_floating_point()
    }


def _shape(model: TargetClassifier) -> EncoderShape:
    config = model.encoder.config
    return EncoderShape(
        layers=int(config.num_hidden_layers),
        attention_heads=int(config.num_attention_heads),
        epsilon=float(config.layer_norm_eps),
    )


def _heads() -> dict[str, int]:
    return {name: len(labels) for name, labels in HEADS.items()}
