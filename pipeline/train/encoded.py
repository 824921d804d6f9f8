"""Examples as the model trains on them: token ids, and for each head how probable each of its labels is to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.labels import DEFAULT_SCHEME
from pipeline.prelabel.encoding import PairEncoder
from pipeline.train.sources import Example

HEADS = {question.name: question.label_names for question in DEFAULT_SCHEME.questions}
"""The questions that the embedded model answers, and their labels in the order of its columns."""

Shares = dict[str, NDArray[np.float32]]
"""By question ``(n, labels)`` probabilities to learn; a row of zeros where there is nothing to learn."""


def own_shares(examples: Sequence[Example]) -> Shares:
    """What the examples' own labels say: 1 for the known label of each question."""
    shares: Shares = {name: np.zeros((len(examples), len(labels)), np.float32) for name, labels in HEADS.items()}
    for row, example in enumerate(examples):
        for name, labels in HEADS.items():
            if (label := getattr(example, name)) is not None:
                shares[name][row, labels.index(label)] = 1
    return shares


def encode_examples(
    examples: Sequence[Example], tokenizer: Path, max_length: int, shares: Shares | None = None
) -> Dataset:
    """Encode examples for training: columns input_ids, token_type_ids, length, and one of `shares` for each head.

    Without `shares` their own labels are learnt. A text over `max_length` tokens is learnt from its first window alone.
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
    for name, rows in (shares or own_shares(examples)).items():
        columns[name] = rows.tolist()
    return Dataset.from_dict(columns)


def pad(rows: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
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
        yield pad([rows[index] for index in range(start, min(start + size, len(rows)))])
