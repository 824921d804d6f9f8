"""Tables as CSV: full precision, and three columns for an estimate."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from reports.document.document import Column, Table
from reports.inert import for_page

_FORMULA = ("=", "+", "-", "@", "\t")


def csv_of(table: Table) -> str:
    """The table with a header line. An estimate takes the columns ``key, key_low, key_high``, and ``key_undefined``
    where any row needs it.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay as they are.
    """  # noqa: D205 - one sentence
    kinds = [_kind(table, place) for place in range(len(table.columns))]
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(
        [_text(name) for column, kind in zip(table.columns, kinds, strict=True) for name in _names(column, kind)]
    )
    for row in table.rows:
        writer.writerow([cell for value, kind in zip(row, kinds, strict=True) for cell in _cells(value, kind)])
    return lines.getvalue()


def _kind(table: Table, place: int) -> tuple[bool, bool]:
    """Whether a column holds estimates, and whether any of them is undefined."""
    found = [row[place] for row in table.rows if isinstance(row[place], Mapping)]
    return bool(found), any("undefined" in each for each in found)


def _names(column: Column, kind: tuple[bool, bool]) -> list[str]:
    estimates, unknown = kind
    if not estimates:
        return [column.key]
    names = [column.key, f"{column.key}_low", f"{column.key}_high"]
    return [*names, f"{column.key}_undefined"] if unknown else names


def _cells(value: Any, kind: tuple[bool, bool]) -> list[Any]:  # noqa: ANN401 - any cell of a table
    estimates, unknown = kind
    if not estimates:
        return [_plain(value)]
    found = value if isinstance(value, Mapping) else {"value": value}
    cells = [_plain(found.get(key)) for key in ("value", "low", "high")]
    return [*cells, _plain(found.get("undefined"))] if unknown else cells


def _plain(value: Any) -> Any:  # noqa: ANN401 - any cell of a table
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(words: str) -> str:
    line = for_page(words)
    return f"'{line}" if line.startswith(_FORMULA) and not _is_number(line) else line


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True
