"""A row of named values into a `Document`: which column holds what, and what makes a row unusable."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isnan

from pipeline.config import ArticlesConfig, FieldsConfig
from pipeline.dates import day_of_serial, find_date
from pipeline.errors import InputError, Place
from pipeline.frontmatter import read_front
from pipeline.ingest.columns import Columns, column_of, columns_of, has_text, plain, spelled
from pipeline.records import Document, Reject

OWN_FIELDS = FieldsConfig(id=[], text=["text"], title=["title"], source=["source"], url=["url"], date=["date"])
"""The columns of rows that a reader made itself: whatever the configuration calls the columns of tables."""

_PATIENCE = 20
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIX_CHARACTER = "mend the row; a file that is not UTF-8 is converted by: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it was read: its values by column, and its 1-based line in the file (row, where there are no lines)."""

    values: Mapping[str, object]
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadDate:
    """A document whose row has a date that cannot be read, which is `written` so."""

    document: Document
    written: str


Found = Document | UnreadDate | Reject | Columns
"""What a row comes to; before the first of a table, which of its columns are taken for what."""


def reject_of(error: InputError) -> Reject:
    """Keep an error as a reject: reading goes on without what it is about."""
    where = error.where
    return Reject(
        file=shown(str(where.path)) if where else "",
        line=where.line if where else None,
        reason=error.what,
        fix=error.fix,
    )


def shown(path: str) -> str:
    """A path as text that can be written anywhere: bytes of its name that are not text become question marks."""
    return path.encode("utf-8", "replace").decode("utf-8")


def missing_text(columns: Sequence[str], first: Iterable[Row], place: Place, fields: FieldsConfig) -> InputError:
    """What to say of columns of which none holds the text, where `first` are some of the rows.

    The fix proposes the column whose strings are longest on average, leaving out those that hold something else.
    """
    known = spelled(name for names in fields.model_dump().values() for name in names)
    lengths: dict[str, int] = defaultdict(int)
    for row in islice(first, _PATIENCE):
        for name, value in row.values.items():
            if isinstance(value, str) and value and plain(name) not in known:
                lengths[name] += len(value)
    longest = max(lengths, key=lambda name: lengths[name], default="NAME")
    return InputError(
        f"no column holds the text; the columns are {', '.join(map(repr, columns[:20])) or 'none'}.",
        where=place,
        fix=f"name the column in the configuration: `articles.fields.text: [{longest}]`"
        f" (now {', '.join(fields.text)}).",
    )


def documents_of(
    rows: Iterable[Row | Reject], path: str, config: ArticlesConfig, columns: Sequence[str] | None = None
) -> Iterator[Found]:
    """Make documents of the rows of a table; what cannot be used comes out as a reject.

    First come the columns and what they are taken for: `columns`, or those of the first row that has a text.

    Raises InputError where there are no rows, and where none has a column for the text: at the end, or as soon as
    that is plain.
    """
    told = False
    for row in _rows_with_text(rows, path, config.fields):
        if isinstance(row, Reject):
            yield row
            continue
        if not told:
            told = True
            yield columns_of(columns or list(row.values), shown(path), config.fields)
        try:
            document = document_of(row, path, config.fields, config.max_characters)
        except InputError as error:
            yield reject_of(error)
            continue
        written = _value(row, config.fields.date)
        unread = not _is_nothing(written) and _day(written) is None
        yield UnreadDate(document=document, written=str(written)) if unread else document


def _rows_with_text(rows: Iterable[Row | Reject], path: str, fields: FieldsConfig) -> Iterator[Row | Reject]:
    """The rows that have a column for the text, and a reject for each that has none, once one has."""
    empty, waiting = True, True
    held: list[Row] = []

    def problem(row: Row) -> InputError:
        return missing_text(list(row.values), held, Place(path=path, line=row.line), fields)

    for row in rows:
        empty = False
        if isinstance(row, Reject):
            yield row
        elif not has_text(row.values, fields):
            held.append(row)
            if waiting and len(held) == _PATIENCE:
                break
        else:
            waiting = False
            yield row
        if not waiting:
            yield from (reject_of(problem(each)) for each in held)
            held.clear()
    if held:
        raise problem(held[0])
    if empty:
        raise InputError("there are no articles in it.", where=Place(path=path), fix="give a file with rows in it.")


def document_of(row: Row, path: str, fields: FieldsConfig, max_characters: int) -> Document:
    """Make a document of one row. What the row does not say of title and date is taken from the front of the text.

    Raises InputError for a row without usable text or with a value that is no Unicode text.
    """
    text = _text_of(row, path, fields, max_characters)
    title, source, url = (_label(_value(row, names)) for names in (fields.title, fields.source, fields.url))
    day = _day(_value(row, fields.date))
    front = read_front(text, title)
    if title is None and front.headline:
        title = text[front.headline.start : front.headline.end]
    day = day or front.date
    doc_id = _label(_value(row, fields.id)) or derived_id(text, title, source, url, day)
    for name, value in (("id", doc_id), ("text", text), ("title", title), ("source", source), ("url", url)):
        if value and (found := _SURROGATE.search(value)):
            raise InputError(
                f"character {found.start()} of the {name} is broken (not UTF-8, or half a surrogate pair).",
                where=Place(path=path, line=row.line, field=name),
                fix=_FIX_CHARACTER,
            )
    return Document(
        doc_id=doc_id, text=text, title=title, source=source, url=url, date=day, path=shown(path), line=row.line
    )


def derived_id(text: str, title: str | None, source: str | None, url: str | None, day: str | None) -> str:
    """Digest what a document is into 16 hexadecimal digits; where it was read from does not count."""
    canonical = json.dumps([text, title, source, url, day], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


def _text_of(row: Row, path: str, fields: FieldsConfig, max_characters: int) -> str:
    """The text of a row, exactly; raises InputError where there is none, it is no text, or it is too long."""
    text = _value(row, fields.text)
    column = next((name for name in fields.text if name in row.values), None)
    where = Place(path=path, line=row.line, field=column if fields is not OWN_FIELDS else None)
    if text is None or (isinstance(text, str) and not text.strip()):
        raise InputError("the article has no text.", where=where, fix="remove it, or give it its text.")
    if not isinstance(text, str):
        raise InputError(
            f"the text is not a text but of type {type(text).__name__}.",
            where=where,
            fix="write the text as one string, or name another column in `articles.fields.text`.",
        )
    if len(text) > max_characters:
        raise InputError(
            f"the article has {len(text):,} characters; at most {max_characters:,} are read.",
            where=where,
            fix="split it, or raise `articles.max_characters` in the configuration.",
        )
    return text


def _value(row: Row, names: list[str]) -> object:
    """The value of the first of `names` that the row has a column for."""
    column = column_of(names, row.values)
    return None if column is None else row.values[column]


def _label(value: object) -> str | None:
    """A short value as text, white space at its ends removed; ``None`` for nothing, NaN, and lists and the like."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or _is_nothing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # pandas makes 12.0 of 12 in a column where one is missing
    return str(value).strip()


def _is_nothing(value: object) -> bool:
    """Whether a value says nothing: none, an empty text, or NaN."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, float) and isnan(value))


def _day(value: object) -> str | None:
    """A date value as ``YYYY-MM-DD`` where it can be told; a bare number is a spreadsheet's."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    label = _label(value)
    return (find_date(label[:100]) or day_of_serial(label)) if label else None
