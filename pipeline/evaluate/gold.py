"""Read gold files: JSON Lines, one checked row at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, Place

_MEND = "mend or remove the line: such a file is read whole or not at all."
_CONVERT = (
    "gold is JSON Lines, one object a line; a CSV becomes it by "
    "pandas.read_csv(OLD, dtype=str).to_json(NEW, orient='records', lines=True)."
)


def read_gold(path: Path, fields: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (1-based line, row) of a JSON Lines file whose rows all have `fields`; blank lines are passed over.

    A gold file must be whole: the first row that is no JSON object or lacks a field raises InputError, since a score
    over the rest would not be the score of the file.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _row(line, path, number, fields)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the gold file cannot be read: {getattr(error, 'strerror', None) or error}.",
            where=Place(path=path),
            fix="name a readable UTF-8 file of JSON Lines.",
        ) from error


def weight_of(row: dict[str, Any], where: Place) -> float:
    """What a row counts for: one over its ``inclusion_probability``, or 1 where it names none.

    So rows that a queue drew with unequal chances speak of what they were drawn from. Raises InputError for a
    probability that is not above 0 and at most 1.
    """
    chance = row.get("inclusion_probability", 1.0)
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 < chance <= 1:
        raise InputError(
            f"{chance!r} is no probability of being drawn.",
            where=Place(path=where.path, line=where.line, field="inclusion_probability"),
            fix="write a number above 0 and at most 1, or leave it out in all rows.",
        )
    return 1 / chance


def _row(line: str, path: Path, number: int, fields: Sequence[str]) -> dict[str, Any]:
    row = read_object(line, Place(path=path, line=number))
    if missing := [field for field in fields if field not in row]:
        raise InputError(
            f"the row has no {', '.join(map(repr, missing))}.",
            where=Place(path=path, line=number, field=missing[0]),
            fix=f"give every row the fields {', '.join(fields)}.",
        )
    return row


def read_object(line: str, place: Place) -> dict[str, Any]:
    """The JSON object of a line; raises InputError where it holds another value, or half a surrogate pair."""
    try:
        row = json.loads(line)
        if "\\u" in line:
            json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError("a text holds half a surrogate pair.", where=place, fix=_MEND) from error
    except (ValueError, RecursionError) as error:
        table = place.line == 1 and not line.lstrip().startswith(("{", "["))
        fix = _CONVERT if table else _MEND
        raise InputError(f"this is not JSON: {getattr(error, 'msg', error)}.", where=place, fix=fix) from error
    if not isinstance(row, dict):
        raise InputError(f"this is no JSON object but a {type(row).__name__}.", where=place, fix=_MEND)
    return row
