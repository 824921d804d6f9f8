"""Examples as the model trains on them: token ids, and a column of labels for each head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.labels import DEFAULT_SCHEME
from pipeline.prelabel.encoding import PairEncoder
from pipeline.train.model import IGNORED
from pipeline.train.sources import Example

HEADS = {question.name: question.label_names for question in DEFAULT_SCHEME.questions}
"""The questions that the embedded model answers, and their labels in the order of its columns."""


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
