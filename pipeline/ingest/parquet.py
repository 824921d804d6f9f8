"""Parquet files, read by ``pyarrow``, only the columns that are wanted and a few rows at a time.

Not by ``datasets``, which streams the same rows fifteen times slower in 350 MB more, and takes a second to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.decode import open_bytes, reading
from pipeline.ingest.rows import Row, documents_of, missing_text, wanted_columns
from pipeline.records import Document, Reject

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_ROWS_AT_ONCE = 16
_BUFFER_BYTES = 1 << 20


def read_parquet(path: str, config: ArticlesConfig) -> Iterator[Document | Reject]:
    """Read a Parquet file; the number of the row is the line."""
    from pyarrow.parquet import ParquetFile

    with reading(path), open_bytes(path) as stream, _translated(path):
        table = ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER_BYTES)
        columns = table.schema_arrow.names
        if problem := missing_text(columns, Place(path=path), config.fields):
            raise problem
        yield from documents_of(_rows(table, wanted_columns(columns, config.fields)), path, config)


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


def _rows(table: ParquetFile, columns: list[str]) -> Iterator[Row]:
    """The rows of a table, counted from 1."""
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
        for values in batch.to_pylist():
            number += 1
            yield Row(values=values, line=number)
