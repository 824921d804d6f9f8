"""Files that are whole or not there, folders that one process holds, and what to do where neither can be had."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Place, RunError

if sys.platform != "win32":
    import fcntl

BESIDE = ".part"
"""How the name of a file ends that is being written, and of what a full disk leaves of one."""

_WAYS_OUT = {
    errno.ENOENT: "make the folder that it is to be in, or name another",
    errno.ENOTDIR: "what it is to be in is a file: name a folder",
    errno.EEXIST: "what it is to be in is a file: name a folder",
    errno.EISDIR: "this is a folder: name a file in it",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ENOSPC: "make room, or name a place on another disk",
    errno.EDQUOT: "make room, or name a place on another disk",
} | dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "name a place that you may write to")
"""What to do where a file cannot be written, by the system's reason."""


def replace_text(path: Path, text: str) -> None:
    """Write a file, and its folder, in one step: whoever stops half way leaves what was there.

    What is no Unicode, as in the name of a file that is none, is written as an escape that JSON reads. Raises RunError
    where it cannot be written.
    """
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which then takes its place in one step; RunError where it cannot be written."""
    with writing(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        beside = path.with_name(f".{path.name}{BESIDE}")
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)


@contextmanager
def locked(path: Path, taken: str) -> Iterator[None]:
    """Hold the lock file `path`, which the system frees however the process ends; nothing is held on Windows.

    Raises RunError that says `taken` where another holds it, and where it cannot be made.
    """
    if sys.platform == "win32":
        yield
        return
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with writing(path):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RunError(
                    taken, where=Place(path=path.parent), fix="wait for it to end, or name another folder."
                ) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in our words what keeps a file from being written, and what to do about it."""
    try:
        yield
    except OSError as error:
        way = _WAYS_OUT.get(error.errno or 0, "name another place")
        raise RunError(
            f"this cannot be written: {error.strerror or error}.",
            where=Place(path=path),
            fix=f"{way}; then run the same command again.",
        ) from error
