"""How a run goes: loss and development scores by step, kept with the checkpoints, and drawn when it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from pipeline.train.encoded import encode_examples, padded_batches
from pipeline.train.model import TargetClassifier
from pipeline.train.recipe import Recipe
from pipeline.train.sources import read_examples

_WATCHED_ROWS = 500
"""Of longer gold files the first so many rows are watched; the scores of the card are of all."""
_INPUTS = ("input_ids", "token_type_ids", "attention_mask")


class Watch(TrainerCallback):  # type: ignore[misc]
    """Notes macro-F1 on gold before every checkpoint. Draws nothing at random, so that it leaves training alone."""

    def __init__(self, sets: Mapping[str, tuple[str, Dataset]], every: int) -> None:
        self._sets = sets
        self._every = every

    def on_step_end(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        model: TargetClassifier,
        **_: Any,  # noqa: ANN401
    ) -> None:
        """Score the model, and note it among what the trainer logs."""
        if state.global_step % self._every and state.global_step < state.max_steps:
            return
        model.eval()
        scores = {title: _macro_f1(model, question, rows) for title, (question, rows) in self._sets.items()}
        model.train()
        state.log_history.append({"step": state.global_step, "dev": scores})


def watched_sets(recipe: Recipe, data: Path, tokenizer: Path) -> dict[str, tuple[str, Dataset]]:
    """Encode the gold files that a run is watched on: by title, the question and the rows."""
    watched = {
        measure.title: (measure.kind, read_examples(recipe.gold(measure, data), measure.kind)[:_WATCHED_ROWS])
        for measure in recipe.measures.values()
        if not measure.zero_shot
    }
    return {
        title: (question, encode_examples(rows, tokenizer, recipe.schedule.max_length))
        for title, (question, rows) in watched.items()
    }


def _macro_f1(model: TargetClassifier, question: str, rows: Dataset) -> float:
    """Macro-F1 over the labels that occur in gold, the answer being the more probable of those."""
    gold = np.array(rows[question]).argmax(axis=1)
    with torch.inference_mode():
        batches = [model(**{name: batch[name] for name in _INPUTS})[question] for batch in padded_batches(rows)]
    return macro_f1(gold, torch.cat(batches).numpy())


def macro_f1(gold: NDArray[np.int64], scores: NDArray[np.float32]) -> float:
    """Macro-F1 over the labels that occur in `gold` ``(n,)``, the answers being the highest of their `scores`.

    `scores` has shape ``(n, labels)``; labels that gold never has are not answered.
    """
    labels = np.unique(gold)
    answers = labels[scores[:, labels].argmax(axis=1)]
    return float(
        np.mean([2 * np.sum((gold == k) & (answers == k)) / (np.sum(gold == k) + np.sum(answers == k)) for k in labels])
    )


def write_history(log: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Keep what a trainer logged: a list of ``{step, loss}`` and ``{step, dev: {title: macro-F1}}``."""
    kept = [{name: entry[name] for name in ("step", "loss", "dev") if name in entry} for entry in log]
    kept = [entry for entry in kept if "loss" in entry or "dev" in entry]
    path.write_text(json.dumps(kept, indent=0, sort_keys=True) + "\n", encoding="utf-8")
