"""A run at rest: a folder with one Parquet table a layer, in chunk files, a manifest and the rejects.

::

    RUN/documents/chunk-00000.parquet ...   sentences/  quotations/  speakers/  attributions/  predictions/
    RUN/manifest.json    configuration, model, versions, fingerprints, counts, SHA-256 of each table, seconds
    RUN/rejects.jsonl    rows that could not be used: file, line, reason, fix
    RUN/remarks.jsonl    what is odd about articles that were read: kind, doc_id, file, line, words
    RUN/lock             held while labelling

A chunk is done when its file stands under its final name with the fingerprint it should have: it is written beside
and renamed, so a file is whole or not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrow import SCHEMAS, to_articles
from pipeline.config import Config
from pipeline.config_file import saved_config
from pipeline.errors import Place, RunError
from pipeline.files import BESIDE, locked, replace_text, replacing, writing
from pipeline.records import Article, Reject, Remark

FORMAT = 1
"""Version of the run folder's layout; a folder of another version is refused."""

_LOCK = "lock"

_FINGERPRINT = b"onrecord.fingerprint"


class Run:
    """A run folder. Making one touches nothing; `create` and `open` check what is there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path, inputs: list[str]) -> Run:
        """Take `path` for a run over `inputs`: a new folder, an empty one, or an earlier run over the same.

        Raises RunError where the folder holds anything else, so that no run is written over another.
        """
        if path.is_file():
            raise RunError(
                "a run is a folder, and this is a file.",
                where=Place(path=path),
                fix="give --out the name of a new folder.",
            )
        if path.is_dir() and any(each.name != _LOCK and not each.name.endswith(BESIDE) for each in path.iterdir()):
            earlier = cls.open(path).manifest().get("inputs")
            if earlier != inputs:
                raise RunError(
                    f"the folder holds a run over other inputs ({', '.join(earlier or ['unknown'])}).",
                    where=Place(path=path),
                    fix="give --out the name of a new folder, or remove this one.",
                )
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
        return cls(path)

    @classmethod
    @contextmanager
    def hold(cls, path: Path, inputs: list[str]) -> Iterator[Run]:
        """Take `path` as `create` does, and hold it until done; raises RunError where another process holds it."""
        cls.create(path, inputs)
        with locked(path / _LOCK, "another onrecord is labelling into this folder."):
            yield cls.create(path, inputs)  # looked at again: a run over other inputs may have come and gone meanwhile

    @classmethod
    def open(cls, path: Path) -> Run:
        """Open an existing run; raises RunError where there is none, or one that this version cannot read."""
        if not (path / "manifest.json").is_file():
            raise RunError(
                "this is no run folder: it has no manifest.json.",
                where=Place(path=path),
                fix="name a folder that `onrecord label` wrote.",
            )
        run = cls(path)
        if (found := run.manifest().get("format")) != FORMAT:
            raise RunError(
                f"the run has format {found}, and this version reads format {FORMAT}.",
                where=Place(path=path / "manifest.json"),
                fix="label the articles again into a new folder.",
            )
        return run

    def manifest(self) -> dict[str, Any]:
        """The manifest; raises RunError where it is not JSON."""
        path = self.path / "manifest.json"
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise RunError(
                "the manifest cannot be read.",
                where=Place(path=path),
                fix="label the articles again into a new folder.",
            ) from error

    def require_complete(self) -> None:
        """Raise RunError where labelling was stopped half way, or is at work: tables end, or were made, differently."""
        if self.manifest().get("status") == "running":
            raise RunError(
                "the run is not complete.",
                where=Place(path=self.path),
                fix="run the same `onrecord label` command again: it goes on where it stopped.",
            )

    def settings(self) -> Config:
        """The settings that the articles were labelled with; raises RunError where they are not this version's."""
        return saved_config(self.manifest().get("config", {}), self.path / "manifest.json")

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Replace the manifest in one step."""
        text = json.dumps({"format": FORMAT, **manifest}, ensure_ascii=False, indent=2)
        replace_text(self.path / "manifest.json", text + "\n")

    def write_rejects(self, rejects: Sequence[Reject]) -> None:
        """Replace ``rejects.jsonl`` in one step."""
        self._write_lines("rejects.jsonl", rejects)

    def write_remarks(self, remarks: Sequence[Remark]) -> None:
        """Replace ``remarks.jsonl`` in one step."""
        self._write_lines("remarks.jsonl", remarks)

    def _write_lines(self, name: str, records: Sequence[Reject | Remark]) -> None:
        lines = [json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records]
        replace_text(self.path / name, "".join(lines))

    def table_path(self, table: str, chunk: int) -> Path:
        """Where a chunk of a table is, or will be."""
        return self.path / table / f"chunk-{chunk:05d}.parquet"

    def write_table(self, table: str, chunk: int, rows: pa.Table, fingerprint: str) -> None:
        """Write one chunk of a table, whole, under its fingerprint."""
        stamped = rows.replace_schema_metadata({_FINGERPRINT: fingerprint.encode("ascii")})
        with replacing(self.table_path(table, chunk)) as beside:
            pq.write_table(stamped, beside, compression="zstd")

    def fingerprint(self, table: str, chunk: int) -> str | None:
        """The fingerprint that a chunk was written under; ``None`` where it is missing or damaged."""
        try:
            metadata = pq.read_schema(self.table_path(table, chunk)).metadata or {}
        except (OSError, pa.ArrowException):
            return None
        return metadata.get(_FINGERPRINT, b"").decode("ascii") or None

    def read_table(self, table: str, chunk: int, columns: Sequence[str] | None = None) -> pa.Table:
        """One chunk of a table, or of it only these columns; raises RunError where it is missing or damaged."""
        path = self.table_path(table, chunk)
        try:
            return pq.read_table(path, schema=SCHEMAS[table], columns=None if columns is None else list(columns))
        except (OSError, pa.ArrowException) as error:
            raise RunError(
                "the table cannot be read.",
                where=Place(path=path),
                fix="remove this file, then run the same `onrecord label` command again: it writes what is missing.",
            ) from error

    def rows(self, table: str, chunk: int) -> int:
        """How many rows a chunk has, without reading them."""
        return int(pq.read_metadata(self.table_path(table, chunk)).num_rows)

    def chunks(self) -> int:
        """How many chunks of documents there are."""
        return len(list((self.path / "documents").glob("chunk-*.parquet")))

    def documents(self) -> int:
        """How many articles there are, without reading them; a damaged file counts as none."""
        return sum(self.rows("documents", each) for each in range(self.chunks()) if self.fingerprint("documents", each))

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each table: of its files' bytes, chunk after chunk."""
        found = {}
        for table in SCHEMAS:
            digest = sha256()
            for path in sorted((self.path / table).glob("chunk-*.parquet")):
                digest.update(path.read_bytes())
            found[table] = digest.hexdigest()
        return found

    def drop_chunks_from(self, chunk: int) -> None:
        """Remove chunks from number `chunk` on, left by an earlier and longer run over the same inputs."""
        for path in self.path.glob("*/chunk-*.parquet"):
            if int(path.stem.removeprefix("chunk-")) >= chunk:
                path.unlink()

    def articles(self) -> Iterator[Article]:
        """The articles of the run with all their layers, in order, one chunk in memory at a time."""
        for chunk in range(self.chunks()):
            yield from self.chunk_articles(chunk)

    def chunk_articles(self, chunk: int) -> list[Article]:
        """The articles of one chunk with all their layers, in order."""
        names = [name for name in SCHEMAS if self.table_path(name, chunk).exists()]
        return to_articles({name: self.read_table(name, chunk) for name in names})

    def article(self, doc_id: str) -> Article | None:
        """The article with this id, if the run has it; only its own chunk is read whole."""
        for chunk in range(self.chunks()):
            if doc_id in self.read_table("documents", chunk, ["doc_id"])["doc_id"].to_pylist():
                return next(each for each in self.chunk_articles(chunk) if each.document.doc_id == doc_id)
        return None
