"""The embedded model as transformers would run it: its own weights, taken back to 32-bit floats, in torch."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from transformers import (
    BertConfig,
    BertModel,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)
from transformers.modeling_outputs import SequenceClassifierOutput

from pipeline.train.model import TargetClassifier

HEADS_OF_ATTENTION = 12
"""Of all-MiniLM-L6-v2; the graph's weights do not say."""


class StanceModel(PreTrainedModel):
    """The stance head alone, as a sequence classifier."""

    config_class = PretrainedConfig

    def __init__(self, model: TargetClassifier, labels: tuple[str, ...]) -> None:
        by_label = {label: column for column, label in enumerate(labels)}
        super().__init__(PretrainedConfig(id2label=dict(enumerate(labels)), label2id=by_label))
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        answers = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return SequenceClassifierOutput(logits=answers["stance"])


def restored(folder: Path) -> TargetClassifier:
    """The torch model whose 8-bit products the folder's graph holds."""
    held = {item.name: numpy_helper.to_array(item) for item in onnx.load(folder / "model.onnx").graph.initializer}
    words = held["encoder.embeddings.words"] * held["encoder.embeddings.words.scale"]
    layers = len({name.split(".")[3] for name in held if name.startswith("encoder.encoder.layer.")})
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=HEADS_OF_ATTENTION,
        intermediate_size=held["encoder.encoder.layer.0.intermediate.dense"].shape[1],
    )
    heads = {name: len(held[f"heads.{name}.bias"]) for name in ("stance", "sentiment")}
    model = TargetClassifier(BertModel(config, add_pooling_layer=False), heads)
    state = {
        "encoder.embeddings.word_embeddings.weight": words,
        "encoder.embeddings.position_embeddings.weight": held["encoder.embeddings.places"],
        "encoder.embeddings.token_type_embeddings.weight": held["encoder.embeddings.types"],
    }
    state |= {name: value for name, value in held.items() if name.endswith((".LayerNorm.weight", ".LayerNorm.bias"))}
    for name in ("blend", *(f"heads.{head}" for head in heads)):
        matrix = held[name] if name in held else held[f"{name}.weight"]
        state[f"{name}.weight"], state[f"{name}.bias"] = matrix.T, held[f"{name}.bias"]
    for layer in range(layers):
        state |= _layer(held, f"encoder.encoder.layer.{layer}")
    tensors = {name: torch.from_numpy(value.astype("float32").copy()) for name, value in state.items()}
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    assert set(missing) <= {"encoder.embeddings.position_ids", "encoder.embeddings.token_type_ids"}
    assert not unexpected
    return model.eval()


def _layer(held, prefix):
    """The weights and biases of a layer's products."""
    attention = f"{prefix}.attention.self"
    weight = _matrix(held, attention)
    width = weight.shape[1]
    weights = weight.reshape(3, width, width)
    biases = _bias(held, attention).reshape(3, width)
    state = {}
    for place, name in enumerate(("query", "key", "value")):
        state[f"{attention}.{name}.weight"], state[f"{attention}.{name}.bias"] = weights[place], biases[place]
    for name in ("attention.output.dense", "intermediate.dense", "output.dense"):
        product = f"{prefix}.{name}"
        state[f"{product}.weight"], state[f"{product}.bias"] = _matrix(held, product), _bias(held, product)
    return state


def _matrix(held, name):
    """``(out, in)`` weights of a product that the graph does in integers, the smoothing factors taken out again."""
    return (held[name] * held[f"{name}.weight_scale"] * held[f"{name}.inverse"][:, None]).T


def _bias(held, name):
    """A product's bias; where the graph has it in the shift, with the shift's small correction."""
    return held[f"{name}.bias"] if f"{name}.bias" in held else held[f"{name}.shift"]


def tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """The folder's tokenizer as transformers' own."""
    return PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        model_max_length=256,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        unk_token="[UNK]",
    )
