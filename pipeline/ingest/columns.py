"""Which column of a table holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.config import FieldsConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of the table `file` are taken for: field -> column, or ``None`` where it has none.

    The fields are those of `FieldsConfig`; `unused` are the columns that are not read, in the table's order.
    """

    file: str
    taken: Mapping[str, str | None]
    unused: tuple[str, ...]


def columns_of(columns: Sequence[str], file: str, fields: FieldsConfig) -> Columns:
    """What the columns of a table are taken for."""
    taken = {field: column_of(names, columns) for field, names in fields.model_dump().items()}
    return Columns(file=file, taken=taken, unused=tuple(each for each in columns if each not in taken.values()))


def column_of(names: Sequence[str], columns: Iterable[str]) -> str | None:
    """The column that is called by the first of `names` that any is called by: written just so, or else nearly so."""
    known = list(columns)
    if (exact := next((name for name in names if name in known), None)) is not None:
        return exact
    nearly = {plain(column): column for column in known[::-1]}
    return next((nearly[plain(name)] for name in names if plain(name) in nearly), None)


def has_text(columns: Iterable[str], fields: FieldsConfig) -> bool:
    """Whether one of these columns may hold the text; *Full Text* goes for *full_text*, here as elsewhere."""
    names = spelled(fields.text)
    return any(plain(column) in names for column in columns)


def wanted_columns(columns: Iterable[str], fields: FieldsConfig) -> list[str]:
    """The columns that the configuration has a use for, in the table's order."""
    names = spelled(name for candidates in fields.model_dump().values() for name in candidates)
    return [column for column in columns if plain(column) in names]


def spelled(names: Iterable[str]) -> frozenset[str]:
    """Names in their plain form."""
    return frozenset(map(plain, names))


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The letters and digits of a column's name, in small letters; the name itself where it has none."""
    return "".join(filter(str.isalnum, name.casefold())) or name
