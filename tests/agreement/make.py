"""Small ratings and judgements for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from reports.judgements.cleaning import clean
from reports.judgements.rows import Rows
from reports.judgements.table import Judgements
from reports.statistics.ratings import Ratings
from reports.statistics.sums import Sums, cluster_sums, layout


def ratings_of(
    rows: Sequence[Sequence[Any]], *, ordered: bool = True, cluster: Any = None, labels: Sequence[float] | None = None
) -> Ratings:
    """Ratings from units x raters, None where a judgement is missing; labels are numbers."""
    cells = [(unit, who, value) for unit, row in enumerate(rows) for who, value in enumerate(row) if value is not None]
    used = sorted({value for *_, value in cells}) if labels is None else list(labels)
    place = {value: code for code, value in enumerate(used)}
    columns = np.array([(unit, who, place[value]) for unit, who, value in cells], dtype=np.int64).reshape(-1, 3)
    return Ratings(
        labels=tuple(map(str, used)),
        values=np.array(used, dtype=float) if ordered else None,
        unit=columns[:, 0],
        annotator=columns[:, 1],
        label=columns[:, 2],
        cluster=np.arange(len(rows)) if cluster is None else np.asarray(cluster),
        weight=np.ones(len(rows)),
        annotators=tuple(f"r{who}" for who in range(max((len(row) for row in rows), default=0))),
    )


def total(ratings: Ratings) -> Sums:
    """The sums over all units."""
    return layout(ratings).read(cluster_sums(ratings).sum(axis=0, keepdims=True))


def judgements_of(rows: Sequence[dict[str, Any]], **more: Any) -> Judgements:
    """Judgements from dicts with unit, annotator, label and any other column; everything is written as text."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [None if row.get(name) is None else str(row[name]) for row in rows] for name in names}
    for name in ("unit", "annotator", "label"):
        columns.setdefault(name, [])
    return clean(Rows(source="test.csv", columns=columns, line=np.arange(2, len(rows) + 2)), **more)


def tables(
    least_raters: int = 2, most_raters: int = 5, most_units: int = 12, most_labels: int = 4, missing: bool = True
) -> Any:
    """Random units x raters tables; with `missing`, about a third of the judgements are None."""

    def rows(shape: tuple[int, int]) -> Any:
        raters, labels = shape
        some = st.integers(1, labels)
        cell = st.one_of(st.none(), some, some) if missing else some
        return st.lists(st.lists(cell, min_size=raters, max_size=raters), min_size=1, max_size=most_units)

    return st.tuples(st.integers(least_raters, most_raters), st.integers(2, most_labels)).flatmap(rows)
