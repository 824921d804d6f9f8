"""Several judgements by one annotator on one unit: which one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from math import isfinite

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


def settle(rows: Rows, groups: Sequence[Sequence[int]], label: Ints) -> tuple[list[int], list[int]]:
    """The rows to leave out: those that a later one by the same annotator replaces, and exact repetitions.

    A column ``time`` tells which is later: numbers, or ISO 8601 (UTC where no zone is given). `label` is the code of
    each row's label. Raises InputError where the latest contradict each other, or no time tells which those are.
    """
    older: list[int] = []
    equal: list[int] = []
    for group in groups:
        differ = len({int(label[row]) for row in group}) > 1
        moments = _moments(rows, group, needed=differ) or [0.0] * len(group)
        last = max(moments)
        older += [row for row, moment in zip(group, moments, strict=True) if moment < last]
        first, *others = [row for row, moment in zip(group, moments, strict=True) if moment == last]
        if (other := next((row for row in others if label[row] != label[first]), None)) is not None:
            raise _contradiction(rows, first, other)
        equal += others
    return older, equal


def _moments(rows: Rows, group: Sequence[int], *, needed: bool) -> list[float] | None:
    """When each row of a group was judged, in seconds; ``None`` where one does not say, or not so that it is read.

    Raises InputError for a time that cannot be read and is `needed`.
    """
    times = rows.columns.get("time")
    if times is None or not all(times[row] for row in group):
        return None
    found = []
    for row in group:
        moment = _moment((times[row] or "").strip())
        if moment is None and needed:
            raise InputError(
                f"{times[row]!r} is no time that tells which of two judgements is the later one.",
                where=rows.place(row, "time"),
                fix="write times as ISO 8601 (2026-03-01T10:00:00Z), or as numbers.",
            )
        found.append(moment)
    return None if None in found else [moment for moment in found if moment is not None]


def _moment(value: str) -> float | None:
    """Seconds of a time; ``None`` for what is none."""
    with suppress(ValueError):
        number = float(value)
        return number if isfinite(number) else None
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _contradiction(rows: Rows, first: int, second: int) -> InputError:
    before, after = ((rows.columns["label"][row] or "").strip() for row in (first, second))
    return InputError(
        f"{rows.columns['annotator'][first]} judged {rows.columns['unit'][first]} twice: {before!r} in line "
        f"{rows.line[first]}, {after!r} here.",
        where=rows.place(second, "label"),
        fix="remove one of them, add a column `time` (the latest is kept), or number intended second looks in a column "
        "`occasion` (0, 1).",
    )
