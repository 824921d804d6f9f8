"""The run's ``annotations`` table: people's answers as they stand now, one row for each question that each answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, fields

import pyarrow as pa
import pyarrow.compute as pc

from annotation.records import Judgement

_TYPES = {
    "seconds": pa.float64(),
    "skipped": pa.bool_(),
    "inclusion_probability": pa.float64(),
    "occasion": pa.int64(),
    "gold": pa.bool_(),
    "flags": pa.list_(pa.string()),
}

ANSWERS = pa.schema({field.name: _TYPES.get(field.name, pa.string()) for field in fields(Judgement)})
"""The columns are the fields of `annotation.records.Judgement`."""


def updated(before: pa.Table | None, uids: Sequence[str], seen: Collection[str], rows: Iterable[Judgement]) -> pa.Table:
    """One part of the table anew: `rows` in place of all that was known of the items `seen`.

    `uids` are the items of the part; rows are in their order, those of one item as `rows` has them.
    """
    new = pa.Table.from_pylist([asdict(row) for row in rows], ANSWERS)
    if before is not None:
        kept = before.select(ANSWERS.names).cast(ANSWERS)
        kept = kept.filter(pc.invert(pc.is_in(kept["uid"], value_set=pa.array(list(seen), pa.string()))))
        new = pa.concat_tables([kept, new])
    place = pc.index_in(new["uid"], value_set=pa.array(uids, pa.string()))
    return new.append_column("place", place).take(pc.sort_indices(place)).drop_columns(["place"]).combine_chunks()
