"""Training: the mixture of a recipe, encoded once, through transformers' `Trainer`. Resumes where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor
from transformers import (
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)
from transformers.trainer_utils import get_last_checkpoint

from pipeline.errors import ConfigError, Place
from pipeline.labels import DEFAULT_SCHEME
from pipeline.prelabel.encoding import PairEncoder
from pipeline.train.mixture import mix
from pipeline.train.model import (
    IGNORED,
    TargetClassifier,
    find_base,
    load_model,
    new_model,
    save_model,
)
from pipeline.train.recipe import Recipe, Schedule
from pipeline.train.sources import Example, read_examples

Progress = Callable[[int, int, float], None]
"""Told after every logged step: the step, how many there are, and the loss."""

HEADS = {question.name: question.label_names for question in DEFAULT_SCHEME.questions}
"""The questions that the embedded model answers, and their labels in the order of its columns."""


def train(recipe: Recipe, data: Path, out: Path, progress: Progress | None = None) -> Path:
    """Train the model of a recipe and return the folder of its weights, ``out/trained``.

    `data` holds the files that the recipe names. Checkpoints go to ``out/checkpoints``; a run that was stopped
    goes on from the last one, to the same result as a run that was not. Raises InputError for data and ModelError
    for a base model that cannot be used.
    """
    trained, checkpoints = out / "trained", out / "checkpoints"
    _claim(out, recipe)
    if (trained / "model.safetensors").is_file():
        return trained
    base = find_base(recipe.base)
    tokenizer = base / "tokenizer.json"
    rows = encode_examples(read_mixture(recipe, data), tokenizer, recipe.schedule.max_length)
    set_seed(recipe.schedule.seed)
    model = _first_model(base, recipe.schedule)
    trainer = Trainer(
        model=model,
        args=_arguments(recipe.schedule, checkpoints),
        train_dataset=rows,
        data_collator=_pad,
        callbacks=[_Report(progress)] if progress else [],
    )
    trainer.remove_callback(PrinterCallback)
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None
    trainer.train(resume_from_checkpoint=last)
    save_model(model, Tokenizer.from_file(str(tokenizer)), trained)
    return trained


def _claim(out: Path, recipe: Recipe) -> None:
    """Note in `out` which recipe it is for; refuse a folder that another recipe's run stands in."""
    note = out / "recipe.txt"
    if note.is_file() and note.read_text(encoding="utf-8").strip() != recipe.digest:
        raise ConfigError(
            "this folder holds a training run of another recipe.",
            where=Place(path=out),
            fix="give --out another folder, or delete this one.",
        )
    out.mkdir(parents=True, exist_ok=True)
    note.write_text(recipe.digest + "\n", encoding="utf-8")


def read_mixture(recipe: Recipe, data: Path) -> list[Example]:
    """Read the sources of a recipe from the folder `data` and mix them: always the same list."""
    sources = {name: read_examples(data / source.path, source.kind) for name, source in recipe.sources.items()}
    return mix(recipe.mixture, sources, seed=recipe.schedule.seed)


def _first_model(base: Path, schedule: Schedule) -> TargetClassifier:
    """The model that training starts from: a trained one where `base` is that, else a base encoder and new heads."""
    if (base / "encoder.json").is_file():
        return load_model(base)
    return new_model(
        base,
        {name: len(labels) for name, labels in HEADS.items()},
        dropout=schedule.dropout,
        label_smoothing=schedule.label_smoothing,
    )


def encode_examples(examples: Sequence[Example], tokenizer: Path, max_length: int) -> Dataset:
    """Encode examples for training: columns input_ids, token_type_ids, length, and one of labels for each head.

    A text over `max_length` tokens is learnt from its first window alone.
    """
    encoder = PairEncoder(Tokenizer.from_file(str(tokenizer)), max_length=max_length)
    windows = encoder.encode([example.pair for example in examples])
    first = {window.pair: window for window in reversed(windows)}
    ordered = [first[index] for index in range(len(examples))]
    columns: dict[str, list[Any]] = {
        "input_ids": [window.ids for window in ordered],
        "token_type_ids": [window.types for window in ordered],
        "length": [len(window.ids) for window in ordered],
    }
    for name, labels in HEADS.items():
        known = [getattr(example, name) for example in examples]
        columns[name] = [IGNORED if label is None else labels.index(label) for label in known]
    return Dataset.from_dict(columns)


def _pad(rows: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
    """Put rows of a data set into one batch of tensors, padded to the longest."""
    shape = (len(rows), max(row["length"] for row in rows))
    batch = {name: torch.tensor([row[name] for row in rows]) for name in HEADS}
    batch["input_ids"] = torch.zeros(shape, dtype=torch.long)
    batch["token_type_ids"] = torch.ones(shape, dtype=torch.long)
    batch["attention_mask"] = torch.zeros(shape, dtype=torch.long)
    for index, row in enumerate(rows):
        count = row["length"]
        batch["input_ids"][index, :count] = torch.tensor(row["input_ids"])
        batch["token_type_ids"][index, :count] = torch.tensor(row["token_type_ids"])
        batch["attention_mask"][index, :count] = 1
    return batch


def padded_batches(rows: Dataset, size: int = 32) -> Iterator[dict[str, Tensor]]:
    """Batches of encoded examples, in order, as the model takes them."""
    for start in range(0, len(rows), size):
        yield _pad([rows[index] for index in range(start, min(start + size, len(rows)))])


class _Report(TrainerCallback):  # type: ignore[misc]
    """Hands the trainer's log to a progress callback."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def on_log(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        logs: Mapping[str, float] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> None:
        if logs and "loss" in logs:
            self._progress(state.global_step, state.max_steps, float(logs["loss"]))


def _arguments(schedule: Schedule, folder: Path) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=schedule.batch_size,
        learning_rate=schedule.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=schedule.warmup_share,
        weight_decay=schedule.weight_decay,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        bf16=schedule.precision == "bfloat16",
        use_cpu=not torch.cuda.is_available(),
        save_steps=schedule.save_every,
        save_total_limit=1,
        logging_steps=min(20, schedule.save_every),
        report_to=[],
        disable_tqdm=True,
        remove_unused_columns=False,
        label_names=list(HEADS),
        seed=schedule.seed,
        dataloader_pin_memory=False,
    )
