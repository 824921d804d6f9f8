"""Several judgements by one annotator on one unit: which one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.errors import InputError
from reports.judgements.rows import Rows
from reports.judgements.table import Ints


def repeated(keys: Sequence[Ints]) -> list[list[int]]:
    """Groups of two rows or more that are alike in every key, as row numbers in order. O(n log n)."""
    mark = np.zeros(len(keys[0]), dtype=np.int64)
    for column in keys:
        mark = np.unique(mark * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    together: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(np.bincount(mark)[mark] > 1) if len(mark) else ():
        together[int(mark[place])].append(int(place))
    return list(together.values())


def settle(rows: Rows, groups: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """The rows to leave out: those that a later one by the same annotator replaces, and exact repetitions.

    A column ``time`` tells which is later. Raises InputError where two judgements contradict each other without one.
    """
    times: Sequence[Any] = rows.columns.get("time") or ()
    older: list[int] = []
    equal: list[int] = []
    for group in groups:
        stamps = [times[row] for row in group] if len(times) else []
        if all(stamps) and len(set(stamps)) > 1:
            last = max(group, key=lambda row: (times[row], row))
            older += [row for row in group if row != last]
        elif len({rows.columns["label"][row] for row in group}) == 1:
            equal += group[1:]
        else:
            raise _contradiction(rows, group)
    return older, equal


def _contradiction(rows: Rows, group: Sequence[int]) -> InputError:
    label = rows.columns["label"]
    first = group[0]
    second = next(row for row in group if label[row] != label[first])
    who, what = rows.columns["annotator"][first], rows.columns["unit"][first]
    return InputError(
        f"{who} judged {what} twice: {label[first]!r} in line {rows.line[first]}, {label[second]!r} here.",
        where=rows.place(second, "label"),
        fix="remove one of them, add a column `time` (the latest is kept), or number intended second looks in a column "
        "`occasion` (0, 1).",
    )
