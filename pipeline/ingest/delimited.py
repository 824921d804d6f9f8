"""CSV and TSV, with the line of the file on which every row begins, whatever line breaks its texts hold.

Read here and not by ``datasets``, whose CSV reader knows no lines and turns texts such as ``NA`` into nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from pipeline.config import ArticlesConfig, FieldsConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.columns import has_text, wanted_columns
from pipeline.ingest.decode import Lines, open_lines
from pipeline.ingest.rows import Found, Row, documents_of, missing_text, reject_of
from pipeline.records import Reject

_DELIMITERS = ",;\t|"


def read_delimited(path: str, config: ArticlesConfig) -> Iterator[Found]:
    """Read a table whose first row names the columns, holding one row at a time.

    The delimiter is the one of comma, semicolon, tab and bar that the first line has most of. Raises InputError where
    no column can hold the text.
    """
    with open_lines(path, newline="", max_characters=config.max_characters) as lines:
        header = next(lines, "")
        delimiter = max(_DELIMITERS, key=header.count)
    with open_lines(path, newline="", max_characters=config.max_characters) as lines:
        csv.field_size_limit(max(csv.field_size_limit(), lines.limit))
        table = csv.reader(lines, delimiter=delimiter, strict=True)
        columns = _columns(table, path, config.fields)
        rows = _rows(table, columns, lines, path)
        if not has_text(columns, config.fields):
            first = (row for row in rows if isinstance(row, Row))
            raise missing_text(columns, first, Place(path=path, line=1), config.fields)
        yield from documents_of(rows, path, config)


def _rows(table: Iterator[list[str]], columns: list[str], lines: Lines, path: str) -> Iterator[Row | Reject]:
    """The rows after the first, and a reject for every one that is not as the first says."""
    while True:
        place = Place(path=path, line=lines.number + 1)
        try:
            if cells := next(table):
                yield _row(cells, columns, place)
        except StopIteration:
            return
        except csv.Error as error:
            yield reject_of(_bad_row(error, place, lines.number))
        except InputError as error:
            yield reject_of(error)


def _columns(table: Iterator[list[str]], path: str, fields: FieldsConfig) -> list[str]:
    """The names in the first row that is not blank; raises InputError where there is none, or one we read is twice."""
    place = Place(path=path, line=1)
    try:
        columns = next(filter(None, table), [])
    except csv.Error as error:
        raise _bad_row(error, place, 1) from error
    if not columns:
        raise InputError("the file is empty.", where=place, fix="give a table with a first row of names.")
    if twice := [name for name in wanted_columns(columns, fields) if columns.count(name) > 1]:
        raise InputError(
            f"the column {twice[0]!r} is there twice, and only one of the two would be read.",
            where=place,
            fix="give one of them another name.",
        )
    return columns


def _row(cells: list[str], columns: list[str], place: Place) -> Row:
    """The row that the cells are; raises InputError where there are too few or too many."""
    if len(cells) != len(columns):
        raise InputError(
            f"the row has {len(cells)} columns and the first row has {len(columns)}.",
            where=place,
            fix="put texts that hold the delimiter or a line break in quotation marks.",
        )
    return Row(values=dict(zip(columns, cells, strict=True)), line=place.line)


def _bad_row(error: csv.Error, place: Place, last: int) -> InputError:
    """Say what the parser found wrong with the row that ends on line `last`."""
    what = "a quotation mark is never closed" if "end of data" in str(error) else str(error)
    until = f" (it took everything up to line {last})" if place.line is not None and last > place.line else ""
    return InputError(
        f"the row cannot be read: {what}{until}.",
        where=place,
        fix='put the text in quotation marks, and write every quotation mark inside it twice: "".',
    )
