"""One encoder, two heads: a BERT-shaped encoder whose answer is read at ``[CLS]`` and at the target."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import logging

from pipeline.errors import ModelError, Place
from pipeline.files import replacing


class TargetClassifier(nn.Module):  # type: ignore[misc]
    """Encoder, then for each question a linear head over what ``[CLS]`` and the target's places say.

    `heads` gives each question its number of labels. `label_smoothing` is the share of probability that training
    spreads over all labels.
    """

    def __init__(self, encoder: nn.Module, heads: Mapping[str, int], *, label_smoothing: float = 0.0) -> None:
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.encoder = encoder
        self.blend = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, count) for name, count in heads.items()})
        self._label_smoothing = label_smoothing

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, **labels: Tensor
    ) -> dict[str, Tensor]:
        """Return ``(batch, labels)`` logits for each question, and ``loss`` where `labels` are given.

        All inputs are ``(batch, length)`` integers; each of `labels` is ``(batch, labels)`` probabilities, a row of
        zeros where the question has no answer. The loss is the sum over questions of the mean cross-entropy of their
        answers.
        """
        states = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        shown = (attention_mask * (1 - token_type_ids)).to(states.dtype).unsqueeze(-1)
        shown[:, 0] = 0
        target = (states * shown).sum(1) / shown.sum(1).clamp(min=1)
        blended = nn.functional.gelu(self.blend(torch.cat([states[:, 0], target], dim=1)))
        blended = self.dropout(blended)
        answers = {name: head(blended).float() for name, head in self.heads.items()}
        if not labels:
            return answers
        return {"loss": self._loss(answers, labels), **answers}

    def _loss(self, answers: Mapping[str, Tensor], labels: Mapping[str, Tensor]) -> Tensor:
        losses = []
        for name, wanted in labels.items():
            known = wanted.sum(dim=1) > 0
            loss = nn.functional.cross_entropy(
                answers[name][known], wanted[known], label_smoothing=self._label_smoothing, reduction="sum"
            )
            losses.append(loss / known.sum().clamp(min=1))
        return torch.stack(losses).sum()


def new_model(base: Path, heads: Mapping[str, int], *, dropout: float, label_smoothing: float) -> TargetClassifier:
    """Make a model with the encoder of a base folder and new heads. Seed torch first for repeatable heads.

    Raises ModelError for an encoder of another shape than BERT's, which the graph could not be written for.
    """
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    config = AutoConfig.from_pretrained(base)
    if config.model_type != "bert":
        raise ModelError(
            f"the base model is a {config.model_type}, and only encoders of BERT's shape can be trained here.",
            where=Place(path=base),
            fix="name a BERT or MiniLM model.",
        )
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False, use_safetensors=True)
    return TargetClassifier(encoder, heads, label_smoothing=label_smoothing)


def save_model(model: TargetClassifier, tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``model.safetensors``, ``encoder.json`` and ``tokenizer.json``: all that `load_model` needs.

    The weights come last and at once: where they are, the rest is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shape: dict[str, Any] = {
        "encoder": model.encoder.config.to_dict(),
        "heads": {name: head.out_features for name, head in model.heads.items()},
    }
    text = json.dumps(shape, indent=2, sort_keys=True, default=str)
    (folder / "encoder.json").write_text(text + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    with replacing(folder / "model.safetensors") as beside:
        save_file(weights, beside)


def load_model(folder: Path, *, dropout: float = 0.1, label_smoothing: float = 0.0) -> TargetClassifier:
    """Read a model that `save_model` wrote, ready to judge. Raises ModelError when it is not one.

    `dropout` and `label_smoothing` matter to training alone.
    """
    try:
        shape = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        config = AutoConfig.for_model(**shape["encoder"])
        config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
        encoder = AutoModel.from_config(config, add_pooling_layer=False)
        model = TargetClassifier(encoder, shape["heads"], label_smoothing=label_smoothing)
        model.load_state_dict(load_file(folder / "model.safetensors"))
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"this is no trained model: {error}.",
            where=Place(path=folder),
            fix="give a folder that `onrecord train` wrote; it holds model.safetensors and encoder.json.",
        ) from error
    model.eval()
    return model
