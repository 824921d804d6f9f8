"""The cells of a table as what they stand for: nothing, words, yes or no, numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import numpy as np

from pipeline.errors import InputError
from reports.judgements.rows import Rows
from reports.judgements.table import Bools, Floats

MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "null"})
"""What stands for a missing value in a text table; other capitals do so, too, but for names: somebody may be *Na*."""

_ANY_CAPITALS = frozenset(each.casefold() for each in MISSING)
_YES = frozenset({"true", "t", "yes", "y", "1", "1.0"})
_NO = frozenset({"false", "f", "no", "n", "0", "0.0"})
_LIMITS: Mapping[str, tuple[Callable[[float], bool], str, str]] = {
    "probability": (
        lambda number: 0 < number <= 1,
        "no probability of being drawn",
        "write a number above 0 and up to 1",
    ),
    "occasion": (
        lambda number: number >= 0 and number.is_integer(),
        "no whole number from 0 on",
        "count looks as 0, 1",
    ),
}
"""Which numbers can stand in a column, what others are called, and what to write instead."""


def present(values: Sequence[str | None]) -> list[str | None]:
    """Values without spaces around them; None for what stands for a missing one."""
    return [None if value is None or value.strip().casefold() in _ANY_CAPITALS else value.strip() for value in values]


def present_names(values: Sequence[str | None]) -> list[str | None]:
    """Names without spaces around them; None for what stands for a missing one in just these letters."""
    return [None if value is None or value.strip() in MISSING else value.strip() for value in values]


def yes_or_no(rows: Rows, column: str) -> Bools:
    """Which rows say yes. Raises InputError for what is neither yes nor no; nothing is no."""
    found = np.zeros(len(rows), dtype=np.bool_)
    for row, value in enumerate(present(rows.columns.get(column) or ())):
        if value is None or value.casefold() in _NO:
            continue
        if value.casefold() not in _YES:
            raise InputError(
                f"{value!r} is neither yes nor no.",
                where=rows.place(row, column),
                fix=f"write true or false there, or leave it empty where a row is not {column}.",
            )
        found[row] = True
    return found


def numbers_of(rows: Rows, column: str) -> Floats:
    """A column of numbers, nan where it is empty. Raises InputError for what is no number, or none that can stand."""
    found: Floats = np.full(len(rows), np.nan)
    can_stand, what, fix = _LIMITS.get(column, (np.isfinite, "no number", "write a number there"))
    for row, value in enumerate(present(rows.columns[column])):
        if value is None:
            continue
        with suppress(ValueError):
            found[row] = float(value)
        if not can_stand(found[row]):
            raise InputError(
                f"{value!r} is {what}.",
                where=rows.place(row, column),
                fix=f"{fix}, or leave it empty where {column} is not known.",
            )
    return found
