"""What a report was made from and with: enough to find the judgements again, and to know that they are the same."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, Place
from pipeline.labels import Label, LabelScheme, Question

_MADE_WITH = ("onrecord", "numpy", "matplotlib")
_TABLES = ("annotations", "documents", "predictions", "sentences", "speakers")


def provenance(
    source: Path, folder: Path, *, date: str, epsilon: float, scheme: LabelScheme | None = None
) -> dict[str, Any]:
    """The ``provenance`` of a report on the judgements at `source`, read by `scheme`, that goes into `folder`.

    ``{source, sha256, scheme, date, epsilon, versions}``: `source` is relative to the folder, so that both can move
    together; `scheme` None where the labels were taken from the judgements.
    """
    versions = {name: version(name) for name in _MADE_WITH}
    return {
        "source": Path(os.path.relpath(source.resolve(), folder.resolve())).as_posix(),
        "sha256": digest(source),
        "scheme": asdict(scheme) if scheme else None,
        "date": date,
        "epsilon": epsilon,
        "versions": {**versions, "Python": platform.python_version()},
    }


def digest(source: Path) -> str:
    """SHA-256 of a file; of a run, that of the tables that judgements are read from, chunk after chunk."""
    chunks = [source]
    if source.is_dir():
        chunks = sorted(path for table in _TABLES for path in (source / table).glob("*.parquet"))
    found = sha256()
    try:
        for chunk in chunks:
            with chunk.open("rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
    except OSError as error:
        raise InputError(
            f"the judgements cannot be read: {error.strerror}.",
            where=Place(path=source),
            fix="name the run or file that the report was made from: --from RUN_OR_FILE.",
        ) from error
    return found.hexdigest()


def scheme_of(report: Mapping[str, Any]) -> LabelScheme | None:
    """The label scheme that the judgements of a report were read by; None where it was taken from them."""
    found = report.get("provenance", {}).get("scheme")
    if not found:
        return None
    return LabelScheme(
        questions=tuple(
            Question(
                name=each["name"],
                instruction=each["instruction"],
                labels=tuple(Label(**label) for label in each["labels"]),
                level=each["level"],
                asked_of=tuple(each["asked_of"]),
            )
            for each in found["questions"]
        )
    )


def source_of(report: Mapping[str, Any], folder: Path) -> Path:
    """Where the judgements of the report in `folder` should lie. Raises InputError where they do not."""
    said = report.get("provenance", {}).get("source")
    source = Path(os.path.normpath(folder / said)) if said else None
    if source is None or not source.exists():
        raise InputError(
            "the judgements are not where the report says.",
            where=Place(path=source or folder),
            fix="name the run or file that the report was made from: --from RUN_OR_FILE.",
        )
    return source


def check_source(report: Mapping[str, Any], source: Path) -> Iterator[str]:
    """Says so if the judgements at `source` are not byte for byte those of the report."""
    said = report.get("provenance", {}).get("sha256")
    if said and said != digest(source):
        yield f"{source}: not the judgements of the report (its SHA-256 is another one)"
