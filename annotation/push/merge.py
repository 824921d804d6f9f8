"""The queue as it will be: what was pushed before, as it was, then what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotation.kept.queue_rows import QUEUE, item_row
from annotation.records import Item

_WEIGHTS = ("inclusion_probability", "annotators", "gold")

Row = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Merged:
    """The rows of the queue by uid, in order; `drawn` are those that the design draws now.

    `retargeted` counts items that are asked about other targets now than when they were sent, `rearmed` those that
    would be in the other arm; `reweighed` says whether what the answers' table says of an item is another now.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    retargeted: int = 0
    rearmed: int = 0
    reweighed: bool = False

    def own(self) -> dict[str, Row]:
        """The rows of sentences that the run has."""
        return {uid: row for uid, row in self.rows.items() if row["gone"] is None}

    def gone(self) -> dict[str, Row]:
        """The rows of sentences that the run had when they were sent, and has no longer."""
        return {uid: row for uid, row in self.rows.items() if row["gone"] is not None}


def merge(before: Iterable[Row], items: Iterable[Item]) -> Merged:
    """The rows `before`, then those of new `items`.

    What was sent keeps its place, its arm and its targets, since people may have seen it; what the sampling design says
    of it is brought up to date. Items that the queue no longer names stay: they are in Label Studio.

    Of the chances that a sentence had in several draws, of a longer list of articles or of another size, the largest
    is its own. Draws are by hash, so with one seed whatever a small chance draws, a larger one draws, too; the
    chance to be in any of them is that of the most generous.
    """
    merged = Merged(rows={row["uid"]: row for row in before})
    for item in items:
        new = item_row(item)
        row = merged.rows.setdefault(item.uid, new)
        new["inclusion_probability"] = max(row["inclusion_probability"], item.inclusion_probability)
        merged.drawn.add(item.uid)
        merged.retargeted += row["targets"] != new["targets"]
        merged.rearmed += row["arm"] != new["arm"]
        merged.reweighed |= any(row[name] != new[name] for name in _WEIGHTS)
        row.update({name: new[name] for name in _WEIGHTS})
    return merged


def adopted(data: Mapping[str, Any]) -> Row:
    """A row of the queue from the data of a task that an earlier push sent, and of which nothing else is known."""
    targets = list(dict.fromkeys(asked["target"] for asked in data["asks"].values()))
    known = ("uid", "sentence_id", "doc_id", "arm", "occasion", "gold", "annotators", "inclusion_probability")
    return {
        **dict.fromkeys(QUEUE.names),
        **{name: data[name] for name in known},
        "targets": targets,
        "target_kinds": ["name"] * len(targets),
        "asks_speaker": "/" not in data["uid"].removeprefix(data["sentence_id"]),
        "copies": [],
    }
