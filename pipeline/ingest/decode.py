"""Bytes into text: byte order marks, broken encodings, compressed files, and lines that never end."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, cast

from pipeline.errors import InputError, Place

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"PAR1",
    b"\xd0\xcf\x11\xe0",
)
_FIX_ENCODING = "save it as UTF-8; for a Windows file: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW."


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn what the system and the decoders say about a file into an `InputError`."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise InputError(
            f"this is not the {error.encoding.upper()} that its first bytes promise: {error.reason}.",
            where=Place(path=path),
            fix=_FIX_ENCODING,
        ) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(
            f"the compressed file is damaged: {error}.",
            where=Place(path=path),
            fix="make or fetch the .gz file again; gzip -t FILE checks it.",
        ) from error
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {str(error.strerror or error).rstrip('.')}.",
            where=Place(path=path),
            fix="check that it is there and that you may read it.",
        ) from error


def open_bytes(path: str) -> BinaryIO:
    """Open a file for its bytes; one whose name ends in ``.gz`` is unpacked on the way."""
    if path.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return open(path, "rb")  # noqa: PTH123 - `path` is kept as the user wrote it


def read_bytes(path: str, limit: int) -> bytes:
    """Read a whole file of at most `limit` bytes.

    Raises InputError for an empty file and, having read no more than the limit, for a larger one.
    """
    with reading(path), open_bytes(path) as stream:
        content = stream.read(limit + 1)
    if not content:
        raise InputError("the file is empty.", where=Place(path=path), fix="give a file with text in it.")
    if len(content) > limit:
        raise InputError(
            f"the file is larger than {limit:,} bytes, more than one article of the longest allowed length takes.",
            where=Place(path=path),
            fix="split it into articles, or raise `articles.max_characters` in the configuration.",
        )
    return content


def decode(content: bytes, path: str) -> str:
    """Decode a text file: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so.

    The mark says how the text is written and is no part of it. Everything else stays as it is, line ends and control
    characters included. Raises InputError for what is not text, with the byte at which that shows.
    """
    encoding = _encoding_of(content[:4])
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and (b"\0" in content[:8192] or content.startswith(_BINARY_STARTS)):
            raise _not_text(path) from error
        raise InputError(
            f"byte {error.start} is not {'UTF-8' if encoding == 'utf-8-sig' else encoding.upper()}: {error.reason}.",
            where=Place(path=path, line=content.count(b"\n", 0, error.start) + 1),
            fix=_FIX_ENCODING,
        ) from error
    if content.startswith(_BINARY_STARTS) or text.count("\0") * 3 > len(text):
        raise _not_text(path)
    return text


def _not_text(path: str) -> InputError:
    """Say that a file is not text."""
    return InputError(
        "this is a binary file, not text.",
        where=Place(path=path),
        fix="convert it to UTF-8 text, HTML, JSONL, CSV or Parquet first.",
    )


def _encoding_of(start: bytes) -> str:
    """The codec for a file that begins with these bytes; it drops the byte order mark."""
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "utf-8-sig")


class Lines:
    """The lines of a text file, one at a time, line ends kept. `number` is the 1-based number of the last one.

    A line of more than `limit` characters raises InputError and is skipped, never held; the next call goes on after
    it. Bytes that are not UTF-8 come out as lone surrogates, so that only the rows that hold them are lost.
    """

    def __init__(self, stream: TextIOWrapper, path: str, limit: int, ends: tuple[str, ...]) -> None:
        self.number = 0
        self._stream = stream
        self._path = path
        self._ends = ends
        self.limit = limit

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self.limit)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) < self.limit or line.endswith(self._ends):
            return line
        while (rest := self._stream.readline(1 << 20)) and not rest.endswith(self._ends):
            pass
        raise InputError(
            f"the line is longer than {self.limit:,} characters, more than one article of the allowed length takes.",
            where=Place(path=self._path, line=self.number),
            fix="split the article, or raise `articles.max_characters` in the configuration.",
        )


@contextmanager
def open_lines(path: str, *, newline: str, max_characters: int) -> Iterator[Lines]:
    """Open a file of rows, one article of at most `max_characters` in each.

    `newline` is what ends a line, as in `open`. A character takes up to twelve when JSON escapes it.
    """
    with reading(path), open_bytes(path) as stream:
        encoding = _encoding_of(stream.read(4))
        stream.seek(0)
        errors = "surrogateescape" if encoding == "utf-8-sig" else "strict"
        text = TextIOWrapper(stream, encoding=encoding, errors=errors, newline=newline)
        yield Lines(text, path, 12 * max_characters + 1_000_000, (newline,) if newline else ("\n", "\r"))
