"""The way in: inputs as the user names them, documents out, one at a time."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.columns import Columns
from pipeline.ingest.delimited import read_delimited
from pipeline.ingest.find import Format, Source, kind_of, sources_of
from pipeline.ingest.hub import read_hub
from pipeline.ingest.jsonlines import read_json, read_jsonlines
from pipeline.ingest.oddities import oddities
from pipeline.ingest.parquet import read_parquet
from pipeline.ingest.plaintext import read_plaintext
from pipeline.ingest.rows import Found, UnreadDate, reject_of
from pipeline.ingest.webpage import read_webpage
from pipeline.records import Document, Reject, Remark, RemarkKind

Reader = Callable[[str, ArticlesConfig], Iterator[Found]]

_READERS: dict[Format, Reader] = {
    "text": read_plaintext,
    "jsonl": read_jsonlines,
    "json": read_json,
    "csv": read_delimited,
    "parquet": read_parquet,
    "html": read_webpage,
    "hub": read_hub,
}


def read_documents(
    inputs: Sequence[str],
    config: ArticlesConfig,
    on_reject: Callable[[Reject], None],
    on_remark: Callable[[Remark], None] = lambda _: None,
    on_columns: Callable[[Columns], None] = lambda _: None,
) -> Iterator[Document]:
    """Read documents from files, folders, globs and Hub data sets, in the order of `inputs`, holding one at a time.

    A document's text is exactly what was read; a byte order mark is no part of it. No two documents have the same id.

    What cannot be used:

    - An input that is not there raises InputError at once, before anything is read.
    - The one and only input, when no article can be had from it because of something wrong with all of it (an empty
      or binary file, a table without a text column, a folder without readable files), raises InputError.
    - Everything else goes to `on_reject` and reading goes on: a row, a file in a folder, one of several inputs, the
      rest of a file that turns out to be damaged half-way, an article whose id an earlier one has.

    What is odd about a document that comes out goes to `on_remark` just before: a date in its row that cannot be read,
    the very text of an earlier one, or what `pipeline.ingest.oddities` sees. What the columns of a table are taken for
    goes to `on_columns` before its first row; of tables with the same ones, once.

    So there may be no documents at all although nothing was raised: every row was bad, and `on_reject` knows why.
    """
    if not inputs:
        raise InputError("nothing was given to read.", fix="name a file, a folder, a glob or a Hub data set.")
    for name in inputs:
        kind_of(name, config)
    return _read(inputs, config, on_reject, on_remark, on_columns)


def _read(
    inputs: Sequence[str],
    config: ArticlesConfig,
    on_reject: Callable[[Reject], None],
    on_remark: Callable[[Remark], None],
    on_columns: Callable[[Columns], None],
) -> Iterator[Document]:
    """Read the inputs one after the other; of documents with the same id only the first comes out."""
    ids, texts, tables = _Seen(), _Seen(), _Seen()
    for name in inputs:
        for found in _read_input(name, config, on_reject, alone=len(inputs) == 1):
            if isinstance(found, Columns):
                if tables.add(f"{found.taken} {found.unused}"):
                    on_columns(found)
                continue
            document = found.document if isinstance(found, UnreadDate) else found
            if not ids.add(document.doc_id):
                on_reject(_duplicate(document))
                continue
            if isinstance(found, UnreadDate):
                on_remark(_remark("unread_dates", document, found.written))
            if not texts.add(document.text):
                on_remark(_remark("same_texts", document, document.doc_id))
            for kind, words in oddities(document.text):
                on_remark(_remark(kind, document, words))
            yield document


def _read_input(
    name: str, config: ArticlesConfig, on_reject: Callable[[Reject], None], *, alone: bool
) -> Iterator[Document | UnreadDate | Columns]:
    """Read all files of one input, and see to it that an input of nothing is noticed."""
    readable = 0
    try:
        for source in sources_of(name, config):
            if isinstance(source, Reject):
                on_reject(source)
                continue
            readable += 1
            yield from _read_source(source, config, on_reject, alone=alone)
        if not readable:
            raise InputError(
                "there is no file here that can be read.",
                where=Place(path=name),
                fix="give text, HTML, JSONL, CSV or Parquet files; hidden files are passed over.",
            )
    except InputError as error:
        if alone:
            raise
        on_reject(reject_of(error))


def _read_source(
    source: Source, config: ArticlesConfig, on_reject: Callable[[Reject], None], *, alone: bool
) -> Iterator[Document | UnreadDate | Columns]:
    """Read one file; what is wrong with all of it is an error only where there is nothing else to go on with."""
    begun = False
    try:
        for found in _READERS[source.format](source.path, config):
            if isinstance(found, Reject):
                on_reject(found)
            else:
                begun = begun or not isinstance(found, Columns)
                yield found
    except InputError as error:
        if alone and source.named and not begun:
            raise
        on_reject(reject_of(error))


def _duplicate(document: Document) -> Reject:
    """Say that an earlier article has this one's id."""
    return Reject(
        file=document.path or "",
        line=document.line,
        reason=f"an earlier article has the same id, {document.doc_id[:80]!r}.",
        fix="remove the copy, give it an id of its own, or set `articles.fields.id: []` to derive ids from content.",
    )


def _remark(kind: RemarkKind, document: Document, words: str) -> Remark:
    return Remark(kind=kind, doc_id=document.doc_id, file=document.path or "", line=document.line, words=words)


class _Seen:
    """The words that have been met, as 64-bit digests in small arrays: about 10 bytes for each."""

    def __init__(self) -> None:
        self._buckets: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))

    def add(self, words: str) -> bool:
        """Remember words; ``False`` where they were there already."""
        digest = int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")
        bucket = self._buckets[digest & 0xFFFF]
        if digest in bucket:
            return False
        bucket.append(digest)
        return True
