"""The tables that a run keeps of a project, in parts of `PART` items, in the order of the queue.

An item stays in its part. The n-th file of the queue, of the history and of the answers are about the same items, so
that each is replaced on its own, in one step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from annotation.kept.queue_rows import QUEUE
from pipeline.errors import Place, RunError
from pipeline.files import replacing, writing
from pipeline.store import Run

PART = 500
_KINDS = ("items", "versions", "answers")
_FIRST, _ANY = "00000.parquet", "[0-9]" * 5 + ".parquet"


class Parts:
    """The parts of one project in a run. Making one touches nothing."""

    def __init__(self, run: Run, slug: str) -> None:
        self.run = run
        self.slug = slug
        self.path = run.path / "annotation" / slug

    def part_path(self, kind: str, part: int) -> Path:
        """The n-th file of ``items``, ``versions`` or ``answers``."""
        if kind == "answers":
            return self.run.path / "annotations" / f"{self.slug}-{part:05d}.parquet"
        folder = {"items": "queue", "versions": "history"}[kind]
        return self.path / folder / f"{kind}-{part:05d}.parquet"

    def parts(self) -> int:
        """How many parts the queue has."""
        return len(list((self.path / "queue").glob("items-*.parquet")))

    def items(self) -> int:
        """How many items the queue has."""
        return sum(pq.read_metadata(self.part_path("items", part)).num_rows for part in range(self.parts()))

    def read_part(self, kind: str, part: int, columns: Sequence[str] | None = None) -> pa.Table | None:
        """One part; None where it is not there. Raises RunError where it is damaged."""
        path = self.part_path(kind, part)
        if not path.is_file():
            return None
        try:
            known = QUEUE if kind == "items" else None  # an earlier version wrote fewer columns
            return pq.read_table(path, schema=known, columns=None if columns is None else list(columns))
        except (OSError, pa.ArrowException) as error:
            raise RunError(
                "the table cannot be read.",
                where=Place(path=path),
                fix="remove it and run `onrecord push` and `onrecord pull --full` again.",
            ) from error

    def write_part(self, kind: str, part: int, rows: pa.Table) -> None:
        """Replace one part in one step; an empty one is removed."""
        path = self.part_path(kind, part)
        if rows.num_rows:
            with replacing(path) as beside:
                pq.write_table(rows, beside, compression="zstd")
        else:
            with writing(path):
                path.unlink(missing_ok=True)

    def write_queue(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the whole queue; parts that stay as they are are left alone."""
        for part, first in enumerate(range(0, len(rows), PART)):
            table = pa.Table.from_pylist(list(rows[first : first + PART]), QUEUE)
            before = self.read_part("items", part)
            if before is None or not before.equals(table):
                self.write_part("items", part, table)

    def queue(self) -> Iterator[dict[str, Any]]:
        """The rows of the queue, in order."""
        for part in range(self.parts()):
            table = self.read_part("items", part)
            yield from table.to_pylist() if table is not None else ()

    def set_aside(self) -> None:
        """Begin with no queue: the parts that there are go into ``earlier/<n>``, out of the tables, and are kept."""
        found = list(self._numbered())
        if not found:
            return
        earlier = self.path / "earlier"
        with writing(self.path):
            earlier.mkdir(parents=True, exist_ok=True)
            folder = earlier / str(1 + len(list(earlier.iterdir())))
            folder.mkdir()
            for path, name in found:
                path.replace(folder / name)

    def _numbered(self) -> Iterator[tuple[Path, str]]:
        """Every part of every kind, and a name that tells it from those of other kinds."""
        for kind in _KINDS:
            first = self.part_path(kind, 0)
            stem = first.name.removesuffix(_FIRST)
            for path in sorted(first.parent.glob(stem + _ANY)):
                yield path, f"{kind}-{path.name.removeprefix(stem)}"


def replace(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file in one step. Raises RunError where it cannot be written."""
    with (
        replacing(path) as beside,
        os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file,
    ):
        file.write(content)
