"""The queue at rest: one row for each item that was sent, or is to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pyarrow as pa

from annotation.records import Item
from pipeline.labels import Target

QUEUE = pa.schema(
    {
        "uid": pa.string(),
        "sentence_id": pa.string(),
        "doc_id": pa.string(),
        "targets": pa.list_(pa.string()),
        "target_kinds": pa.list_(pa.string()),
        "arm": pa.string(),
        "inclusion_probability": pa.float64(),
        "annotators": pa.int64(),
        "occasion": pa.int64(),
        "gold": pa.bool_(),
        "asks_speaker": pa.bool_(),
        "task_id": pa.int64(),
        "copies": pa.list_(pa.int64()),
        "prelabel": pa.string(),
        "wording": pa.string(),
        "article": pa.string(),
        "gone": pa.string(),
        "kept": pa.string(),
    }
)


def item_row(item: Item) -> dict[str, Any]:
    """An item as a row of the queue, not sent yet.

    `task_id` is that of its task in Label Studio, `copies` those of tasks that came twice and were judged both times;
    `prelabel` the model version of the labels that were sent with it; `wording` tells its sentence's words from others;
    `article` is where its article was read. Of a sentence that the run does not have any more, `gone` is the id that
    its answers go by, and `kept` are the labels that its task shows, as Label Studio's JSON.
    """
    return {
        **dict.fromkeys(QUEUE.names),
        **{name: getattr(item, name) for name in QUEUE.names if hasattr(item, name)},
        "targets": [target.name for target in item.targets],
        "target_kinds": [target.kind for target in item.targets],
        "copies": [],
    }


def row_item(row: Mapping[str, Any]) -> Item:
    """The item that a row of the queue holds."""
    names = {each.name for each in fields(Item)} - {"targets"}
    pairs = zip(row["targets"], row["target_kinds"], strict=True)
    targets = tuple(Target(name=name, kind=kind) for name, kind in pairs)
    return Item(targets=targets, **{name: row[name] for name in names})
