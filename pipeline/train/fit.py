"""Training: the mixture of a recipe, encoded once, through transformers' `Trainer`. Resumes where it stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import (
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)
from transformers.trainer import TRAINER_STATE_NAME
from transformers.trainer_utils import get_last_checkpoint

from pipeline.errors import ConfigError, Place
from pipeline.train.claim import claim
from pipeline.train.encoded import HEADS, encode_examples, pad
from pipeline.train.history import Watch, watched_sets, write_history
from pipeline.train.model import save_model
from pipeline.train.read import read_mixture
from pipeline.train.recipe import Recipe, Schedule
from pipeline.train.start import find_base, first_model
from pipeline.train.teach import Teacher, taught_shares

Progress = Callable[[int, int, float], None]
"""Told after every logged step: the step, how many there are, and the loss."""


def train(
    recipe: Recipe,
    data: Path,
    out: Path,
    progress: Progress | None = None,
    *,
    run: int = 0,
    start: Path | None = None,
    teachers: Sequence[Teacher] = (),
) -> Path:
    """Train the model of one of a recipe's seeds, the `run`-th, and return the folder of its weights, ``out/trained``.

    It goes on from the model in `start`, or else from the recipe's base, and learns from the `teachers` what the recipe
    says is taught. `data` holds the files that the recipe names.
    Checkpoints go to ``out/checkpoints``; a run that was stopped, even killed, goes on from the last one, to the same
    result as a run that was not; one that began with other rows is refused. ``out/history.json`` keeps the loss and the
    development scores on the way. Every seed
    starts from the same weights, so that the results can be averaged. Raises InputError for data and ModelError for a
    base model that cannot be used.
    """
    trained, checkpoints = out / "trained", out / "checkpoints"
    claim(out, recipe, data)
    if (trained / "model.safetensors").is_file():
        return trained
    schedule = recipe.schedule
    base = start or find_base(recipe.base)
    tokenizer = base / "tokenizer.json"
    examples = read_mixture(recipe, data, run)
    if not examples:
        raise ConfigError(
            "the mixture makes no example.",
            where=Place(path=recipe.folder, field="mixture"),
            fix="give its parts a count, and sources that have what they make examples of.",
        )
    shares = taught_shares(examples, teachers, out / "taught.npz")
    rows = encode_examples(examples, tokenizer, schedule.max_length, shares)
    set_seed(schedule.seeds[0])
    model = first_model(base, HEADS, dropout=schedule.dropout, label_smoothing=schedule.label_smoothing)
    set_seed(schedule.seeds[run])
    trainer = Trainer(
        model=model,
        args=_arguments(schedule, checkpoints, schedule.seeds[run]),
        train_dataset=rows,
        data_collator=pad,
        callbacks=[
            Watch(watched_sets(recipe, data, tokenizer), schedule.save_every),
            *([_Report(progress)] if progress else []),
        ],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=_last_checkpoint(checkpoints))
    write_history(trainer.state.log_history, out / "history.json")
    save_model(model, Tokenizer.from_file(str(tokenizer)), trained)
    return trained


def _last_checkpoint(folder: Path) -> str | None:
    """The last checkpoint that was written to its end, which its state tells; half of one is thrown away."""
    while folder.is_dir() and (last := get_last_checkpoint(str(folder))) is not None:
        if (Path(last) / TRAINER_STATE_NAME).is_file():
            return str(last)
        shutil.rmtree(last)
    return None


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


def _arguments(schedule: Schedule, folder: Path, seed: int) -> TrainingArguments:
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
        seed=seed,
        dataloader_pin_memory=False,
    )
