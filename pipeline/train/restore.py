"""Weights to go on training from, read back out of the 8-bit graph of a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from transformers import BertConfig, BertModel

from pipeline.errors import ModelError, Place
from pipeline.prelabel.model_folder import open_folder
from pipeline.train.graph import Floats
from pipeline.train.model import TargetClassifier

_PARTS = ("query", "key", "value")
_FIX = "name a folder that `onrecord train` wrote, or the base model that the recipe names."


def restore_model(folder: Path, *, dropout: float, label_smoothing: float) -> TargetClassifier:
    """Make the model of a model folder anew, such as the embedded one, to the precision that its integers keep.

    Each number differs from the one that was trained by half a step of its scale at most, about a hundredth of the
    largest in its column; what the heads read is kept whole. Raises ModelError for a graph that `onrecord train` did
    not write.
    """
    labels = open_folder(folder).labels
    graph = onnx.load(folder / "model.onnx").graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    heads = [node for node in graph.node if node.op_type == "MultiHeadAttention"]
    epsilons = [node for node in graph.node if node.op_type == "LayerNormalization"]
    try:
        config = _config(constants, len(heads), int(_attribute(heads[0], "num_heads")))
        config.layer_norm_eps = float(_attribute(epsilons[0], "epsilon"))
        config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
        model = TargetClassifier(
            BertModel(config, add_pooling_layer=False),
            {name: len(of) for name, of in labels.items()},
            label_smoothing=label_smoothing,
        )
        weights = {name: _weight(name, tensor, constants) for name, tensor in model.state_dict().items()}
    except (KeyError, IndexError) as error:
        raise ModelError(
            f"the graph is not one that training can go on from: it lacks {error}.",
            where=Place(path=folder / "model.onnx"),
            fix=_FIX,
        ) from error
    model.load_state_dict(weights)
    return model


def _config(constants: dict[str, Floats], layers: int, attention_heads: int) -> BertConfig:
    words = constants["encoder.embeddings.words"]
    return BertConfig(
        vocab_size=len(words),
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=attention_heads,
        intermediate_size=constants["encoder.encoder.layer.0.intermediate.dense"].shape[1],
        max_position_embeddings=len(constants["encoder.embeddings.places"]),
    )


def _attribute(node: onnx.NodeProto, name: str) -> float:
    return float(next(onnx.helper.get_attribute_value(one) for one in node.attribute if one.name == name))


def _weight(name: str, like: Tensor, constants: dict[str, Floats]) -> Tensor:
    """Find the parameter of a torch name among the graph's constants."""
    if not like.is_floating_point():
        return like
    return torch.from_numpy(np.array(_floats(name, constants), dtype=np.float32)).reshape(like.shape)


def _floats(name: str, constants: dict[str, Floats]) -> Floats:
    if name.startswith("encoder.embeddings.") and name.endswith("_embeddings.weight"):
        kind = {"word": "words", "position": "places", "token_type": "types"}[
            name.removeprefix("encoder.embeddings.").removesuffix("_embeddings.weight")
        ]
        return _table(f"encoder.embeddings.{kind}", constants)
    module, _, kind = name.rpartition(".")
    if module.endswith("LayerNorm"):
        return constants[name]
    if ".attention.self." not in name:
        return _matrix(module, constants).T if kind == "weight" else _bias(module, constants)
    packed, _, part = module.rpartition(".")
    whole = _matrix(packed, constants) if kind == "weight" else _bias(packed, constants)
    return np.split(whole, len(_PARTS), axis=-1)[_PARTS.index(part)].T


def _table(name: str, constants: dict[str, Floats]) -> Floats:
    rows = constants[name].astype(np.float32)
    return rows * constants[f"{name}.scale"] if f"{name}.scale" in constants else rows


def _matrix(name: str, constants: dict[str, Floats]) -> Floats:
    """A matrix ``(in, out)`` that the encoder multiplies by: as it stands, or from integers and their scales."""
    if f"{name}.weight_scale" not in constants:
        return constants[name]
    rows: Floats = constants[name].astype(np.float32) * constants[f"{name}.weight_scale"]
    return rows * constants[f"{name}.inverse"][:, None]


def _bias(name: str, constants: dict[str, Floats]) -> Floats:
    """What is added to a product; beside integers it makes good for what they lose on average as well."""
    return constants[f"{name}.shift"] if f"{name}.shift" in constants else constants[f"{name}.bias"]


def is_model_folder(folder: Path) -> bool:
    """Whether a folder holds a graph with its configuration and no weights of torch."""
    return (folder / "model.onnx").is_file() and not any(folder.glob("*.safetensors"))
