"""Which files an input stands for: a file, a folder, a glob, or a data set's name.

Names are kept as the user wrote them, and asked about with ``os.path``, which finds any name at worst not there.
"""

# ruff: noqa: PTH110, PTH112, PTH113, PTH118, PTH207

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.hub import HUB_PREFIX
from pipeline.ingest.rows import shown
from pipeline.records import Reject

Format = Literal["text", "jsonl", "json", "csv", "parquet", "html", "hub"]
InputKind = Literal["file", "folder", "glob", "hub"]

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+(?::[\w.-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to read. `named`: the user named it, rather than a folder or a pattern that it is in."""

    path: str
    format: Format
    named: bool


def kind_of(name: str, config: ArticlesConfig) -> InputKind:
    """Say what an input is; what exists is never taken for a pattern or for the name of a data set.

    Raises InputError for what is not there. ``org/name`` is a data set on the Hub only where there is no folder
    ``org``, so that a mistyped path asks nothing of the network.
    """
    if config.format == "hub" or name.startswith(HUB_PREFIX):
        return "hub"
    if os.path.exists(name):
        return "folder" if os.path.isdir(name) else "file"
    if glob.has_magic(name) and next(glob.iglob(name, recursive=True), None) is not None:
        return "glob"
    if config.format == "auto" and _is_hub_name(name):
        return "hub"
    if glob.has_magic(name):
        what, fix = "no file matches this pattern", "check it; `**` stands for any folders."
    else:
        what, fix = "there is no such file or folder", "check the path; a data set on the Hub is named org/name."
    raise InputError(f"{what}.", where=Place(path=name), fix=fix)


def sources_of(name: str, config: ArticlesConfig) -> Iterator[Source | Reject]:
    """The files that an input stands for, in order, and a reject for each that is not of a kind that can be read.

    A folder is walked by name, the files of a glob are sorted; hidden files and folders are passed over. A file that
    the user names and whose ending says nothing is taken for text.
    """
    kind = kind_of(name, config)
    forced: Format | None = None if config.format == "auto" else config.format
    if kind == "hub":
        yield Source(path=name, format="hub", named=True)
        return
    if kind == "file":
        if not os.path.isfile(name):
            raise InputError("this is not a regular file.", where=Place(path=name), fix="save it to a file first.")
        yield Source(path=name, format=forced or _format_of(name) or "text", named=True)
        return
    for path in _walk(name) if kind == "folder" else sorted(glob.glob(name, recursive=True)):
        if isinstance(path, Reject):
            yield path
        elif not os.path.isfile(path):
            continue
        elif format_ := forced or _format_of(path):
            yield Source(path=path, format=format_, named=False)
        else:
            yield Reject(
                file=shown(path),
                line=None,
                reason="files of this kind are not read.",
                fix="convert it to text, HTML, JSONL, CSV or Parquet, or name it itself if it is text.",
            )


def _is_hub_name(name: str) -> bool:
    """Whether a name can only be that of a data set: of the form, and not a path that is nearly there."""
    organisation = name.partition("/")[0]
    return bool(_HUB_NAME.fullmatch(name)) and _format_of(name) is None and not os.path.exists(organisation)


def _format_of(path: str) -> Format | None:
    """The format that a file's ending stands for, a last ``.gz`` aside."""
    name = path.lower().removesuffix(".gz")
    found = _FORMATS.get(Path(name).suffix)
    return None if found == "parquet" and name != path.lower() else found


def _walk(folder: str) -> Iterator[str | Reject]:
    """The files of a folder and of the folders in it, by name, holding the names of one folder of each depth.

    Links to folders are not followed: they can go round in circles.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        yield Reject(
            file=shown(folder),
            line=None,
            reason=f"the folder cannot be read: {error.strerror or error}.",
            fix="check that you may read it.",
        )
        return
    for name, is_folder in found:
        if name.startswith("."):
            continue
        path = os.path.join(folder, name)
        if is_folder:
            yield from _walk(path)
        else:
            yield path
