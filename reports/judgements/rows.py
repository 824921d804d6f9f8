"""Rows as a reader found them, before cleaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import Place
from reports.judgements.table import Ints, LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows as they were read: columns of equal length under this project's names (`reports.judgements.table`).

    `columns` holds at least ``unit, annotator, label``; `line` gives each row its 1-based line or row in `source`.
    `left_out` are rows that the reader itself could not use.
    """

    source: str
    columns: Mapping[str, Sequence[str | None]]
    line: Ints
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.line)

    def place(self, row: int, column: str | None = None) -> Place:
        """Where a row stands."""
        return Place(path=self.source, line=int(self.line[row]), field=column)


def plain(value: Any) -> str | None:  # noqa: ANN401 - whatever a file holds
    """A value of a file as text, `None` as it is; whole numbers without a decimal point: 1 and 1.0 are one label."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return whole(str(int(value) if isinstance(value, float) and value.is_integer() else value))


def whole(text: str) -> str:
    """The text with halves of characters, which JSON can hold and no file can, joined or replaced."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
