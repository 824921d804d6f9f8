"""Parquet files, read by ``pyarrow``, only the columns that are wanted and a few rows at a time.

Not by ``datasets``, which streams the same rows fifteen times slower in 350 MB more, and takes a second to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.columns import has_text, wanted_columns
from pipeline.ingest.decode import open_bytes, reading
from pipeline.ingest.rows import Found, Row, documents_of, missing_text, reject_of
from pipeline.records import Reject

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetFile

_ROWS_AT_ONCE = 16
_BUFFER_BYTES = 1 << 20


def read_parquet(path: str, config: ArticlesConfig) -> Iterator[Found]:
    """Read a Parquet file; the number of the row is the line."""
    from pyarrow.parquet import ParquetFile

    with reading(path), open_bytes(path) as stream, _translated(path):
        table = ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER_BYTES)
        columns = table.schema_arrow.names
        if not has_text(columns, config.fields):
            first = (row for row in _rows(table, columns, path) if isinstance(row, Row))
            raise missing_text(columns, first, Place(path=path), config.fields)
        yield from documents_of(_rows(table, wanted_columns(columns, config.fields), path), path, config, columns)


@contextmanager
def _translated(path: str) -> Iterator[None]:
    """Turn what ``pyarrow`` says of a damaged file into an `InputError`."""
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the Parquet file cannot be read: {' '.join(str(error).split()).rstrip('.')}.",
            where=Place(path=path),
            fix="check that it is a whole Parquet file, or write it again.",
        ) from error


def _rows(table: ParquetFile, columns: list[str], path: str) -> Iterator[Row | Reject]:
    """The rows of a table, counted from 1, and a reject for each that holds what Python cannot, as a day in 9999999."""
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
        for row in _whole(batch) or (batch.slice(at, 1) for at in range(batch.num_rows)):
            number += 1
            if isinstance(row, dict):
                yield Row(values=row, line=number)
            elif found := _whole(row):
                yield Row(values=found[0], line=number)
            else:
                yield reject_of(
                    InputError(
                        "the row holds a value that cannot be read, such as a day in year 40000 or broken UTF-8.",
                        where=Place(path=path, line=number),
                        fix="mend it, or leave the row out.",
                    )
                )


def _whole(batch: RecordBatch) -> list[dict[str, Any]] | None:
    """The rows of a batch; ``None`` where one of them holds what Python cannot."""
    try:
        return list(batch.to_pylist())
    except (ValueError, OverflowError):
        return None
