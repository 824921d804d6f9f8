"""JSON: an object a line (``.jsonl``, ``.ndjson``), or a file that is one object or one list of them (``.json``).

Read here and not by ``datasets``, whose JSON reader gives up the whole file at the first bad line and knows no lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.decode import Lines, decode, open_lines, read_bytes
from pipeline.ingest.rows import Found, Row, documents_of, reject_of
from pipeline.records import Reject

_MAX_JSON_BYTES = 256_000_000
_FIX_LINE = "mend or remove it: an article is one JSON object, from { to }."
_BETWEEN = re.compile(r"[\s,]*")


def read_jsonlines(path: str, config: ArticlesConfig) -> Iterator[Found]:
    """Read an object a line, holding one line at a time. Blank lines are passed over."""
    with open_lines(path, newline="\n", max_characters=config.max_characters) as lines:
        yield from documents_of(_rows(lines, path), path, config)


def read_json(path: str, config: ArticlesConfig) -> Iterator[Found]:
    """Read a file that is one JSON object, a list of them, or several in a row. The whole file is held."""
    yield from documents_of(_values(decode(read_bytes(path, _MAX_JSON_BYTES), path), path), path, config)


def _rows(lines: Lines, path: str) -> Iterator[Row | Reject]:
    """The row of every line that is a JSON object, and a reject for every one that is not."""
    while True:
        try:
            line = next(lines)
            if line.strip():
                yield _row(_parse(line, Place(path=path, line=lines.number)), Place(path=path, line=lines.number))
        except StopIteration:
            return
        except InputError as error:
            yield reject_of(error)


def _parse(line: str, place: Place) -> object:
    """The value that a line says; raises InputError where it is not JSON."""
    try:
        return json.loads(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"the line is not JSON: {error.msg.removesuffix(' at')} at character {error.pos}.",
            where=place,
            fix=_FIX_LINE,
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"the line cannot be read as JSON: {error}.", where=place, fix=_FIX_LINE) from error


def _row(value: object, place: Place) -> Row:
    """The row that a JSON value is; raises InputError where it is no object."""
    if not isinstance(value, dict):
        raise InputError(f"this is not a JSON object but of type {type(value).__name__}.", where=place, fix=_FIX_LINE)
    return Row(values=value, line=place.line)


def _values(text: str, path: str) -> Iterator[Row | Reject]:
    """The objects of a JSON text, each with the line on which it begins."""
    decoder = json.JSONDecoder()
    position, stop = _skip(text, 0), len(text.rstrip())
    if text[position : position + 1] == "[" and text[stop - 1] == "]":
        position, stop = position + 1, stop - 1
    line, counted = 1, 0
    while (position := _skip(text, position)) < stop:
        line += text.count("\n", counted, position)
        counted = position
        place = Place(path=path, line=line)
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"the file is not JSON from here on: {error}.",
                where=place,
                fix="mend it, or write one object a line in a .jsonl file, where a bad line costs only itself.",
            ) from error
        try:
            yield _row(value, place)
        except InputError as error:
            yield reject_of(error)


def _skip(text: str, position: int) -> int:
    """The first place from `position` on that is neither white space nor a comma."""
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
