"""Read judgements from a CSV, Parquet or JSON Lines table, a Label Studio JSON export, or a run folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError, Place
from pipeline.labels import LabelScheme
from reports.judgements.cleaning import clean
from reports.judgements.label_studio_export import export_rows
from reports.judgements.rows import Rows, plain
from reports.judgements.run_tables import run_rows, run_scheme
from reports.judgements.table import FACTORS, NUMBERS, Ints, Judgements, LeftOut

ALIASES: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "item", "unit_id", "item_id"),
    "annotator": ("annotator", "coder", "rater", "worker", "annotator_id"),
    "label": ("label", "rating", "annotation"),
    "question": ("question",),
    "cluster": ("cluster", "article", "doc_id", "document"),
    "time": ("time", "updated", "updated_at", "created", "created_at"),
    "skipped": ("skipped", "was_cancelled"),
    "text": ("text", "sentence_text"),
    "context": ("context",),
    "shown": ("shown", "shown_label"),
    "seconds": ("seconds", "lead_time"),
    "outlet": ("outlet", "source"),
    "model": ("model", "model_shown"),
    "probability": ("probability", "inclusion_probability"),
    "sentence": ("sentence", "sentence_id"),
}
"""The names that a column may have in a file, in any case; the first that is there is taken."""

_COLUMNS = {name: ALIASES.get(name, (name,)) for name in (*FACTORS, *NUMBERS, *ALIASES)}
"""Every column that is read, with the names that it may have."""

_REQUIRED = ("unit", "annotator", "label")
_LONGEST_FIELD = 1 << 27
"""Characters in one field of a CSV file."""


def read_judgements(path: Path, scheme: LabelScheme | None = None) -> Judgements:
    """The judgements in `path`, cleaned, with the account of what was left out.

    A folder is a run (its ``annotations`` table), which knows its own scheme; ``.json`` a Label Studio export;
    ``.jsonl``, ``.parquet`` and everything else (CSV with a header line, also separated by tabs or semicolons) tables
    with the columns ``unit, annotator, label`` and any of the optional ones in `ALIASES`,
    `reports.judgements.table.FACTORS` and ``NUMBERS``.

    Raises InputError for a file that cannot be read, lacks a column, or contradicts itself; RunError for a folder that
    is no run.
    """
    if path.is_dir():
        return clean(run_rows(path), scheme or run_scheme(path))
    try:
        rows = _rows(path)
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        raise InputError(
            f"the file cannot be read: {getattr(error, 'strerror', None) or str(error).splitlines()[0]}.",
            where=Place(path=path),
            fix="name a readable CSV (UTF-8), Parquet or JSON Lines file, a Label Studio JSON export or a run folder.",
        ) from error
    return clean(rows, scheme)


def _rows(path: Path) -> Rows:
    kind = path.suffix.lower()
    if kind == ".json":
        return export_rows(path)
    if kind == ".parquet":
        table = pq.read_table(path)
        found: dict[str, Sequence[Any]] = {name: table.column(name).to_pylist() for name in table.column_names}
        return _table(path, found, np.arange(1, table.num_rows + 1), ())
    if kind in (".jsonl", ".ndjson"):
        return _json_lines(path)
    return _csv(path)


def _csv(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        head = lines.readline()
        delimiter = max(",;\t", key=head.count)
        records = _records(chain([head], lines), delimiter, path)
        _, names = next(records, (1, []))
        fields, numbers, odd = [], [], []
        for line, row in records:
            if len(row) == len(names):
                fields.append(row)
                numbers.append(line)
            elif row:
                odd.append((line, row))
    known = {alias for aliases in _COLUMNS.values() for alias in aliases}
    if twice := next((name for name in names if names.count(name) > 1 and name.strip().casefold() in known), None):
        raise InputError(
            f"the column {twice!r} stands twice.",
            where=Place(path=path, line=1, field=twice),
            fix="name each column once; one row is one judgement by one annotator.",
        )
    columns = dict(zip(names, map(list, zip(*fields, strict=True)), strict=True)) if fields else {n: [] for n in names}
    examples = tuple((f"{path}:{line}", delimiter.join(row)[:80]) for line, row in odd[:5])
    reason = f"another number of columns than the header's {len(names)}"
    left_out = (LeftOut(reason=reason, count=len(odd), examples=examples),) if odd else ()
    return _table(path, columns, np.array(numbers, dtype=np.int64), left_out)


def _records(lines: Iterable[str], delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The header and the records after it, each with its first line. Raises InputError for a mark nothing closes."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        what = "a quotation mark is never closed" if "end of data" in str(error) else str(error)
        raise InputError(
            f"the row that begins here cannot be read: {what}.",
            where=Place(path=path, line=line),
            fix='close what a quotation mark opens, and write a mark within a field twice: "".',
        ) from error


def _json_lines(path: Path) -> Rows:
    records, numbers, odd = [], [], []
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            record = _object(line)
            if record is not None:
                records.append(record)
                numbers.append(number)
            elif line.strip():
                odd.append((f"{path}:{number}", line.strip()[:80]))
    if odd and not records:
        raise InputError(
            "this is no JSON object.",
            where=Place(path=path, line=int(odd[0][0].rpartition(":")[2])),
            fix='write one object a line: {"unit": "u1", "annotator": "ann", "label": "favor"}.',
        )
    names = dict.fromkeys(name for record in records for name in record)
    columns = {name: [record.get(name) for record in records] for name in names}
    left_out = (LeftOut(reason="no JSON object", count=len(odd), examples=tuple(odd[:5])),) if odd else ()
    return _table(path, columns, np.array(numbers, dtype=np.int64), left_out)


def _object(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _table(path: Path, found: Mapping[str, Sequence[Any]], line: Ints, left_out: tuple[LeftOut, ...]) -> Rows:
    written = {column.strip().casefold(): column for column in reversed(list(found))}
    chosen = {name: written[alias] for name, known in _COLUMNS.items() for alias in reversed(known) if alias in written}
    if missing := [name for name in _REQUIRED if name not in chosen]:
        raise InputError(
            f"the table has no column {', '.join(map(repr, missing))}; its columns are {', '.join(found) or 'none'}.",
            where=Place(path=path, line=1, field=missing[0]),
            fix=f"name the columns {', '.join(_REQUIRED)}; one row is one judgement by one annotator.",
        )
    columns = {name: list(_texts(found[column], path, line, column)) for name, column in chosen.items()}
    unused = [column for column in found if column not in chosen.values()]
    notes = (f"columns not used: {', '.join(unused)}",) if unused else ()
    units = columns["unit"]
    return Rows(
        source=str(path),
        columns=columns,
        line=line,
        left_out=left_out,
        notes=notes,
        texts=_by_unit(units, columns.get("text")),
        contexts=_by_unit(units, columns.get("context")),
    )


def _texts(values: Sequence[Any], path: Path, line: Ints, column: str) -> Iterator[str | None]:
    for row, value in enumerate(values):
        if isinstance(value, (list, dict)):
            raise InputError(
                "the value is a list or an object, where one value is needed.",
                where=Place(path=path, line=int(line[row]), field=column),
                fix="write one judgement a row, with one label.",
            )
        yield plain(value)


def _by_unit(units: Sequence[str | None], texts: Sequence[str | None] | None) -> dict[str, str]:
    return {unit.strip(): text for unit, text in zip(units, texts or (), strict=False) if unit and text}
